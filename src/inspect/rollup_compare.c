/* inspect rollup-compare: what changed between two roll-ups of one body, or against last year's round like for like,
 * clause by clause, largest differences first: what the centre looks at before it asks. */
#include "inspect/rollup_acts.h"
#include "inspect/showing.h"

#include <stdlib.h>

#include "base/clock.h"

enum {
    ASK_TENTHS = 100, /* ten points: a difference of that size is worth a query */
    ASK_KNOWN = 5,    /* so is a fifth more or fewer known, */
    ASK_LEAST = 5,    /* where that is five or more */
};

/* Of one side, per clause of the later edition. */
struct side {
    bool is;
    int64_t known, arisen, done;
};
struct line {
    size_t clause;
    struct side now, then;
    struct rate rate_now, rate_then;
    int32_t difference; /* tenths */
    bool compared, ask;
};
struct comparing {
    struct work *w;
    struct showing s;
    size_t node;
    struct side *now, *then;
    struct rollup d; /* the later one */
    struct rollup_kept kept;
    str against;    /* what the other side is, in words; empty: there is none */
    int64_t before; /* its number; 0: a round */
};

/* ---- the two sides ---- */

static enum err document(struct comparing *c, int64_t sequence, int64_t below, struct rollup_kept *k, struct rollup *d)
{
    struct rollup_file f;
    struct work *w = c->w;
    enum err e = rollup_document(w, c->s.r->id, c->s.r->nodes[c->node].org, sequence, below, k);
    if (e != OK) return e;
    ptrdiff_t end = str_find(k->document, S("\n"));
    f.line = end < 0 ? k->document : str_sub(k->document, 0, (size_t)end);
    return rollup_read(w, S("rollup"), f.line, d);
}

static void side_of(const struct comparing *c, const struct rollup *d, struct side *out)
{
    for (size_t i = 0; i < d->n; i++) {
        ptrdiff_t at = d->rows[i].clause.n == 0 ? -1 : standard_clause(&c->s.r->edition, d->rows[i].clause);
        if (at >= 0) out[at] = (struct side){true, d->rows[i].known, d->rows[i].arisen, d->rows[i].done};
    }
}

static enum err against_document(struct comparing *c, const struct args *in)
{
    struct rollup_kept k;
    struct rollup d;
    int64_t with = arg_int(in, "with");
    enum err e = document(c, with, with == 0 ? c->kept.sequence : 0, &k, &d);
    if (e == NOTFOUND && with != 0)
        return fault(c->w, NOTFOUND, M("no such roll-up of '%1' in round '%2'"), c->s.r->nodes[c->node].code,
                     c->s.r->code);
    if (e != OK) return e;
    side_of(c, &d, c->then);
    c->before = k.sequence;
    c->against = str_int(c->w->a, k.sequence);
    return OK;
}

static enum err against_round(struct comparing *c, str code)
{
    struct work *w = c->w;
    struct showing s;
    struct round *before = arena_alloc(w->a, sizeof *before);
    ptrdiff_t *earlier, old;
    bool mapped;
    enum err e = round_load(w, code, ROUND_SEEN, before);
    if (e == OK) e = showing_all(w, before, ROUND_SEEN, -1, &s);
    if (e == OK) e = showing_withhold(&s);
    if (e != OK) return e;
    if ((old = round_node(before, c->s.r->nodes[c->node].org)) < 0 || !before->has_edition || s.withheld[old])
        return NOTFOUND;
    if ((e = standard_continues(w, &before->edition, &c->s.r->edition, &earlier, &mapped)) != OK) return e;
    if (!mapped && before->edition.id != c->s.r->edition.id) return NOTFOUND;
    const struct counts *n = counts_of(w->a, before, s.vectors[old], false);
    for (size_t k = 0; k < c->s.r->edition.n_clauses; k++) {
        const struct counts *x = earlier[k] < 0 ? NULL : &n[earlier[k]];
        if (x != NULL) c->then[k] = (struct side){true, x->arisen + x->no_occasion, x->arisen, x->done};
    }
    c->against = before->code;
    return OK;
}

/* The newest earlier round that can be compared. */
static enum err against_latest(struct comparing *c)
{
    str *codes;
    size_t n;
    enum err e = round_codes(c->w, &codes, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        struct round r;
        int64_t edition;
        if ((e = round_row(c->w, codes[i], &r, &edition)) != OK) return e;
        if (edition == 0 || r.base >= c->s.r->base) continue;
        e = against_round(c, codes[i]);
        if (e != NOTFOUND) return e;
        e = OK;
    }
    return e;
}

static enum err other_side(struct comparing *c, const struct args *in)
{
    str round = arg_text(in, "against");
    if (round.n == 0) {
        enum err e = against_document(c, in);
        return e == NOTFOUND && c->w->faults.count == 0 ? against_latest(c) : e;
    }
    enum err e = against_round(c, round);
    return e != NOTFOUND || c->w->faults.count > 0
               ? e
               : fault(c->w, INVALID,
                       M("'%1' cannot be compared with '%2' like for like: their clauses are not mapped to "
                         "each other"),
                       c->s.r->code, round);
}

/* ---- the lines ---- */

static struct rate rate_side(const struct comparing *c, const struct side *s)
{
    return rate_of_counts(s->done, s->arisen, c->s.r->rule.grades);
}

static bool worth_asking(const struct line *l)
{
    int64_t more = l->now.known - l->then.known, size = more < 0 ? -more : more;
    bool points = l->compared && abs(l->difference) >= ASK_TENTHS;
    return points || (l->then.is && size >= ASK_LEAST && size * ASK_KNOWN >= l->then.known);
}

static struct line line_of(const struct comparing *c, size_t clause)
{
    struct line l = {.clause = clause, .now = c->now[clause], .then = c->then[clause]};
    l.rate_now = rate_side(c, &l.now);
    l.rate_then = rate_side(c, &l.then);
    l.compared = l.rate_now.defined && l.rate_then.defined;
    l.difference = l.compared ? l.rate_now.tenths - l.rate_then.tenths : 0;
    l.ask = worth_asking(&l);
    return l;
}

static int64_t moved(const struct line *l) { return llabs(l->now.known - l->then.known); }

static int largest_first(const void *a, const void *b)
{
    const struct line *x = a, *y = b;
    int p = abs(x->difference), q = abs(y->difference);
    if (p != q) return p > q ? -1 : 1;
    if (moved(x) != moved(y)) return moved(x) > moved(y) ? -1 : 1;
    return (x->clause > y->clause) - (x->clause < y->clause);
}

static void put_line(const struct comparing *c, const struct line *l, struct doc *out)
{
    const struct clause *k = &c->s.r->edition.clauses[l->clause];
    bool then = l->then.is;
    DOC_ROW(out, C_CLAUSE(k->number), C_BOTH(k->text_ja, k->text_en), C_ENUM(k->duty),
            l->rate_now.defined ? C_RATE(l->rate_now) : C_NONE, l->rate_then.defined ? C_RATE(l->rate_then) : C_NONE,
            l->compared ? C_RATE(rate_of_tenths(l->difference)) : C_NONE, C_BOOL(l->ask), C_INT(l->now.known),
            then ? C_INT(l->then.known) : C_NONE, C_INT(l->now.arisen), then ? C_INT(l->then.arisen) : C_NONE,
            C_INT(l->now.done), then ? C_INT(l->then.done) : C_NONE);
}

static void lines(const struct comparing *c, struct doc *out)
{
    static const struct column columns[] = {
        {"clause", CELL_CLAUSE, N("Clause"), 0, "inspect clause", "clause"},
        {"text", CELL_TEXT, N("Text"), 0, NULL, NULL},
        {"duty", CELL_ENUM, N("Duty"), COL_DATA, NULL, NULL},
        {"now", CELL_RATE, N("This time"), 0, NULL, NULL, NULL, "arisen"},
        {"earlier", CELL_RATE, N("Earlier"), 0, NULL, NULL, NULL, "arisen_earlier"},
        {"difference", CELL_RATE, N("Difference in points"), COL_SIGN, NULL, NULL},
        {"ask", CELL_BOOL, N("For a query"), 0, NULL, NULL},
        {"known", CELL_INT, N("Known"), 0, NULL, NULL},
        {"known_earlier", CELL_INT, N("Known earlier"), 0, NULL, NULL},
        {"arisen", CELL_INT, N("Arisen"), COL_DATA, NULL, NULL},
        {"arisen_earlier", CELL_INT, N("Arisen earlier"), COL_DATA, NULL, NULL},
        {"done", CELL_INT, N("Done"), COL_DATA, NULL, NULL},
        {"done_earlier", CELL_INT, N("Done earlier"), COL_DATA, NULL, NULL},
    };
    size_t n = 0, asks = 0, all = c->s.r->edition.n_clauses;
    struct line *l = arena_array(c->w->a, all + 1, sizeof *l);
    for (size_t k = 0; k < all; k++)
        if (c->now[k].is || c->then[k].is) l[n++] = line_of(c, k);
    qsort(l, n, sizeof *l, largest_first);
    for (size_t i = 0; i < n; i++) asks += l[i].ask;
    if (c->against.n != 0) doc_fact(out, "ask", M("Clauses for a query"), C_INT((int64_t)asks));
    doc_show(out, &(struct show){.kind = SHOW_CARDS, .label = "clause"});
    DOC_TABLE(out, "clauses", columns);
    for (size_t i = 0; i < n; i++) put_line(c, &l[i], out);
    doc_table_end(out);
}

static void words(const struct comparing *c, struct doc *out)
{
    const struct node *n = &c->s.r->nodes[c->node];
    struct arena *a = c->w->a;
    doc_title(out, M("The roll-up of %1"), lang_pick(out->lang, n->name_ja, n->name_en));
    int64_t made;
    str day = time_parse(c->d.made, &made) ? lang_day(c->w->a, out->lang, made) : c->d.made;
    doc_lead(out, M("%1 · number %2 · made %3"), lang_pick(out->lang, c->s.r->title_ja, c->s.r->title_en),
             str_int(a, c->d.sequence), day);
    doc_fact(out, "sequence", M("Number of the roll-up"), C_INT(c->d.sequence));
    doc_fact_of(out, "known", M("Known"), C_INT(c->d.known), M("of %1 reported on"), str_int(a, c->d.reported));
    if (c->before != 0)
        doc_fact(out, "against", M("Compared with number"), C_INT(c->before));
    else if (c->against.n != 0)
        doc_fact(out, "against", M("Compared with round"), C_TEXT(c->against));
}

static void notes(const struct comparing *c, struct doc *out)
{
    if (c->against.n == 0)
        doc_note(out,
                 M("There is nothing to compare with: no earlier roll-up, and no earlier round of the same clauses."));
    else
        doc_note(out, M("For a query: a difference of ten points or more, or a fifth more or fewer known."));
    doc_note(out, M("Head of its journal: %1"), c->d.journal_head);
    doc_note(out, M("SHA-256 of the file: %1"), c->kept.digest);
}

enum err inspect_view_rollup_compare(struct work *w, const struct args *in, struct doc *out)
{
    struct comparing c = {.w = w};
    enum err e = showing_load(w, in, 0, AS_IT_STANDS, &c.s);
    if (e != OK) return e;
    c.node = (size_t)c.s.node;
    if (c.s.withheld[c.node])
        return fault(w, DENIED,
                     M("the figures of '%1' are of fewer than five, or would tell those: they are not shown here"),
                     c.s.r->nodes[c.node].code);
    size_t n = c.s.r->edition.n_clauses;
    c.now = arena_array(w->a, n + 1, sizeof *c.now);
    c.then = arena_array(w->a, n + 1, sizeof *c.then);
    if ((e = document(&c, arg_int(in, "sequence"), 0, &c.kept, &c.d)) == NOTFOUND)
        return fault(w, NOTFOUND, M("no such roll-up of '%1' in round '%2'"), c.s.r->nodes[c.node].code, c.s.r->code);
    if (e == OK) e = other_side(&c, in);
    if (e != OK) return e;
    side_of(&c, &c.d, c.now);
    handling_of(c.s.r, out);
    words(&c, out);
    lines(&c, out);
    notes(&c, out);
    return OK;
}
