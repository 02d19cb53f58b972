/* What stands in collections, for people. */
#ifndef MEGURI_SHARE_RECEIVED_H
#define MEGURI_SHARE_RECEIVED_H

#include "surface/entry.h"

enum err share_view_collections(struct work *, const struct args *, struct doc *);
enum err share_view_received(struct work *, const struct args *, struct doc *);
enum err share_file_object(struct work *, const struct args *, struct bytes_out *);

#define COLLECTION_PARAM(flags, fallback) {"collection", P_CODE, flags, NULL, fallback, N("collection; its uuid or short name"), "share collections"}
#define RECEIVED_PARAMS                                                                                                             \
    COLLECTION_PARAM(0, "received"), {"type", P_CODE, 0, NULL, NULL, N("type of the objects: indicator, vulnerability, report …")}, \
        {"source", P_CODE, 0, NULL, NULL, N("who put them in")}, {"marking", P_ENUM, 0, "clear green amber amber+strict", NULL, N("marking")},                     \
        {"until", P_DATE, RARE, NULL, NULL, N("up to this day")}, PARTY_PARAM
#define RECEIVED_OBJECT_PARAMS COLLECTION_PARAM(0, "received"), {"object", P_TEXT, REQUIRED, NULL, NULL, N("id of the object")}, PARTY_PARAM

#endif
