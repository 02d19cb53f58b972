#include "share/told.h"

#include "base/lang.h"

struct cell share_title_cell(struct work *w, bool drill, str title)
{
    if (!drill) return C_TEXT(title);
    const str of[] = {title};
    return C_BOTH(tr_fill(w->a, LANG_JA, M("DRILL: %1"), of, 1), tr_fill(w->a, LANG_EN, M("DRILL: %1"), of, 1));
}

struct cell share_title_seen(struct work *w, bool drill, str title, bool seen)
{
    if (seen) return share_title_cell(w, drill, title);
    const str ja[] = {tr(LANG_JA, M("(for named persons)"))}, en[] = {M("(for named persons)")};
    return drill ? C_BOTH(tr_fill(w->a, LANG_JA, M("DRILL: %1"), ja, 1), tr_fill(w->a, LANG_EN, M("DRILL: %1"), en, 1))
                 : C_BOTH(ja[0], en[0]);
}

struct cell share_drill_cell(bool drill) { return drill ? enum_words_cell(S("drill"), M("Drill")) : C_NONE; }

struct cell share_urgency_cell(str urgency)
{
    static const struct coded of[] = {
        {"emergency", N("Emergency")}, {"important", N("Important")}, {"ordinary", N("Ordinary")}};
    return CODED(of, urgency);
}

struct cell notice_kind_cell(str kind)
{
    static const struct coded of[] = {{"prevention", N("prevention of damage")},
                                      {"containment", N("against its spread")},
                                      {"recurrence", N("against recurrence")}};
    return CODED(of, kind);
}

struct cell notice_state_cell(str state)
{
    static const struct coded of[] = {{"draft", N("being written")},
                                      {"sent", N("sent out")},
                                      {"superseded", N("replaced by an update")},
                                      {"recalled", N("recalled")},
                                      {"discarded", N("discarded draft")}};
    return CODED(of, state);
}

struct cell marking_cell(struct arena *a, struct marking m)
{
    return C_TEXT(str_fmt(a, "%.*s　%.*s", STR_ARG(tlp_label(m.tlp)), STR_ARG(pap_label(m.pap))));
}

struct cell share_tier_cell(enum tier t) { return enum_words_cell(tier_word(t), tier_label(t)); }

struct cell share_ack_cell(enum ack a, bool overdue)
{
    return overdue ? enum_words_cell(S("overdue"), M("Overdue: not confirmed"))
                   : enum_words_cell(ack_word(a), ack_label(a));
}

struct cell share_channel_cell(const struct delivery *d)
{
    return ack_confirmed(d->ack) ? enum_words_cell(channel_word(d->channel), channel_label(d->channel)) : C_NONE;
}

struct cell share_cause_cell(enum cause c)
{
    return c == CAUSE_NONE ? C_NONE : enum_words_cell(cause_word(c), cause_label(c));
}
struct cell share_org_cell(const struct delivery *d, int depth)
{
    return C_ORG(d->org_code, d->org_ja, d->org_en, depth);
}
struct cell share_time_cell(int64_t at) { return at == 0 ? C_NONE : C_TIME(at); }

struct cell share_button_cell(str code, str words)
{
    return (struct cell){.type = CELL_TEXT, .text = code, .ja = tr(LANG_JA, words), .en = tr(LANG_EN, words)};
}

void share_marked(struct doc *out, bool drill, struct marking m)
{
    out->handling = tlp_label(m.tlp);
    if (drill) doc_fact(out, "drill", M("Drill"), C_BOTH(tr(LANG_JA, M("This is a drill")), M("This is a drill")));
}

/* ---- sums ---- */

int64_t reach_open(const struct reach *r) { return r->n[ACK_SENT] + r->n[ACK_OPENED]; }
int64_t reach_unsent(const struct reach *r) { return r->n[ACK_WAITING] + r->n[ACK_WITHHELD]; }

enum err tiers_load(struct work *w, int64_t notice, int64_t root, struct tiers *out)
{
    struct tiers t = {.root = root};
    enum err e = board_counts(w, notice, &t.below, &t.n);
    if (e == OK) e = board_passers(w, notice, &t.passer, &t.n_passers);
    if (e == OK) *out = t;
    return e;
}

static const struct delivery *passer_of(const struct tiers *t, int64_t id)
{
    for (size_t i = 0; i < t->n_passers; i++)
        if (t->passer[i].id == id) return &t->passer[i];
    return NULL;
}

bool tiers_has(const struct tiers *t, int64_t parent)
{
    if (t->root == 0) return true;
    for (int step = 0; parent != 0 && step <= ROUTE_DEPTH_MAX; step++) {
        if (parent == t->root) return true;
        const struct delivery *d = passer_of(t, parent);
        parent = d == NULL ? 0 : d->parent;
    }
    return false;
}

int tiers_depth(const struct tiers *t, const struct delivery *d)
{
    int depth = 0;
    for (int64_t at = d->parent; at != t->root && depth < ROUTE_DEPTH_MAX; depth++) {
        const struct delivery *above = passer_of(t, at);
        if (above == NULL) break;
        at = above->parent;
    }
    return depth;
}

void tiers_add(struct below *to, const struct below *b)
{
    for (int a = 0; a < ACKS; a++) to->reach.n[a] += b->reach.n[a];
    to->reach.late += b->reach.late;
    to->overdue += b->overdue;
}

void tiers_sum(const struct tiers *t, struct below out[TIERS])
{
    for (int i = 0; i < TIERS; i++) out[i] = (struct below){.tier = (enum tier)i};
    for (size_t i = 0; i < t->n; i++)
        if (tiers_has(t, t->below[i].parent)) tiers_add(&out[t->below[i].tier], &t->below[i]);
}
