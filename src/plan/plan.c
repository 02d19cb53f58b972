/* The room on one page: what it shows and what it does. */
#include "plan/plan.h"

#include "plan/acts.h"
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

static const struct entry plan_entries[] = {
    VIEW("list", N("Plans"), MAY_ANYONE, NULL, list_params, plan_view_list),
    VIEW("show", N("One plan in its printed order"), MAY_ANYONE, NULL, show_params, plan_view_show),
    /* progress */
    /* life of an edition */
    /* basic plans */
    /* carried over */
};

const struct room plan_room = {
    .name = "plan",
    .title = N("what shall we do?"),
    .entries = plan_entries,
    .n_entries = sizeof plan_entries / sizeof *plan_entries,
    .sql = SQL_SETS(&plan_sql_set, &plan_items_sql_set, &plan_owners_sql_set),
};
