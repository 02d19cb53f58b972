/* share bodies: the characteristics map, sector by sector, as of a day. */
#include "share/bodies.h"
#include "share/contacts.h"
#include "share/who.h"

const struct param share_bodies_params[] = {
    {"sector", P_CODE, 0, NULL, NULL, N("only the bodies of this sector"), "share sectors"},
    {"at", P_DATE, 0, NULL, NULL, N("as the sectors, bodies and their links stood on this day")},
    PARTY_PARAM,
    {0}};

struct mapping {
    struct work *w;
    struct doc *out; /* NULL: only counted */
    struct route_net net; /* of the day asked for */
    struct circle_name *names;
    struct body *body;
    struct contacts_told *contacts;
    size_t n_names, n_bodies, n_contacts;
    int64_t shown, sectors, unchecked;
};

/* What does not fit a page stands on the page of each body, and in the file. */
static const struct column map_columns[] = {
    {"org", CELL_ORG, N("Body"), 0, "share body", "org"},
    {"sector", CELL_ORG, N("Sector"), 0, NULL, NULL},
    {"ministry", CELL_ORG, N("Ministry in charge"), 0, NULL, NULL},
    {"secretariat", CELL_TEXT, N("Secretariat"), 0, NULL, NULL},
    {"members", CELL_INT, N("Members here"), 0, NULL, NULL},
    {"members_words", CELL_TEXT, N("Members in words"), COL_DATA, NULL, NULL},
    {"around", CELL_BOOL, N("Contact around the clock"), 0, NULL, NULL},
    {"contact_confirmed", CELL_TIME, N("Contacts last confirmed"), COL_DATA, NULL, NULL},
    {"rules", CELL_TEXT, N("Rules of handling"), COL_DATA, NULL, NULL},
    {"secrecy", CELL_ENUM, N("Secrecy"), COL_DATA, NULL, NULL},
    {"functions", CELL_TEXT, N("Functions"), COL_DETAIL, NULL, NULL},
    {"coordinator", CELL_BOOL, N("Has a coordinator"), COL_DATA, NULL, NULL},
    {"means", CELL_TEXT, N("Means"), COL_DATA, NULL, NULL},
    {"partners", CELL_TEXT, N("Shares with others"), COL_DATA, NULL, NULL},
    {"council", CELL_BOOL, N("In the council"), COL_DATA, NULL, NULL},
    {"founded", CELL_DATE, N("Founded"), COL_DATA, NULL, NULL},
    {"checked", CELL_DATE, N("Facts last checked"), COL_DATA, NULL, NULL},
    {"source", CELL_TEXT, N("Source of the facts"), COL_DATA, NULL, NULL},
};

static const struct body *body_at(const struct mapping *m, int64_t lo, const struct body *none)
{
    for (size_t i = 0; i < m->n_bodies; i++)
        if (m->body[i].lo == lo) return &m->body[i];
    return none;
}

static struct contacts_told contacts_at(const struct mapping *m, int64_t lo)
{
    for (size_t i = 0; i < m->n_contacts; i++)
        if (m->contacts[i].lo == lo) return m->contacts[i];
    return (struct contacts_told){0};
}

static int64_t links_to(const struct route_net *net, int32_t org, enum link_kind kind)
{
    int64_t n = 0;
    for (size_t i = 0; i < net->n_links; i++) n += net->link[i].kind == kind && net->link[i].to == org;
    return n;
}

static bool in_council(const struct route_net *net, int32_t org)
{
    for (size_t i = 0; i < net->n_links; i++)
        if (net->link[i].kind == LINK_COUNCIL && net->link[i].from == org) return true;
    return false;
}

static struct cell name_at(const struct mapping *m, int32_t org) { return circle_cell(&(struct circle){.net = m->net}, m->names, m->n_names, org); }

static void map_row(struct mapping *m, int32_t org)
{
    struct body none;
    body_empty(&none);
    const struct body *b = body_at(m, m->net.org[org].lo, &none);
    struct contacts_told c = contacts_at(m, m->net.org[org].lo);
    bool council = str_eq(m->net.org[org].kind, S("council"));
    int64_t members = links_to(&m->net, org, council ? LINK_COUNCIL : LINK_MEMBER);
    m->shown++;
    m->unchecked += b->f[BODY_CHECKED].n == 0;
    if (m->out == NULL) return;
#define OF(place) body_cell(m->w, b, place)
    DOC_ROW(m->out, name_at(m, org), name_at(m, council ? -1 : route_sector(&m->net, org)), name_at(m, council ? -1 : route_ministry(&m->net, org)),
            both_cell(b->f[BODY_SECRETARIAT_JA], b->f[BODY_SECRETARIAT_EN]), C_INT(members), both_cell(b->f[BODY_MEMBERS_JA], b->f[BODY_MEMBERS_EN]),
            C_BOOL(c.around), c.oldest == 0 ? C_NONE : C_TIME(c.oldest), both_cell(b->f[BODY_RULES_JA], b->f[BODY_RULES_EN]), OF(BODY_SECRECY),
            OF(BODY_FUNCTIONS), OF(BODY_COORDINATOR), OF(BODY_MEANS), both_cell(b->f[BODY_PARTNERS_JA], b->f[BODY_PARTNERS_EN]),
            C_BOOL(in_council(&m->net, org)), OF(BODY_FOUNDED), OF(BODY_CHECKED), OF(BODY_SOURCE));
#undef OF
}

/* By the order of the sectors, and of the bodies in a sector; then those of no sector, and the council. */
static void map_rows(struct mapping *m, int32_t only)
{
    const struct route_net *net = &m->net;
    for (int32_t s = 0; (size_t)s < net->n; s++) {
        if (!str_eq(net->org[s].kind, S("sector"))) continue;
        m->sectors++;
        for (int32_t i = 0; (only < 0 || only == s) && (size_t)i < net->n; i++)
            if (str_eq(net->org[i].kind, S("ceptoar")) && route_sector(net, i) == s) map_row(m, i);
    }
    for (int32_t i = 0; only < 0 && (size_t)i < net->n; i++)
        if ((str_eq(net->org[i].kind, S("ceptoar")) && route_sector(net, i) < 0) || str_eq(net->org[i].kind, S("council"))) map_row(m, i);
}

static enum err map_load(struct mapping *m, int64_t day)
{
    enum err e = route_load_of(m->w, day, &m->net);
    if (e == OK) e = circle_names(m->w, &m->names, &m->n_names);
    if (e == OK) e = bodies_all(m->w, &m->body, &m->n_bodies);
    if (e == OK) e = contacts_told(m->w, &m->contacts, &m->n_contacts);
    return e;
}

enum err share_view_bodies(struct work *w, const struct args *in, struct doc *out)
{
    struct party me;
    struct mapping m = {.w = w};
    int64_t day = arg_given(in, "at") ? arg_int(in, "at") : today(w);
    enum err e = party_of(w, in, &me);
    if (e == OK) e = map_load(&m, day);
    if (e != OK) return e;
    int32_t only = arg_given(in, "sector") ? route_find_code(&m.net, arg_text(in, "sector")) : -1;
    if (arg_given(in, "sector") && (only < 0 || !str_eq(m.net.org[only].kind, S("sector"))))
        return fault_in(w, NOTFOUND, (struct where){.field = S("sector")}, M("no sector '%1' on that day"), arg_text(in, "sector"));
    map_rows(&m, only);
    if (only < 0) doc_fact(out, "sectors", M("Sectors"), C_INT(m.sectors));
    doc_fact(out, "bodies", M("Bodies"), C_INT(m.shown));
    m.out = out;
    m.shown = m.unchecked = 0;
    doc_show(out, &(struct show){.kind = SHOW_CARDS, .label = "org"});
    DOC_TABLE(out, "bodies", map_columns);
    map_rows(&m, only);
    doc_table_end(out);
    if (m.shown == 0) doc_text(out, M("Nobody is entered for it. CEPTOARs are organisations of kind ceptoar, linked from their sector (registry import)."));
    if (m.unchecked > 0)
        doc_note(out, M("%1 of them have never been checked by the body itself; the source says where the rest is from"), str_int(w->a, m.unchecked));
    doc_note(out, M("members here: those linked with it in this program; their names are for the body itself, the ministry in charge and the centre"));
    return OK;
}

enum err share_view_sectors(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column columns[] = {{"sector", CELL_ORG, N("Sector"), 0, "share bodies", "sector"}, {"ministry", CELL_ORG, N("Ministry in charge"), 0, NULL, NULL}};
    struct circle c;
    struct circle_name *names;
    size_t n;
    enum err e = circle_of(w, in, &c);
    if (e == OK) e = circle_names(w, &names, &n);
    if (e != OK) return e;
    DOC_TABLE(out, "sectors", columns);
    for (int32_t i = 0; (size_t)i < c.net.n; i++) {
        if (!str_eq(c.net.org[i].kind, S("sector"))) continue;
        int32_t ministry = -1;
        for (size_t l = 0; l < c.net.n_links && ministry < 0; l++)
            if (c.net.link[l].kind == LINK_MINISTRY && c.net.link[l].from == i) ministry = c.net.link[l].to;
        DOC_ROW(out, circle_cell(&c, names, n, i), circle_cell(&c, names, n, ministry));
    }
    doc_table_end(out);
    return OK;
}
