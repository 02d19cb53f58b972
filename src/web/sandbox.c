#include "web/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

void sandbox_begin(const char *name, int parent)
{
    prctl(PR_SET_NAME, name);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(1); /* it died before it could be asked for */
    const struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0);
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

bool sandbox_db_is_file(str db)
{
    return !str_starts(db, S("postgres")) && str_find(db, S("host=")) < 0 && str_find(db, S("dbname=")) < 0;
}

/* ---- landlock ---- */

/* Rights newer than the header of Debian 12: the kernel's documentation, userspace-api/landlock. */
#ifndef LANDLOCK_ACCESS_FS_REFER
#define LANDLOCK_ACCESS_FS_REFER (1ULL << 13)
#endif
#ifndef LANDLOCK_ACCESS_FS_TRUNCATE
#define LANDLOCK_ACCESS_FS_TRUNCATE (1ULL << 14)
#endif
enum { FIRST_RIGHTS = 13 }; /* those of version 1 */
static const uint64_t may_read = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
static const uint64_t may_spool = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE |
                                  LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_TRUNCATE;
static const uint64_t may_change = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR |
                                   LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG |
                                   LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_TRUNCATE;

static uint64_t known_rights(int version)
{
    uint64_t rights = (1ULL << FIRST_RIGHTS) - 1;
    if (version >= 2) rights |= LANDLOCK_ACCESS_FS_REFER;
    if (version >= 3) rights |= LANDLOCK_ACCESS_FS_TRUNCATE;
    return rights;
}

static bool allow(int rules, const char *path, uint64_t rights)
{
    int fd = open(path, O_PATH | O_CLOEXEC);
    if (fd < 0) return errno == ENOENT; /* what is not there needs no right */
    struct landlock_path_beneath_attr rule = {.allowed_access = rights, .parent_fd = fd};
    bool added = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
    close(fd);
    return added;
}

/* The folder a path stands in, as a path. */
static void folder_of(str path, char out[4096])
{
    size_t n = path.n;
    while (n > 0 && path.p[n - 1] != '/') n--;
    if (n == 0)
        snprintf(out, 4096, ".");
    else
        snprintf(out, 4096, "%.*s", (int)n, path.p);
}

static bool allow_places(int rules, const struct sandbox *s, uint64_t known)
{
    static const char *const system[] = {"/etc", "/usr", "/lib", "/run/systemd/resolve", "/dev/urandom", "/dev/null"};
    bool ok = s->spool == NULL || allow(rules, s->spool, may_spool & known);
    if (s->place == AT_FRONT) return ok;
    bool file = sandbox_db_is_file(s->db);
    char folder[4096];
    folder_of(s->db, folder);
    bool writes = s->place == AT_WRITER || s->place == AT_TASK || s->place == AT_NET;
    if (file) ok = allow(rules, folder, (writes ? may_change : may_read) & known) && ok;
    if (file && s->place != AT_NET) return ok;
    /* names and certificates: what libpq and libcurl read */
    for (size_t i = 0; i < sizeof system / sizeof system[0]; i++) {
        bool folder_like = i < 4;
        ok = allow(rules, system[i], folder_like ? may_read : LANDLOCK_ACCESS_FS_READ_FILE) && ok;
    }
    return ok;
}

static const char *close_folders(const struct sandbox *s)
{
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (version < 1) return "this kernel has no landlock: folders are not closed";
    uint64_t known = known_rights((int)version);
    struct landlock_ruleset_attr attr = {.handled_access_fs = known};
    long rules = syscall(SYS_landlock_create_ruleset, &attr, sizeof attr, 0);
    if (rules < 0) return "landlock refused its rules: folders are not closed";
    bool ok = allow_places((int)rules, s, known) && syscall(SYS_landlock_restrict_self, (int)rules, 0) == 0;
    close((int)rules);
    return ok ? NULL : "landlock refused a rule: folders are not closed";
}

/* ---- seccomp ---- */

#define CALL(name) SCMP_SYS(name)
enum { LIST_END = -100000 };

/* Everybody: memory, time, descriptors that are open already, messages. */
static const int common[] = {CALL(read),
                             CALL(write),
                             CALL(readv),
                             CALL(writev),
                             CALL(pread64),
                             CALL(pwrite64),
                             CALL(close),
                             CALL(fstat),
                             CALL(lseek),
                             CALL(mmap),
                             CALL(munmap),
                             CALL(mprotect),
                             CALL(mremap),
                             CALL(madvise),
                             CALL(brk),
                             CALL(futex),
                             CALL(clock_gettime),
                             CALL(clock_nanosleep),
                             CALL(nanosleep),
                             CALL(gettimeofday),
                             CALL(time),
                             CALL(getpid),
                             CALL(gettid),
                             CALL(getppid),
                             CALL(getrandom),
                             CALL(epoll_create1),
                             CALL(epoll_ctl),
                             CALL(epoll_wait),
                             CALL(epoll_pwait),
                             CALL(poll),
                             CALL(ppoll),
                             CALL(select),
                             CALL(pselect6),
                             CALL(recvmsg),
                             CALL(sendmsg),
                             CALL(recvfrom),
                             CALL(sendto),
                             CALL(shutdown),
                             CALL(accept),
                             CALL(accept4),
                             CALL(getsockopt),
                             CALL(setsockopt),
                             CALL(getsockname),
                             CALL(getpeername),
                             CALL(fcntl),
                             CALL(memfd_create),
                             CALL(ftruncate),
                             CALL(sendfile),
                             CALL(exit),
                             CALL(exit_group),
                             CALL(rt_sigreturn),
                             CALL(rt_sigaction),
                             CALL(rt_sigprocmask),
                             CALL(sigaltstack),
                             CALL(restart_syscall),
                             CALL(sched_yield),
                             CALL(sched_getaffinity),
                             CALL(getrusage),
                             CALL(sysinfo),
                             CALL(uname),
                             CALL(dup),
                             CALL(ioctl),
                             CALL(getuid),
                             CALL(geteuid),
                             CALL(getgid),
                             CALL(getegid),
                             CALL(membarrier),
                             CALL(rseq),
                             CALL(prlimit64),
                             CALL(getrlimit),
                             CALL(tgkill),
                             LIST_END};
/* Files, for those who have the store or a spool. */
static const int files[] = {
    CALL(open),      CALL(openat),          CALL(access),    CALL(faccessat),  CALL(faccessat2), CALL(stat),
    CALL(lstat),     CALL(newfstatat),      CALL(statx),     CALL(unlink),     CALL(unlinkat),   CALL(fsync),
    CALL(fdatasync), CALL(sync_file_range), CALL(fallocate), CALL(fchmod),     CALL(fchown),     CALL(getcwd),
    CALL(readlink),  CALL(readlinkat),      CALL(flock),     CALL(getdents64), CALL(statfs),     CALL(fstatfs),
    CALL(utimensat), CALL(umask),           CALL(pipe2),     CALL(eventfd2),   LIST_END};
/* Whoever talks to a server: libpq, libcurl (whose look-up of names runs in a thread). */
static const int network[] = {CALL(socket),          CALL(socketpair),
                              CALL(connect),         CALL(bind),
                              CALL(sendmmsg),        CALL(recvmmsg),
                              CALL(clone),           CALL(clone3),
                              CALL(set_robust_list), CALL(rt_sigtimedwait),
                              CALL(mlock),           CALL(prctl),
                              CALL(set_tid_address), LIST_END};
/* Nobody, ever: the attempt is an attack, and ends the process. All else that is not listed fails with EPERM: libraries
 * try things they can do without, and a process killed for that minutes later would be worse than the call. */
static const int deadly[] = {
    CALL(execve), CALL(execveat),    CALL(ptrace),       CALL(process_vm_readv), CALL(process_vm_writev),
    CALL(mount),  CALL(init_module), CALL(finit_module), CALL(kexec_load),       CALL(bpf),
    CALL(setuid), CALL(setgid),      CALL(chroot),       CALL(pivot_root),       CALL(unshare),
    CALL(setns),  LIST_END};

static int add_all(scmp_filter_ctx filter, uint32_t action, const int *calls)
{
    int failed = 0;
    for (; *calls != LIST_END; calls++) failed |= seccomp_rule_add(filter, action, *calls, 0) < 0;
    return failed;
}

/* fstat(2) as the C library does it: of an open descriptor, not of a name. */
static int only_fstat(scmp_filter_ctx filter)
{
    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(newfstatat), 1,
                            SCMP_A3(SCMP_CMP_MASKED_EQ, AT_EMPTY_PATH, AT_EMPTY_PATH)) < 0;
}

/* The front opens nothing by name but files without one in its spool, through the descriptor it was given. */
static int front_spool(scmp_filter_ctx filter, int spool_fd)
{
    if (spool_fd < 0) return 0;
    return seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(openat), 2, SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)spool_fd),
                            SCMP_A2(SCMP_CMP_MASKED_EQ, O_TMPFILE, O_TMPFILE)) < 0;
}

static const char *close_calls(const struct sandbox *s)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    if (filter == NULL) return "seccomp cannot begin: calls are not closed";
    int failed = add_all(filter, SCMP_ACT_ALLOW, common) | add_all(filter, SCMP_ACT_KILL_PROCESS, deadly);
    if (s->place == AT_FRONT)
        failed |= front_spool(filter, s->spool_fd) | only_fstat(filter);
    else
        failed |= add_all(filter, SCMP_ACT_ALLOW, files);
    bool talks = s->place == AT_NET || (s->place != AT_FRONT && !sandbox_db_is_file(s->db));
    if (talks) failed |= add_all(filter, SCMP_ACT_ALLOW, network);
    failed |= seccomp_load(filter) < 0;
    seccomp_release(filter);
    return failed ? "seccomp refused its rules: calls are not closed" : NULL;
}

void sandbox_close(const struct sandbox *s, struct log *log)
{
    const char *const troubles[] = {close_folders(s), close_calls(s)};
    for (size_t i = 0; i < sizeof troubles / sizeof troubles[0]; i++)
        if (troubles[i] != NULL) log_event(log, LOG_WARN_LINE, "sandbox", LOG_TEXT("reason", str_of(troubles[i])));
}
