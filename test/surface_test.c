/* Entries and the door, on a room made for the test and a real store. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "store/journal.h"
#include "surface/door.h"

/* ---- a room ---- */

enum { PUT_ORG, COUNT_ORGS, COUNT_LINES, LAST_LINE };
static const struct sql sql[] = {
    [PUT_ORG] =
        OPEN("test",
             "INSERT INTO org (code, kind, ord, lo, hi, name_ja, name_en) VALUES ($1, 'ministry', 1, $2, $3, $1, $1)"),
    [COUNT_ORGS] = OPEN("test", "SELECT count(*) FROM org"),
    [COUNT_LINES] = SQL("SELECT count(*) FROM journal"),
    [LAST_LINE] = SQL("SELECT line FROM journal ORDER BY seq DESC LIMIT 1"),
};

static enum err put_org(struct work *w, const char *code, int64_t lo, int64_t hi)
{
    return store_run(w, &sql[PUT_ORG], ARGS(TEXT(str_of(code)), INT(lo), INT(hi)));
}

static enum err act_add(struct work *w, const struct args *in, struct doc *out)
{
    (void)in;
    act_noted(w, S("added"), S("new"));
    doc_text(out, M("added"));
    return put_org(w, "new", 90, 91);
}

static enum err act_add_then_fail(struct work *w, const struct args *in, struct doc *out)
{
    enum err err = act_add(w, in, out);
    return err == OK ? fault(w, INVALID, M("no")) : err;
}

/* Notes what is wrong but forgets to say so. */
static enum err act_add_with_fault(struct work *w, const struct args *in, struct doc *out)
{
    enum err err = act_add(w, in, out);
    fault_note(w, CONFLICT, (struct where){0}, &S("noted"), 1);
    return err;
}

static enum err view_nothing(struct work *w, const struct args *in, struct doc *out)
{
    (void)w, (void)in;
    doc_text(out, M("seen"));
    return OK;
}

static const struct param params[] = {
    {"org", P_ORG, 0, NULL, NULL, N("where")},
    {"round", P_CODE, 0, NULL, NULL, N("a code")},
    {"rule", P_ENUM, 0, "mean pooled", "mean", N("a word")},
    {"count", P_INT, 0, NULL, NULL, N("a number")},
    {"on", P_DATE, 0, NULL, NULL, N("a date")},
    {"plain", P_FLAG, 0, NULL, NULL, N("a flag")},
    {"word", P_TEXT, MANY, NULL, NULL, N("words")},
    {"who", P_TEXT, PERSONAL, NULL, NULL, N("a name")},
    {"file", P_FILE, 0, NULL, NULL, N("a file")},
    {0},
};
static const struct param strict[] = {{"must", P_TEXT, REQUIRED, NULL, NULL, N("wanted")}, {0}};

static const struct param answers[] = {
    {"answer", P_ENUM, MAP, "done not_done", NULL, N("answers")},
    {"seen", P_TEXT, MAP | HIDDEN, NULL, NULL, N("what was shown")},
    {"code", P_TEXT, SECRET, NULL, NULL, N("a code")},
    {0},
};

enum { ADD, ADD_FAIL, ADD_FAULT, LOOK, LOOK_ANYWHERE, STRICT, STILL, ON_FILES, STUBBORN, MAPPED };
static const struct entry entries[] = {
    [ADD] = ACT("add", N("Add"), MAY_MANAGE, "org", params, act_add),
    [ADD_FAIL] = ACT("fail", N("Fail"), MAY_MANAGE, "org", params, act_add_then_fail),
    [ADD_FAULT] = ACT("fault", N("Fault"), MAY_MANAGE, "org", params, act_add_with_fault),
    [LOOK] = VIEW("look", N("Look"), MAY_READ_RATES, "org", params, view_nothing),
    [LOOK_ANYWHERE] = VIEW("about", N("About"), MAY_AUDIT, NULL, params, view_nothing),
    [STRICT] = VIEW("strict", N("Strict"), MAY_ANYONE, NULL, strict, view_nothing),
    [STILL] = {"still", ENTRY_VIEW, N("Still"), MAY_ANYONE, NULL, strict, view_nothing, NULL, NULL, STATELESS},
    [ON_FILES] = {"on-files", ENTRY_VIEW, N("On files"), MAY_AUDIT, NULL, params, view_nothing, NULL, NULL, FILES_OR_STORE},
    [STUBBORN] = {"stubborn", ENTRY_ACT, N("Stubborn"), MAY_MANAGE, NULL, NULL, act_add, NULL, NULL, NO_DRY_RUN},
    [MAPPED] = ACT("mapped", N("Mapped"), MAY_ANYONE, NULL, answers, view_nothing),
};
static const struct room room = {"try", N("try"), entries, sizeof entries / sizeof entries[0], NULL, NULL};

/* ---- a face that remembers ---- */

struct memory {
    struct doc doc;
    struct buf texts, notes;
};
static void keep_text(struct doc *d, str s) { buf_add(&((struct memory *)d)->texts, s); }
static void keep_note(struct doc *d, str s) { buf_add(&((struct memory *)d)->notes, s); }
static const struct face face = {.heading = keep_text, .text = keep_text, .note = keep_note};

/* ---- set-up ---- */

struct fixture {
    struct work w;
    struct actor actor;
    struct arena *beside;
    char folder[32], path[48];
};

static void set_actor(struct fixture *f, struct actor actor)
{
    f->actor = actor;
    f->w.actor = &f->actor;
    f->w.lo = actor.lo;
    f->w.hi = actor.hi;
}

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    f->w = (struct work){.a = arena_new(0), .now = 1164067200};
    f->beside = arena_new(0);
    snprintf(f->folder, sizeof f->folder, "/tmp/meguri-test-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    snprintf(f->path, sizeof f->path, "%s/t.db", f->folder);
    set_actor(f, actor_owner(S("tester")));
    assert_int_equal(store_open(&f->w, f->w.a, str_of(f->path), STORE_WRITE, &f->w.store), OK);
    assert_int_equal(store_begin(&f->w), OK);
    assert_int_equal(put_org(&f->w, "env", 1, 10), OK);
    assert_int_equal(put_org(&f->w, "meti", 10, 20), OK);
    assert_int_equal(store_commit(&f->w), OK);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    static const char *const ends[] = {"", "-wal", "-shm", "-journal", ".lock"};
    struct fixture *f = *state;
    arena_free(f->w.a);
    arena_free(f->beside);
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        char path[64];
        snprintf(path, sizeof path, "%s%s", f->path, ends[i]);
        unlink(path);
    }
    rmdir(f->folder);
    free(f);
    return 0;
}

static struct memory *remember(struct fixture *f)
{
    struct memory *m = arena_alloc(f->beside, sizeof *m);
    *m = (struct memory){.doc = {.face = &face, .w = &f->w}, .texts = buf_in(f->beside), .notes = buf_in(f->beside)};
    return m;
}

static int64_t count(struct fixture *f, int which)
{
    int64_t n = -1;
    assert_int_equal(store_int(&f->w, &sql[which], NOARGS, &n), OK);
    return n;
}

static void assert_text(str got, const char *wanted)
{
    char *text = strndup(got.p, got.n);
    assert_string_equal(text, wanted);
    free(text);
}

/* A manager at env alone. */
static struct actor manager(void)
{
    return (struct actor){.person = 1,
                          .post = 0, /* an actor of the test's making: the door would look a real post up again */
                          .org = 1,
                          .person_code = S("p1"),
                          .name = S("p"),
                          .post_code = S("env-mgr"),
                          .duty = S("unified"),
                          .org_code = S("env"),
                          .lo = 1,
                          .hi = 10,
                          .rights = MAY_MANAGE,
                          .system_user = S("tester")};
}

/* ---- arguments ---- */

static enum err parse(struct fixture *f, int e, const struct given *given, size_t n, struct args *out)
{
    f->w.faults.count = 0;
    return args_parse(&f->w, &entries[e], given, n, out);
}

static void test_values(void **state)
{
    struct fixture *f = *state;
    const struct given given[] = {
        {S("org"), S("env"), NULL},         {S("round"), S("fy2006:a/b-c_d.e"), NULL}, {S("count"), S("-12"), NULL},
        {S("on"), S("2007-04-23"), NULL},   {S("plain"), S("1"), NULL},                {S("word"), S("いち"), NULL},
        {S("word"), S("two"), NULL},
    };
    struct args in;
    assert_int_equal(parse(f, LOOK, given, 7, &in), OK);
    assert_text(arg_org(&in, "org")->code, "env");
    assert_int_equal(arg_org(&in, "org")->lo, 1);
    assert_int_equal(arg_int(&in, "count"), -12);
    assert_int_equal(arg_int(&in, "on"), 13626);
    assert_int_equal(arg_int(&in, "plain"), 1);
    assert_text(arg_text(&in, "rule"), "mean"); /* the fallback */
    const struct arg *all[4];
    assert_int_equal(arg_all(&in, "word", all, 4), 2);
    assert_text(all[0]->text, "いち");
    assert_text(all[1]->text, "two");
    assert_int_equal(arg_all(&in, "word", all, 1), 1);
    assert_false(arg_given(&in, "who"));
    assert_null(arg_file(&in, "file"));
    assert_null(arg_org(&in, "absent"));
}

static void test_flag_off(void **state)
{
    struct args in;
    assert_int_equal(parse(*state, LOOK, &(struct given){S("plain"), S("0"), NULL}, 1, &in), OK);
    assert_false(arg_given(&in, "plain"));
}

static void test_file(void **state)
{
    const struct file file = {S("a.csv"), S("x,y"), S("00")};
    struct args in;
    assert_int_equal(parse(*state, LOOK, &(struct given){S("file"), S(""), &file}, 1, &in), OK);
    assert_text(arg_file(&in, "file")->bytes, "x,y");
    assert_text(arg_text(&in, "file"), "a.csv");
}

static void test_faults(void **state)
{
    static const struct file file = {S_INIT("a.csv"), S_INIT(""), S_INIT("")};
    static const char huge[PARAM_BYTES_MAX + 1];
    static const struct {
        int entry;
        struct given given;
        enum err err;
        const char *field, *id;
    } cases[] = {
        {LOOK, {S_INIT("count"), S_INIT("12a"), NULL}, INVALID, "count", "'%1' is not a whole number"},
        {LOOK, {S_INIT("count"), S_INIT("9223372036854775808"), NULL}, INVALID, "count", "'%1' is not a whole number"},
        {LOOK, {S_INIT("on"), S_INIT("2007-02-30"), NULL}, INVALID, "on", "'%1' is not a date: write it as 2007-04-23"},
        {LOOK, {S_INIT("rule"), S_INIT("mea"), NULL}, INVALID, "rule", "'%1' is none of: %2"},
        {LOOK, {S_INIT("rule"), S_INIT("mean pooled"), NULL}, INVALID, "rule", "'%1' is none of: %2"},
        {LOOK, {S_INIT("rule"), S_INIT(""), NULL}, INVALID, "rule", "'%1' is none of: %2"},
        {LOOK, {S_INIT("plain"), S_INIT("yes"), NULL}, INVALID, "plain", "takes no value"},
        {LOOK, {S_INIT("round"), S_INIT("a b"), NULL}, INVALID, "round",
         "'%1' is not a code: letters, digits and - _ . / : only, at most 64"},
        {LOOK, {S_INIT("round"), S_INIT(""), NULL}, INVALID, "round",
         "'%1' is not a code: letters, digits and - _ . / : only, at most 64"},
        {LOOK, {S_INIT("word"), S_INIT("a\0b"), NULL}, INVALID, "word", "not good UTF-8, or with a NUL in it"},
        {LOOK, {S_INIT("word"), S_INIT("\xE3\x81"), NULL}, INVALID, "word", "not good UTF-8, or with a NUL in it"},
        {LOOK, {S_INIT("word"), {huge, sizeof huge}, NULL}, INVALID, "word", "longer than 64 KiB"},
        {LOOK, {S_INIT("word"), S_INIT(""), &file}, INVALID, "word", "no file is wanted here"},
        {LOOK, {S_INIT("file"), S_INIT("a.csv"), NULL}, INVALID, "file", "a file is wanted here"},
        {LOOK, {S_INIT("wrod"), S_INIT("x"), NULL}, INVALID, "wrod", "there is no such parameter; there are: %1"},
        {STRICT, {S_INIT("must"), S_INIT("\xFF"), NULL}, INVALID, "must", "not good UTF-8, or with a NUL in it"},
        {LOOK, {S_INIT("org"), S_INIT("nowhere"), NULL}, NOTFOUND, "org", NULL},
    };
    struct fixture *f = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct args in = {NULL, 77};
        assert_int_equal(parse(f, cases[i].entry, &cases[i].given, 1, &in), cases[i].err);
        assert_int_equal(in.n, 77); /* untouched */
        assert_int_equal(f->w.faults.count, 1);
        assert_text(f->w.faults.first[0].where.field, cases[i].field);
        if (cases[i].id != NULL) assert_text(f->w.faults.first[0].id, cases[i].id);
    }
}

static void test_every_fault_is_told(void **state)
{
    struct fixture *f = *state;
    const struct given given[] = {{S("count"), S("x"), NULL}, {S("on"), S("y"), NULL}, {S("count"), S("1"), NULL}};
    struct args in;
    assert_int_equal(parse(f, LOOK, given, 3, &in), INVALID);
    assert_int_equal(f->w.faults.count, 3);
    assert_text(f->w.faults.first[2].id, "may be given only once");
    assert_int_equal(parse(f, STRICT, NULL, 0, &in), INVALID);
    assert_text(f->w.faults.first[0].id, "is required");
    assert_text(f->w.faults.first[0].where.field, "must");
}

static void test_too_many(void **state)
{
    struct fixture *f = *state;
    struct given *given = arena_array(f->w.a, PARAM_VALUES_MAX + 1, sizeof *given);
    for (size_t i = 0; i <= PARAM_VALUES_MAX; i++) given[i] = (struct given){S("word"), S("x"), NULL};
    struct args in;
    assert_int_equal(parse(f, LOOK, given, PARAM_VALUES_MAX + 1, &in), INVALID);
    assert_int_equal(parse(f, LOOK, given, PARAM_VALUES_MAX, &in), OK);
    assert_int_equal(in.n, PARAM_VALUES_MAX + 1); /* and the fallback of rule */
}

static void test_map_finds_its_parameter(void **state)
{
    (void)state;
    const struct entry *e = &entries[MAPPED];
    assert_ptr_equal(param_find(e, S("answer.q1")), &answers[0]);
    assert_ptr_equal(param_find(e, S("answer.4.1.6(1)(e)")), &answers[0]);
    assert_ptr_equal(param_find(e, S("seen.q1")), &answers[1]);
    assert_ptr_equal(param_find(e, S("code")), &answers[2]);
    for (const char *const *n = (const char *const[]){"answer", "answer.", ".q1", "answers.q1", "code.q1", "", NULL};
         *n != NULL; n++)
        assert_null(param_find(e, str_of(*n)));
}

static void test_map(void **state)
{
    struct fixture *f = *state;
    struct args in;
    const struct arg *all[4];
    const struct given given[] = {{S("answer.q1"), S("done"), NULL},
                                  {S("seen.q1"), S("x"), NULL},
                                  {S("answer.q%"), S("done"), NULL},
                                  {S("answer.q2"), S("not_done"), NULL}};
    assert_int_equal(parse(f, MAPPED, given, 2, &in), OK);
    assert_int_equal(parse(f, MAPPED, given, 3, &in), INVALID); /* not a code */
    assert_text(f->w.faults.first[0].where.field, "answer");
    const struct given good[] = {given[0], given[1], given[3]};
    assert_int_equal(parse(f, MAPPED, good, 3, &in), OK);
    assert_int_equal(arg_all(&in, "answer", all, 4), 2);
    assert_text(all[0]->key, "q1");
    assert_text(all[1]->key, "q2");
    assert_text(all[1]->text, "not_done");
    assert_int_equal(arg_all(&in, "seen", all, 4), 1);
}

static void test_map_faults(void **state)
{
    struct fixture *f = *state;
    struct args in;
    char key[CODE_MAX + 16] = "answer.";
    memset(key + 7, 'q', CODE_MAX + 1);
    const struct given bad[] = {{S("answer"), S("done"), NULL},
                                {S("answer."), S("done"), NULL},
                                {S("answer.q 1"), S("done"), NULL},
                                {S("answer.問"), S("done"), NULL},
                                {str_of(key), S("done"), NULL},
                                {S("answer.q1"), S("perhaps"), NULL},
                                {S("code.q1"), S("x"), NULL}};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_int_equal(parse(f, MAPPED, &bad[i], 1, &in), INVALID);
        assert_int_equal(f->w.faults.count, 1);
    }
    key[7 + CODE_MAX] = '\0';
    assert_int_equal(parse(f, MAPPED, &(struct given){str_of(key), S("done"), NULL}, 1, &in), OK);
}

/* Also where they are far apart, and among as many as there may be. */
static void test_map_key_twice(void **state)
{
    struct fixture *f = *state;
    struct args in;
    const struct given twice[] = {{S("answer.q1"), S("done"), NULL},
                                  {S("answer.q2"), S("done"), NULL},
                                  {S("answer.q1"), S("done"), NULL}};
    assert_int_equal(parse(f, MAPPED, twice, 3, &in), INVALID);
    assert_int_equal(f->w.faults.count, 1);
    assert_text(f->w.faults.first[0].where.field, "answer.q1");
    assert_text(f->w.faults.first[0].id, "may be given only once");
    const struct given apart[] = {twice[0], {S("seen.q1"), S("x"), NULL}};
    assert_int_equal(parse(f, MAPPED, apart, 2, &in), OK); /* the same key of another parameter */
    struct given *many = arena_array(f->w.a, PARAM_VALUES_MAX, sizeof *many);
    for (size_t i = 0; i < PARAM_VALUES_MAX; i++)
        many[i] = (struct given){str_fmt(f->w.a, "answer.q%zu", i), S("done"), NULL};
    assert_int_equal(parse(f, MAPPED, many, PARAM_VALUES_MAX, &in), OK);
    assert_int_equal(in.n, PARAM_VALUES_MAX);
    many[PARAM_VALUES_MAX - 1].name = many[0].name;
    assert_int_equal(parse(f, MAPPED, many, PARAM_VALUES_MAX, &in), INVALID);
    assert_text(f->w.faults.first[0].where.field, "answer.q0");
}

/* ---- the door ---- */

static struct args at(struct fixture *f, int e, const char *org)
{
    struct args in;
    const struct given given[] = {{S("org"), str_of(org), NULL},
                                  {S("who"), S("Suzuki"), NULL},
                                  {S("word"), S("a"), NULL},
                                  {S("word"), S("b"), NULL}};
    assert_int_equal(parse(f, e, given, 4, &in), OK);
    return in;
}

static void test_act_writes_one_line(void **state)
{
    struct fixture *f = *state;
    struct args in = at(f, ADD, "env");
    struct memory *m = remember(f);
    assert_int_equal(door_act(&f->w, &room, &entries[ADD], &in, S("id-1"), false, &m->doc), OK);
    assert_int_equal(count(f, COUNT_ORGS), 3);
    assert_int_equal(count(f, COUNT_LINES), 1);
    assert_text(buf_str(&m->texts), "added");
    assert_int_equal(m->notes.n, 0);
    str line;
    assert_int_equal(store_text(&f->w, &sql[LAST_LINE], NOARGS, &line), OK);
    assert_true(str_find(line, S("\"act\":\"try add\"")) >= 0);
    assert_true(str_find(line, S("\"did.added\":\"new\"")) >= 0);
    assert_true(str_find(line, S("\"place\":\"env\"")) >= 0);
    assert_true(str_find(line, S("\"word\":[\"a\",\"b\"]")) >= 0);
    assert_true(str_find(line, S("\"rule\":\"mean\"")) >= 0);
    assert_true(str_find(line, S("Suzuki")) < 0); /* personal: outside the chain */
    assert_true(str_find(line, S("\"system_user\":\"tester\"")) >= 0);
}

static void test_rehearsal_leaves_nothing(void **state)
{
    struct fixture *f = *state;
    struct args in = at(f, ADD, "env");
    struct memory *m = remember(f);
    assert_int_equal(door_act(&f->w, &room, &entries[ADD], &in, S("id-1"), true, &m->doc), OK);
    assert_int_equal(count(f, COUNT_ORGS), 2);
    assert_int_equal(count(f, COUNT_LINES), 0);
    assert_text(buf_str(&m->texts), "added");
    assert_text(buf_str(&m->notes), "nothing was changed: this was a rehearsal");
    assert_int_equal(door_act(&f->w, &room, &entries[ADD], &in, S("id-1"), false, &m->doc),
                     OK); /* the id is still free */
}

static void test_failure_writes_nothing(void **state)
{
    struct fixture *f = *state;
    struct args in = at(f, ADD_FAIL, "env");
    assert_int_equal(door_act(&f->w, &room, &entries[ADD_FAIL], &in, S("id-1"), false, &remember(f)->doc), INVALID);
    assert_int_equal(count(f, COUNT_ORGS), 2);
    in = at(f, ADD_FAULT, "env");
    assert_int_equal(door_act(&f->w, &room, &entries[ADD_FAULT], &in, S("id-2"), false, &remember(f)->doc), CONFLICT);
    assert_int_equal(count(f, COUNT_ORGS), 2);
    assert_int_equal(count(f, COUNT_LINES), 0);
}

static void test_act_is_done_once(void **state)
{
    struct fixture *f = *state;
    struct args in = at(f, ADD, "env");
    assert_int_equal(door_act(&f->w, &room, &entries[ADD], &in, S("id-1"), false, &remember(f)->doc), OK);
    struct memory *m = remember(f);
    f->w.faults.count = 0;
    assert_int_equal(door_act(&f->w, &room, &entries[ADD], &in, S("id-1"), false, &m->doc), CONFLICT);
    assert_text(f->w.faults.first[0].id, "this was done already (act %1)");
    assert_int_equal(m->texts.n, 0); /* the act did not even begin */
    assert_int_equal(count(f, COUNT_LINES), 1);
    assert_int_equal(count(f, COUNT_ORGS), 3);
}

static void test_denied(void **state)
{
    struct fixture *f = *state;
    struct args meti = at(f, ADD, "meti"), env = at(f, ADD, "env"), look = at(f, LOOK, "env"),
                about = at(f, LOOK_ANYWHERE, "env");
    set_actor(f, manager());
    struct memory *m = remember(f);
    assert_int_equal(door_act(&f->w, &room, &entries[ADD], &meti, S("id-1"), false, &m->doc), DENIED);
    assert_text(f->w.faults.first[0].id, "this is for posts that manage '%1'; you act as %2");
    assert_text(f->w.faults.first[0].arg[0], "meti");
    assert_text(f->w.faults.first[0].arg[1], "p1/env-mgr");
    assert_int_equal(count(f, COUNT_LINES), 0);
    assert_int_equal(door_act(&f->w, &room, &entries[ADD], &env, S("id-1"), false, &m->doc), OK);
    assert_int_equal(door_view(&f->w, &room, &entries[LOOK], &look, &m->doc), OK); /* one of the rights is enough */
    f->w.faults.count = 0;
    m = remember(f);
    assert_int_equal(door_view(&f->w, &room, &entries[LOOK_ANYWHERE], &about, &m->doc), DENIED);
    assert_text(f->w.faults.first[0].arg[0], "env");
    assert_int_equal(m->texts.n, 0);
}

static void test_out_of_scope_is_not_found(void **state)
{
    struct fixture *f = *state;
    set_actor(f, manager());
    struct args in;
    assert_int_equal(parse(f, LOOK, &(struct given){S("org"), S("meti"), NULL}, 1, &in), NOTFOUND);
    assert_text(f->w.faults.first[0].where.field, "org");
    assert_int_equal(parse(f, LOOK, &(struct given){S("org"), S("env"), NULL}, 1, &in), OK);
}

static void test_stateless_needs_no_store(void **state)
{
    struct fixture *f = *state;
    struct work bare = {.a = f->w.a};
    struct memory *m = remember(f);
    m->doc.w = &bare;
    const struct args none = {0};
    assert_int_equal(door_view(&bare, &room, &entries[STILL], &none, &m->doc), OK);
    assert_text(buf_str(&m->texts), "seen");
}

static void test_a_file_needs_no_store(void **state)
{
    struct fixture *f = *state;
    const struct file file = {S("s.csv"), S("code\n"), S("")};
    const struct given with[] = {{S("file"), {0}, &file}, {S("org"), S("env"), NULL}}, without = {S("round"), S("r"), NULL};
    assert_true(entry_storeless(&entries[ON_FILES], with, 2));
    assert_false(entry_storeless(&entries[ON_FILES], &without, 1));
    assert_false(entry_storeless(&entries[LOOK], with, 2));
    assert_true(entry_storeless(&entries[STILL], &without, 1));
    struct work bare = {.a = f->w.a};
    struct memory *m = remember(f);
    struct args in;
    m->doc.w = &bare;
    assert_int_equal(args_parse(&bare, &entries[ON_FILES], with, 2, &in), INVALID); /* no organisations either */
    assert_text(bare.faults.first[0].where.field, "org");
    assert_int_equal(args_parse(&bare, &entries[ON_FILES], with, 1, &in), OK);
    assert_int_equal(door_view(&bare, &room, &entries[ON_FILES], &in, &m->doc), OK);
    assert_text(buf_str(&m->texts), "seen");
    struct actor nobody = manager();
    set_actor(f, nobody);
    assert_int_equal(parse(f, ON_FILES, with, 1, &in), OK);
    assert_int_equal(door_view(&f->w, &room, &entries[ON_FILES], &in, &remember(f)->doc), DENIED); /* with one, the door asks */
}

static void test_what_cannot_be_rehearsed(void **state)
{
    struct fixture *f = *state;
    const struct args none = {0};
    assert_int_equal(door_act(&f->w, &room, &entries[STUBBORN], &none, S("id"), true, &remember(f)->doc), INVALID);
    assert_int_equal(count(f, COUNT_ORGS), 2);
    assert_int_equal(door_act(&f->w, &room, &entries[STUBBORN], &none, S("id"), false, &remember(f)->doc), OK);
}

static void test_secrets_are_not_written_down(void **state)
{
    struct fixture *f = *state;
    struct args in;
    str line;
    const struct given given[] = {{S("code"), S("xyzzy-493"), NULL}, {S("answer.q1"), S("done"), NULL}};
    assert_int_equal(parse(f, MAPPED, given, 2, &in), OK);
    assert_int_equal(door_act(&f->w, &room, &entries[MAPPED], &in, S("id"), false, &remember(f)->doc), OK);
    assert_int_equal(store_text(&f->w, &sql[LAST_LINE], NOARGS, &line), OK);
    assert_true(str_find(line, S("\"answer.q1\":\"done\"")) >= 0);
    assert_true(str_find(line, S("xyzzy")) < 0);
}

/* Every right the rooms ask for has words for help and for refusal. */
static void test_rooms_can_be_walked(void **state)
{
    struct fixture *f = *state;
    set_actor(f, (struct actor){.person = 1, .person_code = S("p"), .org_code = S("env"), .lo = 1, .hi = 10});
    for (const struct room *const *r = rooms; *r != NULL; r++) {
        assert_ptr_equal(room_find(str_of((*r)->name)), *r);
        for (size_t i = 0; i < (*r)->n_entries; i++) {
            const struct entry *e = &(*r)->entries[i];
            assert_ptr_equal(entry_find(*r, str_of(e->name)), e);
            assert_true(e->kind == ENTRY_FILE ? e->stream != NULL && e->media != NULL : e->run != NULL);
            assert_true(e->place == NULL || param_find(e, str_of(e->place)) != NULL);
            const struct args none = {0};
            assert_int_equal(door_may(&f->w, e, &none), e->right == MAY_ANYONE ? OK : DENIED);
        }
    }
}

/* A room that sorts its entries by topic names every one of them, once, and nothing else. */
static void test_topics_name_each_entry_once(void **state)
{
    (void)state;
    size_t sorted = 0;
    for (const struct room *const *r = rooms; *r != NULL; r++) {
        size_t *named = calloc((*r)->n_entries, sizeof *named);
        for (const struct topic *t = (*r)->topics; t != NULL && t->entries != NULL; t++) {
            str rest = str_of(t->entries), name;
            while (str_cut(&rest, ' ', &name)) {
                const struct entry *e = entry_find(*r, name);
                if (e == NULL) fail_msg("%s: no entry is called '%.*s'", (*r)->name, STR_ARG(name));
                named[e - (*r)->entries]++;
            }
        }
        for (size_t i = 0; (*r)->topics != NULL && i < (*r)->n_entries; i++)
            if (named[i] != 1) fail_msg("%s %s stands in %zu topics", (*r)->name, (*r)->entries[i].name, named[i]);
        sorted += (*r)->topics != NULL;
        free(named);
    }
    assert_true(sorted > 0);
}

#define T(fn) cmocka_unit_test_setup_teardown(fn, set_up, tear_down)
int main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_values), T(test_flag_off), T(test_file), T(test_faults), T(test_every_fault_is_told), T(test_too_many),
        T(test_act_writes_one_line), T(test_rehearsal_leaves_nothing), T(test_failure_writes_nothing),
        T(test_act_is_done_once), T(test_denied), T(test_out_of_scope_is_not_found), T(test_stateless_needs_no_store),
        T(test_a_file_needs_no_store),
        T(test_what_cannot_be_rehearsed), T(test_rooms_can_be_walked), T(test_topics_name_each_entry_once), T(test_map_finds_its_parameter), T(test_map),
        T(test_map_faults), T(test_map_key_twice), T(test_secrets_are_not_written_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
