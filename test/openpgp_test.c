/* Certificates of others: which are taken, which are refused and why; and that what is encrypted is read by whom it is for alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "format/openpgp.h"
#include "openpgp_kit.h"
#include "web/sandbox.h"

#include "arena_kit.h" /* after the kit above: its functions have an arena of their own by that name */

enum { NOW = 1780000000 }; /* 2026-05-28 */

static str print_of(str certificate, int64_t now)
{
    struct work w = {.a = a, .now = now};
    str print = S("");
    enum err e = openpgp_check(&w, certificate, &print);
    if (e != OK) fail_msg("refused: %s", str_c(a, w.faults.first[0].id));
    return print;
}

static void refused_at(str certificate, int64_t now, const char *part)
{
    struct work w = {.a = a, .now = now};
    str print = S("untouched");
    assert_int_equal(openpgp_check(&w, certificate, &print), INVALID);
    assert_int_equal(w.faults.count, 1);
    if (str_find(w.faults.first[0].id, str_of(part)) < 0) fail_msg("%s", str_c(a, w.faults.first[0].id));
    assert_true(str_eq(print, S("untouched")));
}
static void refused(str certificate, const char *part) { refused_at(certificate, NOW, part); }

static void a_good_one_is_known_by_its_fingerprint(void **state)
{
    (void)state;
    struct key_owner *o = key_owner(a, "Desk <desk@example.jp>", NOW - DAY, "encrypt", 0, 0);
    str certificate = key_certificate(a, o), print = print_of(certificate, NOW);
    char *wanted = NULL;
    RNP_OK(rnp_key_get_fprint(o->key, &wanted));
    assert_string_equal(str_c(a, print), wanted);
    assert_int_equal(print.n, 40);
    rnp_buffer_destroy(wanted);
    str spaced = str_fmt(a, "\r\n  %.*s\n\n", STR_ARG(certificate));
    assert_true(str_eq(print_of(spaced, NOW), print));
}

static void what_is_no_certificate_is_refused(void **state)
{
    (void)state;
    struct key_owner *o = key_owner(a, "Desk", NOW - DAY, "encrypt", 0, 0), *p = key_owner(a, "Other", NOW - DAY, "encrypt", 0, 0);
    str one = key_certificate(a, o), two = key_certificate(a, p);
    refused(S(""), "no OpenPGP certificate");
    refused(S("good morning"), "no OpenPGP certificate");
    refused(str_sub(one, 0, one.n / 2), "no OpenPGP certificate");
    refused(S("-----BEGIN PGP MESSAGE-----\n\nowE=\n-----END PGP MESSAGE-----\n"), "no OpenPGP certificate");
    refused(key_exported(a, o, RNP_KEY_EXPORT_SECRET), "secret key");
    refused(str_fmt(a, "%.*s\n%.*s", STR_ARG(one), STR_ARG(key_exported(a, o, RNP_KEY_EXPORT_SECRET))), "secret key");
    refused(str_fmt(a, "%.*s\n%.*s", STR_ARG(one), STR_ARG(two)), "several");
    struct buf b = buf_in(a);
    for (int i = 0; i < 3000; i++) buf_add(&b, S("-----BEGIN PGP PUBLIC KEY BLOCK-----\n"));
    refused(buf_str(&b), "too large");
}

static str armoured(str bytes, const char *type)
{
    rnp_input_t in = NULL;
    rnp_output_t out = NULL;
    RNP_OK(rnp_input_from_memory(&in, (const uint8_t *)bytes.p, bytes.n, false));
    RNP_OK(rnp_output_to_memory(&out, 0));
    RNP_OK(rnp_enarmor(in, out, type));
    rnp_input_destroy(in);
    return rnp_taken(a, out);
}

static str dearmoured(str text)
{
    rnp_input_t in = NULL;
    rnp_output_t out = NULL;
    RNP_OK(rnp_input_from_memory(&in, (const uint8_t *)text.p, text.n, false));
    RNP_OK(rnp_output_to_memory(&out, 0));
    RNP_OK(rnp_dearmor(in, out));
    rnp_input_destroy(in);
    return rnp_taken(a, out);
}

/* Under the armour of a public key: a secret one, two of them, one with a packet that does not end, one of very many packets. */
static void what_the_armour_hides_is_seen(void **state)
{
    (void)state;
    struct key_owner *o = key_owner(a, "Desk", NOW - DAY, "encrypt", 0, 0), *p = key_owner(a, "Other", NOW - DAY, "encrypt", 0, 0);
    str one = dearmoured(key_certificate(a, o)), two = dearmoured(key_certificate(a, p));
    refused(armoured(dearmoured(key_exported(a, o, RNP_KEY_EXPORT_SECRET)), "public key"), "secret key");
    refused(S("-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n=twTO\n-----END PGP PUBLIC KEY BLOCK-----\n"), "no OpenPGP certificate");
    struct buf both = buf_in(a), many = buf_in(a);
    buf_add(&both, one);
    buf_add(&both, two);
    refused(armoured(buf_str(&both), "public key"), "several");
    buf_add(&many, one);
    for (int i = 0; i < OPENPGP_PACKETS_MAX; i++) buf_add(&many, S("\xCD\x01x")); /* a name */
    refused(armoured(buf_str(&many), "public key"), "too large");
    refused(armoured(str_sub(one, 0, one.n - 5), "public key"), "no OpenPGP certificate");
    refused(armoured(S("\xC6\xFF\xFF\xFF\xFF\xFFxxxx"), "public key"), "no OpenPGP certificate");
    refused(armoured(S("\x9B"), "public key"), "no OpenPGP certificate");
}

static void every_changed_byte_is_refused_or_harmless(void **state)
{
    (void)state;
    struct key_owner *o = key_owner(a, "Desk", NOW - DAY, "encrypt", 0, 0);
    str good = dearmoured(key_certificate(a, o)), print = print_of(key_certificate(a, o), NOW);
    for (size_t i = 0; i < good.n; i++) {
        struct work w = {.a = a, .now = NOW};
        char *bytes = (char *)(uintptr_t)str_dup(a, good).p;
        str got = S("");
        bytes[i] = (char)(bytes[i] ^ 0x11);
        enum err e = openpgp_check(&w, armoured((str){bytes, good.n}, "public key"), &got);
        if (e == OK && !str_eq(got, print)) fail_msg("byte %zu makes another certificate that is taken", i);
        assert_true(e == OK || w.faults.count == 1);
    }
}

static void time_and_revocation_count(void **state)
{
    (void)state;
    str lasting = key_certificate(a, key_owner(a, "Desk", NOW - 10 * DAY, "encrypt", 20 * DAY, 0));
    print_of(lasting, NOW);
    refused_at(lasting, NOW + 10 * DAY + 1, "has expired");
    str sub = key_certificate(a, key_owner(a, "Desk", NOW - 10 * DAY, "encrypt", 0, 20 * DAY));
    print_of(sub, NOW);
    refused_at(sub, NOW + 10 * DAY + 1, "no key to encrypt for");
    refused(key_certificate(a, key_owner(a, "Desk", NOW - DAY, "sign", 0, 0)), "no key to encrypt for");
    refused(key_certificate(a, key_owner(a, "Desk", NOW - DAY, NULL, 0, 0)), "no key to encrypt for");
    refused_at(lasting, NOW - 11 * DAY, "damaged"); /* made in the future */
    struct key_owner *o = key_owner(a, "Desk", NOW - DAY, "encrypt", 0, 0);
    RNP_OK(rnp_key_revoke(o->key, 0, NULL, "compromised", "lost"));
    refused(key_certificate(a, o), "revoked");
}

/* ---- encrypting ---- */

static void only_whom_it_is_for_reads_it(void **state)
{
    (void)state;
    struct work w = {.a = a, .now = NOW};
    struct key_owner *o = key_owner(a, "Desk", NOW - DAY, "encrypt", 0, 0), *p = key_owner(a, "Deputy", NOW - DAY, "encrypt", 0, 0),
                     *other = key_owner(a, "Other", NOW - DAY, "encrypt", 0, 0);
    const str to[] = {key_certificate(a, o), key_certificate(a, p)};
    str text = S("本文です。\r\nline two\r\n"), sealed, got = S("");
    assert_int_equal(openpgp_encrypt(&w, to, 2, text, &sealed), OK);
    assert_true(str_starts(sealed, S("-----BEGIN PGP MESSAGE-----")));
    assert_true(str_find(sealed, S("line two")) < 0);
    assert_true(key_reads(a, o, sealed, &got));
    assert_true(str_eq(got, text));
    assert_true(key_reads(a, p, sealed, &got));
    assert_true(str_eq(got, text));
    assert_false(key_reads(a, other, sealed, &got));
    char *changed = (char *)(uintptr_t)str_dup(a, sealed).p;
    changed[sealed.n - 60] = changed[sealed.n - 60] == 'A' ? 'B' : 'A';
    assert_false(key_reads(a, o, (str){changed, sealed.n}, &got));
    str again;
    assert_int_equal(openpgp_encrypt(&w, to, 2, text, &again), OK);
    assert_false(str_eq(again, sealed));
}

static void nothing_is_encrypted_for_a_bad_one(void **state)
{
    (void)state;
    struct work w = {.a = a, .now = NOW};
    const str to[] = {key_certificate(a, key_owner(a, "Desk", NOW - DAY, "encrypt", 0, 0)),
                      key_certificate(a, key_owner(a, "Late", NOW - 3 * DAY, "encrypt", DAY, 0))};
    str sealed = S("untouched");
    assert_int_equal(openpgp_encrypt(&w, to, 2, S("text"), &sealed), INVALID);
    assert_int_equal(w.faults.count, 1);
    assert_int_equal(openpgp_encrypt(&w, to, 0, S("text"), &sealed), INVALID);
    assert_int_equal(openpgp_encrypt(&w, to, OPENPGP_RECEIVERS_MAX + 1, S("text"), &sealed), INVALID);
    assert_true(str_eq(sealed, S("untouched")));
}

/* As most certificates of offices still are. */
static struct key_owner *rsa_owner(void)
{
    struct key_owner *o = arena_alloc(a, sizeof *o);
    RNP_OK(rnp_ffi_create(&o->ring, "GPG", "GPG"));
    RNP_OK(rnp_set_timestamp(o->ring, NOW - DAY));
    RNP_OK(rnp_generate_key_rsa(o->ring, 2048, 2048, "Office", NULL, &o->key));
    arena_closer(a, key_owner_gone, o);
    return o;
}

static void certificates_of_rsa_work(void **state)
{
    (void)state;
    struct key_owner *o = rsa_owner();
    struct work w = {.a = a, .now = NOW};
    str sealed, got = S("");
    const str to[] = {key_certificate(a, o)};
    assert_int_equal(print_of(to[0], NOW).n, 40);
    assert_int_equal(openpgp_encrypt(&w, to, 1, S("text"), &sealed), OK);
    assert_true(key_reads(a, o, sealed, &got) && str_eq(got, S("text")));
}

/* ---- where it runs ---- */

static const char *shut_in_as(enum place place, str rsa, str certificate)
{
    struct work w = {.a = a, .now = NOW};
    struct log log = {.fd = STDERR_FILENO, .process = "test"};
    str sealed, print;
    openpgp_ready();
    sandbox_begin("test", getppid());
    sandbox_close(&(struct sandbox){place, S("/var/lib/nowhere/x.db"), NULL, -1}, &log);
    if (open("/dev/urandom", O_RDWR | O_CLOEXEC) >= 0) return "it may open files";
    if (openpgp_check(&w, certificate, &print) != OK || openpgp_check(&w, rsa, &print) != OK) return "no check";
    if (openpgp_check(&w, S("x"), &print) != INVALID) return "no refusal";
    const str to[] = {certificate, rsa};
    if (openpgp_encrypt(&w, to, 2, S("text"), &sealed) != OK) return "no encryption";
    return NULL;
}

static void it_works_behind_closed_doors(void **state)
{
    (void)state;
    static const enum place places[] = {AT_WRITER, AT_TASK, AT_NET};
    str certificate = key_certificate(a, key_owner(a, "Desk", NOW - DAY, "encrypt", 0, 0)), rsa = key_certificate(a, rsa_owner());
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        int told[2], status = 0;
        char why[100] = "";
        assert_int_equal(pipe(told), 0);
        pid_t child = fork();
        if (child == 0) {
            const char *trouble = shut_in_as(places[i], rsa, certificate);
            if (trouble != NULL && write(told[1], trouble, strlen(trouble)) < 0) _exit(2);
            _exit(trouble == NULL ? 0 : 1);
        }
        assert_int_equal(waitpid(child, &status, 0), child);
        close(told[1]);
        if (status != 0 && read(told[0], why, sizeof why - 1) >= 0) fail_msg("place %d: status %x: %s", (int)places[i], (unsigned)status, why);
        close(told[0]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_good_one_is_known_by_its_fingerprint, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_no_certificate_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_the_armour_hides_is_seen, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_changed_byte_is_refused_or_harmless, set_up, tear_down),
        cmocka_unit_test_setup_teardown(time_and_revocation_count, set_up, tear_down),
        cmocka_unit_test_setup_teardown(only_whom_it_is_for_reads_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nothing_is_encrypted_for_a_bad_one, set_up, tear_down),
        cmocka_unit_test_setup_teardown(certificates_of_rsa_work, set_up, tear_down),
        cmocka_unit_test_setup_teardown(it_works_behind_closed_doors, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
