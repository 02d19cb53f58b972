/* plan verify: the rows of a report of progress against the digest they were frozen with. */
#include "plan/frozen.h"

enum err plan_view_verify(struct work *w, const struct args *in, struct doc *out)
{
    struct lines x;
    enum err e = asked_lines(w, in, &x);
    if (e != OK) return e;
    const struct progress_report r = x.shown;
    if (r.frozen == 0)
        return fault_in(w, CONFLICT, ((struct where){.field = S("report")}),
                        M("this report of the plan '%1' is not frozen yet: there is nothing to compare with"), x.p.code);
    if ((e = lines_frozen(w, &x, &r, 1, INT64_MAX, true)) != OK) return e;
    str now = progress_frozen_digest(w->a, x.line, x.n);
    bool same = str_eq(now, r.digest);
    doc_title(out, M("%1: as it was frozen?"), lang_pick(out->lang, x.p.title_ja, x.p.title_en));
    doc_lead(out, M("%1, no. %2, as it was frozen on %3"), tr(out->lang, progress_report_words(r.code)), str_int(w->a, r.no),
             lang_day(w->a, out->lang, r.at));
    doc_fact(out, "intact", M("As it was frozen"), C_ENUM(same ? M("intact") : M("changed since it was frozen")));
    doc_fact(out, "number", M("Number of the report"), C_INT(r.no));
    doc_fact(out, "digest", M("Digest when it was frozen"), C_TEXT(r.digest));
    doc_fact(out, "recomputed", M("Digest now"), C_TEXT(now));
    doc_fact(out, "head", M("Head of the journal then"), C_TEXT(r.head));
    if (!same) doc_text(out, M("The stored report is not what was frozen: restore the database from a backup, and look into the journal."));
    doc_note(out, M("`meguri journal verify --head HASH` tells whether the journal still holds that head; its line of the freezing has the digest."));
    return OK;
}
