/* plan areas: of each area its goal, the measures of a year, what measures it, and how it was judged. */
#include "plan/basic.h"
#include "plan/evidence.h"
#include "plan/forms.h"

const struct param plan_areas_params[] = {
    {"plan", P_CODE, 0, NULL, NULL, N("the basic plan, by its code; without it, the newest"), "plan list"},
    {"year", P_INT, 0, NULL, NULL, N("the fiscal year; without it, this one, or the nearest of the plan")},
    {"area", P_CODE, 0, NULL, NULL, N("one area whole, by its key")},
    {0}};

struct surveying {
    struct work *w;
    struct doc *out;
    struct plan p;
    int64_t year;
    struct plan_item *items;
    struct judgement *judged;
    struct area_measure *measures;
    size_t n, n_judged, n_measures;
    bool seen;
};

static const str status_labels[MEASURE_STATUSES] = {N("No report yet"), N("① Done"), N("② Under way"), N("③ To be begun"),
                                                    N("④ Outlook unknown")};
static const char *const status_keys[MEASURE_STATUSES] = {"none", "done", "under_way", "to_begin", "unknown"};

static enum err year_of(struct surveying *x, const struct args *in)
{
    int64_t first = fiscal_year(x->p.since), last = fiscal_year(x->p.until), now = fiscal_year(today(x->w));
    x->year = arg_given(in, "year") ? arg_int(in, "year") : now < first ? first : now > last ? last : now;
    if (x->year >= first && x->year <= last) return OK;
    return fault_in(x->w, INVALID, ((struct where){.field = S("year")}), M("the plan '%1' is of the years %2 to %3"), x->p.code,
                    str_int(x->w->a, first), str_int(x->w->a, last));
}

static enum err surveying_load(struct surveying *x, const struct args *in)
{
    enum err e = plan_basic_wanted(x->w, in, &x->p);
    if (e == OK) e = year_of(x, in);
    if (e == OK) e = plan_items(x->w, x->p.edition, WITH_TEXT | WITH_LINKS, &x->items, &x->n);
    if (e == OK) e = area_measures(x->w, &x->p, x->year, &x->measures, &x->n_measures);
    if (e != OK) return e;
    x->seen = judged_seen(x->w, &x->p);
    return x->seen ? judgements_of(x->w, &x->p, &x->judged, &x->n_judged) : OK;
}

static const struct plan_item *goal_of(const struct surveying *x, str area)
{
    for (size_t i = 0; i < x->n; i++)
        if (x->items[i].kind == ITEM_GOAL && str_eq(x->items[i].area, area)) return &x->items[i];
    return NULL;
}

static struct cell titled(const struct plan_item *x)
{
    return enum_named_cell(x->key, x->title_ja, x->title_en);
}

/* What an area, its goal and its pictures are measured by. */
static size_t links_of(const struct surveying *x, str area, struct evidence_line *out)
{
    size_t n = 0;
    for (size_t i = 0; i < x->n; i++) {
        const struct plan_item *item = &x->items[i];
        if (!str_eq(area_of(item), area)) continue;
        for (size_t k = 0; k < item->n_links; k++) {
            if (!str_eq(item->link[k].relation, S("measured-by"))) continue;
            if (out != NULL) out[n] = (struct evidence_line){item, item->link[k].target};
            n++;
        }
    }
    return n;
}

/* ---- all areas ---- */

static void head(const struct surveying *x, const struct plan_item *area)
{
    enum lang lang = x->out->lang;
    str plan = lang_pick(lang, x->p.title_ja, x->p.title_en), year = str_int(x->w->a, x->year);
    if (area == NULL) doc_title(x->out, M("%1: areas in fiscal year %2"), plan, year);
    else doc_title(x->out, M("%1: fiscal year %2"), lang_pick(lang, area->title_ja, area->title_en), year);
    doc_lead(x->out, M("%1, %2, from %3 to %4"), x->p.code, lang_pick(lang, x->p.org_ja, x->p.org_en),
             lang_date(x->w->a, lang, x->p.since), lang_date(x->w->a, lang, x->p.until));
}

static void area_row(const struct surveying *x, const struct plan_item *area)
{
    int64_t count[MEASURE_STATUSES], all = 0;
    const struct plan_item *goal = goal_of(x, area->key);
    const struct judgement *j = judgement_in(x->judged, x->n_judged, area->key, x->year);
    area_counts(x->measures, x->n_measures, area->key, count);
    for (size_t i = 0; i < MEASURE_STATUSES; i++) all += count[i];
    DOC_ROW(x->out, titled(area), goal == NULL ? C_NONE : both_cell(goal->text_ja, goal->text_en),
            j == NULL ? C_NONE : C_TEXT(j->text), C_INT(all), C_INT(count[1]), C_INT(count[2]), C_INT(count[3]), C_INT(count[4]),
            C_INT(count[0]), C_INT((int64_t)links_of(x, area->key, NULL)), C_TEXT(x->p.code), C_INT(x->year));
}

static void areas(const struct surveying *x)
{
    static const struct column columns[] = {
        {"area", CELL_ENUM, N("Area"), 0, "plan areas", "area"},
        {"goal", CELL_TEXT, N("Goal"), 0, NULL, NULL},
        {"judgement", CELL_TEXT, N("Judgement"), 0, NULL, NULL},
        {"measures", CELL_INT, N("Measures"), 0, NULL, NULL},
        {"done", CELL_INT, S_INIT("①"), 0, NULL, NULL},
        {"under_way", CELL_INT, S_INIT("②"), 0, NULL, NULL},
        {"to_begin", CELL_INT, S_INIT("③"), 0, NULL, NULL},
        {"unknown", CELL_INT, S_INIT("④"), 0, NULL, NULL},
        {"none", CELL_INT, N("No report yet"), COL_DETAIL, NULL, NULL},
        {"measured_by", CELL_INT, N("Series"), COL_DETAIL, NULL, NULL},
        {"plan", CELL_TEXT, N("Plan"), COL_DATA, NULL, "plan"},
        {"year", CELL_INT, N("Fiscal year"), COL_DATA, NULL, "year"},
    };
    size_t n = 0;
    for (size_t i = 0; i < x->n; i++) n += x->items[i].kind == ITEM_AREA;
    if (n == 0) {
        doc_text(x->out, M("The plan '%1' has no areas: items of the kind 'area' are its areas."), x->p.code);
        return;
    }
    doc_show(x->out, &(struct show){.kind = SHOW_CARDS, .label = "area"});
    DOC_TABLE(x->out, "areas_of_plan", columns);
    for (size_t i = 0; i < x->n; i++)
        if (x->items[i].kind == ITEM_AREA) area_row(x, &x->items[i]);
    doc_table_end(x->out);
    doc_note(x->out, M("① done, ② under way, ③ to be begun, ④ outlook unknown: measures of the annual plans of the year, by area"));
}

/* ---- one ---- */

static void words(const struct surveying *x, const struct plan_item *area, const struct judgement *j)
{
    static const struct column columns[] = {
        {"what", CELL_TEXT, N("What"), 0, NULL, NULL},
        {"text", CELL_TEXT, N("Text"), 0, NULL, NULL},
    };
    const struct plan_item *goal = goal_of(x, area->key);
    doc_show(x->out, &(struct show){.kind = SHOW_PAIRS, .label = "what", .detail = "text", .alone = true});
    DOC_TABLE(x->out, "one_area", columns);
    if (goal != NULL) DOC_ROW(x->out, words_cell(M("Goal")), both_cell(goal->text_ja, goal->text_en));
    if (x->seen) DOC_ROW(x->out, words_cell(M("Judgement")), j == NULL ? words_cell(M("Not judged yet")) : C_TEXT(j->text));
    doc_table_end(x->out);
}

static void status_counts(const struct surveying *x, str area)
{
    int64_t count[MEASURE_STATUSES], all = 0;
    area_counts(x->measures, x->n_measures, area, count);
    for (size_t i = 0; i < MEASURE_STATUSES; i++) all += count[i];
    doc_fact(x->out, "measures", M("Measures"), C_INT(all));
    for (size_t i = 1; all != 0 && i <= MEASURE_STATUSES; i++) {
        size_t s = i % MEASURE_STATUSES; /* those of whom nothing is said come last */
        if (s != 0 || count[0] != 0) doc_fact(x->out, status_keys[s], status_labels[s], C_INT(count[s]));
    }
}

static void measures(const struct surveying *x, str area)
{
    static const struct column columns[] = {
        {"no", CELL_TEXT, N("No."), 0, "plan measure", "no"},
        {"title", CELL_TEXT, N("Title"), 0, NULL, NULL},
        {"status", CELL_ENUM, N("Status"), 0, NULL, NULL},
        {"plan", CELL_TEXT, N("Plan"), 0, "plan show", "plan"},
    };
    size_t n = 0;
    doc_heading(x->out, M("Measures of the year"));
    for (size_t i = 0; i < x->n_measures; i++) n += str_eq(x->measures[i].area, area);
    if (n == 0) {
        doc_text(x->out, M("No measure of an annual plan under this basic plan names this area."));
        return;
    }
    DOC_TABLE(x->out, "measures_of_year", columns);
    for (size_t i = 0; i < x->n_measures; i++) {
        const struct area_measure *m = &x->measures[i];
        if (!str_eq(m->area, area)) continue;
        DOC_ROW(x->out, C_TEXT(m->key), both_cell(m->title_ja, m->title_en.n == 0 ? m->title_ja : m->title_en),
                enum_words_cell(str_int(x->w->a, m->status), status_labels[m->status]),
                C_TEXT(m->plan));
    }
    doc_table_end(x->out);
}

static void evaluating_form(const struct surveying *x, const struct plan_item *area, const struct judgement *j)
{
    str evidence = j == NULL ? S("") : evidence_text(x->w->a, j->evidence, j->n_evidence);
    str text = j == NULL ? S("") : j->text;
    const struct form_field fields[] = {
        {"text", "long", M("How the area fared in the year"), true, text},
        {"evidence", "long", M("Evidence, a line each: series:CODE, measure:PLAN/NO …"), false, evidence}};
    if (!plan_mine(x->w, &x->p)) return;
    if (j == NULL) doc_heading(x->out, M("Judge it"));
    plan_field_form(x->out,
               &(struct form){.act = "plan evaluate",
                              .title = j == NULL ? (str){"", 0} : M("Judge it anew"),
                              .given = {{"plan", x->p.code},
                                        {"area", area->key},
                                        {"year", str_int(x->w->a, x->year)},
                                        {"revision", str_int(x->w->a, j == NULL ? 0 : j->revision)}},
                              .folded = j != NULL},
               "evaluation_form", fields, 2);
}

static void one(const struct surveying *x, const struct plan_item *area)
{
    const struct judgement *j = judgement_in(x->judged, x->n_judged, area->key, x->year);
    struct evidence_line *e = arena_array(x->w->a, links_of(x, area->key, NULL) + EVIDENCE_MAX, sizeof *e);
    head(x, area);
    status_counts(x, area->key);
    words(x, area, j);
    evaluating_form(x, area, j);
    measures(x, area->key);
    evidence_table(x->out, "measured_by", M("What it is measured by"), e, links_of(x, area->key, e));
    size_t n = 0;
    for (size_t k = 0; j != NULL && k < j->n_evidence; k++) e[n++] = (struct evidence_line){area, j->evidence[k]};
    evidence_table(x->out, "evidence", M("Evidence"), e, n);
}

enum err plan_view_areas(struct work *w, const struct args *in, struct doc *out)
{
    struct surveying x = {.w = w, .out = out};
    str key = arg_text(in, "area");
    enum err e = surveying_load(&x, in);
    if (e != OK) return e;
    if (!x.seen) doc_note(out, M("How areas are judged is told by the evaluation that is published."));
    if (key.n == 0) {
        head(&x, NULL);
        areas(&x);
        return OK;
    }
    for (size_t i = 0; i < x.n; i++) {
        if (x.items[i].kind != ITEM_AREA || !str_eq(x.items[i].key, key)) continue;
        one(&x, &x.items[i]);
        return OK;
    }
    return fault_in(w, NOTFOUND, ((struct where){.field = S("area")}),
                    M("'%2' of the plan '%1' is no area: `meguri plan areas` lists them"), x.p.code, key);
}
