/* Codes of a table, each with what an import must know of it: a hash map that keeps the text of the codes packed, so
 * that a million take some 50 bytes each. Pure memory; it lives in the arena given. */
#ifndef MEGURI_REGISTRY_CODES_H
#define MEGURI_REGISTRY_CODES_H

#include "base/str.h"

enum { CODE_TEXT_MAX = 1024 }; /* longest text kept: three codes and their separators fit well */

enum code_flag {
    CODE_WITHIN = 1,  /* the actor may see and change it */
    CODE_CHANGED = 2, /* stored, and different in the file */
    CODE_ADDED = 4,   /* not stored */
    CODE_LATE = 8,    /* its row refers to one that is added by the same file */
    CODE_PATH = 16,   /* on the way from an organisation to the top, while it is walked */
    CODE_DONE = 32,   /* known to reach the top */
    CODE_BEYOND = 64, /* a person who holds more than the actor reaches */
};

struct code {
    uint32_t text;  /* where its text is kept */
    uint32_t row;   /* of the file, 0 when it is not in it */
    int64_t id;     /* 0: not stored yet, or of a table without ids */
    uint64_t print; /* of the stored content; of a duty referred to, its rights */
    uint32_t place; /* its index, in order of adding */
    uint32_t parent; /* index + 1 of the organisation above, or that a system belongs to; 0: none */
    uint32_t flags;
};

struct codes;
struct codes *codes_new(struct arena *);
struct code *codes_find(const struct codes *, str text);       /* NULL when absent */
struct code *codes_add(struct codes *, str text, bool *fresh); /* the one there is, or a new one; never moves */
struct code *codes_at(const struct codes *, uint32_t place);
str codes_text(const struct codes *, const struct code *);
uint32_t codes_count(const struct codes *);

#endif
