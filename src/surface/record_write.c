/* The face that keeps: each block a line of the record (record.h). */
#include "surface/record_form.h"

#include <assert.h>

enum { FLAGS_KEPT = COL_DETAIL | COL_BAR | COL_HEAT | COL_SIGN | COL_DATA };

struct recorder {
    struct doc doc; /* first: a face finds its own struct behind the doc */
    struct arena *a;
    struct record_wanted wanted;
    struct buf b;
    struct buf notes;         /* they come at any time, and stand at the end */
    str heading;              /* not written yet: it may turn out to stand over nothing */
    bool has_heading;
    struct show show;         /* for the next table, copied */
    bool has_show;
    int forms;                /* depth */
    bool open;                /* a table is open that is kept */
    bool left[RECORD_COLUMNS_MAX];
    size_t n_columns;
    int64_t rows;             /* of the open table */
    int tables;
    bool too_wide, too_many, too_large, personal;
};

/* One of forms and of buttons shows nothing to read: it has no name here. */
const char *const record_shows[RECORD_SHOWS] = {
    [SHOW_TABLE] = "table", [SHOW_BARS] = "bars",   [SHOW_STACKED] = "stacked", [SHOW_LINE] = "line",
    [SHOW_RADAR] = "radar", [SHOW_RING] = "ring",   [SHOW_STEPS] = "steps",     [SHOW_PARTS] = "parts",
    [SHOW_PAIRS] = "pairs", [SHOW_CARDS] = "cards", [SHOW_TREE] = "tree",       [SHOW_DIFF] = "diff",
    [SHOW_SECTIONS] = "sections", [SHOW_SHARES] = "shares", [SHOW_GANTT] = "gantt", [SHOW_CURVES] = "curves", [SHOW_SPREAD] = "spread",
};

const char record_letters[RECORD_TYPES] = {
    [CELL_NONE] = '-', [CELL_TEXT] = 't', [CELL_INT] = 'i', [CELL_RATE] = 'r',   [CELL_DATE] = 'd',   [CELL_TIME] = 'T',
    [CELL_ENUM] = 'e', [CELL_ORG] = 'o',  [CELL_PERSON] = 'p', [CELL_CLAUSE] = 'c', [CELL_BOOL] = 'b', [CELL_DECIMAL] = 'm', [CELL_MINUTES] = 's',
};

static struct recorder *of(struct doc *d) { return (struct recorder *)d; }

/* ---- fields ---- */

static void escaped(struct buf *b, str s)
{
    for (size_t i = 0; i < s.n; i++) {
        switch (s.p[i]) {
        case '\\': buf_add(b, S("\\\\")); break;
        case '\t': buf_add(b, S("\\t")); break;
        case '\n': buf_add(b, S("\\n")); break;
        case '\r': buf_add(b, S("\\r")); break;
        case '|': buf_add(b, S("\\p")); break;
        default: buf_byte(b, s.p[i]);
        }
    }
}

static void line_begin(struct buf *b, char letter) { buf_byte(b, letter); }
static void line_end(struct buf *b) { buf_byte(b, '\n'); }

static void field(struct buf *b, str s)
{
    buf_byte(b, '\t');
    escaped(b, s);
}

static void field_int(struct buf *b, int64_t i)
{
    buf_byte(b, '\t');
    buf_int(b, i);
}

static void piece(struct buf *b, str s)
{
    buf_byte(b, '|');
    escaped(b, s);
}

static void piece_int(struct buf *b, int64_t i)
{
    buf_byte(b, '|');
    buf_int(b, i);
}

/* What an enum is called, where it is a word of ours: the word as it is translated today. */
static struct cell named_today(enum lang lang, struct cell c)
{
    if (c.type != CELL_ENUM || c.text.n == 0 || c.ja.n + c.en.n != 0) return c;
    str name = tr(lang, c.text);
    if (lang == LANG_JA) c.ja = name;
    else c.en = name;
    return c;
}

static void put_cell(struct buf *b, enum lang lang, const struct cell *given)
{
    struct cell c = named_today(lang, *given);
    buf_byte(b, '\t');
    buf_byte(b, record_letters[c.type]);
    switch (c.type) {
    case CELL_NONE: break;
    case CELL_INT:
    case CELL_DATE:
    case CELL_TIME:
    case CELL_MINUTES:
    case CELL_BOOL: piece_int(b, c.i); break;
    case CELL_DECIMAL:
        piece_int(b, c.i);
        piece_int(b, c.depth);
        break;
    case CELL_RATE:
        if (!c.rate.defined) break;
        buf_fmt(b, "|%.17g", c.rate.value);
        piece_int(b, c.rate.tenths);
        piece_int(b, c.rate.n);
        piece_int(b, c.rate.d);
        break;
    default:
        piece(b, c.text);
        piece(b, c.ja);
        piece(b, c.en);
        if (c.type == CELL_ORG || c.depth > 0) piece_int(b, c.depth);
    }
}

/* ---- blocks ---- */

/* Is this block kept? What is in a form is not; nothing is once there is too much. */
static bool kept(struct recorder *r)
{
    if (r->b.n > RECORD_BYTES_MAX) r->too_large = true;
    return r->forms == 0 && !r->too_large;
}

static void words_to(struct buf *b, char letter, str text)
{
    line_begin(b, letter);
    field(b, text);
    line_end(b);
}
static void words(struct recorder *r, char letter, str text) { words_to(&r->b, letter, text); }


static void heading_now(struct recorder *r)
{
    if (r->has_heading) words(r, LINE_HEADING, r->heading);
    r->has_heading = false;
}

static void on_heading(struct doc *d, str text)
{
    struct recorder *r = of(d);
    if (!kept(r)) return;
    r->heading = str_dup(r->a, text);
    r->has_heading = true;
}

static void on_text(struct doc *d, str text)
{
    struct recorder *r = of(d);
    if (!kept(r)) return;
    heading_now(r);
    words(r, LINE_TEXT, text);
}

static void on_note(struct doc *d, str text)
{
    struct recorder *r = of(d);
    if (kept(r)) words_to(&r->notes, LINE_NOTE, text);
}

static void on_fact(struct doc *d, const char *key, str label, const struct cell *c)
{
    struct recorder *r = of(d);
    if (!kept(r)) return;
    heading_now(r);
    r->personal = r->personal || c->type == CELL_PERSON;
    line_begin(&r->b, LINE_FACT);
    field(&r->b, str_of(key));
    field(&r->b, tr(d->lang, label));
    field(&r->b, d->below);
    put_cell(&r->b, d->lang, c);
    line_end(&r->b);
}

/* ---- presentations ---- */

static const char *copied(struct arena *a, const char *key) { return key == NULL ? NULL : str_c(a, str_of(key)); }

static void on_show(struct doc *d, const struct show *s)
{
    struct recorder *r = of(d);
    struct show *to = &r->show;
    if (!kept(r) || record_shows[s->kind] == NULL) return;
    *to = *s;
    to->label = copied(r->a, s->label);
    to->detail = copied(r->a, s->detail);
    to->state = copied(r->a, s->state);
    to->from = copied(r->a, s->from);
    to->until = copied(r->a, s->until);
    to->goal_of = copied(r->a, s->goal_of);
    for (size_t i = 0; i < SHOW_VALUES; i++) to->values[i] = copied(r->a, s->values[i]);
    r->has_show = true;
}

static void put_show(struct recorder *r)
{
    const struct show *s = &r->show;
    const char *const keys[] = {s->label, s->detail, s->state, s->from, s->until, s->goal_of};
    if (!r->has_show) return;
    r->has_show = false;
    line_begin(&r->b, LINE_SHOW);
    field(&r->b, str_of(record_shows[s->kind]));
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) field(&r->b, str_of(keys[i]));
    buf_byte(&r->b, '\t');
    for (size_t i = 0; i < SHOW_VALUES && s->values[i] != NULL; i++) buf_fmt(&r->b, "%s%s", i == 0 ? "" : " ", s->values[i]);
    field_int(&r->b, s->goal);
    field_int(&r->b, s->begin);
    field_int(&r->b, s->alone);
    line_end(&r->b);
}

/* ---- tables ---- */

static bool wanted(const struct recorder *r, const char *name)
{
    str rest = r->wanted.tables, one;
    if (rest.n == 0) return true;
    while (str_cut(&rest, ' ', &one))
        if (str_eq(one, str_of(name))) return true;
    return false;
}

/* A cell that does something is a button, and no word of the document. */
static bool is_button(const struct column *c)
{
    if (c->to == NULL) return false;
    str rest = str_of(c->to), room;
    if (!str_cut(&rest, ' ', &room)) return false;
    const struct room *found = room_find(room);
    const struct entry *e = found == NULL ? NULL : entry_find(found, rest);
    return e != NULL && e->kind == ENTRY_ACT;
}

static void put_column(struct recorder *r, const struct column *c)
{
    line_begin(&r->b, LINE_COLUMN);
    field(&r->b, str_of(c->key));
    field(&r->b, str_of(cell_type_name(c->type)));
    field(&r->b, tr(r->doc.lang, c->label));
    field_int(&r->b, c->flags & FLAGS_KEPT);
    field(&r->b, str_of(c->of));
    line_end(&r->b);
}

static void on_table(struct doc *d, const char *name, const struct column *columns, size_t n)
{
    struct recorder *r = of(d);
    size_t left = 0;
    bool shown = r->has_show;
    r->open = kept(r) && wanted(r, name) && n <= RECORD_COLUMNS_MAX && r->tables < RECORD_TABLES_MAX;
    r->too_wide = r->too_wide || n > RECORD_COLUMNS_MAX;
    r->too_many = r->too_many || (wanted(r, name) && r->tables == RECORD_TABLES_MAX);
    for (size_t i = 0; r->open && i < n; i++) left += r->left[i] = is_button(&columns[i]);
    r->open = r->open && left < n;
    r->rows = 0;
    if (!r->open) {
        r->has_show = false;
        return;
    }
    r->tables++;
    r->n_columns = n;
    heading_now(r);
    if (shown) put_show(r);
    line_begin(&r->b, LINE_TABLE);
    field(&r->b, str_of(name));
    field_int(&r->b, (int64_t)(n - left));
    line_end(&r->b);
    for (size_t i = 0; i < n; i++)
        if (!r->left[i]) put_column(r, &columns[i]);
}

static void on_row(struct doc *d, const struct cell *cells)
{
    struct recorder *r = of(d);
    if (!r->open || !kept(r)) return;
    r->rows++;
    if (r->wanted.rows != 0 && r->rows > r->wanted.rows) return;
    line_begin(&r->b, LINE_ROW);
    for (size_t i = 0; i < r->n_columns; i++) {
        if (r->left[i]) continue;
        r->personal = r->personal || cells[i].type == CELL_PERSON;
        put_cell(&r->b, d->lang, &cells[i]);
    }
    line_end(&r->b);
}

static void on_table_end(struct doc *d)
{
    struct recorder *r = of(d);
    if (!r->open) return;
    r->open = false;
    line_begin(&r->b, LINE_TABLE_END);
    line_end(&r->b);
    if (r->wanted.rows == 0 || r->rows <= r->wanted.rows) return;
    const str n[] = {str_int(r->a, r->wanted.rows), str_int(r->a, r->rows)};
    words(r, LINE_TEXT, tr_fill(r->a, d->lang, M("Shown are the first %1 of %2 rows."), n, 2));
}

static void on_form(struct doc *d, const struct form *f)
{
    (void)f;
    of(d)->forms++;
}
static void on_form_end(struct doc *d) { of(d)->forms--; }

static const struct face recording = {.heading = on_heading,
                                      .text = on_text,
                                      .note = on_note,
                                      .fact = on_fact,
                                      .table = on_table,
                                      .row = on_row,
                                      .table_end = on_table_end,
                                      .show = on_show,
                                      .form = on_form,
                                      .form_end = on_form_end};

/* ---- the whole ---- */

static void free_arena(void *a) { arena_free(a); }

struct doc *record_begin(struct work *w, enum lang lang, const struct record_wanted *wanted, struct recorder **out)
{
    struct arena *a = arena_new(0);
    arena_closer(w->a, free_arena, a);
    struct recorder *r = arena_alloc(a, sizeof *r);
    *r = (struct recorder){.doc = {.face = &recording, .w = w, .lang = lang}, .a = a};
    r->b = buf_in(a);
    r->notes = buf_in(a);
    r->wanted = (struct record_wanted){str_dup(a, wanted->tables), wanted->rows};
    *out = r;
    return &r->doc;
}

static enum err limits(struct recorder *r)
{
    struct work *w = r->doc.w;
    if (r->personal || r->doc.personal)
        return fault(w, DENIED, M("it tells of named persons: that is not kept for the readers of a document"));
    if (r->too_wide)
        return fault(w, INVALID, M("a table of it has more than %1 columns"), str_int(w->a, RECORD_COLUMNS_MAX));
    if (r->too_many)
        return fault(w, INVALID, M("it has more than %1 tables: name those that are wanted"), str_int(w->a, RECORD_TABLES_MAX));
    if (r->too_large || r->b.n + r->notes.n > RECORD_BYTES_MAX)
        return fault(w, INVALID, M("it is larger than 4 MiB: name the tables that are wanted, or how many rows"));
    return OK;
}

enum err record_end(struct recorder *r, str *out)
{
    enum err e = limits(r);
    if (e != OK) return e;
    const struct doc *d = &r->doc;
    assert(d->columns == NULL && r->forms == 0);
    struct buf b = buf_in(r->a); /* what a view knows last stands first: faces ask for it as soon as a table ends */
    words_to(&b, LINE_FIRST, S(RECORD_VERSION));
    if (d->title.n != 0) words_to(&b, LINE_TITLE, d->title);
    if (d->lead.n != 0) words_to(&b, LINE_LEAD, d->lead);
    if (d->handling.n != 0) words_to(&b, LINE_HANDLING, d->handling);
    if (d->provisional) {
        line_begin(&b, LINE_PROVISIONAL);
        line_end(&b);
    }
    buf_add(&b, buf_str(&r->b));
    buf_add(&b, buf_str(&r->notes));
    line_begin(&b, LINE_LAST);
    line_end(&b);
    e = record_check(r->doc.w, buf_str(&b)); /* what could not be read again is not kept in the first place */
    if (e == OK) *out = buf_str(&b);
    return e;
}
