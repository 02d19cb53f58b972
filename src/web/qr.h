/* A QR code (ISO/IEC 18004) as SVG, drawn on the server. */
#ifndef MEGURI_WEB_QR_H
#define MEGURI_WEB_QR_H

#include "base/str.h"

/* False when the text does not fit; then nothing is added. label: what it is, for those who do not see it. */
bool qr_svg(struct buf *, str text, str label);

#endif
