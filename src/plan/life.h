/* The life of an edition: draft, with the ministries, with the public, decided; then looked at again. Pure rules, and the
 * entries that take the steps. */
#ifndef MEGURI_PLAN_LIFE_H
#define MEGURI_PLAN_LIFE_H

#include "plan/life_store.h"

/* ---- which step when: pure ---- */
enum life_move { MOVE_CIRCULATE, MOVE_CONSULT, MOVE_DECIDE, MOVE_REVISE, MOVE_KEEP, MOVES };
extern const char *const life_moves[]; /* "circulate" …, as the store has them */

enum life_fit {
    FITS,
    FITS_EARLY, /* leaves out a step that comes before: wants a reason */
    FITS_NOT,
};
/* state: of the edition that stands, "draft" …. *what: a message id with %1 the plan's code and %2 the edition's number: what is
 * left out, or what to do instead. */
enum life_fit life_judge(str state, enum life_move, str *what);
str life_state_after(enum life_move); /* "consultation" …; empty: the state stays, or is that of another edition */

/* ---- what the acts share ---- */
enum { LIFE_WHY_MAX = 4000 /* bytes */ };
/* INVALID with a fault when it is empty though required, or longer than `most` bytes. */
enum err life_text(struct work *w, const char *field, str text, size_t most, bool required) MUST_USE;
/* "c3", "r2": of the public, of a ministry. False when it is neither. */
bool opinion_code(str code, str *source, int64_t *no);
str opinion_name(struct arena *, const struct opinion *);
/* May the actor see what others said of the edition? Its own organisation's always; all of it the plan's own people, and everyone once
 * it is decided. */
bool opinions_whole(const struct work *w, const struct plan *);
/* INVALID with a fault unless the edition has the item; an empty key is the whole plan. */
enum err life_item(struct work *w, const struct plan *, str key) MUST_USE;

/* ---- entries ---- */
entry_fn act_plan_circulate, act_plan_consult, act_plan_decide, act_plan_revise, act_plan_keep, act_plan_watch;
entry_fn act_plan_remark, act_plan_comment, act_plan_answer;
entry_fn view_plan_editions, view_plan_comments, view_plan_opinion, view_plan_compare;
extern const struct param circulate_params[], consult_params[], decide_params[], revise_params[], keep_params[], watch_params[];
extern const struct param remark_params[], comment_params[], answer_params[];
extern const struct param editions_params[], comments_params[], opinion_params[], compare_params[];

#endif
