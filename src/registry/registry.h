/* registry: who and what exists. Organisations, people, posts, systems, duties; read by all rooms through access/. */
#ifndef MEGURI_REGISTRY_REGISTRY_H
#define MEGURI_REGISTRY_REGISTRY_H

#include "surface/entry.h"

/* A file holds at most so many rows; a preview lists at most so many differences. A code has at most 64 bytes, a text
 * 4,096 (registry_csv.h); organisations may lie any number of steps deep. */
enum { IMPORT_ROWS_MAX = 1000000, DIFFERENCES_MAX = 1000 };

extern const struct room registry_room;

/* Tags of systems and devices (table system_tag): what acts in bulk choose by. A MAP parameter of type P_TEXT,
 * {"tag", P_TEXT, MAP, …}, gives --tag.network LAN. A tag whose value is empty counts as none. */
enum { SYSTEM_TAGS_MAX = 20, TAG_VALUE_MAX = 200, TAG_FILTERS_MAX = 4 };
struct tag_filter {
    struct {
        str key, value;
    } tag[TAG_FILTERS_MAX]; /* all of them are asked for; those beyond n are empty: SQL passes them as '' */
    size_t n;
};
/* ---- councils and their meetings ---- */

struct meeting {
    str code, council, council_ja, council_en, title_ja, title_en, note_ja, note_en;
    int64_t number, day; /* 0: no number; NO_DAY: the day is not known */
    int64_t documents, decisions;
};
#define NO_DAY INT64_MIN
typedef void meeting_fn(void *to, const struct meeting *); /* borrowed for the call */
/* council empty: of all; by day, those without one where their number puts them. */
enum err meetings_each(struct work *w, str council, meeting_fn *, void *to) MUST_USE;
/* By number, or by day where number is 0. Texts are kept in w->a. */
enum err registry_meeting_find(struct work *w, str council, int64_t number, int64_t day, bool *found,
                               struct meeting *out) MUST_USE;

/* A meeting as somebody cites it, beside the register: "第13回（平成19年4月23日）" contradicts it where no. 13 was on
 * another day, or that day's meeting has another number. Nothing is known against what the register does not have. */
enum cited { CITED_AGREES, CITED_CONTRADICTS, CITED_UNKNOWN };
struct meeting_check {
    enum cited verdict;
    bool by_number, by_day;         /* the register has such a one: */
    struct meeting numbered, dated; /* the meeting of that number; the meeting of that day */
};
/* number 0, day NO_DAY: not cited. */
enum err registry_meeting_check(struct work *w, str council, int64_t number, int64_t day,
                                struct meeting_check *out) MUST_USE;

/* ---- the calendar of the year ---- */

enum { CALENDAR_MAX = 2000 }; /* entries looked at */
struct calendar_item {
    str code, kind, name_ja, name_en; /* kind: consult decide inspect progress evaluate meeting */
    str ref;                          /* "meeting:seisaku-14"; empty: nothing */
    str org, org_ja, org_en;          /* whose it is; empty: everybody's */
    int64_t from, until;              /* first and last day */
};
typedef enum err calendar_fn(void *to, const struct calendar_item *);
/* What falls into these days and concerns the actor's organisation: of everybody, of organisations above it, and where
 * `below`, of those below it; with the meetings of councils. By first day. Borrowed for the call; stops at the first err
 * that fn answers with. */
enum err calendar_each(struct work *w, int64_t from, int64_t until, bool below, calendar_fn *, void *to) MUST_USE;

enum err tags_asked(struct work *w, const struct args *in, const char *param, struct tag_filter *out) MUST_USE;

#endif
