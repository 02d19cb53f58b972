#!/usr/bin/python3
"""A strict client of TAXII 2.1:  taxii_client.py MEGURI

Starts a server over a small database and holds what it answers against the standard (OASIS TAXII 2.1, 10 June 2021; the sections are named), one
requirement after the other: what there is, media types, refusals, pages that lose nothing and tell nothing twice while others add, filters, versions,
what is put in and what became of it. Prints TAP; exits 1 when anything failed. Python's own library only.
"""
import base64
import contextlib
import datetime
import http.client
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


# ---- a database and its server ----
FILES = {
    "duties": "code,name_ja,name_en,rights,order\nsharer,情報共有担当,Sharer,share,10\nviewer,閲覧,Viewer,rates,40\n",
    "organisations": "code,parent,kind,order,name_ja,name_en,from,to\ngov,,government,10,政府,Government,,\nC,gov,centre,5,センター,Centre,,\n"
                     "A,gov,ministry,10,ア省,Ministry A,,\nB,gov,ministry,20,イ省,Ministry B,,\nD,gov,ministry,30,エ省,Ministry D,,\n",
    "people": "code,org,name_ja,name_en,mail,from,to\npa,A,ア,,,,\npb,B,イ,,,,\npd,D,エ,,,,\npv,A,見,,,,\n",
    "posts": "code,duty,org,system,person,deputy_of,from,to\na,sharer,A,,pa,,,\nb,sharer,B,,pb,,,\nd,sharer,D,,pd,,,\nv,viewer,A,,pv,,,\n",
}


def run(folder, *words):
    done = subprocess.run([MEGURI, "--db", os.path.join(folder, "t.db"), *words], cwd=folder, env=ENV, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{words}: {done.stderr}")
    return done.stdout


def make(folder):
    for what, text in FILES.items():
        with open(os.path.join(folder, what + ".csv"), "w", encoding="utf-8") as f:
            f.write(text)
        run(folder, "registry", "import", "--what", what, "--file", what + ".csv")
    with contextlib.closing(sqlite3.connect(os.path.join(folder, "t.db"))) as db:
        for code, owner, open_, members in (("g", "A", 1, "AB"), ("closed", "A", 0, "AB")):
            db.execute("INSERT INTO share_group (code, uuid, owner, name_ja, name_en, open) SELECT ?, ?, id, 'グループ', 'Group', ? FROM org WHERE code = ?",
                       (code, str(uuid.uuid4()), open_, owner))
            for m in members:
                db.execute("INSERT INTO share_group_member (share_group, org, since) SELECT g.id, o.id, 0 FROM share_group g, org o WHERE g.code = ? AND o.code = ?", (code, m))
        db.commit()


def token(folder, who, *more):
    return re.search(r"meguri_[A-Za-z0-9_-]+", run(folder, "account", "token", "--as", who, "--label", "taxii", *more)).group(0)


@contextlib.contextmanager
def server(folder):
    log = open(os.path.join(folder, "log"), "w+")
    p = subprocess.Popen([MEGURI, "--db", os.path.join(folder, "t.db"), "serve", "--listen", "127.0.0.1:0"], cwd=folder, env=ENV, stderr=log)
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


class Answer:
    def __init__(self, r):
        self.status, self.headers, self.body = r.status, r.headers, r.read()

    @property
    def json(self):
        return json.loads(self.body)


class Client:
    def __init__(self, url, authorization):
        self.at = urllib.parse.urlparse(url)
        self.authorization = authorization

    def ask(self, method, path, query="", body=None, **headers):
        c = http.client.HTTPConnection(self.at.hostname, self.at.port, timeout=60)
        send = {"Accept": TAXII, "Accept-Language": "en"}
        if self.authorization:
            send["Authorization"] = self.authorization
        if body is not None:
            send["Content-Type"] = TAXII
        send.update({k.replace("_", "-"): v for k, v in headers.items()})
        c.request(method, path + ("?" + query if query else ""), body=body, headers={k: v for k, v in send.items() if v is not None})
        a = Answer(c.getresponse())
        c.close()
        return a

    def get(self, path, query="", **headers):
        return self.ask("GET", path, query, **headers)

    def add(self, collection, objects, **headers):
        return self.ask("POST", f"/taxii2/share/collections/{collection}/objects/", body=json.dumps({"objects": objects}).encode(), **headers)


def basic(user, password):
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def stamp(t):
    """RFC 3339 in UTC with a Z, six digits in TAXII (§1.6.1)."""
    return re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", t) is not None


def indicator(n, modified="2026-01-01T00:00:00.000Z", **more):
    return {"type": "indicator", "spec_version": "2.1", "id": f"indicator--00000000-0000-4000-8000-{n:012d}", "created": "2026-01-01T00:00:00.000Z",
            "modified": modified, "pattern": "[ipv4-addr:value = '198.51.100.1']", "pattern_type": "stix", "valid_from": "2026-01-01T00:00:00Z", **more}


GREEN, RED, AMBER = ("marking-definition--" + x for x in ("bab4a63c-aed9-4cf5-a766-dfca5abac2bb", "e828b379-4e03-4974-9ac4-e53a884c97c1", "55d920b0-5e8b-4f79-9ee9-91f868d9b421"))


def error_good(a, status):
    """§3.6.1: an error message has a title; the status may stand in it, as a string."""
    try:
        e = a.json
    except ValueError:
        return False
    return a.status == status and isinstance(e.get("title"), str) and e.get("http_status", str(status)) == str(status) and a.headers["Content-Type"] == TAXII


# ---- what there is ----
def discovery(c):
    for path in ("/taxii2/", "/taxii2"):
        a = c.get(path)
        d = a.json
        tell(a.status == 200 and a.headers["Content-Type"] == TAXII and d["title"] and d["default"] in d["api_roots"], f"§4.1 discovery at {path}", a.body)
    root = urllib.parse.urlparse(d["api_roots"][0]).path
    tell(root.endswith("/"), "§4.1 the address of an API root ends in a slash", root)
    for path in (root, root[:-1]):
        r = c.get(path).json
        tell(r["title"] and TAXII in r["versions"] and isinstance(r["max_content_length"], int), f"§4.2 API root at {path}", r)
    a = c.ask("HEAD", root)
    tell(a.status == 200 and a.body == b"" and a.headers["Content-Type"] == TAXII, "HEAD tells the same without a body")
    return root


def collections(c, root):
    for path in (root + "collections/", root + "collections"):
        a = c.get(path)
    all_ = a.json["collections"]
    good = all(uuid.UUID(x["id"]) and x["title"] and isinstance(x["can_read"], bool) and isinstance(x["can_write"], bool) and x["media_types"] == ["application/stix+json;version=2.1"]
               for x in all_)
    tell(a.status == 200 and good and len(all_) == 4, "§5.1 collections, each as §5.2.1 says", a.body)
    by = {x["alias"]: x for x in all_}
    one = c.get(f"{root}collections/{by['group-g']['id']}/").json
    tell(one == by["group-g"] and c.get(f"{root}collections/group-g").json == one, "§5.2 one of them, by its id and by its alias", one)
    tell(by["group-g"]["can_write"] and not by["notices"]["can_write"], "who may write is said")
    return by


def media(c, root):
    path = root + "collections/"
    for accept in (TAXII, "application/taxii+json", "application/taxii+json; version=2.1", "*/*", "text/html, application/taxii+json;version=2.1;q=0.5", None):
        a = c.get(path, Accept=accept)
        tell(a.status == 200 and a.headers["Content-Type"] == TAXII, f"§1.6.8 Accept: {accept}", a.status)
    for accept in ("application/taxii+json;version=2.0", "text/html", "application/json"):
        tell(error_good(c.get(path, Accept=accept), 406), f"§3.6 Accept: {accept} is 406")


def refusals(url, c, tokens, root, by):
    a = Client(url, None).get(root)
    tell(error_good(a, 401) and "Basic" in a.headers["WWW-Authenticate"], "§3.6 nobody: 401, and how to come in", a.body)
    for bad in ("Bearer meguri_wrong", basic("pb", tokens["pa"]), basic("pa", "wrong"), "Basic ????", basic("", tokens["pa"])):
        tell(error_good(Client(url, bad).get(root), 401), f"{bad[:20]}: 401")
    for good in (basic("pa", tokens["pa"]), basic("pa/a", tokens["pa"])):
        tell(Client(url, good).get(root).status == 200, "Basic with the person's code and a token")
    tell(error_good(Client(url, "Bearer " + tokens["pv"]).get(root), 403), "who may not share is refused: 403")
    for path in ("nothing/", "collections/" + str(uuid.uuid4()) + "/", "collections/group-h/objects/", "status/" + str(uuid.uuid4()) + "/", "collections/%ff/"):
        tell(error_good(c.get(root + path), 404), f"{path}: 404")
    tell(error_good(c.get("/taxii2/other/"), 404), "no such API root: 404")
    for path in ("", "manifest/", "objects/", "objects/indicator--00000000-0000-4000-8000-000000000001/"):
        theirs, absent = (Client(url, "Bearer " + tokens["pd"]).get(f"{root}collections/{i}/{path}") for i in (by["group-g"]["id"], str(uuid.uuid4())))
        same = theirs.body.replace(by["group-g"]["id"].encode(), b"X") == re.sub(rb"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", b"X", absent.body)
        tell(error_good(theirs, 404) and same, f"a collection of others is as absent as one that is not: {path}", theirs.body + absent.body)
    objects = f"{root}collections/{by['group-g']['id']}/objects/"
    for q in ("limit=0", "limit=x", "limit=-3", "added_after=yesterday", "next=zzz", "match[version]=newest", "match[colour]=red", "match[type]=a&match[type]=b"):
        tell(error_good(c.get(objects, urllib.parse.quote(q, safe="=&")), 400), f"§3.4 {q}: 400")
    a = c.ask("DELETE", objects + "indicator--00000000-0000-4000-8000-000000000001/")
    tell(error_good(a, 405), "§5.7 nothing is deleted: 405", a.body)


# ---- putting in ----
def adding(url, c, tokens, root, by):
    g = by["group-g"]["id"]
    kept = indicator(1, x_own={"deep": [1, 2, {"x": None}]}, extensions={"extension-definition--" + str(uuid.uuid4()): {"any": True}}, object_marking_refs=[GREEN])
    a = c.add(g, [kept, indicator(2), {"type": "indicator"}, indicator(3, object_marking_refs=[RED])])
    s = a.json
    tell(a.status == 202 and a.headers["Content-Type"] == TAXII and s["status"] == "complete" and stamp(s["request_timestamp"]), "§5.4 objects are put in: 202", a.body)
    tell((s["total_count"], s["success_count"], s["failure_count"], s["pending_count"]) == (4, 2, 2, 0) and len(s["successes"]) == 2 and len(s["failures"]) == 2,
         "§4.3.1 what became of them, counted", s)
    why = {f["id"]: f["message"] for f in s["failures"]}
    tell("TLP:RED" in why.get(indicator(3)["id"], ""), "a marking that no collection bears is refused, and why", why)
    tell(c.get(f"{root}status/{s['id']}/").json == s, "§4.3 the same is told again")
    tell(error_good(Client(url, "Bearer " + tokens["pb"]).get(f"{root}status/{s['id']}/"), 404), "and to nobody else")
    raw = c.get(f"{root}collections/{g}/objects/{kept['id']}/").body
    tell(json.dumps(kept).encode() in raw, "what stands in an object that nobody knows is kept byte for byte", raw)
    s = c.add(g, [kept]).json
    tell(s["success_count"] == 1 and len(c.get(f"{root}collections/{g}/objects/").json["objects"]) == 2, "the same again changes nothing", s)
    s = c.add(g, [indicator(1, x="forged", object_marking_refs=[GREEN])]).json
    tell(s["failure_count"] == 1 and "other contents" in s["failures"][0]["message"], "the same version with other contents is refused", s)
    s = c.add(g, [indicator(4, object_marking_refs=[AMBER])]).json
    s = Client(url, "Bearer " + tokens["pb"]).add(g, [indicator(4, modified="2026-02-01T00:00:00.000Z", object_marking_refs=[GREEN])]).json
    tell(s["failure_count"] == 1 and "never widened" in s["failures"][0]["message"], "a marking is never widened, whoever tries", s)
    bad = f"{root}collections/{g}/objects/"
    for body, what in ((b"", "nothing"), (b"{", "no JSON"), (b"[]", "a list"), (b'{"objects":[]}', "no objects"), (b"[" * 5000, "nesting"), (b'{"objects":{}}', "objects that are no list"),
                       (b'{"objects":[' + b"[" * 3000 + b"]" * 3000 + b"]}", "an object nested too deep")):
        a = c.ask("POST", bad, body=body)
        tell(a.status in (400, 422) and error_good(a, a.status) or (a.status == 202 and a.json["success_count"] == 0), f"{what}: refused", a.body)
    for kind in ("application/json", "text/plain", "application/taxii+json;version=2.0"):
        tell(error_good(c.ask("POST", bad, body=b"{}", Content_Type=kind), 415), f"§3.6 Content-Type: {kind} is 415")
    tell(error_good(c.ask("POST", bad, body=b"{}", Accept="text/html"), 406), "§3.6 an answer that is not wanted: 406")
    a = c.ask("POST", bad, body=None, Content_Length=str(70 << 20), Content_Type=TAXII)
    tell(error_good(a, 413), "§3.6 more than max_content_length: 413", a.body)
    tell(error_good(c.add("notices", [indicator(9)]), 403), "§5.4 what may only be read: 403")
    tell(error_good(c.add(str(uuid.uuid4()), [indicator(9)]), 404), "no such collection: 404")
    tell(error_good(Client(url, "Bearer " + tokens["pb"]).add(by["group-closed"]["id"], [indicator(9)]), 403), "a group whose owner alone writes: 403")
    tell(error_good(Client(url, "Bearer " + tokens["read"]).add(g, [indicator(9)]), 403), "a token that may read only: 403")
    tell(error_good(c.ask("POST", root + "collections/", body=b"{}"), 405), "elsewhere nothing is put in: 405")
    large = [indicator(1000000 + i, x_pad="x" * 700) for i in range(7000)]
    began = time.time()
    a = c.add("received", large)
    tell(a.status == 202 and a.json["success_count"] == len(large), f"{len(json.dumps(large)) >> 20} MB at once", a.body[:300])
    many = [{"type": "mutex", "spec_version": "2.1", "id": f"mutex--{uuid.uuid4()}", "name": "x"} for _ in range(10001)]
    tell(error_good(c.add("received", many), 422), "more objects than hold the writer for a moment: 422")
    print(f"# {len(large)} objects, and many refused, in {time.time() - began:.1f} s")


# ---- reading ----
def pages(c, path, limit, take, between=None, query=""):
    """All pages by `next`; what each header says is held against what came (§3.3)."""
    found, n, q = [], 0, f"limit={limit}" + query
    while True:
        a = c.get(path, q)
        e = a.json
        got = e.get(take, [])
        found += got
        n += 1
        if got and not (stamp(a.headers["X-TAXII-Date-Added-First"]) and a.headers["X-TAXII-Date-Added-First"] <= a.headers["X-TAXII-Date-Added-Last"]):
            raise SystemExit("no time in the headers")
        if not e.get("more"):
            return found
        if len(got) == 0 or "next" not in e or n > 10000:
            raise SystemExit(f"more, and no way on: {a.body[:200]}")
        if between:
            between()
        q = f"limit={limit}&next={urllib.parse.quote(e['next'])}" + query


def reading(url, c, tokens, root, by):
    g = by["group-closed"]["id"]
    path = f"{root}collections/{g}/objects/"
    a = c.get(path)
    tell(a.status == 200 and a.json == {} and a.headers["X-TAXII-Date-Added-First"] is None, "§3.7 an empty collection is an empty envelope", a.body)
    first = [indicator(i) for i in range(500)]
    c.add(g, first)  # all of them in one second
    late, stop = [], threading.Event()

    def others():
        while not stop.is_set():
            late.append(indicator(10000 + len(late)))
            c.add(g, [late[-1]])
    t = threading.Thread(target=others)
    t.start()
    ids = [o["id"] for o in pages(c, path, 7, "objects")]
    stop.set()
    t.join()
    tell(len(ids) == len(set(ids)), "§3.5 pages while others add: nothing twice", len(ids) - len(set(ids)))
    known = [o["id"] for o in first]
    tell(ids[:500] == known, "nothing lost, in the order in which it was put in", f"{len(ids)} of {len(known)}")
    all_ids = set(known) | {o["id"] for o in late}
    tell(set(pages_by_time(c, f"{root}collections/{g}/manifest/", 11)) == all_ids, "§5.3 the manifest by added_after: exclusive, nothing lost")
    m = c.get(f"{root}collections/{g}/manifest/", "limit=2").json
    tell(m["more"] is True and all(stamp(x["date_added"]) and x["version"] == "2026-01-01T00:00:00.000Z" and x["media_type"] == "application/stix+json;version=2.1" for x in m["objects"]),
         "§5.3.1 what a record of the manifest has", m)
    added = [x["date_added"] for x in pages(c, f"{root}collections/{g}/manifest/", 100, "objects")]
    tell(added == sorted(set(added)), "no two objects have the same date_added, and they rise")
    a = c.get(path, "limit=3&added_after=" + urllib.parse.quote(added[1]))
    tell([o["id"] for o in a.json["objects"]] == known[2:5] and a.headers["X-TAXII-Date-Added-First"] == added[2], "§3.4 added_after is exclusive", a.body)
    later = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=2)).strftime("%Y-%m-%dT%H:%M:%SZ")
    tell(c.get(path, "added_after=" + later).json == {}, "after the last there is nothing: an empty envelope, no `more`")
    tell(len(c.get(path, "limit=1000000").json["objects"]) <= 1000, "a limit that is too large is cut down")
    tell("more" not in c.get(f"{root}collections/{g}/objects/{known[0]}/").json, "§5.5 one object")


def pages_by_time(c, path, limit):
    found, after = [], "1970-01-01T00:00:00Z"
    while True:
        a = c.get(path, f"limit={limit}&added_after={urllib.parse.quote(after)}")
        found += [x["id"] for x in a.json.get("objects", [])]
        if not a.json.get("more"):
            if len(found) != len(set(found)):
                raise SystemExit("the manifest tells objects twice")
            return found
        after = a.headers["X-TAXII-Date-Added-Last"]


def versions(c, root, by):
    g = by["group-g"]["id"]
    path = f"{root}collections/{g}/objects/"
    times = [f"2026-0{m}-01T00:00:00.000Z" for m in (3, 5, 4)]
    for t in times:
        c.add(g, [indicator(77, modified=t)])
    sorted_times = sorted(times)
    own = indicator(77)["id"]

    def got(q):
        return sorted(o["modified"] for o in c.get(path, "match[id]=" + own + ("&" + q if q else "")).json.get("objects", []))
    tell(got("") == [sorted_times[-1]], "§3.4.1 without a word the last version", got(""))
    tell(got("match[version]=last") == [sorted_times[-1]] and got("match[version]=first") == [sorted_times[0]] and got("match[version]=all") == sorted_times, "last, first, all")
    tell(got("match[version]=" + sorted_times[1]) == [sorted_times[1]] and got("match[version]=first,last") == [sorted_times[0], sorted_times[2]], "one by its time, and two at once")
    v = c.get(f"{path}{own}/versions/").json
    tell(sorted(v["versions"]) == sorted_times, "§5.8 the versions of an object", v)
    tell(error_good(c.get(path + indicator(999999)["id"] + "/versions/"), 404), "§5.8 of one that is not there: 404")
    c.add(g, [{"type": "ipv4-addr", "spec_version": "2.1", "id": "ipv4-addr--" + str(uuid.uuid4()), "value": "198.51.100.7"}])
    tell({o["type"] for o in c.get(path, "match[type]=ipv4-addr").json["objects"]} == {"ipv4-addr"}, "§3.4.1 by type")
    both = pages(c, path, 2, "objects", query="&match[type]=ipv4-addr,indicator")
    tell(len(both) == len({o["id"] for o in both}) == len(c.get(path).json["objects"]), "by several types, in pages")
    tell(c.get(path, "match[spec_version]=2.0").json == {} and len(c.get(path, "match[spec_version]=2.0,2.1").json["objects"]) == len(both), "by the version of STIX")


with tempfile.TemporaryDirectory() as folder:
    make(folder)
    tokens = {p: token(folder, p, "--acts") for p in ("pa", "pb", "pd", "pv")}
    tokens["read"] = token(folder, "pa")
    with server(folder) as url:
        c = Client(url, "Bearer " + tokens["pa"])
        root = discovery(c)
        by = collections(c, root)
        media(c, root)
        refusals(url, c, tokens, root, by)
        adding(url, c, tokens, root, by)
        reading(url, c, tokens, root, by)
        versions(c, root, by)
        a = c.get("/metrics", Accept="*/*")
        tell(b'meguri_requests_total{entry="share taxii",status="202"}' in a.body, "requests are counted under their own name")
over()
