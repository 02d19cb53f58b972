#include "task/task_store.h"

#include "base/hash.h"
#include "store/journal.h"

#define COLUMNS "t.id, t.act, t.what, t.state, t.person, t.post, t.told, t.rehearsed, t.begun, t.ended"
#define OWN "the person's own, whatever post they act in now"

enum { KNOWN, BEGIN, END, CUT, LIST, LIST_OWN, GET, GET_OWN, KEEP, KEPT, IS_KEPT, KEPT_DROP, KEPT_OVER, N_SQL };
static const struct sql task_sql[N_SQL] = {
    [KNOWN] = OPEN("a form sent twice begins one task", "SELECT count(*) FROM task WHERE id = $1"),
    [BEGIN] = OPEN("under the acting post", "INSERT INTO task (id, act, person, post, org, what, state, rehearsed, begun, told)"
                   " VALUES ($1, $2, $3, $4, $5, $6, 'running', $7, $8, '')"),
    [END] = OPEN(OWN, "UPDATE task SET state = $2, ended = $3, told = $4 WHERE id = $1"),
    [CUT] = OPEN("of whoever it was", "UPDATE task SET state = 'cut', ended = $1 WHERE state = 'running'"),
    [LIST] = SCOPED("SELECT " COLUMNS " FROM task t JOIN org o ON o.id = t.org WHERE o.lo >= $1 AND o.lo < $2"
                    " ORDER BY t.begun DESC, t.id LIMIT $3"),
    [LIST_OWN] = OPEN(OWN, "SELECT " COLUMNS " FROM task t WHERE t.person = $1 ORDER BY t.begun DESC, t.id LIMIT $2"),
    [GET] = SCOPED("SELECT " COLUMNS " FROM task t JOIN org o ON o.id = t.org WHERE o.lo >= $1 AND o.lo < $2"
                   " AND t.id = $3"),
    [KEEP] = OPEN(OWN, "INSERT INTO task_kept (task, pos, name, value, bytes) VALUES ($1, $2, $3, $4, $5)"),
    [KEPT] = OPEN(OWN, "SELECT k.name, k.value, k.bytes, t.told FROM task_kept k JOIN task t ON t.id = k.task"
                       " WHERE k.task = $1 AND t.act = $2 AND t.person = $3 AND t.begun > $4 AND t.state = 'finished'"
                       " ORDER BY k.pos"),
    [IS_KEPT] = OPEN(OWN, "SELECT count(*) FROM task_kept k JOIN task t ON t.id = k.task"
                          " WHERE k.task = $1 AND t.person = $2 AND t.begun > $3"),
    [KEPT_DROP] = OPEN(OWN, "DELETE FROM task_kept WHERE task = $1"),
    [KEPT_OVER] = OPEN("what is over is dropped, whosever it was",
                       "DELETE FROM task_kept WHERE task IN (SELECT t.id FROM task t WHERE t.begun <= $1)"),
    [GET_OWN] = OPEN(OWN, "SELECT " COLUMNS " FROM task t WHERE t.person = $1 AND t.id = $2"),
};
const struct sql_set task_sql_set = {"task", task_sql, N_SQL};

static enum err finish(struct work *w, enum err err)
{
    if (err == OK) err = journal_quiet(w);
    if (err == OK) return store_commit(w);
    store_rollback(w);
    return err;
}

enum err task_begun(struct work *w, const struct task *t)
{
    int64_t known = 0;
    enum err err = store_begin(w);
    if (err != OK) return err;
    err = store_int(w, &task_sql[KNOWN], ARGS(TEXT(t->id)), &known);
    if (err == OK && known != 0) err = CONFLICT;
    if (err == OK)
        err = store_run(w, &task_sql[BEGIN],
                        ARGS(TEXT(t->id), TEXT(t->act), TEXT(w->actor->person_code), TEXT(w->actor->post_code),
                             INT(w->actor->org), TEXT(t->what), INT(t->rehearsed), INT(w->now)));
    return finish(w, err);
}

enum err task_ended(struct work *w, str id, str state, str told)
{
    enum err err = store_begin(w);
    if (err != OK) return err;
    return finish(w, store_run(w, &task_sql[END], ARGS(TEXT(id), TEXT(state), INT(w->now), TEXT(told))));
}

enum err tasks_cut(struct work *w)
{
    enum err err = store_begin(w);
    if (err != OK) return err;
    return finish(w, store_run(w, &task_sql[CUT], ARGS(INT(w->now))));
}

/* ---- what was tried out ---- */

static enum err keep_all(struct work *w, str id, const struct given *given, size_t n)
{
    enum err err = store_run(w, &task_sql[KEPT_OVER], ARGS(INT(w->now - TASK_KEPT_SECONDS)));
    for (size_t i = 0; err == OK && i < n; i++) {
        const struct given *g = &given[i];
        err = store_run(w, &task_sql[KEEP],
                        ARGS(TEXT(id), INT((int64_t)i), TEXT(g->name), TEXT(g->file == NULL ? g->text : g->file->name),
                             g->file == NULL ? NIL : BYTES(g->file->bytes)));
    }
    return err;
}

enum err task_keep(struct work *w, str id, const struct given *given, size_t n)
{
    size_t bytes = 0;
    for (size_t i = 0; i < n; i++) bytes += given[i].text.n + (given[i].file == NULL ? 0 : given[i].file->bytes.n);
    if (bytes > TASK_KEPT_BYTES || n == 0 || n > TASK_KEPT_FIELDS) return OK;
    enum err err = store_begin(w);
    return err == OK ? finish(w, keep_all(w, id, given, n)) : err;
}

static struct given kept_of(struct work *w, struct rows *r)
{
    struct given g = {.name = rows_kept(w, r, 0), .text = rows_kept(w, r, 1)};
    if (rows_null(r, 2)) return g;
    struct file *file = arena_alloc(w->a, sizeof *file);
    str bytes = str_dup(w->a, rows_bytes(r, 2));
    *file = (struct file){g.text, bytes, sha256_hex(w->a, bytes)};
    g.file = file;
    return g;
}

enum err task_kept(struct work *w, str id, str act, struct task_kept *out)
{
    struct rows *r;
    struct task_kept kept = {.given = arena_array(w->a, TASK_KEPT_FIELDS, sizeof *kept.given)};
    enum err err = store_rows(w, &task_sql[KEPT],
                              ARGS(TEXT(id), TEXT(act), TEXT(w->actor->person_code), INT(w->now - TASK_KEPT_SECONDS)),
                              &r);
    if (err != OK) return err;
    while (rows_next(r) && kept.n < TASK_KEPT_FIELDS) {
        if (kept.n == 0) kept.told = rows_kept(w, r, 3);
        kept.given[kept.n++] = kept_of(w, r);
    }
    err = rows_done(r);
    if (err != OK) return err;
    if (kept.n == 0)
        return fault(w, NOTFOUND, M("what was tried out is no longer kept: choose the file again and try it out anew"));
    *out = kept;
    return OK;
}

bool task_is_kept(struct work *w, str id)
{
    int64_t n = 0;
    return store_int(w, &task_sql[IS_KEPT],
                     ARGS(TEXT(id), TEXT(w->actor->person_code), INT(w->now - TASK_KEPT_SECONDS)), &n) == OK && n != 0;
}

enum err task_kept_drop(struct work *w, str id)
{
    enum err err = store_begin(w);
    return err == OK ? finish(w, store_run(w, &task_sql[KEPT_DROP], ARGS(TEXT(id)))) : err;
}

static struct task_row row_of(struct arena *a, struct rows *r)
{
    str text[7];
    for (int i = 0; i < 7; i++) text[i] = str_dup(a, rows_text(r, i));
    return (struct task_row){.id = text[0], .act = text[1], .what = text[2], .state = text[3], .person = text[4],
                             .post = text[5], .told = text[6], .rehearsed = rows_int(r, 7) != 0,
                             .begun = rows_int(r, 8), .has_end = !rows_null(r, 9), .ended = rows_int(r, 9)};
}

static bool sees_all(const struct work *w) { return (w->actor->rights & (MAY_ADMINISTER | MAY_AUDIT)) != 0; }

enum err tasks_each(struct work *w, bool all, int64_t most, task_fn *fn, void *to)
{
    struct rows *r;
    bool scoped = (all && sees_all(w)) || w->actor->person == 0;
    enum err err = scoped ? store_rows(w, &task_sql[LIST], ARGS(INT(most)), &r)
                          : store_rows(w, &task_sql[LIST_OWN], ARGS(TEXT(w->actor->person_code), INT(most)), &r);
    if (err != OK) return err;
    while (rows_next(r)) {
        struct arena_mark mark = arena_mark(w->a);
        struct task_row row = row_of(w->a, r);
        fn(to, &row);
        arena_back(w->a, mark);
    }
    return rows_done(r);
}

enum err task_get(struct work *w, str id, struct task_row *out)
{
    struct rows *r;
    bool scoped = sees_all(w) || w->actor->person == 0;
    enum err err = scoped ? store_rows(w, &task_sql[GET], ARGS(TEXT(id)), &r)
                          : store_rows(w, &task_sql[GET_OWN], ARGS(TEXT(w->actor->person_code), TEXT(id)), &r);
    if (err != OK) return err;
    bool found = rows_next(r);
    struct task_row row = {0};
    if (found) row = row_of(w->a, r);
    if ((err = rows_done(r)) != OK) return err;
    if (!found) return NOTFOUND;
    *out = row;
    return OK;
}
