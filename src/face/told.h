/* Faults, told: as lines for people, as one JSON object for programs. */
#ifndef MEGURI_FACE_TOLD_H
#define MEGURI_FACE_TOLD_H

#include "base/lang.h"
#include "base/work.h"
#include "face/out.h"

str fault_sentence(struct arena *, enum lang, const struct fault *); /* without the place */
str fault_line(struct arena *, enum lang, const struct fault *);     /* file:row:column (field): sentence; --field: … */

/* err is not OK; when nobody noted why, its own words are told. */
void faults_tell(struct out *to, struct work *w, enum lang, enum err err, bool json);

#endif
