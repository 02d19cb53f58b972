/* Breaking text into lines of a terminal. Between words; between any two full-width characters but where Japanese rules
 * forbid it (JIS X 4051 行頭禁則・行末禁則: no 、。」 at a line's head, no 「 at its end). Pure. */
#ifndef MEGURI_CLI_WRAP_H
#define MEGURI_CLI_WRAP_H

#include "base/str.h"

/* The next line of at most so many columns (at least one character); false when nothing is left. A word that is longer
 * is cut after a hyphen or a bar where it has one. */
bool wrap_next(str *rest, int columns, str *line);
int wrap_least(str s); /* width of the longest piece that may not be broken */

#endif
