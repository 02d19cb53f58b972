#include "share/delivery_store.h"

#include <stdlib.h>
#include <string.h>

enum {
    FIND, ADD, ID_OF, STATE_PUT, PASSED_PUT, WITHHOLD, SEND, COUNT_LESS, COUNT_MORE, COUNTS_DROP, COUNTS_OF,
    BELOW_DROP, BELOW_OF, ALL_DROP, ALL_OF,
    COUNTS, STALE_KEEP, STATEMENTS
};

#define ONE "of one notice, which the caller has found for the party that issued or got it"
#define DERIVED "made anew from what it is derived from, for everybody"
#define COUNTED "INSERT INTO share_count (notice, parent, tier, ack, late, n) SELECT notice, coalesce(parent, 0), tier, ack, late, count(*) FROM share_delivery"

static const struct sql delivery_sql[STATEMENTS] = {
    [FIND] = OPEN(
        ONE,
        ("SELECT d.id, coalesce(d.parent, 0), o.code, o.name_ja, o.name_en, d.tier, d.ack, d.late, d.sent, d.due,"
         " d.opened, d.confirmed,"
         " d.changed, d.channel, d.by_whom, d.spoke_to, d.note, d.told, d.cause, d.passed, d.passed_by, d.added,"
         " d.tlp, d.pap,"
         " d.pass_tlp, d.pass_pap FROM share_delivery d JOIN org o ON o.id = d.org WHERE d.notice = $1 AND d.org = $2")),
    [ADD] = OPEN(
        ONE,
        ("INSERT INTO share_delivery (notice, parent, org, tier, ack, late, sent, due, changed, channel, by_whom,"
         " spoke_to, note, told,"
         " cause, passed_by, added, tlp, pap, pass_tlp, pass_pap)"
         " VALUES ($1, $2, $3, $4, $5, 0, $6, $7, $8, 0, '', '', '', 0, 0,"
         " '', '', $9, $10, $9, $10) RETURNING id")),
    [ID_OF] = OPEN(ONE, ("SELECT id FROM share_delivery WHERE notice = $1 AND org = $2")),
    [STATE_PUT] = OPEN(
        ONE,
        ("UPDATE share_delivery SET ack = $2, late = $3, sent = $4, due = $5, opened = $6, confirmed = $7,"
         " changed = $8, channel = $9,"
         " by_whom = $10, spoke_to = $11, note = $12 WHERE id = $1")),
    [PASSED_PUT] = OPEN(
        ONE,
        ("UPDATE share_delivery SET passed = $2, passed_by = $3, added = $4, pass_tlp = $5, pass_pap = $6"
         " WHERE id = $1")),
    [WITHHOLD] = OPEN(ONE, ("UPDATE share_delivery SET ack = $4, note = $5, by_whom = $6, changed = $7, cause = $8"
                            " WHERE notice = $1 AND parent = $2 AND ack = 0 AND id = $3")),
    [SEND] = OPEN(
        ONE,
        ("UPDATE share_delivery SET ack = $3, sent = $4, due = $5, changed = $4, tlp = $6, pap = $7, pass_tlp = $6,"
         " pass_pap = $7"
         " WHERE notice = $1 AND parent = $2 AND ack = 0")),
    [COUNT_LESS] = OPEN(
        ONE,
        ("UPDATE share_count SET n = n - 1 WHERE notice = $1 AND parent = $2 AND tier = $3 AND ack = $4 AND late = $5")),
    [COUNT_MORE] =
        OPEN(ONE, ("INSERT INTO share_count (notice, parent, tier, ack, late, n) VALUES ($1, $2, $3, $4, $5, 1)"
                   " ON CONFLICT (notice, parent, tier, ack, late) DO UPDATE SET n = share_count.n + 1")),
    [COUNTS_DROP] = OPEN(ONE, ("DELETE FROM share_count WHERE notice = $1")),
    [COUNTS_OF] = OPEN(ONE, (COUNTED " WHERE notice = $1 GROUP BY notice, coalesce(parent, 0), tier, ack, late")),
    [BELOW_DROP] = OPEN(ONE, ("DELETE FROM share_count WHERE notice = $1 AND parent = $2")),
    [BELOW_OF] =
        OPEN(ONE, (COUNTED " WHERE notice = $1 AND parent = $2 GROUP BY notice, coalesce(parent, 0), tier, ack, late")),
    [ALL_DROP] = OPEN(DERIVED, ("DELETE FROM share_count")),
    [ALL_OF] = OPEN(DERIVED, (COUNTED " GROUP BY notice, coalesce(parent, 0), tier, ack, late")),
    [STALE_KEEP] = OPEN(
        ONE,
        ("INSERT INTO share_drill_contact (notice, org, confirmed) SELECT d.notice, d.org, c.confirmed"
         " FROM share_delivery d"
         " LEFT JOIN share_contact c ON c.org = d.org AND c.ord = 1"
         " WHERE d.notice = $1 AND (c.confirmed IS NULL OR c.confirmed < $2)")),
    [COUNTS] = OPEN(ONE, ("SELECT tier, ack, late, CAST(sum(n) AS BIGINT) FROM share_count WHERE notice = $1"
                          " AND (parent = $2 OR CAST($2 AS BIGINT) = -1) GROUP BY tier, ack, late")),
};

const struct sql_set delivery_sql_set = {"delivery", delivery_sql, STATEMENTS};

static enum err run(struct work *w, int statement, struct values v)
{
    return store_run(w, &delivery_sql[statement], v);
}
static struct value time_or_nil(int64_t at) { return int_or_nil(at, at != 0); }

/* ---- rows ---- */

static void take_delivery(struct work *w, struct rows *r, void *to)
{
    *(struct delivery *)to = (struct delivery){.id = rows_int(r, 0),
                                               .parent = rows_int(r, 1),
                                               .org_code = rows_kept(w, r, 2),
                                               .org_ja = rows_kept(w, r, 3),
                                               .org_en = rows_kept(w, r, 4),
                                               .tier = (enum tier)rows_int(r, 5),
                                               .ack = (enum ack)rows_int(r, 6),
                                               .late = rows_int(r, 7) != 0,
                                               .sent = rows_int(r, 8),
                                               .due = rows_int(r, 9),
                                               .opened = rows_int(r, 10),
                                               .confirmed = rows_int(r, 11),
                                               .changed = rows_int(r, 12),
                                               .channel = (enum channel)rows_int(r, 13),
                                               .by_whom = rows_kept(w, r, 14),
                                               .spoke_to = rows_kept(w, r, 15),
                                               .note = rows_kept(w, r, 16),
                                               .told = (enum told)rows_int(r, 17),
                                               .cause = (enum cause)rows_int(r, 18),
                                               .passed = rows_int(r, 19),
                                               .passed_by = rows_kept(w, r, 20),
                                               .added = rows_kept(w, r, 21),
                                               .marking = {(enum tlp)rows_int(r, 22), (enum pap)rows_int(r, 23)},
                                               .passed_as = {(enum tlp)rows_int(r, 24), (enum pap)rows_int(r, 25)}};
}

enum err delivery_find(struct work *w, int64_t notice, int64_t org, struct delivery *out)
{
    struct delivery *all;
    size_t n;
    enum err e = STORE_GATHER(w, &delivery_sql[FIND], ARGS(INT(notice), INT(org)), take_delivery, &all, &n);
    if (e != OK) return e;
    if (n == 0) return NOTFOUND;
    *out = all[0];
    out->notice = notice;
    out->org = org;
    return OK;
}

/* Who passes on, in ascending order: few beside those it is passed on to. That the row of each is looked up once, and
 * not by every row below it, is because PostgreSQL plans such a look-up when the table is still empty, and reads all of
 * the notice's rows for each one ever after. */
struct above {
    int64_t org, id;
};

static int by_org(const void *a, const void *b)
{
    int64_t x = ((const struct above *)a)->org, y = ((const struct above *)b)->org;
    return (x > y) - (x < y);
}

static struct above *above_find(struct above *all, size_t n, int64_t org)
{
    return n == 0 ? NULL : bsearch(&(struct above){.org = org}, all, n, sizeof *all, by_org);
}

static size_t aboves(const struct delivery_row *row, size_t n, struct above *out)
{
    size_t all = 0, k = 0;
    for (size_t i = 0; i < n; i++)
        if (row[i].parent_org != 0) out[all++].org = row[i].parent_org;
    if (all != 0) qsort(out, all, sizeof *out, by_org);
    for (size_t i = 0; i < all; i++)
        if (k == 0 || out[k - 1].org != out[i].org) out[k++] = out[i];
    return k;
}

static enum err parent_id(struct work *w, int64_t notice, struct above *all, size_t n, int64_t org, int64_t *out)
{
    struct above *a = above_find(all, n, org);
    *out = a == NULL ? 0 : a->id;
    if (a == NULL || a->id != 0) return OK;
    enum err e = store_int(w, &delivery_sql[ID_OF], ARGS(INT(notice), INT(org)), &a->id); /* it was there before */
    *out = a->id;
    return e;
}

#define ROW_ARGS(r, parent)                                                                                                                           \
    ARGS(INT(notice), int_or_nil(parent, (parent) != 0), INT((r)->org), INT((r)->tier), INT((r)->ack), time_or_nil((r)->sent), time_or_nil((r)->due), \
         INT(w->now), INT((r)->marking.tlp), INT((r)->marking.pap))

static enum err leaves_add(struct work *w, int64_t notice, const struct delivery_row *row, size_t n, struct above *all,
                           size_t n_all)
{
    struct batch *b;
    enum err e = batch_begin(w, &delivery_sql[ADD], &b);
    if (e != OK) return e;
    for (size_t i = 0; i < n && e == OK; i++) {
        struct above *p = above_find(all, n_all, row[i].parent_org);
        if (above_find(all, n_all, row[i].org) == NULL) e = batch_add(b, ROW_ARGS(&row[i], p == NULL ? 0 : p->id));
    }
    enum err ended = batch_end(b);
    return e != OK ? e : ended;
}

enum err delivery_rows_add(struct work *w, int64_t notice, const struct delivery_row *row, size_t n)
{
    struct above *all = arena_array(w->a, n + 1, sizeof *all);
    size_t n_all = aboves(row, n, all);
    enum err e = OK;
    for (size_t i = 0; i < n && e == OK; i++) {
        struct above *own = above_find(all, n_all, row[i].org);
        int64_t parent = 0;
        e = parent_id(w, notice, all, n_all, row[i].parent_org, &parent);
        if (e == OK && own != NULL) e = store_int(w, &delivery_sql[ADD], ROW_ARGS(&row[i], parent), &own->id);
    }
    return e == OK ? leaves_add(w, notice, row, n, all, n_all) : e;
}

enum err delivery_state_put(struct work *w, const struct delivery *d)
{
    return run(w, STATE_PUT,
               ARGS(INT(d->id), INT(d->ack), INT(d->late), time_or_nil(d->sent), time_or_nil(d->due),
                    time_or_nil(d->opened), time_or_nil(d->confirmed), INT(d->changed), INT(d->channel),
                    TEXT(d->by_whom), TEXT(d->spoke_to), TEXT(d->note)));
}

enum err delivery_passed_put(struct work *w, const struct delivery *d)
{
    return run(w, PASSED_PUT,
               ARGS(INT(d->id), time_or_nil(d->passed), TEXT(d->passed_by), TEXT(d->added), INT(d->passed_as.tlp),
                    INT(d->passed_as.pap)));
}

enum err waiting_withhold(struct work *w, const struct delivery *passer, const int64_t *id, size_t n, str reason,
                          str by_whom)
{
    struct batch *b;
    enum err e = batch_begin(w, &delivery_sql[WITHHOLD], &b);
    if (e != OK) return e;
    for (size_t i = 0; i < n && e == OK; i++)
        e = batch_add(b, ARGS(INT(passer->notice), INT(passer->id), INT(id[i]), INT(ACK_WITHHELD), TEXT(reason),
                              TEXT(by_whom), INT(w->now), INT(CAUSE_NOT_PASSED)));
    enum err ended = batch_end(b);
    return e != OK ? e : ended;
}

enum err waiting_send(struct work *w, const struct delivery *passer, struct marking m, int64_t due, int64_t *n_sent)
{
    return store_run_count(
        w, &delivery_sql[SEND],
        ARGS(INT(passer->notice), INT(passer->id), INT(ACK_SENT), INT(w->now), INT(due), INT(m.tlp), INT(m.pap)),
        n_sent);
}

enum err stale_contacts_keep(struct work *w, int64_t notice, int64_t before)
{
    return run(w, STALE_KEEP, ARGS(INT(notice), INT(before)));
}

/* ---- share_count ---- */

static struct values count_key(struct work *w, const struct delivery *d)
{
    struct value *v = arena_array(w->a, 5, sizeof *v);
    v[0] = INT(d->notice), v[1] = INT(d->parent), v[2] = INT(d->tier), v[3] = INT(d->ack), v[4] = INT(d->late);
    return (struct values){v, 5};
}

enum err count_more(struct work *w, const struct delivery *d) { return run(w, COUNT_MORE, count_key(w, d)); }

enum err count_move(struct work *w, const struct delivery *was, const struct delivery *is)
{
    enum err e = run(w, COUNT_LESS, count_key(w, was));
    return e != OK ? e : count_more(w, is);
}

static enum err afresh(struct work *w, int drop, int fill, struct values v)
{
    enum err e = run(w, drop, v);
    return e != OK ? e : run(w, fill, v);
}

enum err counts_afresh(struct work *w, int64_t notice) { return afresh(w, COUNTS_DROP, COUNTS_OF, ARGS(INT(notice))); }
enum err counts_all_afresh(struct work *w) { return afresh(w, ALL_DROP, ALL_OF, NOARGS); }
enum err counts_below_afresh(struct work *w, int64_t notice, int64_t parent)
{
    return afresh(w, BELOW_DROP, BELOW_OF, ARGS(INT(notice), INT(parent)));
}

enum err counts_read(struct work *w, int64_t notice, int64_t parent, struct reach out[TIERS])
{
    struct rows *r;
    struct reach read[TIERS] = {0};
    enum err e = store_rows(w, &delivery_sql[COUNTS], ARGS(INT(notice), INT(parent)), &r);
    if (e != OK) return e;
    while (rows_next(r)) {
        struct reach *of = &read[rows_int(r, 0)];
        of->n[rows_int(r, 1)] += rows_int(r, 3);
        if (rows_int(r, 2) != 0) of->late += rows_int(r, 3);
    }
    e = rows_done(r);
    if (e == OK) memcpy(out, read, sizeof read);
    return e;
}
