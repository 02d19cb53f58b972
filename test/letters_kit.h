/* Contacts for the small world of sharing, turns of the clock, and what stands in the outbox since. */
#ifndef MEGURI_TEST_LETTERS_KIT_H
#define MEGURI_TEST_LETTERS_KIT_H

#include "ack_kit.h"

#include "account/account.h"
#include "share/letters.h"
#include "share/letters_store.h"

enum { BEGIN = 1780000000, HOUR = 3600 }; /* 2026-05-28T20:26:40Z */

static inline void sql(struct work *w, const char *text, struct values v)
{
    const struct sql s = OPEN("a test", text);
    assert_ok(w, store_begin(w));
    assert_ok(w, store_run(w, &s, v));
    assert_ok(w, store_commit(w));
}

static inline int64_t counted(struct work *w, const char *text, struct values v)
{
    const struct sql s = OPEN("a test", text);
    int64_t n = 0;
    assert_ok(w, store_int(w, &s, v, &n));
    return n;
}

static inline void contact_add(struct work *w, const struct world *x, const char *org, int64_t ord, const char *mail, str key)
{
    str name = str_fmt(w->a, "%s desk %d", org, (int)ord);
    sql(w, "INSERT INTO share_contact (org, ord, name, mail, phone, fax, closed, around, hours, key, key_print, confirmed_by, revision)"
           " VALUES ($1, $2, $3, $4, '', '', '', 0, '', $5, '', '', 1)",
        ARGS(INT(world_id(x, org)), INT(ord), TEXT(name), TEXT(str_of(mail)), TEXT(key)));
}

static inline void site(struct work *w)
{
    assert_ok(w, store_begin(w));
    assert_ok(w, setting_put(w, S("url"), S("https://round.example")));
    assert_ok(w, store_commit(w));
}

static inline bool turn(struct work *w, int64_t at)
{
    bool more = false;
    w->now = at;
    assert_ok(w, store_begin(w));
    assert_ok(w, letters_tick(w, &more));
    assert_ok(w, store_commit(w));
    return more;
}

/* Addresses of the letters written since the last one known, "a@x b@x", and forgets them. */
struct box {
    int64_t last;
};
static inline str written(struct work *w, struct box *box)
{
    static const struct sql s = OPEN("a test", "SELECT id, mail FROM outbox WHERE id > $1 ORDER BY mail, id");
    struct buf b = buf_in(w->a);
    struct rows *r;
    int64_t last = box->last;
    assert_ok(w, store_rows(w, &s, ARGS(INT(box->last)), &r));
    while (rows_next(r)) {
        if (rows_int(r, 0) > last) last = rows_int(r, 0);
        if (b.n != 0) buf_byte(&b, ' ');
        buf_add(&b, rows_text(r, 1));
    }
    assert_ok(w, rows_done(r));
    box->last = last;
    return buf_str(&b);
}

/* The newest letter to an address. */
struct outgoing {
    str subject, text, certificate;
    int64_t due, made, urgent, patient;
};
static inline struct outgoing letter_to(struct work *w, const char *mail)
{
    static const struct sql s =
        OPEN("a test", "SELECT subject, body, certificate, due, made, urgent, patient FROM outbox WHERE mail = $1 ORDER BY id DESC LIMIT 1");
    struct rows *r;
    assert_ok(w, store_rows(w, &s, ARGS(TEXT(str_of(mail))), &r));
    assert_true(rows_next(r));
    struct outgoing o = {rows_kept(w, r, 0), rows_kept(w, r, 1), rows_kept(w, r, 2), rows_int(r, 3), rows_int(r, 4), rows_int(r, 5), rows_int(r, 6)};
    assert_ok(w, rows_done(r));
    return o;
}

static inline bool has(str text, const char *part) { return str_find(text, str_of(part)) >= 0; }

/* The secret of the link in a letter; empty: there is none. */
static inline str secret_in(str text)
{
    static const str before = S_INIT("https://round.example/confirm/");
    ptrdiff_t at = str_find(text, before);
    return at < 0 ? S("") : str_sub(text, (size_t)at + before.n, (size_t)at + before.n + 43);
}

static inline void confirm(struct work *w, const struct world *x, const struct notice *n, const char *org)
{
    struct delivery d = world_delivery(w, x, n, org);
    assert_ok(w, store_begin(w));
    assert_ok(w, delivery_enter(w, &d, &(struct entered){.ack = ACK_CONFIRMED, .channel = BY_BROWSER, .at = w->now, .by_whom = S("p1")}));
    assert_ok(w, store_commit(w));
}

static inline void notice_set(struct work *w, const struct notice *n, const char *text, struct value v) { sql(w, text, ARGS(INT(n->id), v)); }

#endif
