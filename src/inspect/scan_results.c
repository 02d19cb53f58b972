/* Results of scanners: what the checks of a clause say together, device by device, the latest result last. */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "inspect/scan.h"
#include "inspect/scan_xccdf.h"

/* What the checks of one clause said in one result. */
enum { SAW_FAIL = 1, SAW_DONE = 2, SAW_UNKNOWN = 4, SAW_NO_OCCASION = 8 };
static const uint8_t sees[SCAN_RESULTS] = {
    [SCAN_PASS] = SAW_DONE, [SCAN_FIXED] = SAW_DONE, [SCAN_FAIL] = SAW_FAIL, [SCAN_ERROR] = SAW_UNKNOWN,
    [SCAN_UNKNOWN] = SAW_UNKNOWN, [SCAN_NOT_CHECKED] = SAW_UNKNOWN, [SCAN_NOT_APPLICABLE] = SAW_NO_OCCASION,
    [SCAN_NOT_SELECTED] = SAW_NO_OCCASION, [SCAN_INFORMATIONAL] = SAW_NO_OCCASION,
};

struct result { /* one TestResult of a device that is known */
    struct seat *seat;
    int64_t end;
    size_t order;
    uint32_t line;
    uint8_t source;
    uint8_t *saw; /* per clause that has checks */
};
struct results {
    struct scan *s;
    struct clause_check *check; /* sorted by name */
    size_t n_checks;
    size_t *clause_of, n_clauses; /* the clauses that have checks; index of saw */
    size_t *place;                /* per clause, where it stands in saw */
    bool *met;                    /* some check of it occurred */
    uint8_t *saw, source;         /* of the TestResult that is read */
    str *unclear_rule;            /* per place: the first check that says nothing, and its result */
    enum scan_result *unclear;
    struct result *all;
    size_t n, room;
};

/* ---- which checks there are ---- */

static int by_name(const void *a, const void *b)
{
    return str_cmp(((const struct clause_check *)a)->name, ((const struct clause_check *)b)->name);
}

static enum err load_checks(struct results *x)
{
    const struct round *r = x->s->r;
    struct arena *a = x->s->w->a;
    enum err e = standard_checks(x->s->w, &r->edition, &x->check, &x->n_checks);
    if (e != OK) return e;
    if (x->n_checks == 0)
        return fault(x->s->w, CONFLICT,
                     M("which check answers which clause is not known for edition '%1': `meguri standard import --what "
                       "checks` reads a table with the columns clause and check"), r->edition.code);
    x->clause_of = arena_array(a, x->n_checks, sizeof *x->clause_of);
    x->place = arena_array(a, r->edition.n_clauses + 1, sizeof *x->place);
    for (size_t i = 0; i < x->n_checks; i++) { /* in clause order */
        size_t c = x->check[i].clause;
        if (x->n_clauses == 0 || x->clause_of[x->n_clauses - 1] != c) x->clause_of[x->n_clauses++] = c;
        x->place[c] = x->n_clauses - 1;
    }
    x->met = arena_array(a, x->n_clauses, sizeof *x->met);
    x->saw = arena_array(a, x->n_clauses, sizeof *x->saw);
    x->unclear_rule = arena_array(a, x->n_clauses, sizeof *x->unclear_rule);
    x->unclear = arena_array(a, x->n_clauses, sizeof *x->unclear);
    qsort(x->check, x->n_checks, sizeof *x->check, by_name);
    return OK;
}

static void saw_check(struct results *x, const struct clause_check *check, str rule, enum scan_result result)
{
    size_t place = x->place[check->clause];
    x->met[place] = true;
    x->saw[place] |= sees[result];
    if (sees[result] != SAW_UNKNOWN || x->unclear_rule[place].n != 0) return;
    x->unclear_rule[place] = str_dup(x->s->w->a, rule);
    x->unclear[place] = result;
}

static void look_up(struct results *x, str name, str rule, enum scan_result result)
{
    size_t lo = 0, hi = x->n_checks;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (str_cmp(x->check[mid].name, name) < 0) lo = mid + 1;
        else hi = mid;
    }
    for (; lo < x->n_checks && str_eq(x->check[lo].name, name); lo++) saw_check(x, &x->check[lo], rule, result);
}

/* The id itself, or what stands at its end after one of these. */
static enum err on_rule(void *to, str rule, enum scan_result result, struct where where)
{
    struct results *x = to;
    (void)where;
    look_up(x, rule, rule, result);
    for (size_t i = 1; i < rule.n; i++)
        if (strchr("-_.:/", rule.p[i - 1]) != NULL && rule.p[i - 1] != '\0')
            look_up(x, str_sub(rule, i, rule.n), rule, result);
    return OK;
}

/* ---- whose they are ---- */

static enum err find_target(struct results *x, const struct scan_target *t, struct seat **out)
{
    enum err found = NOTFOUND;
    for (size_t i = 0; i < t->n_names && found == NOTFOUND; i++) found = device_find(x->s->finder, t->name[i], out);
    if (found != NOTFOUND && found != CONFLICT) return found;
    struct where where = t->at;
    str name = t->n_names == 0 ? S("?") : t->name[t->n_names - 1];
    scan_not_found(x->s, name, where, found == CONFLICT);
    return NOTFOUND;
}

static enum err day_of(struct results *x, const struct scan_target *t, int64_t *end, int64_t *day)
{
    struct work *w = x->s->w;
    if (!t->timed && !arg_given(x->s->in, "as_of"))
        return fault_in(w, INVALID, t->at, M("the TestResult does not say when it ended: give the day with --as_of"));
    *day = t->timed ? t->end_day : arg_int(x->s->in, "as_of");
    *end = t->timed ? t->end : *day * 86400;
    if (*day > today(w) + 1) /* the day there may have begun before ours */
        return fault_in(w, INVALID, t->at, M("the TestResult ended on %1, which has not come yet: is a clock wrong?"),
                        date_text(w->a, *day));
    return OK;
}

static void keep(struct results *x, struct seat *seat, int64_t end, const struct scan_target *t)
{
    struct arena *a = x->s->w->a;
    x->all = arena_more(a, x->all, x->n, &x->room, sizeof *x->all);
    struct result *one = &x->all[x->n];
    *one = (struct result){seat, end, x->n, (uint32_t)t->at.row, x->source, arena_alloc(a, x->n_clauses)};
    memcpy(one->saw, x->saw, x->n_clauses);
    x->n++;
}

static void tell_unclear(struct results *x, const struct seat *seat, size_t place)
{
    struct scan *s = x->s;
    if (s->n_unclear < UNCLEAR_LISTED)
        s->unclear[s->n_unclear] = (struct scan_unclear){seat, x->clause_of[place], x->unclear_rule[place],
                                                         scan_result_word(x->unclear[place])};
    s->n_unclear++;
}

/* The worst that was seen: one failed check is enough, and one that says nothing leaves the clause open. */
static enum answer answer_of(const struct round *r, size_t clause, uint8_t saw)
{
    if (saw & SAW_FAIL) return NOT_DONE;
    if (saw == 0 || saw & SAW_UNKNOWN) return UNANSWERED;
    if (saw & SAW_DONE) return DONE;
    return mask_has(r->no_occasion, clause) ? NO_OCCASION : UNANSWERED;
}

static enum err on_target(void *to, const struct scan_target *t)
{
    struct results *x = to;
    struct seat *seat = NULL;
    int64_t end = 0, day = 0;
    x->s->rows++;
    enum err e = day_of(x, t, &end, &day);
    if (e == OK) e = find_target(x, t, &seat);
    bool any = false;
    for (size_t p = 0; e == OK && p < x->n_clauses; p++) {
        if (x->saw[p] == 0 || !bulk_binds(x->s->b, seat, x->clause_of[p])) continue;
        any = any || answer_of(x->s->r, x->clause_of[p], x->saw[p]) != UNANSWERED;
        if (x->unclear_rule[p].n != 0 && !(x->saw[p] & SAW_FAIL)) tell_unclear(x, seat, p);
    }
    if (e == OK && any && day < x->s->oldest) x->s->oldest = day;
    if (e == OK && any) keep(x, seat, end, t);
    if (e == OK && !any) x->s->without++;
    memset(x->saw, 0, x->n_clauses);
    for (size_t p = 0; p < x->n_clauses; p++) x->unclear_rule[p] = (str){0};
    return e == NOTFOUND ? OK : e;
}

/* ---- telling the engine ---- */

static int by_end(const void *a, const void *b)
{
    const struct result *x = a, *y = b;
    if (x->end != y->end) return x->end < y->end ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

static void say(struct results *x, const struct result *one)
{
    struct bulk *b = x->s->b;
    for (size_t p = 0; p < x->n_clauses; p++) {
        enum answer answer = answer_of(x->s->r, x->clause_of[p], one->saw[p]);
        if (answer == UNANSWERED || !bulk_binds(b, one->seat, x->clause_of[p])) continue;
        one->seat->source = one->source;
        bulk_say(b, one->seat, x->clause_of[p], answer, one->line);
    }
}

static str never_met(const struct results *x)
{
    struct buf b = buf_in(x->s->w->a);
    for (size_t p = 0; p < x->n_clauses; p++) {
        if (x->met[p]) continue;
        if (b.n != 0) buf_add(&b, S(", "));
        buf_add(&b, x->s->r->edition.clauses[x->clause_of[p]].number);
    }
    return buf_str(&b);
}

enum err scan_results(struct scan *s, const struct file *const *files, size_t n)
{
    static const struct xccdf_events events = {on_rule, on_target};
    struct results *x = arena_alloc(s->w->a, sizeof *x);
    *x = (struct results){.s = s};
    enum err e = load_checks(x);
    for (size_t i = 0; e == OK && i < n; i++) {
        x->source = (uint8_t)i;
        e = xccdf_read(s->w, files[i]->name, files[i]->bytes, &events, x);
    }
    if (e != OK) return e;
    if (x->n != 0) qsort(x->all, x->n, sizeof *x->all, by_end);
    for (size_t i = 0; i < x->n; i++) say(x, &x->all[i]);
    s->never = never_met(x);
    return work_err(s->w);
}
