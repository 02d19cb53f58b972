/* registry: who and what exists. Organisations, people, posts, systems, duties; read by all rooms through access/. */
#ifndef MEGURI_REGISTRY_REGISTRY_H
#define MEGURI_REGISTRY_REGISTRY_H

#include "surface/entry.h"

/* A file holds at most so many rows; a preview lists at most so many differences. A code has at most 64 bytes, a text
 * 4,096 (registry_csv.h); organisations may lie any number of steps deep. */
enum { IMPORT_ROWS_MAX = 1000000, DIFFERENCES_MAX = 1000 };

extern const struct room registry_room;

/* Tags of systems and devices (table system_tag): what acts in bulk choose by. A MAP parameter of type P_TEXT,
 * {"tag", P_TEXT, MAP, …}, gives --tag.network LAN. A tag whose value is empty counts as none. */
enum { SYSTEM_TAGS_MAX = 20, TAG_VALUE_MAX = 200, TAG_FILTERS_MAX = 4 };
struct tag_filter {
    struct {
        str key, value;
    } tag[TAG_FILTERS_MAX]; /* all of them are asked for; those beyond n are empty: SQL passes them as '' */
    size_t n;
};
enum err tags_asked(struct work *w, const struct args *in, const char *param, struct tag_filter *out) MUST_USE;

#endif
