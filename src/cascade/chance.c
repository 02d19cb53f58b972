#include "cascade/chance.h"

/* 128 bits: gcc's and clang's, no part of the language. */
__extension__ typedef unsigned __int128 wide;
__extension__ typedef __int128 wide_signed;

enum { LOG_BITS = 56 }; /* of the fraction, in -ln(u): 44.4 at most */
#define LN_2 UINT64_C(49946518145322873)     /* ln 2 · 2^56, rounded down */
#define ROOT_2 UINT64_C(6521908912666391106) /* √2 · 2^62, rounded down */

static uint64_t mixed(uint64_t z) /* the finalizer of splitmix64 (Steele, Lea and Flood 2014): one to one */
{
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

uint64_t chance_bits(struct chance c, enum chance_use use, uint32_t which, uint32_t count)
{
    uint64_t stream = mixed(c.seed + UINT64_C(0x9E3779B97F4A7C15) * (1 + ((uint64_t)use << 32 | c.run)));
    return mixed(mixed(stream + UINT64_C(0xD1B54A32D192ED03) * (1 + ((uint64_t)which << 32 | count))));
}

bool chance_hit(struct chance c, enum chance_use use, uint32_t which, uint32_t count, uint32_t of_ten_thousand)
{
    return (chance_bits(c, use, which, count) >> 32) * LEVEL_FULL >> 32 < of_ten_thousand;
}

/* ln m for m in √½ … √2, both with 62 bits of fraction: 2 artanh s = 2 (s + s³/3 + s⁵/5 + …) with s = (m - 1) / (m + 1), |s| < 0.172.
 * The ninth power of s² left out is less than 2^-48. */
static int64_t ln_near_one(uint64_t m)
{
    const uint64_t one = UINT64_C(1) << 62;
    bool below = m < one;
    uint64_t s = (uint64_t)((((wide)(below ? one - m : m - one)) << 62) / ((wide)m + one));
    uint64_t s2 = (uint64_t)(((wide)s * s) >> 62), sum = one / 19;
    for (int k = 17; k > 0; k -= 2) sum = one / (unsigned)k + (uint64_t)(((wide)sum * s2) >> 62);
    int64_t ln = (int64_t)(((wide)sum * s) >> 61);
    return below ? -ln : ln;
}

uint64_t chance_minus_ln(uint64_t bits)
{
    uint64_t v = bits | 1; /* u = v / 2^64 */
    int zeros = __builtin_clzll(v);
    uint64_t m = v << zeros >> 1; /* 1 … 2 */
    int halves = 1 + zeros;       /* u = m · 2^-halves */
    if (m > ROOT_2) {
        m >>= 1;
        halves--;
    }
    return (uint64_t)((int64_t)((uint64_t)halves * LN_2) - (ln_near_one(m) >> (62 - LOG_BITS)));
}

tick chance_of(const struct span *s, uint64_t bits)
{
    if (s->low == TICK_NEVER || s->kind == SPAN_FIXED) return s->low;
    if (s->kind == SPAN_UNIFORM) return s->low + (tick)((bits >> 32) * ((uint64_t)s->high - s->low + 1) >> 32);
    wide time = ((wide)chance_minus_ln(bits) * s->low + ((wide)1 << (LOG_BITS - 1))) >> LOG_BITS;
    return time > TICK_MAX ? TICK_MAX : (tick)time;
}

tick chance_span(struct chance c, enum chance_use use, uint32_t which, uint32_t count, const struct span *s)
{
    if (s->low == TICK_NEVER || s->kind == SPAN_FIXED) return s->low;
    return chance_of(s, chance_bits(c, use, which, count));
}

tick chance_middle(const struct span *s)
{
    return s->low == TICK_NEVER || s->kind != SPAN_UNIFORM ? s->low : s->low + (s->high - s->low) / 2;
}
