#include "inspect_kit.h"

#include "inspect/figures.h"
#include "inspect/inspect.h"

/* ---- the worked example ---- */
static void example_test(struct work *w)
{
    small_world(w);
    fail();
}
static void test_example(void **state) { (void)state; each_store(example_test); }
int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_example)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
