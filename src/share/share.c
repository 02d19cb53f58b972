/* The room on one page: what it shows and what it does. The parameters of an entry stand beside its function. */
#include "share/share.h"

#include "share/bodies_store.h"
#include "share/circle_store.h"
#include "share/confirm.h"
#include "share/consent_store.h"
#include "share/contacts_store.h"
#include "share/delivery.h"
#include "share/delivery_store.h"
#include "share/drill.h"
#include "share/exchange.h"
#include "share/feed.h"
#include "share/feed_store.h"
#include "share/groups_store.h"
#include "share/inbox.h"
#include "share/letters.h"
#include "share/letters_link.h"
#include "share/letters_store.h"
#include "share/notice_acts.h"
#include "share/notice_store.h"
#include "share/objects_store.h"
#include "share/party.h"
#include "share/party_store.h"
#include "share/received.h"
#include "share/report_acts.h"
#include "share/report_file.h"
#include "share/report_store.h"
#include "share/route_store.h"
#include "share/sources.h"
#include "share/statistics_store.h"
#include "share/statistics_view.h"
#include "share/status_store.h"
#include "share/taxii.h"
#include "share/taxii_add.h"
#include "share/who.h"

/* Reached from the page of what it is done to. */
#define PAGE_ACT(name, title, params, fn) {name, ENTRY_ACT, title, MAY_SHARE, NULL, params, fn, NULL, NULL, UNLISTED}
/* A file that is looked through as a whole before any of it is taken. */
#define CHECKED_ACT(name, title, params, fn) {name, ENTRY_ACT, title, MAY_SHARE, NULL, params, fn, NULL, NULL, LONG | TRY_FIRST}

static const struct entry share_entries[] = {
    /* ---- what waits, notices ---- */
    {"notice", ENTRY_VIEW, N("Write a notice, or read one"), MAY_SHARE, NULL, share_notice_params, share_view_notice,
     .mark = share_mark_notice},
    VIEW("notices", N("Notices: issued and received"), MAY_SHARE, NULL, share_notices_params, share_view_notices),
    VIEW("addresses", N("Whom you may write to"), MAY_SHARE, NULL, share_party_params, share_view_addresses),
    SUB_VIEW("preview", N("Before a notice is sent"), MAY_SHARE, NULL, share_one_notice_params, share_view_preview),
    SUB_VIEW("below", N("Who waits below you for a notice"), MAY_SHARE, NULL, share_one_notice_params,
             share_view_below),
    {"notice-file", ENTRY_FILE, N("An attachment of a notice"), MAY_SHARE, NULL, share_notice_file_params, NULL,
     share_file_notice, "application/octet-stream", UNLISTED},
    PAGE_ACT("draft", N("Write a draft of a notice"), share_draft_params, share_act_draft),
    PAGE_ACT("attach", N("Attach a file to a draft"), share_attach_params, share_act_attach),
    PAGE_ACT("detach", N("Take an attachment off a draft"), share_detach_params, share_act_detach),
    PAGE_ACT("send", N("Send a notice"), share_send_params, share_act_send),
    PAGE_ACT("update", N("Begin an update of a notice"), share_one_notice_params, share_act_update),
    PAGE_ACT("recall", N("Recall a notice"), share_recall_params, share_act_recall),
    PAGE_ACT("discard", N("Discard a draft of a notice"), share_one_notice_params, share_act_discard),
    PAGE_ACT("pass", N("Pass a notice on"), share_pass_params, share_act_pass),
    PAGE_ACT("pass-add", N("Send a notice to one more"), share_pass_add_params, share_act_pass_add),
    SUB_VIEW("party", N("For whom you share"), MAY_SHARE, NULL, share_party_params, share_view_party),
    /* ---- confirming ---- */
    VIEW("inbox", N("What waits for you"), MAY_SHARE, NULL, share_inbox_params, share_view_inbox),
    SUB_VIEW("awaiting", N("Notices that wait for your confirmation"), MAY_SHARE, NULL, share_party_params,
             share_view_awaiting),
    ACT("confirm", N("Confirm a notice"), MAY_SHARE, NULL, share_confirm_params, share_act_confirm),
    CHECKED_ACT("confirm-import", N("Enter a list of confirmations"), share_confirm_import_params,
                share_act_confirm_import),
    PAGE_ACT("cause", N("Enter why a notice was not confirmed"), share_cause_params, share_act_cause),
    VIEW("board", N("Who has confirmed"), MAY_SHARE, NULL, share_board_params, share_view_board),
    SUB_VIEW("watched", N("Notices whose confirmation you watch"), MAY_SHARE, NULL, share_party_params,
             share_view_watched),
    SUB_VIEW("calls", N("Calls to be made"), MAY_SHARE, NULL, share_calls_params, share_view_calls),
    VIEW("reach", N("Reach-confirmation rate"), MAY_SHARE, NULL, share_reach_params, share_view_reach),
    ACT("drill", N("Begin a drill"), MAY_SHARE, NULL, share_drill_params, share_act_drill),
    VIEW("drills", N("Drills, year by year"), MAY_SHARE, NULL, share_party_params, share_view_drills),
    SUB_VIEW("drill-result", N("Result of a drill"), MAY_SHARE, NULL, share_drill_result_params,
             share_view_drill_result),
    /* ---- reports ---- */
    {"report", ENTRY_VIEW, N("Report a failure"), MAY_SHARE, NULL, share_report_view_params, share_view_report,
     .mark = share_mark_report},
    VIEW("reports", N("Reports of failures"), MAY_SHARE, NULL, share_reports_params, share_view_reports),
    SUB_VIEW("report-fields", N("What a report asks"), MAY_SHARE, NULL, share_report_fields_params,
             share_view_report_fields),
    QUIET_ACT("report-save", N("Keep what is typed"), MAY_SHARE, NULL, share_report_save_params, share_act_report_save),
    PAGE_ACT("report-send", N("Send the report"), share_report_send_params, share_act_report_send),
    PAGE_ACT("report-follow", N("Begin a follow-up"), share_report_params, share_act_report_follow),
    PAGE_ACT("report-drop", N("Drop what is typed"), share_report_params, share_act_report_drop),
    PAGE_ACT("report-add", N("Add words beside a report"), share_report_add_params, share_act_report_add),
    PAGE_ACT("report-pass", N("Pass a report on to the centre"), share_report_pass_params, share_act_report_pass),
    PAGE_ACT("report-widen", N("Let a report go further"), share_report_widen_params, share_act_report_widen),
    PAGE_ACT("report-close", N("Close a report"), share_report_params, share_act_report_close),
    PAGE_ACT("severity", N("Judge the severity"), share_severity_params, share_act_severity),
    PAGE_ACT("sanitise", N("Make a notice of a report"), share_report_params, share_act_sanitise),
    VIEW("consents", N("Consent to notices made of reports"), MAY_SHARE, NULL, share_party_params, share_view_consents),
    SUB_VIEW("consent", N("Consent to the text of a notice"), MAY_SHARE, NULL, share_consent_params,
             share_view_consent),
    PAGE_ACT("consent-ask", N("Ask the operator"), share_consent_params, share_act_consent_ask),
    PAGE_ACT("consent-decide", N("Answer whether you agree"), share_consent_decide_params, share_act_consent_decide),
    CHECKED_ACT("reports-import", N("Enter reports from a file"), share_reports_import_params,
                share_act_reports_import),
    PERSONAL_BYTES_OUT("reports-export", N("Reports as a file"), MAY_SHARE, NULL, share_party_params,
                       share_file_reports_export, "text/csv"),
    /* ---- statistics ---- */
    VIEW("statistics", N("Reports and notices counted"), MAY_SHARE, NULL, share_statistics_params,
         share_view_statistics),
    /* ---- who takes part ---- */
    VIEW("bodies", N("Who takes part: the characteristics map"), MAY_SHARE, NULL, share_bodies_params,
         share_view_bodies),
    SUB_VIEW("body", N("One body"), MAY_SHARE, NULL, share_body_params, share_view_body),
    SUB_VIEW("sectors", N("Sectors"), MAY_SHARE, NULL, share_party_params, share_view_sectors),
    PAGE_ACT("body-edit", N("Change what is known of a body"), share_body_edit_params, share_act_body_edit),
    LONG_ACT("bodies-import", N("Facts of bodies from a file"), MAY_SHARE, NULL, share_import_params,
             share_act_bodies_import),
    VIEW("contacts", N("Contacts"), MAY_SHARE, NULL, share_contacts_params, share_view_contacts),
    PAGE_ACT("contact", N("Enter or change a contact"), share_contact_params, share_act_contact),
    PAGE_ACT("contact-end", N("Take a contact off"), share_contact_end_params, share_act_contact_end),
    PAGE_ACT("contacts-confirm", N("All contacts are right"), share_contacts_confirm_params,
             share_act_contacts_confirm),
    LONG_ACT("contacts-import", N("Contacts from a file"), MAY_SHARE, NULL, share_import_params,
             share_act_contacts_import),
    VIEW("groups", N("Groups"), MAY_SHARE, NULL, share_party_params, share_view_groups),
    SUB_VIEW("group", N("One group"), MAY_SHARE, NULL, share_group_params, share_view_group),
    ACT("group-make", N("Make or change a group"), MAY_SHARE, NULL, share_group_make_params, share_act_group_make),
    PAGE_ACT("group-members", N("Who joins and who leaves a group"), share_group_members_params,
             share_act_group_members),
    /* ---- exchange ---- */
    ACT("taxii-add", N("Put objects of STIX into a collection"), MAY_SHARE, NULL, share_taxii_add_params,
        share_taxii_add),
    VIEW("collections", N("Collections of objects"), MAY_SHARE, NULL, share_party_params, share_view_collections),
    VIEW("sources", N("Servers of others"), MAY_SHARE, NULL, share_party_params, share_view_sources),
    ACT("source", N("Keep a server to fetch from, or to give notices to"), MAY_SHARE, NULL, share_source_params,
        share_source),
    ACT("source-now", N("Ask a server now"), MAY_SHARE, NULL, share_source_now_params, share_source_now),
    VIEW("received", N("Objects that came in"), MAY_SHARE, NULL, share_received_params, share_view_received),
    BYTES_OUT("received-object", N("One of the objects, as it came"), MAY_SHARE, NULL, share_received_object_params,
              share_file_object, "application/stix+json"),
    VIEW("public", N("Public notices"), MAY_ANYONE, NULL, share_public_params, share_view_public),
    CHECKED_ACT("take", N("Take in a file of STIX or MISP"), share_take_params, share_act_take),
    BYTES_OUT("notice-stix", N("A notice as STIX 2.1"), MAY_SHARE, NULL, share_one_notice_params,
              share_file_notice_stix, "application/stix+json;version=2.1"),
    BYTES_OUT("notice-misp", N("A notice as an event of MISP"), MAY_SHARE, NULL, share_one_notice_params,
              share_file_notice_misp, "application/json"),
    BYTES_OUT("misp-feed", N("The feed of MISP as a ZIP file"), MAY_SHARE, NULL, share_misp_feed_params,
              share_file_misp_feed, "application/zip"),
};

static const struct sql_set *const sql_sets[] = {
    &party_sql_set,
    &route_sql_set,
    &contacts_sql_set,
    &circle_sql_set,
    &bodies_sql_set,
    &groups_sql_set,
    &notice_sql_set,
    &delivery_sql_set,
    &entering_sql_set,
    &inbox_sql_set,
    &board_sql_set,
    &reach_sql_set,
    &drill_sql_set,
    &report_share_sql_set,
    &report_file_sql_set,
    &consent_sql_set,
    &statistics_sql_set,
    &objects_sql_set,
    &letters_sql_set,
    &status_sql_set,
    &sources_sql_set,
    &feed_sql_set,
    NULL,
};

static const struct topic share_topics[] = {
    {N("To be confirmed and agreed to"), "inbox awaiting confirm consents consent consent-ask consent-decide party"},
    {N("Notices: from draft to recall"),
     "notice notices preview addresses draft attach detach send update recall discard pass pass-add below notice-file public"},
    {N("Did it arrive?"), "board watched calls reach cause confirm-import"},
    {N("Drills"), "drill drills drill-result"},
    {N("Reports upward: failures and incidents"),
     "report reports report-fields report-save report-send report-follow report-drop report-add report-pass report-widen report-close severity"
     " sanitise reports-import reports-export statistics"},
    {N("Who takes part"),
     "bodies body sectors body-edit bodies-import contacts contact contact-end contacts-confirm contacts-import groups group group-make group-members"},
    {N("Exchange with other systems"),
     "collections received received-object sources source source-now taxii-add take notice-stix notice-misp misp-feed"},
    {{"", 0}, NULL}};

const struct room share_room = {
    "share", N("who must know, and do they?"), share_entries, sizeof share_entries / sizeof share_entries[0],
    .sql = sql_sets,
    .topics = share_topics,
    .rebuild = deliveries_recount,
    .tick = letters_tick,
    .link = &confirm_letter_link,
    .mounts = MOUNTS(&taxii_mount, &feeds_mount),
};
