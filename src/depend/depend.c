/* The room on one page: what it shows and what it does. */
#include "depend/depend.h"

#include "depend/built.h"
#include "depend/depend_store.h"
#include "depend/iim.h"
#include "depend/kept.h"
#include "depend/models.h"
#include "depend/order.h"
#include "depend/rank.h"
#include "depend/run.h"
#include "depend/stuck.h"
#include "depend/table.h"
#include "depend/threats.h"
#include "depend/worth.h"

/* ---- models: what they are of ---- */
#define MODEL_WANTED {"model", P_CODE, REQUIRED, NULL, NULL, N("the model, by its code"), "depend models"}
#define VERSION_WANTED {"version", P_INT, 0, NULL, NULL, N("its version; without it, the newest")}
static const struct param no_params[] = {{0}};
static const struct param show_params[] = {
    MODEL_WANTED, VERSION_WANTED, {"sector", P_CODE, HIDDEN, NULL, NULL, N("only this sector of it")}, {0}};
static const struct param service_params[] = {
    MODEL_WANTED, VERSION_WANTED, {"service", P_CODE, REQUIRED, NULL, NULL, N("the service, by its code")}, {0}};
static const struct param check_params[] = {MODEL_PARAMS, MODEL_FILE_PARAMS, {0}};
static const struct param export_params[] = {
    MODEL_WANTED, VERSION_WANTED, {"what", P_ENUM, 0, "services needs suppliers threats crews", "services", N("which of its files")}, {0}};
static const struct param import_params[] = {
    {"model", P_CODE, REQUIRED, NULL, NULL, N("the code of a new model, or of the one whose next version it is")},
    {"org", P_ORG, 0, NULL, NULL, N("whose a new model is; without it, of your own organisation")},
    {"ja", P_TEXT, 0, NULL, NULL, N("name of a new model, in Japanese")},
    {"en", P_TEXT, 0, NULL, NULL, N("name of a new model, in English")},
    {"services", P_FILE, 0, NULL, NULL, N("its services and sectors, as CSV (columns: src/depend/README.md)")},
    MODEL_OTHER_FILE_PARAMS,
    {"example", P_CODE, 0, NULL, NULL, N("in place of files: an illustration that ships with the program"), "depend illustrations"},
    {"note", P_TEXT, LONG_TEXT, NULL, NULL, N("what is different in this version, and why")},
    {"shared", P_FLAG, 0, NULL, NULL, N("a new model: all who may read figures may run it")},
    {"illustration", P_FLAG, 0, NULL, NULL, N("a new model: made up, and said so wherever it is shown")},
    {"source_ja", P_TEXT, 0, NULL, NULL, N("a new model: where its figures are from, in Japanese")},
    {"source_en", P_TEXT, 0, NULL, NULL, N("a new model: where its figures are from, in English")},
    {0}};
static const struct param describe_params[] = {
    MODEL_WANTED,
    {"ja", P_TEXT, 0, NULL, NULL, N("name in Japanese")},
    {"en", P_TEXT, 0, NULL, NULL, N("name in English")},
    {"source_ja", P_TEXT, 0, NULL, NULL, N("where its figures are from, in Japanese")},
    {"source_en", P_TEXT, 0, NULL, NULL, N("where its figures are from, in English")},
    {"shared", P_ENUM, 0, "yes no", NULL, N("all who may read figures may run it")},
    {"illustration", P_ENUM, 0, "yes no", NULL, N("made up, and said so wherever it is shown")},
    {0}};

/* ---- runs: what stops, what would be otherwise ---- */
static const struct param run_params[] = {
    {"model", P_CODE, RARE, NULL, NULL, N("the model, by its code"), "depend models"},
    {"version", P_INT, RARE, NULL, NULL, N("its version; without it, the newest")},
    MODEL_FILE_PARAMS,
    SCENARIO_PARAMS,
    SCENARIO_CHANGE_PARAMS(0),
    {0}};
static const struct param compare_params[] = {
    {"model", P_CODE, 0, NULL, NULL, N("the model, by its code"), "depend models"},
    {"version", P_INT, 0, NULL, NULL, N("its version; without it, the newest")},
    {"with", P_INT, 0, NULL, NULL, N("the version to compare it with; without it, the newest of the second model")},
    {"with_model", P_CODE, RARE, NULL, NULL, N("the second model; where it is another"), "depend models"},
    MODEL_FILE_PARAMS,
    {"other_services", P_FILE, 0, NULL, NULL, N("the second from files: its services, as CSV")},
    {"other_needs", P_FILE, 0, NULL, NULL, N("their needs")},
    {"other_suppliers", P_FILE, 0, NULL, NULL, N("who meets them")},
    {"other_threats", P_FILE, 0, NULL, NULL, N("threats")},
    {"other_crews", P_FILE, 0, NULL, NULL, N("crews that repair")},
    SCENARIO_PARAMS,
    SCENARIO_CHANGE_PARAMS(RARE),
    {"other_fail", P_CODE, MANY | RARE, NULL, NULL, N("in the second: what stops; where it is something else"), "depend failable"},
    {"other_lasts", P_TEXT, RARE, NULL, NULL, N("in the second: for how many hours")},
    {"other_threat", P_CODE, MANY | RARE, NULL, NULL, N("in the second: the threat that strikes"), "depend strikes"},
    {"other_order", P_ENUM, RARE, "fifo priority weight", NULL, N("in the second: who is repaired first")},
    {"other_backup", P_CODE, MANY | RARE, NULL, NULL, N("in the second: what holds out longer"), "depend buffered"},
    {"other_backup_hours", P_TEXT, RARE, NULL, NULL, N("in the second: how many hours longer")},
    {0}};
static const struct param chosen_params[] = {MODEL_PARAMS, MODEL_FILE_PARAMS, {0}};
static const struct param simulate_params[] = {
    {"code", P_CODE, REQUIRED, NULL, NULL, N("a code for what is kept")},
    MODEL_WANTED,
    {"version", P_INT, RARE, NULL, NULL, N("its version; without it, the newest")},
    SCENARIO_STRIKE_PARAMS,
    SCENARIO_MORE_PARAMS(0),
    SCENARIO_CHANGE_PARAMS(0),
    {0}};
static const struct param runs_params[] = {{"model", P_CODE, 0, NULL, NULL, N("only of this model"), "depend models"}, {0}};
static const struct param kept_params[] = {{"run", P_CODE, REQUIRED, NULL, NULL, N("the kept run, by its code"), "depend runs"}, {0}};

/* ---- the elicitation, and models made of it ---- */
static const struct param ask_params[] = {
    {"code", P_CODE, REQUIRED, NULL, NULL, N("a code for the survey, such as dependence-2026")},
    {"frame", P_ORG, REQUIRED, NULL, NULL, N("the organisation whose sectors stand next below it, with their operators")},
    {"due", P_DATE, REQUIRED, NULL, NULL, N("the day by which it is to be answered")},
    {"hour", P_INT, 0, NULL, "17", N("the hour of that day, in Japan, 0 to 24")},
    {"questions", P_CODE, 0, NULL, "interdependency", N("the set of questions, of those that ship with the program")},
    {"file", P_FILE, 0, NULL, NULL, N("instead of it: a set of questions of your own, as CSV")},
    {"levels", P_INT, 0, NULL, NULL, N("levels below the frame that are asked; without it, as the set says")},
    {"title_ja", P_TEXT, 0, NULL, NULL, N("a title in Japanese, instead of the set's")},
    {"title_en", P_TEXT, 0, NULL, NULL, N("a title in English")},
    {0}};
#define ELICITATION {"survey", P_CODE, REQUIRED, NULL, NULL, N("the survey, by its code"), "depend elicitations"}
#define ANSWER_LEVEL {"level", P_ENUM, 0, "median low high", "median", N("the middle of what was answered, the worst of it, or the best")}
static const struct param elicitations_params[] = {{0}};
static const struct param answers_params[] = {
    ELICITATION, {"hours", P_INT, 0, NULL, NULL, N("the matrix is of so many hours later, such as 6")}, {0}};
static const struct param build_params[] = {
    ELICITATION,
    {"model", P_CODE, REQUIRED, NULL, NULL, N("code of the model: a new one, or one that gets a new version")},
    ANSWER_LEVEL,
    {"ja", P_TEXT, 0, NULL, NULL, N("name of a new model in Japanese; without it, the survey's title")},
    {"en", P_TEXT, 0, NULL, NULL, N("its name in English")},
    {"note", P_TEXT, 0, NULL, NULL, N("what is different from the version before")},
    {0}};
static const struct param fit_params[] = {ELICITATION, MODEL_PARAMS, ANSWER_LEVEL, {0}};

static const struct entry depend_entries[] = {
    /* models */
    VIEW("models", N("Models of interdependency"), MAY_READ_RATES, NULL, no_params, depend_view_models),
    SUB_VIEW("show", N("What stands in a model"), MAY_READ_RATES, NULL, show_params, depend_view_show),
    SUB_VIEW("service", N("One service of a model"), MAY_READ_RATES, NULL, service_params, depend_view_service),
    {"check", ENTRY_VIEW, N("Check a model"), MAY_READ_RATES, NULL, check_params, depend_view_check, NULL, NULL, FILES_OR_STORE},
    SUB_VIEW("illustrations", N("Illustrations that ship with the program"), MAY_READ_RATES, NULL, no_params, depend_view_illustrations),
    {"import", ENTRY_ACT, N("Import a model, or its next version"), MAY_FILE, "org", import_params, depend_act_import, NULL, NULL, LONG | TRY_FIRST},
    {"change", ENTRY_ACT, N("Change a value of a model"), MAY_FILE, NULL, depend_change_params, depend_act_change, NULL, NULL, UNLISTED},
    {"describe", ENTRY_ACT, N("Change what is said of a model"), MAY_FILE, NULL, describe_params, depend_act_describe, NULL, NULL, UNLISTED},
    {"export", ENTRY_FILE, N("Files of a model"), MAY_READ_RATES, NULL, export_params, NULL, depend_file_export, "text/csv", 0},
    /* what follows */
    {"run", ENTRY_VIEW, N("Run: what stops, and what follows"), MAY_READ_RATES, NULL, run_params, depend_view_run, NULL, NULL, LONG | FILES_OR_STORE},
    {"compare", ENTRY_VIEW, N("Two versions or scenarios side by side"), MAY_READ_RATES, NULL, compare_params, depend_view_compare, NULL, NULL,
     LONG | FILES_OR_STORE},
    SUB_VIEW("failable", N("What can be made to stop"), MAY_READ_RATES, NULL, chosen_params, depend_view_failable),
    SUB_VIEW("buffered", N("What could hold out longer"), MAY_READ_RATES, NULL, chosen_params, depend_view_buffered),
    SUB_VIEW("strikes", N("Threats that can strike"), MAY_READ_RATES, NULL, chosen_params, depend_view_strikes),
    {"iim", ENTRY_VIEW, N("How much each sector loses: the input-output model"), MAY_READ_RATES, NULL, depend_iim_params, depend_view_iim,
     NULL, NULL, FILES_OR_STORE},
    SUB_VIEW("iim-sectors", N("Sectors of a model"), MAY_READ_RATES, NULL, depend_iim_sectors_params, depend_view_iim_sectors),
    {"threats", ENTRY_VIEW, N("Common threats"), MAY_READ_RATES, NULL, depend_threats_params, depend_view_threats, NULL, NULL, FILES_OR_STORE},
    /* what matters most */
    {"table", ENTRY_VIEW, N("What each sector takes down with it, after how long"), MAY_READ_RATES, NULL, depend_table_params, depend_view_table,
     NULL, NULL, LONG | FILES_OR_STORE},
    {"rank", ENTRY_VIEW, N("Which services matter most"), MAY_READ_RATES, NULL, depend_rank_params, depend_view_rank, NULL, NULL,
     LONG | FILES_OR_STORE},
    {"worth", ENTRY_VIEW, N("What an hour more of backup is worth"), MAY_READ_RATES, NULL, depend_worth_params, depend_view_worth, NULL, NULL,
     LONG | FILES_OR_STORE},
    {"order", ENTRY_VIEW, N("In which order to repair"), MAY_READ_RATES, NULL, depend_order_params, depend_view_order, NULL, NULL,
     LONG | FILES_OR_STORE},
    {"stuck", ENTRY_VIEW, N("Circles that never start again"), MAY_READ_RATES, NULL, depend_stuck_params, depend_view_stuck, NULL, NULL,
     LONG | FILES_OR_STORE},
    VIEW("runs", N("Kept runs"), MAY_READ_RATES, NULL, runs_params, depend_view_runs),
    SUB_VIEW("kept", N("One kept run"), MAY_READ_RATES, NULL, kept_params, depend_view_kept),
    {"simulate", ENTRY_ACT, N("Run for long and keep it"), MAY_READ_RATES, NULL, simulate_params, depend_act_simulate, NULL, NULL, LONG,
     .before = depend_before_simulate},
    {"forget", ENTRY_ACT, N("Take a kept run away"), MAY_READ_RATES, NULL, kept_params, depend_act_forget, NULL, NULL, UNLISTED},
    /* asking the sectors */
    VIEW("elicitations", N("Sheets that were asked of the sectors"), MAY_READ_RATES, NULL, elicitations_params, depend_view_elicitations),
    SUB_VIEW("answers", N("What the sectors answered"), MAY_READ_RATES, NULL, answers_params, depend_view_answers),
    SUB_VIEW("fit", N("A model against the answers"), MAY_READ_RATES, NULL, fit_params, depend_view_fit),
    ACT("ask", N("Ask the sectors what they depend on"), MAY_CENTRE | MAY_MANAGE, "frame", ask_params, depend_act_ask),
    ACT("build", N("Build a model of the answers"), MAY_CENTRE | MAY_MANAGE, NULL, build_params, depend_act_build),
};

static const struct topic topics[] = {
    {N("Models"), "models show service check illustrations import change describe export"},
    {N("What fails next, and when"), "run compare failable buffered strikes threats runs kept simulate forget"},
    {N("What matters most"), "table rank worth order stuck"},
    {N("What it costs"), "iim iim-sectors"},
    {N("Asking the sectors"), "elicitations answers fit ask build"},
    {{0}, NULL},
};

const struct room depend_room = {
    .name = "depend",
    .title = N("Interdependency"),
    .entries = depend_entries,
    .n_entries = sizeof depend_entries / sizeof *depend_entries,
    .sql = SQL_SETS(&depend_sql_set, &kept_sql_set),
    .topics = topics,
};
