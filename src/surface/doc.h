/* What a view tells, written as a stream: blocks one after the other, tables row by row, never built whole.
 *
 * A doc has many faces (page, terminal, JSON, CSV, XLSX, DOCX, a frozen record); no room knows which is wanted.
 * A face copies what it keeps, and never into w->a: a view may give back after each row what it made for the row.
 * Labels and notes are message ids; names that are data come in both languages and are picked by the face. */
#ifndef MEGURI_SURFACE_DOC_H
#define MEGURI_SURFACE_DOC_H

#include "base/decimal.h"
#include "base/lang.h"
#include "base/rate.h"
#include "base/work.h"

enum cell_type {
    CELL_NONE, /* absent: a dash, null */
    CELL_TEXT,
    CELL_INT,
    CELL_RATE,
    CELL_DATE, /* days since 1970 */
    CELL_TIME, /* seconds since 1970, UTC */
    CELL_ENUM, /* code, shown translated */
    CELL_ORG,  /* code, shown as its name, indented by depth */
    CELL_PERSON,
    CELL_CLAUSE, /* number, or "number text" */
    CELL_BOOL,   /* yes or nothing */
    CELL_DECIMAL, /* exact, as published: i with `depth` decimals (base/decimal.h) */
    CELL_MINUTES, /* a length of time: shown as 2日3時間20分, a whole number of minutes in data */
};

struct cell {
    enum cell_type type;
    str text;    /* TEXT itself; ENUM, ORG, PERSON, CLAUSE: the code */
    str ja, en;  /* TEXT in two languages, names of ORG, PERSON, CLAUSE, of an ENUM that is data; may be empty */
    int64_t i;   /* INT, DATE, TIME, BOOL, DECIMAL, MINUTES */
    int depth;   /* ORG, label of a SHOW_TREE: steps below the first row's; DECIMAL: decimals */
    struct rate rate;
};
#define C_NONE ((struct cell){.type = CELL_NONE})
#define C_TEXT(s) ((struct cell){.type = CELL_TEXT, .text = (s)})
#define C_BOTH(j, e) ((struct cell){.type = CELL_TEXT, .ja = (j), .en = (e)})
#define C_INT(x) ((struct cell){.type = CELL_INT, .i = (x)})
#define C_RATE(r) ((struct cell){.type = CELL_RATE, .rate = (r)})
#define C_DATE(x) ((struct cell){.type = CELL_DATE, .i = (x)})
#define C_TIME(x) ((struct cell){.type = CELL_TIME, .i = (x)})
#define C_ENUM(s) ((struct cell){.type = CELL_ENUM, .text = (s)})
#define C_ORG(c, j, e, d) ((struct cell){.type = CELL_ORG, .text = (c), .ja = (j), .en = (e), .depth = (d)})
#define C_PERSON(c, j, e) ((struct cell){.type = CELL_PERSON, .text = (c), .ja = (j), .en = (e)})
#define C_CLAUSE(c) ((struct cell){.type = CELL_CLAUSE, .text = (c)})
#define C_DECIMAL(d) ((struct cell){.type = CELL_DECIMAL, .i = (d).i, .depth = (d).scale})
#define C_MINUTES(x) ((struct cell){.type = CELL_MINUTES, .i = (x)})
#define C_BOOL(x) ((struct cell){.type = CELL_BOOL, .i = (x)})
/* Nothing where it is empty. */
struct cell text_cell(str);
struct cell both_cell(str ja, str en);
struct cell person_cell(str code, str ja, str en); /* no code: nothing */
struct cell words_cell(str id); /* a message, in both languages */
/* An ENUM whose words are data: programs read the code, people the name. An empty language takes the other; no code: nothing. */
struct cell enum_named_cell(str code, str ja, str en);
struct cell enum_words_cell(str code, str id); /* with a message of its own, where the same code says something else elsewhere */
struct coded {
    const char *code;
    str words; /* message id */
};
/* Of a table of them; a code that is none of them as it is. */
#define CODED(all, code) coded_cell(all, sizeof(all) / sizeof((all)[0]), code)
struct cell coded_cell(const struct coded *all, size_t n, str code);
struct decimal cell_decimal(const struct cell *); /* of a DECIMAL */

enum column_flag {
    COL_DETAIL = 1, /* left out first when the window is narrow; always in data */
    COL_BAR = 2,    /* a bar where there is room for one */
    COL_HEAT = 4,   /* a rate coloured by its distance from the goal (struct show) */
    COL_SIGN = 16,  /* a difference: shown with its sign, ＋ or ▲ */
    COL_PICK = 32,  /* an act that may be done for several rows at once: `with` is a parameter that may be given often */
    COL_DATA = 8,   /* in data only: what a row's links and actions need, a denominator's parts */
};
/* A cell leads to an entry (`to`, "inspect rates") and fills a parameter of it (`with`, "org"). The other parameters are
 * filled, where the entry knows them, from the cells of the same row whose column has the same `with`, then from the
 * parameters of the page. Where the entry is an act, the cell is a button with the column's label that does it. */
struct column {
    const char *key; /* stable English, unique in the table */
    enum cell_type type;
    str label;       /* message id */
    unsigned flags;
    const char *to, *with;
    const char *value; /* what `with` is filled with when it is not the cell's own code; then the head leads there too */
    const char *of;    /* key of the column (INT) that is this rate's denominator, or the base of this mean; NULL */
};

/* ---- presentations: how the next table is shown, by a face that can; the others show the table ---- */
enum show_kind {
    SHOW_TABLE,
    SHOW_BARS,    /* label, values (rates or counts; several are grouped); goal_of; state: 'total' has no bar, 'break' a line before it */
    SHOW_STACKED, /* label, values (cumulative shares, widest last: attainment 100, 95, 90) */
    SHOW_LINE,    /* label is the axis, values are lines; goal_of; where state is 'break' the lines are cut */
    SHOW_RADAR,   /* label is the spoke, values are outlines */
    SHOW_RING,    /* label, from, until (dates), state: past now next */
    SHOW_STEPS,   /* label, detail, state: past now next; values: written behind the detail, where they are filled */
    SHOW_PARTS,   /* label, values[0] (count): one bar of the whole, with a legend */
    SHOW_PAIRS,   /* label, detail: a list of a few labelled values */
    SHOW_CALLS,   /* label, detail, state: late lack wait; the cell with `to` is the button: what waits for a person */
    SHOW_CARDS,   /* a table whose rows are cards on a phone */
    SHOW_SECTIONS, /* the same, with headings between its rows: where state (INT, a level from 1) is filled, label alone is
                    * written, across the table; sorted by a column it is without them */
    SHOW_TREE,    /* label (of any type) is indented by its depth; detail, values: written behind it, where they are filled; without
                   * them a table with branches before its labels */
    SHOW_DIFF,    /* label, values[0] is what stands, values[1] what was given */
    SHOW_ANSWERS, /* inside a form: a row is a field. Columns name (of the parameter: "value.affected"), text, type (yes_no text
                  * date number choice), choices (parted by /), value, help */
    SHOW_QUESTIONS, /* inside a form whose act has the MAPs answer, note, was. Columns question (the key of the MAPs), no,
                     * section, text, example, help, answer (code or none: also the hidden was.KEY), note, may_none */
    SHOW_FIELDS, /* inside a form: what it asks, as data says. Columns name (of the parameter, field.KEY of a MAP), choice,
                  * label, type (text long date time int enum code hash flag several; fold: what follows is folded away), required,
                  * help, value. A row whose `choice` is
                  * filled is one of the choices of the field before it; a flag is sent with its value when it is ticked */
    SHOW_SHARES,  /* label, values (counts): each row a bar of its own whole, parted by the values */
    SHOW_GANTT,   /* label, detail, from, until (dates; from may be absent), values[0] the date it was done, state: done late
                   * running ahead, with -derived where the date is read out of other words; rows of one label share a lane */
    SHOW_CURVES,  /* small charts with the same axes, one for each label (rows of one label stand together): detail is the axis (MINUTES),
                   * values[0] a level (rate) that holds until the next row's, values[1] that of another run beside it; from, until (rates):
                   * the band from low to high; goal_of: a level that should hold, the same in all rows of a label */
    SHOW_SPREAD,  /* who failed because of whom, on a map with a slider for the time: label is a service (its code names it), detail its
                   * lane, from and until (MINUTES; until may be absent), values[0] the lowest level (rate), values[1] the label of the row
                   * it failed because of (absent: it began there), state how: struck physical cyber geographic logical */
};
enum { SHOW_VALUES = 8, SHOW_SIDE_BY_SIDE = 4 }; /* lines; bars, shares and outlines take the first four */
struct show {
    enum show_kind kind;
    const char *label, *detail, *state, *from, *until; /* keys of columns */
    const char *values[SHOW_VALUES];
    int32_t goal;  /* tenths of a percent, 0: none; below 0: rates of a heat map do harm, and 0 is blank */
    int32_t begin; /* tenths of a percent where an axis begins; bars begin at 0 always */
    const char *goal_of; /* key of a column: the goal of each row, in the unit of the values; or NULL */
    bool alone;    /* the presentation says all that the table says: the page leaves the table out */
};

/* ---- forms: an act to be done from here; faces without forms leave the form out, not what stands in it ---- */
struct form_button {
    const char *name, *value; /* sent with it; NULL: nothing */
    str label;                /* message id */
};
enum { FORM_BUTTONS = 4, FORM_GIVEN = 8 };
struct form {
    const char *act;   /* "inspect save" */
    str title;         /* message id; empty: none */
    struct form_given {
        const char *name;
        str value;
    } given[FORM_GIVEN]; /* filled in and not asked; ends with name NULL */
    const char *ask;   /* names of the parameters asked for, in order, parted by blanks; NULL: none, only buttons */
    struct form_button button[FORM_BUTTONS]; /* the first is the main one; none: one with the act's title */
    bool folded;       /* shown behind its title */
    const char *typed; /* of a quiet act that keeps a draft: the fact and parameter by which a new one is known ("report"); where there is a
                        * script, it is kept as it is typed. The act tells the fact revision and takes it. NULL: only by its button */
};

struct doc;
struct face {
    void (*heading)(struct doc *, str text); /* heading, text and note come translated and filled, and are borrowed */
    void (*text)(struct doc *, str text);
    void (*note)(struct doc *, str text);
    void (*fact)(struct doc *, const char *key, str label, const struct cell *);
    void (*table)(struct doc *, const char *name, const struct column *, size_t n);
    void (*row)(struct doc *, const struct cell *);
    void (*table_end)(struct doc *);
    /* NULL in faces that have none of these */
    void (*show)(struct doc *, const struct show *);
    void (*form)(struct doc *, const struct form *);
    void (*form_end)(struct doc *);
    void (*grid)(struct doc *, const char *how); /* "half", "side", "lead": columns side by side; "next"; "end" */
};
/* A face embeds this first in its own struct. */
struct doc {
    const struct face *face;
    struct work *w;
    enum lang lang;               /* of the reader; set by the edge */
    const struct column *columns; /* of the open table */
    size_t n_columns;
    bool provisional;             /* some figure shown may still change; set by the view */
    str handling;                 /* message id: how it may be handed on (格付け・取扱制限); empty when nothing restricts it */
    bool personal;                /* tells of named persons: that it was read is written to the journal; set by the view */
    bool paged;                   /* for people at a screen: of many rows a view tells some, and where it goes on; set by the edge */
    bool marks;                   /* that it was read is to be entered (struct entry, mark); set by the view */
    bool live;                    /* tells of what is under way: a page asks again by itself; set by the view */
    str below;                    /* while face->fact runs: the sentence of doc_fact_of */
    str title, lead;              /* in the reader's language, where the view knows better than its entry; see doc_title */
};

/* Words: message id first, arguments after it (as fault()). */
#define doc_heading(d, ...) doc_words(d, (d)->face->heading, DOC_WORDS(__VA_ARGS__))
#define doc_text(d, ...) doc_words(d, (d)->face->text, DOC_WORDS(__VA_ARGS__))
#define doc_note(d, ...) doc_words(d, (d)->face->note, DOC_WORDS(__VA_ARGS__)) /* at any time; shown at the end */
#define DOC_WORDS(...) (const str[]){__VA_ARGS__}, sizeof((const str[]){__VA_ARGS__}) / sizeof(str)
/* Translates words[0], fills in the rest, and hands the sentence to the block. */
void doc_words(struct doc *, void (*block)(struct doc *, str), const str *words, size_t n);

/* For faces: the text of a cell that has one in the reader's language (TEXT, ENUM, ORG, PERSON, CLAUSE); not copied but
 * for a clause with its wording. */
str doc_cell_words(struct arena *, enum lang, const struct cell *);
/* A document made of several views has tables "PART__name": the name by which the table has a word for readers. */
const char *doc_table_word(const char *name);
const char *cell_type_name(enum cell_type); /* "rate", "organisation": as data says it */

/* The heading of the page ("令和7年度の自己点検は、実施の段階です") and the line below it, which says the parameters in words. */
#define doc_title(d, ...) doc_kept(d, &(d)->title, DOC_WORDS(__VA_ARGS__))
#define doc_lead(d, ...) doc_kept(d, &(d)->lead, DOC_WORDS(__VA_ARGS__))
void doc_kept(struct doc *, str *to, const str *words, size_t n); /* copied into an arena that lasts with w->a */

void doc_show(struct doc *, const struct show *);  /* before the table it is about, which must be of these columns */
void doc_form(struct doc *, const struct form *);  /* tables inside give it fields (SHOW_QUESTIONS) */
void doc_form_end(struct doc *);
void doc_grid(struct doc *, const char *how);

void doc_fact(struct doc *, const char *key, str label, struct cell);
/* With a sentence that says what the figure is of ("17機関の平均"): message id, arguments. */
#define doc_fact_of(d, key, label, cell, ...) doc_fact_below(d, key, label, cell, DOC_WORDS(__VA_ARGS__))
void doc_fact_below(struct doc *, const char *key, str label, struct cell, const str *words, size_t n);
void doc_table(struct doc *, const char *name, const struct column *, size_t n); /* columns must outlive the table */
#define DOC_TABLE(d, name, columns) doc_table(d, name, columns, sizeof(columns) / sizeof((columns)[0]))
void doc_row(struct doc *, const struct cell *cells); /* as many as columns, of their types or CELL_NONE */
#define DOC_ROW(d, ...) doc_row(d, (const struct cell[]){__VA_ARGS__})
void doc_table_end(struct doc *);

/* A doc nobody reads: for acts that run other acts, and for measuring. */
struct doc doc_silent(struct work *);

#endif
