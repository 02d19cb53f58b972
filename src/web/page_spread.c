/* Who failed because of whom: a lane for each group, a box for each service, the further right the longer the chain that reached it;
 * lines from what brought each down. As it is written it tells the end, with all times; meguri.js adds a slider that goes through it. */
#include "web/page_chart.h"

#include "base/utf8.h"

enum {
    BOXES = 300,
    COLUMNS_GOOD = 5, LINES_GOOD = 2, /* that a desk, a lane has room for */
    BOX_WIDE = 184, BOX_PAD = 8, GAP = 40, GAP_MOST = 80, ROW_GAP = 8, LANE_PAD = 10,
    DESK = 1216,       /* pixels of a page on a desk */
    LANE_LEAST = 116, LANE_MOST = 164, EDGE = 10,
    NAME_TALL = 22, NAME_FULL = 16, NAME_HALF = 9, /* pixels of a line of a name, of its characters, about; as in meguri.css */
    TIME_TALL = 19, TIME_FULL = 14, TIME_HALF = 8, /* likewise of times */
};

struct box {
    const struct cell *row;
    str code;
    size_t lane, depth; /* depth: steps of the chain from where it began */
    size_t because;     /* index of a box; its own: it began here */
    bool leaf;          /* it brought nothing down */
    size_t line;        /* within the lane */
    int x, y, tall;
    int64_t from, until; /* until -1: not back */
};
struct lane {
    const struct cell *row; /* the first in it */
    size_t lines;
    int y, tall;
};
struct map {
    struct box *box;
    size_t n;
    struct lane *lane;
    size_t n_lanes, n_depths;
    size_t spare; /* columns at the left for what was struck and brought nothing down */
    int width, height, gap, lane_wide;
    ptrdiff_t label, detail, from, until, least, because, how;
};

/* ---- reading ---- */

static struct map map_of(const struct page_table *t)
{
    const struct show *s = &t->show;
    return (struct map){.label = column_index(t, s->label), .detail = column_index(t, s->detail), .from = column_index(t, s->from),
                        .until = column_index(t, s->until), .least = column_index(t, s->values[0]),
                        .because = column_index(t, s->values[1]), .how = column_index(t, s->state)};
}

static str code_of(const struct cell *c) { return c->text.n != 0 ? c->text : c->ja.n != 0 ? c->ja : c->en; }

static bool same_cell(const struct cell *a, const struct cell *b) { return a->type == b->type && str_eq(code_of(a), code_of(b)); }

static size_t lane_of(struct map *m, const struct cell *row)
{
    for (size_t i = 0; i < m->n_lanes; i++)
        if (m->detail < 0 || same_cell(&m->lane[i].row[m->detail], &row[m->detail])) return i;
    m->lane[m->n_lanes] = (struct lane){.row = row};
    return m->n_lanes++;
}

/* Of the service's rows the latest that was not later: one may fail again. */
static size_t cause_of(const struct map *m, size_t self)
{
    const struct box *x = &m->box[self];
    size_t found = self;
    if (m->because < 0 || x->row[m->because].type == CELL_NONE) return self;
    str code = code_of(&x->row[m->because]);
    for (size_t i = 0; i < m->n; i++)
        if (i != self && m->box[i].from <= x->from && str_eq(m->box[i].code, code) && (found == self || m->box[i].from >= m->box[found].from))
            found = i;
    return found;
}

/* What goes round in a circle began where it is read. */
static size_t depth_of(struct map *m, size_t self)
{
    size_t steps = 0;
    for (size_t i = self; m->box[i].because != i; i = m->box[i].because)
        if (++steps == m->n) return m->box[self].because = self, 0;
    return steps;
}

static void read_boxes(struct map *m, const struct page_table *t, size_t rows)
{
    for (size_t r = 0; r < rows; r++) {
        const struct cell *row = t->row[r];
        if (row[m->from].type != CELL_MINUTES || row[m->label].type == CELL_NONE) continue;
        struct box *x = &m->box[m->n];
        *x = (struct box){.row = row, .code = code_of(&row[m->label]), .from = row[m->from].i, .until = -1};
        if (m->until >= 0 && row[m->until].type == CELL_MINUTES) x->until = row[m->until].i;
        x->lane = lane_of(m, row);
        m->n++;
    }
    for (size_t i = 0; i < m->n; i++) m->box[i].because = cause_of(m, i);
    for (size_t i = 0; i < m->n; i++) {
        m->box[i].depth = depth_of(m, i);
        if (m->box[i].depth >= m->n_depths) m->n_depths = m->box[i].depth + 1;
    }
}

/* ---- layout ---- */

/* Lines of the lane that is highest at the beginning of the chain, when those that brought nothing down have so many columns of their own. */
static size_t lines_at_first(const struct map *m, size_t spare, size_t *leaf, size_t *other)
{
    size_t most = 0;
    for (size_t l = 0; l < m->n_lanes; l++) leaf[l] = other[l] = 0;
    for (size_t i = 0; i < m->n; i++)
        if (m->box[i].depth == 0) ++*(m->box[i].leaf ? &leaf[m->box[i].lane] : &other[m->box[i].lane]);
    for (size_t l = 0; l < m->n_lanes; l++) {
        size_t beside = spare == 0 ? 0 : (leaf[l] + spare - 1) / spare, lines = spare == 0 ? leaf[l] + other[l] : other[l] > beside ? other[l] : beside;
        if (lines > most) most = lines;
    }
    return most;
}

/* A step of the chain is a column, so that no line runs behind a box. Only what was struck and brought nothing down may stand to the
 * left of that, where a disaster strikes many. */
static void find_columns(struct map *m, struct arena *a)
{
    size_t *leaf = arena_array(a, m->n_lanes, sizeof *leaf), *other = arena_array(a, m->n_lanes, sizeof *other);
    for (size_t i = 0; i < m->n; i++) m->box[i].leaf = true;
    for (size_t i = 0; i < m->n; i++)
        if (m->box[i].because != i) m->box[m->box[i].because].leaf = false;
    while (m->n_depths + m->spare < COLUMNS_GOOD && lines_at_first(m, m->spare, leaf, other) > LINES_GOOD &&
           lines_at_first(m, m->spare + 1, leaf, other) < lines_at_first(m, m->spare, leaf, other))
        m->spare++;
}

/* Lines have what room is left. */
static void find_width(struct map *m)
{
    int columns = (int)(m->n_depths + m->spare), left = DESK - m->lane_wide - 2 * EDGE - columns * BOX_WIDE;
    m->gap = columns < 2 || left / (columns - 1) < GAP ? GAP : left / (columns - 1) > GAP_MOST ? GAP_MOST : left / (columns - 1);
    m->width = columns * (BOX_WIDE + m->gap) - m->gap + 2 * EDGE;
}

static int pixels(str s, int full, int half)
{
    int wide = 0;
    for (size_t at = 0; at < s.n;) {
        size_t from = at;
        bool sign = utf8_next(s, &at) >= 0x2000; /* arrows, which a terminal has narrower */
        int columns = utf8_width(str_sub(s, from, at));
        wide += columns == 2 || (sign && columns != 0) ? full : columns * half;
    }
    return wide;
}

static bool full_width(str s)
{
    size_t at = 0;
    return s.n != 0 && (utf8_next(s, &at), utf8_width(str_sub(s, 0, at)) == 2);
}

/* Words are not cut; Japanese, which has no blanks, is nearly anywhere: a character of each line is left for that. */
static int lines_of(str words, int room, int full, int half)
{
    int lines = 1, used = 0;
    for (str word; str_cut(&words, ' ', &word);) {
        int wide = pixels(word, full, half), line = full_width(word) ? room - full / 2 : room;
        if (used != 0 && used + half / 2 + wide > line) {
            lines++;
            used = 0;
        }
        for (used += (used != 0) * half / 2 + wide; used > line; used -= line) lines++;
    }
    return lines;
}

static bool partial(const struct map *m, const struct box *x)
{
    return m->least >= 0 && x->row[m->least].type == CELL_RATE && x->row[m->least].rate.defined && x->row[m->least].rate.tenths > 0;
}

/* What did not fail altogether says how low it was. */
static str down_words(struct page_doc *p, const struct map *m, const struct box *x)
{
    str at = lang_minutes(p->a, p->doc.lang, x->from);
    if (!partial(m, x)) return str_fmt(p->a, "↓ %.*s", STR_ARG(at));
    return str_fmt(p->a, "↓ %.*s (%.*s%%)", STR_ARG(at), STR_ARG(rate_shown(p->a, x->row[m->least].rate)));
}

static str back_words(struct page_doc *p, const struct box *x)
{
    return x->until < 0 ? S("↑ –") : str_fmt(p->a, "↑ %.*s", STR_ARG(lang_minutes(p->a, p->doc.lang, x->until)));
}

static str name_of(struct page_doc *p, const struct map *m, const struct box *x)
{
    return cell_text(p, &p->table.columns[m->label], &x->row[m->label]);
}

static int box_tall(struct page_doc *p, const struct map *m, const struct box *x)
{
    enum { ROOM = BOX_WIDE - 2 * BOX_PAD };
    int down = pixels(down_words(p, m, x), TIME_FULL, TIME_HALF), back = pixels(back_words(p, x), TIME_FULL, TIME_HALF);
    int times = down + TIME_FULL + back <= ROOM ? 1 : 2 + (down > ROOM) + (back > ROOM);
    return lines_of(name_of(p, m, x), ROOM, NAME_FULL, NAME_HALF) * NAME_TALL + times * TIME_TALL + 2 * BOX_PAD;
}

static void place_box(struct page_doc *p, struct map *m, struct box *x, size_t at)
{
    bool aside = x->depth == 0 && x->leaf && m->spare != 0;
    x->line = aside ? at / m->spare : at;
    size_t column = aside ? at % m->spare : m->spare + x->depth;
    x->x = EDGE + (int)column * (BOX_WIDE + m->gap);
    x->tall = box_tall(p, m, x);
    if (x->line >= m->lane[x->lane].lines) m->lane[x->lane].lines = x->line + 1;
}

/* Each box takes the first free line of its lane. */
static void place(struct page_doc *p, struct map *m)
{
    size_t steps = m->n_depths + 1, *taken = arena_array(p->a, m->n_lanes * steps, sizeof *taken);
    for (size_t i = 0; i < m->n_lanes * steps; i++) taken[i] = 0;
    for (size_t i = 0; i < m->n; i++) {
        struct box *x = &m->box[i];
        size_t step = x->depth == 0 && x->leaf && m->spare != 0 ? m->n_depths : x->depth;
        place_box(p, m, x, taken[x->lane * steps + step]++);
    }
}

static str lane_name(struct page_doc *p, const struct map *m, const struct lane *l)
{
    return m->detail < 0 ? (str){"", 0} : cell_text(p, &p->table.columns[m->detail], &l->row[m->detail]);
}

/* As wide as the longest word of their names. */
static void measure_lanes(struct page_doc *p, struct map *m)
{
    m->lane_wide = LANE_LEAST;
    for (size_t l = 0; l < m->n_lanes; l++) {
        str rest = lane_name(p, m, &m->lane[l]);
        for (str word; str_cut(&rest, ' ', &word);) {
            int wide = full_width(word) ? 0 : pixels(word, NAME_FULL, NAME_HALF + 1) + 2 * BOX_PAD;
            if (wide > m->lane_wide) m->lane_wide = wide < LANE_MOST ? wide : LANE_MOST;
        }
    }
}

static int name_lines(struct page_doc *p, const struct map *m, const struct lane *l)
{
    return lines_of(lane_name(p, m, l), m->lane_wide - 2 * BOX_PAD, NAME_FULL, NAME_HALF);
}

/* Lines of a lane are as high as their highest box. */
static void stack(struct page_doc *p, struct map *m)
{
    m->height = 0;
    for (size_t l = 0; l < m->n_lanes; l++) {
        int y = m->height + LANE_PAD, name = name_lines(p, m, &m->lane[l]) * NAME_TALL + LANE_PAD;
        m->lane[l].y = m->height;
        for (size_t line = 0; line < m->lane[l].lines; line++) {
            int tall = 0;
            for (size_t i = 0; i < m->n; i++)
                if (m->box[i].lane == l && m->box[i].line == line && m->box[i].tall > tall) tall = m->box[i].tall;
            for (size_t i = 0; i < m->n; i++)
                if (m->box[i].lane == l && m->box[i].line == line) m->box[i].y = y, m->box[i].tall = tall;
            y += tall + ROW_GAP;
        }
        m->lane[l].tall = y - ROW_GAP + LANE_PAD - m->height;
        if (m->lane[l].tall < name) m->lane[l].tall = name;
        m->height += m->lane[l].tall;
    }
}

/* ---- drawing ---- */

static const char *const hows[] = {"physical", "cyber", "geographic", "logical"};
enum { HOWS = sizeof hows / sizeof *hows };

/* Not an enum of ours: drawn as the first. */
static size_t how_of(const struct map *m, const struct box *x)
{
    for (size_t i = 0; m->how >= 0 && i < HOWS; i++)
        if (str_eq(x->row[m->how].text, str_of(hows[i]))) return i;
    return 0;
}

static bool struck(const struct map *m, const struct box *x)
{
    return m->how >= 0 && str_eq(x->row[m->how].text, S("struck"));
}

static str how_words(struct page_doc *p, const struct map *m, const struct box *x)
{
    return m->how < 0 || x->row[m->how].type == CELL_NONE ? (str){"", 0} : cell_text(p, &p->table.columns[m->how], &x->row[m->how]);
}

static str box_words(struct page_doc *p, const struct map *m, size_t i)
{
    const struct box *x = &m->box[i];
    struct buf b = buf_in(p->a);
    buf_add(&b, name_of(p, m, x));
    buf_add(&b, tr(p->doc.lang, M(": ")));
    buf_add(&b, FILLED(p, M("down after %1"), lang_minutes(p->a, p->doc.lang, x->from)));
    buf_add(&b, tr(p->doc.lang, M(", ")));
    if (x->until < 0) buf_add(&b, tr(p->doc.lang, M("not back to the end")));
    else buf_add(&b, FILLED(p, M("back after %1"), lang_minutes(p->a, p->doc.lang, x->until)));
    if (x->because != i) {
        buf_add(&b, tr(p->doc.lang, M(", ")));
        buf_add(&b, FILLED(p, M("because of %1 (%2)"), name_of(p, m, &m->box[x->because]), how_words(p, m, x)));
    } else if (how_words(p, m, x).n != 0) {
        buf_add(&b, tr(p->doc.lang, M(", ")));
        buf_add(&b, how_words(p, m, x));
    }
    return buf_str(&b);
}

static void draw_link(struct page_doc *p, const struct map *m, size_t i)
{
    struct buf *b = &p->body;
    const struct box *to = &m->box[i], *by = &m->box[to->because];
    int x1 = by->x + BOX_WIDE, y1 = by->y + by->tall / 2, x2 = to->x, y2 = to->y + to->tall / 2, bend = (x2 - x1) / 2;
    if (bend < m->gap / 2) bend = m->gap / 2;
    buf_fmt(b, "<g class=\"link %s\" data-at=\"%lld\"><title>", hows[how_of(m, to)], (long long)to->from);
    page_escape(b, box_words(p, m, i));
    buf_fmt(b, "</title><path class=\"stroke\" d=\"M%d %dC%d %d %d %d %d %d\"/><path class=\"tip\" d=\"M%d %dl-9 -5v10Z\"/></g>\n", x1, y1, x1 + bend,
            y1, x2 - bend - 8, y2, x2 - 8, y2, x2, y2);
}

static void draw_box(struct page_doc *p, const struct map *m, size_t i)
{
    struct buf *b = &p->body;
    const struct box *x = &m->box[i];
    buf_fmt(b, "<g class=\"box %s%s\" data-from=\"%lld\"", x->until < 0 ? "down" : "back", struck(m, x) ? " struck" : "", (long long)x->from);
    if (x->until >= 0) buf_fmt(b, " data-until=\"%lld\"", (long long)x->until);
    RAW(b, "><title>");
    page_escape(b, box_words(p, m, i));
    buf_fmt(b, "</title><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"8\"/>", x->x, x->y, BOX_WIDE, x->tall);
    buf_fmt(b, "<foreignObject x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"><div class=\"in\"><b>", x->x, x->y, BOX_WIDE, x->tall);
    page_escape(b, name_of(p, m, x));
    RAW(b, "</b><span>");
    page_escape(b, down_words(p, m, x));
    RAW(b, "</span> <span>");
    page_escape(b, back_words(p, x));
    RAW(b, "</span></div></foreignObject></g>\n");
}

/* Two pictures of one height: the names of lanes stay in sight when the other is moved sideways. */
static void draw_lanes(struct page_doc *p, const struct map *m)
{
    struct buf *b = &p->body;
    buf_fmt(b, "<svg class=\"lanes\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" aria-hidden=\"true\">", m->lane_wide, m->height, m->lane_wide, m->height);
    for (size_t l = 0; l < m->n_lanes; l++) {
        const struct lane *k = &m->lane[l];
        buf_fmt(b, "<rect class=\"lane%s\" x=\"0\" y=\"%d\" width=\"%d\" height=\"%d\"/>", l % 2 == 0 ? "" : " odd", k->y, m->lane_wide, k->tall);
        buf_fmt(b, "<foreignObject x=\"0\" y=\"%d\" width=\"%d\" height=\"%d\"><div class=\"name\">", k->y, m->lane_wide, k->tall);
        page_escape(b, lane_name(p, m, k));
        RAW(b, "</div></foreignObject>\n");
    }
    buf_fmt(b, "<line class=\"gl gl0\" x1=\"%d\" x2=\"%d\" y1=\"0\" y2=\"%d\"/></svg>", m->lane_wide - 1, m->lane_wide - 1, m->height);
}

static str map_words(struct page_doc *p, const struct map *m)
{
    size_t back = 0;
    for (size_t i = 0; i < m->n; i++) back += m->box[i].until >= 0;
    return FILLED(p, M("Map of what failed because of what: %1 down in %2 groups, %3 of them back in the end. The table says the same."),
                  number_text(p->a, (int64_t)m->n), number_text(p->a, (int64_t)m->n_lanes), number_text(p->a, (int64_t)back));
}

static void draw_map(struct page_doc *p, const struct map *m)
{
    struct buf *b = &p->body;
    chart_svg(p, str_c(p->a, str_fmt(p->a, " class=\"map\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\"", m->width, m->height, m->width, m->height)),
              map_words(p, m));
    for (size_t l = 0; l < m->n_lanes; l++)
        buf_fmt(b, "<rect class=\"lane%s\" x=\"0\" y=\"%d\" width=\"100%%\" height=\"%d\"/>", l % 2 == 0 ? "" : " odd", m->lane[l].y, m->lane[l].tall);
    RAW(b, "\n");
    for (size_t i = 0; i < m->n; i++)
        if (m->box[i].because != i) draw_link(p, m, i);
    for (size_t i = 0; i < m->n; i++) draw_box(p, m, i);
    RAW(b, "</svg>");
}

/* ---- legend ---- */

static void legend(struct page_doc *p, const struct map *m)
{
    struct buf *b = &p->body;
    size_t sample[HOWS];
    bool any_struck = false;
    for (size_t h = 0; h < HOWS; h++) sample[h] = m->n;
    for (size_t i = m->n; i-- > 0;) {
        if (m->box[i].because != i) sample[how_of(m, &m->box[i])] = i;
        any_struck = any_struck || struck(m, &m->box[i]);
    }
    RAW(b, "<ul class=\"legend\">");
    RAW(b, "<li class=\"later\"><i class=\"noti\"></i>");
    say(p, b, M("not affected yet"));
    RAW(b, "</li>");
    chart_legend_item(p, "downi", tr(p->doc.lang, M("affected")));
    chart_legend_item(p, "backi", tr(p->doc.lang, M("back again")));
    if (any_struck) chart_legend_item(p, "strucki", tr(p->doc.lang, M("it began here")));
    RAW(b, "<li>");
    say(p, b, M("↓ down after (lowest level where not 0), ↑ back after"));
    RAW(b, "</li>");
    for (size_t h = 0; h < HOWS; h++) {
        if (sample[h] == m->n) continue;
        buf_fmt(b, "<li><svg aria-hidden=\"true\"><g class=\"link %s\"><path class=\"stroke\" d=\"M0 8H36\"/></g></svg>", hows[h]);
        str words = how_words(p, m, &m->box[sample[h]]);
        if (words.n != 0) page_escape(b, words);
        else say(p, b, M("because of"));
        RAW(b, "</li>");
    }
    RAW(b, "</ul>");
}

/* ---- what the slider needs ---- */

static int by_time(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* Every instant at which something changes, and how it is said. */
static void instants(struct page_doc *p, const struct map *m)
{
    struct buf *b = &p->body, times = buf_in(p->a), words = buf_in(p->a);
    int64_t *at = arena_array(p->a, 2 * m->n + 1, sizeof *at);
    size_t n = 0;
    for (size_t i = 0; i < m->n; i++) {
        at[n++] = m->box[i].from;
        if (m->box[i].until >= 0) at[n++] = m->box[i].until;
    }
    qsort(at, n, sizeof *at, by_time);
    for (size_t i = 0; i < n; i++) {
        if (i != 0 && at[i] == at[i - 1]) continue;
        if (i != 0) buf_byte(&times, ' ');
        if (i != 0) buf_byte(&words, '|');
        buf_int(&times, at[i]);
        buf_add(&words, lang_minutes(p->a, p->doc.lang, at[i]));
    }
    attribute(b, "data-times", buf_str(&times));
    attribute(b, "data-words", buf_str(&words));
    attribute(b, "data-time", tr(p->doc.lang, M("Time since the beginning")));
    attribute(b, "data-play", tr(p->doc.lang, M("Play")));
    attribute(b, "data-pause", tr(p->doc.lang, M("Pause")));
    attribute(b, "data-said", tr(p->doc.lang, M("After %1: %2 down, %3 back")));
}

static bool too_many(struct page_doc *p)
{
    if (p->table.count <= BOXES) return false;
    RAW(&p->body, "<p class=\"intro\">");
    SAY(p, &p->body, M("%1 are too many for a map, which has room for %2; the table has them all. Ask for less to see a map."),
        number_text(p->a, p->table.count), str_int(p->a, BOXES));
    RAW(&p->body, "</p>\n");
    return true;
}

void draw_spread(struct page_doc *p)
{
    struct buf *b = &p->body;
    const struct page_table *t = &p->table;
    struct map m = map_of(t);
    size_t rows = t->kept;
    if (m.label < 0 || m.from < 0 || too_many(p)) return;
    m.box = arena_array(p->a, rows, sizeof *m.box);
    m.lane = arena_array(p->a, rows, sizeof *m.lane);
    read_boxes(&m, t, rows);
    if (m.n == 0) return;
    find_columns(&m, p->a);
    measure_lanes(p, &m);
    find_width(&m);
    place(p, &m);
    stack(p, &m);
    p->wide = true; /* on paper it lies across */
    buf_fmt(b, "<figure class=\"chart spread%s\"", m.width + m.lane_wide > DESK ? " broad" : "");
    instants(p, &m);
    RAW(b, ">");
    legend(p, &m);
    RAW(b, "<div class=\"scroll\" role=\"group\" tabindex=\"0\"");
    attribute(b, "aria-label", tr(p->doc.lang, M("Map of the spread")));
    RAW(b, ">");
    draw_lanes(p, &m);
    draw_map(p, &m);
    RAW(b, "</div></figure>\n");
}
