/* What is asked of servers of others, one question at a time, and what became of it. */
#include "share/sources.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "format/form.h"
#include "format/json.h"
#include "share/objects_store.h"
#include "share/stix_split.h"
#include "surface/door.h"

/* ---- what to ask ---- */

static void parameter(struct buf *b, const char *name, str value)
{
    if (value.n == 0) return;
    buf_fmt(b, "&%s=", name);
    form_encode(b, value);
}

static void pull_errand(struct work *w, const struct source *s, struct share_errand *out)
{
    struct buf b = buf_in(w->a);
    buf_fmt(&b, "%.*sobjects/?limit=%d", STR_ARG(s->url), PULL_LIMIT);
    parameter(&b, "added_after", s->after);
    parameter(&b, "next", s->page);
    out->url = buf_str(&b);
}

static enum err kept(struct work *w, const struct source *s)
{
    enum err e = store_begin(w);
    if (e != OK) return e;
    if ((e = source_keep(w, s)) == OK) return store_commit(w);
    store_rollback(w);
    return e;
}

static enum err held_back(struct work *w, const struct source *s, int64_t notice, bool recall, enum leave_verdict v)
{
    enum err e = store_begin(w);
    if (e != OK) return e;
    if ((e = push_done(w, s, notice, recall, v)) == OK) return store_commit(w);
    store_rollback(w);
    return e;
}

/* Theirs is an organisation that takes part and proved which it is; whether it is addressed is not known here. */
static enum err verdict_of(struct work *w, const struct notice *n, bool recall, enum leave_verdict *out)
{
    bool consented;
    enum err e = notice_consented(w, n, &consented);
    if (e != OK) return e;
    struct leaving l = notice_leaving(w, n, n->marking, consented);
    if (recall) l.recalled = false; /* that it was recalled is told to whom it was given */
    *out = leave_may(&l, BY_PEER, TO_COMMUNITY);
    return OK;
}

static enum err push_body(struct work *w, const struct notice *n, bool recall, str *out)
{
    struct stix_object *x;
    size_t n_objects;
    struct buf b = buf_in(w->a);
    struct json_out j = json_to(&b, 0);
    enum err e = stix_of_notice(w, n, n->marking, &x, &n_objects);
    if (e != OK) return e;
    json_open(&j, '{');
    json_key(&j, S("objects"));
    json_open(&j, '[');
    for (size_t i = 0; i < n_objects; i++) {
        if (recall && !str_eq(x[i].type, S("report"))) continue;
        if (recall && (e = notice_revoked(w, n, &x[i], &x[i])) != OK) return e;
        json_put_raw(&j, x[i].bytes);
    }
    json_close(&j, ']');
    json_close(&j, '}');
    *out = buf_str(&b);
    return OK;
}

/* NOTFOUND: nothing is left to be put there. */
static enum err push_errand(struct work *w, const struct source *s, struct share_errand *out)
{
    for (;;) {
        struct notice n;
        enum leave_verdict v;
        enum err e = push_next(w, s, &out->notice, &out->recall);
        if (e == OK) e = notice_by_id(w, out->notice, &n);
        if (e == OK) e = verdict_of(w, &n, out->recall, &v);
        if (e != OK) return e;
        if (v == LEAVE_YES) {
            out->url = str_fmt(w->a, "%.*sobjects/", STR_ARG(s->url));
            return push_body(w, &n, out->recall, &out->body);
        }
        if ((e = held_back(w, s, out->notice, out->recall, v)) != OK) return e;
    }
}

enum err share_errand_next(struct work *w, struct share_errand *out)
{
    struct source s;
    for (;;) {
        enum err e = source_due(w, &s);
        if (e != OK) return e;
        *out = (struct share_errand){.source = s.id, .key = str_fmt(w->a, "%.*s/%.*s", STR_ARG(s.org_code), STR_ARG(s.code))};
        if (!s.push) {
            pull_errand(w, &s, out);
            return OK;
        }
        if ((e = push_errand(w, &s, out)) != NOTFOUND) return e;
        s.due = w->now + s.every * 60;
        if ((e = kept(w, &s)) != OK) return e;
    }
}

/* ---- what became of it ---- */

static void failed(struct work *w, struct source *s, str id, str argument)
{
    s->fails++;
    s->due = w->now + pull_later(s);
    s->trouble = argument.n == 0
                     ? str_fmt(w->a, "%.*s\n", STR_ARG(id))
                     : str_fmt(w->a, "%.*s\n%.*s", STR_ARG(id), STR_ARG(utf8_head(utf8_safe(w->a, argument), 300)));
}

static void went_well(struct work *w, struct source *s)
{
    s->fine = w->now;
    s->fails = 0;
    s->trouble = S("");
}

/* An envelope without objects has no list (TAXII 2.1 §3.7). */
static enum err read_page(struct work *w, const struct share_answer *a, struct pull_page *p)
{
    struct stix_split split = {0};
    const struct jv *v = NULL;
    enum { SMALL = 4096 };
    struct buf objects = buf_in(w->a);
    *p = (struct pull_page){.last = a->last};
    bool small = a->body.n <= SMALL && jv_read(w, S("page"), a->body, &v) == OK && jv_type(v) == JV_OBJECT &&
                 jv_get(v, "objects") == NULL && jv_get(v, "id") == NULL;
    w->faults = (struct faults){0};
    if (!small) {
        enum err e = stix_split(w, S("page"), a->body, &split);
        if (e == OK && split.envelope.n != 0) e = jv_read(w, S("page"), split.envelope, &v);
        if (e != OK) return e;
        if (split.envelope.n == 0) v = NULL;
    }
    for (size_t i = 0; i < split.n; i++) buf_add(&objects, split.object[i]);
    p->digest = sha256_hex(w->a, buf_str(&objects));
    p->n = split.n;
    p->more = jv_true(jv_get(v, "more"));
    p->next = str_sub(jv_str(jv_get(v, "next")), 0, 1000);
    return OK;
}

/* Through the one door, like what a program puts in; the same page once more is the same act. */
static enum err put_in(struct work *w, const struct source *s, str body, str digest)
{
    const struct room *room = &share_room;
    const struct entry *entry = entry_find(room, S("taxii-add"));
    struct file *file = arena_alloc(w->a, sizeof *file);
    *file = (struct file){S("page"), body, digest};
    const struct given given[] = {{.name = S("for"), .text = s->org_code},
                                  {.name = S("collection"), .text = S("received")},
                                  {.name = S("file"), .text = file->name, .file = file},
                                  {.name = S("source"), .text = s->code}};
    struct args in;
    struct doc doc = doc_silent(w);
    str act = str_fmt(w->a, "pull %lld %.*s %.*s %.*s", (long long)s->id, STR_ARG(s->after), STR_ARG(s->page),
                      STR_ARG(digest));
    enum err e = args_parse(w, entry, given, sizeof given / sizeof *given, &in);
    if (e == OK) e = door_act(w, room, entry, &in, sha256_hex(w->a, act), false, &doc);
    if (e == CONFLICT) w->faults = (struct faults){0};
    return e;
}

static enum err pulled(struct work *w, struct source *s, const struct share_answer *a)
{
    struct pull_page p;
    enum err e = read_page(w, a, &p);
    bool again = false;
    if (e == OK && p.n != 0) {
        e = put_in(w, s, a->body, p.digest);
        again = e == CONFLICT;
        if (again) e = OK;
    }
    if (e == BUSY || e == STORE) return e;
    if (e != OK) {
        const struct fault *f = &w->faults.first[0];
        failed(w, s, M("what it gives cannot be read: %1"),
               w->faults.count > 0 ? tr_fill(w->a, LANG_EN, f->id, f->arg, FAULT_ARGS) : S(""));
        w->faults = (struct faults){0};
        return OK;
    }
    if (!again) s->taken += (int64_t)p.n;
    enum pull_verdict v = pull_after(s, &p);
    if (v > PULL_END) failed(w, s, pull_trouble(v), S(""));
    else went_well(w, s);
    if (v == PULL_ON) s->due = w->now;
    if (v == PULL_END) s->due = w->now + s->every * 60;
    return OK;
}

static enum err pushed(struct work *w, struct source *s, const struct share_errand *errand,
                       const struct share_answer *a)
{
    const struct jv *v = NULL;
    if (jv_read(w, S("status"), a->body, &v) != OK) v = NULL;
    w->faults = (struct faults){0};
    int64_t refused = jv_int(jv_get(v, "failure_count"));
    enum err e = held_back(w, s, errand->notice, errand->recall, LEAVE_YES);
    if (e != OK) return e;
    s->taken += !errand->recall;
    went_well(w, s);
    if (refused > 0)
        s->trouble = str_fmt(w->a, "%.*s\n%lld", STR_ARG(M("the server refused %1 objects")), (long long)refused);
    s->due = w->now;
    return OK;
}

enum err share_errand_done(struct work *w, const struct share_errand *errand, const struct share_answer *a)
{
    struct source s;
    enum err e = source_by_id(w, errand->source, &s);
    if (e != OK) return e;
    bool good = errand->body.n == 0 ? a->status == 200 : a->status == 200 || a->status == 202;
    s.tried = w->now;
    if (a->trouble.n != 0) failed(w, &s, a->trouble, a->argument);
    else if (!good) failed(w, &s, M("the server answers %1"), str_int(w->a, a->status));
    else if ((e = errand->body.n == 0 ? pulled(w, &s, a) : pushed(w, &s, errand, a)) != OK) return e;
    return kept(w, &s);
}
