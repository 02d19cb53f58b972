/* XML out: elements and text into a buf. What XML cannot hold becomes a blank. */
#ifndef MEGURI_FORMAT_XML_WRITE_H
#define MEGURI_FORMAT_XML_WRITE_H

#include "base/str.h"

/* The text between tags or within "…", escaped; the text must be good UTF-8. */
void xml_put_text(struct buf *, str);
/* <tag>text</tag>; nothing where the text is empty. attributes: as written, or NULL. */
void xml_put(struct buf *, const char *tag, const char *attributes, str text);

#endif
