/* Small charts with the same axes, one for each label: a level that holds until the next step, the band within which it lies, another
 * run beneath it, the level that should hold. Paths stretch with their chart (a viewBox without an aspect of its own); words do not. */
#include <math.h>

#include "web/page_chart.h"

enum {
    CHARTS = 60,      /* drawn; the table has them all */
    STEPS = 240,      /* of a chart that is 200 pixels wide */
    SPOTS = 48,       /* of a chart that can be pointed at */
    TOP = 12, TALL = 120, /* pixels of the plot; twelve above it for half of a figure at the axis */
    TICKS = 4,        /* along the time at most */
    GOAL_BELOW = 78,  /* percent from which the goal's figure stands below its line */
};

struct picture {
    const struct curves *all;
    const struct curve *k;
    struct curve_step step[STEPS];
    size_t n;
};

/* ---- time ---- */

struct scale {
    int64_t step, unit; /* minutes */
};

/* Steps that people count in, and the unit that says them. */
static struct scale scale_of(int64_t end)
{
    enum { HOUR = 60, DAY_LONG = 24 * HOUR };
    static const struct scale known[] = {
        {5, 1}, {10, 1}, {15, 1}, {30, 1}, {HOUR, HOUR}, {2 * HOUR, HOUR}, {3 * HOUR, HOUR}, {6 * HOUR, HOUR}, {12 * HOUR, HOUR},
        {24 * HOUR, HOUR}, {48 * HOUR, HOUR}, {72 * HOUR, HOUR}, {5 * DAY_LONG, DAY_LONG}, {7 * DAY_LONG, DAY_LONG},
        {14 * DAY_LONG, DAY_LONG}, {28 * DAY_LONG, DAY_LONG}, {91 * DAY_LONG, DAY_LONG}, {182 * DAY_LONG, DAY_LONG},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (end <= known[i].step * TICKS) return known[i];
    int64_t days = (end / DAY_LONG / TICKS / 365 + 1) * 365;
    return (struct scale){days * DAY_LONG, DAY_LONG};
}

static str unit_words(struct page_doc *p, struct scale s)
{
    return tr(p->doc.lang, s.unit == 1 ? M("in minutes") : s.unit == 60 ? M("in hours") : M("in days"));
}

static double x_of(const struct picture *c, int64_t at) { return c->all->end == 0 ? 0 : 1000.0 * (double)at / (double)c->all->end; }
static double y_of(double level) { return 100 - 100 * (level < 0 ? 0 : level > 1 ? 1 : level); }
static double pixel(double level) { return TOP + y_of(level) * TALL / 100; }
static int64_t until(const struct picture *c, size_t i) { return i + 1 < c->n ? c->step[i + 1].at : c->all->end; }

/* ---- paths ---- */

static double level_of(const struct curve_step *s) { return s->level; }
static double before_of(const struct curve_step *s) { return s->before; }
static double high_of(const struct curve_step *s) { return s->high; }
static double low_of(const struct curve_step *s) { return s->low; }

static void line_path(struct buf *b, const struct picture *c, double value(const struct curve_step *), const char *class)
{
    bool any = false;
    double at = NAN;
    for (size_t i = 0; i < c->n; i++) {
        double v = value(&c->step[i]);
        if (isnan(v)) continue;
        if (!any) buf_fmt(b, "<path class=\"%s\" d=\"M%.1f %.1f", class, x_of(c, c->step[i].at), y_of(v));
        else if (v != at) buf_fmt(b, "H%.1fV%.1f", x_of(c, c->step[i].at), y_of(v));
        any = true;
        at = v;
    }
    if (any) buf_fmt(b, "H%.1f\"/>", x_of(c, c->all->end));
}

/* Along the upper edge and back along the lower one. */
static void band_path(struct buf *b, const struct picture *c)
{
    size_t first = 0;
    while (first < c->n && (isnan(c->step[first].low) || isnan(c->step[first].high))) first++;
    if (first == c->n) return;
    buf_fmt(b, "<path class=\"band\" d=\"M%.1f %.1f", x_of(c, c->step[first].at), y_of(high_of(&c->step[first])));
    for (size_t i = first; i < c->n; i++) buf_fmt(b, "V%.1fH%.1f", y_of(high_of(&c->step[i])), x_of(c, until(c, i)));
    for (size_t i = c->n; i-- > first;) buf_fmt(b, "V%.1fH%.1f", y_of(low_of(&c->step[i])), x_of(c, c->step[i].at));
    RAW(b, "Z\"/>");
}

/* What is missing to the goal. */
static void missing_path(struct buf *b, const struct picture *c)
{
    bool any = false;
    double goal = c->k->goal.value;
    for (size_t i = 0; c->k->goal.defined && i < c->n; i++) {
        if (isnan(c->step[i].level) || c->step[i].level >= goal) continue;
        if (!any) RAW(b, "<path class=\"miss\" d=\"");
        any = true;
        buf_fmt(b, "M%.1f %.1fH%.1fV%.1fH%.1fZ", x_of(c, c->step[i].at), y_of(goal), x_of(c, until(c, i)), y_of(c->step[i].level),
                x_of(c, c->step[i].at));
    }
    if (any) RAW(b, "\"/>");
}

/* ---- axes ---- */

static void levels(struct buf *b)
{
    RAW(b, "<svg class=\"y\" aria-hidden=\"true\">");
    for (int level = 0; level <= 100; level += 50)
        buf_fmt(b, "<text class=\"t2\" x=\"32\" y=\"%.0f\" text-anchor=\"end\">%d</text>", pixel(level / 100.0) + 5.5, level);
    RAW(b, "</svg>");
}

static void ground(struct buf *b, const struct picture *c)
{
    struct scale s = scale_of(c->all->end);
    for (int level = 0; level <= 100; level += 50)
        buf_fmt(b, "<line class=\"gl%s\" x1=\"0\" x2=\"100%%\" y1=\"%.0f\" y2=\"%.0f\"/>", level == 0 ? " gl0" : "", pixel(level / 100.0),
                pixel(level / 100.0));
    for (int64_t at = s.step; at < c->all->end; at += s.step)
        buf_fmt(b, "<line class=\"gl\" x1=\"%.2f%%\" x2=\"%.2f%%\" y1=\"%d\" y2=\"%d\"/>", x_of(c, at) / 10, x_of(c, at) / 10, TOP, TOP + TALL);
}

static void times(struct buf *b, const struct picture *c)
{
    struct scale s = scale_of(c->all->end);
    for (int64_t at = 0; at <= c->all->end; at += s.step) {
        double x = x_of(c, at) / 10;
        buf_fmt(b, "<text class=\"t2\" x=\"%.2f%%\" y=\"%d\" text-anchor=\"%s\">", x, TOP + TALL + 20, at == 0 ? "start" : x > 93 ? "end" : "middle");
        put_number(b, at / s.unit);
        RAW(b, "</text>");
    }
}

static void goal_line(struct page_doc *p, const struct picture *c)
{
    struct buf *b = &p->body;
    if (!c->k->goal.defined) return;
    double y = pixel(c->k->goal.value);
    buf_fmt(b, "<line class=\"goal\" x1=\"0\" x2=\"100%%\" y1=\"%.1f\" y2=\"%.1f\"/>", y, y);
    if (c->k->goal.tenths >= 1000) return; /* the axis says it */
    buf_fmt(b, "<text class=\"goalt halo\" x=\"100%%\" y=\"%.1f\" text-anchor=\"end\">", c->k->goal.tenths > GOAL_BELOW * 10 ? y + 17 : y - 5);
    page_escape(b, rate_shown(p->a, c->k->goal));
    RAW(b, "%</text>");
}

/* ---- words ---- */

static str level_words(struct page_doc *p, double level)
{
    int32_t tenths = (int32_t)(level * 1000 + 1e-6); /* rounded down: nothing that fell is said to be full */
    return str_fmt(p->a, "%.*s%%", STR_ARG(rate_shown(p->a, rate_of_tenths(tenths))));
}

static str column_words(struct page_doc *p, ptrdiff_t column) { return tr(p->doc.lang, p->table.columns[column].label); }

static void value_words(struct page_doc *p, struct buf *words, ptrdiff_t column, double value)
{
    if (column < 0 || isnan(value)) return;
    buf_add(words, tr(p->doc.lang, M(", ")));
    buf_add(words, column_words(p, column));
    RAW(words, " ");
    buf_add(words, level_words(p, value));
}

/* "3時間後　サービスレベル 40.0%、変更前 80.0%": of one step, for who points at it. */
static str spot_words(struct page_doc *p, const struct picture *c, const struct curve_step *s)
{
    const struct curves *all = c->all;
    struct buf words = buf_in(p->a);
    buf_add(&words, FILLED(p, M("after %1"), lang_minutes(p->a, p->doc.lang, s->at)));
    value_words(p, &words, all->level, s->level);
    if (s->low < s->high) value_words(p, &words, all->low, s->low);
    if (s->low < s->high) value_words(p, &words, all->high, s->high);
    value_words(p, &words, all->before, s->before);
    return buf_str(&words);
}

static str least_words(struct page_doc *p, const struct curve *k)
{
    str least = str_fmt(p->a, "%.*s%%", STR_ARG(rate_shown(p->a, k->least)));
    return FILLED(p, M("Lowest %1"), least);
}

static str below_words(struct page_doc *p, const struct curves *all, const struct curve *k)
{
    str goal = all->goal >= 0 ? column_words(p, all->goal) : tr(p->doc.lang, M("goal"));
    if (k->below_at == CURVE_NEVER) return FILLED(p, M("%1: held throughout"), goal);
    if (k->below_at == 0) return FILLED(p, M("%1: missed at once"), goal);
    return FILLED(p, M("%1: missed after %2"), goal, lang_minutes(p->a, p->doc.lang, k->below_at));
}

static str curve_label(struct page_doc *p, const struct picture *c)
{
    return cell_text(p, &p->table.columns[c->all->label], &c->k->label);
}

static str curve_words(struct page_doc *p, const struct picture *c)
{
    struct buf words = buf_in(p->a);
    buf_add(&words, curve_label(p, c));
    if (c->k->least.defined) {
        buf_add(&words, tr(p->doc.lang, M(", ")));
        buf_add(&words, least_words(p, c->k));
    }
    if (c->k->goal.defined) {
        buf_add(&words, tr(p->doc.lang, M(", ")));
        buf_add(&words, below_words(p, c->all, c->k));
    }
    return buf_str(&words);
}

/* ---- one chart ---- */

static void head(struct page_doc *p, const struct picture *c)
{
    struct buf *b = &p->body;
    RAW(b, "<div class=\"cap\">");
    if (c->k->row != NULL) chart_lab(p, c->k->row);
    if (c->k->least.defined) {
        RAW(b, "<span class=\"low\">");
        page_escape(b, least_words(p, c->k));
        RAW(b, "</span>");
    }
    if (c->k->goal.defined) {
        buf_fmt(b, "<span class=\"st %s\">", c->k->below_at == CURVE_NEVER ? "done" : "back");
        page_escape(b, below_words(p, c->all, c->k));
        RAW(b, "</span>");
    }
    RAW(b, "</div>");
}

/* Areas to point at, as high as the chart; where steps crowd the first of each crowd. */
static void spots(struct page_doc *p, const struct picture *c)
{
    struct buf *b = &p->body;
    for (size_t i = 0, next; i < c->n; i = next) {
        for (next = i + 1; next < c->n && x_of(c, c->step[next].at) - x_of(c, c->step[i].at) < 1000.0 / SPOTS; next++) {}
        double from = x_of(c, c->step[i].at) / 10, to = x_of(c, next < c->n ? c->step[next].at : c->all->end) / 10;
        buf_fmt(b, "<rect class=\"spot\" x=\"%.2f%%\" y=\"%d\" width=\"%.2f%%\" height=\"%d\"><title>", from, TOP, to - from, TALL);
        page_escape(b, spot_words(p, c, &c->step[i]));
        RAW(b, "</title></rect>");
    }
}

static void one_chart(struct page_doc *p, const struct picture *c)
{
    struct buf *b = &p->body;
    RAW(b, "<li>");
    head(p, c);
    RAW(b, "<div class=\"plot\">");
    levels(b);
    chart_svg(p, "", curve_words(p, c));
    ground(b, c);
    buf_fmt(b, "<svg y=\"%d\" width=\"100%%\" height=\"%d\" viewBox=\"0 0 1000 100\" preserveAspectRatio=\"none\">", TOP, TALL);
    missing_path(b, c);
    band_path(b, c);
    line_path(b, c, before_of, "was");
    line_path(b, c, level_of, "is");
    RAW(b, "</svg>");
    goal_line(p, c);
    times(b, c);
    spots(p, c);
    RAW(b, "</svg></div></li>\n");
}

/* ---- all of them ---- */

static void line_item(struct page_doc *p, const char *class, str words)
{
    buf_fmt(&p->body, "<li><svg aria-hidden=\"true\"><path class=\"%s\" d=\"M0 8H36\"/></svg>", class);
    page_escape(&p->body, words);
    RAW(&p->body, "</li>");
}

static void legend(struct page_doc *p, const struct curves *all)
{
    RAW(&p->body, "<ul class=\"legend\">");
    line_item(p, "is", column_words(p, all->level));
    if (all->any_band)
        chart_legend_item(p, "bandi", FILLED(p, M("%1 to %2"), column_words(p, all->low), column_words(p, all->high)));
    if (all->any_before) line_item(p, "was", column_words(p, all->before));
    if (all->any_goal) {
        str goal = all->goal >= 0 ? column_words(p, all->goal) : tr(p->doc.lang, M("goal"));
        line_item(p, "goal", goal);
        chart_legend_item(p, "missi", FILLED(p, M("missing to it: %1"), goal));
    }
    RAW(&p->body, "</ul>");
}

static void caption(struct page_doc *p, const struct curves *all)
{
    struct buf *b = &p->body;
    RAW(b, "<figcaption><span>");
    SAY(p, b, M("Across: time %1; upwards: level in percent."), unit_words(p, scale_of(all->end)));
    if (all->n > CHARTS) {
        RAW(b, " ");
        SAY(p, b, M("Drawn are the first %1 of %2; the table has them all."), str_int(p->a, CHARTS), number_text(p->a, (int64_t)all->n));
    }
    RAW(b, "</span></figcaption>");
}

void draw_curves(struct page_doc *p)
{
    struct curves *all = p->table.curves;
    struct picture *c = arena_alloc(p->a, sizeof *c);
    if (all == NULL || all->n == 0) return;
    curves_sum(all);
    RAW(&p->body, "<figure class=\"chart curves\">");
    legend(p, all);
    caption(p, all);
    RAW(&p->body, "<ul class=\"many\">");
    for (size_t i = 0; i < all->n && i < CHARTS; i++) {
        *c = (struct picture){.all = all, .k = &all->curve[i]};
        c->n = curve_thin(c->k, all->end, STEPS, c->step);
        one_chart(p, c);
    }
    RAW(&p->body, "</ul></figure>\n");
}
