# From a finding to a recommendation and its reply, on the command line: MEGURI names the program.
bats_require_minimum_version 1.5.0

setup_file() {
    export MEGURI=${MEGURI:-$BATS_TEST_DIRNAME/../build/meguri} MEGURI_DB=$BATS_FILE_TMPDIR/t.db LC_ALL=C.UTF-8
    "$MEGURI" demo load >/dev/null
    "$MEGURI" case define --kind recommendation >/dev/null
}
setup() { unset COLUMNS; }
m() { "$MEGURI" "$@"; }
centre() { m "$@" --as p20001; }
hei() { m "$@" --as p02383; }

recommend() { # SOURCE …
    local given=()
    for source in "$@"; do given+=(--source "$source"); done
    centre case open --kind recommendation --org hei --title train "${given[@]}" --field.what 'train all' --field.why 'half are not' --field.due 2027-03-31 --format json |
        sed -n 's/.*"case":"\([^"]*\)".*/\1/p'
}

@test "a recommendation goes from its source to its reply and its verification" {
    n=$(recommend 'clause:baseline-2/2.2.1(1)(c)' rate:demo-2026/hei)
    [ -n "$n" ]
    run -0 centre case show --case "$n" --lang en
    [[ $output == *"2.2.1(1)(c)"* && $output == *"Where it comes from"* ]]
    run -1 centre case step --case "$n" --step accept --field.action train --field.agreed 2027-02-28 --lang en
    [[ $output == *"taken by 'hei' itself"* ]]
    run -0 hei case step --case "$n" --step accept --field.action train --field.agreed 2027-02-28
    run -0 hei case step --case "$n" --step progress --text 'half are trained by now'
    run -0 hei case step --case "$n" --step report --field.done_on 2027-01-31 --field.result 'all are'
    run -1 hei case step --case "$n" --step verify
    run -0 centre case step --case "$n" --step verify
    run -0 centre case show --case "$n" --format json
    [[ $output == *'"state":"closed"'* ]]
}

@test "what is written wrongly and what is out of sight are refused in the same words" {
    finding=$(m case open --kind finding --org otsu --title gap --field.origin other --field.what gap --format json | sed -n 's/.*"case":"\([^"]*\)".*/\1/p')
    for source in nonsense case:finding-1999-1 "case:$finding" round:never rate:demo-2026/otsu; do
        run -1 --separate-stderr hei case open --kind recommendation --org hei-b1 --title x --source "$source" --field.what x --field.why x --field.due 2027-03-31 --lang en
        [[ $stderr == *"'$source' names nothing that you may see"* ]]
    done
}

@test "the export tells where each comes from" {
    n=$(recommend rate:demo-2026/hei)
    run -0 hei case export --kind recommendation
    [[ $output == *"source,into"* && $output == *"rate:demo-2026/hei"* ]]
}

@test "the way of a case is walked in both directions" {
    finding=$(centre case open --kind finding --org hei --title gap --round demo-2026 --clause '2.2.1(1)(c)' --field.origin other --field.what gap --format json | sed -n 's/.*"case":"\([^"]*\)".*/\1/p')
    n=$(recommend "case:$finding")
    run -0 centre plan why --case "$finding" --format json
    [[ $output == *"\"case:$n\""* ]]
    run -0 centre plan why --case "$n" --format json
    [[ $output == *"\"case:$finding\""* && $output == *"2.2.1(1)(c)"* ]]
    run -1 centre plan why --lang en
    [[ $output == *"--no for a measure"* ]]
}

@test "without a draft there is nothing to take over into, and it is said what to do" {
    run -0 hei plan candidates --lang en
    [[ $output == *"begin next year's plan first"* ]]
    run -1 hei plan carry --all --lang en
    [[ $output == *"no draft of an annual plan"* ]]
}

@test "a recommendation and an unfinished measure become measures of the next draft, once, and lead back" {
    n=$(recommend rate:demo-2026/hei)
    run -0 centre plan new --plan now --kind annual --title_ja 今年度 --title_en 'This year' --since 2026-04-01 --until 2027-03-31
    run -0 centre plan add-item --plan now --kind measure --no 7 --field.title_ja 続く施策 --field.owners hei
    run -0 centre plan new --plan next --kind annual --title_ja 次年度 --title_en 'Next year' --since 2027-04-01 --until 2028-03-31
    run -0 centre plan candidates --into next --from now --format csv
    [[ $output == *"case:$n"* && $output == *measure:now/7* ]]
    run -1 centre plan carry --into next --from now --candidate measure:now/8 --lang en
    [[ $output == *"cannot be taken over"* ]]
    run -0 centre plan carry --into next --from now --candidate "case:$n" --candidate measure:now/7 --dry-run
    run -0 centre plan candidates --into next --from now --format csv
    [[ $output == *"case:$n"* ]] # nothing was done
    run -0 centre plan carry --into next --from now --candidate "case:$n" --candidate measure:now/7 --format json
    [[ $output == *"case:$n"* && $output == *measure:now/7* ]]
    run -1 centre plan carry --into next --from now --candidate "case:$n"
    run -0 centre plan measure --plan next --no 1 --lang en
    [[ $output == *"Why it exists"* && $output == *"case:$n"* ]]
    run -0 centre plan measure --plan now --no 7 --lang en
    [[ $output == *"What came of this"* && $output == *measure:next/2* ]]
    run -0 centre case show --case "$n" --lang en
    [[ $output == *"What came of it: Measure"* ]]
    run -1 hei plan carry --into next --from now --candidate "case:$n"
}
