/* Tables: rows are kept (up to 5,000, beyond that the wanted window alone), filtered, sorted, paged, and written with
 * their heads; a presentation stands above its table. */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "face/branches.h"
#include "web/page_parts.h"

enum { WIDE_FROM = 8, FILTER_FROM = 20, TOOLS_FROM = 8, SORTED_FROM = 5, FOLDED_FROM = 24, LONG_BYTES = 48, NUMBER_BYTES = 16, EXPORTS = 4 };

/* ---- keeping ---- */

static str own_of_table(struct page_doc *p, const char *what, const char *name)
{
    return own_value(p, str_fmt(p->a, "%s.%s", what, name));
}

static int64_t window_first(struct page_doc *p, const char *name)
{
    int64_t at = 1;
    if (!str_to_int(own_of_table(p, "page", name), &at) || at < 1 || at > INT32_MAX) at = 1;
    return (at - 1) * ROWS_A_PAGE;
}

static struct column_to leads_to(struct page_doc *p, const struct column *k)
{
    struct column_to to = {0};
    if (k->to == NULL || !entry_by_words(k->to, &to.room, &to.entry)) return (struct column_to){0};
    to.button = to.entry->kind == ENTRY_ACT || k->label.n == 0;
    if (!allowed(p, to.entry)) to.entry = NULL;
    else to.path = page_url(p->a, to.room, to.entry, NULL);
    return to;
}

static void curves_of(struct page_doc *p)
{
    struct page_table *t = &p->table;
    struct curves *all = arena_alloc(p->a, sizeof *all);
    if (t->show.kind == SHOW_CURVES && curves_begin(all, p->a, &t->show, t->columns, t->n)) t->curves = all;
}

void table_begin(struct page_doc *p, const char *name, const struct column *columns, size_t n)
{
    p->table = (struct page_table){.name = name, .columns = columns, .n = n};
    struct page_table *t = &p->table;
    if (p->has_show) t->show = p->show;
    p->has_show = false;
    t->first = window_first(p, name);
    t->find_shown = own_of_table(p, "find", name);
    t->find = t->find_shown.n == 0 ? (str){0} : utf8_fold(p->a, t->find_shown);
    t->empty = arena_array(p->a, n, sizeof(bool));
    t->with_base = arena_array(p->a, n, sizeof(bool));
    t->negative = arena_array(p->a, n, sizeof(bool));
    t->to = arena_array(p->a, n, sizeof *t->to);
    for (size_t i = 0; i < n; i++) {
        t->empty[i] = true;
        t->heat = t->heat || (columns[i].flags & COL_HEAT) != 0;
        t->to[i] = leads_to(p, &columns[i]);
    }
    curves_of(p);
}

static bool found(struct page_doc *p, const struct cell *row)
{
    const struct page_table *t = &p->table;
    if (t->find.n == 0) return true;
    struct arena_mark mark = arena_mark(p->a);
    bool hit = false;
    for (size_t i = 0; i < t->n && !hit; i++)
        if (!(t->columns[i].flags & COL_DATA) && row[i].type != CELL_NONE)
            hit = str_find(utf8_fold(p->a, cell_text(p, &t->columns[i], &row[i])), t->find) >= 0;
    arena_back(p->a, mark);
    return hit;
}

static struct cell *copied(struct page_doc *p, const struct cell *row, size_t n)
{
    struct cell *to = arena_array(p->a, n, sizeof *to);
    memcpy(to, row, n * sizeof *to);
    for (size_t i = 0; i < n; i++) {
        if (to[i].text.n != 0) to[i].text = str_dup(p->a, to[i].text);
        if (to[i].ja.n != 0) to[i].ja = str_dup(p->a, to[i].ja);
        if (to[i].en.n != 0) to[i].en = str_dup(p->a, to[i].en);
    }
    return to;
}

static bool nothing(const struct cell *c)
{
    return c->type == CELL_NONE || (c->type == CELL_BOOL && c->i == 0) || (c->type == CELL_RATE && !c->rate.defined) ||
           ((c->type == CELL_TEXT || c->type == CELL_ENUM) && c->text.n == 0 && c->ja.n == 0 && c->en.n == 0);
}

/* Which columns are worth showing is told by all rows that pass, also those of other pages. */
static void note_columns(struct page_table *t, const struct cell *row)
{
    for (size_t i = 0; i < t->n; i++) {
        if (nothing(&row[i])) continue;
        t->empty[i] = false;
        if (row[i].type != CELL_RATE) continue;
        ptrdiff_t of = column_index(t, t->columns[i].of);
        t->with_base[i] = t->with_base[i] || row[i].rate.d != 0 || (of >= 0 && row[of].type == CELL_INT);
        t->negative[i] = t->negative[i] || row[i].rate.tenths < 0 || t->columns[i].flags & COL_SIGN;
    }
}

static void keep(struct page_doc *p, const struct cell *row)
{
    struct page_table *t = &p->table;
    if (t->kept == t->room) {
        size_t more = t->room == 0 ? 64 : t->room * 2;
        t->row = arena_grow(p->a, t->row, t->room * sizeof *t->row, more * sizeof *t->row);
        t->room = more;
    }
    t->row[t->kept++] = copied(p, row, t->n);
}

void table_row(struct page_doc *p, const struct cell *row)
{
    struct page_table *t = &p->table;
    if (!found(p, row)) return;
    note_columns(t, row);
    if (t->curves != NULL && curves_row(t->curves, row)) t->curves->curve[t->curves->n - 1].row = copied(p, row, t->n);
    int64_t at = t->count++;
    if (at < ROWS_KEPT || (at >= t->first && at < t->first + ROWS_A_PAGE)) keep(p, row);
}

/* ---- order ---- */

struct order {
    struct page_doc *p;
    size_t column;
    bool down;
};

static int compare_cells(struct page_doc *p, const struct cell *a, const struct cell *b)
{
    switch (a->type) {
    case CELL_INT:
    case CELL_DATE:
    case CELL_TIME:
    case CELL_MINUTES:
    case CELL_BOOL: return (a->i > b->i) - (a->i < b->i);
    case CELL_DECIMAL: return decimal_cmp(cell_decimal(a), cell_decimal(b));
    case CELL_RATE: return (a->rate.value > b->rate.value) - (a->rate.value < b->rate.value);
    case CELL_CLAUSE: return str_cmp(a->text, b->text);
    default:
        return str_cmp(doc_cell_words(p->a, p->doc.lang, a), doc_cell_words(p->a, p->doc.lang, b));
    }
}

static bool missing(const struct cell *c) { return c->type == CELL_NONE || (c->type == CELL_RATE && !c->rate.defined); }

/* What is absent comes last in both directions. */
static bool before(const struct order *o, const struct cell *a, const struct cell *b)
{
    if (missing(a) || missing(b)) return missing(b) && !missing(a);
    int c = compare_cells(o->p, a, b);
    return o->down ? c > 0 : c < 0;
}

/* Merge sort: equal rows keep their declared order, which qsort does not promise. */
static void sort_rows(const struct order *o, const struct cell **row, const struct cell **scratch, size_t n)
{
    if (n < 2) return;
    size_t half = n / 2;
    sort_rows(o, row, scratch, half);
    sort_rows(o, row + half, scratch, n - half);
    memcpy(scratch, row, n * sizeof *row);
    for (size_t i = 0, l = 0, r = half; i < n; i++) {
        bool left = r == n || (l < half && !before(o, &scratch[r][o->column], &scratch[l][o->column]));
        row[i] = left ? scratch[l++] : scratch[r++];
    }
}

/* "table.key" or "-table.key" of this table: 1 up, -1 down, 0 not sorted by the column. */
static int sorted_by(struct page_doc *p, size_t column)
{
    str wanted = own_value(p, S("sort")), name = str_of(p->table.name);
    bool down = str_starts(wanted, S("-"));
    if (down) wanted = str_sub(wanted, 1, wanted.n);
    if (!str_starts(wanted, name) || wanted.n <= name.n || wanted.p[name.n] != '.') return 0;
    if (!str_eq(str_sub(wanted, name.n + 1, wanted.n), str_of(p->table.columns[column].key))) return 0;
    return down ? -1 : 1;
}

static bool sortable(const struct page_table *t) { return t->count <= ROWS_KEPT && t->count >= SORTED_FROM; }

static void turn_round(struct page_table *t)
{
    for (size_t i = 0; i < t->kept / 2; i++) {
        const struct cell *first = t->row[i];
        t->row[i] = t->row[t->kept - 1 - i];
        t->row[t->kept - 1 - i] = first;
    }
}

static void without_sections(struct page_table *t)
{
    ptrdiff_t state = t->show.kind == SHOW_SECTIONS ? column_index(t, t->show.state) : -1;
    size_t n = 0;
    for (size_t i = 0; i < t->kept; i++)
        if (state < 0 || t->row[i][state].type != CELL_INT) t->row[n++] = t->row[i];
    t->count -= (int64_t)(t->kept - n);
    t->kept = n;
}

/* Organisations have an official order (建制順), which is the declared one; they are never sorted by name. */
static void order_rows(struct page_doc *p)
{
    struct page_table *t = &p->table;
    for (size_t i = 0; i < t->n && sortable(t); i++) {
        int way = sorted_by(p, i);
        if (way == 0) continue;
        struct order o = {p, i, way < 0};
        without_sections(t);
        if (t->columns[i].type != CELL_ORG)
            sort_rows(&o, t->row, arena_array(p->a, t->kept + 1, sizeof *t->row), t->kept);
        else if (way < 0) turn_round(t);
        return;
    }
}

/* The rows of the wanted page: beyond ROWS_KEPT they stand behind the first of all. */
static size_t window(const struct page_table *t, const struct cell *const **out)
{
    size_t from = (size_t)t->first;
    if (t->first >= ROWS_KEPT) from = ROWS_KEPT;
    if (from >= t->kept) return 0;
    *out = t->row + from;
    size_t n = t->kept - from;
    return n < ROWS_A_PAGE ? n : ROWS_A_PAGE;
}

/* ---- columns ---- */

static bool shown(const struct page_table *t, size_t i)
{
    const struct column *k = &t->columns[i];
    return !(k->flags & COL_DATA) && !t->empty[i] && !(t->to[i].button && t->to[i].entry == NULL);
}

static bool figures(enum cell_type type)
{
    return type == CELL_INT || type == CELL_RATE || type == CELL_DECIMAL || type == CELL_MINUTES;
}

static bool is_button(const struct page_table *t, size_t i) { return t->to[i].button; }

/* Buttons that stand side by side share one cell, which stays in sight where a table is wider than its window. */
static bool goes_on(const struct page_table *t, size_t i)
{
    if (!is_button(t, i)) return false;
    while (i > 0 && !shown(t, i - 1)) i--;
    return i > 0 && is_button(t, i - 1);
}

static bool with_bar(const struct page_table *t, size_t i)
{
    return (t->columns[i].flags & COL_BAR) && t->columns[i].type == CELL_RATE && !t->negative[i];
}

/* A heat map has no room for denominators: there they are said by what is pointed at. */
static bool base_shown(const struct page_table *t, size_t i) { return t->with_base[i] && !t->heat; }

/* How many cells a column takes: bar, figure, base. */
static int cells_of(const struct page_table *t, size_t i)
{
    const struct column *k = &t->columns[i];
    if (goes_on(t, i)) return 0;
    if (k->type != CELL_RATE || (k->flags & COL_HEAT)) return 1;
    return 1 + base_shown(t, i) + with_bar(t, i);
}

static ptrdiff_t first_shown(const struct page_table *t)
{
    for (size_t i = 0; i < t->n; i++)
        if (shown(t, i)) return (ptrdiff_t)i;
    return -1;
}

/* ---- heads ---- */

static void sort_link(struct page_doc *p, size_t i, str label)
{
    struct buf *b = &p->body;
    int way = sorted_by(p, i);
    str key = str_fmt(p->a, "%s%s.%s", way > 0 ? "-" : "", p->table.name, p->table.columns[i].key);
    struct pair over[] = {{S("sort"), key}, {str_fmt(p->a, "page.%s", p->table.name), {"", 0}}};
    RAW(b, "<a class=\"sort\" rel=\"nofollow\"");
    attribute(b, "href", own_url(p, over, 2));
    RAW(b, ">");
    page_escape(b, label);
    buf_add(b, way > 0 ? S("<span aria-hidden=\"true\">↑</span></a>")
                       : way < 0 ? S("<span aria-hidden=\"true\">↓</span></a>")
                                 : S("<span aria-hidden=\"true\">↕</span></a>"));
}

static void head_words(struct page_doc *p, size_t i)
{
    struct buf *b = &p->body;
    const struct column *k = &p->table.columns[i];
    str label = tr(p->doc.lang, k->label);
    struct link_to to = k->value != NULL ? cell_link(p, i, NULL) : (struct link_to){0};
    if (to.any && !to.act) {
        RAW(b, "<a");
        attribute(b, "href", link_url(p, &to));
        RAW(b, ">");
        page_escape(b, label);
        RAW(b, "</a>");
    } else if (sortable(&p->table)) sort_link(p, i, label);
    else page_escape(b, label);
}

static void head_cell(struct page_doc *p, size_t i, bool first)
{
    struct buf *b = &p->body;
    const struct page_table *t = &p->table;
    const struct column *k = &t->columns[i];
    int way = sorted_by(p, i), cells = cells_of(t, i) - with_bar(t, i);
    bool detail = (k->flags & COL_DETAIL) != 0;
    if (is_button(t, i)) {
        if (!goes_on(t, i)) RAW(b, "<td class=\"act\"></td>");
        return;
    }
    if (with_bar(t, i)) RAW(b, "<td class=\"bar wide\"></td>"); /* apart: a narrow window leaves bars out */
    buf_fmt(b, "<th scope=\"%s\"", cells > 1 ? "colgroup" : "col");
    if (cells > 1) buf_fmt(b, " colspan=\"%d\"", cells);
    buf_fmt(b, " class=\"%s%s%s\"", first ? "stick" : figures(k->type) && cells == 1 ? "num" : "", cells > 1 ? "rate" : "",
            detail ? " wide" : "");
    if (way != 0 && sortable(t)) attribute(b, "aria-sort", way > 0 ? S("ascending") : S("descending"));
    RAW(b, ">");
    head_words(p, i);
    RAW(b, "</th>");
}

static void heads(struct page_doc *p)
{
    RAW(&p->body, "<thead><tr>");
    for (size_t i = 0; i < p->table.n; i++)
        if (shown(&p->table, i)) head_cell(p, i, (ptrdiff_t)i == first_shown(&p->table));
    RAW(&p->body, "</tr></thead>");
}

/* ---- cells ---- */

static bool cards(const struct page_table *t)
{
    return t->show.kind == SHOW_CARDS || t->show.kind == SHOW_SECTIONS || t->show.kind == SHOW_GANTT;
}

static void td(struct page_doc *p, size_t i, const char *class)
{
    struct buf *b = &p->body;
    const struct page_table *t = &p->table;
    bool detail = (t->columns[i].flags & COL_DETAIL) != 0;
    RAW(b, "<td");
    if (class[0] != 0 || detail) {
        RAW(b, " class=\"");
        buf_add(b, str_of(class));
        buf_add(b, detail ? S(" wide\"") : S("\""));
    }
    if (cards(t)) attribute(b, "data-l", tr(p->doc.lang, t->columns[i].label));
    RAW(b, ">");
}

static str row_name(struct page_doc *p, const struct cell *row)
{
    ptrdiff_t first = first_shown(&p->table);
    return first < 0 ? (str){"", 0} : cell_text(p, &p->table.columns[first], &row[first]);
}

/* What a figure is of, in words, for those who hear it or point at it: "甲省 把握率 99.1%（12,427 / 12,546）". */
static str figure_words(struct page_doc *p, size_t i, const struct cell *row)
{
    str base = rate_base(p, i, row), name = row_name(p, row), label = tr(p->doc.lang, p->table.columns[i].label);
    str rate = rate_shown(p->a, row[i].rate);
    if (base.n == 0) return str_fmt(p->a, "%.*s %.*s %.*s%%", STR_ARG(name), STR_ARG(label), STR_ARG(rate));
    return FILLED(p, M("%1 %2 %3% (%4)"), name, label, rate, base);
}

static void bar_cell(struct page_doc *p, size_t i, const struct cell *row)
{
    struct buf *b = &p->body;
    str words = figure_words(p, i, row);
    RAW(b, "<td class=\"bar wide\"><svg class=\"mini\" role=\"img\"");
    attribute(b, "aria-label", words);
    RAW(b, "><title>");
    page_escape(b, words);
    buf_fmt(b,
            "</title><rect class=\"track\" width=\"100%%\" height=\"100%%\"/><rect class=\"c1\" width=\"%d.%d%%\" "
            "height=\"100%%\"/></svg></td>",
            row[i].rate.tenths / 10, row[i].rate.tenths % 10);
}

static void rate_cells(struct page_doc *p, size_t i, const struct cell *row)
{
    struct buf *b = &p->body;
    const struct page_table *t = &p->table;
    bool defined = row[i].type == CELL_RATE && row[i].rate.defined;
    if (with_bar(t, i)) {
        if (defined && row[i].rate.tenths >= 0) bar_cell(p, i, row);
        else RAW(b, "<td class=\"bar wide\"></td>");
    }
    td(p, i, base_shown(t, i) ? "pc" : "num");
    if (defined && t->negative[i] && row[i].rate.tenths > 0) RAW(b, "＋");
    if (defined) cell_linked(p, b, i, row, NULL);
    else RAW(b, "–");
    RAW(b, "</td>");
    if (!base_shown(t, i)) return;
    RAW(b, "<td class=\"of\">");
    page_escape(b, rate_base(p, i, row));
    RAW(b, "</td>");
}

static void heat_cell(struct page_doc *p, size_t i, const struct cell *row)
{
    struct buf *b = &p->body;
    int32_t goal = p->table.show.goal == 0 ? 950 : p->table.show.goal;
    struct link_to to = cell_link(p, i, row);
    bool link = to.any && !to.act;
    buf_fmt(b, "<td class=\"h h%d\">", heat_step(row[i].rate.tenths, goal));
    buf_add(b, link ? S("<a") : S("<span"));
    if (link) attribute(b, "href", link_url(p, &to));
    attribute(b, "title", figure_words(p, i, row));
    RAW(b, ">");
    page_escape(b, rate_shown(p->a, row[i].rate));
    buf_add(b, link ? S("</a></td>") : S("</span></td>"));
}

/* A box to choose the row by. It stands in the cell that names the row, and belongs to a form after the table. */
static void pick_box(struct page_doc *p, const struct cell *row)
{
    const struct page_table *t = &p->table;
    struct buf *b = &p->body;
    if (t->pick_form == 0 || row[t->pick].type == CELL_NONE) return;
    buf_fmt(b, "<input type=\"checkbox\" class=\"pick\" form=\"f%d\"", t->pick_form);
    attribute(b, "name", str_of(t->columns[t->pick].with));
    attribute(b, "value", cell_code(p->a, &row[t->pick]));
    attribute(b, "aria-label", FILLED(p, M("Choose %1"), row_name(p, row)));
    RAW(b, ">");
}

static void pick_find(struct page_doc *p, size_t n)
{
    struct page_table *t = &p->table;
    for (size_t i = 0; i < t->n && n > 1; i++) {
        if (!(t->columns[i].flags & COL_PICK) || !shown(t, i) || !is_button(t, i)) continue;
        t->pick = i;
        t->pick_form = ++p->ids;
        return;
    }
}

/* What the act needs besides is what this page was asked for. */
static void pick_form(struct page_doc *p)
{
    const struct page_table *t = &p->table;
    struct buf *b = &p->body;
    if (t->pick_form == 0) return;
    const struct column_to *to = &t->to[t->pick];
    str label = tr(p->doc.lang, t->columns[t->pick].label);
    buf_fmt(b, "<form class=\"inline\" id=\"f%d\" method=\"post\"", t->pick_form);
    attribute(b, "action", to->path);
    RAW(b, ">");
    form_keys(p, b);
    for (const struct param *q = to->entry->params; q != NULL && q->name != NULL; q++) {
        str value = own_value(p, str_of(q->name));
        if (value.n != 0 && strcmp(q->name, t->columns[t->pick].with) != 0) hidden(b, str_of(q->name), value);
    }
    RAW(b, "<p class=\"acts\"><button class=\"btn alt\">");
    SAY(p, b, M("%1: those chosen"), label);
    RAW(b, "</button></p></form>\n");
}

enum { BRANCHES_SHOWN = 8 };

static int depth_at(const struct page_table *t, const struct cell *row)
{
    int depth = t->tree < 0 ? 0 : row[t->tree].depth - t->base;
    return depth < 0 ? 0 : depth;
}

/* Sorted by something else, a table is no tree. */
static void find_branches(struct page_doc *p, const struct cell *const *row, size_t n)
{
    struct page_table *t = &p->table;
    bool sorted = false;
    t->tree = t->show.kind == SHOW_TREE ? column_index(t, t->show.label) : -1;
    for (size_t i = 0; i < t->n && sortable(t); i++) sorted = sorted || sorted_by(p, i) != 0;
    if (sorted || t->find.n != 0) t->tree = -1;
    if (t->tree < 0) return;
    int *depth = arena_array(p->a, n, sizeof *depth);
    uint32_t *more = arena_array(p->a, n, sizeof *more);
    t->base = t->row[0][t->tree].depth;
    for (size_t i = 0; i < n; i++) depth[i] = depth_at(t, row[i]);
    branches_find(depth, n, more);
    t->more = more;
}

/* Deeper ones than there is room for stand like the deepest. */
static void branches(struct page_doc *p, const struct cell *row, size_t at)
{
    const struct page_table *t = &p->table;
    int depth = depth_at(t, row), shown = depth < BRANCHES_SHOWN ? depth : BRANCHES_SHOWN;
    for (int step = 1; step <= shown; step++) {
        bool on = (t->more[at] & UINT32_C(1) << step) != 0;
        if (step < shown && !on) continue;
        buf_fmt(&p->body, "<i class=\"br b%d%s\"></i>", step, step < shown ? "" : on ? " tee" : " end");
    }
}

/* Deeper organisations are moved in, by classes: a style attribute would break our own policy. */
static void name_cell(struct page_doc *p, size_t i, const struct cell *row, size_t at, bool again)
{
    struct buf *b = &p->body;
    const struct cell *c = &row[i];
    bool tree = p->table.tree == (ptrdiff_t)i;
    int depth = c->type == CELL_ORG ? (c->depth > 6 ? 6 : c->depth) : 0, deep = depth_at(&p->table, row);
    RAW(b, "<th scope=\"row\"");
    if (again) RAW(b, " class=\"again\"");
    else if (tree) buf_fmt(b, " class=\"tree k%d\"", deep > BRANCHES_SHOWN ? BRANCHES_SHOWN : deep);
    else if (depth > 0) buf_fmt(b, " class=\"d%d\"", depth);
    RAW(b, ">");
    if (tree && !again) branches(p, row, at);
    pick_box(p, row);
    if (again) {
        RAW(b, "<span class=\"vh\">");
        cell_words(p, b, &p->table.columns[i], c);
        RAW(b, "</span>");
    } else cell_linked(p, b, i, row, NULL);
    RAW(b, "</th>");
}

/* Answers the column after it. */
static size_t button_cell(struct page_doc *p, size_t i, const struct cell *row)
{
    struct buf *b = &p->body;
    const struct page_table *t = &p->table;
    size_t next = i + 1, last = i;
    for (; next < t->n && (!shown(t, next) || is_button(t, next)); next++)
        if (shown(t, next)) last = next;
    buf_add(b, last == i ? S("<td class=\"act\">") : S("<td class=\"act\"><span class=\"acts\">"));
    for (size_t k = i; k <= last; k++) {
        if (!shown(t, k) || row[k].type == CELL_NONE) continue;
        struct link_to to = cell_link(p, k, row);
        cell_linked(p, b, k, row, to.any && to.act ? NULL : "btn alt s");
    }
    buf_add(b, last == i ? S("</td>") : S("</span></td>"));
    return last + 1;
}

/* Numbers, dates and names stay on one line; long words get room, or they would make a tall thin column. */
static const char *plain_class(const struct cell *c, enum cell_type type)
{
    bool number = type == CELL_CLAUSE && c->text.n <= NUMBER_BYTES && c->ja.n == 0 && c->en.n == 0;
    bool lengthy = c->text.n > LONG_BYTES || c->ja.n > LONG_BYTES || c->en.n > LONG_BYTES;
    if (type == CELL_INT || type == CELL_DECIMAL || type == CELL_MINUTES) return "num";
    if (type == CELL_DATE || type == CELL_TIME || type == CELL_PERSON || number) return "time";
    return lengthy && (type == CELL_TEXT || type == CELL_CLAUSE) ? "long" : "";
}

static void plain_cell(struct page_doc *p, size_t i, const struct cell *row)
{
    enum cell_type type = p->table.columns[i].type;
    td(p, i, plain_class(&row[i], type));
    if (row[i].type == CELL_NONE) RAW(&p->body, "<span class=\"quiet\">–</span>");
    else cell_linked(p, &p->body, i, row, NULL);
    RAW(&p->body, "</td>");
}

/* Answers the column after it. */
static size_t one_cell(struct page_doc *p, size_t i, const struct cell *row)
{
    const struct column *k = &p->table.columns[i];
    if (!shown(&p->table, i)) return i + 1;
    if (is_button(&p->table, i)) return button_cell(p, i, row);
    if (k->flags & COL_HEAT) heat_cell(p, i, row);
    else if (k->type == CELL_RATE) rate_cells(p, i, row);
    else plain_cell(p, i, row);
    return i + 1;
}

static bool left_out(const struct page_table *t, size_t i, const struct cell *row)
{
    return shown(t, i) && (t->columns[i].flags & COL_HEAT) && (row[i].type != CELL_RATE || !row[i].rate.defined);
}

/* Figures that are not there stand in one cell, which says why when the row knows. */
static size_t left_out_cells(struct page_doc *p, size_t i, const struct cell *row)
{
    const struct page_table *t = &p->table;
    ptrdiff_t excluded = column_index(t, "excluded"), why = column_index(t, "left_out");
    int n = 0;
    for (; i < t->n && (left_out(t, i, row) || !shown(t, i)); i++) n += shown(t, i);
    buf_fmt(&p->body, "<td class=\"na\" colspan=\"%d\"><span>", n);
    if (why >= 0 && row[why].type == CELL_TEXT) page_escape(&p->body, cell_text(p, &t->columns[why], &row[why]));
    else if (excluded >= 0 && row[excluded].i != 0) say(p, &p->body, M("left out of the analysis"));
    else RAW(&p->body, "–");
    RAW(&p->body, "</span></td>");
    return i;
}

/* ---- rows ---- */

static bool names_a_row(enum cell_type type)
{
    return type == CELL_ORG || type == CELL_CLAUSE || type == CELL_PERSON || type == CELL_TEXT || type == CELL_ENUM;
}

/* Rooms leave everything out of the row of a group they withhold: an organisation, perhaps its part, and no figure. */
static bool withheld(const struct page_table *t, const struct cell *row)
{
    bool org = false, could = false;
    for (size_t i = 0; i < t->n; i++) {
        org = org || row[i].type == CELL_ORG;
        if (figures(t->columns[i].type) && !(t->columns[i].flags & COL_DATA)) could = true;
        if (row[i].type != CELL_NONE && row[i].type != CELL_ORG && row[i].type != CELL_CLAUSE && row[i].type != CELL_BOOL)
            return false;
    }
    return org && could;
}

static void withheld_rest(struct page_doc *p, const struct cell *row, size_t from)
{
    const struct page_table *t = &p->table;
    int cells = 0;
    for (size_t i = from; i < t->n; i++) {
        if (!shown(t, i)) continue;
        if (row[i].type == CELL_CLAUSE && cells == 0) plain_cell(p, i, row);
        else cells += cells_of(t, i);
    }
    if (cells == 0) return;
    buf_fmt(&p->body, "<td class=\"na\" colspan=\"%d\"><span>", cells);
    say(p, &p->body, M("withheld"));
    RAW(&p->body, "</span></td>");
}

static bool same_name(const struct cell *a, const struct cell *b)
{
    return a->type == CELL_ORG && b->type == CELL_ORG && str_eq(a->text, b->text);
}

/* Levels beyond the third look alike. */
static bool section_row(struct page_doc *p, const struct cell *row)
{
    const struct page_table *t = &p->table;
    ptrdiff_t state = t->show.kind == SHOW_SECTIONS ? column_index(t, t->show.state) : -1, label = column_index(t, t->show.label);
    if (state < 0 || label < 0 || row[state].type != CELL_INT) return false;
    int64_t level = row[state].i < 1 ? 1 : row[state].i > 3 ? 3 : row[state].i;
    int cells = 0;
    for (size_t i = 0; i < t->n; i++)
        if (shown(t, i)) cells += cells_of(t, i);
    buf_fmt(&p->body, "<tr class=\"headed\"><th scope=\"rowgroup\" class=\"s%d\" colspan=\"%d\">", (int)level, cells);
    cell_words(p, &p->body, &t->columns[label], &row[label]);
    RAW(&p->body, "</th></tr>\n");
    return true;
}

static void one_row(struct page_doc *p, const struct cell *row, size_t at, const struct cell *above)
{
    const struct page_table *t = &p->table;
    if (section_row(p, row)) return;
    size_t first = (size_t)first_shown(t), i = first;
    bool again = above != NULL && t->tree < 0 && same_name(&row[first], &above[first]);
    RAW(&p->body, "<tr>");
    if (names_a_row(t->columns[first].type) && !is_button(t, first)) name_cell(p, i++, row, at, again);
    if (withheld(t, row)) withheld_rest(p, row, i);
    else
        while (i < t->n) i = left_out(t, i, row) ? left_out_cells(p, i, row) : one_cell(p, i, row);
    RAW(&p->body, "</tr>\n");
}

/* ---- around the table ---- */

void exports(struct page_doc *p)
{
    static const char *const kind[EXPORTS] = {"json", "csv", "xlsx", "docx"};
    static const char *const name[EXPORTS] = {"JSON", "CSV", "XLSX", "DOCX"};
    const struct page_frame *f = p->frame;
    struct buf *b = &p->body;
    if (p->exports_shown || f->entry == NULL || f->entry->kind != ENTRY_VIEW || f->entry->name[0] == 0) return;
    p->exports_shown = true;
    RAW(b, "<ul class=\"exports\"><li>");
    say(p, b, M("Take away"));
    RAW(b, "</li>");
    for (int i = 0; i < EXPORTS; i++) {
        struct buf url = buf_in(p->a);
        buf_add(&url, page_url(p->a, f->room, f->entry, NULL));
        buf_fmt(&url, ".%s", kind[i]);
        for (size_t k = 0; k < p->n_own; k++)
            if (param_find(f->entry, p->own[k].name) != NULL) address_add(&url, p->own[k].name, p->own[k].value);
        RAW(b, "<li><a class=\"btn alt s\" download");
        attribute(b, "href", buf_str(&url));
        RAW(b, ">");
        buf_add(b, str_of(name[i]));
        RAW(b, "</a></li>");
    }
    RAW(b, "</ul>\n");
}

static void count_words(struct page_doc *p, size_t n)
{
    struct page_table *t = &p->table;
    struct buf *b = &p->body;
    RAW(b, "<p class=\"count\">");
    if (t->count <= ROWS_A_PAGE) SAY(p, b, t->count == 1 ? M("1 row") : M("%1 rows"), number_text(p->a, t->count));
    else
        SAY(p, b, M("%1–%2 / %3"), number_text(p->a, n == 0 ? 0 : t->first + 1), number_text(p->a, t->first + (int64_t)n),
            number_text(p->a, t->count));
    RAW(b, "</p>");
}

static void filter_form(struct page_doc *p)
{
    struct page_table *t = &p->table;
    struct buf *b = &p->body;
    str name = str_fmt(p->a, "find.%s", t->name), page = str_fmt(p->a, "page.%s", t->name);
    if ((t->count <= FILTER_FROM && t->find.n == 0) || p->form_open) return;
    RAW(b, "<form class=\"filter\" method=\"get\"");
    attribute(b, "action", own_url(p, NULL, 0));
    RAW(b, ">");
    for (size_t i = 0; i < p->n_own; i++)
        if (!str_eq(p->own[i].name, name) && !str_eq(p->own[i].name, page)) hidden(b, p->own[i].name, p->own[i].value);
    RAW(b, "<input type=\"search\"");
    attribute(b, "name", name);
    attribute(b, "value", t->find_shown);
    attribute(b, "aria-label", tr(p->doc.lang, M("Narrow the table down")));
    attribute(b, "placeholder", tr(p->doc.lang, M("Narrow down")));
    RAW(b, "><button class=\"btn alt s\">");
    say(p, b, M("Narrow down"));
    RAW(b, "</button></form>");
}

/* A few rows need no counting; where no table has tools the page's exports stand at its end. */
static void tools(struct page_doc *p, size_t n)
{
    if (p->table.find.n == 0 && (p->table.count <= TOOLS_FROM || p->table.heat)) return;
    RAW(&p->body, "<div class=\"tools\">");
    count_words(p, n);
    filter_form(p);
    if (!p->table.folded) exports(p); /* they stand at the end of the page */
    RAW(&p->body, "</div>\n");
}

static void pager_link(struct page_doc *p, int64_t to, str label, const char *rel)
{
    struct buf *b = &p->body;
    struct pair over = {str_fmt(p->a, "page.%s", p->table.name), to == 1 ? S("") : str_int(p->a, to)};
    RAW(b, "<a class=\"btn alt s\"");
    attribute(b, "rel", str_of(rel));
    attribute(b, "href", own_url(p, &over, 1));
    RAW(b, ">");
    page_escape(b, label);
    RAW(b, "</a>");
}

static void pager(struct page_doc *p)
{
    struct page_table *t = &p->table;
    int64_t now = t->first / ROWS_A_PAGE + 1, last = (t->count + ROWS_A_PAGE - 1) / ROWS_A_PAGE;
    if (last <= 1) return;
    RAW(&p->body, "<nav class=\"acts end pager\"");
    attribute(&p->body, "aria-label", tr(p->doc.lang, M("Pages of the table")));
    RAW(&p->body, ">");
    if (now > 1) pager_link(p, now > last ? last : now - 1, tr(p->doc.lang, M("Previous")), "prev");
    RAW(&p->body, "<span>");
    SAY(p, &p->body, M("Page %1 of %2"), number_text(p->a, now), number_text(p->a, last));
    RAW(&p->body, "</span>");
    if (now < last) pager_link(p, now + 1, tr(p->doc.lang, M("Next")), "next");
    RAW(&p->body, "</nav>\n");
}

static void harm_legend(struct page_doc *p)
{
    static const int64_t up_to[] = {0, 5, 15, 35, 35};
    struct buf *b = &p->body;
    RAW(b, "<ul class=\"legend\"");
    attribute(b, "aria-label", tr(p->doc.lang, M("Legend")));
    RAW(b, "><li>");
    SAY(p, b, M("Per cent: the more, the worse"));
    RAW(b, "</li>");
    for (int i = 0; i < 5; i++) {
        buf_fmt(b, "<li><i class=\"h%d\"></i>", i);
        if (i == 0) RAW(b, "0");
        else SAY(p, b, i == 4 ? M("more than %1") : M("up to %1"), str_int(p->a, up_to[i]));
        RAW(b, "</li>");
    }
    RAW(b, "</ul>\n");
}

static void heat_legend(struct page_doc *p)
{
    static const int32_t below[] = {0, 50, 150, 350};
    struct buf *b = &p->body;
    int32_t goal = p->table.show.goal == 0 ? 950 : p->table.show.goal;
    if (goal < 0) {
        harm_legend(p);
        return;
    }
    RAW(b, "<ul class=\"legend\"");
    attribute(b, "aria-label", tr(p->doc.lang, M("Legend")));
    RAW(b, "><li>");
    SAY(p, b, M("Distance from the goal of %1%"), rate_shown(p->a, rate_of_tenths(goal)));
    RAW(b, "</li>");
    for (int i = 0; i < 5; i++) {
        struct rate at = rate_of_tenths(goal - below[i < 4 ? i : 3]);
        str figure = at.tenths % 10 == 0 ? str_int(p->a, at.tenths / 10) : rate_text(p->a, at);
        buf_fmt(b, "<li><i class=\"h%d\"></i>", i);
        SAY(p, b, i < 4 ? M("%1 and above") : M("below %1"), figure);
        RAW(b, "</li>");
    }
    RAW(b, "</ul>\n");
}

static str table_label(struct page_doc *p)
{
    str words = tr(p->doc.lang, str_of(doc_table_word(p->table.name)));
    if (p->doc.lang != LANG_EN || words.n == 0 || words.p[0] < 'a' || words.p[0] > 'z') return words;
    char *own = arena_alloc(p->a, words.n);
    memcpy(own, words.p, words.n);
    own[0] = (char)(own[0] - 'a' + 'A');
    for (size_t i = 0; i < words.n; i++)
        if (own[i] == '_') own[i] = ' ';
    return (str){own, words.n};
}

static void empty(struct page_doc *p)
{
    struct page_table *t = &p->table;
    struct buf *b = &p->body;
    RAW(b, "<div class=\"empty\"><p><b>");
    say(p, b, t->find.n != 0 ? M("Nothing fits these words.") : M("There is nothing here."));
    RAW(b, "</b></p>");
    if (t->find.n != 0 || t->first != 0) {
        struct pair over[] = {{str_fmt(p->a, "find.%s", t->name), {"", 0}}, {str_fmt(p->a, "page.%s", t->name), {"", 0}}};
        RAW(b, "<p class=\"acts\"><a class=\"btn alt\"");
        attribute(b, "href", own_url(p, over, 2));
        RAW(b, ">");
        say(p, b, M("Show all rows"));
        RAW(b, "</a></p>");
    }
    RAW(b, "</div>\n");
}

/* What the keys of meguri.js do, in words: it shows them, since without it there are none. */
static void keys_words(struct page_doc *p)
{
    const struct page_table *t = &p->table;
    bool confirms = false;
    for (size_t i = 0; i < t->n; i++)
        confirms = confirms || (shown(t, i) && t->to[i].entry != NULL && strcmp(t->to[i].entry->name, "confirm") == 0);
    if (!confirms) return;
    attribute(&p->body, "data-keys", tr(p->doc.lang, M("Working by keyboard")));
    attribute(&p->body, "data-keys-words",
              tr(p->doc.lang, M("While the table is in focus: j next, k previous, x choose, c confirm, r give back, ? these words.")));
}

static void table_itself(struct page_doc *p)
{
    struct page_table *t = &p->table;
    struct buf *b = &p->body;
    const struct cell *const *row = NULL;
    size_t n = window(t, &row);
    int columns = 0;
    for (size_t i = 0; i < t->n; i++)
        if (shown(t, i)) columns++;
    if (n == 0 || columns == 0) {
        empty(p);
        return;
    }
    p->wide = p->wide || columns >= WIDE_FROM;
    find_branches(p, row, n);
    if (t->heat) heat_legend(p);
    if (!p->form_open) pick_find(p, n); /* a form stands in no other */
    tools(p, n);
    RAW(b, "<div class=\"table\" role=\"group\" tabindex=\"0\"");
    attribute(b, "aria-label", table_label(p));
    keys_words(p);
    buf_add(b, cards(t) ? S("><table class=\"cards\">") : t->heat ? S("><table class=\"heat\">") : S("><table>"));
    heads(p);
    RAW(b, "<tbody>\n");
    for (size_t i = 0; i < n; i++) one_row(p, row[i], i, i == 0 ? NULL : row[i - 1]);
    RAW(b, "</tbody></table></div>\n");
    pick_form(p);
    pager(p);
}

typedef void draw_fn(struct page_doc *);
static const struct {
    draw_fn *draw;
    bool alone; /* it says all that the table says, always */
} drawing[] = {
    [SHOW_BARS] = {draw_bars, false},  [SHOW_STACKED] = {draw_stacked, false}, [SHOW_LINE] = {draw_line, false},
    [SHOW_RADAR] = {draw_radar, false}, [SHOW_RING] = {draw_ring, false},      [SHOW_STEPS] = {draw_steps, false},
    [SHOW_PARTS] = {draw_parts, false}, [SHOW_PAIRS] = {draw_pairs, true},     [SHOW_CALLS] = {draw_calls, true},
    [SHOW_CARDS] = {NULL, false},       [SHOW_SECTIONS] = {NULL, false},           [SHOW_TREE] = {draw_tree, true},       [SHOW_DIFF] = {draw_diff, true},
    [SHOW_QUESTIONS] = {draw_questions, true}, [SHOW_FIELDS] = {draw_asked, true},
    [SHOW_ANSWERS] = {draw_answers, true},     [SHOW_SHARES] = {draw_shares, false},   [SHOW_GANTT] = {draw_gantt, false},
    [SHOW_CURVES] = {draw_curves, false},      [SHOW_SPREAD] = {draw_spread, false},
};

/* Drawn from rows in the order they were told, however the table is sorted. */
static bool in_time(const struct page_table *t) { return t->show.kind == SHOW_CURVES || t->show.kind == SHOW_SPREAD; }

/* Steps of curves are many, and the drawing tells what most want to know; who asked something of the table has it open. */
static void table_perhaps_folded(struct page_doc *p)
{
    struct page_table *t = &p->table;
    struct buf *b = &p->body;
    bool asked = t->find.n != 0 || own_of_table(p, "page", t->name).n != 0;
    t->folded = t->show.kind == SHOW_CURVES && t->count > FOLDED_FROM;
    for (size_t i = 0; i < t->n; i++) asked = asked || sorted_by(p, i) != 0;
    if (t->folded) {
        buf_add(b, asked ? S("<details class=\"fold\" open><summary>") : S("<details class=\"fold\"><summary>"));
        SAY(p, b, M("As a table (%1 rows)"), number_text(p->a, t->count));
        RAW(b, "</summary>\n");
    }
    table_itself(p);
    if (t->folded) RAW(b, "</details>\n");
}

void table_finish(struct page_doc *p)
{
    struct page_table *t = &p->table;
    section_for_table(p, table_label(p));
    section_need(p);
    if (!in_time(t)) order_rows(p);
    draw_fn *draw = t->show.kind < sizeof drawing / sizeof *drawing ? drawing[t->show.kind].draw : NULL;
    bool alone = draw != NULL && (drawing[t->show.kind].alone || t->show.alone) && !tree_in_table(t);
    bool beside = t->show.kind == SHOW_RING && !alone && p->grids == 0;
    if (beside) RAW(&p->body, "<div class=\"beside\">");
    if (draw != NULL && t->kept != 0) draw(p);
    if (beside) RAW(&p->body, "<div>");
    if (in_time(t)) order_rows(p);
    if (!alone || t->count == 0) table_perhaps_folded(p);
    if (beside) RAW(&p->body, "</div></div>");
    p->titled = false;
}
