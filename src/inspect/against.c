/* inspect rates --against: like for like. A rate moves when its clauses do; so the two rounds are compared over the
 * clauses that continue one to one and unchanged, and what was left out is listed. */
#include "inspect/pages.h"

#include "inspect/inspect_store.h"

static const struct column columns[] = {
    {"org", CELL_ORG, N("Organisation"), 0, "inspect rates", "org"},
    {"part", CELL_CLAUSE, N("Part"), 0, NULL, NULL},
    {"implementation", CELL_RATE, N("Implementation rate"), 0, NULL, NULL},
    {"clauses_compared", CELL_INT, N("Clauses compared"), 0, NULL, NULL},
    {"comparable", CELL_RATE, N("Comparable now"), 0, NULL, NULL},
    {"comparable_earlier", CELL_RATE, N("Comparable earlier"), 0, NULL, NULL},
    {"difference", CELL_RATE, N("Difference in points"), COL_SIGN, NULL, NULL},
};

struct likeness {
    struct showing now, then;
    ptrdiff_t *earlier; /* per clause of the later edition: its position in the earlier one, or -1 */
};

/* Of what is shown, so that the reader who subtracts finds the same. */
static struct cell difference(const struct frac *now, const struct frac *then, const struct grades *g)
{
    if (now == NULL || then == NULL) return C_NONE;
    int32_t tenths = rate_of(now, g).tenths - rate_of(then, g).tenths;
    return C_RATE(rate_of_tenths(tenths));
}

static ptrdiff_t node_then(const struct likeness *x, size_t node)
{
    ptrdiff_t old = round_node(x->then.r, x->now.r->nodes[node].org);
    return old >= 0 && x->then.withheld[old] ? -1 : old;
}

/* One organisation: clauses compared, and its rate over all of the part, over these now, over these then. */
static void alike_one(const struct likeness *x, size_t node, size_t part, struct alike *out)
{
    struct round *r = x->now.r, *before = x->then.r;
    struct arena *a = x->now.w->a;
    size_t *which, n = clauses_of_part(a, r, part, &which), both = 0;
    size_t *now = arena_array(a, n + 1, sizeof *now), *then = arena_array(a, n + 1, sizeof *then);
    for (size_t k = 0; k < n; k++) {
        if (x->earlier[which[k]] < 0) continue;
        now[both] = which[k];
        then[both++] = (size_t)x->earlier[which[k]];
    }
    ptrdiff_t old = node_then(x, node);
    struct part_rates all, p, q = {0};
    const struct counts *counts = counts_of(a, r, x->now.vectors[node], false);
    part_rates(a, counts, which, n, &r->rule, &all);
    part_rates(a, counts, now, both, &r->rule, &p);
    if (old >= 0)
        part_rates(a, counts_of(a, before, x->then.vectors[old], false), then, both, &r->rule, &q);
    *out = (struct alike){.clauses = (int64_t)both, .all = (int64_t)n, .whole = all.implementation,
                          .now = p.implementation, .then = q.implementation};
}

static void row(const struct likeness *x, size_t node, size_t part, struct doc *out)
{
    const struct grades *g = x->now.r->rule.grades;
    struct alike k;
    alike_one(x, node, part, &k);
    DOC_ROW(out, node_cell(&x->now, node), part_cell(x->now.r, part), rate_cell(k.whole, g), C_INT(k.clauses),
            rate_cell(k.now, g), rate_cell(k.then, g), difference(k.now, k.then, g));
}

void likeness_of(const struct likeness *x, const size_t *nodes, size_t n, size_t part, struct alike *out)
{
    struct arena *a = x->now.w->a;
    struct frac **now = arena_array(a, n + 1, sizeof *now), **then = arena_array(a, n + 1, sizeof *then);
    struct alike k = {0};
    size_t over = 0, without;
    for (size_t i = 0; i < n; i++) {
        ptrdiff_t old = round_node(x->then.r, x->now.r->nodes[nodes[i]].org);
        if (x->now.withheld[nodes[i]] || (old >= 0 && x->then.withheld[old])) {
            *out = (struct alike){0};
            return;
        }
        bool left_out = x->now.r->nodes[nodes[i]].excluded || (old >= 0 && x->then.r->nodes[old].excluded);
        if (old < 0 || (n > 1 && left_out)) continue;
        alike_one(x, nodes[i], part, &k);
        if (k.now == NULL || k.then == NULL) continue;
        now[over] = k.now;
        then[over++] = k.then;
    }
    *out = (struct alike){.clauses = k.clauses, .all = k.all, .organisations = (int64_t)over,
                          .now = frac_mean(a, now, over, &without), .then = frac_mean(a, then, over, &without)};
}

static void left_out(const struct likeness *x, struct doc *out)
{
    const struct round *r = x->now.r, *before = x->then.r;
    struct arena *a = x->now.w->a;
    struct buf b = buf_in(a);
    bool *continued = arena_array(a, before->edition.n_clauses + 1, sizeof *continued);
    int64_t new_ones = 0, old_ones = 0;
    for (size_t c = 0; c < r->edition.n_clauses; c++) {
        if (x->earlier[c] >= 0) continued[x->earlier[c]] = true;
        else if (new_ones++ < 40) buf_fmt(&b, "%s%.*s", b.n == 0 ? "" : " ", STR_ARG(r->edition.clauses[c].number));
    }
    for (size_t c = 0; c < before->edition.n_clauses; c++) old_ones += !continued[c];
    if (new_ones + old_ones == 0) {
        doc_note(out, M("All clauses of both rounds are compared."));
        return;
    }
    doc_note(out, M("Left out: %1 clauses of edition '%2' that are not the same as before: %3"),
             str_int(a, new_ones), r->edition.code, buf_str(&b));
    doc_note(out, M("Left out: %1 clauses of edition '%2' that do not go on unchanged."), str_int(a, old_ones),
             before->edition.code);
}

/* ---- the two rounds ---- */
static bool comparable(const struct likeness *x, bool mapped)
{
    return mapped || x->then.r->edition.id == x->now.r->edition.id;
}

static enum err load_then(struct likeness *x, struct round *before, bool *mapped)
{
    struct work *w = x->now.w;
    enum err e = showing_all(w, before, ROUND_SEEN, -1, &x->then);
    if (e == OK) e = showing_withhold(&x->then);
    return e == OK ? standard_continues(w, &before->edition, &x->now.r->edition, &x->earlier, mapped) : e;
}

enum err rates_against(struct showing *s, str earlier, struct doc *out)
{
    struct likeness x = {.now = *s};
    struct round *before = arena_alloc(s->w->a, sizeof *before);
    bool mapped = false;
    enum err e = round_load(s->w, earlier, ROUND_SEEN, before);
    if (e != OK) return e;
    if (!s->r->has_edition || !before->has_edition)
        return fault(s->w, INVALID, M("published figures have no clauses to compare: '%1' against '%2'"), s->r->code,
                     earlier);
    if ((e = load_then(&x, before, &mapped)) != OK) return e;
    if (!comparable(&x, mapped))
        return fault(s->w, INVALID,
                     M("there is no mapping from edition '%1' to '%2': `meguri standard import --what mapping` first"),
                     before->edition.code, s->r->edition.code);
    DOC_TABLE(out, "against", columns);
    for (size_t i = 0; i < s->r->n_nodes; i++)
        for (size_t part = 0; s->shown[i] && !s->withheld[i] && part < s->r->edition.n_parts; part++)
            if (part_wanted(s, part)) row(&x, i, part, out);
    doc_table_end(out);
    left_out(&x, out);
    doc_note(
        out,
        M("The difference is that of the figures shown. Both rounds are counted from their sheets as they stand."));
    return showing_notes(s, out);
}

const struct round *likeness_before(const struct likeness *x) { return x->then.r; }

enum err likeness_load(struct work *w, struct round *now, str earlier, struct likeness **out)
{
    struct likeness *x = arena_alloc(w->a, sizeof *x);
    struct round *before = arena_alloc(w->a, sizeof *before);
    bool mapped = false;
    enum err e = round_load(w, earlier, ROUND_SEEN, before);
    if (e != OK) return e;
    if (!now->has_edition || !before->has_edition || before->n_nodes == 0) return NOTFOUND;
    if ((e = showing_all(w, now, ROUND_SEEN, -1, &x->now)) != OK || (e = showing_withhold(&x->now)) != OK) return e;
    if ((e = load_then(x, before, &mapped)) != OK) return e;
    if (!comparable(x, mapped)) return NOTFOUND;
    *out = x;
    return OK;
}

/* Codes come newest base date first. */
enum err likeness_find(struct work *w, struct round *now, struct likeness **out)
{
    str *codes;
    size_t n;
    enum err e = round_codes(w, &codes, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        struct round r;
        int64_t edition;
        if ((e = round_row(w, codes[i], &r, &edition)) != OK) return e;
        if (edition == 0 || r.base >= now->base || r.frame != now->frame) continue;
        e = likeness_load(w, now, codes[i], out);
        if (e != NOTFOUND) return e;
        e = OK;
    }
    return e == OK ? NOTFOUND : e;
}
