/* The room case: kinds as data, four eyes, rights, clocks, numbers, and what an exception does to the rates of a round. */
#include "inspect_kit.h"

#include <sys/wait.h>
#include <unistd.h>

#include "case/case.h"

/* ---- a small world, and people in it ---- */

/* An auditor, a manager of bureau a1 beside its head, an officer of the whole government who also administers it. */
static void world(struct work *w)
{
    static const char *const kinds[] = {"exception", "finding", "permit", "practice"};
    small_world(w);
    doing(w, "registry", "import", {"what", "duties"},
          FILED("code,name_ja,name_en,rights,order\naudit,監査,Auditor,audit,70\nadmin,管理,Administrator,administer,80\n"));
    doing(w, "registry", "import", {"what", "people"},
          FILED("code,org,name_ja,name_en,mail,from,to\npaud,gov,秘監査,,,,\npadm,gov,秘管理,,,,\npadb,B,秘乙管,,,,\npc2,gov,秘中央二,,,,\n"));
    doing(w, "registry", "import", {"what", "posts"},
          FILED("code,duty,org,system,person,deputy_of,from,to\naud,audit,gov,,paud,,,\nadm,admin,gov,,padm,,,\n"
                "adb,admin,B,,padb,,,\nc2,centre,gov,,pc2,,,\n"));
    for (size_t i = 0; i < 4; i++) doing(w, "case", "define", {"kind", kinds[i]});
}

/* From here on the work is somebody's. */
static str case_of(const struct kept *k)
{
    for (size_t i = 0; i < k->n_facts; i++)
        if (str_eq(k->fact[i].key, S("case"))) return k->fact[i].cell.text;
    fail_msg("no case was told");
    return (str){0};
}

static const char *open_permit(struct work *w, const char *class, const char *until)
{
    return str_c(w->a, case_of(doing(w, "case", "open", {"kind", "permit"}, {"title", "papers"}, {"field.class", class},
                                     {"field.what", "three sheets"}, {"field.where", "home"}, {"field.why", "work"},
                                     {"field.protect", "a lock"}, {"field.from", "2007-04-23"}, {"field.until", until})));
}

#define EXCEPTION_FIELDS                                                                                               \
    {"field.reason", "old system"}, {"field.measure", "kept apart"}, {"field.from", "2007-01-01"},                     \
        {"field.until", "2007-12-31"}

static const char *open_exception(struct work *w, const char *org, const char *respondent, const char *clause)
{
    struct kept *k = respondent != NULL
                         ? doing(w, "case", "open", {"kind", "exception"}, {"org", org}, {"title", "秘exception"}, {"clause", clause},
                                 {"round", "r1"}, {"respondent", respondent}, EXCEPTION_FIELDS)
                         : doing(w, "case", "open", {"kind", "exception"}, {"org", org}, {"title", "秘exception"}, {"clause", clause},
                                 {"round", "r1"}, EXCEPTION_FIELDS);
    return str_c(w->a, case_of(k));
}

static str state_of(struct work *w, const char *number)
{
    return fact_text(doing(w, "case", "show", {"case", number}), "state");
}

/* ---- four eyes and rights ---- */

static void permits(struct work *w)
{
    world(w);
    become(w, "pa1");
    const char *notified = open_permit(w, "c1", "2007-04-30"), *applied = open_permit(w, "c3", "2007-04-30");
    assert_str(str_of(notified), "permit-a1-2007-1");
    assert_str(str_of(applied), "permit-a1-2007-2");
    assert_str(state_of(w, notified), "out"); /* the class decides */
    assert_str(state_of(w, applied), "applied");
    refused(w, DENIED, "not for your post", "case", "step", {"case", applied}, {"step", "permit"});
    refused(w, INVALID, "needs a text", "case", "step", {"case", applied}, {"step", "refuse"});
    become(w, "pa2"); /* a colleague: sees nothing of it */
    refused(w, NOTFOUND, "that you may see", "case", "show", {"case", applied});
    assert_int_equal(rows_of(doing(w, "case", "list", {"all", "1"}), "cases"), 0);
    become(w, "pha");
    struct kept *k = doing(w, "case", "list", {"kind", "permit"});
    assert_str(cell_in(k, "cases", 0, "case")->text, applied); /* what waits stands first */
    assert_int_equal(fact_int(k, "waiting"), 1);
    doing(w, "case", "step", {"case", applied}, {"step", "permit"});
    refused(w, CONFLICT, "where this step is not taken", "case", "step", {"case", applied}, {"step", "permit"});
    const char *own = open_permit(w, "pc", "2007-04-30");
    refused(w, DENIED, "by another person", "case", "step", {"case", own}, {"step", "permit"});
    become(w, "poa"); /* the office above, which manages */
    doing(w, "case", "step", {"case", own}, {"step", "permit"});
    refused(w, INVALID, "is required", "case", "step", {"case", own}, {"step", "receive"}, {"field.returned_on", "2007-04-25"});
    become(w, "pha");
    assert_int_equal(rows_of(doing(w, "case", "list", {"kind", "permit"}, {"state", "out"}), "cases"), 3); /* outside now */
    doing(w, "case", "step", {"case", own}, {"step", "return"}, {"field.returned_on", "2007-04-25"}, {"field.returned_how", "returned"});
    refused(w, DENIED, "by another person", "case", "step", {"case", own}, {"step", "confirm"});
    assert_int_equal(rows_of(doing(w, "case", "list", {"kind", "permit"}, {"state", "out"}), "cases"), 2); /* outside now */
}

/* Whoever opens a case about a colleague's post does not learn so who holds it. */
static void posts_are_not_names(struct work *w)
{
    world(w);
    become(w, "pa1");
    const char *one = open_exception(w, "a1", "s2", "2(a)"), *own = open_exception(w, "a1", "s1", "2(a)");
    assert_int_equal(cell_in(doing(w, "case", "show", {"case", one}), "refers", 0, "person")->type, CELL_NONE);
    assert_str(cell_in(doing(w, "case", "show", {"case", own}), "refers", 0, "person")->text, "pa1");
    become(w, "pha");
    assert_str(cell_in(doing(w, "case", "show", {"case", one}), "refers", 0, "person")->text, "pa2");
}
static void test_posts_are_not_names(void **state)
{
    (void)state;
    each_store(posts_are_not_names);
}

static void test_permits(void **state)
{
    (void)state;
    each_store(permits);
}

/* An incident: anybody reports, what was done is verified by another, and each hand-over of the evidence stays. */
static void incidents(struct work *w)
{
    static const char hash[] = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    world(w);
    doing(w, "case", "define", {"kind", "incident"});
    become(w, "pa1");
    const char *n = str_c(w->a, case_of(doing(w, "case", "open", {"kind", "incident"}, {"org", "a1"}, {"title", "a stick lost"}, {"clause", "2(a)"},
                                              {"field.sort", "loss"}, {"field.since", "2007-04-20"}, {"field.what", "on a train"}, {"field.affected", "c2"},
                                              {"field.persons", "12"})));
    assert_str(state_of(w, n), "reported");
    doing(w, "case", "step", {"case", n}, {"step", "note"}, {"text", "the line was asked"});
    refused(w, DENIED, "not for your post", "case", "step", {"case", n}, {"step", "dismiss"}, {"text", "x"});
    become(w, "pa2");
    refused(w, NOTFOUND, "that you may see", "case", "show", {"case", n});
    become(w, "pha");
    doing(w, "case", "step", {"case", n}, {"step", "evidence"}, {"text", "from the gate to the office"}, {"field.evidence", "log of the gate"}, {"field.evidence_hash", hash},
          {"field.handed_from", "秘gate"}, {"field.handed_to", "秘office"}, {"field.handed_on", "2007-04-22"});
    refused(w, INVALID, "SHA-256", "case", "step", {"case", n}, {"step", "evidence"}, {"text", "again"}, {"field.evidence", "log"}, {"field.evidence_hash", "12"},
            {"field.handed_from", "x"}, {"field.handed_to", "y"}, {"field.handed_on", "2007-04-22"});
    doing(w, "case", "step", {"case", n}, {"step", "police"}, {"field.police", "reported"}, {"field.police_on", "2007-04-22"}, {"field.police_office", "the station"});
    doing(w, "case", "step", {"case", n}, {"step", "contain"}, {"field.contained_on", "2007-04-22"}, {"field.response", "locked"});
    refused(w, INVALID, "is required", "case", "step", {"case", n}, {"step", "explain"}, {"field.cause", "mistake"});
    doing(w, "case", "step", {"case", n}, {"step", "explain"}, {"field.cause", "mistake"}, {"field.cause_text", "left on the rack"});
    become(w, "poa"); /* the office above, which manages */
    doing(w, "case", "step", {"case", n}, {"step", "prevent"}, {"field.prevention", "a strap"}, {"field.prevented_on", "2007-04-23"});
    refused(w, DENIED, "by another person", "case", "step", {"case", n}, {"step", "close"});
    become(w, "paud");
    doing(w, "case", "step", {"case", n}, {"step", "close"});
    struct kept *k = doing(w, "case", "statistics", {"kind", "incident"}, {"year", "2007"});
    assert_int_equal(cell_at(k, "kinds", "incident", NULL, "cases")->i, 1);
    assert_int_equal(cell_at(k, "states", "incident", "contained", "reached")->i, 1);
    doing(w, "case", "step", {"case", n}, {"step", "reopen"}, {"text", "found again"});
    assert_str(state_of(w, n), "contained");
}

static void test_incidents(void **state)
{
    (void)state;
    each_store(incidents);
}

static void findings(struct work *w)
{
    world(w);
    become(w, "paud");
    const char *n = str_c(w->a, case_of(doing(w, "case", "open", {"kind", "finding"}, {"org", "a1"}, {"title", "gap"}, {"clause", "2(a)"},
                                              {"round", "r1"}, {"field.origin", "audit"}, {"field.what", "not done"})));
    assert_str(str_of(n), "finding-2007-1");
    refused(w, INVALID, "has no clause", "case", "open", {"kind", "finding"}, {"org", "a1"}, {"title", "x"}, {"clause", "9(z)"},
            {"round", "r1"}, {"field.origin", "audit"}, {"field.what", "x"});
    refused(w, INVALID, "none of", "case", "open", {"kind", "finding"}, {"org", "a1"}, {"title", "x"}, {"field.origin", "dream"},
            {"field.what", "x"});
    refused(w, INVALID, "no such field", "case", "open", {"kind", "finding"}, {"org", "a1"}, {"title", "x"}, {"field.origin", "audit"},
            {"field.what", "x"}, {"field.colour", "red"});
    doing(w, "case", "assign", {"case", n}, {"owner", "pa2"});
    become(w, "pa2"); /* an owner acts without a right of the post */
    refused(w, INVALID, "is required", "case", "step", {"case", n}, {"step", "accept"}, {"field.action", "train"});
    doing(w, "case", "step", {"case", n}, {"step", "accept"}, {"field.action", "train"}, {"field.agreed", "2007-05-31"});
    refused(w, INVALID, "64 digits", "case", "step", {"case", n}, {"step", "report"}, {"field.done_on", "2007-05-01"},
            {"field.evidence", "log 7"}, {"field.evidence_hash", "abc"});
    become(w, "pha");
    doing(w, "case", "step", {"case", n}, {"step", "report"}, {"field.done_on", "2007-05-01"}, {"field.evidence", "log 7"});
    become(w, "poa");
    refused(w, INVALID, "not filled in here", "case", "step", {"case", n}, {"step", "verify"}, {"field.what", "something else"});
    doing(w, "case", "step", {"case", n}, {"step", "reopen"}, {"text", "again"}, {"field.agreed", "2007-06-30"});
    doing(w, "case", "step", {"case", n}, {"step", "report"}, {"field.done_on", "2007-06-01"}, {"field.evidence", "log 8"});
    refused(w, DENIED, "by another person", "case", "step", {"case", n}, {"step", "verify"}); /* who reported */
    become(w, "paud");
    doing(w, "case", "step", {"case", n}, {"step", "verify"});
    assert_str(state_of(w, n), "closed");
    struct kept *k = doing(w, "case", "show", {"case", n});
    assert_int_equal(rows_of(k, "history"), 7);
    assert_false(k->doc.personal); /* one's own */
    become(w, "poa");
    assert_true(doing(w, "case", "show", {"case", n})->doc.personal); /* names are shown: its reading is written down */
}

static void test_findings(void **state)
{
    (void)state;
    each_store(findings);
}

/* The owner of the database is one person too. */
static void owner_alone(struct work *w)
{
    world(w);
    const char *n = open_exception(w, "a1", "s1", "2(a)");
    refused(w, DENIED, "by another person", "case", "step", {"case", n}, {"step", "grant"}, {"text", "yes"});
}

static void test_owner_alone(void **state)
{
    (void)state;
    each_store(owner_alone);
}

/* ---- clocks ---- */

static void clocks(struct work *w)
{
    world(w);
    become(w, "pa1");
    struct kept *k = doing(w, "case", "show", {"case", open_permit(w, "c3", "2007-05-31")});
    for (size_t i = 0; i < k->n_facts; i++) /* Monday 23 April, three working days */
        if (str_eq(k->fact[i].key, S("due"))) assert_str(date_text(w->a, k->fact[i].cell.i), "2007-04-26");
    become(w, NULL);
    assert_ok(w, store_begin(w));
    assert_ok(w, store_run(w, &(struct sql)SQL("INSERT INTO day_off (day, name_ja, name_en) VALUES ($1, 'x', 'x')"), ARGS(INT(13628)))); /* the 25th */
    assert_ok(w, store_commit(w));
    become(w, "pa1");
    const char *later = open_permit(w, "c3", "2007-05-31"), *out = open_permit(w, "c2", "2007-04-24");
    k = doing(w, "case", "show", {"case", later});
    for (size_t i = 0; i < k->n_facts; i++)
        if (str_eq(k->fact[i].key, S("due"))) assert_str(date_text(w->a, k->fact[i].cell.i), "2007-04-27");
    assert_int_equal(rows_of(doing(w, "case", "list", {"overdue", "1"}), "cases"), 0);
    w->now += 2 * 86400;
    k = doing(w, "case", "list", {"overdue", "1"});
    assert_int_equal(rows_of(k, "cases"), 1);
    assert_str(cell_in(k, "cases", 0, "case")->text, out);
    struct case_waiting n;
    assert_ok(w, case_waiting(w, &n));
    assert_int_equal(n.waiting, 1); /* the return; withdrawing an application does not make it wait */
    assert_int_equal(n.overdue, 1);
}

static void test_clocks(void **state)
{
    (void)state;
    each_store(clocks);
}

/* ---- numbers, when several open at once ---- */

static void open_in_child(str url, int who)
{
    struct arena *life = arena_new(0);
    struct work *w = other_work(life, url, STORE_CHANGE);
    become(w, who % 2 == 0 ? "pa1" : "pa2");
    store_patience(w->store, 60000);
    for (int i = 0; i < 5; i++) {
        struct given given[] = {{S("kind"), S("permit"), NULL},         {S("title"), S("x"), NULL},
                                {S("field.class"), S("c1"), NULL},      {S("field.what"), S("x"), NULL},
                                {S("field.where"), S("x"), NULL},       {S("field.why"), S("x"), NULL},
                                {S("field.protect"), S("x"), NULL},     {S("field.from"), S("2007-04-23"), NULL},
                                {S("field.until"), S("2007-04-30"), NULL}};
        struct args args;
        struct doc silent = doc_silent(w);
        const struct entry *e = entry_find(room_find(S("case")), S("open"));
        if (args_parse(w, e, given, sizeof given / sizeof *given, &args) != OK) _exit(2);
        if (door_act(w, room_find(S("case")), e, &args, str_fmt(w->a, "child-%d-%d", who, i), false, &silent) != OK) _exit(3);
    }
    _exit(0);
}

static void numbers(struct work *w)
{
    enum { CHILDREN = 4 };
    world(w);
    pid_t child[CHILDREN];
    str url = store_url();
    for (int i = 0; i < CHILDREN; i++) {
        child[i] = fork();
        assert_true(child[i] >= 0);
        if (child[i] == 0) open_in_child(url, i);
    }
    for (int i = 0; i < CHILDREN; i++) {
        int status = -1;
        assert_int_equal(waitpid(child[i], &status, 0), child[i]);
        assert_int_equal(status, 0);
    }
    struct kept *k = doing(w, "case", "list", {"kind", "permit"});
    assert_int_equal(rows_of(k, "cases"), 20);
    for (int i = 1; i <= 20; i++)
        assert_true(row_of(k, "cases", str_c(w->a, str_fmt(w->a, "permit-a1-2007-%d", i)), NULL) >= 0);
    w->now += 366 * (int64_t)86400; /* the next fiscal year begins at 1 */
    become(w, "pa1");
    assert_str(str_of(open_permit(w, "c1", "2008-05-31")), "permit-a1-2008-1");
}

static void test_numbers(void **state)
{
    (void)state;
    each_store(numbers);
}

/* ---- scope ---- */

static void scope(struct work *w)
{
    world(w);
    become(w, "pha");
    const char *n = open_exception(w, "a1", "s1", "2(a)");
    static const char *const others[] = {"pb1", "phb", "pob", "padb"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        become(w, others[i]);
        refused(w, NOTFOUND, "that you may see", "case", "show", {"case", n});
        refused(w, NOTFOUND, "that you may see", "case", "show", {"case", "no-such-case"}); /* the same words */
        refused(w, NOTFOUND, "that you may see", "case", "step", {"case", n}, {"step", "grant"}, {"text", "x"});
        refused(w, NOTFOUND, "that you may see", "case", "fields", {"case", n}, {"step", "grant"});
        assert_int_equal(rows_of(doing(w, "case", "list", {"all", "1"}), "cases"), 0);
        refused(w, NOTFOUND, "", "case", "open", {"kind", "permit"}, {"org", "a1"}, {"title", "x"});
        struct case_waiting count;
        assert_ok(w, case_waiting(w, &count));
        assert_int_equal(count.waiting, 0);
    }
    become(w, "pob");
    assert_int_equal(rows_of(doing(w, "case", "statistics", {NULL, NULL}), "kinds"), 0);
    str file = file_of_entry(w, "case", "export", ASK({"kind", "exception"}));
    assert_int_equal(str_find(file, S("秘")), -1);
    become(w, "poa");
    file = file_of_entry(w, "case", "export", ASK({"kind", "exception"}));
    assert_true(str_find(file, S("秘exception")) >= 0 && str_find(file, S("old system")) >= 0);
    become(w, "pv"); /* sees figures, and no case */
    assert_int_equal(rows_of(doing(w, "case", "list", {"all", "1"}), "cases"), 0);
    assert_int_equal(cell_in(doing(w, "case", "statistics", {NULL, NULL}), "kinds", 0, "cases")->i, 1);
}

static void test_scope(void **state)
{
    (void)state;
    each_store(scope);
}

/* ---- the effect on the rates ---- */

#define WIDE                                                                                                           \
    "respondent,2(a),2(b),2(c),3(a),3(c)\ns1,done,not_done,,done,\ns2,not_done,not_done,,no_occasion,\n"                  \
    "s3,done,done,,done,\nha,,,done,,\nt1,done,not_done,,done,\n"

static str rates_told(struct work *w, const char *round)
{
    struct kept *k = doing(w, "inspect", "clauses", {"round", round}, {"depth", "-1"});
    struct buf b = buf_in(w->a);
    for (size_t i = 0; i < rows_of(k, "clauses"); i++) {
        static const char *const keys[] = {"arisen", "done", "no_occasion", "excepted"};
        buf_add(&b, cell_in(k, "clauses", i, "org")->text);
        buf_add(&b, cell_in(k, "clauses", i, "clause")->text);
        for (size_t c = 0; c < 4; c++) buf_fmt(&b, " %d", (int)cell_in(k, "clauses", i, keys[c])->i);
        buf_add(&b, S("\n"));
    }
    return buf_str(&b);
}

static void fill(struct work *w, const char *round)
{
    doing(w, "inspect", "import", {"round", round}, {"state", "confirmed"}, FILED(WIDE));
}

/* Three rounds of the same sheets: one where exceptions come in a file, one that was open when they were granted, one that
 * opened afterwards. */
static void effect(struct work *w)
{
    world(w);
    fill(w, "r1");
    small_round(w, "r2");
    fill(w, "r2");
    doing(w, "inspect", "import", {"round", "r2"},
          FILED("number,respondent,organisation,clause,from,to\nx1,s1,,2(b),2007-01-01,2007-12-31\nx2,,a1,2(a),2007-01-01,2007-12-31\n"));
    str before = rates_told(w, "r1"), by_file = rates_told(w, "r2");
    assert_false(str_eq(before, by_file));
    become(w, "pha");
    const char *one = open_exception(w, "a1", "s1", "2(b)");
    refused(w, DENIED, "", "case", "step", {"case", one}, {"step", "grant"}, {"text", "x"});
    const char *all = open_exception(w, "a1", NULL, "2(a)");
    become(w, "pc"); /* the centre decides for ministries, not for their bureaus */
    refused(w, DENIED, "an office above", "case", "step", {"case", all}, {"step", "grant"}, {"text", "x"});
    become(w, "poa");
    const char *ministry = open_exception(w, "A", NULL, "3(a)");
    refused(w, DENIED, "an office above", "case", "step", {"case", ministry}, {"step", "grant"}, {"text", "x"});
    doing(w, "case", "step", {"case", one}, {"case", all}, {"step", "grant"}, {"text", "x"});
    become(w, "pc");
    doing(w, "case", "step", {"case", ministry}, {"step", "refuse"}, {"text", "x"});
    become(w, NULL);
    small_round(w, "r3"); /* those that hold are copied at the opening */
    fill(w, "r3");
    static const char *const rounds[] = {"r1", "r2", "r3"};
    for (size_t i = 0; i < 3; i++) {
        assert_true(str_eq(rates_told(w, rounds[i]), by_file));
        doing(w, "inspect", "recount", {"round", rounds[i]}); /* refuses where sums and sheets differ */
    }
    struct kept *k = doing(w, "inspect", "exceptions", {"round", "r3"});
    assert_str(cell_at(k, "exceptions", one, NULL, "case")->text, one);
    refused(w, INVALID, "granted by a case", "inspect", "import", {"round", "r3"},
            FILED(str_c(w->a, str_fmt(w->a, "number,respondent,organisation,clause,from,to\n%s,s2,,2(a),2007-01-01,2007-12-31\n", one))));
    become(w, "pha"); /* their end is reported: until today they held */
    doing(w, "case", "step", {"case", one}, {"step", "report"}, {"field.report", "over"});
    become(w, NULL);
    assert_true(str_eq(rates_told(w, "r1"), by_file)); /* the base date lies before */
    small_round(w, "r4"); /* nothing but copies stands in it, so it may be withdrawn */
    doing(w, "inspect", "withdraw", {"round", "r4"});
}

static void test_effect(void **state)
{
    (void)state;
    each_store(effect);
}

/* Rounds that are closed stay; units that are closed are left and told; ended early, a later base date is free. */
static void effect_where_closed(struct work *w)
{
    world(w);
    fill(w, "r1");
    doing(w, "inspect", "open", {"code", "r3"}, {"title_ja", "自己点検"}, {"edition", "e1"}, {"frame", "gov"}, {"base", "2007-06-30"});
    fill(w, "r3");
    small_round(w, "r4");
    fill(w, "r4");
    doing(w, "inspect", "close", {"round", "r1"});
    assert_ok(w, store_begin(w));
    assert_ok(w, store_run(w, &(struct sql)OPEN("a test", "UPDATE round_org SET stage = 'closed' WHERE round = (SELECT id FROM round WHERE code = 'r4')"
                                                          " AND org = (SELECT id FROM org WHERE code = 'a1')"), NOARGS));
    assert_ok(w, store_commit(w));
    str before = rates_told(w, "r4");
    become(w, "pha");
    const char *one = open_exception(w, "a1", "s1", "2(b)");
    become(w, "poa");
    struct kept *k = doing(w, "case", "step", {"case", one}, {"step", "grant"}, {"text", "x"});
    assert_true(noted_has(k, "Round 'r4': 'a1' is closed"));
    become(w, NULL);
    assert_true(str_eq(rates_told(w, "r4"), before));
    str later = rates_told(w, "r3");
    assert_false(str_eq(later, before)); /* r3 asks the same, and counts it */
    become(w, "pha");
    doing(w, "case", "step", {"case", one}, {"step", "report"}, {"field.report", "over"});
    become(w, NULL);
    assert_true(str_eq(rates_told(w, "r3"), before)); /* its base date lies after the end */
    doing(w, "inspect", "reopen", {"round", "r4"}, {"org", "a1"}, {"why", "an exception"});
    assert_false(str_eq(rates_told(w, "r4"), before));
    static const char *const rounds[] = {"r1", "r3", "r4"};
    for (size_t i = 0; i < 3; i++) doing(w, "inspect", "recount", {"round", rounds[i]});
}

static void test_effect_where_closed(void **state)
{
    (void)state;
    each_store(effect_where_closed);
}

/* ---- practices ---- */

static void practices(struct work *w)
{
    world(w);
    const char *n[3];
    become(w, "poa");
    for (int i = 0; i < 3; i++)
        n[i] = str_c(w->a, case_of(doing(w, "case", "open", {"kind", "practice"}, {"title", "drill"}, {"clause", "2(a)"}, {"field.before", "secret-free"},
                                         {"field.after", "a drill"}, {"field.effect", "+3"}, {"field.contact", "秘連絡"})));
    become(w, "pc");
    doing(w, "case", "step", {"case", n[0]}, {"case", n[1]}, {"case", n[2]}, {"step", "screen"}); /* several at once */
    refused(w, CONFLICT, "where this step is not taken", "case", "step", {"case", n[0]}, {"case", n[1]}, {"step", "screen"});
    doing(w, "case", "step", {"case", n[0]}, {"step", "choose"}, {"text", "good"});
    become(w, "pob");
    refused(w, NOTFOUND, "that you may see", "case", "show", {"case", n[0]}); /* not shared yet */
    become(w, "pc");
    doing(w, "case", "step", {"case", n[0]}, {"step", "share"}, {"field.public", "do drills"});
    become(w, "pob");
    struct kept *k = doing(w, "case", "show", {"case", n[0]});
    assert_int_equal(rows_of(k, "fields"), 4); /* the public part: neither the contact nor the history */
    assert_int_equal(kept_table(k, "history"), -1);
    assert_false(k->doc.personal);
    doing(w, "case", "adopt", {"case", n[0]}, {"org", "B"}, {"text", "twice a year"});
    refused(w, CONFLICT, "already", "case", "adopt", {"case", n[0]}, {"org", "b1"}); /* counted once */
    refused(w, CONFLICT, "already", "case", "adopt", {"case", n[0]}, {"org", "B"});
    become(w, "poa");
    refused(w, INVALID, "itself", "case", "adopt", {"case", n[0]}, {"org", "A"});
    become(w, "pc");
    k = doing(w, "case", "statistics", {"kind", "practice"});
    assert_int_equal(cell_at(k, "states", "practice", "nominated", "reached")->i, 3);
    assert_int_equal(cell_at(k, "states", "practice", "chosen", "reached")->i, 1);
    assert_int_equal(cell_at(k, "states", "practice", "screened", "now")->i, 2);
    assert_int_equal(cell_in(k, "kinds", 0, "adoptions")->i, 1);
}

static void test_practices(void **state)
{
    (void)state;
    each_store(practices);
}

/* ---- statistics ---- */

static void statistics(struct work *w)
{
    world(w);
    become(w, "pa1");
    const char *n[3] = {open_permit(w, "c1", "2007-04-24"), open_permit(w, "c1", "2007-04-30"), open_permit(w, "c1", "2007-04-24")};
    for (int i = 0; i < 2; i++) {
        w->now += 86400;
        become(w, "pa1");
        doing(w, "case", "step", {"case", n[i]}, {"step", "return"}, {"field.returned_on", "2007-04-24"}, {"field.returned_how", "erased"});
        become(w, "pha");
        doing(w, "case", "step", {"case", n[i]}, {"step", "confirm"});
    }
    w->now += 86400;
    become(w, "pv");
    struct kept *k = doing(w, "case", "statistics", {"org", "A"}, {"year", "2007"});
    assert_int_equal(cell_in(k, "kinds", 0, "cases")->i, 3);
    assert_int_equal(cell_in(k, "kinds", 0, "under_way")->i, 1);
    assert_int_equal(cell_in(k, "kinds", 0, "overdue")->i, 1);
    assert_int_equal(cell_in(k, "kinds", 0, "median_days")->i, 2); /* one and two working days: a half goes up */
    assert_int_equal(cell_in(k, "organisations", 0, "cases")->i, 3);
    assert_int_equal(rows_of(doing(w, "case", "statistics", {"year", "2006"}), "kinds"), 0);
    assert_int_equal(rows_of(doing(w, "case", "statistics", {"org", "B"}), "kinds"), 0);
}

static void test_statistics(void **state)
{
    (void)state;
    each_store(statistics);
}

/* ---- kinds ---- */

#define KIND(lines) FILED("what,code,ja,en,rules\n" lines)

static void kinds_refused(struct work *w)
{
    small_registry(w);
    static const struct {
        const char *csv, *why;
    } bad[] = {
        {"what,code,ja,en\n", "rules"},
        {"what,code,ja,en,rules\n", "defines nothing"},
        {"what,code,ja,en,rules\nkind,x,あ,X,open=anyone read=manage\n", "states"},
        {"what,code,ja,en,rules\nkind,x,あ,X,open=anyone\nstate,a,い,A,ended\n", "read="},
        {"what,code,ja,en,rules\nkind,x,あ,X,open=anyone read=kings\nstate,a,い,A,ended\n", "no right"},
        {"what,code,ja,en,rules\nkind,x,あ,X,open=anyone read=manage colour=red\nstate,a,い,A,ended\n", "no rule here"},
        {"what,code,ja,en,rules\nkind,x,あ,X,open=anyone read=manage number={kind}\nstate,a,い,A,ended\n", "pattern"},
        {"what,code,ja,en,rules\nkind,x,あ,X,open=anyone read=manage\nstate,a,い,A,ended days=3\n", "no clock"},
        {"what,code,ja,en,rules\nkind,x,あ,X,open=anyone read=manage\nstate,a,い,A,days=0\nstate,b,う,B,ended\n", "from 1 to 250"},
        {"what,code,ja,en,rules\nkind,x,あ,X,open=anyone read=manage\nstate,a,い,A,due=f\nstate,b,う,B,ended\n", "no field of type date"},
        {"what,code,ja,en,rules\nkind,x,あ,X,open=anyone read=manage\nstate,a,い,A,ended\nstep,s,え,S,from=a to=z by=manage\n", "no state"},
        {"what,code,ja,en,rules\nkind,x,あ,X,open=anyone read=manage\nstate,a,い,A,ended\nstep,s,え,S,from=a to=a\n", "by="},
        {"what,code,ja,en,rules\nkind,x,あ,X,open=anyone read=manage\nstate,a,い,A,ended\nstep,s,え,S,from=a to=a by=manage need=f\n", "which there is not"},
        {"what,code,ja,en,rules\nkind,x,あ,X,open=anyone read=manage\nstate,a,い,A,ended\nfield,f,え,F,type=enum\n", "without words"},
        {"what,code,ja,en,rules\nkind,x,あ,X,open=anyone read=manage class=f\nstate,a,い,A,ended\nfield,f,え,F,type=text\n", "type enum that is required"},
        {"what,code,ja,en,rules\nkind,x,あ,X,open=anyone read=manage effect=exception\nstate,a,い,A,ended\n", "effect=exception needs"},
        {"what,code,ja,en,rules\nkind,X!,あ,X,open=anyone read=manage\nstate,a,い,A,ended\n", "no code"},
        {"what,code,ja,en,rules\nking,x,あ,X,open=anyone\n", "no kind of line"},
        {"what,code,ja,en,rules\nkind,x,あ,X,open=anyone read=manage\nstate,a,い,A,ended\nstate,a,い,A,ended\n", "twice"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        refused(w, INVALID, bad[i].why, "case", "define", FILED(bad[i].csv));
    refused(w, INVALID, "a file, or a kind", "case", "define", {NULL, NULL});
    refused(w, NOTFOUND, "ships with the program", "case", "define", {"kind", "nonsense"});
}

static void test_kinds_refused(void **state)
{
    (void)state;
    each_store(kinds_refused);
}

static void kinds_changed(struct work *w)
{
    world(w);
    become(w, "padb"); /* administers one ministry alone */
    refused(w, DENIED, "the whole tree", "case", "define", {"kind", "permit"});
    become(w, "padm");
    assert_true(noted_has(doing(w, "case", "define", {"kind", "permit"}), "stands so already"));
#define HEAD "kind,talk,相談,Talk,open=anyone read=manage\n"
    doing(w, "case", "define", KIND(HEAD "state,a,い,A,\nstate,b,う,B,ended\nstep,s,え,S,from=a to=b by=manage\nfield,f,お,F,type=text asked\n"));
    doing(w, "case", "define", KIND(HEAD "state,a,い,A,\nstate,c,う,C,ended\nstep,s,え,S,from=a to=c by=manage\nfield,f,お,F,type=int asked\n")); /* nobody used it */
    become(w, "pa1");
    const char *n = str_c(w->a, case_of(doing(w, "case", "open", {"kind", "talk"}, {"title", "x"}, {"field.f", "7"})));
    refused(w, INVALID, "whole number", "case", "open", {"kind", "talk"}, {"title", "x"}, {"field.f", "seven"});
    become(w, "padm");
    refused(w, CONFLICT, "state 'a'", "case", "define", KIND(HEAD "state,z,い,A,\nstate,c,う,C,ended\nfield,f,お,F,type=int asked\n"));
    refused(w, CONFLICT, "field 'f'", "case", "define", KIND(HEAD "state,a,い,A,\nstate,c,う,C,ended\n"));
    refused(w, CONFLICT, "its type", "case", "define", KIND(HEAD "state,a,い,A,\nstate,c,う,C,ended\nfield,f,お,F,type=text asked\n"));
    doing(w, "case", "define", KIND(HEAD "state,a,い,A,days=2\nstate,d,う,D,ended\nstep,s,え,S,from=a to=d by=manage not=opener\nfield,f,お,F,type=int asked\nfield,g,か,G,type=long asked\n"));
    become(w, "poa");
    doing(w, "case", "step", {"case", n}, {"step", "s"});
    assert_str(state_of(w, n), "d");
}

static void test_kinds_changed(void **state)
{
    (void)state;
    each_store(kinds_changed);
}

/* The very example of doc/recipes.md, taken from between its fences. */
static void recipe(struct work *w)
{
    world(w);
    str doc = source_file(w, "doc/recipes.md");
    ptrdiff_t from = str_find(doc, S("```\nwhat,code,ja,en,rules"));
    assert_true(from >= 0);
    str rest = str_sub(doc, (size_t)from + 4, doc.n);
    ptrdiff_t end = str_find(rest, S("```"));
    assert_true(end > 0);
    doing(w, "case", "define", FILED(str_c(w->a, str_sub(rest, 0, (size_t)end))));
    become(w, "pa1");
    const char *n = str_c(w->a, case_of(doing(w, "case", "open", {"kind", "consultation"}, {"title", "mail"}, {"field.about", "mail"},
                                              {"field.question", "is this mail a lure?"})));
    assert_str(str_of(n), "consultation-2007-1");
    refused(w, DENIED, "not for your post", "case", "step", {"case", n}, {"step", "answer"}, {"field.answer", "yes"});
    become(w, "poa");
    doing(w, "case", "step", {"case", n}, {"step", "answer"}, {"field.answer", "yes: delete it"});
    become(w, "pa1");
    doing(w, "case", "step", {"case", n}, {"step", "again"}, {"text", "and the attachment?"});
    assert_str(state_of(w, n), "received");
}

static void test_recipe(void **state)
{
    (void)state;
    each_store(recipe);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_permits), cmocka_unit_test(test_incidents), cmocka_unit_test(test_posts_are_not_names),      cmocka_unit_test(test_findings),   cmocka_unit_test(test_owner_alone),
        cmocka_unit_test(test_clocks),       cmocka_unit_test(test_numbers),    cmocka_unit_test(test_scope),
        cmocka_unit_test(test_effect),       cmocka_unit_test(test_effect_where_closed),
        cmocka_unit_test(test_practices),    cmocka_unit_test(test_statistics), cmocka_unit_test(test_kinds_refused),
        cmocka_unit_test(test_kinds_changed), cmocka_unit_test(test_recipe),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
