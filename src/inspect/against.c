/* inspect rates --against: like for like. A rate moves when its clauses do; so the two rounds are compared over the
 * clauses that continue one to one and unchanged, and what was left out is listed. */
#include "inspect/showing.h"

static const struct column columns[] = {
    {"org", CELL_ORG, N("Organisation"), 0, "inspect rates", "org"},
    {"part", CELL_CLAUSE, N("Part"), 0, NULL, NULL},
    {"implementation", CELL_RATE, N("Implementation rate"), 0, NULL, NULL},
    {"clauses_compared", CELL_INT, N("Clauses compared"), 0, NULL, NULL},
    {"comparable", CELL_RATE, N("Comparable now"), 0, NULL, NULL},
    {"comparable_earlier", CELL_RATE, N("Comparable earlier"), 0, NULL, NULL},
    {"difference", CELL_RATE, N("Difference in points"), 0, NULL, NULL},
};

struct against {
    struct showing *now;
    struct showing then;
    ptrdiff_t *earlier; /* per clause of the later edition: its position in the earlier one, or -1 */
    struct doc *out;
};

/* Of what is shown, so that the reader who subtracts finds the same. */
static struct cell difference(const struct frac *now, const struct frac *then, const struct grades *g)
{
    if (now == NULL || then == NULL) return C_NONE;
    int32_t tenths = rate_of(now, g).tenths - rate_of(then, g).tenths;
    return C_RATE(rate_of_tenths(tenths));
}

static void row(struct against *x, size_t node, size_t part)
{
    struct round *r = x->now->r, *before = x->then.r;
    struct arena *a = x->now->w->a;
    size_t *which, n = clauses_of_part(a, r, part, &which), both = 0;
    size_t *now = arena_array(a, n + 1, sizeof *now), *then = arena_array(a, n + 1, sizeof *then);
    for (size_t k = 0; k < n; k++) {
        if (x->earlier[which[k]] < 0) continue;
        now[both] = which[k];
        then[both++] = (size_t)x->earlier[which[k]];
    }
    ptrdiff_t old = round_node(before, r->nodes[node].org);
    struct part_rates all, p, q = {0};
    const struct counts *counts = counts_of(a, r, x->now->vectors[node], false);
    part_rates(a, counts, which, n, &r->rule, &all);
    part_rates(a, counts, now, both, &r->rule, &p);
    if (old >= 0 && !x->then.withheld[old])
        part_rates(a, counts_of(a, before, x->then.vectors[old], false), then, both, &r->rule, &q);
    const struct grades *g = r->rule.grades;
    DOC_ROW(x->out, node_cell(x->now, node), part_cell(r, part), rate_cell(all.implementation, g), C_INT((int64_t)both),
            rate_cell(p.implementation, g), rate_cell(q.implementation, g),
            difference(p.implementation, q.implementation, g));
}

static void left_out(struct against *x)
{
    struct round *r = x->now->r, *before = x->then.r;
    struct arena *a = x->now->w->a;
    struct buf b = buf_in(a);
    bool *continued = arena_array(a, before->edition.n_clauses + 1, sizeof *continued);
    int64_t new_ones = 0, old_ones = 0;
    for (size_t c = 0; c < r->edition.n_clauses; c++) {
        if (x->earlier[c] >= 0) continued[x->earlier[c]] = true;
        else if (new_ones++ < 40) buf_fmt(&b, "%s%.*s", b.n == 0 ? "" : " ", STR_ARG(r->edition.clauses[c].number));
    }
    for (size_t c = 0; c < before->edition.n_clauses; c++) old_ones += !continued[c];
    if (new_ones + old_ones == 0) {
        doc_note(x->out, M("All clauses of both rounds are compared."));
        return;
    }
    doc_note(x->out, M("Left out: %1 clauses of edition '%2' that are not the same as before: %3"),
             str_int(a, new_ones), r->edition.code, buf_str(&b));
    doc_note(x->out, M("Left out: %1 clauses of edition '%2' that do not go on unchanged."), str_int(a, old_ones),
             before->edition.code);
}

enum err rates_against(struct showing *s, str earlier, struct doc *out)
{
    struct against x = {.now = s, .out = out};
    struct round *before = arena_alloc(s->w->a, sizeof *before);
    bool mapped = false;
    enum err e = round_load(s->w, earlier, ROUND_SEEN, before);
    if (e != OK) return e;
    if (!s->r->has_edition || !before->has_edition)
        return fault(s->w, INVALID, M("published figures have no clauses to compare: '%1' against '%2'"), s->r->code,
                     earlier);
    if ((e = showing_all(s->w, before, ROUND_SEEN, -1, &x.then)) != OK) return e;
    if ((e = showing_withhold(&x.then)) != OK) return e;
    if ((e = standard_continues(s->w, &before->edition, &s->r->edition, &x.earlier, &mapped)) != OK) return e;
    if (!mapped && before->edition.id != s->r->edition.id)
        return fault(s->w, INVALID,
                     M("there is no mapping from edition '%1' to '%2': `meguri standard import --what mapping` first"),
                     before->edition.code, s->r->edition.code);
    DOC_TABLE(out, "against", columns);
    for (size_t i = 0; i < s->r->n_nodes; i++)
        for (size_t part = 0; s->shown[i] && !s->withheld[i] && part < s->r->edition.n_parts; part++)
            if (part_wanted(s, part)) row(&x, i, part);
    doc_table_end(out);
    left_out(&x);
    doc_note(
        out,
        M("The difference is that of the figures shown. Both rounds are counted from their sheets as they stand."));
    return showing_notes(s, out);
}
