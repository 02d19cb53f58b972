/* One target a reader: fuzz/NAME_fuzz.c, its seeds and old finds in fuzz/corpus/NAME. */
#ifndef MEGURI_FUZZ_H
#define MEGURI_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

#endif
