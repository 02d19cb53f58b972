/* inspect clauses (worst first), inspect arisen. */
#include <stdlib.h>

#include "inspect/acts.h"
#include "inspect/pages.h"

static const struct column clause_columns[] = {
    {"org", CELL_ORG, N("Organisation"), 0, "inspect rates", "org"},
    {"clause", CELL_CLAUSE, N("Clause"), 0, "inspect clause", "clause"},
    {"part", CELL_CLAUSE, N("Part"), COL_DETAIL, NULL, NULL},
    {"duty", CELL_ENUM, N("Duty"), 0, NULL, NULL},
    {"level", CELL_ENUM, N("Level"), COL_DETAIL, NULL, NULL},
    {"arisen", CELL_INT, N("Arisen"), 0, NULL, NULL},
    {"done", CELL_INT, N("Done"), 0, NULL, NULL},
    {"no_occasion", CELL_INT, N("No occasion"), COL_DETAIL, NULL, NULL},
    {"excepted", CELL_INT, N("Exceptions"), COL_DETAIL, NULL, NULL},
    {"rate", CELL_RATE, N("Rate"), COL_BAR, NULL, NULL, NULL, "arisen"},
};

static struct cell clause_cell(const struct round *r, size_t c)
{
    const struct clause *k = &r->edition.clauses[c];
    return (struct cell){.type = CELL_CLAUSE, .text = k->number, .ja = k->text_ja, .en = k->text_en};
}

struct ranked {
    size_t clause;
    struct counts n;
};

__extension__ typedef __int128 wide;

/* Worst first: a/b < c/d exactly when a·d < c·b; clauses without a duty arisen last; then in official order. */
static int worst_first(const void *p, const void *q)
{
    const struct ranked *a = p, *b = q;
    if ((a->n.arisen == 0) != (b->n.arisen == 0)) return a->n.arisen == 0 ? 1 : -1;
    wide left = (wide)a->n.done * b->n.arisen, right = (wide)b->n.done * a->n.arisen;
    if (left != right) return left < right ? -1 : 1;
    return (a->clause > b->clause) - (a->clause < b->clause);
}

static void clauses_of_node(struct showing *s, size_t node, struct doc *out)
{
    const struct counts *counts = counts_of(s->w->a, s->r, s->vectors[node], false);
    struct ranked *all = arena_array(s->w->a, s->r->edition.n_clauses + 1, sizeof *all);
    size_t n = 0;
    for (size_t c = 0; c < s->r->edition.n_clauses; c++)
        if (part_wanted(s, s->r->edition.clauses[c].part)) all[n++] = (struct ranked){c, counts[c]};
    qsort(all, n, sizeof *all, worst_first);
    for (size_t i = 0; i < n; i++) {
        const struct clause *k = &s->r->edition.clauses[all[i].clause];
        DOC_ROW(out, node_cell(s, node), clause_cell(s->r, all[i].clause), part_cell(s->r, k->part), C_ENUM(k->duty),
                C_ENUM(k->enhanced ? S("enhanced") : S("basic")), C_INT(all[i].n.arisen), C_INT(all[i].n.done),
                C_INT(all[i].n.no_occasion), C_INT(excepted_of(s->r, s->vectors[node], all[i].clause, false)),
                C_RATE(rate_of_counts(all[i].n.done, all[i].n.arisen, s->r->rule.grades)));
    }
}

enum err clauses_table(struct showing *s, struct doc *out)
{
    DOC_TABLE(out, "clauses", clause_columns);
    for (size_t i = 0; i < s->r->n_nodes; i++)
        if (s->shown[i] && !s->withheld[i]) clauses_of_node(s, i, out);
    doc_table_end(out);
    return OK;
}

enum err inspect_view_clauses(struct work *w, const struct args *in, struct doc *out)
{
    struct showing s;
    enum err e = showing_load(w, in, 0, AS_PUBLISHED, &s);
    if (e != OK) return e;
    if (!s.r->has_edition)
        return fault(w, NOTFOUND, M("round '%1' holds published figures only: there are no sheets"), s.r->code);
    struct frozen_filter f = showing_filter(&s);
    f.ranked = true;
    e = s.frozen == 0 ? clauses_table(&s, out) : frozen_show(w, s.frozen, S("clauses"), S("clauses"), &f, out);
    if (e != OK) return e;
    if (s.frozen != 0 && s.r->has_edition)
        doc_note(out, M("Clauses are frozen for the top of the frame and the organisations next below; --edition open "
                        "shows any."));
    return showing_notes(&s, out);
}

/* ---- arisen ---- */
static const struct column arisen_columns[] = {
    {"clause", CELL_CLAUSE, N("Clause"), 0, "inspect clause", "clause"},
    {"org", CELL_ORG, N("Organisation"), 0, "inspect rates", "org"},
    {"known", CELL_INT, N("Answered"), 0, NULL, NULL},
    {"no_occasion", CELL_INT, N("No occasion"), 0, NULL, NULL},
    {"share", CELL_RATE, N("Share of no occasion"), COL_BAR, NULL, NULL, NULL, "known"},
    {"median", CELL_RATE, N("Median of the others"), 0, NULL, NULL},
    {"outlier", CELL_BOOL, N("Outlier"), 0, NULL, NULL},
    {"finding", CELL_TEXT, N("Open a finding"), 0, "case open", "kind"},
    {"at_org", CELL_TEXT, N("Organisation"), COL_DATA, NULL, "org"},
    {"at_clause", CELL_TEXT, N("Clause"), COL_DATA, NULL, "clause"},
};

bool opens_findings(const struct work *w)
{
    return (w->actor->rights & (MAY_MANAGE | MAY_AUDIT | MAY_CENTRE | MAY_NAMES)) != 0;
}

/* An outlier differs from the median of the other organisations by this much, and rests on enough answers. */
enum { OUTLIER_TENTHS = 250, OUTLIER_ANSWERS = 10 };

static int by_share(const void *p, const void *q)
{
    const struct share *a = p, *b = q;
    wide left = (wide)a->no_occasion * b->known, right = (wide)b->no_occasion * a->known;
    return (left > right) - (left < right);
}

struct rate median_of_others(struct arena *a, const struct share *all, size_t n, size_t but)
{
    struct share *v = arena_array(a, n + 1, sizeof *v);
    size_t m = 0;
    for (size_t i = 0; i < n; i++)
        if (i != but && all[i].known > 0) v[m++] = all[i];
    if (m == 0) return (struct rate){0};
    qsort(v, m, sizeof *v, by_share);
    const struct share *low = &v[(m - 1) / 2], *high = &v[m / 2]; /* the same one when m is odd */
    struct frac *median = frac_new(a, low->no_occasion, low->known);
    frac_add(median, frac_new(a, high->no_occasion, high->known));
    frac_over(median, 2);
    return rate_of(median, NULL);
}

bool share_outlies(const struct share *s, struct rate median)
{
    struct rate share = rate_of_counts(s->no_occasion, s->known, NULL);
    int32_t apart = share.tenths > median.tenths ? share.tenths - median.tenths : median.tenths - share.tenths;
    return median.defined && apart >= OUTLIER_TENTHS && s->known >= OUTLIER_ANSWERS;
}

static int by_parent(const void *p, const void *q)
{
    const struct share *a = p, *b = q;
    if (a->up != b->up) return a->up < b->up ? -1 : 1;
    return (a->node > b->node) - (a->node < b->node);
}

/* Like with like: an organisation against the others below the same one. */
static void shares_among(struct showing *s, size_t clause, const struct share *all, size_t n, bool only_outliers,
                         struct doc *out)
{
    for (size_t i = 0; i < n; i++) {
        if (all[i].known == 0) continue;
        struct rate share = rate_of_counts(all[i].no_occasion, all[i].known, NULL),
                    median = median_of_others(s->w->a, all, n, i);
        bool outlier = share_outlies(&all[i], median);
        if (only_outliers && !outlier) continue;
        DOC_ROW(out, clause_cell(s->r, clause), node_cell(s, all[i].node), C_INT(all[i].known),
                C_INT(all[i].no_occasion), C_RATE(share), C_RATE(median), C_BOOL(outlier),
                outlier && opens_findings(s->w) ? C_TEXT(S("finding")) : C_NONE, C_TEXT(s->r->nodes[all[i].node].code),
                C_TEXT(s->r->edition.clauses[clause].number));
    }
}

static void arisen_of_clause(struct showing *s, struct counts *const *counts, size_t clause, bool only_outliers,
                             struct share *all, struct doc *out)
{
    size_t n = 0;
    for (size_t i = 0; i < s->r->n_nodes; i++) {
        if (counts[i] == NULL) continue;
        struct counts c = counts[i][clause];
        all[n++] = (struct share){i, s->r->nodes[i].up, c.arisen + c.no_occasion, c.no_occasion};
    }
    qsort(all, n, sizeof *all, by_parent);
    for (size_t from = 0, to; from < n; from = to) {
        to = from;
        while (to < n && all[to].up == all[from].up) to++;
        shares_among(s, clause, all + from, to - from, only_outliers, out);
    }
}

enum err inspect_view_arisen(struct work *w, const struct args *in, struct doc *out)
{
    struct showing s;
    enum err e = showing_load(w, in, 1, AS_IT_STANDS, &s);
    if (e != OK) return e;
    DOC_TABLE(out, "arisen", arisen_columns);
    struct counts **counts = arena_array(w->a, s.r->n_nodes + 1, sizeof *counts);
    for (size_t i = 0; i < s.r->n_nodes; i++)
        if (s.shown[i] && !s.withheld[i]) counts[i] = counts_of(w->a, s.r, s.vectors[i], true);
    struct share *room = arena_array(w->a, s.r->n_nodes + 1, sizeof *room);
    for (size_t c = 0; c < s.r->edition.n_clauses; c++) {
        struct arena_mark mark = arena_mark(w->a);
        if (s.r->edition.clauses[c].no_occasion && part_wanted(&s, s.r->edition.clauses[c].part))
            arisen_of_clause(&s, counts, c, arg_int(in, "outliers") != 0, room, out);
        arena_back(w->a, mark);
    }
    s.provisional = true; /* submitted sheets are counted */
    doc_table_end(out);
    doc_note(out, M("Clauses where 'no occasion arose' may be answered, counted from submitted and confirmed sheets "
                    "and aggregates."));
    doc_note(out, M("Outlier: 25 points or more from the median of the others below the same organisation, on ten "
                    "answers or more."));
    return showing_notes(&s, out);
}
