/* Confirming, as people do it: for oneself, for others, by lists, many at once; the board and its names; drills; what waits. */
#include "ack_kit.h"

#include "share/drill.h"
#include "share/said_at.h"
#include "share/share.h"

/* ---- people ---- */

static void body(struct work *w, const struct world *x, const char *org, bool signs_in)
{
    static const struct sql add = OPEN("a test", "INSERT INTO share_body (org, secretariat_ja, secretariat_en, members_ja, members_en, rules_ja, rules_en,"
                                                 " secrecy, functions, coordinator, means, partners_ja, partners_en, signs_in, source)"
                                                 " VALUES ($1, '', '', '', '', '', '', '', '', 0, '', '', '', $2, '')");
    assert_ok(w, store_begin(w));
    assert_ok(w, store_run(w, &add, ARGS(INT(world_id(x, org)), INT(signs_in))));
    assert_ok(w, store_commit(w));
}

static struct world small(struct work *w)
{
    struct world x = world_of(w, 2, 2, 3);
    world_staffed(w);
    return x;
}

/* ---- for oneself ---- */

static void for_oneself(struct work *w)
{
    struct world x = small(w);
    struct notice n = world_sent(w, &x, "N-1", false, true), m = world_sent(w, &x, "N-2", false, true);
    become(w, "p-o0-0-0");
    struct kept *k = doing(w, "share", "inbox", {0});
    assert_int_equal(rows_of(k, "to_confirm"), 2);
    k = doing(w, "share", "confirm", {"notice", "N-1"}, {"notice", "N-2"});
    assert_int_equal(fact_int(k, "entered"), 2);
    struct delivery d = world_delivery(w, &x, &n, "o0-0-0");
    assert_int_equal(d.ack, ACK_CONFIRMED);
    assert_str(d.by_whom, "p-o0-0-0");
    assert_int_equal(world_delivery(w, &x, &m, "o0-0-0").ack, ACK_CONFIRMED);
    k = doing(w, "share", "confirm", {"notice", "N-1"}); /* again: nothing changes, and it says so */
    assert_int_equal(fact_int(k, "entered"), 0);
    assert_int_equal(fact_int(k, "already"), 1);
    assert_int_equal(world_delivery(w, &x, &n, "o0-0-0").changed, d.changed);
    doing(w, "share", "confirm", {"notice", "N-1"}, {"state", "done"}, {"note", "updated all"});
    assert_int_equal(world_delivery(w, &x, &n, "o0-0-0").ack, ACK_DONE);
    k = doing(w, "share", "confirm", {"notice", "N-1"}); /* done is confirmed */
    assert_int_equal(fact_int(k, "already"), 1);
    refused(w, INVALID, "belong to what is entered for others", "share", "confirm", {"notice", "N-1"}, {"spoke_to", "Sato"});
    refused(w, NOTFOUND, "N-9", "share", "confirm", {"notice", "N-9"});
    k = doing(w, "share", "inbox", {0});
    assert_int_equal(rows_of(k, "done"), 2);
    become(w, "p-centre");
    refused(w, INVALID, "is your own notice", "share", "confirm", {"notice", "N-1"});
}

static void same_act(struct work *w)
{
    struct world x = small(w);
    struct notice n = world_sent(w, &x, "N-1", false, true);
    struct given given[] = {{.name = S("notice"), .text = S("N-1")}};
    struct args args;
    struct doc doc = doc_silent(w);
    const struct entry *e = entry_of("share", "confirm");
    become(w, "p-m0");
    assert_ok(w, args_parse(w, e, given, 1, &args));
    assert_ok(w, door_act(w, room_find(S("share")), e, &args, S("once"), false, &doc));
    int64_t changed = world_delivery(w, &x, &n, "m0").changed;
    w->now += 100;
    assert_int_equal(door_act(w, room_find(S("share")), e, &args, S("once"), false, &doc), CONFLICT);
    w->faults.count = 0;
    assert_int_equal(world_delivery(w, &x, &n, "m0").changed, changed);
}

/* ---- for others: all pairs of who enters and for whom ---- */

static void for_others(struct work *w)
{
    struct world x = small(w);
    struct notice n = world_sent(w, &x, "N-1", false, true);
    body(w, &x, "o0-0-1", false);
    w->now += 600;
    /* who, for whom: may they at all? The centre is the issuer; m0 stands above c0-0, which stands above o0-0-*. */
    static const struct {
        const char *who, *whom;
        bool may;
    } pairs[] = {{"p-centre", "m1", true}, {"p-centre", "c1-0", true},  {"p-centre", "o1-0-0", true}, {"p-m0", "c0-1", true},    {"p-m0", "c1-0", false},
                 {"p-m0", "o0-0-0", false}, {"p-m0", "m1", false},      {"p-c0-0", "o0-0-2", true},   {"p-c0-0", "o0-1-0", false}, {"p-c0-0", "m0", false},
                 {"p-c0-0", "c0-1", false}, {"p-o0-0-0", "o0-0-2", false}, {"p-o0-0-0", "c0-0", false}, {"p-c0-0", "nobody", false}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        become(w, pairs[i].who);
        if (!pairs[i].may) {
            refused(w, NOTFOUND, "that you may enter for", "share", "confirm", {"notice", "N-1"}, {"of", pairs[i].whom}, {"channel", "phone"}, {"spoke_to", "Sato"});
            continue;
        }
        doing(w, "share", "confirm", {"notice", "N-1"}, {"of", pairs[i].whom}, {"channel", "phone"}, {"spoke_to", "Sato"});
        struct delivery d = world_delivery(w, &x, &n, pairs[i].whom);
        assert_int_equal(d.ack, ACK_CONFIRMED);
        assert_int_equal(d.channel, BY_PHONE);
        assert_str(d.by_whom, pairs[i].who);
        assert_str(d.spoke_to, "Sato");
    }
    become(w, "p-c0-0");
    refused(w, INVALID, "say who at 'o0-0-0' told you", "share", "confirm", {"notice", "N-1"}, {"of", "o0-0-0"}, {"channel", "fax"});
    refused(w, DENIED, "confirms by itself", "share", "confirm", {"notice", "N-1"}, {"of", "o0-0-0"}, {"channel", "office"});
    doing(w, "share", "confirm", {"notice", "N-1"}, {"of", "o0-0-1"}); /* does not sign in: its office, without more */
    assert_int_equal(world_delivery(w, &x, &n, "o0-0-1").channel, BY_OFFICE);
    become(w, "p-centre");
    refused(w, DENIED, "only the office that stands above", "share", "confirm", {"notice", "N-1"}, {"of", "o0-0-1"}, {"channel", "office"}, {"state", "done"});
}

static void times_told(struct work *w)
{
    struct world x = small(w);
    int64_t begun = w->now;
    struct notice n = world_sent(w, &x, "N-1", false, true);
    w->now += 3 * 3600; /* 2007-04-23 13:00 in Japan, sent at 10:00, due at 11:00 */
    become(w, "p-centre");
    doing(w, "share", "confirm", {"notice", "N-1"}, {"of", "m0"}, {"channel", "phone"}, {"spoke_to", "Sato"}, {"at", "10:40"});
    doing(w, "share", "confirm", {"notice", "N-1"}, {"of", "m1"}, {"channel", "fax"}, {"spoke_to", "Ito"}, {"at", "2007-04-23 11:01"}, {"state", "acting"});
    assert_int_equal(world_delivery(w, &x, &n, "m0").confirmed, begun + 2400);
    assert_false(world_delivery(w, &x, &n, "m0").late);
    assert_true(world_delivery(w, &x, &n, "m1").late);
    refused(w, INVALID, "nobody confirmed it before", "share", "confirm", {"notice", "N-1"}, {"of", "c0-0"}, {"channel", "phone"}, {"spoke_to", "S"}, {"at", "9:59"});
    refused(w, INVALID, "has not come yet", "share", "confirm", {"notice", "N-1"}, {"of", "c0-0"}, {"channel", "phone"}, {"spoke_to", "S"}, {"at", "2007-04-23 13:01"});
    refused(w, INVALID, "is no time", "share", "confirm", {"notice", "N-1"}, {"of", "c0-0"}, {"channel", "phone"}, {"spoke_to", "S"}, {"at", "soon"});
    int64_t at;
    assert_true(said_at(S("13:00"), w->now, &at) && at == w->now);
    assert_true(said_at(S("13:01"), w->now, &at) && at == w->now + 60 - 86400); /* yesterday's */
    assert_true(said_at(S("2007-04-23T10:00"), w->now, &at) && at == begun);
    assert_true(said_at(S("2007-04-23T01:00:00Z"), w->now, &at) && at == begun);
    assert_false(said_at(S("24:00"), w->now, &at) || said_at(S("1:5"), w->now, &at) || said_at(S("+1:05"), w->now, &at) || said_at(S("2007-02-30 10:00"), w->now, &at));
}

static void office_for_many(struct work *w)
{
    struct world x = small(w);
    struct notice n = world_sent(w, &x, "N-1", false, true);
    body(w, &x, "o0-0-0", false);
    body(w, &x, "o0-0-1", false);
    become(w, "p-c0-0");
    refused(w, INVALID, "one by one", "share", "confirm", {"notice", "N-1"}, {"of", "o0-0-0"}, {"of", "o0-0-2"}, {"spoke_to", "Sato"});
    assert_int_equal(world_delivery(w, &x, &n, "o0-0-0").ack, ACK_SENT);
    struct kept *k = doing(w, "share", "confirm", {"notice", "N-1"}, {"of", "o0-0-0"}, {"of", "o0-0-1"});
    assert_int_equal(fact_int(k, "entered"), 2);
    k = doing(w, "share", "confirm", {"notice", "N-1"}, {"of", "o0-0-0"}, {"of", "o0-0-1"});
    assert_int_equal(fact_int(k, "already"), 2);
}

static void list_of_calls(struct work *w)
{
    struct world x = small(w);
    struct notice n = world_sent(w, &x, "N-1", false, true);
    w->now += 3 * 3600;
    become(w, "p-centre");
#define LIST(bytes) {.name = "file", .text = (bytes), .file = "calls.csv"}
    struct kept *k = doing(w, "share", "confirm-import", {"notice", "N-1"},
                           LIST("org,state,time,channel,spoke_to,cause\nm0,confirmed,10:30,phone,佐藤,\nm1,,,,,absent\nc0-0,done,12:00,fax,Ito,system\n"));
    assert_int_equal(fact_int(k, "entered"), 2);
    assert_int_equal(fact_int(k, "causes"), 2);
    assert_str(world_delivery(w, &x, &n, "m0").spoke_to, "佐藤");
    assert_int_equal(world_delivery(w, &x, &n, "m1").cause, CAUSE_ABSENT);
    assert_true(world_delivery(w, &x, &n, "c0-0").late);
    struct kept *again = kept_new(w);
    assert_int_equal(through_door(w, "share", "confirm-import", ASK({"notice", "N-1"}, LIST("org,state,time,channel,spoke_to\nc0-1,confirmed,10:30,phone,A\nnobody,confirmed,"
                                                                                           "10:30,phone,A\nc1-0,yes,10:30,phone,A\nc1-1,confirmed,9:00,phone,A\n")), again), NOTFOUND);
    assert_int_equal(w->faults.count, 3);
    assert_int_equal(w->faults.first[0].where.row, 3);
    assert_int_equal(w->faults.first[1].where.row, 4);
    assert_int_equal(w->faults.first[1].where.column, 2);
    assert_int_equal(w->faults.first[2].where.row, 5);
    w->faults.count = 0;
    assert_int_equal(world_delivery(w, &x, &n, "c0-1").ack, ACK_SENT); /* all of it or nothing */
}

/* ---- causes ---- */

static void causes(struct work *w)
{
    struct world x = small(w);
    struct notice n = world_sent(w, &x, "N-1", false, false);
    become(w, "p-m0");
    doing(w, "share", "confirm", {"notice", "N-1"});
    refused(w, CONFLICT, "confirmed in time", "share", "cause", {"notice", "N-1"}, {"cause", "absent"});
    refused(w, NOTFOUND, "that you may enter for", "share", "cause", {"notice", "N-1"}, {"of", "m1"}, {"cause", "absent"});
    refused(w, CONFLICT, "was not passed on to 'c0-0'", "share", "cause", {"notice", "N-1"}, {"of", "c0-0"}, {"cause", "absent"});
    become(w, "p-centre");
    doing(w, "share", "cause", {"notice", "N-1"}, {"of", "m1"}, {"cause", "contact-changed"});
    assert_int_equal(world_delivery(w, &x, &n, "m1").cause, CAUSE_CONTACT_CHANGED);
    struct kept *k = doing(w, "share", "reach", {"notice", "N-1"});
    assert_int_equal(cell_at(k, "causes", "contact-changed", NULL, "ministry")->i, 1);
    assert_int_equal(cell_at(k, "causes", "not-passed", NULL, "all")->i, 16); /* 4 CEPTOARs, 12 operators */
    assert_int_equal(cell_at(k, "tiers", "operator", NULL, "rate")->rate.d, 12);
    assert_int_equal(cell_at(k, "tiers", "operator", NULL, "rate")->rate.n, 0);
}

/* ---- the board ---- */

static bool tells(const struct kept *k, const char *code)
{
    for (size_t t = 0; t < k->n_tables; t++)
        for (size_t r = 0; r < k->table[t].n; r++)
            for (size_t c = 0; c < k->table[t].n_columns; c++) {
                const struct cell *cell = &k->table[t].row[r].cell[c];
                if (str_find(cell->text, str_of(code)) >= 0 || str_find(cell->ja, str_of(code)) >= 0 || str_find(cell->en, str_of(code)) >= 0) return true;
            }
    return false;
}

/* By name only those one wrote to oneself: members are not shown to members, nor to who stands higher. */
static void names_on_board(struct work *w)
{
    struct world x = small(w);
    world_sent(w, &x, "N-1", false, true);
    static const struct {
        const char *who, *sees, *not[3];
        int64_t operators;
    } rows[] = {{"p-centre", "m1", {"o0-0-0", "o1-1-2", NULL}, 12}, {"p-m0", "c0-1", {"o0-0-0", "m1", "c1-0"}, 6}, {"p-c0-0", "o0-0-2", {"o0-1-0", "c0-1", "m1"}, 3},
                {"p-o0-0-0", NULL, {"o0-0-1", "c0-0", "m0"}, 0}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        become(w, rows[i].who);
        struct kept *k = doing(w, "share", "board", {"notice", "N-1"});
        struct kept *calls = rows[i].operators == 0 ? NULL : doing(w, "share", "calls", {"notice", "N-1"});
        if (rows[i].sees != NULL) assert_true(tells(k, rows[i].sees));
        for (size_t n = 0; n < 3 && rows[i].not[n] != NULL; n++) {
            assert_false(tells(k, rows[i].not[n]));
            assert_false(calls != NULL && tells(calls, rows[i].not[n]));
        }
        if (rows[i].operators != 0) assert_int_equal(cell_at(k, "tiers", "operator", NULL, "all")->i, rows[i].operators);
    }
    become(w, "p-c1-0");
    refused(w, NOTFOUND, "N-7", "share", "board", {"notice", "N-7"});
}

static void overdue_on_board(struct work *w)
{
    struct world x = small(w);
    struct notice n = world_sent(w, &x, "N-1", false, true);
    become(w, "p-m0");
    doing(w, "share", "confirm", {"notice", "N-1"});
    w->now += 3600;
    become(w, "p-centre");
    struct kept *k = doing(w, "share", "board", {"notice", "N-1"});
    assert_int_equal(fact_int(k, "overdue"), 0); /* to the second in time */
    w->now += 1;
    k = doing(w, "share", "board", {"notice", "N-1"});
    assert_int_equal(fact_int(k, "overdue"), 17);
    assert_str(cell_at(k, "addressees", "m1", NULL, "state")->text, "overdue");
    assert_str(cell_at(k, "addressees", "m0", NULL, "state")->text, "confirmed");
    k = doing(w, "share", "board", {"notice", "N-1"}, {"overdue", "1"});
    assert_int_equal(rows_of(k, "addressees"), 1);
    k = doing(w, "share", "board", {"notice", "N-1"}, {"ack", "confirmed"});
    assert_int_equal(rows_of(k, "addressees"), 1);
    /* One that was added later is in time while the others are not: counted one by one. */
    static const struct sql take = OPEN("a test", "DELETE FROM share_delivery WHERE notice = $1 AND org = $2");
    struct delivery c = world_delivery(w, &x, &n, "c0-0");
    assert_ok(w, store_begin(w));
    assert_ok(w, store_run(w, &take, ARGS(INT(n.id), INT(world_id(&x, "o0-0-0")))));
    assert_ok(w, deliveries_recount(w));
    assert_ok(w, delivery_add(w, &n, &c, world_id(&x, "o0-0-0"), TIER_OPERATOR));
    assert_ok(w, store_commit(w));
    become(w, "p-c0-0");
    k = doing(w, "share", "board", {"notice", "N-1"});
    assert_int_equal(fact_int(k, "overdue"), 2);
    assert_int_equal(cell_at(k, "tiers", "operator", NULL, "overdue")->i, 2);
}

/* A page, then the next, until the end: each once. */
static void board_pages(struct work *w)
{
    struct world x = world_of(w, 120, 0, 0);
    world_staffed(w);
    world_sent(w, &x, "N-1", false, true);
    become(w, "p-m7");
    doing(w, "share", "confirm", {"notice", "N-1"});
    become(w, "p-centre");
    size_t told = 0, pages = 0;
    str after = S("");
    do {
        struct kept *k = kept_new(w);
        k->doc.paged = true;
        const char *given = str_c(w->a, after);
        assert_ok(w, through_door(w, "share", "board", after.n == 0 ? ASK({"notice", "N-1"}) : ASK({"notice", "N-1"}, {"after", given}), k));
        told += rows_of(k, "addressees");
        pages++;
        after = kept_table(k, "more") < 0 ? S("") : cell_in(k, "more", 0, "after")->text;
    } while (after.n != 0 && pages < 10);
    assert_int_equal(told, 120);
    assert_int_equal(pages, 3);
    assert_int_equal(rows_of(doing(w, "share", "board", {"notice", "N-1"}), "addressees"), 120); /* data has all */
    refused(w, INVALID, "is no place in the list", "share", "board", {"notice", "N-1"}, {"after", "sent:1:nobody"});
}

/* ---- drills ---- */

static void contact(struct work *w, const struct world *x, const char *org, int64_t confirmed)
{
    static const struct sql add = OPEN("a test", "INSERT INTO share_contact (org, ord, name, mail, phone, fax, closed, around, hours, key, key_print, confirmed, confirmed_by, revision)"
                                                 " VALUES ($1, 1, $2, '', '03-0000-0000', '', '', 1, '', '', '', $3, '', 1)");
    assert_ok(w, store_begin(w));
    assert_ok(w, store_run(w, &add, ARGS(INT(world_id(x, org)), TEXT(str_fmt(w->a, "desk of %s", org)), INT(confirmed))));
    assert_ok(w, store_commit(w));
}

static void drills(struct work *w)
{
    struct world x = small(w);
    contact(w, &x, "m0", w->now - 10 * 86400);
    contact(w, &x, "m1", w->now - 100 * 86400);
    world_sent(w, &x, "N-1", false, true);
    world_sent(w, &x, "D-1", true, true);
    become(w, "p-m0");
    doing(w, "share", "confirm", {"notice", "D-1"});
    become(w, "p-centre");
    struct kept *k = doing(w, "share", "calls", {"notice", "D-1"});
    assert_int_equal(rows_of(k, "calls"), 1);
    assert_str(cell_in(k, "calls", 0, "phone")->text, "03-0000-0000");
    assert_int_equal(rows_of(k, "contacts"), 1);
    doing(w, "share", "cause", {"notice", "D-1"}, {"of", "m1"}, {"cause", "contact-changed"}, {"back", "calls"});
    k = doing(w, "share", "drill-result", {"notice", "D-1"});
    assert_int_equal(fact_int(k, "stale"), 17); /* all but m0 */
    assert_int_equal(rows_of(k, "mend"), 1);
    assert_str(cell_in(k, "mend", 0, "cause")->text, "contact-changed");
    assert_int_equal(cell_in(k, "mend", 0, "stale")->i, 1);
    assert_int_equal(cell_at(k, "causes", "contact-changed", NULL, "all")->i, 1);
    refused(w, INVALID, "is no drill", "share", "drill-result", {"notice", "N-1"});
    /* Mended since: the drill still says how it was. */
    static const struct sql mend = OPEN("a test", "UPDATE share_contact SET confirmed = $1");
    assert_ok(w, store_begin(w));
    assert_ok(w, store_run(w, &mend, ARGS(INT(w->now))));
    assert_ok(w, store_commit(w));
    assert_int_equal(fact_int(doing(w, "share", "drill-result", {"notice", "D-1"}), "stale"), 17);
    /* Never counted with what was real. */
    k = doing(w, "share", "reach", {0});
    assert_int_equal(rows_of(k, "notices"), 1);
    assert_str(cell_in(k, "notices", 0, "notice")->text, "N-1");
    k = doing(w, "share", "reach", {"drills", "1"});
    assert_int_equal(rows_of(k, "notices"), 1);
    assert_str(cell_in(k, "notices", 0, "notice")->text, "D-1");
    assert_int_equal(cell_at(k, "tiers", "ministry", NULL, "confirmed")->i, 1);
    k = doing(w, "share", "drills", {0});
    assert_int_equal(rows_of(k, "drills"), 1);
    assert_int_equal(rows_of(k, "years"), 1);
    assert_int_equal(cell_in(k, "years", 0, "ministry")->rate.tenths, 500);
    assert_true(tells(k, "DRILL: D-1"));
}

static void medians(void **state)
{
    (void)state;
    struct took t[] = {{TIER_OPERATOR, 90, 1}, {TIER_OPERATOR, 10, 4}, {TIER_MINISTRY, 5, 1}, {TIER_OPERATOR, 30, 5}};
    assert_int_equal(took_within(t, 4, TIER_OPERATOR, 50), 30);
    assert_int_equal(took_within(t, 4, TIER_OPERATOR, 40), 10);
    assert_int_equal(took_within(t, 4, TIER_OPERATOR, 90), 30);
    assert_int_equal(took_within(t, 4, TIER_OPERATOR, 91), 90);
    assert_int_equal(took_within(t, 4, TIER_MINISTRY, 50), 5);
    assert_int_equal(took_within(t, 4, TIER_CEPTOAR, 50), -1);
    assert_int_equal(took_within(NULL, 0, TIER_CEPTOAR, 50), -1);
}

/* ---- what waits ---- */

struct told_waits {
    int64_t confirm, pass, contacts;
    bool overdue;
};
static enum err waits_told(void *to, const struct share_waiting *x)
{
    struct told_waits *t = to;
    t->confirm += str_eq(x->what, S("confirm"));
    t->pass += str_eq(x->what, S("pass")) ? x->n : 0;
    t->contacts += str_eq(x->what, S("contacts")) ? x->n : 0;
    t->overdue = t->overdue || x->overdue;
    return OK;
}

static void waiting(struct work *w)
{
    struct world x = small(w);
    world_sent(w, &x, "N-1", false, false);
    world_sent(w, &x, "N-2", false, false);
    struct told_waits t = {0}, none = {0};
    assert_ok(w, share_waits(w, waits_told, &none)); /* the owner of the database: nobody's post */
    assert_memory_equal(&none, &t, sizeof t);
    w->now += 3601;
    become(w, "p-m0");
    assert_ok(w, share_waits(w, waits_told, &t));
    assert_int_equal(t.confirm, 2);
    assert_int_equal(t.pass, 4); /* two CEPTOARs each */
    assert_int_equal(t.contacts, 1);
    assert_true(t.overdue);
    become(w, "p-o0-0-0"); /* it was not passed on to it */
    t = none;
    assert_ok(w, share_waits(w, waits_told, &t));
    assert_int_equal(t.confirm + t.pass, 0);
    struct kept *k = doing(w, "share", "inbox", {0});
    assert_int_equal(kept_table(k, "to_confirm"), -1);
    assert_int_equal(rows_of(k, "done"), 0);
}

#define EACH(name) static void test_##name(void **state) { (void)state, each_store(name); }
EACH(for_oneself)
EACH(same_act)
EACH(for_others)
EACH(times_told)
EACH(office_for_many)
EACH(list_of_calls)
EACH(causes)
EACH(names_on_board)
EACH(overdue_on_board)
EACH(board_pages)
EACH(drills)
EACH(waiting)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_for_oneself), cmocka_unit_test(test_same_act),      cmocka_unit_test(test_for_others),     cmocka_unit_test(test_times_told),
        cmocka_unit_test(test_office_for_many), cmocka_unit_test(test_list_of_calls), cmocka_unit_test(test_causes),     cmocka_unit_test(test_names_on_board),
        cmocka_unit_test(test_overdue_on_board), cmocka_unit_test(test_board_pages),  cmocka_unit_test(test_drills),     cmocka_unit_test(medians),
        cmocka_unit_test(test_waiting),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
