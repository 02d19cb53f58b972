#include "inspect/aggregate_csv.h"

#include "base/utf8.h"
#include "inspect/acts.h"

static const char *const required[] = {"organisation", "duty", "clause", "reported", "known", "arisen", "done", NULL};
static const char *const optional[] = {"own_survey", "limited_scope", "excepted", "note", "round", NULL};

struct reading {
    struct aggregates all;
    struct csv *c;
    ptrdiff_t at[A_COLUMNS];
};

static struct where place(void *from, enum aggregate_column column)
{
    const struct reading *x = from;
    return csv_where(x->c, x->at[column] < 0 ? 0 : (size_t)x->at[column]);
}

static str cell(const struct reading *x, enum aggregate_column column)
{
    return x->at[column] < 0 ? (str){0} : str_trim(csv_cell(x->c, (size_t)x->at[column]));
}

static int64_t count(struct reading *x, enum aggregate_column column, bool may_be_empty)
{
    str text = cell(x, column);
    int64_t n = 0;
    if (text.n == 0 && may_be_empty) return 0;
    if (!str_to_int(text, &n) || n < 0 || n > AGGREGATE_COUNT_MAX)
        aggregate_wrong(&x->all, column, M("'%1' is no count from 0 to %2"), utf8_head(text, 60),
                        str_int(x->all.w->a, AGGREGATE_COUNT_MAX));
    return n;
}

static bool yes(struct reading *x, enum aggregate_column column)
{
    str text = cell(x, column);
    if (text.n != 0 && !str_eq(text, S("yes")) && !str_eq(text, S("no")))
        aggregate_wrong(&x->all, column, M("'%1' is neither yes nor no"), text, S(""));
    return str_eq(text, S("yes"));
}

static void check_round(struct reading *x)
{
    str round = cell(x, A_ROUND);
    if (round.n != 0 && !str_eq(round, x->all.r->code))
        aggregate_wrong(&x->all, A_ROUND, M("a row of round '%1' in a file for round '%2'"), round, x->all.r->code);
}

static void read_row(struct reading *x)
{
    struct work *w = x->all.w;
    struct aggregate g = {0};
    int64_t faults = w->faults.count;
    check_round(x);
    bool who = aggregate_who(&x->all, cell(x, A_ORGANISATION), cell(x, A_DUTY), cell(x, A_CLAUSE), &g);
    if (!who || w->faults.count != faults || aggregate_again(&x->all, &g)) return;
    g.reported = count(x, A_REPORTED, false);
    g.known = count(x, A_KNOWN, false);
    g.arisen = count(x, A_ARISEN, g.clause < 0);
    g.done = count(x, A_DONE, g.clause < 0);
    g.own = count(x, A_OWN, true);
    g.excepted = count(x, A_EXCEPTED, true);
    g.limited = yes(x, A_LIMITED);
    g.note = str_dup(w->a, cell(x, A_NOTE));
    if (g.note.n > NOTE_MAX)
        aggregate_wrong(&x->all, A_NOTE, M("a note longer than %1 bytes"), str_int(w->a, NOTE_MAX), S(""));
    if (w->faults.count == faults) aggregate_counts(&x->all, &g);
    aggregate_add(&x->all, &g, csv_row(x->c));
}

enum err import_aggregates(struct work *w, const struct args *in, const struct round *r, struct csv *c, struct doc *out)
{
    (void)in;
    struct reading x = {
        .all = {.w = w, .r = r, .at = place, .from = &x, .file = csv_where(c, 0).file, .lang = out->lang}, .c = c};
    enum err e = csv_shape(w, c, &(struct csv_shape){required, optional}, x.at);
    if (e != OK) return e;
    while (csv_next(c)) read_row(&x);
    struct aggregates_done done;
    if ((e = csv_err(c)) != OK || (e = aggregates_check(&x.all)) != OK) return e;
    if ((e = aggregates_file(&x.all, &done)) != OK) return e;
    doc_fact(out, "rows", M("Rows read"), C_INT((int64_t)x.all.n));
    doc_fact(out, "organisations", M("Organisations reporting"), C_INT(done.organisations));
    doc_fact(out, "changed", M("Organisations changed"), C_INT(done.changed));
    act_noted(w, S("organisations"), str_int(w->a, done.organisations));
    act_noted(w, S("changed"), str_int(w->a, done.changed));
    return OK;
}
