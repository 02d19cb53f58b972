/* Letters by the clock. What was told stands in the row itself (told), written in the transaction that puts the letter
 * into the outbox: a turn that runs twice, or dies in between, writes nothing twice and leaves nothing out. */
#include "share/letters.h"

#include "base/hash.h"
#include "base/secret.h"
#include "format/openpgp.h"
#include "share/letters_store.h"
#include "store/journal.h"

enum {
    SECRET_BYTES = 32,
    HELD_MAX = 64, HELD_BYTES = 2 << 20, /* letters put into the outbox at once */
    ABOVE_AGAIN = 3600 /* the tier above is written to again about others of the same notice after so long */
};

/* A notice as all letters of a turn need it: read once. */
struct turn_notice {
    struct notice n;
    str replaces;
    bool consented, by_phone;
    struct notice_reference *reference;
    struct attachment *attachment;
    size_t n_references, n_attachments;
};

/* What the tiers above an addressee added: the same for all below one of them. */
struct turn_added {
    int64_t notice, parent;
    struct added *added;
    size_t n;
};

/* Written in one go: each statement by itself would be a way to the database and back. */
struct held {
    struct letter *letter;
    struct new_confirm_link *link;
    struct told_row *told;
    size_t n_letters, n_links, n_told, letter_room, link_room, told_room, bytes;
};

struct turn {
    struct work *w;
    str url;
    struct turn_notice *notice;
    struct turn_added *added;
    size_t n_notices, notice_room, n_added, added_room;
    struct held held;
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
    t->notice = arena_more(t->w->a, t->notice, t->n_notices, &t->notice_room, sizeof one);
    t->notice[t->n_notices] = one;
    *out = &t->notice[t->n_notices++];
    return OK;
}

static const struct turn_added *added_to(const struct turn *t, const struct due_delivery *d)
{
    for (size_t i = 0; i < t->n_added; i++)
        if (t->added[i].notice == d->notice && t->added[i].parent == d->parent) return &t->added[i];
    return NULL;
}

static enum err read_added(struct turn *t, const struct due_delivery *d)
{
    struct turn_added one = {.notice = d->notice, .parent = d->parent};
    if (added_to(t, d) != NULL) return OK;
    enum err e = d->parent == 0 ? OK : notice_added(t->w, &(struct delivery){.id = d->id}, &one.added, &one.n);
    if (e != OK) return e;
    t->added = arena_more(t->w->a, t->added, t->n_added, &t->added_room, sizeof one);
    t->added[t->n_added++] = one;
    return OK;
}

/* ---- what is held until it is written ---- */

static enum err write_held(struct turn *t)
{
    struct held *h = &t->held;
    enum err e = h->n_told == 0 ? OK : told_put(t->w, h->told, h->n_told);
    if (e == OK && h->n_letters != 0) e = outbox_add_all(t->w, h->letter, h->n_letters);
    if (e == OK && h->n_links != 0) e = confirm_links_add(t->w, h->link, h->n_links);
    *h = (struct held){0};
    return e;
}

static void hold_told(struct turn *t, int64_t delivery, enum told told)
{
    struct held *h = &t->held;
    h->told = arena_more(t->w->a, h->told, h->n_told, &h->told_room, sizeof *h->told);
    h->told[h->n_told++] = (struct told_row){delivery, told};
}

/* ---- one letter ---- */

static bool urgent(const struct notice *n) { return !str_eq(n->urgency, S("ordinary")); }

static void post(struct turn *t, int64_t org, const struct addressee_contact *to, bool at_once, struct letter l)
{
    struct held *h = &t->held;
    l.org = org;
    l.to = to->mail;
    l.urgent = at_once;
    l.due = at_once ? 0 : t->w->now + ORDINARY_LATER;
    h->letter = arena_more(t->w->a, h->letter, h->n_letters, &h->letter_room, sizeof l);
    h->letter[h->n_letters++] = l;
    h->bytes += l.text.n;
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

/* The secret of a link for a letter of this delivery to that contact; empty where the program does not know its own
 * address. */
static str new_link(struct turn *t, const struct due_delivery *d, const struct addressee_contact *c, bool sealed)
{
    struct held *h = &t->held;
    if (t->url.n == 0) return S("");
    str secret = secret_new(t->w->a, SECRET_BYTES);
    h->link = arena_more(t->w->a, h->link, h->n_links, &h->link_room, sizeof *h->link);
    h->link[h->n_links++] = (struct new_confirm_link){sha256_hex(t->w->a, secret), c->name, c->mail, d->id,
                                                      d->due + LINK_AFTER_DUE,     sealed};
    return secret;
}

static void write_to(struct turn *t, const struct turn_notice *n, const struct due_delivery *d,
                     const struct addressee_contact *c, enum letter_kind kind)
{
    struct letter l = {0};
    const struct turn_added *added = added_to(t, d);
    const struct leaving leaving = notice_leaving(t->w, &n->n, d->marking, n->consented);
    bool has_key = letter_body(&leaving, true) == BODY_SEALED && certificate_good(t, c);
    struct notice_letter words = {.kind = kind,
                                  .body = letter_body(&leaving, has_key),
                                  .notice = &n->n,
                                  .replaces = n->replaces,
                                  .added = added->added,
                                  .n_added = added->n,
                                  .reference = n->reference,
                                  .n_references = n->n_references,
                                  .attachment = n->attachment,
                                  .n_attachments = n->n_attachments,
                                  .marking = d->marking,
                                  .due = d->due,
                                  .org_ja = d->org_ja,
                                  .org_en = d->org_en,
                                  .contact = c->name,
                                  .url = t->url};
    if (kind != LETTER_RECALL) words.secret = new_link(t, d, c, words.body == BODY_SEALED);
    notice_letter_write(t->w->a, &words, c->lang, &l.subject, &l.text);
    if (words.body == BODY_SEALED) l.certificate = c->key;
    post(t, d->from, c, urgent(&n->n), l);
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

static enum err write_all(struct turn *t, const struct turn_notice *n, const struct due_delivery *d,
                          enum letter_kind kind)
{
    struct addressee_contact *c;
    size_t n_contacts;
    enum err e = mail_contacts(t->w, d->org, &c, &n_contacts);
    bool all = str_eq(n->n.urgency, S("emergency"));
    for (size_t i = 0; e == OK && i < n_contacts; i++)
        if (concerns(kind, all, i) && !same_mail_before(c, i)) write_to(t, n, d, &c[i], kind);
    return e;
}

/* One letter for all below the same that are due: to whoever passed it to them, or issued it. */
static enum err write_above(struct turn *t, const struct turn_notice *n, const struct due_delivery *d)
{
    struct work *w = t->w;
    struct addressee_contact *c;
    struct named *name;
    size_t n_contacts;
    bool now;
    struct above_letter words = {.notice = &n->n, .url = t->url};
    struct letter l = {0};
    enum err e = above_written(w, d->notice, d->parent, w->now - ABOVE_AGAIN, &now);
    if (e != OK || !now) return e; /* told with another of them */
    e = above_due(w, d->notice, d->parent, NAMES_IN_LETTER, &name, &words.n_names, &words.all);
    if (e == OK) e = mail_contacts(w, d->from, &c, &n_contacts);
    if (e != OK || n_contacts == 0) return e;
    struct above_name *first = arena_array(w->a, words.n_names, sizeof *first);
    for (size_t i = 0; i < words.n_names; i++) first[i] = (struct above_name){name[i].ja, name[i].en};
    words.name = first;
    words.contact = c[0].name;
    above_letter_write(w->a, &words, c[0].lang, &l.subject, &l.text);
    post(t, d->from, &c[0], urgent(&n->n), l);
    return OK;
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
    static const enum letter_kind kinds[] = {[TOLD_NEW] = LETTER_NEW,
                                             [TOLD_REMINDED] = LETTER_REMINDER,
                                             [TOLD_DEPUTIES] = LETTER_DEPUTY,
                                             [TOLD_RECALL] = LETTER_RECALL};
    const struct turn_notice *n;
    bool silent;
    enum err e = the_notice(t, d->notice, &n);
    if (e != OK) return e;
    enum told told = what_now(t->w, n, d, &silent);
    if (told == d->told) return OK;
    hold_told(t, d->id, told);
    if (silent) return OK;
    return told == TOLD_ABOVE ? write_above(t, n, d) : write_all(t, n, d, kinds[told]);
}

static enum err deliveries(struct turn *t, enum due_which which)
{
    struct due_delivery *d;
    size_t n;
    const struct turn_notice *kept;
    enum err e = letters_due(t->w, which, t->left, &d, &n);
    for (size_t i = 0; e == OK && i < n; i++) {
        e = the_notice(t, d[i].notice, &kept);
        if (e == OK) e = read_added(t, &d[i]);
    }
    struct arena_mark mark = arena_mark(t->w->a);
    for (size_t i = 0; e == OK && i < n; i++) {
        e = tell(t, &d[i]);
        if (e != OK || (i + 1 < n && t->held.n_told < HELD_MAX && t->held.bytes < HELD_BYTES)) continue;
        e = write_held(t);
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
        post(t, from, &c[i], all, l);
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
        if (e == OK && !str_eq(r[i].role, S("operator")))
            e = write_short(t, r[i].org, r[i].org, r[i].exceptional, &words);
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
        struct short_letter words = {.report = c[i].report,
                                     .notice = c[i].notice,
                                     .from_ja = c[i].issuer_ja,
                                     .from_en = c[i].issuer_en,
                                     .drill = c[i].drill};
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
    for (int which = DUE_WHICH - 1; e == OK && t.left > 0 && which >= 0; which--)
        e = deliveries(&t, (enum due_which)which);
    if (e == OK && t.left > 0) e = reports(&t);
    if (e == OK && t.left > 0) e = consents(&t);
    if (e == OK) e = write_held(&t);
    *more = t.left <= 0;
    return e != OK || t.left == LETTERS_A_TICK ? e : journal_quiet(w);
}
