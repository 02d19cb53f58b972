# The command line from outside: MEGURI names the program.
bats_require_minimum_version 1.5.0

setup() {
    MEGURI=${MEGURI:-$BATS_TEST_DIRNAME/../build/meguri}
    cd "$BATS_TEST_TMPDIR"
    export MEGURI_DB=t.db LC_ALL=C.UTF-8
    unset COLUMNS
}
m() { "$MEGURI" "$@"; }
# A database with one line in its journal.
begin() {
    printf 'code,name_ja,name_en,rights,order\nstaff,行政事務従事者,Staff,answer,10\n' >duties.csv
    m registry import --what duties --file duties.csv
}

@test "alone it says what it is, its rooms and how to begin" {
    run -0 m
    [[ $output == *"journal"* && $output == *"meguri demo load"* && $output == *"--dry-run"* ]]
    run -0 m help
    [[ $output == *"Everywhere"* ]]
}

@test "a room lists its entries, an entry its parameters" {
    run -0 m journal
    [[ $output == *"show"* && $output == *"verify"* ]]
    run -0 m journal show --help
    [[ $output == *"--last NUMBER"* && $output == *"without it: 20"* && $output == *"audit"* ]]
    run -0 m help journal show
    [[ $output == *"--last NUMBER"* ]]
}

@test "every room and entry can tell about itself, in both languages" {
    for room in $(m | sed -n '/^Rooms/,/^$/s/^  \([a-z]*\) .*/\1/p'); do
        for lang in ja en; do
            run -0 m "$room" --help --lang $lang
            [ -n "$output" ]
        done
    done
}

@test "the language follows the environment and --lang" {
    LC_ALL=ja_JP.UTF-8 run -0 m journal
    [[ $output == *"記録"* ]]
    LC_ALL=ja_JP.UTF-8 run -0 m journal --lang en
    [[ $output != *"記録"* ]]
    LC_ALL= LANG=ja_JP.UTF-8 run -0 m journal
    [[ $output == *"記録"* ]]
}

@test "the version" {
    run -0 m --version
    [[ $output =~ ^meguri\ [0-9]+\.[0-9]+\.[0-9]+$ ]]
}

@test "misspelt words are answered with the nearest, exit 2" {
    run -2 m jurnal show
    [[ $output == *"did you mean 'journal'?"* ]]
    run -2 m journal shwo
    [[ $output == *"did you mean 'show'?"* ]]
    run -2 m journal show --lats 3
    [[ $output == *"did you mean --last?"* ]]
    run -2 m journal show --format xml
    run -2 m journal show stray
    run -2 m journal show --last
    run -2 m --lang fr
    run -2 m journal show --dry-run
}

@test "a value of the wrong type names its parameter, exit 2" {
    begin
    run -2 m journal show --last many
    [[ $output == *"--last: 'many' is not a whole number"* ]]
    run -2 m journal show --last=1 --last=2
    [[ $output == *"only once"* ]]
}

@test "a view of no database is refused and makes none" {
    run -1 m journal show
    [ ! -e t.db ]
    [[ $output == *"t.db"* ]]
}

@test "a mistyped database is made by no act but the first ones" {
    run -1 m rebuild
    [[ $output == *"there is no database"* ]]
    printf 'code,name_ja,name_en,rights,order\nstaff,行政事務従事者,Staff,answer,10\n' >duties.csv
    run -0 m registry import --what duties --file duties.csv --dry-run
    [ ! -e t.db ]
    run -2 m rebuild --db ""
    [[ $output == *"--db is empty"* ]]
    run -2 m journal show --as ""
}

@test "an act writes one line, a rehearsal none" {
    begin
    run -0 --separate-stderr m journal show --format json
    [ "$(grep -c '"seq"' <<<"$output")" = 2 ] # the column and one row
    run -0 m rebuild --dry-run
    [[ $output == *"nothing was changed"* ]]
    run -0 m journal verify
    [[ $output =~ Lines\ +1 ]]
}

@test "a broken or cut journal is named, exit 1" {
    begin && m rebuild
    head=$(m journal verify --format csv | sed -n 's/^head,\([0-9a-f]*\).*/\1/p')
    run -0 m journal verify --head "$head"
    run -1 m journal verify --head "${head//[0-9]/0}"
    sqlite3 t.db "UPDATE journal SET line = replace(line, 'rebuild', 'rebuilt') WHERE seq = 2"
    run -1 m journal verify
    [[ $output == *"journal:2"* ]]
}

@test "faults as JSON go to stderr, and stdout stays empty" {
    begin
    run -2 --separate-stderr m journal show --last x --format json
    [ -z "$output" ]
    [[ $stderr == *'"field": "last"'* || $stderr == *'"field":"last"'* ]]
    [[ $stderr == *'"count": 1'* || $stderr == *'"count":1'* ]]
}

@test "the end of --out says the format, where --format does not" {
    begin
    m journal show --out lines.csv
    [ "$(head -c 4 lines.csv)" = "seq," ]
    m journal show --out lines.json
    jq -e . lines.json >/dev/null
    m journal show --out lines.csv --format json
    jq -e . lines.csv >/dev/null
    m journal show --out book.xlsx
    [ "$(head -c 2 book.xlsx)" = PK ]
}

@test "--out is whole or not there" {
    begin
    m journal show --format csv --out lines.csv
    [ "$(head -c 4 lines.csv)" = "seq," ]
    run -1 m journal verify --head 00 --out lines.csv
    [ "$(head -c 4 lines.csv)" = "seq," ]
    [ "$(ls | grep -c lines.csv)" = 1 ]
    run -1 m journal show --out no/such/folder/x
    ln -s lines.csv link.csv
    m journal show --out link.csv
    [ -L link.csv ]
}

@test "a full disk is exit 75, and an act done stays done" {
    begin
    run -75 bash -c '"$0" journal show >/dev/full' "$MEGURI"
    run -1 bash -c '"$0" rebuild --format json >/dev/full' "$MEGURI"
    [[ $output == *"stays done"* ]]
    run -0 m journal verify
    [[ $output =~ Lines\ +2 ]]
}

@test "nothing typed reaches the terminal as a command to it" {
    run -2 m $'jour\033[31mnal'
    [[ $output != *$'\033'* ]]
    run -2 m $'\xff'
}

@test "--as someone unknown is refused" {
    begin
    run -1 m journal show --as nobody
    [[ $output == *"nobody"* ]]
}

@test "no colour and no bars into a pipe" {
    begin
    run -0 m journal show
    [[ $output != *$'\033'* ]]
}

@test "--version is a parameter where an entry has one" {
    run -0 m standard oscal --help
    [[ $output == *"--version"* ]]
    begin
    run -2 m standard oscal --edition x --version 9.9
    [[ $output == *"--version: '9.9' is none of"* ]]
}
