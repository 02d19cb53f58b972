/* What stands within the organisation of a staff list, in memory. */
#include "registry/staff.h"

#include "access/access.h"

static str kept(struct staff_work *s, str text) { return str_dup(s->w->a, text); }

static uint32_t place_of(struct codes *codes, str code)
{
    const struct code *c = code.n == 0 ? NULL : codes_find(codes, code);
    return c == NULL ? 0 : c->place + 1;
}

static void keep_org(void *to, const struct staff_org_row *r)
{
    struct staff_work *s = to;
    bool fresh;
    codes_add(s->orgs, r->org.code, &fresh);
    s->org = arena_more(s->w->a, s->org, s->n_org, &s->org_room, sizeof *s->org);
    s->org[s->n_org++] = (struct staff_org){r->id, kept(s, r->org.ja), kept(s, r->org.en),
                                            r->lo >= s->span.lo && r->lo < s->span.hi, r->current};
}

static void keep_title(void *to, str title, str duty)
{
    struct staff_work *s = to;
    bool fresh;
    uint32_t place = place_of(s->duties, duty);
    if (place == 0 || title.n == 0 || title.n > CODE_TEXT_MAX) return;
    struct code *c = codes_add(s->titles, title, &fresh);
    if (fresh)
        c->id = place;
    else if (c->id != place)
        c->id = 0;
}

static void keep_duty(void *to, const struct staff_duty_row *r)
{
    struct staff_work *s = to;
    bool fresh;
    codes_add(s->duties, r->duty.code, &fresh);
    s->duty = arena_more(s->w->a, s->duty, s->n_duty, &s->duty_room, sizeof *s->duty);
    s->duty[s->n_duty++] = (struct staff_duty){kept(s, r->duty.ja), kept(s, r->duty.en), r->rights, r->many};
    keep_title(s, r->duty.ja, r->duty.code);
}

static void keep_system(void *to, int64_t id, const struct named *system, str org)
{
    struct staff_work *s = to;
    bool fresh;
    codes_add(s->systems, system->code, &fresh);
    s->system = arena_more(s->w->a, s->system, s->n_system, &s->system_room, sizeof *s->system);
    s->system[s->n_system++] =
        (struct staff_system){id, kept(s, system->ja), kept(s, system->en), place_of(s->orgs, org)};
}

/* ---- people ---- */

static size_t add_person(struct staff_work *s, str code)
{
    bool fresh;
    const struct code *c = codes_add(s->people, code, &fresh);
    if (!fresh) return c->place;
    size_t room = s->people_room;
    s->person = arena_more(s->w->a, s->person, s->n_people, &s->people_room, sizeof *s->person);
    s->facts = arena_more(s->w->a, s->facts, s->n_people, &room, sizeof *s->facts);
    s->person[s->n_people] = (struct staff_person){0};
    s->facts[s->n_people] = (struct staff_facts){0};
    return s->n_people++;
}

static void keep_person(void *to, const struct staff_person_row *r)
{
    struct staff_work *s = to;
    size_t at = add_person(s, r->code);
    uint32_t org = place_of(s->orgs, r->org);
    bool left = r->until.given && r->until.date < s->span.day, later = r->since.given && r->since.date > s->span.day;
    /* Whoever left an office out of reach comes as the list says: what was known of them there is neither told nor
     * taken along. */
    bool told = r->within || !left;
    s->person[at] = (struct staff_person){told ? kept(s, r->name_ja) : S(""),
                                          told ? kept(s, r->name_en) : S(""),
                                          told ? kept(s, r->mail) : S(""),
                                          org,
                                          .stands = !left && !later && r->within,
                                          .inside = org != 0 && s->org[org - 1].inside};
    s->facts[at] =
        (struct staff_facts){.id = r->id, .since = r->since, .until = r->until, .elsewhere = !left && !r->within,
                             .from_elsewhere = left && !r->within};
}

enum err staff_person_of(struct staff_work *s, str code, size_t *out)
{
    const struct code *c = codes_find(s->people, code);
    if (c != NULL) {
        *out = c->place;
        return OK;
    }
    bool found;
    struct staff_person_row row;
    struct arena_mark mark = arena_mark(s->w->a);
    enum err e = staff_person_find(s->w, code, &found, &row);
    if (e != OK) return e;
    if (found) {
        keep_person(s, &row);
        *out = codes_find(s->people, code)->place;
        return OK;
    }
    arena_back(s->w->a, mark);
    *out = add_person(s, code);
    return OK;
}

static void keep_beyond(void *to, str person)
{
    struct staff_work *s = to;
    const struct code *c = codes_find(s->people, person);
    if (c != NULL) s->facts[c->place].beyond = true;
}

enum err staff_load(struct staff_work *s)
{
    struct work *w = s->w;
    s->orgs = codes_new(w->a);
    s->duties = codes_new(w->a);
    s->titles = codes_new(w->a);
    s->systems = codes_new(w->a);
    s->people = codes_new(w->a);
    enum err e = staff_orgs(w, s->span.day, keep_org, s);
    if (e == OK) e = staff_duties(w, s->span.day, keep_duty, s);
    if (e == OK) e = staff_titles(w, keep_title, s);
    if (e == OK) e = staff_systems(w, s->span, keep_system, s);
    return e == OK ? staff_people(w, s->span, keep_person, s) : e;
}

/* ---- posts ---- */

static void keep_post(void *to, const struct staff_post_row *r)
{
    struct staff_work *s = to;
    const struct code *holder = r->person.n == 0 ? NULL : codes_find(s->people, r->person);
    bool later = r->since.given && r->since.date > s->span.day, vacant = r->person.n == 0 || r->left;
    bool theirs = !vacant && (holder == NULL || !s->person[holder->place].stands);
    if (theirs) s->strangers++;
    if (theirs || (vacant && later)) return;
    size_t room = s->posts_room;
    s->post = arena_more(s->w->a, s->post, s->n_posts, &s->posts_room, sizeof *s->post);
    s->post_facts = arena_more(s->w->a, s->post_facts, s->n_posts, &room, sizeof *s->post_facts);
    struct staff_seat seat = {place_of(s->orgs, r->org), place_of(s->duties, r->duty), place_of(s->systems, r->system)};
    bool inside = seat.org != 0 && s->org[seat.org - 1].inside;
    bool began = !r->since.given || r->since.date < s->span.day;
    s->post_facts[s->n_posts] = (struct staff_post_facts){r->id, r->since, r->until};
    s->post[s->n_posts++] = (struct staff_post){.code = kept(s, r->code),
                                                .seat = seat,
                                                .person = vacant ? STAFF_NONE : (ptrdiff_t)holder->place,
                                                .inside = inside,
                                                .ends = began && r->system.n == 0 && s->duty[seat.duty - 1].many,
                                                .deputy = r->deputy};
}

/* What they held where they come from, within reach. */
static enum err load_comers(struct staff_work *s)
{
    enum err e = OK;
    for (size_t i = 0; e == OK && i < s->n_rows; i++) {
        size_t p = s->row[i].person;
        const struct staff_person *was = &s->person[p];
        if (s->row[i].further || !was->stands || was->inside) continue;
        e = staff_posts_of(s->w, s->span, codes_text(s->people, codes_at(s->people, (uint32_t)p)), keep_post, s);
    }
    return e;
}

enum err staff_load_posts(struct staff_work *s)
{
    enum err e = staff_posts(s->w, s->span, keep_post, s);
    if (e == OK) e = staff_posts_out(s->w, s->span, keep_post, s);
    if (e == OK) e = load_comers(s);
    return e == OK ? beyond_each(s->w, keep_beyond, s) : e;
}
