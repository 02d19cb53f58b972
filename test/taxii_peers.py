#!/usr/bin/python3
"""Two instances, and servers that misbehave:  taxii_peers.py MEGURI

One instance fetches a collection of another, puts its notices there, and recalls one; then it meets servers that say there is more and give nothing, give the
same page for ever, name no next page, answer nonsense: each is given up, said in the list, and tried again later. Prints TAP; exits 1 when anything failed.
"""
import contextlib
import http.server
import json
import os
import re
import sqlite3
import subprocess
import tempfile
import threading
import time
import urllib.parse
import uuid

from taxii_kit import ENV, MEGURI, TAXII, over, tell


FILES = {
    "duties": "code,name_ja,name_en,rights,order\nsharer,情報共有担当,Sharer,share,10\n",
    "organisations": "code,parent,kind,order,name_ja,name_en,from,to\ngov,,government,10,政府,Government,,\nA,gov,ministry,10,ア省,Ministry A,,\n",
    "people": "code,org,name_ja,name_en,mail,from,to\npa,A,ア,,,,\n",
    "posts": "code,duty,org,system,person,deputy_of,from,to\na,sharer,A,,pa,,,\n",
}


class Instance:
    def __init__(self, folder, name):
        self.folder, self.db, self.log = folder, os.path.join(folder, name + ".db"), os.path.join(folder, name + ".log")
        for what, text in FILES.items():
            with open(os.path.join(folder, what + ".csv"), "w", encoding="utf-8") as f:
                f.write(text)
            self.run("registry", "import", "--what", what, "--file", what + ".csv")

    def run(self, *words, good=True):
        done = subprocess.run([MEGURI, "--db", self.db, *words], cwd=self.folder, env=ENV, capture_output=True, text=True)
        if good and done.returncode != 0:
            raise SystemExit(f"{words}: {done.stderr}")
        return done.stdout if good else done.stderr

    def data(self, *words, table):
        return next(t["rows"] for t in json.loads(self.run("--format", "json", *words))["tables"] if t["name"] == table)

    def sql(self, text, *args):
        with contextlib.closing(sqlite3.connect(self.db, timeout=20)) as db:
            rows = db.execute(text, args).fetchall()
            db.commit()
            return rows

    @contextlib.contextmanager
    def served(self, *more):
        with open(self.log, "w+") as log:
            p = subprocess.Popen([MEGURI, "--db", self.db, "serve", "--listen", "127.0.0.1:0", *more], cwd=self.folder, env=ENV, stderr=log)
            try:
                for _ in range(200):
                    log.seek(0)
                    ready = re.search(r'"event":"ready","url":"([^"]*)"', log.read())
                    if ready:
                        break
                    time.sleep(0.05)
                yield ready.group(1)
            finally:
                p.terminate()
                p.wait(20)


def until(question, seconds=40):
    end = time.time() + seconds
    while time.time() < end:
        if question():
            return True
        time.sleep(0.3)
    return False


def indicator(n):
    return {"type": "indicator", "spec_version": "2.1", "id": f"indicator--00000000-0000-4000-8000-{n:012d}", "created": "2026-01-01T00:00:00.000Z",
            "modified": "2026-01-01T00:00:00.000Z", "pattern": "x"}


class Bad(http.server.BaseHTTPRequestHandler):
    asked = {}

    def do_GET(self):
        where = urllib.parse.urlparse(self.path)
        kind = where.path.split("/")[1]
        Bad.asked[kind] = Bad.asked.get(kind, 0) + 1
        n = Bad.asked[kind]
        body = {"nothing": {"more": True, "next": f"n{n}"},
                "circle": {"more": True, "next": f"n{n}", "objects": [indicator(1)]},
                "word": {"more": True, "next": "same", "objects": [indicator(n)]},
                "noway": {"more": True, "objects": [indicator(5)]},
                "ties": {"more": n < 4, "objects": [indicator(100 + n)]},
                "list": []}.get(kind)
        self.send_response(200 if kind != "wrong" else 500)
        self.send_header("Content-Type", TAXII)
        if kind == "ties":
            self.send_header("X-TAXII-Date-Added-Last", f"2026-01-01T00:00:0{n}.000000Z")
        self.end_headers()
        self.wfile.write(b"<html>" if kind == "html" else json.dumps(body).encode())

    def log_message(self, *_):
        pass


def trouble(of, code):
    return next((r["trouble"] or "" for r in of.data("share", "sources", "--as", "pa", table="sources") if r["code"] == code), None)


with tempfile.TemporaryDirectory() as folder:
    ours, theirs = Instance(folder, "ours"), Instance(folder, "theirs")
    bad = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Bad)
    threading.Thread(target=bad.serve_forever, daemon=True).start()
    at_bad = f"http://127.0.0.1:{bad.server_address[1]}"
    group = str(uuid.uuid4())
    theirs.sql("INSERT INTO share_group (code, uuid, owner, name_ja, name_en, open) SELECT 'g', ?, id, 'グループ', 'Group', 1 FROM org WHERE code = 'A'", group)
    token = re.search(r"meguri_[A-Za-z0-9_-]+", theirs.run("account", "token", "--as", "pa", "--label", "t", "--acts")).group(0)
    with open(os.path.join(folder, "many.json"), "w") as f:
        json.dump({"type": "bundle", "id": "bundle--" + str(uuid.uuid4()), "objects": [indicator(n) for n in range(1000, 1450)]}, f)
    theirs.run("share", "taxii-add", "--as", "pa", "--collection", "group-g", "--file", "many.json")

    # A notice of ours that may go to others, one that may not, one of a drill.
    for i, (tlp, drill) in enumerate(((1, 0), (3, 0), (0, 1))):
        ours.sql("INSERT INTO share_notice (code, uuid, issuer, drill, kind, urgency, state, tlp, pap, title, body, measure, addressed, direct, within, made, made_by, sent, sent_by,"
                 " recalled_by, recall_reason, revision) SELECT ?, ?, id, ?, 'prevention', 'important', 'sent', ?, 0, ?, 'text', 'patch', '', 0, 60, ?, '', ?, '', '', '', 1 FROM org WHERE code = 'A'",
                 f"N-{i}", str(uuid.uuid4()), drill, tlp, f"Title {i}", int(time.time()) + 100, int(time.time()) + 100)

    with theirs.served() as url:
        collection = f"{url}/taxii2/share/collections/group-g/"
        with open(os.path.join(folder, "peers"), "w") as f:
            print("# who may be asked", f"A/good {url}/taxii2/ {token}", f"A/out {url}/taxii2 pa {token}", f"A/stranger {url}/taxii2/ meguri_wrong_token_here",
                  *(f"A/{k} {at_bad}/ -" for k in ("nothing", "circle", "word", "noway", "ties", "html", "list", "wrong")), sep="\n", file=f)
        why = ours.run("share", "source", "--as", "pa", "--code", "x", "--url", "http://peer.example/x/", good=False)
        tell("https" in why, "plain HTTP goes to this machine alone", why)
        ours.run("share", "source", "--as", "pa", "--code", "good", "--url", collection, "--every", "1")
        ours.run("share", "source", "--as", "pa", "--code", "out", "--url", collection, "--direction", "push")
        ours.run("share", "source", "--as", "pa", "--code", "unlisted", "--url", collection)
        ours.run("share", "source", "--as", "pa", "--code", "stranger", "--url", collection)
        ours.run("share", "source", "--as", "pa", "--code", "html", "--url", "http://127.0.0.1:1/elsewhere/")
        with ours.served("--peers", "peers"):
            tell(until(lambda: ours.sql("SELECT count(*) FROM share_object")[0][0] >= 450), "a collection is fetched, page by page", ours.run("share", "sources", "--as", "pa"))
            rows = ours.data("share", "received", "--as", "pa", table="objects")
            came = [r for r in rows if r["type"] == "indicator"]
            tell(all(r["source"] == "good" and r["marking"] == "TLP:AMBER" and r["unmarked"] for r in came), "what came without a marking counts as TLP:AMBER", rows[0])
            tell(until(lambda: theirs.sql("SELECT count(*) FROM share_object WHERE type = 'report'")[0][0] == 1), "a notice is put there", ours.run("share", "sources", "--as", "pa"))
            tell([r[0] for r in ours.sql("SELECT verdict FROM share_pushed ORDER BY notice")] == [0, 1, 5] or
                 [r[0] == 0 for r in ours.sql("SELECT verdict FROM share_pushed ORDER BY notice")] == [True, False, False], "and neither what may not go so far nor a drill",
                 ours.sql("SELECT notice, verdict FROM share_pushed"))
            ours.sql("UPDATE share_notice SET state = 'recalled', recalled = sent + 60 WHERE code = 'N-0'")
            ours.run("share", "source-now", "--as", "pa", "--code", "out")
            tell(until(lambda: theirs.sql("SELECT count(*) FROM share_object WHERE type = 'report' AND bytes LIKE '%\"revoked\":true%'")[0][0] == 1), "a recall follows it")
            tell(until(lambda: "not listed" in (trouble(ours, "unlisted") or "")), "what the operator has not listed is not asked", trouble(ours, "unlisted"))
            tell(until(lambda: "not listed" in (trouble(ours, "html") or "")), "nor another address under a listed name", trouble(ours, "html"))
            tell(until(lambda: "401" in (trouble(ours, "stranger") or "")), "a wrong token is said", trouble(ours, "stranger"))
            for kind, words in (("nothing", "gives nothing"), ("circle", "same page"), ("word", "same page"), ("noway", "not where it goes on"), ("html", "cannot be read"),
                                ("list", "cannot be read"), ("wrong", "500")):
                ours.run("share", "source", "--as", "pa", "--code", kind, "--url", f"{at_bad}/{kind}/")
            ours.run("share", "source", "--as", "pa", "--code", "ties", "--url", f"{at_bad}/ties/")
            for kind, words in (("nothing", "gives nothing"), ("circle", "same page"), ("word", "same page"), ("noway", "not where it goes on"), ("html", "cannot be read"),
                                ("list", "cannot be read"), ("wrong", "500")):
                tell(until(lambda: words in (trouble(ours, kind) or "")), f"a server that misbehaves is given up: {words}", trouble(ours, kind))
            tell(until(lambda: ours.sql("SELECT count(*) FROM share_object WHERE source = 'ties'")[0][0] == 4), "one that pages by time alone is followed to its end", trouble(ours, "ties"))
            tell(Bad.asked["nothing"] <= 3 and Bad.asked["circle"] <= 4, "and not asked again at once", Bad.asked)
        before = ours.sql("SELECT count(*) FROM journal")[0][0]
        ours.run("share", "source-now", "--as", "pa", "--code", "good")
        with ours.served("--peers", "peers"):
            until(lambda: ours.sql("SELECT due > tried FROM share_source WHERE code = 'good'")[0][0] == 1)
        tell(ours.sql("SELECT count(*) FROM share_object WHERE source = 'good' AND type = 'indicator'")[0][0] == 450, "fetched again from where it stood: nothing twice")
        tell(ours.run("journal", "verify") is not None, "the journal stands")
        why = subprocess.run([MEGURI, "--db", ours.db, "serve", "--listen", "127.0.0.1:0", "--peers", ours.log], cwd=folder, env=ENV, capture_output=True, text=True, timeout=20)
        tell(why.returncode == 1 and "a line is ORG/CODE" in why.stderr, "a file of peers that is none is refused when the server begins", why.stderr)
over()
