/* One-sheet links: letters to respondents without an account, each with a link to their own sheet. */
#include "base/clock.h"
#include "base/hash.h"
#include "base/secret.h"

#include "account/entries.h"
#include "surface/door.h"

enum { LINK_BYTES = 32, DAYS_MOST = 60, LETTERS_MOST = 20000 };

/* ---- account link ---- */

struct asking {
    struct work *w;
    str url, sender;
    const struct link_round *round;
    str round_code;
    int64_t expires;
    bool again;
    struct new_link *link;
    size_t n, room;
    int64_t lately, left_over;
};

/* Who sent it, as both letters say: name and duty's place. */
static str sender_of(struct work *w)
{
    const struct actor *a = w->actor;
    return str_fmt(w->a, "%.*s (%.*s, %.*s)", STR_ARG(a->name), STR_ARG(a->person_code), STR_ARG(a->org_code));
}

static str letter_half(const struct asking *k, enum lang lang, const struct to_ask *p, str token)
{
    struct arena *a = k->w->a;
    const struct link_round *r = k->round;
    str until = date_text(a, (k->expires + JAPAN) / DAY);
    str args[] = {lang_pick(lang, p->name_ja, p->name_en),
                  lang_pick(lang, r->title_ja, r->title_en),
                  lang_pick(lang, p->org_ja, p->org_en),
                  p->respondent,
                  r->has_due ? date_text(a, r->due) : S("-"),
                  str_fmt(a, "%.*s/link/%.*s", STR_ARG(k->url), STR_ARG(token)),
                  until,
                  k->sender};
    return tr_fill(
        a, lang,
        M("Dear %1,\n\nplease answer '%2' for %3 (sheet %4), due %5. The link below opens your sheet and nothing "
          "else; no sign-in is needed.\n\n%6\n\nIt works once, until %7. Please pass it on to nobody. It was sent at "
          "the request of %8; if you did not expect it, ask there and do not open the link.\n"),
        args, sizeof args / sizeof args[0]);
}

static str letter_subject(const struct asking *k)
{
    struct arena *a = k->w->a;
    str ja = tr_fill(a, LANG_JA, M("Please answer: %1"), &k->round->title_ja, 1);
    return str_fmt(a, "%.*s / %.*s", STR_ARG(ja),
                   STR_ARG(tr_fill(a, LANG_EN, M("Please answer: %1"), &k->round->title_en, 1)));
}

static void ask_one(void *to, const struct to_ask *p)
{
    struct asking *k = to;
    struct arena *a = k->w->a;
    if (p->last_made > k->w->now - DAY && !k->again) {
        k->lately++;
        return;
    }
    if (k->n == LETTERS_MOST) {
        k->left_over++;
        return;
    }
    if (k->n == k->room) {
        size_t room = k->room == 0 ? 64 : k->room * 2;
        k->link = arena_grow(a, k->link, k->room * sizeof *k->link, room * sizeof *k->link);
        k->room = room;
    }
    str token = secret_new(a, LINK_BYTES), ja = letter_half(k, LANG_JA, p, token),
        en = letter_half(k, LANG_EN, p, token);
    k->link[k->n++] = (struct new_link){
        .digest = sha256_hex(a, token),
        .respondent = str_dup(a, p->respondent),
        .mail = str_dup(a, p->mail),
        .subject = letter_subject(k),
        .text = str_fmt(a, "%.*s\n----\n\n%.*s", STR_ARG(ja), STR_ARG(en)),
        .org = p->org,
        .person = p->person,
    };
}

static enum err round_to_ask(struct work *w, str code, struct link_round *out)
{
    struct where at = {.field = S("round")};
    enum err e = link_round(w, code, out);
    if (e == NOTFOUND) return fault_in(w, NOTFOUND, at, M("no round '%1': `meguri inspect rounds` lists them"), code);
    if (e == OK && !str_eq(out->state, S("open")))
        return fault_in(w, INVALID, at, M("the round '%1' is not open: nothing more is answered"), code);
    return e;
}

static enum err address_of_site(struct work *w, str *url)
{
    enum err e = setting_get(w, S("url"), url);
    if (e == NOTFOUND || (e == OK && url->n == 0))
        return fault(w, INVALID, M("links need the address of the site: start `meguri serve` with --url once"));
    return e;
}

static enum err mail_goes_out(struct work *w)
{
    str mail;
    enum err e = setting_get(w, S("mail"), &mail);
    if (e == NOTFOUND || (e == OK && mail.n == 0))
        return fault(w, INVALID,
                     M("no mail goes out from here, so nobody would get the links: start `meguri serve` with --smtp "
                       "and --mail_from, then do this again"));
    return e;
}

static enum err find_all(struct asking *k, const struct args *in)
{
    const struct org *org = arg_org(in, "org");
    str respondent = arg_text(in, "respondent");
    enum err e = to_ask_each(k->w, k->round->id, k->round_code, org == NULL ? 0 : org->lo,
                             org == NULL ? INT64_MAX : org->hi, respondent, ask_one, k);
    if (e != OK || k->n + (size_t)k->lately != 0 || respondent.n == 0) return e;
    return fault_in(
        k->w, NOTFOUND, (struct where){.field = S("respondent")},
        M("'%1' has nobody to write to: not in this round or out of reach, submitted already, signs in with an account, "
          "or without a mail address of their own"),
        respondent);
}

enum err account_link(struct work *w, const struct args *in, struct doc *out)
{
    struct link_round round;
    int64_t days = arg_int(in, "days");
    if (days < 1 || days > DAYS_MOST)
        return fault_in(w, INVALID, ((struct where){.field = S("days")}), M("a number from 1 to 60"));
    struct asking k = {.w = w, .round = &round, .round_code = arg_text(in, "round"), .again = arg_given(in, "again"),
                       .expires = w->now + days * DAY, .sender = sender_of(w)};
    enum err e = somebody(w); /* the letter says whom to ask */
    if (e == OK) e = address_of_site(w, &k.url);
    if (e == OK) e = mail_goes_out(w);
    if (e == OK) e = round_to_ask(w, k.round_code, &round);
    if (e == OK) e = find_all(&k, in);
    if (e == OK) e = links_add(w, k.round_code, k.expires, k.link, k.n);
    if (e != OK) return e;
    act_noted(w, S("letters"), str_int(w->a, (int64_t)k.n));
    doc_fact(out, "letters", M("Letters written"), C_INT((int64_t)k.n));
    doc_fact(out, "lately", M("Left out: written to within a day"), C_INT(k.lately));
    if (k.left_over > 0)
        doc_note(out, M("%1 more wait for another turn: at most 20,000 letters are written at once"),
                 str_int(w->a, k.left_over));
    doc_note(
        out,
        M("respondents who cannot sign in – without an account, without a post, or who have left – with a mail address of "
          "their own, whose sheet is not submitted; 'Letters: waiting, sent, failed' tells what became of the letters"));
    return OK;
}

/* ---- account links ---- */

struct telling {
    struct doc *doc;
    struct work *w;
};

static struct cell time_or_none(int64_t t) { return t == 0 ? C_NONE : C_TIME(t); }

static void tell_link(void *to, const struct link_line *l)
{
    struct telling *t = to;
    str state = l->withdrawn != 0         ? S("withdrawn")
                : l->used != 0            ? S("used")
                : l->expires <= t->w->now ? S("ended")
                                          : S("waiting");
    DOC_ROW(t->doc, C_TEXT(l->round), C_TEXT(l->respondent), C_ORG(l->org, l->org_ja, l->org_en, 0), C_TEXT(l->mail),
            text_cell(l->by), C_TIME(l->made), C_TIME(l->expires), time_or_none(l->used),
            C_ENUM(state), C_INT(l->id));
}

enum err account_links(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column columns[] = {
        {"round", CELL_TEXT, N("Round")},
        {"respondent", CELL_TEXT, N("Respondent")},
        {"org", CELL_ORG, N("Organisation")},
        {"mail", CELL_TEXT, N("Mail address"), COL_DETAIL},
        {"by", CELL_TEXT, N("Sent by"), COL_DETAIL},
        {"made", CELL_TIME, N("Made")},
        {"expires", CELL_TIME, N("Valid until")},
        {"used", CELL_TIME, N("Opened")},
        {"state", CELL_ENUM, N("State")},
        {"id", CELL_INT, N("Withdraw"), 0, "account link-revoke", "id"},
    };
    struct telling t = {out, w};
    out->handling = ACCOUNT_HANDLING;
    out->personal = true;
    DOC_TABLE(out, "links", columns);
    enum err e = links_each_of(w, arg_text(in, "round"), tell_link, &t);
    doc_table_end(out);
    return e;
}

enum err account_link_revoke(struct work *w, const struct args *in, struct doc *out)
{
    bool done;
    enum err e = link_withdraw(w, arg_int(in, "id"), &done);
    if (e != OK) return e;
    if (!done)
        return fault_in(w, NOTFOUND, ((struct where){.field = S("id")}),
                        M("there is no such link, or it is withdrawn already"));
    doc_text(out, M("The link opens nothing any more."));
    return OK;
}

/* ---- account mail ---- */

static void tell_letter(void *to, const struct letter_line *l)
{
    struct telling *t = to;
    bool waits = str_eq(l->state, S("waiting"));
    DOC_ROW(t->doc, C_TEXT(l->mail), C_TEXT(l->subject), C_TIME(l->made), C_ENUM(l->state), C_INT(l->tries),
            waits ? C_TIME(l->due) : C_NONE, time_or_none(l->done),
            l->trouble.n == 0 ? C_NONE : words_cell(l->trouble));
}

enum err account_mail(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column columns[] = {
        {"mail", CELL_TEXT, N("Mail address")},
        {"subject", CELL_TEXT, N("Subject")},
        {"made", CELL_TIME, N("Made")},
        {"state", CELL_ENUM, N("State")},
        {"tries", CELL_INT, N("Tries")},
        {"due", CELL_TIME, N("Next try")},
        {"done", CELL_TIME, N("Sent or given up")},
        {"trouble", CELL_TEXT, N("Trouble")},
    };
    (void)in;
    struct telling t = {out, w};
    out->handling = ACCOUNT_HANDLING;
    out->personal = true;
    DOC_TABLE(out, "letters", columns);
    enum err e = letters_each(w, tell_letter, &t);
    doc_table_end(out);
    return e;
}
