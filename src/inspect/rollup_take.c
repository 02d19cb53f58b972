/* The centre's side: whose signature is taken for whom, and the taking of a roll-up. */
#include "inspect/rollup_acts.h"

#include "base/hash.h"
#include "inspect/aggregate.h"

/* ---- keys ---- */

/* Who decides whose signature stands for an organisation sits above it: never the organisation itself. */
static enum err may_trust(struct work *w, const struct org *org)
{
    struct org above;
    if (may(w->actor, MAY_CENTRE, org->lo)) return OK;
    int64_t before = w->faults.count;
    bool higher = org->parent != 0 && org_by_id(w, org->parent, &above) == OK && may(w->actor, MAY_MANAGE, above.lo);
    w->faults.count = before;
    if (higher) return OK;
    return fault(w, DENIED,
                 M("which key speaks for '%1' is decided by the centre, or by who manages the organisation "
                   "above it"),
                 org->code);
}

static str digits_of(struct arena *a, str s)
{
    struct buf b = buf_in(a);
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] >= '0' && s.p[i] <= '9') buf_byte(&b, s.p[i]);
    return buf_str(&b);
}

static enum err read_key(struct work *w, const struct args *in, unsigned char *pub)
{
    str told = digits_of(w->a, arg_text(in, "fingerprint"));
    if (!key_line_read(arg_text(in, "key"), pub))
        return fault_in(
            w, INVALID, ((struct where){.field = S("key")}),
            M("this is no line of a public key: it begins with \"meguri-key ed25519\" and has 64 digits after it"));
    if (arg_given(in, "fingerprint") && !str_eq(told, digits_of(w->a, key_fingerprint(w->a, pub))))
        return fault_in(w, INVALID, ((struct where){.field = S("fingerprint")}),
                        M("this is not the fingerprint of the key: it was read out wrongly, or it is another key; do "
                          "not trust it"));
    if (arg_given(in, "until") && arg_int(in, "until") < today(w))
        return fault_in(w, INVALID, ((struct where){.field = S("until")}), M("a day that is past"));
    return OK;
}

static enum err key_again(struct work *w, const struct rollup_key *k, const struct org *org)
{
    if (k->org != org->id)
        return fault(w, CONFLICT, M("this key is trusted for another organisation: each has a key of its own"));
    if (k->revoked != 0)
        return fault(w, CONFLICT, M("this key was revoked: a revoked key never comes back; make another"));
    return OK;
}

enum err inspect_act_rollup_trust(struct work *w, const struct args *in, struct doc *out)
{
    const struct org *org = arg_org(in, "org");
    unsigned char pub[SIGN_PUBLIC_BYTES];
    struct rollup_key old;
    int64_t ended = 0;
    enum err e = may_trust(w, org);
    if (e == OK) e = read_key(w, in, pub);
    if (e != OK) return e;
    struct rollup_key k = {.org = org->id,
                           .key_id = key_id(w->a, pub),
                           .pub = {(const char *)pub, sizeof pub},
                           .since = today(w),
                           .until = arg_int(in, "until")};
    bool again = (e = rollup_key_find(w, k.key_id, &old)) == OK;
    if (again) e = key_again(w, &old, org);
    if (e != OK && e != NOTFOUND) return e;
    if ((e = rollup_keys_end(w, org->id, k.since, &ended)) != OK) return e;
    e = again ? rollup_key_until(w, old.id, k.until, k.until != 0) : rollup_key_add(w, &k);
    if (e != OK) return e;
    doc_fact(out, "organisation", M("Organisation"), C_ORG(org->code, org->name_ja, org->name_en, 0));
    doc_fact(out, "key", M("Name of the key"), C_TEXT(k.key_id));
    doc_fact(out, "fingerprint", M("Fingerprint, to read over the telephone"), C_TEXT(key_fingerprint(w->a, pub)));
    if (ended > 0 && !again) doc_note(out, M("Earlier keys of the organisation end today."));
    doc_note(out, M("Have the ministry read the fingerprint to you over the telephone before you rely on it."));
    act_noted(w, S("key_id"), k.key_id);
    return OK;
}

enum err inspect_act_rollup_revoke(struct work *w, const struct args *in, struct doc *out)
{
    struct rollup_key k = {0};
    struct org org;
    str id = arg_text(in, "key");
    enum err e = rollup_key_find(w, id, &k);
    int64_t before = w->faults.count;
    if (e == OK) e = org_by_id(w, k.org, &org);
    w->faults.count = before;
    if (e == NOTFOUND) return fault(w, NOTFOUND, M("no key '%1' is trusted"), id);
    if (e == OK) e = may_trust(w, &org);
    if (e != OK) return e;
    if (k.revoked != 0) {
        doc_note(out, M("The key is revoked already."));
        return OK;
    }
    doc_fact(out, "key", M("Name of the key"), C_TEXT(id));
    doc_note(out, M("What it signed and was taken before stands. If the key was stolen, look through that as well."));
    return rollup_key_revoke(w, k.id, arg_text(in, "why"));
}

/* ---- taking ---- */

struct taking {
    struct work *w;
    struct round *r;
    str file;
    struct rollup d;
    struct rollup_file parts;
    struct rollup_kept kept;
    size_t node;
    int64_t row; /* that is looked at */
};

/* The same words whether there is no such organisation or it is out of reach. */
static enum err find_node(struct taking *t)
{
    ptrdiff_t node = round_node_by_code(t->r, t->d.organisation);
    if (node < 0 || !may(t->w->actor, MAY_FILE, t->r->nodes[node].here))
        return fault(t->w, NOTFOUND, M("no organisation '%1' in round '%2' that you may file for"), t->d.organisation,
                     t->r->code);
    t->node = (size_t)node;
    return OK;
}

static enum err check_key(struct taking *t, struct rollup_key *k)
{
    struct work *w = t->w;
    enum err e = rollup_key_find(w, t->parts.key_id, k);
    if (e == NOTFOUND || (e == OK && k->org != t->r->nodes[t->node].org))
        return fault(w, DENIED,
                     M("key '%1' is not trusted for '%2': `inspect rollup-trust` does it, after the fingerprint "
                       "was compared"),
                     t->parts.key_id, t->d.organisation);
    if (e != OK) return e;
    if (k->revoked != 0) return fault(w, DENIED, M("key '%1' of '%2' was revoked"), k->key_id, t->d.organisation);
    if (k->until != 0 && k->until < today(w))
        return fault(w, DENIED, M("key '%1' of '%2' is no longer valid"), k->key_id, t->d.organisation);
    return OK;
}

static enum err check_signature(struct taking *t)
{
    struct rollup_key k;
    enum err e = find_node(t);
    if (e == OK) e = check_key(t, &k);
    if (e != OK) return e;
    str signature = {(const char *)t->parts.signature, SIGN_BYTES};
    if (k.pub.n != SIGN_PUBLIC_BYTES || !signature_right((const unsigned char *)k.pub.p, t->parts.line, signature))
        return fault(t->w, DENIED,
                     M("the signature is not that of the figures: the file was changed on its way, or it is "
                       "forged; nothing was taken"));
    t->kept.key_id = k.key_id;
    return OK;
}

/* *same: it is the one taken last, byte for byte. */
static enum err check_sequence(struct taking *t, bool *same)
{
    int64_t last = 0, org = t->r->nodes[t->node].org;
    enum err e = rollup_stands(t->w, t->r->id, org, t->kept.digest, same);
    if (e == OK) e = rollup_last(t->w, t->r->id, org, &last);
    if (e != OK || *same || t->d.sequence > last) return e;
    return fault(t->w, CONFLICT,
                 M("number %1 of '%2' is not newer than number %3, which was taken before: an old roll-up "
                   "does not come back"),
                 str_int(t->w->a, t->d.sequence), t->d.organisation, str_int(t->w->a, last));
}

static struct where place(void *from, enum aggregate_column column)
{
    static const str keys[] = {
        [A_ORGANISATION] = S_INIT("organisation"),
        [A_DUTY] = S_INIT("duty"),
        [A_CLAUSE] = S_INIT("clause"),
        [A_REPORTED] = S_INIT("reported"),
        [A_KNOWN] = S_INIT("known"),
        [A_ARISEN] = S_INIT("arisen"),
        [A_DONE] = S_INIT("done"),
        [A_OWN] = S_INIT("own_survey"),
        [A_LIMITED] = S_INIT("limited_scope"),
        [A_EXCEPTED] = S_INIT("excepted"),
        [A_NOTE] = S_INIT(""),
        [A_ROUND] = S_INIT("round"),
    };
    const struct taking *t = from;
    return (struct where){t->file, t->row, 0, keys[column]};
}

/* One order, and so no row twice. */
static bool after(const struct round *r, const struct rollup_row *a, const struct rollup_row *b)
{
    int c = str_cmp(a->duty, b->duty);
    if (c != 0) return c < 0;
    ptrdiff_t x = a->clause.n == 0 ? -1 : standard_clause(&r->edition, a->clause),
              y = b->clause.n == 0 ? -1 : standard_clause(&r->edition, b->clause);
    return x < y;
}

static void take_row(struct taking *t, struct aggregates *all, size_t i)
{
    const struct rollup_row *x = &t->d.rows[i];
    struct aggregate g = {0};
    t->row = (int64_t)i + 1;
    if (!aggregate_who(all, t->d.organisation, x->duty, x->clause, &g)) return;
    if (i > 0 && !after(t->r, &t->d.rows[i - 1], x)) {
        aggregate_wrong(all, A_CLAUSE, M("the rows are not in order, or one stands there twice"), S(""), S(""));
        return;
    }
    g.reported = x->reported;
    g.known = x->known;
    g.arisen = x->arisen;
    g.done = x->done;
    g.own = x->own;
    g.excepted = x->excepted;
    g.limited = t->d.limited && g.clause < 0;
    aggregate_counts(all, &g);
    aggregate_add(all, &g, t->row);
}

static enum err check_unnamed(struct taking *t)
{
    const struct unnamed *u = &t->d.unnamed;
    if (!t->d.has_unnamed || (u->checked <= u->systems && u->day <= today(t->w) + 1)) return OK;
    return fault(t->w, INVALID, M("of %1 systems that are not named %2 cannot have been checked on that day"),
                 str_int(t->w->a, u->systems), str_int(t->w->a, u->checked));
}

static enum err check_rows(struct taking *t, struct aggregates *all)
{
    if (!t->r->nodes[t->node].aggregated)
        return fault(t->w, CONFLICT,
                     M("'%1' answers by sheets in this round: who reports in aggregates is said when it "
                       "opens (--aggregate)"),
                     t->d.organisation);
    for (size_t i = 0; i < t->d.n && t->w->faults.count < FAULTS_SHOWN; i++) take_row(t, all, i);
    enum err e = work_err(t->w);
    if (e == OK) e = check_unnamed(t);
    return e == OK ? aggregates_check(all) : e;
}

static enum err keep(struct taking *t, struct aggregates *all, enum lang lang)
{
    struct aggregates_done done;
    int64_t org = t->r->nodes[t->node].org;
    enum err e = rollup_sent(t->w, t->r, t->node, t->kept.key_id, lang);
    if (e == OK) e = aggregates_file(all, &done);
    if (e == OK) e = rollup_keep(t->w, t->r->id, org, &t->d, &t->kept);
    if (e == OK && t->d.has_unnamed)
        e = unnamed_put(t->w, t->r->id, org, &t->d.unnamed, str_fmt(t->w->a, "%.*s", STR_ARG(t->kept.key_id)));
    return e;
}

static void told(struct taking *t, bool same, struct doc *out)
{
    const struct node *n = &t->r->nodes[t->node];
    doc_fact(out, "organisation", M("Organisation"), C_ORG(n->code, n->name_ja, n->name_en, 0));
    doc_fact(out, "sequence", M("Number of the roll-up"), C_INT(t->d.sequence));
    doc_fact(out, "digest", M("SHA-256 of the file"), C_TEXT(t->kept.digest));
    doc_fact(out, "key", M("Name of the key"), C_TEXT(t->kept.key_id));
    doc_fact(out, "head", M("Head of its journal"), C_TEXT(t->d.journal_head));
    doc_fact(out, "changed", M("Organisations changed"), C_INT(!same));
    if (same) doc_note(out, M("This roll-up was taken before: nothing changed."));
    act_noted(t->w, S("organisation"), n->code);
    act_noted(t->w, S("sequence"), str_int(t->w->a, t->d.sequence));
    act_noted(t->w, S("changed"), str_int(t->w->a, !same));
    act_next(t->w, &(struct going_on){.to = "inspect rollups", .given = {{"round", t->r->code}}});
}

static enum err open_file(struct taking *t, const struct args *in)
{
    const struct file *f = arg_file(in, "file");
    t->file = f->name;
    t->kept = (struct rollup_kept){.digest = f->sha256, .document = f->bytes};
    enum err e = rollup_open(t->w, f->name, f->bytes, &t->parts);
    if (e == OK) e = rollup_read(t->w, f->name, t->parts.line, &t->d);
    return e == OK ? round_load(t->w, arg_text(in, "round"), ROUND_ALL, t->r) : e;
}

/* In this order: form, key, signature, then what it says. So nobody without a key learns what would have been wrong. */
enum err inspect_act_rollup_import(struct work *w, const struct args *in, struct doc *out)
{
    struct taking t = {.w = w, .r = arena_alloc(w->a, sizeof *t.r)};
    bool same = false;
    enum err e = open_file(&t, in);
    if (e == OK) e = check_signature(&t);
    if (e == OK) e = rollup_fits(w, t.r, &t.d);
    if (e == OK) e = check_sequence(&t, &same);
    if (e == OK && same) told(&t, true, out);
    if (e != OK || same) return e;
    struct aggregates all = {.w = w, .r = t.r, .at = place, .from = &t, .file = t.file, .sent = true};
    if ((e = check_rows(&t, &all)) != OK || (e = round_changeable(w, in, t.r)) != OK) return e;
    if ((e = keep(&t, &all, out->lang)) != OK) return e;
    told(&t, false, out);
    return OK;
}

/* ---- the way of the figures ---- */

enum err rollup_sent(struct work *w, const struct round *r, size_t node, str key, enum lang lang)
{
    const struct node *n = &r->nodes[node];
    if (!str_eq(r->state, S("open"))) return OK; /* a correction: round_changeable has asked for its reason */
    if (way_body(r, node) != BODY_MINISTRY) return way_open(w, r, node, lang);
    if (n->stage == STAGE_ACCEPTED || n->stage == STAGE_PUBLISHED)
        return fault(w, CONFLICT, M("the figures of '%1' are accepted already: the centre reopens them first"),
                     n->code);
    enum err e = n->up < 0 ? OK : way_open(w, r, (size_t)n->up, lang);
    if (e != OK || n->stage == STAGE_SENT) return e;
    return step_take(w, r->id, n->org, S("send"), n->stage, STAGE_SENT, str_fmt(w->a, "key %.*s", STR_ARG(key)));
}
