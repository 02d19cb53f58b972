/* What search finds by: names and texts folded, kept beside the truth by whoever writes it.
 *
 * Organisations and clauses are few: their folded text is stored as it is and read through. A million people are
 * found by lists: for every two neighbouring characters of a name ("高橋", "橋花", "花子", "子 "), and for every word of
 * Latin letters or digits, who has it. So a word of two characters is one list, a word of one character a short range
 * of them, and the beginning of a Latin word a range as well. */
#ifndef MEGURI_ACCESS_FOLD_H
#define MEGURI_ACCESS_FOLD_H

#include "store/store.h"

/* ---- keeping it current: inside the transaction that changed the truth ---- */

enum err fold_orgs(struct work *w) MUST_USE;                     /* after organisations or their names changed */
enum err fold_clauses(struct work *w, int64_t edition) MUST_USE; /* after its clauses changed */
enum err fold_last_person(struct work *w, int64_t *id) MUST_USE; /* before people are added … */
enum err fold_people_after(struct work *w, int64_t id) MUST_USE; /* … and after: those with a later id */
enum err fold_people(struct work *w, const int64_t *ids, size_t n) MUST_USE; /* these; ids in ascending order */
enum err fold_all(struct work *w) MUST_USE;                      /* everything anew */

/* ---- asking ---- */

/* Folded (base/utf8.h), and without the blanks between characters that are not ASCII: 高橋 花子 is found as 高橋花子. */
str fold_words(struct arena *, str);

/* The lists in which everyone stands whose name has the word: from ≤ gram ≤ to, each bound at most FOLD_BOUND bytes. */
enum { FOLD_GRAM = 24, FOLD_BOUND = FOLD_GRAM + 4, FOLD_KEYS = 8 };
struct fold_key {
    str from, to;
};
/* How many keys the word has; 0 when the lists say nothing of it (no letter; of a code, perhaps). */
size_t fold_keys(struct arena *, str word, struct fold_key keys[FOLD_KEYS]);

/* Everyone in the lists of the key; the same one may come twice. */
typedef void fold_fn(void *to, int64_t org, int64_t person);
enum err fold_each(struct work *w, const struct fold_key *, fold_fn *, void *to) MUST_USE;

enum fold_kind { FOLD_ORG = 1, FOLD_CLAUSE = 2 };

/* ---- the lists: pure ---- */

typedef void gram_fn(void *to, str gram);
void fold_grams(str folded, gram_fn *, void *to);

struct fold_lists;
struct fold_lists *fold_lists_new(struct arena *);
/* People in ascending order of ids. */
void fold_lists_add(struct fold_lists *, str folded, uint32_t org, uint32_t person);
size_t fold_lists_entries(const struct fold_lists *);
/* Every gram in order of its bytes with its list; stops at the first err. */
typedef enum err list_fn(void *to, str gram, str list);
enum err fold_lists_each(struct fold_lists *, list_fn *, void *to) MUST_USE;
/* False when the bytes are no list. */
bool fold_list_read(str list, fold_fn *, void *to);

extern const struct sql_set fold_sql_set;

#endif
