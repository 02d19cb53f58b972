/* An operator's word on the very text of a notice made of its report, as it is stored. */
#ifndef MEGURI_SHARE_CONSENT_STORE_H
#define MEGURI_SHARE_CONSENT_STORE_H

#include "share/report.h"

extern const struct sql_set consent_sql_set;

struct consent {
    int64_t id, notice, report, issuer, operator, asked, decided; /* times 0: not yet */
    str notice_code, notice_state, report_code, issuer_code, issuer_ja, issuer_en, operator_code, operator_ja,
        operator_en;
    str digest, title, text, measure; /* what was asked about */
    struct marking marking;
    str asked_by, decision, decided_by, note; /* decision: given refused withdrawn; empty: not yet */
    bool drill;
};
/* The newest of this very text. NOTFOUND without a fault. For who issued the notice, and for what decides whether it is
 * sent. */
enum err consent_of_text(struct work *, int64_t notice, str digest, struct consent *out) MUST_USE;
/* Those that the party was asked for (its own report) or asks for (its own notice), the undecided first, then the
 * newest; one notice: by its code, else all (500 at most). */
enum err consents_of(struct work *, const struct party *, str notice, struct consent **out, size_t *n) MUST_USE;
/* asked again of a text that was refused or withdrawn, it is open again */
enum err consent_ask(struct work *, const struct consent *) MUST_USE;
enum err consent_decide(struct work *, int64_t id, str decision, str note) MUST_USE;

/* ---- notices made of a report: told to issuer and operator alone ---- */
struct notice_made {
    str code, state, title, issuer_code, issuer_ja, issuer_en;
    int64_t issuer, made, sent;
};
/* Of issuers; party: the operator of the report reads all of them once they were asked about or sent, everybody else
 * those it issued. */
enum err notices_of_report(struct work *, int64_t report, int64_t party, struct notice_made **out, size_t *n) MUST_USE;

/* ---- what tells whose a report is ---- */
struct telling_name {
    bool person;
    str a, b, c; /* any may be empty */
};
/* Of an organisation and those below it, members of a CEPTOAR too: names now and before, codes, people and contacts,
 * systems. 20,000 at most. */
enum err names_telling(struct work *, int64_t org, struct telling_name **out, size_t *n) MUST_USE;

/* ---- consent.c ---- */
/* The notice whose very text the party was asked to agree to, as its operator; NOTFOUND without a fault: none, or it
 * was changed since. */
enum err consent_reads(struct work *, const struct party *, str notice, struct notice *out) MUST_USE;

#endif
