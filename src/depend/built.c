#include <stdlib.h>

#include "base/utf8.h"
#include "depend/built.h"
#include "format/csv.h"

/* ---- services ---- */

/* The name by which replies of several operators are one service. */
static str name_of(struct arena *a, const struct voice *v)
{
    return utf8_fold(a, str_trim(v->ja.n + v->en.n == 0 ? v->service : lang_pick(LANG_JA, v->ja, v->en)));
}

struct naming {
    struct arena *a;
    struct ask_group all;
    str *name;       /* of each reply */
    bool *taken;     /* by a named service */
    struct built_services *out;
    const struct voice_part *part;
    size_t begun;    /* services of this sector begin here */
};

static struct ask_group group_of(const struct naming *x)
{
    return (struct ask_group){.voice = arena_array(x->a, x->all.n + 1, sizeof(struct voice *)), .part = x->all.part, .itself = x->all.itself};
}

static void add(struct naming *x, struct ask_group g, str ja, str en, bool known)
{
    str code = utf8_head(x->part->code, CODE_MAX - 6);
    size_t number = x->out->n - x->begun + 1;
    x->out->service[x->out->n++] = (struct built_service){
        .group = g, .code = str_fmt(x->a, "%.*s-s%d", STR_ARG(code), (int)number), .ja = utf8_head(ja, MODEL_NAME_MAX),
        .en = utf8_head(en, MODEL_NAME_MAX), .known = known};
}

static bool enough(struct naming *x, const struct ask_group *g) { return ask_may_tell(g, ask_operators(x->a, g, 0, false)); }

/* One service for each name that enough operators give. */
static void add_named(struct naming *x)
{
    bool *seen = arena_array(x->a, x->all.n + 1, sizeof *seen);
    for (size_t i = 0; i < x->all.n; i++) {
        struct ask_group g = group_of(x);
        for (size_t k = i; !seen[i] && k < x->all.n; k++)
            if (str_eq(x->name[k], x->name[i])) g.voice[g.n++] = x->all.voice[k];
        for (size_t k = i; g.n != 0 && k < x->all.n; k++) seen[k] = seen[k] || str_eq(x->name[k], x->name[i]);
        if (g.n == 0 || !enough(x, &g)) continue;
        const struct voice *v = x->all.voice[i];
        bool registered = v->ja.n + v->en.n != 0;
        add(x, g, registered ? v->ja : v->service, registered ? v->en : v->service, true);
        for (size_t k = i; k < x->all.n; k++) x->taken[k] = x->taken[k] || str_eq(x->name[k], x->name[i]);
    }
}

static void add_part(struct naming *x)
{
    struct ask_group rest = group_of(x);
    size_t begun = x->begun = x->out->n;
    bool any = enough(x, &x->all);
    if (any) add_named(x);
    for (size_t i = 0; i < x->all.n; i++)
        if (!x->taken[i]) rest.voice[rest.n++] = x->all.voice[i];
    bool named = x->out->n > begun;
    if (named && rest.n == 0) return;
    if (named && enough(x, &rest)) { /* else the difference to the sector's figures would tell of them */
        add(x, rest, str_fmt(x->a, "%.*s %.*s", STR_ARG(x->part->ja), STR_ARG(tr(LANG_JA, M("its other services")))),
            str_fmt(x->a, "%.*s: %.*s", STR_ARG(x->part->en), STR_ARG(tr(LANG_EN, M("its other services")))), true);
        return;
    }
    x->out->n = begun;
    add(x, x->all, x->part->ja, x->part->en, any);
}

void built_services(struct arena *a, const struct voices *v, struct built_services *out)
{
    *out = (struct built_services){.service = arena_array(a, v->n + v->n_parts + 1, sizeof *out->service)};
    for (size_t p = 0; p < v->n_parts; p++) {
        struct naming x = {.a = a, .all = ask_sector(a, v, p), .out = out, .part = &v->part[p]};
        x.name = arena_array(a, x.all.n + 1, sizeof *x.name);
        x.taken = arena_array(a, x.all.n + 1, sizeof *x.taken);
        for (size_t i = 0; i < x.all.n; i++) x.name[i] = name_of(a, x.all.voice[i]);
        add_part(&x);
    }
}

/* ---- needs ---- */

static struct ask_step step_of(const struct voice_question *q, const struct voice_answer *x, const int32_t *per_cent)
{
    int32_t level[VOICE_TIMES];
    for (size_t i = 0; i < q->n; i++) level[i] = x->given ? per_cent[i] * (LEVEL_FULL / 100) : LEVEL_FULL;
    return ask_step(q, level);
}

static int by_lost(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

struct built_need built_need(struct arena *a, const struct voices *v, const struct ask_group *g, size_t question, enum built_level level)
{
    const struct voice_question *q = &v->question[question];
    int32_t *worst = arena_array(a, g->n + 1, sizeof *worst), *best = arena_array(a, g->n + 1, sizeof *best), lost = 0;
    tick first = TICK_NEVER, last = 0;
    for (size_t i = 0; i < g->n; i++) {
        const struct voice_answer *x = &g->voice[i]->answer[question];
        const struct ask_step s[] = {step_of(q, x, x->low), step_of(q, x, x->high)};
        worst[i] = s[0].lost;
        best[i] = s[1].lost;
        for (size_t k = 0; k < 2; k++) {
            if (s[k].lost == 0) continue;
            if (s[k].from < first) first = s[k].from;
            if (s[k].until > last) last = s[k].until;
        }
    }
    if (first == TICK_NEVER) return (struct built_need){0};
    qsort(worst, g->n, sizeof *worst, by_lost);
    qsort(best, g->n, sizeof *best, by_lost);
    if (level == BUILT_LOW) lost = worst[g->n - 1], last = first;
    else if (level == BUILT_HIGH) lost = best[0], first = last;
    else lost = (ask_median(worst, g->n) + ask_median(best, g->n) + 1) / 2;
    return (struct built_need){.lost = (uint16_t)lost, .buffer = {first, last, first == last ? SPAN_FIXED : SPAN_UNIFORM}};
}

/* ---- files ---- */

static void row(struct buf *b, const str *cell, size_t n)
{
    for (size_t i = 0; i < n; i++) csv_put_raw(b, cell[i], i == 0);
    csv_end_row(b);
}
#define ROW(b, ...) row(b, (const str[]){__VA_ARGS__}, sizeof((const str[]){__VA_ARGS__}) / sizeof(str))

static void put_services(struct arena *a, const struct voices *v, const struct built_services *s, struct buf *b)
{
    ROW(b, S("what"), S("code"), S("ja"), S("en"), S("sector"), S("weight"));
    for (size_t i = 0; i < v->n_parts; i++)
        ROW(b, S("sector"), v->part[i].code, utf8_head(v->part[i].ja, MODEL_NAME_MAX), utf8_head(v->part[i].en, MODEL_NAME_MAX), S(""), S(""));
    for (size_t i = 0; i < s->n; i++) {
        const struct built_service *x = &s->service[i];
        ROW(b, S("service"), x->code, x->ja, x->en, v->part[x->group.part].code, str_int(a, x->known ? (int64_t)x->group.n : 1));
    }
}

static bool supplies(const struct voices *v, const struct built_service *x, const struct voice_question *q)
{
    return str_eq(v->part[x->group.part].code, q->about);
}

static bool has_supplier(const struct voices *v, const struct built_services *s, const struct voice_question *q)
{
    for (size_t i = 0; i < s->n; i++)
        if (supplies(v, &s->service[i], q)) return true;
    return false;
}

static void put_need(struct arena *a, const struct voices *v, const struct built_services *s, const struct built_service *x, size_t question,
                     enum built_level level, struct buf *needs, struct buf *suppliers)
{
    const struct voice_question *q = &v->question[question];
    struct built_need n = built_need(a, v, &x->group, question, level);
    if (n.lost == 0) return;
    ROW(needs, x->code, q->about, S("share"), model_share_text(a, n.lost), model_span_text(a, &n.buffer));
    for (size_t i = 0; i < s->n; i++)
        if (supplies(v, &s->service[i], q))
            ROW(suppliers, x->code, q->about, s->service[i].code, str_int(a, s->service[i].known ? (int64_t)s->service[i].group.n : 1));
}

void built_files(struct arena *a, const struct voices *v, enum built_level level, str bytes[MODEL_PARTS])
{
    struct built_services s;
    struct buf services = buf_in(a), needs = buf_in(a), suppliers = buf_in(a);
    built_services(a, v, &s);
    put_services(a, v, &s, &services);
    ROW(&needs, S("service"), S("need"), S("rule"), S("strength"), S("buffer"));
    ROW(&suppliers, S("service"), S("need"), S("supplier"), S("weight"));
    for (size_t i = 0; i < s.n; i++)
        for (size_t q = 0; s.service[i].known && q < v->n_questions; q++) {
            const struct voice_question *question = &v->question[q];
            if (question->kind != VOICE_LEVELS || supplies(v, &s.service[i], question) || !has_supplier(v, &s, question)) continue;
            put_need(a, v, &s, &s.service[i], q, level, &needs, &suppliers);
        }
    for (int i = 0; i < MODEL_PARTS; i++) bytes[i] = (str){0};
    bytes[PART_SERVICES] = buf_str(&services);
    bytes[PART_NEEDS] = buf_str(&needs);
    bytes[PART_SUPPLIERS] = buf_str(&suppliers);
}
