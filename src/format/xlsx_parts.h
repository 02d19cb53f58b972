/* The parts of a workbook that comes from outside: an archive over bytes in memory, and its XML read as events. For
 * xlsx_read.c and xlsx_rows.c alone.
 *
 * Refused before anything is unpacked: archives that are encrypted or of many disks, more than PARTS_MAX entries, names
 * that are absolute, climb up or come twice, entries that overlap, that claim more than the limits or pack better than
 * any text does, macros, embedded objects and links to other workbooks. While unpacking: whatever is not what the
 * directory says of it. In XML: document types (so there are no entities), words and depths beyond the limits. */
#ifndef MEGURI_FORMAT_XLSX_PARTS_H
#define MEGURI_FORMAT_XLSX_PARTS_H

#include "base/work.h"

enum {
    PARTS_MAX = 2000,
    PART_NAME_MAX = 250,  /* bytes */
    PART_RATIO_MAX = 200, /* unpacked to packed, of parts beyond PART_SMALL; texts that repeat come to some 100 */
    PART_SMALL = 1 << 20,
    PARTS_BYTES_MAX = 512 << 20, /* unpacked, all that is read */
    PART_WORD_MAX = 1 << 20,     /* bytes of one tag or comment */
    PART_DEPTH_MAX = 40,
};

struct parts;
/* name is for faults; bytes must outlive it. */
enum err parts_open(struct work *w, str name, str bytes, struct parts **out) MUST_USE;
bool parts_has(const struct parts *, str path);

/* One part as it is parsed. Names are local ones: elements of namespaces that are not SpreadsheetML's or the package's
 * are passed over with all in them. attr: names and values by turns, ends with NULL. A hand that finds a fault tells it
 * with part_stop, and nothing more comes. */
struct part;
struct part_hands {
    void (*open)(void *to, struct part *, const char *name, const char *const *attr);
    void (*close)(void *to, struct part *, const char *name);
    void (*text)(void *to, struct part *, str text); /* may be NULL */
};
enum err parts_parse(struct parts *, str path, const struct part_hands *, void *to) MUST_USE;
void part_stop(struct part *, enum err);
str part_attr(const char *const *attr, const char *local); /* p NULL: not there */

#endif
