/* The room on one page: what it shows and what it does. Who may is decided by the kind, case by case (decide.c). */
#include "case/case.h"

#include "case/acts.h"
#include "case/kinds_store.h"
#include "case/reference_store.h"

#define CASE_PARAM {"case", P_CODE, REQUIRED, NULL, NULL, N("the case, by its number")}
#define ORG_PARAM {"org", P_ORG, 0, NULL, NULL, N("the organisation; without it, all that your post reaches")}
#define KIND_PARAM {"kind", P_CODE, 0, NULL, NULL, N("one kind of case"), "case kinds"}
#define FIELDS_PARAM \
    {"field", P_TEXT, MAP | PERSONAL | LONG_TEXT, NULL, NULL, N("the fields of the kind, by their codes"), "case fields"}

static const struct param define_params[] = {
    {"file", P_FILE, 0, NULL, NULL, N("CSV: what,code,ja,en,rules; see doc/recipes.md")},
    {"kind", P_CODE, 0, NULL, NULL, N("a kind that ships with the program"), "case shipped"},
    {0}};
static const struct param kinds_params[] = {{0}};
static const struct param rules_params[] = {
    {"kind", P_CODE, REQUIRED, NULL, NULL, N("the kind of case"), "case kinds"}, {0}};
static const struct param list_params[] = {
    KIND_PARAM,
    {"state", P_CODE, 0, NULL, NULL, N("one state of that kind; also one that is an end"), "case states"},
    ORG_PARAM,
    {"overdue", P_FLAG, 0, NULL, NULL, N("only what is overdue")},
    {"mine", P_FLAG, 0, NULL, NULL, N("only cases you opened, are in charge of, or that are about you")},
    {"all", P_FLAG, 0, NULL, NULL, N("also those that are ended")},
    {0}};
static const struct param show_params[] = {CASE_PARAM, {0}};
static const struct param fields_params[] = {
    {"kind", P_CODE, 0, NULL, NULL, N("what an opening asks")},
    {"case", P_CODE, 0, NULL, NULL, N("a case, with --step")},
    {"step", P_CODE, 0, NULL, NULL, N("what this step asks")},
    {0}};
static const struct param open_params[] = {
    {"kind", P_CODE, REQUIRED, NULL, NULL, N("the kind of case"), "case kinds"},
    {"org", P_ORG, 0, NULL, NULL, N("where it came up; without it, where your post is")},
    {"title", P_TEXT, REQUIRED | PERSONAL, NULL, NULL, N("in a few words, without names")},
    {"round", P_CODE, HIDDEN, NULL, NULL, N("the round it was found in")},
    {"clause", P_TEXT, HIDDEN, NULL, NULL, N("the clause, by its number")},
    {"respondent", P_CODE, HIDDEN, NULL, NULL, N("code of one post, system or device; without it, the whole organisation")},
    {"person", P_CODE, HIDDEN | PERSONAL, NULL, NULL, N("staff number of whom it is about")},
    {"source", P_TEXT, HIDDEN | MANY, NULL, NULL,
     N("what it comes from: case:NUMBER, clause:EDITION/NUMBER, round:CODE, rate:ROUND/ORG, grade:ROUND/ORG, measure:PLAN/KEY")},
    FIELDS_PARAM,
    {0}};
static const struct param step_params[] = {
    {"case", P_CODE, REQUIRED | MANY, NULL, NULL, N("the case, by its number; several where the same step fits")},
    {"step", P_CODE, REQUIRED, NULL, NULL, N("the step, by its code"), "case steps"},
    FIELDS_PARAM,
    {"text", P_TEXT, HIDDEN | PERSONAL | LONG_TEXT, NULL, NULL, N("what was decided or done, and why")},
    {0}};
static const struct param assign_params[] = {
    CASE_PARAM, {"owner", P_CODE, REQUIRED | PERSONAL, NULL, NULL, N("person in charge")}, {0}};
static const struct param adopt_params[] = {
    CASE_PARAM,
    {"org", P_ORG, REQUIRED, NULL, NULL, N("the organisation that follows the practice")},
    {"text", P_TEXT, LONG_TEXT, NULL, NULL, N("how it is followed")},
    {0}};
static const struct param statistics_params[] = {
    KIND_PARAM, ORG_PARAM, {"year", P_INT, 0, NULL, NULL, N("fiscal year in which cases were opened")}, {0}};
static const struct param export_params[] = {
    {"kind", P_CODE, REQUIRED, NULL, NULL, N("the kind of case"), "case kinds"}, ORG_PARAM, {0}};

static const struct entry case_entries[] = {
    VIEW("list", N("Cases: what waits first"), MAY_ANYONE, NULL, list_params, case_view_list),
    VIEW("kinds", N("Kinds of case"), MAY_ANYONE, NULL, kinds_params, case_view_kinds),
    SUB_VIEW("rules", N("How a case of a kind goes"), MAY_ANYONE, NULL, rules_params, case_view_rules),
    SUB_VIEW("states", N("States of a kind of case"), MAY_ANYONE, NULL, rules_params, case_view_states),
    SUB_VIEW("shipped", N("Kinds of case that ship with the program"), MAY_ADMINISTER, NULL, kinds_params, case_view_shipped),
    SUB_VIEW("steps", N("Steps of a case"), MAY_ANYONE, NULL, show_params, case_view_steps),
    SUB_VIEW("show", N("One case"), MAY_ANYONE, NULL, show_params, case_view_show),
    SUB_VIEW("fields", N("What a case asks to be filled in"), MAY_ANYONE, NULL, fields_params, case_view_fields),
    VIEW("statistics", N("Counts of cases"), MAY_READ_RATES, "org", statistics_params, case_view_statistics),
    PERSONAL_BYTES_OUT("export", N("Cases of a kind as a file"), MAY_READ_NAMES | MAY_CENTRE, "org", export_params,
                       case_file_export, "text/csv"),
    {"open", ENTRY_ACT, N("Open a case"), MAY_ANYONE, NULL, open_params, case_act_open, NULL, NULL, UNLISTED},
    {"step", ENTRY_ACT, N("Take a step"), MAY_ANYONE, NULL, step_params, case_act_step, NULL, NULL, UNLISTED},
    {"assign", ENTRY_ACT, N("Say who takes care of it"), MAY_ANYONE, NULL, assign_params, case_act_assign, NULL, NULL, UNLISTED},
    {"adopt", ENTRY_ACT, N("Note that an organisation follows it"), MAY_ANYONE, NULL, adopt_params, case_act_adopt, NULL, NULL,
     UNLISTED},
    ACT("define", N("Define a kind of case"), MAY_ADMINISTER, NULL, define_params, case_act_define),
};

const struct room case_room = {
    .name = "case",
    .title = N("what has come up?"),
    .entries = case_entries,
    .n_entries = sizeof case_entries / sizeof *case_entries,
    .sql = SQL_SETS(&case_sql_set, &kinds_sql_set, &reference_sql_set),
};
