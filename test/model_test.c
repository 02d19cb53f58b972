/* Models: what is read, what is refused and where, and that the canonical files say the same again. */
#include "support.h"

#include <string.h>

#include "base/lang.h"
#include "depend/model.h"

/* ---- reading from texts ---- */

static struct work *fresh(void)
{
    struct arena *a = arena_new(0);
    struct work *w = arena_alloc(a, sizeof *w);
    *w = (struct work){.a = a, .now = TEST_NOW, .seed = 1};
    return w;
}

static enum err read_five(struct work *w, const char *const texts[MODEL_PARTS], struct model **out)
{
    struct model_files files = {0};
    for (int i = 0; i < MODEL_PARTS; i++)
        if (texts[i] != NULL) files.file[i] = (struct file){.name = str_fmt(w->a, "%s.csv", model_part_names[i]), .bytes = str_of(texts[i])};
    return model_read(w, &files, out);
}
#define FIVE(s, n, u, t, c) ((const char *const[MODEL_PARTS]){s, n, u, t, c})

static struct model *model_of(struct work *w, const char *const texts[MODEL_PARTS])
{
    struct model *m = NULL;
    assert_ok(w, read_five(w, texts, &m));
    return m;
}

/* Refused, with this in some fault, at this row and field of this file. */
static void refused_at(const char *const texts[MODEL_PARTS], const char *file, int row, const char *field, const char *part)
{
    struct work *w = fresh();
    struct model *m = NULL;
    enum err e = read_five(w, texts, &m);
    bool found = false;
    for (int64_t i = 0; i < w->faults.count && i < FAULTS_SHOWN; i++) {
        const struct fault *f = &w->faults.first[i];
        found |= str_eq(f->where.file, str_of(file)) && f->where.row == row && (field == NULL || str_eq(f->where.field, str_of(field))) &&
                 str_find(tr_fill(w->a, LANG_EN, f->id, f->arg, FAULT_ARGS), str_of(part)) >= 0;
    }
    if (e != INVALID || m != NULL || !found) {
        for (int64_t i = 0; i < w->faults.count && i < FAULTS_SHOWN; i++) {
            const struct fault *f = &w->faults.first[i];
            str said = tr_fill(w->a, LANG_EN, f->id, f->arg, FAULT_ARGS);
            print_message("%.*s:%d:%.*s %.*s\n", STR_ARG(f->where.file), (int)f->where.row, STR_ARG(f->where.field), STR_ARG(said));
        }
        fail_msg("%d: wanted %s:%d:%s %s", (int)e, file, row, field == NULL ? "" : field, part);
    }
    arena_free(w->a);
}

/* ---- times and shares ---- */

static void times(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        tick minutes;
    } good[] = {{"0", 0}, {"6", 360}, {"1.5", 90}, {"90m", 90}, {"0.25", 15}, {" 2 ", 120}, {"0.3333", 20}, {"17895697", 17895697u * 60}};
    static const char *const bad[] = {"", "-1", "+1", "1e3", "nan", "inf", "NaN", "0x10", "1,5", "1.", ".5", "1.23456", "1.5m", "17895698",
                                      "99999999999999999999", "m", "~1", "1..2", "1h", "1 2", "六"};
    struct arena *a = arena_new(0);
    tick t = 7;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        if (!model_time(str_of(good[i].text), &t) || t != good[i].minutes) fail_msg("%s: %u", good[i].text, t);
        tick again;
        assert_true(model_time(model_time_text(a, t), &again) && again == t);
    }
    t = 7;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (model_time(str_of(bad[i]), &t) || t != 7) fail_msg("'%s' was taken", bad[i]);
    arena_free(a);
}

static void spans(void **state)
{
    (void)state;
    static const struct {
        const char *text, *again;
        tick low, high;
        uint8_t kind;
    } good[] = {{"6", "6", 360, 360, SPAN_FIXED},      {"2..8", "2..8", 120, 480, SPAN_UNIFORM}, {"90m..3", "90m..3", 90, 180, SPAN_UNIFORM},
                {"~10", "~10", 600, 600, SPAN_EXPONENTIAL}, {"4..4", "4", 240, 240, SPAN_FIXED},      {"~0", "0", 0, 0, SPAN_FIXED}};
    static const char *const bad[] = {"", "8..2", "..8", "2..", "2...8", "~", "~-1", "~2..8", "2..~8", "-1..3", "nan..1", "1..1e9", "~99999999999"};
    struct arena *a = arena_new(0);
    struct span s = {7, 7, 7};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        if (!model_span(str_of(good[i].text), &s)) fail_msg("%s", good[i].text);
        assert_int_equal(s.low, good[i].low);
        assert_int_equal(s.high, good[i].high);
        assert_int_equal(s.kind, good[i].kind);
        assert_str(model_span_text(a, &s), good[i].again);
    }
    s = (struct span){7, 7, 7};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (model_span(str_of(bad[i]), &s) || s.low != 7) fail_msg("'%s' was taken", bad[i]);
    arena_free(a);
}

static void shares(void **state)
{
    (void)state;
    static const struct {
        const char *text, *again;
        uint16_t share;
    } good[] = {{"0", "0", 0}, {"100", "100", 10000}, {"99.95", "99.95", 9995}, {"0.01", "0.01", 1}, {"12.5", "12.5", 1250}, {"50%", "50", 5000}};
    static const char *const bad[] = {"", "-1", "100.01", "101", "1e1", "nan", "0.001", "50 50", "%", "1/2"};
    struct arena *a = arena_new(0);
    uint16_t x = 7;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        if (!model_share(str_of(good[i].text), &x) || x != good[i].share) fail_msg("%s", good[i].text);
        assert_str(model_share_text(a, x), good[i].again);
    }
    x = 7;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (model_share(str_of(bad[i]), &x) || x != 7) fail_msg("'%s' was taken", bad[i]);
    arena_free(a);
}

/* ---- a model ---- */

#define FULL_SERVICES                                                                                                                 \
    "what,code,ja,en,sector,org,site,tags,weight,level,verification,black_start,demand,value,fails,detect,repair,crew,priority\n"    \
    "sector,power,電力,Power,,,,,,,60,,,1000,,,,,\n"                                                                                \
    ",grid,送電,Grid,power,,tokyo,windows scada,3,,,yes,,500,~8760,0.5,2..8,line,5\n"                                                 \
    "service,pump,,Pump,water,w1,osaka,scada,,99.5,80,,0 0 0 0 0 0 1 2 3 3 3 3 3 3 3 3 3 3 2 2 1 1 0 0,,,,,,\n"                       \
    ",tel,,,telecom,,,,,,,,,,,,,,\n,tel2,,,telecom,,,,,,,,,,,,,,\n"
#define FULL_NEEDS                                                                       \
    "service,need,rule,enough,strength,buffer,recharge,ja,en\n"                          \
    "pump,line,any,,50,6,12,回線,Line\n"                                                 \
    "grid,control,share,5,,90m,,,\n"
#define FULL_SUPPLIERS                                                                  \
    "service,supplier,need,type,delay,weight,threshold\n"                               \
    "pump,tel,line,cyber,,,\n"                                                          \
    "pump,grid,,,1,,80\n"                                                               \
    "grid,tel,control,logical,,2,\n"                                                    \
    "pump,tel2,line,cyber,5m,,\n"                                                       \
    "grid,tel2,control,geographic,,4,\n"
#define FULL_THREATS                                                                    \
    "code,cause,hits,chance,draw,level,lasts,repair,empties,failure_ja,source_en\n"     \
    "worm,cyber,tag:scada,50,,20,,150,,制御の停止,\"Us, ourselves\"\n"                  \
    "quake,disaster,site:tokyo  service:pump sector:telecom,,,,48,,yes,,\n"
#define FULL_CREWS "crew,ja,number\nline,送電班,4\n"
#define FULL FIVE(FULL_SERVICES, FULL_NEEDS, FULL_SUPPLIERS, FULL_THREATS, FULL_CREWS)

static void a_whole_model(void **state)
{
    (void)state;
    struct work *w = fresh();
    const struct model *m = model_of(w, FULL);
    const struct net *net = &m->net;
    assert_int_equal(net->n_services, 4);
    assert_int_equal(net->n_sectors, 3); /* two of them by mention */
    assert_int_equal(net->n_needs, 3);
    assert_int_equal(net->n_suppliers, 5);
    uint32_t grid = model_find(m, S("grid")), pump = model_find(m, S("pump"));
    assert_int_equal(model_find(m, S("gri")), NET_NONE);
    const struct net_service *g = &net->service[grid], *p = &net->service[pump];
    assert_true(g->weight == 3 && g->own == 10000 && g->verify == 6000 && g->black_start && g->crew == 0 && g->priority == 5);
    assert_true(g->fails.kind == SPAN_EXPONENTIAL && g->fails.low == 8760 * 60 && g->detect.low == 30 && g->repair.high == 480);
    assert_true(p->own == 9950 && p->verify == 8000 && p->crew == NET_NONE && p->repair.low == TICK_NEVER && p->fails.low == TICK_NEVER);
    assert_true(p->profile == 0 && net->n_profiles == 1 && net->profile[0].hour[8] == 3);
    assert_str(m->sector[model_sector_find(m, S("water"))].ja, "water");
    assert_str(m->service[pump].ja, "pump");
    assert_true(m->given == 1 && net->crew[0].number == 4);
    uint32_t line = model_need_find(m, pump, S("line")), power = model_need_find(m, pump, S("grid")), control = model_need_find(m, grid, S("control"));
    assert_true(line == net->need_at[pump] && power == line + 1);
    assert_true(net->need[line].k == 1 && net->need[line].strength == 5000 && net->need[line].buffer.low == 360 && net->need[line].recharge == 720);
    assert_true(net->need[power].k == 1 && net->need[power].strength == 10000 && net->supplier[net->supplier_at[power]].threshold == 8000);
    assert_true(net->need[control].rule == NEED_SHARE && net->need[control].k == 5 && net->need[control].buffer.low == 90);
    assert_int_equal(net->supplier[net->supplier_at[line]].service, model_find(m, S("tel")));
    assert_int_equal(net->supplier[net->supplier_at[line] + 1].delay, 5);
    const struct model_threat *worm = model_threat_find(m, S("worm")), *quake = model_threat_find(m, S("quake"));
    assert_true(worm->strike.n == 2 && worm->strike.service[0] == grid && worm->strike.service[1] == pump && worm->strike.together);
    assert_true(worm->strike.chance == 5000 && worm->strike.level == 2000 && worm->strike.repair_percent == 150 && worm->strike.lasts == TICK_NEVER);
    assert_true(quake->strike.n == 4 && !quake->strike.together && quake->strike.lasts == 48 * 60 && quake->strike.empties && quake->strike.cause == 1);
    arena_free(w->a);
}

/* ---- the canonical files ---- */

static void assert_same_again(struct work *w, struct model *m)
{
    str first[MODEL_PARTS], second[MODEL_PARTS];
    struct model_files files = {0};
    struct model *again;
    assert_ok(w, model_written(w, m, first));
    for (int i = 0; i < MODEL_PARTS; i++)
        if (first[i].n != 0) files.file[i] = (struct file){.name = str_of(model_part_names[i]), .bytes = first[i]};
    assert_ok(w, model_read(w, &files, &again));
    assert_ok(w, model_written(w, again, second));
    for (int i = 0; i < MODEL_PARTS; i++)
        if (!str_eq(first[i], second[i])) fail_msg("%s:\n%.*s\n%.*s", model_part_names[i], STR_ARG(first[i]), STR_ARG(second[i]));
    assert_true(str_eq(m->hash, again->hash));
    const struct net *a = &m->net, *b = &again->net;
    assert_memory_equal(a->need_at, b->need_at, (a->n_services + 1) * sizeof *a->need_at);
    assert_memory_equal(a->supplier_at, b->supplier_at, (a->n_needs + 1) * sizeof *a->supplier_at);
    for (uint32_t i = 0; i < a->n_suppliers; i++) {
        const struct net_supplier *x = &a->supplier[i], *y = &b->supplier[i];
        assert_true(x->service == y->service && x->delay == y->delay && x->weight == y->weight && x->threshold == y->threshold && x->type == y->type);
    }
    for (uint32_t i = 0; i < a->n_needs; i++) {
        const struct net_need *x = &a->need[i], *y = &b->need[i];
        assert_true(x->k == y->k && x->recharge == y->recharge && x->strength == y->strength && x->rule == y->rule &&
                    x->buffer.low == y->buffer.low && x->buffer.high == y->buffer.high && x->buffer.kind == y->buffer.kind);
    }
    for (uint32_t i = 0; i < a->n_services; i++) {
        const struct net_service *x = &a->service[i], *y = &b->service[i];
        assert_true(x->sector == y->sector && x->weight == y->weight && x->crew == y->crew && x->profile == y->profile && x->own == y->own &&
                    x->priority == y->priority && x->verify == y->verify && x->black_start == y->black_start && x->repair.kind == y->repair.kind);
    }
}

static void written_and_read_again(void **state)
{
    (void)state;
    struct work *w = fresh();
    struct model *m = model_of(w, FULL);
    str bytes[MODEL_PARTS];
    assert_ok(w, model_written(w, m, bytes));
    assert_str(bytes[PART_NEEDS], "service,need,ja,en,rule,enough,strength,buffer,recharge\r\n"
                                  "grid,control,,,share,5,,90m,\r\npump,line,回線,Line,any,,50,6,12\r\n");
    assert_str(bytes[PART_SUPPLIERS], "service,supplier,need,type,delay,weight,threshold\r\n"
                                      "grid,tel,control,logical,,2,\r\ngrid,tel2,control,geographic,,4,\r\n"
                                      "pump,tel,line,cyber,,,\r\npump,tel2,line,cyber,5m,,\r\npump,grid,,,1,,80\r\n");
    assert_str(bytes[PART_CREWS], "crew,ja,number\r\nline,送電班,4\r\n");
    assert_same_again(w, m);
    m = model_of(w, FIVE("code\na\n", NULL, "service,supplier\n", NULL, NULL));
    assert_ok(w, model_written(w, m, bytes));
    assert_str(bytes[PART_SERVICES], "code,what,ja,sector\r\nall,sector,全体,\r\na,,,all\r\n");
    assert_same_again(w, m);
    arena_free(w->a);
}

static uint64_t next_of(uint64_t *seed)
{
    *seed += UINT64_C(0x9E3779B97F4A7C15);
    uint64_t x = (*seed ^ (*seed >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    return x ^ (x >> 31);
}
static unsigned below(uint64_t *seed, unsigned n) { return (unsigned)(next_of(seed) % n); }
static const char *one(uint64_t *seed, const char *const *words, unsigned n) { return words[below(seed, n)]; }
#define ONE(seed, ...) one(seed, (const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

/* A model with anything in any order; all of it good. */
static const char *random_suppliers(struct arena *a, uint64_t *seed, unsigned n, struct buf *needs)
{
    struct buf b = buf_in(a);
    char *had = arena_alloc(a, (size_t)n * n * 4 + 1), *rule = arena_alloc(a, (size_t)n * 4 + 1), *given = arena_alloc(a, (size_t)n * 4 + 1);
    buf_fmt(needs, "need,service,rule,buffer,recharge,strength,ja\n");
    buf_fmt(&b, "supplier,need,service,delay,type,weight,threshold\n");
    for (unsigned i = 0; i < n * 4; i++) {
        unsigned who = below(seed, n), by = below(seed, n), need = below(seed, 4);
        char *at = &had[(who * n + by) * 4 + need], *kind = &rule[who * 4 + need];
        if (who == by || *at) continue;
        *at = 1;
        if (*kind == 0) *kind = (char)(1 + below(seed, 3)); /* none given, share, count */
        if (*kind == 3 && need == 3) *kind = 1;
        bool bare = need == 3 && *kind == 1;
        buf_fmt(&b, "s%u,", by);
        if (!bare) buf_fmt(&b, "n%u", need);
        buf_fmt(&b, ",s%u,%s,%s,%s,%s\n", who, ONE(seed, "", "1", "5m"), ONE(seed, "", "cyber", "logical", "physical"),
                *kind == 2 ? ONE(seed, "", "3", "1000000") : "", *kind != 2 ? ONE(seed, "", "99.9", "100", "1") : "");
        if (*kind == 1 || given[who * 4 + need]) continue;
        given[who * 4 + need] = 1;
        buf_fmt(needs, "n%u,s%u,%s,%s,%s,%s,%s\n", need, who, *kind == 2 ? "share" : ONE(seed, "", "all", "any", "1"),
                ONE(seed, "", "1", "2..3", "~4", "61m"), ONE(seed, "", "0", "2"), ONE(seed, "", "0", "33.33"), ONE(seed, "", "\"水, \"\"plain\"\"\""));
    }
    return str_c(a, buf_str(&b));
}

static void random_models_come_back(void **state)
{
    (void)state;
    for (uint64_t round = 0; round < 300; round++) {
        struct work *w = fresh();
        uint64_t seed = round;
        unsigned n = 1 + below(&seed, round % 10 == 0 ? 60 : 8);
        struct buf services = buf_in(w->a), needs = buf_in(w->a);
        buf_fmt(&services, "repair,sector,code,tags,fails,verification,what,level,org,weight,crew,demand\n");
        for (unsigned i = 0; i < n; i++)
            buf_fmt(&services, "%s,%s,s%u,%s,%s,%s,%s,%s,%s,%s,%s,%s\n", ONE(&seed, "", "0", "1..2"), ONE(&seed, "", "x", "y", "z"), i,
                    ONE(&seed, "", "t", " t  u "), ONE(&seed, "", "~8", "9"), ONE(&seed, "", "0", "100", "70"), ONE(&seed, "", "service"),
                    ONE(&seed, "", "12.34"), ONE(&seed, "", "org-1"), ONE(&seed, "", "0", "1", "1000000"), ONE(&seed, "", "c"),
                    ONE(&seed, "", "1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1", "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 0"));
        buf_fmt(&services, ",,y,,,%s,sector,,,,,\n", ONE(&seed, "", "70", "50.5"));
        const char *suppliers = random_suppliers(w->a, &seed, n, &needs);
        struct model *m = model_of(w, FIVE(str_c(w->a, buf_str(&services)), str_c(w->a, buf_str(&needs)), suppliers,
                                           "code,cause,hits\nt,unintentional,service:s0\n", "crew\nc\n"));
        assert_same_again(w, m);
        arena_free(w->a);
    }
}

/* Rows in another order are another file, but where each need's suppliers stand in the same order it is the same model. */
static void order_of_rows(void **state)
{
    (void)state;
    struct work *w = fresh();
    const char *services = "code\na\nb\nc\n";
    struct model *m = model_of(w, FIVE(services, NULL, "service,supplier,need\na,b,x\na,c,x\nb,c,y\n", NULL, NULL));
    struct model *n = model_of(w, FIVE(services, NULL, "supplier,service,need\nc,b,y\nb,a,x\nc,a,x\n", NULL, NULL));
    str x[MODEL_PARTS], y[MODEL_PARTS];
    assert_ok(w, model_written(w, m, x));
    assert_ok(w, model_written(w, n, y));
    assert_true(str_eq(m->hash, n->hash));
    arena_free(w->a);
}

/* ---- refusals ---- */

#define AB "code\na\nb\n"
#define LINKED "service,supplier\na,b\n"

static void refused_services(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int row;
        const char *field, *part;
    } bad[] = {
        {"", 1, NULL, "empty"},
        {"code\n", 0, NULL, "no service"},
        {"ja\nx\n", 1, NULL, "column 'code' is missing"},
        {"code,colour\na,red\n", 1, "colour", "unknown column"},
        {"code\na\nb\na\n", 4, "code", "twice"},
        {"code\na\nb c\n", 3, "code", "no code"},
        {"code,ja\na,\n,x\n", 3, "code", "a code is wanted"},
        {"code,level\na,101\nb,\n", 2, "level", "no share"},
        {"code,level\na,-1\nb,\n", 2, "level", "no share"},
        {"code,verification\na,nan\nb,\n", 2, "verification", "no share"},
        {"code,repair\na,-2\nb,\n", 2, "repair", "no time"},
        {"code,repair\na,inf\nb,\n", 2, "repair", "no time"},
        {"code,repair\na,1e3\nb,\n", 2, "repair", "no time"},
        {"code,detect\na,99999999999999999999\nb,\n", 2, "detect", "no time"},
        {"code,repair\na,8..2\nb,\n", 2, "repair", "no time"},
        {"code,fails\na,0\nb,\n", 2, "fails", "never works"},
        {"code,weight\na,-1\nb,\n", 2, "weight", "whole numbers"},
        {"code,weight\na,1.5\nb,\n", 2, "weight", "whole numbers"},
        {"code,value\na,99999999999999\nb,\n", 2, "value", "whole numbers"},
        {"code,crew\na,c\nb,\n", 2, "crew", "no crew 'c'"},
        {"code,black_start\na,maybe\nb,\n", 2, "black_start", "neither yes nor no"},
        {"code,demand\na,1 2 3\nb,\n", 2, "demand", "24 whole numbers"},
        {"code,demand\na,0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0\nb,\n", 2, "demand", "not all of them 0"},
        {"code,what\na,thing\nb,\n", 2, "what", "none of"},
        {"code,what,weight\na,,\nx,sector,3\nb,,\n", 3, "weight", "of services alone"},
        {"code,what\na,\nx,sector\nx,sector\nb,\n", 4, "code", "twice"},
        {"code,ja\na,=1+1\nb,\n", 2, "ja", "formula"},
        {"code,tags\na,1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21\nb,\n", 2, "tags", "more than 20 tags"},
        {"code,ja\na,x\nb\n", 3, NULL, "1 cells where the header has 2"},
        {"code,ja\na,x\nb,\"cut", 3, NULL, "never closed"},
        {"code,ja\na,水道の供給\nb,\xff\n", 3, "ja", "UTF-8"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        refused_at(FIVE(bad[i].text, NULL, LINKED, NULL, NULL), "services.csv", bad[i].row, bad[i].field, bad[i].part);
}

static void refused_needs(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int row;
        const char *field, *part;
    } bad[] = {
        {"service\na\n", 1, NULL, "column 'need' is missing"},
        {"service,need\nc,b\n", 2, "service", "no service 'c'"},
        {"service,need\na,b\na,b\n", 3, "need", "twice"},
        {"service,need\na,water\n", 2, "need", "no supplier"},
        {"service,need,rule\na,b,2\n", 2, "need", "more suppliers than the 1"},
        {"service,need,rule\na,b,0\n", 2, "rule", "no rule"},
        {"service,need,rule\na,b,some\n", 2, "rule", "no rule"},
        {"service,need,rule,enough\na,b,share,2\n", 2, "need", "more than the 1"},
        {"service,need,enough\na,b,1\n", 2, "enough", "rule share alone"},
        {"service,need,buffer\na,b,-1\n", 2, "buffer", "no time"},
        {"service,need,buffer\na,b,1e9\n", 2, "buffer", "no time"},
        {"service,need,recharge\na,b,1..2\n", 2, "recharge", "no time"},
        {"service,need,strength\na,b,200\n", 2, "strength", "no share"},
        {"service,need,buffer\na,b\n", 2, NULL, "2 cells where the header has 3"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        refused_at(FIVE(AB, bad[i].text, LINKED, NULL, NULL), "needs.csv", bad[i].row, bad[i].field, bad[i].part);
}

static void refused_suppliers(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int row;
        const char *field, *part;
    } bad[] = {
        {"service,supplier\na,c\n", 2, "supplier", "no service 'c'"},
        {"service,supplier\nc,a\n", 2, "service", "no service 'c'"},
        {"service,supplier\na,b\nb,b\n", 3, "supplier", "needs itself"},
        {"service,supplier\na,b\nb,a\na,b\n", 4, "supplier", "twice"},
        {"service,supplier,need\na,b,x\nb,a,\na,b,y\na,b,x\n", 5, "supplier", "twice"},
        {"service,supplier,type\na,b,chemical\n", 2, "type", "none of"},
        {"service,supplier,delay\na,b,-1\n", 2, "delay", "no time"},
        {"service,supplier,delay\na,b,1..2\n", 2, "delay", "no time"},
        {"service,supplier,threshold\na,b,0\n", 2, "threshold", "above 0"},
        {"service,supplier,threshold\na,b,100.5\n", 2, "threshold", "no share"},
        {"service,supplier,weight\nb,a,\na,b,5\n", 3, "weight", "rule share"},
        {"service,supplier,need\na,b,two words\n", 2, "need", "no code"},
        {"service,supplier,need\na,b,x\na,b\n", 3, NULL, "2 cells where the header has 3"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        refused_at(FIVE(AB, NULL, bad[i].text, NULL, NULL), "suppliers.csv", bad[i].row, bad[i].field, bad[i].part);
    refused_at(FIVE(AB, "service,need,rule\na,b,share\n", "service,supplier,threshold\na,b,50\n", NULL, NULL), "suppliers.csv", 2, "threshold",
               "no thresholds");
}

static void refused_threats_and_crews(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int row;
        const char *field, *part;
    } bad[] = {
        {"code,cause,hits\nx,cyber,tag:none\n", 2, "hits", "hits no service"},
        {"code,cause,hits\nx,cyber,sector:none\n", 2, "hits", "hits no service"},
        {"code,cause,hits\nx,cyber,service:a\ny,cyber,service:c\n", 3, "hits", "hits no service"},
        {"code,cause,hits\nx,cyber,site:a\n", 2, "hits", "hits no service"},
        {"code,cause,hits\nx,cyber,a\n", 2, "hits", "no selector"},
        {"code,cause,hits\nx,cyber,\n", 2, "hits", "wanted here"},
        {"code,cause,hits\nx,weather,service:a\n", 2, "cause", "none of"},
        {"code,cause,hits\nx,cyber,service:a\nx,cyber,service:a\n", 3, "code", "twice"},
        {"code,cause,hits,chance\nx,cyber,service:a,120\n", 2, "chance", "no share"},
        {"code,cause,hits,lasts\nx,cyber,service:a,~3\n", 2, "lasts", "no time"},
        {"code,cause,hits,draw\nx,cyber,service:a,both\n", 2, "draw", "none of"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        refused_at(FIVE(AB, NULL, LINKED, bad[i].text, NULL), "threats.csv", bad[i].row, bad[i].field, bad[i].part);
    refused_at(FIVE(AB, NULL, LINKED, NULL, "crew,number\nx,0\n"), "crews.csv", 2, "number", "whole numbers");
    refused_at(FIVE(AB, NULL, LINKED, NULL, "crew\nx\nx\n"), "crews.csv", 3, "crew", "twice");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(times),
        cmocka_unit_test(spans),
        cmocka_unit_test(shares),
        cmocka_unit_test(a_whole_model),
        cmocka_unit_test(written_and_read_again),
        cmocka_unit_test(random_models_come_back),
        cmocka_unit_test(order_of_rows),
        cmocka_unit_test(refused_services),
        cmocka_unit_test(refused_needs),
        cmocka_unit_test(refused_suppliers),
        cmocka_unit_test(refused_threats_and_crews),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
