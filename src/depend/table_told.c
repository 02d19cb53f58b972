/* The tables of depend table: a heat map for each instant, times until it is felt, how to read them, all of it row by row for programs. */
#include "depend/table.h"
#include "tally/rates.h"

static uint16_t level_at(const struct fail_table *t, size_t row, size_t at, uint32_t sector)
{
    return t->level[(row * t->n_at + at) * t->net->n_sectors + sector];
}

static tick first_of(const struct fail_table *t, size_t row, uint32_t sector) { return t->first[row * t->net->n_sectors + sector]; }

static bool itself(const struct fail_table *t, size_t row, uint32_t sector) { return !t->services && t->row[row] == sector; }

/* ---- tables of sectors by sectors ---- */

static struct cell row_cell(const struct fail_table *t, size_t row)
{
    return t->services ? stored_service_cell(&t->st, t->row[row]) : model_sector_cell(t->st.model, t->row[row]);
}

static struct column row_column(const struct fail_table *t)
{
    return (struct column){"from", CELL_ENUM, t->services ? M("Service that fails") : M("Sector that fails"), 0, "depend run", "fail"};
}

/* One column a sector; before them what fails, behind them why a cell has no figure. */
static struct column *wide_columns(const struct fail_table *t, enum cell_type type, unsigned flags)
{
    struct arena *a = t->w->a;
    uint32_t n = t->net->n_sectors;
    struct column *c = arena_array(a, n + 2u, sizeof *c);
    c[0] = row_column(t);
    for (uint32_t s = 0; s < n; s++) {
        struct cell name = model_sector_cell(t->st.model, s);
        const char *key = str_c(a, str_fmt(a, "to_%.*s", STR_ARG(t->st.model->sector[s].code)));
        c[s + 1] = (struct column){.key = key, .type = type, .label = doc_cell_words(a, t->out->lang, &name), .flags = flags};
    }
    c[n + 1] = (struct column){.key = "left_out", .type = CELL_TEXT, .label = M("Left out"), .flags = COL_DATA};
    return c;
}

static struct cell level_cell(const struct fail_table *t, size_t row, size_t at, uint32_t sector)
{
    return itself(t, row, sector) ? C_NONE : model_share_cell(level_at(t, row, at, sector));
}

static struct cell first_cell(const struct fail_table *t, size_t row, uint32_t sector)
{
    return itself(t, row, sector) ? C_NONE : model_time_cell(first_of(t, row, sector));
}

/* at: SIZE_MAX for the time until it is felt. */
static void wide_rows(const struct fail_table *t, size_t at)
{
    uint32_t n = t->net->n_sectors;
    struct cell *cells = arena_array(t->w->a, n + 2u, sizeof *cells);
    for (size_t i = 0; i < t->n_rows; i++) {
        cells[0] = row_cell(t, i);
        for (uint32_t s = 0; s < n; s++) cells[s + 1] = at == SIZE_MAX ? first_cell(t, i, s) : level_cell(t, i, at, s);
        cells[n + 1] = t->services ? C_NONE : words_cell(M("fails itself"));
        doc_row(t->out, cells);
    }
}

static str last_words(const struct fail_table *t) { return model_hours_text(t->w->a, t->at[t->n_at - 1]); }

static void levels_told(const struct fail_table *t, const struct column *columns, size_t at)
{
    struct arena *a = t->w->a;
    tick after = t->at[at];
    str name = after % HOUR == 0 ? str_fmt(a, "after_%u__levels", after / HOUR) : str_fmt(a, "after_%um__levels", after);
    doc_heading(t->out, after == HOUR ? M("After 1 hour") : M("After %1 hours"), model_hours_text(a, after));
    doc_show(t->out, &(struct show){.kind = SHOW_TABLE, .goal = 1000});
    doc_table(t->out, str_c(a, name), columns, t->net->n_sectors + 2u);
    wide_rows(t, at);
    doc_table_end(t->out);
}

static void impact_told(const struct fail_table *t)
{
    doc_heading(t->out, M("Time until it is felt"));
    doc_text(t->out, M("How long it takes until the sector of the column is below its verification level; a dash: not within %1 hours."),
             last_words(t));
    doc_table(t->out, "impact", wide_columns(t, CELL_MINUTES, 0), t->net->n_sectors + 2u);
    wide_rows(t, SIZE_MAX);
    doc_table_end(t->out);
}

/* ---- how to read it ---- */

/* What a sector loses, or makes others lose, in the last instant: over the other sectors. */
struct reading {
    int64_t loss, below; /* ten-thousandths summed; how many */
    tick soonest;
};

static void read_one(const struct fail_table *t, struct reading *r, size_t row, uint32_t sector)
{
    tick first = first_of(t, row, sector);
    r->loss += LEVEL_FULL - level_at(t, row, t->n_at - 1, sector);
    r->below += first != TICK_NEVER;
    if (first < r->soonest) r->soonest = first;
}

static struct cell mean_cell(const struct fail_table *t, int64_t loss, int64_t of)
{
    struct rate mean = rate_of_counts(loss, of * LEVEL_FULL, NULL);
    mean.n = mean.d = 0; /* its base is the column beside it */
    return t->net->n_sectors < 2 ? C_NONE : C_RATE(mean);
}

static void sector_read(const struct fail_table *t, uint32_t s)
{
    struct reading needs = {.soonest = TICK_NEVER}, gives = {.soonest = TICK_NEVER};
    int64_t others = (int64_t)t->net->n_sectors - 1;
    for (uint32_t o = 0; o < t->net->n_sectors; o++) {
        if (o == s) continue;
        read_one(t, &needs, o, s);
        read_one(t, &gives, s, o);
    }
    DOC_ROW(t->out, model_sector_cell(t->st.model, s), mean_cell(t, needs.loss, others), C_INT(needs.below), model_time_cell(needs.soonest),
            mean_cell(t, gives.loss, others), C_INT(gives.below), model_time_cell(gives.soonest), C_INT(others));
}

/* Setola's indices of dependency and influence (means over the others of a row and a column), on levels instead of coefficients. */
static void reading_told(const struct fail_table *t)
{
    static const struct column columns[] = {
        {"sector", CELL_ENUM, N("Sector")},
        {"depends", CELL_RATE, N("Lost when another fails"), 0, NULL, NULL, NULL, "others"},
        {"depends_on", CELL_INT, N("Taken below by")},
        {"depends_soonest", CELL_MINUTES, N("Soonest it is hit")},
        {"affects", CELL_RATE, N("Lost by the others when it fails"), 0, NULL, NULL, NULL, "others"},
        {"affects_sectors", CELL_INT, N("Takes below")},
        {"affects_soonest", CELL_MINUTES, N("Soonest it hits another")},
        {"others", CELL_INT, N("other sectors"), COL_DATA},
    };
    if (t->services) return;
    doc_heading(t->out, M("Who depends most, on whom most depends"));
    doc_text(t->out, M("After %1 hours, over the %2 other sectors: what is lost of the service level on the mean, and how many fall below their verification level."), last_words(t),
             str_int(t->w->a, (int64_t)t->net->n_sectors - 1));
    DOC_TABLE(t->out, "dependence", columns);
    for (uint32_t s = 0; s < t->net->n_sectors; s++) sector_read(t, s);
    doc_table_end(t->out);
}

/* ---- for programs ---- */

static void long_told(const struct fail_table *t)
{
    struct column columns[] = {
        row_column(t),
        {"to", CELL_ENUM, N("Sector")},
        {"after", CELL_MINUTES, N("After so long")},
        {"level", CELL_RATE, N("Service level")},
        {"verification", CELL_RATE, N("Verification level")},
        {"below", CELL_BOOL, N("Below its verification level")},
        {"itself", CELL_BOOL, N("fails itself")},
        {"first", CELL_MINUTES, N("Below its verification level after")},
    };
    DOC_TABLE(t->out, "all_levels", columns);
    for (size_t i = 0; i < t->n_rows; i++)
        for (size_t at = 0; at < t->n_at; at++)
            for (uint32_t s = 0; s < t->net->n_sectors; s++) {
                uint16_t level = level_at(t, i, at, s);
                DOC_ROW(t->out, row_cell(t, i), model_sector_cell(t->st.model, s), C_MINUTES(t->at[at]), model_share_cell(level),
                        model_share_cell(t->verify[s]), C_BOOL(level < t->verify[s]), C_BOOL(itself(t, i, s)),
                        model_time_cell(first_of(t, i, s)));
            }
    doc_table_end(t->out);
}

void fail_table_told(const struct fail_table *t)
{
    const struct column *levels = wide_columns(t, CELL_RATE, COL_HEAT);
    doc_text(t->out, t->services ? M("Each row is one service that stops at the beginning and is not repaired; the figures are the levels of the sectors.")
                                 : M("Each row is a sector all of whose services stop at the beginning and are not repaired; the figures are the levels of the other sectors."));
    for (size_t i = 0; i < t->n_at; i++) levels_told(t, levels, i);
    impact_told(t);
    reading_told(t);
    if (!t->out->paged) long_told(t);
    if (t->unnamed != 0)
        doc_note(t->out, M("%1 services of operators have no row: you do not see them by name. What they need and give is reckoned with."),
                 str_int(t->w->a, t->unnamed));
    stored_told(&t->st, t->out);
}
