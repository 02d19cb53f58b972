/* What a survey was answered, for figures over groups: who is given what of it is decided here, once. */
#include "inspect/acts.h"
#include "inspect/survey_acts.h"
#include "inspect/voice_store.h"

_Static_assert((int)VOICE_TIMES == (int)SURVEY_TIMES_MAX, "as many figures as a grid has columns");

/* ---- questions and sectors ---- */

static struct voice_question question_of(const struct survey_question *q)
{
    static const enum voice_kind kinds[] = {[SURVEY_YES_NO] = VOICE_YES_NO, [SURVEY_TEXT] = VOICE_OTHER,    [SURVEY_DATE] = VOICE_OTHER,
                                            [SURVEY_NUMBER] = VOICE_OTHER,  [SURVEY_CHOICE] = VOICE_CHOICE, [SURVEY_LEVELS] = VOICE_LEVELS,
                                            [SURVEY_HOURS] = VOICE_HOURS};
    struct voice_question out = {.key = q->key, .about = q->about, .ja = q->text_ja, .en = q->text_en, .choices = q->choices,
                                 .kind = kinds[q->type], .n = q->type == SURVEY_HOURS};
    if (q->type == SURVEY_LEVELS) out.n = survey_times(q, out.hours);
    return out;
}

static void count_asked(struct work *w, const struct voice_asked *all, size_t n, struct voices *out)
{
    out->part = arena_array(w->a, n + 1, sizeof *out->part);
    for (size_t i = 0; i < n; i++) {
        size_t k = 0;
        while (k < out->n_parts && out->part[k].id != all[i].part) k++;
        if (k == out->n_parts)
            out->part[out->n_parts++] = (struct voice_part){.id = all[i].part, .code = all[i].code, .ja = all[i].ja, .en = all[i].en};
        out->part[k].asked++;
        out->part[k].complete += all[i].done;
        out->part[k].begun += !all[i].done && all[i].begun > 0;
        out->part[k].itself = out->part[k].itself || all[i].org == all[i].part;
    }
}

/* ---- answers ---- */

static void take_answer(struct work *w, const struct survey_question *q, str value, struct voice_answer *out)
{
    struct survey_range r[SURVEY_TIMES_MAX];
    size_t n = survey_ranges(w->a, q, value, r, SURVEY_TIMES_MAX);
    *out = (struct voice_answer){.given = true, .text = value};
    for (size_t i = 0; i < n; i++) {
        out->low[i] = r[i].low;
        out->high[i] = r[i].high;
    }
}

static size_t part_of(const struct voices *v, int64_t id)
{
    size_t k = 0;
    while (k + 1 < v->n_parts && v->part[k].id != id) k++;
    return k;
}

static void take_rows(struct work *w, const struct survey *s, struct voice_row *rows, size_t n, struct voices *out)
{
    struct voice_answer *answers = NULL;
    out->voice = arena_array(w->a, n + 1, sizeof *out->voice);
    int64_t number = 0; /* of organisations, in the order of their first reply */
    for (size_t i = 0; i < n; i++) {
        if (i > 0) number += rows[i].org != rows[i - 1].org;
        if (i == 0 || rows[i].reply != rows[i - 1].reply) {
            bool mine = rows[i].lo <= w->lo && w->hi <= rows[i].hi;
            answers = arena_array(w->a, s->n, sizeof *answers);
            out->voice[out->n++] = (struct voice){.part = part_of(out, rows[i].part), .org = number, .mine = mine, .service = rows[i].name,
                                                  .ja = rows[i].ja, .en = rows[i].en, .answer = answers};
        }
        if (rows[i].pos >= 1 && rows[i].pos <= (int64_t)s->n)
            take_answer(w, &s->question[rows[i].pos - 1], rows[i].value, &answers[rows[i].pos - 1]);
    }
}

enum err inspect_voices(struct work *w, str code, struct voices *out)
{
    struct survey s;
    struct voice_asked *asked;
    struct voice_row *rows;
    size_t n_asked, n;
    enum err e = survey_load(w, code, &s);
    if (e != OK) return e;
    struct voices v = {.id = s.id, .frame = s.frame, .code = s.code, .title_ja = s.title_ja, .title_en = s.title_en, .state = s.state,
                       .n_questions = s.n, .holds = survey_holds(w, &s)};
    v.all = str_eq(s.state, S("published")) || (str_eq(s.state, S("closed")) && v.holds);
    v.question = arena_array(w->a, s.n + 1, sizeof *v.question);
    for (size_t i = 0; i < s.n; i++) v.question[i] = question_of(&s.question[i]);
    e = voice_asked_all(w, s.id, &asked, &n_asked);
    if (e == OK) e = voice_rows(w, &s, v.all, &rows, &n);
    if (e != OK) return e;
    count_asked(w, asked, n_asked, &v);
    take_rows(w, &s, rows, n, &v);
    *out = v;
    return OK;
}

static bool asks_levels(const struct survey *s)
{
    for (size_t i = 0; i < s->n; i++)
        if (s->question[i].type == SURVEY_LEVELS && s->question[i].about.n != 0) return true;
    return false;
}

enum err inspect_elicitations(struct work *w, str **out, size_t *n)
{
    str *codes;
    size_t all, kept = 0;
    enum err e = survey_codes(w, &codes, &all);
    for (size_t i = 0; e == OK && i < all; i++) {
        struct survey s;
        bool seen = false;
        e = survey_row(w, codes[i], &s);
        if (e == OK && asks_levels(&s)) e = survey_seen(w, &s, &seen);
        if (e == OK && seen) codes[kept++] = codes[i];
    }
    if (e != OK) return e;
    *out = codes;
    *n = kept;
    return OK;
}
