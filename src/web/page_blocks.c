/* Blocks of a page: sections with their headings, key figures, notes, columns side by side; and the face itself. */
#include "base/utf8.h"
#include "face/face.h"
#include "web/page_parts.h"

struct page_doc *page_of(struct doc *d) { return (struct page_doc *)d; }

/* ---- sections ---- */

void facts_end(struct page_doc *p)
{
    if (!p->facts) return;
    RAW(&p->body, "</dl>\n");
    p->facts = false;
}

void section_end(struct page_doc *p)
{
    facts_end(p);
    if (!p->section || p->form_open) return;
    RAW(&p->body, "</section>\n");
    p->section = p->titled = false;
}

void section_need(struct page_doc *p)
{
    facts_end(p);
    if (p->section) return;
    RAW(&p->body, "<section class=\"block\">");
    p->section = true;
}

static void section_titled(struct page_doc *p, str text)
{
    section_end(p);
    p->ids++;
    buf_fmt(&p->body, "<section class=\"block\" aria-labelledby=\"s%d\"><h2 id=\"s%d\">", p->ids, p->ids);
    page_escape(&p->body, text);
    RAW(&p->body, "</h2>\n");
    p->section = p->titled = true;
}

static void on_heading(struct doc *d, str text)
{
    struct page_doc *p = page_of(d);
    if (!p->form_open) {
        section_titled(p, text);
        return;
    }
    facts_end(p);
    RAW(&p->body, "<h2 class=\"sec\">");
    page_escape(&p->body, text);
    RAW(&p->body, "</h2>\n");
}

/* A lone table's heading is for those who hear the page: its title says the same. With a second table both are seen. */
void section_for_table(struct page_doc *p, str label)
{
    facts_end(p);
    if (p->form_open || p->titled) return;
    section_end(p);
    p->ids++;
    p->headless++;
    buf_fmt(&p->body, "<section class=\"block\" aria-labelledby=\"s%d\"><h2 id=\"s%d\" class=\"", p->ids, p->ids);
    if (p->headless == 1) p->first_headless = p->body.n;
    buf_add(&p->body, p->headless == 1 ? S("vh") : S("th"));
    RAW(&p->body, "\">");
    page_escape(&p->body, label);
    RAW(&p->body, "</h2>\n");
    p->section = true;
}

static void on_text(struct doc *d, str text)
{
    struct page_doc *p = page_of(d);
    section_need(p);
    buf_add(&p->body, p->titled ? S("<p class=\"intro\">") : S("<div class=\"text\"><p>"));
    page_escape(&p->body, text);
    buf_add(&p->body, p->titled ? S("</p>\n") : S("</p></div>\n"));
}

static void on_note(struct doc *d, str text)
{
    struct page_doc *p = page_of(d);
    RAW(&p->notes, "<li>");
    page_escape(&p->notes, text);
    RAW(&p->notes, "</li>");
}

/* ---- facts ---- */

/* A change of something is told with its sign. */
static void big(struct page_doc *p, const char *key, const struct cell *c)
{
    const struct column plain = {.key = "", .flags = strcmp(key, "change") == 0 ? COL_SIGN : 0};
    struct buf *b = &p->body;
    bool figure = c->type == CELL_INT || c->type == CELL_RATE || c->type == CELL_DECIMAL || c->type == CELL_MINUTES;
    buf_add(b, figure ? S("<span class=\"big\">") : S("<span class=\"big word\">"));
    if (c->type == CELL_INT) put_number(b, c->i);
    else if (c->type == CELL_RATE && c->rate.defined) {
        page_escape(b, rate_shown(p->a, c->rate));
        RAW(b, "<small>%</small>");
    } else cell_words(p, b, &plain, c);
    RAW(b, "</span>");
}

static void below(struct page_doc *p, const struct cell *c)
{
    struct buf *b = &p->body;
    bool counts = c->type == CELL_RATE && c->rate.defined && c->rate.d != 0;
    if (!counts && p->doc.below.n == 0) return;
    RAW(b, "<span class=\"of\">");
    if (counts) {
        put_number(b, c->rate.n);
        RAW(b, " / ");
        put_number(b, c->rate.d);
        if (p->doc.below.n != 0) RAW(b, "　");
    }
    page_escape(b, p->doc.below);
    RAW(b, "</span>");
}

/* In a form a share of counted things is how far one has come. */
static void progress(struct page_doc *p, str label, const struct cell *c)
{
    struct buf *b = &p->body;
    str done = str_fmt(p->a, "%lld", (long long)c->rate.n), all = str_fmt(p->a, "%lld", (long long)c->rate.d);
    RAW(b, "<div class=\"prog\"><b>");
    page_escape(b, label);
    RAW(b, "　");
    put_number(b, c->rate.n);
    RAW(b, " / ");
    put_number(b, c->rate.d);
    RAW(b, "</b><span>");
    page_escape(b, p->doc.below);
    RAW(b, "</span></div><progress");
    attribute(b, "max", all);
    attribute(b, "value", done);
    attribute(b, "aria-label", label);
    RAW(b, "></progress>\n");
}

/* 107,796,312,498; 24日14時間55分: more than a column of them holds. */
static bool lengthy(struct page_doc *p, const struct cell *c)
{
    enum { FITS = 12 };
    if (c->type == CELL_INT) return number_text(p->a, c->i).n > FITS;
    return c->type == CELL_MINUTES && utf8_width(lang_minutes(p->a, p->doc.lang, c->i)) > FITS;
}

static void on_fact(struct doc *d, const char *key, str label, const struct cell *c)
{
    struct page_doc *p = page_of(d);
    struct buf *b = &p->body;
    label = tr(d->lang, label);
    if (p->form_open && c->type == CELL_RATE && c->rate.d > 0) {
        facts_end(p);
        progress(p, label, c);
        return;
    }
    if (!p->facts) RAW(b, "<dl class=\"facts\">");
    p->facts = true;
    buf_add(b, lengthy(p, c) ? S("<div class=\"long\"><dt>") : S("<div><dt>"));
    page_escape(b, label);
    RAW(b, "</dt><dd>");
    big(p, key, c);
    below(p, c);
    RAW(b, "</dd></div>");
}

/* ---- columns side by side ---- */

static void on_grid(struct doc *d, const char *how)
{
    static const struct {
        const char *how, *html;
    } begin[] = {{"half", "<div class=\"grid g2\"><div>\n"},
                 {"side", "<div class=\"grid g-side\"><div>\n"},
                 {"lead", "<div class=\"grid g-lead\"><div>\n"}};
    struct page_doc *p = page_of(d);
    if (p->form_open) return; /* a form is one column */
    section_end(p);
    for (size_t i = 0; i < sizeof begin / sizeof *begin; i++) {
        if (!str_eq(str_of(how), str_of(begin[i].how))) continue;
        buf_add(&p->body, str_of(begin[i].html));
        p->grids++;
    }
    if (p->grids == 0) return;
    if (str_eq(str_of(how), S("next"))) RAW(&p->body, "</div><div>\n");
    if (!str_eq(str_of(how), S("end"))) return;
    RAW(&p->body, "</div></div>\n");
    p->grids--;
}

/* ---- the face ---- */

static void on_table(struct doc *d, const char *name, const struct column *c, size_t n) { table_begin(page_of(d), name, c, n); }
static void on_row(struct doc *d, const struct cell *cells) { table_row(page_of(d), cells); }
static void on_table_end(struct doc *d) { table_finish(page_of(d)); }
static void on_form(struct doc *d, const struct form *f) { form_begin(page_of(d), f); }
static void on_form_end(struct doc *d) { form_finish(page_of(d)); }

static void on_show(struct doc *d, const struct show *s)
{
    struct page_doc *p = page_of(d);
    p->show = *s;
    p->has_show = true;
}

const struct face page_face = {
    .heading = on_heading, .text = on_text, .note = on_note,     .fact = on_fact,
    .table = on_table,     .row = on_row,   .table_end = on_table_end, .show = on_show,
    .form = on_form,       .form_end = on_form_end, .grid = on_grid,
};
