#include "cli/curve_lines.h"

#include <math.h>

#include "base/utf8.h"

enum { LINE_GOOD = 48, LINE_LEAST = 12, LABEL_MOST = 28, BETWEEN = 2 };

str curve_line(struct arena *a, const struct curve *k, int64_t end, int width)
{
    static const char *const block[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    double *low = arena_array(a, (size_t)width, sizeof *low);
    struct buf b = buf_in(a);
    curve_lows(k, end, (size_t)width, low);
    for (int i = 0; i < width; i++) {
        double level = isnan(low[i]) || low[i] < 0 ? 0 : low[i] > 1 ? 1 : low[i];
        buf_add(&b, isnan(low[i]) ? S(" ") : str_of(block[(int)(level * 7)]));
    }
    return buf_str(&b);
}

/* ---- words ---- */

static str least_words(struct arena *a, enum lang lang, const struct curve *k)
{
    if (!k->least.defined) return S("–");
    const str two[] = {str_fmt(a, "%.*s%%", STR_ARG(rate_text(a, k->least))), lang_minutes(a, lang, k->least_at)};
    return tr_fill(a, lang, k->least_at == 0 ? M("Lowest %1") : M("Lowest %1 (after %2)"), two, 2);
}

static str goal_words(struct arena *a, enum lang lang, const struct curve *k, str goal)
{
    if (!k->goal.defined) return (str){"", 0};
    const str two[] = {goal, lang_minutes(a, lang, k->below_at == CURVE_NEVER ? 0 : k->below_at)};
    str id = k->below_at == CURVE_NEVER ? M("%1: held throughout") : k->below_at == 0 ? M("%1: missed at once") : M("%1: missed after %2");
    return tr_fill(a, lang, id, two, 2);
}

/* ---- lines ---- */

struct widths {
    int label, line, least;
    bool goals; /* there is room for what is said of the goal */
};

static int widest(int so_far, str s) { return utf8_width(s) > so_far ? utf8_width(s) : so_far; }

static struct widths widths_of(struct arena *a, enum lang lang, int columns, const struct curves *c, str goal)
{
    struct widths w = {.line = LINE_GOOD, .goals = true};
    int goals = 0;
    for (size_t i = 0; i < c->n; i++) {
        w.label = widest(w.label, doc_cell_words(a, lang, &c->curve[i].label));
        w.least = widest(w.least, least_words(a, lang, &c->curve[i]));
        goals = widest(goals, goal_words(a, lang, &c->curve[i], goal));
    }
    if (w.label > LABEL_MOST) w.label = LABEL_MOST;
    if (columns == 0) return w;
    int room = columns - w.label - w.least - 2 * BETWEEN;
    w.goals = room - goals - BETWEEN >= LINE_LEAST;
    if (w.goals) room -= goals + BETWEEN;
    w.line = room > LINE_GOOD ? LINE_GOOD : room < LINE_LEAST ? LINE_LEAST : room;
    return w;
}

static void padded(struct buf *b, str s, int width)
{
    int wide;
    str head = utf8_fit(s, width, &wide);
    buf_add(b, head);
    for (; wide < width + BETWEEN; wide++) buf_byte(b, ' ');
}

static void end_line(struct out *out, struct buf *b)
{
    while (b->n != 0 && b->p[b->n - 1] == ' ') b->n--;
    buf_byte(b, '\n');
    out_put(out, buf_str(b));
}

/* Where the time begins and ends. */
static void put_axis(struct out *out, struct arena *a, enum lang lang, const struct widths *w, int64_t end)
{
    struct buf b = buf_in(a);
    str last = lang_minutes(a, lang, end);
    padded(&b, S(""), w->label);
    padded(&b, S("0"), w->line - utf8_width(last) - BETWEEN > 1 ? w->line - utf8_width(last) - BETWEEN : 1);
    buf_add(&b, last);
    end_line(out, &b);
}

void curve_lines(struct out *out, struct arena *a, enum lang lang, int columns, const struct curves *c, str goal_label)
{
    struct arena_mark mark = arena_mark(a);
    struct widths w = widths_of(a, lang, columns, c, goal_label);
    for (size_t i = 0; i < c->n; i++) {
        struct buf b = buf_in(a);
        padded(&b, utf8_safe(a, doc_cell_words(a, lang, &c->curve[i].label)), w.label);
        padded(&b, curve_line(a, &c->curve[i], c->end, w.line), w.line);
        padded(&b, least_words(a, lang, &c->curve[i]), w.least);
        if (w.goals) buf_add(&b, goal_words(a, lang, &c->curve[i], goal_label));
        end_line(out, &b);
    }
    put_axis(out, a, lang, &w, c->end);
    arena_back(a, mark);
}
