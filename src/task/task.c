/* The room of long acts: what runs, how far it is, how it ended. */
#include "task/task.h"

#include "format/json.h"
#include "surface/board.h"
#include "tally/rates.h"
#include "task/task_store.h"

enum { LISTED = 100 };

static const struct column list_columns[] = {
    {"task", CELL_TEXT, N("Task"), 0, "task show", "task"},
    {"act", CELL_TEXT, N("Act")},
    {"what", CELL_TEXT, N("With"), COL_DETAIL},
    {"state", CELL_ENUM, N("State")},
    {"begun", CELL_TIME, N("Began")},
    {"ended", CELL_TIME, N("Ended")},
    {"person", CELL_TEXT, N("Person"), COL_DETAIL},
};

static const struct entry *entry_of(str act)
{
    str name = act, first;
    const struct room *room = str_cut(&name, ' ', &first) ? room_find(first) : NULL;
    return room == NULL ? NULL : entry_find(room, name);
}

/* "inspect import" by its title. */
static str act_title(enum lang lang, str act)
{
    const struct entry *e = entry_of(act);
    return e == NULL ? act : tr(lang, e->title);
}

static struct cell act_cell(enum lang lang, str act) { return C_TEXT(act_title(lang, act)); }

static void tell_row(void *to, const struct task_row *t)
{
    struct doc *out = to;
    DOC_ROW(out, C_TEXT(t->id), act_cell(out->lang, t->act), text_cell(t->what), C_ENUM(t->state), C_TIME(t->begun),
            t->has_end ? C_TIME(t->ended) : C_NONE, C_TEXT(t->person));
}

static enum err view_list(struct work *w, const struct args *in, struct doc *out)
{
    DOC_TABLE(out, "tasks", list_columns);
    enum err err = tasks_each(w, arg_int(in, "all") != 0, LISTED, tell_row, out);
    doc_table_end(out);
    doc_note(out, M("the last hundred; what they changed stands in the journal"));
    return err;
}

/* ---- one of them ---- */

static const struct board_line *line_of(const struct work *w, str id)
{
    for (size_t i = 0; w->board != NULL && i < BOARD_LINES; i++)
        if (str_eq(str_of(w->board->line[i].id), id)) return &w->board->line[i];
    return NULL;
}

static void tell_progress(struct work *w, const struct task_row *t, struct doc *out)
{
    const struct board_line *line = line_of(w, t->id);
    if (line == NULL) return;
    int64_t done = line->done, total = line->total;
    doc_fact(out, "step", M("Step"), C_TEXT(tr(out->lang, str_dup(w->a, str_of(line->what)))));
    if (total > 0 && done <= total) doc_fact(out, "progress", M("Progress"), C_RATE(rate_of_counts(done, total, NULL)));
    else doc_fact(out, "progress", M("Progress"), C_INT(done));
}

static const struct column told_columns[] = {{"label", CELL_TEXT, N("What")}, {"value", CELL_TEXT, N("Result")}};
static const struct column fault_columns[] = {
    {"file", CELL_TEXT, N("File")},
    {"row", CELL_INT, N("Row")},
    {"column", CELL_INT, N("Column")},
    {"field", CELL_TEXT, N("Field")},
    {"message", CELL_TEXT, N("Message")},
};

static struct cell count_or_none(const struct jv *v) { return jv_int(v) == 0 ? C_NONE : C_INT(jv_int(v)); }

/* They quote the cells of the file: who did not give it is told how many there are. */
static void tell_faults(const struct jv *told, bool own, struct doc *out)
{
    const struct jv *faults = jv_get(told, "faults");
    if (jv_size(faults) == 0) return;
    if (!own) {
        doc_note(out, M("%1 faults were told to whoever did it, alone."), str_int(out->w->a, jv_int(jv_get(told, "count"))));
        return;
    }
    DOC_TABLE(out, "faults", fault_columns);
    for (size_t i = 0; i < jv_size(faults); i++) {
        const struct jv *f = jv_at(faults, i);
        DOC_ROW(out, text_cell(jv_str(jv_get(f, "file"))), count_or_none(jv_get(f, "row")),
                count_or_none(jv_get(f, "column")), text_cell(jv_str(jv_get(f, "field"))),
                C_TEXT(jv_str(jv_get(f, "message"))));
    }
    doc_table_end(out);
    int64_t count = jv_int(jv_get(told, "count"));
    if (count > FAULTS_SHOWN) doc_note(out, M("and %1 more"), str_int(out->w->a, count - FAULTS_SHOWN));
}

static void tell_table(struct work *w, const struct jv *t, struct doc *out)
{
    const struct jv *columns = jv_get(t, "columns"), *rows = jv_get(t, "rows");
    size_t n = jv_size(columns);
    struct column *c = arena_array(w->a, n + 1, sizeof *c);
    struct cell *cells = arena_array(w->a, n + 1, sizeof *cells);
    if (n == 0 || jv_size(rows) == 0) return;
    for (size_t i = 0; i < n; i++)
        c[i] = (struct column){.key = str_c(w->a, jv_str(jv_at(jv_at(columns, i), 0))), .type = CELL_TEXT,
                               .label = jv_str(jv_at(jv_at(columns, i), 1))};
    if (jv_str(jv_get(t, "title")).n != 0) doc_heading(out, M("%1"), jv_str(jv_get(t, "title")));
    if (n > 1) doc_show(out, &(struct show){.kind = SHOW_CARDS, .label = c[1].key});
    doc_table(out, str_c(w->a, jv_str(jv_get(t, "name"))), c, n);
    for (size_t i = 0; i < jv_size(rows); i++) {
        for (size_t k = 0; k < n; k++) cells[k] = text_cell(jv_str(jv_at(jv_at(rows, i), k)));
        doc_row(out, cells);
    }
    doc_table_end(out);
    int64_t left_out = jv_int(jv_get(t, "left_out"));
    if (left_out > 0)
        doc_note(out, M("%1 further rows were told and are not kept: on the command line all of them are shown"),
                 str_int(w->a, left_out));
}

/* Rows may name persons and tell their answers: whoever did the act has seen them, others who see the task have not. */
static void tell_tables(struct work *w, const struct jv *told, bool own, struct doc *out)
{
    const struct jv *tables = jv_get(told, "tables");
    str handling = jv_str(jv_get(told, "handling"));
    if (jv_size(tables) == 0) return;
    if (!own) {
        doc_note(out, M("The tables it told are shown to whoever did it, alone."));
        return;
    }
    for (size_t i = 0; i < jv_size(tables); i++) tell_table(w, jv_at(tables, i), out);
    out->personal = handling.n != 0;
    out->handling = handling;
}

static enum err tell_told(struct work *w, str text, bool own, struct doc *out)
{
    const struct jv *told;
    if (text.n == 0) return OK;
    enum err err = jv_read(w, S("task"), text, &told);
    if (err != OK) return err;
    const struct jv *facts = jv_get(told, "facts"), *texts = jv_get(told, "texts");
    if (jv_size(facts) != 0) {
        doc_show(out, &(struct show){.kind = SHOW_PAIRS, .label = "label", .detail = "value", .alone = true});
        DOC_TABLE(out, "told", told_columns);
        for (size_t i = 0; i < jv_size(facts); i++)
            DOC_ROW(out, C_TEXT(jv_str(jv_at(jv_at(facts, i), 0))), C_TEXT(jv_str(jv_at(jv_at(facts, i), 1))));
        doc_table_end(out);
    }
    for (size_t i = 0; i < jv_size(texts); i++) doc_text(out, M("%1"), jv_str(jv_at(texts, i)));
    tell_tables(w, told, own, out);
    tell_faults(told, own, out);
    return OK;
}

/* How it went comes first, and is the heading: whoever comes back wants to know that. */
static void tell_state(const struct task_row *t, struct doc *out)
{
    str act = act_title(out->lang, t->act);
    bool refused = str_eq(t->state, S("refused")), cut = str_eq(t->state, S("cut"));
    if (refused) doc_title(out, M("Refused: %1"), act);
    else if (cut) doc_title(out, M("Cut short: %1"), act);
    else if (str_eq(t->state, S("running"))) doc_title(out, M("Under way: %1"), act);
    else if (t->rehearsed) doc_title(out, M("Tried out, not done yet: %1"), act);
    else doc_title(out, M("Done: %1"), act);
    if (refused) doc_heading(out, M("It was refused; nothing was changed."));
    if (cut)
        doc_text(out, M("The server was stopped before it ended. Unless the journal has its line, nothing was changed: "
                        "do it again."));
}

static bool asks(const struct entry *e)
{
    for (const struct param *p = e->params; p != NULL && p->name != NULL; p++)
        if ((p->flags & REQUIRED) && !(p->flags & HIDDEN)) return true;
    return false;
}

/* The way back to where it was asked for. An act that asks nothing would be done at once by its button, so has none. */
static void tell_again(struct work *w, const struct task_row *t, struct doc *out)
{
    const struct entry *e = entry_of(t->act);
    if (e == NULL || !asks(e) || !(str_eq(t->state, S("refused")) || str_eq(t->state, S("cut")))) return;
    const char *act = str_c(w->a, t->act);
    const struct column columns[] = {{"what", CELL_TEXT, N("What can be done")},
                                     {"form", CELL_TEXT, N("To the form"), COL_DATA, act}};
    doc_show(out, &(struct show){.kind = SHOW_CALLS, .label = "what", .alone = true});
    DOC_TABLE(out, "again", columns);
    DOC_ROW(out, C_TEXT(tr(out->lang, M("Correct it, then send it once more"))), C_TEXT(t->act));
    doc_table_end(out);
}

/* A trial that went well is done with the same by a button, as long as what was given is kept. */
static void tell_do(struct work *w, const struct task_row *t, struct doc *out)
{
    if (!t->rehearsed || !str_eq(t->state, S("finished"))) return;
    if (!task_is_kept(w, t->id)) {
        doc_text(out, M("What was tried out is no longer kept: to do it, choose the file again."));
        return;
    }
    const struct form form = {.act = str_c(w->a, t->act),
                              .given = {{"trial", t->id}},
                              .button = {{NULL, NULL, M("Do it now")}, {"rehearse", "1", M("Try it out again")}}};
    doc_text(out, M("Nothing was changed yet. Look at what it would change, below, then do it."));
    doc_form(out, &form);
    doc_form_end(out);
}

static enum err view_show(struct work *w, const struct args *in, struct doc *out)
{
    struct task_row t;
    enum err err = task_get(w, arg_text(in, "task"), &t);
    if (err == NOTFOUND)
        return fault(w, NOTFOUND, M("no task '%1' of yours: the list of tasks shows them"), arg_text(in, "task"));
    if (err != OK) return err;
    bool runs = str_eq(t.state, S("running"));
    tell_state(&t, out);
    doc_fact(out, "state", M("State"), C_ENUM(t.state));
    doc_fact(out, "act", M("Act"), act_cell(out->lang, t.act));
    doc_fact(out, "begun", M("Began"), C_TIME(t.begun));
    if (t.has_end) doc_fact(out, "ended", M("Ended"), C_TIME(t.ended));
    if (runs) tell_progress(w, &t, out);
    if (t.what.n != 0) doc_text(out, M("With: %1"), t.what);
    bool own = w->actor->person == 0 || str_eq(t.person, w->actor->person_code);
    if (own) tell_do(w, &t, out);
    if (runs) doc_text(out, M("You may leave this page: the work goes on, and its result stays here."));
    out->live = runs;
    err = tell_told(w, t.told, own, out);
    if (err == OK) tell_again(w, &t, out);
    return err;
}

static const struct entry entries[] = {
    VIEW("list", N("Long work, under way and done"), MAY_ANYONE, NULL,
         PARAMS({"all", P_FLAG, 0, NULL, NULL, N("of everyone within reach, for administrators and auditors")}), view_list),
    SUB_VIEW("show", N("One piece of long work"), MAY_ANYONE, NULL,
             PARAMS({"task", P_CODE, REQUIRED, NULL, NULL, N("the task, by its number")}), view_show),
};
const struct room task_room = {"task", N("what runs?"), entries, sizeof entries / sizeof entries[0],
                               SQL_SETS(&task_sql_set), NULL};
