#!/usr/bin/python3
"""What was answered is there:  durable.py MEGURI PART…   Parts: sync drop kill arena readers full pg

Sheets are handed in by many clients at once to the real server over a demonstration, while its processes are killed, its
disk fills up or its power is cut. Then everything that was answered with success must stand in the journal, once, and in
the sheets; the journal must verify and the tallies must equal the sheets. Whatever was answered otherwise is sent again
with the same Idempotency-Key, as a client would. Prints TAP; exits 1 when anything failed. Python's own library only.
"""
import base64
import collections
import contextlib
import hashlib
import http.client
import json
import os
import random
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
SECRET = "0123456789abcdef0123456789abcdef"
ROUND = "demo-2026"
MEGURI = os.path.realpath(sys.argv[1])
SEED = int(os.environ.get("SEED", time.time_ns() % 1000000))
ENV = dict(os.environ, LC_ALL="C.UTF-8")
count = failures = 0


def tell(good, name, why=""):
    global count, failures
    count += 1
    failures += not good
    print("ok" if good else "not ok", count, "-", name, flush=True)
    for line in str(why).splitlines()[:30] if not good else []:
        print("#", line, flush=True)


def note(text):
    print("#", text, flush=True)


# ---- the database ----
class File:
    """A database of SQLite in a folder of its own."""
    def __init__(self, folder, empty):
        self.url = os.path.join(folder, "demo.db")
        shutil.copy(empty, self.url)

    def rows(self, text):
        with contextlib.closing(sqlite3.connect(self.url, timeout=20)) as db:
            return [[str(v) for v in row] for row in db.execute(text)]


class Server:
    """A throw-away PostgreSQL."""
    def __init__(self):
        shared = {k: v for k, v in os.environ.items() if k != "TMPDIR"} # its folder has to be one that its user may enter
        self.url = subprocess.run([os.path.join(HERE, "..", "pg.sh"), "start"], capture_output=True, text=True, check=True, env=shared).stdout.strip()
        subprocess.run([MEGURI, "--db", self.url, "demo", "load"], check=True, capture_output=True, env=ENV)

    def rows(self, text):
        told = subprocess.run(["psql", "-XAt", "-F", "\t", "-c", text, self.url], capture_output=True, text=True, check=True)
        return [line.split("\t") for line in told.stdout.splitlines()]

    def end(self):
        subprocess.run([os.path.join(HERE, "..", "pg.sh"), "stop", self.url], check=True)


# ---- the server ----
class Serving:
    def __init__(self, db, folder, before=(), env=None, more=()):
        self.folder = folder
        self.log = os.path.join(folder, "log%d" % len(os.listdir(folder)))
        secret = os.path.join(folder, "secret")
        with open(secret, "w") as f:
            f.write(SECRET)
        with open(self.log, "w") as log:
            self.process = subprocess.Popen(
                [*before, MEGURI, "--db", db.url, "serve", "--listen", "127.0.0.1:0", "--proxy_user", "X-Remote-User",
                 "--proxy_secret_file", secret, *more], stderr=log, stdin=subprocess.DEVNULL, env=dict(ENV, **(env or {})))
        until = time.monotonic() + 20
        while (ready := re.search(r'"event":"ready","url":"http://([^"]*)","pid":(\d+)', self.said())) is None:
            if time.monotonic() > until or self.process.poll() is not None:
                raise RuntimeError("the server does not begin: " + self.said())
            time.sleep(0.05)
        self.host, self.parent = ready[1], int(ready[2])

    def said(self):
        with open(self.log) as f:
            return f.read()

    def children(self, name):
        found = []
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open("/proc/%s/stat" % pid) as f:
                    text = f.read()
            except OSError:
                continue
            comm, rest = text[text.index("(") + 1:text.rindex(")")], text[text.rindex(")") + 2:].split()
            if int(rest[1]) == self.parent and rest[0] != "Z" and comm.startswith("meguri:" + name):
                found.append(int(pid))
        return found

    def kill(self, name):
        found = self.children(name)
        if not found:
            return 0
        with contextlib.suppress(ProcessLookupError):
            os.kill(random.choice(found), signal.SIGKILL)
        return 1

    def ready(self, name, before=0):
        """Waits until such a process is there that is not the one before."""
        until = time.monotonic() + 10
        while not set(self.children(name)) - {before} and time.monotonic() < until:
            time.sleep(0.01)

    def cut(self, crowd):
        """All of it ends at once, whatever it is at; only then do the clients stop."""
        every = [self.parent] + self.children("")
        for pid in every:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        crowd.stop.set()
        self.process.wait()
        for pid in every:
            while os.path.exists("/proc/%d" % pid):
                try:
                    with open("/proc/%d/stat" % pid) as f:
                        if f.read().rpartition(")")[2].split()[0] == "Z":
                            break
                except OSError:
                    break
                time.sleep(0.01)

    def end(self):
        os.kill(self.parent, signal.SIGTERM)
        return self.process.wait(timeout=30)

    def batches(self):
        """Acts and syncs of the writer, as its metrics say."""
        line = http.client.HTTPConnection(self.host, timeout=20)
        line.request("GET", "/metrics")
        text = line.getresponse().read().decode()
        found = dict(re.findall(r"^(meguri_batch\w*_(?:sum|count)) (\d+)", text, re.M))
        return found


# ---- people who hand in ----
Person = collections.namedtuple("Person", "code respondent questions")
Act = collections.namedtuple("Act", "person key answers")


def act_id(act):
    """As asked_act_id of src/web/asked.c makes it of a person whom the proxy names."""
    parts = (act.person.code, "", act.key, "/inspect/submit", "")
    return hashlib.sha256("".join("%d:%s" % (len(p), p) for p in parts).encode()).hexdigest()


class Client:
    """One connection; opened again when it was closed."""
    def __init__(self, host):
        self.host, self.line = host, None

    def ask(self, method, path, person, body=None, **more):
        head = {"X-Remote-User": person, "X-Proxy-Secret": SECRET, "Accept-Language": "en"} | {k.replace("_", "-"): v for k, v in more.items()}
        if body is not None:
            head |= {"Origin": "http://" + self.host, "Content-Type": "application/json"}
        if self.line is None:
            self.line = http.client.HTTPConnection(self.host, timeout=60)
        try:
            self.line.request(method, path, body, head)
            answer = self.line.getresponse()
            text = answer.read()
        except (OSError, http.client.HTTPException):
            self.line.close()
            self.line = None
            raise
        return answer.status, text.decode()

    def submit(self, act):
        body = {"round": ROUND, "respondent": act.person.respondent, "answer": act.answers}
        return self.ask("POST", "/inspect/submit", act.person.code, json.dumps(body), Idempotency_Key=act.key)


def sheet(client, person):
    """The answers as the person sees them, page by page."""
    found = {}
    for page in range(1, 20):
        status, text = client.ask("GET", "/inspect/sheet.json?round=%s&respondent=%s&page=%d" % (ROUND, person.respondent, page), person.code)
        rows = next((t["rows"] for t in json.loads(text).get("tables", []) if t["name"] == "questions"), [])
        before = len(found)
        found |= {r["question"]: r["answer"] for r in rows}
        if status != 200 or len(found) == before:
            return found
    return found


def people(serving, db, wanted):
    """Whose sheets are empty still, with the questions they are asked."""
    found, client = [], Client(serving.host)
    for code, respondent in db.rows(
            "SELECT p.code, r.code FROM respondent r JOIN person p ON p.id = r.person JOIN round o ON o.id = r.round"
            " WHERE o.code = '%s' AND r.duty = 'staff' AND r.kind = 'post' AND r.reason = ''"
            " AND NOT EXISTS (SELECT 1 FROM sheet s WHERE s.respondent = r.id) ORDER BY r.id" % ROUND):
        answers = sheet(client, Person(code, respondent, ()))
        if answers:
            found.append(Person(code, respondent, tuple(answers)))
        if len(found) == wanted:
            return found
    raise RuntimeError("only %d people without a sheet" % len(found))


class Crowd:
    """Clients that hand in as fast as they can, each for people of its own: so what stands at the end is what the last
    act of each person said. What was not answered with success is sent again, same key, until it is."""
    def __init__(self, serving, persons, clients, retries=1000, pause=0.0):
        self.serving, self.retries, self.pause = serving, retries, pause
        self.lock, self.stop = threading.Lock(), threading.Event()
        self.done, self.open, self.statuses = [], {}, collections.Counter()
        self.worst, self.said, self.times = 0, collections.Counter(), []
        self.threads = [threading.Thread(target=self.work, args=(persons[i::clients], random.Random(SEED + i))) for i in range(clients)]

    def begin(self):
        self.began = time.monotonic()
        for t in self.threads:
            t.start()

    def end(self):
        self.stop.set()
        for t in self.threads:
            t.join()
        self.took = time.monotonic() - self.began

    def work(self, persons, rng):
        client, n = Client(self.serving.host), 0
        while not self.stop.is_set():
            person = persons[n % len(persons)]
            n += 1
            act = Act(person, "%016x" % rng.getrandbits(64), {q: rng.choice(("done", "not_done")) for q in person.questions})
            with self.lock:
                self.open[person.code] = act
            if not self.until_done(client, act):
                return
            with self.lock:
                self.done.append(act)
                del self.open[person.code]

    def until_done(self, client, act):
        for tried in range(self.retries):
            began = time.monotonic()
            try:
                status, text = client.submit(act)
            except (OSError, http.client.HTTPException) as e:
                status, text = type(e).__name__, ""
                if self.stop.is_set():
                    return False
            with self.lock:
                self.statuses[status] += 1
                self.times.append(time.monotonic() - began)
                if status not in (200, 303):
                    self.said[text[:400]] += 1
                    self.worst = max(self.worst, tried + 1)
            if status in (200, 303):
                return True
            if isinstance(status, int) and status < 500:
                return False # sent again it would be refused again
            time.sleep(self.pause)
        return False

    def figures(self):
        times = sorted(self.times)
        return "%d acts in %.1f s, %.0f a second; median %.1f ms, p99 %.1f ms; answers %s" % (
            len(self.done), self.took, len(self.done) / self.took, 1000 * times[len(times) // 2], 1000 * times[len(times) * 99 // 100], dict(self.statuses))


# ---- what stands afterwards ----
def cli(db, *words):
    told = subprocess.run([MEGURI, "--db", db.url, "--lang", "en", "--format", "json", *words], capture_output=True, text=True, env=ENV)
    return told.returncode, told.stdout + told.stderr


def centre_officer(db):
    people_of_demo = json.loads(cli(db, "demo", "people")[1])["tables"][0]["rows"]
    return next(p["person"] for p in people_of_demo if p["duty"] == "centre-officer")


def whole(name, serving, db, done, unsure=(), before=frozenset()):
    """done: acts answered with success, oldest first. unsure: never answered; each is there whole or not at all."""
    wrong = []
    written = collections.Counter(row[0] for row in db.rows("SELECT act_id FROM journal WHERE line LIKE '%\"act\":\"inspect submit\"%'"))
    wrong += ["lost from the journal: %s" % a.key for a in done if written[act_id(a)] != 1]
    unknown = set(written) - before - {act_id(a) for a in done} - {act_id(a) for a in unsure}
    wrong += ["in the journal, asked by nobody: %s" % a for a in unknown]
    last = {a.person: a for a in done}
    for a in unsure:
        if written[act_id(a)] == 1:
            last[a.person] = a
    client = Client(serving.host)
    for person, act in last.items():
        if sheet(client, person) != act.answers:
            wrong.append("the sheet of %s is not what was handed in last" % person.code)
    submitted = {row[0] for row in db.rows("SELECT r.code FROM sheet s JOIN respondent r ON r.id = s.respondent WHERE s.state = 1")}
    wrong += ["not submitted: " + p.respondent for p in last if p.respondent not in submitted]
    code, told = cli(db, "journal", "verify")
    if code != 0:
        wrong.append("the journal: " + told)
    code, told = cli(db, "inspect", "recount", "--round", ROUND)
    if code != 0 or "The tallies equal the sheets." not in told:
        wrong.append("the recount: " + told)
    if isinstance(db, File) and db.rows("PRAGMA integrity_check") != [["ok"]]:
        wrong.append("the file is damaged")
    tell(not wrong and done, "%s: %d acts of %d people in the journal once and in their sheets, journal whole, tallies equal the sheets"
         % (name, len(done), len(last)), "\n".join(wrong))


def only_expected(name, crowd, also=(503,)):
    odd = {k: v for k, v in crowd.statuses.items() if k not in (200, 303, *also)}
    tell(not odd, "%s: no answer but success%s" % (name, "".join(" or %s" % a for a in also)), "%s\n%s" % (odd, crowd.said.most_common(3)))


PARTS = {}


def part(f):
    PARTS[f.__name__.removeprefix("part_")] = f
    return f


# ---- no answer before its sync ----
def decoded(line):
    """Bytes of a line of strace -xx: of its first string, and all of them."""
    pieces = [bytes.fromhex(p.replace("\\x", "")) for p in re.findall(r'"((?:\\x[0-9a-f]{2})*)"', line)]
    return b"".join(pieces)


WAL = "".join("\\x%02x" % b for b in b"-wal")


class Trace:
    """What strace saw of front and writer, in the order it saw it: stops come one after the other, so a line that stands
    before another happened before it."""
    def __init__(self, path):
        self.begun, self.events = {}, []
        with open(path, errors="replace") as f:
            for line in f:
                self.line(line)

    def line(self, line):
        m = re.match(r"(\d+) +(.*)", line)
        if m is None:
            return
        pid, text = int(m[1]), m[2]
        if text.endswith("<unfinished ...>"):
            self.begun[pid] = (len(self.events), text[:-len("<unfinished ...>")])
            self.events.append((pid, "begins", text.partition("(")[0], b"", text))
            return
        if (r := re.match(r"<\.\.\. (\w+) resumed>(.*)", text)) is not None and pid in self.begun:
            text = self.begun.pop(pid)[1] + r[2]
        call = text.partition("(")[0]
        ok = re.search(r"\) += (-?\d+)", text)
        if ok is not None and int(ok[1]) >= 0:
            self.events.append((pid, "ends", call, decoded(text) if call not in ("fdatasync", "fsync") else b"", text))


def wire(data):
    """Kind, request and status of a message between the processes (struct head of src/web/wire.c); None of anything else."""
    if len(data) < 48:
        return None
    size, kind, number = (int.from_bytes(data[i:i + 4], "little") for i in (0, 4, 12))
    ident = int.from_bytes(data[24:32], "little")
    return (kind, ident, number) if 1 <= kind <= 8 and size >= 48 else None


@part
def part_sync(folder, empty):
    db = File(folder, empty)
    trace = os.path.join(folder, "trace")
    strace = ["strace", "-f", "-q", "--seccomp-bpf", "-xx", "-s", "4096", "-y", "-o", trace,
              "-e", "trace=recvmsg,recvfrom,sendmsg,sendto,writev,write,fdatasync,fsync", "-e", "signal=none"]
    # memory of processes that may not be dumped is read by root only: root of a user namespace will do
    serving = Serving(db, folder, before=strace if os.geteuid() == 0 else ["unshare", "-r", *strace])
    writer = serving.children("writer")[0]
    persons = people(serving, db, 32)
    crowd = Crowd(serving, persons, 8)
    crowd.begin()
    while len(crowd.done) < 120 and time.monotonic() - crowd.began < 25:
        time.sleep(0.1)
    crowd.end()
    front = serving.children("front")[0]
    whole("traced", serving, db, crowd.done)
    serving.end()
    check_trace(Trace(trace), front, writer, crowd)


def check_trace(trace, front, writer, crowd):
    key_of, asked, synced, early, answers, syncs, batch = {}, {}, {}, [], 0, [], []
    sockets, sync_began, last_sync, replied, taken = {}, None, -1, {}, {}
    keys = {a.key.encode() for a in crowd.done}
    for at, (pid, stage, call, data, text) in enumerate(trace.events):
        if pid == writer and call in ("fdatasync", "fsync"):
            if stage == "begins":
                sync_began = at
                continue
            if WAL in text:
                last_sync = sync_began if sync_began is not None else at
                syncs.append(0)
            sync_began = None  # also that of the database itself, when the log is copied back
        elif stage != "ends":
            continue
        elif pid == writer and call == "recvmsg" and (m := wire(data)) and m[0] == 4:
            taken[m[1]] = at
        elif pid == writer and call == "sendmsg" and (m := wire(data)) and m[0] == 5 and m[2] in (200, 303):
            replied[m[1]] = at
            if last_sync < taken.get(m[1], at):
                early.append("request %d: taken at %s, reply at %d, last sync began at %d" % (m[1], taken.get(m[1]), at, last_sync))
            elif syncs:
                syncs[-1] += 1
        elif pid == front and call in ("recvfrom", "recvmsg", "read") and (k := re.search(rb"Idempotency-Key: ([0-9a-f]{16})", data)):
            sockets[text.partition("(")[2].partition(",")[0]] = k[1]
        elif pid == front and call == "sendmsg" and (m := wire(data)) and m[0] == 4:
            for k in keys:
                if k in data:
                    key_of[k] = m[1]
        elif pid == front and (data.startswith(b"HTTP/1.1 200") or data.startswith(b"HTTP/1.1 303")):
            key = sockets.pop(text.partition("(")[2].partition(",")[0], None)
            if key not in keys:
                continue
            answers += 1
            if key_of.get(key) not in replied:
                early.append("key %s: answered before the writer did" % key.decode())
    groups = [n for n in syncs if n]
    tell(answers >= 50 and not early and answers == len(keys),
         "traced: %d answers, each sent after a sync of the WAL that began after its request was taken" % answers,
         "%d keys, %d answers seen\n%s" % (len(keys), answers, "\n".join(early)))
    note("under strace: %s; acts a sync: %s" % (crowd.figures(), sorted(collections.Counter(groups).items())))


# ---- the power is cut ----
def power_cut(path, how, rng):
    """What the disk held: what was synced, and of the rest nothing, some sectors, or whole blocks."""
    for name in (path, path + "-wal"):
        with open(name, "rb") as f:
            real = f.read()
        with open(name + ".safe", "rb") as f:
            safe = f.read()
        if how != "nothing":
            piece = 512 if how == "sectors" else 4096
            kept = bytearray(safe.ljust(max(len(safe), len(real)), b"\0")) if rng.random() < 0.5 else bytearray(safe)
            for at in range(0, len(kept), piece):
                new = real[at:at + piece]
                if new != safe[at:at + piece] and new and rng.random() < 0.5:
                    kept[at:at + len(new)] = new
            safe = bytes(kept)
        with open(name, "wb") as f:
            f.write(safe)
        with open(name + ".safe", "wb") as f:
            f.write(safe)
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path + "-shm")


@part
def part_drop(folder, empty):
    rng = random.Random(SEED)
    shim = os.path.join(folder, "drop.so")
    subprocess.run(["cc", "-shared", "-fPIC", "-O2", "-Wall", "-Wextra", "-Werror", "-o", shim, os.path.join(HERE, "drop_unsynced.c"), "-ldl"], check=True)
    db = File(folder, empty)
    shutil.copy(db.url, db.url + ".safe")
    env = {"LD_PRELOAD": shim, "DROP_UNSYNCED": db.url}
    control(db, folder, env)
    done, unsure, persons, behind = [], [], None, 0
    hows = ["nothing", "sectors", "blocks"] * 3
    for n, how in enumerate(hows):
        serving = Serving(db, folder, env=env)
        persons = persons or people(serving, db, 48)
        crowd = Crowd(serving, persons, 8)
        crowd.begin()
        time.sleep(rng.uniform(0.3, 0.9))
        if n % 4 == 3:
            serving.kill("writer") # one that was killed leaves what it wrote to the one that comes
            time.sleep(rng.uniform(0.05, 0.3))
        serving.cut(crowd)
        crowd.end()
        behind += differs(db.url)
        power_cut(db.url, how, rng)
        only = {k: v for k, v in crowd.statuses.items() if isinstance(k, int) and k not in (200, 303, 503)}
        if only:
            tell(False, "power cut %d: odd answers" % n, only)
        written = {row[0] for row in db.rows("SELECT act_id FROM journal")} if how == "nothing" and n == 0 else None
        if written is not None:
            lost = [a.key for a in crowd.done if act_id(a) not in written]
            tell(not lost and crowd.done, "power cut: %d answered acts read from the file at once" % len(crowd.done), lost)
        for a in crowd.done + list(crowd.open.values()):
            (done if a in crowd.done else unsure).append(a)
        done, unsure = settle(db, done, unsure)
        refresh(db)
    serving = Serving(db, folder)
    tell(behind > len(hows) / 3, "power cut: %d of %d left something unsynced to drop" % (behind, len(hows)))
    whole("after %d power cuts" % len(hows), serving, db, done, unsure)
    serving.end()


def control(db, folder, env):
    """The same with syncs that keep nothing: then acts must be missing, or this tests nothing."""
    serving = Serving(db, folder, env=dict(env, DROP_DEAF="1"))
    crowd = Crowd(serving, people(serving, db, 8), 4)
    crowd.begin()
    time.sleep(0.3)
    serving.cut(crowd)
    crowd.end()
    power_cut(db.url, "nothing", random)
    written = {row[0] for row in db.rows("SELECT act_id FROM journal")}
    tell(crowd.done and not written & {act_id(a) for a in crowd.done}, "power cut with syncs unheeded: all %d acts are lost" % len(crowd.done))
    refresh(db)


def refresh(db):
    """What is there now is on the disk. A look from outside may have ended the WAL."""
    for name in (db.url, db.url + "-wal"):
        if os.path.exists(name):
            shutil.copy(name, name + ".safe")
        else:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(name + ".safe")


def differs(path):
    for name in (path, path + "-wal"):
        with open(name, "rb") as f, open(name + ".safe", "rb") as g:
            if f.read() != g.read():
                return True
    return False


def settle(db, done, unsure):
    """Acts nobody was answered that stand all the same count as done, in the order of the journal."""
    order = {row[0]: int(row[1]) for row in db.rows("SELECT act_id, seq FROM journal")}
    there = [a for a in unsure if act_id(a) in order]
    lost = [a for a in done if act_id(a) not in order]
    return sorted((a for a in done + there if act_id(a) in order), key=lambda a: order[act_id(a)]) + lost, []


# ---- processes are killed ----
@part
def part_kill(folder, empty):
    killing("writer killed", File(folder, empty), folder, 45, 12)


def killing(name, db, folder, wanted, seconds):
    serving = Serving(db, folder)
    persons = people(serving, db, 64)
    crowd = Crowd(serving, persons, 8, pause=2.0) # as the 503 asks (Retry-After)
    crowd.begin()
    time.sleep(1)
    quiet = len(crowd.done) / (time.monotonic() - crowd.began)
    kills, rng = 0, random.Random(SEED)
    while kills < wanted and time.monotonic() - crowd.began < seconds:
        kills += serving.kill("writer")
        time.sleep(rng.uniform(0.005, 0.15))
    time.sleep(0.3)
    crowd.end()
    note("%s: %d kills; %s (without kills %.0f a second); tried at most %d times more" % (name, kills, crowd.figures(), quiet, crowd.worst))
    only_expected(name, crowd)
    tell(kills >= wanted and crowd.worst <= 1, "%s: %d kills, one 503 at most for each act" % (name, kills), "%d kills, %d refusals in a row" % (kills, crowd.worst))
    whole(name, serving, db, crowd.done)
    tell(serving.end() == 0, "%s: the server ends in order" % name)


@part
def part_pg(folder, empty):
    db = Server()
    try:
        killing("writer killed, PostgreSQL", db, folder, 15, 8)
        disconnecting(db, folder)
    finally:
        db.end()


def disconnecting(db, folder):
    """The server of the database ends every connection: as when it restarts, or after hours of silence."""
    before = {row[0] for row in db.rows("SELECT act_id FROM journal WHERE line LIKE '%\"act\":\"inspect submit\"%'")}
    serving = Serving(db, folder)
    persons = people(serving, db, 16)
    centre, client, views = centre_officer(db), Client(serving.host), collections.Counter()
    crowd = Crowd(serving, persons, 4)
    crowd.begin()
    for _ in range(6):
        time.sleep(0.4)
        db.rows("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'")
        views[client.ask("GET", "/registry/organisations", centre)[0]] += 1
    time.sleep(0.4)
    crowd.end()
    note("connections ended 6 times: %s; pages %s" % (crowd.figures(), dict(views)))
    tell(set(crowd.statuses) == {200} and set(views) == {200}, "PostgreSQL ends all connections, 6 times: nobody notices",
         "%s %s %s" % (crowd.statuses, crowd.said, views))
    whole("after the connections were ended", serving, db, crowd.done, before=before)
    serving.end()


@part
def part_readers(folder, empty):
    db = File(folder, empty)
    serving = Serving(db, folder)
    statuses, again, stop, lock = collections.Counter(), collections.Counter(), threading.Event(), threading.Lock()
    paths = ["/inspect/rates?round=" + ROUND, "/registry/organisations", "/inspect/rates.json?round=" + ROUND, "/"]
    person = centre_officer(db)

    def look(n):
        client = Client(serving.host)
        while not stop.is_set():
            n += 1
            for tried in range(2):
                try:
                    status = client.ask("GET", paths[n % len(paths)], person)[0]
                except (OSError, http.client.HTTPException) as e:
                    status = type(e).__name__
                if status == 200:
                    break
            with lock:
                statuses[status] += 1
                again[tried] += 1

    threads = [threading.Thread(target=look, args=(i,)) for i in range(8)]
    for t in threads:
        t.start()
    kills, until = 0, time.monotonic() + 4
    while time.monotonic() < until:
        kills += serving.kill("reader")
        time.sleep(0.08)
    stop.set()
    for t in threads:
        t.join()
    odd = {k: v for k, v in statuses.items() if k != 200}
    tell(kills > 20 and not odd and statuses[200] > 50 and again[1] <= kills / 3,
         "readers killed %d times: %d pages, all of them 200, %d asked twice" % (kills, statuses[200], again[1]), "%s %s" % (odd, again))
    serving.end()


# ---- more than one may have ----
@part
def part_arena(folder, empty):
    db = File(folder, empty)
    serving = Serving(db, folder)
    persons = people(serving, db, 32)
    crowd = Crowd(serving, persons[:31], 8)
    crowd.begin()
    time.sleep(0.5)
    centre = centre_officer(db)
    refused, client, odd = 0, Client(serving.host), []
    for n in range(3):
        status, text = greedy(client, centre, n)
        refused += status == 503
        if status != 503:
            odd.append("%s %s" % (status, text[:200]))
        time.sleep(0.3)
    crowd.end()
    note("arena: " + crowd.figures())
    tell(refused == 3, "out of arena: 3 acts that need too much, one 503 each", "\n".join(odd))
    tell(serving.said().count('"event":"out of memory"') >= 3, "out of arena: the log says so", serving.said()[-2000:])
    only_expected("out of arena", crowd, ())
    whole("out of arena", serving, db, crowd.done)
    serving.end()


def greedy(client, person, n):
    """A list of clauses as no edition has it: it is read into memory, whole."""
    text = b"code,parent,title_ja,title_en\n" + b"".join(b"z%d,,a,b\n" % i for i in range(8 << 16))
    body = json.dumps({"edition": "baseline-1", "what": "sections", "file": {"name": "a.csv", "base64": base64.b64encode(text).decode()}})
    return client.ask("POST", "/standard/import", person, body, Idempotency_Key="greedy%d" % n)


# ---- no room on the disk ----
@part
def part_full(folder, empty):
    db = File(folder, empty)
    serving = Serving(db, folder)
    persons = people(serving, db, 32)
    crowd = Crowd(serving, persons, 8, pause=0.02)
    crowd.begin()
    time.sleep(0.7)
    for most in (0, 4096 * 7 + 13, 4096 * 300 + 4000):
        writer = serving.children("writer")[0]
        resource.prlimit(writer, resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))
        time.sleep(0.9)
        for pid in serving.children("writer"):
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        time.sleep(0.4)
        note("no file longer than %d bytes; same writer afterwards: %s" % (most, serving.children("writer") == [writer]))
    crowd.end()
    note("disk full: " + crowd.figures())
    only_expected("disk full", crowd)
    said = [t for t in crowd.said if "no room on the disk" in t or "busy, or out of room: try again later; nothing was changed" in t]
    tell(crowd.statuses[503] > 10 and len(said) == len(crowd.said), "disk full: %d times 503, with words that say why" % crowd.statuses[503],
         crowd.said.most_common(5))
    whole("disk full", serving, db, crowd.done)
    locked(serving, db, persons[0])
    serving.end()


def locked(serving, db, person):
    """Another program holds the database longer than anyone waits."""
    act = Act(person, "locked", {q: "done" for q in person.questions})
    with contextlib.closing(sqlite3.connect(db.url, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        status, text = Client(serving.host).submit(act)
        other.execute("ROLLBACK")
    tell(status == 503 and "try again later" in text, "the database locked: 503", "%s %s" % (status, text))
    tell(Client(serving.host).submit(act)[0] == 200, "the lock gone: done")


def main():
    parts = sys.argv[2:] or list(PARTS)
    note("SEED=%d" % SEED)
    work = tempfile.mkdtemp(prefix="meguri-durable.", dir=os.environ.get("TMPDIR"))
    try:
        empty = os.path.join(work, "empty.db")
        subprocess.run([MEGURI, "--db", empty, "demo", "load"], check=True, capture_output=True, env=ENV)
        for name in parts:
            folder = os.path.join(work, name)
            os.mkdir(folder)
            began = time.monotonic()
            try:
                PARTS[name](folder, empty)
            except Exception as e:
                import traceback
                tell(False, name, traceback.format_exc())
            note("%s: %.1f s" % (name, time.monotonic() - began))
    finally:
        if "KEEP" not in os.environ:
            shutil.rmtree(work, ignore_errors=True)
    print("1..%d" % count)
    return failures != 0


sys.exit(main())
