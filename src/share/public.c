/* What is marked for everybody, as everybody who is signed in sees it: the same that the public feeds tell. */
#include "share/feed.h"
#include "share/notice_acts.h"
#include "share/told.h"

static enum err list(struct work *w, struct doc *out)
{
    static const struct column columns[] = {
        {"notice", CELL_TEXT, N("Number"), 0, "share public", "notice"},
        {"title", CELL_TEXT, N("Subject"), 0, NULL, NULL},
        {"issuer", CELL_ORG, N("Issuer"), 0, NULL, NULL},
        {"kind", CELL_ENUM, N("Kind"), COL_DETAIL, NULL, NULL},
        {"urgency", CELL_ENUM, N("Urgency"), COL_DETAIL, NULL, NULL},
        {"sent", CELL_TIME, N("Sent"), 0, NULL, NULL},
    };
    struct feed_item *x;
    size_t n;
    enum err e = feed_items(w, BY_BROADCAST, TO_PUBLIC, FEED_NEWEST, &x, &n);
    if (e != OK) return e;
    if (n == 0)
        doc_text(
            out,
            M("No notice is public now. Public are notices marked TLP:CLEAR, and PAP:CLEAR or PAP:GREEN, from when they are sent and any embargo is over."));
    doc_show(out, &(struct show){.kind = SHOW_CARDS, .label = "title"});
    DOC_TABLE(out, "public", columns);
    for (size_t i = 0; i < n; i++) {
        const struct notice *o = &x[i].notice;
        DOC_ROW(out, C_TEXT(o->code), C_TEXT(o->title), C_ORG(o->issuer_code, o->issuer_ja, o->issuer_en, 0),
                notice_kind_cell(o->kind), share_urgency_cell(o->urgency), C_TIME(o->sent));
    }
    doc_table_end(out);
    doc_note(
        out,
        M("The same can be read without an account, by feed readers: /feeds/notices.atom, /feeds/notices.rss; by MISP: /feeds/misp/."));
    return OK;
}

static void references(struct doc *out, const struct feed_item *x)
{
    static const struct column columns[] = {{"kind", CELL_ENUM, N("Kind"), 0, NULL, NULL},
                                            {"value", CELL_TEXT, N("Reference"), 0, NULL, NULL}};
    static const struct coded kinds[] = {
        {"cve", N("CVE number")}, {"jvn", N("JVN number")}, {"product", N("Product")}, {"url", N("Address of a page")}};
    if (x->with.n_references == 0) return;
    doc_heading(out, M("References"));
    DOC_TABLE(out, "references", columns);
    for (size_t i = 0; i < x->with.n_references; i++)
        DOC_ROW(out, CODED(kinds, x->with.reference[i].kind), C_TEXT(x->with.reference[i].value));
    doc_table_end(out);
}

static enum err one(struct work *w, str code, struct doc *out)
{
    struct feed_item *x;
    size_t n;
    enum err e = feed_item(w, BY_BROADCAST, TO_PUBLIC, code, &x, &n);
    if (e != OK) return e;
    if (n == 0) return fault_in(w, NOTFOUND, notice_where("notice"), M("there is no public notice '%1'"), code);
    const struct notice *o = &x->notice;
    doc_title(out, M("%1"), o->title);
    doc_fact(out, "notice", M("Number"), C_TEXT(o->code));
    doc_fact(out, "issuer", M("Issuer"), C_ORG(o->issuer_code, o->issuer_ja, o->issuer_en, 0));
    doc_fact(out, "sent", M("Sent"), C_TIME(o->sent));
    doc_fact(out, "kind", M("Kind"), notice_kind_cell(o->kind));
    paragraphs_told(out, o->text);
    if (o->measure.n != 0) {
        doc_heading(out, M("Countermeasure"));
        paragraphs_told(out, o->measure);
    }
    references(out, x);
    return OK;
}

const struct param share_public_params[] = {
    {"notice", P_CODE, HIDDEN, NULL, NULL, N("one notice, by its number; without it, the newest of all")}, {0}};

enum err share_view_public(struct work *w, const struct args *in, struct doc *out)
{
    str code = arg_text(in, "notice");
    out->handling = tlp_label(TLP_CLEAR);
    return code.n == 0 ? list(w, out) : one(w, code, out);
}
