/* XLSX, for officials: first a sheet that tells what this is (parameters, handling, facts, notes), then one sheet a
 * table. Organisations and persons have their code and their name, a rate its numerator and denominator beside it;
 * times are those of Japan, as their heading says.
 *
 * A rate is the exact double where a spreadsheet shows from it what the house shows, else the figure shown: 99.96 % is
 * written as 0.999, since 0.9996 would be shown as 100.0% (design §2, Arithmetic). The fraction beside it stays exact.
 *
 * A length of time is one of the spreadsheet's (68:20), so that it adds up and has an axis; a difference of two is a number.
 */
#include <errno.h>

#include "base/clock.h"
#include "face/face.h"
#include "format/xlsx_write.h"

enum { INDENTS = 4 };

struct xlsx_face {
    struct doc doc;
    struct arena *a;
    struct out *out;
    const struct page *page; /* copied */
    struct xlsx *book;
    struct xlsx_sheet *cover, *sheet;
    str heading;                   /* of what comes next */
    const struct xlsx_head *heads; /* of the open table, as its sheets have them */
    size_t n_heads;
    str name;                 /* of the open table */
    struct xlsx_sheet **kept; /* those that wait for their printed heads: the handling mark may be set last of all */
    size_t n_kept;
    struct buf after; /* notes, parted by NUL: at the end of the cover */
    bool paper_known; /* the top of the cover is written when the first block comes, and then the title is known */
};

static struct xlsx_face *of(struct doc *d) { return (struct xlsx_face *)d; }

static void put(void *to, str bytes) { out_put(to, bytes); }

static str words(const struct doc *d, str id) { return tr(d->lang, id); }

/* ---- cells ---- */

static bool has_name(enum cell_type type) { return type == CELL_ORG || type == CELL_PERSON; }

/* Does a spreadsheet make of the double, at one decimal and half up, what the house shows? Too near the middle is no.
 */
static bool seen_as(double value, int32_t shown)
{
    double off = value * 1000 - shown; /* in tenths of a percent */
    return off > -0.5 + 1e-6 && off < 0.5 - 1e-6;
}

static void put_rate(struct xlsx_sheet *s, struct rate r)
{
    if (!r.defined)
        xlsx_none(s);
    else
        xlsx_real(s, XLSX_PERCENT, seen_as(r.value, r.tenths) ? r.value : r.tenths / 1000.0);
}

static void put_count(struct xlsx_sheet *s, const struct rate *r, int64_t count)
{
    if (!r->defined || r->d == 0)
        xlsx_none(s);
    else
        xlsx_int(s, XLSX_INT, count);
}

static void put_words(struct doc *d, struct xlsx_sheet *s, const struct cell *c)
{
    struct arena_mark mark = arena_mark(d->w->a);
    str text = doc_cell_words(d->w->a, d->lang, c);
    int steps = c->depth <= 0 ? 0 : c->depth < INDENTS ? c->depth : INDENTS;
    if (text.n == 0)
        xlsx_none(s);
    else
        xlsx_text(s, steps == 0 ? XLSX_TEXT : (enum xlsx_style)(XLSX_INDENT + steps - 1), text);
    arena_back(d->w->a, mark);
}

/* Spreadsheets do not show a length of time below nothing: differences (signed_) are numbers of minutes. */
static void put_minutes(struct doc *d, struct xlsx_sheet *s, int64_t minutes, bool signed_)
{
    struct arena_mark mark = arena_mark(d->w->a);
    if (signed_) xlsx_int(s, XLSX_INT, minutes);
    else if (minutes >= 0 && minutes <= XLSX_SPAN_MAX) xlsx_int(s, XLSX_SPAN, minutes);
    else xlsx_text(s, XLSX_TEXT, lang_minutes(d->w->a, d->lang, minutes));
    arena_back(d->w->a, mark);
}

static void put_cell(struct doc *d, struct xlsx_sheet *s, const struct cell *c, bool signed_)
{
    switch (c->type) {
    case CELL_NONE:
        xlsx_none(s);
        break;
    case CELL_INT:
        xlsx_int(s, XLSX_INT, c->i);
        break;
    case CELL_RATE:
        put_rate(s, c->rate);
        break;
    case CELL_DATE:
        xlsx_int(s, XLSX_DATE, c->i);
        break;
    case CELL_TIME:
        xlsx_int(s, XLSX_TIME, c->i + JAPAN);
        break;
    case CELL_MINUTES:
        put_minutes(d, s, c->i, signed_);
        break;
    case CELL_DECIMAL:
        c->depth == 0 ? xlsx_int(s, XLSX_INT, c->i) : xlsx_real(s, XLSX_TEXT, decimal_drawn(cell_decimal(c)));
        break;
    case CELL_BOOL:
        c->i != 0 ? xlsx_text(s, XLSX_TEXT, words(d, M("yes"))) : xlsx_none(s);
        break;
    default:
        put_words(d, s, c);
    }
}

/* A rate over a column of its own has its denominator there, a mean has none that means anything. */
static bool has_fraction(const struct column *c) { return c->type == CELL_RATE && c->of == NULL; }

static void put_cells(struct doc *d, struct xlsx_sheet *s, const struct column *column, const struct cell *c)
{
    if (has_name(column->type) && c->type != CELL_NONE)
        xlsx_text(s, XLSX_TEXT, c->text);
    else if (has_name(column->type))
        xlsx_none(s);
    put_cell(d, s, c, (column->flags & COL_SIGN) != 0);
    if (!has_fraction(column)) return;
    put_count(s, &c->rate, c->rate.n);
    put_count(s, &c->rate, c->rate.d);
}

/* ---- the cover ---- */

static void pair(struct xlsx_sheet *s, str label, str value)
{
    xlsx_row(s);
    xlsx_text(s, XLSX_LABEL, label);
    xlsx_text(s, XLSX_WRAP, value);
}

static void put_params(struct doc *d)
{
    struct xlsx_face *f = of(d);
    for (size_t i = 0; f->page->in != NULL && i < f->page->in->n; i++) {
        const struct arg *a = &f->page->in->arg[i];
        if (a->param->flags & (SECRET | HIDDEN)) continue;
        str key = a->key.n == 0 ? (str){0} : str_fmt(f->a, " %.*s", STR_ARG(a->key));
        str label = str_fmt(f->a, "%.*s%.*s", STR_ARG(words(d, a->param->help)), STR_ARG(key));
        str value = a->param->type == P_FLAG   ? words(d, M("yes"))
                    : a->param->type == P_ENUM ? words(d, a->text)
                    : a->param->type == P_ORG  ? lang_pick(d->lang, a->org.name_ja, a->org.name_en)
                                               : a->text;
        pair(f->cover, label, value);
    }
}

/* At the first block; a view has said by then how its page is called. */
static void begin_cover(struct doc *d)
{
    struct xlsx_face *f = of(d);
    if (f->paper_known) return;
    f->paper_known = true;
    xlsx_row(f->cover);
    xlsx_text(f->cover, XLSX_TITLE, d->title.n != 0 ? d->title : words(d, f->page->title));
    if (d->lead.n != 0) {
        xlsx_row(f->cover);
        xlsx_text(f->cover, XLSX_TEXT, d->lead);
    }
    xlsx_row(f->cover);
    xlsx_row(f->cover);
    xlsx_text(f->cover, XLSX_LABEL, words(d, M("Made (time of Japan)")));
    xlsx_int(f->cover, XLSX_TIME, d->w->now + JAPAN);
    put_params(d);
    xlsx_row(f->cover);
}

static void on_heading(struct doc *d, str text)
{
    struct xlsx_face *f = of(d);
    begin_cover(d);
    f->heading = str_dup(f->a, text);
    xlsx_row(f->cover);
    xlsx_row(f->cover);
    xlsx_text(f->cover, XLSX_LABEL, text);
}

static void on_text(struct doc *d, str text)
{
    begin_cover(d);
    xlsx_row(of(d)->cover);
    xlsx_text(of(d)->cover, XLSX_TEXT, text);
}

static void on_note(struct doc *d, str text)
{
    buf_add(&of(d)->after, text);
    buf_byte(&of(d)->after, '\0');
}

static void on_fact(struct doc *d, const char *key, str label, const struct cell *c)
{
    (void)key;
    struct xlsx_face *f = of(d);
    begin_cover(d);
    xlsx_row(f->cover);
    xlsx_text(f->cover, XLSX_LABEL, words(d, label));
    put_cell(d, f->cover, c, false);
    bool fraction = c->type == CELL_RATE && c->rate.defined && c->rate.d != 0;
    str over = fraction ? str_fmt(f->a, "%lld / %lld", (long long)c->rate.n, (long long)c->rate.d) : (str){0};
    if (d->below.n != 0 && over.n != 0)
        over = str_fmt(f->a, "%.*s  %.*s", STR_ARG(over), STR_ARG(d->below));
    else if (d->below.n != 0)
        over = d->below;
    if (over.n != 0) xlsx_text(f->cover, XLSX_WRAP, over);
}

/* ---- tables ---- */

static str head_of(struct doc *d, const struct column *c, str pattern)
{
    str label = words(d, c->label);
    return tr_fill(of(d)->a, d->lang, pattern, &label, 1);
}

static str label_of(struct doc *d, const struct column *c)
{
    if (c->type == CELL_TIME) return head_of(d, c, M("%1 (time of Japan)"));
    if (c->type != CELL_MINUTES) return words(d, c->label);
    return head_of(d, c, (c->flags & COL_SIGN) != 0 ? M("%1 (minutes)") : M("%1 (hours:minutes)"));
}

static void make_heads(struct doc *d, const struct column *columns, size_t n)
{
    struct xlsx_face *f = of(d);
    struct xlsx_head *heads = arena_array(f->a, n * 3, sizeof *heads);
    size_t k = 0;
    for (size_t i = 0; i < n; i++) {
        const struct column *c = &columns[i];
        if (has_name(c->type)) heads[k++].text = head_of(d, c, M("%1 (code)"));
        heads[k++].text = label_of(d, c);
        if (!has_fraction(c)) continue;
        heads[k++] = (struct xlsx_head){head_of(d, c, M("%1: numerator")), .spare = true};
        heads[k++] = (struct xlsx_head){head_of(d, c, M("%1: denominator")), .spare = true};
    }
    f->heads = heads;
    f->n_heads = k;
}

/* Names of tables are keys; "table: rates" is their word for readers, where there is one. */
static str table_words(struct doc *d, const char *name)
{
    const char *key = doc_table_word(name);
    str id = str_fmt(of(d)->a, "table: %s", key), told = words(d, id);
    return !str_eq(id, told) ? told : d->lang == LANG_EN ? str_of(key) : words(d, of(d)->page->title);
}

static void begin_sheet(struct doc *d)
{
    struct xlsx_face *f = of(d);
    f->sheet = xlsx_sheet(f->book, f->name, f->heads, f->n_heads);
}

static str mark_of(struct doc *d)
{
    str handling = words(d, d->handling), provisional = d->provisional ? words(d, M("provisional figures")) : (str){0};
    if (handling.n == 0 || provisional.n == 0) return handling.n != 0 ? handling : provisional;
    return str_fmt(of(d)->a, "%.*s  %.*s", STR_ARG(handling), STR_ARG(provisional));
}

static void end_sheet(struct doc *d, struct xlsx_sheet *s)
{
    struct xlsx_face *f = of(d);
    str time = time_text(f->a, d->w->now + JAPAN);
    const struct xlsx_paper paper = {
        .head_left = d->title.n != 0 ? d->title : words(d, f->page->title),
        .head_right = mark_of(d),
        .foot_left = str_fmt(f->a, "%.*s %.*s", STR_ARG(str_sub(time, 0, 10)), STR_ARG(str_sub(time, 11, 16))),
    };
    xlsx_sheet_end(s, &paper);
}

static void on_table(struct doc *d, const char *name, const struct column *columns, size_t n)
{
    struct xlsx_face *f = of(d);
    begin_cover(d);
    f->name = f->heading.n != 0 ? f->heading : table_words(d, name);
    make_heads(d, columns, n);
    begin_sheet(d);
}

static void on_row(struct doc *d, const struct cell *cells)
{
    struct xlsx_face *f = of(d);
    if (xlsx_rows(f->sheet) == XLSX_ROWS_MAX) {
        end_sheet(d, f->sheet);
        begin_sheet(d);
    }
    xlsx_row(f->sheet);
    for (size_t i = 0; i < d->n_columns; i++) put_cells(d, f->sheet, &d->columns[i], &cells[i]);
}

static void on_table_end(struct doc *d)
{
    struct xlsx_face *f = of(d);
    if (!xlsx_kept(f->sheet)) {
        end_sheet(d, f->sheet);
    } else {
        size_t n = f->n_kept * sizeof(struct xlsx_sheet *);
        f->kept = arena_grow(f->a, f->kept, n, n + sizeof(struct xlsx_sheet *));
        f->kept[f->n_kept++] = f->sheet;
    }
    f->sheet = NULL;
    f->heading = (str){0};
}

static const struct face xlsx_face = {on_heading, on_text, on_note, on_fact, on_table, on_row, on_table_end};

/* ---- the whole ---- */

static struct doc *begin(struct work *w, struct out *out, const struct page *page)
{
    struct arena *a = arena_beside(w);
    struct xlsx_face *f = arena_alloc(a, sizeof *f);
    struct page *own = arena_alloc(a, sizeof *own);
    *own = *page;
    *f = (struct xlsx_face){.doc = {.face = &xlsx_face, .w = w, .lang = page->lang}, .a = a, .out = out, .page = own};
    f->after = buf_in(a);
    const struct xlsx_about about = {tr(page->lang, page->title), w->now};
    f->book = xlsx_begin(arena_beside(w), (struct zip_sink){put, out}, &about);
    f->cover = xlsx_sheet(f->book, tr(page->lang, M("Cover")), NULL, 3);
    return &f->doc;
}

static void put_notes(struct doc *d)
{
    struct xlsx_face *f = of(d);
    str rest = buf_str(&f->after), note;
    xlsx_row(f->cover);
    if (d->handling.n != 0) pair(f->cover, words(d, M("Handling")), words(d, d->handling));
    for (str label = words(d, M("Notes")); str_cut(&rest, '\0', &note);) {
        if (note.n == 0) continue;
        xlsx_row(f->cover);
        label.n != 0 ? xlsx_text(f->cover, XLSX_LABEL, label) : xlsx_none(f->cover);
        xlsx_text(f->cover, XLSX_TEXT, note);
        label = (str){0};
    }
}

static void end(struct doc *d)
{
    struct xlsx_face *f = of(d);
    begin_cover(d);
    closing_notes(d);
    put_notes(d);
    end_sheet(d, f->cover);
    for (size_t i = 0; i < f->n_kept; i++) end_sheet(d, f->kept[i]);
    if (xlsx_end(f->book)) return;
    f->out->failed = true; /* beyond 4 GiB: no reader takes it */
    f->out->why = EFBIG;
}

const struct format format_xlsx = {"xlsx", begin, end};
