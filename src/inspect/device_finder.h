/* Which system or device a name of a foreign file means: its code, its code in other letters' case, its tag hostname and,
 * where asked for, its name. Each list is made when the ones before did not know a name. */
#ifndef MEGURI_INSPECT_DEVICE_FINDER_H
#define MEGURI_INSPECT_DEVICE_FINDER_H

#include "inspect/bulk.h"

struct device_finder;
struct device_finder *device_finder_new(struct bulk *, bool by_name);
/* Only what the actor may answer for. NOTFOUND: none; CONFLICT: several. Neither notes a fault. */
enum err device_find(struct device_finder *, str name, struct seat **out) MUST_USE;

#endif
