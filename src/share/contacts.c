/* share contacts: one's own, and whose below are stale. */
#include "share/bodies.h"
#include "share/contacts.h"
#include "share/who.h"

#include <stdlib.h>

#include "surface/fields.h"

const struct param share_contacts_params[] = {
    {"org", P_CODE, 0, NULL, NULL, N("whose contacts; without it, your own and how those below stand")},
    {"stale", P_FLAG, 0, NULL, NULL, N("of those below only who has none, or none confirmed for 90 days")},
    PARTY_PARAM,
    {0}};

static const struct column contact_columns[] = {
    {"ord", CELL_INT, N("No."), 0, NULL, NULL},
    {"name", CELL_TEXT, N("Name"), 0, NULL, NULL},
    {"person", CELL_TEXT, N("Staff number"), COL_DETAIL, NULL, NULL},
    {"mail", CELL_TEXT, N("Mail address"), 0, NULL, NULL},
    {"phone", CELL_TEXT, N("Telephone"), 0, NULL, NULL},
    {"fax", CELL_TEXT, N("FAX"), COL_DETAIL, NULL, NULL},
    {"closed", CELL_TEXT, N("Address in a closed network"), COL_DETAIL, NULL, NULL},
    {"around", CELL_BOOL, N("Around the clock"), 0, NULL, NULL},
    {"hours", CELL_TEXT, N("Hours"), COL_DETAIL, NULL, NULL},
    {"key_print", CELL_TEXT, N("OpenPGP fingerprint"), COL_DETAIL, NULL, NULL},
    {"state", CELL_ENUM, N("Confirmation"), 0, NULL, NULL},
    {"confirmed", CELL_TIME, N("Confirmed"), 0, NULL, NULL},
    {"confirmed_by", CELL_TEXT, N("By"), COL_DATA, NULL, NULL},
    {"revision", CELL_INT, N("Revision"), COL_DATA, NULL, NULL},
};

static struct cell state_cell(int64_t n, int64_t stale, int64_t oldest)
{
    static const struct coded states[] = {{"none", N("no contact entered")},
                                          {"never", N("never confirmed")},
                                          {"stale", N("not confirmed for 90 days")},
                                          {"right", N("confirmed")}};
    return CODED(states, n == 0 ? S("none") : oldest == 0 ? S("never") : stale > 0 ? S("stale") : S("right"));
}

void contact_form(struct doc *out, struct contact *c, int64_t revision, str org)
{
    struct arena *a = out->w->a;
    bool fresh = c->id == 0;
    const str which[] = {str_int(a, c->ord), c->name};
    doc_form(out, &(struct form){.act = "share contact",
                                 .title = fresh ? M("Enter one more contact")
                                                : tr_fill(a, out->lang, M("Change contact %1: %2"), which, 2),
                                 .folded = true,
                                 .given = {{"ord", str_int(a, c->ord)},
                                           {"revision", str_int(a, revision)},
                                           {org.n == 0 ? NULL : "org", org}},
                                 .button = {{NULL, NULL, M("Save")}}});
    fields_begin(out, str_c(a, str_fmt(a, "contact_%d", (int)c->ord)));
    for (size_t i = 0; i < CONTACT_FIELDS; i++) {
        const struct contact_field *f = &contact_fields[i];
        field_row(out, str_of(f->key), f->max == CONTACT_KEY_MAX ? "long" : "text", words_cell(f->label), i == 0,
                  C_NONE, text_cell(*contact_text(c, f)));
    }
    field_row(out, S("around"), "enum", words_cell(M("Around the clock")), false, C_NONE,
              C_TEXT(c->around ? S("yes") : S("no")));
    field_choice(out, S("around"), S("yes"), words_cell(M("at any time")));
    field_choice(out, S("around"), S("no"), words_cell(M("at certain hours")));
    doc_table_end(out);
    doc_form_end(out);
}

static void contact_row(struct doc *out, const struct contact *c, int64_t now)
{
    DOC_ROW(out, C_INT(c->ord), text_cell(c->name), text_cell(c->person), text_cell(c->mail), text_cell(c->phone),
            text_cell(c->fax), text_cell(c->closed), C_BOOL(c->around), text_cell(c->hours), text_cell(c->key_print),
            state_cell(1, contact_stale(c, now), c->confirmed), c->confirmed == 0 ? C_NONE : C_TIME(c->confirmed),
            text_cell(c->confirmed_by), C_INT(c->revision));
}

static void list_of(const struct circle *c, int32_t org, struct contact *all, size_t n, struct doc *out)
{
    str code = org == c->at ? S("") : c->net.org[org].code;
    out->personal = n > 0;
    doc_show(out, &(struct show){.kind = SHOW_CARDS, .label = "name"});
    DOC_TABLE(out, "contacts", contact_columns);
    for (size_t i = 0; i < n; i++) contact_row(out, &all[i], out->w->now);
    doc_table_end(out);
    if (n == 0) doc_text(out, M("No contact is entered: nobody would be reached. Enter the first one below."));
    if (n > 0)
        doc_form(out, &(struct form){.act = "share contacts-confirm",
                                     .given = {{code.n == 0 ? NULL : "org", code}},
                                     .button = {{NULL, NULL, M("All of them are right")}}}),
            doc_form_end(out);
    for (size_t i = 0; i < n; i++) contact_form(out, &all[i], all[i].revision, code);
    if (n < CONTACTS_MAX) contact_form(out, &(struct contact){.ord = (int64_t)n + 1}, 0, code);
}

/* ---- those below ---- */

struct below {
    int32_t org;
    struct contacts_told t;
};

static int grave(const struct below *b) { return b->t.n == 0 ? 0 : b->t.oldest == 0 ? 1 : b->t.stale > 0 ? 2 : 3; }

static int by_staleness(const void *x, const void *y)
{
    const struct below *a = x, *b = y;
    if (grave(a) != grave(b)) return grave(a) < grave(b) ? -1 : 1;
    return (a->org > b->org) - (a->org < b->org);
}

/* told is in official order, as the net is. */
static size_t all_below(const struct circle *c, const struct contacts_told *told, size_t n_told, bool stale,
                        struct below *to)
{
    size_t n = 0, at = 0;
    for (int32_t i = 0; (size_t)i < c->net.n; i++) {
        while (at < n_told && told[at].lo < c->net.org[i].lo) at++;
        if (i == c->at || !share_kind(c->net.org[i].kind) || !circle_contacts(c, i)) continue;
        struct below b = {i, at < n_told && told[at].lo == c->net.org[i].lo ? told[at] : (struct contacts_told){0}};
        if (!stale || grave(&b) < 3) to[n++] = b;
    }
    qsort(to, n, sizeof *to, by_staleness);
    return n;
}

static enum err list_below(struct work *w, const struct circle *c, bool stale, struct doc *out)
{
    static const struct column columns[] = {{"org", CELL_ORG, N("Organisation"), 0, "share contacts", "org"},
                                            {"state", CELL_ENUM, N("Confirmation"), 0, NULL, NULL},
                                            {"contacts", CELL_INT, N("Contacts"), 0, NULL, NULL},
                                            {"stale", CELL_INT, N("Not confirmed for 90 days"), 0, NULL, NULL},
                                            {"oldest", CELL_TIME, N("Confirmed"), 0, NULL, NULL},
                                            {"around", CELL_BOOL, N("Around the clock"), 0, NULL, NULL}};
    struct contacts_told *told;
    struct circle_name *names;
    size_t n_told, n_names;
    enum err e = contacts_told(w, &told, &n_told);
    if (e == OK) e = circle_names(w, &names, &n_names);
    if (e != OK) return e;
    struct below *all = arena_array(w->a, c->net.n, sizeof *all);
    size_t n = all_below(c, told, n_told, stale, all), bad = 0;
    for (size_t i = 0; i < n; i++) bad += grave(&all[i]) < 3;
    if (n == 0) return OK;
    doc_heading(out, M("Contacts of those below"));
    doc_fact(out, "below_stale", M("Below: none, or stale"), C_INT((int64_t)bad));
    doc_show(out, &(struct show){.kind = SHOW_CARDS, .label = "org"});
    DOC_TABLE(out, "below", columns);
    for (size_t i = 0; i < n; i++)
        DOC_ROW(out, circle_cell(c, names, n_names, all[i].org),
                state_cell(all[i].t.n, all[i].t.stale, all[i].t.oldest), C_INT(all[i].t.n), C_INT(all[i].t.stale),
                all[i].t.oldest == 0 ? C_NONE : C_TIME(all[i].t.oldest), C_BOOL(all[i].t.around));
    doc_table_end(out);
    return OK;
}

enum err share_view_contacts(struct work *w, const struct args *in, struct doc *out)
{
    struct circle c;
    int32_t org;
    int64_t stale;
    struct contact *all;
    size_t n;
    enum err e = circle_of(w, in, &c);
    if (e == OK) e = circle_named(w, &c, in, "org", circle_contacts, &org);
    if (e == OK) e = contacts_stale(w, &(struct party){.org = c.net.org[org].id}, &stale);
    if (e == OK) e = contacts_of(w, c.net.org[org].id, &all, &n);
    if (e != OK) return e;
    doc_fact(out, "contacts", M("Contacts"), C_INT((int64_t)n));
    if (n > 0) doc_fact(out, "stale", M("Not confirmed for 90 days"), C_INT(stale));
    list_of(&c, org, all, n, out);
    if (!arg_given(in, "org")) e = list_below(w, &c, arg_given(in, "stale"), out);
    doc_note(out, M("contacts are seen by the organisation itself, the tier next above it and the centre"));
    return e;
}
