/* A kind of case as it is read from its file: pure, no store. The file is a CSV
 *
 *   what,code,ja,en,rules[,help_ja,help_en]
 *
 * with a line for the kind, then its states (the first is where a case begins unless a step from `new` fits), steps,
 * fields, and words of fields. `rules` are words parted by blanks; a word may take a value after '=', values that are
 * lists are parted by '|'. Which words there are stands in kind.c, one table for each `what`. */
#ifndef MEGURI_CASE_KIND_H
#define MEGURI_CASE_KIND_H

#include "access/access.h"
#include "base/work.h"

enum line_what { LINE_KIND, LINE_STATE, LINE_STEP, LINE_FIELD, LINE_WORD, LINE_WHATS };
extern const char *const line_words[]; /* "kind state step field word"; ends with NULL */

struct line {
    enum line_what what;
    str code, ja, en, rules, help_ja, help_en;
    struct where where;
};

enum field_type { FIELD_TEXT, FIELD_LONG, FIELD_DATE, FIELD_INT, FIELD_ENUM, FIELD_CODE, FIELD_HASH, FIELD_TYPES };
extern const char *const field_types[]; /* "text long date int enum code hash"; ends with NULL */

struct kind_word {
    str code, ja, en;
};
struct kind_field {
    str code, ja, en, help_ja, help_en;
    enum field_type type;
    bool asked, required; /* at the opening; required: must be filled in there */
    bool personal;        /* shown to those concerned and to posts that may see names */
    bool open;            /* part of what all may read once the case is shared */
    struct kind_word *words;
    size_t n_words;
};
struct kind_state {
    str code, ja, en;
    bool ended;
    bool holds;  /* effect=exception: the exception holds while the case is here */
    bool shared; /* all may read the public part */
    int64_t days; /* working days from entering it; 0: no clock */
    bool carries; /* may be taken over into a plan, as a measure of it */
    str due;      /* else the date field that says when; empty: none */
};
/* Who may take a step: posts with one of these rights at the organisation of the case, or the persons named. */
enum party { PARTY_OPENER = 1, PARTY_OWNER = 2, PARTY_ABOUT = 4 };
struct kind_step {
    str code, ja, en;
    str from, to;       /* from: states parted by '|'; "new" for the opening. to: "same", which is no state: it stays */
    unsigned right;
    bool anyone;
    unsigned parties;   /* bits of enum party */
    bool above;         /* the right has to be held above the organisation, that of the centre next above it */
    bool itself;        /* the right has to be held at the organisation itself, not above it */
    str not_by;         /* opener|owner|about|CODE: nor who took step CODE of this case */
    bool text;          /* a text has to come with it */
    bool aside;         /* may be taken at any time: the case does not wait for it */
    bool at_due;        /* nor for this one, until its due day */
    str need, ask;      /* fields that have to be, or may be, filled in with it */
    str when;           /* values of the kind's class field, parted by '|'; empty: any */
};
enum about { ABOUT_ROUND = 1, ABOUT_CLAUSE = 2, ABOUT_RESPONDENT = 4, ABOUT_PERSON = 8 };
struct kind {
    int64_t id;
    str code, ja, en;
    unsigned opens, reads, assigns, adopts;
    bool anyone_opens;
    bool above;         /* the right to open has to be held above the organisation */
    str after;          /* kinds of case, parted by '|', on whose pages one is opened */
    str number;         /* {kind} {fy} {org} {n}: with {org} each organisation counts its own */
    unsigned about, must; /* bits of enum about; must: has to be given */
    bool excepts;       /* effect=exception */
    str class;          /* the enum field that decides between steps; empty: none */
    struct kind_state *states;
    struct kind_step *steps;
    struct kind_field *fields;
    size_t n_states, n_steps, n_fields;
};

/* Faults say file, row and column; those of the whole kind are found at the end. */
enum err kind_read(struct work *w, const struct line *lines, size_t n, struct kind *out) MUST_USE;
/* What a kind in use may not lose: states and fields that stand in cases, the type of such a field, the class field. */
struct used {
    const str *states, *fields;
    size_t n_states, n_fields;
};
enum err kind_may_replace(struct work *w, const struct kind *was, const struct kind *becomes,
                          const struct used *used) MUST_USE;

const struct kind_state *kind_state(const struct kind *, str code); /* NULL when absent; likewise below */
const struct kind_step *kind_step(const struct kind *, str code);
const struct kind_field *kind_field(const struct kind *, str code);
const struct kind_word *kind_word(const struct kind_field *, str code);
bool step_stays(const struct kind *, const struct kind_step *); /* the case goes to no other state by it */
bool list_has(str list, str one); /* parted by '|' */
str about_name(enum about);       /* "clause" */

/* A value as its field wants it, trimmed; a fault names the field as a form does (field.CODE). */
enum err field_check(struct work *w, const struct kind_field *, str value, str *out) MUST_USE;

#endif
