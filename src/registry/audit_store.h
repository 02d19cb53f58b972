/* What the audit counts. No one but audit.c includes this. */
#ifndef MEGURI_REGISTRY_AUDIT_STORE_H
#define MEGURI_REGISTRY_AUDIT_STORE_H

#include "access/access.h"

extern const struct sql_set audit_sql_set;

/* All within the actor's reach, today. */
struct audited {
    int64_t accounts, no_second, unused, setups; /* setups: set-up codes that wait */
    int64_t administrators, administrators_in;   /* people who administer; those of them who can come in by password */
    int64_t sessions, tokens, tokens_forever, tokens_acting;
    int64_t vacant, left;                        /* posts of CISO and administrators without a person; of people who left */
    int64_t letters_failed;
};
enum err audit_counts(struct work *w, int64_t unused_before, int64_t sessions_since, struct audited *out) MUST_USE;
enum err audit_setting(struct work *w, const char *key, bool *known, str *out) MUST_USE;

#endif
