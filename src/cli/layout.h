/* How wide the columns of a table stand. Pure. */
#ifndef MEGURI_CLI_LAYOUT_H
#define MEGURI_CLI_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    LAYOUT_GAP = 2,
    LAYOUT_TEXT_LEAST = 8,
    LAYOUT_TEXT_GOOD = 12,
    LAYOUT_TEXT_EASY = 36, /* a text wider than this wraps before a detail is left out */
    LAYOUT_WORD = 20,      /* words up to this are not broken while something else can give way */
    LAYOUT_WORD_LAST = 14, /* … and up to this not at all while a column can be left out */
    LAYOUT_BAR = 10
};

struct fit {
    int cells;              /* the widest cell */
    int piece;              /* of texts: the longest piece that should not be broken */
    int64_t weight;         /* of texts: the squares of the cells' widths, summed; the lighter gives way first */
    int label, least, last; /* the label on one line, on two, and as narrow as it may be broken */
    bool figure;            /* never shrunk below its cells */
    bool detail;            /* may be left out */
    bool data;              /* for programs alone: never shown */
    bool empty;             /* nothing in any cell: a detail is then left out whatever the room */
    bool bar;               /* wants a bar beside it */
    /* out */
    int width;
    bool left_out, has_bar;
};
/* columns of the window; 0: everything at its natural width, no bars. In a window: labels are broken first, then texts
 * to an easy width, then details left out from the right, then texts shrunk as far as they read well, then labels and
 * texts to the last; what still does not fit is left out from the right, all but the first column. What room is left
 * goes to labels, then to bars. */
void layout(struct fit *, size_t n, int columns);

#endif
