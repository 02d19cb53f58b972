#include "depend/read.h"

const char *const model_part_names[] = {"services", "needs", "suppliers", "threats", "crews", NULL};

static enum err read_parts(struct reading *r)
{
    enum err e = read_crews(r), more = read_threats(r);
    if (e == OK) e = more;
    if (e != OK) return e;
    e = read_services(r);
    if (e != OK || !reading_ok(r)) return e;
    e = read_links(r);
    more = read_hits(r);
    return e != OK ? e : more;
}

/* Temporaries have an arena of their own: they are as large as the model, and gone when it runs. */
enum err model_read(struct work *w, const struct model_files *files, struct model **out)
{
    struct reading r = {.w = w, .t = arena_new(0), .files = files, .faults = w->faults.count};
    r.m = arena_alloc(w->a, sizeof *r.m);
    enum err e = read_parts(&r);
    arena_free(r.t);
    if (e == OK && !reading_ok(&r)) e = INVALID;
    if (e != OK) return e;
    *out = r.m;
    return OK;
}

enum err model_given(struct work *w, const struct args *in, struct model **out)
{
    struct model_files files = {0};
    for (int i = 0; i < MODEL_PARTS; i++) {
        const struct file *f = arg_file(in, model_part_names[i]);
        if (f != NULL) files.file[i] = *f;
        else if (i == PART_SERVICES || i == PART_SUPPLIERS)
            return fault_in(w, INVALID, ((struct where){.field = str_of(model_part_names[i])}),
                            M("the files of services and of suppliers are both wanted: a model has at least these"));
    }
    return model_read(w, &files, out);
}
