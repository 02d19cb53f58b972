/* DOCX, for officials, who finish a paper in a word processor: the title, what it was asked for, then block after block
 * as the page has them. Facts are a table of two columns, a rate has its denominator under it; how the paper may be
 * handed on stands at the top of every page. What only a page can do (forms, buttons, charts) is left out: of a chart
 * the table is shown, of curves what they come to. */
#include <errno.h>
#include <string.h>

#include "base/clock.h"
#include "face/curves.h"
#include "face/face.h"
#include "format/docx_write.h"

struct docx_face {
    struct doc doc;
    struct arena *a, *rough; /* rough: emptied with every row */
    struct out *out;
    const struct page *page; /* copied */
    struct docx *paper;
    bool title_put; /* when the first block comes, and then the title is known */
    bool in_facts;
    bool headed;            /* a heading stands before the next table */
    struct show show;       /* how a page shows the next table */
    ptrdiff_t level, label; /* of SHOW_SECTIONS: the columns that make a row a heading; -1: none do */
    bool headings;          /* a heading stands above all tables */
    size_t *shown;          /* columns of the open table that are on paper */
    size_t n_shown;
    bool left_out; /* the open table is not on paper */
    bool curved;   /* of the open table only what its curves come to is on paper */
    struct curves curves;
    str name;      /* of the open table */
    int64_t rows, rows_put;
    struct buf after; /* notes, parted by NUL */
};

static struct docx_face *of(struct doc *d) { return (struct docx_face *)d; }

static void put(void *to, str bytes) { out_put(to, bytes); }

static str words(const struct doc *d, str id) { return tr(d->lang, id); }

static str said(struct doc *d, str id, str arg) { return tr_fill(of(d)->rough, d->lang, id, &arg, 1); }

/* ---- cells ---- */

/* 190,171 */
static str count_text(struct arena *a, int64_t count)
{
    str digits = str_int(a, count);
    struct buf b = buf_in(a);
    for (size_t i = 0; i < digits.n; i++) {
        bool after_digit = i != 0 && digits.p[i - 1] != '-';
        if (after_digit && (digits.n - i) % 3 == 0) buf_byte(&b, ',');
        buf_byte(&b, digits.p[i]);
    }
    return buf_str(&b);
}

/* A fall is written with ▲, as papers of state do; a rise with ＋ only where the column tells of differences. */
static str with_sign(struct arena *a, str shown, bool fall, bool rise)
{
    const char *sign = fall ? "▲" : rise ? "＋" : "";
    return str_fmt(a, "%s%.*s", sign, STR_ARG(fall ? str_sub(shown, 1, shown.n) : shown));
}

static str rate_words(struct arena *a, unsigned flags, struct rate r)
{
    if (!r.defined) return S("–");
    bool change = (flags & COL_SIGN) != 0;
    str shown = with_sign(a, rate_text(a, r), r.tenths < 0, change && r.tenths > 0);
    return str_fmt(a, "%.*s%s", STR_ARG(shown), change ? "" : "%");
}

/* 1,818.5 */
static str decimal_words(struct arena *a, unsigned flags, struct decimal d)
{
    bool change = (flags & COL_SIGN) != 0;
    str all = decimal_text(a, d), rest = all, whole = S(""), shown = all;
    int64_t count;
    (void)str_cut(&rest, '.', &whole);
    if (str_to_int(whole, &count) && count != 0)
        shown = str_fmt(a, "%.*s%.*s", STR_ARG(count_text(a, count)), STR_ARG(str_sub(all, whole.n, all.n)));
    return with_sign(a, shown, change && d.i < 0, change && d.i > 0);
}

static str time_words(struct arena *a, enum lang lang, int64_t at)
{
    str clock = str_sub(time_text(a, at + JAPAN), 11, 16);
    return str_fmt(a, "%.*s %.*s", STR_ARG(lang_day(a, lang, at)), STR_ARG(clock));
}

static str cell_words(struct doc *d, unsigned flags, const struct cell *c)
{
    struct arena *a = of(d)->rough;
    switch (c->type) {
    case CELL_NONE:
        return S("–");
    case CELL_INT:
        return with_sign(a, count_text(a, c->i), (flags & COL_SIGN) != 0 && c->i < 0,
                         (flags & COL_SIGN) != 0 && c->i > 0);
    case CELL_RATE:
        return rate_words(a, flags, c->rate);
    case CELL_DECIMAL:
        return decimal_words(a, flags, cell_decimal(c));
    case CELL_DATE:
        return lang_date(a, d->lang, c->i);
    case CELL_TIME:
        return time_words(a, d->lang, c->i);
    case CELL_MINUTES:
        return with_sign(a, lang_minutes(a, d->lang, c->i), c->i < 0, (flags & COL_SIGN) != 0 && c->i > 0);
    case CELL_BOOL:
        return c->i != 0 ? words(d, M("yes")) : (str){0};
    default:
        return doc_cell_words(a, d->lang, c);
    }
}

static str over(struct arena *a, const struct cell *c)
{
    if (c->type != CELL_RATE || !c->rate.defined || c->rate.d == 0) return (str){0};
    return str_fmt(a, "%.*s / %.*s", STR_ARG(count_text(a, c->rate.n)), STR_ARG(count_text(a, c->rate.d)));
}

static bool is_figure(enum cell_type type)
{
    return type == CELL_INT || type == CELL_RATE || type == CELL_DECIMAL || type == CELL_MINUTES;
}

static bool is_named(enum cell_type type)
{
    return type == CELL_ORG || type == CELL_TEXT || type == CELL_ENUM || type == CELL_PERSON || type == CELL_CLAUSE;
}

/* ---- the top ---- */

static void meta(struct doc *d, str label, str value)
{
    const str two[] = {label, value};
    docx_paragraph(of(d)->paper, DOCX_META, tr_fill(of(d)->rough, d->lang, M("%1: %2"), two, 2));
}

static str arg_words(struct doc *d, const struct arg *a)
{
    switch (a->param->type) {
    case P_FLAG:
        return words(d, M("yes"));
    case P_ENUM:
        return words(d, a->text);
    case P_DATE:
        return lang_date(of(d)->rough, d->lang, a->i);
    case P_ORG:
        return lang_pick(d->lang, a->org.name_ja, a->org.name_en);
    default:
        return a->text;
    }
}

static void put_params(struct doc *d)
{
    const struct args *in = of(d)->page->in;
    for (size_t i = 0; in != NULL && i < in->n; i++) {
        const struct arg *a = &in->arg[i];
        if (a->param->flags & (SECRET | HIDDEN) || a->text.n == 0) continue;
        str label = words(d, a->param->help);
        if (a->key.n != 0) label = str_fmt(of(d)->rough, "%.*s %.*s", STR_ARG(label), STR_ARG(a->key));
        meta(d, label, arg_words(d, a));
    }
}

/* At the first block; a view has said by then how its page is called. */
static void put_title(struct doc *d)
{
    struct docx_face *f = of(d);
    if (f->title_put) return;
    f->title_put = true;
    docx_paragraph(f->paper, DOCX_TITLE, d->title.n != 0 ? d->title : words(d, f->page->title));
    if (d->lead.n != 0) docx_paragraph(f->paper, DOCX_LEAD, d->lead);
    meta(d, words(d, M("Made (time of Japan)")), time_words(f->rough, d->lang, d->w->now));
    put_params(d);
    arena_back(f->rough, (struct arena_mark){0});
}

static void end_facts(struct doc *d)
{
    if (of(d)->in_facts) docx_table_end(of(d)->paper);
    of(d)->in_facts = false;
}

/* ---- blocks ---- */

/* "4.1　計画の進捗" lies below "4　目標と計画": a doc has headings of one level, their numbers tell of more. */
static enum docx_style heading_style(str text)
{
    unsigned level = 0;
    size_t i = 0;
    for (; i < text.n && ((text.p[i] >= '0' && text.p[i] <= '9') || (text.p[i] == '.' && i > 0)); i++)
        level += text.p[i] == '.' && i + 1 < text.n && text.p[i + 1] >= '0' && text.p[i + 1] <= '9';
    str rest = str_sub(text, i, text.n);
    if (!str_starts(rest, S(" ")) && !str_starts(rest, S("　"))) return DOCX_HEADING_1; /* 99.5% of … */
    return level > 3 ? DOCX_HEADING_4 : (enum docx_style)(DOCX_HEADING_1 + level);
}

static void on_heading(struct doc *d, str text)
{
    put_title(d);
    end_facts(d);
    docx_paragraph(of(d)->paper, heading_style(text), text);
    of(d)->headed = of(d)->headings = true;
}

static void on_text(struct doc *d, str text)
{
    put_title(d);
    end_facts(d);
    docx_paragraph(of(d)->paper, DOCX_TEXT, text);
}

static void on_note(struct doc *d, str text)
{
    buf_add(&of(d)->after, text);
    buf_byte(&of(d)->after, '\0');
}

static void on_fact(struct doc *d, const char *key, str label, const struct cell *c)
{
    (void)key;
    static const struct docx_column pair[] = {{.right = false}, {.right = false}};
    struct docx_face *f = of(d);
    put_title(d);
    if (f->in_facts && docx_full(f->paper)) return; /* of facts there never are so many */
    if (!f->in_facts) docx_table(f->paper, pair, 2);
    f->in_facts = true;
    str base = over(f->rough, c);
    if (d->below.n != 0)
        base = base.n == 0 ? d->below : str_fmt(f->rough, "%.*s  %.*s", STR_ARG(base), STR_ARG(d->below));
    docx_row(f->paper, (const struct docx_cell[]){{.text = words(d, label), .label = true},
                                                  {.text = cell_words(d, 0, c), .below = base}});
    arena_back(f->rough, (struct arena_mark){0});
}

static void on_show(struct doc *d, const struct show *show) { of(d)->show = *show; }

/* ---- tables ---- */

static bool is_button(const struct column *c)
{
    if (c->to == NULL) return false;
    str name = str_of(c->to);
    ptrdiff_t blank = str_find(name, S(" "));
    const struct room *r = blank < 0 ? NULL : room_find(str_sub(name, 0, (size_t)blank));
    const struct entry *e = r == NULL ? NULL : entry_find(r, str_sub(name, (size_t)blank + 1, name.n));
    return e != NULL && e->kind == ENTRY_ACT;
}

static bool on_paper(const struct docx_face *f, const struct column *c)
{
    if (f->show.kind == SHOW_CALLS && c->to != NULL) return false; /* there it is the button */
    return (c->flags & COL_DATA) == 0 && !is_button(c);
}

/* What a form asks is no table on paper. */
static bool is_form(const struct docx_face *f) { return f->show.kind == SHOW_FIELDS || f->show.kind == SHOW_ANSWERS; }

/* Names of tables are keys; "table: rates" is their word for readers, where there is one. */
static void put_caption(struct doc *d)
{
    struct docx_face *f = of(d);
    str id = str_fmt(f->rough, "table: %.*s", STR_ARG(f->name)), told = words(d, id);
    if (!f->headed && !str_eq(id, told)) docx_paragraph(f->paper, DOCX_CAPTION, told);
    f->headed = false;
}

static str head_of(struct doc *d, const struct column *c)
{
    str label = words(d, c->label);
    return c->type == CELL_TIME ? said(d, M("%1 (time of Japan)"), label) : label;
}

static void begin_table(struct doc *d, const struct column *columns)
{
    struct docx_face *f = of(d);
    struct docx_column *heads = arena_array(f->rough, f->n_shown, sizeof *heads);
    for (size_t i = 0; i < f->n_shown; i++) {
        const struct column *c = &columns[f->shown[i]];
        heads[i] = (struct docx_column){head_of(d, c), is_figure(c->type)};
    }
    docx_table(f->paper, heads, f->n_shown);
}

static ptrdiff_t column_at(const struct column *columns, size_t n, const char *key)
{
    for (size_t i = 0; key != NULL && i < n; i++)
        if (strcmp(columns[i].key, key) == 0) return (ptrdiff_t)i;
    return -1;
}

/* In print, headings stand between tables: there a word processor finds them, in a table it does not. */
static void find_sections(struct docx_face *f, const struct column *columns, size_t n)
{
    bool sections = f->show.kind == SHOW_SECTIONS;
    f->level = sections ? column_at(columns, n, f->show.state) : -1;
    f->label = sections ? column_at(columns, n, f->show.label) : -1;
}

static void put_section(struct doc *d, const struct cell *cells)
{
    struct docx_face *f = of(d);
    int64_t level = cells[f->level].i + f->headings;
    enum docx_style style = level < 1   ? DOCX_HEADING_1
                            : level > 4 ? DOCX_HEADING_4
                                        : (enum docx_style)(DOCX_HEADING_1 + level - 1);
    docx_row_heading(f->paper, style, cell_words(d, 0, &cells[f->label]));
}

/* ---- curves: how low, when below what should hold, since when again ---- */

enum { POINTS = 6 };

static void begin_points(struct doc *d, const struct column *columns)
{
    struct docx_face *f = of(d);
    const struct curves *c = &f->curves;
    str goal = c->goal < 0 ? words(d, M("goal")) : words(d, columns[c->goal].label);
    const struct docx_column heads[POINTS] = {
        {words(d, columns[c->label].label), false}, {goal, true}, {words(d, M("Lowest level")), true}, {words(d, M("Lowest after")), true},
        {said(d, M("Below it after: %1"), goal), true}, {said(d, M("Held again after: %1"), goal), true},
    };
    docx_table(f->paper, heads, POINTS);
}

static str after_words(struct doc *d, int64_t at, bool any) { return any ? lang_minutes(of(d)->rough, d->lang, at) : S("–"); }

static void put_points(struct doc *d)
{
    struct docx_face *f = of(d);
    curves_sum(&f->curves);
    for (size_t i = 0; i < f->curves.n && !docx_full(f->paper); i++) {
        const struct curve *k = &f->curves.curve[i];
        docx_row(f->paper, (const struct docx_cell[]){
            {.text = cell_words(d, 0, &k->label)}, {.text = rate_words(f->rough, 0, k->goal)}, {.text = rate_words(f->rough, 0, k->least)},
            {.text = after_words(d, k->least_at, k->least.defined)}, {.text = after_words(d, k->below_at, k->below_at != CURVE_NEVER)},
            {.text = after_words(d, k->back_at, k->back_at != CURVE_NEVER)}});
        arena_back(f->rough, (struct arena_mark){0});
    }
}

static void end_points(struct doc *d)
{
    struct docx_face *f = of(d);
    put_points(d);
    docx_table_end(f->paper);
    str rows = count_text(f->rough, f->rows);
    docx_paragraph(f->paper, f->rows == 0 ? DOCX_TEXT : DOCX_NOTE,
                   f->rows == 0 ? words(d, M("(nothing)")) : said(d, M("These are the main points of %1 rows; XLSX and CSV have them all."), rows));
}

static void on_table(struct doc *d, const char *name, const struct column *columns, size_t n)
{
    struct docx_face *f = of(d);
    put_title(d);
    end_facts(d);
    f->name = str_dup(f->a, str_of(name));
    f->shown = arena_array(f->a, n, sizeof *f->shown);
    f->n_shown = 0;
    find_sections(f, columns, n);
    for (size_t i = 0; i < n; i++)
        if ((ptrdiff_t)i != f->level && on_paper(f, &columns[i])) f->shown[f->n_shown++] = i;
    f->left_out = is_form(f) || f->n_shown == 0 || f->n_shown > DOCX_COLUMNS_MAX;
    f->rows = f->rows_put = 0;
    f->curved = f->show.kind == SHOW_CURVES && curves_begin(&f->curves, f->a, &f->show, columns, n);
    if (is_form(f) || f->n_shown == 0) return;
    put_caption(d);
    if (f->curved) begin_points(d, columns);
    else if (!f->left_out) begin_table(d, columns);
    arena_back(f->rough, (struct arena_mark){0});
}

static void on_row(struct doc *d, const struct cell *cells)
{
    struct docx_face *f = of(d);
    f->rows++;
    if (f->curved) (void)curves_row(&f->curves, cells);
    if (f->curved || f->left_out || docx_full(f->paper)) return;
    f->rows_put++;
    if (f->level >= 0 && f->label >= 0 && cells[f->level].type == CELL_INT) {
        put_section(d, cells);
        arena_back(f->rough, (struct arena_mark){0});
        return;
    }
    struct docx_cell *row = arena_array(f->rough, f->n_shown, sizeof *row);
    for (size_t i = 0; i < f->n_shown; i++) {
        const struct cell *c = &cells[f->shown[i]];
        row[i].text = cell_words(d, d->columns[f->shown[i]].flags, c);
        row[i].below = over(f->rough, c);
        row[i].indent = is_named(c->type) && c->depth > 0 ? c->depth : 0;
    }
    docx_row(f->paper, row);
    arena_back(f->rough, (struct arena_mark){0});
}

/* A paper that lacks something says so where it is missing. */
static void tell_missing(struct doc *d)
{
    struct docx_face *f = of(d);
    const str rows[] = {count_text(f->rough, f->rows_put), count_text(f->rough, f->rows)};
    const str columns[] = {str_int(f->rough, (int64_t)f->n_shown), str_int(f->rough, DOCX_COLUMNS_MAX)};
    if (f->rows == 0)
        docx_paragraph(f->paper, DOCX_TEXT, words(d, M("(nothing)")));
    else if (f->left_out)
        docx_paragraph(
            f->paper, DOCX_NOTE,
            tr_fill(f->rough, d->lang,
                    M("This table has %1 columns; a text document holds no more than %2. Take it along as XLSX "
                      "or CSV."),
                    columns, 2));
    else if (f->rows_put < f->rows)
        docx_paragraph(
            f->paper, DOCX_NOTE,
            tr_fill(f->rough, d->lang,
                    M("Here are the first %1 of %2 rows: more make a text document too heavy. XLSX and CSV have "
                      "them all."),
                    rows, 2));
}

static void on_table_end(struct doc *d)
{
    struct docx_face *f = of(d);
    if (f->curved) end_points(d);
    else if (!f->left_out) docx_table_end(f->paper);
    if (!f->curved && !is_form(f) && f->n_shown != 0) tell_missing(d);
    f->curved = false;
    f->show = (struct show){0};
    arena_back(f->rough, (struct arena_mark){0});
}

static const struct face docx_face = {on_heading, on_text, on_note,      on_fact,
                                      on_table,   on_row,  on_table_end, .show = on_show};

/* ---- the whole ---- */

static struct doc *begin(struct work *w, struct out *out, const struct page *page)
{
    struct arena *a = arena_beside(w);
    struct docx_face *f = arena_alloc(a, sizeof *f);
    struct page *own = arena_alloc(a, sizeof *own);
    *own = *page;
    *f = (struct docx_face){.doc = {.face = &docx_face, .w = w, .lang = page->lang}, .a = a, .out = out, .page = own};
    f->rough = arena_beside(w);
    f->after = buf_in(a);
    const struct docx_about about = {tr(page->lang, page->title), w->now, page->lang == LANG_JA};
    f->paper = docx_begin(arena_beside(w), (struct zip_sink){put, out}, &about);
    return &f->doc;
}

static void put_notes(struct doc *d)
{
    struct docx_face *f = of(d);
    str rest = buf_str(&f->after);
    for (str note; str_cut(&rest, '\0', &note);)
        if (note.n != 0) docx_paragraph(f->paper, DOCX_NOTE, str_fmt(f->rough, "※ %.*s", STR_ARG(note)));
}

static str mark_of(struct doc *d)
{
    str handling = words(d, d->handling), provisional = d->provisional ? words(d, M("provisional figures")) : (str){0};
    if (handling.n == 0 || provisional.n == 0) return handling.n != 0 ? handling : provisional;
    return str_fmt(of(d)->a, "%.*s　%.*s", STR_ARG(handling), STR_ARG(provisional));
}

static void end(struct doc *d)
{
    struct docx_face *f = of(d);
    put_title(d);
    end_facts(d);
    closing_notes(d);
    put_notes(d);
    const struct docx_paper paper = {
        .head_left = d->title.n != 0 ? d->title : words(d, f->page->title),
        .head_right = mark_of(d),
        .foot_left = time_words(f->a, d->lang, d->w->now),
    };
    if (docx_end(f->paper, &paper)) return;
    f->out->failed = true; /* beyond 4 GiB: no reader takes it */
    f->out->why = EFBIG;
}

const struct format format_docx = {"docx", begin, end};
