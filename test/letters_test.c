/* Letters under a test clock: who gets what when, how much it says under each marking, and that nobody gets it twice. */
#include "letters_kit.h"
#include "openpgp_kit.h"

/* ---- when: pure ---- */

static void each_step_has_its_time(void **state)
{
    (void)state;
    static const struct {
        enum told told;
        int64_t now;
        enum told next;
    } cases[] = {
        {TOLD_NOT, 1000, TOLD_NEW},           {TOLD_NOT, 99999, TOLD_NEW},            {TOLD_NEW, 1000, TOLD_NEW},
        {TOLD_NEW, 1499, TOLD_NEW},           {TOLD_NEW, 1500, TOLD_REMINDED},        {TOLD_NEW, 2000, TOLD_REMINDED},
        {TOLD_NEW, 2001, TOLD_DEPUTIES},      {TOLD_NEW, 3001, TOLD_DEPUTIES},        {TOLD_REMINDED, 1999, TOLD_REMINDED},
        {TOLD_REMINDED, 2000, TOLD_REMINDED}, {TOLD_REMINDED, 2001, TOLD_DEPUTIES},   {TOLD_DEPUTIES, 2001, TOLD_DEPUTIES},
        {TOLD_DEPUTIES, 3000, TOLD_DEPUTIES}, {TOLD_DEPUTIES, 3001, TOLD_ABOVE},      {TOLD_ABOVE, 99999, TOLD_ABOVE},
        {TOLD_RECALL_DUE, 1000, TOLD_RECALL}, {TOLD_RECALL, 99999, TOLD_RECALL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) /* sent at 1000, to be confirmed by 2000 */
        if (escalation_due(1000, 2000, cases[i].told, cases[i].now) != cases[i].next) fail_msg("case %zu", i);
    assert_int_equal(escalation_due(0, 0, TOLD_NOT, 5000), TOLD_NOT); /* not sent yet */
    assert_int_equal(escalation_due(1000, 1001, TOLD_NEW, 1000), TOLD_REMINDED); /* half of a second */
}

/* What the statement finds is what the function says, for every step and second around its time. */
static void clock_of_the_store_is_the_same(struct work *w)
{
    struct world x = world_of(w, 1, 0, 0);
    struct notice n = world_sent(w, &x, "N-1", false, false);
    for (int64_t length = 1; length <= 4; length++)
        for (enum told told = TOLD_NEW; told <= TOLD_RECALL_DUE; told++)
            for (int64_t now = 100; now <= 112; now++) {
                struct due_delivery *d;
                size_t found = 0, more;
                sql(w, "UPDATE share_delivery SET sent = 100, due = $1, told = $2, ack = 2", ARGS(INT(100 + length), INT(told)));
                w->now = now;
                for (enum due_which which = 0; which < DUE_WHICH; which++) {
                    assert_ok(w, letters_due(w, which, 10, &d, &more));
                    found += more;
                }
                bool wanted = escalation_due(100, 100 + length, told, now) != told;
                if (found != (size_t)wanted) fail_msg("told %d length %d now %d: %zu", (int)told, (int)length, (int)now, found);
            }
    (void)n;
}

/* ---- how much: pure, against a table written by hand ---- */

static void each_marking_has_its_letter(void **state)
{
    (void)state;
    static const enum letter_body wanted[TLPS][2] = {
        [TLP_CLEAR] = {BODY_WHOLE, BODY_WHOLE},  [TLP_GREEN] = {BODY_WHOLE, BODY_WHOLE},         [TLP_AMBER] = {BODY_WAITS, BODY_SEALED},
        [TLP_AMBER_STRICT] = {BODY_WAITS, BODY_SEALED}, [TLP_RED] = {BODY_WAITS, BODY_SEALED}};
    static const bool titled[TLPS][2] = {
        [TLP_CLEAR] = {true, true}, [TLP_GREEN] = {true, true}, [TLP_AMBER] = {false, true}, [TLP_AMBER_STRICT] = {false, false}, [TLP_RED] = {false, false}};
    for (int tlp = 0; tlp < TLPS; tlp++)
        for (int key = 0; key < 2; key++) {
            struct leaving l = {.marking = {(enum tlp)tlp, PAP_CLEAR}, .sent = true};
            assert_int_equal(letter_body(&l, key == 1), wanted[tlp][key]);
            assert_int_equal(link_shows_title(&l, key == 1), titled[tlp][key]);
            l.drill = true; /* a drill is written to its addressees as the real thing would be */
            assert_int_equal(letter_body(&l, key == 1), wanted[tlp][key]);
            struct leaving not[] = {l, l, l};
            not[0].recalled = true;
            not[1].unconsented = true;
            not[2].sent = false;
            for (size_t i = 0; i < 3; i++) {
                assert_int_equal(letter_body(&not[i], key == 1), BODY_WAITS);
                assert_false(link_shows_title(&not[i], key == 1));
            }
        }
}

/* ---- what it says: pure ---- */

static struct notice example(void)
{
    return (struct notice){.code = S("N-2026-0007"), .issuer_ja = S("センター"), .issuer_en = S("Centre"), .kind = S("prevention"), .urgency = S("important"),
                           .title = S("秘密の題名"), .text = S("秘密の本文"), .measure = S("秘密の対策"), .sent = BEGIN};
}

static struct notice_letter example_letter(const struct notice *n, enum letter_body body)
{
    static const struct added added[] = {{S_INIT("m0"), S_INIT("省庁"), S_INIT("Ministry"), S_INIT("秘密の補足"), BEGIN}};
    static const struct notice_reference reference[] = {{S_INIT("cve"), S_INIT("CVE-2026-1234")}};
    static const struct attachment attachment[] = {{S_INIT("秘密.pdf"), S_INIT("abcd"), S_INIT("application/pdf"), 3}};
    return (struct notice_letter){.kind = LETTER_NEW, .body = body, .notice = n, .added = added, .n_added = 1, .reference = reference, .n_references = 1,
                                  .attachment = attachment, .n_attachments = 1, .marking = {TLP_GREEN, PAP_AMBER}, .due = BEGIN + 4 * HOUR,
                                  .org_ja = S("電力会社"), .org_en = S("Power"), .contact = S("当直"), .url = S("https://round.example"),
                                  .secret = S("SECRET")};
}

static void a_whole_letter_has_all_of_it(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct notice n = example();
    struct notice_letter l = example_letter(&n, BODY_WHOLE);
    str subject, text;
    notice_letter_write(a, &l, S("ja"), &subject, &text);
    static const char *const parts[] = {"秘密の題名", "秘密の本文", "秘密の対策", "秘密の補足", "省庁", "CVE-2026-1234", "秘密.pdf", "abcd", "当直", "電力会社",
                                        "N-2026-0007", "2026-05-29 09:26", "UTC+09:00", "https://round.example/confirm/SECRET",
                                        "https://round.example/share/notice?notice=N-2026-0007"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (!has(text, parts[i])) fail_msg("'%s' is missing", parts[i]);
    assert_true(str_starts(text, S("TLP:GREEN  PAP:AMBER\n")));
    assert_true(str_ends(text, S("TLP:GREEN  PAP:AMBER\n")));
    assert_true(str_starts(subject, S("[TLP:GREEN] ")) && has(subject, "秘密の題名"));
    assert_false(has(text, "訓練") || has(subject, "訓練"));
    arena_free(a);
}

static void what_waits_and_what_is_sealed_tells_nothing_outside(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct notice n = example();
    static const str langs[] = {S_INIT("ja"), S_INIT("en"), S_INIT("")};
    for (size_t i = 0; i < 3; i++) {
        struct notice_letter l = example_letter(&n, BODY_WAITS);
        str subject, text;
        for (int kind = LETTER_NEW; kind <= LETTER_RECALL; kind++) {
            l.kind = (enum letter_kind)kind;
            notice_letter_write(a, &l, langs[i], &subject, &text);
            assert_false(has(text, "秘密") || has(subject, "秘密") || has(text, "CVE") || has(text, "abcd"));
            assert_true(has(text, "N-2026-0007") && has(subject, "N-2026-0007"));
        }
        l = example_letter(&n, BODY_SEALED);
        notice_letter_write(a, &l, langs[i], &subject, &text);
        assert_string_equal(str_c(a, subject), "N-2026-0007");
        assert_true(has(text, "秘密の本文"));
    }
    arena_free(a);
}

static void languages_and_drills_are_marked(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct notice n = example();
    struct notice_letter l = example_letter(&n, BODY_WHOLE);
    str subject, text;
    n.drill = true;
    n.title = S("line\r\nBcc: x@y");
    notice_letter_write(a, &l, S(""), &subject, &text);
    assert_true(has(subject, "【訓練】") && has(subject, "DRILL: "));
    assert_true(has(text, "これは訓練です") && has(text, "THIS IS A DRILL"));
    assert_true(has(text, "センター") && has(text, "Centre"));
    assert_true(has(text, "2026-05-29 09:26"));
    assert_false(has(subject, "\n") || has(subject, "\r"));
    notice_letter_write(a, &l, S("en"), &subject, &text);
    assert_false(has(subject, "【訓練】") || has(text, "訓練"));
    arena_free(a);
}

/* ---- day by day, in a store ---- */

static struct world three_tiers(struct work *w)
{
    w->now = BEGIN;
    struct world x = world_of(w, 1, 1, 2);
    site(w);
    contact_add(w, &x, "centre", 1, "centre@x", S(""));
    contact_add(w, &x, "m0", 1, "m@x", S(""));
    contact_add(w, &x, "m0", 2, "m2@x", S(""));
    contact_add(w, &x, "c0-0", 1, "c@x", S(""));
    contact_add(w, &x, "o0-0-0", 1, "o@x", S(""));
    contact_add(w, &x, "o0-0-0", 2, "o2@x", S(""));
    contact_add(w, &x, "o0-0-0", 3, "o@x", S("")); /* the same address again */
    contact_add(w, &x, "o0-0-1", 1, "", S(""));    /* none, but … */
    contact_add(w, &x, "o0-0-1", 2, "p@x", S("")); /* … a deputy has */
    return x;
}

static void letters_run_by_the_clock_and_once(struct work *w)
{
    struct box box = {0};
    struct world x = three_tiers(w);
    world_sent(w, &x, "N-1", false, false); /* 60 minutes, to the ministry alone */
    turn(w, BEGIN);
    assert_str(written(w, &box), "m@x");
    turn(w, BEGIN);
    turn(w, BEGIN + 29 * 60);
    assert_str(written(w, &box), "");
    turn(w, BEGIN + 30 * 60);
    assert_str(written(w, &box), "m@x");
    turn(w, BEGIN + 60 * 60);
    assert_str(written(w, &box), "");
    turn(w, BEGIN + 60 * 60 + 1);
    assert_str(written(w, &box), "m2@x");
    turn(w, BEGIN + 120 * 60);
    assert_str(written(w, &box), "");
    turn(w, BEGIN + 120 * 60 + 1);
    assert_str(written(w, &box), "centre@x");
    assert_true(has(letter_to(w, "centre@x").text, "m0"));
    turn(w, BEGIN + 500 * 60);
    assert_str(written(w, &box), "");
}

static void what_is_confirmed_is_not_asked_for(struct work *w)
{
    struct box box = {0};
    struct world x = three_tiers(w);
    struct notice n = world_sent(w, &x, "N-1", false, false);
    turn(w, BEGIN);
    assert_str(written(w, &box), "m@x");
    w->now = BEGIN + 60;
    confirm(w, &x, &n, "m0");
    turn(w, BEGIN + 30 * 60);
    turn(w, BEGIN + 130 * 60);
    assert_str(written(w, &box), "");
    struct notice quick = world_sent(w, &x, "N-2", false, false); /* confirmed before anybody could be written to */
    confirm(w, &x, &quick, "m0");
    turn(w, w->now);
    assert_str(written(w, &box), "");
    assert_int_equal(counted(w, "SELECT count(*) FROM share_delivery WHERE told = 0 AND ack >= 2", NOARGS), 0);
}

/* Who got it by the ministry and the CEPTOAR is written to when it is passed on, by its own time, and the CEPTOAR is told who did not answer. */
static void tiers_have_their_own_clocks(struct work *w)
{
    struct box box = {0};
    struct world x = three_tiers(w);
    struct notice n = world_sent(w, &x, "N-1", false, true); /* direct: to all at once */
    turn(w, BEGIN);
    assert_str(written(w, &box), "c@x m@x o@x p@x");
    w->now = BEGIN + 60;
    confirm(w, &x, &n, "m0");
    confirm(w, &x, &n, "c0-0");
    turn(w, BEGIN + 30 * 60);
    assert_str(written(w, &box), "o@x p@x");
    turn(w, BEGIN + 61 * 60);
    assert_str(written(w, &box), "o2@x");
    turn(w, BEGIN + 121 * 60);
    assert_str(written(w, &box), "c@x"); /* one letter for both */
    str text = letter_to(w, "c@x").text;
    assert_true(has(text, "o0-0-0") && has(text, "o0-0-1") && has(text, "N-1"));
}

static void passing_on_begins_their_time(struct work *w)
{
    struct box box = {0};
    struct world x = three_tiers(w);
    struct notice n = world_sent(w, &x, "N-1", false, false);
    struct delivery d;
    int64_t sent;
    turn(w, BEGIN);
    assert_str(written(w, &box), "m@x");
    w->now = BEGIN + 20 * 60;
    confirm(w, &x, &n, "m0");
    assert_ok(w, delivery_of(w, n.id, world_id(&x, "m0"), &d));
    const struct passing p = {.marking = {TLP_AMBER, PAP_AMBER}, .added = S("of the ministry")};
    assert_ok(w, store_begin(w));
    assert_ok(w, deliveries_pass(w, &n, &d, &p, &sent));
    assert_ok(w, store_commit(w));
    turn(w, BEGIN + 20 * 60 + 30);
    assert_str(written(w, &box), "c@x");
    turn(w, BEGIN + 49 * 60);
    assert_str(written(w, &box), "");
    turn(w, BEGIN + 50 * 60);
    assert_str(written(w, &box), "c@x");
}

static void emergencies_go_to_all_and_first(struct work *w)
{
    struct box box = {0};
    struct world x = three_tiers(w);
    struct notice n = world_sent(w, &x, "N-1", false, true), slow = world_sent(w, &x, "N-2", false, false);
    notice_set(w, &slow, "UPDATE share_notice SET urgency = $2 WHERE id = $1", TEXT(S("ordinary")));
    notice_set(w, &n, "UPDATE share_notice SET urgency = $2 WHERE id = $1", TEXT(S("emergency")));
    turn(w, BEGIN);
    assert_str(written(w, &box), "c@x m2@x m@x m@x o2@x o@x p@x");
    assert_int_equal(counted(w, "SELECT count(*) FROM outbox WHERE urgent = 1 AND due = $1 AND patient = 0", ARGS(INT(BEGIN))), 6);
    assert_int_equal(counted(w, "SELECT count(*) FROM outbox WHERE urgent = 0 AND due = $1 AND patient = 1", ARGS(INT(BEGIN + ORDINARY_LATER))), 1);
    struct letter next;
    w->now = BEGIN + 1000;
    for (int i = 0; i < 7; i++) {
        assert_ok(w, outbox_next(w, &next));
        assert_int_equal(next.urgent, i < 6);
        assert_ok(w, store_begin(w));
        assert_ok(w, outbox_sent(w, next.id, S(""), false));
        assert_ok(w, store_commit(w));
    }
}

static void recalls_and_updates_are_told(struct work *w)
{
    struct box box = {0};
    struct world x = three_tiers(w);
    struct notice n = world_sent(w, &x, "N-1", false, false);
    turn(w, BEGIN);
    assert_str(written(w, &box), "m@x");
    notice_set(w, &n, "UPDATE share_notice SET state = 'recalled', recalled = $2, recall_reason = 'the reason' WHERE id = $1", INT(BEGIN + 10));
    sql(w, "UPDATE share_delivery SET told = 5 WHERE notice = $1 AND ack >= 2", ARGS(INT(n.id)));
    turn(w, BEGIN + 60);
    assert_str(written(w, &box), "m@x");
    struct outgoing o = letter_to(w, "m@x");
    assert_true(has(o.text, "RECALLED") && !has(o.text, "/confirm/") && !has(o.text, "the reason"));
    turn(w, BEGIN + 500 * 60);
    assert_str(written(w, &box), "");
    struct notice second = world_sent(w, &x, "N-2", false, false), third = world_sent(w, &x, "N-3", false, false);
    notice_set(w, &second, "UPDATE share_notice SET state = $2 WHERE id = $1", TEXT(S("superseded")));
    sql(w, "UPDATE share_notice SET supersedes = $1 WHERE id = $2", ARGS(INT(second.id), INT(third.id)));
    turn(w, w->now);
    assert_str(written(w, &box), "m@x"); /* of the new one alone */
    o = letter_to(w, "m@x");
    assert_true(has(o.text, "N-3") && has(o.text, "N-2"));
}

static void some_are_never_written(struct work *w)
{
    struct box box = {0};
    struct world x = three_tiers(w);
    struct notice drill = world_sent(w, &x, "D-1", true, false);
    sql(w, "INSERT INTO share_drill (notice, by_phone) VALUES ($1, 1)", ARGS(INT(drill.id)));
    turn(w, BEGIN);
    turn(w, BEGIN + 500 * 60);
    assert_str(written(w, &box), ""); /* a call drill */
    w->now = BEGIN;
    world_sent(w, &x, "N-2", false, false);
    turn(w, BEGIN + LETTERS_STALE + 1); /* mail was switched on a week later */
    assert_str(written(w, &box), "");
    assert_int_equal(counted(w, "SELECT count(*) FROM share_delivery WHERE ack >= 2 AND told <> 4", NOARGS), 0);
}

static void a_turn_that_dies_leaves_nothing_half_done(struct work *w)
{
    struct box box = {0};
    bool more;
    struct world x = three_tiers(w);
    world_sent(w, &x, "N-1", false, true);
    assert_ok(w, store_begin(w));
    assert_ok(w, letters_tick(w, &more));
    store_rollback(w);
    assert_str(written(w, &box), "");
    assert_int_equal(counted(w, "SELECT count(*) FROM share_link", NOARGS), 0);
    turn(w, BEGIN);
    assert_str(written(w, &box), "c@x m@x o@x p@x");
    turn(w, BEGIN);
    assert_str(written(w, &box), "");
}

static void many_take_several_turns(struct work *w)
{
    enum { OPERATORS = 450 };
    struct box box = {0};
    w->now = BEGIN;
    struct world x = world_of(w, 1, 1, OPERATORS);
    site(w);
    assert_ok(w, store_begin(w));
    static const struct sql all = OPEN("a test", "INSERT INTO share_contact (org, ord, name, mail, phone, fax, closed, around, hours, key, key_print,"
                                                 " confirmed_by, revision) SELECT id, 1, code, 'a@x', '', '', '', 0, '', '', '', '', 1 FROM org WHERE id > 0");
    assert_ok(w, store_run(w, &all, NOARGS));
    assert_ok(w, store_commit(w));
    world_sent(w, &x, "N-1", false, true);
    assert_true(turn(w, BEGIN));
    assert_true(turn(w, BEGIN));
    assert_false(turn(w, BEGIN));
    assert_int_equal(counted(w, "SELECT count(*) FROM outbox", NOARGS), OPERATORS + 2);
    written(w, &box);
    sql(w, "UPDATE share_delivery SET told = 3 WHERE tier = 2", NOARGS);
    while (turn(w, BEGIN + 121 * 60)) {}
    assert_int_equal(counted(w, "SELECT count(*) FROM share_delivery WHERE told = 4", NOARGS), OPERATORS + 2);
    /* of all operators one letter to their CEPTOAR, of that one to the ministry, of that one to the centre */
    assert_int_equal(counted(w, "SELECT count(*) FROM outbox WHERE id > $1", ARGS(INT(box.last))), 3);
    static const struct sql first = OPEN("a test", "SELECT body FROM outbox WHERE id > $1 ORDER BY id LIMIT 1");
    str text;
    assert_ok(w, store_text(w, &first, ARGS(INT(box.last)), &text));
    assert_true(has(text, "450") && has(text, "420"));
}

static void sealed_letters_are_for_their_contact(struct work *w)
{
    struct box box = {0};
    w->now = BEGIN;
    struct world x = world_of(w, 2, 0, 0);
    struct key_owner *o = key_owner(w->a, "Desk", BEGIN - DAY, "encrypt", 0, 0), *late = key_owner(w->a, "Late", BEGIN - 3 * DAY, "encrypt", DAY, 0);
    str good = key_certificate(w->a, o);
    site(w);
    contact_add(w, &x, "m0", 1, "m@x", good);
    contact_add(w, &x, "m1", 1, "n@x", key_certificate(w->a, late));
    struct notice n = world_sent(w, &x, "N-1", false, false);
    notice_set(w, &n, "UPDATE share_notice SET tlp = 4, body = 'the secret text', title = $2 WHERE id = $1", TEXT(S("the secret title")));
    sql(w, "UPDATE share_delivery SET tlp = 4", NOARGS);
    turn(w, BEGIN);
    assert_str(written(w, &box), "m@x n@x");
    struct outgoing out = letter_to(w, "m@x"), waits = letter_to(w, "n@x");
    assert_true(str_eq(out.certificate, good));
    assert_str(out.subject, "N-1");
    assert_true(has(out.text, "the secret text"));
    assert_int_equal(waits.certificate.n, 0); /* it ran out: nothing of the text goes anywhere */
    assert_false(has(waits.text, "secret") || has(waits.subject, "secret"));
}

/* ---- reports and consents ---- */

static void reports_and_consents_are_told(struct work *w)
{
    struct box box = {0};
    struct world x = three_tiers(w);
    struct notice n = world_sent(w, &x, "N-1", false, false);
    turn(w, BEGIN);
    written(w, &box);
    sql(w, "INSERT INTO share_report (code, uuid, org, drill, state, sector, government, entered, title, service, ground, event, tlp, not_supervision, editions,"
           " severity_by, severity_note, made, made_by, revision) VALUES ('R-1', 'u', $1, 0, 'sent', 'power', 0, 0, 'the secret title', '', 'exceptional', 'other',"
           " 3, 0, 1, '', '', 0, '', 1)", ARGS(INT(world_id(&x, "o0-0-0"))));
    static const char *const roles[][2] = {{"o0-0-0", "operator"}, {"m0", "ministry"}, {"centre", "centre"}};
    for (size_t i = 0; i < 3; i++)
        sql(w, "INSERT INTO share_report_holder (report, org, role, since, tlp, seen, by_whom, told, added, added_by)"
               " VALUES ((SELECT id FROM share_report), $1, $2, 0, 3, 0, '', 0, '', '')",
            ARGS(INT(world_id(&x, roles[i][0])), TEXT(str_of(roles[i][1]))));
    sql(w, "INSERT INTO share_consent (notice, report, digest, title, body, measure, tlp, pap, asked, asked_by, decision, decided_by, note, told)"
           " VALUES ($1, (SELECT id FROM share_report), 'd', 'the secret title', '', '', 1, 1, 0, '', '', '', '', 0)", ARGS(INT(n.id)));
    turn(w, BEGIN);
    assert_str(written(w, &box), "centre@x m2@x m@x o@x"); /* of exceptional gravity: all contacts */
    str report = letter_to(w, "m@x").text, consent = letter_to(w, "o@x").text;
    assert_true(has(report, "R-1") && !has(report, "secret") && !has(report, "o0-0-0"));
    assert_true(has(consent, "R-1") && has(consent, "N-1") && !has(consent, "secret"));
    turn(w, BEGIN);
    assert_str(written(w, &box), "");
}

/* ---- in the contact's language ---- */

static void a_person_is_written_to_in_their_language(struct work *w)
{
    w->now = BEGIN;
    struct world x = world_of(w, 1, 0, 0);
    contact_add(w, &x, "m0", 1, "m@x", S(""));
    world_sent(w, &x, "N-1", false, false);
    turn(w, BEGIN);
    assert_true(has(letter_to(w, "m@x").text, "was sent to your organisation") && has(letter_to(w, "m@x").text, "貴機関"));
    assert_int_equal(secret_in(letter_to(w, "m@x").text).n, 0); /* where the program does not know its address there is no link */
    sql(w, "INSERT INTO person (code, org, name_ja, name_en, mail, lang) VALUES ('p', $1, 'n', '', '', 'en')", ARGS(INT(world_id(&x, "m0"))));
    sql(w, "UPDATE share_contact SET person = (SELECT id FROM person WHERE code = 'p')", NOARGS);
    world_sent(w, &x, "N-2", false, false);
    turn(w, BEGIN);
    assert_true(has(letter_to(w, "m@x").text, "was sent to your organisation") && !has(letter_to(w, "m@x").text, "貴機関"));
}

#define STORED(name)                       \
    static void stored_##name(void **state) \
    {                                      \
        (void)state;                       \
        each_store(name);                  \
    }
STORED(clock_of_the_store_is_the_same)
STORED(letters_run_by_the_clock_and_once)
STORED(what_is_confirmed_is_not_asked_for)
STORED(tiers_have_their_own_clocks)
STORED(passing_on_begins_their_time)
STORED(emergencies_go_to_all_and_first)
STORED(recalls_and_updates_are_told)
STORED(some_are_never_written)
STORED(a_turn_that_dies_leaves_nothing_half_done)
STORED(many_take_several_turns)
STORED(sealed_letters_are_for_their_contact)
STORED(reports_and_consents_are_told)
STORED(a_person_is_written_to_in_their_language)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_step_has_its_time),
        cmocka_unit_test(each_marking_has_its_letter),
        cmocka_unit_test(a_whole_letter_has_all_of_it),
        cmocka_unit_test(what_waits_and_what_is_sealed_tells_nothing_outside),
        cmocka_unit_test(languages_and_drills_are_marked),
        cmocka_unit_test(stored_clock_of_the_store_is_the_same),
        cmocka_unit_test(stored_letters_run_by_the_clock_and_once),
        cmocka_unit_test(stored_what_is_confirmed_is_not_asked_for),
        cmocka_unit_test(stored_tiers_have_their_own_clocks),
        cmocka_unit_test(stored_passing_on_begins_their_time),
        cmocka_unit_test(stored_emergencies_go_to_all_and_first),
        cmocka_unit_test(stored_recalls_and_updates_are_told),
        cmocka_unit_test(stored_some_are_never_written),
        cmocka_unit_test(stored_a_turn_that_dies_leaves_nothing_half_done),
        cmocka_unit_test(stored_many_take_several_turns),
        cmocka_unit_test(stored_sealed_letters_are_for_their_contact),
        cmocka_unit_test(stored_reports_and_consents_are_told),
        cmocka_unit_test(stored_a_person_is_written_to_in_their_language),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
