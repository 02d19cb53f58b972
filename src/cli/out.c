#include "cli/out.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/trouble.h"

void out_put(struct out *o, str s)
{
    if (s.n == 0 || o->failed) return;
    if (trouble_here() || fwrite(s.p, 1, s.n, o->to) != s.n) o->failed = true;
}

void out_c(struct out *o, const char *c) { out_put(o, str_of(c)); }

void out_blanks(struct out *o, int n)
{
    for (; n > 0; n--) out_put(o, S(" "));
}

bool out_flush(struct out *o)
{
    if (trouble_here() || fflush(o->to) != 0) o->failed = true;
    return !o->failed;
}

static enum err cannot(struct work *w, const char *path)
{
    return fault_in(w, errno == ENOSPC || errno == EDQUOT ? BUSY : INVALID, ((struct where){.file = str_of(path)}),
                    M("cannot be written: %1"), str_of(strerror(errno)));
}

static enum err open_straight(struct work *w, const char *path, struct out_file *f)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0) return cannot(w, path);
    *f = (struct out_file){.out.to = fdopen(fd, "wb"), .path = path};
    if (f->out.to != NULL) return OK;
    close(fd);
    return cannot(w, path);
}

/* mkostemp makes files for the owner alone; the user's umask is what they asked for. */
static void open_to_umask(int fd)
{
    mode_t mask = umask(0);
    umask(mask);
    if (fchmod(fd, 0666 & ~mask) != 0) return; /* stays private: nothing is lost */
}

enum err out_file_open(struct work *w, str path, struct out_file *f)
{
    struct stat st;
    const char *given = str_c(w->a, path);
    if (stat(given, &st) == 0 && !S_ISREG(st.st_mode)) return open_straight(w, given, f);
    char *real = realpath(given, NULL); /* a link keeps pointing where it did */
    const char *target = real == NULL ? given : str_c(w->a, str_of(real));
    free(real);
    char *temporary = arena_alloc(w->a, strlen(target) + sizeof ".XXXXXX");
    snprintf(temporary, strlen(target) + sizeof ".XXXXXX", "%s.XXXXXX", target);
    int fd = mkostemp(temporary, O_CLOEXEC);
    if (fd < 0) return cannot(w, given);
    open_to_umask(fd);
    FILE *to = fdopen(fd, "wb");
    if (to != NULL) {
        *f = (struct out_file){.out.to = to, .path = target, .temporary = temporary};
        return OK;
    }
    close(fd);
    unlink(temporary);
    return cannot(w, given);
}

static bool sync_folder(struct arena *a, const char *path)
{
    int fd = open(dirname((char *)(uintptr_t)str_c(a, str_of(path))), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return false;
    bool done = fsync(fd) == 0 || errno == EINVAL; /* some file systems have no sync for folders */
    close(fd);
    return done;
}

enum err out_file_keep(struct work *w, struct out_file *f)
{
    bool whole = out_flush(&f->out);
    if (f->temporary == NULL) {
        if (fclose(f->out.to) != 0) whole = false;
        return whole ? OK : cannot(w, f->path);
    }
    whole = whole && !trouble_here() && fsync(fileno(f->out.to)) == 0;
    if (fclose(f->out.to) != 0) whole = false;
    whole = whole && !trouble_here() && rename(f->temporary, f->path) == 0;
    if (whole && sync_folder(w->a, f->path)) return OK;
    enum err err = cannot(w, f->path);
    if (!whole) unlink(f->temporary);
    return err;
}

void out_file_drop(struct out_file *f)
{
    fclose(f->out.to);
    if (f->temporary != NULL) unlink(f->temporary);
}
