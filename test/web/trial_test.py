"""A staff list tried out and done, as a browser does it:  trial_test.py MEGURI URL. A line per check, exits 1 at the first
that fails."""
import csv
import http.cookiejar
import io
import json
import re
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

MEGURI, URL = sys.argv[1:]
CISO = "p02383"


def check(what, is_so):
    print(("ok   " if is_so else "FAIL ") + what, flush=True)
    if not is_so:
        sys.exit(1)


def run(*words):
    return subprocess.run([MEGURI, *words], capture_output=True, text=True, check=True).stdout


class Browser:
    def __init__(self, person):
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        self.ask("/signin/demo", {"person": person})

    def ask(self, path, fields=None, file=None):
        head = {"Accept": "text/html", "Accept-Language": "en", "Origin": URL}
        body = None
        if file is not None:
            edge, parts = "edge0123456789", []
            for name, value in fields.items():
                parts.append(f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n')
            parts.append(f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="list.csv"\r\n'
                         f'Content-Type: text/csv\r\n\r\n{file}\r\n--{edge}--\r\n')
            body = "".join(parts).encode()
            head["Content-Type"] = "multipart/form-data; boundary=" + edge
        elif fields is not None:
            body = urllib.parse.urlencode(fields).encode()
        try:
            answer = self.opener.open(urllib.request.Request(URL + path, body, head), timeout=30)
        except urllib.error.HTTPError as refused:
            answer = refused
        return answer.status, answer.geturl(), answer.read().decode()

    def form(self, path):
        text = self.ask(path)[2]
        return {k: re.search(rf'name="{k}" value="([^"]+)"', text).group(1) for k in ("csrf", "once")}, text

    def ended(self, where):
        """The page of a task, when it has run."""
        task = urllib.parse.parse_qs(urllib.parse.urlsplit(where).query)["task"][0]
        for _ in range(80):
            tasks = json.loads(self.ask("/task/list.json")[2])["tables"][0]["rows"]
            if [t["state"] for t in tasks if t["task"] == task] != ["running"]:
                break
            time.sleep(0.25)
        return task, self.ask(f"/task/show?task={task}")[2]


def state_of(task_page):
    return re.search(r"<h1[^>]*>(.*?)</h1>", task_page, re.S).group(1)


b = Browser(CISO)
people = list(csv.DictReader(io.StringIO(run("--as", CISO, "registry", "export", "--what", "people"))))
mover = next(p for p in people if p["org"] == "hei-b1-s1")
rows = f"person,name_ja,org,duty\nnew1,新人 太郎,hei-b1-s1,staff\n{mover['code']},{mover['name_ja']},hei-b1-s2,staff\n"
TODAY = time.strftime("%Y-%m-%d", time.gmtime())


def tried(browser, text, **more):
    fields, page = browser.form("/registry/staff")
    check("the form shows first", 'name="rehearse"' in page)
    status, where, _ = browser.ask("/registry/staff", fields | {"org": "hei", "on": TODAY, "rehearse": "1"} | more, text)
    check("it is tried out", status == 200 and "/task/show" in where)
    return browser.ended(where)


def do(browser, task, page):
    fields = {k: re.search(rf'name="{k}" value="([^"]+)"', page).group(1) for k in ("csrf", "once")}
    status, where, text = browser.ask("/registry/staff", fields | {"trial": task})
    return browser.ended(where)[1] if "/task/show" in where else text


def stands():
    return "new1" in run("registry", "people", "--org", "hei-b1-s1", "--format", "csv")


task, page = tried(b, rows)
check("what would change is shown", "新人 太郎" in page and mover["code"] in page and 'name="trial"' in page)
check("and nothing is changed", not stands())
other = Browser("p01080")
check("another does not see it", "新人 太郎" not in other.ask(f"/task/show?task={task}")[2])
mine, _ = other.form("/registry/staff")
status, _, text = other.ask("/registry/staff", mine | {"trial": task})
check("nor do it", "no longer kept" in text and not stands())
auditor = Browser("p20002")
text = auditor.ask(f"/task/show?task={task}")[2]
check("an auditor sees that it ran, and no names", "staff list" in text and "新人 太郎" not in text)
done = do(b, task, page)
check("it is done", state_of(done).startswith("Done") and stands())
again = do(b, task, page.replace(re.search(r'name="once" value="([^"]+)"', page).group(1), "0" * 32))
check("it is done once", "no longer kept" in again)

task, page = tried(b, rows.replace("new1", "new2"))
with tempfile.NamedTemporaryFile("w", suffix=".csv") as out:
    out.write("code,org,name_ja\nnew2,hei-b1-s1,先に登録\n")
    out.flush()
    run("--as", CISO, "registry", "import", "--what", "people", "--file", out.name)
stopped = do(b, task, page)
check("what changed meanwhile stops it", "is no longer what was shown" in stopped)
task, page = tried(b, "person,name_ja,org,duty\nnew3,,hei-b1-s1,staff\n")
check("a bad list is refused with its row", "Refused" in state_of(page) and "2" in page and 'name="trial"' not in page)
