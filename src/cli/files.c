#include "cli/files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/trouble.h"
#include "base/utf8.h"

static struct where in_file(str path) { return (struct where){.file = path}; }

static enum err cannot_read(struct work *w, str path)
{
    return fault_in(w, BUSY, in_file(path), M("cannot be read: %1"), str_of(strerror(errno)));
}

struct mapped {
    void *p;
    size_t n;
};

static void unmap(void *what)
{
    struct mapped *m = what;
    munmap(m->p, m->n);
}

static enum err map_file(struct work *w, int fd, int64_t size, str path, str *out)
{
    if (size == 0) {
        *out = S("");
        return OK;
    }
    struct mapped *m = arena_alloc(w->a, sizeof *m);
    m->n = (size_t)size;
    m->p = trouble_here() ? MAP_FAILED : mmap(NULL, m->n, PROT_READ, MAP_PRIVATE, fd, 0);
    if (m->p == MAP_FAILED) return cannot_read(w, path);
    madvise(m->p, m->n, MADV_SEQUENTIAL);
    arena_closer(w->a, unmap, m);
    *out = (str){m->p, m->n};
    return OK;
}

/* A nameless copy that nobody else can change or cut short while it is read: what was hashed is what is imported. */
static int copy_of(int fd)
{
    const char *dir = getenv("TMPDIR");
    int to = open(dir == NULL ? "/tmp" : dir, O_TMPFILE | O_RDWR | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (to < 0) to = memfd_create("meguri", MFD_CLOEXEC); /* a file system without nameless files */
    ssize_t n = 1;
    while (to >= 0 && n > 0) {
        n = trouble_here() ? (errno = EIO, -1) : sendfile(to, fd, NULL, 1 << 30);
        if (n < 0 && errno == EINTR) n = 1;
    }
    if (to < 0 || n == 0) return to;
    int why = errno;
    close(to);
    errno = why;
    return -1;
}

static enum err map_copy(struct work *w, int fd, int64_t size, str path, str *out)
{
    if (size > FILE_BYTES_MAX) return fault_in(w, INVALID, in_file(path), M("longer than 4 GiB"));
    struct stat st;
    int copy = copy_of(fd);
    if (copy < 0) return cannot_read(w, path);
    enum err err = fstat(copy, &st) == 0 ? map_file(w, copy, st.st_size, path, out) : cannot_read(w, path);
    close(copy);
    return err;
}

static enum err read_pipe(struct work *w, int fd, str path, str *out)
{
    struct buf b = buf_in(w->a);
    static char piece[64 * 1024];
    for (;;) {
        ssize_t n = trouble_here() ? (errno = EIO, -1) : read(fd, piece, sizeof piece);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return cannot_read(w, path);
        if (n == 0) break;
        if (b.n + (size_t)n > PIPE_BYTES_MAX)
            return fault_in(w, INVALID, in_file(path), M("more than 256 MiB through a pipe: save it as a file first"));
        buf_add(&b, (str){piece, (size_t)n});
    }
    *out = buf_str(&b);
    return OK;
}

static enum err take(struct work *w, int fd, str path, str *out)
{
    struct stat st;
    if (fstat(fd, &st) != 0) return cannot_read(w, path);
    if (S_ISREG(st.st_mode) && lseek(fd, 0, SEEK_CUR) == 0) return map_copy(w, fd, st.st_size, path, out);
    if (S_ISREG(st.st_mode) || S_ISFIFO(st.st_mode) || S_ISCHR(st.st_mode) || S_ISSOCK(st.st_mode))
        return read_pipe(w, fd, path, out);
    return fault_in(w, INVALID, in_file(path), M("neither a file nor a pipe"));
}

enum err file_take(struct work *w, str path, struct file *out)
{
    bool standard = str_eq(path, S("-"));
    str name = utf8_safe(w->a, path);
    int fd = standard ? STDIN_FILENO : open(str_c(w->a, path), O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return fault_in(w, errno == ENOENT ? NOTFOUND : INVALID, in_file(name), M("cannot be opened: %1"),
                        str_of(strerror(errno)));
    str bytes;
    enum err err = take(w, fd, name, &bytes);
    if (!standard) close(fd);
    if (err != OK) return err;
    *out = (struct file){.name = name, .bytes = bytes, .sha256 = sha256_hex(w->a, bytes)};
    return OK;
}
