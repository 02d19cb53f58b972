#include "depend/scenario.h"

#include <string.h>

/* ---- what is given: CODE[:HOURS] ---- */

static struct where at(const char *field) { return (struct where){.field = str_of(field)}; }

/* "electricity:24" → electricity, 24; has: whether anything stands behind the colon. */
static str parted(str given, char by, str *rest)
{
    for (size_t i = given.n; i > 0; i--)
        if (given.p[i - 1] == by) {
            *rest = str_sub(given, i, given.n);
            return str_sub(given, 0, i - 1);
        }
    *rest = (str){"", 0};
    return given;
}

static enum err hours_of(struct work *w, const char *field, str text, tick *out)
{
    if (model_time(text, out) && *out > 0) return OK;
    return fault_in(w, INVALID, at(field), M("'%1' is no time: hours (6, 1.5) or minutes (90m), more than 0 and at most %2 hours"), text,
                    str_int(w->a, MODEL_HOURS_MAX));
}

/* "24": from the beginning for so long; "1-9": from the one hour to the other; "5-": from then on until it is repaired. */
static enum err stretch_of(struct work *w, const char *field, str text, tick *from, tick *lasts)
{
    str end, begin = parted(text, '-', &end);
    tick until;
    *from = 0;
    *lasts = TICK_NEVER;
    if (str_find(text, S("-")) < 0) return hours_of(w, field, text, lasts);
    bool good = model_time(begin, from) && (end.n == 0 || (model_time(end, &until) && until > *from));
    if (!good) return fault_in(w, INVALID, at(field), M("'%1' is no stretch of time: hours from and to, as 1-9, or 5- for from then on"), text);
    if (end.n != 0) *lasts = until - *from;
    return OK;
}

/* A service that may be seen by name, or a sector. */
static enum err service_or_sector(struct work *w, const char *field, const struct stored *s, str code, uint32_t *service, uint32_t *sector)
{
    *service = *sector = NET_NONE;
    uint32_t found = model_find(s->model, code);
    if (found != NET_NONE && stored_named(s, found)) {
        *service = found;
        return OK;
    }
    *sector = model_sector_find(s->model, code);
    if (*sector != NET_NONE) return OK;
    return fault_in(w, NOTFOUND, at(field), M("the model has no service or sector '%1' that you may see: `meguri depend show` lists them"), code);
}

/* What a parameter that may be given often says, up to its limit. */
static enum err all_of(struct work *w, const struct args *in, const char *name, size_t most, const struct arg ***out, size_t *n)
{
    const struct arg **all = arena_array(w->a, most + 1, sizeof *all);
    *n = arg_all(in, name, all, most + 1);
    *out = all;
    if (*n <= most) return OK;
    return fault_in(w, INVALID, at(name), M("at most %1 of these may be given"), str_int(w->a, (int64_t)most));
}

/* ---- what strikes ---- */

/* Those of a sector, or the one. */
static const uint32_t *services_of(struct arena *a, const struct net *net, uint32_t service, uint32_t sector, uint32_t *n)
{
    uint32_t count = service != NET_NONE;
    for (uint32_t i = 0; service == NET_NONE && i < net->n_services; i++) count += net->service[i].sector == sector;
    uint32_t *all = arena_array(a, (size_t)count + 1, sizeof *all);
    *n = 0;
    if (service != NET_NONE) all[(*n)++] = service;
    else
        for (uint32_t i = 0; i < net->n_services; i++)
            if (net->service[i].sector == sector) all[(*n)++] = i;
    return all;
}

struct striking {
    struct strike *strike;
    struct struck *struck;
    size_t n;
};

static void strikes(struct striking *to, struct strike s, struct struck what)
{
    s.cause = (uint32_t)to->n;
    to->struck[to->n] = what;
    to->strike[to->n++] = s;
}

static enum err stops(struct work *w, const struct args *in, const struct stored *s, const struct arg *g, uint16_t left, struct striking *to)
{
    struct struck what = {.threat = NET_NONE, .lasts = TICK_NEVER};
    str hours, code = parted(g->text, ':', &hours);
    enum err e = service_or_sector(w, "fail", s, code, &what.service, &what.sector);
    const char *field = hours.n != 0 ? "fail" : "lasts";
    if (hours.n == 0) hours = arg_text(in, "lasts");
    if (e == OK && hours.n != 0) e = stretch_of(w, field, hours, &what.at, &what.lasts);
    if (e != OK) return e;
    struct strike k = {.at = what.at, .level = left, .chance = LEVEL_FULL, .repair_percent = 100, .lasts = what.lasts};
    k.service = services_of(w->a, &s->model->net, what.service, what.sector, &k.n);
    strikes(to, k, what);
    return OK;
}

static enum err threatens(struct work *w, const struct stored *s, const struct arg *g, struct striking *to)
{
    const struct model_threat *t = model_threat_find(s->model, g->text);
    if (t == NULL) return fault_in(w, NOTFOUND, at("threat"), M("the model has no threat '%1'"), g->text);
    struct struck what = {NET_NONE, NET_NONE, (uint32_t)(t - s->model->threat), 0, t->strike.lasts};
    struct strike k = t->strike;
    k.at = 0;
    strikes(to, k, what);
    return OK;
}

static enum err strikes_asked(struct work *w, const struct args *in, const struct stored *s, struct asked_run *out)
{
    const struct arg **fail, **threat;
    size_t n_fail, n_threat;
    uint16_t left = 0;
    enum err e = all_of(w, in, "fail", SCENARIO_STRIKES_MAX, &fail, &n_fail), one;
    if (e == OK) e = all_of(w, in, "threat", SCENARIO_STRIKES_MAX, &threat, &n_threat);
    if (e != OK) return e;
    if (arg_given(in, "level") && !model_share(arg_text(in, "level"), &left))
        e = fault_in(w, INVALID, at("level"), M("'%1' is no share: 0 to 100 per cent, with at most two decimals"), arg_text(in, "level"));
    struct striking to = {arena_array(w->a, n_fail + n_threat + 1, sizeof *to.strike), arena_array(w->a, n_fail + n_threat + 1, sizeof *to.struck), 0};
    for (size_t i = 0; i < n_fail; i++)
        if ((one = stops(w, in, s, fail[i], left, &to)) != OK) e = one;
    for (size_t i = 0; i < n_threat; i++)
        if ((one = threatens(w, s, threat[i], &to)) != OK) e = one;
    out->s.strike = to.strike;
    out->s.n_strikes = out->n_struck = to.n;
    out->struck = to.struck;
    return e;
}

/* Somebody tells the service: from then on it knows. */
static enum err notices_asked(struct work *w, const struct args *in, const struct stored *s, struct asked_run *out)
{
    const struct arg **all;
    size_t n;
    enum err e = all_of(w, in, "notice", SCENARIO_NOTICES_MAX, &all, &n);
    if (e != OK) return e;
    struct notice *notice = arena_array(w->a, n + 1, sizeof *notice);
    for (size_t i = 0; i < n; i++) {
        str hours, code = parted(all[i]->text, ':', &hours);
        enum err one = stored_service(w, s, code, &notice[i].service);
        if (one == OK && (hours.n == 0 || !model_time(hours, &notice[i].at)))
            one = fault_in(w, INVALID, at("notice"), M("'%1' says no hour: write it as SERVICE:HOUR (water:2)"), all[i]->text);
        if (one != OK) e = one;
    }
    out->s.notice = notice;
    out->s.n_notices = n;
    return e;
}

/* ---- what would be otherwise ---- */

static enum err need_of(struct work *w, const struct stored *s, str given, uint32_t service, str need, uint32_t *out)
{
    *out = model_need_find(s->model, service, need);
    if (*out != NET_NONE) return OK;
    return fault_in(w, NOTFOUND, at("backup"), M("'%1': the service has no such need"), given);
}

static enum err backup_asked(struct work *w, const struct args *in, const struct stored *s, str given, struct whatif *out)
{
    str hours, need, what = parted(given, ':', &hours), code = parted(what, '/', &need);
    *out = (struct whatif){CHANGE_BACKUP, NET_NONE, NET_NONE, NET_NONE, NET_NONE, SCENARIO_BACKUP * HOUR, 0};
    enum err e = service_or_sector(w, "backup", s, code, &out->service, &out->sector);
    const char *field = hours.n != 0 ? "backup" : "backup_hours";
    if (hours.n == 0) hours = arg_text(in, "backup_hours");
    if (e == OK && hours.n != 0) e = hours_of(w, field, hours, &out->more);
    if (e != OK || need.n == 0) return e;
    if (out->service == NET_NONE)
        return fault_in(w, INVALID, at("backup"), M("'%1': a need is named with its service, not with a sector"), given);
    return need_of(w, s, given, out->service, need, &out->need);
}

static enum err crews_asked(struct work *w, const struct args *in, const struct stored *s, str given, struct whatif *out)
{
    int64_t number;
    str many, code = parted(given, ':', &many);
    (void)in;
    *out = (struct whatif){CHANGE_CREWS, NET_NONE, NET_NONE, NET_NONE, NET_NONE, 0, 0};
    for (uint32_t i = 0; i < s->model->net.n_crews; i++)
        if (str_eq(s->model->crew[i].code, code)) out->crew = i;
    if (out->crew == NET_NONE) return fault_in(w, NOTFOUND, at("crew"), M("the model has no crews '%1'"), code);
    if (!str_to_int(many, &number) || number < 1 || number > SCENARIO_CREWS_MAX)
        return fault_in(w, INVALID, at("crew"), M("'%1' says no number: write it as CREW:3, 1 to %2"), given, str_int(w->a, SCENARIO_CREWS_MAX));
    out->number = (uint32_t)number;
    return OK;
}

static enum err black_start_asked(struct work *w, const struct args *in, const struct stored *s, str given, struct whatif *out)
{
    (void)in;
    *out = (struct whatif){CHANGE_BLACK_START, NET_NONE, NET_NONE, NET_NONE, NET_NONE, 0, 0};
    return service_or_sector(w, "black_start", s, given, &out->service, &out->sector);
}

static const struct {
    const char *name;
    enum err (*asked)(struct work *, const struct args *, const struct stored *, str, struct whatif *);
} change_kinds[] = {{"backup", backup_asked}, {"crew", crews_asked}, {"black_start", black_start_asked}};
enum { CHANGE_KINDS = sizeof change_kinds / sizeof *change_kinds };

static enum err changes_asked(struct work *w, const struct args *in, const struct stored *s, struct asked_run *out)
{
    struct whatif *all = arena_array(w->a, CHANGE_KINDS * SCENARIO_CHANGES_MAX, sizeof *all);
    enum err e = OK;
    for (size_t k = 0; k < CHANGE_KINDS; k++) {
        const struct arg **given;
        size_t n;
        enum err one = all_of(w, in, change_kinds[k].name, SCENARIO_CHANGES_MAX, &given, &n);
        if (one != OK) return one;
        for (size_t i = 0; i < n; i++) {
            one = change_kinds[k].asked(w, in, s, given[i]->text, &all[out->n_changes]);
            if (one == OK) out->n_changes++;
            else e = one;
        }
    }
    out->change = all;
    return e;
}

/* ---- the whole ---- */

static enum err number(struct work *w, const struct args *in, const char *name, int64_t low, int64_t high, int64_t fallback, int64_t *out)
{
    *out = arg_given(in, name) ? arg_int(in, name) : fallback;
    if (*out >= low && *out <= high) return OK;
    return fault_in(w, INVALID, at(name), M("from %1 to %2"), str_int(w->a, low), str_int(w->a, high));
}

static enum repair_order order_asked(const struct args *in)
{
    static const char *const words[] = {[ORDER_FIFO] = "fifo", [ORDER_PRIORITY] = "priority", [ORDER_WEIGHT] = "weight"};
    for (int i = 0; i < ORDERS; i++)
        if (str_eq(arg_text(in, "order"), str_of(words[i]))) return (enum repair_order)i;
    return ORDER_FIFO;
}

static enum err numbers_asked(struct work *w, const struct args *in, struct asked_run *out)
{
    int64_t hours, begins, runs, seed, threads;
    enum err all[] = {number(w, in, "hours", 1, SCENARIO_HOURS_MAX, SCENARIO_HOURS, &hours), number(w, in, "begins", 0, 23, 0, &begins),
                      number(w, in, "runs", 1, SCENARIO_RUNS_MAX, 1, &runs), number(w, in, "seed", 0, INT64_MAX, 1, &seed),
                      number(w, in, "threads", 1, SCENARIO_THREADS_MAX, 1, &threads)};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i] != OK) return all[i];
    out->s.until = (tick)(hours * HOUR);
    out->s.begins = (uint32_t)(begins * HOUR);
    out->s.order = order_asked(in);
    out->s.failures = arg_given(in, "failures");
    out->s.varied = runs > 1 || out->s.failures;
    out->s.seed = (uint64_t)seed;
    out->runs = (uint32_t)runs;
    out->threads = (unsigned)threads;
    return OK;
}

enum err scenario_asked(struct work *w, const struct args *in, const struct stored *s, struct asked_run *out)
{
    struct asked_run asked = {0};
    enum err (*const steps[])(struct work *, const struct args *, const struct stored *, struct asked_run *) = {strikes_asked, notices_asked, changes_asked};
    enum err e = numbers_asked(w, in, &asked), one;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if ((one = steps[i](w, in, s, &asked)) != OK && e == OK) e = one;
    if (e == OK) *out = asked;
    return e;
}

bool scenario_does(const struct asked_run *r) { return r->n_struck != 0 || r->s.failures; }

enum err scenario_required(struct work *w, const struct args *in, const struct stored *s, struct asked_run *out)
{
    enum err e = scenario_asked(w, in, s, out);
    if (e != OK || scenario_does(out)) return e;
    return fault_in(w, INVALID, at("fail"), M("say what stops: fail, threat or failures"));
}

/* ---- the model, changed ---- */

static bool is_about(const struct net *net, const struct whatif *c, uint32_t service)
{
    return c->service != NET_NONE ? c->service == service : net->service[service].sector == c->sector;
}

static void longer(tick *t, tick more)
{
    if (*t != TICK_NEVER) *t = *t > TICK_MAX - more ? TICK_MAX : *t + more;
}

static void hold_out(const struct net *net, const struct whatif *c, struct net_need *need)
{
    for (uint32_t i = 0; i < net->n_services; i++)
        for (uint32_t g = net->need_at[i]; is_about(net, c, i) && g < net->need_at[i + 1]; g++) {
            if (c->need != NET_NONE && c->need != g) continue;
            longer(&need[g].buffer.low, c->more);
            longer(&need[g].buffer.high, c->more);
        }
}

static void *copied(struct arena *a, const void *from, size_t n, size_t size)
{
    void *to = arena_array(a, n + 1, size);
    if (n != 0) memcpy(to, from, n * size);
    return to;
}

void scenario_changed(struct arena *a, const struct stored *s, const struct asked_run *r, struct stored *out)
{
    struct model *m = arena_alloc(a, sizeof *m);
    *m = *s->model;
    const struct net *net = &s->model->net;
    struct net_service *service = copied(a, net->service, net->n_services, sizeof *service);
    struct net_need *need = copied(a, net->need, net->n_needs, sizeof *need);
    struct net_crew *crew = copied(a, net->crew, net->n_crews, sizeof *crew);
    for (size_t k = 0; k < r->n_changes; k++) {
        const struct whatif *c = &r->change[k];
        if (c->what == CHANGE_BACKUP) hold_out(net, c, need);
        if (c->what == CHANGE_CREWS) crew[c->crew].number = c->number;
        for (uint32_t i = 0; c->what == CHANGE_BLACK_START && i < net->n_services; i++)
            if (is_about(net, c, i)) service[i].black_start = true;
    }
    m->net.service = service;
    m->net.need = need;
    m->net.crew = crew;
    *out = *s;
    out->model = m;
}

/* ---- in words ---- */

static str cell_words(struct work *w, enum lang lang, struct cell c) { return str_dup(w->a, doc_cell_words(w->a, lang, &c)); }

static str thing_words(struct work *w, enum lang lang, const struct stored *s, uint32_t service, uint32_t sector)
{
    return cell_words(w, lang, service != NET_NONE ? stored_service_cell(s, service) : model_sector_cell(s->model, sector));
}

str scenario_struck_words(struct work *w, enum lang lang, const struct stored *s, const struct struck *k)
{
    if (k->threat != NET_NONE) {
        const struct model_threat *t = &s->model->threat[k->threat];
        str name = lang_pick(lang, t->ja, t->en);
        return name.n != 0 ? name : t->code;
    }
    str name = thing_words(w, lang, s, k->service, k->sector);
    if (k->lasts == TICK_NEVER) return name;
    return tr_fill(w->a, lang, M("%1 (for %2 hours)"), (const str[]){name, model_hours_text(w->a, k->lasts)}, 2);
}

str scenario_change_words(struct work *w, enum lang lang, const struct stored *s, const struct whatif *c)
{
    if (c->what == CHANGE_CREWS) {
        const struct model_crew *crew = &s->model->crew[c->crew];
        str name = lang_pick(lang, crew->ja, crew->en);
        const str with[] = {name.n != 0 ? name : crew->code, str_int(w->a, c->number)};
        return tr_fill(w->a, lang, M("%1: %2 repairs at a time"), with, 2);
    }
    str name = thing_words(w, lang, s, c->service, c->sector);
    if (c->what == CHANGE_BLACK_START) return tr_fill(w->a, lang, M("%1 restarts without those that need it"), &name, 1);
    if (c->need == NET_NONE) return tr_fill(w->a, lang, M("%1 holds out %2 hours longer"), (const str[]){name, model_hours_text(w->a, c->more)}, 2);
    str need = cell_words(w, lang, model_need_cell(s->model, c->need));
    return tr_fill(w->a, lang, M("%1 holds out %2 hours longer without %3"), (const str[]){name, model_hours_text(w->a, c->more), need}, 3);
}
