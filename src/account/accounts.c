/* Accounts: who has one, giving one, taking it away; one's own password. */
#include "base/secret.h"
#include "base/totp.h"

#include "account/come_in.h"
#include "account/entries.h"
#include "surface/door.h"

enum { HOUR = 3600, SETUP_HOURS = 24, SETUP_HOURS_MOST = 7 * 24, RENEW_SECONDS = 900 };

static enum err person_in_reach(struct work *w, str code, bool also_left, struct known_person *out)
{
    bool out_of_reach = false;
    enum err e = person_within(w, code, also_left, out);
    if (e == NOTFOUND)
        return fault_in(w, NOTFOUND, ((struct where){.field = S("person")}),
                        M("no person '%1': `meguri registry people` lists those you may see"), code);
    if (e == OK) e = person_reaches_out(w, out->id, &out_of_reach);
    if (e == OK && out_of_reach)
        return fault(w, DENIED,
                     M("'%1' holds a post out of your reach: an administrator of all their posts may do this"), code);
    return e;
}

enum err person_to_act_on(struct work *w, str code, struct known_person *out)
{
    return person_in_reach(w, code, false, out);
}

enum err somebody(struct work *w)
{
    if (w->actor->person != 0) return OK;
    return fault(w, INVALID, M("this is done by a person for themselves: say who, with --as PERSON/POST"));
}

enum err setup_give(struct work *w, int64_t person, int64_t seconds, struct doc *out)
{
    str code = setup_code_new(w->a), url;
    int64_t until = w->now + seconds;
    enum err e = setup_put(w, person, setup_code_digest(w->a, code), until);
    if (e != OK) return e;
    e = setting_get(w, S("url"), &url);
    if (e != OK && e != NOTFOUND) return e;
    doc_fact(out, "code", M("Set-up code"), C_TEXT(code));
    doc_fact(out, "until", M("Valid until"), C_TIME(until));
    if (e == OK)
        doc_fact(out, "url", M("Where to enter it"), C_TEXT(str_fmt(w->a, "%.*s/account/setup", STR_ARG(url))));
    doc_text(
        out,
        M("Shown this once. Hand it over in person or by telephone; it is entered on the page /account/setup, where "
          "password and authenticator are set up."));
    return OK;
}

/* ---- account list ---- */

static const struct column list_columns[] = {
    {"person", CELL_PERSON, N("Person"), 0, "registry person", "person"},
    {"org", CELL_ORG, N("Organisation"), 0, "registry organisation", "org"},
    {"ways", CELL_TEXT, N("Comes in by")},
    {"second", CELL_BOOL, N("Second factor")},
    {"seen", CELL_TIME, N("Last came in")},
    {"state", CELL_ENUM, N("State")},
    {"lock", CELL_PERSON, N("Lock"), COL_DATA, "account lock", "person"},
};

struct listing {
    struct doc *doc;
    struct work *w;
    int64_t rows;
};

static struct cell ways_cell(const struct account_line *l)
{
    static const str both = N("password and OpenID Connect"), one = N("password"), issuer = N("OpenID Connect");
    str id = l->password && l->subjects > 0 ? both : l->password ? one : issuer;
    if (!l->password && l->subjects == 0) return C_NONE;
    return words_cell(id);
}

static void list_one(void *to, const struct account_line *l)
{
    struct listing *t = to;
    str state = l->locked ? S("locked") : l->password || l->subjects > 0 ? S("active") : S("not-set-up");
    t->rows++;
    DOC_ROW(t->doc, C_PERSON(l->person, l->name_ja, l->name_en),
            C_ORG(l->org, l->org_ja, l->org_en, 0), ways_cell(l), C_BOOL(l->totp),
            l->seen == 0 ? C_NONE : C_TIME(l->seen), C_ENUM(state), C_PERSON(l->person, l->name_ja, (str){0}));
}

static const struct column binding_columns[] = {
    {"person", CELL_PERSON, N("Person"), 0, "registry person", "person"},
    {"issuer", CELL_TEXT, N("Issuer"), 0, NULL, "issuer"},
    {"subject", CELL_TEXT, N("User there"), 0, NULL, "subject"},
    {"since", CELL_TIME, N("Since")},
    {"unbind", CELL_PERSON, N("Unbind"), COL_DATA, "account unbind", "person"},
};

static void list_binding(void *to, const struct subject_line *l)
{
    struct listing *t = to;
    DOC_ROW(t->doc, C_PERSON(l->person, l->name_ja, l->name_en),
            C_TEXT(l->issuer), C_TEXT(l->subject), C_TIME(l->since), C_PERSON(l->person, l->name_ja, (str){0}));
}

static enum err list_bindings(struct listing *t, const struct org *org)
{
    doc_heading(t->doc, M("Users of OpenID Connect, and who they are here"));
    DOC_TABLE(t->doc, "bindings", binding_columns);
    enum err e = subjects_each(t->w, org == NULL ? 0 : org->lo, org == NULL ? INT64_MAX : org->hi, list_binding, t);
    doc_table_end(t->doc);
    doc_note(t->doc, M("who signs in through the issuer for the first time is bound to the person with their mail "
                       "address; a change of the address does not move it, 'Unbind' ends it"));
    return e;
}

enum err account_list(struct work *w, const struct args *in, struct doc *out)
{
    const struct org *org = arg_org(in, "org");
    struct listing t = {out, w, 0};
    out->handling = ACCOUNT_HANDLING;
    out->personal = true;
    DOC_TABLE(out, "accounts", list_columns);
    enum err e = accounts_each(w, org == NULL ? 0 : org->lo, org == NULL ? INT64_MAX : org->hi, list_one, &t);
    doc_table_end(out);
    if (e == OK && t.rows == 0)
        doc_note(out, M("nobody within your reach has an account: 'Give a person an account' makes one"));
    return e == OK ? list_bindings(&t, org) : e;
}

/* ---- giving and taking ---- */

enum err account_add(struct work *w, const struct args *in, struct doc *out)
{
    struct known_person p;
    int64_t hours = arg_given(in, "hours") ? arg_int(in, "hours") : SETUP_HOURS;
    if (hours < 1 || hours > SETUP_HOURS_MOST)
        return fault_in(w, INVALID, ((struct where){.field = S("hours")}), M("a number from 1 to 168"));
    enum err e = person_to_act_on(w, arg_text(in, "person"), &p);
    if (e != OK) return e;
    doc_fact(out, "person", M("Person"),
             C_PERSON(p.code, p.name_ja, p.name_en));
    return setup_give(w, p.id, hours * HOUR, out);
}

static enum err lock(struct work *w, const struct args *in, struct doc *out, bool locked)
{
    struct known_person p;
    int64_t ended = 0, tokens = 0;
    enum err e = person_to_act_on(w, arg_text(in, "person"), &p);
    if (e == OK && locked && p.id == w->actor->person)
        return fault(w, INVALID, M("nobody locks themselves out: let another administrator do it"));
    if (e == OK) e = lock_put(w, p.id, locked);
    if (e == OK && locked) e = sessions_drop(w, p.id, S(""), &ended);
    if (e == OK && locked) e = tokens_drop(w, p.id, &tokens);
    if (e != OK) return e;
    if (locked)
        doc_text(out, M("'%1' is locked and signed out; sessions ended: %2, tokens revoked: %3"), p.code,
                 str_int(w->a, ended), str_int(w->a, tokens));
    else doc_text(out, M("'%1' may come in again"), p.code);
    return OK;
}

enum err account_lock(struct work *w, const struct args *in, struct doc *out) { return lock(w, in, out, true); }
enum err account_unlock(struct work *w, const struct args *in, struct doc *out) { return lock(w, in, out, false); }

/* ---- users of an issuer ---- */

static enum err issuer_given(struct work *w, const struct args *in, str *out)
{
    str said = arg_text(in, "issuer");
    enum err e = said.n != 0 ? OK : setting_get(w, S("oidc_issuer"), &said);
    if (e != OK && e != NOTFOUND) return e;
    if (said.n == 0)
        return fault_in(w, INVALID, ((struct where){.field = S("issuer")}),
                        M("this site has no issuer: give its address"));
    *out = issuer_key(said);
    return OK;
}

enum err account_bind(struct work *w, const struct args *in, struct doc *out)
{
    struct known_person p;
    str issuer, subject = arg_text(in, "subject");
    int64_t bound;
    enum err e = person_to_act_on(w, arg_text(in, "person"), &p);
    if (e == OK) e = issuer_given(w, in, &issuer);
    if (e != OK) return e;
    e = subject_person(w, issuer, subject, &bound);
    if (e == OK)
        return fault_in(w, CONFLICT, ((struct where){.field = S("subject")}),
                        M("'%1' is bound already: end that first, with 'Unbind' (account unbind)"), subject);
    if (e == NOTFOUND) e = subject_bind(w, issuer, subject, p.id);
    if (e != OK) return e;
    doc_text(out, M("'%1' of %2 now comes in as '%3'."), subject, issuer, p.code);
    return OK;
}

enum err account_unbind(struct work *w, const struct args *in, struct doc *out)
{
    struct known_person p;
    int64_t n, ended;
    enum err e = person_in_reach(w, arg_text(in, "person"), true, &p); /* whoever left may come back under a new code */
    if (e == OK) e = subjects_drop(w, p.id, issuer_key(arg_text(in, "issuer")), arg_text(in, "subject"), &n);
    if (e == OK && n == 0)
        return fault(w, NOTFOUND, M("no such user is bound to '%1': the list of accounts tells who is"), p.code);
    if (e == OK) e = sessions_drop(w, p.id, S(""), &ended);
    if (e != OK) return e;
    doc_text(out, M("Bindings of '%1' ended: %2; sessions ended: %3"), p.code, str_int(w->a, n), str_int(w->a, ended));
    return OK;
}

/* ---- one's own ---- */

static enum err own_password(struct work *w, const struct args *in, const char *name)
{
    struct account_row a = {0};
    enum err e = somebody(w);
    if (e == OK) e = account_row(w, w->actor->person_code, &a);
    if (e != OK && e != NOTFOUND) return e;
    if (password_right(a.password, arg_text(in, name))) return OK;
    return fault_in(w, DENIED, ((struct where){.field = str_of(name)}), M("this is not your password"));
}

enum err account_password(struct work *w, const struct args *in, struct doc *out)
{
    str wanted = arg_text(in, "password");
    int64_t ended, tokens = 0;
    enum err e = own_password(w, in, "old");
    if (e == OK) e = password_fits(w, w->actor->person_code, wanted);
    if (e != OK) return e;
    str hash = password_hash(w->a, wanted);
    if (hash.n == 0) return fault(w, BUSY, M("the machine is out of memory; nothing was changed"));
    e = password_put(w, w->actor->person, hash);
    if (e == OK) e = sessions_drop(w, w->actor->person, w->session, &ended);
    if (e == OK) e = tokens_drop(w, w->actor->person, &tokens);
    if (e == OK)
        doc_text(out, M("The password is changed, and you are signed out everywhere else; tokens revoked: %1"),
                 str_int(w->a, tokens));
    return e;
}

/* Password and authenticator are set up anew, with a code one gives oneself. */
enum err account_totp(struct work *w, const struct args *in, struct doc *out)
{
    enum err e = own_password(w, in, "password");
    return e == OK ? setup_give(w, w->actor->person, RENEW_SECONDS, out) : e;
}
