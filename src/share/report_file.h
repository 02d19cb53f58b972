/* Reports as a file, a row each: what came in before, or by paper. One layout for import and export. */
#ifndef MEGURI_SHARE_REPORT_FILE_H
#define MEGURI_SHARE_REPORT_FILE_H

#include "format/csv.h"
#include "share/report_store.h"

enum { REPORT_ROWS_MAX = 100000 };
/* The columns before those of the fields: code (empty: a new one is given), org, first and received (times; first
 * empty: as received), drill (1 or empty). Then one for each of report_fields, by its key. Needed are org, received,
 * title and event. */
extern const char *const report_file_columns[];
enum { FILE_CODE, FILE_ORG, FILE_FIRST, FILE_RECEIVED, FILE_DRILL, FILE_COLUMNS };

/* ---- report_file_store.c ---- */
extern const struct sql_set report_file_sql_set;

/* A row as it is stored: all that it says in one edition. */
struct report_filed {
    int64_t id;         /* of the report it changes; 0: a new one */
    struct report_row r;
    struct report_said said[REPORT_FIELDS_MAX];
    size_t n;
};
struct report_known {
    str code;
    int64_t id, org;
    bool entered;
};
/* all of them, by code: what an import merges with */
enum err reports_known(struct work *, struct report_known **out, size_t *n) MUST_USE;
/* New ones: reports, editions, values, held by their organisation and by the centre from when it had them. */
enum err reports_filed(struct work *, int64_t centre, const struct report_filed *, size_t n) MUST_USE;
/* One that was entered before and says something else now. */
enum err report_refiled(struct work *, const struct report_filed *) MUST_USE;
/* Held by the party, in order of id behind `after`, each with all its newest edition says; of at most `most`. */
enum err reports_after(struct work *, const struct party *, int64_t after, int64_t most, struct report_filed **out,
                       size_t *n) MUST_USE;

#endif
