#include "surface/door.h"

#include <assert.h>

#include "store/journal.h"

/* ---- may they? ---- */

/* The first whose bits are all asked for names the refusal: what most often is meant stands first. */
static const struct {
    unsigned bits;
    str refusal; /* %1 the place, %2 the acting post */
} refusals[] = {
    {MAY_READ_RATES, N("the figures of '%1' are for posts that may see, manage or audit them; you act as %2")},
    {MAY_READ_NAMES, N("who answered what at '%1' is for posts that may see names there; you act as %2")},
    {MAY_FILE, N("this is for posts that manage '%1', or for the centre; you act as %2")},
    {MAY_AUDIT | MAY_ADMINISTER, N("this is for auditors and administrators of '%1'; you act as %2")},
    {MAY_MANAGE | MAY_APPROVE, N("this is for posts that manage '%1' or approve its figures; you act as %2")},
    {MAY_MANAGE, N("this is for posts that manage '%1'; you act as %2")},
    {MAY_CONFIRM, N("this is for posts that confirm the sheets of '%1'; you act as %2")},
    {MAY_ANSWER, N("this is for posts that answer at '%1'; you act as %2")},
    {MAY_NAMES, N("who answered what at '%1' is for posts that may see names there; you act as %2")},
    {MAY_RATES, N("the figures of '%1' are for posts that may see them; you act as %2")},
    {MAY_AUDIT, N("this is for auditors of '%1'; you act as %2")},
    {MAY_CENTRE, N("this is for the centre, and '%1' is its place; you act as %2")},
    {MAY_SHARE, N("this is for posts that exchange notices and reports for '%1'; you act as %2")},
    {MAY_ADMINISTER, N("this is for administrators of '%1'; you act as %2")},
};

static const struct org *place_of(const struct entry *e, const struct args *in)
{
    return e->place == NULL ? NULL : arg_org(in, e->place);
}

static str post_words(struct arena *a, const struct actor *actor)
{
    if (actor->post_code.n == 0) return str_dup(a, actor->person_code);
    return str_fmt(a, "%.*s/%.*s", STR_ARG(actor->person_code), STR_ARG(actor->post_code));
}

enum err door_may(struct work *w, const struct entry *e, const struct args *in)
{
    if (e->right == MAY_ANYONE) return OK;
    assert(w->actor != NULL);
    const struct org *place = place_of(e, in);
    if (may(w->actor, e->right, place == NULL ? w->actor->lo : place->lo)) return OK;
    str where = place == NULL ? w->actor->org_code : place->code;
    size_t i = 0;
    while ((refusals[i].bits & e->right) != refusals[i].bits) i++;
    return fault(w, DENIED, refusals[i].refusal, where, post_words(w->a, w->actor));
}

/* ---- looking ---- */

/* Posts, rights and the numbering of the tree were read before the transaction began: they are read again in it, so that
 * nobody reads or acts within an interval that meanwhile became another's. */
static enum err look_again(struct work *w, const struct entry *e, const struct args *in, struct args *out)
{
    struct actor *actor = arena_alloc(w->a, sizeof *actor);
    *actor = *w->actor;
    if (actor->post != 0) {
        const struct actor *was = w->actor;
        enum err err = actor_find_post(w, was->person_code, was->post_code, was->system_user, actor);
        if (err != OK) return err;
        w->actor = actor;
        w->lo = actor->lo;
        w->hi = actor->hi;
    }
    struct arg *arg = arena_array(w->a, in->n + 1, sizeof *arg);
    for (size_t i = 0; i < in->n; i++) {
        arg[i] = in->arg[i];
        enum err err = arg[i].param->type == P_ORG ? org_find(w, arg[i].text, &arg[i].org) : OK;
        if (err != OK) return err;
    }
    *out = (struct args){arg, in->n};
    return door_may(w, e, out);
}

struct reading { /* a view or a file entry; the other is NULL */
    struct doc *doc;
    struct bytes_out *bytes;
};

static bool storeless(const struct work *w, const struct entry *e)
{
    return (e->flags & STATELESS) != 0 || ((e->flags & FILES_OR_STORE) != 0 && w->store == NULL);
}

/* A form that a view draws may list its choices by another view: that one reads the same state, and leaves it open. */
static enum err read_in_snapshot(struct work *w, const struct entry *e, const struct args *in, struct reading to)
{
    if (storeless(w, e)) return to.doc != NULL ? e->run(w, in, to.doc) : e->stream(w, in, to.bytes);
    bool within = store_in_snapshot(w->store);
    enum err err = within ? OK : store_snapshot(w);
    if (err != OK) return err;
    struct args args;
    err = look_again(w, e, in, &args);
    if (err == OK) err = to.doc != NULL ? e->run(w, &args, to.doc) : e->stream(w, &args, to.bytes);
    if (!within) store_rollback(w);
    return err;
}

enum err door_view(struct work *w, const struct room *room, const struct entry *e, const struct args *in,
                   struct doc *out)
{
    (void)room;
    assert(e->kind == ENTRY_VIEW);
    return read_in_snapshot(w, e, in, (struct reading){.doc = out});
}

enum err door_file(struct work *w, const struct room *room, const struct entry *e, const struct args *in,
                   struct bytes_out *out)
{
    (void)room;
    assert(e->kind == ENTRY_FILE);
    return read_in_snapshot(w, e, in, (struct reading){.bytes = out});
}

/* ---- what goes into the line ---- */

struct noted {
    struct journal_field *field;
    size_t n, room;
};

/* A key may come again (a parameter given many times): the journal makes a list of its values. */
static void add_field(struct arena *a, struct noted *to, str key, str value, bool personal)
{
    if (to->n == to->room) {
        size_t room = to->room == 0 ? 16 : to->room * 2;
        to->field = arena_grow(a, to->field, to->room * sizeof *to->field, room * sizeof *to->field);
        to->room = room;
    }
    to->field[to->n++] = (struct journal_field){str_dup(a, key), str_dup(a, value), personal};
}

void act_noted(struct work *w, str key, str value)
{
    if (w->noted == NULL) w->noted = arena_alloc(w->a, sizeof *w->noted);
    add_field(w->a, w->noted, str_fmt(w->a, "did.%.*s", STR_ARG(key)), value, false);
}

static str arg_line(struct arena *a, const struct arg *arg)
{
    if (arg->param->type != P_FILE) return arg->text;
    return str_fmt(a, "%.*s %.*s %zu", STR_ARG(arg->file.name), STR_ARG(arg->file.sha256), arg->file.bytes.n);
}

static str arg_name(struct arena *a, const struct arg *arg)
{
    str name = str_of(arg->param->name);
    return arg->key.n == 0 ? name : str_fmt(a, "%.*s.%.*s", STR_ARG(name), STR_ARG(arg->key));
}

static struct noted line_of(struct work *w, const struct args *in)
{
    struct noted line = {0};
    for (size_t i = 0; i < in->n; i++) {
        const struct param *p = in->arg[i].param;
        if (p->flags & SECRET) continue;
        add_field(w->a, &line, arg_name(w->a, &in->arg[i]), arg_line(w->a, &in->arg[i]), (p->flags & PERSONAL) != 0);
    }
    for (size_t i = 0; w->noted != NULL && i < w->noted->n; i++) {
        const struct journal_field *f = &w->noted->field[i];
        add_field(w->a, &line, f->key, f->value, false);
    }
    return line;
}

/* ---- acting ---- */

static enum err write_line(struct work *w, const struct entry *e, const struct args *in, str act, str act_id)
{
    const struct org *place = place_of(e, in);
    struct noted line = line_of(w, in);
    const struct journal_actor by = {w->actor->person_code, w->actor->post_code, w->actor->system_user};
    return journal_put(w, &by, act, place == NULL ? w->actor->org_code : place->code, act_id, line.field, line.n);
}

static enum err not_yet_done(struct work *w, str act_id)
{
    bool done;
    enum err err = journal_has(w, act_id, &done);
    if (err != OK || !done) return err;
    return fault(w, CONFLICT, M("this was done already (act %1)"), act_id);
}

static enum err run(struct work *w, const struct entry *e, const struct args *in, struct doc *out)
{
    int64_t before = w->faults.count;
    enum err err = e->run(w, in, out);
    if (err != OK || w->faults.count == before) return err;
    return before < FAULTS_SHOWN ? w->faults.first[before].err : INVALID;
}

static enum err in_transaction(struct work *w, const struct room *room, const struct entry *e, const struct args *in,
                               str act_id, bool rehearse, struct doc *out)
{
    w->noted = NULL;
    w->next = NULL;
    w->rehearsed = rehearse;
    enum err err = run(w, e, in, out);
    if (e->flags & QUIET) return err == OK ? journal_quiet(w) : err;
    if (err == OK) err = write_line(w, e, in, entry_words(w->a, room, e), act_id);
    return err;
}

/* What takes long reads one state, as a view does, and is done before anybody else has to wait for the transaction. */
static enum err compute_before(struct work *w, const struct entry *e, const struct args *in, struct doc *out)
{
    struct args args;
    const int64_t faults = w->faults.count;
    w->made = NULL;
    if (e->before == NULL) return OK;
    enum err err = store_snapshot(w);
    if (err != OK) return err;
    err = look_again(w, e, in, &args);
    if (err == OK) err = e->before(w, &args, out);
    store_rollback(w);
    return err == OK && w->faults.count != faults ? INVALID : err;
}

enum err door_act(struct work *w, const struct room *room, const struct entry *e, const struct args *in, str act_id,
                  bool rehearse, struct doc *out)
{
    assert(e->kind == ENTRY_ACT);
    if (storeless(w, e)) return run(w, e, in, out);
    if (rehearse && e->flags & NO_DRY_RUN)
        return fault(w, INVALID, M("this cannot be rehearsed: leave out --dry-run"));
    enum err err = door_may(w, e, in);
    if (err == OK) err = compute_before(w, e, in, out);
    if (err == OK) err = store_begin(w);
    if (err != OK) return err;
    struct args args;
    err = look_again(w, e, in, &args);
    if (err == OK && !(e->flags & QUIET)) err = not_yet_done(w, act_id);
    if (err == OK) err = in_transaction(w, room, e, &args, act_id, rehearse, out);
    if (err == OK && !rehearse) return store_commit(w);
    store_rollback(w);
    if (err == OK) doc_note(out, M("nothing was changed: this was a rehearsal"));
    return err;
}

/* ---- several in one transaction ---- */

enum err door_batch_begin(struct work *w) { return store_begin(w); }
enum err door_batch_commit(struct work *w) { return store_commit(w); }
void door_batch_drop(struct work *w) { store_rollback(w); }

enum err door_batch_done(struct work *w, const struct entry *e, str act_id, bool *out)
{
    *out = false;
    return e->flags & QUIET ? OK : journal_has(w, act_id, out);
}

enum err door_batch_act(struct work *w, const struct room *room, const struct entry *e, const struct args *in,
                        str act_id, bool rehearse, struct doc *out)
{
    assert(e->kind == ENTRY_ACT && !(e->flags & (STATELESS | LOCAL)));
    if (rehearse && e->flags & NO_DRY_RUN) return fault(w, INVALID, M("this cannot be rehearsed"));
    enum err err = door_may(w, e, in);
    if (err == OK) err = store_save(w);
    if (err != OK) return err;
    err = in_transaction(w, room, e, in, act_id, rehearse, out);
    if (err == OK && !rehearse) return store_keep(w);
    store_undo(w);
    if (err == OK) doc_note(out, M("nothing was changed: this was a rehearsal"));
    return err;
}

enum err door_batch_reading(struct work *w, const struct room *room, const struct entry *e, const struct args *in,
                            str act_id)
{
    enum err err = store_save(w);
    if (err != OK) return err;
    w->noted = NULL;
    str act = str_fmt(w->a, "read %.*s", STR_ARG(entry_words(w->a, room, e)));
    err = write_line(w, e, in, act, act_id);
    if (err == OK) return store_keep(w);
    store_undo(w);
    return err;
}

static enum err enter_mark(struct work *w, const struct entry *e, const struct args *in)
{
    enum err err = door_may(w, e, in);
    if (err == OK) err = e->mark(w, in);
    return err == OK ? journal_quiet(w) : err;
}

enum err door_batch_mark(struct work *w, const struct entry *e, const struct args *in)
{
    if (e->mark == NULL) return OK;
    enum err err = store_save(w);
    if (err != OK) return err;
    err = enter_mark(w, e, in);
    if (err == OK) return store_keep(w);
    store_undo(w);
    return err;
}

enum err door_mark(struct work *w, const struct entry *e, const struct args *in)
{
    struct args args;
    if (e->mark == NULL) return OK;
    enum err err = store_begin(w);
    if (err != OK) return err;
    err = look_again(w, e, in, &args);
    if (err == OK) err = enter_mark(w, e, &args);
    if (err == OK) return store_commit(w);
    store_rollback(w);
    return err;
}

/* ---- going on ---- */

void act_next(struct work *w, const struct going_on *next)
{
    struct going_on *kept = arena_alloc(w->a, sizeof *kept);
    *kept = *next;
    for (size_t i = 0; i < FORM_GIVEN && kept->given[i].name != NULL; i++)
        kept->given[i].value = str_dup(w->a, next->given[i].value);
    kept->said = str_dup(w->a, next->said);
    w->next = kept;
}
