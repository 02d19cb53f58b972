/* Where one can go: the rooms, and what a room offers to the acting post. */
#include <string.h>

#include "web/page_parts.h"

/* The rooms' own titles are questions ("what is?"); a menu wants a word. */
static const struct {
    const char *room;
    str label;
} labels[] = {
    {"home", N("Home")},          {"inspect", N("Inspection")}, {"standard", N("Standards")},
    {"registry", N("Registry")},  {"journal", N("Journal")},    {"account", N("Accounts")},
    {"find", N("Search")},        {"plan", N("Plans")},         {"series", N("Indicators")},
    {"case", N("Cases")},         {"share", N("Sharing")},      {"depend", N("Dependencies")},
    {"exercise", N("Exercises")}, {"report", N("Reports")},     {"rebuild", N("Rebuilding")},
    {"demo", N("Trial")},         {"about", N("About this site")}, {"task", N("Tasks")},      {"serve", N("Server")},
};

static ptrdiff_t label_of(const char *name)
{
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (strcmp(labels[i].room, name) == 0) return (ptrdiff_t)i;
    return -1;
}

str room_label(enum lang lang, const struct room *r)
{
    ptrdiff_t at = label_of(r->name);
    return tr(lang, at < 0 ? r->title : labels[at].label);
}

static bool offered(const struct page_doc *p, const struct entry *e)
{
    return !(e->flags & (UNLISTED | LOCAL)) && allowed(p, e) && (p->frame->signed_in || e->right == 0);
}

static bool room_offered(const struct page_doc *p, const struct room *r)
{
    for (size_t i = 0; i < r->n_entries; i++)
        if (offered(p, &r->entries[i])) return true;
    return false;
}

/* In the order of the labels: home first, then as daily work has it. Rooms nobody gave a word come last. */
static void room_link(struct page_doc *p, struct buf *b, const struct room *r)
{
    if (!room_offered(p, r)) return;
    bool home = strcmp(r->name, "home") == 0;
    RAW(b, "<li><a");
    attribute(b, "href", home ? S("/") : page_url(p->a, r, NULL, NULL));
    if (p->frame->room == r) RAW(b, " aria-current=\"true\"");
    RAW(b, ">");
    page_escape(b, room_label(p->doc.lang, r));
    RAW(b, "</a></li>");
}

void rooms_nav(struct page_doc *p, struct buf *b)
{
    RAW(b, "<ul>");
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        const struct room *r = room_find(str_of(labels[i].room));
        if (r != NULL && strcmp(r->name, "find") != 0) room_link(p, b, r);
    }
    for (const struct room *const *r = rooms; *r != NULL; r++)
        if (label_of((*r)->name) < 0) room_link(p, b, *r);
    RAW(b, "</ul>");
}

/* ---- a room's page ---- */

/* A kind of file by the name people know it by. */
static str media_words(const char *media)
{
    const struct {
        const char *media;
        str words;
    } known[] = {
        {"text/csv", S("CSV")},
        {"application/json", S("JSON")},
        {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", S("XLSX")},
        {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", S("DOCX")},
        {"application/x-meguri-rollup", N("signed file")},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i].media, media) == 0) return known[i].words;
    return str_of(media);
}

/* Among others of a topic, what changes something says so. */
static void item_kind(struct page_doc *p, const struct room *r, const struct entry *e)
{
    bool acts = e->kind == ENTRY_ACT && r->topics != NULL;
    if (e->kind != ENTRY_FILE && !acts) return;
    RAW(&p->body, "<span class=\"of\">");
    page_escape(&p->body, acts ? tr(p->doc.lang, M("to do")) : tr(p->doc.lang, media_words(e->media)));
    RAW(&p->body, "</span>");
}

static void menu_item(struct page_doc *p, const struct room *r, const struct entry *e)
{
    struct buf *b = &p->body;
    RAW(b, "<li><a");
    attribute(b, "href", page_url(p->a, r, e, NULL));
    if (e->kind == ENTRY_FILE) RAW(b, " download");
    RAW(b, ">");
    say(p, b, e->title);
    RAW(b, "</a>");
    item_kind(p, r, e);
    RAW(b, "</li>");
}

static bool topic_offered(const struct page_doc *p, const struct room *r, const struct topic *t)
{
    str rest = str_of(t->entries);
    for (const struct entry *e; (e = topic_next(r, &rest)) != NULL;)
        if (offered(p, e)) return true;
    return false;
}

static size_t by_topic(struct page_doc *p, const struct room *r)
{
    size_t shown = 0;
    RAW(&p->body, "<div class=\"topics\">");
    for (const struct topic *t = r->topics; t->entries != NULL; t++) {
        if (!topic_offered(p, r, t)) continue;
        doc_heading(&p->doc, t->title);
        RAW(&p->body, "<ul class=\"files\">");
        str rest = str_of(t->entries);
        for (const struct entry *e; (e = topic_next(r, &rest)) != NULL;)
            if (offered(p, e)) menu_item(p, r, e), shown++;
        RAW(&p->body, "</ul>\n");
    }
    section_end(p);
    RAW(&p->body, "</div>\n");
    return shown;
}

static size_t by_kind(struct page_doc *p, const struct room *r)
{
    static const struct {
        enum entry_kind kind;
        str heading;
    } group[] = {{ENTRY_VIEW, N("To look at")}, {ENTRY_ACT, N("To do")}, {ENTRY_FILE, N("Files")}};
    size_t shown = 0;
    for (size_t g = 0; g < sizeof group / sizeof *group; g++) {
        size_t n = 0;
        for (size_t i = 0; i < r->n_entries; i++) n += r->entries[i].kind == group[g].kind && offered(p, &r->entries[i]);
        if (n == 0) continue;
        shown += n;
        doc_heading(&p->doc, group[g].heading);
        RAW(&p->body, "<ul class=\"files menu\">");
        for (size_t i = 0; i < r->n_entries; i++)
            if (r->entries[i].kind == group[g].kind && offered(p, &r->entries[i])) menu_item(p, r, &r->entries[i]);
        RAW(&p->body, "</ul>\n");
        p->titled = false;
    }
    return shown;
}

void page_menu(struct doc *d, const struct room *r)
{
    struct page_doc *p = page_of(d);
    if ((r->topics != NULL ? by_topic(p, r) : by_kind(p, r)) == 0)
        doc_text(d, M("There is nothing in this room for your post."));
}
