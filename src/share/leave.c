#include "share/leave.h"

#include "base/work.h"

/* FIRST, TLP 2.0: whom each marking reaches at most. Sectors and members of an addressee are its clients. */
static const enum receiver widest[TLPS] = {TO_PUBLIC, TO_COMMUNITY, TO_CLIENT, TO_ADDRESSEE, TO_PERSON};

/* The narrowest marking that a way bears, whoever receives it: letters in clear are read by relays, machines of others are nobody's eyes,
 * a file goes where it is carried, and what is broadcast is for all. */
static const enum tlp bears[ROUTES] = {
    [BY_SIGHT] = TLP_RED,        [BY_PASSING] = TLP_RED,              [BY_PLAIN_MAIL] = TLP_GREEN, [BY_SEALED_MAIL] = TLP_RED, [BY_FILE] = TLP_AMBER_STRICT,
    [BY_COLLECTION] = TLP_AMBER_STRICT, [BY_PEER] = TLP_AMBER_STRICT, [BY_FEED] = TLP_GREEN,       [BY_BROADCAST] = TLP_CLEAR};

/* Out of sight of the program: a drill must not be taken for the real thing there. */
static bool outward(enum route by) { return by == BY_FEED || by == BY_BROADCAST || by == BY_PEER; }

enum leave_verdict leave_may(const struct leaving *l, enum route by, enum receiver to)
{
    if (!l->sent) return LEAVE_DRAFT;
    if (l->unconsented) return LEAVE_UNCONSENTED;
    if (l->recalled && by != BY_SIGHT) return LEAVE_RECALLED;
    if (l->drill && outward(by)) return LEAVE_DRILL;
    if (l->embargo && (by == BY_BROADCAST || by == BY_FEED || to == TO_PUBLIC)) return LEAVE_EMBARGO;
    if (to > widest[l->marking.tlp]) return LEAVE_TOO_WIDE;
    return l->marking.tlp > bears[by] ? LEAVE_WAY_TOO_OPEN : LEAVE_YES;
}

str leave_why(enum leave_verdict v)
{
    static const str why[LEAVE_VERDICTS] = {
        [LEAVE_YES] = S_INIT(""),
        [LEAVE_TOO_WIDE] = N("%1 does not reach so far: it is for nearer receivers alone"),
        [LEAVE_WAY_TOO_OPEN] = N("%1 does not go this way: too many read along"),
        [LEAVE_DRAFT] = N("it is a draft and was not sent yet (%1)"),
        [LEAVE_RECALLED] = N("it was recalled (%1)"),
        [LEAVE_DRILL] = N("it is of a drill and stays within the program (%1)"),
        [LEAVE_EMBARGO] = N("it is not public before its time (%1)"),
        [LEAVE_UNCONSENTED] = N("whose report it was made of has not agreed to this text (%1)"),
    };
    return why[v];
}

str route_word(enum route by)
{
    static const str words[ROUTES] = {[BY_SIGHT] = N("shown to who is signed in"), [BY_PASSING] = N("passed on to the next tier"),
                                      [BY_PLAIN_MAIL] = N("a letter in clear"),    [BY_SEALED_MAIL] = N("an encrypted letter"),
                                      [BY_FILE] = N("a file to download"),         [BY_COLLECTION] = N("a TAXII collection"),
                                      [BY_PEER] = N("another server"),             [BY_FEED] = N("the MISP feed"),
                                      [BY_BROADCAST] = N("a public feed")};
    return words[by];
}
