/* What the files of the page renderer share: the page under way, its table, and how text gets into it.
 *
 * Text goes in by four doors only: RAW takes a literal of ours; page_escape and say escape; attribute() escapes and
 * quotes. Nothing that came from outside reaches the page by RAW. */
#ifndef MEGURI_WEB_PAGE_PARTS_H
#define MEGURI_WEB_PAGE_PARTS_H

#include "face/curves.h"
#include "web/page.h"

enum { ROWS_KEPT = 5000, ROWS_A_PAGE = 200, PAIRS_MAX = 64, LINK_GIVEN = 16, CHART_ROWS = 200 };

struct pair { /* a parameter of this page, decoded */
    str name, value;
};
struct page_table {
    const char *name;
    const struct column *columns;
    size_t n;
    const struct cell **row; /* copied; at most ROWS_KEPT and one window */
    size_t kept, room;
    int64_t count;           /* of rows that pass the filter */
    int64_t first;           /* of the window, from 0 */
    str find;                /* folded; empty: no filter */
    str find_shown;
    struct show show;
    struct curves *curves;   /* of all rows, also those that are not kept; NULL: it is not shown as SHOW_CURVES */
    bool folded;             /* behind a line to open it */
    ptrdiff_t tree;          /* the column whose labels have branches before them; -1 */
    int base;                /* depth of its first row */
    const uint32_t *more;    /* of the rows of the window: which branches go on below (face/branches.h) */
    bool *empty;             /* per column: no row has anything */
    bool *with_base;         /* per column: some rate has a denominator to show */
    bool *negative;          /* per column: a difference, shown with its sign */
    struct column_to {       /* per column: where `to` leads; entry NULL: nowhere, or not for the reader */
        const struct room *room;
        const struct entry *entry;
        bool button;
        str path;
    } *to;
    bool heat;
    int pick_form;           /* id of the form the boxes of its rows belong to; 0: there are none */
    size_t pick;             /* the column whose act that is */
};
struct page_doc {
    struct doc doc;          /* first */
    struct out *out;
    const struct page_frame *frame;
    struct arena *a;
    struct buf body, notes, late; /* late: forms that may not stand where their buttons do */
    struct pair own[PAIRS_MAX];   /* parameters of this page as sent */
    size_t n_own;
    struct page_table table;
    struct show show;        /* for the next table */
    bool has_show;
    struct form form;
    bool form_open, form_left_out, form_file;
    bool section, titled;    /* a section is open; it has a heading that no table has taken yet */
    bool facts;              /* a list of facts is open */
    int grids;
    int ids;                 /* counter of ids in the page */
    unsigned char once[16];  /* what the keys of this page's forms are made from */
    uint32_t n_once;
    size_t headless;         /* tables without a heading */
    size_t first_headless;   /* where in the body the class of the first one's heading stands */
    bool wide, exports_shown;
    bool act_page, refused, parameters_off;
    const struct page_field *asked; /* what data asks in the form of the act; NULL: not asked for yet */
    size_t n_asked;
};
struct page_doc *page_of(struct doc *);

/* ---- page_write.c: text, addresses, dates ---- */
#define RAW(b, literal) buf_add(b, S(literal))
void say(struct page_doc *, struct buf *, str id); /* translated, escaped */
#define SAY(p, b, ...) say_filled(p, b, DOC_WORDS(__VA_ARGS__))
void say_filled(struct page_doc *, struct buf *, const str *words, size_t n);
str filled(struct page_doc *, const str *words, size_t n);
#define FILLED(p, ...) filled(p, DOC_WORDS(__VA_ARGS__))
void attribute(struct buf *, const char *name, str value); /* blank, name="value" */
void hidden(struct buf *, str name, str value);            /* an input of a form that is not seen */
void put_number(struct buf *, int64_t);                    /* 270,474 */
str number_text(struct arena *, int64_t);
str date_words(struct page_doc *, int64_t days, bool short_form); /* 令和8年4月16日（木） */
str time_words(struct page_doc *, int64_t seconds, bool short_form);
void address_add(struct buf *, str name, str value);       /* ?name=value, or & */
str own_value(const struct page_doc *, str name);          /* empty when the page has no such parameter */
/* This page with other values: pairs are laid over its own parameters; an empty value takes one away. */
str own_url(struct page_doc *, const struct pair *, size_t n);
str entry_title(struct page_doc *, const struct entry *);
bool entry_by_words(const char *words, const struct room **, const struct entry **); /* "inspect rates" */
bool allowed(const struct page_doc *, const struct entry *);
void own_read(struct page_doc *); /* fills own from the frame */

/* ---- page_blocks.c: sections, facts, grids, notes ---- */
extern const struct face page_face;
void section_need(struct page_doc *);          /* a section is open after it */
void section_end(struct page_doc *);
void facts_end(struct page_doc *);
void section_for_table(struct page_doc *, str label); /* a heading for what would have none */

/* ---- page_cells.c ---- */
struct link_to { /* where a cell leads */
    bool any, act, asks; /* asks: the act needs more than the cell knows, so its form is opened */
    const struct room *room;
    const struct entry *entry;
    str path;
    struct pair given[LINK_GIVEN];
    size_t n;
};
struct link_to cell_link(struct page_doc *, size_t column, const struct cell *row);
str link_url(struct page_doc *, const struct link_to *);
str cell_text(struct page_doc *, const struct column *, const struct cell *); /* as read, in the reader's language */
void cell_words(struct page_doc *, struct buf *, const struct column *, const struct cell *); /* escaped, with shapes */
void cell_linked(struct page_doc *, struct buf *, size_t column, const struct cell *row, const char *class);
void act_button(struct page_doc *, struct buf *, const struct link_to *, str label, const char *class);
str cell_code(struct arena *, const struct cell *);
str rate_shown(struct arena *, struct rate); /* 98.2, ▲1.1 */
str rate_base(struct page_doc *, size_t column, const struct cell *row); /* 265,625 / 270,474; 31項目; empty */
const char *state_shape(str code); /* "done"; NULL: no state we know */
int heat_step(int32_t tenths, int32_t goal);
ptrdiff_t column_index(const struct page_table *, const char *key); /* -1 for NULL and unknown keys */
str row_words(struct page_doc *, const char *key, const struct cell *row); /* as read; empty when there is none */
str row_code(struct page_doc *, const char *key, const struct cell *row);

/* ---- page_table.c ---- */
void table_begin(struct page_doc *, const char *name, const struct column *, size_t n);
void table_row(struct page_doc *, const struct cell *);
void table_finish(struct page_doc *);
void exports(struct page_doc *);

/* ---- page_charts.c, page_round.c, page_lists.c: each draws p->table as its show says ---- */
void draw_bars(struct page_doc *);
void draw_stacked(struct page_doc *);
void draw_line(struct page_doc *);
void draw_radar(struct page_doc *);
void draw_ring(struct page_doc *);
void draw_parts(struct page_doc *);
void draw_shares(struct page_doc *); /* page_chart_shares.c */
void draw_gantt(struct page_doc *);  /* page_chart_gantt.c */
void draw_curves(struct page_doc *); /* page_curves.c */
void draw_spread(struct page_doc *); /* page_spread.c */
void draw_steps(struct page_doc *);
void draw_pairs(struct page_doc *);
void draw_calls(struct page_doc *);
void draw_tree(struct page_doc *);
bool tree_in_table(const struct page_table *); /* a tree that says nothing behind its labels: they stand in the table */
void draw_diff(struct page_doc *);
void draw_questions(struct page_doc *);
void draw_asked(struct page_doc *);
void draw_answers(struct page_doc *); /* page_answers.c */

/* ---- page_forms.c, page_fields.c ---- */
void form_begin(struct page_doc *, const struct form *);
void form_finish(struct page_doc *);
void form_keys(struct page_doc *, struct buf *); /* csrf and once */
void parameter_form(struct page_doc *);          /* of a view, above it */
void field(struct page_doc *, struct buf *, const struct param *, bool asked); /* asked: of an act, with faults */
str param_label(struct page_doc *, const struct param *);
str param_words(struct page_doc *, const struct param *, str value); /* the value as its choices name it */
bool has_file(const struct entry *);
str field_sent(struct page_doc *, str name, str otherwise); /* what was sent and refused stands in its field again */
const struct fault *field_fault(struct page_doc *, str name); /* the first about it; NULL: none */
void option(struct buf *, str value, str label, bool chosen);

/* ---- page_asked.c: fields that data asks for ---- */
size_t asked_rows(struct page_doc *, const struct entry *, const struct page_field **out);
bool asked_for(const struct page_field *, size_t n, str name);
void asked_draw(struct page_doc *, const struct page_field *, size_t n);
bool asked_by(const struct param *, const struct entry *); /* does it decide which fields are asked for? */
void asked_settled(struct page_doc *, const struct param *);

/* ---- page_menu.c ---- */
void rooms_nav(struct page_doc *, struct buf *);

#endif
