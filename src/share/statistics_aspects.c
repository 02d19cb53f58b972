/* What else is counted of the same reports: sector, cause, ground, severity, deviation, spread. */
#include "share/statistics_told.h"

#include <assert.h>
#include <stdlib.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* ---- by sector, in official order ---- */

static int by_place(const void *a, const void *b)
{
    const struct tallied *x = a, *y = b;
    if (x->sector_lo != y->sector_lo) return x->sector_lo < y->sector_lo ? -1 : 1;
    return str_cmp(x->sector, y->sector);
}

static void sector_row(const struct telling *t, const struct tallied *one, const struct crossed *c, size_t row)
{
    struct cell name = one->sector.n == 0      ? enum_words_cell(S("unsaid"), M("the sector is not said"))
                       : one->sector_lo == 0 ? enum_named_cell(one->sector, one->sector, one->sector)
                                             : enum_named_cell(one->sector, one->sector_ja, one->sector_en);
    periods_row(t, &name, 1, c, (ptrdiff_t)row);
}

static void sectors_told(const struct telling *t)
{
    static const struct column lead[] = {{"sector", CELL_ENUM, N("Sector"), 0, "share reports", "sector"}};
    struct tallied *all = arena_array(t->w->a, t->n + 1, sizeof *all);
    for (size_t i = 0; i < t->n; i++) all[i] = t->report[i];
    qsort(all, t->n, sizeof *all, by_place);
    size_t *first = arena_array(t->w->a, t->n + 1, sizeof *first), n = 0;
    str *codes = arena_array(t->w->a, t->n + 1, sizeof *codes);
    for (size_t i = 0; i < t->n; i++) {
        if (i != 0 && str_eq(all[i].sector, all[i - 1].sector)) continue;
        codes[n] = all[i].sector;
        first[n++] = i;
    }
    struct crossed c = crossed_new(t->w->a, &t->periods, codes, n);
    for (size_t i = 0, row = 0; i < t->n; i++) {
        if (row + 1 < n && i == first[row + 1]) row++;
        crossed_add(&c, row, all[i].at);
    }
    crossed_close(&c);
    assert(crossed_foots(&c, &t->total));
    doc_heading(t->out, M("By sector"));
    periods_table(t, "sectors", lead, COUNT(lead));
    for (size_t row = 0; row < n; row++) sector_row(t, &all[first[row]], &c, row);
    doc_table_end(t->out);
}

/* ---- by what a report says in one of a few words ---- */

/* The words come from a field of the report or, where counting makes them, from a table. What is none of them counts as
 * not said. */
struct aspect {
    const char *table;
    str heading, label;
    const char *field;
    const struct coded *made;
    size_t n_made;
    bool several; /* one report may count in several rows */
    str (*word)(struct arena *, const struct tallied *);
};

static str ground_word(struct arena *a, const struct tallied *r) { return (void)a, r->ground; }
static str causes_word(struct arena *a, const struct tallied *r) { return (void)a, r->causes; }
static str spread_word(struct arena *a, const struct tallied *r) { return (void)a, r->spread; }
static str severity_word(struct arena *a, const struct tallied *r)
{
    return r->severity < 0 ? S("") : str_int(a, r->severity);
}
static str level_word(struct arena *a, const struct tallied *r)
{
    return (void)a, deviation_word(deviation_of(r->level, r->verification));
}

static const struct coded severities[] = {
    {"4", N("4: crisis")}, {"3", N("3: high")}, {"2", N("2: middle")}, {"1", N("1: low")}, {"0", N("0: no effect")},
};
static const struct coded deviations[] = {{"below", N("Fell below the verification level")},
                                          {"held", N("Stayed at it or above")}};

static const struct aspect aspects[] = {
    {"causes", N("By cause"), N("Cause of the event"), "causes", NULL, 0, true, causes_word},
    {"grounds", N("By ground"), N("Ground"), "ground", NULL, 0, false, ground_word},
    {"severities", N("By severity"), N("Severity"), NULL, severities, COUNT(severities), false, severity_word},
    {"service_levels", N("Against the verification level"), N("Service level"), NULL, deviations, COUNT(deviations),
     false, level_word},
    {"spreads", N("By spread"), N("Spread to others"), "spread", NULL, 0, false, spread_word},
};

enum { WORDS_MAX = 40 };
struct words {
    str code[WORDS_MAX], label[WORDS_MAX];
    size_t n; /* the last is "unsaid" */
};

static void word_add(struct words *x, str code, str label)
{
    assert(x->n < WORDS_MAX);
    x->code[x->n] = code;
    x->label[x->n++] = label;
}

static struct words words_of(const struct aspect *x)
{
    struct words out = {.n = 0};
    const struct report_field *f = x->field == NULL ? NULL : report_field_of(str_of(x->field));
    str rest = f == NULL ? S("") : str_of(f->words), one;
    while (f != NULL && str_cut(&rest, ' ', &one)) word_add(&out, one, report_choice_label(f, one));
    for (size_t i = 0; i < x->n_made; i++) word_add(&out, str_of(x->made[i].code), x->made[i].words);
    word_add(&out, S("unsaid"), M("not said"));
    return out;
}

static size_t word_row(const struct words *x, str word)
{
    size_t i = 0;
    while (i + 1 < x->n && !str_eq(word, x->code[i])) i++;
    return i;
}

static void count_one(const struct aspect *x, const struct words *words, struct crossed *c, struct arena *a,
                      const struct tallied *r)
{
    str said = x->word(a, r), one;
    bool any = false;
    if (!x->several) {
        crossed_add(c, word_row(words, said), r->at);
        return;
    }
    while (str_cut(&said, ' ', &one)) {
        if (one.n == 0) continue;
        crossed_add(c, word_row(words, one), r->at);
        any = true;
    }
    if (!any) crossed_add(c, words->n - 1, r->at);
}

static void aspect_told(const struct telling *t, const struct aspect *x)
{
    const struct column lead[] = {{"what", CELL_ENUM, x->label, 0, NULL, NULL}};
    struct words words = words_of(x);
    struct crossed c = crossed_new(t->w->a, &t->periods, words.code, words.n);
    for (size_t i = 0; i < t->n; i++) count_one(x, &words, &c, t->w->a, &t->report[i]);
    crossed_close(&c);
    assert(x->several || crossed_foots(&c, &t->total));
    doc_heading(t->out, x->heading);
    if (x->several) doc_text(t->out, M("A report may name several, so these add up to more than the reports."));
    periods_table(t, x->table, lead, COUNT(lead));
    for (size_t i = 0; i < words.n; i++) {
        struct cell word = enum_words_cell(words.code[i], words.label[i]);
        periods_row(t, &word, 1, &c, (ptrdiff_t)i);
    }
    doc_table_end(t->out);
}

void aspects_told(const struct telling *t)
{
    if (t->n == 0) return;
    sectors_told(t);
    for (size_t i = 0; i < COUNT(aspects); i++) aspect_told(t, &aspects[i]);
}
