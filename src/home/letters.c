/* What a reminder says. Plain text, short lines, what is due when, where to go, whom to ask. Pure. */
#include "home/remind.h"

#include "base/clock.h"

const str contact_usual =
    N("ask the security manager of your section, or the self-inspection officer of your organisation.");

struct writing {
    struct arena *a;
    enum lang lang;
    const struct letter_frame *frame;
    struct buf *b;
};

#define SAY(p, ...) say(p, (const str[]){__VA_ARGS__}, sizeof((const str[]){__VA_ARGS__}) / sizeof(str))
static void say(struct writing *p, const str *words, size_t n)
{
    buf_add(p->b, tr_fill(p->a, p->lang, words[0], words + 1, n - 1));
}

static str in_words(struct writing *p, str id, int64_t n)
{
    const str args[] = {str_int(p->a, n)};
    return tr_fill(p->a, p->lang, id, args, 1);
}

static str date_words(const struct writing *p, int64_t day)
{
    return lang_date(p->a, p->lang, day);
}

static str title_of(const struct writing *p, const struct open_round *r) { return lang_pick(p->lang, r->title_ja, r->title_en); }

/* Codes are letters, digits and marks that an address takes as they are. */
static void link_line(struct writing *p, const char *entry, str round, const char *key, str value)
{
    if (p->frame->url.n == 0) return;
    buf_fmt(p->b, "  %.*s/%s?round=%.*s&%s=%.*s\n", STR_ARG(p->frame->url), entry, STR_ARG(round), key, STR_ARG(value));
}

/* ---- own sheets ---- */

static str distance_words(struct writing *p, const struct told_sheet *s)
{
    if (s->due == p->frame->day) return tr(p->lang, M("today"));
    if (s->from_due > 0) return in_words(p, M("%1 working days ago"), s->from_due);
    if (s->due < p->frame->day) return tr(p->lang, M("since the last working day"));
    return s->from_due == 0 ? tr(p->lang, M("today is the last working day before it"))
                            : in_words(p, M("in %1 working days"), -s->from_due);
}

static void own_sheets(struct writing *p, const struct digest *d)
{
    if (d->n_sheets == 0) return;
    SAY(p, M("\nYour sheets that are not handed in (%1)\n"), str_int(p->a, (int64_t)d->n_sheets));
    for (size_t i = 0; i < d->n_sheets; i++) {
        const struct told_sheet *s = &d->sheet[i];
        SAY(p, M("- %1: %2, %3\n"), title_of(p, s->round), lang_pick(p->lang, s->duty_ja, s->duty_en),
            lang_pick(p->lang, s->org_ja, s->org_en));
        if (s->has_due) SAY(p, M("  due %1 (%2)\n"), date_words(p, s->due), distance_words(p, s));
        if (s->returned != 0) SAY(p, M("  given back to be looked at again: %1\n"), s->reason);
        link_line(p, "inspect/sheet", s->round->code, "respondent", s->respondent);
    }
}

/* ---- the unit one confirms for ---- */

static void names(struct writing *p, const struct told_unit *u)
{
    for (size_t i = 0; i < u->n_names; i++) {
        const struct told_name *x = &u->name[i];
        str name = x->ja.n == 0 && x->en.n == 0 ? tr(p->lang, M("vacant")) : lang_pick(p->lang, x->ja, x->en);
        str state = x->returned ? M("given back") : x->begun ? M("begun") : M("not begun");
        SAY(p, M("- %1 (%2): %3\n"), name, lang_pick(p->lang, x->duty_ja, x->duty_en), tr(p->lang, state));
    }
    if (u->name != NULL && (size_t)u->missing > u->n_names)
        SAY(p, M("  and %1 more\n"), str_int(p->a, u->missing - (int64_t)u->n_names));
}

static void units(struct writing *p, const struct digest *d)
{
    for (size_t i = 0; i < d->n_units; i++) {
        const struct told_unit *u = &d->unit[i];
        SAY(p, M("\n%1, %2: not handed in %3 of %4, waiting for your confirmation %5\n"), title_of(p, u->round),
            lang_pick(p->lang, u->org_ja, u->org_en), str_int(p->a, u->missing), str_int(p->a, u->all),
            str_int(p->a, u->waiting));
        names(p, u);
        link_line(p, u->waiting > 0 ? "inspect/queue" : "inspect/unit", u->round->code, "org", u->org_code);
    }
}

/* ---- those one heads ---- */

/* Counts of fewer than five are withheld from who sees counts and no names. */
enum { TOLD_FROM = 5 };

static void late(struct writing *p, const struct told_head *h)
{
    str org = lang_pick(p->lang, h->sum.ja, h->sum.en);
    if (h->sum.all < TOLD_FROM)
        SAY(p, M("\n%1, %2: %3 working days after the due day not all sheets are handed in\n"), title_of(p, h->round), org,
            str_int(p->a, h->days_late));
    else
        SAY(p, M("\n%1, %2: %3 working days after the due day %4 of %5 sheets are not handed in, %6 wait for confirmation\n"),
            title_of(p, h->round), org, str_int(p->a, h->days_late), str_int(p->a, h->sum.missing),
            str_int(p->a, h->sum.all), str_int(p->a, h->sum.waiting));
    link_line(p, "inspect/rates", h->round->code, "org", h->org_code);
}

static void weekly(struct writing *p, const struct told_head *h)
{
    SAY(p, M("\n%1, %2: not handed in %3 of %4, waiting for confirmation %5\n"), title_of(p, h->round),
        lang_pick(p->lang, h->sum.ja, h->sum.en), str_int(p->a, h->sum.missing), str_int(p->a, h->sum.all),
        str_int(p->a, h->sum.waiting));
    for (size_t i = 0; i < h->n_below; i++) {
        const struct told_count *c = &h->below[i];
        if (c->missing + c->waiting == 0) continue;
        SAY(p, M("- %1: not handed in %2 of %3, waiting %4\n"), lang_pick(p->lang, c->ja, c->en), str_int(p->a, c->missing),
            str_int(p->a, c->all), str_int(p->a, c->waiting));
    }
    link_line(p, "inspect/missing", h->round->code, "org", h->org_code);
}

/* ---- the letter ---- */

static void body(struct writing *p, const struct digest *d)
{
    str contact = p->frame->contact.n != 0
                      ? p->frame->contact
                      : tr(p->lang, contact_usual);
    SAY(p, M("Dear %1,\n\nthis is how the self-inspection stands for you on %2.\n"), lang_pick(p->lang, d->name_ja, d->name_en),
        date_words(p, p->frame->day));
    own_sheets(p, d);
    units(p, d);
    for (size_t i = 0; i < d->n_heads; i++) (d->head[i].days_late < 0 ? weekly : late)(p, &d->head[i]);
    SAY(p, M("\nFor help: %1\n"), contact);
    SAY(p, M("\nThis letter was written by a program, at most once a day. Answers to it are not read.\n"));
}

struct sums {
    int64_t missing, waiting, late;
    bool weekly;
};

static struct sums sums_of(const struct digest *d)
{
    struct sums n = {0};
    for (size_t i = 0; i < d->n_units; i++) {
        n.missing += d->unit[i].missing;
        n.waiting += d->unit[i].waiting;
    }
    for (size_t i = 0; i < d->n_heads; i++) {
        if (d->head[i].days_late < 0) n.weekly = true;
        else n.late++;
    }
    return n;
}

static void part(struct writing *p, struct buf *list, str words)
{
    if (list->n != 0) buf_add(list, p->lang == LANG_JA ? S("、") : S("; "));
    buf_add(list, words);
}

static str subject_of(struct writing *p, const struct digest *d)
{
    struct buf list = buf_in(p->a);
    struct sums n = sums_of(d);
    if (d->n_sheets != 0) part(p, &list, in_words(p, M("sheets to hand in: %1"), (int64_t)d->n_sheets));
    if (n.missing != 0) part(p, &list, in_words(p, M("missing in your unit: %1"), n.missing));
    if (n.waiting != 0) part(p, &list, in_words(p, M("to confirm: %1"), n.waiting));
    if (n.weekly) part(p, &list, tr(p->lang, M("counts of the week")));
    if (n.late != 0) part(p, &list, tr(p->lang, M("overdue sheets")));
    const str args[] = {buf_str(&list), date_words(p, p->frame->day)};
    return tr_fill(p->a, p->lang, M("Self-inspection: %1 (%2)"), args, 2);
}

void letter_write(struct arena *a, const struct letter_frame *frame, const struct digest *d, str *subject, str *text)
{
    static const enum lang order[] = {LANG_JA, LANG_EN};
    struct buf subjects = buf_in(a), bodies = buf_in(a);
    for (size_t i = 0; i < 2; i++) {
        struct writing p = {a, order[i], frame, &bodies};
        if (d->lang.n != 0 && str_eq(d->lang, S("ja")) != (order[i] == LANG_JA)) continue;
        if (subjects.n != 0) buf_add(&subjects, S(" / "));
        if (bodies.n != 0) buf_add(&bodies, S("\n----\n\n"));
        buf_add(&subjects, subject_of(&p, d));
        body(&p, d);
    }
    *subject = buf_str(&subjects);
    *text = buf_str(&bodies);
}

struct digest_kinds digest_kinds(const struct digest *d)
{
    struct digest_kinds k = {.own = (int64_t)d->n_sheets, .unit = (int64_t)d->n_units};
    for (size_t i = 0; i < d->n_heads; i++) *(d->head[i].days_late < 0 ? &k.head : &k.late) += 1;
    return k;
}
