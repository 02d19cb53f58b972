#!/usr/bin/env bats
# Devices as respondents: a clause whose duty is `device` binds every device of the frame. MEGURI names the program.
bats_require_minimum_version 1.5.0

setup() {
    FIX=$BATS_TEST_DIRNAME/faults
    cd "$BATS_TEST_TMPDIR"
    export MEGURI_DB=t.db LC_ALL=C.UTF-8
    for what in organisations duties people posts; do m registry import --what $what --file "$FIX/$what.csv" >/dev/null; done
    printf 'code,name_ja,name_en,rights,order\ndevice,機器,Device,answer,90\n' >duties.csv
    m registry import --what duties --file duties.csv >/dev/null
    { cat "$FIX/clauses.csv"; echo '2.1(c),2,,basic,device,no,端末に修正を適用すること。,Devices are patched.'; } >clauses.csv
    m standard edition --code s1 --catalogue s --title_ja 基準 >/dev/null
    m standard import --edition s1 --what sections --file "$FIX/sections.csv" >/dev/null
    m standard import --edition s1 --what clauses --file clauses.csv >/dev/null
    m standard decide --edition s1 >/dev/null
}
m() { "$MEGURI" "$@"; }
devices() { printf 'code,org,kind,name_ja\n%s,kou,device,端末1\nkou-d2,kou,device,端末2\n' "$1" >s.csv && m registry import --what systems --file s.csv >/dev/null; }

@test "devices answer for themselves and are graded" {
    devices kou-d1
    run -0 m inspect open --code r1 --title_ja 点検 --edition s1 --frame gov --base 2026-03-31
    [[ $output =~ Respondents\ +5 ]]
    printf 'respondent,2.1(a),2.1(b),2.1(c)\nkou-d1,,,1\nkou-d2,,,0\nkou-s1,1,1,\n' >a.csv
    m inspect import --round r1 --file a.csv --state confirmed
    run -0 m inspect clauses --round r1 --org kou --format json
    [[ $output == *'"clause":"2.1(c)"'*'"arisen":2,"done":1'*'"rate":0.5'* ]]
}

@test "a code of both a post and a device is refused by name" {
    devices kou-s1
    run -1 m inspect open --code r1 --title_ja 点検 --edition s1 --frame gov --base 2026-03-31
    [[ $output == *"'kou-s1' is the code of a post and of a system or device"* ]]
    run -0 m inspect rounds
    [[ $output != *r1* ]]
}
