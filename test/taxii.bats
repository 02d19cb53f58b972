# TAXII 2.1 over HTTP, by a strict client of our own (none is packaged). MEGURI names the program.
bats_require_minimum_version 1.5.0

@test "a strict client reads and writes" {
    MEGURI=${MEGURI:-$BATS_TEST_DIRNAME/../build/meguri}
    run -0 python3 "$BATS_TEST_DIRNAME/taxii_client.py" "$MEGURI" 3>&-
    [[ $output == *"§4.1 discovery"*"nothing twice"*"nothing lost"* ]]
    [[ $output != *"not ok"* ]]
}

@test "two instances exchange, and servers that misbehave are given up" {
    MEGURI=${MEGURI:-$BATS_TEST_DIRNAME/../build/meguri}
    run -0 python3 "$BATS_TEST_DIRNAME/taxii_peers.py" "$MEGURI" 3>&-
    [[ $output == *"a collection is fetched"*"a recall follows it"* ]]
    [[ $output != *"not ok"* ]]
}
