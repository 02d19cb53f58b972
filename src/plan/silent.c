/* plan silent: owners and measures without a word for the coming report; plan reports: those that are set up. */
#include "access/days.h"
#include "plan/acts.h"
#include "plan/asked.h"
#include "tally/rates.h"

enum { SILENT_ROWS = 2000 }; /* single measures listed */

struct silence {
    struct work *w;
    struct doc *out;
    struct lines x;
    struct progress_report next; /* the coming one; id 0: none is set up */
    struct days days;
    bool one; /* one owner is asked for */
    bool **said;        /* of each row, by owner */
    struct org_places orgs;
    size_t at;          /* the row that is heard of */
    int64_t *asked, *silent; /* by organisation */
};

/* The next due that is not frozen. */
static enum err coming(struct work *w, const struct plan *p, str code, struct progress_report *out)
{
    struct progress_report *all;
    size_t n;
    enum err e = progress_reports_of(w, p->id, &all, &n);
    if (e != OK) return e;
    *out = (struct progress_report){0};
    for (size_t i = 0; i < n && out->id == 0; i++)
        if (all[i].frozen == 0 && (code.n == 0 || str_eq(all[i].code, code))) *out = all[i];
    return OK;
}

static void hear(void *to, int64_t ord, int64_t org, int64_t status)
{
    struct silence *s = to;
    (void)status;
    while (s->at < s->x.n && s->x.line[s->at].ord < ord) s->at++;
    if (s->at == s->x.n || s->x.line[s->at].ord != ord) return;
    ptrdiff_t owner = line_owner(&s->x.line[s->at], org_place(&s->orgs, org));
    if (owner >= 0) s->said[s->at][owner] = true;
}

static bool lists(const struct silence *s) { return s->one || s->x.n < SILENT_ROWS; }

static enum err silence_load(struct silence *s)
{
    struct work *w = s->w;
    struct span span = {s->x.p.id, s->x.p.edition, 1, INT64_MAX, 0, false};
    enum err e = lines_plain(w, &s->x, 1, INT64_MAX);
    if (e == OK && lists(s)) e = lines_stand(w, &s->x, 1, INT64_MAX, false); /* how they stand is told of what is listed */
    if (e == OK) e = lines_owned(w, &s->x, 0, s->x.n, 0);
    if (e == OK) e = days_load(w, &s->days);
    if (e != OK) return e;
    s->orgs = org_places(w->a, &s->x.owners);
    s->asked = arena_array(w->a, s->orgs.n + 1, sizeof *s->asked);
    s->silent = arena_array(w->a, s->orgs.n + 1, sizeof *s->silent);
    s->said = arena_array(w->a, s->x.n + 1, sizeof *s->said);
    for (size_t i = 0; i < s->x.n; i++) s->said[i] = arena_array(w->a, (size_t)s->x.line[i].owners + 1, sizeof **s->said);
    return said_after(w, &span, s->x.last.upto, hear, s);
}

/* Of whose words the reader hears nothing, nothing is known. */
static bool heard(const struct silence *s, size_t org)
{
    const struct owners_org *o = &s->x.owners.org[org];
    return (o->lo >= s->w->lo && o->lo < s->w->hi) || (s->x.p.org_lo >= s->w->lo && s->x.p.org_lo < s->w->hi);
}

static void count(struct silence *s)
{
    for (size_t i = 0; i < s->x.n; i++) {
        const struct line *l = &s->x.line[i];
        for (int64_t k = 0; line_counts(l) && k < l->owners; k++) {
            if (!heard(s, l->place[k])) continue;
            s->asked[l->place[k]]++;
            s->silent[l->place[k]] += !s->said[i][k];
        }
    }
}

static int64_t overdue(const struct silence *s)
{
    int64_t day = today(s->w);
    return s->next.id == 0 || s->next.due >= day ? 0 : days_between(&s->days, s->next.due, day);
}

static const struct column owner_columns[] = {
    {"owner", CELL_ORG, N("In charge"), 0, "plan silent", "owner"},
    {"silent", CELL_INT, N("Measures without a report"), 0, NULL, NULL},
    {"measures", CELL_INT, N("Measures"), 0, NULL, NULL},
    {"reported_share", CELL_RATE, N("Share reported"), COL_BAR, NULL, NULL, NULL, "measures"},
    {"overdue", CELL_INT, N("Working days overdue"), 0, NULL, NULL},
    {"plan", CELL_TEXT, N("Plan"), COL_DATA, NULL, "plan"},
};

static struct cell owner_cell(const struct silence *s, size_t org)
{
    const struct owners_org *o = &s->x.owners.org[org];
    return C_ORG(o->code, o->name_ja, o->name_en, 0);
}

static void by_owner(const struct silence *s)
{
    int64_t late = overdue(s);
    doc_show(s->out, &(struct show){.kind = SHOW_CARDS, .label = "owner"});
    DOC_TABLE(s->out, "owners", owner_columns);
    for (size_t i = 0; i < s->x.owners.n_orgs; i++)
        if (s->silent[i] > 0)
            DOC_ROW(s->out, owner_cell(s, i), C_INT(s->silent[i]), C_INT(s->asked[i]),
                    C_RATE(rate_of_counts(s->asked[i] - s->silent[i], s->asked[i], NULL)), late > 0 ? C_INT(late) : C_NONE,
                    C_TEXT(s->x.p.code));
    doc_table_end(s->out);
}

static const struct column measure_columns[] = {
    {"no", CELL_TEXT, N("No."), 0, "plan measure", "no"},
    {"title", CELL_TEXT, N("Title"), 0, NULL, NULL},
    {"owner", CELL_ORG, N("In charge"), 0, NULL, NULL},
    {"lead", CELL_BOOL, N("Lead owner"), 0, NULL, NULL},
    {"status", CELL_ENUM, N("Status"), 0, NULL, NULL},
    {"plan", CELL_TEXT, N("Plan"), COL_DATA, NULL, "plan"},
};

static void by_measure(const struct silence *s, ptrdiff_t only)
{
    size_t n = 0;
    doc_heading(s->out, M("Measure by measure"));
    DOC_TABLE(s->out, "measures", measure_columns);
    for (size_t i = 0; i < s->x.n && n < SILENT_ROWS; i++) {
        const struct line *l = &s->x.line[i];
        for (int64_t k = 0; line_counts(l) && k < l->owners && n < SILENT_ROWS; k++) {
            size_t org = l->place[k];
            if ((only >= 0 && org != (size_t)only) || !heard(s, org) || s->said[i][k]) continue;
            n++;
            DOC_ROW(s->out, C_TEXT(l->key), both_cell(l->title_ja, l->title_en), owner_cell(s, org),
                    C_BOOL(s->x.owners.org[org].id == l->lead_org), status_cell(l->is.status), C_TEXT(s->x.p.code));
        }
    }
    doc_table_end(s->out);
    if (n == SILENT_ROWS) doc_note(s->out, M("Only the first %1 are listed: ask for one owner."), str_int(s->w->a, (int64_t)n));
}

static void facts(const struct silence *s)
{
    int64_t owners = 0, silent = 0, asked = 0, late = overdue(s);
    for (size_t i = 0; i < s->x.owners.n_orgs; i++) owners += s->silent[i] > 0, silent += s->silent[i], asked += s->asked[i];
    doc_fact(s->out, "owners", M("Silent owners"), C_INT(owners));
    doc_fact_of(s->out, "silent", M("Reports that are missing"), C_INT(silent), M("of %1, measure by measure and owner by owner"),
                str_int(s->w->a, asked));
    if (s->next.id != 0) doc_fact(s->out, "due", M("Due"), C_DATE(s->next.due));
    if (late > 0) doc_fact(s->out, "overdue", M("Working days overdue"), C_INT(late));
    if (s->next.id == 0)
        doc_text(s->out, M("No report is set up that owners could be late for: `plan report` says by when they are due."));
    else if (silent == 0) doc_text(s->out, M("Everybody has reported."));
}

static enum err only_owner(const struct silence *s, str code, ptrdiff_t *out)
{
    *out = code.n == 0 ? -1 : owners_org(&s->x.owners, code);
    if (code.n == 0 || (*out >= 0 && heard(s, (size_t)*out))) return OK;
    return fault_in(s->w, NOTFOUND, ((struct where){.field = S("owner")}), M("no organisation '%1' owns measures of the plan '%2'"), code,
                    s->x.p.code);
}

enum err plan_view_silent(struct work *w, const struct args *in, struct doc *out)
{
    struct silence s = {.w = w, .out = out, .one = arg_given(in, "owner")};
    struct plan p;
    ptrdiff_t only = -1;
    enum err e = plan_wanted(w, in, &p);
    if (e == OK) e = lines_begin(w, &p, 0, &s.x);
    if (e == OK) e = coming(w, &p, arg_text(in, "report"), &s.next);
    if (e == OK) e = silence_load(&s);
    if (e == OK) e = only_owner(&s, arg_text(in, "owner"), &only);
    if (e != OK) return e;
    count(&s);
    doc_title(out, M("%1: who has not reported"), lang_pick(out->lang, p.title_ja, p.title_en));
    if (s.next.id != 0) doc_lead(out, M("For: %1"), tr(out->lang, progress_report_words(s.next.code)));
    facts(&s);
    if (only < 0) by_owner(&s);
    if (lists(&s)) by_measure(&s, only);
    doc_note(out, M("An owner has reported who has said something since the report before, also that nothing is new."));
    if (s.x.p.org_lo < w->lo || s.x.p.org_lo >= w->hi) doc_note(out, M("Counted are the organisations of your reach."));
    return OK;
}

/* ---- the reports ---- */

static const struct column report_columns[] = {
    {"report", CELL_ENUM, N("Report on the plan"), 0, "plan progress", "report"},
    {"due", CELL_DATE, N("Due"), 0, NULL, NULL},
    {"no", CELL_INT, N("Number of the report"), 0, NULL, NULL},
    {"frozen", CELL_TIME, N("Frozen"), 0, NULL, NULL},
    {"edition", CELL_INT, N("Edition"), COL_DETAIL, NULL, NULL},
    {"outside", CELL_BOOL, N("Published elsewhere"), COL_DETAIL, NULL, NULL},
    {"reason", CELL_TEXT, N("Why it was corrected"), 0, NULL, NULL},
    {"digest", CELL_TEXT, N("Digest"), COL_DETAIL, NULL, NULL},
    {"verify", CELL_ENUM, N("As it was frozen"), 0, "plan verify", "report"},
    {"head", CELL_TEXT, N("Head of the journal"), COL_DATA, NULL, NULL},
    {"plan", CELL_TEXT, N("Plan"), COL_DATA, NULL, "plan"},
};

/* It leads to where that is found out. */
static struct cell verify_cell(str report)
{
    str words = M("Is it as it was frozen?");
    return (struct cell){.type = CELL_ENUM, .text = report, .ja = tr(LANG_JA, words), .en = words};
}

static void report_forms(struct work *w, const struct plan *p, struct doc *out)
{
    if (!plan_mine(w, p)) return;
    doc_heading(out, M("What may be done"));
    doc_form(out, &(struct form){.act = "plan report", .given = {{"plan", p->code}}, .ask = "report due", .folded = true});
    doc_form_end(out);
    doc_form(out, &(struct form){.act = "plan freeze", .given = {{"plan", p->code}}, .ask = "report reason", .folded = true,
                                 .button = {{NULL, NULL, M("Freeze the report")}, {"rehearse", "1", M("Try it out (changes nothing)")}}});
    doc_form_end(out);
}

enum err plan_view_reports(struct work *w, const struct args *in, struct doc *out)
{
    struct plan p;
    struct progress_report *all;
    size_t n;
    enum err e = plan_wanted(w, in, &p);
    if (e == OK) e = progress_reports_of(w, p.id, &all, &n);
    if (e != OK) return e;
    doc_title(out, M("%1: reports"), lang_pick(out->lang, p.title_ja, p.title_en));
    doc_lead(out, M("%1, from %2 to %3"), lang_pick(out->lang, p.org_ja, p.org_en), lang_date(w->a, out->lang, p.since),
             lang_date(w->a, out->lang, p.until));
    if (n == 0) doc_text(out, M("No report is set up. Those of the plan's organisation set one up with the day on which it is due."));
    doc_show(out, &(struct show){.kind = SHOW_CARDS, .label = "report"});
    DOC_TABLE(out, "reports", report_columns);
    for (size_t i = 0; i < n; i++) {
        const struct progress_report *r = &all[i];
        bool frozen = r->frozen != 0;
        DOC_ROW(out, progress_report_cell(r->code), C_DATE(r->due), frozen ? C_INT(r->no) : C_NONE, frozen ? C_TIME(r->at) : C_NONE,
                frozen ? C_INT(r->edition) : C_NONE, C_BOOL(r->outside), text_cell(r->reason), text_cell(r->digest),
                frozen ? verify_cell(r->code) : C_NONE, text_cell(r->head), C_TEXT(p.code));
    }
    doc_table_end(out);
    report_forms(w, &p, out);
    plan_pages(&p, out);
    return OK;
}
