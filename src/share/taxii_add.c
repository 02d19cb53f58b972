#include "share/taxii_add.h"

#include "base/hash.h"
#include "base/lang.h"
#include "base/uuid.h"
#include "format/json.h"
#include "share/status_store.h"
#include "share/taxii_query.h"

/* Made once with a random UUID: the name of what became of a request follows from the request's, so that asked once
 * more it is the same. */
#define NAMESPACE S("95469b23-8e40-418e-8a09-d8ec4da57e77")

/* ---- the request ---- */

enum err taxii_post(struct work *w, const struct mount_ask *ask, struct mount_act *act, struct mount_answer *out)
{
    struct taxii_path p;
    bool here = taxii_path_read(w->a, ask->path, &p) && p.n == 4 && str_eq(p.part[0], S("share")) &&
                str_eq(p.part[1], S("collections")) && str_eq(p.part[3], S("objects"));
    if (!here)
        return taxii_refuse(w, out, p.n == 4 ? 404 : 405,
                            M("nothing can be put in at this address: it would be …/collections/ID/objects/"));
    if (!taxii_accepted(ask->accept))
        return taxii_refuse(
            w, out, 406,
            M("this server speaks application/taxii+json;version=2.1 alone: the Accept header leaves it out"));
    if (!taxii_content(ask->content_type))
        return taxii_refuse(w, out, 415, M("what is put in would be application/taxii+json;version=2.1"));
    struct file *file = arena_alloc(w->a, sizeof *file);
    *file = (struct file){S("body"), ask->body, sha256_hex(w->a, ask->body)};
    *act = (struct mount_act){.entry = "taxii-add", .n = 3};
    act->given[0] = (struct given){.name = S("collection"), .text = p.part[2]};
    act->given[1] = (struct given){.name = S("file"), .file = file};
    act->given[2] = (struct given){.name = S("status"), .text = uuid5(w->a, NAMESPACE, ask->act_id)};
    return OK;
}

enum err taxii_told(struct work *w, const struct mount_ask *ask, enum err did, struct mount_answer *out)
{
    struct party party;
    if (did == INVALID)
        out->status = w->faults.count > 0 && str_eq(w->faults.first[0].where.field, S("collection")) ? 404 : 422;
    if (did != OK) return did;
    enum err e = party_of(w, &(struct args){0}, &party);
    out->status = 202;
    return e == OK ? taxii_status(w, &party, uuid5(w->a, NAMESPACE, ask->act_id), out) : e;
}

/* ---- what became of it ---- */

static void detail(struct json_out *j, struct work *w, const struct taken_one *one)
{
    json_open(j, '{');
    json_key(j, S("id"));
    json_put_str(j, one->id);
    if (one->version != 0) {
        json_key(j, S("version"));
        json_put_str(j, taxii_version(w->a, one->version));
    }
    if (!one->good) {
        json_key(j, S("message"));
        json_put_str(j, one->why);
    }
    json_close(j, '}');
}

/* The lists may be left out, but hold all where they are there (§4.3.1). */
static str lists_of(struct work *w, const struct taken *t)
{
    static const char *const names[] = {"failures", "successes"};
    struct buf b = buf_in(w->a);
    struct json_out j = json_to(&b, 0);
    json_open(&j, '{');
    for (int good = 0; good < 2; good++) {
        size_t n = good ? t->good : t->bad;
        if (n == 0 || n > STATUS_LISTED) continue;
        json_key(&j, str_of(names[good]));
        json_open(&j, '[');
        for (size_t i = 0; i < t->n; i++)
            if (t->one[i].good == (good != 0)) detail(&j, w, &t->one[i]);
        json_close(&j, ']');
    }
    json_close(&j, '}');
    return buf_str(&b);
}

static void counted(struct json_out *j, const char *key, int64_t n)
{
    json_key(j, str_of(key));
    json_put_int(j, n);
}

enum err taxii_status(struct work *w, const struct party *p, str uuid, struct mount_answer *out)
{
    struct status s;
    const struct jv *lists = NULL, *value;
    str key;
    enum err e = status_find(w, p->org, uuid, &s);
    if (e == NOTFOUND)
        return fault(w, NOTFOUND, M("there is no status '%1', or not any more: they are kept for %2 days"),
                     str_sub(uuid, 0, CODE_MAX), str_int(w->a, STATUS_DAYS));
    if (e == OK) e = jv_read(w, S("status"), s.lists, &lists);
    if (e != OK) return e;
    struct buf b = buf_in(w->a);
    struct json_out j = json_to(&b, 0);
    json_open(&j, '{');
    json_key(&j, S("id"));
    json_put_str(&j, s.uuid);
    json_key(&j, S("status"));
    json_put_str(&j, S("complete"));
    json_key(&j, S("request_timestamp"));
    json_put_str(&j, micro_text(w->a, s.requested));
    counted(&j, "total_count", s.total);
    counted(&j, "success_count", s.good);
    counted(&j, "failure_count", s.bad);
    counted(&j, "pending_count", 0);
    for (void *i = NULL; jv_member(lists, &i, &key, &value);) {
        struct buf one = buf_in(w->a);
        jv_copy(&one, value);
        json_key(&j, key);
        json_put_raw(&j, buf_str(&one));
    }
    json_close(&j, '}');
    out->media = TAXII_MEDIA;
    return out->body->put(out->body, buf_str(&b));
}

/* ---- the act ---- */

static void tell(struct doc *out, const struct collection *c, const struct taken *t)
{
    static const struct column columns[] = {{"object", CELL_TEXT, N("Object")}, {"why", CELL_TEXT, N("Why not")}};
    enum { TOLD = 100 };
    doc_fact(out, "collection", M("Collection"), C_BOTH(c->title_ja, c->title_en));
    doc_fact(out, "objects", M("Objects"), C_INT((int64_t)t->n));
    doc_fact(out, "new", M("New"), C_INT((int64_t)t->fresh));
    doc_fact(out, "refused", M("Refused"), C_INT((int64_t)t->bad));
    if (t->bad == 0) return;
    DOC_TABLE(out, "refused_objects", columns);
    size_t n = 0;
    for (size_t i = 0; i < t->n && n < TOLD; i++) {
        if (t->one[i].good) continue;
        DOC_ROW(out, C_TEXT(t->one[i].id), C_TEXT(t->one[i].why));
        n++;
    }
    doc_table_end(out);
}

const struct param share_taxii_add_params[] = {
    PARTY_PARAM,
    {"collection", P_CODE, REQUIRED, NULL, NULL, N("collection; its uuid or short name"), "share collections"},
    {"file", P_FILE, REQUIRED, NULL, NULL, N("STIX bundle, or one object")},
    {"source", P_CODE, HIDDEN, NULL, NULL, N("server it was fetched from; for the owner of the database")},
    {"status", P_CODE, HIDDEN, NULL, NULL, N("uuid under which what became of it is found")},
    {0}};

static enum err too_much(struct work *w)
{
    return fault_in(w, INVALID, ((struct where){.field = S("file")}),
                    M("more than %1 objects, or %2 MB, at once: in parts, or as a file by `meguri share take`"),
                    str_int(w->a, TAXII_OBJECTS_MAX), str_int(w->a, TAXII_BODY_MAX >> 20));
}

enum err share_taxii_add(struct work *w, const struct args *in, struct doc *out)
{
    struct party party;
    struct collection c;
    struct stix_object *o;
    struct taken taken;
    size_t n;
    const struct file *file = arg_file(in, "file");
    enum err e = party_of(w, in, &party);
    if (e == OK) e = collection_find(w, &party, arg_text(in, "collection"), &c);
    if (e != OK) return e;
    if (!c.can_write) return fault(w, DENIED, M("you may read '%1', but not put objects in"), c.alias);
    if (arg_given(in, "source") && !party.owner)
        return fault_in(w, DENIED, ((struct where){.field = S("source")}),
                        M("who put it in is you: another source is not yours to say"));
    if (!party.owner && file->bytes.n > TAXII_BODY_MAX) return too_much(w);
    str uuid = arg_given(in, "status") ? arg_text(in, "status") : uuid_new(w);
    e = stix_read(w, file->name, file->bytes, &o, &n);
    if (e != OK) return e;
    if (n == 0) return fault(w, INVALID, M("there are no objects in it"));
    if (!party.owner && n > TAXII_OBJECTS_MAX) return too_much(w);
    str source = arg_given(in, "source") ? arg_text(in, "source") : party.code;
    e = objects_take(w, &c, o, n, source, &taken);
    const struct status s = {.uuid = uuid,
                             .org = party.org,
                             .requested = w->now * 1000000,
                             .total = (int64_t)n,
                             .good = (int64_t)taken.good,
                             .bad = (int64_t)taken.bad,
                             .lists = e == OK ? lists_of(w, &taken) : S("")};
    if (e == OK) e = status_add(w, &s, (w->now - (int64_t)STATUS_DAYS * DAY) * 1000000);
    if (e != OK) return e;
    taken_noted(w, &c, &taken);
    tell(out, &c, &taken);
    return OK;
}
