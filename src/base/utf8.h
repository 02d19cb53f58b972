/* UTF-8 as it comes from outside, and how wide it stands on a terminal. */
#ifndef MEGURI_BASE_UTF8_H
#define MEGURI_BASE_UTF8_H

#include "base/str.h"

/* Offset of the first byte that is not good UTF-8 (or is NUL, which the databases refuse); s.n when all is well. */
size_t utf8_bad(str s);

/* Code point at *at, which moves on; the text must be good UTF-8. */
uint32_t utf8_next(str s, size_t *at);

size_t utf8_letters(str s);            /* code points; the text must be good UTF-8 */
str utf8_head(str s, size_t bytes);    /* at most so many bytes, cut between characters; the text must be good UTF-8 */
int utf8_width(str s);                 /* terminal columns: full-width 2, combining 0 */
str utf8_fit(str s, int columns, int *width); /* the longest head within so many columns, and its width */

/* For search: NFKC, lower case, 髙 as 高, 﨑 as 崎 and their like, blanks folded. */
str utf8_fold(struct arena *, str s);

/* Fit to be shown: control characters and those that turn the direction of text become blanks, bytes that are not good
 * UTF-8 (names of files, words typed) question marks; line ends stay. */
str utf8_safe(struct arena *, str s);

#endif
