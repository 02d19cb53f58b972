/* Fields of a report: one table; what each takes and how it is stored; severity. Pure. */
#include "support.h"

#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "share/report_fields.h"

enum { NOON = 1764558000 }; /* 2025-12-01T03:00:00Z, noon in Japan */

static struct work *fresh(void)
{
    static struct arena *a;
    if (a != NULL) arena_free(a);
    a = arena_new(0);
    struct work *w = arena_alloc(a, sizeof *w);
    w->a = a;
    w->now = NOON;
    return w;
}

static void takes(const char *key, const char *given, const char *stored)
{
    struct work *w = fresh();
    str out = {0};
    assert_ok(w, report_value(w, report_field_of(str_of(key)), str_of(given), &out));
    assert_str(out, stored);
}

static void refuses(const char *key, const char *given, const char *why)
{
    struct work *w = fresh();
    str out = S("untouched");
    assert_err(w, report_value(w, report_field_of(str_of(key)), str_of(given), &out), INVALID);
    assert_str(w->faults.first[0].where.field, str_c(w->a, str_fmt(w->a, "field.%s", key)));
    assert_fault(w, why);
    assert_str(out, "untouched");
}

static void test_texts(void **state)
{
    (void)state;
    char *long_line = malloc(202);
    memset(long_line, 'x', 201);
    long_line[201] = '\0';
    takes("title", "　振込が止まった \r\n", "振込が止まった");
    takes("title", "two\nlines", "two lines");
    takes("summary", "one\r\ntwo", "one\ntwo");
    takes("title", "", "");
    refuses("title", long_line, "longer than");
    free(long_line);
}

static void test_choices(void **state)
{
    (void)state;
    takes("event", "availability", "availability");
    refuses("event", "Availability", "none of");
    refuses("event", "availability intrusion", "none of");
    takes("causes", "equipment  theft equipment", "theft equipment"); /* each once, in the order of the form */
    refuses("causes", "equipment magic", "'magic'");
    takes("tlp", "TLP:WHITE", "clear");
    takes("tlp", "ＴＬＰ：ＡＭＢＥＲ＋ＳＴＲＩＣＴ", "amber+strict");
    refuses("tlp", "purple", "none of");
    takes("not_supervision", "1", "1");
    takes("not_supervision", "0", "");
    refuses("not_supervision", "yes", "neither");
}

static void test_numbers(void **state)
{
    (void)state;
    takes("affected", "１２，３００", "12300");
    takes("affected", "0", "0");
    refuses("affected", "-1", "whole number");
    refuses("affected", "about 20", "whole number");
    refuses("affected", "1000000001", "to 1000000000");
    takes("level", "99.5 %", "99.5");
    takes("level", "99.0", "99");
    takes("verification", "１００％", "100");
    refuses("level", "100.1", "0 to 100");
    refuses("level", "99.55", "0 to 100");
    refuses("level", "+5", "0 to 100");
    refuses("level", ".5", "0 to 100");
}

static void test_times(void **state)
{
    (void)state;
    takes("begun", "2025-12-01T09:30", "2025-12-01T00:30:00Z"); /* without a zone it is of Japan */
    takes("begun", "2025-12-01 9:30", "2025-12-01T00:30:00Z");
    takes("begun", "2025/12/1", "2025-11-30T15:00:00Z");
    takes("begun", "2025-12-01T00:30:00Z", "2025-12-01T00:30:00Z");
    takes("begun", "2025-12-01T12:05", "2025-12-01T03:05:00Z"); /* clocks differ by minutes */
    refuses("begun", "2025-12-01T12:30", "lies ahead");
    refuses("begun", "25:00", "not a time");
    refuses("begun", "2025-12-01 24:00", "not a time");
    refuses("begun", "2025-12-01 9", "not a time");
    refuses("begun", "yesterday", "not a time");
}

/* Whatever a form may offer has words in both languages, and what is needed is asked first. */
static void test_table(void **state)
{
    (void)state;
    struct work *w = fresh();
    for (size_t i = 0; i < n_report_fields; i++) {
        const struct report_field *f = &report_fields[i];
        assert_ptr_equal(report_field_of(str_of(f->key)), f);
        assert_true(f->label.n != 0 && (!f->needed || f->first));
        assert_true((f->words != NULL) == (f->sort == FIELD_CHOICE || f->sort == FIELD_CHOICES));
        str rest = str_of(f->words), word, out = {0};
        while (f->words != NULL && str_cut(&rest, ' ', &word)) {
            assert_ok(w, report_value(w, f, word, &out));
            assert_true(str_eq(out, word));
            assert_false(str_eq(report_choice_label(f, word), word));
        }
    }
    assert_null(report_field_of(S("nothing")));
    for (int i = 0; i < EVENTS; i++) {
        enum event e = EVENTS;
        assert_true(event_parse(str_of(event_words[i]), &e));
        assert_int_equal(e, i);
    }
}

/* The highest counts, for all of them: an oracle that looks for it the long way. */
static void test_severity(void **state)
{
    (void)state;
    for (int c = -1; c <= SEVERITY_MAX; c++)
        for (int s = -1; s <= SEVERITY_MAX; s++)
            for (int t = -1; t <= SEVERITY_MAX; t++) {
                int most = -1;
                for (int level = 0; level <= SEVERITY_MAX; level++)
                    if (c == level || s == level || t == level) most = level;
                assert_int_equal(severity_overall(c, s, t), most);
            }
    assert_int_equal(severity_label(-1).n, 0);
    assert_str(tr(LANG_JA, severity_label(4)), "4 危機");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_texts), cmocka_unit_test(test_choices), cmocka_unit_test(test_numbers),
                                       cmocka_unit_test(test_times), cmocka_unit_test(test_table), cmocka_unit_test(test_severity)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
