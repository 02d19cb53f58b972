/* A file of another system is taken in: objects of STIX are kept as they came, an event of MISP becomes a draft with
 * the file attached. */
#include "base/hash.h"
#include "share/exchange.h"
#include "share/misp.h"
#include "share/notice_acts.h"
#include "share/objects.h"
#include "surface/door.h"

enum { LISTED = 200 };

struct taking_in {
    struct work *w;
    const struct args *in;
    struct doc *out;
    const struct file *file;
    struct party party;
};

static void marked_as(struct taking_in *t, struct marking m)
{
    t->out->handling = tlp_label(m.tlp);
    doc_fact(t->out, "marking", M("Marking"), marking_cell(t->w->a, m));
}

/* The draft is the party's own; a person reads it, completes it and sends it, or discards it. */
static enum err make_draft(struct taking_in *t, const struct draft *d, bool attach)
{
    struct notice n;
    enum err e = draft_make(t->w, &t->party, d, &n);
    struct attachment file = {t->file->name, t->file->sha256, S("application/json"), (int64_t)t->file->bytes.n};
    if (e == OK && attach) e = attachment_put(t->w, n.id, &file, t->file->bytes);
    if (e != OK) return e;
    /* a number that is tried out is another's by then */
    if (!t->w->rehearsed) doc_fact(t->out, "draft", M("Draft made of it"), C_TEXT(n.code));
    doc_fact(t->out, "title", M("Subject"), C_TEXT(n.title));
    act_noted(t->w, S("draft"), n.code);
    notice_go(t->w, &n, "share notice",
              M("A draft was made of the file. Check its text, marking and addressees before you send it."));
    return OK;
}

/* ---- STIX ---- */

static void list_objects(struct taking_in *t, const struct stix_object *o, const bool *is_new, size_t n)
{
    static const struct column columns[] = {{"type", CELL_TEXT, N("Type of object"), 0, NULL, NULL},
                                            {"id", CELL_TEXT, N("Id"), COL_DETAIL, NULL, NULL},
                                            {"tlp", CELL_TEXT, N("Marking"), 0, NULL, NULL},
                                            {"new", CELL_BOOL, N("New"), 0, NULL, NULL}};
    DOC_TABLE(t->out, "objects", columns);
    for (size_t i = 0; i < n && i < LISTED; i++)
        DOC_ROW(t->out, C_TEXT(o[i].type), C_TEXT(o[i].id), C_TEXT(tlp_label(o[i].marking.tlp)), C_BOOL(is_new[i]));
    doc_table_end(t->out);
    if (n > LISTED)
        doc_note(t->out, M("The first %1 of %2 are shown."), str_int(t->w->a, LISTED), str_int(t->w->a, (int64_t)n));
}

static enum err keep_objects(struct taking_in *t, const struct stix_object *o, size_t n)
{
    struct work *w = t->w;
    struct collection c;
    int64_t added, fresh = 0;
    struct marking m = {0};
    bool *is_new = arena_array(w->a, n + 1, sizeof *is_new);
    enum err e = collection_find(w, &t->party, S("received"), &c);
    for (size_t i = 0; i < n && e == OK; i++) {
        e = object_put(w, &c, &o[i], t->file->name, &added, &is_new[i]);
        fresh += is_new[i];
        m = marking_both(m, o[i].marking);
    }
    if (e != OK) return e;
    doc_fact(t->out, "objects", M("Objects in the file"), C_INT((int64_t)n));
    doc_fact(t->out, "new", M("of them new"), C_INT(fresh));
    marked_as(t, m);
    list_objects(t, o, is_new, n);
    act_noted(w, S("objects"), str_int(w->a, (int64_t)n));
    act_noted(w, S("new"), str_int(w->a, fresh));
    return OK;
}

/* All or nothing: a person has the file and can have it mended; half of it would be taken for the whole. */
static enum err take_stix(struct taking_in *t)
{
    struct stix_object *o;
    size_t n;
    enum err e = stix_read(t->w, t->file->name, t->file->bytes, &o, &n);
    if (e == OK) e = work_err(t->w);
    if (e != OK) return e;
    if (n == 0)
        return fault_in(t->w, INVALID, ((struct where){.file = t->file->name}), M("STIX: there is no object in it"));
    e = keep_objects(t, o, n);
    if (e != OK || !arg_given(t->in, "draft")) return e;
    struct draft d;
    stix_draft(t->w, t->out->lang, o, n, &d);
    return make_draft(t, &d, false);
}

/* ---- MISP ---- */

static enum err choose(struct taking_in *t, const struct misp_event *e, size_t n, size_t *out)
{
    str asked = arg_text(t->in, "event");
    for (size_t i = 0; i < n; i++) {
        if (asked.n != 0 ? !str_eq(e[i].uuid, asked) : n != 1) continue;
        *out = i;
        return OK;
    }
    struct where where = {.field = S("event")};
    if (asked.n != 0) return fault_in(t->w, NOTFOUND, where, M("there is no event '%1' in the file"), asked);
    return fault_in(t->w, INVALID, where, M("there are %1 events in the file: say which by its UUID, the first is %2"),
                    str_int(t->w->a, (int64_t)n), e[0].uuid);
}

static void list_attributes(struct taking_in *t, const struct misp_event *e)
{
    static const struct column columns[] = {{"category", CELL_TEXT, N("Category"), COL_DETAIL, NULL, NULL},
                                            {"type", CELL_TEXT, N("Type of attribute"), 0, NULL, NULL},
                                            {"value", CELL_TEXT, N("Value"), 0, NULL, NULL},
                                            {"comment", CELL_TEXT, N("Comment beside it"), COL_DETAIL, NULL, NULL}};
    DOC_TABLE(t->out, "attributes", columns);
    for (size_t i = 0; i < e->n && i < LISTED; i++)
        DOC_ROW(t->out, text_cell(e->attribute[i].category), C_TEXT(e->attribute[i].type),
                C_TEXT(e->attribute[i].value), text_cell(e->attribute[i].comment));
    doc_table_end(t->out);
    if (e->n > LISTED)
        doc_note(t->out, M("The first %1 of %2 are shown."), str_int(t->w->a, LISTED), str_int(t->w->a, (int64_t)e->n));
}

static enum err take_misp(struct taking_in *t)
{
    struct misp_event *all;
    size_t n, i = 0;
    struct draft d;
    enum err e = misp_read(t->w, t->file->name, t->file->bytes, &all, &n);
    if (e == OK) e = choose(t, all, n, &i);
    if (e != OK) return e;
    doc_fact(t->out, "event", M("Event of MISP"), C_TEXT(all[i].uuid));
    doc_fact(t->out, "from", M("Made by"), text_cell(all[i].org));
    marked_as(t, all[i].marking);
    misp_draft(t->w->a, t->out->lang, &all[i], &d);
    e = make_draft(t, &d, t->file->bytes.n <= ATTACHMENT_BYTES_MAX);
    if (e != OK) return e;
    list_attributes(t, &all[i]);
    act_noted(t->w, S("event"), all[i].uuid);
    return OK;
}

const struct param share_take_params[] = {
    {"file", P_FILE, REQUIRED, NULL, NULL,
     N("a bundle of STIX 2.1 (64 MB at most) or an event of MISP as JSON (16 MB at most)")},
    {"draft", P_FLAG, 0, NULL, NULL,
     N("STIX: begin a draft of a notice from it too; of an event of MISP one always is")},
    {"event", P_TEXT, RARE, NULL, NULL, N("MISP: which event of several, by its UUID")},
    PARTY_PARAM,
    {0}};

enum err share_act_take(struct work *w, const struct args *in, struct doc *out)
{
    struct taking_in t = {.w = w, .in = in, .out = out, .file = arg_file(in, "file")};
    enum err e = party_of(w, in, &t.party);
    if (e != OK) return e;
    return misp_looks_so(t.file->bytes) ? take_misp(&t) : take_stix(&t);
}
