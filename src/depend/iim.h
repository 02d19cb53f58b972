/* depend iim: what is lost of each sector, by the input-output model. What is asked (iim.c), a model read as coefficients (iim_model.c),
 * what is told (iim_told.c). */
#ifndef MEGURI_DEPEND_IIM_H
#define MEGURI_DEPEND_IIM_H

#include "depend/flows.h"
#include "depend/stored.h"

enum {
    IIM_WITHIN = 24,         /* hours of a model, where nothing is said */
    IIM_CELLS_MAX = 1000000, /* sectors times steps */
    IIM_DECIMALS_MAX = 12,
    IIM_CURVES_MAX = 60,     /* sectors that have a small chart each */
    IIM_MATRIX_MAX = 30,     /* sectors whose coefficients are shown as a table of sectors by sectors */
};

struct iim {
    struct work *w;
    struct doc *out;
    struct stored st;     /* of a model: of_model */
    bool of_model, of_deliveries, supply, imports_out;
    size_t n;
    str *code;
    struct cell *sector;
    double *a;            /* n × n */
    double *output;       /* money of each; NULL: none is said */
    double *c, *k, *q0;
    bool starts;          /* somebody loses something */
    size_t steps, lasts;  /* t = 0 … steps; 0 steps: the static form alone. lasts SIZE_MAX: always */
    tick step, within;    /* length of a step; TICK_NEVER: for good */
    double per;           /* minutes that the output is of; 0: a step */
    int decimals;
    /* what came of it */
    unsigned warnings, cut; /* of both forms; of the dynamic one */
    double radius;
    double *q, *raw, *path, *area;
    bool *is_cut;         /* of which sectors a loss beyond all was cut, in either form */
    double *dependency, *influence, *dependency_all, *influence_all;
};

/* How much of each sector's weighted level is lost, directly, when all of another is: on average over `within`, in which buffers
 * hold what they hold; TICK_NEVER: once they are empty. n_sectors × n_sectors, nothing on the diagonal. Pure. */
void iim_of_net(struct arena *, const struct net *, tick within, double *a);
/* Money an hour of each sector: its own value, else the sum of its services'. NULL: the model has none. */
double *iim_values(struct arena *, const struct model *);

/* Rounded half up; of a figure too large for so many decimals as many as fit. */
struct cell iim_cell(double x, int decimals);
void iim_told(struct iim *);

extern const struct param depend_iim_params[];
enum err depend_view_iim(struct work *w, const struct args *, struct doc *);
/* Sectors of a model, to be chosen from. */
extern const struct param depend_iim_sectors_params[];
enum err depend_view_iim_sectors(struct work *w, const struct args *, struct doc *);

#endif
