#include "share/objects_store.h"

#include "base/clock.h"
#include "base/lang.h"
#include "base/uuid.h"
#include "surface/door.h"

/* Made once with a random UUID: what a collection is known by follows from whose it is, so that no row has to be made
 * before it is read. */
#define NAMESPACE S("70302071-8f6f-4736-b7e4-3efa6b16b500")

enum { SET_ASIDE = 256 };

/* ---- time ---- */

str micro_text(struct arena *a, int64_t micro)
{
    int64_t part = ((micro % 1000000) + 1000000) % 1000000;
    str t = time_text(a, (micro - part) / 1000000);
    return str_fmt(a, "%.*s.%06dZ", (int)t.n - 1, t.p, (int)part);
}

bool micro_parse(str s, int64_t *out)
{
    int64_t seconds, part = 0, unit = 100000;
    char whole[64];
    ptrdiff_t point = str_find(s, S("."));
    if (s.n >= sizeof whole) return false;
    if (point < 0) {
        if (!time_parse(s, &seconds) || seconds < 0 || seconds > 253402300799) return false;
        *out = seconds * 1000000;
        return true;
    }
    size_t at = (size_t)point + 1, digits = 0;
    for (; at < s.n && s.p[at] >= '0' && s.p[at] <= '9'; at++, digits++, unit /= 10) part += (s.p[at] - '0') * unit;
    str before = str_sub(s, 0, (size_t)point), behind = str_sub(s, at, s.n);
    memcpy(whole, before.p, before.n);
    memcpy(whole + before.n, behind.p, behind.n);
    if (digits == 0 || !time_parse((str){whole, before.n + behind.n}, &seconds) || seconds < 0 ||
        seconds > 253402300799)
        return false;
    *out = seconds * 1000000 + part;
    return true;
}

/* ---- collections ---- */

static enum err with_row(struct work *w, struct collection *c) { return collection_row(w, c->uuid, &c->id); }

static struct collection own(struct work *w, const struct party *p, enum collection_kind kind)
{
    static const struct collection of[] = {
        [OF_NOTICES] = {.kind = OF_NOTICES,
                        .alias = S_INIT("notices"),
                        .title_ja = S_INIT("貴機関宛ての情報提供"),
                        .title_en = S_INIT("Notices sent to you"),
                        .can_read = true},
        [OF_RECEIVED] = {.kind = OF_RECEIVED,
                         .alias = S_INIT("received"),
                         .title_ja = S_INIT("他のサーバー・ファイルから受け取ったもの"),
                         .title_en = S_INIT("Received from other servers and files"),
                         .can_read = true,
                         .can_write = true},
    };
    struct collection c = of[kind];
    c.uuid = uuid5(w->a, NAMESPACE, str_fmt(w->a, "%.*s %.*s", STR_ARG(c.alias), STR_ARG(p->code)));
    return c;
}

static struct collection of_group(struct work *w, const struct group_seen *g)
{
    return (struct collection){.kind = OF_GROUP,
                               .uuid = uuid5(w->a, NAMESPACE, str_fmt(w->a, "group %.*s", STR_ARG(g->uuid))),
                               .alias = str_fmt(w->a, "group-%.*s", STR_ARG(g->code)),
                               .title_ja = g->ja,
                               .title_en = g->en,
                               .can_read = true,
                               .can_write = g->owner || g->open,
                               .since = g->since * 1000000};
}

enum err collections_of(struct work *w, const struct party *p, struct collection **out, size_t *n)
{
    struct group_seen *g;
    size_t n_groups;
    enum err e = groups_seen(w, p->org, w->now, &g, &n_groups);
    if (e != OK) return e;
    struct collection *c = arena_array(w->a, n_groups + 2, sizeof *c);
    c[0] = own(w, p, OF_NOTICES);
    c[1] = own(w, p, OF_RECEIVED);
    for (size_t i = 0; i < n_groups; i++) c[i + 2] = of_group(w, &g[i]);
    *out = c;
    *n = n_groups + 2;
    return OK;
}

enum err collection_find(struct work *w, const struct party *p, str code, struct collection *out)
{
    struct collection *c;
    size_t n;
    enum err e = collections_of(w, p, &c, &n);
    if (e != OK) return e;
    for (size_t i = 0; i < n; i++) {
        if (!str_eq(c[i].uuid, code) && !str_eq(c[i].alias, code)) continue;
        *out = c[i];
        out->among = c;
        out->n_among = n;
        return with_row(w, out);
    }
    return fault(w, NOTFOUND, M("there is no collection '%1' that is yours to read"), str_sub(code, 0, CODE_MAX));
}

/* ---- putting in ---- */

/* Who puts an object into a collection addresses it to those who have it. */
static enum err may_stand(struct work *w, const struct stix_object *o)
{
    const struct leaving l = {.marking = o->marking, .sent = true};
    enum leave_verdict v = leave_may(&l, BY_COLLECTION, TO_ADDRESSEE);
    return v == LEAVE_YES ? OK : fault(w, CONFLICT, leave_why(v), tlp_label(o->marking.tlp));
}

static bool is_wider(struct marking m, struct marking than) { return m.tlp < than.tlp || m.pap < than.pap; }

/* How narrowly the party itself has it. What others hold says nothing here: else whoever marks a well-known object
 * narrowly would keep all others from it, and by being refused one would learn what others hold. */
static enum err narrowest_here(struct work *w, const struct collection *c, str id, struct marking *out)
{
    struct marked_in *in;
    size_t n;
    enum err e = object_marked(w, id, &in, &n);
    *out = (struct marking){0};
    for (size_t i = 0; e == OK && i < n; i++)
        for (size_t k = 0; k < c->n_among; k++)
            if (str_eq(c->among[k].uuid, in[i].collection)) *out = marking_both(*out, in[i].marking);
    return e;
}

static enum err never_wider(struct work *w, const struct collection *c, const struct stix_object *o,
                            const struct versions_known *known)
{
    struct marking here;
    if (!known->anywhere || !is_wider(o->marking, known->narrowest)) return OK;
    enum err e = narrowest_here(w, c, o->id, &here);
    if (e != OK || !is_wider(o->marking, here)) return e;
    return fault(w, CONFLICT, M("'%1' is marked %2, and stands here marked %3: a marking is never widened"), o->id,
                 tlp_label(o->marking.tlp), tlp_label(here.tlp));
}

enum err object_put(struct work *w, struct collection *c, const struct stix_object *o, str source, int64_t *added,
                    bool *is_new)
{
    struct versions_known known;
    str bytes;
    enum err e = may_stand(w, o);
    if (e == OK && c->id == 0) e = collection_make(w, c->uuid, &c->id);
    if (e == OK) e = object_versions(w, c->id, o->id, &known);
    if (e != OK) return e;
    *is_new = false;
    e = known.any ? object_same(w, c->id, o->id, o->version, &bytes) : NOTFOUND;
    if (e == OK && str_eq(bytes, o->bytes)) return OK;
    if (e == OK) return fault(w, CONFLICT, M("'%1' stands there in this version with other contents"), o->id);
    if (e != NOTFOUND) return e;
    if ((e = never_wider(w, c, o, &known)) != OK) return e;
    if (c->left == 0) e = object_clock(w, c->left = SET_ASIDE, &c->next);
    else e = OK;
    *added = c->next++;
    c->left--;
    if (e == OK) e = object_insert(w, c->id, o, &known, source, *added);
    *is_new = e == OK;
    return e;
}

/* ---- many ---- */

static str in_english(struct work *w, const struct fault *f)
{
    return tr_fill(w->a, LANG_EN, f->id, f->arg, FAULT_ARGS);
}

/* What was read and is wrong: its fault names it by its place ("body#7"), the first twenty of them. */
static void take_wrong(struct work *w, const struct stix_object *o, size_t n, struct taken *t)
{
    for (size_t i = 0; i < n; i++) {
        if (o[i].id.n != 0) continue;
        t->one[i].id = str_fmt(w->a, "object %zu", i + 1);
        t->one[i].why = S("this object is wrong, and so were those before it");
        t->bad++;
    }
    for (int64_t i = 0; i < w->faults.count && i < FAULTS_SHOWN; i++) {
        const struct fault *f = &w->faults.first[i];
        int64_t place;
        ptrdiff_t at = str_find(f->where.file, S("#"));
        if (at < 0 || !str_to_int(str_sub(f->where.file, (size_t)at + 1, f->where.file.n), &place) || place < 1 ||
            (size_t)place > n)
            continue;
        struct taken_one *one = &t->one[place - 1];
        if (f->arg[0].n != 0 && str_find(f->arg[0], S("--")) >= 0) one->id = f->arg[0];
        one->why = in_english(w, f);
    }
    w->faults = (struct faults){0};
}

enum err objects_take(struct work *w, struct collection *c, const struct stix_object *o, size_t n, str source,
                      struct taken *out)
{
    *out = (struct taken){.one = arena_array(w->a, n + 1, sizeof *out->one), .n = n};
    take_wrong(w, o, n, out);
    for (size_t i = 0; i < n; i++) {
        struct taken_one *one = &out->one[i];
        int64_t added;
        bool is_new;
        if (o[i].id.n == 0) continue;
        enum err e = object_put(w, c, &o[i], source, &added, &is_new);
        if (e != OK && e != CONFLICT) return e;
        *one = (struct taken_one){.id = o[i].id, .version = o[i].version, .good = e == OK};
        if (e == CONFLICT) one->why = in_english(w, &w->faults.first[0]);
        w->faults = (struct faults){0};
        out->good += e == OK;
        out->bad += e != OK;
        out->fresh += e == OK && is_new;
    }
    return OK;
}

void taken_noted(struct work *w, const struct collection *c, const struct taken *t)
{
    enum { REFUSED_NOTED = 20 };
    act_noted(w, S("collection"), c->alias);
    act_noted(w, S("objects"), str_int(w->a, (int64_t)t->n));
    act_noted(w, S("new"), str_int(w->a, (int64_t)t->fresh));
    act_noted(w, S("refused"), str_int(w->a, (int64_t)t->bad));
    size_t told = 0;
    for (size_t i = 0; i < t->n && told < REFUSED_NOTED; i++) {
        if (t->one[i].good) continue;
        act_noted(w, S("refused_object"), str_fmt(w->a, "%.*s: %.*s", STR_ARG(t->one[i].id), STR_ARG(t->one[i].why)));
        told++;
    }
}

/* ---- a page of what was put in ---- */

static int by_added(const void *a, const void *b)
{
    const struct stored *x = a, *y = b;
    return (x->added > y->added) - (x->added < y->added);
}

/* Each wanted id or type in an order of its own; the first of all of them together. */
static enum err keys_of_many(struct work *w, int64_t collection, const struct match *m, int64_t after, size_t limit,
                             struct stored **out, size_t *n)
{
    bool ids = m->n_ids != 0;
    size_t many = ids ? m->n_ids : m->n_types;
    struct stored *all = arena_array(w->a, many * limit + 1, sizeof *all);
    *n = 0;
    for (size_t i = 0; i < many; i++) {
        struct stored *some;
        size_t n_some;
        enum err e = object_keys(w, collection, m, ids ? S("") : m->type[i], ids ? m->id[i] : S(""), after, limit,
                                 &some, &n_some);
        if (e != OK) return e;
        for (size_t k = 0; k < n_some; k++) {
            bool typed = !ids || m->n_types == 0;
            for (size_t t = 0; !typed && t < m->n_types; t++) typed = str_eq(some[k].object.type, m->type[t]);
            if (typed) all[(*n)++] = some[k];
        }
    }
    if (*n > 1) qsort(all, *n, sizeof *all, by_added);
    if (*n > limit) *n = limit;
    *out = all;
    return OK;
}

static enum err page_put_in(struct work *w, const struct collection *c, const struct match *m, int64_t after,
                            size_t limit, bool bytes, struct stored **out, size_t *n, bool *more)
{
    enum err e = OK;
    *n = 0;
    *more = false;
    if (c->id == 0) return OK;
    if (m->n_ids != 0 || m->n_types != 0) e = keys_of_many(w, c->id, m, after, limit + 1, out, n);
    else e = object_keys(w, c->id, m, S(""), S(""), after, limit + 1, out, n);
    if (e != OK) return e;
    *more = *n > limit;
    if (*more) *n = limit;
    int64_t size = 0;
    for (size_t i = 0; bytes && i < *n; i++) {
        size += (*out)[i].size;
        if (i != 0 && size > OBJECTS_PAGE_BYTES) {
            *n = i;
            *more = true;
            break;
        }
        if ((e = object_bytes(w, c->id, (*out)[i].added, &(*out)[i].object.bytes)) != OK) return e;
    }
    return OK;
}

enum err objects_page(struct work *w, const struct party *p, const struct collection *c, const struct match *m,
                      int64_t after, size_t limit, bool bytes, struct stored **out, size_t *n, bool *more)
{
    *out = NULL;
    if (c->kind == OF_NOTICES) return offers_page(w, p, m, after, limit, out, n, more);
    return page_put_in(w, c, m, after < c->since ? c->since - 1 : after, limit, bytes, out, n, more);
}
