/* The statements of urgent surveys as functions. Nothing here decides. */
#ifndef MEGURI_INSPECT_SURVEY_STORE_H
#define MEGURI_INSPECT_SURVEY_STORE_H

#include "inspect/survey.h"

extern const struct sql_set survey_sql_set;

/* ---- surveys ---- */
enum err survey_row(struct work *w, str code, struct survey *out) MUST_USE; /* NOTFOUND without a fault; with questions */
enum err survey_codes(struct work *w, str **out, size_t *n) MUST_USE;       /* whose frame the actor is in, or published; open ones first, the next due first */
enum err survey_insert(struct work *w, struct survey *) MUST_USE;           /* with questions; fills id */
/* The organisations `levels` steps below the frame, which stands at `depth`, and those above that have none below. */
enum err survey_insert_orgs(struct work *w, const struct survey *, int64_t depth, int64_t levels, int64_t *n) MUST_USE;
enum err survey_freeze(struct work *w, int64_t survey) MUST_USE;            /* open → closed, figures kept */
enum err survey_set_published(struct work *w, int64_t survey) MUST_USE;
enum err survey_recount(struct work *w) MUST_USE;                           /* survey_count anew, of all surveys */

/* ---- who was asked ---- */
struct survey_org {
    int64_t org, lo, hi;
    str code, ja, en;
    int64_t systems, replies, extra, unnamed, late, done, reopened, changed; /* done, changed: 0 not */
    bool none;
    str done_by;
    int64_t part; /* the organisation next below the frame that it is in, or is: its sector; 0: not recorded */
};
/* Organisations asked that the actor's reach holds or lies in, in official order. */
enum err survey_mine(struct work *w, int64_t survey, struct survey_org **out, size_t *n) MUST_USE;
enum err survey_orgs(struct work *w, int64_t survey, struct survey_org **out, size_t *n) MUST_USE; /* scoped */
/* Frozen, of all that were asked: for what is closed, to who may see it. systems, replies: as published. */
enum err survey_results(struct work *w, int64_t survey, struct survey_org **out, size_t *n) MUST_USE;
/* The change of its figures, and that it changed now. */
struct survey_change {
    int64_t replies, extra, unnamed, late;
};
enum err survey_org_add(struct work *w, int64_t survey, int64_t org, const struct survey_change *) MUST_USE;
enum err survey_org_set(struct work *w, int64_t survey, int64_t org, bool none, bool done, bool reopened) MUST_USE;

/* ---- replies ---- */
struct survey_reply {
    int64_t id, org, system, revision, first, at; /* id 0: none yet; system 0: not in the register */
    str name, by_whom;
    bool outside;                                                     /* entered for it by somebody from outside */
    str value[SURVEY_QUESTIONS_MAX];                                  /* by question; empty: unanswered */
    int64_t yes[SURVEY_QUESTIONS_MAX], no[SURVEY_QUESTIONS_MAX];      /* of those unnamed */
    str name_ja, name_en, org_code, org_ja, org_en;                   /* for lists */
};
enum err survey_reply_get(struct work *w, const struct survey *, int64_t org, str name, struct survey_reply *out) MUST_USE;
/* Takes the place of what stands under its name (id, or 0), which goes to survey_past; counts follow. */
enum err survey_reply_put(struct work *w, const struct survey *, const struct survey_reply *was, struct survey_reply *) MUST_USE;
/* How many replies the organisation gave itself. */
enum err survey_inside(struct work *w, const struct survey *, int64_t org, int64_t *n) MUST_USE;
enum err survey_reply_drop(struct work *w, const struct survey *, const struct survey_reply *was) MUST_USE;
/* Scoped; of one organisation asked (0: all), by name. Where replies are the organisation's own, those of the actor's alone. */
enum err survey_replies(struct work *w, const struct survey *, int64_t org, struct survey_reply **out, size_t *n) MUST_USE;
struct survey_past {
    str answers, by_whom;
    int64_t at, replaced;
};
enum err survey_past_of(struct work *w, int64_t survey, int64_t org, str name, struct survey_past **out, size_t *n) MUST_USE;

/* ---- systems ---- */
struct survey_system {
    int64_t id, org_lo, reply;
    str code, ja, en, org_code, org_ja, org_en;
    bool mine; /* the acting person holds a post for it */
};
/* Of the register, within an organisation asked: those the actor reaches and those they manage, unanswered first. */
enum err survey_systems(struct work *w, const struct survey *, const struct survey_org *, struct survey_system **out, size_t *n) MUST_USE;
/* One by code; NOTFOUND without a fault. */
enum err survey_system_find(struct work *w, const struct survey *, const struct survey_org *, str code, struct survey_system *out) MUST_USE;

/* ---- counts ---- */
struct survey_count {
    int64_t org, pos, n;
    str value;
};
/* Of the board (scoped), or frozen of all. */
enum err survey_counts(struct work *w, int64_t survey, bool frozen, struct survey_count **out, size_t *n) MUST_USE;

#endif
