/* Tables of which some columns are told only where there are many runs, or two side by side. */
#include "depend/run.h"

#include <assert.h>

void run_table_column(struct run_table *t, const char *key, enum cell_type type, str label, unsigned flags)
{
    assert(t->n < RUN_TABLE_COLUMNS);
    t->column[t->n++] = (struct column){.key = key, .type = type, .label = label, .flags = flags};
}

void run_table_begin(struct run_table *t, struct doc *out, const char *name) { doc_table(out, name, t->column, t->n); }

void run_table_cell(struct run_table *t, struct cell c)
{
    assert(t->at < t->n);
    t->cell[t->at++] = c;
}

void run_table_row(struct run_table *t, struct doc *out)
{
    assert(t->at == t->n);
    doc_row(out, t->cell);
    t->at = 0;
}

struct cell run_time_cell(int64_t minutes) { return minutes == RUN_NEVER ? C_NONE : C_MINUTES(minutes); }

static struct cell figure_cell(enum cell_type type, int64_t value)
{
    if (type == CELL_MINUTES) return run_time_cell(value);
    return type == CELL_RATE ? model_share_cell(value) : C_INT(value);
}

void run_table_band_columns(struct run_table *t, const struct beside *b, const struct run_table_band *f)
{
    if (b->was != NULL) run_table_column(t, f->was, f->type, b->was_label, 0);
    run_table_column(t, f->key, f->type, b->was != NULL ? b->now_label : f->label, 0);
    if (b->now->r->runs == 1) return;
    run_table_column(t, f->low, f->type, M("5% of runs"), COL_DETAIL);
    run_table_column(t, f->high, f->type, M("95% of runs"), COL_DETAIL);
}

void run_table_band_cells(struct run_table *t, const struct beside *b, const struct run_table_band *f, const struct band *now, const struct band *was)
{
    if (b->was != NULL) run_table_cell(t, was == NULL ? C_NONE : figure_cell(f->type, was->middle));
    run_table_cell(t, now == NULL ? C_NONE : figure_cell(f->type, now->middle));
    if (b->now->r->runs == 1) return;
    run_table_cell(t, now == NULL ? C_NONE : figure_cell(f->type, now->low));
    run_table_cell(t, now == NULL ? C_NONE : figure_cell(f->type, now->high));
}

/* ---- which is which ---- */

uint32_t beside_service(const struct beside *b, uint32_t i)
{
    const struct model *now = b->now->s->model, *was = b->was->s->model;
    return now->code == was->code ? i : model_find(was, now->code[i]);
}

uint32_t beside_sector(const struct beside *b, uint32_t i)
{
    const struct model *now = b->now->s->model, *was = b->was->s->model;
    return now->sector == was->sector ? i : model_sector_find(was, now->sector[i].code);
}
