#include "plan/asked.h"

str progress_report_words(str code) { return str_eq(code, S("half")) ? M("Half-year report") : M("Year-end report"); }

struct cell progress_report_cell(str code)
{
    str words = progress_report_words(code);
    return code.n == 0 ? C_NONE : (struct cell){.type = CELL_ENUM, .text = code, .ja = tr(LANG_JA, words), .en = words};
}

struct cell status_cell(int64_t status)
{
    if (status == STATUS_NONE) return C_NONE;
    static const str code[STATUSES + 1] = {S_INIT("0"), S_INIT("1"), S_INIT("2"), S_INIT("3"), S_INIT("4")};
    return (struct cell){.type = CELL_ENUM, .text = code[status], .ja = status_mark(status), .en = status_mark(status)};
}

struct cell status_words_cell(struct arena *a, int64_t status)
{
    str word = status_word(status), code = status == STATUS_NONE ? S("none") : str_int(a, status);
    return (struct cell){.type = CELL_ENUM, .text = code, .ja = tr(LANG_JA, word), .en = tr(LANG_EN, word)};
}

struct cell line_no_cell(struct arena *a, const struct line *l)
{
    if (l->kind == ITEM_HEADING) return C_NONE;
    if (l->kind != ITEM_RELISTED) return C_TEXT(l->key);
    return (struct cell){.type = CELL_TEXT, .text = l->relists, .ja = tr_fill(a, LANG_JA, M("again (%1)"), &l->relists, 1),
                         .en = tr_fill(a, LANG_EN, M("again (%1)"), &l->relists, 1)};
}

enum err asked_lines(struct work *w, const struct args *in, struct lines *out)
{
    struct plan p;
    struct progress_report r = {0};
    bool asked = arg_given(in, "report");
    if (arg_given(in, "number") && !asked)
        return fault_in(w, INVALID, ((struct where){.field = S("number")}), M("the number of which report? Give --report"));
    enum err e = plan_wanted(w, in, &p);
    if (e == OK && asked) e = progress_report_find(w, &p, arg_text(in, "report"), arg_int(in, "number"), &r);
    if (e == OK) e = lines_begin(w, &p, 0, out);
    if (e == OK) out->shown = r;
    return e;
}

enum err asked_rows_all(struct work *w, struct lines *x, bool texts)
{
    struct progress_report r = x->shown;
    return r.frozen != 0 ? lines_frozen(w, x, &r, 1, INT64_MAX, texts) : lines_stand(w, x, 1, INT64_MAX, texts);
}

void asked_title(const struct lines *x, struct doc *out)
{
    struct work *w = out->w;
    const struct progress_report *r = &x->shown;
    doc_title(out, M("%1: progress"), lang_pick(out->lang, x->p.title_ja, x->p.title_en));
    if (r->frozen != 0)
        doc_lead(out, M("%1, no. %2, as it was frozen on %3"), tr(out->lang, progress_report_words(r->code)), str_int(w->a, r->no),
                 lang_day(w->a, out->lang, r->at));
    else if (x->last.frozen != 0)
        doc_lead(out, M("As it stands on %1; the last report was frozen on %2"), lang_date(w->a, out->lang, today(w)),
                 lang_day(w->a, out->lang, x->last.at));
    else doc_lead(out, M("As it stands on %1; no report is frozen yet"), lang_date(w->a, out->lang, today(w)));
    if (r->frozen == 0) out->provisional = lines_hear(w) && today(w) <= x->p.until;
    if (r->id != 0 && r->frozen == 0)
        doc_text(out, M("This report is set up and not frozen yet: shown is how it stands now."));
    if (r->frozen == 0) return;
    doc_note(out, M("Digest of its rows (SHA-256): %1"), r->digest);
    doc_note(out, M("Head of the journal before it was frozen: %1"), r->head);
    if (r->reason.n != 0) doc_note(out, M("Why it was corrected: %1"), r->reason);
    if (r->outside) doc_note(out, M("It was published elsewhere and read in: what single owners said is not known."));
}

void asked_note(struct work *w, const struct lines *x, struct doc *out)
{
    bool all = x->p.org_lo >= w->lo && x->p.org_lo < w->hi;
    if (x->shown.frozen != 0 || (all && lines_hear(w))) return;
    doc_note(out, M("What other organisations report shows here once it is frozen in a report."));
}
