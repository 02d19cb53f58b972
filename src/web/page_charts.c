/* Bars, stacked bars, one bar of the whole, lines: drawn on the server. Lengths along the value are in percent, across it
 * in pixels, so that words stay words at every width. What a colour says is also said by order, gap, hatch or figure. */
#include <math.h>

#include "web/page_chart.h"

/* ---- shared ---- */

size_t chart_rows(const struct page_table *t) { return t->kept < CHART_ROWS ? t->kept : CHART_ROWS; }

size_t chart_values(const struct page_table *t, size_t *column)
{
    size_t n = 0;
    for (int i = 0; i < SHOW_VALUES; i++) {
        ptrdiff_t at = column_index(t, t->show.values[i]);
        if (at >= 0) column[n++] = (size_t)at;
    }
    return n;
}

/* Of those that stand side by side or on each other there is room for a few. */
size_t chart_few(const struct page_table *t, size_t *column)
{
    size_t n = chart_values(t, column);
    return n < SHOW_SIDE_BY_SIDE ? n : SHOW_SIDE_BY_SIDE;
}

bool chart_value(const struct cell *c, double *out)
{
    if (c->type == CELL_RATE && c->rate.defined) *out = c->rate.tenths / 10.0;
    else if (c->type == CELL_INT) *out = (double)c->i;
    else if (c->type == CELL_DECIMAL) *out = decimal_drawn(cell_decimal(c));
    else return false;
    return true;
}

str chart_figure(struct page_doc *p, size_t column, const struct cell *row)
{
    return cell_text(p, &p->table.columns[column], &row[column]);
}

str chart_label(struct page_doc *p, const struct cell *row)
{
    ptrdiff_t at = column_index(&p->table, p->table.show.label);
    return at < 0 ? (str){"", 0} : cell_text(p, &p->table.columns[at], &row[at]);
}

/* "甲省 実施率 96.3 把握率 99.1": what the drawing of a row shows. */
str chart_words(struct page_doc *p, const struct cell *row, const size_t *column, size_t n)
{
    struct buf b = buf_in(p->a);
    buf_add(&b, chart_label(p, row));
    for (size_t i = 0; i < n; i++) {
        const struct cell *c = &row[column[i]];
        RAW(&b, " ");
        buf_add(&b, tr(p->doc.lang, p->table.columns[column[i]].label));
        RAW(&b, " ");
        buf_add(&b, chart_figure(p, column[i], row));
        if (c->type == CELL_RATE && c->rate.defined) RAW(&b, "%");
    }
    return buf_str(&b);
}

void chart_lab(struct page_doc *p, const struct cell *row)
{
    struct buf *b = &p->body;
    ptrdiff_t at = column_index(&p->table, p->table.show.label);
    struct link_to to = at < 0 ? (struct link_to){0} : cell_link(p, (size_t)at, row);
    bool link = to.any && !to.act;
    buf_add(b, link ? S("<a class=\"lab\"") : S("<span class=\"lab\""));
    if (link) attribute(b, "href", link_url(p, &to));
    RAW(b, ">");
    page_escape(b, chart_label(p, row));
    buf_add(b, link ? S("</a>") : S("</span>"));
}

void chart_svg(struct page_doc *p, const char *more, str words)
{
    struct buf *b = &p->body;
    buf_fmt(b, "<svg%s role=\"img\"", more);
    attribute(b, "aria-label", words);
    RAW(b, "><title>");
    page_escape(b, words);
    RAW(b, "</title>");
}

void chart_legend_item(struct page_doc *p, const char *class, str words)
{
    buf_fmt(&p->body, "<li><i class=\"%s\"></i>", class);
    page_escape(&p->body, words);
    RAW(&p->body, "</li>");
}

/* Where each row has a goal of its own and some do. */
void chart_goal_item(struct page_doc *p)
{
    ptrdiff_t at = column_index(&p->table, p->table.show.goal_of);
    bool any = false;
    double v;
    for (size_t r = 0; at >= 0 && r < chart_rows(&p->table); r++) any = any || chart_value(&p->table.row[r][at], &v);
    if (!any) return;
    RAW(&p->body, "<li><svg aria-hidden=\"true\"><line class=\"goal\" x1=\"0\" x2=\"100%\" y1=\"8\" y2=\"8\"/></svg>");
    page_escape(&p->body, tr(p->doc.lang, p->table.columns[at].label));
    RAW(&p->body, "</li>");
}

/* The next of 1, 2, 5, 10, 20 … that is enough. */
double chart_top(double most)
{
    double step = 1;
    static const double up[] = {2, 2.5, 2};
    for (int i = 0; step < most; i++) step *= up[i % 3];
    return step;
}

/* ---- bars ---- */

struct bars {
    size_t column[SHOW_VALUES], n;
    double top;
    bool rates, split; /* split: one rate against a goal, told apart above and below */
    double goal;
    bool any_missing;
    ptrdiff_t goal_of, state; /* columns; -1: none */
};

static bool cut_before(const struct bars *s, const struct cell *row) { return s->state >= 0 && str_eq(row[s->state].text, S("break")); }
static bool summed_up(const struct bars *s, const struct cell *row) { return s->state >= 0 && str_eq(row[s->state].text, S("total")); }

static struct bars bars_of(struct page_doc *p)
{
    const struct page_table *t = &p->table;
    struct bars s = {.goal = t->show.goal / 10.0, .goal_of = column_index(t, t->show.goal_of), .state = column_index(t, t->show.state)};
    double most = 1, v;
    s.n = chart_few(t, s.column);
    s.rates = s.n != 0 && t->columns[s.column[0]].type == CELL_RATE;
    s.split = s.rates && s.n == 1 && t->show.goal != 0;
    for (size_t r = 0; r < chart_rows(t); r++)
        for (size_t i = 0; i < s.n && !summed_up(&s, t->row[r]); i++) {
            if (!chart_value(&t->row[r][s.column[i]], &v)) s.any_missing = true;
            else if (v > most) most = v;
            if (s.goal_of >= 0 && chart_value(&t->row[r][s.goal_of], &v) && v > most) most = v;
        }
    s.top = s.rates ? 100 : chart_top(most);
    return s;
}

static void ticks(struct buf *b)
{
    for (int at = 25; at <= 75; at += 25)
        buf_fmt(b, "<line class=\"gl\" x1=\"%d%%\" x2=\"%d%%\" y1=\"0\" y2=\"100%%\"/>", at, at);
}

static void bars_axis(struct page_doc *p, double top)
{
    struct buf *b = &p->body;
    static const char *const anchor[] = {"start", "middle", "middle", "middle", "end"};
    RAW(b, "<li class=\"axis\" aria-hidden=\"true\"><span></span><svg>");
    for (int i = 0; i <= 4; i++) {
        double at = top * i / 4;
        if (at != floor(at)) continue;
        buf_fmt(b, "<text class=\"t2%s\" x=\"%d%%\" y=\"18\" text-anchor=\"%s\">", i % 2 ? " tq" : "", i * 25, anchor[i]);
        put_number(b, (int64_t)at);
        RAW(b, "</text>");
    }
    RAW(b, "</svg><span></span></li>");
}

static const char *bar_class(const struct bars *s, size_t i, double v)
{
    static const char *const series[SHOW_SIDE_BY_SIDE] = {"c1", "c3", "c2", "c0"};
    return s->split ? (v >= s->goal ? "c1" : "c2") : series[i];
}

static void one_bar(struct page_doc *p, const struct bars *s, size_t i, const struct cell *row)
{
    double v;
    double lane = 100.0 / (double)s->n, gap = s->n == 1 ? 18 : 6; /* percent of the row's height */
    bool known = chart_value(&row[s->column[i]], &v);
    double width = known ? 100 * v / s->top : 100;
    if (width < 0) width = 0;
    buf_fmt(&p->body, "<rect class=\"%s\" x=\"0\" y=\"%.1f%%\" width=\"%.3f%%\" height=\"%.1f%%\"/>",
            known ? bar_class(s, i, v) : "cx", lane * (double)i + gap, width, lane - (s->n == 1 ? 2 : 1.5) * gap);
}

static void bars_row(struct page_doc *p, const struct bars *s, const struct cell *row)
{
    struct buf *b = &p->body;
    static const char *const tall[] = {"", "", " class=\"n2\"", " class=\"n3\"", " class=\"n4\""};
    buf_add(b, cut_before(s, row) ? S("<li class=\"cut\">") : S("<li>"));
    chart_lab(p, row);
    chart_svg(p, tall[s->n], chart_words(p, row, s->column, s->n));
    ticks(b);
    if (s->goal > 0 && s->rates)
        buf_fmt(b, "<line class=\"goal\" x1=\"%.1f%%\" x2=\"%.1f%%\" y1=\"0\" y2=\"100%%\"/>", s->goal, s->goal);
    for (size_t i = 0; i < s->n && !summed_up(s, row); i++) one_bar(p, s, i, row);
    double goal;
    if (s->goal_of >= 0 && chart_value(&row[s->goal_of], &goal))
        buf_fmt(b, "<line class=\"goal\" x1=\"%.2f%%\" x2=\"%.2f%%\" y1=\"0\" y2=\"100%%\"/>", 100 * goal / s->top, 100 * goal / s->top);
    RAW(b, "</svg><span class=\"v\">");
    for (size_t i = 0; i < s->n; i++) {
        buf_add(b, i == 0 ? S("<b>") : S("<br><span>"));
        page_escape(b, chart_figure(p, s->column[i], row));
        buf_add(b, i == 0 ? S("</b>") : S("</span>"));
    }
    RAW(b, "</span></li>\n");
}

static void bars_legend(struct page_doc *p, const struct bars *s)
{
    RAW(&p->body, "<ul class=\"legend\">");
    if (s->split) {
        chart_legend_item(p, "c1", tr(p->doc.lang, M("goal reached")));
        chart_legend_item(p, "c2", tr(p->doc.lang, M("below the goal")));
    } else
        for (size_t i = 0; i < s->n; i++)
            chart_legend_item(p, bar_class(s, i, 0), tr(p->doc.lang, p->table.columns[s->column[i]].label));
    if (s->any_missing) chart_legend_item(p, "hx", tr(p->doc.lang, M("no figure")));
    chart_goal_item(p);
    bool cut = false;
    for (size_t r = 1; r < chart_rows(&p->table); r++) cut = cut || cut_before(s, p->table.row[r]);
    if (cut) chart_legend_item(p, "cuti", tr(p->doc.lang, M("not comparable across this line")));
    RAW(&p->body, "</ul>");
}

void draw_bars(struct page_doc *p)
{
    struct buf *b = &p->body;
    struct bars s = bars_of(p);
    if (s.n == 0) return;
    buf_fmt(b, "<figure class=\"chart bars%s\">", s.n > 1 ? " grouped" : "");
    bars_legend(p, &s);
    RAW(b, "<ul class=\"plot\">");
    if (s.goal > 0 && s.rates) {
        buf_fmt(b,
                "<li class=\"top\" aria-hidden=\"true\"><span></span><svg><text class=\"goalt\" x=\"%.1f%%\" y=\"18\" "
                "text-anchor=\"end\">",
                s.goal);
        SAY(p, b, M("Goal %1"), rate_shown(p->a, rate_of_tenths(p->table.show.goal)));
        RAW(b, "</text></svg><span></span></li>");
    }
    for (size_t r = 0; r < chart_rows(&p->table); r++) bars_row(p, &s, p->table.row[r]);
    bars_axis(p, s.top);
    RAW(b, "</ul></figure>\n");
}

/* ---- stacked: cumulative shares, the widest drawn first ---- */

static const char *const share_class[SHOW_SIDE_BY_SIDE] = {"c1 seg", "c2 seg", "c3", "c0"};

static void stacked_row(struct page_doc *p, const size_t *column, size_t n, const struct cell *row)
{
    struct buf *b = &p->body;
    double v;
    RAW(b, "<li>");
    chart_lab(p, row);
    chart_svg(p, "", chart_words(p, row, column, n));
    ticks(b);
    RAW(b, "<rect class=\"c0\" x=\"0\" y=\"18%\" width=\"100%\" height=\"64%\"/>");
    for (size_t i = n; i-- > 0;)
        if (chart_value(&row[column[i]], &v))
            buf_fmt(b, "<rect class=\"%s\" x=\"0\" y=\"18%%\" width=\"%.3f%%\" height=\"64%%\"/>", share_class[i], v);
    buf_fmt(b, "</svg><span class=\"v t%d\">", (int)n);
    for (size_t i = 0; i < n; i++) {
        buf_add(b, i == 0 ? S("<b>") : S("<span>"));
        page_escape(b, chart_figure(p, column[i], row));
        buf_add(b, i == 0 ? S("</b>") : S("</span>"));
    }
    RAW(b, "</span></li>\n");
}

void draw_stacked(struct page_doc *p)
{
    static const char *const legend[SHOW_SIDE_BY_SIDE] = {"c1", "c2", "c3", "c0"};
    struct buf *b = &p->body;
    size_t column[SHOW_VALUES], n = chart_few(&p->table, column);
    if (n == 0) return;
    RAW(b, "<figure class=\"chart bars stacked\"><ul class=\"legend\">");
    for (size_t i = 0; i < n; i++) chart_legend_item(p, legend[i], tr(p->doc.lang, p->table.columns[column[i]].label));
    RAW(b, "</ul><ul class=\"plot\">");
    for (size_t r = 0; r < chart_rows(&p->table); r++) stacked_row(p, column, n, p->table.row[r]);
    bars_axis(p, 100);
    RAW(b, "</ul></figure>\n");
}

/* ---- parts of a whole ---- */

enum { PARTS_MAX = 6 };
static const char *const part_class[PARTS_MAX] = {"c1", "c2", "c3", "c0", "cx", "lackf"};
static const char *const part_legend[PARTS_MAX] = {"c1", "c2", "c3", "c0", "hx", "h3"};

static void parts_legend(struct page_doc *p, size_t value)
{
    struct buf *b = &p->body;
    ptrdiff_t label = column_index(&p->table, p->table.show.label);
    RAW(b, "<ul class=\"legend\">");
    for (size_t r = 0; r < chart_rows(&p->table); r++) {
        buf_fmt(b, "<li><i class=\"%s\"></i>", part_legend[r < PARTS_MAX ? r : PARTS_MAX - 1]);
        if (label >= 0) {
            struct link_to to = cell_link(p, (size_t)label, p->table.row[r]);
            if (to.any && !to.act) cell_linked(p, b, (size_t)label, p->table.row[r], NULL);
            else page_escape(b, chart_label(p, p->table.row[r]));
        }
        RAW(b, " <b>");
        page_escape(b, chart_figure(p, value, p->table.row[r]));
        RAW(b, "</b></li>");
    }
    RAW(b, "</ul>");
}

static str parts_words(struct page_doc *p, size_t value)
{
    struct buf words = buf_in(p->a);
    for (size_t r = 0; r < chart_rows(&p->table); r++) {
        if (r != 0) RAW(&words, ", ");
        buf_add(&words, chart_label(p, p->table.row[r]));
        RAW(&words, " ");
        buf_add(&words, chart_figure(p, value, p->table.row[r]));
    }
    return buf_str(&words);
}

void draw_parts(struct page_doc *p)
{
    struct buf *b = &p->body;
    const struct page_table *t = &p->table;
    size_t column[SHOW_VALUES];
    double all = 0, at = 0, v;
    if (chart_values(t, column) == 0) return;
    for (size_t r = 0; r < chart_rows(t); r++) all += chart_value(&t->row[r][column[0]], &v) && v > 0 ? v : 0;
    RAW(b, "<figure class=\"chart parts\">");
    chart_svg(p, " class=\"unitbar\"", parts_words(p, column[0]));
    for (size_t r = 0; r < chart_rows(t) && all > 0; r++) {
        if (!chart_value(&t->row[r][column[0]], &v) || v <= 0) continue;
        buf_fmt(b, "<rect class=\"%s seg\" x=\"%.3f%%\" y=\"4\" width=\"%.3f%%\" height=\"20\"/>",
                part_class[r < PARTS_MAX ? r : PARTS_MAX - 1], 100 * at / all, 100 * v / all);
        at += v;
    }
    RAW(b, "</svg>");
    parts_legend(p, column[0]);
    RAW(b, "</figure>\n");
}
