#!/usr/bin/env bats
# The input-output model on the command line: published cases to all their digits, in the terminal, as JSON and as CSV; tables that are
# refused, with row and column. No database is there, and none is needed. MEGURI names the program.
bats_require_minimum_version 1.5.0

setup_file() {
    export MEGURI_DB=$BATS_FILE_TMPDIR/none.db LC_ALL=C.UTF-8
    cd "$BATS_FILE_TMPDIR"
    printf 'sector,ja,en,one,two\none,一,First,0,0.8\ntwo,二,Second,0.2,0\n' >two.csv
    printf 'sector,a,b,c,d\na,0,.9,0,0\nb,.4,0,0,0\nc,1,.8,0,0\nd,1,.9,0,0\n' >four.csv
    printf 'sector,one,two\none,.15,.5\ntwo,.1,.05\n' >lian.csv
    printf 'sector,two,one,output\none,30,5,100\ntwo,0,10,50\n' >flows.csv
    printf 'sector,mine,make,output,imports\nmine,0,120,5,115\nmake,1,300,1000,0\n' >imports.csv
    cut -d, -f1-4 imports.csv >raw.csv
}
setup() { cd "$BATS_FILE_TMPDIR"; }
m() { "$MEGURI" depend iim "$@"; }
refused() { # FILE-TEXT WORDS…
    printf "$1" >bad.csv
    shift
    run -1 m --"${kind:-coefficients}" bad.csv
    for words; do [[ $output == *"$words"* ]] || { echo "wanted: $words; got: $output"; return 1; }; done
}

@test "Haimes and Jiang 2001: 4/7 and 5/7; nothing is opened for it" {
    run -0 m --coefficients two.csv --start two:60 --format json
    [[ $output == *'"sector":"one"'*'"q":0.57142857,"raw":0.57142857,"clipped":false'*'"q":0.71428571'* ]]
    [ ! -e "$MEGURI_DB" ]
    run -0 m --coefficients two.csv --start two:60 --lang ja
    [[ $output == *一*0.57142857*二*0.71428571* ]]
}

@test "four sectors: two lose more than all, are cut, and it is said which" {
    run -0 m --coefficients four.csv --start b --percent 50 --steps 0 --format json
    [[ $output == *'"q":0.70312500,"raw":0.70312500,"clipped":false'*'"q":0.78125000'*'"q":1.00000000,"raw":1.32812500,"clipped":true'*'"raw":1.40625000,"clipped":true'* ]]
    run -0 m --coefficients four.csv --start b:50
    [[ $output == *'Cut at a loss of all: c, d.'* ]]
    run -0 m --coefficients four.csv --start b:50 --lang ja
    [[ $output == *'切り詰めました：c、d。'* ]]
}

@test "Lian and Haimes 2006: at rest, step by step, and areas by the trapezoid rule" {
    run -0 m --coefficients lian.csv --start two:10 --steps 0 --decimals 7 --format csv
    [[ $output == *',0.0660066,'*',0.1122112,'* ]]
    run -0 m --coefficients lian.csv --start two:10 --k 0.2 --steps 10 --format json
    [[ $output == *'"sector":"one","t":2,'*'"q":0.00200000'*'"sector":"one","t":10,'*'"q":0.03497395'* ]]
    [[ $output == *'"sector":"two","t":2,'*'"q":0.03620000'*'"sector":"two","t":10,'*'"q":0.09424428'* ]]
    run -0 m --coefficients lian.csv --start two:10 --k one:0.2 --k two:.2 --lasts 30 --steps 99 --decimals 6 --format json
    [[ $output == *'"area":1.980144'*'"area":3.366317'* ]]
}

@test "back to one per cent after so many steps" {
    printf 's,x\nx,0\n' >alone.csv
    run -0 m --coefficients alone.csv --already x:50 --recovery 100 --steps 100 --format json
    [[ $output == *'"k":0.04605170'* && $output == *'"t":0,'*'"q":0.50000000'* ]]
    run -1 m --coefficients alone.csv --already x:50 --recovery x:3
    [[ $output == *"sector 'x' cannot be back to one per cent of its loss so soon: it takes 5 steps at least"* ]]
}

@test "deliveries: who is supplied loses on the supply side, who supplies on the demand side; money" {
    run -0 m --flows flows.csv --start one:50 --steps 0 --format json
    [[ $output == *'"q":0.56179775'*'"loss":56'*'"q":0.33707865'*'"loss":17'* ]] # .5/.89, .3/.89
    [[ $output == *'"sector":"two","with_one":0.60000000'* && $output == *'imports were not taken out'* ]]
    run -0 m --flows flows.csv --side demand --start one:50 --steps 0 --format json
    [[ $output == *'"q":0.11235955'* && $output == *'"sector":"one","with_one":0.05000000,"with_two":0.30000000'* ]]
    run -0 m --flows flows.csv --start one:50 --lasts 0 --already one:100 --k 1 --steps 1 --per day --format json
    [[ $output == *'"facts"'*'"loss_in_all"'* ]]
}

@test "imports taken out, mining is below all; as they stand it is above" {
    run -0 m --flows imports.csv --side demand --start make:5 --steps 0 --format json
    [[ $output == *'"q":0.07153076,"raw":0.07153076,"clipped":false'* && $output != *'imports were not taken out'* ]]
    run -0 m --flows raw.csv --side demand --start make:5 --steps 0 --format json
    [[ $output == *'"q":1.00000000,"raw":1.7'*'"clipped":true'* && $output == *'imports were not taken out'* ]]
}

@test "indices of Setola" {
    printf 's,a,b,c\na,.5,.2,.4\nb,.1,0,.3\nc,0,.6,.2\n' >setola.csv
    run -0 m --coefficients setola.csv --decimals 4 --format csv --steps 0
    [[ $output == *$'a,0.3000,0.0500,'*$'b,0.2000,0.4000,'*$'c,0.3000,0.3500,'* ]]
}

@test "without an answer nothing is shown of losses" {
    printf 's,a,b\na,0,2\nb,3,0\n' >grows.csv
    run -0 m --coefficients grows.csv --start a --format json
    [[ $output == *'There is no answer'*'is 2.449, and has to be below 1'* && $output != *'"name": "sectors"'* && $output != *over_time* ]]
    printf 's,a,b\na,0,1\nb,1,0\n' >swings.csv
    run -0 m --coefficients swings.csv --start a
    [[ $output == *'There is no answer'* ]]
}

@test "a model of services on files" {
    local d=$BATS_TEST_DIRNAME/../data/depend/ten-sectors
    run -0 m --services "$d/services.csv" --needs "$d/needs.csv" --suppliers "$d/suppliers.csv" --crews "$d/crews.csv" --start ci-power:50 --format json
    [[ $output == *'"sector":"ci-telecom"'* && $output == *'read out of the model'* && $output == *'on average within 24 hours'* ]]
    run -1 m --services "$d/services.csv" --suppliers "$d/suppliers.csv" --coefficients two.csv
    [[ $output == *'give one of --coefficients, --flows and --model'* ]]
}

@test "common threats of a model on files" {
    local d=$BATS_TEST_DIRNAME/../data/depend/ten-sectors
    t() { "$MEGURI" depend threats --services "$d/services.csv" --needs "$d/needs.csv" --suppliers "$d/suppliers.csv" --threats "$d/threats.csv" --crews "$d/crews.csv" "$@"; }
    run -0 t --format json
    [[ $output == *'"name": "cyber__hits"'*'"name": "unintentional__hits"'*'"name": "disaster__hits"'*'"name": "threats"'* ]]
    [[ $output == *'"threat":"cy-router"'* ]]
    run -0 t --cause disaster --format csv
    [[ $output == *di-quake* && $output != *cy-router* ]]
    run -0 t --threat cy-router --lang ja
    [[ $output == *サイバー攻撃* && $output == *被害を受け得る分野* ]]
    run -1 t --threat none
    [[ $output == *"no threat 'none'"* ]]
}

@test "of a stored model: services of others are counted and not named; a model out of reach is not there" {
    export MEGURI_DB=$BATS_TEST_TMPDIR/stored.db
    "$MEGURI" demo load >/dev/null
    printf 'code,sector,org,tags,weight\nsecret-one,power,kou,x,3\nown-one,power,otsu,x,1\nopen-one,water,,x,1\n' >s.csv
    printf 'service,supplier\nopen-one,secret-one\n' >u.csv
    printf 'code,cause,hits,failure_en\nt,cyber,tag:x,All of it\n' >t.csv
    "$MEGURI" depend import --model m --services s.csv --suppliers u.csv --threats t.csv --en Of_kou --org kou --shared >/dev/null
    run -0 "$MEGURI" depend threats --model m --threat t --as p01080 --format json
    [[ $output == *own-one* && $output == *open-one* && $output != *secret-one* ]]
    [[ $output == *'1 services of operators, whose figures are theirs'* && $output == *'"sector":"power","services":2,"share":1'* ]]
    run -0 "$MEGURI" depend threats --model m --as p01080 --format csv
    [[ $output != *secret-one* && $output == *'All of it'* ]]
    run -0 m --model m --start power:50 --as p01080 --format json
    [[ $output == *'"sector":"water","with_power":1.0000'* && $output != *secret-one* ]]
    "$MEGURI" depend import --model n --services s.csv --suppliers u.csv --threats t.csv --en Of_kou --org kou >/dev/null
    run -1 m --model n --as p01080
    local hidden=$output
    run -1 m --model z --as p01080
    [ "${hidden//\'n\'/\'z\'}" = "$output" ]
    run -1 "$MEGURI" depend threats --model n --as p01080
}

@test "refused, with file, row and column" {
    refused 's,a,b\na,0,x\nb,0,0\n' "bad.csv:2:3 (b)" "'x' is no number"
    refused 's,a,b\na,0,nan\nb,inf,0\n' "'nan' is no number" "'inf' is no number"
    refused 's,a,b\na,0,-0.5\nb,0,0\n' "'-0.5' is negative"
    refused 's,a,b\na,0,\nb,0,0\n' "a number is wanted here"
    refused 's,a,b\na,0,1001\nb,0,0\n' "above the limit of 1000"
    refused 's,a,b\na,0,1\n' "sector 'b' has a column and no row"
    refused 's,a,b\na,0,1\nb,0,0\nc,0,0\n' "bad.csv:4:" "no column is named 'c'"
    refused 's,a,b\na,0,1\na,0,0\n' "bad.csv:3:1 (s)" "sector 'a' has a row already"
    refused 's,a,a\na,0,1\n' "occurs twice"
    refused 's,a b\na,0\n' "'a b' is no code of a sector"
    refused 's,ja,en\nx,y,z\n' "no column names a sector"
    refused 's,a,b\na,0,1\nb,0' "bad.csv:3:"
    refused 's,a,imports\na,0,1\n' "sector 'imports' has a column and no row"
    kind=flows refused 's,a\na,1\n' "a column 'output' is missing"
    kind=flows refused 's,a,output\na,1,0\n' "bad.csv:2:" "leave 'a' out"
    { printf s; printf ',s%s' {1..501}; echo; } >wide.csv
    run -1 m --coefficients wide.csv
    [[ $output == *'501 sectors are more than the 500 that fit'* ]]
}

@test "what is asked wrongly" {
    for wrong in '--start three' '--start one:101' '--start one:nan' '--start one --start one:5' '--k 1.5' '--k three:0.5' '--steps -1' '--steps 900000' \
        '--length 0' '--decimals 13' '--within 6' '--flows flows.csv' '--model x' '--lasts -1' '--percent x --start one' '--recovery x' '--k one:.1 --recovery one:20'; do
        run -1 m --coefficients two.csv $wrong
        [ -n "$output" ]
    done
    run -1 m
}
