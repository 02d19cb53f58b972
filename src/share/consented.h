/* What an operator is asked about: the very text of a draft made of its report. (notice.h: notice_consented) */
#ifndef MEGURI_SHARE_CONSENTED_H
#define MEGURI_SHARE_CONSENTED_H

#include "share/notice.h"

/* notice_digest of the notice as it stands now, with its references and attachments. */
enum err notice_digest_now(struct work *, const struct notice *, str *out) MUST_USE;

#endif
