/* plan export, plan workbook: the items of an edition, to be imported again. */
#include "plan/acts.h"
#include "plan/items.h"

typedef enum err write_fn(struct work *, str title, const struct plan_item *, size_t, struct bytes_out *);

static enum err written(struct work *w, const struct args *in, struct bytes_out *out, write_fn *write)
{
    struct plan p;
    struct plan_item *items;
    size_t n;
    enum err e = plan_wanted(w, in, &p);
    if (e == OK) e = plan_items(w, p.edition, WITH_ALL, &items, &n);
    return e == OK ? write(w, lang_pick(out->lang, p.title_ja, p.title_en), items, n, out) : e;
}

static enum err as_csv(struct work *w, str title, const struct plan_item *items, size_t n, struct bytes_out *out)
{
    (void)title;
    return plan_items_csv(w, items, n, out);
}

enum err plan_file_export(struct work *w, const struct args *in, struct bytes_out *out) { return written(w, in, out, as_csv); }

enum err plan_file_workbook(struct work *w, const struct args *in, struct bytes_out *out)
{
    return written(w, in, out, plan_items_xlsx);
}
