#include "inspect/device_filter.h"

#include "inspect/bulk_store.h"

struct tagging {
    struct work *w;
    struct device_filter *f;
};

static enum err add_tagged(void *to, int64_t respondent)
{
    struct tagging *t = to;
    int64_t **id = &t->f->tag[t->f->n_tags].id;
    size_t *n = &t->f->tag[t->f->n_tags].n, *room = &t->f->tag[t->f->n_tags].room;
    *id = arena_more(t->w->a, *id, *n, room, sizeof **id);
    (*id)[(*n)++] = respondent;
    return OK;
}

static enum err load_tag(struct work *w, const struct round *r, str text, struct device_filter *f)
{
    struct where where = {.field = S("tag")};
    ptrdiff_t at = str_find(text, S("="));
    str key = at < 0 ? (str){0} : str_trim(str_sub(text, 0, (size_t)at));
    str value = at < 0 ? (str){0} : str_trim(str_sub(text, (size_t)at + 1, text.n));
    if (key.n == 0 || value.n == 0 || key.n > TAG_KEY_MAX || value.n > TAG_VALUE_MAX)
        return fault_in(w, INVALID, where, M("'%1' is no tag: write key and value, such as network=LAN"), text);
    if (f->n_tags == TAGS_MAX)
        return fault_in(w, INVALID, where, M("at most %1 tags at once"), str_int(w->a, TAGS_MAX));
    struct tagging t = {w, f};
    enum err e = devices_tagged(w, r->id, key, value, add_tagged, &t);
    f->n_tags++;
    return e;
}

static enum err load_tags(struct work *w, const struct args *in, const struct round *r, struct device_filter *f,
                          struct buf *words)
{
    const struct arg **tag = arena_array(w->a, in->n + 1, sizeof *tag);
    size_t n = arg_all(in, "tag", tag, in->n);
    for (size_t i = 0; i < n; i++) {
        str text = str_trim(tag[i]->text);
        if (text.n == 0) continue; /* a field of a form that was left empty */
        enum err e = load_tag(w, r, text, f);
        if (e != OK) return e;
        buf_fmt(words, "%s%.*s", words->n == 0 ? "" : " ", STR_ARG(text));
    }
    return OK;
}

enum err device_filter_load(struct work *w, const struct args *in, const struct round *r, struct device_filter *out)
{
    const struct org *org = arg_org(in, "org");
    ptrdiff_t node = org == NULL ? 0 : round_node(r, org->id);
    struct device_filter f = {.everywhere = org == NULL, .kind = arg_text(in, "kind")};
    struct buf words = buf_in(w->a);
    if (node < 0) return fault(w, NOTFOUND, M("'%1' is not in the frame of round '%2'"), org->code, r->code);
    f.node = (size_t)node;
    if (org != NULL) buf_fmt(&words, "org=%.*s", STR_ARG(org->code));
    if (f.kind.n != 0) buf_fmt(&words, "%skind=%.*s", words.n == 0 ? "" : " ", STR_ARG(f.kind));
    enum err e = load_tags(w, in, r, &f, &words);
    if (e != OK) return e;
    f.words = buf_str(&words);
    *out = f;
    return OK;
}

bool device_filter_has(const struct device_filter *f, int64_t respondent, str kind)
{
    if (f->kind.n != 0 && !str_eq(f->kind, kind)) return false;
    for (size_t t = 0; t < f->n_tags; t++) {
        size_t lo = 0, hi = f->tag[t].n;
        while (lo < hi) {
            size_t mid = (lo + hi) / 2;
            if (f->tag[t].id[mid] < respondent) lo = mid + 1;
            else hi = mid;
        }
        if (lo == f->tag[t].n || f->tag[t].id[lo] != respondent) return false;
    }
    return true;
}
