/* How the parts of a report are made: what a view says is recorded, a figure is taken out of it. */
#ifndef MEGURI_REPORT_MAKING_H
#define MEGURI_REPORT_MAKING_H

#include "report/report_store.h"
#include "surface/record.h"

struct filling report_filling_of(const struct report *);

/* Runs the view of a part in both languages, as the acting post may see it in published figures: without names, and without
 * what is withheld above small groups. Fills records or trouble, never both; gone, come against what stood. The err is one
 * of the store, after which nothing more can be done. */
enum err report_part_make(struct work *w, const struct report *, struct piece *) MUST_USE;
/* All views and figures of the edition, made and stored. made, failed: how many. */
struct assembled {
    int64_t made, failed, changed;
};
enum err report_make(struct work *w, const struct report *, struct piece *parts, size_t n, struct assembled *out) MUST_USE;

/* The figure of a part that was made: its cell and what it is of. NOTFOUND without a fault: it has none. */
struct figure {
    struct record_fact value;
    int64_t of;
    bool has_of;
    str of_label;
};
enum err report_part_figure(struct work *w, const struct piece *, enum lang, struct figure *out) MUST_USE;

/* ---- what is frozen: pure ---- */

/* SHA-256, in hex, over the canonical content of an edition: the head, and of each part its heading, texts and records in
 * both languages (digest.c says the bytes). */
str report_digest(struct arena *, const struct report *, const struct piece *, size_t n);

#endif
