#include "inspect/sheet_form.h"

#include <string.h>

#include "base/hash.h"
#include "base/utf8.h"
#include "inspect/sheets_csv.h"
#include "store/journal.h"

/* ---- words ---- */

static const struct {
    str code, label; /* message id */
} said_words[SAIDS] = {
    [SAID_NOT_DONE] = {S_INIT("not_done"), N("I did not")},
    [SAID_NO_OCCASION] = {S_INIT("no_occasion"), N("No occasion arose")},
    [SAID_DONE] = {S_INIT("done"), N("I did")},
    [SAID_LATER] = {S_INIT("later"), N("Answer later")},
    [SAID_MIXED] = {S_INIT("mixed"), N("differs by clause")},
};

str said_word(enum lang lang, enum said s) { return s == SAID_NOTHING ? (str){0} : tr(lang, said_words[s].label); }

static bool is_word(struct arena *a, str folded, str word) { return str_eq(folded, utf8_fold(a, word)); }

bool said_parse(struct arena *a, str text, enum said *out)
{
    str word = str_trim(text);
    enum answer answer;
    if (answer_parse(word, &answer)) {
        *out = (enum said)answer;
        return true;
    }
    str folded = str_trim(utf8_fold(a, word));
    if (answer_parse(folded, &answer)) {
        *out = (enum said)answer;
        return true;
    }
    for (enum said s = SAID_NOT_DONE; s < SAIDS; s++) {
        if (!is_word(a, folded, said_words[s].code) && !is_word(a, folded, tr(LANG_EN, said_words[s].label)) &&
            !is_word(a, folded, tr(LANG_JA, said_words[s].label)))
            continue;
        *out = s;
        return true;
    }
    return false;
}

/* ---- what stands ---- */

static bool by_question(const struct sheet_plan *p, const struct seat_row *row)
{
    size_t places = plan_places(p);
    return row->revision > 0 && row->answers.n == sheet_bytes(places) && row->later.n == plane_bytes(places);
}

/* Given back, and not touched since: it says what was handed in, and what its confirmer has seen. */
static bool is_given_back(const struct seat_row *row)
{
    return row->state == 0 && row->given_back.id != 0 && row->revision == row->submitted;
}

bool said_under_way(const struct sheet_plan *p, const struct seat_row *row)
{
    if (is_given_back(row)) return false;
    return row->state == 0 || (row->state < 2 && by_question(p, row) && row->revision > row->submitted);
}

static void take_planes(const struct sheet_plan *p, const uint8_t *answers, const uint8_t *later,
                        struct said_sheet *out)
{
    for (size_t i = 0; i < p->n; i++) {
        size_t at = p->item[i].at;
        enum answer a = sheet_get(answers, plan_places(p), at);
        out->said[i] = a == UNANSWERED && later != NULL && mask_has(later, at) ? SAID_LATER : (enum said)a;
    }
}

static void mark_mixed(const struct sheet_plan *p, const uint8_t *sheet, struct said_sheet *out)
{
    for (size_t i = 0; i < p->n; i++)
        for (size_t k = 0; out->said[i] == SAID_NOTHING && k < p->item[i].n; k++)
            if (sheet_get(sheet, p->clauses, p->item[i].clauses[k]) != UNANSWERED) out->said[i] = SAID_MIXED;
}

struct noting {
    struct arena *a;
    const struct sheet_plan *p;
    struct said_sheet *s;
    bool by_clause;
};

static void take_note(void *to, int64_t at, str note)
{
    struct noting *n = to;
    for (size_t i = 0; i < n->p->n; i++) {
        const struct sheet_item *x = &n->p->item[i];
        if (at == (int64_t)(n->by_clause ? x->clauses[0] : x->at)) n->s->note[i] = str_dup(n->a, note);
    }
}

static enum err load_notes(struct work *w, const struct sheet_plan *p, const struct seat_row *row, bool questions,
                           struct said_sheet *s)
{
    struct noting n = {w->a, p, s, true};
    enum err e = clause_notes(w, row->id, take_note, &n);
    n.by_clause = false;
    return e == OK && questions ? question_notes(w, row->id, take_note, &n) : e;
}

enum err said_load(struct work *w, const struct sheet_plan *p, const struct seat_row *row, bool handed,
                   struct said_sheet *out)
{
    size_t places = plan_places(p);
    bool newest = by_question(p, row) && (row->revision == row->submitted || (!handed && row->state < 2));
    struct said_sheet s = {arena_array(w->a, p->n + 1, sizeof *s.said), arena_array(w->a, p->n + 1, sizeof *s.note)};
    *out = s;
    if (handed && row->state <= 0 && !is_given_back(row)) return OK;
    if (newest) {
        take_planes(p, (const uint8_t *)row->answers.p, (const uint8_t *)row->later.p, &s);
    } else if (row->sheet.n == sheet_bytes(p->clauses)) {
        uint8_t *answers = arena_alloc(w->a, sheet_bytes(places) + 8);
        plan_derive(p, (const uint8_t *)row->sheet.p, answers);
        take_planes(p, answers, NULL, &s);
        mark_mixed(p, (const uint8_t *)row->sheet.p, &s);
    }
    return load_notes(w, p, row, newest, &s);
}

/* ---- three states ---- */

static enum merged merged(bool lacks, bool same, bool changed_there, bool changed_here)
{
    if (same) return MERGED_SAME;
    if (lacks && changed_there) return MERGED_NOT_TAKEN_AWAY;
    if (!changed_there) return MERGED_KEPT;
    return changed_here ? MERGED_CONFLICT : MERGED_TAKEN;
}

enum merged merge_said(enum said issued, enum said file, enum said stands, enum said *out)
{
    bool file_lacks = !is_answer(file), lacks = !is_answer(stands), issued_lacked = !is_answer(issued);
    *out = stands;
    if (file_lacks && lacks) { /* a "later" of either side */
        *out = file == SAID_NOTHING ? stands : file;
        return file == stands || file == SAID_NOTHING ? MERGED_SAME : MERGED_TAKEN;
    }
    bool there = file_lacks ? !issued_lacked : file != issued, here = lacks ? !issued_lacked : stands != issued;
    enum merged m = merged(file_lacks, file == stands, there, here);
    if (m == MERGED_TAKEN) *out = file;
    return m;
}

enum merged merge_note(str issued, str file, str stands, str *out)
{
    enum merged m = merged(file.n == 0, str_eq(file, stands), !str_eq(file, issued), !str_eq(stands, issued));
    *out = m == MERGED_TAKEN ? file : stands;
    return m;
}

/* ---- wording ---- */

str form_section(enum lang lang, const struct round *r, const struct sheet_item *x)
{
    const struct part *part = &r->edition.parts[x->part];
    return lang_pick(lang, part->title_ja, part->title_en);
}

str form_wording(struct arena *a, enum lang lang, const struct round *r, const struct sheet_plan *p,
                 const struct sheet_item *x, const struct question *questions)
{
    ptrdiff_t q = item_question(p, x);
    if (q < 0)
        return lang_pick(lang, r->edition.clauses[x->clauses[0]].text_ja, r->edition.clauses[x->clauses[0]].text_en);
    str text = lang_pick(lang, questions[q].text_ja, questions[q].text_en);
    str example = lang_pick(lang, questions[q].example_ja, questions[q].example_en);
    if (example.n == 0) return text;
    str args[] = {example};
    str below = tr_fill(a, lang, M("(for example: %1)"), args, 1);
    return str_fmt(a, "%.*s\n%.*s", STR_ARG(text), STR_ARG(below));
}

static void add_bare(struct buf *b, str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] > ' ' && s.p[i] != 0x7F) buf_byte(b, s.p[i]);
}

bool form_same_text(struct arena *a, str x, str y)
{
    struct arena_mark mark = arena_mark(a);
    struct buf p = buf_in(a), q = buf_in(a);
    add_bare(&p, x);
    add_bare(&q, y);
    bool same = str_eq(buf_str(&p), buf_str(&q));
    arena_back(a, mark);
    return same;
}

/* ---- what proves that it is as it was issued ---- */

void form_digest_row(struct buf *b, const str *cell, size_t n)
{
    while (n > 0 && cell[n - 1].n == 0) n--;
    for (size_t i = 0; i < n; i++) {
        add_bare(b, cell[i]);
        buf_byte(b, '\x1F');
    }
    buf_byte(b, '\n');
}

str form_digest(struct buf *b) { return sha256_hex(b->a, buf_str(b)); }

enum err form_instance(struct work *w, str *out)
{
    str origin;
    enum err e = journal_origin(w, &origin);
    if (e == OK) *out = str_sub(sha256_hex(w->a, str_fmt(w->a, "meguri instance %.*s", STR_ARG(origin))), 0, 32);
    return e;
}
