#include "plan/published.h"

#include "base/utf8.h"
#include "plan/published_shape.h"

enum {
    NOTE_RULE = 20,   /* blanks of the line above footnotes, at least */
    NOTES_MAX = 1000, /* footnotes that are told from figures */
    TITLE_LINES = 4,  /* a title is broken over at most so many */
};

/* A title that is being read, until the brackets with its owners close. */
struct pending {
    int64_t line; /* 0: none */
    int lines;
    str code, title;
};

struct reading {
    struct work *w;
    struct plan_text *out;
    size_t room, unknown_room;
    str path[PUBLISHED_LEVELS]; /* headings in force, folded */
    bool in_measures, in_notes;
    bool note[NOTES_MAX + 1]; /* footnotes there are */
    int64_t next_note;        /* whose mark comes next */
    struct pending now;
    str parent_code, parent_title; /* ア）without owners, above a) and b) */
    bool parent_is_new;            /* no a) came yet */
    bool has_item;                 /* lines go on with the text of the last item */
    struct buf text;
};

/* ---- footnotes: below a line of blanks, to the end of the page, whose next begins with a blank ---- */

static bool is_rule(str line) { return line.n >= NOTE_RULE && str_trim(line).n == 0; }
static bool begins_page(str line) { return line.n != 0 && line.p[0] == ' ' && str_trim(line).n != 0; }

static void find_notes(struct reading *r, str bytes)
{
    str line, rest;
    bool in_notes = false;
    int64_t no = 0, n;
    while (published_next_line(&bytes, &no, &line)) {
        in_notes = is_rule(line) || (in_notes && !begins_page(line));
        rest = line;
        if (in_notes && published_take_number(&rest, &n) && rest.n != 0 && n <= NOTES_MAX) r->note[n] = true;
    }
}

/* 省庁3） is 省庁）where there is a footnote 3 and its mark is the next. Marks are ASCII, behind a letter that is not.
 */
static str without_mark(struct reading *r, str s)
{
    if (r->next_note > NOTES_MAX || !r->note[r->next_note]) return s;
    str mark = str_int(r->w->a, r->next_note);
    static const str units[] = {S_INIT("年"), S_INIT("月"), S_INIT("日"), S_INIT("回"), S_INIT("件")};
    for (size_t at = 1; at + mark.n <= s.n; at++) {
        str behind = str_sub(s, at + mark.n, s.n);
        bool stands = str_starts(str_sub(s, at, s.n), mark) && (s.p[at - 1] & 0x80) != 0;
        if (!stands || (behind.n != 0 && (behind.p[0] & 0x80) == 0)) continue;
        bool counts = false;
        for (size_t i = 0; i < sizeof units / sizeof *units; i++) counts = counts || str_starts(behind, units[i]);
        if (counts) continue;
        r->next_note++;
        return without_mark(r, str_fmt(r->w->a, "%.*s%.*s", (int)at, s.p, STR_ARG(behind)));
    }
    return s;
}

/* ---- items ---- */

static void item_is_over(struct reading *r)
{
    if (r->has_item) r->out->item[r->out->n - 1].text = str_dup(r->w->a, buf_str(&r->text));
    r->has_item = false;
}

static void title_is_lost(struct reading *r)
{
    struct plan_text *t = r->out;
    if (r->now.line == 0) return;
    t->unknown = arena_more(r->w->a, t->unknown, t->n_unknown, &r->unknown_room, sizeof *t->unknown);
    t->unknown[t->n_unknown++] = (struct published_line){r->now.line, r->now.title};
    r->now.line = 0;
}

static str path_text(struct arena *a, const str path[PUBLISHED_LEVELS])
{
    struct buf b = buf_in(a);
    for (int i = 0; i < PUBLISHED_LEVELS; i++) {
        buf_add(&b, path[i]);
        buf_byte(&b, '\n');
    }
    return buf_str(&b);
}

static void add_item(struct reading *r, str title, str owners, bool again)
{
    struct plan_text *t = r->out;
    struct arena *a = r->w->a;
    t->item = arena_more(a, t->item, t->n, &r->room, sizeof *t->item);
    t->item[t->n++] = (struct plan_text_item){.line = r->now.line,
                                              .path = path_text(a, r->path),
                                              .code = r->now.code,
                                              .title = published_narrow_text(a, title),
                                              .owners = published_narrow_text(a, owners),
                                              .again = again};
    r->now.line = 0;
    r->has_item = true;
    r->text = buf_in(a);
}

/* Where the last bracket opens that closes at the end of the text; -1: it does not end with one. */
static ptrdiff_t last_bracket(str s)
{
    ptrdiff_t at = -1;
    if (!str_ends(s, S("）")) && !str_ends(s, S(")"))) return -1;
    for (size_t i = 0; i < s.n; i++)
        if (str_starts(str_sub(s, i, s.n), S("（")) || s.p[i] == '(') at = (ptrdiff_t)i;
    return at;
}

/* The title is whole when it ends with its owners in brackets; （仮称）belongs to a name. */
static void close_title(struct reading *r)
{
    str s = r->now.title;
    bool again = str_ends(s, S("【再掲】"));
    if (again) s = str_trim(str_sub(s, 0, s.n - S("【再掲】").n));
    ptrdiff_t at = last_bracket(s);
    if (at < 0) return;
    size_t open = s.p[at] == '(' ? 1 : 3, close = str_ends(s, S(")")) ? 1 : 3;
    str owners = str_sub(s, (size_t)at + open, s.n - close);
    if (owners.n == 0 || str_eq(owners, S("仮称"))) return;
    str title = str_trim(str_sub(s, 0, (size_t)at));
    if (title.n + r->parent_title.n >= PUBLISHED_TITLE_MAX) return;
    bool first = r->parent_code.n != 0 && r->parent_is_new;
    if (first) title = str_fmt(r->w->a, "%.*s %.*s", STR_ARG(published_narrow_text(r->w->a, r->parent_title)), STR_ARG(title));
    if (first) r->parent_is_new = false;
    add_item(r, title, owners, again);
}

static bool is_sub(str code) { return code.p[0] >= 'a' && code.p[0] <= 'z'; }

/* A title without owners that is followed by a) stands above it. */
static void begin_title(struct reading *r, int64_t no, str code, str title)
{
    item_is_over(r);
    if (r->now.line != 0 && is_sub(code) && !is_sub(r->now.code)) {
        r->parent_code = r->now.code;
        r->parent_title = r->now.title;
        r->parent_is_new = true;
        r->now.line = 0;
    }
    title_is_lost(r);
    if (!is_sub(code)) r->parent_code = S("");
    r->now = (struct pending){no, 1, str_fmt(r->w->a, "%.*s%.*s", STR_ARG(r->parent_code), STR_ARG(code)), title};
    close_title(r);
}

static void go_on(struct reading *r, str line)
{
    if (r->now.line == 0) {
        if (r->has_item) buf_add(&r->text, line);
        return;
    }
    r->now.title = str_fmt(r->w->a, "%.*s%.*s", STR_ARG(r->now.title), STR_ARG(line));
    close_title(r);
    if (r->now.line != 0 && ++r->now.lines > TITLE_LINES) title_is_lost(r);
}

/* ---- lines ---- */

static void begin_part(struct reading *r, bool in_measures)
{
    title_is_lost(r);
    item_is_over(r);
    r->in_measures = in_measures;
    r->parent_code = S("");
}

static void take_heading(struct reading *r, int level, str line)
{
    begin_part(r, false);
    r->path[level - 1] = published_folded_heading(r->w->a, line);
    for (int i = level; i < PUBLISHED_LEVELS; i++) r->path[i] = S("");
}

static bool is_page_number(str line)
{
    int64_t n;
    return published_take_number(&line, &n) && line.n == 0;
}

static void take_words(struct reading *r, int64_t no, str line)
{
    str rest = line, code;
    int level = published_heading(line);
    if (str_starts(line, S("【具体的施策】")))
        begin_part(r, true);
    else if (level != 0)
        take_heading(r, level, line);
    else if (!r->in_measures)
        return;
    else if (str_starts(line, S("【再掲】")) && r->has_item)
        r->out->item[r->out->n - 1].again = true;
    else if (published_take_code(r->w->a, &rest, &code))
        begin_title(r, no, code, rest);
    else
        go_on(r, line);
}

static void take_line(struct reading *r, int64_t no, str line)
{
    str words = str_trim(line);
    bool starts = published_heading(words) != 0 || str_starts(words, S("【具体的施策】"));
    r->in_notes = is_rule(line) || (r->in_notes && !begins_page(line) && !starts);
    if (r->in_notes || words.n == 0 || is_page_number(words)) return;
    take_words(r, no, without_mark(r, words));
}

enum err plan_text_read(struct work *w, str name, str bytes, struct plan_text *out)
{
    struct plan_text found = {0};
    enum err e = published_bytes(w, name, &bytes);
    if (e != OK) return e;
    struct reading *r = arena_alloc(w->a, sizeof *r);
    *r = (struct reading){.w = w, .out = &found, .next_note = 1};
    find_notes(r, bytes);
    str line;
    int64_t no = 0;
    while (published_next_line(&bytes, &no, &line)) {
        take_line(r, no, line);
        if (found.n > PUBLISHED_ROWS_MAX)
            return fault_in(w, INVALID, ((struct where){.file = name, .row = no}), M("The text has more than %1 rows."),
                            str_int(w->a, PUBLISHED_ROWS_MAX));
    }
    begin_part(r, false);
    if (found.n == 0)
        return fault_in(w, INVALID, ((struct where){.file = name}),
                        M("The plan's text has no measure: none below 【具体的施策】 with its owners in brackets."));
    *out = found;
    return OK;
}

/* ---- what the one lacks, the other has ---- */

static str row_path(struct arena *a, const struct published *p, const struct published_row *row)
{
    str path[PUBLISHED_LEVELS] = {{0}};
    for (int i = 0; i < PUBLISHED_LEVELS; i++)
        if (row->path[i] >= 0) path[i] = published_folded_heading(a, p->row[row->path[i]].title);
    return path_text(a, path);
}

static ptrdiff_t item_of(struct arena *a, const struct published *p, const struct published_row *row,
                         const struct plan_text *t)
{
    str path = row_path(a, p, row);
    for (size_t i = 0; i < t->n; i++)
        if (!t->item[i].again && str_eq(t->item[i].code, row->code) && str_eq(t->item[i].path, path))
            return (ptrdiff_t)i;
    return -1;
}

static void drop_flags(struct published *p)
{
    size_t n = 0;
    for (size_t i = 0; i < p->n_flags; i++)
        if (p->flag[i].defect != DEFECT_NO_TITLE || p->row[p->flag[i].row].title.n == 0) p->flag[n++] = p->flag[i];
    p->n_flags = n;
}

void published_fill(struct arena *a, struct published *p, const struct plan_text *t, const size_t **unused,
                    size_t *n_unused)
{
    bool *used = arena_array(a, t->n + 1, sizeof *used);
    size_t *left = arena_array(a, t->n + 1, sizeof *left);
    *n_unused = 0;
    for (size_t i = 0; i < p->n; i++) {
        struct published_row *row = &p->row[i];
        ptrdiff_t at = row->kind == PUBLISHED_MEASURE ? item_of(a, p, row, t) : -1;
        if (at < 0) continue;
        used[at] = true;
        row->plan_text = t->item[at].text;
        if (row->title.n != 0) continue;
        row->title = t->item[at].title;
        row->fill_line = t->item[at].line;
    }
    for (size_t i = 0; i < t->n; i++)
        if (!used[i] && !t->item[i].again) left[(*n_unused)++] = i;
    *unused = left;
    drop_flags(p);
}

/* ---- names of owners ---- */

size_t published_names(struct arena *a, str owners, const str **out)
{
    static const str between[] = {S_INIT("、"), S_INIT("及び"), S_INIT("並びに"), S_INIT("，"),
                                  S_INIT(","),  S_INIT("　"),   S_INIT(" ")};
    str *name = NULL;
    size_t n = 0, room = 0, from = 0;
    for (size_t at = 0; at <= owners.n;) {
        str rest = str_sub(owners, at, owners.n);
        size_t gap = 0;
        for (size_t i = 0; i < sizeof between / sizeof *between && gap == 0; i++)
            if (str_starts(rest, between[i])) gap = between[i].n;
        if (gap == 0 && rest.n != 0) {
            at++;
            continue;
        }
        str one = str_trim(str_sub(owners, from, at));
        if (one.n != 0) {
            name = arena_more(a, name, n, &room, sizeof *name);
            name[n++] = one;
        }
        from = at = at + (gap == 0 ? 1 : gap);
    }
    *out = name;
    return n;
}
