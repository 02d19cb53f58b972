/* The room on one page: what it shows and what it does. */
#include "plan/plan.h"

#include "plan/acts.h"
#include "plan/basic.h"
#include "plan/life.h"
#include "plan/plan_store.h"

#define PLAN_PARAM {"plan", P_CODE, 0, NULL, NULL, N("the plan, by its code; without it, the annual plan of the year"), "plan list"}
#define YEAR_PARAM {"year", P_INT, 0, NULL, NULL, N("the fiscal year of an annual plan; without it, the newest")}
#define EDITION_PARAM {"edition", P_INT, 0, NULL, NULL, N("one edition, by its number; without it, the last one")}
#define AT_PARAM {"at", P_DATE, 0, NULL, NULL, N("the day on which it is asked who the owners are; without it, the plan's first")}

static const struct param list_params[] = {
    {"kind", P_ENUM, 0, "basic annual strategy", NULL, N("one kind of plan")}, {0}};
static const struct param show_params[] = {PLAN_PARAM, YEAR_PARAM, EDITION_PARAM, AT_PARAM, {0}};
/* progress */
/* life of an edition */
/* basic plans */
/* carried over */

/* Reached from the pages of their plan. */
#define OWN_ACT(name, title, right, params, fn) {name, ENTRY_ACT, title, right, NULL, params, fn, NULL, NULL, UNLISTED}

static const struct entry plan_entries[] = {
    VIEW("list", N("Plans"), MAY_ANYONE, NULL, list_params, plan_view_list),
    VIEW("show", N("One plan in its printed order"), MAY_ANYONE, NULL, show_params, plan_view_show),
    /* progress */
    /* life of an edition */
    VIEW("editions", N("Editions of a plan, step by step"), MAY_ANYONE, NULL, editions_params, view_plan_editions),
    VIEW("comments", N("Comments on an edition, and answers"), MAY_ANYONE, NULL, comments_params, view_plan_comments),
    VIEW("compare", N("Differences of two plans or editions"), MAY_ANYONE, NULL, compare_params, view_plan_compare),
    SUB_VIEW("opinion", N("One comment"), MAY_ANYONE, NULL, opinion_params, view_plan_opinion),
    OWN_ACT("circulate", N("Send the draft to the ministries"), MAY_FILE, circulate_params, act_plan_circulate),
    OWN_ACT("remark", N("Comment on a draft, for a ministry"), MAY_FILE | MAY_APPROVE, remark_params, act_plan_remark),
    OWN_ACT("consult", N("Begin the public comment"), MAY_FILE, consult_params, act_plan_consult),
    OWN_ACT("comment", N("Enter a comment of the public"), MAY_FILE, comment_params, act_plan_comment),
    OWN_ACT("answer", N("Answer comments"), MAY_FILE, answer_params, act_plan_answer),
    OWN_ACT("decide", N("Enter that it is decided"), MAY_FILE, decide_params, act_plan_decide),
    OWN_ACT("revise", N("Begin a revision"), MAY_FILE, revise_params, act_plan_revise),
    OWN_ACT("keep", N("Note that no change is needed"), MAY_FILE, keep_params, act_plan_keep),
    OWN_ACT("watch", N("Note a change around the plan"), MAY_FILE, watch_params, act_plan_watch),
    /* basic plans */
    VIEW("pictures", N("Pictures of the last year of a basic plan"), MAY_ANYONE, NULL, pictures_params, view_plan_pictures),
    VIEW("areas", N("Areas of a basic plan, year by year"), MAY_ANYONE, NULL, areas_params, view_plan_areas),
    SUB_VIEW("picture", N("One picture"), MAY_ANYONE, NULL, picture_params, view_plan_picture),
    OWN_ACT("judge", N("Judge whether a picture was reached"), MAY_FILE, judge_params, act_plan_judge),
    OWN_ACT("evaluate", N("Judge how an area fared in a year"), MAY_FILE, evaluate_params, act_plan_evaluate),
    /* carried over */
};

const struct room plan_room = {
    .name = "plan",
    .title = N("what shall we do?"),
    .entries = plan_entries,
    .n_entries = sizeof plan_entries / sizeof *plan_entries,
    .sql = SQL_SETS(&plan_sql_set, &plan_items_sql_set, &plan_owners_sql_set, &life_sql_set, &judge_sql_set),
};
