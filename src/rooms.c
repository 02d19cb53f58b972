/* The program: its rooms, in the order of the cycle. Everything a person, a page or a test can reach is in their tables. */
#include "house/house.h"
#include "inspect/inspect.h"
#include "registry/registry.h"
#include "standard/standard.h"

const struct room *const rooms[] = {
    &registry_room, /* who and what exists? */
    &standard_room, /* what should be? */
    &inspect_room,  /* what is? */
    &journal_room,  /* what was done, by whom? */
    &rebuild_room,  /* derived tables, made anew */
    &demo_room,     /* a synthetic government to try it on */
    NULL,
};
