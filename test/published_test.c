/* The published text of the plan 2007: its structure line by line with sentences of our own, and texts that are
 * damaged. */
#include "published_kit.h"

#include "base/clock.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static struct work w;

static int begin(void **state)
{
    (void)state;
    w = (struct work){.a = arena_new(0)};
    return 0;
}

static int finish(void **state)
{
    (void)state;
    arena_free(w.a);
    return 0;
}

static struct published read_ok(str bytes)
{
    struct published p = {0};
    assert_ok(&w, published_read(&w, S("t.txt"), bytes, &p));
    return p;
}

static struct published fixture(void) { return read_ok(bytes_of(w.a, PUBLISHED_FIXTURE)); }

static struct plan_text excerpt(void)
{
    struct plan_text t = {0};
    assert_ok(&w, plan_text_read(&w, S("f.txt"), bytes_of(w.a, EXCERPT_FIXTURE), &t));
    return t;
}

static str heading_of(const struct published *p, const struct published_row *row, int level)
{
    ptrdiff_t at = row->path[level - 1];
    return at < 0 ? S("") : p->row[at].title;
}

/* ---- what the text says ---- */

static void check_counts(const struct published *p)
{
    static const size_t by_status[] = {0, 27, 111, 18, 3};
    assert_int_equal(p->measures, 159);
    assert_int_equal(p->relisted, 11);
    for (int i = 0; i <= PUBLISHED_STATUSES; i++) assert_int_equal(p->by_status[i], by_status[i]);
    for (int64_t no = 1; no <= 159; no++)
        assert_int_equal(measure_no(p, no)->status == 4, no == 65 || no == 141 || no == 144);
    assert_int_equal(p->n_unknown, 0);
    assert_int_equal(p->n_legend, 4);
}

static void check_owners(const struct published *p)
{
    for (size_t o = 0; o < OWNERS_2007; o++) {
        int named = 0;
        for (size_t i = 0; i < p->n; i++) {
            const str *name = NULL;
            size_t n = p->row[i].kind == PUBLISHED_MEASURE ? published_names(w.a, p->row[i].owners, &name) : 0;
            for (size_t k = 0; k < n; k++) named += str_eq(name[k], str_of(owners_2007[o].name));
        }
        assert_int_equal(named, owners_2007[o].measures);
    }
}

static void all_measures_are_read(void **state)
{
    (void)state;
    struct published p = fixture();
    check_counts(&p);
    check_owners(&p);
    if (getenv("MEGURI_PUBLISHED_TEXT") != NULL) { /* the true text, where it is at hand */
        struct published real = read_ok(bytes_at(w.a, getenv("MEGURI_PUBLISHED_TEXT")));
        check_counts(&real);
        check_owners(&real);
    }
    assert_str(p.title, "「セキュア・ジャパン2007」に盛り込まれた施策の実施状況(上半期)");
}

static void each_layout_of_a_row_is_read(void **state)
{
    (void)state;
    static const struct {
        int64_t no;
        const char *code, *title, *owners;
        int status;
    } rows[] = {
        {2, "イ)a)", "各政府機関でのPDCAサイクルの定着", "全府省庁", 2}, /* no|code|title */
        {16, "ア)", "独立行政法人等における情報セキュリティポリシーの整備", "内閣官房 独立行政法人等所管府省庁", 2},
        {35, "ア)a)", "政府横断的な対応体制の構築（GSOCの整備）", "内閣官房 全府省庁", 2},  /* no|code title */
        {45, "ア)", "地方公共団体における情報セキュリティ対策の手引きの作成", "総務省", 2}, /* no code|title */
        {49, "ア)a)", "", "重要インフラ所管省庁", 1},                                       /* no|code, no title */
        {117, "ア)l)", "IP化の進展に対応した通信端末のセキュリティ機能の確保の推進", "総務省", 2},
        {155, "ア)", "関係機関等との連携強化", "内閣官房 内閣府", 2}, /* the number alone, before the table */
    };
    struct published p = fixture();
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct published_row *r = measure_no(&p, rows[i].no);
        assert_str(r->code, rows[i].code);
        assert_str(r->title, rows[i].title);
        assert_str(r->owners, rows[i].owners);
        assert_int_equal(r->status, rows[i].status);
        assert_true(r->text.n != 0);
    }
}

static void re_listed_rows_point_back(void **state)
{
    (void)state;
    static const struct {
        int64_t no;
        const char *code, *section;
    } again[] = {
        {68, "ア)h)", "第1節 情報セキュリティ技術戦略の推進"},
        {21, "イ)b)", "第1節 情報セキュリティ技術戦略の推進"},
        {24, "イ)c)", "第1節 情報セキュリティ技術戦略の推進"},
        {75, "イ)", "第2節 情報セキュリティ人材の育成・確保"},
        {77, "ウ)", "第2節 情報セキュリティ人材の育成・確保"},
        {78, "エ)", "第2節 情報セキュリティ人材の育成・確保"},
        {79, "オ)", "第2節 情報セキュリティ人材の育成・確保"},
        {80, "カ)", "第2節 情報セキュリティ人材の育成・確保"},
        {74, "キ)", "第2節 情報セキュリティ人材の育成・確保"},
        {81, "ク)", "第2節 情報セキュリティ人材の育成・確保"},
        {62, "ウ)", "第3節 持続的改善構造の構築"},
    };
    struct published p = fixture();
    size_t n = 0;
    for (size_t i = 0; i < p.n; i++) {
        const struct published_row *r = &p.row[i];
        if (r->kind != PUBLISHED_RELISTED) continue;
        assert_int_equal(r->no, again[n].no);
        assert_str(r->code, again[n].code);
        assert_str(heading_of(&p, r, 2), again[n].section);
        if (r->no != 62) assert_true(str_eq(r->title, measure_no(&p, r->no)->title));
        assert_int_equal(r->status, 0);
        n++;
    }
    assert_int_equal(n, COUNT(again));
}

static void headings_stand_above_their_rows(void **state)
{
    (void)state;
    struct published p = fixture();
    size_t of_level[PUBLISHED_LEVELS] = {0};
    for (size_t i = 0; i < p.n; i++)
        if (p.row[i].kind == PUBLISHED_HEADING) of_level[p.row[i].level - 1]++;
    const size_t wanted[] = {3, 11, 2, 29, 12};
    for (int i = 0; i < PUBLISHED_LEVELS; i++) assert_int_equal(of_level[i], wanted[i]);
    const struct published_row *r = measure_no(&p, 30), *first = measure_no(&p, 49), *last = measure_no(&p, 159);
    assert_str(heading_of(&p, r, 1), "第3章 対策実施4領域における情報セキュリティ対策の強化");
    assert_str(heading_of(&p, r, 2), "第1節 政府機関・地方公共団体");
    assert_str(heading_of(&p, r, 3), "ア 政府機関");
    assert_str(heading_of(&p, r, 4), "③中長期的なセキュリティ対策の強化・検討");
    assert_str(heading_of(&p, r, 5), "(エ) 政府機関における安全な暗号利用の促進");
    assert_true(first->path[0] == r->path[0]); /* the chapter that is said again is the same */
    assert_int_equal(first->path[2], -1);
    assert_int_equal(last->path[3], -1);
    assert_str(heading_of(&p, last, 5), "(3)評価指標の確立");
}

/* ---- its defects ---- */

static void defects_are_told(void **state)
{
    (void)state;
    static const struct {
        int64_t no;
        enum published_defect defect;
        const char *said, *other;
    } wanted[] = {
        {96, DEFECT_MARKUP, "<ul style=\"list-style-type: none\">", ""},
        {97, DEFECT_MARKUP, "<ul style=\"list-style-type: none\">", ""},
        {98, DEFECT_MARKUP, "<ul style=\"list-style-type: none\">", ""},
        {99, DEFECT_MARKUP, "<ul style=\"list-style-type: none\">", ""},
        {100, DEFECT_MARKUP, "<ul style=\"list-style-type: none\">", ""},
        {101, DEFECT_MARKUP, "<ul style=\"list-style-type: none\">", ""},
        {101, DEFECT_WORD, "ポットプログラム", "ボットプログラム"},
        {102, DEFECT_MARKUP, "<ul style=\"list-style-type: none\">", ""},
        {103, DEFECT_MARKUP, "<ul style=\"list-style-type: none\">", ""},
        {155, DEFECT_MARKUP, "<ul style=\"list-style-type: none\">", ""},
        {159, DEFECT_MEETING, "第13回情報セキュリティ政策会議(平成19年4月23日)", ""},
    };
    struct published p = fixture();
    size_t n = 0, lacking = 0;
    for (size_t i = 0; i < p.n_flags; i++) {
        const struct published_flag *f = &p.flag[i];
        lacking += f->defect == DEFECT_NO_TITLE;
        if (f->defect == DEFECT_NO_TITLE) continue;
        assert_true(n < COUNT(wanted));
        assert_int_equal(p.row[f->row].no, wanted[n].no);
        assert_int_equal(f->defect, wanted[n].defect);
        assert_str(f->said, wanted[n].said);
        assert_str(f->other, wanted[n].other);
        if (f->defect == DEFECT_MEETING) assert_str(date_text(w.a, f->day), "2007-08-03");
        n++;
    }
    assert_int_equal(n, COUNT(wanted));
    assert_int_equal(lacking, 14);
    assert_true(str_find(measure_no(&p, 96)->text, S("<")) < 0);
    assert_true(str_find(measure_no(&p, 101)->text, S("ポットプログラム")) >= 0); /* the words stay as they are */
    assert_int_equal(p.n_cites, 7);
}

static void only_markup_is_taken_out(void **state)
{
    (void)state;
    struct published p = read_ok(S("該当項目\t施策名\t担当省庁\t進捗状況\t現時点の状況\n"
                                   "1\tア)\tt\to\t<p>a < b, <b or c>, <3, <br/>x</p> ＜ul＞ <ul class=x>y<\t①\n"));
    assert_str(p.row[0].text, "a < b, <b or c>, <3, x ＜ul＞ y<");
    assert_int_equal(p.n_flags, 1);
    assert_str(p.flag[0].said, "<p><br/></p><ul class=x>");
}

static void junk_is_listed(void **state)
{
    (void)state;
    static const char *const junk[] = {
        "a line of words",
        "70\tイ) b)\ttitle\towners\tno status",
        "再掲 (999\tア)\tt【再掲】\to\t再掲",
        "no number\tt\to\ttext\t②",
        "500",
        "1\t2\t3\t4\t5\t6\t7\t8\t9\t10",
    };
    str text = bytes_of(w.a, PUBLISHED_FIXTURE);
    struct buf b = buf_in(w.a);
    buf_add(&b, S("\n"));
    for (size_t i = 0; i < COUNT(junk); i++) buf_fmt(&b, "%s\n", junk[i]);
    buf_add(&b, S("2\tイ) a)\t各政府"));
    struct published p = read_ok(with_change(w.a, text, "\n2\tイ) a)\t各政府", str_c(w.a, buf_str(&b))));
    assert_int_equal(p.n_unknown, COUNT(junk));
    size_t seen = 0;
    for (size_t i = 0; i < COUNT(junk); i++)
        for (size_t k = 0; k < p.n_unknown; k++)
            seen += str_eq(p.unknown[k].text, str_of(junk[i])) && p.unknown[k].line == 20 + (int64_t)i;
    assert_int_equal(seen, COUNT(junk));
    assert_int_equal(p.measures, 159);
}

static void a_row_outside_a_table_is_no_row(void **state)
{
    (void)state;
    struct published p = read_ok(
        S("第1節 a\n1\tア)\tt\to\tx\t①\n該当項目\t施策名\t担当省庁\t進捗状況\t現時点の状況\n2\tア)\tt\to\tx\t①\n① b\n"
          "3\tイ)\tt\to\tx\t①\n該当項目\t担当省庁\n4\tウ)\tt\to\tx\t①\n"));
    assert_int_equal(p.measures, 1);
    assert_int_equal(p.n_unknown, 4);
}

static void line_ends_and_marks_change_nothing(void **state)
{
    (void)state;
    str text = bytes_of(w.a, PUBLISHED_FIXTURE), line;
    struct buf b = buf_in(w.a);
    buf_add(&b, S("\xEF\xBB\xBF"));
    while (str_cut(&text, '\n', &line)) buf_fmt(&b, "%.*s\r\n", STR_ARG(line));
    struct published p = read_ok(buf_str(&b)), q = fixture();
    check_counts(&p);
    assert_int_equal(p.n, q.n);
    for (size_t i = 0; i < p.n; i++)
        assert_true(str_eq(p.row[i].title, q.row[i].title) && str_eq(p.row[i].text, q.row[i].text));
}

#define HEAD "該当項目\t施策名\t担当省庁\t進捗状況\t現時点の状況\n"

static void what_is_no_such_text_is_refused(void **state)
{
    (void)state;
    static const struct {
        str text;
        const char *fault;
        int64_t row;
    } bad[] = {
        {S_INIT(""), "No line of the text is a measure", 0},
        {S_INIT("only words\n"), "No line of the text is a measure", 0},
        {S_INIT(HEAD "1\tア)\tt\to\t\xFFx\t①\n"), "not UTF-8", 2},
        {S_INIT(HEAD "1\tア)\tt\to\tx\t①\n1\tイ)\tt\to\tx\t①\n"), "Measure no. 1 stands in line 2 already", 3},
        {S_INIT(HEAD "1\tア)\tt\to\tx\t①\n再掲 (7)\tイ)\tt【再掲】\to\t再掲\n"), "no line has that number", 3},
    };
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct published p;
        assert_err(&w, published_read(&w, S("t.txt"), bad[i].text, &p), INVALID);
        assert_int_equal(w.faults.first[0].where.row, bad[i].row);
        assert_str(w.faults.first[0].where.file, "t.txt");
        assert_fault(&w, bad[i].fault);
    }
}

static void too_much_is_refused(void **state)
{
    (void)state;
    struct buf line = buf_in(w.a), lines = buf_in(w.a), all = buf_in(w.a);
    struct published p;
    for (size_t i = 0; i <= PUBLISHED_LINE_MAX; i++) buf_byte(&line, 'x');
    for (size_t i = 0; i <= PUBLISHED_LINES_MAX; i++) buf_byte(&lines, '\n');
    for (size_t i = 0; i <= PUBLISHED_BYTES_MAX; i++) buf_byte(&all, 'x');
    assert_err(&w, published_read(&w, S("t.txt"), buf_str(&line), &p), INVALID);
    assert_fault(&w, "longer than 65536 bytes");
    assert_err(&w, published_read(&w, S("t.txt"), buf_str(&lines), &p), INVALID);
    assert_fault(&w, "more than 100000 lines");
    assert_err(&w, published_read(&w, S("t.txt"), buf_str(&all), &p), INVALID);
    assert_fault(&w, "larger than 8388608 bytes");
    str rows = S(HEAD);
    struct buf many = buf_in(w.a);
    buf_add(&many, rows);
    for (int i = 1; i <= PUBLISHED_ROWS_MAX + 1; i++) buf_fmt(&many, "%d\tア)\tt\to\tx\t①\n", i);
    assert_err(&w, published_read(&w, S("t.txt"), buf_str(&many), &p), INVALID);
    assert_fault(&w, "more than 15000 rows");
}

/* ---- the plan's own text ---- */

static void titles_are_filled(void **state)
{
    (void)state;
    static const struct {
        int64_t no;
        const char *title;
    } filled[] = {
        {49, "各重要インフラ分野の安全基準等の策定・見直し 安全基準等の見直し"},
        {50, "「安全基準等」の見直し状況等の把握及び検証"},
        {51, "各重要インフラ分野における安全基準等の浸透状況等に関する調査の実施"},
        {52, "指針の見直し"},
        {53, "ネットワークのIP化に対応した電気通信システムの安全・信頼性確保"},
        {54, "情報共有体制整備と機能強化"},
        {55, "各重要インフラ分野におけるCEPTOAR整備の推進"},
        {56, "「CEPTOAR特性把握マップ」のフォローアップ"},
        {57, "「重要インフラ連絡協議会(CEPTOAR-Council)」(仮称)創設の検討"},
        {58, "重要インフラ分野間の相互依存性解析の推進"},
        {59, "重要インフラ機能演習の実施"},
        {60, "電気通信事業分野におけるサイバー攻撃への対応強化"},
        {61, "各分野サイバー演習との連携"},
        {62, "「重要インフラの情報セキュリティ対策に係る行動計画」の見直し"},
    };
    struct published p = fixture();
    struct plan_text t = excerpt();
    const size_t *unused;
    size_t n;
    published_fill(w.a, &p, &t, &unused, &n);
    for (size_t i = 0; i < COUNT(filled); i++) {
        assert_str(measure_no(&p, filled[i].no)->title, filled[i].title);
        assert_true(measure_no(&p, filled[i].no)->fill_line > 0);
        assert_true(measure_no(&p, filled[i].no)->plan_text.n > 0);
    }
    assert_int_equal(n, 0);
    assert_int_equal(t.n, 15);
    assert_int_equal(t.n_unknown, 0);
    for (size_t i = 0; i < p.n_flags; i++) assert_int_not_equal(p.flag[i].defect, DEFECT_NO_TITLE);
    for (size_t i = 0; i < p.n; i++) {
        bool lacked = p.row[i].kind == PUBLISHED_MEASURE && p.row[i].no >= 49 && p.row[i].no <= 62;
        assert_int_equal(p.row[i].fill_line != 0, lacked);
    }
}

/* Owners in brackets, footnote marks taken off, texts over the end of a page. */
static void the_excerpt_is_read_through_its_pages(void **state)
{
    (void)state;
    struct plan_text t = excerpt();
    assert_str(t.item[0].owners, "重要インフラ所管省庁");
    assert_str(t.item[2].owners, "内閣官房及び重要インフラ所管省庁");
    assert_str(t.item[4].owners, "総務省");
    assert_str(t.item[8].owners, "内閣官房及び重要インフラ所管省庁");
    assert_str(t.item[1].text,
               "安全基準等の見直し状況を２００７年中に把握し、相互依存性解析も踏まえて年度内に検証する。");
    assert_str(t.item[11].text,
               "電気通信事業者を中心に、インターネット上の攻撃を想定した対応演習を２００７年度も行う。");
    assert_true(t.item[14].again && !t.item[13].again);
}

static void what_does_not_match_is_told(void **state)
{
    (void)state;
    struct published p = fixture();
    struct plan_text t;
    str text = with_change(w.a, bytes_of(w.a, EXCERPT_FIXTURE), "③相互依存性解析の実施", "③別の見出し");
    text = with_change(w.a, text, "ウ）指針の見直し（内閣官房）", "ウ）指針の見直し");
    assert_ok(&w, plan_text_read(&w, S("f.txt"), text, &t));
    const size_t *unused;
    size_t n, lacking = 0;
    published_fill(w.a, &p, &t, &unused, &n);
    assert_int_equal(n, 1);
    assert_str(t.item[unused[0]].title, "重要インフラ分野間の相互依存性解析の推進");
    assert_int_equal(t.n_unknown, 1);
    for (size_t i = 0; i < p.n_flags; i++) {
        if (p.flag[i].defect != DEFECT_NO_TITLE) continue;
        assert_true(p.row[p.flag[i].row].no == 52 || p.row[p.flag[i].row].no == 58);
        lacking++;
    }
    assert_int_equal(lacking, 2);
    assert_err(&w, plan_text_read(&w, S("f.txt"), S("第１節 a\nwords\n"), &t), INVALID);
    assert_fault(&w, "no measure");
}

static void names_are_parted(void **state)
{
    (void)state;
    static const struct {
        const char *text, *name[4];
    } cases[] = {
        {"内閣官房 総務省", {"内閣官房", "総務省"}},
        {"内閣官房及び重要インフラ所管省庁", {"内閣官房", "重要インフラ所管省庁"}},
        {"総務省、法務省並びに財務省", {"総務省", "法務省", "財務省"}},
        {"　 全府省庁　", {"全府省庁"}},
        {"", {NULL}},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        const str *name;
        size_t n = published_names(w.a, str_of(cases[i].text), &name), k = 0;
        for (; k < 4 && cases[i].name[k] != NULL; k++) assert_true(k < n && str_eq(name[k], str_of(cases[i].name[k])));
        assert_int_equal(n, k);
    }
}

int main(void)
{
#define each(test) cmocka_unit_test_setup_teardown(test, begin, finish)
    const struct CMUnitTest tests[] = {
        each(all_measures_are_read),
        each(each_layout_of_a_row_is_read),
        each(re_listed_rows_point_back),
        each(headings_stand_above_their_rows),
        each(defects_are_told),
        each(only_markup_is_taken_out),
        each(junk_is_listed),
        each(a_row_outside_a_table_is_no_row),
        each(line_ends_and_marks_change_nothing),
        each(what_is_no_such_text_is_refused),
        each(too_much_is_refused),
        each(titles_are_filled),
        each(the_excerpt_is_read_through_its_pages),
        each(what_does_not_match_is_told),
        each(names_are_parted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
