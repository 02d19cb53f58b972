/* Services and sectors: one pass, a row at a time, into arrays sized by the number of lines. */
#include <string.h>

#include "depend/read.h"

enum {
    CODE, WHAT, JA, EN, SECTOR, ORG, SITE, TAGS, WEIGHT, LEVEL, VERIFICATION, BLACK_START, DEMAND, VALUE, FAILS, DETECT, REPAIR, CREW, PRIORITY
};
static const char *const required[] = {"code", NULL};
static const char *const optional[] = {"what", "ja", "en", "sector", "org", "site", "tags", "weight", "level", "verification", "black_start",
                                       "demand", "value", "fails", "detect", "repair", "crew", "priority", NULL};
static const struct csv_shape shape = {required, optional};
static const int of_services_alone[] = {SECTOR, ORG, SITE, TAGS, WEIGHT, LEVEL, BLACK_START, DEMAND, FAILS, DETECT, REPAIR, CREW, PRIORITY};

enum { VERIFY_OF_SECTOR = UINT16_MAX, PROFILE_SLOTS = 2048, HOURS = 24 };

/* ---- sectors ---- */

static uint32_t sector_by_code(struct reading *r, str code)
{
    uint32_t i = read_codes_find(&r->sectors, code);
    if (i != NET_NONE) return i;
    i = r->m->net.n_sectors;
    if (i == MODEL_SECTORS_MAX) return NET_NONE;
    r->m->net.n_sectors++;
    r->m->sector[i] = (struct model_sector){.code = code, .ja = code, .en = code, .verify = LEVEL_FULL};
    r->sector_code[i] = code;
    return read_codes_add(&r->sectors, i);
}

static void too_many_sectors(const struct table *t, int column)
{
    table_fault(t, column, M("'%1' is one sector more than the %2 that a model may have"), str_int(t->w->a, MODEL_SECTORS_MAX));
}

static void sector_row(struct reading *r, struct table *t, bool *given)
{
    str code;
    if (!table_code(t, CODE, &code)) return;
    uint32_t i = sector_by_code(r, table_kept(t, code));
    if (i == NET_NONE) {
        too_many_sectors(t, CODE);
        return;
    }
    if (given[i]) table_fault(t, CODE, M("sector '%1' stands in this file twice"), S(""));
    given[i] = true;
    struct model_sector *s = &r->m->sector[i];
    s->ja = table_name(t, JA, s->code, MODEL_NAME_MAX);
    s->en = table_name(t, EN, s->code, MODEL_NAME_MAX);
    table_share(t, VERIFICATION, &s->verify);
    table_number(t, VALUE, 0, MODEL_VALUE_MAX, &s->value);
    for (size_t k = 0; k < sizeof of_services_alone / sizeof *of_services_alone; k++)
        if (table_cell(t, of_services_alone[k]).n != 0)
            table_fault(t, of_services_alone[k], M("'%1' is of services alone: leave it empty in the row of a sector"), S(""));
}

static uint32_t sector_of(struct reading *r, struct table *t)
{
    str code = S("all");
    bool given = table_cell(t, SECTOR).n != 0;
    if (given && !table_code(t, SECTOR, &code)) return 0;
    uint32_t known = read_codes_find(&r->sectors, code);
    if (known != NET_NONE) return known;
    uint32_t i = sector_by_code(r, table_kept(t, code));
    if (i == NET_NONE) too_many_sectors(t, SECTOR);
    else if (!given) r->m->sector[i].ja = S("全体");
    return i == NET_NONE ? 0 : i;
}

/* ---- demand over the day ---- */

static bool demand_read(str s, struct net_profile *out)
{
    int64_t x, sum = 0;
    size_t n = 0;
    for (str piece; str_cut(&s, ' ', &piece);) {
        if (piece.n == 0) continue;
        if (n == HOURS || !str_to_int(piece, &x) || x < 0 || x > UINT16_MAX) return false;
        out->hour[n++] = (uint16_t)x;
        sum += x;
    }
    return n == HOURS && sum > 0;
}

static uint32_t profile_of(struct reading *r, const struct table *t)
{
    struct net_profile p = {0};
    str s = table_cell(t, DEMAND);
    if (s.n == 0) return NET_NONE;
    if (!demand_read(s, &p)) {
        table_fault(t, DEMAND, M("demand is 24 whole numbers from 0 to 65535 parted by blanks, not all of them 0: '%1'"), S(""));
        return NET_NONE;
    }
    uint64_t hash = str_hash((str){(const char *)&p, sizeof p}) >> 32;
    for (uint32_t i = (uint32_t)hash % PROFILE_SLOTS;; i = (i + 1) % PROFILE_SLOTS) {
        uint32_t at = r->profile_slot[i];
        if (at != 0 && memcmp(&r->profile[at - 1], &p, sizeof p) == 0) return at - 1;
        if (at != 0) continue;
        if (r->n_profiles == MODEL_PROFILES_MAX) {
            table_fault(t, DEMAND, M("more than %2 different demands over the day"), str_int(t->w->a, MODEL_PROFILES_MAX));
            return NET_NONE;
        }
        r->profile[r->n_profiles] = p;
        r->profile_slot[i] = ++r->n_profiles;
        return r->n_profiles - 1;
    }
}

/* ---- what threats look for ---- */

static void selected(struct reading *r, const char *kind, str what, uint32_t service)
{
    uint32_t i = selector_known(r, kind, what);
    if (i == NET_NONE) return;
    struct selector *s = &r->selector[i];
    if (s->n != 0 && s->service[s->n - 1] == service) return; /* a tag twice */
    s->service = arena_more(r->t, s->service, s->n, &s->room, sizeof *s->service);
    s->service[s->n++] = service;
}

/* Tags as they are kept: each after one blank. */
static str tags_of(struct reading *r, struct table *t, uint32_t service)
{
    str all = table_cell(t, TAGS), rest = all;
    size_t n = 0, bytes = 0;
    for (str tag; str_cut(&rest, ' ', &tag);) {
        if (tag.n == 0) continue;
        n++;
        bytes += tag.n + 1;
        if (r->n_selectors != 0) selected(r, "tag", tag, service);
        if (n == 1 && memchr("=+-@", tag.p[0], 4) != NULL)
            table_fault(t, TAGS, M("'%1' begins with = + - or @, which spreadsheets take for a formula"), S(""));
        if (tag.n > CODE_MAX) table_fault(t, TAGS, M("a tag is longer than %2 bytes: '%1'"), str_int(t->w->a, CODE_MAX));
    }
    if (n > MODEL_TAGS_MAX) table_fault(t, TAGS, M("more than %2 tags: '%1'"), str_int(t->w->a, MODEL_TAGS_MAX));
    if (r->about == NULL || n == 0) return S("");
    if (bytes == all.n + 1) return table_kept(t, all);
    struct buf b = buf_in(r->w->a);
    for (str tag; str_cut(&all, ' ', &tag);)
        if (tag.n != 0) buf_fmt(&b, "%s%.*s", b.n == 0 ? "" : " ", STR_ARG(tag));
    return buf_str(&b);
}

/* ---- services ---- */

static uint32_t crew_of(const struct reading *r, const struct table *t)
{
    str code = table_cell(t, CREW);
    if (code.n == 0) return NET_NONE;
    uint32_t i = read_codes_find(&r->crews, code);
    if (i == NET_NONE) table_fault(t, CREW, M("there is no crew '%1' in the file of crews"), S(""));
    return i;
}

static struct net_service figures(struct reading *r, struct table *t)
{
    static const struct span never = {TICK_NEVER, TICK_NEVER, SPAN_FIXED};
    struct net_service s = {.own = LEVEL_FULL, .verify = VERIFY_OF_SECTOR, .fails = never, .repair = never};
    int64_t weight = 1, priority = 0;
    s.sector = sector_of(r, t);
    table_number(t, WEIGHT, 0, MODEL_WEIGHT_MAX, &weight);
    table_number(t, PRIORITY, -MODEL_WEIGHT_MAX, MODEL_WEIGHT_MAX, &priority);
    table_share(t, LEVEL, &s.own);
    table_share(t, VERIFICATION, &s.verify);
    table_yes(t, BLACK_START, &s.black_start);
    table_span(t, FAILS, &s.fails);
    table_span(t, DETECT, &s.detect);
    table_span(t, REPAIR, &s.repair);
    if (s.fails.high == 0) table_fault(t, FAILS, M("a service that fails after no time at all never works: '%1'"), S(""));
    s.weight = (uint32_t)weight;
    s.priority = (int32_t)priority;
    s.crew = crew_of(r, t);
    s.profile = profile_of(r, t);
    return s;
}

static void names_of(struct reading *r, struct table *t, uint32_t i)
{
    struct model_service s = {0};
    str code = r->code[i], org;
    s.ja = table_name(t, JA, code, MODEL_NAME_MAX);
    s.en = table_name(t, EN, code, MODEL_NAME_MAX);
    s.site = table_name(t, SITE, S(""), CODE_MAX);
    s.tags = tags_of(r, t, i);
    table_number(t, VALUE, 0, MODEL_VALUE_MAX, &s.value);
    if (table_cell(t, ORG).n != 0 && table_code(t, ORG, &org)) {
        s.org = table_kept(t, org);
        r->m->given++;
    }
    if (s.site.n != 0 && r->n_selectors != 0) selected(r, "site", s.site, i);
    if (r->about != NULL) r->about[i] = s;
}

static void service_row(struct reading *r, struct table *t)
{
    str code;
    uint32_t i = (uint32_t)r->n;
    if (!table_code(t, CODE, &code)) return;
    r->code[i] = table_kept(t, code);
    if (read_codes_add(&r->by_code, i) != i) {
        table_fault(t, CODE, M("service '%1' stands in this file twice"), S(""));
        return;
    }
    if (i == MODEL_NAMED_MAX) r->about = NULL;
    r->n++;
    r->service[i] = figures(r, t);
    names_of(r, t, i);
}

static void rows(struct reading *r, struct table *t)
{
    bool given[MODEL_SECTORS_MAX] = {false};
    while (csv_next(t->csv)) {
        str what = table_cell(t, WHAT);
        if (what.n == 0 || str_eq(what, S("service"))) service_row(r, t);
        else if (str_eq(what, S("sector"))) sector_row(r, t, given);
        else table_fault(t, WHAT, M("'%1' is none of: %2"), S("service, sector"));
        if (r->n % 65536 == 0) work_progress(r->w, M("services"), csv_row(t->csv), csv_rows_likely(t->csv));
    }
}

static void settle(struct reading *r)
{
    struct model *m = r->m;
    for (size_t i = 0; i < r->n; i++)
        if (r->service[i].verify == VERIFY_OF_SECTOR) r->service[i].verify = m->sector[r->service[i].sector].verify;
    m->net.n_services = (uint32_t)r->n;
    m->net.service = r->service;
    m->net.n_profiles = r->n_profiles;
    m->net.profile = r->profile;
    m->code = r->code;
    m->service = r->about;
    m->slot = r->by_code.slot;
    m->slots = r->by_code.slots;
}

enum err read_services(struct reading *r)
{
    struct table t;
    const struct file *f = &r->files->file[PART_SERVICES];
    enum err e = table_open(r->w, f, &shape, &t);
    if (e != OK) return e;
    size_t most = rows_at_most(f->bytes);
    if (most > MODEL_SERVICES_MAX + MODEL_SECTORS_MAX + 1)
        return fault_in(r->w, INVALID, ((struct where){.file = f->name}), M("more than %1 services"), str_int(r->w->a, MODEL_SERVICES_MAX));
    struct arena *a = r->w->a;
    r->service = arena_array(a, most, sizeof *r->service);
    r->code = arena_array(a, most, sizeof *r->code);
    r->about = arena_array(a, most < MODEL_NAMED_MAX ? most : MODEL_NAMED_MAX, sizeof *r->about);
    r->by_code = read_codes_new(a, most, r->code);
    r->m->sector = arena_array(a, MODEL_SECTORS_MAX, sizeof *r->m->sector);
    r->sectors = read_codes_new(r->t, MODEL_SECTORS_MAX, r->sector_code);
    r->profile = arena_array(a, MODEL_PROFILES_MAX, sizeof *r->profile);
    r->profile_slot = arena_array(r->t, PROFILE_SLOTS, sizeof *r->profile_slot);
    rows(r, &t);
    if (csv_err(t.csv) == OK && r->n == 0 && reading_ok(r))
        return fault_in(r->w, INVALID, ((struct where){.file = f->name}), M("there is no service in this file"));
    settle(r);
    return csv_err(t.csv);
}
