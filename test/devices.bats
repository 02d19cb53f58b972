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

tag() { # CODE KEY VALUE
    sqlite3 t.db "INSERT INTO system_tag SELECT id, '$2', '$3' FROM system WHERE code = '$1'"
}
round() {
    devices kou-d1
    tag kou-d1 network LAN
    tag kou-d2 network DMZ
    m inspect open --code r1 --title_ja 点検 --edition s1 --frame gov --base 2026-03-31 >/dev/null
}

@test "one act by a filter, rehearsed first, and what was filed" {
    round
    run -0 m inspect answer-devices --round r1 --clause '2.1(c)' --answer done --as_of 2026-03-31 --tag network=LAN --dry-run
    [[ $output == *"1 systems and devices"*"1 answered"* ]]
    run -0 m inspect devices --round r1 --format json
    [[ $output == *'"clause":"2.1(c)"'*'"unanswered":2'* ]]
    echo report >evidence.txt
    m inspect answer-devices --round r1 --clause '2.1(c)' --answer done --as_of 2026-03-31 --tag network=LAN --evidence evidence.txt
    run -0 m inspect devices --round r1 --format json
    [[ $output == *'"done":1,"not_done":0,"no_occasion":0,"unanswered":1'* ]]
    [[ $output == *"\"what\":\"network=LAN\""*"\"evidence\":\"$(sha256sum evidence.txt | cut -d' ' -f1)\""* ]]
    run -0 m journal show --format json
    [[ $output == *answer-devices* ]]
    m inspect confirm --round r1
    run -0 m inspect answer-devices --round r1 --clause '2.1(c)' --answer not_done --as_of 2026-03-31
    [[ $output == *"1 left as they were (confirmed)"*kou-d1* ]]
    run -0 m inspect answer-devices --round r1 --clause '2.1(c)' --answer not_done --as_of 2026-03-31 --correction 'counted again'
    [[ $output == *"1 answered, 1 said so already, 0 left"* ]]
    run -0 m inspect recount --round r1
    [[ $output == *"The tallies equal the sheets."* ]]
}

@test "a table of an asset tool: what is not understood is told with its row" {
    round
    printf '機器,状態\nKOU-D1,適用済\n端末2,未適用\n' >a.csv
    set -- --round r1 --clause '2.1(c)' --key 機器 --column 状態 --as_of 2026-03-31
    run -0 m inspect scan "$@" --file a.csv --done 適用済 --not_done 未適用
    [[ $output == *"2 systems and devices"*"2 answered"* ]]
    printf '機器,状態\nkou-d1,適用済\nnobody,適用済\nkou-d2,多分\n' >b.csv
    run -1 m inspect scan "$@" --file b.csv --done 適用済
    [[ $output == *"b.csv:3:1"*"'nobody'"* && $output == *"b.csv:4:2"*"'多分'"* ]]
    run -0 m inspect scan "$@" --file b.csv --done 適用済 --done 多分 --skip_unknown
    [[ $output == *"nobody"*3* ]]
}

@test "what oscap finds answers the clauses of its checks" {
    command -v oscap >/dev/null || skip "no oscap here"
    round
    cp "$BATS_TEST_DIRNAME"/devices/{benchmark,oval}.xml .
    run oscap xccdf eval --profile xccdf_example.meguri_profile_all --results r.xml --results-arf arf.xml benchmark.xml
    [ "$status" -eq 2 ] # a rule failed, as it should
    tag kou-d1 hostname "$(sed -n 's/.*<target>\(.*\)<\/target>.*/\1/p' r.xml)"
    printf 'clause,check\n2.1(c),unix_family\n2.1(c),passwd_has_root\n' >c.csv
    m standard import --edition s1 --what checks --file c.csv
    for file in r.xml arf.xml; do
        run -0 m inspect scan --round r1 --file $file
        [[ $output == *"1 systems and devices"* ]]
    done
    run -0 m inspect devices --round r1 --format json
    [[ $output == *'"done":1,"not_done":0,"no_occasion":0,"unanswered":1'* ]]
    printf 'clause,check\n2.1(c),windows_family\n' >c.csv
    m standard import --edition s1 --what checks --file c.csv
    m inspect scan --round r1 --file arf.xml
    run -0 m inspect devices --round r1 --format json
    [[ $output == *'"done":0,"not_done":1,"no_occasion":0,"unanswered":1'* ]]
}

@test "hostile XML is refused where it begins" {
    round
    printf 'clause,check\n2.1(c),x\n' >c.csv
    m standard import --edition s1 --what checks --file c.csv >/dev/null
    printf '<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>' >xxe.xml
    run -1 m inspect scan --round r1 --file xxe.xml
    [[ $output == *"xxe.xml:2:13"*DOCTYPE* && $output != *root* ]]
}

@test "the same seed draws the same sample" {
    round
    m inspect answer-devices --round r1 --clause '2.1(c)' --answer done --as_of 2026-03-31 >/dev/null
    m inspect sample --round r1 --seed 7 --n 1 --format csv >one
    m inspect sample --round r1 --seed 7 --n 1 --format csv >two
    cmp one two
    run -0 m inspect agreement --round r1
    [[ $output == *"Nothing was checked by hand yet"* ]]
}
