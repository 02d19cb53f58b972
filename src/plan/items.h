/* Items as files and forms write them: a row of texts for each, in columns of a fixed order (README.md says each). */
#ifndef MEGURI_PLAN_ITEMS_H
#define MEGURI_PLAN_ITEMS_H

#include "plan/plan_store.h"

enum { PLAN_FILE_MAX = 64 << 20, PLAN_KEY_MAX = 64 }; /* bytes */

enum plan_column {
    COL_KIND, COL_KEY, COL_LEVEL, COL_CODE, COL_TITLE_JA, COL_TITLE_EN, COL_TEXT_JA, COL_TEXT_EN, COL_RELISTS, COL_AREA, COL_OWNERS,
    COL_LEAD, COL_MILESTONES, COL_LINKS, COL_FLAG, PLAN_COLUMNS
};
extern const char *const plan_columns[]; /* "kind" …; ends with NULL */

/* One row, and where it stands, for faults. */
struct plan_cells {
    str cell[PLAN_COLUMNS];
    str file;
    int64_t row;
    const ptrdiff_t *at; /* column of the file, from 0, by plan_column; NULL: fields of a form, field.title_ja */
};
struct where cells_where(struct work *w, const struct plan_cells *, enum plan_column);

/* ---- items_words.c: an item and its row; pure but for the faults noted ---- */
/* Texts are in the arena; what a column does not hold is empty. level: what the item would have if its row did not say. */
void cells_of_item(struct arena *, const struct plan_item *, int64_t level, struct plan_cells *out);
/* Notes every fault of the row by itself. A level that is not said is 0, a key that is not said empty: items_complete. */
enum err item_of_cells(struct work *w, const struct owners *, const struct plan_cells *, struct plan_item *out) MUST_USE;
str owners_text(struct arena *, const struct plan_item *);     /* codes parted by blanks */
str lead_text(const struct plan_item *);                       /* the code marked; empty: none */
str milestones_text(struct arena *, const struct plan_item *, str between); /* between: " | ", or a line end */
str links_text(struct arena *, const struct plan_item *, str between);

/* ---- items.c: of all items of an edition ---- */
/* Where the rows stood, for faults; row NULL: made by no file. */
struct items_from {
    str file;
    const int64_t *row;
    const ptrdiff_t *at;
};
/* Gives the levels and keys that were not said, then looks at all: keys twice, levels that jump, what is told again,
 * areas (`areas` are those of the basic plan; where neither it nor the edition has any, any code is taken). Every fault is
 * noted. */
enum err items_complete(struct work *w, const struct items_from *, const str *areas, size_t n_areas, struct plan_item *,
                        size_t n) MUST_USE;
int64_t items_level_below(const struct plan_item *, ptrdiff_t before); /* of what is no heading and stands behind that place */
/* By key. */
struct plan_index {
    const struct plan_item *items;
    const size_t *order;
    size_t n;
};
struct plan_index plan_index(struct arena *, const struct plan_item *, size_t n);
ptrdiff_t plan_index_find(const struct plan_index *, str key); /* place; -1 */

/* ---- items_file.c: CSV and workbooks ---- */
enum err plan_items_read(struct work *w, const struct file *, const struct owners *, const str *areas, size_t n_areas,
                    struct plan_item **out, size_t *n) MUST_USE;
enum err plan_items_csv(struct work *w, const struct plan_item *, size_t n, struct bytes_out *out) MUST_USE;
enum err plan_items_xlsx(struct work *w, str title, const struct plan_item *, size_t n, struct bytes_out *out) MUST_USE;

#endif
