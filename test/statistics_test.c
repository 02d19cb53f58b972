/* share statistics: the published five years come back out of single reports, in every cell; what must not count does not; and an oracle
 * that counts random reports by other means agrees. */
#include "inspect_kit.h"

#include "format/csv.h"
#include "share/statistics.h"

#include <stdio.h>
#include <time.h>

/* ---- a small world: a centre, two ministries, two sectors, operators ---- */

static void share_world(struct work *w)
{
    doing(w, "registry", "import", {"what", "organisations"},
          FILED("code,parent,kind,order,name_ja,name_en,from,to\n"
                "top,,group,10,全体,All,,\ncentre,top,centre,10,中央,Centre,,\nmin1,top,ministry,20,第一省,First ministry,,\n"
                "min2,top,ministry,30,第二省,Second ministry,,\nsec1,top,sector,40,電気,Power,,\nsec2,top,sector,50,水,Water,,\n"
                "op1,sec1,operator,10,電気一,Power one,,\nop2,sec1,operator,20,電気二,Power two,,\nop3,sec2,operator,10,水一,Water one,,\n"));
}

enum { PUT_REPORT, PUT_VALUE, PUT_HOLDER, PUT_NOTICE };
static const struct sql statements[] = {
    [PUT_REPORT] = OPEN("a test",
                        "INSERT INTO share_report (code, uuid, org, drill, state, sector, government, title, service, ground, event, tlp,"
                        " not_supervision, entered, begun, editions, first, received, continuity, safety, trust, severity_by, severity_note, made,"
                        " made_by, revision) SELECT $1, $1, o.id, $3, $4, $5, $6, '', '', $7, $8, 2, 0, 0, NULL, $9, $10, $11, $12, $13, NULL, '', '',"
                        " 1, '', 1 FROM org o WHERE o.code = $2 RETURNING id"),
    [PUT_VALUE] = OPEN("a test", "INSERT INTO share_report_value (report, number, field, value) VALUES ($1, $2, $3, $4)"),
    [PUT_HOLDER] = OPEN("a test", "INSERT INTO share_report_holder (report, org, role, since, tlp, seen, by_whom, told, added, added_by)"
                                  " SELECT $1, o.id, $3, 1, 2, 0, '', 1, '', '' FROM org o WHERE o.code = $2"),
    [PUT_NOTICE] = OPEN("a test", "INSERT INTO share_notice (code, uuid, issuer, drill, kind, urgency, state, tlp, pap, title, body, measure,"
                                  " addressed, direct, within, supersedes, made, made_by, sent, sent_by, recalled_by, recall_reason, revision)"
                                  " SELECT $1, $1, o.id, $3, 'prevention', 'ordinary', $4, 1, 1, '', '', '', '', 0, 60, $5, 1, '', $6, '', '', '', 1"
                                  " FROM org o WHERE o.code = $2 RETURNING id"),
};

struct put {
    const char *org, *sector, *event, *state, *ground, *causes, *level, *verification, *spread;
    bool drill, government, kept; /* kept: not yet with the centre */
    int64_t at, editions;
    int severity;
};

static int64_t put_report(struct work *w, const struct put *p)
{
    static int64_t number;
    int64_t id = 0;
    str code = str_fmt(w->a, "R-%06d", (int)++number);
    bool draft = p->state != NULL && strcmp(p->state, "draft") == 0;
    struct value severity = int_or_nil(p->severity, p->severity >= 0), at = int_or_nil(p->at, !p->kept && !draft);
    assert_ok(w, store_int(w, &statements[PUT_REPORT],
                           ARGS(TEXT(code), TEXT(str_of(p->org)), INT(p->drill), TEXT(str_of(p->state == NULL ? "received" : p->state)),
                                TEXT(str_of(p->sector == NULL ? "" : p->sector)), INT(p->government), TEXT(str_of(p->ground == NULL ? "voluntary" : p->ground)),
                                TEXT(str_of(p->event)), INT(draft ? 0 : p->editions == 0 ? 1 : p->editions), int_or_nil(p->at, !draft), at, severity, NIL),
                           &id));
    const struct {
        const char *field, *value;
    } said[] = {{"causes", p->causes}, {"level", p->level}, {"verification", p->verification}, {"spread", p->spread}};
    for (size_t i = 0; i < 4; i++)
        if (said[i].value != NULL)
            assert_ok(w, store_run(w, &statements[PUT_VALUE], ARGS(INT(id), INT(p->editions == 0 ? 1 : p->editions), TEXT(str_of(said[i].field)), TEXT(str_of(said[i].value)))));
    const char *const holders[][2] = {{p->org, "operator"}, {"min1", "ministry"}, {"centre", "centre"}};
    for (size_t i = draft ? 3 : p->government ? 1 : 0; i < (p->kept ? 2u : 3u); i++)
        assert_ok(w, store_run(w, &statements[PUT_HOLDER], ARGS(INT(id), TEXT(str_of(holders[i][0])), TEXT(str_of(holders[i][1])))));
    return id;
}

static int64_t put_notice(struct work *w, const char *issuer, int64_t at, bool drill, const char *state, int64_t supersedes)
{
    static int64_t number;
    int64_t id = 0;
    assert_ok(w, store_int(w, &statements[PUT_NOTICE],
                           ARGS(TEXT(str_fmt(w->a, "N-%06d", (int)++number)), TEXT(str_of(issuer)), INT(drill), TEXT(str_of(state)),
                                int_or_nil(supersedes, supersedes != 0), int_or_nil(at, at != 0)),
                           &id));
    return id;
}

/* ---- the published figures ---- */

enum { GOLD_ROWS = 11, GOLD_COLUMNS = 9, GOLD_TOTAL = 8, GOLD_GOVERNMENT, GOLD_NOTICES, FIRST_YEAR = 2019, LAST_YEAR = 2023 };
static const char *const gold_row[GOLD_ROWS] = {"near-miss",      "confidentiality", "integrity", "availability", "malware-infection", "malicious-code",
                                                "intrusion",      "other",           "total",     "government",   "notices"};
static const char *const gold_column[GOLD_COLUMNS] = {"fy2019", "fy2020", "fy2021", "fy2022", "q1", "q2", "q3", "q4", "fy2023"};

static void gold_read(int64_t gold[GOLD_ROWS][GOLD_COLUMNS])
{
    char path[4096], line[512];
    (void)snprintf(path, sizeof path, "%s/test/share/reports-fy2019-2023.csv", getenv("SOURCE"));
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    assert_non_null(fgets(line, sizeof line, f));
    for (size_t r = 0; r < GOLD_ROWS; r++) {
        assert_non_null(fgets(line, sizeof line, f));
        char *at = strchr(line, ',');
        for (size_t c = 0; c < GOLD_COLUMNS; c++) {
            assert_non_null(at);
            gold[r][c] = strtoll(at + 1, &at, 10);
        }
    }
    fclose(f);
}

/* By the C library, so that nothing of what is tested makes the test: midnight in Japan of a day. */
static int64_t japan(int year, int month, int day_)
{
    struct tm t = {.tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day_};
    return (int64_t)timegm(&t) - 9 * 3600;
}

/* First second and the one after the last of a gold column. */
static void column_span(size_t c, int64_t *from, int64_t *until)
{
    bool year = c < 4;
    int q = year ? 0 : (int)c - 4;
    int y = year ? FIRST_YEAR + (int)c : LAST_YEAR;
    *from = japan(y, 4 + q * 3, 1); /* timegm carries months beyond December */
    *until = japan(y, year ? 16 : 7 + q * 3, 1);
}

/* The first is at the first second, the second at the last, the others between. */
static int64_t spread_at(size_t c, int64_t i, int64_t n)
{
    int64_t from, until;
    column_span(c, &from, &until);
    return i == 0 ? from : i == 1 ? until - 1 : from + (until - from) / (n + 1) * i;
}

static void put_cell(struct work *w, size_t r, size_t c, int64_t n)
{
    static const char *const orgs[][2] = {{"op1", "sec1"}, {"op2", "sec1"}, {"op3", "sec2"}};
    for (int64_t i = 0; i < n; i++) {
        int64_t at = spread_at(c, i, n);
        const char *const *o = orgs[(size_t)(i + (int64_t)r) % 3];
        if (r < GOLD_TOTAL) put_report(w, &(struct put){.org = o[0], .sector = o[1], .event = gold_row[r], .at = at, .severity = -1});
        if (r == GOLD_GOVERNMENT) put_report(w, &(struct put){.org = "min1", .event = "other", .government = true, .at = at, .severity = -1});
        if (r == GOLD_NOTICES) put_notice(w, "centre", at, false, "sent", 0);
    }
}

/* None of this may be counted: drills, drafts, what the centre does not have, what others hold or issued; a second edition is no second report. */
static void put_others(struct work *w)
{
    int64_t at = japan(2023, 7, 1);
    put_report(w, &(struct put){.org = "op1", .sector = "sec1", .event = "intrusion", .at = at, .drill = true});
    put_report(w, &(struct put){.org = "op1", .sector = "sec1", .event = "intrusion", .at = at, .state = "draft"});
    put_report(w, &(struct put){.org = "op1", .sector = "sec1", .event = "intrusion", .at = at, .state = "sent", .kept = true, .severity = -1});
    put_report(w, &(struct put){.org = "op1", .sector = "sec1", .event = "intrusion", .at = japan(2024, 4, 1), .severity = -1});
    put_report(w, &(struct put){.org = "op1", .sector = "sec1", .event = "intrusion", .at = japan(2019, 4, 1) - 1, .severity = -1});
    int64_t first = put_notice(w, "centre", japan(2024, 4, 1), false, "superseded", 0); /* of another year, its update of this */
    put_notice(w, "centre", japan(2024, 4, 1) - 1, false, "sent", first);
    put_notice(w, "centre", at, true, "sent", 0);
    put_notice(w, "centre", 0, false, "draft", 0);
    put_notice(w, "min1", at, false, "sent", 0);
}

static int64_t told(const struct kept *k, const char *row, const char *column)
{
    ptrdiff_t t = kept_table(k, "types");
    for (size_t i = 0; t >= 0 && i < k->table[t].n; i++)
        if (str_eq(k->table[t].row[i].cell[1].text, str_of(row))) return cell_in(k, "types", i, column)->i;
    fail_msg("no row '%s'", row);
    return -1;
}

static void gold_whole(struct work *w, int64_t gold[GOLD_ROWS][GOLD_COLUMNS])
{
    assert_ok(w, store_begin(w));
    for (size_t r = 0; r < GOLD_ROWS; r++)
        for (size_t c = 0; c < GOLD_COLUMNS - 1 && r != GOLD_TOTAL; c++) put_cell(w, r, c, gold[r][c]);
    put_others(w);
    assert_ok(w, store_commit(w));
}

static int64_t sum_of(const struct kept *k, const char *table, const char *column)
{
    int64_t n = 0;
    for (size_t i = 0; i < rows_of(k, table); i++) n += cell_in(k, table, i, column)->i;
    return n;
}

static void published(struct work *w)
{
    static const char *const single[] = {"sectors", "grounds", "severities", "service_levels", "spreads"};
    int64_t gold[GOLD_ROWS][GOLD_COLUMNS];
    gold_read(gold);
    share_world(w);
    gold_whole(w, gold);
    struct kept *k = doing(w, "share", "statistics", {"year", "2023"}, {"for", "centre"});
    for (size_t r = 0; r < GOLD_ROWS; r++)
        for (size_t c = 0; c < GOLD_COLUMNS; c++)
            if (told(k, gold_row[r], gold_column[c]) != gold[r][c])
                fail_msg("%s %s: %d, published %d", gold_row[r], gold_column[c], (int)told(k, gold_row[r], gold_column[c]), (int)gold[r][c]);
    assert_int_equal(told(k, "updates", "fy2023"), 1);
    assert_int_equal(told(k, "updates", "q4"), 1);
    assert_int_equal(fact_int(k, "reports"), 272);
    assert_int_equal(fact_int(k, "notices"), 127);
    for (size_t i = 0; i < sizeof single / sizeof *single; i++)
        for (size_t c = 0; c < GOLD_COLUMNS; c++) assert_int_equal(sum_of(k, single[i], gold_column[c]), gold[GOLD_TOTAL][c]);
    /* the same figures from another year back: each year is a sum there */
    k = doing(w, "share", "statistics", {"year", "2021"}, {"from", "2021"}, {"for", "centre"});
    assert_int_equal(told(k, "total", "fy2021"), 407);
    assert_int_equal(told(k, "total", "q1") + told(k, "total", "q2") + told(k, "total", "q3") + told(k, "total", "q4"), 407);
}

static void test_published(void **state)
{
    (void)state;
    each_store(published);
}

/* ---- who counts what ---- */

static void by_party(struct work *w)
{
    share_world(w);
    int64_t at = japan(2023, 4, 1);
    assert_ok(w, store_begin(w));
    put_report(w, &(struct put){.org = "op1", .sector = "sec1", .event = "integrity", .at = at, .severity = 3, .ground = "law", .editions = 2,
                                .causes = "weakness contractor", .level = "79.9", .verification = "80", .spread = "possible"});
    put_report(w, &(struct put){.org = "op3", .sector = "sec2", .event = "near-miss", .at = at, .severity = -1, .level = "80", .verification = "80",
                                .causes = "weakness"});
    put_report(w, &(struct put){.org = "op1", .sector = "sec1", .event = "other", .at = at, .kept = true, .state = "sent"});
    assert_ok(w, store_commit(w));
    struct kept *k = doing(w, "share", "statistics", {"year", "2023"}, {"for", "centre"});
    assert_int_equal(told(k, "total", "q1"), 2);
    assert_int_equal(cell_at(k, "sectors", "sec1", NULL, "q1")->i, 1);
    assert_int_equal(cell_at(k, "severities", "3", NULL, "fy2023")->i, 1);
    assert_int_equal(cell_at(k, "severities", "unsaid", NULL, "fy2023")->i, 1);
    assert_int_equal(cell_at(k, "service_levels", "below", NULL, "fy2023")->i, 1);
    assert_int_equal(cell_at(k, "service_levels", "held", NULL, "fy2023")->i, 1);
    assert_int_equal(cell_at(k, "causes", "weakness", NULL, "fy2023")->i, 2); /* more than the reports, together */
    assert_int_equal(cell_at(k, "causes", "contractor", NULL, "fy2023")->i, 1);
    assert_int_equal(cell_at(k, "grounds", "law", NULL, "fy2023")->i, 1);
    assert_int_equal(cell_at(k, "spreads", "possible", NULL, "fy2023")->i, 1);
    assert_false(noted_has(k, "does not have yet"));
    k = doing(w, "share", "statistics", {"year", "2023"}, {"for", "min1"});
    assert_int_equal(told(k, "total", "q1"), 2);
    assert_true(noted_has(k, "Not counted: 1 reports"));
    k = doing(w, "share", "statistics", {"year", "2023"}, {"for", "op3"});
    assert_int_equal(told(k, "total", "q1"), 1);
    assert_int_equal(told(k, "near-miss", "q1"), 1);
    k = doing(w, "share", "statistics", {"year", "2023"}, {"for", "min2"}); /* of another sector: nothing */
    assert_int_equal(told(k, "total", "fy2023"), 0);
    assert_int_equal(kept_table(k, "sectors"), -1);
}

static void test_by_party(void **state)
{
    (void)state;
    each_store(by_party);
}

static void limits(struct work *w)
{
    share_world(w);
    refused(w, INVALID, "1990 to 2200", "share", "statistics", {"year", "1889"}, {"for", "centre"});
    refused(w, INVALID, "1990 to 2200", "share", "statistics", {"year", "2023"}, {"from", "-1"}, {"for", "centre"});
    refused(w, INVALID, "not after the year", "share", "statistics", {"year", "2023"}, {"from", "2024"}, {"for", "centre"});
    refused(w, INVALID, "not after the year", "share", "statistics", {"year", "2023"}, {"from", "2002"}, {"for", "centre"});
    refused(w, INVALID, "say for which organisation", "share", "statistics", {"year", "2023"});
    struct kept *k = doing(w, "share", "statistics", {"year", "2023"}, {"from", "2003"}, {"for", "centre"});
    assert_int_equal(told(k, "total", "fy2003"), 0);
}

static void test_limits(void **state)
{
    (void)state;
    each_store(limits);
}

/* ---- an oracle: random instants, counted by the C library's calendar ---- */

static uint64_t chance(uint64_t *s)
{
    *s ^= *s << 13, *s ^= *s >> 7, *s ^= *s << 17;
    return *s;
}

static bool slow_at(const struct periods *p, int64_t at, size_t *out)
{
    time_t t = (time_t)(at + 9 * 3600);
    struct tm tm;
    gmtime_r(&t, &tm);
    int year = tm.tm_year + 1900 - (tm.tm_mon < 3), month = (tm.tm_mon + 9) % 12; /* April is 0 */
    if (year < p->first || year > p->year) return false;
    *out = year < p->year ? (size_t)(year - p->first) : p->earlier + (size_t)month / 3;
    return true;
}

static void test_oracle(void **state)
{
    (void)state;
    uint64_t s = 20231101;
    for (int round = 0; round < 300; round++) {
        int year = 1991 + (int)(chance(&s) % 200), first = year - (int)(chance(&s) % (year - 1990 > 20 ? 21u : (unsigned)(year - 1989)));
        struct periods p = periods_of(first, year);
        assert_int_equal(p.from, japan(first, 4, 1));
        assert_int_equal(p.until, japan(year + 1, 4, 1));
        for (int i = 0; i < 200; i++) {
            int month = (int)(chance(&s) % 12) + 1, y = first - 1 + (int)(chance(&s) % (uint64_t)(year - first + 4));
            int64_t at = i % 3 == 0 ? japan(y, month, 1) - (int64_t)(chance(&s) % 2) : japan(y, month, 1) + (int64_t)(chance(&s) % (31 * DAY));
            size_t fast = 99, slow = 99;
            assert_int_equal(period_at(&p, at, &fast), slow_at(&p, at, &slow));
            assert_int_equal(fast, slow);
        }
    }
}

static void test_crossed(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    uint64_t s = 7;
    static const str rows[] = {S_INIT("a"), S_INIT("b"), S_INIT("c")};
    struct periods p = periods_of(2019, 2023);
    struct crossed c = crossed_new(a, &p, rows, 3), total = crossed_new(a, &p, rows, 1);
    int64_t n[3] = {0}, in_year = 0;
    for (int i = 0; i < 5000; i++) {
        int64_t at = p.from - DAY + (int64_t)(chance(&s) % (uint64_t)(p.until - p.from + 2 * DAY));
        size_t row = chance(&s) % 3, where;
        bool in = slow_at(&p, at, &where);
        n[row] += in;
        in_year += in && where >= p.earlier;
        crossed_add(&c, row, at);
        crossed_add(&total, 0, at);
    }
    crossed_close(&c);
    crossed_close(&total);
    assert_true(crossed_foots(&c, &total));
    for (size_t row = 0; row < 3; row++) {
        int64_t sum = crossed_at(&c, row, p.n - 1);
        for (size_t i = 0; i < p.earlier; i++) sum += crossed_at(&c, row, i);
        assert_int_equal(sum, n[row]);
    }
    assert_int_equal(crossed_total(&c, p.n - 1), in_year);
    c.n[p.n]++; /* one cell more: it does not foot */
    assert_false(crossed_foots(&c, &total));
    arena_free(a);
}

static void test_deviation(void **state)
{
    (void)state;
    assert_int_equal(deviation_of(S("79.9"), S("80")), DEVIATION_BELOW);
    assert_int_equal(deviation_of(S("80.0"), S("80")), DEVIATION_HELD);
    assert_int_equal(deviation_of(S("100"), S("99.9")), DEVIATION_HELD);
    assert_int_equal(deviation_of(S("0"), S("0.1")), DEVIATION_BELOW);
    assert_int_equal(deviation_of(S(""), S("80")), DEVIATION_UNSAID);
    assert_int_equal(deviation_of(S("80"), S("")), DEVIATION_UNSAID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_published), cmocka_unit_test(test_by_party),  cmocka_unit_test(test_limits),
        cmocka_unit_test(test_oracle),    cmocka_unit_test(test_crossed),   cmocka_unit_test(test_deviation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
