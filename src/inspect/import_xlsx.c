/* A unit's workbook is taken back: cell by cell against what was issued and what stands now, sheet by sheet filed, kept
 * as a draft, or left alone; and all of it told. */
#include <string.h>

#include "base/clock.h"
#include "inspect/import.h"
#include "inspect/sheet_xlsx.h"
#include "inspect/sheets_csv.h"
#include "inspect/way_acts.h"

/* What becomes of one sheet. */
enum outcome { BLANK, UNCHANGED, NEW, CHANGED, DRAFT, CONFLICTING, REFUSED, OUTCOMES };
static const char *const outcome_codes[] = {"blank-sheet", "unchanged-sheet",   "new-sheet",    "changed-sheet",
                                            "draft-sheet", "conflicting-sheet", "refused-sheet"};

struct one { /* a respondent's sheet */
    const struct form_tab *tab;
    const struct form_said *in;
    struct seat_row row;
    struct said_sheet stands, result;
    enum merged *merged, *merged_note; /* by item */
    bool hidden;                       /* what stands is a draft that the respondent alone may see */
    size_t taken, kept, conflicts, answered, given;
    enum outcome outcome;
    str why; /* message id; why it was refused, or is a draft */
};
struct merging {
    struct work *w;
    const struct round *r;
    struct form_in *f;
    struct seats *seats;
    int state; /* wanted for sheets that are complete */
    struct one *one;
    size_t n;
    struct doc *out;
    int64_t counts[OUTCOMES];
};

/* ---- three states, a cell at a time ---- */

static void merge_item(struct one *o, size_t i)
{
    const struct form_said *in = o->in;
    o->merged[i] = merge_said(in->issued[i], in->file[i], o->stands.said[i], &o->result.said[i]);
    o->merged_note[i] = merge_note(in->issued_note[i], in->file_note[i], o->stands.note[i], &o->result.note[i]);
    const enum merged both[] = {o->merged[i], o->merged_note[i]};
    for (size_t k = 0; k < 2; k++) {
        o->taken += both[k] == MERGED_TAKEN;
        o->kept += both[k] == MERGED_KEPT || both[k] == MERGED_NOT_TAKEN_AWAY;
        o->conflicts += both[k] == MERGED_CONFLICT;
    }
    o->answered += is_answer(o->result.said[i]);
    o->given += is_answer(in->file[i]);
}

static bool anything_given(const struct one *o)
{
    bool any = false;
    for (size_t i = 0; i < o->tab->n_questions; i++)
        any |= o->in->file[i] != SAID_NOTHING || o->in->file_note[i].n != 0;
    return any;
}

/* ---- what becomes of the sheet ---- */

static enum outcome refused(struct one *o, str why)
{
    o->why = why;
    return REFUSED;
}

static enum outcome as_draft(const struct merging *m, struct one *o, str why)
{
    if (!str_eq(m->r->state, S("open"))) return refused(o, M("the round is closed, and answers are missing"));
    if (o->row.state == 2) return refused(o, M("the sheet is confirmed: it is corrected as a whole, not by a draft"));
    o->why = why;
    return DRAFT;
}

/* The same answers hand a draft in, or confirm a sheet; but what was given back is not handed in again by an untouched
 * workbook. */
static bool raises(const struct merging *m, const struct one *o)
{
    return o->given == o->tab->n_questions && o->given == o->answered && m->state > o->row.state &&
           o->row.given_back.id == 0;
}

static enum outcome decide(const struct merging *m, struct one *o)
{
    if (o->conflicts > 0) return CONFLICTING;
    if (!anything_given(o)) return BLANK;
    if (o->taken == 0 && !raises(m, o)) return UNCHANGED;
    if (way_shut(m->r, o->in->seat->node) >= 0)
        return refused(o, M("the unit is closed, or one above it: it has to be reopened first"));
    if (o->answered != o->tab->n_questions) return as_draft(m, o, M("answers are missing"));
    if (m->state == 0) return as_draft(m, o, (str){0});
    if (o->hidden && o->kept > 0) return as_draft(m, o, M("the respondent is writing: they hand it in themselves"));
    return o->row.state > 0 || o->row.given_back.id != 0 ? CHANGED : NEW;
}

static enum err compare_one(struct merging *m, struct one *o)
{
    if (o->in->seat == NULL) {
        o->outcome = refused(o, M("no respondent any more that you may file for"));
        return OK;
    }
    size_t n = o->tab->n_questions;
    enum err e = seat_row_get(m->w, m->r->id, o->in->code, &o->row);
    if (e == OK) e = said_load(m->w, &o->tab->plan, &o->row, false, &o->stands);
    if (e != OK) return e;
    bool mine = o->row.person != 0 && o->row.person == m->w->actor->person;
    o->hidden = !mine && said_under_way(&o->tab->plan, &o->row);
    o->result = (struct said_sheet){arena_array(m->w->a, n + 1, sizeof *o->result.said),
                                    arena_array(m->w->a, n + 1, sizeof *o->result.note)};
    o->merged = arena_array(m->w->a, n + 1, sizeof *o->merged);
    o->merged_note = arena_array(m->w->a, n + 1, sizeof *o->merged_note);
    for (size_t i = 0; i < n; i++) merge_item(o, i);
    o->outcome = decide(m, o);
    return OK;
}

static enum err compare_all(struct merging *m)
{
    size_t n = 0;
    for (size_t t = 0; t < m->f->n; t++) n += m->f->tab[t].n;
    m->one = arena_array(m->w->a, n + 1, sizeof *m->one);
    enum err e = OK;
    for (size_t t = 0; t < m->f->n; t++) {
        for (size_t i = 0; e == OK && i < m->f->tab[t].n; i++) {
            struct one *o = &m->one[m->n++];
            *o = (struct one){.tab = &m->f->tab[t], .in = &m->f->tab[t].who[i]};
            e = compare_one(m, o);
            m->counts[o->outcome]++;
        }
    }
    return e;
}

/* ---- changing it ---- */

static bool is_filed(const struct one *o) { return o->outcome == NEW || o->outcome == CHANGED; }

static uint8_t *planes_of(struct arena *a, const struct one *o, uint8_t **later)
{
    const struct sheet_plan *p = &o->tab->plan;
    uint8_t *answers = arena_alloc(a, sheet_bytes(plan_places(p)) + 8);
    *later = arena_alloc(a, plane_bytes(plan_places(p)) + 8);
    for (size_t i = 0; i < p->n; i++) {
        enum said s = o->result.said[i];
        if (is_answer(s) && s != SAID_MIXED)
            sheet_set(answers, plan_places(p), p->item[i].at, (enum answer)s);
        else if (s == SAID_LATER)
            mask_add(*later, p->item[i].at);
    }
    return answers;
}

/* Where the clauses of a question differ and nobody answered it anew, each keeps what it has. */
static void keep_clauses(const struct one *o, const struct sheet_item *x, uint8_t *sheet)
{
    size_t n = o->tab->plan.clauses;
    for (size_t k = 0; k < x->n; k++)
        sheet_set(sheet, n, x->clauses[k], sheet_get((const uint8_t *)o->row.sheet.p, n, x->clauses[k]));
}

static bool any_mixed(const struct one *o)
{
    for (size_t i = 0; i < o->tab->n_questions; i++)
        if (o->result.said[i] == SAID_MIXED) return true;
    return false;
}

/* To the pipeline of all imports: the sheet by clause, as the questions' rules make it. */
static void seat_of_one(struct merging *m, struct one *o, size_t row)
{
    struct seat *seat = o->in->seat;
    uint8_t *later, *answers = planes_of(m->w->a, o, &later);
    seat->row = (uint32_t)row;
    seat->state = (int8_t)m->state;
    uint8_t *sheet = seats_answers(m->seats, seat);
    plan_roll_up(&o->tab->plan, answers, sheet);
    for (size_t i = 0; i < o->tab->plan.n; i++)
        if (o->result.said[i] == SAID_MIXED) keep_clauses(o, &o->tab->plan.item[i], sheet);
}

static struct where where_of_one(const void *to, const struct seat *seat)
{
    const struct merging *m = to;
    const struct one *o = &m->one[seat->row - 1];
    return xlsx_where(m->f->book, o->tab->at, 1, o->in->column);
}

/* By question, as the pages keep it. What stood by question goes with its notes, and both come anew. */
static enum err put_questions(const struct merging *m, struct one *o)
{
    struct work *w = m->w;
    const struct sheet_plan *p = &o->tab->plan;
    uint8_t *later, *answers = planes_of(w->a, o, &later);
    struct seat_row row = o->row;
    row.answers = (str){(const char *)answers, sheet_bytes(plan_places(p))};
    row.later = (str){(const char *)later, plane_bytes(plan_places(p))};
    row.revision++;
    row.saved_at = 0;
    if (is_filed(o)) row.submitted = row.revision;
    if (is_filed(o) && row.first == 0) row.first = w->now;
    enum err e = answers_drop(w, row.id);
    if (is_filed(o) && any_mixed(o)) return e; /* it stands by clause alone */
    if (e == OK) e = answers_put(w, m->r->id, &row);
    for (size_t i = 0; e == OK && i < p->n; i++)
        if (o->result.note[i].n != 0) e = question_note_put(w, row.id, (int64_t)p->item[i].at, o->result.note[i]);
    return e;
}

/* The remarks of a clause's questions, each once. */
static str clause_note(struct arena *a, const struct one *o, size_t clause)
{
    const struct sheet_plan *p = &o->tab->plan;
    struct buf b = buf_in(a);
    for (size_t i = 0; i < p->n; i++) {
        str note = o->result.note[i];
        if (p->item[i].clauses[0] != clause || note.n == 0 || str_find(buf_str(&b), note) >= 0) continue;
        if (b.n != 0) buf_add(&b, S(" / "));
        buf_add(&b, note);
    }
    return buf_str(&b);
}

static enum err put_clause_notes(const struct merging *m, struct one *o)
{
    const struct sheet_plan *p = &o->tab->plan;
    enum err e = OK;
    for (size_t i = 0; e == OK && i < p->n; i++) {
        if (o->merged_note[i] != MERGED_TAKEN) continue;
        size_t clause = p->item[i].clauses[0];
        str note = clause_note(m->w->a, o, clause);
        e = answer_note_put(m->w, o->row.id, (int64_t)clause, note.n > NOTE_MAX ? o->result.note[i] : note);
    }
    return e;
}

static enum err file_all(struct merging *m, str source, struct filing *f)
{
    for (size_t i = 0; i < m->n; i++)
        if (is_filed(&m->one[i])) seat_of_one(m, &m->one[i], i + 1);
    *f = filing_begin(m->w, m->r, m->seats);
    enum err e = import_compare(f, false);
    if (e == OK) e = import_may_confirm(f, (struct filing_where){where_of_one, m});
    if (e == OK) e = filing_put(f, &source);
    return e == OK ? tallying_end(f->t) : e;
}

static enum err put_all(struct merging *m, str source, struct filing *f)
{
    enum err e = file_all(m, source, f);
    for (size_t i = 0; e == OK && i < m->n; i++) {
        struct one *o = &m->one[i];
        if (is_filed(o) || o->outcome == DRAFT) e = put_questions(m, o);
        if (e == OK && is_filed(o)) e = put_clause_notes(m, o);
    }
    return e;
}

/* ---- telling it ---- */

static struct cell said_cell(enum said s)
{
    return s == SAID_NOTHING ? C_NONE : C_BOTH(said_word(LANG_JA, s), said_word(LANG_EN, s));
}
static struct cell word(str code) { return code.n == 0 ? C_NONE : C_ENUM(code); }
static void tell_sheets(const struct merging *m)
{
    static const struct column columns[] = {
        {"respondent", CELL_TEXT, N("Respondent"), 0, "inspect sheet", "respondent"},
        {"person", CELL_TEXT, N("Person"), 0, NULL, NULL},
        {"outcome", CELL_ENUM, N("What was done"), 0, NULL, NULL},
        {"answered", CELL_INT, N("Answered"), 0, NULL, NULL},
        {"questions", CELL_INT, N("Questions"), 0, NULL, NULL},
        {"why", CELL_ENUM, N("Why"), 0, NULL, NULL},
    };
    doc_heading(m->out, M("Sheets of the workbook"));
    DOC_TABLE(m->out, "sheets", columns);
    for (size_t i = 0; i < m->n; i++) {
        const struct one *o = &m->one[i];
        DOC_ROW(m->out, C_TEXT(o->in->code), text_cell(o->in->name), C_ENUM(str_of(outcome_codes[o->outcome])),
                C_INT((int64_t)o->given), C_INT((int64_t)o->tab->n_questions), word(o->why));
    }
    doc_table_end(m->out);
}

static str done_code(const struct one *o, enum merged merged)
{
    static const char *const codes[] = {"", "taken", "kept-here", "not-taken-away", "conflict"};
    bool nothing = o->outcome == CONFLICTING || o->outcome == REFUSED;
    return merged == MERGED_TAKEN && nothing ? S("not-taken") : str_of(codes[merged]);
}

/* A draft of somebody else's is neither shown nor told of, answer by answer. */
static void tell_item(const struct merging *m, const struct one *o, size_t i)
{
    const struct form_said *in = o->in;
    str code = o->tab->question[i];
    if (o->merged[i] != MERGED_SAME && !(o->hidden && o->merged[i] == MERGED_KEPT))
        DOC_ROW(m->out, C_TEXT(in->code), C_TEXT(code), text_cell(in->name), C_ENUM(S("answer")),
                said_cell(in->issued[i]), said_cell(in->file[i]), o->hidden ? C_NONE : said_cell(o->stands.said[i]),
                C_ENUM(done_code(o, o->merged[i])));
    if (o->merged_note[i] != MERGED_SAME && !(o->hidden && o->merged_note[i] == MERGED_KEPT))
        DOC_ROW(m->out, C_TEXT(in->code), C_TEXT(code), text_cell(in->name), C_ENUM(S("remark")),
                text_cell(in->issued_note[i]), text_cell(in->file_note[i]),
                o->hidden ? C_NONE : text_cell(o->stands.note[i]), C_ENUM(done_code(o, o->merged_note[i])));
}

static void tell_cells(const struct merging *m)
{
    static const struct column columns[] = {
        {"respondent", CELL_TEXT, N("Respondent"), 0, NULL, NULL},
        {"question", CELL_TEXT, N("Question"), 0, NULL, NULL},
        {"person", CELL_TEXT, N("Person"), 0, NULL, NULL},
        {"what", CELL_ENUM, N("What"), 0, NULL, NULL},
        {"issued", CELL_TEXT, N("As issued"), 0, NULL, NULL},
        {"file", CELL_TEXT, N("In the workbook"), 0, NULL, NULL},
        {"stood", CELL_TEXT, N("As it stood"), 0, NULL, NULL},
        {"done", CELL_ENUM, N("What was done"), 0, NULL, NULL},
    };
    doc_heading(m->out, M("Cell by cell: what differed"));
    DOC_TABLE(m->out, "merge", columns);
    for (size_t i = 0; i < m->n; i++)
        for (size_t k = 0; m->one[i].merged != NULL && k < m->one[i].tab->n_questions; k++) tell_item(m, &m->one[i], k);
    doc_table_end(m->out);
}

static bool is_issued_tab(const struct form_in *f, str name)
{
    bool is = str_eq(name, S(FORM_HIDDEN));
    for (size_t i = 0; i < f->n; i++) is |= str_eq(name, f->tab[i].name);
    return is;
}

static str issued_on(const struct merging *m)
{
    int64_t day;
    str date = str_sub(m->f->made, 0, DATE_TEXT);
    return date_parse(date, &day) ? lang_date(m->w->a, m->out->lang, day) : date;
}

static void tell_notes(const struct merging *m, const struct filing *f)
{
    struct work *w = m->w;
    for (size_t i = 1; i < xlsx_tabs(m->f->book); i++) /* the first tells how to fill it in */
        if (!is_issued_tab(m->f, xlsx_tab(m->f->book, i)->name))
            doc_note(m->out, M("Sheet '%1' was added to the workbook, and was not read."),
                     xlsx_tab(m->f->book, i)->name);
    if (m->counts[CONFLICTING] > 0)
        doc_note(
            m->out,
            M("Of the conflicting sheets nothing was taken: answers had been changed here and in the workbook. Look at "
              "both, put the right one into the workbook or the page, and import again with a workbook issued now."));
    if (m->counts[DRAFT] > 0) doc_note(m->out, M("Drafts count for nothing until they are complete and handed in."));
    if (f->unconfirmed > 0)
        doc_note(
            m->out,
            M("%1 corrected sheets were confirmed, and leave the official figures until they are confirmed again."),
            str_int(w->a, f->unconfirmed));
    doc_note(m->out, M("The workbook was issued for '%1' on %2."), m->f->org, issued_on(m));
}

static void tell(const struct merging *m, const struct filing *f)
{
    static const struct {
        const char *key;
        str label;
    } facts[OUTCOMES] = {
        [BLANK] = {"blank", N("Sheets left blank")},
        [UNCHANGED] = {"unchanged", N("Sheets unchanged")},
        [NEW] = {"added", N("Sheets new")},
        [CHANGED] = {"replaced", N("Sheets corrected")},
        [DRAFT] = {"drafts", N("Sheets kept as drafts")},
        [CONFLICTING] = {"conflicts", N("Sheets in conflict, left alone")},
        [REFUSED] = {"refused", N("Sheets refused")},
    };
    static const enum outcome order[] = {NEW, CHANGED, DRAFT, UNCHANGED, BLANK, CONFLICTING, REFUSED};
    for (size_t i = 0; i < OUTCOMES; i++) {
        doc_fact(m->out, facts[order[i]].key, facts[order[i]].label, C_INT(m->counts[order[i]]));
        act_noted(m->w, str_of(facts[order[i]].key), str_int(m->w->a, m->counts[order[i]]));
    }
    tell_sheets(m);
    tell_cells(m);
    tell_notes(m, f);
    m->out->personal = true;
    m->out->handling = M("holds personal data: for those concerned only");
}

enum err import_workbook(struct work *w, const struct args *in, const struct round *r, struct doc *out)
{
    const struct file *file = arg_file(in, "file");
    str what = arg_text(in, "what");
    if (what.n != 0 && !str_eq(what, S("sheets")))
        return fault_in(w, INVALID, ((struct where){file->name, 0, 0, S("what")}),
                        M("a workbook holds sheets: give '%1' as a CSV"), what);
    struct form_in f;
    struct merging m = {.w = w, .r = r, .f = &f, .out = out, .state = 1};
    sheet_state_parse(arg_text(in, "state"), &m.state);
    enum err e = seats_load(w, r, false, &m.seats);
    if (e == OK) e = sheet_form_read(w, r, m.seats, file, &f);
    if (e == OK) e = compare_all(&m);
    struct filing filing = {0};
    if (e == OK) e = put_all(&m, file->sha256, &filing);
    if (e != OK) return e;
    tell(&m, &filing);
    return OK;
}
