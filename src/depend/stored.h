/* A model as it is kept, to the acting person: which version, and what of it they see by name. */
#ifndef MEGURI_DEPEND_STORED_H
#define MEGURI_DEPEND_STORED_H

#include "depend/model.h"

struct stored {
    int64_t id, version;   /* row ids; version 0: of files, nothing is kept */
    int64_t number, newest;
    str code, ja, en, note, origin, by_whom, source_ja, source_en, org, org_ja, org_en;
    int64_t made, org_id, org_lo;
    bool shared, illustration;
    bool mine;             /* the actor may change it */
    str files;             /* of files: their options, " --services F --suppliers F", for the command that gives a run again */
    struct model *model;
    bool *named;           /* [services]: the actor may see it by name, and its figures. Services of no organisation: all may; of an
                            * organisation: who reads names, manages or audits there. NULL: all of them */
};
/* By parameters "model" and "version" (absent: the newest), or from files (model_given), not both; with neither, the first model that the
 * actor sees. Faults as they come;
 * NOTFOUND the same whether a model is absent or out of reach. A view begins with this, and says what it ran on with stored_told. */
#define MODEL_PARAMS                                                                                                                \
    {"model", P_CODE, 0, NULL, NULL, N("the model, by its code"), "depend models"},                                                 \
        {"version", P_INT, RARE, NULL, NULL, N("its version; without it, the newest")}
#define MODEL_FILE_PARAMS                                                                                                           \
    {"services", P_FILE, 0, NULL, NULL, N("instead of a model: its services, as CSV")}, MODEL_OTHER_FILE_PARAMS
#define MODEL_OTHER_FILE_PARAMS                                                                                                     \
        {"needs", P_FILE, 0, NULL, NULL, N("their needs")}, {"suppliers", P_FILE, 0, NULL, NULL, N("who meets them")},              \
        {"threats", P_FILE, 0, NULL, NULL, N("threats")}, {"crews", P_FILE, 0, NULL, NULL, N("crews that repair")}
enum err stored_asked(struct work *w, const struct args *, struct stored *out) MUST_USE;
/* The same with all that stands in it, for acts that write it again: codes of needs and selectors of threats that name a service which the
 * actor does not see by name are still in it, so what is told of it goes through stored_service_cell and stored_need_cell alone. */
enum err stored_whole(struct work *w, const struct args *, struct stored *out) MUST_USE;
struct cell stored_need_cell(const struct stored *, uint32_t need);
uint32_t stored_need_find(const struct stored *, uint32_t service, str code); /* by the code that the actor was told; NET_NONE */
/* Is there room for so many runs of it, one beside the other? INVALID with a fault, where a page has less: the command line and kept runs
 * have what the machine has. */
enum err stored_fits(struct work *w, const struct stored *, unsigned runs) MUST_USE;
bool stored_named(const struct stored *, uint32_t service);
/* Its code and names; what the actor may not see by name is "a service of an operator" of its sector, the same for all of them. */
struct cell stored_service_cell(const struct stored *, uint32_t service);
/* A service by its code: NOTFOUND with a fault, the same for one the actor does not see by name. */
enum err stored_service(struct work *w, const struct stored *, str code, uint32_t *out) MUST_USE;
/* Which model, version and hash, and that it is an illustration: facts and notes at the end of a view. */
void stored_told(const struct stored *, struct doc *);

#endif
