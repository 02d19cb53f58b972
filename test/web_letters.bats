# Letters about notices: the server on a moved clock, a mail server that keeps what it is sent, and links tried in every wrong way. MEGURI names the program.
bats_require_minimum_version 1.5.0

@test "letters arrive, sealed where they must be; a link confirms once, whoever presses how often" {
    MEGURI=${MEGURI:-$BATS_TEST_DIRNAME/../build/meguri}
    run -0 /usr/bin/python3 "$BATS_TEST_DIRNAME/web/letters_test.py" "$MEGURI" "$BATS_TEST_TMPDIR" 3>&-
    [[ $output == *"ok   and nobody was written to twice"* ]]
}
