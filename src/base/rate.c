#include "base/rate.h"

#include <inttypes.h>

struct rate rate_of_tenths(int32_t tenths)
{
    return (struct rate){.defined = true, .value = tenths / 1000.0, .tenths = tenths};
}

str rate_text(struct arena *a, struct rate r)
{
    if (!r.defined) return S("–");
    int32_t size = r.tenths < 0 ? -r.tenths : r.tenths;
    return str_fmt(a, "%s%" PRId32 ".%" PRId32, r.tenths < 0 ? "-" : "", size / 10, size % 10);
}
