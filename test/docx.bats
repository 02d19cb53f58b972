#!/usr/bin/env bats
# The text document from outside: LibreOffice opens it and keeps its tables and its Japanese. MEGURI names the program.
bats_require_minimum_version 1.5.0

setup() {
    MEGURI=${MEGURI:-$BATS_TEST_DIRNAME/../build/meguri}
    cd "$BATS_TEST_TMPDIR"
    export MEGURI_DB=t.db LC_ALL=C.UTF-8
    "$MEGURI" demo load >/dev/null
}

office() { # FORMAT FILE: as LibreOffice saves it, into office/
    soffice "-env:UserInstallation=file://$BATS_TEST_TMPDIR/profile" --headless --convert-to "$1" --outdir office "$2" >/dev/null 2>&1
}
in_odt() { # FILE ELEMENT: how many there are
    unzip -p "$1" content.xml | grep -o "<$2[ >]" | wc -l
}

@test "figures in a text document: LibreOffice finds every row of every table, and the Japanese" {
    "$MEGURI" --lang ja inspect rates --round fy2006 --format docx --out rates.docx
    rows=$("$MEGURI" inspect rates --round fy2006 --format json | jq '[.tables[].rows | length] | add')
    facts=$("$MEGURI" inspect rates --round fy2006 --format json | jq '.facts | length')
    tables=$("$MEGURI" inspect rates --round fy2006 --format json | jq '[.tables[] | select(.rows | length > 0)] | length')
    office odt rates.docx
    [ "$rows" -gt 0 ]
    [ "$(in_odt office/rates.odt table:table-row)" = $((rows + tables + facts)) ]
    [ "$(in_odt office/rates.odt table:table-header-rows)" = "$tables" ]
    office txt:Text rates.docx
    run -0 cat office/rates.txt
    [[ $output == *"把握率"* && $output == *"公正取引委員会"* && $output == *"99.2%"* && $output == *"※ "* ]]
}

@test "rare characters pass through LibreOffice as they are" {
    printf 'code,parent,kind,name_ja\nx1,,ministry,𠮷田󠄀葛󠄀城市 ]]> &amp; <b>\n' >orgs.csv
    "$MEGURI" registry import --what organisations --file orgs.csv >/dev/null
    "$MEGURI" --lang ja registry organisations --format docx --out orgs.docx
    office txt:Text orgs.docx
    run -0 cat office/orgs.txt
    [[ $output == *"𠮷田󠄀葛󠄀城市 ]]> &amp; <b>"* ]]
}

@test "the same view gives the same bytes; a document never goes to a terminal" {
    export MEGURI_CLOCK=2026-11-21T00:00:00Z
    "$MEGURI" inspect rounds --format docx >one.docx
    unzip -tq one.docx
    "$MEGURI" inspect rounds --format docx >two.docx
    cmp one.docx two.docx
    run -2 script -qec "'$MEGURI' inspect rounds --format docx" /dev/null
    [[ $output == *"--out FILE.docx"* ]]
}
