/* depend threats: common threats, what they may hit, which failure they lead to, how business goes on. */
#ifndef MEGURI_DEPEND_THREATS_H
#define MEGURI_DEPEND_THREATS_H

#include "depend/stored.h"

extern const struct param depend_threats_params[];
enum err depend_view_threats(struct work *w, const struct args *, struct doc *);

#endif
