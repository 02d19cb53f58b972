/* What may be chosen in the forms of runs: services and sectors that stop, needs that could hold out longer, threats. */
#include "depend/run.h"

enum { CHOICES_MAX = 2000 };

static void sectors_told(const struct model *m, struct doc *out)
{
    for (uint32_t k = 0; k < m->net.n_sectors; k++) DOC_ROW(out, model_sector_cell(m, k), words_cell(M("all services of the sector")));
}

static struct cell sector_words(struct work *w, const struct model *m, uint32_t service)
{
    struct cell c = model_sector_cell(m, m->net.service[service].sector);
    return both_cell(str_dup(w->a, doc_cell_words(w->a, LANG_JA, &c)), str_dup(w->a, doc_cell_words(w->a, LANG_EN, &c)));
}

enum err depend_view_failable(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column columns[] = {{"code", CELL_ENUM, N("What stops"), 0, "depend run", "fail"}, {"sector", CELL_TEXT, N("Sector")}};
    struct stored s;
    enum err e = stored_asked(w, in, &s);
    if (e != OK) return e;
    DOC_TABLE(out, "failable", columns);
    sectors_told(s.model, out);
    for (uint32_t i = 0, n = 0; i < s.model->net.n_services && n < CHOICES_MAX; i++) {
        if (!stored_named(&s, i)) continue;
        DOC_ROW(out, stored_service_cell(&s, i), sector_words(w, s.model, i));
        n++;
    }
    doc_table_end(out);
    return OK;
}

/* "telecom/power", in words "通信：電力". */
static struct cell need_choice(struct work *w, const struct stored *s, uint32_t service, uint32_t need)
{
    struct cell of = stored_service_cell(s, service), what = model_need_cell(s->model, need);
    str code = str_fmt(w->a, "%.*s/%.*s", STR_ARG(s->model->code[service]), STR_ARG(s->model->need[need].code));
    str ja = str_fmt(w->a, "%.*s：%.*s", STR_ARG(doc_cell_words(w->a, LANG_JA, &of)), STR_ARG(doc_cell_words(w->a, LANG_JA, &what)));
    str en = str_fmt(w->a, "%.*s: %.*s", STR_ARG(doc_cell_words(w->a, LANG_EN, &of)), STR_ARG(doc_cell_words(w->a, LANG_EN, &what)));
    return enum_named_cell(code, ja, en);
}

enum err depend_view_buffered(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column columns[] = {{"code", CELL_ENUM, N("What could hold out longer"), 0, "depend run", "backup"}, {"what", CELL_TEXT, N("What it is")}};
    struct stored s;
    enum err e = stored_asked(w, in, &s);
    if (e != OK) return e;
    const struct net *net = &s.model->net;
    uint32_t n = 0;
    DOC_TABLE(out, "buffered", columns);
    sectors_told(s.model, out);
    for (uint32_t i = 0; i < net->n_services && n < CHOICES_MAX; i++) {
        if (!stored_named(&s, i) || net->need_at[i] == net->need_at[i + 1]) continue;
        DOC_ROW(out, stored_service_cell(&s, i), words_cell(M("all needs of the service")));
        for (uint32_t g = net->need_at[i]; g < net->need_at[i + 1] && n < CHOICES_MAX; g++, n++)
            DOC_ROW(out, need_choice(w, &s, i, g), words_cell(M("one need")));
    }
    doc_table_end(out);
    return OK;
}

enum err depend_view_strikes(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column columns[] = {{"threat", CELL_ENUM, N("Threat"), 0, "depend run", "threat"},
                                            {"services", CELL_INT, N("Services it may hit")}};
    struct stored s;
    enum err e = stored_asked(w, in, &s);
    if (e != OK) return e;
    DOC_TABLE(out, "strikes", columns);
    for (size_t i = 0; i < s.model->n_threats; i++) {
        const struct model_threat *t = &s.model->threat[i];
        DOC_ROW(out, enum_named_cell(t->code, t->ja, t->en), C_INT(t->strike.n));
    }
    doc_table_end(out);
    return OK;
}
