/* What a page knows beside its doc: who is signed in, where one is, what may be chosen. */
#include "web/asked.h"

#include <string.h>

#include "base/hash.h"
#include "base/utf8.h"
#include "format/form.h"
#include "surface/door.h"
#include "web/csrf.h"
#include "web/said.h"

enum { CHOICES_MAX = 300, FIELDS_MAX = 2000, CRUMBS_MAX = 16, PATH_MAX_ORGS = 12 };

/* Views give the work's arena back row by row: what a page keeps of them is kept beside it, as long as the request. */
static void free_arena(void *a) { arena_free(a); }
static struct arena *beside(struct arena *a)
{
    struct arena *keep = arena_new(0);
    arena_closer(a, free_arena, keep);
    return keep;
}

/* ---- choices: the first column of a view, or organisations by place ---- */

struct choosing {
    struct doc doc;
    struct arena *keep;
    struct page_choice *choice;
    size_t n;
    int tables;
};

static void no_words(struct doc *d, str text) { (void)d, (void)text; }
static void no_fact(struct doc *d, const char *key, str label, const struct cell *c)
{
    (void)d, (void)key, (void)label, (void)c;
}
static void on_table(struct doc *d, const char *name, const struct column *c, size_t n)
{
    (void)name, (void)c, (void)n;
    ((struct choosing *)d)->tables++;
}
static void on_table_end(struct doc *d) { (void)d; }

/* Of the columns beside the code the title, or else the first in words. */
static size_t telling_column(const struct doc *d)
{
    size_t at = 0;
    for (size_t i = d->n_columns; i-- > 1;)
        if (d->columns[i].type == CELL_TEXT) at = i;
    for (size_t i = d->n_columns; i-- > 1;)
        if (str_eq(str_of(d->columns[i].key), S("title"))) at = i;
    return at;
}

/* A code, and what it stands for. */
static void on_row(struct doc *d, const struct cell *cells)
{
    struct choosing *c = (struct choosing *)d;
    if (c->tables != 1 || c->n > CHOICES_MAX || cells[0].text.n == 0) return;
    struct page_choice *to = &c->choice[c->n++];
    if (c->n > CHOICES_MAX) return;
    *to = (struct page_choice){.value = str_dup(c->keep, cells[0].text)};
    str words = doc_cell_words(d->w->a, d->lang, &cells[0]);
    if (str_eq(words, cells[0].text)) words = doc_cell_words(d->w->a, d->lang, &cells[telling_column(d)]);
    to->label = words.n == 0 ? to->value : str_dup(c->keep, words);
}

/* ---- fields that data asks for ---- */

struct asking {
    struct doc doc;
    struct arena *keep;
    struct page_field *field;
    size_t n;
    int tables;
};

static str words_at(const struct doc *d, const char *key, const struct cell *cells)
{
    size_t i = 0;
    while (i < d->n_columns && !str_eq(str_of(d->columns[i].key), str_of(key))) i++;
    if (i == d->n_columns || cells[i].type == CELL_NONE) return (str){"", 0};
    bool code = cells[i].type == CELL_ENUM || cells[i].ja.n + cells[i].en.n == 0;
    struct arena *keep = ((const struct asking *)d)->keep;
    return str_dup(keep, code ? cells[i].text : doc_cell_words(d->w->a, d->lang, &cells[i]));
}

static int64_t number_at(const struct doc *d, const char *key, const struct cell *cells)
{
    for (size_t i = 0; i < d->n_columns; i++)
        if (str_eq(str_of(d->columns[i].key), str_of(key))) return cells[i].i;
    return 0;
}

static void on_asked_table(struct doc *d, const char *name, const struct column *c, size_t n)
{
    (void)name, (void)c, (void)n;
    ((struct asking *)d)->tables++;
}

static void on_asked_row(struct doc *d, const struct cell *cells)
{
    struct asking *x = (struct asking *)d;
    if (x->tables != 1 || x->n == FIELDS_MAX) return;
    x->field[x->n++] = (struct page_field){
        .name = words_at(d, "name", cells), .choice = words_at(d, "choice", cells), .label = words_at(d, "label", cells),
        .type = words_at(d, "type", cells), .help = words_at(d, "help", cells), .value = words_at(d, "value", cells),
        .required = number_at(d, "required", cells) != 0};
}

static const struct face asking_face = {no_words, no_words, no_words, no_fact, on_asked_table, on_asked_row, on_table_end,
                                        NULL,     NULL,     NULL,     NULL};

static const struct face choosing_face = {no_words, no_words, no_words, no_fact, on_table, on_row, on_table_end,
                                          NULL,     NULL,     NULL,     NULL};

static bool entry_of(str words, const struct room **room, const struct entry **entry)
{
    str name = words, first;
    if (!str_cut(&name, ' ', &first)) return false;
    *room = room_find(first);
    *entry = *room == NULL ? NULL : entry_find(*room, name);
    return *entry != NULL;
}

static bool seen(const struct given *given, size_t n, str name)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(given[i].name, name)) return true;
    return false;
}

/* What the view asks for is taken from what the page was given; of several values the first. */
static bool run_view(struct asked *q, const struct param *p, struct work *w, struct doc *doc)
{
    const struct room *room;
    const struct entry *e;
    struct args args;
    if (!entry_of(str_of(p->choices), &room, &e)) return false;
    *w = *q->w; /* its faults are not the page's */
    w->faults.count = 0;
    struct given *given = arena_array(w->a, q->n_given + 1, sizeof *given);
    size_t n = 0;
    for (size_t i = 0; i < q->n_given; i++) {
        const struct given *g = &q->given[i];
        if (g->file == NULL && param_find(e, g->name) != NULL && !seen(given, n, g->name)) given[n++] = *g;
    }
    doc->w = w;
    doc->lang = q->lang;
    if (args_parse(w, e, given, n, &args) != OK || door_may(w, e, &args) != OK) return false;
    return door_view(w, room, e, &args, doc) == OK;
}

static size_t choices_of_view(struct asked *q, const struct param *p, const struct page_choice **out)
{
    struct work w;
    struct choosing c = {.doc = {.face = &choosing_face}, .keep = beside(q->w->a),
                         .choice = arena_array(q->w->a, CHOICES_MAX + 1, sizeof *c.choice)};
    if (!run_view(q, p, &w, &c.doc) || c.n > CHOICES_MAX) return 0;
    *out = c.choice;
    return c.n;
}

static size_t fields(void *with, const struct param *p, const struct page_field **out)
{
    struct asked *q = with;
    struct work w;
    struct asking x = {.doc = {.face = &asking_face}, .keep = beside(q->w->a),
                       .field = arena_array(q->w->a, FIELDS_MAX, sizeof *x.field)};
    if (q->w->actor == NULL || !run_view(q, p, &w, &x.doc)) return 0;
    *out = x.field;
    return x.n;
}

static str org_name(const struct asked *q, const struct org *o) { return lang_pick(q->lang, o->name_ja, o->name_en); }

static struct page_choice org_choice(struct asked *q, const struct org *o, size_t depth)
{
    struct buf b = buf_in(q->w->a);
    for (size_t i = 0; i < depth; i++) buf_add(&b, S("\xE3\x80\x80")); /* a full-width blank */
    buf_add(&b, org_name(q, o));
    return (struct page_choice){o->code, buf_str(&b)};
}

static str given_value(const struct asked *q, str name)
{
    for (size_t i = 0; i < q->n_given; i++)
        if (str_eq(q->given[i].name, name)) return q->given[i].text;
    return S("");
}

/* The way down to the one that is chosen, and what lies below it. */
static size_t choices_of_orgs(struct asked *q, const struct param *p, const struct page_choice **out)
{
    struct work w = *q->w;
    struct org chosen, *child, path[PATH_MAX_ORGS];
    size_t n_path = 0, n_children = 0, n = 0;
    str code = given_value(q, str_of(p->name));
    bool has = code.n != 0 && org_find(&w, code, &chosen) == OK;
    if (has && org_path(&w, &chosen, path, PATH_MAX_ORGS, &n_path) != OK) return 0;
    if (!has && q->actor.org != 0 && org_by_id(&w, q->actor.org, &path[0]) == OK) {
        chosen = path[0];
        n_path = 1;
        has = true;
    }
    if (org_children(&w, has ? &chosen : NULL, &child, &n_children) != OK) return 0;
    struct page_choice *c = arena_array(w.a, CHOICES_MAX, sizeof *c);
    for (size_t i = 0; i < n_path; i++) c[n++] = org_choice(q, &path[i], i);
    for (size_t i = 0; i < n_children && n < CHOICES_MAX; i++) c[n++] = org_choice(q, &child[i], n_path);
    *out = c;
    return n;
}

static size_t choices(void *with, const struct param *p, const struct page_choice **out)
{
    struct asked *q = with;
    if (q->w->actor == NULL) return 0;
    if (p->choices != NULL) return choices_of_view(q, p, out);
    return p->type == P_ORG ? choices_of_orgs(q, p, out) : 0;
}

/* ---- where one is ---- */

static void add_crumb(struct page_link *crumbs, size_t *n, str url, str label)
{
    if (*n < CRUMBS_MAX) crumbs[(*n)++] = (struct page_link){url, label, false};
}

/* The same page for another organisation: what was given, with `org` replaced; without it for the top. */
static str same_page_for(struct asked *q, str org)
{
    struct buf b = buf_in(q->w->a);
    buf_add(&b, q->r->path);
    char before = '?';
    for (size_t i = 0; i < q->n_given; i++) {
        if (str_eq(q->given[i].name, S("org")) || q->given[i].file != NULL) continue;
        buf_byte(&b, before);
        form_encode(&b, q->given[i].name);
        buf_byte(&b, '=');
        form_encode(&b, q->given[i].text);
        before = '&';
    }
    buf_byte(&b, before);
    buf_add(&b, S("org="));
    form_encode(&b, org);
    return buf_str(&b);
}

static enum err crumbs_of(struct asked *q, const struct args *in, struct page_frame *f)
{
    struct work *w = q->w;
    struct page_link *crumbs = arena_array(w->a, CRUMBS_MAX, sizeof *crumbs);
    size_t n = 0, n_path = 0;
    struct org path[PATH_MAX_ORGS];
    const struct org *org = in == NULL || w->actor == NULL || q->entry->kind != ENTRY_VIEW ? NULL : arg_org(in, "org");
    bool home = q->room != NULL && str_eq(str_of(q->room->name), S("home"));
    if (q->known && !home) add_crumb(crumbs, &n, S("/"), tr(q->lang, M("Home")));
    if (q->room != NULL && q->entry != NULL && q->entry->name[0] != '\0')
        add_crumb(crumbs, &n, str_fmt(w->a, "/%s", q->room->name), room_label(q->lang, q->room));
    enum err err = org == NULL ? OK : org_path(w, org, path, PATH_MAX_ORGS, &n_path);
    if (err != OK) return err;
    for (size_t i = 0; i + 1 < n_path; i++)
        add_crumb(crumbs, &n, same_page_for(q, path[i].code), org_name(q, &path[i]));
    if (n_path > 0) add_crumb(crumbs, &n, (str){0}, org_name(q, &path[n_path - 1]));
    f->crumbs = crumbs;
    f->n_crumbs = n;
    return OK;
}

static const struct post_held *acting(const struct asked *q)
{
    for (size_t i = 0; i < q->n_posts; i++)
        if (str_eq(q->posts[i].code, q->actor.post_code)) return &q->posts[i];
    return NULL;
}

enum err asked_frame(struct asked *q, const struct serving *serving, const struct args *in, struct page_frame *f)
{
    struct arena *a = q->w->a;
    *f = (struct page_frame){.lang = q->lang,
                             .room = q->room,
                             .entry = q->entry,
                             .in = in,
                             .given = q->given,
                             .n_given = q->n_given,
                             .path = q->r->path,
                             .query = q->r->query,
                             .demo = serving->demo,
                             .signed_in = q->known,
                             .choices = choices,
                             .fields = fields,
                             .with = q,
                             .said = said_read(a, serving, q->r->cookie)};
    if (!q->known) return OK;
    f->person = q->caller.person_code;
    f->csrf = csrf_key_text(a, &q->caller);
    if (q->w->actor == NULL) return OK; /* refused before it was clear in which post */
    const struct post_held *post = acting(q);
    str name = lang_pick(q->lang, q->actor.name, q->actor.name_en);
    if (name.n != 0) f->person = name;
    f->n_posts = q->n_posts;
    f->rights = q->caller.only_respondent.n != 0 ? MAY_ANSWER : q->actor.rights;
    if (post != NULL) {
        f->post = lang_pick(q->lang, post->duty_ja, post->duty_en);
        f->org = lang_pick(q->lang, post->org_ja, post->org_en);
    }
    return crumbs_of(q, in, f);
}
