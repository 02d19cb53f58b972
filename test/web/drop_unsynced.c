/* What a power cut leaves: LD_PRELOAD of a server whose database is a file of SQLite.
 *
 * Beside the database and its WAL a second file is kept, NAME.safe, that holds what was synced and nothing else: a block
 * written to is only marked; fsync and fdatasync of the file copy the marked ones over, before they return. After all
 * processes were killed the .safe files are what a disk that had kept back everything unsynced would hold (durable.py
 * mixes blocks of both as well: a disk may keep any of them).
 *
 * The marks are shared by all processes of the server (it forks and never executes), since one's sync makes durable what
 * another wrote. Only calls are made that the sandbox of who writes allows anyway.
 *
 * DROP_UNSYNCED names the database. NAME.safe must be there from the beginning, as a copy. With DROP_DEAF syncs keep
 * nothing: for a control, which has to find acts missing. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { BLOCK = 4096, BLOCKS = 1 << 18 /* 1 GB a file */, FILES = 2, DESCRIPTORS = 1024 };

static struct marks {
    _Atomic unsigned char dirty[FILES][BLOCKS];
} *marks;
static char name[FILES][4096];
static int safe[FILES] = {-1, -1};       /* in this process; opened with the first open of the file, before the sandbox */
static signed char file_of[DESCRIPTORS]; /* 1 + which file */
static pid_t owner;
static bool deaf;

static ssize_t (*real_pwrite64)(int, const void *, size_t, off64_t);
static ssize_t (*real_write)(int, const void *, size_t);
static int (*real_ftruncate64)(int, off64_t);
static int (*real_fdatasync)(int), (*real_fsync)(int), (*real_close)(int);
static int (*real_open64)(const char *, int, ...);

static void *real(const char *symbol)
{
    void *found = dlsym(RTLD_NEXT, symbol);
    if (found == NULL) abort();
    return found;
}

__attribute__((constructor)) static void begin(void)
{
    *(void **)&real_pwrite64 = real("pwrite64");
    *(void **)&real_write = real("write");
    *(void **)&real_ftruncate64 = real("ftruncate64");
    *(void **)&real_fdatasync = real("fdatasync");
    *(void **)&real_fsync = real("fsync");
    *(void **)&real_close = real("close");
    *(void **)&real_open64 = real("open64");
    const char *db = getenv("DROP_UNSYNCED");
    deaf = getenv("DROP_DEAF") != NULL;
    if (db == NULL) return;
    snprintf(name[0], sizeof name[0], "%s", db);
    snprintf(name[1], sizeof name[1], "%s-wal", db);
    void *shared = mmap(NULL, sizeof *marks, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    marks = shared == MAP_FAILED ? NULL : shared;
}

/* Descriptors of the process before the fork are closed without being told one by one. */
static void begin_process(void)
{
    if (owner == getpid()) return;
    owner = getpid();
    memset(file_of, 0, sizeof file_of);
    for (int f = 0; f < FILES; f++) safe[f] = -1;
}

static int known(int fd)
{
    begin_process();
    return marks == NULL || fd < 0 || fd >= DESCRIPTORS ? -1 : file_of[fd] - 1;
}

int open64(const char *path, int flags, ...)
{
    va_list rest;
    va_start(rest, flags);
    int fd = real_open64(path, flags, va_arg(rest, int));
    va_end(rest);
    begin_process();
    if (fd < 0 || fd >= DESCRIPTORS) return fd;
    file_of[fd] = 0;
    for (int f = 0; marks != NULL && f < FILES; f++) {
        if (strcmp(path, name[f]) != 0) continue;
        char other[4200];
        snprintf(other, sizeof other, "%s.safe", path);
        if (safe[f] < 0) safe[f] = real_open64(other, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        file_of[fd] = (signed char)(f + 1);
    }
    return fd;
}

int close(int fd)
{
    if (fd >= 0 && fd < DESCRIPTORS) file_of[fd] = 0;
    return real_close(fd);
}

static void mark(int f, off64_t at, size_t n)
{
    for (off64_t b = at / BLOCK; n != 0 && b <= (at + (off64_t)n - 1) / BLOCK && b < BLOCKS; b++) marks->dirty[f][b] = 1;
}

/* Marked before, and once more after: a sync of another process in between may have seen the block as it was. */
ssize_t pwrite64(int fd, const void *p, size_t n, off64_t at)
{
    int f = known(fd);
    if (f >= 0) mark(f, at, n);
    ssize_t wrote = real_pwrite64(fd, p, n, at);
    if (f >= 0) mark(f, at, n);
    return wrote;
}

int ftruncate64(int fd, off64_t n)
{
    int f = known(fd);
    if (f >= 0) mark(f, n, BLOCK);
    return real_ftruncate64(fd, n);
}

static void keep_block(int f, int fd, off64_t b)
{
    char bytes[BLOCK];
    ssize_t n = pread64(fd, bytes, sizeof bytes, b * BLOCK);
    if (n > 0 && real_pwrite64(safe[f], bytes, (size_t)n, b * BLOCK) != n) abort();
}

static void keep(int fd)
{
    int f = known(fd);
    struct stat64 s;
    if (f < 0) return;
    if (safe[f] < 0 || fstat64(fd, &s) != 0) abort();
    if (real_ftruncate64(safe[f], s.st_size) != 0) abort();
    for (off64_t b = 0; b < BLOCKS && b * BLOCK < s.st_size; b++) {
        unsigned char copying = 2; /* killed meanwhile it stays marked; written to meanwhile it is marked anew */
        if (marks->dirty[f][b] == 0) continue;
        marks->dirty[f][b] = copying;
        keep_block(f, fd, b);
        atomic_compare_exchange_strong(&marks->dirty[f][b], &copying, 0);
    }
}

/* A disk that takes its time: most cuts fall between a write and its sync. */
static int slowly(int fd, int (*sync)(int))
{
    if (known(fd) >= 0) nanosleep(&(struct timespec){.tv_nsec = 3000000}, NULL);
    int rc = sync(fd);
    if (rc == 0 && !deaf) keep(fd);
    return rc;
}

int fdatasync(int fd) { return slowly(fd, real_fdatasync); }
int fsync(int fd) { return slowly(fd, real_fsync); }
