#include "base/trouble.h"

#include <stdlib.h>

static int64_t asked, due = -1;

void trouble_at(int64_t n)
{
    asked = 0;
    due = n;
}

int64_t trouble_questions(void) { return asked; }

bool trouble_here(void)
{
    if (due < 0) {
        const char *n = getenv("MEGURI_TROUBLE");
        due = n == NULL ? 0 : strtoll(n, NULL, 10);
    }
    return ++asked == due;
}
