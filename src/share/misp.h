/* Events of MISP (the MISP core format, draft-dulaunoy-misp-core-format): read into what a draft says, and a notice
 * written as one. Pure. */
#ifndef MEGURI_SHARE_MISP_H
#define MEGURI_SHARE_MISP_H

#include "base/lang.h"
#include "share/compose.h"
#include "share/stix.h"

enum { MISP_BYTES_MAX = 16 << 20, MISP_EVENTS_MAX = 100, MISP_ATTRIBUTES_MAX = 20000, MISP_INFO_MAX = 10000 };

/* Text is as it came: whatever looks like HTML in it is text. Characters no eye sees are blanks. */
struct misp_attribute {
    str type, category, value, comment;
};
struct misp_event {
    str uuid, info, date, org; /* date: 2026-04-16; empty: none */
    int64_t timestamp;         /* seconds; 0: none */
    int threat;                /* 1 high, 2 medium, 3 low, 4 undefined or none */
    /* Never wider than its distribution lets it be, nor than any tag of the event or of an attribute says: 0 your
     * organisation AMBER+STRICT, 1 this community AMBER, 2 connected communities GREEN, 3 all GREEN, and CLEAR only
     * where a tag says so; a sharing group, whose members nobody here knows, and what is no such number AMBER+STRICT;
     * none said AMBER. A tlp tag there is not counts as RED. */
    struct marking marking;
    struct misp_attribute *attribute;
    size_t n;
};
/* {"Event": …}, {"response": [ … ]}, a bare array or a bare event; numbers may be strings. INVALID with faults: name
 * and the field, the event by its place ("NAME#1") where there are several. All or nothing. */
enum err misp_read(struct work *, str name, str bytes, struct misp_event **out, size_t *n) MUST_USE;
/* Does it look like one of MISP rather than of STIX? A guess by its first members; what is neither is told as STIX
 * would be. */
bool misp_looks_so(str bytes);

/* What a draft says of it; the text tells where it is from, how it was marked, and lists the attributes, addresses
 * defanged (hxxp, [.]). Cut to the limits of a notice, and says so. */
void misp_draft(struct arena *, enum lang, const struct misp_event *, struct draft *out);
/* The same of objects of STIX: the first report, else the first that has a name. */
void stix_draft(struct work *, enum lang, const struct stix_object *, size_t n, struct draft *out);

/* An event of a notice: all that a MISP asks for, numbers as strings; ids are the same each time. The caller has asked
 * leave_may. supersedes: the uuid of the notice it updates, empty: none. */
str misp_event_json(struct arena *, const struct notice *, struct marking, const struct stix_with *, str supersedes);
/* Its line of a feed's manifest.json ("UUID": {…}); event_json: for its hash. */
void misp_manifest_line(struct buf *, const struct notice *, struct marking, str event_json);
/* Its lines of hashes.csv: MD5 of each value, and the uuid. */
void misp_hash_lines(struct buf *, const struct notice *, const struct stix_with *);

#endif
