/* Memory that belongs to a piece of work: one request, one command, one batch of an import.
 *
 * Everything made for the work is allocated here and given back at once. arena_alloc never returns NULL: when the
 * arena's limit or the machine is exhausted, the handler set with arena_on_exhausted is called, which must not
 * return (the command exits 75, a server process is replaced; the transaction is unwritten either way). So no
 * caller has an out-of-memory branch. Anything with a handle (file, statement, foreign object) registers its closer. */
#ifndef MEGURI_BASE_ARENA_H
#define MEGURI_BASE_ARENA_H

#include <stddef.h>

struct arena;
struct arena_mark {
    void *block;
    size_t used;
    void *closers;
};

/* limit in bytes; 0 means no limit but the machine's. */
struct arena *arena_new(size_t limit);
void arena_free(struct arena *); /* runs the closers, last registered first; NULL is fine */

/* Zeroed, aligned for any type. */
void *arena_alloc(struct arena *, size_t size);
void *arena_array(struct arena *, size_t n, size_t size); /* n * size, overflow is exhaustion */
void *arena_grow(struct arena *, void *old, size_t old_size, size_t new_size); /* copies; in place when last */
/* Room for one more behind n of them: the array itself, or a larger one; *room says of how many. Begins with NULL, 0. */
void *arena_more(struct arena *, void *all, size_t n, size_t *room, size_t size);

/* For libraries that take an allocator: as malloc, but never NULL. In no arena: give it back with free. */
void *arena_malloc(size_t size);

void arena_closer(struct arena *, void (*close)(void *), void *what);

/* Everything allocated or registered after the mark goes; for batches inside a long work. */
struct arena_mark arena_mark(struct arena *);
void arena_back(struct arena *, struct arena_mark);

size_t arena_used(const struct arena *);
size_t arena_left(const struct arena *); /* to its limit; SIZE_MAX where it has none */

void arena_on_exhausted(void (*handler)(void)); /* default: write a line and _exit(75) */

#endif
