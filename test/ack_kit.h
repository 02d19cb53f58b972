/* A small world of sharing: a centre, ministries, CEPTOARs below them, operators below those, and notices sent to all of them by hand,
 * so that what is tested stands by itself. */
#ifndef MEGURI_TEST_ACK_KIT_H
#define MEGURI_TEST_ACK_KIT_H

#include "inspect_kit.h"

#include "share/delivery.h"

enum { WORLD_MAX = 24000 };
struct world {
    int64_t ministries, ceptoars, operators; /* ceptoars: of each ministry; operators: of each CEPTOAR */
    struct route_net net;
    struct plan plan; /* in the order centre's ministries, CEPTOARs, operators; the centre itself is org 0 of the net */
};

static inline void world_org(struct world *x, str code, const char *kind)
{
    x->net.org[x->net.n++] = (struct route_org){.code = code, .kind = str_of(kind), .parent = -1};
}

static inline void world_planned(struct world *x, int32_t parent, enum tier tier)
{
    x->plan.to[x->plan.n++] = (struct planned){(int32_t)x->net.n - 1, parent, tier};
    x->plan.tier[tier]++;
}

static inline void world_below(struct work *w, struct world *x, int32_t ministry, int64_t number)
{
    for (int64_t c = 0; c < x->ceptoars; c++) {
        world_org(x, str_fmt(w->a, "c%d-%d", (int)number, (int)c), "ceptoar");
        world_planned(x, ministry, TIER_CEPTOAR);
        int32_t ceptoar = (int32_t)x->plan.n - 1;
        for (int64_t o = 0; o < x->operators; o++) {
            world_org(x, str_fmt(w->a, "o%d-%d-%d", (int)number, (int)c, (int)o), "operator");
            world_planned(x, ceptoar, TIER_OPERATOR);
        }
    }
}

static inline void world_kept(struct work *w, struct world *x)
{
    static const struct sql add = SQL("INSERT INTO org (code, parent, kind, ord, name_ja, name_en) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id");
    assert_ok(w, store_begin(w));
    for (size_t i = 0; i < x->net.n; i++) {
        struct route_org *o = &x->net.org[i];
        assert_ok(w, store_int(w, &add, ARGS(TEXT(o->code), int_or_nil(x->net.org[0].id, i != 0), TEXT(o->kind), INT((int64_t)i * 10), TEXT(o->code), TEXT(o->code)),
                               &o->id));
    }
    assert_ok(w, org_renumber(w));
    assert_ok(w, store_commit(w));
}

/* The organisations and the plan; no notice yet. */
static inline struct world world_of(struct work *w, int64_t ministries, int64_t ceptoars, int64_t operators)
{
    struct world x = {.ministries = ministries, .ceptoars = ceptoars, .operators = operators};
    x.net.org = arena_array(w->a, WORLD_MAX, sizeof *x.net.org);
    x.plan.to = arena_array(w->a, WORLD_MAX, sizeof *x.plan.to);
    world_org(&x, S("centre"), "centre");
    for (int64_t m = 0; m < ministries; m++) {
        world_org(&x, str_fmt(w->a, "m%d", (int)m), "ministry");
        world_planned(&x, -1, TIER_MINISTRY);
        world_below(w, &x, (int32_t)x.plan.n - 1, m);
    }
    world_kept(w, &x);
    return x;
}

/* A notice of the centre that is sent, without deliveries. */
static inline struct notice world_notice(struct work *w, const struct world *x, const char *code, bool drill, bool direct)
{
    static const struct sql add =
        OPEN("a test", "INSERT INTO share_notice (code, uuid, issuer, drill, kind, urgency, state, tlp, pap, title, body, measure, addressed, direct, within,"
                       " made, made_by, sent, sent_by, recalled_by, recall_reason, revision) VALUES ($1, $1, $2, $3, 'prevention', 'important', 'sent', 2, 2, $1,"
                       " 'text', '', '', $4, 60, $5, '', $5, '', '', '', 1) RETURNING id");
    struct notice n = {.issuer = x->net.org[0].id, .code = str_of(code), .title = str_of(code), .drill = drill, .direct = direct, .within = 60,
                       .state = S("sent"), .sent = w->now, .kind = S("prevention"), .urgency = S("important"), .marking = {TLP_AMBER, PAP_AMBER}};
    assert_ok(w, store_int(w, &add, ARGS(TEXT(n.code), INT(n.issuer), INT(drill), INT(direct), INT(w->now)), &n.id));
    return n;
}

/* One who shares for each organisation, known by its code behind "p-". */
static inline void world_staffed(struct work *w)
{
    static const struct sql duty = SQL("INSERT INTO duty (code, name_ja, name_en, ord, rights) VALUES ('sharing', 'x', 'x', 1, $1)");
    static const struct sql people = OPEN("a test", "INSERT INTO person (code, org, name_ja, name_en, mail)"
                                                    " SELECT 'p-' || code, id, code, code, '' FROM org");
    static const struct sql posts = OPEN("a test", "INSERT INTO post (code, duty, org, person) SELECT code, 'sharing', org, id FROM person");
    assert_ok(w, store_begin(w));
    assert_ok(w, store_run(w, &duty, ARGS(INT(MAY_SHARE))));
    assert_ok(w, store_run(w, &people, NOARGS));
    assert_ok(w, store_run(w, &posts, NOARGS));
    assert_ok(w, store_commit(w));
}

/* Sent by the centre; direct: to all tiers at once. */
static inline struct notice world_sent(struct work *w, const struct world *x, const char *code, bool drill, bool direct)
{
    assert_ok(w, store_begin(w));
    struct notice n = world_notice(w, x, code, drill, direct);
    assert_ok(w, deliveries_make(w, &n, &x->net, &x->plan));
    assert_ok(w, store_commit(w));
    return n;
}

static inline int64_t world_id(const struct world *x, const char *code)
{
    for (size_t i = 0; i < x->net.n; i++)
        if (str_eq(x->net.org[i].code, str_of(code))) return x->net.org[i].id;
    fail_msg("no organisation '%s'", code);
    return 0;
}

static inline struct delivery world_delivery(struct work *w, const struct world *x, const struct notice *n, const char *code)
{
    struct delivery d;
    assert_ok(w, delivery_of(w, n->id, world_id(x, code), &d));
    return d;
}

#endif
