/* May this leave by that way, for those? The one function that decides it: whatever shows, sends, writes or serves a
 * notice or an object asks here, and test/leave_test.c tries every way with every marking and every receiver. Pure.
 *
 * TLP says how far (FIRST, Traffic Light Protocol 2.0, August 2022), PAP what may be done: with PAP:RED nothing that
 * could be seen from outside, so no program of others gets it, nor a letter in clear; with PAP:AMBER nothing is blocked
 * by it, so it is in no feed that programs block by. An embargo keeps to those addressed and their next tiers. A drill
 * stays with those it drills: in their sight, their letters and files, which all say so. */
#ifndef MEGURI_SHARE_LEAVE_H
#define MEGURI_SHARE_LEAVE_H

#include "share/marking.h"

/* Who would read it, from the nearest to the widest. */
enum receiver {
    TO_PERSON,    /* a contact of an addressee, named, signed in or by a letter sealed for them */
    TO_ADDRESSEE, /* the organisation that is addressed: whoever may share there */
    TO_CLIENT,    /* a member, client or sector of an addressee: the next tier */
    TO_COMMUNITY, /* any organisation that takes part, when it has proved which it is */
    TO_PUBLIC,    /* anybody */
    RECEIVERS
};
enum route {
    BY_SIGHT,      /* a page, a terminal, data of a view, for somebody who is signed in */
    BY_PASSING,    /* handed on to the next tier */
    BY_PLAIN_MAIL, /* its text in a letter: all relays on the way read it */
    BY_SEALED_MAIL, /* its text in a letter encrypted for the receiver (OpenPGP) */
    BY_FILE,       /* a file that is downloaded: STIX, MISP, DOCX, CSV */
    BY_COLLECTION, /* TAXII: a program of the receiver fetches it, having proved whose it is */
    BY_PEER,       /* put into a server of somebody else */
    BY_FEED,       /* the MISP feed */
    BY_BROADCAST,  /* Atom, RSS, a page without sign-in */
    ROUTES
};
struct leaving {
    struct marking marking;
    bool sent;       /* false: a draft */
    bool recalled;
    bool drill;
    bool embargo;    /* not before a time that has not come */
    bool unconsented; /* made of an operator's report, and this very text is not agreed to */
};
enum leave_verdict {
    LEAVE_YES,
    LEAVE_TOO_WIDE,      /* the marking does not reach that receiver */
    LEAVE_WAY_TOO_OPEN,  /* the marking does not bear that way, whoever receives it */
    LEAVE_NOT_TO_MACHINES, /* its PAP does not: what arrives there is acted upon by programs,
    or told on to whom it warns of */
    LEAVE_DRAFT, LEAVE_RECALLED, LEAVE_DRILL, LEAVE_EMBARGO, LEAVE_UNCONSENTED,
    LEAVE_VERDICTS
};
enum leave_verdict leave_may(const struct leaving *, enum route, enum receiver);
str leave_why(enum leave_verdict); /* message id, with %1 the marking; empty for LEAVE_YES */

#endif
