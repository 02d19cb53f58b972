/* inspect survey-ask, survey-close, survey-publish: a survey is put to all at once, closed, and its counts published. */
#include "inspect/survey.h"

#include "base/utf8.h"
#include "inspect/acts.h"
#include "inspect/survey_acts.h"
#include "inspect/survey_set.h"

/* ---- finding one ---- */

static enum err no_survey(struct work *w, str code)
{
    return fault_in(w, NOTFOUND, ((struct where){.field = S("survey")}), M("no survey '%1' that your post sees: `meguri inspect surveys` lists them"),
                    code);
}

/* Whoever is in its frame and reads figures or holds a system; when it is published, whoever reads figures. */
enum err survey_seen(struct work *w, const struct survey *s, bool *out)
{
    bool in_frame = s->frame_lo < w->hi && s->frame_hi > w->lo, reads = (w->actor->rights & MAY_READ_RATES) != 0;
    *out = reads && (in_frame || str_eq(s->state, S("published")));
    if (*out || !in_frame) return OK;
    struct survey_org *asked;
    struct survey_system *system;
    size_t n, held = 0;
    enum err e = survey_mine(w, s->id, &asked, &n);
    for (size_t i = 0; e == OK && i < n && !*out; i++) {
        e = survey_systems(w, s, &asked[i], &system, &held);
        *out = e == OK && held != 0;
    }
    return e;
}

enum err survey_load(struct work *w, str code, struct survey *out)
{
    bool seen = false;
    enum err e = survey_row(w, code, out);
    if (e == OK) e = survey_seen(w, out, &seen);
    if (e != OK && e != NOTFOUND) return e;
    return seen ? OK : no_survey(w, code);
}

/* By whoever holds its frame. */
static enum err survey_held(struct work *w, const struct args *in, struct survey *out)
{
    enum err e = survey_load(w, arg_text(in, "survey"), out);
    if (e == OK && !survey_holds(w, out))
        return fault(w, DENIED, M("a survey is closed and published by who may ask one of its whole frame"));
    return e;
}

bool survey_holds(const struct work *w, const struct survey *s) { return may(w->actor, MAY_CENTRE | MAY_MANAGE, s->frame_lo); }

/* ---- asking ---- */

static bool too_long(str s, size_t most)
{
    size_t n = 0;
    for (size_t at = 0; at < s.n; n++) utf8_next(s, &at);
    return n > most;
}

static enum err text_given(struct work *w, const struct args *in, const char *name, str *out)
{
    *out = str_trim(arg_text(in, name));
    if (!too_long(*out, SURVEY_TEXT_MAX)) return OK;
    return fault_in(w, INVALID, ((struct where){.field = str_of(name)}), M("at most %1 letters"), str_int(w->a, SURVEY_TEXT_MAX));
}

/* Those given, or those of an earlier survey. */
static enum err questions_given(struct work *w, const struct args *in, struct survey *s)
{
    const struct arg **all = arena_array(w->a, in->n + 1, sizeof *all);
    size_t n = arg_all(in, "question", all, in->n);
    struct buf lines = buf_in(w->a);
    for (size_t i = 0; i < n; i++) {
        buf_add(&lines, all[i]->text);
        buf_byte(&lines, '\n');
    }
    str text = buf_str(&lines);
    if (str_trim(text).n == 0 && arg_given(in, "like")) {
        struct survey *earlier = arena_alloc(w->a, sizeof *earlier);
        enum err e = survey_load(w, arg_text(in, "like"), earlier);
        if (e != OK) return e;
        text = survey_spec(w->a, earlier);
    }
    enum err e = survey_parse(w, text, s);
    if (e == OK && s->n == 0)
        return fault_in(w, INVALID, ((struct where){.field = S("question")}),
                        M("give the questions, a line each, or an earlier survey whose questions are asked again"));
    return e;
}

static enum err due_given(struct work *w, int64_t day, int64_t hour, struct survey *s)
{
    if (hour < 0 || hour > 24) return fault_in(w, INVALID, ((struct where){.field = S("hour")}), M("an hour from 0 to 24"));
    s->due = survey_moment(day, hour);
    if (s->due <= w->now)
        return fault_in(w, INVALID, ((struct where){.field = S("due")}), M("that time is past: nobody could answer by then"));
    if (s->due > w->now + (int64_t)SURVEY_DAYS_MAX * DAY)
        return fault_in(w, INVALID, ((struct where){.field = S("due")}), M("at most %1 days from now"), str_int(w->a, SURVEY_DAYS_MAX));
    return OK;
}

static enum err levels_fit(struct work *w, int64_t levels)
{
    if (levels >= 1 && levels <= SURVEY_LEVELS_DEEP) return OK;
    return fault_in(w, INVALID, ((struct where){.field = S("levels")}), M("levels from 1 to %1"), str_int(w->a, SURVEY_LEVELS_DEEP));
}

static enum err survey_of_args(struct work *w, const struct args *in, struct survey *s)
{
    const struct org *frame = arg_org(in, "frame");
    int64_t levels = arg_int(in, "levels");
    *s = (struct survey){.code = arg_text(in, "code"), .frame = frame->id, .frame_lo = frame->lo, .frame_hi = frame->hi,
                         .per = arg_text(in, "per"), .state = S("open"), .asked = w->now, .kind = S("system")};
    enum err e = text_given(w, in, "title_ja", &s->title_ja);
    if (e == OK) e = text_given(w, in, "title_en", &s->title_en);
    if (e == OK) e = text_given(w, in, "why", &s->why);
    if (e == OK) e = due_given(w, arg_int(in, "due"), arg_int(in, "hour"), s);
    if (e == OK) e = levels_fit(w, levels);
    return e == OK ? questions_given(w, in, s) : e;
}

/* Puts it to the organisations of its frame, and says so. */
static enum err put_to_all(struct work *w, struct survey *s, const struct org *frame, int64_t levels, struct doc *out)
{
    struct survey other;
    int64_t n = 0;
    enum err e = survey_row(w, s->code, &other);
    if (e == OK) return fault_in(w, CONFLICT, ((struct where){.field = S("code")}), M("there is a survey '%1' already"), s->code);
    if (e != NOTFOUND || (e = survey_insert(w, s)) != OK || (e = survey_insert_orgs(w, s, frame->depth, levels, &n)) != OK) return e;
    if (n == 0)
        return fault_in(w, INVALID, ((struct where){.field = S("frame")}), M("there is no organisation below '%1' that could be asked"),
                        frame->code);
    doc_fact(out, "asked", M("Organisations asked"), C_INT(n));
    doc_fact(out, "due", M("Due"), C_TIME(s->due));
    doc_fact(out, "questions", M("Questions"), C_INT((int64_t)s->n));
    survey_preview(w, s, out);
    act_noted(w, S("asked"), str_int(w->a, n));
    struct going_on next = {.to = "inspect survey", .given = {{"survey", s->code}},
                            .said = tr(out->lang, M("The survey is open: all that are asked see it on their first page."))};
    act_next(w, &next);
    return OK;
}

enum err inspect_act_survey_ask(struct work *w, const struct args *in, struct doc *out)
{
    struct survey s;
    enum err e = survey_of_args(w, in, &s);
    return e == OK ? put_to_all(w, &s, arg_org(in, "frame"), arg_int(in, "levels"), out) : e;
}

enum err inspect_survey_of_set(struct work *w, const struct survey_asking *x, struct doc *out)
{
    struct survey s = {.code = x->code, .frame = x->frame->id, .frame_lo = x->frame->lo, .frame_hi = x->frame->hi, .per = S("system"),
                       .kind = S("system"), .state = S("open"), .asked = w->now};
    int64_t levels;
    enum err e = due_given(w, x->due, x->hour, &s);
    if (e == OK) e = survey_set_read(w, x->set_name, x->set, x->frame, &s, &levels);
    if (e != OK) return e;
    if (x->levels != 0) levels = x->levels;
    if (x->title_ja.n + x->title_en.n != 0) s.title_ja = x->title_ja, s.title_en = x->title_en;
    e = levels_fit(w, levels);
    return e == OK ? put_to_all(w, &s, x->frame, levels, out) : e;
}

/* ---- closing and publishing ---- */

static enum err publish(struct work *w, const struct survey *s)
{
    act_noted(w, S("published"), S("1"));
    return survey_set_published(w, s->id);
}

static void go_to_board(struct work *w, const struct survey *s, str said)
{
    struct going_on next = {.to = "inspect survey", .given = {{"survey", s->code}}, .said = said};
    act_next(w, &next);
}

enum err inspect_act_survey_close(struct work *w, const struct args *in, struct doc *out)
{
    struct survey s;
    enum err e = survey_held(w, in, &s);
    if (e != OK) return e;
    if (!str_eq(s.state, S("open"))) return fault(w, CONFLICT, M("survey '%1' is closed already"), s.code);
    bool published = arg_given(in, "publish");
    if ((e = survey_freeze(w, s.id)) != OK || (published && (e = publish(w, &s)) != OK)) return e;
    doc_fact(out, "state", M("State"), C_ENUM(published ? S("survey-published") : S("survey-closed")));
    go_to_board(w, &s, tr(out->lang, published ? M("Closed and published: all that were asked see the counts.")
                                               : M("Closed: the figures stand. Publish them when they are agreed.")));
    return OK;
}

enum err inspect_act_survey_publish(struct work *w, const struct args *in, struct doc *out)
{
    struct survey s;
    enum err e = survey_held(w, in, &s);
    if (e != OK) return e;
    if (str_eq(s.state, S("open"))) return fault(w, CONFLICT, M("survey '%1' is still open: close it first, then its figures stand"), s.code);
    if (str_eq(s.state, S("published"))) return fault(w, CONFLICT, M("survey '%1' is published already"), s.code);
    if ((e = publish(w, &s)) != OK) return e;
    doc_fact(out, "state", M("State"), C_ENUM(S("survey-published")));
    go_to_board(w, &s, tr(out->lang, M("Published: all that were asked see the counts.")));
    return OK;
}
