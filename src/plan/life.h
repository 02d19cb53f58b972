/* The life of an edition: draft, with the ministries, with the public, decided; then looked at again. Pure rules, and the
 * entries that take the steps. */
#ifndef MEGURI_PLAN_LIFE_H
#define MEGURI_PLAN_LIFE_H

#include "plan/life_store.h"

/* ---- which step when: pure ---- */
enum plan_life_move { MOVE_CIRCULATE, MOVE_CONSULT, MOVE_DECIDE, MOVE_REVISE, MOVE_KEEP, MOVES };
extern const char *const plan_life_moves[]; /* "circulate" …, as the store has them */

enum plan_life_fit {
    FITS,
    FITS_EARLY, /* leaves out a step that comes before: wants a reason */
    FITS_NOT,
};
/* state: of the edition that stands, "draft" …. *what: a message id with %1 the plan's code and %2 the edition's number: what is
 * left out, or what to do instead. */
enum plan_life_fit plan_life_judge(str state, enum plan_life_move, str *what);
str plan_life_state_after(enum plan_life_move); /* "consultation" …; empty: the state stays, or is that of another edition */

/* ---- what the acts share ---- */
enum { LIFE_WHY_MAX = 4000 /* bytes */ };
/* INVALID with a fault when it is empty though required, or longer than `most` bytes. */
enum err plan_life_text(struct work *w, const char *field, str text, size_t most, bool required) MUST_USE;
/* "c3", "r2": of the public, of a ministry. False when it is neither. */
bool opinion_code(str code, str *source, int64_t *no);
str opinion_name(struct arena *, const struct opinion *);
/* May the actor see what others said of the edition? Its own organisation's always; all of it the plan's own people, and everyone once
 * it is decided. */
bool opinions_whole(const struct work *w, const struct plan *);
/* INVALID with a fault unless the edition has the item; an empty key is the whole plan. */
enum err plan_life_item(struct work *w, const struct plan *, str key) MUST_USE;

/* ---- entries ---- */
entry_fn plan_act_circulate, plan_act_consult, plan_act_decide, plan_act_revise, plan_act_keep, plan_act_watch;
entry_fn plan_act_remark, plan_act_comment, plan_act_answer;
entry_fn plan_view_editions, plan_view_comments, plan_view_opinion, plan_view_compare;
extern const struct param plan_circulate_params[], plan_consult_params[], plan_decide_params[], plan_revise_params[], plan_keep_params[], plan_watch_params[];
extern const struct param plan_remark_params[], plan_comment_params[], plan_answer_params[];
extern const struct param plan_editions_params[], plan_comments_params[], plan_opinion_params[], plan_compare_params[];

#endif
