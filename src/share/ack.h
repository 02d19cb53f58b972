/* What an addressee did with a notice: states, who may enter them, what counts. Pure. */
#ifndef MEGURI_SHARE_ACK_H
#define MEGURI_SHARE_ACK_H

#include "base/rate.h"
#include "base/str.h"

/* In this order; a state never goes back, but among the last three. */
enum ack {
    ACK_WAITING,   /* whom it should reach, but the tier above has not passed it on */
    ACK_WITHHELD,  /* the tier above decided not to pass it on to this one, and said why */
    ACK_SENT,
    ACK_OPENED,    /* its text was shown to somebody of the addressee */
    ACK_CONFIRMED, /* somebody said that it was received and understood */
    ACK_ACTING,
    ACK_DONE,
    ACK_NOT_APPLICABLE, /* confirmed, and it does not concern the addressee */
    ACKS
};
enum tier { TIER_MINISTRY, TIER_CEPTOAR, TIER_OPERATOR, TIER_OTHER, TIERS };
enum channel { BY_BROWSER, BY_LINK, BY_PROGRAM, BY_PHONE, BY_FAX, BY_CLOSED_NETWORK, BY_OFFICE, BY_MOUTH, CHANNELS };
/* Why somebody was not reached, or late. */
enum cause {
    CAUSE_NONE, CAUSE_CONTACT_CHANGED, CAUSE_ABSENT, CAUSE_NOT_DELIVERED, CAUSE_OVERLOOKED, CAUSE_PROCEDURE,
    CAUSE_SYSTEM, CAUSE_NOT_PASSED,
    CAUSE_OTHER, CAUSES
};
/* Stable words of data; parse: false at an unknown word, out untouched. The labels are message ids, for people. */
str ack_label(enum ack);
str tier_label(enum tier);
str channel_label(enum channel);
str cause_label(enum cause); /* empty for none */
str ack_word(enum ack);
str tier_word(enum tier);
str channel_word(enum channel);
str cause_word(enum cause);
bool ack_parse(str, enum ack *);
bool channel_parse(str, enum channel *);
bool cause_parse(str, enum cause *);
enum tier tier_of_kind(str org_kind); /* ministry, centre … → MINISTRY; ceptoar; operator; all others OTHER */

static inline bool ack_confirmed(enum ack a) { return a >= ACK_CONFIRMED; }
bool ack_may_go(enum ack from, enum ack to);
/* Overdue is not a state: it would need somebody to enter it. */
bool ack_overdue(enum ack, int64_t due, int64_t now);

/* Who enters a state for an addressee: itself; the tier above it or who issued the notice, by telephone, FAX, closed
 * network or mouth, with the name of whom they spoke to; an office for a member that does not sign in (channel office). */
enum entering { ENTER_SELF, ENTER_ABOVE, ENTER_ISSUER, ENTER_NONE };
bool ack_may_enter(enum entering, enum channel, bool signs_in);

/* Counts of a tier, and what is said of them: all that should have been reached are the denominator, also those who
 * were never sent it. */
struct reach {
    int64_t n[ACKS];
    int64_t late; /* of those confirmed: after their time */
};
int64_t reach_all(const struct reach *);
int64_t reach_confirmed(const struct reach *);
struct rate reach_rate(const struct reach *);         /* 疎通確認率: confirmed ÷ all */
struct rate reach_in_time_rate(const struct reach *); /* confirmed in time ÷ all */

#endif
