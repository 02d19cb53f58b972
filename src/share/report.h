/* A report as it stands in the store, for who holds it. report_store.c. */
#ifndef MEGURI_SHARE_REPORT_H
#define MEGURI_SHARE_REPORT_H

#include "share/notice.h"
#include "share/report_fields.h"

struct report_row {
    int64_t id, org, begun, first, received, closed, editions, made, revision; /* times 0: not yet */
    str code, uuid, org_code, org_ja, org_en, state, sector, title, service, ground, event, made_by;
    bool drill, government, not_supervision;
    bool entered; /* by the centre, of what came by paper or before */
    enum tlp tlp;
    int continuity, safety, trust; /* -1: none */
    str severity_by, severity_note;
    int64_t severity_at;
};
/* role: of the party's own row: operator ceptoar ministry centre. NOTFOUND with the same fault whether it is absent or
 * not theirs. */
enum err share_report_find(struct work *, const struct party *, str code, struct report_row *out, str *role) MUST_USE;
/* The fields of one edition (number 0: what is being typed); those that are empty are left out. */
struct report_said {
    str field, value;
};
enum err share_report_said(struct work *, int64_t report, int64_t number, struct report_said **out, size_t *n) MUST_USE;
str share_report_said_of(const struct report_said *, size_t n, const char *field); /* empty when absent */

/* ---- what waits, for the home page ---- */
enum report_wait { REPORT_TO_READ, REPORT_TO_PASS, REPORT_CONSENT, REPORT_WAITS };
struct share_report_waiting {
    int64_t n, since; /* since: of the longest waiting; 0 where n is */
    str code, title;  /* of the longest waiting: the report; of a consent the notice */
    bool drill;       /* is that one of a drill */
};
/* Reports that nobody of the party opened since their newest edition; those it holds as ministry and has not passed on
 * to the centre; texts of notices that the party is asked to agree to. Drills are among them. */
enum err share_report_waits(struct work *, const struct party *,
                            struct share_report_waiting out[REPORT_WAITS]) MUST_USE;

#endif
