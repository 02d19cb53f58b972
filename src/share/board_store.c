#include "share/board_store.h"

enum { COUNTS, LATE_BY_TIER_ISSUER, LATE_BY_TIER, PASSERS, NAMES, NAMES_ISSUER, NAMES_UNDUE, NAMES_UNDUE_ISSUER, STATEMENTS };

#define FOUND "of one notice, which the caller has found for the party; the caller tells names of those directly below it alone"
#define ROW                                                                                                                                        \
    "SELECT d.id, coalesce(d.parent, 0), d.org, o.code, o.name_ja, o.name_en, d.tier, d.ack, d.late, d.sent, d.due, d.opened, d.confirmed, d.changed," \
    " d.channel, d.by_whom, d.spoke_to, d.note, d.cause, d.passed FROM share_delivery d JOIN org o ON o.id = d.org"
/* The column that IS NULL stands in the order too: PostgreSQL takes only what equals something for constant. */
#define EDGE(where, way)                                                                                                                              \
    "(SELECT d.due FROM share_delivery d WHERE d.notice = c.notice AND d.parent " where " AND d.ack = c.ack ORDER BY d.parent" way ", d.due" way " LIMIT 1)"
#define END(way) "CASE WHEN c.parent = 0 THEN " EDGE("IS NULL", way) " ELSE " EDGE("= c.parent", way) " END"
#define LATE_IN " AND ack = $2 AND due < $3 GROUP BY tier"
#define DUE_PAGE " AND d.ack = $2 AND (d.due, d.id) > ($3, $4) AND d.due < $5"
#define UNDUE_PAGE " AND d.ack = $2 AND d.due IS NULL AND d.id > $3"

static const struct sql board_sql[STATEMENTS] = {
    [COUNTS] = OPEN(
        FOUND,
        ("SELECT c.parent, c.tier, c.ack, c.late, c.n, " END("") ", " END(
            " DESC") " FROM share_count c WHERE c.notice = $1 AND c.n > 0 ORDER BY c.parent, c.tier, c.ack, c.late")),
    [LATE_BY_TIER_ISSUER] =
        OPEN(FOUND, ("SELECT tier, count(*) FROM share_delivery WHERE notice = $1 AND parent IS NULL" LATE_IN)),
    [LATE_BY_TIER] =
        OPEN(FOUND, ("SELECT tier, count(*) FROM share_delivery WHERE notice = $1 AND parent = $4" LATE_IN)),
    [PASSERS] = OPEN(
        FOUND,
        (ROW
         " WHERE d.id IN (SELECT c.parent FROM share_count c WHERE c.notice = $1 AND c.parent <> 0) ORDER BY o.lo")),
    [NAMES] = OPEN(FOUND, (ROW " WHERE d.notice = $1" DUE_PAGE
                               " AND d.parent = $6 ORDER BY d.due, d.id LIMIT CAST($7 AS BIGINT)")),
    [NAMES_ISSUER] = OPEN(FOUND, (ROW " WHERE d.notice = $1" DUE_PAGE
                                      " AND d.parent IS NULL ORDER BY d.parent, d.due, d.id LIMIT CAST($6 AS BIGINT)")),
    [NAMES_UNDUE] = OPEN(FOUND, (ROW " WHERE d.notice = $1" UNDUE_PAGE
                                     " AND d.parent = $4 ORDER BY d.due, d.id LIMIT CAST($5 AS BIGINT)")),
    [NAMES_UNDUE_ISSUER] =
        OPEN(FOUND, (ROW " WHERE d.notice = $1" UNDUE_PAGE
                         " AND d.parent IS NULL ORDER BY d.parent, d.due, d.id LIMIT CAST($4 AS BIGINT)")),
};

const struct sql_set board_sql_set = {"board", board_sql, STATEMENTS};

/* ---- counts ---- */

struct count_row {
    int64_t parent, tier, ack, late, n, first_due, last_due;
};
static void take_count(struct work *w, struct rows *r, void *to)
{
    (void)w;
    *(struct count_row *)to = (struct count_row){rows_int(r, 0), rows_int(r, 1), rows_int(r, 2), rows_int(r, 3), rows_int(r, 4), rows_int(r, 5), rows_int(r, 6)};
}

static struct below *below_of(struct below *all, size_t n, int64_t parent, int64_t tier)
{
    for (size_t i = n; i > 0; i--)
        if (all[i - 1].parent == parent && (int64_t)all[i - 1].tier == tier) return &all[i - 1];
    return NULL;
}

/* Some of a state have their time behind them and some before: only then are they counted one by one. */
static enum err late_counted(struct work *w, int64_t notice, const struct count_row *c, struct below *all, size_t n)
{
    struct rows *r;
    enum err e =
        c->parent == 0
            ? store_rows(w, &board_sql[LATE_BY_TIER_ISSUER], ARGS(INT(notice), INT(c->ack), INT(w->now)), &r)
            : store_rows(w, &board_sql[LATE_BY_TIER], ARGS(INT(notice), INT(c->ack), INT(w->now), INT(c->parent)), &r);
    if (e != OK) return e;
    while (rows_next(r)) {
        struct below *b = below_of(all, n, c->parent, rows_int(r, 0));
        if (b != NULL) b->overdue += rows_int(r, 1);
    }
    return rows_done(r);
}

static bool open_state(int64_t ack) { return ack == ACK_SENT || ack == ACK_OPENED; }
static bool some_late(const struct work *w, const struct count_row *c)
{
    return open_state(c->ack) && c->first_due < w->now;
}
static bool all_late(const struct work *w, const struct count_row *c)
{
    return open_state(c->ack) && c->last_due < w->now;
}

static enum err lates(struct work *w, int64_t notice, const struct count_row *c, size_t n, struct below *all,
                      size_t n_all)
{
    enum err e = OK;
    for (size_t i = 0; i < n && e == OK; i++) {
        if (all_late(w, &c[i])) below_of(all, n_all, c[i].parent, c[i].tier)->overdue += c[i].n;
        else if (some_late(w, &c[i])) {
            bool first = true; /* of its parent and state: the tiers of one are counted together */
            for (size_t k = 0; k < i; k++) first = first && (c[k].parent != c[i].parent || c[k].ack != c[i].ack);
            if (first) e = late_counted(w, notice, &c[i], all, n_all);
        }
    }
    return e;
}

enum err board_counts(struct work *w, int64_t notice, struct below **out, size_t *n_out)
{
    struct count_row *c;
    size_t n, n_all = 0;
    enum err e = STORE_GATHER(w, &board_sql[COUNTS], ARGS(INT(notice)), take_count, &c, &n);
    if (e != OK) return e;
    struct below *all = arena_array(w->a, n + 1, sizeof *all);
    for (size_t i = 0; i < n; i++) {
        struct below *b =
            n_all == 0 || all[n_all - 1].parent != c[i].parent || (int64_t)all[n_all - 1].tier != c[i].tier
                ? NULL
                : &all[n_all - 1];
        if (b == NULL) b = &all[n_all++], *b = (struct below){.parent = c[i].parent, .tier = (enum tier)c[i].tier};
        b->reach.n[c[i].ack] += c[i].n;
        if (c[i].late != 0) b->reach.late += c[i].n;
    }
    e = lates(w, notice, c, n, all, n_all);
    *out = all;
    *n_out = n_all;
    return e;
}

/* ---- names ---- */

static void take_row(struct work *w, struct rows *r, void *to)
{
    *(struct delivery *)to = (struct delivery){.id = rows_int(r, 0),
                                               .parent = rows_int(r, 1),
                                               .org = rows_int(r, 2),
                                               .org_code = rows_kept(w, r, 3),
                                               .org_ja = rows_kept(w, r, 4),
                                               .org_en = rows_kept(w, r, 5),
                                               .tier = (enum tier)rows_int(r, 6),
                                               .ack = (enum ack)rows_int(r, 7),
                                               .late = rows_int(r, 8) != 0,
                                               .sent = rows_int(r, 9),
                                               .due = rows_int(r, 10),
                                               .opened = rows_int(r, 11),
                                               .confirmed = rows_int(r, 12),
                                               .changed = rows_int(r, 13),
                                               .channel = (enum channel)rows_int(r, 14),
                                               .by_whom = rows_kept(w, r, 15),
                                               .spoke_to = rows_kept(w, r, 16),
                                               .note = rows_kept(w, r, 17),
                                               .cause = (enum cause)rows_int(r, 18),
                                               .passed = rows_int(r, 19)};
}

#define GATHER(w, statement, args, out, n) STORE_GATHER(w, &board_sql[statement], args, take_row, out, n)

enum err board_passers(struct work *w, int64_t notice, struct delivery **out, size_t *n)
{
    return GATHER(w, PASSERS, ARGS(INT(notice)), out, n);
}

enum err board_names(struct work *w, const struct names_page *p, struct delivery **out, size_t *n)
{
    struct value notice = INT(p->notice), ack = INT(p->ack), parent = INT(p->parent), id = INT(p->after_id),
                 most = INT(p->most);
    struct value due = INT(p->after_due), before = INT(p->before == 0 ? INT64_MAX : p->before);
    if (p->ack < ACK_SENT && p->parent == 0) return GATHER(w, NAMES_UNDUE_ISSUER, ARGS(notice, ack, id, most), out, n);
    if (p->ack < ACK_SENT) return GATHER(w, NAMES_UNDUE, ARGS(notice, ack, id, parent, most), out, n);
    if (p->parent == 0) return GATHER(w, NAMES_ISSUER, ARGS(notice, ack, due, id, before, most), out, n);
    return GATHER(w, NAMES, ARGS(notice, ack, due, id, before, parent, most), out, n);
}
