/* Looking: views, files, the forms of acts, menus. Runs in the readers; changes nothing. */
#include "web/asked.h"

#include "access/access.h"
#include "base/clock.h"
#include "base/hash.h"
#include "face/face.h"
#include "face/told.h"
#include "format/form.h"
#include "store/journal.h"
#include "surface/door.h"
#include "web/mounted.h"
#include "web/openapi.h"
#include "web/said.h"
#include "web/signin.h"

enum { LIVE_SECONDS = 5 }; /* a page of what is under way asks again */

/* ---- replies ---- */

void answer_see_other(struct reply *reply, str url)
{
    reply->status = 303;
    reply_header(reply, "Location", url);
}

static void as_page(struct reply *reply, int status)
{
    reply->status = status;
    reply_header(reply, "Content-Type", S("text/html; charset=utf-8"));
}

/* The form again, with what was sent and what is wrong with it; for anything else a page that says so. */
static void refused_page(struct asked *q, const struct serving *serving, const struct args *in, enum err err,
                         struct reply *reply)
{
    struct page_frame f;
    if (asked_frame(q, serving, in, &f) != OK) f.n_crumbs = 0;
    struct doc *d = page_begin(q->w, &reply->body, &f);
    bool form = q->known && q->entry != NULL && q->entry->kind == ENTRY_ACT && !(q->entry->flags & QUIET) && err != DENIED;
    page_faults(d, err);
    if (form) page_act_form(d, q->room, q->entry);
    page_end(d);
}

void answer_refused(struct asked *q, const struct serving *serving, const struct args *in, enum err err,
                    struct reply *reply)
{
    if (err == BUSY) reply_header(reply, "Retry-After", S("2"));
    if (asked_html(q)) {
        as_page(reply, status_of_err(err));
        refused_page(q, serving, in, err, reply);
        return;
    }
    reply->status = status_of_err(err);
    reply_header(reply, "Content-Type", S("application/json"));
    faults_tell(&reply->body, q->w, q->lang, err, true);
}

/* ---- what is asked for ---- */

static str view_words(struct asked *q) { return entry_words(q->w->a, q->room, q->entry); }

static str file_name(struct asked *q, const char *ext)
{
    str day = date_text(q->w->a, today(q->w));
    return str_fmt(q->w->a, "attachment; filename=\"%s%s%s-%.*s.%s\"", q->room->name, q->entry->name[0] == '\0' ? "" : "-",
                   q->entry->name, STR_ARG(day), ext);
}

static void data_headers(struct asked *q, struct reply *reply)
{
    static const struct {
        const struct format *format;
        str media;
    } media[] = {
        {&format_json, S_INIT("application/json")},
        {&format_csv, S_INIT("text/csv; charset=utf-8")},
        {&format_xlsx, S_INIT("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")},
        {&format_docx, S_INIT("application/vnd.openxmlformats-officedocument.wordprocessingml.document")},
    };
    for (size_t i = 0; i < sizeof media / sizeof media[0]; i++)
        if (media[i].format == q->format) reply_header(reply, "Content-Type", media[i].media);
    if (q->format != &format_json) reply_header(reply, "Content-Disposition", file_name(q, q->format->name));
}

/* As long as nothing changed, for the same post on the same day, the same data. */
static enum err same_as_before(struct asked *q, struct reply *reply, bool *same)
{
    str stamp, *key = &stamp;
    enum err err = journal_stamp(q->w, key);
    if (err != OK) return err;
    str what = str_fmt(q->w->a, "%.*s %.*s %.*s %.*s?%.*s %d %lld %s", STR_ARG(stamp),
                       STR_ARG(q->caller.person_code), STR_ARG(q->actor.post_code), STR_ARG(q->r->path), STR_ARG(q->r->query), (int)q->lang, (long long)today(q->w),
                       MEGURI_VERSION);
    str tag = str_fmt(q->w->a, "\"%.*s\"", STR_ARG(str_sub(sha256_hex(q->w->a, what), 0, 32)));
    reply_header(reply, "ETag", tag);
    reply_header(reply, "Cache-Control", S("private, no-cache"));
    *same = str_eq(q->r->if_none_match, tag);
    return OK;
}

/* Who read about persons is written down before it is sent; a mark is left behind it. */
static void tell_of_reading(const struct asked *q, const struct doc *d, struct reply *reply)
{
    if (d->personal) reply->then = AT_WRITER;
    if (d->marks && q->r->verb == VERB_GET) reply->aside = S("mark ");
}

static enum err as_data(struct asked *q, const struct args *in, struct reply *reply)
{
    bool same;
    enum err err = same_as_before(q, reply, &same);
    if (err != OK) return err;
    if (same) {
        reply->status = 304;
        return OK;
    }
    const struct page page = {view_words(q), q->entry->title, in, q->lang, .bom = true};
    struct doc *d = q->format->begin(q->w, &reply->body, &page);
    if ((err = door_view(q->w, q->room, q->entry, in, d)) != OK) return err;
    q->format->end(d);
    data_headers(q, reply);
    reply->status = 200;
    tell_of_reading(q, d, reply);
    return OK;
}

static enum err as_html(struct asked *q, const struct serving *serving, const struct args *in, struct reply *reply)
{
    struct page_frame f;
    enum err err = asked_frame(q, serving, in, &f);
    if (err != OK) return err;
    struct doc *d = page_begin(q->w, &reply->body, &f);
    if ((err = door_view(q->w, q->room, q->entry, in, d)) != OK) return err;
    page_end(d);
    as_page(reply, 200);
    if (d->live) reply_header(reply, "Refresh", str_int(q->w->a, LIVE_SECONDS));
    if (f.said.n != 0) said_take(reply);
    tell_of_reading(q, d, reply);
    return OK;
}

struct file_reply {
    struct bytes_out bytes; /* first: the entry hands it back */
    struct out *out;
};

static enum err put_bytes(struct bytes_out *b, str bytes)
{
    struct out *out = ((struct file_reply *)b)->out;
    out_put(out, bytes);
    return out->failed ? BUSY : OK;
}

static const char *ext_of(const char *media)
{
    if (str_ends(str_of(media), S("/x-meguri-rollup"))) return "rollup";
    if (str_ends(str_of(media), S(".wordprocessingml.document"))) return "docx";
    return str_starts(str_of(media), S("text/csv")) ? "csv" : str_eq(str_of(media), S("application/json")) ? "json" : "xlsx";
}

/* RFC 6266: as it is called, in UTF-8. */
static str given_name(struct asked *q, str name)
{
    struct buf b = buf_in(q->w->a);
    buf_add(&b, S("attachment; filename*=UTF-8''"));
    for (size_t i = 0; i < name.n; i++) {
        unsigned char c = (unsigned char)name.p[i];
        bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '.' || c == '_';
        if (plain) buf_byte(&b, (char)c);
        else buf_fmt(&b, "%%%02X", c);
    }
    return buf_str(&b);
}

static enum err as_file(struct asked *q, const struct args *in, struct reply *reply)
{
    struct file_reply to = {{put_bytes, q->lang}, &reply->body};
    enum err err = door_file(q->w, q->room, q->entry, in, &to.bytes);
    if (err != OK) return err;
    reply->status = 200;
    reply_header(reply, "Content-Type", to.bytes.media.n != 0 ? to.bytes.media : str_of(q->entry->media));
    reply_header(reply, "Content-Disposition", to.bytes.name.n != 0 ? given_name(q, to.bytes.name) : file_name(q, ext_of(q->entry->media)));
    if (q->entry->flags & PERSONAL_FILE) reply->then = AT_WRITER;
    return OK;
}

static void act_form(struct asked *q, const struct serving *serving, struct reply *reply)
{
    struct page_frame f;
    if (asked_frame(q, serving, NULL, &f) != OK) f.n_crumbs = 0;
    struct doc *d = page_begin(q->w, &reply->body, &f);
    page_act_form(d, q->room, q->entry);
    page_end(d);
    as_page(reply, 200);
}

static void menu(struct asked *q, const struct serving *serving, struct reply *reply)
{
    struct page_frame f;
    if (asked_frame(q, serving, NULL, &f) != OK) f.n_crumbs = 0;
    struct doc *d = page_begin(q->w, &reply->body, &f);
    page_menu(d, q->room);
    page_end(d);
    as_page(reply, 200);
}

/* ---- parameters that a page fills in by itself ---- */

static bool is_given(const struct asked *q, const char *name)
{
    for (size_t i = 0; i < q->n_given; i++)
        if (str_eq(q->given[i].name, str_of(name))) return true;
    return false;
}

/* Required, absent, with a list to choose from: the first of it, in the address, so that the page can be kept. */
static bool fill_in(struct asked *q, const struct serving *serving, struct reply *reply)
{
    struct page_frame f;
    struct buf more = buf_in(q->w->a);
    if (q->format != NULL || asked_frame(q, serving, NULL, &f) != OK) return false;
    for (const struct param *p = q->entry->params; p != NULL && p->name != NULL; p++) {
        const struct page_choice *choice;
        if (!(p->flags & REQUIRED) || p->choices == NULL || is_given(q, p->name)) continue;
        if (f.choices(f.with, p, &choice) == 0) return false;
        buf_fmt(&more, "%s%s=", more.n == 0 ? "" : "&", p->name);
        form_encode(&more, choice[0].value);
    }
    if (more.n == 0) return false;
    answer_see_other(reply, str_fmt(q->w->a, "%.*s?%.*s%s%.*s", STR_ARG(q->r->path), STR_ARG(q->r->query),
                                    q->r->query.n == 0 ? "" : "&", STR_ARG(buf_str(&more))));
    return true;
}

/* ---- one request ---- */

static void ask_to_sign_in(struct asked *q, const struct serving *serving, struct reply *reply)
{
    if (asked_html(q) && q->r->verb != VERB_POST) {
        struct buf b = buf_in(q->w->a);
        buf_add(&b, S("/signin?next="));
        form_encode(&b, q->r->path);
        if (q->r->query.n != 0) {
            form_encode(&b, S("?"));
            form_encode(&b, q->r->query);
        }
        answer_see_other(reply, buf_str(&b));
        return;
    }
    enum err err = fault(q->w, DENIED, M("sign in first"));
    answer_refused(q, serving, NULL, err, reply);
    reply->status = 401;
    reply_header(reply, "WWW-Authenticate", S("Bearer"));
}

static bool lacks_something(const struct asked *q)
{
    for (const struct param *p = q->entry->params; p != NULL && p->name != NULL; p++)
        if (p->flags & REQUIRED && p->fallback == NULL && !is_given(q, p->name)) return true;
    return false;
}

/* Come from a menu, with nothing chosen yet: asked kindly, not refused. */
static void ask_first(struct asked *q, const struct serving *serving, struct reply *reply)
{
    struct page_frame f;
    if (asked_frame(q, serving, NULL, &f) != OK) f.n_crumbs = 0;
    struct doc *d = page_begin(q->w, &reply->body, &f);
    doc_text(d, M("Choose what is to be shown."));
    page_end(d);
    as_page(reply, 200);
}

static enum err look(struct asked *q, const struct serving *serving, struct reply *reply)
{
    struct args in;
    if (q->entry->kind == ENTRY_ACT) {
        act_form(q, serving, reply);
        return OK;
    }
    if (fill_in(q, serving, reply)) return OK;
    if (asked_html(q) && q->n_given == 0 && lacks_something(q)) {
        ask_first(q, serving, reply);
        return OK;
    }
    enum err err = args_parse(q->w, q->entry, q->given, q->n_given, &in);
    if (err == OK) err = door_may(q->w, q->entry, &in);
    if (err != OK) return err;
    if (q->entry->kind == ENTRY_FILE) return as_file(q, &in, reply);
    return q->format != NULL ? as_data(q, &in, reply) : as_html(q, serving, &in, reply);
}

static bool switch_language(struct asked *q, const struct serving *serving, struct reply *reply)
{
    str rest = q->r->query, one;
    struct buf keep = buf_in(q->w->a);
    const char *lang = NULL;
    while (str_cut(&rest, '&', &one)) {
        if (str_eq(one, S("lang=ja"))) lang = "ja";
        else if (str_eq(one, S("lang=en"))) lang = "en";
        else if (one.n != 0) buf_fmt(&keep, "%s%.*s", keep.n == 0 ? "" : "&", STR_ARG(one));
    }
    bool elsewhere = str_starts(q->r->path, S("//")) || str_starts(q->r->path, S("/\\")); /* another host, to a browser */
    if (lang == NULL || !asked_html(q) || elsewhere) return false;
    bool secure = str_starts(serving->url, S("https"));
    reply_header(reply, "Set-Cookie", str_fmt(q->w->a, "lang=%s; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax%s", lang, secure ? "; Secure" : ""));
    answer_see_other(reply, str_fmt(q->w->a, "%.*s%s%.*s", STR_ARG(q->r->path), keep.n == 0 ? "" : "?", STR_ARG(buf_str(&keep))));
    return true;
}

static void answer_known(struct asked *q, const struct serving *serving, struct reply *reply)
{
    enum err err = asked_actor(q);
    if (err == OK) err = asked_given(q);
    if (err == OK) err = asked_ours(q, serving);
    if (err == OK && q->entry == NULL) {
        menu(q, serving, reply);
        return;
    }
    if (err == OK) err = look(q, serving, reply);
    if (err != OK) {
        const char *entry = reply->entry;
        reply_restart(reply); /* a face may have begun */
        reply->entry = entry;
        answer_refused(q, serving, NULL, err, reply);
    } else if (reply->then == AT_WRITER) {
        reply->keep = true;
        reply->note = S("reading");
    }
    if (q->caller.stale)
        reply->aside = str_fmt(q->w->a, "%s%.*s", reply->aside.n != 0 ? "mark " : "touch ", STR_ARG(q->caller.digest));
}

void answer_read(struct worker *worker, const struct request *r, struct reply *reply)
{
    const struct serving *serving = worker->serving;
    struct work *w = arena_alloc(worker->a, sizeof *w);
    *w = (struct work){.a = worker->a, .store = worker->store, .now = r->now, .board = serving->board};
    if (mounted_read(worker, w, r, reply)) return;
    struct asked *q = arena_alloc(w->a, sizeof *q);
    asked_address(w, r, q);
    if (switch_language(q, serving, reply) || signin_read(worker, w, r, reply)) return;
    if (str_eq(r->path, S("/openapi.json"))) {
        openapi_write(&reply->body, w->a, q->lang, serving->url);
        reply->status = 200;
        reply_header(reply, "Content-Type", S("application/json"));
        return;
    }
    if (q->room != NULL) reply->entry = q->entry == NULL ? q->room->name : str_c(w->a, view_words(q));
    enum err err = asked_caller(q, serving);
    if (err != OK) answer_refused(q, serving, NULL, err, reply);
    else if (!q->known) ask_to_sign_in(q, serving, reply);
    else if (q->room == NULL) answer_refused(q, serving, NULL, fault(w, NOTFOUND, M("there is no page at this address")), reply);
    else answer_known(q, serving, reply);
}
