#include "share/notice.h"

#include "base/hash.h"
#include "share/delivery.h"
#include "share/notice_store.h"

/* The same words whether it is absent or somebody else's: that there is one is told to nobody it was not sent to. */
static enum err none(struct work *w, str code)
{
    return fault_in(w, NOTFOUND, ((struct where){.field = S("notice")}),
                    M("there is no notice '%1' for your organisation"), code);
}

static enum err standing_of(struct work *w, const struct delivery *own, enum standing *out)
{
    bool passes;
    enum err e = notice_passes(w, own, &passes);
    if (e == OK) *out = passes ? STANDS_PASSER : STANDS_ADDRESSEE;
    return e;
}

enum err notice_find(struct work *w, const struct party *p, str code, struct notice *out, struct delivery *own,
                     enum standing *how)
{
    struct notice found;
    struct delivery d = {0};
    enum standing s = STANDS_ISSUER;
    enum err e = notice_row(w, code, p->org, &found);
    if (e == NOTFOUND) return none(w, code);
    if (e == OK && found.issuer != p->org) {
        e = delivery_of(w, found.id, p->org, &d);
        if (e == OK) e = standing_of(w, &d, &s);
    }
    if (e != OK) return e;
    *out = found;
    *own = d;
    *how = s;
    return OK;
}

enum err notice_by_id(struct work *w, int64_t id, struct notice *out) { return notice_row_by_id(w, id, out); }

struct leaving notice_leaving(const struct work *w, const struct notice *n, struct marking marking, bool consented)
{
    return (struct leaving){.marking = marking,
                            .sent = n->sent != 0,
                            .recalled = n->recalled != 0,
                            .drill = n->drill,
                            .embargo = n->embargo > w->now,
                            .unconsented = !consented};
}

enum err notice_named(struct work *w, const struct party *p, bool *out)
{
    *out = p->owner;
    return p->owner ? OK : notice_contact_is(w, p->org, w->actor->person, out);
}

enum err notice_sight(struct work *w, const struct party *p, const struct notice *n, const struct delivery *own,
                      enum standing how, enum leave_verdict *out)
{
    bool consented = true, named = true;
    if (how == STANDS_ISSUER) {
        *out = LEAVE_YES;
        return OK;
    }
    enum err e = notice_consented(w, n, &consented);
    if (e == OK && own->marking.tlp == TLP_RED) e = notice_named(w, p, &named);
    if (e != OK) return e;
    struct leaving l = notice_leaving(w, n, own->marking, consented);
    *out = leave_may(&l, BY_SIGHT, own->marking.tlp == TLP_RED && named ? TO_PERSON : TO_ADDRESSEE);
    return OK;
}

/* ---- the very text ---- */

static void hashed(struct buf *b, str s)
{
    buf_fmt(b, "%zu:", s.n);
    buf_add(b, s);
}

str notice_digest(struct arena *a, const struct notice *n, const struct notice_reference *reference,
                  size_t n_references, const struct attachment *attachment, size_t n_attachments)
{
    struct buf b = buf_in(a);
    hashed(&b, n->title);
    hashed(&b, n->text);
    hashed(&b, n->measure);
    buf_fmt(&b, "%zu references:", n_references);
    for (size_t i = 0; i < n_references; i++) {
        hashed(&b, reference[i].kind);
        hashed(&b, reference[i].value);
    }
    buf_fmt(&b, "%zu attachments:", n_attachments);
    for (size_t i = 0; i < n_attachments; i++) {
        hashed(&b, attachment[i].name);
        hashed(&b, attachment[i].sha256);
    }
    hashed(&b, tlp_word(n->marking.tlp));
    hashed(&b, pap_word(n->marking.pap));
    return sha256_hex(a, buf_str(&b));
}
