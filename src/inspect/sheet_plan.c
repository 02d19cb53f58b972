#include "inspect/sheet_plan.h"

#include <string.h>

#include "inspect/tallies.h"

/* ---- making ---- */

static bool no_occasion_everywhere(const struct round *r, const size_t *clauses, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!mask_has(r->no_occasion, clauses[i])) return false;
    return true;
}

static void add_item(struct sheet_plan *p, const struct round *r, str code, size_t at, bool any, size_t *clauses, size_t n)
{
    p->item[p->n++] = (struct sheet_item){.code = code,
                                          .at = at,
                                          .part = r->edition.clauses[clauses[0]].part,
                                          .any = any,
                                          .no_occasion = no_occasion_everywhere(r, clauses, n),
                                          .n = n,
                                          .clauses = clauses};
}

/* Sections in the order of the edition; within one as they came. There are at most some hundreds. */
static void sort_by_part(struct sheet_plan *p)
{
    for (size_t i = 1; i < p->n; i++) {
        struct sheet_item x = p->item[i];
        size_t k = i;
        for (; k > 0 && p->item[k - 1].part > x.part; k--) p->item[k] = p->item[k - 1];
        p->item[k] = x;
    }
}

/* A section begins a page, and is parted evenly: nobody turns to a page of one question after one of eight. */
static void number_pages(struct sheet_plan *p)
{
    p->pages = 0;
    for (size_t from = 0, end; from < p->n; from = end) {
        for (end = from; end < p->n && p->item[end].part == p->item[from].part; end++) {}
        size_t n = end - from, pages = (n + PAGE_QUESTIONS - 1) / PAGE_QUESTIONS;
        for (size_t i = 0; i < n; i++) p->item[from + i].page = p->pages + 1 + i * pages / n;
        p->pages += pages;
    }
}

void plan_make(struct arena *a, const struct round *r, const struct binding *b, const struct question *q, size_t n,
               struct sheet_plan *out)
{
    size_t clauses = r->edition.n_clauses;
    struct sheet_plan p = {.clauses = clauses, .questions = n, .duties = r->n_duties, .duty = b->duty};
    uint8_t *served = arena_alloc(a, plane_bytes(clauses) + 8);
    p.item = arena_array(a, n + clauses + 1, sizeof *p.item);
    for (size_t i = 0; i < n; i++) {
        size_t *bound = arena_array(a, q[i].n_clauses + 1, sizeof *bound), count = 0;
        for (size_t k = 0; k < q[i].n_clauses; k++) {
            if (!mask_has(b->mask, q[i].clauses[k])) continue;
            bound[count++] = q[i].clauses[k];
            mask_add(served, q[i].clauses[k]);
        }
        if (count != 0) add_item(&p, r, q[i].code, i, q[i].any, bound, count);
    }
    for (size_t c = 0; c < clauses; c++) {
        if (!mask_has(b->mask, c) || mask_has(served, c)) continue;
        size_t *one = arena_alloc(a, sizeof *one);
        *one = c;
        add_item(&p, r, r->edition.clauses[c].number, n + c, false, one, 1);
    }
    sort_by_part(&p);
    number_pages(&p);
    *out = p;
}

/* ---- as numbers ---- */

enum { HEAD = 5, PER_ITEM = 5 }; /* of each item, then its clauses */

struct kept_plan plan_encode(struct arena *a, const struct sheet_plan *p)
{
    struct buf codes = buf_in(a);
    size_t n = HEAD + p->n * PER_ITEM, at = HEAD;
    for (size_t i = 0; i < p->n; i++) n += p->item[i].n;
    int64_t *v = arena_array(a, n, sizeof *v);
    const size_t head[HEAD] = {p->clauses, p->questions, p->duties, p->duty, p->n};
    for (size_t i = 0; i < HEAD; i++) v[i] = (int64_t)head[i];
    for (size_t i = 0; i < p->n; i++) {
        const struct sheet_item *x = &p->item[i];
        const size_t fields[PER_ITEM] = {x->at, x->part, x->any, x->no_occasion, x->n};
        for (size_t k = 0; k < PER_ITEM; k++) v[at++] = (int64_t)fields[k];
        for (size_t k = 0; k < x->n; k++) v[at++] = (int64_t)x->clauses[k];
        buf_add(&codes, x->code);
        buf_byte(&codes, '\n');
    }
    return (struct kept_plan){(int64_t)n, vector_encode(a, v, n), buf_str(&codes)};
}

/* Nothing of it is believed: it stands in a file. */
bool plan_decode(struct arena *a, const struct kept_plan *kept, struct sheet_plan *out)
{
    if (kept->n < HEAD || (uint64_t)kept->n > kept->numbers.n) return false;
    size_t total = (size_t)kept->n, at = HEAD;
    str codes = kept->codes;
    size_t *v = arena_array(a, total, sizeof *v);
    _Static_assert(sizeof(size_t) == sizeof(int64_t), "numbers are read in place");
    if (!vector_decode(kept->numbers, (int64_t *)v, total)) return false;
    struct sheet_plan p = {.clauses = v[0], .questions = v[1], .duties = v[2], .duty = v[3], .n = v[4]};
    if (p.clauses > TALLY_CLAUSES_MAX || p.questions > total || p.n > total || p.duty >= p.duties || p.duties > p.clauses)
        return false;
    p.item = arena_array(a, p.n + 1, sizeof *p.item);
    for (size_t i = 0; i < p.n; i++) {
        str code;
        if (!str_cut(&codes, '\n', &code) || total - at < PER_ITEM || v[at] >= plan_places(&p) || v[at + 4] == 0 || v[at + 4] > total - at - PER_ITEM)
            return false;
        p.item[i] = (struct sheet_item){code, v[at], v[at + 1], 0, v[at + 2] != 0, v[at + 3] != 0, v[at + 4], v + at + PER_ITEM};
        for (size_t k = 0; k < p.item[i].n; k++)
            if (p.item[i].clauses[k] >= p.clauses) return false;
        at += PER_ITEM + p.item[i].n;
    }
    number_pages(&p);
    *out = p;
    return at == total;
}

/* ---- answers ---- */

void plan_roll_up(const struct sheet_plan *p, const uint8_t *answers, uint8_t *sheet)
{
    uint8_t seen[TALLY_CLAUSES_MAX] = {0}; /* per clause, which answers serve it; 16: by the rule "any" */
    for (size_t i = 0; i < p->n; i++) {
        const struct sheet_item *x = &p->item[i];
        unsigned said = 1U << sheet_get(answers, plan_places(p), x->at) | (x->any ? 16U : 0U);
        for (size_t k = 0; k < x->n; k++) seen[x->clauses[k]] |= (uint8_t)said;
    }
    for (size_t c = 0; c < p->clauses; c++) {
        enum answer serving[4];
        size_t n = 0;
        for (unsigned a = UNANSWERED; a <= DONE; a++)
            if (seen[c] >> a & 1) serving[n++] = (enum answer)a;
        if (n != 0) sheet_set(sheet, p->clauses, c, question_rollup(seen[c] >> 4 & 1, serving, n));
    }
}

void plan_derive(const struct sheet_plan *p, const uint8_t *sheet, uint8_t *answers)
{
    for (size_t i = 0; i < p->n; i++) {
        const struct sheet_item *x = &p->item[i];
        enum answer first = sheet_get(sheet, p->clauses, x->clauses[0]);
        bool agree = true;
        for (size_t k = 1; k < x->n; k++) agree &= sheet_get(sheet, p->clauses, x->clauses[k]) == first;
        if (agree) sheet_set(answers, plan_places(p), x->at, first);
    }
}

struct plan_counts plan_count(const struct sheet_plan *p, const uint8_t *answers, const uint8_t *later)
{
    struct plan_counts c = {0};
    int64_t *const to[] = {
        [UNANSWERED] = &c.unanswered, [NOT_DONE] = &c.not_done, [NO_OCCASION] = &c.no_occasion, [DONE] = &c.done};
    for (size_t i = 0; i < p->n; i++) {
        enum answer a = sheet_get(answers, plan_places(p), p->item[i].at);
        ++*to[a];
        c.later += a == UNANSWERED && later != NULL && mask_has(later, p->item[i].at);
    }
    return c;
}

/* What most needs a look stands for the question: not done, then unanswered, then done. */
void plan_derive_worst(const struct sheet_plan *p, const uint8_t *sheet, uint8_t *answers)
{
    static const enum answer worst_first[] = {NOT_DONE, UNANSWERED, DONE, NO_OCCASION};
    for (size_t i = 0; i < p->n; i++) {
        const struct sheet_item *x = &p->item[i];
        unsigned seen = 0;
        size_t k = 0;
        for (size_t c = 0; c < x->n; c++) seen |= 1U << sheet_get(sheet, p->clauses, x->clauses[c]);
        while (k < 3 && !(seen >> worst_first[k] & 1)) k++;
        sheet_set(answers, plan_places(p), x->at, worst_first[k]);
    }
}
