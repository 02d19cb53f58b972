#include "inspect/filing.h"

#include "inspect/answer_store.h"
#include "inspect/way_store.h"

struct filing filing_begin(struct work *w, const struct round *r, struct seats *seats)
{
    return (struct filing){.w = w, .r = r, .seats = seats, .t = tallying_begin(w, r),
                           .bytes = sheet_bytes(r->edition.n_clauses)};
}

bool filing_changes(const struct seat *seat) { return seat->replaces || seat->was != seat->state; }

bool filing_nothing(const struct filing *f, const struct seat *seat)
{
    size_t i = 0;
    while (i < f->bytes && seat->answers[i] == 0) i++;
    return seat->state == 0 && i == f->bytes;
}

void filing_take_out(struct filing *f, const struct seat *seat, const uint8_t *was)
{
    if (seat->was > 0 && filing_changes(seat))
        tallying_sheet(f->t, seat->node, (enum tally_state)seat->was, seat_binding(f->r, seat)->duty, was,
                       seat->excepted, -1);
}

static void tally_new(struct tallying *t, const struct round *r, const struct seat *seat)
{
    size_t duty = seat_binding(r, seat)->duty;
    if (seat->state > 0)
        tallying_sheet(t, seat->node, (enum tally_state)seat->state, duty, seat->answers, seat->excepted, 1);
    if (seat->leaves) tallying_frame(t, seat->node, duty, (seat->state > 0) - (seat->was > 0));
}

static void count(struct filing *f, const struct seat *seat, bool standing)
{
    f->added += !standing;
    f->replaced += seat->replaces;
    f->raised += standing && !seat->replaces;
    f->unconfirmed += seat->was == 2 && seat->state < 2;
}

/* The new ones, or those in place of others. */
static enum err put_some(struct filing *f, bool standing, const str *sources)
{
    struct work *w = f->w;
    struct batch *b;
    enum err e = sheet_put_begin(w, standing, &b);
    for (size_t i = 0, n = seats_n(f->seats); e == OK && i < n; i++) {
        const struct seat *seat = seats_at(f->seats, i);
        if (seat->row == 0 || (seat->was >= 0) != standing) continue;
        if (!filing_changes(seat) || (!standing && filing_nothing(f, seat))) {
            f->unchanged++;
            continue;
        }
        count(f, seat, standing);
        struct sheet s = {.respondent = seat->id,
                          .org = f->r->nodes[seat->node].org,
                          .state = seat->state,
                          .answers = {(const char *)seat->answers, f->bytes},
                          .source = sources[seat->source]};
        e = sheet_put(w, b, f->r->id, &s);
        tally_new(f->t, f->r, seat);
        if (i % 4096 == 0) work_progress(w, M("storing sheets"), (int64_t)i, (int64_t)n);
    }
    return e == OK ? batch_end(b) : e;
}

enum err filing_put(struct filing *f, const str *sources)
{
    bool on_pages = false, given_back = false;
    enum err e = answers_any(f->w, f->r->id, &on_pages);
    if (e == OK) e = returns_any(f->w, f->r->id, &given_back);
    for (size_t i = 0; e == OK && i < seats_n(f->seats); i++) {
        const struct seat *seat = seats_at(f->seats, i);
        if (seat->replaces) e = sheet_keep_past(f->w, seat->id);
        bool anew = seat->replaces || (seat->row != 0 && seat->was < 0 && !filing_nothing(f, seat));
        if (e == OK && on_pages && anew) e = answers_drop(f->w, seat->id); /* not what stands any more */
        bool again = given_back && seat->row != 0 && seat->state > 0 && seat->was == 0;
        if (e == OK && again) e = returns_answered(f->w, seat->id);
    }
    if (e == OK) e = put_some(f, false, sources);
    return e == OK ? put_some(f, true, sources) : e;
}
