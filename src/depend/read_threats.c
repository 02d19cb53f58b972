/* Crews and threats. What threats look for is noted before the services are read, and found while they pass. */
#include <stdlib.h>
#include <string.h>

#include "depend/read.h"

const char *const threat_cause_codes[] = {"cyber", "unintentional", "disaster", NULL};

/* ---- crews ---- */

enum { C_CODE, C_JA, C_EN, C_NUMBER };
static const struct csv_shape crew_shape = {(const char *const[]){"crew", NULL}, (const char *const[]){"ja", "en", "number", NULL}};

static void crew_row(struct reading *r, struct table *t, struct net_crew *crew)
{
    str code;
    int64_t number = 1;
    uint32_t i = r->m->net.n_crews;
    if (!table_code(t, C_CODE, &code)) return;
    r->crew_code[i] = code = table_kept(t, code);
    if (read_codes_add(&r->crews, i) != i) {
        table_fault(t, C_CODE, M("crew '%1' stands in this file twice"), S(""));
        return;
    }
    table_number(t, C_NUMBER, 1, MODEL_WEIGHT_MAX, &number);
    r->m->crew[i] = (struct model_crew){code, table_name(t, C_JA, code, MODEL_NAME_MAX), table_name(t, C_EN, code, MODEL_NAME_MAX)};
    crew[i].number = (uint32_t)number;
    r->m->net.n_crews++;
}

enum err read_crews(struct reading *r)
{
    struct table t;
    const struct file *f = &r->files->file[PART_CREWS];
    size_t most = f->name.n == 0 ? 0 : rows_at_most(f->bytes);
    if (most > MODEL_CREWS_MAX + 1)
        return fault_in(r->w, INVALID, ((struct where){.file = f->name}), M("more than %1 crews"), str_int(r->w->a, MODEL_CREWS_MAX));
    r->crew_code = arena_array(r->t, most + 1, sizeof *r->crew_code);
    r->crews = read_codes_new(r->t, most + 1, r->crew_code);
    if (f->name.n == 0) return OK;
    enum err e = table_open(r->w, f, &crew_shape, &t);
    if (e != OK) return e;
    struct net_crew *crew = arena_array(r->w->a, most + 1, sizeof *crew);
    r->m->crew = arena_array(r->w->a, most + 1, sizeof *r->m->crew);
    while (csv_next(t.csv)) crew_row(r, &t, crew);
    r->m->net.crew = crew;
    return csv_err(t.csv);
}

/* ---- threats ---- */

enum {
    CODE, CAUSE, HITS, JA, EN, CHANCE, DRAW, LEVEL, LASTS, REPAIR, EMPTIES, FAILURE_JA, FAILURE_EN, CONTINUITY_JA, CONTINUITY_EN, SOURCE_JA,
    SOURCE_EN
};
static const struct csv_shape threat_shape = {
    (const char *const[]){"code", "cause", "hits", NULL},
    (const char *const[]){"ja", "en", "chance", "draw", "level", "lasts", "repair", "empties", "failure_ja", "failure_en", "continuity_ja",
                          "continuity_en", "source_ja", "source_en", NULL}};
enum { REPAIR_PERCENT_MAX = 10000 };

static bool selects(str s)
{
    static const char *const kinds[] = {"tag:", "site:", "service:", "sector:"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_starts(s, str_of(kinds[i])) && s.n > strlen(kinds[i])) return true;
    return false;
}

static void selectors_of(struct reading *r, const struct table *t, str hits)
{
    size_t n = 0;
    if (hits.n == 0) table_fault(t, HITS, M("whom it hits is wanted here: tag:X, site:X, service:X or sector:X, parted by blanks"), S(""));
    for (str s; str_cut(&hits, ' ', &s);) {
        if (s.n == 0) continue;
        if (!selects(s)) table_fault(t, HITS, M("'%2' is no selector: tag:X, site:X, service:X or sector:X, parted by blanks"), str_sub(s, 0, 80));
        if (n++ == MODEL_TAGS_MAX) {
            table_fault(t, HITS, M("more than %2 selectors"), str_int(t->w->a, MODEL_TAGS_MAX));
            return;
        }
        r->selector_text[r->n_selectors] = s;
        if (read_codes_add(&r->selectors, r->n_selectors) == r->n_selectors) r->n_selectors++;
    }
}

static bool cause_of(const struct table *t, enum threat_cause *out)
{
    for (int i = 0; i < CAUSES; i++) {
        if (!str_eq(table_cell(t, CAUSE), str_of(threat_cause_codes[i]))) continue;
        *out = (enum threat_cause)i;
        return true;
    }
    table_fault(t, CAUSE, M("'%1' is none of: %2"), S("cyber, unintentional, disaster"));
    return false;
}

static struct strike strike_of(const struct table *t, enum threat_cause cause, uint32_t number)
{
    int64_t repair = 100;
    str draw = table_cell(t, DRAW);
    struct strike s = {.cause = number, .chance = LEVEL_FULL, .lasts = TICK_NEVER, .together = cause == CAUSE_CYBER};
    table_share(t, CHANCE, &s.chance);
    table_share(t, LEVEL, &s.level);
    table_time(t, LASTS, &s.lasts);
    table_yes(t, EMPTIES, &s.empties);
    table_number(t, REPAIR, 0, REPAIR_PERCENT_MAX, &repair);
    s.repair_percent = (uint32_t)repair;
    if (draw.n != 0) s.together = str_eq(draw, S("together"));
    if (draw.n != 0 && !s.together && !str_eq(draw, S("each"))) table_fault(t, DRAW, M("'%1' is none of: %2"), S("together, each"));
    return s;
}

static bool threat_known(const struct model *m, str code)
{
    for (size_t i = 0; i < m->n_threats; i++)
        if (str_eq(m->threat[i].code, code)) return true;
    return false;
}

static void threat_row(struct reading *r, struct table *t)
{
    str code;
    enum threat_cause cause = CAUSE_CYBER;
    struct model *m = r->m;
    if (!table_code(t, CODE, &code) || !cause_of(t, &cause)) return;
    if (threat_known(m, code)) {
        table_fault(t, CODE, M("threat '%1' stands in this file twice"), S(""));
        return;
    }
    code = table_kept(t, code);
    str hits = table_kept(t, table_cell(t, HITS));
    r->threat_row[m->n_threats] = csv_row(t->csv);
    m->threat[m->n_threats] = (struct model_threat){
        .code = code, .cause = cause, .hits = hits, .strike = strike_of(t, cause, (uint32_t)m->n_threats),
        .ja = table_name(t, JA, code, MODEL_NAME_MAX), .en = table_name(t, EN, code, MODEL_NAME_MAX),
        .failure_ja = table_name(t, FAILURE_JA, S(""), MODEL_TEXT_MAX), .failure_en = table_name(t, FAILURE_EN, S(""), MODEL_TEXT_MAX),
        .continuity_ja = table_name(t, CONTINUITY_JA, S(""), MODEL_TEXT_MAX),
        .continuity_en = table_name(t, CONTINUITY_EN, S(""), MODEL_TEXT_MAX),
        .source_ja = table_name(t, SOURCE_JA, S(""), MODEL_TEXT_MAX), .source_en = table_name(t, SOURCE_EN, S(""), MODEL_TEXT_MAX)};
    m->n_threats++;
    selectors_of(r, t, hits);
}

enum err read_threats(struct reading *r)
{
    struct table t;
    const struct file *f = &r->files->file[PART_THREATS];
    if (f->name.n == 0) return OK;
    enum err e = table_open(r->w, f, &threat_shape, &t);
    if (e != OK) return e;
    size_t most = rows_at_most(f->bytes);
    if (most > MODEL_THREATS_MAX + 1)
        return fault_in(r->w, INVALID, ((struct where){.file = f->name}), M("more than %1 threats"), str_int(r->w->a, MODEL_THREATS_MAX));
    r->m->threat = arena_array(r->w->a, most, sizeof *r->m->threat);
    r->threat_row = arena_array(r->t, most, sizeof *r->threat_row);
    r->selector_text = arena_array(r->t, most * MODEL_TAGS_MAX + 1, sizeof *r->selector_text);
    r->selectors = read_codes_new(r->t, most * MODEL_TAGS_MAX + 1, r->selector_text);
    while (csv_next(t.csv)) threat_row(r, &t);
    r->selector = arena_array(r->t, r->n_selectors + 1, sizeof *r->selector);
    return csv_err(t.csv);
}

uint32_t selector_known(const struct reading *r, const char *kind, str what)
{
    char text[MODEL_NAME_MAX + 16];
    size_t n = strlen(kind);
    if (r->n_selectors == 0 || what.n > MODEL_NAME_MAX) return NET_NONE;
    memcpy(text, kind, n);
    text[n++] = ':';
    memcpy(text + n, what.p, what.n);
    return read_codes_find(&r->selectors, (str){text, n + what.n});
}

/* ---- whom they hit ---- */

struct hits {
    uint32_t *service;
    size_t n, room;
};

static void hit(struct reading *r, struct hits *h, const uint32_t *service, size_t n)
{
    for (size_t i = 0; i < n && h->n <= MODEL_HITS_MAX; i++) {
        h->service = arena_more(r->t, h->service, h->n, &h->room, sizeof *h->service);
        h->service[h->n++] = service[i];
    }
}

static void hit_sector(struct reading *r, struct hits *h, uint32_t sector)
{
    const struct net *net = &r->m->net;
    for (uint32_t i = 0; sector != NET_NONE && i < net->n_services; i++)
        if (net->service[i].sector == sector) hit(r, h, &i, 1);
}

static bool select_one(struct reading *r, struct hits *h, str s)
{
    size_t before = h->n, colon = (size_t)str_find(s, S(":"));
    str what = str_sub(s, colon + 1, s.n);
    if (str_starts(s, S("service:"))) {
        uint32_t i = read_codes_find(&r->by_code, what);
        if (i != NET_NONE) hit(r, h, &i, 1);
    } else if (str_starts(s, S("sector:"))) {
        hit_sector(r, h, read_codes_find(&r->sectors, what));
    } else {
        uint32_t i = read_codes_find(&r->selectors, s);
        if (i != NET_NONE) hit(r, h, r->selector[i].service, r->selector[i].n);
    }
    return h->n > before;
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static void hits_of(struct reading *r, size_t threat, struct hits *h)
{
    struct model_threat *x = &r->m->threat[threat];
    struct where at = {.file = r->files->file[PART_THREATS].name, .row = r->threat_row[threat], .field = S("hits")};
    str rest = x->hits;
    h->n = 0;
    for (str s; str_cut(&rest, ' ', &s);)
        if (s.n != 0 && !select_one(r, h, s)) fault_in(r->w, INVALID, at, M("'%1' hits no service of this model"), s);
    if (h->n != 0) qsort(h->service, h->n, sizeof *h->service, by_number);
    uint32_t *to = arena_array(r->w->a, h->n + 1, sizeof *to);
    uint32_t n = 0;
    for (size_t i = 0; i < h->n; i++)
        if (n == 0 || to[n - 1] != h->service[i]) to[n++] = h->service[i];
    x->strike.service = to;
    x->strike.n = n;
}

enum err read_hits(struct reading *r)
{
    struct hits h = {0};
    size_t sum = 0;
    for (size_t i = 0; i < r->m->n_threats; i++) {
        hits_of(r, i, &h);
        sum += h.n;
        if (sum > MODEL_HITS_MAX)
            return fault_in(r->w, INVALID, ((struct where){.file = r->files->file[PART_THREATS].name}),
                            M("together the threats hit more than %1 services"), str_int(r->w->a, MODEL_HITS_MAX));
    }
    return reading_ok(r) ? OK : INVALID;
}
