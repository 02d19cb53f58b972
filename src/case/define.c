/* case define: a kind from a file, or one that ships with the program. The CSV is parsed here and understood by kind.c.
 */
#include "case/acts.h"
#include "case/case.h"
#include "case/kinds_store.h"

#include "base/embed.h"
#include "format/csv.h"
#include "surface/shipped.h"

enum { WHAT, CODE, JA, EN, RULES, HELP_JA, HELP_EN, COLUMNS };
static const char *const required[] = {"what", "code", "ja", "en", "rules", NULL};
static const char *const optional[] = {"help_ja", "help_en", NULL};

struct reading {
    struct work *w;
    struct csv *c;
    ptrdiff_t at[COLUMNS];
    struct line *lines;
    size_t n;
};

static str cell(const struct reading *r, int column)
{
    return r->at[column] < 0 ? (str){"", 0} : str_dup(r->w->a, str_trim(csv_cell(r->c, (size_t)r->at[column])));
}

static void read_line(struct reading *r)
{
    str word = cell(r, WHAT);
    size_t what = 0;
    while (what < LINE_WHATS && !str_eq(str_of(line_words[what]), word)) what++;
    if (what == LINE_WHATS) {
        fault_in(r->w, INVALID, csv_where(r->c, (size_t)r->at[WHAT]),
                 M("'%1' is no kind of line: kind state step field word"), word);
        return;
    }
    for (int i = 0; i < COLUMNS; i++)
        if (cell(r, i).n > CASE_VALUE_MAX)
            fault_in(r->w, INVALID, csv_where(r->c, (size_t)r->at[i]), M("longer than %1 bytes"),
                     str_int(r->w->a, CASE_VALUE_MAX));
    r->lines[r->n++] = (struct line){.what = (enum line_what)what,
                                     .code = cell(r, CODE),
                                     .ja = cell(r, JA),
                                     .en = cell(r, EN),
                                     .rules = cell(r, RULES),
                                     .help_ja = cell(r, HELP_JA),
                                     .help_en = cell(r, HELP_EN),
                                     .where = csv_where(r->c, (size_t)r->at[RULES])};
}

static enum err read_lines(struct work *w, str name, str bytes, struct line **out, size_t *n)
{
    struct reading r = {.w = w};
    enum err e = csv_open(w, name, bytes, CSV_DETECT, &r.c);
    if (e == OK) e = csv_shape(w, r.c, &(struct csv_shape){required, optional}, r.at);
    if (e != OK) return e;
    r.lines = arena_array(w->a, CASE_LINES_MAX + 1, sizeof *r.lines);
    while (csv_next(r.c)) {
        if (r.n == CASE_LINES_MAX)
            return fault_in(w, INVALID, csv_where(r.c, 0), M("a kind has at most %1 lines"),
                            str_int(w->a, CASE_LINES_MAX));
        read_line(&r);
    }
    if ((e = csv_err(r.c)) == OK) e = work_err(w);
    *out = r.lines;
    *n = r.n;
    return e;
}

/* ---- where the file comes from ---- */

static const struct shipped kinds_shipped = {
    S_INIT("data/case/"), "kind", N("give a file, or a kind that ships with the program: %1"),
    N("no kind '%1' ships with the program; there are: %2")};

/* For choosing one. */
enum err case_view_shipped(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column columns[] = {
        {"kind", CELL_ENUM, N("Kind"), 0, NULL, NULL},
        {"lines", CELL_INT, N("Lines"), COL_DETAIL, NULL, NULL},
        {"define", CELL_TEXT, N("Define"), 0, "case define", "kind"},
    };
    enum err e = OK;
    (void)in;
    DOC_TABLE(out, "shipped", columns);
    for (const struct embedded *f = embedded_files; e == OK && f->path != NULL; f++) {
        struct line *lines;
        struct kind k;
        size_t n;
        if (!str_starts(str_of(f->path), S("data/case/"))) continue;
        if ((e = read_lines(w, str_of(f->path), f->bytes, &lines, &n)) == OK) e = kind_read(w, lines, n, &k);
        if (e == OK) DOC_ROW(out, enum_named_cell(k.code, k.ja, k.en), C_INT((int64_t)n), C_TEXT(k.code));
    }
    doc_table_end(out);
    return e;
}

/* ---- the act ---- */

static bool same_lines(const struct line *a, const struct line *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (a[i].what != b[i].what || !str_eq(a[i].code, b[i].code) || !str_eq(a[i].ja, b[i].ja) ||
            !str_eq(a[i].en, b[i].en) || !str_eq(a[i].rules, b[i].rules) || !str_eq(a[i].help_ja, b[i].help_ja) ||
            !str_eq(a[i].help_en, b[i].help_en))
            return false;
    return true;
}

static enum err replace(struct work *w, const struct kind *was, const struct kind *k, const struct line *lines,
                        size_t n, bool *changed)
{
    struct line *stored;
    struct used used;
    size_t n_stored;
    enum err e = kind_lines(w, was->id, &stored, &n_stored);
    if (e != OK) return e;
    *changed = n_stored != n || !same_lines(stored, lines, n);
    if (!*changed) return OK;
    if ((e = kind_used(w, was->id, &used)) == OK) e = kind_may_replace(w, was, k, &used);
    return e == OK ? kind_store(w, was->id, k, lines, n) : e;
}

static void tell(struct work *w, const struct kind *k, bool changed, struct doc *out)
{
    doc_fact(out, "kind", M("Kind"), enum_named_cell(k->code, k->ja, k->en));
    doc_fact(out, "states", M("States"), C_INT((int64_t)k->n_states));
    doc_fact(out, "steps", M("Steps"), C_INT((int64_t)k->n_steps));
    doc_fact(out, "fields", M("Fields"), C_INT((int64_t)k->n_fields));
    if (!changed) doc_note(out, M("It stands so already: nothing was changed."));
    act_noted(w, S("kind"), k->code);
    str name = lang_pick(out->lang, k->ja, k->en), said = tr_fill(w->a, out->lang, M("Defined: %1"), &name, 1);
    act_next(w, &(struct going_on){.to = "case rules", .given = {{"kind", k->code}}, .said = said});
}

/* A kind is for all: it is defined at a top of the tree, or by the owner of the database. */
static enum err may_define(struct work *w)
{
    struct org org;
    enum err e = actor_unbounded(w->actor) ? OK : org_by_id(w, w->actor->org, &org);
    if (e != OK || actor_unbounded(w->actor) || org.parent == 0) return e;
    return fault(w, DENIED, M("a kind of case is for all: it is defined by who administers the whole tree"));
}

enum err case_act_define(struct work *w, const struct args *in, struct doc *out)
{
    str name, bytes;
    struct line *lines = NULL;
    struct kind k, *all;
    size_t n = 0, n_kinds;
    bool changed = true;
    enum err e = may_define(w);
    if (e == OK) e = shipped_or_given(w, in, &kinds_shipped, &name, &bytes);
    if (e == OK) e = read_lines(w, name, bytes, &lines, &n);
    if (e == OK && n == 0)
        e = fault_in(w, INVALID, ((struct where){.file = name}),
                     M("the file defines nothing: it begins with a line of the kind"));
    if (e == OK) e = kind_read(w, lines, n, &k);
    if (e == OK) e = kinds_all(w, &all, &n_kinds);
    if (e != OK) return e;
    const struct kind *was = NULL;
    for (size_t i = 0; i < n_kinds; i++)
        if (str_eq(all[i].code, k.code)) was = &all[i];
    if (was == NULL && n_kinds == CASE_KINDS_MAX)
        return fault(w, INVALID, M("there are %1 kinds of case, and no room for more"), str_int(w->a, CASE_KINDS_MAX));
    e = was != NULL ? replace(w, was, &k, lines, n, &changed) : kind_store(w, 0, &k, lines, n);
    if (e == OK) tell(w, &k, changed, out);
    return e;
}
