/* inspect rollup-keys, rollups. */
#include "inspect/rollup_acts.h"
#include "inspect/showing.h"

static int64_t org_lo(const struct org *o) { return o == NULL ? 0 : o->lo; }
static int64_t org_hi(const struct org *o) { return o == NULL ? INT64_MAX : o->hi; }

/* ---- keys ---- */

static str key_state(const struct work *w, const struct rollup_key *k)
{
    return k->revoked != 0 ? S("revoked") : k->until != 0 && k->until < today(w) ? S("ended") : S("valid");
}

enum err inspect_view_rollup_keys(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column columns[] = {
        {"key", CELL_TEXT, N("Name of the key"), 0, NULL, NULL},
        {"org", CELL_ORG, N("Organisation"), 0, NULL, NULL},
        {"fingerprint", CELL_TEXT, N("Fingerprint"), 0, NULL, NULL},
        {"state", CELL_ENUM, N("State"), 0, NULL, NULL},
        {"since", CELL_DATE, N("From"), COL_DETAIL, NULL, NULL},
        {"until", CELL_DATE, N("Until"), 0, NULL, NULL},
        {"why", CELL_TEXT, N("Reason"), COL_DETAIL, NULL, NULL},
        {"revoke", CELL_TEXT, N("Revoke"), COL_DETAIL, "inspect rollup-revoke", "key"},
    };
    struct rollup_key *all;
    size_t n;
    const struct org *org = arg_org(in, "org");
    enum err e = rollup_keys(w, org_lo(org), org_hi(org), &all, &n);
    if (e != OK) return e;
    doc_show(out, &(struct show){.kind = SHOW_CARDS, .label = "key"});
    DOC_TABLE(out, "keys", columns);
    for (size_t i = 0; i < n; i++) {
        const struct rollup_key *k = &all[i];
        str state = key_state(w, k);
        if (k->pub.n != SIGN_PUBLIC_BYTES) continue;
        DOC_ROW(out, C_TEXT(k->key_id), C_ORG(k->org_code, k->org_ja, k->org_en, 0),
                C_TEXT(key_fingerprint(w->a, (const unsigned char *)k->pub.p)), C_ENUM(state), C_DATE(k->since),
                k->until == 0 ? C_NONE : C_DATE(k->until), text_cell(k->why),
                str_eq(state, S("revoked")) ? C_NONE : C_TEXT(k->key_id));
    }
    doc_table_end(out);
    if (n == 0)
        doc_note(out, M("No key is trusted yet. A ministry makes one with `meguri inspect rollup-key`, hands over its "
                        "public line, and reads the fingerprint out over the telephone; then `inspect rollup-trust`."));
    return OK;
}

/* ---- what came, what went ---- */

struct listing {
    struct showing s;
    struct doc *out;
};

/* Figures of a small group are not told to those who see them nowhere else. */
static struct cell figure(const struct listing *l, int64_t org, int64_t n)
{
    ptrdiff_t node = round_node(l->s.r, org);
    return node < 0 || l->s.withheld[node] ? C_NONE : C_INT(n);
}

/* The number, under a word that says where the link leads. */
static struct cell leads(const struct listing *l, const struct rollup_kept *k, str word)
{
    return (struct cell){
        .type = CELL_TEXT, .text = str_int(l->s.w->a, k->sequence), .ja = tr(LANG_JA, word), .en = word};
}
#define COMPARE_AND_FILE                                                                                               \
    {"compare", CELL_TEXT, N("Compare"), 0, "inspect rollup-compare", "sequence"},                                     \
    {                                                                                                                  \
        "file", CELL_TEXT, N("File"), 0, "inspect rollup-file", "sequence"                                             \
    }

static struct cell stage_of(const struct listing *l, int64_t org)
{
    ptrdiff_t node = round_node(l->s.r, org);
    return node < 0 ? C_NONE : stage_cell(l->s.r->nodes[node].stage);
}

static struct cell time_cell(str made)
{
    int64_t at;
    return rollup_made(made, &at) ? C_TIME(at) : C_NONE;
}

static void taken_table(struct listing *l, const struct rollup_kept *k, size_t n)
{
    static const struct column columns[] = {
        {"org", CELL_ORG, N("Organisation"), 0, NULL, "org"},
        {"sequence", CELL_INT, N("Number"), 0, NULL, NULL},
        {"state", CELL_ENUM, N("State"), 0, NULL, NULL},
        {"stage", CELL_ENUM, N("Stage"), 0, NULL, NULL},
        {"made", CELL_TIME, N("Made"), COL_DETAIL, NULL, NULL},
        {"taken", CELL_TIME, N("Taken"), 0, NULL, NULL},
        {"reported", CELL_INT, N("Reported on"), 0, NULL, NULL},
        {"known", CELL_INT, N("Known"), 0, NULL, NULL},
        {"key", CELL_TEXT, N("Name of the key"), COL_DETAIL, NULL, NULL},
        COMPARE_AND_FILE,
        {"head", CELL_TEXT, N("Head of its journal"), COL_DATA, NULL, NULL},
        {"digest", CELL_TEXT, N("SHA-256 of the file"), COL_DATA, NULL, NULL},
        {"instance", CELL_TEXT, N("Instance"), COL_DATA, NULL, NULL},
    };
    doc_heading(l->out, M("Taken from other instances"));
    doc_show(l->out, &(struct show){.kind = SHOW_CARDS, .label = "org"});
    DOC_TABLE(l->out, "taken", columns);
    for (size_t i = 0; i < n; i++) {
        bool last = i == 0 || k[i - 1].org != k[i].org;
        DOC_ROW(l->out, C_ORG(k[i].org_code, k[i].org_ja, k[i].org_en, 0), C_INT(k[i].sequence),
                C_ENUM(last ? S("stands") : S("replaced")), last ? stage_of(l, k[i].org) : C_NONE, time_cell(k[i].made),
                C_TIME(k[i].at), figure(l, k[i].org, k[i].reported), figure(l, k[i].org, k[i].known),
                C_TEXT(k[i].key_id), leads(l, &k[i], M("Compare")), leads(l, &k[i], M("File")), C_TEXT(k[i].head),
                C_TEXT(k[i].digest), C_TEXT(k[i].instance));
    }
    doc_table_end(l->out);
}

static void made_table(struct listing *l, const struct rollup_kept *k, size_t n)
{
    static const struct column columns[] = {
        {"org", CELL_ORG, N("Organisation"), 0, NULL, "org"},
        {"sequence", CELL_INT, N("Number"), 0, NULL, NULL},
        {"state", CELL_ENUM, N("State"), 0, NULL, NULL},
        {"way", CELL_ENUM, N("Way"), COL_DETAIL, NULL, NULL},
        {"made", CELL_TIME, N("Made"), 0, NULL, NULL},
        {"reported", CELL_INT, N("Reported on"), 0, NULL, NULL},
        {"known", CELL_INT, N("Known"), 0, NULL, NULL},
        {"receipt", CELL_TEXT, N("What the centre answered"), 0, NULL, NULL},
        {"answered", CELL_TIME, N("Answer received"), COL_DETAIL, NULL, NULL},
        {"tries", CELL_INT, N("Tries"), COL_DATA, NULL, NULL},
        {"key", CELL_TEXT, N("Name of the key"), COL_DATA, NULL, NULL},
        COMPARE_AND_FILE,
        {"digest", CELL_TEXT, N("SHA-256 of the file"), COL_DATA, NULL, NULL},
    };
    doc_heading(l->out, M("Made here for the centre"));
    doc_show(l->out, &(struct show){.kind = SHOW_CARDS, .label = "org"});
    DOC_TABLE(l->out, "made", columns);
    for (size_t i = 0; i < n; i++) {
        DOC_ROW(l->out, C_ORG(k[i].org_code, k[i].org_ja, k[i].org_en, 0), C_INT(k[i].sequence), C_ENUM(k[i].state),
                C_ENUM(k[i].way), C_TIME(k[i].at), figure(l, k[i].org, k[i].reported), figure(l, k[i].org, k[i].known),
                k[i].receipt.n == 0 ? C_NONE : C_TEXT(tr(l->out->lang, k[i].receipt)),
                k[i].done == 0 ? C_NONE : C_TIME(k[i].done), C_INT(k[i].tries),
                text_cell(k[i].key_id), leads(l, &k[i], M("Compare")),
                k[i].digest.n == 0 ? C_NONE : leads(l, &k[i], M("File")),
                text_cell(k[i].digest));
    }
    doc_table_end(l->out);
}

static bool waits(const struct rollup_kept *k)
{
    return str_eq(k->state, S("unsigned")) || str_eq(k->state, S("waiting"));
}

/* What one does next, for those who may: the page leaves the others out. */
static void forms(struct listing *l)
{
    const struct round *r = l->s.r;
    if (!str_eq(r->state, S("open")) || r->n_nodes == 0) return;
    bool aggregates = false;
    for (size_t i = 0; i < r->n_nodes; i++) aggregates = aggregates || r->nodes[i].aggregated;
    struct form form = {.act = aggregates ? "inspect rollup-import" : "inspect rollup-send",
                        .given = {{"round", r->code}},
                        .ask = aggregates ? "file" : "way",
                        .folded = true};
    if (!aggregates) form.given[1] = (struct form_given){"org", r->nodes[0].code};
    doc_form(l->out, &form);
    doc_form_end(l->out);
}

enum err inspect_view_rollups(struct work *w, const struct args *in, struct doc *out)
{
    struct listing l = {.out = out};
    struct rollup_kept *taken, *made;
    size_t n_taken, n_made;
    const struct org *org = arg_org(in, "org");
    enum err e = showing_load(w, in, -1, AS_IT_STANDS, &l.s);
    if (e == OK) e = rollups_taken(w, l.s.r->id, org_lo(org), org_hi(org), &taken, &n_taken);
    if (e == OK) e = rollups_made(w, l.s.r->id, org_lo(org), org_hi(org), &made, &n_made);
    if (e != OK) return e;
    handling_of(l.s.r, out);
    if (n_taken > 0) taken_table(&l, taken, n_taken);
    if (n_made > 0) made_table(&l, made, n_made);
    forms(&l);
    if (n_taken + n_made == 0)
        doc_note(out,
                 M("No roll-up yet. A ministry with an instance of its own makes one with `inspect rollup-send`; the "
                   "centre takes one with `inspect rollup-import`."));
    for (size_t i = 0; i < n_made; i++) out->live = out->live || waits(&made[i]);
    return OK;
}
