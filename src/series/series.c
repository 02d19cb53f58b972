/* The room on one page: what it shows and what it does. */
#include "series/series.h"

#include "series/acts.h"

#define SERIES_PARAM                                                                                                   \
    {                                                                                                                  \
        "series", P_CODE, REQUIRED, NULL, NULL, N("the series, by its code"), "series list"                            \
    }
#define OWN_PARAM                                                                                                      \
    {                                                                                                                  \
        "series", P_CODE, REQUIRED, NULL, NULL, N("the series, by its code"), "series own"                             \
    }
#define REASON_PARAM                                                                                                   \
    {                                                                                                                  \
        "reason", P_TEXT, LONG_TEXT, NULL, NULL, N("where a published figure is corrected: why")                       \
    }
#define PERIOD_PARAM(help_)                                                                                            \
    {                                                                                                                  \
        "period", P_CODE, REQUIRED, NULL, NULL, help_                                                                  \
    }
#define NOTES_PARAMS                                                                                                   \
    {"note_ja", P_TEXT, LONG_TEXT, NULL, NULL, N("a note, in Japanese")},                                              \
    {                                                                                                                  \
        "note_en", P_TEXT, LONG_TEXT, NULL, NULL, N("the note in English; without it, as in Japanese")                 \
    }

static const struct param list_params[] = {
    {"area", P_CODE, 0, NULL, NULL, N("only what tells about this area"), "series areas"},
    {"org", P_ORG, 0, NULL, NULL, N("only what this organisation and those below it keep")},
    {"find", P_TEXT, 0, NULL, NULL, N("words of the name")},
    {0}};
static const struct param none_params[] = {{0}};
static const struct param show_params[] = {
    SERIES_PARAM,
    {"dimension", P_CODE, MANY, NULL, NULL, N("only these parts, by their codes"), "series parts"},
    {"from", P_CODE, 0, NULL, NULL, N("from this period on: 2007, FY2007, 2007-05 …")},
    {"until", P_CODE, 0, NULL, NULL, N("until this period")},
    {"target", P_CODE, 0, NULL, NULL, N("only the targets of this source, as plan:sj2007")},
    {"drawn", P_ENUM, 0, "line bar tables", NULL, N("how it is drawn; without it, as fits")},
    {0}};
static const struct param parts_params[] = {SERIES_PARAM, {0}};
static const struct param import_params[] = {{"file", P_FILE, REQUIRED, NULL, NULL,
                                              N("CSV or a workbook: what,series,… with rows of series, part, "
                                                "definition, value, target; `series export` shows the layout")},
                                             REASON_PARAM,
                                             {0}};
static const struct param define_params[] = {
    {"series", P_CODE, REQUIRED, NULL, NULL, N("its code; that of one that stands changes it")},
    {"org", P_ORG, REQUIRED, NULL, NULL, N("the organisation it belongs to")},
    {"ja", P_TEXT, REQUIRED, NULL, NULL, N("its name in Japanese")},
    {"en", P_TEXT, 0, NULL, NULL, N("its name in English")},
    {"unit_ja", P_TEXT, REQUIRED, NULL, NULL, N("the unit in Japanese, as 件 or %")},
    {"unit_en", P_TEXT, 0, NULL, NULL, N("the unit in English")},
    {"kind", P_ENUM, 0, "flow stock share", "flow",
     N("flow: over a period; stock: as of a time; share: a percentage or mean")},
    {"direction", P_ENUM, 0, "neither higher lower", "neither", N("which is better")},
    {"area", P_CODE, 0, NULL, NULL, N("what it tells about, as government, infrastructure, business, individual")},
    {"owner_ja", P_TEXT, 0, NULL, NULL, N("who keeps it, in Japanese")},
    {"owner_en", P_TEXT, 0, NULL, NULL, N("who keeps it, in English")},
    {"public", P_FLAG, 0, NULL, NULL, N("all may read it; else those whose reach has its organisation")},
    {"since", P_CODE, 0, NULL, NULL, N("of a new one: the period from which on it is counted so")},
    {"counted_ja", P_TEXT, LONG_TEXT, NULL, NULL, N("of a new one: what is counted, in Japanese")},
    {"counted_en", P_TEXT, LONG_TEXT, NULL, NULL, N("what is counted, in English")},
    {"source_ja", P_TEXT, 0, NULL, NULL, N("of a new one: where it is published, in Japanese")},
    {"source_en", P_TEXT, 0, NULL, NULL, N("where it is published, in English")},
    {0}};
static const struct param definition_params[] = {
    OWN_PARAM,
    {"since", P_CODE, REQUIRED, NULL, NULL, N("the period from which on it is counted so")},
    {"counted_ja", P_TEXT, REQUIRED | LONG_TEXT, NULL, NULL, N("what is counted, in Japanese")},
    {"counted_en", P_TEXT, LONG_TEXT, NULL, NULL, N("what is counted, in English")},
    {"source_ja", P_TEXT, REQUIRED, NULL, NULL, N("where it is published, in Japanese")},
    {"source_en", P_TEXT, 0, NULL, NULL, N("where it is published, in English")},
    REASON_PARAM,
    {0}};
static const struct param put_params[] = {
    OWN_PARAM,
    PERIOD_PARAM(N("the period: 2007, FY2007, 2007Q1, FY2007Q1, 2007-05 or 2007-05-21")),
    {"dimension", P_CODE, 0, NULL, NULL, N("the part, where the series has parts"), "series parts"},
    {"value", P_TEXT, REQUIRED, NULL, NULL, N("the value exactly as published: 1818, 52.3")},
    {"n", P_INT, 0, NULL, NULL, N("of a share: how many")},
    {"d", P_INT, 0, NULL, NULL, N("of how many, or over how many")},
    {"flag", P_ENUM, 0, "derived provisional", NULL, N("derived: reckoned by us; provisional: not final")},
    NOTES_PARAMS,
    REASON_PARAM,
    {0}};
static const struct param target_params[] = {
    OWN_PARAM,
    PERIOD_PARAM(N("the period by which it is to be reached")),
    {"dimension", P_CODE, 0, NULL, NULL, N("the part, where the series has parts"), "series parts"},
    {"value", P_TEXT, REQUIRED, NULL, NULL, N("what is to be reached")},
    {"source", P_CODE, REQUIRED, NULL, NULL, N("where it is set, as plan:sj2007")},
    NOTES_PARAMS,
    REASON_PARAM,
    {0}};
static const struct param export_params[] = {
    {"series", P_CODE, MANY, NULL, NULL, N("only these; without it, all you may see"), "series list"}, {0}};

static const struct entry series_entries[] = {
    VIEW("list", N("Indicators by area"), MAY_ANYONE, NULL, list_params, series_view_list),
    SUB_VIEW("show", N("One series"), MAY_ANYONE, NULL, show_params, series_view_show),
    SUB_VIEW("areas", N("Areas that series tell about"), MAY_ANYONE, NULL, none_params, series_view_areas),
    SUB_VIEW("parts", N("Parts of a series"), MAY_ANYONE, NULL, parts_params, series_view_parts),
    SUB_VIEW("own", N("Series you may change"), MAY_MANAGE | MAY_CENTRE, NULL, none_params, series_view_own),
    BYTES_OUT("export", N("Series as a file that can be imported again"), MAY_ANYONE, NULL, export_params,
              series_file_export, "text/csv"),
    ACT("import", N("Take in series from a file"), MAY_MANAGE | MAY_CENTRE, NULL, import_params, series_act_import),
    ACT("define", N("Define a series"), MAY_MANAGE | MAY_CENTRE, NULL, define_params, series_act_define),
    ACT("definition", N("Say that something else is counted from a period on"), MAY_MANAGE | MAY_CENTRE, NULL,
        definition_params, series_act_definition),
    ACT("put", N("Enter or correct one value"), MAY_MANAGE | MAY_CENTRE, NULL, put_params, series_act_put),
    ACT("target", N("Set a target"), MAY_MANAGE | MAY_CENTRE, NULL, target_params, series_act_target),
};

const struct room series_room = {
    .name = "series",
    .title = N("what do the numbers say?"),
    .entries = series_entries,
    .n_entries = sizeof series_entries / sizeof *series_entries,
    .sql = SQL_SETS(&series_sql_set),
};
