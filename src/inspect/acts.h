/* The room's acts and views, as its table names them; and what several of them share. */
#ifndef MEGURI_INSPECT_ACTS_H
#define MEGURI_INSPECT_ACTS_H

#include "inspect/round.h"
#include "surface/door.h"

/* Why nothing is known of a respondent (報告対象者の状況が把握できない理由). */
#define REASONS_OUT                                                                                                    \
    "transferred left leave long-trip seconded not-counted" /* a round's rule may take these out of the denominator */
#define REASONS REASONS_OUT " not-answered"                 /* also what is said where no reason is recorded */
bool reason_known(str reason);

/* Refuses a round that is closed, unless --correction says why: a correction is journaled and waits for the next
 * edition. */
enum err round_for_change(struct work *w, const struct args *in, struct round *out) MUST_USE;
enum err round_changeable(struct work *w, const struct args *in, const struct round *) MUST_USE; /* of one that is loaded */
/* The node of an organisation (NULL: the frame's top) at which the actor has the right. */
enum err act_node(struct work *w, const struct round *r, const struct org *org, unsigned right, size_t *out) MUST_USE;

entry_fn inspect_act_open, inspect_act_import, inspect_act_confirm, inspect_act_move, inspect_act_reason,
    inspect_act_save, inspect_act_submit, inspect_act_exclude, inspect_act_close, inspect_act_publish, inspect_act_withdraw;
entry_fn inspect_view_rounds, inspect_view_round, inspect_view_rates, inspect_view_clauses, inspect_view_arisen,
    inspect_view_grades, inspect_view_missing, inspect_view_recount, inspect_view_changes, inspect_view_exceptions,
    inspect_view_errata, inspect_view_notes, inspect_view_sheets, inspect_view_sheet, inspect_view_queue;
entry_fn inspect_act_enter, inspect_act_object, inspect_view_entered; /* entered for another */
entry_fn inspect_act_survey_ask, inspect_act_survey_reply, inspect_act_survey_done, inspect_act_survey_close, inspect_act_survey_publish,
    inspect_act_survey_import, inspect_view_surveys, inspect_view_survey, inspect_view_survey_form, inspect_view_survey_sheet; /* urgent surveys */
/* For who holds a post for a system: the way to what it answers for. */
enum err my_devices_link(struct work *w, struct doc *out) MUST_USE;
entry_fn inspect_view_devices, inspect_view_my_devices, inspect_act_answer_devices, inspect_act_scan, inspect_view_sample,
    inspect_act_check_device, inspect_view_agreement;
file_fn inspect_file_answers, inspect_file_template;
enum err inspect_rebuild(struct work *w);

#endif
