/* share confirm-import: what a duty officer wrote down in a night of calls, as a list. All of it or nothing. */
#include "format/csv.h"
#include "share/confirm.h"
#include "share/said_at.h"

const struct param share_confirm_import_params[] = {
    {"notice", P_CODE, REQUIRED, NULL, NULL, N("number of the notice")},
    {"file", P_FILE, REQUIRED, NULL, NULL,
     N("CSV: org, state, time, channel, spoke_to; note and cause may stand beside")},
    PARTY_PARAM,
    {0}};

enum { ORG, STATE, TIME, CHANNEL, SPOKE_TO, NOTE, CAUSE, COLUMNS };
static const char *const required[] = {"org", "state", "time", "channel", "spoke_to", NULL};
static const char *const optional[] = {"note", "cause", NULL};

struct import {
    struct work *w;
    const struct held *h;
    struct csv *csv;
    ptrdiff_t at[COLUMNS];
    int64_t entered, already, causes;
};

static str cell(const struct import *m, int column)
{
    if (m->at[column] < 0) return (str){"", 0};
    return str_dup(m->w->a, str_trim(csv_cell(m->csv, (size_t)m->at[column])));
}

static struct where place(const struct import *m, int column)
{
    return csv_where(m->csv, m->at[column] < 0 ? 0 : (size_t)m->at[column]);
}

/* Whoever was not reached has a cause in place of a state. */
static enum err row_words(struct import *m, struct told_by *t, enum cause *cause, bool *reached)
{
    str state = cell(m, STATE), channel = cell(m, CHANNEL), time = cell(m, TIME), why = cell(m, CAUSE);
    *cause = CAUSE_NONE;
    if (why.n != 0 && (!cause_parse(why, cause) || *cause == CAUSE_NOT_PASSED))
        return fault_in(m->w, INVALID, place(m, CAUSE),
                        M("'%1' is no cause: contact-changed absent not-delivered overlooked procedure system other"),
                        why);
    *reached = state.n != 0;
    if (!*reached && *cause == CAUSE_NONE)
        return fault_in(m->w, INVALID, place(m, STATE), M("a row has a state, or a cause"));
    if (!*reached) return OK;
    if (!ack_parse(state, &t->ack) || t->ack < ACK_CONFIRMED)
        return fault_in(m->w, INVALID, place(m, STATE), M("'%1' is no state: confirmed acting done not-applicable"),
                        state);
    if (channel.n != 0 && (!channel_parse(channel, &t->channel) || t->channel < BY_PHONE))
        return fault_in(m->w, INVALID, place(m, CHANNEL),
                        M("'%1' is no channel: phone fax closed-network mouth office"), channel);
    t->has_channel = channel.n != 0;
    if (time.n != 0 && !said_at(time, m->w->now, &t->at))
        return fault_in(m->w, INVALID, place(m, TIME), M("'%1' is no time: write 22:40, or 2026-05-07 22:40"), time);
    if (t->at > m->w->now) return fault_in(m->w, INVALID, place(m, TIME), M("%1 has not come yet"), time);
    t->note = cell(m, NOTE);
    t->spoke_to = cell(m, SPOKE_TO);
    if (t->note.n > NOTE_MAX)
        return fault_in(m->w, INVALID, place(m, NOTE), M("a note has %1 bytes at most"), str_int(m->w->a, NOTE_MAX));
    if (t->spoke_to.n > SPOKE_TO_MAX)
        return fault_in(m->w, INVALID, place(m, SPOKE_TO), M("a name has %1 bytes at most"),
                        str_int(m->w->a, SPOKE_TO_MAX));
    return OK;
}

/* One that may not be entered is noted, and reading goes on: all that is wrong is told at once, and nothing is written. */
static enum err one_row(struct import *m)
{
    struct told_by t = {.at = m->w->now};
    struct callee x;
    enum cause cause = CAUSE_NONE;
    bool reached = false;
    enum err e = callee_find(m->w, m->h, cell(m, ORG), place(m, ORG), &x);
    if (e == OK) e = row_words(m, &t, &cause, &reached);
    if (e == OK && x.who == ENTER_SELF)
        e = fault_in(m->w, INVALID, place(m, ORG), M("for yourself, confirm the notice itself: a list is of others"));
    if (e == OK && reached) e = told_by_check(m->w, &x, &t, place(m, CHANNEL));
    if (e == OK && reached && t.changes && t.at < x.d.sent)
        e = fault_in(m->w, INVALID, place(m, TIME),
                     M("it was sent to '%1' at %2: nobody confirmed it before; a time without a zone is one of Japan"),
                     x.d.org_code, time_text(m->w->a, x.d.sent));
    if (e != OK) return e;
    if (m->w->faults.count != 0) return OK;
    if (reached) e = told_by_enter(m->w, &x, &t);
    if (e == OK && cause != CAUSE_NONE) e = cause_put(m->w, x.d.id, cause);
    m->causes += cause != CAUSE_NONE;
    m->entered += reached && t.changes;
    m->already += reached && !t.changes;
    return e;
}

static enum err rows_read(struct import *m)
{
    while (csv_next(m->csv)) {
        if (csv_row(m->csv) > CALLS_FILE_MAX + 1)
            return fault(m->w, INVALID, M("a list has at most %1 rows"), str_int(m->w->a, CALLS_FILE_MAX));
        struct arena_mark mark = arena_mark(m->w->a);
        int64_t before = m->w->faults.count;
        enum err e = one_row(m);
        if (e != OK && e != INVALID && e != NOTFOUND && e != DENIED && e != CONFLICT) return e;
        if (m->w->faults.count == before) arena_back(m->w->a, mark);
    }
    enum err e = csv_err(m->csv);
    return e != OK ? e : work_err(m->w);
}

enum err share_act_confirm_import(struct work *w, const struct args *in, struct doc *out)
{
    const struct file *f = arg_file(in, "file");
    const struct csv_shape shape = {required, optional};
    struct held h;
    struct import m = {.w = w, .h = &h};
    enum err e = held_find(w, in, arg_text(in, "notice"), &h);
    if (e == OK) e = csv_open(w, f->name, f->bytes, CSV_DETECT, &m.csv);
    if (e == OK) e = csv_shape(w, m.csv, &shape, m.at);
    if (e == OK) e = rows_read(&m);
    if (e != OK) return e;
    doc_fact(out, "entered", M("Entered"), C_INT(m.entered));
    doc_fact(out, "already", M("Stood there already"), C_INT(m.already));
    doc_fact(out, "causes", M("Causes entered"), C_INT(m.causes));
    act_noted(w, S("entered"), str_int(w->a, m.entered));
    share_next(w, in, "share board", h.notice.code, (str){"", 0});
    return OK;
}
