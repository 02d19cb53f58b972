#include "depend/read.h"
#include "tally/rates.h"

const char *const link_type_codes[] = {"physical", "cyber", "geographic", "logical", NULL};

static struct codes codes_of(const struct model *m) { return (struct codes){m->slot, m->slots, m->code}; }

uint32_t model_find(const struct model *m, str code)
{
    struct codes c = codes_of(m);
    return read_codes_find(&c, code);
}

uint32_t model_sector_find(const struct model *m, str code)
{
    for (uint32_t i = 0; i < m->net.n_sectors; i++)
        if (str_eq(m->sector[i].code, code)) return i;
    return NET_NONE;
}

const struct model_threat *model_threat_find(const struct model *m, str code)
{
    for (size_t i = 0; i < m->n_threats; i++)
        if (str_eq(m->threat[i].code, code)) return &m->threat[i];
    return NULL;
}

/* In a large model a need is named by its first supplier. */
static str need_code(const struct model *m, uint32_t need)
{
    return m->need != NULL ? m->need[need].code : m->code[m->net.supplier[m->net.supplier_at[need]].service];
}

uint32_t model_need_find(const struct model *m, uint32_t service, str need)
{
    for (uint32_t g = m->net.need_at[service]; g < m->net.need_at[service + 1]; g++)
        if (str_eq(need_code(m, g), need)) return g;
    return NET_NONE;
}

struct cell model_service_cell(const struct model *m, uint32_t service)
{
    str code = m->code[service];
    if (m->service == NULL) return enum_named_cell(code, code, code);
    return enum_named_cell(code, m->service[service].ja, m->service[service].en);
}

struct cell model_sector_cell(const struct model *m, uint32_t sector)
{
    return enum_named_cell(m->sector[sector].code, m->sector[sector].ja, m->sector[sector].en);
}

struct cell model_need_cell(const struct model *m, uint32_t need)
{
    str code = need_code(m, need);
    return m->need == NULL ? enum_named_cell(code, code, code) : enum_named_cell(code, m->need[need].ja, m->need[need].en);
}

struct cell model_share_cell(int64_t n)
{
    struct rate share = rate_of_counts(n, LEVEL_FULL, NULL);
    share.n = share.d = 0;
    return C_RATE(share);
}

struct cell model_time_cell(tick t) { return t == TICK_NEVER ? C_NONE : C_MINUTES(t); }
