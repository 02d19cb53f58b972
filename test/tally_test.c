/* Counting answers: the fast counter against its definition, and the sheet's few operations. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tally/tally.h"

enum { CLAUSES = 130, PLANE = 24, SHEET = 48 };

static uint64_t state;

static uint64_t next_random(void) /* splitmix64 */
{
    uint64_t z = state += 0x9E3779B97F4A7C15U;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9U;
    z = (z ^ z >> 27) * 0x94D049BB133111EBU;
    return z ^ z >> 31;
}

static size_t below(size_t n) { return (size_t)(next_random() % n); }

static void planes_are_whole_words(void **unused)
{
    (void)unused;
    static const size_t row[][2] = {{0, 0}, {1, 8}, {63, 8}, {64, 8}, {65, 16}, {120, 16}, {256, 32}, {4096, 512}};
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        assert_int_equal(plane_bytes(row[i][0]), row[i][1]);
        assert_int_equal(sheet_bytes(row[i][0]), 2 * row[i][1]);
    }
}

/* The layout is stored: it must never change. */
static void bits_stand_where_the_header_says(void **unused)
{
    (void)unused;
    uint8_t sheet[SHEET] = {0};
    sheet_set(sheet, CLAUSES, 0, NOT_DONE);
    sheet_set(sheet, CLAUSES, 9, DONE);
    sheet_set(sheet, CLAUSES, 129, NO_OCCASION);
    uint8_t want[SHEET] = {[0] = 1, [1] = 2, [PLANE + 1] = 2, [PLANE + 16] = 2};
    assert_memory_equal(sheet, want, SHEET);
}

static void an_answer_replaces_the_one_before(void **unused)
{
    (void)unused;
    static const enum answer all[] = {UNANSWERED, NOT_DONE, NO_OCCASION, DONE};
    uint8_t sheet[SHEET] = {0};
    for (size_t c = 62; c < 67; c++)
        for (int before = 0; before < 4; before++)
            for (int after = 0; after < 4; after++) {
                sheet_set(sheet, CLAUSES, c, all[before]);
                sheet_set(sheet, CLAUSES, c, all[after]);
                assert_int_equal(sheet_get(sheet, CLAUSES, c), all[after]);
                assert_int_equal(sheet_get(sheet, CLAUSES, c - 1), c == 62 ? UNANSWERED : DONE);
            }
}

/* One sheet of each answer to one clause. */
static void the_plain_counter_counts(void **unused)
{
    (void)unused;
    uint8_t sheets[4][SHEET] = {0};
    sheet_set(sheets[1], CLAUSES, 70, NOT_DONE);
    sheet_set(sheets[2], CLAUSES, 70, NO_OCCASION);
    sheet_set(sheets[3], CLAUSES, 70, DONE);
    struct counts counts[CLAUSES] = {[70] = {10, 20, 30}};
    count_sheets_plainly(sheets[0], SHEET, 4, CLAUSES, counts);
    assert_int_equal(counts[70].arisen, 12);
    assert_int_equal(counts[70].done, 21);
    assert_int_equal(counts[70].no_occasion, 31);
    assert_int_equal(counts[69].arisen + counts[69].done + counts[69].no_occasion, 0);
}

typedef void counter(const uint8_t *, size_t, size_t, size_t, struct counts *);

static void count_and_compare(counter *count, const uint8_t *sheets, size_t stride, size_t n, size_t clauses)
{
    struct counts *got = calloc(clauses + 1, sizeof *got), *want = calloc(clauses + 1, sizeof *want);
    for (size_t c = 0; c <= clauses; c++) got[c] = want[c] = (struct counts){(int64_t)c, 7, (int64_t)n};
    count(sheets, stride, n, clauses, got);
    count_sheets_plainly(sheets, stride, n, clauses, want);
    assert_memory_equal(got, want, (clauses + 1) * sizeof *got);
    free(got);
    free(want);
}

/* Random bytes in memory of exactly the size needed, so that the sanitizer sees a read beyond; bits above the last
 * clause and between the sheets are random too and must not count, and the counters do not start from 0. */
static void compare(size_t n, size_t clauses)
{
    size_t gap = below(3) == 0 ? 0 : below(40), shift = below(9), stride = sheet_bytes(clauses) + gap;
    size_t bytes = n == 0 ? 0 : stride * (n - 1) + sheet_bytes(clauses);
    uint8_t *memory = malloc(shift + bytes + 1), *sheets = memory + shift + 1;
    assert_non_null(memory);
    for (size_t i = 0; i < bytes; i++) sheets[i] = (uint8_t)next_random();
    count_and_compare(count_sheets, sheets, stride, n, clauses);
    count_and_compare(count_sheets_portably, sheets, stride, n, clauses);
    free(memory);
}

static void fast_equals_plain_for_every_number_of_sheets(void **unused)
{
    (void)unused;
    state = 1;
    for (size_t n = 0; n <= 200; n++)
        for (int i = 0; i < 4; i++) compare(n, 1 + below(300));
}

static void fast_equals_plain_for_every_number_of_clauses(void **unused)
{
    (void)unused;
    state = 2;
    for (size_t clauses = 0; clauses <= 300; clauses++)
        for (int i = 0; i < 3; i++) compare(below(201), clauses);
}

static void fast_equals_plain_for_wide_and_long(void **unused)
{
    (void)unused;
    static const size_t row[][2] = {{33, 4096}, {100, 4095}, {47, 4033}, {50, 1025}, {5000, 256}, {70001, 3}};
    state = 3;
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) compare(row[i][0], row[i][1]);
}

/* The planes are emptied once in 16 × 65,535 sheets; one sheet read over and over (stride 0) passes that twice. */
static void sums_beyond_the_planes_are_carried_over(void **unused)
{
    (void)unused;
    enum { N = 2 * 16 * 65535 + 5 };
    uint8_t sheet[16] = {0};
    sheet_set(sheet, 10, 0, DONE);
    sheet_set(sheet, 10, 1, NOT_DONE);
    sheet_set(sheet, 10, 9, NO_OCCASION);
    for (size_t n = N - 6; n <= N; n += 3) {
        struct counts counts[10] = {0};
        count_sheets(sheet, 0, n, 10, counts);
        struct counts want[10] = {{(int64_t)n, (int64_t)n, 0}, {(int64_t)n, 0, 0}, [9] = {0, 0, (int64_t)n}};
        assert_memory_equal(counts, want, sizeof counts);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(planes_are_whole_words),
        cmocka_unit_test(bits_stand_where_the_header_says),
        cmocka_unit_test(an_answer_replaces_the_one_before),
        cmocka_unit_test(the_plain_counter_counts),
        cmocka_unit_test(fast_equals_plain_for_every_number_of_sheets),
        cmocka_unit_test(fast_equals_plain_for_every_number_of_clauses),
        cmocka_unit_test(fast_equals_plain_for_wide_and_long),
        cmocka_unit_test(sums_beyond_the_planes_are_carried_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
