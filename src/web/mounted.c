#include "web/mounted.h"

#include "face/face.h"
#include "face/told.h"
#include "surface/door.h"
#include "web/json_body.h"
#include "web/limits.h"

bool mounted_place(const struct request *r, enum place *out)
{
    const struct room *room;
    str rest;
    const struct mount *m = mount_at(r->path, &room, &rest);
    if (m == NULL) return false;
    *out = r->verb == VERB_POST && m->post != NULL ? AT_WRITER : AT_READER;
    return true;
}

int64_t mounted_body_limit(const struct mount *m, const struct request *r)
{
    int64_t most = (int64_t)m->body_max;
    return r->authorization.n == 0 && most > FORM_BYTES_MAX ? FORM_BYTES_MAX : most;
}

int status_of_err(enum err err)
{
    static const int of[] = {[OK] = 200, [NOTFOUND] = 404, [CONFLICT] = 409, [INVALID] = 400, [DENIED] = 403, [BUSY] = 503, [STORE] = 500};
    return of[err];
}

/* ---- who ---- */

/* RFC 7617: the name ends at the first colon. What is not of this form says nothing, and nobody is known by it. */
static void take_basic(struct mounted *m, struct arena *a)
{
    str s = m->as_token.authorization, both;
    if (s.n < 6 || !str_eq(str_sub(s, 0, 6), S("Basic ")) || !base64_decode(a, str_trim(str_sub(s, 6, s.n)), &both)) return;
    m->as_token.authorization = S("");
    if (!str_cut(&both, ':', &m->name) || m->name.n == 0 || both.n == 0) return;
    m->as_token.authorization = str_fmt(a, "Bearer %.*s", STR_ARG(both));
}

static bool same_name(const struct mounted *m)
{
    const struct caller *c = &m->q.caller;
    if (str_eq(m->name, c->person_code)) return true;
    return str_starts(m->name, c->person_code) && m->name.n == c->person_code.n + 1 + c->post_code.n && m->name.p[c->person_code.n] == '/' &&
           str_ends(m->name, c->post_code);
}

/* A program says with each request who it is; a browser does so without being asked, also for pages of others: it may read. */
static bool proved(const struct mounted *m)
{
    const struct caller *c = &m->q.caller;
    if (!m->q.known || c->only_respondent.n != 0) return false;
    if (m->as_token.authorization.n != 0 && !c->token) return false;
    if (m->name.n != 0 && !same_name(m)) return false;
    return c->token || !m->ask.post;
}

enum err mounted_who(struct mounted *m, const struct serving *serving)
{
    struct asked *q = &m->q;
    enum err err = asked_caller(q, serving);
    if (err != OK) return err;
    m->ask.known = proved(m);
    if (!m->ask.known) return m->mount->anybody && !m->ask.post ? OK : fault(q->w, DENIED, M("sign in first"));
    if ((err = asked_actor(q)) != OK) return err;
    if (m->ask.post && q->caller.read_only) return fault(q->w, DENIED, M("this token may read only"));
    const struct entry all = {.right = m->mount->right};
    return door_may(q->w, &all, &(struct args){0});
}

/* ---- what is answered ---- */

static void refuse(struct mounted *m, enum err err, struct reply *reply)
{
    struct work *w = m->q.w;
    const char *media = NULL;
    int status = m->answer.status != 0 ? m->answer.status : status_of_err(err);
    if (err == DENIED && !m->ask.known && m->answer.status == 0) status = 401;
    const struct fault own = {.err = err, .id = err == BUSY ? M("The service is busy for the moment. Please try again in a few seconds.") : M("Something went wrong on our side; it has been noted.")};
    str says = fault_sentence(w->a, m->ask.lang, w->faults.count > 0 ? &w->faults.first[0] : &own);
    reply_restart(reply);
    reply->entry = m->mount->name;
    reply->status = status;
    out_put(&reply->body, m->mount->refusal(w->a, status, says, &media));
    reply_header(reply, "Content-Type", str_of(media));
    if (status == 401) reply_header(reply, "WWW-Authenticate", S("Bearer, Basic realm=\"meguri\", charset=\"UTF-8\""));
    if (status == 405) reply_header(reply, "Allow", S("GET, HEAD"));
    if (status == 503) reply_header(reply, "Retry-After", S("2"));
    for (size_t i = 0; i < MOUNT_HEADERS && m->answer.header[i].name != NULL; i++) reply_header(reply, m->answer.header[i].name, m->answer.header[i].value);
}

static void as_answered(struct mounted *m, struct reply *reply)
{
    reply->status = m->answer.status == 0 ? 200 : m->answer.status;
    if (m->answer.media != NULL) reply_header(reply, "Content-Type", str_of(m->answer.media));
    for (size_t i = 0; i < MOUNT_HEADERS && m->answer.header[i].name != NULL; i++) reply_header(reply, m->answer.header[i].name, m->answer.header[i].value);
    if (m->ask.known && m->q.caller.stale) reply->aside = str_fmt(m->q.w->a, "touch %.*s", STR_ARG(m->q.caller.digest));
}

struct into_reply {
    struct bytes_out bytes; /* first: the mount hands it back */
    struct out *out;
};

static enum err put_bytes(struct bytes_out *b, str bytes)
{
    struct out *out = ((struct into_reply *)b)->out;
    out_put(out, bytes);
    return out->failed ? BUSY : OK;
}

static void answer_into(struct mounted *m, struct into_reply *to, struct reply *reply)
{
    *to = (struct into_reply){{put_bytes, m->ask.lang}, &reply->body};
    m->answer.body = &to->bytes;
    reply->entry = m->mount->name;
}

/* ---- one request ---- */

static str own_url(struct work *w, const struct request *r, const struct serving *serving)
{
    if (serving->url.n != 0) return serving->url;
    return str_fmt(w->a, "%s://%.*s", r->secure ? "https" : "http", STR_ARG(r->host));
}

struct mounted *mounted_begin(struct work *w, const struct request *r, const struct serving *serving)
{
    const struct room *room;
    str rest;
    const struct mount *mount = mount_at(r->path, &room, &rest);
    if (mount == NULL) return NULL;
    struct mounted *m = arena_alloc(w->a, sizeof *m);
    *m = (struct mounted){.mount = mount, .room = room, .as_token = *r};
    take_basic(m, w->a);
    asked_address(w, &m->as_token, &m->q);
    m->q.format = &format_json; /* a program: no page is made of it */
    m->ask = (struct mount_ask){.post = r->verb == VERB_POST, .path = rest, .query = r->query, .accept = r->accept, .content_type = r->content_type,
                                .body = r->body, .if_none_match = r->if_none_match, .url = own_url(w, r, serving), .lang = m->q.lang};
    return m;
}

static enum err get(struct mounted *m, const struct serving *serving)
{
    struct work *w = m->q.w;
    enum err err = store_snapshot(w);
    if (err != OK) return err;
    err = mounted_who(m, serving);
    if (err == OK && m->ask.post) {
        m->answer.status = 405;
        err = fault(w, INVALID, M("This address is not for that."));
    }
    if (err == OK) err = m->mount->get(w, &m->ask, &m->answer);
    store_rollback(w);
    return err;
}

bool mounted_read(struct worker *worker, struct work *w, const struct request *r, struct reply *reply)
{
    struct into_reply to;
    struct mounted *m = mounted_begin(w, r, worker->serving);
    if (m == NULL) return false;
    answer_into(m, &to, reply);
    enum err err = get(m, worker->serving);
    if (err == OK) as_answered(m, reply);
    else refuse(m, err, reply);
    return true;
}

enum err mounted_act(struct mounted *m, struct mount_act *act)
{
    struct asked *q = &m->q;
    *act = (struct mount_act){0};
    m->ask.act_id = asked_act_id(q);
    enum err err = m->mount->post(q->w, &m->ask, act, &m->answer);
    if (err != OK) return err;
    q->room = m->room;
    q->entry = entry_find(m->room, str_of(act->entry));
    q->given = act->given;
    q->n_given = act->n;
    return OK;
}

void mounted_told(struct mounted *m, enum err did, struct reply *reply)
{
    struct into_reply to;
    reply_restart(reply);
    answer_into(m, &to, reply);
    bool asked = m->q.entry != NULL && did != BUSY && did != STORE;
    enum err err = asked ? m->mount->told(m->q.w, &m->ask, did, &m->answer) : did;
    if (did == OK && err == OK) as_answered(m, reply);
    else refuse(m, did != OK ? did : err, reply);
}
