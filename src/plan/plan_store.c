/* Plans and their editions. Items are in items_store.c, owners in owners_store.c. */
#include "plan/plan_store.h"

enum {
    PLAN, PLANS, COUNTS, PLAN_ADD, PLAN_CHANGE, EDITION_ADD, EDITION_CHANGE, NEXT, COPY_ITEMS, COPY_OWNERS, COPY_MILESTONES,
    COPY_LINKS, STATEMENTS
};

#define SEEN_PLAN "of a plan that whoever asks has found to be within the actor's sight"

/* The plans of organisations within reach; those of the organisations above, unless they are drafts; what is public. */
#define SEES(e)                                                                                                        \
    "((o.lo >= $1 AND o.lo < $2) OR (o.lo <= $1 AND o.hi >= $2 AND " e ".state <> 'draft') OR " e ".public = 1)"
#define LAST                                                                                                           \
    "NOT EXISTS (SELECT 1 FROM plan_edition x WHERE x.plan = p.id AND x.no > e.no AND " SEES("x") ")"
#define COLUMNS                                                                                                        \
    "SELECT p.id, p.org, o.lo, o.hi, p.code, p.kind, p.title_ja, p.title_en, o.code, o.name_ja, o.name_en,"            \
    " coalesce(b.code, ''), p.source_ja, p.source_en, p.since, p.until, e.id, e.no, e.revision, e.state, e.reason,"    \
    " e.meeting, e.decided, e.public, CASE WHEN " LAST " THEN 1 ELSE 0 END,"                                           \
    " CASE WHEN EXISTS (SELECT 1 FROM plan_edition d WHERE d.plan = p.id AND d.state = 'decided') THEN 1 ELSE 0 END"   \
    " FROM plan p JOIN org o ON o.id = p.org JOIN plan_edition e ON e.plan = p.id LEFT JOIN plan b ON b.id = p.basic"  \
    " WHERE " SEES("e")

static const struct sql plan_sql[STATEMENTS] = {
    [PLAN] = SCOPED((COLUMNS " AND p.code = $3 AND (e.no = $4 OR (CAST($4 AS BIGINT) = 0 AND " LAST "))")),
    [PLANS] = SCOPED((COLUMNS " AND " LAST " ORDER BY p.since DESC, o.lo, p.code")),
    [COUNTS] = SCOPED(
        ("SELECT e.id, CAST(sum(CASE WHEN i.kind = 'measure' THEN 1 ELSE 0 END) AS BIGINT),"
         " CAST(sum(CASE WHEN i.kind = 'relisted' THEN 1 ELSE 0 END) AS BIGINT), count(*)"
         " FROM plan p JOIN org o ON o.id = p.org JOIN plan_edition e ON e.plan = p.id JOIN plan_item i ON i.edition = e.id"
         " WHERE " SEES("e") " AND " LAST " GROUP BY e.id ORDER BY e.id")),
    [PLAN_ADD] = OPEN("the act has asked whether the plan's organisation is the actor's",
        "INSERT INTO plan (code, kind, org, basic, title_ja, title_en, since, until, source_ja, source_en, made, by_whom)"
        " VALUES ($1, $2, $3, (SELECT id FROM plan WHERE code = $4), $5, $6, $7, $8, $9, $10, $11, $12)"
        " ON CONFLICT (code) DO NOTHING RETURNING id"),
    [PLAN_CHANGE] = OPEN(SEEN_PLAN,
        "UPDATE plan SET basic = (SELECT b.id FROM plan b WHERE b.code = $2), title_ja = $3, title_en = $4, since = $5,"
        " until = $6, source_ja = $7, source_en = $8 WHERE id = $1"),
    [EDITION_ADD] = OPEN(SEEN_PLAN,
        "INSERT INTO plan_edition (plan, no, state, revision, reason, decided, meeting, public)"
        " VALUES ($1, $2, 'draft', 1, $3, NULL, '', 0) RETURNING id"),
    [EDITION_CHANGE] = OPEN(SEEN_PLAN,
        "UPDATE plan_edition SET state = $2, reason = $3, decided = $4, meeting = $5, public = $6 WHERE id = $1"),
    [NEXT] = OPEN(SEEN_PLAN, "SELECT max(no) + 1 FROM plan_edition WHERE plan = $1"),
    [COPY_ITEMS] = OPEN(SEEN_PLAN,
        "INSERT INTO plan_item (edition, ord, kind, key, level, code, title_ja, title_en, text_ja, text_en, relists, area, flag, owners)"
        " SELECT CAST($2 AS BIGINT), ord, kind, key, level, code, title_ja, title_en, text_ja, text_en, relists, area, flag, owners"
        " FROM plan_item WHERE edition = $1 ORDER BY ord"),
    [COPY_OWNERS] = OPEN(SEEN_PLAN,
        "INSERT INTO plan_owner (item, ord, owner, lead) SELECT n.id, c.ord, c.owner, c.lead FROM plan_item i"
        " JOIN plan_owner c ON c.item = i.id JOIN plan_item n ON n.edition = $2 AND n.ord = i.ord WHERE i.edition = $1"),
    [COPY_MILESTONES] = OPEN(SEEN_PLAN,
        "INSERT INTO plan_milestone (item, ord, since, until, title_ja, title_en, done, derived)"
        " SELECT n.id, c.ord, c.since, c.until, c.title_ja, c.title_en, c.done, c.derived FROM plan_item i"
        " JOIN plan_milestone c ON c.item = i.id JOIN plan_item n ON n.edition = $2 AND n.ord = i.ord WHERE i.edition = $1"),
    [COPY_LINKS] = OPEN(SEEN_PLAN,
        "INSERT INTO plan_link (item, ord, relation, target) SELECT n.id, c.ord, c.relation, c.target FROM plan_item i"
        " JOIN plan_link c ON c.item = i.id JOIN plan_item n ON n.edition = $2 AND n.ord = i.ord WHERE i.edition = $1"),
};

const struct sql_set plan_sql_set = {"plan", plan_sql, STATEMENTS};

#define GATHER(w, statement, args, take, out, n) STORE_GATHER(w, &plan_sql[statement], args, take, out, n)

/* ---- reading ---- */

static void take_plan(struct work *w, struct rows *r, void *to)
{
    *(struct plan *)to = (struct plan){
        .id = rows_int(r, 0), .org = rows_int(r, 1), .org_lo = rows_int(r, 2), .org_hi = rows_int(r, 3),
        .code = rows_kept(w, r, 4), .kind = rows_kept(w, r, 5), .title_ja = rows_kept(w, r, 6),
        .title_en = rows_kept(w, r, 7), .org_code = rows_kept(w, r, 8), .org_ja = rows_kept(w, r, 9),
        .org_en = rows_kept(w, r, 10), .basic = rows_kept(w, r, 11), .source_ja = rows_kept(w, r, 12),
        .source_en = rows_kept(w, r, 13), .since = rows_int(r, 14), .until = rows_int(r, 15),
        .edition = rows_int(r, 16), .no = rows_int(r, 17), .revision = rows_int(r, 18), .state = rows_kept(w, r, 19),
        .reason = rows_kept(w, r, 20), .meeting = rows_kept(w, r, 21), .decided = rows_int(r, 22),
        .has_decided = !rows_null(r, 22), .is_public = rows_int(r, 23) != 0, .is_last = rows_int(r, 24) != 0,
        .in_force = rows_int(r, 25) != 0};
}

static enum err no_plan(struct work *w, str code, int64_t no)
{
    struct where at = {.field = S("plan")};
    if (no == 0)
        return fault_in(w, NOTFOUND, at, M("there is no plan '%1' that you may see: `meguri plan list` shows those"), code);
    return fault_in(w, NOTFOUND, at, M("there is no edition %2 of a plan '%1' that you may see: `meguri plan list` shows the plans"),
                    code, str_int(w->a, no));
}

enum err plan_find(struct work *w, str code, int64_t no, struct plan *out)
{
    struct plan *all;
    size_t n;
    enum err e = GATHER(w, PLAN, ARGS(TEXT(code), INT(no)), take_plan, &all, &n);
    if (e != OK) return e;
    if (n == 0) return no_plan(w, code, no);
    *out = all[0];
    return OK;
}

enum err plan_all(struct work *w, struct plan **out, size_t *n) { return GATHER(w, PLANS, NOARGS, take_plan, out, n); }

enum { ANY_YEAR = 0, NO_DAY = INT64_MIN };

/* Of an organisation nearer to the top, else newer; plans come newest first. `day`: only those that run then. */
static const struct plan *plan_best(const struct plan *all, size_t n, int64_t year, int64_t day)
{
    const struct plan *best = NULL;
    for (size_t i = 0; i < n; i++) {
        if (!str_eq(all[i].kind, S("annual")) || (year != ANY_YEAR && fiscal_year(all[i].since) != year)) continue;
        if (day != NO_DAY && (all[i].since > day || all[i].until < day)) continue;
        bool newer = year == ANY_YEAR && best != NULL && all[i].since < best->since;
        if (best == NULL || (!newer && all[i].org_hi - all[i].org_lo > best->org_hi - best->org_lo)) best = &all[i];
    }
    return best;
}

enum err plan_wanted(struct work *w, const struct args *in, struct plan *out)
{
    struct plan *all;
    size_t n;
    int64_t no = arg_int(in, "edition"), year = arg_int(in, "year");
    if (arg_given(in, "edition") && no < 1)
        return fault_in(w, INVALID, ((struct where){.field = S("edition")}), M("editions are numbered from 1"));
    if (arg_given(in, "plan")) return plan_find(w, arg_text(in, "plan"), no, out);
    enum err e = plan_all(w, &all, &n);
    if (e != OK) return e;
    const struct plan *best = plan_best(all, n, year, year == ANY_YEAR ? today(w) : NO_DAY);
    if (best == NULL) best = plan_best(all, n, year, NO_DAY); /* next year's draft is not what people ask for before it runs */
    if (best == NULL && year != 0)
        return fault_in(w, NOTFOUND, ((struct where){.field = S("year")}),
                        M("there is no annual plan of the year %1 that you may see: `meguri plan list` shows the plans"),
                        str_int(w->a, year));
    if (best == NULL) return fault(w, NOTFOUND, M("there is no annual plan yet: `meguri plan new` begins one"));
    return plan_find(w, best->code, no, out);
}

static void take_count(struct work *w, struct rows *r, void *to)
{
    (void)w;
    *(struct plan_count *)to = (struct plan_count){rows_int(r, 0), rows_int(r, 1), rows_int(r, 2), rows_int(r, 3)};
}

enum err plan_counts(struct work *w, struct plan_count **out, size_t *n)
{
    return GATHER(w, COUNTS, NOARGS, take_count, out, n);
}

/* ---- who may ---- */

/* Who manages the organisation. Of what the centre publishes for all, the centre, but not of plans below its own place:
 * a ministry's plan is the ministry's. */
bool plan_org_mine(const struct work *w, int64_t lo, int64_t hi)
{
    const struct actor *a = w->actor;
    return may(a, MAY_MANAGE, lo) || (may(a, MAY_CENTRE, lo) && (lo <= a->lo && a->lo < hi));
}

bool plan_mine(const struct work *w, const struct plan *p) { return plan_org_mine(w, p->org_lo, p->org_hi); }

enum err plan_to_change(struct work *w, const struct plan *p, bool still_open)
{
    struct where at = {.field = S("plan")};
    if (!plan_mine(w, p))
        return fault_in(w, DENIED, at, M("the plan '%1' is that of %2: only those who manage that organisation change it"), p->code,
                        p->org_ja);
    if (!still_open) return OK;
    if (!p->is_last)
        return fault_in(w, CONFLICT, at, M("edition %2 of the plan '%1' is not the last one: only the last can change"), p->code,
                        str_int(w->a, p->no));
    if (str_eq(p->state, S("decided")))
        return fault_in(w, CONFLICT, at,
                        M("edition %2 of the plan '%1' is decided: begin the next edition, with a reason, and change that"), p->code,
                        str_int(w->a, p->no));
    return OK;
}

/* ---- writing ---- */

static enum err edition_add(struct work *w, struct plan *p, int64_t no, str reason)
{
    enum err e = store_int(w, &plan_sql[EDITION_ADD], ARGS(INT(p->id), INT(no), TEXT(reason)), &p->edition);
    if (e != OK) return e;
    p->no = no;
    p->revision = 1;
    p->state = S("draft");
    p->reason = reason;
    p->meeting = S("");
    p->has_decided = p->is_public = false;
    p->is_last = true;
    return OK;
}

enum err plan_add(struct work *w, struct plan *p)
{
    enum err e = store_int(w, &plan_sql[PLAN_ADD],
                           ARGS(TEXT(p->code), TEXT(p->kind), INT(p->org), TEXT(p->basic), TEXT(p->title_ja), TEXT(p->title_en),
                                INT(p->since), INT(p->until), TEXT(p->source_ja), TEXT(p->source_en), INT(w->now),
                                TEXT(acting_person(w))),
                           &p->id);
    if (e == NOTFOUND)
        return fault_in(w, CONFLICT, ((struct where){.field = S("plan")}), M("the code '%1' is taken: choose another"), p->code);
    return e == OK ? edition_add(w, p, 1, S("")) : e;
}

enum err plan_change(struct work *w, const struct plan *p)
{
    return store_run(w, &plan_sql[PLAN_CHANGE],
                     ARGS(INT(p->id), TEXT(p->basic), TEXT(p->title_ja), TEXT(p->title_en), INT(p->since), INT(p->until),
                          TEXT(p->source_ja), TEXT(p->source_en)));
}

enum err plan_edition_change(struct work *w, const struct plan *p)
{
    return store_run(w, &plan_sql[EDITION_CHANGE],
                     ARGS(INT(p->edition), TEXT(p->state), TEXT(p->reason), int_or_nil(p->decided, p->has_decided),
                          TEXT(p->meeting), INT(p->is_public)));
}

enum err plan_edition_next(struct work *w, struct plan *p, str reason)
{
    static const int copies[] = {COPY_ITEMS, COPY_OWNERS, COPY_MILESTONES, COPY_LINKS};
    struct plan next = *p;
    int64_t no = 0;
    enum err e = store_int(w, &plan_sql[NEXT], ARGS(INT(p->id)), &no);
    if (e == OK) e = edition_add(w, &next, no, reason);
    for (size_t i = 0; e == OK && i < sizeof copies / sizeof *copies; i++)
        e = store_run(w, &plan_sql[copies[i]], ARGS(INT(p->edition), INT(next.edition)));
    if (e == OK) *p = next;
    return e;
}
