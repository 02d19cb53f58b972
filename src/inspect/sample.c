/* inspect sample, check-device, agreement: sheets of devices drawn by a seed, looked at by hand, and how often the sheet
 * was right. */
#include <string.h>

#include "inspect/acts.h"
#include "inspect/bulk.h"
#include "inspect/bulk_store.h"
#include "inspect/own_sheet.h"
#include "inspect/sheets_csv.h"
#include "inspect/showing.h"

enum { SAMPLE_MAX = 1000, CHECK_NOTE_MAX = 2000 };

/* ---- drawing ---- */

struct drawn {
    uint64_t rank;
    str code, org_code, org_ja, org_en, name_ja, name_en, duty;
    int state;
    enum answer answer; /* to the clause asked for */
    int64_t n[DONE + 1]; /* answers of the sheet */
};
struct sample {
    struct work *w;
    struct round *r;
    ptrdiff_t clause; /* -1: any */
    uint64_t seed;
    struct drawn *best; /* a heap: the one that would go next at the top */
    size_t n, room;
    int64_t of;       /* drawn from so many */
};

/* SplitMix64's finish (Steele, Lea, Flood 2014): which sheets are drawn depends on seed and code alone, not on the store,
 * on the order of rows, or on who else is there. */
static uint64_t mixed(uint64_t z)
{
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9U;
    z = (z ^ z >> 27) * 0x94D049BB133111EBU;
    return z ^ z >> 31;
}

static bool after(const struct drawn *a, const struct drawn *b)
{
    return a->rank != b->rank ? a->rank > b->rank : str_cmp(a->code, b->code) > 0;
}

static void swap(struct drawn *a, struct drawn *b)
{
    struct drawn t = *a;
    *a = *b;
    *b = t;
}

static void sink(struct sample *s, size_t i, size_t n)
{
    for (;;) {
        size_t top = i, left = 2 * i + 1;
        for (size_t k = left; k < n && k < left + 2; k++)
            if (after(&s->best[k], &s->best[top])) top = k;
        if (top == i) return;
        swap(&s->best[i], &s->best[top]);
        i = top;
    }
}

static void rise(struct sample *s, size_t i)
{
    for (; i > 0 && after(&s->best[i], &s->best[(i - 1) / 2]); i = (i - 1) / 2) swap(&s->best[i], &s->best[(i - 1) / 2]);
}

static struct drawn kept(struct work *w, struct drawn d)
{
    str *texts[] = {&d.code, &d.org_code, &d.org_ja, &d.org_en, &d.name_ja, &d.name_en, &d.duty};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) *texts[i] = str_dup(w->a, *texts[i]);
    return d;
}

static enum err draw(void *to, const struct device_row *row)
{
    struct sample *s = to;
    size_t clauses = s->r->edition.n_clauses;
    const struct binding *b = round_binding(s->r, row->binding);
    if (row->state < 1 || b == NULL || row->answers.n != sheet_bytes(clauses)) return OK;
    if (s->clause >= 0 && !mask_has(b->mask, (size_t)s->clause)) return OK;
    struct drawn d = {mixed(str_hash(row->code) ^ s->seed), row->code, row->org_code, row->org_ja, row->org_en,
                      row->name_ja, row->name_en, row->duty, row->state, UNANSWERED, {0}};
    s->of++;
    if (s->n == s->room && !after(&s->best[0], &d)) return OK;
    const uint8_t *answers = (const uint8_t *)row->answers.p;
    if (s->clause >= 0) d.answer = sheet_get(answers, clauses, (size_t)s->clause);
    for (size_t c = 0; c < clauses; c++)
        if (mask_has(b->mask, c)) d.n[sheet_get(answers, clauses, c)]++;
    if (s->n < s->room) {
        s->best[s->n] = kept(s->w, d);
        rise(s, s->n++);
    } else {
        s->best[0] = kept(s->w, d);
        sink(s, 0, s->n);
    }
    return OK;
}

/* In the order they were drawn. */
static void sort_drawn(struct sample *s)
{
    for (size_t n = s->n; n > 1; n--) {
        swap(&s->best[0], &s->best[n - 1]);
        sink(s, 0, n - 1);
    }
}

/* ---- where ---- */

struct range {
    int64_t lo, hi;
    size_t node;
};
static enum err range_of(struct work *w, const struct args *in, const struct round *r, struct range *out)
{
    const struct org *org = arg_org(in, "org");
    ptrdiff_t node = org == NULL ? 0 : round_node(r, org->id);
    if (node < 0) return fault(w, NOTFOUND, M("'%1' is not in the frame of round '%2'"), org->code, r->code);
    *out = (struct range){0, 0, (size_t)node};
    if (r->n_nodes == 0) return OK;
    out->lo = r->nodes[node].lo;
    out->hi = org == NULL ? r->nodes[r->n_nodes - 1].hi : r->nodes[node].hi;
    return OK;
}

static enum err load(struct work *w, const struct args *in, struct round *r, struct range *range)
{
    enum err e = round_load(w, arg_text(in, "round"), ROUND_SEEN, r);
    if (e == OK && !r->has_edition)
        e = fault(w, NOTFOUND, M("round '%1' holds published figures only: there are no sheets"), r->code);
    return e == OK ? range_of(w, in, r, range) : e;
}

/* ---- inspect sample ---- */

static struct cell answer_cell(enum answer a) { return a == UNANSWERED ? C_NONE : C_ENUM(answer_code(a, false)); }

static void sample_table(const struct sample *s, str clause, struct doc *out)
{
    static const struct column columns[] = {
        {"respondent", CELL_TEXT, N("Code"), 0, NULL, NULL},
        {"name", CELL_TEXT, N("Name"), 0, NULL, NULL},
        {"kind", CELL_ENUM, N("Kind"), 0, NULL, NULL},
        {"org", CELL_ORG, N("Organisation"), 0, NULL, NULL},
        {"state", CELL_ENUM, N("State"), 0, NULL, NULL},
        {"clause", CELL_CLAUSE, N("Clause"), COL_DATA, NULL, "clause"},
        {"answer", CELL_ENUM, N("Answer"), 0, NULL, NULL},
        {"done", CELL_INT, N("Done"), COL_DETAIL, NULL, NULL},
        {"not_done", CELL_INT, N("Not done"), COL_DETAIL, NULL, NULL},
        {"no_occasion", CELL_INT, N("No occasion arose"), COL_DETAIL, NULL, NULL},
        {"check", CELL_TEXT, N("Record what was found"), 0, "inspect check-device", "respondent"},
    };
    doc_show(out, &(struct show){.kind = SHOW_CARDS, .label = "respondent"});
    DOC_TABLE(out, "sample", columns);
    for (size_t i = 0; i < s->n; i++) {
        const struct drawn *d = &s->best[i];
        DOC_ROW(out, C_TEXT(d->code), C_BOTH(d->name_ja, d->name_en), C_ENUM(d->duty),
                C_ORG(d->org_code, d->org_ja, d->org_en, 0), C_ENUM(sheet_state_text(d->state)),
                clause.n == 0 ? C_NONE : C_CLAUSE(clause), answer_cell(d->answer), C_INT(d->n[DONE]),
                C_INT(d->n[NOT_DONE]), C_INT(d->n[NO_OCCASION]), C_TEXT(d->code));
    }
    doc_table_end(out);
}

enum err inspect_view_sample(struct work *w, const struct args *in, struct doc *out)
{
    struct sample s = {.w = w, .r = arena_alloc(w->a, sizeof *s.r), .clause = -1};
    struct range range;
    size_t clause;
    int64_t n = arg_int(in, "n");
    str seed = arg_text(in, "seed");
    enum err e = n >= 1 && n <= SAMPLE_MAX ? OK
                                           : fault_in(w, INVALID, ((struct where){.field = S("n")}), M("from 1 to %1"),
                                                      str_int(w->a, SAMPLE_MAX));
    if (e == OK) e = load(w, in, s.r, &range);
    if (e == OK && arg_given(in, "clause")) {
        e = bulk_clause(w, s.r, arg_text(in, "clause"), &clause);
        s.clause = e == OK ? (ptrdiff_t)clause : -1;
    }
    if (e == OK && seed.n == 0) { /* reached by a link: the form asks for it */
        doc_text(out, M("Choose a seed first ('Change what is shown'), such as a number thrown with dice: the sample depends on it alone."));
        handling_of(s.r, out);
        return OK;
    }
    if (e != OK) return e;
    s.seed = mixed(str_hash(seed));
    s.room = (size_t)n;
    s.best = arena_array(w->a, s.room, sizeof *s.best);
    if ((e = device_rows(w, s.r->id, range.lo, range.hi, 0, draw, &s)) != OK) return e;
    sort_drawn(&s);
    doc_fact(out, "drawn", M("Drawn"), C_INT((int64_t)s.n));
    doc_fact_of(out, "of", M("Sheets drawn from"), C_INT(s.of), M("submitted or confirmed"));
    sample_table(&s, s.clause < 0 ? (str){0} : s.r->edition.clauses[s.clause].number, out);
    if (s.of == 0) doc_note(out, M("No sheet of a system or device was submitted here yet."));
    doc_note(out, M("The same seed draws the same sheets, each at most once; choose it after the sheets are in."));
    handling_of(s.r, out);
    return OK;
}

/* ---- inspect check-device ---- */

struct checking {
    struct round *r;
    struct respondent who;
    struct sheet sheet;
    size_t clause;
    enum answer found, said;
};

static enum err check_who(struct work *w, const struct args *in, struct checking *c)
{
    str code = arg_text(in, "respondent");
    enum err e = respondent_find(w, c->r->id, code, &c->who);
    ptrdiff_t at = e == OK ? round_node(c->r, c->who.org) : -1;
    if (e != OK && e != NOTFOUND) return e;
    if (at < 0 || str_eq(c->who.kind, S("post")) ||
        !may(w->actor, MAY_CONFIRM | MAY_FILE | MAY_AUDIT, c->r->nodes[at].here))
        return fault(w, NOTFOUND, M("no system or device '%1' in round '%2' that you may check"), code, c->r->code);
    e = sheet_find(w, c->who.id, &c->sheet);
    if (e == NOTFOUND || (e == OK && c->sheet.state < 1))
        return fault(w, CONFLICT, M("the sheet of '%1' is not submitted, so there is nothing to compare with"), code);
    return e;
}

static enum err check_other_eyes(struct work *w, const struct checking *c)
{
    bool filed;
    str me = w->actor->person_code.n != 0 ? w->actor->person_code : w->actor->system_user;
    enum err e = device_filed_by(w, c->who.id, me, &filed);
    if (e != OK || !filed) return e;
    return fault(w, DENIED, M("you filed answers of '%1' yourself, so someone else has to check it"), c->who.code);
}

static enum err check_clause(struct work *w, const struct args *in, struct checking *c)
{
    enum err e = bulk_clause(w, c->r, arg_text(in, "clause"), &c->clause);
    if (e == OK) e = bulk_answer_fits(w, c->r, c->clause, c->found, "found");
    if (e != OK) return e;
    const struct binding *b = round_binding(c->r, c->who.binding);
    if (b == NULL || !mask_has(b->mask, c->clause) || c->sheet.answers.n != sheet_bytes(c->r->edition.n_clauses))
        return fault_in(w, INVALID, ((struct where){.field = S("clause")}),
                        M("clause '%1' does not bind this respondent (%2)"), c->r->edition.clauses[c->clause].number,
                        c->who.duty);
    c->said = sheet_get((const uint8_t *)c->sheet.answers.p, c->r->edition.n_clauses, c->clause);
    return OK;
}

enum err inspect_act_check_device(struct work *w, const struct args *in, struct doc *out)
{
    struct checking c = {.r = arena_alloc(w->a, sizeof *c.r)};
    str note = str_trim(arg_text(in, "note"));
    answer_parse(arg_text(in, "found"), &c.found);
    enum err e = round_load(w, arg_text(in, "round"), ROUND_ALL, c.r); /* of a closed round too: no sheet is changed */
    if (e == OK && note.n > CHECK_NOTE_MAX)
        e = fault_in(w, INVALID, ((struct where){.field = S("note")}), M("a note longer than %1 bytes"),
                     str_int(w->a, CHECK_NOTE_MAX));
    if (e == OK) e = check_who(w, in, &c);
    if (e == OK) e = check_other_eyes(w, &c);
    if (e == OK) e = check_clause(w, in, &c);
    if (e != OK) return e;
    struct device_check k = {.respondent = c.who.id, .clause = (int64_t)c.clause, .said = answer_code(c.said, false),
                             .found = answer_code(c.found, false), .note = note};
    if ((e = device_check_add(w, c.r->id, &k)) != OK) return e;
    doc_fact(out, "respondent", M("Respondent"), C_TEXT(c.who.code));
    doc_fact(out, "said", M("The sheet says"), answer_cell(c.said));
    doc_fact(out, "found", M("State found"), answer_cell(c.found));
    doc_fact(out, "agrees", M("Agrees"), C_BOOL(c.said == c.found));
    if (c.said != c.found)
        doc_note(out, M("The sheet stays as it is: who is in charge corrects it, and it is confirmed again."));
    act_noted(w, S("said"), k.said);
    act_next(w, &(struct going_on){.to = "inspect agreement", .given = {{"round", c.r->code}},
                                   .said = tr(out->lang, M("What was found is recorded."))});
    return OK;
}

/* ---- inspect agreement ---- */

struct agreement {
    int64_t checked, agreed;
};

static void agreement_table(const struct round *r, const struct agreement *of, struct doc *out)
{
    static const struct column columns[] = {
        {"clause", CELL_CLAUSE, N("Clause"), 0, "inspect clause", "clause"},
        {"checked", CELL_INT, N("Checked"), 0, NULL, NULL},
        {"agreed", CELL_INT, N("Agreed"), 0, NULL, NULL},
        {"rate", CELL_RATE, N("Agreement rate"), COL_BAR, NULL, NULL, NULL, "checked"},
    };
    doc_show(out, &(struct show){.kind = SHOW_CARDS, .label = "clause"});
    DOC_TABLE(out, "agreement", columns);
    for (size_t c = 0; c < r->edition.n_clauses; c++) {
        const struct clause *x = &r->edition.clauses[c];
        if (of[c].checked == 0) continue;
        DOC_ROW(out, ((struct cell){.type = CELL_CLAUSE, .text = x->number, .ja = x->text_ja, .en = x->text_en}),
                C_INT(of[c].checked), C_INT(of[c].agreed), C_RATE(rate_of_counts(of[c].agreed, of[c].checked, NULL)));
    }
    doc_table_end(out);
}

static void disagreements(const struct round *r, const struct device_check *all, size_t n, struct doc *out)
{
    static const struct column columns[] = {
        {"respondent", CELL_TEXT, N("Code"), 0, NULL, NULL},
        {"org", CELL_ORG, N("Organisation"), 0, NULL, NULL},
        {"clause", CELL_CLAUSE, N("Clause"), 0, NULL, NULL},
        {"said", CELL_ENUM, N("The sheet said"), 0, NULL, NULL},
        {"found", CELL_ENUM, N("State found"), 0, NULL, NULL},
        {"note", CELL_TEXT, N("Note"), 0, NULL, NULL},
        {"at", CELL_TIME, N("Checked at"), 0, NULL, NULL},
        {"by", CELL_TEXT, N("Checked by"), 0, NULL, NULL},
    };
    doc_heading(out, M("Where sheet and finding differ"));
    DOC_TABLE(out, "differing", columns);
    for (size_t i = 0; i < n; i++) {
        const struct device_check *k = &all[i];
        if (str_eq(k->said, k->found)) continue;
        DOC_ROW(out, C_TEXT(k->code), C_ORG(k->org_code, k->org_ja, k->org_en, 0),
                C_CLAUSE(r->edition.clauses[k->clause].number), k->said.n == 0 ? C_NONE : C_ENUM(k->said),
                C_ENUM(k->found), text_cell(k->note), C_TIME(k->at), C_TEXT(k->by_whom));
    }
    doc_table_end(out);
    out->personal = true;
}

enum err inspect_view_agreement(struct work *w, const struct args *in, struct doc *out)
{
    struct round *r = arena_alloc(w->a, sizeof *r);
    struct device_check *all;
    struct range range;
    size_t n;
    enum err e = load(w, in, r, &range);
    if (e == OK) e = device_checks(w, r->id, range.lo, range.hi, &all, &n);
    if (e != OK) return e;
    struct agreement *of = arena_array(w->a, r->edition.n_clauses + 1, sizeof *of), sum = {0};
    for (size_t i = 0; i < n; i++) {
        bool agrees = str_eq(all[i].said, all[i].found);
        of[all[i].clause].checked++;
        of[all[i].clause].agreed += agrees;
        sum.checked++;
        sum.agreed += agrees;
    }
    doc_fact(out, "checked", M("Answers checked by hand"), C_INT(sum.checked));
    doc_fact(out, "agreed", M("Agreed"), C_INT(sum.agreed));
    doc_fact(out, "rate", M("Agreement rate"),
             sum.checked == 0 ? C_NONE : C_RATE(rate_of_counts(sum.agreed, sum.checked, NULL)));
    agreement_table(r, of, out);
    if (n == 0) doc_note(out, M("Nothing was checked by hand yet: draw a sample first (`meguri inspect sample`)."));
    if (sum.agreed < sum.checked && r->n_nodes > 0 &&
        may(w->actor, MAY_READ_NAMES | MAY_CONFIRM, r->nodes[range.node].here))
        disagreements(r, all, n, out);
    doc_note(out, M("The rate is of the answers that were checked; of the others it says what the sample can say."));
    handling_of(r, out);
    return OK;
}
