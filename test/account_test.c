/* How people come in: on both stores. */
#include "support.h"

#include "account/account_store.h"
#include "account/tries.h"
#include "base/hash.h"
#include "base/secret.h"
#include "base/totp.h"
#include "store/journal.h"
#include "surface/board.h"
#include "surface/door.h"

#define PASSWORD "correct horse battery staple"
#define HERE "192.0.2.10"
#define THERE "198.51.100.7"

/* ---- a small registry ---- */

static enum err act_by(struct work *w, const char *room, const char *name, const char *const (*given)[2],
                       struct doc *out)
{
    static int act;
    struct given g[8];
    size_t n = 0;
    const struct room *r = room_find(str_of(room));
    const struct entry *e = entry_find(r, str_of(name));
    struct args args;
    for (; given[n][0] != NULL; n++) g[n] = (struct given){.name = str_of(given[n][0]), .text = str_of(given[n][1])};
    enum err err = args_parse(w, e, g, n, &args);
    if (err != OK) return err;
    if (e->kind == ENTRY_VIEW) return door_view(w, r, e, &args, out);
    return door_act(w, r, e, &args, str_fmt(w->a, "act-%d", ++act), false, out);
}
#define GIVEN(...) (const char *const[][2]){__VA_ARGS__, {NULL, NULL}}

static void put(struct work *w, const char *what, const char *csv)
{
    static int act;
    const struct room *r = room_find(S("registry"));
    const struct entry *e = entry_find(r, S("import"));
    struct file file = {S("x.csv"), str_of(csv), sha256_hex(w->a, str_of(csv))};
    struct given g[] = {{.name = S("what"), .text = str_of(what)},
                        {.name = S("file"), .text = file.name, .file = &file}};
    struct doc silent = doc_silent(w);
    struct args args;
    assert_ok(w, args_parse(w, e, g, 2, &args));
    assert_ok(w, door_act(w, r, e, &args, str_fmt(w->a, "put-%d", ++act), false, &silent));
}

static void registry(struct work *w)
{
    put(w, "organisations", "code,parent,kind,name_ja,name_en,order\r\ngov,,government,政府,Government,1\r\n"
                            "kou,gov,ministry,甲省,Kou,1\r\notsu,gov,ministry,乙省,Otsu,2\r\n");
    put(w, "duties", "code,name_ja,name_en,rights,order\r\nadministrator,管理者,Administrator,administer,1\r\n"
                     "staff,職員,Staff,answer,2\r\nhead,統括,Head,answer names rates manage,3\r\n");
    put(w, "people", "code,org,name_ja,name_en,mail\r\na1,gov,管理 太郎,A One,a1@example.jp\r\n"
                     "s1,kou,乙川 花子,S One,s1@example.jp\r\ns2,otsu,丙山 一,S Two,s2@example.jp\r\n"
                     "k1,kou,甲野 管理,K One,k1@example.jp\r\nk2,kou,甲野 双,K Two,k2@example.jp\r\n");
    put(w, "posts", "code,duty,org,person\r\nadm,administrator,gov,a1\r\nkou-staff,staff,kou,s1\r\n"
                    "otsu-staff,staff,otsu,s1\r\notsu-head,head,otsu,s2\r\nkou-adm,administrator,kou,k1\r\n");
}

static void as(struct work *w, const char *who)
{
    struct actor *actor = arena_alloc(w->a, sizeof *actor);
    assert_ok(w, actor_find(w, str_of(who), S("tester"), actor));
    w->actor = actor;
    w->lo = actor->lo;
    w->hi = actor->hi;
}

static void as_owner(struct work *w)
{
    struct actor *actor = arena_alloc(w->a, sizeof *actor);
    *actor = actor_owner(S("tester"));
    w->actor = actor;
    w->lo = 0;
    w->hi = INT64_MAX;
}

static void begin(struct work *w) { assert_ok(w, store_begin(w)); }
static void commit(struct work *w) { assert_ok(w, store_commit(w)); }

/* ---- a doc that keeps its facts ---- */

struct facts {
    struct doc doc;
    struct buf text;
};
static void keep_text(struct doc *d, str s) { buf_fmt(&((struct facts *)d)->text, "%.*s\n", STR_ARG(s)); }
static void keep_fact(struct doc *d, const char *key, str label, const struct cell *c)
{
    (void)label;
    buf_fmt(&((struct facts *)d)->text, "%s=%.*s\n", key, STR_ARG(c->text));
}
static void no_table(struct doc *d, const char *name, const struct column *c, size_t n)
{
    (void)d, (void)name, (void)c, (void)n;
}
static void keep_row(struct doc *d, const struct cell *c)
{
    struct buf *b = &((struct facts *)d)->text;
    for (size_t i = 0; i < d->n_columns; i++) {
        if (c[i].type == CELL_INT || c[i].type == CELL_BOOL) buf_fmt(b, "|%lld", (long long)c[i].i);
        else buf_fmt(b, "|%.*s", STR_ARG(c[i].text.n != 0 ? c[i].text : c[i].en));
    }
    buf_byte(b, '\n');
}
static void no_end(struct doc *d) { (void)d; }
static const struct face keeping = {keep_text, keep_text, keep_text, keep_fact, no_table, keep_row, no_end};

static struct arena *shelf; /* what is told must outlive the marks of the work's arena */

static struct facts facts_of(struct work *w)
{
    return (struct facts){{.face = &keeping, .w = w, .lang = LANG_EN}, buf_in(shelf)};
}

static bool tells(const struct facts *f, const char *part) { return str_find(buf_str(&f->text), str_of(part)) >= 0; }

static str fact(struct work *w, const struct facts *f, const char *key)
{
    str rest = buf_str(&f->text), line, name = str_fmt(w->a, "%s=", key);
    while (str_cut(&rest, '\n', &line))
        if (str_starts(line, name)) return str_dup(w->a, str_sub(line, name.n, line.n));
    fail_msg("no fact %s", key);
    return (str){0};
}

/* An account set up as a person would; returns the authenticator's secret. */
static str set_up(struct work *w, const char *person)
{
    static int no;
    struct facts f = facts_of(w);
    str secret = totp_new(w->a);
    as_owner(w);
    assert_ok(w, act_by(w, "account", "add", GIVEN({"person", person}), &f.doc));
    str code = fact(w, &f, "code");
    struct setup s;
    assert_ok(w, setup_look(w, code, &s));
    assert_str(s.person_code, person);
    begin(w);
    str act = str_fmt(w->a, "set-%s-%d", person, ++no);
    assert_ok(w, setup_done(w, code, password_hash(w->a, S(PASSWORD)), secret, 0, act));
    commit(w);
    assert_err(w, setup_look(w, code, &s), NOTFOUND); /* once */
    return secret;
}

/* ---- codes ---- */

static void totp_vectors(void **state)
{
    /* RFC 6238 appendix B, SHA-1, the last six of eight digits */
    static const struct {
        int64_t at;
        const char *code;
    } vectors[] = {{59, "287082"}, {1111111109, "081804"}, {1111111111, "050471"}, {1234567890, "005924"},
                   {2000000000, "279037"}, {20000000000, "353130"}};
    str secret = S("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"); /* 12345678901234567890 */
    (void)state;
    struct arena *a = arena_new(0);
    for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++) {
        assert_str(totp_code(a, secret, vectors[i].at), vectors[i].code);
        int64_t step = vectors[i].at / TOTP_SECONDS;
        str code = str_of(vectors[i].code);
        assert_int_equal(totp_step(a, secret, code, vectors[i].at, 0), step);
        assert_int_equal(totp_step(a, secret, code, vectors[i].at + TOTP_SECONDS, 0), step);
        if (step > 1) assert_int_equal(totp_step(a, secret, code, vectors[i].at - TOTP_SECONDS, 0), step);
        assert_int_equal(totp_step(a, secret, code, vectors[i].at + 2 * TOTP_SECONDS, 0), 0);
        assert_int_equal(totp_step(a, secret, code, vectors[i].at, step), 0);
    }
    assert_int_equal(totp_step(a, secret, S(""), 59, 0), 0);
    assert_int_equal(totp_step(a, S(""), S("287082"), 59, 0), 0);
    assert_int_equal(totp_step(a, S("not base32!"), S("287082"), 59, 0), 0);
    arena_free(a);
}

static void seals(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    unsigned char key[KEY_BYTES] = {1}, other[KEY_BYTES] = {2};
    str text = sealed(a, key, S("state and nonce")), out;
    assert_true(unsealed(a, key, text, &out));
    assert_str(out, "state and nonce");
    assert_false(unsealed(a, other, text, &out));
    for (size_t i = 0; i < text.n; i++) {
        char *bad = arena_alloc(a, text.n);
        memcpy(bad, text.p, text.n);
        bad[i] = bad[i] == 'A' ? 'B' : 'A';
        bool opened = unsealed(a, key, (str){bad, text.n}, &out);
        assert_false(opened);
    }
    assert_false(unsealed(a, key, S(""), &out));
    assert_false(str_eq(text, sealed(a, key, S("state and nonce"))));
    arena_free(a);
}

static void waiting(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    struct tries t = {0};
    for (int i = 0; i < PAIR_FREE; i++) {
        assert_int_equal(wait_left(t, PAIR_FREE, WAIT_PAIR, 1000), 0);
        t = tried_again(t, 1000);
    }
    assert_int_equal(wait_left(t, PAIR_FREE, WAIT_PAIR, 1000), 1);
    for (int i = 0; i < 40; i++) t = tried_again(t, 1000);
    assert_int_equal(wait_left(t, PAIR_FREE, WAIT_PAIR, 1000), WAIT_PAIR);
    assert_int_equal(wait_left(t, PAIR_FREE, WAIT_KNOWN, 1000), WAIT_KNOWN);
    assert_int_equal(wait_left(t, PAIR_FREE, WAIT_PAIR, 1000 + WAIT_PAIR), 0);
    assert_int_equal(tried_again(t, 1000 + TRIES_FORGOTTEN).n, 1);
    assert_true(str_eq(net_of(a, S("2001:db8:1:2:3::1")), net_of(a, S("2001:db8:1:2:ffff::9"))));
    assert_false(str_eq(net_of(a, S("2001:db8:1:2::1")), net_of(a, S("2001:db8:1:3::1"))));
    assert_true(str_eq(net_of(a, S("::ffff:192.0.2.10")), net_of(a, S(HERE))));
    arena_free(a);
}

/* ---- coming in ---- */

static enum err check(struct work *w, const char *user, const char *password, str code, const char *peer,
                      struct passed *p)
{
    return signin_check(w, str_of(user), str_of(password), code, str_of(peer), p);
}

static void right_and_wrong(struct work *w)
{
    registry(w);
    str secret = set_up(w, "s1"), code = totp_code(w->a, secret, w->now), cookie;
    struct passed p;
    assert_ok(w, check(w, "s1", PASSWORD, code, HERE, &p));
    static const char *const same = "user, password or code is not right";
    assert_err(w, check(w, "s1", "incorrect horse", code, HERE, &p), DENIED);
    assert_fault(w, same);
    assert_err(w, check(w, "nobody", PASSWORD, code, HERE, &p), DENIED);
    assert_fault(w, same);
    assert_err(w, check(w, "s2", PASSWORD, code, HERE, &p), DENIED); /* a person without an account */
    assert_fault(w, same);
    assert_err(w, check(w, "s1", PASSWORD, S("000000"), HERE, &p), DENIED);
    assert_fault(w, same);
    assert_err(w, check(w, "s1", "", code, HERE, &p), DENIED);
    assert_fault(w, same);
    begin(w);
    assert_ok(w, signin_passed(w, S("s1"), S(HERE), &p));
    assert_err(w, signin_passed(w, S("s1"), S(HERE), &p), DENIED); /* two requests with one code */
    assert_ok(w, session_begin(w, p.person, S("password"), S(HERE), &cookie));
    commit(w);
    w->faults = (struct faults){0};
    assert_err(w, check(w, "s1", PASSWORD, code, HERE, &p), DENIED); /* used up */
    w->faults = (struct faults){0};
    w->now += TOTP_SECONDS;
    assert_ok(w, check(w, "s1", PASSWORD, totp_code(w->a, secret, w->now), HERE, &p));
    as_owner(w);
    struct doc silent = doc_silent(w);
    assert_ok(w, act_by(w, "account", "lock", GIVEN({"person", "s1"}), &silent));
    assert_err(w, check(w, "s1", PASSWORD, totp_code(w->a, secret, w->now), HERE, &p), DENIED);
    struct caller c;
    assert_err(w, caller_of_session(w, cookie, &c), NOTFOUND);
    assert_err(w, caller_of_person(w, S("s1"), &c), NOTFOUND);
}

static void fail_times(struct work *w, const char *user, const char *peer, int n)
{
    begin(w);
    for (int i = 0; i < n; i++) assert_ok(w, signin_failed(w, str_of(user), str_of(peer)));
    commit(w);
}

static void limits(struct work *w)
{
    registry(w);
    str secret = set_up(w, "s1");
    struct passed p;
    fail_times(w, "s1", THERE, 40);
    assert_err(w, check(w, "s1", PASSWORD, totp_code(w->a, secret, w->now), THERE, &p), BUSY);
    assert_fault(w, "900 seconds");
    assert_ok(w,
              check(w, "s1", PASSWORD, totp_code(w->a, secret, w->now), HERE, &p)); /* elsewhere the owner comes in */
    begin(w);
    assert_ok(w, signin_passed(w, S("s1"), S(HERE), &p));
    commit(w);
    w->now += TOTP_SECONDS;
    fail_times(w, "s1", HERE, 40); /* someone in the same office */
    fail_times(w, "other", HERE, 40);
    assert_err(w, check(w, "s1", PASSWORD, totp_code(w->a, secret, w->now), HERE, &p), BUSY);
    assert_fault(w, "30 seconds");
    assert_err(w, check(w, "someone", PASSWORD, S("1"), HERE, &p), BUSY); /* by address, whoever it is */
    w->faults = (struct faults){0};
    w->now += WAIT_KNOWN;
    assert_ok(w, check(w, "s1", PASSWORD, totp_code(w->a, secret, w->now), HERE, &p));
}

static void sessions(struct work *w)
{
    registry(w);
    int64_t person;
    str a, b;
    struct caller c;
    assert_ok(w, person_by_code(w, S("s1"), &person));
    begin(w);
    assert_ok(w, session_begin(w, person, S("demo"), S(HERE), &a));
    assert_ok(w, session_begin(w, person, S("demo"), S(HERE), &b));
    commit(w);
    assert_ok(w, caller_of_session(w, a, &c));
    assert_str(c.person_code, "s1");
    assert_int_equal(c.post_code.n, 0); /* two posts: not chosen */
    assert_int_equal(c.csrf_key.n, KEY_BYTES);
    assert_false(c.stale);
    assert_err(w, caller_of_session(w, c.digest, &c), NOTFOUND); /* what is stored opens nothing */
    assert_err(w, caller_of_session(w, S(""), &c), NOTFOUND);
    begin(w);
    assert_ok(w, session_post(w, c.digest, S("otsu-staff")));
    assert_err(w, session_post(w, c.digest, S("otsu-head")), DENIED); /* another's */
    assert_fault(w, "you do not hold");
    commit(w);
    assert_ok(w, caller_of_session(w, a, &c));
    assert_str(c.post_code, "otsu-staff");
    int64_t start = w->now;
    for (; w->now < start + SESSION_SECONDS - SESSION_IDLE / 2; w->now += SESSION_IDLE / 2) {
        assert_ok(w, caller_of_session(w, a, &c));
        begin(w);
        assert_ok(w, session_touch(w, c.digest));
        commit(w);
    }
    assert_ok(w, caller_of_session(w, a, &c));
    assert_err(w, caller_of_session(w, b, &c), NOTFOUND); /* idle */
    w->now = start + SESSION_SECONDS;
    assert_err(w, caller_of_session(w, a, &c), NOTFOUND); /* however busy */
}

static void everywhere(struct work *w)
{
    registry(w);
    int64_t person;
    str a;
    struct caller c;
    struct facts f = facts_of(w);
    assert_ok(w, person_by_code(w, S("s1"), &person));
    begin(w);
    assert_ok(w, session_begin(w, person, S("demo"), S(HERE), &a));
    commit(w);
    as(w, "s2");
    assert_err(w, act_by(w, "account", "sign-out-everywhere", GIVEN({"person", "s1"}), &f.doc), DENIED);
    assert_err(w, act_by(w, "account", "sessions", GIVEN({"all", "1"}), &f.doc), DENIED);
    assert_err(w, act_by(w, "account", "session-end", GIVEN({"id", "1"}), &f.doc), NOTFOUND);
    w->faults = (struct faults){0};
    as(w, "k1");
    assert_ok(w, act_by(w, "account", "sessions", GIVEN({"all", "1"}), &f.doc));
    assert_true(tells(&f, "|s1|demo|" HERE));
    /* administers kou alone, and s1 holds a post at otsu as well */
    assert_err(w, act_by(w, "account", "sign-out-everywhere", GIVEN({"person", "s1"}), &f.doc), DENIED);
    assert_fault(w, "out of your reach");
    assert_err(w, act_by(w, "account", "add", GIVEN({"person", "s1"}), &f.doc), DENIED);
    assert_err(w, act_by(w, "account", "add", GIVEN({"person", "s2"}), &f.doc), NOTFOUND);
    w->faults = (struct faults){0};
    as(w, "a1");
    assert_ok(w, act_by(w, "account", "sign-out-everywhere", GIVEN({"person", "s1"}), &f.doc));
    assert_err(w, caller_of_session(w, a, &c), NOTFOUND);
    assert_err(w, act_by(w, "account", "lock", GIVEN({"person", "a1"}), &f.doc), INVALID);
}

static void tokens(struct work *w)
{
    registry(w);
    struct facts f = facts_of(w);
    struct caller c;
    as(w, "s1/kou-staff");
    assert_ok(w, act_by(w, "account", "token", GIVEN({"label", "dashboard"}, {"days", "10"}), &f.doc));
    str token = fact(w, &f, "token");
    assert_ok(w, caller_of_token(w, token, &c));
    assert_true(c.token && c.read_only);
    assert_str(c.post_code, "kou-staff");
    f = facts_of(w);
    assert_ok(w, act_by(w, "account", "token", GIVEN({"label", "robot"}, {"acts", "1"}), &f.doc));
    assert_ok(w, caller_of_token(w, fact(w, &f, "token"), &c));
    assert_false(c.read_only);
    assert_err(w, caller_of_token(w, S("meguri_x"), &c), NOTFOUND);
    assert_err(w, caller_of_token(w, str_sub(token, 0, token.n - 1), &c), NOTFOUND);
    as(w, "s2");
    assert_err(w, act_by(w, "account", "token-revoke", GIVEN({"id", "1"}), &f.doc), NOTFOUND); /* another's */
    w->faults = (struct faults){0};
    assert_ok(w, caller_of_token(w, token, &c));
    w->now += 10 * 86400;
    assert_err(w, caller_of_token(w, token, &c), NOTFOUND);
    w->now -= 10 * 86400;
    as(w, "s1/kou-staff");
    assert_ok(w, act_by(w, "account", "token-revoke", GIVEN({"id", "1"}), &f.doc));
    assert_err(w, caller_of_token(w, token, &c), NOTFOUND);
    f = facts_of(w);
    assert_ok(w, act_by(w, "account", "token", GIVEN({"label", "gone"}), &f.doc));
    as_owner(w);
    put(w, "posts", "code,duty,org,person\r\nkou-staff,staff,kou,\r\n"); /* the post is another's now */
    assert_err(w, caller_of_token(w, fact(w, &f, "token"), &c), NOTFOUND);
}

static void subjects(struct work *w)
{
    registry(w);
    int64_t person, s1;
    assert_ok(w, person_by_code(w, S("s1"), &s1));
    assert_err(w, subject_find(w, S("https://idp"), S("u-1"), S(""), &person), NOTFOUND);
    assert_ok(w, subject_find(w, S("https://idp"), S("u-1"), S("s1@example.jp"), &person));
    assert_int_equal(person, s1);
    begin(w);
    assert_ok(w, subject_bind(w, S("https://idp"), S("u-1"), person));
    commit(w);
    assert_ok(w, subject_find(w, S("https://idp"), S("u-1"), S(""), &person));
    assert_int_equal(person, s1);
    assert_err(w, subject_find(w, S("https://other"), S("u-1"), S(""), &person), NOTFOUND);
    assert_ok(w, subject_find(w, S("https://idp/"), S("u-1"), S(""), &person)); /* one issuer, however it is written */
    as_owner(w);
    put(w, "people", "code,org,name_ja,mail\r\ns1,kou,乙川 花子,new@example.jp\r\n"
                     "s2,otsu,丙山 一,s1@example.jp\r\n");
    assert_ok(w, subject_find(w, S("https://idp"), S("u-1"), S("s1@example.jp"), &person));
    assert_int_equal(person, s1); /* a mail address that moves takes no binding with it */
    put(w, "people", "code,org,name_ja,to\r\ns1,kou,乙川 花子,2007-03-31\r\n");
    assert_err(w, subject_find(w, S("https://idp"), S("u-1"), S("s1@example.jp"), &person), DENIED);
    assert_fault(w, "account unbind");
    struct facts f = facts_of(w);
    assert_ok(w, act_by(w, "account", "unbind", GIVEN({"person", "s1"}), &f.doc)); /* though s1 has left */
    assert_ok(w, subject_find(w, S("https://idp"), S("u-1"), S("s1@example.jp"), &person));
    assert_int_not_equal(person, s1);
}

static void bindings(struct work *w)
{
    registry(w);
    int64_t person, s2;
    str cookie;
    struct caller c;
    struct facts f = facts_of(w);
    assert_ok(w, person_by_code(w, S("s2"), &s2));
    as(w, "s2");
    assert_err(w, act_by(w, "account", "bind", GIVEN({"person", "s2"}, {"subject", "u-2"}), &f.doc), DENIED);
    w->faults = (struct faults){0};
    as(w, "k1"); /* reaches kou alone, and s1 holds a post at otsu */
    assert_err(
        w, act_by(w, "account", "bind", GIVEN({"person", "s1"}, {"subject", "u"}, {"issuer", "https://idp"}), &f.doc),
        DENIED);
    assert_fault(w, "out of your reach");
    as(w, "a1");
    assert_err(w, act_by(w, "account", "bind", GIVEN({"person", "nobody"}, {"subject", "u-2"}), &f.doc), NOTFOUND);
    assert_fault(w, "no person 'nobody'");
    assert_err(w, act_by(w, "account", "bind", GIVEN({"person", "s2"}, {"subject", "u-2"}), &f.doc), INVALID);
    assert_fault(w, "has no issuer");
    begin(w);
    assert_ok(w, setting_put(w, S("oidc_issuer"), S("https://idp/")));
    commit(w);
    assert_ok(w, act_by(w, "account", "bind", GIVEN({"person", "s2"}, {"subject", "u-2"}), &f.doc));
    assert_ok(w, subject_find(w, S("https://idp/"), S("u-2"), S("s1@example.jp"), &person));
    assert_int_equal(person, s2);
    assert_err(w, act_by(w, "account", "bind", GIVEN({"person", "k1"}, {"subject", "u-2"}), &f.doc), CONFLICT);
    assert_fault(w, "bound already");
    assert_ok(w, act_by(w, "account", "list", GIVEN({"org", "gov"}), &f.doc));
    assert_true(tells(&f, "|s2|https://idp|u-2|"));
    struct facts kou = facts_of(w);
    as(w, "k1");
    assert_ok(w, act_by(w, "account", "list", GIVEN({"org", "kou"}), &kou.doc));
    assert_false(tells(&kou, "u-2"));
    begin(w);
    assert_ok(w, session_begin(w, s2, S("oidc"), S(HERE), &cookie));
    commit(w);
    as(w, "a1");
    assert_err(w, act_by(w, "account", "unbind", GIVEN({"person", "s2"}, {"subject", "u-3"}), &f.doc), NOTFOUND);
    assert_fault(w, "no such user is bound");
    assert_ok(w, act_by(w, "account", "unbind", GIVEN({"person", "s2"}, {"subject", "u-2"}), &f.doc));
    assert_err(w, subject_find(w, S("https://idp"), S("u-2"), S(""), &person), NOTFOUND);
    assert_err(w, caller_of_session(w, cookie, &c), NOTFOUND);
    struct facts told = facts_of(w);
    assert_ok(w, act_by(w, "journal", "show", GIVEN({"last", "5"}), &told.doc));
    assert_true(tells(&told, "account bind"));
}

static str token_of(struct work *w, const char *who)
{
    struct facts f = facts_of(w);
    as(w, who);
    assert_ok(w, act_by(w, "account", "token", GIVEN({"label", "robot"}), &f.doc));
    return fact(w, &f, "token");
}

/* Whatever ends a person's sessions ends what their programs come in by. */
static void tokens_end_with_sessions(struct work *w)
{
    registry(w);
    struct doc silent = doc_silent(w);
    struct caller c;
    set_up(w, "s1");
    str token = token_of(w, "s1/kou-staff"), other = token_of(w, "s2");
    assert_ok(w, act_by(w, "account", "sign-out-everywhere", GIVEN({"person", "s2"}), &silent));
    assert_err(w, caller_of_token(w, other, &c), NOTFOUND);
    assert_ok(w, caller_of_token(w, token, &c)); /* another's stays */
    as(w, "s1/kou-staff");
    assert_ok(w, act_by(w, "account", "password", GIVEN({"old", PASSWORD}, {"password", "another long one"}), &silent));
    assert_err(w, caller_of_token(w, token, &c), NOTFOUND);
    token = token_of(w, "s1/kou-staff");
    set_up(w, "s1");
    assert_err(w, caller_of_token(w, token, &c), NOTFOUND);
    token = token_of(w, "s1/kou-staff");
    as(w, "a1");
    assert_ok(w, act_by(w, "account", "lock", GIVEN({"person", "s1"}), &silent));
    assert_ok(w, act_by(w, "account", "unlock", GIVEN({"person", "s1"}), &silent));
    assert_err(w, caller_of_token(w, token, &c), NOTFOUND);
}

/* What a program may not do with its token; web/ looks at the flag. */
static void tokens_open_no_ways(void **state)
{
    static const char *const closed[] = {"token", "totp", "password", "post",        "add",                 "link",
                                         "bind",  "unbind", "lock",   "session-end", "sign-out-everywhere", "unlock"};
    (void)state;
    for (size_t i = 0; i < sizeof closed / sizeof closed[0]; i++) {
        const struct entry *e = entry_find(&account_room, str_of(closed[i]));
        assert_non_null(e);
        assert_true(e->flags & NO_TOKEN);
    }
    assert_false(entry_find(&account_room, S("token-revoke"))->flags & NO_TOKEN); /* a leaked one may end itself */
}

static void tokens_are_made_in_a_session(struct work *w)
{
    registry(w);
    struct facts f = facts_of(w);
    const struct board board = {0};
    as(w, "s2");
    w->board = &board; /* as on the web */
    assert_err(w, act_by(w, "account", "token", GIVEN({"label", "x"}), &f.doc), DENIED);
    assert_fault(w, "signed in here");
    w->session = S("digest");
    assert_ok(w, act_by(w, "account", "token", GIVEN({"label", "x"}), &f.doc));
    w->session = S("");
    w->board = NULL;
}

/* ---- letters with links ---- */

static void count_withdrawn(void *to, const struct link_line *l) { *(int *)to += l->withdrawn != 0; }

static int withdrawn(struct work *w)
{
    int n = 0;
    assert_ok(w, links_each_of(w, S("r"), count_withdrawn, &n));
    return n;
}

static struct letter letter_for(struct work *w, const char *respondent)
{
    struct known_person p;
    struct letter l;
    as_owner(w);
    assert_ok(w, person_within(w, S("s1"), false, &p));
    const struct new_link link = {.digest = sha256_hex(w->a, secret_new(w->a, 8)),
                                  .respondent = str_of(respondent), .mail = p.mail, .subject = S("s"),
                                  .text = S("a link"), .org = p.org, .person = p.id};
    begin(w);
    assert_ok(w, links_add(w, S("r"), w->now + 1000, &link, 1));
    commit(w);
    assert_ok(w, outbox_next(w, &l));
    assert_str(l.text, "a link");
    return l;
}

static void letters_and_links_end_together(struct work *w)
{
    registry(w);
    struct facts f = facts_of(w);
    struct letter l = letter_for(w, "kou-staff"), none;
    begin(w);
    assert_ok(w, outbox_sent(w, l.id, S("no such box (550)"), true)); /* given up: nobody holds the link */
    commit(w);
    assert_int_equal(withdrawn(w), 1);
    letter_for(w, "otsu-staff");
    w->now += 1000; /* the link has ended, and the letter still waits */
    assert_err(w, outbox_next(w, &none), NOTFOUND);
    int64_t over = 0;
    assert_ok(w, outbox_over(w, &over));
    assert_int_equal(over, 1);
    begin(w);
    assert_ok(w, outbox_stop(w));
    commit(w);
    assert_ok(w, outbox_over(w, &over));
    assert_int_equal(over, 0);
    l = letter_for(w, "kou-staff");
    assert_ok(w, act_by(w, "account", "link-revoke", GIVEN({"id", "3"}), &f.doc));
    assert_err(w, outbox_next(w, &none), NOTFOUND);
    assert_ok(w, outbox_over(w, &over));
    assert_int_equal(over, 0); /* its text is gone already */
    letter_for(w, "kou-staff");
    w->now++;
    letter_for(w, "kou-staff"); /* takes the place of the one before, which is not sent any more */
    assert_int_equal(withdrawn(w), 3);
    assert_ok(w, outbox_over(w, &over));
    assert_int_equal(over, 0);
    begin(w);
    assert_ok(w, outbox_next(w, &l));
    assert_ok(w, outbox_sent(w, l.id, S(""), false));
    assert_err(w, outbox_next(w, &none), NOTFOUND);
    commit(w);
    assert_int_equal(withdrawn(w), 3); /* sent: its link lives */
}

static void links_need_mail(struct work *w)
{
    registry(w);
    struct facts f = facts_of(w);
    begin(w);
    assert_ok(w, setting_put(w, S("url"), S("https://m.example")));
    commit(w);
    as(w, "s2");
    assert_err(w, act_by(w, "account", "link", GIVEN({"round", "r"}, {"org", "otsu"}), &f.doc), INVALID);
    assert_fault(w, "--smtp and --mail_from");
    begin(w);
    assert_ok(w, setting_put(w, S("mail"), S("1")));
    commit(w);
    assert_err(w, act_by(w, "account", "link", GIVEN({"round", "r"}, {"org", "otsu"}), &f.doc), NOTFOUND);
    assert_fault(w, "no round 'r'");
}

static void demonstration(struct work *w)
{
    assert_false(demo_marked(w));
    begin(w);
    assert_ok(w, demo_mark(w));
    commit(w);
    assert_true(demo_marked(w));
}

static void passwords(struct work *w)
{
    assert_err(w, password_fits(w, S("s1"), S("short")), INVALID);
    assert_fault(w, "12 characters");
    assert_err(w, password_fits(w, S("staff-77"), S("my code is staff-77!")), INVALID);
    assert_fault(w, "code of the person");
    assert_err(w, password_fits(w, S("s1"), S("aaaaaaaaaaaaaaaa")), INVALID);
    assert_fault(w, "repeated");
    assert_ok(w, password_fits(w, S("s1"), S("さくらのはなさくころにまた")));
    registry(w);
    struct doc silent = doc_silent(w);
    struct passed p;
    str secret = set_up(w, "s1");
    as(w, "s1/kou-staff");
    assert_err(w,
               act_by(w, "account", "password", GIVEN({"old", "wrong wrong wrong"}, {"password", "another long one"}),
                      &silent),
               DENIED);
    assert_fault(w, "not your password");
    assert_ok(w, act_by(w, "account", "password", GIVEN({"old", PASSWORD}, {"password", "another long one"}), &silent));
    assert_ok(w, check(w, "s1", "another long one", totp_code(w->a, secret, w->now), HERE, &p));
    assert_err(w, check(w, "s1", PASSWORD, totp_code(w->a, secret, w->now), HERE, &p), DENIED);
}

/* ---- the first administrator ---- */

static void first_admin(struct work *w)
{
    put(w, "organisations", "code,parent,kind,name_ja,name_en,order\r\ngov,,government,政府,Government,1\r\n");
    struct facts f = facts_of(w);
    assert_err(w, act_by(w, "account", "first-admin", GIVEN({"person", "boss"}, {"org", "gov"}), &f.doc), INVALID);
    assert_fault(w, "give a name");
    assert_ok(w, act_by(w, "account", "first-admin", GIVEN({"person", "boss"}, {"name", "管理 花子"}, {"org", "gov"}),
                        &f.doc));
    str code = fact(w, &f, "code"), secret = totp_new(w->a);
    struct setup s;
    assert_ok(w, setup_look(w, code, &s));
    w->now += 3600;
    assert_err(w, setup_look(w, code, &s), NOTFOUND); /* an hour */
    w->now -= 3600;
    begin(w);
    assert_ok(w, setup_done(w, code, password_hash(w->a, S(PASSWORD)), secret, 0, S("set-boss")));
    commit(w);
    as(w, "boss");
    assert_true(may(w->actor, MAY_ADMINISTER, w->actor->lo));
    as_owner(w);
    assert_err(w, act_by(w, "account", "first-admin", GIVEN({"person", "two"}, {"name", "B"}, {"org", "gov"}), &f.doc),
               CONFLICT);
    assert_fault(w, "already (1)");
    f = facts_of(w);
    assert_ok(w, act_by(w, "account", "first-admin",
                        GIVEN({"person", "two"}, {"name", "B"}, {"org", "gov"}, {"again", "1"}), &f.doc));
}

/* ---- what the store holds ---- */

/* Nothing that would let somebody in may be found in the store's file. */
static void nothing_secret_is_stored(struct work *w)
{
    registry(w);
    str setup_code, cookie, token;
    int64_t person;
    struct facts f = facts_of(w);
    set_up(w, "s1");
    as_owner(w);
    assert_ok(w, act_by(w, "account", "add", GIVEN({"person", "a1"}), &f.doc));
    setup_code = fact(w, &f, "code");
    as(w, "s1/kou-staff");
    assert_ok(w, act_by(w, "account", "password", GIVEN({"old", PASSWORD}, {"password", "a new one for the search"}),
                        &f.doc));
    assert_ok(w, act_by(w, "account", "token", GIVEN({"label", "x"}), &f.doc));
    token = fact(w, &f, "token");
    assert_ok(w, person_by_code(w, S("s1"), &person));
    begin(w);
    assert_ok(w, session_begin(w, person, S("demo"), S(HERE), &cookie));
    commit(w);
    const str secrets[] = {S(PASSWORD), S("a new one for the search"), setup_code, token, cookie};
    size_t read = 0;
    for (int tail = 0; tail < 2; tail++) {
        FILE *file = fopen(str_c(w->a, str_fmt(w->a, "%.*s%s", STR_ARG(store_url()), tail ? "-wal" : "")), "rb");
        if (file == NULL) continue;
        char *all = arena_alloc(w->a, 8 << 20);
        size_t n = fread(all, 1, 8 << 20, file);
        fclose(file);
        read += n;
        assert_true(tail == 1 || memmem(all, n, "SQLite", 6) != NULL);
        for (size_t i = 0; i < sizeof secrets / sizeof secrets[0]; i++)
            assert_null(memmem(all, n, secrets[i].p, secrets[i].n));
    }
    assert_true(read > 50000);
    struct journal_state state;
    assert_ok(w, journal_verify(w, S(""), &state));
    assert_int_equal(state.broken_at, 0);
}

#define EACH(name) static void name##_each(void **state) { (void)state; each_store(name); }
EACH(right_and_wrong)
EACH(limits)
static void sessions_each_(void **state) { (void)state; each_store(sessions); }
EACH(everywhere)
static void tokens_each_(void **state) { (void)state; each_store(tokens); }
static void subjects_each_(void **state) { (void)state; each_store(subjects); }
EACH(passwords)
EACH(bindings)
EACH(tokens_end_with_sessions)
EACH(tokens_are_made_in_a_session)
EACH(letters_and_links_end_together)
EACH(links_need_mail)
EACH(demonstration)
EACH(first_admin)
static void secrets_searched(void **state)
{
    (void)state;
    on_sqlite(nothing_secret_is_stored);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(totp_vectors),    cmocka_unit_test(seals),           cmocka_unit_test(waiting),
        cmocka_unit_test(right_and_wrong_each), cmocka_unit_test(limits_each), cmocka_unit_test(sessions_each_),
        cmocka_unit_test(everywhere_each), cmocka_unit_test(tokens_each_),    cmocka_unit_test(subjects_each_),
        cmocka_unit_test(bindings_each), cmocka_unit_test(tokens_end_with_sessions_each),
        cmocka_unit_test(tokens_open_no_ways), cmocka_unit_test(tokens_are_made_in_a_session_each),
        cmocka_unit_test(letters_and_links_end_together_each), cmocka_unit_test(links_need_mail_each),
        cmocka_unit_test(demonstration_each),
        cmocka_unit_test(passwords_each),  cmocka_unit_test(first_admin_each), cmocka_unit_test(secrets_searched),
    };
    shelf = arena_new(0);
    int failed = cmocka_run_group_tests_name("account", tests, NULL, NULL);
    arena_free(shelf);
    return failed;
}
