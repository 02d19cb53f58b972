/* Random rounds against a slow model of them. The model below knows neither src/tally nor src/inspect: plain arrays,
 * every figure counted anew from all respondents after every act, fractions as GMP rationals, never a floating-point
 * number. A failure prints the number of its round: MEGURI_ROUND=N runs that one alone. */
#include "inspect_kit.h"

#include <gmp.h>

enum { ORGS = 12, DUTIES = 4, CLAUSES = 12, PARTS = 2, RESPONDENTS = 24, EXCEPTIONS = 8 };
enum { BLANK, NO, NONE, YES }; /* an answer */
enum { APART, NOT_DONE_RULE, ANSWERED };
#ifdef __SANITIZE_ADDRESS__ /* three to five times slower */
enum { ROUNDS_SQLITE = 1000, ROUNDS_POSTGRES = 100 };
#else
enum { ROUNDS_SQLITE = 3000, ROUNDS_POSTGRES = 200 };
#endif

static const char *const rules[] = {"apart", "not-done", "answered"};
static const char *const reasons[] = {"",          "transferred", "left",         "leave",
                                      "long-trip", "seconded",    "not-answered", "not-counted"};
enum { REASON_WORDS = sizeof reasons / sizeof *reasons };

/* ---- chance (SplitMix64; Steele, Lea, Flood 2014) ---- */
struct chance {
    uint64_t state;
};
static uint64_t draw(struct chance *c)
{
    uint64_t z = c->state += 0x9E3779B97F4A7C15U;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9U;
    z = (z ^ z >> 27) * 0x94D049BB133111EBU;
    return z ^ z >> 31;
}
static int below(struct chance *c, int n) { return (int)(draw(c) % (uint64_t)n); }
static bool one_in(struct chance *c, int n) { return below(c, n) == 0; }

/* ---- the model ---- */
struct respondent_model {
    char code[16];
    int org, duty;
    bool bound[CLAUSES];
    int state, answer[CLAUSES]; /* state -1: no sheet */
    int reason;
};
struct exception_model {
    int respondent, org, clause; /* one of the first two, the other -1 */
    bool holds, used;
};
struct aggregate_model {
    bool used;
    int64_t reported, known, own;
    bool has[CLAUSES];
    int64_t asked[CLAUSES], arisen[CLAUSES], done[CLAUSES];
};
struct model {
    struct chance chance;
    int orgs, up[ORGS], depth[ORGS];
    int duties, clauses, part[CLAUSES], duty[CLAUSES];
    bool enhanced[CLAUSES], no_occasion[CLAUSES];
    int adopted[ORGS][CLAUSES]; /* -1 undecided */
    bool aggregated[ORGS], excluded[ORGS];
    int respondents;
    struct respondent_model r[RESPONDENTS];
    struct exception_model e[EXCEPTIONS];
    struct aggregate_model a[ORGS][DUTIES];
    int exceptions_rule;
    bool pooled, leaves[REASON_WORDS];
};

static bool within(const struct model *m, int org, int top)
{
    while (org >= 0 && org != top) org = m->up[org];
    return org == top;
}

static bool adopts(const struct model *m, int org, int clause)
{
    while (org >= 0 && m->adopted[org][clause] < 0) org = m->up[org];
    return org >= 0 && m->adopted[org][clause] == 1;
}

static bool binds(const struct model *m, int org, int duty, int clause)
{
    return m->duty[clause] == duty && (!m->enhanced[clause] || adopts(m, org, clause));
}

static bool excepted(const struct model *m, int respondent, int clause)
{
    for (int i = 0; i < EXCEPTIONS; i++) {
        const struct exception_model *e = &m->e[i];
        if (!e->used || !e->holds || e->clause != clause) continue;
        if (e->respondent == respondent || (e->org >= 0 && within(m, m->r[respondent].org, e->org))) return true;
    }
    return false;
}

/* Do clause counts gathered at `org` reach `top`? Those of an excluded organisation stop at itself. */
static bool reaches(const struct model *m, int org, int top)
{
    for (; org != top; org = m->up[org])
        if (m->excluded[org]) return false;
    return true;
}

struct clause_sum {
    int64_t arisen, done, excepted;
};
static struct clause_sum clause_sum(const struct model *m, int top, int clause, int least_state)
{
    struct clause_sum s = {0};
    for (int i = 0; i < m->respondents; i++) {
        const struct respondent_model *r = &m->r[i];
        if (r->state < least_state || !within(m, r->org, top) || !reaches(m, r->org, top) || r->answer[clause] == BLANK)
            continue;
        bool ex = excepted(m, i, clause), not_done = ex && m->exceptions_rule == NOT_DONE_RULE;
        s.excepted += ex;
        if (ex && m->exceptions_rule == APART) continue;
        s.arisen += not_done || r->answer[clause] == NO || r->answer[clause] == YES;
        s.done += !not_done && r->answer[clause] == YES;
    }
    for (int o = 0; o < m->orgs; o++) {
        const struct aggregate_model *a = &m->a[o][m->duty[clause]];
        if (!a->used || !a->has[clause] || !within(m, o, top) || !reaches(m, o, top)) continue;
        s.arisen += a->arisen[clause];
        s.done += a->done[clause];
    }
    return s;
}

struct known_sum {
    int64_t reported, official, provisional, own;
};
static struct known_sum known_sum(const struct model *m, int top)
{
    struct known_sum s = {0};
    for (int i = 0; i < m->respondents; i++) {
        const struct respondent_model *r = &m->r[i];
        if (!within(m, r->org, top)) continue;
        s.reported += r->state > 0 || !m->leaves[r->reason];
        s.official += r->state == 2;
        s.provisional += r->state > 0;
    }
    for (int o = 0; o < m->orgs; o++) {
        for (int d = 0; d < m->duties; d++) {
            const struct aggregate_model *a = &m->a[o][d];
            if (!a->used || !within(m, o, top)) continue;
            s.reported += a->reported;
            s.official += a->known;
            s.provisional += a->known;
            s.own += a->own;
        }
    }
    return s;
}

struct figures {
    int64_t arisen, done, excepted, clauses, left_out, attained[3];
};
/* part PARTS: the whole edition. rate is set when some clause counts. */
static struct figures figures_of(const struct model *m, int top, int part, int least_state, mpq_t rate)
{
    static const int percent[3] = {100, 95, 90};
    struct figures f = {0};
    mpq_t one;
    mpq_init(one);
    mpq_set_si(rate, 0, 1);
    for (int c = 0; c < m->clauses; c++) {
        if (part != PARTS && m->part[c] != part) continue;
        struct clause_sum s = clause_sum(m, top, c, least_state);
        f.arisen += s.arisen;
        f.done += s.done;
        f.excepted += s.excepted;
        f.left_out += s.arisen == 0;
        if (s.arisen == 0) continue;
        f.clauses++;
        for (int t = 0; t < 3; t++) f.attained[t] += s.done * 100 >= percent[t] * s.arisen;
        mpq_set_si(one, s.done, (unsigned long)s.arisen);
        mpq_canonicalize(one);
        mpq_add(rate, rate, one);
    }
    if (f.clauses > 0 && m->pooled) mpq_set_si(rate, f.done, (unsigned long)f.arisen);
    if (f.clauses > 0 && !m->pooled) mpz_mul_si(mpq_denref(rate), mpq_denref(rate), f.clauses);
    mpq_canonicalize(rate);
    mpq_clear(one);
    return f;
}

/* ---- comparing ---- */
#define same_int(k, table, org, part, key, wanted) check_int(k, table, org, part, key, wanted, __LINE__)
static void check_int(const struct kept *k, const char *table, const char *org, const char *part, const char *key,
                      int64_t wanted, int line)
{
    const struct cell *c = cell_at(k, table, org, part, key);
    if (c->type == CELL_INT && c->i == wanted) return;
    print_error("%s %s %s.%s is %lld, the model says %lld\n", org, part == NULL ? "" : part, table, key,
                (long long)c->i, (long long)wanted);
    _fail(__FILE__, line);
}

static const int boundaries[] = {1000, 800, 600}; /* A B C, in tenths of a percent */

static int shown_tenths(const mpq_t q)
{
    mpz_t n;
    mpz_init_set(n, mpq_numref(q));
    mpz_mul_ui(n, n, 2000);
    mpz_add(n, n, mpq_denref(q));
    mpz_fdiv_q(n, n, mpq_denref(q)); /* floor(2000 q + 1) */
    int shown = (int)(mpz_get_si(n) / 2);
    mpz_clear(n);
    for (int i = 0; i < 3; i++)
        if (mpq_cmp_ui(q, (unsigned long)boundaries[i], 1000) < 0 && shown >= boundaries[i]) shown = boundaries[i] - 1;
    return shown;
}

/* The value handed out is the double nearest to q: no other is nearer, judged exactly. */
static bool nearest(double value, const mpq_t q)
{
    mpq_t v, w, gap, other;
    mpq_inits(v, w, gap, other, NULL);
    mpq_set_d(v, value);
    mpq_sub(gap, v, q);
    mpq_abs(gap, gap);
    bool good = true;
    for (int side = 0; side < 2; side++) {
        union {
            double d;
            uint64_t u;
        } next = {.d = value};
        if (side == 0 && next.u == 0) continue; /* nothing below zero */
        next.u += side == 0 ? UINT64_MAX : 1;
        mpq_set_d(w, next.d);
        mpq_sub(other, w, q);
        mpq_abs(other, other);
        good = good && mpq_cmp(gap, other) <= 0;
    }
    mpq_clears(v, w, gap, other, NULL);
    return good;
}

#define same_rate(k, table, org, part, key, q, defined) check_rate(k, table, org, part, key, q, defined, true, __LINE__)
#define same_share(k, table, org, part, key, q, defined)                                                               \
    check_rate(k, table, org, part, key, q, defined, false, __LINE__)
static void check_rate(const struct kept *k, const char *table, const char *org, const char *part, const char *key,
                       const mpq_t q, bool defined, bool graded, int line)
{
    const struct cell *c = cell_at(k, table, org, part, key);
    bool is = c->type == CELL_RATE && c->rate.defined;
    int wanted = defined ? shown_tenths(q) : 0;
    if (!graded && defined) { /* a share is rounded, held back below 100.0 alone */
        mpz_t n;
        mpz_init_set(n, mpq_numref(q));
        mpz_mul_ui(n, n, 2000);
        mpz_add(n, n, mpq_denref(q));
        mpz_fdiv_q(n, n, mpq_denref(q));
        wanted = (int)(mpz_get_si(n) / 2);
        mpz_clear(n);
        if (mpq_cmp_ui(q, 1, 1) < 0 && wanted >= 1000) wanted = 999;
    }
    if (is == defined && (!defined || (c->rate.tenths == wanted && nearest(c->rate.value, q)))) return;
    char *exact = mpq_get_str(NULL, 10, q);
    print_error("%s %s %s.%s is %s %d (%.17g), the model says %s %d (%s)\n", org, part == NULL ? "" : part, table, key,
                is ? "defined" : "undefined", c->rate.tenths, c->rate.value, defined ? "defined" : "undefined", wanted,
                exact);
    free(exact);
    _fail(__FILE__, line);
}

static void same_ratio(const struct kept *k, const char *table, const char *org, const char *part, const char *key,
                       int64_t n, int64_t d, bool graded)
{
    mpq_t q;
    mpq_init(q);
    if (d > 0) mpq_set_si(q, n, (unsigned long)d);
    mpq_canonicalize(q);
    if (graded)
        same_rate(k, table, org, part, key, q, d > 0);
    else
        same_share(k, table, org, part, key, q, d > 0);
    mpq_clear(q);
}

static const char *org_code(int i)
{
    static char code[ORGS][16];
    snprintf(code[i], sizeof code[i], "o%d", i);
    return code[i];
}

static void check_mean(const struct model *m, const struct kept *k, int top, int part)
{
    mpq_t sum, one;
    mpq_inits(sum, one, NULL);
    int64_t over = 0;
    for (int o = 0; o < m->orgs; o++) {
        if (m->up[o] != top || m->excluded[o] || figures_of(m, o, part, 2, one).clauses == 0) continue;
        mpq_add(sum, sum, one);
        over++;
    }
    if (over > 0) mpz_mul_si(mpq_denref(sum), mpq_denref(sum), over);
    mpq_canonicalize(sum);
    const char *p = part == 0 ? "2" : "3";
    same_rate(k, "rates", org_code(top), p, "implementation_mean", sum, over > 0);
    if (over > 0) same_int(k, "rates", org_code(top), p, "organisations", over);
    mpq_clears(sum, one, NULL);
}

static void check_part(const struct model *m, const struct kept *k, int top, int part)
{
    static const char *const attainment[3] = {"attainment_100", "attainment_95", "attainment_90"};
    const char *org = org_code(top), *p = part == 0 ? "2" : "3";
    bool any = false;
    for (int c = 0; c < m->clauses; c++) any = any || m->part[c] == part;
    if (!any) {
        assert_true(row_of(k, "rates", org, p) < 0);
        return;
    }
    mpq_t rate;
    mpq_init(rate);
    struct figures f = figures_of(m, top, part, 2, rate);
    same_int(k, "rates", org, p, "clauses", f.clauses);
    same_int(k, "rates", org, p, "left_out", f.left_out);
    same_int(k, "rates", org, p, "arisen", f.arisen);
    same_int(k, "rates", org, p, "done", f.done);
    same_int(k, "rates", org, p, "excepted", f.excepted);
    same_rate(k, "rates", org, p, "implementation", rate, f.clauses > 0);
    for (int t = 0; t < 3; t++) same_ratio(k, "rates", org, p, attainment[t], f.attained[t], f.clauses, false);
    f = figures_of(m, top, part, 1, rate);
    same_int(k, "rates", org, p, "arisen_provisional", f.arisen);
    same_int(k, "rates", org, p, "done_provisional", f.done);
    same_rate(k, "rates", org, p, "implementation_provisional", rate, f.clauses > 0);
    mpq_clear(rate);
    check_mean(m, k, top, part);
}

static void check_coverage(const struct model *m, const struct kept *k, int top)
{
    const char *org = org_code(top);
    struct known_sum s = known_sum(m, top);
    same_int(k, "coverage", org, NULL, "reported", s.reported);
    same_int(k, "coverage", org, NULL, "known", s.official);
    same_int(k, "coverage", org, NULL, "known_provisional", s.provisional);
    same_ratio(k, "coverage", org, NULL, "coverage", s.official, s.reported, true);
    same_ratio(k, "coverage", org, NULL, "coverage_provisional", s.provisional, s.reported, true);
    if (s.own > 0) same_int(k, "coverage", org, NULL, "own_survey", s.own);
    if (s.own > 0) same_ratio(k, "coverage", org, NULL, "coverage_own_survey", s.official + s.own, s.reported, true);
    assert_int_equal(cell_at(k, "coverage", org, NULL, "excluded")->i, m->excluded[top]);
}

static void check_grade(const struct model *m, const struct kept *k, int top)
{
    mpq_t rate;
    mpq_init(rate);
    struct figures f = figures_of(m, top, PARTS, 2, rate);
    const char *org = org_code(top), *grade = "D";
    for (int i = 2; i >= 0; i--)
        if (mpq_cmp_ui(rate, (unsigned long)boundaries[i], 1000) >= 0) grade = i == 0 ? "A" : i == 1 ? "B" : "C";
    same_int(k, "grades", org, NULL, "items", f.clauses);
    same_rate(k, "grades", org, NULL, "rate", rate, f.clauses > 0);
    if (f.clauses > 0) assert_str(cell_at(k, "grades", org, NULL, "grade")->text, grade);
    mpq_clear(rate);
}

static struct kept *run(struct work *w, const char *room, const char *entry, const struct ask *ask)
{
    struct kept *k = kept_new(w);
    assert_ok(w, directly(w, room, entry, ask, k));
    return k;
}

static void check_all(struct work *w, const struct model *m)
{
    const struct kept *k = run(w, "inspect", "rates", ASK({"round", "x"}, {"depth", "-1"}));
    assert_int_equal(rows_of(k, "coverage"), m->orgs);
    for (int o = 0; o < m->orgs; o++) {
        check_coverage(m, k, o);
        for (int p = 0; p < PARTS; p++) check_part(m, k, o, p);
    }
    k = run(w, "inspect", "grades", ASK({"round", "x"}, {"depth", "-1"}));
    for (int o = 0; o < m->orgs; o++) check_grade(m, k, o);
}

/* ---- a world, by the acts users have ---- */
static void make_tree(struct model *m, struct buf *b)
{
    m->orgs = 1 + below(&m->chance, ORGS);
    buf_add(b, S("code,parent,kind,order,name_ja,name_en,from,to\n"));
    for (int o = 0; o < m->orgs; o++) {
        m->up[o] = o == 0 ? -1 : below(&m->chance, o);
        while (o > 0 && m->depth[m->up[o]] >= 5) m->up[o] = m->up[m->up[o]];
        m->depth[o] = o == 0 ? 0 : m->depth[m->up[o]] + 1;
        buf_fmt(b, "o%d,%s,unit,%d,機関%d,Unit %d,,\n", o, o == 0 ? "" : org_code(m->up[o]), below(&m->chance, 100), o,
                o);
    }
}

/* Devices are asked as the duty of their kind. */
static const char *duty_word(int duty) { return (const char *const[]){"d0", "d1", "d2", "device"}[duty]; }

static void make_standard(struct work *w, struct model *m)
{
    struct buf clauses = buf_in(w->a), adoptions = buf_in(w->a);
    m->duties = 1 + below(&m->chance, DUTIES);
    m->clauses = 1 + below(&m->chance, CLAUSES);
    buf_add(&clauses, S("number,section,parent,level,duty,no_occasion,text_ja,text_en\n"));
    buf_add(&adoptions, S("org,clause,adopted,date,by,reason_ja,reason_en\n"));
    int in_2 = below(&m->chance, m->clauses + 1);
    bool any = false;
    for (int c = 0; c < m->clauses; c++) {
        m->part[c] = c < in_2 ? 0 : 1;
        m->duty[c] = below(&m->chance, m->duties);
        m->enhanced[c] = one_in(&m->chance, 3);
        m->no_occasion[c] = one_in(&m->chance, 2);
        buf_fmt(&clauses, "c%d,%d,,%s,%s,%s,事項%d,Clause %d\n", c, m->part[c] + 2,
                m->enhanced[c] ? "enhanced" : "basic", duty_word(m->duty[c]), m->no_occasion[c] ? "yes" : "no", c, c);
        for (int o = 0; o < m->orgs; o++) {
            m->adopted[o][c] = m->enhanced[c] && one_in(&m->chance, 4) ? below(&m->chance, 2) : -1;
            if (m->adopted[o][c] < 0) continue;
            buf_fmt(&adoptions, "o%d,c%d,%s,2007-01-01,x,決定,Decided\n", o, c, m->adopted[o][c] ? "yes" : "no");
            any = true;
        }
    }
    buf_byte(&clauses, '\0');
    buf_byte(&adoptions, '\0');
    run(w, "standard", "edition",
        ASK({"code", "e"}, {"catalogue", "s"}, {"title_ja", "基準"}, {"effective", "2007-04-01"}));
    run(w, "standard", "import",
        ASK({"edition", "e"}, {"what", "sections"}, FILED("code,parent,title_ja,title_en\n2,,二,Two\n3,,三,Three\n")));
    run(w, "standard", "import", ASK({"edition", "e"}, {"what", "clauses"}, FILED(clauses.p)));
    run(w, "standard", "decide", ASK({"edition", "e"}));
    if (any) run(w, "standard", "import", ASK({"edition", "e"}, {"what", "adoptions"}, FILED(adoptions.p)));
}

static void add_respondent(struct model *m, const char *code, int org, int duty)
{
    bool asked = false;
    for (int c = 0; c < m->clauses; c++) asked = asked || m->duty[c] == duty;
    if (!asked || m->aggregated[org]) return;
    struct respondent_model *r = &m->r[m->respondents++];
    *r = (struct respondent_model){.org = org, .duty = duty, .state = -1};
    snprintf(r->code, sizeof r->code, "%s", code);
    for (int c = 0; c < m->clauses; c++) r->bound[c] = binds(m, org, duty, c);
}

/* Posts held and vacant, some not yet or no longer there on the base date, deputies who are not asked; devices. */
static void make_posts(struct work *w, struct model *m)
{
    struct buf people = buf_in(w->a), posts = buf_in(w->a), systems = buf_in(w->a);
    buf_add(&people, S("code,org,name_ja,name_en,mail,from,to\n"));
    buf_add(&posts, S("code,duty,org,system,person,deputy_of,from,to\n"));
    buf_add(&systems, S("code,org,kind,name_ja,name_en,from,to\n"));
    int n = 1 + below(&m->chance, RESPONDENTS);
    for (int i = 0; i < n; i++) {
        int org = below(&m->chance, m->orgs), duty = below(&m->chance, m->duties);
        static const char *const spans[] = {",", ",", ",", ",2007-03-31", "2007-03-31,", ",2007-03-30", "2007-04-01,"};
        int span = below(&m->chance, 7);
        bool there = span < 5;
        char code[16];
        snprintf(code, sizeof code, "%s%d", duty == 3 ? "y" : "p", i);
        if (duty == 3) {
            buf_fmt(&systems, "%s,o%d,device,端末,PC,%s\n", code, org, spans[span]);
        } else {
            bool held = one_in(&m->chance, 2);
            if (held) buf_fmt(&people, "h%d,o%d,人%d,,,,\n", i, org, i);
            buf_fmt(&posts, "%s,d%d,o%d,,", code, duty, org);
            if (held) buf_fmt(&posts, "h%d", i);
            buf_fmt(&posts, ",,%s\n", spans[span]);
            if (one_in(&m->chance, 6)) buf_fmt(&posts, "q%d,d%d,o%d,,,%s,,\n", i, duty, org, code);
        }
        if (there) add_respondent(m, code, org, duty);
    }
    buf_byte(&people, '\0');
    buf_byte(&posts, '\0');
    buf_byte(&systems, '\0');
    run(w, "registry", "import", ASK({"what", "people"}, FILED(people.p)));
    run(w, "registry", "import", ASK({"what", "systems"}, FILED(systems.p)));
    run(w, "registry", "import", ASK({"what", "posts"}, FILED(posts.p)));
}

static void choose_rules(struct model *m, struct buf *unknown_out)
{
    m->exceptions_rule = below(&m->chance, 3);
    m->pooled = one_in(&m->chance, 3);
    for (int i = 1; i < (int)REASON_WORDS; i++) {
        m->leaves[i] = one_in(&m->chance, 4) && strcmp(reasons[i], "not-answered") != 0; /* that is no reason */
        if (m->leaves[i]) buf_fmt(unknown_out, "%s%s", unknown_out->n == 0 ? "" : " ", reasons[i]);
    }
    buf_byte(unknown_out, '\0');
}

static void mark_aggregated(struct model *m, int top)
{
    for (int o = 0; o < m->orgs; o++) m->aggregated[o] = m->aggregated[o] || within(m, o, top);
}

static void make_world(struct work *w, struct model *m)
{
    struct buf tree = buf_in(w->a), out = buf_in(w->a);
    int aggregate = -1;
    make_tree(m, &tree);
    buf_byte(&tree, '\0');
    run(w, "registry", "import",
        ASK({"what", "duties"},
            FILED("code,name_ja,name_en,rights,order\nd0,零,D0,,1\nd1,一,D1,,2\nd2,二,D2,,3\ndevice,端末,D3,,4\n")));
    run(w, "registry", "import", ASK({"what", "organisations"}, FILED(tree.p)));
    if (m->orgs > 1 && one_in(&m->chance, 2)) mark_aggregated(m, aggregate = 1 + below(&m->chance, m->orgs - 1));
    make_standard(w, m);
    make_posts(w, m);
    choose_rules(m, &out);
    struct ask ask[] = {{"code", "x"},
                        {"title_ja", "回"},
                        {"edition", "e"},
                        {"frame", "o0"},
                        {"base", "2007-03-31"},
                        {"rate", m->pooled ? "pooled" : "mean"},
                        {"exceptions", rules[m->exceptions_rule]},
                        {"unknown_out", out.p},
                        {"aggregate", aggregate < 0 ? "" : org_code(aggregate)},
                        {0}};
    if (aggregate < 0) ask[8] = (struct ask){0};
    if (out.p[0] == '\0') {
        ask[7] = ask[8];
        ask[8] = (struct ask){0};
    }
    const struct kept *k = run(w, "inspect", "open", ask);
    assert_int_equal(fact_int(k, "respondents"), m->respondents);
}

/* ---- acts, on the room and on the model ---- */
static void choose_sheet(struct model *m, const struct respondent_model *r, int state, int *answer)
{
    for (int c = 0; c < m->clauses; c++) {
        answer[c] = BLANK;
        if (!r->bound[c] || (state == 0 && one_in(&m->chance, 3))) continue;
        answer[c] = below(&m->chance, 8) < 5 ? YES : m->no_occasion[c] && one_in(&m->chance, 2) ? NONE : NO;
    }
}

struct filing {
    int64_t rows, added, replaced, raised, unchanged;
};

static void file_sheet(struct model *m, struct respondent_model *r, int state, const int *answer, struct filing *f)
{
    bool blank = true, same = r->state >= 0;
    for (int c = 0; c < m->clauses; c++) {
        blank = blank && answer[c] == BLANK;
        same = same && answer[c] == r->answer[c];
    }
    if ((same && state <= r->state) || (state == 0 && blank)) {
        f->unchanged++;
        return;
    }
    f->added += r->state < 0;
    f->raised += same;
    f->replaced += r->state >= 0 && !same;
    r->state = state;
    memcpy(r->answer, answer, sizeof r->answer);
}

static const char *state_word(struct model *m, int state)
{
    static const char *const words[3][2] = {{"draft", "一時保存"}, {"submitted", "提出"}, {"confirmed", "確認"}};
    return words[state][below(&m->chance, 2)];
}

static const char *answer_word(struct model *m, int answer)
{
    static const char *const words[4][4] = {{"", "", "", ""},
                                            {"not_done", "実施していない", "×", "0"},
                                            {"no_occasion", "該当する場面がなかった", "－", "-"},
                                            {"done", "実施した", "○", "1"}};
    return words[answer][below(&m->chance, 4)];
}

static void wide_header(const struct model *m, struct buf *b)
{
    buf_add(b, S("respondent,state,organisation"));
    for (int c = m->clauses; c-- > 0;) buf_fmt(b, ",c%d", c); /* any order will do */
    buf_byte(b, '\n');
}

static bool choose_file(struct model *m, struct buf *b, bool wide, struct filing *f)
{
    int one_of = 1 + below(&m->chance, 5);
    bool any = false;
    if (wide)
        wide_header(m, b);
    else
        buf_add(b, S("respondent,clause,answer,state\n"));
    for (int i = 0; i < m->respondents; i++) {
        struct respondent_model *r = &m->r[i];
        int state = below(&m->chance, 3), answer[CLAUSES];
        if (!one_in(&m->chance, one_of)) continue;
        choose_sheet(m, r, state, answer);
        if (r->state >= 0 && one_in(&m->chance, 3)) memcpy(answer, r->answer, sizeof answer);
        for (int c = 0; c < m->clauses; c++)
            if (r->bound[c] && answer[c] == BLANK) state = 0;
        int told = 0;
        const char *word = state_word(m, state);
        if (wide) buf_fmt(b, "%s,%s,%s", r->code, word, org_code(r->org));
        for (int c = m->clauses; c-- > 0;) {
            if (wide)
                buf_fmt(b, ",%s", answer_word(m, answer[c]));
            else if (answer[c] != BLANK)
                told++, buf_fmt(b, "%s,c%d,%s,%s\n", r->code, c, answer_word(m, answer[c]), word);
        }
        if (wide) buf_byte(b, '\n');
        f->rows += wide ? 1 : told;
        if (!wide && told == 0) continue;
        file_sheet(m, r, state, answer, f);
        any = true;
    }
    buf_byte(b, '\0');
    return any;
}

static void act_sheets(struct work *w, struct model *m)
{
    struct buf b = buf_in(w->a);
    struct filing f = {0};
    if (!choose_file(m, &b, one_in(&m->chance, 2), &f)) return;
    const struct kept *k = run(w, "inspect", "import", ASK({"round", "x"}, FILED(b.p)));
    assert_int_equal(fact_int(k, "rows"), f.rows);
    assert_int_equal(fact_int(k, "added"), f.added);
    assert_int_equal(fact_int(k, "replaced"), f.replaced);
    assert_int_equal(fact_int(k, "raised"), f.raised);
    assert_int_equal(fact_int(k, "unchanged"), f.unchanged);
    if (!one_in(&m->chance, 3)) return;
    k = run(w, "inspect", "import", ASK({"round", "x"}, FILED(b.p)));
    assert_int_equal(fact_int(k, "added") + fact_int(k, "replaced") + fact_int(k, "raised"), 0);
    assert_int_equal(fact_int(k, "unchanged"), f.added + f.replaced + f.raised + f.unchanged);
}

static void act_move(struct work *w, struct model *m)
{
    int to = below(&m->chance, m->orgs);
    if (m->respondents == 0 || m->aggregated[to]) return;
    struct respondent_model *r = &m->r[below(&m->chance, m->respondents)];
    run(w, "inspect", "move", ASK({"round", "x"}, {"respondent", r->code}, {"to", org_code(to)}, {"why", "誤り"}));
    r->org = to;
}

static void act_reason(struct work *w, struct model *m)
{
    if (m->respondents == 0) return;
    struct respondent_model *r = &m->r[below(&m->chance, m->respondents)];
    r->reason = below(&m->chance, REASON_WORDS);
    run(w, "inspect", "reason",
        ASK({"round", "x"}, {"respondent", r->code}, {"reason", r->reason == 0 ? "none" : reasons[r->reason]},
            {"why", "届"}));
}

static void act_exceptions(struct work *w, struct model *m)
{
    static const struct {
        const char *text;
        bool holds;
    } spans[] = {{"2007-03-31,2007-03-31", true},
                 {"2007-01-01,2008-03-31", true},
                 {"2006-04-01,2007-03-30", false},
                 {"2007-04-01,2007-04-30", false}};
    struct buf b = buf_in(w->a);
    buf_add(&b, S("number,respondent,organisation,clause,from,to,reason\n"));
    int first = below(&m->chance, EXCEPTIONS), n = 1 + below(&m->chance, 3);
    for (int i = first; i < first + n && i < EXCEPTIONS; i++) {
        struct exception_model *e = &m->e[i];
        int span = below(&m->chance, 4);
        bool person = m->respondents > 0 && one_in(&m->chance, 2);
        int org = below(&m->chance, m->orgs);
        if (!person && m->aggregated[org]) continue; /* refused: its own counts leave the exception out */
        *e = (struct exception_model){.respondent = person ? below(&m->chance, m->respondents) : -1,
                                      .org = person ? -1 : org,
                                      .clause = below(&m->chance, m->clauses),
                                      .holds = spans[span].holds,
                                      .used = true};
        buf_fmt(&b, "%d,%s,%s,c%d,%s,理由\n", i, person ? m->r[e->respondent].code : "", person ? "" : org_code(e->org),
                e->clause, spans[span].text);
    }
    buf_byte(&b, '\0');
    run(w, "inspect", "import", ASK({"round", "x"}, FILED(b.p)));
}

static bool bound_below(const struct model *m, int top, int duty, int clause)
{
    for (int o = 0; o < m->orgs; o++)
        if (within(m, o, top) && binds(m, o, duty, clause)) return true;
    return false;
}

static void choose_aggregate(struct model *m, struct buf *b, int org, int duty)
{
    struct aggregate_model a = {.used = true, .reported = below(&m->chance, 50)};
    const char *word = duty_word(duty);
    a.known = below(&m->chance, (int)a.reported + 1);
    a.own = below(&m->chance, (int)(a.reported - a.known) + 1);
    buf_fmt(b, "o%d,%s,,%d,%d,,,%d\n", org, word, (int)a.reported, (int)a.known, (int)a.own);
    for (int c = 0; c < m->clauses; c++) {
        if (m->duty[c] != duty || !bound_below(m, org, duty, c) || one_in(&m->chance, 4)) continue;
        int known = below(&m->chance, (int)a.known + 1);
        a.has[c] = true;
        a.arisen[c] = m->no_occasion[c] ? below(&m->chance, known + 1) : known;
        a.done[c] = below(&m->chance, (int)a.arisen[c] + 1);
        buf_fmt(b, "o%d,%s,c%d,%d,%d,%d,%d,\n", org, word, c, (int)a.reported, known, (int)a.arisen[c], (int)a.done[c]);
    }
    m->a[org][duty] = a;
}

static bool duty_asked(const struct model *m, int duty)
{
    for (int c = 0; c < m->clauses; c++)
        if (m->duty[c] == duty) return true;
    return false;
}

/* One organisation of those that report in aggregates, none above or below it having reported. */
static void act_aggregates(struct work *w, struct model *m)
{
    int org = below(&m->chance, m->orgs);
    struct buf b = buf_in(w->a);
    bool any = false;
    if (!m->aggregated[org]) return;
    for (int o = 0; o < m->orgs; o++)
        for (int d = 0; d < m->duties; d++)
            if (o != org && m->a[o][d].used && (within(m, o, org) || within(m, org, o))) return;
    memset(m->a[org], 0, sizeof m->a[org]);
    buf_add(&b, S("organisation,duty,clause,reported,known,arisen,done,own_survey\n"));
    for (int d = 0; d < m->duties; d++) {
        if (!duty_asked(m, d) || (any && one_in(&m->chance, 3))) continue;
        choose_aggregate(m, &b, org, d);
        any = true;
    }
    buf_byte(&b, '\0');
    run(w, "inspect", "import", ASK({"round", "x"}, FILED(b.p)));
    const struct kept *again = run(w, "inspect", "import", ASK({"round", "x"}, FILED(b.p)));
    assert_int_equal(fact_int(again, "changed"), 0);
}

static void act_exclude(struct work *w, struct model *m)
{
    int org = below(&m->chance, m->orgs);
    m->excluded[org] = !m->excluded[org];
    struct ask ask[] = {{"round", "x"}, {"org", org_code(org)}, {"why", "独自調査"}, {"undo", "1"}, {0}};
    if (m->excluded[org]) ask[3] = (struct ask){0};
    run(w, "inspect", "exclude", ask);
}

static void act_confirm(struct work *w, struct model *m)
{
    int org = below(&m->chance, m->orgs);
    int64_t n = 0;
    for (int i = 0; i < m->respondents; i++) {
        if (m->r[i].state != 1 || !within(m, m->r[i].org, org)) continue;
        m->r[i].state = 2;
        n++;
    }
    const struct kept *k = run(w, "inspect", "confirm", ASK({"round", "x"}, {"org", org_code(org)}));
    assert_int_equal(fact_int(k, "confirmed"), n);
}

static void (*const acts[])(struct work *, struct model *) = {
    act_sheets, act_sheets, act_sheets, act_move, act_reason, act_exceptions, act_aggregates, act_exclude, act_confirm};

/* ---- a round ---- */
static void random_round(struct work *outer, uint64_t number)
{
    struct work one = *outer, *w = &one;
    struct model *m;
    one.a = arena_new(0);
    one.noted = NULL;
    m = arena_alloc(w->a, sizeof *m);
    m->chance.state = number * 0x2545F4914F6CDD1DU;
    assert_ok(w, store_begin(w));
    make_world(w, m);
    check_all(w, m);
    for (int n = 3 + below(&m->chance, 7); n > 0; n--) {
        acts[draw(&m->chance) % (sizeof acts / sizeof *acts)](w, m);
        check_all(w, m);
    }
    run(w, "inspect", "recount", ASK({"round", "x"}));
    assert_ok(w, room_find(S("inspect"))->rebuild(w));
    check_all(w, m);
    run(w, "inspect", "recount", ASK({"round", "x"}));
    store_rollback(w);
    arena_free(one.a);
}

static uint64_t first_round, last_round, at_round;

static void rounds(struct work *w)
{
    for (at_round = first_round; at_round < last_round; at_round++) random_round(w, at_round);
}

static uint64_t number_of(const char *name, uint64_t without)
{
    const char *text = getenv(name);
    return text == NULL ? without : strtoull(text, NULL, 10);
}

static int told_seed(void **state)
{
    (void)state;
    if (at_round < last_round)
        print_error("in random round %llu: MEGURI_ROUND=%llu runs it alone\n", (unsigned long long)at_round,
                    (unsigned long long)at_round);
    return 0;
}

static void random_rounds(void (*on)(void (*)(struct work *)), uint64_t n)
{
    first_round = number_of("MEGURI_ROUND", 1);
    last_round = getenv("MEGURI_ROUND") != NULL ? first_round + 1 : first_round + number_of("MEGURI_ROUNDS", n);
    at_round = last_round;
    on(rounds);
}

static void test_sqlite(void **state)
{
    (void)state;
    random_rounds(on_sqlite, ROUNDS_SQLITE);
}

static void test_postgres(void **state)
{
    (void)state;
    random_rounds(on_postgres, ROUNDS_POSTGRES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_sqlite, told_seed),
        cmocka_unit_test_teardown(test_postgres, told_seed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
