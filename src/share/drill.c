/* Drills: the same code, marked and counted by itself. share drill begins one; share drills compares the years; share
 * drill-result is the report on one. */
#include "share/drill.h"

#include "base/clock.h"
#include "base/lang.h"
#include "share/compose.h"
#include "surface/door.h"

const struct param share_drill_params[] = {
    {"title", P_TEXT, PERSONAL, NULL, NULL, N("title of the drill")},
    {"to", P_CODE, MANY, NULL, NULL,
     N("whom it is for; sector:CODE, ceptoar:CODE, kind:WORD, group:CODE, org:CODE, members"), "share addresses"},
    {"text", P_TEXT, LONG_TEXT | PERSONAL, NULL, NULL, N("text; without it, a sentence that asks for confirmation")},
    {"within", P_INT, 0, NULL, NULL, N("minutes each tier has to confirm; without it, 1440")},
    {"by_phone", P_FLAG, 0, NULL, NULL, N("by telephone: no letters are written, all are called by the list of calls")},
    {"draft", P_CODE, RARE, NULL, NULL, N("a draft of a drill that is begun now; then nothing else is asked")},
    PARTY_PARAM,
    {0}};
const struct param share_drill_result_params[] = {
    {"notice", P_CODE, REQUIRED, NULL, NULL, N("number of the drill"), "share drills"},
    PARTY_PARAM,
    {0}};

static struct where at_field(const char *name) { return (struct where){.field = str_of(name)}; }

/* ---- begun ---- */

static enum err draft_given(struct work *w, const struct party *p, str code, struct notice *out)
{
    struct delivery own;
    enum standing standing;
    enum err e = notice_find(w, p, code, out, &own, &standing);
    if (e != OK) return e;
    if (!out->drill)
        return fault_in(w, INVALID, at_field("draft"),
                        M("%1 is not the draft of a drill: what is a drill is said when it is begun"), code);
    return OK;
}

static str addresses_given(struct work *w, const struct args *in)
{
    struct buf b = buf_in(w->a);
    const struct arg **to = arena_array(w->a, in->n + 1, sizeof *to);
    size_t n = arg_all(in, "to", to, in->n);
    for (size_t i = 0; i < n; i++) {
        if (i != 0) buf_byte(&b, ' ');
        buf_add(&b, to[i]->text);
    }
    return buf_str(&b);
}

static enum err drill_drafted(struct work *w, const struct args *in, const struct party *p, enum lang lang,
                              struct notice *out)
{
    str text = arg_text(in, "text"), title = str_trim(arg_text(in, "title")), to = addresses_given(w, in);
    if (title.n == 0) return fault_in(w, INVALID, at_field("title"), M("a drill has a title"));
    if (to.n == 0) return fault_in(w, INVALID, at_field("to"), M("say whom the drill is for"));
    if (text.n == 0)
        text = tr(lang,
                  M("This is a drill, to see whether notices reach everybody. Please confirm that you received it."));
    const struct draft d = {.kind = S("prevention"),
                            .urgency = S("ordinary"),
                            .title = title,
                            .text = text,
                            .to = to,
                            .drill = true,
                            .marking = {TLP_AMBER, PAP_AMBER},
                            .within = arg_int(in, "within")};
    return draft_make(w, p, &d, out);
}

enum err share_act_drill(struct work *w, const struct args *in, struct doc *out)
{
    struct party p;
    struct notice n;
    struct below sums[TIERS];
    struct tiers t;
    bool by_phone = arg_given(in, "by_phone");
    enum err e = party_of(w, in, &p);
    if (e == OK)
        e = arg_given(in, "draft") ? draft_given(w, &p, arg_text(in, "draft"), &n)
                                   : drill_drafted(w, in, &p, out->lang, &n);
    if (e == OK) e = draft_send(w, &p, &n);
    if (e == OK) e = drill_put(w, n.id, by_phone);
    if (e == OK && by_phone) e = letters_spare(w, n.id);
    if (e == OK) e = tiers_load(w, n.id, 0, &t);
    if (e != OK) return e;
    tiers_sum(&t, sums);
    doc_fact(out, "notice", M("Notice"), C_TEXT(n.code));
    board_tiers_table(out, sums);
    act_noted(w, S("notice"), n.code);
    share_next(w, in, by_phone ? "share calls" : "share board", n.code, tr(out->lang, M("The drill has begun.")));
    return OK;
}

/* ---- year by year ---- */

struct drills {
    struct work *w;
    struct doc *out;
    struct watched *x;
    struct below (*sums)[TIERS]; /* of each */
    size_t n;
};

static enum err drills_load(struct drills *d)
{
    enum err e = OK;
    d->sums = arena_array(d->w->a, d->n + 1, sizeof *d->sums);
    for (size_t i = 0; i < d->n && e == OK; i++) {
        struct tiers t;
        e = tiers_load(d->w, d->x[i].notice, d->x[i].own, &t);
        if (e == OK) tiers_sum(&t, d->sums[i]);
    }
    return e;
}

static struct cell tier_rate(const struct below *b)
{
    return reach_all(&b->reach) == 0 ? C_NONE : C_RATE(reach_rate(&b->reach));
}
static struct cell tier_all(const struct below *b) { return C_INT(reach_all(&b->reach)); }

#define RATES                                                                                                                       \
    {"ministry", CELL_RATE, N("Ministries and agencies"), 0, NULL, NULL, NULL, "ministries"},                                     \
        {"ceptoar", CELL_RATE, N("CEPTOARs"), 0, NULL, NULL, NULL, "ceptoars"},                                                    \
        {"operator", CELL_RATE, N("Operators"), 0, NULL, NULL, NULL, "operators"},                                                  \
        {"ministries", CELL_INT, N("Ministries and agencies: addressees"), COL_DATA}, {"ceptoars", CELL_INT, N("CEPTOARs: addressees"), COL_DATA}, \
        {"operators", CELL_INT, N("Operators: addressees"), COL_DATA}
#define RATE_CELLS(s)                                                                                                               \
    tier_rate(&(s)[TIER_MINISTRY]), tier_rate(&(s)[TIER_CEPTOAR]), tier_rate(&(s)[TIER_OPERATOR]), tier_all(&(s)[TIER_MINISTRY]),  \
        tier_all(&(s)[TIER_CEPTOAR]), tier_all(&(s)[TIER_OPERATOR])

static void drills_table(const struct drills *d)
{
    static const struct column columns[] = {
        {"notice", CELL_TEXT, N("Drill"), 0, "share drill-result", "notice"},
        {"title", CELL_TEXT, N("Subject")},
        {"sent", CELL_TIME, N("Drill begun")},
        {"by_phone", CELL_BOOL, N("By telephone"), COL_DETAIL},
        RATES,
    };
    doc_heading(d->out, M("Drills"));
    doc_show(d->out, &(struct show){.kind = SHOW_CARDS, .label = "title"});
    DOC_TABLE(d->out, "drills", columns);
    for (size_t i = 0; i < d->n; i++) {
        const struct watched *x = &d->x[i];
        DOC_ROW(d->out, C_TEXT(x->code), share_title_seen(d->w, true, x->title, x->seen), share_time_cell(x->sent),
                C_BOOL(x->by_phone), RATE_CELLS(d->sums[i]));
    }
    doc_table_end(d->out);
}

static int year_of(const struct watched *x) { return fiscal_year(japan_day(x->sent)); }

/* Drills are sorted by when they began, the newest first. */
static void years_table(const struct drills *d)
{
    static const struct column columns[] = {
        {"year", CELL_TEXT, N("Fiscal year")}, {"drills", CELL_INT, N("Drills")}, RATES};
    doc_heading(d->out, M("Reach-confirmation rate, year by year"));
    if (year_of(&d->x[0]) != year_of(&d->x[d->n - 1])) /* a line has two ends */
        doc_show(d->out,
                 &(struct show){.kind = SHOW_LINE, .label = "year", .values = {"ministry", "ceptoar", "operator"}});
    DOC_TABLE(d->out, "years", columns);
    for (size_t end = d->n; end > 0;) {
        struct below sums[TIERS] = {0};
        size_t first = end;
        int year = year_of(&d->x[end - 1]);
        while (first > 0 && year_of(&d->x[first - 1]) == year) {
            first--;
            for (int t = 0; t < TIERS; t++) tiers_add(&sums[t], &d->sums[first][t]);
        }
        DOC_ROW(d->out, C_TEXT(fiscal_words(d->w->a, d->out->lang, year)), C_INT((int64_t)(end - first)),
                RATE_CELLS(sums));
        end = first;
    }
    doc_table_end(d->out);
    doc_note(d->out, M("Addressees who confirmed, of all that the drills of a year should have reached in a tier."));
}

enum err share_view_drills(struct work *w, const struct args *in, struct doc *out)
{
    struct party p;
    struct drills d = {.w = w, .out = out};
    const struct watched_range range = {WATCHED_DRILLS, 0, w->now + 1, WATCHED_YEAR_MAX};
    enum err e = party_of(w, in, &p);
    if (e == OK) e = watched_find(w, p.org, &range, &d.x, &d.n);
    if (e == OK) e = watched_seen(w, &p, d.x, d.n);
    if (e == OK) e = drills_load(&d);
    if (e != OK) return e;
    if (d.n == 0) {
        doc_text(
            out,
            M("No drill was held yet. Begin one with 'Begin a drill': it goes the way of a notice, is marked wherever it is shown, and is counted by itself."));
        return OK;
    }
    enum tlp narrowest = d.x[0].marking.tlp;
    for (size_t i = 1; i < d.n; i++)
        if (d.x[i].marking.tlp > narrowest) narrowest = d.x[i].marking.tlp;
    out->handling = tlp_label(narrowest);
    drills_table(&d);
    years_table(&d);
    return OK;
}

/* ---- the report on one ---- */

static void stale_told(struct work *w, struct doc *out, const struct reached *r, int64_t stale, int64_t stale_reached)
{
    int64_t all = 0, confirmed = 0;
    for (int t = 0; t < TIERS; t++)
        all += reach_all(&r->sums[t].reach), confirmed += reach_confirmed(&r->sums[t].reach);
    struct reach old = {.n = {[ACK_SENT] = stale - stale_reached, [ACK_CONFIRMED] = stale_reached}};
    struct reach fresh = {
        .n = {[ACK_SENT] = all - stale - (confirmed - stale_reached), [ACK_CONFIRMED] = confirmed - stale_reached}};
    doc_heading(out, M("Contacts when it began"));
    doc_fact_of(out, "stale", M("Contacts not confirmed for 90 days"), C_INT(stale), M("of %1 addressees"),
                str_int(w->a, all));
    doc_fact(out, "stale_rate", M("Reached, of those"), C_RATE(reach_rate(&old)));
    doc_fact(out, "fresh_rate", M("Reached, of the others"), C_RATE(reach_rate(&fresh)));
}

static enum err mends_table(struct work *w, struct doc *out, const struct held *h)
{
    static const struct column columns[] = {
        {"org", CELL_ORG, N("Addressee")},
        {"tier", CELL_ENUM, N("Tier"), COL_DETAIL},
        {"state", CELL_ENUM, N("State")},
        {"cause", CELL_ENUM, N("Cause of failure")},
        {"stale", CELL_BOOL, N("Stale when it began")},
        {"confirmed", CELL_TIME, N("Contact confirmed")},
    };
    struct mend *x;
    size_t n;
    enum err e = mends_find(w, h->notice.id, h->own.id, MENDS_SHOWN, &x, &n);
    if (e != OK) return e;
    doc_heading(out, M("Contacts to be mended (%1)"), str_int(w->a, (int64_t)n));
    if (n == 0) {
        doc_text(out, M("Of those you wrote to yourself, nobody's contacts need mending."));
        return OK;
    }
    doc_show(out, &(struct show){.kind = SHOW_CARDS, .label = "org"});
    DOC_TABLE(out, "mend", columns);
    for (size_t i = 0; i < n; i++)
        DOC_ROW(out, share_org_cell(&x[i].d, 0), share_tier_cell(x[i].d.tier),
                share_ack_cell(x[i].d.ack, ack_overdue(x[i].d.ack, x[i].d.due, w->now)), share_cause_cell(x[i].d.cause),
                C_BOOL(x[i].stale), x[i].stale ? share_time_cell(x[i].confirmed) : C_NONE);
    doc_table_end(out);
    return OK;
}

/* Names of those further below are with who passes it on to them; how many of their contacts were stale is told of
 * each. */
static enum err passers_stale(struct work *w, struct doc *out, const struct held *h, const struct tiers *t)
{
    static const struct column columns[] = {
        {"org", CELL_ORG, N("Passes it on")},
        {"stale", CELL_INT, N("Stale contacts below it")},
        {"reached", CELL_INT, N("Reached, of those")},
    };
    enum err e = OK;
    size_t told = 0;
    for (size_t i = 0; i < t->n_passers && e == OK; i++) {
        int64_t stale = 0, reached = 0;
        if (t->passer[i].id == h->own.id || !tiers_has(t, t->passer[i].id)) continue;
        e = stale_counts(w, h->notice.id, t->passer[i].id, &stale, &reached);
        if (e != OK || stale == 0) continue;
        if (told++ == 0) {
            doc_heading(out, M("Stale contacts by who passes it on"));
            DOC_TABLE(out, "mend_below", columns);
        }
        DOC_ROW(out, share_org_cell(&t->passer[i], tiers_depth(t, &t->passer[i])), C_INT(stale), C_INT(reached));
    }
    if (told != 0) doc_table_end(out);
    return e;
}

static enum err stale_of(struct work *w, const struct held *h, const struct tiers *t, int64_t *stale, int64_t *reached)
{
    *stale = *reached = 0;
    if (h->own.id == 0) return stale_counts(w, h->notice.id, -1, stale, reached);
    enum err e = OK;
    for (size_t i = 0; i < t->n_passers && e == OK; i++) {
        int64_t n = 0, r = 0;
        if (!tiers_has(t, t->passer[i].id)) continue;
        e = stale_counts(w, h->notice.id, t->passer[i].id, &n, &r);
        *stale += n, *reached += r;
    }
    return e;
}

static enum err result_told(struct work *w, struct doc *out, const struct held *h, struct reached *r)
{
    struct tiers t;
    bool by_phone;
    int64_t stale, reached;
    enum err e = tiers_load(w, h->notice.id, h->own.id, &t);
    if (e == OK) e = stale_of(w, h, &t, &stale, &reached);
    if (e == OK) e = drill_by_phone(w, h->notice.id, &by_phone);
    if (e != OK) return e;
    reached_facts(out, r);
    doc_fact(out, "sent", M("Drill begun"), share_time_cell(h->notice.sent));
    if (by_phone) doc_fact(out, "by_phone", M("By telephone"), C_BOOL(true));
    doc_heading(out, M("By tier"));
    board_tiers_table(out, r->sums);
    reached_causes_table(out, r);
    reached_times_table(out, r);
    stale_told(w, out, r, stale, reached);
    e = mends_table(w, out, h);
    return e == OK ? passers_stale(w, out, h, &t) : e;
}

enum err share_view_drill_result(struct work *w, const struct args *in, struct doc *out)
{
    struct held h;
    struct reached r = {0};
    enum err e = held_find(w, in, arg_text(in, "notice"), &h);
    if (e != OK) return e;
    if (!h.notice.drill)
        return fault_in(w, INVALID, at_field("notice"),
                        M("%1 is no drill: `meguri share reach` tells how far a notice reached"), h.notice.code);
    if (h.notice.sent == 0)
        return fault_in(w, CONFLICT, at_field("notice"), M("%1 was not sent yet: nobody could confirm it"),
                        h.notice.code);
    e = reached_add(w, h.notice.id, h.own.id, &r);
    if (e != OK) return e;
    doc_title(out, M("Result of the drill %1"), h.notice.code);
    doc_lead(out, M("%1"), held_title(w, &h, out->lang));
    share_marked(out, true, h.own.id == 0 ? h.notice.marking : h.own.marking);
    return result_told(w, out, &h, &r);
}
