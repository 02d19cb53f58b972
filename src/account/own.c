/* One's own sessions, posts and tokens; those of others for administrators. */
#include "base/hash.h"
#include "base/secret.h"

#include "account/come_in.h"
#include "account/entries.h"
#include "store/journal.h"
#include "surface/door.h"

enum { TOKEN_BYTES = 32, TOKEN_DAYS_MOST = 3660, LABEL_MOST = 200 };

static bool administers(const struct work *w) { return (w->actor->rights & MAY_ADMINISTER) != 0; }

/* Whose rows: 0 for all within reach, which administrators alone may ask for. */
static enum err whose(struct work *w, const struct args *in, int64_t *person)
{
    if (!arg_given(in, "all")) {
        *person = w->actor->person;
        return somebody(w);
    }
    if (!administers(w)) return fault(w, DENIED, M("those of others are for administrators"));
    *person = 0;
    return OK;
}

/* Whose rows an act may touch: an administrator's own as well as those within reach. */
static int64_t touches(const struct work *w) { return administers(w) ? 0 : w->actor->person; }

static struct where at(const char *field) { return (struct where){.field = str_of(field)}; }

/* ---- sessions ---- */

static const struct column session_columns[] = {
    {"person", CELL_PERSON, N("Person")},          {"how", CELL_ENUM, N("Came in by")},
    {"peer", CELL_TEXT, N("From")},                {"post", CELL_TEXT, N("Post")},
    {"begun", CELL_TIME, N("Signed in")},          {"seen", CELL_TIME, N("Last seen")},
    {"this", CELL_BOOL, N("This one")},            {"id", CELL_INT, N("End it"), 0, "account session-end", "id"},
};

struct telling {
    struct doc *doc;
    struct work *w;
};

static void tell_session(void *to, const struct session_line *l)
{
    struct telling *t = to;
    DOC_ROW(t->doc, C_PERSON(l->person, l->name_ja, l->name_en),
            C_ENUM(l->how), text_cell(l->peer), text_cell(l->post), C_TIME(l->begun), C_TIME(l->seen),
            C_BOOL(str_eq(l->digest, t->w->session)), C_INT(l->id));
}

enum err account_sessions(struct work *w, const struct args *in, struct doc *out)
{
    int64_t person;
    enum err e = whose(w, in, &person);
    if (e != OK) return e;
    struct telling t = {out, w};
    out->handling = ACCOUNT_HANDLING;
    out->personal = person == 0;
    DOC_TABLE(out, "sessions", session_columns);
    e = sessions_each(w, person, tell_session, &t);
    doc_table_end(out);
    doc_note(out, M("a session ends after ten hours, or an hour without use"));
    return e;
}

enum err account_session_end(struct work *w, const struct args *in, struct doc *out)
{
    bool ended = false;
    enum err e = session_end_id(w, arg_int(in, "id"), w->actor->person, &ended);
    if (e == OK && !ended && touches(w) == 0) e = session_end_id(w, arg_int(in, "id"), 0, &ended);
    if (e != OK) return e;
    if (!ended) return fault_in(w, NOTFOUND, at("id"), M("there is no such session, or it has ended"));
    doc_text(out, M("The session is ended."));
    return OK;
}

enum err account_sign_out_everywhere(struct work *w, const struct args *in, struct doc *out)
{
    struct known_person p = {.id = w->actor->person};
    str code = arg_text(in, "person");
    int64_t ended, tokens;
    bool other = code.n != 0 && !str_eq(code, w->actor->person_code);
    if (other && !administers(w)) return fault(w, DENIED, M("those of others are for administrators"));
    enum err e = other ? person_to_act_on(w, code, &p) : somebody(w);
    if (e == OK) e = sessions_drop(w, p.id, S(""), &ended);
    if (e == OK) e = tokens_drop(w, p.id, &tokens);
    if (e != OK) return e;
    doc_text(out, M("Sessions ended: %1; tokens revoked: %2"), str_int(w->a, ended), str_int(w->a, tokens));
    return OK;
}

/* ---- the post acted in ---- */

enum err account_posts(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column columns[] = {
        {"post", CELL_TEXT, N("Post"), 0, "account post", "post"},
        {"duty", CELL_TEXT, N("Duty")},
        {"org", CELL_ORG, N("Organisation")},
        {"now", CELL_BOOL, N("Acting in it")},
    };
    struct post_held *held;
    size_t n;
    (void)in;
    enum err e = somebody(w);
    if (e == OK) e = actor_posts(w, w->actor->person_code, &held, &n);
    if (e != OK) return e;
    DOC_TABLE(out, "posts", columns);
    for (size_t i = 0; i < n; i++)
        DOC_ROW(out, C_TEXT(held[i].code), C_BOTH(held[i].duty_ja, held[i].duty_en),
                C_ORG(held[i].org, held[i].org_ja, held[i].org_en, 0),
                C_BOOL(str_eq(held[i].code, w->actor->post_code)));
    doc_table_end(out);
    return OK;
}

enum err account_post(struct work *w, const struct args *in, struct doc *out)
{
    if (w->session.n == 0)
        return fault(w, INVALID, M("there is no session here to switch: on the command line say --as PERSON/POST"));
    enum err e = session_post(w, w->session, arg_text(in, "post"));
    if (e != OK) return e;
    doc_text(out, M("You now act as %1."), arg_text(in, "post"));
    act_next(w, &(struct going_on){.to = "home"});
    return OK;
}

/* ---- tokens ---- */

static const struct column token_columns[] = {
    {"person", CELL_PERSON, N("Person")},   {"label", CELL_TEXT, N("What for")},
    {"post", CELL_TEXT, N("Post")},         {"read_only", CELL_BOOL, N("Reads only")},
    {"created", CELL_TIME, N("Made")},      {"expires", CELL_TIME, N("Valid until")},
    {"id", CELL_INT, N("Revoke"), 0, "account token-revoke", "id"},
};

static void tell_token(void *to, const struct token_line *l)
{
    struct telling *t = to;
    DOC_ROW(t->doc, C_PERSON(l->person, l->name_ja, l->name_en),
            C_TEXT(l->label), C_TEXT(l->post), C_BOOL(l->read_only), C_TIME(l->created),
            l->ends ? C_TIME(l->expires) : C_NONE, C_INT(l->id));
}

enum err account_tokens(struct work *w, const struct args *in, struct doc *out)
{
    int64_t person;
    enum err e = whose(w, in, &person);
    if (e != OK) return e;
    struct telling t = {out, w};
    out->personal = person == 0;
    DOC_TABLE(out, "tokens", token_columns);
    e = tokens_each(w, person, tell_token, &t);
    doc_table_end(out);
    return e;
}

static enum err token_wanted(struct work *w, const struct args *in, struct new_token *t)
{
    int64_t days = arg_int(in, "days");
    if (days < 0 || days > TOKEN_DAYS_MOST)
        return fault_in(w, INVALID, at("days"), M("a number from 0 to 3660; 0 is for ever, which the audit reports"));
    if (arg_text(in, "label").n > LABEL_MOST) return fault_in(w, INVALID, at("label"), M("longer than 200 bytes"));
    *t = (struct new_token){.person = w->actor->person, .post = w->actor->post_code, .label = arg_text(in, "label"),
                            .read_only = !arg_given(in, "acts"), .ends = days != 0, .expires = w->now + days * DAY};
    return OK;
}

enum err account_token(struct work *w, const struct args *in, struct doc *out)
{
    struct new_token t;
    enum err e = somebody(w);
    if (e == OK && w->board != NULL && w->session.n == 0) /* on the web; the command line is the owner's */
        return fault(w, DENIED, M("a token is made by who is signed in here, not by a program or through a proxy"));
    if (e == OK) e = token_wanted(w, in, &t);
    if (e != OK) return e;
    str token = str_fmt(w->a, "%s%.*s", TOKEN_PREFIX, STR_ARG(secret_new(w->a, TOKEN_BYTES)));
    t.digest = sha256_hex(w->a, token);
    e = token_add(w, &t);
    if (e != OK) return e;
    doc_fact(out, "token", M("Token"), C_TEXT(token));
    if (t.ends) doc_fact(out, "until", M("Valid until"), C_TIME(t.expires));
    doc_text(out, M("Shown this once. It is sent as `Authorization: Bearer TOKEN`, and acts as you in the post %1."),
             t.post);
    return OK;
}

enum err account_token_revoke(struct work *w, const struct args *in, struct doc *out)
{
    bool dropped = false;
    enum err e = token_drop(w, arg_int(in, "id"), w->actor->person, &dropped);
    if (e == OK && !dropped && touches(w) == 0) e = token_drop(w, arg_int(in, "id"), 0, &dropped);
    if (e != OK) return e;
    if (!dropped) return fault_in(w, NOTFOUND, at("id"), M("there is no such token"));
    doc_text(out, M("The token works no more."));
    return OK;
}
