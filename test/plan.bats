# Plans on the command line: begun, filled from a file, taken out again, shown, and what is refused.
bats_require_minimum_version 1.5.0
setup() {
    MEGURI=${MEGURI:-$BATS_TEST_DIRNAME/../build/meguri}
    cd "$BATS_TEST_TMPDIR"
    export MEGURI_DB=t.db LC_ALL=C.UTF-8
    "$MEGURI" registry import --what organisations --file "$BATS_TEST_DIRNAME/../data/registry/organisations.csv" >/dev/null
    "$MEGURI" registry import --what organisation-names --file "$BATS_TEST_DIRNAME/../data/registry/organisation-names.csv" >/dev/null
    "$MEGURI" registry import --what links --file "$BATS_TEST_DIRNAME/../data/registry/links.csv" >/dev/null
    "$MEGURI" plan import --what groups >/dev/null
    "$MEGURI" plan new --plan sj2006 --kind annual --org gov --title_ja 計画 --since 2006-04-01 --until 2007-03-31 >/dev/null
}

m() { "$MEGURI" "$@"; }

@test "a plan comes back from its own file, as CSV and as a workbook" {
    printf 'kind,key,level,title_ja,owners,relists\nheading,,1,第1章,,\nmeasure,1,,施策,内閣官房 全府省庁,\nrelisted,r1,,,,1\n' >in.csv
    run -0 m plan import --plan sj2006 --file in.csv
    [[ $output == *"Measures"*"1"* ]]
    m plan export --plan sj2006 >a.csv
    m plan workbook --plan sj2006 >a.xlsx
    m plan import --plan sj2006 --file a.xlsx >/dev/null
    m plan export --plan sj2006 | cmp - a.csv
    grep -q 'cas all-ministries' a.csv
}

@test "owners are called as on that day" {
    printf 'kind,key,title_ja,owners\nmeasure,1,施策,防衛省\nmeasure,2,別,重要インフラ所管省庁 独立行政法人等所管府省庁\n' >in.csv
    m plan import --plan sj2006 --file in.csv >/dev/null
    [[ $(m --lang ja plan measure --plan sj2006 --no 1) == *防衛庁* ]]
    [[ $(m --lang ja plan measure --plan sj2006 --no 1 --at 2007-02-01) == *防衛省* ]]
    run -0 m --lang ja plan measure --plan sj2006 --no 2
    [[ $output == *"金融庁、総務省、厚生労働省、経済産業省、国土交通省"* ]]
    [[ $output == *"台帳に記録がありません"* ]]
}

@test "refused with row and column, and nothing is changed" {
    printf 'kind,key,title_ja,owners\nmeasure,1,施策,cas\n' >in.csv
    m plan import --plan sj2006 --file in.csv >/dev/null
    printf 'kind,key,title_ja,owners\nmeasure,1,別,cas\nmeasure,2,別,丙省\n' >bad.csv
    run -1 m plan import --plan sj2006 --file bad.csv
    [[ $output == *"bad.csv:3:4 (owners)"* ]]
    [[ $(m plan export --plan sj2006) == *施策* ]]
}

@test "an item is changed by the names of its columns, and a stale change says both texts" {
    printf 'kind,key,title_ja,owners\nmeasure,1,施策,cas\n' >in.csv
    m plan import --plan sj2006 --file in.csv >/dev/null
    m plan write --plan sj2006 --no 1 --field.title_en Measure >/dev/null
    run -0 m plan write --plan sj2006 --no 1 --was 0000 --field.title_en Other
    [[ $output == *Measure* && $output == *Other* ]]
    [[ $(m plan export --plan sj2006) == *Measure* ]]
    run -1 m plan write --plan sj2006 --no 1 --field.nothing x
    [[ $output == *"no column of a plan"* ]]
}
