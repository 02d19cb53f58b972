/* What a report of an IT failure says, field by field: one table, walked by form, checks, page, files and statistics. Pure. */
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
/* In the order of the form: title, begun, event, service, summary, stopped (level now), ground | causes, cause_text, verification (level
 * that should hold), level, spread (to others), spread_text, affected (people or customers), response, recovered, tlp, not_supervision,
 * contact, police, law (which report by law). */
extern const struct report_field report_fields[];
extern const size_t n_report_fields;
const struct report_field *report_field_of(str key); /* NULL: none */
/* INVALID with a fault that names the field. out: as it is stored. */
enum err report_value(struct work *, const struct report_field *, str given, str *out) MUST_USE;

/* The published types of events, in published order: near-miss | confidentiality integrity availability | malware-infection malicious-code
 * intrusion other. */
enum event { EVENT_NEAR_MISS, EVENT_CONFIDENTIALITY, EVENT_INTEGRITY, EVENT_AVAILABILITY, EVENT_INFECTION, EVENT_CODE, EVENT_INTRUSION, EVENT_OTHER, EVENTS };
extern const char *const event_words[EVENTS];
bool event_parse(str, enum event *);

/* The highest of the three viewpoints counts; -1: none was given. */
int severity_overall(int continuity, int safety, int trust);

#endif
