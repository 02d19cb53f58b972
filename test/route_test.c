/* Whom a notice reaches and through whom: nets small enough to see, and on random ones an opinion formed another way. */
#include "support.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "share/route.h"

/* ---- nets made by hand ---- */

enum { GOV, NISC, FSA, METI, FINANCE, CEP_F, BANK1, BANK2, POWER, LONE, CEP_P, POWER1, COUNCIL, CERT, NET_ORGS };
static const struct {
    const char *code, *kind;
    int parent;
} drawn[NET_ORGS] = {[GOV] = {"gov", "ministry", -1},
                     [NISC] = {"nisc", "centre", GOV},
                     [FSA] = {"fsa", "ministry", -1},
                     [METI] = {"meti", "agency", -1},
                     [FINANCE] = {"finance", "sector", -1},
                     [CEP_F] = {"cep-f", "ceptoar", FINANCE},
                     [BANK1] = {"bank1", "operator", FINANCE},
                     [BANK2] = {"bank2", "operator", FINANCE},
                     [POWER] = {"power", "sector", -1},
                     [LONE] = {"lone", "operator", POWER},
                     [CEP_P] = {"cep-p", "ceptoar", -1},
                     [POWER1] = {"power1", "operator", -1},
                     [COUNCIL] = {"council", "council", -1},
                     [CERT] = {"cert", "partner", -1}};
static const struct route_link links[] = {
    {LINK_MINISTRY, FINANCE, FSA}, {LINK_MINISTRY, POWER, METI}, {LINK_CEPTOAR, FINANCE, CEP_F}, {LINK_CEPTOAR, POWER, CEP_P},
    {LINK_MEMBER, BANK2, CEP_F},   {LINK_MEMBER, BANK1, CEP_F},  {LINK_MEMBER, POWER1, CEP_P},   {LINK_CENTRE, FINANCE, NISC},
    {LINK_CENTRE, POWER, NISC},    {LINK_COUNCIL, CEP_F, COUNCIL}, {LINK_COUNCIL, CEP_P, COUNCIL}, {LINK_PARTNER, NISC, CERT}};

/* The tree in official order: whoever stands below follows at once. */
static void number(struct route_net *net, const int *parent)
{
    int64_t at = 1;
    for (size_t i = 0; i < net->n; i++) {
        net->org[i].parent = parent[i];
        net->org[i].lo = at++;
        net->org[i].hi = at;
    }
    for (size_t i = net->n; i-- > 0;)
        for (int32_t p = net->org[i].parent; p >= 0; p = net->org[p].parent)
            if (net->org[p].hi < net->org[i].hi) net->org[p].hi = net->org[i].hi;
}

static struct work w;
static struct route_net net;
static struct route_group groups[3];
static int32_t circle[] = {BANK1, POWER1}, closed[] = {CEP_F, BANK2, LONE};

static int begin(void **state)
{
    (void)state;
    w = (struct work){.a = arena_new(0)};
    net = (struct route_net){.org = arena_array(w.a, NET_ORGS, sizeof *net.org), .n = NET_ORGS, .link = (struct route_link *)(uintptr_t)links,
                             .n_links = sizeof links / sizeof *links, .group = groups, .n_groups = 3};
    int parent[NET_ORGS];
    for (int i = 0; i < NET_ORGS; i++) {
        net.org[i] = (struct route_org){.id = 100 + i, .code = str_of(drawn[i].code), .kind = str_of(drawn[i].kind)};
        parent[i] = drawn[i].parent;
    }
    number(&net, parent);
    groups[0] = (struct route_group){S("circle"), NISC, true, circle, 2};
    groups[1] = (struct route_group){S("closed"), FSA, false, closed, 3};
    groups[2] = (struct route_group){S("empty"), NISC, true, NULL, 0};
    return 0;
}

static int end(void **state)
{
    (void)state;
    arena_free(w.a);
    return 0;
}

/* "meti > cep-p > power1": each addressee behind who passes it on, in the order of the plan, parted by blanks. */
static str told(const struct plan *p)
{
    struct buf out = buf_in(w.a);
    for (size_t i = 0; i < p->n; i++) {
        if (i > 0) buf_byte(&out, ' ');
        if (p->to[i].parent >= 0) {
            assert_true((size_t)p->to[i].parent < i);
            buf_add(&out, net.org[p->to[p->to[i].parent].org].code);
            buf_byte(&out, '>');
        }
        buf_add(&out, net.org[p->to[i].org].code);
    }
    return buf_str(&out);
}

static str planned(int32_t sender, const char *address, bool direct)
{
    str words[16], rest = str_of(address), word;
    size_t n = 0;
    while (str_cut(&rest, ' ', &word)) words[n++] = word;
    struct plan p = {.n = 99};
    enum err e = route_plan(&w, &net, sender, words, n, direct, &p);
    if (e == OK) return told(&p);
    assert_int_equal(p.n, 99); /* untouched */
    w.faults.count = 0;
    return S("refused");
}
#define reaches(sender, address, wanted) assert_str(planned(sender, address, false), wanted)
#define reaches_at_once(sender, address, wanted) assert_str(planned(sender, address, true), wanted)

static void a_sector_gets_it_tier_by_tier(void **state)
{
    (void)state;
    reaches(NISC, "sector:finance", "fsa fsa>cep-f cep-f>bank1 cep-f>bank2");
    reaches(FSA, "sector:finance", "cep-f cep-f>bank1 cep-f>bank2");
    reaches(CEP_F, "members", "bank1 bank2");
    reaches(CEP_F, "ceptoar:cep-f", "bank1 bank2");
    reaches(NISC, "sector:power", "meti meti>lone meti>cep-p cep-p>power1"); /* lone has no CEPTOAR */
}

static void who_stands_between_is_addressed_too(void **state)
{
    (void)state;
    reaches(NISC, "org:bank2", "fsa fsa>cep-f cep-f>bank2");
    reaches(NISC, "org:lone", "meti meti>lone");
    reaches(FSA, "org:bank2", "cep-f cep-f>bank2");
    reaches(NISC, "kind:operator", "fsa fsa>cep-f cep-f>bank1 cep-f>bank2 meti meti>lone meti>cep-p cep-p>power1");
    reaches(NISC, "org:bank1 org:bank1 sector:finance kind:ministry", "fsa meti fsa>cep-f cep-f>bank1 cep-f>bank2");
    reaches(NISC, "kind:ceptoar org:cert", "fsa fsa>cep-f meti meti>cep-p cert");
}

static void directly_nobody_is_added(void **state)
{
    (void)state;
    reaches_at_once(NISC, "org:bank2", "bank2");
    reaches_at_once(NISC, "org:fsa org:bank2", "fsa fsa>bank2");
    reaches_at_once(NISC, "sector:finance", "fsa fsa>cep-f cep-f>bank1 cep-f>bank2");
}

static void sideways_and_upward_nobody_stands_between(void **state)
{
    (void)state;
    reaches(CEP_F, "kind:ceptoar", "cep-p");
    reaches(CEP_F, "org:council org:fsa org:nisc", "nisc fsa council");
    reaches(COUNCIL, "members", "cep-f cep-p");
    reaches(BANK1, "org:cep-f", "cep-f");
    reaches(CERT, "org:nisc", "nisc");
    reaches(GOV, "org:nisc", "nisc"); /* below it in the tree */
}

static void a_group_is_its_members_and_an_empty_one_nobody(void **state)
{
    (void)state;
    reaches(NISC, "group:circle", "fsa fsa>cep-f cep-f>bank1 meti meti>cep-p cep-p>power1");
    reaches(BANK1, "group:circle", "power1");          /* open: its members write to all */
    reaches(BANK2, "group:closed", "refused");         /* not open */
    reaches(BANK2, "org:fsa", "fsa");
    reaches(LONE, "org:fsa", "fsa");                   /* the owner of a group it belongs to */
    reaches(FSA, "group:closed", "cep-f cep-f>bank2 lone"); /* lone is not below it */
    reaches(NISC, "group:closed", "refused");
    reaches(NISC, "group:empty", "refused");
    reaches(POWER1, "group:closed", "refused");
}

/* No fault tells what exists. */
static void what_is_not_there_and_what_is_not_theirs_are_refused_alike(void **state)
{
    (void)state;
    static const char *const both[][2] = {{"org:bank2", "org:nobody"}, {"org:power1", "org:bank9"}, {"sector:finance", "sector:water"}, {"ceptoar:cep-f", "ceptoar:cep-x"},
                                          {"group:circle", "group:none"}, {"kind:operator", "kind:nothing"}, {"members", "members:all"}};
    for (size_t i = 0; i < sizeof both / sizeof *both; i++) {
        str words[2] = {str_of(both[i][0]), str_of(both[i][1])};
        struct plan p;
        assert_int_equal(route_plan(&w, &net, CERT, words, 2, false, &p), NOTFOUND);
        assert_int_equal(w.faults.count, 2);
        for (int k = 0; k < 2; k++) {
            assert_str(w.faults.first[k].id, "'%1' names nobody whom you may address: `meguri share addresses` lists the words");
            assert_true(str_eq(w.faults.first[k].arg[0], words[k]));
        }
        w.faults.count = 0;
    }
    reaches(BANK1, "org:bank1", "refused"); /* itself */
    reaches(NISC, "org:finance", "refused"); /* a sector is nobody */
    reaches(NISC, "org:bank1 org:nobody", "refused");
    struct plan p;
    assert_int_equal(route_plan(&w, &net, NISC, NULL, 0, false, &p), INVALID);
}

static void the_way_up(void **state)
{
    (void)state;
    assert_int_equal(route_ministry(&net, BANK1), FSA);
    assert_int_equal(route_ministry(&net, LONE), METI);
    assert_int_equal(route_ministry(&net, POWER1), METI);
    assert_int_equal(route_ministry(&net, CEP_P), METI);
    assert_int_equal(route_ministry(&net, FSA), -1);
    assert_int_equal(route_ministry(&net, CERT), -1);
    assert_int_equal(route_ceptoar(&net, POWER1), CEP_P);
    assert_int_equal(route_ceptoar(&net, LONE), -1);
    assert_int_equal(route_ceptoar(&net, CEP_P), -1);
    assert_int_equal(route_sector(&net, POWER1), POWER);
    assert_int_equal(route_sector(&net, LONE), POWER);
    assert_int_equal(route_sector(&net, CEP_P), POWER);
    assert_int_equal(route_sector(&net, FSA), -1);
    assert_int_equal(route_centre(&net, BANK1), NISC);
    assert_int_equal(route_centre(&net, FSA), NISC); /* through its sector */
    assert_int_equal(route_centre(&net, NISC), -1);
    assert_int_equal(route_centre(&net, CERT), -1);
    assert_int_equal(route_find(&net, 100 + LONE), LONE);
    assert_int_equal(route_find(&net, 1), -1);
    assert_int_equal(route_find_code(&net, S("lone")), LONE);
}

/* ---- an opinion formed another way: sets and relations written out, no walk along links ---- */

enum { N = 24, LINKS_MOST = 60 };
struct opinion {
    bool up[N][N], above[N][N], may[N], in[N][N]; /* up, above: [lower][upper]; in: [organisation][sector] */
    bool asked[N], reached[N];
    int by[N]; /* who passes it on; -1: the sender */
};
static struct route_org orgs[N];
static struct route_link some[LINKS_MOST];
static bool kind_is(int i, const char *kind) { return str_eq(orgs[i].kind, str_of(kind)); }
static bool official(int i) { return kind_is(i, "ministry") || kind_is(i, "agency"); }
static bool takes_part(int i) { return !kind_is(i, "sector") && !kind_is(i, "bureau"); }
static bool has(const struct route_net *n, enum link_kind kind, int from, int to)
{
    for (size_t i = 0; i < n->n_links; i++)
        if (n->link[i].kind == kind && n->link[i].from == from && n->link[i].to == to) return true;
    return false;
}
static bool below_in_tree(int lower, int upper) { return orgs[lower].lo > orgs[upper].lo && orgs[lower].lo < orgs[upper].hi; }
static int tree_sector(int i)
{
    while (i >= 0 && !kind_is(i, "sector")) i = orgs[i].parent;
    return i;
}

static void opine_sectors(const struct route_net *n, struct opinion *o)
{
    for (int i = 0; i < N; i++) {
        bool any = false;
        for (int s = 0; s < N; s++) {
            if (!kind_is(s, "sector")) continue;
            o->in[i][s] = official(i) ? has(n, LINK_MINISTRY, s, i) : kind_is(i, "ceptoar") && has(n, LINK_CEPTOAR, s, i);
            any |= o->in[i][s];
        }
        if (!official(i) && !any && tree_sector(i) >= 0) o->in[i][tree_sector(i)] = true;
    }
}

static void opine_above(const struct route_net *n, struct opinion *o)
{
    for (int i = 0; i < N; i++)
        for (int u = 0; u < N; u++) {
            if (kind_is(i, "centre")) continue;
            if (kind_is(u, "ceptoar") && !kind_is(i, "ceptoar") && !official(i)) o->up[i][u] |= has(n, LINK_MEMBER, i, u);
            if (kind_is(u, "centre")) o->up[i][u] |= has(n, LINK_CENTRE, i, u);
            for (int s = 0; s < N; s++) {
                if (!o->in[i][s]) continue;
                if (official(u) && !official(i)) o->up[i][u] |= has(n, LINK_MINISTRY, s, u);
                if (kind_is(u, "centre")) o->up[i][u] |= has(n, LINK_CENTRE, s, u);
            }
        }
    memcpy(o->above, o->up, sizeof o->above);
    for (int k = 0; k < N; k++)
        for (int i = 0; i < N; i++)
            for (int j = 0; j < N; j++)
                if (o->above[i][k] && o->above[k][j]) o->above[i][j] = true;
}

static bool in_group(const struct route_group *g, int i)
{
    for (size_t m = 0; m < g->n; m++)
        if (g->member[m] == i) return true;
    return false;
}

static bool opine_may(const struct route_net *n, const struct opinion *o, int s, int x)
{
    if (s == x || !takes_part(x)) return false;
    bool may = below_in_tree(x, s) || o->above[x][s] || o->above[s][x] || has(n, LINK_PARTNER, s, x) || has(n, LINK_PARTNER, x, s);
    for (int c = 0; c < N; c++)
        if (kind_is(c, "council"))
            may |= (c == x && has(n, LINK_COUNCIL, s, c)) || (c == s && has(n, LINK_COUNCIL, x, c)) || (has(n, LINK_COUNCIL, s, c) && has(n, LINK_COUNCIL, x, c));
    for (size_t g = 0; g < n->n_groups; g++) {
        const struct route_group *at = &n->group[g];
        may |= (at->owner == x && in_group(at, s)) || (in_group(at, x) && (at->owner == s || (at->open && in_group(at, s))));
    }
    return may;
}

static bool opine_word(const struct route_net *n, const struct opinion *o, int s, str word, int x)
{
    str rest = word, head;
    str_cut(&rest, ':', &head);
    int at = route_find_code(n, rest);
    if (str_eq(head, S("members"))) return (kind_is(s, "ceptoar") && has(n, LINK_MEMBER, x, s)) || (kind_is(s, "council") && has(n, LINK_COUNCIL, x, s));
    if (str_eq(head, S("kind"))) return str_eq(rest, S("ministry")) ? official(x) : str_eq(orgs[x].kind, rest);
    for (size_t g = 0; str_eq(head, S("group")) && g < n->n_groups; g++)
        if (str_eq(n->group[g].code, rest)) return in_group(&n->group[g], x) && (n->group[g].owner == s || (n->group[g].open && in_group(&n->group[g], s)));
    if (at < 0) return false;
    if (str_eq(head, S("org"))) return x == at;
    if (str_eq(head, S("ceptoar"))) return kind_is(at, "ceptoar") && (x == at || has(n, LINK_MEMBER, x, at));
    if (!str_eq(head, S("sector")) || !kind_is(at, "sector")) return false;
    if (kind_is(x, "ceptoar") && o->in[x][at]) return true;
    if (official(x) && has(n, LINK_MINISTRY, at, x)) return true;
    for (int c = 0; c < N; c++)
        if (kind_is(c, "ceptoar") && o->in[c][at] && has(n, LINK_MEMBER, x, c)) return true;
    return !kind_is(x, "ceptoar") && below_in_tree(x, at);
}

/* Of those that may stand between, the best: the sender, who is addressed, who comes first. */
static int best_of(const struct opinion *o, int s, const bool *candidate, bool direct)
{
    if (candidate[s]) return s;
    for (int pass = 0; pass < (direct ? 1 : 2); pass++)
        for (int i = 0; i < N; i++)
            if (candidate[i] && o->above[i][s] && (pass == 1 || o->asked[i])) return i;
    return -1;
}

static int opine_by(const struct opinion *o, int s, int x, bool direct)
{
    bool ceptoars[N] = {0}, ministries[N] = {0}, theirs[N] = {0};
    if (!o->above[x][s]) return -1;
    for (int u = 0; u < N; u++) {
        ceptoars[u] = o->up[x][u] && kind_is(u, "ceptoar");
        ministries[u] = o->up[x][u] && official(u);
        for (int c = 0; c < N; c++) theirs[u] |= o->up[x][c] && kind_is(c, "ceptoar") && o->up[c][u] && official(u);
    }
    int by = best_of(o, s, ceptoars, direct);
    if (by < 0) by = best_of(o, s, ministries, direct);
    if (by < 0) by = best_of(o, s, theirs, direct);
    return by == s ? -1 : by;
}

/* False: some word yields nobody. */
static bool opine(const struct route_net *n, int s, const str *words, size_t n_words, bool direct, struct opinion *o)
{
    memset(o, 0, sizeof *o);
    opine_sectors(n, o);
    opine_above(n, o);
    for (int x = 0; x < N; x++) o->may[x] = opine_may(n, o, s, x);
    for (size_t i = 0; i < n_words; i++) {
        bool any = false;
        for (int x = 0; x < N; x++)
            if (o->may[x] && opine_word(n, o, s, words[i], x)) o->asked[x] = any = true;
        if (!any) return false;
    }
    memcpy(o->reached, o->asked, sizeof o->reached);
    for (int again = 0; again < 4; again++)
        for (int x = 0; x < N; x++) {
            o->by[x] = opine_by(o, s, x, direct);
            if (o->reached[x] && o->by[x] >= 0) o->reached[o->by[x]] = true;
        }
    return true;
}

static int drawn_from(int n) { return rand() % n; }

/* Mostly one of that kind, so that links and words mean something. */
static int draw_kind(const char *kind)
{
    int i = drawn_from(N);
    for (int tries = 0; tries < 30 && !kind_is(i, kind); tries++) i = drawn_from(N);
    return i;
}

static void draw_net(struct arena *a, struct route_net *out)
{
    static const char *const kinds[] = {"sector", "sector", "ministry", "agency", "ceptoar", "ceptoar", "centre", "council", "partner", "company", "bureau",
                                        "operator", "operator", "operator", "operator", "operator"};
    int parent[N];
    *out = (struct route_net){.org = orgs, .n = N, .link = some};
    for (int i = 0; i < N; i++) {
        orgs[i] = (struct route_org){.id = i, .code = str_fmt(a, "o%d", i), .kind = str_of(kinds[drawn_from(sizeof kinds / sizeof *kinds)])};
        int p = i - 1;
        for (int up = drawn_from(4); p >= 0 && up > 0; up--) p = parent[p];
        parent[i] = p;
    }
    number(out, parent);
    for (int tries = 0; tries < LINKS_MOST; tries++) {
        static const char *const from[LINK_KINDS] = {"sector", "sector", "operator", "sector", "ceptoar", "centre"};
        static const char *const to[LINK_KINDS] = {"ministry", "ceptoar", "ceptoar", "centre", "council", "partner"};
        enum link_kind kind = (enum link_kind)drawn_from(LINK_KINDS);
        struct route_link l = {kind, draw_kind(from[kind]), draw_kind(to[kind])};
        if (!has(out, l.kind, l.from, l.to)) some[out->n_links++] = l;
    }
}

static void draw_groups(struct arena *a, struct route_net *out)
{
    out->group = arena_array(a, 3, sizeof *out->group);
    for (out->n_groups = 0; out->n_groups < 3; out->n_groups++) {
        int32_t *member = arena_array(a, N, sizeof *member);
        struct route_group *g = &out->group[out->n_groups];
        *g = (struct route_group){str_fmt(a, "g%d", (int)out->n_groups), drawn_from(N), drawn_from(2) == 0, member, 0};
        for (int i = 0; i < N; i++)
            if (drawn_from(6) == 0) member[g->n++] = i;
    }
}

static str draw_word(struct arena *a, const struct route_net *n)
{
    static const char *const heads[] = {"org", "org", "org", "sector", "sector", "ceptoar", "kind", "group", "members"};
    const char *head = heads[drawn_from(9)];
    if (strcmp(head, "members") == 0) return S("members");
    if (strcmp(head, "kind") == 0) return str_fmt(a, "kind:%.*s", STR_ARG(orgs[drawn_from(N)].kind));
    if (strcmp(head, "group") == 0) return str_fmt(a, "group:g%d", drawn_from(4));
    return str_fmt(a, "%s:%.*s", head, STR_ARG(n->org[draw_kind(strcmp(head, "org") == 0 ? "operator" : head)].code));
}

/* Mostly such as write to many. */
static int draw_sender(void)
{
    static const char *const kinds[] = {"centre", "centre", "ministry", "agency", "ceptoar", "council", "operator"};
    return draw_kind(kinds[drawn_from(7)]);
}

static size_t passed_on; /* addressees that get it through another */

static size_t compare(struct route_net *n, int sender, const str *words, size_t n_words, bool direct)
{
    static struct opinion o;
    struct plan p = {0};
    bool wanted = opine(n, sender, words, n_words, direct, &o);
    enum err e = route_plan(&w, n, sender, words, n_words, direct, &p);
    w.faults.count = 0;
    assert_int_equal(e, wanted ? OK : NOTFOUND);
    for (int x = 0; x < N; x++) {
        assert_int_equal(route_may_address(n, sender, x), o.may[x]);
        assert_int_equal(route_above(n, sender, x), sender != x && o.above[x][sender]);
    }
    if (!wanted) return 0;
    size_t counted = 0, tiers = 0;
    bool seen[N] = {0};
    for (size_t i = 0; i < p.n; i++) {
        int x = p.to[i].org, parent = p.to[i].parent;
        assert_true(o.reached[x] && !seen[x] && x != sender);
        seen[x] = true;
        assert_true(parent < (int)i);
        passed_on += parent >= 0;
        assert_int_equal(parent < 0 ? -1 : p.to[parent].org, o.by[x]);
        assert_int_equal(p.to[i].tier, tier_of_kind(orgs[x].kind));
    }
    for (int x = 0; x < N; x++) counted += o.reached[x];
    for (int t = 0; t < TIERS; t++) tiers += p.tier[t];
    assert_int_equal(p.n, counted);
    assert_int_equal(tiers, counted);
    return counted;
}

static void random_nets_are_planned_as_the_oracle_says(void **state)
{
    (void)state;
    srand(20070423);
    size_t reached = 0, planned_at_all = 0;
    for (int k = 0; k < 4000; k++) {
        struct arena_mark mark = arena_mark(w.a);
        struct route_net n;
        draw_net(w.a, &n);
        draw_groups(w.a, &n);
        if (k % 2 == 0) route_index(w.a, &n);
        for (int again = 0; again < 6; again++) {
            str words[2] = {draw_word(w.a, &n), draw_word(w.a, &n)};
            size_t some_reached = compare(&n, draw_sender(), words, 1 + (again % 3 == 0), drawn_from(3) == 0);
            reached += some_reached;
            planned_at_all += some_reached > 0;
        }
        arena_back(w.a, mark);
    }
    assert_true(planned_at_all > 4000 && reached > 8000 && passed_on > 2000); /* else the test would say little */
}

/* Fifteen sectors with a CEPTOAR each and 20,000 operators: the plan a person waits for while they write. */
static void twenty_thousand_operators_are_planned_at_once(void **state)
{
    (void)state;
    enum { SECTORS = 15, MANY = 20000, ALL = 2 + 2 * SECTORS + MANY };
    struct route_net n = {.org = arena_array(w.a, ALL, sizeof *n.org), .n = ALL, .link = arena_array(w.a, ALL * 3, sizeof *n.link)};
    for (int i = 0; i < ALL; i++) {
        const char *kind = i == 0 ? "centre" : i == 1 ? "ministry" : i < 2 + SECTORS ? "sector" : i < 2 + 2 * SECTORS ? "ceptoar" : "operator";
        n.org[i] = (struct route_org){i, i + 1, i + 2, str_fmt(w.a, "o%d", i), str_of(kind), -1};
        if (i >= 2 + 2 * SECTORS) n.link[n.n_links++] = (struct route_link){LINK_MEMBER, i, 2 + SECTORS + i % SECTORS};
        if (i < 2 || i >= 2 + SECTORS) continue;
        n.link[n.n_links++] = (struct route_link){LINK_MINISTRY, i, 1};
        n.link[n.n_links++] = (struct route_link){LINK_CEPTOAR, i, i + SECTORS};
        n.link[n.n_links++] = (struct route_link){LINK_CENTRE, i, 0};
    }
    str words[SECTORS];
    for (int i = 0; i < SECTORS; i++) words[i] = str_fmt(w.a, "sector:o%d", 2 + i);
    struct plan p;
    clock_t before = clock();
    assert_int_equal(route_plan(&w, &n, 0, words, SECTORS, false, &p), OK);
#ifdef __SANITIZE_ADDRESS__
    assert_true(clock() - before < 4 * CLOCKS_PER_SEC);
#else
    assert_true(clock() - before < CLOCKS_PER_SEC / 2);
#endif
    assert_int_equal(p.n, 1 + SECTORS + MANY);
    assert_int_equal(p.tier[TIER_OPERATOR], MANY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define NET_TEST(test) cmocka_unit_test_setup_teardown(test, begin, end)
        NET_TEST(a_sector_gets_it_tier_by_tier),
        NET_TEST(who_stands_between_is_addressed_too),
        NET_TEST(directly_nobody_is_added),
        NET_TEST(sideways_and_upward_nobody_stands_between),
        NET_TEST(a_group_is_its_members_and_an_empty_one_nobody),
        NET_TEST(what_is_not_there_and_what_is_not_theirs_are_refused_alike),
        NET_TEST(the_way_up),
        NET_TEST(random_nets_are_planned_as_the_oracle_says),
        NET_TEST(twenty_thousand_operators_are_planned_at_once),
    };
    return cmocka_run_group_tests_name("route", tests, NULL, NULL);
}
