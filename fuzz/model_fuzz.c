/* The five files of a model, one after the other, parted by a line "%%": what is read is a network without faults, and its canonical files are
 * read again as the same bytes; what is refused is said. */
#include <stdlib.h>
#include <string.h>

#include "depend/model.h"
#include "fuzz.h"

static void check(bool good)
{
    if (!good) abort();
}

static void part(str all, struct model_files *to)
{
    static const str between = S_INIT("%%\n");
    for (int i = 0; i < MODEL_PARTS && all.p != NULL; i++) {
        ptrdiff_t at = str_find(all, between);
        str bytes = at < 0 ? all : str_sub(all, 0, (size_t)at);
        if (bytes.n != 0) to->file[i] = (struct file){.name = str_of(model_part_names[i]), .bytes = bytes};
        all = at < 0 ? (str){0} : str_sub(all, (size_t)at + between.n, all.n);
    }
}

static void written_again(struct work *w, struct model *m)
{
    str first[MODEL_PARTS], second[MODEL_PARTS];
    struct model_files files = {0};
    struct model *again = NULL;
    check(model_written(w, m, first) == OK);
    for (int i = 0; i < MODEL_PARTS; i++)
        if (first[i].n != 0) files.file[i] = (struct file){.name = str_of(model_part_names[i]), .bytes = first[i]};
    check(model_read(w, &files, &again) == OK && model_written(w, again, second) == OK);
    for (int i = 0; i < MODEL_PARTS; i++) check(str_eq(first[i], second[i]));
    check(str_eq(m->hash, again->hash));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct work w = {.a = arena_new(0)};
    struct model_files files = {0};
    struct model *m = NULL;
    part((str){(const char *)bytes, n}, &files);
    enum err e = model_read(&w, &files, &m);
    check((e == OK) == (w.faults.count == 0) && (e == OK) == (m != NULL));
    if (e == OK) {
        check(net_fault(&m->net) == NULL);
        written_again(&w, m);
    }
    arena_free(w.a);
    return 0;
}
