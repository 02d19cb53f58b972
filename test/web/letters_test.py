"""Letters about notices, their links and what hostile readers of them try, through a real server and a mail sink: letters_test.py MEGURI FOLDER.
The clock is moved by MEGURI_CLOCK."""
import concurrent.futures
import email
import email.header
import glob
import http.client
import os
import re
import socket
import sqlite3
import subprocess
import sys
import time

MEGURI, FOLDER = os.path.abspath(sys.argv[1]), sys.argv[2]
HERE = os.path.dirname(os.path.abspath(__file__))
DB, MAIL, URL = f"{FOLDER}/t.db", f"{FOLDER}/mail", "https://round.example"
CLOCK, LATER = "2026-06-01T00:00:00Z", "2026-06-01T00:20:00Z"
started = []


def check(what, is_so):
    print(("ok   " if is_so else "FAIL ") + what, flush=True)
    if not is_so:
        sys.exit(1)


def port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def run(*words, clock=CLOCK):
    done = subprocess.run([MEGURI, "--db", DB, "--lang", "en", *words], capture_output=True, text=True, env={**os.environ, "MEGURI_CLOCK": clock})
    if done.returncode != 0:
        sys.exit(f"{words}: {done.stdout}{done.stderr}")
    return done.stdout


def load(what, text):
    with open(f"{FOLDER}/{what}.csv", "w", encoding="utf-8") as f:
        f.write(text)
    run("registry", "import", "--what", what, "--file", f"{FOLDER}/{what}.csv")


def build():
    load("organisations", "code,parent,kind,order,name_ja,name_en\nC,,centre,1,センター,Centre\nA,C,ministry,1,一省,Ministry A\n"
                          "B,C,ministry,2,二省,Ministry B\n")
    with open(f"{HERE}/../../fuzz/corpus/openpgp/good.asc", encoding="ascii") as f:
        certificate = f.read()
    with sqlite3.connect(DB) as db:
        for org, order, mail, key in (("A", 1, "a@x.example", ""), ("A", 2, "deputy@x.example", ""), ("B", 1, "b@x.example", certificate),
                                      ("C", 1, "c@x.example", "")):
            db.execute("INSERT INTO share_contact (org, ord, name, mail, phone, fax, closed, around, hours, key, key_print, confirmed_by, revision)"
                       " VALUES ((SELECT id FROM org WHERE code = ?), ?, ?, ?, '', '', '', 0, '', ?, '', '', 1)",
                       (org, order, f"Desk {org}{order}", mail, key))
    db.close()


def notice(title, tlp, clock=CLOCK):
    said = run("share", "draft", "--for", "C", "--title", title, "--kind", "prevention", "--urgency", "important", "--text", f"text of {title}",
               "--to", "kind:ministry", "--tlp", tlp, "--pap", "green", clock=clock)
    code = re.search(r"N-\d{4}-\d+", said).group()
    run("share", "send", "--for", "C", "--notice", code, clock=clock)
    return code


def words(header):
    return "".join(p.decode(c or "ascii") if isinstance(p, bytes) else p for p, c in email.header.decode_header(header))


def letters(to, code):
    kept = []
    for name in sorted(glob.glob(f"{MAIL}/*.eml")):
        with open(name, "rb") as f:
            one = email.message_from_bytes(f.read())
        if one["To"] == f"<{to}>" and code in words(one["Subject"]):
            kept.append(one)
    return kept


class Serving:
    """The server with its clock beginning at an instant, until the with ends."""

    def __init__(self, clock, smtp):
        self.clock, self.smtp, self.port = clock, smtp, port()

    def __enter__(self):
        self.log = open(f"{FOLDER}/log-{self.port}", "w+b")
        self.process = subprocess.Popen(
            [MEGURI, "--db", DB, "serve", "--listen", f"127.0.0.1:{self.port}", "--url", URL, "--smtp", f"smtp://127.0.0.1:{self.smtp}",
             "--mail_from", "Round <round@x.example>"], stderr=self.log, env={**os.environ, "MEGURI_CLOCK": self.clock})
        started.append(self.process)
        wait_for("the server is there", lambda: b'"event":"ready"' in self.said())
        return self

    def said(self):
        with open(self.log.name, "rb") as f:
            return f.read()

    def ask(self, verb, path, origin=URL):
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        head = {"Host": "round.example", "Accept-Language": "en"}
        if verb == "POST":
            head |= {"Origin": origin, "Content-Type": "application/x-www-form-urlencoded"}
        line.request(verb, path, body="" if verb == "POST" else None, headers=head)
        answer = line.getresponse()
        return answer.status, answer.read().decode()

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(20)


def wait_for(what, is_so, seconds=40):
    end = time.time() + seconds
    while time.time() < end and not is_so():
        time.sleep(0.2)
    check(what, is_so())


def asked(statement, *values):
    with sqlite3.connect(DB) as db:
        row = db.execute(statement, values).fetchone()
    db.close()
    return row


def state(code, org):
    return asked("SELECT d.ack, d.channel, d.by_whom FROM share_delivery d JOIN share_notice n ON n.id = d.notice JOIN org o ON o.id = d.org"
                 " WHERE n.code = ? AND o.code = ?", code, org)


def link_of(letter):
    return re.search(re.escape(URL) + r"(/confirm/[\w-]{43})", letter.get_payload(decode=True).decode()).group(1)


def links(server, green):
    first = letters("a@x.example", green)[0]
    text, path = first.get_payload(decode=True).decode(), link_of(first)
    check("a text that may go by mail stands in the letter, its marking first and last",
          "text of Patch now" in text and text.startswith("TLP:GREEN") and text.rstrip().splitlines()[-1].startswith("TLP:GREEN"))
    for _ in range(3):
        status, page = server.ask("GET", path)
    check("opening the link shows whose notice it is, and a button", status == 200 and green in page and "Patch now" in page and "<button" in page
          and "text of Patch now" not in page)
    server.ask("HEAD", path)
    check("and confirms nothing", state(green, "A")[0] == 2)
    check("a button on a page of others confirms nothing", server.ask("POST", path, origin="https://evil.example")[0] == 403 and state(green, "A")[0] == 2)
    with concurrent.futures.ThreadPoolExecutor(20) as many:
        answers = list(many.map(lambda _: server.ask("POST", path), range(100)))
    check("pressed a hundred times at once, it confirms once", [s for s, _ in answers].count(200) == 1 and [s for s, _ in answers].count(404) == 99)
    check("by the link, as the contact", state(green, "A") == (4, 1, "Desk A1"))
    false = path[:-3] + ("aaa" if path[-3:] != "aaa" else "bbb")
    status, forged = server.ask("POST", false)
    check("a forged one is refused in the same words as a used one",
          status == 404 and {page.replace(path, "") for s, page in answers if s == 404} == {forged.replace(false, "")})
    check("which tell nothing of the notice", all(green not in page and "Patch" not in page and "Desk" not in page for s, page in answers if s == 404))
    check("one line of the journal tells of it", asked("SELECT count(*) FROM journal WHERE line LIKE '%confirm-link%'") == (1,))
    check("the board's counts are those of the rows",
          asked("SELECT sum(n) FROM share_count WHERE ack = 4") == asked("SELECT count(*) FROM share_delivery WHERE ack = 4") == (1,))


def sealed(server, red):
    plain, one = letters("a@x.example", red)[0], letters("b@x.example", red)[0]
    body = plain.get_payload(decode=True).decode()
    check("without a certificate it says that something waits", red in body and "Secret title" not in body + words(plain["Subject"]) and "/share/notice?" in body)
    parts = one.get_payload()
    check("with one it is multipart/encrypted (RFC 3156)", one.get_content_type() == "multipart/encrypted" and one.get_param("protocol") == "application/pgp-encrypted"
          and [p.get_content_type() for p in parts] == ["application/pgp-encrypted", "application/octet-stream"]
          and parts[0].get_payload().strip() == "Version: 1" and parts[1].get_payload().startswith("-----BEGIN PGP MESSAGE-----"))
    check("whose subject is the code", words(one["Subject"]) == red)
    check("and nothing of it is in clear", b"Secret" not in one.as_bytes())
    status, page = server.ask("GET", link_of(plain))
    check("the page of its link has the code alone", status == 200 and red in page and "Secret title" not in page and "TLP:RED" in page)
    return link_of(plain)


def recalled(red, path, smtp):
    run("share", "recall", "--for", "C", "--notice", red, "--reason", "the reason is secret", clock=LATER)
    with Serving(LATER, smtp) as server:
        wait_for("a recall is told", lambda: len(letters("a@x.example", red)) == 2 and len(letters("b@x.example", red)) == 2)
        told = letters("a@x.example", red)[1].get_payload(decode=True).decode()
        check("without its reason, which may not go by mail", "RECALLED" in told and "secret" not in told)
        check("and ends the link", server.ask("GET", path)[0] == 404 and server.ask("POST", path)[0] == 404 and state(red, "A")[0] == 2)
        check("which the log says, and no secret", b'"reason":"recalled"' in server.said() and path.rsplit("/", 1)[1].encode() not in server.said())


def main():
    os.makedirs(MAIL)
    smtp = port()
    started.append(subprocess.Popen([sys.executable, f"{HERE}/smtp_sink.py", str(smtp), MAIL]))
    build()
    green, red = notice("Patch now", "green"), notice("Secret title", "red")
    with Serving(CLOCK, smtp) as server:
        wait_for("each addressee's contact is written to", lambda: all(len(letters(f"{o}@x.example", c)) == 1 for o in "ab" for c in (green, red)))
        links(server, green)
        path = sealed(server, red)
        log = server.said()
        check("what was refused stands in the log with its reason", b'"reason":"used"' in log and b'"reason":"unknown"' in log)
        check("no secret does", path.rsplit("/", 1)[1].encode() not in log)
    recalled(red, path, smtp)
    time.sleep(0.5)
    check("and nobody was written to twice", len(letters("a@x.example", green)) == 1 and len(letters("b@x.example", green)) == 1
          and not letters("deputy@x.example", green))


try:
    main()
finally:
    for process in started:
        process.kill()
