/* Loading a round: rules, edition, tree, bindings. */
#include "inspect/round.h"

#include <stdlib.h>
#include <string.h>

#include "inspect/answer_store.h"

bool percent_parse(str s, int32_t *tenths)
{
    ptrdiff_t dot = str_find(s, S("."));
    str whole = dot < 0 ? s : str_sub(s, 0, (size_t)dot), part = dot < 0 ? S("0") : str_sub(s, (size_t)dot + 1, s.n);
    int64_t w, p;
    if (whole.n == 0 || whole.p[0] == '-' || whole.p[0] == '+' || part.n != 1) return false; /* no sign */
    if (!str_to_int(whole, &w) || !str_to_int(part, &p) || w > 100 || w * 10 + p > 1000) return false;
    *tenths = (int32_t)(w * 10 + p);
    return true;
}

enum err thresholds_parse(struct work *w, str text, struct rule *out)
{
    struct rule found = *out;
    found.n_thresholds = 0;
    int32_t last = 1001;
    for (str rest = text, one; str_cut(&rest, ' ', &one);) {
        if (one.n == 0) continue;
        int32_t t;
        if (!percent_parse(one, &t) || t >= last || found.n_thresholds == THRESHOLDS_MAX)
            return fault(w, INVALID,
                         M("thresholds are up to eight percentages, the highest first, such as '100 95 90'; not '%1'"),
                         text);
        found.threshold[found.n_thresholds++] = last = t;
    }
    if (found.n_thresholds == 0) return fault(w, INVALID, M("at least one threshold is needed, such as '100 95 90'"));
    *out = found;
    return OK;
}

enum err grades_parse(struct work *w, str text, struct grades *out)
{
    struct grade *all = arena_array(w->a, 16, sizeof *all);
    size_t n = 0;
    int32_t last = 1001;
    for (str rest = text, one; str_cut(&rest, ' ', &one);) {
        ptrdiff_t colon = str_find(one, S(":"));
        if (one.n == 0) continue;
        if (colon <= 0 || n == 16 || !percent_parse(str_sub(one, (size_t)colon + 1, one.n), &all[n].at_least) ||
            all[n].at_least >= last)
            return fault(w, INVALID, M("grades run from the best down, each with the percentage it begins at, such as "
                                       "'A:100 B:80 C:60 D:0'; not '%1'"), text);
        all[n].name = str_dup(w->a, str_sub(one, 0, (size_t)colon));
        last = all[n++].at_least;
    }
    if (n == 0 || last != 0)
        return fault(w, INVALID, M("the last grade must begin at 0, so that every rate has one: '%1'"), text);
    *out = (struct grades){all, n};
    return OK;
}

static int by_org(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static int by_code(const void *a, const void *b)
{
    return str_cmp((*(const struct node *const *)a)->code, (*(const struct node *const *)b)->code);
}

/* The store gives parents as row ids; nodes stand parents first, so a stack of open intervals finds them. */
static void link_nodes(struct work *w, struct round *r)
{
    ptrdiff_t open = -1;
    for (size_t i = 0; i < r->n_nodes; i++) {
        while (open >= 0 && r->nodes[open].hi <= r->nodes[i].lo) open = r->nodes[open].up;
        r->nodes[i].up = open;
        open = (ptrdiff_t)i;
    }
    r->by_org = arena_array(w->a, r->n_nodes + 1, sizeof *r->by_org);
    for (size_t i = 0; i < r->n_nodes; i++) {
        r->by_org[i].org = r->nodes[i].org;
        r->by_org[i].node = i;
    }
    qsort(r->by_org, r->n_nodes, sizeof *r->by_org, by_org);
    r->by_code = arena_array(w->a, r->n_nodes + 1, sizeof *r->by_code);
    for (size_t i = 0; i < r->n_nodes; i++) r->by_code[i] = &r->nodes[i];
    qsort(r->by_code, r->n_nodes, sizeof *r->by_code, by_code);
}

void round_duties(struct work *w, struct round *r)
{
    r->n_duties = 0;
    r->duties = arena_array(w->a, r->edition.n_clauses + 1, sizeof *r->duties);
    r->clause_duty = arena_array(w->a, r->edition.n_clauses + 1, sizeof *r->clause_duty);
    r->no_occasion = arena_alloc(w->a, plane_bytes(r->edition.n_clauses) + 8);
    for (size_t i = 0; i < r->edition.n_clauses; i++) {
        ptrdiff_t duty = round_duty(r, r->edition.clauses[i].duty);
        if (duty < 0) {
            duty = (ptrdiff_t)r->n_duties;
            r->duties[r->n_duties++] = r->edition.clauses[i].duty;
        }
        r->clause_duty[i] = (size_t)duty;
        if (r->edition.clauses[i].no_occasion) mask_add(r->no_occasion, i);
    }
}

void round_depths(struct round *r)
{
    for (size_t i = 0; i < r->n_nodes; i++)
        r->nodes[i].depth = r->nodes[i].up < 0 ? 0 : r->nodes[r->nodes[i].up].depth + 1;
}

void round_link(struct work *w, struct round *r)
{
    round_duties(w, r);
    link_nodes(w, r);
}

static enum exceptions_rule exceptions_of_text(str text)
{
    return str_eq(text, S("not-done"))   ? EXCEPTIONS_NOT_DONE
           : str_eq(text, S("answered")) ? EXCEPTIONS_ANSWERED
                                         : EXCEPTIONS_APART;
}

static enum err load_rules(struct work *w, struct round *r)
{
    r->rule.rate = str_eq(r->rate_text, S("pooled")) ? RATE_POOLED : RATE_MEAN;
    enum err e = thresholds_parse(w, r->thresholds, &r->rule);
    return e == OK ? grades_parse(w, r->grades_text, &r->grades) : e;
}

enum err round_rules(struct work *w, str code, struct round *out, int64_t *edition)
{
    enum err e = round_row(w, code, out, edition);
    if (e == NOTFOUND) return fault(w, NOTFOUND, M("no round '%1': `meguri inspect rounds` lists them"), code);
    if (e == OK) out->exceptions = exceptions_of_text(out->exceptions_text);
    return e;
}

enum err round_path(struct work *w, struct round *r, int64_t org)
{
    enum err e = path_nodes(w, r->id, org, &r->nodes, &r->n_nodes);
    if (e != OK) return e;
    if (r->n_nodes == 0)
        return fault(w, STORE, M("round '%1' does not hold all of its organisations: restore the database from a backup"),
                     r->code);
    link_nodes(w, r);
    return OK;
}

struct extent { /* how much of the tree is loaded */
    enum round_reach reach;
    bool near;
    int64_t org, depth;
};

static enum err load_nodes(struct work *w, struct round *r, const struct extent *x)
{
    if (x->near) return round_nodes_near(w, r, x->org, x->depth);
    return round_nodes(w, r, x->reach, &r->nodes, &r->n_nodes);
}

static enum err load(struct work *w, str code, const struct extent *x, struct round *out)
{
    struct round *r = arena_alloc(w->a, sizeof *r); /* rule points to grades: both must stay where they are */
    int64_t edition;
    enum err e = round_rules(w, code, r, &edition);
    if (e == OK) e = load_rules(w, r);
    if (e == OK && edition != 0) {
        r->has_edition = true;
        e = standard_edition_by_id(w, edition, &r->edition);
    }
    if (e != OK) return e;
    if ((e = load_nodes(w, r, x)) != OK) return e;
    round_link(w, r);
    if ((e = round_bindings(w, r)) != OK) return e;
    struct grades *grades = arena_alloc(w->a, sizeof *grades);
    *grades = r->grades;
    r->rule.grades = grades;
    *out = *r;
    return OK;
}

enum err round_load(struct work *w, str code, enum round_reach reach, struct round *out)
{
    return load(w, code, &(struct extent){.reach = reach}, out);
}

enum err round_load_near(struct work *w, str code, const struct org *org, int64_t depth, struct round *out)
{
    const struct extent near = {ROUND_SEEN, depth >= 0, org == NULL ? 0 : org->id, depth};
    return load(w, code, &near, out);
}

ptrdiff_t round_node(const struct round *r, int64_t org)
{
    size_t lo = 0, hi = r->n_nodes;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (r->by_org[mid].org < org) lo = mid + 1;
        else hi = mid;
    }
    return lo < r->n_nodes && r->by_org[lo].org == org ? (ptrdiff_t)r->by_org[lo].node : -1;
}

ptrdiff_t round_node_by_code(const struct round *r, str code)
{
    size_t lo = 0, hi = r->n_nodes;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (str_cmp(r->by_code[mid]->code, code) < 0) lo = mid + 1;
        else hi = mid;
    }
    return lo < r->n_nodes && str_eq(r->by_code[lo]->code, code) ? r->by_code[lo] - r->nodes : -1;
}

size_t round_node_end(const struct round *r, size_t node)
{
    size_t end = node + 1;
    while (end < r->n_nodes && r->nodes[end].lo < r->nodes[node].hi) end++;
    return end;
}

ptrdiff_t round_duty(const struct round *r, str duty)
{
    for (size_t i = 0; i < r->n_duties; i++)
        if (str_eq(r->duties[i], duty)) return (ptrdiff_t)i;
    return -1;
}

const struct binding *round_binding(const struct round *r, int64_t id)
{
    size_t lo = 0, hi = r->n_bindings;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (r->bindings[mid].id < id) lo = mid + 1;
        else hi = mid;
    }
    return lo < r->n_bindings && r->bindings[lo].id == id ? &r->bindings[lo] : NULL;
}

bool round_leaves(const struct round *r, str reason)
{
    if (reason.n == 0) return false;
    for (str rest = r->unknown_out, one; str_cut(&rest, ' ', &one);)
        if (str_eq(one, reason)) return true;
    return false;
}
