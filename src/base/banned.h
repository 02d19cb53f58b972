/* Calls that do not compile here: they overflow, are not safe to re-enter, or depend on a process-wide locale.
 * Included by the build in front of every file of ours. */
#ifndef MEGURI_BASE_BANNED_H
#define MEGURI_BASE_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#pragma GCC poison strcpy strcat sprintf vsprintf strncpy strncat strtok gets gmtime localtime ctime asctime atoi atol atof

#endif
