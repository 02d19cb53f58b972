#!/usr/bin/env bats
# A fault at any point leaves before or after, never between: every allocation, statement and write made to fail in turn,
# kill -9 in the middle, a full disk, two imports at once.

setup_file() {
    export FIX=$BATS_TEST_DIRNAME/faults BASE=$BATS_FILE_TMPDIR/base.db
    local m="$MEGURI --db $BASE"
    for what in organisations duties people posts; do $m registry import --what $what --file "$FIX/$what.csv" >/dev/null; done
    $m standard edition --code s1 --catalogue s --title_ja 基準 >/dev/null
    for what in sections clauses; do $m standard import --edition s1 --what $what --file "$FIX/$what.csv" >/dev/null; done
    $m standard decide --edition s1 >/dev/null
    $m inspect open --code r1 --title_ja 点検 --edition s1 --frame gov --base 2026-03-31 >/dev/null
    $m inspect import --round r1 --file "$FIX/first.csv" >/dev/null
}

# All that can be told of a database, and that it is sound.
state() {
    "$MEGURI" --db "$1" --format json inspect rates --round r1 --depth -1 | grep -v '"made"'
    "$MEGURI" --db "$1" inspect answers --round r1
    "$MEGURI" --db "$1" journal show --last 1000 --format csv | wc -l
}
sound() {
    "$MEGURI" --db "$1" journal verify >/dev/null && "$MEGURI" --db "$1" inspect recount --round r1 >/dev/null
}
copy() { rm -f "$2" "$2-wal" "$2-shm"; cp "$1" "$2"; }

@test "every fault in an import leaves before or after" {
    work=$BATS_TEST_TMPDIR/work.db
    before=$(state "$BASE" | sha256sum)
    copy "$BASE" "$work"
    "$MEGURI" --db "$work" inspect import --round r1 --file "$FIX/second.csv"
    after=$(state "$work" | sha256sum)
    [ "$before" != "$after" ]
    n=0 befores=0 fine=0
    while [ "$fine" -lt 5 ]; do # past the last place that can fail, it succeeds for good
        n=$((n + 1))
        copy "$BASE" "$work"
        code=0
        MEGURI_TROUBLE=$n "$MEGURI" --db "$work" inspect import --round r1 --file "$FIX/second.csv" >/dev/null 2>"$BATS_TEST_TMPDIR/said" || code=$?
        now=$(state "$work" | sha256sum)
        if [ "$code" -eq 0 ]; then
            fine=$((fine + 1))
        else
            fine=0
            [ "$code" -eq 1 ] || [ "$code" -eq 75 ] || { echo "fault $n: exit $code"; return 1; }
            [ -s "$BATS_TEST_TMPDIR/said" ] || { echo "fault $n: nothing was said"; return 1; }
        fi
        [ "$now" = "$before" ] || [ "$now" = "$after" ] || { echo "fault $n: between"; return 1; }
        [ "$now" != "$before" ] || befores=$((befores + 1))
        sound "$work" || { echo "fault $n: not sound"; return 1; }
    done
    echo "# $n faults, $befores left it as before" >&3
    [ "$befores" -gt 20 ]
    [ "$now" = "$after" ]
}

# Of models and kept runs, all that can be told; what is told of when it was made is left out.
models() {
    "$MEGURI" --db "$1" --format json depend show --model net 2>&1 | grep -v '"made"' || true
    "$MEGURI" --db "$1" --format csv depend runs | cut -d, -f1-6
    "$MEGURI" --db "$1" journal show --last 1000 --format csv | wc -l
}

@test "every fault in an act on models leaves before or after" {
    from=$BATS_TEST_TMPDIR/from.db work=$BATS_TEST_TMPDIR/work.db
    copy "$BASE" "$from"
    cd "$BATS_TEST_TMPDIR"
    printf 'code,sector,org,repair\npower,energy,gov,4\ntel,telecom,,2..3\n' >services.csv
    printf 'service,need,buffer\ntel,power,6\n' >needs.csv
    printf 'service,supplier\ntel,power\n' >suppliers.csv
    for act in "import --model net --org gov --en Net --services services.csv --needs needs.csv --suppliers suppliers.csv" \
        "change --model net --service tel --need power --buffer 12" "describe --model net --en Lines --shared yes" \
        "simulate --code r --model net --fail energy:24 --runs 3" "forget --run r"; do
        before=$(models "$from" | sha256sum)
        copy "$from" "$work"
        # shellcheck disable=SC2086 # words are meant
        "$MEGURI" --db "$work" depend $act >/dev/null
        after=$(models "$work" | sha256sum)
        [ "$before" != "$after" ]
        n=0 befores=0 fine=0
        while [ "$fine" -lt 5 ]; do
            n=$((n + 1))
            copy "$from" "$work"
            code=0
            # shellcheck disable=SC2086
            MEGURI_TROUBLE=$n "$MEGURI" --db "$work" depend $act >/dev/null 2>said || code=$?
            now=$(models "$work" | sha256sum)
            fine=$((code == 0 ? fine + 1 : 0))
            [ "$code" -eq 0 ] || [ "$code" -eq 1 ] || [ "$code" -eq 75 ] || { echo "$act, fault $n: exit $code"; return 1; }
            [ "$code" -eq 0 ] || [ -s said ] || { echo "$act, fault $n: nothing was said"; return 1; }
            [ "$now" = "$before" ] || [ "$now" = "$after" ] || { echo "$act, fault $n: between"; return 1; }
            [ "$now" != "$before" ] || befores=$((befores + 1))
            "$MEGURI" --db "$work" journal verify >/dev/null || { echo "$act, fault $n: not sound"; return 1; }
        done
        echo "# depend ${act%% *}: $n faults, $befores left it as before" >&3
        [ "$befores" -gt 10 ]
        [ "$now" = "$after" ]
        copy "$work" "$from"
    done
}

@test "kill -9 in mid-import leaves before or after" {
    big=$BATS_TEST_TMPDIR/big.db
    "$MEGURI" --db "$big" demo load >/dev/null
    "$MEGURI" --db "$big" inspect answers --round demo-2026 --out "$BATS_TEST_TMPDIR/all.csv"
    sed 's/,submitted,/,confirmed,/' "$BATS_TEST_TMPDIR/all.csv" >"$BATS_TEST_TMPDIR/changed.csv"
    figures() { "$MEGURI" --db "$1" --format csv inspect rates --round demo-2026 | sha256sum; }
    before=$(figures "$big")
    work=$BATS_TEST_TMPDIR/work.db
    copy "$big" "$work"
    "$MEGURI" --db "$work" inspect import --round demo-2026 --file "$BATS_TEST_TMPDIR/changed.csv" >/dev/null
    after=$(figures "$work")
    [ "$before" != "$after" ]
    for wait in 0.01 0.03 0.06 0.1 0.15 0.2 0.25 0.3; do
        copy "$big" "$work"
        "$MEGURI" --db "$work" inspect import --round demo-2026 --file "$BATS_TEST_TMPDIR/changed.csv" >/dev/null 2>&1 &
        sleep $wait
        kill -9 $! 2>/dev/null || true
        wait $! 2>/dev/null || true
        now=$(figures "$work")
        [ "$now" = "$before" ] || [ "$now" = "$after" ] || { echo "after $wait s: between"; return 1; }
        "$MEGURI" --db "$work" journal verify >/dev/null
        "$MEGURI" --db "$work" inspect recount --round demo-2026 >/dev/null
    done
}

@test "a full disk: refused, and nothing changed" {
    work=$BATS_TEST_TMPDIR/work.db
    before=$(state "$BASE" | sha256sum)
    for blocks in 4 8 12 16; do
        copy "$BASE" "$work"
        run bash -c "trap '' XFSZ; ulimit -f $blocks; '$MEGURI' --db '$work' inspect import --round r1 --file '$FIX/second.csv' 2>&1"
        [ "$status" -eq 75 ] || [ "$status" -eq 1 ] || { echo "$blocks: exit $status, $output"; return 1; }
        [[ "$output" == *"nothing was changed"* ]]
        [ "$before" = "$(state "$work" | sha256sum)" ]
        sound "$work"
    done
}

@test "two imports at once: one after the other, or one told to come again" {
    work=$BATS_TEST_TMPDIR/work.db
    copy "$BASE" "$work"
    for i in 1 2 3 4 5; do
        "$MEGURI" --db "$work" inspect import --round r1 --file "$FIX/first.csv" >/dev/null 2>&1 & one=$!
        "$MEGURI" --db "$work" inspect import --round r1 --file "$FIX/second.csv" >/dev/null 2>&1 & two=$!
        code=0
        wait $one || code=$?
        [ "$code" -eq 0 ] || [ "$code" -eq 75 ]
        code=0
        wait $two || code=$?
        [ "$code" -eq 0 ] || [ "$code" -eq 75 ]
        sound "$work"
    done
}
