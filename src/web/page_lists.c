/* Presentations that take the place of their table: steps, pairs, what waits for a person, trees, two texts compared. */
#include "web/page_chart.h"

enum { STEPS_ACROSS = 6, TREE_OPEN = 3 };

static str state_of(const struct page_table *t, const struct cell *row)
{
    ptrdiff_t at = column_index(t, t->show.state);
    return at < 0 ? (str){"", 0} : row[at].text;
}

static void linked_at(struct page_doc *p, const char *key, const struct cell *row)
{
    ptrdiff_t at = column_index(&p->table, key);
    if (at >= 0 && row[at].type != CELL_NONE) cell_linked(p, &p->body, (size_t)at, row, NULL);
}

static bool has(const struct page_table *t, const char *key, const struct cell *row)
{
    ptrdiff_t at = column_index(t, key);
    return at >= 0 && row[at].type != CELL_NONE;
}

static void step_detail(struct page_doc *p, const char *key, const struct cell *row)
{
    if (key == NULL || !has(&p->table, key, row)) return;
    RAW(&p->body, "<small>");
    linked_at(p, key, row);
    RAW(&p->body, "</small>");
}

void draw_steps(struct page_doc *p)
{
    struct buf *b = &p->body;
    const struct page_table *t = &p->table;
    size_t rows = chart_rows(t);
    buf_add(b, rows > STEPS_ACROSS || p->grids > 0 ? S("<ol class=\"steps v\">") : S("<ol class=\"steps\">"));
    for (size_t r = 0; r < rows; r++) {
        str state = state_of(t, t->row[r]);
        bool past = str_eq(state, S("past")), now = str_eq(state, S("now"));
        buf_add(b, past ? S("<li class=\"past\"><b>") : now ? S("<li aria-current=\"step\"><b>") : S("<li><b>"));
        linked_at(p, t->show.label, t->row[r]);
        RAW(b, "</b>");
        step_detail(p, t->show.detail, t->row[r]);
        for (size_t v = 0; v < SHOW_VALUES; v++) step_detail(p, t->show.values[v], t->row[r]);
        RAW(b, "</li>");
    }
    RAW(b, "</ol>\n");
}

void draw_pairs(struct page_doc *p)
{
    struct buf *b = &p->body;
    const struct page_table *t = &p->table;
    RAW(b, "<dl class=\"list\">");
    for (size_t r = 0; r < t->kept; r++) {
        RAW(b, "<dt>");
        linked_at(p, t->show.label, t->row[r]);
        RAW(b, "</dt><dd>");
        linked_at(p, t->show.detail, t->row[r]);
        RAW(b, "</dd>");
    }
    RAW(b, "</dl>\n");
}

/* ---- calls ---- */

static void call_acts(struct page_doc *p, const struct cell *row)
{
    const struct page_table *t = &p->table;
    struct buf *b = &p->body;
    ptrdiff_t label = column_index(t, t->show.label), detail = column_index(t, t->show.detail);
    bool first = true;
    for (size_t i = 0; i < t->n; i++) {
        if ((ptrdiff_t)i == label || (ptrdiff_t)i == detail) continue;
        struct link_to to = cell_link(p, i, row);
        const char *class = first ? "btn s" : "btn alt s";
        if (!to.any) continue;
        if (first) RAW(b, "<div class=\"acts\">"); /* a button's form may not stand in a paragraph */
        if (to.act) act_button(p, b, &to, tr(p->doc.lang, t->columns[i].label), class);
        else cell_linked(p, b, i, row, class);
        first = false;
    }
    if (!first) RAW(b, "</div>");
}

void draw_calls(struct page_doc *p)
{
    static const char *const class[] = {"call", "call lack", "call late"};
    struct buf *b = &p->body;
    const struct page_table *t = &p->table;
    for (size_t r = 0; r < t->kept; r++) {
        str state = state_of(t, t->row[r]);
        int kind = str_eq(state, S("late")) ? 2 : str_eq(state, S("lack")) ? 1 : 0;
        RAW(b, "<article");
        attribute(b, "class", str_of(class[kind]));
        RAW(b, "><h3>");
        if (kind == 2) {
            RAW(b, "<span class=\"st late\">");
            say(p, b, M("Overdue"));
            RAW(b, "</span>　");
        }
        linked_at(p, t->show.label, t->row[r]);
        RAW(b, "</h3>");
        if (has(t, t->show.detail, t->row[r])) {
            RAW(b, "<p>");
            linked_at(p, t->show.detail, t->row[r]);
            RAW(b, "</p>");
        }
        call_acts(p, t->row[r]);
        RAW(b, "</article>\n");
    }
}

/* ---- tree ---- */

static int depth_of(const struct page_table *t, size_t r)
{
    ptrdiff_t at = column_index(t, t->show.label);
    return at < 0 || r >= t->kept ? 0 : t->row[r][at].depth;
}

/* A figure among several has to say what it is of. */
static void tree_detail(struct page_doc *p, const char *key, const struct cell *row, bool one_of_several)
{
    if (!has(&p->table, key, row)) return;
    size_t at = (size_t)column_index(&p->table, key);
    enum cell_type type = row[at].type;
    RAW(&p->body, "<span class=\"of\">");
    if (one_of_several && (type == CELL_RATE || type == CELL_INT || type == CELL_MINUTES)) {
        say(p, &p->body, p->table.columns[at].label);
        RAW(&p->body, " ");
    }
    linked_at(p, key, row);
    if (type == CELL_RATE && row[at].rate.defined) RAW(&p->body, "%");
    RAW(&p->body, "</span>");
}

static void tree_node(struct page_doc *p, const struct cell *row)
{
    const struct page_table *t = &p->table;
    RAW(&p->body, "<span class=\"node\">");
    linked_at(p, t->show.label, row);
    RAW(&p->body, "</span>");
    tree_detail(p, t->show.detail, row, false);
    for (size_t v = 0; v < SHOW_VALUES; v++) tree_detail(p, t->show.values[v], row, true);
}

bool tree_in_table(const struct page_table *t) { return t->show.kind == SHOW_TREE && t->show.detail == NULL && t->show.values[0] == NULL; }

/* Rows below row r, whatever their depth. */
static int64_t rows_below(const struct page_table *t, size_t r)
{
    size_t next = r + 1;
    while (next < t->kept && depth_of(t, next) > depth_of(t, r)) next++;
    return (int64_t)(next - r - 1);
}

/* Branches of the first steps stand open, deeper ones are folded. What opens them stands beside the label: a link may not stand in it. */
static void branch_begin(struct page_doc *p, size_t r, bool folded)
{
    struct buf *b = &p->body;
    if (folded) {
        RAW(b, "<details><summary>");
        SAY(p, b, M("%1 below"), number_text(p->a, rows_below(&p->table, r)));
        RAW(b, "</summary>");
    }
    RAW(b, "<ul>");
}

/* Depths may fall by several steps at once, never rise by more than one without the browser minding: a row that jumps down is a child
 * all the same. */
void draw_tree(struct page_doc *p)
{
    struct buf *b = &p->body;
    const struct page_table *t = &p->table;
    int base = depth_of(t, 0), open = 0;
    if (tree_in_table(t)) return;
    RAW(b, "<ul class=\"tree\">");
    for (size_t r = 0; r < t->kept; r++) {
        int depth = depth_of(t, r) - base;
        for (; open > (depth < 0 ? 0 : depth); open--) buf_add(b, open > TREE_OPEN ? S("</ul></details></li>\n") : S("</ul></li>\n"));
        bool branch = r + 1 < t->kept && depth_of(t, r + 1) > depth_of(t, r) && depth_of(t, r + 1) - base > open;
        RAW(b, "<li>");
        tree_node(p, t->row[r]);
        if (!branch) RAW(b, "</li>\n");
        else branch_begin(p, r, open++ >= TREE_OPEN);
    }
    for (; open > 0; open--) buf_add(b, open > TREE_OPEN ? S("</ul></details></li>") : S("</ul></li>"));
    RAW(b, "</ul>\n");
}

/* ---- two texts ---- */

static bool boundary(str s, size_t at) { return at >= s.n || ((unsigned char)s.p[at] & 0xC0) != 0x80; }

/* What both begin and end with is left unmarked; cuts fall between characters. */
static void common_ends(str a, str b, size_t *head, size_t *tail)
{
    size_t least = a.n < b.n ? a.n : b.n, h = 0, e = 0;
    while (h < least && a.p[h] == b.p[h]) h++;
    while (h > 0 && !(boundary(a, h) && boundary(b, h))) h--;
    while (e < least - h && a.p[a.n - 1 - e] == b.p[b.n - 1 - e]) e++;
    while (e > 0 && !(boundary(a, a.n - e) && boundary(b, b.n - e))) e--;
    *head = h;
    *tail = e;
}

static void side(struct page_doc *p, str head, str text, size_t from, size_t until, str tag)
{
    struct buf *b = &p->body;
    RAW(b, "<div><h3>");
    page_escape(b, head);
    RAW(b, "</h3><p>");
    page_escape(b, str_sub(text, 0, from));
    if (from < until) {
        buf_byte(b, '<');
        buf_add(b, tag);
        buf_byte(b, '>');
        page_escape(b, str_sub(text, from, until));
        RAW(b, "</");
        buf_add(b, tag);
        buf_byte(b, '>');
    }
    page_escape(b, str_sub(text, until, text.n));
    if (text.n == 0) RAW(b, "–");
    RAW(b, "</p></div>");
}

void draw_diff(struct page_doc *p)
{
    const struct page_table *t = &p->table;
    size_t column[SHOW_VALUES], n = chart_values(t, column), head, tail;
    if (n < 2) return;
    for (size_t r = 0; r < t->kept; r++) {
        const struct cell *row = t->row[r];
        const struct column *k = t->columns;
        str was = row[column[0]].type == CELL_NONE ? (str){"", 0} : cell_text(p, &k[column[0]], &row[column[0]]);
        str is = row[column[1]].type == CELL_NONE ? (str){"", 0} : cell_text(p, &k[column[1]], &row[column[1]]);
        common_ends(was, is, &head, &tail);
        RAW(&p->body, "<h3 class=\"what\">");
        linked_at(p, t->show.label, row);
        RAW(&p->body, "</h3><div class=\"diff\">");
        side(p, tr(p->doc.lang, k[column[0]].label), was, head, was.n - tail, S("del"));
        side(p, tr(p->doc.lang, k[column[1]].label), is, head, is.n - tail, S("ins"));
        RAW(&p->body, "</div>\n");
    }
}
