/* What the drawings share: rows, values, words of the table they show. */
#ifndef MEGURI_WEB_PAGE_CHART_H
#define MEGURI_WEB_PAGE_CHART_H

#include "web/page_parts.h"

size_t chart_rows(const struct page_table *);                     /* drawn: at most CHART_ROWS */
size_t chart_values(const struct page_table *, size_t *column);   /* the columns of show.values that exist */
size_t chart_few(const struct page_table *, size_t *column);      /* the first SHOW_SIDE_BY_SIDE of them */
bool chart_value(const struct cell *, double *out);               /* false: no figure */
str chart_figure(struct page_doc *, size_t column, const struct cell *row);
str chart_label(struct page_doc *, const struct cell *row);
str chart_words(struct page_doc *, const struct cell *row, const size_t *column, size_t n);
void chart_lab(struct page_doc *, const struct cell *row);        /* the label, a link where it leads somewhere */
void chart_svg(struct page_doc *, const char *more, str words);   /* opens; more: attributes of ours, a blank first */
void chart_legend_item(struct page_doc *, const char *class, str words);
void chart_goal_item(struct page_doc *p); /* in a legend: the goal of each row (show.goal_of), where there is one */
double chart_top(double most);

#endif
