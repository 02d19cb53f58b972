#include "case/kind.h"

#include <stddef.h>
#include <string.h>

#include "case/case.h"

const char *const line_words[] = {"kind", "state", "step", "field", "word", NULL};
const char *const field_types[] = {"text", "long", "date", "int", "enum", "code", "hash", NULL};
static const char *const about_words[] = {"round", "clause", "respondent", "person", NULL};
static const char *const party_words[] = {"opener", "owner", "about", NULL};

str about_name(enum about bit) { return str_of(about_words[__builtin_ctz((unsigned)bit)]); }

/* ---- lists and words ---- */

bool list_has(str list, str one)
{
    for (str item; str_cut(&list, '|', &item);)
        if (str_eq(item, one)) return true;
    return false;
}

static ptrdiff_t word_at(const char *const *words, str one)
{
    for (ptrdiff_t i = 0; words[i] != NULL; i++)
        if (str_eq(str_of(words[i]), one)) return i;
    return -1;
}

static bool is_code(str s)
{
    if (s.n == 0 || s.n > 32) return false;
    for (size_t i = 0; i < s.n; i++)
        if (strchr("abcdefghijklmnopqrstuvwxyz0123456789-_", s.p[i]) == NULL || s.p[i] == '\0') return false;
    return true;
}

const struct kind_state *kind_state(const struct kind *k, str code)
{
    for (size_t i = 0; i < k->n_states; i++)
        if (str_eq(k->states[i].code, code)) return &k->states[i];
    return NULL;
}

const struct kind_step *kind_step(const struct kind *k, str code)
{
    for (size_t i = 0; i < k->n_steps; i++)
        if (str_eq(k->steps[i].code, code)) return &k->steps[i];
    return NULL;
}

const struct kind_field *kind_field(const struct kind *k, str code)
{
    for (size_t i = 0; i < k->n_fields; i++)
        if (str_eq(k->fields[i].code, code)) return &k->fields[i];
    return NULL;
}

const struct kind_word *kind_word(const struct kind_field *f, str code)
{
    for (size_t i = 0; i < f->n_words; i++)
        if (str_eq(f->words[i].code, code)) return &f->words[i];
    return NULL;
}

bool step_stays(const struct kind *k, const struct kind_step *s)
{
    return str_eq(s->to, S("same")) && kind_state(k, s->to) == NULL;
}

/* ---- the words of rules ---- */

struct reading {
    struct work *w;
    struct kind *k;
    const struct line *line;
    struct kind_field *field; /* that `word` lines belong to */
};

static void wrong(const struct reading *r, str id, str a, str b)
{
    fault_note(r->w, INVALID, r->line->where, (const str[]){id, a, b}, 3);
}

typedef void set_fn(struct reading *, void *to, str value);

static void set_flag(struct reading *r, void *to, str value)
{
    if (value.n != 0) wrong(r, M("this word takes no value: '%1'"), value, S(""));
    *(bool *)to = true;
}

static void set_text(struct reading *r, void *to, str value)
{
    if (value.n == 0) wrong(r, M("a value is missing after '='"), S(""), S(""));
    *(str *)to = value;
}

static void set_days(struct reading *r, void *to, str value)
{
    int64_t days = 0;
    if (!str_to_int(value, &days) || days < 1 || days > 250)
        wrong(r, M("'%1' is no number of working days from 1 to 250"), value, S(""));
    *(int64_t *)to = days;
}

static void set_type(struct reading *r, void *to, str value)
{
    ptrdiff_t at = word_at(field_types, value);
    if (at < 0)
        wrong(r, M("'%1' is no type of a field: text long date int enum code hash"), value, S(""));
    else
        *(enum field_type *)to = (enum field_type)at;
}

static unsigned right_bit(str word)
{
    ptrdiff_t at = word_at(right_words, word);
    return at < 0 ? 0 : 1U << at;
}

static void set_rights(struct reading *r, void *to, str value)
{
    for (str one; str_cut(&value, '|', &one);) {
        if (right_bit(one) == 0)
            wrong(r, M("'%1' is no right: answer confirm names rates manage audit centre administer"), one, S(""));
        *(unsigned *)to |= right_bit(one);
    }
}

static void set_opens(struct reading *r, void *to, str value)
{
    (void)to;
    if (str_eq(value, S("anyone")))
        r->k->anyone_opens = true;
    else
        set_rights(r, &r->k->opens, value);
}

/* by=manage|owner|anyone: rights and persons mixed. */
static void set_by(struct reading *r, void *to, str value)
{
    struct kind_step *step = to;
    for (str one; str_cut(&value, '|', &one);) {
        ptrdiff_t party = word_at(party_words, one);
        if (str_eq(one, S("anyone")))
            step->anyone = true;
        else if (party >= 0)
            step->parties |= 1U << party;
        else
            set_rights(r, &step->right, one);
    }
}

static void set_about(struct reading *r, void *to, str value)
{
    for (str one; str_cut(&value, '|', &one);) {
        ptrdiff_t at = word_at(about_words, one);
        if (at < 0)
            wrong(r, M("a case is about: round clause respondent person; not '%1'"), one, S(""));
        else
            *(unsigned *)to |= 1U << at;
    }
}

static void set_effect(struct reading *r, void *to, str value)
{
    if (!str_eq(value, S("exception"))) wrong(r, M("there is one effect, 'exception'; not '%1'"), value, S(""));
    *(bool *)to = true;
}

static void set_required(struct reading *r, void *to, str value)
{
    struct kind_field *f = to;
    set_flag(r, &f->required, value);
    f->asked = true;
}

struct rule {
    const char *word;
    set_fn *set;
    size_t at; /* in the struct */
};
static const struct rule kind_rules[] = {
    {"open", set_opens, 0},
    {"read", set_rights, offsetof(struct kind, reads)},
    {"assign", set_rights, offsetof(struct kind, assigns)},
    {"adopt", set_rights, offsetof(struct kind, adopts)},
    {"number", set_text, offsetof(struct kind, number)},
    {"about", set_about, offsetof(struct kind, about)},
    {"must", set_about, offsetof(struct kind, must)},
    {"effect", set_effect, offsetof(struct kind, excepts)},
    {"class", set_text, offsetof(struct kind, class)},
    {"above", set_flag, offsetof(struct kind, above)},
    {"after", set_text, offsetof(struct kind, after)},
    {NULL, NULL, 0},
};
static const struct rule state_rules[] = {
    {"ended", set_flag, offsetof(struct kind_state, ended)},   {"holds", set_flag, offsetof(struct kind_state, holds)},
    {"shared", set_flag, offsetof(struct kind_state, shared)}, {"days", set_days, offsetof(struct kind_state, days)},
    {"due", set_text, offsetof(struct kind_state, due)},
    {"carries", set_flag, offsetof(struct kind_state, carries)},
    {NULL, NULL, 0},
};
static const struct rule step_rules[] = {
    {"from", set_text, offsetof(struct kind_step, from)},
    {"to", set_text, offsetof(struct kind_step, to)},
    {"by", set_by, 0},
    {"above", set_flag, offsetof(struct kind_step, above)},
    {"itself", set_flag, offsetof(struct kind_step, itself)},
    {"not", set_text, offsetof(struct kind_step, not_by)},
    {"text", set_flag, offsetof(struct kind_step, text)},
    {"aside", set_flag, offsetof(struct kind_step, aside)},
    {"at-due", set_flag, offsetof(struct kind_step, at_due)},
    {"need", set_text, offsetof(struct kind_step, need)},
    {"ask", set_text, offsetof(struct kind_step, ask)},
    {"when", set_text, offsetof(struct kind_step, when)},
    {NULL, NULL, 0},
};
static const struct rule field_rules[] = {
    {"type", set_type, offsetof(struct kind_field, type)},
    {"asked", set_flag, offsetof(struct kind_field, asked)},
    {"required", set_required, 0},
    {"personal", set_flag, offsetof(struct kind_field, personal)},
    {"public", set_flag, offsetof(struct kind_field, open)},
    {NULL, NULL, 0},
};
static const struct rule word_rules[] = {{NULL, NULL, 0}};
static const struct rule *const rules_of[LINE_WHATS] = {kind_rules, state_rules, step_rules, field_rules, word_rules};

static str rules_known(struct arena *a, const struct rule *rules)
{
    struct buf b = buf_in(a);
    for (; rules->word != NULL; rules++) buf_fmt(&b, "%s%s", b.n == 0 ? "" : " ", rules->word);
    return buf_str(&b);
}

static void read_rules(struct reading *r, void *to)
{
    const struct rule *all = rules_of[r->line->what];
    str rest = r->line->rules;
    for (str one; str_cut(&rest, ' ', &one);) {
        if (one.n == 0) continue;
        ptrdiff_t eq = str_find(one, S("="));
        str word = eq < 0 ? one : str_sub(one, 0, (size_t)eq);
        const struct rule *rule = all;
        while (rule->word != NULL && !str_eq(str_of(rule->word), word)) rule++;
        if (rule->word == NULL)
            wrong(r, M("'%1' is no rule here; there are: %2"), word, rules_known(r->w->a, all));
        else
            rule->set(r, (char *)to + rule->at, eq < 0 ? (str){"", 0} : str_sub(one, (size_t)eq + 1, one.n));
    }
}

/* ---- the lines ---- */

static void read_kind(struct reading *r)
{
    const struct line *l = r->line;
    if (r->k->code.n != 0) wrong(r, M("one file holds one kind"), S(""), S(""));
    if (l->code.n > 16)
        wrong(r, M("the code of a kind has at most 16 letters, as it stands in every number"), S(""), S(""));
    r->k->code = l->code;
    r->k->ja = l->ja;
    r->k->en = l->en;
    read_rules(r, r->k);
}

static void read_state(struct reading *r)
{
    const struct line *l = r->line;
    if (kind_state(r->k, l->code) != NULL) wrong(r, M("'%1' stands here twice"), l->code, S(""));
    if (str_eq(l->code, S("new")))
        wrong(r, M("'new' is where every case is before it is opened: choose another code"), S(""), S(""));
    struct kind_state *s = &r->k->states[r->k->n_states++];
    *s = (struct kind_state){.code = l->code, .ja = l->ja, .en = l->en};
    read_rules(r, s);
    if (s->days != 0 && s->due.n != 0) wrong(r, M("a clock runs by days or by a date, not by both"), S(""), S(""));
}

static void read_step(struct reading *r)
{
    const struct line *l = r->line;
    if (kind_step(r->k, l->code) != NULL) wrong(r, M("'%1' stands here twice"), l->code, S(""));
    if (list_has(S("open|assign|adopt|carry"), l->code))
        wrong(r, M("'%1' is what every kind has: choose another code"), l->code, S(""));
    struct kind_step *s = &r->k->steps[r->k->n_steps++];
    *s = (struct kind_step){.code = l->code, .ja = l->ja, .en = l->en};
    read_rules(r, s);
    if (s->from.n == 0 || s->to.n == 0) wrong(r, M("a step needs from= and to="), S(""), S(""));
    if (!str_eq(s->from, S("new")) && s->right == 0 && s->parties == 0 && !s->anyone)
        wrong(r, M("a step needs by=: rights, opener, owner, about or anyone"), S(""), S(""));
}

static void read_field(struct reading *r)
{
    const struct line *l = r->line;
    if (kind_field(r->k, l->code) != NULL) wrong(r, M("'%1' stands here twice"), l->code, S(""));
    struct kind_field *f = &r->k->fields[r->k->n_fields++];
    *f = (struct kind_field){.code = l->code, .ja = l->ja, .en = l->en, .help_ja = l->help_ja, .help_en = l->help_en};
    f->words = arena_array(r->w->a, CASE_LINES_MAX, sizeof *f->words);
    r->field = f;
    read_rules(r, f);
}

static void read_word(struct reading *r)
{
    const struct line *l = r->line;
    if (r->field == NULL || r->field->type != FIELD_ENUM) {
        wrong(r, M("a word stands below a field of type enum"), S(""), S(""));
        return;
    }
    if (kind_word(r->field, l->code) != NULL) wrong(r, M("'%1' stands here twice"), l->code, S(""));
    r->field->words[r->field->n_words++] = (struct kind_word){l->code, l->ja, l->en};
    read_rules(r, NULL);
}

/* ---- the whole ---- */

static void whole_number(struct reading *r)
{
    static const char *const known[] = {"{kind}", "{fy}", "{org}", "{n}"};
    struct kind *k = r->k;
    if (k->number.n == 0) k->number = S("{kind}-{fy}-{n}");
    size_t left = k->number.n;
    for (size_t i = 0; i < 4; i++)
        if (str_find(k->number, str_of(known[i])) >= 0) left -= strlen(known[i]);
    for (size_t i = 0, depth = 0; i < k->number.n; i++) {
        char c = k->number.p[i];
        depth += c == '{';
        if (c == '}' && depth > 0) depth--;
        if (depth == 0 && c != '}' && !is_code((str){&c, 1})) left = SIZE_MAX / 2;
    }
    bool plain = memchr(k->number.p, ' ', k->number.n) == NULL && left <= 16;
    if (!plain || str_find(k->number, S("{n}")) < 0)
        wrong(r,
              M("a pattern of numbers is made of {kind} {fy} {org} {n}, each once and {n} always, and a few small "
                "letters and hyphens; not '%1'"),
              k->number, S(""));
}

static void whole_states(struct reading *r)
{
    bool ends = false;
    for (size_t i = 0; i < r->k->n_states; i++) {
        const struct kind_state *s = &r->k->states[i];
        const struct kind_field *f = kind_field(r->k, s->due);
        ends = ends || s->ended;
        if (s->due.n != 0 && (f == NULL || f->type != FIELD_DATE))
            wrong(r, M("state '%1' is due on '%2', which is no field of type date"), s->code, s->due);
        if (s->ended && s->carries)
            wrong(r, M("state '%1' is an end: nothing is carried into a plan from there"), s->code, S(""));
        if (s->holds && !r->k->excepts) wrong(r, M("state '%1' holds, but the kind has no effect"), s->code, S(""));
        if (s->ended && (s->days != 0 || s->due.n != 0))
            wrong(r, M("state '%1' is an end: no clock runs there"), s->code, S(""));
    }
    if (r->k->n_states == 0 || !ends) wrong(r, M("a kind needs states, and one of them ended"), S(""), S(""));
}

static void all_fields(struct reading *r, const struct kind_step *s, str list)
{
    for (str one; str_cut(&list, '|', &one);)
        if (kind_field(r->k, one) == NULL)
            wrong(r, M("step '%1' wants a field '%2', which there is not"), s->code, one);
}

static void whole_step(struct reading *r, const struct kind_step *s)
{
    const struct kind_field *class = kind_field(r->k, r->k->class);
    str list = s->from;
    for (str one; str_cut(&list, '|', &one);)
        if (!str_eq(one, S("new")) && kind_state(r->k, one) == NULL)
            wrong(r, M("step '%1' goes from '%2', which is no state"), s->code, one);
    bool opens = list_has(s->from, S("new"));
    if (kind_state(r->k, s->to) == NULL && (opens || !step_stays(r->k, s)))
        wrong(r, M("step '%1' goes to '%2', which is no state"), s->code, s->to);
    if (s->above && s->itself)
        wrong(r, M("step '%1' is taken above the organisation or by itself, not both"), s->code, S(""));
    list = s->not_by;
    for (str one; str_cut(&list, '|', &one);)
        if (word_at(party_words, one) < 0 && kind_step(r->k, one) == NULL)
            wrong(r, M("step '%1' may not be taken by '%2': opener, owner, about, or a step"), s->code, one);
    list = s->when;
    for (str one; str_cut(&list, '|', &one);)
        if (class == NULL || kind_word(class, one) == NULL)
            wrong(r, M("step '%1' is for '%2', which is no word of the kind's class field"), s->code, one);
    all_fields(r, s, s->need);
    all_fields(r, s, s->ask);
}

static void whole_fields(struct reading *r)
{
    const struct kind *k = r->k;
    const struct kind_field *class = kind_field(k, k->class), *from = kind_field(k, S("from")),
                            *until = kind_field(k, S("until"));
    for (size_t i = 0; i < k->n_fields; i++)
        if (k->fields[i].type == FIELD_ENUM && k->fields[i].n_words == 0)
            wrong(r, M("field '%1' is an enum without words"), k->fields[i].code, S(""));
    if (k->class.n != 0 && (class == NULL || class->type != FIELD_ENUM || !class->required))
        wrong(r, M("the class '%1' has to be a field of type enum that is required"), k->class, S(""));
    bool period = from != NULL && until != NULL && from->type == FIELD_DATE && until->type == FIELD_DATE &&
                  from->required && until->required;
    if (k->excepts && (!period || !(k->must & ABOUT_CLAUSE) || !(k->about & ABOUT_RESPONDENT)))
        wrong(r, M("effect=exception needs must=clause, about=respondent and required dates 'from' and 'until'"), S(""),
              S(""));
}

static void whole_after(struct reading *r)
{
    str list = r->k->after;
    for (str one; str_cut(&list, '|', &one);)
        if (!is_code(one)) wrong(r, M("'%1' is no code of a kind of case"), one, S(""));
    if (r->k->above && r->k->anyone_opens)
        wrong(r, M("what anyone may open is not opened from above alone"), S(""), S(""));
}

static void whole(struct reading *r)
{
    struct kind *k = r->k;
    if (k->code.n == 0) wrong(r, M("a line of the kind itself is missing"), S(""), S(""));
    k->about |= k->must;
    if (k->reads == 0) wrong(r, M("a kind says who reads its cases: read="), S(""), S(""));
    if (k->opens == 0 && !k->anyone_opens) wrong(r, M("a kind says who opens a case: open="), S(""), S(""));
    if (k->assigns == 0) k->assigns = k->reads & ~(unsigned)MAY_AUDIT;
    whole_number(r);
    whole_after(r);
    whole_states(r);
    whole_fields(r);
    for (size_t i = 0; i < k->n_steps; i++) whole_step(r, &k->steps[i]);
}

enum err kind_read(struct work *w, const struct line *lines, size_t n, struct kind *out)
{
    static void (*const read[LINE_WHATS])(struct reading *) = {read_kind, read_state, read_step, read_field, read_word};
    struct kind *k = arena_alloc(w->a, sizeof *k);
    struct reading r = {.w = w, .k = k};
    if (n == 0) return fault(w, INVALID, M("the file defines nothing: it begins with a line of the kind"));
    k->states = arena_array(w->a, n, sizeof *k->states);
    k->steps = arena_array(w->a, n, sizeof *k->steps);
    k->fields = arena_array(w->a, n, sizeof *k->fields);
    for (size_t i = 0; i < n; i++) {
        r.line = &lines[i];
        if (!is_code(lines[i].code))
            wrong(&r, M("'%1' is no code of small letters, digits, - and _, at most 32"), lines[i].code, S(""));
        if (lines[i].ja.n == 0) wrong(&r, M("a Japanese name is missing"), S(""), S(""));
        read[lines[i].what](&r);
    }
    struct line last = {.where = {.file = lines[0].where.file}};
    r.line = &last;
    whole(&r);
    enum err e = work_err(w);
    if (e == OK) *out = *k;
    return e;
}

/* ---- replacing one that is in use ---- */

enum err kind_may_replace(struct work *w, const struct kind *was, const struct kind *becomes, const struct used *used)
{
    for (size_t i = 0; i < used->n_states; i++)
        if (kind_state(becomes, used->states[i]) == NULL)
            fault(w, CONFLICT, M("cases of '%1' stand in state '%2': it has to stay"), was->code, used->states[i]);
    for (size_t i = 0; i < used->n_fields; i++) {
        const struct kind_field *a = kind_field(was, used->fields[i]), *b = kind_field(becomes, used->fields[i]);
        if (b == NULL)
            fault(w, CONFLICT, M("cases of '%1' have the field '%2': it has to stay"), was->code, used->fields[i]);
        else if (a != NULL && a->type != b->type)
            fault(w, CONFLICT, M("cases of '%1' have the field '%2': its type has to stay"), was->code,
                  used->fields[i]);
        for (size_t k = 0; a != NULL && b != NULL && k < a->n_words; k++)
            if (kind_word(b, a->words[k].code) == NULL)
                fault(w, CONFLICT, M("field '%1' may have been answered '%2': the word has to stay"), a->code,
                      a->words[k].code);
    }
    bool used_at_all = used->n_states + used->n_fields != 0;
    if (used_at_all && (was->excepts != becomes->excepts || !str_eq(was->class, becomes->class)))
        fault(w, CONFLICT, M("there are cases of '%1': its effect and its class have to stay"), was->code);
    return work_err(w);
}
