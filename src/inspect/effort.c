#include "inspect/effort.h"

#include <stdlib.h>

#include "inspect/outstanding_store.h"
#include "inspect/showing.h"

struct spent {
    int32_t *seconds; /* of the sheets that were measured */
    size_t n, room;
    int64_t total;
};
struct effort {
    struct showing s;
    struct org_effort {
        int64_t sheets, on_page, in_file, entered, letters;
        struct spent spent;
        bool few; /* so few sheets were measured that minutes would tell of persons */
    } *of;         /* per node */
};

int64_t minutes_of(int64_t seconds) { return seconds < 0 ? -minutes_of(-seconds) : (seconds + 30) / 60; }

int64_t median_seconds(const int32_t *sorted, size_t n)
{
    if (n == 0) return 0;
    return n % 2 == 1 ? sorted[n / 2] : ((int64_t)sorted[n / 2 - 1] + sorted[n / 2]) / 2;
}

/* ---- gathering ---- */

/* The deepest node loaded that holds the place; -1: none. */
static ptrdiff_t node_at(const struct round *r, int64_t lo)
{
    size_t from = 0, to = r->n_nodes;
    while (from < to) {
        size_t mid = from + (to - from) / 2;
        if (r->nodes[mid].lo <= lo) from = mid + 1;
        else to = mid;
    }
    ptrdiff_t i = (ptrdiff_t)from - 1;
    while (i >= 0 && r->nodes[i].hi <= lo) i = r->nodes[i].up;
    return i;
}

static void spend(struct arena *a, struct spent *s, int64_t seconds)
{
    if (seconds <= 0) return;
    s->seconds = arena_more(a, s->seconds, s->n, &s->room, sizeof *s->seconds);
    s->seconds[s->n++] = (int32_t)(seconds < INT32_MAX ? seconds : INT32_MAX);
    s->total += seconds;
}

static void take_sheet(void *to, const struct effort_row *x)
{
    struct effort *f = to;
    for (ptrdiff_t i = node_at(f->s.r, x->lo); i >= 0; i = f->s.r->nodes[i].up) {
        struct org_effort *o = &f->of[i];
        o->sheets++;
        o->on_page += x->on_page;
        o->in_file += x->in_file;
        o->entered += x->entered;
        if (x->on_page) spend(f->s.w->a, &o->spent, x->spent);
    }
}

static void take_letters(void *to, int64_t lo, int64_t letters)
{
    struct effort *f = to;
    for (ptrdiff_t i = node_at(f->s.r, lo); i >= 0; i = f->s.r->nodes[i].up) f->of[i].letters += letters;
}

/* Minutes of fewer than five are nobody's business, whoever asks, nor what subtraction from the others would tell: they
 * speak of how long a person took. */
static void hide_children(struct effort *f, size_t parent)
{
    const struct round *r = f->s.r;
    size_t end = round_node_end(r, parent), n = 0;
    size_t *child = arena_array(f->s.w->a, end - parent, sizeof *child);
    int64_t *measured = arena_array(f->s.w->a, end - parent, sizeof *measured), rest = (int64_t)f->of[parent].spent.n;
    bool *hidden = arena_array(f->s.w->a, end - parent, sizeof *hidden);
    for (size_t i = parent + 1; i < end; i++) {
        if (r->nodes[i].up != (ptrdiff_t)parent) continue;
        child[n] = i;
        measured[n] = (int64_t)f->of[i].spent.n;
        rest -= measured[n++];
    }
    withhold(measured, n, rest, hidden);
    for (size_t k = 0; k < n; k++)
        if (hidden[k] || f->of[parent].few) f->of[child[k]].few = true;
}

static enum err gather(struct effort *f)
{
    struct work *w = f->s.w;
    f->of = arena_array(w->a, f->s.r->n_nodes + 1, sizeof *f->of);
    enum err e = effort_each(w, f->s.r->id, take_sheet, f);
    if (e == OK) e = reminders_each(w, f->s.r->id, take_letters, f);
    for (size_t i = 0; e == OK && i < f->s.r->n_nodes; i++) {
        bool few = f->of[i].spent.n > 0 && f->of[i].spent.n < WITHHELD_UNDER;
        if (f->s.r->nodes[i].up < 0 && few) f->of[i].few = true;
        hide_children(f, i);
    }
    return e;
}

/* ---- telling ---- */

static int by_length(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return x < y ? -1 : x > y;
}

static bool minutes_told(const struct org_effort *o) { return !o->few && o->spent.n > 0; }

static void measured_row(const struct effort *f, size_t node, struct doc *out)
{
    const struct org_effort *o = &f->of[node];
    if (f->s.withheld[node]) {
        DOC_ROW(out, node_cell(&f->s, node), C_NONE, C_NONE, C_NONE, C_NONE, C_NONE, C_NONE, C_NONE, C_NONE, C_NONE);
        return;
    }
    if (o->spent.n > 1) qsort(o->spent.seconds, o->spent.n, sizeof *o->spent.seconds, by_length);
    bool told = minutes_told(o);
    DOC_ROW(out, node_cell(&f->s, node), C_INT(o->sheets), C_INT(o->on_page), C_INT(o->in_file),
            C_INT(o->entered), o->few ? C_NONE : C_INT((int64_t)o->spent.n),
            told ? C_INT(minutes_of(median_seconds(o->spent.seconds, o->spent.n))) : C_NONE,
            told ? C_INT(minutes_of(o->spent.total)) : C_NONE,
            told ? C_INT((o->spent.total + 1800) / 3600) : C_NONE, C_INT(o->letters));
}

static void measured_table(const struct effort *f, struct doc *out)
{
    static const struct column columns[] = {
        {"org", CELL_ORG, N("Organisation"), 0, "inspect effort", "org"},
        {"sheets", CELL_INT, N("Sheets handed in")},
        {"on_page", CELL_INT, N("On a page")},
        {"in_file", CELL_INT, N("In a file"), COL_DETAIL},
        {"entered", CELL_INT, N("From a signed paper"), COL_DETAIL},
        {"measured", CELL_INT, N("With minutes measured"), COL_DETAIL},
        {"median_minutes", CELL_INT, N("Minutes a sheet (median)"), 0, NULL, NULL, NULL, "measured"},
        {"minutes", CELL_INT, N("Minutes in all"), COL_DETAIL, NULL, NULL, NULL, "measured"},
        {"hours", CELL_INT, N("Person-hours"), 0, NULL, NULL, NULL, "measured"},
        {"letters", CELL_INT, N("Reminders")},
    };
    doc_heading(out, M("Measured"));
    doc_show(out, &(struct show){.kind = SHOW_CARDS, .label = "org"});
    DOC_TABLE(out, "measured", columns);
    for (size_t i = 0; i < f->s.r->n_nodes; i++)
        if (f->s.shown[i]) measured_row(f, i, out);
    doc_table_end(out);
}

static void assumed_table(const struct effort *f, int64_t minutes, int64_t pages, struct doc *out)
{
    static const struct column columns[] = {
        {"org", CELL_ORG, N("Organisation"), 0, "inspect effort", "org"},
        {"electronic", CELL_INT, N("Sheets without paper")},
        {"pages", CELL_INT, N("Pages of paper avoided"), 0, NULL, NULL, NULL, "electronic"},
        {"measured", CELL_INT, N("With minutes measured"), COL_DETAIL},
        {"minutes_saved", CELL_INT, N("Minutes saved"), COL_DETAIL, NULL, NULL, NULL, "measured"},
        {"hours_saved", CELL_INT, N("Person-hours saved"), COL_SIGN, NULL, NULL, NULL, "measured"},
    };
    doc_heading(out, M("Against an assumed former practice"));
    doc_text(out, M("Assumed: %1 minutes and %2 pages a sheet on paper. Neither is measured; give what was true for you."),
             str_int(f->s.w->a, minutes), str_int(f->s.w->a, pages));
    doc_show(out, &(struct show){.kind = SHOW_CARDS, .label = "org"});
    DOC_TABLE(out, "assumed", columns);
    for (size_t i = 0; i < f->s.r->n_nodes; i++) {
        const struct org_effort *o = &f->of[i];
        if (!f->s.shown[i]) continue;
        bool hidden = f->s.withheld[i], told = minutes_told(o) && !hidden;
        int64_t saved = (int64_t)o->spent.n * minutes * 60 - o->spent.total, electronic = o->on_page + o->in_file;
        DOC_ROW(out, node_cell(&f->s, i), hidden ? C_NONE : C_INT(electronic), hidden ? C_NONE : C_INT(electronic * pages),
                told ? C_INT((int64_t)o->spent.n) : C_NONE, told ? C_INT(minutes_of(saved)) : C_NONE,
                told ? C_INT(minutes_of(minutes_of(saved))) : C_NONE);
    }
    doc_table_end(out);
}

static enum err in_range(struct work *w, const struct args *in, const char *name, int64_t most)
{
    int64_t n = arg_int(in, name);
    if (n >= 0 && n <= most) return OK;
    return fault_in(w, INVALID, ((struct where){.field = str_of(name)}), M("a number from 0 to %1"), str_int(w->a, most));
}

enum err inspect_view_effort(struct work *w, const struct args *in, struct doc *out)
{
    struct effort f = {0};
    enum err e = in_range(w, in, "paper_minutes", PAPER_MINUTES_MAX);
    if (e == OK) e = in_range(w, in, "paper_pages", PAPER_PAGES_MAX);
    if (e == OK) e = showing_load(w, in, 1, AS_IT_STANDS, &f.s);
    if (e == OK) e = gather(&f);
    if (e != OK) return e;
    measured_table(&f, out);
    assumed_table(&f, arg_int(in, "paper_minutes"), arg_int(in, "paper_pages"), out);
    doc_note(out, M("Minutes are the time between saves on a page, at most five each; what came before the first save is not "
                    "known, and sheets from files and programs have none. So what was spent is told too low rather than too "
                    "high, over the sheets with minutes measured only."));
    doc_note(out, M("Minutes and what follows from them are told of five measured sheets and more, to everyone: they would "
                    "speak of persons."));
    doc_note(out, M("A reminder is a letter that spoke of the round to somebody of the organisation."));
    return showing_notes(&f.s, out);
}
