/* case statistics and case export. */
#include "case/show.h"

#include "access/days.h"
#include "base/clock.h"
#include "case/case.h"
#include "case/decide.h"
#include "case/kinds_store.h"
#include "case/reference.h"
#include "case/reference_store.h"
#include "format/csv.h"

struct counting {
    struct work *w;
    struct doc *out;
    struct kind *kinds;
    size_t n_kinds;
    struct span_asked span;
    struct days days;
};

/* The first and last day of a fiscal year. */
static bool year_span(struct work *w, int64_t year, struct span_asked *s)
{
    if (year < 1900 || year > 9000) return false;
    return date_parse(str_fmt(w->a, "%04d-04-01", (int)year), &s->since) &&
           date_parse(str_fmt(w->a, "%04d-03-31", (int)year + 1), &s->until);
}

static enum err asked_for(struct work *w, const struct args *in, struct counting *c)
{
    const struct org *org = arg_org(in, "org");
    struct kind k = {0};
    enum err e = arg_given(in, "kind") ? kind_by_code(w, arg_text(in, "kind"), &k) : OK;
    c->span = (struct span_asked){.kind = k.id,
                                  .lo = org == NULL ? 0 : org->lo,
                                  .hi = org == NULL ? INT64_MAX : org->hi,
                                  .until = INT32_MAX,
                                  .today = today(w)};
    if (e != OK || !arg_given(in, "year") || year_span(w, arg_int(in, "year"), &c->span)) return e;
    return fault_in(w, INVALID, ((struct where){.field = S("year")}), M("a year is one from 1900 to 9000"));
}

/* ---- by kind ---- */

static bool median_days(struct counting *c, const struct lasted *all, size_t n, int64_t kind, int64_t *out)
{
    int64_t *days = arena_array(c->w->a, n + 1, sizeof *days);
    size_t k = 0;
    for (size_t i = 0; i < n; i++)
        if (all[i].kind == kind) days[k++] = days_between(&c->days, all[i].opened, all[i].ended);
    if (k != 0) *out = median_days_of(days, k);
    return k != 0;
}

static const struct column kind_columns[] = {
    {"kind", CELL_ENUM, N("Kind"), 0, "case list", "kind"},
    {"cases", CELL_INT, N("Cases"), 0, NULL, NULL},
    {"under_way", CELL_INT, N("Under way"), 0, NULL, NULL},
    {"ended", CELL_INT, N("Ended"), 0, NULL, NULL},
    {"overdue", CELL_INT, N("Overdue"), 0, NULL, NULL},
    {"median_days", CELL_INT, N("Working days to the end (median)"), 0, NULL, NULL},
    {"adoptions", CELL_INT, N("Adopted by others"), 0, NULL, NULL},
};

static enum err by_kind(struct counting *c, const struct count *state, size_t n)
{
    struct lasted *ended;
    struct count *adopted;
    size_t n_ended, n_adopted;
    enum err e = ended_all(c->w, &c->span, &ended, &n_ended);
    if (e == OK) e = count_adoptions(c->w, &c->span, &adopted, &n_adopted);
    if (e != OK) return e;
    doc_heading(c->out, M("By kind"));
    DOC_TABLE(c->out, "kinds", kind_columns);
    for (size_t i = 0; i < c->n_kinds; i++) {
        const struct kind *k = &c->kinds[i];
        int64_t all = 0, open = 0, overdue = 0, follow = 0, median = 0;
        for (size_t s = 0; s < n; s++) {
            if (state[s].kind != k->id) continue;
            all += state[s].n;
            open += kind_state(k, state[s].state)->ended ? 0 : state[s].n;
            overdue += state[s].overdue;
        }
        for (size_t s = 0; s < n_adopted; s++) follow += adopted[s].kind == k->id ? adopted[s].n : 0;
        if (all == 0) continue;
        bool is = median_days(c, ended, n_ended, k->id, &median);
        DOC_ROW(c->out, kind_cell(k), C_INT(all), C_INT(open), C_INT(all - open), C_INT(overdue),
                is ? C_INT(median) : C_NONE, k->adopts != 0 ? C_INT(follow) : C_NONE);
    }
    doc_table_end(c->out);
    return OK;
}

/* ---- by state ---- */

static int64_t count_of(const struct count *all, size_t n, int64_t kind, str state)
{
    for (size_t i = 0; i < n; i++)
        if (all[i].kind == kind && str_eq(all[i].state, state)) return all[i].n;
    return 0;
}

static enum err by_state(struct counting *c, const struct count *now, size_t n)
{
    static const struct column columns[] = {
        {"kind", CELL_ENUM, N("Kind"), 0, NULL, NULL},
        {"state", CELL_ENUM, N("State"), 0, NULL, NULL},
        {"now", CELL_INT, N("Stand there now"), 0, NULL, NULL},
        {"reached", CELL_INT, N("Came there at any time"), 0, NULL, NULL},
    };
    struct count *reached;
    size_t n_reached;
    enum err e = count_reached(c->w, &c->span, &reached, &n_reached);
    if (e != OK) return e;
    doc_heading(c->out, M("By state"));
    DOC_TABLE(c->out, "states", columns);
    for (size_t i = 0; i < c->n_kinds; i++)
        for (size_t s = 0; s < c->kinds[i].n_states; s++) {
            const struct kind *k = &c->kinds[i];
            int64_t ever = count_of(reached, n_reached, k->id, k->states[s].code);
            if (ever == 0) continue;
            DOC_ROW(c->out, kind_cell(k), state_cell(k, k->states[s].code),
                    C_INT(count_of(now, n, k->id, k->states[s].code)), C_INT(ever));
        }
    doc_table_end(c->out);
    return OK;
}

static enum err by_org(struct counting *c)
{
    static const struct column columns[] = {
        {"org", CELL_ORG, N("Organisation"), 0, "case statistics", "org"},
        {"kind", CELL_ENUM, N("Kind"), 0, NULL, NULL},
        {"cases", CELL_INT, N("Cases"), 0, NULL, NULL},
        {"overdue", CELL_INT, N("Overdue"), 0, NULL, NULL},
    };
    struct count *all;
    size_t n;
    enum err e = count_orgs(c->w, &c->span, &all, &n);
    if (e != OK) return e;
    doc_heading(c->out, M("By organisation"));
    DOC_TABLE(c->out, "organisations", columns);
    for (size_t i = 0; i < n; i++)
        DOC_ROW(c->out, C_ORG(all[i].org, all[i].ja, all[i].en, 0),
                kind_cell(kind_of(c->kinds, c->n_kinds, all[i].kind)), C_INT(all[i].n), C_INT(all[i].overdue));
    doc_table_end(c->out);
    return OK;
}

enum err case_view_statistics(struct work *w, const struct args *in, struct doc *out)
{
    struct counting c = {.w = w, .out = out};
    struct count *state;
    size_t n;
    enum err e = asked_for(w, in, &c);
    if (e == OK) e = kinds_all(w, &c.kinds, &c.n_kinds);
    if (e == OK) e = days_load(w, &c.days);
    if (e == OK) e = count_states(w, &c.span, &state, &n);
    if (e == OK) e = by_kind(&c, state, n);
    if (e == OK) e = by_state(&c, state, n);
    if (e == OK) e = by_org(&c);
    if (e == OK)
        doc_note(out, M("Counted are cases by the day they were opened. Working days leave out Saturdays, Sundays and "
                        "the days off that are recorded."));
    return e;
}

/* ---- export ---- */

static void day_put(struct work *w, struct buf *b, int64_t day, bool given)
{
    csv_put_raw(b, given ? date_text(w->a, day) : (str){"", 0}, false);
}

static void head_put(struct buf *b, const struct kind *k)
{
    static const char *const fixed[] = {"number",     "kind",  "organisation", "state",  "title", "opened",
                                        "entered",    "due",   "ended",        "opener", "owner", "person",
                                        "respondent", "round", "edition",      "clause", "source", "into"};
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++) csv_put(b, str_of(fixed[i]), i == 0);
    for (size_t i = 0; i < k->n_fields; i++) csv_put(b, k->fields[i].code, false);
    csv_end_row(b);
}

/* Parted by blanks, which no reference holds. */
static enum err references_put(struct work *w, struct buf *b, const struct item *i, enum relation r)
{
    str *all, joined = {"", 0};
    size_t n = 0;
    enum err e = item_whole(i, w->actor) ? references_seen(w, i->id, r, &all, &n) : OK;
    for (size_t k = 0; e == OK && k < n; k++)
        joined = k == 0 ? all[k] : str_fmt(w->a, "%.*s %.*s", STR_ARG(joined), STR_ARG(all[k]));
    csv_put(b, joined, false);
    return e;
}

static enum err item_put(struct work *w, struct buf *b, const struct kind *k, const struct item *i,
                         const struct item_value *v, size_t n)
{
    bool names = item_names(i, w->actor), whole = item_whole(i, w->actor);
    const str who[] = {i->opener.code, i->owner.code, i->about.code, i->respondent};
    const str first[] = {i->number, k->code, i->org_code, i->state, i->title};
    for (size_t c = 0; c < 5; c++) csv_put(b, first[c], c == 0);
    day_put(w, b, i->opened, true);
    day_put(w, b, i->entered, true);
    day_put(w, b, i->due, i->has_due);
    day_put(w, b, i->ended, i->has_ended);
    for (size_t c = 0; c < 4; c++) csv_put(b, names ? who[c] : (str){"", 0}, false);
    csv_put(b, i->round, false);
    csv_put(b, i->edition, false);
    csv_put(b, i->clause, false);
    enum err e = references_put(w, b, i, RELATION_FROM);
    if (e == OK) e = references_put(w, b, i, RELATION_INTO);
    for (size_t c = 0; c < k->n_fields; c++) {
        const struct kind_field *f = &k->fields[c];
        bool shown = whole ? !f->personal || names : f->open && !f->personal;
        csv_put(b, shown ? value_in(v, n, f->code) : (str){"", 0}, false);
    }
    csv_end_row(b);
    return e;
}

static enum err one_put(struct work *w, const struct kind *k, const struct item *i, struct bytes_out *out)
{
    struct item_value *v;
    size_t n;
    struct buf line = buf_in(w->a);
    enum err e = values_of(w, i->id, &v, &n);
    if (e == OK) e = item_put(w, &line, k, i, v, n);
    return e == OK ? out->put(out, buf_str(&line)) : e;
}

/* A part at a time: a kind may have more cases than there is memory for. */
static enum err part_put(struct work *w, const struct kind *k, const struct item_filter *f, int64_t *after, size_t *n,
                         struct bytes_out *out)
{
    enum { PART = 4096 };
    struct item *all;
    enum err e = items_after(w, f, *after, PART, &all, n);
    for (size_t i = 0; e == OK && i < *n; i++) {
        struct arena_mark mark = arena_mark(w->a);
        e = one_put(w, k, &all[i], out);
        *after = all[i].id;
        arena_back(w->a, mark);
    }
    return e;
}

enum err case_file_export(struct work *w, const struct args *in, struct bytes_out *out)
{
    const struct org *org = arg_org(in, "org");
    struct kind k;
    int64_t after = 0;
    size_t n = 1;
    enum err e = kind_by_code(w, arg_text(in, "kind"), &k);
    if (e != OK) return e;
    const struct item_filter f = {.kind = k.id, .lo = org == NULL ? 0 : org->lo, .hi = org == NULL ? INT64_MAX : org->hi};
    struct buf b = buf_in(w->a);
    head_put(&b, &k);
    e = out->put(out, buf_str(&b));
    while (e == OK && n != 0) {
        struct arena_mark mark = arena_mark(w->a);
        e = part_put(w, &k, &f, &after, &n, out);
        arena_back(w->a, mark);
    }
    return e;
}
