#!/usr/bin/env bats
# Models of interdependency on the command line: files that are checked and refused, a model that is taken in, shown, changed and taken out
# again, word for word. MEGURI names the program.
bats_require_minimum_version 1.5.0

setup_file() {
    export MEGURI_DB=$BATS_FILE_TMPDIR/depend.db LC_ALL=C.UTF-8
    cd "$BATS_FILE_TMPDIR"
    printf 'code,parent,kind,order,name_ja,name_en,from,to\ngov,,government,10,政府,Government,,\n' >orgs.csv
    "$MEGURI" registry import --what organisations --file orgs.csv >/dev/null
    printf 'code,sector,repair\npower,energy,4\ntel,telecom,2..3\nbank,finance,~5\n' >services.csv
    printf 'service,need,buffer,rule\ntel,electricity,6,\nbank,lines,,any\n' >needs.csv
    printf 'service,supplier,need\nbank,tel,lines\nbank,power,\ntel,power,electricity\n' >suppliers.csv
}
setup() { cd "$BATS_FILE_TMPDIR"; }
m() { "$MEGURI" "$@"; }
files() { echo --services services.csv --needs needs.csv --suppliers suppliers.csv; }

@test "files are checked without any database" {
    # shellcheck disable=SC2046 # words are meant
    run -0 env MEGURI_DB=/nonexistent/none.db "$MEGURI" depend check $(files) --lang en
    [[ $output == *'every need can be met'* && $output == *'Nothing strange was found'* ]]
    [ ! -e /nonexistent ]
}

@test "a run on files tells the command that gives it again" {
    export MEGURI_DB=/nonexistent/none.db
    # shellcheck disable=SC2046 # words are meant
    run -0 m depend run $(files) --fail power:3 --runs 5 --seed 7 --format json --lang en
    again=$(jq -r .facts.again <<<"$output")
    [[ $again == "meguri depend run --services services.csv --needs needs.csv --suppliers suppliers.csv --fail power:3 "* ]]
    told() { jq -S '[.facts, .tables]'; }
    first=$(told <<<"$output")
    # shellcheck disable=SC2086 # words are meant
    run -0 m ${again#meguri } --format json --lang en
    [ "$(told <<<"$output")" = "$first" ]
}

@test "what is wrong is said with file, row and column, and ends with 1" {
    printf 'code,repair\npower,-4\ntel,1e9\nbank,nan\ntel,\n' >bad.csv
    run -1 --separate-stderr m depend check --services bad.csv --suppliers suppliers.csv --lang en
    [ "$output" = "" ]
    [[ ${stderr_lines[0]} == *'bad.csv'*'2'*"'-4' is no time"* ]]
    [[ ${stderr_lines[1]} == *'bad.csv'*'3'*"'1e9' is no time"* ]]
    [[ ${stderr_lines[2]} == *'bad.csv'*'4'*"'nan' is no time"* ]]
    [[ ${stderr_lines[3]} == *'bad.csv'*'5'*"'tel' stands in this file twice"* ]]
    printf 'service,supplier\ntel,power\nbank,ban' >cut.csv
    run -1 m depend check --services services.csv --suppliers cut.csv --lang en
    [[ $output == *'cut.csv'*'3'*"no service 'ban'"* ]]
    { printf 'code'; for i in $(seq 5000); do printf ',c%s' "$i"; done; echo; } >wide.csv
    run -1 m depend check --services wide.csv --suppliers suppliers.csv --lang en
    [[ $output == *'wide.csv'*'5001 columns'* ]]
    run -1 m depend check --services services.csv --lang en
    [[ $output == *'both wanted'* ]]
}

@test "a circle that cannot start again is named" {
    printf 'code\na\nb\n' >two.csv
    printf 'service,supplier\na,b\nb,a\n' >circle.csv
    run -0 m depend check --services two.csv --suppliers circle.csv --format json
    [[ $output == *'"remark":"stuck"'* && $output == *'a, b'* ]]
}

@test "a model is taken in, changed, and its files come out as they are kept" {
    # shellcheck disable=SC2046
    run -0 m depend import --model net --org gov --en Net $(files) --note first --lang en
    [[ $output == *'Version'*'1'* ]]
    run -0 m depend models --format csv
    [[ $output == *'net,'* ]]
    run -0 m depend change --model net --service tel --need electricity --buffer 12 --lang en
    run -0 m depend export --model net --what needs
    [ "$output" = $'service,need,buffer\r\ntel,electricity,12\r' ]
    m depend export --model net --what services --out s.csv
    m depend export --model net --what needs --out n.csv
    m depend export --model net --what suppliers --out u.csv
    hash=$(m depend show --model net --format json | sed -n 's/.*"hash":"\([0-9a-f]*\)".*/\1/p' | head -n 1)
    [ "$(cat s.csv n.csv u.csv | sha256sum | cut -c1-64)" = "$hash" ]
    run -1 m depend import --model net --services s.csv --needs n.csv --suppliers u.csv --lang en
    [[ $output == *'nothing is different from version 2'* ]]
    run -0 m depend export --model net --version 1 --what needs
    [[ $output == *'electricity,6'* ]]
    run -0 m journal show --format csv
    [[ $output != *'tel,electricity'* ]]
}

@test "either a model or files, never both; no organisations without a database" {
    # shellcheck disable=SC2046
    run -1 m depend check --model net $(files) --lang en
    [[ $output == *'either a model, or the files'* ]]
    run -1 m depend show --model none --lang en
    [[ $output == *"no model 'none' that you may see"* ]]
}
