#!/usr/bin/env bats
# The room of series on the command line: the figures of the plans taken in, shown, corrected, and back as a file. MEGURI names the program.
bats_require_minimum_version 1.5.0

setup_file() {
    export MEGURI_DB=$BATS_FILE_TMPDIR/series.db LC_ALL=C.UTF-8
    "$MEGURI" demo load >/dev/null
    for f in indicators disclosure infrastructure; do
        "$MEGURI" series import --file "$BATS_TEST_DIRNAME/../data/series/$f.csv" >/dev/null
    done
}
m() { "$MEGURI" "$@"; }

@test "the yearly sums of unauthorised access, as data" {
    run -0 m series show --series unauthorised-access --format json
    [[ $output == *'"value_total":212'*'"value_total":356'*'"value_total":592'*'"value_total":946'*'"value_total":1818'* ]]
    [[ $output == *'"type":"decimal"'* && $output == *'"change":872'* ]]
    run -0 m series show --series internet-fear --format csv
    [[ $output == *'users,2007,52.3,'* ]]
}

@test "what was published of rounds is a series: 95.20 over seventeen of nineteen, three ministries with a B" {
    run -0 m series show --series inspection-coverage-gov --until 2008 --format json
    [[ $output == *'"value":95.20'*'over 17 of 19 organisations'* ]]
    run -0 m series show --series inspection-grades-terminals-gov --format csv
    [[ $output == *'B,2006-03-31,3,19,'* && $output == *'C,2006-03-31,10,19,'* && $output == *'D,2006-03-31,6,19,'* ]]
    run -1 m series put --series inspection-coverage-gov --period 2007 --value 100
    [[ $output == *'comes from the rounds of the inspection'* ]]
}

@test "a file that goes out comes back and changes nothing" {
    m series export --out "$BATS_TEST_TMPDIR/out.csv"
    run -0 m series import --file "$BATS_TEST_TMPDIR/out.csv"
    [[ $output =~ Added\ +0 && $output =~ Changed\ +0 && $output == *'nothing was changed'* ]]
}

@test "a correction says why; a faulty file names its row and column" {
    run -1 m series put --series virus-reports --period 1990 --value 15
    [[ $output == *"1990 stands as '14', not '15'"* ]]
    m series put --series virus-reports --period 1990 --value 15 --reason 'misprint'
    run -0 m series show --series virus-reports --format csv
    [[ $output == *'value,1990,,14,15,misprint'* ]]
    printf 'what,series,period,value\nvalue,virus-reports,2006,many\n' >"$BATS_TEST_TMPDIR/bad.csv"
    run -1 m series import --file "$BATS_TEST_TMPDIR/bad.csv"
    [[ $output == *'bad.csv'*'2'*"'many' is no number"* ]]
}

@test "who may neither manage nor is the centre defines nothing" {
    run -1 m series put --series virus-reports --period 2006 --value 1 --as p02396
    [[ $output == *'manage'* ]]
    run -0 m series list --as p02396 --format csv
    [[ $output == *unauthorised-access* && $output != *inspection-* ]]
}
