/* The room on one page: what it shows and what it does. */
#include "share/share.h"

#include "share/consent_store.h"
#include "share/contacts_store.h"
#include "share/delivery.h"
#include "share/delivery_store.h"
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

/* ---- statistics ---- */
static const struct param statistics_params[] = {
    {"year", P_INT, 0, NULL, NULL, N("fiscal year; without it, this one")},
    {"from", P_INT, 0, NULL, NULL, N("first fiscal year beside it; without it, four before")},
    PARTY_PARAM,
    {0}};

static const struct entry share_entries[] = {
    /* ---- what waits, notices ---- */
    SUB_VIEW("party", N("For whom you share"), MAY_SHARE, NULL, party_params, view_party),
    /* ---- confirming ---- */
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
    &report_share_sql_set,
    &consent_sql_set,
    &statistics_sql_set,
    &objects_sql_set,
    NULL,
};

const struct room share_room = {
    "share", N("Information sharing"), share_entries, sizeof share_entries / sizeof share_entries[0],
    .sql = sql_sets,
    .rebuild = deliveries_recount,
    .mounts = MOUNTS(&taxii_mount),
};
