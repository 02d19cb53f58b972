/* share body: one of those who take part, with its members for who keeps it; share body-edit; share bodies-import. */
#include "share/bodies.h"
#include "share/contacts.h"
#include "share/who.h"

#include "format/csv.h"
#include "surface/fields.h"

const struct param share_body_params[] = {
    {"org", P_CODE, 0, NULL, NULL, N("which body; without it, your own"), "share bodies"}, PARTY_PARAM, {0}};
const struct param share_body_edit_params[] = {
    {"org", P_CODE, 0, NULL, NULL, N("which body; without it, your own"), "share bodies"},
    {"secretariat_ja", P_TEXT, 0, NULL, NULL, N("who keeps the office; what is not given stays as it is")},
    {"secretariat_en", P_TEXT, RARE, NULL, NULL, N("secretariat, in English")},
    {"founded", P_TEXT, RARE, NULL, NULL, N("day of its foundation")},
    {"members_ja", P_TEXT, 0, NULL, NULL, N("number and kind of members, in words")},
    {"members_en", P_TEXT, RARE, NULL, NULL, N("members, in English")},
    {"rules_ja", P_TEXT, LONG_TEXT, NULL, NULL, N("how what is shared is handled, and given outside")},
    {"rules_en", P_TEXT, RARE | LONG_TEXT, NULL, NULL, N("rules, in English")},
    {"secrecy", P_TEXT, 0, NULL, NULL, N("agreement, statute or none")},
    {"functions", P_TEXT, 0, NULL, NULL, N("of: prevention containment recurrence analysis coordination")},
    {"coordinator", P_TEXT, 0, NULL, NULL, N("is there one who coordinates: yes or no")},
    {"means", P_TEXT, 0, NULL, NULL, N("of: mail web phone fax closed-network meeting")},
    {"partners_ja", P_TEXT, 0, NULL, NULL, N("with whom it shares beside the government, in words")},
    {"partners_en", P_TEXT, RARE, NULL, NULL, N("partners, in English")},
    {"signs_in", P_TEXT, RARE, NULL, NULL, N("no: its CEPTOAR's office confirms for it")},
    {"checked", P_TEXT, 0, NULL, NULL,
     N("day on which the facts were last checked; without it, today, where the body itself enters them")},
    {"source", P_TEXT, RARE, NULL, NULL, N("where the facts are from")},
    PARTY_PARAM,
    {0}};
const struct param share_import_params[] = {
    {"file", P_FILE, REQUIRED, NULL, NULL, N("CSV; columns: src/share/README.md")}, PARTY_PARAM, {0}};

/* ---- one body ---- */

static void body_facts(struct work *w, const struct circle *c, const struct circle_name *names, size_t n, int32_t org,
                       const struct body *b, struct doc *out)
{
    static const struct coded signs[] = {{"1", N("confirms by itself")},
                                         {"0", N("its CEPTOAR's office confirms for it")}};
    static const enum body_place shown[] = {BODY_SECRECY, BODY_FUNCTIONS, BODY_COORDINATOR, BODY_MEANS,
                                            BODY_FOUNDED, BODY_CHECKED,   BODY_SOURCE};
    doc_fact(out, "org", M("Body"), circle_cell(c, names, n, org));
    int32_t sector = route_sector(&c->net, org), ministry = route_ministry(&c->net, org),
            ceptoar = route_ceptoar(&c->net, org);
    if (sector >= 0) doc_fact(out, "sector", M("Sector"), circle_cell(c, names, n, sector));
    if (ministry >= 0) doc_fact(out, "ministry", M("Ministry in charge"), circle_cell(c, names, n, ministry));
    if (ceptoar >= 0) doc_fact(out, "ceptoar", M("CEPTOAR"), circle_cell(c, names, n, ceptoar));
    static const struct {
        const char *key;
        enum body_place ja;
        str label;
    } both[] = {{"secretariat", BODY_SECRETARIAT_JA, N("Secretariat")},
                {"members_words", BODY_MEMBERS_JA, N("Members in words")},
                {"rules", BODY_RULES_JA, N("Rules of handling")},
                {"partners", BODY_PARTNERS_JA, N("Shares with others")}};
    for (size_t i = 0; i < sizeof both / sizeof *both; i++)
        if (b->f[both[i].ja].n + b->f[both[i].ja + 1].n > 0)
            doc_fact(out, both[i].key, both[i].label, both_cell(b->f[both[i].ja], b->f[both[i].ja + 1]));
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        if (b->f[shown[i]].n > 0 && !str_eq(b->f[shown[i]], S("0")))
            doc_fact(out, body_fields[shown[i]].key, body_fields[shown[i]].label, body_cell(w, b, shown[i]));
    if (!circle_keeps(c, org)) return;
    doc_fact(out, "signs_in", body_fields[BODY_SIGNS_IN].label, CODED(signs, b->f[BODY_SIGNS_IN]));
}

static struct contacts_told told_at(const struct contacts_told *all, size_t n, int64_t lo)
{
    for (size_t i = 0; i < n; i++)
        if (all[i].lo == lo) return all[i];
    return (struct contacts_told){0};
}

static bool is_member(const struct route_link *l, int32_t of)
{
    return l->to == of && (l->kind == LINK_MEMBER || l->kind == LINK_COUNCIL);
}

static enum err body_members(struct work *w, const struct circle *c, const struct circle_name *names, size_t n,
                             int32_t org, struct doc *out)
{
    static const struct column columns[] = {
        {"org", CELL_ORG, N("Member"), 0, "share body", "org"},
        {"contacts", CELL_INT, N("Contacts"), 0, NULL, NULL},
        {"stale", CELL_INT, N("Not confirmed for 90 days"), 0, NULL, NULL},
        {"contact_confirmed", CELL_TIME, N("Contacts last confirmed"), 0, NULL, NULL}};
    struct contacts_told *told;
    size_t n_told, members = 0;
    enum err e = contacts_told(w, &told, &n_told);
    for (size_t i = 0; e == OK && i < c->net.n_links; i++) members += is_member(&c->net.link[i], org);
    if (e != OK || members == 0) return e;
    doc_heading(out, M("Members"));
    DOC_TABLE(out, "members", columns);
    for (size_t i = 0; i < c->net.n_links; i++) {
        if (!is_member(&c->net.link[i], org)) continue;
        int32_t m = c->net.link[i].from;
        struct contacts_told t = told_at(told, n_told, c->net.org[m].lo);
        DOC_ROW(out, circle_cell(c, names, n, m), C_INT(t.n), C_INT(t.stale),
                t.oldest == 0 ? C_NONE : C_TIME(t.oldest));
    }
    doc_table_end(out);
    return OK;
}

static void edit_form(const struct circle *c, int32_t org, const struct body *b, struct doc *out)
{
    doc_form(out, &(struct form){.act = "share body-edit",
                                 .title = M("Change what is known of it"),
                                 .folded = true,
                                 .given = {{"org", c->net.org[org].code}}});
    fields_begin(out, "body");
    for (int i = 0; i < BODY_FIELDS; i++) {
        const struct body_field *f = &body_fields[i];
        bool rules = i == BODY_RULES_JA || i == BODY_RULES_EN;
        str value = f->sort != BODY_YES ? b->f[i] : str_eq(b->f[i], S("1")) ? S("yes") : S("no");
        field_row(out, str_of(f->key), rules ? "long" : "text", words_cell(f->label), false,
                  f->words != NULL      ? C_TEXT(str_of(f->words))
                  : f->sort == BODY_YES ? C_TEXT(S("yes / no"))
                                        : C_NONE,
                  text_cell(value));
    }
    doc_table_end(out);
    doc_form_end(out);
}

enum err share_view_body(struct work *w, const struct args *in, struct doc *out)
{
    struct circle c;
    int32_t org;
    struct body b;
    struct circle_name *names;
    size_t n;
    enum err e = circle_of(w, in, &c);
    if (e == OK) e = circle_named(w, &c, in, "org", circle_shows, &org);
    if (e == OK) e = body_find(w, c.net.org[org].id, &b);
    if (e == OK) e = circle_names(w, &names, &n);
    if (e != OK) return e;
    body_facts(w, &c, names, n, org, &b, out);
    bool keeps = circle_keeps(&c, org);
    if (keeps) e = body_members(w, &c, names, n, org, out);
    else doc_note(out, M("its members are for the body itself, the ministry in charge and the centre"));
    if (e == OK && keeps) edit_form(&c, org, &b, out);
    return e;
}

/* ---- changed by hand ---- */

enum err share_act_body_edit(struct work *w, const struct args *in, struct doc *out)
{
    struct circle c;
    int32_t org;
    struct body b;
    enum err e = circle_of(w, in, &c);
    if (e == OK) e = circle_named(w, &c, in, "org", circle_keeps, &org);
    if (e == OK) e = body_find(w, c.net.org[org].id, &b);
    if (e != OK) return e;
    if (org == c.at && !arg_given(in, "checked")) b.f[BODY_CHECKED] = date_text(w->a, today(w));
    for (int i = 0; i < BODY_FIELDS; i++) {
        const char *key = body_fields[i].key;
        if (arg_given(in, key))
            body_value(w, &body_fields[i], arg_text(in, key), (struct where){.field = str_of(key)}, &b.f[i]);
    }
    if ((e = work_err(w)) != OK || (e = body_put(w, &b)) != OK) return e;
    act_noted(w, S("org"), c.net.org[org].code);
    doc_fact(out, "body", M("Body"), C_TEXT(c.net.org[org].code));
    act_next(w, &(struct going_on){"share body", {{"org", c.net.org[org].code}}, tr(out->lang, M("It was entered."))});
    return OK;
}

/* ---- from a file ---- */

struct importing {
    struct work *w;
    const struct circle *c;
    struct csv *csv;
    ptrdiff_t at[1 + BODY_FIELDS];
    bool *seen; /* by organisation */
    struct body *row;
    size_t n, room;
};

static void read_row(struct importing *x)
{
    int32_t org;
    struct work *w = x->w;
    if (circle_code(w, x->c, str_dup(w->a, str_trim(csv_cell(x->csv, (size_t)x->at[0]))),
                    csv_where(x->csv, (size_t)x->at[0]), circle_keeps, &org) != OK)
        return;
    if (x->seen[org]) {
        fault_in(w, INVALID, csv_where(x->csv, (size_t)x->at[0]), M("'%1' stands in the file twice"),
                 x->c->net.org[org].code);
        return;
    }
    x->seen[org] = true;
    struct body b;
    if (body_find(w, x->c->net.org[org].id, &b) != OK) return;
    for (int i = 0; i < BODY_FIELDS; i++) {
        ptrdiff_t at = x->at[1 + i];
        if (at >= 0)
            body_value(w, &body_fields[i], str_dup(w->a, csv_cell(x->csv, (size_t)at)), csv_where(x->csv, (size_t)at),
                       &b.f[i]);
    }
    x->row = arena_more(w->a, x->row, x->n, &x->room, sizeof *x->row);
    x->row[x->n++] = b;
}

static enum err read_file(struct importing *x, const struct file *f)
{
    static const char *const required[] = {"org", NULL};
    const char *optional[BODY_FIELDS + 1] = {0};
    for (int i = 0; i < BODY_FIELDS; i++) optional[i] = body_fields[i].key;
    struct work *w = x->w;
    if (f->bytes.n > BODIES_FILE_MAX)
        return fault_in(w, INVALID, (struct where){.file = f->name}, M("the file is larger than %1 MB"),
                        str_int(w->a, BODIES_FILE_MAX >> 20));
    enum err e = csv_open(w, f->name, f->bytes, CSV_DETECT, &x->csv);
    if (e == OK) e = csv_shape(w, x->csv, &(struct csv_shape){required, optional}, x->at);
    if (e != OK) return e;
    while (csv_next(x->csv)) {
        if (x->n == BODIES_ROWS_MAX)
            return fault_in(w, INVALID, csv_where(x->csv, 0), M("more than %1 rows"), str_int(w->a, BODIES_ROWS_MAX));
        read_row(x);
    }
    e = csv_err(x->csv);
    return e == OK ? work_err(w) : e;
}

enum err share_act_bodies_import(struct work *w, const struct args *in, struct doc *out)
{
    struct circle c;
    struct importing x = {.w = w, .c = &c};
    enum err e = circle_of(w, in, &c);
    if (e != OK) return e;
    x.seen = arena_array(w->a, c.net.n, sizeof *x.seen);
    e = read_file(&x, arg_file(in, "file"));
    for (size_t i = 0; e == OK && i < x.n; i++) {
        e = body_put(w, &x.row[i]);
        if (i % 1000 == 0) work_progress(w, M("bodies"), (int64_t)i, (int64_t)x.n);
    }
    if (e != OK) return e;
    act_noted(w, S("bodies"), str_int(w->a, (int64_t)x.n));
    doc_fact(out, "bodies", M("Bodies"), C_INT((int64_t)x.n));
    act_next(w, &(struct going_on){"share bodies", {{NULL}}, tr(out->lang, M("It was entered."))});
    return OK;
}
