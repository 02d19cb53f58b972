/* Protocols beside the pages: whose address, which process, how much of a body; who is let in is tried over HTTP (test/taxii.bats). */
#include "support.h"

#include "surface/mount.h"
#include "web/limits.h"
#include "web/mounted.h"

static const struct mount *at(const char *path, str *rest)
{
    const struct room *room;
    return mount_at(str_of(path), &room, rest);
}

static void whose_address(void **state)
{
    (void)state;
    str rest;
    assert_string_equal(at("/taxii2", &rest)->path, "/taxii2");
    assert_str(rest, "");
    assert_non_null(at("/taxii2/", &rest));
    assert_str(rest, "/");
    assert_non_null(at("/taxii2/share/collections/", &rest));
    assert_str(rest, "/share/collections/");
    assert_null(at("/taxii", &rest));
    assert_null(at("/taxii21", &rest));
    assert_null(at("/share", &rest));
    assert_null(at("/", &rest));
}

/* No entry's address lies within a mount's, no two mounts in each other, and each says all that web/ needs. */
static void apart(void **state)
{
    (void)state;
    struct arena *a = arena_new(0);
    for (size_t i = 0; rooms[i] != NULL; i++) {
        str rest;
        assert_null(at(str_c(a, str_fmt(a, "/%s", rooms[i]->name)), &rest));
        for (const struct mount *const *m = rooms[i]->mounts; m != NULL && *m != NULL; m++) {
            assert_ptr_equal(at((*m)->path, &rest), *m);
            assert_non_null((*m)->get);
            assert_non_null((*m)->refusal);
            assert_true((*m)->title.n != 0 && str_starts(str_of((*m)->name), str_of(rooms[i]->name)));
            assert_true(((*m)->post == NULL) == ((*m)->told == NULL) && ((*m)->post == NULL) == ((*m)->body_max == 0));
        }
    }
    arena_free(a);
}

static void bodies(void **state)
{
    (void)state;
    const struct mount m = {.path = "/m", .body_max = 64 << 20}, small = {.path = "/s", .body_max = 1000};
    struct request nobody = {.verb = VERB_POST, .path = S("/m")}, somebody = nobody;
    somebody.authorization = S("Bearer x");
    assert_int_equal(mounted_body_limit(&m, &nobody), FORM_BYTES_MAX);
    assert_int_equal(mounted_body_limit(&m, &somebody), 64 << 20);
    assert_int_equal(mounted_body_limit(&small, &nobody), 1000);
}

static void which_process(void **state)
{
    (void)state;
    struct request r = {.verb = VERB_GET, .path = S("/taxii2/share/")};
    assert_int_equal(place_of(&r), AT_READER);
    r.path = S("/signin");
    assert_int_not_equal(place_of(&r), AT_WRITER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(whose_address), cmocka_unit_test(apart), cmocka_unit_test(bodies), cmocka_unit_test(which_process)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
