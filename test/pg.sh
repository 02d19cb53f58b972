#!/bin/sh
# A throw-away PostgreSQL on a Unix socket in a folder of its own:
#   test/pg.sh run CMD ARG…   starts it, runs CMD with MEGURI_TEST_PG=URL, stops and removes it; exits as CMD did
#   test/pg.sh start          prints the URL; the server stays
#   test/pg.sh stop URL
# Run by root it drops to the user postgres; nothing else of the machine is touched.
set -eu

fail() { echo "pg.sh: $*" >&2; exit 1; }

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
[ -n "$bin" ] || bin=$(pg_config --bindir 2>/dev/null) || fail "no PostgreSQL server: apt-get install postgresql"
[ -x "$bin/initdb" ] || fail "no initdb in $bin: apt-get install postgresql"

# The server refuses to run as root, and its folder must belong to whoever runs it.
as_server() {
    if [ "$(id -u)" = 0 ]; then
        setpriv --reuid=postgres --regid=postgres --init-groups env -i "PATH=$PATH" LC_ALL=C.UTF-8 "$@"
    else
        env -i "PATH=$PATH" LC_ALL=C.UTF-8 "$@"
    fi
}

# Nothing in it survives the test, so nothing waits for the disk.
start() {
    [ "$(id -u)" != 0 ] || chown postgres "$1"
    cd "$1"
    as_server "$bin/initdb" -D "$1/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync \
        >"$1/initdb.log" 2>&1 || { cat "$1/initdb.log" >&2; return 1; }
    as_server "$bin/pg_ctl" -D "$1/data" -w -l "$1/log" -o "-c listen_addresses='' -c unix_socket_directories='$1' \
        -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=50" start \
        >"$1/pg_ctl.log" 2>&1 || { cat "$1/pg_ctl.log" "$1/log" >&2; return 1; }
}

stop() {
    cd /
    as_server "$bin/pg_ctl" -D "$1/data" -m immediate -w stop >/dev/null 2>&1 || :
    rm -rf "$1"
}

url_of() { echo "postgresql:///postgres?host=$1&user=postgres"; }
new_folder() { mktemp -d "${TMPDIR:-/tmp}/meguri-pg.XXXXXX"; }

case ${1:-} in
start)
    dir=$(new_folder)
    (start "$dir") || { stop "$dir"; fail "the server did not start"; }
    url_of "$dir"
    ;;
stop)
    dir=${2#*host=}
    dir=${dir%%&*}
    case $dir in */meguri-pg.*) stop "$dir" ;; *) fail "not a server of ours: ${2:-}" ;; esac
    ;;
run)
    shift
    [ $# -gt 0 ] || fail "run what?"
    dir=$(new_folder)
    mkfifo "$dir/alive"
    # Cleans up when the last writer of the pipe is gone, which is this script however it ends, kill -9 included.
    (trap '' INT TERM HUP; cat "$dir/alive" >/dev/null; stop "$dir") </dev/null >/dev/null 2>&1 &
    keeper=$!
    exec 9>"$dir/alive"
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    trap 'exec 9>&-; wait "$keeper" || :' EXIT
    (start "$dir" 9>&-) || fail "the server did not start"
    code=0
    MEGURI_TEST_PG=$(url_of "$dir") "$@" 9>&- || code=$?
    exit "$code"
    ;;
*) fail "run CMD… | start | stop URL" ;;
esac
