/* Files of tools: XML of strangers, results of scanners, tables. */
#include "inspect_kit.h"

#include <stdio.h>

#include "inspect/scan_xccdf.h"

/* ---- reading XCCDF, without a store ---- */

struct heard {
    struct buf b;
};
static enum err hear_rule(void *to, str rule, enum scan_result result, struct where where)
{
    struct heard *h = to;
    buf_fmt(&h->b, "%.*s=%.*s@%d ", STR_ARG(rule), STR_ARG(scan_result_word(result)), (int)where.row);
    return OK;
}
static enum err hear_target(void *to, const struct scan_target *t)
{
    struct heard *h = to;
    buf_add(&h->b, S("| "));
    for (size_t i = 0; i < t->n_names; i++) buf_fmt(&h->b, "%.*s ", STR_ARG(t->name[i]));
    if (t->timed) buf_fmt(&h->b, "%lld\n", (long long)t->end);
    else buf_add(&h->b, S("untimed\n"));
    return OK;
}
static const struct xccdf_events hearing = {hear_rule, hear_target};

static struct work work_of(struct arena *a) { return (struct work){.a = a, .now = TEST_NOW}; }

#define XCCDF "xmlns=\"http://checklists.nist.gov/xccdf/1.2\""
#define RESULT(inside) "<TestResult " XCCDF " end-time=\"2007-03-31T12:00:00+09:00\">" inside "</TestResult>"
#define RULE(id, result) "<rule-result idref=\"" id "\"><result>" result "</result></rule-result>"

static void results_are_heard(void **state)
{
    static const struct {
        const char *text, *heard;
    } files[] = {
        {RESULT("<target>pc1</target>" RULE("a", "pass") RULE("b", " fail ")), "a=pass@1 b=fail@1 | pc1 1175310000\n"},
        {"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- a comment -->\n<x:TestResult "
         "xmlns:x=\"http://checklists.nist.gov/xccdf/1.1\">\n<x:target>&#112;c<![CDATA[2]]></x:target>\n<x:rule-result "
         "idref=\"r\"><x:result>not<!-- no -->checked</x:result></x:rule-result></x:TestResult>",
         "r=notchecked@5 | pc2 untimed\n"},
        {"<a><b>" RESULT("<target>n</target><target-facts><fact name=\"urn:xccdf:fact:asset:identifier:fqdn\">n.example</fact>"
                         "<fact name=\"urn:xccdf:fact:scanner:name\">Tool</fact></target-facts>") "</b>"
         RESULT("<target>m</target>" RULE("q", "fixed")) "</a>",
         "| n.example n 1175310000\nq=fixed@1 | m 1175310000\n"},
        /* what only looks like one: of another namespace, or deeper than it may stand */
        {RESULT("<target>o</target><x xmlns=\"urn:x\"><rule-result idref=\"z\"><result>pass</result></rule-result></x>"
                "<metadata><target>p</target></metadata>"), "| o 1175310000\n"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct work w = work_of(arena_new(0));
        struct heard h = {buf_in(w.a)};
        assert_ok(&w, xccdf_read(&w, S("f.xml"), str_of(files[i].text), &hearing, &h));
        assert_str(buf_str(&h.b), files[i].heard);
        arena_free(w.a);
    }
}

/* line and column stand where the fault is found */
static void hostile_files_are_refused(void **state)
{
    static const struct {
        const char *text, *told;
        int line, column;
    } files[] = {
        {"<?xml version=\"1.0\"?>\n<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>", "DOCTYPE", 2, 13},
        {"<!DOCTYPE l [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;\">]><l>&b;</l>", "DOCTYPE", 1, 13},
        {"<!DOCTYPE html>\n<html/>", "DOCTYPE", 1, 15},
        {"<!DOCTYPE x SYSTEM \"http://example.invalid/x.dtd\"><x/>", "DOCTYPE", 1, 50},
        {"<x>&lol;</x>", "not well-formed", 1, 4},
        {"<a>\n<b>\n", "cut off", 3, 1},
        {"", "cut off", 1, 1},
        {"   ", "cut off", 1, 4},
        {"<a><b></a>", "not well-formed", 1, 9},
        {"<a>\xFF</a>", "not well-formed", 1, 4},
        {"<a>\xC3\x28</a>", "not well-formed", 1, 4},
        {"<?xml version=\"1.0\" encoding=\"Shift_JIS\"?><a/>", "encoding", 1, 31},
        {"<?xml version=\"1.0\" encoding=\"UTF-16\"?><a/>", "encoding", 1, 31},
        {"<a x='1' x='2'/>", "not well-formed", 1, 10},
        {"<a/><b/>", "not well-formed", 1, 5},
        {"<Benchmark " XCCDF "/>", "no TestResult", 1, 0},
        {"<TestResult/>", "no TestResult", 1, 0},
        {RESULT("<TestResult/>"), "within another", 1, 95},
        {RESULT("\n" RULE("a", "perhaps")), "no result of a rule", 2, 39},
        {RESULT("\n<rule-result><result>pass</result></rule-result>"), "without the id", 2, 1},
        {RESULT("\n<rule-result idref=\"a\"/>"), "one result, this one has 0", 2, 1},
        {RESULT("<rule-result idref=\"a\"><result>pass</result><result>fail</result></rule-result>"), "this one has 2", 1, 95},
        {"<TestResult " XCCDF " end-time=\"yesterday\"/>", "is no time", 1, 1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct work w = work_of(arena_new(0));
        struct heard h = {buf_in(w.a)};
        assert_err(&w, xccdf_read(&w, S("f.xml"), str_of(files[i].text), &hearing, &h), INVALID);
        struct where at = w.faults.first[0].where;
        if (at.row != files[i].line || at.column != files[i].column)
            fail_msg("file %d: line %d, column %d", (int)i, (int)at.row, (int)at.column);
        assert_fault(&w, files[i].told);
        arena_free(w.a);
    }
}

static str repeated(struct arena *a, const char *before, const char *piece, size_t n, const char *after)
{
    struct buf b = buf_in(a);
    buf_add(&b, str_of(before));
    for (size_t i = 0; i < n; i++) buf_add(&b, str_of(piece));
    buf_add(&b, str_of(after));
    return buf_str(&b);
}

static void check_large(struct arena *a, str text, const char *told)
{
    struct work w = work_of(a);
    struct heard h = {buf_in(a)};
    assert_err(&w, xccdf_read(&w, S("f.xml"), text, &hearing, &h), INVALID);
    assert_true(w.faults.first[0].where.row == 1);
    assert_fault(&w, told);
    arena_free(a);
}

static void large_pieces_are_refused(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    check_large(a, repeated(a, "", "<a>", XML_DEPTH_MAX + 1, ""), "inside each other");
    a = arena_new(0);
    check_large(a, repeated(a, "<a x=\"", "0123456789abcdef", (XML_TOKEN_MAX >> 4) * 4, "\"/>"), "of more than 1048576 bytes");
    a = arena_new(0);
    check_large(a, repeated(a, "<!--", "0123456789abcdef", (XML_TOKEN_MAX >> 4) * 4, "--><a/>"), "of more than");
    a = arena_new(0);
    check_large(a, repeated(a, "<TestResult " XCCDF "><target>", "0123456789abcdef", 100, "</target></TestResult>"),
                "a name or result of more than 1024 bytes");
    a = arena_new(0);
    struct buf b = buf_in(a);
    buf_add(&b, S("<a"));
    for (int i = 0; i <= XML_ATTRIBUTES_MAX; i++) buf_fmt(&b, " a%d=\"\"", i);
    buf_add(&b, S("/>"));
    check_large(a, buf_str(&b), "attributes of one");
}

static void times(void **state)
{
    int64_t seconds, day;
    (void)state;
    assert_true(xccdf_time(S("2007-04-23T10:00:00+09:00"), &seconds, &day));
    assert_int_equal(seconds, TEST_NOW);
    assert_true(xccdf_time(S(" 2007-04-23T01:00:00.250Z "), &seconds, &day) && seconds == TEST_NOW && day == 13626);
    assert_true(xccdf_time(S("2007-04-22T20:00:00-05:00"), &seconds, &day) && seconds == TEST_NOW && day == 13625);
    static const char *const bad[] = {"", "2007-04-23", "2007-04-23 01:00:00", "2007-04-23T25:00:00", "2007-04-23T01:60:00",
                                      "2007-02-30T01:00:00", "2007-04-23T01:00:00+9", "2007-04-23T01:00:00Zjunk"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) assert_false(xccdf_time(str_of(bad[i]), &seconds, &day));
}

/* ---- into a round ---- */
static const struct sql put_tag =
    OPEN("a test", "INSERT INTO system_tag (system, key, value) SELECT id, $2, $3 FROM system WHERE code = $1");

static void tag(struct work *w, const char *code, const char *key, const char *value)
{
    assert_ok(w, store_begin(w));
    assert_ok(w, store_run(w, &put_tag, ARGS(TEXT(str_of(code)), TEXT(str_of(key)), TEXT(str_of(value)))));
    assert_ok(w, store_commit(w));
}

static void scan_world(struct work *w)
{
    small_registry(w);
    doing(w, "registry", "import", {"what", "duties"}, FILED("code,name_ja,name_en,rights,order\nsystem,システム,System,,70\n"));
    doing(w, "registry", "import", {"what", "systems"},
          FILED("code,org,kind,name_ja,name_en,from,to\npc-b,a2,device,二号機,Second,,\npc-c,b1,device,三号機,Third,,\n"
                "pc-d,b1,device,二号機,Fourth,,\nsv,b1,system,業務,Work,,\n"));
    tag(w, "pc-c", "hostname", "PC-A01");
    small_standard(w, "e1", SMALL_CLAUSES "3(d),3,,basic,device,yes,七,Seven\n3(e),3,,basic,system,yes,八,Eight\n");
    doing(w, "standard", "decide", {"edition", "e1"});
    small_round(w, "r1");
}

#define CHECKS(rows) doing(w, "standard", "import", {"edition", "e1"}, {"what", "checks"}, FILED("clause,check\n" rows))
#define TABLE {"round", "r1"}, {"clause", "3(d)"}, {"key", "name"}, {"column", "state"}, {"as_of", "2007-03-31"}
#define VALUES {"done", "yes"}, {"done", "済"}, {"not_done", "no"}, {"no_occasion", "n/a"}

static const char *answer_of(struct work *w, const char *org, const char *clause)
{
    static const char *const keys[] = {"done", "not_done", "no_occasion"};
    struct kept *k = doing(w, "inspect", "devices", {"round", "r1"}, {"org", org}, {"tag", "hostname=PC-A01"});
    for (size_t i = 0; i < 3; i++)
        if (cell_at(k, "clauses", clause, NULL, keys[i])->i == 1) return keys[i];
    return "unanswered";
}

static void tables(struct work *w)
{
    scan_world(w);
    struct kept *k = doing(w, "inspect", "scan", TABLE, VALUES,
                           FILED("name,state,more\npc-a,yes,\nPC-B,no,\npc-a01,n/a,\nFourth,済,\n,,\n"));
    assert_int_equal(fact_int(k, "meant"), 4);
    assert_int_equal(fact_int(k, "answered"), 4);
    assert_int_equal(fact_int(k, "drafts"), 4);
    assert_string_equal(answer_of(w, "b1", "3(d)"), "no_occasion");
    str before = state_of_store(w, true);
    refused(w, INVALID, "no system or device 'pc-x'", "inspect", "scan", TABLE, VALUES, FILED("name,state\npc-x,yes\n"));
    refused(w, INVALID, "several systems or devices", "inspect", "scan", TABLE, VALUES, FILED("name,state\n二号機,yes\n"));
    refused(w, INVALID, "'perhaps' is none of the values", "inspect", "scan", TABLE, VALUES,
            FILED("name,state\npc-a,perhaps\n"));
    refused(w, INVALID, "row 2 says otherwise of 'pc-a'", "inspect", "scan", TABLE, VALUES,
            FILED("name,state\npc-a,yes\nPC-A,no\n"));
    refused(w, INVALID, "does not bind", "inspect", "scan", TABLE, VALUES, FILED("name,state\nsv,yes\n"));
    refused(w, INVALID, "column 'state' is missing", "inspect", "scan", TABLE, VALUES, FILED("name,other\npc-a,yes\n"));
    refused(w, INVALID, "two meanings", "inspect", "scan", TABLE, {"done", "yes"}, {"not_done", "yes"},
            FILED("name,state\npc-a,yes\n"));
    refused(w, INVALID, "which values mean done", "inspect", "scan", TABLE, FILED("name,state\npc-a,yes\n"));
    refused(w, INVALID, "no occasion", "inspect", "scan", {"round", "r1"}, {"clause", "3(c)"}, {"key", "name"},
            {"column", "state"}, {"as_of", "2007-03-31"}, {"no_occasion", "n/a"}, FILED("name,state\npc-a,yes\n"));
    refused(w, INVALID, "as of which day", "inspect", "scan", {"round", "r1"}, {"clause", "3(d)"}, {"key", "name"},
            {"column", "state"}, VALUES, FILED("name,state\npc-a,yes\n"));
    refused(as(w, "pob"), INVALID, "no system or device 'pc-a'", "inspect", "scan", TABLE, VALUES,
            FILED("name,state\npc-a,yes\n")); /* another ministry's */
    assert_true(str_eq(before, state_of_store(w, true)));
    k = doing(w, "inspect", "scan", TABLE, VALUES, {"skip_unknown", "1"},
              FILED("name,state\npc-x,yes\nsv,yes\npc-a,no\npc-b,\n"));
    assert_int_equal(fact_int(k, "unknown"), 1);
    assert_str(cell_in(k, "unknown", 0, "device")->text, "pc-x");
    assert_int_equal(cell_in(k, "unknown", 0, "row")->i, 2);
    assert_int_equal(fact_int(k, "not_bound"), 1);
    assert_int_equal(fact_int(k, "without"), 1);
    assert_int_equal(fact_int(k, "answered"), 1);
    assert_true(noted_has(doing(w, "inspect", "recount", {"round", "r1"}), "The tallies equal the sheets"));
}
static void tables_of_tools(void **state)
{
    (void)state;
    each_store(tables);
}

static str file_at(struct work *w, const char *name)
{
    char path[512];
    snprintf(path, sizeof path, "%s/test/devices/%s", getenv("SOURCE"), name);
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    struct buf b = buf_in(w->a);
    char piece[4096];
    for (size_t n; (n = fread(piece, 1, sizeof piece, f)) != 0;) buf_add(&b, (str){piece, n});
    fclose(f);
    return buf_str(&b);
}

/* What oscap 1.3.7 wrote of test/devices/benchmark.xml; results of XCCDF and of ARF say the same. The clock of the test
 * stands in 2007, so the dates in it do. */
static const char *of_2007(struct work *w, const char *name)
{
    char *text = (char *)(uintptr_t)str_c(w->a, file_at(w, name));
    for (char *at; (at = strstr(text, "2026-11-21T")) != NULL;) memcpy(at, "2007-03-31T", 11);
    return text;
}

static void real_results(struct work *w)
{
    scan_world(w);
    const char *results = of_2007(w, "results.xml"), *arf = of_2007(w, "arf.xml");
    refused(w, CONFLICT, "which check answers which clause", "inspect", "scan", {"round", "r1"}, FILED(results));
    CHECKS("3(c),unix_family\n3(c),xccdf_example.meguri_rule_passwd_has_root\n3(d),other_platform\n3(d),not_selected\n"
           "3(e),never\n");
    struct kept *k = doing(w, "inspect", "scan", {"round", "r1"}, {"file", results, "results.xml"}, {"file", arf, "arf.xml"});
    assert_int_equal(fact_int(k, "rows"), 2);
    assert_int_equal(fact_int(k, "answered"), 1);
    assert_int_equal(fact_int(k, "complete"), 1);
    assert_int_equal(fact_int(k, "as_of"), 13603);
    assert_true(noted_has(k, "3(e)"));
    assert_string_equal(answer_of(w, "b1", "3(c)"), "done");
    assert_string_equal(answer_of(w, "b1", "3(d)"), "no_occasion");
    CHECKS("3(c),windows_family\n3(d),no_check\n");
    k = doing(w, "inspect", "scan", {"round", "r1"}, {"file", arf, "arf.xml"});
    assert_string_equal(answer_of(w, "b1", "3(c)"), "not_done"); /* one failed */
    assert_string_equal(answer_of(w, "b1", "3(d)"), "no_occasion"); /* not checked: left as it stood, and told */
    assert_int_equal(rows_of(k, "unclear"), 1);
    assert_str(cell_in(k, "unclear", 0, "check")->text, "xccdf_example.meguri_rule_no_check");
    assert_str(cell_in(k, "unclear", 0, "result")->text, "notchecked");
    assert_true(noted_has(doing(w, "inspect", "recount", {"round", "r1"}), "The tallies equal the sheets"));
    refused(w, INVALID, "in two acts", "inspect", "scan", TABLE, VALUES, {"file", arf, "arf.xml"}, FILED("name,state\n"));
}
static void results_of_oscap(void **state)
{
    (void)state;
    each_store(real_results);
}

/* The latest result counts, in whatever order the files come; a check fails by its worst. */
static void many_results(struct work *w)
{
    scan_world(w);
    CHECKS("3(c),one\n3(c),two\n3(d),three\n");
#define AT(end, inside) "<TestResult " XCCDF " end-time=\"2007-03-" end "\"><target>pc-a01</target>" inside "</TestResult>"
    doing(w, "inspect", "scan", {"round", "r1"},
          FILED("<a>" AT("30T10:00:00Z", RULE("x_one", "pass") RULE("x_two", "error")) AT("29T10:00:00Z", RULE("one", "fail"))
                AT("28T10:00:00Z", RULE("three", "pass")) "</a>"));
    assert_string_equal(answer_of(w, "b1", "3(c)"), "not_done"); /* of the 29th: the 30th leaves it open */
    assert_string_equal(answer_of(w, "b1", "3(d)"), "done");
    doing(w, "inspect", "scan", {"round", "r1"},
          FILED("<a>" AT("31T10:00:00Z", RULE("x_one", "pass") RULE("x.two", "fixed") RULE("phone", "fail"))
                AT("30T23:00:00Z", RULE("x-one", "fail")) "</a>"));
    assert_string_equal(answer_of(w, "b1", "3(c)"), "done"); /* "phone" does not end in "one" after a mark */
    refused(w, INVALID, "does not say when it ended", "inspect", "scan", {"round", "r1"},
            FILED("<TestResult " XCCDF "><target>pc-a01</target>" RULE("one", "pass") "</TestResult>"));
    refused(w, INVALID, "has not come yet", "inspect", "scan", {"round", "r1"},
            FILED("<TestResult " XCCDF " end-time=\"2007-05-31T10:00:00Z\"><target>pc-a01</target></TestResult>"));
    refused(w, INVALID, "no system or device 'stranger'", "inspect", "scan", {"round", "r1"},
            FILED("<TestResult " XCCDF " end-time=\"2007-03-31T10:00:00Z\"><target>stranger</target></TestResult>"));
    struct kept *k = doing(w, "inspect", "scan", {"round", "r1"}, {"skip_unknown", "1"},
            FILED("<TestResult " XCCDF " end-time=\"2007-03-31T10:00:00Z\"><target>stranger</target></TestResult>"));
    assert_int_equal(fact_int(k, "unknown"), 1);
    assert_true(noted_has(k, "nothing was changed"));
}
static void many_results_of_one_device(void **state)
{
    (void)state;
    each_store(many_results);
}

/* ---- checks of a standard ---- */
static void checks(struct work *w)
{
    scan_world(w);
    CHECKS("3(d),b\n3(c),long.id_of-a:check\n");
    str out = file_of_entry(w, "standard", "export", ASK({"edition", "e1"}, {"what", "checks"}));
    assert_str(out, "clause,check\r\n3(c),long.id_of-a:check\r\n3(d),b\r\n");
    struct kept *k = doing(w, "standard", "import", {"edition", "e1"}, {"what", "checks"}, {"replace", "1"},
                           FILED("clause,check\n3(d),b\n3(d),c\n"));
    assert_int_equal(fact_int(k, "added"), 1);
    assert_int_equal(fact_int(k, "removed"), 1);
    assert_int_equal(fact_int(doing(w, "standard", "checks", {"edition", "e1"}), "checks"), 2);
    refused(w, INVALID, "unknown clause '9(z)'", "standard", "import", {"edition", "e1"}, {"what", "checks"},
            FILED("clause,check\n9(z),b\n"));
    refused(w, INVALID, "'check' must not be empty", "standard", "import", {"edition", "e1"}, {"what", "checks"},
            FILED("clause,check\n3(d),\n"));
    refused(w, INVALID, "must not hold a blank", "standard", "import", {"edition", "e1"}, {"what", "checks"},
            FILED("clause,check\n3(d),a b\n"));
    refused(as(w, "poa"), DENIED, "is the government's", "standard", "import", {"edition", "e1"}, {"what", "checks"},
            FILED("clause,check\n3(d),e\n"));
}
static void checks_of_a_standard(void **state)
{
    (void)state;
    each_store(checks);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(results_are_heard),        cmocka_unit_test(hostile_files_are_refused),
        cmocka_unit_test(large_pieces_are_refused), cmocka_unit_test(times),
        cmocka_unit_test(tables_of_tools),          cmocka_unit_test(results_of_oscap),
        cmocka_unit_test(many_results_of_one_device), cmocka_unit_test(checks_of_a_standard),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
