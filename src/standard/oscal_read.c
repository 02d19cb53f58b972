/* An OSCAL catalogue as rows. First the tree is walked once into two flat lists, groups and controls, and all ids,
 * labels and parameters are gathered; then each is turned into a row. */
#include "standard/oscal.h"

#include "base/clock.h"

struct node { /* a group or a control */
    const struct jv *json;
    str path, id, label, name; /* name: code of the section, number of the clause */
    ptrdiff_t parent;          /* in its own list, -1: none */
    ptrdiff_t group;           /* of a control: -1: stands at the catalogue itself */
};
struct nodes {
    struct node *v;
    size_t n, room;
};
struct reader {
    struct work *w;
    str file;
    const struct jv *catalog;
    struct nodes groups, controls;
    struct oscal_params *params;
    enum lang lang;
};

static enum err bad(const struct reader *r, str path, str words, str arg)
{
    return fault_in(r->w, INVALID, ((struct where){.file = r->file, .field = path}), words, arg);
}

/* ---- the walk ---- */
static ptrdiff_t node_add(struct reader *r, struct nodes *list, struct node x)
{
    if (list->n == list->room) {
        size_t room = list->room == 0 ? 64 : 2 * list->room;
        list->v = arena_grow(r->w->a, list->v, list->room * sizeof *list->v, room * sizeof *list->v);
        list->room = room;
    }
    list->v[list->n] = x;
    return (ptrdiff_t)list->n++;
}

static int depth_of(const struct jv *x)
{
    int deepest = 0;
    str key;
    const struct jv *value;
    if (jv_type(x) == JV_ARRAY) {
        for (size_t i = 0; i < jv_size(x); i++) {
            int d = depth_of(jv_at(x, i));
            if (d > deepest) deepest = d;
        }
        return deepest + 1;
    }
    if (jv_type(x) != JV_OBJECT) return 0;
    for (void *at = NULL; jv_member(x, &at, &key, &value);) {
        int d = depth_of(value);
        if (d > deepest) deepest = d;
    }
    return deepest + 1;
}

/* Members that are not groups or controls of their own. */
static void check_depth(struct reader *r, const struct jv *x, str path)
{
    str key;
    const struct jv *value;
    for (void *at = NULL; jv_member(x, &at, &key, &value);) {
        if (str_eq(key, S("groups")) || str_eq(key, S("controls"))) continue;
        if (depth_of(value) > OSCAL_VALUE_DEPTH_MAX) (void)bad(r, path, M("'%1' is nested too deeply"), key);
    }
}

static bool good_list(struct reader *r, const struct jv *list, str path)
{
    if (list == NULL || jv_type(list) == JV_ARRAY) return true;
    (void)bad(r, path, M("must be a list"), S(""));
    return false;
}

static bool good_node(struct reader *r, const struct jv *x, str path, int level)
{
    if (jv_type(x) != JV_OBJECT)
        (void)bad(r, path, M("must be an object"), S(""));
    else if (level > OSCAL_LEVELS_MAX)
        (void)bad(r, path, M("groups and controls are nested more than %1 deep"), str_int(r->w->a, OSCAL_LEVELS_MAX));
    else
        return true;
    return false;
}

static void check_members(struct reader *r, const struct jv *x, str path)
{
    static const char *const lists[] = {"params", "props", "links", "parts"};
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        (void)good_list(r, jv_get(x, lists[i]), str_fmt(r->w->a, "%.*s/%s", STR_ARG(path), lists[i]));
    }
    check_depth(r, x, path);
    oscal_params_add(r->params, jv_get(x, "params"), path);
}

static void take_controls(struct reader *r, const struct jv *list, str above, ptrdiff_t group, ptrdiff_t parent,
                          int level)
{
    str base = str_fmt(r->w->a, "%.*s/controls", STR_ARG(above));
    if (!good_list(r, list, base)) return;
    for (size_t i = 0; i < jv_size(list); i++) {
        const struct jv *x = jv_at(list, i);
        str path = str_fmt(r->w->a, "%.*s/%zu", STR_ARG(base), i);
        if (!good_node(r, x, path, level)) continue;
        str id = jv_str(jv_get(x, "id"));
        if (id.n == 0) (void)bad(r, path, M("a control without an id"), S(""));
        if (jv_str(jv_get(x, "title")).n == 0) (void)bad(r, path, M("control '%1' has no title"), id);
        check_members(r, x, path);
        ptrdiff_t at =
            node_add(r, &r->controls,
                     (struct node){
                         .json = x, .path = path, .id = id, .label = oscal_label(x), .parent = parent, .group = group});
        take_controls(r, jv_get(x, "controls"), path, group, at, level + 1);
    }
}

static void take_groups(struct reader *r, const struct jv *list, str above, ptrdiff_t parent, int level)
{
    str base = str_fmt(r->w->a, "%.*s/groups", STR_ARG(above));
    if (!good_list(r, list, base)) return;
    for (size_t i = 0; i < jv_size(list); i++) {
        const struct jv *x = jv_at(list, i);
        str path = str_fmt(r->w->a, "%.*s/%zu", STR_ARG(base), i);
        if (!good_node(r, x, path, level)) continue;
        str id = jv_str(jv_get(x, "id"));
        if (jv_str(jv_get(x, "title")).n == 0) (void)bad(r, path, M("group '%1' has no title"), id);
        check_members(r, x, path);
        ptrdiff_t at = node_add(
            r, &r->groups,
            (struct node){.json = x, .path = path, .id = id, .label = oscal_label(x), .parent = parent, .group = -1});
        take_controls(r, jv_get(x, "controls"), path, at, -1, level + 1);
        take_groups(r, jv_get(x, "groups"), path, at, level + 1);
    }
}

/* ---- names ---- */
struct called { /* a text by which some node is called, as id or as label */
    str text;
    size_t node;
};

static int called_cmp(const void *a, const void *b)
{
    const struct called *x = a, *y = b;
    int c = str_cmp(x->text, y->text);
    return c != 0 ? c : (x->node > y->node) - (x->node < y->node);
}

/* Is the node the only one called so? */
static bool alone(const struct called *list, size_t n, str text, size_t node)
{
    size_t lo = 0, hi = n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (str_cmp(list[mid].text, text) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (; lo < n && str_eq(list[lo].text, text); lo++) {
        if (list[lo].node != node) return false;
    }
    return true;
}

static bool well_formed(str label)
{
    if (label.n == 0 || label.n > NUMBER_MAX || str_find(label, S("\xE3\x80\x80")) >= 0) return false;
    for (size_t i = 0; i < label.n; i++) {
        if ((unsigned char)label.p[i] <= ' ') return false;
    }
    return true;
}

static void refuse_twice(const struct reader *r, const struct nodes *list)
{
    struct called *ids = arena_array(r->w->a, list->n, sizeof *ids);
    for (size_t i = 0; i < list->n; i++) ids[i] = (struct called){list->v[i].id, i};
    if (list->n != 0) qsort(ids, list->n, sizeof *ids, called_cmp);
    for (size_t i = 1; i < list->n; i++) {
        if (ids[i].text.n == 0 || !str_eq(ids[i].text, ids[i - 1].text)) continue;
        (void)bad(r, list->v[ids[i].node].path, M("id '%1' occurs twice"), ids[i].text);
    }
}

/* The label where it is fit to be a name and nobody else is called so, else the id, else a counted name. */
static void give_names(const struct reader *r, struct nodes *list)
{
    struct called *names = arena_array(r->w->a, 2 * list->n, sizeof *names);
    size_t n = 0;
    for (size_t i = 0; i < list->n; i++) {
        if (list->v[i].id.n != 0) names[n++] = (struct called){list->v[i].id, i};
        if (list->v[i].label.n != 0) names[n++] = (struct called){list->v[i].label, i};
    }
    if (n != 0) qsort(names, n, sizeof *names, called_cmp);
    for (size_t i = 0; i < list->n; i++) {
        struct node *x = &list->v[i];
        if (well_formed(x->label) && alone(names, n, x->label, i))
            x->name = x->label;
        else if (x->id.n != 0)
            x->name = x->id;
        else
            x->name = str_fmt(r->w->a, "group-%zu", i + 1);
    }
}

/* ---- rows ---- */
static const struct {
    size_t title_main, title_other, text_main, text_other;
} clause_fields[] = {
    [LANG_EN] = {CLAUSE_TITLE_EN, CLAUSE_TITLE_JA, CLAUSE_TEXT_EN, CLAUSE_TEXT_JA},
    [LANG_JA] = {CLAUSE_TITLE_JA, CLAUSE_TITLE_EN, CLAUSE_TEXT_JA, CLAUSE_TEXT_EN},
};

/* A value the file may leave out: what is stored then stays. */
static void take(struct item *x, size_t field, str value, str fallback)
{
    x->f[field] = value.p != NULL ? value : fallback;
    if (value.p == NULL) x->weak |= 1U << field;
}

/* The writer puts the name where there is no title, but some other wording. */
static str main_title(const struct node *node, bool worded)
{
    str title = jv_str(jv_get(node->json, "title"));
    return worded && str_eq(title, node->name) ? S("") : title;
}

static str translated(const struct jv *part, const char *key)
{
    return part == NULL ? (str){NULL, 0} : jv_str(jv_get(part, key));
}

static bool withdrawn(const struct jv *control)
{
    const struct jv *props = jv_get(control, "props");
    for (size_t i = 0; i < jv_size(props); i++) {
        const struct jv *p = jv_at(props, i);
        str value = jv_str(jv_get(p, "value"));
        if (!oscal_named(p, S("status"))) continue;
        if (str_eq(value, S("withdrawn")) || str_eq(value, S("Withdrawn"))) return true;
    }
    return false;
}

static void section_row(struct reader *r, const struct node *g, struct items *out)
{
    static const str but[] = {S_INIT("title"), S_INIT("groups"), S_INIT("controls"), S_INIT("catalog")};
    bool ja = r->lang == LANG_JA;
    const struct jv *other = oscal_translation(g->json);
    struct item *x = items_add(r->w->a, out);
    x->path = g->path;
    x->f[SECTION_CODE] = g->name;
    x->f[SECTION_PARENT] = g->parent < 0 ? S("") : r->groups.v[g->parent].name;
    x->f[ja ? SECTION_TITLE_JA : SECTION_TITLE_EN] = main_title(g, other != NULL);
    take(x, ja ? SECTION_TITLE_EN : SECTION_TITLE_JA, translated(other, "title"), S(""));
    x->f[SECTION_EXTRA] = oscal_extra(r->w->a, g->json, but, sizeof but / sizeof but[0]);
}

/* Controls that stand at the catalogue itself get a section, which the writer knows by its extra. */
static str catalog_section(struct reader *r, struct items *out)
{
    str code = S("catalog"), title = jv_str(jv_get(jv_get(r->catalog, "metadata"), "title"));
    struct index taken = items_index(r->w->a, out);
    while (index_find1(&taken, code) != NULL) code = str_fmt(r->w->a, "%.*s-", STR_ARG(code));
    struct item *x = items_add(r->w->a, out);
    x->path = S("catalog");
    x->f[SECTION_CODE] = code;
    x->f[r->lang == LANG_JA ? SECTION_TITLE_JA : SECTION_TITLE_EN] = title;
    x->weak = 1U << (r->lang == LANG_JA ? SECTION_TITLE_EN : SECTION_TITLE_JA);
    x->f[SECTION_EXTRA] = S("{\"catalog\":true}");
    return code;
}

static void clause_row(struct reader *r, const struct node *c, str catalog, struct items *out)
{
    static const str but[] = {S_INIT("title"), S_INIT("controls")};
    const struct jv *parts = jv_get(c->json, "parts"), *other = oscal_translation(c->json);
    struct item *x = items_add(r->w->a, out);
    bool optional = c->parent >= 0 || withdrawn(c->json);
    x->path = c->path;
    x->f[CLAUSE_NUMBER] = c->name;
    x->f[CLAUSE_SECTION] = c->group < 0 ? catalog : r->groups.v[c->group].name;
    x->f[CLAUSE_PARENT] = c->parent < 0 ? S("") : r->controls.v[c->parent].name;
    take(x, CLAUSE_LEVEL, oscal_prop(c->json, OSCAL_LEVEL), optional ? S("enhanced") : S("basic"));
    take(x, CLAUSE_DUTY, oscal_prop(c->json, OSCAL_DUTY), S(""));
    take(x, CLAUSE_NO_OCCASION, oscal_prop(c->json, OSCAL_NO_OCCASION), S("yes"));
    str text = oscal_statement(r->w, r->params, parts, (struct where){.file = r->file, .field = c->path});
    x->f[clause_fields[r->lang].text_main] = text;
    x->f[clause_fields[r->lang].title_main] = main_title(c, other != NULL || text.n != 0);
    take(x, clause_fields[r->lang].title_other, translated(other, "title"), S(""));
    take(x, clause_fields[r->lang].text_other, translated(other, "prose"), S(""));
    x->f[CLAUSE_EXTRA] = oscal_extra(r->w->a, c->json, but, sizeof but / sizeof but[0]);
}

/* Our writer says where a row stands when that is not the order of the walk. */
static void place_rows(struct reader *r, const struct nodes *nodes, struct items *list)
{
    struct item *placed = arena_array(r->w->a, list->n, sizeof *placed);
    bool *taken = arena_array(r->w->a, list->n, sizeof *taken);
    for (size_t i = 0; i < list->n; i++) {
        str told = oscal_prop(nodes->v[i].json, OSCAL_POSITION);
        int64_t at = (int64_t)i + 1;
        if (told.p != NULL && !str_to_int(told, &at)) at = 0;
        if (at < 1 || at > (int64_t)list->n || taken[at - 1]) {
            (void)bad(r, nodes->v[i].path, M("position '%1' is not free"), str_int(r->w->a, at));
            return;
        }
        taken[at - 1] = true;
        placed[at - 1] = list->v[i];
    }
    list->v = placed;
    list->room = list->n;
}

/* ---- the document ---- */
static bool is_uuid(str s)
{
    if (s.n != 36) return false;
    for (size_t i = 0; i < 36; i++) {
        char c = s.p[i];
        bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        if (i == 8 || i == 13 || i == 18 || i == 23 ? c != '-' : !hex) return false;
    }
    return true;
}

static bool readable(str version)
{
    static const str families[] = {S_INIT("1.0."), S_INIT("1.1."), S_INIT("1.2.")};
    for (size_t i = 0; i < sizeof families / sizeof families[0]; i++) {
        int64_t patch;
        if (str_starts(version, families[i]) && str_to_int(str_sub(version, 4, version.n), &patch) && patch >= 0)
            return true;
    }
    return false;
}

static void check_document(struct reader *r)
{
    static const char *const needed[] = {"title", "last-modified", "version", "oscal-version"};
    const struct jv *metadata = jv_get(r->catalog, "metadata");
    str uuid = jv_str(jv_get(r->catalog, "uuid")), version = jv_str(jv_get(metadata, "oscal-version"));
    if (!is_uuid(uuid))
        (void)bad(r, S("catalog/uuid"), uuid.n == 0 ? M("the catalogue has no uuid") : M("'%1' is not a uuid"), uuid);
    if (jv_type(metadata) != JV_OBJECT) {
        (void)bad(r, S("catalog/metadata"), M("the catalogue has no metadata"), S(""));
        return;
    }
    for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++) {
        if (jv_str(jv_get(metadata, needed[i])).n != 0) continue;
        (void)bad(r, S("catalog/metadata"), M("the metadata has no '%1'"), str_of(needed[i]));
    }
    if (version.n != 0 && !readable(version)) {
        (void)bad(r, S("catalog/metadata/oscal-version"), M("OSCAL version '%1' cannot be read: 1.0.0 to 1.2.x can"),
                  version);
    }
    check_depth(r, r->catalog, S("catalog"));
}

/* Hiragana or katakana, U+3040 to U+30FF. */
static bool has_kana(str s)
{
    for (size_t i = 0; i + 2 < s.n; i++) {
        unsigned char second = (unsigned char)s.p[i + 1];
        if ((unsigned char)s.p[i] == 0xE3 && second >= 0x81 && second <= 0x83) return true;
    }
    return false;
}

/* OSCAL has no place for the language: ours is told by a property, another's by its titles. */
static enum lang language(const struct reader *r)
{
    const struct jv *metadata = jv_get(r->catalog, "metadata");
    str told = oscal_prop(metadata, OSCAL_LANGUAGE);
    if (told.p != NULL) return str_eq(told, S("ja")) ? LANG_JA : LANG_EN;
    bool kana = has_kana(jv_str(jv_get(metadata, "title")));
    for (size_t i = 0; !kana && i < r->groups.n; i++) kana = has_kana(jv_str(jv_get(r->groups.v[i].json, "title")));
    return kana ? LANG_JA : LANG_EN;
}

static str edition_extra(struct reader *r)
{
    static const str but[] = {S_INIT("groups"), S_INIT("controls"), S_INIT("metadata"), S_INIT("language")},
                     title[] = {S_INIT("title")};
    str rest = oscal_extra(r->w->a, r->catalog, but, sizeof but / sizeof but[0]);
    str metadata = oscal_extra(r->w->a, jv_get(r->catalog, "metadata"), title, 1);
    return str_fmt(r->w->a, "{\"language\":\"%s\",\"metadata\":%.*s,%.*s", r->lang == LANG_JA ? "ja" : "en",
                   STR_ARG(metadata), STR_ARG(str_sub(rest, 1, rest.n))); /* rest holds at least the uuid */
}

static void edition_item(struct reader *r, str code, struct items *out)
{
    const struct jv *metadata = jv_get(r->catalog, "metadata");
    bool ja = r->lang == LANG_JA;
    int64_t days;
    struct item *x = items_add(r->w->a, out);
    str effective = oscal_prop(metadata, OSCAL_EFFECTIVE);
    if (effective.p != NULL && !date_parse(effective, &days)) {
        (void)bad(r, S("catalog/metadata/props"), M("'%1' is not a date such as 2007-04-23"), effective);
    }
    x->path = S("catalog/metadata");
    x->f[EDITION_CODE] = code;
    x->f[ja ? EDITION_TITLE_JA : EDITION_TITLE_EN] = jv_str(jv_get(metadata, "title"));
    take(x, EDITION_CATALOGUE, oscal_prop(metadata, OSCAL_CATALOGUE), code);
    take(x, ja ? EDITION_TITLE_EN : EDITION_TITLE_JA, oscal_prop(metadata, OSCAL_TITLE), S(""));
    take(x, EDITION_EFFECTIVE, effective, S(""));
    x->f[EDITION_EXTRA] = edition_extra(r);
}

static void walk(struct reader *r)
{
    check_document(r);
    (void)good_list(r, jv_get(r->catalog, "params"), S("catalog/params"));
    oscal_params_add(r->params, jv_get(r->catalog, "params"), S("catalog"));
    take_controls(r, jv_get(r->catalog, "controls"), S("catalog"), -1, -1, 1);
    take_groups(r, jv_get(r->catalog, "groups"), S("catalog"), -1, 1);
    refuse_twice(r, &r->groups);
    refuse_twice(r, &r->controls);
    oscal_params_sort(r->w, r->params, r->file);
    if (r->controls.n > TALLY_CLAUSES_MAX) {
        (void)bad(r, S("catalog"), M("an edition holds at most %1 clauses"), str_int(r->w->a, TALLY_CLAUSES_MAX));
    }
}

enum err oscal_read(struct work *w, const struct file *file, str code, struct oscal *out)
{
    struct where at = {.file = file->name};
    if (file->bytes.n > STANDARD_FILE_MAX) return fault_in(w, INVALID, at, M("the file is larger than 64 MB"));
    const struct jv *root;
    enum err e = jv_read(w, file->name, file->bytes, &root);
    if (e != OK) return e;
    struct reader r = {
        .w = w, .file = file->name, .catalog = jv_get(root, "catalog"), .params = oscal_params_new(w->a)};
    if (jv_type(r.catalog) != JV_OBJECT) {
        return fault_in(w, INVALID, at, M("not an OSCAL catalogue: there is no object 'catalog' at the top"));
    }
    walk(&r);
    if ((e = work_err(w)) != OK) return e;
    r.lang = language(&r);
    give_names(&r, &r.groups);
    give_names(&r, &r.controls);
    struct oscal o = {items_of(&what_edition), items_of(&what_sections), items_of(&what_clauses)};
    o.edition.file = o.sections.file = o.clauses.file = file->name;
    edition_item(&r, code, &o.edition);
    for (size_t i = 0; i < r.groups.n; i++) section_row(&r, &r.groups.v[i], &o.sections);
    place_rows(&r, &r.groups, &o.sections);
    bool bare = r.controls.n != 0 && r.controls.v[0].group < 0; /* those at the catalogue come first */
    str catalog = bare ? catalog_section(&r, &o.sections) : S("");
    for (size_t i = 0; i < r.controls.n; i++) clause_row(&r, &r.controls.v[i], catalog, &o.clauses);
    place_rows(&r, &r.controls, &o.clauses);
    if ((e = work_err(w)) == OK) *out = o;
    return e;
}

enum err oscal_language(struct work *w, str extra, enum lang *out)
{
    *out = LANG_JA;
    if (extra.n == 0) return OK;
    const struct jv *x;
    enum err e = jv_read(w, S("edition.extra"), extra, &x);
    if (e == OK) *out = str_eq(jv_str(jv_get(x, "language")), S("ja")) ? LANG_JA : LANG_EN;
    return e;
}
