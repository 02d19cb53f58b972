#include "face/branches.h"

static int within(int depth) { return depth < 0 ? 0 : depth > BRANCHES_DEEP ? BRANCHES_DEEP : depth; }

void branches_find(const int *depth, size_t n, uint32_t *more)
{
    uint32_t open = 0;
    for (size_t i = n; i-- > 0;) {
        int d = within(depth[i]);
        more[i] = open;
        open = (open & ((UINT32_C(1) << d) - 1)) | UINT32_C(1) << d;
    }
}

void branches_add(struct buf *b, int depth, uint32_t more, int columns, bool head)
{
    int d = within(depth), first = d - columns / 2 + 1;
    for (int step = first < 1 ? 1 : first; step <= d; step++) {
        bool on = (more & UINT32_C(1) << step) != 0;
        if (step < d || !head) buf_add(b, on ? S("│ ") : S("  "));
        else buf_add(b, on ? S("├ ") : S("└ "));
    }
    for (int used = 2 * (first < 1 ? d : columns / 2); used < columns; used++) buf_byte(b, ' ');
}
