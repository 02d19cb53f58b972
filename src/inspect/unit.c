/* inspect unit: the section manager's day. Who is missing and why, what waits for me, what comes next. */
#include "base/clock.h"
#include "inspect/acts.h"
#include "inspect/frame_view.h"

#include "inspect/entered.h"
#include "inspect/pages.h"
#include "inspect/way_acts.h"
#include "inspect/views_store.h"

#include <string.h>

struct unit {
    struct showing s;
    size_t node;
    struct phase phases[PHASES];
    struct silent *silent;
    size_t n_silent;
    bool names; /* who it is may be told */
    struct days days;
};

/* Without org it is the organisation of the post. */
static enum err unit_load(struct work *w, const struct args *in, struct unit *u)
{
    enum err e = showing_load(w, in, 0, AS_IT_STANDS, &u->s);
    if (e != OK) return e;
    struct round *r = u->s.r;
    ptrdiff_t node = u->s.node >= 0 ? u->s.node : round_node(r, w->actor->org);
    if (node < 0)
        return fault_in(w, INVALID, ((struct where){.field = S("org")}),
                        M("which unit? Give an organisation that round '%1' asked"), r->code);
    u->node = (size_t)node;
    u->names = may(w->actor, MAY_READ_NAMES, r->nodes[node].here);
    e = days_load(w, &u->days);
    if (e == OK) e = round_phases(w, r, u->phases);
    return e == OK ? silent_in(w, r->id, r->nodes[node].lo, r->nodes[node].hi, &u->silent, &u->n_silent) : e;
}

/* ---- key figures and the bar ---- */
static struct org place_of(const struct unit *u)
{
    const struct node *n = &u->s.r->nodes[u->node];
    return (struct org){.id = n->org, .code = n->code, .name_ja = n->name_ja, .name_en = n->name_en, .lo = n->here};
}

static void date_facts(const struct unit *u, struct doc *out)
{
    const struct round *r = u->s.r;
    struct arena *a = u->s.w->a;
    int64_t now = today(u->s.w);
    str due = lang_date(a, out->lang, r->due);
    if (!r->has_due) return;
    if (now <= r->due)
        doc_fact_of(out, "days", M("Working days to the due date"), C_INT(days_between(&u->days, now, r->due)), M("due %1"), due);
    else
        doc_fact_of(out, "days", M("Working days overdue"), C_INT(days_between(&u->days, r->due, now)), M("due %1"), due);
    working_days_note(&u->days, now, r->due, out);
}

static void facts(const struct unit *u, const struct unit_counts *n, struct doc *out)
{
    const struct grades *g = u->s.r->rule.grades;
    struct coverage c = coverage_of(u->s.r, u->s.vectors[u->node]);
    doc_fact(out, "coverage", M("Coverage (confirmed)"), C_RATE(rate_of_counts(c.known, c.reported, g)));
    doc_fact_of(out, "coverage_provisional", M("With those submitted"),
                C_RATE(rate_of_counts(c.known_provisional, c.reported, g)), M("provisional"));
    doc_fact(out, "submitted", M("Sheets to be confirmed"), C_INT(n->submitted));
    doc_fact(out, "missing", M("Nothing submitted"), C_INT(n->draft + n->none));
    date_facts(u, out);
}

static void parts(const struct unit_counts *n, struct doc *out)
{
    static const struct column columns[] = {{"state", CELL_ENUM, N("State"), 0, NULL, NULL},
                                            {"sheets", CELL_INT, N("Sheets"), 0, NULL, NULL}};
    doc_show(out, &(struct show){.kind = SHOW_PARTS, .label = "state", .values = {"sheets"}, .alone = true});
    DOC_TABLE(out, "parts", columns);
    DOC_ROW(out, C_ENUM(S("confirmed")), C_INT(n->confirmed));
    DOC_ROW(out, C_ENUM(S("submitted")), C_INT(n->submitted));
    DOC_ROW(out, C_ENUM(S("draft")), C_INT(n->draft));
    DOC_ROW(out, C_ENUM(S("not-begun")), C_INT(n->none));
    doc_table_end(out);
}

/* ---- who is missing ---- */
enum { MISSING_ORG = 2, MISSING_ENTER = 11, MISSING_COLUMNS = 13 };
static const struct column missing_columns[MISSING_COLUMNS] = {
    {"person", CELL_PERSON, N("Person"), 0, NULL, NULL},
    {"duty", CELL_ENUM, N("Duty"), 0, NULL, NULL},
    [MISSING_ORG] = {"org", CELL_ORG, N("Organisation"), 0, NULL, NULL},
    {"respondent", CELL_TEXT, N("Respondent"), COL_DATA, NULL, NULL},
    {"reason", CELL_ENUM, N("Reason"), 0, NULL, NULL},
    {"asked", CELL_INT, N("Clauses asked"), COL_DATA, NULL, NULL},
    {"answered", CELL_RATE, N("Answered so far"), 0, NULL, NULL, NULL, "asked"},
    {"counted", CELL_ENUM, N("How it is counted"), 0, NULL, NULL},
    {"due", CELL_DATE, N("Extended to"), 0, NULL, NULL},
    {"returned", CELL_BOOL, N("Given back"), 0, NULL, NULL},
    {"record", CELL_TEXT, N("Record a reason"), 0, "inspect reason", "respondent"},
    [MISSING_ENTER] = {"enter", CELL_TEXT, N("Enter for them"), 0, "inspect sheet", "respondent"},
    {"entering", CELL_TEXT, N("Entering"), COL_DATA, NULL, "entering"},
};

/* How much of a draft is answered, in clauses. */
static struct cell progress(const struct unit *u, const struct silent *x, int64_t *asked)
{
    const struct round *r = u->s.r;
    const struct binding *b = round_binding(r, x->binding);
    size_t clauses = r->edition.n_clauses;
    int64_t answered = 0;
    *asked = 0;
    for (size_t c = 0; b != NULL && c < clauses; c++) {
        if (!mask_has(b->mask, c)) continue;
        ++*asked;
        answered += x->answers.n >= sheet_bytes(clauses) &&
                    sheet_get((const uint8_t *)x->answers.p, clauses, c) != UNANSWERED;
    }
    return x->draft ? C_RATE(rate_of_counts(answered, *asked, NULL)) : C_NONE;
}

/* Entered for another: where somebody holds the post, and not by that person. */
static struct cell enter_cell(const struct unit *u, const struct silent *x)
{
    const struct actor *a = u->s.w->actor;
    bool offered = x->person_code.n != 0 && !str_eq(x->person_code, a->person_code) && str_eq(u->s.r->state, S("open")) &&
                   way_shut(u->s.r, u->node) < 0 &&
                   entering_offered(u->s.w, u->s.r->nodes[u->node].here);
    return !offered ? C_NONE
                    : (struct cell){.type = CELL_TEXT, .text = x->code, .ja = tr(LANG_JA, M("Enter for them")),
                                    .en = tr(LANG_EN, M("Enter for them"))};
}

static void missing_row(const struct unit *u, const struct silent *x, struct doc *out)
{
    int64_t asked;
    struct cell draft = progress(u, x, &asked);
    bool vacant = x->person_code.n == 0;
    DOC_ROW(out, person_cell(x->person_code, x->person_ja, x->person_en), C_ENUM(x->duty),
            C_ORG(x->org_code, x->org_ja, x->org_en, 0), C_TEXT(x->code),
            C_ENUM(x->reason.n != 0 ? x->reason : vacant ? S("vacant") : S("not-answered")), C_INT(asked), draft,
            C_ENUM(round_leaves(u->s.r, x->reason) ? S("leaves-denominator") : S("in-denominator")),
            x->due == 0 ? C_NONE : C_DATE(x->due), C_BOOL(x->returned), C_TEXT(x->code), enter_cell(u, x), C_TEXT(S("1")));
}

static void missing(const struct unit *u, struct doc *out)
{
    struct arena *a = u->s.w->a;
    if (!u->names) return;
    doc_heading(out, M("%1 of whom nothing is known, and why"), str_int(a, (int64_t)u->n_silent));
    if (u->n_silent == 0) {
        doc_text(out, M("Every sheet is in."));
        return;
    }
    doc_show(out, &(struct show){.kind = SHOW_CARDS, .label = "person"});
    struct column columns[MISSING_COLUMNS];
    memcpy(columns, missing_columns, sizeof columns);
    if (round_node_end(u->s.r, u->node) == u->node + 1) columns[MISSING_ORG].flags = COL_DATA; /* it is all one unit */
    DOC_TABLE(out, "missing", columns);
    for (size_t i = 0; i < u->n_silent; i++) missing_row(u, &u->silent[i], out);
    doc_table_end(out);
    doc_note(out, M("A draft is not known. Reasons are recorded by the act 'Record why nothing is known of a "
                    "respondent'; whether one leaves the denominator is a rule of the round."));
}

/* ---- what comes ---- */
void dates_ahead(struct work *w, const struct round *r, const struct phase *phases, struct doc *out)
{
    static const struct column columns[] = {{"date", CELL_DATE, N("Date"), 0, NULL, NULL},
                                            {"what", CELL_TEXT, N("What happens"), 0, NULL, NULL},
                                            {"state", CELL_ENUM, N("State"), COL_DETAIL, NULL, NULL}};
    const struct {
        int64_t day;
        str what;
        bool is;
    } all[] = {{r->base, N("Base date: the frame was taken"), true},
               {r->due, N("Sheets are due"), r->has_due},
               {phases[2].until, N("Figures are closed and published (planned)"), phases[2].planned},
               {phases[2].until, N("Figures were closed and published"), !phases[2].planned}};
    int64_t now = today(w);
    size_t next = 0;
    while (next < sizeof all / sizeof *all && (!all[next].is || all[next].day < now)) next++;
    doc_show(out, &(struct show){.kind = SHOW_STEPS, .label = "date", .detail = "what", .state = "state",
                                 .alone = true});
    DOC_TABLE(out, "dates", columns);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (i == next) DOC_ROW(out, C_DATE(now), C_TEXT(tr(out->lang, M("today"))), C_ENUM(S("now")));
        if (all[i].is)
            DOC_ROW(out, C_DATE(all[i].day), C_TEXT(tr(out->lang, all[i].what)),
                    C_ENUM(all[i].day < now ? S("past") : S("next")));
    }
    doc_table_end(out);
}

/* ---- the page ---- */
/* The queue is a view of its own; its facts and words belong to this page here. */
static enum err queue(const struct unit *u, const struct org *place, struct doc *out)
{
    static const struct param names[] = {{"round", P_CODE}, {"org", P_ORG}};
    const struct arg given[] = {{.param = &names[0], .text = u->s.r->code},
                                {.param = &names[1], .text = place->code, .org = *place}};
    const struct entry *entry = entry_find(&inspect_room, S("queue"));
    if (entry == NULL || !may(u->s.w->actor, entry->right, place->lo)) return OK;
    str title = out->title, lead = out->lead;
    enum err e = entry->run(u->s.w, &(struct args){given, 2}, out);
    out->title = title;
    out->lead = lead;
    return e;
}

enum err inspect_view_unit(struct work *w, const struct args *in, struct doc *out)
{
    struct unit u = {0};
    struct unit_counts n;
    enum err e = unit_load(w, in, &u);
    struct org place = e == OK ? place_of(&u) : (struct org){0};
    if (e == OK) e = inspect_unit_counts(w, u.s.r->code, &place, &n);
    if (e != OK) return e;
    const struct round *r = u.s.r;
    doc_title(out, M("The day of %1"), lang_pick(out->lang, place.name_ja, place.name_en));
    doc_lead(out, M("%1 · base date %2"), lang_pick(out->lang, r->title_ja, r->title_en),
             lang_date(w->a, out->lang, r->base));
    facts(&u, &n, out);
    if ((e = entered_fact(w, r, r->nodes[u.node].lo, r->nodes[u.node].hi, out)) != OK) return e;
    parts(&n, out);
    if ((e = queue(&u, &place, out)) != OK) return e;
    missing(&u, out);
    workbook_block(w, r, &place, out);
    if ((e = frame_call(w, r, u.node, out)) != OK) return e;
    doc_heading(out, M("What comes next"));
    dates_ahead(w, r, u.phases, out);
    out->personal = out->personal || (u.names && u.n_silent > 0);
    u.s.provisional = true; /* submitted sheets are shown beside */
    if ((e = showing_notes(&u.s, out)) == OK && out->personal)
        out->handling = M("holds personal data: for those concerned only");
    return e;
}
