/* The workbook of a unit, as `inspect template` writes it and `inspect import` takes it back: what both must agree on.
 *
 * A sheet of it asks one binding: questions down, respondents across, two columns each (answer, remark).
 *     row 1   codes of the respondents        columns A B C   code, section and wording of the question
 *     row 2   names of the persons            from D on       answer and remark of each respondent by turns
 *     row 3   organisations
 * A sheet out of sight, named FORM_HIDDEN, tells of what, by whom and when it was issued, and every answer as it stood
 * then. */
#ifndef MEGURI_INSPECT_SHEET_FORM_H
#define MEGURI_INSPECT_SHEET_FORM_H

#include "base/lang.h"
#include "inspect/answer_store.h"

#define FORM_VERSION "1"
#define FORM_HIDDEN "meguri"
enum { FORM_HEADS = 3, FORM_LABELS = 3, FORM_RESPONDENTS_MAX = 500 };
static inline size_t form_answer_column(size_t seat) { return FORM_LABELS + 2 * seat; }

/* An answer as it stands in a cell. The first four are those of enum answer. Mixed: the clauses of the question were
 * answered one by one, by file, and differ; so it is shown, and can be kept or replaced. */
enum said { SAID_NOTHING, SAID_NOT_DONE, SAID_NO_OCCASION, SAID_DONE, SAID_LATER, SAID_MIXED, SAIDS };
static inline bool is_answer(enum said s) { return s != SAID_NOTHING && s != SAID_LATER; }
str said_word(enum lang, enum said);                       /* "実施した"; empty for nothing */
bool said_parse(struct arena *, str text, enum said *out); /* either language, and all that a CSV may say */

/* What a respondent's sheet says, by item of the plan. */
struct said_sheet {
    enum said *said;
    str *note;
};
/* handed: only what was handed in, which others may see; else with what is being written. */
enum err said_load(struct work *w, const struct sheet_plan *, const struct seat_row *, bool handed,
                   struct said_sheet *out) MUST_USE;
/* Is the respondent writing something that was not handed in? */
bool said_under_way(const struct sheet_plan *, const struct seat_row *);

/* What one cell comes to, of the three states. A cell without an answer (nothing, or "later") takes none away. */
enum merged {
    MERGED_SAME,           /* nothing to do */
    MERGED_TAKEN,          /* changed in the file alone */
    MERGED_KEPT,           /* changed here alone, since it was issued */
    MERGED_NOT_TAKEN_AWAY, /* blank in the file, an answer here */
    MERGED_CONFLICT,       /* changed on both sides, differently */
};
enum merged merge_said(enum said issued, enum said file, enum said stands, enum said *out);
enum merged merge_note(str issued, str file, str stands, str *out);

/* The wording of an item as its cell shows it. */
str form_wording(struct arena *, enum lang, const struct round *, const struct sheet_plan *, const struct sheet_item *,
                 const struct question *);
str form_section(enum lang, const struct round *, const struct sheet_item *);
/* The same text, whatever a spreadsheet did to its blanks and line ends. */
bool form_same_text(struct arena *, str a, str b);

/* The rows of the hidden sheet as one text, of which the last row holds the digest: blanks and empty cells at the end
 * do not count. */
void form_digest_row(struct buf *, const str *cell, size_t n);
str form_digest(struct buf *);

/* Names this database among all others: what was issued elsewhere is not taken for ours. */
enum err form_instance(struct work *w, str *out) MUST_USE;

#endif
