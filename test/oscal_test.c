/* OSCAL catalogues: a large-control-catalogue-like one in and out, our own out and in, and those that are refused. */
#include "support.h"

#include <stdio.h>

#include "base/clock.h"
#include "standard/oscal.h"
#include "surface/door.h"

enum { PUT_DUTY };
static const struct sql sql[] = {
    [PUT_DUTY] = SQL("INSERT INTO duty (code, name_ja, name_en, ord, rights) VALUES ($1, $1, $1, 1, 0)"),
};

static struct file source_file(struct arena *a, const char *name)
{
    const char *source = getenv("SOURCE");
    FILE *f = fopen(str_c(a, str_fmt(a, "%s/test/standard/%s", source == NULL ? "." : source, name)), "rb");
    if (f == NULL) fail_msg("no test file %s", name);
    struct buf b = buf_in(a);
    char chunk[4096];
    for (size_t n; (n = fread(chunk, 1, sizeof chunk, f)) != 0;) buf_add(&b, (str){chunk, n});
    fclose(f);
    return (struct file){.name = str_of(name), .bytes = buf_str(&b), .sha256 = S("")};
}

static void same_text(str got, str wanted)
{
    size_t i = 0;
    while (i < got.n && i < wanted.n && got.p[i] == wanted.p[i]) i++;
    if (i == got.n && i == wanted.n) return;
    str a = str_sub(got, i < 60 ? 0 : i - 60, i + 60), b = str_sub(wanted, i < 60 ? 0 : i - 60, i + 60);
    fail_msg("differ at %zu:\n--- got\n%.*s\n--- wanted\n%.*s", i, STR_ARG(a), STR_ARG(b));
}

/* ---- reading alone ---- */
static void read_catalog(struct work *w, const char *name, struct oscal *out)
{
    struct file f = source_file(w->a, name);
    assert_ok(w, oscal_read(w, &f, S("x"), out));
}

static const struct item *clause(const struct oscal *o, const char *number)
{
    for (size_t i = 0; i < o->clauses.n; i++) {
        if (str_eq(o->clauses.v[i].f[CLAUSE_NUMBER], str_of(number))) return &o->clauses.v[i];
    }
    fail_msg("no clause %s", number);
    return NULL;
}

static void reads(void **state)
{
    static const struct {
        const char *number, *section, *parent, *level, *title, *text;
    } cases[] = {
        {"PM-0", "catalog", "", "basic", "Programme in force", "The programme is in force."},
        {"AC-1", "ac", "", "basic", "Rules for access",
         "a. Write down and hand to [Assignment: people or roles]:\n"
         "  1. A rule that names [Selection (one-or-more): office level; system level, within [Selection: the bureau; "
         "a limit of"
         " [Assignment: number]]; mission level]; and\n"
         "  2. Steps to follow it;\n"
         "b. Look at it again every [Assignment: organisation-defined time]."},
        {"AC-2", "ac", "", "basic", "Accounts",
         "Accounts are opened by [Assignment: account managers] and closed within 24 hours, one working day."},
        {"AC-2(1)", "ac", "AC-2", "enhanced", "Automation", "Use [Assignment: tools]."},
        {"AC-2(1)(a)", "ac", "AC-2(1)", "enhanced", "Alarms of the tools", "The tools tell when they stop."},
        {"AC-2(2)", "ac", "AC-2", "enhanced", "Temporary accounts", ""},
        {"AC-17", "ac.r", "", "basic", "Remote access", "Remote access is asked for and granted beforehand."},
        {"AC-18(1)", "ac.r.w", "AC-18", "enhanced", "Antennas", "Antennas face inward."},
        {"AU-2", "au", "", "basic", "What is recorded", "Events:\na. sign-in;\nb. sign-out."},
        {"au-3", "au", "", "basic", "Two of one label, first", "First."},
        {"au-4", "au", "", "basic", "Two of one label, second", "Second."},
    };
    static const char *const sections[][2] = {{"ac", ""}, {"ac.r", "ac"}, {"ac.r.w", "ac.r"},
                                              {"au", ""}, {"zz", ""},     {"catalog", ""}};
    (void)state;
    struct work w = {.a = arena_new(0)};
    struct oscal o;
    read_catalog(&w, "catalog.json", &o);
    assert_int_equal(o.sections.n, 6);
    for (size_t i = 0; i < 6; i++) {
        assert_str(o.sections.v[i].f[SECTION_CODE], sections[i][0]);
        assert_str(o.sections.v[i].f[SECTION_PARENT], sections[i][1]);
    }
    assert_int_equal(o.clauses.n, 13);
    assert_str(o.edition.v[0].f[EDITION_TITLE_EN], "Example Control Catalogue");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct item *c = clause(&o, cases[i].number);
        assert_str(c->f[CLAUSE_SECTION], cases[i].section);
        assert_str(c->f[CLAUSE_PARENT], cases[i].parent);
        assert_str(c->f[CLAUSE_LEVEL], cases[i].level);
        assert_str(c->f[CLAUSE_TITLE_EN], cases[i].title);
        assert_str(c->f[CLAUSE_TEXT_EN], cases[i].text);
        assert_str(c->f[CLAUSE_DUTY], "");
        assert_str(c->f[CLAUSE_NO_OCCASION], "yes");
    }
    arena_free(w.a);
}

static void refuses(void **state)
{
    static const struct {
        const char *file, *fault, *field;
    } cases[] = {
        {"bad/no-uuid.json", "has no uuid", "catalog/uuid"},
        {"bad/bad-uuid.json", "'12-34' is not a uuid", "catalog/uuid"},
        {"bad/no-metadata.json", "has no metadata", "catalog/metadata"},
        {"bad/version-2.json", "OSCAL version '2.0.0' cannot be read", "catalog/metadata/oscal-version"},
        {"bad/no-version.json", "the metadata has no 'oscal-version'", "catalog/metadata"},
        {"bad/group-without-title.json", "group 'g' has no title", "catalog/groups/0"},
        {"bad/control-without-title.json", "control 'c-1' has no title", "catalog/groups/0/controls/0"},
        {"bad/control-without-id.json", "a control without an id", "catalog/groups/0/controls/0"},
        {"bad/control-twice.json", "id 'c-1' occurs twice", "catalog/groups/0/controls/1"},
        {"bad/group-twice.json", "id 'g' occurs twice", "catalog/groups/1"},
        {"bad/param-twice.json", "parameter 'p' occurs twice", "catalog/groups/0/controls/0"},
        {"bad/param-cycle.json", "parameter 'p' holds itself", "catalog/groups/0/controls/0"},
        {"bad/param-unknown.json", "unknown parameter 'nowhere'", "catalog/groups/0/controls/0"},
        {"bad/param-flood.json", "longer than 64 kB", "catalog/groups/0/controls/0"},
        {"bad/groups-not-a-list.json", "must be a list", "catalog/groups"},
        {"bad/not-a-catalog.json", "not an OSCAL catalogue", ""},
        {"bad/too-deep.json", "nested more than 14 deep", NULL},
        {"bad/parts-too-deep.json", "'parts' is nested too deeply", "catalog/groups/0/controls/0"},
        {"bad/twice-position.json", "position '1' is not free", "catalog/groups/0/controls/1"},
        {"bad/cut-off.json", "", NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct work w = {.a = arena_new(0)};
        struct oscal o = {.sections.n = 77};
        struct file f = source_file(w.a, cases[i].file);
        if (oscal_read(&w, &f, S("x"), &o) != INVALID) fail_msg("not refused: %s", cases[i].file);
        assert_int_equal(o.sections.n, 77); /* untouched */
        assert_int_equal(w.faults.count, 1);
        assert_str(w.faults.first[0].where.file, cases[i].file);
        if (cases[i].field != NULL) assert_str(w.faults.first[0].where.field, cases[i].field);
        assert_fault(&w, cases[i].fault);
        arena_free(w.a);
    }
}

static void collects(void **state)
{
    static const char bytes[] = "{\"catalog\":{\"metadata\":{},\"groups\":[{\"controls\":[{\"title\":\"t\"}]}]}}";
    (void)state;
    struct work w = {.a = arena_new(0)};
    struct oscal o;
    struct file f = {.name = S("f.json"), .bytes = str_of(bytes)};
    assert_err(&w, oscal_read(&w, &f, S("x"), &o), INVALID);
    assert_int_equal(w.faults.count,
                     1 + 4 + 1 + 1); /* uuid, four of the metadata, the group's title, the control's id */
    arena_free(w.a);
}

static void write_is_golden(void **state)
{
    (void)state;
    struct work w = {.a = arena_new(0)};
    struct oscal o;
    struct buf out = buf_in(w.a);
    read_catalog(&w, "catalog.json", &o);
    assert_ok(&w, oscal_write(&w, &o, S("1.2.0"), &out));
    same_text(buf_str(&out), source_file(w.a, "catalog-out.json").bytes);
    arena_free(w.a);
}

/* Everything the catalogue brought is in what is written: the two trees are equal but for the OSCAL version, titles'
 * place and what stands in our namespace. */
static void covers(const struct jv *a, const struct jv *b, const char *at)
{
    str key;
    const struct jv *value;
    assert_int_equal(jv_type(a), jv_type(b));
    if (jv_type(a) == JV_OBJECT) {
        for (void *next = NULL; jv_member(a, &next, &key, &value);) {
            char name[64];
            snprintf(name, sizeof name, "%.*s", STR_ARG(key));
            if (strcmp(name, "oscal-version") == 0) continue;
            if (jv_get(b, name) == NULL) fail_msg("'%s' of %s is lost", name, at);
            covers(value, jv_get(b, name), name);
        }
    } else if (jv_type(a) == JV_ARRAY) {
        size_t k = 0;
        for (size_t i = 0; i < jv_size(a); i++, k++) {
            while (oscal_ours(jv_at(b, k)) && k < jv_size(b)) k++;
            if (k >= jv_size(b)) fail_msg("an element of %s is lost", at);
            covers(jv_at(a, i), jv_at(b, k), at);
        }
        for (; k < jv_size(b); k++) assert_true(oscal_ours(jv_at(b, k)));
    } else {
        struct arena *m = arena_new(0);
        struct buf x = buf_in(m), y = buf_in(m);
        jv_copy(&x, a);
        jv_copy(&y, b);
        same_text(buf_str(&y), buf_str(&x));
        arena_free(m);
    }
}

static void loses_nothing(void **state)
{
    (void)state;
    struct work w = {.a = arena_new(0)};
    struct oscal o;
    struct buf out = buf_in(w.a);
    const struct jv *before, *after;
    struct file f = source_file(w.a, "catalog.json");
    read_catalog(&w, "catalog.json", &o);
    assert_ok(&w, oscal_write(&w, &o, S("1.1.3"), &out));
    assert_ok(&w, jv_read(&w, f.name, f.bytes, &before));
    assert_ok(&w, jv_read(&w, f.name, buf_str(&out), &after));
    covers(before, after, "catalog");
    assert_str(jv_str(jv_get(jv_get(jv_get(after, "catalog"), "metadata"), "oscal-version")), "1.1.3");
    arena_free(w.a);
}

/* ---- through the entries, on both engines ---- */
struct catcher {
    struct bytes_out out;
    struct buf b;
};
static enum err catch_bytes(struct bytes_out *o, str bytes)
{
    buf_add(&((struct catcher *)o)->b, bytes);
    return OK;
}
static void on_words(struct doc *d, str s) { (void)d, (void)s; }
static void on_fact(struct doc *d, const char *key, str label, const struct cell *c)
{
    (void)d, (void)key, (void)label, (void)c;
}
static void on_table(struct doc *d, const char *name, const struct column *c, size_t n)
{
    (void)d, (void)name, (void)c, (void)n;
}
static void on_row(struct doc *d, const struct cell *c) { (void)d, (void)c; }
static void on_end(struct doc *d) { (void)d; }
static const struct face silent = {on_words, on_words, on_words, on_fact, on_table, on_row, on_end};

static int acts;

static enum err run(struct work *w, const char *words, const struct file *file, str *out)
{
    struct given given[8];
    size_t n = 0;
    str rest = str_of(words), word, name;
    words_next(&rest, &name);
    const struct entry *e = entry_find(&standard_room, name);
    assert_non_null(e);
    for (; words_next(&rest, &word); n++) {
        str value = word, key;
        str_cut(&value, '=', &key);
        given[n] = (struct given){key, value, NULL};
    }
    if (file != NULL) given[n++] = (struct given){S("file"), file->name, file};
    struct args in;
    struct doc d = {.face = &silent, .w = w};
    struct catcher c = {{catch_bytes}, buf_in(w->a)};
    enum err err = args_parse(w, e, given, n, &in);
    if (err != OK) return err;
    if (e->kind == ENTRY_FILE)
        err = door_file(w, &standard_room, e, &in, &c.out);
    else
        err = door_act(w, &standard_room, e, &in, str_fmt(w->a, "oscal-%d", ++acts), false, &d);
    if (out != NULL) *out = buf_str(&c.b);
    return err;
}

static str must(struct work *w, const char *words, const struct file *file)
{
    str out = S("");
    assert_ok(w, run(w, words, file, &out));
    return out;
}

static void duties(struct work *w)
{
    static const char *const codes[] = {"ciso", "staff", "system"};
    assert_ok(w, store_begin(w));
    for (size_t i = 0; i < 3; i++) assert_ok(w, store_run(w, &sql[PUT_DUTY], ARGS(TEXT(str_of(codes[i])))));
    assert_ok(w, store_commit(w));
}

static void round_trip(struct work *w, const char *edition, const char *copy)
{
    static const char *const whats[] = {"sections", "clauses"};
    str once = must(w, str_c(w->a, str_fmt(w->a, "oscal edition=%s version=1.1.3", edition)), NULL);
    struct file f = {.name = S("once.json"), .bytes = once, .sha256 = S("")};
    must(w, str_c(w->a, str_fmt(w->a, "import-oscal edition=%s", copy)), &f);
    same_text(must(w, str_c(w->a, str_fmt(w->a, "oscal edition=%s version=1.1.3", copy)), NULL), once);
    for (size_t i = 0; i < 2; i++) {
        str a = must(w, str_c(w->a, str_fmt(w->a, "export edition=%s what=%s", edition, whats[i])), NULL);
        str b = must(w, str_c(w->a, str_fmt(w->a, "export edition=%s what=%s", copy, whats[i])), NULL);
        same_text(b, a);
    }
}

static void foreign_round_trip(struct work *w)
{
    struct file f = source_file(w->a, "catalog.json");
    must(w, "import-oscal edition=x", &f);
    same_text(must(w, "oscal edition=x", NULL), source_file(w->a, "catalog-out.json").bytes);
    round_trip(w, "x", "x-copy");
    must(w, "decide edition=x", NULL);
    must(w, "import-oscal edition=x", &f); /* the same again changes nothing, even when decided */
    struct edition x;
    assert_ok(w, standard_edition(w, S("x"), &x));
    assert_int_equal(x.n_clauses, 13);
    assert_int_equal(x.n_parts, 4);
    assert_str(x.clauses[x.n_clauses - 1].number, "au-4");
}

static void own_round_trip(struct work *w)
{
    duties(w);
    must(w, "edition code=gov-1 catalogue=gov title_ja=統一基準 title_en=Standard effective=2005-12-13", NULL);
    struct file sections = source_file(w->a, "sections.csv"), clauses = source_file(w->a, "clauses-1.csv");
    must(w, "import edition=gov-1 what=sections", &sections);
    must(w, "import edition=gov-1 what=clauses", &clauses);
    same_text(must(w, "oscal edition=gov-1 version=1.1.3", NULL), source_file(w->a, "own-out.json").bytes);
    struct file back = {
        .name = S("back.json"), .sha256 = S(""), .bytes = must(w, "oscal edition=gov-1 version=1.1.3", NULL)};
    must(w, "import-oscal edition=gov-1", &back); /* into itself: nothing changes but where it came from */
    same_text(must(w, "oscal edition=gov-1 version=1.1.3", NULL), back.bytes);
    same_text(must(w, "export edition=gov-1 what=clauses", NULL), clauses.bytes);
    same_text(must(w, "export edition=gov-1 what=sections", NULL), sections.bytes);
}

/* Rows that do not stand in the order of the tree keep their places. */
static void odd_order(struct work *w)
{
    duties(w);
    must(w, "edition code=odd catalogue=odd title_en=Odd", NULL);
    struct file sections = {.name = S("s.csv"),
                            .sha256 = S(""),
                            .bytes = S("code,parent,title_ja,title_en\r\n1,,,One\r\n2,,,Two\r\n1.1,1,,One one\r\n")};
    struct file clauses = {.name = S("c.csv"),
                           .sha256 = S(""),
                           .bytes = S("number,section,parent,level,duty,no_occasion,text_ja,text_en\r\n"
                                      "b,2,,basic,ciso,no,,B\r\na,1,,basic,ciso,yes,,A\r\n\"a(1)\",1.1,,enhanced,,no,"
                                      "子,\r\na_1,1.1,,basic,,no,,child\r\n")};
    must(w, "import edition=odd what=sections", &sections);
    must(w, "import edition=odd what=clauses", &clauses);
    round_trip(w, "odd", "odd-copy");
}

/* Translations filled in go along; a text changed here takes the place of the statement that was brought. */
static void translated(struct work *w)
{
    struct file f = source_file(w->a, "catalog.json");
    must(w, "import-oscal edition=x", &f);
    struct file csv = {.name = S("ja.csv"),
                       .sha256 = S(""),
                       .bytes = S("number,section,parent,level,duty,no_occasion,text_ja,text_en\n"
                                  "AU-1,au,,basic,,yes,記録を保つこと。,Records are kept for ever.\n")};
    must(w, "import edition=x what=clauses", &csv);
    str out = must(w, "oscal edition=x", NULL);
    assert_true(str_find(out, S("\"prose\": \"Records are kept for ever.\"")) > 0);
    assert_true(str_find(out, S("Records are kept for {{")) < 0);
    assert_true(str_find(out, S("\"class\": \"ja\",\n                \"prose\": \"記録を保つこと。\"")) > 0);
    round_trip(w, "x", "x-copy");
    must(w, "import-oscal edition=x", &f); /* the original text again; the translation stays */
    out = must(w, "export edition=x what=clauses", NULL);
    assert_true(str_find(out, S("記録を保つこと。,Records are kept for [Assignment")) > 0);
}

static void replaced(struct work *w)
{
    struct file f = source_file(w->a, "catalog.json");
    struct file small = {
        .name = S("s.json"),
        .sha256 = S(""),
        .bytes = S(
            "{\"catalog\":{\"uuid\":\"3f1c9d0e-6a52-4c1b-9b7e-0d1e2f3a4b5c\",\"metadata\":{"
            "\"title\":\"T\",\"last-modified\":\"2025-02-01T00:00:00Z\",\"version\":\"1\",\"oscal-version\":\"1.0.4\"},"
            "\"groups\":[{\"id\":\"au\",\"title\":\"Records\",\"controls\":[{\"id\":\"au-1\",\"title\":\"AU\"}]}]}}")};
    must(w, "import-oscal edition=x", &f);
    must(w, "import-oscal edition=x replace=1", &small);
    struct edition x;
    assert_ok(w, standard_edition(w, S("x"), &x));
    assert_int_equal(x.n_clauses, 1);
    assert_int_equal(x.n_parts, 1);
    must(w, "decide edition=x", NULL);
    assert_err(w, run(w, "import-oscal edition=x", &f, NULL), CONFLICT);
    assert_fault(w, "the edition is decided");
}

#define ON_BOTH(name)                                                                                                  \
    static void test_##name(void **state)                                                                              \
    {                                                                                                                  \
        (void)state;                                                                                                   \
        each_store(name);                                                                                              \
    }
ON_BOTH(foreign_round_trip)
ON_BOTH(own_round_trip)
ON_BOTH(odd_order)
ON_BOTH(translated)
ON_BOTH(replaced)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads),
        cmocka_unit_test(refuses),
        cmocka_unit_test(collects),
        cmocka_unit_test(write_is_golden),
        cmocka_unit_test(loses_nothing),
        cmocka_unit_test(test_foreign_round_trip),
        cmocka_unit_test(test_own_round_trip),
        cmocka_unit_test(test_odd_order),
        cmocka_unit_test(test_translated),
        cmocka_unit_test(test_replaced),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
