/* What programs of others send to the TAXII server: the first line is a query, the second an Accept header, the third an address, the rest a body as it is read
 * before it is put in. What is read keeps what the headers promise, and a next page's word leads back to where it was given. */
#include <stdlib.h>

#include "base/utf8.h"
#include "fuzz.h"
#include "share/taxii_query.h"

static void check(bool good)
{
    if (!good) abort();
}

static void check_query(struct work *w, str query)
{
    struct taxii_query q;
    enum err err = taxii_query_read(w, query, &q);
    check((err == OK) == (w->faults.count == 0) && (err == OK || err == INVALID));
    w->faults = (struct faults){0};
    if (err != OK) return;
    check(q.limit >= 1 && q.limit <= OBJECTS_PAGE_MAX && q.after >= -1);
    check(q.match.n_ids <= MATCHES && q.match.n_types <= MATCHES && q.match.n_specs <= 2 && q.match.n_versions <= MATCH_VERSIONS);
    check(q.match.newest || q.match.oldest || q.match.all || q.match.n_versions != 0);
    if (q.after < 0) return;
    struct taxii_query again;
    check(taxii_query_read(w, str_fmt(w->a, "next=%.*s", STR_ARG(taxii_next(w->a, q.after))), &again) == OK && again.after == q.after);
    int64_t back;
    if (q.after <= 253402300799999999) check(micro_parse(micro_text(w->a, q.after), &back) && back == q.after);
}

static void check_body(struct work *w, str body)
{
    struct stix_object *o;
    size_t n;
    enum err err = stix_read(w, S("body"), body, &o, &n);
    if (err != OK) {
        check(w->faults.count > 0);
        return;
    }
    int64_t wrong = 0;
    for (size_t i = 0; i < n; i++) {
        if (o[i].id.n == 0) {
            wrong++;
            continue;
        }
        check(o[i].id.n <= STIX_ID_MAX && str_starts(o[i].id, o[i].type) && o[i].version >= 0);
        check(o[i].bytes.p >= body.p && o[i].bytes.p + o[i].bytes.n <= body.p + body.n && utf8_bad(o[i].bytes) == o[i].bytes.n);
    }
    check(wrong == w->faults.count);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct work w = {.a = arena_new(0)};
    str rest = {(const char *)bytes, n}, query = {0}, accept = {0}, path = {0};
    str_cut(&rest, '\n', &query);
    str_cut(&rest, '\n', &accept);
    str_cut(&rest, '\n', &path);
    struct taxii_path p;
    check_query(&w, query);
    (void)taxii_accepted(accept);
    (void)taxii_content(accept);
    if (taxii_path_read(w.a, path, &p))
        for (size_t i = 0; i < p.n; i++) check(p.part[i].n <= STIX_ID_MAX && utf8_bad(p.part[i]) == p.part[i].n);
    check_body(&w, rest.p == NULL ? S("") : rest);
    arena_free(w.a);
    return 0;
}
