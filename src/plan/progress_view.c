/* plan progress: the plan in its printed order, with how far each measure has come. */
#include "plan/acts.h"
#include "plan/asked.h"

struct showing {
    struct work *w;
    const struct args *in;
    struct doc *out;
    struct lines x;
    bool *shown;      /* of each row */
    int64_t from, end; /* first place of the page; last of the edition */
    bool narrowed, behind; /* behind: of some row an owner is further behind */
};

/* ---- which rows ---- */

static bool wanted_status(const struct showing *s, const struct line *l)
{
    str status = arg_text(s->in, "status");
    if (status.n == 0) return true;
    return l->is.status == (str_eq(status, S("none")) ? STATUS_NONE : status_read(status));
}

static bool wanted_owner(const struct line *l, ptrdiff_t org)
{
    return org < 0 || line_owner(l, org) >= 0;
}

static bool within(const struct lines *x, size_t i, ptrdiff_t heading)
{
    for (ptrdiff_t at = (ptrdiff_t)i; at >= 0; at = x->line[at].up)
        if (at == heading) return true;
    return heading < 0;
}

/* A heading is shown where something below it is. */
static void show_row(struct showing *s, size_t i)
{
    for (ptrdiff_t at = (ptrdiff_t)i; at >= 0 && !s->shown[at]; at = s->x.line[at].up) s->shown[at] = true;
}

static enum err find_heading(struct showing *s, ptrdiff_t *out)
{
    str key = arg_text(s->in, "chapter");
    *out = -1;
    if (key.n == 0) return OK;
    for (size_t i = 0; i < s->x.n; i++)
        if (s->x.line[i].kind == ITEM_HEADING && str_eq(s->x.line[i].key, key)) *out = (ptrdiff_t)i;
    if (*out >= 0) return OK;
    return fault_in(s->w, NOTFOUND, ((struct where){.field = S("chapter")}),
                    M("the plan '%1' has no heading '%2': `meguri plan headings --plan %1` lists them"), s->x.p.code, key);
}

static enum err find_owner(struct showing *s, ptrdiff_t *out)
{
    str code = arg_text(s->in, "owner");
    *out = code.n == 0 ? -1 : owners_org(&s->x.owners, code);
    if (code.n == 0 || *out >= 0) return OK;
    return fault_in(s->w, NOTFOUND, ((struct where){.field = S("owner")}),
                    M("no organisation '%1' owns measures of the plan '%2'"), code, s->x.p.code);
}

static enum err published_narrow(struct showing *s)
{
    ptrdiff_t heading, org;
    enum err e = asked_rows_all(s->w, &s->x, true);
    if (e == OK) e = find_heading(s, &heading);
    if (e == OK) e = find_owner(s, &org);
    if (e == OK && org >= 0) e = lines_owned(s->w, &s->x, 0, s->x.n, 0);
    if (e != OK) return e;
    s->shown = arena_array(s->w->a, s->x.n + 1, sizeof *s->shown);
    int64_t n = 0;
    for (size_t i = 0; i < s->x.n && n < PROGRESS_ROWS; i++) {
        const struct line *l = &s->x.line[i];
        if (l->kind == ITEM_HEADING || l->ord < s->from) continue;
        if (!wanted_status(s, l) || !wanted_owner(l, org) || !within(&s->x, i, heading)) continue;
        show_row(s, i);
        if (++n == PROGRESS_ROWS) s->end = l->ord; /* the page ends here */
    }
    if (n < PROGRESS_ROWS) s->end = 0;
    return OK;
}

/* Without a condition only the rows of the page are read, however many the plan has. */
static enum err one_page(struct showing *s)
{
    struct progress_report r = s->x.shown;
    int64_t until = s->from + PROGRESS_ROWS, last = 0;
    enum err e = r.frozen != 0 ? lines_frozen(s->w, &s->x, &r, s->from, until, true) : lines_stand(s->w, &s->x, s->from, until, true);
    if (e == OK) e = r.frozen != 0 ? progress_frozen_end(s->w, r.frozen, &last) : lines_end(s->w, s->x.p.edition, &last);
    if (e != OK) return e;
    s->shown = arena_array(s->w->a, s->x.n + 1, sizeof *s->shown);
    for (size_t i = 0; i < s->x.n; i++) s->shown[i] = true;
    s->end = last >= until ? until - 1 : 0;
    return OK;
}

/* Owners of the rows shown, run by run. */
static enum err owners_of_shown(struct showing *s)
{
    enum err e = OK;
    for (size_t i = 0, k; e == OK && i < s->x.n; i = k) {
        for (k = i; k < s->x.n && s->shown[k]; k++) {}
        if (k > i) e = lines_owned(s->w, &s->x, i, k, OWNED_WORDS | OWNED_HEARD);
        if (k == i) k++;
    }
    return e;
}

/* ---- what is shown ---- */

static const struct column counts_columns[] = {
    {"status", CELL_ENUM, N("Status"), 0, "plan progress", "status"},
    {"measures", CELL_INT, N("Measures"), 0, NULL, NULL},
    {"legend", CELL_TEXT, N("Legend"), 0, NULL, NULL},
    {"plan", CELL_TEXT, N("Plan"), COL_DATA, NULL, "plan"},
    {"report", CELL_TEXT, N("Report"), COL_DATA, NULL, "report"},
};

/* Counts of what is shown, which are also the legend. */
static void legend(const struct showing *s)
{
    struct status_counts c = {0};
    for (size_t i = 0; i < s->x.n; i++)
        if (s->shown[i] && line_counts(&s->x.line[i])) status_count(&c, s->x.line[i].is.status);
    doc_show(s->out, &(struct show){.kind = SHOW_PARTS, .label = "status", .values = {"measures"}});
    DOC_TABLE(s->out, "statuses", counts_columns);
    for (int64_t i = STATUS_DONE; i <= STATUS_WORST + 1; i++) {
        int64_t status = i > STATUS_WORST ? STATUS_NONE : i;
        if (status == STATUS_NONE && c.of[0] == 0) continue;
        DOC_ROW(s->out, status_words_cell(s->w->a, status), C_INT(c.of[status]), words_cell(status_legend(status)), C_TEXT(s->x.p.code),
                text_cell(s->x.shown.code));
    }
    doc_table_end(s->out);
}

static const struct column rows_columns[] = {
    {"kind", CELL_ENUM, N("Kind of item"), COL_DATA, NULL, NULL},
    {"level", CELL_INT, N("Level of heading"), COL_DATA, NULL, NULL},
    {"no", CELL_TEXT, N("No."), 0, "plan measure", "no"},
    {"code", CELL_TEXT, N("Printed code"), COL_DETAIL, NULL, NULL},
    {"title", CELL_TEXT, N("Title"), 0, NULL, NULL},
    {"owners", CELL_TEXT, N("Owners"), 0, NULL, NULL},
    {"status", CELL_ENUM, N("Status"), 0, NULL, NULL},
    {"behind", CELL_ENUM, N("An owner is further behind"), 0, NULL, NULL},
    {"text", CELL_TEXT, N("How far it has come"), 0, NULL, NULL},
    {"source", CELL_ENUM, N("Said by"), COL_DETAIL, NULL, NULL},
    {"reported", CELL_INT, N("Owners that reported"), COL_DETAIL, NULL, NULL},
    {"owners_n", CELL_INT, N("of owners"), COL_DATA, NULL, NULL},
    {"key", CELL_TEXT, N("Key"), COL_DATA, NULL, NULL},
    {"plan", CELL_TEXT, N("Plan"), COL_DATA, NULL, "plan"},
};

static struct cell source_cell(enum status_source s)
{
    static const str words[STATUS_SOURCES] = {S_INIT(""), N("the lead owner"), N("the centre"), N("the last report")};
    if (s == FROM_NOBODY) return C_NONE;
    return (struct cell){.type = CELL_ENUM, .text = str_of(status_sources[s]), .ja = tr(LANG_JA, words[s]), .en = tr(LANG_EN, words[s])};
}

static void row(const struct showing *s, const struct line *l)
{
    bool heading = l->kind == ITEM_HEADING, heard = !heading && lines_hear(s->w) && !s->x.shown.outside;
    DOC_ROW(s->out, C_ENUM(str_of(item_kinds[l->kind])), heading ? C_INT(l->level) : C_NONE, line_no_cell(s->w->a, l), text_cell(l->code),
            both_cell(l->title_ja, l->title_en), both_cell(l->owners_ja, l->owners_en), status_cell(l->is.status),
            status_warns(l->is.status, l->worst) ? status_cell(l->worst) : C_NONE, both_cell(l->text_ja, l->text_en),
            heading ? C_NONE : source_cell(l->is.source), heard && (l->reported > 0 || l->is.source != FROM_REPORT) ? C_INT(l->reported) : C_NONE, heading ? C_NONE : C_INT(l->owners),
            C_TEXT(l->key), C_TEXT(s->x.p.code));
}

static const struct column more_columns[] = {
    {"from", CELL_TEXT, N("Go on"), 0, "plan progress", "from"},
};

static void more(const struct showing *s)
{
    if (s->end == 0) return;
    doc_text(s->out, M("The plan has more rows than one page: it goes on from place %1."), str_int(s->w->a, s->end + 1));
    DOC_TABLE(s->out, "more", more_columns);
    DOC_ROW(s->out, ((struct cell){.type = CELL_TEXT, .text = str_int(s->w->a, s->end + 1), .ja = tr(LANG_JA, M("Go on")), .en = M("Go on")}));
    doc_table_end(s->out);
}

static void rows_shown(struct showing *s)
{
    for (size_t i = 0; i < s->x.n; i++) {
        if (!s->shown[i]) continue;
        struct arena_mark mark = arena_mark(s->w->a);
        s->behind = s->behind || status_warns(s->x.line[i].is.status, s->x.line[i].worst);
        row(s, &s->x.line[i]);
        arena_back(s->w->a, mark);
    }
}

/* Data and papers have all rows: page after page, each in the room of the one before. */
static enum err rows_beyond(struct showing *s)
{
    enum err e = OK;
    while (e == OK && s->end != 0) {
        struct arena_mark mark = arena_mark(s->w->a);
        s->from = s->end + 1;
        e = one_page(s);
        if (e == OK) e = owners_of_shown(s);
        if (e == OK) rows_shown(s);
        s->x.n = 0;
        arena_back(s->w->a, mark);
    }
    return e;
}

static enum err rows(struct showing *s, bool whole)
{
    enum err e = OK;
    bool any = false;
    for (size_t i = 0; i < s->x.n; i++) any = any || s->shown[i];
    if (!any) {
        doc_text(s->out, s->narrowed ? M("No measure fits these conditions.") : M("The plan has no measures yet: they are added or imported on the page of the plan (`meguri plan import`)."));
        return OK;
    }
    doc_heading(s->out, M("In printed order"));
    doc_show(s->out, &(struct show){.kind = SHOW_SECTIONS, .label = "title", .state = "level"});
    DOC_TABLE(s->out, "progress", rows_columns);
    rows_shown(s);
    if (whole) e = rows_beyond(s);
    doc_table_end(s->out);
    if (e != OK) return e;
    more(s);
    doc_note(s->out, M("Status and text are the lead owner's, or the centre's where it has settled them. What is told again counts once, in "
                       "its first place."));
    if (s->behind)
        doc_note(s->out, M("An owner further behind is a warning beside the status, never the status: with many owners the last one would "
                           "decide for all."));
    return OK;
}

enum err plan_view_progress(struct work *w, const struct args *in, struct doc *out)
{
    struct showing s = {.w = w, .in = in, .out = out, .from = arg_given(in, "from") ? arg_int(in, "from") : 1};
    s.narrowed = arg_given(in, "chapter") || arg_given(in, "owner") || arg_given(in, "status");
    if (s.from < 1) return fault_in(w, INVALID, ((struct where){.field = S("from")}), M("places are numbered from 1"));
    enum err e = asked_lines(w, in, &s.x);
    if (e == OK) e = s.narrowed ? published_narrow(&s) : one_page(&s);
    if (e == OK) e = owners_of_shown(&s);
    if (e != OK) return e;
    asked_title(&s.x, out);
    if (s.end == 0 && s.from == 1) legend(&s);
    e = rows(&s, !out->paged && !s.narrowed && !arg_given(in, "from"));
    if (e != OK) return e;
    asked_note(w, &s.x, out);
    plan_pages(&s.x.p, out);
    return OK;
}

/* For choosing one. */
enum err plan_view_headings(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column columns[] = {
        {"chapter", CELL_TEXT, N("Heading"), 0, "plan progress", "chapter"},
        {"level", CELL_INT, N("Level of heading"), 0, NULL, NULL},
        {"key", CELL_TEXT, N("Key"), COL_DETAIL, NULL, NULL},
        {"plan", CELL_TEXT, N("Plan"), COL_DATA, NULL, "plan"},
    };
    struct plan p;
    struct line *line;
    size_t n;
    enum err e = plan_wanted(w, in, &p);
    if (e == OK) e = lines_items(w, &(struct span){.plan = p.id, .edition = p.edition, .from = 1, .until = INT64_MAX}, &line, &n);
    if (e != OK) return e;
    DOC_TABLE(out, "headings", columns);
    for (size_t i = 0; i < n; i++)
        if (line[i].kind == ITEM_HEADING)
            DOC_ROW(out, ((struct cell){.type = CELL_TEXT, .text = line[i].key, .ja = line[i].title_ja, .en = line[i].title_en}),
                    C_INT(line[i].level), C_TEXT(line[i].key), C_TEXT(p.code));
    doc_table_end(out);
    return OK;
}
