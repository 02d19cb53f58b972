/* Does a consent to this very text stand? Asked by every way of sending (compose.h, draft_send). */
#include "share/consented.h"

#include "share/consent_store.h"
#include "share/report_store.h"

enum err notice_digest_now(struct work *w, const struct notice *n, str *out)
{
    struct notice_reference *ref;
    struct attachment *att;
    size_t n_ref, n_att;
    enum err e = notice_references(w, n->id, &ref, &n_ref);
    if (e == OK) e = notice_attachments(w, n->id, &att, &n_att);
    if (e == OK) *out = notice_digest(w->a, n, ref, n_ref, att, n_att);
    return e;
}

/* An incident of the issuer's own needs nobody else's word. A marking wider than the report's is not the issuer's to
 * give, whatever was agreed to: the operator widens its report first. */
enum err notice_consented(struct work *w, const struct notice *n, bool *out)
{
    struct report_row r;
    struct consent c;
    str digest;
    if (n->report == 0) {
        *out = true;
        return OK;
    }
    enum err e = share_report_by_id(w, n->report, &r);
    if (e == NOTFOUND) return fault(w, NOTFOUND, M("the report that '%1' was made of is not there any more"), n->code);
    if (e == OK && r.org == n->issuer) {
        *out = true;
        return OK;
    }
    if (e == OK) e = notice_digest_now(w, n, &digest);
    if (e != OK) return e;
    e = consent_of_text(w, n->id, digest, &c);
    if (e != OK && e != NOTFOUND) return e;
    *out = e == OK && str_eq(c.decision, S("given")) && n->marking.tlp >= r.tlp;
    return OK;
}
