/* Doing: acts, sign-in, marks. Runs in the writer: everything that waits in one transaction, each undone alone when it
 * is refused, one sync, then all answers. An act whose commit failed was not done, whatever its page would have said. */
#include "web/asked.h"

#include "base/hash.h"
#include "face/face.h"
#include "store/journal.h"
#include "surface/door.h"
#include "web/mounted.h"
#include "web/said.h"
#include "web/signin.h"

struct doing {
    struct asked q;
    struct args in;
    bool parsed;   /* in is filled */
    enum err err;  /* of a refusal; told when the transaction is over */
    bool done_before;
    struct mounted *mounted; /* NULL: a page's or a program's act, by its own address */
};

static struct work *work_of(struct worker *worker, const struct request *r)
{
    struct work *w = arena_alloc(worker->a, sizeof *w);
    *w = (struct work){.a = worker->a, .store = worker->store, .now = r->now, .board = worker->serving->board};
    return w;
}

/* ---- the answer of an act that was done ---- */

static void go_on(struct doing *d, const struct serving *serving, struct reply *reply)
{
    const struct going_on *next = d->q.w->next;
    str to = str_of(next->to), name = to, room;
    if (!str_cut(&name, ' ', &room)) return;
    const struct room *r = room_find(room);
    const struct entry *e = r == NULL ? NULL : entry_find(r, name);
    if (e == NULL) return;
    reply_restart(reply);
    answer_see_other(reply, page_url(d->q.w->a, r, e, next->given));
    if (next->said.n != 0) said_put(d->q.w->a, serving, reply, next->said);
}

/* Where the form stood is where one goes on, when the act names no place: the address of a page of this site. */
static void go_back(struct doing *d, const struct serving *serving, struct reply *reply)
{
    reply_restart(reply);
    answer_see_other(reply, d->q.next);
    str title = tr(d->q.lang, d->q.entry->title);
    said_put(d->q.w->a, serving, reply, tr_fill(d->q.w->a, d->q.lang, M("Done: %1"), &title, 1));
}

static bool local_address(str s)
{
    bool outside = s.n > 1 && (s.p[1] == '/' || s.p[1] == '\\');
    for (size_t i = 0; i < s.n; i++) outside = outside || (unsigned char)s.p[i] <= 0x20 || (unsigned char)s.p[i] >= 0x7F;
    return s.n > 0 && s.n < 2000 && s.p[0] == '/' && !outside;
}

static enum err run_act(struct doing *d, const struct serving *serving, struct reply *reply)
{
    struct asked *q = &d->q;
    struct page_frame f;
    bool html = asked_html(q);
    const struct page page = {entry_words(q->w->a, q->room, q->entry), q->entry->title, &d->in, q->lang};
    enum err err = html ? asked_frame(q, serving, &d->in, &f) : OK;
    if (err != OK) return err;
    f.choices = NULL; /* within a transaction no view may run */
    f.fields = NULL;
    struct doc *doc = html ? page_begin(q->w, &reply->body, &f) : format_json.begin(q->w, &reply->body, &page);
    err = door_batch_act(q->w, q->room, q->entry, &d->in, asked_act_id(q), q->rehearse, doc);
    if (err != OK) return err;
    if (html && q->rehearse) page_act_form(doc, q->room, q->entry); /* filled in as it was: now in earnest */
    if (html) page_end(doc);
    else format_json.end(doc);
    reply->status = 200;
    reply_header(reply, "Content-Type", html ? S("text/html; charset=utf-8") : S("application/json"));
    if (html && !q->rehearse && q->w->next != NULL) go_on(d, serving, reply);
    else if (html && !q->rehearse && local_address(q->next)) go_back(d, serving, reply);
    return OK;
}

/* ---- one of the batch ---- */

static enum err find_caller(struct doing *d, const struct serving *serving)
{
    enum err err = asked_caller(&d->q, serving);
    if (err != OK) return err;
    if (!d->q.known) return fault(d->q.w, DENIED, M("sign in first"));
    err = asked_actor(&d->q);
    if (err == OK) err = asked_given(&d->q);
    return err == OK ? asked_ours(&d->q, serving) : err;
}

static enum err act(struct doing *d, const struct serving *serving, struct reply *reply)
{
    enum err err = find_caller(d, serving);
    if (err == OK) err = door_batch_done(d->q.w, d->q.entry, asked_act_id(&d->q), &d->done_before);
    if (err != OK || d->done_before) return err;
    err = args_parse(d->q.w, d->q.entry, d->q.given, d->q.n_given, &d->in);
    d->parsed = err == OK;
    return err == OK ? run_act(d, serving, reply) : err;
}

/* The page was made; it may be sent once the journal says who read it. */
static enum err reading(struct doing *d, const struct serving *serving)
{
    enum err err = find_caller(d, serving);
    if (err == OK) err = args_parse(d->q.w, d->q.entry, d->q.given, d->q.n_given, &d->in);
    bool told = false; /* a second try: the line may stand already */
    if (err == OK && d->q.r->again) err = journal_has(d->q.w, d->q.r->act_id, &told);
    if (told) return err;
    return err == OK ? door_batch_reading(d->q.w, d->q.room, d->q.entry, &d->in, d->q.r->act_id) : err;
}

static enum err touch(struct doing *d, str digest)
{
    enum err err = store_save(d->q.w);
    if (err == OK) err = session_touch(d->q.w, digest);
    if (err == OK) return store_keep(d->q.w);
    store_undo(d->q.w);
    return err;
}

/* Nobody waits for it: the page has gone out. */
static enum err mark(struct doing *d, const struct serving *serving, str digest)
{
    enum err err = digest.n == 0 ? OK : touch(d, digest);
    if (err == OK) err = find_caller(d, serving);
    if (err == OK) err = args_parse(d->q.w, d->q.entry, d->q.given, d->q.n_given, &d->in);
    return err == OK ? door_batch_mark(d->q.w, d->q.entry, &d->in) : err;
}

/* What it wrote stays also when it refuses: failed tries are remembered. */
static bool sign_in(struct worker *worker, struct work *w, const struct request *r, struct reply *reply)
{
    enum place place;
    if (!signin_place(r, &place) || store_save(w) != OK) return false;
    bool theirs = signin_write(worker, w, r, reply);
    if (!theirs || reply->status >= 500 || store_keep(w) != OK) store_undo(w);
    return theirs;
}

static bool is_act(const struct entry *e)
{
    return e != NULL && e->kind == ENTRY_ACT && !(e->flags & (LOCAL | STATELESS | LONG));
}

/* The same act through the same door; only its name, its parameters and its answer are of another protocol. */
static enum err mounted_do(struct doing *d, const struct serving *serving)
{
    struct mount_act given;
    struct mounted *m = d->mounted;
    struct work *w = m->q.w;
    enum err err = mounted_who(m, serving);
    if (err == OK) err = mounted_act(m, &given);
    if (err == OK) err = door_batch_done(w, m->q.entry, m->ask.act_id, &d->done_before);
    if (err != OK || d->done_before) return err;
    struct doc doc = doc_silent(w);
    err = args_parse(w, m->q.entry, m->q.given, m->q.n_given, &d->in);
    return err == OK ? door_batch_act(w, m->room, m->q.entry, &d->in, m->ask.act_id, false, &doc) : err;
}

static void do_one(struct worker *worker, struct doing *d, const struct request *r, struct reply *reply)
{
    struct work *w = work_of(worker, r);
    asked_address(w, r, &d->q);
    d->mounted = str_starts(r->note, S("touch ")) ? NULL : mounted_begin(w, r, worker->serving);
    if (str_starts(r->note, S("touch "))) d->err = touch(d, str_sub(r->note, 6, r->note.n));
    else if (d->mounted != NULL) d->err = mounted_do(d, worker->serving);
    else if (str_starts(r->note, S("mark "))) d->err = mark(d, worker->serving, str_sub(r->note, 5, r->note.n));
    else if (sign_in(worker, w, r, reply)) return;
    else if (str_eq(r->note, S("reading"))) d->err = reading(d, worker->serving);
    else if (!is_act(d->q.entry)) d->err = fault(w, NOTFOUND, M("there is nothing to do at this address"));
    else d->err = act(d, worker->serving, reply);
    if (d->q.entry != NULL) reply->entry = str_c(w->a, entry_words(w->a, d->q.room, d->q.entry));
}

/* ---- when the transaction is over ---- */

static void told_before(struct doing *d, const struct serving *serving, struct reply *reply)
{
    struct asked *q = &d->q;
    struct page_frame f;
    reply->status = 200;
    if (asked_html(q) && asked_frame(q, serving, NULL, &f) == OK) {
        f.said = tr(q->lang, M("This was done already: it was not done a second time."));
        struct doc *doc = page_begin(q->w, &reply->body, &f);
        page_end(doc);
        reply_header(reply, "Content-Type", S("text/html; charset=utf-8"));
        return;
    }
    const struct page page = {entry_words(q->w->a, q->room, q->entry), q->entry->title, &d->in, q->lang};
    struct doc *doc = format_json.begin(q->w, &reply->body, &page);
    doc_note(doc, M("This was done already: it was not done a second time."));
    format_json.end(doc);
    reply_header(reply, "Content-Type", S("application/json"));
}

static void refused(struct doing *d, const struct serving *serving, enum err err, struct reply *reply)
{
    const char *entry = reply->entry;
    reply_restart(reply);
    reply->entry = entry;
    answer_refused(&d->q, serving, d->parsed ? &d->in : NULL, err, reply);
    if (!d->q.known && err != BUSY && err != STORE) reply->status = 401; /* busy: nobody has asked yet who it is */
}

static void answer_one(struct worker *worker, struct doing *d, bool committed, struct reply *reply)
{
    struct work *w = d->q.w;
    if (d->mounted != NULL) {
        if (!committed) w->faults.count = 0;
        mounted_told(d->mounted, committed ? d->err : BUSY, reply);
    } else if (!committed) {
        w->faults.count = 0;
        refused(d, worker->serving, BUSY, reply);
    } else if (d->err != OK) {
        refused(d, worker->serving, d->err, reply);
    } else if (d->done_before) {
        told_before(d, worker->serving, reply);
    }
}

/* Lightly: nothing is kept to undo a single act with. Where one turns out to need it, all is lost, and done again with
 * savepoints: an act that was refused after it had written is rare. */
static bool do_all(struct worker *worker, struct doing *d, const struct request *const *r, struct reply *const *reply,
                   size_t n, bool lightly, bool *lost)
{
    struct work *w = work_of(worker, r[0]);
    bool begun = door_batch_begin(w) == OK;
    if (begun && lightly) store_light(w->store);
    for (size_t i = 0; i < n; i++) {
        if (!lightly) reply_restart(reply[i]);
        d[i] = (struct doing){0};
        if (begun && !store_lost(w->store)) do_one(worker, &d[i], r[i], reply[i]);
        else {
            struct work *own = work_of(worker, r[i]);
            asked_address(own, r[i], &d[i].q);
            d[i].mounted = mounted_begin(own, r[i], worker->serving);
        }
    }
    *lost = begun && store_lost(w->store);
    if (*lost) door_batch_drop(w);
    return begun && !*lost && door_batch_commit(w) == OK;
}

void answer_write(struct worker *worker, const struct request *const *r, struct reply *const *reply, size_t n)
{
    struct doing *d = arena_array(worker->a, n + 1, sizeof *d);
    bool lost = false, committed = do_all(worker, d, r, reply, n, true, &lost);
    if (lost) committed = do_all(worker, d, r, reply, n, false, &lost);
    for (size_t i = 0; i < n; i++) answer_one(worker, &d[i], committed, reply[i]);
}
