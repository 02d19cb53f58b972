/* What a contact says, checked; share contact, contact-end, contacts-confirm. */
#include "share/bodies.h"
#include "share/contacts.h"
#include "share/who.h"

#include <stddef.h>

#include "format/openpgp.h"
#include "surface/fields.h"

const struct contact_field contact_fields[CONTACT_FIELDS] = {
    {"name", offsetof(struct contact, name), CONTACT_NAME_MAX, N("Name")},
    {"person", offsetof(struct contact, person), CODE_MAX, N("Staff number")},
    {"mail", offsetof(struct contact, mail), CONTACT_MAIL_MAX, N("Mail address")},
    {"phone", offsetof(struct contact, phone), CONTACT_PHONE_MAX, N("Telephone")},
    {"fax", offsetof(struct contact, fax), CONTACT_PHONE_MAX, N("FAX")},
    {"closed", offsetof(struct contact, closed), CONTACT_CLOSED_MAX, N("Address in a closed network")},
    {"hours", offsetof(struct contact, hours), CONTACT_HOURS_MAX, N("Hours")},
    {"key", offsetof(struct contact, key), CONTACT_KEY_MAX, N("OpenPGP certificate")},
};

#define ORG_PARAM {"org", P_CODE, 0, NULL, NULL, N("whose contact; without it, your own")}
const struct param share_contact_params[] = {
    ORG_PARAM,
    {"ord", P_INT, 0, NULL, NULL, N("1: the contact, 2 …: deputies; without it, one more")},
    {"name", P_TEXT, PERSONAL, NULL, NULL, N("a desk or a person; what is not given stays as it is")},
    {"person", P_TEXT, PERSONAL | RARE, NULL, NULL, N("staff number, where it is a person of the register")},
    {"mail", P_TEXT, PERSONAL, NULL, NULL, N("mail address; letters on notices go there")},
    {"phone", P_TEXT, PERSONAL, NULL, NULL, N("telephone number")},
    {"fax", P_TEXT, PERSONAL | RARE, NULL, NULL, N("FAX number")},
    {"closed", P_TEXT, PERSONAL | RARE, NULL, NULL, N("address in a closed network (LGWAN)")},
    {"around", P_ENUM, 0, "yes no", NULL, N("reached around the clock")},
    {"hours", P_TEXT, RARE | PERSONAL, NULL, NULL, N("else when, in words")},
    {"key", P_TEXT, PERSONAL | RARE | LONG_TEXT, NULL, NULL,
     N("OpenPGP certificate, armoured: letters to it are encrypted")},
    {"revision", P_INT, HIDDEN, NULL, NULL,
     N("the revision you saw: where another stands by now, both texts are shown")},
    PARTY_PARAM,
    {0}};
const struct param share_contact_end_params[] = {
    ORG_PARAM, {"ord", P_INT, REQUIRED, NULL, NULL, N("which one; those behind it move up")}, PARTY_PARAM, {0}};
const struct param share_contacts_confirm_params[] = {ORG_PARAM, PARTY_PARAM, {0}};

/* ---- values ---- */

/* As web/mail.h holds it: what can stand in a head and in SMTP as it is. */
static bool mail_like(str s)
{
    size_t at = 0, ats = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c <= ' ' || c >= 0x7F || c == '<' || c == '>' || c == '"' || c == ',' || c == ';' || c == '\\' ||
            c == '(' || c == ')')
            return false;
        if (c == '@') at = i, ats++;
    }
    return ats == 1 && at > 0 && at + 1 < s.n;
}

static bool phone_like(str s)
{
    size_t digits = 0;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool digit = c >= '0' && c <= '9';
        digits += digit;
        if (!digit && c != '+' && c != '-' && c != '(' && c != ')' && c != ' ') return false;
    }
    return digits >= 3;
}

static bool is(const struct contact_field *f, const char *key) { return str_eq(str_of(f->key), str_of(key)); }

bool contact_value(struct work *w, const struct contact_field *f, str given, struct where where, struct contact *c)
{
    str v = str_trim(given), print = S("");
    if ((int64_t)v.n > f->max)
        return fault_in(w, INVALID, where, M("longer than %1 bytes"), str_int(w->a, f->max)), false;
    bool mail = is(f, "mail"), phone = is(f, "phone") || is(f, "fax"), key = is(f, "key");
    if (v.n > 0 && mail && !mail_like(v)) return fault_in(w, INVALID, where, M("'%1' is not a mail address"), v), false;
    if (v.n > 0 && phone && !phone_like(v))
        return fault_in(w, INVALID, where, M("'%1' is not a telephone number: digits, + - ( ) and blanks"), v), false;
    if (v.n > 0 && key && openpgp_check(w, v, &print) != OK) return false;
    if (key) c->key_print = print;
    *contact_text(c, f) = v;
    return true;
}

bool contact_whole(struct work *w, const struct contact *c, struct where where)
{
    if (c->name.n == 0) return fault_in(w, INVALID, where, M("a contact has a name: a desk or a person")), false;
    if (c->mail.n + c->phone.n + c->fax.n + c->closed.n > 0) return true;
    return fault_in(w, INVALID, where, M("a contact is reached somehow: mail, telephone, FAX or a closed network")),
           false;
}

/* ---- acts ---- */

static enum err go_back(struct work *w, const struct circle *c, int32_t org, struct doc *out, str said)
{
    act_noted(w, S("org"), c->net.org[org].code);
    bool own = org == c->at;
    act_next(w, &(struct going_on){
                    "share contacts", {{own ? NULL : "org", own ? S("") : c->net.org[org].code}}, tr(out->lang, said)});
    return OK;
}

static enum err whose(struct work *w, const struct args *in, struct circle *c, int32_t *org)
{
    enum err e = circle_of(w, in, c);
    return e == OK ? circle_named(w, c, in, "org", circle_contacts, org) : e;
}

static enum err numbered(struct work *w, const struct args *in, int64_t org, struct contact *out)
{
    struct contact *all;
    size_t n;
    enum err e = contacts_of(w, org, &all, &n);
    if (e != OK) return e;
    int64_t ord = arg_given(in, "ord") ? arg_int(in, "ord") : (int64_t)n + 1;
    struct where where = {.field = S("ord")};
    if (ord > CONTACTS_MAX)
        return fault_in(w, INVALID, where, M("an organisation has at most %1 contacts"), str_int(w->a, CONTACTS_MAX));
    if (ord < 1 || ord > (int64_t)n + 1)
        return fault_in(w, INVALID, where, M("contacts are numbered from 1 without gaps: the next is %1"),
                        str_int(w->a, (int64_t)n + 1));
    *out = (struct contact){.org = org, .ord = ord};
    if (ord <= (int64_t)n) *out = all[ord - 1];
    return OK;
}

static void told_both(struct doc *out, struct contact *stands, struct contact *given)
{
    struct two_texts two[CONTACT_FIELDS];
    for (size_t i = 0; i < CONTACT_FIELDS; i++)
        two[i] = (struct two_texts){contact_fields[i].label, *contact_text(stands, &contact_fields[i]),
                                    *contact_text(given, &contact_fields[i])};
    two_texts_told(out, two, CONTACT_FIELDS);
    contact_form(out, given, stands->revision, S(""));
}

enum err share_act_contact(struct work *w, const struct args *in, struct doc *out)
{
    struct circle c;
    int32_t org;
    struct contact was, is;
    enum err e = whose(w, in, &c, &org);
    if (e == OK) e = numbered(w, in, c.net.org[org].id, &was);
    if (e != OK) return e;
    is = was;
    for (size_t i = 0; i < CONTACT_FIELDS; i++) {
        const char *key = contact_fields[i].key;
        if (arg_given(in, key))
            contact_value(w, &contact_fields[i], arg_text(in, key), (struct where){.field = str_of(key)}, &is);
    }
    if (arg_given(in, "around")) is.around = str_eq(arg_text(in, "around"), S("yes"));
    if (work_err(w) == OK) contact_whole(w, &is, (struct where){0});
    if ((e = work_err(w)) != OK) return e;
    if (arg_given(in, "revision") && arg_int(in, "revision") != was.revision) return told_both(out, &was, &is), OK;
    bool own = org == c.at; /* whoever enters it for others cannot say that it is right */
    is.confirmed = own ? w->now : 0;
    is.confirmed_by = own ? acting_person(w) : S("");
    if ((e = contact_put(w, &is)) != OK) return e;
    act_noted(w, S("ord"), str_int(w->a, is.ord));
    doc_fact(out, "ord", M("Contact"), C_INT(is.ord));
    return go_back(w, &c, org, out, M("It was entered."));
}

enum err share_act_contact_end(struct work *w, const struct args *in, struct doc *out)
{
    struct circle c;
    int32_t org;
    struct contact was;
    enum err e = whose(w, in, &c, &org);
    if (e == OK) e = contact_find(w, c.net.org[org].id, arg_int(in, "ord"), &was);
    if (e == OK && was.id == 0)
        e = fault_in(w, NOTFOUND, (struct where){.field = S("ord")}, M("no contact of that number"));
    if (e == OK) e = contact_drop(w, was.org, was.ord);
    if (e != OK) return e;
    doc_fact(out, "ord", M("Contact"), C_INT(was.ord));
    return go_back(w, &c, org, out, M("The contact was taken off; those behind it moved up."));
}

enum err share_act_contacts_confirm(struct work *w, const struct args *in, struct doc *out)
{
    struct circle c;
    int32_t org;
    struct body b;
    int64_t n;
    enum err e = whose(w, in, &c, &org);
    if (e == OK && org != c.at) e = body_find(w, c.net.org[org].id, &b);
    if (e == OK && org != c.at && str_eq(b.f[BODY_SIGNS_IN], S("1")))
        e = fault(
            w, DENIED,
            M("'%1' says itself whether its contacts are right; it is entered for it only where it does not sign in"),
            c.net.org[org].code);
    if (e == OK) e = contacts_mark(w, c.net.org[org].id, &n);
    if (e == OK && n == 0) e = fault(w, CONFLICT, M("there is no contact yet: enter the first one"));
    if (e != OK) return e;
    act_noted(w, S("contacts"), str_int(w->a, n));
    doc_fact(out, "contacts", M("Contacts confirmed"), C_INT(n));
    return go_back(w, &c, org, out, M("Confirmed: all contacts are right as of today."));
}
