/* A face that keeps every word it is told, for tests of what is told to whom. */
#ifndef MEGURI_TEST_TELLING_H
#define MEGURI_TEST_TELLING_H

#include "surface/doc.h"

struct telling {
    struct doc doc;
    struct buf b;
};
static inline void told_words(struct doc *d, str s) { buf_add(&((struct telling *)d)->b, s); }
static inline void told_cell(struct doc *d, const struct cell *c)
{
    told_words(d, c->text);
    told_words(d, c->ja);
    told_words(d, c->en);
}
static inline void told_fact(struct doc *d, const char *key, str label, const struct cell *c)
{
    (void)key, (void)label;
    told_cell(d, c);
}
static inline void told_table(struct doc *d, const char *name, const struct column *c, size_t n) { (void)d, (void)name, (void)c, (void)n; }
static inline void told_row(struct doc *d, const struct cell *c)
{
    for (size_t i = 0; i < d->n_columns; i++) told_cell(d, &c[i]);
}
static inline void told_end(struct doc *d) { (void)d; }
static const struct face telling_face = {told_words, told_words, told_words, told_fact, told_table, told_row, told_end};

#endif
