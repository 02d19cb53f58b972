#include "share/party.h"

#include "share/party_store.h"
#include "share/route.h"

static bool nearest(const struct party *line, size_t n, struct party *out)
{
    for (size_t i = 0; i < n; i++) {
        if (!share_kind(line[i].kind)) continue;
        *out = line[i];
        out->tier = tier_of_kind(line[i].kind);
        return true;
    }
    return false;
}

static enum err owner_acts(struct work *w, str code, struct party *out)
{
    if (code.n == 0)
        return fault_in(
            w, INVALID, (struct where){.field = S("for")},
            M("as the owner of the database you share for nobody: say for which organisation, --for CODE (`meguri registry organisations` lists them), or as whom, --as PERSON"));
    struct party *line;
    size_t n;
    enum err e = party_line(w, 0, code, &line, &n);
    if (e != OK) return e;
    if (n == 0) return fault_in(w, NOTFOUND, (struct where){.field = S("for")}, M("no organisation '%1'"), code);
    if (!nearest(line, n, out))
        return fault_in(
            w, INVALID, (struct where){.field = S("for")},
            M("'%1' does not share for itself: name a ministry, centre, CEPTOAR, operator, council or partner"), code);
    out->owner = true;
    return OK;
}

enum err party_of(struct work *w, const struct args *in, struct party *out)
{
    str asked = arg_text(in, "for");
    if (w->actor->post == 0) return owner_acts(w, asked, out);
    struct party *line, found;
    size_t n;
    enum err e = party_line(w, w->actor->org, S(""), &line, &n);
    if (e != OK) return e;
    if (!nearest(line, n, &found))
        return fault(
            w, DENIED,
            M("your post is held at '%1', which does not share for itself: act in a post at a ministry, centre, CEPTOAR or operator"),
            w->actor->org_code);
    if (asked.n != 0 && !str_eq(asked, found.code))
        return fault_in(w, DENIED, (struct where){.field = S("for")},
                        M("you share for '%1'; act in a post of '%2' to share for it"), found.code, asked);
    *out = found;
    return OK;
}

const struct param share_party_params[] = {PARTY_PARAM, {0}};

/* For whom do I share, and with whom: whoever opens the room first. */
enum err share_view_party(struct work *w, const struct args *in, struct doc *out)
{
    struct party p;
    enum err e = party_of(w, in, &p);
    if (e != OK) return e;
    doc_fact(out, "org", M("You share for"), C_ORG(p.code, p.ja, p.en, 0));
    doc_fact(out, "tier", M("Tier"), enum_words_cell(tier_word(p.tier), tier_label(p.tier)));
    return OK;
}
