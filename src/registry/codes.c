#include "registry/codes.h"

#include <assert.h>
#include <string.h>

/* Entries and texts stand in pages, so that growing neither moves nor copies them; only the slots are made anew. */
enum { PAGE = 1 << 12, PAGES = 1 << 12, TEXT_PAGE = 1 << 16, TEXT_PAGES = 1 << 14 };

struct codes {
    struct arena *a;
    struct code **page;
    char **text_page; /* a text: two bytes of length, then the bytes */
    uint32_t n, text_used, *slot, slots;
};

struct codes *codes_new(struct arena *a)
{
    struct codes *c = arena_alloc(a, sizeof *c);
    *c = (struct codes){.a = a, .slots = 1 << 8};
    c->page = arena_array(a, PAGES, sizeof(struct code *));
    c->text_page = arena_array(a, TEXT_PAGES, sizeof(char *));
    c->slot = arena_array(a, c->slots, sizeof *c->slot);
    return c;
}

struct code *codes_at(const struct codes *c, uint32_t place) { return &c->page[place / PAGE][place % PAGE]; }

uint32_t codes_count(const struct codes *c) { return c->n; }

str codes_text(const struct codes *c, const struct code *code)
{
    const char *p = c->text_page[code->text / TEXT_PAGE] + code->text % TEXT_PAGE;
    uint16_t length;
    memcpy(&length, p, sizeof length);
    return (str){p + sizeof length, length};
}

static uint32_t keep_text(struct codes *c, str text)
{
    uint32_t size = (uint32_t)text.n + (uint32_t)sizeof(uint16_t);
    if (c->text_used % TEXT_PAGE + size > TEXT_PAGE || c->text_used % TEXT_PAGE == 0) {
        uint32_t page = (c->text_used + TEXT_PAGE - 1) / TEXT_PAGE;
        assert(page < TEXT_PAGES);
        c->text_page[page] = arena_alloc(c->a, TEXT_PAGE);
        c->text_used = page * TEXT_PAGE;
    }
    uint32_t at = c->text_used;
    char *p = c->text_page[at / TEXT_PAGE] + at % TEXT_PAGE;
    uint16_t length = (uint16_t)text.n;
    memcpy(p, &length, sizeof length);
    if (text.n != 0) memcpy(p + sizeof length, text.p, text.n);
    c->text_used += size;
    return at;
}

/* The slot where text stands, or the free one where it would. A slot holds place + 1. */
static uint32_t *slot_of(const struct codes *c, str text)
{
    uint32_t at = (uint32_t)str_hash(text) & (c->slots - 1);
    for (; c->slot[at] != 0; at = (at + 1) & (c->slots - 1))
        if (str_eq(codes_text(c, codes_at(c, c->slot[at] - 1)), text)) break;
    return &c->slot[at];
}

struct code *codes_find(const struct codes *c, str text)
{
    const uint32_t *slot = slot_of(c, text);
    return *slot == 0 ? NULL : codes_at(c, *slot - 1);
}

static void more_slots(struct codes *c)
{
    c->slots *= 2;
    c->slot = arena_array(c->a, c->slots, sizeof *c->slot);
    for (uint32_t i = 0; i < c->n; i++) *slot_of(c, codes_text(c, codes_at(c, i))) = i + 1;
}

struct code *codes_add(struct codes *c, str text, bool *fresh)
{
    assert(text.n <= CODE_TEXT_MAX);
    uint32_t *slot = slot_of(c, text);
    *fresh = *slot == 0;
    if (!*fresh) return codes_at(c, *slot - 1);
    if (c->n / 2 * 3 >= c->slots) {
        more_slots(c);
        slot = slot_of(c, text);
    }
    assert(c->n / PAGE < PAGES);
    if (c->n % PAGE == 0) c->page[c->n / PAGE] = arena_array(c->a, PAGE, sizeof(struct code));
    struct code *code = codes_at(c, c->n);
    code->place = c->n;
    code->text = keep_text(c, text);
    *slot = ++c->n;
    return code;
}
