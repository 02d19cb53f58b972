#include "web/asked.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "face/face.h"
#include "format/form.h"
#include "web/csrf.h"
#include "web/json_body.h"
#include "web/signin.h"

/* ---- the address ---- */

static const struct format *const data_formats[] = {&format_json, &format_csv, &format_xlsx, &format_docx};

/* "rates.json" → "rates" and JSON; a name of an entry has no point. */
static str without_format(str name, const struct format **format)
{
    ptrdiff_t point = str_find(name, S("."));
    if (point < 0) return name;
    str ext = str_sub(name, (size_t)point + 1, name.n);
    for (size_t i = 0; i < sizeof data_formats / sizeof data_formats[0]; i++) {
        if (!str_eq(ext, str_of(data_formats[i]->name))) continue;
        *format = data_formats[i];
        return str_sub(name, 0, (size_t)point);
    }
    return name;
}

static void find_entry(struct asked *q, str path)
{
    str room = path, name = S("");
    ptrdiff_t slash = str_find(path, S("/"));
    if (slash >= 0) {
        room = str_sub(path, 0, (size_t)slash);
        name = without_format(str_sub(path, (size_t)slash + 1, path.n), &q->format);
        if (name.n == 0) return; /* "/room/" is no address of ours */
    } else {
        room = without_format(path, &q->format);
    }
    const struct room *r = room_find(room);
    const struct entry *e = r == NULL ? NULL : entry_find(r, name);
    if (e != NULL && e->flags & LOCAL) e = NULL;
    if (r == NULL || (e == NULL && (name.n != 0 || q->format != NULL))) return;
    q->room = r;
    q->entry = e;
}

static enum lang language(const struct request *r)
{
    str chosen = cookie_value(r->cookie, S("lang"));
    if (str_eq(chosen, S("en"))) return LANG_EN;
    if (str_eq(chosen, S("ja"))) return LANG_JA;
    return lang_wanted(r->accept_language);
}

void asked_address(struct work *w, const struct request *r, struct asked *out)
{
    *out = (struct asked){.r = r, .w = w, .lang = language(r)};
    str path = str_sub(r->path, 1, r->path.n);
    if (r->path.n == 0 || r->path.p[0] != '/' || str_starts(path, S("/"))) return;
    find_entry(out, path.n == 0 ? S("home") : path);
}

/* ---- what was given ---- */

/* Fields that pages send beside the entry's own: taken out, so that the entry never sees them. */
static bool take_beside(struct asked *q, const struct given *g)
{
    static const str rehearse = S_INIT("rehearse");
    const struct {
        const char *name;
        str *to;
    } beside[] = {{"once", &q->once}, {"csrf", &q->csrf}, {"next", &q->next}, {"trial", &q->trial}};
    for (size_t i = 0; i < sizeof beside / sizeof beside[0]; i++) {
        if (!str_eq(g->name, str_of(beside[i].name))) continue;
        if (q->entry != NULL && param_find(q->entry, g->name) != NULL) return false;
        *beside[i].to = g->text;
        return true;
    }
    if (!str_eq(g->name, rehearse) || q->r->verb != VERB_POST) return false;
    q->rehearse = str_eq(g->text, S("1"));
    return true;
}

/* How a table is looked at (sort, page, find.TABLE) belongs to the page; lang to whoever reads. */
static bool of_the_page(const struct asked *q, str name)
{
    if (q->r->verb == VERB_POST || (q->entry != NULL && param_find(q->entry, name) != NULL)) return false;
    return str_eq(name, S("sort")) || str_eq(name, S("lang")) || str_starts(name, S("page.")) ||
           str_starts(name, S("find."));
}

/* An empty field of a form is a parameter not given; a MAP's empty value says "no answer". */
static bool left_empty(const struct asked *q, const struct given *g)
{
    const struct param *p = q->entry == NULL ? NULL : param_find(q->entry, g->name);
    if (g->file != NULL) return g->file->name.n == 0 && g->file->bytes.n == 0;
    return g->text.n == 0 && (p == NULL || !(p->flags & MAP));
}

static bool is_json(str content_type) { return media_is(content_type, S("application/json")); }

static enum err read_given(struct asked *q, struct given **given, size_t *n)
{
    const struct request *r = q->r;
    if (r->verb != VERB_POST) return form_read(q->w, r->query, given, n);
    if (is_json(r->content_type)) return json_body_read(q->w, q->entry, r->body, given, n);
    if (media_is(r->content_type, S("multipart/form-data")))
        return multipart_read(q->w, r->content_type, r->body, given, n);
    return form_read(q->w, r->body, given, n);
}

enum err asked_given(struct asked *q)
{
    struct given *all;
    size_t n;
    if (q->r->verb == VERB_POST && q->r->query.n != 0)
        return fault(q->w, INVALID, M("what an act needs stands in the body, not in the address"));
    enum err err = read_given(q, &all, &n);
    if (err != OK) return err;
    q->given = arena_array(q->w->a, n + 1, sizeof *q->given);
    for (size_t i = 0; i < n; i++) {
        if (take_beside(q, &all[i]) || of_the_page(q, all[i].name) || left_empty(q, &all[i])) continue;
        q->given[q->n_given++] = all[i];
    }
    return OK;
}

/* ---- who ---- */

str asked_bearer(const struct request *r)
{
    str s = r->authorization;
    return str_starts(s, S("Bearer ")) ? str_trim(str_sub(s, 7, s.n)) : S("");
}

enum err asked_caller(struct asked *q, const struct serving *serving)
{
    str token = asked_bearer(q->r), secret = session_cookie(q->r->cookie, q->r->secure);
    enum err err = NOTFOUND;
    if (token.n != 0) err = caller_of_token(q->w, token, &q->caller);
    else if (secret.n != 0) err = caller_of_session(q->w, secret, &q->caller);
    if (err == NOTFOUND && token.n == 0 && q->r->trusted_user.n != 0)
        err = caller_of_person(q->w, q->r->trusted_user, &q->caller);
    if (err == OK && token.n == 0 && q->caller.session == 0) csrf_of_boot(q->w->a, serving, &q->caller);
    bool other = err == OK && q->r->trusted_user.n != 0 && !str_eq(q->caller.person_code, q->r->trusted_user);
    if (other && token.n == 0) { /* who the proxy names is who is there; an old cookie of somebody else is not */
        q->caller = (struct caller){0};
        err = caller_of_person(q->w, q->r->trusted_user, &q->caller);
        if (err == OK) csrf_of_boot(q->w->a, serving, &q->caller);
    }
    if (err != OK && err != NOTFOUND) return err;
    q->known = err == OK;
    if (q->known) q->w->session = q->caller.digest;
    return OK;
}

static bool holds(const struct asked *q, str post)
{
    for (size_t i = 0; i < q->n_posts; i++)
        if (str_eq(q->posts[i].code, post)) return true;
    return false;
}

static enum err act_in(struct asked *q, str post)
{
    struct work *w = q->w;
    enum err err = actor_find_post(w, q->caller.person_code, post, S("web"), &q->actor);
    if (err != OK) return err;
    w->actor = &q->actor;
    w->lo = q->actor.lo;
    w->hi = q->actor.hi;
    return OK;
}

/* A program needs no list of posts to be shown: mostly the one statement is enough. */
static bool act_at_once(struct asked *q)
{
    int64_t before = q->w->faults.count;
    if (!asked_html(q) && act_in(q, q->caller.post_code) == OK) return true;
    q->w->faults.count = before;
    return false;
}

/* Of a one-sheet link: the person alone, in no post and within no reach. */
static enum err act_by_link(struct asked *q)
{
    enum err err = link_actor(q->w, &q->caller, &q->actor);
    if (err == NOTFOUND) return fault(q->w, DENIED, M("this link opens one sheet only: sign in for everything else"));
    if (err != OK) return err;
    q->actor.system_user = S("web");
    q->w->actor = &q->actor;
    q->w->lo = q->w->hi = 0;
    return OK;
}

/* The post that was chosen, as long as it is held; else the first. */
enum err asked_actor(struct asked *q)
{
    struct work *w = q->w;
    if (q->caller.only_respondent.n != 0) return act_by_link(q);
    if (act_at_once(q)) return OK;
    enum err err = actor_posts(w, q->caller.person_code, &q->posts, &q->n_posts);
    if (err != OK) return err;
    if (q->n_posts == 0)
        return fault(w, DENIED, M("you hold no post today: your office's manager gives you one"));
    str post = holds(q, q->caller.post_code) ? q->caller.post_code : q->posts[0].code;
    if (q->caller.token && !str_eq(post, q->caller.post_code) && q->caller.post_code.n != 0)
        return fault(w, DENIED, M("the post of this token is no longer held"));
    return act_in(q, post);
}

/* A personal link opens one sheet and nothing else. */
static bool link_allows(const struct asked *q)
{
    static const char *const allowed[] = {"sheet", "save", "submit", "object"};
    bool named = false, round = false, respondent = false;
    for (size_t i = 0; q->entry != NULL && i < sizeof allowed / sizeof allowed[0]; i++)
        named = named || str_eq(str_of(q->entry->name), str_of(allowed[i]));
    for (size_t i = 0; i < q->n_given; i++) {
        round = round || (str_eq(q->given[i].name, S("round")) && str_eq(q->given[i].text, q->caller.only_round));
        respondent = respondent || (str_eq(q->given[i].name, S("respondent")) &&
                                    str_eq(q->given[i].text, q->caller.only_respondent));
    }
    return named && round && respondent && str_eq(str_of(q->room->name), S("inspect"));
}

enum err asked_ours(struct asked *q, const struct serving *serving)
{
    if (q->caller.read_only && q->r->verb == VERB_POST)
        return fault(q->w, DENIED, M("this token may read only"));
    if (q->caller.token && q->r->verb == VERB_POST && q->entry != NULL && q->entry->flags & NO_TOKEN)
        return fault(q->w, DENIED, M("this is done by a person who signed in, not by a token"));
    if (q->caller.only_respondent.n != 0 && !link_allows(q))
        return fault(q->w, DENIED, M("this link opens one sheet only: sign in for everything else"));
    if (q->r->verb != VERB_POST || q->caller.token) return OK;
    if (!origin_ok(q->r, serving)) return fault(q->w, DENIED, M("this did not come from a page of this site"));
    if (is_json(q->r->content_type) || csrf_ok(&q->caller, q->csrf)) return OK;
    return fault(q->w, DENIED, M("the page is too old, or not of this session: load it again, then send it once more"));
}

str asked_act_id(const struct asked *q)
{
    str key = q->once.n != 0 ? q->once : q->r->idempotency_key;
    if (key.n == 0) return q->r->act_id;
    const str part[] = {q->caller.person_code, q->caller.digest, key, q->r->path, q->rehearse ? S("rehearse") : S("")};
    struct buf b = buf_in(q->w->a);
    for (size_t i = 0; i < sizeof part / sizeof part[0]; i++) {
        buf_int(&b, (int64_t)part[i].n); /* so that no two lists read the same */
        buf_byte(&b, ':');
        buf_add(&b, part[i]);
    }
    return sha256_hex(q->w->a, buf_str(&b));
}

bool asked_html(const struct asked *q)
{
    return q->format == NULL && !is_json(q->r->content_type);
}
