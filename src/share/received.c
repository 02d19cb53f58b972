#include "share/received.h"

#include "base/clock.h"
#include "format/json.h"
#include "share/objects_store.h"

enum { SHOWN = 200, NAME_FROM = 8 << 10 /* bytes of an object that is looked into for its name */ };

/* ---- which there are ---- */

enum err share_view_collections(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column columns[] = {
        {"collection", CELL_TEXT, N("Collection"), .to = "share received", .with = "collection"},
        {"title", CELL_TEXT, N("What it holds")},
        {"can_write", CELL_BOOL, N("You may put in")},
        {"objects", CELL_INT, N("Objects put in")},
        {"newest", CELL_TIME, N("The newest")},
        {"uuid", CELL_TEXT, N("TAXII collection"), COL_DETAIL},
    };
    struct party p;
    struct collection *c;
    size_t n;
    enum err e = party_of(w, in, &p);
    if (e == OK) e = collections_of(w, &p, &c, &n);
    if (e != OK) return e;
    DOC_TABLE(out, "collections", columns);
    for (size_t i = 0; e == OK && i < n; i++) {
        struct collection_size s = {0};
        if (c[i].kind == OF_NOTICES) e = offers_size(w, p.org, &s);
        else e = collection_size(w, c[i].uuid, &s);
        if (e != OK) return e;
        DOC_ROW(out, C_TEXT(c[i].alias), C_BOTH(c[i].title_ja, c[i].title_en), C_BOOL(c[i].can_write),
                c[i].kind == OF_NOTICES ? C_NONE : C_INT(s.n), s.newest == 0 ? C_NONE : C_TIME(s.newest / 1000000),
                C_TEXT(c[i].uuid));
    }
    doc_table_end(out);
    doc_note(
        out,
        M("Programs reach them by TAXII 2.1 at %1 with a token of your account: as Bearer, or by Basic with your staff number as the name."),
        S("/taxii2/"));
    return OK;
}

/* ---- what stands in one ---- */

static str name_of(struct work *w, int64_t collection, const struct stored *s)
{
    struct work inner = {.a = w->a};
    const struct jv *v = NULL;
    str bytes = s->object.bytes, name;
    if (s->size > NAME_FROM) return S("");
    if (bytes.n == 0 && object_bytes(w, collection, s->added, &bytes) != OK) return S("");
    if (jv_read(&inner, S("object"), bytes, &v) != OK) return S("");
    name = jv_str(jv_get(v, "name"));
    return name.n != 0 ? name : jv_str(jv_get(v, "value")); /* of what is observed: an address, a domain */
}

static void one_row(struct work *w, const struct collection *c, const struct stored *s, struct doc *out)
{
    const struct stix_object *o = &s->object;
    struct cell version = o->version == 0 ? C_NONE : C_TIME(o->version / 1000000);
    DOC_ROW(out, C_TIME(s->added / 1000000), C_TEXT(o->type), text_cell(name_of(w, c->id, s)),
            C_TEXT(tlp_label(o->marking.tlp)), C_BOOL(!o->marked), version, C_TEXT(s->source), C_TEXT(o->id),
            C_INT(s->size));
}

static enum err listed(struct work *w, const struct args *in, const struct party *p, const struct collection *c,
                       struct stored **s, size_t *n, bool *more)
{
    const struct match all = {.all = true};
    enum tlp tlp = TLP_CLEAR;
    bool marked = arg_given(in, "marking") && tlp_parse(arg_text(in, "marking"), &tlp);
    int64_t until = arg_given(in, "until") ? ((arg_int(in, "until") + 1) * DAY - JAPAN) * 1000000 : INT64_MAX;
    const struct listing want = {.collection = c->id, .since = c->since,
                                 .until = until,
                                 .type = arg_text(in, "type"),
                                 .source = arg_text(in, "source"),
                                 .tlp = marked ? (int64_t)tlp : -1,
                                 .limit = SHOWN + 1};
    if (c->kind == OF_NOTICES) return objects_page(w, p, c, &all, -1, OBJECTS_PAGE_MAX, true, s, n, more);
    enum err e = c->id == 0 ? OK : objects_newest(w, &want, s, n);
    *more = *n > SHOWN;
    if (*more) *n = SHOWN;
    return e;
}

#define COLLECTION {"collection", P_CODE, 0, NULL, "received", N("collection; its uuid or short name"), "share collections"}
const struct param share_received_params[] = {
    COLLECTION,
    {"type", P_CODE, 0, NULL, NULL, N("type of the objects: indicator, vulnerability, report …")},
    {"source", P_CODE, 0, NULL, NULL, N("who put them in")},
    {"marking", P_ENUM, 0, "clear green amber amber+strict", NULL, N("marking")},
    {"until", P_DATE, RARE, NULL, NULL, N("up to this day")},
    PARTY_PARAM,
    {0}};

enum err share_view_received(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column columns[] = {
        {"added", CELL_TIME, N("Came in")},
        {"type", CELL_TEXT, N("Type of object")},
        {"name", CELL_TEXT, N("Name")},
        {"marking", CELL_TEXT, N("Marking")},
        {"unmarked", CELL_BOOL, N("Came without a marking"), COL_DETAIL},
        {"version", CELL_TIME, N("Version of"), COL_DETAIL},
        {"source", CELL_TEXT, N("Put in by")},
        {"object", CELL_TEXT, N("Object"), .to = "share received-object", .with = "object"},
        {"size", CELL_INT, N("Bytes"), COL_DATA}};
    struct party p;
    struct collection c;
    struct stored *s = NULL;
    size_t n = 0;
    bool more = false;
    enum err e = party_of(w, in, &p);
    if (e == OK) e = collection_find(w, &p, arg_text(in, "collection"), &c);
    if (e == OK) e = listed(w, in, &p, &c, &s, &n, &more);
    if (e != OK) return e;
    doc_lead(out, M("%1 · newest first"), lang_pick(out->lang, c.title_ja, c.title_en));
    struct marking narrowest = {0};
    for (size_t i = 0; i < n; i++) narrowest = marking_both(narrowest, s[i].object.marking);
    if (n != 0) out->handling = tlp_label(narrowest.tlp);
    if (n == 0)
        doc_text(out, c.kind == OF_NOTICES
                          ? M("No notice was sent to you yet.")
                          : M("Nothing came in yet: add a server to fetch from, or put in a file of STIX."));
    doc_show(out, &(struct show){.kind = SHOW_CARDS});
    DOC_TABLE(out, "objects", columns);
    bool upward = c.kind == OF_NOTICES;
    for (size_t i = 0; i < n; i++) one_row(w, &c, &s[upward ? n - 1 - i : i], out);
    doc_table_end(out);
    if (more) doc_note(out, M("Not all are shown: narrow them down by type, source, marking or day."));
    return OK;
}

/* ---- one object ---- */

const struct param share_received_object_params[] = {
    COLLECTION, {"object", P_TEXT, REQUIRED, NULL, NULL, N("id of the object")}, PARTY_PARAM,
    {0}};

enum err share_file_object(struct work *w, const struct args *in, struct bytes_out *out)
{
    struct party p;
    struct collection c;
    struct stored *s;
    size_t n;
    bool more;
    struct match one = {.newest = true, .n_ids = 1};
    enum err e = party_of(w, in, &p);
    if (e == OK) e = collection_find(w, &p, arg_text(in, "collection"), &c);
    one.id[0] = arg_text(in, "object");
    if (e == OK) e = objects_page(w, &p, &c, &one, -1, 1, true, &s, &n, &more);
    if (e != OK) return e;
    if (n == 0) return fault(w, NOTFOUND, M("there is no such object in this collection"));
    const struct leaving l = {.marking = s[0].object.marking, .sent = true};
    enum leave_verdict v = leave_may(&l, BY_FILE, TO_ADDRESSEE);
    if (v != LEAVE_YES) return fault(w, DENIED, leave_why(v), tlp_label(l.marking.tlp));
    return out->put(out, s[0].object.bytes);
}
