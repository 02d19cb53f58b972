/* What the home page takes from this room. */
#include "inspect/inspect_store.h"
#include "inspect/pages.h"

enum { GOAL = 950 }; /* tenths: the goal a page is shown against when none is given */

/* Codes come newest base date first; the first open one wins, else the first with sheets. */
static enum err choose(struct work *w, str *out)
{
    str *codes, best = {0};
    size_t n;
    enum err e = round_codes(w, &codes, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        struct round r;
        int64_t edition;
        if ((e = round_row(w, codes[i], &r, &edition)) != OK) return e;
        bool open = str_eq(r.state, S("open"));
        if (edition == 0 || (best.n != 0 && !open)) continue;
        best = r.code;
        if (open) break;
    }
    if (e == OK && best.n == 0) return NOTFOUND;
    if (e == OK) *out = best;
    return e;
}

enum err inspect_stage(struct work *w, struct round_stage *out)
{
    str code;
    struct round *r = arena_alloc(w->a, sizeof *r);
    enum err e = choose(w, &code);
    if (e == OK) e = round_load_near(w, code, NULL, 0, r);
    if (e != OK) return e;
    struct round_stage s = {.code = r->code, .title_ja = r->title_ja, .title_en = r->title_en,
                            .open = str_eq(r->state, S("open")), .has_due = r->has_due, .synthetic = r->synthetic,
                            .base = r->base, .due = r->due};
    if (r->n_nodes > 0 && r->nodes[0].org == r->frame) s.frame_lo = r->nodes[0].here;
    if ((e = round_phases(w, r, s.phase)) != OK) return e;
    s.now = phase_now(s.phase);
    *out = s;
    return OK;
}

enum err inspect_dates_block(struct work *w, str round, struct doc *out)
{
    struct round *r = arena_alloc(w->a, sizeof *r);
    struct phase phases[PHASES];
    enum err e = round_load_near(w, round, NULL, 0, r);
    if (e == OK) e = round_phases(w, r, phases);
    if (e == OK) dates_ahead(w, r, phases, out);
    return e;
}

enum err inspect_heat_block(struct work *w, str round, bool decides, struct doc *out)
{
    static const struct param name = {"round", P_CODE};
    const struct arg given = {.param = &name, .text = round};
    struct overview o;
    enum err e = overview_load(w, &(struct args){&given, 1}, &o);
    if (e != OK) return e;
    if (decides && o.n_below > 0) {
        doc_heading(out, M("What waits for a decision"));
        whole_calls(&o, GOAL, out);
    }
    doc_heading(out, M("Implementation rates by organisation and part (%)"));
    overview_heat(&o, GOAL, out);
    return showing_notes(&o.s, out);
}
