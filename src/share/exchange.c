#include "share/exchange.h"

#include "format/zip_write.h"
#include "share/delivery.h"
#include "share/feed.h"
#include "share/misp.h"

/* ---- a notice as a file ---- */

struct leaving_notice {
    struct party party;
    struct notice notice;
    struct marking marking;
    struct stix_with with;
    str supersedes;
};

/* The uuid of the one it updates, where the party had that too. */
static enum err superseded(struct work *w, struct leaving_notice *x)
{
    struct notice before;
    struct delivery d;
    if (x->notice.supersedes == 0) return OK;
    enum err e = notice_by_id(w, x->notice.supersedes, &before);
    if (e != OK) return e;
    e = before.issuer == x->party.org ? OK : delivery_of(w, before.id, x->party.org, &d);
    bool had = before.issuer == x->party.org || (e == OK && d.ack >= ACK_SENT);
    if (e == OK && had) x->supersedes = before.uuid;
    return e == NOTFOUND ? OK : e;
}

/* As it came to the party, or as it was sent; refused where that does not go into a file. */
static enum err found(struct work *w, const struct args *in, struct leaving_notice *x)
{
    struct delivery own;
    enum standing how;
    bool consented = false;
    *x = (struct leaving_notice){.supersedes = S("")};
    enum err e = party_of(w, in, &x->party);
    if (e == OK) e = notice_find(w, &x->party, arg_text(in, "notice"), &x->notice, &own, &how);
    if (e == OK) e = notice_consented(w, &x->notice, &consented);
    if (e != OK) return e;
    x->marking = own.id == 0 ? x->notice.marking : own.marking;
    struct leaving l = notice_leaving(w, &x->notice, x->marking, consented);
    enum leave_verdict v = leave_may(&l, BY_FILE, TO_ADDRESSEE);
    if (v != LEAVE_YES)
        return fault_in(w, DENIED, ((struct where){.field = S("notice")}), leave_why(v), tlp_label(x->marking.tlp));
    return superseded(w, x);
}

enum err share_file_notice_stix(struct work *w, const struct args *in, struct bytes_out *out)
{
    struct leaving_notice x;
    struct stix_object *o;
    size_t n;
    enum err e = found(w, in, &x);
    if (e == OK) e = stix_of_notice(w, &x.notice, x.marking, &o, &n);
    out->name = str_fmt(w->a, "%.*s.stix.json", STR_ARG(x.notice.code));
    return e == OK ? out->put(out, stix_bundle(w->a, x.notice.uuid, o, n)) : e;
}

enum err share_file_notice_misp(struct work *w, const struct args *in, struct bytes_out *out)
{
    struct leaving_notice x;
    struct notice_reference *r;
    struct attachment *a;
    enum err e = found(w, in, &x);
    if (e == OK) e = notice_references(w, x.notice.id, &r, &x.with.n_references);
    if (e == OK) e = notice_attachments(w, x.notice.id, &a, &x.with.n_attachments);
    if (e != OK) return e;
    x.with.reference = r;
    x.with.attachment = a;
    out->name = str_fmt(w->a, "%.*s.misp.json", STR_ARG(x.notice.code));
    return out->put(out, misp_event_json(w->a, &x.notice, x.marking, &x.with, x.supersedes));
}

/* ---- the feed of MISP, to be put on a server by hand ---- */

struct sink {
    struct bytes_out *out;
    enum err err;
};
static void to_sink(void *to, str bytes)
{
    struct sink *s = to;
    if (s->err == OK) s->err = s->out->put(s->out, bytes);
}

static void put_member(struct zip *z, str name, str bytes)
{
    zip_member(z, name);
    zip_put(z, bytes);
}

const struct param share_misp_feed_params[] = {
    {"public", P_FLAG, 0, NULL, NULL,
     N("only what is for everybody (TLP:CLEAR), to be put on a server without sign-in")},
    PARTY_PARAM,
    {0}};

enum err share_file_misp_feed(struct work *w, const struct args *in, struct bytes_out *out)
{
    struct party p;
    struct feed_item *x;
    size_t n;
    enum receiver to = arg_given(in, "public") ? TO_PUBLIC : TO_COMMUNITY;
    enum err e = party_of(w, in, &p);
    if (e == OK) e = feed_items(w, BY_FEED, to, FEED_MISP_NEWEST, &x, &n);
    if (e != OK) return e;
    out->name = S("misp-feed.zip");
    struct sink s = {.out = out};
    struct zip *z = zip_begin(w->a, (struct zip_sink){to_sink, &s});
    put_member(z, S("manifest.json"), feed_misp_manifest(w->a, x, n));
    put_member(z, S("hashes.csv"), feed_misp_hashes(w->a, x, n));
    for (size_t i = 0; i < n; i++)
        put_member(z, str_fmt(w->a, "%.*s.json", STR_ARG(x[i].notice.uuid)), feed_misp_event(w->a, &x[i]));
    return zip_end(z) ? s.err : BUSY;
}
