/* Systems and devices in bulk: merging against a slow model, whole rounds against plain arrays, files of tools. */
#include "inspect_kit.h"

#include <stdio.h>

#include "inspect/bulk.h"

/* ---- chance (SplitMix64; Steele, Lea, Flood 2014) ---- */
static uint64_t draw(uint64_t *state)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15U;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9U;
    z = (z ^ z >> 27) * 0x94D049BB133111EBU;
    return z ^ z >> 31;
}
static int below(uint64_t *state, int n) { return (int)(draw(state) % (uint64_t)n); }

/* ---- one sheet: planes against a clause at a time ---- */
enum { MANY_CLAUSES = 130, TRIES = 20000 };

struct model_sheet {
    int state; /* -1 none */
    enum answer a[MANY_CLAUSES];
};

/* What the header promises, written down clause by clause. */
static enum bulk_fate model_merge(struct model_sheet *s, enum answer *said, const bool *bound, int n,
                                  const struct bulk_rule *rule)
{
    bool any = false, other = false, complete = true;
    for (int c = 0; c < n; c++) {
        if (rule->only_unanswered && s->state >= 0 && s->a[c] != UNANSWERED) said[c] = UNANSWERED;
        any = any || said[c] != UNANSWERED;
        other = other || (said[c] != UNANSWERED && said[c] != s->a[c]);
    }
    if (s->state >= 0 && rule->only_unanswered && !any) return BULK_PASSED;
    if (s->state == 2 && other && !rule->correction) return BULK_KEPT;
    for (int c = 0; c < n; c++) {
        if (said[c] != UNANSWERED) s->a[c] = said[c];
        complete = complete && (!bound[c] || s->a[c] != UNANSWERED);
    }
    int before = s->state;
    if (s->state == 2 && other) s->state = 1;
    else if (s->state < 1) s->state = complete && !rule->draft ? 1 : 0;
    return before >= 0 && !other && s->state == before ? BULK_SAME : BULK_CHANGED;
}

static void merge_once(uint64_t *chance)
{
    int n = 1 + below(chance, MANY_CLAUSES);
    size_t clauses = (size_t)n, plane = plane_bytes(clauses);
    uint8_t was[2 * 24] = {0}, said[2 * 24] = {0}, mask[24] = {0};
    assert_true(2 * plane <= sizeof was);
    struct model_sheet s = {.state = below(chance, 4) - 1};
    enum answer say[MANY_CLAUSES] = {UNANSWERED};
    bool bound[MANY_CLAUSES] = {false};
    int often = 1 + below(chance, 6);
    for (int c = 0; c < n; c++) {
        bound[c] = below(chance, 4) != 0;
        if (bound[c]) mask_add(mask, (size_t)c);
        if (!bound[c]) continue;
        bool blank = s.state < 0 || (s.state == 0 && below(chance, 5) == 0);
        s.a[c] = blank ? UNANSWERED : (enum answer)(1 + below(chance, 3));
        say[c] = below(chance, often) == 0 ? (enum answer)(1 + below(chance, 3)) : UNANSWERED;
        sheet_set(was, clauses, (size_t)c, s.a[c]);
        sheet_set(said, clauses, (size_t)c, say[c]);
    }
    struct bulk_rule rule = {below(chance, 4) == 0, below(chance, 4) == 0, below(chance, 3) == 0};
    int state = s.state;
    struct bulk_outcome o = bulk_merge(state < 0 ? NULL : was, state, said, mask, plane, &rule);
    assert_int_equal(o.fate, model_merge(&s, say, bound, n, &rule));
    if (o.fate == BULK_KEPT || o.fate == BULK_PASSED) return;
    assert_int_equal(o.state, s.state);
    for (int c = 0; c < n; c++) assert_int_equal(sheet_get(said, clauses, (size_t)c), s.a[c]);
    if (state >= 0) assert_int_equal(o.replaces, memcmp(was, said, 2 * plane) != 0);
}

static void merging_equals_a_model(void **state)
{
    (void)state;
    uint64_t chance = 7;
    for (int i = 0; i < TRIES; i++) merge_once(&chance);
}

/* ---- a round with devices ---- */
enum { MADE = 24, DEVICES = MADE + 1, CLAUSES = 4, ACTS = 60 }; /* the last is the one of the small registry */
static const char *const orgs[] = {"a1", "a2", "b1"};
static const char *const networks[] = {"LAN", "DMZ"};
static const char *const numbers[CLAUSES] = {"3(c)", "3(d)", "3(e)", "3(f)"}; /* the last binds systems */
static const struct sql put_tag =
    OPEN("a test", "INSERT INTO system_tag (system, key, value) SELECT id, $2, $3 FROM system WHERE code = $1");

#define DEVICE_CLAUSES                                                                                                 \
    SMALL_CLAUSES "3(d),3,,basic,device,yes,七,Seven\n3(e),3,,basic,device,yes,八,Eight\n3(f),3,,basic,system,yes,九,Nine\n"

struct device_model {
    int org, network;
    bool system;
    struct model_sheet s;
};

static void tag(struct work *w, const char *code, const char *key, const char *value)
{
    assert_ok(w, store_begin(w));
    assert_ok(w, store_run(w, &put_tag, ARGS(TEXT(str_of(code)), TEXT(str_of(key)), TEXT(str_of(value)))));
    assert_ok(w, store_commit(w));
}

static const char *code_of(int i)
{
    static char code[MADE][16];
    snprintf(code[i], sizeof code[i], "d%02d", i);
    return code[i];
}

static void device_world(struct work *w, struct device_model *d)
{
    small_registry(w);
    doing(w, "registry", "import", {"what", "duties"}, FILED("code,name_ja,name_en,rights,order\nsystem,システム,System,,70\n"
                                                            "keeper,管理者,Keeper,answer,80\n"));
    struct buf b = buf_in(w->a);
    buf_add(&b, S("code,org,kind,name_ja,name_en,from,to\n"));
    for (int i = 0; i < MADE; i++) {
        d[i] = (struct device_model){.org = i % 3, .network = i / 3 % 2, .system = i % 5 == 4, .s = {.state = -1}};
        buf_fmt(&b, "%s,%s,%s,機器%d,Device %d,,\n", code_of(i), orgs[d[i].org], d[i].system ? "system" : "device", i, i);
    }
    doing(w, "registry", "import", {"what", "systems"}, FILED(str_c(w->a, buf_str(&b))));
    d[MADE] = (struct device_model){.network = 2, .s = {.state = -1}};
    for (int i = 0; i < MADE; i++) tag(w, code_of(i), "network", networks[d[i].network]);
    small_standard(w, "e1", DEVICE_CLAUSES);
    doing(w, "standard", "decide", {"edition", "e1"});
    small_round(w, "r1");
}

static bool binds(const struct device_model *d, int clause) { return d->system == (clause == 3); }

/* Every number of `inspect devices` at one organisation, and the sums of the round against its sheets. */
static void compare_with_model(struct work *w, const struct device_model *d, int org)
{
    struct kept *k = doing(w, "inspect", "devices", {"round", "r1"}, {"org", orgs[org]});
    for (int c = 0; c < CLAUSES; c++) {
        int64_t n[DONE + 1] = {0}, bound = 0;
        for (int i = 0; i < DEVICES; i++) {
            if (d[i].org != org || !binds(&d[i], c)) continue;
            n[d[i].s.a[c]]++;
            bound++;
        }
        if (bound == 0) continue;
        assert_int_equal(cell_at(k, "clauses", numbers[c], NULL, "bound")->i, bound);
        assert_int_equal(cell_at(k, "clauses", numbers[c], NULL, "done")->i, n[DONE]);
        assert_int_equal(cell_at(k, "clauses", numbers[c], NULL, "not_done")->i, n[NOT_DONE]);
        assert_int_equal(cell_at(k, "clauses", numbers[c], NULL, "no_occasion")->i, n[NO_OCCASION]);
        assert_int_equal(cell_at(k, "clauses", numbers[c], NULL, "unanswered")->i, n[UNANSWERED]);
    }
    int64_t states[4] = {0};
    for (int i = 0; i < DEVICES; i++)
        if (d[i].org == org) states[d[i].s.state + 1]++;
    assert_int_equal(fact_int(k, "none"), states[0]);
    assert_int_equal(fact_int(k, "draft"), states[1]);
    assert_int_equal(fact_int(k, "submitted"), states[2]);
    assert_int_equal(fact_int(k, "confirmed"), states[3]);
    assert_true(noted_has(doing(w, "inspect", "recount", {"round", "r1"}), "The tallies equal the sheets"));
}

static const char *const words[] = {"", "not_done", "no_occasion", "done"};

static void answer_at_random(struct work *w, struct device_model *d, uint64_t *chance)
{
    int clause = below(chance, CLAUSES), org = below(chance, 4), network = below(chance, 3), answer = 1 + below(chance, 3);
    if (clause == 0 && answer == NO_OCCASION) answer = DONE;
    struct bulk_rule rule = {below(chance, 5) == 0, below(chance, 4) == 0, below(chance, 4) == 0};
    char network_tag[32];
    snprintf(network_tag, sizeof network_tag, "network=%s", network < 2 ? networks[network] : "");
    struct ask ask[ASK_MAX] = {{"round", "r1"}, {"clause", numbers[clause]}, {"answer", words[answer]},
                               {"as_of", "2007-03-31"}, {"state", rule.draft ? "draft" : "submitted"}};
    size_t n = 5;
    if (org < 3) ask[n++] = (struct ask){"org", orgs[org]};
    if (network < 2) ask[n++] = (struct ask){"tag", network_tag};
    if (rule.only_unanswered) ask[n++] = (struct ask){"only_unanswered", "1"};
    if (rule.correction) ask[n++] = (struct ask){"correction", "counted again"};
    int64_t fates[4] = {0}, meant = 0;
    for (int i = 0; i < DEVICES; i++) {
        if ((org < 3 && d[i].org != org) || (network < 2 && d[i].network != network) || !binds(&d[i], clause)) continue;
        enum answer say[MANY_CLAUSES] = {UNANSWERED};
        bool bound[MANY_CLAUSES];
        for (int c = 0; c < CLAUSES; c++) bound[c] = binds(&d[i], c);
        say[clause] = (enum answer)answer;
        fates[model_merge(&d[i].s, say, bound, CLAUSES, &rule)]++;
        meant++;
    }
    struct kept *k = kept_new(w);
    enum err e = through_door(w, "inspect", "answer-devices", ask, k);
    if (meant == 0) {
        assert_err(w, e, NOTFOUND);
        assert_fault(w, "is found by");
        return;
    }
    assert_ok(w, e);
    assert_int_equal(fact_int(k, "meant"), meant);
    assert_int_equal(fact_int(k, "answered"), fates[BULK_CHANGED]);
    assert_int_equal(fact_int(k, "same"), fates[BULK_SAME]);
    assert_int_equal(fact_int(k, "kept"), fates[BULK_KEPT]);
}

static void confirm_at_random(struct work *w, struct device_model *d, uint64_t *chance)
{
    int org = below(chance, 3);
    doing(w, "inspect", "confirm", {"round", "r1"}, {"org", orgs[org]});
    for (int i = 0; i < DEVICES; i++)
        if (d[i].org == org && d[i].s.state == 1) d[i].s.state = 2;
}

static void round_equals_a_model(struct work *w)
{
    struct device_model d[DEVICES];
    uint64_t chance = 11;
    device_world(w, d);
    for (int i = 0; i < ACTS; i++) {
        struct arena_mark mark = arena_mark(w->a);
        if (below(&chance, 8) == 0) confirm_at_random(w, d, &chance);
        else answer_at_random(w, d, &chance);
        compare_with_model(w, d, below(&chance, 3));
        arena_back(w->a, mark);
    }
}
static void rounds_equal_a_model(void **state)
{
    (void)state;
    each_store(round_equals_a_model);
}

/* ---- who may ---- */
#define ANSWER(...) {"round", "r1"}, {"clause", "3(d)"}, {"answer", "done"}, {"as_of", "2007-03-31"}, __VA_ARGS__

static void by_right(struct work *w)
{
    struct device_model d[DEVICES];
    device_world(w, d);
    doing(w, "registry", "import", {"what", "posts"},
          FILED("code,duty,org,system,person,deputy_of,from,to\nk4,keeper,a2,d04,pa2,,,\n"));
    tag(w, "d07", "system", "d04");
    tag(w, "d06", "system", "d04"); /* of a1: not where the post is held */
    assert_int_equal(fact_int(doing(as(w, "poa"), "inspect", "answer-devices", ANSWER({"org", "A"})), "meant"), 14);
    refused(as(w, "poa"), NOTFOUND, "no organisation", "inspect", "answer-devices", ANSWER({"org", "B"}));
    assert_int_equal(fact_int(doing(as(w, "pha"), "inspect", "answer-devices", ANSWER({"kind", "device"})), "meant"), 8);
    refused(as(w, "pa1"), NOTFOUND, "that you may answer for", "inspect", "answer-devices", ANSWER({"kind", "device"}));
    refused(as(w, "pv"), DENIED, "", "inspect", "answer-devices", ANSWER({"kind", "device"}));
    struct kept *k = doing(as(w, "pa2/k4"), "inspect", "answer-devices", ANSWER({"kind", "device"}));
    assert_int_equal(fact_int(k, "meant"), 1); /* d07 */
    k = doing(as(w, "pa2/k4"), "inspect", "my-devices", {"round", "r1"});
    assert_int_equal(fact_int(k, "devices"), 2);
    refused(as(w, "pa2/k4"), DENIED, "", "inspect", "devices", {"round", "r1"});
}
static void answering_by_right(void **state)
{
    (void)state;
    each_store(by_right);
}

/* Who filed does not confirm, in a unit or by name, nor does who filed what was corrected since; nor check by hand. */
static void other_eyes(struct work *w)
{
    struct device_model d[DEVICES];
    device_world(w, d);
    const char *device_clauses[] = {"3(c)", "3(d)", "3(e)"};
    for (int c = 0; c < 3; c++)
        doing(as(w, "pha"), "inspect", "answer-devices", {"round", "r1"}, {"clause", device_clauses[c]}, {"answer", "done"},
              {"as_of", "2007-03-31"}, {"org", "a1"});
    assert_int_equal(fact_int(doing(as(w, "pha"), "inspect", "confirm", {"round", "r1"}, {"org", "a1"}), "confirmed"), 0);
    assert_int_equal(fact_int(doing(as(w, "pha"), "inspect", "confirm", {"round", "r1"}, {"org", "a1"}, {"clean", "1"}),
                              "confirmed"), 0);
    assert_int_equal(fact_int(doing(as(w, "pha"), "inspect", "queue", {"round", "r1"}), "waiting"), 0);
    refused(as(w, "pha"), DENIED, "someone else has to confirm", "inspect", "confirm", {"round", "r1"},
            {"respondent", "d00"});
    refused(as(w, "pha"), DENIED, "someone else has to check", "inspect", "check-device", {"round", "r1"},
            {"respondent", "d00"}, {"clause", "3(d)"}, {"found", "done"});
    refused(as(w, "pha"), DENIED, "someone else has to confirm", "inspect", "import", {"round", "r1"},
            {"state", "confirmed"}, FILED("respondent,3(c),3(d),3(e)\nd00,1,1,1\n")); /* nor by a file */
    doing(as(w, "poa"), "inspect", "answer-devices", {"round", "r1"}, {"clause", "3(e)"}, {"answer", "not_done"},
          {"as_of", "2007-03-31"}, {"org", "a1"});
    assert_int_equal(fact_int(doing(as(w, "pha"), "inspect", "confirm", {"round", "r1"}, {"org", "a1"}), "confirmed"), 0);
    doing(w, "inspect", "confirm", {"round", "r1"}, {"org", "a1"});
    refused(as(w, "poa"), DENIED, "someone else has to check", "inspect", "check-device", {"round", "r1"},
            {"respondent", "d00"}, {"clause", "3(d)"}, {"found", "done"});
}
static void whoever_filed_does_not_confirm(void **state)
{
    (void)state;
    each_store(other_eyes);
}

static void refusals(struct work *w)
{
    struct device_model d[DEVICES];
    device_world(w, d);
    str before = state_of_store(w, true);
    refused(w, INVALID, "neither systems nor devices", "inspect", "answer-devices", {"round", "r1"}, {"clause", "2(a)"},
            {"answer", "done"}, {"as_of", "2007-03-31"});
    refused(w, NOTFOUND, "no clause", "inspect", "answer-devices", {"round", "r1"}, {"clause", "9(z)"}, {"answer", "done"},
            {"as_of", "2007-03-31"});
    refused(w, INVALID, "no occasion", "inspect", "answer-devices", {"round", "r1"}, {"clause", "3(c)"},
            {"answer", "no_occasion"}, {"as_of", "2007-03-31"});
    refused(w, INVALID, "has not come yet", "inspect", "answer-devices", {"round", "r1"}, {"clause", "3(c)"},
            {"answer", "done"}, {"as_of", "2007-04-24"});
    refused(w, NOTFOUND, "is found by", "inspect", "answer-devices", {"round", "r1"}, {"clause", "3(c)"},
            {"answer", "done"}, {"as_of", "2007-03-31"}, {"tag", "network=nowhere"});
    assert_true(str_eq(before, state_of_store(w, true)));
}
static void refused_before_any_change(void **state)
{
    (void)state;
    each_store(refusals);
}

static void closed_unit(struct work *w)
{
    struct device_model d[DEVICES];
    device_world(w, d);
    doing(w, "inspect", "close-unit", {"round", "r1"}, {"org", "a1"});
    struct kept *k = doing(w, "inspect", "answer-devices", ANSWER({"org", "A"}));
    assert_int_equal(fact_int(k, "meant"), 14);
    assert_int_equal(fact_int(k, "shut"), 8);
    assert_int_equal(fact_int(k, "answered"), 6);
    assert_int_equal(cell_at(doing(w, "inspect", "devices", {"round", "r1"}, {"org", "a1"}), "clauses", "3(d)", NULL,
                             "done")->i, 0);
    assert_true(noted_has(doing(w, "inspect", "recount", {"round", "r1"}), "The tallies equal the sheets"));
}
static void a_closed_unit_stays(void **state)
{
    (void)state;
    each_store(closed_unit);
}

/* ---- a sample, and checks by hand ---- */
static void sampling(struct work *w)
{
    struct device_model d[DEVICES];
    device_world(w, d);
    doing(w, "inspect", "answer-devices", {"round", "r1"}, {"clause", "3(c)"}, {"answer", "done"}, {"as_of", "2007-03-31"});
    struct kept *none = doing(w, "inspect", "sample", {"round", "r1"}, {"seed", "1"});
    assert_int_equal(fact_int(none, "of"), 0); /* drafts are not drawn */
    doing(w, "inspect", "answer-devices", ANSWER({"kind", "device"}));
    doing(as(w, "poa"), "inspect", "answer-devices", {"round", "r1"}, {"clause", "3(e)"}, {"answer", "done"},
          {"as_of", "2007-03-31"}, {"org", "A"});
    struct kept *all = doing(w, "inspect", "sample", {"round", "r1"}, {"seed", "1"});
    int64_t of = fact_int(all, "of");
    assert_int_equal(of, 14); /* the devices of A: those of B lack an answer */
    assert_int_equal(rows_of(all, "sample"), of);
    struct kept *few = doing(w, "inspect", "sample", {"round", "r1"}, {"seed", "1"}, {"n", "5"});
    struct kept *again = doing(w, "inspect", "sample", {"round", "r1"}, {"seed", "1"}, {"n", "5"});
    struct kept *others = doing(w, "inspect", "sample", {"round", "r1"}, {"seed", "2"}, {"n", "5"});
    bool differ = false;
    assert_int_equal(rows_of(few, "sample"), 5);
    for (size_t i = 0; i < 5; i++) {
        str code = cell_in(few, "sample", i, "respondent")->text;
        assert_true(str_eq(code, cell_in(again, "sample", i, "respondent")->text));
        assert_true(str_eq(code, cell_in(all, "sample", i, "respondent")->text)); /* a longer list begins with it */
        differ = differ || !str_eq(code, cell_in(others, "sample", i, "respondent")->text);
        for (size_t k = 0; k < i; k++) assert_false(str_eq(code, cell_in(few, "sample", k, "respondent")->text));
    }
    assert_true(differ);
}

static void checking(struct work *w)
{
    sampling(w);
    struct work *head = as(w, "pha");
    doing(head, "inspect", "check-device", {"round", "r1"}, {"respondent", "d00"}, {"clause", "3(c)"}, {"found", "not_done"},
          {"note", "looked at the screen"});
    doing(head, "inspect", "check-device", {"round", "r1"}, {"respondent", "d00"}, {"clause", "3(c)"}, {"found", "done"});
    doing(head, "inspect", "check-device", {"round", "r1"}, {"respondent", "d03"}, {"clause", "3(c)"}, {"found", "not_done"});
    struct kept *k = doing(head, "inspect", "agreement", {"round", "r1"});
    assert_int_equal(fact_int(k, "checked"), 2); /* the last look at d00 counts */
    assert_int_equal(fact_int(k, "agreed"), 1);
    assert_int_equal(rows_of(k, "differing"), 1);
    assert_str(cell_in(k, "differing", 0, "respondent")->text, "d03");
    k = doing(as(w, "pv"), "inspect", "agreement", {"round", "r1"}); /* figures alone */
    assert_int_equal(fact_int(k, "agreed"), 1);
    assert_true(kept_table(k, "differing") < 0);
    refused(head, NOTFOUND, "that you may check", "inspect", "check-device", {"round", "r1"}, {"respondent", "d02"},
            {"clause", "3(c)"}, {"found", "done"}); /* of b1 */
    refused(head, NOTFOUND, "that you may check", "inspect", "check-device", {"round", "r1"}, {"respondent", "s1"},
            {"clause", "3(c)"}, {"found", "done"});
}
static void samples_and_checks(void **state)
{
    (void)state;
    each_store(checking);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(merging_equals_a_model),        cmocka_unit_test(rounds_equal_a_model),
        cmocka_unit_test(answering_by_right),            cmocka_unit_test(whoever_filed_does_not_confirm),
        cmocka_unit_test(refused_before_any_change),     cmocka_unit_test(samples_and_checks),
        cmocka_unit_test(a_closed_unit_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
