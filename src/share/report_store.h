/* Reports in the store: who holds them, what each edition says. Statements ask for the party's own row of
 * share_report_holder. */
#ifndef MEGURI_SHARE_REPORT_STORE_H
#define MEGURI_SHARE_REPORT_STORE_H

#include "share/report.h"

extern const struct sql_set report_share_sql_set;

/* ---- one report ---- */
struct report_edition {
    int64_t number, at;
    str by_whom, by_ja, by_en;
};
struct report_holder {
    int64_t org, since, read, seen, added_at; /* times 0: not yet */
    str org_code, org_ja, org_en, role, by_whom, added, added_by;
    enum tlp tlp;
};
/* What stands in share_report, of whoever holds it: for who has found it for a party, and for what runs by itself. */
enum err share_report_by_id(struct work *, int64_t id, struct report_row *out) MUST_USE;
enum err share_report_editions(struct work *, int64_t report, struct report_edition **out, size_t *n) MUST_USE;
/* operator, CEPTOAR, ministry, centre */
enum err share_report_holders(struct work *, int64_t report, struct report_holder **out, size_t *n) MUST_USE;
/* NULL: none */
const struct report_holder *share_report_holder_as(const struct report_holder *, size_t n, const char *role);

/* ---- changes ---- */
/* The next code of its series: R-2026-0003 by the fiscal year of that time, DR- of a drill. */
enum err share_report_code_next(struct work *, bool drill, int64_t at, str *out) MUST_USE;
/* with its operator as the first holder */
enum err share_report_insert(struct work *, const struct report_row *, int64_t *id) MUST_USE;
/* all columns but code, uuid, org, drill, made */
enum err share_report_update(struct work *, const struct report_row *) MUST_USE;
/* Replaces what an edition says; n 0: takes it away. */
enum err share_report_say(struct work *, int64_t report, int64_t number, const struct report_said *, size_t n) MUST_USE;
enum err share_report_edition_add(struct work *, int64_t report, int64_t number) MUST_USE;
enum err share_report_drop(struct work *, int64_t report) MUST_USE; /* a draft that was never sent, whole */
/* Does nothing where the organisation holds it already. */
enum err share_report_hold(struct work *, int64_t report, int64_t org, const char *role, enum tlp) MUST_USE;
/* The operator's own marking changed: as it is to those to whom it came as that. */
enum err share_report_widened(struct work *, int64_t report, enum tlp from, enum tlp to) MUST_USE;
enum err share_report_holder_add(struct work *, int64_t report, int64_t org, str text) MUST_USE;
enum err share_report_opened(struct work *, int64_t report, int64_t org, int64_t edition) MUST_USE;

/* ---- lists ---- */
struct report_filter {
    int64_t org;         /* the party */
    int64_t since, until; /* of the time the centre had it, else of the first sending: seconds; 0, 0: all */
    str state, event, sector, ground, role; /* empty: all; state "open": all that are not closed */
    int drill;           /* 0: none, 1: drills alone, -1: both */
    int64_t most;
};
struct report_line {
    struct report_row r;
    str role, verification, level;
    int64_t seen;
    int64_t typed; /* 1: a follow-up, or the first, is being typed */
};
/* The newest first. Drafts stand in the operator's list alone. */
enum err share_report_list(struct work *, const struct report_filter *, struct report_line **out, size_t *n) MUST_USE;
enum err share_report_list_count(struct work *, const struct report_filter *, int64_t *out) MUST_USE;

#endif
