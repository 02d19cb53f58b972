/* Fields made of rows: what a survey asks, each with the control that fits its kind. What was sent and refused stands in
 * its field again. */
#include "web/page_parts.h"

struct answer_field {
    str name, text, type, choices, labels, value, help;
};

static struct answer_field field_of(struct page_doc *p, const struct cell *row)
{
    struct answer_field f = {.name = row_words(p, "name", row), .text = row_words(p, "text", row),
                             .type = row_code(p, "type", row), .choices = row_code(p, "choices", row),
                             .labels = row_words(p, "choices", row),
                             .help = row_words(p, "help", row)};
    f.value = field_sent(p, f.name, row_words(p, "value", row));
    return f;
}

static void radio(struct page_doc *p, const struct answer_field *f, str value, str label)
{
    struct buf *b = &p->body;
    RAW(b, "<label class=\"choice\"><input type=\"radio\"");
    attribute(b, "name", f->name);
    attribute(b, "value", value);
    if (str_eq(f->value, value)) RAW(b, " checked");
    RAW(b, ">");
    page_escape(b, label);
    RAW(b, "</label>");
}

/* Words of a choice, where the row has them beside its code. */
static str choice_words(str *labels, str code)
{
    str words = {0};
    return str_cut(labels, '/', &words) && words.n != 0 ? words : code;
}

/* One that was chosen can be taken back: radio buttons alone would not let go. */
static void radios(struct page_doc *p, const struct answer_field *f)
{
    struct buf *b = &p->body;
    str rest = f->choices, labels = f->labels, one;
    RAW(b, "<fieldset class=\"q\"><legend>");
    page_escape(b, f->text);
    RAW(b, "</legend>\n<div class=\"choices\">");
    if (str_eq(f->type, S("yes_no"))) {
        radio(p, f, S("yes"), tr(p->doc.lang, M("Yes")));
        radio(p, f, S("no"), tr(p->doc.lang, M("No")));
    } else {
        while (str_cut(&rest, '/', &one)) radio(p, f, one, choice_words(&labels, one));
    }
    if (f->value.n != 0) radio(p, f, (str){"", 0}, tr(p->doc.lang, M("Not answered")));
    RAW(b, "</div></fieldset>\n");
}

static void one_line(struct page_doc *p, const struct answer_field *f)
{
    struct buf *b = &p->body;
    bool number = str_eq(f->type, S("number"));
    RAW(b, "<div class=\"q\"><label class=\"field\"><span class=\"label\">");
    page_escape(b, f->text);
    RAW(b, "</span>");
    if (f->help.n != 0) {
        RAW(b, "<span class=\"help\">");
        page_escape(b, f->help);
        RAW(b, "</span>");
    }
    RAW(b, "<input");
    attribute(b, "type", str_eq(f->type, S("date")) ? S("date") : S("text"));
    attribute(b, "name", f->name);
    if (number) RAW(b, " inputmode=\"numeric\" size=\"8\"");
    attribute(b, "value", f->value);
    RAW(b, "></label></div>\n");
}

/* ---- a grid: rows of type levels that have the same times ---- */

static void grid_head(struct page_doc *p, const struct answer_field *f)
{
    struct buf *b = &p->body;
    str rest = f->choices, one;
    RAW(b, "<div class=\"q levels\">");
    if (f->help.n != 0) {
        RAW(b, "<p class=\"help-box\">");
        page_escape(b, f->help);
        RAW(b, "</p>");
    }
    RAW(b, "<table><thead><tr><td></td>");
    while (str_cut(&rest, '/', &one)) {
        RAW(b, "<th scope=\"col\">");
        SAY(p, b, M("%1 h later"), one);
        RAW(b, "</th>");
    }
    RAW(b, "</tr></thead><tbody>\n");
}

static void grid_row(struct page_doc *p, const struct answer_field *f)
{
    struct buf *b = &p->body;
    str rest = f->choices, one, values = f->value;
    RAW(b, "<tr><th scope=\"row\">");
    page_escape(b, f->text);
    RAW(b, "</th>");
    while (str_cut(&rest, '/', &one)) {
        str value = {0}, label[] = {f->text, FILLED(p, M("%1 h later"), one)};
        str name = str_fmt(p->a, "%.*s/%.*s", STR_ARG(f->name), STR_ARG(one));
        str_cut(&values, ' ', &value);
        RAW(b, "<td><input type=\"text\" inputmode=\"text\" size=\"6\" autocomplete=\"off\"");
        attribute(b, "name", name);
        attribute(b, "aria-label", str_fmt(p->a, "%.*s %.*s", STR_ARG(label[0]), STR_ARG(label[1])));
        attribute(b, "value", field_sent(p, name, value));
        RAW(b, "></td>");
    }
    RAW(b, "</tr>\n");
}

/* Draws as many rows as belong together; answers how many. */
static size_t grid(struct page_doc *p, size_t first)
{
    struct answer_field f = field_of(p, p->table.row[first]);
    str times = f.choices;
    size_t n = 0;
    grid_head(p, &f);
    do {
        grid_row(p, &f);
        n++;
        if (first + n < p->table.kept) f = field_of(p, p->table.row[first + n]);
    } while (first + n < p->table.kept && str_eq(f.type, S("levels")) && str_eq(f.choices, times));
    RAW(&p->body, "</tbody></table></div>\n");
    return n;
}

void draw_answers(struct page_doc *p)
{
    for (size_t r = 0; r < p->table.kept; r++) {
        struct answer_field f = field_of(p, p->table.row[r]);
        if (str_eq(f.type, S("levels"))) {
            r += grid(p, r) - 1;
            continue;
        }
        bool several = str_eq(f.type, S("yes_no")) || str_eq(f.type, S("choice"));
        if (several) radios(p, &f);
        else one_line(p, &f);
    }
}
