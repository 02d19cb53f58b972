/* Files of others taken in: objects kept as they came, events of MISP as drafts; what is wrong changes nothing. */
#include "share_kit.h"

#include "share/compose.h"
#include "share/objects.h"

static void world(struct work *w)
{
    doing(w, "registry", "import", {"what", "organisations"},
          FILED("code,parent,kind,order,name_ja,name_en,from,to\ngov,,government,10,政府,Government,,\nA,gov,ministry,10,ア省,Ministry A,,\nB,gov,ministry,20,イ省,Ministry B,,\n"));
    share_staffed(w, "pa A, pb B");
    become(w, "pa");
}

static const char *file(struct work *w, const char *path) { return str_c(w->a, share_file(w, str_c(w->a, str_fmt(w->a, "%s.json", path)))); }
#define TAKEN(path) {.name = "file", .text = file(w, path), .file = "taken.json"}

static int64_t rows(struct work *w, int which)
{
    static const struct sql counts[] = {OPEN("a test", "SELECT count(*) FROM share_notice"), OPEN("a test", "SELECT count(*) FROM share_attachment"),
                                        OPEN("a test", "SELECT count(*) FROM share_object")};
    int64_t n = -1;
    assert_ok(w, store_int(w, &counts[which], NOARGS, &n));
    return n;
}
enum { NOTICES, ATTACHED, OBJECTS };

static void objects_are_kept(struct work *w)
{
    world(w);
    struct kept *k = doing(w, "share", "take", TAKEN("stix/good/notice"));
    assert_int_equal(fact_int(k, "objects"), 6);
    assert_int_equal(fact_int(k, "new"), 6);
    assert_int_equal(rows_of(k, "objects"), 6);
    k = doing(w, "share", "take", TAKEN("stix/good/notice")); /* the same again is nothing new */
    assert_int_equal(fact_int(k, "new"), 0);
    assert_int_equal(rows(w, OBJECTS), 6);
    assert_int_equal(rows(w, NOTICES), 0);

    struct party p;
    struct collection c;
    struct stored *s;
    size_t n;
    bool more;
    static const struct match any = {.all = true};
    assert_ok(w, party_of(w, &(struct args){0}, &p));
    assert_ok(w, collection_find(w, &p, S("received"), &c));
    assert_ok(w, objects_page(w, &p, &c, &any, 0, 100, true, &s, &n, &more));
    assert_int_equal(n, 6);
    str whole = source_file(w, "test/share/stix/good/notice.json");
    for (size_t i = 0; i < n; i++) assert_true(str_find(whole, s[i].object.bytes) > 0); /* byte by byte */
    become(w, "pb");
    assert_ok(w, party_of(w, &(struct args){0}, &p));
    assert_ok(w, collection_find(w, &p, S("received"), &c));
    assert_ok(w, objects_page(w, &p, &c, &any, 0, 100, true, &s, &n, &more));
    assert_int_equal(n, 0);
}

static void a_draft_is_the_narrowest(struct work *w)
{
    static const struct sql draft = OPEN("a test", "SELECT tlp * 10 + pap FROM share_notice WHERE state = 'draft' ORDER BY id DESC LIMIT 1");
    int64_t marking;
    world(w);
    doing(w, "share", "take", TAKEN("stix/good/notice"), {"draft", "1"});
    assert_int_equal(rows(w, NOTICES), 1);
    assert_ok(w, store_int(w, &draft, NOARGS, &marking));
    assert_int_equal(marking, TLP_AMBER_STRICT * 10 + PAP_AMBER);
    struct kept *k = doing(w, "share", "take", TAKEN("misp/good/html"));
    assert_int_equal(rows(w, NOTICES), 2);
    assert_int_equal(rows(w, ATTACHED), 1);
    assert_ok(w, store_int(w, &draft, NOARGS, &marking));
    assert_int_equal(marking, TLP_GREEN * 10 + PAP_AMBER);
    assert_str(cell_in(k, "attributes", 0, "value")->text, "http://evil.example.com/<script>?a=1"); /* text: faces escape it */
    refused(w, INVALID, "there are 2 events in the file", "share", "take", TAKEN("misp/good/response"));
    refused(w, NOTFOUND, "no event 'x'", "share", "take", TAKEN("misp/good/response"), {"event", "x"});
    doing(w, "share", "take", TAKEN("misp/good/response"), {"event", "bbbbbbbb-bbbb-4bbb-8bbb-000000000002"});
    assert_ok(w, store_int(w, &draft, NOARGS, &marking));
    assert_int_equal(marking, TLP_AMBER_STRICT * 10 + PAP_AMBER);
}

static void what_is_wrong_changes_nothing(struct work *w)
{
    static const struct {
        const char *file, *said;
    } bad[] = {{"stix/bad/forged-wider", "it is forged"},      {"stix/bad/forged-old", "it is forged"},   {"stix/bad/twins", "stands twice"},
               {"stix/bad/version", "is of version '3.0'"},    {"stix/bad/deep", "nested deeper"},        {"stix/bad/page", "something else stands"},
               {"stix/bad/empty", "ends too early"},           {"misp/bad/no-uuid", "no UUID of an event"}, {"misp/bad/attributes-map", "are no list"},
               {"stix/good/empty", "there is no object in it"}};
    world(w);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct kept *k = kept_new(w);
        assert_true(through_door(w, "share", "take", ASK(TAKEN(bad[i].file), {"draft", "1"}), k) != OK);
        assert_fault(w, bad[i].said);
        assert_int_equal(rows(w, OBJECTS) + rows(w, NOTICES) + rows(w, ATTACHED), 0);
    }
}

/* An object that was told to us narrowly does not come back wider, in another version. */
static void a_version_never_widens(struct work *w)
{
    world(w);
    static const char narrow[] = "{\"type\":\"x-thing\",\"id\":\"x-thing--aaaaaaaa-aaaa-4aaa-8aaa-000000000001\",\"created\":\"2026-01-01T00:00:00Z\",\"modified\":\"2026-01-01T00:00:00Z\","
                                 "\"object_marking_refs\":[\"marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003\"]}";
    static const char wide[] = "{\"type\":\"x-thing\",\"id\":\"x-thing--aaaaaaaa-aaaa-4aaa-8aaa-000000000001\",\"created\":\"2026-01-01T00:00:00Z\",\"modified\":\"2026-01-02T00:00:00Z\","
                               "\"object_marking_refs\":[\"marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487\"]}";
    doing(w, "share", "take", {.name = "file", .text = narrow, .file = "a.json"});
    struct kept *k = kept_new(w);
    assert_int_equal(through_door(w, "share", "take", ASK({.name = "file", .text = wide, .file = "b.json"}), k), CONFLICT);
    w->faults = (struct faults){0};
    assert_int_equal(rows(w, OBJECTS), 1);
}

static void on_objects(void **state)
{
    (void)state;
    each_store(objects_are_kept);
}
static void on_drafts(void **state)
{
    (void)state;
    each_store(a_draft_is_the_narrowest);
}
static void on_wrong(void **state)
{
    (void)state;
    each_store(what_is_wrong_changes_nothing);
}
static void on_versions(void **state)
{
    (void)state;
    each_store(a_version_never_widens);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(on_objects), cmocka_unit_test(on_drafts), cmocka_unit_test(on_wrong), cmocka_unit_test(on_versions)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
