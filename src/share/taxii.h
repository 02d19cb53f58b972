/* The TAXII 2.1 server (OASIS Standard, 10 June 2021): collections of this program, read and written by programs of
 * others. */
#ifndef MEGURI_SHARE_TAXII_H
#define MEGURI_SHARE_TAXII_H

#include "surface/mount.h"

extern const struct mount taxii_mount;

#endif
