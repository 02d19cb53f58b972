/* Gathers what is due to be told, person by person, and puts the letters into the outbox. By the clock it runs once a
 * working day, in steps, so that a million respondents need no memory and no long transaction; by hand it runs at once,
 * for whoever is within reach. */
#include "home/remind_store.h"

#include "account/account.h"

enum { PAGE_ROWS = 1000 /* a step: some 0.1 s, in which nobody hands in a sheet */, LETTERS_MOST = 20000 };

struct running {
    struct work *w;
    struct remind_rules rules;
    struct days days;
    struct run_before last;
    int64_t day, out_on; /* today, and the day on which what is written now goes out */
    bool by_hand;
    struct org within; /* by hand: where it reaches; hi 0: everywhere the post does */
    int64_t only;      /* by hand: this round alone; 0: all */
    struct open_round *round;
    size_t n_rounds;
    struct letter_frame frame;
    /* a page of people */
    struct told_sheet *sheet;
    size_t n_sheets, room;
    int64_t rows, person; /* seen, and the last of them */
    struct duty_post *post;
    size_t n_posts;
    /* what came of it */
    int64_t letters, unreachable, told_today;
    struct doc *out; /* the table of an act by hand; NULL: none */
    bool names;
};

/* ---- rules and rounds ---- */

enum err rules_load(struct work *w, struct remind_rules *out)
{
    str values[RULES];
    size_t wrong;
    for (size_t i = 0; i < RULES; i++) {
        enum err e = setting_get(w, str_of(rule_lines[i].key), &values[i]);
        if (e == NOTFOUND) values[i] = str_of(rule_lines[i].fallback);
        else if (e != OK) return e;
    }
    if (rules_parse(values, out, &wrong)) return OK;
    return fault(w, INVALID, M("the setting '%1' is not understood: give it anew with `home remind-settings`"),
                 str_of(rule_lines[wrong].key));
}

enum err run_before(struct work *w, const struct days *days, int64_t day, struct run_before *out)
{
    enum err e = run_last(w, day, out);
    if (e != NOTFOUND) return e;
    *out = (struct run_before){days_step(days, day, -1), 0};
    return OK;
}

static enum err begin(struct work *w, struct running *x)
{
    enum err e = rules_load(w, &x->rules);
    x->w = w;
    x->day = japan_day(w->now);
    if (e == OK) e = days_load(w, &x->days);
    if (e == OK) e = run_before(w, &x->days, x->day, &x->last);
    if (e == OK) e = inspect_open_rounds(w, &x->round, &x->n_rounds);
    if (e == OK) e = setting_get(w, S("url"), &x->frame.url);
    if (e != OK && e != NOTFOUND) return e;
    x->out_on = japan_day(letter_time(&x->rules, &x->days, w->now));
    x->frame.contact = x->rules.contact;
    x->frame.day = x->day;
    return OK;
}

static const struct open_round *round_of(const struct running *x, int64_t id)
{
    for (size_t i = 0; i < x->n_rounds; i++)
        if (x->round[i].id == id) return &x->round[i];
    return NULL;
}

static bool within(const struct running *x, int64_t place)
{
    return place >= x->w->lo && place < x->w->hi &&
           (x->within.hi == 0 || (place >= x->within.lo && place < x->within.hi));
}

/* ---- own sheets ---- */

static bool sheet_due(const struct running *x, const struct unsent *u)
{
    if (x->by_hand) return true;
    if (u->returned > x->last.at) return true;
    return u->has_due && stage_reached(&x->rules, &x->days, u->due, x->last.day, x->day);
}

static enum err take_sheet(void *to, const struct unsent *u)
{
    struct running *x = to;
    struct arena *a = x->w->a;
    const struct open_round *round = round_of(x, u->round);
    x->rows++;
    x->person = u->person;
    if (round == NULL || round_shut_at(round, u->node) || !sheet_due(x, u)) return OK;
    x->sheet = arena_more(a, x->sheet, x->n_sheets, &x->room, sizeof *x->sheet);
    x->sheet[x->n_sheets++] = (struct told_sheet){
        .round = round, .person = u->person, .org = u->org, .due = u->due, .has_due = u->has_due, .returned = u->returned,
        .from_due = u->has_due ? due_distance(&x->days, u->due, x->day) : 0, .respondent = str_dup(a, u->respondent),
        .duty_ja = str_dup(a, u->duty_ja), .duty_en = str_dup(a, u->duty_en), .org_ja = str_dup(a, u->org_ja),
        .org_en = str_dup(a, u->org_en), .reason = str_dup(a, u->reason),
        .within = within(x, u->place) && (x->only == 0 || x->only == u->round)};
    return OK;
}

/* ---- the unit one confirms for ---- */

struct adding {
    const struct open_round *round;
    struct unit_standing sum;
};

/* What is shut waits for nobody. */
static void add_standing(void *to, const struct unit_standing *s)
{
    struct adding *a = to;
    struct unit_standing *sum = &a->sum;
    if (round_shut_at(a->round, s->node)) return;
    sum->all += s->all;
    sum->missing += s->missing;
    sum->waiting += s->waiting;
    if (s->has_due && (!sum->has_due || s->due < sum->due)) sum->due = s->due;
    sum->has_due |= s->has_due;
}

struct naming {
    const struct open_round *round;
    struct arena *a;
    struct told_unit *unit;
};

static void take_name(void *to, const struct missing_one *m)
{
    struct naming *n = to;
    if (round_shut_at(n->round, m->node)) return;
    struct told_name *x = &n->unit->name[n->unit->n_names++];
    *x = (struct told_name){.ja = str_dup(n->a, m->name_ja), .en = str_dup(n->a, m->name_en),
                            .duty_ja = str_dup(n->a, m->duty_ja), .duty_en = str_dup(n->a, m->duty_en), .begun = m->begun,
                            .returned = m->returned};
}

/* From the day on that the rules say, while somebody of the unit is missing or something waits. */
static bool unit_due(const struct running *x, const struct open_round *r, const struct unit_standing *s)
{
    if (s->missing + s->waiting == 0) return false;
    if (x->by_hand) return true;
    if (s->missing > 0 && s->has_due && due_distance(&x->days, s->due, x->day) >= x->rules.managers_from) return true;
    return s->waiting > 0 && r->has_due && due_distance(&x->days, r->due, x->day) >= x->rules.managers_from;
}

static enum err unit_of(struct running *x, const struct duty_post *p, const struct open_round *r, struct digest *d)
{
    struct work *w = x->w;
    struct adding a = {.round = r};
    enum err e = inspect_standing(w, r->id, p->lo, p->hi, p->person, add_standing, &a);
    if (e != OK || !unit_due(x, r, &a.sum)) return e;
    const struct unit_standing s = a.sum;
    struct told_unit *u = &d->unit[d->n_units++];
    *u = (struct told_unit){.round = r, .org = p->org, .all = s.all, .missing = s.missing, .waiting = s.waiting,
                            .org_code = p->org_code, .org_ja = p->org_ja, .org_en = p->org_en};
    if ((p->rights & MAY_NAMES) == 0 || s.missing == 0) return OK;
    struct naming n = {r, w->a, u};
    u->name = arena_array(w->a, NAMES_TOLD, sizeof *u->name);
    return inspect_missing(w, r->id, p->lo, p->hi, p->person, NAMES_TOLD, take_name, &n);
}

/* ---- those one heads ---- */

struct counting {
    struct told_head *h;
};

static void count_below(void *to, const struct unit_standing *s)
{
    struct told_head *h = ((struct counting *)to)->h;
    struct told_count *in = NULL;
    for (size_t i = 0; i < h->n_below; i++)
        if (s->place >= h->below[i].lo && s->place < h->below[i].hi) in = &h->below[i];
    struct told_count *const both[] = {&h->sum, in};
    for (size_t i = 0; i < 2; i++) {
        if (both[i] == NULL) continue;
        both[i]->all += s->all;
        both[i]->missing += s->missing;
        both[i]->waiting += s->waiting;
    }
}

static enum err head_of(struct running *x, const struct duty_post *p, const struct open_round *r, int64_t days_late,
                        struct digest *d)
{
    struct told_head h = {.round = r, .org = p->org, .days_late = days_late, .org_code = p->org_code,
                          .sum = {.ja = p->org_ja, .en = p->org_en}};
    struct counting c = {&h};
    enum err e = days_late < 0 ? units_below(x->w, p->org, x->day, &h.below, &h.n_below) : OK;
    if (e == OK) e = inspect_standing(x->w, r->id, p->lo, p->hi, NO_READER, count_below, &c);
    bool something = days_late < 0 ? h.sum.missing + h.sum.waiting > 0 : h.sum.missing > 0;
    if (e == OK && something) d->head[d->n_heads++] = h;
    return e;
}

static bool listed(str words, str word)
{
    str rest = words, one;
    while (str_cut(&rest, ' ', &one))
        if (str_eq(one, word)) return true;
    return false;
}

/* ---- a person ---- */

static enum err of_post(struct running *x, const struct duty_post *p, const struct open_round *r, struct digest *d)
{
    const struct remind_rules *rules = &x->rules;
    bool confirms = keeps_unit(p->rights), heads = (p->rights & MAY_NAMES) != 0 && (p->rights & MAY_MANAGE) != 0;
    bool early = r->has_due && due_distance(&x->days, r->due, x->day) < rules->managers_from;
    enum err e = OK;
    if (confirms && (x->by_hand || !early)) e = unit_of(x, p, r, d);
    if (e != OK) return e;
    if (heads && !confirms && rules->heads && week_begins(&x->days, x->last.day, x->day)) e = head_of(x, p, r, -1, d);
    bool late = r->has_due && reached(&x->days, r->due, rules->late_after, x->last.day, x->day);
    if (e == OK && late && (p->rights & MAY_READ_RATES) != 0 && listed(rules->late_duties, p->duty))
        e = head_of(x, p, r, rules->late_after, d);
    return e;
}

/* *mine: of some unit that the act by hand is about, something is told. */
static enum err of_posts(struct running *x, size_t from, size_t to, struct digest *d, bool *mine)
{
    size_t most = (to - from) * x->n_rounds;
    enum err e = OK;
    d->unit = arena_array(x->w->a, most + 1, sizeof *d->unit);
    d->head = arena_array(x->w->a, most * 2 + 1, sizeof *d->head);
    for (size_t i = from; e == OK && i < to; i++) {
        for (size_t k = 0; e == OK && k < x->n_rounds; k++) {
            size_t units = d->n_units;
            e = of_post(x, &x->post[i], &x->round[k], d);
            bool about = x->only == 0 || x->only == x->round[k].id;
            *mine |= d->n_units > units && about && within(x, x->post[i].lo);
        }
    }
    return e;
}

/* Once for each organisation of each round the letter speaks of. */
static enum err count_letter(struct running *x, const struct digest *d)
{
    enum err e = OK;
    for (size_t i = 0; e == OK && i < d->n_sheets; i++) {
        bool before = false;
        for (size_t k = 0; k < i; k++)
            before |= d->sheet[k].org == d->sheet[i].org && d->sheet[k].round == d->sheet[i].round;
        if (!before) e = inspect_reminded(x->w, d->sheet[i].round->id, d->sheet[i].org, x->day);
    }
    for (size_t i = 0; e == OK && i < d->n_units; i++) e = inspect_reminded(x->w, d->unit[i].round->id, d->unit[i].org, x->day);
    for (size_t i = 0; e == OK && i < d->n_heads; i++) e = inspect_reminded(x->w, d->head[i].round->id, d->head[i].org, x->day);
    return e;
}

static void tell_row(struct running *x, const struct digest *d, const struct digest_kinds *k, int64_t due)
{
    if (x->out == NULL || !x->names) return;
    int64_t own = 0; /* of those out of reach the letter tells its reader alone */
    for (size_t i = 0; i < d->n_sheets; i++) own += d->sheet[i].within;
    DOC_ROW(x->out, C_PERSON(d->code, d->name_ja, d->name_en), C_INT(own),
            C_INT(k->unit), C_TIME(due));
}

static enum err send(struct running *x, const struct digest *d)
{
    struct work *w = x->w;
    struct digest_kinds k = digest_kinds(d);
    struct letter l = {.org = d->org, .to = d->mail, .due = letter_time(&x->rules, &x->days, w->now)};
    letter_write(w->a, &x->frame, d, &l.subject, &l.text);
    enum err e = outbox_add(w, &l);
    if (e == OK) e = reminded_put(w, d->person, x->out_on, &k, l.due);
    if (e == OK) e = count_letter(x, d);
    x->letters++;
    if (e == OK) tell_row(x, d, &k, l.due);
    return e;
}

/* By hand the letter goes to whom the act is about, and then tells all there is for them: it is the one of the day. */
static enum err one_person(struct running *x, struct digest *d, size_t post, size_t posts_end)
{
    bool told, mine = !x->by_hand;
    for (size_t i = 0; i < d->n_sheets; i++) mine |= d->sheet[i].within;
    enum err e = of_posts(x, post, posts_end, d, &mine);
    if (e != OK || !mine || d->n_sheets + d->n_units + d->n_heads == 0) return e;
    e = reader_of(x->w, d->person, x->day, d);
    if (e == OK) e = reminded_on(x->w, d->person, x->out_on, &told);
    if (e != OK) return e == NOTFOUND ? OK : e;
    if (told) x->told_today++;
    else if (d->mail.n == 0) x->unreachable++;
    else return send(x, d);
    return OK;
}

/* ---- a page of people ---- */

static enum err people(struct running *x)
{
    enum err e = OK;
    for (size_t s = 0, p = 0; e == OK && (s < x->n_sheets || p < x->n_posts);) {
        int64_t by_sheet = s < x->n_sheets ? x->sheet[s].person : INT64_MAX;
        int64_t by_post = p < x->n_posts ? x->post[p].person : INT64_MAX;
        struct digest d = {.person = by_sheet < by_post ? by_sheet : by_post, .sheet = x->sheet == NULL ? NULL : x->sheet + s};
        size_t posts = p;
        while (s < x->n_sheets && x->sheet[s].person == d.person) s++, d.n_sheets++;
        while (p < x->n_posts && x->post[p].person == d.person) p++;
        struct arena_mark mark = arena_mark(x->w->a);
        int64_t faults = x->w->faults.count;
        e = one_person(x, &d, posts, p);
        if (x->w->faults.count == faults) arena_back(x->w->a, mark);
    }
    return e;
}

/* The last person of a full page may have more sheets than were read: the page ends before. */
static enum err page(struct running *x, int64_t after, int64_t *upto)
{
    x->rows = x->person = 0;
    x->n_sheets = 0;
    enum err e = inspect_unsent(x->w, x->day, after, INT64_MAX, PAGE_ROWS, take_sheet, x);
    if (e != OK) return e;
    *upto = x->rows < PAGE_ROWS ? INT64_MAX : x->person - 1 > after ? x->person - 1 : x->person;
    while (x->n_sheets > 0 && x->sheet[x->n_sheets - 1].person > *upto) x->n_sheets--;
    e = duty_posts(x->w, x->day, after, *upto, &x->post, &x->n_posts);
    return e == OK ? people(x) : e;
}

/* ---- by the clock ---- */

static enum err next_page(struct running *x, struct remind_run *run)
{
    int64_t upto;
    enum err e = page(x, run->upto, &upto);
    if (e != OK) return e;
    run->done = upto == INT64_MAX;
    run->upto = upto;
    run->letters += x->letters;
    run->unreachable += x->unreachable;
    return run_put(x->w, run);
}

/* Quiet hours begin while letters still wait their turn: they go on in the morning. */
static enum err keep_quiet(struct work *w, bool *is)
{
    struct running x = {0};
    enum err e = rules_load(w, &x.rules);
    if (e == OK) e = days_load(w, &x.days);
    if (e != OK) return e;
    *is = quiet(&x.rules, &x.days, w->now);
    return *is ? outbox_hold(w, letter_time(&x.rules, &x.days, w->now)) : OK;
}

enum err remind_tick(struct work *w, bool *more)
{
    struct running x = {0};
    struct remind_run run;
    bool is_quiet = false;
    int64_t day = japan_day(w->now);
    *more = false;
    enum err e = keep_quiet(w, &is_quiet);
    if (e != OK || is_quiet) return e;
    e = run_get(w, day, &run);
    if (e == OK && run.done) return OK;
    if (e == NOTFOUND) run = (struct remind_run){.day = day, .at = w->now};
    else if (e != OK) return e;
    e = begin(w, &x);
    if (e != OK || !x.rules.on) return e;
    if ((e = next_page(&x, &run)) == OK) *more = !run.done;
    return e;
}

/* ---- by hand ---- */

static enum err mail_goes_out(struct work *w)
{
    str mail;
    enum err e = setting_get(w, S("mail"), &mail);
    if (e == NOTFOUND || (e == OK && mail.n == 0))
        return fault(w, INVALID, M("no mail goes out from here, so nobody would be reminded: start `meguri serve` with "
                                   "--smtp and --mail_from, then do this again"));
    return e;
}

static enum err choose_round(struct running *x, str code)
{
    if (code.n == 0) return OK;
    for (size_t i = 0; i < x->n_rounds; i++)
        if (str_eq(x->round[i].code, code)) x->only = x->round[i].id;
    if (x->only != 0) return OK;
    return fault_in(x->w, INVALID, ((struct where){.field = S("round")}),
                    M("no round '%1' is open: nobody is reminded of one that is closed"), code);
}

static enum err all_pages(struct running *x)
{
    enum err e = OK;
    for (int64_t after = 0; e == OK && after != INT64_MAX;) {
        e = page(x, after, &after);
        if (e == OK && x->letters > LETTERS_MOST)
            e = fault_in(x->w, INVALID, ((struct where){.field = S("org")}),
                         M("more than %1 letters at once: name an organisation, or leave it to the days that are set"),
                         str_int(x->w->a, LETTERS_MOST));
    }
    return e;
}

static void tell(const struct running *x, struct doc *out)
{
    struct arena *a = x->w->a;
    act_noted(x->w, S("letters"), str_int(a, x->letters));
    doc_fact(out, "letters", M("Letters written"), C_INT(x->letters));
    doc_fact(out, "told_today", M("Had a letter today already"), C_INT(x->told_today));
    doc_fact(out, "unreachable", M("Without a mail address"), C_INT(x->unreachable));
    if (quiet(&x->rules, &x->days, x->w->now))
        doc_note(out, M("Letters written in quiet hours or on a day off go out on the next working morning."));
    if (x->unreachable > 0) doc_note(out, M("`home reminders` lists those without a mail address."));
    if (x->letters + x->told_today + x->unreachable == 0)
        doc_note(out, M("Nobody within reach has a sheet that is not handed in."));
}

enum err home_act_remind(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column columns[] = {
        {"person", CELL_PERSON, N("Person")},
        {"sheets", CELL_INT, N("Own sheets")},
        {"units", CELL_INT, N("Units to confirm for")},
        {"due", CELL_TIME, N("Goes out from")},
    };
    struct running x = {.by_hand = true, .out = out, .names = (w->actor->rights & MAY_READ_NAMES) != 0};
    const struct org *org = arg_org(in, "org");
    if (org != NULL) x.within = *org;
    enum err e = mail_goes_out(w);
    if (e == OK) e = begin(w, &x);
    if (e == OK) e = choose_round(&x, arg_text(in, "round"));
    if (e != OK) return e;
    if (x.names) out->personal = true;
    if (x.names) DOC_TABLE(out, "letters", columns);
    e = all_pages(&x);
    if (x.names) doc_table_end(out);
    if (e == OK) tell(&x, out);
    return e;
}
