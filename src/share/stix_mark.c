#include "share/stix_mark.h"

#include "base/uuid.h"

/* The extension by which STIX 2.1 carries TLP 2.0 (OASIS CTI TC, 2022). */
#define TLP_EXTENSION "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"

void marks_begin(struct marks *m, struct arena *a) { *m = (struct marks){.a = a}; }

static void narrow_tlp(struct marking *m, enum tlp t)
{
    if (t > m->tlp) m->tlp = t;
}
static void narrow_pap(struct marking *m, enum pap p)
{
    if (p > m->pap) m->pap = p;
}

static bool prefixed(str s, char first, char second, char third)
{
    return s.n > 4 && (s.p[0] | 0x20) == first && (s.p[1] | 0x20) == second && (s.p[2] | 0x20) == third &&
           s.p[3] == ':';
}
static bool says_tlp(str s, enum tlp *out) { return prefixed(s, 't', 'l', 'p') && tlp_parse(s, out); }
static bool says_pap(str s, enum pap *out) { return prefixed(s, 'p', 'a', 'p') && pap_parse(s, out); }

/* ---- definitions ---- */

struct said {
    bool tlp, pap, differs; /* differs: it says two TLPs */
    struct marking marking;
};

static void hear_tlp(struct said *s, enum tlp t)
{
    s->differs = s->differs || (s->tlp && s->marking.tlp != t);
    s->tlp = true;
    narrow_tlp(&s->marking, t);
}

/* A word where only a TLP may stand, and which is none, is heard as the narrowest: whoever wrote it meant to restrict.
 */
static void hear_word(struct said *s, const struct jv *word)
{
    enum tlp t = TLP_RED;
    if (word == NULL) return;
    (void)tlp_parse(jv_str(word), &t);
    hear_tlp(s, t);
}

static struct said definition_says(const struct jv *v)
{
    struct said s = {0};
    enum tlp t;
    enum pap p;
    const struct jv *own = jv_get(v, "definition");
    hear_word(&s, jv_get(own, "tlp"));
    hear_word(&s, jv_get(jv_get(jv_get(v, "extensions"), TLP_EXTENSION), "tlp_2_0"));
    const str words[] = {jv_str(jv_get(v, "name")), jv_str(jv_get(v, "definition_type")),
                         jv_str(jv_get(own, "statement"))};
    for (size_t i = 0; i < 3; i++) {
        if (says_tlp(words[i], &t)) hear_tlp(&s, t);
        if (!says_pap(words[i], &p)) continue;
        s.pap = true;
        narrow_pap(&s.marking, p);
    }
    return s;
}

static struct mark_own *own_of(struct marks *m, str id)
{
    uint64_t hash = str_hash(id);
    for (size_t i = 0; i < m->n_own; i++)
        if (m->own[i].hash == hash && str_eq(m->own[i].id, id)) return &m->own[i];
    if (m->n_own == STIX_MARKS_MAX) return NULL;
    m->own = arena_more(m->a, m->own, m->n_own, &m->own_room, sizeof *m->own);
    m->own[m->n_own] = (struct mark_own){.id = str_dup(m->a, id), .hash = hash};
    return &m->own[m->n_own++];
}

static bool too_many(struct marks_wrong *why)
{
    *why = (struct marks_wrong){"object_marking_refs",
                                M("STIX: %1 has more markings, or the bundle more definitions of them, than %2"),
                                S("256")};
    return false;
}

static bool read_definition(struct marks *m, const struct jv *v, struct stix_object *o, struct marks_wrong *why)
{
    enum tlp is;
    struct said s = definition_says(v);
    if (tlp_of_stix_id(o->id, &is)) {
        *why = (struct marks_wrong){
            "id", M("STIX: %1 is the marking %2, but this definition of it says something else: it is forged"),
            tlp_label(is)};
        o->marked = true;
        return s.tlp && !s.differs && s.marking.tlp == is;
    }
    struct mark_own *own = own_of(m, o->id);
    if (own == NULL) return too_many(why);
    own->tlp = own->tlp || s.tlp;
    own->pap = own->pap || s.pap;
    own->here = true;
    own->says = marking_both(own->says, s.marking);
    return true;
}

/* ---- references ---- */

static bool refer(struct marks *m, size_t place, str id, struct stix_object *o, struct marks_wrong *why)
{
    enum tlp t;
    if (tlp_of_stix_id(id, &t)) {
        o->marked = true;
        narrow_tlp(&o->marking, t);
        return true;
    }
    *why = (struct marks_wrong){"object_marking_refs",
                                M("STIX: %1 refers to '%2' as its marking, which is no id of one"), id};
    if (id.n > STIX_ID_MAX || !str_starts(id, S("marking-definition--")) || !uuid_valid(str_sub(id, 20, id.n)))
        return false;
    struct mark_own *own = own_of(m, id);
    if (own == NULL) return too_many(why);
    m->ref = arena_more(m->a, m->ref, m->n_refs, &m->refs_room, sizeof *m->ref);
    m->ref[m->n_refs++] = (struct mark_ref){(uint32_t)place, (uint32_t)(own - m->own)};
    return true;
}

static bool read_refs(struct marks *m, size_t place, const struct jv *v, struct stix_object *o, struct marks_wrong *why)
{
    const struct jv *whole = jv_get(v, "object_marking_refs"), *parts = jv_get(v, "granular_markings");
    bool lists = (whole == NULL || jv_type(whole) == JV_ARRAY) && (parts == NULL || jv_type(parts) == JV_ARRAY);
    if (!lists) {
        *why = (struct marks_wrong){"object_marking_refs", M("STIX: the markings of %1 are no list"), S("")};
        return false;
    }
    if (jv_size(whole) + jv_size(parts) > STIX_MARKS_MAX) return too_many(why);
    for (size_t i = 0; i < jv_size(whole); i++)
        if (!refer(m, place, jv_str(jv_at(whole, i)), o, why)) return false;
    for (size_t i = 0; i < jv_size(parts); i++) { /* those with `lang` alone tell a language */
        const struct jv *ref = jv_get(jv_at(parts, i), "marking_ref");
        if (ref == NULL && jv_get(jv_at(parts, i), "lang") != NULL) continue;
        if (!refer(m, place, jv_str(ref), o, why)) return false;
    }
    return true;
}

static void read_labels(const struct jv *labels, struct stix_object *o)
{
    for (size_t i = 0; i < jv_size(labels); i++) {
        enum tlp t;
        enum pap p;
        str label = jv_str(jv_at(labels, i));
        if (says_tlp(label, &t)) narrow_tlp(&o->marking, t);
        if (says_pap(label, &p)) narrow_pap(&o->marking, p);
    }
}

bool marks_read(struct marks *m, size_t place, const struct jv *v, struct stix_object *o, struct marks_wrong *why)
{
    if (!read_refs(m, place, v, o, why)) return false;
    read_labels(jv_get(v, "labels"), o);
    return !str_eq(o->type, S("marking-definition")) || read_definition(m, v, o, why);
}

void marks_settle(struct marks *m, struct stix_object *all, size_t n)
{
    for (size_t i = 0; i < m->n_refs; i++) {
        struct stix_object *o = &all[m->ref[i].object];
        const struct mark_own *own = &m->own[m->ref[i].own];
        if (o->id.n == 0) continue;
        if (own->tlp || !own->here) narrow_tlp(&o->marking, TLP_AMBER);
        o->marked = o->marked || own->tlp;
        o->marking = marking_both(o->marking, own->says);
    }
    for (size_t i = 0; i < n; i++)
        if (!all[i].marked) narrow_tlp(&all[i].marking, TLP_AMBER);
}
