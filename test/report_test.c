/* The room report: a doc as bytes and back, templates as data, the life of a document with its two pairs of eyes. */
#include "inspect_kit.h"

#include "face/face.h"
#include "report/report.h"
#include "surface/record.h"

/* ---- a doc with every block a view can tell ---- */

static const struct column sample_columns[] = {
    {"org", CELL_ORG, N("Organisation"), 0, "inspect rates", "org"},
    {"text", CELL_TEXT, N("Text"), 0, NULL, NULL},
    {"n", CELL_INT, N("Reported on"), COL_DETAIL, NULL, NULL},
    {"rate", CELL_RATE, N("Coverage rate"), COL_BAR, NULL, NULL, NULL, "n"},
    {"day", CELL_DATE, N("Base date"), 0, NULL, NULL},
    {"at", CELL_TIME, N("At"), 0, NULL, NULL},
    {"state", CELL_ENUM, N("State"), 0, NULL, NULL},
    {"clause", CELL_CLAUSE, N("Clause"), 0, NULL, NULL},
    {"flag", CELL_BOOL, N("Overdue"), COL_DATA, NULL, NULL},
    {"exact", CELL_DECIMAL, N("Value"), 0, NULL, NULL},
    {"span", CELL_MINUTES, N("At"), 0, NULL, NULL},
    {"do", CELL_TEXT, N("Define"), 0, "case define", "kind"}, /* a button: not kept */
};

static void sample(struct doc *d, bool button)
{
    static const struct column plain[] = {{"a", CELL_TEXT, N("Text"), 0, NULL, NULL}};
    const struct rate rate = {true, 0.73333333333333328, 733, 11, 15};
    size_t n = sizeof sample_columns / sizeof *sample_columns - !button;
    d->provisional = true;
    d->handling = M("Confidentiality 1: published");
    doc_title(d, S("題|title\twith\\signs"));
    doc_note(d, M("Fiscal year %1"), S("2007"));
    doc_heading(d, M("Comments"));
    doc_text(d, S("one\nline | two\\"));
    doc_fact_of(d, "coverage", M("Coverage rate"), C_RATE(rate), M("of %1 texts"), S("19"));
    doc_fact(d, "none", M("State"), C_NONE);
    doc_show(d, &(struct show){.kind = SHOW_BARS, .label = "org", .goal_of = "state", .values = {"rate", "n"}, .goal = 950});
    doc_table(d, "figures", sample_columns, n);
    doc_row(d, (const struct cell[]){C_ORG(S("A"), S("甲省"), S("Ministry A"), 1), C_BOTH(S("語"), S("word")), C_INT(-5), C_RATE(rate),
                                     C_DATE(13626), C_TIME(TEST_NOW), C_ENUM(S("draft")), C_CLAUSE(S("2(a)")), C_BOOL(1), ((struct cell){.type = CELL_DECIMAL, .i = 5230, .depth = 2}), C_MINUTES(4100), C_TEXT(S("x"))});
    doc_row(d, (const struct cell[]){C_NONE, C_TEXT(S("")), C_NONE, C_RATE(((struct rate){0})), C_NONE, C_NONE, C_NONE, C_NONE, C_BOOL(0), C_NONE, C_NONE, C_NONE});
    doc_table_end(d);
    doc_form(d, &(struct form){.act = "case define"});
    DOC_TABLE(d, "inside", plain);
    DOC_ROW(d, C_TEXT(S("of a form: not kept")));
    doc_table_end(d);
    doc_form_end(d);
    doc_heading(d, M("Contents")); /* over nothing: not kept */
}

static str recorded(struct work *w, enum lang lang, struct record_wanted wanted)
{
    struct recorder *r;
    str bytes;
    sample(record_begin(w, lang, &wanted, &r), true);
    assert_ok(w, record_end(r, &bytes));
    return bytes;
}

/* ---- faces, into memory ---- */

struct taken {
    struct out out;
    struct buf b;
};
static bool take(struct out *o, str s)
{
    buf_add(&((struct taken *)o)->b, s);
    return true;
}

static str shown(struct work *w, const struct format *f, enum lang lang, str record)
{
    struct taken t = {.out = {.put = take}, .b = buf_in(arena_beside(w))};
    const struct page page = {.view = S("report show"), .title = M("One report"), .lang = lang, .style = {.columns = 100}};
    struct doc *d = f->begin(w, &t.out, &page);
    if (record.n != 0) {
        assert_ok(w, record_replay(w, record, &(struct record_as){0}, d));
    } else {
        doc_title(d, S("題|title\twith\\signs"));
        d->provisional = true;
        d->handling = M("Confidentiality 1: published");
        doc_heading(d, M("Comments")); /* what the record leaves out is left out here by hand */
        const struct rate rate = {true, 0.73333333333333328, 733, 11, 15};
        doc_text(d, S("one\nline | two\\"));
        doc_fact_of(d, "coverage", M("Coverage rate"), C_RATE(rate), M("of %1 texts"), S("19"));
        doc_fact(d, "none", M("State"), C_NONE);
        doc_show(d, &(struct show){.kind = SHOW_BARS, .label = "org", .goal_of = "state", .values = {"rate", "n"}, .goal = 950});
        doc_table(d, "figures", sample_columns, sizeof sample_columns / sizeof *sample_columns - 1);
        doc_row(d, (const struct cell[]){C_ORG(S("A"), S("甲省"), S("Ministry A"), 1), C_BOTH(S("語"), S("word")), C_INT(-5), C_RATE(rate),
                                         C_DATE(13626), C_TIME(TEST_NOW), C_ENUM(S("draft")), C_CLAUSE(S("2(a)")), C_BOOL(1), ((struct cell){.type = CELL_DECIMAL, .i = 5230, .depth = 2}), C_MINUTES(4100)});
        doc_row(d, (const struct cell[]){C_NONE, C_TEXT(S("")), C_NONE, C_RATE(((struct rate){0})), C_NONE, C_NONE, C_NONE, C_NONE, C_BOOL(0), C_NONE, C_NONE});
        doc_table_end(d);
        doc_note(d, M("Fiscal year %1"), S("2007"));
    }
    f->end(d);
    return buf_str(&t.b);
}

/* A record says the same in every face and language as the doc it was made of. */
static void replays_the_same(struct work *w)
{
    static const enum lang both[] = {LANG_EN, LANG_JA};
    for (size_t l = 0; l < 2; l++) {
        str record = recorded(w, both[l], (struct record_wanted){0});
        for (const struct format *const *f = formats; *f != NULL; f++) {
            str direct = shown(w, *f, both[l], (str){"", 0}), again = shown(w, *f, both[l], record);
            if (!str_eq(direct, again))
                fail_msg("%s differs:\n%.*s\n---\n%.*s", (*f)->name, (int)(direct.n < 4000 ? direct.n : 4000), direct.p,
                         (int)(again.n < 4000 ? again.n : 4000), again.p);
        }
        struct recorder *r; /* and makes the same record again */
        str second;
        assert_ok(w, record_replay(w, record, &(struct record_as){0}, record_begin(w, both[l], &(struct record_wanted){0}, &r)));
        assert_ok(w, record_end(r, &second));
        assert_true(str_eq(record, second));
    }
}
static void test_replays_the_same(void **state)
{
    (void)state;
    on_sqlite(replays_the_same);
}

/* The bytes are for ever: whoever changes them makes another version. */
static void golden(struct work *w)
{
    static const char wanted[] = "R\t1\nI\t題\\ptitle\\twith\\\\signs\nH\tConfidentiality 1: published\nP\nh\tComments\nx\tone\\nline \\p two\\\\\n"
                                 "f\tcoverage\tCoverage rate\tof 19 texts\tr|0.73333333333333328|733|11|15\n"
                                 "f\tnone\tState\t\t-\n"
                                 "s\tbars\torg\t\t\t\t\tstate\trate n\t950\t0\t0\n"
                                 "T\tfigures\t11\n"
                                 "c\torg\torganisation\tOrganisation\t0\t\nc\ttext\ttext\tText\t0\t\nc\tn\tint\tReported on\t1\t\n"
                                 "c\trate\trate\tCoverage rate\t2\tn\nc\tday\tdate\tBase date\t0\t\nc\tat\ttime\tAt\t0\t\n"
                                 "c\tstate\tenum\tState\t0\t\nc\tclause\tclause\tClause\t0\t\nc\tflag\tbool\tOverdue\t8\t\nc\texact\tdecimal\tValue\t0\t\n"
                                 "c\tspan\tminutes\tAt\t0\t\n"
                                 "r\to|A|甲省|Ministry A|1\tt||語|word\ti|-5\tr|0.73333333333333328|733|11|15\td|13626\tT|1177290000\t"
                                 "e|draft||draft\tc|2(a)||\tb|1\tm|5230|2\ts|4100\n"
                                 "r\t-\tt|||\t-\tr\t-\t-\t-\t-\tb|0\t-\t-\n"
                                 "e\nn\tFiscal year 2007\nZ\n";
    assert_str(recorded(w, LANG_EN, (struct record_wanted){0}), wanted);
    str cut = recorded(w, LANG_EN, (struct record_wanted){.tables = S("figures"), .rows = 1});
    assert_true(str_find(cut, S("Shown are the first 1 of 2 rows.")) > 0);
    assert_true(str_find(recorded(w, LANG_EN, (struct record_wanted){.tables = S("-")}), S("\nT\t")) < 0);
}
static void test_golden(void **state)
{
    (void)state;
    on_sqlite(golden);
}

/* Cut off at any place, or changed in any byte: refused, or another record; never half told. */
static void refuses(struct work *w)
{
    str good = recorded(w, LANG_JA, (struct record_wanted){0});
    for (size_t n = 0; n < good.n; n++) {
        struct kept *k = kept_new(w);
        if (n + 1 == good.n) break; /* without the very last line end it is cut off too, but the last line is read */
        assert_int_equal(record_replay(w, str_sub(good, 0, n), &(struct record_as){0}, &k->doc), INVALID);
        assert_int_equal(k->n_facts + k->n_tables + k->n_notes, 0);
        w->faults = (struct faults){0};
    }
    char *bytes = arena_alloc(w->a, good.n);
    static const char signs[] = "\t\n|\\Z0-x";
    for (size_t i = 0; i < good.n; i++)
        for (size_t s = 0; s < sizeof signs - 1; s++) {
            struct arena_mark mark = arena_mark(w->a);
            struct doc silent = doc_silent(w);
            memcpy(bytes, good.p, good.n);
            bytes[i] = signs[s];
            enum err e = record_replay(w, (str){bytes, good.n}, &(struct record_as){0}, &silent);
            assert_true(e == OK || e == INVALID);
            w->faults = (struct faults){0};
            arena_back(w->a, mark);
        }
}
static void test_refuses(void **state)
{
    (void)state;
    on_sqlite(refuses);
}

/* What names persons is not kept; nor what is too much. */
static void limits(struct work *w)
{
    static const struct column columns[] = {{"who", CELL_PERSON, N("By"), 0, NULL, NULL}};
    struct recorder *r;
    str bytes, long_text = {arena_alloc(w->a, 1 << 20), 1 << 20};
    memset((char *)(uintptr_t)long_text.p, 'x', long_text.n);
    struct doc *d = record_begin(w, LANG_EN, &(struct record_wanted){0}, &r);
    DOC_TABLE(d, "people", columns);
    DOC_ROW(d, C_PERSON(S("p1"), S("秘"), S("")));
    doc_table_end(d);
    assert_err(w, record_end(r, &bytes), DENIED);
    assert_fault(w, "named persons");
    d = record_begin(w, LANG_EN, &(struct record_wanted){0}, &r);
    for (int i = 0; i < 5; i++) doc_text(d, S("%1"), long_text);
    assert_err(w, record_end(r, &bytes), INVALID);
    assert_fault(w, "4 MiB");
    int64_t gone, come;
    assert_ok(w, record_changed(w, S("a\nb\nb\nc\n"), S("b\nd\nc\n"), &gone, &come));
    assert_int_equal(gone, 2);
    assert_int_equal(come, 1);
}
static void test_limits(void **state)
{
    (void)state;
    on_sqlite(limits);
}

/* ---- templates ---- */

#define HEAD "what,code,level,ja,en,view,arguments,tables,rows,rules,guide_ja,guide_en,text_ja,text_en\n"
#define SMALL                                                                                                             \
    HEAD "template,small,0,小,Small,,,,,owner=organisation,,,{org}の{fy}の報告,{org} in {fy}\n"                           \
         "text,intro,1,はじめに,Beginning,,,,,,何を,What,{org}について,About {org}\n"                                     \
         "heading,body,1,本体,Body,,,,,,,,,\n"                                                                            \
         "figure,cover,0,把握率,Coverage,inspect rates,org={org} round={round} depth=0,,,cell=coverage/coverage compared,,,"  \
         "把握率は{value},Coverage is {value}\n"                                                                          \
         "view,rates,2,率,Rates,inspect rates,org={org} round={round} depth=0,,,,,,,\n"                                   \
         "view,missing,2,無,Missing,nowhere at-all,org={org},,,optional,,,,\n"                                            \
         "text,advice,1,意見,Advice,,,,,by=adviser,,,,\n"

static void templates(struct work *w)
{
    static const struct {
        const char *line, *why;
        int64_t row;
    } bad[] = {
        {"poem,x,1,あ,A,,,,,,,,,\n", "no kind of line", 3},
        {"text,X,1,あ,A,,,,,,,,,\n", "no code of a part", 3},
        {"text,x,9,あ,A,,,,,,,,,\n", "level of a heading", 3},
        {"text,x,a,あ,A,,,,,,,,,\n", "not a whole number", 3},
        {"text,x,1,,A,,,,,,,,,\n", "a name in Japanese", 3},
        {"text,x,1,あ,A,inspect rates,,,,,,,,\n", "only a view and a figure", 3},
        {"view,x,1,あ,A,rates,,,,,,,,\n", "no name of a view", 3},
        {"view,x,1,あ,A,inspect rates,org,,,,,,,\n", "no argument", 3},
        {"view,x,1,あ,A,inspect rates,org={who},,,,,,,\n", "a placeholder there is none of", 3},
        {"view,x,1,あ,A,inspect rates,,,99999,,,,,\n", "how many rows", 3},
        {"view,x,1,あ,A,inspect rates,,,,by=adviser,,,,\n", "no rule of a line", 3},
        {"text,x,1,あ,A,,,,,by=somebody,,,,\n", "no rule of a line", 3},
        {"figure,x,0,あ,A,inspect rates,,,,,,,,\n", "one of the two", 3},
        {"figure,x,0,あ,A,inspect rates,,,,cell=rates,,,,\n", "no rule of a line", 3},
        {"template,y,0,あ,A,,,,,owner=centre,,,,\n", "one template", 3},
        {"text,x,1,あ,A,,,,,,,,,\ntext,x,1,い,B,,,,,,,,,\n", "two parts have the code", 4},
    };
    small_world(w);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        str file = str_fmt(w->a, HEAD "template,t,0,種,Kind,,,,,owner=centre,,,,\n%s", bad[i].line);
        struct ask ask[] = {{.name = "file", .text = str_c(w->a, file), .file = "bad.csv"}, {0}};
        assert_int_equal(through_door(w, "report", "define", ask, kept_new(w)), INVALID);
        assert_int_equal(w->faults.first[0].where.row, bad[i].row);
        check_fault(w, bad[i].why, __FILE__, __LINE__);
    }
    refused(w, INVALID, "owner=centre or owner", "report", "define", FILED(HEAD "template,t,0,種,K,,,,,,,,,\ntext,x,1,あ,A,,,,,,,,,\n"));
    refused(w, INVALID, "has no parts", "report", "define", FILED(HEAD "template,t,0,種,K,,,,,owner=centre,,,,\n"));
    refused(w, NOTFOUND, "ships with the program", "report", "define", {"template", "nothing"});
    struct kept *k = doing(w, "report", "shipped", {0});
    assert_int_equal(rows_of(k, "shipped"), 4);
    for (size_t i = 0; i < 4; i++) {
        str code = cell_in(k, "shipped", i, "template")->text;
        doing(w, "report", "define", {"template", str_c(w->a, code)});
        assert_true(rows_of(doing(w, "report", "template", {"template", str_c(w->a, code)}), "parts") > 4);
    }
}
static void test_templates(void **state)
{
    (void)state;
    each_store(templates);
}

/* ---- the life of a report ---- */

/* Ministry A: a manager poa, one who approves, the adviser; the centre pc; ministry B. */
static void world(struct work *w)
{
    small_world(w);
    doing(w, "registry", "import", {"what", "duties"},
          FILED("code,name_ja,name_en,rights,order\nciso,長,CISO,rates manage approve,5\nciso-adviser,顧問,Adviser,rates,6\n"));
    doing(w, "registry", "import", {"what", "people"},
          FILED("code,org,name_ja,name_en,mail,from,to\npca,A,秘甲最高,,,,\npad,A,秘顧問,,,,\npbd,B,秘乙顧問,,,,\n"));
    doing(w, "registry", "import", {"what", "posts"},
          FILED("code,duty,org,system,person,deputy_of,from,to\nca,ciso,A,,pca,,,\nad,ciso-adviser,A,,pad,,,\nbd,ciso-adviser,B,,pbd,,,\n"));
    doing(w, "report", "define", FILED(SMALL));
}

#define R {"report", "small-A-2007"}

static void written(struct work *w)
{
    become(w, "poa");
    doing(w, "report", "write", R, {"part", "intro"}, {"text_ja", "第一の文\n\n第二の文"}, {"revision", "0"});
    become(w, "pad");
    doing(w, "report", "write", R, {"part", "advice"}, {"text_ja", "意見"});
}

static void drafts(struct work *w)
{
    world(w);
    become(w, "pa1");
    refused(w, DENIED, "", "report", "draft", {"template", "small"});
    become(w, "poa");
    struct kept *k = doing(w, "report", "draft", {"template", "small"}, {"year", "2007"});
    assert_str(fact_text(k, "report"), "small-A-2007");
    assert_int_equal(fact_int(k, "made"), 2);
    assert_int_equal(fact_int(k, "failed"), 1); /* told plainly, and of no harm to the others */
    refused(w, CONFLICT, "go on with it", "report", "draft", {"template", "small"}, {"year", "2007"});
    k = doing(w, "report", "show", R);
    assert_int_equal(rows_of(k, "parts"), 6);
    assert_str(cell_in(k, "parts", 4, "state")->text, "could not be made");
    assert_int_equal(rows_of(k, "rates__coverage"), 1); /* the record of the view, under the name of its part */
    assert_str(fact_text(k, "state"), "draft");
    assert_int_equal(fact_int(k, "written"), 0);
    /* who sees a draft: not staff, not the other ministry, but the centre */
    static const char *const not_theirs[] = {"pa1", "pha", "pob", "pv", "pbd"};
    for (size_t i = 0; i < sizeof not_theirs / sizeof *not_theirs; i++) {
        become(w, not_theirs[i]);
        refused(w, NOTFOUND, "that you may see", "report", "show", R);
        refused(w, NOTFOUND, "that you may see", "report", "comment", R, {"text", "x"});
        refused(w, NOTFOUND, "that you may see", "report", "write", R, {"part", "intro"}, {"text_ja", "x"});
    }
    become(w, "pc");
    doing(w, "report", "show", R);
    become(w, "pad"); /* the adviser writes the adviser's part and no other */
    refused(w, DENIED, "not for your post", "report", "write", R, {"part", "intro"}, {"text_ja", "x"});
    become(w, "poa");
    refused(w, DENIED, "adviser", "report", "write", R, {"part", "advice"}, {"text_ja", "x"});
    refused(w, INVALID, "is assembled from", "report", "write", R, {"part", "rates"}, {"text_ja", "x"});
    refused(w, INVALID, "is not written yet", "report", "review", R);
}
static void test_drafts(void **state)
{
    (void)state;
    each_store(drafts);
}

/* Two write one part: the second sees both texts, nothing is written over, nothing is lost. */
static void two_writers(struct work *w)
{
    world(w);
    become(w, "poa");
    doing(w, "report", "draft", {"template", "small"}, {"year", "2007"});
    doing(w, "report", "write", R, {"part", "intro"}, {"text_ja", "甲の文"}, {"revision", "0"});
    become(w, "pca");
    struct kept *k = doing(w, "report", "write", R, {"part", "intro"}, {"text_ja", "乙の文"}, {"revision", "0"});
    assert_str(fact_text(k, "written"), "kept beside the other");
    assert_str(cell_in(k, "both_texts", 0, "stands")->text, "甲の文");
    assert_str(cell_in(k, "both_texts", 0, "given")->text, "乙の文");
    k = doing(w, "report", "show", R, {"part", "intro"});
    assert_str(cell_in(k, "past", 0, "ja")->text, "乙の文"); /* kept, though not taken over */
    doing(w, "report", "write", R, {"part", "intro"}, {"text_ja", "二人の文"}, {"revision", "1"});
    k = doing(w, "report", "show", R, {"part", "intro"});
    assert_int_equal(rows_of(k, "past"), 2);
    assert_str(cell_at(k, "past", "1", NULL, "ja")->text, "甲の文");
    doing(w, "report", "write", R, {"part", "intro"}, {"text_ja", "二人の文"}, {"revision", "1"}); /* the same twice: once */
    assert_int_equal(rows_of(doing(w, "report", "show", R, {"part", "intro"}), "past"), 2);
}
static void test_two_writers(void **state)
{
    (void)state;
    each_store(two_writers);
}

static void sent(struct work *w)
{
    become(w, "poa");
    doing(w, "report", "draft", {"template", "small"}, {"year", "2007"}, {"due", "2007-05-10"});
    written(w);
    become(w, "poa");
    doing(w, "report", "review", R, {"reviewer", "pha"});
}

static void four_eyes(struct work *w)
{
    world(w);
    become(w, "poa");
    doing(w, "report", "draft", {"template", "small"}, {"year", "2007"});
    written(w);
    become(w, "pca"); /* may approve, but sends it */
    refused(w, NOTFOUND, "no person", "report", "review", R, {"reviewer", "pob"}); /* not within reach */
    doing(w, "report", "review", R, {"reviewer", "pha"});
    refused(w, DENIED, "another person", "report", "approve", R);
    refused(w, CONFLICT, "stands at", "report", "write", R, {"part", "intro"}, {"text_ja", "x"});
    become(w, "pha"); /* was asked to read it, and sees it for that */
    struct reports_waiting waiting;
    assert_ok(w, report_waiting(w, &waiting));
    assert_int_equal(waiting.n, 1);
    assert_str(waiting.first[0].what, "review");
    struct kept *home = doing(w, "home", "", {NULL, NULL});
    assert_int_equal(rows_of(home, "reports_waiting"), 1);
    assert_str(cell_in(home, "reports_waiting", 0, "report")->text, str_c(w->a, waiting.first[0].code));
    doing(w, "report", "comment", R, {"part", "intro"}, {"text", "短い"});
    assert_ok(w, report_waiting(w, &waiting));
    assert_int_equal(waiting.n, 0);
    refused(w, DENIED, "", "report", "approve", R);
    become(w, "pc");
    refused(w, CONFLICT, "not resolved", "report", "approve", R);
    become(w, "poa");
    struct kept *k = doing(w, "report", "show", R);
    const char *comment = str_c(w->a, str_int(w->a, cell_in(k, "comments", 0, "resolve")->i));
    assert_true(k->doc.personal);
    doing(w, "report", "resolve", R, {"comment", comment}, {"answer", "これでよい"});
    refused(w, CONFLICT, "already", "report", "resolve", R, {"comment", comment}, {"answer", "x"});
    become(w, "pc");
    doing(w, "report", "return", R, {"why", "もう一度"});
    become(w, NULL); /* the owner of the database is one person too */
    doing(w, "report", "review", R);
    refused(w, DENIED, "another person", "report", "approve", R);
    become(w, "pc");
    doing(w, "report", "approve", R);
    assert_str(fact_text(doing(w, "report", "show", R), "state"), "frozen");
    refused(w, DENIED, "not for your post", "report", "publish", R); /* of the organisation's own */
}
static void test_four_eyes(void **state)
{
    (void)state;
    each_store(four_eyes);
}

static void frozen_is_frozen(struct work *w)
{
    static const struct sql changed = OPEN("a test", "UPDATE report_part SET text_ja = 'x' WHERE code = 'intro'");
    world(w);
    sent(w);
    become(w, "pca");
    struct kept *k = doing(w, "report", "approve", R);
    str digest = fact_text(k, "digest");
    assert_int_equal(digest.n, SHA256_HEX);
    k = doing(w, "report", "verify", R);
    assert_str(fact_text(k, "intact"), "intact");
    assert_true(str_eq(fact_text(k, "recomputed"), digest));
    str before = fact_text(k, "head");
    assert_int_equal(before.n, SHA256_HEX);
    refused(w, CONFLICT, "stands at", "report", "assemble", R);
    refused(w, CONFLICT, "stands at", "report", "leave-out", R, {"part", "intro"}, {"why", "x"});
    assert_ok(w, store_begin(w));
    assert_ok(w, store_run(w, &changed, NOARGS));
    assert_ok(w, store_commit(w));
    assert_str(fact_text(doing(w, "report", "verify", R), "intact"), "changed since it was frozen");
}
static void test_frozen_is_frozen(void **state)
{
    (void)state;
    each_store(frozen_is_frozen);
}

/* One thing of what readers are shown is changed in the store and put back: the digest tells. */
static void all_that_is_shown(struct work *w)
{
    static const struct sql changes[][2] = {
        {OPEN("a test", "UPDATE report_edition SET approved = approved - 86400"),
         OPEN("a test", "UPDATE report_edition SET approved = approved + 86400")},
        {OPEN("a test", "UPDATE report_edition SET head = head || 'x'"),
         OPEN("a test", "UPDATE report_edition SET head = substr(head, 1, length(head) - 1)")},
        {OPEN("a test", "UPDATE report_part SET name_en = name_en || 'x' WHERE code = 'intro'"),
         OPEN("a test", "UPDATE report_part SET name_en = substr(name_en, 1, length(name_en) - 1) WHERE code = 'intro'")},
        {OPEN("a test", "UPDATE report_part SET left_out = 'x' WHERE code = 'intro'"),
         OPEN("a test", "UPDATE report_part SET left_out = '' WHERE code = 'intro'")},
        {OPEN("a test", "UPDATE report SET title_en = title_en || 'x'"),
         OPEN("a test", "UPDATE report SET title_en = substr(title_en, 1, length(title_en) - 1)")},
    };
    world(w);
    sent(w);
    become(w, "pca");
    doing(w, "report", "approve", R);
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++)
        for (int back = 0; back < 2; back++) {
            assert_ok(w, store_begin(w));
            assert_ok(w, store_run(w, &changes[i][back], NOARGS));
            assert_ok(w, store_commit(w));
            assert_str(fact_text(doing(w, "report", "verify", R), "intact"), back ? "intact" : "changed since it was frozen");
        }
}
static void test_all_that_is_shown(void **state)
{
    (void)state;
    each_store(all_that_is_shown);
}

static enum err note_day(void *to, const struct report_day *d)
{
    struct buf *b = to;
    buf_add(b, d->what);
    buf_byte(b, ' ');
    buf_add(b, date_text(b->a, d->day));
    buf_byte(b, ' ');
    return OK;
}

/* Until its time only its owners see it; then it is public by itself. */
static void embargo(struct work *w)
{
    struct buf days = buf_in(w->a);
    world(w);
    sent(w);
    become(w, "pca");
    doing(w, "report", "approve", R);
    refused(w, INVALID, "no time", "report", "publish", R, {"embargo", "soon"});
    refused(w, INVALID, "lies behind", "report", "publish", R, {"embargo", "2007-04-23 09:00"});
    doing(w, "report", "publish", R, {"embargo", "2007-04-24 14:00"}); /* of Japan: 05:00 UTC */
    assert_str(fact_text(doing(w, "report", "show", R), "state"), "embargo");
    assert_ok(w, report_days(w, 0, 99999, note_day, &days));
    assert_str(buf_str(&days), "appears 2007-04-24 ");
    int64_t public_at = TEST_NOW + DAY + 4 * 3600;
    become(w, "pob");
    w->now = public_at - 1;
    refused(w, NOTFOUND, "that you may see", "report", "show", R);
    become(w, "pha"); /* who read it in review waits like the others */
    refused(w, NOTFOUND, "that you may see", "report", "show", R);
    become(w, "pob");
    w->now = public_at;
    struct kept *k = doing(w, "report", "show", R);
    assert_str(cell_at(k, "parts", "1", NULL, "text")->text, "第一の文\n\n第二の文");
    assert_str(k->doc.handling, "Confidentiality 1: published");
    assert_int_equal(rows_of(doing(w, "report", "list", {0}), "published"), 1);
    refused(w, DENIED, "", "report", "history", R);
    become(w, "pv");
    k = doing(w, "report", "compare", {"template", "small"}, {"year", "2007"});
    assert_int_equal(rows_of(k, "comparison"), 2); /* ministry B has none, and stands there too */
    assert_int_equal(cell_at(k, "comparison", "A", NULL, "cover")->type, CELL_RATE);
    assert_str(cell_at(k, "comparison", "B", NULL, "state")->text, "no report");
    become(w, NULL);
    doing(w, "report", "define", FILED(HEAD "template,plain,0,種,Plain,,,,,owner=centre,,,,\ntext,x,1,あ,A,,,,,,,,,\n"));
    assert_int_equal(rows_of(doing(w, "report", "comparable", {0}), "templates"), 1); /* the other has no figures */
    k = doing(w, "report", "compare", {"template", "plain"}, {"year", "2007"});
    assert_int_equal(kept_table(k, "comparison"), -1);
    w->now = TEST_NOW;
}
/* A correction has the texts of the edition before: it comes no earlier than that. */
static void embargo_and_erratum(struct work *w)
{
    world(w);
    sent(w);
    become(w, "pca");
    doing(w, "report", "approve", R);
    doing(w, "report", "publish", R, {"embargo", "2007-06-01 14:00"});
    become(w, "poa");
    doing(w, "report", "erratum", R, {"wrong", "a"}, {"correct", "b"}, {"why", "c"});
    doing(w, "report", "review", R);
    become(w, "pca");
    doing(w, "report", "approve", R);
    refused(w, CONFLICT, "edition 1 of", "report", "publish", R);
    refused(w, CONFLICT, "waits for its time", "report", "publish", R, {"embargo", "2007-06-01 13:59"});
    become(w, "pob");
    refused(w, NOTFOUND, "no report", "report", "show", R);
    become(w, "pca");
    doing(w, "report", "publish", R, {"embargo", "2007-06-01 14:00"});
    become(w, "pob");
    refused(w, NOTFOUND, "no report", "report", "show", R);
}
static void test_embargo_and_erratum(void **state)
{
    (void)state;
    each_store(embargo_and_erratum);
}

static void test_embargo(void **state)
{
    (void)state;
    each_store(embargo);
}

/* A correction is the next edition; the one before stays as it was, and each points to the other. */
static void errata(struct work *w)
{
    world(w);
    sent(w);
    become(w, "pca");
    doing(w, "report", "approve", R);
    refused(w, CONFLICT, "stands at", "report", "erratum", R, {"wrong", "a"}, {"correct", "b"}, {"why", "c"});
    doing(w, "report", "publish", R);
    become(w, "pob");
    refused(w, DENIED, "", "report", "erratum", R, {"wrong", "a"}, {"correct", "b"}, {"why", "c"});
    become(w, "poa");
    refused(w, INVALID, "is required", "report", "erratum", R, {"wrong", "第一の文"}, {"correct", " "}, {"why", "c"});
    doing(w, "report", "erratum", R, {"wrong", "第一の文"}, {"correct", "正しい文"}, {"why", "誤記"});
    become(w, "pob"); /* the others go on reading the first */
    struct kept *k = doing(w, "report", "show", R);
    assert_str(cell_at(k, "parts", "1", NULL, "text")->text, "第一の文\n\n第二の文");
    assert_int_equal(kept_table(k, "editions"), -1);
    become(w, "poa");
    doing(w, "report", "write", R, {"part", "intro"}, {"text_ja", "正しい文"});
    doing(w, "report", "review", R);
    refused(w, DENIED, "", "report", "approve", R);
    become(w, "pca");
    doing(w, "report", "approve", R);
    doing(w, "report", "publish", R);
    become(w, "pob");
    k = doing(w, "report", "show", R);
    assert_str(cell_at(k, "parts", "1", NULL, "text")->text, "正しい文");
    assert_int_equal(rows_of(k, "editions"), 2);
    assert_int_equal(rows_of(k, "erratum"), 3);
    k = doing(w, "report", "show", R, {"edition", "1"});
    assert_str(cell_at(k, "parts", "1", NULL, "text")->text, "第一の文\n\n第二の文");
    assert_int_equal(rows_of(k, "editions"), 2);
    assert_str(fact_text(doing(w, "report", "verify", R, {"edition", "1"}), "intact"), "intact");
    k = doing(w, "report", "list", {0});
    assert_int_equal(rows_of(k, "published"), 1); /* the newest stands for its report */
    assert_int_equal(cell_in(k, "published", 0, "edition")->i, 2);
}
static void test_errata(void **state)
{
    (void)state;
    each_store(errata);
}

/* What a view says anew is told; what was recorded is what is shown. */
static void assembled_again(struct work *w)
{
    world(w);
    become(w, "poa");
    doing(w, "report", "draft", {"template", "small"}, {"year", "2007"});
    struct kept *k = doing(w, "report", "assemble", R);
    assert_int_equal(fact_int(k, "changed"), 0);
    int64_t known = cell_in(doing(w, "report", "show", R), "rates__coverage", 0, "known")->i;
    become(w, NULL);
    doing(w, "inspect", "import", {"round", "r1"}, {"what", "sheets"},
          FILED("respondent,2(a),2(b),3(a)\ns1,done,done,done\ns2,done,no_occasion,not_done\n"));
    become(w, "poa");
    assert_int_equal(cell_in(doing(w, "report", "show", R), "rates__coverage", 0, "known")->i, known);
    k = doing(w, "report", "assemble", R);
    assert_true(fact_int(k, "changed") > 0);
    k = doing(w, "report", "show", R);
    assert_true(cell_in(k, "rates__coverage", 0, "known_provisional")->i + cell_in(k, "rates__coverage", 0, "known")->i > known);
    assert_int_not_equal(cell_in(k, "parts", 3, "change")->type, CELL_NONE);
}
static void test_assembled_again(void **state)
{
    (void)state;
    each_store(assembled_again);
}

/* The example of doc/recipes.md works as it stands there. */
static void recipe(struct work *w)
{
    const char *root = getenv("SOURCE");
    str path = str_fmt(w->a, "%s/doc/recipes.md", root == NULL ? "." : root);
    FILE *in = fopen(str_c(w->a, path), "rb");
    struct buf b = buf_in(arena_beside(w));
    char piece[4096];
    assert_non_null(in);
    for (size_t n; (n = fread(piece, 1, sizeof piece, in)) > 0;) buf_add(&b, (str){piece, n});
    fclose(in);
    ptrdiff_t from = str_find(buf_str(&b), S("what,code,level,"));
    assert_true(from > 0);
    str rest = str_sub(buf_str(&b), (size_t)from, b.n), file = str_sub(rest, 0, (size_t)str_find(rest, S("```")));
    small_world(w);
    struct ask ask[] = {{.name = "file", .text = str_c(w->a, file), .file = "letter.csv"}, {0}};
    assert_ok(w, through_door(w, "report", "define", ask, kept_new(w)));
    doing(w, "case", "define", {"kind", "finding"});
    doing(w, "case", "open", {"kind", "finding"}, {"org", "a1"}, {"title", "gap"}, {"field.origin", "audit"}, {"field.what", "not done"});
    become(w, "poa");
    struct kept *k = doing(w, "report", "draft", {"template", "letter"}, {"year", "2007"});
    assert_int_equal(fact_int(k, "made"), 2);
    k = doing(w, "report", "show", {"report", "letter-A-2007"});
    assert_int_equal(fact_int(k, "open"), 1);
}
static void test_recipe(void **state)
{
    (void)state;
    on_sqlite(recipe);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_replays_the_same), cmocka_unit_test(test_golden),     cmocka_unit_test(test_refuses),
        cmocka_unit_test(test_limits),           cmocka_unit_test(test_templates),  cmocka_unit_test(test_drafts),
        cmocka_unit_test(test_two_writers),      cmocka_unit_test(test_four_eyes),  cmocka_unit_test(test_frozen_is_frozen),
        cmocka_unit_test(test_embargo),          cmocka_unit_test(test_errata),     cmocka_unit_test(test_assembled_again),
        cmocka_unit_test(test_recipe),           cmocka_unit_test(test_embargo_and_erratum), cmocka_unit_test(test_all_that_is_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
