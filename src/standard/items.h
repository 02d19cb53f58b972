/* The rows an edition is made of, all of one shape: sections, clauses, questions, mappings, adoptions.
 *
 * A row is a handful of texts whose names stand in a table (struct what). So reading and writing CSV, comparing what is
 * with what comes, and showing the difference are each written once. Inside the room only; others read standard.h. */
#ifndef MEGURI_STANDARD_ITEMS_H
#define MEGURI_STANDARD_ITEMS_H

#include "base/lang.h"
#include "format/csv.h"
#include "standard/standard.h"

enum { ITEM_FIELDS = 12, STANDARD_FILE_MAX = 64 << 20, NUMBER_MAX = 64, CHECK_MAX = 255, TEXT_MAX = 64 << 10, CHANGES_SHOWN = 1000 };

enum field_flag {
    FIELD_WORDING = 1,  /* where it is empty it may be filled in even after the edition was decided */
    FIELD_OPTIONAL = 2, /* the column may be missing; written only where some row has it */
    FIELD_HIDDEN = 4,   /* never in CSV */
};
struct field {
    const char *name;
    unsigned flags;
};
struct what {
    str name;
    size_t keys;  /* the first so many fields name a row */
    bool ordered; /* the order of rows is the order of the edition */
    bool lasting; /* part of the edition, which does not change once decided */
    struct field field[ITEM_FIELDS + 1];
};
/* Fields in the order of the tables below. */
enum { EDITION_CODE, EDITION_CATALOGUE, EDITION_TITLE_JA, EDITION_TITLE_EN, EDITION_EFFECTIVE, EDITION_EXTRA };
enum { SECTION_CODE, SECTION_PARENT, SECTION_TITLE_JA, SECTION_TITLE_EN, SECTION_EXTRA };
enum {
    CLAUSE_NUMBER,
    CLAUSE_SECTION,
    CLAUSE_PARENT,
    CLAUSE_LEVEL,
    CLAUSE_DUTY,
    CLAUSE_NO_OCCASION,
    CLAUSE_TEXT_JA,
    CLAUSE_TEXT_EN,
    CLAUSE_TITLE_JA,
    CLAUSE_TITLE_EN,
    CLAUSE_EXTRA,
};
enum {
    QUESTION_CODE,
    QUESTION_DUTY,
    QUESTION_RULE,
    QUESTION_CLAUSES,
    QUESTION_TEXT_JA,
    QUESTION_TEXT_EN,
    QUESTION_EXAMPLE_JA,
    QUESTION_EXAMPLE_EN,
    QUESTION_HELP_JA,
    QUESTION_HELP_EN,
};
enum { CHECK_CLAUSE, CHECK_NAME };
enum { MAPPING_FROM, MAPPING_TO, MAPPING_KIND, MAPPING_REASON_JA, MAPPING_REASON_EN };
enum {
    ADOPTION_ORG,
    ADOPTION_CLAUSE,
    ADOPTION_ADOPTED,
    ADOPTION_DATE,
    ADOPTION_BY,
    ADOPTION_REASON_JA,
    ADOPTION_REASON_EN,
};
extern const struct what what_edition, what_sections, what_clauses, what_questions, what_mapping, what_adoptions,
    what_checks;

struct item {
    int64_t id;
    str f[ITEM_FIELDS];
    unsigned weak; /* bit i: f[i] is for a row not there yet; one that is keeps its own */
    int64_t row;   /* in the file it came from */
    str path;      /* in a JSON file; empty for a row of a table */
};
struct items {
    const struct what *what;
    struct item *v;
    size_t n, room;
    str file;                    /* for faults; empty when read from the store */
    int64_t column[ITEM_FIELDS]; /* as a spreadsheet numbers them; 0: absent */
};

struct items items_of(const struct what *);
struct item *items_add(struct arena *, struct items *); /* a new empty one; earlier pointers may move */
size_t what_fields(const struct what *);
str item_name(struct arena *, const struct what *, const struct item *); /* its key as shown */
struct where item_where(const struct items *, const struct item *, size_t field);

/* Rows by key. Among equal keys the first one in order. */
struct index {
    const struct items *items;
    size_t *at;
};
struct index items_index(struct arena *, const struct items *);
struct item *index_find(const struct index *, const str *keys); /* NULL when absent */
struct item *index_find1(const struct index *, str key);

/* ---- CSV (items_csv.c) ---- */
enum err items_read(struct work *w, const struct what *, const struct file *, struct items *out) MUST_USE;
void items_write(struct buf *, const struct items *);

/* ---- what would change (merge.c) ---- */
struct change {
    str action, key, field, old, new; /* action: added, changed, removed */
};
struct merged {
    struct items items; /* as they will stand, in order; ids of those that exist */
    struct items removed;
    struct change *change;
    size_t n_changes, room;
    int64_t added, changed, unchanged;
    bool *touched; /* items[i] differs from what is stored, by content or by place */
};
/* Rows that come by key to rows that are. When all of those that are come again, or with `replace` (what does not come
 * is taken out), the order is that of the file; else the new ones stand at the end. decided: every change but wording
 * filled in where there was none is noted as a fault. */
enum err items_merge(struct work *w, const struct items *old, const struct items *new, bool replace, bool decided,
                     struct merged *out) MUST_USE;

/* ---- checks (check.c): every fault found is noted; OK when there were none ---- */
struct duties {
    const str *code; /* in order of code */
    size_t n;
};
enum err check_keys(struct work *w, const struct items *new) MUST_USE; /* present, of a good form, none twice */
/* Over the rows as they will stand. */
enum err check_sections(struct work *w, const struct items *) MUST_USE;
enum err check_clauses(struct work *w, const struct items *, const struct items *sections,
                       const struct duties *) MUST_USE;
/* Puts the numbers each question serves into the order of the edition. */
void questions_order(struct work *w, struct items *questions, const struct items *clauses);
enum err check_questions(struct work *w, const struct items *, const struct items *clauses,
                         const struct duties *) MUST_USE;
enum err check_mapping(struct work *w, const struct items *, const struct items *from, const struct items *to,
                       bool to_the_letter) MUST_USE;
enum err check_adoptions(struct work *w, const struct items *, const struct items *clauses) MUST_USE;
enum err check_checks(struct work *w, const struct items *, const struct items *clauses) MUST_USE;
bool words_next(str *rest, str *word); /* the next of several words between blanks */

/* ---- comparing two editions (compare.c) ---- */
/* By number and text, for editions without a mapping between them: rows as a mapping file would hold them. */
struct items compare_by_number(struct arena *, const struct items *from, const struct items *to);
/* "level basic → enhanced" and the like; empty when nothing but the wording differs. */
str clause_changes(struct arena *, enum lang, const struct item *from, const struct item *to);
bool clause_same(const struct item *from, const struct item *to); /* level, duty, no occasion */

#endif
