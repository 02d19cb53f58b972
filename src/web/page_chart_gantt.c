/* Gantt: what is to be reached when. A row is a bar from its first day to its last, or a lozenge where only the last is known;
 * reached is dark, overdue amber with a thick edge, hatched is what was read out of other words. The dashed line is today.
 * Lengths along time are in percent, so that words stay words at every width. */
#include "base/clock.h"
#include "access/access.h"
#include "web/page_chart.h"

enum { BAR_Y = 8, BAR_TALL = 20, LANE = 36, MONTHS = 12, DAYS_A_MONTH = 31 };

struct gantt {
    ptrdiff_t from, until, done, state, detail;
    int64_t first, last, today; /* days: what is drawn */
    size_t rows;
    bool derived, late;
};

static bool date_at(ptrdiff_t column, const struct cell *row, int64_t *out)
{
    if (column < 0 || row[column].type != CELL_DATE) return false;
    *out = row[column].i;
    return true;
}

static int64_t year_begins(int64_t day) /* 1 April of the fiscal year (財政法 第11条) */
{
    int64_t at = 0;
    char text[16];
    int year = fiscal_year(day), i = 0;
    for (int part = 1000; part > 0; part /= 10) text[i++] = (char)('0' + year / part % 10);
    static const char rest[] = "-04-01";
    for (int k = 0; k < 6; k++) text[i++] = rest[k];
    return date_parse((str){text, (size_t)i}, &at) ? at : day;
}

static void reach(struct gantt *g, int64_t day)
{
    if (day < g->first) g->first = day;
    if (day > g->last) g->last = day;
}

static bool has_state(const struct gantt *g, const struct cell *row, str word)
{
    return g->state >= 0 && str_find(row[g->state].text, word) >= 0;
}

static struct gantt gantt_of(struct page_doc *p)
{
    const struct page_table *t = &p->table;
    struct gantt g = {.from = column_index(t, t->show.from), .until = column_index(t, t->show.until), .done = column_index(t, t->show.values[0]),
                      .state = column_index(t, t->show.state), .detail = column_index(t, t->show.detail), .first = INT64_MAX, .last = INT64_MIN,
                      .today = japan_day(p->doc.w->now), .rows = chart_rows(t)};
    int64_t day;
    for (size_t r = 0; r < g.rows; r++) {
        const struct cell *row = t->row[r];
        const ptrdiff_t columns[] = {g.from, g.until, g.done};
        for (int i = 0; i < 3; i++)
            if (date_at(columns[i], row, &day)) reach(&g, day);
        g.derived = g.derived || has_state(&g, row, S("derived"));
        g.late = g.late || has_state(&g, row, S("late"));
    }
    if (g.first > g.last) return g;
    g.first = year_begins(g.first); /* whole fiscal years */
    g.last = year_begins(year_begins(g.last) + 12 * DAYS_A_MONTH - 1);
    return g;
}

static double x_of(const struct gantt *g, int64_t day) { return 100.0 * (double)(day - g->first) / (double)(g->last - g->first); }

static bool by_years(const struct gantt *g) { return g->last - g->first > 3 * 366; }

/* Lines at quarters of a year, at years where there are more than three of them. */
static int64_t next_line(const struct gantt *g, int64_t day)
{
    int64_t year = year_begins(day), at;
    if (by_years(g)) return year_begins(year + 12 * DAYS_A_MONTH - 1);
    static const int quarter[] = {91, 183, 275}; /* 1 July, 1 October, 1 January: days from 1 April */
    for (int i = 0; i < 3; i++)
        if ((at = year + quarter[i]) > day) return at;
    return year_begins(year + 12 * DAYS_A_MONTH - 1);
}

static void ground(struct page_doc *p, const struct gantt *g)
{
    struct buf *b = &p->body;
    for (int64_t at = next_line(g, g->first); at < g->last; at = next_line(g, at))
        buf_fmt(b, "<line class=\"gl\" x1=\"%.2f%%\" x2=\"%.2f%%\" y1=\"0\" y2=\"%d\"/>", x_of(g, at), x_of(g, at), LANE);
    if (g->today > g->first && g->today < g->last)
        buf_fmt(b, "<line class=\"goal\" x1=\"%.2f%%\" x2=\"%.2f%%\" y1=\"0\" y2=\"%d\"/>", x_of(g, g->today), x_of(g, g->today), LANE);
}

/* "4月", and with the year where it begins: "平成19年4月". */
static str month_words(struct page_doc *p, int64_t day, bool with_year)
{
    str date = date_text(p->a, day), month = str_sub(date, 5, 7);
    if (month.n == 2 && month.p[0] == '0') month = str_sub(month, 1, 2);
    str year = str_int(p->a, calendar_year(day));
    return with_year ? FILLED(p, M("%2/%1"), year, month) : FILLED(p, M("month %1"), month);
}

static void axis(struct page_doc *p, const struct gantt *g)
{
    struct buf *b = &p->body;
    int i = 0;
    RAW(b, "<li class=\"axis\" aria-hidden=\"true\"><span></span><svg>");
    for (int64_t at = g->first; at < g->last; at = next_line(g, at), i++) {
        bool begins = at == year_begins(at), spare = by_years(g) ? i % 2 != 0 : !begins; /* left out where it is narrow */
        buf_fmt(b, "<text class=\"t2%s\" x=\"%.2f%%\" y=\"24\">", spare ? " tq" : "", x_of(g, at));
        page_escape(b, month_words(p, at, begins));
        RAW(b, "</text>");
    }
    RAW(b, "</svg></li>\n");
}

static const char *bar_class(const struct gantt *g, const struct cell *row)
{
    if (has_state(g, row, S("done"))) return has_state(g, row, S("derived")) ? "c1 der" : "c1";
    if (has_state(g, row, S("late"))) return has_state(g, row, S("derived")) ? "lackf der edgy" : "lackf edgy";
    if (has_state(g, row, S("derived"))) return "cx"; /* also where nobody noted whether it was reached */
    return has_state(g, row, S("running")) ? "c3" : "c0";
}

static str words_of(struct page_doc *p, const struct gantt *g, const struct cell *row)
{
    const struct page_table *t = &p->table;
    struct buf b = buf_in(p->a);
    buf_add(&b, chart_label(p, row));
    const ptrdiff_t columns[] = {g->detail, g->from, g->until, g->done, g->state};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        if (columns[i] < 0 || row[columns[i]].type == CELL_NONE) continue;
        RAW(&b, " ");
        if (i > 0 && i < 4) {
            buf_add(&b, tr(p->doc.lang, t->columns[columns[i]].label));
            RAW(&b, " ");
        }
        buf_add(&b, cell_text(p, &t->columns[columns[i]], &row[columns[i]]));
    }
    return buf_str(&b);
}

/* What is written beside the bar: the milestone, on the side where there is room. */
static void beside(struct page_doc *p, const struct gantt *g, const struct cell *row, double left, double right)
{
    struct buf *b = &p->body;
    if (g->detail < 0 || row[g->detail].type == CELL_NONE) return;
    bool after = right < 55;
    buf_fmt(b, "<text class=\"halo\" x=\"%.2f%%\" y=\"23\"%s>", after ? right + 1.5 : left - 1.5, after ? "" : " text-anchor=\"end\"");
    page_escape(b, cell_text(p, &p->table.columns[g->detail], &row[g->detail]));
    RAW(b, "</text>");
}

static void gantt_row(struct page_doc *p, const struct gantt *g, const struct cell *row, bool again)
{
    struct buf *b = &p->body;
    int64_t from, until;
    buf_add(b, again ? S("<li class=\"again\">") : S("<li>"));
    if (again) RAW(b, "<span class=\"lab\"></span>");
    else chart_lab(p, row);
    if (g->detail >= 0 && row[g->detail].type != CELL_NONE) {
        RAW(b, "<span class=\"det\" aria-hidden=\"true\">"); /* where it is narrow: words in a picture do not wrap */
        page_escape(b, cell_text(p, &p->table.columns[g->detail], &row[g->detail]));
        RAW(b, "</span>");
    }
    chart_svg(p, "", words_of(p, g, row));
    ground(p, g);
    if (date_at(g->until, row, &until)) {
        bool span = date_at(g->from, row, &from) && from < until;
        double right = x_of(g, until + 1);
        if (!span && right > 98.5) right = 98.5; /* a lozenge stays whole */
        double left = span ? x_of(g, from) : right;
        if (span)
            buf_fmt(b, "<rect class=\"%s\" x=\"%.2f%%\" y=\"%d\" width=\"%.2f%%\" height=\"%d\" rx=\"3\"/>", bar_class(g, row), left, BAR_Y,
                    right - left < 0.5 ? 0.5 : right - left, BAR_TALL);
        else
            buf_fmt(b, "<svg class=\"at\" x=\"%.2f%%\" y=\"%d\"><path class=\"%s\" d=\"M0 -9 9 0 0 9 -9 0Z\"/></svg>", right, LANE / 2,
                    bar_class(g, row));
        beside(p, g, row, span ? left : left - 1.5, span ? right : right + 1.5);
    }
    RAW(b, "</svg></li>\n");
}

static void legend(struct page_doc *p, const struct gantt *g)
{
    RAW(&p->body, "<ul class=\"legend\">");
    chart_legend_item(p, "c1", tr(p->doc.lang, M("reached")));
    chart_legend_item(p, "c3", tr(p->doc.lang, M("under way now")));
    chart_legend_item(p, "c0", tr(p->doc.lang, M("still to come")));
    if (g->late) chart_legend_item(p, "h3", tr(p->doc.lang, M("overdue")));
    if (g->derived) chart_legend_item(p, "hx", tr(p->doc.lang, M("hatched: read out of other words")));
    RAW(&p->body, "</ul>");
}

static bool same_label(struct page_doc *p, const struct cell *a, const struct cell *b)
{
    return str_eq(chart_label(p, a), chart_label(p, b));
}

void draw_gantt(struct page_doc *p)
{
    struct buf *b = &p->body;
    struct gantt g = gantt_of(p);
    if (g.until < 0 || g.first >= g.last) return;
    RAW(b, "<figure class=\"chart gantt\">");
    legend(p, &g);
    if (g.today > g.first && g.today < g.last) {
        RAW(b, "<figcaption><span>");
        say(p, b, M("The dashed line is today."));
        RAW(b, "</span></figcaption>");
    }
    RAW(b, "<ul class=\"plot\">");
    axis(p, &g);
    for (size_t r = 0; r < g.rows; r++)
        gantt_row(p, &g, p->table.row[r], r > 0 && same_label(p, p->table.row[r], p->table.row[r - 1]));
    RAW(b, "</ul></figure>\n");
}
