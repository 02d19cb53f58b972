/* A unit's workbook that comes back (sheet_form.h): what it was issued as, and what stands in its cells now. */
#ifndef MEGURI_INSPECT_SHEET_XLSX_H
#define MEGURI_INSPECT_SHEET_XLSX_H

#include "format/xlsx_read.h"
#include "inspect/seats.h"
#include "inspect/sheet_form.h"

struct form_said {  /* one respondent of a sheet */
    str code, name; /* of the person, as issued */
    enum said *issued, *file;
    str *issued_note, *file_note;
    size_t column;     /* of the answers */
    struct seat *seat; /* NULL: no respondent any more that the actor may file for */
};
struct form_tab {
    str name, duty;
    size_t at;     /* of the workbook's sheets */
    str *question; /* codes, as issued */
    size_t n_questions;
    struct form_said *who;
    size_t n;
    const struct binding *binding; /* NULL: nobody of it is within reach */
    struct sheet_plan plan;
};
struct form_in {
    struct xlsx_in *book;
    str format, round, edition, base, instance, org, made;
    enum lang lang;
    struct form_tab *tab;
    size_t n;
    struct question *questions;
    size_t n_questions;
};

/* Reads all of it, against the round and who is in it. INVALID with faults: not issued by us, for another round,
 * edition or base date, changed in its form, cells that are no answers. */
enum err sheet_form_read(struct work *w, const struct round *r, struct seats *, const struct file *,
                         struct form_in *out) MUST_USE;
struct where form_where(const struct form_in *, const struct form_tab *, size_t item, size_t column);

#endif
