/* Rows are found and split on the raw bytes, before any conversion: in UTF-8 and in CP932 alike no byte of a longer
 * character is a comma, tab, quote or line end (CP932 trail bytes are 40-7E and 80-FC). So a cell is a view into the
 * file; only cells with doubled quotes and those of CP932 beyond ASCII are copied, to an arena emptied at each row. */
#include "format/csv.h"

#include <endian.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

#define EVERY(byte) (UINT64_C(0x0101010101010101) * (byte))

enum { JUDGED = 4096 }; /* characters beyond ASCII by which the encoding is told */

struct csv {
    struct work *w;
    str name, bytes;
    size_t at;           /* of the next unread byte */
    int64_t row, next_row;
    enum err err;
    char separator;
    bool proven;         /* all bytes are known to be good UTF-8 */
    iconv_t cp932;       /* NULL when the file is UTF-8 */
    struct arena *copies; /* of this row */
    struct arena_mark none;
    bool copied;
    size_t columns, cells; /* columns of the header; cells of this row, which may be more than are kept */
    size_t capacity;
    str *header, *cell;
    bool *doubled;       /* the cell holds doubled quotes */
    bool any_doubled;
};

static void free_copies(void *a) { arena_free(a); }
static void close_iconv(void *cd) { iconv_close(cd); }

struct where csv_where(const struct csv *c, size_t column)
{
    return (struct where){c->name, c->row, (int64_t)column + 1, csv_header(c, column)};
}

/* A place that is the row, not a cell of it. */
static struct where at_row(const struct csv *c) { return (struct where){.file = c->name, .row = c->row}; }

static str number(struct csv *c, size_t n)
{
    c->copied = true;
    return str_int(c->copies, (int64_t)n);
}

/* Reading cannot go on after this. */
static bool stop(struct csv *c, enum err err)
{
    c->err = err;
    c->at = c->bytes.n;
    return false;
}

/* ---- finding a row and its cells ---- */

static void keep(struct csv *c, const char *from, size_t n, bool doubled)
{
    if (c->cells < c->capacity) {
        c->cell[c->cells] = (str){from, n};
        c->doubled[c->cells] = doubled;
        c->any_doubled |= doubled;
    }
    c->cells++;
}

/* Eight bytes at a time: the high bit of each byte of `hits` tells a separator. Exact, unlike the shorter form with a
 * borrow, since all hits of a word are used. */
static void split(struct csv *c, str line)
{
    const char *p = line.p, *start = p, *end = p + line.n;
    const uint64_t separators = EVERY((unsigned char)c->separator), low = EVERY(0x7F);
    size_t n = 0;
    for (; end - p >= 8; p += 8) {
        uint64_t x;
        memcpy(&x, p, sizeof x);
        x = le64toh(x) ^ separators;
        for (uint64_t hits = ~(((x & low) + low) | x | low); hits != 0; hits &= hits - 1) {
            const char *hit = p + (__builtin_ctzll(hits) >> 3);
            if (n < c->capacity) c->cell[n] = (str){start, (size_t)(hit - start)};
            n++;
            start = hit + 1;
        }
    }
    for (; p < end; p++) {
        if (*p != c->separator) continue;
        if (n < c->capacity) c->cell[n] = (str){start, (size_t)(p - start)};
        n++;
        start = p + 1;
    }
    if (n < c->capacity) c->cell[n] = (str){start, (size_t)(end - start)};
    c->cells = n + 1;
}

/* A line without its end, which may be LF, CRLF or the end of the file. */
static str without_cr(const char *p, size_t n) { return (str){p, n - (n != 0 && p[n - 1] == '\r')}; }

static bool too_long(struct csv *c)
{
    return stop(c, fault_in(c->w, INVALID, at_row(c), M("row longer than %1 bytes"), number(c, CSV_ROW_MAX)));
}

/* The search for the end of a row goes no further than its greatest length: in a long file that is what is known. */
static const char *unclosed(struct csv *c, const char *end)
{
    struct where place = csv_where(c, c->cells);
    if (end == c->bytes.p + c->bytes.n) {
        stop(c, fault_in(c->w, INVALID, place, M("quote opened here is never closed")));
    } else {
        str limit = number(c, CSV_ROW_MAX);
        stop(c, fault_in(c->w, INVALID, place, M("quote opened here is not closed within %1 bytes"), limit));
    }
    return NULL;
}

/* p stands after an opening quote. Gives the place after the closing one, NULL with a fault. */
static const char *quoted(struct csv *c, const char *p, const char *end)
{
    const char *from = p;
    bool doubled = false;
    for (;; p += 2, doubled = true) {
        p = p == end ? NULL : memchr(p, '"', (size_t)(end - p));
        if (p == NULL) return unclosed(c, end);
        if (p + 1 == end || p[1] != '"') break;
    }
    keep(c, from, (size_t)(p - from), doubled);
    return p + 1;
}

/* Gives the place of the separator or line end after the cell at p, or `end`; NULL with a fault. */
static const char *one_cell(struct csv *c, const char *p, const char *end)
{
    if (p == end || *p != '"') {
        const char *from = p;
        while (p < end && *p != c->separator && *p != '\n') p++;
        str text = p == end || *p == '\n' ? without_cr(from, (size_t)(p - from)) : (str){from, (size_t)(p - from)};
        keep(c, text.p, text.n, false);
        return p;
    }
    p = quoted(c, p + 1, end);
    if (p == NULL) return NULL;
    if (p < end && *p == '\r' && (p + 1 == end || p[1] == '\n')) p++;
    if (p == end || *p == '\n' || *p == c->separator) return p;
    struct where place = csv_where(c, c->cells - 1);
    stop(c, fault_in(c->w, INVALID, place, M("text after the closing quote: double a quote that belongs to the cell")));
    return NULL;
}

/* A row that has quotes. One byte more than the limit is looked at, to tell a long row from an open quote. */
static bool split_quoted(struct csv *c, str *row)
{
    const char *start = c->bytes.p + c->at, *p = start;
    size_t left = c->bytes.n - c->at;
    const char *end = start + (left > CSV_ROW_MAX + 2 ? CSV_ROW_MAX + 2 : left);
    memset(c->doubled, 0, c->capacity * sizeof *c->doubled);
    c->any_doubled = false;
    c->cells = 0;
    for (;; p++) {
        p = one_cell(c, p, end);
        if (p == NULL) return false;
        if (p == end || *p == '\n') break;
    }
    *row = (str){start, (size_t)(p - start)};
    return true;
}

/* The next line that is not blank, with its cells in c->cell; false at the end or with a fault. */
static bool find_row(struct csv *c, str *row)
{
    for (;;) {
        if (c->at >= c->bytes.n) return false;
        const char *start = c->bytes.p + c->at;
        size_t left = c->bytes.n - c->at;
        const char *lf = memchr(start, '\n', left);
        size_t n = lf == NULL ? left : (size_t)(lf - start);
        c->row = c->next_row++;
        *row = without_cr(start, n);
        c->any_doubled = false;
        if (row->n != 0 && memchr(start, '"', n) != NULL) {
            if (!split_quoted(c, row)) return false;
            n = row->n;
        } else if (row->n != 0 && n <= CSV_ROW_MAX) {
            split(c, *row);
        }
        if (n > CSV_ROW_MAX) return too_long(c);
        c->at += n + (n < left);
        if (row->n != 0) return true;
    }
}

/* ---- the bytes of a row ---- */

static bool bad_cell(struct csv *c, size_t column, str id, unsigned char byte)
{
    str hex = str_fmt(c->copies, "0x%02X", byte);
    c->copied = true;
    c->err = fault_note(c->w, INVALID, csv_where(c, column), (const str[]){id, hex}, 2);
    return false;
}

static bool bad_byte(struct csv *c, size_t column, char byte)
{
    unsigned char b = (unsigned char)byte;
    if (b == 0) return bad_cell(c, column, M("a NUL byte: this is no text"), b);
    if (c->cp932 != NULL) return bad_cell(c, column, M("byte %1 is no character of CP932 (Shift_JIS)"), b);
    return bad_cell(c, column, M("byte %1 is not good UTF-8"), b);
}

/* Bytes between cells are ASCII, so a bad one is in a cell. */
static bool good_utf8(struct csv *c, str row)
{
    size_t bad = utf8_bad(row);
    if (bad == row.n) return true;
    for (size_t i = 0; i < c->cells; i++) {
        bad = utf8_bad(c->cell[i]);
        if (bad < c->cell[i].n) return bad_byte(c, i, c->cell[i].p[bad]);
    }
    return true;
}

static bool from_cp932(struct csv *c, size_t i)
{
    size_t room = c->cell[i].n * 3, in_left = c->cell[i].n, left = room; /* a half-width katakana becomes three bytes */
    char *in = (char *)(uintptr_t)c->cell[i].p, *out = arena_alloc(c->copies, room), *to = out;
    c->copied = true;
    if (iconv(c->cp932, &in, &in_left, &to, &left) == (size_t)-1) return bad_byte(c, i, *in);
    c->cell[i] = (str){out, room - left};
    return true;
}

static bool ascii(str s)
{
    unsigned char all = 0;
    for (size_t i = 0; i < s.n; i++) all |= (unsigned char)s.p[i];
    return all < 0x80;
}

static bool good_cp932(struct csv *c, str row)
{
    if (ascii(row) && memchr(row.p, '\0', row.n) == NULL) return true;
    for (size_t i = 0; i < c->cells; i++) {
        str cell = c->cell[i];
        if (cell.n != 0 && memchr(cell.p, '\0', cell.n) != NULL) return bad_byte(c, i, '\0');
        if (!ascii(cell) && !from_cp932(c, i)) return false;
    }
    return true;
}

static void undouble(struct csv *c)
{
    for (size_t i = 0; c->any_doubled && i < c->cells; i++) {
        if (!c->doubled[i]) continue;
        char *out = arena_alloc(c->copies, c->cell[i].n);
        size_t n = 0;
        for (size_t k = 0; k < c->cell[i].n; k++) {
            out[n++] = c->cell[i].p[k];
            k += c->cell[i].p[k] == '"';
        }
        c->cell[i] = (str){out, n};
        c->copied = true;
    }
}

static bool good_bytes(struct csv *c, str row)
{
    if (c->cp932 != NULL ? !good_cp932(c, row) : !c->proven && !good_utf8(c, row)) return false;
    undouble(c);
    return true;
}

static void drop_copies(struct csv *c)
{
    if (c->copied) arena_back(c->copies, c->none);
    c->copied = false;
}

/* ---- opening ---- */

/* The bytes are not good UTF-8 as a whole. A file of CP932 has hardly a good sequence; where most are good it is UTF-8
 * with some damage, which would convert from CP932 whole, into nonsense. The first of them tell. */
static bool looks_cp932(str bytes)
{
    size_t good = 0, bad = 0;
    for (size_t at = 0; at < bytes.n && good + bad < JUDGED;) {
        if ((unsigned char)bytes.p[at] < 0x80) at++;
        else if (utf8_next(bytes, &at) == 0xFFFD) bad++;
        else good++;
    }
    return bad > good;
}

static enum err use_cp932(struct csv *c)
{
    c->cp932 = iconv_open("UTF-8", "CP932");
    if (c->cp932 == (iconv_t)-1) {
        c->cp932 = NULL;
        return fault_in(c->w, INVALID, at_row(c), M("this machine cannot convert CP932: save the file as UTF-8"));
    }
    arena_closer(c->w->a, close_iconv, c->cp932);
    return OK;
}

static enum err settle_encoding(struct csv *c, enum csv_encoding encoding)
{
    if (str_starts(c->bytes, S("\xFF\xFE")) || str_starts(c->bytes, S("\xFE\xFF")))
        return fault_in(c->w, INVALID, at_row(c), M("the file is UTF-16: save it as CSV in UTF-8"));
    if (str_starts(c->bytes, S("\xEF\xBB\xBF"))) {
        c->at = 3;
        return OK;
    }
    if (encoding == CSV_CP932) return use_cp932(c);
    if (encoding == CSV_UTF8) return OK;
    c->proven = utf8_bad(c->bytes) == c->bytes.n;
    return c->proven || !looks_cp932(c->bytes) ? OK : use_cp932(c);
}

/* Commas or tabs, whichever the first line that is not blank has more of outside quotes. */
static char separator_of(str bytes)
{
    size_t commas = 0, tabs = 0;
    bool inside = false, any = false;
    for (size_t i = 0; i < bytes.n && i <= CSV_ROW_MAX; i++) {
        char ch = bytes.p[i];
        if (ch == '"') inside = !inside;
        if (inside) continue;
        if (ch == '\n' && any) break;
        any |= ch != '\r' && ch != '\n';
        commas += ch == ',';
        tabs += ch == '\t';
    }
    return tabs > commas ? '\t' : ',';
}

struct named {
    str name;
    size_t column;
};

static int by_name(const void *a, const void *b)
{
    const struct named *x = a, *y = b;
    int c = str_cmp(x->name, y->name);
    return c != 0 ? c : (x->column > y->column) - (x->column < y->column);
}

static void check_names(struct csv *c)
{
    struct named *names = arena_array(c->copies, c->columns, sizeof *names);
    c->copied = true;
    for (size_t i = 0; i < c->columns; i++) names[i] = (struct named){c->header[i], i};
    qsort(names, c->columns, sizeof *names, by_name);
    for (size_t i = 0; i < c->columns; i++) {
        struct where place = csv_where(c, names[i].column);
        if (names[i].name.n == 0) {
            c->err = fault_in(c->w, INVALID, place, M("this column has no name: name it or delete it"));
        } else if (i > 0 && str_eq(names[i].name, names[i - 1].name)) {
            c->err = fault_in(c->w, INVALID, place, M("column '%1' occurs twice"), names[i].name);
        }
    }
}

static enum err read_header(struct csv *c)
{
    str row = S("");
    c->separator = separator_of(str_sub(c->bytes, c->at, c->bytes.n));
    if (!find_row(c, &row)) {
        struct where top = {.file = c->name, .row = 1};
        return c->err != OK ? c->err : fault_in(c->w, INVALID, top, M("the file is empty: expected a header row"));
    }
    if (c->cells > CSV_COLUMNS_MAX) {
        str has = number(c, c->cells), most = number(c, CSV_COLUMNS_MAX);
        return fault_in(c->w, INVALID, at_row(c), M("%1 columns: at most %2 are read"), has, most);
    }
    if (!good_bytes(c, row)) return c->err;
    str *header = arena_array(c->w->a, c->cells, sizeof *header);
    for (size_t i = 0; i < c->cells; i++) header[i] = str_dup(c->w->a, str_trim(c->cell[i]));
    c->header = header;
    c->columns = c->capacity = c->cells;
    check_names(c);
    return c->err;
}

enum err csv_open(struct work *w, str name, str bytes, enum csv_encoding encoding, struct csv **out)
{
    if (bytes.n == 0) bytes = S(""); /* an empty file has no address */
    struct csv *c = arena_alloc(w->a, sizeof *c);
    *c = (struct csv){.w = w, .name = name, .bytes = bytes, .next_row = 1, .capacity = CSV_COLUMNS_MAX};
    c->copies = arena_new(0); /* bounded by CSV_ROW_MAX */
    arena_closer(w->a, free_copies, c->copies);
    c->none = arena_mark(c->copies);
    c->cell = arena_array(w->a, c->capacity, sizeof *c->cell);
    c->doubled = arena_array(w->a, c->capacity, sizeof *c->doubled);
    enum err e = settle_encoding(c, encoding);
    if (e == OK) e = read_header(c);
    if (e != OK) return e;
    *out = c;
    return OK;
}

/* ---- reading ---- */

size_t csv_columns(const struct csv *c) { return c->columns; }
str csv_header(const struct csv *c, size_t column) { return column < c->columns ? c->header[column] : S(""); }
str csv_cell(const struct csv *c, size_t column) { return column < c->columns ? c->cell[column] : S(""); }
const str *csv_cells(const struct csv *c) { return c->cell; }
int64_t csv_row(const struct csv *c) { return c->row; }
enum err csv_err(const struct csv *c) { return c->err; }
int64_t csv_rows_likely(const struct csv *c)
{
    return c->at == 0 ? 0 : (int64_t)((double)c->row * (double)c->bytes.n / (double)c->at);
}

ptrdiff_t csv_column(const struct csv *c, str header)
{
    for (size_t i = 0; i < c->columns; i++)
        if (str_eq(c->header[i], header)) return (ptrdiff_t)i;
    return -1;
}

static bool right_count(struct csv *c)
{
    if (c->cells == c->columns) return true;
    str has = number(c, c->cells), wants = number(c, c->columns);
    c->err = fault_in(c->w, INVALID, at_row(c), M("%1 cells where the header has %2"), has, wants);
    return false;
}

bool csv_next(struct csv *c)
{
    str row;
    for (;;) {
        drop_copies(c);
        if (!find_row(c, &row)) return false;
        if (right_count(c) && good_bytes(c, row)) return true;
    }
}

/* ---- shapes ---- */

static bool among(const char *const *names, str name)
{
    for (; names != NULL && *names != NULL; names++)
        if (str_eq(str_of(*names), name)) return true;
    return false;
}

static str listed(struct arena *a, const struct csv_shape *shape)
{
    struct buf b = buf_in(a);
    for (const char *const *r = shape->required; *r != NULL; r++) buf_fmt(&b, "%s%s", b.n == 0 ? "" : ", ", *r);
    for (const char *const *o = shape->optional; o != NULL && *o != NULL; o++)
        buf_fmt(&b, "%s[%s]", b.n == 0 ? "" : ", ", *o);
    return buf_str(&b);
}

enum err csv_shape(struct work *w, struct csv *c, const struct csv_shape *shape, ptrdiff_t *at)
{
    enum err e = OK;
    size_t n = 0;
    str expected = listed(w->a, shape);
    for (const char *const *r = shape->required; *r != NULL; r++) {
        if (csv_column(c, str_of(*r)) >= 0) continue;
        e = fault_in(w, INVALID, at_row(c), M("column '%1' is missing: expected %2"), str_of(*r), expected);
    }
    for (size_t i = 0; i < c->columns; i++) {
        str name = c->header[i];
        if (among(shape->required, name) || among(shape->optional, name)) continue;
        e = fault_in(w, INVALID, csv_where(c, i), M("unknown column '%1': expected %2"), name, expected);
    }
    if (e != OK) return e;
    for (const char *const *r = shape->required; *r != NULL; r++) at[n++] = csv_column(c, str_of(*r));
    for (const char *const *o = shape->optional; o != NULL && *o != NULL; o++) at[n++] = csv_column(c, str_of(*o));
    return OK;
}

/* ---- writing ---- */

/* Digits with a sign, point or exponent: what a spreadsheet reads as a number even with + or - at its head. */
static bool is_number(str s)
{
    size_t i = s.n != 0 && (s.p[0] == '-' || s.p[0] == '+'), digits = 0;
    for (; i < s.n && ((s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '.'); i++) digits += s.p[i] != '.';
    if (digits != 0 && i < s.n && (s.p[i] == 'e' || s.p[i] == 'E')) {
        i++;
        if (i < s.n && (s.p[i] == '-' || s.p[i] == '+')) i++;
        for (digits = 0; i < s.n && s.p[i] >= '0' && s.p[i] <= '9'; i++) digits++;
    }
    return digits != 0 && i == s.n;
}

static bool formula(str s) { return s.n != 0 && memchr("=+-@\t\r", s.p[0], 6) != NULL && !is_number(s); }

static bool needs_quotes(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == '"' || s.p[i] == ',' || s.p[i] == '\n' || s.p[i] == '\r' || s.p[i] == '\t') return true;
    return false;
}

static void put(struct buf *b, str guard, str cell, bool first)
{
    if (!first) buf_byte(b, ',');
    if (!needs_quotes(cell)) {
        buf_add(b, guard);
        buf_add(b, cell);
        return;
    }
    buf_byte(b, '"');
    buf_add(b, guard);
    for (str piece; str_cut(&cell, '"', &piece);) {
        buf_add(b, piece);
        if (cell.p != NULL) buf_add(b, S("\"\""));
    }
    buf_byte(b, '"');
}

void csv_put(struct buf *b, str cell, bool first) { put(b, formula(cell) ? S("'") : S(""), cell, first); }
void csv_put_raw(struct buf *b, str cell, bool first) { put(b, S(""), cell, first); }

/* A row of one empty cell would be a blank line, which readers skip. */
void csv_end_row(struct buf *b)
{
    if (b->n == 0 || b->p[b->n - 1] == '\n') buf_add(b, S("\"\""));
    buf_add(b, S("\r\n"));
}
