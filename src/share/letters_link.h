/* The link in a letter that confirms one delivery. Made with the letter (letters.c); opened here. */
#ifndef MEGURI_SHARE_LETTERS_LINK_H
#define MEGURI_SHARE_LETTERS_LINK_H

#include "surface/letter_link.h"

extern const struct letter_link confirm_letter_link;

#endif
