/* Folded words, the grams they are found by, and lists of people packed into bytes. */
#include "access/fold.h"

#include "base/utf8.h"

/* ---- words ---- */

static bool ascii(char c) { return ((unsigned char)c & 0x80) == 0; }

static bool latin(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); }

static bool blank(char c) { return c == ' ' || c == '\n'; }

str fold_words(struct arena *a, str s)
{
    str folded = utf8_fold(a, s);
    char *p = arena_alloc(a, folded.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < folded.n; i++) {
        bool between = folded.p[i] == ' ' && i > 0 && i + 1 < folded.n && !ascii(folded.p[i - 1]) &&
                       !ascii(folded.p[i + 1]);
        if (!between) p[n++] = folded.p[i];
    }
    return (str){p, n};
}

/* ---- grams ---- */

static size_t char_end(str s, size_t at)
{
    for (at++; at < s.n && ((unsigned char)s.p[at] & 0xC0) == 0x80;) at++;
    return at;
}

/* A run of Latin letters and digits that begins at `at`. */
static size_t run_end(str s, size_t at)
{
    while (at < s.n && latin(s.p[at])) at++;
    return at;
}

static str gram_head(str s) { return str_sub(s, 0, FOLD_GRAM); }

/* A character with its neighbour; the last one with a blank, so that it can be found alone. */
static void pair(str s, size_t at, size_t end, gram_fn *fn, void *to)
{
    char gram[FOLD_GRAM];
    str with = end < s.n && !blank(s.p[end]) ? str_sub(s, end, char_end(s, end)) : S(" ");
    size_t n = end - at;
    if (n + with.n > sizeof gram) return;
    memcpy(gram, s.p + at, n);
    memcpy(gram + n, with.p, with.n);
    fn(to, (str){gram, n + with.n});
}

void fold_grams(str s, gram_fn *fn, void *to)
{
    for (size_t at = 0; at < s.n;) {
        size_t end = latin(s.p[at]) ? run_end(s, at) : char_end(s, at);
        if (latin(s.p[at])) fn(to, gram_head(str_sub(s, at, end)));
        else if (!ascii(s.p[at])) pair(s, at, end, fn, to);
        at = end;
    }
}

/* ---- the keys of a word asked for ---- */

static struct fold_key prefix_key(struct arena *a, str from, const char *last)
{
    return (struct fold_key){str_dup(a, from), str_fmt(a, "%.*s%s", STR_ARG(from), last)};
}

/* The longest run of Latin letters stands for a word that has nothing else. A word with a digit may be of a code, which
 * no list has. */
static size_t latin_key(struct arena *a, str word, struct fold_key *out)
{
    str longest = {0};
    for (size_t at = 0; at < word.n; at++) {
        if (word.p[at] >= '0' && word.p[at] <= '9') return 0;
    }
    for (size_t at = 0; at < word.n; at++) {
        size_t end = run_end(word, at);
        if (end - at > longest.n) longest = str_sub(word, at, end);
        if (end > at) at = end - 1;
    }
    if (longest.n == 0) return 0;
    *out = prefix_key(a, gram_head(longest), "\x7f");
    return 1;
}

size_t fold_keys(struct arena *a, str word, struct fold_key keys[FOLD_KEYS])
{
    size_t n = 0, alone = word.n;
    for (size_t at = 0, end; at < word.n && n < FOLD_KEYS; at = end) {
        end = char_end(word, at);
        if (ascii(word.p[at])) continue;
        alone = at;
        if (end == word.n) break;
        str gram = str_dup(a, str_sub(word, at, char_end(word, end)));
        keys[n++] = (struct fold_key){gram, gram};
    }
    if (n == 0 && alone < word.n) {
        keys[n++] = prefix_key(a, str_sub(word, alone, char_end(word, alone)), "\xF4\x8F\xBF\xBF"); /* U+10FFFF */
    }
    return n == 0 ? latin_key(a, word, keys) : n;
}

/* ---- lists ---- */

struct gram {
    char text[FOLD_GRAM];
    uint32_t n, entries, first;
};
struct entry {
    uint32_t gram, org, person;
};
struct fold_lists {
    struct arena *a;
    struct gram *grams;
    struct entry *entries;
    uint32_t *slots; /* index of the gram + 1; 0: free */
    size_t n_grams, grams_room, n_entries, entries_room, slots_room;
    uint32_t org, person;
};

struct fold_lists *fold_lists_new(struct arena *a)
{
    struct fold_lists *l = arena_alloc(a, sizeof *l);
    *l = (struct fold_lists){.a = a, .slots_room = 1 << 12, .grams_room = 1 << 10, .entries_room = 1 << 16};
    l->slots = arena_array(a, l->slots_room, sizeof *l->slots);
    l->grams = arena_array(a, l->grams_room, sizeof *l->grams);
    l->entries = arena_array(a, l->entries_room, sizeof *l->entries);
    return l;
}

static bool is_gram(const struct gram *g, str text) { return g->n == text.n && memcmp(g->text, text.p, text.n) == 0; }

static uint32_t *slot_of(struct fold_lists *l, str text)
{
    size_t at = str_hash(text) & (l->slots_room - 1);
    while (l->slots[at] != 0 && !is_gram(&l->grams[l->slots[at] - 1], text)) at = (at + 1) & (l->slots_room - 1);
    return &l->slots[at];
}

static void more_slots(struct fold_lists *l)
{
    l->slots_room *= 2;
    l->slots = arena_array(l->a, l->slots_room, sizeof *l->slots);
    for (size_t i = 0; i < l->n_grams; i++)
        *slot_of(l, (str){l->grams[i].text, l->grams[i].n}) = (uint32_t)i + 1;
}

static uint32_t gram_index(struct fold_lists *l, str text)
{
    uint32_t *slot = slot_of(l, text);
    if (*slot != 0) return *slot - 1;
    if (l->n_grams == l->grams_room) {
        l->grams = arena_grow(l->a, l->grams, l->grams_room * sizeof *l->grams, 2 * l->grams_room * sizeof *l->grams);
        l->grams_room *= 2;
    }
    struct gram *g = &l->grams[l->n_grams++];
    *g = (struct gram){.n = (uint32_t)text.n};
    memcpy(g->text, text.p, text.n);
    *slot = (uint32_t)l->n_grams;
    if (l->n_grams * 2 > l->slots_room) more_slots(l);
    return (uint32_t)l->n_grams - 1;
}

static void add_entry(void *to, str gram)
{
    struct fold_lists *l = to;
    if (l->n_entries == l->entries_room) {
        size_t old = l->entries_room * sizeof *l->entries;
        l->entries = arena_grow(l->a, l->entries, old, 2 * old);
        l->entries_room *= 2;
    }
    uint32_t at = gram_index(l, gram);
    l->grams[at].entries++;
    l->entries[l->n_entries++] = (struct entry){at, l->org, l->person};
}

void fold_lists_add(struct fold_lists *l, str folded, uint32_t org, uint32_t person)
{
    l->org = org;
    l->person = person;
    fold_grams(folded, add_entry, l);
}

size_t fold_lists_entries(const struct fold_lists *l) { return l->n_entries; }

static int by_text(const void *a, const void *b)
{
    const struct gram *x = a, *y = b;
    return str_cmp((str){x->text, x->n}, (str){y->text, y->n});
}

/* The entries of each gram side by side, as organisation and person in one number. Numbers the grams as they stand:
 * they may be sorted after it. */
static uint64_t *grouped(struct fold_lists *l)
{
    uint64_t *all = arena_array(l->a, l->n_entries + 1, sizeof *all);
    uint32_t first = 0;
    for (size_t i = 0; i < l->n_grams; i++) {
        l->grams[i].first = first;
        first += l->grams[i].entries;
        l->grams[i].entries = 0;
    }
    for (size_t i = 0; i < l->n_entries; i++) {
        struct gram *g = &l->grams[l->entries[i].gram];
        all[g->first + g->entries++] = (uint64_t)l->entries[i].org << 32 | l->entries[i].person;
    }
    return all;
}

static void put_number(struct buf *b, uint64_t x)
{
    for (; x >= 0x80; x >>= 7) buf_byte(b, (char)(x | 0x80));
    buf_byte(b, (char)x);
}

/* Run by run: an organisation, how many of its people follow, and their ids, each less the one before; all as base-128
 * numbers, low first. In the order of adding, which is that of ids: files mostly bring organisations together. */
static void pack(struct buf *b, uint64_t *v, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || v[kept - 1] != v[i]) v[kept++] = v[i];
    b->n = 0;
    for (size_t from = 0, end; from < kept; from = end) {
        for (end = from + 1; end < kept && v[end] >> 32 == v[from] >> 32;) end++;
        put_number(b, v[from] >> 32);
        put_number(b, end - from);
        for (size_t i = from; i < end; i++)
            put_number(b, (uint32_t)v[i] - (i == from ? UINT32_C(0) : (uint32_t)v[i - 1]));
    }
}

enum err fold_lists_each(struct fold_lists *l, list_fn *fn, void *to)
{
    enum err e = OK;
    struct buf b = buf_in(l->a);
    uint64_t *all = grouped(l);
    if (l->n_grams != 0) qsort(l->grams, l->n_grams, sizeof *l->grams, by_text);
    for (size_t i = 0; e == OK && i < l->n_grams; i++) {
        const struct gram *g = &l->grams[i];
        pack(&b, all + g->first, g->entries);
        e = fn(to, (str){g->text, g->n}, buf_str(&b));
    }
    return e;
}

static bool get_number(str s, size_t *at, uint64_t *out)
{
    uint64_t x = 0;
    for (unsigned shift = 0; shift < 63 && *at < s.n; shift += 7) {
        unsigned char c = (unsigned char)s.p[(*at)++];
        x |= (uint64_t)(c & 0x7F) << shift;
        if ((c & 0x80) == 0) {
            *out = x;
            return true;
        }
    }
    return false;
}

bool fold_list_read(str list, fold_fn *fn, void *to)
{
    for (size_t at = 0; at < list.n;) {
        uint64_t org, n, more, person = 0;
        if (!get_number(list, &at, &org) || !get_number(list, &at, &n)) return false;
        for (; n > 0; n--) {
            if (!get_number(list, &at, &more)) return false;
            person += more;
            fn(to, (int64_t)org, (int64_t)person);
        }
    }
    return true;
}
