#include "share/taxii_query.h"

#include "base/utf8.h"
#include "format/form.h"

/* ---- the query ---- */

static enum err wrong(struct work *w, str name, str value)
{
    return fault_in(w, INVALID, ((struct where){.field = str_sub(name, 0, CODE_MAX)}),
                    M("the parameter '%1' cannot be '%2'"), str_sub(name, 0, CODE_MAX), str_sub(value, 0, 100));
}

static enum err read_many(struct work *w, str name, str value, str *all, size_t most, size_t *n)
{
    str rest = value, one;
    while (str_cut(&rest, ',', &one)) {
        one = str_trim(one);
        if (*n == most || one.n == 0 || one.n > STIX_ID_MAX) return wrong(w, name, value);
        all[(*n)++] = one;
    }
    return *n != 0 ? OK : wrong(w, name, value);
}

static enum err read_versions(struct work *w, str name, str value, struct match *m)
{
    str rest = value, one;
    m->newest = false;
    while (str_cut(&rest, ',', &one)) {
        one = str_trim(one);
        if (str_eq(one, S("last"))) m->newest = true;
        else if (str_eq(one, S("first"))) m->oldest = true;
        else if (str_eq(one, S("all"))) m->all = true;
        else if (m->n_versions == MATCH_VERSIONS || !micro_parse(one, &m->version[m->n_versions++]))
            return wrong(w, name, value);
    }
    return m->newest || m->oldest || m->all || m->n_versions != 0 ? OK : wrong(w, name, value);
}

static bool next_read(str s, int64_t *out)
{
    return s.n >= 2 && s.n <= TAXII_NEXT_MAX && s.p[0] == 'a' && str_to_int(str_sub(s, 1, s.n), out) && *out >= 0;
}

str taxii_next(struct arena *a, int64_t added) { return str_fmt(a, "a%lld", (long long)added); }

static enum err read_one(struct work *w, str name, str value, struct taxii_query *q)
{
    struct match *m = &q->match;
    int64_t i;
    if (str_eq(name, S("match[id]"))) return read_many(w, name, value, m->id, MATCHES, &m->n_ids);
    if (str_eq(name, S("match[type]"))) return read_many(w, name, value, m->type, MATCHES, &m->n_types);
    if (str_eq(name, S("match[spec_version]"))) return read_many(w, name, value, m->spec, 2, &m->n_specs);
    if (str_eq(name, S("match[version]"))) return read_versions(w, name, value, m);
    if (str_starts(name, S("match[")))
        return fault_in(w, INVALID, ((struct where){.field = str_sub(name, 0, CODE_MAX)}),
                        M("there is no filter '%1' here: id, type, version and spec_version are"),
                        str_sub(name, 0, CODE_MAX));
    if (str_eq(name, S("limit"))) {
        if (!str_to_int(value, &i) || i < 1) return wrong(w, name, value);
        q->limit = i < OBJECTS_PAGE_MAX ? (size_t)i : OBJECTS_PAGE_MAX;
        return OK;
    }
    bool next = str_eq(name, S("next"));
    if (!next && !str_eq(name, S("added_after"))) return OK;
    if (!(next ? next_read(value, &i) : micro_parse(value, &i))) return wrong(w, name, value);
    if (i > q->after) q->after = i; /* `next` says where we were; a client may say both */
    return OK;
}

enum err taxii_query_read(struct work *w, str query, struct taxii_query *out)
{
    struct form_fields f;
    *out = (struct taxii_query){.after = -1, .limit = TAXII_LIMIT, .match = {.newest = true}};
    enum err e = form_fields(w, query, &f);
    for (size_t i = 0; e == OK && i < f.n; i++) {
        for (size_t k = 0; k < i; k++) /* a filter said twice would mean two things (§3.5) */
            if (str_eq(f.field[k].name, f.field[i].name)) return wrong(w, f.field[i].name, f.field[i].value);
        e = read_one(w, f.field[i].name, f.field[i].value, out);
        if (i == 32) return fault(w, INVALID, M("more than %1 parameters"), str_int(w->a, 32));
    }
    return e;
}

/* ---- addresses ---- */

bool taxii_path_read(struct arena *a, str path, struct taxii_path *out)
{
    *out = (struct taxii_path){.n = 0};
    if (path.n == 0) return true;
    if (path.p[0] != '/') return false;
    str rest = str_sub(path, 1, path.n), one;
    if (rest.n != 0 && rest.p[rest.n - 1] == '/') rest.n--;
    while (rest.n != 0 && str_cut(&rest, '/', &one)) {
        if (one.n == 0 || out->n == TAXII_SEGMENTS || !form_decode(a, one, &out->part[out->n])) return false;
        if (out->part[out->n].n > STIX_ID_MAX || utf8_bad(out->part[out->n]) < out->part[out->n].n) return false;
        out->n++;
    }
    return true;
}

/* ---- media types ---- */

static bool same_letters(str a, str b)
{
    for (size_t i = 0; i < a.n && a.n == b.n; i++) {
        char c = (char)(a.p[i] >= 'A' && a.p[i] <= 'Z' ? a.p[i] - 'A' + 'a' : a.p[i]);
        if (c != b.p[i]) return false;
    }
    return a.n == b.n;
}

static str unquoted(str s)
{
    s = str_trim(s);
    return s.n >= 2 && s.p[0] == '"' && s.p[s.n - 1] == '"' ? str_sub(s, 1, s.n - 1) : s;
}

/* "application/taxii+json; version=2.1;q=0.5": is the type one of those, in no other version, and wanted at all? */
static bool takes(str range, const str *types, size_t n)
{
    str rest = range, part;
    bool known = false;
    if (!str_cut(&rest, ';', &part)) return false;
    for (size_t i = 0; i < n; i++) known = known || same_letters(str_trim(part), types[i]);
    while (known && str_cut(&rest, ';', &part)) {
        str value = part, name;
        if (!str_cut(&value, '=', &name)) continue;
        name = str_trim(name);
        value = unquoted(value);
        if (same_letters(name, S("version")) && !str_eq(value, S("2.1"))) return false;
        bool zero = value.n != 0 && value.p[0] == '0';
        for (size_t i = 1; i < value.n; i++) zero = zero && (value.p[i] == '0' || value.p[i] == '.');
        if (same_letters(name, S("q")) && zero) return false;
    }
    return known;
}

bool taxii_accepted(str accept)
{
    static const str types[] = {S_INIT("application/taxii+json"), S_INIT("application/*"), S_INIT("*/*")};
    str rest = accept, one;
    if (str_trim(accept).n == 0) return true;
    while (str_cut(&rest, ',', &one))
        if (takes(one, types, sizeof types / sizeof *types)) return true;
    return false;
}

bool taxii_content(str content_type)
{
    static const str types[] = {S_INIT("application/taxii+json"), S_INIT("application/stix+json")};
    return takes(content_type, types, sizeof types / sizeof *types);
}

str taxii_version(struct arena *a, int64_t micro)
{
    str t = micro_text(a, micro);
    return micro % 1000 == 0 ? str_fmt(a, "%.*sZ", (int)t.n - 4, t.p) : t;
}
