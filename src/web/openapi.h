/* What there is to ask and to do, as OpenAPI 3.1: made from the rooms' tables, so that it cannot be out of date.
 *
 * Views: GET /ROOM/NAME.json (.csv, .xlsx, .docx); files: GET /ROOM/NAME; acts: POST /ROOM/NAME as JSON or as a form. Entries
 * for the machine itself (LOCAL) are left out. Summaries and descriptions are in the language given, names never. */
#ifndef MEGURI_WEB_OPENAPI_H
#define MEGURI_WEB_OPENAPI_H

#include "base/lang.h"
#include "face/out.h"

/* url: where the server is, as people write it; empty: "/". Deterministic. a is given back as it was. */
void openapi_write(struct out *, struct arena *a, enum lang, str url);

#endif
