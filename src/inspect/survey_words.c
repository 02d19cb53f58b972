/* The questions of an urgent survey: written as lines, read back, and what fits them as an answer. Pure. */
#include "base/clock.h"
#include "base/utf8.h"
#include "inspect/survey.h"

const char *const survey_type_codes[] = {"yes_no", "text", "date", "number", "choice", NULL};

static const struct {
    str word;
    enum survey_type type;
} type_words[] = {
    {S_INIT("yes_no"), SURVEY_YES_NO}, {S_INIT("有無"), SURVEY_YES_NO},    {S_INIT("はい・いいえ"), SURVEY_YES_NO},
    {S_INIT("text"), SURVEY_TEXT},     {S_INIT("記述"), SURVEY_TEXT},      {S_INIT("date"), SURVEY_DATE},
    {S_INIT("日付"), SURVEY_DATE},     {S_INIT("number"), SURVEY_NUMBER},  {S_INIT("数"), SURVEY_NUMBER},
    {S_INIT("choice"), SURVEY_CHOICE}, {S_INIT("選択"), SURVEY_CHOICE},
};

/* ---- small things ---- */

/* Where one of the two begins first, and how long it is: a half-width sign or the full-width one of a Japanese keyboard. */
static ptrdiff_t find_either(str s, str half, str full, size_t *n)
{
    ptrdiff_t a = str_find(s, half), b = str_find(s, full);
    bool first = a >= 0 && (b < 0 || a < b);
    *n = first ? half.n : full.n;
    return first ? a : b;
}

static bool cut_either(str *rest, str half, str full, str *out)
{
    size_t n;
    ptrdiff_t at = find_either(*rest, half, full, &n);
    if (at < 0) return false;
    *out = str_trim(str_sub(*rest, 0, (size_t)at));
    *rest = str_sub(*rest, (size_t)at + n, rest->n);
    return true;
}

static bool is_key(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9' && i > 0) || (c == '_' && i > 0))) return false;
    }
    return s.n > 0 && s.n <= 24;
}

/* ---- a line ---- */

static bool parse_type(str s, struct survey_question *q)
{
    size_t n;
    str choices = {0}, word = s, rest = s;
    if (find_either(s, S("("), S("（"), &n) >= 0) {
        if (!cut_either(&rest, S("("), S("（"), &word) || !cut_either(&rest, S(")"), S("）"), &choices)) return false;
    }
    for (size_t i = 0; i < sizeof type_words / sizeof *type_words; i++) {
        if (!str_eq(word, type_words[i].word)) continue;
        q->type = type_words[i].type;
        q->choices = choices;
        return (q->type == SURVEY_CHOICE) == (choices.n != 0);
    }
    return false;
}

/* At most so many, none empty, none twice, none longer than forty letters. */
static bool choices_fit(str choices)
{
    size_t n = 0;
    str rest = choices, one;
    while (str_cut(&rest, '/', &one)) {
        size_t same = 0;
        str again = choices, other;
        if (one.n == 0 || utf8_letters(one) > 40 || !str_eq(one, str_trim(one))) return false;
        while (str_cut(&again, '/', &other)) same += str_eq(one, other);
        if (same != 1) return false;
        n++;
    }
    return n >= 2 && n <= SURVEY_CHOICES_MAX;
}

static enum err parse_line(struct work *w, str line, struct where at, struct survey *s)
{
    struct survey_question q = {.pos = (int64_t)s->n + 1};
    str type;
    if (s->n == SURVEY_QUESTIONS_MAX)
        return fault_in(w, INVALID, at, M("at most %1 questions: it is to be answered in minutes"), str_int(w->a, SURVEY_QUESTIONS_MAX));
    if (!cut_either(&line, S(":"), S("："), &q.key) || !cut_either(&line, S(":"), S("："), &type))
        return fault_in(w, INVALID, at, M("a line is KEY:TYPE:QUESTION, such as 'affected:yes_no:Do you use the product?'"));
    if (!is_key(q.key))
        return fault_in(w, INVALID, at, M("'%1' is no key: at most 24 small letters, digits and _, a letter first"), q.key);
    if (survey_question_of(s, q.key) != NULL) return fault_in(w, INVALID, at, M("the key '%1' stands twice"), q.key);
    if (!parse_type(type, &q) || (q.type == SURVEY_CHOICE && !choices_fit(q.choices)))
        return fault_in(w, INVALID, at, M("'%1' is no type: yes_no, text, date, number, or choice(a/b/c) with 2 to %2 different choices"), type,
                        str_int(w->a, SURVEY_CHOICES_MAX));
    if (!cut_either(&line, S("|"), S("｜"), &q.text_ja)) q.text_ja = line;
    else q.text_en = str_trim(line);
    q.text_ja = str_trim(q.text_ja);
    if (q.text_ja.n + q.text_en.n == 0) return fault_in(w, INVALID, at, M("question '%1' has no words"), q.key);
    if (utf8_letters(q.text_ja) > SURVEY_TEXT_MAX || utf8_letters(q.text_en) > SURVEY_TEXT_MAX)
        return fault_in(w, INVALID, at, M("at most %1 letters"), str_int(w->a, SURVEY_TEXT_MAX));
    s->question[s->n++] = q;
    return OK;
}

enum err survey_parse(struct work *w, str lines, struct survey *into)
{
    int64_t before = w->faults.count, row = 0;
    for (str line; str_cut(&lines, '\n', &line);) {
        row++;
        line = str_trim(line);
        if (line.n != 0 && line.p[line.n - 1] == '\r') line.n--;
        if (line.n == 0) continue;
        enum err e = parse_line(w, line, (struct where){.row = row, .field = S("question")}, into);
        if (e != OK && into->n == SURVEY_QUESTIONS_MAX) break;
    }
    return w->faults.count == before ? OK : INVALID;
}

str survey_spec(struct arena *a, const struct survey *s)
{
    struct buf b = buf_in(a);
    for (size_t i = 0; i < s->n; i++) {
        const struct survey_question *q = &s->question[i];
        buf_fmt(&b, "%.*s:%s", STR_ARG(q->key), survey_type_codes[q->type]);
        if (q->type == SURVEY_CHOICE) buf_fmt(&b, "(%.*s)", STR_ARG(q->choices));
        buf_fmt(&b, ":%.*s", STR_ARG(q->text_ja));
        if (q->text_en.n != 0) buf_fmt(&b, "|%.*s", STR_ARG(q->text_en));
        buf_byte(&b, '\n');
    }
    return buf_str(&b);
}

const struct survey_question *survey_question_of(const struct survey *s, str key)
{
    for (size_t i = 0; i < s->n; i++)
        if (str_eq(s->question[i].key, key)) return &s->question[i];
    return NULL;
}

/* ---- an answer ---- */

static bool number(struct arena *a, str s, str *out)
{
    int64_t n;
    if (s.n > 15 || !str_to_int(s, &n) || n < 0) return false;
    *out = str_int(a, n);
    return true;
}

bool survey_value(struct arena *a, const struct survey_question *q, str given, str *out)
{
    int64_t day;
    str s = str_trim(given), rest = q->choices, one;
    *out = s;
    if (s.n == 0) return true; /* takes it back */
    switch (q->type) {
    case SURVEY_YES_NO: return str_eq(s, S("yes")) || str_eq(s, S("no"));
    case SURVEY_TEXT: return utf8_letters(s) <= SURVEY_TEXT_MAX;
    case SURVEY_NUMBER: return number(a, s, out);
    case SURVEY_DATE:
        if (!date_parse(s, &day)) return false;
        *out = date_text(a, day);
        return true;
    case SURVEY_CHOICE:
        while (str_cut(&rest, '/', &one))
            if (str_eq(one, s)) return true;
        return false;
    }
    return false;
}

str survey_counted(const struct survey_question *q, str value)
{
    return q->type == SURVEY_YES_NO || q->type == SURVEY_CHOICE ? value : S("given");
}

str survey_words(enum lang lang, const struct survey_question *q) { return lang_pick(lang, q->text_ja, q->text_en); }

str survey_value_words(enum lang lang, const struct survey_question *q, str value)
{
    if (str_eq(value, S("given"))) return tr(lang, M("was answered"));
    if (q->type != SURVEY_YES_NO) return value;
    return tr(lang, str_eq(value, S("yes")) ? M("Yes") : M("No"));
}

/* ---- the hour ---- */

enum { HOUR = 3600 };

int64_t survey_moment(int64_t day, int64_t hour) { return day * DAY + hour * HOUR - JAPAN; }

str survey_moment_words(struct work *w, enum lang lang, int64_t at)
{
    int64_t here = at + JAPAN, day = here / DAY, minutes = here % DAY / 60;
    str date = lang_date(w->a, lang, day);
    return str_fmt(w->a, lang == LANG_JA ? "%.*s%d時%02d分" : "%.*s %d:%02d", STR_ARG(date), (int)(minutes / 60), (int)(minutes % 60));
}
