/* Text: `str` borrows bytes (pointer and length, not ended by NUL), `buf` grows in an arena. There is no third type.
 * A str made by str_dup, str_join, str_int … lives in the arena given; any other lives as long as what it points into. */
#ifndef MEGURI_BASE_STR_H
#define MEGURI_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"

typedef struct str {
    const char *p;
    size_t n;
} str;

#define S(literal) ((str){"" literal, sizeof(literal) - 1})
#define S_INIT(literal) {"" literal, sizeof(literal) - 1} /* the same, in a static table */
#define STR_ARG(s) (int)(s).n, (s).p /* for "%.*s" */

str str_of(const char *c);               /* borrows a C string; NULL gives the empty str */
str str_sub(str s, size_t from, size_t to); /* clamped to s */
bool str_eq(str a, str b);
int str_cmp(str a, str b); /* by bytes, as COLLATE BINARY and "C" do */
bool str_starts(str s, str prefix);
bool str_ends(str s, str suffix);
str str_trim(str s);                       /* ASCII blanks and U+3000 at both ends */
bool str_cut(str *rest, char at, str *out); /* next piece up to `at`; false when nothing is left */
ptrdiff_t str_find(str s, str what);        /* -1 when absent */
uint64_t str_hash(str s);

str str_dup(struct arena *, str s);
const char *str_c(struct arena *, str s); /* a copy ended by NUL; bytes after a NUL inside are cut off */
str str_fmt(struct arena *, const char *fmt, ...) PRINTF(2, 3);
str str_int(struct arena *, int64_t);
int str_hex_digit(char c); /* of either case; -1 when it is none */
bool str_to_int(str s, int64_t *out); /* decimal, optional sign, nothing else; false on overflow */

struct buf {
    struct arena *a;
    char *p;
    size_t n, room;
};

struct buf buf_in(struct arena *);
void buf_add(struct buf *, str s);
void buf_byte(struct buf *, char c);
void buf_int(struct buf *, int64_t);
void buf_fmt(struct buf *, const char *fmt, ...) PRINTF(2, 3);
str buf_str(const struct buf *); /* borrows: valid until the buf grows */

#endif
