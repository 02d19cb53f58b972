#include "web/notify.h"

#include <stddef.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/str.h"

void notify_manager(const char *state)
{
    const char *path = getenv("NOTIFY_SOCKET");
    struct sockaddr_un to = {.sun_family = AF_UNIX};
    size_t n = path == NULL ? 0 : strlen(path);
    if (n < 2 || n >= sizeof to.sun_path || (path[0] != '/' && path[0] != '@')) return;
    memcpy(to.sun_path, path, n);
    if (path[0] == '@') to.sun_path[0] = '\0'; /* the abstract name space */
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0) return;
    socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + n);
    (void)sendto(fd, state, strlen(state), MSG_NOSIGNAL, (const struct sockaddr *)&to, size);
    close(fd);
}

int64_t notify_watchdog(void)
{
    int64_t micro = 0, pid = 0;
    const char *whose = getenv("WATCHDOG_PID");
    if (!str_to_int(str_of(getenv("WATCHDOG_USEC")), &micro) || micro <= 0) return 0;
    if (whose != NULL && (!str_to_int(str_of(whose), &pid) || pid != getpid())) return 0;
    return micro / 2000 > 0 ? micro / 2000 : 1;
}
