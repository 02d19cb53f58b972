/* The act `registry staff`: a personnel list (職員名簿) beside what stands; what would change is shown, then done. */
#include "registry/staff.h"

#include "base/clock.h"
#include "registry/registry.h"
#include "surface/door.h"

/* ---- before the first change ---- */

/* A post has one holder and no calendar of them: a list of a day to come would take it from them today. */
static enum err check_day(struct work *w, const struct args *in)
{
    int64_t day = arg_int(in, "on");
    if (day <= (w->now + JAPAN) / DAY || w->rehearsed) return OK;
    return fault_in(
        w, INVALID, ((struct where){.field = S("on")}),
        M("%1 is still to come: a list is taken over on its day or later; before, try it out to see what it "
          "will change"),
        date_text(w->a, day));
}

static str code_of(const struct staff_work *s, size_t person)
{
    return codes_text(s->people, codes_at(s->people, (uint32_t)person));
}

/* Name and address of a person are a way in as that person, in all their posts. */
static void check_identity(struct staff_work *s, const struct staff_change *c)
{
    if (!s->facts[c->person].beyond) return;
    (void)fault_in(s->w, DENIED,
                   staff_cell(s, s->facts[c->person].main_row, c->kind == STAFF_MAIL ? "mail" : "name_ja"),
                   M("'%1' also holds a post out of your reach, or with rights that you do not hold: name and mail "
                     "address are changed by someone who reaches all of their posts and holds these rights"),
                   code_of(s, c->person));
}

/* Someone who had left comes back: posts that were never ended would come back with them. */
static void check_return(struct staff_work *s, const struct staff_change *c)
{
    const struct staff_facts *f = &s->facts[c->person];
    if (f->id == 0 || !f->beyond) return;
    (void)fault_in(s->w, CONFLICT, staff_cell(s, f->main_row, "person"),
                   M("'%1' left, but posts out of your reach still name them: the office of these posts gives them up "
                     "first"),
                   code_of(s, c->person));
}

static void check_leave(struct staff_work *s, const struct staff_change *c)
{
    const struct staff_facts *f = &s->facts[c->person];
    if (!f->since.given || f->since.date < s->span.day) return;
    (void)fault_in(s->w, INVALID, ((struct where){.file = s->file->name, .field = S("person")}),
                   M("'%1' came on %2 and cannot leave the day before: give a later day, or correct the person with "
                     "`meguri registry import --what people`"),
                   code_of(s, c->person), date_text(s->w->a, f->since.date));
}

static enum err check_changes(struct staff_work *s, const struct staff_diff *d)
{
    for (size_t i = 0; i < d->n_changes; i++) {
        const struct staff_change *c = &d->change[i];
        if (c->kind == STAFF_RENAMED || c->kind == STAFF_MAIL) check_identity(s, c);
        if (c->kind == STAFF_JOIN) check_return(s, c);
        if (c->kind == STAFF_LEAVE) check_leave(s, c);
    }
    return work_err(s->w);
}

/* A wrong file empties no ministry. */
static enum err check_many(struct staff_work *s, const struct staff_diff *d)
{
    size_t leave = d->counts[STAFF_LEAVE];
    if (2 * leave <= d->standing || s->many) return OK;
    return fault_in(s->w, INVALID, ((struct where){.file = s->file->name, .field = S("many")}),
                    M("%1 of %2 people would leave, more than half: look whether it is the right file and the right "
                      "organisation; if it is, say so (--many)"),
                    str_int(s->w->a, (int64_t)leave), str_int(s->w->a, (int64_t)d->standing));
}

/* ---- telling ---- */

static const struct {
    const char *key;
    str code, label;
} kinds[STAFF_KINDS] = {
    [STAFF_JOIN] = {"joined", S_INIT("joins"), N("Join")},
    [STAFF_LEAVE] = {"left", S_INIT("leaves"), N("Leave")},
    [STAFF_MOVE] = {"moved", S_INIT("moves"), N("Move")},
    [STAFF_FURTHER] = {"further", S_INIT("further-post"), N("Further posts")},
    [STAFF_GIVEN_UP] = {"given_up", S_INIT("gives-up"), N("Posts given up")},
    [STAFF_RENAMED] = {"renamed", S_INIT("renamed"), N("Names changed")},
    [STAFF_MAIL] = {"mail", S_INIT("mail-changed"), N("Mail addresses changed")},
    [STAFF_VACATED] = {"vacated", S_INIT("vacated"), N("Posts left vacant")},
};

static str seat_words(const struct staff_work *s, enum lang lang, struct staff_seat seat)
{
    const struct staff_org *o = &s->org[seat.org - 1];
    str org = lang_pick(lang, o->ja, o->en), system = S("");
    if (seat.system != 0) {
        const struct staff_system *y = &s->system[seat.system - 1];
        system = str_fmt(s->w->a, " %.*s", STR_ARG(lang_pick(lang, y->ja, y->en)));
    }
    if (seat.duty == 0) return org;
    const struct staff_duty *d = &s->duty[seat.duty - 1];
    str duty = lang_pick(lang, d->ja, d->en);
    return str_fmt(s->w->a, lang == LANG_JA ? "%.*s%.*s（%.*s）" : "%.*s%.*s (%.*s)", STR_ARG(org), STR_ARG(system),
                   STR_ARG(duty));
}

static struct cell seat_cell(const struct staff_work *s, struct staff_seat seat, str words)
{
    if (words.n != 0) return C_TEXT(words);
    if (seat.org == 0) return C_NONE;
    return C_BOTH(seat_words(s, LANG_JA, seat), seat_words(s, LANG_EN, seat));
}

/* Of who joins, the name stands in the list alone. */
static struct cell name_cell(const struct staff_work *s, const struct staff_row *const *main, size_t p)
{
    const struct staff_person *x = &s->person[p];
    str ja = x->name_ja, en = x->name_en;
    if (ja.n == 0 && main[p] != NULL) ja = main[p]->name_ja, en = main[p]->name_en;
    return C_PERSON(code_of(s, p), ja, en);
}

static void tell_change(const struct staff_work *s, const struct staff_row *const *main, const struct staff_change *c,
                        struct doc *out)
{
    bool vacated = c->kind == STAFF_VACATED;
    struct arena_mark mark = arena_mark(s->w->a);
    DOC_ROW(out, C_ENUM(kinds[c->kind].code), name_cell(s, main, c->person), C_TEXT(code_of(s, c->person)),
            seat_cell(s, c->from, vacated ? S("") : c->was), seat_cell(s, c->to, c->became),
            vacated ? C_TEXT(c->was) : C_NONE);
    arena_back(s->w->a, mark);
}

static void tell_table(const struct staff_work *s, const struct staff_diff *d, struct doc *out)
{
    static const struct column columns[] = {
        {"kind", CELL_ENUM, N("Change")},   {"person", CELL_PERSON, N("Person")},
        {"code", CELL_TEXT, N("Code")},     {"from", CELL_TEXT, N("From (before)")},
        {"to", CELL_TEXT, N("To (after)")}, {"post", CELL_TEXT, N("Post"), COL_DETAIL},
    };
    const struct staff_row **main = arena_array(s->w->a, s->n_people + 1, sizeof *main);
    for (size_t i = 0; i < s->n_rows; i++)
        if (!s->row[i].further) main[s->row[i].person] = &s->row[i];
    size_t n = d->n_changes < DIFFERENCES_MAX ? d->n_changes : DIFFERENCES_MAX;
    if (n == 0) return;
    DOC_TABLE(out, "staff_changes", columns);
    for (size_t i = 0; i < n; i++) tell_change(s, main, &d->change[i], out);
    doc_table_end(out);
    if (n < d->n_changes)
        doc_note(out, M("only the first %1 differences are listed"), str_int(s->w->a, DIFFERENCES_MAX));
}

static void tell(const struct staff_work *s, const struct staff_diff *d, struct doc *out)
{
    out->handling = M("holds personal data: for those concerned only");
    out->personal = true;
    doc_fact(out, "rows", M("Rows"), C_INT((int64_t)s->n_rows));
    doc_fact(out, "standing", M("People before"), C_INT((int64_t)d->standing));
    for (size_t k = 0; k < STAFF_KINDS; k++) {
        doc_fact(out, kinds[k].key, kinds[k].label, C_INT((int64_t)d->counts[k]));
        act_noted(s->w, str_of(kinds[k].key), str_int(s->w->a, (int64_t)d->counts[k]));
    }
    doc_fact(out, "unchanged", M("Unchanged"), C_INT((int64_t)d->unchanged));
    tell_table(s, d, out);
    if (d->n_changes == 0) doc_note(out, M("the list says what stands already: nothing changes"));
    if (!s->whole)
        doc_note(out,
                 M("people who are not in the list stay as they are: only a whole list (--whole) lets them leave"));
    if (s->strangers != 0)
        doc_note(out, M("%1 posts are held by people of other offices and stay as they are"),
                 str_int(s->w->a, s->strangers));
}

/* ---- the act ---- */

enum err registry_staff(struct work *w, const struct args *in, struct doc *out)
{
    const struct org *org = arg_org(in, "org");
    struct staff_work s = {.w = w,
                           .file = arg_file(in, "file"),
                           .span = {arg_int(in, "on"), org->lo, org->hi},
                           .whole = arg_int(in, "whole") != 0,
                           .many = arg_int(in, "many") != 0};
    enum err e = check_day(w, in);
    if (e == OK) e = staff_load(&s);
    if (e == OK) e = staff_read(&s);
    if (e == OK) e = work_err(w);
    if (e == OK) e = staff_load_posts(&s);
    if (e != OK) return e;
    const struct staff_lists lists = {s.person, s.post, s.row, s.n_people, s.n_posts, s.n_rows, s.whole};
    struct staff_diff d;
    staff_compare(w->a, &lists, &d);
    e = check_changes(&s, &d);
    if (e == OK) e = check_many(&s, &d);
    if (e == OK && d.n_changes != 0) e = staff_write(&s, &d);
    if (e == OK) tell(&s, &d, out);
    return e;
}
