/* The room's statements as functions; rows come as the structs below. Nothing here decides. */
#ifndef MEGURI_INSPECT_STORE_H
#define MEGURI_INSPECT_STORE_H

#include "inspect/tallies.h"

extern const struct sql_set inspect_sql_set;

/* ---- rounds ---- */
enum err round_row(struct work *w, str code, struct round *out, int64_t *edition) MUST_USE; /* NOTFOUND, no fault */
enum err round_codes(struct work *w, str **out, size_t *n) MUST_USE;    /* newest base date first */
enum err round_insert(struct work *w, const struct round *r, int64_t edition, bool has_edition, int64_t *id) MUST_USE;
/* Whatever was filed, recorded or frozen in it. */
enum err round_filed(struct work *w, int64_t round, int64_t *n) MUST_USE;
enum err round_drop(struct work *w, int64_t round) MUST_USE;              /* one in which nothing was */
enum err round_set_state(struct work *w, int64_t round, str state) MUST_USE;
/* SEEN, but of those only what a view of `depth` levels below `org` (0: below the top) can need: the way down with all
 * siblings, and the levels shown. All that is seen, where that cannot be told. */
enum err round_nodes_near(struct work *w, struct round *r, int64_t org, int64_t depth) MUST_USE;
enum err round_nodes(struct work *w, const struct round *r, enum round_reach, struct node **out, size_t *n) MUST_USE;
enum err round_bindings(struct work *w, struct round *r) MUST_USE;
enum err round_insert_nodes(struct work *w, int64_t round, const struct node *nodes, size_t n) MUST_USE;
enum err round_insert_binding(struct work *w, int64_t round, int64_t adoption, str duty, str mask) MUST_USE;
/* A code that both a post and a system or device of the frame would bring; NOTFOUND when there is none. */
enum err round_code_twice(struct work *w, int64_t round, str *code) MUST_USE;
enum err round_insert_respondents(struct work *w, const struct round *r, int64_t *posts, int64_t *devices) MUST_USE;
/* Organisations of the frame as they are now, with the names of the base date; for the snapshot. */
enum err frame_orgs(struct work *w, int64_t lo, int64_t hi, int64_t base, struct node **out, size_t *n) MUST_USE;
enum err orgs_above(struct work *w, int64_t org, int64_t **out, size_t *n) MUST_USE; /* today's, from the top down */
enum err node_set_excluded(struct work *w, int64_t round, int64_t org, bool excluded, str why) MUST_USE;

/* ---- respondents ---- */
struct respondent {
    int64_t id, org, binding, person; /* person 0: none */
    str code, duty, kind, reason, excepted;
    int sheet;             /* state of the sheet; -1 none */
};
/* One by code; NOTFOUND without a fault. Not scoped: acts ask the door with the node it gives. */
enum err respondent_find(struct work *w, int64_t round, str code, struct respondent *out) MUST_USE;
enum err respondent_by_id(struct work *w, int64_t id, struct respondent *out) MUST_USE;
/* All of a round in order of id, for the import's index and for exports; without duty, kind and sheet. Streams. */
typedef enum err respondent_fn(void *to, const struct respondent *);
enum err respondents_each(struct work *w, int64_t round, respondent_fn *, void *to) MUST_USE;
/* By another statement with the columns of that one: id, org, binding, code, reason, excepted, person. */
enum err respondents_by(struct work *w, const struct sql *, int64_t round, respondent_fn *, void *to) MUST_USE;
enum err respondents_in(struct work *w, int64_t round, int64_t lo, int64_t hi, struct respondent **out,
                        size_t *n) MUST_USE;
enum err respondent_set_org(struct work *w, int64_t id, int64_t org) MUST_USE;
enum err respondent_set_reason(struct work *w, int64_t id, str reason) MUST_USE;
enum err respondent_set_excepted(struct work *w, int64_t id, str mask) MUST_USE; /* empty: none */

/* An organisation may come several times, with a part of its respondents each. */
struct frame_change {
    str respondent, kind, was, became, why, by_whom;
    int64_t at;
};
/* from, to: the organisations of the respondent before and after; at and by_whom are filled in. */
enum err frame_change_add(struct work *w, int64_t round, int64_t respondent, int64_t from, int64_t to,
                          const struct frame_change *) MUST_USE;
enum err frame_counts(struct work *w, int64_t round, void (*each)(void *, int64_t org, str duty, int64_t n),
                      void *to) MUST_USE;
/* Those with a reason and nothing known. */
enum err reason_counts(struct work *w, int64_t round,
                       void (*each)(void *, int64_t org, str duty, str reason, int64_t n), void *to) MUST_USE;
/* Per organisation, duty and reason ('' when none is recorded): respondents, and those without a submitted sheet;
 * scoped. */
enum err missing_counts(struct work *w, int64_t round,
                        void (*each)(void *, int64_t org, str duty, str reason, int64_t all, int64_t unknown),
                        void *to) MUST_USE;
struct missing_name {
    str code, duty, org_code, org_ja, org_en, person_code, person_name, reason;
    bool draft;
};
enum err missing_names(struct work *w, int64_t round, int64_t lo, int64_t hi, struct missing_name **out,
                       size_t *n) MUST_USE;

/* ---- sheets ---- */
/* The person whose sheets, brought in for posts of others by a file, somebody else confirms: the actor; empty when they
 * may file sheets as confirmed outright. */
str brings_in(const struct work *w);
struct sheet {
    int64_t respondent, org;
    int state;
    str answers;
    int64_t duty_binding; /* the respondent's binding, where the statement gives it */
    str excepted, source;
};
enum err sheet_find(struct work *w, int64_t respondent, struct sheet *out) MUST_USE; /* NOTFOUND without a fault */
typedef enum err sheet_fn(void *to, const struct sheet *);
enum err sheets_each(struct work *w, int64_t round, sheet_fn *, void *to) MUST_USE;        /* with binding, excepted */
enum err sheets_plain(struct work *w, int64_t round, sheet_fn *, void *to) MUST_USE; /* respondent, state, answers */
/* By another statement with the columns of that one: respondent, org, state, answers. */
enum err sheets_by(struct work *w, const struct sql *, int64_t round, sheet_fn *, void *to) MUST_USE;
/* standing: in place of one that is there. */
enum err sheet_put_begin(struct work *w, bool standing, struct batch **out) MUST_USE;
enum err sheet_put(struct work *w, struct batch *, int64_t round, const struct sheet *) MUST_USE;
enum err frame_name(struct work *w, int64_t org, str *code, str *ja, str *en) MUST_USE; /* also out of reach */
enum err sheet_keep_past(struct work *w, int64_t respondent) MUST_USE;
enum err sheets_confirm(struct work *w, int64_t round, int64_t lo, int64_t hi, int64_t *n) MUST_USE; /* state 1 → 2 */
enum err sheets_to_confirm(struct work *w, int64_t round, int64_t lo, int64_t hi, sheet_fn *, void *to) MUST_USE;
enum err sheet_set_org(struct work *w, int64_t respondent, int64_t org) MUST_USE;
enum err answer_note_put(struct work *w, int64_t respondent, int64_t clause, str note) MUST_USE; /* empty removes */
enum err answer_note_get(struct work *w, int64_t respondent, int64_t clause, str *out) MUST_USE; /* empty when none */
/* Scoped. */
enum err sheets_counts(struct work *w, int64_t round, int64_t *draft, int64_t *submitted, int64_t *confirmed,
                       int64_t *respondents) MUST_USE;
struct note {
    str respondent, org_code, org_ja, org_en;
    int64_t clause;
    str note;
};
/* Scoped. */
enum err notes_seen(struct work *w, int64_t round, int64_t lo, int64_t hi, struct note **out, size_t *n) MUST_USE;
struct answers_row {
    str code, org_code, duty;
    int64_t id, binding;
    int state;
    str answers;
};
typedef enum err answers_fn(void *to, const struct answers_row *);
/* Scoped. */
enum err answers_each(struct work *w, int64_t round, int64_t lo, int64_t hi, answers_fn *, void *to) MUST_USE;

/* ---- aggregates, exceptions ---- */
struct aggregate {
    int64_t org, clause; /* clause -1: the duty's respondents */
    str duty;
    int64_t reported, known, arisen, done, own, excepted;
    bool limited; /* the organisation limited whom it reports on */
    str note;
};
enum err aggregates_all(struct work *w, int64_t round, struct aggregate **out, size_t *n) MUST_USE;
enum err aggregates_of(struct work *w, int64_t round, int64_t org, struct aggregate **out, size_t *n) MUST_USE;
enum err aggregates_limited(struct work *w, int64_t round, int64_t **orgs, size_t *n) MUST_USE; /* scoped */
enum err aggregate_put(struct work *w, int64_t round, const struct aggregate *) MUST_USE;
enum err aggregates_drop(struct work *w, int64_t round, int64_t org) MUST_USE;

struct exception {
    str number;
    int64_t respondent, org; /* one of them; the other 0 */
    str respondent_code, org_code, org_ja, org_en;
    int64_t clause, since, until;
    str reason;
    bool granted; /* by a case: not from a file, and changed there alone */
};
enum err exceptions_all(struct work *w, int64_t round, struct exception **out, size_t *n) MUST_USE;   /* acts */
enum err exceptions_seen(struct work *w, int64_t round, struct exception **out, size_t *n) MUST_USE; /* scoped */
enum err exception_put(struct work *w, int64_t round, const struct exception *) MUST_USE;

/* ---- tallies ---- */
enum err tally_get(struct work *w, int64_t round, int64_t org, int state, str *counts) MUST_USE; /* NOTFOUND */
enum err tally_put(struct work *w, int64_t round, int64_t org, int state, str counts) MUST_USE;
enum err tally_drop(struct work *w, int64_t round) MUST_USE;
typedef enum err tally_fn(void *to, int64_t org, int64_t state, str counts);
enum err tallies_of(struct work *w, int64_t round, int64_t org, tally_fn *, void *to) MUST_USE; /* scoped */
enum err tallies_each(struct work *w, int64_t round, enum round_reach, tally_fn *, void *to) MUST_USE;

/* ---- frozen figures ---- */
struct frozen {
    int64_t no, at;
    str by_whom, erratum, head;
};
enum err frozen_all(struct work *w, int64_t round, struct frozen **out, size_t *n) MUST_USE;
enum err frozen_insert(struct work *w, int64_t round, const struct frozen *) MUST_USE;
enum err frozen_view_insert(struct work *w, int64_t round, int64_t no, str name, str columns) MUST_USE;
enum err frozen_view_get(struct work *w, int64_t round, int64_t no, str name, str *columns) MUST_USE;
enum err frozen_rows_begin(struct work *w, struct batch **out) MUST_USE;
enum err frozen_row_put(struct batch *, int64_t round, int64_t no, str name, int64_t pos, int64_t org,
                        str cells) MUST_USE;
struct frozen_row {
    int64_t pos, org;
    str cells;
};
/* Scoped. */
enum err round_frozen_rows(struct work *w, int64_t round, int64_t no, str name, struct frozen_row **out, size_t *n) MUST_USE;

enum err frame_changes(struct work *w, int64_t round, struct frame_change **out, size_t *n) MUST_USE; /* scoped */

#endif
