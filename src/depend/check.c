/* depend check: is a model sound? What is wrong refuses it where it is read; what is only strange is remarked here. */
#include "cascade/reach.h"
#include "depend/models.h"

enum { OF_A_KIND_MAX = 100, NAMED_MAX = 20, LONG_BUFFER = 365 * 24 * HOUR };

static const struct coded kinds[] = {
    {"stuck", N("A circle that never starts again once all of it is down")},
    {"on_buffers", N("A circle that starts again only while buffers hold")},
    {"alone", N("Needs nobody, and nobody needs it")},
    {"unfelt", N("A need whose loss takes nothing away")},
    {"long_buffer", N("A buffer of a year or more")},
    {"never_hits", N("A threat that never hits")},
    {"never_repaired", N("Never repaired")},
    {"nothing_repaired", N("Nothing in this model is repaired")},
    {"never_impaired", N("Verification level 0: never counts as impaired")},
};
enum { STUCK, ON_BUFFERS, ALONE, UNFELT, LASTING, NEVER_HITS, NEVER_REPAIRED, NOTHING_REPAIRED, NEVER_IMPAIRED, KINDS };

struct checking {
    struct work *w;
    struct doc *out;
    struct stored s;
    int64_t count[KINDS], all;
};

static void remark(struct checking *x, int kind, struct cell service, struct cell more)
{
    x->all++;
    if (x->count[kind]++ < OF_A_KIND_MAX) DOC_ROW(x->out, CODED(kinds, str_of(kinds[kind].code)), service, more);
}

/* ---- circles ---- */

/* The first members by name; of more, how many. */
static struct cell members_cell(const struct checking *x, const uint32_t *circle, uint32_t which)
{
    struct arena *a = x->w->a;
    struct buf ja = buf_in(a), en = buf_in(a);
    size_t n = 0;
    for (uint32_t i = 0; i < x->s.model->net.n_services; i++) {
        if (circle[i] != which || n++ >= NAMED_MAX) continue;
        struct cell c = stored_service_cell(&x->s, i);
        if (ja.n != 0) buf_add(&ja, S("、"));
        if (en.n != 0) buf_add(&en, S(", "));
        buf_add(&ja, doc_cell_words(a, LANG_JA, &c));
        buf_add(&en, doc_cell_words(a, LANG_EN, &c));
    }
    if (n <= NAMED_MAX) return C_BOTH(buf_str(&ja), buf_str(&en));
    const str more[] = {buf_str(&ja), str_int(a, (int64_t)(n - NAMED_MAX))}, more_en[] = {buf_str(&en), more[1]};
    return C_BOTH(tr_fill(a, LANG_JA, M("%1 and %2 more services"), more, 2), tr_fill(a, LANG_EN, M("%1 and %2 more services"), more_en, 2));
}

static void circles(struct checking *x)
{
    const struct net *net = &x->s.model->net;
    struct arena *a = x->w->a;
    uint32_t *empty = arena_array(a, net->n_services, sizeof *empty), *full = arena_array(a, net->n_services, sizeof *full);
    uint32_t n = reach_stuck(a, net, false, empty), hard = reach_stuck(a, net, true, full);
    bool *never = arena_array(a, (size_t)n + 1, sizeof *never);
    for (uint32_t i = 0; i < net->n_services; i++)
        if (full[i] != 0) never[empty[i]] = true;
    for (uint32_t c = 1; c <= hard; c++) remark(x, STUCK, C_NONE, c <= OF_A_KIND_MAX ? members_cell(x, full, c) : C_NONE);
    for (uint32_t c = 1; c <= n; c++)
        if (!never[c]) remark(x, ON_BUFFERS, C_NONE, x->count[ON_BUFFERS] < OF_A_KIND_MAX ? members_cell(x, empty, c) : C_NONE);
}

/* ---- services, needs, threats ---- */

static void services(struct checking *x)
{
    const struct net *net = &x->s.model->net;
    bool *needed = arena_array(x->w->a, net->n_services, sizeof *needed);
    int64_t repaired = 0;
    for (uint32_t s = 0; s < net->n_suppliers; s++) needed[net->supplier[s].service] = true;
    for (uint32_t i = 0; i < net->n_services; i++) repaired += net->service[i].repair.low != TICK_NEVER;
    for (uint32_t i = 0; i < net->n_services; i++) {
        struct cell sector = model_sector_cell(x->s.model, net->service[i].sector);
        struct cell where = both_cell(doc_cell_words(x->w->a, LANG_JA, &sector), doc_cell_words(x->w->a, LANG_EN, &sector));
        if (!needed[i] && net->need_at[i] == net->need_at[i + 1]) remark(x, ALONE, stored_service_cell(&x->s, i), where);
        if (repaired != 0 && net->service[i].repair.low == TICK_NEVER) remark(x, NEVER_REPAIRED, stored_service_cell(&x->s, i), where);
        if (net->service[i].verify == 0) remark(x, NEVER_IMPAIRED, stored_service_cell(&x->s, i), where);
    }
    if (repaired == 0) remark(x, NOTHING_REPAIRED, C_NONE, words_cell(M("what fails stays down: figures of return say nothing")));
}

static void needs(struct checking *x)
{
    const struct net *net = &x->s.model->net;
    for (uint32_t i = 0; i < net->n_services; i++)
        for (uint32_t g = net->need_at[i]; g < net->need_at[i + 1]; g++) {
            bool unfelt = net->need[g].strength == 0, lasts = net->need[g].buffer.low >= LONG_BUFFER;
            if (!unfelt && !lasts) continue;
            struct cell need = model_need_cell(x->s.model, g);
            struct cell words = both_cell(doc_cell_words(x->w->a, LANG_JA, &need), doc_cell_words(x->w->a, LANG_EN, &need));
            remark(x, unfelt ? UNFELT : LASTING, stored_service_cell(&x->s, i), stored_named(&x->s, i) ? words : C_NONE);
        }
}

static void threats(struct checking *x)
{
    for (size_t i = 0; i < x->s.model->n_threats; i++) {
        const struct model_threat *t = &x->s.model->threat[i];
        if (t->strike.chance == 0) remark(x, NEVER_HITS, C_NONE, both_cell(t->ja, t->en));
    }
}

enum err depend_view_check(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column columns[] = {
        {"remark", CELL_ENUM, N("Remark")},
        {"service", CELL_ENUM, N("Service")},
        {"more", CELL_TEXT, N("What of it")},
    };
    struct checking x = {.w = w, .out = out};
    enum err e = stored_asked(w, in, &x.s);
    if (e != OK) return e;
    const struct net *net = &x.s.model->net;
    doc_text(out, M("The model can be read: every code is known, every need can be met, and all figures are within their limits."));
    doc_fact(out, "services", M("Services"), C_INT(net->n_services));
    doc_fact(out, "needs", M("Needs"), C_INT(net->n_needs));
    doc_fact(out, "suppliers", M("Rows of suppliers"), C_INT(net->n_suppliers));
    doc_fact(out, "threats", M("Threats"), C_INT((int64_t)x.s.model->n_threats));
    DOC_TABLE(out, "remarks", columns);
    circles(&x);
    services(&x);
    needs(&x);
    threats(&x);
    doc_table_end(out);
    doc_fact(out, "remarks", M("Remarks"), C_INT(x.all));
    if (x.all == 0) doc_text(out, M("Nothing strange was found either."));
    for (int k = 0; k < KINDS; k++)
        if (x.count[k] > OF_A_KIND_MAX)
            doc_note(out, M("'%1': %2 in all, of which %3 are listed"), tr(out->lang, kinds[k].words), str_int(w->a, x.count[k]), str_int(w->a, OF_A_KIND_MAX));
    stored_told(&x.s, out);
    return OK;
}
