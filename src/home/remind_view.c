/* `home reminders` and the settings behind it. */
#include "home/remind_store.h"

#include <stdlib.h>
#include <string.h>

#include "account/account.h"
#include "base/clock.h"

/* ---- the rules ---- */

static enum err tell_rules(struct work *w, struct doc *out)
{
    static const struct column columns[] = {
        {"rule", CELL_TEXT, N("Rule")},
        {"value", CELL_TEXT, N("Holds now")},
    };
    doc_show(out, &(struct show){.kind = SHOW_PAIRS, .label = "rule", .detail = "value", .alone = true});
    DOC_TABLE(out, "rules", columns);
    for (size_t i = 0; i < RULES; i++) {
        str value, label = rule_lines[i].label;
        enum err e = setting_get(w, str_of(rule_lines[i].key), &value);
        if (e == NOTFOUND) value = str_of(rule_lines[i].fallback);
        else if (e != OK) return e;
        if (value.n == 0 && strcmp(rule_lines[i].param, "contact") == 0) value = contact_usual;
        struct cell told = text_cell(value);
        /* Words of ours (going, weekly, a duty) are told as words; numbers and hours are not translated. */
        if (!str_eq(tr(LANG_JA, value), value)) told = words_cell(value);
        DOC_ROW(out, words_cell(label), told);
    }
    doc_table_end(out);
    return OK;
}

/* ---- what went out ---- */

static void tell_day(void *to, const struct reminded_day *d)
{
    DOC_ROW((struct doc *)to, C_DATE(d->day), C_INT(d->people), C_INT(d->sheets), C_INT(d->units), C_INT(d->heads),
            C_INT(d->late));
}

static enum err tell_days(struct work *w, struct doc *out)
{
    static const struct column columns[] = {
        {"day", CELL_DATE, N("Day")},
        {"letters", CELL_INT, N("Letters")},
        {"sheets", CELL_INT, N("Own sheets")},
        {"units", CELL_INT, N("Units to confirm for"), COL_DETAIL},
        {"heads", CELL_INT, N("Weekly counts"), COL_DETAIL},
        {"late", CELL_INT, N("Told once, overdue"), COL_DETAIL},
    };
    doc_heading(out, M("What went out"));
    DOC_TABLE(out, "sent", columns);
    enum err e = reminded_days(w, tell_day, out);
    doc_table_end(out);
    return e;
}

/* ---- what comes next ---- */

enum { COMING_MAX = 200 };
struct coming {
    int64_t day, due, people, sheets;
    const struct open_round *round; /* NULL: of all */
    str who;
};
struct ahead {
    struct work *w;
    struct remind_rules rules;
    struct days days;
    struct open_round *round;
    size_t n_rounds;
    int64_t from; /* the first day whose letters are still to come */
    struct coming *row;
    size_t n;
};

static void coming_add(struct ahead *x, struct coming c)
{
    if (c.day >= x->from && c.people > 0 && x->n < COMING_MAX) x->row[x->n++] = c;
}

static void of_count(void *to, const struct unsent_count *c)
{
    struct ahead *x = to;
    int64_t due = days_step(&x->days, c->due, 0);
    const struct open_round *round = NULL;
    for (size_t i = 0; i < x->n_rounds; i++)
        if (x->round[i].id == c->round) round = &x->round[i];
    for (size_t i = 0; round != NULL && i < x->rules.n_stages; i++)
        coming_add(x, (struct coming){days_step(&x->days, due, x->rules.stage[i]), c->due, c->people, c->sheets, round,
                                      S("respondents")});
}

static int by_day(const void *a, const void *b)
{
    const struct coming *x = a, *y = b;
    if (x->day != y->day) return x->day < y->day ? -1 : 1;
    return str_cmp(x->who, y->who);
}

static enum err late_readers(struct ahead *x, int64_t day, int64_t *out)
{
    str rest = x->rules.late_duties, one;
    enum err e = OK;
    while (e == OK && str_cut(&rest, ' ', &one)) {
        int64_t n = 0;
        if (one.n != 0) e = readers_count(x->w, day, 0, 0, one, &n);
        *out += n;
    }
    return e;
}

static enum err of_posts(struct ahead *x, int64_t today_)
{
    int64_t managers = 0, heads = 0, late = 0;
    enum err e = readers_count(x->w, today_, MAY_CONFIRM, MAY_MANAGE, S(""), &managers);
    if (e == OK) e = readers_count(x->w, today_, MAY_NAMES | MAY_MANAGE, 0, S(""), &heads);
    if (e == OK) e = late_readers(x, today_, &late);
    if (e != OK || x->n_rounds == 0) return e;
    int64_t next = days_step(&x->days, x->from - 1, 1), monday = next - weekday_of(next);
    int64_t first = day_works(&x->days, monday) ? monday : days_step(&x->days, monday, 1);
    if (first < next) first = days_step(&x->days, monday + 6, 1);
    if (x->rules.heads) coming_add(x, (struct coming){.day = first, .people = heads, .who = S("heads")});
    for (size_t i = 0; i < x->n_rounds; i++) {
        const struct open_round *r = &x->round[i];
        if (!r->has_due) continue;
        int64_t due = days_step(&x->days, r->due, 0), begin = days_step(&x->days, due, x->rules.managers_from);
        coming_add(x, (struct coming){begin < next ? next : begin, r->due, managers, 0, r, S("managers-daily")});
        coming_add(x, (struct coming){days_step(&x->days, due, x->rules.late_after), r->due, late, 0, r, S("told-late")});
    }
    return OK;
}

static enum err tell_coming(struct ahead *x, struct doc *out)
{
    static const struct column columns[] = {
        {"day", CELL_DATE, N("Day")},
        {"who", CELL_ENUM, N("Who")},
        {"people", CELL_INT, N("People at most")},
        {"sheets", CELL_INT, N("Sheets"), COL_DETAIL},
        {"title", CELL_TEXT, N("Round"), COL_DETAIL},
        {"due", CELL_DATE, N("Due"), COL_DETAIL},
        {"round", CELL_TEXT, N("Round"), COL_DATA, NULL, "round"},
    };
    x->row = arena_array(x->w->a, COMING_MAX, sizeof *x->row);
    enum err e = OK;
    for (size_t i = 0; e == OK && i < x->n_rounds; i++) e = inspect_unsent_counts(x->w, x->round[i].id, x->from, of_count, x);
    if (e == OK) e = of_posts(x, x->from);
    if (e != OK) return e;
    qsort(x->row, x->n, sizeof *x->row, by_day);
    doc_heading(out, M("What goes out next"));
    DOC_TABLE(out, "next", columns);
    for (size_t i = 0; i < x->n; i++) {
        const struct coming *c = &x->row[i];
        DOC_ROW(out, C_DATE(c->day), C_ENUM(c->who), C_INT(c->people), c->sheets == 0 ? C_NONE : C_INT(c->sheets),
                c->round == NULL ? C_NONE : C_BOTH(c->round->title_ja, c->round->title_en),
                c->round == NULL ? C_NONE : C_DATE(c->due), c->round == NULL ? C_NONE : C_TEXT(c->round->code));
    }
    doc_table_end(out);
    if (x->n == 0) doc_text(out, M("Nothing: no round with a due day is open, or everybody within reach has handed in."));
    else working_days_note(&x->days, x->from, x->row[x->n - 1].day, out);
    return OK;
}

/* ---- who cannot be reached ---- */

static void count_unreachable(void *to, const struct unreachable *u)
{
    (void)u;
    ++*(int64_t *)to;
}

static void tell_unreachable(void *to, const struct unreachable *u)
{
    DOC_ROW((struct doc *)to, C_PERSON(u->code, u->name_ja, u->name_en),
            C_ORG(u->org_code, u->org_ja, u->org_en, 0), C_INT(u->sheets));
}

static enum err tell_unreached(struct work *w, int64_t day, int64_t people, struct doc *out)
{
    static const struct column columns[] = {
        {"person", CELL_PERSON, N("Person"), 0, "registry person", "person"},
        {"org", CELL_ORG, N("Organisation")},
        {"sheets", CELL_INT, N("Sheets")},
    };
    if (people == 0) return OK;
    doc_heading(out, M("Without a mail address, and with a sheet to hand in"));
    doc_text(out, M("They get no letter. Record an address with `registry import --what people`, or tell them yourself."));
    if ((w->actor->rights & MAY_READ_NAMES) == 0) return OK;
    out->personal = true;
    DOC_TABLE(out, "unreachable", columns);
    enum err e = unreachable_each(w, day, tell_unreachable, out);
    doc_table_end(out);
    return e;
}

/* ---- what may be done from here ---- */

/* A page leaves out what the post may not do. */
static void forms(struct doc *out)
{
    static const struct form all[] = {
        {.act = "home remind", .title = N("Remind now, whoever has not handed in"), .ask = "org", .folded = true},
        {.act = "home remind-settings", .title = N("Change when reminders go out"), .folded = true,
         .ask = "sending days managers_from heads late_after late_duties quiet contact"},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        doc_form(out, &all[i]);
        doc_form_end(out);
    }
}

/* ---- the page ---- */

static enum err tell_state(struct ahead *x, int64_t unreachable, struct doc *out)
{
    struct run_before last;
    str mail;
    enum err e = setting_get(x->w, S("mail"), &mail);
    if (e != OK && e != NOTFOUND) return e;
    bool goes = e == OK && mail.n != 0;
    e = run_last(x->w, INT64_MAX, &last);
    if (e != OK && e != NOTFOUND) return e;
    doc_fact(out, "last_run", M("Last looked at"), e == OK ? C_TIME(last.at) : C_NONE);
    doc_fact(out, "unreachable", M("People without a mail address"), C_INT(unreachable));
    if (!goes)
        doc_text(out, M("No mail goes out from here, so nothing is sent: start `meguri serve` with --smtp and --mail_from."));
    else if (!x->rules.on) doc_text(out, M("Reminders are switched off: `home remind-settings` switches them on."));
    return OK;
}

enum err home_view_reminders(struct work *w, const struct args *in, struct doc *out)
{
    struct ahead x = {.w = w};
    struct remind_run run;
    int64_t day = japan_day(w->now), unreachable = 0;
    (void)in;
    enum err e = rules_load(w, &x.rules);
    if (e == OK) e = days_load(w, &x.days);
    if (e == OK) e = inspect_open_rounds(w, &x.round, &x.n_rounds);
    if (e == OK) e = run_get(w, day, &run);
    if (e != OK && e != NOTFOUND) return e;
    x.from = e == OK && run.done ? day + 1 : day;
    if ((e = unreachable_each(w, day, count_unreachable, &unreachable)) != OK) return e;
    if ((e = tell_state(&x, unreachable, out)) != OK || (e = tell_coming(&x, out)) != OK) return e;
    if ((e = tell_unreached(w, day, unreachable, out)) != OK || (e = tell_days(w, out)) != OK) return e;
    doc_heading(out, M("Rules"));
    e = tell_rules(w, out);
    forms(out);
    doc_note(out, M("One letter a person and day tells everything. Nobody who has left is told, nor who has handed in; a sheet "
                    "given back is told of on the next working day."));
    return e;
}

/* ---- changing them ---- */

static enum err duties_exist(struct work *w, str words)
{
    str rest = words, one;
    while (str_cut(&rest, ' ', &one)) {
        bool known;
        if (one.n == 0) continue;
        enum err e = duty_known(w, one, &known);
        if (e != OK) return e;
        if (!known)
            return fault_in(w, NOTFOUND, ((struct where){.field = S("late_duties")}),
                            M("no duty '%1': `meguri registry duties` lists them"), one);
    }
    return OK;
}

static enum err holds_for_all(struct work *w)
{
    bool all;
    enum err e = reaches_all(w, &all);
    if (e != OK || all) return e;
    return fault(w, DENIED, M("reminders hold for every organisation: they are set by someone who reaches them all"));
}

enum err home_act_settings(struct work *w, const struct args *in, struct doc *out)
{
    str values[RULES];
    struct remind_rules rules;
    size_t wrong, changed = 0;
    enum err e = holds_for_all(w);
    for (size_t i = 0; e == OK && i < RULES; i++) {
        bool given = arg_given(in, rule_lines[i].param);
        changed += given;
        e = given ? OK : setting_get(w, str_of(rule_lines[i].key), &values[i]);
        if (given) values[i] = str_trim(arg_text(in, rule_lines[i].param));
        if (e == NOTFOUND) values[i] = str_of(rule_lines[i].fallback), e = OK;
    }
    if (e != OK) return e;
    if (!rules_parse(values, &rules, &wrong))
        return fault_in(w, INVALID, ((struct where){.field = str_of(rule_lines[wrong].param)}),
                        M("'%1' is not understood here: days are whole numbers from -60 to 60, rising, at most eight; quiet "
                          "hours are 19:00-08:00, from the evening until the morning"), values[wrong]);
    if ((e = duties_exist(w, rules.late_duties)) != OK) return e;
    for (size_t i = 0; e == OK && i < RULES; i++)
        if (arg_given(in, rule_lines[i].param)) e = setting_put(w, str_of(rule_lines[i].key), values[i]);
    if (e != OK) return e;
    if (changed == 0) doc_note(out, M("Nothing was given, and nothing changed."));
    return tell_rules(w, out);
}
