/* The entries on who takes part, as the room's table names them. */
#ifndef MEGURI_SHARE_WHO_H
#define MEGURI_SHARE_WHO_H

#include "surface/door.h"

entry_fn share_view_bodies, share_view_body, share_view_sectors, share_act_body_edit, share_act_bodies_import;
entry_fn share_view_contacts, share_act_contact, share_act_contact_end, share_act_contacts_confirm,
    share_act_contacts_import;
entry_fn share_view_groups, share_view_group, share_act_group_make, share_act_group_members;
extern const struct param share_bodies_params[], share_body_params[], share_body_edit_params[], share_import_params[],
    share_contacts_params[], share_contact_params[], share_contact_end_params[], share_contacts_confirm_params[],
    share_group_params[], share_group_make_params[], share_group_members_params[];

#endif
