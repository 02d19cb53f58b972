#include "share/sources.h"

#include "surface/door.h"

/* ---- what an answer means ---- */

/* Servers have been seen that say "more" and give nothing, that give the same page for ever, and that name no next
 * page: whoever follows them never ends. */
enum pull_verdict pull_after(struct source *s, const struct pull_page *p)
{
    if (!p->more) {
        if (p->last.n != 0) s->after = p->last;
        s->page = s->last = S("");
        s->pages = 0;
        return PULL_END;
    }
    enum pull_verdict v = PULL_ON;
    bool by_time = p->next.n == 0;
    if (p->n == 0) v = PULL_EMPTY_MORE;
    else if (str_eq(p->digest, s->last) || (!by_time && str_eq(p->next, s->page))) v = PULL_CIRCLE;
    else if (by_time && (p->last.n == 0 || str_eq(p->last, s->after))) v = PULL_NO_WAY_ON;
    else if (s->pages + 1 >= PULL_PAGES_MAX) v = PULL_TOO_MANY;
    if (v != PULL_ON) { /* begun anew the next time, from what is sure */
        s->page = s->last = S("");
        s->pages = 0;
        return v;
    }
    s->page = p->next;
    s->last = p->digest;
    s->pages++;
    if (by_time) s->after = p->last;
    return PULL_ON;
}

str pull_trouble(enum pull_verdict v)
{
    static const str words[] = {[PULL_ON] = S_INIT(""),
                                [PULL_END] = S_INIT(""),
                                [PULL_EMPTY_MORE] = N("the server says that there is more, and gives nothing"),
                                [PULL_CIRCLE] = N("the server gives the same page again and again"),
                                [PULL_NO_WAY_ON] = N("the server says that there is more, and not where it goes on"),
                                [PULL_TOO_MANY] = N("the server has more pages than are fetched at once")};
    return words[v];
}

int64_t pull_later(const struct source *s)
{
    int64_t minutes = s->every;
    for (int64_t i = 1; i < s->fails && minutes < PULL_LATER_MAX; i++) minutes *= 2;
    return (minutes < PULL_LATER_MAX || minutes == s->every ? minutes : PULL_LATER_MAX) * 60;
}

/* ---- acts and the list ---- */

static bool url_good(str url)
{
    static const str begins[] = {S_INIT("https://"), S_INIT("http://127.0.0.1:"), S_INIT("http://localhost:"),
                                 S_INIT("http://[::1]:")};
    for (size_t i = 0; i < url.n; i++)
        if ((unsigned char)url.p[i] <= ' ' || (unsigned char)url.p[i] >= 0x7F || strchr("?#@\"'<>\\", url.p[i]) != NULL)
            return false;
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
        if (str_starts(url, begins[i]) && url.n > begins[i].n && url.n <= 1000) return true;
    return false;
}

static enum err wrong(struct work *w, const char *field, str why, str value)
{
    return fault_in(w, INVALID, ((struct where){.field = str_of(field)}), why, value);
}

const struct param share_source_params[] = {
    {"code", P_CODE, REQUIRED, NULL, NULL, N("code of the server; the machine's operator lists it with its token")},
    {"direction", P_ENUM, 0, "pull push", "pull", N("fetch from there, or put our notices there")},
    {"url", P_TEXT, 0, NULL, NULL, N("address of the TAXII collection: https://…/collections/ID/")},
    {"every", P_INT, RARE, NULL, NULL, N("minutes between two times; 60")},
    {"stop", P_FLAG, RARE, NULL, NULL, N("no more from now on")},
    PARTY_PARAM,
    {0}};

enum err share_source(struct work *w, const struct args *in, struct doc *out)
{
    struct party p;
    struct source s;
    enum err e = party_of(w, in, &p);
    if (e == OK) e = source_find(w, p.org, arg_text(in, "code"), &s);
    if (e != OK && e != NOTFOUND) return e;
    if (w->faults.count > 0) return e;
    bool is_new = e == NOTFOUND, push = str_eq(arg_text(in, "direction"), S("push"));
    str url = arg_text(in, "url");
    if (is_new)
        s = (struct source){
            .org = p.org, .code = arg_text(in, "code"), .every = 60, .since = w->now, .active = true, .push = push};
    if (is_new && url.n == 0) return wrong(w, "url", M("say the address of the collection at '%1'"), s.code);
    if (url.n != 0 && !url_good(url))
        return wrong(w, "url",
                     M("'%1' is no address of a collection: it would begin with https:// and have no question mark"),
                     str_sub(url, 0, 100));
    if (!is_new && push != s.push)
        return wrong(w, "direction", M("'%1' goes the other way: give the server a second code"), s.code);
    if (arg_given(in, "every") && (arg_int(in, "every") < 1 || arg_int(in, "every") > PULL_LATER_MAX))
        return wrong(w, "every", M("every: 1 to 1440 minutes"), S(""));
    if (url.n != 0) url = url.p[url.n - 1] == '/' ? url : str_fmt(w->a, "%.*s/", STR_ARG(url));
    if (url.n != 0 && !str_eq(url, s.url)) s.after = s.page = s.last = S(""); /* another collection has another clock */
    if (url.n != 0) s.url = url;
    if (arg_given(in, "every")) s.every = arg_int(in, "every");
    s.active = !arg_given(in, "stop");
    s.due = w->now;
    s.fails = 0;
    if ((e = source_keep(w, &s)) != OK) return e;
    act_noted(w, S("source"), str_fmt(w->a, "%.*s/%.*s", STR_ARG(p.code), STR_ARG(s.code)));
    doc_text(
        out,
        M("The machine's operator lists it as %1 in the file of --peers, with its address and token; nothing is asked of it before."),
        str_fmt(w->a, "%.*s/%.*s", STR_ARG(p.code), STR_ARG(s.code)));
    act_next(w, &(struct going_on){"share sources", .said = tr_fill(w->a, out->lang, M("'%1' is kept."), &s.code, 1)});
    return OK;
}

const struct param share_source_now_params[] = {
    {"code", P_CODE, REQUIRED, NULL, NULL, N("code of the server"), "share sources"}, PARTY_PARAM,
    {0}};

enum err share_source_now(struct work *w, const struct args *in, struct doc *out)
{
    struct party p;
    struct source s;
    (void)out;
    enum err e = party_of(w, in, &p);
    if (e != OK) return e;
    e = source_find(w, p.org, arg_text(in, "code"), &s);
    if (e == NOTFOUND)
        return fault_in(w, NOTFOUND, ((struct where){.field = S("code")}), M("there is no server '%1' of yours"),
                        arg_text(in, "code"));
    if (e != OK) return e;
    if (!s.active) return fault(w, CONFLICT, M("'%1' was stopped: keep it again first"), s.code);
    s.due = w->now;
    return source_keep(w, &s);
}

/* Message id and argument, a line each, as they were kept. */
static str told_trouble(struct doc *out, str kept)
{
    str rest = kept, id, argument = S("");
    if (kept.n == 0 || !str_cut(&rest, '\n', &id)) return S("");
    argument = rest;
    return tr_fill(out->w->a, out->lang, id, &argument, 1);
}

enum err share_view_sources(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column columns[] = {{"code", CELL_TEXT, N("Server"), .with = "code"},
                                            {"direction", CELL_ENUM, N("Direction")},
                                            {"url", CELL_TEXT, N("Collection"), COL_DETAIL},
                                            {"every", CELL_MINUTES, N("Every")},
                                            {"active", CELL_BOOL, N("In use")},
                                            {"fine", CELL_TIME, N("Last went well")},
                                            {"taken", CELL_INT, N("So far")},
                                            {"trouble", CELL_TEXT, N("Trouble with the server")},
                                            {"due", CELL_TIME, N("Next time"), COL_DETAIL},
                                            {"now", CELL_TEXT, N("Ask now"), .to = "share source-now", .with = "code"}};
    struct party p;
    struct source *s;
    size_t n;
    enum err e = party_of(w, in, &p);
    if (e == OK) e = sources_of(w, p.org, &s, &n);
    if (e != OK) return e;
    if (n == 0)
        doc_text(out, M("No server of others is fetched from yet, and none is given your notices: add one below."));
    doc_show(out, &(struct show){.kind = SHOW_CARDS});
    DOC_TABLE(out, "sources", columns);
    for (size_t i = 0; i < n; i++)
        DOC_ROW(out, C_TEXT(s[i].code), C_ENUM(s[i].push ? S("push") : S("pull")), C_TEXT(s[i].url),
                C_MINUTES(s[i].every), C_BOOL(s[i].active), s[i].fine == 0 ? C_NONE : C_TIME(s[i].fine),
                C_INT(s[i].taken), text_cell(told_trouble(out, s[i].trouble)), s[i].active ? C_TIME(s[i].due) : C_NONE,
                s[i].active ? C_TEXT(s[i].code) : C_NONE);
    doc_table_end(out);
    doc_form(out, &(struct form){.act = "share source",
                                 .title = M("Add a server"),
                                 .ask = "code direction url every",
                                 .folded = n != 0});
    doc_form_end(out);
    return OK;
}
