/* What council_store.c offers the rest of the room. No one else includes this. */
#ifndef MEGURI_REGISTRY_COUNCIL_STORE_H
#define MEGURI_REGISTRY_COUNCIL_STORE_H

#include "registry/calendar.h"
#include "registry/registry.h"
#include "store/store.h"

extern const struct sql_set council_sql_set;

struct council {
    str code, ja, en;
    bool has_since, has_until;
    int64_t since, until, meetings, last; /* last: day of the latest meeting, NO_DAY: none is known */
};
typedef void council_fn(void *to, const struct council *);
enum err councils_each(struct work *w, council_fn *, void *to) MUST_USE;

enum err meeting_by_code(struct work *w, str code, bool *found, struct meeting *out) MUST_USE; /* kept in w->a */

/* Of a meeting, by number: kept in w->a. kind is that of a document, or how it was decided. */
struct meeting_item {
    str no, kind, ja, en, ref;
};
enum err meeting_documents(struct work *w, str meeting, struct meeting_item **out, size_t *n) MUST_USE;
enum err meeting_decisions(struct work *w, str meeting, struct meeting_item **out, size_t *n) MUST_USE;
/* Takes one away; *found: it was there. */
enum err document_strike(struct work *w, str meeting, str kind, str no, bool *found) MUST_USE;
enum err decision_strike(struct work *w, str meeting, str no, bool *found) MUST_USE;

struct calendar_row {
    str code, kind, ja, en, ref, org, org_ja, org_en;
    struct calendar_rule rule;
};
typedef void calendar_row_fn(void *to, const struct calendar_row *);
/* At most CALENDAR_MAX. */
enum err calendar_rows(struct work *w, bool below, calendar_row_fn *, void *to) MUST_USE;

#endif
