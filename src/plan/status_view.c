/* plan status: counts of measures by status, by chapter, section, owner or area. */
#include "plan/acts.h"
#include "plan/asked.h"
#include "plan/count.h"
#include "tally/rates.h"
#include "series/series.h"

struct showing {
    struct work *w;
    struct doc *out;
    struct lines x;
    enum count_by by;
    struct plan_item *areas; /* of the basic plan */
    size_t n_areas;
};

static void facts(const struct showing *s, const struct status_counts *c)
{
    static const char *const key[STATUSES + 1] = {"none", "done", "under_way", "to_begin", "unknown"};
    int64_t all = status_total(c), again = 0;
    for (size_t i = 0; i < s->x.n; i++) again += s->x.line[i].kind == ITEM_RELISTED;
    doc_fact_of(s->out, "measures", M("Measures"), C_INT(all), M("told again: %1, which never count twice"), str_int(s->w->a, again));
    for (int64_t i = STATUS_DONE; i <= STATUS_WORST; i++)
        doc_fact(s->out, key[i], status_word(i), C_INT(c->of[i]));
    doc_fact(s->out, key[0], status_word(STATUS_NONE), C_INT(c->of[0]));
}

/* ---- by status ---- */

static const struct column status_columns[] = {
    {"status", CELL_ENUM, N("Status"), 0, "plan progress", "status"},
    {"measures", CELL_INT, N("Measures"), 0, NULL, NULL},
    {"share", CELL_RATE, N("Share"), COL_BAR, NULL, NULL, NULL, "all"},
    {"legend", CELL_TEXT, N("Legend"), 0, NULL, NULL},
    {"all", CELL_INT, N("of all measures"), COL_DATA, NULL, NULL},
    {"plan", CELL_TEXT, N("Plan"), COL_DATA, NULL, "plan"},
    {"report", CELL_TEXT, N("Report"), COL_DATA, NULL, "report"},
};

static void by_status(const struct showing *s, const struct group *g, size_t n, int64_t all)
{
    doc_show(s->out, &(struct show){.kind = SHOW_PARTS, .label = "status", .values = {"measures"}});
    DOC_TABLE(s->out, "status", status_columns);
    for (size_t i = 0; i < n; i++) {
        int64_t count = status_total(&g[i].c), status = i == STATUSES ? STATUS_NONE : (int64_t)i + 1;
        DOC_ROW(s->out, status_words_cell(s->w->a, status), C_INT(count), C_RATE(rate_of_counts(count, all, NULL)),
                words_cell(status_legend(status)), C_INT(all), C_TEXT(s->x.p.code), text_cell(s->x.shown.code));
    }
    doc_table_end(s->out);
}

/* ---- by anything else ---- */

#define COUNT_COLUMNS                                                                                                  \
    {"done", CELL_INT, N("① Done"), 0, NULL, NULL}, {"under_way", CELL_INT, N("② Under way"), 0, NULL, NULL},          \
        {"to_begin", CELL_INT, N("③ To be begun"), 0, NULL, NULL}, {"unknown", CELL_INT, N("④ Outlook unknown"), 0, NULL, NULL}, \
        {"none", CELL_INT, N("No report yet"), 0, NULL, NULL}, {"measures", CELL_INT, N("Measures"), 0, NULL, NULL},    \
        {"done_share", CELL_RATE, N("Share done"), 0, NULL, NULL, NULL, "measures"},                                    \
        {"plan", CELL_TEXT, N("Plan"), COL_DATA, NULL, "plan"}, {"report", CELL_TEXT, N("Report"), COL_DATA, NULL, "report"}

static const struct column chapter_columns[] = {{"chapter", CELL_TEXT, N("Chapter"), 0, "plan progress", "chapter"},
                                                {"under", CELL_TEXT, N("In chapter"), COL_DATA, NULL, NULL}, COUNT_COLUMNS};
static const struct column section_columns[] = {{"section", CELL_TEXT, N("Section"), 0, "plan progress", "chapter"},
                                                {"under", CELL_TEXT, N("In chapter"), 0, NULL, NULL}, COUNT_COLUMNS};
static const struct column area_columns[] = {{"area", CELL_TEXT, N("Area"), 0, NULL, NULL},
                                             {"under", CELL_TEXT, N("In chapter"), COL_DATA, NULL, NULL}, COUNT_COLUMNS};
static const struct column owner_columns[] = {{"owner", CELL_ORG, N("In charge"), 0, "plan progress", "owner"},
                                              {"under", CELL_TEXT, N("In chapter"), COL_DATA, NULL, NULL}, COUNT_COLUMNS};
static const struct column named_columns[] = {{"named", CELL_TEXT, N("As named"), 0, NULL, NULL},
                                              {"under", CELL_TEXT, N("In chapter"), COL_DATA, NULL, NULL}, COUNT_COLUMNS};
enum { COLUMNS = sizeof chapter_columns / sizeof *chapter_columns };
static const struct column *const columns_of[COUNT_BYS] = {[BY_CHAPTER] = chapter_columns, [BY_SECTION] = section_columns,
                                                           [BY_AREA] = area_columns,       [BY_OWNER] = owner_columns,
                                                           [BY_NAMED] = named_columns};

static struct cell label(const struct showing *s, enum count_by by, const struct group *g)
{
    if (by == BY_OWNER) return C_ORG(g->code, g->ja, g->en, 0);
    for (size_t i = 0; by == BY_AREA && i < s->n_areas; i++)
        if (str_eq(s->areas[i].key, g->code))
            return (struct cell){.type = CELL_TEXT, .text = g->code, .ja = s->areas[i].title_ja, .en = s->areas[i].title_en};
    if (g->code.n == 0) return words_cell(M("(none)"));
    if (by == BY_AREA) return series_area(g->code);
    return (struct cell){.type = CELL_TEXT, .text = g->code, .ja = g->ja, .en = g->en};
}

static void counted(const struct showing *s, enum count_by by, const struct group *g, size_t n, const char *bars)
{
    const struct column *columns = columns_of[by];
    if (bars != NULL)
        doc_show(s->out, &(struct show){.kind = SHOW_SHARES, .label = columns[0].key,
                                        .values = {"done", "under_way", "to_begin", "unknown", "none"}});
    doc_table(s->out, bars == NULL ? "named" : bars, columns, COLUMNS);
    for (size_t i = 0; i < n; i++, g++) {
        int64_t all = status_total(&g->c);
        DOC_ROW(s->out, label(s, by, g), both_cell(g->under_ja, g->under_en), C_INT(g->c.of[1]), C_INT(g->c.of[2]), C_INT(g->c.of[3]),
                C_INT(g->c.of[4]), C_INT(g->c.of[0]), C_INT(all), C_RATE(rate_of_counts(g->c.of[1], all, NULL)),
                C_TEXT(s->x.p.code), text_cell(s->x.shown.code));
    }
    doc_table_end(s->out);
}

/* ---- the view ---- */

static enum err areas_load(struct showing *s)
{
    struct plan basic;
    if (s->by != BY_AREA || s->x.p.basic.n == 0) return OK;
    int64_t faults = s->w->faults.count;
    enum err e = plan_find(s->w, s->x.p.basic, 0, &basic);
    if (e == NOTFOUND) { /* out of sight: its keys have to do */
        s->w->faults.count = faults;
        return OK;
    }
    return e == OK ? plan_items(s->w, basic.edition, 0, &s->areas, &s->n_areas) : e;
}

static void owner_notes(const struct showing *s, int64_t all)
{
    int64_t sum = 0;
    for (size_t i = 0; i < s->x.n; i++) sum += line_counts(&s->x.line[i]) ? s->x.line[i].owners : 0;
    doc_note(s->out, M("A measure of several owners counts for each of them: %1 measures make %2 in this table. Status is what is published "
                       "of the measure, not what the single owner says."),
             str_int(s->w->a, all), str_int(s->w->a, sum));
    if (s->x.shown.frozen == 0)
        doc_note(s->out, M("Who belongs to a group such as all ministries is asked as of %1."), lang_date(s->w->a, s->out->lang, s->x.day));
}

static void by_owner(const struct showing *s, int64_t all)
{
    struct group *g;
    size_t n = lines_count_by(s->w->a, &s->x, BY_OWNER, &g);
    doc_heading(s->out, M("By owner"));
    counted(s, BY_OWNER, g, n, "status");
    n = lines_count_by(s->w->a, &s->x, BY_NAMED, &g);
    doc_heading(s->out, M("As owners are named in the plan, groups as one"));
    counted(s, BY_NAMED, g, n, NULL);
    owner_notes(s, all);
}

static enum err by_asked(const struct args *in, enum count_by *out)
{
    str by = arg_text(in, "by");
    for (int i = 0; i < COUNT_BYS; i++)
        if (str_eq(by, str_of(count_by_words[i]))) *out = (enum count_by)i;
    return OK;
}

enum err plan_view_status(struct work *w, const struct args *in, struct doc *out)
{
    struct showing s = {.w = w, .out = out, .by = BY_STATUS};
    struct group *g;
    enum err e = by_asked(in, &s.by);
    if (e == OK) e = asked_lines(w, in, &s.x);
    if (e == OK) e = asked_rows_all(w, &s.x, false);
    if (e == OK && s.by == BY_OWNER) e = lines_owned(w, &s.x, 0, s.x.n, OWNED_WORDS);
    if (e == OK) e = areas_load(&s);
    if (e != OK) return e;
    struct status_counts all = lines_count(&s.x);
    asked_title(&s.x, out);
    facts(&s, &all);
    if (s.by == BY_OWNER) by_owner(&s, status_total(&all));
    else {
        size_t n = lines_count_by(w->a, &s.x, s.by, &g);
        if (s.by == BY_STATUS) by_status(&s, g, n, status_total(&all));
        else counted(&s, s.by, g, n, "status");
    }
    asked_note(w, &s.x, out);
    plan_pages(&s.x.p, out);
    return OK;
}
