/* Tells the service manager how it stands (sd_notify(3)), in some thirty lines instead of a library. */
#ifndef MEGURI_WEB_NOTIFY_H
#define MEGURI_WEB_NOTIFY_H

#include <stdint.h>

void notify_manager(const char *state); /* "READY=1"; does nothing where no manager asked */
int64_t notify_watchdog(void); /* milliseconds between two WATCHDOG=1, half of what was asked; 0: none wanted */

#endif
