/* The act `registry import`: a file of one kind, merged by code, in passes over the file so that a million rows need
 * some 50 bytes of memory each. No row is believed before all are checked; the first write comes after the last check
 * that the file alone allows. */
#ifndef MEGURI_REGISTRY_IMPORT_H
#define MEGURI_REGISTRY_IMPORT_H

#include "surface/entry.h"

enum err act_import(struct work *w, const struct args *in, struct doc *out);

#endif
