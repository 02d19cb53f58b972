/* Changes, one at a time, and what each saves. */
#include "depend/worth.h"

#include <string.h>

#include "depend/rank.h"
#include "depend/table_after.h"

const char *const worth_by_codes[] = {"area", "below", "money"};

/* What happened to a service in a run: a change that touches nothing of it leaves the run as it is. */
enum { SEEN_SHORT = 1, SEEN_DOWN = 2 };

struct weighing {
    struct work *w;
    const struct worth_ask *x;
    struct worth *to;
    uint8_t *seen;                 /* [cases × services] */
    struct worth_figures *of_case; /* without a change */
    uint16_t *verify;
};

static enum err too_long(struct work *w)
{
    return fault(w, INVALID, M("there are more than %1 changes in one run: ask for fewer hours"), str_int(w->a, AFTER_STEPS_MAX));
}

/* What is short from the beginning to the end is in no log, a dip within a minute in no figure: both are asked. */
static void all_seen(const struct net *net, const struct outcome *o, uint8_t *seen)
{
    for (size_t n = 0; n < o->n_steps; n++) seen[o->step[n].service] |= o->step[n].to == 0 ? SEEN_SHORT | SEEN_DOWN : SEEN_SHORT;
    for (uint32_t i = 0; i < net->n_services; i++) {
        if (o->least[i] < LEVEL_FULL) seen[i] |= SEEN_SHORT;
        if (o->least[i] == 0) seen[i] |= SEEN_DOWN;
    }
}

/* seen: [services] or NULL. */
static enum err run_case(struct weighing *k, const struct net *net, size_t i, struct worth_figures *out, uint8_t *seen)
{
    struct arena *a = k->w->a;
    struct arena_mark mark = arena_mark(a);
    const struct scenario *s = &k->x->scenario[i / k->x->runs];
    uint32_t sectors = net->n_sectors;
    struct outcome o = {.lost = arena_array(a, net->n_services, sizeof(int64_t)), .sector_lost = arena_array(a, sectors, sizeof(int64_t)),
                        .least = arena_array(a, net->n_services, sizeof(uint16_t))};
    struct after x = {net, s->begins, &s->until, 1, k->verify, &o, arena_array(a, sectors, sizeof(uint16_t)),
                      arena_array(a, sectors, sizeof(tick)), arena_array(a, sectors, sizeof(tick))};
    if (!after_scenario(a, &x, s, (uint32_t)(i % k->x->runs))) return too_long(k->w);
    *out = (struct worth_figures){.of[WORTH_MONEY] = rank_money(k->x->st->model, o.lost, o.sector_lost)};
    for (uint32_t c = 0; c < sectors; c++) {
        out->of[WORTH_AREA] += o.sector_lost[c];
        out->of[WORTH_BELOW] += x.below[c];
    }
    if (seen != NULL) all_seen(net, &o, seen);
    arena_back(a, mark);
    return OK;
}

/* ---- which changes may make a difference ---- */

static bool is_seen(const struct weighing *k, size_t i, uint32_t service, uint8_t what)
{
    return (k->seen[i * k->x->st->model->net.n_services + service] & what) != 0;
}

/* A need falls short only of a supplier that does; nobody starts who was not down; no crew is waited for where nothing of its class
 * falls short. */
static bool matters(const struct weighing *k, size_t i, const struct whatif *c)
{
    const struct net *net = &k->x->st->model->net;
    if (c->what == CHANGE_BLACK_START) return is_seen(k, i, c->service, SEEN_DOWN);
    for (uint32_t r = c->what == CHANGE_BACKUP ? net->supplier_at[c->need] : 0; c->what == CHANGE_BACKUP && r < net->supplier_at[c->need + 1]; r++)
        if (is_seen(k, i, net->supplier[r].service, SEEN_SHORT)) return true;
    for (uint32_t s = 0; c->what == CHANGE_CREWS && s < net->n_services; s++)
        if (net->service[s].crew == c->crew && is_seen(k, i, s, SEEN_SHORT)) return true;
    return false;
}

static void changes(const struct weighing *k, struct whatif *to, size_t *n)
{
    const struct net *net = &k->x->st->model->net;
    const struct whatif none = {.service = NET_NONE, .sector = NET_NONE, .need = NET_NONE, .crew = NET_NONE};
    *n = 0;
    for (uint32_t i = 0; i < net->n_services; i++)
        for (uint32_t g = net->need_at[i]; g < net->need_at[i + 1]; g++) {
            to[*n] = none;
            to[*n].service = i, to[*n].need = g, to[*n].more = k->x->more;
            to[(*n)++].what = CHANGE_BACKUP;
        }
    for (uint32_t i = 0; i < net->n_services; i++) {
        if (net->service[i].black_start) continue;
        to[*n] = none;
        to[*n].service = i;
        to[(*n)++].what = CHANGE_BLACK_START;
    }
    for (uint32_t c = 0; c < net->n_crews; c++) {
        to[*n] = none;
        to[*n].crew = c, to[*n].number = net->crew[c].number + 1;
        to[(*n)++].what = CHANGE_CREWS;
    }
}

/* ---- the runs ---- */

static enum err begun(struct weighing *k)
{
    struct arena *a = k->w->a;
    const struct model *m = k->x->st->model;
    uint32_t n = m->net.n_services;
    k->to->cases = (uint32_t)k->x->n * k->x->runs;
    if ((int64_t)k->to->cases * n > WORTH_WORK_MAX)
        return fault(k->w, INVALID, M("too much for one view: %1 runs of %2 services. Ask for fewer runs, or for one scenario"),
                     str_int(a, k->to->cases), str_int(a, n));
    k->seen = arena_array(a, (size_t)k->to->cases * n, sizeof *k->seen);
    k->of_case = arena_array(a, k->to->cases, sizeof *k->of_case);
    k->verify = arena_array(a, m->net.n_sectors, sizeof *k->verify);
    for (uint32_t s = 0; s < m->net.n_sectors; s++) k->verify[s] = m->sector[s].verify;
    for (size_t i = 0; i < k->to->cases; i++) {
        enum err e = run_case(k, &m->net, i, &k->of_case[i], k->seen + i * n);
        if (e != OK) return e;
        for (int b = 0; b < WORTH_BYS; b++) k->to->base.of[b] += k->of_case[i].of[b];
    }
    return OK;
}

static enum err affordable(const struct weighing *k, const struct whatif *c, size_t n)
{
    int64_t runs = 0, services = k->x->st->model->net.n_services;
    for (size_t i = 0; i < n; i++)
        for (size_t at = 0; at < k->to->cases; at++) runs += matters(k, at, &c[i]);
    if (runs * services <= WORTH_WORK_MAX) return OK;
    return fault(k->w, INVALID, M("too much for one view: %1 runs of %2 services. Ask for fewer runs, or for one scenario"),
                 str_int(k->w->a, runs), str_int(k->w->a, services));
}

static enum err try_change(struct weighing *k, const struct whatif *c)
{
    struct arena *a = k->w->a;
    struct arena_mark mark = arena_mark(a);
    struct worth_row row = {.change = *c, .place = k->to->n_rows};
    struct stored changed = {0};
    bool differs = false;
    for (size_t i = 0; i < k->to->cases; i++) {
        if (!matters(k, i, c)) continue;
        struct worth_figures now;
        if (changed.model == NULL) scenario_changed(a, k->x->st, &(struct asked_run){.change = c, .n_changes = 1}, &changed);
        enum err e = run_case(k, &changed.model->net, i, &now, NULL);
        if (e != OK) return e;
        for (int b = 0; b < WORTH_BYS; b++) row.saved.of[b] += k->of_case[i].of[b] - now.of[b];
    }
    arena_back(a, mark);
    for (int b = 0; b < WORTH_BYS; b++) differs = differs || row.saved.of[b] != 0;
    if (differs) k->to->row[k->to->n_rows++] = row;
    return OK;
}

static int by_saved(const void *a, const void *b, void *by)
{
    const struct worth_row *x = a, *y = b;
    int64_t p = x->saved.of[*(const enum worth_by *)by], q = y->saved.of[*(const enum worth_by *)by];
    return p != q ? (p < q) - (p > q) : (x->place > y->place) - (x->place < y->place);
}

enum err worth_all(struct work *w, const struct worth_ask *x, struct worth *out)
{
    *out = (struct worth){0};
    struct weighing k = {.w = w, .x = x, .to = out};
    const struct net *net = &x->st->model->net;
    struct whatif *c = arena_array(w->a, (size_t)net->n_needs + net->n_services + net->n_crews, sizeof *c);
    enum err e = begun(&k);
    if (e != OK) return e;
    changes(&k, c, &out->n_changes);
    if ((e = affordable(&k, c, out->n_changes)) != OK) return e;
    out->row = arena_array(w->a, out->n_changes, sizeof *out->row);
    for (size_t i = 0; i < out->n_changes && e == OK; i++) {
        e = try_change(&k, &c[i]);
        if (i % 16 == 0) work_progress(w, M("Runs"), (int64_t)i, (int64_t)out->n_changes);
    }
    enum worth_by by = x->by;
    if (out->n_rows != 0) qsort_r(out->row, out->n_rows, sizeof *out->row, by_saved, &by);
    return e;
}
