/* Who is it? Sessions, tokens, passwords, links, subjects: everything that proves a person. */
#include "base/hash.h"
#include "base/secret.h"
#include "base/totp.h"
#include "base/utf8.h"

#include "account/come_in.h"
#include "account/tries.h"
#include "store/journal.h"

enum { SECRET_BYTES = 32, SECRET_TEXT = 43, SETUP_CODE = 24, PASSWORD_LEAST = 12, PASSWORD_MOST = 1024 };

/* ---- the post acted in ---- */

/* The wanted one when it is still held; the only one; else none, for the person to choose. */
static enum err post_now(struct work *w, str person, str wanted, str *out)
{
    struct post_held *held;
    size_t n;
    enum err e = actor_posts(w, person, &held, &n);
    if (e != OK) return e;
    *out = n == 1 ? held[0].code : (str){"", 0};
    for (size_t i = 0; i < n; i++)
        if (wanted.n != 0 && str_eq(held[i].code, wanted)) *out = held[i].code;
    return OK;
}

static enum err holds(struct work *w, str person, str post, bool *out)
{
    str now;
    enum err e = post_now(w, person, post, &now);
    *out = e == OK && post.n != 0 && str_eq(now, post);
    return e;
}

/* ---- sessions ---- */

static bool over(const struct session_row *s, int64_t now)
{
    bool link = s->respondent.n != 0;
    return now - s->begun >= (link ? LINK_SECONDS : SESSION_SECONDS) ||
           now - s->seen >= (link ? LINK_IDLE : SESSION_IDLE);
}

/* The sheet's own, whoever holds that post now: the sheet is the person's who held it on the base date. */
static enum err post_of_link(struct work *w, const struct session_row *s, str *out)
{
    struct actor actor;
    enum err e = sheet_owner(w, s->round, s->respondent, s->person, &actor);
    if (e == OK) *out = s->respondent;
    return e;
}

enum err link_actor(struct work *w, const struct caller *c, struct actor *out)
{
    return sheet_owner(w, c->only_round, c->only_respondent, c->person, out);
}

enum err caller_of_session(struct work *w, str secret, struct caller *out)
{
    struct session_row s;
    if (secret.n != SECRET_TEXT) return NOTFOUND;
    str digest = sha256_hex(w->a, secret), post;
    enum err e = session_row(w, digest, &s);
    if (e == OK && over(&s, w->now)) e = NOTFOUND;
    if (e == OK) e = s.respondent.n != 0 ? post_of_link(w, &s, &post) : post_now(w, s.person_code, s.post, &post);
    if (e != OK) return e;
    *out = (struct caller){
        .person = s.person,
        .session = s.id,
        .person_code = s.person_code,
        .post_code = post,
        .digest = digest,
        .csrf_key = s.csrf,
        .stale = w->now - s.seen >= SESSION_TOUCH,
        .only_respondent = s.respondent,
        .only_round = s.round,
    };
    return OK;
}

static enum err begin(struct work *w, struct session_row *s, str peer, str *secret)
{
    char csrf[KEY_BYTES];
    random_bytes(csrf, sizeof csrf);
    s->csrf = (str){csrf, sizeof csrf};
    str text = secret_new(w->a, SECRET_BYTES);
    enum err e = sessions_prune(w);
    if (e == OK) e = session_add(w, s, sha256_hex(w->a, text), peer);
    if (e == OK) e = journal_quiet(w);
    if (e != OK) return e;
    *secret = text;
    return OK;
}

enum err session_begin(struct work *w, int64_t person, str how, str peer, str *secret)
{
    struct session_row s = {.person = person, .how = how, .post = S(""), .round = S(""), .respondent = S("")};
    enum err e = person_code_of(w, person, &s.person_code);
    if (e == OK) e = post_now(w, s.person_code, S(""), &s.post);
    if (e == OK) e = seen_put(w, person);
    return e == OK ? begin(w, &s, peer, secret) : e;
}

enum err session_touch(struct work *w, str digest) { return session_seen(w, digest); }

enum err session_end(struct work *w, str digest)
{
    enum err e = session_drop(w, digest);
    return e == OK ? journal_quiet(w) : e;
}

/* The post stays what it is in a session of a one-sheet link. */
enum err session_post(struct work *w, str digest, str post_code)
{
    struct session_row s;
    bool held = false;
    enum err e = session_row(w, digest, &s);
    if (e == NOTFOUND) return fault(w, DENIED, M("the session has ended: sign in again"));
    if (e == OK && s.respondent.n == 0) e = holds(w, s.person_code, post_code, &held);
    if (e != OK) return e;
    if (!held) return fault(w, DENIED, M("you do not hold the post '%1' today: choose one of yours"), post_code);
    return session_post_put(w, digest, post_code);
}

/* ---- tokens, proxy, OpenID Connect ---- */

enum err caller_of_token(struct work *w, str token, struct caller *out)
{
    struct token_row t;
    bool held;
    if (!str_starts(token, S(TOKEN_PREFIX))) return NOTFOUND;
    enum err e = token_row(w, sha256_hex(w->a, token), &t);
    if (e == OK) e = holds(w, t.person_code, t.post, &held);
    if (e == OK && !held) e = NOTFOUND;
    if (e != OK) return e;
    *out = (struct caller){.person = t.person, .person_code = t.person_code, .post_code = t.post, .token = true,
                           .read_only = t.read_only};
    return OK;
}

enum err caller_of_person(struct work *w, str person_code, struct caller *out)
{
    int64_t person;
    str post;
    enum err e = person_current(w, person_code, &person);
    if (e == OK) e = post_now(w, person_code, S(""), &post);
    if (e != OK) return e;
    *out = (struct caller){.person = person, .person_code = str_dup(w->a, person_code), .post_code = post};
    return OK;
}

enum err person_by_code(struct work *w, str code, int64_t *person) { return person_current(w, code, person); }

enum err subject_find(struct work *w, str issuer, str subject, str mail, int64_t *person)
{
    int64_t bound;
    enum err e = subject_row(w, issuer_key(issuer), subject, person);
    if (e != NOTFOUND) return e;
    e = subject_person(w, issuer_key(issuer), subject, &bound);
    if (e == OK)
        return fault(w, DENIED,
                     M("whoever you were here has left or is locked: an administrator ends what binds you to that "
                       "person (`account unbind`), or lets you in again"));
    return e == NOTFOUND && mail.n != 0 ? mail_person(w, mail, person) : e;
}

enum err subject_bind(struct work *w, str issuer, str subject, int64_t person)
{
    return subject_add(w, issuer_key(issuer), subject, person);
}

/* ---- the demonstration ---- */

#define DEMO_MARK S("demo")

enum err demo_mark(struct work *w) { return setting_put(w, DEMO_MARK, S("1")); }

bool demo_marked(struct work *w)
{
    str mark;
    return setting_get(w, DEMO_MARK, &mark) == OK && str_eq(mark, S("1"));
}

/* ---- password and code ---- */

static enum err wait_of(struct work *w, str user, str peer, int64_t *seconds)
{
    struct tries pair, net, known;
    enum err e = tries_of(w, pair_key(w->a, user, peer), &pair);
    if (e == OK) e = tries_of(w, net_key(w->a, peer), &net);
    if (e == OK) e = tries_of(w, known_key(w->a, user, peer), &known);
    if (e != OK) return e;
    bool is_known = known.at > w->now;
    int64_t of_pair = wait_left(pair, PAIR_FREE, is_known ? WAIT_KNOWN : WAIT_PAIR, w->now);
    int64_t of_net = is_known ? 0 : wait_left(net, NET_FREE, WAIT_NET, w->now);
    *seconds = of_pair > of_net ? of_pair : of_net;
    return OK;
}

enum err signin_check(struct work *w, str user, str password, str code, str peer, struct passed *out)
{
    const str nobody = S("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"); /* so that an unknown name takes the same steps */
    struct account_row a = {.totp = nobody};
    int64_t wait;
    enum err e = wait_of(w, user, peer, &wait);
    if (e != OK) return e;
    if (wait > 0) return fault(w, BUSY, M("too many tries: try again in %1 seconds"), str_int(w->a, wait));
    e = account_row(w, user, &a);
    if (e != OK && e != NOTFOUND) return e;
    bool known = e == OK && a.password.n != 0 && a.totp.n != 0;
    bool right = password_right(known ? a.password : S(""), str_sub(password, 0, PASSWORD_MOST));
    int64_t step = totp_step(w->a, known ? a.totp : nobody, code, w->now, a.totp_step);
    if (!known || !right || step == 0 || password.n > PASSWORD_MOST)
        return fault(w, DENIED, M("user, password or code is not right; a code works once and for a minute"));
    *out = (struct passed){a.person, step};
    return OK;
}

static enum err count_try(struct work *w, str key)
{
    struct tries t;
    enum err e = tries_of(w, key, &t);
    return e == OK ? tries_put(w, key, tried_again(t, w->now)) : e;
}

enum err signin_failed(struct work *w, str user, str peer)
{
    enum err e = tries_prune(w, w->now - 2 * TRIES_FORGOTTEN);
    if (e == OK) e = count_try(w, pair_key(w->a, user, peer));
    return e == OK ? count_try(w, net_key(w->a, peer)) : e;
}

enum err signin_passed(struct work *w, str user, str peer, const struct passed *p)
{
    bool used;
    enum err e = step_use(w, p->person, p->step, &used);
    if (e != OK) return e;
    if (!used) return fault(w, DENIED, M("user, password or code is not right; a code works once and for a minute"));
    e = tries_drop(w, pair_key(w->a, user, peer));
    /* Kept as the time until which it is known, so that pruning the old leaves it. */
    return e == OK ? tries_put(w, known_key(w->a, user, peer), (struct tries){0, w->now + KNOWN_SECONDS}) : e;
}

/* ---- setting up ---- */

static str plain_code(struct arena *a, str typed)
{
    struct buf b = buf_in(a);
    for (size_t i = 0; i < typed.n; i++) {
        char c = typed.p[i];
        if (c >= 'a' && c <= 'z') c = (char)(c - 'a' + 'A');
        if ((c >= 'A' && c <= 'Z') || (c >= '2' && c <= '7')) buf_byte(&b, c);
    }
    return buf_str(&b);
}

str setup_code_new(struct arena *a)
{
    str letters = totp_new(a);
    struct buf b = buf_in(a);
    for (size_t i = 0; i < SETUP_CODE; i++) {
        if (i != 0 && i % 4 == 0) buf_byte(&b, '-');
        buf_byte(&b, letters.p[i]);
    }
    return buf_str(&b);
}

str setup_code_digest(struct arena *a, str typed) { return sha256_hex(a, plain_code(a, typed)); }

enum err setup_look(struct work *w, str code, struct setup *out)
{
    if (plain_code(w->a, code).n != SETUP_CODE) return NOTFOUND;
    return setup_row(w, setup_code_digest(w->a, code), out);
}

static int64_t characters(str s)
{
    int64_t n = 0;
    for (size_t at = 0; at < s.n; n++) (void)utf8_next(s, &at);
    return n;
}

enum err password_fits(struct work *w, str person_code, str password)
{
    struct where at = {.field = S("password")};
    if (utf8_bad(password) != password.n || password.n > PASSWORD_MOST)
        return fault_in(w, INVALID, at, M("a password has at most 1,024 bytes of text"));
    if (characters(password) < PASSWORD_LEAST)
        return fault_in(w, INVALID, at,
                        M("a password has 12 characters or more; several words are easy to keep in mind"));
    if (person_code.n != 0 && str_find(password, person_code) >= 0)
        return fault_in(w, INVALID, at, M("the password holds the code of the person: choose another"));
    bool same = true;
    for (size_t i = 1; i < password.n; i++) same = same && password.p[i] == password.p[0];
    return same ? fault_in(w, INVALID, at, M("one character repeated is no password: choose another")) : OK;
}

enum err setup_done(struct work *w, str code, str hash, str totp, int64_t step, str act_id)
{
    struct setup s;
    int64_t ended;
    enum err e = setup_look(w, code, &s);
    if (e != OK) return e;
    e = account_put(w, s.person, hash, totp, step);
    if (e == OK) e = sessions_drop(w, s.person, S(""), &ended);
    if (e == OK) e = tokens_drop(w, s.person, &ended);
    if (e != OK) return e;
    const struct journal_actor by = {s.person_code, S(""), S("")};
    return journal_add(w, &by, S("account setup"), S(""), act_id, NULL, 0);
}

/* ---- one-sheet links ---- */

/* Why it opens nothing any more; OK with no message when it does. Who has the link may know. */
static str link_over(const struct link_found *l, int64_t now)
{
    if (l->used != 0)
        return M("this link was used: it works once, and the sheet stays open for a week in the browser in which it was "
                 "opened; ask the one who sent it for another");
    if (l->withdrawn != 0)
        return M("this link was withdrawn, or a newer one was sent: look for a later letter, or ask the one who sent it");
    if (!l->open) return M("the round is closed: nothing more is answered");
    if (l->sheet == 2) return M("the sheet was submitted and is confirmed: there is nothing left to do");
    if (l->expires <= now) return M("the time of this link is over: ask the one who sent it for another");
    return (str){0};
}

static enum err link_nothing(struct work *w)
{
    return fault(w, NOTFOUND,
                 M("this link opens nothing: look whether the address is whole, or ask the one who sent it for another"));
}

enum err link_look(struct work *w, str token, struct sheet_link *out)
{
    struct link_found l = {0};
    enum err e = token.n == SECRET_TEXT ? link_row(w, sha256_hex(w->a, token), &l) : NOTFOUND;
    if (e != OK && e != NOTFOUND) return e;
    if (e == NOTFOUND || !l.theirs || l.locked) return link_nothing(w);
    str over = link_over(&l, w->now);
    if (over.n != 0) return fault_note(w, NOTFOUND, (struct where){0}, &over, 1);
    *out = l.link;
    return OK;
}

enum err link_use(struct work *w, str token, str peer, str *secret)
{
    struct sheet_link l;
    bool now;
    enum err e = link_look(w, token, &l);
    if (e == OK) e = link_used(w, l.id, &now);
    if (e != OK) return e;
    if (!now) return link_nothing(w);
    struct session_row s = {.person = l.person, .how = S("link"), .post = l.respondent, .round = l.round,
                            .respondent = l.respondent};
    return begin(w, &s, peer, secret);
}
