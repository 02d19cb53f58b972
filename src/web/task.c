/* Long acts: the form is answered at once with the page of the task; the act runs after that answer has gone. One at a
 * time, since each of them holds the one lock of writers; others wait in the socket. */
#include "web/asked.h"

#include <string.h>

#include <unistd.h>

#include "base/hash.h"
#include "base/lang.h"
#include "surface/board.h"
#include "surface/door.h"
#include "task/task.h"
#include "base/clock.h"
#include "web/log.h"
#include "web/metrics.h"

struct running {
    struct asked q;
    struct args in;
    struct task task;
    struct board_line *line;
    bool before; /* the same form came before: shown, not done again */
    struct task_kept trial; /* what is done here was tried out before with the same */
};

/* ---- progress ---- */

static struct board_line *take_line(const struct serving *serving, str id)
{
    struct board_line *line = &serving->board->line[0]; /* one task process, one line */
    memset(line->id, 0, sizeof line->id);
    line->done = line->total = 0;
    line->what[0] = '\0'; /* what the one before said last */
    line->began = clock_now();
    memcpy(line->id, id.p, id.n < sizeof line->id ? id.n : sizeof line->id - 1);
    return line;
}

static void tell(void *watcher, str what, int64_t done, int64_t total)
{
    struct board_line *line = watcher;
    size_t n = what.n < sizeof line->what ? what.n : sizeof line->what - 1;
    memcpy(line->what, what.p, n);
    line->what[n] = '\0';
    line->done = done;
    line->total = total;
}

/* ---- beginning ---- */

static str in_words(struct asked *q)
{
    struct buf b = buf_in(q->w->a);
    for (size_t i = 0; i < q->n_given; i++) {
        const struct given *g = &q->given[i];
        const struct param *p = param_find(q->entry, g->name);
        if (p == NULL || p->flags & (SECRET | PERSONAL)) continue;
        str value = g->file != NULL ? g->file->name : g->text;
        buf_fmt(&b, "%s%.*s=%.*s", b.n == 0 ? "" : " ", STR_ARG(g->name), STR_ARG(value));
    }
    return buf_str(&b);
}

/* What the trial was given, in place of a form filled in again. */
static enum err take_trial(struct running *t)
{
    struct asked *q = &t->q;
    if (q->trial.n == 0) return OK;
    enum err err = task_kept(q->w, q->trial, entry_words(q->w->a, q->room, q->entry), &t->trial);
    if (err != OK) return err;
    q->given = t->trial.given;
    q->n_given = t->trial.n;
    return OK;
}

static bool secret(const struct entry *e)
{
    for (const struct param *p = e->params; p != NULL && p->name != NULL; p++)
        if (p->flags & SECRET) return true;
    return false;
}

static enum err understand(struct running *t, const struct serving *serving)
{
    struct asked *q = &t->q;
    if (q->entry == NULL || q->entry->kind != ENTRY_ACT || !(q->entry->flags & LONG))
        return fault(q->w, NOTFOUND, M("there is nothing to do at this address"));
    enum err err = asked_caller(q, serving);
    if (err == OK && !q->known) err = fault(q->w, DENIED, M("sign in first"));
    if (err == OK) err = asked_actor(q);
    if (err == OK) err = asked_given(q);
    if (err == OK) err = asked_ours(q, serving);
    if (err == OK) err = take_trial(t);
    if (err == OK) err = args_parse(q->w, q->entry, q->given, q->n_given, &t->in);
    return err == OK ? door_may(q->w, q->entry, &t->in) : err;
}

static enum err begin(struct running *t, const struct serving *serving)
{
    struct asked *q = &t->q;
    enum err err = understand(t, serving);
    if (err != OK) return err;
    str id = str_sub(sha256_hex(q->w->a, asked_act_id(q)), 0, 16);
    t->task = (struct task){id, entry_words(q->w->a, q->room, q->entry), in_words(q), q->rehearse};
    err = task_begun(q->w, &t->task);
    t->before = err == CONFLICT;
    if (err == OK) t->line = take_line(serving, id);
    return t->before ? OK : err;
}

static void answer_begun(struct running *t, struct reply *reply)
{
    str url = str_fmt(t->q.w->a, "/task/show?task=%.*s", STR_ARG(t->task.id));
    if (asked_html(&t->q)) {
        answer_see_other(reply, url);
        return;
    }
    reply->status = 202;
    reply_header(reply, "Location", str_fmt(t->q.w->a, "/task/show.json?task=%.*s", STR_ARG(t->task.id)));
    reply_header(reply, "Content-Type", S("application/json"));
    out_put(&reply->body, str_fmt(t->q.w->a, "{\"task\":\"%.*s\"}\n", STR_ARG(t->task.id)));
}

/* Called for each request; what is to be run afterwards stays in worker->own. */
void answer_task(struct worker *worker, const struct request *r, struct reply *reply)
{
    struct work *w = arena_alloc(worker->a, sizeof *w);
    struct running *t = arena_alloc(worker->a, sizeof *t);
    *w = (struct work){.a = worker->a, .store = worker->store, .now = r->now, .board = worker->serving->board};
    asked_address(w, r, &t->q);
    enum err err = begin(t, worker->serving);
    if (err == OK) {
        answer_begun(t, reply);
        worker->own = t->before ? NULL : t;
    } else {
        answer_refused(&t->q, worker->serving, NULL, err, reply);
        if (!t->q.known && err != BUSY && err != STORE) reply->status = 401;
    }
    if (t->q.entry != NULL) reply->entry = str_c(w->a, entry_words(w->a, t->q.room, t->q.entry));
}

/* ---- running: after the answer has gone; the request and its body still stand ---- */

/* The id under which the trial is run once more: its line is never written. */
static enum err still_so(struct running *t)
{
    struct asked *q = &t->q;
    struct work *w = q->w;
    if (q->rehearse || t->trial.n == 0) return OK;
    struct doc *doc = told_doc(w, told_lang(w, t->trial.told));
    enum err err = door_act(w, q->room, q->entry, &t->in, asked_act_id(q), true, doc);
    if (err != OK || str_eq(told_json(doc, err), t->trial.told)) return err;
    return fault(w, CONFLICT,
                 M("what it would change is no longer what was shown, for something was changed meanwhile: try it out "
                   "again, look at it, then do it"));
}

/* What was refused stands in no journal, since nothing was changed; a forged marking among what was uploaded is to be found all the same. */
static void refused_logged(const struct running *t)
{
    const struct asked *q = &t->q;
    struct log log = {.fd = STDERR_FILENO, .process = place_name(AT_TASK)};
    str why = q->w->faults.count > 0 ? q->w->faults.first[0].id : S(""); /* without what was given: that may name persons */
    log_event(&log, LOG_WARN_LINE, "a task was refused", LOG_TEXT("entry", entry_words(q->w->a, q->room, q->entry)), LOG_TEXT("task", t->task.id),
              LOG_TEXT("person", q->caller.person_code), LOG_TEXT("reason", why));
}

void task_run(struct worker *worker)
{
    struct running *t = worker->own;
    if (t == NULL) return;
    worker->own = NULL;
    struct asked *q = &t->q;
    struct work *w = q->w;
    struct doc *doc = told_doc(w, q->lang);
    w->progress = tell;
    w->watcher = t->line;
    enum err err = still_so(t);
    if (err == OK) err = door_act(w, q->room, q->entry, &t->in, asked_act_id(q), q->rehearse, doc);
    if (err != OK) refused_logged(t);
    str told = told_json(doc, err);
    enum err kept = OK; /* when this fails, the file has to be chosen again */
    if (err == OK && q->rehearse && !secret(q->entry)) kept = task_keep(w, t->task.id, q->given, q->n_given);
    if (err == OK && !q->rehearse && q->trial.n != 0) kept = task_kept_drop(w, q->trial);
    (void)kept;
    w->now = clock_now();
    enum err ended = task_ended(w, t->task.id, err == OK ? S("finished") : S("refused"), told);
    (void)ended; /* when even this fails, the row says "running" until the next start calls it cut */
    memset(t->line->id, 0, sizeof t->line->id);
}
