/* Letters as they go over the wire: heads, bodies, and the structure of an encrypted one (RFC 3156, 4), which its receiver can read and others cannot. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/clock.h"
#include "format/openpgp.h"
#include "openpgp_kit.h"
#include "web/mail.h"

#include "arena_kit.h" /* after the kit above: its functions have an arena of their own by that name */

enum { NOW = 1780000000 };

static const struct letter letter = {.to = S_INIT("desk@x.example"), .subject = S_INIT("N-2026-0007"), .text = S_INIT("秘密の本文\nline two\n")};

static bool has(str text, const char *part) { return str_find(text, str_of(part)) >= 0; }

/* Lines end in CRLF, are of ASCII and of 998 bytes at most (RFC 5322, 2.1.1; 2.3). */
static void lines_are_sound(str mail)
{
    size_t length = 0;
    for (size_t i = 0; i < mail.n; i++) {
        assert_true((unsigned char)mail.p[i] < 0x80);
        if (mail.p[i] == '\n') assert_true(i > 0 && mail.p[i - 1] == '\r');
        if (mail.p[i] == '\r') assert_true(i + 1 < mail.n && mail.p[i + 1] == '\n');
        length = mail.p[i] == '\n' ? 0 : length + 1;
        assert_true(length <= 999);
    }
}

static void a_plain_letter_is_text(void **state)
{
    (void)state;
    str mail = mail_text(a, S("Round <round@y.example>"), &letter, NOW, S("1.abc"));
    lines_are_sound(mail);
    static const char *const parts[] = {"From: Round <round@y.example>\r\n", "To: <desk@x.example>\r\n", "Subject: N-2026-0007\r\n", "Message-ID: <1.abc@y.example>\r\n",
                                        "Auto-Submitted: auto-generated\r\n", "MIME-Version: 1.0\r\n", "Content-Type: text/plain; charset=UTF-8\r\n"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (!has(mail, parts[i])) fail_msg("no '%s'", parts[i]);
}

/* One part after the other: what stands between two boundaries, cut at the empty line. */
static str part_of(str mail, int which, str *head)
{
    str boundary = S("\r\n--=_sealed_=");
    for (int i = 0; i <= which; i++) {
        ptrdiff_t at = str_find(mail, boundary);
        assert_true(at >= 0);
        mail = str_sub(mail, (size_t)at + boundary.n, mail.n);
    }
    ptrdiff_t end = str_find(mail, boundary), blank = str_find(mail, S("\r\n\r\n"));
    assert_true(end >= 0 && blank >= 0 && blank < end);
    *head = str_sub(mail, 0, (size_t)blank);
    return str_sub(mail, (size_t)blank + 4, (size_t)end);
}

static void an_encrypted_letter_has_two_parts(void **state)
{
    (void)state;
    struct work w = {.a = a, .now = NOW};
    struct key_owner *o = key_owner(a, "Desk", NOW - DAY, "encrypt", 0, 0), *other = key_owner(a, "Other", NOW - DAY, "encrypt", 0, 0);
    str certificate = key_certificate(a, o), inner = mail_inner(a, letter.text), sealed, head, got = S("");
    assert_int_equal(openpgp_encrypt(&w, &certificate, 1, inner, &sealed), OK);
    str mail = mail_sealed(a, S("Round <round@y.example>"), &letter, sealed, NOW, S("1.abc"));
    lines_are_sound(mail);
    assert_true(has(mail, "Subject: N-2026-0007\r\n") && has(mail, "Auto-Submitted: auto-generated\r\n"));
    assert_true(has(mail, "Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=\"=_sealed_=\"\r\n"));
    assert_true(str_eq(part_of(mail, 0, &head), S("Version: 1\r\n")));
    assert_true(has(head, "Content-Type: application/pgp-encrypted"));
    str body = part_of(mail, 1, &head);
    assert_true(has(head, "Content-Type: application/octet-stream"));
    assert_true(str_starts(body, S("-----BEGIN PGP MESSAGE-----\r\n")));
    assert_true(str_ends(mail, S("\r\n--=_sealed_=--\r\n")));
    assert_true(key_reads(a, o, body, &got));
    assert_true(str_eq(got, inner));
    assert_true(str_starts(inner, S("Content-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: base64\r\n\r\n")));
    assert_false(key_reads(a, other, body, &got));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_plain_letter_is_text, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_encrypted_letter_has_two_parts, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
