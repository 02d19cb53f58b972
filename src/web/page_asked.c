/* Fields of a form that data asks for (SHOW_FIELDS): those of a kind of case. The same controls as fields of
 * parameters, from rows in place of params; what was sent and refused stands in them again. */
#include "face/told.h"
#include "web/page_parts.h"

/* ---- the rows ---- */

/* A field is filled with the code of what is chosen, not with its words. */
static str value_at(struct page_doc *p, const struct cell *row)
{
    ptrdiff_t at = column_index(&p->table, "value");
    return at >= 0 && row[at].type == CELL_ENUM ? row[at].text : row_words(p, "value", row);
}

void draw_asked(struct page_doc *p)
{
    size_t n = p->table.kept;
    struct page_field *all = arena_array(p->a, n + 1, sizeof *all);
    for (size_t i = 0; i < n; i++) {
        const struct cell *row = p->table.row[i];
        all[i] = (struct page_field){.name = row_code(p, "name", row),
                                     .choice = row_code(p, "choice", row),
                                     .label = row_words(p, "label", row),
                                     .type = row_code(p, "type", row),
                                     .help = row_words(p, "help", row),
                                     .value = value_at(p, row),
                                     .required = str_eq(row_code(p, "required", row), S("1"))};
    }
    asked_draw(p, all, n);
}

/* Asked for once a page: the faults name them, the form draws them. */
size_t asked_rows(struct page_doc *p, const struct entry *e, const struct page_field **out)
{
    const struct page_frame *f = p->frame;
    for (const struct param *q = e->params; p->asked == NULL && q != NULL && q->name != NULL; q++)
        if ((q->flags & MAP) && q->choices != NULL && f->fields != NULL) p->n_asked = f->fields(f->with, q, &p->asked);
    *out = p->asked;
    return p->asked == NULL ? 0 : p->n_asked;
}

bool asked_for(const struct page_field *all, size_t n, str name)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].name, name)) return true;
    return false;
}

/* ---- controls ---- */

static void named(struct page_doc *p, const struct page_field *f, bool bad)
{
    struct buf *b = &p->body;
    attribute(b, "name", f->name);
    if (p->act_page) attribute(b, "id", str_fmt(p->a, "p-%.*s", STR_ARG(f->name))); /* a view may ask twice */
    if (f->required) RAW(b, " required");
    if (bad) attribute(b, "aria-invalid", S("true"));
}

static void select_one(struct page_doc *p, const struct page_field *f, size_t n, str now, bool bad)
{
    struct buf *b = &p->body;
    RAW(b, "<select");
    named(p, f, bad);
    RAW(b, ">");
    option(b, S(""), tr(p->doc.lang, f->required ? M("Choose") : M("(none)")), now.n == 0);
    bool listed = now.n == 0;
    for (size_t i = 1; i <= n; i++) {
        listed = listed || str_eq(now, f[i].choice);
        option(b, f[i].choice, f[i].label, str_eq(now, f[i].choice));
    }
    if (!listed) option(b, now, now, true);
    RAW(b, "</select>");
}

/* As tall as what stands in it, so that a long text is read without scrolling in it; a line holds some forty characters of three bytes. */
static size_t rows_for(str text)
{
    enum { LEAST = 4, MOST = 20, LINE = 120 };
    size_t rows = 1 + text.n / LINE;
    for (size_t i = 0; i < text.n; i++) rows += text.p[i] == '\n';
    return rows < LEAST ? LEAST : rows > MOST ? MOST : rows;
}

static void control(struct page_doc *p, const struct page_field *f, size_t choices, bool bad)
{
    struct buf *b = &p->body;
    str now = field_sent(p, f->name, f->value);
    if (choices != 0) {
        select_one(p, f, choices, now, bad);
        return;
    }
    if (str_eq(f->type, S("long"))) {
        buf_fmt(b, "<textarea rows=\"%zu\"", rows_for(now));
        named(p, f, bad);
        RAW(b, ">");
        page_escape(b, now);
        RAW(b, "</textarea>");
        return;
    }
    RAW(b, "<input");
    attribute(b, "type", str_eq(f->type, S("date")) ? S("date") : str_eq(f->type, S("time")) ? S("datetime-local") : S("text"));
    named(p, f, bad);
    if (str_eq(f->type, S("int"))) RAW(b, " inputmode=\"numeric\" size=\"8\"");
    if (str_eq(f->type, S("code")) || str_eq(f->type, S("hash")))
        RAW(b, " autocapitalize=\"none\" spellcheck=\"false\"");
    attribute(b, "value", now);
    RAW(b, ">");
}

static void box(struct page_doc *p, str name, str value, str label, bool ticked)
{
    struct buf *b = &p->body;
    buf_add(b, ticked ? S("<label class=\"check\"><input type=\"checkbox\" checked") : S("<label class=\"check\"><input type=\"checkbox\""));
    attribute(b, "name", name);
    attribute(b, "value", value);
    RAW(b, "><span>");
    page_escape(b, label);
    RAW(b, "</span></label>\n");
}

/* Ticked to begin with: whoever opens the form means most of them. */
static void tick(struct page_doc *p, const struct page_field *f) { box(p, f->name, f->value, f->label, true); }

static bool has_word(str words, str word)
{
    for (str one; str_cut(&words, ' ', &one);)
        if (str_eq(one, word)) return true;
    return false;
}

static bool was_sent(const struct page_doc *p, str name, str value)
{
    for (size_t i = 0; i < p->frame->n_given; i++)
        if (str_eq(p->frame->given[i].name, name) && str_eq(p->frame->given[i].text, value)) return true;
    return false;
}

/* Any number of its choices: a box for each, since a list of several wants a keyboard. */
static void several(struct page_doc *p, const struct page_field *f, size_t n)
{
    struct buf *b = &p->body;
    const struct fault *bad = p->act_page ? field_fault(p, f->name) : NULL;
    RAW(b, "<fieldset class=\"several\"><legend>");
    page_escape(b, f->label);
    RAW(b, "</legend>\n");
    if (f->help.n != 0) {
        RAW(b, "<span class=\"help\">");
        page_escape(b, f->help);
        RAW(b, "</span>");
    }
    RAW(b, "<div class=\"boxes\">");
    for (size_t i = 1; i <= n; i++) {
        bool ticked = p->act_page && p->refused ? was_sent(p, f->name, f[i].choice) : has_word(f->value, f[i].choice);
        box(p, f->name, f[i].choice, f[i].label, ticked);
    }
    RAW(b, "</div>");
    if (bad != NULL) {
        RAW(b, "<span class=\"err\">");
        page_escape(b, fault_sentence(p->a, p->doc.lang, bad));
        RAW(b, "</span>");
    }
    RAW(b, "</fieldset>\n");
}

static void one(struct page_doc *p, const struct page_field *f, size_t choices)
{
    struct buf *b = &p->body;
    const struct fault *bad = p->act_page ? field_fault(p, f->name) : NULL;
    buf_add(b, bad != NULL ? S("<label class=\"field bad\"><span class=\"label\">")
                           : S("<label class=\"field\"><span class=\"label\">"));
    page_escape(b, f->label);
    if (f->required) {
        RAW(b, "<span class=\"tag must\">");
        say(p, b, M("required"));
        RAW(b, "</span>");
    }
    RAW(b, "</span>");
    if (f->help.n != 0) {
        RAW(b, "<span class=\"help\">");
        page_escape(b, f->help);
        RAW(b, "</span>");
    }
    control(p, f, choices, bad != NULL);
    if (bad != NULL) {
        RAW(b, "<span class=\"err\">");
        page_escape(b, fault_sentence(p->a, p->doc.lang, bad));
        RAW(b, "</span>");
    }
    RAW(b, "</label>\n");
}

/* Open where something in it is filled in or was wrong. */
static void fold(struct page_doc *p, const struct page_field *all, size_t n)
{
    struct buf *b = &p->body;
    bool open = false;
    for (size_t i = 1; i < n; i++) open = open || field_sent(p, all[i].name, all[i].value).n != 0 || field_fault(p, all[i].name) != NULL;
    buf_add(b, open ? S("<details class=\"fold\" open><summary>") : S("<details class=\"fold\"><summary>"));
    page_escape(b, all[0].label);
    RAW(b, "</summary><div class=\"stack\">\n");
}

void asked_draw(struct page_doc *p, const struct page_field *all, size_t n)
{
    bool folded = false;
    for (size_t i = 0; i < n;) {
        size_t choices = 0;
        while (i + 1 + choices < n && all[i + 1 + choices].choice.n != 0) choices++;
        if (str_eq(all[i].type, S("fold")) && !folded) {
            fold(p, all + i, n - i);
            folded = true;
        } else if (str_eq(all[i].type, S("flag"))) {
            tick(p, &all[i]);
        } else if (str_eq(all[i].type, S("several"))) {
            several(p, &all[i], choices);
        } else {
            one(p, &all[i], choices);
        }
        i += 1 + choices;
    }
    if (folded) RAW(&p->body, "</div></details>\n");
}

/* What decides which fields are asked for is settled: it is shown, and sent along. */
bool asked_by(const struct param *q, const struct entry *e)
{
    const struct room *room;
    const struct entry *view;
    for (const struct param *m = e->params; m != NULL && m->name != NULL; m++)
        if ((m->flags & MAP) && m->choices != NULL && entry_by_words(m->choices, &room, &view) &&
            param_find(view, str_of(q->name)) != NULL)
            return true;
    return false;
}

void asked_settled(struct page_doc *p, const struct param *q)
{
    struct buf *b = &p->body;
    bool begun = false;
    for (size_t i = 0; i < p->frame->n_given; i++) {
        const struct given *g = &p->frame->given[i];
        if (!str_eq(g->name, str_of(q->name))) continue;
        buf_add(b, begun ? S("、") : S("<p><b>"));
        if (!begun) page_escape(b, param_label(p, q));
        if (!begun) RAW(b, "</b>　");
        page_escape(b, param_words(p, q, g->text));
        hidden(b, g->name, g->text);
        begun = true;
    }
    if (begun) RAW(b, "</p>\n");
}
