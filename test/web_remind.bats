# Reminders: the server on a moved clock, a mail server that keeps what it is sent. MEGURI names the program.
bats_require_minimum_version 1.5.0

@test "reminders arrive as specified, once" {
    MEGURI=${MEGURI:-$BATS_TEST_DIRNAME/../build/meguri}
    run -0 /usr/bin/python3 "$BATS_TEST_DIRNAME/web/remind_test.py" "$MEGURI" "$BATS_TEST_TMPDIR" 3>&-
    [[ $output == *"ok   a second run, and one at night, send nothing"* ]]
}
