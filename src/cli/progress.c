#include "cli/progress.h"

#include <inttypes.h>

#include "base/utf8.h"
#include "base/work.h"

enum { BAR = 24 };

double steady_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void add_bar(struct buf *b, const struct progress *p, int64_t done, int64_t total)
{
    int full = (int)((double)done / (double)total * BAR);
    buf_add(b, S(" ["));
    for (int i = 0; i < BAR; i++) buf_add(b, i < full ? (p->blocks ? S("█") : S("#")) : S(" "));
    buf_fmt(b, "] %3d%%", (int)((double)done / (double)total * 100));
}

static void add_left(struct buf *b, const struct progress *p, double left)
{
    int64_t s = (int64_t)(left + 0.5);
    str time = str_fmt(b->a, "%" PRId64 ":%02d", s / 60, (int)(s % 60));
    buf_add(b, S("  "));
    buf_add(b, tr_fill(b->a, p->lang, M("%1 left"), &time, 1));
}

str progress_line(struct arena *a, const struct progress *p, str what, int64_t done, int64_t total, double seconds)
{
    struct buf b = buf_in(a);
    if (done > total && total != 0) done = total;
    buf_add(&b, tr(p->lang, what));
    if (total > 0) add_bar(&b, p, done, total);
    double rate = seconds > 0 ? (double)done / seconds : 0;
    str speed = str_fmt(a, "%.0f", rate);
    if (rate > 0) {
        buf_add(&b, S("  "));
        buf_add(&b, tr_fill(a, p->lang, M("%1 a second"), &speed, 1));
    }
    if (rate > 0 && total > 0 && seconds >= 0.5) add_left(&b, p, (double)(total - done) / rate);
    int width;
    return utf8_fit(buf_str(&b), p->columns > 1 ? p->columns - 1 : 79, &width);
}

static bool same_work(const struct progress *p, str what)
{
    return str_eq(str_of(p->what), str_sub(what, 0, sizeof p->what - 1));
}

static void start(struct progress *p, str what, double now)
{
    what = str_sub(what, 0, sizeof p->what - 1);
    memcpy(p->what, what.p, what.n);
    p->what[what.n] = '\0';
    p->start = now;
}

void progress_tell(void *watcher, str what, int64_t done, int64_t total)
{
    struct progress *p = watcher;
    double now = steady_now();
    if (!same_work(p, what)) start(p, what, now);
    if (p->drawn != 0 && now - p->drawn < 0.2) return;
    struct arena *a = arena_new(0);
    str line = progress_line(a, p, what, done, total, now - p->start);
    fprintf(p->to, "\r\033[K%.*s", STR_ARG(line));
    fflush(p->to);
    arena_free(a);
    p->drawn = now;
}

void progress_erase(struct progress *p)
{
    if (p->drawn == 0) return;
    fputs("\r\033[K", p->to);
    fflush(p->to);
    p->drawn = 0;
}
