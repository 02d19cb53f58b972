/* Makes pages without a server, and reads them as strictly as no browser does. */
#ifndef MEGURI_TEST_PAGE_KIT_H
#define MEGURI_TEST_PAGE_KIT_H

#include "../support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "inspect/inspect.h"
#include "web/page.h"

enum { PAGE_NOW = 1776384600 }; /* 2026-04-17 09:10 in Japan, a Friday */
enum { DAY_0 = 20560 };         /* 2026-04-17 */

struct sample {
    const char *name;
    const char *entry; /* "inspect rates" */
    const char *query;
    void (*write)(struct doc *);
    bool huge;         /* no golden file */
    size_t faults;     /* a refused form */
};
struct made {
    struct work *w;
    str html;
};

static char *page_at;
static size_t page_n, page_room;

static bool page_put(struct out *o, str s)
{
    (void)o;
    if (page_n + s.n > page_room) {
        page_room = (page_n + s.n) * 2;
        page_at = realloc(page_at, page_room);
        assert_non_null(page_at);
    }
    memcpy(page_at + page_n, s.p, s.n);
    page_n += s.n;
    return true;
}

static size_t page_choices(void *with, const struct param *p, const struct page_choice **out)
{
    static const struct page_choice round[] = {{S_INIT("fy2007"), S_INIT("令和7年度")}, {S_INIT("fy2006"), S_INIT("令和6年度")}};
    (void)with;
    if (strcmp(p->name, "round") != 0) return 0;
    *out = round;
    return 2;
}

/* What is another one at every run: keys of forms, hashes of files. */
static void blank_out(str html, const char *after, size_t digits)
{
    for (size_t at = 0; at < html.n;) {
        ptrdiff_t found = str_find(str_sub(html, at, html.n), str_of(after));
        if (found < 0) return;
        at += (size_t)found + strlen(after);
        if (at + digits <= html.n) memset((char *)html.p + at, '0', digits);
    }
}

static void page_run(struct work *w, const struct sample *s, struct page_frame *f)
{
    struct out out = {.put = page_put};
    page_n = 0;
    for (size_t i = 0; i < s->faults; i++)
        fault_note(w, INVALID, (struct where){.file = S("a.csv"), .row = (int64_t)i + 14, .column = 3},
                   (const str[]){M("'%1' is not in the frame of round '%2'"), S("x"), S("fy2007")}, 3);
    if (s->faults != 0)
        fault_note(w, INVALID, (struct where){.field = S("round")}, (const str[]){M("no organisation '%1'"), S("zz")}, 2);
    struct doc *d = page_begin(w, &out, f);
    s->write(d);
    page_end(d);
}

static struct page_frame page_frame_of(struct work *w, const struct sample *s, enum lang lang, str query, unsigned rights)
{
    static const struct args understood;
    static const struct page_link crumbs[] = {{S_INIT("/"), S_INIT("ホーム"), false},
                                              {S_INIT("/inspect"), S_INIT("自己点検"), false},
                                              {{0}, S_INIT("令和7年度"), true}};
    str rest = str_of(s->entry), room;
    assert_true(str_cut(&rest, ' ', &room));
    const struct room *r = room_find(room);
    assert_non_null(r);
    str own = query.n == 0 ? str_of(s->query) : str_fmt(w->a, "%s&%.*s", s->query, STR_ARG(query));
    return (struct page_frame){.lang = lang, .room = r, .entry = entry_find(r, rest), .path = S("/"), .query = own,
                               .demo = true, .signed_in = true, .person = S("霞 葉子"), .post = S("情報セキュリティ担当"),
                               .org = S("中央"), .n_posts = 2, .rights = rights, .crumbs = crumbs, .n_crumbs = 3,
                               .csrf = S("0123456789abcdef"), .choices = page_choices,
                               .in = s->faults == 0 ? &understood : NULL};
}

static struct made page_all(const struct sample *s, enum lang lang, str query, unsigned rights)
{
    struct arena *a = arena_new(0);
    struct work *w = arena_alloc(a, sizeof *w);
    *w = (struct work){.a = a, .now = PAGE_NOW};
    struct page_frame f = page_frame_of(w, s, lang, query, rights);
    page_run(w, s, &f);
    str html = str_dup(a, (str){page_at, page_n});
    blank_out(html, "name=\"once\" value=\"", 32);
    blank_out(html, "?v=", 12);
    return (struct made){w, html};
}

static struct made page_made(const struct sample *s, enum lang lang) { return page_all(s, lang, (str){0}, 0xFF); }
static struct made page_queried(const struct sample *s, enum lang lang, str query) { return page_all(s, lang, query, 0xFF); }
static struct made page_with_rights(const struct sample *s, unsigned rights) { return page_all(s, LANG_EN, (str){0}, rights); }

/* With one value given (none: its name is empty), by somebody in a post or in none. */
static struct made page_given(const struct sample *s, enum lang lang, struct given value, bool in_post)
{
    struct arena *a = arena_new(0);
    struct work *w = arena_alloc(a, sizeof *w);
    *w = (struct work){.a = a, .now = PAGE_NOW};
    struct page_frame f = page_frame_of(w, s, lang, (str){0}, 0xFF);
    f.given = &value;
    f.n_given = value.name.n != 0;
    if (!in_post) f.post = (str){0};
    page_run(w, s, &f);
    return (struct made){w, str_dup(a, (str){page_at, page_n})};
}

static double page_seconds(const struct sample *s, enum lang lang)
{
    struct timespec from, to;
    struct arena *a = arena_new(0);
    struct work w = {.a = a, .now = PAGE_NOW};
    struct page_frame f = page_frame_of(&w, s, lang, (str){0}, 0xFF);
    clock_gettime(CLOCK_MONOTONIC, &from);
    page_run(&w, s, &f);
    clock_gettime(CLOCK_MONOTONIC, &to);
    arena_free(a);
    return (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
}

/* ---- files ---- */

static str file_read(struct arena *a, const char *path)
{
    FILE *f = fopen(path, "rb");
    struct buf b = buf_in(a);
    char part[4096];
    if (f == NULL) return (str){"", 0};
    for (size_t n; (n = fread(part, 1, sizeof part, f)) != 0;) buf_add(&b, (str){part, n});
    fclose(f);
    return buf_str(&b);
}

static void file_written(const char *path, str s)
{
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(s.p, 1, s.n, f), s.n);
    fclose(f);
}

/* ---- a strict reader ---- */

enum { DEEP = 200 };
struct reader {
    struct arena *a;
    str html;
    size_t at;
    str open[DEEP];
    size_t depth;
};

static bool one_of(str name, const char *list)
{
    char wanted[40];
    if (name.n == 0 || name.n > 30) return false;
    snprintf(wanted, sizeof wanted, " %.*s ", STR_ARG(name));
    return strstr(list, wanted) != NULL;
}

static const char *const elements =
    " html head meta title link script body a div header nav main footer svg defs pattern path g circle rect line polyline "
    "polygon text span b p ul ol li dl dt dd h1 h2 h3 form label input button select option textarea section article aside figure "
    "figcaption table thead tbody tr th td details summary fieldset legend small br time del ins i progress foreignObject ";
static const char *const voids = " meta link input br ";
static const char *const attributes =
    " lang charset name content rel href type defer src class id tabindex role action for placeholder value hreflang method "
    "viewBox aria-hidden focusable fill stroke stroke-width d cx cy r width height patternUnits patternTransform x y x1 x2 y1 "
    "y2 points transform text-anchor aria-label aria-labelledby aria-current aria-sort aria-invalid aria-describedby scope "
    "data-act data-keys data-keys-words data-times data-words data-time data-play data-pause data-said data-at data-from data-until "
    "rx preserveAspectRatio "
    "colspan title data-l datetime open checked selected required enctype max maxlength rows size multiple http-equiv download "
    "inputmode autocapitalize spellcheck autocomplete form ";

static str word(struct reader *r)
{
    size_t from = r->at;
    while (r->at < r->html.n && strchr(" \n=>/\"'<", r->html.p[r->at]) == NULL) r->at++;
    return str_sub(r->html, from, r->at);
}

static const char *complaint(struct reader *r, const char *what)
{
    str near = str_sub(r->html, r->at < 80 ? 0 : r->at - 80, r->at + 40);
    return str_c(r->a, str_fmt(r->a, "%s near …%.*s…", what, STR_ARG(near)));
}

static const char *attributes_wrong(struct reader *r, bool *shut)
{
    for (*shut = false;;) {
        while (r->at < r->html.n && (r->html.p[r->at] == ' ' || r->html.p[r->at] == '\n')) r->at++;
        if (r->at >= r->html.n) return complaint(r, "a tag does not end");
        if (r->html.p[r->at] == '>') return NULL;
        if (r->html.p[r->at] == '/') {
            *shut = true;
            r->at++;
            continue;
        }
        str name = word(r);
        if (!one_of(name, attributes)) return complaint(r, "an attribute that we do not write");
        if (r->html.p[r->at] != '=') continue;
        if (r->html.p[++r->at] != '"') return complaint(r, "an attribute without quotes");
        for (r->at++; r->at < r->html.n && r->html.p[r->at] != '"'; r->at++)
            if (r->html.p[r->at] == '<' || r->html.p[r->at] == '>') return complaint(r, "a bracket in an attribute");
        r->at++;
    }
}

static const char *tag_wrong(struct reader *r)
{
    bool end = r->html.p[r->at] == '/', shut;
    if (end) r->at++;
    str name = word(r);
    if (!one_of(name, elements)) return complaint(r, "an element that we do not write");
    const char *wrong = attributes_wrong(r, &shut);
    if (wrong != NULL) return wrong;
    r->at++;
    if (shut || (!end && one_of(name, voids))) return NULL;
    if (!end) {
        if (r->depth == DEEP) return complaint(r, "too deep");
        r->open[r->depth++] = name;
        return NULL;
    }
    if (r->depth == 0 || !str_eq(r->open[r->depth - 1], name)) return complaint(r, "closed out of order");
    r->depth--;
    return NULL;
}

/* NULL when all is well. In text no bare bracket, quote or ampersand stands. */
static const char *html_wrong(struct arena *a, str html)
{
    struct reader r = {.a = a, .html = html, .at = sizeof "<!DOCTYPE html>" - 1};
    if (!str_starts(html, S("<!DOCTYPE html>"))) return "no doctype";
    while (r.at < html.n) {
        char c = html.p[r.at++];
        const char *wrong = c == '<' ? tag_wrong(&r) : NULL;
        if (wrong != NULL) return wrong;
        if (c == '>' || c == '"' || c == '\'') return complaint(&r, "unescaped");
        if (c == '&' && memchr(html.p + r.at, ';', html.n - r.at < 7 ? html.n - r.at : 7) == NULL)
            return complaint(&r, "a bare ampersand");
    }
    return r.depth == 0 ? NULL : "something stays open";
}

#endif
