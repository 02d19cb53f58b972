/* The ministry's side: a key pair, the roll-up of what stands confirmed, the file of it, and the queue to the centre.
 */
#include "inspect/rollup_acts.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/hash.h"
#include "inspect/aggregate.h"
#include "store/journal.h"

/* ---- a key ---- */

enum err inspect_act_rollup_key(struct work *w, const struct args *in, struct doc *out)
{
    str path = arg_text(in, "file");
    struct sign_key k = sign_key_new();
    enum err e = key_file_make(w, path, &k);
    if (e == OK) {
        doc_fact(out, "public", M("Public key, to hand to the centre"), C_TEXT(key_line(w->a, k.pub)));
        doc_fact(out, "key", M("Name of the key"), C_TEXT(key_id(w->a, k.pub)));
        doc_fact(out, "fingerprint", M("Fingerprint, to read over the telephone"),
                 C_TEXT(key_fingerprint(w->a, k.pub)));
        doc_note(out,
                 M("The secret key stands in '%1', readable by its owner only. It belongs in no database and no mail."),
                 path);
    }
    sign_key_wipe(&k);
    return e;
}

/* ---- the figures ---- */

struct making {
    struct work *w;
    const struct round *r;
    size_t node;
    int64_t *frame, *confirmed; /* vectors */
    struct rollup *d;
};

static enum err vector_of(const struct making *m, enum tally_state state, int64_t **out)
{
    str counts;
    size_t n = vector_size(m->r);
    *out = arena_array(m->w->a, n + 1, sizeof **out);
    enum err e = tally_get(m->w, m->r->id, m->r->nodes[m->node].org, (int)state, &counts);
    if (e != OK) return e == NOTFOUND ? OK : e;
    if (vector_decode(counts, *out, n)) return OK;
    return fault(m->w, STORE, M("the sums of '%1' cannot be read: `meguri rebuild` makes them anew from the sheets"),
                 m->r->nodes[m->node].code);
}

static void put_row(struct making *m, const struct rollup_row *row) { m->d->rows[m->d->n++] = *row; }

/* What the organisation's subtree says of a clause. Its `reported` is that of the duty. */
static void clause_row(struct making *m, size_t duty, size_t c)
{
    const struct round *r = m->r;
    const int64_t *v = m->confirmed + at_clause(r, c, 0);
    int64_t known = v[ARISEN] + v[NO_OCCASION_];
    if (r->clause_duty[c] != duty) return;
    if (known + v[EXCEPTED] == 0 && !aggregate_binds(r, m->node, duty, (int64_t)c)) return;
    put_row(m, &(struct rollup_row){.duty = r->duties[duty],
                                    .clause = r->edition.clauses[c].number,
                                    .reported = m->frame[at_duty(duty, REPORTED)],
                                    .known = known,
                                    .arisen = v[ARISEN],
                                    .done = v[DONE_],
                                    .excepted = v[EXCEPTED]});
}

static void duty_rows(struct making *m, size_t duty)
{
    struct rollup_row total = {.duty = m->r->duties[duty],
                               .reported = m->frame[at_duty(duty, REPORTED)],
                               .known = m->confirmed[at_duty(duty, KNOWN)],
                               .own = m->confirmed[at_duty(duty, OWN)]};
    if (total.reported == 0 && total.known == 0 && total.own == 0) return;
    m->d->reported += total.reported;
    m->d->known += total.known;
    put_row(m, &total);
    for (size_t c = 0; c < m->r->edition.n_clauses; c++) clause_row(m, duty, c);
}

static int by_name(const void *a, const void *b) { return str_cmp(**(const str *const *)a, **(const str *const *)b); }

static enum err figures(struct making *m)
{
    const struct round *r = m->r;
    enum err e = vector_of(m, TALLY_FRAME, &m->frame);
    if (e == OK) e = vector_of(m, TALLY_CONFIRMED, &m->confirmed);
    if (e != OK) return e;
    const str **duty = arena_array(m->w->a, r->n_duties + 1, sizeof *duty);
    for (size_t i = 0; i < r->n_duties; i++) duty[i] = &r->duties[i];
    qsort(duty, r->n_duties, sizeof *duty, by_name);
    m->d->rows = arena_array(m->w->a, r->n_duties + r->edition.n_clauses + 1, sizeof *m->d->rows);
    for (size_t i = 0; i < r->n_duties; i++) duty_rows(m, (size_t)(duty[i] - r->duties));
    return OK;
}

/* A body below that reports on a part of its people makes this a report on a part. */
static enum err scope(struct making *m)
{
    struct aggregate *all;
    size_t n;
    enum err e = aggregates_all(m->w, m->r->id, &all, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        ptrdiff_t at = round_node(m->r, all[i].org);
        bool within = at >= (ptrdiff_t)m->node && at < (ptrdiff_t)round_node_end(m->r, m->node);
        m->d->limited = m->d->limited || (within && all[i].limited);
    }
    return e;
}

static enum err beside(struct making *m)
{
    const struct node *node = &m->r->nodes[m->node];
    struct rollup *d = m->d;
    enum err e = journal_head(m->w, &d->journal_head);
    if (e == OK) e = journal_begun(m->w, &d->instance, &d->journal_seq);
    if (e == OK) e = unnamed_sum(m->w, m->r->id, node->lo, node->hi, &d->unnamed, &d->has_unnamed);
    return e == OK ? scope(m) : e;
}

enum err rollup_of(struct work *w, const struct round *r, size_t node, struct rollup *out)
{
    struct rollup d = {.format = ROLLUP_FORMAT,
                       .base = date_text(w->a, r->base),
                       .edition = r->edition.code,
                       .edition_digest = edition_digest(w->a, &r->edition),
                       .made = time_text(w->a, w->now),
                       .organisation = r->nodes[node].code,
                       .round = r->code,
                       .exceptions = r->exceptions_text,
                       .grades = r->grades_text,
                       .rate = r->rate_text,
                       .thresholds = r->thresholds,
                       .unknown_out = r->unknown_out};
    struct making m = {w, r, node, NULL, NULL, &d};
    enum err e = figures(&m);
    if (e == OK) e = beside(&m);
    if (e == OK && d.n == 0)
        e = fault(w, CONFLICT, M("there is nothing to send: round '%1' reports on nobody at '%2'"), r->code,
                  r->nodes[node].code);
    if (e == OK) *out = d;
    return e;
}

/* ---- the acts ---- */

static enum err number(struct work *w, const struct args *in, const struct round *r, int64_t org, int64_t *out)
{
    int64_t last = 0, wanted = arg_int(in, "sequence");
    enum err e = rollup_out_last(w, r->id, org, &last);
    if (e != OK) return e;
    if (arg_given(in, "sequence") && (wanted <= last || wanted > ROLLUP_SEQUENCE_MAX))
        return fault_in(w, INVALID, ((struct where){.field = S("sequence")}), M("a number from %1 to %2"),
                        str_int(w->a, last + 1), str_int(w->a, ROLLUP_SEQUENCE_MAX));
    *out = arg_given(in, "sequence") ? wanted : last + 1;
    return OK;
}

static enum err make(struct work *w, const struct args *in, struct round *r, size_t *node, struct rollup *d)
{
    enum err e = round_load(w, arg_text(in, "round"), ROUND_ALL, r);
    if (e != OK) return e;
    if (!r->has_edition)
        return fault(w, CONFLICT, M("round '%1' holds published figures only: there is nothing to send"), r->code);
    if ((e = act_node(w, r, arg_org(in, "org"), MAY_FILE, node)) != OK) return e;
    enum stage stage = r->nodes[*node].stage;
    if (way_body(r, *node) == BODY_MINISTRY && (stage == STAGE_OPEN || stage == STAGE_HEADED) &&
        str_eq(r->state, S("open")))
        return fault(w, CONFLICT,
                     M("the figures of '%1' are not approved yet: the head and the chief officer approve them "
                       "first (`inspect approve`)"),
                     r->nodes[*node].code);
    if ((e = rollup_of(w, r, *node, d)) != OK) return e;
    return number(w, in, r, r->nodes[*node].org, &d->sequence);
}

static void tell(struct work *w, const struct rollup *d, const struct rollup_kept *k, struct doc *out)
{
    doc_fact(out, "organisation", M("Organisation"), C_TEXT(d->organisation));
    doc_fact(out, "sequence", M("Number of the roll-up"), C_INT(d->sequence));
    doc_fact(out, "reported", M("Respondents reported on"), C_INT(d->reported));
    doc_fact(out, "known", M("Known"), C_INT(d->known));
    if (k->digest.n != 0) doc_fact(out, "digest", M("SHA-256 of the file"), C_TEXT(k->digest));
    if (k->key_id.n != 0) doc_fact(out, "key", M("Name of the key"), C_TEXT(k->key_id));
    act_noted(w, S("sequence"), str_int(w->a, d->sequence));
    if (k->digest.n != 0) act_noted(w, S("digest"), k->digest);
}

static struct rollup_kept kept_of(const struct rollup *d, str way, str state, str document)
{
    return (struct rollup_kept){.sequence = d->sequence,
                                .way = way,
                                .state = state,
                                .document = document,
                                .reported = d->reported,
                                .known = d->known};
}

enum err inspect_act_rollup(struct work *w, const struct args *in, struct doc *out)
{
    struct round *r = arena_alloc(w->a, sizeof *r);
    struct rollup d;
    struct sign_key key;
    size_t node;
    enum err e = key_file_read(w, arg_text(in, "key"), &key);
    if (e == OK) e = make(w, in, r, &node, &d);
    if (e != OK) return e;
    struct rollup_kept k = kept_of(&d, S("file"), S("ready"), rollup_signed(w->a, rollup_write(w->a, &d), &key));
    k.key_id = key_id(w->a, key.pub);
    k.digest = sha256_hex(w->a, k.document);
    sign_key_wipe(&key);
    if ((e = rollup_out_add(w, r->id, r->nodes[node].org, &k)) != OK) return e;
    tell(w, &d, &k, out);
    doc_note(out, M("`meguri inspect rollup-file --round %1 --org %2 --out FILE` writes it out."), r->code,
             d.organisation);
    return OK;
}

enum err inspect_act_rollup_send(struct work *w, const struct args *in, struct doc *out)
{
    struct round *r = arena_alloc(w->a, sizeof *r);
    struct rollup d;
    size_t node;
    enum err e = make(w, in, r, &node, &d);
    if (e != OK) return e;
    bool file = str_eq(arg_text(in, "way"), S("file"));
    struct rollup_kept k = kept_of(&d, arg_text(in, "way"), S("unsigned"), rollup_write(w->a, &d));
    if ((e = rollup_out_add(w, r->id, r->nodes[node].org, &k)) != OK) return e;
    tell(w, &d, &k, out);
    doc_note(out,
             file ? M("The server signs it within some seconds; then the file can be fetched from the list.")
                  : M("The server signs it and sends it within some seconds; the list shows what the centre answers."));
    act_next(w, &(struct going_on){.to = "inspect rollups", .given = {{"round", r->code}}});
    return OK;
}

/* ---- the file, of what was made or taken ---- */

enum err inspect_file_rollup(struct work *w, const struct args *in, struct bytes_out *out)
{
    struct round r;
    int64_t edition;
    struct rollup_kept k;
    const struct org *org = arg_org(in, "org");
    enum err e = round_row(w, arg_text(in, "round"), &r, &edition);
    if (e == NOTFOUND)
        return fault(w, NOTFOUND, M("no round '%1': `meguri inspect rounds` lists them"), arg_text(in, "round"));
    if (e == OK) e = rollup_document(w, r.id, org->id, arg_int(in, "sequence"), 0, &k);
    if (e == NOTFOUND) return fault(w, NOTFOUND, M("no such roll-up of '%1' in round '%2'"), org->code, r.code);
    if (e != OK) return e;
    if (k.digest.n == 0)
        return fault(w, CONFLICT,
                     M("this roll-up is not signed yet: a server that was started with --rollup_key FILE signs it"));
    return out->put(out, k.document);
}

/* ---- for the process that sends ---- */

enum err inspect_rollup_sign(struct work *w, const struct rollup_parcel *p, const struct sign_key *key)
{
    str document = rollup_signed(w->a, p->document, key);
    return rollup_out_signed(w, p->id, document, sha256_hex(w->a, document), key_id(w->a, key->pub));
}
