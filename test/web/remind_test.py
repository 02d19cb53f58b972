"""Reminders through a real server and a mail sink: remind_test.py MEGURI FOLDER. The clock is moved by MEGURI_CLOCK."""
import email
import email.header
import glob
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request

MEGURI, FOLDER = os.path.abspath(sys.argv[1]), sys.argv[2]
HERE = os.path.dirname(os.path.abspath(__file__))
DB, MAIL = f"{FOLDER}/t.db", f"{FOLDER}/mail"
SENDER = "round@x.example"
started = []


def check(what, is_so):
    print(("ok   " if is_so else "FAIL ") + what, flush=True)
    if not is_so:
        sys.exit(1)


def port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def run(clock, *words, fails=False):
    done = subprocess.run([MEGURI, "--db", DB, "--lang", "en", *words], capture_output=True, text=True,
                          env={**os.environ, "MEGURI_CLOCK": clock})
    if (done.returncode != 0) != fails:
        sys.exit(f"{words}: {done.stdout}{done.stderr}")
    return done.stdout + done.stderr


def load(clock, what, text):
    with open(f"{FOLDER}/{what}.csv", "w", encoding="utf-8") as f:
        f.write(text)
    return run(clock, "registry", "import", "--what", what, "--file", f"{FOLDER}/{what}.csv")


def build(clock):
    load(clock, "duties", "code,name_ja,name_en,rights,order\nstaff,職員,Staff,answer,1\n"
                          "manager,課室責任者,Manager,answer confirm names,2\nofficer,担当,Officer,answer names rates manage,3\n")
    load(clock, "organisations", "code,parent,kind,order,name_ja,name_en\nA,,ministry,1,甲省,Ministry A\n"
                                 "a1,A,section,1,甲一課,Section A1\n")
    load(clock, "people", "code,org,name_ja,name_en,mail,language\n"
                          "ja,a1,甲田 一,,ja@x.example,ja\nen,a1,甲田 二,Ni Koda,en@x.example,en\n"
                          f"both,a1,甲田 三,San Koda,both@x.example,\nloop,a1,巡回,,{SENDER.upper()},en\n"
                          "nobody,a1,甲田 四,,,\nmg,a1,甲山 長,,mg@x.example,ja\nof,A,甲山 担,,of@x.example,en\n")
    load(clock, "posts", "code,duty,org,person\ns-ja,staff,a1,ja\ns-en,staff,a1,en\ns-both,staff,a1,both\n"
                         "s-loop,staff,a1,loop\ns-nobody,staff,a1,nobody\nm,manager,a1,mg\no,officer,A,of\n")
    with open(f"{HERE}/../../data/registry/days-off.csv", encoding="utf-8") as f:
        load(clock, "days-off", f.read())
    run(clock, "standard", "edition", "--code", "e1", "--catalogue", "std", "--title_ja", "基準", "--effective", "2026-04-01")
    for what, text in (("sections", "code,parent,title_ja,title_en\n2,,組織,Organisation\n"),
                       ("clauses", "number,section,parent,level,duty,no_occasion,text_ja,text_en\n2(a),2,,basic,staff,no,一,One\n")):
        with open(f"{FOLDER}/{what}.csv", "w", encoding="utf-8") as f:
            f.write(text)
        run(clock, "standard", "import", "--edition", "e1", "--what", what, "--file", f"{FOLDER}/{what}.csv")
    run(clock, "standard", "decide", "--edition", "e1")
    run(clock, "inspect", "open", "--code", "r1", "--title_ja", "令和8年度自己点検", "--title_en", "Inspection 2026",
        "--edition", "e1", "--frame", "A", "--base", "2026-04-01", "--due", "2026-05-15")


def words(header):
    return "".join(p.decode(c or "ascii") if isinstance(p, bytes) else p for p, c in email.header.decode_header(header))


def letters():
    kept = {}
    for name in glob.glob(f"{MAIL}/*.eml"):
        with open(name, "rb") as f:
            one = email.message_from_bytes(f.read())
        kept.setdefault(one["To"].strip("<>"), []).append(one)
    return kept


class Serving:
    """The server with its clock beginning at an instant, until the with ends."""

    def __init__(self, clock, smtp):
        self.clock, self.smtp, self.port = clock, smtp, port()

    def __enter__(self):
        self.log = open(f"{FOLDER}/log-{self.port}", "w+b")
        self.process = subprocess.Popen(
            [MEGURI, "--db", DB, "serve", "--listen", f"127.0.0.1:{self.port}", "--url", "https://round.example",
             "--smtp", f"smtp://127.0.0.1:{self.smtp}", "--mail_from", f"Round <{SENDER}>"],
            stderr=self.log, env={**os.environ, "MEGURI_CLOCK": self.clock})
        started.append(self.process)
        for _ in range(100):
            if b'"event":"ready"' in self.said():
                return self
            time.sleep(0.1)
        sys.exit("not ready: " + self.said().decode())

    def said(self):
        with open(self.log.name, "rb") as f:
            return f.read()

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(20)


def wait_for(what, is_so, seconds=30):
    end = time.time() + seconds
    while time.time() < end and not is_so():
        time.sleep(0.3)
    check(what, is_so())


def a_letter_is_as_specified(one):
    check("auto-generated, for bulk, and no answer by machines",
          one["Auto-Submitted"] == "auto-generated" and one["Precedence"] == "bulk"
          and one["X-Auto-Response-Suppress"] == "All" and SENDER in one["From"])


def the_morning(smtp):
    with Serving("2026-05-12T00:00:00Z", smtp) as server:  # nine in the morning in Japan, three working days before
        check("the log says that the clock is moved", b"MEGURI_CLOCK" in server.said())
        page = urllib.request.urlopen(f"http://127.0.0.1:{server.port}/signin?lang=ja").read().decode()
        check("so does every page", "試験用の時計" in page and "令和8年5月12日" in page)
        wait_for("letters to those who have not handed in, to the manager, and no others",
                 lambda: sorted(letters()) == ["both@x.example", "en@x.example", "ja@x.example", "mg@x.example"])
        wait_for("the sender's own address is given up",
                 lambda: "own address" in run("2026-05-12T00:05:00Z", "account", "mail"))
        told = run("2026-05-12T00:05:00Z", "home", "remind")
        check("by hand nobody is told twice", re.search(r"Letters written +0", told) is not None)


def what_they_say():
    kept = letters()
    check("one letter each", all(len(all_) == 1 for all_ in kept.values()))
    for all_ in kept.values():
        a_letter_is_as_specified(all_[0])
    text = {to: all_[0].get_payload(decode=True).decode() for to, all_ in kept.items()}
    subject = {to: words(all_[0]["Subject"]) for to, all_ in kept.items()}
    check("Japanese", subject["ja@x.example"] == "自己点検：未提出の自己点検票1件（令和8年5月12日）"
          and "提出期限 令和8年5月15日（あと3開庁日）" in text["ja@x.example"] and "Dear" not in text["ja@x.example"])
    check("English", subject["en@x.example"] == "Self-inspection: sheets to hand in: 1 (2026-05-12)"
          and "due 2026-05-15 (in 3 working days)" in text["en@x.example"])
    check("both, Japanese first", 0 <= text["both@x.example"].find("甲田 三 様") < text["both@x.example"].find("Dear San Koda"))
    check("a link to the sheet", "https://round.example/inspect/sheet?round=r1&respondent=s-en" in text["en@x.example"])
    check("names for the manager", all(n in text["mg@x.example"] for n in ("甲田 一", "甲田 二", "甲田 四")))


def afterwards(smtp):
    before = len(glob.glob(f"{MAIL}/*.eml"))
    with Serving("2026-05-12T03:00:00Z", smtp):
        time.sleep(8)
    with Serving("2026-05-14T13:00:00Z", smtp):  # ten at night
        time.sleep(8)
    check("a second run, and one at night, send nothing", len(glob.glob(f"{MAIL}/*.eml")) == before)
    page = run("2026-05-12T03:00:00Z", "home", "reminders")
    check("who cannot be reached is listed", "甲田 四" in page and "2026-05-12" in page)
    check("a clock that is none is refused", "MEGURI_CLOCK" in run("tomorrow", "home", "reminders", fails=True))


def main():
    os.makedirs(MAIL)
    smtp = port()
    started.append(subprocess.Popen([sys.executable, f"{HERE}/smtp_sink.py", str(smtp), MAIL]))
    build("2026-04-01T00:00:00Z")
    the_morning(smtp)
    what_they_say()
    afterwards(smtp)


try:
    main()
finally:
    for process in started:
        process.kill()
