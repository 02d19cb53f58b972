/* The published table of reports and notices, and its drawings. */
#include "share/statistics_told.h"

#include <assert.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* ---- columns: what is counted, then earlier years, quarters of the year, the year ---- */

str period_year_label(const struct telling *t, int year)
{
    str digits = str_int(t->w->a, year);
    return tr_fill(t->w->a, t->out->lang, M("FY%1"), &digits, 1);
}

static str period_quarter_label(size_t quarter)
{
    static const str labels[QUARTERS] = {N("Apr–Jun"), N("Jul–Sep"), N("Oct–Dec"), N("Jan–Mar")};
    return labels[quarter];
}

static const char *const quarter_keys[QUARTERS] = {"q1", "q2", "q3", "q4"};

static struct column period_column(const struct telling *t, size_t i)
{
    const struct periods *p = &t->periods;
    bool quarter = i >= p->earlier && i < p->n - 1;
    if (quarter)
        return (struct column){
            .key = quarter_keys[i - p->earlier], .type = CELL_INT, .label = period_quarter_label(i - p->earlier)};
    int year = i < p->earlier ? p->first + (int)i : p->year;
    return (struct column){
        .key = str_c(t->w->a, str_fmt(t->w->a, "fy%d", year)), .type = CELL_INT, .label = period_year_label(t, year)};
}

void periods_table(const struct telling *t, const char *name, const struct column *lead, size_t n)
{
    struct column *all = arena_array(t->w->a, TELLING_COLUMNS, sizeof *all);
    assert(n <= TELLING_LEAD);
    for (size_t i = 0; i < n; i++) all[i] = lead[i];
    for (size_t i = 0; i < t->periods.n; i++) all[n + i] = period_column(t, i);
    doc_table(t->out, name, all, n + t->periods.n);
}

void periods_row(const struct telling *t, const struct cell *lead, size_t n, const struct crossed *c, ptrdiff_t row)
{
    struct cell cells[TELLING_COLUMNS];
    for (size_t i = 0; i < n; i++) cells[i] = lead[i];
    for (size_t i = 0; i < t->periods.n; i++)
        cells[n + i] = C_INT(row < 0 ? crossed_total(c, i) : crossed_at(c, (size_t)row, i));
    doc_row(t->out, cells);
}

/* ---- the published table ---- */

static const struct coded groups[] = {
    {"not-happened", N("Did not come to harm")},
    {"happened", N("Came to harm")},
    {"leading", N("Leads to the above")},
    {"sum", N("In all")},
    {"beside", N("Beside them")},
};
/* In the order of enum event, as the table is published; the last only where a report does not say. */
static const struct coded lines[] = {
    {"near-miss", N("Near miss or sign")},
    {"confidentiality", N("Confidentiality: leak of information")},
    {"integrity", N("Integrity: destruction of information")},
    {"availability", N("Availability: systems hard to use")},
    {"malware-infection", N("Infection with malware")},
    {"malicious-code", N("Malicious code was run")},
    {"intrusion", N("Intrusion into systems")},
    {"other", N("Another event that leads there")},
    {"unsaid", N("the type is not said")},
    {"total", N("Reports from operators")},
    {"government", N("From ministries and agencies")},
    {"notices", N("Notices down")},
    {"updates", N("Updates of notices")},
};
enum { UNSAID = EVENTS };

static struct crossed events_counted(const struct telling *t)
{
    str *row = arena_array(t->w->a, EVENTS + 1, sizeof *row);
    for (size_t i = 0; i <= EVENTS; i++) row[i] = str_of(lines[i].code);
    struct crossed c = crossed_new(t->w->a, &t->periods, row, EVENTS + 1);
    for (size_t i = 0; i < t->n; i++) {
        enum event e;
        crossed_add(&c, event_parse(t->report[i].event, &e) ? (size_t)e : UNSAID, t->report[i].at);
    }
    crossed_close(&c);
    assert(crossed_foots(&c, &t->total));
    return c;
}

static bool any_in(const struct crossed *c, size_t row)
{
    for (size_t i = 0; i < c->periods->n; i++)
        if (crossed_at(c, row, i) != 0) return true;
    return false;
}

static void line_row(const struct telling *t, struct cell group, str code, const struct crossed *c, ptrdiff_t row)
{
    const struct cell lead[] = {group, CODED(lines, code), C_NONE};
    periods_row(t, lead, COUNT(lead), c, row);
}

/* On a page a group stands once above its lines, as it is published, and eleven columns fit. */
static void group_heads(const struct telling *t, str code)
{
    struct cell cells[TELLING_COLUMNS] = {C_NONE, CODED(groups, code), C_INT(1)};
    if (!t->out->paged) return;
    for (size_t i = 0; i < t->periods.n; i++) cells[TELLING_LEAD + i] = C_NONE;
    doc_row(t->out, cells);
}

static void event_row(const struct telling *t, const struct crossed *c, size_t row)
{
    bool said = row != UNSAID;
    if (!said && !any_in(c, row)) return;
    line_row(t, said ? CODED(groups, event_group_word(event_group((enum event)row))) : C_NONE, c->row[row], c,
             (ptrdiff_t)row);
}

static void sum_row(const struct telling *t, const char *group, const char *code, const struct crossed *c,
                    ptrdiff_t row)
{
    line_row(t, CODED(groups, str_of(group)), str_of(code), c, row);
}

struct crossed events_told(const struct telling *t)
{
    static const struct column lead[] = {
        {"group", CELL_ENUM, N("Group"), COL_DATA, NULL, NULL},
        {"type", CELL_ENUM, N("Type of event"), 0, NULL, NULL},
        {"level", CELL_INT, N("Level of a heading"), COL_DATA, NULL, NULL},
    };
    struct crossed c = events_counted(t);
    doc_heading(t->out, M("By type of event"));
    doc_show(t->out, &(struct show){.kind = SHOW_SECTIONS, .label = "type", .state = "level"});
    periods_table(t, "types", lead, COUNT(lead));
    for (size_t i = 0; i < c.n_rows; i++) {
        enum event_group g = i == UNSAID ? EVENT_GROUPS : event_group((enum event)i);
        if (g != EVENT_GROUPS && (i == 0 || g != event_group((enum event)(i - 1)))) group_heads(t, event_group_word(g));
        event_row(t, &c, i);
    }
    group_heads(t, S("sum"));
    sum_row(t, "sum", "total", &c, -1);
    group_heads(t, S("beside"));
    sum_row(t, "beside", "government", &t->government, -1);
    sum_row(t, "beside", "notices", &t->notices, 0);
    sum_row(t, "beside", "updates", &t->notices, 1);
    doc_table_end(t->out);
    return c;
}

/* ---- drawings: five lines, since eight cannot be told apart ---- */

static int64_t of_leading(const struct crossed *c, size_t period)
{
    int64_t n = 0;
    for (size_t e = EVENT_INFECTION; e <= EVENT_OTHER; e++) n += crossed_at(c, e, period);
    return n;
}

static void drawn_row(const struct telling *t, const struct crossed *c, struct cell label, size_t period)
{
    DOC_ROW(t->out, label, C_INT(crossed_at(c, EVENT_NEAR_MISS, period)),
            C_INT(crossed_at(c, EVENT_CONFIDENTIALITY, period)), C_INT(crossed_at(c, EVENT_INTEGRITY, period)),
            C_INT(crossed_at(c, EVENT_AVAILABILITY, period)), C_INT(of_leading(c, period)),
            C_INT(crossed_at(&t->total, 0, period)), C_INT(crossed_at(&t->notices, 0, period)));
}

#define DRAWN_COLUMNS                                                             \
    {"near_miss", CELL_INT, N("Near miss or sign"), 0, NULL, NULL},               \
        {"confidentiality", CELL_INT, N("Confidentiality of information"), 0, NULL, NULL},       \
        {"integrity", CELL_INT, N("Integrity of information"), 0, NULL, NULL},                   \
        {"availability", CELL_INT, N("Availability of systems"), 0, NULL, NULL},             \
        {"leading", CELL_INT, N("Leads to the above"), 0, NULL, NULL},            \
        {"total", CELL_INT, N("Reports from operators"), 0, NULL, NULL},          \
        {"notices", CELL_INT, N("Notices down"), 0, NULL, NULL}

static void years_drawn(const struct telling *t, const struct crossed *c)
{
    static const struct column columns[] = {{"year", CELL_TEXT, N("Fiscal year"), 0, NULL, NULL}, DRAWN_COLUMNS};
    const struct periods *p = &t->periods;
    if (p->earlier == 0) return;
    doc_heading(t->out, M("Year by year"));
    doc_show(t->out,
             &(struct show){.kind = SHOW_LINE,
                            .label = "year",
                            .alone = true,
                            .values = {"availability", "confidentiality", "integrity", "leading", "near_miss"}});
    DOC_TABLE(t->out, "years", columns);
    for (size_t i = 0; i <= p->earlier; i++)
        drawn_row(t, c, C_TEXT(period_year_label(t, p->first + (int)i)), i == p->earlier ? p->n - 1 : i);
    doc_table_end(t->out);
}

static void quarters_drawn(const struct telling *t, const struct crossed *c)
{
    static const struct column columns[] = {{"quarter", CELL_ENUM, N("Quarter"), 0, NULL, NULL}, DRAWN_COLUMNS};
    doc_heading(t->out, M("Quarter by quarter"));
    doc_show(t->out,
             &(struct show){.kind = SHOW_BARS, .label = "quarter", .values = {"total", "notices"}, .alone = true});
    DOC_TABLE(t->out, "quarters", columns);
    for (size_t q = 0; q < QUARTERS; q++)
        drawn_row(t, c, enum_words_cell(str_of(quarter_keys[q]), period_quarter_label(q)), t->periods.earlier + q);
    doc_table_end(t->out);
}

void events_drawn(const struct telling *t, const struct crossed *events)
{
    bool any = false;
    for (size_t i = 0; i < t->periods.n; i++)
        any = any || crossed_at(&t->total, 0, i) + crossed_at(&t->notices, 0, i) != 0;
    if (!any) return;
    doc_grid(t->out, "half");
    years_drawn(t, events);
    doc_grid(t->out, "next");
    quarters_drawn(t, events);
    doc_grid(t->out, "end");
}
