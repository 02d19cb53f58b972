#include "inspect/aggregate.h"

#include "inspect/way_acts.h"

void aggregate_wrong(const struct aggregates *x, enum aggregate_column column, str id, str a, str b)
{
    fault_note(x->w, INVALID, x->at(x->from, column), (const str[]){id, a, b}, 3);
}

static str number(const struct aggregates *x, int64_t n) { return str_int(x->w->a, n); }

/* ---- one row ---- */

static void check_known(struct aggregates *x, const struct aggregate *g)
{
    if (g->known > g->reported)
        aggregate_wrong(x, A_KNOWN, M("%1 known of %2 reported on"), number(x, g->known), number(x, g->reported));
    if (g->known + g->own > g->reported && g->known <= g->reported)
        aggregate_wrong(x, A_OWN, M("known and own survey together are more than the %1 reported on"),
                        number(x, g->reported), S(""));
    if (g->clause < 0 && g->arisen + g->done + g->excepted != 0)
        aggregate_wrong(x, A_CLAUSE,
                        M("a row without a clause tells respondents: leave 'arisen' and 'done' empty or 0"), S(""),
                        S(""));
    if (g->clause >= 0 && g->own != 0)
        aggregate_wrong(x, A_OWN, M("an own survey belongs to the row without a clause"), S(""), S(""));
}

/* How many may be under an exception, by the round's rule. */
static int64_t excepted_most(const struct round *r, const struct aggregate *g)
{
    return r->exceptions == EXCEPTIONS_APART      ? g->reported - g->known
           : r->exceptions == EXCEPTIONS_NOT_DONE ? g->arisen - g->done
                                                  : g->known;
}

void aggregate_counts(struct aggregates *x, const struct aggregate *g)
{
    check_known(x, g);
    if (g->arisen > g->known)
        aggregate_wrong(x, A_ARISEN, M("%1 with a duty arisen among %2 known"), number(x, g->arisen),
                        number(x, g->known));
    if (g->done > g->arisen)
        aggregate_wrong(x, A_DONE, M("%1 done of %2 arisen"), number(x, g->done), number(x, g->arisen));
    if (g->clause < 0) return;
    if (!x->r->edition.clauses[g->clause].no_occasion && g->arisen < g->known)
        aggregate_wrong(x, A_ARISEN, M("'no occasion arose' is no answer to clause '%1': arisen must equal known"),
                        x->r->edition.clauses[g->clause].number, S(""));
    int64_t most = excepted_most(x->r, g);
    if (most >= 0 && g->excepted > most)
        aggregate_wrong(x, A_EXCEPTED, M("%1 under an exception, where at most %2 can be"), number(x, g->excepted),
                        number(x, most));
}

bool aggregate_binds(const struct round *r, size_t node, size_t duty, int64_t clause)
{
    for (size_t i = node, end = round_node_end(r, node); i < end; i++)
        for (size_t b = 0; b < r->n_bindings; b++)
            if (r->bindings[b].adoption == r->nodes[i].adoption && r->bindings[b].duty == duty &&
                mask_has(r->bindings[b].mask, (size_t)clause))
                return true;
    return false;
}

bool aggregate_who(struct aggregates *x, str org, str duty, str clause, struct aggregate *g)
{
    const struct round *r = x->r;
    int64_t before = x->w->faults.count;
    ptrdiff_t node = round_node_by_code(r, org), d = round_duty(r, duty);
    bool reached = node >= 0 && may(x->w->actor, MAY_FILE, r->nodes[node].here);
    if (!reached)
        aggregate_wrong(x, A_ORGANISATION, M("no organisation '%1' in round '%2' that you may file for"), org, r->code);
    else if (!r->nodes[node].aggregated)
        aggregate_wrong(
            x, A_ORGANISATION,
            M("'%1' answers by sheets in this round: who reports in aggregates is said when it opens (--aggregate)"),
            org, S(""));
    if (d < 0) aggregate_wrong(x, A_DUTY, M("no clause of this edition binds a duty '%1'"), duty, S(""));
    g->clause = clause.n == 0 ? -1 : standard_clause(&r->edition, clause);
    if (clause.n != 0 && g->clause < 0)
        aggregate_wrong(x, A_CLAUSE, M("no clause '%1' in edition '%2': is this a file of another round?"), clause,
                        r->edition.code);
    else if (g->clause >= 0 && d >= 0 && r->clause_duty[g->clause] != (size_t)d)
        aggregate_wrong(x, A_CLAUSE, M("clause '%1' does not bind '%2'"), clause, duty);
    else if (g->clause >= 0 && d >= 0 && reached && !aggregate_binds(r, (size_t)node, (size_t)d, g->clause))
        aggregate_wrong(x, A_CLAUSE, M("clause '%1' is an enhanced one that '%2' has not adopted"), clause, org);
    if (node >= 0) g->org = r->nodes[node].org;
    g->duty = str_dup(x->w->a, duty);
    return x->w->faults.count == before;
}

bool aggregate_again(struct aggregates *x, const struct aggregate *g)
{
    for (size_t i = 0; i < x->n; i++)
        if (x->rows[i].org == g->org && x->rows[i].clause == g->clause && str_eq(x->rows[i].duty, g->duty)) {
            aggregate_wrong(x, A_CLAUSE, M("the same organisation, duty and clause as in row %1"), number(x, x->row[i]),
                            S(""));
            return true;
        }
    return false;
}

bool aggregate_add(struct aggregates *x, const struct aggregate *g, int64_t row)
{
    if (x->n == AGGREGATE_ROWS_MAX) {
        aggregate_wrong(x, A_ORGANISATION, M("more than %1 rows: split the file by organisation"),
                        number(x, AGGREGATE_ROWS_MAX), S(""));
        return false;
    }
    if (x->n == x->room) {
        size_t room = x->room * 2 + 64;
        x->rows = arena_grow(x->w->a, x->rows, x->room * sizeof *x->rows, room * sizeof *x->rows);
        x->row = arena_grow(x->w->a, x->row, x->room * sizeof *x->row, room * sizeof *x->row);
        x->room = room;
    }
    x->row[x->n] = row;
    x->rows[x->n++] = *g;
    return true;
}

/* ---- all of them ---- */

static const struct aggregate *total_of(const struct aggregates *x, const struct aggregate *g)
{
    for (size_t i = 0; i < x->n; i++)
        if (x->rows[i].clause < 0 && x->rows[i].org == g->org && str_eq(x->rows[i].duty, g->duty)) return &x->rows[i];
    return NULL;
}

/* With those whose answer does not count because of an exception. */
static int64_t known_at_all(const struct round *r, const struct aggregate *g)
{
    return g->known + (r->exceptions == EXCEPTIONS_APART ? g->excepted : 0);
}

/* Every duty needs its total, which no clause may exceed: coverage is over respondents, not over clauses. */
static void check_totals(struct aggregates *x)
{
    for (size_t i = 0; i < x->n; i++) {
        const struct aggregate *g = &x->rows[i], *total = total_of(x, g);
        struct where where = {x->file, x->row[i], 0, {0}};
        if (total == NULL)
            fault_in(x->w, INVALID, where,
                     M("duty '%1' has no row without a clause, which tells how many are reported on and known"),
                     g->duty);
        else if (g->reported > total->reported || known_at_all(x->r, g) > total->known)
            fault_in(x->w, INVALID, where, M("clause counts exceed the respondents of duty '%1'"), g->duty);
    }
}

static bool in_file(const struct aggregates *x, int64_t org)
{
    for (size_t i = 0; i < x->n; i++)
        if (x->rows[i].org == org) return true;
    return false;
}

/* No body counted twice: neither above nor below one that reports for it. What stands of an organisation that the file
 * speaks of goes, so it does not count. */
static enum err check_overlap(struct aggregates *x)
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
            fault_in(x->w, INVALID, ((struct where){x->file, x->row[i], 0, {0}}),
                     M("'%1' reports for its subtree, and so does '%2' within it: '%3' would count twice"),
                     x->r->nodes[above].code, x->r->nodes[below].code, o->duty);
        }
    }
    return e != OK ? e : work_err(x->w);
}

enum err aggregates_check(struct aggregates *x)
{
    check_totals(x);
    enum err e = work_err(x->w);
    return e != OK ? e : check_overlap(x);
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
    tallying_add(t, at, TALLY_CONFIRMED, at_clause(r, (size_t)g->clause, EXCEPTED), sign * g->excepted);
}

static bool same(const struct aggregate *a, const struct aggregate *b)
{
    return a->org == b->org && a->clause == b->clause && str_eq(a->duty, b->duty) && a->reported == b->reported &&
           a->known == b->known && a->arisen == b->arisen && a->done == b->done && a->own == b->own &&
           a->excepted == b->excepted && a->limited == b->limited && str_eq(a->note, b->note);
}

/* One organisation: what it sent before goes, what the file says comes; nothing is touched when both are the same. */
static enum err replace(struct aggregates *x, int64_t org, struct tallying *t, int64_t *changed)
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
    if (!x->sent && (e = way_open(x->w, x->r, (size_t)round_node(x->r, org), x->lang)) != OK) return e;
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

enum err aggregates_file(struct aggregates *x, struct aggregates_done *out)
{
    struct tallying *t = tallying_begin(x->w, x->r);
    struct aggregates_done d = {0};
    enum err e = OK;
    for (size_t i = 0; e == OK && i < x->n; i++) {
        size_t first = 0;
        while (x->rows[first].org != x->rows[i].org) first++;
        if (first != i) continue;
        d.organisations++;
        e = replace(x, x->rows[i].org, t, &d.changed);
    }
    if (e == OK) e = tallying_end(t);
    if (e == OK) *out = d;
    return e;
}
