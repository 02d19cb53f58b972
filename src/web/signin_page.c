#include "web/signin_page.h"

#include "base/totp.h"
#include "face/told.h"
#include "web/asked.h"
#include "web/page_parts.h"
#include "web/qr.h"

/* ---- a page without a doc of a room ---- */

struct sheet { /* of paper, so to say */
    struct page_frame frame;
    struct page_doc *p;
    struct buf *b;
};

/* Nobody is signed in yet, so none of this is about rights; the few fields stand right below: a sentence is enough. */
static void not_let_in(struct doc *d, const struct request *r)
{
    bool typed = r->verb == VERB_POST && !str_starts(r->path, S("/link/"));
    struct page_doc *p = page_of(d);
    const struct faults *all = &d->w->faults;
    RAW(&p->body, "<div class=\"faults\" role=\"alert\" tabindex=\"-1\" id=\"faults\"><h2>");
    say(p, &p->body, typed ? M("That is not right") : M("You are not signed in"));
    RAW(&p->body, "</h2>");
    for (int64_t i = 0; i < all->count && i < FAULTS_SHOWN; i++) {
        RAW(&p->body, "<p>");
        page_escape(&p->body, fault_sentence(p->a, d->lang, &all->first[i]));
        RAW(&p->body, "</p>");
    }
    RAW(&p->body, "</div>\n");
}

static struct doc *sheet_blank(struct sheet *s, const struct signin_look *l, struct reply *reply)
{
    struct asked q = {0};
    asked_address(l->w, l->request, &q);
    s->frame = (struct page_frame){.lang = q.lang, .path = l->request->path, .query = l->request->query,
                                   .demo = l->serving->demo};
    struct doc *d = page_begin(l->w, &reply->body, &s->frame);
    s->p = page_of(d);
    s->b = &s->p->body;
    return d;
}

static void sheet_begin(struct sheet *s, const struct signin_look *l, struct reply *reply, str title)
{
    struct doc *d = sheet_blank(s, l, reply);
    doc_title(d, title);
    if (l->err == DENIED || l->err == INVALID || l->err == NOTFOUND) not_let_in(d, l->request);
    else if (l->err != OK) page_faults(d, l->err);
    section_end(s->p);
    RAW(s->b, "<div class=\"card signin\">");
}

static void sheet_end(struct sheet *s, struct reply *reply)
{
    RAW(s->b, "</div>");
    page_end(&s->p->doc);
    reply_header(reply, "Content-Type", S("text/html; charset=utf-8"));
    reply_header(reply, "Cache-Control", S("no-store"));
    if (reply->status == 0) reply->status = 200;
}

static void paragraph(struct sheet *s, str id)
{
    RAW(s->b, "<p>");
    say(s->p, s->b, id);
    RAW(s->b, "</p>");
}

struct field_look {
    const char *name, *type, *complete; /* autocomplete: what a browser's store of passwords goes by */
    str label, help, value;
    const char *more; /* further attributes, ours */
};

static void input(struct sheet *s, const struct field_look *f)
{
    struct buf *b = s->b;
    RAW(b, "<label class=\"field\"><span class=\"label\">");
    say(s->p, b, f->label);
    RAW(b, "</span>");
    if (f->help.n != 0) {
        RAW(b, "<span class=\"help\">");
        say(s->p, b, f->help);
        RAW(b, "</span>");
    }
    RAW(b, "<input");
    attribute(b, "name", str_of(f->name));
    attribute(b, "type", str_of(f->type));
    attribute(b, "autocomplete", str_of(f->complete));
    if (f->value.n != 0) attribute(b, "value", f->value);
    if (f->more != NULL) buf_add(b, str_of(f->more));
    RAW(b, " required></label>");
}

static void form_start(struct sheet *s, str action)
{
    RAW(s->b, "<form class=\"stack open form\" method=\"post\"");
    attribute(s->b, "action", action);
    RAW(s->b, ">");
}

static void form_stop(struct sheet *s, str label, const char *class)
{
    RAW(s->b, "<button");
    attribute(s->b, "class", str_of(class));
    RAW(s->b, ">");
    say(s->p, s->b, label);
    RAW(s->b, "</button></form>");
}

#define CODE_FIELD                                                                                                     \
    {.name = "code", .type = "text", .complete = "one-time-code", .label = M("One-time code"), \
     .help = M("six digits, as the authenticator app shows them"),                                                     \
     .more = " inputmode=\"numeric\" pattern=\"[0-9 ]{6,7}\" size=\"8\""}

/* ---- signing in ---- */

static void by_issuer(struct sheet *s, const struct signin_look *l)
{
    struct buf url = buf_in(l->w->a);
    buf_add(&url, S("/signin/oidc"));
    if (l->next.n != 0) address_add(&url, S("next"), l->next);
    RAW(s->b, "<p class=\"acts si2\"><a class=\"btn l w\"");
    attribute(s->b, "href", buf_str(&url));
    RAW(s->b, ">");
    say(s->p, s->b, M("Sign in with your organisation's account"));
    RAW(s->b, "</a></p><p class=\"or\">");
    say(s->p, s->b, M("or"));
    RAW(s->b, "</p>");
}

static void by_password(struct sheet *s, const struct signin_look *l)
{
    bool first = l->serving->oidc_issuer.n == 0 && l->n_people == 0;
    RAW(s->b, "<details");
    if (first || l->err != OK) RAW(s->b, " open");
    RAW(s->b, "><summary>");
    say(s->p, s->b, M("Account of this site (administrators)"));
    RAW(s->b, "</summary>");
    form_start(s, S("/signin"));
    if (l->next.n != 0) hidden(s->b, S("next"), l->next);
    input(s, &(struct field_look){"user", "text", "username", M("User"), .value = l->user,
                                  .more = " autocapitalize=\"none\" spellcheck=\"false\""});
    input(s, &(struct field_look){"password", "password", "current-password", M("Password")});
    input(s, &(struct field_look)CODE_FIELD);
    form_stop(s, M("Sign in"), "btn alt w");
    RAW(s->b, "<p><a href=\"/account/setup\">");
    say(s->p, s->b, M("I was given a set-up code"));
    RAW(s->b, "</a></p></details>");
}

static void by_demo(struct sheet *s, const struct signin_look *l)
{
    RAW(s->b, "<section class=\"block\" aria-labelledby=\"dm\"><h2 id=\"dm\">");
    say(s->p, s->b, M("People of the demonstration"));
    RAW(s->b, "</h2><p class=\"intro\">");
    say(s->p, s->b, M("To try it out; not there in real use."));
    RAW(s->b, "</p><form class=\"people\" method=\"post\" action=\"/signin/demo\">");
    if (l->next.n != 0) hidden(s->b, S("next"), l->next);
    for (size_t i = 0; i < l->n_people; i++) {
        const struct demo_person *p = &l->people[i];
        enum lang lang = s->frame.lang;
        RAW(s->b, "<button class=\"btn alt\" name=\"person\"");
        attribute(s->b, "value", p->person.text);
        RAW(s->b, "><span><b>");
        page_escape(s->b, doc_cell_words(s->p->a, lang, &p->person));
        RAW(s->b, "</b>");
        page_escape(s->b, doc_cell_words(s->p->a, lang, &p->org));
        RAW(s->b, " ");
        page_escape(s->b, doc_cell_words(s->p->a, lang, &p->duty)); /* a duty is data: its name, not its code */
        RAW(s->b, "</span></button>");
    }
    RAW(s->b, "</form></section>");
}

void page_signin(const struct signin_look *l, struct reply *reply)
{
    struct sheet s;
    sheet_begin(&s, l, reply, M("Sign in"));
    RAW(s.b, "<p class=\"quiet si\">");
    say(s.p, s.b, M("The common window for self-inspection and planning of information security."));
    RAW(s.b, "</p>");
    if (l->serving->oidc_issuer.n != 0) by_issuer(&s, l);
    by_password(&s, l);
    RAW(s.b, "<details><summary>");
    say(s.p, s.b, M("I was sent a link by mail"));
    RAW(s.b, "</summary>");
    paragraph(&s, M("No sign-in is needed: the link in the mail opens your own sheet and nothing else."));
    RAW(s.b, "</details>");
    if (l->n_people != 0) by_demo(&s, l);
    sheet_end(&s, reply);
}

/* ---- one sheet ---- */

static void pair(struct sheet *s, str label, str value)
{
    RAW(s->b, "<dt>");
    say(s->p, s->b, label);
    RAW(s->b, "</dt><dd>");
    page_escape(s->b, value);
    RAW(s->b, "</dd>");
}

/* A button and not the page itself opens the sheet: programs that look through mail follow links, and would use it up.
 */
void page_link(const struct signin_look *l, const struct sheet_link *k, struct reply *reply)
{
    struct sheet s;
    sheet_begin(&s, l, reply, M("Answer your sheet"));
    enum lang lang = s.frame.lang;
    RAW(s.b, "<dl class=\"pairs\">");
    pair(&s, M("Name"), k->name);
    pair(&s, M("Organisation"), lang_pick(lang, k->org_ja, k->org_en));
    pair(&s, M("Round"), lang_pick(lang, k->title_ja, k->title_en));
    pair(&s, M("Sheet"), k->respondent);
    RAW(s.b, "</dl>");
    paragraph(&s, M("Is this you? The link works once: go on with the browser in which you want to answer. Answers are "
                    "kept as you "
                    "go; you can come back in this browser for a week."));
    form_start(&s, l->request->path);
    form_stop(&s, M("This is me: open the sheet"), "btn l w");
    sheet_end(&s, reply);
}

/* ---- a link in a letter of a room ---- */

static void opens_nothing(struct sheet *s, enum err err)
{
    struct doc *d = &s->p->doc;
    const struct faults *all = &d->w->faults;
    doc_title(d, M("This link opens nothing"));
    if (err != NOTFOUND || all->count == 0) {
        page_faults(d, err);
        return;
    }
    RAW(s->b, "<div class=\"card signin\"><p>");
    page_escape(s->b, fault_sentence(s->p->a, d->lang, &all->first[0]));
    RAW(s->b, "</p><p><a href=\"/signin\">");
    say(s->p, s->b, M("To the sign-in page"));
    RAW(s->b, "</a></p>");
}

enum err page_letter_link(const struct signin_look *l, const struct letter_link *link, str secret, bool press, str *reason, struct reply *reply)
{
    struct sheet s;
    struct doc *d = sheet_blank(&s, l, reply);
    enum err e = link == NULL ? fault(l->w, NOTFOUND, M("there is no page at this address"))
                 : press      ? link->press(l->w, secret, l->request->act_id, d, reason)
                              : link->look(l->w, secret, d, reason);
    section_end(s.p);
    if (e != OK) opens_nothing(&s, e);
    else RAW(s.b, "<div class=\"pressed\">"); /* where what it confirms stands, not in the middle */
    if (e == OK && !press) {
        form_start(&s, l->request->path);
        form_stop(&s, link->button, "btn l");
    } else if (e == OK) {
        RAW(s.b, "<p><a href=\"/share/inbox\">");
        say(s.p, s.b, M("To read it and say what you do about it: sign in"));
        RAW(s.b, "</a></p>");
    }
    sheet_end(&s, reply);
    return e;
}

/* ---- setting up ---- */

static void authenticator(struct sheet *s, const struct setup_look *k)
{
    struct arena *a = s->p->a;
    str uri = totp_uri(a, k->secret, tr(s->frame.lang, M("meguri")), k->who.person_code);
    RAW(s->b, "<h2>");
    say(s->p, s->b, M("1. Scan with an authenticator app"));
    RAW(s->b, "</h2>");
    qr_svg(s->b, uri, tr(s->frame.lang, M("QR code for the authenticator app; the key below says the same")));
    RAW(s->b, "<p>");
    say(s->p, s->b, M("Or type in this key:"));
    RAW(s->b, " <code>");
    for (size_t i = 0; i < k->secret.n; i += 4) {
        if (i != 0) RAW(s->b, " ");
        page_escape(s->b, str_sub(k->secret, i, i + 4));
    }
    RAW(s->b, "</code></p><h2>");
    say(s->p, s->b, M("2. Choose a password, and enter the code the app shows"));
    RAW(s->b, "</h2>");
}

static void setup_fields(struct sheet *s, const struct setup_look *k)
{
    hidden(s->b, S("setup"), k->code);
    hidden(s->b, S("box"), k->box);
    RAW(s->b,
        "<input type=\"text\" class=\"vh\" tabindex=\"-1\" aria-hidden=\"true\" autocomplete=\"username\" readonly");
    attribute(s->b, "value", k->who.person_code);
    RAW(s->b, ">");
    input(s, &(struct field_look){"password", "password", "new-password", M("New password"),
                                  M("12 characters or more; several words are easy to keep in mind"),
                                  .more = " minlength=\"12\""});
    input(s, &(struct field_look){"again", "password", "new-password", M("The same again")});
    input(s, &(struct field_look)CODE_FIELD);
}

void page_setup(const struct signin_look *l, const struct setup_look *k, struct reply *reply)
{
    struct sheet s;
    sheet_begin(&s, l, reply, M("Set up your account"));
    if (k->box.n != 0) {
        RAW(s.b, "<p>");
        SAY(s.p, s.b, M("For %1 (%2)"), k->who.name, k->who.person_code);
        RAW(s.b, "</p>");
        authenticator(&s, k);
    }
    form_start(&s, S("/account/setup"));
    if (k->box.n != 0) setup_fields(&s, k);
    else
        input(&s, &(struct field_look){
                      "setup", "text", "off", M("Set-up code"),
                      M("24 letters and digits that an administrator gave you; valid for a short time, once"),
                      .more = " autocapitalize=\"characters\" spellcheck=\"false\""});
    form_stop(&s, k->box.n != 0 ? M("Set up and sign in") : M("Next"), "btn l w");
    sheet_end(&s, reply);
}

void page_signin_trouble(const struct signin_look *l, struct reply *reply)
{
    struct sheet s;
    sheet_begin(&s, l, reply, M("Sign in"));
    RAW(s.b, "<p><a href=\"/signin\">");
    say(s.p, s.b, M("To the sign-in page"));
    RAW(s.b, "</a></p>");
    sheet_end(&s, reply);
}
