/* How far a text may go and what may be done with it: the Traffic Light Protocol of FIRST, version 2.0 (August 2022;
 * 1.0's WHITE is read as CLEAR and never written), and the Permissible Actions Protocol. Pure. */
#ifndef MEGURI_SHARE_MARKING_H
#define MEGURI_SHARE_MARKING_H

#include "base/str.h"

/* From the widest to the narrowest, so that "never wider" is a comparison. */
enum tlp { TLP_CLEAR, TLP_GREEN, TLP_AMBER, TLP_AMBER_STRICT, TLP_RED, TLPS };
enum pap { PAP_CLEAR, PAP_GREEN, PAP_AMBER, PAP_RED, PAPS };

struct marking {
    enum tlp tlp;
    enum pap pap;
};

/* "TLP:AMBER+STRICT", "amber+strict", "tlp:white", full-width letters too; blanks around are skipped. False: no such
 * word; out is untouched. */
bool tlp_parse(str, enum tlp *out);
bool pap_parse(str, enum pap *out);
str tlp_label(enum tlp); /* "TLP:AMBER+STRICT" */
str tlp_word(enum tlp);  /* "amber+strict": of parameters, data and MISP tags */
str pap_label(enum pap); /* "PAP:AMBER" */
str pap_word(enum pap);

/* May a text marked `from` be handed on marked `to`: the same or narrower in both. */
bool marking_narrows(struct marking from, struct marking to);
/* The narrower of both in each. */
struct marking marking_both(struct marking, struct marking);

/* Ids of the marking-definition objects of STIX 2.1: TLP 2.0's, and TLP 1.0's four, which are read. False: none of
 * them. */
str tlp_stix_id(enum tlp);
bool tlp_of_stix_id(str id, enum tlp *out);

#endif
