# What was answered is there, whatever ends: processes, memory, the disk's room, power. Sheets are handed in by eight
# clients at once meanwhile; test/web/durable.py says how. MEGURI names the program.
bats_require_minimum_version 1.5.0

setup() { MEGURI=${MEGURI:-$BATS_TEST_DIRNAME/../build/meguri}; }
durable() { TMPDIR=$BATS_TEST_TMPDIR /usr/bin/python3 "$BATS_TEST_DIRNAME/web/durable.py" "$MEGURI" "$1" 3>&-; }

@test "every answer leaves after a sync that began after its request was taken" { durable sync; }
@test "the power is cut: everything answered is there" { durable drop; }
@test "the writer is killed 45 times: nothing lost, nothing doubled" { durable kill; }
@test "an act that needs too much memory costs one 503 and nothing else" { durable arena; }
@test "readers are killed: pages go on" { durable readers; }
@test "no room on the disk, and a database that is locked: 503, then on" { durable full; }
@test "PostgreSQL: the writer is killed, then every connection is ended" {
    [ -z "${MEGURI_TEST_NO_PG:-}" ] || skip "MEGURI_TEST_NO_PG is set"
    durable pg
}
