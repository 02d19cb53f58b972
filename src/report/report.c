/* The room on one page: what it shows and what it does. Who may is decided report by report (decide.c). */
#include "report/report.h"

#include "report/acts.h"

#define REPORT_PARAM {"report", P_CODE, REQUIRED, NULL, NULL, N("the report, by its code"), "report codes"}
#define EDITION_PARAM {"edition", P_INT, 0, NULL, NULL, N("an edition; without it, the newest you may see")}
#define TEMPLATE_PARAM {"template", P_CODE, REQUIRED, NULL, NULL, N("the kind of document"), "report templates"}
#define PART_PARAM {"part", P_CODE, REQUIRED, NULL, NULL, N("the part, by its code"), "report parts"}
#define WHY_PARAM {"why", P_TEXT, REQUIRED | LONG_TEXT, NULL, NULL, N("why, so that who wrote it knows what to do")}

static const struct param define_params[] = {
    {"file", P_FILE, 0, NULL, NULL, N("CSV of a kind of document; see doc/recipes.md")},
    {"template", P_CODE, 0, NULL, NULL, N("a kind of document that ships with the program"), "report shipped"},
    {0}};
static const struct param none_params[] = {{0}};
static const struct param template_params[] = {TEMPLATE_PARAM, {0}};
static const struct param list_params[] = {
    {"template", P_CODE, 0, NULL, NULL, N("one kind of document"), "report templates"},
    {"year", P_INT, 0, NULL, NULL, N("fiscal year the report is about")},
    {"org", P_ORG, 0, NULL, NULL, N("of this organisation and those below it")},
    {0}};
static const struct param show_params[] = {
    REPORT_PARAM, EDITION_PARAM, {"part", P_CODE, 0, NULL, NULL, N("only this part"), "report parts"}, {0}};
static const struct param edition_params[] = {REPORT_PARAM, EDITION_PARAM, {0}};
static const struct param compare_params[] = {
    {"template", P_CODE, REQUIRED, NULL, NULL, N("the kind of document"), "report comparable"},
    {"year", P_INT, 0, NULL, NULL, N("fiscal year; without it, this one")},
    {0}};
static const struct param draft_params[] = {
    TEMPLATE_PARAM,
    {"org", P_ORG, 0, NULL, NULL, N("whose report it is; without it, of the organisation of your post")},
    {"year", P_INT, 0, NULL, NULL, N("fiscal year it is about; without it, this one")},
    {"round", P_CODE, 0, NULL, NULL, N("the round its figures are asked of; without it, the newest"), "inspect rounds"},
    {"plan", P_CODE, 0, NULL, NULL, N("the plan its measures are asked of"), "plan list"},
    {"due", P_DATE, 0, NULL, NULL, N("the day by which it is to be published")},
    {"code", P_CODE, 0, NULL, NULL, N("a code; without it, made of kind, organisation and year")},
    {0}};
static const struct param report_params[] = {REPORT_PARAM, {0}};
static const struct param write_params[] = {
    REPORT_PARAM,
    PART_PARAM,
    {"text_ja", P_TEXT, REQUIRED | LONG_TEXT | PERSONAL, NULL, NULL, N("the text in Japanese; an empty line begins a new paragraph")},
    {"text_en", P_TEXT, LONG_TEXT | PERSONAL, NULL, NULL, N("the text in English; may be left out")},
    {"revision", P_INT, HIDDEN, NULL, NULL, N("the revision you saw: where another stands by now, both texts are shown")},
    {0}};
static const struct param leave_out_params[] = {
    REPORT_PARAM, PART_PARAM,
    {"why", P_TEXT, LONG_TEXT, NULL, NULL, N("why it is left out, for the readers; empty puts it back")},
    {0}};
static const struct param review_params[] = {
    REPORT_PARAM,
    {"reviewer", P_CODE, MANY | PERSONAL, NULL, NULL, N("staff number of a person asked to read it; may be given often, may be left out")},
    {0}};
static const struct param return_params[] = {REPORT_PARAM, WHY_PARAM, {0}};
static const struct param comment_params[] = {
    REPORT_PARAM,
    {"part", P_CODE, 0, NULL, NULL, N("the part it is about; without it, the whole"), "report parts"},
    {"text", P_TEXT, LONG_TEXT | PERSONAL, NULL, NULL, N("the comment")},
    {"nothing", P_FLAG, 0, NULL, NULL, N("read, and nothing to comment on")},
    {0}};
static const struct param resolve_params[] = {
    REPORT_PARAM,
    {"comment", P_INT, REQUIRED | HIDDEN, NULL, NULL, N("the comment, by its number")},
    {"answer", P_TEXT, REQUIRED | LONG_TEXT | PERSONAL, NULL, NULL, N("how it was resolved")},
    {0}};
static const struct param publish_params[] = {
    REPORT_PARAM,
    {"embargo", P_TEXT, 0, NULL, NULL, N("from when it is public, such as 2026-07-01 14:00 in Japanese time; empty: at once")},
    {0}};
static const struct param erratum_params[] = {
    REPORT_PARAM,
    {"wrong", P_TEXT, REQUIRED | LONG_TEXT, NULL, NULL, N("what was wrong, with its place")},
    {"correct", P_TEXT, REQUIRED | LONG_TEXT, NULL, NULL, N("what is right")},
    {"why", P_TEXT, REQUIRED | LONG_TEXT, NULL, NULL, N("how it came about")},
    {0}};

#define HERE(name, title, right, params, fn) {name, ENTRY_ACT, title, right, NULL, params, fn, NULL, NULL, UNLISTED}

static const struct entry report_entries[] = {
    VIEW("list", N("Reports"), MAY_ANYONE, NULL, list_params, report_view_list),
    VIEW("templates", N("Kinds of document"), MAY_ANYONE, NULL, none_params, report_view_templates),
    VIEW("compare", N("Reports compared by their figures"), MAY_ANYONE, NULL, compare_params, report_view_compare),
    SUB_VIEW("comparable", N("Kinds of document that are compared"), MAY_ANYONE, NULL, none_params, report_view_comparable),
    SUB_VIEW("show", N("One report"), MAY_ANYONE, NULL, show_params, report_view_show),
    SUB_VIEW("codes", N("Reports you may see"), MAY_ANYONE, NULL, none_params, report_view_codes),
    SUB_VIEW("parts", N("Parts of a report"), MAY_ANYONE, NULL, report_params, report_view_parts),
    SUB_VIEW("verify", N("Is it as it was frozen?"), MAY_ANYONE, NULL, edition_params, report_view_verify),
    SUB_VIEW("history", N("What happened to a report"), MAY_ANYONE, NULL, edition_params, report_view_history),
    SUB_VIEW("template", N("Parts of a kind of document"), MAY_ANYONE, NULL, template_params, report_view_template),
    SUB_VIEW("shipped", N("Kinds of document that ship with the program"), MAY_ADMINISTER, NULL, none_params, report_view_shipped),
    {"draft", ENTRY_ACT, N("Begin a report"), MAY_MANAGE | MAY_CENTRE, "org", draft_params, report_act_draft, NULL, NULL, 0},
    {"write", ENTRY_ACT, N("Write a part"), MAY_ANYONE, NULL, write_params, report_act_write, NULL, NULL, QUIET | UNLISTED},
    HERE("assemble", N("Assemble again"), MAY_MANAGE | MAY_CENTRE, report_params, report_act_assemble),
    HERE("leave-out", N("Leave a part out"), MAY_ANYONE, leave_out_params, report_act_leave_out),
    HERE("review", N("Send to review"), MAY_MANAGE | MAY_CENTRE, review_params, report_act_review),
    HERE("comment", N("Comment"), MAY_ANYONE, comment_params, report_act_comment),
    HERE("resolve", N("Resolve a comment"), MAY_MANAGE | MAY_CENTRE, resolve_params, report_act_resolve),
    HERE("return", N("Give back"), MAY_MANAGE | MAY_CENTRE | MAY_APPROVE, return_params, report_act_return),
    HERE("approve", N("Approve and freeze"), MAY_APPROVE | MAY_CENTRE, report_params, report_act_approve),
    HERE("publish", N("Publish"), MAY_APPROVE | MAY_CENTRE, publish_params, report_act_publish),
    HERE("erratum", N("Correct by an erratum"), MAY_MANAGE | MAY_CENTRE, erratum_params, report_act_erratum),
    ACT("define", N("Define a kind of document"), MAY_ADMINISTER, NULL, define_params, report_act_define),
};

const struct room report_room = {
    .name = "report",
    .title = N("what do we publish?"),
    .entries = report_entries,
    .n_entries = sizeof report_entries / sizeof *report_entries,
    .sql = SQL_SETS(&report_sql_set, &report_parts_sql_set),
};
