/* share preview: before a draft is sent – whom it reaches, whom it would not, and the very text. */
#include "share/contacts.h"
#include "share/notice_acts.h"
#include "share/told.h"

struct preview {
    struct work *w;
    struct doc *out;
    struct notice n;
    struct route_net net;
    struct org_name *name;
    struct plan plan;
    struct contactable *reached;
    size_t n_reached;
    bool consented;
};

enum { NAMES_SHOWN = 6, UNREACHED_SHOWN = 200 };

static const struct contactable *contact_of(const struct preview *v, int64_t org)
{
    size_t from = 0, end = v->n_reached;
    while (from < end) {
        size_t mid = from + (end - from) / 2;
        if (v->reached[mid].org == org) return &v->reached[mid];
        if (v->reached[mid].org < org) from = mid + 1;
        else end = mid;
    }
    return NULL;
}

enum lack { LACK_NOTHING, LACK_CONTACT, LACK_FRESH, LACK_PERSON, LACKS };
static const struct coded lacks[LACKS] = {
    {"", N("–")},
    {"none", N("no contact is known")},
    {"stale", N("the contact was not confirmed for 90 days")},
    {"nobody", N("no contact is named as a person, and TLP:RED is for named persons alone")}};

static enum lack lack_of(const struct preview *v, size_t i)
{
    const struct contactable *r = contact_of(v, v->net.org[v->plan.to[i].org].id);
    if (r == NULL) return LACK_CONTACT;
    if (v->n.marking.tlp == TLP_RED && r->named == 0) return LACK_PERSON;
    return r->confirmed == 0 || v->w->now - r->confirmed > CONTACT_STALE_DAYS * (int64_t)DAY ? LACK_FRESH
                                                                                             : LACK_NOTHING;
}

static struct cell names_cell(const struct preview *v, enum tier t)
{
    struct buf ja = buf_in(v->w->a), en = buf_in(v->w->a);
    size_t n = 0;
    for (size_t i = 0; i < v->plan.n && n < NAMES_SHOWN; i++) {
        if (v->plan.to[i].tier != t) continue;
        const struct org_name *name = &v->name[v->plan.to[i].org];
        buf_fmt(&ja, "%s%.*s", n == 0 ? "" : "、", STR_ARG(name->ja));
        str e = lang_pick(LANG_EN, name->ja, name->en);
        buf_fmt(&en, "%s%.*s", n++ == 0 ? "" : ", ", STR_ARG(e));
    }
    if (v->plan.tier[t] > n) {
        buf_add(&ja, S(" など"));
        buf_add(&en, S(" …"));
    }
    return C_BOTH(buf_str(&ja), buf_str(&en));
}

static void tiers(const struct preview *v)
{
    static const struct column columns[] = {
        {"tier", CELL_ENUM, N("Tier"), 0, NULL, NULL},
        {"addressees", CELL_INT, N("Addressees"), 0, NULL, NULL},
        {"at_once", CELL_INT, N("Get it at once"), 0, NULL, NULL},
        {"passed_on", CELL_INT, N("Get it passed on"), 0, NULL, NULL},
        {"without", CELL_INT, N("Without a contact"), 0, NULL, NULL},
        {"stale", CELL_INT, N("Contact not confirmed"), 0, NULL, NULL},
        {"names", CELL_TEXT, N("Such as"), COL_DETAIL, NULL, NULL},
    };
    int64_t once[TIERS] = {0}, without[TIERS] = {0}, stale[TIERS] = {0};
    for (size_t i = 0; i < v->plan.n; i++) {
        const struct planned *to = &v->plan.to[i];
        enum lack lack = lack_of(v, i);
        once[to->tier] += v->n.direct || to->parent < 0;
        without[to->tier] += lack == LACK_CONTACT || lack == LACK_PERSON;
        stale[to->tier] += lack == LACK_FRESH;
    }
    doc_show(v->out, &(struct show){.kind = SHOW_CARDS, .label = "tier"});
    DOC_TABLE(v->out, "tiers", columns);
    for (enum tier t = 0; t < TIERS; t++)
        if (v->plan.tier[t] != 0)
            DOC_ROW(v->out, enum_words_cell(tier_word(t), tier_label(t)), C_INT((int64_t)v->plan.tier[t]),
                    C_INT(once[t]), C_INT((int64_t)v->plan.tier[t] - once[t]), C_INT(without[t]), C_INT(stale[t]),
                    names_cell(v, t));
    doc_table_end(v->out);
}

static void unreached(const struct preview *v)
{
    static const struct column columns[] = {{"org", CELL_ORG, N("Organisation"), 0, NULL, NULL},
                                            {"tier", CELL_ENUM, N("Tier"), 0, NULL, NULL},
                                            {"lack", CELL_ENUM, N("What is lacking"), 0, NULL, NULL}};
    size_t n = 0, all = 0;
    for (size_t i = 0; i < v->plan.n; i++) all += lack_of(v, i) != LACK_NOTHING;
    if (all == 0) return;
    doc_heading(v->out, M("Who may not be reached (%1)"), str_int(v->w->a, (int64_t)all));
    doc_show(v->out, &(struct show){.kind = SHOW_CARDS, .label = "org"});
    DOC_TABLE(v->out, "unreached", columns);
    for (size_t i = 0; i < v->plan.n && (!v->out->paged || n < UNREACHED_SHOWN); i++) {
        enum lack lack = lack_of(v, i);
        int32_t org = v->plan.to[i].org;
        if (lack == LACK_NOTHING) continue;
        DOC_ROW(v->out, C_ORG(v->net.org[org].code, v->name[org].ja, v->name[org].en, 0),
                enum_words_cell(tier_word(v->plan.to[i].tier), tier_label(v->plan.to[i].tier)),
                enum_words_cell(str_of(lacks[lack].code), lacks[lack].words));
        n++;
    }
    doc_table_end(v->out);
    if (n < all)
        doc_text(v->out, M("The first %1 of %2 are shown; the data has all."), str_int(v->w->a, (int64_t)n),
                 str_int(v->w->a, (int64_t)all));
}

/* What hinders sending, each with what to do; false where nothing does. */
static bool hindered(const struct preview *v)
{
    struct arena *a = v->w->a;
    size_t stopped = draft_stopped(&v->n, &v->plan);
    if (v->n.text.n == 0) doc_text(v->out, M("It cannot be sent yet: it has no text."));
    if (!v->consented)
        doc_text(v->out, M("It cannot be sent yet: whose report it was made of has not agreed to this very text."));
    if (stopped != 0)
        doc_text(
            v->out,
            M("It cannot be sent this way: %1 is not handed on from tier to tier, so %2 of the %3 addressed would never get it. Send it to all tiers at once, or mark it TLP:AMBER at most."),
            tlp_label(v->n.marking.tlp), str_int(a, (int64_t)stopped), str_int(a, (int64_t)v->plan.n));
    return v->n.text.n == 0 || !v->consented || stopped != 0;
}

static void send_button(const struct preview *v)
{
    doc_form(v->out, &(struct form){.act = "share send",
                                    .given = {{"notice", v->n.code}, {"revision", str_int(v->w->a, v->n.revision)}},
                                    .button = {{NULL, NULL, v->n.drill ? M("Send it as a drill") : M("Send it now")}}});
    doc_form_end(v->out);
}

static enum err told(struct preview *v)
{
    struct arena *a = v->w->a;
    const struct plan *p = &v->plan;
    doc_title(v->out, v->n.drill ? M("DRILL: before it is sent: %1") : M("Before it is sent: %1"), v->n.title);
    v->out->handling = tlp_label(v->n.marking.tlp);
    doc_lead(v->out, M("Reaches %1 ministries and agencies, %2 CEPTOARs, %3 operators and %4 other bodies."),
             str_int(a, (int64_t)p->tier[TIER_MINISTRY]), str_int(a, (int64_t)p->tier[TIER_CEPTOAR]),
             str_int(a, (int64_t)p->tier[TIER_OPERATOR]), str_int(a, (int64_t)p->tier[TIER_OTHER]));
    doc_fact(v->out, "addressees", M("Addressees"), C_INT((int64_t)p->n));
    doc_fact(v->out, "marking", M("Marking"), marking_cell(a, v->n.marking));
    doc_fact(v->out, "urgency", M("How urgent it is"), share_urgency_cell(v->n.urgency));
    doc_fact(v->out, "within", M("Each tier has to confirm within"), C_MINUTES(v->n.within));
    if (v->n.embargo > v->w->now) doc_fact(v->out, "embargo", M("Not public before"), C_TIME(v->n.embargo));
    if (v->n.direct) doc_text(v->out, M("All tiers get it at once."));
    else
        doc_text(
            v->out,
            M("Each tier passes it on to the next and may add words of its own; it may narrow the marking, never widen it."));
    if (!hindered(v)) send_button(v);
    tiers(v);
    unreached(v);
    doc_heading(v->out, M("As addressees will read it"));
    return notice_told(v->w, &v->n, v->out);
}

enum err share_view_preview(struct work *w, const struct args *in, struct doc *out)
{
    struct preview v = {.w = w, .out = out};
    struct party p;
    enum err e = own_notice(w, in, &p, &v.n);
    if (e == OK && !str_eq(v.n.state, S("draft")))
        e = fault_in(w, CONFLICT, notice_where("notice"),
                     M("'%1' is no draft any more: its board tells whom it reached"), v.n.code);
    if (e == OK) e = route_load(w, &v.net);
    if (e == OK) e = net_names(w, &v.net, &v.name);
    if (e == OK) e = draft_plan(w, &v.n, &v.net, &v.plan);
    if (e == OK) e = notice_contacts(w, &v.reached, &v.n_reached);
    if (e == OK) e = notice_consented(w, &v.n, &v.consented);
    return e == OK ? told(&v) : e;
}
