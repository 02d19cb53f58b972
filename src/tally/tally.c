#include "tally/tally.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

size_t plane_bytes(size_t clauses) { return (clauses + 63) / 64 * 8; }

size_t sheet_bytes(size_t clauses) { return 2 * plane_bytes(clauses); }

enum answer sheet_get(const uint8_t *sheet, size_t clauses, size_t clause)
{
    assert(clause < clauses);
    return (enum answer)(mask_has(sheet, clause) | mask_has(sheet + plane_bytes(clauses), clause) << 1);
}

static void put_bit(uint8_t *plane, size_t clause, bool on)
{
    uint8_t bit = (uint8_t)(1U << (clause % 8));
    plane[clause / 8] = (uint8_t)(on ? plane[clause / 8] | bit : plane[clause / 8] & ~bit);
}

void sheet_set(uint8_t *sheet, size_t clauses, size_t clause, enum answer a)
{
    assert(clause < clauses);
    put_bit(sheet, clause, a == NOT_DONE || a == DONE);
    put_bit(sheet + plane_bytes(clauses), clause, a == NO_OCCASION || a == DONE);
}

void count_sheets_plainly(const uint8_t *sheets, size_t stride, size_t n, size_t clauses, struct counts *counts)
{
    for (size_t s = 0; s < n; s++) {
        for (size_t c = 0; c < clauses; c++) {
            enum answer a = sheet_get(sheets + s * stride, clauses, c);
            counts[c].arisen += a == NOT_DONE || a == DONE;
            counts[c].done += a == DONE;
            counts[c].no_occasion += a == NO_OCCASION;
        }
    }
}

/* ---- the same, fast ----
 *
 * A vector holds four words of a plane: 256 clauses of one sheet, here called a column. The 256 sums of a column are
 * kept sliced by bit: plane[l] has their bits of weight 2^l, and adding two vectors to a plane leaves one vector to
 * add to the plane above. So a sheet costs about one addition of five logical operations per sum, however high the sums
 * go, and the counters themselves are touched once in a million sheets. */

enum {
    WORDS = 4,                              /* of a vector */
    BLOCK = 16,                             /* sheets added in one go: a tree over the lowest planes */
    LOW = 4,                                /* log2 BLOCK */
    LEVELS = 20,                            /* planes: sums up to 2^20 - 1 */
    BLOCKS_MAX = (1 << (LEVELS - LOW)) - 1, /* before the planes must be emptied into the counters */
    COLUMNS = TALLY_CLAUSES_MAX / (64 * WORDS),
};

typedef uint64_t vec __attribute__((vector_size(8 * WORDS)));

enum sum { OF_FIRST, OF_SECOND, OF_BOTH, SUMS };

/* Above the tree, carries arrive singly: each waits in its level for a second one. Which levels hold one can be read
 * off the number of blocks added so far. */
struct adder {
    vec plane[LEVELS], waiting[LEVELS];
};
struct column {
    struct adder sum[SUMS];
};

struct block {
    const uint8_t *at; /* the column's words in the first plane of the first sheet */
    size_t stride, plane;
};

/* Inlined into one body per instruction set and width, so that `width` is a constant there. Vectors go by
 * pointer: by value, their calling convention would hang on the instruction set. */
#define INLINE static inline __attribute__((always_inline))

/* A vector filled in part by memcpy would go over the stack and stall there; word by word it does not. */
INLINE void load_words(const uint8_t *at, size_t width, vec *out)
{
    uint64_t word[WORDS] = {0};
    if (width == sizeof(vec)) {
        memcpy(out, at, sizeof(vec));
        return;
    }
    memcpy(&word[0], at, 8);
    if (width >= 16) memcpy(&word[1], at + 8, 8);
    if (width >= 24) memcpy(&word[2], at + 16, 8);
    *out = (vec){word[0], word[1], word[2], word[3]};
}

/* One bit of 256 sums: plane + a + b = plane (weight 1) + carry (weight 2). */
INLINE void add(vec *plane, const vec *a, const vec *b, vec *carry)
{
    vec half = *plane ^ *a, both = *plane & *a;
    *plane = half ^ *b;
    *carry = both | (half & *b);
}

/* add_N adds the next N sheets of a block to the lowest planes and hands back what is to carry. They are read in order,
 * so one pointer that moves on is all the addressing. (The zeros are for gcc 12, which cannot see that all is set.) */
INLINE void add_1(vec (*planes)[LOW], struct block *r, size_t width, vec *carry)
{
    (void)planes;
    load_words(r->at, width, &carry[OF_FIRST]);
    load_words(r->at + r->plane, width, &carry[OF_SECOND]);
    carry[OF_BOTH] = carry[OF_FIRST] & carry[OF_SECOND];
    r->at += r->stride;
}
#define TREE(N, HALF, LEVEL)                                                                                           \
    INLINE void add_##N(vec(*planes)[LOW], struct block *r, size_t width, vec *carry)                                  \
    {                                                                                                                  \
        vec left[SUMS] = {{0}}, right[SUMS] = {{0}};                                                                   \
        add_##HALF(planes, r, width, left);                                                                            \
        add_##HALF(planes, r, width, right);                                                                           \
        add(&planes[OF_FIRST][LEVEL], &left[OF_FIRST], &right[OF_FIRST], &carry[OF_FIRST]);                            \
        add(&planes[OF_SECOND][LEVEL], &left[OF_SECOND], &right[OF_SECOND], &carry[OF_SECOND]);                        \
        add(&planes[OF_BOTH][LEVEL], &left[OF_BOTH], &right[OF_BOTH], &carry[OF_BOTH]);                                \
    }
TREE(2, 1, 0)
TREE(4, 2, 1)
TREE(8, 4, 2)
TREE(16, 8, 3)

/* Above the tree; `before` blocks are in already. */
INLINE void carry_up(struct adder *to, const vec *from_tree, size_t before)
{
    vec carry = *from_tree;
    size_t level = LOW;
    for (; before & 1; before >>= 1, level++) add(&to->plane[level], &to->waiting[level], &carry, &carry);
    to->waiting[level] = carry;
}

INLINE void add_column(struct column *to, const struct block *b, size_t before, size_t width)
{
    vec low[SUMS][LOW], carry[SUMS];
    struct block r = *b;
    for (int s = 0; s < SUMS; s++) memcpy(low[s], to->sum[s].plane, sizeof low[s]);
    add_16(low, &r, width, carry);
    for (int s = 0; s < SUMS; s++) {
        memcpy(to->sum[s].plane, low[s], sizeof low[s]);
        carry_up(&to->sum[s], &carry[s], before);
    }
}

INLINE void add_rest(struct column *to, const struct block *b, size_t before, size_t width)
{
    if (width == 8) add_column(to, b, before, 8);
    if (width == 16) add_column(to, b, before, 16);
    if (width == 24) add_column(to, b, before, 24);
}

/* Adds `n` blocks, which stand one behind the other, after the `before` that are in already. */
INLINE void add_blocks(struct column *columns, struct block b, size_t before, size_t n)
{
    const uint8_t *sheets = b.at;
    for (size_t end = before + n; before < end; before++, sheets += BLOCK * b.stride) {
        struct column *to = columns;
        size_t at = 0;
        for (; b.plane - at >= sizeof(vec); at += sizeof(vec)) {
            b.at = sheets + at;
            add_column(to++, &b, before, sizeof(vec));
        }
        b.at = sheets + at;
        add_rest(to, &b, before, b.plane - at);
    }
}

static void add_blocks_anywhere(struct column *columns, const struct block *b, size_t before, size_t n)
{
    add_blocks(columns, *b, before, n);
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) static void add_blocks_avx2(struct column *columns, const struct block *b,
                                                            size_t before, size_t n)
{
    add_blocks(columns, *b, before, n);
}
#endif

typedef void adding(struct column *, const struct block *, size_t before, size_t n);

static adding *best_adding(void)
{
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2")) return add_blocks_avx2;
#endif
    return add_blocks_anywhere;
}

/* The sum of one clause, collected from its bits over all planes. */
static int64_t sum_of(const struct adder *from, size_t blocks, size_t word, size_t bit)
{
    int64_t sum = 0;
    for (size_t level = 0; level < LOW || blocks >> (level - LOW) != 0; level++) {
        sum += (int64_t)(from->plane[level][word] >> bit & 1) << level;
        if (level >= LOW && blocks >> (level - LOW) & 1)
            sum += (int64_t)(from->waiting[level][word] >> bit & 1) << level;
    }
    return sum;
}

static void empty_columns(const struct column *columns, size_t blocks, size_t clauses, struct counts *counts)
{
    for (size_t c = 0; c < clauses; c++) {
        const struct adder *sum = columns[c / (64 * WORDS)].sum;
        size_t word = c / 64 % WORDS, bit = c % 64;
        int64_t done = sum_of(&sum[OF_BOTH], blocks, word, bit);
        counts[c].arisen += sum_of(&sum[OF_FIRST], blocks, word, bit);
        counts[c].done += done;
        counts[c].no_occasion += sum_of(&sum[OF_SECOND], blocks, word, bit) - done;
    }
}

/* The last sheets, fewer than a block, are counted as a block filled up with unanswered ones. */
static void add_tail(adding *add_some, struct column *columns, const struct block *b, size_t n, size_t before)
{
    uint8_t filled[BLOCK * TALLY_CLAUSES_MAX / 4] = {0};
    for (size_t i = 0; i < n; i++) memcpy(filled + i * 2 * b->plane, b->at + i * b->stride, 2 * b->plane);
    add_some(columns, &(struct block){filled, 2 * b->plane, b->plane}, before, 1);
}

static void count_with(adding *add_some, struct block b, size_t n, size_t clauses, struct counts *counts)
{
    assert(clauses <= TALLY_CLAUSES_MAX);
    size_t n_columns = (b.plane + sizeof(vec) - 1) / sizeof(vec);
    struct column columns[COLUMNS];
    while (n != 0) {
        memset(columns, 0, n_columns * sizeof *columns);
        size_t blocks = n / BLOCK < BLOCKS_MAX ? n / BLOCK : BLOCKS_MAX;
        add_some(columns, &b, 0, blocks);
        b.at += blocks * BLOCK * b.stride;
        n -= blocks * BLOCK;
        if (0 < n && n < BLOCK && blocks < BLOCKS_MAX) {
            add_tail(add_some, columns, &b, n, blocks++);
            n = 0;
        }
        empty_columns(columns, blocks, clauses, counts);
    }
}

void count_sheets(const uint8_t *sheets, size_t stride, size_t n, size_t clauses, struct counts *counts)
{
    count_with(best_adding(), (struct block){sheets, stride, plane_bytes(clauses)}, n, clauses, counts);
}

void count_sheets_portably(const uint8_t *sheets, size_t stride, size_t n, size_t clauses, struct counts *counts)
{
    count_with(add_blocks_anywhere, (struct block){sheets, stride, plane_bytes(clauses)}, n, clauses, counts);
}
