/* The views, files and acts of the room; standard.c is their table. */
#ifndef MEGURI_STANDARD_ENTRIES_H
#define MEGURI_STANDARD_ENTRIES_H

#include "standard/standard_store.h"

entry_fn standard_view_list, standard_view_show, standard_view_questions, standard_view_diff, standard_view_gaps,
    standard_view_adoptions, standard_view_checks;
entry_fn standard_act_edition, standard_act_import, standard_act_decide, standard_act_import_oscal;
file_fn standard_file_export, standard_file_oscal;

#endif
