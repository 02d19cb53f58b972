/* Faults, told on stderr: as lines for people, as one JSON object for programs. */
#ifndef MEGURI_CLI_TOLD_H
#define MEGURI_CLI_TOLD_H

#include <stdio.h>

#include "base/lang.h"
#include "base/work.h"

str fault_sentence(struct arena *, enum lang, const struct fault *); /* without the place */
str fault_line(struct arena *, enum lang, const struct fault *);     /* file:row:column (field): sentence; --field: … */

/* err is not OK; when nobody noted why, its own words are told. */
void faults_tell(FILE *to, struct work *w, enum lang, enum err err, bool json);

#endif
