/* Needs and suppliers. Rows of suppliers come in any order: they are put to their services, and there to their needs, by counting, so that
 * the order of rows stays. What is found wrong only then is looked up again in the file, for its row. */
#include <string.h>

#include "depend/read_links.h"

enum { N_SERVICE, N_NEED, N_JA, N_EN, N_RULE, N_ENOUGH, N_STRENGTH, N_BUFFER, N_RECHARGE };
static const struct csv_shape need_shape = {
    (const char *const[]){"service", "need", NULL},
    (const char *const[]){"ja", "en", "rule", "enough", "strength", "buffer", "recharge", NULL}};
enum { S_SERVICE, S_SUPPLIER, S_NEED, S_TYPE, S_DELAY, S_WEIGHT, S_THRESHOLD };
static const struct csv_shape supplier_shape = {(const char *const[]){"service", "supplier", NULL},
                                                (const char *const[]){"need", "type", "delay", "weight", "threshold", NULL}};

/* Rows are mostly sorted by service: the one before, or the next, is tried first. */
static uint32_t service_near(const struct reading *r, str code, uint32_t before)
{
    if (str_eq(r->code[before], code)) return before;
    return before + 1 < r->n && str_eq(r->code[before + 1], code) ? before + 1 : NET_NONE;
}

/* ---- needs ---- */

static void rule_of(const struct table *t, struct net_need *to)
{
    str s = table_cell(t, N_RULE);
    int64_t k = 0, enough = 0;
    to->rule = str_eq(s, S("share")) ? NEED_SHARE : NEED_COUNT;
    if (str_eq(s, S("any"))) to->k = K_ANY;
    else if (s.n == 0 || str_eq(s, S("all")) || to->rule == NEED_SHARE) to->k = K_ALL;
    else if (str_to_int(s, &k) && k >= 1 && k <= MODEL_SUPPLIERS_OF_NEED_MAX) to->k = (uint32_t)k;
    else table_fault(t, N_RULE, M("'%1' is no rule: all, any, share, or a number of suppliers from 1 to %2"),
                     str_int(t->w->a, MODEL_SUPPLIERS_OF_NEED_MAX));
    table_number(t, N_ENOUGH, 1, ENOUGH_MAX, &enough);
    if (enough != 0 && to->rule == NEED_COUNT) table_fault(t, N_ENOUGH, M("'%1' is for the rule share alone: leave it empty"), S(""));
    else if (enough != 0) to->k = (uint32_t)enough;
}

static void need_row(struct links *l, struct table *t)
{
    str code, owner = table_cell(t, N_SERVICE);
    struct given_need g = {.need = {.strength = LEVEL_FULL}, .row = (uint32_t)csv_row(t->csv)};
    g.service = service_near(l->r, owner, l->last);
    if (g.service == NET_NONE) g.service = read_codes_find(&l->r->by_code, owner);
    if (g.service == NET_NONE) table_fault(t, N_SERVICE, M("there is no service '%1' in the file of services"), S(""));
    if (!table_code(t, N_NEED, &code) || g.service == NET_NONE) return;
    l->last = g.service;
    rule_of(t, &g.need);
    table_share(t, N_STRENGTH, &g.need.strength);
    table_span(t, N_BUFFER, &g.need.buffer);
    table_time(t, N_RECHARGE, &g.need.recharge);
    g.words.code = table_kept(t, code);
    g.words.ja = table_name(t, N_JA, g.words.code, MODEL_NAME_MAX);
    g.words.en = table_name(t, N_EN, g.words.code, MODEL_NAME_MAX);
    l->given[l->n_given++] = g;
}

/* By service, stable. */
static void sort_given(struct links *l)
{
    size_t n = l->r->n;
    bool sorted = true;
    l->given_at = arena_array(l->r->t, n + 2, sizeof *l->given_at);
    for (size_t i = 0; i < l->n_given; i++) {
        l->given_at[l->given[i].service + 1]++;
        sorted &= i == 0 || l->given[i - 1].service <= l->given[i].service;
    }
    for (size_t i = 0; i < n; i++) l->given_at[i + 1] += l->given_at[i];
    if (sorted) return;
    struct given_need *to = arena_array(l->r->t, l->n_given, sizeof *to);
    for (size_t i = 0; i < l->n_given; i++) to[l->given_at[l->given[i].service]++] = l->given[i];
    memmove(l->given_at + 1, l->given_at, n * sizeof *l->given_at);
    l->given_at[0] = 0;
    l->given = to;
}

static enum err given_needs(struct links *l)
{
    struct table t;
    const struct file *f = &l->r->files->file[PART_NEEDS];
    if (f->name.n != 0) {
        enum err e = table_open(l->r->w, f, &need_shape, &t);
        if (e != OK) return e;
        size_t most = rows_at_most(f->bytes);
        if (most > MODEL_SUPPLIERS_MAX + 1)
            return fault_in(l->r->w, INVALID, ((struct where){.file = f->name}), M("more than %1 needs"), str_int(l->r->w->a, MODEL_SUPPLIERS_MAX));
        l->given = arena_array(l->r->t, most, sizeof *l->given);
        while (csv_next(t.csv)) need_row(l, &t);
        if (csv_err(t.csv) != OK) return csv_err(t.csv);
    }
    sort_given(l);
    return OK;
}

/* ---- suppliers: rows ---- */

static uint8_t type_of(const struct table *t)
{
    str s = table_cell(t, S_TYPE);
    if (s.n == 0) return LINK_PHYSICAL;
    for (uint8_t i = 0; i < LINK_TYPES; i++)
        if (str_eq(s, str_of(link_type_codes[i]))) return i;
    table_fault(t, S_TYPE, M("'%1' is none of: %2"), S("physical, cyber, geographic, logical"));
    return LINK_PHYSICAL;
}

static void not_found(const struct table *t, int column, int64_t row, str id, str code)
{
    struct where at = csv_where(t->csv, (size_t)t->at[column]);
    at.row = row;
    fault_in(t->w, INVALID, at, id, str_sub(code, 0, 80));
}

static void find_waiting(struct links *l, const struct table *t)
{
    struct waiting *x = &l->waiting;
    uint32_t supplier[CODES_AT_ONCE], owner[CODES_AT_ONCE];
    bool all = true;
    for (size_t k = 0; k < x->n; k++) all &= x->owner[k] != NET_NONE;
    read_codes_find_all(&l->r->by_code, x->supplier_code, x->n, supplier);
    if (!all) read_codes_find_all(&l->r->by_code, x->owner_code, x->n, owner);
    for (size_t k = 0; k < x->n; k++) {
        uint32_t who = x->owner[k] != NET_NONE ? x->owner[k] : owner[k];
        if (who == NET_NONE) not_found(t, S_SERVICE, x->row[k], M("there is no service '%1' in the file of services"), x->owner_code[k]);
        if (supplier[k] == NET_NONE)
            not_found(t, S_SUPPLIER, x->row[k], M("there is no service '%1' in the file of services"), x->supplier_code[k]);
        else if (supplier[k] == who)
            not_found(t, S_SUPPLIER, x->row[k], M("service '%1' needs itself"), x->supplier_code[k]);
        l->service[l->n - x->n + k] = who;
        l->row[l->n - x->n + k].service = supplier[k];
    }
    x->n = 0;
}

static void look_up(struct links *l, const struct table *t)
{
    struct waiting *x = &l->waiting;
    str owner = table_cell(t, S_SERVICE), supplier = table_cell(t, S_SUPPLIER);
    uint32_t near = service_near(l->r, owner, l->last);
    if (near != NET_NONE) l->last = near;
    x->owner[x->n] = near;
    x->owner_code[x->n] = owner;
    x->supplier_code[x->n] = supplier;
    x->row[x->n++] = csv_row(t->csv);
    l->n++;
    if (x->n == CODES_AT_ONCE || !table_view(t, owner) || !table_view(t, supplier)) find_waiting(l, t);
}

/* Weight 0 and threshold 0: not given, until the need's rule is known. */
static void supplier_row(struct links *l, const struct table *t)
{
    struct net_supplier s = {0};
    int64_t weight = 0;
    str need;
    table_time(t, S_DELAY, &s.delay);
    table_number(t, S_WEIGHT, 1, MODEL_WEIGHT_MAX, &weight);
    table_share(t, S_THRESHOLD, &s.threshold);
    if (s.threshold == 0 && table_cell(t, S_THRESHOLD).n != 0) table_fault(t, S_THRESHOLD, M("a threshold is above 0: '%1'"), S(""));
    s.weight = (uint32_t)weight;
    s.type = type_of(t);
    if (l->need != NULL && table_cell(t, S_NEED).n != 0 && table_code(t, S_NEED, &need)) l->need[l->n] = table_kept(t, need);
    l->row[l->n] = s;
    look_up(l, t);
}

static enum err supplier_rows(struct links *l)
{
    struct table t;
    struct work *w = l->r->w;
    const struct file *f = &l->r->files->file[PART_SUPPLIERS];
    enum err e = table_open(w, f, &supplier_shape, &t);
    if (e != OK) return e;
    size_t most = rows_at_most(f->bytes);
    if (most > MODEL_SUPPLIERS_MAX + 1)
        return fault_in(w, INVALID, ((struct where){.file = f->name}), M("more than %1 rows of suppliers"), str_int(w->a, MODEL_SUPPLIERS_MAX));
    l->row = arena_array(w->a, most, sizeof *l->row);
    l->service = arena_array(l->r->t, most, sizeof *l->service);
    if (t.at[S_NEED] >= 0) l->need = arena_array(l->r->t, most, sizeof *l->need);
    l->last = 0;
    while (csv_next(t.csv)) {
        supplier_row(l, &t);
        if (l->n % 65536 == 0) work_progress(w, M("suppliers"), csv_row(t.csv), csv_rows_likely(t.csv));
    }
    find_waiting(l, &t);
    return csv_err(t.csv) != OK ? csv_err(t.csv) : reading_ok(l->r) ? OK : INVALID;
}

/* ---- suppliers: by service ---- */

/* Each row goes to its place along the circles of the permutation: no second array of them. */
static void move_rows(struct links *l, uint32_t *place)
{
    for (size_t i = 0; i < l->n; i++) {
        while (place[i] != i) {
            uint32_t to = place[i];
            struct net_supplier row = l->row[to];
            l->row[to] = l->row[i];
            l->row[i] = row;
            if (l->need != NULL) {
                str need = l->need[to];
                l->need[to] = l->need[i];
                l->need[i] = need;
            }
            place[i] = place[to];
            place[to] = to;
        }
    }
}

static void sort_rows(struct links *l)
{
    size_t n = l->r->n;
    bool sorted = true;
    l->at = arena_array(l->r->t, n + 2, sizeof *l->at);
    for (size_t i = 0; i < l->n; i++) {
        l->at[l->service[i] + 1]++;
        sorted &= i == 0 || l->service[i - 1] <= l->service[i];
    }
    for (size_t i = 0; i < n; i++) l->at[i + 1] += l->at[i];
    if (sorted) return;
    for (size_t i = 0; i < l->n; i++) l->service[i] = l->at[l->service[i]]++;
    memmove(l->at + 1, l->at, n * sizeof *l->at);
    l->at[0] = 0;
    move_rows(l, l->service);
}

enum err read_links(struct reading *r)
{
    struct links l = {.r = r};
    enum err e = given_needs(&l);
    if (e == OK) e = supplier_rows(&l);
    if (e != OK) return e;
    sort_rows(&l);
    return group_links(&l);
}

/* ---- looking again ---- */

static void late_at(const struct links *l, const struct table *t, struct late *late)
{
    const struct reading *r = l->r;
    if (!str_eq(table_cell(t, S_SERVICE), r->code[late->service]) || !str_eq(table_cell(t, S_SUPPLIER), r->code[late->supplier])) return;
    str need = table_cell(t, S_NEED);
    if (!str_eq(need.n == 0 ? r->code[late->supplier] : need, late->need) || late->pass-- != 0) return;
    int column = late->of == LATE_WEIGHT ? S_WEIGHT : late->of == LATE_THRESHOLD ? S_THRESHOLD : S_SUPPLIER;
    table_fault(t, column, late->id, late->need);
}

void late_told(const struct links *l, struct late *late, size_t n)
{
    struct table t;
    enum err e = table_open(l->r->w, &l->r->files->file[PART_SUPPLIERS], &supplier_shape, &t);
    while (e == OK && csv_next(t.csv))
        for (size_t i = 0; i < n; i++) late_at(l, &t, &late[i]);
}
