/* Random numbers by counter: what is drawn depends on who draws it, for what, for how manieth time, and on nothing else; so the same
 * figures come out on any machine, in any order and with any number of threads. All in whole numbers. */
#ifndef MEGURI_CASCADE_CHANCE_H
#define MEGURI_CASCADE_CHANCE_H

#include "cascade/net.h"

enum chance_use { CHANCE_STRIKE, CHANCE_FAILS, CHANCE_DETECT, CHANCE_REPAIR, CHANCE_BUFFER };
struct chance {
    uint64_t seed;
    uint32_t run;
};
/* 64 even bits. which: the service, need or strike; count: 0, 1, 2 … of the same. */
uint64_t chance_bits(struct chance, enum chance_use, uint32_t which, uint32_t count);
/* true in `of_ten_thousand` cases of 10,000. */
bool chance_hit(struct chance, enum chance_use, uint32_t which, uint32_t count, uint32_t of_ten_thousand);
/* A time; EXPONENTIAL to the nearest tick, at most TICK_MAX. */
tick chance_span(struct chance, enum chance_use, uint32_t which, uint32_t count, const struct span *);

/* The pieces, for tests and for those that draw once and ask twice. A span of bits: the smaller the bits, the longer is an EXPONENTIAL, the
 * shorter a UNIFORM one. */
tick chance_of(const struct span *, uint64_t bits);
/* -ln((bits | 1) / 2^64) · 2^56, never off by more than 2^-45 of one. */
uint64_t chance_minus_ln(uint64_t bits);
/* The time where nothing is drawn: UNIFORM its middle, rounded down; EXPONENTIAL its mean. */
tick chance_middle(const struct span *);

#endif
