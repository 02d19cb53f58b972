/* Places where the world can fail, made to fail on purpose by the tests.
 *
 * Every allocation, statement, write, sync and rename asks trouble_here() first. It says yes for the n-th question
 * when MEGURI_TROUBLE=n stands in the environment, and never otherwise. Declared harmless: none. */
#ifndef MEGURI_BASE_TROUBLE_H
#define MEGURI_BASE_TROUBLE_H

#include <stdbool.h>
#include <stdint.h>

bool trouble_here(void);
void trouble_at(int64_t n);    /* for tests in-process: fail the n-th question from now; 0 never */
int64_t trouble_questions(void); /* asked since trouble_at or the start */

#endif
