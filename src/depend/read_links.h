/* Rows of needs and suppliers on their way into the network. */
#ifndef MEGURI_DEPEND_READ_LINKS_H
#define MEGURI_DEPEND_READ_LINKS_H

#include "depend/read.h"

enum { K_ALL = 0, K_ANY = UINT32_MAX }; /* of rules, until the suppliers are counted */
#define ENOUGH_MAX INT64_C(4000000000)

/* A row of needs.csv. */
struct given_need {
    struct net_need need;
    uint32_t service, row;
    struct model_need words;
};
/* Rows of suppliers whose services are still to be looked up: many at once (read_codes_find_all). Texts are views into the file. */
struct waiting {
    size_t n;
    uint32_t owner[CODES_AT_ONCE]; /* found already, or NET_NONE */
    str owner_code[CODES_AT_ONCE], supplier_code[CODES_AT_ONCE];
    int64_t row[CODES_AT_ONCE];
};
struct links {
    struct reading *r;
    struct waiting waiting;
    uint32_t last; /* whose the row before was */
    struct given_need *given; /* by service, in the order of rows */
    uint32_t *given_at;       /* [services + 1] */
    size_t n_given;
    /* rows of suppliers, in the file's order, then by service */
    struct net_supplier *row;
    uint32_t *service;        /* whose; then: at which place; then: which need of the service */
    str *need;                /* NULL: the file has no such column */
    size_t n;
    uint32_t *at;             /* [services + 1] rows of each */
};
/* Rows by service become needs with their suppliers, and the network is whole. */
enum err group_links(struct links *) MUST_USE;

/* Something that is found wrong with a row of suppliers after it was put to its need: its row is looked up again. */
enum late_of { LATE_TWICE, LATE_WEIGHT, LATE_THRESHOLD };
struct late {
    uint32_t service, supplier;
    str need, id;
    enum late_of of;
    int pass; /* so many of its kind come before it */
};
void late_told(const struct links *, struct late *, size_t n);

#endif
