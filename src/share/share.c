/* The room on one page: what it shows and what it does. */
#include "share/share.h"

#include "share/confirm.h"
#include "share/consent_store.h"
#include "share/contacts_store.h"
#include "share/delivery.h"
#include "share/delivery_store.h"
#include "share/notice_acts.h"

#include "share/drill.h"
#include "share/inbox.h"

#include "share/letters.h"
#include "share/letters_link.h"
#include "share/letters_store.h"
#include "share/notice_store.h"
#include "share/objects_store.h"
#include "share/party.h"
#include "share/party_store.h"
#include "share/report_store.h"
#include "share/route_store.h"
#include "share/statistics_store.h"
#include "share/statistics_view.h"
#include "share/taxii.h"

static const struct param party_params[] = {PARTY_PARAM, {0}};

/* For whom do I share, and with whom: whoever opens the room first. */
static enum err view_party(struct work *w, const struct args *in, struct doc *out)
{
    struct party p;
    enum err e = party_of(w, in, &p);
    if (e != OK) return e;
    doc_fact(out, "org", M("You share for"), C_ORG(p.code, p.ja, p.en, 0));
    doc_fact(out, "tier", M("Tier"), enum_words_cell(tier_word(p.tier), tier_label(p.tier)));
    return OK;
}

/* ---- what waits, notices ---- */
/* Reached from the page of its notice. */
#define NOTICE_ACT(name, title, params, fn) {name, ENTRY_ACT, title, MAY_SHARE, NULL, params, fn, NULL, NULL, UNLISTED}

/* ---- statistics ---- */
static const struct param statistics_params[] = {
    {"year", P_INT, 0, NULL, NULL, N("fiscal year; without it, this one")},
    {"from", P_INT, 0, NULL, NULL, N("first fiscal year beside it; without it, four before")},
    PARTY_PARAM,
    {0}};

static const struct entry share_entries[] = {
    /* ---- what waits, notices ---- */
    {"notice", ENTRY_VIEW, N("Write a notice, or read one"), MAY_SHARE, NULL, share_notice_params, share_view_notice, .mark = share_mark_notice},
    VIEW("notices", N("Notices: issued and received"), MAY_SHARE, NULL, share_notices_params, share_view_notices),
    VIEW("addresses", N("Whom you may write to"), MAY_SHARE, NULL, share_addresses_params, share_view_addresses),
    SUB_VIEW("preview", N("Before a notice is sent"), MAY_SHARE, NULL, share_one_notice_params, share_view_preview),
    SUB_VIEW("below", N("Who waits below you for a notice"), MAY_SHARE, NULL, share_one_notice_params, share_view_below),
    {"notice-file", ENTRY_FILE, N("An attachment of a notice"), MAY_SHARE, NULL, share_notice_file_params, NULL, share_file_notice, "application/octet-stream", UNLISTED},
    NOTICE_ACT("draft", N("Write a draft of a notice"), share_draft_params, share_act_draft),
    NOTICE_ACT("attach", N("Attach a file to a draft"), share_attach_params, share_act_attach),
    NOTICE_ACT("detach", N("Take an attachment off a draft"), share_detach_params, share_act_detach),
    NOTICE_ACT("send", N("Send a notice"), share_send_params, share_act_send),
    NOTICE_ACT("update", N("Begin an update of a notice"), share_one_notice_params, share_act_update),
    NOTICE_ACT("recall", N("Recall a notice"), share_recall_params, share_act_recall),
    NOTICE_ACT("discard", N("Discard a draft of a notice"), share_one_notice_params, share_act_discard),
    NOTICE_ACT("pass", N("Pass a notice on"), share_pass_params, share_act_pass),
    NOTICE_ACT("pass-add", N("Send a notice to one more"), share_pass_add_params, share_act_pass_add),
    SUB_VIEW("party", N("For whom you share"), MAY_SHARE, NULL, party_params, view_party),
    /* ---- confirming ---- */
    VIEW("inbox", N("What waits for you"), MAY_SHARE, NULL, share_inbox_params, share_view_inbox),
    SUB_VIEW("awaiting", N("Notices that wait for your confirmation"), MAY_SHARE, NULL, share_awaiting_params, share_view_awaiting),
    ACT("confirm", N("Confirm a notice"), MAY_SHARE, NULL, share_confirm_params, share_act_confirm),
    {"confirm-import", ENTRY_ACT, N("Enter a list of confirmations"), MAY_SHARE, NULL, share_confirm_import_params, share_act_confirm_import, NULL, NULL,
     LONG | TRY_FIRST},
    {"cause", ENTRY_ACT, N("Enter why a notice was not confirmed"), MAY_SHARE, NULL, share_cause_params, share_act_cause, NULL, NULL, UNLISTED},
    VIEW("board", N("Who has confirmed"), MAY_SHARE, NULL, share_board_params, share_view_board),
    SUB_VIEW("watched", N("Notices whose confirmation you watch"), MAY_SHARE, NULL, share_watched_params, share_view_watched),
    SUB_VIEW("calls", N("Calls to be made"), MAY_SHARE, NULL, share_calls_params, share_view_calls),
    VIEW("reach", N("Reach-confirmation rate"), MAY_SHARE, NULL, share_reach_params, share_view_reach),
    ACT("drill", N("Begin a drill"), MAY_SHARE, NULL, share_drill_params, share_act_drill),
    VIEW("drills", N("Drills, year by year"), MAY_SHARE, NULL, share_drills_params, share_view_drills),
    SUB_VIEW("drill-result", N("Result of a drill"), MAY_SHARE, NULL, share_drill_result_params, share_view_drill_result),
    /* ---- reports ---- */
    /* ---- statistics ---- */
    VIEW("statistics", N("Reports and notices counted"), MAY_SHARE, NULL, statistics_params, share_view_statistics),
    /* ---- who takes part ---- */
    /* ---- exchange ---- */
};

static const struct sql_set *const sql_sets[] = {
    &party_sql_set,
    &route_sql_set,
    &contacts_sql_set,
    &notice_sql_set,
    &delivery_sql_set,
    &entering_sql_set,
    &inbox_sql_set,
    &board_sql_set,
    &reach_sql_set,
    &drill_sql_set,
    &report_share_sql_set,
    &consent_sql_set,
    &statistics_sql_set,
    &objects_sql_set,
    &letters_sql_set,
    NULL,
};

const struct room share_room = {
    "share", N("Information sharing"), share_entries, sizeof share_entries / sizeof share_entries[0],
    .sql = sql_sets,
    .rebuild = deliveries_recount,
    .tick = letters_tick,
    .mounts = MOUNTS(&taxii_mount),
    .link = &confirm_letter_link,
};
