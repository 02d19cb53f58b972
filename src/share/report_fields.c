/* The fields of a report and how a value of each is checked. Types of events and groups of causes follow the form of
 * the published figures (サイバーセキュリティ2024 別添5; 情報共有の手引書): several causes may be named, one type of event. */
#include "share/report_fields.h"

#include <assert.h>
#include <string.h>

#include "base/clock.h"
#include "base/utf8.h"
#include "share/marking.h"

enum { LINE = 200, TEXT_LONG = 8000, PEOPLE_MAX = 1000000000 };

#define EVENT_WORDS "near-miss confidentiality integrity availability malware-infection malicious-code intrusion other"
#define CAUSE_WORDS                                                                                                      \
    "suspicious-mail false-identity flood theft insider neglect misuse mismanagement file-run site-visited contractor"   \
    " equipment weakness other-sector disaster other unknown"

const struct report_field report_fields[] = {
    {"title", FIELD_TEXT, NULL, N("Subject: what has happened"), N("in one line, without names of persons"), true, true,
     LINE},
    {"begun", FIELD_TIME, NULL, N("Since when"), N("in Japan; when it was noticed, if nobody knows when it began"),
     true, false, 0},
    {"event", FIELD_CHOICE, EVENT_WORDS, N("Type of event"), N("what comes nearest; it can be changed in a follow-up"),
     true, true, 0},
    {"service", FIELD_TEXT, NULL, N("Service concerned"),
     N("as its users call it, such as transfers by Internet banking"), true, false, LINE},
    {"stopped", FIELD_CHOICE, "whole part slow none unknown", N("The service now"), S_INIT(""), true, false, 0},
    {"ground", FIELD_CHOICE, "law exceptional voluntary", N("Ground of the report"),
     N("by law: a law or ordinance demands it; exceptional: you judge it so grave that the centre should know at once"),
     true, true, 0},
    {"tlp", FIELD_CHOICE, "clear green amber amber+strict red", N("How far it may go"),
     N("your CEPTOAR reads it up to TLP:AMBER; your ministry, and the centre when it is passed on, always"), true,
     false, 0},
    {"not_supervision", FIELD_FLAG, NULL, N("Not to be used for supervision"), N("shown to everybody who reads it"),
     true, false, 0},
    {"summary", FIELD_LONG, NULL, N("What is known so far"), N("a few sentences; what is not known yet may follow"),
     false, false, TEXT_LONG},
    {"causes", FIELD_CHOICES, CAUSE_WORDS, N("Causes"), N("several may be named"), false, false, 0},
    {"cause_text", FIELD_LONG, NULL, N("More on the causes"), S_INIT(""), false, false, TEXT_LONG},
    {"verification", FIELD_LEVEL, NULL, N("Service level that should hold, in percent"),
     N("the verification level; 100 where the service should never be less"), false, false, 1000},
    {"level", FIELD_LEVEL, NULL, N("Lowest service level, in percent"),
     N("0: nothing works; below the level that should hold it counts as an IT failure"), false, false, 1000},
    {"spread", FIELD_CHOICE, "none possible reached unknown", N("Spread to others"),
     N("to other operators, sectors or clients"), false, false, 0},
    {"spread_text", FIELD_LONG, NULL, N("To whom, and how"), S_INIT(""), false, false, TEXT_LONG},
    {"affected", FIELD_INT, NULL, N("People or customers affected"), N("an estimate will do"), false, false,
     PEOPLE_MAX},
    {"response", FIELD_LONG, NULL, N("What is being done"), S_INIT(""), false, false, TEXT_LONG},
    {"recovered", FIELD_TIME, NULL, N("Recovered at"), N("empty while it goes on"), false, false, 0},
    {"contact", FIELD_TEXT, NULL, N("Whom to ask"), N("a desk and its number, for those who hold this report"), false,
     false, LINE},
    {"police", FIELD_CHOICE, "no consulted reported", N("Police"), S_INIT(""), false, false, 0},
    {"law", FIELD_TEXT, NULL, N("Report demanded by"), N("law or ordinance and article, where the ground is a law"),
     false, false, LINE},
};
const size_t n_report_fields = sizeof report_fields / sizeof *report_fields;
static_assert(sizeof report_fields / sizeof *report_fields <= REPORT_FIELDS_MAX, "a value of each fits");

const struct report_field *report_field_of(str key)
{
    for (size_t i = 0; i < n_report_fields; i++)
        if (str_eq(key, str_of(report_fields[i].key))) return &report_fields[i];
    return NULL;
}

/* ---- words ---- */

const char *const event_words[EVENTS] = {"near-miss",         "confidentiality", "integrity", "availability",
                                         "malware-infection", "malicious-code",  "intrusion", "other"};

bool event_parse(str word, enum event *out)
{
    for (int i = 0; i < EVENTS; i++) {
        if (!str_eq(word, str_of(event_words[i]))) continue;
        *out = (enum event)i;
        return true;
    }
    return false;
}

static str event_label(enum event e)
{
    static const str labels[EVENTS] = {N("sign or near miss, nothing happened yet"),
                                       N("confidentiality: information leaked"),
                                       N("integrity: information destroyed or altered"),
                                       N("availability: systems hard to use"),
                                       N("infection with malware"),
                                       N("malicious code run"),
                                       N("intrusion into systems"),
                                       N("another event that leads to these")};
    return labels[e];
}

struct choice_said {
    const char *field, *code;
    str label;
};
static const struct choice_said choices[] = {
    {"stopped", "whole", N("all of it has stopped")},
    {"stopped", "part", N("part of it has stopped")},
    {"stopped", "slow", N("it goes on, with less")},
    {"stopped", "none", N("it goes on as always")},
    {"stopped", "unknown", N("not known yet")},
    {"ground", "law", N("a law or ordinance demands it")},
    {"ground", "exceptional", N("of exceptional gravity, as the operator judges")},
    {"ground", "voluntary", N("of its own accord")},
    {"causes", "suspicious-mail", N("intended: suspicious mail received")},
    {"causes", "false-identity", N("intended: false identity used")},
    {"causes", "flood", N("intended: mass of requests (DoS)")},
    {"causes", "theft", N("intended: information taken without right")},
    {"causes", "insider", N("intended: by somebody inside")},
    {"causes", "neglect", N("intended: systems not operated as they should be")},
    {"causes", "misuse", N("by chance: mistake in use")},
    {"causes", "mismanagement", N("by chance: mistake in administration")},
    {"causes", "file-run", N("by chance: suspicious file run")},
    {"causes", "site-visited", N("by chance: suspicious site visited")},
    {"causes", "contractor", N("by chance: mistake of a contractor")},
    {"causes", "equipment", N("by chance: equipment failed")},
    {"causes", "weakness", N("by chance: weakness of a system")},
    {"causes", "other-sector", N("by chance: failure of another sector")},
    {"causes", "disaster", N("surroundings: disaster or disease")},
    {"causes", "other", N("another cause of a failure")},
    {"causes", "unknown", N("cause not known")},
    {"spread", "none", N("none so far")},
    {"spread", "possible", N("it may spread")},
    {"spread", "reached", N("others are affected")},
    {"spread", "unknown", N("not known yet")},
    {"police", "no", N("the police were not consulted")},
    {"police", "consulted", N("the police were consulted")},
    {"police", "reported", N("reported to the police")},
};

str report_choice_label(const struct report_field *f, str code)
{
    enum event e;
    enum tlp t;
    if (strcmp(f->key, "event") == 0 && event_parse(code, &e)) return event_label(e);
    if (strcmp(f->key, "tlp") == 0 && tlp_parse(code, &t)) return tlp_label(t);
    for (size_t i = 0; i < sizeof choices / sizeof *choices; i++)
        if (strcmp(choices[i].field, f->key) == 0 && str_eq(code, str_of(choices[i].code))) return choices[i].label;
    return code;
}

/* ---- values ---- */

static bool has_word(const char *words, str word)
{
    str rest = str_of(words), w;
    while (str_cut(&rest, ' ', &w))
        if (str_eq(w, word)) return true;
    return false;
}

/* 9:30, 09:30, 09:30:15; empty is midnight. */
static bool clock_of(str s, int64_t *seconds)
{
    int64_t part[3] = {0}, most[3] = {23, 59, 59};
    str rest = s, piece;
    size_t n = 0;
    while (str_cut(&rest, ':', &piece)) {
        if (n == 3 || piece.n == 0 || piece.n > 2 || !str_to_int(piece, &part[n]) || part[n] < 0 || part[n] > most[n])
            return false;
        n++;
    }
    *seconds = part[0] * 3600 + part[1] * 60 + part[2];
    return s.n == 0 || n >= 2;
}

bool report_moment(str s, int64_t *out)
{
    str day, clock = str_trim(s);
    int64_t days, seconds;
    if (time_parse(clock, out)) return true;
    if (!str_cut(&clock, memchr(clock.p == NULL ? "" : clock.p, 'T', clock.n) != NULL ? 'T' : ' ', &day)) return false;
    if (!date_parse(day, &days) || !clock_of(str_trim(clock), &seconds)) return false;
    *out = days * DAY + seconds - JAPAN;
    return true;
}

bool report_level(str s, int64_t *out)
{
    str whole, part;
    int64_t a, b = 0;
    if (s.n == 0 || !str_cut(&s, '.', &whole) || whole.n == 0 || whole.n > 3 || !str_to_int(whole, &a)) return false;
    if (whole.p[0] == '+' || whole.p[0] == '-') return false;
    part = s;
    if (part.n > 1 || (part.n == 1 && (part.p[0] < '0' || part.p[0] > '9'))) return false;
    if (part.n == 1) b = part.p[0] - '0';
    if (a * 10 + b > 1000) return false;
    *out = a * 10 + b;
    return true;
}

static enum err bad(struct work *w, struct where at, str id, str a, str b)
{
    return fault_note(w, INVALID, at, (const str[]){id, a, b}, 3);
}

/* Full-width digits, commas of thousands and signs of percent, as people type them. */
static str digits_of(struct work *w, str given)
{
    struct buf b = buf_in(w->a);
    str s = utf8_fold(w->a, given);
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != ',' && s.p[i] != '%' && s.p[i] != ' ') buf_byte(&b, s.p[i]);
    return buf_str(&b);
}

static enum err one_choice(struct work *w, const struct report_field *f, str v, struct where at, str *out)
{
    enum tlp t;
    if (strcmp(f->key, "tlp") == 0) {
        if (!tlp_parse(v, &t)) return bad(w, at, M("'%1' is none of: %2"), v, str_of(f->words));
        *out = tlp_word(t);
        return OK;
    }
    if (!has_word(f->words, v)) return bad(w, at, M("'%1' is none of: %2"), v, str_of(f->words));
    *out = v;
    return OK;
}

static enum err many_choices(struct work *w, const struct report_field *f, str v, struct where at, str *out)
{
    struct buf b = buf_in(w->a);
    str rest = str_of(f->words), word, given = v, g;
    while (str_cut(&given, ' ', &g))
        if (g.n != 0 && !has_word(f->words, g)) return bad(w, at, M("'%1' is none of: %2"), g, str_of(f->words));
    while (str_cut(&rest, ' ', &word)) { /* each once, in the order of the form */
        if (!has_word(str_c(w->a, v), word)) continue;
        if (b.n != 0) buf_byte(&b, ' ');
        buf_add(&b, word);
    }
    *out = buf_str(&b);
    return OK;
}

static enum err moment(struct work *w, str v, struct where at, str *out)
{
    int64_t t;
    if (!report_moment(v, &t))
        return bad(w, at, M("'%1' is not a time: write it as 2026-04-01 09:30 (of Japan)"), v, S(""));
    /* clocks differ by minutes */
    if (t > w->now + 600) return bad(w, at, M("'%1' lies ahead: this is about what has happened"), v, S(""));
    *out = time_text(w->a, t);
    return OK;
}

static enum err number(struct work *w, const struct report_field *f, str v, struct where at, str *out)
{
    int64_t n;
    str s = digits_of(w, v);
    if (f->sort == FIELD_LEVEL) {
        if (!report_level(s, &n))
            return bad(w, at, M("'%1' is no share from 0 to 100 with one decimal at most"), v, S(""));
        *out = n % 10 == 0 ? str_int(w->a, n / 10) : str_fmt(w->a, "%d.%d", (int)(n / 10), (int)(n % 10));
        return OK;
    }
    if (!str_to_int(s, &n) || n < 0 || n > f->max)
        return bad(w, at, M("'%1' is not a whole number from 0 to %2"), v, str_int(w->a, f->max));
    *out = str_int(w->a, n);
    return OK;
}

/* Lines end alike, whoever's browser sent them. */
static enum err words_given(struct work *w, const struct report_field *f, str v, struct where at, str *out)
{
    struct buf b = buf_in(w->a);
    if (v.n > (size_t)f->max) return bad(w, at, M("longer than %1 bytes"), str_int(w->a, f->max), S(""));
    for (size_t i = 0; i < v.n; i++) {
        if (v.p[i] == '\r') continue;
        buf_byte(&b, f->sort == FIELD_TEXT && v.p[i] == '\n' ? ' ' : v.p[i]);
    }
    *out = buf_str(&b);
    return OK;
}

enum err report_value_at(struct work *w, const struct report_field *f, str given, struct where at, str *out)
{
    str v = str_trim(given);
    if (v.n == 0) {
        *out = (str){"", 0};
        return OK;
    }
    switch (f->sort) {
    case FIELD_CHOICE: return one_choice(w, f, v, at, out);
    case FIELD_CHOICES: return many_choices(w, f, v, at, out);
    case FIELD_TIME: return moment(w, v, at, out);
    case FIELD_INT:
    case FIELD_LEVEL: return number(w, f, v, at, out);
    case FIELD_FLAG:
        if (!str_eq(v, S("1")) && !str_eq(v, S("0")))
            return bad(w, at, M("'%1' is neither 1 (yes) nor 0 (no)"), v, S(""));
        *out = str_eq(v, S("1")) ? v : (str){"", 0};
        return OK;
    default: return words_given(w, f, v, at, out);
    }
}

enum err report_value(struct work *w, const struct report_field *f, str given, str *out)
{
    return report_value_at(w, f, given, (struct where){.field = str_fmt(w->a, "field.%s", f->key)}, out);
}
