/* The questions of an urgent survey: written as lines, read back, and what fits them as an answer. Pure. */
#include "base/clock.h"
#include "base/utf8.h"
#include "inspect/survey_acts.h"

const char *const survey_type_codes[] = {"yes_no", "text", "date", "number", "choice", "levels", "hours", NULL};

static const struct {
    str word;
    enum survey_type type;
} type_words[] = {
    {S_INIT("yes_no"), SURVEY_YES_NO}, {S_INIT("有無"), SURVEY_YES_NO},    {S_INIT("はい・いいえ"), SURVEY_YES_NO},
    {S_INIT("text"), SURVEY_TEXT},     {S_INIT("記述"), SURVEY_TEXT},      {S_INIT("date"), SURVEY_DATE},
    {S_INIT("日付"), SURVEY_DATE},     {S_INIT("number"), SURVEY_NUMBER},  {S_INIT("数"), SURVEY_NUMBER},
    {S_INIT("choice"), SURVEY_CHOICE}, {S_INIT("選択"), SURVEY_CHOICE},    {S_INIT("levels"), SURVEY_LEVELS},
    {S_INIT("水準"), SURVEY_LEVELS},   {S_INIT("hours"), SURVEY_HOURS},    {S_INIT("時間"), SURVEY_HOURS},
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

bool survey_is_key(str s)
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
        return (q->type == SURVEY_CHOICE || q->type == SURVEY_LEVELS) == (choices.n != 0);
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

enum err survey_no_type(struct work *w, struct where at, str type)
{
    return fault_in(w, INVALID, at,
                    M("'%1' is no type: yes_no, text, date, number, hours, choice(a/b/c) with 2 to %2 different choices, or levels(1/6/24/72) "
                      "with the hours after which the level is asked"), type, str_int(w->a, SURVEY_CHOICES_MAX));
}

/* Rows of a grid of the same times are filled in as one. */
static bool begins_grid(const struct survey *s, size_t i)
{
    const struct survey_question *q = &s->question[i];
    return q->type != SURVEY_LEVELS || i == 0 || q[-1].type != SURVEY_LEVELS || !str_eq(q[-1].choices, q->choices);
}

enum err survey_question_add(struct work *w, struct where at, struct survey *s, const struct survey_question *q)
{
    size_t asked = 0;
    if (s->n == SURVEY_QUESTIONS_MAX)
        return fault_in(w, INVALID, at, M("at most %1 questions, also of a grid"), str_int(w->a, SURVEY_QUESTIONS_MAX));
    s->question[s->n++] = *q;
    s->question[s->n - 1].pos = (int64_t)s->n;
    for (size_t i = 0; i < s->n; i++) asked += begins_grid(s, i);
    if (asked <= SURVEY_ASKED_MAX) return OK;
    s->n--;
    return fault_in(w, INVALID, at, M("at most %1 questions: it is to be answered in minutes"), str_int(w->a, SURVEY_ASKED_MAX));
}

bool survey_type_parse(str s, struct survey_question *q)
{
    int64_t hours[SURVEY_TIMES_MAX];
    if (!parse_type(s, q)) return false;
    if (q->type == SURVEY_LEVELS) return survey_times(q, hours) != 0;
    return q->type != SURVEY_CHOICE || choices_fit(q->choices);
}

static enum err parse_line(struct work *w, str line, struct where at, struct survey *s)
{
    struct survey_question q = {0};
    str type;
    if (!cut_either(&line, S(":"), S("："), &q.key) || !cut_either(&line, S(":"), S("："), &type))
        return fault_in(w, INVALID, at, M("a line is KEY:TYPE:QUESTION, such as 'affected:yes_no:Do you use the product?'"));
    if (!survey_is_key(q.key))
        return fault_in(w, INVALID, at, M("'%1' is no key: at most 24 small letters, digits and _, a letter first"), q.key);
    if (survey_question_of(s, q.key) != NULL) return fault_in(w, INVALID, at, M("the key '%1' stands twice"), q.key);
    if (!survey_type_parse(type, &q)) return survey_no_type(w, at, type);
    if (!cut_either(&line, S("|"), S("｜"), &q.text_ja)) q.text_ja = line;
    else q.text_en = str_trim(line);
    q.text_ja = str_trim(q.text_ja);
    if (q.text_ja.n + q.text_en.n == 0) return fault_in(w, INVALID, at, M("question '%1' has no words"), q.key);
    if (utf8_letters(q.text_ja) > SURVEY_TEXT_MAX || utf8_letters(q.text_en) > SURVEY_TEXT_MAX)
        return fault_in(w, INVALID, at, M("at most %1 letters"), str_int(w->a, SURVEY_TEXT_MAX));
    return survey_question_add(w, at, s, &q);
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
        if (e != OK && into->n >= SURVEY_ASKED_MAX) break;
    }
    return w->faults.count == before ? OK : INVALID;
}

str survey_spec(struct arena *a, const struct survey *s)
{
    struct buf b = buf_in(a);
    for (size_t i = 0; i < s->n; i++) {
        const struct survey_question *q = &s->question[i];
        buf_fmt(&b, "%.*s:%s", STR_ARG(q->key), survey_type_codes[q->type]);
        if (q->choices.n != 0) buf_fmt(&b, "(%.*s)", STR_ARG(q->choices));
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

/* The choices of sets that ship are codes with words in both languages; others are shown as they were asked. */
static const struct {
    str code, words;
} known_choices[] = {{S_INIT("none"), N("not possible")}, {S_INIT("part"), N("possible in part")}, {S_INIT("full"), N("possible in full")}};
enum { KNOWN_CHOICES = sizeof known_choices / sizeof *known_choices };

static str survey_choice_words(enum lang lang, str value)
{
    for (size_t i = 0; i < KNOWN_CHOICES; i++)
        if (str_eq(value, known_choices[i].code)) return tr(lang, known_choices[i].words);
    return value;
}

str survey_choices_told(struct arena *a, enum lang lang, const struct survey_question *q)
{
    struct buf b = {.a = a};
    str rest = q->choices, one;
    for (bool first = true; str_cut(&rest, '/', &one); first = false)
        buf_fmt(&b, "%s%.*s", first ? "" : " / ", STR_ARG(survey_choice_words(lang, one)));
    return buf_str(&b);
}

/* By its code or, as a person copies it from the page into a spreadsheet, by its words in either language. */
static bool choice(const struct survey_question *q, str given, str *out)
{
    str rest = q->choices;
    while (str_cut(&rest, '/', out))
        if (str_eq(*out, given) || str_eq(survey_choice_words(LANG_JA, *out), given) || str_eq(survey_choice_words(LANG_EN, *out), given)) return true;
    return false;
}

bool survey_value(struct arena *a, const struct survey_question *q, str given, str *out)
{
    int64_t day;
    str s = str_trim(given);
    *out = s;
    if (s.n == 0) return true; /* takes it back */
    switch (q->type) {
    case SURVEY_YES_NO: return str_eq(s, S("yes")) || str_eq(s, S("no"));
    case SURVEY_TEXT: return utf8_letters(s) <= SURVEY_TEXT_MAX;
    case SURVEY_NUMBER: return number(a, s, out);
    case SURVEY_LEVELS:
    case SURVEY_HOURS: return survey_range_value(a, q, s, out);
    case SURVEY_DATE:
        if (!date_parse(s, &day)) return false;
        *out = date_text(a, day);
        return true;
    case SURVEY_CHOICE: return choice(q, s, out);
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
    if (q->type == SURVEY_CHOICE) return survey_choice_words(lang, value);
    if (q->type != SURVEY_YES_NO) return value;
    return tr(lang, str_eq(value, S("yes")) ? M("Yes") : M("No"));
}

/* ---- systems or services ---- */

str survey_word(const struct survey *s, enum survey_word word)
{
    static const struct {
        str system, service;
    } words[SURVEY_WORDS] = {
        [WORD_ONE] = {N("System"), N("Essential service")},
        [WORD_ANSWERED_FOR] = {N("Systems answered for"), N("Essential services answered for")},
        [WORD_OF_ALL] = {N("of %1 systems"), N("of %1 services")},
        [WORD_LIST] = {N("Systems (%1)"), N("Essential services (%1)")},
        [WORD_BY] = {N("By system"), N("By essential service")},
        [WORD_NONE] = {N("No system of ours is concerned"), N("We provide no essential service")},
        [WORD_UNLISTED] = {N("A system that is not in the register"), N("Answer for one more essential service")},
        [WORD_NAME] = {N("Name of the system"), N("Name of the essential service")},
        [WORD_REST] = {N("Answer alike for the %1 systems that are left"), N("Answer alike for the %1 services that are left")},
        [WORD_OF] = {N("%1 of %2 systems are answered for."), N("%1 of %2 essential services are answered for.")},
    };
    return str_eq(s->kind, S("service")) ? words[word].service : words[word].system;
}

/* A set says it in both languages, parted by a line end. */
str survey_why(enum lang lang, const struct survey *s)
{
    str rest = s->why, ja;
    if (s->set.n == 0 || !str_cut(&rest, '\n', &ja)) return s->why;
    return lang_pick(lang, ja, rest);
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
