/* share addresses: the words that the party may address a notice with, by name; and the form of a draft, which offers
 * them. */
#include "share/notice_acts.h"
#include "share/told.h"
#include "surface/fields.h"

/* Of the tree, groups and links: with a word is offered whatever it yields today; a word that yields nobody is left
 * out. */
struct offering {
    struct work *w;
    struct work trying; /* its faults are nobody's */
    const struct route_net *net;
    const struct org_name *name;
    int32_t sender;
    struct address *all;
    size_t n, room;
};

static bool yields(struct offering *o, str word, int64_t *n)
{
    struct plan p;
    o->trying = *o->w;
    o->trying.faults.count = 0;
    /* direct: whom the word names, nobody between */
    if (route_plan(&o->trying, o->net, o->sender, &word, 1, true, &p) != OK || p.n == 0) return false;
    *n = (int64_t)p.n;
    return true;
}

static void offer(struct offering *o, str word, str ja, str en, bool one)
{
    int64_t n = 1;
    if (!one && !yields(o, word, &n)) return;
    o->all = arena_more(o->w->a, o->all, o->n, &o->room, sizeof *o->all);
    o->all[o->n++] = (struct address){word, ja, en, n, one};
}

static str joined(struct arena *a, const char *before, str name) { return str_fmt(a, "%s%.*s", before, STR_ARG(name)); }

static str filled(struct arena *a, enum lang lang, str id, str name) { return tr_fill(a, lang, id, &name, 1); }

/* id: a message with %1 for the name. */
static void of_kind(struct offering *o, const char *kind, const char *prefix, str id)
{
    struct arena *a = o->w->a;
    for (size_t i = 0; i < o->net->n; i++) {
        const struct route_org *org = &o->net->org[i];
        if (!str_eq(org->kind, str_of(kind)) || (int32_t)i == o->sender) continue;
        offer(o, joined(a, prefix, org->code), filled(a, LANG_JA, id, o->name[i].ja),
              filled(a, LANG_EN, id, lang_pick(LANG_EN, o->name[i].ja, o->name[i].en)), false);
    }
}

static void kinds(struct offering *o)
{
    static const struct {
        str word;
        str label;
    } all[] = {{S_INIT("kind:ministry"), N("All ministries and agencies")},
               {S_INIT("kind:ceptoar"), N("All CEPTOARs")},
               {S_INIT("kind:operator"), N("All operators")},
               {S_INIT("kind:partner"), N("All partners")},
               {S_INIT("members"), N("All our own members")}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        offer(o, all[i].word, tr(LANG_JA, all[i].label), all[i].label, false);
}

static void groups(struct offering *o)
{
    struct arena *a = o->w->a;
    for (size_t i = 0; i < o->net->n_groups; i++) {
        str code = o->net->group[i].code;
        offer(o, joined(a, "group:", code), filled(a, LANG_JA, M("Group %1"), code),
              filled(a, LANG_EN, M("Group %1"), code), false);
    }
}

/* One by one where they are few: a list of thousands is no list to choose from, and codes or names are written then. */
static void singles(struct offering *o)
{
    size_t n = 0;
    int32_t *place = arena_array(o->w->a, ADDRESSES_LISTED + 1, sizeof *place);
    for (int32_t i = 0; (size_t)i < o->net->n && n <= ADDRESSES_LISTED; i++) {
        bool sector = str_eq(o->net->org[i].kind, S("sector"));
        if (!sector && i != o->sender && route_may_address(o->net, o->sender, i)) place[n++] = i;
    }
    for (size_t k = 0; n <= ADDRESSES_LISTED && k < n; k++) {
        const struct org_name *name = &o->name[place[k]];
        offer(o, joined(o->w->a, "org:", o->net->org[place[k]].code), name->ja, lang_pick(LANG_EN, name->ja, name->en),
              true);
    }
}

enum err addresses_of(struct work *w, const struct party *p, const struct route_net *net, struct address **out,
                      size_t *n)
{
    struct org_name *name;
    enum err e = net_names(w, net, &name);
    if (e != OK) return e;
    struct offering o = {.w = w, .net = net, .name = name, .sender = route_find(net, p->org)};
    if (o.sender >= 0) {
        of_kind(&o, "sector", "sector:", M("Sector: %1"));
        kinds(&o);
        groups(&o);
        of_kind(&o, "ceptoar", "ceptoar:", M("%1 and its members"));
        singles(&o);
    }
    *out = o.all;
    *n = o.n;
    return OK;
}

enum err share_view_addresses(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column columns[] = {
        {"word", CELL_ENUM, N("Addressed by"), 0, NULL, NULL},
        {"organisations", CELL_INT, N("Organisations"), 0, NULL, NULL},
        {"code", CELL_TEXT, N("Word"), COL_DETAIL, NULL, NULL},
    };
    struct party p;
    struct route_net net;
    struct address *all;
    size_t n;
    enum err e = party_of(w, in, &p);
    if (e == OK) e = route_load(w, &net);
    if (e == OK) e = addresses_of(w, &p, &net, &all, &n);
    if (e != OK) return e;
    DOC_TABLE(out, "addresses", columns);
    for (size_t i = 0; i < n; i++)
        DOC_ROW(out, enum_named_cell(all[i].word, all[i].ja, all[i].en), C_INT(all[i].n), C_TEXT(all[i].word));
    doc_table_end(out);
    if (n == 0) doc_text(out, M("There is nobody you may write to yet: links, members and groups say who that is."));
    else
        doc_note(
            out,
            M("Each word with how many organisations it names today; who stands between is addressed too, unless it is sent to all tiers at once."));
    return OK;
}

/* ---- the form ---- */

/* The words of a code, as the label of a choice. */
static struct cell said(struct cell c)
{
    c.type = CELL_TEXT;
    return c;
}

static void enum_field(struct doc *out, const char *name, str label, str help, str value, const char *const *words,
                       struct cell (*label_of)(str))
{
    field_row(out, str_of(name), "enum", words_cell(label), true, help.n == 0 ? C_NONE : words_cell(help),
              C_TEXT(value));
    for (; *words != NULL; words++) field_choice(out, str_of(name), str_of(*words), said(label_of(str_of(*words))));
}

static struct cell tlp_choice(str word)
{
    static const struct coded all[] = {{"clear", N("TLP:CLEAR: may be public")},
                                       {"green", N("TLP:GREEN: within the community")},
                                       {"amber", N("TLP:AMBER: the organisation and its clients who need it")},
                                       {"amber+strict", N("TLP:AMBER+STRICT: the organisation alone")},
                                       {"red", N("TLP:RED: named persons alone")}};
    return CODED(all, word);
}

static struct cell pap_choice(str word)
{
    static const struct coded all[] = {{"clear", N("PAP:CLEAR: no limit to what is done")},
                                       {"green", N("PAP:GREEN: measures of one's own, blocking too")},
                                       {"amber", N("PAP:AMBER: looked up passively, nothing the attacker could see")},
                                       {"red", N("PAP:RED: within one's own systems and unseen")}};
    return CODED(all, word);
}

void marking_fields(struct doc *out, struct marking least, struct marking now)
{
    field_row(out, S("tlp"), "enum", words_cell(M("how far it may be handed on (TLP)")), true, C_NONE,
              C_TEXT(tlp_word(now.tlp)));
    for (enum tlp t = least.tlp; t < TLPS; t++) field_choice(out, S("tlp"), tlp_word(t), said(tlp_choice(tlp_word(t))));
    field_row(out, S("pap"), "enum", words_cell(M("what may be done with it (PAP)")), true, C_NONE,
              C_TEXT(pap_word(now.pap)));
    for (enum pap t = least.pap; t < PAPS; t++) field_choice(out, S("pap"), pap_word(t), said(pap_choice(pap_word(t))));
}

/* Words that the list offers are boxes; the others are written, one a line. */
static void whom(struct doc *out, const struct address *all, size_t n, str to)
{
    struct buf other = buf_in(out->w->a);
    str rest = to, word;
    while (str_cut(&rest, ' ', &word)) {
        size_t i = 0;
        while (i < n && !str_eq(all[i].word, word)) i++;
        if (i == n && word.n != 0) buf_fmt(&other, "%s%.*s", other.n == 0 ? "" : "\n", STR_ARG(word));
    }
    field_row(out, S("to"), "several", words_cell(M("For whom")), false, C_NONE, C_TEXT(to));
    for (size_t i = 0; i < n; i++) {
        str count = all[i].one ? S("") : str_fmt(out->w->a, "（%lld）", (long long)all[i].n),
            en = all[i].one ? S("") : str_fmt(out->w->a, " (%lld)", (long long)all[i].n);
        field_choice(out, S("to"), all[i].word,
                     C_BOTH(str_fmt(out->w->a, "%.*s%.*s", STR_ARG(all[i].ja), STR_ARG(count)),
                            str_fmt(out->w->a, "%.*s%.*s", STR_ARG(all[i].en), STR_ARG(en))));
    }
    field_row(out, S("also"), "long", words_cell(M("Further organisations, one a line")), false,
              words_cell(M("by code or by whole name")), text_cell(buf_str(&other)));
}

static str time_written(struct arena *a, int64_t at)
{
    if (at == 0) return S("");
    int64_t day = japan_day(at), rest = at + JAPAN - day * DAY;
    return str_fmt(a, "%.*s %02lld:%02lld", STR_ARG(date_text(a, day)), (long long)(rest / 3600),
                   (long long)(rest / 60 % 60));
}

static str reference_lines(struct arena *a, const struct notice_reference *r, size_t n)
{
    struct buf b = buf_in(a);
    for (size_t i = 0; i < n; i++) buf_fmt(&b, "%s%.*s", i == 0 ? "" : "\n", STR_ARG(r[i].value));
    return buf_str(&b);
}

static void text_fields(struct doc *out, const struct notice *was, const struct notice_reference *r, size_t n)
{
    static const char *const urgencies[] = {"emergency", "important", "ordinary", NULL}, *const kinds_of[] = {
                                                                                             "prevention",
                                                                                             "containment",
                                                                                             "recurrence", NULL};
    field_row(out, S("title"), "text", words_cell(M("Subject")), true, words_cell(M("at most some 60 characters")),
              text_cell(was->title));
    enum_field(out, "urgency", M("How urgent it is"),
               M("it says how long each tier has to confirm: 1 hour, 4 hours, 1 day"),
               was->urgency.n == 0 ? S("ordinary") : was->urgency, urgencies, share_urgency_cell);
    enum_field(out, "kind", M("What it is for"), S(""), was->kind.n == 0 ? S("prevention") : was->kind, kinds_of,
               notice_kind_cell);
    field_row(out, S("text"), "long", words_cell(M("What has happened, and whom it concerns")), false, C_NONE,
              text_cell(was->text));
    field_row(out, S("measure"), "long", words_cell(M("What is to be done")), false, C_NONE, text_cell(was->measure));
    field_row(out, S("references"), "long", words_cell(M("References, one a line")), false,
              words_cell(M("CVE and JVN numbers, names of products, addresses of pages")),
              text_cell(reference_lines(out->w->a, r, n)));
}

static void way_fields(struct doc *out, const struct notice *was)
{
    struct arena *a = out->w->a;
    bool usual = was->within == 0 || was->within == urgency_minutes(was->urgency);
    field_row(out, S("direct"), "several", words_cell(M("Way")), false, C_NONE,
              text_cell(was->direct ? S("1") : S("")));
    field_choice(out, S("direct"), S("1"), words_cell(M("Send to all tiers at once (emergencies)")));
    field_row(out, S("within"), "int", words_cell(M("Minutes each tier has to confirm")), false,
              words_cell(M("empty: by how urgent it is")), usual ? C_NONE : C_TEXT(str_int(a, was->within)));
    field_row(out, S("embargo"), "text", words_cell(M("Not public before")), false,
              words_cell(M("a day, or day and time: 2026-12-01 14:00; addressees have it at once")),
              text_cell(time_written(a, was->embargo)));
    if (was->id != 0) return;
    field_row(out, S("drill"), "several", words_cell(M("Drill")), false, C_NONE, C_NONE);
    field_choice(out, S("drill"), S("1"),
                 words_cell(M("This is a drill: marked as one everywhere, and never sent outside")));
}

enum err draft_form(struct work *w, const struct party *p, const struct notice *was, const struct notice_reference *r,
                    size_t n_r, struct doc *out)
{
    struct route_net net;
    struct address *all;
    size_t n;
    if (!out->paged) return OK; /* the help of the act says what it takes, and share addresses for whom */
    enum err e = route_load(w, &net);
    if (e == OK) e = addresses_of(w, p, &net, &all, &n);
    if (e != OK) return e;
    bool fresh = was->id == 0;
    doc_heading(out, fresh ? M("Write a notice") : M("The draft"));
    struct form form = {
        .act = "share draft",
        .given = {{"whole", S("1")}, {fresh ? NULL : "notice", was->code}, {"revision", str_int(w->a, was->revision)}},
        .button = {{"shown", "1", M("Save and look at it as it will be sent")}, {NULL, NULL, M("Save")}}};
    doc_form(out, &form);
    fields_begin(out, "draft");
    text_fields(out, was, r, n_r);
    whom(out, all, n, was->to);
    marking_fields(out, (struct marking){TLP_CLEAR, PAP_CLEAR},
                   fresh ? (struct marking){TLP_AMBER, PAP_AMBER} : was->marking);
    way_fields(out, was);
    doc_table_end(out);
    doc_form_end(out);
    return OK;
}
