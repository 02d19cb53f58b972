/* One sheet in memory, with no more of its round than it touches: the path of nodes above it, its binding, what it is
 * asked. What answering costs therefore does not depend on how many respondents or organisations the round has. */
#ifndef MEGURI_INSPECT_OWN_SHEET_H
#define MEGURI_INSPECT_OWN_SHEET_H

#include "inspect/answer_store.h"

struct own_sheet {
    struct round *r; /* nodes: the path alone; edition: n_clauses alone, until sheet_words */
    int64_t edition;
    size_t node;     /* the respondent's, the last of the path */
    struct binding binding;
    struct seat_row row;
    struct sheet_plan plan;
    bool mine;       /* the acting person's own; else looked at by one who may see names there */
    bool entering;   /* the acting person enters it for another: sheet_to_enter */
    bool seen;       /* there are answers that may be shown */
    uint8_t *answers, *later; /* by place; later is all zero for others */
    const uint8_t *stands;    /* by clause: what was handed in or came in a file; NULL none */
    const uint8_t *excepted;  /* NULL none */
    struct question *questions;
    size_t n_questions;       /* 0 until sheet_words */
    str *note;                /* by item of the plan, NULL until sheet_notes */
};
/* For the person who answers it. NOTFOUND in the same words whether there is none or it is another's. */
enum err sheet_of_mine(struct work *w, str round, str respondent, struct own_sheet *out) MUST_USE;
/* For them, and for those who may see names where the respondent stands: they see what was handed in. */
enum err sheet_to_see(struct work *w, str round, str respondent, struct own_sheet *out) MUST_USE;
/* Those who confirm there; and who approves a ministry's figures (最高情報セキュリティ責任者) the sheets that stand with the
 * ministry itself: that of its head is confirmed by nobody else. */
bool confirms_at(const struct work *w, const struct node *);
/* For those who may confirm there; NOTFOUND as above. */
enum err sheet_to_confirm(struct work *w, struct round *r, int64_t edition, str respondent, struct own_sheet *out) MUST_USE;
/* For those who manage or confirm there, to enter it for another (entered.h says whether they may): with the draft, if
 * there is one. NOTFOUND as above. */
enum err sheet_to_enter(struct work *w, str round, str respondent, struct own_sheet *out) MUST_USE;
enum err sheet_words(struct work *w, struct own_sheet *) MUST_USE; /* loads edition and questions */
enum err sheet_notes(struct work *w, struct own_sheet *) MUST_USE;
/* Keeps the plan with its binding, if it is not kept yet; in an act. */
enum err sheet_plan_keep(struct work *w, const struct own_sheet *) MUST_USE;

/* What save and submit do, for the act that does so for another (sheet_acts.c). take: --answer, --note, --was into the
 * sheet and the store; CONFLICT without a fault when some were answered in another window, which out tells. */
struct args;
struct doc;
enum err sheet_take(struct work *w, struct own_sheet *, const struct args *in, size_t *changed, struct doc *out) MUST_USE;
enum err sheet_hand_in(struct work *w, struct own_sheet *) MUST_USE; /* INVALID, told by question, while some is open */
int64_t sheet_next_page(const struct own_sheet *, const struct args *in); /* from --page and --go */
/* May its respondent change it now: not of a closed round, a confirmed sheet, or in what is closed above it. */
enum err sheet_changeable(struct work *w, const struct own_sheet *, enum lang) MUST_USE;
/* What counted leaves the sums, sheet_past keeps it, and it is a draft with its answers as they were; who left the
 * denominator by a reason leaves it again. (return.c) */
enum err sheet_back_to_draft(struct work *w, const struct own_sheet *) MUST_USE;

/* none draft returned submitted correcting confirmed */
str sheet_stage(const struct own_sheet *);
bool sheet_overdue(const struct work *w, const struct own_sheet *); /* its due day is over */
bool sheet_was_late(const struct own_sheet *);                  /* handed in after it */
size_t item_number(const struct own_sheet *, const struct sheet_item *); /* 1, 2 … as asked */
str answer_code(enum answer, bool later); /* done not_done no_occasion later; empty */

#endif
