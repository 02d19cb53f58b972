/* What letters say. Plain text, the marking in the first and the last line, what is to be done, where. Pure. */
#include "share/letters.h"

#include "base/clock.h"
#include "base/utf8.h"

/* ---- when and how much ---- */

enum told escalation_due(int64_t sent, int64_t due, enum told told, int64_t now)
{
    switch (told) {
    case TOLD_NOT: return sent != 0 ? TOLD_NEW : TOLD_NOT;
    case TOLD_NEW:
        if (now > due) return TOLD_DEPUTIES;
        return now >= sent + (due - sent) / 2 ? TOLD_REMINDED : TOLD_NEW;
    case TOLD_REMINDED: return now > due ? TOLD_DEPUTIES : TOLD_REMINDED;
    case TOLD_DEPUTIES: return now > due + (due - sent) ? TOLD_ABOVE : TOLD_DEPUTIES;
    case TOLD_RECALL_DUE: return TOLD_RECALL;
    default: return told;
    }
}

enum letter_body letter_body(const struct leaving *l, bool has_certificate)
{
    if (leave_may(l, BY_PLAIN_MAIL, TO_ADDRESSEE) == LEAVE_YES) return BODY_WHOLE;
    return has_certificate && leave_may(l, BY_SEALED_MAIL, TO_PERSON) == LEAVE_YES ? BODY_SEALED : BODY_WAITS;
}

bool link_shows_title(const struct leaving *l, bool sealed)
{
    if (l->marking.tlp > TLP_AMBER) return false;
    return leave_may(l, sealed ? BY_SEALED_MAIL : BY_PLAIN_MAIL, sealed ? TO_PERSON : TO_ADDRESSEE) == LEAVE_YES;
}

/* ---- writing ---- */

struct writing {
    struct arena *a;
    enum lang lang;
    struct buf *b;
    bool again; /* the second language of two: what others wrote stands above already */
};

#define SAY(p, ...) say(p, (const str[]){__VA_ARGS__}, sizeof((const str[]){__VA_ARGS__}) / sizeof(str))
static void say(const struct writing *p, const str *words, size_t n)
{
    buf_add(p->b, tr_fill(p->a, p->lang, words[0], words + 1, n - 1));
}

static str in_words(const struct writing *p, str id, str arg) { return tr_fill(p->a, p->lang, id, &arg, 1); }

/* "2026-11-22 10:00 (Japan, UTC+09:00)" */
static str letter_time_words(struct arena *a, enum lang lang, int64_t at)
{
    int64_t local = at + JAPAN, minute = local % DAY / 60;
    str arg = str_fmt(a, "%.*s %02d:%02d", STR_ARG(date_text(a, local / DAY)), (int)(minute / 60), (int)(minute % 60));
    return tr_fill(a, lang, M("%1 (Japan, UTC+09:00)"), &arg, 1);
}

static str marking_line(struct arena *a, struct marking m)
{
    return str_fmt(a, "%.*s  %.*s\n", STR_ARG(tlp_label(m.tlp)), STR_ARG(pap_label(m.pap)));
}

/* A line of others in a subject: no line end, and not beyond what lists of letters show. */
static str short_title(struct arena *a, str title)
{
    enum { SUBJECT_MAX = 150 };
    str head = utf8_head(title, SUBJECT_MAX);
    struct buf b = buf_in(a);
    for (size_t i = 0; i < head.n; i++) buf_byte(&b, (unsigned char)head.p[i] < ' ' ? ' ' : head.p[i]);
    if (head.n < title.n) buf_add(&b, S("…"));
    return buf_str(&b);
}

/* Once for each language that is wanted, Japanese first. */
typedef void half_fn(const struct writing *, const void *of);
static str halves(struct arena *a, str langs, half_fn *half, const void *of, str between)
{
    struct buf b = buf_in(a);
    bool ja = !str_eq(langs, S("en")), en = !str_eq(langs, S("ja"));
    if (ja) half(&(struct writing){a, LANG_JA, &b, false}, of);
    if (ja && en) buf_add(&b, between);
    if (en) half(&(struct writing){a, LANG_EN, &b, ja}, of);
    return buf_str(&b);
}
static const str below = S_INIT("\n----\n\n"), beside = S_INIT(" / ");

static void text_block(const struct writing *p, str label, str text)
{
    if (text.n == 0) return;
    SAY(p, label);
    buf_fmt(p->b, "\n%.*s\n\n", STR_ARG(text));
}

static void address(const struct writing *p, str url, const char *entry, const char *name, str code)
{
    if (url.n == 0) return;
    buf_fmt(p->b, "  %.*s/share/%s?%s=%.*s\n", STR_ARG(url), entry, name, STR_ARG(code));
}

static void drill_words(const struct writing *p, bool drill)
{
    if (drill) SAY(p, M("THIS IS A DRILL. Nothing has happened; please do what you would do if it had.\n\n"));
}

static void foot(const struct writing *p)
{
    SAY(p,
        M("A program wrote this letter, and nobody reads answers to it. Who is written to for your organisation is kept with its contacts.\n"));
}

/* ---- a notice ---- */

static void why(const struct writing *p, const struct notice_letter *l)
{
    const struct notice *n = l->notice;
    str from = lang_pick(p->lang, n->issuer_ja, n->issuer_en);
    switch (l->kind) {
    case LETTER_NEW:
        if (l->replaces.n == 0) SAY(p, M("Notice %1 of %2 was sent to your organisation.\n"), n->code, from);
        else
            SAY(p, M("Notice %1 of %2 was sent to your organisation. It takes the place of %3.\n"), n->code, from,
                l->replaces);
        break;
    case LETTER_REMINDER:
        SAY(p, M("Notice %1 of %2 was not confirmed yet, and half of the time for it is over.\n"), n->code, from);
        break;
    case LETTER_DEPUTY:
        SAY(p,
            M("Notice %1 of %2 was not confirmed in time. You are a deputy of your organisation's contact: please confirm in its place.\n"),
            n->code, from);
        break;
    case LETTER_RECALL:
        SAY(p, M("Notice %1 of %2 was RECALLED: please do nothing more because of it, and tell those you told.\n"),
            n->code, from);
        break;
    }
}

static str kind_words(const struct writing *p, const struct notice *n)
{
    str kind = str_eq(n->kind, S("prevention"))    ? M("prevention of damage")
               : str_eq(n->kind, S("containment")) ? M("against its spread")
                                                   : M("against recurrence");
    str urgency = str_eq(n->urgency, S("emergency"))   ? M("Emergency")
                  : str_eq(n->urgency, S("important")) ? M("Important")
                                                       : M("Ordinary");
    const str both[] = {tr(p->lang, kind), tr(p->lang, urgency)};
    return tr_fill(p->a, p->lang, M("Kind: %1; urgency: %2\n"), both, 2);
}

static void added_words(const struct writing *p, const struct notice_letter *l)
{
    for (size_t i = 0; i < l->n_added; i++) {
        const struct added *x = &l->added[i];
        text_block(p, in_words(p, M("Added by %1:"), lang_pick(p->lang, x->org_ja, x->org_en)), x->text);
    }
}

static void hanging_on(const struct writing *p, const struct notice_letter *l)
{
    if (l->n_references != 0) SAY(p, M("References:\n"));
    for (size_t i = 0; i < l->n_references; i++) buf_fmt(p->b, "- %.*s\n", STR_ARG(l->reference[i].value));
    if (l->n_attachments != 0) SAY(p, M("Attachments (to be had from the program; with their SHA-256):\n"));
    for (size_t i = 0; i < l->n_attachments; i++)
        buf_fmt(p->b, "- %.*s\n  %.*s\n", STR_ARG(l->attachment[i].name), STR_ARG(l->attachment[i].sha256));
    if (l->n_references + l->n_attachments != 0) buf_byte(p->b, '\n');
}

static void whole_text(const struct writing *p, const struct notice_letter *l)
{
    const struct notice *n = l->notice;
    SAY(p, M("Title: %1\n"), n->title);
    buf_add(p->b, kind_words(p, n));
    SAY(p, M("Sent: %1\n\n"), letter_time_words(p->a, p->lang, n->sent));
    if (p->again) {
        SAY(p, M("The text stands above, as it was sent.\n\n"));
        return;
    }
    text_block(p, M("Text:"), n->text);
    text_block(p, M("Countermeasure:"), n->measure);
    added_words(p, l);
    hanging_on(p, l);
}

static void where(const struct writing *p, const struct notice_letter *l)
{
    if (l->kind == LETTER_RECALL && l->url.n != 0) SAY(p, M("Why, is read after signing in:\n"));
    else if (l->body == BODY_WAITS && l->url.n != 0)
        SAY(p, M("Its marking does not let the text go by mail in clear: it is read after signing in.\n"));
    else if (l->url.n != 0) SAY(p, M("In the program, to say what you do about it and to pass it on:\n"));
    address(p, l->url, "notice", "notice", l->notice->code);
    if (l->secret.n == 0 || l->url.n == 0) return;
    SAY(p,
        M("\nTo confirm that it has reached you, without signing in: open this address and press the button there. It works once and is yours; please do"
          " not pass it on.\n"));
    buf_fmt(p->b, "  %.*s/confirm/%.*s\n", STR_ARG(l->url), STR_ARG(l->secret));
}

static void notice_half(const struct writing *p, const void *of)
{
    const struct notice_letter *l = of;
    const str to[] = {l->contact, lang_pick(p->lang, l->org_ja, l->org_en)};
    SAY(p, M("To %1, %2\n\n"), to[0], to[1]);
    drill_words(p, l->notice->drill);
    why(p, l);
    if (l->kind != LETTER_RECALL) SAY(p, M("To be confirmed by: %1\n"), letter_time_words(p->a, p->lang, l->due));
    buf_byte(p->b, '\n');
    if (l->body != BODY_WAITS) whole_text(p, l);
    where(p, l);
    buf_byte(p->b, '\n');
    foot(p);
}

static str state_words(const struct writing *p, const struct notice_letter *l)
{
    static const str said[] = {[LETTER_NEW] = S_INIT(""),
                               [LETTER_REMINDER] = N("Reminder: "),
                               [LETTER_DEPUTY] = N("Overdue: "),
                               [LETTER_RECALL] = N("Recalled: ")};
    return said[l->kind].n == 0 ? S("") : tr(p->lang, said[l->kind]);
}

static void subject_half(const struct writing *p, const void *of)
{
    const struct notice_letter *l = of;
    if (l->notice->drill) SAY(p, M("DRILL: "));
    buf_add(p->b, state_words(p, l));
    SAY(p, M("Notice %1"), l->notice->code);
    if (l->body == BODY_WHOLE) buf_fmt(p->b, " %.*s", STR_ARG(short_title(p->a, l->notice->title)));
}

void notice_letter_write(struct arena *a, const struct notice_letter *l, str langs, str *subject, str *text)
{
    str line = marking_line(a, l->marking), words = halves(a, langs, notice_half, l, below);
    *text = str_fmt(a, "%.*s\n%.*s\n%.*s", STR_ARG(line), STR_ARG(words), STR_ARG(line));
    *subject = l->body == BODY_SEALED ? l->notice->code : str_fmt(a, "[%.*s] %.*s", STR_ARG(tlp_label(l->marking.tlp)),
                                                                  STR_ARG(halves(a, langs, subject_half, l, beside)));
}

/* ---- to the tier above ---- */

static void above_half(const struct writing *p, const void *of)
{
    const struct above_letter *l = of;
    SAY(p, M("To %1\n\n"), l->contact);
    drill_words(p, l->notice->drill);
    SAY(p,
        M("Notice %1 was not confirmed by %2 of those below you, neither in time nor in as long again, though contact and deputies were written to. Please"
          " reach them by another way, and enter what they say:\n"),
        l->notice->code, str_int(p->a, l->all));
    for (size_t i = 0; i < l->n_names; i++)
        buf_fmt(p->b, "- %.*s\n", STR_ARG(lang_pick(p->lang, l->name[i].ja, l->name[i].en)));
    if (l->all > (int64_t)l->n_names)
        SAY(p, M("  and %1 more organisations\n"), str_int(p->a, l->all - (int64_t)l->n_names));
    buf_byte(p->b, '\n');
    address(p, l->url, "board", "notice", l->notice->code);
    buf_byte(p->b, '\n');
    foot(p);
}

static void above_subject(const struct writing *p, const void *of)
{
    const struct above_letter *l = of;
    if (l->notice->drill) SAY(p, M("DRILL: "));
    SAY(p, M("Notice %1: %2 below you did not confirm"), l->notice->code, str_int(p->a, l->all));
}

void above_letter_write(struct arena *a, const struct above_letter *l, str langs, str *subject, str *text)
{
    *subject = halves(a, langs, above_subject, l, beside);
    *text = halves(a, langs, above_half, l, below);
}

/* ---- reports and consents ---- */

static void short_half(const struct writing *p, const void *of)
{
    const struct short_letter *l = of;
    SAY(p, M("To %1\n\n"), l->contact);
    drill_words(p, l->drill);
    if (l->notice.n != 0) {
        SAY(p,
            M("%1 asks for your consent: notice %2 was made of your report %3, and is not sent before you agree to its very text.\n"),
            lang_pick(p->lang, l->from_ja, l->from_en), l->notice, l->report);
        address(p, l->url, "consent", "notice", l->notice);
    } else {
        if (l->exceptional)
            SAY(p, M("Report %1 has come in, of exceptional gravity as the operator says.\n"), l->report);
        else SAY(p, M("Report %1 has come in.\n"), l->report);
        address(p, l->url, "report", "report", l->report);
    }
    buf_byte(p->b, '\n');
    foot(p);
}

static void short_subject(const struct writing *p, const void *of)
{
    const struct short_letter *l = of;
    if (l->drill) SAY(p, M("DRILL: "));
    if (l->notice.n != 0) SAY(p, M("Your consent is asked for: %1"), l->notice);
    else if (l->exceptional) SAY(p, M("Report %1 (exceptional gravity)"), l->report);
    else SAY(p, M("Report %1 has come in"), l->report);
}

void short_letter_write(struct arena *a, const struct short_letter *l, str langs, str *subject, str *text)
{
    *subject = halves(a, langs, short_subject, l, beside);
    *text = halves(a, langs, short_half, l, below);
}
