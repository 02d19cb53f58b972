#include "registry/staff_diff.h"

#include <stdlib.h>
#include <string.h>

struct wanting { /* a row whose seat nobody holds yet */
    size_t row;
};

struct comparing {
    struct arena *a;
    const struct staff_lists *in;
    struct staff_diff *out;
    size_t *first_row, *next_row;   /* by person, by row; +1, 0 none */
    size_t *first_post, *next_post; /* what they hold, likewise */
    bool *kept, *released;          /* by post */
    bool *comes;                    /* by person: from elsewhere, to belong here */
    size_t *was_of;                 /* by post: who held it before; +1 */
    struct wanting *want;
    size_t n_want, room;
};

static bool seat_same(struct staff_seat a, struct staff_seat b)
{
    return a.org == b.org && a.duty == b.duty && a.system == b.system;
}

static int seat_order(struct staff_seat a, struct staff_seat b)
{
    if (a.org != b.org) return a.org < b.org ? -1 : 1;
    if (a.duty != b.duty) return a.duty < b.duty ? -1 : 1;
    if (a.system != b.system) return a.system < b.system ? -1 : 1;
    return 0;
}

static void tell(struct comparing *c, struct staff_change change)
{
    struct staff_diff *out = c->out;
    out->change = arena_more(c->a, out->change, out->n_changes, &c->room, sizeof change);
    out->change[out->n_changes++] = change;
    out->counts[change.kind]++;
}

static void chain(struct comparing *c)
{
    const struct staff_lists *in = c->in;
    c->first_row = arena_array(c->a, in->n_people + 1, sizeof(size_t));
    c->first_post = arena_array(c->a, in->n_people + 1, sizeof(size_t));
    c->next_row = arena_array(c->a, in->n_rows + 1, sizeof(size_t));
    c->next_post = arena_array(c->a, in->n_posts + 1, sizeof(size_t));
    for (size_t i = in->n_rows; i-- > 0;) {
        c->next_row[i] = c->first_row[in->row[i].person];
        c->first_row[in->row[i].person] = i + 1;
    }
    for (size_t i = in->n_posts; i-- > 0;) {
        if (in->post[i].person < 0) continue;
        c->next_post[i] = c->first_post[in->post[i].person];
        c->first_post[in->post[i].person] = i + 1;
    }
}

/* ---- what the people of the list keep, give up and want ---- */

static void keep_or_want(struct comparing *c, size_t row)
{
    const struct staff_row *r = &c->in->row[row];
    if (r->seat.duty == 0) return;
    for (size_t p = c->first_post[r->person]; p != 0; p = c->next_post[p - 1]) {
        const struct staff_post *post = &c->in->post[p - 1];
        if (c->kept[p - 1] || post->deputy || !seat_same(post->seat, r->seat)) continue;
        c->kept[p - 1] = true;
        return;
    }
    c->want[c->n_want++].row = row;
}

/* Who comes from elsewhere gives up what they held there; of others a post elsewhere is not this list's. */
static bool to_give_up(const struct comparing *c, size_t person, size_t post)
{
    const struct staff_post *p = &c->in->post[post];
    return !c->kept[post] && !p->deputy && (p->inside || c->comes[person]);
}

static void release(struct comparing *c, size_t post)
{
    c->released[post] = true;
    c->was_of[post] = (size_t)c->in->post[post].person + 1;
}

static void give_up(struct comparing *c, size_t person, size_t skip)
{
    for (size_t p = c->first_post[person]; p != 0; p = c->next_post[p - 1]) {
        if (!to_give_up(c, person, p - 1)) continue;
        release(c, p - 1);
        if (p - 1 == skip) continue;
        tell(c, (struct staff_change){STAFF_GIVEN_UP, person, .from = c->in->post[p - 1].seat});
    }
}

static const struct staff_row *main_row(const struct comparing *c, size_t person)
{
    for (size_t r = c->first_row[person]; r != 0; r = c->next_row[r - 1])
        if (!c->in->row[r - 1].further) return &c->in->row[r - 1];
    return NULL;
}

/* The post that the main row takes the place of: the first that is given up. */
static size_t post_left(const struct comparing *c, size_t person)
{
    for (size_t p = c->first_post[person]; p != 0; p = c->next_post[p - 1])
        if (to_give_up(c, person, p - 1)) return p - 1;
    return SIZE_MAX;
}

static void compare_words(struct comparing *c, size_t person, const struct staff_row *row)
{
    const struct staff_person *was = &c->in->person[person];
    if (!was->stands) return;
    bool english = row->name_en.n != 0 && !str_eq(row->name_en, was->name_en);
    if (!str_eq(row->name_ja, was->name_ja) || english)
        tell(c, (struct staff_change){STAFF_RENAMED, person, .was = was->name_ja, .became = row->name_ja});
    if (row->mail.n != 0 && !str_eq(row->mail, was->mail))
        tell(c, (struct staff_change){STAFF_MAIL, person, .was = was->mail, .became = row->mail});
}

static void compare_listed(struct comparing *c, size_t person)
{
    const struct staff_person *was = &c->in->person[person];
    const struct staff_row *main = main_row(c, person);
    size_t wanted = c->n_want, before = c->out->n_changes, left = SIZE_MAX;
    bool main_wanted = false;
    c->comes[person] = !was->inside && main->seat.org != was->org;
    for (size_t r = c->first_row[person]; r != 0; r = c->next_row[r - 1]) keep_or_want(c, r - 1);
    for (size_t i = wanted; i < c->n_want; i++) main_wanted = main_wanted || &c->in->row[c->want[i].row] == main;
    if (!was->stands) {
        tell(c, (struct staff_change){STAFF_JOIN, person, .to = main->seat});
    } else if (main->seat.org != was->org || main_wanted) {
        left = post_left(c, person);
        struct staff_seat from = left == SIZE_MAX ? (struct staff_seat){.org = was->org} : c->in->post[left].seat;
        tell(c, (struct staff_change){STAFF_MOVE, person, .from = from, .to = main->seat});
    }
    for (size_t i = wanted; i < c->n_want; i++) {
        const struct staff_row *row = &c->in->row[c->want[i].row];
        if (row->further) tell(c, (struct staff_change){STAFF_FURTHER, person, .to = row->seat});
    }
    give_up(c, person, left);
    compare_words(c, person, main);
    for (size_t i = before; i < c->out->n_changes; i++) {
        enum staff_kind k = c->out->change[i].kind;
        if (k == STAFF_JOIN || k == STAFF_RENAMED || k == STAFF_MAIL) c->out->changed[person] = true;
    }
    if (main->seat.org != was->org) c->out->changed[person] = true;
    if (c->out->n_changes == before) c->out->unchanged++;
}

/* ---- who is missing ---- */

static void compare_missing(struct comparing *c, size_t person)
{
    const struct staff_person *was = &c->in->person[person];
    if (!was->stands || !c->in->whole) return;
    if (!was->inside) { /* lent from elsewhere within reach */
        for (size_t p = c->first_post[person]; p != 0; p = c->next_post[p - 1]) {
            if (!c->in->post[p - 1].inside) continue;
            release(c, p - 1);
            tell(c, (struct staff_change){STAFF_GIVEN_UP, person, .from = c->in->post[p - 1].seat});
        }
        return;
    }
    size_t first = c->first_post[person];
    struct staff_seat from = first == 0 ? (struct staff_seat){.org = was->org} : c->in->post[first - 1].seat;
    tell(c, (struct staff_change){STAFF_LEAVE, person, .from = from});
    c->out->leaves[person] = true;
    for (size_t p = first; p != 0; p = c->next_post[p - 1]) release(c, p - 1);
}

/* ---- who takes which post ---- */

struct vacant {
    struct staff_seat seat;
    str code;
    size_t post;
};

static int vacant_order(const void *x, const void *y)
{
    const struct vacant *a = x, *b = y;
    int order = seat_order(a->seat, b->seat);
    return order != 0 ? order : str_cmp(a->code, b->code);
}

/* Posts that end are nobody's successor's. */
static size_t vacancies(struct comparing *c, struct vacant **out)
{
    const struct staff_lists *in = c->in;
    struct vacant *v = arena_array(c->a, in->n_posts + 1, sizeof *v);
    size_t n = 0;
    for (size_t i = 0; i < in->n_posts; i++) {
        const struct staff_post *p = &in->post[i];
        if (!p->inside || p->deputy || !(p->person < 0 || (c->released[i] && !p->ends))) continue;
        v[n++] = (struct vacant){p->seat, p->code, i};
    }
    qsort(v, n, sizeof *v, vacant_order);
    *out = v;
    return n;
}

static size_t first_vacant(const struct vacant *v, size_t n, struct staff_seat seat)
{
    size_t lo = 0, hi = n;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (seat_order(v[mid].seat, seat) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

static void put_post(struct comparing *c, struct staff_post_change change) { c->out->post[c->out->n_posts++] = change; }

static int want_order(const void *x, const void *y)
{
    size_t a = ((const struct wanting *)x)->row, b = ((const struct wanting *)y)->row;
    return a < b ? -1 : a > b;
}

/* In the order of the list, the vacant ones in the order of their codes. */
static void take_posts(struct comparing *c)
{
    struct vacant *v;
    size_t n = vacancies(c, &v), fresh = c->in->n_posts;
    size_t *taken = arena_array(c->a, n + 1, sizeof *taken); /* at the first of a seat: how many */
    bool *filled = arena_array(c->a, c->in->n_posts + 1, sizeof *filled);
    if (c->n_want != 0) qsort(c->want, c->n_want, sizeof *c->want, want_order);
    for (size_t i = 0; i < c->n_want; i++) {
        const struct staff_row *row = &c->in->row[c->want[i].row];
        size_t first = first_vacant(v, n, row->seat), at = first < n ? first + taken[first] : n;
        bool there = at < n && seat_same(v[at].seat, row->seat);
        if (there) taken[first]++;
        if (there) filled[v[at].post] = true;
        put_post(c,
                 (struct staff_post_change){there ? v[at].post : fresh++, (ptrdiff_t)row->person, .seat = row->seat});
    }
    for (size_t i = 0; i < c->in->n_posts; i++) {
        const struct staff_post *p = &c->in->post[i];
        if (!c->released[i] || filled[i]) continue;
        put_post(c, (struct staff_post_change){i, p->ends ? p->person : STAFF_NONE, p->ends, p->seat});
        if (p->ends) continue;
        tell(c, (struct staff_change){STAFF_VACATED, c->was_of[i] - 1, .from = p->seat, .was = p->code});
    }
}

void staff_compare(struct arena *a, const struct staff_lists *in, struct staff_diff *out)
{
    struct comparing c = {.a = a, .in = in, .out = out};
    *out = (struct staff_diff){0};
    chain(&c);
    c.kept = arena_array(a, in->n_posts + 1, sizeof *c.kept);
    c.comes = arena_array(a, in->n_people + 1, sizeof *c.comes);
    c.released = arena_array(a, in->n_posts + 1, sizeof *c.released);
    c.was_of = arena_array(a, in->n_posts + 1, sizeof *c.was_of);
    c.want = arena_array(a, in->n_rows + 1, sizeof *c.want);
    out->leaves = arena_array(a, in->n_people + 1, sizeof *out->leaves);
    out->changed = arena_array(a, in->n_people + 1, sizeof *out->changed);
    out->post = arena_array(a, in->n_rows + in->n_posts + 1, sizeof *out->post);
    for (size_t i = 0; i < in->n_people; i++) out->standing += in->person[i].stands && in->person[i].inside;
    for (size_t i = 0; i < in->n_rows; i++)
        if (!in->row[i].further) compare_listed(&c, in->row[i].person);
    for (size_t i = 0; i < in->n_people; i++)
        if (c.first_row[i] == 0) compare_missing(&c, i);
    take_posts(&c);
}
