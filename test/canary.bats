#!/usr/bin/env bats
# What belongs to one ministry shows in nothing that another's post is given: every view and file of the rooms that hold
# organisations' data, in every face and both languages. MEGURI names the program.
bats_require_minimum_version 1.5.0

setup_file() {
    export MEGURI_DB=$BATS_FILE_TMPDIR/canary.db LC_ALL=C.UTF-8
    "$MEGURI" demo load >/dev/null
    cd "$BATS_FILE_TMPDIR"
    # Things of 甲省 that could leak: an exception, a note, a move, a reason, a correction that makes an erratum.
    "$MEGURI" inspect answers --round demo-2026 --org kou-b1-s1 --out a.csv
    local one two
    one=$(sed -n 2p a.csv | cut -d, -f1)
    two=$(sed -n 3p a.csv | cut -d, -f1)
    printf 'number,respondent,organisation,clause,from,to,reason\nkou-secret-1,%s,,2.2.1(1)(c),2026-01-01,2026-12-31,甲省の秘密\n' "$one" >e.csv
    "$MEGURI" inspect import --round demo-2026 --file e.csv >/dev/null
    "$MEGURI" inspect move --round demo-2026 --respondent "$two" --to kou-b1-s2 --why 甲省の異動 >/dev/null
    "$MEGURI" inspect reason --round demo-2026 --respondent "$two" --reason left --why 甲省の退職 >/dev/null
    "$MEGURI" inspect reason --round demo-2025 --respondent "$one" --reason left --why 甲省の退職 --correction 甲省の訂正 >/dev/null || true
    "$MEGURI" inspect approve --round demo-2026 --org kou >/dev/null
    "$MEGURI" inspect reopen --round demo-2026 --org kou --why 甲省の再開 >/dev/null
    local due
    due=$("$MEGURI" inspect round --round demo-2026 --format json | sed -n 's/.*"due":"\([0-9-]*\)".*/\1/p')
    "$MEGURI" inspect extend --round demo-2026 --org kou-b1 --why 甲省の延長 --until "$(date -d "$due + 7 days" +%F)" >/dev/null
    "$MEGURI" registry enter-date --code kou-date --kind inspect --name_ja 甲省の点検 --from 06-01 --until 06-30 --org kou >/dev/null
    # Cases: of each kind that ships one, opened in 甲省 by somebody with names in it.
    for kind in exception finding permit practice recommendation; do "$MEGURI" case define --kind $kind >/dev/null; done
    "$MEGURI" case open --kind finding --org kou-b1-s1 --title 甲省の指摘 --round demo-2026 --clause '2.2.1(1)(c)' --field.origin other --field.what 甲省の内容 >/dev/null
    "$MEGURI" case open --kind exception --org kou-b1-s1 --title 甲省の例外 --respondent "$one" --clause '2.2.1(1)(c)' --field.reason 甲省の理由 --field.measure 甲省の措置 --field.from 2026-01-01 --field.until 2026-12-31 >/dev/null
    "$MEGURI" case open --kind practice --org kou --title 甲省の取組み --field.before 甲省 --field.after 甲省 --field.effect 甲省 >/dev/null
    # A recommendation to 甲省 upon a finding, and one to 乙庁 that comes from the same finding, which it may not see.
    local upon
    upon=$("$MEGURI" case list --kind finding --all --format csv | sed -n 's/^\(finding-[0-9]*-[0-9]*\),甲省の指摘.*/\1/p')
    for to in kou otsu; do
        about=甲省の勧告
        [ $to = kou ] || about=勧告
        "$MEGURI" case open --kind recommendation --org $to --title $about --source "case:$upon" --source "clause:baseline-2/2.2.1(1)(c)" --field.what $about --field.why $about --field.due 2027-03-31 >/dev/null
    done
    # A series that 甲省 keeps for itself.
    printf 'what,series,period,value,ja,unit_ja,org,source_ja\nseries,kou-secret,,,甲省の割合,%%,kou,\ndefinition,kou-secret,2026,,甲省の定義,,,甲省の資料\nvalue,kou-secret,2026,52.3,甲省の注記,,,\n' >series.csv
    "$MEGURI" series import --file series.csv >/dev/null
    # A plan that 甲省 keeps, one that is out to its own bureaus, what it said of the centre's plan, and a draft of the centre's.
    local officer
    officer=$("$MEGURI" registry posts --org kou --duty inspection-officer --format csv | sed -n 's/^kou-inspection-officer-[0-9]*,.*,\(p[0-9]*\),.*/\1/p' | head -n 1)
    for plan in kou-draft kou-sent; do
        "$MEGURI" plan new --plan $plan --kind annual --org kou --title_ja 甲省の計画 --title_en 'Kou plan' --since 2026-04-01 --until 2027-03-31 >/dev/null
        printf 'kind,key,level,title_ja,text_ja,owners,links\nheading,h1,1,甲省の章,,,\nmeasure,1,,甲省の施策,甲省の本文,kou,see measure:demo-2026/3 | see measure:demo-2027/900\n' >plan.csv
        "$MEGURI" plan import --plan $plan --file plan.csv >/dev/null
    done
    "$MEGURI" plan circulate --plan kou-sent --due 2099-12-31 --ask kou-b1 >/dev/null
    "$MEGURI" plan remark --plan kou-sent --org kou-b1 --no 1 --text 甲省の意見 >/dev/null
    "$MEGURI" plan watch --plan kou-sent --text 甲省の情勢 >/dev/null
    "$MEGURI" plan update --plan demo-2026 --no 2 --owner kou --status 4 --text 甲省の進捗 --as "$officer" >/dev/null
    "$MEGURI" plan settle --plan demo-2026 --no 8 --status 4 --text 甲省の調整 --why 甲省の事情 >/dev/null
    "$MEGURI" plan add-item --plan demo-2027 --kind measure --no 900 --field.title_ja 甲省への施策 --field.owners kou >/dev/null
    # Reports of 甲省: a draft with a comment, one that was frozen, one that waits for its time, and its correction.
    local text
    for report in kou-begun kou-frozen kou-waits; do
        "$MEGURI" report draft --template security-report --org kou --year 2026 --round demo-2025 --plan demo-2026 --code $report >/dev/null
        for text in basics thinking governance goals evaluation education-text audit adviser next; do
            "$MEGURI" report write --report $report --part $text --text_ja 甲省の文章 --text_en 'Kou text' >/dev/null
        done
        [ $report != kou-begun ] || continue
        "$MEGURI" report review --report $report --as "$officer" >/dev/null
        "$MEGURI" report approve --report $report >/dev/null
    done
    "$MEGURI" report comment --report kou-begun --part basics --text 甲省の指摘 >/dev/null
    "$MEGURI" report publish --report kou-waits --embargo '2099-12-31 10:00' >/dev/null
    "$MEGURI" report erratum --report kou-waits --wrong 甲省の誤り --correct 甲省の訂正 --why 甲省の理由 >/dev/null
    # A shared model with services that are 甲省's own, in two versions, and a run of it that was kept.
    printf 'code,ja,en,sector,org,site,tags,repair\nnet,回線,Lines,s1,,,,4\nkou-plant,甲省の設備,Kou plant,s1,kou,kou-site,kou-tag,~5\nkou-relay,甲省の中継,Kou relay,s2,kou,,,2\ntel,電話,Telephone,s2,,,,2..3\n' >services.csv
    printf 'service,need,ja,en,buffer\ntel,kou-plant,,,6\nkou-relay,kou-fuel,甲省の燃料,Kou fuel,2\n' >needs.csv
    printf 'service,supplier,need\ntel,kou-plant,\ntel,net,lines\nkou-plant,kou-relay,\nkou-relay,net,kou-fuel\nnet,kou-plant,\n' >suppliers.csv
    printf 'code,cause,hits\nworm,cyber,tag:kou-tag service:kou-relay service:tel\n' >threats.csv
    "$MEGURI" depend import --model sectors --org demo --ja 各分野 --en Sectors --shared --services services.csv --needs needs.csv --suppliers suppliers.csv --threats threats.csv >/dev/null
    sed -i 's/^tel,kou-plant,,,6/tel,kou-plant,,,9/' needs.csv
    printf 'tel,kou-relay,\n' >>suppliers.csv
    "$MEGURI" depend import --model sectors --services services.csv --needs needs.csv --suppliers suppliers.csv --threats threats.csv >/dev/null
    "$MEGURI" depend simulate --code sectors-run --model sectors --fail s1:24 --runs 5 --backup s2:3 >/dev/null
    otsu=$("$MEGURI" registry posts --org otsu --duty ciso --format csv | sed -n 's/^otsu-ciso-[0-9]*,.*,\(p[0-9]*\),.*/\1/p' | head -n 1)
    [ -n "$otsu" ]
    export otsu
}

# No word of 甲省 in what 乙庁's CISO is told, whatever the exit code.
silent() {
    local told
    told=$("$MEGURI" "$@" --as "$otsu" 2>&1) || true
    ! grep -qE '甲|Kou|kou[-",]' <<<"$told" || { echo "meguri $*"; grep -nE '甲|Kou|kou[-",]' <<<"$told" | head -n 3; return 1; }
}
entries() { "$MEGURI" "$1" --lang en | sed -n 's/^  \([a-z-]*\)  .*/\1/p' | grep -v '^meguri'; }
is_act() { "$MEGURI" "$1" --lang en | grep -E "^  $2 " | grep -q '(act)'; }

@test "the post sees its own, so silence is not for want of words" {
    run -0 "$MEGURI" inspect rates --round demo-2026 --as "$otsu" --lang ja
    [[ $output == *乙庁* ]]
}

@test "every view of inspect" {
    for entry in $(entries inspect); do
        ! is_act inspect "$entry" || continue
        for round in demo-2025 demo-2026 fy2006; do
            for face in "--lang ja" "--format json" "--format csv"; do
                # shellcheck disable=SC2086 # words are meant
                silent inspect "$entry" --round "$round" $face
            done
            silent inspect "$entry" --round "$round" --depth -1 --lang en
            silent inspect "$entry" --round "$round" --edition open --lang ja
            silent inspect "$entry" --round "$round" --names --lang ja
            silent inspect "$entry" --round "$round" --against demo-2025
        done
        silent inspect "$entry"
    done
}

@test "the pages that sum up" {
    for face in "--lang ja" "--lang en" "--format json" "--format csv"; do
        # shellcheck disable=SC2086
        silent home $face
        for round in demo-2025 demo-2026; do
            for clause in '2.2.1(1)(c)' '3.2.4(1)(b)' '5.1.1(1)(a)'; do
                # shellcheck disable=SC2086
                silent inspect clause --round "$round" --clause "$clause" $face
            done
            # shellcheck disable=SC2086
            silent inspect whole --round "$round" --against demo-2025 $face
            # shellcheck disable=SC2086
            silent inspect unit --round "$round" $face
        done
    done
    run -0 "$MEGURI" home --as "$otsu" --lang ja
    [[ $output == *長官官房* ]] # its own bureau stands there
}

@test "every view of registry and the journal" {
    for entry in $(entries registry); do
        ! is_act registry "$entry" || continue
        for face in "--lang ja" "--lang en" "--format json" "--format csv"; do
            # shellcheck disable=SC2086
            silent registry "$entry" $face
            # shellcheck disable=SC2086
            silent registry "$entry" --org otsu $face
        done
    done
    for what in organisations organisation-names links people posts systems calendar; do silent registry export --what $what; done
    silent journal show --last 1000
    silent standard adoptions --edition baseline-2
    silent standard export --edition baseline-2 --what adoptions
}

@test "a text document tells no more than the page" {
    for asked in "home" "registry calendar" "registry organisations" "inspect rates --round demo-2026"; do
        # shellcheck disable=SC2086
        "$MEGURI" $asked --as "$otsu" --lang ja --format docx --out canary.docx
        for part in word/document.xml word/header1.xml word/footer1.xml docProps/core.xml; do
            ! unzip -p canary.docx $part | grep -qE '甲|Kou' || { echo "$asked: $part"; return 1; }
        done
    done
    "$MEGURI" registry calendar --lang ja --format docx --out canary.docx
    unzip -p canary.docx word/document.xml | grep -q 甲省の点検 # it is there for who may see it
}

@test "every view and file of series" {
    run -0 "$MEGURI" series show --series kou-secret --lang ja
    [[ $output == *甲省の定義* ]]
    for entry in $(entries series) show areas parts own; do
        ! is_act series "$entry" || continue
        for face in "--lang ja" "--format json" "--format csv"; do
            # shellcheck disable=SC2086 # words are meant
            silent series "$entry" $face
            for series in inspection-coverage-demo inspection-implementation-demo inspection-attainment-95-demo inspection-grades-demo-demo; do
                # shellcheck disable=SC2086
                silent series "$entry" --series $series $face
            done
        done
    done
    run -1 "$MEGURI" series show --series kou-secret --as "$otsu"
    [[ $output == *"no series 'kou-secret' that you may see"* ]]
    run -1 "$MEGURI" series show --series nothing --as "$otsu"
    [[ $output == *"no series 'nothing' that you may see"* ]]
}

@test "every view of case" {
    for entry in $(entries case) show fields steps; do
        ! is_act case "$entry" || continue
        for face in "--lang ja" "--lang en" "--format json" "--format csv"; do
            # shellcheck disable=SC2086
            silent case "$entry" $face
            for kind in finding exception practice recommendation; do
                fiscal=$(date -d '-3 months' +%Y)
                # shellcheck disable=SC2086
                silent case "$entry" --kind $kind $face
                # shellcheck disable=SC2086
                silent case "$entry" --case "$kind-$fiscal-1" $face
                # shellcheck disable=SC2086
                silent case "$entry" --case "$kind-$fiscal-1" --step accept $face
            done
        done
    done
    for n in 1 2 3; do
        silent case show --case "recommendation-$fiscal-$n" --format json
        silent plan why --case "recommendation-$fiscal-$n" --format json
    done
    silent case export --kind recommendation
    silent plan candidates --lang ja
    run -0 "$MEGURI" case list --all --kind recommendation --as "$otsu" --lang ja
    [[ $output == *勧告* ]] # it sees what was recommended to itself
    silent case list --all --lang ja
    silent home --lang ja
    run -0 "$MEGURI" case list --all --lang ja
    [[ $output == *甲省の例外* ]] # it is there for who may see it
}

# A plan in sight names 甲省 as an owner, and what was frozen of it is for all: what else 甲省 says or keeps is marked.
marked='甲省の(計画|章|施策|本文|意見|情勢|進捗|調整|事情|文章|指摘|誤り|訂正|理由)|甲省への施策|Kou (plan|text)|kou-(draft|sent|begun|frozen|waits)'
unmarked() {
    local told
    told=$("$MEGURI" "$@" --as "$otsu" 2>&1) || true
    told=${told//「$asked」/} # what was asked for by name is said again
    told=${told//\'$asked\'/}
    told=${told//\"$asked\"/}
    ! grep -qE "$marked" <<<"$told" || { echo "meguri $*"; grep -nE "$marked" <<<"$told" | head -n 3; return 1; }
}

@test "every view and file of plan" {
    run -0 "$MEGURI" plan measure --plan kou-sent --no 1 --lang ja
    [[ $output == *甲省の本文* ]] # it is there for who may see it
    run -0 "$MEGURI" plan history --plan demo-2026 --no 2 --lang ja
    [[ $output == *甲省の進捗* ]]
    for entry in $(entries plan) show measure verify history say headings fields opinion picture why export workbook; do
        ! is_act plan "$entry" || continue
        for asked in demo-2026 kou-draft kou-sent; do
            unmarked plan "$entry" --plan $asked --lang ja
            unmarked plan "$entry" --plan $asked --format json
            unmarked plan "$entry" --plan $asked --no 2 --format json
            [ $asked = demo-2026 ] || continue
            unmarked plan "$entry" --plan $asked --no 8 --format json
            unmarked plan "$entry" --plan $asked --report half --format json
            unmarked plan "$entry" --plan $asked --report year --lang ja
            unmarked plan "$entry" --plan $asked --owner kou --lang en
        done
        unmarked plan "$entry" --lang ja
        unmarked plan "$entry" --into demo-2027 --from demo-2026
    done
    asked=kou-sent
    unmarked plan compare --plan demo-2026 --with kou-sent --lang ja
    unmarked plan opinion --plan kou-sent --comment r1
    asked=
    unmarked plan progress --plan demo-2026 --status 4 --lang ja
    unmarked plan progress --plan demo-2026 --format docx --out canary.docx
    ! unzip -p canary.docx word/document.xml | grep -qE "$marked"
    for page in home "registry calendar" "registry councils" "series list" "find all --q 甲省の"; do
        # shellcheck disable=SC2086
        unmarked $page --lang ja
    done
}

@test "every view and file of report" {
    run -0 "$MEGURI" report show --report kou-waits --lang ja
    [[ $output == *甲省の文章* ]]
    for entry in $(entries report) show codes parts verify history template; do
        ! is_act report "$entry" || continue
        for face in "--lang ja" "--format json"; do
            for asked in kou-begun kou-frozen kou-waits; do
                for edition in "" "--edition 1"; do
                    # shellcheck disable=SC2086
                    unmarked report "$entry" --report $asked $edition $face
                done
            done
            # shellcheck disable=SC2086
            unmarked report "$entry" --template security-report --year 2026 $face
            # shellcheck disable=SC2086
            unmarked report "$entry" $face
        done
    done
    for other in $("$MEGURI" registry posts --format csv | sed -n 's/^demo-auditor-[0-9]*,.*,\(p[0-9]*\),.*/\1/p'); do # what waits for its time waits for auditors too
        "$MEGURI" report show --report kou-frozen --as "$other" >/dev/null
        run -1 "$MEGURI" report show --report kou-waits --edition 1 --as "$other"
    done
}

@test "of plans and reports too, asked for by name it is the same as nothing" {
    for entry in show measure progress status changes silent milestones reports editions comments compare pictures areas owners groups why history headings export candidates; do
        for param in plan into with; do
            here=$("$MEGURI" plan $entry --$param kou-sent --no 1 --as "$otsu" 2>&1) && continue
            nowhere=$("$MEGURI" plan $entry --$param nothing-such --no 1 --as "$otsu" 2>&1) && return 1
            [ "${here//kou-sent/X}" = "${nowhere//nothing-such/X}" ]
        done
    done
    for entry in show parts verify history; do
        for report in kou-begun kou-frozen kou-waits; do
            here=$("$MEGURI" report $entry --report $report --as "$otsu" 2>&1) && return 1
            nowhere=$("$MEGURI" report $entry --report nothing-such --as "$otsu" 2>&1) && return 1
            [ "${here//$report/X}" = "${nowhere//nothing-such/X}" ]
        done
    done
    for act in "write --part basics --text_ja x" "assemble" "review" "comment --text x" "return --why x" "approve" "publish" \
        "erratum --wrong x --correct x --why x" "leave-out --part basics --why x" "resolve --comment 1 --answer x"; do
        # shellcheck disable=SC2086
        here=$("$MEGURI" report $act --report kou-waits --as "$otsu" 2>&1) && return 1
        # shellcheck disable=SC2086
        nowhere=$("$MEGURI" report $act --report nothing-such --as "$otsu" 2>&1) && return 1
        [ "${here//kou-waits/X}" = "${nowhere//nothing-such/X}" ]
    done
    for act in "change --title_ja x" "write --no 1 --field.title_ja x" "add-item --kind measure --no 9 --field.title_ja x" "remove-item --no 1" \
        "circulate --due 2099-12-31" "remark --text x" "consult --until 2099-12-31" "comment --text x" "answer --comment r1 --text x" \
        "decide --why x" "revise --why x" "keep --why x" "watch --text x" "update --no 1 --status 1 --text x" \
        "settle --no 1 --status 1 --text x --why x" "report --report half --due 2099-12-31" "freeze --report half"; do
        # shellcheck disable=SC2086
        here=$("$MEGURI" plan $act --plan kou-sent --as "$otsu" 2>&1) && return 1
        # shellcheck disable=SC2086
        nowhere=$("$MEGURI" plan $act --plan nothing-such --as "$otsu" 2>&1) && return 1
        [ "${here//kou-sent/X}" = "${nowhere//nothing-such/X}" ]
    done
}

@test "every view and file of depend" {
    run -0 "$MEGURI" depend show --model sectors --lang ja
    [[ $output == *甲省の設備* ]] # it is there for who may see it
    run -0 "$MEGURI" depend run --model sectors --fail s1 --as "$otsu" --lang ja
    [[ $output == *電話* ]]
    for entry in $(entries depend) show service failable buffered strikes iim-sectors kept export; do
        ! is_act depend "$entry" || continue
        for face in "--lang ja" "--lang en" "--format json" "--format csv"; do
            for more in "" "--fail s1:24" "--fail net --backup s2:3 --black_start s1" "--fail s1 --runs 5 --failures" "--threat worm" "--version 1 --with 2 --fail net" \
                "--version 2 --with 1 --fail s2" "--service tel" "--service net" "--sector s1" "--by service" "--pairs" "--lost s1=50" "--what suppliers" "--what needs"; do
                # shellcheck disable=SC2086 # words are meant
                silent depend "$entry" --model sectors $more $face
            done
        done
    done
    for face in "--lang ja" "--format json"; do
        # shellcheck disable=SC2086
        silent depend kept --run sectors-run $face
        # shellcheck disable=SC2086
        silent depend runs $face
    done
    run -0 "$MEGURI" depend kept --run sectors-run --as "$otsu" --lang en
    [[ $output == *'a service of an operator'* ]]
    for face in docx xlsx; do
        "$MEGURI" depend run --model sectors --fail s1 --as "$otsu" --lang ja --format $face --out canary.$face
        ! unzip -p canary.$face | grep -aqE '甲|Kou|kou-' || { echo "$face"; return 1; }
    done
}

@test "of services of others, asked for by name it is the same as nothing" {
    for asked in "service --service X" "run --fail X:3" "run --fail net --notice X:2" "run --fail net --backup X:2" "run --fail net --backup tel/X:2" \
        "run --fail net --black_start X" "compare --fail net --other_fail X" "simulate --code x --fail X" "simulate --code x --fail net --backup tel/X:2" \
        "worth --fail X" "order --fail X" "rank --service X" "change --service X --weight 2" "change --service tel --need X --buffer 2"; do
        # shellcheck disable=SC2086 # words are meant
        here=$("$MEGURI" depend ${asked//X/kou-plant} --model sectors --as "$otsu" --lang en 2>&1) && return 1
        # shellcheck disable=SC2086
        nowhere=$("$MEGURI" depend ${asked//X/not-there} --model sectors --as "$otsu" --lang en 2>&1) && return 1
        [ "${here//kou-plant/X}" = "${nowhere//not-there/X}" ] || { echo "$asked: $here / $nowhere"; return 1; }
    done
    "$MEGURI" depend describe --model sectors --shared no >/dev/null
    for asked in "show --model X" "run --model X --fail net" "export --model X" "check --model X" "service --model X --service net" "change --model X --service net --weight 2" \
        "describe --model X --ja x" "simulate --code x --model X --fail net"; do
        # shellcheck disable=SC2086
        here=$("$MEGURI" depend ${asked//X/sectors} --as "$otsu" --lang en 2>&1) && return 1
        # shellcheck disable=SC2086
        nowhere=$("$MEGURI" depend ${asked//X/not-there} --as "$otsu" --lang en 2>&1) && return 1
        [ "${here//sectors/X}" = "${nowhere//not-there/X}" ] || { echo "$asked: $here / $nowhere"; return 1; }
    done
    run -1 "$MEGURI" depend kept --run sectors-run --as "$otsu"
    run -1 "$MEGURI" depend forget --run sectors-run --as "$otsu"
    "$MEGURI" depend describe --model sectors --shared yes >/dev/null
}

@test "asked for by name it is the same as nothing" {
    for entry in rates clauses arisen grades missing answers notes whole unit; do
        here=$("$MEGURI" inspect $entry --round demo-2026 --org kou --as "$otsu" 2>&1) && return 1
        nowhere=$("$MEGURI" inspect $entry --round demo-2026 --org nowhere --as "$otsu" 2>&1) && return 1
        [ "${here//kou/X}" = "${nowhere//nowhere/X}" ]
    done
}
