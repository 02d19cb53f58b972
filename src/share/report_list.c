/* share reports: those of the party, and those it holds. */
#include "share/report_acts.h"

enum { LISTED_PAGED = 500, LISTED_MAX = 100000 };

/* Both levels are told and the service was below what should hold. */
static bool deviates(const struct report_line *l)
{
    int64_t should, was;
    return report_level(l->verification, &should) && report_level(l->level, &was) && was < should;
}

static struct cell level_cell(str s)
{
    struct decimal d;
    return decimal_parse(s, &d) ? C_DECIMAL(d) : C_NONE;
}

static void list_row(struct doc *out, const struct report_line *l)
{
    const struct report_row *r = &l->r;
    const struct report_field *event = report_field_of(S("event")), *ground = report_field_of(S("ground"));
    int severity = severity_overall(r->continuity, r->safety, r->trust);
    bool unopened = !str_eq(l->role, S("operator")) && l->seen < r->editions;
    DOC_ROW(out, C_TEXT(r->code), text_cell(r->title), C_BOOL(unopened), C_ORG(r->org_code, r->org_ja, r->org_en, 0),
            report_state_cell(r->state), C_BOOL(r->drill),
            r->event.n == 0 ? C_NONE : enum_words_cell(r->event, report_choice_label(event, r->event)),
            r->editions == 0 ? C_NONE : C_INT(r->editions), r->first == 0 ? C_NONE : C_TIME(r->first),
            r->received == 0 ? C_NONE : C_TIME(r->received), C_BOOL(deviates(l)), level_cell(l->verification),
            level_cell(l->level),
            severity < 0 ? C_NONE : enum_words_cell(str_int(out->w->a, severity), severity_label(severity)),
            r->ground.n == 0 ? C_NONE : enum_words_cell(r->ground, report_choice_label(ground, r->ground)),
            r->sector.n == 0 ? C_NONE : C_TEXT(r->sector), report_role_cell(l->role),
            enum_words_cell(tlp_word(r->tlp), tlp_label(r->tlp)), C_BOOL(r->not_supervision), C_BOOL(r->government));
}

static void list_table(struct doc *out, const struct report_line *all, size_t n)
{
    static const struct column columns[] = { /* what does not fit a page stands on the page of each report */
        {"report", CELL_TEXT, N("Report of a failure"), 0, "share report", "report"},
        {"title", CELL_TEXT, N("Subject"), 0, NULL, NULL},
        {"unread", CELL_BOOL, N("Newest edition not opened yet"), 0, NULL, NULL},
        {"org", CELL_ORG, N("Reported by"), 0, NULL, NULL},
        {"state", CELL_ENUM, N("State"), 0, NULL, NULL},
        {"drill", CELL_BOOL, N("Drill"), 0, NULL, NULL},
        {"event", CELL_ENUM, N("Type of event"), COL_DETAIL, NULL, NULL},
        {"edition", CELL_INT, N("Edition of the report"), COL_DATA, NULL, NULL},
        {"first", CELL_TIME, N("First sent"), 0, NULL, NULL},
        {"received", CELL_TIME, N("With the centre since"), COL_DATA, NULL, NULL},
        {"deviates", CELL_BOOL, N("Below the verification level"), COL_DATA, NULL, NULL},
        {"verification", CELL_DECIMAL, N("Verification level"), COL_DATA, NULL, NULL},
        {"level", CELL_DECIMAL, N("Lowest service level"), COL_DATA, NULL, NULL},
        {"severity", CELL_ENUM, N("Severity"), COL_DETAIL, NULL, NULL},
        {"ground", CELL_ENUM, N("Ground of the report"), COL_DATA, NULL, NULL},
        {"sector", CELL_TEXT, N("Sector"), COL_DATA, NULL, NULL},
        {"role", CELL_ENUM, N("Held as"), COL_DATA, NULL, NULL},
        {"tlp", CELL_ENUM, N("How far it may go"), COL_DATA, NULL, NULL},
        {"not_supervision", CELL_BOOL, N("Not for supervision"), COL_DATA, NULL, NULL},
        {"government", CELL_BOOL, N("From a ministry or agency"), COL_DATA, NULL, NULL},
    };
    doc_show(out, &(struct show){.kind = SHOW_CARDS, .label = "report"});
    DOC_TABLE(out, "reports", columns);
    for (size_t i = 0; i < n; i++) list_row(out, &all[i]);
    doc_table_end(out);
}

/* The fiscal year of Japan: from 1 April, 0:00 there. */
static void year_of(const struct args *in, struct report_filter *f)
{
    int64_t from, until, year = arg_int(in, "year");
    struct arena *a = arena_new(0);
    if (arg_given(in, "year") && date_parse(str_fmt(a, "%04d-04-01", (int)year), &from) &&
        date_parse(str_fmt(a, "%04d-04-01", (int)year + 1), &until)) {
        f->since = from * DAY - JAPAN;
        f->until = until * DAY - JAPAN;
    }
    arena_free(a);
}

static enum err filter_of(struct work *w, const struct args *in, const struct party *p, struct report_filter *f)
{
    int64_t year = arg_int(in, "year");
    str drill = arg_text(in, "drills");
    if (arg_given(in, "year") && (year < 1990 || year > 2200))
        return fault_in(w, INVALID, report_at("year"), M("a fiscal year is one of 1990 to 2200"));
    *f = (struct report_filter){.org = p->org,
                                .state = arg_text(in, "state"),
                                .event = arg_text(in, "event"),
                                .sector = arg_text(in, "sector"),
                                .ground = arg_text(in, "ground"),
                                .role = arg_int(in, "ours") != 0 ? S("operator") : (str){"", 0},
                                .drill = str_eq(drill, S("only"))      ? 1
                                         : str_eq(drill, S("without")) ? 0
                                                                       : -1,
                                .most = LISTED_MAX};
    year_of(in, f);
    return OK;
}

const struct param share_reports_params[] = {
    {"year", P_INT, 0, NULL, NULL, N("fiscal year in which the centre had it, else in which it was sent")},
    {"state", P_ENUM, 0, "open draft sent received closed", NULL, N("State")},
    {"event", P_ENUM, 0,
     "near-miss confidentiality integrity availability malware-infection malicious-code intrusion other", NULL,
     N("Type of event")},
    {"ground", P_ENUM, RARE, "law exceptional voluntary", NULL, N("Ground of the report")},
    {"sector", P_CODE, RARE, NULL, NULL, N("code of a sector")},
    {"drills", P_ENUM, RARE, "without only", NULL, N("Drills")},
    {"ours", P_FLAG, RARE, NULL, NULL, N("only what we reported ourselves")},
    PARTY_PARAM,
    {0}};

enum err share_view_reports(struct work *w, const struct args *in, struct doc *out)
{
    struct party p;
    struct report_filter f;
    struct report_line *all;
    size_t n;
    int64_t total;
    enum tlp narrowest = TLP_CLEAR;
    enum err e = party_of(w, in, &p);
    if (e == OK) e = filter_of(w, in, &p, &f);
    if (e == OK) e = share_report_list_count(w, &f, &total);
    if (e == OK && out->paged) f.most = LISTED_PAGED;
    if (e == OK) e = share_report_list(w, &f, &all, &n);
    if (e != OK) return e;
    for (size_t i = 0; i < n; i++) narrowest = all[i].r.tlp > narrowest ? all[i].r.tlp : narrowest;
    doc_fact(out, "reports", M("Number of reports"), C_INT(total));
    if (n == 0) {
        doc_text(out, M("No report is here. What operators report to you, and what you report, is listed here."));
        return OK;
    }
    out->handling = tlp_label(narrowest);
    out->personal = true;
    list_table(out, all, n);
    if ((int64_t)n < total)
        doc_note(out, M("The newest %1 of %2 are shown: name a year, a sector or a type, or take the file."),
                 str_int(w->a, (int64_t)n), str_int(w->a, total));
    return OK;
}
