#include "plan/published.h"

#include "plan/published_flags.h"
#include "plan/published_shape.h"

/* ---- what is found grows ---- */
struct reader {
    struct work *w;
    str name; /* of the file, for faults */
    struct published *out;
    size_t room, legend_room, unknown_room;
    ptrdiff_t path[PUBLISHED_LEVELS]; /* the headings in force */
    bool in_table;                    /* its head was read, and no heading since */
    struct published_line lone;       /* a number alone on a line, before its table; line 0: none */
    int64_t lone_no;
    int64_t *line_of; /* of each number, the line of its measure; 0: none */
};

static void add_line(struct reader *r, struct published_line **all, size_t *n, size_t *room, struct published_line line)
{
    *all = arena_more(r->w->a, *all, *n, room, sizeof **all);
    (*all)[(*n)++] = line;
}

static void not_recognised(struct reader *r, int64_t no, str line)
{
    add_line(r, &r->out->unknown, &r->out->n_unknown, &r->unknown_room, (struct published_line){no, line});
}

static struct published_row *add_row(struct reader *r, struct published_row row)
{
    struct published *p = r->out;
    p->row = arena_more(r->w->a, p->row, p->n, &r->room, sizeof *p->row);
    p->row[p->n] = row;
    memcpy(p->row[p->n].path, r->path, sizeof r->path);
    return &p->row[p->n++];
}

/* A number that waited for a table which did not come is no part of the text. */
static void lone_is_over(struct reader *r)
{
    if (r->lone.line != 0) not_recognised(r, r->lone.line, r->lone.text);
    r->lone.line = 0;
}

/* ---- headings ---- */

static bool same_heading(const struct reader *r, int level, str title)
{
    ptrdiff_t at = r->path[level - 1];
    return at >= 0 && str_eq(published_folded_heading(r->w->a, r->out->row[at].title), published_folded_heading(r->w->a, title));
}

/* Each section begins with its chapter said again: that is no new chapter. */
static void read_heading(struct reader *r, int64_t no, int level, str title)
{
    lone_is_over(r);
    r->in_table = false;
    if (same_heading(r, level, title)) return;
    for (int i = level - 1; i < PUBLISHED_LEVELS; i++) r->path[i] = -1;
    (void)add_row(r, (struct published_row){.kind = PUBLISHED_HEADING, .line = no, .level = level, .title = title});
    r->path[level - 1] = (ptrdiff_t)r->out->n - 1;
}

/* ---- cells ---- */
struct cells {
    str cell[PUBLISHED_CELLS_MAX];
    size_t n;
};

/* Blank cells behind the last filled one are left-over tabs. False: more cells than a row of the format has. */
static bool cells_of(str line, struct cells *out)
{
    str rest = line, cell;
    *out = (struct cells){0};
    for (size_t n = 0; str_cut(&rest, '\t', &cell); n++) {
        cell = str_trim(cell);
        if (cell.n != 0 && n >= PUBLISHED_CELLS_MAX) return false;
        if (cell.n == 0) continue;
        out->cell[n] = cell;
        out->n = n + 1;
    }
    return true;
}

static bool is_head(const struct cells *c)
{
    static const str heads[] = {S_INIT("該当項目"), S_INIT("施策名"), S_INIT("担当省庁"), S_INIT("進捗状況"),
                                S_INIT("現時点の状況")};
    enum { HEADS = sizeof heads / sizeof *heads };
    for (size_t i = 0; i < HEADS; i++)
        if (c->n != HEADS || !str_eq(c->cell[i], heads[i])) return false;
    return true;
}

/* From the right a row always ends with owners, text, status, or with owners and the word that it is re-listed. What
 * stands before them is number, code and title, in one to three cells. */
static bool read_front(struct reader *r, const struct cells *c, size_t n, struct published_row *row)
{
    str rest = c->cell[0];
    size_t i = 1;
    bool numbered = row->kind == PUBLISHED_RELISTED ? published_take_relisted(&rest, &row->no) : published_take_number(&rest, &row->no);
    if (!numbered && (row->kind == PUBLISHED_RELISTED || r->lone.line == 0)) return false;
    if (!numbered) row->no = r->lone_no;
    if (rest.n == 0 && i < n) rest = c->cell[i++];
    if (!published_take_code(r->w->a, &rest, &row->code)) return false;
    if (rest.n == 0 && i < n) rest = c->cell[i++];
    if (i != n || rest.n > PUBLISHED_TITLE_MAX) return false;
    row->title = rest;
    if (!numbered) r->lone.line = 0;
    return true;
}

static str without_ending(str s, str ending)
{
    return str_ends(s, ending) ? str_trim(str_sub(s, 0, s.n - ending.n)) : s;
}

static bool understood(struct reader *r, const struct cells *c, struct published_row *row)
{
    bool again = c->n != 0 && str_eq(c->cell[c->n - 1], S("再掲"));
    size_t tail = again ? 2 : 3;
    if (c->n <= tail) return false;
    *row =
        (struct published_row){.kind = again ? PUBLISHED_RELISTED : PUBLISHED_MEASURE, .owners = c->cell[c->n - tail]};
    if (row->owners.n == 0) return false;
    if (!again) row->status = published_status(c->cell[c->n - 1]);
    if (!again) row->text = c->cell[c->n - 2];
    if (!again && row->status == 0) return false;
    return read_front(r, c, c->n - tail, row);
}

static void read_row(struct reader *r, int64_t no, str line, const struct cells *c)
{
    struct published_row row;
    if (!r->in_table || !understood(r, c, &row)) {
        not_recognised(r, no, line);
        return;
    }
    row.line = no;
    row.title = without_ending(row.title, S("【再掲】"));
    (void)add_row(r, row);
}

/* ---- lines ---- */

static bool read_lone(struct reader *r, int64_t no, str line)
{
    str rest = line;
    int64_t number;
    if (!published_take_number(&rest, &number) || rest.n != 0) return false;
    lone_is_over(r);
    r->lone = (struct published_line){no, line};
    r->lone_no = number;
    return true;
}

static void read_words(struct reader *r, int64_t no, str line)
{
    struct published *p = r->out;
    int level = published_legend(line) ? 0 : published_heading(line);
    if (level != 0)
        read_heading(r, no, level, line);
    else if (p->n == 0 && published_legend(line))
        add_line(r, &p->legend, &p->n_legend, &r->legend_room, (struct published_line){no, line});
    else if (read_lone(r, no, line))
        return;
    else if (p->n == 0 && p->title.n == 0 && line.n <= PUBLISHED_TITLE_MAX)
        p->title = line;
    else
        not_recognised(r, no, line);
}

static void read_line(struct reader *r, int64_t no, str line)
{
    struct cells c;
    if (str_trim(line).n == 0) return;
    if (!cells_of(line, &c))
        not_recognised(r, no, line);
    else if (c.n == 1)
        read_words(r, no, c.cell[0]);
    else if (is_head(&c))
        r->in_table = true;
    else
        read_row(r, no, line, &c);
}

/* ---- the whole ---- */

/* Numbers stand once, and what is told again stands somewhere. */
static enum err check_numbers(struct reader *r)
{
    const struct published *p = r->out;
    for (size_t i = 0; i < p->n; i++) {
        const struct published_row *row = &p->row[i];
        struct where where = {.file = r->name, .row = row->line};
        if (row->kind != PUBLISHED_MEASURE) continue;
        if (r->line_of[row->no] != 0)
            fault_in(r->w, INVALID, where,
                     M("Measure no. %1 stands in line %2 already. A number stands once; take one of them out."),
                     str_int(r->w->a, row->no), str_int(r->w->a, r->line_of[row->no]));
        else
            r->line_of[row->no] = row->line;
    }
    for (size_t i = 0; i < p->n; i++) {
        const struct published_row *row = &p->row[i];
        if (row->kind != PUBLISHED_RELISTED || r->line_of[row->no] != 0) continue;
        fault_in(r->w, INVALID, ((struct where){.file = r->name, .row = row->line}),
                 M("The line tells measure no. %1 again, but no line has that number."), str_int(r->w->a, row->no));
    }
    return work_err(r->w);
}

static void count(struct published *p)
{
    for (size_t i = 0; i < p->n; i++) {
        if (p->row[i].kind == PUBLISHED_MEASURE) p->by_status[p->row[i].status]++;
        p->measures += p->row[i].kind == PUBLISHED_MEASURE;
        p->relisted += p->row[i].kind == PUBLISHED_RELISTED;
    }
}

enum err published_read(struct work *w, str name, str bytes, struct published *out)
{
    struct published found = {0};
    struct reader r = {.w = w, .name = name, .out = &found};
    str line;
    int64_t no = 0;
    enum err e = published_bytes(w, name, &bytes);
    if (e != OK) return e;
    for (int i = 0; i < PUBLISHED_LEVELS; i++) r.path[i] = -1;
    r.line_of = arena_array(w->a, PUBLISHED_NUMBER_MAX + 1, sizeof *r.line_of);
    while (published_next_line(&bytes, &no, &line)) {
        read_line(&r, no, line);
        if (found.n > PUBLISHED_ROWS_MAX)
            return fault_in(w, INVALID, ((struct where){.file = name, .row = no}), M("The text has more than %1 rows."),
                            str_int(w->a, PUBLISHED_ROWS_MAX));
    }
    lone_is_over(&r);
    if ((e = check_numbers(&r)) != OK) return e;
    count(&found);
    if (found.measures == 0)
        return fault_in(
            w, INVALID, ((struct where){.file = name}),
            M("No line of the text is a measure. It needs the tables as they were published, cells parted by tabs."));
    published_flags(w->a, &found);
    *out = found;
    return OK;
}
