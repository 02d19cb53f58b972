/* An item as a row of texts, and back. What is written reads back to the same item, and that writes the same text. */
#include "plan/items.h"

#include <string.h>

#include "surface/reference.h"

const char *const plan_columns[] = {"kind", "key",  "level",  "code", "title_ja",   "title_en", "text_ja", "text_en", "relists",
                                    "area", "owners", "lead", "milestones", "links", "flag",   NULL};

struct where cells_where(struct work *w, const struct plan_cells *c, enum plan_column k)
{
    str field = str_of(plan_columns[k]);
    if (c->at == NULL) return (struct where){.field = str_fmt(w->a, "field.%.*s", STR_ARG(field))};
    return (struct where){.file = c->file, .row = c->row, .column = c->at[k] + 1, .field = field};
}

#define refuse(w, c, k, ...) (void)fault_in(w, INVALID, cells_where(w, c, k), __VA_ARGS__)

/* ---- texts ---- */

/* Line ends as LF, no blanks at the ends. */
static str plain_text(struct arena *a, str s)
{
    s = str_trim(s);
    if (s.n == 0 || memchr(s.p, '\r', s.n) == NULL) return str_dup(a, s);
    struct buf b = buf_in(a);
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != '\r') buf_byte(&b, s.p[i]);
        else if (i + 1 == s.n || s.p[i + 1] != '\n') buf_byte(&b, '\n');
    return buf_str(&b);
}

static bool is_key(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
        if (!good) return false;
    }
    return s.n != 0 && s.n <= PLAN_KEY_MAX;
}

static str key_cell(struct work *w, const struct plan_cells *c, enum plan_column k)
{
    str s = str_trim(c->cell[k]);
    if (s.n != 0 && !is_key(s))
        refuse(w, c, k, M("'%1' is no key: letters, digits and - _ . up to %2"), s, str_int(w->a, PLAN_KEY_MAX));
    return str_dup(w->a, s);
}

static str text_of(struct work *w, const struct plan_cells *c, enum plan_column k, size_t most)
{
    str s = plain_text(w->a, c->cell[k]);
    if (s.n > most) refuse(w, c, k, M("the text is longer than %1 bytes"), str_int(w->a, (int64_t)most));
    return s;
}

/* ---- lists in one cell: pieces parted by | or line ends; a backslash takes the meaning from what follows ---- */

static bool piece_next(str *rest, str *out)
{
    for (size_t i = 0; rest->n != 0;) {
        if (i < rest->n && rest->p[i] == '\\') i++;
        else if (i >= rest->n || rest->p[i] == '|' || rest->p[i] == '\n') {
            *out = str_trim(str_sub(*rest, 0, i));
            *rest = str_sub(*rest, i + 1, rest->n);
            i = 0;
            if (out->n != 0) return true;
            continue;
        }
        i++;
    }
    return false;
}

static size_t pieces(str s)
{
    size_t n = 0;
    for (str piece; piece_next(&s, &piece);) n++;
    return n;
}

/* / parts the languages where blanks or ends stand around it: only such a one needs its backslash. */
static void add_escaped(struct buf *b, str s)
{
    for (size_t i = 0; i < s.n; i++) {
        bool parts = s.p[i] == '/' && (i == 0 || s.p[i - 1] == ' ' || s.p[i - 1] == '\n') &&
                     (i + 1 == s.n || s.p[i + 1] == ' ' || s.p[i + 1] == '\n');
        if (s.p[i] == '|' || s.p[i] == '\\' || parts) buf_byte(b, '\\');
        buf_byte(b, s.p[i] == '\n' ? ' ' : s.p[i]);
    }
}

static str unescaped(struct arena *a, str s)
{
    struct buf b = buf_in(a);
    s = str_trim(s);
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '\\' && i + 1 < s.n) i++;
        buf_byte(&b, s.p[i]);
    }
    return buf_str(&b);
}

/* Where the two languages part; s.n: there is one alone. */
static size_t slash_at(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '\\') i++;
        else if (s.p[i] == '/' && (i == 0 || s.p[i - 1] == ' ') && (i + 1 == s.n || s.p[i + 1] == ' ')) return i;
    }
    return s.n;
}

static bool word_next(str *rest, str *out)
{
    *rest = str_trim(*rest);
    return rest->n != 0 && str_cut(rest, ' ', out);
}

/* ---- owners ---- */

/* With a mark between them names may hold blanks; else a blank is the mark, but where the whole is one name. */
static bool owner_next(const struct owners *x, str *rest, bool marked, str *out)
{
    str whole = str_trim(*rest), code;
    if (whole.n == 0) return false;
    if (!marked && owners_named(x, whole, &code)) {
        *out = whole;
        *rest = (str){whole.p, 0};
        return true;
    }
    size_t i = 0, mark = 0;
    for (; i < whole.n && mark == 0; i += mark == 0) {
        if (memchr(marked ? "|\n" : " \t\n", whole.p[i], marked ? 2 : 3) != NULL) mark = 1;
        else if (str_starts(str_sub(whole, i, whole.n), S("、")) || (!marked && str_starts(str_sub(whole, i, whole.n), S("　")))) mark = 3;
    }
    *out = str_trim(str_sub(whole, 0, i));
    *rest = str_sub(whole, i + mark, whole.n);
    return true;
}

/* The code that a code or name stands for, as long as the owners live; empty: nobody. */
static str owner_code(const struct owners *x, str said)
{
    str code = {"", 0};
    ptrdiff_t org = owners_org(x, said), group = org >= 0 ? -1 : owners_group(x, said);
    if (org >= 0) return x->org[org].code;
    if (group >= 0) return x->group[group].code;
    (void)owners_named(x, said, &code);
    return code;
}

static bool owns(const struct plan_owner *list, size_t n, str code)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(list[i].owner, code)) return true;
    return false;
}

static void read_owners(struct work *w, const struct owners *x, const struct plan_cells *c, struct plan_item *out)
{
    struct plan_owner *list = arena_array(w->a, PLAN_OWNERS_MAX, sizeof *list);
    str rest = c->cell[COL_OWNERS], said;
    bool marked = rest.n != 0 && (memchr(rest.p, '|', rest.n) != NULL || str_find(rest, S("、")) >= 0);
    size_t n = 0;
    while (owner_next(x, &rest, marked, &said)) {
        if (said.n == 0) continue;
        str code = owner_code(x, said);
        if (code.n == 0)
            refuse(w, c, COL_OWNERS, M("'%1' is neither an organisation of this plan nor a group of owners: `meguri plan groups` lists "
                                       "the groups"), said);
        else if (owns(list, n, code)) refuse(w, c, COL_OWNERS, M("the owner '%1' is named twice"), said);
        else if (n == PLAN_OWNERS_MAX) {
            refuse(w, c, COL_OWNERS, M("more than %1 owners: name a group"), str_int(w->a, PLAN_OWNERS_MAX));
            break;
        } else list[n++] = (struct plan_owner){code, false};
    }
    out->owner = list;
    out->n_owners = n;
    str lead = str_trim(c->cell[COL_LEAD]);
    if (lead.n == 0) return;
    str code = owner_code(x, lead);
    if (code.n == 0 || !owns(list, n, code))
        refuse(w, c, COL_LEAD, M("the lead '%1' is none of the owners: name it among them as well"), lead);
    else if (owners_org(x, code) < 0) refuse(w, c, COL_LEAD, M("a group cannot take the lead: name one organisation"));
    for (size_t i = 0; i < n; i++) list[i].lead = str_eq(list[i].owner, code) && owners_org(x, code) >= 0;
}

str owners_text(struct arena *a, const struct plan_item *x)
{
    struct buf b = buf_in(a);
    for (size_t i = 0; i < x->n_owners; i++) {
        if (i > 0) buf_byte(&b, ' ');
        buf_add(&b, x->owner[i].owner);
    }
    return buf_str(&b);
}

str lead_text(const struct plan_item *x)
{
    for (size_t i = 0; i < x->n_owners; i++)
        if (x->owner[i].lead) return x->owner[i].owner;
    return (str){"", 0};
}

/* ---- milestones: "2007-04-01~2007-09-30 done=2007-09-20 derived: 公表 / Published" ---- */

static bool read_span(str s, struct plan_milestone *m)
{
    static const str marks[] = {S_INIT("~"), S_INIT("～"), S_INIT("〜")};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        ptrdiff_t at = str_find(s, marks[i]);
        if (at < 0) continue;
        m->has_since = true;
        return date_parse(str_sub(s, 0, (size_t)at), &m->since) && date_parse(str_sub(s, (size_t)at + marks[i].n, s.n), &m->until) &&
               m->since <= m->until;
    }
    return date_parse(s, &m->until);
}

static bool read_milestone(struct arena *a, str s, struct plan_milestone *out)
{
    struct plan_milestone m = {0};
    const char *colon = memchr(s.p, ':', s.n);
    size_t head = colon == NULL ? s.n : (size_t)(colon - s.p);
    str dates = str_sub(s, 0, head), title = str_trim(str_sub(s, head + 1, s.n)), word;
    if (!word_next(&dates, &word) || !read_span(word, &m)) return false;
    while (word_next(&dates, &word)) {
        if (str_eq(word, S("derived"))) m.derived = true;
        else if (str_starts(word, S("done=")) && date_parse(str_sub(word, 5, word.n), &m.done)) m.has_done = true;
        else return false;
    }
    size_t slash = slash_at(title);
    m.title_ja = unescaped(a, str_sub(title, 0, slash));
    m.title_en = unescaped(a, str_sub(title, slash + 1, title.n));
    *out = m;
    return m.title_ja.n + m.title_en.n != 0 && m.title_ja.n <= PLAN_TITLE_MAX && m.title_en.n <= PLAN_TITLE_MAX;
}

static void read_milestones(struct work *w, const struct plan_cells *c, struct plan_item *out)
{
    str rest = plain_text(w->a, c->cell[COL_MILESTONES]), piece;
    size_t most = pieces(rest), n = 0;
    if (most > PLAN_MILESTONES_MAX) {
        refuse(w, c, COL_MILESTONES, M("more than %1 milestones"), str_int(w->a, PLAN_MILESTONES_MAX));
        return;
    }
    struct plan_milestone *list = arena_array(w->a, most + 1, sizeof *list);
    while (piece_next(&rest, &piece))
        if (read_milestone(w->a, piece, &list[n])) n++;
        else
            refuse(w, c, COL_MILESTONES,
                   M("'%1' is no milestone: write 2007-09-30: what, or 2007-04-01~2007-09-30 done=2007-09-20: what"), piece);
    out->milestone = list;
    out->n_milestones = n;
}

str milestones_text(struct arena *a, const struct plan_item *x, str between)
{
    struct buf b = buf_in(a);
    for (size_t i = 0; i < x->n_milestones; i++) {
        const struct plan_milestone *m = &x->milestone[i];
        if (i > 0) buf_add(&b, between);
        if (m->has_since) buf_fmt(&b, "%.*s~", STR_ARG(date_text(a, m->since)));
        buf_add(&b, date_text(a, m->until));
        if (m->has_done) buf_fmt(&b, " done=%.*s", STR_ARG(date_text(a, m->done)));
        buf_add(&b, m->derived ? S(" derived: ") : S(": "));
        add_escaped(&b, m->title_ja);
        if (m->title_en.n == 0) continue;
        buf_add(&b, m->title_ja.n == 0 ? S("/ ") : S(" / "));
        add_escaped(&b, m->title_en);
    }
    return buf_str(&b);
}

/* ---- links: "see measure:sj2006/12 | from case:F-2026-0003" ---- */

static bool known(str word, const char *const *list)
{
    while (*list != NULL && !str_eq(word, str_of(*list))) list++;
    return *list != NULL;
}

/* What stands in a list of links may hold no mark that parts or hides one. */
static bool link_target(str target)
{
    struct reference r;
    if (!reference_parse(target, &r) || str_find(target, S("|")) >= 0 || str_find(target, S("\\")) >= 0) return false;
    return r.sort != REFER_MEASURE || is_key(r.last);
}

static bool read_link(struct arena *a, str s, struct plan_link *out)
{
    static const char *const relations[] = {"from", "about", "measured-by", "evidence", "see", NULL};
    str rest = s, relation;
    if (!word_next(&rest, &relation)) return false;
    str target = str_trim(rest);
    if (!known(relation, relations) || !link_target(target)) return false;
    *out = (struct plan_link){str_dup(a, relation), str_dup(a, target)};
    return true;
}

static void read_links(struct work *w, const struct plan_cells *c, struct plan_item *out)
{
    str rest = plain_text(w->a, c->cell[COL_LINKS]), piece;
    size_t most = pieces(rest), n = 0;
    if (most > PLAN_LINKS_MAX) {
        refuse(w, c, COL_LINKS, M("more than %1 links"), str_int(w->a, PLAN_LINKS_MAX));
        return;
    }
    struct plan_link *list = arena_array(w->a, most + 1, sizeof *list);
    while (piece_next(&rest, &piece))
        if (read_link(w->a, piece, &list[n])) n++;
        else
            refuse(w, c, COL_LINKS, M("'%1' is no link: write a relation (from about measured-by evidence see) and what it leads to, as in "
                                      "see measure:sj2006/12"), piece);
    out->link = list;
    out->n_links = n;
}

str links_text(struct arena *a, const struct plan_item *x, str between)
{
    struct buf b = buf_in(a);
    for (size_t i = 0; i < x->n_links; i++) {
        if (i > 0) buf_add(&b, between);
        buf_fmt(&b, "%.*s %.*s", STR_ARG(x->link[i].relation), STR_ARG(x->link[i].target));
    }
    return buf_str(&b);
}

/* ---- rows ---- */

void cells_of_item(struct arena *a, const struct plan_item *x, int64_t level, struct plan_cells *out)
{
    *out = (struct plan_cells){.cell = {
        [COL_KIND] = str_of(item_kinds[x->kind]), [COL_KEY] = x->key,
        [COL_LEVEL] = x->level == level ? S("") : str_int(a, x->level), [COL_CODE] = x->code,
        [COL_TITLE_JA] = x->title_ja, [COL_TITLE_EN] = x->title_en, [COL_TEXT_JA] = x->text_ja,
        [COL_TEXT_EN] = x->text_en, [COL_RELISTS] = x->relists, [COL_AREA] = x->area,
        [COL_OWNERS] = owners_text(a, x), [COL_LEAD] = lead_text(x),
        [COL_MILESTONES] = milestones_text(a, x, S(" | ")), [COL_LINKS] = links_text(a, x, S(" | ")),
        [COL_FLAG] = x->flag}};
}

static void read_level(struct work *w, const struct plan_cells *c, struct plan_item *out)
{
    str s = str_trim(c->cell[COL_LEVEL]);
    int64_t most = out->kind == ITEM_HEADING ? PLAN_LEVELS : PLAN_LEVELS + 1;
    if (s.n == 0 && out->kind == ITEM_HEADING) refuse(w, c, COL_LEVEL, M("a heading needs its level: 1 for a chapter, 2 for what is below"));
    if (s.n == 0) return;
    if (!str_to_int(s, &out->level) || out->level < 1 || out->level > most)
        refuse(w, c, COL_LEVEL, M("'%1' is no level: a whole number from 1 to %2"), s, str_int(w->a, most));
}

/* What each kind has to have. */
static void need(struct work *w, const struct plan_cells *c, const struct plan_item *x)
{
    bool titled = x->title_ja.n + x->title_en.n != 0, worded = x->text_ja.n + x->text_en.n != 0;
    bool again = x->kind == ITEM_RELISTED;
    if (x->kind == ITEM_MEASURE && x->key.n == 0) refuse(w, c, COL_KEY, M("a measure needs its number"));
    if ((x->kind == ITEM_HEADING || x->kind == ITEM_MEASURE) && !titled) refuse(w, c, COL_TITLE_JA, M("a title is needed here"));
    else if (!again && !titled && !worded) refuse(w, c, COL_TITLE_JA, M("neither a title nor a text: leave the row out"));
    if (again && x->relists.n == 0) refuse(w, c, COL_RELISTS, M("the number of the measure that is told again is needed here"));
    if (!again && x->relists.n != 0) refuse(w, c, COL_RELISTS, M("only a row of the kind relisted tells a measure again"));
}

enum err item_of_cells(struct work *w, const struct owners *x, const struct plan_cells *c, struct plan_item *out)
{
    struct plan_item item = {.heading = -1};
    int64_t before = w->faults.count;
    str kind = str_trim(c->cell[COL_KIND]);
    if (!item_kind_named(kind, &item.kind))
        refuse(w, c, COL_KIND, M("'%1' is no kind of row: heading measure relisted direction policy area goal picture text"), kind);
    item.key = key_cell(w, c, COL_KEY);
    item.relists = key_cell(w, c, COL_RELISTS);
    item.area = key_cell(w, c, COL_AREA);
    item.code = text_of(w, c, COL_CODE, PLAN_TITLE_MAX);
    item.title_ja = text_of(w, c, COL_TITLE_JA, PLAN_TITLE_MAX);
    item.title_en = text_of(w, c, COL_TITLE_EN, PLAN_TITLE_MAX);
    item.text_ja = text_of(w, c, COL_TEXT_JA, PLAN_TEXT_MAX);
    item.text_en = text_of(w, c, COL_TEXT_EN, PLAN_TEXT_MAX);
    item.flag = text_of(w, c, COL_FLAG, PLAN_TITLE_MAX);
    read_level(w, c, &item);
    read_owners(w, x, c, &item);
    read_milestones(w, c, &item);
    read_links(w, c, &item);
    need(w, c, &item);
    *out = item;
    return w->faults.count == before ? OK : INVALID;
}
