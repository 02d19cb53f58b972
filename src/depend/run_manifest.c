/* What a run was made of, so that it can be repeated: to the byte, with the same program and model. And circles that do not come back. */
#include "depend/run.h"

/* ---- the command ---- */

static void option(struct buf *b, const char *name, str value) { buf_fmt(b, " --%s %.*s", name, STR_ARG(value)); }

static str code_of(const struct stored *s, uint32_t service, uint32_t sector)
{
    return service != NET_NONE ? s->model->code[service] : s->model->sector[sector].code;
}

static void struck_options(struct arena *a, const struct made_run *m, struct buf *b)
{
    uint16_t left = 0;
    for (size_t i = 0; i < m->r->n_struck; i++) {
        const struct struck *k = &m->r->struck[i];
        if (k->threat != NET_NONE) {
            option(b, "threat", m->s->model->threat[k->threat].code);
            continue;
        }
        left = m->r->s.strike[i].level;
        str code = code_of(m->s, k->service, k->sector);
        str when = k->at == 0 ? S("") : str_fmt(a, "%.*s-", STR_ARG(model_time_text(a, k->at)));
        if (k->lasts != TICK_NEVER) when = str_fmt(a, "%.*s%.*s", STR_ARG(when), STR_ARG(model_time_text(a, k->at + k->lasts)));
        option(b, "fail", when.n == 0 ? code : str_fmt(a, "%.*s:%.*s", STR_ARG(code), STR_ARG(when)));
    }
    if (left != 0) option(b, "level", decimal_text(a, (struct decimal){left, 2}));
    for (size_t i = 0; i < m->r->s.n_notices; i++) {
        const struct notice *n = &m->r->s.notice[i];
        option(b, "notice", str_fmt(a, "%.*s:%.*s", STR_ARG(m->s->model->code[n->service]), STR_ARG(model_time_text(a, n->at))));
    }
}

static str change_option(struct arena *a, const struct stored *s, const struct whatif *c)
{
    if (c->what == CHANGE_CREWS) return str_fmt(a, "%.*s:%u", STR_ARG(s->model->crew[c->crew].code), c->number);
    str code = code_of(s, c->service, c->sector);
    if (c->what == CHANGE_BLACK_START) return code;
    str need = c->need == NET_NONE ? S("") : str_fmt(a, "/%.*s", STR_ARG(s->model->need[c->need].code));
    return str_fmt(a, "%.*s%.*s:%.*s", STR_ARG(code), STR_ARG(need), STR_ARG(model_time_text(a, c->more)));
}

static const char *const order_words[] = {[ORDER_FIFO] = "fifo", [ORDER_PRIORITY] = "priority", [ORDER_WEIGHT] = "weight"};

str run_command(struct arena *a, const struct made_run *m)
{
    static const char *const changes[] = {[CHANGE_BACKUP] = "backup", [CHANGE_CREWS] = "crew", [CHANGE_BLACK_START] = "black_start"};
    const struct scenario *s = &m->r->s;
    struct buf b = buf_in(a);
    buf_add(&b, S("meguri depend run"));
    if (m->s->version != 0) buf_fmt(&b, " --model %.*s --version %lld", STR_ARG(m->s->code), (long long)m->s->number);
    buf_add(&b, m->s->files);
    struck_options(a, m, &b);
    if (s->failures) buf_add(&b, S(" --failures"));
    if (s->order != ORDER_FIFO) option(&b, "order", str_of(order_words[s->order]));
    option(&b, "hours", str_int(a, s->until / HOUR));
    if (s->begins != 0) option(&b, "begins", str_int(a, s->begins / HOUR));
    option(&b, "runs", str_int(a, m->r->runs));
    option(&b, "seed", str_int(a, (int64_t)s->seed));
    for (size_t i = 0; i < m->r->n_changes; i++) option(&b, changes[m->r->change[i].what], change_option(a, m->s, &m->r->change[i]));
    return buf_str(&b);
}

void run_manifest_told(struct work *w, const struct made_run *m, struct doc *out)
{
    static const struct coded orders[] = {{"fifo", N("who was detected first")}, {"priority", N("by priority")}, {"weight", N("most weight an hour first")}};
    doc_heading(out, M("What this run was made of"));
    doc_fact(out, "runs", M("Number of runs"), C_INT(m->r->runs));
    doc_fact(out, "seed", M("Seed of the random numbers"), C_INT((int64_t)m->r->s.seed));
    doc_fact(out, "hours", M("Hours of the run"), C_INT(m->r->s.until / HOUR));
    doc_fact(out, "order", M("Order of repair"), CODED(orders, str_of(order_words[m->r->s.order])));
    doc_fact(out, "program", M("Program"), C_TEXT(S("meguri " MEGURI_VERSION)));
    doc_fact(out, "again", M("The same run again"), text_cell(run_command(w->a, m)));
    stored_told(m->s, out);
}

/* ---- deadlocks ---- */

static void stuck_rows(const struct made_run *m, const bool *starts, struct doc *out)
{
    const struct model *model = m->s->model;
    for (uint32_t group = 1; group <= m->one.deadlocks; group++)
        for (uint32_t i = 0; i < model->net.n_services; i++) {
            if (m->one.deadlock[i] != group) continue;
            const bool named = stored_named(m->s, i);
            DOC_ROW(out, C_INT(group), stored_service_cell(m->s, i), model_sector_cell(model, model->net.service[i].sector),
                    named && starts[i] ? enum_words_cell(model->code[i], M("Try it with a black start")) : C_NONE);
        }
}

void run_stuck_told(struct work *w, const struct made_run *m, struct doc *out)
{
    static const struct column columns[] = {
        {"circle", CELL_INT, N("Circle")},
        {"service", CELL_ENUM, N("Service")},
        {"sector", CELL_ENUM, N("Sector")},
        {"starts", CELL_ENUM, N("What would start it"), 0, "depend run", "black_start"},
    };
    if (m->one.deadlocks == 0) return;
    const bool *starts = run_starters(w, m);
    doc_heading(out, M("Circles that do not come back"));
    doc_text(out, M("Each of these services waits for another of them: nothing in the circle is broken any more, and none can begin. Somebody inside has to begin by a black start, or on a buffer."));
    DOC_TABLE(out, "deadlocks", columns);
    stuck_rows(m, starts, out);
    doc_table_end(out);
    if (m->s->model->net.n_services > RUN_TRIED_SERVICES)
        doc_note(out, M("In models of more than %1 services it is not tried which service would start a circle."), str_int(w->a, RUN_TRIED_SERVICES));
    else doc_note(out, M("What would start it was found by running again with a black start, for the first %1 services of the circles."), str_int(w->a, RUN_TRIED_MAX));
}
