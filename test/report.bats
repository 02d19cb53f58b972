#!/usr/bin/env bats
# A report from its template to the public page and back, on the command line: files, faces, the clock. MEGURI names the program.
bats_require_minimum_version 1.5.0

setup() {
    FIX=$BATS_TEST_DIRNAME/faults
    cd "$BATS_TEST_TMPDIR"
    export MEGURI_DB=t.db LC_ALL=C.UTF-8 MEGURI_CLOCK=2026-05-07T00:00:00Z
    for what in organisations duties people posts; do m registry import --what $what --file "$FIX/$what.csv" >/dev/null; done
    printf 'code,name_ja,name_en,rights,order\nciso,責任者,CISO,rates manage approve,1\n' >duties.csv
    printf 'code,org,name_ja\nboss-1,kou,長一\nboss-2,kou,長二\n' >people.csv
    printf 'code,duty,org,person\nb1,ciso,kou,boss-1\nb2,ciso,kou,boss-2\n' >posts.csv
    for what in duties people posts; do m registry import --what $what --file $what.csv >/dev/null; done
    {
        echo what,code,level,ja,en,view,arguments,tables,rows,rules,guide_ja,guide_en,text_ja,text_en
        echo 'template,note,0,報告,Note,,,,,owner=organisation,,,{org} {fy} 報告,"{org}, {fy}"'
        echo 'text,words,1,本文,Words,,,,,,,,,'
        echo 'view,cases,1,案件,Cases,case statistics,org={org} year={year},kinds,,,,,,'
    } >note.csv
    m report define --file note.csv >/dev/null
}
m() { "$MEGURI" "$@"; }
as() { who=$1 && shift && m --as "$who" "$@"; }

written() {
    as boss-1 report draft --template note >/dev/null
    as boss-1 report write --report note-kou-2026 --part words --text_ja "$1" >/dev/null
    as boss-1 report review --report note-kou-2026 >/dev/null
}

@test "from template to public page, by two persons, at its time" {
    written 本文です。
    run -1 as boss-1 report approve --report note-kou-2026
    [[ $output == *'another person approves it'* ]]
    run -0 as boss-2 report approve --report note-kou-2026
    [[ $output =~ [0-9a-f]{64} ]]
    as boss-1 report publish --report note-kou-2026 --embargo '2026-05-08 09:00' >/dev/null
    run -0 as boss-1 report list --format json
    [[ $output == *'"state":"embargo"'* && $output != *'"name": "published"'* ]]
    export MEGURI_CLOCK=2026-05-08T00:00:00Z # 09:00 in Japan
    run -0 as boss-1 report list --format json
    [[ $output == *'"name": "published"'*'"edition":1'* && $output != *'"state":"embargo"'* ]]
    run -0 m report verify --report note-kou-2026
    [[ $output == *intact* ]]
    m journal verify
}

@test "a frozen report says the same in every format, whatever comes after" {
    written 本文です。
    as boss-2 report approve --report note-kou-2026 >/dev/null
    as boss-1 report publish --report note-kou-2026 >/dev/null
    for f in json csv table xlsx; do as boss-2 report show --report note-kou-2026 --format $f --out before.$f; done
    m case define --kind finding >/dev/null
    m case open --kind finding --org kou --title 指摘 --field.origin audit --field.what x >/dev/null
    for f in json csv table xlsx; do as boss-2 report show --report note-kou-2026 --format $f --out after.$f && cmp before.$f after.$f; done
    run -0 as boss-2 report show --report note-kou-2026 --format json
    [[ $output == *'"texts": ["本文です。"'* && $output == *'"name": "cases__kinds"'* ]]
}

@test "an erratum makes the next edition, and the first stays" {
    written 誤り。
    as boss-2 report approve --report note-kou-2026 >/dev/null
    as boss-1 report publish --report note-kou-2026 >/dev/null
    as boss-1 report erratum --report note-kou-2026 --wrong 誤り --correct 正しい --why 誤記 >/dev/null
    as boss-1 report write --report note-kou-2026 --part words --text_ja 正しい。 >/dev/null
    as boss-1 report review --report note-kou-2026 >/dev/null
    as boss-2 report approve --report note-kou-2026 >/dev/null
    as boss-1 report publish --report note-kou-2026 >/dev/null
    run -0 as boss-2 report show --report note-kou-2026
    [[ $output == *正しい。* && $output == *誤記* ]]
    run -0 as boss-2 report show --report note-kou-2026 --edition 1
    [[ $output == *誤り。* && $output == *'edition 2 is the newest'* ]]
}
