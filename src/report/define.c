/* report define: a template from a file, or one that ships with the program; and the lists to choose from. */
#include "report/acts.h"
#include "report/report.h"

#include "base/embed.h"
#include "format/csv.h"
#include "surface/shipped.h"

enum { WHAT, CODE, LEVEL, JA, EN, VIEW_NAME, ARGUMENTS, TABLES, ROWS, RULES, GUIDE_JA, GUIDE_EN, TEXT_JA, TEXT_EN, COLUMNS };
static const char *const required[] = {"what", "code", "level", "ja", "en", "view", "arguments", "tables", "rows", "rules",
                                       "guide_ja", "guide_en", "text_ja", "text_en", NULL};

struct reading {
    struct work *w;
    struct csv *c;
    ptrdiff_t at[COLUMNS];
    struct line *lines;
    size_t n;
};

static str cell(const struct reading *r, int column)
{
    return str_dup(r->w->a, str_trim(csv_cell(r->c, (size_t)r->at[column])));
}

static int64_t number(const struct reading *r, int column)
{
    int64_t i = 0;
    str s = cell(r, column);
    if (s.n != 0 && !str_to_int(s, &i))
        fault_in(r->w, INVALID, csv_where(r->c, (size_t)r->at[column]), M("'%1' is not a whole number"), s);
    return i;
}

static void read_line(struct reading *r)
{
    str word = cell(r, WHAT);
    size_t what = 0;
    while (what < PART_WHATS && !str_eq(str_of(report_part_words[what]), word)) what++;
    if (what == PART_WHATS) {
        fault_in(r->w, INVALID, csv_where(r->c, (size_t)r->at[WHAT]),
                 M("'%1' is no kind of line: template heading text view figure"), word);
        return;
    }
    for (int i = 0; i < COLUMNS; i++)
        if (cell(r, i).n > REPORT_GUIDE_MAX)
            fault_in(r->w, INVALID, csv_where(r->c, (size_t)r->at[i]), M("longer than %1 bytes"),
                     str_int(r->w->a, REPORT_GUIDE_MAX));
    r->lines[r->n++] = (struct line){.what = (enum part_what)what, .code = cell(r, CODE), .level = number(r, LEVEL),
                                     .ja = cell(r, JA), .en = cell(r, EN), .view = cell(r, VIEW_NAME),
                                     .arguments = cell(r, ARGUMENTS), .tables = cell(r, TABLES), .rows = number(r, ROWS),
                                     .rules = cell(r, RULES), .guide_ja = cell(r, GUIDE_JA), .guide_en = cell(r, GUIDE_EN),
                                     .text_ja = cell(r, TEXT_JA), .text_en = cell(r, TEXT_EN),
                                     .where = csv_where(r->c, (size_t)r->at[CODE])};
}

static enum err read_lines(struct work *w, str name, str bytes, struct line **out, size_t *n)
{
    struct reading r = {.w = w};
    enum err e = csv_open(w, name, bytes, CSV_DETECT, &r.c);
    if (e == OK) e = csv_shape(w, r.c, &(struct csv_shape){required, NULL}, r.at);
    if (e != OK) return e;
    r.lines = arena_array(w->a, REPORT_LINES_MAX + 1, sizeof *r.lines);
    while (csv_next(r.c)) {
        if (r.n == REPORT_LINES_MAX)
            return fault_in(w, INVALID, csv_where(r.c, 0), M("a template has at most %1 lines"), str_int(w->a, REPORT_LINES_MAX));
        read_line(&r);
    }
    if ((e = csv_err(r.c)) == OK) e = work_err(w);
    *out = r.lines;
    *n = r.n;
    return e;
}

/* ---- where the file comes from ---- */

#define FOLDER "data/report/"

static const struct shipped templates_shipped = {
    S_INIT(FOLDER), "template", N("give a file, or a template that ships with the program: %1"),
    N("no template '%1' ships with the program; there are: %2")};

/* For choosing one. */
enum err report_view_shipped(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column columns[] = {
        {"template", CELL_ENUM, N("Kind of document"), 0, NULL, NULL},
        {"parts", CELL_INT, N("Parts"), 0, NULL, NULL},
        {"define", CELL_TEXT, N("Define"), 0, "report define", "template"},
    };
    str rest = shipped_codes(w->a, S(FOLDER)), one, bytes;
    enum err e = OK;
    (void)in;
    DOC_TABLE(out, "shipped", columns);
    while (e == OK && str_cut(&rest, ' ', &one)) {
        struct line *lines;
        struct template t;
        size_t n;
        str path = str_fmt(w->a, FOLDER "%.*s.csv", STR_ARG(one));
        if (one.n == 0 || !embedded_find(path, &bytes)) continue;
        if ((e = read_lines(w, path, bytes, &lines, &n)) == OK) e = report_template_read(w, lines, n, &t);
        if (e == OK) DOC_ROW(out, enum_named_cell(t.code, t.ja, t.en), C_INT((int64_t)t.n), C_TEXT(t.code));
    }
    doc_table_end(out);
    return e;
}

/* ---- what is defined ---- */

enum err report_view_templates(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column columns[] = {
        {"template", CELL_ENUM, N("Kind of document"), 0, "report template", "template"},
        {"parts", CELL_INT, N("Parts"), 0, NULL, NULL},
        {"draft", CELL_TEXT, N("Begin one"), 0, "report draft", "template"},
        {"compare", CELL_TEXT, N("Comparison"), 0, "report compare", "template"},
        {"defined", CELL_TIME, N("Defined at"), COL_DETAIL, NULL, NULL},
    };
    struct template_row *all;
    size_t n;
    enum err e = report_templates_all(w, &all, &n);
    if (e != OK) return e;
    bool drafts = (w->actor->rights & (MAY_MANAGE | MAY_CENTRE)) != 0;
    if (n == 0)
        doc_text(out, M("No kind of document is defined yet: an administrator defines one with `report define`."));
    doc_show(out, &(struct show){.kind = SHOW_CARDS, .label = "template"});
    DOC_TABLE(out, "templates", columns);
    for (size_t i = 0; i < n; i++) {
        struct cell compare = words_cell(M("Compare all"));
        bool compared;
        compare.text = all[i].code;
        if ((e = report_compared(w, all[i].code, &compared)) != OK) return e;
        if (!compared) compare = C_NONE;
        DOC_ROW(out, enum_named_cell(all[i].code, all[i].ja, all[i].en), C_INT(all[i].lines - 1),
                drafts ? C_TEXT(all[i].code) : C_NONE, compare, C_TIME(all[i].defined));
    }
    doc_table_end(out);
    if (n == 0 && (w->actor->rights & MAY_ADMINISTER) != 0) return report_view_shipped(w, in, out);
    return OK;
}

enum err report_view_template(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column columns[] = {
        {"no", CELL_TEXT, N("No."), 0, NULL, NULL},
        {"part", CELL_TEXT, N("Part of the document"), 0, NULL, NULL},
        {"kind", CELL_ENUM, N("Kind of part"), 0, NULL, NULL},
        {"view", CELL_TEXT, N("What it shows"), 0, NULL, NULL},
        {"rules", CELL_TEXT, N("Rules"), COL_DETAIL, NULL, NULL},
        {"guide", CELL_TEXT, N("What is to be written"), COL_DETAIL, NULL, NULL},
    };
    struct line *lines;
    struct numbering at = {0};
    size_t n;
    str code = arg_text(in, "template");
    enum err e = report_template_lines(w, code, &lines, &n);
    if (e != OK) return e;
    if (n == 0)
        return fault_in(w, NOTFOUND, ((struct where){.field = S("template")}),
                        M("there is no kind of document '%1': `meguri report templates` lists them"), code);
    doc_title(out, M("Parts of '%1'"), lang_pick(out->lang, lines[0].ja, lines[0].en));
    DOC_TABLE(out, "parts", columns);
    for (size_t i = 1; i < n; i++) {
        const struct line *l = &lines[i];
        DOC_ROW(out, text_cell(report_part_number(w->a, &at, l->level)), C_BOTH(l->ja, l->en), report_enum("part", str_of(report_part_words[l->what])),
                text_cell(l->view.n == 0 ? l->view : str_fmt(w->a, "%.*s %.*s", STR_ARG(l->view), STR_ARG(l->arguments))),
                text_cell(l->rules), both_cell(l->guide_ja, l->guide_en));
    }
    doc_table_end(out);
    return OK;
}

/* ---- the act ---- */

/* A template is for all: it is defined at a top of the tree, or by the owner of the database. */
static enum err may_define(struct work *w)
{
    struct org org;
    enum err e = actor_unbounded(w->actor) ? OK : org_by_id(w, w->actor->org, &org);
    if (e != OK || actor_unbounded(w->actor) || org.parent == 0) return e;
    return fault(w, DENIED, M("a kind of document is for all: it is defined by who administers the whole tree"));
}

enum err report_act_define(struct work *w, const struct args *in, struct doc *out)
{
    str name, bytes;
    struct line *lines;
    struct template t;
    struct template_row *all;
    size_t n, known;
    enum err e = may_define(w);
    if (e == OK) e = shipped_or_given(w, in, &templates_shipped, &name, &bytes);
    if (e == OK) e = read_lines(w, name, bytes, &lines, &n);
    if (e == OK) e = report_template_read(w, lines, n, &t);
    if (e == OK) e = report_templates_all(w, &all, &known);
    if (e != OK) return e;
    bool there = false;
    for (size_t i = 0; i < known; i++) there = there || str_eq(all[i].code, t.code);
    if (!there && known == REPORT_TEMPLATES_MAX)
        return fault(w, INVALID, M("there are %1 kinds of document, and no room for more"), str_int(w->a, REPORT_TEMPLATES_MAX));
    if ((e = report_template_store(w, &t, lines, n)) != OK) return e;
    doc_fact(out, "template", M("Kind of document"), enum_named_cell(t.code, t.ja, t.en));
    doc_fact(out, "parts", M("Parts"), C_INT((int64_t)t.n));
    if (there) doc_note(out, M("Reports that were begun keep the parts they have."));
    act_noted(w, S("template"), t.code);
    str said = lang_pick(out->lang, t.ja, t.en);
    act_next(w, &(struct going_on){.to = "report template", .given = {{"template", t.code}},
                                   .said = tr_fill(w->a, out->lang, M("Defined: %1"), &said, 1)});
    return OK;
}
