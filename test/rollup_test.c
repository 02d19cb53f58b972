/* Two instances in one process: a ministry's store makes and signs, the centre's takes. Each test runs with the centre
 * on either engine and the ministry in memory, and the other way round. */
#include "inspect_kit.h"

#include "inspect/rollup_acts.h"

#define ROUND "r1"

/* ---- two instances ---- */

struct pair {
    struct work *m, *c; /* ministry, centre */
    struct sign_key key;
};

static struct work *in_memory(struct work *w) { return other_work(w->a, S(":memory:"), STORE_WRITE); }

static const char plain_clauses[] = "number,section,parent,level,duty,no_occasion,text_ja,text_en\n"
                                    "2(a),2,,basic,staff,no,一,One\n2(b),2,,basic,staff,yes,二,Two\n"
                                    "2(c),2,,basic,head,no,三,Three\n3(a),3,,basic,staff,yes,四,Four\n";

static void duties(struct work *w)
{
    doing(w, "registry", "import", {"what", "duties"},
          FILED("code,name_ja,name_en,rights,order\nstaff,職員,Staff,answer,10\nhead,責任者,Head,answer confirm names "
                "rates,20\nofficer,担当,Officer,names rates manage,30\nviewer,閲覧,Viewer,rates,40\ncentre,事務局,"
                "Centre,rates centre,50\n"));
}

static void centre_registry(struct work *c)
{
    duties(c);
    doing(c, "registry", "import", {"what", "organisations"},
          FILED("code,parent,kind,order,name_ja,name_en,from,to\ngov,,government,10,政府,Government,,\n"
                "A,gov,ministry,10,甲省,Ministry A,,\nB,gov,ministry,20,乙省,Ministry B,,\n"));
    doing(c, "registry", "import", {"what", "people"},
          FILED("code,org,name_ja,name_en,mail,from,to\npgA,A,窓口甲,,,,\npgB,B,窓口乙,,,,\npgc,gov,中央,,,,\n"
                "pgv,gov,閲覧,,,,\n"));
    doing(c, "registry", "import", {"what", "posts"},
          FILED("code,duty,org,system,person,deputy_of,from,to\ngA,officer,A,,pgA,,,\ngB,officer,B,,pgB,,,\n"
                "gc,centre,gov,,pgc,,,\ngv,viewer,gov,,pgv,,,\n"));
}

static void open_round(struct work *w, bool centre, const char *code, const char *rate, const char *exceptions)
{
    struct ask ask[] = {{"code", code},
                        {"title_ja", "点検"},
                        {"edition", "e1"},
                        {"frame", centre ? "gov" : "A"},
                        {"base", "2007-03-31"},
                        {"rate", rate},
                        {"exceptions", exceptions},
                        {"aggregate", "A"},
                        {"aggregate", "B"},
                        {0}};
    if (!centre) ask[7] = (struct ask){0};
    do_ok(w, "inspect", "open", ask, __FILE__, __LINE__);
}

static void trust(struct pair *p, const char *org, const struct sign_key *k)
{
    const char *line = str_c(p->c->a, key_line(p->c->a, k->pub));
    doing(p->c, "inspect", "rollup-trust", {"org", org}, {"key", line});
}

static void edition(struct work *w, const char *clauses)
{
    small_standard(w, "e1", clauses);
    doing(w, "standard", "decide", {"edition", "e1"});
}

static struct pair small_pair(struct work *m, struct work *c)
{
    struct pair p = {m, c, sign_key_new()};
    centre_registry(c);
    duties(m);
    doing(m, "registry", "import", {"what", "organisations"},
          FILED("code,parent,kind,order,name_ja,name_en,from,to\nA,,ministry,10,甲省,Ministry A,,\n"
                "xqa1,A,bureau,10,秘密一局,Zone One,,\nxqa2,A,bureau,20,秘密二局,Zone Two,,\n"));
    doing(m, "registry", "import", {"what", "people"},
          FILED("code,org,name_ja,name_en,mail,from,to\nzpone,xqa1,秘密一郎,Ichiro Himitsu,ichiro@example.go.jp,,\n"
                "zptwo,xqa2,秘密二郎,Jiro Himitsu,jiro@example.go.jp,,\n"));
    doing(m, "registry", "import", {"what", "posts"},
          FILED("code,duty,org,system,person,deputy_of,from,to\nzs1,staff,xqa1,,zpone,,,\nzs2,staff,xqa1,,,,,\n"
                "zs3,staff,xqa2,,zptwo,,,\nzs4,staff,xqa2,,,,,\nzs5,staff,xqa2,,,,,\nzh1,head,xqa1,,,,,\n"));
    edition(m, plain_clauses);
    edition(c, plain_clauses);
    open_round(m, false, ROUND, "mean", "apart");
    open_round(c, true, ROUND, "mean", "apart");
    doing(m, "inspect", "import", {"round", ROUND},
          FILED("respondent,state,2(a),2(b),3(a)\nzs1,confirmed,done,no_occasion,not_done\nzs2,confirmed,not_done,done,"
                "done\nzs3,confirmed,done,done,no_occasion\nzs4,submitted,done,done,done\n"));
    trust(&p, "A", &p.key);
    return p;
}

/* Both ways on each engine. */
static void (*test_of_pair)(struct pair *);
static void small_both(struct work *w)
{
    struct pair p = small_pair(in_memory(w), w);
    test_of_pair(&p);
}
static void small_swapped(struct work *w)
{
    struct pair p = small_pair(w, in_memory(w));
    test_of_pair(&p);
}
static void on_pairs(void (*test)(struct pair *))
{
    test_of_pair = test;
    each_store(small_both);
    each_store(small_swapped);
}

/* What the server's network process does with what waits. */
static void sign_waiting(struct pair *p)
{
    struct rollup_parcel parcel;
    assert_ok(p->m, inspect_rollup_next(p->m, &parcel));
    assert_false(parcel.is_signed);
    assert_ok(p->m, store_begin(p->m));
    assert_ok(p->m, inspect_rollup_sign(p->m, &parcel, &p->key));
    assert_ok(p->m, store_commit(p->m));
}

static str made(struct pair *p)
{
    doing(p->m, "inspect", "rollup-send", {"round", ROUND}, {"org", "A"}, {"way", "file"});
    sign_waiting(p);
    return file_of_entry(p->m, "inspect", "rollup-file", ASK({"round", ROUND}, {"org", "A"}));
}

static str line_of(str file)
{
    ptrdiff_t end = str_find(file, S("\n"));
    assert_true(end > 0);
    return str_sub(file, 0, (size_t)end);
}

static enum err take(struct work *c, str file, struct kept *k)
{
    struct ask ask[] = {{"round", ROUND}, {"file", file.p, "A.rollup", file.n}, {0}};
    if (file.n == 0) ask[1] = (struct ask){"file", "", "A.rollup", 0};
    return through_door(c, "inspect", "rollup-import", ask, k);
}

static void taken(struct work *c, str file)
{
    struct kept *k = kept_new(c);
    assert_ok(c, take(c, file, k));
}

#define not_taken(c, file, wanted, part) check_not_taken(c, file, wanted, part, __LINE__)
static void check_not_taken(struct work *c, str file, enum err wanted, const char *part, int line)
{
    str before = state_of_store(c, true);
    check_err(c, take(c, file, kept_new(c)), wanted, __FILE__, line);
    check_fault(c, part, __FILE__, line);
    assert_true(str_eq(before, state_of_store(c, true)));
}

static str with(struct work *w, str text, const char *from, const char *to)
{
    ptrdiff_t at = str_find(text, str_of(from));
    if (at < 0) fail_msg("no '%s' in %.*s", from, STR_ARG(text));
    size_t i = (size_t)at;
    return str_fmt(w->a, "%.*s%s%.*s", (int)i, text.p, to, (int)(text.n - i - strlen(from)), text.p + i + strlen(from));
}

/* ---- the same figures ---- */

static bool same_cell(const struct cell *a, const struct cell *b)
{
    return a->type == b->type && a->i == b->i && str_eq(a->text, b->text) && a->rate.defined == b->rate.defined &&
           a->rate.value == b->rate.value && a->rate.tenths == b->rate.tenths && a->rate.n == b->rate.n &&
           a->rate.d == b->rate.d;
}

/* What is only submitted stays at home: provisional figures may differ. */
static void same_table(const struct kept *m, const struct kept *c, const char *table)
{
    ptrdiff_t x = kept_table(m, table), y = kept_table(c, table);
    assert_true(x >= 0 && y >= 0);
    assert_int_equal(m->table[x].n, c->table[y].n);
    for (size_t i = 0; i < m->table[x].n; i++)
        for (size_t k = 0; k < m->table[x].n_columns; k++) {
            if (str_find(m->table[x].key[k], S("provisional")) >= 0) continue;
            if (!same_cell(&m->table[x].row[i].cell[k], &c->table[y].row[i].cell[k]))
                fail_msg("%s row %zu: column %.*s differs", table, i, STR_ARG(m->table[x].key[k]));
        }
}

static void same_figures(struct pair *p)
{
    static const struct {
        const char *view, *table;
    } of[] = {{"rates", "rates"}, {"rates", "coverage"}, {"clauses", "clauses"}, {"grades", "grades"}};
    for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
        const struct ask ask[] = {{"round", ROUND}, {"org", "A"}, {"depth", "0"}, {0}};
        struct kept *m = do_ok(p->m, "inspect", of[i].view, ask, __FILE__, __LINE__),
                    *c = do_ok(p->c, "inspect", of[i].view, ask, __FILE__, __LINE__);
        same_table(m, c, of[i].table);
    }
    doing(p->c, "inspect", "recount", {"round", ROUND});
}

static void small_figures(struct pair *p)
{
    str file = made(p);
    taken(p->c, file);
    same_figures(p);
    struct kept *k = doing(p->c, "inspect", "rates", {"round", ROUND}, {"org", "A"}, {"depth", "0"});
    assert_int_equal(cell_at(k, "rates", "A", "2", "arisen")->i, 5); /* 2(a): 3 of whom 2; 2(b): 2 of whom 2 */
    assert_int_equal(cell_at(k, "rates", "A", "2", "done")->i, 4);
    assert_int_equal(cell_at(k, "coverage", "A", NULL, "known")->i, 3);
    assert_int_equal(cell_at(k, "coverage", "A", NULL, "reported")->i, 6);
}

/* ---- random rounds against an oracle ---- */

enum { R_ORGS = 5, R_CLAUSES = 12, R_POSTS = 40, R_DUTIES = 3, R_ROUNDS = 12 };
static const char *const r_duty[R_DUTIES] = {"staff", "head", "officer"};

struct random_round {
    uint64_t chance;
    int n_clauses, n_posts, duty[R_CLAUSES], part[R_CLAUSES], rule;
    bool no_occasion[R_CLAUSES];
    int post_duty[R_POSTS], post_org[R_POSTS], state[R_POSTS], answer[R_POSTS][R_CLAUSES]; /* 0 done 1 not 2 none */
    bool excepted[R_POSTS][R_CLAUSES], excluded[R_ORGS];
};

static int draw(struct random_round *r, int n)
{
    r->chance = r->chance * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (int)((r->chance >> 33) % (uint64_t)n);
}

static void draw_round(struct random_round *r)
{
    r->n_clauses = 3 + draw(r, R_CLAUSES - 2);
    r->n_posts = 6 + draw(r, R_POSTS - 5);
    r->rule = draw(r, 3);
    for (int c = 0; c < r->n_clauses; c++) {
        r->duty[c] = c < R_DUTIES ? c : draw(r, R_DUTIES);
        r->part[c] = draw(r, 2);
        r->no_occasion[c] = draw(r, 2) == 0;
    }
    for (int p = 0; p < r->n_posts; p++) {
        r->post_duty[p] = draw(r, R_DUTIES);
        r->post_org[p] = draw(r, R_ORGS);
        r->state[p] = draw(r, 5) - 1; /* none, draft, submitted, confirmed twice as often */
        for (int c = 0; c < r->n_clauses; c++) {
            r->answer[p][c] = r->no_occasion[c] ? draw(r, 3) : draw(r, 2);
            r->excepted[p][c] = r->duty[c] == r->post_duty[p] && draw(r, 9) == 0;
        }
    }
    for (int o = 1; o < R_ORGS; o++) r->excluded[o] = draw(r, 6) == 0;
}

static const char *text(struct buf *b)
{
    buf_byte(b, '\0');
    return b->p;
}

static const char *clauses_csv(struct work *w, const struct random_round *r)
{
    struct buf b = buf_in(w->a);
    buf_add(&b, S("number,section,parent,level,duty,no_occasion,text_ja,text_en\n"));
    for (int c = 0; c < r->n_clauses; c++)
        buf_fmt(&b, "%d(%d),%d,,basic,%s,%s,文,Text\n", r->part[c] + 2, c, r->part[c] + 2, r_duty[r->duty[c]],
                r->no_occasion[c] ? "yes" : "no");
    return text(&b);
}

static void ministry_registry(struct work *m, const struct random_round *r)
{
    struct buf orgs = buf_in(m->a), posts = buf_in(m->a);
    buf_add(&orgs, S("code,parent,kind,order,name_ja,name_en,from,to\nA,,ministry,10,甲省,Ministry A,,\n"));
    for (int o = 1; o < R_ORGS; o++) buf_fmt(&orgs, "o%d,%s,bureau,%d,局%d,Bureau,,\n", o, o > 2 ? "o1" : "A", o, o);
    buf_add(&posts, S("code,duty,org,system,person,deputy_of,from,to\n"));
    for (int p = 0; p < r->n_posts; p++) {
        if (r->post_org[p] == 0)
            buf_fmt(&posts, "p%d,%s,A,,,,,\n", p, r_duty[r->post_duty[p]]);
        else
            buf_fmt(&posts, "p%d,%s,o%d,,,,,\n", p, r_duty[r->post_duty[p]], r->post_org[p]);
    }
    doing(m, "registry", "import", {"what", "organisations"}, FILED(text(&orgs)));
    doing(m, "registry", "import", {"what", "posts"}, FILED(text(&posts)));
}

static void file_answers(struct work *m, const struct random_round *r)
{
    static const char *const state[] = {"draft", "submitted", "confirmed", "confirmed"}, *const answer[] = {
                                                                                             "done", "not_done",
                                                                                             "no_occasion"};
    struct buf b = buf_in(m->a), x = buf_in(m->a);
    buf_add(&b, S("respondent,clause,answer,state\n"));
    buf_add(&x, S("number,respondent,organisation,clause,from,to,reason\n"));
    int sheets = 0, exceptions = 0;
    for (int p = 0; p < r->n_posts; p++)
        for (int c = 0; c < r->n_clauses; c++) {
            if (r->duty[c] != r->post_duty[p]) continue;
            if (r->excepted[p][c] && ++exceptions > 0)
                buf_fmt(&x, "x%d-%d,p%d,,%d(%d),2007-01-01,2007-12-31,why\n", p, c, p, r->part[c] + 2, c);
            if (r->state[p] < 0) continue;
            sheets++;
            buf_fmt(&b, "p%d,%d(%d),%s,%s\n", p, r->part[c] + 2, c, answer[r->answer[p][c]], state[r->state[p]]);
        }
    if (sheets > 0) doing(m, "inspect", "import", {"round", ROUND}, FILED(text(&b)));
    if (exceptions > 0) doing(m, "inspect", "import", {"round", ROUND}, FILED(text(&x)));
    for (int o = 1; o < R_ORGS; o++)
        if (r->excluded[o])
            doing(m, "inspect", "exclude", {"round", ROUND}, {"org", str_c(m->a, str_fmt(m->a, "o%d", o))},
                  {"why", "a test"});
}

/* An organisation's clauses count for A unless it, or one between, is left out of the analysis. */
static bool in_analysis(const struct random_round *r, int org)
{
    return !r->excluded[org] && (org <= 2 || !r->excluded[1]);
}

static void check_oracle(struct pair *p, const struct random_round *r)
{
    struct kept *k = doing(p->c, "inspect", "rates", {"round", ROUND}, {"org", "A"}, {"depth", "0"});
    int64_t arisen[2] = {0}, done[2] = {0}, excepted[2] = {0}, known = 0;
    bool part[2] = {false};
    for (int i = 0; i < r->n_posts; i++) known += r->state[i] >= 2;
    for (int c = 0; c < r->n_clauses; c++) {
        part[r->part[c]] = true;
        for (int i = 0; i < r->n_posts; i++) {
            if (r->post_duty[i] != r->duty[c] || r->state[i] < 2 || !in_analysis(r, r->post_org[i])) continue;
            bool x = r->excepted[i][c], not_done = x && r->rule == 1;
            excepted[r->part[c]] += x;
            if (x && r->rule == 0) continue;
            arisen[r->part[c]] += not_done || r->answer[i][c] != 2;
            done[r->part[c]] += !not_done && r->answer[i][c] == 0;
        }
    }
    assert_int_equal(cell_at(k, "coverage", "A", NULL, "reported")->i, r->n_posts);
    assert_int_equal(cell_at(k, "coverage", "A", NULL, "known")->i, known);
    for (int i = 0; i < 2; i++) {
        if (!part[i]) continue;
        assert_int_equal(cell_at(k, "rates", "A", i == 0 ? "2" : "3", "arisen")->i, arisen[i]);
        assert_int_equal(cell_at(k, "rates", "A", i == 0 ? "2" : "3", "done")->i, done[i]);
        assert_int_equal(cell_at(k, "rates", "A", i == 0 ? "2" : "3", "excepted")->i, excepted[i]);
    }
}

static void random_pair(struct work *m, struct work *c, uint64_t number)
{
    static const char *const rules[] = {"apart", "not-done", "answered"};
    struct random_round r = {.chance = number * 77 + 5};
    draw_round(&r);
    struct pair p = {m, c, sign_key_new()};
    const char *rate = draw(&r, 2) == 0 ? "mean" : "pooled", *clauses = clauses_csv(m, &r);
    centre_registry(c);
    duties(m);
    ministry_registry(m, &r);
    edition(m, clauses);
    edition(c, clauses);
    open_round(m, false, ROUND, rate, rules[r.rule]);
    open_round(c, true, ROUND, rate, rules[r.rule]);
    trust(&p, "A", &p.key);
    file_answers(m, &r);
    taken(c, made(&p));
    same_figures(&p);
    check_oracle(&p, &r);
}

static uint64_t random_number;
static void random_one(struct work *w) { random_pair(in_memory(w), w, random_number); }
static void random_one_swapped(struct work *w) { random_pair(w, in_memory(w), random_number); }

static void test_random(void **state)
{
    (void)state;
    for (random_number = 1; random_number <= R_ROUNDS; random_number++) on_sqlite(random_one);
    for (random_number = R_ROUNDS + 1; random_number <= R_ROUNDS + 2; random_number++) {
        each_store(random_one);
        each_store(random_one_swapped);
    }
}

/* ---- every byte ---- */

static void every_byte(struct pair *p)
{
    str file = made(p);
    struct work *c = p->c;
    str before = state_of_store(c, true);
    char *bytes = arena_alloc(c->a, file.n + 1);
    static const char flips[] = {0x01, 0x20, (char)0x80};
    for (size_t i = 0; i < file.n; i++)
        for (size_t f = 0; f < sizeof flips; f++) {
            memcpy(bytes, file.p, file.n);
            bytes[i] = (char)(bytes[i] ^ flips[f]);
            enum err e = take(c, (str){bytes, file.n}, kept_new(c));
            if (e == OK || c->faults.count == 0) fail_msg("byte %zu changed by %d was taken", i, flips[f]);
            c->faults = (struct faults){0};
        }
    for (size_t n = 0; n < file.n; n++) { /* cut off anywhere */
        if (take(c, str_sub(file, 0, n), kept_new(c)) == OK) fail_msg("%zu bytes of %zu were taken", n, file.n);
        c->faults = (struct faults){0};
    }
    assert_true(str_eq(before, state_of_store(c, true)));
    taken(c, file);
}

/* ---- what is signed, and still refused ---- */

static void refusals(struct pair *p)
{
    static const struct {
        const char *from, *to, *part;
    } edits[] = {
        {"\"edition\":\"e1\"", "\"edition\":\"e0\"", "is by edition"},
        {"\"edition_digest\":\"", "\"edition_digest\":\"0", "not the same on both sides"},
        {"\"base\":\"2007-03-31\"", "\"base\":\"2006-03-31\"", "base date of this round"},
        {"\"base\":\"2007-03-31\"", "\"base\":\"\"", "'base'"},
        {"\"rate\":\"mean\"", "\"rate\":\"pooled\"", "another rule"},
        {"\"exceptions\":\"apart\"", "\"exceptions\":\"answered\"", "another rule"},
        {"\"thresholds\":\"100 95 90\"", "\"thresholds\":\"100\"", "another rule"},
        {"\"unknown_out\":\"\"", "\"unknown_out\":\"left\"", "another rule"},
        {"\"round\":\"r1\"", "\"round\":\"r2\"", "is of round"},
        {"\"organisation\":\"A\"", "\"organisation\":\"B\"", "is not trusted for 'B'"},
        {"\"organisation\":\"A\"", "\"organisation\":\"Z\"", "no organisation 'Z'"},
        {"rollup/1", "rollup/2", "no roll-up of the format"},
        {"\"reported\":5", "\"reported\":100000001", "no whole number"},
        {"\"reported\":5", "\"reported\":99999999999999999999", "out of range"},
        {"\"reported\":5", "\"reported\":-5", "no whole number"},
        {"\"reported\":5", "\"reported\":5.0", "no whole number"},
        {"\"reported\":5", "\"reported\":\"5\"", "no whole number"},
        {"\"reported\":5", "\"reported\":2", "known of 2 reported on"},
        {"\"sequence\":1,", "\"sequence\":0,", "not newer"},
        {"\"sequence\":1,", "", "'sequence'"},
        {"\"sequence\":1,", "\"sequence\":1,\"sequence\":1,", "twice"},
        {"\"sequence\":1,", "\"sequence\":1,\"zz\":1,", "canonical"},
        {"\"sequence\":1,", "\"sequence\": 1,", "canonical"},
        {"\"edition\":\"e1\"", "\"edition\":\"\\u00651\"", "canonical"},
        {"\"base\":\"2007-03-31\",\"edition\":\"e1\"", "\"edition\":\"e1\",\"base\":\"2007-03-31\"", "canonical"},
        {"\"limited_scope\":false", "\"limited_scope\":0", "neither true nor false"},
        {"\"made\":\"2007", "\"made\":\"last", "no time"},
        {"\"clause\":\"2(a)\"", "\"clause\":\"9(z)\"", "no clause '9(z)'"},
        {"\"clause\":\"2(b)\"", "\"clause\":\"2(a)\"", "not in order"},
        {"\"clause\":\"2(a)\"", "\"clause\":\"2(c)\"", "does not bind"},
        {"\"duty\":\"head\"", "\"duty\":\"boss\"", "no clause of this edition binds"},
        {"\"unnamed_systems\":null", "\"unnamed_systems\":{\"checked\":2,\"on\":\"2007-03-31\",\"systems\":1}",
         "cannot have been checked"},
        {"\"unnamed_systems\":null", "\"unnamed_systems\":{\"checked\":1,\"on\":\"2007/3/31\",\"systems\":1}",
         "canonical"},
    };
    struct arena *a = p->c->a;
    str line = line_of(made(p));
    for (size_t i = 0; i < sizeof edits / sizeof *edits; i++) {
        str file = rollup_signed(a, with(p->c, line, edits[i].from, edits[i].to), &p->key);
        if (take(p->c, file, kept_new(p->c)) == OK) fail_msg("%s was taken", edits[i].to);
        assert_fault(p->c, edits[i].part);
    }
    str file = rollup_signed(a, line, &p->key);
    not_taken(p->c, str_fmt(a, "%.*s\n", STR_ARG(file)), INVALID, "two lines");
    not_taken(p->c, str_fmt(a, "%.*s ", STR_ARG(file)), INVALID, "two lines");
    not_taken(p->c, str_fmt(a, "%.*s", STR_ARG(line)), INVALID, "two lines");
    not_taken(p->c, S(""), INVALID, "two lines");
    taken(p->c, file);
}

static void no_rows(struct pair *p)
{
    str line = line_of(made(p));
    ptrdiff_t from = str_find(line, S("\"rows\":[")), to = str_find(line, S("],\"rule\""));
    assert_true(from > 0 && to > from);
    str empty = str_fmt(p->c->a, "%.*s%.*s", (int)from + 8, line.p, (int)(line.n - (size_t)to), line.p + to);
    not_taken(p->c, rollup_signed(p->c->a, empty, &p->key), INVALID, "tells of nobody");
}

static void too_large(struct pair *p)
{
    char *bytes = arena_alloc(p->c->a, ROLLUP_BYTES_MAX + 2);
    memset(bytes, ' ', ROLLUP_BYTES_MAX + 1);
    not_taken(p->c, ((str){bytes, ROLLUP_BYTES_MAX + 1}), INVALID, "no larger than");
}

/* ---- keys ---- */

static void keys(struct pair *p)
{
    struct work *c = p->c, tomorrow = *c;
    struct sign_key other = sign_key_new(), of_b = sign_key_new();
    str file = made(p), line = line_of(file);
    not_taken(c, rollup_signed(c->a, line, &other), DENIED, "is not trusted for 'A'");
    trust(p, "B", &of_b);
    not_taken(c, rollup_signed(c->a, line, &of_b), DENIED, "is not trusted for 'A'");
    str forged = with(c, rollup_signed(c->a, line, &other), str_c(c->a, key_id(c->a, other.pub)),
                      str_c(c->a, key_id(c->a, p->key.pub)));
    not_taken(c, forged, DENIED, "the signature is not that of the figures");
    trust(p, "A", &other); /* the first ends today */
    tomorrow.now += 86400;
    not_taken(&tomorrow, file, DENIED, "no longer valid");
    taken(c, file);
    doing(c, "inspect", "rollup-revoke", {"key", str_c(c->a, key_id(c->a, other.pub))}, {"why", "stolen"});
    not_taken(c, rollup_signed(c->a, with(c, line, "\"sequence\":1,", "\"sequence\":2,"), &other), DENIED,
              "was revoked");
    const char *again = str_c(c->a, key_line(c->a, other.pub));
    refused(c, CONFLICT, "never comes back", "inspect", "rollup-trust", {"org", "A"}, {"key", again});
    refused(c, CONFLICT, "another organisation", "inspect", "rollup-trust", {"org", "A"},
            {"key", str_c(c->a, key_line(c->a, of_b.pub))});
    refused(c, INVALID, "not the fingerprint", "inspect", "rollup-trust", {"org", "B"},
            {"key", str_c(c->a, key_line(c->a, of_b.pub))}, {"fingerprint", "00000 00000 00000 00000 00000 00000"});
    doing(c, "inspect", "rollup-trust", {"org", "B"}, {"key", str_c(c->a, key_line(c->a, of_b.pub))},
          {"fingerprint", str_c(c->a, key_fingerprint(c->a, of_b.pub))});
    refused(c, INVALID, "no line of a public key", "inspect", "rollup-trust", {"org", "B"}, {"key", "meguri-key x"});
    struct kept *k = doing(c, "inspect", "rollup-keys", {"org", "A"});
    assert_str(cell_in(k, "keys", 0, "state")->text, "revoked");
    assert_str(cell_in(k, "keys", 1, "state")->text, "valid");
}

static void rights(struct pair *p)
{
    struct work *c = p->c;
    str file = made(p);
    struct sign_key mine = sign_key_new();
    const char *line = str_c(c->a, key_line(c->a, mine.pub)), *id = str_c(c->a, key_id(c->a, p->key.pub));
    refused(as(c, "pgA"), DENIED, "is decided by the centre", "inspect", "rollup-trust", {"org", "A"}, {"key", line});
    refused(as(c, "pgB"), NOTFOUND, "no organisation 'A'", "inspect", "rollup-trust", {"org", "A"}, {"key", line});
    refused(as(c, "pgA"), DENIED, "is decided by the centre", "inspect", "rollup-revoke", {"key", id}, {"why", "x"});
    refused(as(c, "pgB"), NOTFOUND, "no key", "inspect", "rollup-revoke", {"key", id}, {"why", "x"});
    refused(as(c, "pgv"), DENIED, "manage", "inspect", "rollup-revoke", {"key", id}, {"why", "x"});
    not_taken(as(c, "pgB"), file, NOTFOUND, "no organisation 'A' in round 'r1' that you may file for");
    not_taken(as(c, "pgv"), file, DENIED, "manage");
    doing(as(c, "pgc"), "inspect", "rollup-trust", {"org", "A"}, {"key", line});
    taken(as(c, "pgA"), file);
    struct kept *k = doing(as(c, "pgB"), "inspect", "rollups", {"round", ROUND});
    assert_true(kept_table(k, "taken") < 0);
    k = doing(as(c, "pgv"), "inspect", "rollups", {"round", ROUND});
    assert_int_equal(rows_of(k, "taken"), 1);
    refused(as(c, "pgv"), DENIED, "manage", "inspect", "rollup-compare", {"round", ROUND}, {"org", "A"});
}

/* ---- once, in order, on its way ---- */

#define TEST_SQL(text) (&(const struct sql)OPEN("a test", text))

static str stage(struct work *c)
{
    str s;
    assert_ok(
        c, store_text(c, TEST_SQL("SELECT ro.stage FROM round_org ro JOIN org o ON o.id = ro.org WHERE o.code = 'A'"),
                      NOARGS, &s));
    return s;
}

static void set_stage(struct work *c, const char *to)
{
    assert_ok(c, store_begin(c));
    assert_ok(
        c, store_run(c, TEST_SQL("UPDATE round_org SET stage = $1 WHERE org = (SELECT id FROM org WHERE code = 'A')"),
                     ARGS(TEXT(str_of(to)))));
    assert_ok(c, store_commit(c));
}

static int64_t steps(struct work *c)
{
    int64_t n;
    assert_ok(c, store_int(c, TEST_SQL("SELECT count(*) FROM round_step WHERE step = 'send'"), NOARGS, &n));
    return n;
}

static void in_order(struct pair *p)
{
    struct work *c = p->c;
    str one = made(p), two = made(p), three = made(p);
    taken(c, two);
    str figures = state_of_store(c, false);
    assert_str(stage(c), "sent");
    assert_int_equal(steps(c), 1);
    taken(c, two);
    assert_true(str_eq(figures, state_of_store(c, false)));
    not_taken(c, one, CONFLICT, "an old roll-up does not come back");
    set_stage(c, "accepted");
    not_taken(c, three, CONFLICT, "accepted already");
    set_stage(c, "queried");
    taken(c, three);
    assert_str(stage(c), "sent");
    assert_int_equal(steps(c), 2);
    not_taken(c, two, CONFLICT, "an old roll-up");
    refused(p->m, INVALID, "a number from 4", "inspect", "rollup-send", {"round", ROUND}, {"org", "A"},
            {"sequence", "3"});
    struct kept *k = doing(c, "inspect", "rollups", {"round", ROUND});
    assert_int_equal(rows_of(k, "taken"), 2);
    assert_str(cell_in(k, "taken", 0, "state")->text, "stands");
    assert_str(cell_in(k, "taken", 1, "state")->text, "replaced");
    assert_int_equal(cell_in(k, "taken", 0, "sequence")->i, 3);
}

/* Where the sender's own round has a top above the ministry, the way upward holds there: approved, then sent. */
static void approved_first(struct pair *p)
{
    static const char csv[] =
        "organisation,duty,clause,reported,known,arisen,done\nA,staff,,20,18,,\nA,staff,2(a),20,18,18,9\n";
    doing(p->c, "inspect", "import", {"round", ROUND}, FILED(csv));
    refused(p->c, CONFLICT, "not approved yet", "inspect", "rollup-send", {"round", ROUND}, {"org", "A"});
    set_stage(p->c, "headed");
    refused(p->c, CONFLICT, "not approved yet", "inspect", "rollup-send", {"round", ROUND}, {"org", "A"});
    set_stage(p->c, "approved");
    doing(p->c, "inspect", "rollup-send", {"round", ROUND}, {"org", "A"});
}

/* What was sent is changed by a newer roll-up alone, not by a file of aggregates. */
static void not_by_csv(struct pair *p)
{
    taken(p->c, made(p));
    refused(p->c, CONFLICT, "nothing in it is changed", "inspect", "import", {"round", ROUND},
            FILED("organisation,duty,clause,reported,known,arisen,done\nA,staff,,20,18,,\nA,staff,2(a),20,18,18,9\n"));
    taken(p->c, made(p));
    same_figures(p);
}

static void closed_round(struct pair *p)
{
    doing(p->c, "inspect", "close", {"round", ROUND});
    not_taken(p->c, made(p), CONFLICT, "closed");
}

static void by_sheets(struct pair *p)
{
    doing(p->c, "inspect", "open", {"code", "r2"}, {"title_ja", "点検"}, {"edition", "e1"}, {"frame", "gov"},
          {"base", "2007-03-31"});
    str line = with(p->c, line_of(made(p)), "\"round\":\"r1\"", "\"round\":\"r2\""),
        file = rollup_signed(p->c->a, line, &p->key);
    refused(p->c, CONFLICT, "answers by sheets", "inspect", "rollup-import", {"round", "r2"},
            {"file", file.p, "A.rollup", file.n});
}

/* ---- the queue ---- */

static void answered(struct work *m, const struct rollup_parcel *p, enum rollup_outcome o, str why)
{
    assert_ok(m, store_begin(m));
    assert_ok(m, inspect_rollup_answered(m, p, o, why));
    assert_ok(m, store_commit(m));
}

static void no_file(struct work *m)
{
    struct given given[ASK_MAX];
    struct args args;
    struct gathering g = {{gather_put}, buf_in(m->a)};
    size_t n = asked(m, ASK({"round", ROUND}, {"org", "A"}), given);
    assert_ok(m, args_parse(m, entry_of("inspect", "rollup-file"), given, n, &args));
    assert_err(m, inspect_file_rollup(m, &args, &g.out), CONFLICT);
    assert_fault(m, "not signed yet");
}

static void queue(struct pair *p)
{
    struct work *m = p->m, later = *m;
    struct rollup_parcel a, b;
    assert_int_equal(inspect_rollup_next(m, &a), NOTFOUND);
    doing(m, "inspect", "rollup-send", {"round", ROUND}, {"org", "A"});
    no_file(m);
    sign_waiting(p);
    assert_ok(m, inspect_rollup_next(m, &a));
    assert_true(a.is_signed && str_eq(a.digest, sha256_hex(m->a, a.document)));
    answered(m, &a, ROLLUP_LATER, S("nobody there"));
    assert_int_equal(inspect_rollup_next(m, &b), NOTFOUND);
    later.now += 31;
    assert_ok(m, inspect_rollup_next(&later, &b));
    assert_int_equal(b.tries, 1);
    answered(&later, &b, ROLLUP_LATER, S("nobody there"));
    later.now += 59;
    assert_int_equal(inspect_rollup_next(&later, &b), NOTFOUND);
    later.now += 2;
    assert_ok(m, inspect_rollup_next(&later, &b));
    doing(m, "inspect", "rollup-send", {"round", ROUND}, {"org", "A"}); /* takes its place */
    answered(m, &b, ROLLUP_TAKEN, S("late"));                           /* changes nothing any more */
    struct kept *k = doing(m, "inspect", "rollups", {"round", ROUND});
    assert_str(cell_in(k, "made", 0, "state")->text, "unsigned");
    assert_str(cell_in(k, "made", 1, "state")->text, "replaced");
    sign_waiting(p);
    assert_ok(m, inspect_rollup_next(m, &a));
    taken(p->c, a.document);
    answered(m, &a, ROLLUP_TAKEN, S("Taken by the centre."));
    k = doing(m, "inspect", "rollups", {"round", ROUND});
    assert_str(cell_in(k, "made", 0, "state")->text, "taken");
    assert_str(cell_in(k, "made", 0, "receipt")->text, "Taken by the centre.");
    assert_int_equal(inspect_rollup_next(m, &a), NOTFOUND);
}

/* ---- nobody is in it ---- */

static void nobody_in_it(struct pair *p)
{
    static const struct sql of[] = {
        OPEN("a test", "SELECT code FROM person"),
        OPEN("a test", "SELECT name_ja FROM person"),
        OPEN("a test", "SELECT name_en FROM person WHERE name_en <> ''"),
        OPEN("a test", "SELECT mail FROM person WHERE mail <> ''"),
        OPEN("a test", "SELECT code FROM post"),
        OPEN("a test", "SELECT code FROM respondent"),
        OPEN("a test", "SELECT code FROM org WHERE parent IS NOT NULL"),
        OPEN("a test", "SELECT name_ja FROM org WHERE parent IS NOT NULL"),
        OPEN("a test", "SELECT name_ja FROM org"),
    };
    doing(p->m, "inspect", "unnamed", {"round", ROUND}, {"org", "xqa1"}, {"systems", "3"}, {"checked", "2"},
          {"on", "2007-03-20"}, {"by", "官房秘密課"});
    str file = made(p);
    int64_t looked = 0;
    for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
        struct rows *r;
        assert_ok(p->m, store_rows(p->m, &of[i], NOARGS, &r));
        while (rows_next(r)) {
            looked++;
            if (str_find(file, rows_text(r, 0)) >= 0) fail_msg("'%.*s' stands in it", STR_ARG(rows_text(r, 0)));
        }
        assert_ok(p->m, rows_done(r));
    }
    assert_true(looked > 20 && str_find(file, S("官房")) < 0);
    assert_true(str_find(file, S("\"unnamed_systems\":{\"checked\":2,\"on\":\"2007-03-20\",\"systems\":3}")) > 0);
}

static void unnamed(struct pair *p)
{
    struct work *m = p->m;
    refused(m, INVALID, "count from 0 to that", "inspect", "unnamed", {"round", ROUND}, {"org", "A"}, {"systems", "3"},
            {"checked", "4"}, {"on", "2007-03-20"}, {"by", "x"});
    refused(m, INVALID, "not come yet", "inspect", "unnamed", {"round", ROUND}, {"org", "A"}, {"systems", "3"},
            {"checked", "1"}, {"on", "2099-03-20"}, {"by", "x"});
    doing(m, "inspect", "unnamed", {"round", ROUND}, {"org", "A"}, {"systems", "3"}, {"checked", "1"},
          {"on", "2007-03-20"}, {"by", "x"});
    doing(m, "inspect", "unnamed", {"round", ROUND}, {"org", "xqa2"}, {"systems", "4"}, {"checked", "4"},
          {"on", "2007-03-01"}, {"by", "x"});
    assert_int_equal(fact_int(doing(m, "inspect", "round", {"round", ROUND}), "unnamed_systems"), 7);
    assert_int_equal(fact_int(doing(m, "inspect", "whole", {"round", ROUND}, {"org", "xqa2"}), "unnamed_systems"), 4);
    taken(p->c, made(p));
    struct kept *k = doing(p->c, "inspect", "unnamed-systems", {"round", ROUND});
    assert_int_equal(cell_at(k, "unnamed", "A", NULL, "systems")->i, 7);
    assert_int_equal(cell_at(k, "unnamed", "A", NULL, "checked")->i, 5);
    assert_int_equal(cell_at(k, "unnamed", "A", NULL, "on")->i, 13573); /* 2007-03-01, the earlier */
    k = doing(p->c, "inspect", "rates", {"round", ROUND}, {"org", "A"}, {"depth", "0"});
    assert_int_equal(cell_at(k, "coverage", "A", NULL, "reported")->i, 6); /* in no denominator */
}

/* A round that something was sent of, or told in, is not taken back. */
static void withdrawn(struct pair *p)
{
    open_round(p->m, false, "r2", "mean", "apart");
    doing(p->m, "inspect", "unnamed", {"round", "r2"}, {"org", "A"}, {"systems", "3"}, {"checked", "1"},
          {"on", "2007-03-20"}, {"by", "x"});
    refused(p->m, CONFLICT, "something was filed", "inspect", "withdraw", {"round", "r2"});
    open_round(p->m, false, "r3", "mean", "apart");
    doing(p->m, "inspect", "rollup-send", {"round", "r3"}, {"org", "A"});
    refused(p->m, CONFLICT, "something was filed", "inspect", "withdraw", {"round", "r3"});
    open_round(p->m, false, "r4", "mean", "apart");
    doing(p->m, "inspect", "withdraw", {"round", "r4"});
}

/* ---- compared ---- */

static void compared(struct pair *p)
{
    taken(p->c, made(p));
    struct kept *k = doing(p->c, "inspect", "rollup-compare", {"round", ROUND}, {"org", "A"});
    assert_true(noted_has(k, "nothing to compare with"));
    doing(
        p->m, "inspect", "import", {"round", ROUND},
        FILED("respondent,state,2(a),2(b),3(a)\nzs1,confirmed,done,no_occasion,done\nzs4,confirmed,done,done,done\n"));
    taken(p->c, made(p));
    k = doing(p->c, "inspect", "rollup-compare", {"round", ROUND}, {"org", "A"});
    assert_str(cell_in(k, "clauses", 0, "clause")->text, "3(a)"); /* 1 of 2, now 3 of 3 */
    assert_int_equal(cell_in(k, "clauses", 0, "difference")->rate.tenths, 500);
    assert_int_equal(cell_in(k, "clauses", 0, "ask")->i, 1);
    assert_str(cell_in(k, "clauses", 1, "clause")->text, "2(a)"); /* 2 of 3, now 3 of 4 */
    assert_int_equal(cell_in(k, "clauses", 1, "difference")->rate.tenths, 83);
    assert_int_equal(cell_in(k, "clauses", 1, "ask")->i, 0);
    assert_int_equal(fact_int(k, "against"), 1);
    k = doing(p->m, "inspect", "rollup-compare", {"round", ROUND}, {"org", "A"}, {"sequence", "2"}, {"with", "1"});
    assert_int_equal(cell_in(k, "clauses", 0, "difference")->rate.tenths, 500);
    refused(p->c, NOTFOUND, "no such roll-up", "inspect", "rollup-compare", {"round", ROUND}, {"org", "A"},
            {"with", "7"});
}

/* Last year's round, where there is no earlier roll-up; the same clauses. */
static void against_a_round(struct pair *p)
{
    doing(p->c, "inspect", "open", {"code", "r0"}, {"title_ja", "前年"}, {"edition", "e1"}, {"frame", "gov"},
          {"base", "2006-03-31"}, {"aggregate", "A"});
    doing(p->c, "inspect", "import", {"round", "r0"},
          FILED("organisation,duty,clause,reported,known,arisen,done\nA,staff,,20,18,,\nA,staff,2(a),20,18,18,9\n"
                "A,staff,2(b),20,18,9,9\n"));
    small_standard(p->c, "e2", plain_clauses);
    doing(p->c, "standard", "decide", {"edition", "e2"});
    doing(p->c, "inspect", "open", {"code", "r9"}, {"title_ja", "別"}, {"edition", "e2"}, {"frame", "gov"},
          {"base", "2006-09-30"}, {"aggregate", "A"});
    taken(p->c, made(p));
    struct kept *k = doing(p->c, "inspect", "rollup-compare", {"round", ROUND}, {"org", "A"});
    const struct cell *c = cell_in(k, "clauses", 0, "clause"); /* 9 of 18, now 2 of 3 */
    assert_str(c->text, "2(a)");
    assert_int_equal(cell_in(k, "clauses", 0, "difference")->rate.tenths, 167);
    assert_int_equal(cell_in(k, "clauses", 0, "known_earlier")->i, 18);
    struct kept *named = doing(p->c, "inspect", "rollup-compare", {"round", ROUND}, {"org", "A"}, {"against", "r0"});
    same_table(k, named, "clauses");
    refused(p->c, NOTFOUND, "no round", "inspect", "rollup-compare", {"round", ROUND}, {"org", "A"}, {"against", "zz"});
    refused(p->c, INVALID, "cannot be compared", "inspect", "rollup-compare", {"round", ROUND}, {"org", "A"},
            {"against", "r9"});
}

/* ---- aggregates with exceptions, by file ---- */

static void excepted_csv(struct pair *p)
{
    doing(p->c, "inspect", "import", {"round", ROUND},
          FILED("organisation,duty,clause,reported,known,arisen,done,excepted\nB,staff,,10,8,,,\nB,staff,2(a),10,6,6,3,"
                "2\n"));
    struct kept *k = doing(p->c, "inspect", "rates", {"round", ROUND}, {"org", "B"}, {"depth", "0"});
    assert_int_equal(cell_at(k, "rates", "B", "2", "excepted")->i, 2);
    refused(p->c, INVALID, "exceed the respondents", "inspect", "import", {"round", ROUND},
            FILED("organisation,duty,clause,reported,known,arisen,done,excepted\nB,staff,,10,8,,,\nB,staff,2(a),10,6,6,"
                  "3,3\n"));
    doing(p->c, "inspect", "recount", {"round", ROUND});
}

#define PAIR_TEST(name)                                                                                                \
    static void test_##name(void **state)                                                                              \
    {                                                                                                                  \
        (void)state;                                                                                                   \
        on_pairs(name);                                                                                                \
    }
PAIR_TEST(small_figures)
PAIR_TEST(every_byte)
PAIR_TEST(refusals)
PAIR_TEST(no_rows)
PAIR_TEST(too_large)
PAIR_TEST(withdrawn)
PAIR_TEST(keys)
PAIR_TEST(rights)
PAIR_TEST(in_order)
PAIR_TEST(approved_first)
PAIR_TEST(not_by_csv)
PAIR_TEST(closed_round)
PAIR_TEST(by_sheets)
PAIR_TEST(queue)
PAIR_TEST(nobody_in_it)
PAIR_TEST(unnamed)
PAIR_TEST(compared)
PAIR_TEST(against_a_round)
PAIR_TEST(excepted_csv)

/* RFC 8032, 7.1, test 2: the same key, message and signature. */
static void test_signature(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct work w = {.a = a};
    struct sign_key k;
    assert_ok(&w, key_of_bytes(&w, S("f"),
                               S("meguri-secret-key ed25519 "
                                 "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb\n"),
                               &k));
    assert_str(key_line(a, k.pub),
               "meguri-key ed25519 3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    assert_str(hex_of(a, sign(a, &k, S("r"))), "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                                               "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
    assert_true(signature_right(k.pub, S("r"), sign(a, &k, S("r"))));
    assert_false(signature_right(k.pub, S("s"), sign(a, &k, S("r"))));
    assert_err(&w, key_of_bytes(&w, S("f"), S("meguri-secret-key ed25519 4CCD"), &k), INVALID);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_signature),    cmocka_unit_test(test_small_figures),
        cmocka_unit_test(test_random),       cmocka_unit_test(test_every_byte),
        cmocka_unit_test(test_refusals),     cmocka_unit_test(test_too_large),
        cmocka_unit_test(test_keys),         cmocka_unit_test(test_rights),
        cmocka_unit_test(test_in_order),     cmocka_unit_test(test_closed_round),
        cmocka_unit_test(test_by_sheets),    cmocka_unit_test(test_queue),
        cmocka_unit_test(test_nobody_in_it), cmocka_unit_test(test_unnamed),
        cmocka_unit_test(test_compared),     cmocka_unit_test(test_excepted_csv),
        cmocka_unit_test(test_no_rows),      cmocka_unit_test(test_approved_first),
        cmocka_unit_test(test_not_by_csv),   cmocka_unit_test(test_against_a_round),
        cmocka_unit_test(test_withdrawn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
