/* What goes round: the ring of a cycle with its needle at today, and the radar. */
#include <math.h>

#include "web/page_chart.h"

static const double CENTRE = 170, RADIUS = 124, HALF = 23, GAP = 5; /* of the 340 × 340 drawing; the gap in degrees */

struct point {
    double x, y;
};
/* Degrees run clockwise from the top, as a clock does. */
static struct point at(double degrees, double radius)
{
    double r = degrees * 3.14159265358979323846 / 180;
    return (struct point){CENTRE + radius * sin(r), CENTRE - radius * cos(r)};
}

/* ---- ring ---- */

static void arc(struct buf *b, const char *class, double from, double to, double radius)
{
    struct point p = at(from, radius), q = at(to, radius);
    buf_fmt(b, "<path class=\"%s\" d=\"M%.1f %.1fA%.0f %.0f 0 %d 1 %.1f %.1f\"/>", class, p.x, p.y, radius, radius,
            to - from > 180, q.x, q.y);
}

/* The arcs are equally long whatever the dates: a phase of three weeks must be read beside one of four months. */
struct ring {
    size_t rows;
    double share;
    ptrdiff_t state, from, until, detail;
};

static str state_of(const struct ring *s, const struct cell *row)
{
    return s->state < 0 ? (str){"", 0} : row[s->state].text;
}

static void ring_arc(struct page_doc *p, const struct ring *s, size_t r)
{
    struct buf *b = &p->body;
    const struct cell *row = p->table.row[r];
    double from = s->share * (double)r + GAP, to = s->share * (double)(r + 1) - GAP;
    bool past = str_eq(state_of(s, row), S("past")), now = str_eq(state_of(s, row), S("now"));
    ptrdiff_t label = column_index(&p->table, p->table.show.label);
    struct link_to link = label < 0 ? (struct link_to){0} : cell_link(p, (size_t)label, row);
    struct point middle = at((from + to) / 2, RADIUS);
    if (link.any && !link.act) {
        RAW(b, "<a");
        attribute(b, "href", link_url(p, &link));
        RAW(b, ">");
    }
    arc(b, past ? "arc past" : now ? "arc now" : "arc", from, to, RADIUS);
    if (!past && !now) {
        arc(b, "edge", from, to, RADIUS + HALF);
        arc(b, "edge", from, to, RADIUS - HALF);
    }
    buf_fmt(b, "<text class=\"tb%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">", now ? " onow" : "", middle.x,
            middle.y + 6);
    page_escape(b, chart_label(p, row));
    RAW(b, "</text>");
    if (link.any && !link.act) RAW(b, "</a>");
    struct point c = at(s->share * (double)(r + 1), RADIUS);
    buf_fmt(b, "<polyline class=\"chev\" transform=\"translate(%.1f %.1f) rotate(%.1f)\" points=\"-5,-8 4,0 -5,8\"/>", c.x, c.y,
            s->share * (double)(r + 1));
}

/* Where in its phase today is; half way where the dates do not say. */
static double today_at(struct page_doc *p, const struct ring *s, size_t r)
{
    const struct cell *row = p->table.row[r];
    double from = s->share * (double)r + GAP, to = s->share * (double)(r + 1) - GAP, part = 0.5;
    int64_t now = (p->doc.w->now + JAPAN) / DAY;
    if (s->from >= 0 && s->until >= 0 && row[s->from].type == CELL_DATE && row[s->until].type == CELL_DATE &&
        row[s->until].i > row[s->from].i)
        part = (double)(now - row[s->from].i) / (double)(row[s->until].i - row[s->from].i);
    part = part < 0 ? 0 : part > 1 ? 1 : part;
    return from + (to - from) * part;
}

static void needle(struct page_doc *p, const struct ring *s, size_t r)
{
    double degrees = today_at(p, s, r);
    struct point in = at(degrees, RADIUS - HALF - 10), out = at(degrees, RADIUS + HALF + 6);
    buf_fmt(&p->body,
            "<line class=\"needle\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>"
            "<circle class=\"dot\" cx=\"%.1f\" cy=\"%.1f\" r=\"6\"/>",
            in.x, in.y, out.x, out.y, in.x, in.y);
}

static void ring_middle(struct page_doc *p, const struct ring *s, size_t r)
{
    struct buf *b = &p->body;
    const struct cell *row = p->table.row[r];
    RAW(b, "<text class=\"t2\" x=\"170\" y=\"140\" text-anchor=\"middle\">");
    say(p, b, M("Now"));
    RAW(b, "</text><text class=\"tb big ta\" x=\"170\" y=\"180\" text-anchor=\"middle\">");
    page_escape(b, chart_label(p, row));
    RAW(b, "</text>");
    if (s->detail < 0 || row[s->detail].type == CELL_NONE) return;
    RAW(b, "<text x=\"170\" y=\"210\" text-anchor=\"middle\">");
    page_escape(b, cell_text(p, &p->table.columns[s->detail], &row[s->detail]));
    RAW(b, "</text>");
}

void draw_ring(struct page_doc *p)
{
    const struct page_table *t = &p->table;
    struct ring s = {.rows = chart_rows(t),
                     .state = column_index(t, t->show.state),
                     .from = column_index(t, t->show.from),
                     .until = column_index(t, t->show.until),
                     .detail = column_index(t, t->show.detail)};
    if (s.rows < 2 || s.rows > 12) return;
    s.share = 360.0 / (double)s.rows;
    size_t now = s.rows;
    struct buf words = buf_in(p->a);
    for (size_t r = 0; r < s.rows; r++) {
        bool here = str_eq(state_of(&s, t->row[r]), S("now"));
        if (here) now = r;
        if (r != 0) RAW(&words, " → ");
        buf_add(&words, chart_label(p, t->row[r]));
        if (here) buf_add(&words, FILLED(p, M(" (now)")));
    }
    RAW(&p->body, "<figure class=\"chart ring\">");
    chart_svg(p, " viewBox=\"0 0 340 340\"", buf_str(&words));
    for (size_t r = 0; r < s.rows; r++) ring_arc(p, &s, r);
    if (now < s.rows) {
        needle(p, &s, now);
        ring_middle(p, &s, now);
    }
    RAW(&p->body, "</svg></figure>\n");
}

/* ---- radar ---- */

enum { WEBS = 5 };
static const double RADAR = 110;

static void polygon(struct page_doc *p, const char *class, size_t n, const double *share)
{
    struct buf *b = &p->body;
    buf_fmt(b, "<polygon class=\"%s\" points=\"", class);
    for (size_t i = 0; i < n; i++) {
        struct point q = at(360.0 * (double)i / (double)n, RADAR * share[i]);
        buf_fmt(b, "%.1f,%.1f ", q.x, q.y);
    }
    RAW(b, "\"/>");
}

static void web(struct page_doc *p, size_t n)
{
    double *share = arena_array(p->a, n, sizeof *share);
    for (int k = 1; k <= WEBS; k++) {
        for (size_t i = 0; i < n; i++) share[i] = (double)k / WEBS;
        polygon(p, "rweb", n, share);
    }
}

static void outline(struct page_doc *p, const char *class, size_t column, double top)
{
    const struct page_table *t = &p->table;
    size_t n = chart_rows(t);
    double *share = arena_array(p->a, n, sizeof *share), v;
    for (size_t r = 0; r < n; r++) share[r] = chart_value(&t->row[r][column], &v) && v > 0 ? v / top : 0;
    polygon(p, class, n, share);
}

static void spokes(struct page_doc *p, size_t column, double top)
{
    struct buf *b = &p->body;
    const struct page_table *t = &p->table;
    size_t n = chart_rows(t);
    double v;
    for (size_t r = 0; r < n; r++) {
        double degrees = 360.0 * (double)r / (double)n;
        struct point q = at(degrees, RADAR + 22);
        const char *anchor = degrees < 10 || degrees > 350 || fabs(degrees - 180) < 10 ? "middle" : degrees < 180 ? "start" : "end";
        buf_fmt(b, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">", q.x, q.y + 5, anchor);
        page_escape(b, chart_label(p, t->row[r]));
        RAW(b, "</text>");
        if (!chart_value(&t->row[r][column], &v)) continue;
        q = at(degrees, RADAR * v / top);
        buf_fmt(b, "<circle class=\"d1\" cx=\"%.1f\" cy=\"%.1f\" r=\"5\"><title>", q.x, q.y);
        page_escape(b, chart_words(p, t->row[r], &column, 1));
        RAW(b, "</title></circle>");
    }
}

void draw_radar(struct page_doc *p)
{
    static const char *const area[SHOW_SIDE_BY_SIDE] = {"rarea", "rarea2", "rarea3", "rarea4"};
    struct buf *b = &p->body, words = buf_in(p->a);
    const struct page_table *t = &p->table;
    size_t column[SHOW_VALUES], n = chart_few(t, column), rows = chart_rows(t);
    double top = 1, v;
    if (n == 0 || rows < 3) return;
    for (size_t r = 0; r < rows; r++) {
        for (size_t i = 0; i < n; i++)
            if (chart_value(&t->row[r][column[i]], &v) && v > top) top = v;
        if (r != 0) RAW(&words, "; ");
        buf_add(&words, chart_words(p, t->row[r], column, n));
    }
    top = t->columns[column[0]].type == CELL_RATE ? 100 : chart_top(top);
    RAW(b, "<figure class=\"chart radar\"><ul class=\"legend\">");
    for (size_t i = 0; i < n; i++) {
        buf_fmt(b, "<li><svg aria-hidden=\"true\"><line class=\"ln l%d\" x1=\"0\" x2=\"100%%\" y1=\"8\" y2=\"8\"/></svg>", (int)i + 1);
        page_escape(b, tr(p->doc.lang, t->columns[column[i]].label));
        RAW(b, "</li>");
    }
    RAW(b, "</ul>");
    chart_svg(p, " viewBox=\"-40 30 420 280\"", buf_str(&words));
    web(p, rows);
    for (size_t i = n; i-- > 0;) outline(p, area[i], column[i], top);
    spokes(p, column[0], top);
    RAW(b, "</svg></figure>\n");
}
