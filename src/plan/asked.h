/* What the views of progress are asked for: the rows as they stand, or as a report has them. */
#ifndef MEGURI_PLAN_ASKED_H
#define MEGURI_PLAN_ASKED_H

#include "plan/lines.h"

enum { PROGRESS_ROWS = 500 }; /* of one page of `plan progress` */

/* From --plan or --year, and --report with --number. Without rows. */
enum err asked_lines(struct work *w, const struct args *in, struct lines *out) MUST_USE;
/* All rows of it; texts: with what is published. */
enum err asked_rows_all(struct work *w, struct lines *, bool texts) MUST_USE;
/* Title and the line below it: which plan, which report, how far. */
void asked_title(const struct lines *, struct doc *out);
/* That others' words are not heard, where they are not. */
void asked_note(struct work *w, const struct lines *, struct doc *out);

str progress_report_words(str code);                            /* message id: "Half-year report" */
struct cell progress_report_cell(str code);                     /* of both languages; nothing for none */
struct cell status_cell(int64_t status);               /* ① as a code of one figure; nothing for 0 */
struct cell status_words_cell(struct arena *, int64_t status); /* ① Done; for 0 No report yet */
struct cell line_no_cell(struct arena *, const struct line *); /* 68; told again: 再掲 (68) */

#endif
