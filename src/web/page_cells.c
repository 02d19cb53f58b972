/* Cells: how each type reads, and where it leads. */
#include <string.h>

#include "base/clock.h"
#include "web/page_parts.h"

/* ---- figures ---- */

/* ▲ is how Japanese papers of state write a fall, in both languages here: a hyphen is overlooked. */
str rate_shown(struct arena *a, struct rate r)
{
    if (!r.defined) return rate_text(a, r);
    struct buf b = buf_in(a);
    int64_t size = r.tenths < 0 ? -(int64_t)r.tenths : r.tenths;
    if (r.tenths < 0) RAW(&b, "▲");
    put_number(&b, size / 10);
    buf_byte(&b, '.');
    buf_byte(&b, (char)('0' + size % 10));
    return buf_str(&b);
}

ptrdiff_t column_index(const struct page_table *t, const char *key)
{
    for (size_t i = 0; key != NULL && i < t->n; i++)
        if (strcmp(t->columns[i].key, key) == 0) return (ptrdiff_t)i;
    return -1;
}

str row_words(struct page_doc *p, const char *key, const struct cell *row)
{
    ptrdiff_t at = column_index(&p->table, key);
    return at < 0 || row[at].type == CELL_NONE ? (str){"", 0} : cell_text(p, &p->table.columns[at], &row[at]);
}

str row_code(struct page_doc *p, const char *key, const struct cell *row)
{
    ptrdiff_t at = column_index(&p->table, key);
    return at < 0 ? (str){"", 0} : cell_code(p->a, &row[at]);
}

/* What a mean is over is counted with the word of its own: 31項目, 17機関. */
static str counted(struct page_doc *p, const struct column *of, int64_t count)
{
    static const struct {
        const char *key;
        str words;
    } known[] = {{"clauses", N("%1 clauses")}, {"organisations", N("%1 organisations")}};
    str number = number_text(p->a, count);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i].key, of->key) == 0) return tr_fill(p->a, p->doc.lang, known[i].words, &number, 1);
    return str_fmt(p->a, "%.*s %.*s", STR_ARG(tr(p->doc.lang, of->label)), STR_ARG(number));
}

str rate_base(struct page_doc *p, size_t column, const struct cell *row)
{
    const struct page_table *t = &p->table;
    const struct cell *c = &row[column];
    if (c->type != CELL_RATE || !c->rate.defined) return (str){0};
    if (c->rate.d != 0) {
        struct buf b = buf_in(p->a);
        put_number(&b, c->rate.n);
        RAW(&b, " / ");
        put_number(&b, c->rate.d);
        return buf_str(&b);
    }
    ptrdiff_t of = column_index(t, t->columns[column].of);
    if (of < 0 || row[of].type != CELL_INT) return (str){0};
    return counted(p, &t->columns[of], row[of].i);
}

/* Steps of 5, 15 and 35 points below the goal; a part that has reached it stays blank. Of a share that does harm: above 0. */
int heat_step(int32_t tenths, int32_t goal)
{
    static const int32_t below[] = {0, 50, 150, 350};
    if (goal < 0) return heat_step(-tenths, 0);
    for (int step = 0; step < 4; step++)
        if (tenths >= goal - below[step]) return step;
    return 4;
}

/* ---- words ---- */

const char *state_shape(str code)
{
    static const struct {
        str code;
        const char *shape;
    } known[] = {
        {S_INIT("confirmed"), "done"},  {S_INIT("done"), "done"},      {S_INIT("closed"), "done"},   {S_INIT("published"), "done"},
        {S_INIT("past"), "done"},       {S_INIT("sent"), "done"},      {S_INIT("decided"), "done"},  {S_INIT("active"), "done"},
        {S_INIT("on"), "done"},         {S_INIT("strong"), "done"},    {S_INIT("ok"), "done"},       {S_INIT("submitted"), "wait"},
        {S_INIT("draft"), "wait"},      {S_INIT("now"), "wait"},       {S_INIT("open"), "wait"},     {S_INIT("waiting"), "wait"},
        {S_INIT("running"), "wait"},    {S_INIT("queued"), "wait"},    {S_INIT("returned"), "back"}, {S_INIT("entered-for-you"), "back"}, {S_INIT("stale"), "back"},
        {S_INIT("lack"), "back"},       {S_INIT("weak"), "back"},      {S_INIT("not_done"), "back"}, {S_INIT("withdrawn"), "back"},
        {S_INIT("late"), "late"},       {S_INIT("overdue"), "late"},   {S_INIT("failed"), "late"},   {S_INIT("expired"), "late"},
        {S_INIT("locked"), "late"},     {S_INIT("none"), "none"},      {S_INIT("later"), "none"},    {S_INIT("next"), "none"},
        {S_INIT("unanswered"), "none"}, {S_INIT("missing"), "none"},   {S_INIT("off"), "none"},      {S_INIT("unused"), "none"},
        {S_INIT("headed"), "wait"},     {S_INIT("approved"), "wait"},  {S_INIT("queried"), "back"},  {S_INIT("accepted"), "done"},
        {S_INIT("no_occasion"), "none"}, {S_INIT("not-answered"), "none"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (str_eq(known[i].code, code)) return known[i].shape;
    return NULL;
}

/* A part by its number alone: 第２部 (one full-width figure, as official papers write it). */
static str part_words(struct page_doc *p, const struct cell *c)
{
    static const char *const wide[] = {"０", "１", "２", "３", "４", "５", "６", "７", "８", "９"};
    str name = lang_pick(p->doc.lang, c->ja, c->en);
    bool ja = p->doc.lang == LANG_JA;
    str part = ja ? str_fmt(p->a, "第%s部", wide[c->text.p[0] - '0']) : str_fmt(p->a, "Part %c", c->text.p[0]);
    return name.n == 0 ? part : str_fmt(p->a, "%.*s %.*s", STR_ARG(part), STR_ARG(name));
}

static bool is_part(const struct column *k, const struct cell *c)
{
    return c->type == CELL_CLAUSE && strcmp(k->key, "part") == 0 && c->text.n == 1 && c->text.p[0] >= '0' &&
           c->text.p[0] <= '9';
}

/* A code nobody gave words to is English but for its hyphens: "not-answered". */
static str enum_words(struct page_doc *p, str code)
{
    if (code.n == 0) return code;
    str words = tr(p->doc.lang, code);
    if (words.p != code.p || (memchr(code.p, '-', code.n) == NULL && memchr(code.p, '_', code.n) == NULL)) return words;
    char *own = arena_alloc(p->a, code.n);
    for (size_t i = 0; i < code.n; i++) own[i] = code.p[i] == '-' || code.p[i] == '_' ? ' ' : code.p[i];
    return (str){own, code.n};
}

/* 1,818.5; a difference as officials write it: ＋3, ▲3. */
static str decimal_shown(struct page_doc *p, const struct column *k, const struct cell *c)
{
    struct decimal d = cell_decimal(c);
    int64_t size = d.i < 0 ? -d.i : d.i, unit = 1;
    struct buf b = buf_in(p->a);
    for (int s = 0; s < d.scale; s++) unit *= 10;
    if (d.i < 0) buf_add(&b, (k->flags & COL_SIGN) != 0 ? S("▲") : S("-"));
    else if (d.i > 0 && (k->flags & COL_SIGN) != 0) buf_add(&b, S("＋"));
    put_number(&b, size / unit);
    if (d.scale != 0) buf_fmt(&b, ".%0*lld", d.scale, (long long)(size % unit));
    return buf_str(&b);
}

/* A fall is written ▲ as of rates; a rise ＋ where the column tells of differences. */
static str minutes_shown(struct page_doc *p, const struct column *k, const struct cell *c)
{
    str all = lang_minutes(p->a, p->doc.lang, c->i);
    if (c->i < 0) return str_fmt(p->a, "▲%.*s", STR_ARG(str_sub(all, 1, all.n)));
    return c->i > 0 && (k->flags & COL_SIGN) != 0 ? str_fmt(p->a, "＋%.*s", STR_ARG(all)) : all;
}

str cell_text(struct page_doc *p, const struct column *k, const struct cell *c)
{
    switch (c->type) {
    case CELL_INT: return number_text(p->a, c->i);
    case CELL_DECIMAL: return decimal_shown(p, k, c);
    case CELL_RATE: return rate_shown(p->a, c->rate);
    case CELL_MINUTES: return minutes_shown(p, k, c);
    case CELL_DATE: return date_words(p, c->i, true);
    case CELL_TIME: return time_words(p, c->i, true);
    case CELL_BOOL: return c->i == 0 ? (str){"", 0} : tr(p->doc.lang, M("yes"));
    case CELL_NONE: return S("–");
    case CELL_ENUM: return c->ja.n + c->en.n != 0 ? lang_pick(p->doc.lang, c->ja, c->en) : enum_words(p, c->text);
    default: return is_part(k, c) ? part_words(p, c) : doc_cell_words(p->a, p->doc.lang, c);
    }
}

static void moment(struct page_doc *p, struct buf *b, const struct cell *c)
{
    RAW(b, "<time class=\"nb\"");
    attribute(b, "datetime", c->type == CELL_DATE ? date_text(p->a, c->i) : time_text(p->a, c->i));
    RAW(b, ">");
    page_escape(b, c->type == CELL_DATE ? date_words(p, c->i, true) : time_words(p, c->i, true));
    RAW(b, "</time>");
}

void cell_words(struct page_doc *p, struct buf *b, const struct column *k, const struct cell *c)
{
    const char *shape = c->type == CELL_ENUM && c->ja.n == 0 ? state_shape(c->text) : NULL; /* of words of ours */
    if (c->type == CELL_DATE || c->type == CELL_TIME) {
        moment(p, b, c);
        return;
    }
    if (shape != NULL) buf_fmt(b, "<span class=\"st %s\">", shape);
    page_escape(b, cell_text(p, k, c));
    if (shape != NULL) RAW(b, "</span>");
}

/* ---- where a cell leads ---- */

str cell_code(struct arena *a, const struct cell *c)
{
    switch (c->type) {
    case CELL_INT:
    case CELL_MINUTES:
    case CELL_BOOL: return str_int(a, c->i);
    case CELL_DATE: return date_text(a, c->i);
    case CELL_TIME: return time_text(a, c->i);
    case CELL_DECIMAL: return decimal_text(a, cell_decimal(c));
    case CELL_NONE:
    case CELL_RATE: return (str){"", 0};
    default: return c->text;
    }
}

/* A figure names nothing but a number, whatever its column leads to: "19,360 known" is no organisation. */
static bool names(const struct cell *c, const struct param *q)
{
    bool figure = c->type == CELL_INT || c->type == CELL_DECIMAL || c->type == CELL_BOOL || c->type == CELL_DATE ||
                  c->type == CELL_TIME || c->type == CELL_MINUTES;
    return !figure || q->type == P_INT || q->type == P_DATE || q->type == P_FLAG;
}

/* Where a column leads into another room, what it fills has its own meaning there (an edition of figures, of a
 * standard). In a head only what every row has is known. */
static str of_row(struct page_doc *p, const struct param *q, const struct cell *row, const struct room *room)
{
    const struct page_table *t = &p->table;
    bool head = row == NULL;
    if (head && t->kept == 0) return (str){"", 0};
    if (head) row = t->row[0];
    for (size_t i = 0; i < t->n; i++) {
        const struct column *k = &t->columns[i];
        bool data = (k->flags & COL_DATA) != 0;
        if (k->with == NULL || k->value != NULL || strcmp(k->with, q->name) != 0 || (head && !data)) continue;
        if (!data && t->to[i].room != NULL && t->to[i].room != room) continue;
        str code = names(&row[i], q) ? cell_code(p->a, &row[i]) : (str){"", 0};
        if (code.n != 0) return code; /* a row of another kind leaves its column empty */
    }
    return (str){"", 0};
}

static void give(struct link_to *to, const char *name, str value)
{
    if (value.n != 0 && to->n < LINK_GIVEN) to->given[to->n++] = (struct pair){str_of(name), value};
}

/* The entry's parameters in its own order, each from the cell, the row, or the page. */
static void fill(struct page_doc *p, const struct column *k, const struct cell *own, const struct cell *row,
                 struct link_to *to)
{
    for (const struct param *q = to->entry->params; q != NULL && q->name != NULL; q++) {
        str value = {"", 0};
        if ((q->flags & MAP) && q->choices != NULL) to->asks = true; /* data says what is asked for besides */
        if (q->flags & (SECRET | MAP)) continue;
        if (k->with != NULL && strcmp(k->with, q->name) == 0)
            value = k->value != NULL ? str_of(k->value) : names(own, q) ? cell_code(p->a, own) : (str){"", 0};
        if (value.n == 0) value = of_row(p, q, row, to->room);
        if (value.n == 0) value = own_value(p, str_of(q->name));
        bool chosen = q->choices != NULL && to->entry->kind == ENTRY_VIEW; /* absent, the page takes the first */
        if (value.n == 0 && (q->flags & REQUIRED) && q->fallback == NULL && !chosen) to->asks = true;
        give(to, q->name, value);
    }
}

/* row NULL: the head of a column with a value of its own. */
struct link_to cell_link(struct page_doc *p, size_t column, const struct cell *row)
{
    static const struct cell nothing = {.type = CELL_NONE};
    const struct column *k = &p->table.columns[column];
    struct link_to to = {0};
    to.room = p->table.to[column].room;
    to.entry = p->table.to[column].entry;
    to.path = p->table.to[column].path;
    if (to.entry == NULL || (row != NULL && row[column].type == CELL_NONE)) return to;
    to.act = to.entry->kind == ENTRY_ACT;
    fill(p, k, row == NULL ? &nothing : &row[column], row, &to);
    to.any = to.act || !to.asks; /* a view that would lack what it needs is no place to go */
    return to;
}

str link_url(struct page_doc *p, const struct link_to *to)
{
    struct buf b = buf_in(p->a);
    buf_add(&b, to->path);
    for (size_t i = 0; i < to->n; i++) address_add(&b, to->given[i].name, to->given[i].value);
    return buf_str(&b);
}

/* A form may not stand in a form: there the button belongs to one that follows. */
void act_button(struct page_doc *p, struct buf *b, const struct link_to *to, str label, const char *class)
{
    if (to->asks) {
        RAW(b, "<a");
        attribute(b, "class", str_of(class));
        attribute(b, "data-act", str_of(to->entry->name)); /* for the keys of meguri.js */
        attribute(b, "href", link_url(p, to));
        RAW(b, ">");
        page_escape(b, label);
        RAW(b, "</a>");
        return;
    }
    struct buf *f = p->form_open ? &p->late : b;
    p->ids++;
    buf_fmt(f, "<form class=\"inline\" id=\"f%d\" method=\"post\"", p->ids);
    attribute(f, "action", to->path);
    RAW(f, ">");
    form_keys(p, f);
    for (size_t i = 0; i < to->n; i++) hidden(f, to->given[i].name, to->given[i].value);
    if (p->form_open) RAW(f, "</form>\n");
    buf_fmt(b, "<button form=\"f%d\"", p->ids);
    attribute(b, "class", str_of(class));
    attribute(b, "data-act", str_of(to->entry->name));
    RAW(b, ">");
    page_escape(b, label);
    RAW(b, "</button>");
    if (!p->form_open) RAW(f, "</form>");
}

/* A link to where one is would be none. */
static bool here(struct page_doc *p, const struct link_to *to)
{
    if (to->entry != p->frame->entry || to->room != p->frame->room) return false;
    for (size_t i = 0; i < to->n; i++)
        if (!str_eq(to->given[i].value, own_value(p, to->given[i].name))) return false;
    return true;
}

void cell_linked(struct page_doc *p, struct buf *b, size_t column, const struct cell *row, const char *class)
{
    const struct column *k = &p->table.columns[column];
    struct link_to to = cell_link(p, column, row);
    bool link = to.any && !to.act && !here(p, &to);
    if (to.any && to.act) {
        act_button(p, b, &to, tr(p->doc.lang, k->label), "btn alt s");
        return;
    }
    if (link) {
        RAW(b, "<a");
        if (class != NULL) attribute(b, "class", str_of(class));
        attribute(b, "href", link_url(p, &to));
        RAW(b, ">");
    }
    /* A button says what it does; a number or a date would not. */
    bool wordless = class != NULL && k->type != CELL_TEXT && k->type != CELL_ENUM && k->label.n != 0;
    if (wordless) say(p, b, k->label);
    else cell_words(p, b, k, &row[column]);
    if (link) RAW(b, "</a>");
}
