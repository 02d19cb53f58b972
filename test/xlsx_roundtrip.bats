#!/usr/bin/env bats
# A unit's workbook goes out, is filled in by openpyxl, passes through LibreOffice, and comes back. MEGURI names the program.
bats_require_minimum_version 1.5.0

setup() {
    MEGURI=${MEGURI:-$BATS_TEST_DIRNAME/../build/meguri}
    FILL="/usr/bin/python3 $BATS_TEST_DIRNAME/xlsx_fill.py"
    cd "$BATS_TEST_TMPDIR"
    export MEGURI_DB=t.db LC_ALL=C.UTF-8
    "$MEGURI" demo load >/dev/null
    "$MEGURI" --lang ja inspect template --round demo-2026 --org hei-b1-s1 --out unit.xlsx
}

office() { # FILE: as LibreOffice saves it, into office/
    soffice "-env:UserInstallation=file://$BATS_TEST_TMPDIR/profile" --headless --convert-to xlsx --outdir office "$1" >/dev/null 2>&1
}
import() { "$MEGURI" --lang en inspect import --round demo-2026 --file "$@"; }
fact() { # KEY: of the JSON in $output
    jq -r --arg k "$1" '[.. | objects | select(.key? == $k) | .value] | first' <<<"$output"
}

@test "what a person meets: sheets, drop-downs in the language asked for, answers alone unlocked" {
    run -0 $FILL --look unit.xlsx
    [[ $output == *"sheet|記入のしかた|visible|protected True|"* ]]
    [[ $output == *"sheet|行政事務従事者|visible|protected True|frozen D4"* && $output == *"sheet|meguri|veryHidden|protected True|"* ]]
    [[ $output == *'"実施した,実施していない,あとで答える" "実施した,実施していない,該当する場面がなかった,あとで答える"'* ]]
    [[ $output == *"offered|行政事務従事者|True"* && $output == *"locked|行政事務従事者|True True True False"* ]]
    "$MEGURI" --lang en inspect template --round demo-2026 --org hei-b1-s1 --out en.xlsx
    run -0 $FILL --look en.xlsx
    [[ $output == *'"I did,I did not,Answer later" "I did,I did not,No occasion arose,Answer later"'* && $output == *"sheet|Staff|"* ]]
}

@test "the same question asked again gives the same bytes but for the time of making" {
    "$MEGURI" --lang ja inspect template --round demo-2026 --org hei-b1-s1 --out again.xlsx
    for part in xl/worksheets/sheet2.xml xl/styles.xml xl/workbook.xml; do
        cmp <(unzip -p unit.xlsx $part) <(unzip -p again.xlsx $part)
    done
}

@test "through LibreOffice and untouched: imports, and changes nothing" {
    office unit.xlsx
    run -0 $FILL --look office/unit.xlsx
    [[ $output == *'"実施した,実施していない,あとで答える" "実施した,実施していない,該当する場面がなかった,あとで答える"'* ]]
    [[ $output == *"offered|行政事務従事者|True"* && $output == *"locked|行政事務従事者|True True True False"* ]]
    run -0 "$MEGURI" inspect answers --round demo-2026
    before=$output
    run -0 import office/unit.xlsx --format json
    [ "$(jq '[.tables[] | select(.name == "merge") | .rows[]] | length' <<<"$output")" = 0 ]
    [ "$(jq '[.tables[] | select(.name == "sheets") | .rows[] | select(.outcome != "unchanged-sheet" and .outcome != "blank-sheet")] | length' <<<"$output")" = 0 ]
    run -0 "$MEGURI" inspect answers --round demo-2026
    [ "$output" = "$before" ]
}

@test "filled in by openpyxl: imports, the sums equal a recount, and a second time changes nothing" {
    $FILL unit.xlsx filled.xlsx ALL=実施した '行政事務従事者!E4=研修を受講（𠮷田 﨑）'
    run -0 import filled.xlsx --format json
    [ "$(jq '[.tables[] | select(.name == "sheets") | .rows[] | select(.outcome == "new-sheet")] | length' <<<"$output")" -gt 0 ]
    [ "$(jq '[.tables[] | select(.name == "sheets") | .rows[] | select(.answered != .questions)] | length' <<<"$output")" = 0 ]
    run -0 "$MEGURI" --lang en inspect recount --round demo-2026
    [[ $output == *"The tallies equal the sheets"* ]]
    run -0 "$MEGURI" inspect notes --round demo-2026 --org hei-b1-s1 --format json
    [[ $output == *"研修を受講（𠮷田 﨑）"* ]]
    run -0 import filled.xlsx --format json
    [ "$(jq '[.tables[] | select(.name == "merge") | .rows[]] | length' <<<"$output")" = 0 ]
}

@test "filled in by openpyxl, then saved by LibreOffice: the same is read in both" {
    $FILL unit.xlsx filled.xlsx ALL=○ '行政事務従事者!E5=二行
目' '行政事務従事者!D6=実施していない'
    office filled.xlsx
    run -0 import filled.xlsx --dry-run --format json
    one=$(jq -S '[.tables[] | .rows]' <<<"$output")
    run -0 import office/filled.xlsx --dry-run --format json
    [ "$(jq -S '[.tables[] | .rows]' <<<"$output")" = "$one" ]
    [[ $one == *"not"* || $one == *"taken"* ]]
}

@test "formulas, another round, an old workbook: refused with the cell, nothing is changed" {
    $FILL unit.xlsx formula.xlsx '行政事務従事者!D4==A1'
    run -1 import formula.xlsx
    [[ $output == *"formula.xlsx:4:4 (行政事務従事者!D4)"*"formula"* ]]
    run -1 "$MEGURI" --lang en inspect import --round demo-2025 --file unit.xlsx --correction x
    [[ $output == *"this workbook is of round 'demo-2026'"* ]]
    printf '\320\317\021\340\241\261\032\341' >old.xls
    run -1 import old.xls
    [[ $output == *"old workbook"* ]]
    head -c 9000 unit.xlsx >cut.xlsx
    run -1 import cut.xlsx
    [[ $output == *"damaged"* ]]
}

@test "a workbook of another installation is not taken" {
    MEGURI_DB=other.db "$MEGURI" demo load >/dev/null
    run -1 env MEGURI_DB=other.db "$MEGURI" --lang en inspect import --round demo-2026 --file unit.xlsx
    [[ $output == *"issued by another installation"* ]]
}
