#include "inspect/survey_set.h"

#include "base/utf8.h"
#include "format/csv.h"

enum { WHAT, CODE, TYPE, JA, EN, COLUMNS };
static const char *const required[] = {"what", "code", "type", "ja", "en", NULL};

struct reading {
    struct work *w;
    struct csv *c;
    ptrdiff_t at[COLUMNS];
    struct survey *s;
    const struct org *part; /* next below the frame */
    size_t parts;
    int64_t levels;
    bool headed;
};

static str cell(const struct reading *r, int column) { return str_trim(csv_cell(r->c, (size_t)r->at[column])); }

static struct where here(const struct reading *r, int column) { return csv_where(r->c, (size_t)r->at[column]); }

/* ---- the line that says how it is asked ---- */

static bool take_rule(struct reading *r, str rule)
{
    const str levels = S("levels=");
    if (str_eq(rule, S("own"))) r->s->own = true;
    else if (str_eq(rule, S("organisation"))) r->s->per = S("organisation");
    else if (str_eq(rule, S("service")) || str_eq(rule, S("system"))) r->s->kind = str_dup(r->w->a, rule);
    else if (!str_starts(rule, levels) || !str_to_int(str_sub(rule, levels.n, rule.n), &r->levels)) return false;
    return r->levels >= 1 && r->levels <= SURVEY_LEVELS_DEEP;
}

static void read_survey(struct reading *r)
{
    str rest = cell(r, TYPE), rule;
    while (str_cut(&rest, ' ', &rule))
        if (rule.n != 0 && !take_rule(r, rule))
            fault_in(r->w, INVALID, here(r, TYPE), M("'%1' is no rule: service, system, organisation, own, levels=1 … 16"), rule);
    r->s->set = str_dup(r->w->a, cell(r, CODE));
    r->s->title_ja = str_dup(r->w->a, cell(r, JA));
    r->s->title_en = str_dup(r->w->a, cell(r, EN));
    if (r->s->title_ja.n == 0) fault_in(r->w, INVALID, here(r, JA), M("is required"));
    r->headed = true;
}

static void read_why(struct reading *r)
{
    str why = cell(r, JA), en = cell(r, EN);
    if (utf8_letters(why) + utf8_letters(en) > SURVEY_WHY_MAX)
        fault_in(r->w, INVALID, here(r, JA), M("at most %1 letters"), str_int(r->w->a, SURVEY_WHY_MAX));
    r->s->why = en.n == 0 ? str_dup(r->w->a, why) : str_fmt(r->w->a, "%.*s\n%.*s", STR_ARG(why), STR_ARG(en));
}

/* ---- questions ---- */

static str replaced(struct arena *a, str text, str what, str by)
{
    ptrdiff_t at = str_find(text, what);
    if (at < 0) return str_dup(a, text);
    str head = str_sub(text, 0, (size_t)at), tail = str_sub(text, (size_t)at + what.n, text.n);
    return str_fmt(a, "%.*s%.*s%.*s", STR_ARG(head), STR_ARG(by), STR_ARG(tail));
}

/* "ci-power" → "ci_power": what of a code may stand in a key. */
static str key_of(struct arena *a, str code)
{
    struct buf b = buf_in(a);
    for (size_t i = 0; i < code.n && b.n < 24; i++) {
        char c = code.p[i];
        if (c >= 'A' && c <= 'Z') c = (char)(c - 'A' + 'a');
        bool letter = c >= 'a' && c <= 'z', number = c >= '0' && c <= '9';
        if (b.n == 0 && !letter) buf_byte(&b, 's');
        buf_byte(&b, letter || number ? c : '_');
    }
    return str_sub(buf_str(&b), 0, 24);
}

/* Two codes may be the same as keys. */
static str free_key(const struct reading *r, str wanted)
{
    str key = wanted;
    for (int i = 2; survey_question_of(r->s, key) != NULL; i++)
        key = str_fmt(r->w->a, "%.*s_%d", STR_ARG(utf8_head(wanted, 20)), i);
    return key;
}

static void add(struct reading *r, const struct survey_question *q)
{
    if (utf8_letters(q->text_ja) > SURVEY_TEXT_MAX || utf8_letters(q->text_en) > SURVEY_TEXT_MAX)
        fault_in(r->w, INVALID, here(r, JA), M("at most %1 letters"), str_int(r->w->a, SURVEY_TEXT_MAX));
    else if (q->text_ja.n + q->text_en.n == 0) fault_in(r->w, INVALID, here(r, JA), M("question '%1' has no words"), q->key);
    else if (survey_question_add(r->w, here(r, WHAT), r->s, q) != OK) return;
}

static void read_question(struct reading *r, bool each)
{
    struct survey_question q = {.key = str_dup(r->w->a, cell(r, CODE)), .text_ja = str_dup(r->w->a, cell(r, JA)),
                                .text_en = str_dup(r->w->a, cell(r, EN))};
    str type = str_dup(r->w->a, cell(r, TYPE));
    if (!survey_type_parse(type, &q)) {
        survey_no_type(r->w, here(r, TYPE), type);
        return;
    }
    if (!each && !survey_is_key(q.key)) {
        fault_in(r->w, INVALID, here(r, CODE), M("'%1' is no key: at most 24 small letters, digits and _, a letter first"), q.key);
        return;
    }
    if (!each && survey_question_of(r->s, q.key) != NULL) {
        fault_in(r->w, INVALID, here(r, CODE), M("the key '%1' stands twice"), q.key);
        return;
    }
    if (!each) add(r, &q);
    for (size_t i = 0; each && i < r->parts; i++) {
        const struct org *o = &r->part[i];
        struct survey_question one = q;
        one.about = o->code;
        one.key = free_key(r, key_of(r->w->a, replaced(r->w->a, q.key, S("{code}"), o->code)));
        one.text_ja = replaced(r->w->a, q.text_ja, S("{name}"), lang_pick(LANG_JA, o->name_ja, o->name_en));
        one.text_en = replaced(r->w->a, q.text_en, S("{name}"), lang_pick(LANG_EN, o->name_ja, o->name_en));
        add(r, &one);
    }
}

static void read_line(struct reading *r)
{
    str what = cell(r, WHAT);
    if (str_eq(what, S("survey"))) read_survey(r);
    else if (str_eq(what, S("why"))) read_why(r);
    else if (str_eq(what, S("each")) || str_eq(what, S("question"))) read_question(r, str_eq(what, S("each")));
    else fault_in(r->w, INVALID, here(r, WHAT), M("'%1' is no kind of line: survey why each question"), what);
}

enum err survey_set_read(struct work *w, str name, str bytes, const struct org *frame, struct survey *into, int64_t *levels)
{
    struct reading r = {.w = w, .s = into, .levels = 1};
    struct org *part;
    int64_t before = w->faults.count;
    enum err e = csv_open(w, name, bytes, CSV_DETECT, &r.c);
    if (e == OK) e = csv_shape(w, r.c, &(struct csv_shape){required, NULL}, r.at);
    if (e == OK) e = org_children(w, frame, &part, &r.parts);
    if (e != OK) return e;
    r.part = part;
    while (csv_next(r.c) && w->faults.count - before < FAULTS_SHOWN) read_line(&r);
    if ((e = csv_err(r.c)) != OK) return e;
    if (w->faults.count != before) return INVALID;
    if (!r.headed || into->n == 0)
        return fault_in(w, INVALID, ((struct where){.file = name}), M("a set of questions has a line 'survey' with its title, and questions"));
    *levels = r.levels;
    return OK;
}
