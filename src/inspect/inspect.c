/* The room on one page: what it shows and what it does. */
#include "inspect/inspect.h"

#include "inspect/acts.h"
#include "inspect/bulk_store.h"
#include "inspect/effort.h"
#include "inspect/entered_store.h"
#include "inspect/frame_store.h"
#include "inspect/frame_view.h"
#include "inspect/granted.h"
#include "inspect/inspect_store.h"
#include "inspect/outstanding_store.h"
#include "inspect/pages.h"
#include "inspect/rollup_acts.h"
#include "inspect/survey_store.h"
#include "inspect/voice_store.h"
#include "inspect/views_store.h"
#include "inspect/way_acts.h"

#define ROUND_PARAM {"round", P_CODE, REQUIRED, NULL, NULL, N("the round, by its code"), "inspect rounds"}
#define ORG_PARAM {"org", P_ORG, 0, NULL, NULL, N("the organisation; without it, all that your post reaches")}
#define PART_PARAM {"part", P_CODE, 0, NULL, NULL, N("one part of the standard, such as 2")}
#define EDITION_PARAM \
    {"edition", P_CODE, 0, NULL, NULL, N("edition of the frozen figures; 'open' for the figures as they stand now")}
#define CORRECTION_PARAM {"correction", P_TEXT, 0, NULL, NULL, N("why a closed round is corrected")}
#define WHY_PARAM {"why", P_TEXT, REQUIRED, NULL, NULL, N("the reason, for the record")}

static const struct param rounds_params[] = {{0}};
static const struct param round_params[] = {ROUND_PARAM, {0}};
static const struct param rates_params[] = {
    ROUND_PARAM,
    ORG_PARAM,
    {"depth", P_INT, 0, NULL, NULL, N("levels below it, 1 unless given; -1 for all")},
    PART_PARAM,
    EDITION_PARAM,
    {"against", P_CODE, 0, NULL, NULL, N("an earlier round, to compare over unchanged clauses only"), "inspect rounds"},
    {0}};
#define GOAL_PARAM {"goal", P_INT, 0, NULL, "95", N("the goal, in percent")}
static const struct param whole_params[] = {
    ROUND_PARAM,
    ORG_PARAM,
    GOAL_PARAM,
    {"against", P_CODE, 0, NULL, NULL, N("an earlier round to compare with; if not given, the latest that can be"),
     "inspect rounds"},
    EDITION_PARAM,
    {0}};
static const struct param clause_params[] = {
    ROUND_PARAM, {"clause", P_TEXT, REQUIRED, NULL, NULL, N("the clause, by its number")}, ORG_PARAM, GOAL_PARAM,
    EDITION_PARAM, {0}};
static const struct param unit_params[] = {
    ROUND_PARAM, {"org", P_ORG, 0, NULL, NULL, N("the unit; without it, that of your post")}, {0}};
static const struct param clauses_params[] = {
    ROUND_PARAM, ORG_PARAM,     {"depth", P_INT, 0, NULL, NULL, N("levels below it, 0 unless given; -1 for all")},
    PART_PARAM,  EDITION_PARAM, {0}};
static const struct param arisen_params[] = {
    ROUND_PARAM,
    ORG_PARAM,
    {"depth", P_INT, 0, NULL, NULL, N("levels below it, 1 unless given; -1 for all")},
    PART_PARAM,
    {"outliers", P_FLAG, 0, NULL, NULL, N("only the outliers")},
    {0}};
static const struct param grades_params[] = {
    ROUND_PARAM,
    ORG_PARAM,
    {"depth", P_INT, 0, NULL, NULL, N("levels below it, 1 unless given; -1 for all")},
    EDITION_PARAM,
    {0}};
static const struct param missing_params[] = {
    ROUND_PARAM, ORG_PARAM, {"depth", P_INT, 0, NULL, NULL, N("levels below it, 1 unless given; -1 for all")},
    {"names", P_FLAG, 0, NULL, NULL, N("who it is, for those who may see it")}, {0}};
static const struct param errata_params[] = {ROUND_PARAM, EDITION_PARAM, {0}};
static const struct param answers_params[] = {ROUND_PARAM, ORG_PARAM, {0}};

static const struct param open_params[] = {
    {"code", P_CODE, REQUIRED, NULL, NULL, N("a code for the round, such as fy2026")},
    {"title_ja", P_TEXT, REQUIRED, NULL, NULL, N("title in Japanese")},
    {"title_en", P_TEXT, 0, NULL, NULL, N("title in English")},
    {"edition", P_CODE, REQUIRED, NULL, NULL, N("the decided edition of a standard that is asked"), "standard list"},
    {"frame", P_ORG, REQUIRED, NULL, NULL, N("the organisation whose subtree is asked")},
    {"base", P_DATE, REQUIRED, NULL, NULL, N("base date: the frame is frozen as of this day")},
    {"due", P_DATE, 0, NULL, NULL, N("when sheets are due")},
    {"rate", P_ENUM, 0, "mean pooled", "mean",
     N("rate of a part: mean of its clauses' rates, or all done over all arisen")},
    {"thresholds", P_TEXT, 0, NULL, "100 95 90", N("percentages of attainment, highest first")},
    {"grades", P_TEXT, 0, NULL, "A:100 B:80 C:60 D:0", N("grades with the percentage each begins at")},
    {"exceptions", P_ENUM, 0, "apart not-done answered", "apart", N("how a clause under an exception counts")},
    {"unknown_out", P_TEXT, 0, NULL, "", N("reasons that leave the denominator: " REASONS_OUT)},
    {"aggregate", P_ORG, MANY, NULL, NULL, N("an organisation that reports in aggregates and sends no sheets")},
    {"synthetic", P_FLAG, 0, NULL, NULL, N("marks everything of the round as synthetic")},
    {0}};
static const struct param import_params[] = {
    ROUND_PARAM,
    {"file", P_FILE, REQUIRED, NULL, NULL, N("CSV: sheets (wide or long), aggregates or exceptions; or the workbook of `inspect template`, filled in")},
    {"what", P_ENUM, 0, "sheets aggregates exceptions", NULL, N("what the file holds; seen from its header otherwise")},
    {"state", P_ENUM, 0, "draft submitted confirmed", "submitted", N("state of sheets whose row names none")},
    {"encoding", P_ENUM, 0, "detect utf8 cp932", "detect", N("encoding of the file")},
    CORRECTION_PARAM,
    {0}};
static const struct param confirm_params[] = {
    ROUND_PARAM,
    {"org", P_ORG, 0, NULL, NULL, N("the unit whose submitted sheets are confirmed; your own is left out")},
    {"respondent", P_CODE, MANY, NULL, NULL, N("only the sheet of this respondent")},
    {"clean", P_FLAG, 0, NULL, NULL, N("only sheets without any 'not done'")},
    CORRECTION_PARAM,
    {0}};
#define ANSWERS "done not_done no_occasion later"
#define RESPONDENT_PARAM {"respondent", P_CODE, REQUIRED, NULL, NULL, N("code of the respondent")}
static const struct param sheet_params[] = {
    ROUND_PARAM, RESPONDENT_PARAM,
    {"page", P_INT, 0, NULL, NULL, N("page of the sheet; 0 is the review, with all answers")},
    {"entering", P_FLAG, HIDDEN, NULL, NULL, N("to enter it for the respondent")}, {0}};
static const struct param save_params[] = {
    ROUND_PARAM,
    RESPONDENT_PARAM,
    {"answer", P_ENUM, MAP, ANSWERS, NULL, N("the answer to a question; empty takes it back")},
    {"note", P_TEXT, MAP | PERSONAL | LONG_TEXT, NULL, NULL, N("a note on the answer, at most 200 letters")},
    {"was", P_ENUM, MAP | HIDDEN, ANSWERS, NULL, N("the answer that was shown: another that stands by now is not overwritten")},
    {"revision", P_INT, HIDDEN, NULL, NULL, N("the revision that was shown")},
    {"page", P_INT, HIDDEN, NULL, NULL, N("page of the sheet the answers stand on")},
    {"go", P_ENUM, HIDDEN, "stay next previous review", "stay", N("where to go on")},
    {0}};
static const struct param submit_params[] = {
    ROUND_PARAM,
    RESPONDENT_PARAM,
    {"answer", P_ENUM, MAP | SECRET | HIDDEN, ANSWERS, NULL, N("answers handed in with it, beside those that are saved")},
    {0}};
static const struct param queue_params[] = {
    ROUND_PARAM, ORG_PARAM, {"undo", P_CODE, HIDDEN, NULL, NULL, N("a sheet that was just confirmed, to take it back")}, {0}};
static const struct param move_params[] = {
    ROUND_PARAM, {"respondent", P_CODE, REQUIRED, NULL, NULL, N("code of the respondent")},
    {"to", P_ORG, REQUIRED, NULL, NULL, N("where the respondent belongs")}, WHY_PARAM, CORRECTION_PARAM, {0}};
static const struct param reason_params[] = {
    ROUND_PARAM, {"respondent", P_CODE, REQUIRED, NULL, NULL, N("code of the respondent")},
    {"reason", P_ENUM, REQUIRED, REASONS " none", NULL, N("why nothing is known")}, WHY_PARAM, CORRECTION_PARAM, {0}};
static const struct param exclude_params[] = {
    ROUND_PARAM, {"org", P_ORG, REQUIRED, NULL, NULL, N("the organisation; its coverage is still shown")}, WHY_PARAM,
    {"undo", P_FLAG, 0, NULL, NULL, N("takes it back into the analysis")}, CORRECTION_PARAM, {0}};
static const struct param close_params[] = {
    ROUND_PARAM, {"erratum", P_TEXT, 0, NULL, NULL, N("what was corrected; needed from edition 2 on")}, {0}};
static const struct param publish_params[] = {
    {"code", P_CODE, REQUIRED, NULL, NULL, N("a code for the round, such as fy2006")},
    {"title_ja", P_TEXT, REQUIRED, NULL, NULL, N("title in Japanese")},
    {"title_en", P_TEXT, 0, NULL, NULL, N("title in English")},
    {"frame", P_ORG, REQUIRED, NULL, NULL, N("the organisation above those in the file")},
    {"base", P_DATE, REQUIRED, NULL, NULL, N("the date the figures are of")},
    {"file", P_FILE, REQUIRED, NULL, NULL, N("CSV: org,coverage_percent,excluded or org,grade, with notes")},
    {"inspection", P_CODE, 0, NULL, NULL, N("only rows of this inspection")},
    {"source_ja", P_TEXT, REQUIRED, NULL, NULL, N("document, date and section in Japanese")},
    {"source_en", P_TEXT, 0, NULL, NULL, N("the same in English")},
    {0}};

/* ---- the way of a sheet and of a ministry's figures ---- */
#define STEP_WHY(text) {"why", P_TEXT, REQUIRED | LONG_TEXT, NULL, NULL, text}
#define STEP_ORG(text) {"org", P_ORG, REQUIRED, NULL, NULL, text}
static const struct param way_params[] = {ROUND_PARAM, ORG_PARAM, {0}};
static const struct param return_params[] = {
    ROUND_PARAM, RESPONDENT_PARAM,
    {"reason", P_TEXT, REQUIRED | PERSONAL | LONG_TEXT, NULL, NULL, N("what is to be looked at again, at most 400 letters")}, {0}};
static const struct param extend_params[] = {
    ROUND_PARAM,
    {"org", P_ORG, 0, NULL, NULL, N("the organisation; all that stand in it, but yourself")},
    {"respondent", P_CODE, 0, NULL, NULL, N("one respondent in place of an organisation")},
    {"until", P_DATE, REQUIRED, NULL, NULL, N("the new due day, at most 366 days after the present one")},
    {"why", P_TEXT, REQUIRED | PERSONAL | LONG_TEXT, NULL, NULL, N("the reason, for the record")},
    {0}};
static const struct param close_unit_params[] = {
    ROUND_PARAM, STEP_ORG(N("the unit; nothing in it is changed after that")), {0}};
static const struct param reopen_params[] = {
    ROUND_PARAM, STEP_ORG(N("the unit or ministry; its approvals are undone")), STEP_WHY(N("the reason, for the record")), {0}};
static const struct param step_params[] = {ROUND_PARAM, STEP_ORG(N("the ministry, next below the top of the round")), {0}};
static const struct param send_params[] = {
    ROUND_PARAM, STEP_ORG(N("the ministry, next below the top of the round")),
    {"why", P_TEXT, LONG_TEXT, NULL, NULL, N("what is to be said with it; the answer, where the centre asked something")}, {0}};
static const struct param query_params[] = {
    ROUND_PARAM, STEP_ORG(N("the ministry, next below the top of the round")), STEP_WHY(N("what is asked, at most 400 letters")), {0}};

/* ---- entered for another ---- */
static const struct param enter_params[] = {
    ROUND_PARAM,
    RESPONDENT_PARAM,
    {"answer", P_ENUM, MAP | SECRET, ANSWERS, NULL, N("the answer the respondent gave to a question; empty takes it back")},
    {"note", P_TEXT, MAP | PERSONAL | LONG_TEXT, NULL, NULL, N("a note on the answer, at most 200 letters")},
    {"was", P_ENUM, MAP | SECRET | HIDDEN, ANSWERS, NULL, N("the answer that was shown: another that stands by now is not overwritten")},
    {"paper_date", P_DATE, 0, NULL, NULL, N("the day the respondent signed the paper; with it the sheet is handed in at once")},
    {"paper_ref", P_TEXT, 0, NULL, NULL, N("where the signed paper is kept (number, folder)")},
    {"revision", P_INT, HIDDEN, NULL, NULL, N("the revision that was shown")},
    {"page", P_INT, HIDDEN, NULL, NULL, N("page of the sheet the answers stand on")},
    {"go", P_ENUM, HIDDEN, "stay next previous review", "stay", N("where to go on")},
    {0}};
static const struct param object_params[] = {
    ROUND_PARAM, RESPONDENT_PARAM,
    {"why", P_TEXT, REQUIRED | PERSONAL | LONG_TEXT, NULL, NULL, N("what is not as you signed it")}, {0}};
static const struct param entered_params[] = {
    ROUND_PARAM, ORG_PARAM, {"depth", P_INT, 0, NULL, NULL, N("levels below it, 1 unless given; -1 for all")}, {0}};

/* ---- the frame and the people of today ---- */
static const struct param frame_params[] = {ROUND_PARAM, ORG_PARAM, {0}};

/* ---- devices in bulk ---- */
#define DEVICE_FILTER \
    {"kind", P_ENUM, 0, "device system", NULL, N("only devices, or only systems")}, \
    {"tag", P_TEXT, MANY, NULL, NULL, N("only those with this tag, such as network=LAN; several: all of them")}
#define AS_OF_HELP N("the day the answers hold for")
#define DEVICE_CORRECTION \
    {"correction", P_TEXT, 0, NULL, NULL, N("why sheets that are confirmed, or of a closed round, are corrected")}
#define STATE_OF_COMPLETE \
    {"state", P_ENUM, 0, "draft submitted", "submitted", N("what becomes of sheets that are complete by it")}
static const struct param devices_params[] = {ROUND_PARAM, ORG_PARAM, DEVICE_FILTER, {0}};
static const struct param answer_devices_params[] = {
    ROUND_PARAM,
    {"clause", P_TEXT, REQUIRED, NULL, NULL, N("the clause, by its number")},
    {"answer", P_ENUM, REQUIRED, "done not_done no_occasion", NULL, N("the answer for all of them")},
    {"as_of", P_DATE, REQUIRED, NULL, NULL, AS_OF_HELP},
    ORG_PARAM,
    DEVICE_FILTER,
    {"evidence", P_FILE, 0, NULL, NULL, N("what shows it; its hash is recorded, the file is not kept")},
    {"only_unanswered", P_FLAG, 0, NULL, NULL, N("only those that have no answer to the clause yet")},
    STATE_OF_COMPLETE,
    DEVICE_CORRECTION,
    {0}};
static const struct param sample_params[] = {
    ROUND_PARAM,
    ORG_PARAM,
    {"clause", P_TEXT, 0, NULL, NULL, N("only sheets that this clause binds")},
    {"n", P_INT, 0, NULL, "30", N("so many sheets")},
    {"seed", P_CODE, 0, NULL, NULL, N("what the draw depends on, such as a number thrown with dice")},
    {0}};
static const struct param check_device_params[] = {
    ROUND_PARAM,
    {"respondent", P_CODE, REQUIRED, NULL, NULL, N("code of the system or device")},
    {"clause", P_TEXT, REQUIRED, NULL, NULL, N("the clause, by its number")},
    {"found", P_ENUM, REQUIRED, "done not_done no_occasion", NULL, N("what was found when it was looked at")},
    {"note", P_TEXT, LONG_TEXT, NULL, NULL, N("what was looked at, and how")},
    {0}};
static const struct param agreement_params[] = {ROUND_PARAM, ORG_PARAM, {0}};
static const struct param scan_params[] = {
    ROUND_PARAM,
    {"file", P_FILE, REQUIRED | MANY, NULL, NULL, N("a table (CSV) of an asset tool, or results of a scanner (XCCDF, ARF)")},
    {"clause", P_TEXT, 0, NULL, NULL, N("of a table: the clause it answers")},
    {"key", P_TEXT, 0, NULL, NULL, N("of a table: the column with code, host name or name of the device")},
    {"column", P_TEXT, 0, NULL, NULL, N("of a table: the column that says the state")},
    {"done", P_TEXT, MANY, NULL, NULL, N("a value of that column that means done")},
    {"not_done", P_TEXT, MANY, NULL, NULL, N("a value of that column that means not done")},
    {"no_occasion", P_TEXT, MANY, NULL, NULL, N("a value of that column that means that no occasion arose")},
    {"as_of", P_DATE, 0, NULL, NULL, N("the day the table holds for; results of scanners say it themselves")},
    {"skip_unknown", P_FLAG, 0, NULL, NULL, N("passes over devices that are not known here; they are counted and listed")},
    {"only_unanswered", P_FLAG, 0, NULL, NULL, N("only those that have no answer to the clause yet")},
    STATE_OF_COMPLETE,
    DEVICE_CORRECTION,
    {0}};

/* ---- spreadsheets ---- */
static const struct param template_params[] = {
    ROUND_PARAM, {"org", P_ORG, 0, NULL, NULL, N("the unit; without it, that of your post")}, {0}};

/* ---- urgent surveys ---- */
#define SURVEY_PARAM {"survey", P_CODE, REQUIRED, NULL, NULL, N("the survey, by its code"), "inspect surveys"}
static const struct param survey_ask_params[] = {
    {"code", P_CODE, REQUIRED, NULL, NULL, N("a code for the survey, such as jre-2007")},
    {"title_ja", P_TEXT, REQUIRED, NULL, NULL, N("title in Japanese")},
    {"title_en", P_TEXT, 0, NULL, NULL, N("title in English")},
    {"frame", P_ORG, REQUIRED, NULL, NULL, N("the organisation whose organisations next below are asked")},
    {"due", P_DATE, REQUIRED, NULL, NULL, N("the day by which it is to be answered")},
    {"hour", P_INT, 0, NULL, "17", N("the hour of that day, in Japan, 0 to 24")},
    {"question", P_TEXT, MANY | LONG_TEXT, NULL, NULL,
     N("the questions, a line each, at most 12: KEY:TYPE:JAPANESE|ENGLISH. Types are yes_no, text, date, number, hours, choice(a/b/c) and "
       "levels(1/6/24/72), whose lines make one grid. An example: affected:yes_no:Is the product used? — fixed:yes_no:Is it fixed? — until:date:By when?")},
    {"like", P_CODE, 0, NULL, NULL, N("an earlier survey whose questions are asked again, where none are given"), "inspect surveys"},
    {"why", P_TEXT, LONG_TEXT, NULL, NULL, N("what it is about, for those who answer")},
    {"per", P_ENUM, 0, "system organisation", "system", N("what is answered for: each system, or the organisation as one")},
    {"levels", P_INT, 0, NULL, "1", N("levels below the frame that are asked")},
    {0}};
static const struct param surveys_params[] = {{0}};
static const struct param survey_params[] = {
    SURVEY_PARAM, {"org", P_ORG, 0, NULL, NULL, N("only this organisation")}, {0}};
static const struct param survey_form_params[] = {
    SURVEY_PARAM, {"org", P_ORG, 0, NULL, NULL, N("the organisation asked; without it, that of your post")},
    {"system", P_TEXT, 0, NULL, NULL, N("one system, by its code or its name")}, {0}};
static const struct param survey_reply_params[] = {
    SURVEY_PARAM,
    {"org", P_ORG, 0, NULL, NULL, N("the organisation asked; without it, that of your post")},
    {"system", P_TEXT, 0, NULL, NULL, N("the system, by its code, or by its name where it is not in the register")},
    {"value", P_TEXT, MAP | PERSONAL, NULL, NULL, N("the answer to a question: yes or no, a date, a number, one of the choices; hours or levels as numbers or ranges (8-12; 100 80-90 40-60 0); "
       "a cell of a grid alone as KEY/HOURS; empty takes it back")},
    {"none", P_FLAG, 0, NULL, NULL, N("no system of the organisation is concerned")},
    {"unnamed", P_INT, 0, NULL, NULL, N("how many systems must not be named")},
    {"yes", P_TEXT, MAP, NULL, NULL, N("of those not named, how many answer yes")},
    {"no", P_TEXT, MAP, NULL, NULL, N("of those not named, how many answer no")},
    {"rest", P_FLAG, 0, NULL, NULL, N("with --value: all systems of the register that are not answered for are answered alike")},
    {"done", P_FLAG, 0, NULL, NULL, N("says as well that the organisation's answers are complete")},
    {"remove", P_FLAG, 0, NULL, NULL, N("takes the answer for this system back")},
    {"revision", P_INT, HIDDEN, NULL, NULL, N("the revision that was shown")},
    {0}};
static const struct param survey_done_params[] = {
    SURVEY_PARAM, {"org", P_ORG, 0, NULL, NULL, N("the organisation asked; without it, that of your post")}, {0}};
static const struct param survey_import_params[] = {
    SURVEY_PARAM,
    {"file", P_FILE, REQUIRED, NULL, NULL, N("the replies: CSV or a workbook, as `inspect survey-sheet` gives it")},
    {"complete", P_FLAG, 0, NULL, NULL, N("these are all replies of the organisations in the file")},
    {0}};
static const struct param survey_sheet_params[] = {SURVEY_PARAM, {0}};
static const struct param survey_close_params[] = {
    SURVEY_PARAM, {"publish", P_FLAG, 0, NULL, NULL, N("publishes the counts at once")}, {0}};
static const struct param survey_publish_params[] = {SURVEY_PARAM, {0}};

/* ---- two instances ---- */
#define ORG_NEEDED(words) {"org", P_ORG, REQUIRED, NULL, NULL, words}
#define SEQUENCE_NEW \
    {"sequence", P_INT, 0, NULL, NULL, N("its number; the next one unless given, which only a restored database needs")}
#define SEQUENCE_OF {"sequence", P_INT, 0, NULL, NULL, N("the roll-up's number; the newest unless given")}
static const struct param rollup_key_params[] = {
    {"file", P_TEXT, REQUIRED, NULL, NULL, N("where the secret key is written; the file must not be there yet")}, {0}};
static const struct param rollup_params[] = {
    ROUND_PARAM, ORG_NEEDED(N("the organisation whose figures are sent")),
    {"key", P_TEXT, REQUIRED, NULL, NULL, N("file of the secret key, made by rollup-key")}, SEQUENCE_NEW, {0}};
static const struct param rollup_send_params[] = {
    ROUND_PARAM, ORG_NEEDED(N("the organisation whose figures are sent")),
    {"way", P_ENUM, 0, "https file", "https", N("over the network, as it is unless given, or as a file to carry")}, SEQUENCE_NEW,
    {0}};
static const struct param rollup_file_params[] = {
    ROUND_PARAM, ORG_NEEDED(N("the organisation whose roll-up it is")), SEQUENCE_OF, {0}};
static const struct param rollup_trust_params[] = {
    ORG_NEEDED(N("the organisation the key speaks for")),
    {"key", P_TEXT, REQUIRED, NULL, NULL, N("the line of the public key: meguri-key ed25519 …")},
    {"fingerprint", P_TEXT, 0, NULL, NULL, N("as it was read over the telephone; where given, it must be that of the key")},
    {"until", P_DATE, 0, NULL, NULL, N("its last day; earlier keys of the organisation end today")}, {0}};
static const struct param rollup_revoke_params[] = {
    {"key", P_CODE, REQUIRED, NULL, NULL, N("name of the key"), "inspect rollup-keys"}, WHY_PARAM, {0}};
static const struct param rollup_keys_params[] = {ORG_PARAM, {0}};
static const struct param rollup_import_params[] = {
    ROUND_PARAM, {"file", P_FILE, REQUIRED, NULL, NULL, N("the roll-up as it was made, at most 8 MB")}, CORRECTION_PARAM,
    {0}};
static const struct param rollups_params[] = {ROUND_PARAM, ORG_PARAM, {0}};
static const struct param rollup_compare_params[] = {
    ROUND_PARAM, ORG_NEEDED(N("the organisation whose roll-up it is")), SEQUENCE_OF,
    {"with", P_INT, 0, NULL, NULL, N("number of the roll-up to compare with; the one before unless given")},
    {"against", P_CODE, 0, NULL, NULL, N("an earlier round, to compare over unchanged clauses only"), "inspect rounds"},
    {0}};
static const struct param unnamed_params[] = {
    ROUND_PARAM, ORG_NEEDED(N("the organisation that has them")),
    {"systems", P_INT, REQUIRED, NULL, NULL, N("how many there are; which they are is never told")},
    {"checked", P_INT, REQUIRED, NULL, NULL, N("how many of them were checked")},
    {"on", P_DATE, REQUIRED, NULL, NULL, N("the day of the check")},
    {"by", P_TEXT, REQUIRED, NULL, NULL, N("the office that checked")}, CORRECTION_PARAM, {0}};

/* ---- what it saves ---- */
static const struct param effort_params[] = {
    ROUND_PARAM,
    ORG_PARAM,
    {"paper_minutes", P_INT, 0, NULL, "30", N("assumed: minutes a sheet took on paper, with handing on and typing in")},
    {"paper_pages", P_INT, 0, NULL, "4", N("assumed: pages of paper a sheet had")},
    {0}};

static const struct entry inspect_entries[] = {
    VIEW("rounds", N("Rounds"), MAY_ANYONE, NULL, rounds_params, inspect_view_rounds),
    VIEW("round", N("One round: rules and how far it is"), MAY_ANYONE, NULL, round_params, inspect_view_round),
    VIEW("whole", N("The government on one sheet"), MAY_READ_RATES, "org", whole_params, inspect_view_whole),
    VIEW("unit", N("The section manager's day"), MAY_CONFIRM | MAY_READ_NAMES, "org", unit_params, inspect_view_unit),
    VIEW("rates", N("Coverage, implementation and attainment"), MAY_READ_RATES, "org", rates_params,
         inspect_view_rates),
    VIEW("clauses", N("Clauses, worst first"), MAY_READ_RATES, "org", clauses_params, inspect_view_clauses),
    SUB_VIEW("clause", N("One clause across the organisations"), MAY_READ_RATES, "org", clause_params,
             inspect_view_clause),
    VIEW("arisen", N("Where no occasion is said to have arisen"), MAY_READ_RATES, "org", arisen_params,
         inspect_view_arisen),
    VIEW("grades", N("Grades"), MAY_READ_RATES, "org", grades_params, inspect_view_grades),
    VIEW("missing", N("Of whom nothing is known, and why"), MAY_READ_RATES | MAY_NAMES, "org", missing_params,
         inspect_view_missing),
    VIEW("changes", N("Changes to the frame since it was frozen"), MAY_READ_NAMES, NULL, round_params,
         inspect_view_changes),
    VIEW("exceptions", N("Exceptions"), MAY_READ_NAMES, NULL, round_params, inspect_view_exceptions),
    VIEW("notes", N("Notes on answers"), MAY_READ_NAMES, "org", answers_params, inspect_view_notes),
    VIEW("sheets", N("My sheets"), MAY_ANYONE, NULL, rounds_params, inspect_view_sheets),
    SUB_VIEW("sheet", N("Self-inspection sheet"), MAY_ANYONE, NULL, sheet_params, inspect_view_sheet),
    VIEW("queue", N("Sheets that wait for confirmation"), MAY_CONFIRM | MAY_APPROVE | MAY_READ_NAMES, "org", queue_params,
         inspect_view_queue),
    VIEW("errata", N("What an edition of the figures corrected"), MAY_READ_RATES, NULL, errata_params,
         inspect_view_errata),
    VIEW("recount", N("Recount from the sheets"), MAY_READ_RATES, NULL, round_params, inspect_view_recount),
    PERSONAL_BYTES_OUT("answers", N("Answers as a file that imports again"), MAY_READ_NAMES, "org", answers_params,
                       inspect_file_answers, "text/csv"),
    ACT("open", N("Open a round"), MAY_FILE, "frame", open_params, inspect_act_open),
    LONG_ACT("import", N("Import sheets, aggregates or exceptions"), MAY_FILE | MAY_CONFIRM, NULL, import_params,
             inspect_act_import),
    QUIET_ACT("save", N("Save answers"), MAY_ANYONE, NULL, save_params, inspect_act_save),
    {"submit", ENTRY_ACT, N("Submit a sheet"), MAY_ANYONE, NULL, submit_params, inspect_act_submit, NULL, NULL, UNLISTED},
    ACT("confirm", N("Confirm submitted sheets"), MAY_CONFIRM | MAY_APPROVE, "org", confirm_params, inspect_act_confirm),
    ACT("move", N("Move a respondent within the frame"), MAY_FILE, NULL, move_params, inspect_act_move),
    ACT("reason", N("Record why nothing is known of a respondent"), MAY_FILE | MAY_CONFIRM, NULL, reason_params,
        inspect_act_reason),
    ACT("exclude", N("Leave an organisation out of the analysis"), MAY_FILE, "org", exclude_params,
        inspect_act_exclude),
    ACT("withdraw", N("Take back a round in which nothing was filed"), MAY_FILE, NULL, round_params,
        inspect_act_withdraw),
    ACT("close", N("Close a round and freeze its figures"), MAY_FILE, NULL, close_params, inspect_act_close),
    ACT("publish", N("Record figures published elsewhere"), MAY_CENTRE, "frame", publish_params, inspect_act_publish),

    /* the way of a sheet and of a ministry's figures */
    VIEW("way", N("The way of the figures upward"), MAY_READ_RATES, "org", way_params, inspect_view_way),
    VIEW("extensions", N("Later due days"), MAY_READ_NAMES | MAY_CENTRE, NULL, round_params, inspect_view_extensions),
    ACT("return", N("Give a sheet back to its respondent"), MAY_CONFIRM | MAY_APPROVE, NULL, return_params, inspect_act_return),
    ACT("extend", N("Extend a due day"), MAY_FILE, "org", extend_params, inspect_act_extend),
    ACT("close-unit", N("Close a unit"), MAY_MANAGE, "org", close_unit_params, inspect_act_close_unit),
    ACT("reopen", N("Reopen a unit or a ministry's figures"), MAY_FILE, "org", reopen_params, inspect_act_reopen),
    ACT("approve", N("Approve a ministry's figures"), MAY_MANAGE | MAY_APPROVE, "org", step_params, inspect_act_approve),
    ACT("send", N("Send a ministry's figures to the centre"), MAY_MANAGE | MAY_APPROVE, "org", send_params, inspect_act_send),
    ACT("query", N("Ask a ministry about its figures"), MAY_CENTRE, "org", query_params, inspect_act_query),
    ACT("accept", N("Accept a ministry's figures"), MAY_CENTRE, "org", step_params, inspect_act_accept),

    /* entered for another */
    VIEW("entered", N("Sheets entered for another"), MAY_READ_RATES | MAY_CONFIRM | MAY_NAMES, "org", entered_params,
         inspect_view_entered),
    {"enter", ENTRY_ACT, N("Enter a sheet for another"), MAY_MANAGE | MAY_CONFIRM, NULL, enter_params, inspect_act_enter,
     NULL, NULL, UNLISTED},
    {"object", ENTRY_ACT, N("Object to a sheet handed in for you from paper"), MAY_ANYONE, NULL, object_params,
     inspect_act_object, NULL, NULL, UNLISTED},

    /* the frame and the people of today */
    VIEW("frame", N("Who moved or left since the base date"), MAY_READ_NAMES, "org", frame_params, inspect_view_frame),

    /* devices in bulk */
    VIEW("devices", N("Systems and devices in bulk"), MAY_READ_RATES | MAY_CONFIRM | MAY_NAMES, "org", devices_params,
         inspect_view_devices),
    SUB_VIEW("my-devices", N("The system and devices of my post"), MAY_ANSWER, NULL, devices_params,
             inspect_view_my_devices),
    {"answer-devices", ENTRY_ACT, N("Answer for many systems and devices at once"), MAY_FILE | MAY_CONFIRM | MAY_ANSWER,
     NULL, answer_devices_params, inspect_act_answer_devices, NULL, NULL, LONG | UNLISTED},
    {"scan", ENTRY_ACT, N("Answers from tables of tools and results of scanners"), MAY_FILE | MAY_CONFIRM | MAY_ANSWER,
     NULL, scan_params, inspect_act_scan, NULL, NULL, LONG | UNLISTED},
    VIEW("sample", N("A sample of systems and devices to check by hand"), MAY_READ_NAMES | MAY_CONFIRM, "org",
         sample_params, inspect_view_sample),
    {"check-device", ENTRY_ACT, N("Record what was found when a device was checked by hand"),
     MAY_CONFIRM | MAY_FILE | MAY_AUDIT, NULL, check_device_params, inspect_act_check_device, NULL, NULL, UNLISTED},
    SUB_VIEW("agreement", N("How often checks by hand agree with the sheets"), MAY_READ_RATES | MAY_CONFIRM | MAY_NAMES,
             "org", agreement_params, inspect_view_agreement),

    /* spreadsheets */
    PERSONAL_BYTES_OUT("template", N("Workbook of a unit, to fill in and import"), MAY_NAMES | MAY_MANAGE, "org",
                       template_params, inspect_file_template,
                       "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),

    /* urgent surveys */
    VIEW("surveys", N("Urgent surveys"), MAY_ANYONE, NULL, surveys_params, inspect_view_surveys),
    SUB_VIEW("survey", N("Urgent survey"), MAY_READ_RATES, NULL, survey_params, inspect_view_survey),
    SUB_VIEW("survey-form", N("Answer an urgent survey"), MAY_ANYONE, NULL, survey_form_params, inspect_view_survey_form),
    ACT("survey-ask", N("Ask an urgent survey"), MAY_CENTRE | MAY_MANAGE, "frame", survey_ask_params, inspect_act_survey_ask),
    {"survey-reply", ENTRY_ACT, N("Answer an urgent survey"), MAY_MANAGE | MAY_ANSWER, NULL, survey_reply_params,
     inspect_act_survey_reply, NULL, NULL, UNLISTED},
    {"survey-done", ENTRY_ACT, N("Say that the answers to a survey are complete"), MAY_MANAGE, NULL, survey_done_params,
     inspect_act_survey_done, NULL, NULL, UNLISTED},
    {"survey-import", ENTRY_ACT, N("Take replies from a file"), MAY_MANAGE, NULL, survey_import_params, inspect_act_survey_import, NULL, NULL,
     UNLISTED},
    SUB_VIEW("survey-sheet", N("Replies as a file"), MAY_MANAGE, NULL, survey_sheet_params, inspect_view_survey_sheet),
    {"survey-close", ENTRY_ACT, N("Close an urgent survey"), MAY_CENTRE | MAY_MANAGE, NULL, survey_close_params,
     inspect_act_survey_close, NULL, NULL, UNLISTED},
    {"survey-publish", ENTRY_ACT, N("Publish the counts of a survey"), MAY_CENTRE | MAY_MANAGE, NULL, survey_publish_params,
     inspect_act_survey_publish, NULL, NULL, UNLISTED},

    /* two instances */
    VIEW("rollups", N("Roll-ups between instances"), MAY_READ_RATES, "org", rollups_params, inspect_view_rollups),
    SUB_VIEW("rollup-compare", N("A roll-up against an earlier one"), MAY_FILE | MAY_AUDIT, "org", rollup_compare_params,
             inspect_view_rollup_compare),
    VIEW("rollup-keys", N("Keys that are trusted"), MAY_FILE | MAY_AUDIT | MAY_ADMINISTER, "org", rollup_keys_params,
         inspect_view_rollup_keys),
    VIEW("unnamed-systems", N("Systems that are not named"), MAY_READ_RATES, NULL, round_params, inspect_view_unnamed),
    BYTES_OUT("rollup-file", N("A roll-up as a file to carry"), MAY_FILE | MAY_AUDIT, "org", rollup_file_params,
              inspect_file_rollup, "application/x-meguri-rollup"),
    ACT("rollup-send", N("Send the centre a roll-up"), MAY_FILE, "org", rollup_send_params, inspect_act_rollup_send),
    ACT("rollup-import", N("Take a roll-up"), MAY_FILE, NULL, rollup_import_params, inspect_act_rollup_import),
    {"rollup-trust", ENTRY_ACT, N("Trust a key"), MAY_FILE, "org", rollup_trust_params, inspect_act_rollup_trust, NULL,
     NULL, NO_TOKEN},
    {"rollup-revoke", ENTRY_ACT, N("Revoke a key"), MAY_FILE, NULL, rollup_revoke_params, inspect_act_rollup_revoke, NULL,
     NULL, NO_TOKEN},
    ACT("unnamed", N("Record systems that are not named"), MAY_FILE, "org", unnamed_params, inspect_act_unnamed),
    {"rollup", ENTRY_ACT, N("Make a signed roll-up on this machine"), MAY_FILE, "org", rollup_params, inspect_act_rollup,
     NULL, NULL, LOCAL},
    {"rollup-key", ENTRY_ACT, N("Make a key to sign roll-ups with"), MAY_ANYONE, NULL, rollup_key_params,
     inspect_act_rollup_key, NULL, NULL, LOCAL | STATELESS | NO_DRY_RUN},

    /* what it saves */
    VIEW("effort", N("What it takes, and what it saves"), MAY_READ_RATES, "org", effort_params, inspect_view_effort),
};

/* As the work goes: what staff meet first, then what is done with it, then what only some posts ever need. */
static const struct topic inspect_topics[] = {
    {N("Answering"), "sheets sheet save submit entered enter object"},
    {N("Confirming and the way upward"),
     "unit queue confirm return way close-unit approve send query accept reopen extensions extend"},
    {N("Figures"), "whole rates clauses clause arisen grades missing errata recount effort"},
    {N("The round"), "rounds round open import template answers notes close withdraw publish"},
    {N("The frame and its people"), "frame changes exceptions move reason exclude"},
    {N("Systems and devices"), "devices my-devices answer-devices scan sample check-device agreement unnamed-systems unnamed"},
    {N("Urgent surveys"),
     "surveys survey survey-form survey-ask survey-reply survey-done survey-sheet survey-import survey-close survey-publish"},
    {N("Between two instances"), "rollups rollup-compare rollup-send rollup-file rollup-import rollup-keys rollup-trust "
                                 "rollup-revoke rollup rollup-key"},
    {{"", 0}, NULL}};

const struct room inspect_room = {
    .name = "inspect",
    .title = N("what is?"),
    .entries = inspect_entries,
    .n_entries = sizeof inspect_entries / sizeof *inspect_entries,
    .sql = SQL_SETS(&inspect_sql_set, &answer_sql_set, &outstanding_sql_set, &inspect_views_sql_set, &way_sql_set,
                    &entered_sql_set, &granted_sql_set, &inspect_frame_sql_set, &bulk_sql_set, &survey_sql_set, &voice_sql_set,
                    &rollup_sql_set),
    .rebuild = inspect_rebuild,
    .topics = inspect_topics,
};
