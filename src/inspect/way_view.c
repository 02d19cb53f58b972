/* inspect way: where the figures of each ministry stand on their way upward; of one, its units, its history, and what the
 * reader may do next. */
#include "inspect/showing.h"
#include "inspect/way_acts.h"

struct board {
    struct work *w;
    struct doc *out;
    struct showing s;
    struct stage_row *stages; /* of all nodes seen */
    size_t n_stages;
    struct step_row *last;    /* of each organisation that took one */
    size_t n_last;
};

static const struct node *node_at(const struct board *b, size_t node) { return &b->s.r->nodes[node]; }

static enum stage stage_now(const struct board *b, size_t node)
{
    return str_eq(b->s.r->state, S("open")) ? node_at(b, node)->stage : STAGE_PUBLISHED;
}

static const struct step_row *last_step(const struct board *b, size_t node)
{
    for (size_t i = 0; i < b->n_last; i++)
        if (b->last[i].org == node_at(b, node)->org) return &b->last[i];
    return NULL;
}

/* What a step is called: approve is two of them. */
static str step_words(const struct step_row *s)
{
    static const struct {
        str step;
        enum stage became;
        str words;
    } known[] = {
        {S_INIT("close-unit"), STAGE_CLOSED, N("unit closed")},
        {S_INIT("reopen"), STAGE_OPEN, N("reopened")},
        {S_INIT("approve"), STAGE_HEADED, N("approved by the head")},
        {S_INIT("approve"), STAGE_APPROVED, N("approved by the chief officer")},
        {S_INIT("send"), STAGE_SENT, N("sent to the centre")},
        {S_INIT("query"), STAGE_QUERIED, N("queried by the centre")},
        {S_INIT("accept"), STAGE_ACCEPTED, N("accepted by the centre")},
        {S_INIT("publish"), STAGE_PUBLISHED, N("made public")},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (str_eq(known[i].step, s->step) && known[i].became == s->became) return known[i].words;
    return s->step;
}

static struct cell step_cell(const struct step_row *s)
{
    str words = step_words(s);
    return (struct cell){.type = CELL_ENUM, .text = s->step, .ja = tr(LANG_JA, words), .en = tr(LANG_EN, words)};
}

/* ---- what the reader may do ---- */

static bool may_take(const struct board *b, size_t node, const struct way_step *step)
{
    const struct step_row *last = last_step(b, node);
    ptrdiff_t up = node_at(b, node)->up;
    if (!str_eq(b->s.r->state, S("open")) || !may(b->w->actor, step->right, node_at(b, node)->here)) return false;
    if (step->another && last != NULL && last->person == b->w->actor->person) return false;
    /* Who gives the second approval would spend it on the first. */
    if (step->to == STAGE_HEADED && b->w->actor->person != 0 && may(b->w->actor, MAY_APPROVE, node_at(b, node)->here)) return false;
    return step->body != BODY_UNIT || up < 0 || way_shut(b->s.r, (size_t)up) < 0;
}

static struct cell act_cell(const struct board *b, size_t node, const char *act)
{
    const struct way_step *step = way_step(act, way_body(b->s.r, node), stage_now(b, node));
    return step != NULL && may_take(b, node, step) ? C_TEXT(node_at(b, node)->code) : C_NONE;
}

/* ---- the table, of ministries or of units ---- */

static void count_units(const struct board *b, size_t node, int64_t *closed, int64_t *all)
{
    int64_t lo = node_at(b, node)->lo, hi = node_at(b, node)->hi, shut_until = 0;
    *closed = *all = 0;
    for (size_t i = 0; i < b->n_stages; i++) {
        const struct stage_row *s = &b->stages[i];
        if (s->lo <= lo || s->lo >= hi) continue;
        if (s->lo >= shut_until && s->stage == STAGE_CLOSED) shut_until = s->hi;
        ++*all;
        *closed += s->lo < shut_until;
    }
}

/* Of few sheets that wait, those who see no names are not told (as in `inspect rates`). */
static bool provisional_told(const struct board *b, size_t node, const struct coverage *c)
{
    int64_t waiting = c->known_provisional - c->known;
    return waiting == 0 || waiting >= WITHHELD_UNDER || sees_counts(&b->s, node);
}

enum { COLUMNS = 16 };
static const struct column board_columns[COLUMNS] = {
    {"org", CELL_ORG, N("Organisation"), 0, "inspect way", "org"},
    {"stage", CELL_ENUM, N("Stage"), 0, NULL, NULL},
    {"units_closed", CELL_INT, N("Units closed"), 0, NULL, NULL},
    {"units", CELL_INT, N("Units"), 0, NULL, NULL},
    {"confirmed", CELL_RATE, N("Sheets confirmed"), COL_BAR, NULL, NULL},
    {"waiting", CELL_INT, N("Waiting"), 0, NULL, NULL},
    {"missing", CELL_INT, N("Not handed in"), 0, NULL, NULL},
    {"step", CELL_ENUM, N("Last step"), COL_DATA, NULL, NULL},
    {"at", CELL_TIME, N("When"), COL_DETAIL, NULL, NULL},
    {"by", CELL_TEXT, N("By"), COL_DETAIL, NULL, NULL},
    {"close", CELL_TEXT, N("Close the unit"), 0, "inspect close-unit", "org"},
    {"approve", CELL_TEXT, N("Approve"), 0, "inspect approve", "org"},
    {"send", CELL_TEXT, N("Send to the centre"), 0, "inspect send", "org"},
    {"accept", CELL_TEXT, N("Accept"), 0, "inspect accept", "org"},
    {"query", CELL_TEXT, N("Query"), 0, "inspect query", "org"},
    {"reopen", CELL_TEXT, N("Reopen"), 0, "inspect reopen", "org"},
};

static void board_row(struct board *b, size_t node)
{
    struct showing *s = &b->s;
    const struct node *n = node_at(b, node);
    const struct step_row *last = last_step(b, node);
    struct coverage c = coverage_of(s->r, s->vectors[node]);
    bool told = !s->withheld[node], waiting = told && provisional_told(b, node, &c), unit = way_body(s->r, node) == BODY_UNIT;
    int64_t closed, units;
    count_units(b, node, &closed, &units);
    s->provisional = s->provisional || c.known_provisional != c.known;
    DOC_ROW(b->out, C_ORG(n->code, n->name_ja, n->name_en, 0), stage_cell(stage_now(b, node)),
            units == 0 ? C_NONE : C_INT(closed), units == 0 ? C_NONE : C_INT(units),
            told ? C_RATE(rate_of_counts(c.known, c.reported, s->r->rule.grades)) : C_NONE,
            waiting ? C_INT(c.known_provisional - c.known) : C_NONE,
            waiting ? C_INT(c.reported - c.known_provisional) : C_NONE, last == NULL ? C_NONE : step_cell(last),
            last == NULL ? C_NONE : C_TIME(last->at), last == NULL ? C_NONE : C_TEXT(step_who(b->w, b->out->lang, last, n->here)),
            c.known_provisional > c.known ? C_NONE : act_cell(b, node, "close-unit"), act_cell(b, node, "approve"), act_cell(b, node, "send"),
            act_cell(b, node, "accept"), act_cell(b, node, "query"), unit ? act_cell(b, node, "reopen") : C_NONE);
}

static void board_table(struct board *b, const char *name, const size_t *nodes, size_t n)
{
    doc_show(b->out, &(struct show){.kind = SHOW_CARDS, .label = "org"});
    doc_table(b->out, name, board_columns, COLUMNS);
    for (size_t i = 0; i < n; i++) board_row(b, nodes[i]);
    doc_table_end(b->out);
}

/* ---- all ministries ---- */

static enum err whole_board(struct board *b)
{
    const struct round *r = b->s.r;
    size_t *nodes = arena_array(b->w->a, r->n_nodes + 1, sizeof *nodes), n = 0;
    int64_t at[STAGES] = {0};
    for (size_t i = 0; i < r->n_nodes; i++) {
        if (way_body(r, i) != BODY_MINISTRY) continue;
        nodes[n++] = i;
        at[stage_now(b, i)]++;
    }
    int64_t passed = at[STAGE_SENT] + at[STAGE_QUERIED] + at[STAGE_ACCEPTED] + at[STAGE_PUBLISHED];
    str all = str_int(b->w->a, (int64_t)n);
    doc_fact_of(b->out, "sent", M("Sent to the centre"), C_INT(passed), M("of %1 organisations"), all);
    doc_fact(b->out, "to_accept", M("To be accepted"), C_INT(at[STAGE_SENT]));
    doc_fact(b->out, "queried", M("Queries open"), C_INT(at[STAGE_QUERIED]));
    doc_fact_of(b->out, "accepted", M("Accepted"), C_INT(at[STAGE_ACCEPTED] + at[STAGE_PUBLISHED]), M("of %1 organisations"), all);
    doc_heading(b->out, M("The way of the figures"));
    board_table(b, "way", nodes, n);
    return showing_notes(&b->s, b->out);
}

/* ---- one organisation ---- */

/* Since it was last open; NULL: it did not pass there. */
static const struct step_row *passed(const struct step_row *all, size_t n, enum stage stage)
{
    const struct step_row *found = NULL;
    for (size_t i = 0; i < n; i++) {
        if (str_eq(all[i].step, S("reopen"))) found = NULL;
        if (all[i].became == stage) found = &all[i];
    }
    return found;
}

static void steps_row(const struct board *b, size_t node, enum stage stage, const struct step_row *when)
{
    enum stage now = stage_now(b, node);
    bool is_now = stage == now, past = !is_now && (stage == STAGE_OPEN || when != NULL);
    if (stage == STAGE_QUERIED && !is_now) return;
    if (now == STAGE_PUBLISHED && !is_now && !past) return; /* not passed, and not to come */
    str of[2] = {0};
    if (when != NULL) {
        of[0] = lang_day(b->w->a, b->out->lang, when->at);
        of[1] = step_who(b->w, b->out->lang, when, node_at(b, node)->here);
    }
    str detail = tr_fill(b->w->a, b->out->lang, M("%1, %2"), of, 2);
    struct cell name = stage_cell(stage);
    name.type = CELL_TEXT; /* the dot of the step says how far it is */
    DOC_ROW(b->out, name, when == NULL || stage == STAGE_OPEN ? C_NONE : C_TEXT(detail),
            C_ENUM(is_now ? S("now") : past ? S("past") : S("next")));
}

static void steps_table(const struct board *b, size_t node, const struct step_row *history, size_t n)
{
    static const enum stage order[] = {STAGE_OPEN, STAGE_HEADED, STAGE_APPROVED, STAGE_SENT, STAGE_QUERIED,
                                       STAGE_ACCEPTED, STAGE_PUBLISHED};
    static const struct column columns[] = {
        {"stage", CELL_TEXT, N("Stage"), 0, NULL, NULL},
        {"detail", CELL_TEXT, N("When"), 0, NULL, NULL},
        {"state", CELL_ENUM, N("State"), 0, NULL, NULL},
    };
    if (way_body(b->s.r, node) != BODY_MINISTRY) return;
    doc_show(b->out, &(struct show){.kind = SHOW_STEPS, .label = "stage", .detail = "detail", .state = "state", .alone = true});
    DOC_TABLE(b->out, "steps", columns);
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        steps_row(b, node, order[i], passed(history, n, order[i]));
    doc_table_end(b->out);
}

static void tell_query(const struct board *b, size_t node)
{
    static const struct column columns[] = {
        {"what", CELL_TEXT, N("What"), 0, NULL, NULL},
        {"query", CELL_TEXT, N("Query"), 0, NULL, NULL},
        {"state", CELL_ENUM, N("State"), COL_DETAIL, NULL, NULL},
    };
    const struct step_row *last = last_step(b, node);
    if (stage_now(b, node) != STAGE_QUERIED || last == NULL) return;
    doc_show(b->out, &(struct show){.kind = SHOW_CALLS, .label = "what", .detail = "query", .state = "state", .alone = true});
    DOC_TABLE(b->out, "query", columns);
    DOC_ROW(b->out, C_TEXT(tr(b->out->lang, M("The centre asks"))), C_TEXT(last->why), C_ENUM(S("lack")));
    doc_table_end(b->out);
}

/* A reason is asked for beside its button; what is rarely wanted is folded. */
static void step_forms(const struct board *b, size_t node)
{
    const struct way_step *steps[WAY_STEPS_MAX];
    size_t n = way_steps(way_body(b->s.r, node), stage_now(b, node), steps);
    struct coverage c = coverage_of(b->s.r, b->s.vectors[node]);
    int64_t waits = c.known_provisional - c.known;
    for (size_t i = 0; i < n; i++) {
        if (!may_take(b, node, steps[i])) continue;
        if (steps[i]->to == STAGE_CLOSED && waits > 0) { /* it would be refused */
            doc_text(b->out, M("%1 sheets wait to be confirmed or given back; the unit can be closed after that."),
                     str_int(b->w->a, waits));
            continue;
        }
        str act = str_fmt(b->w->a, "inspect %s", steps[i]->act);
        bool reply = steps[i]->to == STAGE_SENT;
        struct form form = {.act = str_c(b->w->a, act), .title = steps[i]->why ? steps[i]->label : (str){0},
                            .given = {{"round", b->s.r->code}, {"org", node_at(b, node)->code}},
                            .ask = steps[i]->why ? "why" : NULL, .button = {{NULL, NULL, steps[i]->label}},
                            .folded = steps[i]->why && !reply};
        doc_form(b->out, &form);
        doc_form_end(b->out);
    }
}

static void history_table(const struct board *b, size_t node, const struct step_row *all, size_t n)
{
    static const struct column columns[] = {
        {"at", CELL_TIME, N("When"), 0, NULL, NULL},
        {"step", CELL_ENUM, N("Step"), 0, NULL, NULL},
        {"by", CELL_TEXT, N("By"), 0, NULL, NULL},
        {"why", CELL_TEXT, N("Reason, query or reply"), 0, NULL, NULL},
    };
    doc_heading(b->out, M("History"));
    if (n == 0) {
        doc_text(b->out, M("No step was taken yet."));
        return;
    }
    DOC_TABLE(b->out, "history", columns);
    for (size_t i = n; i-- > 0;)
        DOC_ROW(b->out, C_TIME(all[i].at), step_cell(&all[i]), C_TEXT(step_who(b->w, b->out->lang, &all[i], node_at(b, node)->here)),
                text_cell(all[i].why));
    doc_table_end(b->out);
}

static void one_facts(const struct board *b, size_t node)
{
    const struct showing *s = &b->s;
    struct coverage c = coverage_of(s->r, s->vectors[node]);
    bool told = !s->withheld[node], waiting = told && provisional_told(b, node, &c);
    int64_t closed, units;
    count_units(b, node, &closed, &units);
    doc_fact(b->out, "stage", M("Stage"), stage_cell(stage_now(b, node)));
    if (units > 0) doc_fact_of(b->out, "units_closed", M("Units closed"), C_INT(closed), M("of %1 units"), str_int(b->w->a, units));
    doc_fact(b->out, "confirmed", M("Sheets confirmed"), told ? C_RATE(rate_of_counts(c.known, c.reported, s->r->rule.grades)) : C_NONE);
    doc_fact(b->out, "waiting", M("Sheets that wait"), waiting ? C_INT(c.known_provisional - c.known) : C_NONE);
    doc_fact(b->out, "missing", M("Not handed in"), waiting ? C_INT(c.reported - c.known_provisional) : C_NONE);
}

static void units_below(struct board *b, size_t node)
{
    const struct round *r = b->s.r;
    size_t *nodes = arena_array(b->w->a, r->n_nodes + 1, sizeof *nodes), n = 0;
    for (size_t i = node + 1, end = round_node_end(r, node); i < end; i++)
        if (r->nodes[i].up == (ptrdiff_t)node) nodes[n++] = i;
    if (n == 0) return;
    doc_heading(b->out, M("Units next below"));
    board_table(b, "units", nodes, n);
}

static enum err one_board(struct board *b, size_t node)
{
    const struct node *n = node_at(b, node);
    struct step_row *history;
    size_t n_history;
    ptrdiff_t shut = n->up < 0 ? -1 : way_shut(b->s.r, (size_t)n->up);
    enum err e = steps_of(b->w, b->s.r->id, n->org, &history, &n_history);
    if (e != OK) return e;
    doc_title(b->out, M("The way of the figures: %1"), lang_pick(b->out->lang, n->name_ja, n->name_en));
    one_facts(b, node);
    tell_query(b, node);
    steps_table(b, node, history, n_history);
    if (shut >= 0)
        doc_text(b->out, M("'%1' is at the stage '%2', so nothing is changed here."),
                 lang_pick(b->out->lang, node_at(b, (size_t)shut)->name_ja, node_at(b, (size_t)shut)->name_en),
                 tr(b->out->lang, stage_words(node_at(b, (size_t)shut)->stage)));
    step_forms(b, node);
    units_below(b, node);
    history_table(b, node, history, n_history);
    return showing_notes(&b->s, b->out);
}

enum err inspect_view_way(struct work *w, const struct args *in, struct doc *out)
{
    struct board b = {.w = w, .out = out};
    enum err e = showing_load(w, in, 1, AS_IT_STANDS, &b.s);
    if (e == OK) e = stages_seen(w, b.s.r->id, &b.stages, &b.n_stages);
    if (e == OK) e = steps_latest(w, b.s.r->id, &b.last, &b.n_last);
    if (e != OK) return e;
    if (b.s.r->n_nodes == 0)
        return fault(w, NOTFOUND, M("round '%1' asks no organisation that your post reaches"), b.s.r->code);
    if (b.s.node >= 0) return one_board(&b, (size_t)b.s.node);
    return b.s.r->nodes[0].depth == 0 && b.s.r->n_nodes > 1 ? whole_board(&b) : one_board(&b, 0);
}
