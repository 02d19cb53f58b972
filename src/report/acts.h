/* The room's entries, as its table names them, and what their files share. */
#ifndef MEGURI_REPORT_ACTS_H
#define MEGURI_REPORT_ACTS_H

#include "report/decide.h"
#include "report/making.h"
#include "surface/door.h"

entry_fn report_view_templates, report_view_template, report_view_shipped, report_view_list, report_view_show, report_view_compare,
    report_view_verify, report_view_history,
    report_view_codes, report_view_parts, report_view_comparable;
/* Have documents of this kind figures that are compared? */
enum err report_compared(struct work *w, str template, bool *out) MUST_USE;
entry_fn report_act_define, report_act_draft, report_act_assemble, report_act_write, report_act_leave_out, report_act_review,
    report_act_return, report_act_comment, report_act_resolve, report_act_approve, report_act_publish, report_act_erratum;

/* The edition an act is about: the newest. CONFLICT with a fault when it does not stand in `state`. */
enum err report_in_state(struct work *w, const struct args *in, const char *state, enum lang, struct report *out) MUST_USE;
/* DENIED with a fault that says what for. */
enum err report_denied(struct work *w, const struct report *) MUST_USE;
enum err report_part_find(struct work *w, struct piece *parts, size_t n, str code, struct piece **out) MUST_USE;
void report_go(struct work *w, const struct report *, str said); /* the page goes on to the report */
/* A time as people write it: 2026-07-01, 2026-07-01 14:00 (of Japan), or RFC 3339. */
bool report_time(str s, int64_t *out);

/* A part's number in the document, "2.1": counted by the levels of the headings; empty for level 0. */
struct numbering {
    int64_t at[4];
};
str report_part_number(struct arena *, struct numbering *, int64_t level);

/* The words for a code of the room (words.c): of is state part waits what. As a cell, data has the code. */
str report_words(const char *of, str code);
struct cell report_enum(const char *of, str code);

/* Forms and lists of who works on a report, below the document (work.c). */
enum err report_work_blocks(struct work *w, const struct report *, struct piece *parts, size_t n, struct doc *out) MUST_USE;
void report_part_form(const struct report *, const struct piece *, const struct report_part_rules *, bool folded, struct doc *out);

static inline str handling_words(bool open)
{
    return open ? M("Confidentiality 1: published") : M("Confidentiality 2: for the organisations concerned only");
}

#endif
