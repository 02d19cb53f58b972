# The workbook from outside: MEGURI names the program.
bats_require_minimum_version 1.5.0

setup() {
    MEGURI=${MEGURI:-$BATS_TEST_DIRNAME/../build/meguri}
    READ="/usr/bin/python3 $BATS_TEST_DIRNAME/xlsx_read.py"
    cd "$BATS_TEST_TMPDIR"
    export MEGURI_DB=t.db LC_ALL=C.UTF-8
    "$MEGURI" demo load >/dev/null
}

@test "figures in a workbook: a cover and a sheet a table, in both languages" {
    "$MEGURI" --lang ja inspect rates --round fy2006 --format xlsx --out ja.xlsx
    run -0 $READ ja.xlsx
    [[ $output == *"sheet|概要|"*"sheet|"*"|A2|"*"|landscape|1x0|\$1:\$1"* ]]
    [[ $output == *"格付け・取扱制限"* && $output == *"（コード）"* && $output == *"|0.0%|"* ]]
    "$MEGURI" --lang en inspect rates --round fy2006 --format xlsx >en.xlsx
    run -0 $READ en.xlsx
    [[ $output == *"sheet|Cover|"* && $output == *"(code)"* ]]
}

@test "a workbook never goes to a terminal" {
    run -2 script -qec "'$MEGURI' inspect rounds --format xlsx" /dev/null
    [[ $output == *"--out FILE.xlsx"* ]]
}
