#include "format/form.h"

#include <strings.h>

#include "base/utf8.h"

/* ---- percent ---- */

/* The byte that "%XX" at i stands for; -1 when it is none. */
static int escaped_byte(str s, size_t i)
{
    if (s.n - i < 3) return -1;
    int high = str_hex_digit(s.p[i + 1]), low = str_hex_digit(s.p[i + 2]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

static bool decode(struct arena *a, str s, bool plus_is_blank, str *out)
{
    bool as_is = memchr(s.p, '%', s.n) == NULL && !(plus_is_blank && memchr(s.p, '+', s.n) != NULL);
    if (as_is) {
        *out = s;
        return true;
    }
    char *to = arena_alloc(a, s.n);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        int byte = s.p[i] == '%' ? escaped_byte(s, i) : s.p[i] == '+' && plus_is_blank ? ' ' : s.p[i];
        if (s.p[i] == '%' && byte < 0) return false;
        if (s.p[i] == '%') i += 2;
        to[n++] = (char)byte;
    }
    *out = (str){to, n};
    return true;
}

bool form_decode(struct arena *a, str s, str *out)
{
    if (s.n != 0) return decode(a, s, false, out);
    *out = s;
    return true;
}

static bool is_unreserved(char c) /* RFC 3986 §2.3 */
{
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return letter || c == '-' || c == '.' || c == '_' || c == '~';
}

void form_encode(struct buf *b, str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (is_unreserved(s.p[i]))
            buf_byte(b, s.p[i]);
        else
            buf_fmt(b, "%%%02X", (unsigned)(unsigned char)s.p[i]);
    }
}

/* ---- fields ---- */

struct fields {
    struct work *w;
    struct form_field *field;
    size_t n, room;
};

static enum err add_field(struct fields *f, const struct form_field *field)
{
    if (f->n == FORM_FIELDS_MAX)
        return fault(f->w, INVALID, M("more than %1 fields in one form"), str_int(f->w->a, FORM_FIELDS_MAX));
    if (f->n == f->room) {
        size_t room = f->room == 0 ? 32 : f->room * 2;
        f->field = arena_grow(f->w->a, f->field, f->n * sizeof *field, room * sizeof *field);
        f->room = room;
    }
    f->field[f->n++] = *field;
    return OK;
}

static enum err check_name(struct work *w, str name)
{
    if (name.n == 0) return fault(w, INVALID, M("a field of the form has no name"));
    if (name.n > FORM_NAME_MAX)
        return fault(w, INVALID, M("the name of a field is longer than %1 bytes"), str_int(w->a, FORM_NAME_MAX));
    if (utf8_bad(name) == name.n) return OK;
    return fault(w, INVALID, M("the name of a field is not good UTF-8, or has a NUL in it"));
}

static enum err check_value(struct work *w, str name, str value)
{
    if (utf8_bad(value) == value.n) return OK;
    return fault_in(w, INVALID, ((struct where){.field = name}), M("not good UTF-8, or with a NUL in it"));
}

/* Forms send CRLF wherever a line ends; a CR alone is an end as well (WHATWG HTML, newline normalisation). */
static str with_plain_ends(struct arena *a, str s)
{
    if (s.n == 0 || memchr(s.p, '\r', s.n) == NULL) return s;
    char *to = arena_alloc(a, s.n);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        bool end = s.p[i] == '\r';
        if (end && i + 1 < s.n && s.p[i + 1] == '\n') i++;
        to[n++] = end ? '\n' : s.p[i];
    }
    return (str){to, n};
}

static enum err add_text(struct fields *f, str name, str value)
{
    enum err err = check_name(f->w, name);
    if (err == OK) err = check_value(f->w, name, value);
    if (err != OK) return err;
    return add_field(f, &(struct form_field){.name = name, .value = with_plain_ends(f->w->a, value)});
}

static enum err add_pair(struct fields *f, str piece)
{
    const char *sign = memchr(piece.p, '=', piece.n);
    size_t n = sign == NULL ? piece.n : (size_t)(sign - piece.p);
    str name = {piece.p, n}, value = str_sub(piece, n + 1, piece.n);
    if (name.n != 0 && !decode(f->w->a, name, true, &name))
        return fault(f->w, INVALID, M("the address or form is damaged: a % without two hexadecimal digits"));
    if (value.n != 0 && !decode(f->w->a, value, true, &value))
        return fault(f->w, INVALID, M("the address or form is damaged: a % without two hexadecimal digits"));
    return add_text(f, name, value);
}

enum err form_fields(struct work *w, str bytes, struct form_fields *out)
{
    struct fields f = {.w = w};
    str rest = bytes, piece;
    while (str_cut(&rest, '&', &piece)) {
        if (piece.n == 0) continue;
        enum err err = add_pair(&f, piece);
        if (err != OK) return err;
    }
    *out = (struct form_fields){f.field, f.n};
    return OK;
}

/* ---- heads: "type; name=value; name=\"value\"" ---- */

static bool same_letters(str a, str b) { return a.n == b.n && (a.n == 0 || strncasecmp(a.p, b.p, a.n) == 0); }

static str before(str s, char c)
{
    const char *hit = s.n == 0 ? NULL : memchr(s.p, c, s.n);
    return hit == NULL ? s : (str){s.p, (size_t)(hit - s.p)};
}

bool media_is(str content_type, str wanted) { return same_letters(str_trim(before(content_type, ';')), wanted); }

/* Where the quoted string that begins at `at` ends: its closing quote, or s.n. Browsers write a quote inside as %22
 * (WHATWG), others as \"; any other backslash is part of a Windows path. */
static size_t quote_end(str s, size_t at)
{
    size_t i = at + 1;
    while (i < s.n && s.p[i] != '"') i += s.p[i] == '\\' && i + 1 < s.n && s.p[i + 1] == '"' ? 2 : 1;
    return i < s.n ? i : s.n;
}

static size_t piece_end(str s, size_t at)
{
    while (at < s.n && s.p[at] != ';') at = s.p[at] == '"' ? quote_end(s, at) + 1 : at + 1;
    return at < s.n ? at : s.n;
}

/* The parameter `name` of a head, as written between its quotes; false when absent. */
static bool head_param(str head, str name, str *out)
{
    for (size_t at = piece_end(head, 0); at < head.n;) {
        size_t end = piece_end(head, at + 1);
        str piece = str_trim(str_sub(head, at + 1, end));
        str key = str_trim(before(piece, '='));
        at = end;
        if (!same_letters(key, name) || key.n == piece.n) continue;
        str value = str_trim(str_sub(piece, before(piece, '=').n + 1, piece.n));
        bool quoted = value.n >= 2 && value.p[0] == '"' && quote_end(value, 0) == value.n - 1;
        *out = quoted ? str_sub(value, 1, value.n - 1) : value;
        return true;
    }
    return false;
}

/* What browsers escape in names: a quote and line ends as %22 %0D %0A, nothing else; older ones a quote as \". */
static str name_of_head(struct arena *a, str s)
{
    struct buf b = buf_in(a);
    for (size_t i = 0; i < s.n; i++) {
        int byte = s.p[i] == '%' ? escaped_byte(s, i) : -1;
        bool ours = byte == '"' || byte == '\r' || byte == '\n';
        if (s.p[i] == '\\' && i + 1 < s.n && s.p[i + 1] == '"') continue;
        buf_byte(&b, ours ? (char)byte : s.p[i]);
        if (ours) i += 2;
    }
    return buf_str(&b);
}

/* RFC 7578 asks clients not to send filename*, and some do: UTF-8''%E5%9B%9E… (RFC 8187). */
static bool extended_name(struct arena *a, str head, str *out)
{
    str value;
    if (!head_param(head, S("filename*"), &value)) return false;
    ptrdiff_t mark = str_find(value, S("''"));
    if (mark < 0 || !same_letters(str_sub(value, 0, (size_t)mark), S("utf-8"))) return false;
    return form_decode(a, str_sub(value, (size_t)mark + 2, value.n), out);
}

static str last_of_path(str path)
{
    for (size_t i = path.n; i > 0; i--)
        if (path.p[i - 1] == '/' || path.p[i - 1] == '\\') return str_sub(path, i, path.n);
    return path;
}

static str file_name(struct arena *a, str given)
{
    str name = utf8_safe(a, last_of_path(given));
    return utf8_head(name, FORM_NAME_MAX);
}

/* ---- multipart ---- */

struct part {
    str disposition, transfer; /* heads */
    str bytes;
};

static enum err damaged(struct work *w) { return fault(w, INVALID, M("the form did not arrive whole: send it again")); }

static enum err add_part(struct fields *f, const struct part *part)
{
    struct arena *a = f->w->a;
    str name, given;
    bool plain = part->transfer.n == 0 || same_letters(part->transfer, S("8bit")) ||
                 same_letters(part->transfer, S("7bit")) || same_letters(part->transfer, S("binary"));
    if (!plain) return fault(f->w, INVALID, M("a part of the form is in a transfer encoding: send it as it is"));
    if (!media_is(part->disposition, S("form-data")) || !head_param(part->disposition, S("name"), &name))
        return fault(f->w, INVALID, M("a part of the form does not say which field it is"));
    name = name_of_head(a, name);
    bool extended = extended_name(a, part->disposition, &given);
    if (!extended && !head_param(part->disposition, S("filename"), &given)) return add_text(f, name, part->bytes);
    if (given.n == 0 && part->bytes.n == 0) return OK; /* nothing was chosen */
    enum err err = check_name(f->w, name);
    if (err != OK) return err;
    str shown = file_name(a, extended ? given : name_of_head(a, given));
    return add_field(f, &(struct form_field){name, part->bytes, true, shown});
}

static void take_head(struct part *part, str line)
{
    str name = before(line, ':');
    str value = str_trim(str_sub(line, name.n + 1, line.n));
    if (same_letters(name, S("Content-Disposition"))) part->disposition = value;
    if (same_letters(name, S("Content-Transfer-Encoding"))) part->transfer = value;
}

/* Heads up to the empty line; what follows is the content. */
static enum err read_heads(struct work *w, str *rest, struct part *part)
{
    str all = *rest;
    for (;;) {
        ptrdiff_t end = str_find(str_sub(*rest, 0, FORM_HEAD_MAX), S("\r\n"));
        if (end < 0 || all.n - rest->n > FORM_HEAD_MAX) return damaged(w);
        str line = str_sub(*rest, 0, (size_t)end);
        *rest = str_sub(*rest, (size_t)end + 2, rest->n);
        if (line.n == 0) return OK;
        take_head(part, line);
    }
}

/* The rest of a delimiter's line: "--" ends the form, blanks may stand before the line end. */
static enum err after_delimiter(struct work *w, str *rest, bool *last)
{
    *last = str_starts(*rest, S("--"));
    if (*last) return OK;
    size_t i = 0;
    while (i < rest->n && (rest->p[i] == ' ' || rest->p[i] == '\t')) i++;
    if (!str_starts(str_sub(*rest, i, rest->n), S("\r\n"))) return damaged(w);
    *rest = str_sub(*rest, i + 2, rest->n);
    return OK;
}

/* The delimiter has its CRLF in front: the line end before it is no part of the content (RFC 2046 §5.1.1). */
static enum err read_part(struct fields *f, str delimiter, str *rest)
{
    struct part part = {0};
    enum err err = read_heads(f->w, rest, &part);
    if (err != OK) return err;
    const char *end = rest->n == 0 ? NULL : memmem(rest->p, rest->n, delimiter.p, delimiter.n);
    if (end == NULL) return damaged(f->w);
    part.bytes = (str){rest->p, (size_t)(end - rest->p)};
    *rest = str_sub(*rest, part.bytes.n + delimiter.n, rest->n);
    return add_part(f, &part);
}

static bool is_boundary(str s)
{
    if (s.n == 0 || s.n > FORM_BOUNDARY_MAX || s.p[s.n - 1] == ' ') return false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!letter && (c == '\0' || strchr("'()+_,-./:=? ", c) == NULL)) return false; /* RFC 2046 §5.1.1 */
    }
    return true;
}

/* Up to the first delimiter: at the very beginning, or behind lines that nobody reads. */
static enum err skip_to_first(struct work *w, str delimiter, str *rest)
{
    str bare = str_sub(delimiter, 2, delimiter.n);
    if (str_starts(*rest, bare)) {
        *rest = str_sub(*rest, bare.n, rest->n);
        return OK;
    }
    const char *hit = rest->n == 0 ? NULL : memmem(rest->p, rest->n, delimiter.p, delimiter.n);
    if (hit == NULL) return damaged(w);
    *rest = str_sub(*rest, (size_t)(hit - rest->p) + delimiter.n, rest->n);
    return OK;
}

enum err multipart_fields(struct work *w, str content_type, str body, struct form_fields *out)
{
    str boundary;
    bool known = media_is(content_type, S("multipart/form-data")) && head_param(content_type, S("boundary"), &boundary);
    if (!known || !is_boundary(boundary))
        return fault(w, INVALID, M("the form does not say where its parts end (boundary)"));
    struct fields f = {.w = w};
    str delimiter = str_fmt(w->a, "\r\n--%.*s", STR_ARG(boundary)), rest = body;
    bool last = false;
    enum err err = skip_to_first(w, delimiter, &rest);
    if (err == OK) err = after_delimiter(w, &rest, &last);
    while (err == OK && !last) {
        err = read_part(&f, delimiter, &rest);
        if (err == OK) err = after_delimiter(w, &rest, &last);
    }
    if (err != OK) return err;
    *out = (struct form_fields){f.field, f.n};
    return OK;
}

/* ---- cookies and languages ---- */

str cookie_value(str header, str name)
{
    str rest = header, piece;
    while (str_cut(&rest, ';', &piece)) {
        piece = str_trim(piece);
        if (!str_starts(piece, name) || piece.n == name.n || piece.p[name.n] != '=') continue;
        str value = str_sub(piece, name.n + 1, piece.n);
        bool quoted = value.n >= 2 && value.p[0] == '"' && value.p[value.n - 1] == '"';
        return quoted ? str_sub(value, 1, value.n - 1) : value;
    }
    return (str){0};
}

/* "0.8" in thousandths; anything else is 1, as if it were not there. */
static int weight_of(str piece)
{
    str value;
    if (!head_param(piece, S("q"), &value) || value.n == 0 || value.p[0] != '0') return 1000;
    int weight = 0, unit = 100;
    for (size_t i = 2; i < value.n && i < 5; i++, unit /= 10)
        if (value.p[i] >= '0' && value.p[i] <= '9') weight += (value.p[i] - '0') * unit;
    return weight;
}

static bool is_language(str range, str lang)
{
    return same_letters(str_sub(range, 0, lang.n), lang) && (range.n == lang.n || range.p[lang.n] == '-');
}

enum lang lang_wanted(str header)
{
    int best = 0;
    enum lang wanted = LANG_JA;
    str rest = header, piece;
    while (str_cut(&rest, ',', &piece)) {
        str range = str_trim(before(piece, ';'));
        bool ja = is_language(range, S("ja")), en = is_language(range, S("en"));
        int weight = weight_of(piece);
        if (!(ja || en || str_eq(range, S("*"))) || weight <= best) continue;
        best = weight;
        wanted = en ? LANG_EN : LANG_JA;
    }
    return wanted;
}
