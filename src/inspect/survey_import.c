/* inspect survey-import: replies out of a file, a line each, as operators and the bodies of their sectors keep them in a spreadsheet.
 *
 *   organisation,service,KEY,KEY …      a column for each question, by its key or its words; organisation may be left out
 *
 * `inspect survey-sheet` gives the file to fill in. A reply of the file takes the place of what stands under its name; a column that is
 * not there stays as it is. All of the file or nothing. */
#include "format/csv.h"
#include "format/xlsx_read.h"
#include "inspect/acts.h"
#include "inspect/survey_acts.h"

enum { SURVEY_IMPORT_ROWS = 5000, SURVEY_IMPORT_BYTES = 8 << 20, COLUMNS_MAX = SURVEY_QUESTIONS_MAX + 32 };
enum { PASSED_OVER = -1, ORGANISATION = -2, SERVICE = -3 };

struct importing {
    struct work *w;
    struct survey s;
    struct csv *csv;
    struct xlsx_in *book;
    size_t tab;
    int64_t row, rows, changed;
    int means[COLUMNS_MAX]; /* a question, or what it is */
    size_t n;
    bool headed, complete;
    struct survey_org *org; /* that the file names, each once */
    size_t n_orgs, room;
};

static struct where at(const struct importing *x, size_t column)
{
    return x->csv != NULL ? csv_where(x->csv, column) : xlsx_where(x->book, x->tab, x->row, column);
}

/* ---- the first line ---- */

static bool is_one_of(str s, const char *const *words)
{
    for (; *words != NULL; words++)
        if (str_eq(s, str_of(*words))) return true;
    return false;
}

/* By its key, or by its words as the file to fill in has them: "…?", or with the choices behind: "…? (a / b)". */
static bool names_question(str head, str words)
{
    ptrdiff_t choices = words.n == 0 ? -1 : str_find(head, S(" ("));
    return words.n != 0 && (str_eq(head, words) || (choices >= 0 && str_eq(str_sub(head, 0, (size_t)choices), words)));
}

static int meaning(const struct importing *x, str head)
{
    static const char *const org[] = {"organisation", "org", "機関", "Organisation", NULL};
    static const char *const service[] = {"service", "system", "name", "重要サービス", "システム", "Essential service", "System", NULL};
    if (is_one_of(head, org)) return ORGANISATION;
    if (is_one_of(head, service)) return SERVICE;
    for (size_t i = 0; i < x->s.n; i++) {
        const struct survey_question *q = &x->s.question[i];
        if (str_eq(head, q->key) || names_question(head, q->text_ja) || names_question(head, q->text_en)) return (int)i;
    }
    return PASSED_OVER;
}

static enum err read_heads(struct importing *x, const str *head, size_t n)
{
    bool named = str_eq(x->s.per, S("organisation"));
    x->headed = true;
    if (n > COLUMNS_MAX) return fault_in(x->w, INVALID, at(x, COLUMNS_MAX), M("more than %1 columns"), str_int(x->w->a, COLUMNS_MAX));
    for (size_t i = 0; i < n; i++) {
        str name = str_trim(head[i]);
        x->means[i] = meaning(x, name);
        bool passed = name.n == 0 || str_ends(name, S("_name"));
        for (size_t k = 0; k < i && !passed; k++)
            if (x->means[k] == x->means[i] && x->means[i] != PASSED_OVER)
                fault_in(x->w, INVALID, at(x, i), M("the column '%1' is there twice"), name);
        if (x->means[i] == PASSED_OVER && !passed)
            fault_in(x->w, INVALID, at(x, i), M("'%1' is no column of replies: organisation, service, and the questions of survey '%2'"), name,
                     x->s.code);
        named = named || x->means[i] == SERVICE;
    }
    x->n = n;
    if (!named) return fault_in(x->w, INVALID, at(x, 0), M("a column 'service' has to be there: whose answers are they?"));
    return work_err(x->w);
}

/* ---- a line ---- */

static enum err org_of(struct importing *x, str code, size_t column, struct survey_org *out)
{
    struct org found;
    int64_t before = x->w->faults.count;
    enum err e = code.n == 0 ? OK : org_find(x->w, code, &found);
    if (e == OK) e = survey_org_given(x->w, &x->s, code.n == 0 ? NULL : &found, out);
    for (int64_t i = before; i < x->w->faults.count && i < FAULTS_SHOWN; i++) x->w->faults.first[i].where = at(x, column);
    return e;
}

static void remember(struct importing *x, const struct survey_org *o)
{
    for (size_t i = 0; i < x->n_orgs; i++)
        if (x->org[i].org == o->org) return;
    x->org = arena_more(x->w->a, x->org, x->n_orgs, &x->room, sizeof *x->org);
    x->org[x->n_orgs++] = *o;
}

static enum err take_line(struct importing *x, const str *cell, size_t n)
{
    struct survey_cells given = {.at = at(x, 0)};
    str org = {0}, service = {0};
    size_t org_at = 0;
    struct survey_org o;
    bool changed = false, empty = true;
    for (size_t i = 0; i < x->n; i++) {
        str text = i < n ? str_dup(x->w->a, str_trim(cell[i])) : (str){0};
        int m = x->means[i];
        empty = empty && (text.n == 0 || m == ORGANISATION || m == PASSED_OVER);
        if (m == ORGANISATION) org = text, org_at = i;
        else if (m == SERVICE) service = text, given.at = at(x, i);
        else if (m >= 0) given.has[m] = true, given.text[m] = text, given.where[m] = at(x, i);
    }
    if (empty) return OK; /* the file to fill in comes with such a line */
    if (++x->rows > SURVEY_IMPORT_ROWS)
        return fault_in(x->w, INVALID, given.at, M("more than %1 rows"), str_int(x->w->a, SURVEY_IMPORT_ROWS));
    enum err e = org_of(x, org, org_at, &o);
    if (e == OK) remember(x, &o);
    if (e == OK) e = survey_row_given(x->w, &x->s, &o, service, &given, &changed);
    x->changed += changed;
    return e == STORE || e == BUSY ? e : OK; /* what is wrong with one line is told with what is wrong with others */
}

/* ---- the file ---- */

static enum err read_csv(struct importing *x, const struct file *f)
{
    str head[COLUMNS_MAX + 1];
    enum err e = csv_open(x->w, f->name, f->bytes, CSV_DETECT, &x->csv);
    if (e != OK) return e;
    size_t n = csv_columns(x->csv);
    for (size_t i = 0; i < n && i <= COLUMNS_MAX; i++) head[i] = csv_header(x->csv, i);
    e = read_heads(x, head, n > COLUMNS_MAX ? COLUMNS_MAX + 1 : n);
    while (e == OK && x->w->faults.count < FAULTS_SHOWN && csv_next(x->csv)) {
        x->row = csv_row(x->csv);
        e = take_line(x, csv_cells(x->csv), n);
    }
    return e == OK ? csv_err(x->csv) : e;
}

static enum err sheet_line(void *to, const struct xlsx_line *line)
{
    struct importing *x = to;
    x->row = line->row;
    return x->headed ? take_line(x, line->cell, line->n) : read_heads(x, line->cell, line->n);
}

struct probe {
    const struct importing *x;
    bool any, found;
};
static enum err probe_line(void *to, const struct xlsx_line *line)
{
    struct probe *p = to;
    for (size_t i = 0; !p->any && i < line->n; i++) p->found = p->found || meaning(p->x, str_trim(line->cell[i])) == SERVICE;
    p->any = true;
    return OK;
}

/* The first sheet whose first line has a column of services (a workbook of ours begins with a cover), else the first. */
static enum err read_xlsx(struct importing *x, const struct file *f)
{
    struct probe p = {.x = x};
    enum err e = xlsx_open(x->w, f->name, f->bytes, &x->book);
    for (size_t i = 0; e == OK && !p.found && i < xlsx_tabs(x->book); i++) {
        p.any = false;
        e = xlsx_lines(x->book, i, probe_line, &p);
        if (p.found) x->tab = i;
    }
    return e == OK ? xlsx_lines(x->book, x->tab, sheet_line, x) : e;
}

static enum err said_all(struct importing *x)
{
    enum err e = OK;
    for (size_t i = 0; e == OK && i < x->n_orgs; i++) {
        e = survey_says_all(x->w, &x->s, &x->org[i]);
        if (e == OK) e = survey_org_set(x->w, x->s.id, x->org[i].org, false, true, false);
    }
    return e;
}

enum err inspect_act_survey_import(struct work *w, const struct args *in, struct doc *out)
{
    struct importing x = {.w = w, .complete = arg_given(in, "complete")};
    const struct file *f = arg_file(in, "file");
    enum err e = survey_answerable(w, arg_text(in, "survey"), &x.s);
    if (e != OK) return e;
    if (f->bytes.n > SURVEY_IMPORT_BYTES)
        return fault_in(w, INVALID, ((struct where){.file = f->name}), M("a file of replies has at most %1 MB"),
                        str_int(w->a, SURVEY_IMPORT_BYTES >> 20));
    e = xlsx_likely(f->bytes) ? read_xlsx(&x, f) : read_csv(&x, f);
    if (e == OK) e = work_err(w);
    if (e == OK && x.rows == 0) e = fault_in(w, INVALID, ((struct where){.file = f->name}), M("the file has no rows"));
    if (e == OK && x.complete) e = said_all(&x);
    if (e != OK) return e;
    doc_fact(out, "replies", M("Replies in the file"), C_INT(x.rows));
    doc_fact(out, "changed", M("of them new or changed"), C_INT(x.changed));
    doc_fact(out, "organisations", M("Organisations"), C_INT((int64_t)x.n_orgs));
    act_noted(w, S("replies"), str_int(w->a, x.rows));
    struct going_on next = {.to = "inspect survey", .given = {{"survey", x.s.code}},
                            .said = tr(out->lang, x.complete ? M("Taken over, and complete for the organisations of the file.")
                                                             : M("Taken over. Each organisation says itself when these are all."))};
    act_next(w, &next);
    return OK;
}

/* ---- the file to fill in ---- */

void survey_files_link(const struct survey *s, struct doc *out)
{
    static const struct column columns[] = {{"sheet", CELL_TEXT, N("In a spreadsheet"), 0, "inspect survey-sheet", "survey"},
                                            {"import", CELL_TEXT, N("Take replies from a file"), 0, "inspect survey-import", "survey"}};
    if (!str_eq(s->state, S("open"))) return;
    DOC_TABLE(out, "files", columns);
    str words = M("The file to fill in");
    DOC_ROW(out, ((struct cell){.type = CELL_TEXT, .text = s->code, .ja = tr(LANG_JA, words), .en = tr(LANG_EN, words)}), C_TEXT(s->code));
    doc_table_end(out);
}

static str sheet_head(struct work *w, enum lang lang, const struct survey_question *q)
{
    str words = survey_words(lang, q);
    if (q->type != SURVEY_CHOICE) return words;
    return str_fmt(w->a, "%.*s (%.*s)", STR_ARG(words), STR_ARG(survey_choices_told(w->a, lang, q)));
}

static size_t sheet_columns(struct work *w, enum lang lang, const struct survey *s, struct column *k)
{
    size_t n = 0;
    k[n++] = (struct column){.key = "organisation", .type = CELL_TEXT, .label = M("Organisation")};
    k[n++] = (struct column){.key = "service", .type = CELL_TEXT, .label = survey_word(s, WORD_ONE)};
    for (size_t i = 0; i < s->n; i++)
        k[n++] = (struct column){.key = str_c(w->a, s->question[i].key), .type = CELL_TEXT, .label = sheet_head(w, lang, &s->question[i])};
    return n;
}

/* As it stands in a spreadsheet: "8-12" alone would become a day of August there. */
static struct cell sheet_cell(struct work *w, const struct survey_question *q, str value)
{
    ptrdiff_t dash = q->type == SURVEY_HOURS ? str_find(value, S("-")) : -1;
    if (dash < 0) return text_cell(value);
    str low = str_sub(value, 0, (size_t)dash), high = str_sub(value, (size_t)dash + 1, value.n);
    return C_TEXT(str_fmt(w->a, "%.*s..%.*s", STR_ARG(low), STR_ARG(high)));
}

static void sheet_row(struct work *w, const struct survey *s, str org, str service, const struct survey_reply *x, struct doc *out)
{
    struct cell c[SURVEY_QUESTIONS_MAX + 2] = {C_TEXT(org), text_cell(service)};
    for (size_t i = 0; i < s->n; i++) c[i + 2] = x == NULL ? C_NONE : sheet_cell(w, &s->question[i], x->value[i]);
    doc_row(out, c);
}

static enum err sheet_of_org(struct work *w, const struct survey *s, const struct survey_org *o, struct doc *out)
{
    struct survey_system *system;
    struct survey_reply *reply;
    size_t n, replies, rows = 0;
    enum err e = survey_systems(w, s, o, &system, &n);
    if (e == OK) e = survey_replies(w, s, o->org, &reply, &replies);
    if (e != OK) return e;
    for (size_t i = 0; i < replies; i++)
        if (reply[i].name.n != 0) sheet_row(w, s, o->code, reply[i].name, &reply[i], out), rows++;
    for (size_t i = 0; i < n; i++)
        if (system[i].reply == 0) sheet_row(w, s, o->code, system[i].code, NULL, out), rows++;
    if (rows == 0) sheet_row(w, s, o->code, (str){0}, NULL, out);
    return OK;
}

enum err inspect_view_survey_sheet(struct work *w, const struct args *in, struct doc *out)
{
    struct column *columns = arena_array(w->a, SURVEY_QUESTIONS_MAX + 2, sizeof *columns);
    struct survey s;
    struct survey_org *asked;
    size_t n;
    enum err e = survey_load(w, arg_text(in, "survey"), &s);
    if (e == OK) e = survey_mine(w, s.id, &asked, &n);
    if (e != OK) return e;
    doc_title(out, M("Replies as a file: %1"), lang_pick(out->lang, s.title_ja, s.title_en));
    doc_text(out, M("Save it as CSV or as a workbook, fill in a line for each, and give it back by 'Take replies from a file'. A range is written "
                    "60-80 or 60..80, levels one after the other: 100 80-90 40-60 0."));
    doc_table(out, "replies", columns, sheet_columns(w, out->lang, &s, columns));
    for (size_t i = 0; e == OK && i < n; i++)
        if (survey_speaks(w, &asked[i])) e = sheet_of_org(w, &s, &asked[i], out);
    if (e != OK) return e;
    doc_table_end(out);
    if (s.own) doc_note(out, M("What an organisation answered itself stands in its own file alone."));
    out->handling = M("names systems: for those concerned only");
    return OK;
}
