/* A model as it is read: the network with the codes and names of what is in it, its threats and crews (README.md, the layout). */
#ifndef MEGURI_DEPEND_MODEL_H
#define MEGURI_DEPEND_MODEL_H

#include "cascade/spread.h"
#include "surface/entry.h"

/* Limits, stated where the data enters. */
enum {
    MODEL_SERVICES_MAX = 20000000, /* of files given to run on; */
    MODEL_SUPPLIERS_MAX = 100000000,
    MODEL_STORED_SERVICES_MAX = 100000, /* of models that are kept */
    MODEL_STORED_SUPPLIERS_MAX = 1000000,
    MODEL_STORED_HITS_MAX = 1000000, /* services that threats hit, together */
    MODEL_SECTORS_MAX = 200,
    MODEL_THREATS_MAX = 2000,
    MODEL_CREWS_MAX = 1000,
    MODEL_PROFILES_MAX = 1000,  /* different demands over the day */
    MODEL_SUPPLIERS_OF_NEED_MAX = 10000,
    MODEL_NAME_MAX = 200,       /* bytes */
    MODEL_TEXT_MAX = 1000,      /* bytes of failure, continuity, source */
    MODEL_TAGS_MAX = 20,        /* of a service, and selectors of a threat */
    MODEL_WEIGHT_MAX = 1000000,
};
#define MODEL_VALUE_MAX INT64_C(1000000000000) /* money an hour */
#define MODEL_HOURS_MAX (TICK_MAX / HOUR)

enum model_part { PART_SERVICES, PART_NEEDS, PART_SUPPLIERS, PART_THREATS, PART_CREWS, MODEL_PARTS };
extern const char *const model_part_names[]; /* "services" …; ends with NULL */

struct model_sector {
    str code, ja, en;
    uint16_t verify;
    int64_t value;
};
/* What a service has beside net.service; NULL in a large model (model_wants): then only codes are kept. */
struct model_service {
    str ja, en, org, site, tags;
    int64_t value;
};
struct model_need {
    str code, ja, en;
};
enum threat_cause { CAUSE_CYBER, CAUSE_UNINTENTIONAL, CAUSE_DISASTER, CAUSES };
extern const char *const threat_cause_codes[];
struct model_threat {
    str code, ja, en, hits, failure_ja, failure_en, continuity_ja, continuity_en, source_ja, source_en;
    enum threat_cause cause;
    struct strike strike;      /* services filled in: those the selectors name, in order, each once; cause: its number */
};
struct model_crew {
    str code, ja, en;
};
struct model {
    struct net net;
    str *code;                 /* [services] */
    struct model_sector *sector;
    struct model_service *service;
    struct model_need *need;   /* [needs]; NULL in a large model, where a need is named by its first supplier: ask model_need_cell */
    struct model_threat *threat;
    size_t n_threats;
    struct model_crew *crew;
    int64_t given;             /* services whose `org` is filled */
    str hash;                  /* SHA-256 of the canonical files, hex; empty until model_written */
    uint64_t *slot;            /* codes by hash */
    uint32_t slots;
};

struct model_files {
    struct file file[MODEL_PARTS]; /* an absent one has no name */
};
/* Reads and checks as a whole. Every fault with file, row and column, twenty of them kept: times negative or beyond MODEL_HOURS_MAX, what
 * is no number, a code twice, a service that needs itself, an unknown supplier, service, tag, crew or sector, k above the number of
 * suppliers, a need without suppliers, limits. Then nothing was made. Names of large models (over 200,000 services) are not kept. */
enum err model_read(struct work *w, const struct model_files *, struct model **out) MUST_USE;
/* The same from parameters "services", "needs" … of an entry (P_FILE); services and suppliers have to be there. */
enum err model_given(struct work *w, const struct args *, struct model **out) MUST_USE;
/* The canonical files: rows in the order of the model, every column that says something, no value that is the default. Reading them gives
 * the same model, and the same bytes again. Fills hash. */
enum err model_written(struct work *w, struct model *, str bytes[MODEL_PARTS]) MUST_USE;

uint32_t model_find(const struct model *, str code);        /* a service; NET_NONE */
uint32_t model_sector_find(const struct model *, str code); /* NET_NONE */
const struct model_threat *model_threat_find(const struct model *, str code); /* NULL */
uint32_t model_need_find(const struct model *, uint32_t service, str need); /* NET_NONE */
struct cell model_service_cell(const struct model *, uint32_t service); /* its code and names */
struct cell model_sector_cell(const struct model *, uint32_t sector);
struct cell model_need_cell(const struct model *, uint32_t need);
struct cell model_time_cell(tick);           /* nothing for TICK_NEVER */

/* "6", "1.5", "90m" → minutes; "2..8", "~10" → a span. False when it is none, or beyond MODEL_HOURS_MAX. Pure. */
bool model_time(str, tick *out);
bool model_span(str, struct span *out);
str model_time_text(struct arena *, tick);
str model_span_text(struct arena *, const struct span *); /* never: empty, as in the files */
str model_hours_text(struct arena *, tick); /* for people: hours, with one decimal where they are not whole */
bool model_span_same(const struct span *, const struct span *);
/* Per cent with up to two decimals → ten-thousandths. */
bool model_share(str, uint16_t *out);
str model_share_text(struct arena *, uint16_t);
struct cell model_share_cell(int64_t); /* a level, say: without its base, which is the same everywhere and says nothing */
extern const char *const link_type_codes[]; /* "physical" …; ends with NULL */

#endif
