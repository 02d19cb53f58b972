#include "surface/shipped.h"

#include "base/embed.h"

str shipped_codes(struct arena *a, str folder)
{
    struct buf b = buf_in(a);
    for (const struct embedded *f = embedded_files; f->path != NULL; f++) {
        str path = str_of(f->path);
        if (!str_starts(path, folder) || !str_ends(path, S(".csv"))) continue;
        if (b.n != 0) buf_byte(&b, ' ');
        buf_add(&b, str_sub(path, folder.n, path.n - S(".csv").n));
    }
    return buf_str(&b);
}

enum err shipped_or_given(struct work *w, const struct args *in, const struct shipped *s, str *name, str *bytes)
{
    const struct file *file = arg_file(in, "file");
    str code = arg_text(in, s->param);
    if ((file == NULL) == (code.n == 0))
        return fault_in(w, INVALID, ((struct where){.field = S("file")}), s->neither, shipped_codes(w->a, s->folder));
    if (file != NULL) {
        *name = file->name;
        *bytes = file->bytes;
        return OK;
    }
    *name = str_fmt(w->a, "%.*s%.*s.csv", STR_ARG(s->folder), STR_ARG(code));
    if (embedded_find(*name, bytes)) return OK;
    return fault_in(w, NOTFOUND, ((struct where){.field = str_of(s->param)}), s->unknown, code, shipped_codes(w->a, s->folder));
}
