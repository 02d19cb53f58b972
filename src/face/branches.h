/* Lines of a tree before its labels: which go on, and at a terminal ├ └ │, two columns a step. Pure. */
#ifndef MEGURI_FACE_BRANCHES_H
#define MEGURI_FACE_BRANCHES_H

#include "base/str.h"

enum { BRANCHES_DEEP = 31 }; /* deeper ones look like this */
/* Of rows as they are told, each of its depth: bit d of more[i] says that below row i the branch at depth d goes on. */
void branches_find(const int *depth, size_t n, uint32_t *more);
/* What stands before a label of this depth in so many columns (two a step; the outermost are left out where it is less); head: the first
 * line of it, or one it goes on to. */
void branches_add(struct buf *, int depth, uint32_t more, int columns, bool head);

#endif
