/* registry audit: what protection is on, and what is weak. */
#ifndef MEGURI_REGISTRY_AUDIT_H
#define MEGURI_REGISTRY_AUDIT_H

#include "surface/entry.h"

entry_fn registry_audit;

#endif
