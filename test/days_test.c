/* The calendar of working days, and that data/registry/days-off.csv holds what the law says: computed here once more
 * from the Act on National Holidays (昭和23年法律第178号) and the Act on Holidays of Administrative Organs (昭和63年法律
 * 第91号). The equinoxes are computed as the observatory's almanac is approximated for 1980–2099; for the years of the
 * file it agrees with what was gazetted. */
#include "inspect_kit.h"

#include "access/days.h"
#include "base/embed.h"

/* ---- the law ---- */

enum { YEAR_DAYS = 366 };
struct year {
    int64_t first;
    bool holiday[YEAR_DAYS + 2], off[YEAR_DAYS + 2];
};

static int64_t date_of(int year, int month, int d)
{
    char text[16];
    snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, d);
    return day(text);
}

static void holiday(struct year *y, int year, int month, int d) { y->holiday[date_of(year, month, d) - y->first] = true; }

static void nth_monday(struct year *y, int year, int month, int n)
{
    int64_t d = date_of(year, month, 1);
    while (weekday_of(d) != 0) d++;
    y->holiday[d + 7 * (n - 1) - y->first] = true;
}

static int equinox(double base, int year) { return (int)(base + 0.242194 * (year - 1980)) - (year - 1980) / 4; }

static void national(struct year *y, int year)
{
    holiday(y, year, 1, 1), holiday(y, year, 2, 11), holiday(y, year, 4, 29), holiday(y, year, 5, 3);
    holiday(y, year, 5, 5), holiday(y, year, 11, 3), holiday(y, year, 11, 23);
    nth_monday(y, year, 1, 2), nth_monday(y, year, 7, 3), nth_monday(y, year, 9, 3), nth_monday(y, year, 10, 2);
    holiday(y, year, 3, equinox(20.8431, year)), holiday(y, year, 9, equinox(23.2488, year));
    if (year >= 2007) holiday(y, year, 5, 4);
    if (year >= 2016) holiday(y, year, 8, 11);
    if (year >= 2020) holiday(y, year, 2, 23);
    else if (year <= 2018) holiday(y, year, 12, 23);
}

/* Article 3 (2): the first day after a holiday on a Sunday that is no holiday itself; before 2007 the Monday after it.
 * (3): a day between two holidays. */
static void law(struct year *y, int year)
{
    *y = (struct year){.first = date_of(year, 1, 1)};
    national(y, year);
    memcpy(y->off, y->holiday, sizeof y->off);
    for (int i = 0; i < YEAR_DAYS; i++) {
        if (!y->holiday[i] || weekday_of(y->first + i) != 6) continue;
        int next = i + 1;
        while (year >= 2007 && y->holiday[next]) next++;
        y->off[next] = true;
    }
    for (int i = 1; i < YEAR_DAYS; i++)
        if (y->holiday[i - 1] && y->holiday[i + 1] && weekday_of(y->first + i) != 6) y->off[i] = true;
    y->off[1] = y->off[2] = true;
    for (int d = 29; d <= 31; d++) y->off[date_of(year, 12, d) - y->first] = true;
}

static void the_file_is_the_law(struct work *w)
{
    static const int years[] = {2006, 2007, 2008, 2024, 2025, 2026, 2027, 2028};
    str bytes;
    struct days c;
    struct year *y = arena_alloc(w->a, sizeof *y);
    int64_t n = 0;
    assert_true(embedded_find(S("data/registry/days-off.csv"), &bytes));
    doing(w, "registry", "import", {"what", "days-off"}, {"file", str_c(w->a, bytes), "days-off.csv"});
    assert_ok(w, days_load(w, &c));
    for (size_t i = 0; i < sizeof years / sizeof *years; i++) {
        law(y, years[i]);
        int64_t last = date_of(years[i], 12, 31);
        for (int64_t d = y->first; d <= last; d++) {
            bool works = weekday_of(d) < 5 && !y->off[d - y->first];
            n += y->off[d - y->first];
            if (day_works(&c, d) != works) fail_msg("%s", str_c(w->a, date_text(w->a, d)));
        }
        assert_true(days_know(&c, y->first) && days_know(&c, last));
    }
    assert_int_equal(c.n, n); /* and no other */
    assert_false(days_know(&c, day("2009-01-01")) || days_know(&c, day("2023-12-31")) || days_know(&c, day("2029-01-01")));
}

/* ---- counting, against a loop ---- */

static int64_t slowly(const struct days *c, int64_t from, int64_t until)
{
    int64_t n = 0;
    for (int64_t d = from + 1; d <= until; d++) n += day_works(c, d);
    return n;
}

static void counts_agree_with_a_loop(void **state)
{
    (void)state;
    static const int64_t off[] = {-400, -3, 0, 1, 4, 5, 20560, 20571, 20572, 20573, 20574, 20575, 20576, 20999};
    const struct days c = {off, sizeof off / sizeof *off};
    for (int64_t from = 20540; from < 20600; from += 3)
        for (int64_t until = from; until < from + 90; until++) {
            assert_int_equal(days_between(&c, from, until), slowly(&c, from, until));
            assert_int_equal(days_between(&c, until, from), -slowly(&c, from, until));
        }
    for (int64_t from = -430; from < 40; from++)
        for (int64_t n = 1; n < 12; n++) {
            int64_t on = days_step(&c, from, n), back = days_step(&c, from, -n);
            assert_true(day_works(&c, on) && slowly(&c, from, on) == n);
            assert_true(day_works(&c, back) && slowly(&c, back - 1, from - 1) == n);
        }
}

static void golden_week_and_the_turn_of_the_year(struct work *w)
{
    str bytes;
    struct days c;
    assert_true(embedded_find(S("data/registry/days-off.csv"), &bytes));
    doing(w, "registry", "import", {"what", "days-off"}, {"file", str_c(w->a, bytes), "days-off.csv"});
    assert_ok(w, days_load(w, &c));
    /* 2026: 29 April a Wednesday; 3 May a Sunday, so that Wednesday the 6th is off in its place. */
    assert_int_equal(days_step(&c, day("2026-05-01"), 1), day("2026-05-07"));
    assert_int_equal(days_step(&c, day("2026-05-07"), -1), day("2026-05-01"));
    assert_int_equal(days_step(&c, day("2026-05-05"), 0), day("2026-05-01"));
    assert_int_equal(days_between(&c, day("2026-04-28"), day("2026-05-08")), 4);
    assert_int_equal(days_step(&c, day("2026-05-15"), -10), day("2026-04-27"));
    /* A citizens' holiday between two others, and a substitute Monday. */
    assert_int_equal(days_step(&c, day("2026-09-18"), 1), day("2026-09-24"));
    assert_int_equal(days_step(&c, day("2024-09-20"), 1), day("2024-09-24"));
    assert_int_equal(days_step(&c, day("2027-12-28"), 1), day("2028-01-04"));
    assert_int_equal(days_between(&c, day("2006-12-28"), day("2007-01-04")), 1);
    /* A year that is not recorded: Mondays to Fridays. */
    assert_true(day_works(&c, day("2031-01-01")));
}

/* ---- the registry ---- */

static void people_who_hold_for_all_keep_it(struct work *w)
{
    struct kept *k;
    small_registry(w);
    k = doing(w, "registry", "days-off", {"year", "2026"});
    assert_int_equal(rows_of(k, "days_off"), 0);
    assert_true(noted_has(k, "Mondays to Fridays"));
    refused(w, INVALID, "'2026-02-30' is no date", "registry", "import", {"what", "days-off"},
            FILED("day,name_ja,name_en\n2026-02-30,休み,Off\n"));
    refused(w, INVALID, "stands twice", "registry", "import", {"what", "days-off"},
            FILED("day,name_ja,name_en\n2026-05-04,みどりの日,\n2026-05-04,みどりの日,\n"));
    doing(w, "registry", "import", {"what", "days-off"},
          FILED("day,name_ja,name_en\n2026-05-04,みどりの日,Greenery Day\n2027-01-01,元日,\n"));
    k = doing(w, "registry", "days-off", {"year", "2026"});
    assert_int_equal(rows_of(k, "days_off"), 1);
    assert_str(cell_in(k, "days_off", 0, "weekday")->en, "Monday");
    k = doing(w, "registry", "import", {"what", "days-off"}, FILED("day,name_ja\n2027-01-01,元旦\n"));
    assert_int_equal(fact_int(k, "changed"), 1);
    str file = file_of_entry(w, "registry", "export", ASK({"what", "days-off"}));
    assert_str(file, "day,name_ja,name_en\r\n2026-05-04,みどりの日,Greenery Day\r\n2027-01-01,元旦,\r\n");
    /* A ministry's officer may manage, but not what holds for all. */
    refused(as(w, "poa"), DENIED, "hold for every organisation", "registry", "import", {"what", "days-off"},
            FILED("day,name_ja,name_en\n2026-05-05,こどもの日,\n"));
    refused(as(w, "pa1"), DENIED, "", "registry", "import", {"what", "days-off"},
            FILED("day,name_ja,name_en\n2026-05-05,こどもの日,\n"));
}

static void a_person_has_a_language(struct work *w)
{
    small_registry(w);
    doing(w, "registry", "import", {"what", "people"},
          FILED("code,org,name_ja,language\npa1,a1,秘甲一,en\npa2,a1,秘甲二,\n"));
    struct kept *k = doing(w, "registry", "person", {"person", "pa1"});
    bool found = false;
    for (size_t i = 0; i < k->n_facts; i++)
        found |= str_eq(k->fact[i].key, S("language")) && str_eq(k->fact[i].cell.text, S("en"));
    assert_true(found);
    refused(w, INVALID, "'fr' is not known here: use one of ja en", "registry", "import", {"what", "people"},
            FILED("code,org,name_ja,language\npa1,a1,秘甲一,fr\n"));
    /* A file without the column leaves it. */
    doing(w, "registry", "import", {"what", "people"}, FILED("code,org,name_ja\npa1,a1,秘甲壱\n"));
    str file = file_of_entry(w, "registry", "export", ASK({"what", "people"}));
    assert_true(str_find(file, S("pa1,a1,秘甲壱,Pa1,,,,en")) >= 0 || str_find(file, S("pa1,a1,秘甲壱,,,,,en")) >= 0);
}

/* ---- the clock ---- */

static void the_clock_is_moved_by_seconds_or_to_an_instant(void **state)
{
    (void)state;
    int64_t by = 7;
    assert_true(clock_offset(S("+864000"), 1000, &by) && by == 864000);
    assert_true(clock_offset(S("-60"), 1000, &by) && by == -60);
    assert_true(clock_offset(S("1970-01-02T00:00:00Z"), 1000, &by) && by == 85400);
    assert_true(clock_offset(S("1970-01-02T00:00:00+09:00"), 0, &by) && by == 54000);
    static const char *const wrong[] = {"864000", "tomorrow", "+", "+1x", "2026-05-07", "2026-05-07T25:00:00Z",
                                        "2026-05-07T00:00:00", "2026-02-30T00:00:00Z", "+99999999999",
                                        "2026-05-07T00:00:00+9:00"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) assert_false(clock_offset(str_of(wrong[i]), 0, &by));
    assert_int_equal(by, 54000);
    int64_t at;
    assert_true(time_parse(S("2007-04-23T01:00:00Z"), &at) && at == TEST_NOW);
}

#define ON_EACH(name) static void test_##name(void **state) { (void)state; each_store(name); }
ON_EACH(the_file_is_the_law)
ON_EACH(golden_week_and_the_turn_of_the_year)
ON_EACH(people_who_hold_for_all_keep_it)
ON_EACH(a_person_has_a_language)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_file_is_the_law),
        cmocka_unit_test(counts_agree_with_a_loop),
        cmocka_unit_test(test_golden_week_and_the_turn_of_the_year),
        cmocka_unit_test(test_people_who_hold_for_all_keep_it),
        cmocka_unit_test(test_a_person_has_a_language),
        cmocka_unit_test(the_clock_is_moved_by_seconds_or_to_an_instant),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
