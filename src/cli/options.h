/* The words of a command, understood: globals, room, entry, and what is given to it. */
#ifndef MEGURI_CLI_OPTIONS_H
#define MEGURI_CLI_OPTIONS_H

#include "face/face.h"

struct global {
    const char *name;
    bool takes_value;
    str help; /* message id */
};
extern const struct global globals[]; /* ends with name NULL */

struct options {
    str db, as, out;
    enum lang lang;
    const struct format *format;
    bool format_given, dry_run, help, version;
    const struct room *room;   /* NULL: none named */
    const struct entry *entry; /* NULL: none named */
    struct given *given;
    size_t n_given;
};
/* INVALID with faults for what the command line does not know; *out then has what was understood so far, so that the
 * complaint comes in the language and the format asked for. Files are opened here. */
enum err options_parse(struct work *w, int argc, char *const *argv, struct options *out) MUST_USE;

/* The nearest of the names, for "did you mean"; empty when none is near. */
struct nearest {
    str typed, best;
    size_t distance;
};
void nearest_try(struct nearest *, str name);

#endif
