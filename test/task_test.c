/* Long acts: begun once, kept with what they told, seen by those who may, called cut after a stop. And several acts in
 * one transaction, lightly: what has to be undone loses all, and the same again with savepoints keeps the rest. */
#include "inspect_kit.h"

#include <string.h>

#include "store/journal.h"
#include "surface/door.h"
#include "task/task.h"
#include "tally/rates.h"

enum { PUT_ORG, COUNT_ORGS, N_SQL };
static const struct sql sql[N_SQL] = {
    [PUT_ORG] = OPEN("test", "INSERT INTO org (id, code, kind, ord, lo, hi, name_ja, name_en)"
                             " VALUES ($1, $2, 'ministry', 1, $3, $4, $2, $2)"),
    [COUNT_ORGS] = OPEN("test", "SELECT count(*) FROM org"),
};

/* ---- tasks ---- */

static void make_orgs(struct work *w)
{
    assert_ok(w, store_begin(w));
    assert_ok(w, store_run(w, &sql[PUT_ORG], ARGS(INT(1), TEXT(S("one")), INT(1), INT(2))));
    assert_ok(w, store_run(w, &sql[PUT_ORG], ARGS(INT(2), TEXT(S("two")), INT(2), INT(3))));
    assert_ok(w, store_commit(w));
}

static struct actor *post_at(struct work *w, int64_t org, const char *person, unsigned rights)
{
    struct actor *a = arena_alloc(w->a, sizeof *a);
    *a = (struct actor){.person = org, .org = org, .person_code = str_of(person), .post_code = S("post"),
                        .lo = org, .hi = org + 1, .rights = rights, .system_user = S("test")};
    return a;
}

static void act_as(struct work *w, const struct actor *a)
{
    w->actor = a;
    w->lo = a->lo;
    w->hi = a->hi;
}

/* Does the view tell of it? */
static enum err look(struct work *w, const char *id)
{
    const struct entry *e = entry_find(&task_room, S("show"));
    const struct given given[] = {{.name = S("task"), .text = str_of(id)}};
    struct args in;
    struct doc doc = doc_silent(w);
    w->faults.count = 0;
    assert_ok(w, args_parse(w, e, given, 1, &in));
    return e->run(w, &in, &doc);
}

static void tasks_of(struct work *w)
{
    make_orgs(w);
    const struct actor *mine = post_at(w, 1, "p1", MAY_MANAGE), *other = post_at(w, 2, "p2", MAY_MANAGE),
                       *auditor = post_at(w, 1, "p3", MAY_AUDIT), *far = post_at(w, 2, "p4", MAY_AUDIT);
    const struct task t = {S("t1"), S("inspect import"), S("file=a.csv"), false};
    act_as(w, mine);
    assert_ok(w, task_begun(w, &t));
    assert_int_equal(task_begun(w, &t), CONFLICT);
    assert_ok(w, look(w, "t1"));
    act_as(w, auditor);
    assert_ok(w, look(w, "t1"));
    act_as(w, other);
    assert_err(w, look(w, "t1"), NOTFOUND);
    act_as(w, far);
    assert_err(w, look(w, "t1"), NOTFOUND);
}
static void test_tasks(void **state)
{
    (void)state;
    each_store(tasks_of);
}

/* ---- tables that were told: by whoever did it they are seen again ---- */

static str told_with_rows(struct work *w, int rows)
{
    static const struct column columns[] = {{"who", CELL_TEXT, N("Respondent")}, {"hidden", CELL_TEXT, N("Round"), COL_DATA},
                                            {"n", CELL_INT, N("Row")}};
    struct doc *d = told_doc(w, LANG_EN);
    doc_heading(d, M("Alone"));
    doc_heading(d, M("Over a table"));
    DOC_TABLE(d, "sheets", columns);
    for (int i = 0; i < rows; i++) DOC_ROW(d, C_TEXT(S("s\"1")), C_TEXT(S("secret")), i == 0 ? C_NONE : C_INT(i));
    doc_table_end(d);
    doc_note(d, M("A note"));
    d->personal = true;
    d->handling = M("holds personal data: for those concerned only");
    return told_json(d, OK);
}

static struct kept *look_at(struct work *w, const char *id)
{
    struct kept *k = kept_new(w);
    w->faults.count = 0;
    assert_ok(w, directly(w, "task", "show", ASK({"task", id}), k));
    return k;
}

static void tables_of(struct work *w)
{
    make_orgs(w);
    const struct actor *mine = post_at(w, 1, "p1", MAY_MANAGE), *auditor = post_at(w, 1, "p3", MAY_AUDIT | MAY_ADMINISTER);
    act_as(w, mine);
    assert_ok(w, task_begun(w, &(struct task){S("t1"), S("inspect import"), S("file=a.xlsx"), false}));
    assert_ok(w, task_ended(w, S("t1"), S("finished"), told_with_rows(w, 2)));
    assert_ok(w, task_begun(w, &(struct task){S("t2"), S("inspect import"), S("file=a.xlsx"), false}));
    assert_ok(w, task_ended(w, S("t2"), S("finished"), told_with_rows(w, 2500)));
    struct kept *k = look_at(w, "t1");
    assert_int_equal(rows_of(k, "sheets"), 2);
    assert_str(cell_in(k, "sheets", 1, "who")->text, "s\"1");
    assert_str(cell_in(k, "sheets", 1, "n")->text, "1");
    assert_int_equal(k->table[kept_table(k, "sheets")].n_columns, 2);
    assert_true(k->doc.personal && k->doc.handling.n != 0);
    k = look_at(w, "t2");
    assert_int_equal(rows_of(k, "sheets"), 2000);
    assert_true(noted_has(k, "500 further rows"));
    act_as(w, auditor);
    k = look_at(w, "t1");
    assert_int_equal(kept_table(k, "sheets"), -1);
    assert_true(noted_has(k, "whoever did it, alone") && !k->doc.personal);
    act_as(w, mine);
    assert_ok(w, task_begun(w, &(struct task){S("t3"), S("inspect import"), S("file=a.xlsx"), false}));
    assert_ok(w, task_ended(w, S("t3"), S("refused"),
                            S("{\"facts\":[],\"texts\":[],\"lang\":\"en\",\"tables\":[],\"handling\":\"\",\"faults\":[{\"file\":\"f\",\"row\":3,"
                              "\"column\":2,\"field\":\"\",\"message\":\"'secret' is no answer\"}],\"count\":1}")));
    assert_int_equal(rows_of(look_at(w, "t3"), "faults"), 1);
    act_as(w, auditor);
    k = look_at(w, "t3");
    assert_int_equal(kept_table(k, "faults"), -1); /* a fault quotes a cell of the file */
    assert_true(noted_has(k, "1 faults were told to whoever did it"));
}

static void test_tables(void **state)
{
    (void)state;
    each_store(tables_of);
}

static const struct sql state_sql = OPEN("test", "SELECT state FROM task WHERE id = $1");

static void check_state(struct work *w, const char *id, const char *wanted)
{
    str s;
    assert_ok(w, store_text(w, &state_sql, ARGS(TEXT(str_of(id))), &s));
    assert_str(s, wanted);
}

static void cut_of(struct work *w)
{
    make_orgs(w);
    act_as(w, post_at(w, 1, "p1", MAY_MANAGE));
    assert_ok(w, task_begun(w, &(struct task){S("t1"), S("a b"), S(""), false}));
    assert_ok(w, task_begun(w, &(struct task){S("t2"), S("a b"), S(""), false}));
    assert_ok(w, task_ended(w, S("t1"), S("finished"), S("")));
    assert_ok(w, tasks_cut(w));
    check_state(w, "t1", "finished");
    check_state(w, "t2", "cut");
}
static void test_cut(void **state)
{
    (void)state;
    each_store(cut_of);
}

/* What was told is words by now; of a refusal the faults stay, with their places, and none of what was told before. */
static void test_told(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct work w = {.a = a};
    struct doc *d = told_doc(&w, LANG_EN);
    doc_fact(d, "rows", S("Rows"), C_INT(12));
    doc_fact(d, "rate", S("Rate"), C_RATE(rate_of_counts(1, 3, NULL)));
    doc_note(d, S("a \"note\" %1"), S("<b>"));
    assert_str(told_json(d, OK), "{\"facts\":[[\"Rows\",\"12\"],[\"Rate\",\"33.3 %\"]],\"texts\":[\"a \\\"note\\\" <b>\"],"
                                 "\"lang\":\"en\",\"tables\":[],\"handling\":\"\",\"faults\":[],\"count\":0}");
    fault_in(&w, INVALID, ((struct where){.file = S("f.csv"), .row = 3, .column = 2}), S("wrong: %1"), S("x"));
    assert_str(told_json(d, INVALID),
               "{\"facts\":[],\"texts\":[],\"lang\":\"en\",\"tables\":[],\"handling\":\"\",\"faults\":[{\"file\":\"f.csv\",\"row\":3,\"column\":2,\"field\":\"\","
               "\"message\":\"wrong: x\"}],\"count\":1}");
    arena_free(a);
}

/* ---- what was tried out ---- */

static void trial_kept_of(struct work *w)
{
    const struct file file = {S("a.csv"), {"x\0y", 3}, S("")};
    const struct given given[] = {{.name = S("what"), .text = S("people")}, {.name = S("file"), .text = S("a.csv"), .file = &file}};
    struct task_kept kept;
    make_orgs(w);
    const struct actor *mine = post_at(w, 1, "p1", MAY_MANAGE), *other = post_at(w, 1, "p2", MAY_MANAGE);
    act_as(w, mine);
    assert_ok(w, task_begun(w, &(struct task){S("t1"), S("registry import"), S(""), true}));
    assert_ok(w, task_keep(w, S("t1"), given, 2));
    assert_err(w, task_kept(w, S("t1"), S("registry import"), &kept), NOTFOUND); /* it still runs */
    assert_ok(w, task_ended(w, S("t1"), S("finished"), S("{\"lang\":\"ja\"}")));
    assert_ok(w, task_kept(w, S("t1"), S("registry import"), &kept));
    assert_int_equal(kept.n, 2);
    assert_str(kept.given[0].text, "people");
    assert_true(kept.given[1].file->bytes.n == 3 && memcmp(kept.given[1].file->bytes.p, "x\0y", 3) == 0);
    assert_int_equal(kept.given[1].file->sha256.n, 64);
    assert_str(kept.told, "{\"lang\":\"ja\"}");
    assert_true(task_is_kept(w, S("t1")));
    assert_err(w, task_kept(w, S("t1"), S("registry staff"), &kept), NOTFOUND); /* of another act */
    act_as(w, other);
    assert_err(w, task_kept(w, S("t1"), S("registry import"), &kept), NOTFOUND); /* another's */
    assert_false(task_is_kept(w, S("t1")));
    act_as(w, mine);
    w->now += TASK_KEPT_SECONDS + 1;
    w->faults.count = 0;
    assert_err(w, task_kept(w, S("t1"), S("registry import"), &kept), NOTFOUND); /* over */
    assert_fault(w, "no longer kept");
    assert_ok(w, task_begun(w, &(struct task){S("t2"), S("registry import"), S(""), true}));
    assert_ok(w, task_keep(w, S("t2"), given, 2)); /* drops what is over */
    static const struct sql count = OPEN("test", "SELECT count(*) FROM task_kept");
    int64_t n = 0;
    assert_ok(w, store_int(w, &count, NOARGS, &n));
    assert_int_equal(n, 2);
    assert_ok(w, task_kept_drop(w, S("t2")));
    assert_ok(w, store_int(w, &count, NOARGS, &n));
    assert_int_equal(n, 0);
}
static void test_kept(void **state)
{
    (void)state;
    each_store(trial_kept_of);
}

/* ---- several acts in one transaction ---- */

static enum err act_put(struct work *w, const struct args *in, struct doc *out)
{
    (void)out;
    int64_t id = arg_int(in, "id");
    enum err e = store_run(w, &sql[PUT_ORG], ARGS(INT(id), TEXT(str_int(w->a, id)), INT(id), INT(id + 1)));
    return e == OK && id >= 100 ? fault(w, INVALID, S("too high")) : e;
}
static enum err act_refuse(struct work *w, const struct args *in, struct doc *out)
{
    (void)in, (void)out;
    return fault(w, INVALID, S("refused before anything was written"));
}
static const struct param put_params[] = {{"id", P_INT, REQUIRED, NULL, NULL, S_INIT("id")}, {0}};
static const struct entry put_entries[] = {
    ACT("put", S_INIT("put"), MAY_ANYONE, NULL, put_params, act_put),
    ACT("refuse", S_INIT("refuse"), MAY_ANYONE, NULL, put_params, act_refuse),
};
static const struct room put_room = {.name = "test", .entries = put_entries, .n_entries = 2};

static enum err put(struct work *w, size_t entry, int64_t id)
{
    const struct entry *e = &put_entries[entry];
    const struct given given[] = {{.name = S("id"), .text = str_int(w->a, id)}};
    struct args in;
    struct doc doc = doc_silent(w);
    bool before;
    str act_id = str_fmt(w->a, "act-%d", (int)id);
    w->faults.count = 0;
    assert_ok(w, args_parse(w, e, given, 1, &in));
    assert_ok(w, door_batch_done(w, e, act_id, &before));
    assert_false(before);
    return door_batch_act(w, &put_room, e, &in, act_id, false, &doc);
}

static int64_t orgs(struct work *w)
{
    int64_t n = 0;
    assert_ok(w, store_int(w, &sql[COUNT_ORGS], NOARGS, &n));
    return n;
}

static void check_journal(struct work *w, int64_t lines)
{
    struct journal_state s;
    assert_ok(w, journal_verify(w, S(""), &s));
    assert_int_equal(s.broken_at, 0);
    assert_int_equal(s.lines, lines);
}

static void lightly_of(struct work *w)
{
    assert_ok(w, door_batch_begin(w));
    store_light(w->store);
    assert_ok(w, put(w, 0, 1));
    bool postgres = str_eq(str_of(store_engine(w->store)), S("postgresql"));
    if (!postgres) { /* which cannot tell whether a statement wrote, so that any refusal there is done again */
        assert_int_equal(put(w, 1, 2), INVALID);
        assert_false(store_lost(w->store));
    }
    assert_ok(w, put(w, 0, 3));
    assert_ok(w, door_batch_commit(w));
    assert_int_equal(orgs(w), 2);
    check_journal(w, 2);

    assert_ok(w, door_batch_begin(w));
    store_light(w->store);
    assert_ok(w, put(w, 0, 4));
    assert_int_equal(put(w, 0, 100), INVALID);
    assert_true(store_lost(w->store));
    assert_int_equal(door_batch_commit(w), STORE);
    assert_int_equal(orgs(w), 2);

    assert_ok(w, door_batch_begin(w)); /* the same again, heavily */
    assert_ok(w, put(w, 0, 4));
    assert_int_equal(put(w, 0, 100), INVALID);
    assert_ok(w, put(w, 0, 5));
    assert_ok(w, door_batch_commit(w));
    assert_int_equal(orgs(w), 4);
    check_journal(w, 4);
}
static void test_lightly(void **state)
{
    (void)state;
    each_store(lightly_of);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tasks), cmocka_unit_test(test_tables),
        cmocka_unit_test(test_cut),
        cmocka_unit_test(test_told), cmocka_unit_test(test_kept),
        cmocka_unit_test(test_lightly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
