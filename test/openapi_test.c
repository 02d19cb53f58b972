/* /openapi.json: every entry is in it, nothing of the machine's own, and every reference leads somewhere. */
#include "support.h"

#include "format/json.h"
#include "surface/entry.h"
#include "web/openapi.h"

static struct work w;
static struct buf kept;

static bool keep(struct out *o, str bytes)
{
    (void)o;
    buf_add(&kept, bytes);
    return true;
}

static const struct jv *written(enum lang lang)
{
    kept = buf_in(arena_new(0));
    arena_closer(w.a, (void (*)(void *))arena_free, kept.a);
    struct out out = {.put = keep};
    const struct jv *v = NULL;
    openapi_write(&out, w.a, lang, S("https://meguri.example"));
    assert_ok(&w, jv_read(&w, S("openapi.json"), buf_str(&kept), &v));
    return v;
}

static int begin(void **state)
{
    (void)state;
    w = (struct work){.a = arena_new(0)};
    return 0;
}

static int finish(void **state)
{
    (void)state;
    arena_free(w.a);
    return 0;
}

static const struct jv *operation(const struct jv *v, const struct room *room, const struct entry *e, const char *tail)
{
    str path = str_fmt(w.a, "/%s%s%s%s", room->name, e->name[0] == '\0' ? "" : "/", e->name, tail);
    return jv_get(jv_get(jv_get(v, "paths"), str_c(w.a, path)), e->kind == ENTRY_ACT ? "post" : "get");
}

static void every_entry_is_told(void **state)
{
    (void)state;
    const struct jv *v = written(LANG_EN);
    size_t paths = 0;
    for (const struct room *const *r = rooms; *r != NULL; r++) {
        for (size_t i = 0; i < (*r)->n_entries; i++) {
            const struct entry *e = &(*r)->entries[i];
            bool wanted = !(e->flags & LOCAL), view = e->kind == ENTRY_VIEW;
            const struct jv *o = operation(v, *r, e, view ? ".json" : "");
            if ((o != NULL) != wanted) fail_msg("%s %s", (*r)->name, e->name);
            if (wanted && view) assert_non_null(operation(v, *r, e, ".xlsx"));
            if (wanted && view) assert_non_null(operation(v, *r, e, ".docx"));
            if (wanted) assert_string_equal(str_c(w.a, jv_str(jv_get(o, "summary"))), str_c(w.a, e->title));
            paths += wanted ? view ? 4 : 1 : 0;
        }
    }
    assert_true(paths > 40);
    assert_int_equal(jv_size(jv_get(v, "paths")), paths);
}

/* "#/components/schemas/doc" */
static bool leads_somewhere(const struct jv *root, str ref)
{
    const struct jv *at = root;
    str rest = str_sub(ref, 2, ref.n), step;
    while (str_cut(&rest, '/', &step)) at = jv_get(at, str_c(w.a, step));
    return str_starts(ref, S("#/")) && at != NULL;
}

static int check_references(const struct jv *root, const struct jv *v)
{
    int n = 0;
    str key;
    const struct jv *value;
    for (void *at = NULL; jv_member(v, &at, &key, &value);) {
        if (str_eq(key, S("$ref")) && !leads_somewhere(root, jv_str(value))) fail_msg("%s", str_c(w.a, jv_str(value)));
        n += str_eq(key, S("$ref")) + check_references(root, value);
    }
    for (size_t i = 0; jv_type(v) == JV_ARRAY && i < jv_size(v); i++) n += check_references(root, jv_at(v, i));
    return n;
}

static void references_lead_somewhere(void **state)
{
    (void)state;
    const struct jv *v = written(LANG_JA);
    assert_true(check_references(v, v) > 200);
}

static void operations_have_names_of_their_own(void **state)
{
    (void)state;
    const struct jv *v = written(LANG_EN), *path, *o;
    struct buf seen = buf_in(w.a);
    str key, verb;
    for (void *at = NULL; jv_member(jv_get(v, "paths"), &at, &key, &path);)
        for (void *in = NULL; jv_member(path, &in, &verb, &o);) {
            str name = str_fmt(w.a, " %s ", str_c(w.a, jv_str(jv_get(o, "operationId"))));
            if (str_find(buf_str(&seen), name) >= 0) fail_msg("twice:%s", str_c(w.a, name));
            buf_add(&seen, name);
        }
}

static void parameters_are_typed(void **state)
{
    (void)state;
    const struct jv *v = written(LANG_EN);
    const struct jv *get = jv_get(jv_get(jv_get(v, "paths"), "/inspect/rates.json"), "get");
    const struct jv *params = jv_get(get, "parameters");
    assert_true(jv_size(params) > 1);
    for (size_t i = 0; i < jv_size(params); i++) {
        assert_str(jv_str(jv_get(jv_at(params, i), "in")), "query");
        assert_true(jv_size(jv_get(jv_at(params, i), "schema")) != 0);
        assert_true(jv_str(jv_get(jv_at(params, i), "description")).n != 0);
    }
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, finish)
    const struct CMUnitTest tests[] = {
        TEST(every_entry_is_told),
        TEST(references_lead_somewhere),
        TEST(operations_have_names_of_their_own),
        TEST(parameters_are_typed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
