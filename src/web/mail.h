/* A letter as it goes over the wire: RFC 5322 with RFC 2047 words in the head and a base64 body, so that Japanese passes
 * every relay. Pure. */
#ifndef MEGURI_WEB_MAIL_H
#define MEGURI_WEB_MAIL_H

#include "account/account.h"

/* An address that can stand in a head and in SMTP as it is: one @, no blanks, no brackets, ASCII, at most 254 bytes. */
bool mail_address(str);
/* "Name <a@b>" or "a@b": the address alone. */
str mail_bare(str from);
bool mail_same(str a, str b); /* one address, however its letters are written */
/* id: unique, for Message-ID. */
str mail_text(struct arena *, str from, const struct letter *, int64_t now, str id);
/* The same for a letter that is encrypted (RFC 3156, multipart/encrypted): first what is to be encrypted, a MIME entity of its own; then, with that as
 * OpenPGP wrote it (armoured), the letter. Of its head nothing is sealed, so its subject says nothing. */
str mail_inner(struct arena *, str text);
str mail_sealed(struct arena *, str from, const struct letter *, str armoured, int64_t now, str id);
str mail_words(struct arena *, str text); /* encoded words, folded; plain ASCII stays */
str mail_date(struct arena *, int64_t now);

#endif
