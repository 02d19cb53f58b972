#!/usr/bin/python3
"""Everything a server must survive, over raw sockets:  battery.py URL [options]

Malformed heads and bodies, slow ones, endless ones, thousands of idle connections; after each the service must go on.
With --parent PID the processes of the server are killed while acts run, and with --trace the writer is watched: no
answer to an act may leave before a sync. Prints TAP; exits 1 when anything failed. Only Python's own library is used.
"""
import argparse
import os
import re
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.parse

PONG = 1  # a message of one piece is the writer's sign of life, not an answer


class Battery:
    def __init__(self, args):
        url = urllib.parse.urlsplit(args.url)
        self.host, self.port = url.hostname, url.port or 80
        self.args = args
        self.count = self.failures = 0
        self.lock = threading.Lock()

    # ---- telling ----
    def tell(self, good, name, why=""):
        with self.lock:
            self.count += 1
            self.failures += not good
            print(("ok" if good else "not ok"), self.count, "-", name, flush=True)
            if not good and why:
                print("#", why, flush=True)

    # ---- sockets ----
    def connect(self, seconds=5):
        s = socket.create_connection((self.host, self.port), timeout=seconds)
        s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return s

    def answer(self, s, seconds=5):
        """All that comes until the other end closes or is silent: (bytes, closed)."""
        s.settimeout(seconds)
        got = b""
        try:
            while True:
                piece = s.recv(65536)
                if not piece:
                    return got, True
                got += piece
        except socket.timeout:
            return got, False
        except ConnectionError:
            return got, True

    def alive(self, name):
        try:
            s = self.connect()
            s.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            got, _ = self.answer(s)
            s.close()
        except OSError as e:
            got = str(e).encode()
        self.tell(got.startswith(b"HTTP/1.1 200"), "service goes on after " + name, repr(got[:80]))

    # ---- one malformed request, one refusal, one closed connection ----
    def refused(self, name, sent, wanted):
        s = self.connect()
        try:
            s.sendall(sent)
        except OSError:
            pass
        got, closed = self.answer(s, 3)
        s.close()
        answers = self.statuses(got)
        good = closed and (len(answers) == 1 and answers[0] in wanted or not got and None in wanted)
        self.tell(good, "%s: %s, closed" % (name, " or ".join("nothing" if w is None else str(w) for w in wanted)),
                  "%r closed=%s" % (answers, closed))

    @staticmethod
    def statuses(got):
        """Of each answer, as a proxy would count them: by their lengths."""
        found = []
        while (m := re.match(rb"HTTP/1\.1 (\d\d\d)", got)) is not None:
            found.append(int(m[1]))
            head, _, rest = got.partition(b"\r\n\r\n")
            length = re.search(rb"(?i)content-length: (\d+)", head)
            got = rest[int(length[1]):] if length else b""
        return found

    def malformed(self):
        post = b"POST /x HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n"
        get = b"GET /healthz HTTP/1.1\r\nHost: x\r\n"
        second = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
        chunk = b"5\r\nhello\r\n0\r\n\r\n"
        bad = (400,)
        for name, sent, wanted in [
            ("two different lengths", post + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello" + second, bad),
            ("the same length twice", post + b"Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello" + second, bad),
            ("a list of lengths", post + b"Content-Length: 5, 5\r\n\r\nhello" + second, bad),
            ("a length with a sign", post + b"Content-Length: +5\r\n\r\nhello" + second, bad),
            ("a negative length", post + b"Content-Length: -5\r\n\r\nhello" + second, bad),
            ("a length in hexadecimal", post + b"Content-Length: 0x5\r\n\r\nhello" + second, bad),
            ("a length beyond 64 bits", post + b"Content-Length: 99999999999999999999\r\n\r\nhello", (400, 413)),
            ("length with chunked", post + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk + second, bad),
            ("chunked with length", post + b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n" + chunk + second, bad),
            ("chunked twice", post + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk + second, bad),
            ("another transfer encoding", post + b"Transfer-Encoding: xchunked\r\n\r\n" + chunk + second, bad),
            ("chunked, then another", post + b"Transfer-Encoding: chunked, identity\r\n\r\n" + chunk + second, bad),
            ("chunked in HTTP/1.0", post.replace(b"1.1", b"1.0") + b"Transfer-Encoding: chunked\r\n\r\n" + chunk, bad),
            ("a chunk size that is none", post + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n", bad),
            ("a space before the colon", post + b"Content-Length : 5\r\n\r\nhello" + second, bad),
            ("a tab before the colon", post + b"Content-Length\t: 5\r\n\r\nhello" + second, bad),
            ("no host", b"GET /healthz HTTP/1.1\r\n\r\n" + second, bad),
            ("an empty host", b"GET /healthz HTTP/1.1\r\nHost:\r\n\r\n" + second, bad),
            ("two hosts", get + b"Host: y\r\n\r\n" + second, bad),
            ("two types of content", post + b"Content-Type: text/html\r\nContent-Length: 5\r\n\r\nhello" + second, bad),
            ("two authorizations", get + b"Authorization: Bearer a\r\nAuthorization: Bearer b\r\n\r\n" + second, bad),
            ("two cookie lines", get + b"Cookie: a=b\r\nCookie: c=d\r\n\r\n" + second, bad),
            ("two origins", get + b"Origin: http://x\r\nOrigin: http://y\r\n\r\n" + second, bad),
            ("two sites it was fetched from", get + b"Sec-Fetch-Site: none\r\nSec-Fetch-Site: cross-site\r\n\r\n" + second, bad),
            ("two idempotency keys", get + b"Idempotency-Key: a\r\nIdempotency-Key: b\r\n\r\n" + second, bad),
            ("two secrets of a proxy", get + b"X-Proxy-Secret: a\r\nX-Proxy-Secret: b\r\n\r\n" + second, bad),
            ("a host with a path", b"GET /healthz HTTP/1.1\r\nHost: x/y\r\n\r\n" + second, bad),
            ("a folded header", get + b"A: b\r\n  c\r\nD: e\r\n\r\n" + second, bad),
            ("a folded last header", get + b"A: b\r\n  c\r\n\r\n" + second, bad),
            ("a folded first header", b"GET /healthz HTTP/1.1\r\n Host: x\r\n\r\n" + second, bad),
            ("bare line feeds", b"GET /healthz HTTP/1.1\nHost: x\nA: b\n\n" + second, bad),
            ("one bare line feed", get + b"A: b\nC: d\r\n\r\n" + second, bad),
            ("a bare carriage return", get + b"A: b\rC: d\r\n\r\n" + second, bad),
            ("a NUL in a value", get + b"A: b\0c\r\nD: e\r\n\r\n" + second, bad),
            ("a NUL at the end", get + b"A: b\0\r\n\r\n" + second, bad),
            ("a NUL in a name", get + b"A\0B: c\r\n\r\n" + second, bad),
            ("a control character", get + b"A: b\x01c\r\n\r\n" + second, bad),
            ("a header without a colon", get + b"nothing\r\n\r\n" + second, bad),
            ("a header without a name", get + b": b\r\n\r\n" + second, bad),
            ("an absolute target", b"GET http://x/healthz HTTP/1.1\r\nHost: x\r\n\r\n" + second, bad),
            ("a target without a slash", b"GET healthz HTTP/1.1\r\nHost: x\r\n\r\n" + second, bad),
            ("a target with a space", b"GET /health z HTTP/1.1\r\nHost: x\r\n\r\n" + second, bad),
            ("no version", b"GET /healthz\r\n\r\n", (400, 505)),
            ("HTTP/3.0", b"GET /healthz HTTP/3.0\r\nHost: x\r\n\r\n", (400, 505)),
            ("TLS where there is none", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", (400, None)),
            ("an unknown method", b"BREW /healthz HTTP/1.1\r\nHost: x\r\n\r\n", (405,)),
            ("a method in small letters", b"get /healthz HTTP/1.1\r\nHost: x\r\n\r\n", (405,)),
            ("a body with GET", get + b"Content-Length: 5\r\n\r\nhello" + second, bad),
            ("a strange expectation", post + b"Expect: tea\r\nContent-Length: 5\r\n\r\n", (417,)),
            ("a header of 20 kB", get + b"A: " + b"b" * 20000 + b"\r\n\r\n", (431,)),
            ("a header of 200 kB", get + b"A: " + b"b" * 200000 + b"\r\n\r\n", (431,)),
            ("a thousand headers", get + b"".join(b"A%d: b\r\n" % i for i in range(1000)) + b"\r\n", (431,)),
            ("an address of 9 kB", b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", (414, 431)),
            ("a body announced too large", post + b"Content-Length: 999999999\r\n\r\n", (413,)),
            ("a form of 300 kB", post + b"Content-Length: 300000\r\n\r\n", (413,)),
            ("a large file from nobody", post.replace(b"/x", b"/inspect/import") + b"Content-Length: 300000\r\n\r\n", (413,)),
            ("a large file by a token beyond all bounds", post.replace(b"/x", b"/inspect/import")
             + b"Authorization: Bearer x\r\nContent-Length: 300000000\r\n\r\n", (413,)),
            ("a form of 2 MB in chunks", post + b"Transfer-Encoding: chunked\r\n\r\n" + b"80000\r\n%s\r\n" % (b"a" * 0x80000) * 4
             + b"0\r\n\r\n", (413,)),
        ]:
            self.refused(name, sent, wanted)
        self.alive("malformed requests")

    def well_formed(self):
        s = self.connect()
        s.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n" * 3)
        got, _ = self.answer(s, 1)
        self.tell(got.count(b"HTTP/1.1 200 OK") == 3, "three requests in one piece: three answers")
        s.close()
        s = self.connect()
        s.sendall(b"HEAD /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        got, closed = self.answer(s, 2)
        self.tell(got.endswith(b"\r\n\r\n") and b"Content-Length: 3" in got and closed, "HEAD: the head alone", repr(got[-40:]))
        s.close()
        for name, wanted in [(b"Content-Security-Policy: default-src 'none'", True), (b"X-Content-Type-Options: nosniff", True),
                             (b"Cache-Control: no-store", True), (b"\r\nServer:", False)]:
            self.tell((name in got) == wanted, "%s: %s" % (name.decode().strip(), "there" if wanted else "not there"))
        s = self.connect()
        for byte in b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n":
            s.sendall(bytes([byte]))
        got, _ = self.answer(s, 2)
        self.tell(got.startswith(b"HTTP/1.1 200"), "a head byte by byte", repr(got[:60]))
        s.close()

    # ---- refusals: headers and words ----
    def refusals(self):
        post = b"POST /x HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n"
        for name, sent in [
            ("400", b"GET /healthz HTTP/1.1\r\nHost: x\r\nHost: y\r\n"),
            ("404", b"GET /static/none HTTP/1.1\r\nHost: x\r\n"),
            ("405", b"BREW / HTTP/1.1\r\nHost: x\r\n"),
            ("413", post + b"Content-Length: 999999999\r\n"),
            ("413", post + b"Transfer-Encoding: chunked\r\nX: in the midst of it\r\n"),
        ]:
            body = b"80000\r\n%s\r\n" % (b"a" * 0x80000) if b"chunked" in sent else b""
            for more, says in [(b"Accept-Language: en\r\n", b'lang="en"'), (b"Accept-Language: ja\r\n", b'lang="ja"'),
                               (b"Accept-Language: en\r\nCookie: lang=ja\r\n", b'lang="ja"'),
                               (b"Accept-Language: ja\r\nCookie: a=b; lang=en\r\n", b'lang="en"')]:
                s = self.connect()
                s.sendall(sent + more + b"\r\n" + body)
                got, _ = self.answer(s, 1)
                s.close()
                safe = all(h in got for h in (b"Content-Security-Policy: default-src 'none'", b"X-Content-Type-Options: nosniff",
                                              b"Referrer-Policy: same-origin", b"Cache-Control: no-store"))
                self.tell(got.startswith(b"HTTP/1.1 " + name.encode()) and safe and says in got,
                          "a refusal (%s) is safe, and speaks as asked: %s" % (name, more.decode().replace("\r\n", " ")), repr(got[:900]))

    # ---- large bodies: so many bytes of all, and of one address ----
    def upload(self, peer, length, sent):
        s = self.connect(30)
        s.sendall(("POST /inspect/import HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nX-Proxy-Secret: %s\r\nX-Forwarded-For: %s\r\n"
                   "Authorization: Bearer x\r\nContent-Length: %d\r\n\r\n" % (self.args.proxy_secret, peer, length)).encode())
        piece = b"a" * (1 << 20)
        for _ in range(sent >> 20):
            s.sendall(piece)
        return s

    def refused_upload(self, peer, length):
        s = self.upload(peer, length, 0)
        got, _ = self.answer(s, 1)
        s.close()
        return self.statuses(got)

    def spool(self):
        large, much, more = 250 << 20, 100 << 20, 200 << 20
        held = self.upload("192.0.2.7", large, much)
        time.sleep(0.5)
        for name, peer, length, wanted in [("the same address", "192.0.2.7", more, [503]), ("the same, a smaller one", "192.0.2.7", much, []),
                                           ("another address", "192.0.2.8", more, [503] if self.args.spool_memory else []),
                                           ("another address, a smaller one", "192.0.2.8", much, [])]:
            got = self.refused_upload(peer, length)
            self.tell(got == wanted, "100 MB of a body stand: %s: %s" % (name, wanted or "taken"), str(got))
        held.close()
        time.sleep(0.5)
        self.tell(self.refused_upload("192.0.2.7", more) == [], "they are gone: there is room again")
        self.alive("large bodies")

    # ---- slow and endless ----
    def slowly(self, name, first, piece, pause, wanted, limit):
        began = time.monotonic()
        try:
            s = self.connect()
            s.sendall(first)
            s.settimeout(pause)
            got, closed = b"", False
            while time.monotonic() - began < limit and not closed:
                try:
                    s.sendall(piece)
                    more = s.recv(65536)
                    got, closed = got + more, not more
                except socket.timeout:
                    continue
            s.close()
        except OSError:
            closed = True
        status = re.match(rb"HTTP/1\.1 (\d\d\d)", got)
        good = closed and (status is None and None in wanted or status is not None and int(status[1]) in wanted)
        self.tell(good, "%s: ended after %.0f s" % (name, time.monotonic() - began), "%r closed=%s" % (got[:60], closed))

    def slow(self):
        get = b"GET /healthz HTTP/1.1\r\nHost: x\r\n"
        post = b"POST /x HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n"
        cases = [
            ("a slow first line", b"GET /heal", b"t", 1.0, (408,), 20),
            ("slow headers", get, b"A: b\r\n", 1.0, (408,), 20),
            ("a head that stops", get, b"", 1.0, (408,), 20),
            ("endless headers", get, b"A: " + b"b" * 60 + b"\r\n", 0.005, (431, 408), 20),
            ("a slow body", post + b"Content-Length: 100000\r\n\r\n", b"a", 1.0, (408,), 40),
            ("a body that stops", post + b"Content-Length: 100000\r\n\r\nabc", b"", 1.0, (408,), 40),
            ("slow chunks", post + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n", 1.0, (408,), 40),
            ("silence after an answer", get + b"\r\n", b"", 1.0, (200,), 50),
            ("silence from the beginning", b"", b"", 1.0, (None,), 50),
        ]
        threads = [threading.Thread(target=self.slowly, args=c) for c in cases]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
        self.alive("slow requests")

    def idle(self, wanted):
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        wanted = min(wanted, hard - 200)
        held = []
        try:
            for _ in range(wanted):
                held.append(self.connect())
        except OSError as e:
            self.tell(False, "%d idle connections" % wanted, "%d, then %s" % (len(held), e))
        began = time.monotonic()
        self.alive("%d idle connections were opened" % len(held))
        self.tell(time.monotonic() - began < 1, "and answers within a second")
        for s in held:
            s.close()
        time.sleep(0.5)
        self.alive("they were closed")

    # ---- processes killed while acts run ----
    def children(self, name):
        found = []
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open("/proc/%s/stat" % pid) as f:
                    text = f.read()
            except OSError:
                continue
            comm, rest = text[text.index("(") + 1:text.rindex(")")], text[text.rindex(")") + 2:].split()
            if int(rest[1]) == self.args.parent and comm.startswith("meguri:" + name):
                found.append(int(pid))
        return found

    def act(self, s, number):
        body = self.args.body.replace("%d", str(number)).encode()
        extra = "".join(h + "\r\n" for h in self.args.header)
        s.sendall(("POST %s HTTP/1.1\r\nHost: %s:%d\r\nOrigin: http://%s:%d\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                   "%sContent-Length: %d\r\n\r\n" % (self.args.act, self.host, self.port, self.host, self.port, extra, len(body))).encode() + body)
        return self.one(s)

    def view(self, s, _):
        extra = "".join(h + "\r\n" for h in self.args.header)
        s.sendall(("GET %s HTTP/1.1\r\nHost: %s:%d\r\n%s\r\n" % (self.args.view, self.host, self.port, extra)).encode())
        return self.one(s)

    @staticmethod
    def one(s):
        got = b""
        while b"\r\n\r\n" not in got:
            piece = s.recv(65536)
            if not piece:
                raise ConnectionError("closed")
            got += piece
        head, _, body = got.partition(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: (\d+)", head)
        while length and len(body) < int(length[1]):
            body += s.recv(65536)
        return int(head[9:12])

    def under_fire(self, what, do, seconds, pause):
        statuses, stop = {}, threading.Event()

        def client(first):
            s, number = self.connect(20), first
            while not stop.is_set():
                try:
                    status = do(s, number)
                except OSError as e:
                    status = str(e) or type(e).__name__
                    s = self.connect(20)
                number += 16
                with self.lock:
                    statuses[status] = statuses.get(status, 0) + 1

        threads = [threading.Thread(target=client, args=(i,)) for i in range(16)]
        for t in threads:
            t.start()
        kills, until = 0, time.monotonic() + seconds
        while time.monotonic() < until:
            for pid in self.children(what)[:1]:
                try:
                    os.kill(pid, signal.SIGKILL)
                    kills += 1
                except ProcessLookupError:
                    pass
            time.sleep(pause)
        stop.set()
        for t in threads:
            t.join()
        bad = {k: v for k, v in statuses.items() if not (isinstance(k, int) and 200 <= k < 400)}
        self.tell(not bad and kills > 3, "%d kills of the %s in %d s: every client was answered" % (kills, what, seconds), str(statuses))
        time.sleep(1)
        self.alive("kills of the " + what)

    def kills(self):
        if self.args.act:
            self.under_fire("writer", self.act, 5, 0.08)
        if self.args.view:
            self.under_fire("reader", self.view, 5, 0.08)
        front = self.children("front")
        os.kill(front[0], signal.SIGKILL)
        time.sleep(1.5)
        self.alive("a kill of the front")

    # ---- no answer before its sync ----
    def trace(self):
        writer = self.children("writer")[0]
        tracer = subprocess.Popen(["strace", "-f", "-q", "-e", "trace=recvmsg,sendmsg,fsync,fdatasync,sendto,recvfrom", "-p", str(writer)],
                                  stderr=subprocess.PIPE, text=True)
        time.sleep(1)
        s = self.connect(20)
        answered = sum(200 <= self.act(s, 1000000 + i) < 400 for i in range(50))
        tracer.send_signal(signal.SIGINT)
        lines = tracer.communicate()[1].splitlines()
        synced, early, sent = False, 0, 0
        for line in lines:
            if re.search(r"(fsync|fdatasync)\(\d+\) += 0", line):
                synced = True
            elif "recvmsg(" in line and "= -1" not in line and "msg_iovlen=1" in line:
                synced = False
            elif "sendmsg(" in line and "msg_iovlen=%d," % PONG not in line and "= -1" not in line:
                sent += 1
                early += not synced
        self.tell(sent >= answered == 50 and early == 0, "%d answers of the writer, each after a sync" % sent,
                  "answered %d, sent %d, before a sync %d" % (answered, sent, early))


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("url")
    p.add_argument("--idle", type=int, default=10000, help="how many idle connections (0: none)")
    p.add_argument("--fast", action="store_true", help="without the slow part, which takes 40 s")
    p.add_argument("--parent", type=int, help="process id of `meguri serve`: kills its children meanwhile")
    p.add_argument("--act", help="address of an act, posted while the writer is killed")
    p.add_argument("--body", default="n=%d", help="its form; %%d becomes a number of its own")
    p.add_argument("--view", help="address of a page, asked for while readers are killed")
    p.add_argument("--header", action="append", default=[], help="sent with both: 'Cookie: …'")
    p.add_argument("--proxy-secret", help="X-Proxy-Secret of the server: large bodies are sent as from other addresses")
    p.add_argument("--spool-memory", action="store_true", help="the server's spool is memory")
    p.add_argument("--trace", action="store_true", help="with --parent and --act: strace the writer")
    args = p.parse_args()
    b = Battery(args)
    b.alive("the start")
    b.malformed()
    b.well_formed()
    b.refusals()
    if args.proxy_secret:
        b.spool()
    if args.idle:
        b.idle(args.idle)
    if not args.fast:
        b.slow()
    if args.parent and args.act and args.trace:
        b.trace()
    if args.parent:
        b.kills()
    print("1..%d" % b.count)
    return b.failures != 0


sys.exit(main())
