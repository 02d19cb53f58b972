/* How the answers to several questions make the answer for the clause they serve. Pure. */
#include "standard/standard.h"

#include <assert.h>

/* The first of these that occurs among the answers is the answer: the most pressing one for "all", the kindest for
 * "any". */
static const enum answer all_order[] = {UNANSWERED, NOT_DONE, DONE, NO_OCCASION};
static const enum answer any_order[] = {DONE, UNANSWERED, NOT_DONE, NO_OCCASION};

enum answer question_rollup(bool any, const enum answer *answers, size_t n)
{
    assert(n > 0);
    const enum answer *order = any ? any_order : all_order;
    unsigned seen = 0;
    for (size_t i = 0; i < n; i++) seen |= 1U << answers[i];
    size_t at = 0;
    while (at < 3 && (seen & 1U << order[at]) == 0) at++;
    return order[at];
}
