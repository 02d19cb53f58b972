#include "case/filled.h"

#include "base/clock.h"
#include "case/case.h"

static bool asked(const struct kind_field *f, const struct kind_step *s)
{
    if (s == NULL) return f->asked;
    return list_has(s->need, f->code) || list_has(s->ask, f->code);
}

static bool needed(const struct kind_field *f, const struct kind_step *s)
{
    return s == NULL ? f->required : list_has(s->need, f->code);
}

static struct where at_field(struct work *w, str code)
{
    return (struct where){.field = str_fmt(w->a, "field.%.*s", STR_ARG(code))};
}

static void put(struct work *w, struct item_value **v, size_t *n, str field, str value)
{
    for (size_t i = 0; i < *n; i++) {
        if (!str_eq((*v)[i].field, field)) continue;
        (*v)[i].value = value;
        return;
    }
    *v = arena_grow(w->a, *v, *n * sizeof **v, (*n + 1) * sizeof **v);
    (*v)[(*n)++] = (struct item_value){.field = field, .value = value};
}

static void take_one(struct work *w, const struct kind *k, const struct kind_step *s, const struct arg *given,
                     struct item_value **v, size_t *n)
{
    const struct kind_field *f = kind_field(k, given->key);
    str value;
    if (f == NULL)
        fault_in(w, INVALID, at_field(w, given->key),
                 M("a case of '%1' has no such field: `meguri case fields` lists them"), k->code);
    else if (!asked(f, s) && str_trim(given->text).n != 0)
        fault_in(w, INVALID, at_field(w, given->key), M("this field is not filled in here"));
    else if (asked(f, s) && field_check(w, f, given->text, &value) == OK)
        put(w, v, n, f->code, value);
}

/* A period ends after it begins, in any kind that has one. */
static void check_period(struct work *w, const struct item_value *v, size_t n)
{
    int64_t from, until;
    if (!date_parse(value_in(v, n, S("from")), &from) || !date_parse(value_in(v, n, S("until")), &until)) return;
    if (until < from) fault_in(w, INVALID, at_field(w, S("until")), M("the period ends before it begins"));
}

enum err case_fields_take(struct work *w, const struct kind *k, const struct kind_step *s, const struct args *in,
                     struct item_value **v, size_t *n)
{
    const struct arg **all = arena_array(w->a, in->n + 1, sizeof *all);
    size_t given = arg_all(in, "field", all, in->n);
    int64_t before = w->faults.count;
    for (size_t i = 0; i < given; i++) take_one(w, k, s, all[i], v, n);
    for (size_t i = 0; i < k->n_fields; i++) {
        const struct kind_field *f = &k->fields[i];
        if (needed(f, s) && value_in(*v, *n, f->code).n == 0 && w->faults.count == before)
            fault_in(w, INVALID, at_field(w, f->code), M("is required"));
    }
    check_period(w, *v, *n);
    return w->faults.count == before ? OK : INVALID;
}

enum err case_fields_store(struct work *w, int64_t item, const struct item_value *v, size_t n)
{
    enum err e = OK;
    for (size_t i = 0; e == OK && i < n; i++) e = value_put(w, item, v[i].field, v[i].value);
    return e;
}

enum err text_check(struct work *w, const char *name, str text, size_t most)
{
    if (text.n <= most) return OK;
    return fault_in(w, INVALID, ((struct where){.field = str_of(name)}), M("longer than %1 bytes"),
                    str_int(w->a, (int64_t)most));
}
