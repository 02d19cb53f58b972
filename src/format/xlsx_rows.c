/* One sheet of a workbook that is read: cells become texts, rows are handed over one by one. */
#include "format/xlsx_inside.h"

#include "base/clock.h"

enum { FROM_1900 = -25569, FROM_1904 = -24107, LEAP_NEVER = 60 };

struct reading {
    struct xlsx_in *x;
    size_t tab;
    xlsx_line_fn *fn;
    void *to;
    int64_t row;   /* of the open row, or the last one */
    size_t column; /* of the open cell */
    size_t next;   /* the first column a further cell of the row may stand in */
    char type;     /* s shared, i inline, t str, b boolean, n number, d date */
    bool date;     /* by its style */
    bool in_value, row_open, any;
    int phonetic;
    struct buf value; /* of the open cell */
    struct buf texts; /* of the row, cell after cell */
    struct {
        size_t from, n;
    } * at; /* by column, in texts */
    str *cell;
    size_t n, room; /* columns of the row; of the two arrays */
    struct arena *a;
};

static struct where here(struct reading *r) { return xlsx_where(r->x, r->tab, r->row == 0 ? 1 : r->row, r->column); }
#define refuse(r, p, ...) part_stop(p, fault_in((r)->x->w, INVALID, here(r), __VA_ARGS__))

/* ---- where a cell stands ---- */

/* "B12" → row and column; false when it is none within the limits. */
static bool reference_parse(str s, int64_t *row, size_t *column)
{
    size_t c = 0, i = 0;
    for (; i < s.n && s.p[i] >= 'A' && s.p[i] <= 'Z' && c <= XLSX_READ_COLUMNS_MAX; i++)
        c = c * 26 + (size_t)(s.p[i] - 'A' + 1);
    str digits = str_sub(s, i, s.n);
    if (c == 0 || c > XLSX_READ_COLUMNS_MAX || digits.n == 0 || digits.n > 7) return false;
    int64_t n = 0;
    for (size_t k = 0; k < digits.n; k++) {
        if (digits.p[k] < '0' || digits.p[k] > '9') return false;
        n = n * 10 + (digits.p[k] - '0');
    }
    *row = n;
    *column = c - 1;
    return n >= 1 && n <= XLSX_READ_ROWS_MAX;
}

static void open_row(struct reading *r, struct part *p, const char *const *attr)
{
    str said = part_attr(attr, "r");
    int64_t row = r->row + 1;
    if (said.n != 0 && !str_to_int(said, &row)) row = 0;
    r->column = 0;
    if (row <= r->row || row > XLSX_READ_ROWS_MAX || r->row_open) {
        refuse(r, p, M("the rows of sheet '%1' are out of order, or beyond %2"), r->x->tab[r->tab].name,
               str_int(r->x->w->a, XLSX_READ_ROWS_MAX));
        return;
    }
    r->row = row;
    r->row_open = true;
    r->any = false;
    r->next = r->n = 0;
    r->texts.n = 0;
}

static char cell_type(str type)
{
    static const struct {
        str word;
        char type;
    } types[] = {{S_INIT("s"), 's'}, {S_INIT("inlineStr"), 'i'}, {S_INIT("str"), 't'}, {S_INIT("b"), 'b'},
                 {S_INIT("n"), 'n'}, {S_INIT("d"), 'd'},         {S_INIT("e"), 'e'},   {S_INIT(""), 'n'}};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (str_eq(type, types[i].word)) return types[i].type;
    return 0;
}

static void open_cell(struct reading *r, struct part *p, const char *const *attr)
{
    str said = part_attr(attr, "r"), style = part_attr(attr, "s");
    int64_t row = r->row, s = 0;
    size_t column = r->next;
    bool placed = said.n == 0 || reference_parse(said, &row, &column);
    r->column = column;
    r->type = cell_type(part_attr(attr, "t"));
    str_to_int(style, &s);
    r->date = style.n != 0 && s >= 0 && (uint64_t)s < r->x->n_styles && r->x->dated[s];
    r->value.n = 0;
    if (!r->row_open || !placed || row != r->row || column < r->next || column >= XLSX_READ_COLUMNS_MAX)
        refuse(r, p, M("cell '%1' of sheet '%2' is out of order, or beyond the limits"), said, r->x->tab[r->tab].name);
    else if (r->type == 'e')
        refuse(r, p, M("the cell shows an error: put there what is meant"));
    else if (r->type == 0)
        refuse(r, p, M("the cell is of a kind that is not known: %1"), part_attr(attr, "t"));
    r->next = column + 1;
}

static void on_open(void *to, struct part *p, const char *name, const char *const *attr)
{
    struct reading *r = to;
    if (strcmp(name, "row") == 0)
        open_row(r, p, attr);
    else if (strcmp(name, "c") == 0)
        open_cell(r, p, attr);
    else if (strcmp(name, "v") == 0)
        r->in_value = r->type != 'i';
    else if (strcmp(name, "t") == 0)
        r->in_value = r->type == 'i' && r->phonetic == 0;
    else if (strcmp(name, "rPh") == 0)
        r->phonetic++;
    else if (strcmp(name, "f") == 0)
        refuse(r, p, M("the cell is a formula: put its value there (copy, paste values)"));
    else if (strcmp(name, "mergeCell") == 0) {
        r->row = 1;
        reference_parse(str_sub(part_attr(attr, "ref"), 0, (size_t)str_find(part_attr(attr, "ref"), S(":"))), &r->row,
                        &r->column);
        refuse(r, p, M("cells %1 of sheet '%2' are merged: part them"), part_attr(attr, "ref"), r->x->tab[r->tab].name);
    }
}

/* ---- what it says ---- */

static bool number_fits(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((s.p[i] < '0' || s.p[i] > '9') && strchr("+-.eE", s.p[i]) == NULL) return false;
    return s.n != 0 && s.n <= 40;
}

/* A serial number of days. In workbooks counting from 1900 day 60 is a 29 February that never was. */
static bool put_date(struct reading *r, str number)
{
    double serial = strtod(str_c(r->a, number), NULL);
    if (!(serial >= 0 && serial < 2958466)) return false; /* through 9999-12-31 */
    int64_t seconds = (int64_t)(serial * DAY + 0.5), days = seconds / DAY;
    seconds %= DAY;
    if (!r->x->from_1904 && days <= LEAP_NEVER) days++;
    str text = date_text(r->a, days + (r->x->from_1904 ? FROM_1904 : FROM_1900));
    r->value.n = 0;
    if (serial >= 1 || r->x->from_1904) buf_add(&r->value, text);
    if (seconds != 0)
        buf_fmt(&r->value, "%s%02d:%02d:%02d", r->value.n == 0 ? "" : " ", (int)(seconds / 3600),
                (int)(seconds / 60 % 60), (int)(seconds % 60));
    return true;
}

static bool put_shared(struct reading *r, str number)
{
    int64_t i;
    if (!str_to_int(number, &i) || i < 0 || (uint64_t)i >= r->x->n_strings) return false;
    str text = {r->x->texts.p + r->x->string[i].from, r->x->string[i].n};
    r->value.n = 0;
    buf_add(&r->value, text);
    return true;
}

static bool put_truth(struct reading *r, str said)
{
    bool yes = str_eq(said, S("1")) || str_eq(said, S("true"));
    if (!yes && !str_eq(said, S("0")) && !str_eq(said, S("false"))) return false;
    r->value.n = 0;
    buf_add(&r->value, yes ? S("TRUE") : S("FALSE"));
    return true;
}

/* The value as it was written becomes the text of the cell. */
static bool understood(struct reading *r)
{
    struct arena_mark mark = arena_mark(r->a);
    str said = str_dup(r->a, r->type == 'i' || r->type == 't' ? (str){0} : str_trim(buf_str(&r->value)));
    bool good = true;
    if (r->value.n == 0)
        good = true;
    else if (r->type == 's')
        good = put_shared(r, said);
    else if (r->type == 'b')
        good = put_truth(r, said);
    else if (r->type == 'n')
        good = number_fits(said) && (!r->date || put_date(r, said));
    else if (r->type == 'i' || r->type == 't')
        xlsx_unescape(&r->value);
    arena_back(r->a, mark);
    return good;
}

static void make_room(struct reading *r, size_t columns)
{
    if (columns <= r->room) return;
    size_t room = r->room == 0 ? 64 : r->room;
    while (room < columns) room *= 2;
    struct arena *a = r->x->w->a;
    r->at = arena_grow(a, r->at, r->room * sizeof *r->at, room * sizeof *r->at);
    r->cell = arena_grow(a, r->cell, r->room * sizeof *r->cell, room * sizeof *r->cell);
    r->room = room;
}

static void close_cell(struct reading *r, struct part *p)
{
    if (!understood(r)) {
        refuse(r, p, M("the cell holds no value that can be read: %1"), str_sub(buf_str(&r->value), 0, 40));
        return;
    }
    if (r->value.n == 0) return;
    make_room(r, r->column + 1);
    for (; r->n < r->column; r->n++) r->at[r->n].from = r->at[r->n].n = 0;
    r->at[r->column].from = r->texts.n;
    r->at[r->column].n = r->value.n;
    r->n = r->column + 1;
    buf_add(&r->texts, buf_str(&r->value));
    r->any = true;
}

static void close_row(struct reading *r, struct part *p)
{
    r->row_open = false;
    if (!r->any) return;
    for (size_t i = 0; i < r->n; i++)
        r->cell[i] = (str){r->at[i].n == 0 ? NULL : r->texts.p + r->at[i].from, r->at[i].n};
    enum err e = r->fn(r->to, &(struct xlsx_line){r->row, r->cell, r->n});
    if (e != OK) part_stop(p, e);
}

static void on_close(void *to, struct part *p, const char *name)
{
    struct reading *r = to;
    if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0)
        r->in_value = false;
    else if (strcmp(name, "c") == 0)
        close_cell(r, p);
    else if (strcmp(name, "row") == 0)
        close_row(r, p);
    else if (strcmp(name, "rPh") == 0)
        r->phonetic--;
}

static void on_text(void *to, struct part *p, str text)
{
    struct reading *r = to;
    if (!r->in_value) return;
    buf_add(&r->value, text);
    if (r->value.n > XLSX_READ_TEXT_MAX)
        refuse(r, p, M("the cell holds more than %1 bytes"), str_int(r->x->w->a, XLSX_READ_TEXT_MAX));
}

enum err xlsx_lines(struct xlsx_in *x, size_t tab, xlsx_line_fn *fn, void *to)
{
    static const struct part_hands hands = {on_open, on_close, on_text};
    struct arena *a = arena_new(0);
    struct reading r = {
        .x = x, .tab = tab, .fn = fn, .to = to, .value = buf_in(x->w->a), .texts = buf_in(x->w->a), .a = a};
    arena_alloc(a, 1);
    enum err e = parts_parse(x->parts, x->tab[tab].path, &hands, &r);
    arena_free(a);
    return e;
}
