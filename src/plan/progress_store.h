/* What is said of measures, and reports as they were frozen, as the store has them. The words of owners are told to those
 * whose reach holds the owner or the plan's organisation: the statements hold this. */
#ifndef MEGURI_PLAN_PROGRESS_STORE_H
#define MEGURI_PLAN_PROGRESS_STORE_H

#include "plan/progress.h"
#include "plan/status.h"

/* ---- lines that were said ---- */
struct said {
    int64_t id, org, org_lo, no, status, at; /* no: the revision; status 0: taken back */
    bool last, for_it;                       /* for_it: entered by somebody above */
    str key, voice, text_ja, text_en, reason, by_whom, by_ja, by_en, org_code, org_ja, org_en; /* voice: owner centre */
};
#define VOICE_OWNER S("owner")
#define VOICE_CENTRE S("centre")
/* The one that stands, whoever asks has found the owner in reach. NOTFOUND without a fault: nothing was said. */
enum err said_last(struct work *w, int64_t plan, str key, str voice, int64_t org, struct said *out) MUST_USE;
/* Puts it in the place of the one before it; no is given, at and who are the act's. */
enum err said_add(struct work *w, int64_t plan, const struct said *before, const struct said *now) MUST_USE;
/* All of a measure that the reader may hear: the centre first, owners in official order, the newest of each first. */
enum err said_all(struct work *w, int64_t plan, str key, struct said **out, size_t *n) MUST_USE;
/* The last line said before a time; 0: none. */
enum err said_before(struct work *w, int64_t plan, int64_t at, int64_t *id) MUST_USE;
enum err said_newest(struct work *w, int64_t plan, int64_t *id) MUST_USE;

/* ---- rows of a plan with what is said of them ---- */
struct line {
    int64_t ord, level;
    ptrdiff_t up;           /* place among the lines read of the nearest heading above; -1: none */
    enum item_kind kind;    /* heading, measure, relisted */
    str key, code, title_ja, title_en, area, relists;
    struct status_line lead, centre;
    int64_t report;         /* status in the last report */
    struct standing is;
    str text_ja, text_en;   /* what is published */
    str owners_ja, owners_en, orgs; /* as named; codes of who they are, parted by blanks */
    const size_t *place;    /* of them in struct owners, in official order; of a report OWNER_GONE: not in the tree any more */
    int64_t lead_org;       /* 0: none */
    int64_t worst, reported, owners; /* owners: how many they are; reported: how many of them have said */
};
#define OWNER_GONE SIZE_MAX
struct span { /* rows of an edition, by place: [from, until) */
    int64_t plan, edition, from, until;
    int64_t upto;   /* what was said up to and with this line; 0: all */
    bool texts;
};
/* Headings, measures and what is told again, in printed order. */
enum err lines_end(struct work *w, int64_t edition, int64_t *out) MUST_USE; /* the last place */
enum err lines_items(struct work *w, const struct span *, struct line **out, size_t *n) MUST_USE;
/* Fill lead, centre and, with texts, what they said; a row told again has what its first place has. */
struct heard {
    int64_t ord, org, id, status;
    str text_ja, text_en;
};
enum err lines_leads(struct work *w, const struct span *, struct heard **out, size_t *n) MUST_USE; /* id 0: not said */
enum err lines_centre(struct work *w, const struct span *, struct heard **out, size_t *n) MUST_USE;
/* What stands in a frozen report; status 0: nothing. */
enum err lines_reported(struct work *w, const struct span *, int64_t frozen, struct heard **out, size_t *n) MUST_USE;
/* All owners that said, without texts, in order of ord: fn is called for each. */
typedef void said_fn(void *to, int64_t ord, int64_t org, int64_t status);
enum err lines_heard(struct work *w, const struct span *, said_fn *, void *to) MUST_USE;
/* Owners as named, as one text (owner_lists.h), in order of ord; of what is told again those of its first place. */
typedef void named_fn(void *to, int64_t ord, str owners);
enum err lines_named(struct work *w, const struct span *, named_fn *, void *to) MUST_USE;

/* ---- reports ---- */
struct progress_report {
    int64_t id, due, frozen; /* frozen: row id of its last number, 0: not frozen yet */
    int64_t no, at, upto, edition;
    str code, digest, head, reason, by_whom;
    bool outside;
};
/* Of the plan, in order of due, each with its last number. */
enum err progress_reports_of(struct work *w, int64_t plan, struct progress_report **out, size_t *n) MUST_USE;
/* Number no of it; 0: the last. NOTFOUND with a fault. */
enum err progress_report_find(struct work *w, const struct plan *, str code, int64_t no, struct progress_report *out) MUST_USE;
/* The last that was frozen, of all the plan's, before a time; NOTFOUND without a fault. */
enum err progress_report_last(struct work *w, int64_t plan, int64_t before, struct progress_report *out) MUST_USE;
enum err progress_report_put(struct work *w, int64_t plan, str code, int64_t due) MUST_USE; /* made, or its due day changed */
enum err progress_frozen_add(struct work *w, struct progress_report *) MUST_USE; /* the next number; frozen and no are filled */
enum err progress_frozen_rows_add(struct work *w, int64_t frozen, const struct line *, size_t n) MUST_USE;
/* In [from, until) by ord; texts: with texts. */
enum err progress_frozen_rows(struct work *w, int64_t frozen, const struct span *, struct line **out, size_t *n) MUST_USE;
enum err progress_frozen_end(struct work *w, int64_t frozen, int64_t *out) MUST_USE; /* the last place */
/* Of one measure in all reports of the plan, the last number of each, oldest first. */
struct progress_frozen_status {
    str report;
    int64_t no, at, status;
    str text_ja, text_en;
};
enum err progress_frozen_of(struct work *w, int64_t plan, str key, struct progress_frozen_status **out, size_t *n) MUST_USE;

/* ---- whose are they? ---- */
struct lines_mine_plan { /* one that stands, of an organisation above it or its own, and is not over on that day or has an open report */
    int64_t id, edition, due, upto; /* due 0: no report is set up; upto: the last line that a report took account of */
    str code, title_ja, title_en, report;
};
enum err lines_mine_plans(struct work *w, int64_t org, int64_t day, struct lines_mine_plan **out, size_t *n) MUST_USE;
struct lines_mine { /* a measure that an organisation owns, directly or by a group */
    const struct lines_mine_plan *plan;
    int64_t item, said;     /* row ids; said: its last line, 0: none */
    int64_t status, no, at; /* this and the texts only when it was read */
    str key, code, title_ja, title_en, text_ja, text_en;
};
/* In printed order, not read yet: whoever shows some of many reads those. */
enum err lines_mine(struct work *w, int64_t org, int64_t day, const struct lines_mine_plan *, struct lines_mine **out, size_t *n) MUST_USE;
enum err lines_mine_read(struct work *w, struct lines_mine *) MUST_USE;
/* Owners that said something after that line, in order of ord. */
enum err said_after(struct work *w, const struct span *, int64_t after, said_fn *, void *to) MUST_USE;

#endif
