/* The room's views and acts, one line each; account.c lists them. */
#ifndef MEGURI_ACCOUNT_ENTRIES_H
#define MEGURI_ACCOUNT_ENTRIES_H

#include "account/account_store.h"

/* accounts.c */
entry_fn account_list, account_add, account_lock, account_unlock, account_password, account_totp,
    account_bind, account_unbind;
/* own.c */
entry_fn account_sessions, account_session_end, account_sign_out_everywhere, account_posts, account_post,
    account_tokens, account_token, account_token_revoke;
/* links.c */
entry_fn account_link, account_links, account_link_revoke, account_mail;
/* first_admin.c */
entry_fn account_first_admin;

/* Acts on a person whom the actor reaches whole: also in every post the person holds. */
enum err person_to_act_on(struct work *w, str code, struct known_person *out) MUST_USE;
/* Who acts is a person, and not the owner of the database. */
enum err somebody(struct work *w) MUST_USE;
/* Makes a set-up code and shows it, once. */
enum err setup_give(struct work *w, int64_t person, int64_t seconds, struct doc *) MUST_USE;

#define ACCOUNT_HANDLING M("holds personal data: for those concerned only")

#endif
