#!/usr/bin/env bats
# Propagation against worked cases: times, areas, deadlocks, orders of repair, shortest paths, availability in the long run. On files, as JSON.
# MEGURI names the program.
bats_require_minimum_version 1.5.0

setup_file() { export LC_ALL=C.UTF-8; }

# run_on CASE OPTION…: the model test/depend/CASE, as JSON.
run_on() {
    local dir=$BATS_TEST_DIRNAME/depend/$1 part files=()
    shift
    for part in services needs suppliers threats crews; do
        [ -f "$dir/$part.csv" ] && files+=("--$part" "$dir/$part.csv")
    done
    "$MEGURI" depend run "${files[@]}" --format json --lang en "$@"
}
# told 'EXPRESSION' < JSON: prints it; t(table, code) is the row of that code, facts are f[…].
told() {
    python3 -c '
import json, sys
j = json.load(sys.stdin)
tables = {t["name"]: t["rows"] for t in j["tables"]}
f = j.get("facts", {})
def t(table, code): return next(r for r in tables[table] if code in list(r.values())[:2])
def near(row, key, want, error, times=4.5): return abs(row[key] - want) <= times * row[error] and row[error] < want / 20
print(eval(sys.argv[1]))' "$1"
}

@test "a chain: T needs E and holds out 3 hours, F needs T and holds out 1" {
    run_on chain --fail E:24 --hours 48 >"$BATS_TEST_TMPDIR/j"
    run -0 told '[(r["service"], r["first"], r["below"], r["back"]) for r in tables["services"]]' <"$BATS_TEST_TMPDIR/j"
    [ "$output" = "[('E', 0, 1440, 1440), ('T', 180, 1260, 1440), ('F', 240, 1200, 1440)]" ]
    run -0 told '[(r["service"], r["by"], r["at"], r["held"], r["how"]) for r in tables["chain"]]' <"$BATS_TEST_TMPDIR/j"
    [ "$output" = "[('E', None, 0, None, 'struck'), ('T', 'E', 180, 180, 'physical'), ('F', 'T', 240, 60, 'cyber')]" ]
    run -0 told '[(r["at"], r["level"]) for r in tables["curves"] if r["sector"] == "telecom"]' <"$BATS_TEST_TMPDIR/j"
    [ "$output" = "[(0, 1), (180, 0), (1440, 1), (2880, 1)]" ]
}

@test "2 of 3, with a buffer of 2: down from 7 to 9" {
    run_on two-of-three --fail A:1-9 --fail B:5-11 --hours 24 >"$BATS_TEST_TMPDIR/j"
    run -0 told '(t("services", "H")["first"], t("services", "H")["below"], t("services", "H")["back"])' <"$BATS_TEST_TMPDIR/j"
    [ "$output" = "(420, 120, 540)" ]
}

@test "a level in part: 0.7 while the supplier is at 0.4, an area of 3 hours; with a buffer of 3 hours 1.5" {
    run_on partial --fail P:10 --level 40 --hours 24 >"$BATS_TEST_TMPDIR/j"
    run -0 told '[(t("services", s)["least"], t("services", s)["lost"], t("services", s)["first"]) for s in "WV"]' <"$BATS_TEST_TMPDIR/j"
    [ "$output" = "[(0.7, 180, 0), (0.7, 90, 300)]" ]
}

@test "mutual need: a buffer or a black start brings it back, else it is a deadlock that is named" {
    run_on mutual --fail P:6 --backup P:2 --hours 48 >"$BATS_TEST_TMPDIR/i"
    run -0 told '[(s, t("services", s)["first"], t("services", s)["back"]) for s in "PT"]' <"$BATS_TEST_TMPDIR/i"
    [ "$output" = "[('P', 0, 360), ('T', 120, 360)]" ]
    run_on mutual --fail P:6 --hours 48 >"$BATS_TEST_TMPDIR/ii"
    run -0 told '([(s, t("services", s)["back"]) for s in "PT"], [(r["service"], r["starts"]) for r in tables["deadlocks"]])' <"$BATS_TEST_TMPDIR/ii"
    [ "$output" = "([('P', None), ('T', None)], [('P', 'P'), ('T', 'T')])" ]
    run_on mutual --fail P:6 --black_start P --hours 48 >"$BATS_TEST_TMPDIR/iii"
    run -0 told '([(s, t("services", s)["first"], t("services", s)["back"]) for s in "PT"], "deadlocks" in tables)' <"$BATS_TEST_TMPDIR/iii"
    [ "$output" = "([('P', 0, 360), ('T', 120, 360)], False)" ]
}

@test "one crew: by weight an hour 52; of equal weights the shortest first 11, the longest first 17" {
    local stop=(--fail A --fail B --fail C --hours 24)
    run_on repairs "${stop[@]}" --order weight >"$BATS_TEST_TMPDIR/j"
    run -0 told 'sum(w * t("services", s)["back"] for s, w in zip("ABC", (10, 1, 1))) / 60' <"$BATS_TEST_TMPDIR/j"
    [ "$output" = "52.0" ]
    run_on even "${stop[@]}" --order weight >"$BATS_TEST_TMPDIR/j"
    run -0 told 'sum(t("services", s)["back"] for s in "ABC") / 60' <"$BATS_TEST_TMPDIR/j"
    [ "$output" = "11.0" ]
    run_on even "${stop[@]}" --order priority >"$BATS_TEST_TMPDIR/j"
    run -0 told 'sum(t("services", s)["back"] for s in "ABC") / 60' <"$BATS_TEST_TMPDIR/j"
    [ "$output" = "17.0" ]
    run_on even "${stop[@]}" --order priority --crew one:3 >"$BATS_TEST_TMPDIR/j"
    run -0 told 'max(t("services", s)["back"] for s in "ABC") / 60' <"$BATS_TEST_TMPDIR/j"
    [ "$output" = "4.0" ]
}

@test "where all suppliers are needed and nothing is repaired, times are shortest paths" {
    python3 - "$BATS_TEST_TMPDIR" <<'PY'
import random, sys
r, d, n = random.Random(7), sys.argv[1], 300
s, k, e = ["code"], ["service,need,buffer"], ["service,need,supplier,delay"]
for i in range(n):
    s.append("s%d" % i)
    if i == 0: continue
    k.append("s%d,n,%dm" % (i, r.randrange(0, 200)))
    for j in r.sample([x for x in range(n) if x != i], 3): e.append("s%d,n,s%d,%dm" % (i, j, r.randrange(0, 90)))
for name, rows in (("services", s), ("needs", k), ("suppliers", e)): open("%s/%s.csv" % (d, name), "w").write("\n".join(rows) + "\n")
PY
    cd "$BATS_TEST_TMPDIR"
    "$MEGURI" depend run --services services.csv --needs needs.csv --suppliers suppliers.csv --fail s0 --hours 500 --format json >j
    run -0 python3 - <<'PY'
import csv, heapq, json
buffer = {r["service"]: int(r["buffer"][:-1]) for r in csv.DictReader(open("needs.csv"))}
out = {}
for r in csv.DictReader(open("suppliers.csv")): out.setdefault(r["supplier"], []).append((r["service"], int(r["delay"][:-1])))
best, queue = {}, [(0, "s0")]
while queue:
    t, i = heapq.heappop(queue)
    if i in best: continue
    best[i] = t
    for j, delay in out.get(i, []): heapq.heappush(queue, (t + delay + buffer.get(j, 0), j))
got = {r["service"]: r["first"] for t in json.load(open("j"))["tables"] if t["name"] == "services" for r in t["rows"]}
assert got == best, {i: (got.get(i), best.get(i)) for i in set(got) | set(best) if got.get(i) != best.get(i)}
print(len(best))
PY
    [ "$output" -gt 200 ]
}

@test "k of n in the long run: .99, .972, .99951875, .99144" {
    run_on kofn --failures --hours 20000 --runs 40 --seed 3 >"$BATS_TEST_TMPDIR/j"
    run -0 told '[near(t("availability", s), "unavailability", u, "standard_error") for s, u in (("h12", .01), ("h23", .028), ("h24", .00048125), ("h35", .00856))]' <"$BATS_TEST_TMPDIR/j"
    [ "$output" = "[True, True, True, True]" ]
}

@test "mean time to failure of 2 of 3 and 3 of 5 at .01 an hour: 83.3333, 78.3333" {
    run_on mttf --failures --hours 3000 --runs 4000 >"$BATS_TEST_TMPDIR/j"
    run -0 told '[near(t("services", s), "mean", 60 * h, "mean_error") for s, h in (("h23", 83.3333), ("h35", 78.3333))]' <"$BATS_TEST_TMPDIR/j"
    [ "$output" = "[True, True]" ]
}

@test "a buffer on one supplier: unavailability l / (l + m) exp(-m b)" {
    run_on buffer --failures --hours 50000 --runs 40 >"$BATS_TEST_TMPDIR/j"
    run -0 told '[near(t("availability", s), "unavailability", u, "standard_error") for s, u in (("b0", .090909091), ("b4", .060938186), ("b8", .040848088), ("b24", .008247087))]' <"$BATS_TEST_TMPDIR/j"
    [ "$output" = "[True, True, True, True]" ]
}

@test "the same bytes with one thread and with two, and again" {
    for threads in 1 2 2; do
        run_on kofn --failures --hours 200 --runs 50 --threads "$threads" | python3 -c '
import json, sys
j = json.load(sys.stdin)
del j["made"], j["params"]["threads"]
print(json.dumps(j))' >"$BATS_TEST_TMPDIR/t$threads"
    done
    cmp "$BATS_TEST_TMPDIR/t1" "$BATS_TEST_TMPDIR/t2"
    run_on kofn --failures --hours 200 --runs 50 --seed 2 >"$BATS_TEST_TMPDIR/other"
    run -0 told 'f["seed"]' <"$BATS_TEST_TMPDIR/other"
    ! cmp -s <(run_on kofn --failures --hours 200 --runs 50 --seed 1 | told 'tables["availability"]') <(told 'tables["availability"]' <"$BATS_TEST_TMPDIR/other")
}

@test "what cannot be run is refused, with the parameter" {
    run -1 run_on chain --fail X
    [[ $output == *"no service or sector 'X'"* ]]
    run -1 run_on chain --fail E:9-1
    [[ $output == *'no stretch of time'* ]]
    run -1 run_on chain --fail E --hours 0
    [[ $output == *'from 1 to 1000000'* ]]
    run -1 run_on chain --fail E --backup F/T:x
    [[ $output == *"'x' is no time"* ]]
    run -1 run_on chain --fail E --runs 100000 --hours 1000000 --failures
    [[ $output == *'too much'* ]]
}
