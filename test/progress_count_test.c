/* Counts of measures: the published figures of 2007 as gold, and an independent slow count on plans made at random. */
#include "inspect_kit.h"

#include "format/csv.h"
#include "plan/count.h"
#include "plan/progress.h"

/* ---- the half-year report of 2007: numbers, owners and status as they were published ---- */

enum { NO, RELISTS, CHAPTER, SECTION, OWNERS, STATUS, CELLS, ROWS_MOST = 200 };
struct gold {
    struct plan_item item[2 * ROWS_MOST];
    struct progress_row row[ROWS_MOST];
    size_t n_items, n_rows;
};

static str gold_file(struct work *w)
{
    const char *root = getenv("SOURCE");
    FILE *in = fopen(str_c(w->a, str_fmt(w->a, "%s/test/plan/gold-half-2007.csv", root == NULL ? "." : root)), "rb");
    struct buf b = buf_in(w->a);
    char piece[4096];
    assert_non_null(in);
    for (size_t n; (n = fread(piece, 1, sizeof piece, in)) > 0;) buf_add(&b, (str){piece, n});
    fclose(in);
    return buf_str(&b);
}

/* Owners by the names the document gives them. */
static const struct plan_owner *owners_named_by(struct work *w, str names, size_t *n)
{
    static const char *const code[][2] = {
        {"内閣官房", "cas"},   {"内閣府", "cao"},           {"警察庁", "npa"},       {"総務省", "soumu"},
        {"法務省", "moj"},     {"財務省", "mof"},           {"文部科学省", "mext"},  {"経済産業省", "meti"},
        {"防衛省", "mod"},     {"全府省庁", "all"},         {"重要インフラ所管省庁", "ci"}, {"独立行政法人等所管府省庁", "iaa"}};
    struct plan_owner *all = arena_array(w->a, 20, sizeof *all);
    str one;
    for (*n = 0; str_cut(&names, ' ', &one); (*n)++)
        for (size_t i = 0; i < sizeof code / sizeof *code; i++)
            if (str_eq(one, str_of(code[i][0]))) all[*n] = (struct plan_owner){str_of(code[i][1]), false};
    return all;
}

static void add_heading(struct work *w, struct gold *g, int64_t level, str title)
{
    g->item[g->n_items] = (struct plan_item){.kind = ITEM_HEADING, .key = str_fmt(w->a, "h%d", (int)g->n_items), .level = level, .title_ja = title};
    g->n_items++;
}

static void add_row(struct work *w, struct gold *g, const str *cell, int again)
{
    size_t n;
    const struct plan_owner *owner = owners_named_by(w, cell[OWNERS], &n);
    struct plan_item *i = &g->item[g->n_items++];
    *i = (struct plan_item){.kind = cell[RELISTS].n != 0 ? ITEM_RELISTED : ITEM_MEASURE, .level = 3, .relists = cell[RELISTS],
                            .key = cell[RELISTS].n != 0 ? str_fmt(w->a, "r%d", again) : cell[NO], .title_ja = S("施策"), .owner = owner, .n_owners = n};
    if (cell[RELISTS].n == 0)
        g->row[g->n_rows++] = (struct progress_row){.key = cell[NO], .status = status_read(cell[STATUS]), .text_ja = S("本文")};
}

static struct gold *gold_load(struct work *w)
{
    struct gold *g = arena_alloc(w->a, sizeof *g);
    struct csv *c;
    str chapter = S(""), section = S("");
    int again = 0;
    assert_ok(w, csv_open(w, S("gold"), gold_file(w), CSV_UTF8, &c));
    while (csv_next(c)) {
        str cell[CELLS];
        for (size_t i = 0; i < CELLS; i++) cell[i] = str_dup(w->a, csv_cell(c, i));
        bool new_chapter = !str_eq(cell[CHAPTER], chapter);
        if (new_chapter) add_heading(w, g, 1, chapter = cell[CHAPTER]);
        if (new_chapter || !str_eq(cell[SECTION], section)) add_heading(w, g, 2, section = cell[SECTION]);
        add_row(w, g, cell, ++again);
    }
    assert_ok(w, csv_err(c));
    return g;
}

static void government(struct work *w)
{
    doing(w, "registry", "import", {"what", "organisations"},
          FILED("code,parent,kind,order,name_ja,name_en,from,to\ngov,,government,10,政府,Government,,\n"
                "cas,gov,ministry,10,内閣官房,CAS,,\ncao,gov,ministry,20,内閣府,CAO,,\nnpa,gov,ministry,30,警察庁,NPA,,\n"
                "soumu,gov,ministry,40,総務省,MIC,,\nmoj,gov,ministry,50,法務省,MOJ,,\nmof,gov,ministry,60,財務省,MOF,,\n"
                "mext,gov,ministry,70,文部科学省,MEXT,,\nmeti,gov,ministry,80,経済産業省,METI,,\nmod,gov,ministry,90,防衛省,MOD,,\n"
                "fsa,gov,ministry,100,金融庁,FSA,,\nsector,gov,sector,200,金融,Finance,,\n"));
    doing(w, "registry", "import", {"what", "links"}, FILED("kind,from,to,valid_from,valid_to\nministry-in-charge,sector,fsa,,\n"));
}

static struct plan plan_made(struct work *w, const char *code, const struct plan_item *items, size_t n)
{
    struct org o;
    int64_t since = 13604, until = 13969; /* 2007-04-01, 2008-03-31 */
    assert_ok(w, org_find(w, S("gov"), &o));
    struct plan p = {.code = str_of(code), .kind = S("annual"), .org = o.id, .title_ja = S("計画"), .title_en = S("Plan"), .since = since,
                     .until = until, .org_lo = o.lo, .org_hi = o.hi};
    assert_ok(w, store_begin(w));
    assert_ok(w, plan_add(w, &p));
    assert_ok(w, owner_group_put(w, &(struct owner_group){S("all"), S("全府省庁"), S("All ministries"), S("kind"), S("ministry")}));
    assert_ok(w, owner_group_put(w, &(struct owner_group){S("ci"), S("重要インフラ所管省庁"), S("In charge"), S("link"), S("ministry-in-charge")}));
    assert_ok(w, owner_group_put(w, &(struct owner_group){S("iaa"), S("独立行政法人等所管府省庁"), S("Agencies"), S("link"), S("agency")}));
    assert_ok(w, plan_items_put(w, &p, items, n));
    p.state = S("decided");
    assert_ok(w, plan_edition_change(w, &p));
    assert_ok(w, store_commit(w));
    return p;
}

static void counts_are(const struct kept *k, const char *table, const char *first, int done, int under_way, int begin, int unknown)
{
    const int of[] = {done, under_way, begin, unknown, 0, done + under_way + begin + unknown};
    static const char *const key[] = {"done", "under_way", "to_begin", "unknown", "none", "measures"};
    for (size_t r = 0; r < rows_of(k, table); r++) {
        const struct cell *c = cell_in(k, table, r, k->table[kept_table(k, table)].key[0].p);
        if (!str_eq(c->ja, str_of(first))) continue;
        for (size_t i = 0; i < 6; i++) assert_int_equal(cell_in(k, table, r, key[i])->i, of[i]);
        return;
    }
    fail_msg("no row '%s'", first);
}

static void keys_of_status_4(struct work *w)
{
    struct kept *k = doing(w, "plan", "progress", {"year", "2007"}, {"status", "4"});
    static const char *const keys[] = {"65", "141", "144"};
    size_t found = 0;
    for (size_t i = 0; i < rows_of(k, "progress"); i++) {
        if (str_eq(cell_in(k, "progress", i, "kind")->text, S("heading"))) continue;
        assert_true(found < 3);
        assert_str(cell_in(k, "progress", i, "key")->text, keys[found++]);
    }
    assert_int_equal(found, 3);
}

static void as_published(struct work *w)
{
    government(w);
    struct gold *g = gold_load(w);
    struct plan p = plan_made(w, "sj2007", g->item, g->n_items);
    assert_ok(w, store_begin(w));
    assert_ok(w, progress_published(w, &p, S("half"), g->row, g->n_rows));
    assert_ok(w, progress_published(w, &p, S("half"), g->row, g->n_rows)); /* read in twice it stands once */
    assert_ok(w, store_commit(w));
    struct kept *k = doing(w, "plan", "status", {"year", "2007"}, {"by", "status"});
    assert_int_equal(fact_int(k, "measures"), 159);
    static const int64_t of[] = {27, 111, 18, 3, 0};
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(cell_in(k, "status", i, "measures")->i, of[i]);
        assert_int_equal(cell_in(k, "status", i, "share")->rate.d, 159);
    }
    keys_of_status_4(w);
    k = doing(w, "plan", "status", {"year", "2007"}, {"by", "chapter"}, {"report", "half"});
    counts_are(k, "status", "第3章", 20, 71, 11, 1);
    counts_are(k, "status", "第4章", 5, 32, 7, 2);
    counts_are(k, "status", "第5章", 2, 8, 0, 0);
    k = doing(w, "plan", "status", {"year", "2007"}, {"by", "section"});
    assert_int_equal(rows_of(k, "status"), 11);
    assert_int_equal(cell_in(k, "status", 0, "measures")->i, 48);
    assert_int_equal(cell_in(k, "status", 10, "measures")->i, 4);
    k = doing(w, "plan", "reports", {"plan", "sj2007"});
    assert_int_equal(cell_at(k, "reports", "half", NULL, "no")->i, 1);
    k = doing(w, "plan", "progress", {"year", "2007"});
    size_t again = 0;
    for (size_t i = 0; i < rows_of(k, "progress"); i++) again += str_eq(cell_in(k, "progress", i, "kind")->text, S("relisted"));
    assert_int_equal(again, 11);
}

static void owners_as_published(struct work *w)
{
    static const struct {
        const char *name;
        int of[4];
    } named[] = {{"内閣官房", {9, 47, 15, 1}},  {"全府省庁", {3, 16, 5, 1}},   {"経済産業省", {6, 40, 4, 0}}, {"独立行政法人等所管府省庁", {0, 1, 0, 0}},
                 {"総務省", {10, 35, 5, 1}},    {"内閣府", {0, 2, 6, 0}},      {"警察庁", {3, 13, 3, 0}},     {"防衛省", {1, 4, 3, 0}},
                 {"重要インフラ所管省庁", {1, 4, 1, 0}}, {"財務省", {0, 0, 0, 1}}, {"文部科学省", {2, 4, 3, 0}}, {"法務省", {0, 0, 0, 2}}};
    government(w);
    struct gold *g = gold_load(w);
    struct plan p = plan_made(w, "sj2007", g->item, g->n_items);
    assert_ok(w, store_begin(w));
    assert_ok(w, progress_published(w, &p, S("half"), g->row, g->n_rows));
    assert_ok(w, store_commit(w));
    for (int frozen = 0; frozen < 2; frozen++) {
        struct kept *k = frozen ? doing(w, "plan", "status", {"plan", "sj2007"}, {"by", "owner"}, {"report", "half"})
                                : doing(w, "plan", "status", {"plan", "sj2007"}, {"by", "owner"});
        assert_int_equal(rows_of(k, "named"), sizeof named / sizeof *named);
        for (size_t i = 0; i < sizeof named / sizeof *named; i++)
            counts_are(k, "named", named[i].name, named[i].of[0], named[i].of[1], named[i].of[2], named[i].of[3]);
        counts_are(k, "status", "法務省", 3, 16, 5, 3); /* two of its own, and the 25 of all ministries */
        counts_are(k, "status", "金融庁", 4, 20, 6, 1);  /* 25 of all, 6 of those in charge of infrastructure */
    }
}

static void what_is_not_published(struct work *w)
{
    government(w);
    struct gold *g = gold_load(w);
    struct plan p = plan_made(w, "sj2007", g->item, g->n_items);
    struct progress_row rows[] = {{.key = S("1"), .status = 2}, {.key = S("1"), .status = 3}};
    assert_ok(w, store_begin(w));
    assert_err(w, progress_published(w, &p, S("half"), rows, 2), INVALID);
    assert_fault(w, "stands twice");
    rows[1] = (struct progress_row){.key = S("160"), .status = 2};
    assert_err(w, progress_published(w, &p, S("half"), rows, 2), INVALID);
    assert_fault(w, "has no measure '160'");
    rows[1] = (struct progress_row){.key = S("2"), .status = 5};
    assert_err(w, progress_published(w, &p, S("half"), rows, 2), INVALID);
    assert_fault(w, "a status is 1, 2, 3 or 4");
    assert_err(w, progress_published(w, &p, S("summer"), rows, 1), INVALID);
    assert_fault(w, "'half' or 'year'");
    assert_ok(w, progress_published(w, &p, S("half"), rows, 1)); /* measures without a row have no figure */
    assert_ok(w, store_commit(w));
    assert_int_equal(fact_int(doing(w, "plan", "status", {"plan", "sj2007"}), "none"), 158);
}

/* ---- a slow count on plans made at random ---- */

enum { MEASURES = 40, ORGS = 4, LINES = 120 };
struct world {
    uint64_t seed;
    struct plan_item item[MEASURES + 12];
    struct plan_owner owner[MEASURES][3];
    size_t n, n_owners[MEASURES];
    int chapter[MEASURES], lead[MEASURES]; /* lead: organisation; -1: none */
    bool owns[MEASURES][ORGS];
    int64_t said[MEASURES][ORGS], centre[MEASURES], report[MEASURES]; /* status; report: in the last that was frozen */
    bool fresh_lead[MEASURES], fresh_centre[MEASURES];
};
static const char *const org_code[ORGS] = {"cas", "npa", "moj", "fsa"};

static int64_t drawn(struct world *x, int64_t below)
{
    x->seed = x->seed * 6364136223846793005U + 1442695040888963407U;
    return (int64_t)((x->seed >> 33) % (uint64_t)below);
}

static void draw_owners(struct world *x, int m)
{
    bool marked = false;
    x->lead[m] = -1;
    for (size_t i = 0, n = (size_t)drawn(x, 3) + 1; i < n; i++) {
        int org = (int)drawn(x, ORGS + 1); /* the last: all ministries */
        bool group = org == ORGS, twice = false, lead = !marked && !group && drawn(x, 4) == 0;
        str code = group ? S("all") : str_of(org_code[org]);
        for (size_t k = 0; k < x->n_owners[m]; k++) twice = twice || str_eq(x->owner[m][k].owner, code);
        if (twice) continue;
        x->owner[m][x->n_owners[m]++] = (struct plan_owner){code, lead};
        if (!group && (lead || x->lead[m] < 0)) x->lead[m] = org;
        marked = marked || lead;
        for (int o = 0; o < ORGS; o++) x->owns[m][o] = x->owns[m][o] || group || o == org;
    }
}

static void draw_plan(struct work *w, struct world *x)
{
    int chapter = -1;
    for (int m = 0; m < MEASURES; m++) {
        if (m == 0 || drawn(x, 8) == 0) {
            x->item[x->n] = (struct plan_item){.kind = ITEM_HEADING, .level = 1, .key = str_fmt(w->a, "h%d", ++chapter), .title_ja = str_fmt(w->a, "章%d", chapter)};
            x->n++;
        }
        draw_owners(x, m);
        x->chapter[m] = chapter;
        x->item[x->n++] = (struct plan_item){.kind = ITEM_MEASURE, .level = 2, .key = str_fmt(w->a, "%d", m + 1), .title_ja = S("施策"),
                                             .owner = x->owner[m], .n_owners = x->n_owners[m]};
    }
}

static int64_t slow_status(const struct world *x, int m)
{
    int64_t lead = x->lead[m] < 0 ? 0 : x->said[m][x->lead[m]];
    if (x->fresh_centre[m]) return x->centre[m];
    if (x->fresh_lead[m]) return lead;
    if (x->report[m] != 0) return x->report[m];
    return x->centre[m] != 0 ? x->centre[m] : lead;
}

static void say_one(struct work *w, struct world *x)
{
    int m = (int)drawn(x, MEASURES), org = (int)drawn(x, ORGS);
    int64_t status = drawn(x, 4) + 1;
    const char *no = str_c(w->a, str_int(w->a, m + 1)), *s = str_c(w->a, str_int(w->a, status)), *text = str_c(w->a, str_int(w->a, drawn(x, 1 << 20)));
    if (drawn(x, 8) == 0) {
        doing(w, "plan", "settle", {"plan", "r"}, {"no", no}, {"status", s}, {"text", text}, {"why", "x"});
        x->centre[m] = status;
        x->fresh_centre[m] = true;
    } else if (x->owns[m][org]) {
        doing(w, "plan", "update", {"plan", "r"}, {"no", no}, {"owner", org_code[org]}, {"status", s}, {"text", text});
        x->said[m][org] = status;
        x->fresh_lead[m] = x->fresh_lead[m] || org == x->lead[m];
    }
}

static void freeze(struct work *w, struct world *x, const char *report)
{
    doing(w, "plan", "report", {"plan", "r"}, {"report", report}, {"due", "2007-09-28"});
    doing(w, "plan", "freeze", {"plan", "r"}, {"report", report});
    for (int m = 0; m < MEASURES; m++) x->report[m] = slow_status(x, m);
    memset(x->fresh_lead, 0, sizeof x->fresh_lead);
    memset(x->fresh_centre, 0, sizeof x->fresh_centre);
}

static void same_counts(struct work *w, const struct world *x)
{
    static const char *const key[] = {"none", "done", "under_way", "to_begin", "unknown"};
    struct kept *by_chapter = doing(w, "plan", "status", {"plan", "r"}, {"by", "chapter"}), *by_owner = doing(w, "plan", "status", {"plan", "r"}, {"by", "owner"});
    int64_t chapter[MEASURES + 1][5] = {0}, owner[ORGS][5] = {0}, all[5] = {0};
    for (int m = 0; m < MEASURES; m++) {
        int64_t s = slow_status(x, m);
        chapter[x->chapter[m]][s]++;
        all[s]++;
        for (int o = 0; o < ORGS; o++) owner[o][s] += x->owns[m][o];
    }
    for (size_t s = 0; s < 5; s++) {
        assert_int_equal(fact_int(by_chapter, key[s]), all[s]);
        for (size_t r = 0; r < rows_of(by_chapter, "status"); r++)
            assert_int_equal(cell_in(by_chapter, "status", r, key[s])->i, chapter[r][s]);
        for (size_t o = 0; o < ORGS; o++) assert_int_equal(cell_at(by_owner, "status", org_code[o], NULL, key[s])->i, owner[o][s]);
    }
}

static void slow_count_agrees(struct work *w)
{
    government(w);
    struct world *x = arena_alloc(w->a, sizeof *x);
    x->seed = 2007;
    draw_plan(w, x);
    plan_made(w, "r", x->item, x->n);
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < LINES; i++) say_one(w, x);
        same_counts(w, x);
        if (round < 2) freeze(w, x, round == 0 ? "half" : "year");
        same_counts(w, x);
    }
}

#define TEST(name)                                                                                                     \
    static void test_##name(void **state)                                                                              \
    {                                                                                                                  \
        (void)state;                                                                                                   \
        each_store(name);                                                                                              \
    }
TEST(as_published) TEST(owners_as_published) TEST(what_is_not_published) TEST(slow_count_agrees)

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_as_published), cmocka_unit_test(test_owners_as_published),
                                       cmocka_unit_test(test_what_is_not_published), cmocka_unit_test(test_slow_count_agrees)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
