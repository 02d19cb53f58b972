#include "web/mail.h"

#include <time.h>

#include "base/secret.h"
#include "base/utf8.h"

enum {
    ADDRESS_MAX = 254,
    LINE = 76,
    WORD_BYTES = 42 /* 56 letters of base64 and 12 around them: below 75 (RFC 2047 §2) */
};

bool mail_address(str s)
{
    size_t ats = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] <= ' ' || s.p[i] >= 0x7f || strchr("<>,;:\"\\()[]", s.p[i]) != NULL) return false;
        ats += s.p[i] == '@';
    }
    return s.n <= ADDRESS_MAX && ats == 1 && s.p[0] != '@' && s.p[s.n - 1] != '@';
}

str mail_bare(str from)
{
    ptrdiff_t open = str_find(from, S("<"));
    if (open < 0 || !str_ends(from, S(">"))) return str_trim(from);
    return str_sub(from, (size_t)open + 1, from.n - 1);
}

bool mail_same(str a, str b)
{
    if (a.n != b.n) return false;
    for (size_t i = 0; i < a.n; i++) {
        char x = a.p[i], y = b.p[i];
        if (x >= 'A' && x <= 'Z') x = (char)(x - 'A' + 'a');
        if (y >= 'A' && y <= 'Z') y = (char)(y - 'A' + 'a');
        if (x != y) return false;
    }
    return true;
}

static bool plain(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < ' ' || s.p[i] >= 0x7f) return false;
    return s.n < LINE - 10 && str_find(s, S("=?")) < 0;
}

str mail_words(struct arena *a, str text)
{
    struct buf b = buf_in(a);
    if (plain(text)) return text;
    while (text.n != 0) {
        str head = utf8_head(text, WORD_BYTES);
        if (head.n == 0) break;
        if (b.n != 0) buf_add(&b, S("\r\n "));
        buf_fmt(&b, "=?UTF-8?B?%.*s?=", STR_ARG(base64(a, head)));
        text = str_sub(text, head.n, text.n);
    }
    return buf_str(&b);
}

/* In the clock of no place, as RFC 5322 has it for those that would rather not say. */
str mail_date(struct arena *a, int64_t now)
{
    static const char *const days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    time_t at = (time_t)now;
    struct tm t;
    gmtime_r(&at, &t);
    return str_fmt(a, "%s, %d %s %d %02d:%02d:%02d +0000", days[t.tm_wday], t.tm_mday, months[t.tm_mon],
                   t.tm_year + 1900, t.tm_hour, t.tm_min, t.tm_sec);
}

static str domain_of(str address)
{
    ptrdiff_t at = str_find(address, S("@"));
    return at < 0 ? S("localhost") : str_sub(address, (size_t)at + 1, address.n);
}

static void from_head(struct buf *b, str from)
{
    str bare = mail_bare(from), name = from;
    ptrdiff_t open = str_find(from, S("<"));
    name = open > 0 ? str_trim(str_sub(from, 0, (size_t)open)) : S("");
    buf_add(b, S("From: "));
    if (name.n != 0) buf_fmt(b, "%.*s ", STR_ARG(mail_words(b->a, name)));
    buf_fmt(b, "<%.*s>\r\n", STR_ARG(bare));
}

/* Line ends of the text become CRLF before it is encoded (RFC 2045 §6.8). */
static str with_crlf(struct arena *a, str text)
{
    struct buf b = buf_in(a);
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '\n' && (i == 0 || text.p[i - 1] != '\r')) buf_byte(&b, '\r');
        buf_byte(&b, text.p[i]);
    }
    return buf_str(&b);
}

/* All but what the body is. RFC 3834 §5, and what older and other programs go by: nobody's absence is told to us. */
static void head(struct buf *b, str from, const struct letter *l, int64_t now, str id)
{
    struct arena *a = b->a;
    from_head(b, from);
    buf_fmt(b, "To: <%.*s>\r\nSubject: %.*s\r\nDate: %.*s\r\n", STR_ARG(l->to), STR_ARG(mail_words(a, l->subject)),
            STR_ARG(mail_date(a, now)));
    buf_fmt(b, "Message-ID: <%.*s@%.*s>\r\n", STR_ARG(id), STR_ARG(domain_of(mail_bare(from))));
    buf_add(b, S("Auto-Submitted: auto-generated\r\nPrecedence: bulk\r\nX-Auto-Response-Suppress: All\r\nMIME-Version: 1.0\r\n"));
}

static void text_part(struct buf *b, str text)
{
    buf_add(b, S("Content-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"));
    str body = base64(b->a, with_crlf(b->a, text));
    for (size_t i = 0; i < body.n; i += LINE) {
        buf_add(b, str_sub(body, i, i + LINE));
        buf_add(b, S("\r\n"));
    }
}

str mail_text(struct arena *a, str from, const struct letter *l, int64_t now, str id)
{
    struct buf b = buf_in(a);
    head(&b, from, l, now, id);
    text_part(&b, l->text);
    return buf_str(&b);
}

str mail_inner(struct arena *a, str text)
{
    struct buf b = buf_in(a);
    text_part(&b, text);
    return buf_str(&b);
}

/* The boundary cannot stand in armour, whose lines are of base64 or begin with five dashes. */
str mail_sealed(struct arena *a, str from, const struct letter *l, str armoured, int64_t now, str id)
{
    static const str boundary = S_INIT("=_sealed_=");
    struct buf b = buf_in(a);
    head(&b, from, l, now, id);
    buf_fmt(&b, "Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=\"%.*s\"\r\n\r\n", STR_ARG(boundary));
    buf_fmt(&b, "--%.*s\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n\r\n", STR_ARG(boundary));
    buf_fmt(&b, "--%.*s\r\nContent-Type: application/octet-stream; name=\"encrypted.asc\"\r\n", STR_ARG(boundary));
    buf_add(&b, S("Content-Disposition: inline; filename=\"encrypted.asc\"\r\n\r\n"));
    buf_add(&b, with_crlf(a, armoured));
    buf_fmt(&b, "\r\n--%.*s--\r\n", STR_ARG(boundary));
    return buf_str(&b);
}
