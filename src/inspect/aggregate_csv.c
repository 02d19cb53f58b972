#include "inspect/aggregate_csv.h"

#include "base/utf8.h"
#include "inspect/way_acts.h"

enum { ORGANISATION, DUTY, CLAUSE, REPORTED_, KNOWN_, ARISEN_, DONE__, OWN_, LIMITED, NOTE, ROUND, COLUMNS };
static const char *const required[] = {"organisation", "duty", "clause", "reported", "known", "arisen", "done", NULL};
static const char *const optional[] = {"own_survey", "limited_scope", "note", "round", NULL};
enum { COUNT_MAX = 100000000 };

struct reading {
    struct work *w;
    const struct round *r;
    struct csv *c;
    ptrdiff_t at[COLUMNS];
    struct aggregate *rows;
    int64_t *file_row;
    size_t n, room;
    enum lang lang; /* of the reader */
};

static enum err wrong(const struct reading *x, int column, str id, str a, str b)
{
    size_t at = x->at[column] < 0 ? 0 : (size_t)x->at[column];
    return fault_note(x->w, INVALID, csv_where(x->c, at), (const str[]){id, a, b}, 3);
}

static str cell(const struct reading *x, int column)
{
    return x->at[column] < 0 ? (str){0} : str_trim(csv_cell(x->c, (size_t)x->at[column]));
}

static int64_t count(struct reading *x, int column, bool may_be_empty)
{
    str text = cell(x, column);
    int64_t n = 0;
    if (text.n == 0 && may_be_empty) return 0;
    if (!str_to_int(text, &n) || n < 0 || n > COUNT_MAX)
        wrong(x, column, M("'%1' is no count from 0 to %2"), utf8_head(text, 60), str_int(x->w->a, COUNT_MAX));
    return n;
}

static bool yes(struct reading *x, int column)
{
    str text = cell(x, column);
    if (text.n != 0 && !str_eq(text, S("yes")) && !str_eq(text, S("no")))
        wrong(x, column, M("'%1' is neither yes nor no"), text, S(""));
    return str_eq(text, S("yes"));
}

static void check_counts(struct reading *x, const struct aggregate *g)
{
    if (g->known > g->reported)
        wrong(x, KNOWN_, M("%1 known of %2 reported on"), str_int(x->w->a, g->known), str_int(x->w->a, g->reported));
    if (g->known + g->own > g->reported && g->known <= g->reported)
        wrong(x, OWN_, M("known and own survey together are more than the %1 reported on"),
              str_int(x->w->a, g->reported), S(""));
    if (g->clause < 0 && g->arisen + g->done != 0)
        wrong(x, CLAUSE, M("a row without a clause tells respondents: leave 'arisen' and 'done' empty or 0"), S(""),
              S(""));
    if (g->clause >= 0 && g->own != 0)
        wrong(x, OWN_, M("an own survey belongs to the row without a clause"), S(""), S(""));
    if (g->arisen > g->known)
        wrong(x, ARISEN_, M("%1 with a duty arisen among %2 known"), str_int(x->w->a, g->arisen),
              str_int(x->w->a, g->known));
    if (g->done > g->arisen)
        wrong(x, DONE__, M("%1 done of %2 arisen"), str_int(x->w->a, g->done), str_int(x->w->a, g->arisen));
    if (g->clause >= 0 && !x->r->edition.clauses[g->clause].no_occasion && g->arisen < g->known)
        wrong(x, ARISEN_, M("'no occasion arose' is no answer to clause '%1': arisen must equal known"),
              x->r->edition.clauses[g->clause].number, S(""));
}

/* Someone at the organisation or below it is bound: an enhanced clause has been adopted there. */
static bool binds(const struct round *r, size_t node, size_t duty, int64_t clause)
{
    for (size_t i = node, end = round_node_end(r, node); i < end; i++)
        for (size_t b = 0; b < r->n_bindings; b++)
            if (r->bindings[b].adoption == r->nodes[i].adoption && r->bindings[b].duty == duty &&
                mask_has(r->bindings[b].mask, (size_t)clause))
                return true;
    return false;
}

static bool read_who(struct reading *x, struct aggregate *g)
{
    str org = cell(x, ORGANISATION), duty = cell(x, DUTY), clause = cell(x, CLAUSE), round = cell(x, ROUND);
    int64_t before = x->w->faults.count;
    if (round.n != 0 && !str_eq(round, x->r->code))
        wrong(x, ROUND, M("a row of round '%1' in a file for round '%2'"), round, x->r->code);
    ptrdiff_t node = round_node_by_code(x->r, org), d = round_duty(x->r, duty);
    bool reached = node >= 0 && may(x->w->actor, MAY_FILE, x->r->nodes[node].here);
    if (!reached)
        wrong(x, ORGANISATION, M("no organisation '%1' in round '%2' that you may file for"), org, x->r->code);
    else if (!x->r->nodes[node].aggregated)
        wrong(x, ORGANISATION,
              M("'%1' answers by sheets in this round: who reports in aggregates is said when it opens (--aggregate)"),
              org, S(""));
    if (d < 0) wrong(x, DUTY, M("no clause of this edition binds a duty '%1'"), duty, S(""));
    g->clause = clause.n == 0 ? -1 : standard_clause(&x->r->edition, clause);
    if (clause.n != 0 && g->clause < 0)
        wrong(x, CLAUSE, M("no clause '%1' in edition '%2': is this a file of another round?"), clause,
              x->r->edition.code);
    else if (g->clause >= 0 && d >= 0 && x->r->clause_duty[g->clause] != (size_t)d)
        wrong(x, CLAUSE, M("clause '%1' does not bind '%2'"), clause, duty);
    else if (g->clause >= 0 && d >= 0 && reached && !binds(x->r, (size_t)node, (size_t)d, g->clause))
        wrong(x, CLAUSE, M("clause '%1' is an enhanced one that '%2' has not adopted"), clause, org);
    if (node >= 0) g->org = x->r->nodes[node].org;
    g->duty = str_dup(x->w->a, duty);
    return x->w->faults.count == before;
}

static void read_row(struct reading *x)
{
    struct aggregate g = {0};
    int64_t faults = x->w->faults.count;
    if (!read_who(x, &g)) return;
    for (size_t i = 0; i < x->n; i++)
        if (x->rows[i].org == g.org && x->rows[i].clause == g.clause && str_eq(x->rows[i].duty, g.duty)) {
            wrong(x, CLAUSE, M("the same organisation, duty and clause as in row %1"), str_int(x->w->a, x->file_row[i]),
                  S(""));
            return;
        }
    g.reported = count(x, REPORTED_, false);
    g.known = count(x, KNOWN_, false);
    g.arisen = count(x, ARISEN_, g.clause < 0);
    g.done = count(x, DONE__, g.clause < 0);
    g.own = count(x, OWN_, true);
    g.limited = yes(x, LIMITED);
    g.note = str_dup(x->w->a, cell(x, NOTE));
    if (g.note.n > NOTE_MAX) wrong(x, NOTE, M("a note longer than %1 bytes"), str_int(x->w->a, NOTE_MAX), S(""));
    if (x->n == AGGREGATE_ROWS_MAX) {
        wrong(x, ORGANISATION, M("more than %1 rows: split the file by organisation"),
              str_int(x->w->a, AGGREGATE_ROWS_MAX), S(""));
        return;
    }
    if (x->w->faults.count == faults) check_counts(x, &g);
    if (x->n == x->room) {
        size_t room = x->room * 2 + 64;
        x->rows = arena_grow(x->w->a, x->rows, x->room * sizeof *x->rows, room * sizeof *x->rows);
        x->file_row = arena_grow(x->w->a, x->file_row, x->room * sizeof *x->file_row, room * sizeof *x->file_row);
        x->room = room;
    }
    x->file_row[x->n] = csv_row(x->c);
    x->rows[x->n++] = g;
}

static const struct aggregate *total_of(const struct reading *x, const struct aggregate *g)
{
    for (size_t i = 0; i < x->n; i++)
        if (x->rows[i].clause < 0 && x->rows[i].org == g->org && str_eq(x->rows[i].duty, g->duty)) return &x->rows[i];
    return NULL;
}

/* Every duty needs its total, which no clause may exceed: coverage is over respondents, not over clauses. */
static void check_totals(struct reading *x)
{
    for (size_t i = 0; i < x->n; i++) {
        const struct aggregate *g = &x->rows[i], *total = total_of(x, g);
        struct where where = {csv_where(x->c, 0).file, x->file_row[i], 0, {0}};
        if (total == NULL)
            fault_in(x->w, INVALID, where,
                     M("duty '%1' has no row without a clause, which tells how many are reported on and known"),
                     g->duty);
        else if (g->reported > total->reported || g->known > total->known)
            fault_in(x->w, INVALID, where, M("clause counts exceed the respondents of duty '%1'"), g->duty);
    }
}

static bool in_file(const struct reading *x, int64_t org)
{
    for (size_t i = 0; i < x->n; i++)
        if (x->rows[i].org == org) return true;
    return false;
}

/* No body counted twice: neither above nor below one that reports for it. What stands of an organisation that the file
 * speaks of goes, so it does not count. */
static enum err check_overlap(struct reading *x)
{
    struct aggregate *stored;
    size_t n;
    enum err e = aggregates_all(x->w, x->r->id, &stored, &n);
    for (size_t i = 0; e == OK && i < x->n; i++) {
        size_t mine = (size_t)round_node(x->r, x->rows[i].org);
        for (size_t k = 0; x->rows[i].clause < 0 && k < x->n + n; k++) {
            const struct aggregate *o = k < x->n ? &x->rows[k] : &stored[k - x->n];
            ptrdiff_t theirs = round_node(x->r, o->org);
            if (theirs < 0 || o->clause >= 0 || !str_eq(o->duty, x->rows[i].duty) || (k >= x->n && in_file(x, o->org)))
                continue;
            size_t above = mine < (size_t)theirs ? mine : (size_t)theirs,
                   below = mine < (size_t)theirs ? (size_t)theirs : mine;
            if (above == below || below >= round_node_end(x->r, above) || (k < x->n && below == mine)) continue;
            fault_in(x->w, INVALID, ((struct where){csv_where(x->c, 0).file, x->file_row[i], 0, {0}}),
                     M("'%1' reports for its subtree, and so does '%2' within it: '%3' would count twice"),
                     x->r->nodes[above].code, x->r->nodes[below].code, o->duty);
        }
    }
    return e != OK ? e : work_err(x->w);
}

void aggregate_tally(struct tallying *t, const struct round *r, const struct aggregate *g, int sign)
{
    ptrdiff_t node = round_node(r, g->org), duty = round_duty(r, g->duty);
    if (node < 0 || duty < 0) return;
    size_t at = (size_t)node;
    if (g->clause < 0) {
        tallying_frame(t, at, (size_t)duty, sign * g->reported);
        tallying_add(t, at, TALLY_CONFIRMED, at_duty((size_t)duty, KNOWN), sign * g->known);
        tallying_add(t, at, TALLY_CONFIRMED, at_duty((size_t)duty, OWN), sign * g->own);
        return;
    }
    tallying_add(t, at, TALLY_CONFIRMED, at_clause(r, (size_t)g->clause, ARISEN), sign * g->arisen);
    tallying_add(t, at, TALLY_CONFIRMED, at_clause(r, (size_t)g->clause, DONE_), sign * g->done);
    tallying_add(t, at, TALLY_CONFIRMED, at_clause(r, (size_t)g->clause, NO_OCCASION_), sign * (g->known - g->arisen));
}

static bool same(const struct aggregate *a, const struct aggregate *b)
{
    return a->org == b->org && a->clause == b->clause && str_eq(a->duty, b->duty) && a->reported == b->reported &&
           a->known == b->known && a->arisen == b->arisen && a->done == b->done && a->own == b->own &&
           a->limited == b->limited && str_eq(a->note, b->note);
}

/* One organisation: what it sent before goes, what the file says comes; nothing is touched when both are the same. */
static enum err replace(struct reading *x, int64_t org, struct tallying *t, int64_t *changed)
{
    struct aggregate *old;
    size_t n_old, n_new = 0, n_same = 0;
    enum err e = aggregates_of(x->w, x->r->id, org, &old, &n_old);
    if (e != OK) return e;
    for (size_t i = 0; i < x->n; i++) {
        n_new += x->rows[i].org == org;
        for (size_t k = 0; k < n_old; k++) n_same += same(&x->rows[i], &old[k]);
    }
    if (n_same == n_new && n_new == n_old) return OK;
    if ((e = way_open(x->w, x->r, (size_t)round_node(x->r, org), x->lang)) != OK) return e;
    if ((e = aggregates_drop(x->w, x->r->id, org)) != OK) return e;
    for (size_t k = 0; k < n_old; k++) aggregate_tally(t, x->r, &old[k], -1);
    for (size_t i = 0; e == OK && i < x->n; i++) {
        if (x->rows[i].org != org) continue;
        aggregate_tally(t, x->r, &x->rows[i], 1);
        e = aggregate_put(x->w, x->r->id, &x->rows[i]);
    }
    ++*changed;
    return e;
}

enum err import_aggregates(struct work *w, const struct args *in, const struct round *r, struct csv *c, struct doc *out)
{
    (void)in;
    struct reading x = {.w = w, .r = r, .c = c, .lang = out->lang};
    enum err e = csv_shape(w, c, &(struct csv_shape){required, optional}, x.at);
    if (e != OK) return e;
    while (csv_next(c)) read_row(&x);
    if ((e = csv_err(c)) != OK) return e;
    check_totals(&x);
    if ((e = work_err(w)) != OK || (e = check_overlap(&x)) != OK) return e;
    struct tallying *t = tallying_begin(w, r);
    int64_t changed = 0, organisations = 0;
    for (size_t i = 0; e == OK && i < x.n; i++) {
        size_t first = 0;
        while (x.rows[first].org != x.rows[i].org) first++;
        if (first != i) continue;
        organisations++;
        e = replace(&x, x.rows[i].org, t, &changed);
    }
    if (e == OK) e = tallying_end(t);
    if (e != OK) return e;
    doc_fact(out, "rows", M("Rows read"), C_INT((int64_t)x.n));
    doc_fact(out, "organisations", M("Organisations reporting"), C_INT(organisations));
    doc_fact(out, "changed", M("Organisations changed"), C_INT(changed));
    act_noted(w, S("organisations"), str_int(w->a, organisations));
    act_noted(w, S("changed"), str_int(w->a, changed));
    return OK;
}
