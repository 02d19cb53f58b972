/* Filing answers: read the whole file, compare with what stands, then change sheets and sums together. */
#include "inspect/import.h"

#include "base/utf8.h"
#include "format/xlsx_read.h"
#include "inspect/aggregate_csv.h"
#include "inspect/answer_store.h"
#include "inspect/bulk.h"
#include "inspect/bulk_store.h"
#include "inspect/exception_csv.h"
#include "inspect/sheets_csv.h"
#include "inspect/way_acts.h"

#include <string.h>

enum { SMALL_FILE = 256 * 1024 }; /* below: respondents are asked for one by one */

/* ---- what stands ---- */

/* What will not stand any longer is taken out of the sums here, where its answers are at hand. */
static void compare(struct filing *x, struct seat *seat, const struct sheet *s)
{
    const uint8_t *was = (const uint8_t *)s->answers.p;
    seat->was = (int8_t)s->state;
    if (seat->row == 0 || s->answers.n != x->bytes) return;
    if (filing_nothing(x, seat)) {
        seat->state = seat->was;
        return;
    }
    seat->replaces = memcmp(was, seat->answers, x->bytes) != 0;
    if (!seat->replaces && seat->state < seat->was) seat->state = seat->was; /* a confirmation stays */
    filing_take_out(x, seat, was);
}

static enum err compare_one(void *to, const struct sheet *s)
{
    struct filing *x = to;
    struct seat *seat = seats_by_id(x->seats, s->respondent);
    if (seat != NULL) compare(x, seat, s);
    return OK;
}

/* Every seat of the file learns what stands: nothing, the same, the same in another state, or other answers. */
enum err import_compare(struct filing *x, bool whole)
{
    if (whole) return sheets_plain(x->w, x->r->id, compare_one, x);
    for (size_t i = 0; i < seats_n(x->seats); i++) {
        struct seat *seat = seats_at(x->seats, i);
        struct sheet s;
        enum err e = seat->row == 0 ? NOTFOUND : sheet_find(x->w, seat->id, &s);
        if (e == OK) compare(x, seat, &s);
        else if (e != NOTFOUND) return e;
    }
    return OK;
}

/* Why the actor may not file this sheet as confirmed; empty when they may. A ministry's confirmed file is filed by the
 * centre too; who only confirms does not also write the answers. */
static str no_confirming(const struct filing *x, const struct seat *seat)
{
    int64_t here = x->r->nodes[seat->node].here;
    if (seat->own) return M("this sheet is your own, so someone else has to confirm it: give it as submitted");
    if (seat->entered) return M("you entered this sheet for another, so someone else has to confirm it: give it as submitted");
    if (!may(x->w->actor, MAY_CONFIRM | MAY_CENTRE, here))
        return M("your post does not confirm sheets here: give it as submitted");
    if ((seat->replaces || seat->was < 0) && !may(x->w->actor, MAY_FILE, here))
        return M("who confirms a sheet does not also write it: give it as submitted, and someone else confirms");
    return (str){0};
}

/* A post's sheet that the actor brought in by a file before, and now would confirm by another. */
static enum err brought_in(const struct filing *x, const struct seat *seat, str *why)
{
    struct seat_row row;
    enum err e = seat_row_get(x->w, x->r->id, seat_code(seat), &row);
    if (e != OK) return e == NOTFOUND ? OK : e;
    if (row.state == 1 && brings_in(x->w).n != 0 && str_eq(row.sheet_by, brings_in(x->w)))
        *why = M("you brought in this sheet by a file, so someone else has to confirm it: give it as submitted");
    return OK;
}

/* The sheet of a system or device is theirs who filed it. */
static enum err filed_myself(const struct filing *x, const struct seat *seat, str *why)
{
    bool filed = false;
    const struct actor *a = x->w->actor;
    if (why->n != 0 || a->person == 0 || may(a, MAY_FILE, x->r->nodes[seat->node].here)) return OK;
    if (!is_device_duty(x->r->duties[seat_binding(x->r, seat)->duty])) return brought_in(x, seat, why);
    enum err e = device_filed_by(x->w, seat->id, a->person_code, &filed);
    if (filed) *why = M("you filed answers of this system or device yourself, so someone else has to confirm it");
    return e;
}

enum err import_may_confirm(const struct filing *x, struct filing_where where)
{
    for (size_t i = 0; i < seats_n(x->seats); i++) {
        const struct seat *seat = seats_at(x->seats, i);
        if (seat->row == 0 || seat->state != 2 || !filing_changes(seat)) continue;
        str why = no_confirming(x, seat);
        enum err e = filed_myself(x, seat, &why);
        if (e != OK) return e;
        if (why.n != 0) fault_in(x->w, DENIED, where.of(where.to, seat), why);
    }
    return work_err(x->w);
}

/* ---- is it open? ---- */
static enum err seat_open(const struct filing *x, const struct csv *c, const struct seat *seat, enum lang lang)
{
    ptrdiff_t column = csv_column(c, S("respondent")), shut = way_shut(x->r, seat->node);
    if (shut < 0) return OK;
    struct where where = csv_where(c, column < 0 ? 0 : (size_t)column);
    where.row = seat->row;
    enum err e = way_shut_fault(x->w, x->r, (size_t)shut, lang, where);
    return e == CONFLICT ? OK : e; /* row by row */
}

/* A file that says what stands already is no change, also of a unit that is closed. */
static enum err check_open(const struct filing *x, const struct csv *c, const struct answer_note *notes, enum lang lang)
{
    enum err e = OK;
    for (size_t i = 0; e == OK && i < seats_n(x->seats); i++) {
        const struct seat *seat = seats_at(x->seats, i);
        if (seat->row != 0 && filing_changes(seat) && !(seat->was < 0 && filing_nothing(x, seat))) e = seat_open(x, c, seat, lang);
    }
    for (; e == OK && notes != NULL; notes = notes->next) {
        str was;
        if (filing_changes(notes->seat) || way_shut(x->r, notes->seat->node) < 0) continue;
        e = answer_note_get(x->w, notes->seat->id, (int64_t)notes->clause, &was);
        if (e == OK && !str_eq(was, notes->note)) e = seat_open(x, c, notes->seat, lang);
    }
    return e == OK ? work_err(x->w) : e;
}

/* ---- changing it ---- */
static enum err put_notes(struct work *w, const struct answer_note *notes, int64_t *changed)
{
    for (; notes != NULL; notes = notes->next) {
        str was;
        if (notes->note.n == 0 && notes->seat->was < 0) continue; /* a new sheet has none to take away */
        enum err e = answer_note_get(w, notes->seat->id, (int64_t)notes->clause, &was);
        if (e != OK) return e;
        if (str_eq(was, notes->note)) continue;
        if ((e = answer_note_put(w, notes->seat->id, (int64_t)notes->clause, notes->note)) != OK) return e;
        if ((e = question_notes_drop(w, notes->seat->id)) != OK) return e;
        ++*changed;
    }
    return OK;
}

static struct where state_in_csv(const void *to, const struct seat *seat)
{
    const struct csv *c = to;
    ptrdiff_t column = csv_column(c, S("state"));
    struct where where = csv_where(c, column < 0 ? 0 : (size_t)column);
    where.row = seat->row;
    return where;
}

static enum err import_sheets(struct work *w, const struct args *in, const struct round *r, struct csv *c,
                              struct doc *out)
{
    const struct file *file = arg_file(in, "file");
    bool whole = file->bytes.n > SMALL_FILE;
    struct seats *seats;
    struct filed filed;
    int state = 1;
    sheet_state_parse(arg_text(in, "state"), &state);
    enum err e = seats_load(w, r, whole, &seats);
    if (e == OK) e = sheets_read(w, r, seats, c, state, &filed);
    if (e != OK) return e;
    int64_t notes = 0;
    struct filing f = filing_begin(w, r, seats);
    if ((e = import_compare(&f, whole)) != OK || (e = import_may_confirm(&f, (struct filing_where){state_in_csv, c})) != OK) return e;
    if ((e = check_open(&f, c, filed.notes, out->lang)) != OK || (e = filing_put(&f, &file->sha256)) != OK) return e;
    if ((e = tallying_end(f.t)) != OK || (e = put_notes(w, filed.notes, &notes)) != OK) return e;
    doc_fact(out, "rows", M("Rows read"), C_INT(filed.rows));
    doc_fact(out, "added", M("Sheets new"), C_INT(f.added));
    doc_fact(out, "replaced", M("Sheets corrected"), C_INT(f.replaced));
    doc_fact(out, "raised", M("Sheets raised in state"), C_INT(f.raised));
    doc_fact(out, "unchanged", M("Sheets unchanged"), C_INT(f.unchanged));
    doc_fact(out, "notes", M("Notes changed"), C_INT(notes));
    if (f.unconfirmed > 0)
        doc_note(
            out,
            M("%1 corrected sheets were confirmed, and leave the official figures until they are confirmed again."),
            str_int(w->a, f.unconfirmed));
    act_noted(w, S("added"), str_int(w->a, f.added));
    act_noted(w, S("replaced"), str_int(w->a, f.replaced));
    act_noted(w, S("unchanged"), str_int(w->a, f.unchanged));
    return OK;
}

/* ---- the act ---- */
static const struct {
    const char *name, *header; /* a column only such a file has */
    enum err (*import)(struct work *, const struct args *, const struct round *, struct csv *, struct doc *);
} kinds[] = {
    {"aggregates", "reported", import_aggregates},
    {"exceptions", "number", import_exceptions},
    {"sheets", "respondent", import_sheets},
};

enum err inspect_act_import(struct work *w, const struct args *in, struct doc *out)
{
    struct round *r = arena_alloc(w->a, sizeof *r);
    enum err e = round_for_change(w, in, r);
    if (e != OK) return e;
    const struct file *file = arg_file(in, "file");
    str encoding = arg_text(in, "encoding"), what = arg_text(in, "what");
    if (xlsx_likely(file->bytes)) return import_workbook(w, in, r, out);
    struct csv *c;
    e = csv_open(w, file->name, file->bytes,
                 str_eq(encoding, S("cp932"))  ? CSV_CP932
                 : str_eq(encoding, S("utf8")) ? CSV_UTF8
                                               : CSV_DETECT,
                 &c);
    if (e != OK) return e;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (what.n != 0 ? str_eq(what, str_of(kinds[i].name)) : csv_column(c, str_of(kinds[i].header)) >= 0)
            return kinds[i].import(w, in, r, c, out);
    if (csv_columns(c) == 1)
        return fault_in(
            w, INVALID, ((struct where){file->name, 1, 0, {0}}),
            M("row 1 is one cell, '%1': cells are parted by commas or tabs, and nothing stands above the header"),
            utf8_head(csv_header(c, 0), 60));
    return fault_in(w, INVALID, ((struct where){file->name, 1, 0, {0}}),
                    M("the header tells no kind of file: sheets have a column 'respondent', aggregates 'reported', "
                      "exceptions 'number'"));
}
