/* Figures that are given as a range: levels after some hours, and lengths of time. What people write is read as they write it. Pure. */
#include "base/utf8.h"
#include "inspect/survey.h"

/* ---- one figure ---- */

/* One of the words at the head of the text is taken away. */
static bool skip_word(str *s, const str *words, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (!str_starts(*s, words[i])) continue;
        *s = str_sub(*s, words[i].n, s->n);
        return true;
    }
    return false;
}
#define SKIP(s, words) skip_word(s, words, sizeof(words) / sizeof *(words))

static void skip_blanks(str *s)
{
    while (s->n != 0 && (s->p[0] == ' ' || s->p[0] == '\t')) *s = str_sub(*s, 1, s->n);
}

static bool digit(str s, size_t i) { return i < s.n && s.p[i] >= '0' && s.p[i] <= '9'; }

/* In tenths: "60" is 600, "1.5" is 15. At most four digits before the point and one after it. */
static bool take_tenths(str *s, int32_t *out)
{
    const str units[] = {S("%"), S("hours"), S("hour"), S("h"), S("時間")};
    int32_t v = 0;
    size_t i = 0;
    for (; digit(*s, i); i++) {
        if (i == 4) return false;
        v = v * 10 + (s->p[i] - '0');
    }
    if (i == 0) return false;
    v *= 10;
    if (i < s->n && s->p[i] == '.' && digit(*s, i + 1)) {
        v += s->p[i + 1] - '0';
        i += 2;
    }
    if (digit(*s, i)) return false;
    *s = str_sub(*s, i, s->n);
    skip_blanks(s);
    if (SKIP(s, units)) skip_blanks(s);
    *out = v;
    return true;
}

/* "60", "60-80"; the text is folded, so that full-width signs are half-width ones. */
static bool take_range(str *s, struct survey_range *out)
{
    const str dashes[] = {S("-"), S("~"), S("〜"), S(".."), S("–"), S("—"), S("−"), S("から"), S("ー")};
    if (!take_tenths(s, &out->low)) return false;
    out->high = out->low;
    if (!SKIP(s, dashes)) return true;
    skip_blanks(s);
    return take_tenths(s, &out->high) && out->low <= out->high;
}

static bool next_of_list(str *s)
{
    const str between[] = {S(","), S("/"), S("、")};
    skip_blanks(s);
    if (SKIP(s, between)) skip_blanks(s);
    return s->n != 0;
}

/* ---- a question's figures ---- */

size_t survey_times(const struct survey_question *q, int64_t hours[SURVEY_TIMES_MAX])
{
    str rest = q->choices, one;
    size_t n = 0;
    while (str_cut(&rest, '/', &one)) {
        int64_t h;
        if (n == SURVEY_TIMES_MAX || !str_to_int(one, &h) || h < 1 || h > SURVEY_HOURS_MAX || (n > 0 && h <= hours[n - 1])) return 0;
        hours[n++] = h;
    }
    return n;
}

/* A per cent is whole; hours have one decimal. */
static bool fits(const struct survey_question *q, struct survey_range *r)
{
    if (q->type == SURVEY_HOURS) return r->high <= SURVEY_HOURS_MAX * 10;
    if (r->low % 10 != 0 || r->high % 10 != 0) return false;
    *r = (struct survey_range){r->low / 10, r->high / 10};
    return r->high <= 100;
}

size_t survey_ranges(struct arena *a, const struct survey_question *q, str value, struct survey_range *out, size_t room)
{
    int64_t hours[SURVEY_TIMES_MAX];
    size_t wanted = q->type == SURVEY_HOURS ? 1 : q->type == SURVEY_LEVELS ? survey_times(q, hours) : 0, n = 0;
    str s = utf8_fold(a, value);
    struct survey_range r;
    skip_blanks(&s);
    while (s.n != 0) {
        if (n == wanted || n == room || !take_range(&s, &r) || !fits(q, &r)) return 0;
        out[n++] = r;
        next_of_list(&s);
    }
    return n == wanted ? n : 0;
}

static void put_range(struct buf *b, const struct survey_question *q, struct survey_range r)
{
    int32_t v[] = {r.low, r.high};
    for (size_t i = 0; i < (r.low == r.high ? 1 : 2); i++) {
        if (i == 1) buf_byte(b, '-');
        int32_t whole = q->type == SURVEY_HOURS ? v[i] / 10 : v[i], tenth = q->type == SURVEY_HOURS ? v[i] % 10 : 0;
        buf_int(b, whole);
        if (tenth != 0) buf_fmt(b, ".%d", (int)tenth);
    }
}

bool survey_range_value(struct arena *a, const struct survey_question *q, str given, str *out)
{
    struct survey_range r[SURVEY_TIMES_MAX];
    size_t n = survey_ranges(a, q, given, r, SURVEY_TIMES_MAX);
    struct buf b = buf_in(a);
    for (size_t i = 0; i < n; i++) {
        if (i != 0) buf_byte(&b, ' ');
        put_range(&b, q, r[i]);
    }
    *out = buf_str(&b);
    return n != 0;
}

str survey_levels_joined(struct arena *a, const struct survey_question *q, const str *cell)
{
    int64_t hours[SURVEY_TIMES_MAX];
    size_t n = survey_times(q, hours);
    struct buf b = buf_in(a);
    str last = S("100");
    bool any = false;
    for (size_t i = 0; i < n; i++) {
        str one = str_trim(cell[i]);
        any = any || one.n != 0;
        if (one.n != 0) last = one;
        if (i != 0) buf_add(&b, S(" , "));
        buf_add(&b, last);
    }
    return any ? buf_str(&b) : (str){0};
}
