/* The room on one page: what it shows and what it does. */
#include "share/share.h"

#include "share/bodies_store.h"
#include "share/circle_store.h"
#include "share/confirm.h"
#include "share/consent_store.h"
#include "share/contacts_store.h"
#include "share/delivery.h"
#include "share/delivery_store.h"
#include "share/drill.h"
#include "share/groups_store.h"
#include "share/inbox.h"
#include "share/letters.h"
#include "share/letters_link.h"
#include "share/letters_store.h"
#include "share/notice_acts.h"

#include "share/exchange.h"
#include "share/feed.h"
#include "share/feed_store.h"
#include "share/notice_store.h"
#include "share/objects_store.h"
#include "share/party.h"
#include "share/party_store.h"
#include "share/received.h"
#include "share/report_acts.h"
#include "share/report_file.h"
#include "share/report_store.h"
#include "share/route_store.h"
#include "share/statistics_store.h"
#include "share/statistics_view.h"

#include "share/received.h"
#include "share/sources.h"
#include "share/status_store.h"
#include "share/taxii.h"
#include "share/taxii_add.h"
#include "share/who.h"

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

/* ---- reports ---- */
#define REPORT_PARAM {"report", P_CODE, REQUIRED, NULL, NULL, N("the report, by its code"), "share reports"}
#define NOTICE_OF_REPORT {"notice", P_CODE, REQUIRED, NULL, NULL, N("the notice that was made of a report"), "share consents"}
#define REPORT_FIELDS_PARAM {"field", P_TEXT, MAP | PERSONAL | LONG_TEXT, NULL, NULL, N("what the report says, field by field; `meguri share report-fields` lists them"), "share report-fields"}
#define TLP_WORDS "clear green amber amber+strict red"
static const struct param report_view_params[] = {
    {"report", P_CODE, HIDDEN, NULL, NULL, N("a report; without it, the form for a new one"), "share reports"},
    {"edition", P_INT, HIDDEN, NULL, NULL, N("an earlier edition: 1 is the first report")},
    {"drill", P_FLAG, HIDDEN, NULL, NULL, N("the new report is of a drill")},
    {"for", P_CODE, HIDDEN, NULL, NULL, N("for which organisation; without it, your own")}, /* no condition to be chosen by somebody in trouble */
    {0}};
static const struct param report_fields_params[] = {{"report", P_CODE, 0, NULL, NULL, N("a report that is being typed; without it, a new one")}, PARTY_PARAM, {0}};
static const struct param reports_params[] = {
    {"year", P_INT, 0, NULL, NULL, N("fiscal year in which the centre had it, else in which it was sent")},
    {"state", P_ENUM, 0, "open draft sent received closed", NULL, N("State")},
    {"event", P_ENUM, 0, "near-miss confidentiality integrity availability malware-infection malicious-code intrusion other", NULL, N("Type of event")},
    {"ground", P_ENUM, RARE, "law exceptional voluntary", NULL, N("Ground of the report")},
    {"sector", P_CODE, RARE, NULL, NULL, N("code of a sector")},
    {"drills", P_ENUM, RARE, "without only", NULL, N("Drills")},
    {"ours", P_FLAG, RARE, NULL, NULL, N("only what we reported ourselves")},
    PARTY_PARAM, {0}};
static const struct param report_save_params[] = {
    {"report", P_CODE, HIDDEN, NULL, NULL, N("the report, by its code; without it, a new one begins")},
    REPORT_FIELDS_PARAM,
    {"revision", P_INT, HIDDEN, NULL, NULL, N("the revision you saw: where another stands by now, both texts are shown")},
    {"drill", P_FLAG, RARE, NULL, NULL, N("the new report is of a drill")},
    PARTY_PARAM, {0}};
static const struct param report_params[] = {REPORT_PARAM, PARTY_PARAM, {0}};
static const struct param report_send_params[] = {
    REPORT_PARAM, {"urgent", P_FLAG, 0, NULL, NULL, N("The centre is to have it at once, too")}, PARTY_PARAM, {0}};
static const struct param report_add_params[] = {
    REPORT_PARAM, {"text", P_TEXT, REQUIRED | LONG_TEXT | PERSONAL, NULL, NULL, N("What you add beside it; it takes the place of what you added before")}, PARTY_PARAM, {0}};
static const struct param report_pass_params[] = {
    REPORT_PARAM, {"tlp", P_ENUM, 0, TLP_WORDS, NULL, N("How far it may go from there; as it came or narrower")}, PARTY_PARAM, {0}};
static const struct param report_widen_params[] = {
    REPORT_PARAM, {"tlp", P_ENUM, REQUIRED, TLP_WORDS, NULL, N("How far it may go from now on; wider than before")}, PARTY_PARAM, {0}};
#define LEVELS "0 1 2 3 4"
static const struct param severity_params[] = {
    REPORT_PARAM,
    {"continuity", P_ENUM, 0, LEVELS, NULL, N("Continuity of the service")},
    {"safety", P_ENUM, 0, LEVELS, NULL, N("Safety")},
    {"trust", P_ENUM, 0, LEVELS, NULL, N("Trust in the service")},
    {"note", P_TEXT, LONG_TEXT, NULL, NULL, N("Why; the highest of the three counts")},
    PARTY_PARAM, {0}};
static const struct param reports_import_params[] = {
    {"file", P_FILE, REQUIRED, NULL, NULL, N("CSV: org, received, title, event; code, first, drill and all fields of a report, see src/share/report_file.h")}, PARTY_PARAM, {0}};
static const struct param consent_params[] = {NOTICE_OF_REPORT, PARTY_PARAM, {0}};
static const struct param consent_decide_params[] = {
    NOTICE_OF_REPORT,
    {"decision", P_ENUM, REQUIRED, "given refused withdrawn", NULL, N("Answer")},
    {"note", P_TEXT, LONG_TEXT, NULL, NULL, N("What you want to say about it")},
    {"digest", P_TEXT, HIDDEN, NULL, NULL, N("the digest of the text you read")},
    PARTY_PARAM, {0}};

/* ---- exchange: collections ---- */
static const struct param taxii_add_params[] = {TAXII_ADD_PARAMS, {0}};
static const struct param source_params[] = {SOURCE_PARAMS, {0}};
static const struct param source_now_params[] = {SOURCE_NOW_PARAMS, {0}};
static const struct param received_params[] = {RECEIVED_PARAMS, {0}};
static const struct param received_object_params[] = {RECEIVED_OBJECT_PARAMS, {0}};
/* ---- exchange ---- */
static const struct param public_params[] = {{"notice", P_CODE, HIDDEN, NULL, NULL, N("one notice, by its number; without it, the newest of all")}, {0}};
static const struct param notice_out_params[] = {
    {"notice", P_CODE, REQUIRED, NULL, NULL, N("the notice, by its number")}, PARTY_PARAM, {0}};
static const struct param misp_feed_params[] = {
    {"public", P_FLAG, 0, NULL, NULL, N("only what is for everybody (TLP:CLEAR), to be put on a server without sign-in")}, PARTY_PARAM, {0}};
static const struct param take_params[] = {
    {"file", P_FILE, REQUIRED, NULL, NULL, N("a bundle of STIX 2.1 (64 MB at most) or an event of MISP as JSON (16 MB at most)")},
    {"draft", P_FLAG, 0, NULL, NULL, N("STIX: begin a draft of a notice from it too; of an event of MISP one always is")},
    {"event", P_TEXT, RARE, NULL, NULL, N("MISP: which event of several, by its UUID")},
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
    {"report", ENTRY_VIEW, N("Report a failure"), MAY_SHARE, NULL, report_view_params, share_view_report, .mark = share_mark_report},
    VIEW("reports", N("Reports of failures"), MAY_SHARE, NULL, reports_params, share_view_reports),
    SUB_VIEW("report-fields", N("What a report asks"), MAY_SHARE, NULL, report_fields_params, share_view_report_fields),
    QUIET_ACT("report-save", N("Keep what is typed"), MAY_SHARE, NULL, report_save_params, share_act_report_save),
    {"report-send", ENTRY_ACT, N("Send the report"), MAY_SHARE, NULL, report_send_params, share_act_report_send, NULL, NULL, UNLISTED},
    {"report-follow", ENTRY_ACT, N("Begin a follow-up"), MAY_SHARE, NULL, report_params, share_act_report_follow, NULL, NULL, UNLISTED},
    {"report-drop", ENTRY_ACT, N("Drop what is typed"), MAY_SHARE, NULL, report_params, share_act_report_drop, NULL, NULL, UNLISTED},
    {"report-add", ENTRY_ACT, N("Add words beside a report"), MAY_SHARE, NULL, report_add_params, share_act_report_add, NULL, NULL, UNLISTED},
    {"report-pass", ENTRY_ACT, N("Pass a report on to the centre"), MAY_SHARE, NULL, report_pass_params, share_act_report_pass, NULL, NULL, UNLISTED},
    {"report-widen", ENTRY_ACT, N("Let a report go further"), MAY_SHARE, NULL, report_widen_params, share_act_report_widen, NULL, NULL, UNLISTED},
    {"report-close", ENTRY_ACT, N("Close a report"), MAY_SHARE, NULL, report_params, share_act_report_close, NULL, NULL, UNLISTED},
    {"severity", ENTRY_ACT, N("Judge the severity"), MAY_SHARE, NULL, severity_params, share_act_severity, NULL, NULL, UNLISTED},
    {"sanitise", ENTRY_ACT, N("Make a notice of a report"), MAY_SHARE, NULL, report_params, share_act_sanitise, NULL, NULL, UNLISTED},
    VIEW("consents", N("Consent to notices made of reports"), MAY_SHARE, NULL, party_params, share_view_consents),
    SUB_VIEW("consent", N("Consent to the text of a notice"), MAY_SHARE, NULL, consent_params, share_view_consent),
    {"consent-ask", ENTRY_ACT, N("Ask the operator"), MAY_SHARE, NULL, consent_params, share_act_consent_ask, NULL, NULL, UNLISTED},
    {"consent-decide", ENTRY_ACT, N("Answer whether you agree"), MAY_SHARE, NULL, consent_decide_params, share_act_consent_decide, NULL, NULL, UNLISTED},
    {"reports-import", ENTRY_ACT, N("Enter reports from a file"), MAY_SHARE, NULL, reports_import_params, share_act_reports_import, NULL, NULL, LONG | TRY_FIRST},
    PERSONAL_BYTES_OUT("reports-export", N("Reports as a file"), MAY_SHARE, NULL, party_params, share_file_reports_export, "text/csv"),
    /* ---- statistics ---- */
    VIEW("statistics", N("Reports and notices counted"), MAY_SHARE, NULL, statistics_params, share_view_statistics),
    /* ---- who takes part ---- */
    VIEW("bodies", N("Who takes part: the characteristics map"), MAY_SHARE, NULL, share_bodies_params, share_view_bodies),
    SUB_VIEW("body", N("One body"), MAY_SHARE, NULL, share_body_params, share_view_body),
    SUB_VIEW("sectors", N("Sectors"), MAY_SHARE, NULL, share_own_params, share_view_sectors),
    {"body-edit", ENTRY_ACT, N("Change what is known of a body"), MAY_SHARE, NULL, share_body_edit_params, share_act_body_edit, NULL, NULL, UNLISTED},
    LONG_ACT("bodies-import", N("Facts of bodies from a file"), MAY_SHARE, NULL, share_import_params, share_act_bodies_import),
    VIEW("contacts", N("Contacts"), MAY_SHARE, NULL, share_contacts_params, share_view_contacts),
    {"contact", ENTRY_ACT, N("Enter or change a contact"), MAY_SHARE, NULL, share_contact_params, share_act_contact, NULL, NULL, UNLISTED},
    {"contact-end", ENTRY_ACT, N("Take a contact off"), MAY_SHARE, NULL, share_contact_end_params, share_act_contact_end, NULL, NULL, UNLISTED},
    {"contacts-confirm", ENTRY_ACT, N("All contacts are right"), MAY_SHARE, NULL, share_contacts_confirm_params, share_act_contacts_confirm, NULL, NULL, UNLISTED},
    LONG_ACT("contacts-import", N("Contacts from a file"), MAY_SHARE, NULL, share_import_params, share_act_contacts_import),
    VIEW("groups", N("Groups"), MAY_SHARE, NULL, share_groups_params, share_view_groups),
    SUB_VIEW("group", N("One group"), MAY_SHARE, NULL, share_group_params, share_view_group),
    ACT("group-make", N("Make or change a group"), MAY_SHARE, NULL, share_group_make_params, share_act_group_make),
    {"group-members", ENTRY_ACT, N("Who joins and who leaves a group"), MAY_SHARE, NULL, share_group_members_params, share_act_group_members, NULL, NULL, UNLISTED},
    /* ---- exchange ---- */
    ACT("taxii-add", N("Put objects of STIX into a collection"), MAY_SHARE, NULL, taxii_add_params, share_taxii_add),
    VIEW("collections", N("Collections of objects"), MAY_SHARE, NULL, party_params, share_view_collections),
    VIEW("sources", N("Servers of others"), MAY_SHARE, NULL, party_params, share_view_sources),
    ACT("source", N("Keep a server to fetch from, or to give notices to"), MAY_SHARE, NULL, source_params, share_source),
    ACT("source-now", N("Ask a server now"), MAY_SHARE, NULL, source_now_params, share_source_now),
    VIEW("received", N("Objects that came in"), MAY_SHARE, NULL, received_params, share_view_received),
    BYTES_OUT("received-object", N("One of the objects, as it came"), MAY_SHARE, NULL, received_object_params, share_file_object, "application/stix+json"),
    VIEW("public", N("Public notices"), MAY_ANYONE, NULL, public_params, share_view_public),
    {"take", ENTRY_ACT, N("Take in a file of STIX or MISP"), MAY_SHARE, NULL, take_params, share_act_take, NULL, NULL, LONG | TRY_FIRST},
    BYTES_OUT("notice-stix", N("A notice as STIX 2.1"), MAY_SHARE, NULL, notice_out_params, share_file_notice_stix, "application/stix+json;version=2.1"),
    BYTES_OUT("notice-misp", N("A notice as an event of MISP"), MAY_SHARE, NULL, notice_out_params, share_file_notice_misp, "application/json"),
    BYTES_OUT("misp-feed", N("The feed of MISP as a ZIP file"), MAY_SHARE, NULL, misp_feed_params, share_file_misp_feed, "application/zip"),
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
    {N("Reports of failures"),
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
