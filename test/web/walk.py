#!/usr/bin/python3
"""The door walk and the canary, over HTTP:  walk.py URL CANARY

Everything a program can be asked is read from /openapi.json, so that an entry added to a room is walked without a word
here. Each address is asked by nobody, a member of staff, a section manager, the CISO of another ministry and the centre,
in every face, with nothing, with values that exist, and with every parameter in turn made hostile. Nothing may end in a
5xx, answer markup that was given, miss its security headers, or be a face it is not; and what another ministry's CISO is
told never matches CANARY, a regular expression of things of the ministry whose server this is a demonstration of.
The last line is "N asked, N failed".
"""
import http.client
import io
import json
import re
import sys
import urllib.parse
import zipfile

HOSTILE = [
    "", " ", "x", "-1", "9223372036854775808", "0x10", "'; DROP TABLE sheet; --", '"><script>alert(1)</script>',
    "../../etc/passwd", "%s%n", "\u202eevil", "\u0000", "A" * 3000, "甲" * 500, "2026-02-30", "kou", "nowhere",
]
PUBLIC = re.compile(r"/standard/list\b")  # which standards there are, and whose, anybody may know
# Who owns a measure stands in a plan that is published: there the bare name and code of a ministry tell nothing, what it
# says of itself (甲省の…) would.
PLANS = re.compile(r"/plan/(groups|milestones|owners|progress|show)\b")
OWNER = re.compile(r"甲省(?!の)|\bMinistry of Kou\b(?!')|\bkou\b")
MARKUP = "<script>alert(1)"


class Server:
    def __init__(self, url):
        parts = urllib.parse.urlsplit(url)
        self.host, self.origin = parts.netloc, f"{parts.scheme}://{parts.netloc}"
        self.connection = http.client.HTTPConnection(self.host, timeout=60)

    def ask(self, method, target, body=None, headers=None):
        headers = dict(headers or {})
        if method == "POST":
            headers.setdefault("Origin", self.origin)
        for again in (True, False):
            try:
                self.connection.request(method, target, body=body, headers=headers)
                answer = self.connection.getresponse()
                return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read(), answer
            except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
                self.connection.close()
                if not again:
                    raise
        raise AssertionError


class Person:
    def __init__(self, server, name, code):
        self.server, self.name, self.cookie, self.csrf = server, name, "", ""
        if code is None:
            return
        body = urllib.parse.urlencode({"person": code})
        status, headers, _, answer = server.ask(
            "POST", "/signin/demo", body, {"Content-Type": "application/x-www-form-urlencoded"})
        cookies = [v.split(";")[0] for k, v in answer.getheaders() if k.lower() == "set-cookie"]
        self.cookie = "; ".join(c for c in cookies if not c.endswith("="))
        if status != 303 or not self.cookie:
            raise SystemExit(f"{name} ({code}) cannot sign in: {status}")
        _, _, page, _ = self.ask("GET", "/")
        found = re.search(rb'name="csrf" value="([0-9a-f]+)"', page)
        self.csrf = found.group(1).decode() if found else ""

    def ask(self, method, target, body=None, headers=None):
        headers = dict(headers or {})
        if self.cookie:
            headers["Cookie"] = self.cookie
        return self.server.ask(method, target, body, headers)


def without_echo(told, target):
    """What was given may be named in the answer; standards are for everyone to read, a ministry's own too."""
    told = told.replace("甲省情報セキュリティ対策基準", "").replace("甲" * 500, "")
    return re.sub(r"(?<![-\w])kou(?![-\w])", "", told) if "kou" in target else told


def around(told, what):
    at = told.find(what)
    return told[max(0, at - 60):at + 60]


class Walk:
    def __init__(self, canary):
        self.asked = self.failed = 0
        self.canary = re.compile(canary)

    def wrong(self, who, what, why):
        self.failed += 1
        if self.failed <= 40:
            print(f"{who.name}: {what[:160]}: {why}")

    def check(self, who, method, target, answer, watched):
        status, headers, body, _ = answer
        self.asked += 1
        what = f"{method} {target}"
        if status >= 500:
            self.wrong(who, what, f"{status} {body[:200]!r}")
        if "content-security-policy" not in headers or headers.get("x-content-type-options") != "nosniff":
            self.wrong(who, what, "security headers are missing")
        media = headers.get("content-type", "")
        text = self.text_of(who, what, status, media, body)
        if "html" in media and MARKUP in text:
            self.wrong(who, what, "markup that was given came back as markup")
        if watched and not PUBLIC.match(target):
            told = text + " ".join(f"{k}: {v}" for k, v in headers.items() if k not in ("location", "set-cookie"))
            told = OWNER.sub("", told) if PLANS.match(target) else told
            found = self.canary.search(without_echo(told, urllib.parse.unquote_plus(target)))
            if found:
                self.wrong(who, what, f"tells of another ministry: {around(told, found.group(0))!r}")

    def text_of(self, who, what, status, media, body):
        if status in (303, 304):
            return ""
        if "spreadsheetml" in media:
            try:
                with zipfile.ZipFile(io.BytesIO(body)) as book:
                    return " ".join(book.read(n).decode("utf-8", "replace") for n in book.namelist())
            except zipfile.BadZipFile:
                self.wrong(who, what, "is no XLSX")
                return ""
        text = body.decode("utf-8", "replace")
        if "json" in media:
            try:
                json.loads(text)
            except ValueError as e:
                self.wrong(who, what, f"is no JSON: {e}")
        return text


def values_that_exist(server, centre):
    """By name of the parameter: what the demonstration has."""
    def first(view, key):
        status, _, body, _ = centre.ask("GET", view)
        if status != 200:
            return None
        rows = [r for t in json.loads(body)["tables"][:1] for r in t["rows"]]
        return next((r[key] for r in rows if r.get(key)), None)

    return {
        "round": "demo-2026", "edition": "baseline-2", "org": "otsu", "own": "baseline-2", "against": "demo-2025",
        "from": "baseline-1", "to": "baseline-2", "what": "people", "part": "2", "depth": "1", "q": "総務",
        "clause": first("/standard/show.json?edition=baseline-2", "clause") or "2.1.1(1)(a)",
        "person": first("/registry/people.json?org=otsu", "person"), "duty": "staff", "last": "20",
        "respondent": first("/registry/posts.json?org=otsu", "post"), "under": "otsu", "page": "1",
    }


def schema_of(described):
    """What a parameter may be: descriptions stand beside it, lists around it."""
    schema = described.get("schema", described)
    for part in schema.get("allOf", []):
        schema = {**schema, **part}
    return schema.get("items", schema)


def query(pairs):
    return ("?" + urllib.parse.urlencode(pairs)) if pairs else ""


def good(params, known):
    pairs = {}
    for p in params:
        enum = schema_of(p).get("enum")
        if p["name"] in known and known[p["name"]] and not (enum and known[p["name"]] not in enum):
            if p.get("required") or p["name"] in ("round", "org", "edition"):
                pairs[p["name"]] = known[p["name"]]
        elif enum and p.get("required"):
            pairs[p["name"]] = enum[0]
    return pairs


def walk_views(walk, people, watched, path, params, known):
    base = re.sub(r"\.(json|csv|xlsx)$", "", path)
    whole = good(params, known)
    for who in people:
        for face in ("", ".json", ".csv", ".xlsx"):
            for pairs in ({}, whole):
                target = base + face + query(pairs)
                walk.check(who, "GET", target, who.ask("GET", target), who is watched)
    for who in (watched, people[-1]):
        for p in params:
            for value in HOSTILE:
                target = base + (".json" if len(value) % 2 else "") + query({**whole, p["name"]: value})
                walk.check(who, "GET", target, who.ask("GET", target), who is watched)


def walk_acts(walk, people, watched, path, fields, known):
    whole = good(fields, known)
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    for who in people:
        walk.check(who, "GET", path, who.ask("GET", path), who is watched)
        answer = who.ask("POST", path, urllib.parse.urlencode(whole), form)  # no key: never done
        walk.check(who, "POST", path + " without a key", answer, who is watched)
        onward = answer[1].get("location", "")
        if answer[0] < 300 or (answer[0] == 303 and not onward.startswith("/signin")):
            walk.wrong(who, path, f"done without a key: {answer[0]} {onward}")
    for p in fields:
        for value in HOSTILE[:12]:
            body = urllib.parse.urlencode({**whole, p["name"]: value, "csrf": watched.csrf, "rehearse": "1"})
            walk.check(watched, "POST", f"{path} {p['name']}={value}", watched.ask("POST", path, body, form), True)
    for body in ("{", "[]", "null", '{"round":{"a":{"b":1}}}', '{"x":"' + "y" * 1000 + '"}', "\xff"):
        answer = watched.ask("POST", path, body.encode("latin-1"), {"Content-Type": "application/json"})
        walk.check(watched, "POST", path + " " + body[:20], answer, True)


def walk_frame(walk, people, watched):
    """What no room's table tells of."""
    paths = ["/", "/signin", "/signin/demo", "/signin/oidc", "/signin/oidc/back", "/link/x", "/link/", "/account/setup",
             "/static/meguri.css", "/static/../etc/passwd", "/static/%2e%2e/x", "/nowhere", "/inspect/", "/inspect/nowhere",
             "/inspect/rates.exe", "/inspect//rates", "//evil.example/", "/openapi.json", "/healthz", "/metrics"]
    for who in people:
        for path in paths:
            for pairs in ({}, {"next": "//evil.example"}, {"lang": "xx"}, {"lang": "en"}, {"q": HOSTILE[7]}):
                answer = who.ask("GET", path + query(pairs))
                walk.check(who, "GET", path + query(pairs), answer, who is watched)
                if re.match(r"(?i)(https?:)?//|\\", answer[1].get("location", "/")):
                    walk.wrong(who, path + query(pairs), f"leads away: {answer[1]['location']}")


def fields_of(operation):
    content = operation.get("requestBody", {}).get("content", {})
    for media in ("application/x-www-form-urlencoded", "multipart/form-data", "application/json"):
        if media in content:
            schema = content[media]["schema"]
            return [{"name": n, "schema": s, "required": n in schema.get("required", [])}
                    for n, s in schema.get("properties", {}).items()]
    return []


def main(url, canary, codes):
    server = Server(url)
    walk = Walk(canary)
    people = [Person(server, name, codes.get(name)) for name in ("nobody", "staff", "manager", "ciso", "centre")]
    watched = people[3]
    known = values_that_exist(server, people[4])
    status, _, body, _ = people[4].ask("GET", "/openapi.json")
    if status != 200:
        raise SystemExit(f"/openapi.json: {status}")
    walk_frame(walk, people, watched)
    for path, item in sorted(json.loads(body)["paths"].items()):
        if "get" in item and not path.endswith((".csv", ".xlsx")):  # every face is asked of each view
            walk_views(walk, people, watched, path, item["get"].get("parameters", []), known)
        if "post" in item and path not in ("/signout", "/account/sign-out-everywhere"):
            walk_acts(walk, people, watched, path, fields_of(item["post"]), known)
    print(f"{walk.asked} asked, {walk.failed} failed")
    return walk.failed != 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], dict(a.split("=", 1) for a in sys.argv[3:])))
