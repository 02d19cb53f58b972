/* The steps of editions, whom they asked, and what ministries and the public said of them. */
#ifndef MEGURI_PLAN_LIFE_STORE_H
#define MEGURI_PLAN_LIFE_STORE_H

#include "plan/plan_store.h"

extern const struct sql_set plan_life_sql_set;

/* ---- editions and their steps, of those that the actor sees ---- */
struct plan_edition_line {
    int64_t no, decided;
    str state, reason, meeting;
    bool has_decided, is_public;
};
enum err plan_edition_lines(struct work *w, const struct plan *, struct plan_edition_line **out, size_t *n) MUST_USE; /* by number */

struct plan_life_step {
    int64_t id, edition, no, day, until; /* edition: row id; no: its number; until: a day */
    bool has_until;
    str step, meeting, text;             /* step: circulate consult decide revise keep watch */
};
enum err plan_life_steps(struct work *w, const struct plan *, struct plan_life_step **out, size_t *n) MUST_USE; /* as they were entered */
enum err plan_life_step_add(struct work *w, const struct plan *, const struct plan_life_step *) MUST_USE; /* of the edition of *plan */

struct plan_life_asked {
    int64_t org, lo, hi;
    str code, ja, en;
};
enum err plan_life_asked(struct work *w, int64_t edition, struct plan_life_asked **out, size_t *n) MUST_USE; /* in official order */
/* Editions on which `org` is asked on `day` and has said nothing; by the code of their plan. */
enum err life_awaited(struct work *w, int64_t org, int64_t day, struct plan_draft_waiting **out, size_t *n) MUST_USE;
enum err plan_life_ask(struct work *w, int64_t edition, int64_t org) MUST_USE; /* twice is once */

/* ---- opinions ---- */
enum { OPINIONS_MAX = 10000, OPINION_LABEL_MAX = 60 /* letters; also of a group */ };
struct opinion {
    int64_t id, no, org, day, revision, answered;
    bool late, has_answered;
    str source, label, group, key, text, answer, change; /* source: ministry public */
    str org_code, org_ja, org_en;
};
/* whole: of all; else only those of organisations within the actor's reach. source empty: both. Ministries in official
 * order, then the public by group and number. */
enum err opinions_of(struct work *w, int64_t edition, str source, bool whole, struct opinion **out, size_t *n) MUST_USE;
/* NOTFOUND without a fault. */
enum err opinion_find(struct work *w, int64_t edition, str source, int64_t no, bool whole, struct opinion *out) MUST_USE;
enum err opinion_add(struct work *w, int64_t edition, struct opinion *) MUST_USE; /* its number is filled in */
enum err opinion_answer(struct work *w, const struct opinion *) MUST_USE; /* revision, answer, change */
enum err opinions_unanswered(struct work *w, int64_t edition, int64_t *out) MUST_USE;

#endif
