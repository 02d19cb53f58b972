/* OSCAL catalogues (NIST, "Open Security Controls Assessment Language", catalog model, JSON), read and written as rows.
 *
 * Read: 1.0.0 to 1.2.x. Groups become sections, controls clauses, controls within controls clauses with a parent; the
 * statement becomes the text, its labels and parameters written out. Everything a row has no field for is kept as JSON
 * in its field `extra`, so that writing gives it back. How each thing is turned stands in README.md. */
#ifndef MEGURI_STANDARD_OSCAL_H
#define MEGURI_STANDARD_OSCAL_H

#include "base/lang.h"
#include "format/json.h"
#include "standard/items.h"

/* Groups and controls within each other; and values within one of them. Together within what struct json_out nests. */
enum { OSCAL_LEVELS_MAX = 14, OSCAL_VALUE_DEPTH_MAX = 24 };

struct oscal {
    struct items edition; /* one row */
    struct items sections, clauses;
};
/* code: of the edition it becomes. Every fault found is noted; *out is then untouched. */
enum err oscal_read(struct work *w, const struct file *, str code, struct oscal *out) MUST_USE;

/* version: the OSCAL version the document declares. The same rows always give the same bytes. */
enum err oscal_write(struct work *w, const struct oscal *, str version, struct buf *out) MUST_USE;

/* The language a catalogue is written in, told by the `extra` of its edition; our own are Japanese. */
enum err oscal_language(struct work *w, str edition_extra, enum lang *out) MUST_USE;

/* The `extra` of a clause whose text was changed here: without the statement it came with. */
enum err oscal_forget_statement(struct work *w, str extra, str *out) MUST_USE;

/* ---- shared by the reader and the writer (oscal_text.c) ---- */
#define OSCAL_NS S("https://meguri.invalid/ns/oscal")
/* Properties of our namespace, and our part. */
#define OSCAL_LEVEL S("level")
#define OSCAL_DUTY S("duty")
#define OSCAL_NO_OCCASION S("no-occasion")
#define OSCAL_POSITION S("position")
#define OSCAL_CATALOGUE S("catalogue")
#define OSCAL_LANGUAGE S("language")
#define OSCAL_EFFECTIVE S("effective")
#define OSCAL_TITLE S("title-translation")
#define OSCAL_TRANSLATION S("translation")

bool oscal_ours(const struct jv *prop_or_part);             /* is in our namespace */
str oscal_prop(const struct jv *thing, str name);           /* the value of our property; {NULL, 0} when absent */
const struct jv *oscal_translation(const struct jv *thing); /* our part; NULL when absent */
str oscal_label(
    const struct jv *thing); /* the plain one: without a class where there is such a one; empty when absent */
bool oscal_named(const struct jv *part, str name);
/* Members of the object but for those named; from props and parts ours are left out. Empty when nothing remains. */
str oscal_extra(struct arena *, const struct jv *thing, const str *but, size_t n);
void oscal_put(struct json_out *, const struct jv *); /* as it was read */

/* Parameters of the whole catalogue, and prose with them written out:
 *     its values   [Assignment: label]   [Selection: a; b]   [Selection (one-or-more): a; b] */
struct oscal_params;
struct oscal_params *oscal_params_new(struct arena *);
void oscal_params_add(struct oscal_params *, const struct jv *params, str path);
void oscal_params_sort(struct work *w, struct oscal_params *, str file); /* a second one of the same id is a fault */
/* The statement parts among `parts` as text: a line for each item, with its label, indented by depth. An unknown
 * parameter, a circle of parameters and a text beyond TEXT_MAX are faults. */
str oscal_statement(struct work *w, const struct oscal_params *, const struct jv *parts, struct where);

#endif
