/* Notices as a collection: a row says that the party has one, its objects are made when a program fetches them. What
 * may leave is asked each time. */
#include "share/objects_store.h"

#include "format/json.h"

enum { OFFERS_A_STEP = 50 };

enum err objects_publish(struct work *w, const struct notice *n) { return offers_make(w, n->id); }
enum err objects_recall(struct work *w, const struct notice *n) { return offers_recall(w, n->id); }

/* Those that are the same in every notice: of the issuer, of a marking. */
static bool told_before(const struct offer *o, const struct stix_object *x)
{
    enum tlp tlp;
    if (str_eq(x->type, S("identity"))) return !o->first_issuer;
    if (!str_eq(x->type, S("marking-definition"))) return false;
    return tlp_of_stix_id(x->id, &tlp) ? !o->first_tlp : !o->first_pap;
}

static bool is_shared(const struct stix_object *x)
{
    return str_eq(x->type, S("identity")) || str_eq(x->type, S("marking-definition"));
}

/* The report alone, revoked (STIX 2.1 §3.2): without the text, which who has it keeps, and who never fetched it need
 * not get any more. */
enum err notice_revoked(struct work *w, const struct notice *n, const struct stix_object *report,
                        struct stix_object *out)
{
    const struct jv *v = NULL, *value;
    struct buf b = buf_in(w->a);
    struct json_out j = json_to(&b, 0);
    str key, at = micro_text(w->a, n->recalled * 1000000);
    at = str_fmt(w->a, "%.*s.000Z", 19, at.p); /* milliseconds, as §3.2 has them */
    enum err e = jv_read(w, S("report"), report->bytes, &v);
    if (e != OK) return e;
    json_open(&j, '{');
    for (void *i = NULL; jv_member(v, &i, &key, &value);) {
        if (str_eq(key, S("description")) || str_eq(key, S("modified"))) continue;
        json_key(&j, key);
        struct buf one = buf_in(w->a);
        jv_copy(&one, value);
        json_put_raw(&j, buf_str(&one));
    }
    json_key(&j, S("modified"));
    json_put_str(&j, at);
    json_key(&j, S("revoked"));
    json_put_bool(&j, true);
    json_close(&j, '}');
    *out = *report;
    out->bytes = buf_str(&b);
    out->version = n->recalled * 1000000;
    return OK;
}

/* The objects of one row that may be told now, each at its time. */
static enum err objects_of(struct work *w, const struct offer *o, struct stored *out, size_t *n)
{
    struct notice notice;
    struct stix_object *x;
    size_t n_objects;
    enum err e = notice_by_id(w, o->notice, &notice);
    if (e == OK) e = stix_of_notice(w, &notice, o->marking, &x, &n_objects);
    if (e != OK) return e;
    /* it was not sent without a consent where one is needed */
    struct leaving l = notice_leaving(w, &notice, o->marking, true);
    /* that it was recalled may be told to whoever had it */
    l.recalled = l.recalled && !o->recall;
    bool whole = leave_may(&l, BY_COLLECTION, TO_ADDRESSEE) == LEAVE_YES;
    for (size_t i = 0; i < n_objects && i < OFFER_OBJECTS; i++) {
        bool shared = is_shared(&x[i]), report = str_eq(x[i].type, S("report"));
        /* Who issues and what a marking says is told with the first notice, also where that one may not leave: later
         * ones refer to it. */
        if (o->recall ? !report || !whole : shared ? told_before(o, &x[i]) : !whole) continue;
        if (o->recall && (e = notice_revoked(w, &notice, &x[i], &x[i])) != OK) return e;
        out[(*n)++] = (struct stored){.object = x[i],
                                      .added = o->added + (int64_t)i,
                                      .size = (int64_t)x[i].bytes.n,
                                      .oldest = true,
                                      .newest = true,
                                      .source = notice.issuer_code};
    }
    return OK;
}

static bool is_one(str s, const str *all, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(s, all[i])) return true;
    return n == 0;
}

static bool matches(const struct match *m, const struct stored *s)
{
    bool version = m->all || m->newest || m->oldest;
    for (size_t i = 0; !version && i < m->n_versions; i++) version = m->version[i] == s->object.version;
    return version && is_one(s->object.id, m->id, m->n_ids) && is_one(s->object.type, m->type, m->n_types) &&
           is_one(s->object.spec, m->spec, m->n_specs);
}

struct paging {
    struct stored *all;
    size_t n, room, limit; /* limit: one more than the page has */
    int64_t after, size;
    bool full;
};

static void take_one(struct work *w, struct paging *x, const struct stored *s)
{
    x->size += s->size;
    if (x->n == x->limit - 1 || (x->n != 0 && x->size > OBJECTS_PAGE_BYTES)) {
        x->full = true;
        return;
    }
    x->all = arena_more(w->a, x->all, x->n, &x->room, sizeof *x->all);
    x->all[x->n++] = *s;
}

enum err offers_page(struct work *w, const struct party *p, const struct match *m, int64_t after, size_t limit,
                     struct stored **out, size_t *n, bool *more)
{
    struct paging x = {.limit = limit + 1, .after = after};
    int64_t from = after;
    for (size_t n_offers = OFFERS_A_STEP; !x.full && n_offers == OFFERS_A_STEP;) {
        struct offer *o;
        enum err e = offers_after(w, p->org, from, OFFERS_A_STEP, &o, &n_offers);
        if (e != OK) return e;
        for (size_t i = 0; i < n_offers && !x.full; i++) {
            struct arena_mark mark = arena_mark(w->a);
            struct stored *s = arena_array(w->a, OFFER_OBJECTS, sizeof *s);
            size_t n_objects = 0, before = x.n;
            if ((e = objects_of(w, &o[i], s, &n_objects)) != OK) return e;
            for (size_t k = 0; k < n_objects && !x.full; k++)
                if (s[k].added > x.after && matches(m, &s[k])) take_one(w, &x, &s[k]);
            if (x.n == before) arena_back(w->a, mark);
            from = o[i].added + OFFER_OBJECTS; /* offers_after goes back by that much: exactly behind this one */
        }
    }
    *out = x.all;
    *n = x.n;
    *more = x.full;
    return OK;
}
