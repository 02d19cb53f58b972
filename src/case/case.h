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

/* ---- for the room of plans ---- */

/* A case as other rooms tell of it. Text lives in w->a. */
struct case_head {
    str number, title, kind, kind_ja, kind_en, state, state_ja, state_en, org, org_ja, org_en;
    str text;           /* its first long field that is not personal: what is recommended */
    int64_t due;
    bool has_due, ended;
    const str *source;  /* references: where it comes from … */
    const str *about;   /* … and what it is about: its clause, its round */
    const str *into;    /* what it was taken over into */
    size_t n_sources, n_about, n_into;
};
/* NOTFOUND without a fault: there is none, or it is out of sight. */
enum err case_head(struct work *w, str number, struct case_head *out) MUST_USE;
/* The words a page shows a reference by, with what it is of ("more"). NOTFOUND without a fault: it is none, or what it names is not
 * there or out of sight; things of rooms above this one are named by their codes. */
struct case_referred {
    str ja, en, more_ja, more_en;
};
enum err case_referred(struct work *w, str text, struct case_referred *out) MUST_USE;
/* "case:NUMBER" of those that name it ("measure:sj2007/65") as their source, as far as the actor may see them. */
enum err case_naming(struct work *w, str target, str **out, size_t *n) MUST_USE;
/* Cases whose kind lets a plan take them over where they stand (states with `carries`), of organisations in [lo, hi); the
 * next due first, at most CASE_LISTED_MAX. Those with `into` were taken over before. */
enum err case_carriable(struct work *w, int64_t lo, int64_t hi, struct case_head **out, size_t *n) MUST_USE;
/* Notes at the case that it was taken over: into "measure:sj2008/12". n_before: how often it had been when the caller
 * decided that it may be (a measure may have been struck out of its draft again). CONFLICT with a fault when that is no
 * longer so, or it does not stand where it may be. Who may take it over the caller has asked. */
enum err case_carry(struct work *w, str number, str into, size_t n_before) MUST_USE;

/* Limits, stated where the data enters. */
enum {
    CASE_KINDS_MAX = 64,
    CASE_LINES_MAX = 400,    /* of one kind's file */
    CASE_TITLE_MAX = 300,    /* bytes */
    CASE_TEXT_MAX = 8000,    /* bytes of a reason, a report, a long field */
    CASE_VALUE_MAX = 600,    /* bytes of any other field */
    CASE_SOURCES_MAX = 20,   /* of one case */
    CASE_AT_ONCE_MAX = 200,  /* cases of one act */
    CASE_LISTED_MAX = 5000,  /* rows of a list; beyond that it says so */
};

#endif
