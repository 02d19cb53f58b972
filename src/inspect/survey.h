/* Urgent surveys (緊急調査): which systems use it, in which version, is it fixed, by when? Asked of all organisations of a
 * frame in minutes, answered per system, watched on a live board, closed and published as counts. */
#ifndef MEGURI_INSPECT_SURVEY_H
#define MEGURI_INSPECT_SURVEY_H

#include "inspect/inspect.h"

enum {
    SURVEY_QUESTIONS_MAX = 12,
    SURVEY_CHOICES_MAX = 8,
    SURVEY_TEXT_MAX = 500,     /* letters of a question, a reason or an answer */
    SURVEY_NAME_MAX = 100,     /* letters of a system that is not in the register */
    SURVEY_UNNAMED_MAX = 100000,
    SURVEY_DAYS_MAX = 366,     /* from asking to the due time */
    SURVEY_ROWS_MAX = 5000,    /* of single replies, on one page */
};

enum survey_type { SURVEY_YES_NO, SURVEY_TEXT, SURVEY_DATE, SURVEY_NUMBER, SURVEY_CHOICE };
extern const char *const survey_type_codes[]; /* by enum survey_type; ends with NULL */

struct survey_question {
    int64_t pos; /* 1, 2 … */
    str key;
    enum survey_type type;
    str choices; /* parted by / */
    str text_ja, text_en;
};
struct survey {
    int64_t id, frame, frame_lo, frame_hi, due, asked, closed, published; /* times; 0: not yet */
    str code, title_ja, title_en, why, per, state, by_whom;
    struct survey_question question[SURVEY_QUESTIONS_MAX];
    size_t n;
};

/* "affected:yes_no:該当製品を使っているか|Do you use the product?", a line each; types also in Japanese, choices as
 * choice(a/b/c). Faults by row. Pure. */
enum err survey_parse(struct work *w, str lines, struct survey *into) MUST_USE;
str survey_spec(struct arena *, const struct survey *); /* the lines again */
/* An answer as it is kept: trimmed, a date as YYYY-MM-DD; false when it does not fit the question. */
bool survey_value(struct arena *, const struct survey_question *, str given, str *out);
const struct survey_question *survey_question_of(const struct survey *, str key); /* NULL when there is none */
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
