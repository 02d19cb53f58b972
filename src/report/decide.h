/* Who may do what with a report, and what waits for whom: pure. */
#ifndef MEGURI_REPORT_DECIDE_H
#define MEGURI_REPORT_DECIDE_H

#include "report/report_store.h"

/* What the statements are told of the acting post: does it see, within its reach, what is not published; or read it, but
 * not while it waits for its time? */
bool report_sees_drafts(const struct actor *);
bool report_sees_before_time(const struct actor *);

bool report_may_write(const struct actor *, const struct report *);   /* draft, assemble, texts but the adviser's, review, errata */
bool report_may_advise(const struct actor *, const struct report *);  /* the adviser's texts */
bool report_may_approve(const struct actor *, const struct report *); /* by right; that it is another than the sender: report_is_sender */
bool report_is_sender(const struct actor *, const struct report *);
bool report_may_publish(const struct actor *, const struct report *);
bool report_may_comment(const struct actor *, const struct report *);

/* As it is shown: draft review frozen embargo published. */
str report_state_shown(const struct report *, int64_t now);
bool report_is_public(const struct report *, int64_t now);

/* Is this text, view or figure there, or left out, or may it be missing? */
bool report_part_done(const struct piece *, const struct report_part_rules *);

/* A code of reports.h: write adviser review approve publish; empty: nothing. adviser: a text of theirs is not written. */
str report_waits(const struct report *, const struct actor *, bool adviser_missing);

#endif
