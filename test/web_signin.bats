# Signing in by every way there is, OpenID Connect with an issuer from npm among them. MEGURI names the program.
bats_require_minimum_version 1.5.0

@test "passwords with codes, links by mail, OpenID Connect" {
    MEGURI=${MEGURI:-$BATS_TEST_DIRNAME/../build/meguri}
    run -0 "$BATS_TEST_DIRNAME/web/signin" "$MEGURI" 3>&-
    [[ $output == *"the link works once"*"to the issuer"*"not verified: told kindly" ]]
}
