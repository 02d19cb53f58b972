/* The parent: opens the socket, forks all others, replaces those that die, ends them in order. It reads nothing that
 * comes from outside. */
#ifndef MEGURI_WEB_SERVE_PARENT_H
#define MEGURI_WEB_SERVE_PARENT_H

#include "web/exchange.h"

/* Serves until SIGTERM or SIGINT. BUSY when it had to give up. The store's schema is in order already. */
enum err serve_until_told(struct work *w, struct serving *, int readers, int listening) MUST_USE;

/* serve_listen.c: opens the socket of serving->listen; fills in serving->url where none was given. */
enum err serve_listen(struct work *w, struct serving *, int *fd) MUST_USE;
void serve_unlisten(struct work *w, const struct serving *); /* a socket with a name goes */

#endif
