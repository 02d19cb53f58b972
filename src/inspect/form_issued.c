/* The hidden sheet of a workbook that comes back: what it was issued as. */
#include "inspect/form_issued.h"

#include <string.h>

#include "base/clock.h"

struct issuing {
    struct work *w;
    struct form_in *f;
    size_t at;                     /* the sheet in the workbook */
    size_t tabs, questions, seats; /* room for each */
    struct form_tab *tab;
    struct form_said *who;
    struct buf digest;
    str said; /* the digest that stands in it */
    bool ended, bad;
};

static str cell(const struct xlsx_line *l, size_t i) { return i < l->n ? l->cell[i] : (str){0}; }
static str kept(const struct issuing *x, const struct xlsx_line *l, size_t i) { return str_dup(x->w->a, cell(l, i)); }

static enum err changed_by_hand(const struct issuing *x)
{
    return fault_in(x->w, INVALID, xlsx_where(x->f->book, x->at, 1, 0),
                    M("the hidden sheet '%1' was changed: take the workbook anew with `meguri inspect template`"),
                    S(FORM_HIDDEN));
}

/* ---- the rows ---- */

static void row_sheet(struct issuing *x, const struct xlsx_line *l)
{
    struct form_in *f = x->f;
    if (f->n == XLSX_SHEETS_MAX) {
        x->bad = true;
        return;
    }
    f->tab = arena_more(x->w->a, f->tab, f->n, &x->tabs, sizeof *f->tab);
    x->tab = &f->tab[f->n++];
    *x->tab = (struct form_tab){.name = kept(x, l, 1), .duty = kept(x, l, 2)};
    x->who = NULL;
    x->questions = x->seats = 0;
}

static void row_question(struct issuing *x, const struct xlsx_line *l)
{
    struct form_tab *t = x->tab;
    if (t == NULL || t->n != 0 || t->n_questions == 2 * TALLY_CLAUSES_MAX) {
        x->bad = true;
        return;
    }
    t->question = arena_more(x->w->a, t->question, t->n_questions, &x->questions, sizeof *t->question);
    t->question[t->n_questions++] = kept(x, l, 1);
}

static void row_respondent(struct issuing *x, const struct xlsx_line *l)
{
    struct form_tab *t = x->tab;
    str said = cell(l, 4);
    if (t == NULL || t->n == FORM_RESPONDENTS_MAX || said.n != t->n_questions) {
        x->bad = true;
        return;
    }
    t->who = arena_more(x->w->a, t->who, t->n, &x->seats, sizeof *t->who);
    struct form_said *s = x->who = &t->who[t->n];
    size_t n = t->n_questions + 1;
    struct arena *a = x->w->a;
    *s = (struct form_said){.code = kept(x, l, 1),
                            .name = kept(x, l, 2),
                            .column = form_answer_column(t->n),
                            .issued = arena_array(a, n, sizeof *s->issued),
                            .file = arena_array(a, n, sizeof *s->file),
                            .issued_note = arena_array(a, n, sizeof *s->issued_note),
                            .file_note = arena_array(a, n, sizeof *s->file_note)};
    for (size_t i = 0; i < said.n; i++) {
        if (said.p[i] < '0' || said.p[i] >= '0' + SAIDS)
            x->bad = true;
        else
            s->issued[i] = (enum said)(said.p[i] - '0');
    }
    t->n++;
}

static void row_note(struct issuing *x, const struct xlsx_line *l)
{
    size_t i = 0;
    if (x->who == NULL) {
        x->bad = true;
        return;
    }
    while (i < x->tab->n_questions && !str_eq(x->tab->question[i], cell(l, 1))) i++;
    if (i == x->tab->n_questions)
        x->bad = true;
    else
        x->who->issued_note[i] = str_trim(kept(x, l, 2));
}

static bool row_of_issue(struct issuing *x, const struct xlsx_line *l)
{
    struct form_in *f = x->f;
    const struct {
        const char *key;
        str *to;
    } fields[] = {{"format", &f->format},     {"round", &f->round},      {"edition", &f->edition}, {"base", &f->base},
                  {"instance", &f->instance}, {"organisation", &f->org}, {"made", &f->made}};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        if (!str_eq(cell(l, 0), str_of(fields[i].key))) continue;
        *fields[i].to = kept(x, l, 1);
        return true;
    }
    if (!str_eq(cell(l, 0), S("lang"))) return false;
    f->lang = str_eq(cell(l, 1), S("ja")) ? LANG_JA : LANG_EN;
    return true;
}

static enum err take_row(void *to, const struct xlsx_line *l)
{
    static const struct {
        const char *key;
        void (*take)(struct issuing *, const struct xlsx_line *);
    } rows[] = {{"sheet", row_sheet}, {"question", row_question}, {"respondent", row_respondent}, {"note", row_note}};
    struct issuing *x = to;
    if (x->ended || x->bad) {
        x->bad = true;
        return OK;
    }
    if (str_eq(cell(l, 0), S("end"))) {
        x->said = kept(x, l, 1);
        x->ended = true;
        return OK;
    }
    form_digest_row(&x->digest, l->cell, l->n);
    if (row_of_issue(x, l)) return OK;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (!str_eq(cell(l, 0), str_of(rows[i].key))) continue;
        rows[i].take(x, l);
        return OK;
    }
    x->bad = true;
    return OK;
}

/* ---- is it ours, and of now? ---- */

static enum err check_issue(const struct issuing *x, const struct round *r)
{
    const struct form_in *f = x->f;
    struct where where = xlsx_where(f->book, x->at, 1, 0);
    str instance;
    enum err e = form_instance(x->w, &instance);
    if (e != OK) return e;
    if (!str_eq(f->instance, instance))
        return fault_in(x->w, INVALID, where,
                        M("this workbook was issued by another installation, and is not taken here"));
    if (!str_eq(f->round, r->code))
        return fault_in(x->w, INVALID, where, M("this workbook is of round '%1', not of round '%2'"), f->round,
                        r->code);
    if (!str_eq(f->edition, r->edition.code))
        return fault_in(x->w, INVALID, where, M("this workbook asks edition '%1', the round asks '%2': take a new one"),
                        f->edition, r->edition.code);
    if (!str_eq(f->base, date_text(x->w->a, r->base)))
        return fault_in(x->w, INVALID, where, M("this workbook is as of %1, the round is as of %2: take a new one"),
                        f->base, date_text(x->w->a, r->base));
    return OK;
}

enum err form_issued(struct work *w, const struct round *r, struct form_in *f)
{
    ptrdiff_t at = xlsx_tab_named(f->book, S(FORM_HIDDEN));
    if (at < 0)
        return fault_in(w, INVALID, xlsx_where(f->book, 0, 1, 0),
                        M("this workbook was not issued by `meguri inspect template`, or its hidden sheet was removed: "
                          "take one there, or "
                          "give a CSV"));
    struct issuing x = {.w = w, .f = f, .at = (size_t)at, .digest = buf_in(w->a)};
    enum err e = xlsx_lines(f->book, x.at, take_row, &x);
    if (e != OK) return e;
    if (f->format.n != 0 && !str_eq(f->format, S(FORM_VERSION)))
        return fault_in(w, INVALID, xlsx_where(f->book, x.at, 1, 1),
                        M("this workbook has form %1, this program takes form %2: take a new one"), f->format,
                        S(FORM_VERSION));
    if (x.bad || !x.ended || !str_eq(x.said, form_digest(&x.digest))) return changed_by_hand(&x);
    return check_issue(&x, r);
}
