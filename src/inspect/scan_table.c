/* The table of an asset tool: a row a device, one column that names it, one that says the state. */
#include "base/utf8.h"
#include "format/csv.h"
#include "inspect/scan.h"

struct table {
    struct scan *s;
    struct csv *c;
    size_t key, column, clause;
    struct {
        const char *param;
        enum answer answer;
        const struct arg **value;
        size_t n;
    } says[3];
    uint8_t source;
};

static enum err table_faulty(const struct table *t, size_t column, str id, str a, str b)
{
    return fault_note(t->s->w, INVALID, csv_where(t->c, column), (const str[]){id, a, b}, 3);
}

/* ---- what the values mean ---- */

static enum err load_values(struct table *t)
{
    struct work *w = t->s->w;
    size_t all = 0;
    for (size_t i = 0; i < 3; i++) {
        t->says[i].value = arena_array(w->a, SCAN_VALUES_MAX + 1, sizeof *t->says[i].value);
        t->says[i].n = arg_all(t->s->in, t->says[i].param, t->says[i].value, SCAN_VALUES_MAX + 1);
        all += t->says[i].n;
        if (t->says[i].n > SCAN_VALUES_MAX)
            return fault_in(w, INVALID, ((struct where){.field = str_of(t->says[i].param)}), M("at most %1 values"),
                            str_int(w->a, SCAN_VALUES_MAX));
        if (t->says[i].n == 0) continue;
        enum err e = bulk_answer_fits(w, t->s->r, t->clause, t->says[i].answer, t->says[i].param);
        if (e != OK) return e;
    }
    if (all != 0) return OK;
    return fault_in(w, INVALID, ((struct where){.field = S("done")}),
                    M("which values mean done? Give each with --done, --not_done or --no_occasion"));
}

static enum answer meaning(const struct table *t, str value)
{
    for (size_t i = 0; i < 3; i++)
        for (size_t k = 0; k < t->says[i].n; k++)
            if (str_eq(str_trim(t->says[i].value[k]->text), value)) return t->says[i].answer;
    return UNANSWERED;
}

static enum err check_twice(const struct table *t)
{
    for (size_t i = 0; i < 3; i++)
        for (size_t k = 0; k < t->says[i].n; k++) {
            str value = str_trim(t->says[i].value[k]->text);
            if (meaning(t, value) != t->says[i].answer)
                return fault_in(t->s->w, INVALID, ((struct where){.field = str_of(t->says[i].param)}),
                                M("'%1' is given two meanings"), value);
        }
    return OK;
}

/* ---- header and rows ---- */

static enum err column_of(struct table *t, const char *param, size_t *out)
{
    str name = str_trim(arg_text(t->s->in, param));
    struct where where = {.field = str_of(param)};
    if (name.n == 0)
        return fault_in(t->s->w, INVALID, where,
                        M("a table needs --key, the column that names the device, and --column, the one that says the state"));
    ptrdiff_t at = csv_column(t->c, name);
    if (at < 0) return fault_in(t->s->w, INVALID, csv_where(t->c, 0), M("column '%1' is missing"), name);
    *out = (size_t)at;
    return OK;
}

static void say(struct table *t, struct seat *seat, enum answer answer)
{
    struct bulk *b = t->s->b;
    enum answer before = bulk_said(b, seat, t->clause);
    if (before != UNANSWERED && before != answer) {
        table_faulty(t, t->column, M("row %1 says otherwise of '%2'"), str_int(t->s->w->a, seat->row), seat_code(seat));
        return;
    }
    seat->source = t->source;
    bulk_say(b, seat, t->clause, answer, (uint32_t)csv_row(t->c));
}

static void not_bound(struct table *t, const struct seat *seat)
{
    t->s->not_bound++;
    if (t->s->skip_unknown) return;
    table_faulty(t, t->key, M("clause '%1' does not bind this respondent (%2)"),
                 t->s->r->edition.clauses[t->clause].number, t->s->r->duties[seat_binding(t->s->r, seat)->duty]);
}

static enum err take_row(struct table *t)
{
    str name = str_trim(csv_cell(t->c, t->key)), value = str_trim(csv_cell(t->c, t->column));
    struct seat *seat;
    if (name.n == 0 && value.n == 0) return OK; /* the empty rows that spreadsheets leave at the end */
    t->s->rows++;
    enum err e = device_find(t->s->finder, name, &seat);
    if (e == NOTFOUND || e == CONFLICT) {
        scan_not_found(t->s, name, csv_where(t->c, t->key), e == CONFLICT);
        return OK;
    }
    if (e != OK) return e;
    enum answer answer = meaning(t, value);
    if (!bulk_binds(t->s->b, seat, t->clause)) not_bound(t, seat);
    else if (answer != UNANSWERED) say(t, seat, answer);
    else if (value.n == 0) t->s->without++;
    else
        table_faulty(t, t->column, M("'%1' is none of the values given with --done, --not_done, --no_occasion"),
                     utf8_head(value, 60), S(""));
    return OK;
}

enum err scan_table(struct scan *s, const struct file *file, uint8_t source)
{
    struct table t = {.s = s, .source = source,
                      .says = {{.param = "done", .answer = DONE}, {.param = "not_done", .answer = NOT_DONE},
                               {.param = "no_occasion", .answer = NO_OCCASION}}};
    enum err e = bulk_as_of(s->w, s->in, &s->oldest);
    if (e == OK && !arg_given(s->in, "clause"))
        e = fault_in(s->w, INVALID, ((struct where){.field = S("clause")}), M("which clause does the column answer?"));
    if (e == OK) e = bulk_clause(s->w, s->r, arg_text(s->in, "clause"), &t.clause);
    if (e == OK) e = load_values(&t);
    if (e == OK) e = check_twice(&t);
    if (e == OK) e = csv_open(s->w, file->name, file->bytes, CSV_DETECT, &t.c);
    if (e == OK) e = column_of(&t, "key", &t.key);
    if (e == OK) e = column_of(&t, "column", &t.column);
    while (e == OK && csv_next(t.c)) {
        e = take_row(&t);
        if (s->rows % 4096 == 0) work_progress(s->w, M("reading answers"), s->rows, csv_rows_likely(t.c));
    }
    return e == OK ? csv_err(t.c) : e;
}
