"""Signing in against a running server: every way but OpenID Connect, as a browser would.

signin_test.py MEGURI DB URL SETUP-CODE MAIL-FOLDER; prints a line per check, exits 1 at the first that fails."""
import base64
import email
import email.policy
import glob
import hashlib
import hmac
import http.client
import json
import re
import sqlite3
import struct
import subprocess
import sys
import time
import urllib.parse

MEGURI, DB, URL, SETUP, MAIL = sys.argv[1:]
HOST = urllib.parse.urlsplit(URL).netloc
PASSWORD = "correct horse battery staple"


def totp(secret, at):
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", int(at) // 30), hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at:at + 4])[0] & 0x7fffffff) % 1000000:06}"


class Browser:
    def __init__(self):
        self.cookies = {}

    def ask(self, method, path, fields=None, **headers):
        head = {"Accept": "text/html", "Accept-Language": "en"}
        if self.cookies:
            head["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        body = None
        if fields is not None:
            body = urllib.parse.urlencode(fields)
            head |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": URL}
        head |= {k.replace("_", "-"): v for k, v in headers.items()}
        line = http.client.HTTPConnection(HOST, timeout=30)
        line.request(method, path, body, head)
        answer = line.getresponse()
        text = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, value = cookie.split(";")[0].split("=", 1)
            assert "HttpOnly" in cookie and "SameSite=Lax" in cookie, cookie
            self.cookies[name] = value
            if not value:
                del self.cookies[name]
        return answer.status, answer.headers.get("Location"), text


def check(what, is_so):
    print(("ok   " if is_so else "FAIL ") + what, flush=True)
    if not is_so:
        sys.exit(1)


def hidden(text, name):
    return re.search(f'name="{name}" value="([^"]*)"', text).group(1)


b = Browser()
status, where, _ = b.ask("GET", "/registry/organisations")
check("a page asks to sign in, and remembers itself", status == 303 and where == "/signin?next=%2Fregistry%2Forganisations")
status, _, text = b.ask("GET", "/signin?next=https://evil.example/")
check("elsewhere is no place to go on", status == 200 and "evil" not in text.split("<main")[1])

# setting up
status, _, text = b.ask("POST", "/account/setup", {"setup": "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF"})
check("an unknown set-up code is refused", status == 403 and "name=\"box\"" not in text)
status, _, text = b.ask("POST", "/account/setup", {"setup": SETUP.lower().replace("-", " ")})
check("the set-up code shows a QR code", status == 200 and "<svg class=\"qr\"" in text)
secret = "".join(re.search(r"<code>([A-Z2-7 ]+)</code>", text).group(1).split())
fields = {"setup": hidden(text, "setup"), "box": hidden(text, "box"), "password": PASSWORD, "again": PASSWORD}
status, _, text = b.ask("POST", "/account/setup", fields | {"code": "000000"})
check("a wrong code is told, with the same secret", status == 422 and "".join(secret[:4]) in text)
status, _, text = b.ask("POST", "/account/setup", fields | {"code": totp(secret, time.time()), "password": "short", "again": "short"})
check("a short password is refused", status == 422 and "12 characters" in text)
status, where, _ = b.ask("POST", "/account/setup", fields | {"code": totp(secret, time.time())})
check("set up and signed in", status == 303 and where == "/" and b.cookies.get("meguri"))
status, _, text = b.ask("POST", "/account/setup", fields | {"code": totp(secret, time.time())})
check("the set-up code works once", status == 403)
status, _, text = b.ask("GET", "/registry/audit")
check("an administrator sees the audit", status == 200 and "landlock" in text)

# signing out and in
old = dict(b.cookies)
status, where, _ = b.ask("POST", "/signout", {}, Origin="https://evil.example")
check("another site cannot sign one out", status == 403)
status, where, _ = b.ask("POST", "/signout", {})
check("signed out", status == 303 and where == "/signin" and "meguri" not in b.cookies)
b.cookies = old
check("the old cookie opens nothing", b.ask("GET", "/registry/audit")[0] == 303)
b = Browser()
used = totp(secret, time.time())
status, _, text = b.ask("POST", "/signin", {"user": "boss", "password": PASSWORD, "code": used})
check("a code that set the account up does not sign in again", status == 401 and "not right" in text)
status, _, wrong = b.ask("POST", "/signin", {"user": "boss", "password": "wrong", "code": used})
status2, _, nobody = b.ask("POST", "/signin", {"user": "boss2", "password": PASSWORD, "code": used})
check("the same answer for whatever is wrong", status == status2 == 401 and wrong == nobody.replace("boss2", "boss"))
soon = totp(secret, time.time() + 30)
status, _, _ = b.ask("POST", "/signin", {"user": "boss", "password": PASSWORD, "code": soon}, Origin="null")
check("a form of unknown origin is refused", status == 403)
status, where, _ = b.ask("POST", "/signin", {"user": "boss", "password": PASSWORD, "code": soon, "next": "/registry/audit"})
check("signed in, and on to the page wanted", status == 303 and where == "/registry/audit")
for i in range(8):
    status, _, text = Browser().ask("POST", "/signin", {"user": "guess", "password": "x" * 12, "code": "111111"})
check("guessing is slowed down", status == 429 and "try again in" in text)

# the demonstration: the people it lists, and nobody else who is in the database
run = subprocess.run([MEGURI, "--db", DB, "demo", "people", "--format", "json"], capture_output=True, text=True)
listed = [row["person"] for row in json.loads(run.stdout)["tables"][0]["rows"]]
run = subprocess.run([MEGURI, "--db", DB, "registry", "people", "--org", "kou", "--format", "json"], capture_output=True, text=True)
others = [row["person"] for row in json.loads(run.stdout)["tables"][0]["rows"] if row["person"] not in listed]
d = Browser()
check("whoever the demonstration lists comes in", d.ask("POST", "/signin/demo", {"person": listed[0]})[0] == 303 and d.cookies)
for other in (others[0], "boss", "", "nobody"):
    d = Browser()
    check(f"and nobody else ({other})", d.ask("POST", "/signin/demo", {"person": other})[0] == 403 and not d.cookies)

store = sqlite3.connect(DB, isolation_level=None, timeout=10)
store.execute("UPDATE setting SET value = '' WHERE key = 'demo'")
d = Browser()
check("a database that is no demonstration lists nobody", listed[0] not in d.ask("GET", "/signin")[2])
check("and lets nobody in without proof", d.ask("POST", "/signin/demo", {"person": listed[0]})[0] == 403)
store.execute("UPDATE setting SET value = '1' WHERE key = 'demo'")
store.close()

# links by mail
posts = subprocess.run([MEGURI, "--db", DB, "registry", "posts", "--org", "kou", "--duty", "inspection-officer", "--format",
                        "json"], capture_output=True, text=True)
officer = json.loads(posts.stdout)["tables"][0]["rows"][0]["person"]
run = subprocess.run([MEGURI, "--db", DB, "--as", officer, "--lang", "en", "account", "link", "--round", "demo-2026", "--org",
                      "kou", "--again"], capture_output=True, text=True)
check("letters are written: " + run.stdout.split("\n")[0], run.returncode == 0)
def with_a_link(address=None, but=None):
    """A letter with a link to a sheet, and the link: notices of the demonstration are told by mail, too."""
    for name in glob.glob(MAIL + "/*.eml"):
        found = email.message_from_bytes(open(name, "rb").read(), policy=email.policy.default)
        at = None if found.is_multipart() else re.search(r"https?://\S+/link/\S+", found.get_content())
        path = urllib.parse.urlsplit(at.group(0)).path if at else but
        if path != but and address in (None, found["To"]):
            return found, path
    return None, None


for _ in range(120):
    letter, link = with_a_link()
    if letter:
        break
    time.sleep(1)
check("a letter arrives", letter is not None)
check("its subject is readable", "回答のお願い" in letter["Subject"] and "Please answer" in letter["Subject"])
c = Browser()
status, _, text = c.ask("GET", link)
status, _, text = c.ask("GET", link)
check("looking at the link does not use it up", status == 200 and not c.cookies)
status, where, _ = c.ask("POST", link, {})
check("the button opens the sheet", status == 303 and where.startswith("/inspect/sheet?round=demo-2026"))
status, _, text = c.ask("GET", where)
check("the sheet is shown", status == 200)
status, _, _ = c.ask("GET", "/inspect/rates?round=demo-2026")
check("and nothing else", status in (303, 403, 404))
check("the link works once", Browser().ask("POST", link, {})[0] == 404)

# nothing but the one sheet, by any address
sheet = urllib.parse.parse_qs(urllib.parse.urlsplit(where).query)
respondent = sheet["respondent"][0]
store = sqlite3.connect(DB, isolation_level=None, timeout=10)
other = store.execute("SELECT code FROM respondent WHERE code <> ? AND kind = 'post' LIMIT 1", (respondent,)).fetchone()[0]
person, org, name, mail = store.execute(
    "SELECT x.code, o.code, x.name_ja, x.mail FROM respondent t JOIN person x ON x.id = t.person JOIN org o ON o.id = x.org"
    " WHERE t.code = ?", (respondent,)).fetchone()
store.close()
ELSEWHERE = ["/", "/home", "/find?q=a", "/find.json?q=a", "/inspect", "/inspect/sheets", "/inspect/unit?round=demo-2026",
             f"/inspect/sheet?round=demo-2026&respondent={other}", f"/inspect/sheet.json?round=demo-2026&respondent={other}",
             "/inspect/sheet?round=demo-2025&respondent=" + respondent, "/registry/posts", "/registry/people", "/task/list",
             "/account/sessions", "/account/post", "/inspect/answers?round=demo-2026", "/openapi", "/standard/list"]


def closed(b):
    return [p for p in ELSEWHERE if b.ask("GET", p)[0] not in (303, 403, 404)]


check(f"the link reaches nothing else, by any address {closed(c)}", not closed(c))


def save_with(b):
    text = b.ask("GET", where)[2]
    key = re.search(r'name="csrf" value="([^"]+)"', text).group(1)
    question = re.search(r'name="answer\.([^"]+)"', text).group(1)
    return b.ask("POST", "/inspect/save", {"csrf": key, "round": "demo-2026", "respondent": respondent,
                                           f"answer.{question}": "not_done", "go": "stay", "page": "1"})[0]


def object_with(b):
    key = re.search(r'name="csrf" value="([^"]+)"', b.ask("GET", where)[2]).group(1)
    status, _, text = b.ask("POST", "/inspect/object", {"csrf": key, "round": "demo-2026", "respondent": respondent, "why": "x"})
    return status, "from paper that you could object to" in text


check("the link reaches the act of objecting, which has nothing to object to", object_with(c) == (409, True))

# who leaves keeps that sheet, and a letter still reaches them
with open(MAIL + "/left.csv", "w") as out:
    out.write(f"code,org,name_ja,mail,to\n{person},{org},{name},{mail},{time.strftime('%Y-%m-%d', time.gmtime(time.time() - 2 * 86400))}\n")
run = subprocess.run([MEGURI, "--db", DB, "registry", "import", "--what", "people", "--file", MAIL + "/left.csv"],
                     capture_output=True, text=True)
check("a respondent leaves " + run.stderr, run.returncode == 0)
check("their sheet stays open to them", c.ask("GET", where)[0] == 200 and save_with(c) == 303)
check(f"and nothing else {closed(c)}", not closed(c))
run = subprocess.run([MEGURI, "--db", DB, "--as", officer, "--lang", "en", "account", "link", "--round", "demo-2026",
                      "--respondent", respondent, "--again"], capture_output=True, text=True)
check("a link is written to who left: " + run.stderr, run.returncode == 0 and re.search(r"Letters written\s+1", run.stdout))


used = link
for _ in range(60):
    _, link = with_a_link(mail, used)
    if link:
        break
    time.sleep(1)
check("it goes to the address known", link is not None)
d = Browser()
d.ask("POST", "/signin/demo", {"person": listed[0]})
status, _, text = d.ask("GET", link)
check("it is another's in the browser of somebody signed in", status == 403 and "another person" in text)
check("and is not used up by them", d.ask("POST", link, {})[0] == 403)
e = Browser()
check("it opens the sheet", e.ask("POST", link, {})[0] == 303 and e.ask("GET", where)[0] == 200 and save_with(e) == 303)
check(f"and nothing else for who left {closed(e)}", not closed(e))
status, _, text = Browser().ask("GET", link)
check("used, it says so", status == 404 and "this link was used" in text)
