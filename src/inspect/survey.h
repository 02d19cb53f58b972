/* Urgent surveys (緊急調査): which systems use it, in which version, is it fixed, by when? Asked of all organisations of a
 * frame in minutes, answered per system, watched on a live board, closed and published as counts. */
#ifndef MEGURI_INSPECT_SURVEY_H
#define MEGURI_INSPECT_SURVEY_H

#include "inspect/inspect.h"

enum {
    SURVEY_ASKED_MAX = 12,     /* it is to be answered in minutes. The rows of one grid (type levels) are filled in as one, and count as one: */
    SURVEY_QUESTIONS_MAX = 40, /* so an elicitation asks of each sector of a federation of some thirty, and ten questions beside */
    SURVEY_CHOICES_MAX = 8,
    SURVEY_TIMES_MAX = 6,      /* columns of a grid */
    SURVEY_HOURS_MAX = 8760,
    SURVEY_TEXT_MAX = 500,     /* letters of a question, a reason or an answer */
    SURVEY_NAME_MAX = 100,     /* letters of a system that is not in the register */
    SURVEY_UNNAMED_MAX = 100000,
    SURVEY_DAYS_MAX = 366,     /* from asking to the due time */
    SURVEY_ROWS_MAX = 5000,    /* of single replies, on one page */
};

enum survey_type { SURVEY_YES_NO, SURVEY_TEXT, SURVEY_DATE, SURVEY_NUMBER, SURVEY_CHOICE, SURVEY_LEVELS, SURVEY_HOURS };
extern const char *const survey_type_codes[]; /* by enum survey_type; ends with NULL */

struct survey_question {
    int64_t pos; /* 1, 2 … */
    str key;
    enum survey_type type;
    str choices; /* parted by /; of levels the hours after which they are asked */
    str text_ja, text_en;
    str about;   /* code of the organisation it is about: the sector that is supposed to stop; empty: none */
};
struct survey {
    int64_t id, frame, frame_lo, frame_hi, due, asked, closed, published; /* times; 0: not yet */
    str code, title_ja, title_en, why, per, state, by_whom;
    str kind; /* of the register's entries that are asked for: system, service */
    str set;  /* the set of questions it was asked from; empty: none */
    bool own; /* single replies are seen by the organisation that gave them alone; figures of all when it is closed */
    struct survey_question question[SURVEY_QUESTIONS_MAX];
    size_t n;
};

/* "affected:yes_no:該当製品を使っているか|Do you use the product?", a line each; types also in Japanese, choices as
 * choice(a/b/c). Faults by row. Pure. */
enum err survey_parse(struct work *w, str lines, struct survey *into) MUST_USE;
str survey_spec(struct arena *, const struct survey *); /* the lines again */
/* One more question, within the limits; its pos is given here. */
enum err survey_question_add(struct work *w, struct where, struct survey *, const struct survey_question *) MUST_USE;
str survey_choices_told(struct arena *, enum lang, const struct survey_question *); /* "yes / no", in words */
bool survey_type_parse(str, struct survey_question *); /* "choice(a/b)": fills type and choices */
enum err survey_no_type(struct work *w, struct where, str type);
bool survey_is_key(str);
/* An answer as it is kept: trimmed, a date as YYYY-MM-DD; false when it does not fit the question. */
bool survey_value(struct arena *, const struct survey_question *, str given, str *out);
const struct survey_question *survey_question_of(const struct survey *, str key); /* NULL when there is none */
/* Of levels and hours: the figures, low and high the same where no range was given. A per cent, a tenth of an hour. Answers how many
 * there are, 0 when it is none of such (or `room` too small). Read as people write: "60-80", "60〜80％", "60..80", full-width digits. */
struct survey_range {
    int32_t low, high;
};
size_t survey_ranges(struct arena *, const struct survey_question *, str value, struct survey_range *out, size_t room);
size_t survey_times(const struct survey_question *, int64_t hours[SURVEY_TIMES_MAX]); /* of levels: 1, 6, 24, 72 */
bool survey_range_value(struct arena *, const struct survey_question *, str given, str *out); /* as it is kept */
/* Levels as a row of a grid is filled in, a cell for each time: one left empty is as the one before it, and before the first 100.
 * Empty when all are. */
str survey_levels_joined(struct arena *, const struct survey_question *, const str *cell);
/* What is counted of it: the value of yes_no and choice, of others that it was given. */
str survey_counted(const struct survey_question *, str value);
str survey_words(enum lang, const struct survey_question *); /* the question in the reader's language */
str survey_value_words(enum lang, const struct survey_question *, str value);

/* A day and an hour (0 to 24) as they are said in Japan, as a time. */
int64_t survey_moment(int64_t day, int64_t hour);
str survey_moment_words(struct work *w, enum lang, int64_t at); /* 11月21日 17時 */

/* By code, with its questions; NOTFOUND with a fault, the same whether absent or not for the actor. */
enum err survey_load(struct work *w, str code, struct survey *out) MUST_USE;

#endif
