#include "surface/entry.h"

#include <assert.h>

#include "base/clock.h"
#include "base/utf8.h"

/* ---- what was understood ---- */

static const struct arg *find(const struct args *in, const char *name)
{
    for (size_t i = 0; i < in->n; i++)
        if (str_eq(str_of(in->arg[i].param->name), str_of(name))) return &in->arg[i];
    return NULL;
}

bool arg_given(const struct args *in, const char *name) { return find(in, name) != NULL; }

str arg_text(const struct args *in, const char *name)
{
    const struct arg *a = find(in, name);
    return a == NULL ? (str){"", 0} : a->text;
}

int64_t arg_int(const struct args *in, const char *name)
{
    const struct arg *a = find(in, name);
    return a == NULL ? 0 : a->i;
}

const struct org *arg_org(const struct args *in, const char *name)
{
    const struct arg *a = find(in, name);
    return a == NULL ? NULL : &a->org;
}

const struct file *arg_file(const struct args *in, const char *name)
{
    const struct arg *a = find(in, name);
    return a == NULL ? NULL : &a->file;
}

size_t arg_all(const struct args *in, const char *name, const struct arg **out, size_t room)
{
    size_t n = 0;
    for (size_t i = 0; i < in->n && n < room; i++)
        if (str_eq(str_of(in->arg[i].param->name), str_of(name))) out[n++] = &in->arg[i];
    return n;
}

/* ---- tables ---- */

/* The name without the key of a MAP: "answer" of "answer.q11"; empty when a key is missing. */
static str map_name(const struct param *p, str name)
{
    if (!(p->flags & MAP)) return name;
    ptrdiff_t point = str_find(name, S("."));
    return point < 0 || (size_t)point + 1 == name.n ? (str){0} : str_sub(name, 0, (size_t)point);
}

const struct param *param_find(const struct entry *e, str name)
{
    for (const struct param *p = e->params; p != NULL && p->name != NULL; p++)
        if (str_eq(map_name(p, name), str_of(p->name))) return p;
    return NULL;
}

const struct room *room_find(str name)
{
    for (const struct room *const *r = rooms; *r != NULL; r++)
        if (str_eq(str_of((*r)->name), name)) return *r;
    return NULL;
}

const struct entry *entry_find(const struct room *room, str name)
{
    for (size_t i = 0; i < room->n_entries; i++)
        if (str_eq(str_of(room->entries[i].name), name)) return &room->entries[i];
    return NULL;
}

const struct entry *topic_next(const struct room *room, str *rest)
{
    str name;
    return str_cut(rest, ' ', &name) ? entry_find(room, name) : NULL;
}

str entry_words(struct arena *a, const struct room *room, const struct entry *e)
{
    return str_fmt(a, "%s%s%s", room->name, e->name[0] == '\0' ? "" : " ", e->name);
}

str right_phrase(unsigned bit)
{
    static const struct {
        unsigned bit;
        str words;
    } rights[] = {
        {MAY_ANSWER, N("answer one's own sheets")},
        {MAY_CONFIRM, N("confirm the unit's sheets")},
        {MAY_NAMES, N("see who answered what")},
        {MAY_RATES, N("see figures")},
        {MAY_MANAGE, N("manage rounds, people and posts")},
        {MAY_AUDIT, N("audit")},
        {MAY_CENTRE, N("act for the centre")},
        {MAY_ADMINISTER, N("administer")},
        {MAY_APPROVE, N("approve the organisation's figures")},
        {MAY_SHARE, N("exchange notices and reports")},
    };
    for (size_t i = 0; i < sizeof rights / sizeof rights[0]; i++)
        if (rights[i].bit == bit) return rights[i].words;
    return M("anyone");
}

bool entry_storeless(const struct entry *e, const struct given *given, size_t n)
{
    if (e->flags & STATELESS) return true;
    for (size_t i = 0; (e->flags & FILES_OR_STORE) && i < n; i++)
        if (given[i].file != NULL) return true;
    return false;
}

/* ---- understanding ---- */

static struct where at_param(const char *name) { return (struct where){.field = str_of(name)}; }

static bool is_made_of(str s, const char *more)
{
    if (s.n == 0 || s.n > CODE_MAX) return false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!letter && (c == '\0' || strchr(more, c) == NULL)) return false;
    }
    return true;
}
static bool is_code(str s) { return is_made_of(s, "-_./:"); }
static bool is_key(str s) { return is_made_of(s, "-_./:()"); } /* of a MAP: also numbers of clauses, 4.1.6(1)(e) */

static bool is_word_of(const char *words, str s)
{
    str rest = str_of(words), word;
    while (str_cut(&rest, ' ', &word))
        if (word.n != 0 && str_eq(word, s)) return true;
    return false;
}

static str known_names(struct arena *a, const struct entry *e)
{
    struct buf b = buf_in(a);
    for (const struct param *p = e->params; p != NULL && p->name != NULL; p++)
        buf_fmt(&b, "%s%s", b.n == 0 ? "" : ", ", p->name);
    return buf_str(&b);
}

/* A fault noted below (by access/) does not know which parameter it is about. */
static enum err name_fault(struct work *w, int64_t before, enum err err, const char *name)
{
    for (int64_t i = before; i < w->faults.count && i < FAULTS_SHOWN; i++)
        if (w->faults.first[i].where.field.n == 0) w->faults.first[i].where.field = str_of(name);
    return err;
}

static enum err read_int(struct work *w, struct arg *a)
{
    if (str_to_int(a->text, &a->i)) return OK;
    return fault_in(w, INVALID, at_param(a->param->name), M("'%1' is not a whole number"), a->text);
}

static enum err read_date(struct work *w, struct arg *a)
{
    if (date_parse(a->text, &a->i)) return OK;
    return fault_in(w, INVALID, at_param(a->param->name), M("'%1' is not a date: write it as 2007-04-23"), a->text);
}

static enum err read_enum(struct work *w, struct arg *a)
{
    if (a->text.n == 0 && a->param->flags & MAP) return OK; /* taken away again */
    if (is_word_of(a->param->words, a->text)) return OK;
    return fault_in(w, INVALID, at_param(a->param->name), M("'%1' is none of: %2"), a->text, str_of(a->param->words));
}

static enum err read_flag(struct work *w, struct arg *a)
{
    if (str_eq(a->text, S("1")) || str_eq(a->text, S("0"))) {
        a->i = a->text.p[0] == '1';
        return OK;
    }
    return fault_in(w, INVALID, at_param(a->param->name), M("takes no value"));
}

static enum err read_code(struct work *w, struct arg *a)
{
    if (is_code(a->text)) return OK;
    return fault_in(w, INVALID, at_param(a->param->name),
                    M("'%1' is not a code: letters, digits and - _ . / : only, at most 64"), a->text);
}

static enum err read_org(struct work *w, struct arg *a)
{
    enum err err = read_code(w, a);
    if (err != OK) return err;
    if (w->store == NULL)
        return fault_in(w, INVALID, at_param(a->param->name), M("on files alone there are no organisations: leave this out"));
    int64_t before = w->faults.count;
    return name_fault(w, before, org_find(w, a->text, &a->org), a->param->name);
}

static enum err read_text(struct work *w, struct arg *a)
{
    (void)w, (void)a;
    return OK;
}

static enum err (*const read_as[])(struct work *, struct arg *) = {
    [P_TEXT] = read_text, [P_INT] = read_int,   [P_DATE] = read_date, [P_ENUM] = read_enum,
    [P_FLAG] = read_flag, [P_CODE] = read_code, [P_ORG] = read_org,
};

static enum err read_value(struct work *w, const struct param *p, const struct given *g, struct arg *out)
{
    *out = (struct arg){.param = p, .text = g->text};
    if (p->flags & MAP) {
        out->key = str_sub(g->name, strlen(p->name) + 1, g->name.n);
        if (!is_key(out->key))
            return fault_in(w, INVALID, at_param(p->name),
                            M("'%1' is not a code: letters, digits and - _ . / : only, at most 64"), out->key);
    }
    if (p->type == P_FILE) {
        if (g->file == NULL) return fault_in(w, INVALID, at_param(p->name), M("a file is wanted here"));
        out->file = *g->file;
        out->text = g->file->name;
        return OK;
    }
    if (g->file != NULL) return fault_in(w, INVALID, at_param(p->name), M("no file is wanted here"));
    if (g->text.n > PARAM_BYTES_MAX)
        return fault_in(w, INVALID, at_param(p->name), M("longer than 64 KiB"));
    if (utf8_bad(g->text) != g->text.n)
        return fault_in(w, INVALID, at_param(p->name), M("not good UTF-8, or with a NUL in it"));
    return read_as[p->type](w, out);
}

static enum err unknown(struct work *w, const struct entry *e, str name)
{
    str known = known_names(w->a, e);
    struct where at = {.field = str_sub(name, 0, CODE_MAX)};
    if (known.n == 0) return fault_in(w, INVALID, at, M("there is no such parameter, nor any other"));
    return fault_in(w, INVALID, at, M("there is no such parameter; there are: %1"), known);
}

struct reading {
    struct work *w;
    struct arg *arg;
    size_t n;
    enum err err; /* of the first fault */
};

static void read_one(struct reading *r, const struct param *p, const struct given *g)
{
    struct arg a;
    enum err err = read_value(r->w, p, g, &a);
    if (r->err == OK) r->err = err;
    bool blank = (p->flags & REQUIRED) != 0 && p->type == P_TEXT && str_trim(g->text).n == 0;
    if (err == OK && blank) r->err = err = fault_in(r->w, INVALID, at_param(p->name), M("is required"));
    bool off = p->type == P_FLAG && a.i == 0;
    if (err == OK && !off) r->arg[r->n++] = a;
}

static size_t times_given(const struct given *given, size_t n, const struct param *p)
{
    size_t times = 0;
    for (size_t i = 0; i < n; i++) times += str_eq(map_name(p, given[i].name), str_of(p->name));
    return times;
}

static int by_key(const void *a, const void *b)
{
    return str_cmp((*(const struct arg *const *)a)->key, (*(const struct arg *const *)b)->key);
}

/* Two answers to one question: which of them was meant? Sorted, as there may be ten thousand. */
static enum err same_keys(struct reading *r, const struct param *p)
{
    size_t n = 0;
    const struct arg **sorted = arena_array(r->w->a, r->n + 1, sizeof *sorted);
    for (size_t i = 0; i < r->n; i++)
        if (r->arg[i].param == p) sorted[n++] = &r->arg[i];
    qsort(sorted, n, sizeof *sorted, by_key);
    for (size_t i = 1; i < n; i++) {
        if (!str_eq(sorted[i]->key, sorted[i - 1]->key)) continue;
        str name = str_fmt(r->w->a, "%s.%.*s", p->name, STR_ARG(sorted[i]->key));
        return fault_in(r->w, INVALID, (struct where){.field = name}, M("may be given only once"));
    }
    return OK;
}

/* What the whole lacks or has too much of, parameter by parameter; fallbacks go the way of any value. */
static void read_rest(struct reading *r, const struct entry *e, const struct given *given, size_t n)
{
    for (const struct param *p = e->params; p != NULL && p->name != NULL; p++) {
        size_t times = times_given(given, n, p);
        enum err err = OK;
        if (times > 1 && !(p->flags & (MANY | MAP)))
            err = fault_in(r->w, INVALID, at_param(p->name), M("may be given only once"));
        else if (times > 1 && p->flags & MAP)
            err = same_keys(r, p);
        else if (times == 0 && p->fallback != NULL)
            read_one(r, p, &(struct given){.name = str_of(p->name), .text = str_of(p->fallback)});
        else if (times == 0 && p->flags & REQUIRED)
            err = fault_in(r->w, INVALID, at_param(p->name), M("is required"));
        if (r->err == OK) r->err = err;
    }
}

static size_t count_params(const struct entry *e)
{
    size_t n = 0;
    for (const struct param *p = e->params; p != NULL && p->name != NULL; p++) n++;
    return n;
}

enum err args_parse(struct work *w, const struct entry *e, const struct given *given, size_t n, struct args *out)
{
    if (n > PARAM_VALUES_MAX) return fault(w, INVALID, M("more than 10,000 values were given"));
    struct reading r = {.w = w, .arg = arena_array(w->a, n + count_params(e), sizeof(struct arg))};
    for (size_t i = 0; i < n; i++) {
        const struct param *p = param_find(e, given[i].name);
        if (p != NULL) {
            read_one(&r, p, &given[i]);
        } else {
            enum err err = unknown(w, e, given[i].name);
            if (r.err == OK) r.err = err;
        }
    }
    read_rest(&r, e, given, n);
    if (r.err != OK) return r.err;
    *out = (struct args){r.arg, r.n};
    return OK;
}
