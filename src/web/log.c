#include "web/log.h"

#include <errno.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/lang.h"

struct line {
    char p[LOG_LINE_MAX];
    size_t n;
};

static void byte(struct line *l, char c)
{
    if (l->n < sizeof l->p - 8) l->p[l->n++] = c; /* room stays for the end of the line */
}

static void plain(struct line *l, str s)
{
    for (size_t i = 0; i < s.n; i++) byte(l, s.p[i]);
}

/* Control characters and what is no ASCII come as blanks: a log line is read by anything. */
static void quoted(struct line *l, str s)
{
    byte(l, '"');
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '"' || c == '\\') byte(l, '\\');
        byte(l, c < ' ' || c == 0x7f ? ' ' : c);
    }
    byte(l, '"');
}

static void number(struct line *l, int64_t n)
{
    char text[24];
    int wrote = snprintf(text, sizeof text, "%lld", (long long)n);
    plain(l, (str){text, (size_t)wrote});
}

static void milli(struct line *l, int64_t micro)
{
    char text[32];
    int wrote = snprintf(text, sizeof text, "%lld.%03lld", (long long)(micro / 1000), (long long)(micro % 1000));
    plain(l, (str){text, (size_t)wrote});
}

static void stamp(struct line *l)
{
    struct timeval now;
    struct tm t;
    gettimeofday(&now, NULL);
    gmtime_r(&now.tv_sec, &t);
    char text[64];
    size_t wrote = strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &t);
    plain(l, (str){text, wrote});
    int more = snprintf(text, sizeof text, ".%03dZ", (int)(now.tv_usec / 1000));
    plain(l, (str){text, (size_t)more});
}

static void field(struct line *l, const struct log_field *f)
{
    byte(l, ',');
    quoted(l, str_of(f->key));
    byte(l, ':');
    if (f->text.p != NULL)
        quoted(l, f->text);
    else if (f->text.n == 1)
        milli(l, f->i);
    else
        number(l, f->i);
}

static void out(int fd, str s)
{
    while (s.n != 0) {
        ssize_t wrote = write(fd, s.p, s.n);
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote <= 0) return; /* nobody listens; the service goes on */
        s = str_sub(s, (size_t)wrote, s.n);
    }
}

void log_flush(struct log *log)
{
    out(log->fd, (str){log->held, log->n});
    log->n = 0;
}

void log_line(struct log *log, enum log_level level, const char *event, const struct log_field *f, size_t n)
{
    static const char *const names[] = {"info", "warning", "error"};
    struct line l = {.n = 0};
    plain(&l, S("{\"time\":\""));
    stamp(&l);
    plain(&l, S("\",\"level\":"));
    quoted(&l, str_of(names[level]));
    plain(&l, S(",\"process\":"));
    quoted(&l, str_of(log->process));
    plain(&l, S(",\"event\":"));
    quoted(&l, str_of(event));
    for (size_t i = 0; i < n; i++) field(&l, &f[i]);
    l.p[l.n++] = '}';
    l.p[l.n++] = '\n';
    if (log->n + l.n > sizeof log->held) log_flush(log);
    memcpy(log->held + log->n, l.p, l.n);
    log->n += l.n;
    if (!log->holds || level == LOG_ERROR_LINE) log_flush(log);
}

void log_faults(struct log *log, const char *event, const struct work *w)
{
    for (int64_t i = 0; i < w->faults.count && i < FAULTS_SHOWN; i++) {
        const struct fault *f = &w->faults.first[i];
        log_event(log, LOG_ERROR_LINE, event, LOG_TEXT("reason", tr_fill(w->a, LANG_EN, f->id, f->arg, FAULT_ARGS)),
                  LOG_TEXT("where", f->where.file.p == NULL ? S("") : f->where.file));
    }
}
