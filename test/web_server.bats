# `meguri serve` from outside: what it survives, how it begins and ends. MEGURI names the program.
bats_require_minimum_version 1.5.0

setup() {
    MEGURI=${MEGURI:-$BATS_TEST_DIRNAME/../build/meguri}
    cd "$BATS_TEST_TMPDIR"
    export MEGURI_DB=t.db LC_ALL=C.UTF-8
    printf 'code,name_ja,name_en,rights,order\nstaff,行政事務従事者,Staff,answer,10\n' >duties.csv
    "$MEGURI" registry import --what duties --file duties.csv >/dev/null
}
teardown() {
    [ -z "${SERVER:-}" ] || kill -KILL "$SERVER" 2>/dev/null || true
}
# Starts on a free port; sets SERVER and URL.
begin() {
    "$MEGURI" serve --listen 127.0.0.1:0 "$@" 2>log.txt 3>&- &
    SERVER=$!
    for _ in $(seq 100); do
        URL=$(sed -n 's/.*"event":"ready","url":"\([^"]*\)".*/\1/p' log.txt)
        [ -z "$URL" ] || return 0
        sleep 0.1
    done
    cat log.txt
    return 1
}
# Gone, or dead and only not buried yet.
gone() {
    for pid in "$@"; do
        grep -q '^State:.[^Z]' "/proc/$pid/status" 2>/dev/null && return 1
    done
    return 0
}
child() { pgrep -P "$SERVER" -x "meguri:$1" | head -1; }

@test "the raw-socket battery" {
    begin
    run -0 /usr/bin/python3 "$BATS_TEST_DIRNAME/web/battery.py" "$URL" --parent "$SERVER"
    [[ $output != *"not ok"* ]]
}

@test "SIGTERM ends it in order, exit 0, no process left behind" {
    begin
    children=$(pgrep -P "$SERVER" | tr '\n' ' ')
    [ "$(echo "$children" | wc -w)" -eq 7 ]
    kill -TERM "$SERVER"
    wait "$SERVER"
    gone $children
    grep -q '"event":"stopped"' log.txt
    SERVER=
}

@test "when the parent is killed its children go with it" {
    begin
    children=$(pgrep -P "$SERVER" | tr '\n' ' ')
    kill -KILL "$SERVER"
    sleep 0.5
    gone $children
    SERVER=
}

@test "every process is shut in" {
    begin
    for pid in $(pgrep -P "$SERVER"); do
        grep -q '^NoNewPrivs:.1' "/proc/$pid/status"
        grep -q '^Seccomp:.2' "/proc/$pid/status"
        grep -q '^Max core file size *0 ' "/proc/$pid/limits"
    done
    run ! grep sandbox log.txt
}

@test "a killed writer is replaced within milliseconds; what dies again and again ends the server" {
    begin
    before=$(child writer)
    kill -KILL "$before"
    sleep 0.3
    [ "$(child writer)" != "$before" ]
    curl -sf "$URL/healthz"
    mv t.db away.db
    kill -KILL "$(child writer)"
    code=0
    wait "$SERVER" || code=$?
    [ "$code" -eq 75 ]
    grep -q '"event":"gives up"' log.txt
    SERVER=
}

@test "static files: for ever by their version, asked again without; metrics for this machine only" {
    begin
    run -0 curl -si "$URL/static/meguri.css"
    [[ $output == *"Cache-Control: public, no-cache"* ]]
    tag=$(printf '%s' "$output" | tr -d '\r' | sed -n 's/^ETag: //p')
    run -0 curl -si -H "If-None-Match: $tag" "$URL/static/meguri.css"
    [[ $output == "HTTP/1.1 304"* ]]
    version=${tag:1:12}
    run -0 curl -si "$URL/static/meguri.css?v=$version"
    [[ $output == *"immutable"* && $output == *"text/css"* ]]
    run -0 curl -s "$URL/metrics"
    [[ $output == *'meguri_requests_total{entry="static",status="200"} 2'* ]]
    run -0 curl -s -o /dev/null -w '%{http_code}' -H 'X-Forwarded-For: 192.0.2.7' "$URL/metrics"
    [ "$output" = 404 ]
    run -0 curl -s -o /dev/null -w '%{http_code}' -d a=b "$URL/healthz"
    [ "$output" = 405 ]
}

@test "who names a person in the proxy's header must be the proxy" {
    echo 0123456789abcdef0123456789abcdef >secret
    begin --proxy_user X-Remote-User --proxy_secret_file secret
    run -0 curl -s -o /dev/null -w '%{http_code}' -H 'X-Remote-User: chief' "$URL/healthz"
    [ "$output" = 403 ]
    run -0 curl -s -o /dev/null -w '%{http_code}' -H 'X-Remote-User: chief' -H 'X-Proxy-Secret: guess' "$URL/healthz"
    [ "$output" = 403 ]
    run -0 curl -s -o /dev/null -w '%{http_code}' -H 'X-Remote-User: chief' -H "X-Proxy-Secret: $(cat secret)" "$URL/healthz"
    [ "$output" = 200 ]
    run -0 curl -s -o /dev/null -w '%{http_code}' -H "X-Proxy-Secret: $(cat secret)" -H 'X-Forwarded-For: 127.0.0.1, 192.0.2.7' "$URL/metrics"
    [ "$output" = 404 ]
    run ! grep -F "$(cat secret)" log.txt
}

@test "a socket with a name" {
    "$MEGURI" serve --listen "unix:$PWD/web.sock" 2>log.txt 3>&- &
    SERVER=$!
    for _ in $(seq 50); do
        grep -q '"event":"ready"' log.txt && break
        sleep 0.1
    done
    curl -sf --unix-socket web.sock http://x/healthz
    kill -TERM "$SERVER"
    wait "$SERVER"
    [ ! -e web.sock ]
    SERVER=
}

@test "what cannot work is said on the command line" {
    run -1 "$MEGURI" serve --db none.db
    [[ $output == *"none.db"* ]]
    run -1 "$MEGURI" serve --listen nowhere
    [[ $output == *"no address to listen on"* ]]
    run -1 "$MEGURI" serve --readers 0
    run -1 "$MEGURI" serve --proxy_user X-Remote-User
    [[ $output == *"prove itself"* ]]
}
