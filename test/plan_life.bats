# A plan from its draft to the decision and on, on the command line: steps in order, comments and answers as a file, the two basic plans
# that ship with the program. MEGURI names the program, SOURCE the tree.
bats_require_minimum_version 1.5.0

setup() {
    MEGURI=${MEGURI:-$BATS_TEST_DIRNAME/../build/meguri}
    DATA=$(cd "${SOURCE:-$BATS_TEST_DIRNAME/..}" && pwd)/data/plan
    cd "$BATS_TEST_TMPDIR"
    export LC_ALL=C.UTF-8 MEGURI_LANG=en MEGURI_CLOCK=2007-04-23T01:00:00Z
    printf '%s\n' 'code,name_ja,name_en,rights,order' 'officer,担当,Officer,rates manage approve,30' 'centre,事務局,Centre,rates centre,40' >duties.csv
    printf '%s\n' 'code,parent,kind,order,name_ja,name_en,from,to' 'gov,,government,10,政府,Government,,' \
        'A,gov,ministry,10,甲省,Ministry A,,' 'B,gov,ministry,20,乙省,Ministry B,,' >organisations.csv
    printf '%s\n' 'code,org,name_ja,name_en,mail,from,to' 'pa,A,甲,A,,,' 'pb,B,乙,B,,,' 'pc,gov,中央,C,,,' >people.csv
    printf '%s\n' 'code,duty,org,system,person,deputy_of,from,to' 'oa,officer,A,,pa,,,' 'ob,officer,B,,pb,,,' 'c,centre,gov,,pc,,,' >posts.csv
    for what in duties organisations people posts; do m registry import --what "$what" --file "$what.csv" >/dev/null; done
    printf '%s\n' 'kind,key,title_ja,title_en,owners' 'measure,1,一,One,A' 'measure,2,二,Two,B' >items.csv
    m --as pc plan new --plan p1 --kind annual --title_ja 年度計画 --since 2007-04-01 --until 2008-03-31 >/dev/null
    m --as pc plan import --plan p1 --file items.csv >/dev/null
}
m() { "$MEGURI" --db m.db "$@"; }

@test "from the draft to the decision, and a revision; what does not fit says what to do" {
    run -1 --separate-stderr m --as pc plan decide --plan p1
    [[ $stderr == *"neither ministries nor the public were asked"* ]]
    m --as pc plan circulate --plan p1 --due 2007-04-23
    m --as pa plan remark --plan p1 --no 1 --text "say when"
    m --as pc plan consult --plan p1 --until 2007-05-22
    m --as pc plan comment --plan p1 --text "=1+1" --label "a company"
    m --as pc plan answer --plan p1 --comment r1 --comment c1 --text "so it will be" --change "no. 1 says when"
    export MEGURI_CLOCK=2007-06-14T01:00:00Z
    m --as pc plan decide --plan p1 --meeting seisaku-12
    run -1 --separate-stderr m --as pc plan import --plan p1 --file items.csv
    [[ $stderr == *"is decided"* ]]
    m --as pc plan keep --plan p1 --why "the measures cover it" --meeting seisaku-15
    m --as pc plan revise --plan p1 --why "a new threat"
    sed 's/,Two,/,Two and more,/; s/二/二と他/' items.csv >items2.csv
    m --as pc plan import --plan p1 --file items2.csv
    run -0 m --as pc --format csv plan compare --plan p1
    [[ $output == *"Two and more"* ]]
    run -0 m --as pb --format json plan editions --plan p1
    [[ $output == *'"step":"keep"'* && $output != *'"step":"revise"'* ]] # a draft is not a ministry's to see
}

@test "comments with their answers come as a file, without formulas" {
    m --as pc plan consult --plan p1 --until 2007-05-22 --why "the ministries were asked by letter"
    m --as pc plan comment --plan p1 --text "=1+1" --label "a company" --group money
    m --as pc plan answer --plan p1 --comment c1 --text "thank you"
    run -0 m --as pc --format csv plan comments --plan p1 --source public
    [[ $output == *"a company"* && $output == *"thank you"* && $output != *",=1+1"* ]]
    m --as pc --format xlsx --out comments.xlsx plan comments --plan p1 --source public
    [ -s comments.xlsx ]
}

@test "the two basic plans: 28 pictures, judged with evidence; a stale judgement shows both" {
    for n in 1 2; do
        m plan new --plan basic-$n --kind basic --org gov --title_ja "第${n}次" --since $((2003 + 3 * n))-04-01 --until $((2006 + 3 * n))-03-31 >/dev/null
        m plan import --plan basic-$n --file "$DATA/basic-$n.csv" >/dev/null
    done
    m plan decide --plan basic-2 --why "as published" --public >/dev/null
    run -0 m --format json plan pictures --plan basic-2
    [[ $(grep -o '"no":"[a-z]*-[1-4]"' <<<"$output" | sort -u | wc -l) -eq 28 ]]
    m plan judge --plan basic-2 --no people-1 --state partly --text "slow" --evidence measure:p1/2 >/dev/null
    run -0 m plan judge --plan basic-2 --no people-1 --state attained --text "quick" --revision 0
    [[ $output == *slow* && $output == *quick* ]]
    run -0 m --format json plan picture --plan basic-2 --no people-1
    [[ $output == *'"measure":"p1/2"'* && $output == *slow* && $output != *quick* ]]
    run -0 m --lang ja plan compare --plan basic-1 --with basic-2
    [[ $output == *"情報を預ける側の主体"* ]]
}
