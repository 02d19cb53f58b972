/* share board: who has confirmed, now. Counts of all below; by name only those one wrote to oneself, as members are not shown to members. */
#include "share/board.h"

#include "base/lang.h"

const struct param share_board_params[] = {
    {"notice", P_CODE, 0, NULL, NULL, N("number of the notice; without it, those that are under way"), "share watched"},
    {"ack", P_ENUM, 0, "waiting withheld sent opened confirmed acting done not-applicable", NULL, N("addressees in this state alone")},
    {"overdue", P_FLAG, 0, NULL, NULL, N("only those whose time is over")},
    {"who", P_FLAG, RARE, NULL, NULL, N("with who confirmed and who told it; that this was read is written to the journal")},
    {"after", P_CODE, HIDDEN, NULL, NULL, N("where the page of names goes on")},
    PARTY_PARAM,
    {0}};

struct board_told {
    struct work *w;
    const struct args *in;
    struct doc *out;
    struct held h;
    struct tiers t;
    int64_t told;
    bool all; /* data has every row */
};

/* ---- counts ---- */

static const struct column tier_columns[] = {
    {"tier", CELL_ENUM, N("Tier")},
    {"all", CELL_INT, N("Addressees")},
    {"confirmed", CELL_INT, N("Confirmed")},
    {"open", CELL_INT, N("Not confirmed")},
    {"unsent", CELL_INT, N("Not passed on")},
    {"rate", CELL_RATE, N("Reach-confirmation rate"), 0, NULL, NULL, NULL, "all"},
    {"in_time", CELL_RATE, N("Confirmed in time"), COL_DETAIL, NULL, NULL, NULL, "all"},
    {"overdue", CELL_INT, N("Overdue")},
    {"sent", CELL_INT, N("delivered, not opened"), COL_DATA},
    {"opened", CELL_INT, N("opened, not confirmed"), COL_DATA},
    {"acting", CELL_INT, N("measures under way"), COL_DATA},
    {"done", CELL_INT, N("measures taken"), COL_DATA},
    {"not_applicable", CELL_INT, N("does not concern us"), COL_DATA},
    {"late", CELL_INT, N("Confirmed late"), COL_DATA},
};

void board_tiers_table(struct doc *out, const struct below sums[TIERS])
{
    doc_show(out, &(struct show){.kind = SHOW_SHARES, .label = "tier", .values = {"confirmed", "open", "unsent"}});
    DOC_TABLE(out, "tiers", tier_columns);
    for (int i = 0; i < TIERS; i++) {
        const struct reach *r = &sums[i].reach;
        if (reach_all(r) == 0) continue;
        DOC_ROW(out, share_tier_cell((enum tier)i), C_INT(reach_all(r)), C_INT(reach_confirmed(r)), C_INT(reach_open(r)), C_INT(reach_unsent(r)),
                C_RATE(reach_rate(r)), C_RATE(reach_in_time_rate(r)), C_INT(sums[i].overdue), C_INT(r->n[ACK_SENT]), C_INT(r->n[ACK_OPENED]),
                C_INT(r->n[ACK_ACTING]), C_INT(r->n[ACK_DONE]), C_INT(r->n[ACK_NOT_APPLICABLE]), C_INT(r->late));
    }
    doc_table_end(out);
}

static void facts(const struct board_told *b, const struct below sums[TIERS])
{
    struct below all = {0};
    for (int i = 0; i < TIERS; i++) tiers_add(&all, &sums[i]);
    doc_fact_of(b->out, "rate", M("Reach-confirmation rate"), C_RATE(reach_rate(&all.reach)), M("all tiers"));
    doc_fact(b->out, "in_time", M("Confirmed in time"), C_RATE(reach_in_time_rate(&all.reach)));
    doc_fact(b->out, "overdue", M("Overdue"), C_INT(all.overdue));
    doc_fact(b->out, "sent", M("Sent"), share_time_cell(b->h.own.id == 0 ? b->h.notice.sent : b->h.own.passed));
    doc_fact(b->out, "within", M("Time to confirm"), C_MINUTES(b->h.notice.within));
}

/* ---- by who passes on ---- */

static const struct column passer_columns[] = {
    {"org", CELL_ORG, N("Passes it on")},
    {"state", CELL_ENUM, N("Its own state")},
    {"passed", CELL_TIME, N("Passed on"), COL_DETAIL},
    {"tier", CELL_ENUM, N("To tier"), COL_DETAIL},
    {"all", CELL_INT, N("Addressees"), COL_DATA}, /* both stand behind the rate */
    {"confirmed", CELL_INT, N("Confirmed"), COL_DATA},
    {"open", CELL_INT, N("Not confirmed")},
    {"unsent", CELL_INT, N("Not passed on"), COL_DATA}, /* it is not passed on where no time stands */
    {"rate", CELL_RATE, N("Reach-confirmation rate"), 0, NULL, NULL, NULL, "all"},
    {"overdue", CELL_INT, N("Overdue")},
};

static void passer_rows(const struct board_told *b, const struct delivery *p)
{
    for (size_t i = 0; i < b->t.n; i++) {
        const struct below *c = &b->t.below[i];
        if (c->parent != p->id) continue;
        DOC_ROW(b->out, share_org_cell(p, tiers_depth(&b->t, p)), share_ack_cell(p->ack, ack_overdue(p->ack, p->due, b->w->now)), share_time_cell(p->passed),
                share_tier_cell(c->tier), C_INT(reach_all(&c->reach)), C_INT(reach_confirmed(&c->reach)), C_INT(reach_open(&c->reach)),
                C_INT(reach_unsent(&c->reach)), C_RATE(reach_rate(&c->reach)), C_INT(c->overdue));
    }
}

static void passers(const struct board_told *b)
{
    size_t n = 0;
    for (size_t i = 0; i < b->t.n_passers; i++) n += b->t.passer[i].id != b->t.root && tiers_has(&b->t, b->t.passer[i].id);
    if (n == 0) return;
    doc_heading(b->out, M("By who passes it on"));
    doc_show(b->out, &(struct show){.kind = SHOW_CARDS, .label = "org"});
    DOC_TABLE(b->out, "passers", passer_columns);
    for (size_t i = 0; i < b->t.n_passers; i++)
        if (b->t.passer[i].id != b->t.root && tiers_has(&b->t, b->t.passer[i].id)) passer_rows(b, &b->t.passer[i]);
    doc_table_end(b->out);
}

/* ---- by name ---- */

static const struct column name_columns[] = {
    {"org", CELL_ORG, N("Addressee")},
    {"state", CELL_ENUM, N("State")},
    {"tier", CELL_ENUM, N("Tier"), COL_DETAIL},
    {"due", CELL_TIME, N("To be confirmed by")},
    {"confirmed", CELL_TIME, N("Confirmed at")},
    {"late", CELL_BOOL, N("Late")},
    {"channel", CELL_ENUM, N("Channel"), COL_DETAIL},
    {"by", CELL_TEXT, N("Entered by"), COL_DETAIL},
    {"spoke_to", CELL_TEXT, N("Who told it"), COL_DETAIL},
    {"cause", CELL_ENUM, N("Cause of failure"), COL_DETAIL},
    {"note", CELL_TEXT, N("Note"), COL_DETAIL},
    {"notice", CELL_TEXT, N("Notice"), COL_DATA, NULL, "notice"},
    {"of", CELL_TEXT, N("Enter what it told you"), 0, "share calls", "of"},
};

static void name_row(struct board_told *b, const struct delivery *d)
{
    bool who = arg_given(b->in, "who"), open = d->ack == ACK_SENT || d->ack == ACK_OPENED;
    DOC_ROW(b->out, share_org_cell(d, 0), share_ack_cell(d->ack, ack_overdue(d->ack, d->due, b->w->now)), share_tier_cell(d->tier), share_time_cell(d->due),
            share_time_cell(d->confirmed), C_BOOL(d->late), share_channel_cell(d), who ? text_cell(d->by_whom) : C_NONE, who ? text_cell(d->spoke_to) : C_NONE,
            share_cause_cell(d->ack < ACK_SENT ? CAUSE_NOT_PASSED : d->cause), text_cell(d->note), C_TEXT(b->h.notice.code),
            open ? share_button_cell(d->org_code, M("Enter")) : C_NONE);
    b->told++;
}

/* "sent:1177290000:o1": the state, when it was due, whose row was the last. */
static enum err after_given(const struct board_told *b, struct names_page *p)
{
    str rest = arg_text(b->in, "after"), state, due;
    struct delivery d;
    bool signs_in;
    int64_t org;
    if (rest.n == 0) return OK;
    if (!str_cut(&rest, ':', &state) || !str_cut(&rest, ':', &due) || !ack_parse(state, &p->ack) || !str_to_int(due, &p->after_due))
        return fault_in(b->w, INVALID, (struct where){.field = S("after")}, M("'%1' is no place in the list: begin at its head"), arg_text(b->in, "after"));
    enum err e = org_that_shares(b->w, rest, &org, &signs_in);
    if (e == OK) e = delivery_of(b->w, b->h.notice.id, org, &d);
    if (e == NOTFOUND || (e == OK && d.parent != p->parent))
        return fault_in(b->w, INVALID, (struct where){.field = S("after")}, M("'%1' is no place in the list: begin at its head"), arg_text(b->in, "after"));
    p->after_id = d.id;
    return e;
}

static const struct column more_columns[] = {{"after", CELL_TEXT, N("Go on"), 0, "share board", "after"}};

static void more(const struct board_told *b, const struct names_page *p, str last)
{
    str at = str_fmt(b->w->a, "%.*s:%lld:%.*s", STR_ARG(ack_word(p->ack)), (long long)p->after_due, STR_ARG(last));
    doc_text(b->out, M("There are more addressees than on this page."));
    DOC_TABLE(b->out, "more", more_columns);
    DOC_ROW(b->out, share_button_cell(at, M("Go on")));
    doc_table_end(b->out);
}

/* Page after page, each in the room of the one before; on a page for people only the first. last: of a page that is full. */
static enum err names_of_state(struct board_told *b, struct names_page *p, str *last)
{
    for (;;) {
        struct arena_mark mark = arena_mark(b->w->a);
        struct delivery *d;
        size_t n;
        p->most = b->all ? 1000 : NAMES_PER_PAGE - b->told;
        enum err e = board_names(b->w, p, &d, &n);
        if (e != OK) return e;
        for (size_t i = 0; i < n; i++) name_row(b, &d[i]);
        if (n > 0) p->after_due = d[n - 1].due, p->after_id = d[n - 1].id;
        bool full = (int64_t)n == p->most;
        if (full && !b->all) {
            *last = d[n - 1].org_code;
            return OK;
        }
        arena_back(b->w->a, mark);
        if (!full) return OK;
    }
}

static bool wanted(const struct board_told *b, enum ack a)
{
    enum ack only;
    if (arg_given(b->in, "overdue") && a != ACK_SENT && a != ACK_OPENED) return false;
    return !ack_parse(arg_text(b->in, "ack"), &only) || only == a;
}

static enum err names(struct board_told *b)
{
    struct names_page p = {.notice = b->h.notice.id, .parent = b->t.root, .ack = ACK_WAITING};
    str last = {"", 0};
    enum err e = after_given(b, &p);
    if (e != OK) return e;
    p.before = arg_given(b->in, "overdue") ? b->w->now : 0;
    doc_heading(b->out, M("Addressees you wrote to yourself"));
    doc_show(b->out, &(struct show){.kind = SHOW_CARDS, .label = "org"});
    DOC_TABLE(b->out, "addressees", name_columns);
    for (int a = (int)p.ack; a < ACKS && e == OK && last.n == 0; a++) {
        if (a != (int)p.ack) p.after_due = p.after_id = 0;
        p.ack = (enum ack)a;
        if (wanted(b, p.ack)) e = names_of_state(b, &p, &last);
    }
    doc_table_end(b->out);
    if (e == OK && last.n != 0) more(b, &p, last);
    return e;
}

/* ---- the view ---- */

static void own_row(const struct board_told *b)
{
    const struct delivery *d = &b->h.own;
    doc_fact(b->out, "state", M("Your own state"), share_ack_cell(d->ack, ack_overdue(d->ack, d->due, b->w->now)));
    doc_fact(b->out, "due", M("To be confirmed by"), share_time_cell(d->due));
    doc_text(b->out, M("Nobody stands below you in this notice. Who else got it is known to who sent it to you."));
}

static enum err board(struct board_told *b)
{
    struct below sums[TIERS];
    const struct notice *n = &b->h.notice;
    doc_title(b->out, M("%1: who has confirmed"), held_title(b->w, &b->h, b->out->lang));
    doc_lead(b->out, M("%1, from %2"), n->code, lang_pick(b->out->lang, n->issuer_ja, n->issuer_en));
    share_marked(b->out, n->drill, b->h.own.id == 0 ? n->marking : b->h.own.marking);
    if (str_eq(n->state, S("recalled"))) doc_text(b->out, M("This notice was recalled: %1"), b->h.seen ? n->recall_reason : tr(b->out->lang, M("(for named persons)")));
    if (str_eq(n->state, S("superseded"))) doc_text(b->out, M("This notice was replaced by a newer one; what was confirmed stays with it."));
    enum err e = tiers_load(b->w, n->id, b->h.own.id, &b->t);
    if (e != OK) return e;
    tiers_sum(&b->t, sums);
    int64_t all = 0;
    for (int i = 0; i < TIERS; i++) all += reach_all(&sums[i].reach);
    if (b->h.standing != STANDS_ISSUER && all == 0) {
        own_row(b);
        return OK;
    }
    facts(b, sums);
    doc_heading(b->out, M("By tier"));
    board_tiers_table(b->out, sums);
    passers(b);
    return names(b);
}

enum err share_view_board(struct work *w, const struct args *in, struct doc *out)
{
    struct board_told b = {.w = w, .in = in, .out = out, .all = !out->paged};
    if (!arg_given(in, "notice")) return share_view_watched(w, in, out);
    enum err e = held_find(w, in, arg_text(in, "notice"), &b.h);
    if (e != OK) return e;
    if (b.h.notice.sent == 0) return fault_in(w, CONFLICT, (struct where){.field = S("notice")}, M("%1 was not sent yet: nobody could confirm it"), b.h.notice.code);
    out->personal = arg_given(in, "who");
    out->live = !out->personal && str_eq(b.h.notice.state, S("sent")) && !arg_given(in, "after");
    return board(&b);
}
