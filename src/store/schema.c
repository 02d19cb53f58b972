/* Schema steps: src/ROOM/schema/NNN-name.sql, compiled in, applied in the order of NNN whatever their room. Forward
 * only and never edited after a release: the hash of each stands in the database. Each step goes in one transaction
 * with its row, so a program killed in between leaves a database that the next one takes further. */
#include <assert.h>
#include <stdlib.h>

#include "base/embed.h"
#include "base/hash.h"
#include "store/engine.h"
#include "store/journal.h"

enum { GET, PUT, COUNT, N_SQL };
static const struct sql schema_sql[N_SQL] = {
    [GET] = SQL("SELECT hash FROM schema_step WHERE version = $1"),
    [PUT] = SQL("INSERT INTO schema_step (version, name, hash, at) VALUES ($1, $2, $3, $4)"),
    [COUNT] = SQL("SELECT count(*) FROM schema_step"),
};
const struct sql_set schema_sql_set = {"schema", schema_sql, N_SQL};

static const str step_table = S_INIT("CREATE TABLE IF NOT EXISTS schema_step (version {INT} NOT NULL PRIMARY KEY,"
                                     " name TEXT NOT NULL, hash TEXT NOT NULL, at {INT} NOT NULL) {STRICT}");

/* ---- the steps of this program ---- */

enum { STEPS_MAX = 256 };

struct step {
    int64_t version;
    str name, text, hash;
};

struct steps {
    struct step step[STEPS_MAX];
    size_t n;
};

/* "src/store/schema/001-journal.sql" → 1, "journal" */
static bool step_of(str path, struct step *out)
{
    ptrdiff_t at = str_find(path, S("/schema/"));
    if (!str_starts(path, S("src/")) || at < 0 || !str_ends(path, S(".sql"))) return false;
    str file = str_sub(path, (size_t)at + S("/schema/").n, path.n - S(".sql").n), number;
    if (!str_cut(&file, '-', &number) || number.n != 3) return false;
    out->name = file;
    return str_to_int(number, &out->version);
}

static int by_version(const void *a, const void *b)
{
    const struct step *x = a, *y = b;
    return (x->version > y->version) - (x->version < y->version);
}

static struct steps *steps_here(struct arena *a)
{
    struct steps *all = arena_alloc(a, sizeof *all);
    for (const struct embedded *f = embedded_files; f->path != NULL; f++) {
        struct step step = {.text = f->bytes};
        if (!step_of(str_of(f->path), &step)) continue;
        step.hash = sha256_hex(a, f->bytes);
        assert(all->n < STEPS_MAX);
        all->step[all->n++] = step;
    }
    qsort(all->step, all->n, sizeof all->step[0], by_version);
    for (size_t i = 1; i < all->n; i++) assert(all->step[i - 1].version != all->step[i].version);
    return all;
}

const char *schema_text(struct arena *a, const struct engine *engine, str neutral)
{
    static const str word[] = {S_INIT("{ID}"), S_INIT("{INT}"), S_INIT("{REAL}"), S_INIT("{BYTES}"),
                               S_INIT("{STRICT}")};
    struct buf b = buf_in(a);
    while (neutral.n > 0) {
        size_t i = 0, n = sizeof word / sizeof word[0];
        while (neutral.p[0] == '{' && i < n && !str_starts(neutral, word[i])) i++;
        bool hit = neutral.p[0] == '{' && i < n;
        buf_add(&b, hit ? str_of(engine->words[i]) : str_sub(neutral, 0, 1));
        neutral = str_sub(neutral, hit ? word[i].n : 1, neutral.n);
    }
    return str_c(a, buf_str(&b));
}

/* ---- the steps of the database ---- */

/* Is the step in the database already, and the same? */
static enum err recorded(struct work *w, const struct step *step, bool *out)
{
    str hash;
    enum err e = store_text(w, &schema_sql[GET], ARGS(INT(step->version)), &hash);
    if (e != OK && e != NOTFOUND) return e;
    *out = e == OK;
    if (e == NOTFOUND || str_eq(hash, step->hash)) return OK;
    return fault(w, CONFLICT, M("the database was made by another version of this program (schema step %1 differs): "
                                "use that version"), step->name);
}

static enum err apply_inside(struct work *w, struct store *s, const struct step *step)
{
    bool done;
    enum err e = s->engine->exec(w, s, schema_text(w->a, s->engine, step_table));
    if (e == OK) e = recorded(w, step, &done);
    if (e != OK || done) return e; /* done: another program came first */
    e = s->engine->exec(w, s, schema_text(w->a, s->engine, step->text));
    if (e != OK) return e;
    return store_run(w, &schema_sql[PUT],
                     ARGS(INT(step->version), TEXT(step->name), TEXT(step->hash), INT(w->now)));
}

static enum err apply(struct work *w, struct store *s, const struct step *step)
{
    enum err e = s->engine->exec(w, s, s->engine->begin_step);
    s->tx = e == OK ? TX_WRITE : TX_NONE;
    if (e == OK) e = apply_inside(w, s, step);
    if (e == OK) return store_commit(w);
    store_rollback(w);
    return e;
}

/* Counts the steps of ours that the database has; all others it has are of a newer program. */
static enum err compare(struct work *w, const struct steps *all, size_t *have)
{
    int64_t in_database;
    size_t ours = 0;
    enum err e = store_int(w, &schema_sql[COUNT], NOARGS, &in_database);
    for (size_t i = 0; e == OK && i < all->n; i++) {
        bool done = false;
        e = recorded(w, &all->step[i], &done);
        ours += done;
    }
    if (e != OK) return e;
    if ((size_t)in_database > ours)
        return fault(w, CONFLICT, M("the database was used by a newer version of this program: use that one"));
    *have = ours;
    return OK;
}

static enum err open_steps(struct work *w, struct store *s, const struct steps *all)
{
    int64_t contents;
    size_t have = 0;
    enum err e = store_int(w, &(struct sql)SQL(s->engine->contents), NOARGS, &contents);
    if (e == OK && contents == 2)
        return fault(w, CONFLICT, M("the database holds something else: give this program an empty one"));
    if (e == OK && contents == 1) e = compare(w, all, &have);
    if (e != OK || have == all->n) return e;
    if (s->mode == STORE_READ)
        return fault(w, CONFLICT, M("the database is of an older version: `meguri rebuild` brings it up to date"));
    for (size_t i = 0; e == OK && i < all->n; i++) e = apply(w, s, &all->step[i]);
    return e;
}

enum err schema_open(struct work *w, struct store *s)
{
    struct store *before = w->store;
    w->store = s;
    enum err e = open_steps(w, s, steps_here(w->a));
    w->store = before;
    return e;
}
