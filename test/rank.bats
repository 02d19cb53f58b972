#!/usr/bin/env bats
# Tables, rankings, worth of backup, orders of repair and deadlocks: on files, on the command line and as JSON. MEGURI names the program.
bats_require_minimum_version 1.5.0

setup() {
    export LC_ALL=C.UTF-8
    MEGURI=${MEGURI:-$BATS_TEST_DIRNAME/../build/meguri}
    cd "$BATS_TEST_TMPDIR"
}

# ten VIEW OPTION…: the ten sectors that ship.
ten() {
    local view=$1 part files=()
    shift
    for part in services needs suppliers threats crews; do files+=("--$part" "$BATS_TEST_DIRNAME/../data/depend/ten-sectors/$part.csv"); done
    "$MEGURI" depend "$view" "${files[@]}" --lang en "$@"
}
# small VIEW OPTION…: s.csv, u.csv and, where they are there, n.csv and c.csv.
small() {
    local view=$1 files=(--services s.csv --suppliers u.csv)
    shift
    [ -f n.csv ] && files+=(--needs n.csv)
    [ -f c.csv ] && files+=(--crews c.csv)
    "$MEGURI" depend "$view" "${files[@]}" --lang en "$@"
}
# told 'EXPRESSION' < JSON: tables t[name], facts f[key].
told() {
    python3 -c '
import json, sys
j = json.load(sys.stdin)
t = {x["name"]: x["rows"] for x in j["tables"]}
f = {k: v.get("value", v) if isinstance(v, dict) else v for k, v in j.get("facts", {}).items()}
print(eval(sys.argv[1]))' "$1"
}
# A chain: T needs E and holds out 3 hours, F needs T and holds out 1.
chain() {
    printf 'what,code,sector,verification\nsector,e,,\nsector,t,,\nsector,f,,\nservice,E,e,\nservice,T,t,\nservice,F,f,\n' >s.csv
    printf 'service,need,buffer\nT,E,3\nF,T,1\n' >n.csv
    printf 'service,need,supplier\nT,E,E\nF,T,T\n' >u.csv
}

@test "who is down after 3, 4 hours and 90 minutes, and when it is first felt" {
    chain
    small table --hours 4 --hours 3 --hours 90m --format json >j
    run -0 told '[[(r["to_e"], r["to_t"], r["to_f"]) for r in t[n]] for n in t if n.startswith("after")]' <j
    [ "$output" = "[[(None, 1, 1), (1, None, 0), (1, 1, None)], [(None, 0, 1), (1, None, 0), (1, 1, None)], [(None, 0, 0), (1, None, 0), (1, 1, None)]]" ]
    run -0 told '[(r["from"], r["to_e"], r["to_t"], r["to_f"]) for r in t["impact"]]' <j
    [ "$output" = "[('e', None, 180, 240), ('t', None, None, 60), ('f', None, None, None)]" ]
    run -0 told '[(r["sector"], r["depends"], r["depends_on"], r["affects"], r["affects_sectors"], r["others"]) for r in t["dependence"]]' <j
    [ "$output" = "[('e', 0, 0, 1, 2, 2), ('t', 0.5, 1, 0.5, 1, 2), ('f', 1, 2, 0, 0, 2)]" ]
    run -0 told 'len(t["all_levels"]), [r["level"] for r in t["all_levels"] if r["from"] == "e" and r["itself"]]' <j
    [ "$output" = "(27, [0, 0, 0])" ]
}

@test "ten sectors by ten, as a table, as CSV and service by service" {
    run -0 ten table
    [[ $output == *"After 72 hours"* && $output == *"Who depends most"* ]]
    ten table --format csv >c
    grep -q '^from,to_ci-telecom,to_ci-finance' c
    grep -q '^from,to,after,level,verification,below,itself,first' c
    ten table --of service --hours 6 --format json >j
    run -0 told 'len(t["after_6__levels"]), "dependence" in t' <j
    [ "$output" = "(43, False)" ]
}

@test "times and hours that are none are refused in words" {
    chain
    run -1 small table --hours soon
    [[ $output == *"'soon' is no length of time"* ]]
    run -1 small table --hours 9000
    [[ $output == *"up to 8784 hours"* ]]
    run -1 small table --hours 1 --hours 2 --hours 3 --hours 4 --hours 5 --hours 6 --hours 7 --hours 8 --hours 9
    [[ $output == *"at most 8"* ]]
    run -1 small table --begins 24
    [[ $output == *"from 0 to 23"* ]]
    run -1 small rank --hours 0
    [[ $output == *"1 to 8784 hours"* ]]
    run -1 small rank --by money
    [[ $output == *"gives no value"* ]]
    run -1 small worth --more never
    [[ $output == *"'never' is no length of time"* ]]
    run -1 small order
    [[ $output == *"say what is broken"* ]]
    run -1 small order --fail E --runs 5
    [[ $output == *"in one run"* ]]
}

@test "the first of a chain matters most, the last is hit most" {
    chain
    small rank --hours 24 --format json >j
    run -0 told '[(r["place"], r["service"], r["area"], r["hits"], r["hit_by"], r["lost"], r["direct"], r["transitive"], r["soonest"]) for r in t["ranking"]]' <j
    [ "$output" = "[(1, 'E', 3900, 2, 0, 2, 1, 2, 180), (2, 'T', 2820, 1, 1, 1, 1, 1, 60), (3, 'F', 1440, 0, 2, 0, 0, 0, None)]" ]
    run -0 told '[(r["sector"], r["service"], r["after"]) for r in t["points"] if not r["own"]]' <j
    [ "$output" = "[('t', 'E', 180), ('f', 'T', 60), ('f', 'E', 240)]" ]
}

@test "two that back one another up" {
    printf 'code\na\nb\nu\n' >s.csv
    printf 'service,need,rule\nu,power,any\n' >n.csv
    printf 'service,need,supplier\nu,power,a\nu,power,b\n' >u.csv
    small rank --by services --pairs --format json >j
    run -0 told '[(r["a"], r["b"], r["joint"], r["with_a"], r["with_b"], r["excess"]) for r in t["pairs"]]' <j
    [ "$output" = "[('a', 'b', 3, 1, 1, 1)]" ]
    small rank --by area --hours 3 --pairs --format json >j
    run -0 told '[(r["joint"], r["with_a"], r["excess"]) for r in t["pairs"]]' <j
    [ "$output" = "[(180, 60, 60)]" ]
}

@test "an hour more of backup is worth what depend run says with it" {
    chain
    small worth --fail E:24 --hours 48 --format json >j
    run -0 told '[(r["service"], r["need"], r["area"], r["run"]) for r in t["backup"]]' <j
    [ "$output" = "[('T', 'E', 120, 'T/E:1'), ('F', 'T', 60, 'F/T:1')]" ]
    before=$(small run --fail E:24 --hours 48 --format json | told 'sum(r["lost"] for r in t["sectors"])')
    after=$(small run --fail E:24 --hours 48 --backup T/E:1 --format json | told 'sum(r["lost"] for r in t["sectors"])')
    [ $((before - after)) -eq 120 ]
    run -0 ten worth --fail ci-power:24
    [[ $output == *"An hour more of backup"* && $output == *"Area lost today (sectors)"* ]]
}

@test "one crew, repairs of 4, 2 and 1 hours: 52 by weight; 11 and 17 with equal weights" {
    printf 'service,supplier\n' >u.csv
    printf 'crew,number\nc,1\n' >c.csv
    printf 'code,weight,repair,crew\nlong,10,4,c\nmid,1,2,c\nshort,1,1,c\n' >s.csv
    small order --fail long --fail mid --fail short --format json >j
    run -0 told '{r["order"]: r["weighted"] for r in t["orders"]}' <j
    [ "$output" = "{'fifo': 53, 'priority': 53, 'weight': 52, 'best': 52, 'worst': 75}" ]
    run -0 told '[(r["service"], r["back_best"]) for r in t["sequence"]]' <j
    [ "$output" = "[('long', 240), ('short', 300), ('mid', 420)]" ]
    run -0 small order --fail long --fail mid --fail short
    [[ $output == *"there is none better"* && $output == *"52"* ]]
    printf 'code,weight,repair,crew\nlong,1,4,c\nmid,1,2,c\nshort,1,1,c\n' >s.csv
    small order --fail long --fail mid --fail short --given long --given mid --given short --format json >j
    run -0 told '{r["order"]: r["weighted"] for r in t["orders"]}' <j
    [ "$output" = "{'fifo': 17, 'priority': 17, 'weight': 11, 'given': 17, 'best': 11, 'worst': 17}" ]
    run -1 small order --fail long --fail mid --given short
    [[ $output == *"'short' does not wait for a crew"* ]]
}

@test "a circle that never starts again, and what would break it" {
    printf 'code\nP\nT\n' >s.csv
    printf 'service,supplier\nP,T\nT,P\n' >u.csv
    small stuck --format json >j
    run -0 told '[(r["change"], r["service"], r["freed"]) for r in t["breaks"]], f["stuck"]' <j
    [[ $output == *"('black_start', 'P', 1), ('black_start', 'T', 1), ('buffer', 'P', 1), ('buffer', 'T', 1)"*", 1)" ]]
    printf 'code,black_start\nP,yes\nT,\n' >s.csv
    run -0 small stuck
    [[ $output == *"No circle of services stays down for ever"* ]]
}

@test "an operator's services are listed to who may see them by name, and reckoned with for all" {
    export MEGURI_DB=t.db
    "$MEGURI" demo load >/dev/null
    printf 'code,org\nopen,\nsecret1,hei\nsecret2,hei\n' >s.csv
    printf 'service,supplier\nsecret1,open\nsecret2,secret1\nopen,secret2\n' >u.csv
    "$MEGURI" --as p20001 depend import --model tied --en Tied --shared --services s.csv --suppliers u.csv >/dev/null
    for view in table rank "rank --pairs --by services" "worth --fail open" "order --fail open" stuck; do
        "$MEGURI" --as p01080 depend $view --model tied --format json >other
        ! grep -q secret other
        for face in csv table; do ! "$MEGURI" --as p01080 depend $view --model tied --format $face | grep secret; done
    done
    "$MEGURI" --as p01080 depend table --of service --model tied --format json >other
    ! grep -q secret other
    "$MEGURI" --as p01080 depend rank --model tied --format json >other
    run -0 told '[(r["service"], r["hits"]) for r in t["ranking"]]' <other
    [ "$output" = "[('open', 2)]" ]
    "$MEGURI" --as p02383 depend rank --model tied --format json >own
    run -0 told '[(r["service"], r["hits"]) for r in t["ranking"]]' <own
    [ "$output" = "[('open', 2), ('secret1', 2), ('secret2', 2)]" ]
    run -1 "$MEGURI" --as p01080 depend order --model tied --fail open --given secret1
    [[ $output != *"does not wait"* ]]
}
