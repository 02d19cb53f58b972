/* What waits for the acting post in its organisation, for the home page. */
#include "share/contacts.h"
#include "share/inbox_store.h"
#include "share/report.h"
#include "share/share.h"

struct waiting_told {
    share_waiting_fn *fn;
    void *to;
    size_t n;
};

static enum err tell(struct waiting_told *t, const struct share_waiting *x)
{
    if (t->n == SHARE_WAITING_MAX) return OK;
    t->n++;
    return t->fn(t->to, x);
}

/* TLP:RED: that there is one. */
static str words(const struct lying *x, bool named) { return x->marking.tlp == TLP_RED && !named ? x->code : x->title; }

static enum err notices_wait(struct work *w, const struct party *p, struct waiting_told *t)
{
    struct lying *x;
    size_t n;
    bool named;
    enum err e = notice_named(w, p, &named);
    if (e == OK) e = inbox_open(w, p->org, SHARE_WAITING_MAX, &x, &n);
    if (e != OK) return e;
    for (size_t i = 0; i < n && e == OK; i++)
        e = tell(t, &(struct share_waiting){.what = S("confirm"),
                                            .code = x[i].code,
                                            .title = words(&x[i], named),
                                            .urgency = x[i].urgency,
                                            .drill = x[i].drill,
                                            .overdue = ack_overdue(x[i].ack, x[i].due, w->now),
                                            .n = 1,
                                            .due = x[i].due});
    if (e == OK) e = inbox_to_pass(w, p->org, SHARE_WAITING_MAX, &x, &n);
    for (size_t i = 0; i < n && e == OK; i++)
        e = tell(t, &(struct share_waiting){.what = S("pass"),
                                            .code = x[i].code,
                                            .title = words(&x[i], named),
                                            .urgency = x[i].urgency,
                                            .drill = x[i].drill,
                                            .n = x[i].n});
    return e;
}

static enum err reports_wait(struct work *w, const struct party *p, struct waiting_told *t)
{
    static const str what[REPORT_WAITS] = {[REPORT_TO_READ] = S_INIT("report"),
                                           [REPORT_TO_PASS] = S_INIT("report-pass"),
                                           [REPORT_CONSENT] = S_INIT("consent")};
    struct share_report_waiting x[REPORT_WAITS];
    enum err e = share_report_waits(w, p, x);
    for (int i = 0; i < REPORT_WAITS && e == OK; i++)
        if (x[i].n != 0)
            e = tell(t, &(struct share_waiting){
                            .what = what[i], .code = x[i].code, .title = x[i].title, .drill = x[i].drill, .n = x[i].n});
    return e;
}

enum err share_waits(struct work *w, share_waiting_fn *fn, void *to)
{
    struct waiting_told t = {.fn = fn, .to = to};
    struct party p;
    int64_t stale = 0;
    if (w->actor->post == 0 || (w->actor->rights & MAY_SHARE) == 0) return OK;
    const struct faults before = w->faults;
    enum err e = party_of(w, &(struct args){0}, &p);
    if (e == DENIED) { /* a post that shares for nobody: nothing waits for it */
        w->faults = before;
        return OK;
    }
    if (e == OK) e = notices_wait(w, &p, &t);
    if (e == OK) e = reports_wait(w, &p, &t);
    if (e == OK) e = contacts_stale(w, &p, &stale);
    if (e == OK && stale != 0) e = tell(&t, &(struct share_waiting){.what = S("contacts"), .n = stale});
    return e;
}
