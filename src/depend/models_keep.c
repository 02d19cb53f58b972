/* A model becomes a version that is kept: its canonical files, and its services' ties to organisations. */
#include "depend/depend_store.h"
#include "depend/models.h"
#include "depend/read.h"

/* ---- organisations named by services ---- */

/* The organisations of a model are few beside its services. */
struct known_org {
    str code;
    int64_t id; /* 0: not within reach */
};
struct known_orgs {
    struct known_org *all;
    size_t n, room;
};

static int64_t org_id(struct work *w, struct known_orgs *k, str code)
{
    for (size_t i = 0; i < k->n; i++)
        if (str_eq(k->all[i].code, code)) return k->all[i].id;
    const struct faults before = w->faults;
    struct org org;
    bool is = org_find(w, code, &org) == OK;
    w->faults = before; /* the caller says it, with the row */
    k->all = arena_more(w->a, k->all, k->n, &k->room, sizeof *k->all);
    k->all[k->n++] = (struct known_org){code, is ? org.id : 0};
    return is ? org.id : 0;
}

enum err models_orgs_known(struct work *w, const struct file *services, const struct model *m)
{
    struct csv *csv;
    struct known_orgs known = {0};
    int64_t before = w->faults.count;
    if (m->given == 0) return OK;
    enum err e = csv_open(w, services->name, services->bytes, CSV_DETECT, &csv);
    if (e != OK) return e;
    ptrdiff_t at = csv_column(csv, S("org"));
    while (at >= 0 && csv_next(csv)) {
        str code = str_trim(csv_cell(csv, (size_t)at));
        if (code.n != 0 && org_id(w, &known, str_dup(w->a, code)) == 0)
            fault_in(w, NOTFOUND, csv_where(csv, (size_t)at), M("there is no organisation '%1' within your reach"), code);
    }
    return w->faults.count == before ? OK : NOTFOUND;
}

static enum err ties_add(struct work *w, const struct stored *s, int64_t version)
{
    const struct model *m = s->model;
    struct known_orgs known = {0};
    str *service = arena_array(w->a, (size_t)m->given + 1, sizeof *service);
    int64_t *org = arena_array(w->a, (size_t)m->given + 1, sizeof *org);
    size_t n = 0;
    for (uint32_t i = 0; i < m->net.n_services; i++) {
        if (m->service[i].org.n == 0) continue;
        service[n] = m->code[i];
        org[n++] = org_id(w, &known, m->service[i].org);
        if (org[n - 1] == 0) return fault(w, NOTFOUND, M("there is no organisation '%1' within your reach"), m->service[i].org);
    }
    return depend_ties_add(w, version, service, org, n);
}

/* ---- keeping ---- */

static enum err not_too_large(struct work *w, const struct model *m)
{
    size_t hits = 0;
    for (size_t i = 0; i < m->n_threats; i++) hits += m->threat[i].strike.n;
    if (m->net.n_services > MODEL_STORED_SERVICES_MAX)
        return fault(w, INVALID, M("a model that is kept has at most %1 services; on larger ones `depend run` runs from files"),
                     str_int(w->a, MODEL_STORED_SERVICES_MAX));
    if (m->net.n_suppliers > MODEL_STORED_SUPPLIERS_MAX)
        return fault(w, INVALID, M("a model that is kept has at most %1 rows of suppliers; on larger ones `depend run` runs from files"),
                     str_int(w->a, MODEL_STORED_SUPPLIERS_MAX));
    if (hits > MODEL_STORED_HITS_MAX)
        return fault(w, INVALID, M("together the threats hit more than %1 services"), str_int(w->a, MODEL_STORED_HITS_MAX));
    return OK;
}

enum err models_keep(struct work *w, struct stored *s, int64_t before)
{
    str bytes[MODEL_PARTS];
    enum err e = not_too_large(w, s->model);
    if (e == OK) e = model_written(w, s->model, bytes);
    if (e == OK) e = depend_version_add(w, s, bytes, &s->version);
    if (e != OK) return e;
    return before != 0 ? depend_ties_copy(w, before, s->version) : s->model->given == 0 ? OK : ties_add(w, s, s->version);
}
