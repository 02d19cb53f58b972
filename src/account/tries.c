#include "account/tries.h"

#include <arpa/inet.h>

#include "base/hash.h"

str net_of(struct arena *a, str peer)
{
    unsigned char six[16];
    if (inet_pton(AF_INET6, str_c(a, peer), six) != 1) return peer;
    static const unsigned char mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    if (memcmp(six, mapped, sizeof mapped) == 0)
        return str_fmt(a, "%d.%d.%d.%d", six[12], six[13], six[14], six[15]);
    return hex_of(a, (str){(const char *)six, 8});
}

static str key_of(struct arena *a, const char *kind, str user, str peer)
{
    return sha256_hex(a, str_fmt(a, "%s\n%.*s\n%.*s", kind, STR_ARG(user), STR_ARG(net_of(a, peer))));
}

str pair_key(struct arena *a, str user, str peer) { return key_of(a, "pair", user, peer); }
str net_key(struct arena *a, str peer) { return key_of(a, "net", S(""), peer); }
str known_key(struct arena *a, str user, str peer) { return key_of(a, "known", user, peer); }

int64_t wait_left(struct tries t, int64_t free, int64_t most, int64_t now)
{
    if (t.n < free || now - t.at >= TRIES_FORGOTTEN) return 0;
    int64_t doublings = t.n - free, wait = doublings < 16 ? (int64_t)1 << doublings : most;
    if (wait > most) wait = most;
    int64_t left = t.at + wait - now;
    return left < 0 ? 0 : left;
}

struct tries tried_again(struct tries t, int64_t now)
{
    return now - t.at >= TRIES_FORGOTTEN ? (struct tries){1, now} : (struct tries){t.n + 1, now};
}
