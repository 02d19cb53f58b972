/* inspect answer-devices: one answer for all systems and devices that a filter finds. */
#include "inspect/bulk.h"
#include "inspect/device_filter.h"
#include "inspect/sheets_csv.h"

static void say_all(struct bulk *b, const struct device_filter *f, size_t clause, enum answer answer)
{
    size_t end = round_node_end(b->r, f->node);
    for (size_t i = 0; i < seats_n(b->seats); i++) {
        struct seat *s = seats_at(b->seats, i);
        str kind = b->r->duties[seat_binding(b->r, s)->duty];
        if (s->node < f->node || s->node >= end || !bulk_binds(b, s, clause) || !device_filter_has(f, s->id, kind) ||
            !bulk_may(b, s))
            continue;
        bulk_say(b, s, clause, answer, 1);
    }
}

static enum err nobody_meant(struct work *w, const struct round *r, size_t clause, const struct device_filter *f)
{
    return fault(w, NOTFOUND,
                 M("no system or device that clause '%1' binds and that you may answer for is found by: %2"),
                 r->edition.clauses[clause].number, f->words.n != 0 ? f->words : r->code);
}

static str filter_words(struct work *w, const struct device_filter *f, const struct bulk *b)
{
    if (!b->rule.only_unanswered) return f->words;
    return str_fmt(w->a, "%.*s%sonly_unanswered", STR_ARG(f->words), f->words.n == 0 ? "" : " ");
}

enum err inspect_act_answer_devices(struct work *w, const struct args *in, struct doc *out)
{
    struct round *r = arena_alloc(w->a, sizeof *r);
    const struct file *evidence = arg_file(in, "evidence");
    struct bulk_source from = {.how = S("filter"), .evidence = evidence == NULL ? (str){"", 0} : evidence->sha256};
    struct device_filter f;
    struct bulk *b;
    size_t clause;
    enum answer answer = UNANSWERED;
    bool word = answer_parse(arg_text(in, "answer"), &answer);
    enum err e = word ? round_for_change(w, in, r) : INVALID;
    if (e == OK) e = bulk_as_of(w, in, &from.as_of);
    if (e == OK) e = bulk_clause(w, r, arg_text(in, "clause"), &clause);
    if (e == OK) e = bulk_answer_fits(w, r, clause, answer, "answer");
    if (e == OK) e = device_filter_load(w, in, r, &f);
    if (e == OK) e = bulk_begin(w, in, r, &b);
    if (e != OK) return e;
    say_all(b, &f, clause, answer);
    if (b->said == 0) return nobody_meant(w, r, clause, &f);
    from.at = bulk_place(w, r, arg_org(in, "org"));
    from.what = filter_words(w, &f, b);
    if ((e = bulk_end(b, &from.evidence)) != OK) return e;
    return bulk_record(b, &from, out);
}
