/* The frame of a page: head, menus, crumbs, marks, foot. The body is kept until the end, for a view knows only then
 * whether its figures are provisional and how it may be handed on. */
#include "base/clock.h"
#include "face/face.h"
#include "web/page_parts.h"
#include "web/static_files.h"

#include <stdio.h>
#include <string.h>


struct doc *page_begin(struct work *w, struct out *out, const struct page_frame *frame)
{
    struct arena *a = arena_beside(w);
    struct page_doc *p = arena_alloc(a, sizeof *p);
    *p = (struct page_doc){.doc = {.face = &page_face, .w = w, .lang = frame->lang, .paged = true}, .out = out, .frame = frame, .a = a};
    p->body = buf_in(a);
    p->notes = buf_in(a);
    p->late = buf_in(a);
    own_read(p);
    return &p->doc;
}

/* ---- head ---- */

/* The address changes with the contents, so that the browser may keep the file for ever. */
enum { STYLE, ICON, SCRIPT, STATICS };

static void static_url(struct page_doc *p, struct buf *b, int which)
{
    /* Cache: the files are part of the program, so their hashes are constant from the first use on. */
    static const char *const name[STATICS] = {"meguri.css", "favicon.svg", "meguri.js"};
    static char version[STATICS][STATIC_VERSION + 1];
    if (version[which][0] == 0)
        snprintf(version[which], sizeof version[which], "%.*s", STR_ARG(static_version(p->a, str_of(name[which]))));
    buf_fmt(b, "/static/%s?v=%s", name[which], version[which]);
}

static void head_links(struct page_doc *p, struct buf *b)
{
    RAW(b, "<link rel=\"stylesheet\" href=\"");
    static_url(p, b, STYLE);
    RAW(b, "\">\n<link rel=\"icon\" type=\"image/svg+xml\" href=\"");
    static_url(p, b, ICON);
    RAW(b, "\">\n<script defer src=\"");
    static_url(p, b, SCRIPT);
    RAW(b, "\"></script>\n");
}

static str title_of(struct page_doc *p)
{
    if (p->doc.title.n != 0) return p->doc.title;
    if (p->frame->entry != NULL) return entry_title(p, p->frame->entry);
    return p->frame->room == NULL ? tr(p->doc.lang, M("meguri")) : room_label(p->doc.lang, p->frame->room);
}

static bool one_sheet(const struct page_frame *f)
{
    return f->room != NULL && f->entry != NULL && strcmp(f->room->name, "inspect") == 0 &&
           strcmp(f->entry->name, "whole") == 0;
}

/* CSS cannot take the running mark of printed pages from the page, so the marks that exist have a named page each. */
static const char *mark_class(const struct page_doc *p)
{
    str h = p->doc.handling;
    if (h.n == 0 || str_starts(h, S("Confidentiality 1"))) return p->wide ? "open wide" : "open";
    if (str_starts(h, S("Confidentiality 2"))) return p->wide ? "m2w" : "m2";
    return p->wide ? "pdw" : "pd";
}

static void head(struct page_doc *p, struct buf *b)
{
    const struct page_frame *f = p->frame;
    RAW(b, "<!DOCTYPE html>\n<html lang=\"");
    buf_add(b, f->lang == LANG_JA ? S("ja") : S("en"));
    RAW(b, "\">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
           "<meta name=\"color-scheme\" content=\"light dark\">\n");
    RAW(b, "<title>");
    if (p->doc.w->faults.count != 0) SAY(p, b, M("Not done: "));
    page_escape(b, title_of(p));
    RAW(b, " - ");
    say(p, b, M("meguri, the round"));
    RAW(b, "</title>\n");
    head_links(p, b);
    buf_fmt(b, "</head>\n<body class=\"%s%s\">\n", one_sheet(f) ? "one" : mark_class(p),
            p->doc.provisional ? " prov" : "");
}

/* ---- frame above the doc ---- */

static void brand(struct page_doc *p, struct buf *b)
{
    RAW(b, "<a class=\"brand\" href=\"/\"><svg viewBox=\"0 0 32 32\" aria-hidden=\"true\" focusable=\"false\">"
           "<g fill=\"none\" stroke=\"currentColor\" stroke-width=\"5\"><path d=\"M18 4.2A12 12 0 0 1 27.8 14\"/>"
           "<path d=\"M27.8 18A12 12 0 0 1 18 27.8\"/><path d=\"M14 27.8A12 12 0 0 1 4.2 18\"/></g>"
           "<circle class=\"spot\" cx=\"9\" cy=\"9\" r=\"4\"/></svg><span>");
    say(p, b, M("meguri"));
    RAW(b, "</span></a>");
}

static void find_form(struct page_doc *p, struct buf *b)
{
    RAW(b, "<form class=\"find\" role=\"search\" action=\"/find\"><label class=\"vh\" for=\"find\">");
    say(p, b, M("Search organisations, people and clauses"));
    RAW(b, "</label><input id=\"find\" name=\"q\" type=\"search\"");
    attribute(b, "placeholder", tr(p->doc.lang, M("Organisation, person, clause")));
    if (str_starts(p->frame->path, S("/find"))) attribute(b, "value", own_value(p, S("q")));
    RAW(b, "><button class=\"btn alt\">");
    say(p, b, M("Search"));
    RAW(b, "</button></form>");
}

static void who(struct page_doc *p, struct buf *b)
{
    const struct page_frame *f = p->frame;
    RAW(b, "<div class=\"who\"><b>");
    page_escape(b, f->person);
    RAW(b, "</b><span>");
    page_escape(b, f->org);
    if (f->org.n != 0 && f->post.n != 0) buf_add(b, f->lang == LANG_JA ? S("　") : S(", "));
    page_escape(b, f->post);
    RAW(b, "</span></div><a class=\"btn alt s menu\" href=\"#rooms\">");
    say(p, b, M("Menu"));
    RAW(b, "</a>");
}

static void language_link(struct page_doc *p, struct buf *b)
{
    bool ja = p->doc.lang == LANG_JA;
    struct pair other = {S("lang"), ja ? S("en") : S("ja")};
    RAW(b, "<a");
    attribute(b, "href", own_url(p, &other, 1));
    buf_add(b, ja ? S(" lang=\"en\" hreflang=\"en\">English</a>") : S(" lang=\"ja\" hreflang=\"ja\">日本語</a>"));
}

static void who_acts(struct page_doc *p, struct buf *b)
{
    const struct page_frame *f = p->frame;
    RAW(b, "<ul class=\"whoacts\">");
    if (f->signed_in && f->n_posts > 1) {
        RAW(b, "<li><a href=\"/account/post\">");
        say(p, b, M("Switch post"));
        RAW(b, "</a></li>");
    }
    RAW(b, "<li>");
    language_link(p, b);
    RAW(b, "</li>");
    if (f->signed_in) {
        RAW(b, "<li><form method=\"post\" action=\"/signout\">");
        form_keys(p, b);
        RAW(b, "<button class=\"aslink\">");
        say(p, b, M("Sign out"));
        RAW(b, "</button></form></li>");
    }
    RAW(b, "</ul>");
}

/* The strip stands on every page of a trial, so that no picture of it is taken for the truth. */
static void demo_strip(struct page_doc *p, struct buf *b)
{
    if (!p->frame->demo) return;
    RAW(b, "<aside class=\"demo\"");
    attribute(b, "aria-label", tr(p->doc.lang, M("Made-up data")));
    RAW(b, "><div class=\"wrap\"><b>");
    say(p, b, M("Made-up data"));
    RAW(b, "</b>");
    say(p, b, M("No organisation here is a real one"));
    RAW(b, "</div></aside>\n");
}

/* Nobody is to work unaware on a server that rehearses another day. */
static void clock_strip(struct page_doc *p, struct buf *b)
{
    struct work *w = p->doc.w;
    str now = time_words(p, clock_now(), false);
    if (clock_moved() != CLOCK_MOVED) return;
    RAW(b, "<aside class=\"demo\"");
    attribute(b, "aria-label", tr(p->doc.lang, M("Rehearsal clock")));
    RAW(b, "><div class=\"wrap\"><b>");
    say(p, b, M("Rehearsal clock"));
    RAW(b, "</b>");
    page_escape(b, tr_fill(w->a, p->doc.lang, M("This server works as if it were %1; that is not the time it is"), &now, 1));
    RAW(b, "</div></aside>\n");
}

static void site(struct page_doc *p, struct buf *b)
{
    bool in = p->frame->signed_in;
    RAW(b, "<a class=\"skip\" href=\"#main\">");
    say(p, b, M("To the contents"));
    RAW(b, "</a>\n");
    demo_strip(p, b);
    clock_strip(p, b);
    RAW(b, "<header class=\"site\"><div class=\"wrap\">");
    brand(p, b);
    if (in) find_form(p, b);
    if (in) who(p, b);
    else who_acts(p, b);
    RAW(b, "</div></header>\n");
    if (!in) return;
    RAW(b, "<nav class=\"rooms\" id=\"rooms\" tabindex=\"-1\"");
    attribute(b, "aria-label", tr(p->doc.lang, M("Menu")));
    RAW(b, "><div class=\"wrap\">");
    rooms_nav(p, b);
    who_acts(p, b);
    RAW(b, "<a class=\"btn alt s shut\" href=\"#main\">");
    say(p, b, M("Close the menu"));
    RAW(b, "</a></div></nav>\n");
}

static void crumbs(struct page_doc *p, struct buf *b)
{
    const struct page_frame *f = p->frame;
    if (f->n_crumbs == 0) return;
    RAW(b, "<nav class=\"crumbs\"");
    attribute(b, "aria-label", tr(p->doc.lang, M("Where you are")));
    RAW(b, "><ol>");
    for (size_t i = 0; i < f->n_crumbs; i++) {
        const struct page_link *c = &f->crumbs[i];
        buf_add(b, c->current ? S("<li aria-current=\"page\">") : S("<li>"));
        if (c->url.n != 0 && !c->current) {
            RAW(b, "<a");
            attribute(b, "href", c->url);
            RAW(b, ">");
        }
        page_escape(b, c->label);
        if (c->url.n != 0 && !c->current) RAW(b, "</a>");
        RAW(b, "</li>");
    }
    RAW(b, "</ol></nav>\n");
}

/* ---- the doc's own head ---- */

/* "Confidentiality 2: for those concerned only" is two marks. */
static void handling_marks(struct page_doc *p, struct buf *b)
{
    str rest = tr(p->doc.lang, p->doc.handling);
    while (rest.n != 0) {
        str colon = p->doc.lang == LANG_JA ? S("：") : S(": ");
        ptrdiff_t at = str_find(rest, colon);
        str one = at < 0 ? rest : str_sub(rest, 0, (size_t)at);
        RAW(b, "<li>");
        page_escape(b, one);
        RAW(b, "</li>");
        rest = at < 0 ? (str){0} : str_sub(rest, (size_t)at + colon.n, rest.n);
    }
}

static void marks(struct page_doc *p, struct buf *b)
{
    RAW(b, "<ul class=\"marks\">");
    handling_marks(p, b);
    if (p->doc.provisional) {
        RAW(b, "<li class=\"prov\">");
        say(p, b, M("Provisional figures"));
        RAW(b, "</li>");
    }
    if (p->frame->entry != NULL && p->frame->entry->kind == ENTRY_VIEW) {
        RAW(b, "<li class=\"made\">");
        SAY(p, b, M("Made %1"), time_words(p, p->doc.w->now, false));
        RAW(b, "</li>");
    }
    RAW(b, "</ul>");
}

/* The parameters in words, for the form of them is not printed. */
static void lead(struct page_doc *p, struct buf *b)
{
    const struct page_frame *f = p->frame;
    struct buf words = buf_in(p->a);
    for (size_t i = 0; p->doc.lead.n == 0 && f->entry != NULL && f->entry->kind == ENTRY_VIEW && i < p->n_own; i++) {
        const struct param *q = param_find(f->entry, p->own[i].name);
        if (q == NULL || (q->flags & (HIDDEN | SECRET | MAP)) != 0) continue;
        if (words.n != 0) RAW(&words, "　");
        buf_add(&words, param_label(p, q));
        if (q->type == P_FLAG) continue;
        buf_add(&words, p->doc.lang == LANG_JA ? S("：") : S(": "));
        buf_add(&words, param_words(p, q, p->own[i].value));
    }
    str said = p->doc.lead.n != 0 ? p->doc.lead : buf_str(&words);
    if (said.n == 0) return;
    RAW(b, "<p class=\"lead\">");
    page_escape(b, said);
    RAW(b, "</p>");
}

/* A title that people gave in Japanese, on a page in English: said to whoever reads it aloud. U+3040 to U+30FF. */
static bool has_kana(str s)
{
    for (size_t i = 0; i + 2 < s.n; i++) {
        unsigned char first = (unsigned char)s.p[i], second = (unsigned char)s.p[i + 1];
        if (first == 0xE3 && second >= 0x81 && second <= 0x83) return true;
    }
    return false;
}

static void doc_head(struct page_doc *p, struct buf *b)
{
    if (p->frame->said.n != 0) {
        RAW(b, "<div class=\"said\" role=\"status\"><p>");
        page_escape(b, p->frame->said);
        RAW(b, "</p></div>\n");
    }
    str title = title_of(p);
    bool foreign = p->doc.lang != LANG_JA && has_kana(title);
    buf_add(b, foreign ? S("<header class=\"doc\"><div><h1 lang=\"ja\">") : S("<header class=\"doc\"><div><h1>"));
    page_escape(b, title);
    RAW(b, "</h1>");
    lead(p, b);
    RAW(b, "</div>");
    marks(p, b);
    RAW(b, "</header>\n");
}

/* ---- end ---- */

static void finish_body(struct page_doc *p)
{
    if (p->form_open) form_finish(p);
    section_end(p);
    for (; p->grids > 0; p->grids--) RAW(&p->body, "</div></div>\n");
    if (p->headless > 1) memcpy(p->body.p + p->first_headless, "th", 2);
    closing_notes(&p->doc);
    buf_add(&p->body, buf_str(&p->late));
    if (p->notes.n != 0) {
        RAW(&p->body, "<ul class=\"notes\">");
        buf_add(&p->body, buf_str(&p->notes));
        RAW(&p->body, "</ul>\n");
    }
    exports(p);
}

static void foot(struct page_doc *p, struct buf *b)
{
    RAW(b, "</main></div>\n<footer class=\"foot\"><div class=\"wrap\"><a href=\"/home/about\">");
    say(p, b, M("About this site"));
    RAW(b, "</a><p>");
    say(p, b, M("Times are Japan Standard Time."));
    RAW(b, " ");
    say(p, b, M("meguri, the round"));
    RAW(b, "</p></div></footer>\n</body>\n</html>\n");
}

void page_end(struct doc *d)
{
    struct page_doc *p = page_of(d);
    struct buf b = buf_in(p->a);
    finish_body(p);
    head(p, &b);
    site(p, &b);
    RAW(&b, "<svg class=\"vh\" aria-hidden=\"true\" focusable=\"false\"><defs><pattern id=\"hatch\" width=\"7\" height=\"7\" "
            "patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><path d=\"M0 0V7\" stroke=\"currentColor\" "
            "stroke-width=\"2\"/></pattern></defs></svg>\n<div class=\"wrap\">");
    crumbs(p, &b);
    RAW(&b, "<main id=\"main\" tabindex=\"-1\">\n");
    doc_head(p, &b);
    struct buf body = p->body;
    p->body = b;
    parameter_form(p);
    out_put(p->out, buf_str(&p->body));
    out_put(p->out, buf_str(&body));
    b = buf_in(p->a);
    foot(p, &b);
    out_put(p->out, buf_str(&b));
}
