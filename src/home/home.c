/* The home page: one view, of blocks that a post sees or does not. */
#include "home/home.h"
#include "home/remind_store.h"

#include "base/clock.h"
#include "case/case.h"
#include "inspect/inspect.h"

struct home {
    struct work *w;
    struct doc *out;
    struct round_stage stage;
    struct my_sheet *mine; /* copies */
    size_t n_mine, room;
    struct days days;
};

static bool allowed(const struct home *h, unsigned rights) { return (h->w->actor->rights & rights) != 0; }

/* 令和8年度, FY2026: of the base date. */
static str year_words(struct home *h)
{
    struct arena *a = h->w->a;
    int year = fiscal_year(h->stage.base);
    int64_t april;
    if (h->out->lang != LANG_JA || !date_parse(str_fmt(a, "%04d-05-01", year), &april)) return str_fmt(a, "FY%d", year);
    str era = date_era(a, april);
    return str_fmt(a, "%.*s年度", (int)str_find(era, S("年")), era.p);
}

static str day_words(struct home *h, int64_t day)
{
    return lang_date(h->w->a, h->out->lang, day);
}

/* ---- where we are ---- */
static void words(struct home *h)
{
    const struct round_stage *s = &h->stage;
    int64_t now = today(h->w);
    doc_title(h->out, M("The self-inspection of %1 is at the stage '%2'"), year_words(h),
              tr(h->out->lang, s->phase[s->now].name));
    if (s->open && s->has_due && now <= s->due)
        doc_lead(h->out, M("%1 · %2 working days until sheets are due"), day_words(h, now),
                 str_int(h->w->a, days_between(&h->days, now, s->due)));
    else if (s->open && s->has_due)
        doc_lead(h->out, M("%1 · sheets were due on %2"), day_words(h, now), day_words(h, s->due));
    else doc_lead(h->out, M("%1"), day_words(h, now));
}

static struct cell until_words(struct home *h, const struct phase *p)
{
    const str args[] = {str_int(h->w->a, days_between(&h->days, today(h->w), p->until))};
    if (!str_eq(p->state, S("now")) || p->until < today(h->w)) return C_NONE;
    return C_BOTH(tr_fill(h->w->a, LANG_JA, M("%1 working days left"), args, 1),
                  tr_fill(h->w->a, LANG_EN, M("%1 working days left"), args, 1));
}

static enum err cycle(struct home *h)
{
    static const struct column columns[] = {
        {"phase", CELL_ENUM, N("Stage"), 0, NULL, NULL},  {"from", CELL_DATE, N("From"), 0, NULL, NULL},
        {"until", CELL_DATE, N("Until"), 0, NULL, NULL},  {"state", CELL_ENUM, N("State"), 0, NULL, NULL},
        {"planned", CELL_BOOL, N("Planned"), COL_DETAIL, NULL, NULL},
        {"left", CELL_TEXT, N("Left"), COL_DETAIL, NULL, NULL},
    };
    struct doc *out = h->out;
    doc_grid(out, "side");
    doc_heading(out, M("This year's round"));
    doc_show(out, &(struct show){.kind = SHOW_RING, .label = "phase", .from = "from", .until = "until",
                                 .state = "state", .detail = "left"});
    DOC_TABLE(out, "cycle", columns);
    for (size_t i = 0; i < PHASES; i++) {
        const struct phase *p = &h->stage.phase[i];
        DOC_ROW(out, C_ENUM(p->name), C_DATE(p->from), C_DATE(p->until), C_ENUM(p->state), C_BOOL(p->planned),
                until_words(h, p));
    }
    doc_table_end(out);
    doc_grid(out, "next");
    doc_heading(out, M("Coming dates"));
    enum err e = inspect_dates_block(h->w, h->stage.code, out);
    if (e == OK) e = home_year(h->w, out);
    doc_grid(out, "end");
    return e;
}

/* ---- what is mine ---- */
static str kept(struct home *h, str s) { return str_dup(h->w->a, s); }

static enum err keep_mine(void *to, const struct my_sheet *x)
{
    struct home *h = to;
    h->mine = arena_more(h->w->a, h->mine, h->n_mine, &h->room, sizeof *h->mine);
    struct my_sheet *m = &h->mine[h->n_mine++];
    *m = *x;
    str *const texts[] = {&m->round, &m->round_ja, &m->round_en, &m->respondent, &m->duty,
                          &m->org,   &m->org_ja,   &m->org_en,   &m->state,  &m->returned};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) *texts[i] = kept(h, *texts[i]);
    return OK;
}

static struct cell both_words(str code, str id)
{
    return (struct cell){.type = CELL_TEXT, .text = code, .ja = tr(LANG_JA, id), .en = tr(LANG_EN, id)};
}

static bool open_for_me(const struct my_sheet *m)
{
    return str_eq(m->state, S("none")) || str_eq(m->state, S("draft")) || str_eq(m->state, S("returned")) ||
           str_eq(m->state, S("entered-for-you"));
}

static struct cell go_on(const struct my_sheet *m)
{
    str words = str_eq(m->state, S("none"))              ? M("Begin")
                : str_eq(m->state, S("entered-for-you")) ? M("Check and submit")
                : open_for_me(m)                         ? M("Go on")
                                                         : M("Look at it");
    return both_words(m->respondent, words);
}

static void my_sheets(struct home *h)
{
    static const struct column columns[] = {
        {"duty", CELL_ENUM, N("Duty"), 0, NULL, NULL},
        {"org", CELL_ORG, N("Organisation"), 0, NULL, NULL},
        {"questions", CELL_INT, N("Questions"), COL_DATA, NULL, NULL},
        {"progress", CELL_RATE, N("Answered so far"), COL_BAR, NULL, NULL, NULL, "questions"},
        {"due", CELL_DATE, N("Due"), 0, NULL, NULL},
        {"state", CELL_ENUM, N("State"), 0, NULL, NULL},
        {"respondent", CELL_TEXT, N("Sheet"), 0, "inspect sheet", "respondent"},
        {"round", CELL_TEXT, N("Round"), COL_DATA, "inspect round", "round"},
    };
    struct doc *out = h->out;
    doc_heading(out, M("My sheets (%1)"), str_int(h->w->a, (int64_t)h->n_mine));
    if (h->n_mine == 0) {
        doc_text(out, M("No sheet of yours is asked for now. When a round asks one of your posts, it appears here."));
        return;
    }
    doc_show(out, &(struct show){.kind = SHOW_CARDS, .label = "duty"});
    DOC_TABLE(out, "sheets", columns);
    for (size_t i = 0; i < h->n_mine; i++) {
        const struct my_sheet *m = &h->mine[i];
        struct rate done = m->questions <= 0 ? (struct rate){0}
                                             : (struct rate){true, (double)m->answered / (double)m->questions,
                                                             (int32_t)(m->answered * 1000 / m->questions), m->answered,
                                                             m->questions};
        DOC_ROW(out, C_ENUM(m->duty), C_ORG(m->org, m->org_ja, m->org_en, 0), C_INT(m->questions), C_RATE(done),
                m->has_due ? C_DATE(m->due) : C_NONE,
                C_ENUM(m->overdue && open_for_me(m) && m->returned.n == 0 ? S("overdue")
                       : str_eq(m->state, S("none")) ? S("not-begun")
                                                     : m->state),
                go_on(m), C_TEXT(m->round));
    }
    doc_table_end(out);
}

/* ---- what presses ---- */
static void overdue_rows(struct home *h)
{
    struct arena *a = h->w->a;
    for (size_t i = 0, told = 0; i < h->n_mine && told < 3; i++) {
        const struct my_sheet *m = &h->mine[i];
        if (!m->overdue || !open_for_me(m)) continue;
        const str days[] = {str_int(a, days_between(&h->days, m->due, today(h->w))), day_words(h, m->due),
                            str_int(a, m->answered), str_int(a, m->questions)};
        const str what[] = {tr(h->out->lang, m->duty), lang_pick(h->out->lang, m->org_ja, m->org_en)};
        told++;
        DOC_ROW(h->out, C_TEXT(tr_fill(a, h->out->lang, M("Your sheet as %1, %2"), what, 2)),
                C_TEXT(tr_fill(a, h->out->lang, M("%1 working days overdue (due %2); %3 of %4 questions answered."),
                               days, 4)),
                C_ENUM(S("late")), go_on(m), C_TEXT(m->round));
    }
}

static void overdue(struct home *h)
{
    static const struct column columns[] = {
        {"what", CELL_TEXT, N("What"), 0, NULL, NULL},
        {"detail", CELL_TEXT, N("Detail"), 0, NULL, NULL},
        {"state", CELL_ENUM, N("State"), COL_DETAIL, NULL, NULL},
        {"respondent", CELL_TEXT, N("Sheet"), 0, "inspect sheet", "respondent"},
        {"round", CELL_TEXT, N("Round"), COL_DATA, NULL, "round"},
    };
    size_t n = 0;
    for (size_t i = 0; i < h->n_mine; i++) n += h->mine[i].overdue && open_for_me(&h->mine[i]);
    if (n == 0) return;
    doc_heading(h->out, M("Overdue (%1)"), str_int(h->w->a, (int64_t)n));
    doc_show(h->out, &(struct show){.kind = SHOW_CALLS, .label = "what", .detail = "detail", .state = "state",
                                    .alone = true});
    DOC_TABLE(h->out, "overdue", columns);
    overdue_rows(h);
    doc_table_end(h->out);
}

static void returned_rows(struct home *h)
{
    for (size_t i = 0; i < h->n_mine; i++) {
        const struct my_sheet *m = &h->mine[i];
        const str what[] = {tr(h->out->lang, m->duty), lang_pick(h->out->lang, m->org_ja, m->org_en)};
        if (m->returned.n != 0)
            DOC_ROW(h->out, C_TEXT(tr_fill(h->w->a, h->out->lang, M("Your sheet as %1, %2"), what, 2)), C_TEXT(m->returned),
                    C_ENUM(S("lack")), go_on(m), C_TEXT(m->round));
    }
}

static void returned(struct home *h)
{
    static const struct column columns[] = {
        {"what", CELL_TEXT, N("What"), 0, NULL, NULL},
        {"detail", CELL_TEXT, N("Reason"), 0, NULL, NULL},
        {"state", CELL_ENUM, N("State"), COL_DETAIL, NULL, NULL},
        {"respondent", CELL_TEXT, N("Sheet"), 0, "inspect sheet", "respondent"},
        {"round", CELL_TEXT, N("Round"), COL_DATA, NULL, "round"},
    };
    size_t n = 0;
    for (size_t i = 0; i < h->n_mine; i++) n += h->mine[i].returned.n != 0;
    if (n == 0) return;
    doc_heading(h->out, M("Given back, to be looked at again (%1)"), str_int(h->w->a, (int64_t)n));
    doc_show(h->out, &(struct show){.kind = SHOW_CALLS, .label = "what", .detail = "detail", .state = "state", .alone = true});
    DOC_TABLE(h->out, "returned", columns);
    returned_rows(h);
    doc_table_end(h->out);
}

/* ---- the way upward ---- */
struct way_calls {
    struct home *h;
    int64_t n;
};

static str way_detail(const struct home *h, const struct way_waiting *x)
{
    const str missing[] = {str_int(h->w->a, x->missing)};
    if (x->why.n != 0) return x->why;
    if (x->missing > 0) return tr_fill(h->w->a, h->out->lang, M("Nothing waits to be confirmed; of %1 nothing was handed in."), missing, 1);
    if (str_eq(x->what, S("close")) || str_eq(x->what, S("head"))) return tr(h->out->lang, M("All sheets are confirmed."));
    return (str){0};
}

static enum err way_call(void *to, const struct way_waiting *x)
{
    static const struct {
        str what, one;
    } calls[] = {
        {S_INIT("close"), N("%1 can be closed")},
        {S_INIT("head"), N("The figures of %1 wait for the approval of the head")},
        {S_INIT("chief"), N("The figures of %1 wait for your approval as the second person")},
        {S_INIT("send"), N("The figures of %1 are approved and can be sent to the centre")},
        {S_INIT("query"), N("The centre asks about the figures of %1")},
        {S_INIT("accept"), N("The figures of %1 were sent and wait to be accepted")},
    };
    static const struct column columns[] = {
        {"what", CELL_TEXT, N("What"), 0, NULL, NULL},
        {"detail", CELL_TEXT, N("Detail"), 0, NULL, NULL},
        {"state", CELL_ENUM, N("State"), COL_DETAIL, NULL, NULL},
        {"org", CELL_TEXT, N("Open"), 0, "inspect way", "org"},
        {"round", CELL_TEXT, N("Round"), COL_DATA, NULL, "round"},
    };
    struct way_calls *c = to;
    struct home *h = c->h;
    size_t i = 0;
    while (i + 1 < sizeof calls / sizeof *calls && !str_eq(calls[i].what, x->what)) i++;
    const str name[] = {lang_pick(h->out->lang, x->org_ja, x->org_en)}, many[] = {str_int(h->w->a, x->n)};
    str what = x->org.n != 0 ? tr_fill(h->w->a, h->out->lang, calls[i].one, name, 1)
                             : tr_fill(h->w->a, h->out->lang, M("The figures of %1 organisations were sent and wait to be accepted"), many, 1);
    str detail = way_detail(h, x);
    if (c->n++ == 0) {
        doc_heading(h->out, M("Waiting for your decision"));
        doc_show(h->out, &(struct show){.kind = SHOW_CALLS, .label = "what", .detail = "detail", .state = "state", .alone = true});
        DOC_TABLE(h->out, "way_waiting", columns);
    }
    DOC_ROW(h->out, C_TEXT(what), text_cell(detail), C_ENUM(str_eq(x->what, S("query")) ? S("lack") : S("wait")),
            both_words(x->org, M("Look at it")), C_TEXT(h->stage.code));
    return OK;
}

static enum err my_way(struct home *h)
{
    struct way_calls c = {h, 0};
    enum err e = h->stage.open ? inspect_way_waiting(h->w, h->stage.code, way_call, &c) : OK;
    if (e == OK && c.n > 0) doc_table_end(h->out);
    return e;
}

/* ---- cases ---- */
static enum err cases(struct home *h)
{
    static const struct column columns[] = {
        {"what", CELL_TEXT, N("What"), 0, NULL, NULL},
        {"detail", CELL_TEXT, N("Detail"), 0, NULL, NULL},
        {"state", CELL_ENUM, N("State"), COL_DETAIL, NULL, NULL},
        {"list", CELL_TEXT, N("Open"), 0, "case list", NULL},
    };
    struct case_waiting n;
    struct arena *a = h->w->a;
    enum err e = case_waiting(h->w, &n);
    if (e != OK || n.waiting == 0) return e;
    const str waiting[] = {str_int(a, n.waiting)}, overdue[] = {str_int(a, n.overdue)};
    doc_show(h->out, &(struct show){.kind = SHOW_CALLS, .label = "what", .detail = "detail", .state = "state", .alone = true});
    DOC_TABLE(h->out, "cases", columns);
    DOC_ROW(h->out, C_TEXT(tr_fill(a, h->out->lang, M("%1 cases wait for you"), waiting, 1)),
            n.overdue == 0 ? C_NONE : C_TEXT(tr_fill(a, h->out->lang, M("%1 of them are overdue."), overdue, 1)),
            C_ENUM(n.overdue != 0 ? S("late") : S("wait")), both_words(S(""), M("Open the list of cases")));
    doc_table_end(h->out);
    return OK;
}

static enum err waiting(struct home *h)
{
    enum err e = cases(h);
    if (e == OK) e = home_plans(h->w, h->out);
    if (e == OK) e = home_drafts(h->w, h->out);
    return e == OK ? home_reports(h->w, h->out) : e;
}

/* ---- urgent surveys ---- */
struct surveys {
    struct home *h;
    size_t n;
};

static str survey_detail(const struct survey_waiting *x)
{
    if (!x->services) return x->whole ? M("By %1, %2: %3 of %4 systems are answered for.") : M("By %1, %2: %3 of your systems wait for an answer.");
    if (x->systems == 0) return M("By %1, %2: nothing is answered yet.");
    return x->whole ? M("By %1, %2: %3 of %4 essential services are answered for.") : M("By %1, %2: %3 of your services wait for an answer.");
}

static void surveys_begin(struct doc *out, str heading)
{
    static const struct column columns[] = {
        {"what", CELL_TEXT, N("What"), 0, NULL, NULL},
        {"detail", CELL_TEXT, N("Detail"), 0, NULL, NULL},
        {"state", CELL_ENUM, N("State"), COL_DETAIL, NULL, NULL},
        {"survey", CELL_TEXT, N("Answer"), 0, "inspect survey-form", "survey"},
    };
    doc_heading(out, heading);
    doc_show(out, &(struct show){.kind = SHOW_CALLS, .label = "what", .detail = "detail", .state = "state", .alone = true});
    DOC_TABLE(out, "surveys", columns);
}

static enum err survey_row(void *to, const struct survey_waiting *x)
{
    struct surveys *s = to;
    struct home *h = s->h;
    enum { HOUR = 3600 };
    int64_t here = x->due + JAPAN;
    str hour = str_fmt(h->w->a, "%d:%02d", (int)(here % DAY / HOUR), (int)(here % HOUR / 60));
    const str title[] = {lang_pick(h->out->lang, x->title_ja, x->title_en)};
    const str how[] = {day_words(h, here / DAY), hour, str_int(h->w->a, x->whole ? x->answered : x->mine), str_int(h->w->a, x->systems)};
    if (s->n++ == 0) surveys_begin(h->out, x->services ? M("Surveys") : M("Urgent surveys"));
    DOC_ROW(h->out, C_TEXT(tr_fill(h->w->a, h->out->lang, x->services ? M("Survey: %1") : M("Urgent survey: %1"), title, 1)),
            C_TEXT(tr_fill(h->w->a, h->out->lang, survey_detail(x), how, 4)),
            C_ENUM(x->overdue ? S("late") : S("lack")), both_words(x->survey, M("Answer")));
    return OK;
}

static enum err surveys(struct home *h)
{
    struct surveys s = {h, 0};
    enum err e = inspect_surveys_waiting(h->w, survey_row, &s);
    if (s.n != 0) doc_table_end(h->out);
    return e;
}

/* ---- my unit ---- */
static void unit_parts(struct home *h, const struct org *org, const struct unit_counts *n)
{
    static const struct column columns[] = {{"state", CELL_ENUM, N("State"), 0, NULL, NULL},
                                            {"sheets", CELL_INT, N("Sheets"), 0, NULL, NULL}};
    static const struct column link[] = {
        {"what", CELL_TEXT, N("What"), 0, NULL, NULL},
        {"detail", CELL_TEXT, N("Detail"), 0, NULL, NULL},
        {"state", CELL_ENUM, N("State"), COL_DETAIL, NULL, NULL},
        {"org", CELL_TEXT, N("Open"), 0, "inspect unit", "org"},
        {"round", CELL_TEXT, N("Round"), COL_DATA, NULL, "round"},
    };
    struct doc *out = h->out;
    struct arena *a = h->w->a;
    doc_show(out, &(struct show){.kind = SHOW_PARTS, .label = "state", .values = {"sheets"}, .alone = true});
    DOC_TABLE(out, "unit", columns);
    DOC_ROW(out, C_ENUM(S("confirmed")), C_INT(n->confirmed));
    DOC_ROW(out, C_ENUM(S("submitted")), C_INT(n->submitted));
    DOC_ROW(out, C_ENUM(S("draft")), C_INT(n->draft));
    DOC_ROW(out, C_ENUM(S("not-begun")), C_INT(n->none));
    doc_table_end(out);
    const str waits[] = {str_int(a, n->submitted)}, lacks[] = {str_int(a, n->draft + n->none)};
    doc_show(out, &(struct show){.kind = SHOW_CALLS, .label = "what", .detail = "detail", .state = "state",
                                 .alone = true});
    DOC_TABLE(out, "waits", link);
    DOC_ROW(out, C_TEXT(tr_fill(a, out->lang, M("%1 sheets wait to be confirmed"), waits, 1)),
            C_TEXT(tr_fill(a, out->lang, M("Of %1 nothing is submitted."), lacks, 1)),
            C_ENUM(n->submitted > 0 ? S("wait") : S("lack")), both_words(org->code, M("Open the unit's day")),
            C_TEXT(h->stage.code));
    doc_table_end(out);
}

static enum err my_unit(struct home *h)
{
    struct org org;
    struct unit_counts n;
    if (!keeps_unit(h->w->actor->rights) || h->w->actor->org == 0 || !h->stage.open) return OK;
    enum err e = org_by_id(h->w, h->w->actor->org, &org);
    if (e == OK) e = inspect_unit_counts(h->w, h->stage.code, &org, &n);
    if (e != OK) return e;
    int64_t all = n.confirmed + n.submitted + n.draft + n.none;
    if (all == 0) return OK;
    doc_heading(h->out, M("Sheets of %1 (%2)"), lang_pick(h->out->lang, org.name_ja, org.name_en),
                str_int(h->w->a, all));
    unit_parts(h, &org, &n);
    return OK;
}

/* ---- how it stands, and who keeps the house ---- */
/* Over a unit there is nothing to compare: the map is for whoever has organisations below. */
static enum err standing(struct home *h)
{
    bool reads = allowed(h, MAY_READ_RATES) && !keeps_unit(h->w->actor->rights);
    if (h->w->actor->person == 0) reads = true; /* the owner of the database has every right */
    if (!reads || h->w->actor->hi - h->w->actor->lo < 2) return OK;
    bool decides = h->stage.frame_lo != 0 && may(h->w->actor, MAY_FILE | MAY_AUDIT, h->stage.frame_lo);
    int64_t before = h->w->faults.count;
    enum err e = inspect_heat_block(h->w, h->stage.code, decides, h->out);
    if (e != NOTFOUND) return e;
    h->w->faults.count = before; /* the post lies outside the frame of the round */
    return OK;
}

static void reminders(struct home *h)
{
    static const struct column columns[] = {
        {"what", CELL_TEXT, N("What"), 0, NULL, NULL},
        {"reminders", CELL_TEXT, N("Reminders"), 0, "home reminders", NULL},
    };
    if (!allowed(h, MAY_FILE | MAY_ADMINISTER)) return;
    doc_heading(h->out, M("Reminders"));
    DOC_TABLE(h->out, "reminding", columns);
    DOC_ROW(h->out, both_words(S(""), M("Who was reminded, who is next, and who cannot be reached")),
            both_words(S(""), M("Reminders: what went out and what comes next")));
    doc_table_end(h->out);
}

static void house_keeping(struct home *h)
{
    static const struct column columns[] = {
        {"what", CELL_TEXT, N("What"), 0, NULL, NULL},
        {"accounts", CELL_TEXT, N("Accounts"), 0, "account list", NULL},
        {"mail", CELL_TEXT, N("Letters"), 0, "account mail", NULL},
        {"journal", CELL_TEXT, N("Journal"), 0, "journal show", NULL},
    };
    if (!allowed(h, MAY_ADMINISTER)) return;
    doc_heading(h->out, M("Running the house"));
    DOC_TABLE(h->out, "house", columns);
    DOC_ROW(h->out, both_words(S(""), M("Who comes in, what is sent, what was done")),
            both_words(S(""), M("Accounts")), both_words(S(""), M("Letters")),
            both_words(S(""), M("Journal")));
    doc_table_end(h->out);
}

/* ---- the page ---- */
static enum err nothing_yet(struct home *h)
{
    doc_title(h->out, M("No self-inspection is under way"));
    doc_text(h->out, allowed(h, MAY_FILE)
                         ? M("Next: decide an edition of a standard, then open a round with `inspect open`.")
                         : M("When a round is opened that asks one of your posts, your sheet appears here."));
    enum err e = waiting(h);
    if (e == OK) e = home_year(h->w, h->out);
    house_keeping(h);
    return e;
}

/* Who has a sheet to hand in came for that. */
static bool still_to_do(const struct home *h)
{
    for (size_t i = 0; i < h->n_mine; i++)
        if (open_for_me(&h->mine[i])) return true;
    return false;
}

static enum err view_home(struct work *w, const struct args *in, struct doc *out)
{
    struct home h = {.w = w, .out = out};
    (void)in;
    enum err e = inspect_stage(w, &h.stage);
    if (e == NOTFOUND) {
        if ((e = surveys(&h)) != OK) return e;
        return nothing_yet(&h);
    }
    if (e == OK) e = days_load(w, &h.days);
    if (e == OK && w->actor->person != 0) e = inspect_my_sheets(w, keep_mine, &h);
    if (e != OK) return e;
    words(&h);
    if ((e = home_shares(w, out)) != OK || (e = surveys(&h)) != OK) return e; /* a matter of hours: before all else */
    bool first = w->actor->person != 0 && still_to_do(&h); /* also who moved to a post that answers nothing */
    bool answers = first || (allowed(&h, MAY_ANSWER) && w->actor->person != 0);
    returned(&h);
    if (first) overdue(&h);
    if (first) my_sheets(&h);
    if ((e = my_way(&h)) != OK || (e = cycle(&h)) != OK) return e;
    if (!first) overdue(&h);
    if (answers && !first) my_sheets(&h);
    if ((e = waiting(&h)) != OK || (e = my_unit(&h)) != OK || (e = standing(&h)) != OK) return e;
    reminders(&h);
    house_keeping(&h);
    if (!h.stage.open) doc_note(out, M("No round is open; this is the latest that was closed."));
    working_days_note(&h.days, today(w), h.stage.phase[h.stage.now].until, out);
    doc_note(out, M("Dates after the due date are planned ones until the round is closed."));
    return OK;
}

/* ---- about ---- */
static enum err view_about(struct work *w, const struct args *in, struct doc *out)
{
    (void)w, (void)in;
    doc_lead(out, M("meguri %1, free software under the MIT licence"), S(MEGURI_VERSION));
    doc_heading(out, M("Finding one's way"));
    doc_text(out, M("The menu leads to the rooms; each room lists what your post may look at and do. The search at the top "
                    "finds organisations, people and clauses by parts of their names, also in other forms of a character."));
    doc_text(out, M("Every page can be kept as a bookmark, printed on A4, and taken along as DOCX, XLSX, CSV or JSON. The sign ↕ in "
                    "the head of a column sorts by it."));
    doc_heading(out, M("How figures are made"));
    doc_text(out, M("Rates are exact until they are shown, with their denominator beside them, and are never rounded up to "
                    "100.0 or across the limit of a grade. Figures of groups under five are withheld."));
    doc_heading(out, M("What is recorded"));
    doc_text(out, M("Every change, by whom and in which post; who read pages that name persons; when somebody signed in, and "
                    "from where. Drafts of answers are not recorded."));
    doc_heading(out, M("Accessibility"));
    doc_text(out, M("Everything works with the keyboard alone and without JavaScript. Pages are made for WCAG 2.2, level AA, "
                    "at 16 px and more, light and dark; no meaning is by colour alone. Please tell whoever runs this site "
                    "where they fall short."));
    return OK;
}

/* What is left out stays as it is. */
static const struct param settings_params[] = {
    {"sending", P_ENUM, 0, "going paused", NULL, N("whether reminders go out by themselves")},
    {"days", P_TEXT, 0, NULL, NULL, N("working days from the due day on which respondents are told, rising: -10 -3 0 2")},
    {"managers_from", P_TEXT, 0, NULL, NULL, N("from which working day on who confirms is told daily: -3")},
    {"heads", P_ENUM, 0, "weekly never", NULL, N("whether heads get counts on the first working day of a week")},
    {"late_after", P_TEXT, 0, NULL, NULL, N("on which working day after the due day the chief officer is told: 5")},
    {"late_duties", P_TEXT, 0, NULL, NULL, N("codes of the duties that are told then, with blanks between")},
    {"quiet", P_TEXT, 0, NULL, NULL, N("when nothing goes out, by the clock of Japan: 19:00-08:00")},
    {"contact", P_TEXT, 0, NULL, NULL, N("whom to ask for help, as letters say it; at most 500 bytes")},
    {0}};

static const struct entry home_entries[] = {
    VIEW("", N("Where are we in the round?"), MAY_ANYONE, NULL, NULL, view_home),
    VIEW("about", N("About this site"), MAY_ANYONE, NULL, NULL, view_about),
    VIEW("reminders", N("Reminders: what went out and what comes next"), MAY_FILE | MAY_ADMINISTER, NULL, NULL,
         home_view_reminders),
    ACT("remind", N("Remind now, whoever has not handed in"), MAY_FILE, "org",
        PARAMS({"org", P_ORG, 0, NULL, NULL, N("only people of this organisation and below")},
               {"round", P_CODE, 0, NULL, NULL, N("only of this round"), "inspect rounds"}),
        home_act_remind),
    ACT("remind-settings", N("Change when reminders go out"), MAY_ADMINISTER, NULL, settings_params, home_act_settings),
};
const struct room home_room = {.name = "home", .title = N("where are we?"), .entries = home_entries,
                               .n_entries = sizeof home_entries / sizeof home_entries[0],
                               .sql = SQL_SETS(&remind_sql_set), .tick = remind_tick};
