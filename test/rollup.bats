# Two instances: a ministry's own one makes a signed roll-up, the centre takes it; as a file, and over HTTP between two
# servers of this machine. MEGURI names the program.
bats_require_minimum_version 1.5.0

setup() {
    MEGURI=${MEGURI:-$BATS_TEST_DIRNAME/../build/meguri}
    cd "$BATS_TEST_TMPDIR"
    export LC_ALL=C.UTF-8 MEGURI_LANG=en
    printf '%s\n' 'code,name_ja,name_en,rights,order' 'staff,職員,Staff,answer,10' 'head,責任者,Head,answer confirm names rates,20' \
        'officer,担当,Officer,names rates manage,30' 'centre,事務局,Centre,rates centre,40' 'administrator,管理者,Administrator,administer,50' >duties.csv
    printf '%s\n' 'code,parent,kind,order,name_ja,name_en,from,to' 'A,,ministry,10,甲省,Ministry A,,' \
        'a1,A,bureau,10,甲一局,Bureau A1,,' 'a2,A,bureau,20,甲二局,Bureau A2,,' >orgs-m.csv
    printf '%s\n' 'code,parent,kind,order,name_ja,name_en,from,to' 'gov,,government,10,政府,Government,,' \
        'A,gov,ministry,10,甲省,Ministry A,,' 'B,gov,ministry,20,乙省,Ministry B,,' >orgs-c.csv
    printf '%s\n' 'code,org,name_ja,name_en,mail,from,to' 'pA,A,秘密 太郎,Taro Himitsu,taro@example.go.jp,,' >people-m.csv
    printf '%s\n' 'code,duty,org,system,person,deputy_of,from,to' >posts-m.csv
    for i in 1 2 3 4 5 6 7; do echo "zs$i,staff,a$((i % 2 + 1)),,,,," >>posts-m.csv; done
    printf '%s\n' 'zh1,head,a1,,,,,' 'zoA,officer,A,,pA,,,' >>posts-m.csv
    printf '%s\n' 'code,org,name_ja,name_en,mail,from,to' 'pc,gov,中央,Centre,,,' 'pg,A,窓口,Gate,,,' >people-c.csv
    printf '%s\n' 'code,duty,org,system,person,deputy_of,from,to' 'c1,centre,gov,,pc,,,' 'g1,officer,A,,pg,,,' >posts-c.csv
    printf '%s\n' 'code,parent,title_ja,title_en' '2,,組織,Organisation' '3,,情報,Information' >sections.csv
    printf '%s\n' 'number,section,parent,level,duty,no_occasion,text_ja,text_en' '2(a),2,,basic,staff,no,一,One' \
        '2(b),2,,basic,staff,yes,二,Two' '2(c),2,,basic,head,no,三,Three' '3(a),3,,basic,staff,yes,四,Four' >clauses.csv
    printf '%s\n' 'respondent,organisation,duty,state,2(a),2(b),3(a)' 'zs1,a2,staff,confirmed,done,no_occasion,not_done' \
        'zs2,a1,staff,confirmed,not_done,done,done' 'zs3,a2,staff,confirmed,done,done,no_occasion' \
        'zs4,a1,staff,submitted,done,done,done' >sheets.csv
    instance m A 2007-03-31 "" && instance c gov 2007-03-31 "--aggregate A"
    m inspect import --round r1 --file sheets.csv >/dev/null
}
teardown() {
    for pid in ${SERVERS:-}; do kill -KILL "$pid" 2>/dev/null || true; done
}
m() { "$MEGURI" --db m.db --lang en "$@"; }
c() { "$MEGURI" --db c.db --lang en "$@"; }
# instance NAME FRAME BASE MORE
instance() {
    for what in duties organisations people posts; do
        file=$what.csv
        [ "$what" = duties ] || file=${what/organisations/orgs}-$1.csv
        "$1" registry import --what "$what" --file "$file" >/dev/null || return 1
    done
    "$1" standard edition --code e1 --catalogue std --title_ja 基準 >/dev/null
    "$1" standard import --edition e1 --what sections --file sections.csv >/dev/null
    "$1" standard import --edition e1 --what clauses --file clauses.csv >/dev/null
    "$1" standard decide --edition e1 >/dev/null
    "$1" inspect open --code r1 --title_ja 点検 --edition e1 --frame "$2" --base "$3" $4 >/dev/null
}
keys() {
    m inspect rollup-key --file m.key >key.txt
    PUBLIC=$(grep -o 'meguri-key ed25519 [0-9a-f]*' key.txt)
    c inspect rollup-trust --org A --key "$PUBLIC" >/dev/null
}
document() {
    m inspect rollup --round r1 --org A --key m.key >/dev/null && m inspect rollup-file --round r1 --org A --out A.rollup
}
# serve NAME ARG…: starts on a free port; sets URL.
serve() {
    name=$1
    shift
    "$MEGURI" --db "$name.db" serve --listen 127.0.0.1:0 "$@" 2>"$name.log" 3>&- &
    SERVERS="${SERVERS:-} $!"
    for _ in $(seq 100); do
        URL=$(sed -n 's/.*"event":"ready","url":"\([^"]*\)".*/\1/p' "$name.log")
        [ -z "$URL" ] || return 0
        sleep 0.1
    done
    cat "$name.log"
    return 1
}

@test "a key: a file for its owner alone, never written over, in no database" {
    keys
    [ "$(stat -c %a m.key)" = 600 ]
    run -1 m inspect rollup-key --file m.key
    [[ $output == *"never written over"* ]]
    secret=$(grep -o '[0-9a-f]\{64\}' m.key)
    run ! grep -l "$secret" key.txt m.db m.db-wal
    chmod 644 m.key
    run -1 m inspect rollup --round r1 --org A --key m.key
    [[ $output == *"chmod 600"* ]]
}

@test "by file: the centre's figures of the ministry are the ministry's own" {
    keys
    document
    c inspect rollup-import --round r1 --file A.rollup
    for view in rates clauses grades; do
        m --format csv inspect $view --round r1 --org A --depth 0 | sed 1d >m.csv
        c --format csv inspect $view --round r1 --org A --depth 0 | sed 1d >c.csv
        [ -s m.csv ]
    done
    m --format json inspect rates --round r1 --org A --depth 0 >m.json
    c --format json inspect rates --round r1 --org A --depth 0 >c.json
    python3 - <<'PY'
import json
def rates(f):
    t = {t['name']: t['rows'] for t in json.load(open(f))['tables']}
    return [{k: v for k, v in r.items() if 'provisional' not in k} for r in t['rates']]
m, c = rates('m.json'), rates('c.json')
assert m and m == c, (m, c)
PY
    run -0 c inspect rollup-import --round r1 --file A.rollup # the same again
    [[ $output == *"taken before"* ]]
    cp A.rollup old.rollup
    document
    c inspect rollup-import --round r1 --file A.rollup
    run -1 c inspect rollup-import --round r1 --file old.rollup
    [[ $output == *"an old roll-up does not come back"* ]]
    run -0 c --format json inspect rollups --round r1
    [[ $output == *'"sequence":2'* || $output == *'"sequence": 2'* ]]
    [ "$(c journal verify >/dev/null && echo good)" = good ]
}

@test "a roll-up holds no person, no post and no respondent" {
    keys
    document
    run ! grep -E '"(pA|zs[0-9]|zh1|zoA|a1|a2)"|zs[0-9]|zoA|Himitsu|秘密|taro|Bureau|甲一局' A.rollup
    [ "$(wc -l <A.rollup)" = 2 ]
}

@test "systems that are not named: a total, here and there" {
    keys
    m inspect unnamed --round r1 --org A --systems 7 --checked 6 --on 2026-03-31 --by 官房
    run -1 m inspect unnamed --round r1 --org A --systems 7 --checked 8 --on 2026-03-31 --by 官房
    document
    c inspect rollup-import --round r1 --file A.rollup
    run -0 c inspect unnamed-systems --round r1
    [[ $output == *7*6*2026-03-31* ]]
    run -0 c inspect whole --round r1
    [[ $output == *"not named"*7* ]]
    run ! grep 官房 A.rollup
}

@test "over HTTP: signed and sent by the server, taken once, answered, shown" {
    keys
    c account token --as pg --label ministry --acts >token.txt
    grep -o 'meguri_[A-Za-z0-9_-]*' token.txt >centre.token
    serve c
    centre=$URL
    serve m --centre "$centre" --centre_token_file centre.token --rollup_key m.key
    m inspect rollup-send --round r1 --org A
    for _ in $(seq 60); do
        m inspect rollups --round r1 | grep -q taken && break
        sleep 0.5
    done
    run -0 m inspect rollups --round r1
    [[ $output == *taken*"Taken by the centre."* ]]
    run -0 c inspect rollups --round r1
    [[ $output == *stands* ]]
    # revoked: the centre's words come back
    c inspect rollup-revoke --key "$(sed -n 's/.*\([0-9a-f]\{16\}\)$/\1/p' key.txt | tail -1)" --why stolen
    m inspect rollup-send --round r1 --org A
    for _ in $(seq 60); do
        m inspect rollups --round r1 | grep -q refused && break
        sleep 0.5
    done
    run -0 m --lang ja inspect rollups --round r1
    echo "$output"
    [[ $output == *失効* ]]
}

@test "no centre but over TLS, and none without its token; a queue waits without a server" {
    keys
    echo meguri_0123456789abcdef >centre.token
    run -1 m serve --listen 127.0.0.1:0 --centre http://centre.example.go.jp --centre_token_file centre.token
    [[ $output == *"not https"* ]]
    run -1 m serve --listen 127.0.0.1:0 --centre https://centre.example.go.jp
    [[ $output == *"go together"* ]]
    chmod 640 m.key
    run -1 m serve --listen 127.0.0.1:0 --rollup_key m.key
    [[ $output == *"chmod 600"* ]]
    m inspect rollup-send --round r1 --org A
    run -0 m inspect rollups --round r1
    [[ $output == *"not signed"* || $output == *unsigned* ]]
    run -1 m inspect rollup-file --round r1 --org A
    [[ $output == *"not signed yet"* ]]
}
