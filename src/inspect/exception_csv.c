#include "inspect/exception_csv.h"

#include <string.h>

#include "base/clock.h"
#include "inspect/way_acts.h"

enum { NUMBER, RESPONDENT, ORGANISATION, CLAUSE, FROM, TO, REASON, ROUND, COLUMNS };
static const char *const required[] = {"number", "respondent", "organisation", "clause", "from", "to", NULL};
static const char *const optional[] = {"reason", "round", NULL};

struct reading {
    struct work *w;
    const struct round *r;
    struct csv *c;
    ptrdiff_t at[COLUMNS];
    struct exception *all; /* stored ones first, then the file's; a number again replaces */
    int64_t *row;          /* of the file, 0 for a stored one it does not name */
    size_t n, room;
    int64_t changed, unchanged;
    enum lang lang;        /* of the reader */
};

static void wrong(const struct reading *x, int column, str id, str a, str b)
{
    size_t at = x->at[column] < 0 ? 0 : (size_t)x->at[column];
    fault_note(x->w, INVALID, csv_where(x->c, at), (const str[]){id, a, b}, 3);
}

static str cell(const struct reading *x, int column)
{
    return x->at[column] < 0 ? (str){0} : str_trim(csv_cell(x->c, (size_t)x->at[column]));
}

/* Nobody excepts the whole of their own organisation. */
static bool reaches_above(const struct reading *x, size_t node)
{
    ptrdiff_t up = x->r->nodes[node].up;
    return up < 0 || may(x->w->actor, MAY_FILE, x->r->nodes[up].here);
}

static enum err read_whom(struct reading *x, struct exception *e)
{
    str code = cell(x, RESPONDENT), org = cell(x, ORGANISATION);
    if ((code.n == 0) == (org.n == 0)) {
        wrong(x, RESPONDENT, M("an exception is for a respondent or for an organisation: fill in one of the two"),
              S(""), S(""));
        return OK;
    }
    struct respondent found;
    enum err err = code.n == 0 ? NOTFOUND : respondent_find(x->w, x->r->id, code, &found);
    if (err != OK && err != NOTFOUND) return err;
    ptrdiff_t node = code.n == 0 ? round_node_by_code(x->r, org) : err == OK ? round_node(x->r, found.org) : -1;
    bool reached = node >= 0 && may(x->w->actor, MAY_FILE, x->r->nodes[node].here);
    if (!reached && code.n != 0)
        wrong(x, RESPONDENT, M("no respondent '%1' in round '%2' that you may file for"), code, x->r->code);
    else if (!reached)
        wrong(x, ORGANISATION, M("no organisation '%1' in round '%2' that you may file for"), org, x->r->code);
    else if (code.n != 0)
        e->respondent = found.id;
    else if (x->r->nodes[node].aggregated)
        wrong(x, ORGANISATION,
              M("'%1' reports in aggregates in this round: its own counts have to leave the exception out"), org,
              S(""));
    else if (!reaches_above(x, (size_t)node))
        wrong(x, ORGANISATION, M("an exception for the whole of '%1' is filed by the office above it"), org, S(""));
    else
        e->org = x->r->nodes[node].org;
    return OK;
}

static void read_what(struct reading *x, struct exception *e)
{
    str clause = cell(x, CLAUSE), round = cell(x, ROUND);
    e->number = str_dup(x->w->a, cell(x, NUMBER));
    e->reason = str_dup(x->w->a, cell(x, REASON));
    e->clause = standard_clause(&x->r->edition, clause);
    if (e->number.n == 0) wrong(x, NUMBER, M("an exception needs its number"), S(""), S(""));
    if (e->clause < 0)
        wrong(x, CLAUSE, M("no clause '%1' in edition '%2': is this a file of another round?"), clause,
              x->r->edition.code);
    if (!date_parse(cell(x, FROM), &e->since))
        wrong(x, FROM, M("'%1' is no date such as 2007-03-31"), cell(x, FROM), S(""));
    if (!date_parse(cell(x, TO), &e->until)) wrong(x, TO, M("'%1' is no date such as 2007-03-31"), cell(x, TO), S(""));
    else if (e->until < e->since) wrong(x, TO, M("the period ends before it begins"), S(""), S(""));
    if (round.n != 0 && !str_eq(round, x->r->code))
        wrong(x, ROUND, M("a row of round '%1' in a file for round '%2'"), round, x->r->code);
}

static bool same(const struct exception *a, const struct exception *b)
{
    return a->respondent == b->respondent && a->org == b->org && a->clause == b->clause && a->since == b->since &&
           a->until == b->until && str_eq(a->reason, b->reason);
}

/* A number that stands already may be given anew only where its exception is within reach. */
static enum err may_replace(struct reading *x, const struct exception *e)
{
    struct respondent whose = {.org = e->org};
    enum err err = e->respondent == 0 ? OK : respondent_by_id(x->w, e->respondent, &whose);
    ptrdiff_t node = err == OK ? round_node(x->r, whose.org) : -1;
    if (err != OK || (node >= 0 && may(x->w->actor, MAY_FILE, x->r->nodes[node].here))) return err;
    wrong(x, NUMBER, M("number '%1' is taken by an exception outside your reach: choose another"), e->number, S(""));
    return OK;
}

/* One for an organisation counts at every sheet below it, also where a unit is closed. */
static enum err all_open(struct reading *x, const struct exception *e)
{
    struct respondent whose = {.org = e->org};
    enum err err = e->respondent == 0 ? OK : respondent_by_id(x->w, e->respondent, &whose);
    ptrdiff_t node = err == OK ? round_node(x->r, whose.org) : -1;
    if (err != OK || node < 0) return err;
    ptrdiff_t shut = e->respondent != 0 ? way_shut(x->r, (size_t)node) : way_shut_below(x->r, (size_t)node);
    if (shut < 0) return OK;
    err = way_shut_fault(x->w, x->r, (size_t)shut, x->lang, csv_where(x->c, (size_t)x->at[NUMBER]));
    return err == CONFLICT ? OK : err; /* noted; the rows after it are read all the same */
}

static enum err keep(struct reading *x, const struct exception *e)
{
    size_t i = 0;
    int64_t faults = x->w->faults.count;
    while (i < x->n && !str_eq(x->all[i].number, e->number)) i++;
    if (i < x->n && x->row[i] != 0) {
        wrong(x, NUMBER, M("exception '%1' stands in row %2 already"), e->number, str_int(x->w->a, x->row[i]));
        return OK;
    }
    if (i < x->n && x->all[i].granted) {
        wrong(x, NUMBER, M("exception '%1' was granted by a case, and is changed there"), e->number, S(""));
        return OK;
    }
    enum err err = i < x->n ? may_replace(x, &x->all[i]) : OK;
    if (err != OK || x->w->faults.count != faults) return err;
    if (i < x->n) x->row[i] = csv_row(x->c);
    if (i < x->n && same(&x->all[i], e)) {
        x->unchanged++;
        return OK;
    }
    if (i < x->n) err = all_open(x, &x->all[i]);
    if (err == OK && x->w->faults.count == faults) err = all_open(x, e);
    if (err != OK || x->w->faults.count != faults) return err;
    if (i == x->room) {
        size_t room = x->room * 2 + 64;
        x->all = arena_grow(x->w->a, x->all, x->room * sizeof *x->all, room * sizeof *x->all);
        x->row = arena_grow(x->w->a, x->row, x->room * sizeof *x->row, room * sizeof *x->row);
        x->room = room;
    }
    if (i == x->n) x->n++;
    x->all[i] = *e;
    x->row[i] = csv_row(x->c);
    x->changed++;
    return exception_put(x->w, x->r->id, e);
}

uint8_t *exceptions_of(struct work *w, const struct round *r, const struct exception *all, size_t n, int64_t respondent,
                       size_t node)
{
    uint8_t *mask = NULL;
    for (size_t i = 0; i < n; i++) {
        const struct exception *e = &all[i];
        ptrdiff_t at = e->org == 0 ? -1 : round_node(r, e->org);
        bool holds = e->respondent == respondent ||
                     (at >= 0 && r->nodes[at].lo <= r->nodes[node].lo && r->nodes[node].lo < r->nodes[at].hi);
        if (!holds || e->since > r->base || e->until < r->base) continue;
        if (mask == NULL) mask = arena_alloc(w->a, plane_bytes(r->edition.n_clauses));
        mask_add(mask, (size_t)e->clause);
    }
    return mask;
}

/* The respondent's sheet counts anew where its excepted clauses changed. */
static enum err reexcept(struct work *w, const struct round *r, const struct exceptions_change *x,
                         const struct respondent *who, struct tallying *t)
{
    size_t node = (size_t)round_node(r, who->org), bytes = plane_bytes(r->edition.n_clauses);
    uint8_t *now = exceptions_of(w, r, x->after, x->n_after, who->id, node);
    const uint8_t *was = who->excepted.n == bytes ? (const uint8_t *)who->excepted.p : NULL;
    if ((now == NULL) == (was == NULL) && (now == NULL || memcmp(now, was, bytes) == 0)) return OK;
    enum err e = respondent_set_excepted(w, who->id, now == NULL ? (str){0} : (str){(char *)now, bytes});
    if (e != OK || who->sheet <= 0) return e;
    struct sheet s;
    if ((e = sheet_find(w, who->id, &s)) != OK) return e;
    size_t duty = round_binding(r, who->binding)->duty;
    tallying_sheet(t, node, (enum tally_state)s.state, duty, (const uint8_t *)s.answers.p, was, -1);
    tallying_sheet(t, node, (enum tally_state)s.state, duty, (const uint8_t *)s.answers.p, now, 1);
    return OK;
}

/* All whom a changed exception touches, as it was or as it is. */
enum err exceptions_changed(struct work *w, const struct round *r, const struct exceptions_change *x, struct tallying *t)
{
    enum err e = OK;
    for (size_t i = 0; e == OK && i < x->n_after + x->n_before; i++) {
        size_t k = i < x->n_after ? i : i - x->n_after; /* a number keeps its place */
        if (k < x->n_before && same(&x->after[k], &x->before[k])) continue;
        const struct exception *one = i < x->n_after ? &x->after[k] : &x->before[k];
        ptrdiff_t at = one->org == 0 ? -1 : round_node(r, one->org);
        struct respondent single, *who = &single;
        size_t n = 1;
        if (one->org == 0) e = respondent_by_id(w, one->respondent, &single);
        else if (at < 0) continue;
        else e = respondents_in(w, r->id, r->nodes[at].lo, r->nodes[at].hi, &who, &n);
        for (size_t p = 0; e == OK && p < n; p++) e = reexcept(w, r, x, &who[p], t);
    }
    return e;
}

enum err import_exceptions(struct work *w, const struct args *in, const struct round *r, struct csv *c, struct doc *out)
{
    (void)in;
    struct reading x = {.w = w, .r = r, .c = c, .lang = out->lang};
    struct exception *before;
    size_t n_before;
    enum err e = csv_shape(w, c, &(struct csv_shape){required, optional}, x.at);
    if (e == OK) e = exceptions_all(w, r->id, &before, &n_before);
    if (e != OK) return e;
    x.room = x.n = n_before;
    x.all = arena_array(w->a, n_before + 1, sizeof *x.all);
    x.row = arena_array(w->a, n_before + 1, sizeof *x.row);
    memcpy(x.all, before, n_before * sizeof *before);
    while (e == OK && csv_next(c)) {
        struct exception one = {0};
        int64_t faults = w->faults.count;
        if (x.n == EXCEPTIONS_MAX) {
            wrong(&x, NUMBER, M("more than %1 exceptions in one round"), str_int(w->a, EXCEPTIONS_MAX), S(""));
            break;
        }
        read_what(&x, &one);
        e = read_whom(&x, &one);
        if (e == OK && w->faults.count == faults) e = keep(&x, &one);
    }
    if (e == OK) e = csv_err(c);
    if (e == OK) e = work_err(w);
    if (e != OK) return e;
    struct tallying *t = tallying_begin(w, r);
    const struct exceptions_change change = {before, x.all, n_before, x.n};
    if (x.changed != 0 && (e = exceptions_changed(w, r, &change, t)) != OK) return e;
    if ((e = tallying_end(t)) != OK) return e;
    doc_fact(out, "changed", M("Exceptions new or changed"), C_INT(x.changed));
    doc_fact(out, "unchanged", M("Exceptions unchanged"), C_INT(x.unchanged));
    doc_fact(out, "rule", M("Rule of the round for exceptions"), C_ENUM(r->exceptions_text));
    act_noted(w, S("changed"), str_int(w->a, x.changed));
    return OK;
}
