/* What happens, in a sentence: who stops, and whom it reaches after how long. */
#include "depend/run.h"

#include <stdlib.h>

enum { NAMED_MAX = 3 }; /* sectors and causes that a title names; of more it says so */

struct hit {
    int64_t at;
    uint32_t sector;
};
static int by_time(const void *a, const void *b)
{
    const struct hit *x = a, *y = b;
    return x->at != y->at ? (x->at > y->at) - (x->at < y->at) : (x->sector > y->sector) - (x->sector < y->sector);
}

/* Sectors below their verification level of which nothing was struck, the first first. */
static size_t hits_of(struct arena *a, const struct made_run *m, struct hit **out)
{
    const uint32_t n = m->s->model->net.n_sectors;
    struct hit *all = arena_array(a, (size_t)n + 1, sizeof *all);
    size_t k = 0;
    for (uint32_t i = 0; i < n; i++)
        if (m->struck_sector[i] == 0 && m->sector[i].first.middle != RUN_NEVER) all[k++] = (struct hit){m->sector[i].first.middle, i};
    qsort(all, k, sizeof *all, by_time);
    *out = all;
    return k;
}

static void listed(struct buf *b, enum lang lang, str piece)
{
    if (b->n != 0) buf_add(b, lang == LANG_JA ? S("、") : S(", "));
    buf_add(b, piece);
}

str run_causes_words(struct work *w, enum lang lang, const struct made_run *m)
{
    struct buf b = buf_in(w->a);
    size_t n = m->r->n_struck;
    for (size_t i = 0; i < n && i < NAMED_MAX; i++) listed(&b, lang, scenario_struck_words(w, lang, m->s, &m->r->struck[i]));
    if (n > NAMED_MAX) listed(&b, lang, tr_fill(w->a, lang, M("%1 more"), (const str[]){str_int(w->a, (int64_t)(n - NAMED_MAX))}, 1));
    return str_dup(w->a, buf_str(&b));
}

static str hits_words(struct work *w, enum lang lang, const struct made_run *m, const struct hit *hit, size_t n)
{
    struct buf b = buf_in(w->a);
    for (size_t i = 0; i < n && i < NAMED_MAX; i++) {
        struct cell sector = model_sector_cell(m->s->model, hit[i].sector);
        const str with[] = {str_dup(w->a, doc_cell_words(w->a, lang, &sector)), lang_minutes(w->a, lang, hit[i].at)};
        listed(&b, lang, tr_fill(w->a, lang, hit[i].at == 0 ? M("%1 at once") : M("%1 after %2"), with, 2));
    }
    if (n > NAMED_MAX) listed(&b, lang, tr_fill(w->a, lang, M("%1 more"), (const str[]){str_int(w->a, (int64_t)(n - NAMED_MAX))}, 1));
    return str_dup(w->a, buf_str(&b));
}

enum manner { STOPS, WEAKENED, STRIKES, BY_ITSELF };
static enum manner manner_of(const struct made_run *m)
{
    if (m->r->n_struck == 0) return BY_ITSELF;
    bool weak = true;
    for (size_t i = 0; i < m->r->n_struck; i++) {
        if (m->r->struck[i].threat != NET_NONE) return STRIKES;
        weak = weak && m->r->s.strike[i].level > 0;
    }
    return weak ? WEAKENED : STOPS;
}

void run_title(struct work *w, const struct beside *b, struct doc *out)
{
    static const struct {
        str hits, none;
    } words[] = {
        [STOPS] = {N("When %1 stops: %2"), N("When %1 stops, no other sector falls below its verification level within %2 hours")},
        [WEAKENED] = {N("When %1 is weakened: %2"), N("When %1 is weakened, no other sector falls below its verification level within %2 hours")},
        [STRIKES] = {N("When it comes to %1: %2"), N("When it comes to %1, no other sector falls below its verification level within %2 hours")},
        [BY_ITSELF] = {N("Services fail by themselves%1: %2"), N("Services fail by themselves%1, and no sector falls below its verification level within %2 hours")},
    };
    const struct made_run *m = b->now;
    struct hit *hit;
    const size_t n = hits_of(w->a, m, &hit);
    const enum manner how = manner_of(m);
    const str causes = run_causes_words(w, out->lang, m);
    if (n != 0) doc_title(out, words[how].hits, causes, hits_words(w, out->lang, m, hit, n));
    else doc_title(out, words[how].none, causes, str_int(w->a, m->r->s.until / HOUR));
}

/* ---- what was asked, below it ---- */

str run_model_words(struct work *w, enum lang lang, const struct stored *s)
{
    if (s->version == 0) return tr(lang, M("Of files"));
    const str with[] = {lang_pick(lang, s->ja, s->en), str_int(w->a, s->number)};
    return tr_fill(w->a, lang, s->illustration ? M("Model: %1 (version %2, an illustration)") : M("Model: %1 (version %2)"), with, 2);
}

static str changes_words(struct work *w, enum lang lang, const struct made_run *m)
{
    struct buf b = buf_in(w->a);
    for (size_t i = 0; i < m->r->n_changes; i++) listed(&b, lang, scenario_change_words(w, lang, m->s, &m->r->change[i]));
    return str_dup(w->a, buf_str(&b));
}

static str cause_words(struct work *w, enum lang lang, const struct made_run *m)
{
    static const str words[] = {[STOPS] = N("When %1 stops"), [WEAKENED] = N("When %1 is weakened"), [STRIKES] = N("When it comes to %1"),
                                [BY_ITSELF] = N("Services fail by themselves")};
    const str causes = run_causes_words(w, lang, m);
    return tr_fill(w->a, lang, words[manner_of(m)], &causes, 1);
}

void run_lead(struct work *w, const struct made_run *m, struct doc *out)
{
    const str cause = cause_words(w, out->lang, m), model = run_model_words(w, out->lang, m->s);
    const str hours = str_int(w->a, m->r->s.until / HOUR), many = str_int(w->a, m->r->runs);
    const str runs = tr_fill(w->a, out->lang, m->r->runs == 1 ? M("run once") : M("%1 runs"), &many, 1);
    if (m->r->n_changes != 0) doc_lead(out, M("%1. Otherwise: %2. %3. %4 hours, %5."), cause, changes_words(w, out->lang, m), model, hours, runs);
    else doc_lead(out, M("%1. %2. %3 hours, %4."), cause, model, hours, runs);
}
