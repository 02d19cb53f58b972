#include "face/out.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/trouble.h"

static bool trouble(void)
{
    if (!trouble_here()) return false;
    errno = EIO;
    return true;
}

static void failed(struct out *o)
{
    if (!o->failed) o->why = errno;
    o->failed = true;
}

void out_put(struct out *o, str s)
{
    if (s.n == 0 || o->failed) return;
    if (trouble() || !(o->put != NULL ? o->put(o, s) : fwrite(s.p, 1, s.n, o->to) == s.n)) failed(o);
}

void out_c(struct out *o, const char *c) { out_put(o, str_of(c)); }

void out_blanks(struct out *o, int n)
{
    for (; n > 0; n--) out_put(o, S(" "));
}

bool out_flush(struct out *o)
{
    if (trouble() || (o->to != NULL && fflush(o->to) != 0)) failed(o);
    return !o->failed;
}

static enum err cannot(struct work *w, const char *path, int why)
{
    return fault_in(w, why == ENOSPC || why == EDQUOT || why == EIO ? BUSY : INVALID,
                    ((struct where){.file = str_of(path)}), M("cannot be written: %1"), str_of(strerror(why)));
}

static const char *folder_of(struct arena *a, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (slash == NULL) return ".";
    return str_c(a, (str){path, slash == path ? 1 : (size_t)(slash - path)});
}

static enum err open_straight(struct work *w, const char *path, struct out_file *f)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0) return cannot(w, path, errno);
    *f = (struct out_file){.out.to = fdopen(fd, "wb"), .path = path};
    if (f->out.to != NULL) return OK;
    close(fd);
    return cannot(w, path, errno);
}

static const char *name_beside(struct arena *a, const char *path)
{
    unsigned char bytes[8];
    random_bytes(bytes, sizeof bytes);
    str hex = hex_of(a, (str){(const char *)bytes, sizeof bytes});
    return str_c(a, str_fmt(a, "%s.%.*s", path, STR_ARG(hex)));
}

static enum err open_beside(struct work *w, const char *given, const char *target, struct out_file *f)
{
    const char *temporary = name_beside(w->a, target);
    int fd = trouble() ? -1 : open(folder_of(w->a, target), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666);
    bool nameless = fd >= 0;
    if (!nameless && (errno == EOPNOTSUPP || errno == EISDIR || errno == ENOENT))
        fd = open(temporary, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);
    if (fd < 0) return cannot(w, given, errno);
    FILE *to = fdopen(fd, "wb");
    if (to == NULL) {
        int why = errno;
        close(fd);
        if (!nameless) unlink(temporary);
        return cannot(w, given, why);
    }
    *f = (struct out_file){.out.to = to, .path = target, .temporary = temporary, .nameless = nameless};
    return OK;
}

enum err out_file_open(struct work *w, str path, struct out_file *f)
{
    struct stat st;
    const char *given = str_c(w->a, path);
    if (stat(given, &st) == 0 && !S_ISREG(st.st_mode)) return open_straight(w, given, f);
    char *real = realpath(given, NULL); /* a link keeps pointing where it did */
    const char *target = real == NULL ? given : str_c(w->a, str_of(real));
    free(real);
    return open_beside(w, given, target, f);
}

static bool sync_folder(struct arena *a, const char *path)
{
    int fd = open(folder_of(a, path), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return false;
    bool done = fsync(fd) == 0 || errno == EINVAL; /* some file systems have no sync for folders */
    close(fd);
    return done;
}

static bool give_name(struct out_file *f)
{
    char self[64];
    if (!f->nameless) return true;
    snprintf(self, sizeof self, "/proc/self/fd/%d", fileno(f->out.to));
    if (trouble() || linkat(AT_FDCWD, self, AT_FDCWD, f->temporary, AT_SYMLINK_FOLLOW) != 0) return false;
    f->nameless = false;
    return true;
}

/* errno tells why when it answers false. */
static bool keep(struct arena *a, struct out_file *f)
{
    if (trouble() || fsync(fileno(f->out.to)) != 0 || !give_name(f)) return false;
    return !trouble() && rename(f->temporary, f->path) == 0 && sync_folder(a, f->path);
}

enum err out_file_keep(struct work *w, struct out_file *f)
{
    bool whole = out_flush(&f->out);
    int why = f->out.why;
    if (whole && f->temporary != NULL && !keep(w->a, f)) {
        why = errno;
        whole = false;
    }
    if (whole) return fclose(f->out.to) == 0 ? OK : cannot(w, f->path, errno);
    out_file_drop(f);
    return cannot(w, f->path, why);
}

void out_file_drop(struct out_file *f)
{
    fclose(f->out.to);
    if (f->temporary != NULL && !f->nameless) unlink(f->temporary);
}
