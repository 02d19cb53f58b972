/* Published texts as strangers give them, and the plan's text that fills their titles (behind a line of "=="): read to
 * the end or refused with a place. What is read is whole: every line is a row, a heading, a legend, a head or not
 * recognised. */
#include <stdlib.h>

#include "base/utf8.h"
#include "fuzz.h"
#include "plan/published.h"

static void check(bool good)
{
    if (!good) abort();
}

static bool good(str s) { return utf8_bad(s) == s.n; }

static void check_row(struct work *w, const struct published *p, const struct published_row *r)
{
    const str *name;
    check(r->line > 0 && good(r->title) && good(r->owners) && good(r->text) && good(r->code) && good(r->plan_text));
    check(r->title.n <= PUBLISHED_TITLE_MAX && r->status >= 0 && r->status <= PUBLISHED_STATUSES);
    check((r->kind == PUBLISHED_MEASURE) == (r->status != 0));
    check((r->kind == PUBLISHED_HEADING) == (r->no == 0) && r->no <= PUBLISHED_NUMBER_MAX);
    for (int i = 0; i < PUBLISHED_LEVELS; i++) {
        check(r->path[i] < (ptrdiff_t)p->n);
        check(r->path[i] < 0 || (p->row[r->path[i]].kind == PUBLISHED_HEADING && p->row[r->path[i]].level == i + 1));
    }
    size_t n = published_names(w->a, r->owners, &name);
    for (size_t i = 0; i < n; i++) check(name[i].n > 0 && good(name[i]));
}

static void check_all(struct work *w, const struct published *p)
{
    size_t measures = 0;
    for (size_t i = 0; i < p->n; i++) {
        check_row(w, p, &p->row[i]);
        check(i == 0 || p->row[i].line > p->row[i - 1].line);
        measures += p->row[i].kind == PUBLISHED_MEASURE;
    }
    check(measures == p->measures && measures > 0);
    for (size_t i = 0; i < p->n_flags; i++) check(p->flag[i].row < p->n && p->flag[i].defect < DEFECTS);
    for (size_t i = 0; i < p->n_cites; i++) check(p->cite[i].row < p->n && p->cite[i].body.n > 0);
    for (size_t i = 0; i < p->n_unknown; i++) check(p->unknown[i].line > 0 && p->unknown[i].text.n > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct work w = {.a = arena_new(0)};
    struct published p = {0};
    struct plan_text t = {0};
    str all = {(const char *)bytes, n};
    ptrdiff_t at = str_find(all, S("\n==\n"));
    str first = at < 0 ? all : str_sub(all, 0, (size_t)at), second = at < 0 ? all : str_sub(all, (size_t)at + 4, n);
    enum err e = published_read(&w, S("fuzz"), first, &p);
    check(e == work_err(&w));
    if (e == OK) check_all(&w, &p);
    w.faults = (struct faults){0};
    enum err f = plan_text_read(&w, S("fill"), second, &t);
    check(f == work_err(&w) && (f != OK || t.n > 0));
    for (size_t i = 0; i < t.n; i++)
        check(good(t.item[i].title) && good(t.item[i].text) && good(t.item[i].owners) && t.item[i].owners.n > 0);
    if (e == OK && f == OK) {
        const size_t *unused;
        size_t left;
        published_fill(w.a, &p, &t, &unused, &left);
        check(left <= t.n);
        check_all(&w, &p);
    }
    arena_free(w.a);
    return 0;
}
