/* Values of fields, as their types want them. */
#include <string.h>

#include "base/clock.h"
#include "base/hash.h"
#include "case/case.h"
#include "case/kind.h"

static enum err bad(struct work *w, const struct kind_field *f, str id, str a, str b)
{
    struct where at = {.field = str_fmt(w->a, "field.%.*s", STR_ARG(f->code))};
    return fault_note(w, INVALID, at, (const str[]){id, a, b}, 3);
}

static bool is_hash(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (strchr("0123456789abcdef", s.p[i]) == NULL || s.p[i] == '\0') return false;
    return s.n == SHA256_HEX;
}

static str words_of(struct arena *a, const struct kind_field *f)
{
    struct buf b = buf_in(a);
    for (size_t i = 0; i < f->n_words; i++) buf_fmt(&b, "%s%.*s", i == 0 ? "" : " ", STR_ARG(f->words[i].code));
    return buf_str(&b);
}

static bool plain_code(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] <= ' ' || (unsigned char)s.p[i] >= 0x7F) return false;
    return s.n <= 64;
}

enum err field_check(struct work *w, const struct kind_field *f, str value, str *out)
{
    str v = str_trim(value);
    int64_t n;
    size_t most = f->type == FIELD_LONG ? CASE_TEXT_MAX : CASE_VALUE_MAX;
    *out = v;
    if (v.n == 0) return OK;
    if (v.n > most) return bad(w, f, M("longer than %1 bytes"), str_int(w->a, (int64_t)most), S(""));
    if (f->type == FIELD_DATE && !date_parse(v, &n))
        return bad(w, f, M("'%1' is not a date: write it as 2007-04-23"), v, S(""));
    if (f->type == FIELD_DATE) *out = date_text(w->a, n);
    if (f->type == FIELD_INT && !str_to_int(v, &n)) return bad(w, f, M("'%1' is not a whole number"), v, S(""));
    if (f->type == FIELD_ENUM && kind_word(f, v) == NULL)
        return bad(w, f, M("'%1' is none of: %2"), v, words_of(w->a, f));
    if (f->type == FIELD_CODE && !plain_code(v))
        return bad(w, f, M("'%1' is no reference: letters, digits and signs without blanks, at most 64"), v, S(""));
    if (f->type == FIELD_HASH && !is_hash(v))
        return bad(w, f, M("a SHA-256 is 64 digits 0-9 and a-f, as sha256sum prints it"), S(""), S(""));
    return OK;
}
