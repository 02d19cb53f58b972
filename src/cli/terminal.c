/* A doc for a person at a terminal. A table has to know its widths before its first line, so up to MEASURED rows are
 * kept; the rest follow in the widths found. */
#include <limits.h>

#include "base/clock.h"
#include "base/utf8.h"
#include "face/branches.h"
#include "face/face.h"
#include "cli/curve_lines.h"
#include "cli/layout.h"
#include "cli/wrap.h"

enum { MEASURED = 500, FACTS_MAX = 64, CURVE_ROWS = 40 /* more of them say less than their curves */ };

struct shown {
    str text, code;      /* code: of an organisation or clause, which may be that of the row above */
    int indent, eighths; /* of a bar; -1: none */
    bool dim, empty;
    int depth;           /* of the label of a tree; -1 */
    uint32_t more;       /* which of its branches go on below */
};
struct fact {
    str label, value;
};
struct terminal {
    struct doc doc;
    struct out *out;
    struct style style;
    struct arena *a;    /* of the open table */
    struct arena *keep; /* of facts and notes, which wait */
    struct fact facts[FACTS_MAX];
    size_t n_facts;
    struct buf notes, left_out; /* each ended by NUL */
    bool any, after_heading;
    struct fit *fit;    /* of the open table, as its labels and rows */
    str *label;
    int *outdent;       /* of organisations: what all rows are deep, at least */
    struct buf *above;  /* the codes of the row above */
    struct shown **kept;
    size_t n_kept, n_rows;
    struct show show;   /* how a page shows the next table, or the open one */
    ptrdiff_t tree;     /* the column whose labels have branches; -1 */
    struct curves curves;
    bool curved;
};

static struct terminal *of(struct doc *d) { return (struct terminal *)d; }

/* ---- lines ---- */

static void bold(struct terminal *t, str s)
{
    if (t->style.colour) out_c(t->out, "\033[1m");
    out_put(t->out, s);
    if (t->style.colour) out_c(t->out, "\033[0m");
}

static void dim(struct terminal *t, str s)
{
    if (t->style.colour) out_c(t->out, "\033[2m");
    out_put(t->out, s);
    if (t->style.colour) out_c(t->out, "\033[0m");
}

static void gap(struct terminal *t)
{
    if (t->any && !t->after_heading) out_c(t->out, "\n");
    t->any = true;
    t->after_heading = false;
}

static void paragraph(struct terminal *t, const char *mark, str text)
{
    int columns = t->style.columns == 0 ? 1 << 20 : t->style.columns, indent = utf8_width(str_of(mark));
    str line;
    out_c(t->out, mark);
    for (int i = 0; wrap_next(&text, columns - indent > 8 ? columns - indent : 8, &line); i++) {
        if (i != 0) out_blanks(t->out, indent);
        out_put(t->out, line);
        out_c(t->out, "\n");
    }
}

/* ---- cells ---- */

static str yes(enum lang lang) { return tr(lang, M("yes")); }

static str on_one_line(struct arena *a, str s)
{
    struct buf b = buf_in(a);
    str line;
    while (wrap_next(&s, INT_MAX, &line)) {
        if (b.n != 0) buf_byte(&b, ' ');
        buf_add(&b, line);
    }
    return buf_str(&b);
}

static struct shown show_words(struct terminal *t, const struct cell *c)
{
    struct shown s = {.text = utf8_safe(t->a, doc_cell_words(t->a, t->doc.lang, c)), .eighths = -1};
    if (t->style.columns == 0) s.text = on_one_line(t->a, s.text); /* a row a line, for grep and its like */
    s.indent = c->type == CELL_ORG ? c->depth * 2 : 0;
    if (c->type == CELL_ORG || c->type == CELL_CLAUSE) s.code = str_dup(t->a, c->text);
    s.empty = s.text.n == 0;
    return s;
}

/* 190,171: in a window only; programs behind a pipe get digits. */
static str show_count(struct terminal *t, int64_t count)
{
    str digits = str_int(t->a, count);
    if (t->style.columns == 0) return digits;
    struct buf b = buf_in(t->a);
    for (size_t i = 0; i < digits.n; i++) {
        bool after_digit = i != 0 && digits.p[i - 1] != '-';
        if (after_digit && (digits.n - i) % 3 == 0) buf_byte(&b, ',');
        buf_byte(&b, digits.p[i]);
    }
    return buf_str(&b);
}

static str show_decimal(struct terminal *t, struct decimal d)
{
    str all = decimal_text(t->a, d);
    ptrdiff_t point = str_find(all, S("."));
    int64_t whole;
    if (point < 0) return show_count(t, d.i);
    str rest = str_sub(all, (size_t)point, all.n), head = str_sub(all, 0, (size_t)point);
    if (!str_to_int(head, &whole) || whole == 0) return all; /* -0.5 keeps its sign */
    return str_fmt(t->a, "%.*s%.*s", STR_ARG(show_count(t, whole)), STR_ARG(rest));
}

static struct shown show_bool(const struct terminal *t, bool holds)
{
    return (struct shown){.text = holds ? yes(t->doc.lang) : S(""), .eighths = -1, .empty = !holds};
}

static int bar_of(struct rate r)
{
    double value = r.value < 0 ? 0 : r.value > 1 ? 1 : r.value;
    return (int)(value * LAYOUT_BAR * 8); /* rounded down: a bar does not flatter either */
}

static struct shown show(struct terminal *t, const struct cell *c)
{
    struct shown s = {.text = t->style.blocks ? S("–") : S("-"), .dim = true, .empty = true, .eighths = -1};
    switch (c->type) {
    case CELL_NONE: break;
    case CELL_INT: s = (struct shown){.text = show_count(t, c->i), .eighths = -1}; break;
    case CELL_RATE:
        if (c->rate.defined) s = (struct shown){.text = rate_text(t->a, c->rate), .eighths = bar_of(c->rate)};
        break;
    case CELL_DECIMAL: s = (struct shown){.text = show_decimal(t, cell_decimal(c)), .eighths = -1}; break;
    case CELL_DATE: s = (struct shown){.text = date_text(t->a, c->i), .eighths = -1}; break;
    case CELL_TIME: s = (struct shown){.text = time_text(t->a, c->i), .eighths = -1}; break;
    case CELL_MINUTES: s = (struct shown){.text = lang_minutes(t->a, t->doc.lang, c->i), .eighths = -1}; break;
    case CELL_BOOL: s = show_bool(t, c->i != 0); break;
    default: s = show_words(t, c);
    }
    return s;
}

/* ---- tables ---- */

static bool is_right(enum cell_type type)
{
    return type == CELL_INT || type == CELL_RATE || type == CELL_DECIMAL || type == CELL_MINUTES;
}

static bool is_text(enum cell_type type)
{
    return type == CELL_TEXT || type == CELL_ENUM || type == CELL_ORG || type == CELL_PERSON || type == CELL_CLAUSE;
}

static str label_of(struct terminal *t, const struct column *c)
{
    str label = tr(t->doc.lang, c->label);
    if (c->type != CELL_RATE || str_find(label, S("%")) >= 0) return label;
    return str_fmt(t->a, "%.*s %%", STR_ARG(label));
}

static int lines_of(str text, int width)
{
    int n = 0;
    for (str line; wrap_next(&text, width, &line);) n++;
    return n;
}

/* As narrow as it stands on so many lines with no word cut; a short label on one. */
static int label_width(str label, int lines)
{
    int width = wrap_least(label), whole = utf8_width(label);
    if (whole <= 6) return whole;
    while (lines_of(label, width) > lines) width++;
    return width;
}

static struct fit fit_of(const struct terminal *t, const struct column *c, str label)
{
    return (struct fit){
        .label = utf8_width(label),
        .least = label_width(label, 2),
        .last = label_width(label, 3),
        .figure = !is_text(c->type),
        .detail = (c->flags & (COL_DETAIL | COL_DATA)) != 0,
        .data = (c->flags & COL_DATA) != 0,
        .bar = (c->flags & COL_BAR) != 0 && c->type == CELL_RATE && t->style.blocks,
    };
}

static void on_show(struct doc *d, const struct show *show) { of(d)->show = *show; }

static void find_shape(struct terminal *t, const struct column *columns, size_t n)
{
    t->tree = -1;
    for (size_t i = 0; t->show.kind == SHOW_TREE && t->style.blocks && i < n; i++)
        if (t->show.label != NULL && strcmp(columns[i].key, t->show.label) == 0) t->tree = (ptrdiff_t)i;
    t->curved = t->show.kind == SHOW_CURVES && t->style.blocks && curves_begin(&t->curves, t->keep, &t->show, columns, n);
}

static void on_table(struct doc *d, const char *name, const struct column *columns, size_t n)
{
    (void)name;
    struct terminal *t = of(d);
    t->fit = arena_array(t->a, n, sizeof *t->fit);
    t->label = arena_array(t->a, n, sizeof *t->label);
    t->outdent = arena_array(t->a, n, sizeof *t->outdent);
    t->above = arena_array(t->a, n, sizeof *t->above);
    t->kept = arena_array(t->a, MEASURED, sizeof *t->kept);
    t->n_kept = t->n_rows = 0;
    for (size_t i = 0; i < n; i++) {
        t->label[i] = label_of(t, &columns[i]);
        t->fit[i] = fit_of(t, &columns[i], t->label[i]);
        t->above[i] = buf_in(t->keep);
    }
    find_shape(t, columns, n);
}

/* A line is gathered first, so that no blanks stand at its end. */
static void blanks(struct buf *b, int n)
{
    for (; n > 0; n--) buf_byte(b, ' ');
}

static void in_style(const struct terminal *t, struct buf *b, const char *style, str s)
{
    if (t->style.colour && s.n != 0) buf_fmt(b, "\033[%sm%.*s\033[0m", style, STR_ARG(s));
    else buf_add(b, s);
}

static void end_line(struct terminal *t, struct buf *b)
{
    while (b->n != 0 && b->p[b->n - 1] == ' ') b->n--;
    buf_byte(b, '\n');
    out_put(t->out, buf_str(b));
    b->n = 0;
}

static void add_bar(struct buf *b, int eighths)
{
    static const char *const part[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    int full = eighths < 0 ? 0 : eighths / 8, rest = eighths < 0 ? 0 : eighths % 8;
    buf_byte(b, ' ');
    for (int i = 0; i < full; i++) buf_add(b, S("█"));
    buf_add(b, str_of(part[rest]));
    blanks(b, LAYOUT_BAR - full - (rest != 0));
}

/* One line of one cell, as wide as its column. style: of the colours of ECMA-48, or NULL. What stands before it is written. */
static void add_piece(const struct terminal *t, struct buf *b, size_t i, str piece, int indent, const char *style)
{
    int spare = t->fit[i].width - utf8_width(piece) - indent;
    bool right = is_right(t->doc.columns[i].type);
    blanks(b, right ? spare : 0);
    if (style == NULL) buf_add(b, piece);
    else in_style(t, b, style, piece);
    if (!right) blanks(b, spare);
}

struct piece {
    str rest;
    int indent;
};

static void add_cell_line(const struct terminal *t, struct buf *b, size_t i, struct piece *p, const struct shown *cell)
{
    bool at_head = p->rest.p == cell->text.p;
    int indent = p->rest.n == 0 && cell->depth < 0 ? 0 : p->indent; /* branches go on beside the lines of other cells */
    str line = S("");
    wrap_next(&p->rest, t->fit[i].width - indent, &line);
    if (cell->depth >= 0) branches_add(b, cell->depth, cell->more, indent, at_head);
    else blanks(b, indent);
    add_piece(t, b, i, line, indent, cell->dim ? "2" : NULL);
    if (t->fit[i].has_bar) add_bar(b, at_head ? cell->eighths : -1);
}

static bool more_lines(const struct terminal *t, const struct piece *pieces)
{
    for (size_t i = 0; i < t->doc.n_columns; i++)
        if (!t->fit[i].left_out && pieces[i].rest.n != 0) return true;
    return false;
}

/* Leading organisations and clauses that are the same as in the row above are left blank. */
static void blank_repeated(struct terminal *t, const struct shown *row, struct piece *pieces)
{
    bool same = t->style.columns != 0;
    for (size_t i = 0; i < t->doc.n_columns; i++) {
        struct buf *above = &t->above[i];
        same = same && row[i].code.n != 0 && str_eq(row[i].code, buf_str(above));
        if (same) pieces[i].rest = S("");
        above->n = 0;
        buf_add(above, row[i].code);
    }
}

static int indent_of(const struct terminal *t, size_t i, const struct shown *cell)
{
    int indent = cell->indent > t->outdent[i] ? cell->indent - t->outdent[i] : 0;
    return indent < t->fit[i].width / 2 ? indent : t->fit[i].width / 2;
}

static void put_row_line(struct terminal *t, struct buf *b, const struct shown *row, struct piece *pieces)
{
    bool first = true;
    for (size_t i = 0; i < t->doc.n_columns; i++) {
        if (t->fit[i].left_out) continue;
        if (!first) blanks(b, LAYOUT_GAP);
        first = false;
        add_cell_line(t, b, i, &pieces[i], &row[i]);
    }
    end_line(t, b);
}

static void put_row(struct terminal *t, const struct shown *row)
{
    struct arena_mark mark = arena_mark(t->a);
    struct piece *pieces = arena_array(t->a, t->doc.n_columns, sizeof *pieces);
    struct buf b = buf_in(t->a);
    for (size_t i = 0; i < t->doc.n_columns; i++)
        pieces[i] = (struct piece){row[i].text, indent_of(t, i, &row[i])};
    blank_repeated(t, row, pieces);
    do put_row_line(t, &b, row, pieces);
    while (more_lines(t, pieces));
    arena_back(t->a, mark);
}

/* Labels stand at the foot of their lines, next to the figures: line `at` of `deepest`. */
static void put_label_line(struct terminal *t, struct buf *b, struct piece *pieces, const int *lines, int at,
                           int deepest)
{
    bool first = true;
    for (size_t i = 0; i < t->doc.n_columns; i++) {
        if (t->fit[i].left_out) continue;
        if (!first) blanks(b, LAYOUT_GAP);
        first = false;
        str line = S("");
        if (deepest - lines[i] <= at) wrap_next(&pieces[i].rest, t->fit[i].width, &line);
        add_piece(t, b, i, line, 0, "1");
        if (t->fit[i].has_bar) blanks(b, LAYOUT_BAR + 1);
    }
    end_line(t, b);
}

static void put_rule(struct terminal *t)
{
    struct buf b = buf_in(t->a);
    for (size_t i = 0; i < t->doc.n_columns; i++) {
        if (t->fit[i].left_out) continue;
        if (b.n != 0) blanks(&b, LAYOUT_GAP);
        for (int k = t->fit[i].width + (t->fit[i].has_bar ? LAYOUT_BAR + 1 : 0); k > 0; k--) buf_byte(&b, '-');
    }
    dim(t, buf_str(&b));
    out_c(t->out, "\n");
}

static void put_labels(struct terminal *t)
{
    struct piece *pieces = arena_array(t->a, t->doc.n_columns, sizeof *pieces);
    int *lines = arena_array(t->a, t->doc.n_columns, sizeof *lines), deepest = 0;
    struct buf b = buf_in(t->a);
    for (size_t i = 0; i < t->doc.n_columns; i++) {
        pieces[i].rest = t->label[i];
        lines[i] = t->fit[i].left_out ? 0 : lines_of(t->label[i], t->fit[i].width);
        if (lines[i] > deepest) deepest = lines[i];
    }
    for (int at = 0; at < deepest; at++) put_label_line(t, &b, pieces, lines, at, deepest);
    put_rule(t);
}

static bool among(const struct buf *ended, str s)
{
    for (size_t at = 0; at < ended->n; at += strlen(ended->p + at) + 1)
        if (str_eq(str_of(ended->p + at), s)) return true;
    return false;
}

static void note_left_out(struct terminal *t)
{
    for (size_t i = 0; i < t->doc.n_columns; i++) {
        str label = tr(t->doc.lang, t->doc.columns[i].label);
        bool silent = t->fit[i].detail && t->fit[i].empty;
        if (!t->fit[i].left_out || silent || among(&t->left_out, label)) continue;
        buf_add(&t->left_out, label);
        buf_byte(&t->left_out, '\0');
    }
}

/* One note for all tables. */
static void tell_left_out(struct terminal *t)
{
    const struct buf *b = &t->left_out;
    str all = str_of(b->p);
    for (size_t at = all.n + 1; at < b->n; at += strlen(b->p + at) + 1) {
        const str two[] = {all, str_of(b->p + at)};
        all = tr_fill(t->keep, t->doc.lang, M("%1; %2"), two, 2);
    }
    if (b->n == 0) return;
    doc_note(&t->doc, M("left out, for the window is narrow: %1 (--format csv and json have all)"), all);
}

/* ---- measuring ---- */

static void find_outdent(struct terminal *t, size_t i)
{
    int least = INT_MAX;
    for (size_t k = 0; k < t->n_kept; k++) {
        const struct shown *cell = &t->kept[k][i];
        if (!cell->empty && cell->indent < least) least = cell->indent;
    }
    t->outdent[i] = least == INT_MAX ? 0 : least;
}

static void measure_cell(struct fit *f, const struct shown *cell, int outdent)
{
    int indent = cell->empty ? 0 : cell->indent - outdent, width = utf8_width(cell->text) + indent;
    if (width > f->cells) f->cells = width;
    int piece = f->figure ? 0 : wrap_least(cell->text) + indent;
    if (piece > f->piece) f->piece = piece;
    f->weight += (int64_t)width * width;
    if (!cell->empty && !f->data) f->empty = false;
}

/* A column is known to be empty only when all its rows are here. */
static void measure(struct terminal *t)
{
    for (size_t i = 0; i < t->doc.n_columns; i++) {
        find_outdent(t, i);
        t->fit[i].empty = t->fit[i].data || (t->n_kept != 0 && t->n_rows == t->n_kept);
        for (size_t k = 0; k < t->n_kept; k++) measure_cell(&t->fit[i], &t->kept[k][i], t->outdent[i]);
    }
}

static void put_facts(struct terminal *t);

/* Only now is known which branches go on. */
static void find_branches(struct terminal *t)
{
    int *depth = arena_array(t->a, t->n_kept, sizeof *depth);
    uint32_t *more = arena_array(t->a, t->n_kept, sizeof *more);
    for (size_t k = 0; k < t->n_kept; k++) depth[k] = t->kept[k][t->tree].depth -= t->outdent[t->tree] / 2;
    branches_find(depth, t->n_kept, more);
    for (size_t k = 0; k < t->n_kept; k++) t->kept[k][t->tree].more = more[k];
}

static void start_table(struct terminal *t)
{
    put_facts(t);
    gap(t);
    measure(t);
    layout(t->fit, t->doc.n_columns, t->style.columns);
    put_labels(t);
    if (t->tree >= 0) find_branches(t);
    for (size_t i = 0; i < t->n_kept; i++) put_row(t, t->kept[i]);
    note_left_out(t);
}

/* In a window many steps stand as their curves alone. */
static bool in_curves_alone(const struct terminal *t) { return t->curved && t->style.columns != 0 && t->n_rows >= CURVE_ROWS; }

static void as_branch(const struct terminal *t, struct shown *s, const struct cell *c)
{
    s->indent = c->depth * 2;
    s->depth = c->depth - (t->n_rows > MEASURED ? t->outdent[t->tree] / 2 : 0);
    s->more = UINT32_MAX; /* as far as is known */
}

static void on_row(struct doc *d, const struct cell *cells)
{
    struct terminal *t = of(d);
    if (t->curved) (void)curves_row(&t->curves, cells);
    if (in_curves_alone(t)) {
        t->n_rows++;
        return;
    }
    bool measured = t->n_rows++ < MEASURED;
    if (t->n_rows == MEASURED + 1) start_table(t);
    struct arena_mark mark = arena_mark(t->a);
    struct shown *row = arena_array(t->a, d->n_columns, sizeof *row);
    for (size_t i = 0; i < d->n_columns; i++) {
        row[i] = show(t, &cells[i]);
        row[i].depth = -1;
    }
    if (t->tree >= 0) as_branch(t, &row[t->tree], &cells[t->tree]);
    if (measured) {
        t->kept[t->n_kept++] = row;
        return;
    }
    put_row(t, row);
    arena_back(t->a, mark);
}

static void put_curves(struct terminal *t)
{
    if (!t->curved || t->curves.n == 0) return;
    ptrdiff_t goal = t->curves.goal;
    put_facts(t);
    gap(t);
    curves_sum(&t->curves);
    curve_lines(t->out, t->keep, t->doc.lang, t->style.columns, &t->curves, tr(t->doc.lang, goal < 0 ? M("goal") : t->doc.columns[goal].label));
}

static void tell_alone(struct terminal *t)
{
    str n = str_int(t->keep, (int64_t)t->n_rows);
    dim(t, tr_fill(t->keep, t->doc.lang, M("(%1 rows: --format csv and json have them)"), &n, 1));
    out_c(t->out, "\n");
}

static void on_table_end(struct doc *d)
{
    struct terminal *t = of(d);
    bool alone = t->n_rows > CURVE_ROWS && in_curves_alone(t);
    put_curves(t);
    t->show = (struct show){0};
    if (alone) tell_alone(t);
    else if (t->n_rows <= MEASURED) start_table(t);
    if (t->n_rows == 0) {
        dim(t, tr(d->lang, M("(nothing)")));
        out_c(t->out, "\n");
    }
    arena_back(t->a, (struct arena_mark){0});
}

/* ---- other blocks ---- */

static void put_facts(struct terminal *t)
{
    if (t->n_facts == 0) return;
    gap(t);
    int widest = 0;
    for (size_t i = 0; i < t->n_facts; i++)
        if (utf8_width(t->facts[i].label) > widest) widest = utf8_width(t->facts[i].label);
    for (size_t i = 0; i < t->n_facts; i++) {
        struct buf label = buf_in(t->keep);
        buf_add(&label, t->facts[i].label);
        for (int k = utf8_width(t->facts[i].label); k < widest + LAYOUT_GAP; k++) buf_byte(&label, ' ');
        buf_byte(&label, '\0');
        paragraph(t, label.p, t->facts[i].value.n == 0 ? S(" ") : t->facts[i].value);
    }
    t->n_facts = 0;
}

static void on_heading(struct doc *d, str text)
{
    struct terminal *t = of(d);
    put_facts(t);
    t->after_heading = false;
    gap(t);
    bold(t, utf8_safe(t->keep, text));
    out_c(t->out, "\n");
    t->after_heading = true;
}

static void on_text(struct doc *d, str text)
{
    struct terminal *t = of(d);
    put_facts(t);
    gap(t);
    paragraph(t, "", utf8_safe(t->keep, text));
}

static void on_note(struct doc *d, str text)
{
    struct terminal *t = of(d);
    buf_add(&t->notes, utf8_safe(t->keep, text));
    buf_byte(&t->notes, '\0');
}

static void on_fact(struct doc *d, const char *key, str label, const struct cell *c)
{
    (void)key;
    struct terminal *t = of(d);
    if (t->n_facts == FACTS_MAX) put_facts(t);
    struct shown s = show(t, c);
    str value = c->type == CELL_RATE && c->rate.defined ? str_fmt(t->keep, "%.*s %%", STR_ARG(s.text)) : s.text;
    t->facts[t->n_facts++] = (struct fact){tr(d->lang, label), str_dup(t->keep, value)};
}

static const struct face terminal_face = {on_heading, on_text, on_note, on_fact, on_table, on_row, on_table_end, .show = on_show};

/* ---- the whole ---- */

static struct doc *begin(struct work *w, struct out *out, const struct page *page)
{
    struct arena *keep = arena_beside(w);
    struct terminal *t = arena_alloc(keep, sizeof *t);
    *t = (struct terminal){.doc = {.face = &terminal_face, .w = w, .lang = page->lang}, .out = out};
    t->style = page->style;
    t->keep = keep;
    t->a = arena_beside(w);
    t->notes = buf_in(arena_beside(w));
    t->left_out = buf_in(keep);
    return &t->doc;
}

static void end(struct doc *d)
{
    struct terminal *t = of(d);
    put_facts(t);
    tell_left_out(t);
    closing_notes(d);
    if (d->handling.n != 0) doc_note(d, d->handling);
    if (t->notes.n != 0) gap(t);
    const char *mark = d->lang == LANG_JA ? "※ " : "Note: ";
    for (size_t at = 0; at < t->notes.n; at += strlen(t->notes.p + at) + 1) paragraph(t, mark, str_of(t->notes.p + at));
}

const struct format format_table = {"table", begin, end};
