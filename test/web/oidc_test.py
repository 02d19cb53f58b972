"""Signing in through an issuer: oidc_test.py URL MAIL, where MAIL is a person's of the registry."""
import http.cookiejar
import re
import sys
import urllib.error
import urllib.parse
import urllib.request

URL, MAIL = sys.argv[1:]


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


def browser():
    jar = http.cookiejar.CookieJar()
    # the issuer sits on another port of the same host, and its session cookies are for plain http here
    made = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar), Stay())
    made.jar = jar
    return made


def ask(b, url, fields=None):
    head = {"Accept": "text/html", "Accept-Language": "en"}
    if fields is not None and url.startswith(URL):
        head["Origin"] = URL
    body = urllib.parse.urlencode(fields).encode() if fields is not None else None
    try:
        answer = b.open(urllib.request.Request(url, body, head), timeout=20)
    except urllib.error.HTTPError as e:
        answer = e
    where = answer.headers.get("Location")
    return answer.status, where and urllib.parse.urljoin(url, where), answer.read().decode()


def check(what, is_so):
    print(("ok   " if is_so else "FAIL ") + what, flush=True)
    if not is_so:
        sys.exit(1)


def through(b, name):
    """Up to the way back, which is not taken."""
    status, where, text = ask(b, URL + "/signin/oidc?next=/registry/organisations")
    check("to the issuer", status == 303 and "code_challenge_method=S256" in where)
    for _ in range(10):
        if where and where.startswith(URL):
            return where
        status, where, text = ask(b, where)
        while status == 200:  # a form: sign in, then agree
            to = urllib.parse.urljoin(b.last, re.search(r'action="([^"]+)"', text).group(1))
            prompt = re.search(r'name="prompt" value="([^"]+)"', text).group(1)
            status, where, text = ask(b, to, {"prompt": prompt, "login": name, "password": "x"})
        b.last = where
    return where


b = browser()
b.last = URL
back = through(b, MAIL)
stolen = browser()
check("another browser cannot take the way back", ask(stolen, back)[0] == 403)
bad = re.sub(r"state=[^&]*", "state=other", back)
check("another state is refused", ask(b, bad)[0] == 403)
status, where, _ = ask(b, back)
check("signed in, and on to the page wanted", status == 303 and where == URL + "/registry/organisations")
check("the page is there", ask(b, where)[0] == 200)
check("the way back works once", ask(b, back)[0] in (403, 502))
for name, what in (("nobody@example.jp", "unknown here"), ("unverified-" + MAIL, "not verified")):
    b = browser()
    b.last = URL
    status, where, text = ask(b, through(b, name))
    check(f"{what}: told kindly", status == 403 and "administrator" in text)
