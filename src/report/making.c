#include "report/making.h"

#include "report/report.h"
#include "surface/door.h"

struct filling report_filling_of(const struct report *r)
{
    return (struct filling){.org = r->org_code, .org_ja = r->org_ja, .org_en = r->org_en, .plan = r->plan, .round = r->round,
                            .report = r->code, .year = r->year};
}

/* ---- running a view ---- */

enum { ARGUMENTS_MAX = 16, NOBODY = -1 };

static enum err view_of(struct work *w, str name, const struct entry **out)
{
    str rest = name, room;
    const struct room *found = str_cut(&rest, ' ', &room) ? room_find(room) : NULL;
    const struct entry *e = found == NULL ? NULL : entry_find(found, rest);
    if (e == NULL || e->kind != ENTRY_VIEW) return fault(w, NOTFOUND, M("this program has no view '%1'"), name);
    *out = e;
    return OK;
}

static enum err given_of(struct work *w, const struct line *l, const struct filling *f, struct given *given, size_t *n)
{
    str rest = l->arguments;
    struct argument a;
    *n = 0;
    while (report_argument_next(w->a, &rest, f, &a)) {
        if (a.left_out) continue;
        if (*n == ARGUMENTS_MAX)
            return fault(w, INVALID, M("a view of a report has at most %1 arguments"), str_int(w->a, ARGUMENTS_MAX));
        given[(*n)++] = (struct given){.name = a.name, .text = a.text};
    }
    return OK;
}

/* Whoever reads the document later may see less than who assembles it: the view is asked as by a post that reads figures
 * and no names, of nobody's own. Small groups are withheld then as they are in published figures. */
static struct actor reader_of_figures(const struct actor *a)
{
    struct actor reader = *a;
    bool reads = (a->rights & MAY_READ_RATES) != 0;
    reader.rights = (a->rights & MAY_CENTRE) | (reads ? (unsigned)MAY_RATES : 0);
    reader.person = NOBODY;
    return reader;
}

/* The door's question with the rights of who assembles, the view itself as by the reader. */
static enum err run_view(struct work *w, const struct line *l, const struct filling *f, struct doc *out)
{
    const struct entry *e = NULL;
    struct given given[ARGUMENTS_MAX];
    struct args args;
    size_t n;
    enum err err = view_of(w, l->view, &e);
    if (err == OK) err = given_of(w, l, f, given, &n);
    if (err == OK) err = args_parse(w, e, given, n, &args);
    if (err == OK) err = door_may(w, e, &args);
    if (err != OK) return err;
    const struct actor *who = w->actor, reader = reader_of_figures(who);
    w->actor = &reader;
    err = e->run(w, &args, out);
    w->actor = who;
    return err == OK ? work_err(w) : err;
}

static enum err record_view(struct work *w, const struct line *l, const struct filling *f, enum lang lang, str *out)
{
    struct recorder *r;
    struct record_wanted wanted = {l->tables, l->rows};
    if (l->what == PART_FIGURE) wanted = (struct record_wanted){0};
    struct doc *doc = record_begin(w, lang, &wanted, &r);
    enum err e = run_view(w, l, f, doc);
    return e == OK ? record_end(r, out) : e;
}

/* ---- a figure ---- */

static str value_words(struct arena *a, enum lang lang, const struct cell *c)
{
    switch (c->type) {
    case CELL_RATE: return c->rate.defined ? str_fmt(a, "%.*s%%", STR_ARG(rate_text(a, c->rate))) : S("–");
    case CELL_INT: return str_int(a, c->i);
    case CELL_DECIMAL: return decimal_text(a, cell_decimal(c));
    case CELL_DATE: return lang_date(a, lang, c->i);
    case CELL_TIME: return lang_day(a, lang, c->i);
    case CELL_MINUTES: return lang_minutes(a, lang, c->i);
    case CELL_NONE: return S("–");
    default: return str_dup(a, doc_cell_words(a, lang, c));
    }
}

static enum err find_figure(struct work *w, const struct report_part_rules *p, str record, struct record_fact *value, struct record_fact *of)
{
    enum err e = p->fact.n != 0 ? record_fact(w, record, p->fact, value)
                                : record_cell(w, record, p->table, p->column, p->row, value);
    if (e == NOTFOUND)
        return fault(w, NOTFOUND, M("the view does not tell the figure '%1'"), p->fact.n != 0 ? p->fact : p->column);
    *of = (struct record_fact){0};
    if (e != OK || p->of.n == 0) return e;
    e = p->fact.n != 0 ? record_fact(w, record, p->of, of) : record_cell(w, record, p->table, p->of, p->row, of);
    return e == NOTFOUND ? OK : e;
}

/* A record of its own: the sentence, and the fact "value" (and "of"). */
static enum err record_figure(struct work *w, const struct line *l, const struct filling *f, enum lang lang, str *out)
{
    struct report_part_rules p;
    struct record_fact value, of;
    struct recorder *r;
    str record;
    enum err e = report_part_rules(w, l, &p);
    if (e == OK) e = record_view(w, l, f, lang, &record);
    if (e == OK) e = find_figure(w, &p, record, &value, &of);
    if (e != OK) return e;
    const struct record_wanted all = {0};
    struct doc *doc = record_begin(w, lang, &all, &r);
    struct said said = {value_words(w->a, lang, &value.cell), value_words(w->a, lang, &of.cell)};
    str sentence = report_sentence_filled(w->a, lang, lang_pick(lang, l->text_ja, l->text_en), f, &said);
    if (sentence.n != 0) doc_text(doc, S("%1"), sentence);
    str label = lang_pick(lang, l->ja, l->en);
    if (value.below.n != 0) doc_fact_of(doc, "value", label, value.cell, S("%1"), value.below);
    else doc_fact(doc, "value", label, value.cell);
    if (of.cell.type != CELL_NONE) doc_fact(doc, "of", of.label, of.cell);
    return record_end(r, out);
}

enum err report_part_figure(struct work *w, const struct piece *p, enum lang lang, struct figure *out)
{
    str record = lang == LANG_JA ? p->record_ja : p->record_en;
    struct record_fact value, of = {0};
    if (p->is.what != PART_FIGURE || record.n == 0) return NOTFOUND;
    enum err e = record_fact(w, record, S("value"), &value);
    if (e != OK) return e;
    e = record_fact(w, record, S("of"), &of);
    if (e != OK && e != NOTFOUND) return e;
    *out = (struct figure){value, of.cell.i, of.cell.type == CELL_INT, of.label};
    return OK;
}

/* ---- a part ---- */

static str sentence_of(struct work *w, enum lang lang, const struct fault *f)
{
    size_t n = FAULT_ARGS;
    str said = tr_fill(w->a, lang, f->id, f->arg, n);
    return f->where.field.n == 0 ? said : str_fmt(w->a, "%.*s (%.*s)", STR_ARG(said), STR_ARG(f->where.field));
}

/* One language. What goes wrong in the view is told of the part; the act itself goes on. */
static enum err make_one(struct work *w, const struct report *r, struct piece *p, enum lang lang, str *record)
{
    struct filling f = report_filling_of(r);
    struct faults before = w->faults;
    w->faults = (struct faults){0};
    enum err e = p->is.what == PART_FIGURE ? record_figure(w, &p->is, &f, lang, record) : record_view(w, &p->is, &f, lang, record);
    if (e == STORE || e == BUSY) return e;
    if (e != OK) {
        const struct fault none = {.id = M("nothing of the kind is there")};
        const struct fault *first = w->faults.count == 0 ? &none : &w->faults.first[0];
        p->trouble_ja = sentence_of(w, LANG_JA, first);
        p->trouble_en = sentence_of(w, LANG_EN, first);
    }
    w->faults = before;
    return OK;
}

enum err report_part_make(struct work *w, const struct report *r, struct piece *p)
{
    str ja = {"", 0}, en = {"", 0}, was = p->record_ja;
    p->trouble_ja = p->trouble_en = (str){"", 0};
    enum err e = make_one(w, r, p, LANG_JA, &ja);
    if (e == OK && p->trouble_ja.n == 0) e = make_one(w, r, p, LANG_EN, &en);
    if (e != OK) return e;
    bool made = p->trouble_ja.n == 0;
    p->record_ja = made ? ja : (str){"", 0};
    p->record_en = made ? en : (str){"", 0};
    p->gone = p->come = 0;
    e = p->revision == 0 ? OK : record_changed(w, was, p->record_ja, &p->gone, &p->come);
    p->revision++;
    p->at = w->now;
    p->by_whom = acting_person(w);
    return e;
}

enum err report_make(struct work *w, const struct report *r, struct piece *parts, size_t n, struct assembled *out)
{
    struct assembled sum = {0};
    for (size_t i = 0; i < n; i++) {
        struct piece *p = &parts[i];
        if (p->is.what != PART_VIEW && p->is.what != PART_FIGURE) continue;
        work_progress(w, M("assembling"), (int64_t)i, (int64_t)n);
        enum err e = report_part_make(w, r, p);
        if (e == OK) e = report_part_assembled(w, r->id, r->no, p);
        if (e != OK) return e;
        sum.made += p->trouble_ja.n == 0;
        sum.failed += p->trouble_ja.n != 0;
        sum.changed += p->gone + p->come != 0;
    }
    *out = sum;
    return OK;
}
