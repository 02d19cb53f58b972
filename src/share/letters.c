/* Letters by the clock. What was told stands in the row itself (told), written in the transaction that puts the letter into the outbox: a turn that runs twice,
 * or dies in between, writes nothing twice and leaves nothing out. */
#include "share/letters.h"

#include "base/hash.h"
#include "base/secret.h"
#include "format/openpgp.h"
#include "share/letters_store.h"
#include "store/journal.h"

enum { SECRET_BYTES = 32 };

/* A notice as all letters of a turn need it: read once. */
struct turn_notice {
    struct notice n;
    str replaces;
    bool consented, by_phone;
    struct notice_reference *reference;
    struct attachment *attachment;
    size_t n_references, n_attachments;
};

struct turn {
    struct work *w;
    str url;
    struct turn_notice *notice;
    size_t n_notices, room;
    int64_t left; /* of LETTERS_A_TICK */
};

/* ---- what is read once ---- */

static enum err read_notice(struct work *w, int64_t id, struct turn_notice *t)
{
    struct notice before;
    enum err e = notice_by_id(w, id, &t->n);
    if (e == OK) e = notice_consented(w, &t->n, &t->consented);
    if (e == OK) e = called_by_phone(w, id, &t->by_phone);
    if (e == OK) e = notice_references(w, id, &t->reference, &t->n_references);
    if (e == OK) e = notice_attachments(w, id, &t->attachment, &t->n_attachments);
    if (e != OK || t->n.supersedes == 0) return e;
    e = notice_by_id(w, t->n.supersedes, &before);
    t->replaces = before.code;
    return e;
}

static enum err the_notice(struct turn *t, int64_t id, const struct turn_notice **out)
{
    for (size_t i = 0; i < t->n_notices; i++)
        if (t->notice[i].n.id == id) {
            *out = &t->notice[i];
            return OK;
        }
    struct turn_notice one = {0};
    enum err e = read_notice(t->w, id, &one);
    if (e != OK) return e;
    t->notice = arena_more(t->w->a, t->notice, t->n_notices, &t->room, sizeof one);
    t->notice[t->n_notices] = one;
    *out = &t->notice[t->n_notices++];
    return OK;
}

/* ---- one letter ---- */

static bool urgent(const struct notice *n) { return !str_eq(n->urgency, S("ordinary")); }

static enum err post(struct turn *t, int64_t org, const struct addressee_contact *to, bool at_once, struct letter *l)
{
    l->org = org;
    l->to = to->mail;
    l->urgent = at_once;
    l->due = at_once ? 0 : t->w->now + ORDINARY_LATER;
    return outbox_add(t->w, l);
}

/* A certificate may have run out since it was given: then nothing is encrypted for it, and what waits is told. */
static bool certificate_good(struct turn *t, const struct addressee_contact *c)
{
    str print;
    if (c->key.n == 0) return false;
    bool good = openpgp_check(t->w, c->key, &print) == OK;
    if (!good) t->w->faults = (struct faults){0};
    return good;
}

/* A link for a letter of this delivery to that contact; empty where the program does not know its own address. */
static enum err new_link(struct turn *t, const struct due_delivery *d, const struct addressee_contact *c, bool sealed, str *secret)
{
    *secret = S("");
    if (t->url.n == 0) return OK;
    *secret = secret_new(t->w->a, SECRET_BYTES);
    const struct new_confirm_link l = {sha256_hex(t->w->a, *secret), c->name, c->mail, d->id, d->due + LINK_AFTER_DUE, sealed};
    return confirm_link_add(t->w, &l);
}

static enum err write_to(struct turn *t, const struct turn_notice *n, const struct due_delivery *d, const struct addressee_contact *c, enum letter_kind kind)
{
    struct work *w = t->w;
    struct letter l = {0};
    struct added *added = NULL;
    const struct leaving leaving = notice_leaving(w, &n->n, d->marking, n->consented);
    bool has_key = letter_body(&leaving, true) == BODY_SEALED && certificate_good(t, c);
    struct notice_letter words = {.kind = kind, .body = letter_body(&leaving, has_key), .notice = &n->n, .replaces = n->replaces,
                                  .reference = n->reference, .n_references = n->n_references, .attachment = n->attachment,
                                  .n_attachments = n->n_attachments, .marking = d->marking, .due = d->due, .org_ja = d->org_ja, .org_en = d->org_en,
                                  .contact = c->name, .url = t->url};
    enum err e = words.body == BODY_WAITS ? OK : notice_added(w, &(struct delivery){.id = d->id}, &added, &words.n_added);
    words.added = added;
    if (e == OK && kind != LETTER_RECALL) e = new_link(t, d, c, words.body == BODY_SEALED, &words.secret);
    if (e != OK) return e;
    notice_letter_write(w->a, &words, c->lang, &l.subject, &l.text);
    if (words.body == BODY_SEALED) l.certificate = c->key;
    return post(t, d->from, c, urgent(&n->n), &l);
}

/* ---- one delivery ---- */

static bool same_mail_before(const struct addressee_contact *c, size_t i)
{
    for (size_t j = 0; j < i; j++)
        if (str_eq(c[j].mail, c[i].mail)) return true;
    return false;
}

/* The contact is the first with an address; the others are deputies. Emergencies and recalls of them go to all. */
static bool concerns(enum letter_kind kind, bool all, size_t i)
{
    if (kind == LETTER_DEPUTY) return i > 0;
    return i == 0 || (all && kind != LETTER_REMINDER);
}

static enum err write_all(struct turn *t, const struct turn_notice *n, const struct due_delivery *d, enum letter_kind kind)
{
    struct addressee_contact *c;
    size_t n_contacts;
    enum err e = mail_contacts(t->w, d->org, &c, &n_contacts);
    bool all = str_eq(n->n.urgency, S("emergency"));
    for (size_t i = 0; e == OK && i < n_contacts; i++)
        if (concerns(kind, all, i) && !same_mail_before(c, i)) e = write_to(t, n, d, &c[i], kind);
    return e;
}

/* One letter for all below the same that are due: to whoever passed it to them, or issued it. */
static enum err write_above(struct turn *t, const struct turn_notice *n, const struct due_delivery *d)
{
    struct work *w = t->w;
    struct addressee_contact *c;
    struct named *name;
    size_t n_contacts;
    struct above_letter words = {.notice = &n->n, .url = t->url};
    struct letter l = {0};
    enum err e = above_due(w, d->notice, d->parent, NAMES_IN_LETTER, &name, &words.n_names);
    if (e == OK) e = above_told(w, d->notice, d->parent, &words.all);
    if (e != OK || words.all == 0) return e; /* told with another of them, earlier in this turn */
    e = mail_contacts(w, d->from, &c, &n_contacts);
    if (e != OK || n_contacts == 0) return e;
    struct above_name *first = arena_array(w->a, words.n_names, sizeof *first);
    for (size_t i = 0; i < words.n_names; i++) first[i] = (struct above_name){name[i].ja, name[i].en};
    words.name = first;
    words.contact = c[0].name;
    above_letter_write(w->a, &words, c[0].lang, &l.subject, &l.text);
    return post(t, d->from, &c[0], urgent(&n->n), &l);
}

/* What is to be told; TOLD_ABOVE without a letter where nothing is any more. */
static enum told what_now(const struct work *w, const struct turn_notice *n, const struct due_delivery *d, bool *silent)
{
    bool over = !str_eq(n->n.state, S("sent")), old = d->told == TOLD_NOT && w->now > d->sent + LETTERS_STALE;
    enum told told = escalation_due(d->sent, d->due, d->told, w->now);
    *silent = n->by_phone;
    if (told == TOLD_RECALL) return told;
    if (n->by_phone || over || old) {
        *silent = true;
        return TOLD_ABOVE;
    }
    if (told == TOLD_NEW && ack_confirmed(d->ack)) *silent = true;
    return told;
}

static enum err tell(struct turn *t, const struct due_delivery *d)
{
    static const enum letter_kind kinds[] = {[TOLD_NEW] = LETTER_NEW, [TOLD_REMINDED] = LETTER_REMINDER, [TOLD_DEPUTIES] = LETTER_DEPUTY, [TOLD_RECALL] = LETTER_RECALL};
    const struct turn_notice *n;
    bool silent;
    enum err e = the_notice(t, d->notice, &n);
    if (e != OK) return e;
    enum told told = what_now(t->w, n, d, &silent);
    if (told == d->told) return OK;
    if (told == TOLD_ABOVE && !silent) return write_above(t, n, d);
    e = told_put(t->w, d->id, told);
    return e != OK || silent ? e : write_all(t, n, d, kinds[told]);
}

static enum err deliveries(struct turn *t, enum due_which which)
{
    struct due_delivery *d;
    size_t n;
    enum err e = letters_due(t->w, which, t->left, &d, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        const struct turn_notice *kept;
        e = the_notice(t, d[i].notice, &kept);
        struct arena_mark mark = arena_mark(t->w->a);
        if (e == OK) e = tell(t, &d[i]);
        if (e == OK) arena_back(t->w->a, mark);
    }
    t->left -= (int64_t)n;
    return e;
}

/* ---- reports and consents ---- */

static enum err write_short(struct turn *t, int64_t from, int64_t org, bool all, struct short_letter *words)
{
    struct addressee_contact *c;
    size_t n;
    enum err e = mail_contacts(t->w, org, &c, &n);
    words->url = t->url;
    for (size_t i = 0; e == OK && i < n && (i == 0 || all); i++) {
        struct letter l = {0};
        if (same_mail_before(c, i)) continue;
        words->contact = c[i].name;
        short_letter_write(t->w->a, words, c[i].lang, &l.subject, &l.text);
        e = post(t, from, &c[i], all, &l);
    }
    return e;
}

static enum err reports(struct turn *t)
{
    struct due_report *r;
    size_t n;
    enum err e = reports_due(t->w, t->left, &r, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        struct short_letter words = {.report = r[i].code, .drill = r[i].drill, .exceptional = r[i].exceptional};
        e = report_told(t->w, &r[i]);
        if (e == OK && !str_eq(r[i].role, S("operator"))) e = write_short(t, r[i].org, r[i].org, r[i].exceptional, &words);
    }
    t->left -= (int64_t)n;
    return e;
}

static enum err consents(struct turn *t)
{
    struct due_consent *c;
    size_t n;
    enum err e = consents_due(t->w, t->left, &c, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        struct short_letter words = {.report = c[i].report, .notice = c[i].notice, .from_ja = c[i].issuer_ja, .from_en = c[i].issuer_en, .drill = c[i].drill};
        e = consent_told(t->w, c[i].id);
        if (e == OK && c[i].open) e = write_short(t, c[i].issuer, c[i].org, false, &words);
    }
    t->left -= (int64_t)n;
    return e;
}

/* ---- a turn ---- */

enum err letters_tick(struct work *w, bool *more)
{
    struct turn t = {.w = w, .left = LETTERS_A_TICK};
    enum err e = setting_get(w, S("url"), &t.url);
    if (e == NOTFOUND) e = OK;
    for (int which = DUE_WHICH - 1; e == OK && t.left > 0 && which >= 0; which--) e = deliveries(&t, (enum due_which)which);
    if (e == OK && t.left > 0) e = reports(&t);
    if (e == OK && t.left > 0) e = consents(&t);
    *more = t.left <= 0;
    return e != OK || t.left == LETTERS_A_TICK ? e : journal_quiet(w);
}
