/* The published text of a plan's progress, and the plan's own text with the titles it leaves out: bytes into typed
 * rows. Pure: no store, no clock. What the formats are, and what was met in them: published.md. */
#ifndef MEGURI_PLAN_PUBLISHED_H
#define MEGURI_PLAN_PUBLISHED_H

#include "base/work.h"

enum {
    PUBLISHED_BYTES_MAX = 8 * 1024 * 1024,
    PUBLISHED_LINES_MAX = 100 * 1000,
    PUBLISHED_LINE_MAX = 64 * 1024, /* bytes of one line */
    PUBLISHED_CELLS_MAX = 8,        /* of one line; one with more is not recognised */
    PUBLISHED_ROWS_MAX = 15000,
    PUBLISHED_NUMBER_MAX = 99999, /* of a measure */
    PUBLISHED_TITLE_MAX = 600,    /* bytes of a title or heading; a longer one is not recognised */
    PUBLISHED_LEVELS = 5,         /* 第3章, 第1節, ア, ①, (ア) or (1) */
    PUBLISHED_STATUSES = 4,
};

enum published_kind { PUBLISHED_HEADING, PUBLISHED_MEASURE, PUBLISHED_RELISTED };
struct published_row {
    enum published_kind kind;
    int64_t line;                     /* of the source, from 1 */
    int level;                        /* of a heading, from 1 */
    int64_t no;                       /* of the measure; of a re-listed row that of the measure told again */
    str code;                         /* "イ)a)": without blanks, ASCII brackets */
    str title;                        /* as printed; of a heading all of it */
    str owners;                       /* as printed: published_names parts it */
    str text;                         /* progress as printed, without markup */
    int status;                       /* 1 … 4; 0 where it is re-listed */
    ptrdiff_t path[PUBLISHED_LEVELS]; /* rows of the headings it stands below, by level; -1: none */
    str plan_text;                    /* what the plan says of it, where it was filled */
    int64_t fill_line;                /* of the plan's text, where the title was filled from; 0: it was not */
};
struct published_line {
    int64_t line;
    str text;
};

/* Defects of the source: kept, and told of. */
enum published_defect {
    DEFECT_MARKUP,   /* said: the markup that was left in and is not shown */
    DEFECT_NO_TITLE, /* nothing said; gone when the title is filled */
    DEFECT_MEETING,  /* said: the meeting with its number and date; day: that others give it */
    DEFECT_WORD,     /* said: a word; other: the one it is probably misread from */
    /* Told by the register of councils, not by the reader (published_register.c). */
    DEFECT_REGISTER_DAY,    /* said: the meeting; day: of the meeting with that number */
    DEFECT_REGISTER_NUMBER, /* said: the meeting; other: the number of that day's meeting */
    DEFECTS
};
struct published_flag {
    size_t row;
    enum published_defect defect;
    str said, other;
    int64_t day;
};

/* A meeting the text cites with number and date. */
struct published_cite {
    size_t row;
    str body; /* 情報セキュリティ政策会議 */
    int64_t no, day;
    str said; /* as printed */
};

struct published {
    str title; /* of the document; empty: it has none */
    struct published_row *row;
    size_t n;
    struct published_line *legend, *unknown; /* unknown: lines that are nothing the format has */
    size_t n_legend, n_unknown;
    struct published_flag *flag;
    size_t n_flags;
    struct published_cite *cite;
    size_t n_cites;
    size_t measures, relisted, by_status[PUBLISHED_STATUSES + 1];
};

/* Strs point into bytes or w->a, and live as long as both. INVALID with faults {name, line} for what can be no such
 * text: not UTF-8, over a limit, a number twice, a row that repeats a number that is not there, no measure at all. */
enum err published_read(struct work *w, str name, str bytes, struct published *out) MUST_USE;

/* ---- the plan's own text ---- */
struct plan_text_item {
    int64_t line;
    str path; /* headings folded, for the comparison */
    str code, title, owners, text;
    bool again; /* 【再掲】 */
};
struct plan_text {
    struct plan_text_item *item;
    size_t n;
    struct published_line *unknown; /* measures whose title has no end */
    size_t n_unknown;
};
enum err plan_text_read(struct work *w, str name, str bytes, struct plan_text *out) MUST_USE;

/* Gives rows without a title the one that stands below the same headings with the same code, and its text. What stays
 * without one keeps its flag; unused: places of items that no row of the published text answers to. */
void published_fill(struct arena *, struct published *, const struct plan_text *, const size_t **unused,
                    size_t *n_unused);

/* 「内閣官房 総務省」, 「内閣官房及び重要インフラ所管省庁」, 「総務省、経済産業省」: the names in it. */
size_t published_names(struct arena *, str owners, const str **out);

#endif
