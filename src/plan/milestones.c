/* plan milestones: what is to be reached when, measure by measure, and how that stands today. */
#include "plan/acts.h"
#include "plan/asked.h"

enum { MILESTONES_MOST = 2000 };

struct marking {
    struct work *w;
    struct doc *out;
    struct plan p;
    struct owners owners;
    struct plan_item *item;
    size_t n;
    int64_t day, count[5]; /* done, late, running, ahead */
    bool derived;
};

/* Late: its last day is past and it is not done. Open: the same of a date that stands in other words only; nobody promised it, so
 * nobody may have noted that it was reached. */
enum { DONE, LATE, OPEN_END, RUNNING, AHEAD, STATES };
static const char *const states[STATES] = {"done", "late", "open", "running", "ahead"};

static int state_of(const struct plan_milestone *m, int64_t day)
{
    if (m->has_done && m->done <= day) return DONE;
    if (m->until < day) return m->derived ? OPEN_END : LATE;
    return m->has_since && m->since <= day ? RUNNING : AHEAD;
}

static struct cell state_cell(const struct marking *k, const struct plan_milestone *m)
{
    static const str words[STATES] = {N("reached"), N("overdue"), N("not known whether reached"), N("under way now"), N("still to come")};
    int s = state_of(m, k->day);
    str code = m->derived ? str_fmt(k->w->a, "%s-derived", states[s]) : str_of(states[s]);
    return (struct cell){.type = CELL_ENUM, .text = code, .ja = tr(LANG_JA, words[s]), .en = words[s]};
}

static const struct column columns[] = {
    {"no", CELL_TEXT, N("No."), 0, "plan measure", "no"},
    {"measure", CELL_TEXT, N("Measure"), 0, NULL, NULL},
    {"milestone", CELL_TEXT, N("Milestone"), 0, NULL, NULL},
    {"owners", CELL_TEXT, N("Owners"), COL_DETAIL, NULL, NULL},
    {"from", CELL_DATE, N("From"), 0, NULL, NULL},
    {"until", CELL_DATE, N("Until"), 0, NULL, NULL},
    {"done", CELL_DATE, N("Reached on"), 0, NULL, NULL},
    {"slip", CELL_INT, N("Days late"), 0, NULL, NULL},
    {"state", CELL_ENUM, N("State"), 0, NULL, NULL},
    {"derived", CELL_BOOL, N("Read out of other words"), COL_DETAIL, NULL, NULL},
    {"plan", CELL_TEXT, N("Plan"), COL_DATA, NULL, "plan"},
};

static void row(struct marking *k, const struct plan_item *i, const struct plan_milestone *m)
{
    int64_t slip = (m->has_done ? m->done : k->day) - m->until;
    str ja = owners_words(k->w->a, LANG_JA, &k->owners, i), en = owners_words(k->w->a, LANG_EN, &k->owners, i);
    DOC_ROW(k->out, C_TEXT(i->key), both_cell(i->title_ja, i->title_en), both_cell(m->title_ja, m->title_en), both_cell(ja, en),
            m->has_since ? C_DATE(m->since) : C_NONE, C_DATE(m->until), m->has_done ? C_DATE(m->done) : C_NONE,
            slip > 0 && state_of(m, k->day) != OPEN_END ? C_INT(slip) : C_NONE, state_cell(k, m), C_BOOL(m->derived), C_TEXT(k->p.code));
}

static bool owned_by(const struct marking *k, const struct plan_item *i, ptrdiff_t org)
{
    const size_t *place;
    size_t n = org < 0 ? 0 : owners_of(&k->owners, i, k->w->a, &place);
    for (size_t at = 0; at < n; at++)
        if (place[at] == (size_t)org) return true;
    return org < 0;
}

/* Pass 0 counts, pass 1 tells. */
static size_t each(struct marking *k, ptrdiff_t org, bool tell)
{
    size_t n = 0;
    for (size_t i = 0; i < k->n; i++) {
        const struct plan_item *x = &k->item[i];
        if (x->kind != ITEM_MEASURE || x->n_milestones == 0) continue;
        struct arena_mark mark = arena_mark(k->w->a);
        bool owned = owned_by(k, x, org);
        for (size_t m = 0; owned && m < x->n_milestones && n < MILESTONES_MOST; m++, n++) {
            if (tell) row(k, x, &x->milestone[m]);
            else k->count[state_of(&x->milestone[m], k->day)]++, k->derived |= x->milestone[m].derived;
        }
        arena_back(k->w->a, mark);
    }
    return n;
}

static void tell(struct marking *k, ptrdiff_t org, size_t n)
{
    static const str words[STATES] = {N("Reached"), N("Overdue"), N("Not known whether reached"), N("Under way now"), N("Still to come")};
    for (int s = DONE; s <= AHEAD; s++) doc_fact(k->out, states[s], words[s], C_INT(k->count[s]));
    doc_show(k->out, &(struct show){.kind = SHOW_GANTT, .label = "measure", .detail = "milestone", .state = "state", .from = "from", .until = "until",
                                    .values = {"done"}});
    DOC_TABLE(k->out, "milestones", columns);
    (void)each(k, org, true);
    doc_table_end(k->out);
    if (k->derived) doc_note(k->out, M("Hatched dates stand not in the plan: they were read out of other words, such as a report of progress."));
    if (n == MILESTONES_MOST) doc_note(k->out, M("Only the first %1 are listed: ask for one owner."), str_int(k->w->a, (int64_t)n));
}

enum err plan_view_milestones(struct work *w, const struct args *in, struct doc *out)
{
    struct marking k = {.w = w, .out = out};
    str code = arg_text(in, "owner");
    enum err e = plan_wanted(w, in, &k.p);
    if (e == OK) e = plan_items(w, k.p.edition, WITH_OWNERS | WITH_MILESTONES, &k.item, &k.n);
    if (e == OK) k.day = today(w) > k.p.until ? k.p.until : today(w); /* of a plan that is over, how it stood at its end */
    if (e == OK) e = owners_load(w, &k.p, k.day < k.p.since ? k.p.since : k.day, &k.owners);
    if (e != OK) return e;
    ptrdiff_t org = code.n == 0 ? -1 : owners_org(&k.owners, code);
    if (code.n != 0 && org < 0)
        return fault_in(w, NOTFOUND, ((struct where){.field = S("owner")}), M("no organisation '%1' owns measures of the plan '%2'"), code, k.p.code);
    doc_title(out, M("%1: milestones"), lang_pick(out->lang, k.p.title_ja, k.p.title_en));
    doc_lead(out, M("As of %1"), lang_date(w->a, out->lang, k.day));
    size_t n = each(&k, org, false);
    if (n == 0) doc_text(out, M("No milestone is recorded. The plan's file has them in its column of milestones; a measure's page takes them too."));
    else tell(&k, org, n);
    plan_pages(&k.p, out);
    return OK;
}
