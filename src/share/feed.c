#include "share/feed.h"

#include "share/feed_store.h"
#include "share/misp.h"

enum { UPDATES_MAX = 100 };

/* Goes back through what it updates, as long as a reader of this feed was told of those too. */
static enum err history(struct work *w, enum route by, enum receiver to, struct feed_item *x)
{
    struct notice n = x->notice;
    x->first = n.uuid;
    x->published = n.sent;
    x->before = S("");
    for (int i = 0; i < UPDATES_MAX && n.supersedes != 0; i++) {
        enum err e = notice_by_id(w, n.supersedes, &n);
        if (e != OK) return e;
        struct leaving l = notice_leaving(w, &n, n.marking, true);
        if (leave_may(&l, by, to) != LEAVE_YES) return OK;
        if (i == 0) x->before = n.uuid;
        x->first = n.uuid;
        x->published = n.sent;
    }
    return OK;
}

static enum err fill(struct work *w, enum route by, enum receiver to, struct feed_item *x)
{
    struct notice_reference *r;
    struct attachment *a;
    enum err e = notice_references(w, x->notice.id, &r, &x->with.n_references);
    if (e == OK) e = notice_attachments(w, x->notice.id, &a, &x->with.n_attachments);
    if (e != OK) return e;
    x->with.reference = r;
    x->with.attachment = a;
    return history(w, by, to, x);
}

static enum err those_that_may(struct work *w, enum route by, enum receiver to, const int64_t *ids, size_t n_ids,
                               struct feed_item **out, size_t *n)
{
    size_t k = 0;
    struct feed_item *all = arena_array(w->a, n_ids + 1, sizeof *all);
    for (size_t i = 0; i < n_ids; i++) {
        bool consented = false;
        struct feed_item *x = &all[k];
        enum err e = notice_by_id(w, ids[i], &x->notice);
        if (e == OK) e = notice_consented(w, &x->notice, &consented);
        if (e != OK) return e;
        struct leaving l = notice_leaving(w, &x->notice, x->notice.marking, consented);
        if (leave_may(&l, by, to) != LEAVE_YES) continue;
        if ((e = fill(w, by, to, x)) != OK) return e;
        k++;
    }
    *out = all;
    *n = k;
    return OK;
}

static enum tlp narrowest(enum receiver to) { return to == TO_PUBLIC ? TLP_CLEAR : TLP_GREEN; }

enum err feed_items(struct work *w, enum route by, enum receiver to, int64_t most, struct feed_item **out, size_t *n)
{
    int64_t *ids;
    size_t n_ids;
    enum err e = feed_notices(w, narrowest(to), w->now, most, &ids, &n_ids);
    return e == OK ? those_that_may(w, by, to, ids, n_ids, out, n) : e;
}

enum err feed_item(struct work *w, enum route by, enum receiver to, str uuid_or_code, struct feed_item **out, size_t *n)
{
    int64_t *ids;
    size_t n_ids;
    enum err e = feed_notice(w, narrowest(to), w->now, uuid_or_code, &ids, &n_ids);
    return e == OK ? those_that_may(w, by, to, ids, n_ids, out, n) : e;
}

str feed_misp_event(struct arena *a, const struct feed_item *x)
{
    return misp_event_json(a, &x->notice, x->notice.marking, &x->with, x->before);
}

str feed_misp_manifest(struct arena *a, const struct feed_item *x, size_t n)
{
    struct buf b = buf_in(a);
    buf_byte(&b, '{');
    for (size_t i = 0; i < n; i++) {
        if (i != 0) buf_add(&b, S(",\n"));
        misp_manifest_line(&b, &x[i].notice, x[i].notice.marking, feed_misp_event(a, &x[i]));
    }
    buf_add(&b, S("}\n"));
    return buf_str(&b);
}

str feed_misp_hashes(struct arena *a, const struct feed_item *x, size_t n)
{
    struct buf b = buf_in(a);
    for (size_t i = 0; i < n; i++) misp_hash_lines(&b, &x[i].notice, &x[i].with);
    return buf_str(&b);
}
