#!/usr/bin/env bats
# A notice is sent as a whole or not at all, passed on as a whole or not at all: every allocation, statement and write made to fail in turn.

setup_file() {
    export FIX=$BATS_TEST_DIRNAME/share/notices BASE=$BATS_FILE_TMPDIR/base.db
    local m="$MEGURI --db $BASE"
    for what in organisations duties people posts links; do $m registry import --what $what --file "$FIX/$what.csv" >/dev/null; done
    $m share draft --as pn --title 試験 --text 本文 --to sector:power >/dev/null
}

# What issuer, addressee and journal say of it; times are left out.
state() {
    "$MEGURI" --db "$1" --format json share notice --for nisc --notice N-"$YEAR"-0001 | grep -v '"made"\|"facts"'
    "$MEGURI" --db "$1" --format csv share notices --for meti | wc -l
    "$MEGURI" --db "$1" --format csv share notices --for cep-power | wc -l
    "$MEGURI" --db "$1" journal show --last 1000 --format csv | wc -l
}
copy() { rm -f "$2" "$2-wal" "$2-shm"; cp "$1" "$2"; }
fails_whole() { # BASE ACT… : leaves $after
    local from=$1 work=$BATS_TEST_TMPDIR/work.db n=0 fine=0 befores=0 before code now
    shift
    before=$(state "$from")
    copy "$from" "$work"
    "$MEGURI" --db "$work" "$@" >/dev/null
    after=$(state "$work")
    [ "$before" != "$after" ]
    while [ "$fine" -lt 5 ]; do
        n=$((n + 1)) code=0
        copy "$from" "$work"
        MEGURI_TROUBLE=$n "$MEGURI" --db "$work" "$@" >/dev/null 2>&1 || code=$?
        now=$(state "$work")
        if [ "$code" -eq 0 ]; then fine=$((fine + 1)); else fine=0; fi
        [ "$now" = "$before" ] || [ "$now" = "$after" ] || { echo "fault $n: between"; return 1; }
        [ "$now" != "$before" ] || befores=$((befores + 1))
    done
    echo "# $n faults, $befores left it as before" >&3
    [ "$befores" -gt 20 ]
    [ "$now" = "$after" ]
}

setup() { YEAR=$("$MEGURI" --db "$BASE" --format csv share notices --for nisc | grep -o 'N-[0-9]*-' | head -n 1 | tr -dc 0-9); export YEAR; }

@test "every fault in sending leaves a draft or a notice that was sent" {
    fails_whole "$BASE" share send --as pn --notice N-"$YEAR"-0001
}

@test "every fault in passing on leaves all below waiting, or all sent to" {
    copy "$BASE" "$BATS_TEST_TMPDIR/sent.db"
    "$MEGURI" --db "$BATS_TEST_TMPDIR/sent.db" share send --as pn --notice N-"$YEAR"-0001 >/dev/null
    fails_whole "$BATS_TEST_TMPDIR/sent.db" share pass --as pm --notice N-"$YEAR"-0001 --text 補足 --confirm
}
