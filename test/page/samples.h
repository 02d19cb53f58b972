/* The pages of the tests: every block and presentation, of a government that does not exist. */
#ifndef MEGURI_TEST_PAGE_SAMPLES_H
#define MEGURI_TEST_PAGE_SAMPLES_H

#include "cascade.h"

static const struct {
    const char *code, *ja, *en;
    int64_t known, reported;
    int32_t part[5]; /* tenths; 0: left out */
} ministries[] = {
    {"a", "甲省", "Ministry A", 12427, 12546, {961, 963, 963, 962, 944}},
    {"b", "乙庁", "Agency B", 16812, 16863, {988, 979, 982, 963, 970}},
    {"c", "丙省", "Ministry C", 30936, 31140, {986, 970, 978, 961, 964}},
    {"d", "丁省", "Ministry D", 0, 0, {0}},
    {"e", "戊院", "Board E", 843, 843, {999, 998, 994, 992, 995}},
    {"f", "己委員会", "Commission F", 1207, 1207, {977, 986, 967, 962, 948}},
    {"g", "庚省", "Ministry G", 31160, 31335, {985, 968, 967, 977, 952}},
    {"h", "辛庁", "Agency H", 40885, 41873, {985, 977, 970, 950, 929}},
    {"i", "癸省", "Ministry I", 28392, 31097, {818, 811, 792, 775, 554}},
    {"j", "卯委員会", "Commission J", 674, 689, {955, 950, 926, 919, 907}},
};
enum { MINISTRIES = sizeof ministries / sizeof *ministries };

static str both(struct doc *d, const char *ja, const char *en) { return str_of(d->lang == LANG_JA ? ja : en); }

static struct cell share(int64_t n, int64_t of)
{
    return C_RATE(((struct rate){true, (double)n / (double)of, (int32_t)(n * 1000 / of), n, of}));
}
static struct cell org(size_t i, int depth)
{
    return C_ORG(str_of(ministries[i].code), str_of(ministries[i].ja), str_of(ministries[i].en), depth);
}
static struct cell tenths(int32_t t) { return C_RATE(rate_of_tenths(t)); }

static const struct column heat_columns[] = {
    {"org", CELL_ORG, S_INIT("Organisation"), 0, "inspect rates", "org"},
    {"reported", CELL_INT, S_INIT("Reported on"), COL_DETAIL},
    {"coverage", CELL_RATE, S_INIT("Coverage rate"), COL_BAR},
    {"p2", CELL_RATE, S_INIT("第２部"), COL_HEAT, "inspect clauses", "part", "2"},
    {"p3", CELL_RATE, S_INIT("第３部"), COL_HEAT, "inspect clauses", "part", "3"},
    {"p4", CELL_RATE, S_INIT("第４部"), COL_HEAT, "inspect clauses", "part", "4"},
    {"p5", CELL_RATE, S_INIT("第５部"), COL_HEAT, "inspect clauses", "part", "5"},
    {"p6", CELL_RATE, S_INIT("第６部"), COL_HEAT, "inspect clauses", "part", "6"},
};
static const struct column call_columns[] = {
    {"what", CELL_TEXT, S_INIT("What")},
    {"detail", CELL_TEXT, S_INIT("Detail")},
    {"state", CELL_ENUM, S_INIT("State")},
    {"go", CELL_TEXT, S_INIT("Decide"), 0, "inspect grades", "round"},
    {"round", CELL_TEXT, S_INIT("Round"), COL_DATA, NULL, "round"},
};
static const struct column stack_columns[] = {
    {"part", CELL_CLAUSE, S_INIT("Part"), 0, "inspect clauses", "part"},
    {"a100", CELL_RATE, S_INIT("100 %+")},
    {"a95", CELL_RATE, S_INIT("95 %+")},
    {"a90", CELL_RATE, S_INIT("90 %+")},
};
static const struct column change_columns[] = {
    {"part", CELL_CLAUSE, S_INIT("Part")},
    {"now", CELL_RATE, S_INIT("Implementation rate"), 0, NULL, NULL, NULL, "clauses"},
    {"difference", CELL_RATE, S_INIT("Difference")},
    {"clauses", CELL_INT, S_INIT("Clauses"), COL_DATA},
};

static void heat_table(struct doc *d)
{
    doc_show(d, &(struct show){.kind = SHOW_TABLE, .goal = 950});
    DOC_TABLE(d, "parts", heat_columns);
    for (size_t i = 0; i < MINISTRIES; i++) {
        bool out = ministries[i].reported == 0;
        struct cell c[8] = {org(i, 0), out ? C_NONE : C_INT(ministries[i].reported),
                            out ? C_NONE : share(ministries[i].known, ministries[i].reported)};
        for (int k = 0; k < 5; k++) c[3 + k] = out ? C_NONE : tenths(ministries[i].part[k]);
        doc_row(d, c);
    }
    doc_table_end(d);
}

static void calls(struct doc *d)
{
    doc_show(d, &(struct show){.kind = SHOW_CALLS, .label = "what", .detail = "detail", .state = "state"});
    DOC_TABLE(d, "calls", call_columns);
    DOC_ROW(d, C_BOTH(S("癸省の提出期限を延ばすか"), S("Extend the deadline of Ministry I?")),
            C_BOTH(S("把握率91.3%。2,705者が未確認。"), S("Coverage 91.3%; 2,705 unknown.")), C_ENUM(S("lack")),
            C_BOTH(S("判断する"), S("Decide")), C_TEXT(S("fy2007")));
    DOC_ROW(d, C_BOTH(S("文書管理システムの自己点検票"), S("Sheet of the document system")),
            C_BOTH(S("60問のうち41問に回答済み。"), S("41 of 60 answered.")), C_ENUM(S("late")),
            C_BOTH(S("続きから答える"), S("Go on")), C_TEXT(S("fy2007")));
    doc_table_end(d);
}

static void stacked(struct doc *d)
{
    static const int32_t at[][3] = {{625, 808, 918}, {582, 719, 883}, {528, 685, 862}, {503, 614, 819}, {493, 589, 750}};
    static const char *const part[] = {"2", "3", "4", "5", "6"};
    doc_show(d, &(struct show){.kind = SHOW_STACKED, .label = "part", .values = {"a100", "a95", "a90"}, .alone = true});
    DOC_TABLE(d, "attainment", stack_columns);
    for (int i = 0; i < 5; i++)
        DOC_ROW(d, C_CLAUSE(str_of(part[i])), tenths(at[i][0]), tenths(at[i][1]), tenths(at[i][2]));
    doc_table_end(d);
}

static void changes(struct doc *d)
{
    DOC_TABLE(d, "changes", change_columns);
    DOC_ROW(d, C_CLAUSE(S("2")), tenths(971), tenths(9), C_INT(22));
    DOC_ROW(d, C_CLAUSE(S("3")), tenths(968), tenths(-11), C_INT(29));
    DOC_ROW(d, C_CLAUSE(S("4")), tenths(960), tenths(0), C_INT(44));
    doc_table_end(d);
}

static void write_whole(struct doc *d)
{
    d->title = both(d, "政府全体の一枚", "The government on one sheet");
    d->lead = both(d, "令和7年度 自己点検　基準日 令和8年3月31日　対象19機関", "FY2025 inspection, as of 31 Mar 2026");
    d->handling = M("Confidentiality 2: for the organisations concerned only");
    d->provisional = true;
    doc_fact_of(d, "reported", M("Reported on"), C_INT(270474), both(d, "17機関（ほか集計除外2機関）", "17 organisations"));
    doc_fact(d, "coverage", M("Coverage rate"), share(265625, 270474));
    doc_fact_of(d, "rate", M("Implementation rate"), tenths(958), both(d, "目標95.0%（17機関の平均）", "goal 95.0%; mean of 17"));
    doc_fact(d, "due", M("Due date"), C_DATE(DAY_0 + 70));
    doc_grid(d, "side");
    doc_heading(d, both(d, "機関別・部別の実施率（%）", "Implementation by organisation and part (%)"));
    heat_table(d);
    doc_heading(d, both(d, "前回との差", "Change"));
    doc_text(d, both(d, "改定のなかった項目だけで比べる。", "Unchanged clauses only."));
    changes(d);
    doc_grid(d, "next");
    doc_heading(d, both(d, "判断を待つ事項（2件）", "Waiting for a decision (2)"));
    calls(d);
    doc_heading(d, both(d, "到達率（府省庁平均、%）", "Attainment (mean, %)"));
    stacked(d);
    doc_grid(d, "end");
    doc_note(d, both(d, "部の実施率は遵守事項ごとの実施率の単純平均。", "A part's rate is the mean of its clauses' rates."));
}

/* ---- rates ---- */

static const struct column rates_columns[] = {
    {"org", CELL_ORG, S_INIT("Organisation"), 0, "inspect clauses", "org"},
    {"part", CELL_CLAUSE, S_INIT("Part"), 0, "inspect clauses", "part"},
    {"clauses", CELL_INT, S_INIT("Clauses"), COL_DATA},
    {"done", CELL_INT, S_INIT("Done"), COL_DETAIL},
    {"coverage", CELL_RATE, S_INIT("Coverage rate"), COL_BAR},
    {"implementation", CELL_RATE, S_INIT("Implementation rate"), 0, NULL, NULL, NULL, "clauses"},
    {"difference", CELL_RATE, S_INIT("Difference")},
    {"state", CELL_ENUM, S_INIT("State")},
    {"excluded", CELL_BOOL, S_INIT("Left out of the analysis"), COL_DETAIL},
    {"empty", CELL_TEXT, S_INIT("Note")},
};

static void write_rates(struct doc *d)
{
    static const char *const state[] = {"draft", "submitted", "confirmed", "returned", "late", "none"};
    d->handling = M("Confidentiality 2: for the organisations concerned only");
    doc_show(d, &(struct show){.kind = SHOW_BARS, .label = "org", .values = {"implementation"}, .goal = 950});
    DOC_TABLE(d, "rates", rates_columns);
    for (size_t i = 0; i < MINISTRIES; i++) {
        if (ministries[i].reported == 0)
            DOC_ROW(d, org(i, 1), C_CLAUSE(S("2")), C_NONE, C_NONE, C_NONE, C_NONE, C_NONE, C_NONE, C_NONE, C_NONE);
        else
            for (int k = 0; k < (i == 0 ? 2 : 1); k++)
                DOC_ROW(d, org(i, i == 0 ? 0 : 1), C_CLAUSE(k == 0 ? S("2") : S("3")), C_INT(31), C_INT(ministries[i].known),
                        share(ministries[i].known, ministries[i].reported), tenths(ministries[i].part[k]),
                        tenths(i % 3 == 0 ? -11 : 9), C_ENUM(str_of(state[i % 6])), C_BOOL(i == 4), C_NONE);
    }
    doc_table_end(d);
    doc_note(d, M("Counts of groups under five are withheld, and of the next group where subtraction would reveal them."));
}

/* ---- home ---- */

static const struct column ring_columns[] = {
    {"phase", CELL_TEXT, S_INIT("Phase")}, {"from", CELL_DATE, S_INIT("From")}, {"until", CELL_DATE, S_INIT("To")},
    {"state", CELL_ENUM, S_INIT("State")}, {"left", CELL_TEXT, S_INIT("Note"), COL_DATA},
};
static const struct column mine_columns[] = {
    {"duty", CELL_ENUM, S_INIT("Duty")},     {"answered", CELL_RATE, S_INIT("Done")}, {"due", CELL_DATE, S_INIT("Due date")},
    {"state", CELL_ENUM, S_INIT("State")},   {"round", CELL_TEXT, S_INIT("Round"), COL_DATA, NULL, "round"},
    {"go", CELL_TEXT, S_INIT(""), 0, "inspect rates", "round"},
};
static const struct column parts_columns[] = {{"state", CELL_ENUM, S_INIT("State")}, {"sheets", CELL_INT, S_INIT("Sheets")}};

static void write_home(struct doc *d)
{
    d->title = both(d, "令和7年度の自己点検は、実施の段階です", "The FY2025 inspection is being carried out");
    d->lead = both(d, "提出の締切まで5開庁日", "5 working days to the deadline");
    doc_grid(d, "lead");
    doc_heading(d, both(d, "今の段階", "Where we are"));
    doc_show(d, &(struct show){.kind = SHOW_RING, .label = "phase", .detail = "left", .from = "from", .until = "until", .state = "state", .alone = true});
    DOC_TABLE(d, "phases", ring_columns);
    DOC_ROW(d, C_BOTH(S("計画"), S("Plan")), C_DATE(DAY_0 - 137), C_DATE(DAY_0 - 17), C_ENUM(S("past")), C_NONE);
    DOC_ROW(d, C_BOTH(S("実施"), S("Do")), C_DATE(DAY_0 - 16), C_DATE(DAY_0 + 7), C_ENUM(S("now")), C_BOTH(S("締切まで5開庁日"), S("5 days left")));
    DOC_ROW(d, C_BOTH(S("点検"), S("Check")), C_DATE(DAY_0 + 10), C_DATE(DAY_0 + 70), C_ENUM(S("next")), C_NONE);
    DOC_ROW(d, C_BOTH(S("改善"), S("Act")), C_DATE(DAY_0 + 73), C_DATE(DAY_0 + 166), C_ENUM(S("next")), C_NONE);
    doc_table_end(d);
    doc_grid(d, "next");
    doc_heading(d, both(d, "今年度の巡り", "This year's round"));
    doc_show(d, &(struct show){.kind = SHOW_STEPS, .label = "phase", .detail = "until", .state = "state", .alone = true});
    DOC_TABLE(d, "steps", ring_columns);
    DOC_ROW(d, C_BOTH(S("計画"), S("Plan")), C_NONE, C_DATE(DAY_0 - 17), C_ENUM(S("past")), C_NONE);
    DOC_ROW(d, C_BOTH(S("実施"), S("Do")), C_NONE, C_DATE(DAY_0 + 7), C_ENUM(S("now")), C_NONE);
    DOC_ROW(d, C_BOTH(S("点検"), S("Check")), C_NONE, C_DATE(DAY_0 + 70), C_ENUM(S("next")), C_NONE);
    doc_table_end(d);
    doc_grid(d, "end");
    doc_heading(d, both(d, "期限を過ぎたもの", "Overdue"));
    calls(d);
    doc_heading(d, both(d, "私の自己点検票（2票）", "My sheets (2)"));
    doc_show(d, &(struct show){.kind = SHOW_CARDS});
    DOC_TABLE(d, "sheets", mine_columns);
    DOC_ROW(d, C_ENUM(S("staff")), share(13, 25), C_DATE(DAY_0 + 7), C_ENUM(S("draft")), C_TEXT(S("fy2007")), C_BOTH(S("続きから答える"), S("Go on")));
    DOC_ROW(d, C_ENUM(S("system-manager")), share(41, 60), C_DATE(DAY_0 - 3), C_ENUM(S("late")), C_TEXT(S("fy2007")), C_BOTH(S("続きから答える"), S("Go on")));
    doc_table_end(d);
    doc_heading(d, both(d, "総務課の票（24票）", "Sheets of the section (24)"));
    doc_show(d, &(struct show){.kind = SHOW_PARTS, .label = "state", .values = {"sheets"}, .alone = true});
    DOC_TABLE(d, "unit", parts_columns);
    DOC_ROW(d, C_ENUM(S("confirmed")), C_INT(13));
    DOC_ROW(d, C_ENUM(S("submitted")), C_INT(5));
    DOC_ROW(d, C_ENUM(S("draft")), C_INT(1));
    DOC_ROW(d, C_ENUM(S("not-answered")), C_INT(5));
    doc_table_end(d);
}

/* ---- a sheet ---- */

static const struct column question_columns[] = {
    {"no", CELL_INT, S_INIT("No.")},          {"question", CELL_TEXT, S_INIT("Question")}, {"section", CELL_TEXT, S_INIT("Section")},
    {"text", CELL_TEXT, S_INIT("Text")},      {"example", CELL_TEXT, S_INIT("Example")},   {"help", CELL_TEXT, S_INIT("Help")},
    {"answer", CELL_ENUM, S_INIT("Answer")},  {"note", CELL_TEXT, S_INIT("Note")},         {"may_none", CELL_BOOL, S_INIT("May")},
};

static void write_sheet(struct doc *d)
{
    d->title = both(d, "自己点検票　行政事務従事者", "Sheet: staff");
    doc_form(d, &(struct form){.act = "inspect confirm",
                               .given = {{"round", S("fy2007")}},
                               .button = {{NULL, NULL, M("Confirm submitted sheets")}, {"to", "stay", M("Search")}}});
    doc_fact_of(d, "answered", M("Done"), share(13, 25), both(d, "残り12問、約5分", "12 left, some 5 minutes"));
    doc_show(d, &(struct show){.kind = SHOW_QUESTIONS});
    DOC_TABLE(d, "questions", question_columns);
    DOC_ROW(d, C_INT(11), C_TEXT(S("q11")), C_BOTH(S("3　情報の取扱い"), S("3 Handling information")),
            C_BOTH(S("業務の情報を省外へ送るとき、決められた方法で送りましたか。"), S("Did you send information out as laid down?")),
            C_BOTH(S("資料案を委託先へ送るとき、ファイル送受信サービスを使った。"), S("Used the file service.")), C_NONE, C_ENUM(S("done")), C_NONE, C_BOOL(1));
    DOC_ROW(d, C_INT(12), C_TEXT(S("q12")), C_BOTH(S("3　情報の取扱い"), S("3 Handling information")),
            C_BOTH(S("作成した文書に、格付けと取扱制限を付けましたか。"), S("Did you mark your documents?")), C_NONE,
            C_BOTH(S("一部でも付けていなければ「実施していない」を選びます。"), S("If some are not marked, choose Not done.")),
            C_ENUM(S("not_done")), C_TEXT(S("様式が改まる前の資料")), C_BOOL(0));
    DOC_ROW(d, C_INT(13), C_TEXT(S("q13")), C_BOTH(S("4　端末"), S("4 Devices")),
            C_BOTH(S("席を離れるとき、端末の画面をロックしましたか。"), S("Did you lock your screen?")), C_NONE, C_NONE, C_NONE, C_NONE, C_BOOL(1));
    doc_table_end(d);
    doc_form_end(d);
}

/* ---- what data asks for ---- */

static const struct column asked_columns[] = {
    {"name", CELL_TEXT, S_INIT("Parameter")}, {"choice", CELL_TEXT, S_INIT("Choice")}, {"label", CELL_TEXT, S_INIT("Name")},
    {"type", CELL_ENUM, S_INIT("Type")},      {"required", CELL_BOOL, S_INIT("Required")},
    {"help", CELL_TEXT, S_INIT("Explanation")}, {"value", CELL_TEXT, S_INIT("Value")}};

static void write_fields(struct doc *d)
{
    d->title = both(d, "持出し許可", "A permit");
    doc_form(d, &(struct form){.act = "case open", .given = {{"kind", S("permit")}}, .ask = "title"});
    doc_show(d, &(struct show){.kind = SHOW_FIELDS, .alone = true});
    DOC_TABLE(d, "fields", asked_columns);
    DOC_ROW(d, C_TEXT(S("field.class")), C_NONE, C_BOTH(S("区分"), S("Class")), C_ENUM(S("enum")), C_BOOL(1), C_NONE, C_TEXT(S("c2")));
    DOC_ROW(d, C_TEXT(S("field.class")), C_TEXT(S("c1")), C_BOTH(S("機密性1"), S("Class 1")), C_NONE, C_NONE, C_NONE, C_NONE);
    DOC_ROW(d, C_TEXT(S("field.class")), C_TEXT(S("c2")), C_BOTH(S("機密性2"), S("Class 2")), C_NONE, C_NONE, C_NONE, C_NONE);
    DOC_ROW(d, C_TEXT(S("field.what")), C_NONE, C_BOTH(S("内容"), S("What")), C_ENUM(S("long")), C_BOOL(1), C_BOTH(S("数量も"), S("How much")), C_TEXT(S("資料\n3部")));
    DOC_ROW(d, C_TEXT(S("field.until")), C_NONE, C_BOTH(S("終了日"), S("Until")), C_ENUM(S("date")), C_BOOL(0), C_NONE, C_TEXT(S("2007-05-31")));
    DOC_ROW(d, C_TEXT(S("field.n")), C_NONE, C_BOTH(S("数"), S("Number")), C_ENUM(S("int")), C_BOOL(0), C_NONE, C_NONE);
    DOC_ROW(d, C_TEXT(S("field.hash")), C_NONE, C_BOTH(S("値"), S("Hash")), C_ENUM(S("hash")), C_BOOL(0), C_NONE, C_NONE);
    DOC_ROW(d, C_TEXT(S("case")), C_NONE, C_BOTH(S("案件1"), S("Case 1")), C_ENUM(S("flag")), C_BOOL(0), C_NONE, C_TEXT(S("permit-1")));
    doc_table_end(d);
    doc_form_end(d);
}

/* ---- fields made of rows: what a survey asks ---- */

static const struct column answer_columns[] = {
    {"name", CELL_TEXT, S_INIT("Field")},      {"text", CELL_TEXT, S_INIT("Text")},   {"type", CELL_ENUM, S_INIT("Kind")},
    {"choices", CELL_TEXT, S_INIT("Choices")}, {"value", CELL_TEXT, S_INIT("Value")}, {"help", CELL_TEXT, S_INIT("Help")},
};

static void write_answers(struct doc *d)
{
    d->title = both(d, "緊急調査への回答", "Answer the survey");
    doc_form(d, &(struct form){.act = "inspect confirm", .given = {{"round", S("fy2007")}}, .button = {{NULL, NULL, M("Search")}}});
    doc_show(d, &(struct show){.kind = SHOW_ANSWERS});
    DOC_TABLE(d, "fields", answer_columns);
    DOC_ROW(d, C_TEXT(S("value.affected")), C_BOTH(S("該当製品を使っているか"), S("Do you use it?")), C_ENUM(S("yes_no")), C_NONE, C_TEXT(S("yes")), C_NONE);
    DOC_ROW(d, C_TEXT(S("value.fixed")), C_BOTH(S("対策済みか"), S("Is it fixed?")), C_ENUM(S("yes_no")), C_NONE, C_NONE, C_NONE);
    DOC_ROW(d, C_TEXT(S("value.net")), C_BOTH(S("接続先"), S("Network")), C_ENUM(S("choice")), C_TEXT(S("LAN/外部")), C_TEXT(S("外部")), C_NONE);
    DOC_ROW(d, C_TEXT(S("value.until")), C_BOTH(S("対策予定日"), S("By when?")), C_ENUM(S("date")), C_NONE, C_TEXT(S("2007-07-31")), C_TEXT(S("a date")));
    DOC_ROW(d, C_TEXT(S("value.users")), C_BOTH(S("利用者数"), S("Users")), C_ENUM(S("number")), C_NONE, C_NONE, C_NONE);
    DOC_ROW(d, C_TEXT(S("value.version")), C_BOTH(S("版"), S("Version")), C_ENUM(S("text")), C_NONE, C_TEXT(S("1.5 <beta>")), C_NONE);
    doc_table_end(d);
    doc_form_end(d);
}

/* ---- a queue: rows with acts ---- */

static const struct column queue_columns[] = {
    {"person", CELL_PERSON, S_INIT("Person")},
    {"submitted", CELL_TIME, S_INIT("submitted")},
    {"done", CELL_INT, S_INIT("Done")},
    {"not", CELL_INT, S_INIT("Not done")},
    {"state", CELL_ENUM, S_INIT("State")},
    {"confirm", CELL_TEXT, S_INIT("Confirm"), 0, "inspect confirm", "org"},
    {"back", CELL_TEXT, S_INIT("Return"), 0, "inspect move", "respondent"},
};

static void write_queue(struct doc *d)
{
    d->title = both(d, "課室の受付箱", "The section's queue");
    d->handling = M("holds personal data: for those concerned only");
    doc_heading(d, both(d, "確認を待つ票（2票）", "Waiting for confirmation (2)"));
    doc_show(d, &(struct show){.kind = SHOW_CARDS});
    DOC_TABLE(d, "queue", queue_columns);
    DOC_ROW(d, C_PERSON(S("p1"), S("乙川 花子"), S("")), C_TIME(PAGE_NOW - 100000), C_INT(20), C_INT(3), C_ENUM(S("submitted")), C_TEXT(S("a1")), C_TEXT(S("r1")));
    DOC_ROW(d, C_PERSON(S("p2"), S("辛島 明"), S("")), C_TIME(PAGE_NOW - 40000000), C_INT(24), C_INT(0), C_ENUM(S("returned")), C_NONE, C_TEXT(S("r2")));
    doc_table_end(d);
    doc_form(d, &(struct form){.act = "inspect reason", .title = M("Record why nothing is known of a respondent"), .given = {{"round", S("fy2007")}, {"respondent", S("r1")}}, .ask = "reason why", .folded = true});
    doc_form_end(d);
}

/* ---- charts ---- */

static const struct column line_columns[] = {
    {"year", CELL_TEXT, S_INIT("Year")}, {"rate", CELL_RATE, S_INIT("Implementation rate")},
    {"mean", CELL_RATE, S_INIT("mean")}, {"state", CELL_ENUM, S_INIT("State"), COL_DATA}};
static const struct column radar_columns[] = {
    {"field", CELL_TEXT, S_INIT("Field"), 0, "inspect round", "round"}, {"own", CELL_INT, S_INIT("Own")}, {"mean", CELL_INT, S_INIT("mean")}};

static void write_charts(struct doc *d)
{
    static const int32_t rate[] = {662, 698, 723, 741, 704, 749, 787};
    d->title = both(d, "図の見本", "Charts");
    doc_grid(d, "half");
    doc_heading(d, both(d, "回ごとの推移", "Over the rounds"));
    doc_show(d, &(struct show){.kind = SHOW_LINE, .label = "year", .values = {"rate", "mean"}, .state = "state", .goal = 950, .begin = 500, .alone = true});
    DOC_TABLE(d, "series", line_columns);
    for (int i = 0; i < 7; i++)
        DOC_ROW(d, C_TEXT(str_fmt(d->w->a, "%d", 2019 + i)), tenths(rate[i]), tenths(905 + 10 * i), C_ENUM(i == 4 ? S("break") : S("")));
    doc_table_end(d);
    doc_grid(d, "next");
    doc_heading(d, both(d, "レーダー", "Radar"));
    doc_show(d, &(struct show){.kind = SHOW_RADAR, .label = "field", .values = {"own", "mean"}, .alone = true});
    DOC_TABLE(d, "radar", radar_columns);
    DOC_ROW(d, C_BOTH(S("組織"), S("Organisation")), C_INT(41), C_INT(36));
    DOC_ROW(d, C_BOTH(S("物理"), S("Physical")), C_INT(38), C_INT(33));
    DOC_ROW(d, C_BOTH(S("運用"), S("Operation")), C_INT(32), C_INT(31));
    DOC_ROW(d, C_BOTH(S("制御"), S("Control")), C_INT(27), C_INT(30));
    DOC_ROW(d, C_BOTH(S("事故"), S("Incidents")), C_INT(39), C_INT(35));
    doc_table_end(d);
    doc_grid(d, "end");
    doc_heading(d, both(d, "棒（組）", "Grouped bars"));
    doc_show(d, &(struct show){.kind = SHOW_BARS, .label = "year", .values = {"rate", "mean"}});
    DOC_TABLE(d, "bars", line_columns);
    for (int i = 0; i < 3; i++) DOC_ROW(d, C_TEXT(str_fmt(d->w->a, "%d", 2019 + i)), tenths(rate[i]), i == 1 ? C_NONE : tenths(905 + 10 * i), C_NONE);
    doc_table_end(d);
}

/* ---- the rest ---- */

static const struct column tree_columns[] = {{"org", CELL_ORG, S_INIT("Organisation"), 0, "inspect rates", "org"}, {"of", CELL_TEXT, S_INIT("Sheets")}};
static const struct column diff_columns[] = {{"what", CELL_TEXT, S_INIT("What")}, {"was", CELL_TEXT, S_INIT("What stands there now")}, {"is", CELL_TEXT, S_INIT("What you entered")}};

static void write_blocks(struct doc *d)
{
    d->title = both(d, "部品一覧", "Blocks");
    doc_text(d, both(d, "ほかの画面に現れない部品の見本。", "What no other page shows."));
    doc_heading(d, both(d, "木", "Tree"));
    doc_show(d, &(struct show){.kind = SHOW_TREE, .label = "org", .detail = "of"});
    DOC_TABLE(d, "tree", tree_columns);
    static const int depth[] = {0, 1, 2, 2, 1, 3, 0};
    for (size_t i = 0; i < 7; i++) DOC_ROW(d, org(i, depth[i]), C_TEXT(S("13 / 24")));
    doc_table_end(d);
    doc_heading(d, both(d, "差分", "Difference"));
    doc_show(d, &(struct show){.kind = SHOW_DIFF, .label = "what", .values = {"was", "is"}});
    DOC_TABLE(d, "diff", diff_columns);
    DOC_ROW(d, C_TEXT(S("q12")), C_TEXT(S("様式が改まる前に作った資料です。")), C_TEXT(S("様式が改まった後に作った資料です。")));
    DOC_ROW(d, C_TEXT(S("q13")), C_TEXT(S("same")), C_NONE);
    doc_table_end(d);
    doc_heading(d, both(d, "対", "Pairs"));
    doc_show(d, &(struct show){.kind = SHOW_PAIRS, .label = "what", .detail = "was"});
    DOC_TABLE(d, "pairs", diff_columns);
    DOC_ROW(d, C_BOTH(S("回答者"), S("Respondent")), C_TEXT(S("乙川 花子")), C_NONE);
    DOC_ROW(d, C_BOTH(S("期限"), S("Due")), C_TEXT(S("4月24日")), C_NONE);
    doc_table_end(d);
    doc_heading(d, both(d, "空の表", "Empty table"));
    DOC_TABLE(d, "nothing", diff_columns);
    doc_table_end(d);
}

static const struct entry *inspect_entry(const char *name) { return entry_find(&inspect_room, str_of(name)); }

static void write_act(struct doc *d)
{
    page_act_form(d, &inspect_room, inspect_entry("import"));
}
static void write_refused(struct doc *d)
{
    page_faults(d, INVALID);
    page_act_form(d, &inspect_room, inspect_entry("import"));
}
static void write_menu(struct doc *d) { page_menu(d, &inspect_room); }

/* ---- large ---- */

static const struct column row_columns[] = {{"name", CELL_TEXT, S_INIT("Name")}, {"number", CELL_INT, S_INIT("Number")}};

static void write_long(struct doc *d)
{
    DOC_TABLE(d, "rows", row_columns);
    for (int i = 1; i <= 6000; i++) {
        struct arena_mark mark = arena_mark(d->w->a);
        DOC_ROW(d, C_TEXT(str_fmt(d->w->a, "row %d", i)), C_INT(7 * i));
        arena_back(d->w->a, mark);
    }
    doc_table_end(d);
}

/* More than is drawn: steps, charts, boxes. */
static void write_many(struct doc *d)
{
    struct arena *a = arena_beside(d->w);
    doc_show(d, &curve_show);
    LABELLED_TABLE(d, "curves", curve_columns);
    for (int64_t s = 0; s < 70; s++) {
        struct cell label = C_TEXT(str_fmt(a, "service %lld", (long long)s));
        label.type = CELL_ENUM;
        for (int64_t m = 0; m < 300; m++)
            DOC_ROW(d, label, C_MINUTES(m), level_cell(999 - m), C_NONE, C_NONE, C_NONE, level_cell(500));
    }
    doc_table_end(d);
    doc_heading(d, S("Map"));
    write_spread(d, 8);
}

static void write_wide(struct doc *d)
{
    d->title = S("wide");
    DOC_TABLE(d, "rates", rates_columns);
    for (size_t i = 0; i < 200; i++)
        DOC_ROW(d, org(i % MINISTRIES, 1), C_CLAUSE(S("2")), C_INT(31), C_INT((int64_t)i), share((int64_t)i, 200), tenths((int32_t)i),
                tenths(9), C_ENUM(S("confirmed")), C_BOOL(1), C_TEXT(S("注記")));
    doc_table_end(d);
}

static void write_cascade(struct doc *d)
{
    d->title = both(d, "電力が止まると何が起きるか", "What happens when power fails");
    doc_fact(d, "impact", both(d, "最も早い影響", "First impact"), C_MINUTES(12));
    doc_fact(d, "back", both(d, "すべて戻るまで", "All back after"), C_MINUTES(3 * 1440 + 5 * 60 + 20));
    doc_heading(d, both(d, "分野ごとのサービスレベル", "Service level by sector"));
    write_curves(d, 72);
    doc_heading(d, both(d, "波及の地図", "Map of the spread"));
    write_spread(d, 1);
    doc_heading(d, both(d, "波及の連鎖", "The chain"));
    write_chain(d);
    doc_heading(d, both(d, "波及の連鎖（表）", "The chain as a table"));
    write_chain_table(d);
    doc_heading(d, both(d, "どの分野がどの分野に及ぶか", "Who reaches whom"));
    write_reach(d);
}

static const struct sample samples[] = {
    {"cascade", "inspect round", "round=fy2007", write_cascade, false, 0},
    {"whole", "inspect whole", "round=fy2007", write_whole, false, 0},
    {"rates", "inspect rates", "round=fy2007", write_rates, false, 0},
    {"home", "inspect round", "round=fy2007", write_home, false, 0},
    {"sheet", "inspect round", "round=fy2007", write_sheet, false, 0},
    {"fields", "case kinds", "", write_fields, false, 0},
    {"answers", "inspect round", "round=fy2007", write_answers, false, 0},
    {"queue", "inspect missing", "round=fy2007", write_queue, false, 0},
    {"charts", "inspect round", "round=fy2007", write_charts, false, 0},
    {"blocks", "inspect round", "round=fy2007", write_blocks, false, 0},
    {"act", "inspect import", "round=fy2007", write_act, false, 0},
    {"refused", "inspect import", "round=fy2007", write_refused, false, 3},
    {0},
};
static const struct sample large_samples[] = {
    {"long", "inspect rounds", "", write_long, true, 0},
    {"many", "inspect round", "round=fy2007", write_many, true, 0},
    {"wide", "inspect rates", "round=fy2007", write_wide, true, 0},
    {"menu", "inspect rounds", "", write_menu, true, 0},
    {0},
};

static const struct sample *sample_named(const char *name)
{
    for (const struct sample *s = samples; s->name != NULL; s++)
        if (strcmp(s->name, name) == 0) return s;
    for (const struct sample *s = large_samples; s->name != NULL; s++)
        if (strcmp(s->name, name) == 0) return s;
    fail_msg("no sample %s", name);
    return NULL;
}

/* ---- hostile: the same words in every place a word can stand ---- */

#define EVIL "<script>alert('1')</script>\" onfocus=\"x\" ' onfocus='y'&amp;\xE3\x81\x82"

static const struct column evil_columns[] = {
    {"org", CELL_ORG, S_INIT(EVIL), 0, "inspect rates", "org"},
    {"text", CELL_TEXT, S_INIT(EVIL), 0, "inspect clauses", "part"},
    {"clause", CELL_CLAUSE, S_INIT(EVIL)},
    {"person", CELL_PERSON, S_INIT(EVIL)},
    {"state", CELL_ENUM, S_INIT(EVIL)},
    {"rate", CELL_RATE, S_INIT(EVIL), COL_BAR},
    {"heat", CELL_RATE, S_INIT(EVIL), COL_HEAT, "inspect clauses", "part", EVIL},
    {"count", CELL_INT, S_INIT(EVIL)},
    {"from", CELL_DATE, S_INIT(EVIL)},
    {"until", CELL_DATE, S_INIT(EVIL)},
    {"act", CELL_TEXT, S_INIT(EVIL), 0, "inspect confirm", "org"},
};

static void evil_table(struct doc *d, enum show_kind kind)
{
    str e = S(EVIL);
    doc_show(d, &(struct show){.kind = kind, .label = "text", .detail = "person", .state = "state", .from = "from", .until = "until", .values = {"rate", "heat", "count"}, .goal = 950});
    DOC_TABLE(d, EVIL, evil_columns);
    for (int i = 0; i < 4; i++)
        DOC_ROW(d, C_ORG(e, e, e, i), C_BOTH(e, e), ((struct cell){.type = CELL_CLAUSE, .text = e, .ja = e, .en = e}), C_PERSON(e, e, S("")),
                C_ENUM(i == 1 ? S("now") : e), tenths(900), tenths(300), C_INT(-5), C_DATE(DAY_0), C_DATE(DAY_0 + 9), C_TEXT(e));
    doc_table_end(d);
}

static void evil_times(struct doc *d, enum show_kind kind)
{
    static const struct column columns[] = {
        {"text", CELL_TEXT, S_INIT(EVIL), 0, "inspect rates", "org"}, {"person", CELL_PERSON, S_INIT(EVIL)}, {"at", CELL_MINUTES, S_INIT(EVIL)},
        {"rate", CELL_RATE, S_INIT(EVIL)}, {"because", CELL_TEXT, S_INIT(EVIL)}, {"state", CELL_ENUM, S_INIT(EVIL)},
    };
    bool curves = kind == SHOW_CURVES;
    doc_show(d, &(struct show){.kind = kind, .label = "text", .detail = curves ? "at" : "person", .state = "state", .from = curves ? "rate" : "at",
                               .until = curves ? "rate" : "at", .values = {"rate", curves ? "rate" : "because"}, .goal_of = "rate"});
    DOC_TABLE(d, EVIL, columns);
    for (int i = 0; i < 3; i++)
        DOC_ROW(d, C_BOTH(S(EVIL), S(EVIL)), C_PERSON(S(EVIL), S(EVIL), S("")), C_MINUTES(60 * i), tenths(900 - 100 * i), i == 0 ? C_NONE : C_BOTH(S(EVIL), S(EVIL)),
                C_ENUM(i == 1 ? S("cyber") : S(EVIL)));
    doc_table_end(d);
}

static void write_evil(struct doc *d)
{
    d->title = d->lead = S(EVIL);
    d->handling = S(EVIL);
    doc_fact_of(d, EVIL, S(EVIL), C_TEXT(S(EVIL)), S(EVIL));
    doc_heading(d, S(EVIL));
    doc_text(d, S(EVIL));
    doc_note(d, S(EVIL));
    for (int kind = SHOW_TABLE; kind <= SHOW_DIFF; kind++) evil_table(d, (enum show_kind)kind);
    evil_times(d, SHOW_CURVES);
    evil_times(d, SHOW_SPREAD);
    doc_form(d, &(struct form){.act = "inspect reason", .title = S(EVIL), .given = {{"round", S(EVIL)}}, .ask = "reason why", .button = {{EVIL, EVIL, S(EVIL)}}});
    evil_table(d, SHOW_TABLE);
    doc_show(d, &(struct show){.kind = SHOW_ANSWERS});
    DOC_TABLE(d, "fields", answer_columns);
    for (int i = 0; i < 3; i++)
        DOC_ROW(d, C_TEXT(S(EVIL)), C_TEXT(S(EVIL)), C_ENUM(i == 0 ? S("yes_no") : i == 1 ? S("choice") : S("date")), C_TEXT(S(EVIL)), C_TEXT(S(EVIL)), C_TEXT(S(EVIL)));
    doc_table_end(d);
    doc_show(d, &(struct show){.kind = SHOW_QUESTIONS});
    DOC_TABLE(d, "questions", question_columns);
    DOC_ROW(d, C_INT(1), C_TEXT(S(EVIL)), C_BOTH(S(EVIL), S(EVIL)), C_TEXT(S(EVIL)), C_TEXT(S(EVIL)), C_TEXT(S(EVIL)), C_ENUM(S(EVIL)), C_TEXT(S(EVIL)), C_BOOL(1));
    doc_table_end(d);
    doc_show(d, &(struct show){.kind = SHOW_FIELDS});
    DOC_TABLE(d, "asked", asked_columns);
    DOC_ROW(d, C_TEXT(S(EVIL)), C_NONE, C_TEXT(S(EVIL)), C_ENUM(S(EVIL)), C_BOOL(1), C_TEXT(S(EVIL)), C_TEXT(S(EVIL)));
    DOC_ROW(d, C_TEXT(S(EVIL)), C_TEXT(S(EVIL)), C_TEXT(S(EVIL)), C_NONE, C_NONE, C_NONE, C_NONE);
    DOC_ROW(d, C_TEXT(S(EVIL)), C_NONE, C_TEXT(S(EVIL)), C_ENUM(S("long")), C_BOOL(1), C_TEXT(S(EVIL)), C_TEXT(S(EVIL)));
    DOC_ROW(d, C_TEXT(S(EVIL)), C_NONE, C_TEXT(S(EVIL)), C_ENUM(S("flag")), C_BOOL(1), C_TEXT(S(EVIL)), C_TEXT(S(EVIL)));
    doc_table_end(d);
    doc_form_end(d);
}

static void write_evil_form(struct doc *d)
{
    d->title = S(EVIL);
    fault_note(d->w, INVALID, (struct where){.file = S(EVIL), .row = 1, .field = S(EVIL)}, (const str[]){S(EVIL)}, 1);
    page_faults(d, INVALID);
    page_act_form(d, &inspect_room, inspect_entry("open"));
}

static const struct sample hostile_samples[] = {
    {"evil", "inspect rates", "round=%3Cscript%3Ealert('1')%3C/script%3E\"+onfocus=\"x\"&org=%22+onfocus%3D%22y&find.rows=%22%3E", write_evil, false, 0},
    {"evil form", "inspect open", "code=%3Cscript%3Ealert(1)%3C/script%3E%22+onfocus%3D%22&round=%22%3E", write_evil_form, false, 1},
    {0},
};

#endif
