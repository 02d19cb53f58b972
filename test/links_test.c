/* Links that confirm: what opening shows under each marking, that it changes nothing, that a press confirms once and as whom, and everything that is refused
 * in the same words. */
#include "letters_kit.h"

#include "share/letters_link.h"
#include "store/journal.h"

struct asked {
    struct world x;
    struct notice n;
    str secret;
};

/* A notice to m0, whose contact was written to; marked so. */
static struct asked ask(struct work *w, enum tlp tlp)
{
    struct asked k;
    w->now = BEGIN;
    k.x = world_of(w, 2, 0, 0);
    site(w);
    contact_add(w, &k.x, "m0", 1, "m@x", S(""));
    k.n = world_sent(w, &k.x, "N-2026-0007", false, false);
    notice_set(w, &k.n, "UPDATE share_notice SET tlp = $2, title = 'Canary title', body = 'Canary text' WHERE id = $1", INT(tlp));
    sql(w, "UPDATE share_delivery SET tlp = $1", ARGS(INT(tlp)));
    turn(w, BEGIN);
    k.secret = secret_in(letter_to(w, "m@x").text);
    assert_int_equal(k.secret.n, 43);
    return k;
}

static struct kept *looked(struct work *w, str secret, enum err wanted, const char *reason)
{
    struct kept *k = kept_new(w);
    str why = S("");
    w->faults.count = 0;
    assert_err(w, confirm_letter_link.look(w, secret, &k->doc, &why), wanted);
    assert_str(why, reason);
    return k;
}

static struct kept *pressed(struct work *w, str secret, const char *act, enum err wanted, const char *reason)
{
    struct kept *k = kept_new(w);
    str why = S("");
    w->faults.count = 0;
    assert_ok(w, store_begin(w));
    assert_err(w, confirm_letter_link.press(w, secret, str_of(act), &k->doc, &why), wanted);
    assert_ok(w, store_commit(w));
    assert_str(why, reason);
    return k;
}

static struct delivery row(struct work *w, const struct asked *k) { return world_delivery(w, &k->x, &k->n, "m0"); }

static bool says(const struct kept *k, const char *part)
{
    bool found = str_find(k->doc.title, str_of(part)) >= 0 || str_find(k->doc.lead, str_of(part)) >= 0 || noted_has(k, part);
    for (size_t i = 0; i < k->n_facts; i++)
        found |= str_find(k->fact[i].cell.text, str_of(part)) >= 0 || str_find(k->fact[i].cell.ja, str_of(part)) >= 0;
    return found;
}

static void a_look_changes_nothing(struct work *w)
{
    struct asked k = ask(w, TLP_GREEN);
    for (int i = 0; i < 3; i++) {
        struct kept *page = looked(w, k.secret, OK, "");
        assert_true(says(page, "N-2026-0007") && says(page, "Canary title") && says(page, "centre"));
        assert_false(says(page, "Canary text"));
    }
    assert_int_equal(row(w, &k).ack, ACK_SENT);
}

static void a_press_confirms_once_by_the_contact(struct work *w)
{
    struct asked k = ask(w, TLP_GREEN);
    w->now = BEGIN + 60;
    pressed(w, k.secret, "act-1", OK, "");
    struct delivery d = row(w, &k);
    assert_int_equal(d.ack, ACK_CONFIRMED);
    assert_int_equal(d.channel, BY_LINK);
    assert_int_equal(d.confirmed, BEGIN + 60);
    assert_str(d.by_whom, "m0 desk 1");
    for (int i = 0; i < 5; i++) pressed(w, k.secret, str_c(w->a, str_fmt(w->a, "act-again-%d", i)), NOTFOUND, "used");
    pressed(w, k.secret, "act-1", OK, ""); /* the same request, run once more after its answer was lost */
    looked(w, k.secret, NOTFOUND, "used");
    struct journal_state state;
    assert_ok(w, journal_verify(w, S(""), &state));
    assert_int_equal(state.broken_at, 0);
    assert_int_equal(counted(w, "SELECT count(*) FROM journal WHERE line >= '' AND substr(line, 1, 1) = '{' AND length(replace(line, 'confirm-link', '')) < length(line)", NOARGS), 1);
}

/* Whatever was the matter, the page has the same words, and none of the notice. */
static void all_refusals_say_the_same(struct work *w)
{
    struct asked k = ask(w, TLP_GREEN);
    str short_one = str_sub(k.secret, 0, 42), forged = str_dup(w->a, k.secret), words = S("");
    ((char *)(uintptr_t)forged.p)[20] ^= 1;
    static const char *const breaks[] = {
        "UPDATE share_link SET used = 1",
        "UPDATE share_notice SET state = 'recalled', recalled = 1",
        "UPDATE share_notice SET state = 'superseded'",
        "UPDATE share_contact SET mail = 'other@x'",
        "UPDATE share_delivery SET ack = 6",
    };
    static const char *const mends[] = {
        "UPDATE share_link SET used = NULL",
        "UPDATE share_notice SET state = 'sent', recalled = NULL",
        "UPDATE share_notice SET state = 'sent'",
        "UPDATE share_contact SET mail = 'm@x'",
        "UPDATE share_delivery SET ack = 2",
    };
    static const char *const reasons[] = {"used", "recalled", "recalled", "withdrawn", "confirmed before"};
    looked(w, short_one, NOTFOUND, "unknown");
    words = w->faults.first[0].id;
    assert_int_equal(words.n > 20, true);
    pressed(w, forged, "a", NOTFOUND, "unknown");
    assert_true(str_eq(w->faults.first[0].id, words));
    pressed(w, S(""), "a", NOTFOUND, "unknown");
    for (size_t i = 0; i < sizeof breaks / sizeof *breaks; i++) {
        sql(w, breaks[i], NOARGS);
        looked(w, k.secret, NOTFOUND, reasons[i]);
        assert_true(str_eq(w->faults.first[0].id, words) && w->faults.count == 1);
        struct kept *page = pressed(w, k.secret, "b", NOTFOUND, reasons[i]);
        assert_true(str_eq(w->faults.first[0].id, words));
        assert_false(says(page, "N-2026") || says(page, "Canary") || page->n_facts != 0);
        sql(w, mends[i], NOARGS);
    }
    assert_int_equal(row(w, &k).ack, ACK_SENT);
    w->now = row(w, &k).due + LINK_AFTER_DUE;
    looked(w, k.secret, NOTFOUND, "ended");
    w->now--;
    looked(w, k.secret, OK, "");
    pressed(w, k.secret, "c", OK, ""); /* late, but confirmed */
    assert_true(row(w, &k).late);
}

static void only_its_own_delivery_is_confirmed(struct work *w)
{
    struct asked k = ask(w, TLP_GREEN);
    struct delivery other;
    pressed(w, k.secret, "act", OK, "");
    assert_ok(w, delivery_of(w, k.n.id, world_id(&k.x, "m1"), &other));
    assert_int_equal(other.ack, ACK_SENT);
}

static void markings_beyond_clear_mail_show_the_code_alone(struct work *w)
{
    struct asked k = ask(w, TLP_AMBER);
    for (enum tlp tlp = TLP_CLEAR; tlp < TLPS; tlp++)
        for (int sealed = 0; sealed < 2; sealed++) {
            sql(w, "UPDATE share_delivery SET tlp = $1", ARGS(INT(tlp)));
            sql(w, "UPDATE share_link SET sealed = $1", ARGS(INT(sealed)));
            struct kept *page = looked(w, k.secret, OK, "");
            assert_true(says(page, "N-2026-0007") && !says(page, "Canary text"));
            assert_int_equal(says(page, "Canary title"), tlp <= TLP_GREEN || (tlp == TLP_AMBER && sealed == 1));
            assert_true(str_eq(page->doc.handling, tlp_label(tlp)));
        }
}

/* The store knows no secret, only what it can be compared with. */
static void secrets_are_not_stored(struct work *w)
{
    struct asked k = ask(w, TLP_GREEN);
    sql(w, "UPDATE outbox SET body = ''", NOARGS); /* as it is when the letter has gone */
    assert_int_equal(counted(w, "SELECT count(*) FROM share_link WHERE digest = $1", ARGS(TEXT(k.secret))), 0);
    assert_int_equal(counted(w, "SELECT count(*) FROM share_link WHERE digest = $1", ARGS(TEXT(sha256_hex(w->a, k.secret)))), 1);
}

#define STORED(name)                       \
    static void stored_##name(void **state) \
    {                                      \
        (void)state;                       \
        each_store(name);                  \
    }
STORED(a_look_changes_nothing)
STORED(a_press_confirms_once_by_the_contact)
STORED(all_refusals_say_the_same)
STORED(only_its_own_delivery_is_confirmed)
STORED(markings_beyond_clear_mail_show_the_code_alone)
STORED(secrets_are_not_stored)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stored_a_look_changes_nothing),
        cmocka_unit_test(stored_a_press_confirms_once_by_the_contact),
        cmocka_unit_test(stored_all_refusals_say_the_same),
        cmocka_unit_test(stored_only_its_own_delivery_is_confirmed),
        cmocka_unit_test(stored_markings_beyond_clear_mail_show_the_code_alone),
        cmocka_unit_test(stored_secrets_are_not_stored),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
