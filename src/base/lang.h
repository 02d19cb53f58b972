/* Messages in the reader's language: English ids, Japanese from po/ja.d, chosen per request and not per process. */
#ifndef MEGURI_BASE_LANG_H
#define MEGURI_BASE_LANG_H

#include "base/str.h"

enum lang { LANG_EN, LANG_JA };

str tr(enum lang, str id);                                  /* the id itself when there is no translation */
str tr_fill(struct arena *, enum lang, str id, const str *args, size_t n); /* %1 … %9 replaced */
str lang_date(struct arena *, enum lang, int64_t days);     /* 令和8年4月16日; 2026-04-16 */
str lang_day(struct arena *, enum lang, int64_t at);        /* the same, of an instant, as the clocks of Japan say it */
str lang_minutes(struct arena *, enum lang lang, int64_t minutes); /* 2日3時間20分; 2 d 3 h 20 min; 0分; back in time: -3時間 */
str lang_pick(enum lang, str ja, str en);                   /* the other one when the wanted one is empty */

#endif
