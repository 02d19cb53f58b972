#ifndef MEGURI_SHARE_CONTACTS_STORE_H
#define MEGURI_SHARE_CONTACTS_STORE_H

#include "share/contacts.h"

extern const struct sql_set contacts_sql_set;

#endif
