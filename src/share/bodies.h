/* What is known of a body beside its name and links: the rows of the characteristics map (特性把握マップ). One table of
 * fields, walked by file, form, checks and page. bodies_store.c. */
#ifndef MEGURI_SHARE_BODIES_H
#define MEGURI_SHARE_BODIES_H

#include "share/circle.h"

enum body_place {
    BODY_SECRETARIAT_JA, BODY_SECRETARIAT_EN, BODY_FOUNDED, BODY_MEMBERS_JA, BODY_MEMBERS_EN, BODY_RULES_JA,
    BODY_RULES_EN, BODY_SECRECY, BODY_FUNCTIONS,
    BODY_COORDINATOR, BODY_MEANS, BODY_PARTNERS_JA, BODY_PARTNERS_EN, BODY_SIGNS_IN, BODY_CHECKED, BODY_SOURCE,
    BODY_FIELDS
};
enum body_sort { BODY_TEXT, BODY_DAY, BODY_WORD, BODY_WORDS, BODY_YES };
struct body_field {
    const char *key;
    enum body_sort sort;
    const char *words; /* of WORD and WORDS, parted by blanks */
    str label;         /* message id */
};
extern const struct body_field body_fields[BODY_FIELDS];
enum { BODY_TEXT_MAX = 2000, BODIES_FILE_MAX = 8 << 20, BODIES_ROWS_MAX = 50000 };

/* As text, each field in the one way it is written: days 2009-02-26 or empty, words in the order of the field, "1" or
 * "0". */
struct body {
    int64_t org, lo;
    str f[BODY_FIELDS];
};
void body_empty(struct body *); /* of an organisation of which nothing was entered: it signs in */
/* False: it is not such a value, and a fault at that place says why; out is untouched. */
bool body_value(struct work *, const struct body_field *, str given, struct where, str *out);

/* empty where nothing was entered */
enum err body_find(struct work *, int64_t org, struct body *out) MUST_USE;
enum err bodies_all(struct work *, struct body **out, size_t *n) MUST_USE;          /* in official order */
enum err body_put(struct work *, const struct body *) MUST_USE;
/* Words of a field as cells and facts show them. */
struct cell body_cell(struct work *, const struct body *, enum body_place);

#endif
