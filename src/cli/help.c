#include "cli/help.h"

#include "base/utf8.h"
#include "cli/wrap.h"
#include "surface/mount.h"

struct telling {
    struct out *out;
    struct arena *a;
    enum lang lang;
    const struct style *style;
};

static int room_of(const struct telling *t) { return t->style->columns == 0 ? 100 : t->style->columns; }

/* Wrapped, from a mark on; the lines after the first stand below its end. */
static void lines(const struct telling *t, int indent, str words)
{
    int room = room_of(t) - indent;
    str line;
    for (int i = 0; wrap_next(&words, room < 20 ? 20 : room, &line); i++) {
        if (i != 0) out_blanks(t->out, indent);
        out_put(t->out, line);
        out_c(t->out, "\n");
    }
}

static void titled(const struct telling *t, str name, str title)
{
    const str two[] = {name, tr(t->lang, title)};
    lines(t, 0, tr_fill(t->a, t->lang, M("%1: %2"), two, 2));
}

static void head(const struct telling *t, str id)
{
    out_c(t->out, t->style->colour ? "\n\033[1m" : "\n");
    out_put(t->out, tr(t->lang, id));
    out_c(t->out, t->style->colour ? "\033[0m\n" : "\n");
}

static void line_in(const struct telling *t, str words)
{
    out_c(t->out, "  ");
    lines(t, 2, words);
}

/* "  term   words", the words wrapped beside the term; a term too long for its column has lines to itself. */
static void item(const struct telling *t, str term, int column, str words)
{
    int width = utf8_width(term);
    if (width > column) {
        out_c(t->out, "  ");
        lines(t, 6, term);
        out_blanks(t->out, column + 4);
    } else {
        out_c(t->out, "  ");
        out_put(t->out, term);
        out_blanks(t->out, column - width + 2);
    }
    lines(t, column + 4, words);
}

static void list_globals(const struct telling *t)
{
    head(t, M("Everywhere"));
    for (const struct global *g = globals; g->name != NULL; g++)
        item(t, str_fmt(t->a, "--%s", g->name), 14, tr(t->lang, g->help));
}

void help_program(struct out *out, struct arena *a, enum lang lang, const struct style *style)
{
    const struct telling t = {out, a, lang, style};
    lines(&t, 0, tr(lang, M("meguri runs the information-security programme of a federated organisation as one improving "
                            "cycle.")));
    head(&t, M("Use"));
    out_c(out, "  meguri ROOM NAME --PARAMETER VALUE …\n");
    item(&t, S("meguri ROOM"), 24, tr(lang, M("what a room has")));
    item(&t, S("meguri ROOM NAME --help"), 24, tr(lang, M("what it takes")));
    head(&t, M("Rooms"));
    for (const struct room *const *r = rooms; *r != NULL; r++) item(&t, str_of((*r)->name), 14, tr(lang, (*r)->title));
    head(&t, M("To begin with"));
    item(&t, S("meguri demo load"), 30, tr(lang, M("a synthetic government in meguri.db")));
    item(&t, S("meguri registry organisations"), 30, tr(lang, M("its organisations, in official order")));
    item(&t, S("meguri inspect rates --help"), 30, tr(lang, M("the main figures")));
    list_globals(&t);
}

static str kind_mark(const struct entry *e, enum lang lang)
{
    static const str mark[] = {[ENTRY_VIEW] = N("view"), [ENTRY_ACT] = N("act"), [ENTRY_FILE] = N("output file")};
    return tr(lang, mark[e->kind]);
}

static void entry_line(const struct telling *t, const struct room *room, const struct entry *e)
{
    const str marked[] = {tr(t->lang, e->title), kind_mark(e, t->lang)};
    str words = e->kind == ENTRY_VIEW ? marked[0] : tr_fill(t->a, t->lang, M("%1 (%2)"), marked, 2);
    item(t, str_of(e->name[0] == '\0' ? room->name : e->name), 20, words);
}

static void list_topics(const struct telling *t, const struct room *room)
{
    for (const struct topic *topic = room->topics; topic->entries != NULL; topic++) {
        head(t, topic->title);
        str rest = str_of(topic->entries);
        for (const struct entry *e; (e = topic_next(room, &rest)) != NULL;) entry_line(t, room, e);
    }
}

void help_room(struct out *out, struct arena *a, enum lang lang, const struct style *style, const struct room *room)
{
    const struct telling t = {out, a, lang, style};
    titled(&t, str_of(room->name), room->title);
    if (room->topics != NULL) list_topics(&t, room);
    else out_c(out, "\n");
    for (size_t i = 0; room->topics == NULL && i < room->n_entries; i++) entry_line(&t, room, &room->entries[i]);
    for (const struct mount *const *m = room->mounts; m != NULL && *m != NULL; m++) {
        if (m == room->mounts) head(&t, M("Served beside the pages"));
        item(&t, str_of((*m)->path), 20, tr(lang, (*m)->title));
    }
    out_c(out, "\n");
    str example = str_fmt(a, "meguri %s NAME --help", room->name);
    item(&t, example, utf8_width(example), tr(lang, M("what it takes")));
}

static str placeholder(const struct param *p)
{
    static const char *const words[] = {
        [P_TEXT] = "TEXT", [P_INT] = "NUMBER", [P_DATE] = "YYYY-MM-DD",
        [P_CODE] = "CODE", [P_ORG] = "ORG",    [P_FILE] = "FILE",
    };
    return str_of(p->type == P_ENUM || p->type == P_FLAG ? "" : words[p->type]);
}

static str either_of(struct arena *a, const char *words)
{
    struct buf b = buf_in(a);
    str rest = str_of(words), word;
    while (str_cut(&rest, ' ', &word))
        if (word.n != 0) buf_fmt(&b, "%s%.*s", b.n == 0 ? "" : "|", STR_ARG(word));
    return buf_str(&b);
}

static str param_use(struct arena *a, const struct param *p)
{
    if (p->type == P_FLAG) return str_fmt(a, "--%s", p->name);
    str value = p->type == P_ENUM ? either_of(a, p->words) : placeholder(p);
    return str_fmt(a, "--%s%s %.*s", p->name, p->flags & MAP ? ".KEY" : "", STR_ARG(value));
}

static void add_words(const struct telling *t, struct buf *b, str words)
{
    if (b->n == 0) buf_add(b, words);
    else buf_add(b, tr_fill(t->a, t->lang, M("; %1"), &words, 1));
}

static str param_words(const struct telling *t, const struct param *p)
{
    struct buf b = buf_in(t->a);
    buf_add(&b, tr(t->lang, p->help));
    const struct {
        bool holds;
        str id;
    } extra[] = {
        {(p->flags & REQUIRED) != 0, M("required")},
        {(p->flags & MANY) != 0, M("may be given several times")},
        {(p->flags & MAP) != 0, M("one for each KEY")},
        {(p->flags & PERSONAL) != 0, M("kept outside the journal's chain")},
    };
    for (size_t i = 0; i < sizeof extra / sizeof extra[0]; i++)
        if (extra[i].holds) add_words(t, &b, tr(t->lang, extra[i].id));
    str fallback = str_of(p->fallback);
    if (fallback.n != 0) add_words(t, &b, tr_fill(t->a, t->lang, M("without it: %1"), &fallback, 1));
    return buf_str(&b);
}

static void list_params(const struct telling *t, const struct entry *e)
{
    if (e->params == NULL || e->params[0].name == NULL) return;
    head(t, M("Parameters"));
    int column = 16;
    for (const struct param *p = e->params; p->name != NULL; p++) {
        int width = utf8_width(param_use(t->a, p));
        if (width > column && width <= 32) column = width;
    }
    for (const struct param *p = e->params; p->name != NULL; p++)
        item(t, param_use(t->a, p), column, param_words(t, p));
}

static void list_rights(const struct telling *t, const struct entry *e)
{
    head(t, M("For posts that may"));
    if (e->right == MAY_ANYONE) line_in(t, tr(t->lang, right_phrase(0)));
    for (unsigned bit = 1; bit <= MAY_LAST; bit <<= 1)
        if (e->right & bit) line_in(t, tr(t->lang, right_phrase(bit)));
}

static str param_example(struct arena *a, const struct param *p)
{
    str words = str_of(p->words), first;
    if (p->type != P_ENUM || !str_cut(&words, ' ', &first)) return param_use(a, p);
    return str_fmt(a, "--%s%s %.*s", p->name, p->flags & MAP ? ".KEY" : "", STR_ARG(first));
}

static void example(const struct telling *t, const struct room *room, const struct entry *e)
{
    head(t, M("Example"));
    str words = entry_words(t->a, room, e);
    out_put(t->out, str_fmt(t->a, "  meguri %.*s", STR_ARG(words)));
    for (const struct param *p = e->params; p != NULL && p->name != NULL; p++) {
        if (!(p->flags & REQUIRED)) continue;
        str use = param_example(t->a, p);
        out_put(t->out, str_fmt(t->a, " %.*s", STR_ARG(use)));
    }
    out_c(t->out, "\n");
}

void help_entry(struct out *out, struct arena *a, enum lang lang, const struct style *style, const struct room *room,
                const struct entry *e)
{
    const struct telling t = {out, a, lang, style};
    str words = entry_words(a, room, e);
    titled(&t, str_fmt(a, "meguri %.*s", STR_ARG(words)), e->title);
    list_params(&t, e);
    list_rights(&t, e);
    example(&t, room, e);
}
