#include "inspect/showing.h"

#include "inspect/acts.h"

static bool in_reach(const struct showing *s, size_t i)
{
    const struct node *n = &s->r->nodes[i];
    if (s->node >= 0) {
        const struct node *top = &s->r->nodes[s->node];
        return n->lo >= top->lo && n->lo < top->hi && (s->depth < 0 || n->depth <= top->depth + s->depth);
    }
    int64_t above = 0; /* levels below the top that is seen */
    for (ptrdiff_t up = n->up; up >= 0; up = s->r->nodes[up].up) above++;
    return s->depth < 0 || above <= s->depth;
}

bool sees_counts(const struct showing *s, size_t i)
{
    const struct actor *a = s->w->actor;
    return may(a, MAY_READ_NAMES, s->r->nodes[i].here) || s->r->nodes[i].here == a->lo;
}

/* Below what is withheld everything is: its parts add up to it. */
static void withhold_children(struct showing *s, size_t parent, const int64_t *all)
{
    size_t end = round_node_end(s->r, parent), n = 0;
    size_t *child = arena_array(s->w->a, end - parent, sizeof *child);
    int64_t *reported = arena_array(s->w->a, end - parent, sizeof *reported);
    bool *withheld = arena_array(s->w->a, end - parent, sizeof *withheld);
    int64_t rest = all[parent];
    for (size_t i = parent + 1; i < end; i++) {
        if (s->r->nodes[i].up != (ptrdiff_t)parent) continue;
        child[n] = i;
        reported[n] = all[i];
        rest -= reported[n++];
    }
    withhold(reported, n, rest, withheld);
    for (size_t k = 0; k < n; k++) {
        if ((!withheld[k] && !s->withheld[parent]) || sees_counts(s, child[k])) continue;
        s->withheld[child[k]] = true;
        s->any_withheld = true;
    }
}

static void take_reported(void *to, size_t node, const struct column *columns, size_t n, const struct cell *cells)
{
    for (size_t c = 0; c < n; c++)
        if (str_eq(str_of(columns[c].key), S("reported"))) ((int64_t *)to)[node] = cells[c].i;
}

/* Respondents reported on, per node, as the figures shown have them. */
static enum err reported_frozen(struct showing *s, int64_t *reported)
{
    enum err e = frozen_each(s->w, s->r, s->frozen, S("rates"), S("coverage"), NULL, take_reported, reported);
    return e == NOTFOUND ? OK : e;
}

/* Whatever is shown at one time: another time asks for what lies beside it. */
enum err showing_withhold(struct showing *s)
{
    int64_t *reported = arena_array(s->w->a, s->r->n_nodes + 1, sizeof *reported);
    enum err e = s->frozen != 0 ? reported_frozen(s, reported) : OK;
    for (size_t i = 0; s->frozen == 0 && i < s->r->n_nodes; i++)
        reported[i] = coverage_of(s->r, s->vectors[i]).reported;
    for (size_t i = 0; e == OK && i < s->r->n_nodes; i++) {
        bool top = s->r->nodes[i].up < 0, few = reported[i] > 0 && reported[i] < WITHHELD_UNDER;
        if (top && few && !sees_counts(s, i)) s->withheld[i] = s->any_withheld = true; /* a round of one small unit */
        withhold_children(s, i, reported);
    }
    return e;
}

static enum err load_limited(struct showing *s)
{
    int64_t *orgs;
    size_t n;
    enum err e = aggregates_limited(s->w, s->r->id, &orgs, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        ptrdiff_t node = round_node(s->r, orgs[i]);
        if (node >= 0) s->limited[node] = true;
    }
    return e;
}

static enum err load_vectors(struct showing *s, enum round_reach reach)
{
    struct arena *a = s->w->a;
    s->shown = arena_array(a, s->r->n_nodes + 1, sizeof(bool));
    s->withheld = arena_array(a, s->r->n_nodes + 1, sizeof(bool));
    s->limited = arena_array(a, s->r->n_nodes + 1, sizeof(bool));
    for (size_t i = 0; i < s->r->n_nodes; i++) s->shown[i] = in_reach(s, i);
    if (s->frozen != 0) return OK;
    enum err e = load_limited(s);
    return e == OK ? tallies_load(s->w, s->r, reach, &s->vectors) : e;
}

enum err showing_all(struct work *w, struct round *r, enum round_reach reach, int64_t depth, struct showing *out)
{
    *out = (struct showing){.w = w, .r = r, .node = -1, .depth = depth};
    return load_vectors(out, reach);
}

enum err showing_load(struct work *w, const struct args *in, int64_t depth, enum showing_what what, struct showing *out)
{
    struct showing s = {.w = w, .r = arena_alloc(w->a, sizeof *s.r), .node = -1, .part = arg_text(in, "part")};
    s.depth = arg_given(in, "depth") ? arg_int(in, "depth") : depth;
    enum err e = round_load_near(w, arg_text(in, "round"), arg_org(in, "org"), s.depth, s.r);
    if (e == OK && what == AS_PUBLISHED) e = frozen_wanted(w, in, s.r, &s.frozen);
    if (e == OK && what == AS_IT_STANDS && !s.r->has_edition)
        e = fault(w, NOTFOUND, M("round '%1' holds published figures only: there are no sheets"), s.r->code);
    if (e != OK) return e;
    const struct org *org = arg_org(in, "org");
    if (s.depth < -1 || s.depth > DEPTH_MAX)
        return fault_in(w, INVALID, ((struct where){.field = S("depth")}), M("a depth from -1 (all) to %1"),
                        str_int(w->a, DEPTH_MAX));
    bool known_part = s.part.n == 0 || !s.r->has_edition;
    for (size_t i = 0; i < s.r->edition.n_parts; i++)
        known_part = known_part || str_eq(s.part, s.r->edition.parts[i].code);
    if (!known_part)
        return fault_in(w, NOTFOUND, ((struct where){.field = S("part")}), M("edition '%1' has no part '%2'"),
                        s.r->edition.code, s.part);
    if (org != NULL && (s.node = round_node(s.r, org->id)) < 0)
        return fault(w, NOTFOUND, M("'%1' is not in the frame of round '%2'"), org->code, s.r->code);
    if ((e = load_vectors(&s, ROUND_SEEN)) != OK || (e = showing_withhold(&s)) != OK) return e;
    *out = s;
    return OK;
}

struct cell node_cell(const struct showing *s, size_t node)
{
    const struct node *n = &s->r->nodes[node];
    int64_t above = 0;
    for (ptrdiff_t up = n->up; up >= 0 && s->shown[up]; up = s->r->nodes[up].up) above++;
    return C_ORG(n->code, n->name_ja, n->name_en, (int)above);
}

struct cell part_cell(const struct round *r, size_t part)
{
    if (part == r->edition.n_parts) return C_NONE;
    const struct part *p = &r->edition.parts[part];
    return (struct cell){.type = CELL_CLAUSE, .text = p->code, .ja = p->title_ja, .en = p->title_en};
}

struct cell rate_cell(const struct frac *f, const struct grades *g)
{
    return f == NULL ? C_NONE : C_RATE(rate_of(f, g));
}

bool part_wanted(const struct showing *s, size_t part)
{
    return s->part.n == 0 || (part < s->r->edition.n_parts && str_eq(s->part, s->r->edition.parts[part].code));
}

struct frozen_filter showing_filter(const struct showing *s)
{
    bool *mean = arena_array(s->w->a, s->r->n_nodes + 1, sizeof *mean),
         *seen = arena_array(s->w->a, s->r->n_nodes + 1, sizeof *seen);
    for (size_t i = 0; i < s->r->n_nodes; i++) mean[i] = true; /* but above rows that are shown */
    for (size_t i = 0; i < s->r->n_nodes; i++)
        if (s->shown[i] && s->r->nodes[i].up >= 0) mean[s->r->nodes[i].up] = false;
    for (size_t i = 0; i < s->r->n_nodes; i++) {
        seen[i] = sees_counts(s, i);
        if (s->withheld[i] && s->r->nodes[i].up >= 0) mean[s->r->nodes[i].up] = true;
    }
    return (struct frozen_filter){.r = s->r,
                                  .shown = s->shown,
                                  .withheld = s->withheld,
                                  .mean_hidden = mean,
                                  .counts_seen = seen,
                                  .key = S("part"),
                                  .value = s->part};
}

void handling_of(const struct round *r, struct doc *out)
{
    if (str_eq(r->state, S("published"))) out->handling = M("Confidentiality 1: published");
    else out->handling = M("Confidentiality 2: for the organisations concerned only");
}

enum err showing_notes(struct showing *s, struct doc *out)
{
    struct round *r = s->r;
    handling_of(r, out);
    if (r->synthetic) doc_note(out, M("Synthetic data: no real organisation answered this."));
    if (s->any_withheld)
        doc_note(
            out,
            M("Counts of groups under five are withheld, and of the next group where subtraction would reveal them."));
    if (s->frozen != 0) return frozen_note(s->w, r, s->frozen, out);
    if (str_eq(r->state, S("closed")))
        doc_note(out, M("The round is closed: these are the figures as they stand now, not the published ones."));
    if (s->provisional) {
        out->provisional = true;
        doc_note(
            out,
            M("Provisional figures count submitted sheets too; official ones only confirmed sheets and aggregates."));
    }
    return OK;
}
