/* Lines over time: a fixed column of figures beside a drawing that stretches; where the meaning changed, the line is cut
 * and a band says so. */
#include "web/page_chart.h"

#include <string.h>

enum { TOP = 36, BOTTOM = 272, GRID_STEPS = 5 };

struct line {
    size_t column[SHOW_VALUES], n, rows;
    double low, high;
    ptrdiff_t state, goal_of;
    bool wide; /* figures of many digits at the axis */
};

static double round_down(double x, double step) { return step * (double)(int64_t)(x / step); }

static struct line line_of(struct page_doc *p)
{
    const struct page_table *t = &p->table;
    struct line s = {.rows = chart_rows(t), .state = column_index(t, t->show.state),
                     .goal_of = column_index(t, t->show.goal_of), .high = 1};
    double v;
    s.n = chart_values(t, s.column);
    bool rates = s.n != 0 && t->columns[s.column[0]].type == CELL_RATE;
    for (size_t r = 0; r < s.rows; r++)
        for (size_t i = 0; i < s.n; i++)
            if (chart_value(&t->row[r][s.column[i]], &v) && v > s.high) s.high = v;
    for (size_t r = 0; s.goal_of >= 0 && r < s.rows; r++)
        if (chart_value(&t->row[r][s.goal_of], &v) && v > s.high) s.high = v;
    s.high = rates ? 100 : chart_top(s.high);
    s.low = round_down(t->show.begin / 10.0, 1);
    if (s.low >= s.high) s.low = 0;
    s.wide = s.high >= 10000;
    return s;
}

static double y_of(const struct line *s, double v) { return BOTTOM - (v - s->low) / (s->high - s->low) * (BOTTOM - TOP); }
static double x_of(const struct line *s, size_t r) { return 100.0 * ((double)r + 0.5) / (double)s->rows; }

static bool cut(const struct line *s, const struct cell *row)
{
    return s->state >= 0 && str_eq(row[s->state].text, S("break"));
}

static void y_axis(struct page_doc *p, const struct line *s)
{
    struct buf *b = &p->body;
    RAW(b, "<svg class=\"y\" aria-hidden=\"true\">");
    for (int i = 0; i <= GRID_STEPS; i++) {
        double v = s->low + (s->high - s->low) * i / GRID_STEPS;
        buf_fmt(b, "<text class=\"t2\" x=\"%d\" y=\"%.1f\" text-anchor=\"end\">", s->wide ? 92 : 44, y_of(s, v) + 5.5);
        if (v == (double)(int64_t)v) put_number(b, (int64_t)v);
        else buf_fmt(b, "%g", v);
        RAW(b, "</text>");
    }
    RAW(b, "</svg>");
}

static void ground(struct page_doc *p, const struct line *s)
{
    struct buf *b = &p->body;
    const struct page_table *t = &p->table;
    for (size_t r = 1; r < s->rows; r++)
        if (cut(s, t->row[r])) {
            double middle = (x_of(s, r - 1) + x_of(s, r)) / 2;
            buf_fmt(b, "<rect class=\"brk\" x=\"%.2f%%\" y=\"%d\" width=\"%.2f%%\" height=\"%d\"/>", x_of(s, r - 1), TOP,
                    100.0 / (double)s->rows, BOTTOM - TOP);
            buf_fmt(b, "<line class=\"brkl\" x1=\"%.2f%%\" x2=\"%.2f%%\" y1=\"%d\" y2=\"%d\"/>", middle, middle, TOP, BOTTOM);
        }
    for (int i = 0; i <= GRID_STEPS; i++) {
        double y = y_of(s, s->low + (s->high - s->low) * i / GRID_STEPS);
        buf_fmt(b, "<line class=\"gl%s\" x1=\"0\" x2=\"100%%\" y1=\"%.1f\" y2=\"%.1f\"/>", i == 0 ? " gl0" : "", y, y);
    }
    double goal;
    for (size_t r = 0; s->goal_of >= 0 && r < s->rows; r++)
        if (chart_value(&t->row[r][s->goal_of], &goal))
            buf_fmt(b, "<line class=\"goal\" x1=\"%.2f%%\" x2=\"%.2f%%\" y1=\"%.1f\" y2=\"%.1f\"/>", x_of(s, r) - 50.0 / (double)s->rows,
                    x_of(s, r) + 50.0 / (double)s->rows, y_of(s, goal), y_of(s, goal));
    if (t->show.goal == 0) return;
    double y = y_of(s, t->show.goal / 10.0);
    buf_fmt(b, "<line class=\"goal\" x1=\"0\" x2=\"100%%\" y1=\"%.1f\" y2=\"%.1f\"/>", y, y);
}

static void strokes(struct page_doc *p, const struct line *s, size_t i)
{
    const struct page_table *t = &p->table;
    double from, to;
    for (size_t r = 1; r < s->rows; r++) {
        if (cut(s, t->row[r])) continue;
        if (!chart_value(&t->row[r - 1][s->column[i]], &from) || !chart_value(&t->row[r][s->column[i]], &to)) continue;
        buf_fmt(&p->body, "<line class=\"ln l%d\" x1=\"%.2f%%\" x2=\"%.2f%%\" y1=\"%.1f\" y2=\"%.1f\"/>", (int)i + 1,
                x_of(s, r - 1), x_of(s, r), y_of(s, from), y_of(s, to));
    }
}

/* Of many only every so many has room for words, on a phone still fewer (.tq); counted from the last, which is told
 * always. Empty: none. */
static const char *told(const struct line *s, size_t r, size_t desk, size_t phone)
{
    size_t back = s->rows - 1 - r;
    return back % (s->rows / phone + 1) == 0 ? "shown" : back % (s->rows / desk + 1) == 0 ? "tq" : "";
}

/* Figures stand at the first line only: labels of several would lie on each other. */
static void dots(struct page_doc *p, const struct line *s, size_t i)
{
    struct buf *b = &p->body;
    double v;
    for (size_t r = 0; r < s->rows; r++) {
        const struct cell *row = p->table.row[r];
        if (!chart_value(&row[s->column[i]], &v)) continue;
        buf_fmt(b, "<circle class=\"d%d\" cx=\"%.2f%%\" cy=\"%.1f\" r=\"%d\"><title>", (int)i + 1, x_of(s, r), y_of(s, v),
                i == 0 ? 6 : 4);
        page_escape(b, chart_words(p, row, &s->column[i], 1));
        RAW(b, "</title></circle>");
        const char *when = told(s, r, 16, 5);
        if (i != 0 || *when == '\0') continue;
        const char *anchor = s->rows > 8 && r + 1 == s->rows ? "end" : "middle"; /* the last keeps within the page */
        double y = y_of(s, v), beside = y + 26 > BOTTOM ? -14 : 26;
        buf_fmt(b, "<text class=\"tb halo %s\" x=\"%.2f%%\" y=\"%.1f\" text-anchor=\"%s\">", when, x_of(s, r), y + beside, anchor);
        page_escape(b, chart_figure(p, s->column[i], row));
        RAW(b, "</text>");
    }
}

/* As text and not in the drawing, so that long names of rounds wrap. */
static void x_axis(struct page_doc *p, const struct line *s)
{
    struct buf *b = &p->body;
    buf_fmt(b, "<ol class=\"x%s\" aria-hidden=\"true\">", s->rows > 8 ? " many" : "");
    for (size_t r = 0; r < s->rows; r++) {
        const char *when = told(s, r, 16, 5);
        buf_fmt(b, "<li class=\"%s\">", *when == '\0' ? "off" : when);
        page_escape(b, chart_label(p, p->table.row[r]));
        RAW(b, "</li>");
    }
    RAW(b, "</ol>");
}

static str line_words(struct page_doc *p, const struct line *s)
{
    struct buf words = buf_in(p->a);
    for (size_t r = 0; r < s->rows; r++) {
        if (r != 0) RAW(&words, "; ");
        if (cut(s, p->table.row[r])) {
            buf_add(&words, tr(p->doc.lang, M("(not comparable with what stands before)")));
            RAW(&words, " ");
        }
        buf_add(&words, chart_words(p, p->table.row[r], s->column, s->n));
    }
    return buf_str(&words);
}

static void line_legend(struct page_doc *p, const struct line *s)
{
    struct buf *b = &p->body;
    bool any_cut = false;
    for (size_t r = 1; r < s->rows; r++) any_cut = any_cut || cut(s, p->table.row[r]);
    RAW(b, "<ul class=\"legend\">");
    for (size_t i = 0; i < s->n; i++) {
        buf_fmt(b,
                "<li><svg aria-hidden=\"true\"><line class=\"ln l%d\" x1=\"0\" x2=\"100%%\" y1=\"8\" y2=\"8\"/><circle "
                "class=\"d%d\" cx=\"50%%\" cy=\"8\" r=\"5\"/></svg>",
                (int)i + 1, (int)i + 1);
        page_escape(b, tr(p->doc.lang, p->table.columns[s->column[i]].label));
        RAW(b, "</li>");
    }
    if (p->table.show.goal != 0) {
        RAW(b, "<li><svg aria-hidden=\"true\"><line class=\"goal\" x1=\"0\" x2=\"100%\" y1=\"8\" y2=\"8\"/></svg>");
        SAY(p, b, M("Goal %1"), rate_shown(p->a, rate_of_tenths(p->table.show.goal)));
        RAW(b, "</li>");
    }
    chart_goal_item(p);
    if (any_cut) chart_legend_item(p, "brki", tr(p->doc.lang, M("not comparable across this band")));
    RAW(b, "</ul>");
}

void draw_line(struct page_doc *p)
{
    struct buf *b = &p->body;
    struct line s = line_of(p);
    if (s.n == 0) return;
    buf_fmt(b, "<figure class=\"chart linec%s\">", s.wide ? " wide" : "");
    if (s.low > 0) {
        RAW(b, "<figcaption><span>");
        SAY(p, b, M("The axis begins at %1."), str_int(p->a, (int64_t)s.low));
        RAW(b, "</span></figcaption>");
    }
    line_legend(p, &s);
    RAW(b, "<div class=\"plot\">");
    y_axis(p, &s);
    chart_svg(p, "", line_words(p, &s));
    ground(p, &s);
    for (size_t i = s.n; i-- > 0;) strokes(p, &s, i);
    for (size_t i = s.n; i-- > 0;) dots(p, &s, i);
    RAW(b, "</svg>");
    x_axis(p, &s);
    RAW(b, "</div></figure>\n");
}
