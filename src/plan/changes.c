/* plan changes: what moved since a report or a day. */
#include "plan/frozen.h"

enum move { MOVE_UP, MOVE_DOWN, MOVE_NEW, MOVE_GONE, MOVE_TEXT, MOVES };
static const struct {
    const char *code;
    str words;
} moves[MOVES] = {
    {"further", N("further than before")}, {"back", N("less far than before")}, {"first", N("a first status")},
    {"gone", N("no longer in the plan")},  {"text", N("text changed")},
};

enum { CHANGES_SHOWN = 1000 }; /* on a page */
struct changing {
    struct work *w;
    struct doc *out;
    struct lines was, is;
    int64_t count[MOVES], same, told;
    bool tell; /* the first pass counts, the second tells */
};

/* Which move it is; MOVES: none. Done is 1, the outlook unknown 4. */
static enum move move_of(const struct line *was, const struct line *is)
{
    if (is == NULL) return was->is.status == STATUS_NONE ? MOVES : MOVE_GONE;
    if (was == NULL || was->is.status == STATUS_NONE) return is->is.status == STATUS_NONE ? MOVES : MOVE_NEW;
    if (is->is.status == STATUS_NONE) return MOVES; /* a figure that was published goes on */
    if (is->is.status < was->is.status) return MOVE_UP;
    if (is->is.status > was->is.status) return MOVE_DOWN;
    return lines_differ(was, is) ? MOVE_TEXT : MOVES;
}

static const struct column columns[] = {
    {"no", CELL_TEXT, N("No."), 0, "plan measure", "no"},
    {"title", CELL_TEXT, N("Title"), 0, NULL, NULL},
    {"move", CELL_ENUM, N("What changed"), 0, NULL, NULL},
    {"was", CELL_ENUM, N("Before"), 0, NULL, NULL},
    {"is", CELL_ENUM, N("Now"), 0, NULL, NULL},
    {"text_was", CELL_TEXT, N("Text before"), COL_DETAIL, NULL, NULL},
    {"text", CELL_TEXT, N("Text now"), 0, NULL, NULL},
    {"plan", CELL_TEXT, N("Plan"), COL_DATA, NULL, "plan"},
};

static void row(struct changing *c, const struct line *was, const struct line *is)
{
    enum move m = move_of(was, is);
    const struct line *l = is != NULL ? is : was;
    if (!c->tell && m == MOVES) c->same++;
    if (!c->tell && m != MOVES) c->count[m]++;
    if (!c->tell || m == MOVES || (c->out->paged && c->told++ >= CHANGES_SHOWN)) return;
    str words = moves[m].words;
    DOC_ROW(c->out, C_TEXT(l->key), both_cell(l->title_ja, l->title_en),
            ((struct cell){.type = CELL_ENUM, .text = str_of(moves[m].code), .ja = tr(LANG_JA, words), .en = words}),
            was == NULL ? C_NONE : status_cell(was->is.status), is == NULL ? C_NONE : status_cell(is->is.status),
            was == NULL ? C_NONE : both_cell(was->text_ja, was->text_en), is == NULL ? C_NONE : both_cell(is->text_ja, is->text_en),
            C_TEXT(c->is.p.code));
}

static void rows(struct changing *c)
{
    size_t at = 0, back = 0;
    for (size_t i = 0; i < c->is.n; i++)
        if (line_counts(&c->is.line[i]))
            row(c, line_after(c->was.line, c->was.n, &at, ITEM_MEASURE, c->is.line[i].key), &c->is.line[i]);
    for (size_t i = 0; i < c->was.n; i++)
        if (line_counts(&c->was.line[i]) && line_after(c->is.line, c->is.n, &back, ITEM_MEASURE, c->was.line[i].key) == NULL)
            row(c, &c->was.line[i], NULL);
}

static void tell(struct changing *c)
{
    int64_t moved = 0;
    rows(c);
    for (int m = 0; m < MOVES; m++) {
        doc_fact(c->out, moves[m].code, moves[m].words, C_INT(c->count[m]));
        moved += c->count[m];
    }
    doc_fact(c->out, "same", M("as before"), C_INT(c->same));
    if (moved == 0) {
        doc_text(c->out, M("Nothing moved."));
        return;
    }
    c->tell = true;
    DOC_TABLE(c->out, "changes", columns);
    rows(c);
    doc_table_end(c->out);
    if (c->told > CHANGES_SHOWN)
        doc_note(c->out, M("Only the first %1 are listed here; as data all are."), str_int(c->w->a, CHANGES_SHOWN));
}

static enum err since_day(struct changing *c, const struct plan *p, int64_t day)
{
    if (day > today(c->w))
        return fault_in(c->w, INVALID, ((struct where){.field = S("since")}), M("that day is still to come"));
    enum err e = lines_begin(c->w, p, day * DAY - JAPAN, &c->was); /* as it stood when the day began */
    return e == OK ? lines_stand(c->w, &c->was, 1, INT64_MAX, true) : e;
}

static enum err since_report(struct changing *c, const struct plan *p, str code)
{
    struct progress_report r;
    enum err e = code.n == 0 ? progress_report_last(c->w, p->id, INT64_MAX, &r) : progress_report_find(c->w, p, code, 0, &r);
    if (e == NOTFOUND && code.n == 0)
        return fault_in(c->w, NOTFOUND, ((struct where){.field = S("since")}),
                        M("no report of the plan '%1' is frozen yet: give a day, such as 2007-10-01"), p->code);
    if (e == OK && r.frozen == 0)
        e = fault_in(c->w, CONFLICT, ((struct where){.field = S("since")}), M("this report is not frozen yet: there is nothing to compare with"));
    if (e == OK) e = lines_begin(c->w, p, 0, &c->was);
    return e == OK ? lines_frozen(c->w, &c->was, &r, 1, INT64_MAX, true) : e;
}

static enum err until(struct changing *c, const struct plan *p, const struct args *in)
{
    struct progress_report r = {0};
    enum err e = lines_begin(c->w, p, 0, &c->is);
    if (e == OK && arg_given(in, "report")) e = progress_report_find(c->w, p, arg_text(in, "report"), 0, &r);
    if (e == OK && arg_given(in, "report") && r.frozen == 0)
        e = fault_in(c->w, CONFLICT, ((struct where){.field = S("report")}), M("this report is not frozen yet: there is nothing to compare with"));
    if (e != OK) return e;
    return r.frozen != 0 ? lines_frozen(c->w, &c->is, &r, 1, INT64_MAX, true) : lines_stand(c->w, &c->is, 1, INT64_MAX, true);
}

static void told_since(const struct changing *c, int64_t day)
{
    const struct progress_report *r = &c->was.shown;
    if (r->frozen == 0) doc_lead(c->out, M("Since %1"), lang_date(c->w->a, c->out->lang, day));
    else
        doc_lead(c->out, M("Since the %1, frozen on %2"), tr(c->out->lang, progress_report_words(r->code)), lang_day(c->w->a, c->out->lang, r->at));
}

enum err plan_view_changes(struct work *w, const struct args *in, struct doc *out)
{
    struct changing c = {.w = w, .out = out};
    struct plan p;
    int64_t day = 0;
    str since = arg_text(in, "since");
    bool by_day = date_parse(since, &day);
    enum err e = plan_wanted(w, in, &p);
    if (e == OK && !by_day && since.n != 0 && !str_eq(since, S("half")) && !str_eq(since, S("year")))
        e = fault_in(w, INVALID, ((struct where){.field = S("since")}), M("since 'half', 'year' or a day such as 2007-10-01, not '%1'"), since);
    if (e == OK) e = by_day ? since_day(&c, &p, day) : since_report(&c, &p, since);
    if (e == OK) e = until(&c, &p, in);
    if (e != OK) return e;
    doc_title(out, M("%1: what changed"), lang_pick(out->lang, p.title_ja, p.title_en));
    told_since(&c, day);
    tell(&c);
    asked_note(w, &c.is, out);
    return OK;
}
