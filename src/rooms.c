/* The program: its rooms, in the order of the cycle. Everything a person, a page or a test can reach is in their tables. */
#include "account/account.h"
#include "case/case.h"
#include "depend/depend.h"
#include "find/find.h"
#include "home/home.h"
#include "house/house.h"
#include "inspect/inspect.h"
#include "plan/plan.h"
#include "registry/registry.h"
#include "report/report.h"
#include "series/series.h"
#include "share/share.h"
#include "standard/standard.h"
#include "task/task.h"
#include "web/serve.h"

const struct room *const rooms[] = {
    &home_room,     /* where are we? */
    &registry_room, /* who and what exists? */
    &standard_room, /* what should be? */
    &find_room,     /* where is it? */
    &inspect_room,  /* what is? */
    &series_room,   /* what do the numbers say? */
    &depend_room,   /* what would happen? */
    &case_room,     /* what has come up? */
    &share_room,    /* who must know, and do they? */
    &plan_room,     /* what shall we do? */
    &report_room,   /* what do we publish? */
    &account_room,  /* how do people come in? */
    &task_room,     /* what runs? */
    &journal_room,  /* what was done, by whom? */
    &rebuild_room,  /* derived tables, made anew */
    &demo_room,     /* a synthetic government to try it on */
    &serve_room,    /* all of it in the browser */
    NULL,
};
