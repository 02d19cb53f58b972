/* share reach: the reach-confirmation rate per tier, in time, with times and causes, of a notice or of a fiscal year.
 * Drills and what was real are never added up together. */
#include "share/reach.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/lang.h"

const struct param share_reach_params[] = {
    {"notice", P_CODE, 0, NULL, NULL, N("number of one notice; without it, all of a fiscal year"), "share watched"},
    {"year", P_INT, 0, NULL, NULL, N("fiscal year; without it, the present one")},
    {"drills", P_FLAG, 0, NULL, NULL, N("the drills of the year, in place of what was real")},
    PARTY_PARAM,
    {0}};


/* ---- gathered ---- */

static enum err behind_add(struct work *w, int64_t notice, int64_t parent, struct reached *r)
{
    struct took *t;
    struct why *y;
    size_t n, n_why;
    enum err e = took_read(w, notice, parent, &t, &n);
    if (e == OK) e = why_read(w, notice, parent, &y, &n_why);
    if (e != OK) return e;
    for (size_t i = 0; i < n; i++) {
        r->took = arena_more(w->a, r->took, r->n_took, &r->room, sizeof *r->took);
        r->took[r->n_took++] = t[i];
    }
    for (size_t i = 0; i < n_why; i++) r->causes[y[i].tier][y[i].cause] += y[i].n;
    return OK;
}

enum err reached_add(struct work *w, int64_t notice, int64_t own, struct reached *r)
{
    struct tiers t;
    struct below sums[TIERS];
    enum err e = tiers_load(w, notice, own, &t);
    if (e != OK) return e;
    tiers_sum(&t, sums);
    for (int i = 0; i < TIERS; i++) tiers_add(&r->sums[i], &sums[i]);
    r->notices++;
    if (own == 0) return behind_add(w, notice, -1, r);
    for (size_t i = 0; i < t.n_passers && e == OK; i++)
        if (tiers_has(&t, t.passer[i].id)) e = behind_add(w, notice, t.passer[i].id, r);
    return e;
}

static int by_minutes(const void *a, const void *b)
{
    const struct took *x = a, *y = b;
    return (x->minutes > y->minutes) - (x->minutes < y->minutes);
}

int64_t took_within(struct took *all, size_t n, enum tier tier, int per_cent)
{
    int64_t sum = 0, so_far = 0;
    if (n > 1) qsort(all, n, sizeof *all, by_minutes);
    for (size_t i = 0; i < n; i++) sum += all[i].tier == tier ? all[i].n : 0;
    for (size_t i = 0; i < n; i++) {
        if (all[i].tier != tier) continue;
        so_far += all[i].n;
        if (so_far * 100 >= sum * per_cent) return all[i].minutes;
    }
    return -1;
}

/* The fiscal year's first second and that of the next (Japan). */
static void fiscal_range(struct arena *a, int year, int64_t *since, int64_t *until)
{
    int64_t first = 0, next = 0;
    if (!date_parse(str_fmt(a, "%04d-04-01", year), &first) || !date_parse(str_fmt(a, "%04d-04-01", year + 1), &next))
        first = next = 0;
    *since = first * DAY - JAPAN;
    *until = next * DAY - JAPAN;
}

str fiscal_words(struct arena *a, enum lang lang, int year)
{
    int64_t may;
    if (lang != LANG_JA || !date_parse(str_fmt(a, "%04d-05-01", year), &may)) return str_fmt(a, "FY%d", year);
    str era = date_era(a, may);
    return str_fmt(a, "%.*s年度", (int)str_find(era, S("年")), era.p);
}

/* ---- told ---- */

void reached_facts(struct doc *out, const struct reached *r)
{
    struct below all = {0};
    for (int i = 0; i < TIERS; i++) tiers_add(&all, &r->sums[i]);
    doc_fact_of(out, "rate", M("Reach-confirmation rate"), C_RATE(reach_rate(&all.reach)), M("all tiers"));
    doc_fact(out, "in_time", M("Confirmed in time"), C_RATE(reach_in_time_rate(&all.reach)));
    doc_fact(out, "not_reached", M("Not reached, or not confirmed"),
             C_INT(reach_all(&all.reach) - reach_confirmed(&all.reach)));
    doc_fact(out, "late", M("Confirmed late"), C_INT(all.reach.late));
}

static struct cell minutes_cell(int64_t m) { return m < 0 ? C_NONE : C_MINUTES(m); }

void reached_times_table(struct doc *out, struct reached *r)
{
    static const struct column columns[] = {
        {"tier", CELL_ENUM, N("Tier")},
        {"confirmed", CELL_INT, N("Confirmed")},
        {"median", CELL_MINUTES, N("Half of them within")},
        {"most", CELL_MINUTES, N("Nine in ten of them within")},
    };
    doc_heading(out, M("How long it took"));
    doc_show(out, &(struct show){.kind = SHOW_CARDS, .label = "tier"});
    DOC_TABLE(out, "times", columns);
    for (int i = 0; i < TIERS; i++)
        if (reach_all(&r->sums[i].reach) != 0)
            DOC_ROW(out, share_tier_cell((enum tier)i), C_INT(reach_confirmed(&r->sums[i].reach)),
                    minutes_cell(took_within(r->took, r->n_took, (enum tier)i, 50)),
                    minutes_cell(took_within(r->took, r->n_took, (enum tier)i, 90)));
    doc_table_end(out);
    doc_note(out,
             M("Times run from when the notice was sent to each addressee. Who has not confirmed is not among them."));
}

static int64_t cause_sum(const struct reached *r, int cause)
{
    int64_t n = 0;
    for (int t = 0; t < TIERS; t++) n += r->causes[t][cause];
    return n;
}

void reached_causes_table(struct doc *out, const struct reached *r)
{
    static const struct column columns[] = {
        {"cause", CELL_ENUM, N("Cause of failure")},
        {"ministry", CELL_INT, N("Ministries and agencies")},
        {"ceptoar", CELL_INT, N("CEPTOARs")},
        {"operator", CELL_INT, N("Operators")},
        {"other", CELL_INT, N("Other bodies"), COL_DETAIL},
        {"all", CELL_INT, N("All")},
    };
    int64_t sum = 0;
    for (int c = 0; c < CAUSES; c++) sum += cause_sum(r, c);
    doc_heading(out, M("Why not, or not in time"));
    if (sum == 0) {
        doc_text(out, M("Everybody confirmed in time."));
        return;
    }
    doc_show(out, &(struct show){.kind = SHOW_BARS, .label = "cause", .values = {"all"}});
    DOC_TABLE(out, "causes", columns);
    for (int c = 1; c <= CAUSES; c++) { /* those without a cause last */
        int at = c == CAUSES ? CAUSE_NONE : c;
        if (cause_sum(r, at) == 0) continue;
        DOC_ROW(out,
                at == CAUSE_NONE ? enum_words_cell(S("unknown"), M("no cause entered yet"))
                                 : share_cause_cell((enum cause)at),
                C_INT(r->causes[TIER_MINISTRY][at]), C_INT(r->causes[TIER_CEPTOAR][at]),
                C_INT(r->causes[TIER_OPERATOR][at]), C_INT(r->causes[TIER_OTHER][at]), C_INT(cause_sum(r, at)));
    }
    doc_table_end(out);
}

/* ---- the notices of a list, each with its rate ---- */

static const struct column watched_columns[] = {
    {"notice", CELL_TEXT, N("Notice"), 0, "share board", "notice"},
    {"title", CELL_TEXT, N("Subject")},
    {"drill", CELL_ENUM, N("Drill"), COL_DATA}, /* its subject begins with it */
    {"urgency", CELL_ENUM, N("Urgency"), COL_DETAIL},
    {"state", CELL_ENUM, N("State"), COL_DETAIL},
    {"sent", CELL_TIME, N("Sent")},
    {"all", CELL_INT, N("Addressees"), COL_DATA}, /* it stands behind the rate */
    {"rate", CELL_RATE, N("Reach-confirmation rate"), 0, NULL, NULL, NULL, "all"},
    {"in_time", CELL_RATE, N("Confirmed in time"), COL_DETAIL, NULL, NULL, NULL, "all"},
    {"overdue", CELL_INT, N("Overdue")},
};

static enum err watched_row(struct work *w, struct doc *out, const struct watched *x)
{
    struct tiers t;
    struct below sums[TIERS], all = {0};
    enum err e = tiers_load(w, x->notice, x->own, &t);
    if (e != OK) return e;
    tiers_sum(&t, sums);
    for (int i = 0; i < TIERS; i++) tiers_add(&all, &sums[i]);
    DOC_ROW(out, C_TEXT(x->code), share_title_seen(w, x->drill, x->title, x->seen), share_drill_cell(x->drill),
            share_urgency_cell(x->urgency), notice_state_cell(x->state), share_time_cell(x->sent),
            C_INT(reach_all(&all.reach)), C_RATE(reach_rate(&all.reach)), C_RATE(reach_in_time_rate(&all.reach)),
            C_INT(all.overdue));
    return OK;
}

static enum err watched_table(struct work *w, struct doc *out, const struct watched *x, size_t n)
{
    enum err e = OK;
    enum tlp narrowest = TLP_CLEAR;
    doc_show(out, &(struct show){.kind = SHOW_CARDS, .label = "title"});
    DOC_TABLE(out, "notices", watched_columns);
    for (size_t i = 0; i < n && e == OK; i++) {
        if (x[i].marking.tlp > narrowest) narrowest = x[i].marking.tlp;
        struct arena_mark mark = arena_mark(w->a);
        e = watched_row(w, out, &x[i]);
        arena_back(w->a, mark);
    }
    doc_table_end(out);
    if (n > 0) out->handling = tlp_label(narrowest);
    return e;
}

/* What one issued is one's own; of the others TLP:RED is for named persons. */
enum err watched_seen(struct work *w, const struct party *p, struct watched *x, size_t n)
{
    bool named;
    enum err e = notice_named(w, p, &named);
    for (size_t i = 0; e == OK && i < n; i++) x[i].seen = x[i].own == 0 || x[i].marking.tlp != TLP_RED || named;
    return e;
}

enum err share_view_watched(struct work *w, const struct args *in, struct doc *out)
{
    struct party p;
    struct watched *x;
    size_t n;
    const struct watched_range all = {WATCHED_ALL, 0, w->now + 1, out->paged ? WATCHED_MAX : WATCHED_YEAR_MAX};
    enum err e = party_of(w, in, &p);
    if (e == OK) e = watched_find(w, p.org, &all, &x, &n);
    if (e == OK) e = watched_seen(w, &p, x, n);
    if (e != OK) return e;
    doc_title(out, M("Notices whose confirmation you watch"));
    if (n == 0) {
        doc_text(
            out,
            M("You have sent no notice yet, nor passed one on. When you do, this page shows who has confirmed it."));
        return OK;
    }
    return watched_table(w, out, x, n);
}

/* ---- the view ---- */

static enum err reach_of_notice(struct work *w, const struct args *in, struct doc *out, struct reached *r)
{
    struct held h;
    enum err e = held_find(w, in, arg_text(in, "notice"), &h);
    if (e == OK) e = reached_add(w, h.notice.id, h.own.id, r);
    if (e != OK) return e;
    doc_title(out, M("How far %1 reached"), h.notice.code);
    doc_lead(out, M("%1"), held_title(w, &h, out->lang));
    share_marked(out, h.notice.drill, h.own.id == 0 ? h.notice.marking : h.own.marking);
    return OK;
}

static enum err reach_of_year(struct work *w, const struct args *in, struct doc *out, struct reached *r,
                              struct watched **x, size_t *n)
{
    struct party p;
    int64_t year = arg_given(in, "year") ? arg_int(in, "year") : fiscal_year(today(w));
    bool drills = arg_given(in, "drills");
    struct watched_range range = {.kind = drills ? WATCHED_DRILLS : WATCHED_REAL, .most = WATCHED_YEAR_MAX};
    if (year < 1990 || year > 2200)
        return fault_in(w, INVALID, (struct where){.field = S("year")}, M("a fiscal year is a number like 2026"));
    fiscal_range(w->a, (int)year, &range.since, &range.until);
    enum err e = party_of(w, in, &p);
    if (e == OK) e = watched_find(w, p.org, &range, x, n);
    if (e == OK) e = watched_seen(w, &p, *x, *n);
    for (size_t i = 0; i < *n && e == OK; i++) e = reached_add(w, (*x)[i].notice, (*x)[i].own, r);
    str words = fiscal_words(w->a, out->lang, (int)year);
    if (drills) doc_title(out, M("Drills of %1: how far they reached"), words);
    else doc_title(out, M("Notices of %1: how far they reached"), words);
    doc_note(out, drills ? M("Of drills alone: what was real is counted by itself.")
                         : M("Drills are not among these: they are counted by themselves."));
    return e;
}

enum err share_view_reach(struct work *w, const struct args *in, struct doc *out)
{
    struct reached r = {0};
    struct watched *x = NULL;
    size_t n = 0;
    bool one = arg_given(in, "notice");
    enum err e = one ? reach_of_notice(w, in, out, &r) : reach_of_year(w, in, out, &r, &x, &n);
    if (e != OK) return e;
    if (!one && n == 0) {
        doc_text(out, M("No notice was sent or passed on by you in this year."));
        return OK;
    }
    reached_facts(out, &r);
    doc_heading(out, M("By tier"));
    board_tiers_table(out, r.sums);
    reached_causes_table(out, &r);
    reached_times_table(out, &r);
    if (one) return OK;
    doc_heading(out, M("The notices"));
    return watched_table(w, out, x, n);
}
