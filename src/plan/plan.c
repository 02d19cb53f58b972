/* The room on one page: what it shows and what it does. Whose plan it is decides who changes it (plan_to_change). */
#include "plan/plan.h"

#include "plan/acts.h"
#include "plan/basic.h"
#include "plan/carry.h"
#include "plan/life.h"
#include "plan/plan_store.h"
#include "plan/progress.h"

#define PLAN_PARAM {"plan", P_CODE, 0, NULL, NULL, N("the plan, by its code; without it, the annual plan of the year"), "plan list"}
#define YEAR_PARAM {"year", P_INT, 0, NULL, NULL, N("the fiscal year of an annual plan; without it, the one that runs")}
#define EDITION_PARAM {"edition", P_INT, 0, NULL, NULL, N("one edition, by its number; without it, the last one")}
#define AT_PARAM {"at", P_DATE, 0, NULL, NULL, N("the day on which it is asked who the owners are; without it, the plan's first")}
#define ONE_PLAN PLAN_PARAM, YEAR_PARAM, EDITION_PARAM
#define THIS_PLAN {"plan", P_CODE, REQUIRED, NULL, NULL, N("the plan, by its code"), "plan list"}
#define NO_PARAM {"no", P_CODE, REQUIRED, NULL, NULL, N("the measure, by its number; another item by its key")}
#define KIND_WORDS "measure heading relisted direction policy area goal picture text"
#define FIELDS_PARAM {"field", P_TEXT, MAP | LONG_TEXT, NULL, NULL, N("the columns of a plan's file, by their names"), "plan fields"}
#define TITLE_PARAMS(basic_help_, basic_choices_) \
    {"title_en", P_TEXT, 0, NULL, NULL, N("title in English")}, \
    {"basic", P_CODE, 0, NULL, NULL, basic_help_, basic_choices_}, \
    {"source_ja", P_TEXT, 0, NULL, NULL, N("where it was published, in Japanese")}, \
    {"source_en", P_TEXT, 0, NULL, NULL, N("where it was published, in English")}

static const struct param list_params[] = {
    {"kind", P_ENUM, 0, "basic annual strategy", NULL, N("one kind of plan")},
    {"year", P_INT, 0, NULL, NULL, N("plans in force in this fiscal year")},
    {"org", P_ORG, 0, NULL, NULL, N("the organisation; without it, all that your post reaches")},
    {0}};
static const struct param no_params[] = {{0}};
static const struct param show_params[] = {
    ONE_PLAN,
    {"area", P_CODE, 0, NULL, NULL, N("one area of the basic plan, by its code")},
    {"owner", P_CODE, 0, NULL, NULL, N("an organisation or a group, by its code: what it owns"), "plan owners"},
    {"q", P_TEXT, 0, NULL, NULL, N("words in titles and texts")},
    {"from", P_INT, HIDDEN, NULL, NULL, N("the place in the plan from which on rows are shown")},
    AT_PARAM,
    {0}};
static const struct param measure_params[] = {ONE_PLAN, NO_PARAM, AT_PARAM, {0}};
static const struct param owners_params[] = {ONE_PLAN, AT_PARAM, {0}};
static const struct param export_params[] = {ONE_PLAN, {0}};
static const struct param fields_params[] = {
    {"plan", P_CODE, 0, NULL, NULL, N("the plan, by its code")},
    {"no", P_CODE, 0, NULL, NULL, N("the item as it stands; without it, a new one")},
    {"kind", P_ENUM, 0, KIND_WORDS, NULL, N("the kind of a new item")},
    {0}};
static const struct param new_params[] = {
    {"plan", P_CODE, REQUIRED, NULL, NULL, N("a code for the plan, such as sj2007")},
    {"kind", P_ENUM, REQUIRED, "annual basic strategy", NULL, N("kind of plan")},
    {"org", P_ORG, 0, NULL, NULL, N("whose plan it is; without it, that of your post")},
    {"title_ja", P_TEXT, REQUIRED, NULL, NULL, N("title in Japanese")},
    {"since", P_DATE, REQUIRED, NULL, NULL, N("its first day")},
    {"until", P_DATE, REQUIRED, NULL, NULL, N("its last day")},
    TITLE_PARAMS(N("the basic plan it carries out"), "plan basics"),
    {0}};
static const struct param change_params[] = {
    THIS_PLAN,
    {"title_ja", P_TEXT, 0, NULL, NULL, N("title in Japanese")},
    {"since", P_DATE, 0, NULL, NULL, N("its first day")},
    {"until", P_DATE, 0, NULL, NULL, N("its last day")},
    TITLE_PARAMS(N("the basic plan it carries out, by its code; none: of no basic plan any more"), NULL),
    {0}};
static const struct param import_params[] = {
    {"plan", P_CODE, 0, NULL, NULL, N("the plan whose draft is filled"), "plan list"},
    {"what", P_ENUM, 0, "items groups progress", "items", N("the items of a plan, the groups of owners, or a report of progress made elsewhere")},
    {"layout", P_ENUM, 0, "csv published", "csv", N("how the file is arranged: CSV or a workbook, or the text of a report as it was published")},
    {"file", P_FILE, 0, NULL, NULL, N("CSV or a workbook; groups without a file: those that ship with the program")},
    {"fill", P_FILE, 0, NULL, NULL, N("published: the plan's own text, for titles that the report leaves out")},
    {"report", P_ENUM, 0, "half year", "half", N("progress and published: which report it is")},
    {0}};
static const struct param write_params[] = {
    THIS_PLAN, NO_PARAM, {"was", P_CODE, HIDDEN, NULL, NULL, N("what it was when the form was made")}, FIELDS_PARAM, {0}};
static const struct param add_params[] = {
    THIS_PLAN,
    {"kind", P_ENUM, REQUIRED, KIND_WORDS, NULL, N("the kind of item")},
    {"no", P_CODE, 0, NULL, NULL, N("its number; another item than a measure gets one")},
    {"after", P_CODE, 0, NULL, NULL, N("the item it stands behind; without it, at the end")},
    FIELDS_PARAM,
    {0}};
static const struct param remove_params[] = {THIS_PLAN, NO_PARAM, {0}};
/* progress */
#define ONE_MEASURE {"no", P_CODE, REQUIRED, NULL, NULL, N("the measure, by its number")}
#define REPORT_WORDS "half year"
#define REPORT_OF {"report", P_ENUM, 0, REPORT_WORDS, NULL, N("a report as it was frozen; without it, as it stands now")}
#define NUMBER_OF {"number", P_INT, 0, NULL, NULL, N("an earlier number of the report; without it, the last")}
#define OWNER_OF {"owner", P_CODE, 0, NULL, NULL, N("only measures of this organisation, by its code")}
#define WAS {"was", P_INT, HIDDEN, NULL, NULL, N("the revision that was shown: what is newer is not overwritten")}
#define STATUS_OF {"status", P_ENUM, 0, "1 2 3 4", NULL, N("1 done, 2 under way, 3 to be begun, 4 not known whether it can be done in time")}
#define TEXTS_OF {"text", P_TEXT, LONG_TEXT, NULL, NULL, N("how far it has come, in a sentence or two")}, \
                 {"text_en", P_TEXT, LONG_TEXT, NULL, NULL, N("the same in English, where there is one")}
static const struct param update_params[] = {
    PLAN_PARAM, YEAR_PARAM, ONE_MEASURE,
    {"owner", P_ORG, 0, NULL, NULL, N("which of its owners reports; without it, your own organisation")},
    STATUS_OF, TEXTS_OF, WAS, {0}};
static const struct param settle_params[] = {
    PLAN_PARAM, YEAR_PARAM, ONE_MEASURE, STATUS_OF, TEXTS_OF,
    {"why", P_TEXT, REQUIRED | LONG_TEXT, NULL, NULL, N("why this is published, and not what the lead owner says")},
    {"back", P_FLAG, 0, NULL, NULL, N("take back what was settled: the lead owner's word holds again")},
    WAS, {0}};
static const struct param same_params[] = {
    {"measure", P_CODE, REQUIRED | MANY, NULL, NULL, N("a measure, by its plan and number: sj2007/65")},
    {"owner", P_ORG, 0, NULL, NULL, N("which of its owners reports; without it, your own organisation")}, {0}};
static const struct param report_params[] = {
    PLAN_PARAM, YEAR_PARAM, {"report", P_ENUM, REQUIRED, REPORT_WORDS, NULL, N("which report")},
    {"due", P_DATE, REQUIRED, NULL, NULL, N("the day by which owners report")}, {0}};
static const struct param freeze_params[] = {
    PLAN_PARAM, YEAR_PARAM, {"report", P_ENUM, REQUIRED, REPORT_WORDS, NULL, N("which report")},
    {"reason", P_TEXT, LONG_TEXT, NULL, NULL, N("of a correction: why; it makes the next number of the report")},
    {"no", P_CODE, MANY, NULL, NULL, N("of a correction: only these measures; the others stay as they were reported")}, {0}};
static const struct param progress_params[] = {
    PLAN_PARAM, YEAR_PARAM, REPORT_OF, NUMBER_OF,
    {"chapter", P_CODE, 0, NULL, NULL, N("only below this heading, by its key"), "plan headings"},
    OWNER_OF, {"status", P_ENUM, 0, "1 2 3 4 none", NULL, N("only measures of this status; none: nobody has reported yet")},
    {"from", P_INT, HIDDEN, NULL, NULL, N("the place in the plan from which on rows are shown")}, {0}};
static const struct param status_params[] = {
    PLAN_PARAM, YEAR_PARAM, REPORT_OF, NUMBER_OF,
    {"by", P_ENUM, 0, "status chapter section area owner", "status", N("what the measures are counted by")}, {0}};
static const struct param verify_params[] = {
    PLAN_PARAM, YEAR_PARAM, {"report", P_ENUM, REQUIRED, REPORT_WORDS, NULL, N("which report")}, NUMBER_OF, {0}};
static const struct param changes_params[] = {
    PLAN_PARAM, YEAR_PARAM, {"since", P_CODE, 0, NULL, NULL, N("a report, half or year, or a day; without it, the last report")},
    {"report", P_ENUM, 0, REPORT_WORDS, NULL, N("up to this report; without it, up to now")}, {0}};
static const struct param silent_params[] = {
    PLAN_PARAM, YEAR_PARAM, {"report", P_ENUM, 0, REPORT_WORDS, NULL, N("for this report; without it, the next that is due")}, OWNER_OF, {0}};
static const struct param milestones_params[] = {PLAN_PARAM, YEAR_PARAM, OWNER_OF, {0}};
static const struct param history_params[] = {PLAN_PARAM, YEAR_PARAM, ONE_MEASURE, {0}};
static const struct param say_params[] = {
    PLAN_PARAM, YEAR_PARAM, ONE_MEASURE,
    {"owner", P_ORG, 0, NULL, NULL, N("which of its owners reports; without it, your own organisation")}, {0}};
static const struct param mine_params[] = {{"owner", P_ORG, 0, NULL, NULL, N("the organisation; without it, your own")},
    {"from", P_INT, HIDDEN, NULL, NULL, N("the row from which on they are shown")}, {0}};
static const struct param plan_only_params[] = {PLAN_PARAM, YEAR_PARAM, {0}};

/* life of an edition */
/* basic plans */
/* carried over */
#define INTO_PARAM {"into", P_CODE, 0, NULL, NULL, N("the plan that takes over; without it, your newest draft of an annual plan"), "plan list"}
#define FROM_PARAM {"from", P_CODE, 0, NULL, NULL, N("the earlier plan; without it, that of the same organisation before it"), "plan list"}
static const struct param candidates_params[] = {INTO_PARAM, FROM_PARAM, {0}};
static const struct param carry_params[] = {
    INTO_PARAM, FROM_PARAM,
    {"candidate", P_TEXT, MANY, NULL, NULL, N("what is taken over: case:NUMBER, measure:PLAN/KEY")},
    {"all", P_FLAG, 0, NULL, NULL, N("all that may be taken over")}, {0}};
static const struct param why_params[] = {
    ONE_PLAN,
    {"no", P_CODE, 0, NULL, NULL, N("the measure, by its number")},
    {"case", P_CODE, 0, NULL, NULL, N("a case in place of a measure, by its number")},
    {0}};

/* Reached from the pages of their plan. */
#define OWN_ACT(name, title, right, params, fn) {name, ENTRY_ACT, title, right, NULL, params, fn, NULL, NULL, UNLISTED}
#define XLSX_MEDIA "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

static const struct entry plan_entries[] = {
    VIEW("list", N("All plans"), MAY_ANYONE, NULL, list_params, plan_view_list),
    SUB_VIEW("basics", N("Basic plans"), MAY_ANYONE, NULL, no_params, plan_view_basics),
    VIEW("show", N("A plan in its printed order"), MAY_ANYONE, NULL, show_params, plan_view_show),
    SUB_VIEW("measure", N("One measure"), MAY_ANYONE, NULL, measure_params, plan_view_measure),
    VIEW("owners", N("Owners of the measures"), MAY_ANYONE, NULL, owners_params, plan_view_owners),
    VIEW("groups", N("Groups of owners"), MAY_ANYONE, NULL, owners_params, plan_view_groups),
    SUB_VIEW("fields", N("What an item of a plan holds"), MAY_ANYONE, NULL, fields_params, plan_view_fields),
    /* progress */
    ACT("new", N("Begin a plan"), MAY_FILE, "org", new_params, plan_act_new),
    OWN_ACT("change", N("Change what is said of the plan as a whole"), MAY_FILE, change_params, plan_act_change),
    {"import", ENTRY_ACT, N("Import items"), MAY_FILE | MAY_ADMINISTER, NULL, import_params, plan_act_import, NULL, NULL,
     LONG | TRY_FIRST},
    OWN_ACT("write", N("Change this item"), MAY_FILE, write_params, plan_act_write),
    OWN_ACT("add-item", N("Add an item"), MAY_FILE, add_params, plan_act_add_item),
    OWN_ACT("remove-item", N("Take this item out"), MAY_FILE, remove_params, plan_act_remove_item),

    VIEW("mine", N("What your organisation has to report"), MAY_READ_RATES | MAY_APPROVE, "owner", mine_params, plan_view_mine),
    VIEW("progress", N("Progress of a plan in its printed order"), MAY_ANYONE, NULL, progress_params, plan_view_progress),
    VIEW("status", N("Measures counted by status"), MAY_ANYONE, NULL, status_params, plan_view_status),
    VIEW("changes", N("What moved since the last report"), MAY_ANYONE, NULL, changes_params, plan_view_changes),
    VIEW("silent", N("Owners that have not reported"), MAY_READ_RATES | MAY_APPROVE, NULL, silent_params, plan_view_silent),
    VIEW("milestones", N("Milestones"), MAY_ANYONE, NULL, milestones_params, plan_view_milestones),
    VIEW("reports", N("Reports of progress"), MAY_ANYONE, NULL, plan_only_params, plan_view_reports),
    SUB_VIEW("verify", N("Is it as it was frozen?"), MAY_ANYONE, NULL, verify_params, plan_view_verify),
    SUB_VIEW("history", N("How a measure has come on"), MAY_ANYONE, NULL, history_params, plan_view_history),
    SUB_VIEW("say", N("Report on a measure"), MAY_MANAGE | MAY_APPROVE | MAY_CENTRE, "owner", say_params, plan_view_say),
    SUB_VIEW("headings", N("Headings of a plan"), MAY_ANYONE, NULL, plan_only_params, plan_view_headings),
    {"update", ENTRY_ACT, N("Report how far a measure has come"), MAY_MANAGE | MAY_APPROVE | MAY_CENTRE, "owner", update_params, plan_act_update,
     NULL, NULL, UNLISTED},
    {"same", ENTRY_ACT, N("Report that nothing is new"), MAY_MANAGE | MAY_APPROVE | MAY_CENTRE, "owner", same_params, plan_act_same, NULL, NULL,
     UNLISTED},
    {"settle", ENTRY_ACT, N("Settle what is published of a measure"), MAY_MANAGE | MAY_CENTRE, NULL, settle_params, plan_act_settle, NULL, NULL,
     UNLISTED},
    ACT("report", N("Set up a report of progress"), MAY_MANAGE | MAY_CENTRE, NULL, report_params, plan_act_report),
    ACT("freeze", N("Freeze a report of progress"), MAY_MANAGE | MAY_CENTRE, NULL, freeze_params, plan_act_freeze),
    /* life of an edition */
    VIEW("editions", N("Editions of a plan, step by step"), MAY_ANYONE, NULL, plan_editions_params, plan_view_editions),
    VIEW("comments", N("Comments on an edition, and answers"), MAY_ANYONE, NULL, plan_comments_params, plan_view_comments),
    VIEW("compare", N("Differences of two plans or editions"), MAY_ANYONE, NULL, plan_compare_params, plan_view_compare),
    SUB_VIEW("opinion", N("One comment"), MAY_ANYONE, NULL, plan_opinion_params, plan_view_opinion),
    OWN_ACT("circulate", N("Send the draft to the ministries"), MAY_FILE, plan_circulate_params, plan_act_circulate),
    OWN_ACT("remark", N("Comment on a draft, for a ministry"), MAY_FILE | MAY_APPROVE, plan_remark_params, plan_act_remark),
    OWN_ACT("consult", N("Begin the public comment"), MAY_FILE, plan_consult_params, plan_act_consult),
    OWN_ACT("comment", N("Enter a comment of the public"), MAY_FILE, plan_comment_params, plan_act_comment),
    OWN_ACT("answer", N("Answer comments"), MAY_FILE, plan_answer_params, plan_act_answer),
    OWN_ACT("decide", N("Enter that it is decided"), MAY_FILE, plan_decide_params, plan_act_decide),
    OWN_ACT("revise", N("Begin a revision"), MAY_FILE, plan_revise_params, plan_act_revise),
    OWN_ACT("keep", N("Note that no change is needed"), MAY_FILE, plan_keep_params, plan_act_keep),
    OWN_ACT("watch", N("Note a change around the plan"), MAY_FILE, plan_watch_params, plan_act_watch),
    /* basic plans */
    VIEW("pictures", N("Pictures of the last year of a basic plan"), MAY_ANYONE, NULL, plan_pictures_params, plan_view_pictures),
    VIEW("areas", N("Areas of a basic plan, year by year"), MAY_ANYONE, NULL, plan_areas_params, plan_view_areas),
    SUB_VIEW("picture", N("One picture"), MAY_ANYONE, NULL, plan_picture_params, plan_view_picture),
    OWN_ACT("judge", N("Judge whether a picture was reached"), MAY_FILE, plan_judge_params, plan_act_judge),
    OWN_ACT("evaluate", N("Judge how an area fared in a year"), MAY_FILE, plan_evaluate_params, plan_act_evaluate),
    /* carried over */
    VIEW("candidates", N("What next year's plan may take over"), MAY_MANAGE | MAY_CENTRE | MAY_AUDIT, NULL, candidates_params,
         plan_view_candidates),
    OWN_ACT("carry", N("Take over into a plan"), MAY_FILE, carry_params, plan_act_carry),
    SUB_VIEW("why", N("Why a measure exists, and what came of it"), MAY_ANYONE, NULL, why_params, plan_view_why),
    BYTES_OUT("export", N("A plan as CSV that imports again"), MAY_ANYONE, NULL, export_params, plan_file_export, "text/csv"),
    BYTES_OUT("workbook", N("A plan as a workbook that imports again"), MAY_ANYONE, NULL, export_params, plan_file_workbook, XLSX_MEDIA),
};

/* As it is used: a plan is made and read, reported on, led from draft to decision, judged, carried on. */
static const struct topic plan_topics[] = {
    {N("What is planned"), "list show measure owners groups fields new change import write add-item remove-item export workbook"},
    {N("Progress of measures"),
     "mine progress status changes silent milestones reports history say headings update same settle report freeze verify"},
    {N("From draft to decision, and revision"),
     "editions comments compare opinion circulate remark consult comment answer decide revise keep watch"},
    {N("Basic plans and their judgement"), "basics pictures areas picture judge evaluate"},
    {N("Next year's plan"), "candidates carry why"},
    {{"", 0}, NULL}};

const struct room plan_room = {
    .name = "plan",
    .title = N("what shall we do?"),
    .entries = plan_entries,
    .n_entries = sizeof plan_entries / sizeof *plan_entries,
    .sql = SQL_SETS(&plan_sql_set, &plan_items_sql_set, &plan_owners_sql_set, &plan_life_sql_set, &judge_sql_set,
                    &progress_sql_set, &progress_frozen_sql_set),
    .topics = plan_topics,
    .rebuild = plan_rebuild,
};
