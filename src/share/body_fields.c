#include "share/bodies.h"

const struct body_field body_fields[BODY_FIELDS] = {
    [BODY_SECRETARIAT_JA] = {"secretariat_ja", BODY_TEXT, NULL, N("Secretariat (Japanese)")},
    [BODY_SECRETARIAT_EN] = {"secretariat_en", BODY_TEXT, NULL, N("Secretariat (English)")},
    [BODY_FOUNDED] = {"founded", BODY_DAY, NULL, N("Founded")},
    [BODY_MEMBERS_JA] = {"members_ja", BODY_TEXT, NULL, N("Members in words (Japanese)")},
    [BODY_MEMBERS_EN] = {"members_en", BODY_TEXT, NULL, N("Members in words (English)")},
    [BODY_RULES_JA] = {"rules_ja", BODY_TEXT, NULL, N("Rules of handling (Japanese)")},
    [BODY_RULES_EN] = {"rules_en", BODY_TEXT, NULL, N("Rules of handling (English)")},
    [BODY_SECRECY] = {"secrecy", BODY_WORD, "agreement statute none", N("Secrecy")},
    [BODY_FUNCTIONS] = {"functions", BODY_WORDS, "prevention containment recurrence analysis coordination",
                        N("Functions")},
    [BODY_COORDINATOR] = {"coordinator", BODY_YES, NULL, N("Has a coordinator")},
    [BODY_MEANS] = {"means", BODY_WORDS, "mail web phone fax closed-network meeting", N("Means")},
    [BODY_PARTNERS_JA] = {"partners_ja", BODY_TEXT, NULL, N("Shares with others (Japanese)")},
    [BODY_PARTNERS_EN] = {"partners_en", BODY_TEXT, NULL, N("Shares with others (English)")},
    [BODY_SIGNS_IN] = {"signs_in", BODY_YES, NULL, N("Signs in to the program")},
    [BODY_CHECKED] = {"checked", BODY_DAY, NULL, N("Facts last checked")},
    [BODY_SOURCE] = {"source", BODY_TEXT, NULL, N("Source of the facts")},
};

static const struct {
    const char *word;
    str label; /* message id */
} words[] = {
    {"agreement", N("an agreement of secrecy")},
    {"statute", N("secrecy by statute or articles")},
    {"none", N("no duty of secrecy")},
    {"prevention", N("prevents failures")},
    {"containment", N("keeps failures from spreading")},
    {"recurrence", N("prevents recurrence")},
    {"analysis", N("analyses")},
    {"coordination", N("coordinates")},
    {"mail", N("by mail")},
    {"web", N("by a web site")},
    {"phone", N("by telephone")},
    {"fax", N("by FAX")},
    {"closed-network", N("by a closed network")},
    {"meeting", N("at meetings")},
};

static str label_of(str word)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_eq(word, str_of(words[i].word))) return words[i].label;
    return word;
}

void body_empty(struct body *b)
{
    *b = (struct body){0};
    for (int i = 0; i < BODY_FIELDS; i++) b->f[i] = body_fields[i].sort == BODY_YES ? S("0") : S("");
    b->f[BODY_SIGNS_IN] = S("1");
}

/* ---- values ---- */

static bool among(str all, str word)
{
    for (str one; str_cut(&all, ' ', &one);)
        if (one.n > 0 && str_eq(one, word)) return true;
    return false;
}

static bool day_value(struct work *w, str given, struct where where, str *out)
{
    int64_t day;
    if (!date_parse(given, &day))
        return fault_in(w, INVALID, where, M("'%1' is not a date: write it as 2007-01-09"), given), false;
    *out = date_text(w->a, day);
    return true;
}

/* In the order of the field, each once. */
static bool words_value(struct work *w, const struct body_field *f, str given, struct where where, str *out)
{
    str rest = given, word, known = str_of(f->words);
    size_t n = 0;
    while (str_cut(&rest, ' ', &word)) {
        if (word.n == 0) continue;
        n++;
        if (!among(known, word)) return fault_in(w, INVALID, where, M("'%1' is none of: %2"), word, known), false;
    }
    if (f->sort == BODY_WORD && n > 1) return fault_in(w, INVALID, where, M("one word of: %1"), known), false;
    struct buf b = buf_in(w->a);
    while (str_cut(&known, ' ', &word)) {
        if (!among(given, word)) continue;
        if (b.n > 0) buf_byte(&b, ' ');
        buf_add(&b, word);
    }
    *out = buf_str(&b);
    return true;
}

static bool yes_value(struct work *w, str given, struct where where, str *out)
{
    static const char *const yes[] = {"1", "yes", "はい", "有"}, *const no[] = {"", "0", "no", "いいえ", "無"};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        if (str_eq(given, str_of(yes[i]))) return *out = S("1"), true;
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        if (str_eq(given, str_of(no[i]))) return *out = S("0"), true;
    return fault_in(w, INVALID, where, M("'%1' is neither yes nor no"), given), false;
}

bool body_value(struct work *w, const struct body_field *f, str given, struct where where, str *out)
{
    given = str_trim(given);
    if (given.n > BODY_TEXT_MAX)
        return fault_in(w, INVALID, where, M("longer than %1 bytes"), str_int(w->a, BODY_TEXT_MAX)), false;
    if (f->sort == BODY_YES) return yes_value(w, given, where, out);
    if (f->sort == BODY_WORD || f->sort == BODY_WORDS) return words_value(w, f, given, where, out);
    if (f->sort == BODY_DAY && given.n > 0) return day_value(w, given, where, out);
    *out = given;
    return true;
}

/* ---- shown ---- */

static str in_words(struct arena *a, enum lang lang, str value)
{
    struct buf b = buf_in(a);
    for (str word; str_cut(&value, ' ', &word);) {
        if (b.n > 0) buf_add(&b, lang == LANG_JA ? S("・") : S(", "));
        buf_add(&b, tr(lang, label_of(word)));
    }
    return buf_str(&b);
}

struct cell body_cell(struct work *w, const struct body *b, enum body_place i)
{
    str v = b->f[i];
    int64_t day;
    switch (body_fields[i].sort) {
    case BODY_YES: return C_BOOL(str_eq(v, S("1")));
    case BODY_DAY: return date_parse(v, &day) ? C_DATE(day) : C_NONE;
    case BODY_WORD: return v.n == 0 ? C_NONE : enum_words_cell(v, label_of(v));
    case BODY_WORDS:
        return v.n == 0 ? C_NONE
                        : (struct cell){.type = CELL_TEXT,
                                        .text = v,
                                        .ja = in_words(w->a, LANG_JA, v),
                                        .en = in_words(w->a, LANG_EN, v)};
    default: return text_cell(v);
    }
}
