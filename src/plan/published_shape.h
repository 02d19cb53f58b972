/* How headings, codes and numbers look in published texts, full-width or not. Inside the readers only. */
#ifndef MEGURI_PLAN_PUBLISHED_SHAPE_H
#define MEGURI_PLAN_PUBLISHED_SHAPE_H

#include "plan/published.h"

/* Each takes what it names off the front of *rest; false leaves it untouched. */
bool published_take_number(str *rest, int64_t *no); /* decimal digits up to PUBLISHED_NUMBER_MAX, then a blank or the end */
bool published_take_code(struct arena *, str *rest, str *code); /* イ) a) */
bool published_take_relisted(str *rest, int64_t *no);           /* 再掲 (68) */
bool published_take_word(str *rest, str word);

int published_heading(str line); /* its level from 1; 0: none */
int published_status(str cell);  /* ① … ④; 0: none */
bool published_legend(str line); /* ①…, also behind 凡例 */

uint32_t published_narrow(uint32_t c);                  /* full-width letters, digits, brackets, dash and blank as ASCII */
str published_narrow_text(struct arena *, str);         /* the same of a text, and no blank between ASCII and other letters */
str published_folded_heading(struct arena *, str line); /* for the comparison */

/* The next line without its end, trimmed; false when there is none. *no counts from 1. */
bool published_next_line(str *rest, int64_t *no, str *line);
/* UTF-8 and within the limits; else INVALID with a fault that names the line. A mark at the front is taken off. */
enum err published_bytes(struct work *w, str name, str *bytes) MUST_USE;

#endif
