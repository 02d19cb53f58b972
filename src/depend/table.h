/* "X fails → Y after 1, 6, 24, 72 hours": the table of sectors against sectors, as it was once asked of people. */
#ifndef MEGURI_DEPEND_TABLE_H
#define MEGURI_DEPEND_TABLE_H

#include "depend/stored.h"

enum {
    TABLE_TIMES_MAX = 8,    /* instants in one table */
    TABLE_HOURS_MAX = 8784, /* a leap year */
    TABLE_ROWS_MAX = 5000,  /* single services that fail one after the other */
};
extern const struct param depend_table_params[];
enum err depend_view_table(struct work *w, const struct args *in, struct doc *out);

/* Rows are what fails, columns the sectors it is felt in. */
struct fail_table {
    struct work *w;
    struct doc *out;
    struct stored st;
    const struct net *net;
    bool services;
    uint32_t begins;
    tick at[TABLE_TIMES_MAX];
    size_t n_at;
    uint32_t *row;    /* a sector or a service each */
    size_t n_rows;
    int64_t unnamed;  /* services that have no row, since the reader does not see them by name */
    uint16_t *verify; /* [sectors] */
    uint16_t *level;  /* [rows × n_at × sectors] */
    tick *first;      /* [rows × sectors] */
};
/* Tells the figures of a table that is filled. */
void fail_table_told(const struct fail_table *);

#endif
