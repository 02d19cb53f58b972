/* case open: a number, the state the kind says, the fields filled in. */
#include "case/acts.h"
#include "case/case.h"
#include "case/clock.h"
#include "case/decide.h"
#include "case/filled.h"
#include "case/kinds_store.h"
#include "case/reference.h"
#include "inspect/inspect.h"

#include "base/clock.h"

struct opening {
    struct work *w;
    const struct args *in;
    struct kind k;
    struct org org;
    struct item item;
    struct item_value *v;
    str *source;
    size_t n, n_sources;
};

static enum err wrong(struct work *w, const char *field, str id, str a, str b)
{
    return fault_note(w, INVALID, (struct where){.field = str_of(field)}, (const str[]){id, a, b}, 3);
}

/* ---- where, and who may ---- */

static enum err open_from_here(struct opening *x)
{
    const struct actor *a = x->w->actor;
    struct org above = x->org;
    bool inside = x->org.parent != 0 && a->lo < x->org.lo; /* then the organisation above is within reach too */
    enum err e = inside ? org_by_id(x->w, x->org.parent, &above) : OK;
    if (e != OK) return e;
    int64_t above_lo = inside || x->org.parent == 0 ? above.lo : INT64_MIN;
    if (may_open(&x->k, a, x->org.lo, above_lo)) return OK;
    if (x->k.above && may(a, x->k.opens, x->org.lo))
        return fault_in(x->w, DENIED, ((struct where){.field = S("org")}),
                        M("a case of '%1' at '%2' is opened by the office above it"), x->k.code, x->org.code);
    return fault_in(x->w, DENIED, ((struct where){.field = S("kind")}),
                    M("a case of '%1' at '%2' is not opened from your post"), x->k.code, x->org.code);
}

static enum err open_where(struct opening *x)
{
    const struct org *given = arg_org(x->in, "org");
    const struct actor *a = x->w->actor;
    enum err e = OK;
    if (given != NULL)
        x->org = *given;
    else if (a->org != 0)
        e = org_by_id(x->w, a->org, &x->org);
    else
        return fault_in(x->w, INVALID, ((struct where){.field = S("org")}), M("is required"));
    if (e == OK) e = open_from_here(x);
    if (e != OK) return e;
    x->item.kind = x->k.id;
    x->item.org = x->org.id;
    x->item.org_lo = x->org.lo;
    return OK;
}

/* ---- what it is about ---- */

static enum err about_round(struct opening *x)
{
    struct round_head head;
    str code = arg_text(x->in, "round");
    if (code.n == 0) return OK;
    enum err e = inspect_round_head(x->w, code, &head);
    if (e != OK) return e;
    x->item.round = head.code;
    x->item.edition_id = head.edition;
    x->item.edition = head.edition_code;
    return OK;
}

/* A clause is one of an edition: that of the round, or of the round that was opened last. */
static enum err about_clause(struct opening *x)
{
    str number = arg_text(x->in, "clause");
    struct round_head newest;
    struct edition ed;
    if (number.n == 0) return OK;
    enum err e = OK;
    if (x->item.edition_id == 0 && (e = inspect_newest_round(x->w, &newest)) == OK) x->item.edition_id = newest.edition;
    if (e == NOTFOUND)
        return wrong(x->w, "clause", M("no round asks an edition yet, so no clause can be named"), S(""), S(""));
    if (e == OK) e = standard_edition_by_id(x->w, x->item.edition_id, &ed);
    if (e != OK) return e;
    if (standard_clause(&ed, number) < 0)
        return wrong(x->w, "clause", M("edition '%1' has no clause '%2'"), ed.code, number);
    x->item.edition = ed.code;
    x->item.clause = number;
    return OK;
}

static enum err about_respondent(struct opening *x)
{
    str code = arg_text(x->in, "respondent");
    int64_t lo, person;
    if (code.n == 0) return OK;
    enum err e = respondent_look(x->w, code, &lo, &person);
    if (e != OK && e != NOTFOUND) return e;
    if (e == NOTFOUND || lo < x->org.lo || lo >= x->org.hi)
        return wrong(x->w, "respondent", M("no post, system or device '%1' at '%2' that you may see"), code,
                     x->org.code);
    x->item.respondent = code;
    x->item.about.id = person;
    return OK;
}

static enum err about_person(struct opening *x)
{
    str code = arg_text(x->in, "person");
    if (code.n == 0) return OK;
    enum err e = person_find(x->w, code, &x->item.about);
    if (e == NOTFOUND) return wrong(x->w, "person", M("no person '%1' that you may see"), code, S(""));
    return e;
}

static enum err about_all(struct opening *x)
{
    for (unsigned bit = 1; bit <= ABOUT_PERSON; bit <<= 1) {
        str name = about_name((enum about)bit);
        bool given = arg_given(x->in, str_c(x->w->a, name));
        if (given && !(x->k.about & bit))
            wrong(x->w, str_c(x->w->a, name), M("a case of '%1' is not about this"), x->k.code, S(""));
        else if (!given && (x->k.must & bit))
            wrong(x->w, str_c(x->w->a, name), M("is required"), S(""), S(""));
    }
    enum err e = work_err(x->w);
    if (e == OK) e = about_round(x);
    if (e == OK) e = about_clause(x);
    if (e == OK) e = about_respondent(x);
    if (e == OK) e = about_person(x);
    return e;
}

/* ---- the number ---- */

static str filled(struct work *w, str pattern, const struct kind *k, str org, str n)
{
    struct buf b = buf_in(w->a);
    const struct {
        str mark, value;
    } marks[] = {
        {S("{kind}"), k->code}, {S("{fy}"), str_int(w->a, fiscal_year(today(w)))}, {S("{org}"), org}, {S("{n}"), n}};
    for (size_t i = 0; i < pattern.n;) {
        str rest = str_sub(pattern, i, pattern.n);
        size_t m = 0;
        while (m < 4 && !str_starts(rest, marks[m].mark)) m++;
        if (m < 4)
            buf_add(&b, marks[m].value);
        else
            buf_byte(&b, pattern.p[i]);
        i += m < 4 ? marks[m].mark.n : 1;
    }
    return buf_str(&b);
}

/* The counter belongs to the pattern as filled in: a new year, or another organisation, begins at 1. */
static enum err give_number(struct opening *x)
{
    int64_t n;
    enum err e = counter_next(x->w, filled(x->w, x->k.number, &x->k, x->org.code, S("#")), &n);
    if (e != OK) return e;
    x->item.number = filled(x->w, x->k.number, &x->k, x->org.code, str_int(x->w->a, n));
    if (x->item.number.n <= CODE_MAX) return OK;
    return fault(x->w, INVALID, M("the number '%1' is longer than 64 letters: give the kind a shorter pattern"),
                 x->item.number);
}

/* ---- the act ---- */

static enum err begin(struct opening *x, str *step)
{
    bool fits;
    x->item.class = value_in(x->v, x->n, x->k.class);
    const struct kind_step *s = step_of_opening(&x->k, x->item.class, &fits);
    if (!fits)
        return wrong(x->w, "kind", M("no way to open a case of '%1' fits the class '%2'"), x->k.code, x->item.class);
    *step = s == NULL ? S("open") : s->code;
    x->item.opener.id = x->w->actor->person;
    x->item.opened = today(x->w);
    return state_enter(x->w, &x->k, s == NULL ? x->k.states[0].code : s->to, x->v, x->n, &x->item);
}

static enum err read_opening(struct opening *x)
{
    enum err e = kind_by_code(x->w, arg_text(x->in, "kind"), &x->k);
    if (e == OK) e = open_where(x);
    if (e != OK) return e;
    x->item.title = str_trim(arg_text(x->in, "title"));
    if (x->item.title.n == 0) wrong(x->w, "title", M("is required"), S(""), S(""));
    if (text_check(x->w, "title", x->item.title, CASE_TITLE_MAX) != OK) return INVALID;
    e = case_fields_take(x->w, &x->k, NULL, x->in, &x->v, &x->n);
    enum err about = about_all(x);
    if (about == OK) about = references_take(x->w, x->in, &x->source, &x->n_sources);
    if (about != OK) return about;
    return e == OK ? work_err(x->w) : e;
}

enum err case_act_open(struct work *w, const struct args *in, struct doc *out)
{
    struct opening x = {.w = w, .in = in};
    str step;
    int64_t id;
    enum err e = read_opening(&x);
    if (e == OK) e = begin(&x, &step);
    if (e == OK) e = give_number(&x);
    if (e == OK) e = item_insert(w, &x.item, &id);
    if (e != OK) return e;
    x.item.id = id;
    e = case_fields_store(w, id, x.v, x.n);
    if (e == OK) e = references_store(w, id, x.source, x.n_sources);
    if (e == OK) e = event_add(w, id, step, S(""), x.item.state, S(""));
    struct item was = {.state = S("")};
    if (e == OK) e = effect_of(w, &x.k, &was, &x.item, x.v, x.n, out, &(int64_t){0});
    if (e != OK) return e;
    const struct kind_state *s = kind_state(&x.k, x.item.state);
    doc_fact(out, "case", M("Case"), C_TEXT(x.item.number));
    doc_fact(out, "state", M("State"), enum_named_cell(s->code, s->ja, s->en));
    if (x.item.has_due) doc_fact(out, "due", M("To be done by"), C_DATE(x.item.due));
    act_noted(w, S("case"), x.item.number);
    str said = tr_fill(w->a, out->lang, M("Opened: %1"), &x.item.number, 1);
    act_next(w, &(struct going_on){.to = "case show", .given = {{"case", x.item.number}}, .said = said});
    return OK;
}
