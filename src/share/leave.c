#include "share/leave.h"

#include "base/work.h"

/* FIRST, TLP 2.0: whom each marking reaches at most. Sectors and members of an addressee are its clients. */
static const enum receiver widest[TLPS] = {TO_PUBLIC, TO_COMMUNITY, TO_CLIENT, TO_ADDRESSEE, TO_PERSON};

/* The narrowest marking that a way bears, whoever receives it: letters in clear are read by relays, programs of others
 * are nobody's eyes, a server lets in whom its owner wants (the organisation and its clients at least), a file goes
 * where it is carried, what is broadcast is for all. */
static const struct marking bears[ROUTES] = {
    [BY_SIGHT] = {TLP_RED, PAP_RED},
    [BY_PASSING] = {TLP_RED, PAP_RED},
    [BY_PLAIN_MAIL] = {TLP_GREEN, PAP_AMBER},
    [BY_SEALED_MAIL] = {TLP_RED, PAP_RED},
    [BY_FILE] = {TLP_AMBER_STRICT, PAP_RED},
    [BY_COLLECTION] = {TLP_AMBER_STRICT, PAP_AMBER},
    [BY_PEER] = {TLP_AMBER, PAP_AMBER},
    [BY_FEED] = {TLP_GREEN, PAP_GREEN},
    [BY_BROADCAST] = {TLP_CLEAR, PAP_GREEN},
};

/* Where it is out of sight of the program: a drill must not be taken for the real thing there, nor an embargo be
 * forgotten. */
static bool outward(enum route by) { return by == BY_PEER || by == BY_FEED || by == BY_BROADCAST; }

enum leave_verdict leave_may(const struct leaving *l, enum route by, enum receiver to)
{
    if (!l->sent) return LEAVE_DRAFT;
    if (l->unconsented) return LEAVE_UNCONSENTED;
    if (l->recalled && (by != BY_SIGHT || to > TO_ADDRESSEE)) return LEAVE_RECALLED;
    if (l->drill && (outward(by) || by == BY_COLLECTION || to > TO_CLIENT)) return LEAVE_DRILL;
    if (l->embargo && (outward(by) || to > TO_CLIENT)) return LEAVE_EMBARGO;
    if (to > widest[l->marking.tlp]) return LEAVE_TOO_WIDE;
    if (l->marking.tlp > bears[by].tlp) return LEAVE_WAY_TOO_OPEN;
    return l->marking.pap > bears[by].pap ? LEAVE_NOT_TO_MACHINES : LEAVE_YES;
}

str leave_why(enum leave_verdict v)
{
    static const str why[LEAVE_VERDICTS] = {
        [LEAVE_YES] = S_INIT(""),
        [LEAVE_TOO_WIDE] = N("%1 does not reach so far: it is for nearer receivers alone"),
        [LEAVE_WAY_TOO_OPEN] = N("%1 does not go this way: too many read along"),
        [LEAVE_NOT_TO_MACHINES] =
            N("its PAP forbids this way: what arrives there is seen or acted upon by others (%1)"),
        [LEAVE_DRAFT] = N("it is a draft and was not sent yet (%1)"),
        [LEAVE_RECALLED] = N("it was recalled (%1)"),
        [LEAVE_DRILL] = N("it is of a drill and stays within the program (%1)"),
        [LEAVE_EMBARGO] = N("it is not public before its time (%1)"),
        [LEAVE_UNCONSENTED] = N("whose report it was made of has not agreed to this text (%1)"),
    };
    return why[v];
}
