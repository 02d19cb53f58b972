/* The TAXII server from within: what a query means, paging that loses nothing and tells nothing twice, whose collections there are, markings that are
 * never widened, notices as their addressees' programs find them. Over HTTP: test/taxii.bats. */
#include "ack_kit.h"
#include "share_kit.h"

#include "format/json.h"
#include "share/objects.h"
#include "share/taxii.h"
#include "share/taxii_query.h"

/* ---- pure ---- */

static void queries(void **state)
{
    (void)state;
    struct work w = {.a = arena_new(0)};
    struct taxii_query q;
    assert_ok(&w, taxii_query_read(&w, S(""), &q));
    assert_true(q.limit == TAXII_LIMIT && q.after == -1 && q.match.newest && !q.match.all && q.match.n_ids == 0);
    assert_ok(&w, taxii_query_read(&w, S("added_after=2026-11-22T00:00:00.000001Z&limit=5&match[type]=indicator,%20report&match%5Bversion%5D=all"), &q));
    assert_true(q.after == 1795305600000001 && q.limit == 5 && q.match.all && !q.match.newest && q.match.n_types == 2);
    assert_str(q.match.type[1], "report");
    assert_ok(&w, taxii_query_read(&w, S("limit=100000&next=a77&match[version]=first,2026-01-01T00:00:00.000Z&unknown=1"), &q));
    assert_true(q.limit == OBJECTS_PAGE_MAX && q.after == 77 && q.match.oldest && q.match.n_versions == 1);
    static const char *const bad[] = {"limit=0", "limit=-1", "limit=x", "limit=", "next=77", "next=a", "next=a-5", "added_after=yesterday", "added_after=2026-11-22",
                                      "match[colour]=red", "match[version]=newest", "match[id]=", "match[type]=a&match[type]=b", "next=a99999999999999999999", "limit=%zz",
                                      "match[version]=last,", "added_after=2026-11-22T00:00:00.Z", "match[spec_version]=2.0,2.1,2.2"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        if (taxii_query_read(&w, str_of(bad[i]), &q) != INVALID) fail_msg("%s", bad[i]);
        assert_true(w.faults.count > 0);
        w.faults = (struct faults){0};
    }
    arena_free(w.a);
}

static void media(void **state)
{
    (void)state;
    static const char *const good[] = {"", "*/*", "application/taxii+json", "application/taxii+json;version=2.1", "application/taxii+json; version=2.1",
                                       "application/taxii+json ; version = \"2.1\"", "Application/TAXII+JSON;Version=2.1", "text/html, application/taxii+json;version=2.1;q=0.5",
                                       "application/taxii+json;version=2.0, application/taxii+json;version=2.1", "application/*;q=0.1"};
    static const char *const bad[] = {"text/html", "application/json", "application/taxii+json;version=2.0", "application/taxii+json;version=2.1;q=0", "application/vnd.oasis.taxii+json",
                                      "application/taxii", ",", ";", "application/taxii+json;version="};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        if (!taxii_accepted(str_of(good[i]))) fail_msg("'%s' is accepted", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (taxii_accepted(str_of(bad[i]))) fail_msg("'%s' is not accepted", bad[i]);
    assert_true(taxii_content(S("application/taxii+json; version=2.1")) && taxii_content(S("application/taxii+json")) && taxii_content(S("application/stix+json;version=2.1")));
    assert_false(taxii_content(S("")) || taxii_content(S("application/json")) || taxii_content(S("application/taxii+json;version=2.0")) || taxii_content(S("*/*")));
}

static void addresses_and_times(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct taxii_path p;
    assert_true(taxii_path_read(a, S(""), &p) && p.n == 0);
    assert_true(taxii_path_read(a, S("/"), &p) && p.n == 0);
    assert_true(taxii_path_read(a, S("/share/collections/a%2Db/objects/"), &p) && p.n == 4);
    assert_str(p.part[2], "a-b");
    assert_true(taxii_path_read(a, S("/share/collections"), &p) && p.n == 2);
    assert_false(taxii_path_read(a, S("/share//collections"), &p) || taxii_path_read(a, S("/1/2/3/4/5/6/7"), &p) || taxii_path_read(a, S("/%zz"), &p));
    static const int64_t times[] = {0, 1, 999999, 1000000, 1795305600000001, 253402300799999999};
    int64_t back;
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        assert_true(micro_parse(micro_text(a, times[i]), &back));
        assert_int_equal(back, times[i]);
    }
    assert_str(micro_text(a, 1795305600000001), "2026-11-22T00:00:00.000001Z");
    assert_str(taxii_version(a, 1795305600123000), "2026-11-22T00:00:00.123Z");
    assert_true(micro_parse(S("2026-11-22T09:00:00.5+09:00"), &back) && back == 1795305600500000);
    arena_free(a);
}

/* ---- a world ---- */

static void sharing_world(struct work *w)
{
    static const struct sql group = OPEN("a test", "INSERT INTO share_group (code, uuid, owner, name_ja, name_en, open) SELECT 'g', '8d1e0c1a-7a52-4d1b-9f1e-111111111111', id, 'グループ', 'Group',"
                                                   " CAST($1 AS BIGINT) FROM org WHERE code = 'A'");
    static const struct sql members = OPEN("a test", "INSERT INTO share_group_member (share_group, org, since) SELECT g.id, o.id, 0 FROM share_group g JOIN org o ON o.code IN ('A', 'B')");
    doing(w, "registry", "import", {"what", "organisations"},
          FILED("code,parent,kind,order,name_ja,name_en,from,to\ngov,,government,10,政府,Government,,\nC,gov,centre,5,センター,Centre,,\nA,gov,ministry,10,ア省,Ministry A,,\n"
                "B,gov,ministry,20,イ省,Ministry B,,\nD,gov,ministry,30,エ省,Ministry D,,\n"));
    share_staffed(w, "pc C, pa A, pb B, pd D");
    assert_ok(w, store_begin(w));
    assert_ok(w, store_run(w, &group, ARGS(INT(1))));
    assert_ok(w, store_run(w, &members, NOARGS));
    assert_ok(w, store_commit(w));
}

static struct party party_for(struct work *w)
{
    struct party p;
    assert_ok(w, party_of(w, &(struct args){0}, &p));
    return p;
}

static struct stix_object indicator(struct work *w, int number, int64_t version, enum tlp tlp)
{
    str id = str_fmt(w->a, "indicator--00000000-0000-4000-8000-%012d", number);
    return (struct stix_object){.id = id, .type = S("indicator"), .spec = S("2.1"), .version = version * 1000000, .marked = true, .marking = {tlp, PAP_CLEAR},
                                .bytes = str_fmt(w->a, "{\"id\":\"%.*s\",\"n\":%d,\"v\":%d}", STR_ARG(id), number, (int)version)};
}

static struct collection group_of(struct work *w)
{
    struct party p = party_for(w);
    struct collection c;
    assert_ok(w, collection_find(w, &p, S("group-g"), &c));
    return c;
}

static int64_t put(struct work *w, struct collection *c, const struct stix_object *o)
{
    int64_t added = 0;
    bool is_new;
    assert_ok(w, object_put(w, c, o, S("A"), &added, &is_new));
    return is_new ? added : 0;
}

/* ---- the protocol, without HTTP ---- */

struct said {
    struct bytes_out out;
    struct buf b;
    struct mount_answer answer;
    const struct jv *v;
};
static enum err said_put(struct bytes_out *out, str bytes)
{
    buf_add(&((struct said *)out)->b, bytes);
    return OK;
}

static struct said *asking(struct work *w, const char *path, const char *query, enum err wanted)
{
    struct said *s = arena_alloc(w->a, sizeof *s);
    *s = (struct said){.out = {said_put}, .b = buf_in(w->a)};
    s->answer.body = &s->out;
    const struct mount_ask ask = {.path = str_of(path), .query = str_of(query), .accept = S("application/taxii+json;version=2.1"), .url = S("https://x"), .known = true, .lang = LANG_EN};
    assert_err(w, taxii_mount.get(w, &ask, &s->answer), wanted);
    if (wanted == OK) assert_ok(w, jv_read(w, S("answer"), buf_str(&s->b), &s->v));
    w->faults = (struct faults){0};
    return s;
}
static const struct jv *ask_ok(struct work *w, const char *path, const char *query) { return asking(w, path, query, OK)->v; }

static size_t objects_in(const struct jv *v) { return jv_size(jv_get(v, "objects")); }

/* ---- paging ---- */

enum { MANY_OBJECTS = 60 };

/* Every page while others add, and the clock goes back: each object once, in the order it was put in. */
static void paging(struct work *w)
{
    sharing_world(w);
    become(w, "pa");
    struct collection c = group_of(w);
    int number = 0;
    assert_ok(w, store_begin(w));
    for (; number < MANY_OBJECTS; number++) {
        const struct stix_object o = indicator(w, number, 1, TLP_GREEN);
        assert_true(put(w, &c, &o) != 0);
    }
    assert_ok(w, store_commit(w));
    bool seen[MANY_OBJECTS * 2] = {false};
    str next = S("");
    int told = 0, page = 0;
    for (bool more = true; more; page++) {
        const struct jv *v = ask_ok(w, "/share/collections/group-g/objects", next.n == 0 ? "limit=7" : str_c(w->a, str_fmt(w->a, "limit=7&next=%.*s", STR_ARG(next))));
        for (size_t i = 0; i < objects_in(v); i++, told++) {
            int64_t n = jv_int(jv_get(jv_at(jv_get(v, "objects"), i), "n"));
            assert_true(n == told && !seen[n]);
            seen[n] = true;
        }
        more = jv_true(jv_get(v, "more"));
        next = jv_str(jv_get(v, "next"));
        assert_true(!more || (next.n != 0 && objects_in(v) == 7));
        if (page >= 5) continue;
        w->now -= 3600; /* somebody set the clock */
        struct collection again = group_of(w);
        assert_ok(w, store_begin(w));
        const struct stix_object o = indicator(w, number++, 1, TLP_GREEN);
        assert_true(put(w, &again, &o) != 0);
        assert_ok(w, store_commit(w));
    }
    assert_int_equal(told, number);
    /* The same by time alone, as manifests are paged: exclusive, so that nothing comes twice. */
    str after = S("1970-01-01T00:00:00Z");
    told = 0;
    for (bool more = true; more;) {
        struct said *s = asking(w, "/share/collections/group-g/manifest/", str_c(w->a, str_fmt(w->a, "limit=9&added_after=%.*s", STR_ARG(after))), OK);
        told += (int)objects_in(s->v);
        more = jv_true(jv_get(s->v, "more"));
        assert_string_equal(s->answer.header[1].name, "X-TAXII-Date-Added-Last");
        after = s->answer.header[1].value;
        assert_true(str_eq(after, jv_str(jv_get(jv_at(jv_get(s->v, "objects"), objects_in(s->v) - 1), "date_added"))));
    }
    assert_int_equal(told, number);
}
static void test_paging(void **state)
{
    (void)state;
    each_store(paging);
}

/* ---- versions and filters ---- */
static void versions(struct work *w)
{
    sharing_world(w);
    become(w, "pa");
    struct collection c = group_of(w);
    assert_ok(w, store_begin(w));
    for (int v = 1; v <= 3; v++) {
        const struct stix_object o = indicator(w, 1, v * 1000, TLP_GREEN);
        assert_true(put(w, &c, &o) != 0);
        assert_true(put(w, &c, &o) == 0); /* the same again */
    }
    struct stix_object other = indicator(w, 2, 500, TLP_GREEN);
    other.type = S("malware");
    put(w, &c, &other);
    assert_ok(w, store_commit(w));
    const char *objects = "/share/collections/group-g/objects/";
    assert_int_equal(objects_in(ask_ok(w, objects, "")), 2);
    assert_int_equal(jv_int(jv_get(jv_at(jv_get(ask_ok(w, objects, ""), "objects"), 0), "v")), 3000);
    assert_int_equal(jv_int(jv_get(jv_at(jv_get(ask_ok(w, objects, "match[version]=first"), "objects"), 0), "v")), 1000);
    assert_int_equal(objects_in(ask_ok(w, objects, "match[version]=all")), 4);
    assert_int_equal(objects_in(ask_ok(w, objects, "match[version]=first,last")), 3);
    assert_int_equal(objects_in(ask_ok(w, objects, "match[version]=1970-01-01T00:33:20.000Z")), 1);
    assert_int_equal(objects_in(ask_ok(w, objects, "match[type]=malware")), 1);
    assert_int_equal(objects_in(ask_ok(w, objects, "match[type]=malware,indicator&match[version]=all&limit=3")), 3);
    assert_int_equal(objects_in(ask_ok(w, objects, "match[spec_version]=2.0")), 0);
    assert_int_equal(objects_in(ask_ok(w, objects, "match[id]=indicator--00000000-0000-4000-8000-000000000001&match[type]=malware")), 0);
    const char *one = "/share/collections/group-g/objects/indicator--00000000-0000-4000-8000-000000000001/";
    assert_int_equal(objects_in(ask_ok(w, one, "")), 1);
    assert_int_equal(objects_in(ask_ok(w, one, "added_after=2030-01-01T00:00:00Z")), 0);
    const struct jv *v = ask_ok(w, str_c(w->a, str_fmt(w->a, "%sversions", one)), "");
    assert_int_equal(jv_size(jv_get(v, "versions")), 3);
    assert_str(jv_str(jv_at(jv_get(v, "versions"), 0)), "1970-01-01T00:16:40.000Z");
    asking(w, "/share/collections/group-g/objects/indicator--00000000-0000-4000-8000-000000000009/", "", NOTFOUND);
    asking(w, "/share/collections/group-g/elsewhere/", "", NOTFOUND);
}
static void test_versions(void **state)
{
    (void)state;
    each_store(versions);
}

/* ---- whose it is, and how far it may go ---- */
static void whose(struct work *w)
{
    sharing_world(w);
    become(w, "pa");
    struct collection c = group_of(w);
    struct stix_object o = indicator(w, 1, 1, TLP_AMBER);
    int64_t added;
    bool is_new;
    assert_ok(w, store_begin(w));
    put(w, &c, &o);
    struct stix_object forged = o;
    forged.bytes = S("{}");
    assert_err(w, object_put(w, &c, &forged, S("A"), &added, &is_new), CONFLICT);
    assert_fault(w, "with other contents");
    struct stix_object wider = indicator(w, 1, 2, TLP_GREEN), red = indicator(w, 3, 1, TLP_RED);
    assert_err(w, object_put(w, &c, &wider, S("A"), &added, &is_new), CONFLICT);
    assert_fault(w, "never widened");
    assert_err(w, object_put(w, &c, &red, S("A"), &added, &is_new), CONFLICT);
    assert_fault(w, "TLP:RED");
    struct party p = party_for(w);
    struct collection own;
    assert_ok(w, collection_find(w, &p, S("received"), &own));
    assert_err(w, object_put(w, &own, &wider, S("A"), &added, &is_new), CONFLICT); /* in another collection too */
    assert_fault(w, "never widened");
    struct stix_object narrower = indicator(w, 1, 2, TLP_AMBER_STRICT);
    assert_true(put(w, &c, &narrower) != 0);
    assert_ok(w, store_commit(w));
    assert_int_equal(jv_size(jv_get(ask_ok(w, "/share/collections/", ""), "collections")), 3);
    become(w, "pd"); /* no member */
    assert_int_equal(jv_size(jv_get(ask_ok(w, "/share/collections", ""), "collections")), 2);
    asking(w, "/share/collections/group-g/", "", NOTFOUND);
    asking(w, str_c(w->a, str_fmt(w->a, "/share/collections/%.*s/objects/", STR_ARG(c.uuid))), "", NOTFOUND);
    become(w, "pb");
    const struct jv *v = ask_ok(w, str_c(w->a, str_fmt(w->a, "/share/collections/%.*s", STR_ARG(c.uuid))), "");
    assert_true(jv_true(jv_get(v, "can_write")) && jv_true(jv_get(v, "can_read")));
    assert_int_equal(objects_in(ask_ok(w, "/share/collections/group-g/objects/", "")), 1);
    /* Who joins later finds what is put in from then on. */
    static const struct sql joins = OPEN("a test", "INSERT INTO share_group_member (share_group, org, since) SELECT g.id, o.id, $1 FROM share_group g JOIN org o ON o.code = 'D'");
    w->now += 10;
    assert_ok(w, store_begin(w));
    assert_ok(w, store_run(w, &joins, ARGS(INT(w->now))));
    assert_ok(w, store_commit(w));
    become(w, "pd");
    assert_int_equal(objects_in(ask_ok(w, "/share/collections/group-g/objects/", "")), 0);
    w->now += 10;
    c = group_of(w);
    struct stix_object later = indicator(w, 4, 1, TLP_AMBER);
    assert_ok(w, store_begin(w));
    put(w, &c, &later);
    assert_ok(w, store_commit(w));
    assert_int_equal(objects_in(ask_ok(w, "/share/collections/group-g/objects/", "")), 1);
}
static void test_whose(void **state)
{
    (void)state;
    each_store(whose);
}

/* ---- putting in through the door ---- */
#define IND(n, more) "{\"type\":\"indicator\",\"spec_version\":\"2.1\",\"id\":\"indicator--00000000-0000-4000-8000-00000000000" n "\",\"created\":\"2026-01-01T00:00:00.000Z\"," \
                     "\"modified\":\"2026-01-01T00:00:00.000Z\",\"pattern\":\"x\"" more "}"

static struct kept *adding(struct work *w, const char *collection, const char *body)
{
    return doing(w, "share", "taxii-add", {"collection", collection}, {"status", "11111111-1111-4111-8111-111111111111"}, {"file", body, "body"});
}

static void adds(struct work *w)
{
    sharing_world(w);
    become(w, "pa");
    const struct kept *k = adding(w, "group-g", "{\"objects\":[" IND("1", ",\"x_own\":{\"deep\": [1, 2.50]}") "," IND("2", "") ",{\"type\":\"indicator\"}," IND("1", ",\"x_own\":1") "]}");
    assert_int_equal(fact_int(k, "objects"), 4);
    assert_int_equal(fact_int(k, "new"), 2);
    assert_int_equal(fact_int(k, "refused"), 2);
    const struct jv *v = ask_ok(w, "/share/status/11111111-1111-4111-8111-111111111111/", "");
    assert_str(jv_str(jv_get(v, "status")), "complete");
    assert_int_equal(jv_int(jv_get(v, "total_count")), 4);
    assert_int_equal(jv_size(jv_get(v, "successes")), 2);
    assert_int_equal(jv_size(jv_get(v, "failures")), 2);
    assert_true(jv_str(jv_get(jv_at(jv_get(v, "failures"), 0), "message")).n != 0);
    /* byte for byte */
    struct said *s = asking(w, "/share/collections/group-g/objects/", "", OK);
    assert_true(str_find(buf_str(&s->b), S(IND("1", ",\"x_own\":{\"deep\": [1, 2.50]}"))) >= 0);
    refused(w, NOTFOUND, "no collection", "share", "taxii-add", {"collection", "group-h"}, {"file", IND("1", ""), "body"});
    refused(w, DENIED, "not put objects in", "share", "taxii-add", {"collection", "notices"}, {"file", IND("1", ""), "body"});
    k = doing(w, "share", "received", {"collection", "group-g"});
    assert_int_equal(rows_of(k, "objects"), 2);
    assert_str(file_of_entry(w, "share", "received-object", ASK({"collection", "group-g"}, {"object", "indicator--00000000-0000-4000-8000-000000000002"})), IND("2", ""));
    become(w, "pb"); /* what became of a request is for who made it */
    asking(w, "/share/status/11111111-1111-4111-8111-111111111111/", "", NOTFOUND);
}
static void test_adds(void **state)
{
    (void)state;
    each_store(adds);
}

/* ---- notices ---- */

static size_t of_type(const struct jv *v, const char *type)
{
    size_t n = 0;
    for (size_t i = 0; i < objects_in(v); i++) n += str_eq(jv_str(jv_get(jv_at(jv_get(v, "objects"), i), "type")), str_of(type));
    return n;
}

static struct notice notice_sent(struct work *w, const struct world *x, const char *code, enum tlp tlp)
{
    static const struct sql named = OPEN("a test", "UPDATE share_notice SET uuid = $2, tlp = $3, measure = 'patch' WHERE id = $1");
    struct notice n = world_notice(w, x, code, false, false);
    assert_ok(w, store_run(w, &named, ARGS(INT(n.id), TEXT(str_fmt(w->a, "8d1e0c1a-7a52-4d1b-9f1e-%012d", (int)n.id)), INT(tlp))));
    assert_ok(w, notice_by_id(w, n.id, &n));
    assert_ok(w, deliveries_make(w, &n, &x->net, &x->plan));
    assert_ok(w, objects_publish(w, &n));
    return n;
}

static void page_by_page(struct work *w, const char *path, size_t all)
{
    size_t told = 0;
    str next = S("");
    for (bool more = true; more; told++) {
        const struct jv *v = ask_ok(w, path, next.n == 0 ? "limit=1" : str_c(w->a, str_fmt(w->a, "limit=1&next=%.*s", STR_ARG(next))));
        assert_int_equal(objects_in(v), 1);
        more = jv_true(jv_get(v, "more"));
        next = jv_str(jv_get(v, "next"));
    }
    assert_int_equal(told, all);
}

static void notices(struct work *w)
{
    static const struct sql recalled = OPEN("a test", "UPDATE share_notice SET state = 'recalled', recalled = sent + 60 WHERE id = $1");
    const char *path = "/share/collections/notices/objects/";
    struct world x = world_of(w, 1, 1, 1);
    share_staffed(w, "pm m0, pk c0-0");
    assert_ok(w, store_begin(w));
    struct notice n = notice_sent(w, &x, "N-1", TLP_AMBER);
    assert_ok(w, objects_publish(w, &n)); /* twice is once */
    assert_ok(w, store_commit(w));
    become(w, "pk");
    assert_int_equal(objects_in(ask_ok(w, path, "")), 0); /* the ministry has not passed it on */
    become(w, "pm");
    const struct jv *v = ask_ok(w, path, "");
    assert_int_equal(of_type(v, "report"), 1);
    assert_int_equal(of_type(v, "course-of-action"), 1);
    assert_int_equal(of_type(v, "identity"), 1);
    page_by_page(w, path, objects_in(v));
    assert_int_equal(of_type(ask_ok(w, path, "match[type]=report"), "report"), 1);
    become(w, NULL);
    assert_ok(w, store_begin(w));
    (void)notice_sent(w, &x, "N-2", TLP_AMBER);
    (void)notice_sent(w, &x, "N-3", TLP_RED);
    assert_ok(w, store_commit(w));
    become(w, "pm");
    v = ask_ok(w, path, "");
    assert_int_equal(of_type(v, "report"), 2); /* RED goes to no program */
    assert_int_equal(of_type(v, "identity"), 1); /* told once */
    for (size_t i = 0; i < objects_in(v); i++) assert_true(jv_get(jv_at(jv_get(v, "objects"), i), "id") != NULL);
    become(w, NULL);
    assert_ok(w, store_begin(w));
    assert_ok(w, store_run(w, &recalled, ARGS(INT(n.id))));
    assert_ok(w, objects_recall(w, &n));
    assert_ok(w, store_commit(w));
    become(w, "pm");
    v = ask_ok(w, path, "match[type]=report,course-of-action");
    assert_int_equal(objects_in(v), 3);
    const struct jv *last = jv_at(jv_get(v, "objects"), 2);
    assert_true(jv_true(jv_get(last, "revoked")) && jv_get(last, "description") == NULL && str_cmp(jv_str(jv_get(last, "modified")), jv_str(jv_get(last, "created"))) > 0);
    /* passed on, those below find it */
    become(w, NULL);
    assert_ok(w, store_begin(w));
    struct delivery m;
    struct notice second;
    int64_t sent;
    assert_ok(w, delivery_of(w, n.id + 1, world_id(&x, "m0"), &m));
    assert_ok(w, notice_by_id(w, n.id + 1, &second));
    assert_ok(w, deliveries_pass(w, &second, &m, &(struct passing){.marking = {TLP_AMBER_STRICT, PAP_AMBER}}, &sent));
    assert_ok(w, objects_publish(w, &second));
    assert_ok(w, store_commit(w));
    become(w, "pk");
    struct said *s = asking(w, path, "", OK);
    assert_int_equal(of_type(s->v, "report"), 1);
    assert_true(str_find(buf_str(&s->b), tlp_stix_id(TLP_AMBER_STRICT)) >= 0 && str_find(buf_str(&s->b), tlp_stix_id(TLP_AMBER)) < 0);
}
static void test_notices(void **state)
{
    (void)state;
    each_store(notices);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(queries),      cmocka_unit_test(media),         cmocka_unit_test(addresses_and_times), cmocka_unit_test(test_paging),
                                       cmocka_unit_test(test_versions), cmocka_unit_test(test_whose),    cmocka_unit_test(test_adds),
                                       cmocka_unit_test(test_notices)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
