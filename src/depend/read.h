/* Reading a model, inside: what the readers of the five files share. Rows become arrays as they come; codes and names are borrowed from the
 * files' bytes, which last as long as the work. */
#ifndef MEGURI_DEPEND_READ_H
#define MEGURI_DEPEND_READ_H

#include "depend/model.h"
#include "format/csv.h"

enum { MODEL_NAMED_MAX = 200000, MODEL_HITS_MAX = 40000000, SELECTORS_MAX = MODEL_THREATS_MAX * MODEL_TAGS_MAX, MODEL_COLUMNS = 24 };

/* One file under the reader: columns by their place in its shape. */
struct table {
    struct work *w;
    struct csv *csv;
    ptrdiff_t at[MODEL_COLUMNS];
    const char *from, *to;
};
/* Opens it and checks its header. */
enum err table_open(struct work *w, const struct file *, const struct csv_shape *, struct table *out) MUST_USE;
str table_cell(const struct table *, int column); /* trimmed; empty where the column is absent */
bool table_view(const struct table *, str cell);  /* its bytes are those of the file */
str table_kept(const struct table *, str cell);   /* the same text, for as long as the work lasts */
/* A fault at the cell, with its text as %1 and `more` as %2. */
enum err table_fault(const struct table *, int column, str id, str more);
size_t rows_at_most(str bytes); /* lines that are not blank */

/* Values of cells; an empty one leaves *out as it is. What is none is a fault. */
void table_span(const struct table *, int column, struct span *out);
void table_time(const struct table *, int column, tick *out);
void table_share(const struct table *, int column, uint16_t *out);
void table_number(const struct table *, int column, int64_t least, int64_t most, int64_t *out);
void table_yes(const struct table *, int column, bool *out);
str table_name(const struct table *, int column, str fallback, size_t most);
bool table_code(const struct table *, int column, str *out); /* false with a fault */

/* Codes by hash, open addressing. A slot is the number of an entry + 1 and above it half of the hash, by which most others are told apart
 * without a look at their codes; 0 is free. */
struct codes {
    uint64_t *slot;
    uint32_t slots; /* a power of two */
    const str *code;
};
struct codes read_codes_new(struct arena *, size_t n, const str *code);
uint32_t read_codes_find(const struct codes *, str); /* NET_NONE */
/* Many at once: what they need of memory is asked for before it is looked at, since each is in another place. out: NET_NONE likewise. */
enum { CODES_AT_ONCE = 64 };
void read_codes_find_all(const struct codes *, const str *, size_t n, uint32_t *out); /* n: at most CODES_AT_ONCE */
uint32_t read_codes_add(struct codes *, uint32_t which); /* the one that has this code already, or `which` */

/* What a threat may hit by: "tag:X", "site:X", once each, with the services found while they are read. */
struct selector {
    uint32_t *service;
    size_t n, room;
};
struct reading {
    struct work *w;
    struct arena *t; /* goes when the model is read */
    const struct model_files *files;
    struct model *m;
    int64_t faults;  /* before */
    /* services */
    struct net_service *service;
    struct model_service *about; /* NULL once there are too many for names */
    str *code;
    size_t n, room;
    struct codes by_code, sectors, crews;
    str sector_code[MODEL_SECTORS_MAX], *crew_code;
    uint32_t n_profiles;
    struct net_profile *profile;
    uint32_t *profile_slot;
    /* threats */
    str *selector_text;
    struct selector *selector;
    uint32_t n_selectors;
    struct codes selectors;
    int64_t *threat_row;
};
enum err read_crews(struct reading *) MUST_USE;
enum err read_threats(struct reading *) MUST_USE;   /* before the services: what they select is noted as it passes */
enum err read_services(struct reading *) MUST_USE;
enum err read_links(struct reading *) MUST_USE;     /* needs and suppliers */
enum err read_hits(struct reading *) MUST_USE;      /* whom the threats may hit, after the services */
uint32_t selector_known(const struct reading *, const char *kind, str what); /* NET_NONE: no threat asks */

static inline bool reading_ok(const struct reading *r) { return r->w->faults.count == r->faults; }

#endif
