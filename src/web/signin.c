#include "web/signin.h"

#include "base/hash.h"
#include "base/secret.h"
#include "base/totp.h"
#include "web/asked.h"
#include "web/csrf.h"
#include "web/letter_page.h"
#include "web/signin_note.h"

enum { NEXT_MAX = 2000, COOKIE_AGE_GONE = -1 };
#define COOKIE "meguri"

/* ---- shared ---- */

str note_of(struct arena *a, const str *words, size_t n)
{
    struct buf b = buf_in(a);
    for (size_t i = 0; i < n; i++) {
        if (i != 0) buf_byte(&b, '\n');
        buf_add(&b, words[i]);
    }
    return buf_str(&b);
}

size_t note_words(str note, str words[NOTE_WORDS])
{
    size_t n = 0;
    for (size_t i = 0; i < NOTE_WORDS; i++) words[i] = S("");
    while (n < NOTE_WORDS && str_cut(&note, '\n', &words[n])) n++;
    return n;
}

struct signin_look look_of(struct work *w, const struct serving *s, const struct request *r)
{
    return (struct signin_look){.serving = s, .request = r, .w = w};
}

str field_of(const struct form_fields *f, const char *name)
{
    for (size_t i = 0; i < f->n; i++)
        if (!f->field[i].is_file && str_eq(f->field[i].name, str_of(name))) return f->field[i].value;
    return S("");
}

/* Only into this site, and not back to where one comes in or goes out. Browsers read \ as / and drop tabs and line
 * ends, so neither may stand in it. */
str next_of(str s)
{
    if (s.n == 0 || s.n > NEXT_MAX || s.p[0] != '/' || (s.n > 1 && s.p[1] == '/')) return S("");
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] <= ' ' || s.p[i] == '\\' || s.p[i] == 0x7f) return S("");
    return str_starts(s, S("/sign")) || str_starts(s, S("/link/")) || str_starts(s, S("/confirm/")) ? S("") : s;
}

str cookie_name(struct arena *a, const char *name, bool secure)
{
    return str_fmt(a, "%s%s", secure ? "__Host-" : "", name);
}

void cookie_put(struct arena *a, struct reply *reply, const char *name, str value, int age, bool secure)
{
    struct buf b = buf_in(a);
    buf_add(&b, cookie_name(a, name, secure));
    buf_fmt(&b, "=%.*s; Path=/; HttpOnly; SameSite=Lax%s", STR_ARG(value), secure ? "; Secure" : "");
    if (age != 0) buf_fmt(&b, "; Max-Age=%d", age < 0 ? 0 : age);
    reply_header(reply, "Set-Cookie", buf_str(&b));
}

void go_on(struct reply *reply, str url)
{
    reply->status = 303;
    reply_header(reply, "Location", url.n == 0 ? S("/") : url);
    reply_header(reply, "Cache-Control", S("no-store"));
}

str session_cookie(str cookie, bool secure)
{
    str value = cookie_value(cookie, secure ? S("__Host-" COOKIE) : S(COOKIE));
    return value.p == NULL ? S("") : value;
}

/* ---- the pages ---- */

enum page { PAGE_SIGNIN, PAGE_DEMO, PAGE_START, PAGE_BACK, PAGE_OUT, PAGE_SETUP, PAGE_LINK, PAGE_CONFIRM, PAGES };

static const struct {
    str path;
    bool more; /* the path goes on */
    enum place get, post; /* PLACES: not served */
} pages[PAGES] = {
    [PAGE_SIGNIN] = {S_INIT("/signin"), false, AT_READER, AT_GATE},
    [PAGE_DEMO] = {S_INIT("/signin/demo"), false, PLACES, AT_WRITER},
    [PAGE_START] = {S_INIT("/signin/oidc"), false, AT_NET, PLACES},
    [PAGE_BACK] = {S_INIT("/signin/oidc/back"), false, AT_NET, PLACES},
    [PAGE_OUT] = {S_INIT("/signout"), false, PLACES, AT_WRITER},
    [PAGE_SETUP] = {S_INIT("/account/setup"), false, AT_READER, AT_GATE},
    [PAGE_LINK] = {S_INIT("/link/"), true, AT_READER, AT_WRITER},
    [PAGE_CONFIRM] = {S_INIT("/confirm/"), true, AT_READER, AT_WRITER},
};

static enum page page_at(str path)
{
    size_t i = 0;
    while (i < PAGES && !(pages[i].more ? str_starts(path, pages[i].path) : str_eq(path, pages[i].path))) i++;
    return (enum page)i;
}

bool signin_place(const struct request *r, enum place *out)
{
    enum page page = page_at(r->path);
    if (page == PAGES) return false;
    enum place place = r->verb == VERB_POST ? pages[page].post : pages[page].get;
    *out = place == PLACES ? AT_READER : place; /* which then refuses it */
    return true;
}

struct coming { /* a request on its way in */
    struct worker *worker;
    struct work *w;
    const struct serving *serving;
    const struct request *r;
    struct reply *reply;
    struct form_fields form; /* of a POST */
    str note[NOTE_WORDS];
};

static void trouble(struct coming *c, enum err err, int status)
{
    struct signin_look l = look_of(c->w, c->serving, c->r);
    l.err = err;
    c->reply->status = status;
    page_signin_trouble(&l, c->reply);
}

/* ---- the people of the demonstration ---- */

/* The first rows of the view `demo people`: the room knows who they are, this only looks. */
struct people {
    struct doc doc; /* first */
    struct demo_person *list;
    size_t n;
};

static struct cell cell_at(struct people *p, const struct cell *cells, const char *key)
{
    struct arena *a = p->doc.w->a;
    for (size_t i = 0; i < p->doc.n_columns; i++) {
        if (strcmp(p->doc.columns[i].key, key) != 0) continue;
        struct cell c = cells[i];
        c.text = str_dup(a, c.text);
        c.ja = str_dup(a, c.ja);
        c.en = str_dup(a, c.en);
        return c;
    }
    return C_NONE;
}

static void take_person(struct doc *d, const struct cell *cells)
{
    struct people *p = (struct people *)d;
    if (p->n == DEMO_PEOPLE) return;
    p->list[p->n++] =
        (struct demo_person){cell_at(p, cells, "person"), cell_at(p, cells, "duty"), cell_at(p, cells, "org")};
}

static void no_words(struct doc *d, str s) { (void)d, (void)s; }
static void no_fact(struct doc *d, const char *key, str label, const struct cell *c)
{
    (void)d, (void)key, (void)label, (void)c;
}
static void no_table(struct doc *d, const char *name, const struct column *c, size_t n)
{
    (void)d, (void)name, (void)c, (void)n;
}
static void no_end(struct doc *d) { (void)d; }

static size_t demo_people(struct work *w, struct demo_person *list)
{
    static const struct face taking = {no_words, no_words, no_words, no_fact, no_table, take_person, no_end};
    struct people p = {.doc = {.face = &taking, .w = w}, .list = list};
    const struct room *room = room_find(S("demo"));
    const struct entry *entry = room == NULL ? NULL : entry_find(room, S("people"));
    struct args none = {0};
    if (!demo_marked(w)) return 0;
    if (entry == NULL || entry->run(w, &none, &p.doc) != OK) return 0;
    return p.n;
}

/* ---- /signin ---- */

static void signin_form(struct coming *c, enum err err, int status, str next, str user)
{
    struct demo_person people[DEMO_PEOPLE];
    struct signin_look l = look_of(c->w, c->serving, c->r);
    l.err = err;
    l.next = next_of(next);
    l.user = user;
    l.people = people;
    if (c->serving->demo) l.n_people = demo_people(c->w, people);
    c->reply->status = status;
    page_signin(&l, c->reply);
}

static void look_signin(struct coming *c)
{
    struct form_fields query;
    str next = form_fields(c->w, c->r->query, &query) == OK ? field_of(&query, "next") : S("");
    c->w->faults = (struct faults){0};
    signin_form(c, OK, 200, next, S(""));
}

static void check_password(struct coming *c)
{
    struct passed p;
    str user = str_trim(field_of(&c->form, "user")), code = field_of(&c->form, "code");
    struct buf digits = buf_in(c->w->a);
    for (size_t i = 0; i < code.n; i++)
        if (code.p[i] != ' ') buf_byte(&digits, code.p[i]);
    enum err e = signin_check(c->w, user, field_of(&c->form, "password"), buf_str(&digits), c->r->peer, &p);
    if (e == OK) {
        c->reply->then = AT_WRITER;
        c->reply->note = NOTE(c->w->a, S("passed"), str_int(c->w->a, p.person), str_int(c->w->a, p.step));
        return;
    }
    signin_form(c, e, e == DENIED ? 401 : e == BUSY ? 429 : 503, field_of(&c->form, "next"), user);
    if (e != DENIED) return;
    c->reply->then = AT_WRITER;
    c->reply->keep = true;
    c->reply->note = S("failed");
}

/* The session begins: the cookie, and on to the page wanted. */
static void let_in(struct coming *c, int64_t person, str how, str next)
{
    str secret;
    enum err e = session_begin(c->w, person, how, c->r->peer, &secret);
    if (e != OK) {
        trouble(c, e, 503);
        return;
    }
    cookie_put(c->w->a, c->reply, COOKIE, secret, 0, c->r->secure);
    go_on(c->reply, next_of(next));
}

static void write_signin(struct coming *c)
{
    str user = str_trim(field_of(&c->form, "user")), next = field_of(&c->form, "next");
    struct passed p;
    if (str_eq(c->note[0], S("failed"))) {
        if (signin_failed(c->w, user, c->r->peer) != OK) trouble(c, STORE, 503);
        return;
    }
    if (!str_eq(c->note[0], S("passed")) || !str_to_int(c->note[1], &p.person) || !str_to_int(c->note[2], &p.step)) {
        trouble(c, fault(c->w, DENIED, M("sign in first")), 401);
        return;
    }
    enum err e = signin_passed(c->w, user, c->r->peer, &p);
    if (e == OK) let_in(c, p.person, S("password"), next);
    else signin_form(c, e, e == DENIED ? 401 : 503, next, user);
}

/* ---- /signin/demo ---- */

/* One of those that the page lists, and nobody else, whatever is in the database. */
static bool demo_lists(struct coming *c, str code)
{
    struct demo_person people[DEMO_PEOPLE];
    size_t n = c->serving->demo ? demo_people(c->w, people) : 0;
    for (size_t i = 0; i < n; i++)
        if (str_eq(people[i].person.text, code)) return true;
    return false;
}

static void write_demo(struct coming *c)
{
    int64_t person;
    str code = field_of(&c->form, "person");
    enum err e = demo_lists(c, code) ? person_by_code(c->w, code, &person) : NOTFOUND;
    if (e == OK) let_in(c, person, S("demo"), field_of(&c->form, "next"));
    else
        trouble(c, fault(c->w, DENIED, M("nobody of the demonstration is called so, or this is no demonstration")),
                403);
}

/* ---- /signin/oidc ---- */

static enum err subject_person(struct coming *c, int64_t *person)
{
    str issuer = c->note[1], subject = c->note[2], mail = c->note[3], claim = c->note[4];
    enum err e = subject_find(c->w, issuer, subject, mail, person);
    if (e == NOTFOUND && claim.n != 0) e = person_by_code(c->w, claim, person);
    return e == OK ? subject_bind(c->w, issuer, subject, *person) : e;
}

static void write_back(struct coming *c)
{
    int64_t person;
    if (!str_eq(c->note[0], S("oidc"))) {
        trouble(c, fault(c->w, DENIED, M("sign in first")), 401);
        return;
    }
    enum err e = subject_person(c, &person);
    cookie_put(c->w->a, c->reply, "meguri-oidc", S(""), COOKIE_AGE_GONE, c->r->secure);
    if (e == NOTFOUND)
        trouble(c,
                fault(c->w, DENIED,
                      M("your organisation knows you, and this site does not (%1): ask its administrator to put "
                        "you into the registry with this mail address"),
                      c->note[3].n != 0 ? c->note[3] : c->note[2]),
                403);
    else if (e != OK) trouble(c, e, e == DENIED ? 403 : 503);
    else let_in(c, person, S("oidc"), c->note[5]);
}

/* ---- /signout ---- */

static void write_out(struct coming *c)
{
    str secret = session_cookie(c->r->cookie, c->r->secure);
    enum err e = secret.n == 0 ? OK : session_end(c->w, sha256_hex(c->w->a, secret));
    if (e != OK) {
        trouble(c, e, 503);
        return;
    }
    cookie_put(c->w->a, c->reply, COOKIE, S(""), COOKIE_AGE_GONE, c->r->secure);
    go_on(c->reply, S("/signin"));
}

/* ---- /link/TOKEN ---- */

static str link_token(const struct request *r) { return str_sub(r->path, pages[PAGE_LINK].path.n, r->path.n); }

/* Somebody else's browser: the link is not theirs, whoever passed it on. */
static enum err link_another(struct coming *c, const struct sheet_link *k)
{
    struct caller who = {0};
    struct work *w = c->w;
    enum err e = caller_of_session(w, session_cookie(c->r->cookie, c->r->secure), &who);
    if (e == NOTFOUND && c->r->trusted_user.n != 0) e = caller_of_person(w, c->r->trusted_user, &who);
    if (e == NOTFOUND || (e == OK && who.person == k->person)) return OK;
    if (e != OK) return e;
    return fault(w, DENIED, M("this link is another person's, and you are signed in as %1: it opens nothing for you. If it "
                              "is yours, sign out first"), who.person_code);
}

static enum err find_link(struct coming *c, struct sheet_link *k)
{
    enum err e = link_look(c->w, link_token(c->r), k);
    return e == OK ? link_another(c, k) : e;
}

static int link_status(enum err e) { return e == NOTFOUND ? 404 : e == DENIED ? 403 : 503; }

static void look_link(struct coming *c)
{
    struct sheet_link k;
    enum err e = find_link(c, &k);
    struct signin_look l = look_of(c->w, c->serving, c->r);
    if (e != OK) trouble(c, e, link_status(e));
    else page_link(&l, &k, c->reply);
}

static void write_link(struct coming *c)
{
    struct sheet_link k;
    str secret;
    enum err e = find_link(c, &k);
    if (e == OK) e = link_use(c->w, link_token(c->r), c->r->peer, &secret);
    if (e != OK) {
        trouble(c, e, link_status(e));
        return;
    }
    struct buf url = buf_in(c->w->a);
    buf_add(&url, S("/inspect/sheet?round="));
    form_encode(&url, k.round);
    buf_add(&url, S("&respondent="));
    form_encode(&url, k.respondent);
    /* Keeps as long as the session, so that answering may go on another day in this browser. */
    cookie_put(c->w->a, c->reply, COOKIE, secret, LINK_SECONDS, c->r->secure);
    go_on(c->reply, buf_str(&url));
}

/* ---- /confirm/SECRET: a link in a letter of a room ---- */

static void look_confirm(struct coming *c) { letter_page(c->worker, c->w, c->r, c->reply, false); }
static void write_confirm(struct coming *c) { letter_page(c->worker, c->w, c->r, c->reply, true); }

/* ---- /account/setup ---- */

static void setup_form(struct coming *c, enum err err, struct setup_look *k)
{
    struct signin_look l = look_of(c->w, c->serving, c->r);
    l.err = err;
    if (err != OK) c->reply->status = err == INVALID ? 422 : err == STORE || err == BUSY ? 503 : 403;
    page_setup(&l, k, c->reply);
}

/* The new secret waits in the form, sealed together with the code it was made for: nothing is written before it works.
 */
static str box_of(struct coming *c, const struct setup_look *k)
{
    return sealed(c->w->a, c->serving->key, NOTE(c->w->a, S("setup"), sha256_hex(c->w->a, k->code), k->secret));
}

static bool box_open(struct coming *c, struct setup_look *k)
{
    str plain, words[NOTE_WORDS];
    if (!unsealed(c->w->a, c->serving->key, k->box, &plain) || note_words(plain, words) != 3) return false;
    if (!str_eq(words[0], S("setup")) || !str_eq(words[1], sha256_hex(c->w->a, k->code))) return false;
    k->secret = words[2];
    return true;
}

static enum err setup_fits(struct coming *c, const struct setup_look *k, int64_t *step)
{
    str password = field_of(&c->form, "password"), code = field_of(&c->form, "code");
    enum err e = password_fits(c->w, k->who.person_code, password);
    if (e == OK && !str_eq(password, field_of(&c->form, "again")))
        e = fault_in(c->w, INVALID, ((struct where){.field = S("again")}), M("the two passwords differ"));
    *step = totp_step(c->w->a, k->secret, code, c->w->now, 0);
    if (*step == 0)
        e = fault_in(c->w, INVALID, ((struct where){.field = S("code")}),
                     M("this is not the code of this minute: see that the clock of the device is right"));
    return e;
}

static void check_setup(struct coming *c)
{
    struct setup_look k = {.code = str_trim(field_of(&c->form, "setup")), .box = field_of(&c->form, "box")};
    int64_t step;
    enum err e = setup_look(c->w, k.code, &k.who);
    if (e == NOTFOUND) {
        fault_in(c->w, DENIED, ((struct where){.field = S("setup")}),
                 M("this set-up code is unknown, used or no longer valid"));
        setup_form(c, DENIED, &(struct setup_look){0});
        return;
    }
    if (e == OK && !box_open(c, &k)) { /* the first step, or the server was started anew meanwhile */
        k.secret = totp_new(c->w->a);
        k.box = box_of(c, &k);
        setup_form(c, OK, &k);
        return;
    }
    if (e == OK) e = setup_fits(c, &k, &step);
    str hash = e == OK ? password_hash(c->w->a, field_of(&c->form, "password")) : S("");
    if (e == OK && hash.n == 0) e = fault(c->w, BUSY, M("the machine is out of memory; nothing was changed"));
    if (e != OK) {
        setup_form(c, e, &k);
        return;
    }
    c->reply->then = AT_WRITER;
    c->reply->note = NOTE(c->w->a, S("setup"), str_int(c->w->a, k.who.person), str_int(c->w->a, step), k.secret, hash);
}

static void write_setup(struct coming *c)
{
    int64_t person, step;
    str code = str_trim(field_of(&c->form, "setup"));
    bool ours = str_eq(c->note[0], S("setup")) && str_to_int(c->note[1], &person) && str_to_int(c->note[2], &step);
    enum err e = ours ? setup_done(c->w, code, c->note[4], c->note[3], step, c->r->act_id) : NOTFOUND;
    if (e == OK) let_in(c, person, S("password"), S(""));
    else if (e == NOTFOUND)
        trouble(c, fault(c->w, DENIED, M("this set-up code is unknown, used or no longer valid")), 403);
    else trouble(c, e, 503);
}

static void look_setup(struct coming *c) { setup_form(c, OK, &(struct setup_look){0}); }

/* ---- who does what where ---- */

static void (*const looks[PAGES])(struct coming *) = {
    [PAGE_SIGNIN] = look_signin, [PAGE_SETUP] = look_setup, [PAGE_LINK] = look_link,
    [PAGE_CONFIRM] = look_confirm};
static void (*const checks[PAGES])(struct coming *) = {[PAGE_SIGNIN] = check_password, [PAGE_SETUP] = check_setup};
static void (*const writes[PAGES])(struct coming *) = {
    [PAGE_SIGNIN] = write_signin, [PAGE_DEMO] = write_demo, [PAGE_BACK] = write_back,
    [PAGE_OUT] = write_out,       [PAGE_LINK] = write_link, [PAGE_SETUP] = write_setup,
    [PAGE_CONFIRM] = write_confirm};

/* A POST must come from a page of ours, and its fields be readable. */
static bool taken(struct coming *c)
{
    if (c->r->verb != VERB_POST) return true;
    if (!origin_ok(c->r, c->serving)) {
        trouble(c, fault(c->w, DENIED, M("this did not come from a page of this site")), 403);
        return false;
    }
    enum err e = form_fields(c->w, c->r->body, &c->form);
    if (e != OK) trouble(c, e, 400);
    return e == OK;
}

static bool come(struct worker *worker, struct work *w, const struct request *r, struct reply *reply,
                 void (*const *steps)(struct coming *))
{
    enum page page = page_at(r->path);
    if (page == PAGES) return false;
    struct coming c = {.worker = worker, .w = w, .serving = worker->serving, .r = r, .reply = reply};
    note_words(r->note, c.note);
    if (steps[page] == NULL) trouble(&c, fault(w, NOTFOUND, M("there is no page at this address")), 405);
    else if (taken(&c)) steps[page](&c);
    return true;
}

bool signin_read(struct worker *worker, struct work *w, const struct request *r, struct reply *reply)
{
    return come(worker, w, r, reply, r->verb == VERB_POST ? checks : looks);
}

bool signin_write(struct worker *worker, struct work *w, const struct request *r, struct reply *reply)
{
    return come(worker, w, r, reply, writes);
}

bool signin_net(struct worker *worker, struct work *w, const struct request *r, struct reply *reply)
{
    enum page page = page_at(r->path);
    if (page != PAGE_START && page != PAGE_BACK) return false;
    (page == PAGE_START ? oidc_start : oidc_back)(worker, w, r, reply);
    return true;
}
