/* Entries of reports and consent, and what their files share. */
#ifndef MEGURI_SHARE_REPORT_ACTS_H
#define MEGURI_SHARE_REPORT_ACTS_H

#include "share/report_store.h"
#include "surface/door.h"
#include "surface/fields.h"

enum { REPORT_ADDED_MAX = 4000, SEVERITY_NOTE_MAX = 2000, CONSENT_NOTE_MAX = 2000 }; /* bytes */

entry_fn share_view_report, share_view_reports, share_view_report_fields, share_view_consent, share_view_consents;
entry_fn share_act_report_save, share_act_report_send, share_act_report_follow, share_act_report_drop,
    share_act_report_add, share_act_report_pass, share_act_report_close, share_act_report_widen, share_act_severity,
    share_act_reports_import, share_act_sanitise, share_act_consent_ask, share_act_consent_decide;
file_fn share_file_reports_export;
extern const struct param share_report_view_params[], share_reports_params[], share_report_fields_params[],
    share_report_save_params[], share_report_params[], share_report_send_params[], share_report_add_params[],
    share_report_pass_params[], share_report_widen_params[], share_severity_params[], share_reports_import_params[],
    share_consent_params[], share_consent_decide_params[];
enum err share_mark_report(struct work *, const struct args *) MUST_USE; /* that the report was opened */

/* A report, and how the party stands to it. */
struct report_held {
    struct party p;
    struct report_row r;
    str role; /* operator ceptoar ministry centre */
    struct report_holder *holder;
    size_t n_holders;
};
/* Of the parameters for and report. NOTFOUND with the same words whether it is absent or not theirs. */
enum err report_held(struct work *, const struct args *, struct report_held *out) MUST_USE;
bool report_held_as(const struct report_held *, const char *role);
const struct report_holder *report_held_own(const struct report_held *); /* the party's own row */
/* DENIED with a fault that says who may. */
enum err report_only(struct work *, const struct report_held *, const char *role) MUST_USE;
/* The page goes on to the report; said: translated. */
void report_go_on(struct work *, const struct report_row *, str said);
struct where report_at(const char *field);
/* A text of a parameter: trimmed, lines ending alike; INVALID when longer. */
enum err report_text(struct work *, const struct args *, const char *name, size_t most, bool required,
                     str *out) MUST_USE;

/* ---- the form ---- */
struct report_typed {
    const struct report_row *r; /* id 0: a new one */
    const struct report_said *said;
    size_t n;
};
void report_typing_form(struct doc *, const struct report_typed *, bool drill);
/* A value as people read it: a text. */
struct cell report_value_cell(struct work *, const struct report_field *, str value);

struct cell report_state_cell(str state);
struct cell report_role_cell(str role);
/* The marking for the head of the page, what must be said of it, drill. */
void report_marks(struct doc *, const struct report_row *, enum tlp);

#endif
