/* account: how people come in. */
#include "account/account.h"

#include "account/entries.h"

/* Ways in are opened and closed by people; a program's token may not (NO_TOKEN). */
#define PERSONS_ACT(name, title, right, place, params, fn) \
    {name, ENTRY_ACT, title, right, place, params, fn, NULL, NULL, NO_TOKEN}
/* What it makes is shown once, and a rehearsal would show one that opens nothing. */
#define SECRET_ACT(name, title, right, place, params, fn) \
    {name, ENTRY_ACT, title, right, place, params, fn, NULL, NULL, NO_TOKEN | NO_DRY_RUN}
#define ID_PARAM {"id", P_INT, REQUIRED, NULL, NULL, N("number, as the list has it")}
#define PERSON_PARAM {"person", P_CODE, REQUIRED, NULL, NULL, N("code of the person")}
#define ISSUER_PARAM                                                                                                   \
    {"issuer", P_TEXT, 0, NULL, NULL, N("address of the issuer; that of this site where it is not said")}
#define ALL_PARAM {"all", P_FLAG, 0, NULL, NULL, N("of everyone within reach; for administrators")}

static const struct entry entries[] = {
    VIEW("list", N("Accounts, and how they come in"), MAY_ADMINISTER | MAY_AUDIT, "org",
         PARAMS({"org", P_ORG, 0, NULL, NULL, N("this organisation and all below it")}), account_list),
    SECRET_ACT("add", N("Give a person an account"), MAY_ADMINISTER, NULL,
                PARAMS(PERSON_PARAM, {"hours", P_INT, 0, NULL, "24", N("how long the set-up code is valid")}),
                account_add),
    PERSONS_ACT("lock", N("Lock a person out, end their sessions and revoke their tokens"), MAY_ADMINISTER, NULL,
                PARAMS(PERSON_PARAM), account_lock),
    PERSONS_ACT("unlock", N("Let a person in again"), MAY_ADMINISTER, NULL, PARAMS(PERSON_PARAM), account_unlock),
    PERSONS_ACT("bind", N("Let a user of the issuer come in as a person"), MAY_ADMINISTER, NULL,
                PARAMS(PERSON_PARAM,
                       {"subject", P_TEXT, REQUIRED | PERSONAL, NULL, NULL,
                        N("the user, as the issuer calls them (sub)")},
                       ISSUER_PARAM),
                account_bind),
    PERSONS_ACT("unbind", N("End what binds users of an issuer to a person, and sign the person out"), MAY_ADMINISTER,
                NULL,
                PARAMS(PERSON_PARAM,
                       {"subject", P_TEXT, PERSONAL, NULL, NULL, N("only this user, as the issuer calls them (sub)")},
                       {"issuer", P_TEXT, 0, NULL, NULL, N("only of this issuer")}),
                account_unbind),
    PERSONS_ACT("password", N("Change one's own password"), MAY_ANYONE, NULL,
                PARAMS({"old", P_TEXT, REQUIRED | SECRET, NULL, NULL, N("the password so far")},
                       {"password", P_TEXT, REQUIRED | SECRET, NULL, NULL, N("the new one: 12 characters or more")}),
                account_password),
    SECRET_ACT("totp", N("Set up password and authenticator anew"), MAY_ANYONE, NULL,
                PARAMS({"password", P_TEXT, REQUIRED | SECRET, NULL, NULL, N("the password so far")}), account_totp),
    VIEW("sessions", N("Where one is signed in"), MAY_ANYONE, NULL, PARAMS(ALL_PARAM), account_sessions),
    {"session-end", ENTRY_ACT, N("End a session"), MAY_ANYONE, NULL, PARAMS(ID_PARAM), account_session_end, NULL, NULL,
     UNLISTED | NO_TOKEN},
    PERSONS_ACT("sign-out-everywhere", N("Sign out everywhere, and revoke all tokens"), MAY_ANYONE, NULL,
                PARAMS({"person", P_CODE, 0, NULL, NULL, N("another person; for administrators")}),
                account_sign_out_everywhere),
    SUB_VIEW("posts", N("One's posts today"), MAY_ANYONE, NULL, NULL, account_posts),
    {"post", ENTRY_ACT, N("Act in another of one's posts"), MAY_ANYONE, NULL,
     PARAMS({"post", P_CODE, REQUIRED, NULL, NULL, N("the post to act in"), "account posts"}), account_post, NULL, NULL,
     QUIET | UNLISTED | NO_TOKEN},
    VIEW("tokens", N("Tokens of programs"), MAY_ANYONE, NULL, PARAMS(ALL_PARAM), account_tokens),
    SECRET_ACT("token", N("Make a token for a program"), MAY_ANYONE, NULL,
                PARAMS({"label", P_TEXT, REQUIRED, NULL, NULL, N("what it is for")},
                       {"acts", P_FLAG, 0, NULL, NULL, N("it may act; otherwise it only reads")},
                       {"days", P_INT, 0, NULL, "365", N("how long it is valid; 0: for ever")}),
                account_token),
    {"token-revoke", ENTRY_ACT, N("Revoke a token"), MAY_ANYONE, NULL, PARAMS(ID_PARAM), account_token_revoke, NULL,
     NULL, UNLISTED},
    PERSONS_ACT("link", N("Write to respondents without an account"), MAY_MANAGE, "org",
                PARAMS({"round", P_CODE, REQUIRED, NULL, NULL, N("code of the round"), "inspect rounds"},
                       {"org", P_ORG, 0, NULL, NULL, N("this organisation and all below it")},
                       {"respondent", P_CODE, 0, NULL, NULL, N("only this one")},
                       {"days", P_INT, 0, NULL, "14", N("how long the links are valid")},
                       {"again", P_FLAG, 0, NULL, NULL, N("also to those written to within a day")}),
                account_link),
    VIEW("links", N("Links to single sheets"), MAY_MANAGE | MAY_ADMINISTER, NULL,
         PARAMS({"round", P_CODE, 0, NULL, NULL, N("code of the round"), "inspect rounds"}), account_links),
    {"link-revoke", ENTRY_ACT, N("Withdraw a link"), MAY_MANAGE | MAY_ADMINISTER, NULL, PARAMS(ID_PARAM),
     account_link_revoke, NULL, NULL, UNLISTED},
    VIEW("mail", N("Letters: waiting, sent, failed"), MAY_MANAGE | MAY_ADMINISTER, NULL, NULL, account_mail),
    {"first-admin", ENTRY_ACT, N("Make the first administrator"), MAY_ADMINISTER, "org",
     PARAMS({"person", P_CODE, REQUIRED, NULL, NULL, N("code of the person, by which they sign in")},
            {"name", P_TEXT, PERSONAL, NULL, NULL, N("name, where the person is not in the registry yet")},
            {"org", P_ORG, REQUIRED, NULL, NULL, N("the organisation to administer, with all below it")},
            {"mail", P_TEXT, PERSONAL, NULL, "", N("mail address")},
            {"again", P_FLAG, 0, NULL, NULL, N("although there are administrators already")}),
     account_first_admin, NULL, NULL, LOCAL},
};

const struct room account_room = {"account", N("how do people come in?"), entries, sizeof entries / sizeof entries[0],
                                  SQL_SETS(&account_sql_set), NULL};
