/* Events of MISP in and out, and the feeds: what is read and how it is marked, what is refused and why, and files that are written as agreed. */
#include "share_kit.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"
#include "format/json.h"
#include "format/xml.h"
#include "share/feed.h"
#include "share/misp.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

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

static struct misp_event *event;
static size_t n;

static void read_good(const char *name)
{
    assert_ok(&w, misp_read(&w, str_of(name), share_file(&w, name), &event, &n));
    assert_int_equal(w.faults.count, 0);
}

/* ---- in ---- */

static void html_is_text(void **state)
{
    (void)state;
    read_good("misp/good/html.json");
    assert_int_equal(n, 1);
    assert_str(event->info, "<script>alert('x')</script> & \"Flubot\"");
    assert_str(event->org, "<img src=x onerror=alert(1)>");
    assert_int_equal(event->n, 4); /* one was deleted, one is of an object */
    assert_str(event->attribute[0].value, "http://evil.example.com/<script>?a=1");
    assert_str(event->attribute[0].comment, "<a href=\"javascript:alert(1)\">c2</a>");
    assert_str(event->attribute[3].type, "sha256");
    assert_int_equal(event->timestamp, 1776301323);
    assert_int_equal(event->threat, 1);
    assert_int_equal(event->marking.tlp, TLP_GREEN);
    assert_int_equal(event->marking.pap, PAP_AMBER);
}

static void every_shape_is_read(void **state)
{
    (void)state;
    read_good("misp/good/response.json");
    assert_int_equal(n, 2);
    assert_int_equal(event[1].marking.tlp, TLP_AMBER_STRICT);
    read_good("misp/good/array.json");
    assert_int_equal(n, 2);
    assert_int_equal(event[1].marking.tlp, TLP_GREEN); /* distribution 3, and no tag that says CLEAR */
    read_good("misp/good/numbers.json");
    assert_int_equal(n, 1);
    assert_int_equal(event->timestamp, 1776301323);
    assert_str(event->org, "<b>CERT</b>");
    assert_int_equal(event->threat, 3);
    assert_int_equal(event->n, 0);
}

/* Written out by hand: a row for each distribution (-: none is said), a column for each tag. */
static void distribution_and_tags_never_widen(void **state)
{
    (void)state;
    static const char *const tags[] = {"", "tlp:white", "TLP:CLEAR", "tlp:green", "tlp:amber", "tlp:amber+strict", "tlp:red", "tlp:ex:chr"};
    static const struct {
        const char *distribution, *wanted; /* C G A S R: as the TLPs */
    } rows[] = {{"", "AAAAASRR"},  {"0", "SSSSSSRR"}, {"1", "AAAAASRR"}, {"2", "GGGGASRR"}, {"3", "GCCGASRR"},
                {"4", "SSSSSSRR"}, {"5", "CCCGASRR"}, {"6", "SSSSSSRR"}, {"-1", "SSSSSSRR"}, {"all", "SSSSSSRR"}};
    static const char letters[] = "CGASR";
    for (size_t i = 0; i < COUNT(rows); i++)
        for (size_t k = 0; k < COUNT(tags); k++) {
            if (str_eq(str_of(rows[i].distribution), S("5"))) continue; /* of attributes alone, below */
            str text = str_fmt(w.a, "{\"Event\":{\"uuid\":\"bbbbbbbb-bbbb-4bbb-8bbb-000000000001\",\"info\":\"x\",\"distribution\":\"%s\",\"Tag\":[{\"name\":\"%s\"}]}}",
                               rows[i].distribution, tags[k]);
            assert_ok(&w, misp_read(&w, S("f"), text, &event, &n));
            if (letters[event->marking.tlp] != rows[i].wanted[k])
                fail_msg("distribution %s tag %s: %c", rows[i].distribution, tags[k], letters[event->marking.tlp]);
        }
}

static void a_part_narrows_the_whole(void **state)
{
    (void)state;
    static const struct {
        const char *attribute;
        enum tlp wanted;
    } cases[] = {{"\"distribution\":\"5\"", TLP_CLEAR}, {"\"distribution\":\"0\"", TLP_AMBER_STRICT}, {"\"distribution\":1", TLP_AMBER},
                 {"\"Tag\":[{\"name\":\"tlp:red\"}]", TLP_RED}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        str text = str_fmt(w.a, "{\"uuid\":\"bbbbbbbb-bbbb-4bbb-8bbb-000000000001\",\"info\":\"x\",\"distribution\":\"3\",\"Tag\":[{\"name\":\"tlp:clear\"}],"
                                "\"Attribute\":[{\"type\":\"text\",\"value\":\"x\",%s}]}", cases[i].attribute);
        assert_ok(&w, misp_read(&w, S("f"), text, &event, &n));
        assert_int_equal(event->marking.tlp, cases[i].wanted);
    }
}

static void what_is_wrong_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *name, *said;
    } cases[] = {
        {"no-uuid", "'' is no UUID of an event"}, {"uuid", "'12' is no UUID"}, {"no-info", "does not say what it is about"}, {"info-long", "longer than 10000 bytes"},
        {"date", "'16/04/2026x' is no day"}, {"timestamp", "'yesterday' is no time"}, {"timestamp-minus", "'-5' is no time"}, {"attribute", "an attribute is no object"},
        {"no-value", "has no type or no value"}, {"attributes-map", "the attributes are no list"}, {"event-text", "this is no event"}, {"none", "there is no event in it"},
        {"many", "more than 100 events"}, {"cut", "ends too early"}, {"deep", "nested deeper than 200"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        const char *name = str_c(w.a, str_fmt(w.a, "misp/bad/%s.json", cases[i].name));
        assert_int_equal(misp_read(&w, str_of(name), share_file(&w, name), &event, &n), INVALID);
        assert_fault(&w, cases[i].said);
    }
    struct buf b = buf_in(w.a);
    for (size_t i = 0; i <= MISP_BYTES_MAX; i++) buf_byte(&b, ' ');
    assert_int_equal(misp_read(&w, S("f"), buf_str(&b), &event, &n), INVALID);
    assert_fault(&w, "larger than 16777216 bytes");
}

static void it_is_told_from_stix(void **state)
{
    (void)state;
    assert_true(misp_looks_so(share_file(&w, "misp/good/html.json")) && misp_looks_so(share_file(&w, "misp/good/array.json")) && misp_looks_so(share_file(&w, "misp/good/response.json")));
    assert_false(misp_looks_so(share_file(&w, "stix/good/notice.json")));
    assert_false(misp_looks_so(share_file(&w, "stix/good/one.json")));
    assert_false(misp_looks_so(S("")));
}

/* ---- a draft of it ---- */

static void a_draft_says_where_it_is_from(void **state)
{
    (void)state;
    struct draft d;
    read_good("misp/good/html.json");
    misp_draft(w.a, LANG_EN, event, &d);
    assert_str(d.title, "<script>alert('x')</script> & \"Flubot\"");
    assert_str(d.urgency, "important");
    assert_int_equal(d.marking.tlp, TLP_GREEN);
    golden(&w, d.text, "misp/good/draft.txt");
    assert_int_equal(d.n_references, 2);
    assert_str(d.reference[0].kind, "cve");
    assert_str(d.reference[1].value, "https://example.jp/a?b=1");
}

static void a_draft_keeps_to_its_limits(void **state)
{
    (void)state;
    static struct misp_attribute many[3000];
    struct misp_event e = {.uuid = S("bbbbbbbb-bbbb-4bbb-8bbb-000000000001"), .info = S("x"), .attribute = many, .n = COUNT(many)};
    struct draft d;
    for (size_t i = 0; i < COUNT(many); i++)
        many[i] = (struct misp_attribute){S("vulnerability"), S("x"), str_fmt(w.a, "CVE-2026-%05zu", i), S("長い注記。長い注記。")};
    misp_draft(w.a, LANG_JA, &e, &d);
    assert_true(d.text.n <= NOTICE_TEXT_MAX);
    assert_true(str_ends(d.text, S("件があります。")));
    assert_int_equal(d.n_references, REFERENCES_PER_NOTICE);
    struct buf b = buf_in(w.a);
    for (int i = 0; i < 1000; i++) buf_add(&b, S("脆弱性"));
    e.info = buf_str(&b);
    misp_draft(w.a, LANG_JA, &e, &d);
    assert_true(d.title.n <= NOTICE_TITLE_MAX && d.title.n > NOTICE_TITLE_MAX - 4);
}

static void a_draft_of_stix(void **state)
{
    (void)state;
    struct stix_object *o;
    struct draft d;
    assert_ok(&w, stix_read(&w, S("notice"), share_file(&w, "stix/good/notice.json"), &o, &n));
    stix_draft(&w, LANG_JA, o, n, &d);
    assert_str(d.title, "\"製品X\"の<脆弱性>");
    assert_str(d.measure, "修正版へ更新する。");
    assert_int_equal(d.marking.tlp, TLP_AMBER_STRICT);
    assert_int_equal(d.marking.pap, PAP_AMBER);
    golden(&w, d.text, "stix/good/draft.txt");
    assert_int_equal(d.n_references, 2);
}

/* ---- out ---- */

static const struct notice_reference some[] = {{S_INIT("cve"), S_INIT("CVE-2026-12345")}, {S_INIT("product"), S_INIT("製品X 3.1")}, {S_INIT("url"), S_INIT("https://example.jp/a?b=1&c=2")}};
static const struct attachment one[] = {{S_INIT("手順.pdf"), S_INIT("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"), S_INIT("application/pdf"), 0}};

static struct feed_item an_item(void)
{
    struct notice x = {.code = S("N-2026-0007"), .uuid = S("7b0b8d5c-6a55-4a3f-8b19-3f1c4f0e2a11"), .issuer_code = S("nisc"),
                       .issuer_ja = S("内閣官房情報セキュリティセンター"), .issuer_en = S("National Information Security Center"), .kind = S("prevention"),
                       .urgency = S("important"), .state = S("sent"), .title = S("\"製品X\"の<脆弱性> & ]]>"), .text = S("<b>遠隔</b>から\n\x01命令"),
                       .measure = S("修正版へ更新する。"), .sent = 1776301323};
    return (struct feed_item){x, {some, one, COUNT(some), COUNT(one)}, S("11111111-2222-4333-8444-555555555555"), S("11111111-2222-4333-8444-555555555555"), 1776200000};
}

static void an_event_is_written_as_agreed(void **state)
{
    (void)state;
    struct feed_item x = an_item();
    struct marking m = {TLP_AMBER, PAP_RED};
    golden(&w, misp_event_json(w.a, &x.notice, m, &x.with, x.before), "misp/good/event.json");
    golden(&w, feed_misp_manifest(w.a, &x, 1), "misp/good/manifest.json");
    golden(&w, feed_misp_hashes(w.a, &x, 1), "misp/good/hashes.csv");
}

/* What MISP cannot do without (the core format, "MUST"), of what types it takes it; and its own narrowest distribution for what is narrow. */
static void an_event_has_what_misp_wants(void **state)
{
    (void)state;
    static const char *const strings[] = {"uuid", "info", "date", "timestamp", "publish_timestamp", "distribution", "org_id", "orgc_id", "threat_level_id", "analysis"};
    static const char *const of_attribute[] = {"uuid", "type", "category", "value", "event_id", "distribution", "timestamp", "comment"};
    static const char *const distributions[TLPS] = {"3", "1", "0", "0", "0"};
    struct feed_item x = an_item();
    for (int t = 0; t < TLPS; t++) {
        const struct jv *v;
        assert_ok(&w, jv_read(&w, S("e"), misp_event_json(w.a, &x.notice, (struct marking){(enum tlp)t, PAP_CLEAR}, &x.with, S("")), &v));
        const struct jv *e = jv_get(v, "Event"), *a = jv_get(e, "Attribute");
        for (size_t i = 0; i < COUNT(strings); i++) assert_true(jv_str(jv_get(e, strings[i])).n != 0);
        assert_true(jv_true(jv_get(e, "published")));
        assert_str(jv_str(jv_get(e, "distribution")), distributions[t]);
        assert_true(jv_str(jv_get(jv_get(e, "Orgc"), "uuid")).n == 36 && jv_str(jv_get(jv_get(e, "Org"), "name")).n != 0);
        assert_int_equal(jv_size(a), 6);
        for (size_t i = 0; i < jv_size(a); i++)
            for (size_t k = 0; k < COUNT(of_attribute); k++) assert_int_equal(jv_type(jv_get(jv_at(a, i), of_attribute[k])), JV_STRING);
    }
}

/* Our own event, read again, is never wider than it was written, and narrower where MISP can say no more than "this community" or "your organisation". */
static void written_is_read(void **state)
{
    (void)state;
    static const enum tlp back[TLPS] = {TLP_CLEAR, TLP_AMBER, TLP_AMBER_STRICT, TLP_AMBER_STRICT, TLP_RED};
    struct feed_item x = an_item();
    for (int i = 0; i < TLPS * PAPS; i++) {
        struct marking m = {(enum tlp)(i % TLPS), (enum pap)(i / TLPS)};
        assert_ok(&w, misp_read(&w, S("own"), misp_event_json(w.a, &x.notice, m, &x.with, S("")), &event, &n));
        assert_int_equal(event->marking.tlp, back[m.tlp]);
        assert_int_equal(event->marking.pap, m.pap);
        assert_int_equal(event->n, 6);
    }
}

static void a_drill_says_so(void **state)
{
    (void)state;
    struct feed_item x = an_item();
    x.notice.drill = true;
    assert_true(str_find(misp_event_json(w.a, &x.notice, (struct marking){0}, &x.with, S("")), S("\"info\":\"【訓練】")) > 0);
    struct stix_object *o;
    stix_write(w.a, &x.notice, (struct marking){0}, &x.with, &o, &n);
    assert_true(str_find(o[n - 1].bytes, S("\"name\":\"【訓練】")) > 0 && str_find(o[n - 1].bytes, S("\"drill\"")) > 0);
}

static enum err heard(void *to, struct xml *x, str piece)
{
    (void)x;
    buf_add(to, piece);
    return OK;
}
static enum err nothing(void *to, struct xml *x, struct xml_name name)
{
    (void)to, (void)x, (void)name;
    return OK;
}

static void feeds_are_written_as_agreed(void **state)
{
    (void)state;
    struct feed_item x = an_item();
    const struct xml_events events = {nothing, nothing, heard};
    const str feeds[] = {feed_atom(w.a, S("https://example.jp"), &x, 1), feed_rss(w.a, S("https://example.jp"), &x, 1)};
    golden(&w, feeds[0], "feed/notices.atom");
    golden(&w, feeds[1], "feed/notices.rss");
    for (size_t i = 0; i < 2; i++) {
        struct buf b = buf_in(w.a);
        assert_ok(&w, xml_read(&w, S("feed"), feeds[i], &events, &b));
        /* the text of RSS is HTML to its readers, so it is escaped once more */
        assert_true(str_find(buf_str(&b), x.notice.title) >= 0);
        assert_true(str_find(buf_str(&b), i == 0 ? S("<b>遠隔</b>から\n 命令") : S("&lt;b&gt;遠隔&lt;/b&gt;から<br/>\n 命令")) >= 0);
    }
    assert_true(str_find(feed_atom(w.a, S("https://example.jp"), NULL, 0), S("<updated>1970-01-01T00:00:00Z</updated>")) > 0);
}

static void md5_is_md5(void **state)
{
    (void)state;
    assert_str(md5_hex(w.a, S("abc")), "900150983cd24fb0d6963f7d28e17f72"); /* RFC 1321, A.5 */
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, finish)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(html_is_text),           TEST(every_shape_is_read),        TEST(distribution_and_tags_never_widen),
        TEST(a_part_narrows_the_whole), TEST(what_is_wrong_is_refused), TEST(it_is_told_from_stix),
        TEST(a_draft_says_where_it_is_from), TEST(a_draft_keeps_to_its_limits), TEST(a_draft_of_stix),
        TEST(an_event_is_written_as_agreed), TEST(an_event_has_what_misp_wants), TEST(written_is_read),
        TEST(a_drill_says_so),        TEST(feeds_are_written_as_agreed), TEST(md5_is_md5),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
