#include "web/qr.h"

#include <qrencode.h>

#include "web/page.h"

enum { MARGIN = 4 }; /* modules of white around it, which the standard asks for */

/* A row is drawn in runs: one path for the whole code. Black on white also in the dark: readers want it so. */
static void draw(struct buf *b, const QRcode *code)
{
    int n = code->width;
    buf_fmt(b, "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/><path fill=\"#000\" d=\"", n + 2 * MARGIN,
            n + 2 * MARGIN);
    for (int y = 0; y < n; y++) {
        for (int x = 0, run; x < n; x += run) {
            bool black = (code->data[y * n + x] & 1) != 0;
            for (run = 1; x + run < n && ((code->data[y * n + x + run] & 1) != 0) == black; run++) continue;
            if (black) buf_fmt(b, "M%d %dh%dv1h-%dz", x + MARGIN, y + MARGIN, run, run);
        }
    }
    buf_add(b, S("\"/>"));
}

bool qr_svg(struct buf *b, str text, str label)
{
    QRcode *code = QRcode_encodeString8bit(str_c(b->a, text), 0, QR_ECLEVEL_M);
    if (code == NULL) return false;
    int n = code->width + 2 * MARGIN;
    buf_fmt(b,
            "<svg class=\"qr\" viewBox=\"0 0 %d %d\" width=\"240\" height=\"240\" role=\"img\" "
            "shape-rendering=\"crispEdges\""
            " aria-label=\"",
            n, n);
    page_escape(b, label);
    buf_add(b, S("\">"));
    draw(b, code);
    buf_add(b, S("</svg>"));
    QRcode_free(code);
    return true;
}
