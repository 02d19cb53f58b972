#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/trouble.h"

enum { BLOCK = 64 * 1024, ALIGN = alignof(max_align_t) };

struct block {
    struct block *before;
    size_t size, used;
    size_t written; /* what lies behind has never been used, and is zero */
    alignas(max_align_t) unsigned char bytes[];
};

struct closer {
    struct closer *before;
    void (*close)(void *);
    void *what;
};

struct arena {
    struct block *block;
    struct closer *closers;
    size_t limit, total;
};

static void say_exhausted(void)
{
    static const char line[] = "meguri: out of memory; nothing was changed\n";
    if (write(STDERR_FILENO, line, sizeof line - 1) < 0) _exit(75);
    _exit(75);
}

static void (*exhausted)(void) = say_exhausted;

void arena_on_exhausted(void (*handler)(void)) { exhausted = handler; }

_Noreturn static void give_up(void)
{
    exhausted();
    _exit(75);
}

void *arena_malloc(size_t size)
{
    void *p = trouble_here() ? NULL : malloc(size == 0 ? 1 : size);
    if (p == NULL) give_up();
    return p;
}

struct arena *arena_new(size_t limit)
{
    struct arena *a = trouble_here() ? NULL : calloc(1, sizeof *a);
    if (a == NULL) give_up();
    a->limit = limit;
    return a;
}

static void run_closers(struct arena *a, const struct closer *until)
{
    while (a->closers != until) {
        struct closer *c = a->closers;
        a->closers = c->before;
        c->close(c->what);
    }
}

static void drop_blocks(struct arena *a, const struct block *until)
{
    while (a->block != until) {
        struct block *b = a->block;
        a->block = b->before;
        a->total -= b->size;
        free(b);
    }
}

void arena_free(struct arena *a)
{
    if (a == NULL) return;
    run_closers(a, NULL);
    drop_blocks(a, NULL);
    free(a);
}

/* Of large blocks the system's own zeroes are kept: what is never used is then never touched, and no page of it is there. */
static void *zeroed(size_t size)
{
    void *p = trouble_here() ? NULL : calloc(1, size);
    if (p == NULL) give_up();
    return p;
}

static void *take(struct block *b, size_t size)
{
    unsigned char *p = b->bytes + b->used;
    size_t end = b->used + size;
    if (b->used < b->written) memset(p, 0, end < b->written ? size : b->written - b->used);
    b->used = end;
    if (end > b->written) b->written = end;
    return p;
}

static void add_block(struct arena *a, size_t size)
{
    size_t room = size > BLOCK ? size : BLOCK;
    if (room > SIZE_MAX - sizeof(struct block) || (a->limit != 0 && a->total + room > a->limit)) give_up();
    struct block *b = room > BLOCK ? zeroed(sizeof *b + room) : arena_malloc(sizeof *b + room);
    *b = (struct block){.before = a->block, .size = room, .written = room > BLOCK ? 0 : room};
    a->block = b;
    a->total += room;
}

void *arena_alloc(struct arena *a, size_t size)
{
    if (size > SIZE_MAX - ALIGN) give_up();
    size = (size + ALIGN - 1) / ALIGN * ALIGN;
    if (a->block == NULL || a->block->size - a->block->used < size) add_block(a, size);
    return take(a->block, size);
}

void *arena_array(struct arena *a, size_t n, size_t size)
{
    if (size != 0 && n > SIZE_MAX / size) give_up();
    return arena_alloc(a, n * size);
}

void *arena_grow(struct arena *a, void *old, size_t old_size, size_t new_size)
{
    size_t had = (old_size + ALIGN - 1) / ALIGN * ALIGN, wants = (new_size + ALIGN - 1) / ALIGN * ALIGN;
    struct block *b = a->block;
    if (old != NULL && b != NULL && (unsigned char *)old + had == b->bytes + b->used && wants >= had &&
        b->size - b->used >= wants - had) {
        take(b, wants - had);
        return old;
    }
    void *fresh = arena_alloc(a, new_size);
    if (old_size != 0) memcpy(fresh, old, old_size < new_size ? old_size : new_size);
    return fresh;
}

void *arena_more(struct arena *a, void *all, size_t n, size_t *room, size_t size)
{
    if (n < *room) return all;
    size_t more = *room * 2 + 16;
    all = arena_grow(a, all, *room * size, more * size);
    *room = more;
    return all;
}

void arena_closer(struct arena *a, void (*close)(void *), void *what)
{
    struct closer *c = arena_alloc(a, sizeof *c);
    *c = (struct closer){a->closers, close, what};
    a->closers = c;
}

struct arena_mark arena_mark(struct arena *a)
{
    return (struct arena_mark){a->block, a->block == NULL ? 0 : a->block->used, a->closers};
}

void arena_back(struct arena *a, struct arena_mark m)
{
    run_closers(a, m.closers);
    drop_blocks(a, m.block);
    if (a->block != NULL) a->block->used = m.used;
}

size_t arena_used(const struct arena *a) { return a->total; }

size_t arena_left(const struct arena *a) { return a->limit == 0 ? SIZE_MAX : a->limit - a->total; }
