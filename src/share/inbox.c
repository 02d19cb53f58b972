/* share inbox: what waits for the party, the most pressing first; then what was recalled or replaced, and what is done. */
#include "share/inbox.h"

#include "base/clock.h"
#include "base/lang.h"
#include "share/contacts.h"

const struct param share_inbox_params[] = {
    {"after", P_CODE, HIDDEN, NULL, NULL, N("where the page of what is done goes on")},
    PARTY_PARAM,
    {0}};

struct inbox {
    struct work *w;
    const struct args *in;
    struct doc *out;
    struct party party;
    bool named; /* TLP:RED is shown to the reader */
    enum tlp narrowest;
    size_t told;
};

static struct cell from_cell(const struct lying *x) { return C_ORG(x->from_code, x->from_ja, x->from_en, 0); }

static bool seen(const struct inbox *b, const struct lying *x) { return x->marking.tlp != TLP_RED || b->named; }
static struct cell title(const struct inbox *b, const struct lying *x)
{
    return share_title_seen(b->w, x->drill, x->title, seen(b, x));
}

static enum err begun(struct inbox *b)
{
    enum err e = party_of(b->w, b->in, &b->party);
    return e == OK ? notice_named(b->w, &b->party, &b->named) : e;
}

static void marked(struct inbox *b, const struct lying *x)
{
    if (b->told++ == 0 || x->marking.tlp > b->narrowest) b->narrowest = x->marking.tlp;
}

/* ---- to be confirmed ---- */

static const struct column open_columns[] = {
    {"notice", CELL_TEXT, N("Notice"), 0, "share notice", "notice"},
    {"title", CELL_TEXT, N("Subject")},
    {"urgency", CELL_ENUM, N("Urgency")},
    {"state", CELL_ENUM, N("State")},
    {"due", CELL_TIME, N("To be confirmed by")},
    {"from", CELL_ORG, N("From whom"), COL_DETAIL},
    {"handling", CELL_TEXT, N("Marking"), COL_DETAIL},
    {"sent", CELL_TIME, N("Sent"), COL_DETAIL},
    {"drill", CELL_ENUM, N("Drill"), COL_DATA},
    {"confirm", CELL_TEXT, N("Confirm"), COL_PICK, "share confirm", "notice"},
};

static void open_row(struct inbox *b, const struct lying *x)
{
    marked(b, x);
    DOC_ROW(b->out, C_TEXT(x->code), title(b, x), share_urgency_cell(x->urgency),
            share_ack_cell(x->ack, ack_overdue(x->ack, x->due, b->w->now)), share_time_cell(x->due), from_cell(x),
            C_TEXT(tlp_label(x->marking.tlp)), share_time_cell(x->sent), share_drill_cell(x->drill),
            seen(b, x) ? C_TEXT(x->code) : C_NONE);
}

static enum err to_confirm(struct inbox *b)
{
    struct lying *x;
    size_t n;
    enum err e = inbox_open(b->w, b->party.org, INBOX_MAX, &x, &n);
    if (e != OK || n == 0) return e;
    doc_heading(b->out, M("To be confirmed (%1)"), str_int(b->w->a, (int64_t)n));
    doc_show(b->out, &(struct show){.kind = SHOW_CARDS, .label = "title"});
    DOC_TABLE(b->out, "to_confirm", open_columns);
    for (size_t i = 0; i < n; i++) open_row(b, &x[i]);
    doc_table_end(b->out);
    return OK;
}

/* ---- to be passed on ---- */

static enum err to_pass(struct inbox *b)
{
    static const struct column columns[] = {
        {"notice", CELL_TEXT, N("Notice"), 0, "share notice", "notice"},
        {"title", CELL_TEXT, N("Subject")},
        {"urgency", CELL_ENUM, N("Urgency")},
        {"waiting", CELL_INT, N("Wait for it")},
        {"from", CELL_ORG, N("From whom"), COL_DETAIL},
        {"handling", CELL_TEXT, N("Marking"), COL_DETAIL},
        {"drill", CELL_ENUM, N("Drill"), COL_DATA},
        {"pass", CELL_TEXT, N("Pass it on"), 0, "share notice", "notice"},
    };
    struct lying *x;
    size_t n;
    enum err e = inbox_to_pass(b->w, b->party.org, INBOX_MAX, &x, &n);
    if (e != OK || n == 0) return e;
    doc_heading(b->out, M("To be passed on (%1)"), str_int(b->w->a, (int64_t)n));
    doc_show(b->out, &(struct show){.kind = SHOW_CARDS, .label = "title"});
    DOC_TABLE(b->out, "to_pass", columns);
    for (size_t i = 0; i < n; i++) {
        marked(b, &x[i]);
        DOC_ROW(b->out, C_TEXT(x[i].code), title(b, &x[i]), share_urgency_cell(x[i].urgency), C_INT(x[i].n),
                from_cell(&x[i]), C_TEXT(tlp_label(x[i].marking.tlp)), share_drill_cell(x[i].drill),
                share_button_cell(x[i].code, M("Look and pass on")));
    }
    doc_table_end(b->out);
    return OK;
}

/* ---- recalled, replaced ---- */

static enum err ended(struct inbox *b)
{
    static const struct column columns[] = {
        {"notice", CELL_TEXT, N("Notice"), 0, "share notice", "notice"},
        {"title", CELL_TEXT, N("Subject")},
        {"state", CELL_ENUM, N("State")},
        {"at", CELL_TIME, N("When")},
        {"reason", CELL_TEXT, N("Reason")},
        {"successor", CELL_TEXT, N("Replaced by"), 0, "share notice", "notice"},
    };
    struct lying *x;
    size_t n;
    enum err e = inbox_ended(b->w, b->party.org, b->w->now - (int64_t)ENDED_DAYS * DAY, INBOX_PAGE, &x, &n);
    if (e != OK || n == 0) return e;
    doc_heading(b->out, M("Recalled or replaced in the last %1 days"), str_int(b->w->a, ENDED_DAYS));
    doc_show(b->out, &(struct show){.kind = SHOW_CARDS, .label = "title"});
    DOC_TABLE(b->out, "recalled_or_replaced", columns);
    for (size_t i = 0; i < n; i++) {
        marked(b, &x[i]);
        DOC_ROW(b->out, C_TEXT(x[i].code), title(b, &x[i]), notice_state_cell(x[i].state), share_time_cell(x[i].ended),
                seen(b, &x[i]) ? text_cell(x[i].reason) : C_NONE, text_cell(x[i].successor));
    }
    doc_table_end(b->out);
    return OK;
}

/* ---- done ---- */

static const struct column done_columns[] = {
    {"notice", CELL_TEXT, N("Notice"), 0, "share notice", "notice"},
    {"title", CELL_TEXT, N("Subject")},
    {"state", CELL_ENUM, N("State")},
    {"confirmed", CELL_TIME, N("Confirmed at")},
    {"from", CELL_ORG, N("From whom"), COL_DETAIL},
    {"handling", CELL_TEXT, N("Marking"), COL_DETAIL},
    {"drill", CELL_ENUM, N("Drill"), COL_DATA},
};

static void done_row(struct inbox *b, const struct lying *x)
{
    marked(b, x);
    DOC_ROW(b->out, C_TEXT(x->code), title(b, x), share_ack_cell(x->ack, false), share_time_cell(x->confirmed),
            from_cell(x), C_TEXT(tlp_label(x->marking.tlp)), share_drill_cell(x->drill));
}

/* After the notice of that code, as it lies with the party now. */
static enum err after_given(struct inbox *b, int64_t *confirmed, int64_t *own)
{
    struct held h;
    str after = arg_text(b->in, "after");
    *confirmed = *own = 0;
    if (after.n == 0) return OK;
    enum err e = held_find(b->w, b->in, after, &h);
    if (e != OK) return e;
    *confirmed = h.own.confirmed;
    *own = h.own.id;
    return OK;
}

static void more(struct inbox *b, str last)
{
    static const struct column columns[] = {{"after", CELL_TEXT, N("Go on"), 0, "share inbox", "after"}};
    doc_text(b->out, M("There is more that is done than on this page."));
    DOC_TABLE(b->out, "more", columns);
    DOC_ROW(b->out, share_button_cell(last, M("Go on")));
    doc_table_end(b->out);
}

static enum err done_told(struct inbox *b)
{
    struct lying *x;
    size_t n;
    int64_t confirmed, own;
    str last = {"", 0};
    enum err e = after_given(b, &confirmed, &own);
    if (e != OK) return e;
    e = inbox_confirmed(b->w, b->party.org, confirmed, own, INBOX_PAGE, &x, &n);
    if (e != OK || (n == 0 && b->out->paged)) return e;
    doc_heading(b->out, M("Already confirmed"));
    doc_show(b->out, &(struct show){.kind = SHOW_CARDS, .label = "title"});
    DOC_TABLE(b->out, "done", done_columns);
    while (e == OK && n != 0) {
        for (size_t i = 0; i < n; i++) done_row(b, &x[i]);
        confirmed = x[n - 1].confirmed, own = x[n - 1].own;
        if (n == INBOX_PAGE) last = x[n - 1].code;
        if (n < INBOX_PAGE || b->out->paged) break;
        e = inbox_confirmed(b->w, b->party.org, confirmed, own, INBOX_PAGE, &x, &n);
    }
    if (e != OK) return e;
    doc_table_end(b->out);
    if (b->out->paged && n == INBOX_PAGE) more(b, last);
    return OK;
}

/* ---- the view ---- */

/* Whoever has nothing to confirm is found when something comes: that is what to see to now. */
static enum err nothing_waits(struct inbox *b)
{
    static const struct column columns[] = {{"go", CELL_TEXT, N("Next"), 0, "share contacts", NULL}};
    int64_t stale;
    enum err e = contacts_stale(b->w, &b->party, &stale);
    if (e != OK) return e;
    if (stale == 0) {
        doc_text(b->out, M("Nothing waits for you, and your contacts are confirmed."));
        return OK;
    }
    doc_text(
        b->out,
        M("Nothing waits for you. But your contacts are missing, or were not confirmed for 90 days (%1): see to them, so that the next notice reaches you."),
        str_int(b->w->a, stale));
    DOC_TABLE(b->out, "next", columns);
    DOC_ROW(b->out, share_button_cell((str){"", 0}, M("Confirm contacts")));
    doc_table_end(b->out);
    return OK;
}

enum err share_view_inbox(struct work *w, const struct args *in, struct doc *out)
{
    struct inbox b = {.w = w, .in = in, .out = out};
    enum err e = begun(&b);
    if (e != OK) return e;
    doc_title(out, M("What waits for %1"), lang_pick(out->lang, b.party.ja, b.party.en));
    if (!arg_given(in, "after")) {
        e = to_confirm(&b);
        if (e == OK) e = to_pass(&b);
        if (e == OK && b.told == 0) e = nothing_waits(&b);
        if (e == OK) e = ended(&b);
    }
    if (e == OK) e = done_told(&b);
    if (e == OK && b.told != 0) out->handling = tlp_label(b.narrowest);
    return e;
}

/* For choosing: what may be confirmed. */
enum err share_view_awaiting(struct work *w, const struct args *in, struct doc *out)
{
    struct inbox b = {.w = w, .in = in, .out = out};
    struct lying *x;
    size_t n;
    enum err e = begun(&b);
    if (e == OK) e = inbox_open(w, b.party.org, INBOX_MAX, &x, &n);
    if (e != OK) return e;
    DOC_TABLE(out, "to_confirm", open_columns);
    for (size_t i = 0; i < n; i++) open_row(&b, &x[i]);
    doc_table_end(out);
    if (b.told != 0) out->handling = tlp_label(b.narrowest);
    return OK;
}
