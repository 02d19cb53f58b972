/* What share statistics tells, table by table. */
#ifndef MEGURI_SHARE_STATISTICS_TOLD_H
#define MEGURI_SHARE_STATISTICS_TOLD_H

#include "share/party.h"
#include "share/statistics.h"

struct telling {
    struct work *w;
    struct doc *out;
    struct party party;
    struct periods periods;
    struct tallied *report; /* of operators; those of ministries and agencies are in `government` alone */
    size_t n;
    struct crossed total, government, notices; /* notices: two rows, new ones and updates */
};

/* Columns and rows that end with the periods; n of lead, at most TELLING_LEAD, before them. */
enum { TELLING_LEAD = 3, TELLING_COLUMNS = TELLING_LEAD + PERIODS_MAX };
void periods_table(const struct telling *, const char *name, const struct column *lead, size_t n);
/* row < 0: the sum of all rows. */
void periods_row(const struct telling *, const struct cell *lead, size_t n, const struct crossed *, ptrdiff_t row);
str period_year_label(const struct telling *, int year);

/* The published table; returns its counts by type of event. */
struct crossed events_told(const struct telling *);
/* Years as lines and quarters as bars, of the same counts. */
void events_drawn(const struct telling *, const struct crossed *events);
/* By sector, cause, ground, severity, deviation and spread (statistics_aspects.c). */
void aspects_told(const struct telling *);

#endif
