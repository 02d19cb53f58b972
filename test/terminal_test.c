/* The faces of the command line, byte for byte, and what they are made of. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "face/face.h"
#include "cli/layout.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "face/told.h"
#include "cli/wrap.h"
#include "format/json.h"

/* ---- a doc of everything ---- */

/* Labels are no message ids: what stands here does not change with a translation. */
#define COLUMNS(org, arisen, rate, grade, remark, on, closed)                                                                \
    {                                                                                                                       \
        {"org", CELL_ORG, S_INIT(org), 0, NULL, NULL}, {"arisen", CELL_INT, S_INIT(arisen), 0, NULL, NULL},                  \
        {"implementation", CELL_RATE, S_INIT(rate), COL_BAR, NULL, NULL},                                                    \
        {"grade", CELL_ENUM, S_INIT(grade), 0, NULL, NULL}, {"remark", CELL_TEXT, S_INIT(remark), 0, NULL, NULL},            \
        {"on", CELL_DATE, S_INIT(on), COL_DETAIL, NULL, NULL}, {"closed", CELL_BOOL, S_INIT(closed), COL_DETAIL, NULL, NULL}, \
    }
static const struct column columns_en[] =
    COLUMNS("Organisation:", "Arisen:", "Implementation rate:", "Grade:", "Remark:", "As of:", "Closed:");
static const struct column columns_ja[] =
    COLUMNS("機関:", "責務あり:", "実施率（平均）:", "評価:", "備考:", "基準日:", "確定:");

static struct rate rate(double value, int32_t tenths, int64_t n, int64_t d)
{
    return (struct rate){.defined = true, .value = value, .tenths = tenths, .n = n, .d = d};
}

static void write_doc(struct doc *d)
{
    doc_heading(d, S("Rates: %1"), S("fy2006"));
    doc_note(d, S("%1 機関の平均:"), S("19"));
    doc_fact(d, "round", S("回:"), C_TEXT(S("fy2006")));
    doc_fact(d, "mean", S("府省庁平均:"), C_RATE(rate(0.75, 750, 3, 4)));
    doc_text(d, S("Figures: exact."));
    doc_table(d, "rates", d->lang == LANG_JA ? columns_ja : columns_en, 7);
    DOC_ROW(d, C_ORG(S("gov"), S("政府"), S("Government"), 0), C_INT(1234567), C_RATE(rate(0.999, 999, 999, 1000)),
            C_ENUM(S("B")), C_TEXT(S("情報システムの構成要素について、対策の見直しが必要。")), C_DATE(13603), C_BOOL(1));
    DOC_ROW(d, C_ORG(S("env"), S("環境省"), S("Ministry of the Environment"), 1), C_INT(812), C_RATE(rate(0.5, 500, 1, 2)),
            C_ENUM(S("D")), C_NONE, C_NONE, C_BOOL(0));
    DOC_ROW(d, C_ORG(S("mod"), S("防衛省"), S("Ministry of Defence"), 1), C_NONE, C_NONE, C_NONE,
            C_TEXT(S("=1+1\033[31m\nred")), C_NONE, C_NONE);
    doc_table_end(d);
}

struct shot {
    struct work w;
    char *text;
    size_t n;
};

static struct shot shoot(const struct format *format, enum lang lang, struct style style, void (*write)(struct doc *))
{
    struct shot s = {.w = {.a = arena_new(0), .now = 1164067200}};
    struct out out = {.to = open_memstream(&s.text, &s.n)};
    static const struct param params[] = {{"round", P_CODE, 0, NULL, NULL, N("")},
                                          {"org", P_ORG, MANY, NULL, NULL, N("")}};
    static const struct arg arg[] = {
        {.param = &params[1], .text = S_INIT("env")}, {.param = &params[0], .text = S_INIT("fy2006")},
        {.param = &params[1], .text = S_INIT("mod")},
    };
    static const struct args in = {arg, 3};
    const struct page page = {S("inspect rates"), S("Rates:"), &in, lang, style};
    struct doc *d = format->begin(&s.w, &out, &page);
    write(d);
    format->end(d);
    assert_true(out_flush(&out));
    fclose(out.to);
    return s;
}

static void drop(struct shot *s)
{
    arena_free(s->w.a);
    free(s->text);
}

static void assert_shot(const struct format *format, enum lang lang, struct style style, void (*write)(struct doc *),
                        const char *wanted)
{
    struct shot s = shoot(format, lang, style, write);
    assert_string_equal(s.text, wanted);
    drop(&s);
}

/* ---- the terminal ---- */

static void test_natural(void **state)
{
    (void)state;
    assert_shot(&format_table, LANG_JA, (struct style){.blocks = true}, write_doc,
                "Rates: fy2006\n"
                "回:          fy2006\n"
                "府省庁平均:  75.0 %\n"
                "\n"
                "Figures: exact.\n"
                "\n"
                "機関:     責務あり:  実施率（平均）: %  評価:  備考:                                                 基準日:     確定:\n"
                "--------  ---------  -----------------  -----  ----------------------------------------------------  ----------  -----\n"
                "政府        1234567               99.9  B      情報システムの構成要素について、対策の見直しが必要。  2007-03-31  ○\n"
                "  環境省        812               50.0  D      –                                                     –\n"
                "  防衛省          –                  –  –      =1+1 [31m red                                         –           –\n"
                "\n"
                "※ 19 機関の平均:\n");
}

static void test_window_100(void **state)
{
    (void)state;
    assert_shot(&format_table, LANG_JA, (struct style){.columns = 100, .blocks = true}, write_doc,
                "Rates: fy2006\n"
                "回:          fy2006\n"
                "府省庁平均:  75.0 %\n"
                "\n"
                "Figures: exact.\n"
                "\n"
                "                     実施率（平\n"
                "機関:     責務あり:     均）: %  評価:  備考:                                      基準日:     確定:\n"
                "--------  ---------  ----------  -----  -----------------------------------------  ----------  -----\n"
                "政府      1,234,567        99.9  B      情報システムの構成要素について、対策の見   2007-03-31  ○\n"
                "                                        直しが必要。\n"
                "  環境省        812        50.0  D      –                                          –\n"
                "  防衛省          –           –  –      =1+1 [31m                                  –           –\n"
                "                                        red\n"
                "\n"
                "※ 19 機関の平均:\n");
}

static void test_bars(void **state)
{
    (void)state;
    assert_shot(&format_table, LANG_JA, (struct style){.columns = 140, .blocks = true}, write_doc,
                "Rates: fy2006\n"
                "回:          fy2006\n"
                "府省庁平均:  75.0 %\n"
                "\n"
                "Figures: exact.\n"
                "\n"
                "機関:     責務あり:  実施率（平均）: %             評価:  備考:                                                 基準日:     確定:\n"
                "--------  ---------  ----------------------------  -----  ----------------------------------------------------  ----------  -----\n"
                "政府      1,234,567               99.9 █████████▉  B      情報システムの構成要素について、対策の見直しが必要。  2007-03-31  ○\n"
                "  環境省        812               50.0 █████       D      –                                                     –\n"
                "  防衛省          –                  –             –      =1+1 [31m                                             –           –\n"
                "                                                          red\n"
                "\n"
                "※ 19 機関の平均:\n");
}

static void test_window_60(void **state)
{
    (void)state;
    assert_shot(&format_table, LANG_JA, (struct style){.columns = 60, .blocks = true}, write_doc,
                "Rates: fy2006\n"
                "回:          fy2006\n"
                "府省庁平均:  75.0 %\n"
                "\n"
                "Figures: exact.\n"
                "\n"
                "                     実施率（平\n"
                "機関:     責務あり:     均）: %  評価:  備考:\n"
                "--------  ---------  ----------  -----  --------------------\n"
                "政府      1,234,567        99.9  B      情報システムの構成要\n"
                "                                        素について、対策の見\n"
                "                                        直しが必要。\n"
                "  環境省        812        50.0  D      –\n"
                "  防衛省          –           –  –      =1+1 [31m\n"
                "                                        red\n"
                "\n"
                "※ 19 機関の平均:\n"
                "※ 画面の幅が足りないため省いた列：基準日:、確定:（--format\n"
                "  csv と json には全ての列があります）\n");
}

static void test_window_60_english(void **state)
{
    (void)state;
    assert_shot(&format_table, LANG_EN, (struct style){.columns = 60}, write_doc,
                "Rates: fy2006\n"
                "回:          fy2006\n"
                "府省庁平均:  75.0 %\n"
                "\n"
                "Figures: exact.\n"
                "\n"
                "                          Implementation\n"
                "Organisation:    Arisen:         rate: %  Grade:  Remark:\n"
                "-------------  ---------  --------------  ------  ----------\n"
                "Government     1,234,567            99.9  B       情報システ\n"
                "                                                  ムの構成要\n"
                "                                                  素につい\n"
                "                                                  て、対策の\n"
                "                                                  見直しが必\n"
                "                                                  要。\n"
                "  Ministry of        812            50.0  D       -\n"
                "  the\n"
                "  Environment\n"
                "  Ministry of          -               -  -       =1+1 [31m\n"
                "  Defence                                         red\n"
                "\n"
                "Note: 19 機関の平均:\n"
                "Note: left out, for the window is narrow: As of:; Closed:\n"
                "      (--format csv and json have all)\n");
}

static void write_small(struct doc *d)
{
    static const struct column two[] = {{"n", CELL_INT, S_INIT("Number:"), 0, NULL, NULL},
                                        {"t", CELL_TEXT, S_INIT("Text:"), 0, NULL, NULL}};
    DOC_TABLE(d, "small", two);
    DOC_ROW(d, C_NONE, C_TEXT(S("x")));
    doc_table_end(d);
    d->provisional = true;
    d->handling = S("for the ministry alone");
}

static void test_colour(void **state)
{
    (void)state;
    assert_shot(&format_table, LANG_EN, (struct style){.columns = 80, .colour = true}, write_small,
                "\033[1mNumber:\033[0m  \033[1mText:\033[0m\n"
                "\033[2m-------  -----\033[0m\n"
                "      \033[2m-\033[0m  x\n"
                "\n"
                "Note: provisional: some figures may still change\n"
                "Note: for the ministry alone\n");
}

static void write_nothing(struct doc *d)
{
    doc_table(d, "rates", d->lang == LANG_JA ? columns_ja : columns_en, 7);
    doc_table_end(d);
}

static void test_no_rows(void **state)
{
    (void)state;
    struct shot s = shoot(&format_table, LANG_EN, (struct style){0}, write_nothing);
    assert_non_null(strstr(s.text, "\n(nothing)\n"));
    drop(&s);
}

/* What people see and programs do not: repeated cells blank, empty details gone, depth from the least, 1,234. */
static const struct column columns_parts[] = {
    {"org", CELL_ORG, S_INIT("Organisation:"), 0, NULL, NULL},
    {"part", CELL_CLAUSE, S_INIT("Part:"), 0, NULL, NULL},
    {"done", CELL_INT, S_INIT("Done:"), 0, NULL, NULL},
    {"closed", CELL_BOOL, S_INIT("Closed:"), COL_DETAIL, NULL, NULL},
    {"remark", CELL_TEXT, S_INIT("Remark:"), COL_DETAIL, NULL, NULL},
    {"note", CELL_TEXT, S_INIT("Note:"), 0, NULL, NULL},
};

static void write_part(struct doc *d, const char *org, int depth, const char *part, int64_t done)
{
    DOC_ROW(d, C_ORG(str_of(org), S("同名"), S("Namesake"), depth), C_CLAUSE(str_of(part)), C_INT(done), C_BOOL(0),
            C_NONE, C_NONE);
}

static void write_parts(struct doc *d)
{
    DOC_TABLE(d, "parts", columns_parts);
    write_part(d, "a", 2, "2", 999);
    write_part(d, "a", 2, "3", 1000);
    write_part(d, "b", 3, "3", -100);
    write_part(d, "b", 3, "3", -1234567);
    doc_table_end(d);
}

static void test_parts_in_a_window(void **state)
{
    (void)state;
    assert_shot(&format_table, LANG_EN, (struct style){.columns = 80}, write_parts,
                "Organisation:  Part:       Done:  Note:\n"
                "-------------  -----  ----------  -----\n"
                "Namesake       2             999  -\n"
                "               3           1,000  -\n"
                "  Namesake     3            -100  -\n"
                "                      -1,234,567  -\n");
}

static void test_parts_in_a_pipe(void **state)
{
    (void)state;
    assert_shot(&format_table, LANG_EN, (struct style){0}, write_parts,
                "Organisation:  Part:     Done:  Closed:  Remark:  Note:\n"
                "-------------  -----  --------  -------  -------  -----\n"
                "Namesake       2           999           -        -\n"
                "Namesake       3          1000           -        -\n"
                "  Namesake     3          -100           -        -\n"
                "  Namesake     3      -1234567           -        -\n");
}

/* Past the rows measured a detail may still have something to say, and repeated cells still go blank. */
static void write_many_parts(struct doc *d)
{
    DOC_TABLE(d, "parts", columns_parts);
    for (int i = 0; i < 600; i++) write_part(d, "a", 0, "2", i);
    doc_table_end(d);
}

static void test_many_parts(void **state)
{
    (void)state;
    struct shot s = shoot(&format_table, LANG_EN, (struct style){.columns = 80}, write_many_parts);
    str rest = str_of(s.text), line;
    int named = 0;
    while (str_cut(&rest, '\n', &line)) named += str_find(line, S("Namesake")) >= 0;
    assert_int_equal(named, 1);
    assert_non_null(strstr(s.text, "Remark:"));
    drop(&s);
}

static void write_wide(struct doc *d)
{
    static const struct column wide[] = {
        {"kind", CELL_ENUM, S_INIT("Kind:"), 0, NULL, NULL},
        {"text", CELL_TEXT, S_INIT("Text:"), 0, NULL, NULL},
        {"rate", CELL_RATE, S_INIT("Attainment, provisional:"), 0, NULL, NULL},
        {"more", CELL_RATE, S_INIT("Confirmed, too:"), 0, NULL, NULL},
        {"on", CELL_DATE, S_INIT("On:"), COL_DETAIL, NULL, NULL},
    };
    for (int i = 0; i < 2; i++) {
        DOC_TABLE(d, "wide", wide);
        DOC_ROW(d, C_ENUM(S("head of the unit:")), C_TEXT(S("unavoidable words")), C_RATE(rate(0.5, 500, 1, 2)),
                C_RATE(rate(0.5, 500, 1, 2)), C_DATE(13603));
        doc_table_end(d);
    }
}

/* Labels keep their words whole; what does not fit is told once, without its %. */
static void test_columns_left_out(void **state)
{
    (void)state;
    assert_shot(&format_table, LANG_EN, (struct style){.columns = 40}, write_wide,
                "                             Attainment,\n"
                "Kind:        Text:        provisional: %\n"
                "-----------  -----------  --------------\n"
                "head of the  unavoidable            50.0\n"
                "unit:        words\n"
                "\n"
                "                             Attainment,\n"
                "Kind:        Text:        provisional: %\n"
                "-----------  -----------  --------------\n"
                "head of the  unavoidable            50.0\n"
                "unit:        words\n"
                "\n"
                "Note: left out, for the window is\n"
                "      narrow: Confirmed, too:; On:\n"
                "      (--format csv and json have all)\n");
}

static void write_long_fact(struct doc *d)
{
    doc_fact(d, "source", S("Source:"), C_TEXT(S("a document with a rather long title, page 3")));
    doc_fact(d, "sheets", S("Sheets:"), C_INT(19055));
}

static void test_long_facts_hang(void **state)
{
    (void)state;
    assert_shot(&format_table, LANG_EN, (struct style){.columns = 40}, write_long_fact,
                "Source:  a document with a rather long\n"
                "         title, page 3\n"
                "Sheets:  19,055\n");
}

/* No line leaves the window, whatever its width and however many rows follow the measured ones. */
static void write_long(struct doc *d)
{
    doc_table(d, "rates", d->lang == LANG_JA ? columns_ja : columns_en, 7);
    for (int i = 0; i < 1203; i++)
        DOC_ROW(d, C_ORG(S("env"), S("環境省の長い名前を持つ部局"), S("A bureau with a long name"), i % 7), C_INT(i),
                C_RATE(rate(0.5, 500, 1, 2)), C_ENUM(S("D")), C_TEXT(S("対策の見直しが必要。")), C_DATE(13603), C_BOOL(1));
    doc_table_end(d);
}

static void test_no_line_leaves_the_window(void **state)
{
    (void)state;
    for (int columns_now = 40; columns_now < 150; columns_now += 7) {
        struct shot s =
            shoot(&format_table, LANG_JA, (struct style){.columns = columns_now, .blocks = true}, write_long);
        str rest = str_of(s.text), line;
        int rows = 0;
        while (str_cut(&rest, '\n', &line)) {
            assert_true(utf8_width(line) <= columns_now);
            rows += str_find(line, S(" 50.0")) >= 0;
        }
        assert_int_equal(rows, 1203);
        drop(&s);
    }
}

/* ---- data ---- */

static void test_json(void **state)
{
    (void)state;
    assert_shot(&format_json, LANG_EN, (struct style){0}, write_doc,
                "{\n"
                " \"view\": \"inspect rates\",\n"
                " \"title\": \"Rates:\",\n"
                " \"params\": {\"org\":[\"env\",\"mod\"],\"round\":\"fy2006\"},\n"
                " \"made\": \"2006-11-21T00:00:00Z\",\n"
                " \"tables\": [\n"
                "  {\n"
                "   \"name\": \"rates\",\n"
                "   \"columns\": [\n"
                "    {\"key\":\"org\",\"type\":\"organisation\",\"label\":\"Organisation:\"},\n"
                "    {\"key\":\"arisen\",\"type\":\"int\",\"label\":\"Arisen:\"},\n"
                "    {\"key\":\"implementation\",\"type\":\"rate\",\"label\":\"Implementation rate:\"},\n"
                "    {\"key\":\"grade\",\"type\":\"enum\",\"label\":\"Grade:\"},\n"
                "    {\"key\":\"remark\",\"type\":\"text\",\"label\":\"Remark:\"},\n"
                "    {\"key\":\"on\",\"type\":\"date\",\"label\":\"As of:\"},\n"
                "    {\"key\":\"closed\",\"type\":\"bool\",\"label\":\"Closed:\"}\n"
                "   ],\n"
                "   \"rows\": [\n"
                "    {\"org\":\"gov\",\"org_name\":\"Government\",\"arisen\":1234567,\"implementation\":0.999,\"grade\":\"B\",\"remark\":\"情報システムの構成要素について、対策の見直しが必要。\",\"on\":\"2007-03-31\",\"closed\":true},\n"
                "    {\"org\":\"env\",\"org_name\":\"Ministry of the Environment\",\"arisen\":812,\"implementation\":0.5,\"grade\":\"D\",\"remark\":null,\"on\":null,\"closed\":false},\n"
                "    {\"org\":\"mod\",\"org_name\":\"Ministry of Defence\",\"arisen\":null,\"implementation\":null,\"grade\":null,\"remark\":\"=1+1\\u001b[31m\\nred\",\"on\":null,\"closed\":null}\n"
                "   ]\n"
                "  }\n"
                " ],\n"
                " \"facts\": {\"round\":\"fy2006\",\"mean\":0.75},\n"
                " \"texts\": [\"Figures: exact.\"],\n"
                " \"notes\": [\"19 機関の平均:\"],\n"
                " \"provisional\": false,\n"
                " \"handling\": null\n"
                "}\n");
}

static void test_json_reads_back(void **state)
{
    (void)state;
    struct shot s = shoot(&format_json, LANG_JA, (struct style){0}, write_doc);
    const struct jv *j;
    assert_int_equal(jv_read(&s.w, S("shot"), str_of(s.text), &j), OK);
    const struct jv *row = jv_at(jv_get(jv_at(jv_get(j, "tables"), 0), "rows"), 0);
    assert_true(jv_real(jv_get(row, "implementation")) == 0.999);
    assert_true(str_eq(jv_str(jv_get(row, "org_name")), S("政府")));
    assert_int_equal(jv_type(jv_get(jv_at(jv_get(jv_at(jv_get(j, "tables"), 0), "rows"), 2), "arisen")), JV_NULL);
    drop(&s);
}

static void test_csv(void **state)
{
    (void)state;
    assert_shot(&format_csv, LANG_EN, (struct style){0}, write_doc,
                "org,org_name,arisen,implementation,grade,remark,on,closed\r\n"
                "gov,Government,1234567,0.999,B,情報システムの構成要素について、対策の見直しが必要。,2007-03-31,true\r\n"
                "env,Ministry of the Environment,812,0.5,D,,,false\r\n"
                "mod,Ministry of Defence,,,,\"'=1+1\033[31m\n"
                "red\",,\r\n");
}

static void write_two(struct doc *d)
{
    write_small(d);
    write_small(d);
}

static void test_csv_of_two_tables(void **state)
{
    (void)state;
    assert_shot(&format_csv, LANG_EN, (struct style){0}, write_two, "n,t\r\n,x\r\n\r\n# small\r\nn,t\r\n,x\r\n");
}

static void write_facts(struct doc *d)
{
    doc_fact(d, "lines", S("Lines:"), C_INT(3));
    doc_fact(d, "rate", S("Rate:"), C_RATE(rate(0.1, 100, 1, 10)));
}

static void test_csv_of_facts(void **state)
{
    (void)state;
    assert_shot(&format_csv, LANG_EN, (struct style){0}, write_facts, "key,value\r\nlines,3\r\nrate,0.1\r\n");
}

static void test_a_full_disk_is_seen(void **state)
{
    (void)state;
    struct out out = {.to = fopen("/dev/full", "w")};
    assert_non_null(out.to);
    out_c(&out, "x");
    assert_false(out_flush(&out));
    fclose(out.to);
}

/* ---- lines ---- */

static void test_wrap(void **state)
{
    static const struct {
        const char *text;
        int columns;
        const char *lines; /* parted by | */
    } cases[] = {
        {"one two three", 7, "one two|three"},
        {"one two three", 3, "one|two|thr|ee"},
        {"あいうえお", 4, "あい|うえ|お"},
        {"あいう。え", 6, "あい|う。え"},
        {"「あい」う", 4, "「あ|い」|う"},
        {"a「あ」", 3, "a|「|あ|」"},
        {"対策（案）", 6, "対策|（案）"},
        {"a\n\nb", 9, "a||b"},
        {"", 5, ""},
        {"あ", 1, "あ"},
        {"x ", 1, "x"},
        {"FY2006の率", 6, "FY2006|の率"},
        {"in self-inspection", 16, "in|self-inspection"},
        {"in self-inspection", 12, "in|self-|inspection"},
        {"one|two|three", 9, "one|two||three"},
        {"rate of 90 %", 10, "rate of|90 %"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct arena *a = arena_new(0);
        struct buf b = buf_in(a);
        str rest = str_of(cases[i].text), line;
        for (int n = 0; wrap_next(&rest, cases[i].columns, &line); n++) {
            if (n != 0) buf_byte(&b, '|');
            buf_add(&b, line);
        }
        buf_byte(&b, '\0');
        assert_string_equal(b.p, cases[i].lines);
        arena_free(a);
    }
}

static void test_wrap_least(void **state)
{
    (void)state;
    assert_int_equal(wrap_least(S("one three")), 5);
    assert_int_equal(wrap_least(S("実施率")), 2);
    assert_int_equal(wrap_least(S("（あ）")), 6);
    assert_int_equal(wrap_least(S("rate % of")), 6);
    assert_int_equal(wrap_least(S("a\nbcd\nef")), 3);
    assert_int_equal(wrap_least(S("")), 0);
}

static void test_nothing_steers_the_terminal(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    str safe = utf8_safe(a, S("a\033[31mb\x7F\xC2\x9B\xE2\x80\xAE c\xFF\xE3\x81"));
    assert_true(str_eq(safe, S("a [31mb    c???")) || str_eq(safe, S("a [31mb    c??")));
    assert_true(str_find(safe, S("\033")) < 0);
    arena_free(a);
}

static void test_layout(void **state)
{
    (void)state;
    struct fit f[] = {
        {.cells = 20, .piece = 9, .label = 4, .least = 4, .last = 4, .weight = 400},
        {.cells = 5, .label = 19, .least = 14, .last = 9, .figure = true, .bar = true},
        {.cells = 10, .label = 5, .least = 5, .last = 5, .figure = true, .detail = true},
    };
    layout(f, 3, 0);
    assert_int_equal(f[1].width, 19);
    assert_false(f[1].has_bar);
    layout(f, 3, 80);
    assert_int_equal(f[1].width, 19);
    assert_true(f[1].has_bar);
    layout(f, 3, 48); /* the label is broken before a detail goes */
    assert_int_equal(f[1].width, 14);
    assert_false(f[2].left_out);
    struct fit g[] = {f[0], f[1], f[2]};
    layout(g, 3, 30);
    assert_true(g[2].left_out);
    assert_int_equal(g[0].width, 14);
    assert_int_equal(g[1].width, 14);
    layout(g, 3, 25); /* a text stays readable, a label gives way … */
    assert_int_equal(g[0].width, LAYOUT_TEXT_GOOD);
    assert_int_equal(g[1].width, 11);
    layout(g, 3, 20); /* … down to its longest word, and then the text to its own … */
    assert_int_equal(g[0].width, 9);
    assert_int_equal(g[1].width, 9);
    layout(g, 3, 19); /* … and then a column goes, and leaves its room to the rest */
    assert_true(g[1].left_out);
    assert_int_equal(g[0].width, 19);
    layout(g, 3, 5);
    assert_int_equal(g[0].width, 9); /* the first column stays */
}

static void test_a_narrow_detail_comes_back(void **state)
{
    (void)state;
    struct fit f[] = {
        {.cells = 20, .piece = 20, .weight = 400},
        {.cells = 30, .figure = true, .detail = true},
        {.cells = 5, .figure = true, .detail = true},
    };
    layout(f, 3, 40);
    assert_true(f[1].left_out);
    assert_false(f[2].left_out);
}

static void test_layout_of_texts(void **state)
{
    (void)state;
    struct fit f[] = {
        {.cells = 100, .piece = 2, .label = 4, .least = 4, .last = 4, .weight = 10000},
        {.cells = 100, .piece = 2, .label = 4, .least = 4, .last = 4, .weight = 2500},
        {.cells = 10, .label = 5, .least = 5, .last = 5, .figure = true, .detail = true},
    };
    layout(f, 3, 104); /* texts give way down to an easy width before a detail goes … */
    assert_false(f[2].left_out);
    assert_int_equal(f[0].width, 54); /* … and whose cells are half as wide as a rule, twice as much */
    assert_int_equal(f[1].width, 36);
    layout(f, 3, 80);
    assert_true(f[2].left_out);
    assert_int_equal(f[0].width + f[1].width, 78);
    f[2].empty = true;
    layout(f, 3, 300);
    assert_true(f[2].left_out);
    f[2].detail = false; /* empty, but no detail */
    layout(f, 3, 300);
    assert_false(f[2].left_out);
}

/* ---- progress ---- */

static void test_progress_line(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct progress p = {.lang = LANG_EN, .columns = 90};
    str line = progress_line(a, &p, S("reading"), 500, 2000, 10);
    assert_true(str_eq(line, S("reading [######                  ]  25%  50 a second  0:30 left")));
    line = progress_line(a, &p, S("reading"), 500, 0, 10);
    assert_true(str_eq(line, S("reading  50 a second")));
    line = progress_line(a, &p, S("reading"), 3000, 2000, 1);
    assert_true(str_find(line, S("100%")) > 0);
    p.columns = 20;
    assert_int_equal(utf8_width(progress_line(a, &p, S("読み込み中"), 500, 2000, 10)), 19);
    arena_free(a);
}

/* ---- faults ---- */

static void test_fault_lines(void **state)
{
    (void)state;
    struct work w = {.a = arena_new(0)};
    const struct where cell = {S("a.csv"), 3, 7, S("4.1.1(1)(a)")}, field = {.field = S("round")};
    fault_in(&w, INVALID, cell, M("'%1' is not a whole number"), S("x\033y"));
    fault_in(&w, INVALID, field, M("is required"));
    fault(&w, NOTFOUND, M("no"));
    const char *const wanted[] = {"a.csv:3:7 (4.1.1(1)(a)): 'x y' is not a whole number", "--round: is required", "no"};
    for (size_t i = 0; i < 3; i++) assert_true(str_eq(fault_line(w.a, LANG_EN, &w.faults.first[i]), str_of(wanted[i])));
    arena_free(w.a);
}

static void test_twenty_faults_and_a_count(void **state)
{
    (void)state;
    struct work w = {.a = arena_new(0)};
    for (int i = 1; i <= 25; i++) fault_in(&w, INVALID, ((struct where){.file = S("f"), .row = i}), M("bad"));
    char *text = NULL;
    size_t n = 0;
    FILE *to = open_memstream(&text, &n);
    faults_tell(&(struct out){.to = to}, &w, LANG_EN, INVALID, false);
    fclose(to);
    assert_non_null(strstr(text, "f:20: bad\nand 5 more\n"));
    assert_null(strstr(text, "f:21"));
    free(text);
    to = open_memstream(&text, &n);
    faults_tell(&(struct out){.to = to}, &w, LANG_EN, INVALID, true);
    fclose(to);
    const struct jv *j;
    assert_int_equal(jv_read(&w, S("faults"), str_of(text), &j), OK);
    assert_int_equal(jv_int(jv_get(j, "count")), 25);
    assert_int_equal(jv_size(jv_get(j, "faults")), 20);
    assert_int_equal(jv_int(jv_get(jv_at(jv_get(j, "faults"), 19), "row")), 20);
    free(text);
    arena_free(w.a);
}

static void test_a_fault_nobody_noted(void **state)
{
    (void)state;
    struct work w = {.a = arena_new(0)};
    char *text = NULL;
    size_t n = 0;
    FILE *to = open_memstream(&text, &n);
    faults_tell(&(struct out){.to = to}, &w, LANG_EN, BUSY, false);
    fclose(to);
    assert_string_equal(text, "meguri: busy, or out of room: try again later; nothing was changed\n");
    free(text);
    arena_free(w.a);
}

/* ---- words ---- */

static void test_nearest(void **state)
{
    static const struct {
        const char *typed, *wanted;
    } cases[] = {{"ratse", "rates"}, {"rate", "rates"}, {"org", "organisations"},
                 {"xyzzy", ""},      {"", ""},          {"grads", "grades"}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct nearest near = {.typed = str_of(cases[i].typed)};
        nearest_try(&near, S("organisations"));
        nearest_try(&near, S("rates"));
        nearest_try(&near, S("grades"));
        assert_true(str_eq(near.best, str_of(cases[i].wanted)));
    }
}

/* A parameter with the name of a global could never be given. */
static void test_no_parameter_hides_behind_a_global(void **state)
{
    (void)state;
    for (const struct room *const *r = rooms; *r != NULL; r++)
        for (size_t i = 0; i < (*r)->n_entries; i++)
            for (const struct global *g = globals; g->name != NULL; g++)
                if (!str_eq(str_of(g->name), S("version"))) /* asked for alone, so it may be a parameter too */
                    assert_null(param_find(&(*r)->entries[i], str_of(g->name)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_natural),
        cmocka_unit_test(test_window_100),
        cmocka_unit_test(test_window_60),
        cmocka_unit_test(test_bars),
        cmocka_unit_test(test_window_60_english),
        cmocka_unit_test(test_colour),
        cmocka_unit_test(test_no_rows),
        cmocka_unit_test(test_parts_in_a_window),
        cmocka_unit_test(test_parts_in_a_pipe),
        cmocka_unit_test(test_many_parts),
        cmocka_unit_test(test_columns_left_out),
        cmocka_unit_test(test_long_facts_hang),
        cmocka_unit_test(test_no_line_leaves_the_window),
        cmocka_unit_test(test_json),
        cmocka_unit_test(test_json_reads_back),
        cmocka_unit_test(test_csv),
        cmocka_unit_test(test_csv_of_two_tables),
        cmocka_unit_test(test_csv_of_facts),
        cmocka_unit_test(test_a_full_disk_is_seen),
        cmocka_unit_test(test_wrap),
        cmocka_unit_test(test_wrap_least),
        cmocka_unit_test(test_nothing_steers_the_terminal),
        cmocka_unit_test(test_layout),
        cmocka_unit_test(test_layout_of_texts),
        cmocka_unit_test(test_a_narrow_detail_comes_back),
        cmocka_unit_test(test_progress_line),
        cmocka_unit_test(test_fault_lines),
        cmocka_unit_test(test_twenty_faults_and_a_count),
        cmocka_unit_test(test_a_fault_nobody_noted),
        cmocka_unit_test(test_nearest),
        cmocka_unit_test(test_no_parameter_hides_behind_a_global),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
