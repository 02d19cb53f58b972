/* What is put into a collection by programs of others, and what became of it (TAXII 2.1 §5.5, §4.3). */
#ifndef MEGURI_SHARE_TAXII_ADD_H
#define MEGURI_SHARE_TAXII_ADD_H

#include "share/objects.h"
#include "share/taxii.h"

#define TAXII_MEDIA "application/taxii+json;version=2.1"
/* Of one request, so that it holds the writer for less than two seconds (10,000 small objects: 0.4 s; 8 MB of larger
 * ones: 0.5 s). */
enum { TAXII_BODY_MAX = 8 << 20, TAXII_OBJECTS_MAX = 10000 };
enum { STATUS_DAYS = 7, STATUS_LISTED = 5000 /* of each list, whole or not at all */ };

enum err taxii_post(struct work *, const struct mount_ask *, struct mount_act *, struct mount_answer *);
enum err taxii_told(struct work *, const struct mount_ask *, enum err did, struct mount_answer *);
enum err taxii_status(struct work *, const struct party *, str uuid, struct mount_answer *);
enum err taxii_refuse(struct work *, struct mount_answer *, int status, str why); /* why: message id */

enum err share_taxii_add(struct work *, const struct args *, struct doc *);
extern const struct param share_taxii_add_params[];

#endif
