/* The workbook around the rows: which sheets there are, shared texts, styles that show dates. ECMA-376 Part 1, 18. */
#include "format/xlsx_inside.h"

enum { PATH_MAX_OF = 250 };

#define refuse(x, err, ...) fault_in((x)->w, err, ((struct where){.file = (x)->name}), __VA_ARGS__)

bool xlsx_likely(str bytes) { return str_starts(bytes, S("PK\3\4")) || str_starts(bytes, S("\xD0\xCF\x11\xE0")); }

size_t xlsx_tabs(const struct xlsx_in *x) { return x->n; }
const struct xlsx_tab *xlsx_tab(const struct xlsx_in *x, size_t i) { return &x->tab[i]; }

ptrdiff_t xlsx_tab_named(const struct xlsx_in *x, str name)
{
    for (size_t i = 0; i < x->n; i++)
        if (str_eq(x->tab[i].name, name)) return (ptrdiff_t)i;
    return -1;
}

str xlsx_reference(struct arena *a, int64_t row, size_t column)
{
    char letters[16];
    size_t n = sizeof letters;
    for (size_t c = column + 1; c != 0; c = (c - 1) / 26) letters[--n] = (char)('A' + (c - 1) % 26);
    return str_fmt(a, "%.*s%lld", (int)(sizeof letters - n), letters + n, (long long)row);
}

struct where xlsx_where(struct xlsx_in *x, size_t tab, int64_t row, size_t column)
{
    str field = str_fmt(x->w->a, "%.*s!%.*s", STR_ARG(x->tab[tab].name), STR_ARG(xlsx_reference(x->w->a, row, column)));
    return (struct where){x->name, row, (int64_t)column + 1, field};
}

/* ---- relations ---- */

struct relation {
    str id, kind, target;
    struct relation *next;
};
struct relating {
    struct xlsx_in *x;
    str base; /* folder that targets are relative to */
    struct relation *first;
};

/* "/xl/a.xml" and "a.xml" from xl/ are the same part. "../" is not written by any program for what is read here. */
static str part_path(struct arena *a, str base, str target)
{
    if (target.n != 0 && target.p[0] == '/') return str_dup(a, str_sub(target, 1, target.n));
    return str_fmt(a, "%.*s%.*s", STR_ARG(base), STR_ARG(target));
}

static void relation_open(void *to, struct part *p, const char *name, const char *const *attr)
{
    struct relating *r = to;
    if (strcmp(name, "Relationship") != 0) return;
    str target = part_attr(attr, "Target"), kind = part_attr(attr, "Type");
    if (str_ends(kind, S("/externalLink")) || str_ends(kind, S("/vbaProject"))) {
        part_stop(p, refuse(r->x, INVALID,
                            M("the workbook has links to other workbooks or macros: remove them and save it again")));
        return;
    }
    if (str_eq(part_attr(attr, "TargetMode"), S("External")) || target.n > PATH_MAX_OF) return; /* never followed */
    struct relation *one = arena_alloc(r->x->w->a, sizeof *one);
    *one = (struct relation){str_dup(r->x->w->a, part_attr(attr, "Id")), str_dup(r->x->w->a, kind),
                             part_path(r->x->w->a, r->base, target), r->first};
    r->first = one;
}

static void nothing_close(void *to, struct part *p, const char *name) { (void)to, (void)p, (void)name; }

static enum err read_relations(struct xlsx_in *x, str path, str base, struct relation **out)
{
    static const struct part_hands hands = {relation_open, nothing_close, NULL};
    struct relating r = {x, base, NULL};
    enum err e = parts_parse(x->parts, path, &hands, &r);
    if (e == OK) *out = r.first;
    return e;
}

static str target_of_kind(const struct relation *r, const char *kind)
{
    for (; r != NULL; r = r->next)
        if (str_ends(r->kind, str_of(kind))) return r->target;
    return (str){0};
}

static str target_of_id(const struct relation *r, str id)
{
    for (; r != NULL; r = r->next)
        if (str_eq(r->id, id) && str_ends(r->kind, S("/worksheet"))) return r->target;
    return (str){0};
}

/* ---- the workbook ---- */

struct listing {
    struct xlsx_in *x;
    const struct relation *relations;
};

static void sheet_of_book(struct listing *l, struct part *p, const char *const *attr)
{
    struct xlsx_in *x = l->x;
    struct arena *a = x->w->a;
    str state = part_attr(attr, "state"), path = target_of_id(l->relations, part_attr(attr, "id"));
    struct xlsx_tab tab = {str_dup(a, part_attr(attr, "name")),
                           str_eq(state, S("veryHidden")) ? XLSX_VERY_HIDDEN
                           : str_eq(state, S("hidden"))   ? XLSX_HIDDEN
                                                          : XLSX_SHOWN,
                           path};
    if (x->n == XLSX_SHEETS_MAX) {
        part_stop(p, refuse(x, INVALID, M("the workbook has more than %1 sheets"), str_int(a, XLSX_SHEETS_MAX)));
    } else if (path.n == 0 || !parts_has(x->parts, path)) {
        part_stop(p, refuse(x, INVALID, M("sheet '%1' of the workbook is missing, or is no sheet of cells"), tab.name));
    } else if (xlsx_tab_named(x, tab.name) >= 0) {
        part_stop(p, refuse(x, INVALID, M("two sheets of the workbook are named '%1'"), tab.name));
    } else {
        x->tab[x->n++] = tab;
    }
}

static void book_open(void *to, struct part *p, const char *name, const char *const *attr)
{
    struct listing *l = to;
    if (strcmp(name, "sheet") == 0) sheet_of_book(l, p, attr);
    str since = strcmp(name, "workbookPr") == 0 ? part_attr(attr, "date1904") : (str){0};
    if (str_eq(since, S("1")) || str_eq(since, S("true"))) l->x->from_1904 = true;
    if (strcmp(name, "externalReference") == 0)
        part_stop(p,
                  refuse(l->x, INVALID, M("the workbook has links to other workbooks: break them and save it again")));
}

/* ---- styles: which of them show a number as a date ---- */

enum { FORMATS_MAX = 4096 };
struct styling {
    struct xlsx_in *x;
    int64_t dated[FORMATS_MAX]; /* numbers of the workbook's own formats that show dates */
    int64_t plain[FORMATS_MAX]; /* and that do not, though the number may be one of the built in */
    size_t n_dated, n_plain;
    bool in_cells;
};

/* A letter of a date outside quotes, escapes and brackets ("[Red]0.0", but [h] counts hours). */
static bool shows_date(str code)
{
    bool quoted = false;
    for (size_t i = 0; i < code.n; i++) {
        char c = code.p[i];
        if (c == '"')
            quoted = !quoted;
        else if (quoted)
            continue;
        else if (c == '\\' || c == '_' || c == '*')
            i++;
        else if (c == '[') {
            if (i + 2 < code.n && strchr("hHmMsS", code.p[i + 1]) != NULL &&
                (code.p[i + 2] == ']' || code.p[i + 2] == code.p[i + 1]))
                return true;
            while (i < code.n && code.p[i] != ']') i++;
        } else if (strchr("yYmMdDhHsSeE", c) != NULL && !str_eq(code, S("General")) &&
                   !((c == 'e' || c == 'E') && i + 1 < code.n && (code.p[i + 1] == '+' || code.p[i + 1] == '-')))
            return true;
    }
    return false;
}

/* ECMA-376 18.8.30: built in, with those of Japanese, Chinese and Korean workbooks. */
static bool built_in_date(int64_t format)
{
    return (format >= 14 && format <= 22) || (format >= 27 && format <= 36) || (format >= 45 && format <= 47) ||
           (format >= 50 && format <= 58);
}

static bool has_format(const int64_t *all, size_t n, int64_t format)
{
    for (size_t i = 0; i < n; i++)
        if (all[i] == format) return true;
    return false;
}

static void add_style(struct styling *s, struct part *p, const char *const *attr)
{
    int64_t format = 0;
    if (s->x->n_styles == XLSX_STYLES_MAX) {
        part_stop(
            p, refuse(s->x, INVALID, M("the workbook has more than %1 styles"), str_int(s->x->w->a, XLSX_STYLES_MAX)));
        return;
    }
    str_to_int(part_attr(attr, "numFmtId"), &format);
    s->x->dated[s->x->n_styles++] = has_format(s->dated, s->n_dated, format) ||
                                    (built_in_date(format) && !has_format(s->plain, s->n_plain, format));
}

static void style_open(void *to, struct part *p, const char *name, const char *const *attr)
{
    struct styling *s = to;
    int64_t format = 0;
    if (strcmp(name, "cellXfs") == 0) s->in_cells = true;
    if (strcmp(name, "xf") == 0 && s->in_cells) add_style(s, p, attr);
    if (strcmp(name, "numFmt") != 0 || !str_to_int(part_attr(attr, "numFmtId"), &format)) return;
    bool date = shows_date(part_attr(attr, "formatCode"));
    if (date && s->n_dated < FORMATS_MAX) s->dated[s->n_dated++] = format;
    if (!date && s->n_plain < FORMATS_MAX) s->plain[s->n_plain++] = format;
}

static void style_close(void *to, struct part *p, const char *name)
{
    (void)p;
    if (strcmp(name, "cellXfs") == 0) ((struct styling *)to)->in_cells = false;
}

static enum err read_styles(struct xlsx_in *x, str path)
{
    static const struct part_hands hands = {style_open, style_close, NULL};
    if (path.n == 0) return OK;
    struct styling *s = arena_alloc(x->w->a, sizeof *s);
    s->x = x;
    x->dated = arena_array(x->w->a, XLSX_STYLES_MAX, sizeof *x->dated);
    return parts_parse(x->parts, path, &hands, s);
}

/* ---- texts ---- */

/* "_x000D_" → U+000D. What the house cannot keep (NUL, halves of surrogates) stays as it is written. */
static uint32_t escape_at(const char *p, size_t n)
{
    uint32_t c = 0;
    if (n < 7 || p[0] != '_' || p[1] != 'x' || p[6] != '_') return 0;
    for (size_t i = 2; i < 6; i++) {
        int d = str_hex_digit(p[i]);
        if (d < 0) return 0;
        c = c * 16 + (uint32_t)d;
    }
    return c >= 0xD800 && c <= 0xDFFF ? 0 : c;
}

static size_t put_character(char *to, uint32_t c)
{
    if (c < 0x80) {
        to[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        to[0] = (char)(0xC0 | c >> 6);
        to[1] = (char)(0x80 | (c & 63));
        return 2;
    }
    to[0] = (char)(0xE0 | c >> 12);
    to[1] = (char)(0x80 | (c >> 6 & 63));
    to[2] = (char)(0x80 | (c & 63));
    return 3;
}

void xlsx_unescape(struct buf *b)
{
    if (str_find(buf_str(b), S("_x")) < 0) return;
    size_t n = 0;
    for (size_t i = 0; i < b->n;) {
        uint32_t c = escape_at(b->p + i, b->n - i);
        if (c == 0) {
            b->p[n++] = b->p[i++];
        } else {
            n += put_character(b->p + n, c);
            i += 7;
        }
    }
    b->n = n;
}

struct sharing {
    struct xlsx_in *x;
    bool in_text;
    int phonetic; /* how deep in <rPh>, which is skipped */
    struct buf one;
};

static void shared_open(void *to, struct part *p, const char *name, const char *const *attr)
{
    struct sharing *s = to;
    (void)p, (void)attr;
    if (strcmp(name, "rPh") == 0) s->phonetic++;
    if (strcmp(name, "si") == 0) s->one.n = 0;
    if (strcmp(name, "t") == 0) s->in_text = s->phonetic == 0;
}

static void keep_string(struct xlsx_in *x, struct part *p, struct buf *one)
{
    xlsx_unescape(one);
    if (x->n_strings == XLSX_STRINGS_MAX || x->texts.n + one->n > XLSX_STRINGS_BYTES_MAX) {
        part_stop(p, refuse(x, BUSY, M("the workbook holds more texts than can be read: split it")));
        return;
    }
    if (x->n_strings == x->room) {
        size_t room = x->room == 0 ? 1024 : x->room * 2;
        x->string = arena_grow(x->strings, x->string, x->room * sizeof *x->string, room * sizeof *x->string);
        x->room = room;
    }
    x->string[x->n_strings].from = (uint32_t)x->texts.n;
    x->string[x->n_strings++].n = (uint32_t)one->n;
    buf_add(&x->texts, buf_str(one));
}

static void shared_close(void *to, struct part *p, const char *name)
{
    struct sharing *s = to;
    if (strcmp(name, "rPh") == 0) s->phonetic--;
    if (strcmp(name, "t") == 0) s->in_text = false;
    if (strcmp(name, "si") == 0) keep_string(s->x, p, &s->one);
}

static void shared_text(void *to, struct part *p, str text)
{
    struct sharing *s = to;
    if (!s->in_text) return;
    buf_add(&s->one, text);
    if (s->one.n > XLSX_READ_TEXT_MAX)
        part_stop(p, refuse(s->x, INVALID, M("a text of the workbook is longer than %1 bytes"),
                            str_int(s->x->w->a, XLSX_READ_TEXT_MAX)));
}

static enum err read_strings(struct xlsx_in *x, str path)
{
    static const struct part_hands hands = {shared_open, shared_close, shared_text};
    struct sharing s = {.x = x, .one = buf_in(x->w->a)};
    return path.n == 0 ? OK : parts_parse(x->parts, path, &hands, &s);
}

/* ---- opening ---- */

static void free_strings(void *a) { arena_free(a); }

static str folder_of(str path)
{
    size_t n = path.n;
    while (n > 0 && path.p[n - 1] != '/') n--;
    return str_sub(path, 0, n);
}

static enum err read_book(struct xlsx_in *x)
{
    static const struct part_hands hands = {book_open, nothing_close, NULL};
    struct relation *root, *relations;
    if (!parts_has(x->parts, S("[Content_Types].xml")))
        return refuse(x, INVALID, M("part '%1' of the workbook is missing"), S("[Content_Types].xml"));
    enum err e = read_relations(x, S("_rels/.rels"), (str){0}, &root);
    if (e != OK) return e;
    str path = target_of_kind(root, "/officeDocument"), base = folder_of(path);
    if (path.n == 0) return refuse(x, INVALID, M("part '%1' of the workbook is missing"), S("xl/workbook.xml"));
    str beside = str_fmt(x->w->a, "%.*s_rels/%.*s.rels", STR_ARG(base), STR_ARG(str_sub(path, base.n, path.n)));
    e = read_relations(x, beside, base, &relations);
    struct listing l = {x, relations};
    if (e == OK) e = parts_parse(x->parts, path, &hands, &l);
    if (e == OK) e = read_styles(x, target_of_kind(relations, "/styles"));
    if (e == OK) e = read_strings(x, target_of_kind(relations, "/sharedStrings"));
    if (e == OK && x->n == 0) e = refuse(x, INVALID, M("the workbook has no sheet"));
    return e;
}

enum err xlsx_open(struct work *w, str name, str bytes, struct xlsx_in **out)
{
    struct xlsx_in *x = arena_alloc(w->a, sizeof *x);
    *x = (struct xlsx_in){.w = w, .name = name, .strings = arena_new(0)};
    arena_closer(w->a, free_strings, x->strings);
    x->texts = buf_in(x->strings);
    x->tab = arena_array(w->a, XLSX_SHEETS_MAX, sizeof *x->tab);
    enum err e = parts_open(w, name, bytes, &x->parts);
    if (e == OK) e = read_book(x);
    if (e == OK) *out = x;
    return e;
}
