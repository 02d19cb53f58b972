/* What the two files of the writer share. */
#ifndef MEGURI_FORMAT_DOCX_INSIDE_H
#define MEGURI_FORMAT_DOCX_INSIDE_H

#include "format/docx_write.h"

#define DOCX_XML "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define DOCX_W "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
#define DOCX_RELATIONS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

/* A4 in twentieths of a point, with margins of 20 mm. */
enum { DOCX_A4_SHORT = 11906, DOCX_A4_LONG = 16838, DOCX_MARGIN = 1134 };
enum { DOCX_UPRIGHT_WIDTH = DOCX_A4_SHORT - 2 * DOCX_MARGIN, DOCX_ACROSS_WIDTH = DOCX_A4_LONG - 2 * DOCX_MARGIN };

void docx_add_text(struct buf *, struct arena *rough, str text);    /* the inside of a run: texts, line ends */
void docx_add_escaped(struct buf *, struct arena *rough, str text); /* on one line */
/* Everything beside the body of the document. */
void docx_put_parts(struct zip *, struct arena *, struct arena *rough, const struct docx_about *,
                    const struct docx_paper *);

#endif
