/* What depend table, rank, worth, order and stuck reckon, against the same written down plainly, on small models made by chance. */
#include "support.h"

#include <string.h>

#include "cascade/reach.h"
#include "depend/order.h"
#include "depend/rank.h"
#include "depend/stuck.h"
#include "depend/table.h"
#include "depend/table_after.h"
#include "depend/worth.h"

enum { MODELS = 60 };

static struct work *fresh(void)
{
    struct arena *a = arena_new(0);
    struct work *w = arena_alloc(a, sizeof *w);
    *w = (struct work){.a = a, .now = TEST_NOW, .seed = 1};
    return w;
}

static struct model *read_texts(struct work *w, const str text[MODEL_PARTS])
{
    struct model_files files = {0};
    struct model *m = NULL;
    for (int i = 0; i < MODEL_PARTS; i++)
        if (text[i].n != 0) files.file[i] = (struct file){.name = str_of(model_part_names[i]), .bytes = text[i]};
    assert_ok(w, model_read(w, &files, &m));
    return m;
}

static struct model *read_c(struct work *w, const char *services, const char *needs, const char *suppliers, const char *crews)
{
    return read_texts(w, (const str[MODEL_PARTS]){str_of(services), str_of(needs), str_of(suppliers), {0}, str_of(crews)});
}

/* ---- models by chance ---- */

static uint64_t dice;
static bool whole; /* services work or do not, and what changes is felt at once */

static uint32_t below(uint32_t n)
{
    dice = dice * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(dice >> 33) % n;
}

static str services_by_chance(struct work *w, uint32_t n)
{
    struct buf b = buf_in(w->a);
    buf_add(&b, S("what,code,sector,weight,verification,level,black_start,demand,value,detect,repair,crew,priority\n"));
    for (int s = 0; s < 3; s++) buf_fmt(&b, "sector,x%d,,,%u,,,,%u,,,,\n", s, 50 + below(51), below(2) * below(1000));
    for (uint32_t i = 0; i < n; i++) {
        buf_fmt(&b, "service,s%u,x%u,%u,,%s,%s,", i, below(3), below(6), !whole && below(8) == 0 ? "60" : "", below(6) == 0 ? "yes" : "");
        for (int h = 0; h < 24 && i % 4 == 1; h++) buf_fmt(&b, "%s%u", h == 0 ? "" : " ", 1 + below(9));
        buf_fmt(&b, ",%u,%u,%u,c%u,%u\n", below(500), below(2), 1 + below(5), below(2), below(3));
    }
    return buf_str(&b);
}

static void needs_by_chance(struct work *w, uint32_t n, str *needs, str *suppliers)
{
    struct buf b = buf_in(w->a), u = buf_in(w->a);
    buf_add(&b, S("service,need,rule,strength,buffer,recharge\n"));
    buf_add(&u, S("service,need,supplier,delay\n"));
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t g = 0, all = below(3); g < all; g++) {
            static const char *const rule[] = {"all", "any", "share", "2"};
            uint32_t from = below(n), count = 2 + below(2);
            buf_fmt(&b, "s%u,n%u,%s,%s,%u,%u\n", i, g, rule[whole ? below(2) : below(4)], !whole && below(4) == 0 ? "40" : "100", below(3) * below(5), below(3));
            for (uint32_t k = 0, told = 0; told < count; k++)
                if ((from + k) % n != i) {
                    buf_fmt(&u, "s%u,n%u,s%u,%u\n", i, g, (from + k) % n, whole ? 0 : below(3) / 2);
                    told++;
                }
        }
    *needs = buf_str(&b);
    *suppliers = buf_str(&u);
}

static struct model *by_chance(struct work *w, uint64_t seed)
{
    dice = seed * 977 + 5;
    uint32_t n = 5 + below(9);
    str text[MODEL_PARTS] = {services_by_chance(w, n)};
    needs_by_chance(w, n, &text[PART_NEEDS], &text[PART_SUPPLIERS]);
    text[PART_CREWS] = S("crew,number\nc0,1\nc1,2\n");
    return read_texts(w, text);
}

static uint16_t *verify_of(struct work *w, const struct model *m)
{
    uint16_t *v = arena_array(w->a, m->net.n_sectors, sizeof *v);
    for (uint32_t s = 0; s < m->net.n_sectors; s++) v[s] = m->sector[s].verify;
    return v;
}

static struct strike blow_of(const uint32_t *service, uint32_t n, tick lasts)
{
    return (struct strike){.service = service, .n = n, .repair_percent = 100, .chance = 10000, .together = true, .lasts = lasts};
}

/* ---- levels of sectors, played from the log ---- */

/* Minute by minute from the curve that spread_run gives. */
static void check_after(struct work *w, const struct model *m, const struct scenario *s)
{
    enum { POINTS = 30 * HOUR + 1 };
    uint32_t n = m->net.n_sectors;
    uint16_t *curve = arena_array(w->a, (size_t)n * POINTS, sizeof *curve), level[4 * 3], *verify = verify_of(w, m);
    tick at[4] = {0, 59, 6 * HOUR, 30 * HOUR}, first[3], under[3];
    struct after x = {&m->net, s->begins, at, 4, verify, NULL, level, first, under};
    spread_run(w->a, &m->net, s, 0, &(struct outcome){.points = POINTS, .every = 1, .curve = curve});
    assert_int_equal(n, 3);
    assert_true(after_scenario(w->a, &x, s, 0));
    for (uint32_t k = 0; k < n; k++) {
        tick soonest = TICK_NEVER, minutes = 0;
        for (tick t = 0; t < POINTS; t++) {
            if (curve[k * POINTS + t] >= verify[k]) continue;
            if (soonest == TICK_NEVER) soonest = t;
            minutes += t + 1 < POINTS;
        }
        for (int i = 0; i < 4; i++) assert_int_equal(level[i * 3 + (int)k], curve[k * POINTS + at[i]]);
        assert_int_equal(first[k], soonest);
        assert_int_equal(under[k], minutes);
    }
}

static void sectors_after(void **state)
{
    (void)state;
    for (uint64_t i = 0; i < MODELS; i++) {
        struct work *w = fresh();
        struct model *m = by_chance(w, i);
        uint32_t hit[2] = {0, 1 + below(4)};
        struct strike blow = blow_of(hit, 2, i % 2 == 0 ? TICK_NEVER : 5 * HOUR);
        check_after(w, m, &(struct scenario){.strike = &blow, .n_strikes = 1, .until = 30 * HOUR, .begins = (uint32_t)(i % 24) * HOUR});
        arena_free(w->a);
    }
}

/* ---- N−1 ---- */

static struct rank_ask ask_of(struct work *w, const struct model *m, struct net *even, enum rank_by by, bool timed)
{
    *even = rank_even(w->a, &m->net);
    return (struct rank_ask){.net = even, .verify = verify_of(w, m), .model = m, .by = by, .timed = timed, .until = 24 * HOUR};
}

static const struct rank_row *row_of(const struct ranking *r, uint32_t n, uint32_t service)
{
    for (uint32_t i = 0; i < n; i++)
        if (r->row[i].service == service) return &r->row[i];
    fail_msg("no row");
    return NULL;
}

static void check_for_good(struct work *w, const struct net *net, const struct ranking *r)
{
    uint32_t n = net->n_services;
    bool *base = arena_array(w->a, n, 1), *lost = arena_array(w->a, n, 1);
    uint32_t *lost_to = arena_array(w->a, n, sizeof *lost_to);
    assert_int_equal(reach_lost_plainly(w->a, net, NULL, 0, base), r->lost_anyway);
    for (uint32_t i = 0; i < n; i++) {
        uint64_t weight[3] = {0};
        uint32_t others = 0;
        reach_lost_plainly(w->a, net, &i, 1, lost);
        for (uint32_t k = 0; k < n; k++) {
            if (!lost[k] || base[k]) continue;
            weight[net->service[k].sector] += net->service[k].weight;
            others += k != i;
            lost_to[k] += k != i;
        }
        double share = 0, sectors = 0;
        for (int s = 0; s < 3; s++)
            if (r->sector[s].weight != 0) share += (double)weight[s] / (double)r->sector[s].weight, sectors++;
        assert_int_equal(row_of(r, n, i)->lost, others);
        assert_true(sectors == 0 || (double)row_of(r, n, i)->weight - share / sectors * RANK_WHOLE < 1);
        assert_true(sectors == 0 || share / sectors * RANK_WHOLE - (double)row_of(r, n, i)->weight < 5);
    }
    for (uint32_t i = 0; i < n; i++) assert_int_equal(row_of(r, n, i)->lost_to, lost_to[i]);
}

struct run_figures {
    int64_t lost[32], sector_lost[3];
    uint16_t least[3];
    tick impact[32];
};

static void run_plainly(struct work *w, const struct rank_ask *x, const uint32_t *service, uint32_t n, struct run_figures *to)
{
    struct strike blow = blow_of(service, n, TICK_MAX);
    struct outcome o = {.lost = to->lost, .sector_lost = to->sector_lost, .sector_least = to->least, .impact = to->impact};
    spread_run(w->a, x->net, &(struct scenario){.strike = &blow, .n_strikes = n > 0, .until = x->until}, 0, &o);
}

static void check_timed(struct work *w, const struct rank_ask *x, const struct ranking *r)
{
    uint32_t n = x->net->n_services, hit_by[32] = {0}, points[3] = {0};
    struct run_figures base, now;
    run_plainly(w, x, NULL, 0, &base);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t hits = 0, under = 0;
        run_plainly(w, x, &i, 1, &now);
        for (uint32_t k = 0; k < n; k++)
            if (k != i && base.impact[k] == TICK_NEVER && now.impact[k] != TICK_NEVER) hits++, hit_by[k]++;
        int64_t area = 0;
        for (int s = 0; s < 3; s++) {
            area += now.sector_lost[s] - base.sector_lost[s];
            bool point = base.least[s] >= x->verify[s] && now.least[s] < x->verify[s];
            under += point;
            points[s] += point;
        }
        assert_int_equal(row_of(r, n, i)->area, area);
        assert_int_equal(row_of(r, n, i)->hits, hits);
        assert_int_equal(row_of(r, n, i)->below, under);
        assert_int_equal(row_of(r, n, i)->money,
                         rank_money(x->model, now.lost, now.sector_lost) - rank_money(x->model, base.lost, base.sector_lost));
    }
    for (uint32_t i = 0; i < n; i++) assert_int_equal(row_of(r, n, i)->hit_by, hit_by[i]);
    for (int s = 0; s < 3; s++) {
        assert_int_equal(r->sector[s].n_points, points[s]);
        for (uint32_t k = 1; k < points[s]; k++) assert_true(r->sector[s].point[k - 1].left <= r->sector[s].point[k].left);
    }
}

static void one_at_a_time(void **state)
{
    (void)state;
    for (uint64_t i = 0; i < MODELS; i++) {
        struct work *w = fresh();
        struct model *m = by_chance(w, i);
        struct net even;
        struct ranking r;
        struct rank_ask x = ask_of(w, m, &even, (enum rank_by)(i % RANK_BYS), true);
        rank_all(w, &x, &r);
        check_for_good(w, &even, &r);
        check_timed(w, &x, &r);
        for (uint32_t k = 1; k < even.n_services; k++)
            assert_true(rank_measure(x.by, &r.row[k - 1]) >= rank_measure(x.by, &r.row[k]));
        arena_free(w->a);
    }
}

/* Weights 3 and 1 in one sector, verification level 70: the first alone is a single point of failure of it; the chain e → t → f. */
static void known_ranking(void **state)
{
    (void)state;
    struct work *w = fresh();
    struct model *m = read_c(w, "what,code,sector,weight,verification\nsector,x,,,70\nsector,y,,,\nservice,e,x,3,\nservice,d,x,1,\nservice,t,y,,\nservice,f,y,,\n",
                             "service,need,buffer\nt,e,3\nf,t,1\n", "service,need,supplier\nt,e,e\nf,t,t\n", "");
    struct net even;
    struct ranking r;
    struct rank_ask x = ask_of(w, m, &even, RANK_WEIGHT, false);
    rank_all(w, &x, &r);
    assert_int_equal(r.row[0].service, 0);
    assert_int_equal(r.row[0].lost, 2);
    assert_int_equal(r.row[0].direct, 1);
    assert_int_equal(r.row[0].transitive, 2);
    assert_int_equal(r.row[0].weight, RANK_WHOLE * 7 / 8); /* mean of 3/4 and 1 */
    assert_int_equal(r.row[0].below, 2);
    assert_int_equal(row_of(&r, 4, 3)->lost_to, 2);
    assert_int_equal(r.sector[0].n_points, 1); /* 1/4 is left; with d alone 3/4 is */
    assert_int_equal(r.sector[0].point[0].left, 2500);
    assert_int_equal(r.sector[1].n_points, 3);
    assert_int_equal(r.sector[1].n_others, 1);
    x = ask_of(w, m, &even, RANK_AREA, true);
    rank_all(w, &x, &r);
    assert_int_equal(r.row[0].area, ((int64_t)24 * 7500 + (21 + 20) * 5000) * HOUR);
    assert_int_equal(r.row[0].soonest, 3 * HOUR);
    arena_free(w->a);
}

/* ---- N−2 ---- */

static int64_t measure_plainly(struct work *w, const struct rank_ask *x, const struct ranking *r, const uint32_t *set, uint32_t n, uint32_t *each)
{
    const struct net *net = x->net;
    bool *lost = arena_array(w->a, net->n_services, 1), *base = arena_array(w->a, net->n_services, 1);
    uint64_t weight[3] = {0};
    int64_t count = 0;
    reach_lost_plainly(w->a, net, NULL, 0, base);
    for (uint32_t k = 0; k < n; k++) { /* together, or (each) one after the other and joined */
        if (each != NULL || k == 0) {
            bool *one = arena_array(w->a, net->n_services, 1);
            reach_lost_plainly(w->a, net, each != NULL ? set + k : set, each != NULL ? 1 : n, one);
            for (uint32_t i = 0; i < net->n_services; i++) lost[i] |= one[i] && !base[i];
        }
    }
    for (uint32_t i = 0; i < net->n_services; i++) {
        count += lost[i];
        if (lost[i]) weight[net->service[i].sector] += net->service[i].weight;
    }
    return x->by == RANK_SERVICES ? count : rank_share(r->sector, 3, weight);
}

static void check_pairs_for_good(struct work *w, const struct rank_ask *x, const struct ranking *r, const struct rank_pairs *p)
{
    uint32_t n = x->net->n_services, found = 0;
    for (uint32_t a = 0; a < n; a++)
        for (uint32_t b = a + 1; b < n; b++) {
            uint32_t set[2] = {a, b}, each = 0;
            int64_t joint = measure_plainly(w, x, r, set, 2, NULL), either = measure_plainly(w, x, r, set, 2, &each);
            const struct rank_pair *told = NULL;
            for (uint32_t k = 0; k < p->kept; k++)
                if (p->pair[k].a == a && p->pair[k].b == b) told = &p->pair[k];
            int64_t off = x->by == RANK_WEIGHT ? 3 : 0; /* billionths: sectors are rounded down one by one */
            if (joint - either <= off) continue;
            assert_non_null(told);
            assert_int_equal(told->joint, joint);
            assert_true(told->excess - (joint - either) <= off && joint - either - told->excess <= off);
            found++;
        }
    assert_int_equal(p->n, found);
    assert_int_equal(p->tried, n * (n - 1) / 2);
}

static void check_pairs_timed(struct work *w, const struct rank_ask *x, const struct rank_pairs *p)
{
    uint32_t n = x->net->n_services, found = 0;
    struct run_figures base, both, one, other;
    run_plainly(w, x, NULL, 0, &base);
    for (uint32_t a = 0; a < n; a++)
        for (uint32_t b = a + 1; b < n; b++) {
            int64_t excess = 0, weight[3] = {0}, sum[3] = {0};
            run_plainly(w, x, (uint32_t[]){a, b}, 2, &both);
            run_plainly(w, x, &a, 1, &one);
            run_plainly(w, x, &b, 1, &other);
            for (uint32_t i = 0; i < n; i++) {
                int64_t either = one.lost[i] > other.lost[i] ? one.lost[i] : other.lost[i];
                weight[x->net->service[i].sector] += x->net->service[i].weight;
                sum[x->net->service[i].sector] += (both.lost[i] - either) * x->net->service[i].weight;
            }
            for (int s = 0; s < 3; s++) excess += weight[s] == 0 ? 0 : sum[s] / weight[s];
            for (uint32_t k = 0; k < p->kept; k++)
                if (p->pair[k].a == a && p->pair[k].b == b) {
                    assert_true(p->pair[k].excess - excess <= 3 && excess - p->pair[k].excess <= 3);
                    found++;
                }
            if (excess > 3) assert_true(found > 0);
        }
    assert_int_equal(p->n, found);
}

static void two_at_a_time(void **state)
{
    (void)state;
    for (uint64_t i = 0; i < MODELS; i++) {
        struct work *w = fresh();
        struct model *m = by_chance(w, i);
        struct net even;
        struct ranking r;
        struct rank_pairs p;
        struct rank_ask x = ask_of(w, m, &even, i % 3 == 0 ? RANK_WEIGHT : i % 3 == 1 ? RANK_SERVICES : RANK_AREA, i % 3 == 2);
        rank_all(w, &x, &r);
        rank_paired(w, &x, &r, &p);
        assert_true(p.all);
        if (x.timed) check_pairs_timed(w, &x, &p);
        else check_pairs_for_good(w, &x, &r, &p);
        for (uint32_t k = 1; k < p.kept; k++) assert_true(p.pair[k - 1].excess >= p.pair[k].excess);
        arena_free(w->a);
    }
}

/* Two plants of which any one is enough: neither matters, both do. */
static void backing_one_another(void **state)
{
    (void)state;
    struct work *w = fresh();
    struct model *m = read_c(w, "code\na\nb\nu\nv\n", "service,need,rule\nu,power,any\n", "service,need,supplier\nu,power,a\nu,power,b\nv,u,u\n", "");
    struct net even;
    struct ranking r;
    struct rank_pairs p;
    struct rank_ask x = ask_of(w, m, &even, RANK_SERVICES, false);
    rank_all(w, &x, &r);
    rank_paired(w, &x, &r, &p);
    assert_int_equal(p.n, 1);
    assert_int_equal(p.pair[0].joint, 4);
    assert_int_equal(p.pair[0].one, 1);
    assert_int_equal(p.pair[0].excess, 2);
    arena_free(w->a);
}

/* ---- an hour more ---- */

static void figures_plainly(struct work *w, const struct model *m, const struct scenario *s, int64_t *area, int64_t *under)
{
    enum { POINTS = 24 * HOUR };
    int64_t lost[3];
    uint16_t *curve = arena_array(w->a, 3 * POINTS, sizeof *curve);
    spread_run(w->a, &m->net, s, 0, &(struct outcome){.sector_lost = lost, .points = POINTS, .every = 1, .curve = curve});
    *area = lost[0] + lost[1] + lost[2];
    *under = 0;
    for (int k = 0; k < 3; k++)
        for (int t = 0; t < POINTS; t++) *under += curve[k * POINTS + t] < m->sector[k].verify;
}

static const struct worth_row *worth_of(const struct worth *x, const struct whatif *c)
{
    for (size_t i = 0; i < x->n_rows; i++) {
        const struct whatif *o = &x->row[i].change;
        if (o->what == c->what && o->need == c->need && o->crew == c->crew && (c->what == CHANGE_CREWS || o->service == c->service)) return &x->row[i];
    }
    return NULL;
}

static void check_change(struct work *w, const struct stored *st, const struct scenario *s, const struct worth *x, struct whatif c)
{
    int64_t area, under, area_with, under_with;
    struct stored with;
    struct arena_mark mark = arena_mark(w->a);
    figures_plainly(w, st->model, s, &area, &under);
    scenario_changed(w->a, st, &(struct asked_run){.change = &c, .n_changes = 1}, &with);
    figures_plainly(w, with.model, s, &area_with, &under_with);
    const struct worth_row *r = worth_of(x, &c);
    assert_int_equal(r == NULL ? 0 : r->saved.of[WORTH_AREA], area - area_with);
    assert_int_equal(r == NULL ? 0 : r->saved.of[WORTH_BELOW], under - under_with);
    arena_back(w->a, mark);
}

static void an_hour_more(void **state)
{
    (void)state;
    for (uint64_t i = 0; i < MODELS; i++) {
        struct work *w = fresh();
        struct stored st = {.model = by_chance(w, i)};
        const struct net *net = &st.model->net;
        uint32_t hit[2] = {1, 3};
        struct strike blow = blow_of(hit, 2, i % 3 == 0 ? 4 * HOUR : TICK_NEVER);
        struct scenario s = {.strike = &blow, .n_strikes = 1, .until = 24 * HOUR, .begins = 8 * HOUR};
        struct worth x;
        assert_ok(w, worth_all(w, &(struct worth_ask){&st, &s, 1, 1, HOUR, WORTH_AREA}, &x));
        for (uint32_t v = 0; v < net->n_services; v++) {
            for (uint32_t g = net->need_at[v]; g < net->need_at[v + 1]; g++)
                check_change(w, &st, &s, &x, (struct whatif){CHANGE_BACKUP, v, NET_NONE, g, NET_NONE, HOUR, 0});
            if (!net->service[v].black_start) check_change(w, &st, &s, &x, (struct whatif){CHANGE_BLACK_START, v, NET_NONE, NET_NONE, NET_NONE, 0, 0});
        }
        for (uint32_t c = 0; c < net->n_crews; c++)
            check_change(w, &st, &s, &x, (struct whatif){CHANGE_CREWS, NET_NONE, NET_NONE, NET_NONE, c, 0, net->crew[c].number + 1});
        for (size_t k = 1; k < x.n_rows; k++) assert_true(x.row[k - 1].saved.of[WORTH_AREA] >= x.row[k].saved.of[WORTH_AREA]);
        arena_free(w->a);
    }
}

/* ---- orders of repair ---- */

static int64_t hours_of(const struct orders *o, enum order_kind kind)
{
    for (size_t i = 0; i < o->n_rows; i++)
        if (o->row[i].kind == kind) return o->row[i].weighted / (LEVEL_FULL * HOUR);
    fail_msg("no such order");
    return 0;
}

static void repaired(struct work *w, const struct model *m, const uint32_t *given, struct orders *out)
{
    uint32_t *all = arena_array(w->a, m->net.n_services, sizeof *all);
    for (uint32_t i = 0; i < m->net.n_services; i++) all[i] = i;
    struct strike *blow = arena_alloc(w->a, sizeof *blow);
    *blow = blow_of(all, m->net.n_services, TICK_NEVER);
    struct scenario s = {.strike = blow, .n_strikes = 1, .until = 72 * HOUR};
    order_all(w, &(struct order_ask){&m->net, &s, given}, out);
}

/* One crew, repairs of 4, 2 and 1 hours: weights 10, 1, 1 → 52; equal weights → 11, the longest first 17. */
static void known_orders(void **state)
{
    (void)state;
    struct work *w = fresh();
    struct orders o;
    repaired(w, read_c(w, "code,weight,repair,crew\nl,10,4,c\nm,1,2,c\ns,1,1,c\n", "", "service,supplier\n", "crew,number\nc,1\n"), NULL, &o);
    assert_int_equal(hours_of(&o, ORDERED_WEIGHT), 52);
    assert_int_equal(hours_of(&o, ORDERED_BEST), 52);
    assert_int_equal(o.way, ORDER_EXACT);
    struct model *even = read_c(w, "code,weight,repair,crew\nl,1,4,c\nm,1,2,c\ns,1,1,c\n", "", "service,supplier\n", "crew,number\nc,1\n");
    repaired(w, even, (uint32_t[]){0, 1, 2}, &o);
    assert_int_equal(hours_of(&o, ORDERED_WEIGHT), 11);
    assert_int_equal(hours_of(&o, ORDERED_BEST), 11);
    assert_int_equal(hours_of(&o, ORDERED_GIVEN), 17);
    assert_int_equal(hours_of(&o, ORDERED_WORST), 17);
    repaired(w, even, (uint32_t[]){2, 1, 0}, &o);
    assert_int_equal(hours_of(&o, ORDERED_GIVEN), 11);
    assert_int_equal(o.row[ORDERED_GIVEN].back[2], HOUR);
    assert_int_equal(o.row[ORDERED_GIVEN].back[0], 7 * HOUR);
    arena_free(w->a);
}

/* Smith's rule forgets that others wait: h, of no weight, is needed by u of much weight. All orders know it; the tenth class is greedy. */
static void what_hangs_on_it(void **state)
{
    (void)state;
    struct work *w = fresh();
    struct orders o;
    repaired(w, read_c(w, "code,weight,repair,crew\na,2,2,c\nh,0,1,c\nu,50,,\n", "", "service,supplier\nu,h\n", "crew,number\nc,1\n"), NULL, &o);
    assert_int_equal(o.n, 2);
    assert_int_equal(hours_of(&o, ORDERED_WEIGHT), 2 * 2 + 50 * 72);
    arena_free(w->a);
}

/* All orders, by another way of counting them up; what is broken are services 0 … n - 1. */
static int64_t least_plainly(struct work *w, const struct model *m, const struct scenario *s, struct net_service *service, uint32_t used, uint32_t place,
                             uint32_t n)
{
    int64_t least = INT64_MAX;
    if (place == n) {
        struct net net = m->net;
        net.service = service;
        struct scenario p = *s;
        p.order = ORDER_PRIORITY;
        int64_t lost[32], sum = 0;
        struct arena_mark mark = arena_mark(w->a);
        spread_run(w->a, &net, &p, 0, &(struct outcome){.lost = lost});
        arena_back(w->a, mark);
        for (uint32_t i = 0; i < net.n_services; i++) sum += lost[i] * service[i].weight;
        return sum;
    }
    for (uint32_t i = 0; i < n; i++) {
        if (used >> i & 1) continue;
        service[i].priority = 100 - (int32_t)place;
        int64_t lost = least_plainly(w, m, s, service, used | 1u << i, place + 1, n);
        if (lost < least) least = lost;
    }
    return least;
}

static void all_orders(void **state)
{
    (void)state;
    for (uint64_t i = 0; i < 20; i++) {
        struct work *w = fresh();
        struct model *m = by_chance(w, 100 + i);
        uint32_t hit[5] = {0, 1, 2, 3, 4};
        struct strike blow = blow_of(hit, 5, TICK_NEVER);
        struct scenario s = {.strike = &blow, .n_strikes = 1, .until = 48 * HOUR};
        struct orders o;
        order_all(w, &(struct order_ask){&m->net, &s, NULL}, &o);
        struct net_service *service = arena_array(w->a, m->net.n_services, sizeof *service);
        memcpy(service, m->net.service, m->net.n_services * sizeof *service);
        int64_t least = least_plainly(w, m, &s, service, 0, 0, 5);
        for (size_t k = 0; k < o.n_rows; k++) {
            assert_true(o.row[k].weighted >= least);
            if (o.row[k].kind == ORDERED_BEST) assert_int_equal(o.row[k].weighted, least);
        }
        arena_free(w->a);
    }
}

/* Ten broken with one crew are too many for all orders; where nothing hangs on anything Smith's rule is the best there is. */
static void greedy_orders(void **state)
{
    (void)state;
    struct work *w = fresh();
    struct buf b = buf_in(w->a);
    struct orders o;
    buf_add(&b, S("code,weight,repair,crew\n"));
    for (uint32_t i = 0; i < 10; i++) buf_fmt(&b, "s%u,%u,%u,c\n", i, 1 + i * 7 % 10, 1 + i * 3 % 7);
    repaired(w, read_c(w, str_c(w->a, buf_str(&b)), "", "service,supplier\n", "crew,number\nc,1\n"), NULL, &o);
    assert_int_equal(o.way, ORDER_GREEDY);
    assert_int_equal(hours_of(&o, ORDERED_BEST), hours_of(&o, ORDERED_WEIGHT));
    assert_true(hours_of(&o, ORDERED_FIFO) > hours_of(&o, ORDERED_BEST));
    arena_free(w->a);
}

/* ---- deadlocks ---- */

/* P and T need one another, T with a buffer: once all is down and the buffer empty nothing begins. */
static void circles(void **state)
{
    (void)state;
    struct work *w = fresh();
    struct stuck x;
    struct model *m = read_c(w, "code\nq\np\nt\n", "service,need,buffer\np,t,0\nt,p,2\nt,q,0\n", "service,need,supplier\np,t,t\nt,p,p\nt,q,q\n", "");
    stuck_circles(w->a, &m->net, &x);
    assert_int_equal(x.n, 1);
    assert_int_equal(x.of[0], NET_NONE);
    assert_int_equal(x.of[1], 0);
    assert_int_equal(x.circle[0].services, 2);
    assert_false(x.circle[0].with_buffers);
    assert_int_equal(x.n_tries, 2);
    assert_int_equal(x.tried[0].freed, 2);
    m = read_c(w, "code\nq\np\nt\n", "service,need\nt,q\n", "service,need,supplier\np,t,t\nt,p,p\nt,q,q\n", "");
    stuck_circles(w->a, &m->net, &x);
    assert_int_equal(x.n_with_buffers, 1);
    assert_int_equal(x.n_tries, 4); /* two black starts, two buffers; not one on what q gives */
    for (size_t i = 0; i < x.n_tries; i++) assert_int_equal(x.tried[i].freed, 2);
    m = read_c(w, "code,black_start\nq,\np,yes\nt,\n", "service,need\nt,q\n", "service,need,supplier\np,t,t\nt,p,p\nt,q,q\n", "");
    stuck_circles(w->a, &m->net, &x);
    assert_int_equal(x.n, 0);
    arena_free(w->a);
}

/* With all of the circle down and the rest as if nothing were. */
static bool rest_works(struct work *w, const struct net *net, const struct stuck *x, uint32_t circle, const struct strike *blow)
{
    uint16_t *with = arena_array(w->a, net->n_services, sizeof *with), *without = arena_array(w->a, net->n_services, sizeof *without);
    spread_run(w->a, net, &(struct scenario){.strike = blow, .n_strikes = 1, .until = 199 * HOUR}, 0, &(struct outcome){.end = with});
    spread_run(w->a, net, &(struct scenario){.until = 199 * HOUR}, 0, &(struct outcome){.end = without});
    for (uint32_t v = 0; v < net->n_services; v++)
        if (x->of[v] != circle && with[v] != without[v]) return false;
    return true;
}

/* Where services work or do not, a black start that is said to free all of a circle does so when it is run: all of it is struck, and that is over by itself. */
static bool circle_run(struct work *w, const struct model *m, const struct stuck *x, const struct stuck_try *t)
{
    struct net net = m->net;
    struct net_service *service = arena_array(w->a, net.n_services, sizeof *service);
    uint32_t *hit = arena_array(w->a, net.n_services, sizeof *hit), n = 0;
    uint16_t *end = arena_array(w->a, net.n_services, sizeof *end);
    for (uint32_t v = 0; v < net.n_services; v++)
        if (x->of[v] == t->circle) hit[n++] = v;
    struct strike blow = blow_of(hit, n, 200 * HOUR);
    blow.empties = true;
    if (!rest_works(w, &m->net, x, t->circle, &blow)) return false;
    struct scenario s = {.strike = &blow, .n_strikes = 1, .until = 1000 * HOUR};
    spread_run(w->a, &net, &s, 0, &(struct outcome){.end = end});
    for (uint32_t v = 0; v < n; v++) assert_int_equal(end[hit[v]], 0);
    memcpy(service, net.service, net.n_services * sizeof *service);
    service[t->service].black_start = true;
    net.service = service;
    spread_run(w->a, &net, &s, 0, &(struct outcome){.end = end});
    for (uint32_t v = 0; v < n; v++) assert_true(end[hit[v]] > 0);
    return true;
}

static void circles_run(void **state)
{
    (void)state;
    int seen = 0;
    whole = true;
    for (uint64_t i = 0; i < 300; i++) {
        struct work *w = fresh();
        struct model *m = by_chance(w, i);
        struct stuck x;
        stuck_circles(w->a, &m->net, &x);
        for (size_t k = 0; k < x.n_tries; k++)
            if (x.circle[x.tried[k].circle].with_buffers && x.tried[k].need == NET_NONE && x.tried[k].freed == x.circle[x.tried[k].circle].services)
                seen += circle_run(w, m, &x, &x.tried[k]);
        arena_free(w->a);
    }
    whole = false;
    assert_true(seen > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sectors_after), cmocka_unit_test(one_at_a_time), cmocka_unit_test(known_ranking), cmocka_unit_test(two_at_a_time),
        cmocka_unit_test(backing_one_another), cmocka_unit_test(an_hour_more), cmocka_unit_test(known_orders), cmocka_unit_test(what_hangs_on_it),
        cmocka_unit_test(all_orders), cmocka_unit_test(greedy_orders), cmocka_unit_test(circles), cmocka_unit_test(circles_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
