/* inspect entered: how many sheets were entered for another, and which; and what the pages of sheets and units say of it. */
#include "base/clock.h"
#include "inspect/acts.h"
#include "inspect/entered.h"
#include "inspect/showing.h"

/* ---- on the page of a sheet ---- */

static str state_code(str state)
{
    static const struct {
        const char *state;
        str code;
    } codes[] = {{"waiting", S_INIT("entered-waiting")},
                 {"paper", S_INIT("entered-paper")},
                 {"endorsed", S_INIT("entered-endorsed")},
                 {"objected", S_INIT("entered-objected")}};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (str_eq(state, str_of(codes[i].state))) return codes[i].code;
    return S("entered-replaced");
}

static void objection(const struct own_sheet *s, struct doc *out)
{
    struct form form = {.act = "inspect object", .title = M("Object to what was handed in"), .ask = "why", .folded = true,
                        .given = {{"round", s->r->code}, {"respondent", s->row.code}},
                        .button = {{NULL, NULL, M("Object: take the sheet back as a draft")}}};
    if (s->row.state != 1 || !str_eq(s->r->state, S("open"))) return;
    doc_form(out, &form);
    doc_form_end(out);
}

static void words_to_respondent(struct work *w, const struct own_sheet *s, const struct entry_row *x, struct doc *out)
{
    str by = lang_pick(out->lang, x->person_ja, x->person_en), at = lang_day(w->a, out->lang, x->at);
    if (str_eq(x->state, S("waiting"))) {
        doc_heading(out, M("Entered for you: please check"));
        doc_text(out, M("%1 entered these answers for you on %2. Check each of them, correct what is not so, and submit the sheet "
                        "yourself: until then it is a draft."), by, at);
    } else if (str_eq(x->state, S("paper")) && s->row.state == 1) {
        doc_heading(out, M("Handed in for you from paper: please look"));
        doc_text(out,
                 M("%1 handed this in on %2 from the paper you signed on %3 (%4). If it is not what you signed, correct it or "
                   "object: that is possible until it is confirmed."),
                 by, at, lang_date(w->a, out->lang, x->paper_date), x->paper_ref);
        objection(s, out);
    } else if (str_eq(x->state, S("objected")) && s->row.state <= 0) {
        doc_text(out, M("You objected to what %1 handed in for you: the sheet is a draft again. Correct it and submit it "
                        "yourself."), by);
    }
}

static void words_to_others(struct work *w, const struct entry_row *x, struct doc *out)
{
    str by = lang_pick(out->lang, x->person_ja, x->person_en), at = lang_day(w->a, out->lang, x->at);
    if (str_eq(x->state, S("waiting")))
        doc_text(out, M("Entered by %1 on %2; it waits for the respondent, who checks and submits it."), by, at);
    if (str_eq(x->state, S("paper")))
        doc_text(out, M("Handed in by %1 on %2 from a paper signed on %3 (%4)."), by, at,
                 lang_date(w->a, out->lang, x->paper_date), x->paper_ref);
    if (str_eq(x->state, S("endorsed")))
        doc_text(out, M("Entered by %1 on %2; the respondent checked and submitted it."), by, at);
    if (str_eq(x->state, S("objected")))
        doc_text(out, M("The respondent objected to what %1 had entered: %2"), by, x->why);
}

enum err entered_block(struct work *w, const struct own_sheet *s, struct doc *out)
{
    struct entry_row x;
    enum err e = entry_get(w, s->row.id, &x);
    if (e != OK || x.state.n == 0 || str_eq(x.state, S("replaced"))) return e;
    doc_fact_of(out, "entered", M("Entered for another"), C_ENUM(state_code(x.state)), M("by %1"),
                lang_pick(out->lang, x.person_ja, x.person_en));
    if (s->mine) words_to_respondent(w, s, &x, out);
    else words_to_others(w, &x, out);
    return OK;
}

/* ---- how many ---- */

static struct entry_count sum(struct entry_count a, const struct entry_count *b)
{
    return (struct entry_count){a.lo, a.waiting + b->waiting, a.endorsed + b->endorsed, a.paper + b->paper,
                                a.objected + b->objected};
}

static void add_up(void *to, const struct entry_count *x)
{
    struct entry_count *all = to;
    *all = sum(*all, x);
}

enum err entered_fact(struct work *w, const struct round *r, int64_t lo, int64_t hi, struct doc *out)
{
    struct entry_count all = {0};
    enum err e = entry_counts(w, r->id, lo, hi, add_up, &all);
    if (e != OK || all.waiting + all.endorsed + all.paper + all.objected == 0) return e;
    doc_fact_of(out, "entered", M("Entered for another"), C_INT(all.endorsed + all.paper),
                M("of the sheets that are in; %1 from paper, %2 wait to be checked"), str_int(w->a, all.paper),
                str_int(w->a, all.waiting));
    return OK;
}

enum err entered_note(struct work *w, const struct round *r, int64_t lo, int64_t hi, struct doc *out)
{
    struct entry_count all = {0};
    enum err e = entry_counts(w, r->id, lo, hi, add_up, &all);
    if (e != OK || all.endorsed + all.paper == 0) return e;
    doc_note(out, M("%1 of the sheets that are in were entered for another, %2 of them from paper: 'inspect entered' shows where."),
             str_int(w->a, all.endorsed + all.paper), str_int(w->a, all.paper));
    return OK;
}

struct counting {
    struct showing s;
    struct entry_count *of; /* per node, cumulative */
    int64_t any;
};

/* The innermost node loaded that holds the unit. */
static ptrdiff_t holding(const struct round *r, int64_t lo)
{
    size_t from = 0, end = r->n_nodes;
    while (from < end) {
        size_t mid = (from + end) / 2;
        if (r->nodes[mid].lo <= lo) from = mid + 1;
        else end = mid;
    }
    ptrdiff_t at = (ptrdiff_t)from - 1;
    while (at >= 0 && r->nodes[at].hi <= lo) at = r->nodes[at].up;
    return at;
}

static void count_up(void *to, const struct entry_count *x)
{
    struct counting *c = to;
    c->any++;
    for (ptrdiff_t at = holding(c->s.r, x->lo); at >= 0; at = c->s.r->nodes[at].up) c->of[at] = sum(c->of[at], x);
}

static void count_row(const struct counting *c, size_t i, struct doc *out)
{
    const struct showing *s = &c->s;
    const struct entry_count *x = &c->of[i];
    int64_t known = coverage_of(s->r, s->vectors[i]).known_provisional, entered = x->endorsed + x->paper;
    if (s->withheld[i]) {
        DOC_ROW(out, node_cell(s, i), C_NONE, C_NONE, C_NONE, C_NONE, C_NONE, C_NONE, C_NONE);
        return;
    }
    DOC_ROW(out, node_cell(s, i), C_INT(known), C_INT(entered), C_RATE(rate_of_counts(entered, known, NULL)),
            C_INT(x->paper), C_INT(x->endorsed), C_INT(x->waiting), C_INT(x->objected));
}

static void count_table(const struct counting *c, struct doc *out)
{
    static const struct column columns[] = {
        {"org", CELL_ORG, N("Organisation"), 0, "inspect entered", "org"},
        {"known_provisional", CELL_INT, N("Sheets that are in"), 0, NULL, NULL},
        {"entered", CELL_INT, N("Entered for another"), 0, NULL, NULL},
        {"share", CELL_RATE, N("Share of those in"), COL_BAR, NULL, NULL, NULL, "known_provisional"},
        {"paper", CELL_INT, N("From paper"), 0, NULL, NULL},
        {"endorsed", CELL_INT, N("Checked by the respondent"), 0, NULL, NULL},
        {"waiting", CELL_INT, N("Waiting to be checked"), 0, NULL, NULL},
        {"objected", CELL_INT, N("Objected to"), COL_DETAIL, NULL, NULL},
    };
    doc_show(out, &(struct show){.kind = SHOW_CARDS, .label = "org"});
    DOC_TABLE(out, "entered", columns);
    for (size_t i = 0; i < c->s.r->n_nodes; i++)
        if (c->s.shown[i]) count_row(c, i, out);
    doc_table_end(out);
}

/* ---- which ---- */

static enum err name_table(const struct counting *c, size_t top, struct doc *out)
{
    static const struct column columns[] = {
        {"person", CELL_PERSON, N("Person"), 0, "inspect sheet", NULL},
        {"respondent", CELL_TEXT, N("Respondent"), COL_DATA, NULL, "respondent"},
        {"duty", CELL_ENUM, N("Duty"), 0, NULL, NULL},
        {"org", CELL_ORG, N("Organisation"), 0, NULL, NULL},
        {"state", CELL_ENUM, N("State"), 0, NULL, NULL},
        {"by", CELL_PERSON, N("Entered by"), 0, NULL, NULL},
        {"at", CELL_TIME, N("Entered on"), 0, NULL, NULL},
        {"paper_date", CELL_DATE, N("Paper signed on"), 0, NULL, NULL},
        {"paper_ref", CELL_TEXT, N("Where the paper is kept"), COL_DETAIL, NULL, NULL},
        {"why", CELL_TEXT, N("Objection"), COL_DETAIL, NULL, NULL},
    };
    const struct round *r = c->s.r;
    struct entry_name *all;
    size_t n;
    enum err e = entry_names(c->s.w, r->id, r->nodes[top].lo, r->nodes[top].hi, &all, &n);
    if (e != OK) return e;
    doc_heading(out, M("Which sheets"));
    doc_show(out, &(struct show){.kind = SHOW_CARDS, .label = "person"});
    DOC_TABLE(out, "names", columns);
    for (size_t i = 0; i < n; i++)
        DOC_ROW(out, person_cell(all[i].person_code, all[i].person_ja, all[i].person_en), C_TEXT(all[i].code),
                C_ENUM(all[i].duty),
                C_ORG(all[i].org_code, all[i].org_ja, all[i].org_en, 0), C_ENUM(state_code(all[i].state)),
                person_cell(all[i].by_code, all[i].by_ja, all[i].by_en), C_TIME(all[i].at),
                all[i].has_paper ? C_DATE(all[i].paper_date) : C_NONE,
                text_cell(all[i].paper_ref), text_cell(all[i].why));
    doc_table_end(out);
    if (n == ENTRY_NAMES_MAX) doc_note(out, M("Only the first %1 are listed: ask for one organisation."), str_int(c->s.w->a, (int64_t)n));
    out->personal = true;
    out->handling = M("holds personal data: for those concerned only");
    return OK;
}

enum err inspect_view_entered(struct work *w, const struct args *in, struct doc *out)
{
    struct counting c = {0};
    enum err e = showing_load(w, in, 1, AS_IT_STANDS, &c.s);
    if (e != OK) return e;
    const struct round *r = c.s.r;
    c.of = arena_array(w->a, r->n_nodes + 1, sizeof *c.of);
    if ((e = entry_counts(w, r->id, 0, INT64_MAX, count_up, &c)) != OK) return e;
    count_table(&c, out);
    size_t top = c.s.node < 0 ? 0 : (size_t)c.s.node;
    bool names = r->n_nodes > 0 && may(w->actor, MAY_READ_NAMES, r->nodes[top].here);
    c.s.provisional = true;
    if (c.any == 0)
        doc_note(out, M("No sheet of this round was entered for another. Who manages or confirms a unit can do so from the unit's "
                        "page, at a person who is missing."));
    doc_note(out, M("A sheet entered for another counts like any other once it is in; it is confirmed by somebody who did not enter "
                    "it."));
    if ((e = showing_notes(&c.s, out)) != OK || c.any == 0 || !names) return e;
    return name_table(&c, top, out);
}
