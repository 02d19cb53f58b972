/* A staff list taken over: people first, for posts name them; then what only the whole store can tell. */
#include "registry/staff.h"

#include <stdlib.h>

#include "access/fold.h"

struct writing {
    struct staff_work *s;
    const struct staff_diff *d;
    const struct staff_row **main; /* by person; NULL: not in the list */
    bool *touched;                 /* by person: took a post */
    struct codes *codes, *ended;   /* new codes of posts, and posts that end */
};

static str code_of(const struct staff_work *s, size_t person)
{
    return codes_text(s->people, codes_at(s->people, (uint32_t)person));
}

static struct value day_value(struct day d) { return int_or_nil(d.date, d.given); }

/* ---- people ---- */

static enum err put_person(struct writing *wr, struct batch *b, size_t p)
{
    struct staff_work *s = wr->s;
    const struct staff_row *row = wr->main[p];
    const struct staff_person *was = &s->person[p];
    const struct staff_facts *f = &s->facts[p];
    str english = row->name_en.n != 0 ? row->name_en : was->name_en, mail = row->mail.n != 0 ? row->mail : was->mail;
    struct value org = INT(s->org[row->seat.org - 1].id), day = INT(s->span.day);
    if (f->id == 0)
        return batch_add(b, ARGS(TEXT(code_of(s, p)), org, TEXT(row->name_ja), TEXT(english), TEXT(mail), day));
    return batch_add(b, ARGS(INT(f->id), org, TEXT(row->name_ja), TEXT(english), TEXT(mail),
                             was->stands ? day_value(f->since) : day, was->stands ? day_value(f->until) : NIL));
}

static bool to_put(const struct writing *wr, enum staff_put put, size_t p)
{
    bool stored = wr->s->facts[p].id != 0;
    if (put == STAFF_PERSON_END) return wr->d->leaves[p];
    return wr->d->changed[p] && stored == (put == STAFF_PERSON_CHANGE);
}

static enum err put_people(struct writing *wr, enum staff_put put)
{
    struct staff_work *s = wr->s;
    struct batch *b;
    enum err e = staff_put_begin(s->w, put, &b);
    if (e != OK) return e;
    for (size_t p = 0; e == OK && p < s->n_people; p++) {
        if (!to_put(wr, put, p)) continue;
        if (put == STAFF_PERSON_END)
            e = batch_add(b, ARGS(INT(s->facts[p].id), INT(s->span.day - 1)));
        else
            e = put_person(wr, b, p);
    }
    enum err ended = batch_end(b);
    return e != OK ? e : ended;
}

static void take_id(void *to, int64_t id, str code)
{
    struct staff_work *s = to;
    const struct code *c = codes_find(s->people, code);
    if (c != NULL) s->facts[c->place].id = id;
}

static int by_id(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

/* Search finds by folded names, and where people belong. */
static enum err fold_changed(struct writing *wr, int64_t last)
{
    struct staff_work *s = wr->s;
    size_t n = 0;
    int64_t *ids = arena_array(s->w->a, s->n_people + 1, sizeof *ids);
    for (size_t p = 0; p < s->n_people; p++)
        if (wr->d->changed[p] && s->facts[p].id <= last) ids[n++] = s->facts[p].id;
    if (n != 0) qsort(ids, n, sizeof *ids, by_id);
    enum err e = fold_people(s->w, ids, n);
    return e == OK ? fold_people_after(s->w, last) : e;
}

/* ---- posts ---- */

static enum err change_posts(struct writing *wr)
{
    struct staff_work *s = wr->s;
    struct batch *b;
    enum err e = staff_put_begin(s->w, STAFF_POST_CHANGE, &b);
    for (size_t i = 0; e == OK && i < wr->d->n_posts; i++) {
        const struct staff_post_change *c = &wr->d->post[i];
        if (c->post >= s->n_posts) continue;
        const struct staff_post_facts *f = &s->post_facts[c->post];
        bool fresh;
        if (c->ends) codes_add(wr->ended, s->post[c->post].code, &fresh);
        struct value person = c->person < 0 ? NIL : INT(s->facts[c->person].id);
        e = batch_add(b, ARGS(INT(f->id), person, c->ends ? INT(s->span.day - 1) : day_value(f->until)));
    }
    enum err ended = e == OK ? batch_end(b) : e;
    return e != OK ? e : ended;
}

/* ORG-DUTY-NUMBER OF THE PERSON; where it is taken, with -2, -3 … behind. */
static enum err new_code(struct writing *wr, const struct staff_post_change *c, str *out)
{
    struct staff_work *s = wr->s;
    str person = code_of(s, (size_t)c->person);
    str org = codes_text(s->orgs, codes_at(s->orgs, c->seat.org - 1));
    str duty = codes_text(s->duties, codes_at(s->duties, c->seat.duty - 1));
    str base = str_fmt(s->w->a, "%.*s-%.*s-%.*s", STR_ARG(org), STR_ARG(duty), STR_ARG(person)), code = base;
    bool taken = true, fresh = false;
    for (int n = 2; taken; n++) {
        if (!code_good(code))
            return fault_in(s->w, INVALID, staff_cell(s, s->facts[c->person].row, "person"),
                            M("the code of the new post, '%1', would be longer than 64 bytes: make the post with "
                              "`meguri registry import --what posts`, then import the list"),
                            code);
        enum err e = staff_post_code_taken(s->w, code, &taken);
        if (e != OK) return e;
        taken = taken || codes_find(wr->codes, code) != NULL;
        if (taken) code = str_fmt(s->w->a, "%.*s-%d", STR_ARG(base), n);
    }
    codes_add(wr->codes, code, &fresh);
    *out = code;
    return OK;
}

static enum err add_posts(struct writing *wr)
{
    struct staff_work *s = wr->s;
    size_t n = 0;
    str *code = arena_array(s->w->a, wr->d->n_posts + 1, sizeof *code); /* asked before the batch: nothing runs in it */
    enum err e = OK;
    for (size_t i = 0; e == OK && i < wr->d->n_posts; i++) {
        if (wr->d->post[i].post < s->n_posts) continue;
        e = new_code(wr, &wr->d->post[i], &code[i]);
        n++;
    }
    if (e != OK || n == 0) return e;
    struct batch *b;
    e = staff_put_begin(s->w, STAFF_POST_ADD, &b);
    for (size_t i = 0; e == OK && i < wr->d->n_posts; i++) {
        const struct staff_post_change *c = &wr->d->post[i];
        if (c->post < s->n_posts) continue;
        str duty = codes_text(s->duties, codes_at(s->duties, c->seat.duty - 1));
        struct value system = c->seat.system == 0 ? NIL : INT(s->system[c->seat.system - 1].id);
        e = batch_add(b, ARGS(TEXT(code[i]), TEXT(duty), INT(s->org[c->seat.org - 1].id), system,
                              INT(s->facts[c->person].id), INT(s->span.day)));
    }
    enum err ended = e == OK ? batch_end(b) : e;
    return e != OK ? e : ended;
}

/* ---- what only the whole store can tell ---- */

static void note_mail(void *to, const struct collision *c)
{
    struct writing *wr = to;
    struct staff_work *s = wr->s;
    const struct code *a = codes_find(s->people, c->post), *b = codes_find(s->people, c->other);
    bool of_a = a != NULL && wr->d->changed[a->place], of_b = b != NULL && wr->d->changed[b->place];
    if (!of_a && !of_b) return;
    const struct code *at = of_b ? b : a;
    bool told = of_b ? c->within : c->other_within;
    (void)fault_in(s->w, INVALID, staff_cell(s, s->facts[at->place].main_row, "mail"),
                   M("the mail address '%1' is another person's (%2): it says who signs in, so everyone has their own; "
                     "leave it empty, or have the other one changed by who manages that person"),
                   c->person,
                   !told  ? S("…")
                   : of_b ? c->post
                          : c->other);
}

static void note_collision(void *to, const struct collision *c)
{
    struct writing *wr = to;
    struct staff_work *s = wr->s;
    const struct code *p = codes_find(s->people, c->person);
    if (p == NULL || !wr->touched[p->place]) return;
    if (codes_find(wr->ended, c->post) != NULL || codes_find(wr->ended, c->other) != NULL) return;
    (void)fault_in(s->w, INVALID, staff_cell(s, s->facts[p->place].row, "duty"),
                   M("'%1' cannot hold the posts %2 and %3 at once, for their duties exclude each other: end one, or "
                     "give it to another"),
                   c->person, c->within ? c->post : S("…"), c->other_within ? c->other : S("…"));
}

static enum err settle(struct writing *wr, int64_t last)
{
    struct work *w = wr->s->w;
    enum err e = fold_changed(wr, last);
    if (e == OK) e = shared_mails_each(w, note_mail, wr);
    if (e == OK) e = collisions_each(w, note_collision, wr);
    return e == OK ? work_err(w) : e;
}

static void find_main(struct writing *wr)
{
    struct staff_work *s = wr->s;
    wr->main = arena_array(s->w->a, s->n_people + 1, sizeof *wr->main);
    wr->touched = arena_array(s->w->a, s->n_people + 1, sizeof *wr->touched);
    for (size_t i = 0; i < s->n_rows; i++)
        if (!s->row[i].further) wr->main[s->row[i].person] = &s->row[i];
    for (size_t i = 0; i < wr->d->n_posts; i++)
        if (wr->d->post[i].person >= 0 && !wr->d->post[i].ends) wr->touched[wr->d->post[i].person] = true;
}

enum err staff_write(struct staff_work *s, const struct staff_diff *d)
{
    struct writing wr = {.s = s, .d = d, .codes = codes_new(s->w->a), .ended = codes_new(s->w->a)};
    int64_t last = 0;
    find_main(&wr);
    work_progress(s->w, M("writing"), 0, 0);
    enum err e = fold_last_person(s->w, &last);
    if (e == OK) e = put_people(&wr, STAFF_PERSON_ADD);
    if (e == OK) e = put_people(&wr, STAFF_PERSON_CHANGE);
    if (e == OK) e = put_people(&wr, STAFF_PERSON_END);
    if (e == OK) e = staff_ids_after(s->w, last, take_id, s);
    if (e == OK) e = change_posts(&wr);
    if (e == OK) e = add_posts(&wr);
    return e == OK ? settle(&wr, last) : e;
}
