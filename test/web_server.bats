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
    : >log.txt # of one that ran before
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

@test "bodies that stand in files or in memory have a bound, of all and of one address" {
    echo 0123456789abcdef0123456789abcdef >secret
    begin --proxy_user X-Remote-User --proxy_secret_file secret
    run -0 /usr/bin/python3 "$BATS_TEST_DIRNAME/web/battery.py" "$URL" --fast --idle 0 --proxy-secret "$(cat secret)"
    [[ $output == *"there is room again"* && $output != *"not ok"* ]]
    kill -KILL "$SERVER"
    export MEGURI_TEST_NO_TMPFILE=1
    begin --proxy_user X-Remote-User --proxy_secret_file secret
    run -0 /usr/bin/python3 "$BATS_TEST_DIRNAME/web/battery.py" "$URL" --fast --idle 0 --proxy-secret "$(cat secret)" --spool-memory
    [[ $output == *"there is room again"* && $output != *"not ok"* ]]
}

# Over a spool with and without nameless files: a body and an answer beyond 1 MB come through whole.
large_both_ways() {
    begin --proxy_user X-Remote-User --proxy_secret_file secret
    as_admin=(-H "X-Proxy-Secret: $(cat secret)" -H 'X-Remote-User: p20003')
    run -0 curl -s -w '\n%{http_code}' "${as_admin[@]}" -H 'Content-Type: application/json' --data-binary @large.json "$URL/registry/import"
    echo "${output: -300}"
    [[ $output == *$'\n'20? ]]
    run -0 curl -s -o large.csv -w '%{http_code} %{size_download}' "${as_admin[@]}" "$URL/registry/posts.csv"
    echo "$output"
    [ "${output% *}" = 200 ]
    [ "${output#* }" -gt 1100000 ]
    [ "$(wc -c <large.csv)" = "${output#* }" ]
    run ! grep '"level":"error"' log.txt
}

@test "a body and an answer beyond 1 MB, with nameless files and without" {
    export MEGURI_DB=demo.db
    "$MEGURI" demo load >/dev/null
    echo 0123456789abcdef0123456789abcdef >secret
    "$MEGURI" registry export --what people --out people.csv >/dev/null
    { printf '{"what":"people","file":{"name":"people.csv","base64":"'; base64 -w 0 people.csv; printf '"}}'; } >large.json
    [ "$(wc -c <large.json)" -gt 1100000 ]
    large_both_ways
    kill -KILL "$SERVER"
    TMPDIR=/dev/shm large_both_ways # whose files are memory
    kill -KILL "$SERVER"
    MEGURI_TEST_NO_TMPFILE=1 large_both_ways
}

@test "passwords are checked beside the exports, of which nobody fills the queue alone" {
    begin
    kill -STOP "$(child slow)"
    for i in $(seq 12); do
        curl -s -o /dev/null -D "head.$i" -m 20 -b meguri=one "$URL/registry/organisations.csv" 3>&- &
    done
    sleep 1
    [ "$(grep -l 'HTTP/1.1 503' head.* | wc -l)" -eq 3 ]
    grep -q '^Retry-After' "$(grep -l 'HTTP/1.1 503' head.* | head -1)"
    curl -s -o /dev/null -m 20 -b meguri=two "$URL/registry/posts.csv" 3>&- &
    sleep 0.5
    run -0 curl -s -o /dev/null -w '%{http_code}' -m 5 -H "Origin: $URL" -d 'user=nobody&password=wrong&code=000000' "$URL/signin"
    [ "$output" = 401 ]
    kill -CONT "$(child slow)"
    sleep 2
    grep '"event":"request"' log.txt | grep -v '"status":503' | grep -o '"entry":"registry [a-z]*"' >order
    cat order
    [ "$(wc -l <order)" -eq 10 ]
    [ "$(grep -n posts order | cut -d: -f1)" -le 3 ]
}

@test "SIGTERM ends it in order, exit 0, no process left behind" {
    begin
    children=$(pgrep -P "$SERVER" | tr '\n' ' ')
    [ "$(echo "$children" | wc -w)" -eq 8 ]
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
    # One proxy is trusted: the last address of the last line is what it saw.
    proved=(-s -o /dev/null -w '%{http_code}' -H "X-Proxy-Secret: $(cat secret)")
    run -0 curl "${proved[@]}" -H 'X-Forwarded-For: 127.0.0.1' -H 'X-Forwarded-For: 192.0.2.7' "$URL/metrics"
    [ "$output" = 404 ]
    run -0 curl "${proved[@]}" -H 'X-Forwarded-For: 192.0.2.7' -H 'X-Forwarded-For: 192.0.2.8, 127.0.0.1' "$URL/metrics"
    [ "$output" = 200 ]
    run -0 curl "${proved[@]}" -H 'X-Remote-User: chief' -H 'x-remote-user: clerk' "$URL/healthz"
    [ "$output" = 400 ]
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
