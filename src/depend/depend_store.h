/* Models as the store has them. Who sees which is decided in the statements: models of one's reach, and those that are shared, for who
 * may read figures; ties of services to organisations within one's reach where names may be read, and one's own. */
#ifndef MEGURI_DEPEND_DEPEND_STORE_H
#define MEGURI_DEPEND_DEPEND_STORE_H

#include "depend/stored.h"

extern const struct sql_set depend_sql_set;

/* A version with its model; `model` and `named` are not filled. */
struct stored_row {
    struct stored s;
    str hash;
    int64_t services, needs, suppliers;
};
/* number 0: the newest. NOTFOUND without a fault. */
enum err depend_version_find(struct work *w, str code, int64_t number, struct stored_row *out) MUST_USE;
/* The newest versions of all models the actor sees, by the order of their organisations. */
enum err depend_models_all(struct work *w, struct stored_row **out, size_t *n) MUST_USE;
/* All versions of one, the newest first. */
enum err depend_versions_all(struct work *w, int64_t model, struct stored_row **out, size_t *n) MUST_USE;
enum err depend_files_size(struct work *w, int64_t version, int64_t *bytes) MUST_USE; /* of all of them together */
/* The canonical files; absent ones are empty. */
enum err depend_files_of(struct work *w, int64_t version, str bytes[MODEL_PARTS]) MUST_USE;
/* Codes of the services whose organisation the actor may see names of, in order. */
enum err depend_ties_seen(struct work *w, int64_t version, str **out, size_t *n) MUST_USE;

bool depend_code_free(struct work *w, str code, enum err *e); /* no model of anybody has it */
enum err depend_model_add(struct work *w, const struct stored *, int64_t *id) MUST_USE;
enum err depend_model_set(struct work *w, const struct stored *) MUST_USE; /* names, shared, illustration, sources */
/* With its files; hash and counts are the model's. */
enum err depend_version_add(struct work *w, const struct stored *, const str bytes[MODEL_PARTS], int64_t *id) MUST_USE;
enum err depend_ties_copy(struct work *w, int64_t from_version, int64_t to_version) MUST_USE;
enum err depend_ties_add(struct work *w, int64_t version, const str *service, const int64_t *org, size_t n) MUST_USE;

#endif
