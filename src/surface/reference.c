#include "surface/reference.h"

#define WITHIN(parameter, key, name) .first = (parameter), .first_key = (key), .first_label = N(name)
const struct reference_kind reference_kinds[REFERENCE_SORTS] = {
    [REFER_CASE] = {"case", N("Case"), "case show", .last = "case"},
    [REFER_CLAUSE] = {"clause", N("Clause"), "standard show", .last = "clause", WITHIN("edition", "clause_edition", "Edition")},
    [REFER_ROUND] = {"round", N("Round"), "inspect round", .last = "round"},
    [REFER_GRADE] = {"grade", N("Grade"), "inspect grades", .last = "org", WITHIN("round", "grade_round", "Round")},
    [REFER_RATE] = {"rate", N("Rate"), "inspect rates", .last = "org", WITHIN("round", "rate_round", "Round")},
    [REFER_SURVEY] = {"survey", N("Urgent survey"), "inspect survey", .last = "survey"},
    [REFER_MEETING] = {"meeting", N("Meeting"), "registry meeting", .last = "meeting"},
    [REFER_SERIES] = {"series", N("Series"), "series show", .last = "series"},
    [REFER_MEASURE] = {"measure", N("Measure"), "plan measure", .last = "no", WITHIN("plan", "measure_plan", "Plan")},
    [REFER_PLAN] = {"plan", N("Plan"), "plan show", .last = "plan"},
    [REFER_REPORT] = {"report", N("Report"), "report show", .last = "report"},
    [REFER_STANDARD] = {"standard", N("Standard"), "standard show", .last = "edition"},
};

static bool plain(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] <= ' ' || s.p[i] == 0x7F) return false;
    return s.n != 0;
}

bool reference_parse(str text, struct reference *out)
{
    ptrdiff_t colon = str_find(text, S(":"));
    size_t sort = 0;
    if (colon <= 0 || text.n > REFERENCE_MAX || !plain(text)) return false;
    str word = str_sub(text, 0, (size_t)colon), code = str_sub(text, (size_t)colon + 1, text.n);
    while (sort < REFERENCE_SORTS && !str_eq(str_of(reference_kinds[sort].word), word)) sort++;
    if (sort == REFERENCE_SORTS || code.n == 0) return false;
    struct reference r = {.sort = (enum reference_sort)sort, .whole = text, .code = code, .last = code};
    ptrdiff_t slash = str_find(code, S("/"));
    if (reference_kinds[sort].first != NULL) {
        if (slash <= 0 || (size_t)slash + 1 == code.n) return false;
        r.first = str_sub(code, 0, (size_t)slash);
        r.last = str_sub(code, (size_t)slash + 1, code.n);
    }
    *out = r;
    return true;
}

str reference_text(struct arena *a, enum reference_sort sort, str first, str last)
{
    const char *word = reference_kinds[sort].word;
    if (first.n == 0) return str_fmt(a, "%s:%.*s", word, STR_ARG(last));
    return str_fmt(a, "%s:%.*s/%.*s", word, STR_ARG(first), STR_ARG(last));
}

void reference_see(struct reference_table *s, str text)
{
    struct reference r;
    if (text.n == 0) return;
    if (reference_parse(text, &r)) s->seen |= 1U << r.sort;
    else s->other = true;
}

size_t reference_columns(const struct reference_table *s, unsigned flags, struct column *out)
{
    size_t n = 0;
    for (size_t i = 0; i < REFERENCE_SORTS; i++) {
        const struct reference_kind *k = &reference_kinds[i];
        if ((s->seen & 1U << i) == 0) continue;
        out[n++] = (struct column){k->word, CELL_TEXT, k->label, flags, k->to, k->last, NULL, NULL};
        if (k->first != NULL) out[n++] = (struct column){k->first_key, CELL_TEXT, k->first_label, COL_DATA, NULL, k->first, NULL, NULL};
    }
    if (s->other) out[n++] = (struct column){"other", CELL_TEXT, N("What it is"), 0, NULL, NULL, NULL, NULL};
    return n;
}

size_t reference_cells(const struct reference_table *s, str text, str ja, str en, struct cell *out)
{
    struct reference r;
    size_t n = 0;
    bool known = reference_parse(text, &r);
    for (size_t i = 0; i < REFERENCE_SORTS; i++) {
        bool two = reference_kinds[i].first != NULL, here = known && i == r.sort;
        if ((s->seen & 1U << i) == 0) continue;
        out[n] = here ? C_TEXT(r.last) : C_NONE;
        if (here && (two || ja.n + en.n != 0)) {
            out[n].ja = ja.n + en.n != 0 ? ja : r.code;
            out[n].en = ja.n + en.n != 0 ? en : r.code;
        }
        n++;
        if (two) out[n++] = here ? C_TEXT(r.first) : C_NONE;
    }
    if (s->other) out[n++] = known ? C_NONE : text_cell(text);
    return n;
}
