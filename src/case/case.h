/* case: what has come up. Findings, exceptions, permits, good practices and whatever else goes through states with
 * clocks, rights and fields: each kind is a file, not code (README.md, doc/recipes.md). */
#ifndef MEGURI_CASE_CASE_H
#define MEGURI_CASE_CASE_H

#include "surface/entry.h"

extern const struct room case_room;

/* Of the cases the acting person may see: how many wait for a step of theirs, and how many of these are overdue; for
 * pages of other rooms. */
struct case_waiting {
    int64_t waiting, overdue;
};
enum err case_waiting(struct work *w, struct case_waiting *out) MUST_USE;

/* Limits, stated where the data enters. */
enum {
    CASE_KINDS_MAX = 64,
    CASE_LINES_MAX = 400,    /* of one kind's file */
    CASE_TITLE_MAX = 300,    /* bytes */
    CASE_TEXT_MAX = 8000,    /* bytes of a reason, a report, a long field */
    CASE_VALUE_MAX = 600,    /* bytes of any other field */
    CASE_AT_ONCE_MAX = 200,  /* cases of one act */
    CASE_LISTED_MAX = 5000,  /* rows of a list; beyond that it says so */
};

#endif
