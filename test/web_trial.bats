# A long act in the browser: what a list would change is shown first, then done with the same. MEGURI names the program.
bats_require_minimum_version 1.5.0

setup() {
    MEGURI=${MEGURI:-$BATS_TEST_DIRNAME/../build/meguri}
    export MEGURI_DB="$BATS_TEST_TMPDIR/demo.db"
    port=$((21000 + $$ % 19000))
    "$MEGURI" demo load >/dev/null 2>&1
    "$MEGURI" serve --demo --listen "127.0.0.1:$port" 2>"$BATS_TEST_TMPDIR/serve.log" 3>&- &
    server=$!
    sleep 2
}

teardown() {
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
}

@test "a staff list is shown as a diff, then done with the same file, once" {
    run -0 python3 "$BATS_TEST_DIRNAME/web/trial_test.py" "$MEGURI" "http://127.0.0.1:$port"
    [[ $output == *"ok   it is done"*"ok   it is done once"*"ok   what changed meanwhile stops it"* ]]
}

@test "a page fills in the first of its choices as the view told it, though the view gives back its memory row by row" {
    url="http://127.0.0.1:$port" jar="$BATS_TEST_TMPDIR/jar"
    curl -sf -o "$BATS_TEST_TMPDIR/page" -c "$jar" -H "Origin: $url" -d person=p20026 "$url/signin/demo"
    run -0 curl -sf -o "$BATS_TEST_TMPDIR/page" -b "$jar" -w '%{redirect_url}' "$url/share/calls"
    [[ $output =~ /share/calls\?notice=[DN]-20[0-9]{2}-[0-9]{4}$ ]]
}
