#include "inspect/sheet_xlsx.h"

#include <string.h>

#include "base/utf8.h"
#include "inspect/form_issued.h"

struct where form_where(const struct form_in *f, const struct form_tab *t, size_t item, size_t column)
{
    return xlsx_where(f->book, t->at, (int64_t)(FORM_HEADS + item + 1), column);
}

/* ---- who and what ---- */

static enum err find_seats(struct work *w, const struct round *r, struct seats *seats, struct form_tab *t)
{
    for (size_t i = 0; i < t->n; i++) {
        struct seat *seat;
        enum err e = seats_find(seats, t->who[i].code, &seat);
        if (e == NOTFOUND) continue;
        if (e != OK) return e;
        if (!may(w->actor, MAY_FILE | MAY_CONFIRM, r->nodes[seat->node].here)) continue;
        t->who[i].seat = seat;
        if (t->binding == NULL) t->binding = seat_binding(r, seat);
    }
    return OK;
}

static enum err not_as_issued(struct work *w, struct form_in *f, const struct form_tab *t)
{
    return fault_in(
        w, INVALID, xlsx_where(f->book, t->at, 1, 0),
        M("sheet '%1' does not ask what the round asks: take the workbook anew with `meguri inspect template`"),
        t->name);
}

static enum err match_plan(struct work *w, const struct round *r, struct form_in *f, struct form_tab *t)
{
    if (t->binding == NULL) return OK;
    plan_make(w->a, r, t->binding, f->questions, f->n_questions, &t->plan);
    bool same = t->plan.n == t->n_questions;
    for (size_t i = 0; same && i < t->plan.n; i++) same = str_eq(t->plan.item[i].code, t->question[i]);
    for (size_t i = 0; same && i < t->n; i++)
        same = t->who[i].seat == NULL || seat_binding(r, t->who[i].seat) == t->binding;
    return same ? OK : not_as_issued(w, f, t);
}

/* ---- cells ---- */

struct filling {
    struct work *w;
    const struct round *r;
    struct form_in *f;
    struct form_tab *t;
    size_t seen; /* rows of questions that came */
    bool heads[FORM_HEADS];
};

static str cell(const struct xlsx_line *l, size_t i) { return i < l->n ? l->cell[i] : (str){0}; }
static struct where at(const struct filling *x, const struct xlsx_line *l, size_t column)
{
    return xlsx_where(x->f->book, x->t->at, l->row, column);
}

/* What stands beyond the form is neither read nor passed over in silence. */
static void check_beyond(const struct filling *x, const struct xlsx_line *l)
{
    for (size_t i = form_answer_column(x->t->n); i < l->n; i++) {
        if (str_trim(l->cell[i]).n == 0) continue;
        fault_in(x->w, INVALID, at(x, l, i), M("a column was added: nothing is asked in it"));
        return;
    }
}

static void check_head(struct filling *x, const struct xlsx_line *l)
{
    x->heads[l->row - 1] = true;
    for (size_t i = 0; i < x->t->n && l->row <= 2; i++) {
        const struct form_said *s = &x->t->who[i];
        str said = str_trim(cell(l, s->column)), issued = l->row == 1 ? s->code : s->name;
        if (form_same_text(x->w->a, said, issued)) continue;
        fault_in(
            x->w, INVALID, at(x, l, s->column),
            l->row == 1
                ? M("this column was issued for '%1', and says '%2': codes and the order of columns stay as they are")
                : M("this column was issued for %1, and says %2: answers of another person need a sheet of their own"),
            issued, utf8_head(said, 60));
    }
}

static void check_question(const struct filling *x, const struct xlsx_line *l, size_t i)
{
    str code = str_trim(cell(l, 0)), asked = x->t->question[i];
    if (!str_eq(code, asked)) {
        fault_in(
            x->w, INVALID, at(x, l, 0),
            M("this row was issued for question '%1', and says '%2': codes and the order of rows stay as they are"),
            asked, utf8_head(code, 60));
        return;
    }
    if (x->t->binding == NULL) return;
    str wording = form_wording(x->w->a, x->f->lang, x->r, &x->t->plan, &x->t->plan.item[i], x->f->questions);
    if (!form_same_text(x->w->a, cell(l, FORM_LABELS - 1), wording))
        fault_in(x->w, INVALID, at(x, l, FORM_LABELS - 1),
                 M("the wording of question '%1' was changed: what was answered is not known"), asked);
}

/* Line ends as they stand here; a spreadsheet may have made them CR LF. */
static str bare_note(struct arena *a, str s)
{
    struct buf b = buf_in(a);
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != '\r') buf_byte(&b, s.p[i]);
    return str_trim(buf_str(&b));
}

static void take_note(const struct filling *x, const struct xlsx_line *l, struct form_said *s, size_t i)
{
    str note = bare_note(x->w->a, cell(l, s->column + 1));
    s->file_note[i] = note;
    if (form_same_text(x->w->a, note, s->issued_note[i])) {
        s->file_note[i] = s->issued_note[i];
    } else if (utf8_bad(note) != note.n) {
        fault_in(x->w, INVALID, at(x, l, s->column + 1), M("the cell holds characters that are no text"));
    } else if (note.n > NOTE_MAX || utf8_letters(note) > NOTE_LETTERS_MAX) {
        fault_in(x->w, INVALID, at(x, l, s->column + 1), M("the note on question %1 is longer than %2 letters"),
                 x->t->question[i], str_int(x->w->a, NOTE_LETTERS_MAX));
    }
}

static void take_answer(const struct filling *x, const struct xlsx_line *l, struct form_said *s, size_t i)
{
    str text = cell(l, s->column);
    bool good = said_parse(x->w->a, text, &s->file[i]);
    if (!good || (s->file[i] == SAID_MIXED && s->issued[i] != SAID_MIXED)) {
        fault_in(x->w, INVALID, at(x, l, s->column),
                 M("'%1' is no answer: I did, I did not, No occasion arose, Answer later (実施した, 実施していない, "
                   "該当する場面がなかった, あとで答える), or empty"),
                 utf8_head(str_trim(text), 60));
    } else if (s->file[i] == SAID_NO_OCCASION && x->t->binding != NULL && !x->t->plan.item[i].no_occasion) {
        fault_in(x->w, INVALID, at(x, l, s->column), M("'no occasion arose' is no answer to question %1"),
                 x->t->question[i]);
    }
}

static enum err take_line(void *to, const struct xlsx_line *l)
{
    struct filling *x = to;
    bool any = false;
    for (size_t i = 0; i < l->n; i++) any |= str_trim(l->cell[i]).n != 0;
    if (!any) return OK;
    check_beyond(x, l);
    if (l->row <= FORM_HEADS) {
        check_head(x, l);
        return OK;
    }
    size_t i = (size_t)l->row - FORM_HEADS - 1;
    if (i >= x->t->n_questions) {
        fault_in(x->w, INVALID, at(x, l, 0), M("a row was added: nothing is asked in it"));
        return OK;
    }
    x->seen++;
    check_question(x, l, i);
    for (size_t k = 0; k < x->t->n; k++) {
        take_answer(x, l, &x->t->who[k], i);
        take_note(x, l, &x->t->who[k], i);
    }
    return OK;
}

static enum err fill(struct work *w, const struct round *r, struct form_in *f, struct form_tab *t)
{
    ptrdiff_t place = xlsx_tab_named(f->book, t->name);
    if (place < 0)
        return fault_in(w, INVALID, xlsx_where(f->book, 0, 1, 0),
                        M("sheet '%1' was removed or renamed: it is part of the workbook"), t->name);
    t->at = (size_t)place;
    enum err e = match_plan(w, r, f, t);
    if (e != OK) return e;
    struct filling x = {.w = w, .r = r, .f = f, .t = t};
    int64_t before = w->faults.count;
    e = xlsx_lines(f->book, t->at, take_line, &x);
    if (e == OK && before == w->faults.count && (x.seen != t->n_questions || !x.heads[0] || !x.heads[1]))
        e = fault_in(w, INVALID, form_where(f, t, x.seen, 0),
                     M("sheet '%1' has lost rows: %2 questions were issued, %3 are there"), t->name,
                     str_int(w->a, (int64_t)t->n_questions), str_int(w->a, (int64_t)x.seen));
    return e;
}

enum err sheet_form_read(struct work *w, const struct round *r, struct seats *seats, const struct file *file,
                         struct form_in *out)
{
    *out = (struct form_in){0};
    enum err e = xlsx_open(w, file->name, file->bytes, &out->book);
    if (e == OK) e = form_issued(w, r, out);
    if (e == OK) e = standard_questions(w, &r->edition, &out->questions, &out->n_questions);
    for (size_t i = 0; e == OK && i < out->n; i++) {
        e = find_seats(w, r, seats, &out->tab[i]);
        if (e == OK) e = fill(w, r, out, &out->tab[i]);
    }
    return e == OK ? work_err(w) : e;
}
