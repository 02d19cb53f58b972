/* A collection of a million objects, paged through from the first to the last as a TAXII client does: is a page as quick at the end as at the beginning?
 *
 *   share_taxii DB OBJECTS       DB must not be there; 2 GB of disk for a million
 *
 * What bounds it. A page of a thousand: one walk along (collection, added) from where the last page ended, and a thousand look-ups of the bytes by the same
 * key; nothing is skipped or counted, so that the place in the collection does not matter. The last line is JSON; ms_first and ms_last are of ten pages. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "access/access.h"
#include "bench.h"
#include "share/objects.h"

enum { PAGE = 1000, ENDS = 10, IN_ONE = 5000, TYPES = 10 };

static void must(const struct work *w, enum err e, const char *what)
{
    if (e == OK) return;
    const struct fault *f = &w->faults.first[0];
    fprintf(stderr, "share_taxii: %s: %.*s\n", what, STR_ARG(f->id));
    exit(1);
}

static struct stix_object object_of(struct arena *a, int64_t n)
{
    static const char *const types[TYPES] = {"indicator", "indicator", "indicator", "indicator", "indicator", "indicator", "malware", "vulnerability", "report", "identity"};
    const char *type = types[n % TYPES];
    str id = str_fmt(a, "%s--%08" PRIx64 "-0000-4000-8000-%012" PRIx64, type, (uint64_t)n * 2654435761U % 0xFFFFFFFFU, (uint64_t)n);
    str bytes = str_fmt(a, "{\"type\":\"%s\",\"spec_version\":\"2.1\",\"id\":\"%.*s\",\"created\":\"2026-01-01T00:00:00.000Z\",\"modified\":\"2026-01-01T00:00:00.000Z\","
                           "\"name\":\"object %" PRId64 "\",\"pattern\":\"[ipv4-addr:value = '198.51.%" PRId64 ".%" PRId64 "']\",\"pattern_type\":\"stix\",\"valid_from\":\"2026-01-01T00:00:00Z\"}",
                        type, STR_ARG(id), n, n / 256 % 256, n % 256);
    return (struct stix_object){.id = id, .type = str_of(type), .spec = S("2.1"), .version = 1767225600000000, .marking = {TLP_AMBER, PAP_CLEAR}, .bytes = bytes};
}

static void fill(struct work *w, const struct party *p, int64_t n)
{
    for (int64_t at = 0; at < n; at += IN_ONE) {
        struct arena *a = arena_new(0), *before = w->a;
        struct collection c;
        w->a = a;
        w->now++;
        must(w, store_begin(w), "begin");
        must(w, collection_find(w, p, S("received"), &c), "collection");
        for (int64_t i = at; i < at + IN_ONE && i < n; i++) {
            const struct stix_object o = object_of(a, i);
            int64_t added;
            bool is_new;
            must(w, object_put(w, &c, &o, S("bench"), &added, &is_new), "put");
        }
        must(w, store_commit(w), "commit");
        w->a = before;
        arena_free(a);
    }
}

/* All pages; the time of the first and the last ten. */
static int64_t page_through(struct work *w, const struct party *p, const struct match *m, double *first, double *last, double *all)
{
    struct collection c;
    double ring[ENDS] = {0}, begun = now_ms();
    int64_t after = -1, n_objects = 0, pages = 0;
    must(w, collection_find(w, p, S("received"), &c), "collection");
    *first = 0;
    for (bool more = true; more; pages++) {
        struct arena *a = arena_new(0), *before = w->a;
        struct stored *s;
        size_t n;
        w->a = a;
        double from = now_ms();
        must(w, objects_page(w, p, &c, m, after, PAGE, true, &s, &n, &more), "page");
        double took = now_ms() - from;
        if (pages < ENDS) *first += took;
        if (n == PAGE) ring[pages % ENDS] = took; /* one that is not full would be quicker */
        n_objects += (int64_t)n;
        if (n != 0) after = s[n - 1].added;
        w->a = before;
        arena_free(a);
    }
    *last = 0;
    for (int i = 0; i < ENDS; i++) *last += ring[i];
    *all = now_ms() - begun;
    return n_objects;
}

int main(int argc, char **argv)
{
    static const struct sql add = SQL("INSERT INTO org (code, parent, kind, ord, name_ja, name_en) VALUES ('A', NULL, 'ministry', 1, 'A', 'A') RETURNING id");
    int64_t n = 0;
    if (argc != 3 || !str_to_int(str_of(argv[2]), &n) || n < PAGE * ENDS) {
        fprintf(stderr, "share_taxii DB OBJECTS\n");
        return 2;
    }
    struct actor owner = actor_owner(S("bench"));
    struct arena *life = arena_new(0);
    struct work w = {.a = life, .now = 1790000000, .actor = &owner, .lo = owner.lo, .hi = owner.hi};
    struct party p = {.code = S("A"), .owner = true};
    must(&w, store_open(&w, life, str_of(argv[1]), STORE_WRITE, &w.store), "open");
    must(&w, store_begin(&w), "begin");
    must(&w, store_int(&w, &add, NOARGS, &p.org), "organisation");
    must(&w, store_commit(&w), "commit");
    double begun = now_ms(), first, last, all, type_first, type_last, type_all;
    fill(&w, &p, n);
    printf("%" PRId64 " objects put in: %.0f ms\n", n, now_ms() - begun);
    const struct match newest = {.newest = true}, of_type = {.newest = true, .n_types = 2, .type = {S_INIT("malware"), S_INIT("report")}};
    int64_t told = page_through(&w, &p, &newest, &first, &last, &all), typed = page_through(&w, &p, &of_type, &type_first, &type_last, &type_all);
    if (told != n || typed != n / TYPES * 2) {
        fprintf(stderr, "share_taxii: %" PRId64 " of %" PRId64 " objects came, %" PRId64 " of two types\n", told, n, typed);
        return 1;
    }
    printf("%" PRId64 " objects paged through: %.0f ms; two of ten types: %.0f ms, last to first %.2f\n", told, all, type_all, type_last / type_first);
    printf("{\"objects\":%" PRId64 ",\"ms\":%.1f,\"ms_first\":%.3f,\"ms_last\":%.3f,\"ratio\":%.3f,\"type_ratio\":%.3f}\n", told, all, first, last, last / first, type_last / type_first);
    arena_free(life);
    return 0;
}
