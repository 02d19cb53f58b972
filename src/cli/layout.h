/* How wide the columns of a table stand. Pure. */
#ifndef MEGURI_CLI_LAYOUT_H
#define MEGURI_CLI_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

enum {
    LAYOUT_GAP = 2,
    LAYOUT_TEXT_LEAST = 8,
    LAYOUT_TEXT_GOOD = 12,
    LAYOUT_WORD = 20,
    LAYOUT_LABEL_LEAST = 4,
    LAYOUT_BAR = 10
};

struct fit {
    int cells;        /* the widest cell */
    int piece;        /* of texts: the longest piece that should not be broken */
    int label, least; /* the label on one line, and as narrow as it should be broken */
    bool figure;      /* right-aligned, never shrunk below its cells */
    bool detail;      /* may be left out */
    bool bar;         /* wants a bar beside it */
    /* out */
    int width;
    bool left_out, has_bar;
};
/* columns of the window; 0: everything at its natural width, no bars. In a window: labels are broken first, then
 * details left out from the right, then texts shrunk, the widest first, and at last words cut, those of labels before
 * those of texts; what room is left goes to labels, then to bars. */
void layout(struct fit *, size_t n, int columns);

#endif
