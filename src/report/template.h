/* A template as it is read from its file: pure, no store. The file is a CSV
 *
 *   what,code,level,ja,en,view,arguments,tables,rows,rules,guide_ja,guide_en,text_ja,text_en
 *
 * with a line for the template, then its parts in the order of the document. Which words a line's rules know stands in
 * template.c; what the columns mean for each kind of line, in doc/recipes.md, "Add a kind of document". */
#ifndef MEGURI_REPORT_TEMPLATE_H
#define MEGURI_REPORT_TEMPLATE_H

#include "access/access.h"
#include "base/lang.h"
#include "base/work.h"

enum part_what { PART_TEMPLATE, PART_HEADING, PART_TEXT, PART_VIEW, PART_FIGURE, PART_WHATS };
extern const char *const report_part_words[]; /* "template heading text view figure"; ends with NULL */

struct line {
    enum part_what what;
    str code;
    int64_t level;           /* of its heading: 1, 2; 0: it has none */
    str ja, en;
    str view, arguments;     /* "inspect rates", "org={org} round={round}" */
    str tables;              /* names parted by blanks; empty: all; "-": none */
    int64_t rows;            /* at most; 0: all */
    str rules;
    str guide_ja, guide_en;
    str text_ja, text_en;    /* template: the title; text: the prefilled sentence; figure: the sentence */
    struct where where;
};

/* What the rules of a part say. */
struct report_part_rules {
    bool adviser;            /* written by who holds ciso-adviser there */
    bool optional;           /* may stay unwritten; of a view: may fail to be made */
    bool compared;           /* a figure that stands in the comparison of all */
    str fact;                /* figure: key of a fact; or else */
    str table, column, row;  /* a cell of a table: of the row that has this code, or the first */
    str of;                  /* what it is a share or a mean of: a fact, or a column of the same row */
};
struct template {
    str code, ja, en, title_ja, title_en;
    bool centre;             /* its owner is the centre; else an organisation */
    str handling;            /* public concerned */
    const struct line *parts;
    size_t n;
};

/* Faults say file, row and column. lines: as many as the file has, the first is the template's. */
enum err report_template_read(struct work *w, const struct line *lines, size_t n, struct template *out) MUST_USE;
/* The rules of one part, which was read before. */
enum err report_part_rules(struct work *w, const struct line *, struct report_part_rules *out) MUST_USE;

/* What stands for {org} {year} {fy} {plan} {round} {report}; for arguments codes, for sentences words. */
struct filling {
    str org, org_ja, org_en, plan, round, report;
    int64_t year;
};
/* In a sentence: {org} is the name, {fy} 令和8年度 or FY2026; unknown braces stay as they are. value, of: of a figure. */
struct said {
    str value, of;
};
struct cell fiscal_cell(struct arena *, int64_t year); /* 令和8年度, FY2026 */
str report_sentence_filled(struct arena *, enum lang, str pattern, const struct filling *, const struct said *);
/* One after the other "name=value" of the arguments, filled with codes; one whose placeholder is empty is left out (*out has
 * an empty text then). False at the end. */
struct argument {
    str name, text;
    bool left_out;
};
bool report_argument_next(struct arena *, str *rest, const struct filling *, struct argument *out);

#endif
