# Progress of the plan 2007 from outside: MEGURI names the program. The data that ships with it gives the published figures.
bats_require_minimum_version 1.5.0

setup() {
    MEGURI=${MEGURI:-$BATS_TEST_DIRNAME/../build/meguri}
    top=$BATS_TEST_DIRNAME/..
    cd "$BATS_TEST_TMPDIR"
    export MEGURI_DB=t.db LC_ALL=C.UTF-8 LANG=C.UTF-8
    unset COLUMNS
}
m() { "$MEGURI" "$@"; }
plan() {
    m registry import --what organisations --file "$top/data/registry/organisations.csv"
    m registry import --what links --file "$top/data/registry/links.csv"
    m plan new --plan sj2007 --kind annual --org gov --title_ja 計画 --since 2007-04-01 --until 2008-03-31
    m plan import --what groups
    m plan import --plan sj2007 --file "$top/data/plan/sj2007.csv"
    m plan decide --plan sj2007 --date 2007-06-14 --public --why 取込み
    m plan import --plan sj2007 --what progress --report half --file "$top/data/plan/sj2007-half.csv"
}
column() { jq -r "[.tables[] | select(.name == \"$1\") | .rows[] | .$2] | join(\" \")"; }

@test "the published half-year: 27, 111, 18 and 3 of 159; 4 are nos. 65, 141 and 144; 11 told again" {
    plan
    run -0 m plan status --year 2007 --by status --format json
    [ "$(column status measures <<<"$output")" = "27 111 18 3 0" ]
    [ "$(column status status <<<"$output")" = "1 2 3 4 none" ]
    run -0 m plan progress --year 2007 --status 4 --format json
    [ "$(jq -r '[.tables[] | select(.name == "progress") | .rows[] | select(.kind == "measure") | .key] | join(" ")' <<<"$output")" = "65 141 144" ]
    run -0 m plan progress --year 2007 --format csv
    [ "$(grep -c '^relisted,' <<<"$output")" = 11 ]
    [ "$(grep -c '^measure,' <<<"$output")" = 159 ]
    run -0 m plan status --year 2007 --by owner --lang ja --format json
    [ "$(jq -r '.tables[] | select(.name == "named") | .rows[] | select(.named == "全府省庁" or .named == "内閣官房") | .measures' <<<"$output" | sort -n | xargs)" = "25 72" ]
}

@test "a report, a freeze, a correction; what was frozen stays as it was" {
    plan
    run -1 m plan freeze --plan sj2007 --report year
    [[ $output == *"no such report"* ]]
    m plan report --plan sj2007 --report year --due 2008-03-31
    m plan update --plan sj2007 --no 65 --owner cas --status 2 --text "A way was found."
    run -0 m plan changes --plan sj2007
    [[ $output == *"further than before"* && $output == *"A way was found."* ]]
    run -0 m plan freeze --plan sj2007 --report year --dry-run
    [[ $output == *"Nothing new of these"*"Laws for dealing with cyber-crime"*"rehearsal"* && $output != *"Review of bidding"* ]]
    m plan freeze --plan sj2007 --report year
    m plan settle --plan sj2007 --no 65 --status 1 --text "Done since." --why "the minutes say so"
    run -0 m plan progress --plan sj2007 --report year --status 2 --format csv
    [[ $output == *"A way was found."* ]]
    run -1 m plan freeze --plan sj2007 --report year
    [[ $output == *"correction"* ]]
    m plan freeze --plan sj2007 --report year --reason "the minutes" --no 65
    run -0 m plan reports --plan sj2007 --format json
    [ "$(column reports no <<<"$output")" = "1 2" ]
    run -0 m plan progress --plan sj2007 --report year --number 1 --status 1 --format csv
    [[ $output != *"Done since."* ]]
    m journal verify
}

@test "a stale revision is refused and the text that stands is told; a wrong file is refused by row" {
    plan
    m plan update --plan sj2007 --no 1 --owner cas --status 2 --text "first"
    m plan update --plan sj2007 --no 1 --owner cas --status 2 --text "second" --was 1
    run -1 m plan update --plan sj2007 --no 1 --owner cas --status 1 --text "third" --was 1
    [[ $output == *"revision 2 stands"* && $output == *"second"* ]]
    run -0 m plan history --plan sj2007 --no 1
    [[ $output == *"first"* && $output == *"second"* && $output != *"third"* ]]
    printf 'key,status,text_ja\n1,2,x\n1,3,x\n999,2,x\n' >bad.csv
    run -1 m plan import --plan sj2007 --what progress --report half --file bad.csv
    [[ $output == *"bad.csv:3"*"stands twice"* ]]
    printf 'key,status\n1,7\n' >bad.csv
    run -1 m plan import --plan sj2007 --what progress --report half --file bad.csv
    [[ $output == *"a status is 1, 2, 3 or 4"* ]]
}
