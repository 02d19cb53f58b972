/* What tests of pure code share: an arena for each test, given back at its end. */
#ifndef MEGURI_TEST_ARENA_KIT_H
#define MEGURI_TEST_ARENA_KIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"

static struct arena *a;

static int set_up(void **unused)
{
    (void)unused;
    a = arena_new(0);
    return 0;
}

static int tear_down(void **unused)
{
    (void)unused;
    arena_free(a);
    return 0;
}

#endif
