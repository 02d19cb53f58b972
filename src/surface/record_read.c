/* A record told again. It is checked whole before the first block is told, so that nothing half is ever shown. */
#include "surface/record_form.h"

#include <assert.h>
#include <math.h>

#include "base/utf8.h"

enum { FIELDS_MAX = RECORD_COLUMNS_MAX + 16, KEY_MAX = 200 };

struct reader {
    struct work *w;
    str rest;
    int64_t row; /* of the record's lines, from 1 */
    char letter;
    str field[FIELDS_MAX]; /* as written, still escaped */
    size_t n;
    struct column column[RECORD_COLUMNS_MAX];
    size_t n_columns, wants; /* of the open table; wants: columns still to come */
    bool table;              /* one is open */
    bool over;               /* the last line was read */
};

/* ---- lines and fields ---- */

static enum err bad(const struct reader *r)
{
    return fault_in(r->w, INVALID, ((struct where){.row = r->row}),
                    M("this is no record of a document, or it was changed: restore the database from a backup"));
}

static bool next_line(struct reader *r)
{
    ptrdiff_t end = str_find(r->rest, S("\n"));
    if (end <= 0) return false;
    str line = str_sub(r->rest, 0, (size_t)end), one;
    r->rest = str_sub(r->rest, (size_t)end + 1, r->rest.n);
    r->row++;
    r->letter = line.p[0];
    r->n = 0;
    if (line.n == 1) return true;
    if (line.p[1] != '\t') return false;
    line = str_sub(line, 2, line.n);
    for (;;) {
        ptrdiff_t at = str_find(line, S("\t"));
        one = at < 0 ? line : str_sub(line, 0, (size_t)at);
        if (r->n == FIELDS_MAX) return false;
        r->field[r->n++] = one;
        if (at < 0) return true;
        line = str_sub(line, (size_t)at + 1, line.n);
    }
}

/* False at an escape there is none of, or at a sign that would have been written as one. */
static bool plain(struct arena *a, str s, str *out)
{
    static const char from[] = "\\tnrp", to[] = "\\\t\n\r|";
    struct buf b = buf_in(a);
    bool any = false;
    for (size_t i = 0; i < s.n; i++) any = any || s.p[i] == '\\' || s.p[i] == '|' || s.p[i] == '\r';
    *out = s;
    if (!any) return true;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '|' || s.p[i] == '\r') return false;
        if (s.p[i] != '\\') {
            buf_byte(&b, s.p[i]);
            continue;
        }
        const char *known = ++i < s.n && s.p[i] != '\0' ? strchr(from, s.p[i]) : NULL;
        if (known == NULL) return false;
        buf_byte(&b, to[known - from]);
    }
    *out = buf_str(&b);
    return true;
}

static bool text_at(struct reader *r, size_t i, str *out) { return i < r->n && plain(r->w->a, r->field[i], out); }

/* A number as it is written by us: no sign in front but '-', no zeros. */
static bool number(str s, int64_t low, int64_t high, int64_t *out)
{
    bool minus = s.n > 0 && s.p[0] == '-';
    str digits = str_sub(s, minus, s.n);
    if (digits.n == 0 || digits.p[0] == '+' || digits.p[0] == '-' || (digits.p[0] == '0' && s.n > 1)) return false;
    return str_to_int(s, out) && *out >= low && *out <= high;
}

static bool int_at(struct reader *r, size_t i, int64_t low, int64_t high, int64_t *out)
{
    return i < r->n && number(r->field[i], low, high, out);
}

/* A key as the program has them, for it goes into JSON and addresses as it is; empty: none. */
static bool key_at(struct reader *r, size_t i, bool must, const char **out)
{
    str s;
    if (!text_at(r, i, &s) || s.n > KEY_MAX) return false;
    for (size_t k = 0; k < s.n; k++)
        if ((unsigned char)s.p[k] <= ' ' || s.p[k] == '"' || s.p[k] == '\\') return false;
    *out = s.n == 0 ? NULL : str_c(r->w->a, s);
    return s.n != 0 || !must;
}

/* ---- cells ---- */

static bool real(str s, double *out)
{
    char copy[40], *end;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == '\0' || strchr("0123456789+-.e", s.p[i]) == NULL) return false;
    if (s.n == 0 || s.n >= sizeof copy) return false;
    memcpy(copy, s.p, s.n);
    copy[s.n] = '\0';
    *out = strtod(copy, &end);
    return *end == '\0' && isfinite(*out);
}

static bool rate_of(const str *piece, size_t n, struct rate *out)
{
    int64_t tenths;
    struct rate rate = {.defined = true};
    if (n == 0) return true; /* nothing to divide by */
    if (n != 4 || !real(piece[0], &rate.value) || !number(piece[1], INT32_MIN, INT32_MAX, &tenths) ||
        !number(piece[2], INT64_MIN, INT64_MAX, &rate.n) || !number(piece[3], INT64_MIN, INT64_MAX, &rate.d))
        return false;
    rate.tenths = (int32_t)tenths;
    *out = rate;
    return true;
}

static bool decimal_of(const str *piece, size_t n, struct cell *c)
{
    int64_t scale = 0;
    bool good = n == 2 && number(piece[0], -999999999999999, 999999999999999, &c->i) && number(piece[1], 0, DECIMAL_SCALE_MAX, &scale);
    c->depth = (int)scale;
    return good;
}

static bool words_of(struct arena *a, const str *piece, size_t n, struct cell *c)
{
    int64_t depth = 0;
    bool org = c->type == CELL_ORG, deep = n == 4;
    if ((n != 3 && !deep) || (org && !deep) || !plain(a, piece[0], &c->text) || !plain(a, piece[1], &c->ja) || !plain(a, piece[2], &c->en))
        return false;
    if (deep && !number(piece[3], org ? 0 : 1, 255, &depth)) return false;
    c->depth = (int)depth;
    return true;
}

static bool cell_of(struct arena *a, str s, struct cell *out)
{
    int type = 0;
    while (s.n != 0 && s.p[0] != '\0' && type < RECORD_TYPES && record_letters[type] != s.p[0]) type++;
    enum { PIECES = 5 };
    str piece[PIECES], rest = str_sub(s, 1, s.n);
    size_t n = 0;
    if (s.n == 0 || s.p[0] == '\0' || type == RECORD_TYPES) return false;
    struct cell c = {.type = (enum cell_type)type};
    while (rest.n != 0) {
        if (rest.p[0] != '|' || n == PIECES) return false;
        rest = str_sub(rest, 1, rest.n);
        ptrdiff_t at = str_find(rest, S("|"));
        piece[n++] = at < 0 ? rest : str_sub(rest, 0, (size_t)at);
        rest = at < 0 ? (str){"", 0} : str_sub(rest, (size_t)at, rest.n);
    }
    bool good;
    switch (c.type) {
    case CELL_NONE: good = n == 0; break;
    case CELL_INT:
    case CELL_DATE:
    case CELL_MINUTES:
    case CELL_TIME: good = n == 1 && number(piece[0], INT64_MIN, INT64_MAX, &c.i); break;
    case CELL_BOOL: good = n == 1 && number(piece[0], 0, 1, &c.i); break;
    case CELL_DECIMAL: good = decimal_of(piece, n, &c); break;
    case CELL_RATE: good = rate_of(piece, n, &c.rate); break;
    default: good = words_of(a, piece, n, &c);
    }
    if (good) *out = c;
    return good;
}

/* ---- lines, one by one ---- */

static bool read_column(struct reader *r, struct column *out)
{
    str type, label;
    int64_t flags;
    struct column c = {0};
    if (r->n != 5 || !key_at(r, 0, true, &c.key) || !text_at(r, 1, &type) || !text_at(r, 2, &label) ||
        !int_at(r, 3, 0, COL_DETAIL | COL_BAR | COL_HEAT | COL_SIGN | COL_DATA, &flags) || !key_at(r, 4, false, &c.of))
        return false;
    int t = CELL_NONE + 1;
    while (t < RECORD_TYPES && (record_letters[t] == '\0' || !str_eq(type, str_of(cell_type_name((enum cell_type)t))))) t++;
    c.type = (enum cell_type)t;
    c.label = label;
    c.flags = (unsigned)flags;
    *out = c;
    return t < RECORD_TYPES;
}

static bool read_row(struct reader *r, struct cell *cells)
{
    if (r->n != r->n_columns) return false;
    for (size_t i = 0; i < r->n; i++) {
        if (!cell_of(r->w->a, r->field[i], &cells[i])) return false;
        if (cells[i].type != r->column[i].type && cells[i].type != CELL_NONE) return false;
    }
    return true;
}

static bool show_kind_at(struct reader *r, size_t i, enum show_kind *out)
{
    for (int k = 0; i < r->n && k < RECORD_SHOWS; k++) {
        if (record_shows[k] == NULL || !str_eq(r->field[i], str_of(record_shows[k]))) continue;
        *out = (enum show_kind)k;
        return true;
    }
    return false;
}

static bool values_at(struct reader *r, size_t i, const char **out)
{
    str rest = i < r->n ? r->field[i] : (str){"", 0}, one;
    size_t n = 0;
    while (rest.n != 0 && str_cut(&rest, ' ', &one)) {
        struct reader key = {.w = r->w, .field = {one}, .n = 1};
        if (n == SHOW_VALUES || !key_at(&key, 0, true, &out[n++])) return false;
    }
    return i < r->n;
}

static bool read_show(struct reader *r, struct show *out)
{
    int64_t goal, begin, alone;
    struct show s = {0};
    const char **const keys[] = {&s.label, &s.detail, &s.state, &s.from, &s.until, &s.goal_of};
    enum { KEYS = 6, BEHIND = 2 + KEYS };
    if (r->n != BEHIND + 3 || !show_kind_at(r, 0, &s.kind)) return false;
    for (size_t i = 0; i < KEYS; i++)
        if (!key_at(r, 1 + i, false, keys[i])) return false;
    if (!values_at(r, 1 + KEYS, s.values)) return false;
    if (!int_at(r, BEHIND, INT32_MIN, INT32_MAX, &goal) || !int_at(r, BEHIND + 1, INT32_MIN, INT32_MAX, &begin) ||
        !int_at(r, BEHIND + 2, 0, 1, &alone))
        return false;
    s.goal = (int32_t)goal;
    s.begin = (int32_t)begin;
    s.alone = alone == 1;
    *out = s;
    return true;
}

struct fact {
    const char *key;
    struct record_fact is;
};
static bool read_fact(struct reader *r, struct fact *out)
{
    return r->n == 4 && key_at(r, 0, true, &out->key) && text_at(r, 1, &out->is.label) && text_at(r, 2, &out->is.below) &&
           cell_of(r->w->a, r->field[3], &out->is.cell);
}

/* ---- telling ---- */

struct telling {
    struct reader r;
    const struct record_as *as;
    struct doc *out; /* NULL: only checked */
    const char *name;
};

static const char *prefixed(const struct telling *t, const char *joint, const char *key)
{
    return t->as->prefix == NULL ? key : str_c(t->r.w->a, str_fmt(t->r.w->a, "%s%s%s", t->as->prefix, joint, key));
}

static bool on_words(struct telling *t)
{
    str text;
    struct doc *d = t->out;
    if (t->r.n != 1 || !text_at(&t->r, 0, &text)) return false;
    if (d == NULL) return true;
    switch (t->r.letter) {
    case LINE_HEADING: d->face->heading(d, text); break;
    case LINE_TEXT: d->face->text(d, text); break;
    case LINE_NOTE: t->as->within ? d->face->text(d, text) : d->face->note(d, text); break;
    case LINE_TITLE: if (!t->as->within) d->title = str_dup(t->r.w->a, text); break;
    case LINE_LEAD: if (!t->as->within) d->lead = str_dup(t->r.w->a, text); break;
    default: if (!t->as->within) d->handling = str_dup(t->r.w->a, text); break;
    }
    return true;
}

static bool on_fact(struct telling *t)
{
    struct fact f;
    if (!read_fact(&t->r, &f)) return false;
    if (t->out == NULL || t->as->words) return true;
    t->out->below = f.is.below;
    doc_fact(t->out, prefixed(t, "_", f.key), f.is.label, f.is.cell);
    t->out->below = (str){0};
    return true;
}

static bool on_show(struct telling *t)
{
    struct show s;
    if (!read_show(&t->r, &s)) return false;
    if (t->out != NULL && !t->as->words) doc_show(t->out, &s);
    return true;
}

static bool on_table(struct telling *t)
{
    int64_t n;
    struct reader *r = &t->r;
    if (r->n != 2 || !key_at(r, 0, true, &t->name) || !int_at(r, 1, 1, RECORD_COLUMNS_MAX, &n)) return false;
    r->table = true;
    r->n_columns = 0;
    r->wants = (size_t)n;
    return true;
}

static bool on_column(struct telling *t)
{
    struct reader *r = &t->r;
    if (!r->table || r->wants == 0 || !read_column(r, &r->column[r->n_columns])) return false;
    r->n_columns++;
    r->wants--;
    if (r->wants != 0 || t->out == NULL || t->as->words) return true;
    struct column *all = arena_array(r->w->a, r->n_columns, sizeof *all); /* outlives the table */
    memcpy(all, r->column, r->n_columns * sizeof *all);
    doc_table(t->out, prefixed(t, "__", t->name), all, r->n_columns);
    return true;
}

static bool on_row(struct telling *t)
{
    struct cell cells[RECORD_COLUMNS_MAX];
    struct arena_mark mark = arena_mark(t->r.w->a);
    bool good = t->r.table && t->r.wants == 0 && read_row(&t->r, cells);
    if (good && t->out != NULL && !t->as->words) doc_row(t->out, cells);
    arena_back(t->r.w->a, mark);
    return good;
}

static bool on_end(struct telling *t)
{
    if (!t->r.table || t->r.wants != 0 || t->r.n != 0) return false;
    t->r.table = false;
    if (t->out != NULL && !t->as->words) doc_table_end(t->out);
    return true;
}

static bool on_mark(struct telling *t)
{
    if (t->r.n != 0) return false;
    if (t->r.letter == LINE_LAST) t->r.over = true;
    else if (t->out != NULL) t->out->provisional = true;
    return true;
}

static const struct {
    char letter;
    bool in_table;
    bool (*read)(struct telling *);
} lines[] = {
    {LINE_TITLE, false, on_words},   {LINE_LEAD, false, on_words}, {LINE_HANDLING, false, on_words},
    {LINE_PROVISIONAL, false, on_mark}, {LINE_HEADING, false, on_words}, {LINE_TEXT, false, on_words},
    {LINE_NOTE, false, on_words},    {LINE_FACT, false, on_fact},  {LINE_SHOW, false, on_show},
    {LINE_TABLE, false, on_table},   {LINE_COLUMN, true, on_column}, {LINE_ROW, true, on_row},
    {LINE_TABLE_END, true, on_end},  {LINE_LAST, false, on_mark},
};

static bool one_line(struct telling *t)
{
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        if (lines[i].letter != t->r.letter) continue;
        if (t->r.table && !lines[i].in_table) return false;
        return lines[i].read(t);
    }
    return false;
}

static enum err walk(struct work *w, str bytes, const struct record_as *as, struct doc *out)
{
    struct telling *t = arena_alloc(w->a, sizeof *t);
    *t = (struct telling){.r = {.w = w, .rest = bytes}, .as = as, .out = out};
    bool good = next_line(&t->r) && t->r.letter == LINE_FIRST && t->r.n == 1 && str_eq(t->r.field[0], S(RECORD_VERSION));
    while (good && !t->r.over) good = next_line(&t->r) && one_line(t);
    return good && t->r.rest.n == 0 ? OK : bad(&t->r);
}

enum err record_check(struct work *w, str bytes)
{
    if (bytes.n > 2 * RECORD_BYTES_MAX || utf8_bad(bytes) != bytes.n)
        return bad(&(struct reader){.w = w, .row = 1});
    return walk(w, bytes, &(struct record_as){0}, NULL);
}

enum err record_replay(struct work *w, str bytes, const struct record_as *as, struct doc *out)
{
    assert(out->columns == NULL);
    enum err e = record_check(w, bytes);
    return e == OK ? walk(w, bytes, as, out) : e;
}

/* ---- looking into one ---- */

enum err record_fact(struct work *w, str bytes, str key, struct record_fact *out)
{
    struct reader *r = arena_alloc(w->a, sizeof *r);
    struct fact f;
    enum err e = record_check(w, bytes);
    if (e != OK) return e;
    *r = (struct reader){.w = w, .rest = bytes};
    while (next_line(r)) {
        if (r->letter != LINE_FACT || !read_fact(r, &f) || !str_eq(str_of(f.key), key)) continue;
        *out = f.is;
        return OK;
    }
    return NOTFOUND;
}

static ptrdiff_t column_named(const struct reader *r, str key)
{
    for (size_t i = 0; i < r->n_columns; i++)
        if (str_eq(str_of(r->column[i].key), key)) return (ptrdiff_t)i;
    return -1;
}

static bool holds(const struct cell *cells, size_t n, str code)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(cells[i].text, code)) return true;
    return code.n == 0;
}

enum err record_cell(struct work *w, str bytes, str table, str column, str row, struct record_fact *out)
{
    struct reader *r = arena_alloc(w->a, sizeof *r);
    struct cell cells[RECORD_COLUMNS_MAX];
    bool here = false;
    enum err e = record_check(w, bytes);
    if (e != OK) return e;
    *r = (struct reader){.w = w, .rest = bytes};
    while (next_line(r)) {
        if (r->letter == LINE_TABLE) {
            here = str_eq(r->field[0], table);
            r->n_columns = 0;
        }
        if (here && r->letter == LINE_COLUMN && read_column(r, &r->column[r->n_columns])) r->n_columns++;
        ptrdiff_t at = here && r->letter == LINE_ROW ? column_named(r, column) : -1;
        if (at < 0 || !read_row(r, cells) || !holds(cells, r->n_columns, row)) continue;
        *out = (struct record_fact){.cell = cells[at], .label = r->column[at].label};
        return OK;
    }
    return NOTFOUND;
}

/* Among the lines before the first block. */
bool record_provisional(str bytes)
{
    static const char head[] = {LINE_FIRST, LINE_TITLE, LINE_LEAD, LINE_HANDLING, LINE_PROVISIONAL, 0};
    str rest = bytes, line;
    while (str_cut(&rest, '\n', &line) && line.n != 0 && line.p[0] != '\0' && strchr(head, line.p[0]) != NULL)
        if (line.p[0] == LINE_PROVISIONAL) return true;
    return false;
}

/* ---- what changed ---- */

static int by_bytes(const void *a, const void *b) { return str_cmp(*(const str *)a, *(const str *)b); }

static str *lines_of(struct work *w, str bytes, size_t *n)
{
    size_t k = 0, room = 1;
    for (size_t i = 0; i < bytes.n; i++) room += bytes.p[i] == '\n';
    str *all = arena_array(w->a, room, sizeof *all), line;
    while (k < room && str_cut(&bytes, '\n', &line)) all[k++] = line;
    qsort(all, k, sizeof *all, by_bytes);
    *n = k;
    return all;
}

enum err record_changed(struct work *w, str was, str is, int64_t *gone, int64_t *come)
{
    size_t n, m, i = 0, k = 0;
    int64_t less = 0, more = 0;
    const str *a = lines_of(w, was, &n), *b = lines_of(w, is, &m);
    while (i < n || k < m) {
        int order = i == n ? 1 : k == m ? -1 : str_cmp(a[i], b[k]);
        less += order < 0;
        more += order > 0;
        i += order <= 0;
        k += order >= 0;
    }
    *gone = less;
    *come = more;
    return OK;
}
