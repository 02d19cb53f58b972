/* plan pictures, picture: how things are to stand in the last year of a basic plan, and how far that was reached. */
#include "plan/basic.h"
#include "plan/evidence.h"
#include "plan/forms.h"

#define PLAN_PARAM {"plan", P_CODE, 0, NULL, NULL, N("the basic plan, by its code; without it, the newest"), "plan list"}

const struct param plan_pictures_params[] = {
    PLAN_PARAM,
    {"area", P_CODE, 0, NULL, NULL, N("only those of one area, by its key")},
    {"state", P_ENUM, 0, "attained partly not unknown open", NULL, N("only those judged so; open: not judged yet")},
    {0}};
const struct param plan_picture_params[] = {PLAN_PARAM, {"no", P_CODE, REQUIRED, NULL, NULL, N("the picture, by its key")}, {0}};

enum { OPEN_STATE = JUDGED_STATES, STATES };
struct looking {
    struct work *w;
    struct doc *out;
    struct plan p;
    struct plan_item *items;
    struct judgement *judged;
    struct area_measure *measures;
    size_t n, n_judged, n_measures;
    bool seen;
};

static enum err looking_load(struct looking *x, const struct args *in)
{
    enum err e = plan_basic_wanted(x->w, in, &x->p);
    if (e == OK) e = plan_items(x->w, x->p.edition, WITH_TEXT | WITH_LINKS, &x->items, &x->n);
    if (e == OK) e = area_measures(x->w, &x->p, 0, &x->measures, &x->n_measures);
    if (e != OK) return e;
    x->seen = judged_seen(x->w, &x->p);
    return x->seen ? judgements_of(x->w, &x->p, &x->judged, &x->n_judged) : OK;
}

static const struct judgement *judgement_of(const struct looking *x, const struct plan_item *item)
{
    return judgement_in(x->judged, x->n_judged, item->key, 0);
}

/* Of a picture: 0 … 3 as judged, else open. */
static size_t state_of(const struct looking *x, const struct plan_item *item)
{
    const struct judgement *j = judgement_of(x, item);
    for (size_t i = 0; j != NULL && i < JUDGED_STATES; i++)
        if (str_eq(j->state, str_of(judged_codes[i]))) return i;
    return OPEN_STATE;
}

static str state_code(size_t state) { return state == OPEN_STATE ? S("open") : str_of(judged_codes[state]); }

static struct cell state_cell(size_t state)
{
    return enum_words_cell(state_code(state), state == OPEN_STATE ? M("Not judged yet") : judged_label(state));
}

static const struct plan_item *area_item(const struct looking *x, str area)
{
    for (size_t i = 0; i < x->n; i++)
        if (x->items[i].kind == ITEM_AREA && str_eq(x->items[i].key, area)) return &x->items[i];
    return NULL;
}

static struct cell area_cell(const struct looking *x, str area)
{
    const struct plan_item *item = area_item(x, area);
    return item == NULL ? enum_named_cell(area, area, area) : enum_named_cell(area, item->title_ja, item->title_en);
}

/* ---- all ---- */

static void counted(const struct looking *x, str area, int64_t count[STATES], int64_t *evidence)
{
    *evidence = 0;
    for (size_t i = 0; i < STATES; i++) count[i] = 0;
    for (size_t i = 0; i < x->n; i++) {
        const struct plan_item *item = &x->items[i];
        if (item->kind != ITEM_PICTURE || (area.n != 0 && !str_eq(item->area, area))) continue;
        const struct judgement *j = judgement_of(x, item);
        count[state_of(x, item)]++;
        *evidence += j == NULL ? 0 : (int64_t)j->n_evidence;
    }
}

static int64_t sum(const int64_t *count, size_t n)
{
    int64_t all = 0;
    for (size_t i = 0; i < n; i++) all += count[i];
    return all;
}

static void head(const struct looking *x)
{
    static const struct column columns[] = {
        {"state", CELL_ENUM, N("How far it was reached"), 0, NULL, NULL},
        {"pictures", CELL_INT, N("Pictures"), 0, NULL, NULL},
    };
    int64_t count[STATES], evidence;
    enum lang lang = x->out->lang;
    counted(x, (str){"", 0}, count, &evidence);
    doc_title(x->out, M("%1: pictures of the last year"), lang_pick(lang, x->p.title_ja, x->p.title_en));
    doc_lead(x->out, M("%1, %2, from %3 to %4"), x->p.code, lang_pick(lang, x->p.org_ja, x->p.org_en),
             lang_date(x->w->a, lang, x->p.since), lang_date(x->w->a, lang, x->p.until));
    doc_fact(x->out, "pictures", M("Pictures"), C_INT(sum(count, STATES)));
    if (!x->seen || sum(count, STATES) == 0) return;
    doc_fact(x->out, "judged", M("Judged"), C_INT(sum(count, JUDGED_STATES)));
    doc_fact(x->out, "evidence", M("Pieces of evidence"), C_INT(evidence));
    doc_show(x->out, &(struct show){.kind = SHOW_PARTS, .label = "state", .values = {"pictures"}, .alone = true});
    DOC_TABLE(x->out, "picture_states", columns);
    for (size_t i = 0; i < STATES; i++) DOC_ROW(x->out, state_cell(i), C_INT(count[i]));
    doc_table_end(x->out);
}

static void areas(const struct looking *x)
{
    static const struct column columns[] = {
        {"area", CELL_ENUM, N("Area"), 0, "plan areas", "area"},
        {"pictures", CELL_INT, N("Pictures"), 0, NULL, NULL},
        {"attained", CELL_INT, N("Attained"), 0, NULL, NULL},
        {"partly", CELL_INT, N("Partly attained"), 0, NULL, NULL},
        {"not", CELL_INT, N("Not attained"), 0, NULL, NULL},
        {"unknown", CELL_INT, N("Cannot be said"), 0, NULL, NULL},
        {"open", CELL_INT, N("Not judged yet"), 0, NULL, NULL},
        {"evidence", CELL_INT, N("Pieces of evidence"), 0, NULL, NULL},
        {"measures", CELL_INT, N("Measures"), 0, NULL, NULL},
        {"done", CELL_INT, N("Measures done"), COL_DATA, NULL, NULL},
        {"plan", CELL_TEXT, N("Plan"), COL_DATA, NULL, "plan"},
    };
    doc_heading(x->out, M("By area"));
    DOC_TABLE(x->out, "pictures_by_area", columns);
    for (size_t i = 0; i < x->n; i++) {
        int64_t count[STATES], evidence, measures[MEASURE_STATUSES];
        if (x->items[i].kind != ITEM_AREA) continue;
        counted(x, x->items[i].key, count, &evidence);
        area_counts(x->measures, x->n_measures, x->items[i].key, measures);
        struct cell row[] = {area_cell(x, x->items[i].key), C_INT(sum(count, STATES)), C_NONE, C_NONE, C_NONE, C_NONE, C_NONE, C_NONE,
                             C_INT(sum(measures, MEASURE_STATUSES)), C_INT(measures[1]), C_TEXT(x->p.code)};
        for (size_t s = 0; x->seen && s < STATES; s++) row[2 + s] = C_INT(count[s]);
        if (x->seen) row[2 + STATES] = C_INT(evidence);
        doc_row(x->out, row);
    }
    doc_table_end(x->out);
}

static bool asked_for(const struct looking *x, const struct args *in, const struct plan_item *item)
{
    str area = arg_text(in, "area"), state = arg_text(in, "state");
    if (item->kind != ITEM_PICTURE || (area.n != 0 && !str_eq(item->area, area))) return false;
    return state.n == 0 || !x->seen || str_eq(state, state_code(state_of(x, item)));
}

static void pictures(const struct looking *x, const struct args *in)
{
    static const struct column columns[] = {
        {"area", CELL_ENUM, N("Area"), 0, NULL, NULL},
        {"no", CELL_ENUM, N("No."), 0, "plan picture", "no"},
        {"title", CELL_TEXT, N("Picture"), 0, NULL, NULL},
        {"state", CELL_ENUM, N("How far it was reached"), 0, NULL, NULL},
        {"judgement", CELL_TEXT, N("Judgement"), 0, NULL, NULL},
        {"evidence", CELL_INT, N("Pieces of evidence"), 0, NULL, NULL},
        {"text", CELL_TEXT, N("Text"), COL_DATA, NULL, NULL},
        {"judged", CELL_TIME, N("Judged on"), COL_DETAIL, NULL, NULL},
        {"plan", CELL_TEXT, N("Plan"), COL_DATA, NULL, "plan"},
    };
    doc_heading(x->out, M("Pictures"));
    doc_show(x->out, &(struct show){.kind = SHOW_CARDS, .label = "title"});
    DOC_TABLE(x->out, "pictures", columns);
    for (size_t i = 0; i < x->n; i++) {
        const struct plan_item *item = &x->items[i];
        if (!asked_for(x, in, item)) continue;
        const struct judgement *j = judgement_of(x, item);
        str no = item->code.n == 0 ? item->key : item->code;
        DOC_ROW(x->out, area_cell(x, item->area), enum_named_cell(item->key, no, no),
                both_cell(item->title_ja, item->title_en.n == 0 ? item->title_ja : item->title_en),
                x->seen ? state_cell(state_of(x, item)) : C_NONE, j == NULL ? C_NONE : C_TEXT(j->text),
                j == NULL ? C_NONE : C_INT((int64_t)j->n_evidence), both_cell(item->text_ja, item->text_en),
                j == NULL ? C_NONE : C_TIME(j->at), C_TEXT(x->p.code));
    }
    doc_table_end(x->out);
}

static void all_evidence(const struct looking *x, const struct args *in)
{
    struct evidence_line *e = arena_array(x->w->a, x->n_judged * EVIDENCE_MAX + 1, sizeof *e);
    size_t n = 0;
    for (size_t i = 0; i < x->n; i++) {
        const struct judgement *j = asked_for(x, in, &x->items[i]) ? judgement_of(x, &x->items[i]) : NULL;
        for (size_t k = 0; j != NULL && k < j->n_evidence; k++) e[n++] = (struct evidence_line){&x->items[i], j->evidence[k]};
    }
    evidence_table(x->out, "evidence", M("Evidence"), e, n);
}

static bool has_pictures(const struct looking *x)
{
    for (size_t i = 0; i < x->n; i++)
        if (x->items[i].kind == ITEM_PICTURE) return true;
    return false;
}

enum err plan_view_pictures(struct work *w, const struct args *in, struct doc *out)
{
    struct looking x = {.w = w, .out = out};
    enum err e = looking_load(&x, in);
    if (e != OK) return e;
    head(&x);
    if (!has_pictures(&x)) {
        doc_text(out, M("The plan '%1' has no pictures of its last year: items of the kind 'picture' are its pictures."), x.p.code);
        return OK;
    }
    areas(&x);
    pictures(&x, in);
    all_evidence(&x, in);
    if (!x.seen) doc_note(out, M("How far they were reached is told by the evaluation that is published."));
    return OK;
}

/* ---- one ---- */

static const struct plan_item *goal_of(const struct looking *x, str area)
{
    for (size_t i = 0; i < x->n; i++)
        if (x->items[i].kind == ITEM_GOAL && str_eq(x->items[i].area, area)) return &x->items[i];
    return NULL;
}

static void what_it_is(const struct looking *x, const struct plan_item *item)
{
    static const struct column columns[] = {
        {"what", CELL_TEXT, N("What"), 0, NULL, NULL},
        {"text", CELL_TEXT, N("Text"), 0, NULL, NULL},
    };
    const struct plan_item *goal = goal_of(x, item->area);
    const struct judgement *j = judgement_of(x, item);
    doc_title(x->out, M("%1"), lang_pick(x->out->lang, item->title_ja, item->title_en));
    struct cell area = area_cell(x, item->area);
    doc_lead(x->out, M("%1, %2, %3"), lang_pick(x->out->lang, x->p.title_ja, x->p.title_en), lang_pick(x->out->lang, area.ja, area.en),
             item->code.n == 0 ? item->key : item->code);
    if (x->seen) doc_fact(x->out, "state", M("How far it was reached"), state_cell(state_of(x, item)));
    doc_show(x->out, &(struct show){.kind = SHOW_PAIRS, .label = "what", .detail = "text", .alone = true});
    DOC_TABLE(x->out, "one_picture", columns);
    DOC_ROW(x->out, words_cell(M("Area")), both_cell(area.ja, area.en));
    if (goal != NULL) DOC_ROW(x->out, words_cell(M("Goal")), both_cell(goal->text_ja, goal->text_en));
    DOC_ROW(x->out, words_cell(M("Picture")), both_cell(item->text_ja, item->text_en));
    if (j != NULL) DOC_ROW(x->out, words_cell(M("Judgement")), C_TEXT(j->text));
    doc_table_end(x->out);
}

static void judging_form(const struct looking *x, const struct plan_item *item)
{
    const struct judgement *j = judgement_of(x, item);
    str text = j == NULL ? S("") : j->text;
    str evidence = j == NULL ? S("") : evidence_text(x->w->a, j->evidence, j->n_evidence);
    str state = j == NULL ? S("") : j->state;
    const struct form_field fields[] = {
        {"state", "enum", M("How far it was reached"), true, state, judged_codes, judged_label},
        {"text", "long", M("Why it is judged so"), true, text},
        {"evidence", "long", M("Evidence, a line each: series:CODE, measure:PLAN/NO …"), false, evidence}};
    if (!plan_mine(x->w, &x->p)) return;
    if (j == NULL) doc_heading(x->out, M("Judge it"));
    plan_field_form(x->out,
               &(struct form){.act = "plan judge",
                              .title = j == NULL ? (str){"", 0} : M("Judge it anew"),
                              .given = {{"plan", x->p.code},
                                        {"no", item->key},
                                        {"revision", str_int(x->w->a, j == NULL ? 0 : j->revision)}},
                              .folded = j != NULL},
               "judgement_form", fields, 3);
}

static enum err history(const struct looking *x, const struct plan_item *item)
{
    static const struct column columns[] = {
        {"at", CELL_TIME, N("Time"), 0, NULL, NULL},
        {"state", CELL_ENUM, N("How far it was reached"), 0, NULL, NULL},
        {"text", CELL_TEXT, N("Judgement"), 0, NULL, NULL},
        {"evidence", CELL_TEXT, N("Evidence"), 0, NULL, NULL},
    };
    struct judgement *all;
    size_t n;
    enum err e = judgement_history(x->w, &x->p, item->key, 0, &all, &n);
    if (e != OK || n < 2) return e;
    doc_heading(x->out, M("Judgements so far"));
    doc_show(x->out, &(struct show){.kind = SHOW_CARDS, .label = "at"});
    DOC_TABLE(x->out, "judgements", columns);
    for (size_t i = 0; i < n; i++)
        DOC_ROW(x->out, C_TIME(all[i].at), judged_cell(all[i].state), C_TEXT(all[i].text),
                text_cell(evidence_text(x->w->a, all[i].evidence, all[i].n_evidence)));
    doc_table_end(x->out);
    return OK;
}

static void own_evidence(const struct looking *x, const struct plan_item *item)
{
    struct evidence_line *e = arena_array(x->w->a, EVIDENCE_MAX + item->n_links + 1, sizeof *e);
    const struct judgement *j = judgement_of(x, item);
    size_t n = 0;
    for (size_t k = 0; j != NULL && k < j->n_evidence; k++) e[n++] = (struct evidence_line){item, j->evidence[k]};
    evidence_table(x->out, "evidence", M("Evidence"), e, n);
    n = 0;
    for (size_t k = 0; k < item->n_links; k++) e[n++] = (struct evidence_line){item, item->link[k].target};
    evidence_table(x->out, "measured_by", M("What it is measured by"), e, n);
}

enum err plan_view_picture(struct work *w, const struct args *in, struct doc *out)
{
    struct looking x = {.w = w, .out = out};
    str key = arg_text(in, "no");
    enum err e = looking_load(&x, in);
    if (e != OK) return e;
    for (size_t i = 0; i < x.n; i++) {
        if (x.items[i].kind != ITEM_PICTURE || !str_eq(x.items[i].key, key)) continue;
        what_it_is(&x, &x.items[i]);
        judging_form(&x, &x.items[i]);
        own_evidence(&x, &x.items[i]);
        return x.seen ? history(&x, &x.items[i]) : OK;
    }
    return fault_in(w, NOTFOUND, ((struct where){.field = S("no")}),
                    M("'%2' of the plan '%1' is no picture: `meguri plan pictures` lists them"), x.p.code, key);
}
