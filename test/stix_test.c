/* STIX: what is read and how it is marked, what is refused and why, and what a notice is written as. */
#include "share_kit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/lang.h"
#include "share/stix_mark.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define STIX(name) share_file(&w, str_c(w.a, str_fmt(w.a, "stix/%s.json", name)))
#define UUID "aaaaaaaa-aaaa-4aaa-8aaa-"

static struct work w;

static int begin(void **state)
{
    (void)state;
    w = (struct work){.a = arena_new(0)};
    return 0;
}
static int finish(void **state)
{
    (void)state;
    arena_free(w.a);
    return 0;
}

static struct stix_object *objects;
static size_t n;

static void read_good(const char *name)
{
    assert_ok(&w, stix_read(&w, str_of(name), STIX(name), &objects, &n));
    assert_int_equal(w.faults.count, 0);
}

static void markings_are_the_narrowest(void **state)
{
    (void)state;
    static const struct {
        const char *id;
        bool marked;
        enum tlp tlp;
        enum pap pap;
    } wanted[] = {
        {"indicator--" UUID "000000000001", true, TLP_CLEAR, PAP_CLEAR},
        {"indicator--" UUID "000000000002", true, TLP_AMBER, PAP_CLEAR},
        {"indicator--" UUID "000000000003", true, TLP_RED, PAP_CLEAR},          /* a part is red */
        {"indicator--" UUID "000000000004", false, TLP_AMBER, PAP_CLEAR},       /* not marked */
        {"indicator--" UUID "000000000005", true, TLP_AMBER_STRICT, PAP_CLEAR}, /* by a definition of their own */
        {"indicator--" UUID "000000000006", true, TLP_GREEN, PAP_RED},          /* PAP as a statement */
        {"indicator--" UUID "000000000007", true, TLP_GREEN, PAP_CLEAR},        /* a copyright restricts nothing here */
        {"indicator--" UUID "000000000008", false, TLP_AMBER, PAP_CLEAR},
        {"indicator--" UUID "000000000009", true, TLP_AMBER, PAP_CLEAR}, /* their own "clear" does not widen */
        {"indicator--" UUID "000000000010", true, TLP_AMBER, PAP_CLEAR}, /* a definition nobody has seen */
        {"indicator--" UUID "000000000011", false, TLP_RED, PAP_AMBER},  /* labels narrow */
        {"indicator--" UUID "000000000012", true, TLP_RED, PAP_CLEAR},   /* a TLP there is not */
    };
    read_good("good/markings");
    assert_int_equal(n, 7 + COUNT(wanted));
    for (size_t i = 0; i < COUNT(wanted); i++) {
        const struct stix_object *o = &objects[7 + i];
        assert_str(o->id, wanted[i].id);
        if (o->marked != wanted[i].marked || o->marking.tlp != wanted[i].tlp || o->marking.pap != wanted[i].pap)
            fail_msg("%s: %d %d %d", wanted[i].id, o->marked, o->marking.tlp, o->marking.pap);
    }
    assert_true(objects[0].marked && objects[0].marking.tlp == TLP_CLEAR); /* the definition itself is for all */
}

static void bytes_are_kept_as_they_came(void **state)
{
    (void)state;
    read_good("good/kept");
    str whole = STIX("good/kept");
    assert_int_equal(n, 4);
    assert_str(objects[0].bytes, "{\"type\":\"x-acme-thing\",\"id\":\"x-acme-thing--" UUID
                                 "000000000001\", \"score\": 1.50, \"name\":\"\\u3042[{]}\\\"\" }");
    assert_str(objects[0].type, "x-acme-thing");
    assert_int_equal(objects[0].version, 0);
    assert_int_equal(objects[1].version, 1776301323123456);
    assert_str(objects[1].spec, "2.1");
    assert_str(objects[2].spec, "2.1"); /* an address has no times */
    assert_str(objects[3].spec, "2.0");
    for (size_t i = 0; i < n; i++) assert_true(str_find(whole, objects[i].bytes) > 0);
    assert_true(str_find(objects[1].bytes, S("\"more\":{\"x\":[[],{}]}")) > 0);
}

static void one_object_an_envelope_and_none(void **state)
{
    (void)state;
    read_good("good/one");
    assert_int_equal(n, 1);
    assert_str(objects[0].type, "indicator");
    assert_true(str_eq(objects[0].bytes, STIX("good/one")));
    read_good("good/envelope");
    assert_int_equal(n, 2);
    read_good("good/empty");
    assert_int_equal(n, 0);
    read_good("good/versions");
    assert_int_equal(n, 3);
    assert_true(objects[1].version > objects[0].version);
}

static void what_is_wrong_is_left_out_and_said(void **state)
{
    (void)state;
    static const struct {
        const char *name, *said;
    } cases[] = {
        {"bad/type", "'Indicator' is no type of an object"},
        {"bad/no-type", "'' is no type of an object"},
        {"bad/id-other", "is no id of this object"},
        {"bad/id-uuid", "'indicator--1' is no id of this object"},
        {"bad/id-number", "'' is no id of this object"},
        {"bad/id-long", "is no id of this object"},
        {"bad/version", "is of version '3.0'"},
        {"bad/version-number", "is of version ''"},
        {"bad/no-created", "has no such time"},
        {"bad/no-modified", "has no such time"},
        {"bad/zone", "'2026-04-16T01:02:03+09:00' is no time"},
        {"bad/time", "'16 April 2026' is no time"},
        {"bad/decimals", "'2026-04-16T01:02:03.1234567Z' is no time"},
        {"bad/day", "'2026-02-30T01:02:03.000Z' is no time"},
        {"bad/backwards", "was modified before it was created"},
        {"bad/marking-word", "refers to 'TLP:GREEN' as its marking"},
        {"bad/marking-text", "are no list"},
        {"bad/granular-none", "refers to '' as its marking"},
        {"bad/forged-wider", "it is forged"},
        {"bad/forged-name", "it is forged"},
        {"bad/forged-empty", "it is forged"},
        {"bad/forged-old", "it is forged"},
        {"bad/bundle-in", "no bundle stands in another"},
        {"bad/objects-map", "would be a list"},
        {"bad/number", "this is no object"},
        {"bad/json", "occurs twice"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_int_equal(stix_read(&w, str_of(cases[i].name), STIX(cases[i].name), &objects, &n), OK);
        if (n != 1 || objects[0].id.n != 0 || w.faults.count != 1) fail_msg("%s was taken", cases[i].name);
        assert_true(str_ends(w.faults.first[0].where.file, S("#1")));
        assert_fault(&w, cases[i].said);
    }
    assert_int_equal(stix_read(&w, S("twins"), STIX("bad/twins"), &objects, &n), OK);
    assert_true(objects[0].id.n != 0 && objects[1].id.n == 0);
    assert_str(w.faults.first[0].where.file, "twins#2");
    assert_fault(&w, "stands twice in the bundle");
}

static void what_is_no_bundle_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *name, *said;
    } cases[] = {
        {"bad/bundle-version", "the bundle is of version '1.2'"},
        {"bad/cut", "ends too early"},
        {"bad/behind", "something else stands at byte 32"},
        {"bad/comma", "something else stands"},
        {"bad/twice-objects", "occurs twice"},
        {"bad/deep", "nested deeper than 64"},
        {"bad/list", "something else stands at byte 1"},
        {"bad/empty", "ends too early"},
        {"bad/page", "something else stands at byte 1"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_int_equal(stix_read(&w, str_of(cases[i].name), STIX(cases[i].name), &objects, &n), INVALID);
        assert_fault(&w, cases[i].said);
    }
}

/* ---- limits ---- */

static str many(size_t objects_in, size_t padding)
{
    struct buf b = buf_in(w.a);
    buf_add(&b, S("{\"type\":\"bundle\",\"objects\":["));
    for (size_t i = 0; i < objects_in; i++) {
        if (i != 0) buf_byte(&b, ',');
        buf_fmt(&b, "{\"type\":\"x-thing\",\"id\":\"x-thing--" UUID "%012zu\",\"x\":\"", i);
        for (size_t k = 0; k < padding; k++) buf_byte(&b, 'x');
        buf_add(&b, S("\"}"));
    }
    buf_add(&b, S("]}"));
    return buf_str(&b);
}

/* What a tree of the whole would take is ten times the bundle; here it is less than the bundle once more. */
static void fifty_megabytes_take_little_room(void **state)
{
    (void)state;
    str bundle = many(50000, 1000);
    assert_true(bundle.n > 50 << 20 && bundle.n < STIX_BUNDLE_MAX);
    size_t before = arena_used(w.a);
    assert_ok(&w, stix_read(&w, S("large"), bundle, &objects, &n));
    assert_int_equal(n, 50000);
    assert_true(arena_used(w.a) - before < bundle.n / 2);
    assert_true(objects[49999].bytes.p > bundle.p && objects[49999].bytes.p < bundle.p + bundle.n);
}

static void limits_are_said(void **state)
{
    (void)state;
    assert_int_equal(stix_read(&w, S("f"), many(STIX_OBJECTS_MAX + 1, 0), &objects, &n), INVALID);
    assert_fault(&w, "more than 100000 objects");
    assert_int_equal(stix_read(&w, S("f"), many(1, STIX_BUNDLE_MAX), &objects, &n), INVALID);
    assert_fault(&w, "larger than 67108864 bytes");
    assert_int_equal(stix_read(&w, S("f"), many(1, STIX_OBJECT_MAX), &objects, &n), OK);
    assert_fault(&w, "this object is larger than 1048576 bytes");
    str head = S("{\"type\":\"bundle\",\"x\":\"");
    struct buf b = buf_in(w.a);
    buf_add(&b, head);
    for (size_t i = 0; i < STIX_OBJECT_MAX; i++) buf_byte(&b, 'x');
    buf_add(&b, S("\",\"objects\":[]}"));
    assert_int_equal(stix_read(&w, S("f"), buf_str(&b), &objects, &n), INVALID);
    assert_fault(&w, "the bundle itself is larger than");
}

/* A fault in each of many: twenty are kept, all are left out. */
static void many_wrong_ones_are_counted(void **state)
{
    (void)state;
    struct buf b = buf_in(w.a);
    buf_add(&b, S("[0"));
    for (int i = 1; i < 300; i++) buf_fmt(&b, ",%d", i);
    str all = str_fmt(w.a, "{\"objects\":%.*s]}", STR_ARG(buf_str(&b)));
    assert_int_equal(stix_read(&w, S("f"), all, &objects, &n), OK);
    assert_int_equal(n, 300);
    assert_int_equal(w.faults.count, 300);
    assert_str(w.faults.first[19].where.file, "f#20");
}

static void times_are_strict(void **state)
{
    (void)state;
    int64_t at = 7;
    static const char *const good[] = {"1970-01-01T00:00:00Z", "1970-01-01T00:00:00.0Z", "1970-01-01T00:00:00.000000Z"};
    static const char *const bad[] = {"",
                                      "Z",
                                      "1970-01-01T00:00:00",
                                      "1970-01-01T00:00:00.Z",
                                      "1970-01-01T00:00:00,000Z",
                                      "1970-01-01 00:00:00.000Z",
                                      "1970/01/01T00:00:00Z",
                                      "1970-01-01T00:00:00.00-Z",
                                      "1970-01-01T24:00:00Z",
                                      "1970-13-01T00:00:00Z",
                                      "1970-01-01T00:00:00.0000000Z"};
    for (size_t i = 0; i < COUNT(bad); i++)
        if (stix_time(str_of(bad[i]), &at) || at != 7) fail_msg("'%s' was taken", bad[i]);
    for (size_t i = 0; i < COUNT(good); i++) {
        assert_true(stix_time(str_of(good[i]), &at));
        assert_int_equal(at, 0);
    }
}

/* ---- out ---- */

static struct notice a_notice(void)
{
    return (struct notice){.code = S("N-2026-0007"),
                           .uuid = S("7b0b8d5c-6a55-4a3f-8b19-3f1c4f0e2a11"),
                           .issuer_code = S("nisc"),
                           .issuer_ja = S("内閣官房情報セキュリティセンター"),
                           .issuer_en = S("National Information Security Center"),
                           .kind = S("prevention"),
                           .urgency = S("important"),
                           .state = S("sent"),
                           .marking = {TLP_AMBER_STRICT, PAP_AMBER},
                           .title = S("\"製品X\"の<脆弱性>"),
                           .text = S("遠隔から任意の命令が実行されるおそれがあります。\n至急確認してください。"),
                           .measure = S("修正版へ更新する。"),
                           .sent = 1776301323};
}
static const struct notice_reference some[] = {{S_INIT("cve"), S_INIT("CVE-2026-12345")},
                                               {S_INIT("jvn"), S_INIT("JVNDB-2026-000012")},
                                               {S_INIT("product"), S_INIT("製品X 3.1")},
                                               {S_INIT("url"), S_INIT("https://example.jp/a?b=1&c=2")}};
static const struct attachment one[] = {{S_INIT("手順.pdf"),
                                         S_INIT("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
                                         S_INIT("application/pdf"), 0}};

static void a_notice_is_written_as_agreed(void **state)
{
    (void)state;
    struct notice notice = a_notice();
    struct stix_with with = {some, one, COUNT(some), COUNT(one)};
    struct stix_object *again;
    stix_write(w.a, &notice, notice.marking, &with, &objects, &n);
    str bundle = stix_bundle(w.a, notice.uuid, objects, n);
    if (getenv("STIX_WRITE") != NULL) fprintf(stderr, "%s\n", str_c(w.a, bundle));
    assert_str(str_fmt(w.a, "%.*s\n", STR_ARG(bundle)), str_c(w.a, STIX("good/notice")));
    stix_write(w.a, &notice, notice.marking, &with, &again, &n);
    assert_true(str_eq(stix_bundle(w.a, notice.uuid, again, n), bundle));
}

/* What is written is read, with the marking it was given; for every marking. */
static void written_is_read(void **state)
{
    (void)state;
    struct notice notice = a_notice();
    struct stix_object *back;
    size_t m;
    for (int i = 0; i < TLPS * PAPS; i++) {
        struct marking marking = {(enum tlp)(i % TLPS), (enum pap)(i / TLPS)};
        struct stix_with with = {some, one, COUNT(some), COUNT(one)};
        stix_write(w.a, &notice, marking, &with, &objects, &n);
        assert_ok(&w, stix_read(&w, S("own"), stix_bundle(w.a, notice.uuid, objects, n), &back, &m));
        assert_int_equal(m, n);
        for (size_t k = 0; k < n; k++) {
            assert_true(str_eq(back[k].id, objects[k].id) && str_eq(back[k].bytes, objects[k].bytes) &&
                        str_eq(back[k].type, objects[k].type));
            assert_int_equal(back[k].version, objects[k].version);
        }
        assert_int_equal(back[n - 1].marking.tlp, marking.tlp);
        assert_int_equal(back[n - 1].marking.pap, marking.pap);
        assert_int_equal(objects[n - 1].marking.tlp, marking.tlp);
    }
}

/* A text alone, by an issuer that has one name: the list of what a report refers to may not be empty. */
static void a_bare_notice_is_written(void **state)
{
    (void)state;
    struct notice notice = a_notice();
    notice.measure = S("");
    notice.issuer_en = S("");
    stix_write(w.a, &notice, (struct marking){0}, &(struct stix_with){0}, &objects, &n);
    assert_int_equal(n, 3);
    assert_true(str_find(objects[2].bytes, str_fmt(w.a, "\"object_refs\":[\"%.*s\"]", STR_ARG(objects[1].id))) > 0);
    assert_true(str_find(objects[1].bytes, S("description")) < 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(markings_are_the_narrowest, begin, finish),
        cmocka_unit_test_setup_teardown(bytes_are_kept_as_they_came, begin, finish),
        cmocka_unit_test_setup_teardown(one_object_an_envelope_and_none, begin, finish),
        cmocka_unit_test_setup_teardown(what_is_wrong_is_left_out_and_said, begin, finish),
        cmocka_unit_test_setup_teardown(what_is_no_bundle_is_refused, begin, finish),
        cmocka_unit_test_setup_teardown(fifty_megabytes_take_little_room, begin, finish),
        cmocka_unit_test_setup_teardown(limits_are_said, begin, finish),
        cmocka_unit_test_setup_teardown(many_wrong_ones_are_counted, begin, finish),
        cmocka_unit_test_setup_teardown(times_are_strict, begin, finish),
        cmocka_unit_test_setup_teardown(a_notice_is_written_as_agreed, begin, finish),
        cmocka_unit_test_setup_teardown(written_is_read, begin, finish),
        cmocka_unit_test_setup_teardown(a_bare_notice_is_written, begin, finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
