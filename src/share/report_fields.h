/* What a report of an IT failure says, field by field: one table, walked by form, checks, page, files and statistics.
 * Pure. */
#ifndef MEGURI_SHARE_REPORT_FIELDS_H
#define MEGURI_SHARE_REPORT_FIELDS_H

#include "base/work.h"

enum field_sort { FIELD_TEXT, FIELD_LONG, FIELD_CHOICE, FIELD_CHOICES, FIELD_FLAG, FIELD_TIME, FIELD_INT, FIELD_LEVEL /* percent, one decimal at most */ };
struct report_field {
    const char *key;
    enum field_sort sort;
    const char *words; /* of CHOICE and CHOICES, parted by blanks; NULL */
    str label;         /* message id */
    str help;          /* message id; may be empty */
    bool first;        /* asked first: a report may be sent with these alone */
    bool needed;       /* to be sent at all */
    int64_t max;       /* bytes of a text, largest INT */
};
/* In the order of the form: title, begun, event, service, stopped (now), ground, tlp, not_supervision | summary,
 * causes, cause_text, verification (level that should hold), level (lowest reached), spread (to others), spread_text,
 * affected (people or customers), response, recovered, contact, police, law (which report by law). */
extern const struct report_field report_fields[];
extern const size_t n_report_fields;
enum { REPORT_FIELDS_MAX = 32 }; /* n_report_fields at most: room for a value of each */
const struct report_field *report_field_of(str key); /* NULL: none */
/* INVALID with a fault that names the field "field.KEY". out: as it is stored: choices as their words, of several
 * parted by blanks and each once; a flag "1" or empty; a time in UTC (RFC 3339), given without zone it is of Japan; a
 * level with the decimal it has; empty stays empty. */
enum err report_value(struct work *, const struct report_field *, str given, str *out) MUST_USE;
/* The same, with the fault at another place (a cell of a file). */
enum err report_value_at(struct work *, const struct report_field *, str given, struct where, str *out) MUST_USE;
/* A time as people give it: RFC 3339, or 2026-04-01T09:30, 2026-04-01 9:30, 2026/4/1 of Japan. */
bool report_moment(str, int64_t *out);
/* A level in tenths of a percent; false where there is none. */
bool report_level(str, int64_t *out);

/* The words for a code of a CHOICE or of one of CHOICES: message id; the code itself where it is none of them. */
str report_choice_label(const struct report_field *, str code);

/* The published types of events, in published order: near-miss | confidentiality integrity availability |
 * malware-infection malicious-code intrusion other. */
enum event { EVENT_NEAR_MISS, EVENT_CONFIDENTIALITY, EVENT_INTEGRITY, EVENT_AVAILABILITY, EVENT_INFECTION, EVENT_CODE, EVENT_INTRUSION, EVENT_OTHER, EVENTS };
extern const char *const event_words[EVENTS];
bool event_parse(str, enum event *);

/* Severity by three viewpoints, 0 to 4 each (初版 of the scale, 2018-07-25). The highest counts; -1: none was given. */
enum { SEVERITY_MAX = 4 };
int severity_overall(int continuity, int safety, int trust);
str severity_label(int level); /* message id; empty below 0 */

#endif
