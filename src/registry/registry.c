#include "registry/registry.h"

#include <assert.h>

#include "access/days.h"
#include "base/clock.h"
#include "registry/audit.h"
#include "registry/audit_store.h"
#include "registry/calendar.h"
#include "registry/council.h"
#include "registry/council_store.h"
#include "registry/import.h"
#include "registry/registry_store.h"
#include "registry/staff.h"

enum { TAGS_LISTED = 50 };

/* ---- what the views share ---- */

static void tells_of_persons(struct doc *out)
{
    out->personal = true;
    out->handling = M("holds personal data: for those concerned only");
}

/* What a callback of a table writes to. */
struct telling {
    struct doc *doc;
    struct work *w;
    int64_t depth;   /* of the first row */
    int64_t rows;
    bool names;      /* may they see who holds a post? */
    int64_t since;   /* end of the name before, + 1 */
    bool since_given;
};

static int64_t date_asked(const struct work *w, const struct args *in)
{
    return arg_given(in, "at") ? arg_int(in, "at") : today(w);
}

static struct span span_asked(const struct args *in, const char *name)
{
    const struct org *org = arg_org(in, name);
    return org == NULL ? (struct span){0, INT64_MAX} : (struct span){org->lo, org->hi};
}

static struct cell org_cell(const struct named *n, int64_t depth)
{
    return n->code.n == 0 ? C_NONE : C_ORG(n->code, n->ja, n->en, (int)depth);
}

static struct cell day_cell(struct day d) { return d.given ? C_DATE(d.date) : C_NONE; }

static struct cell enum_cell(str s) { return s.n == 0 ? C_NONE : C_ENUM(s); }

static struct cell named_cell(const struct named *n)
{
    return n->code.n == 0 ? C_NONE : (struct cell){.type = CELL_TEXT, .text = n->code, .ja = n->ja, .en = n->en};
}

static struct cell who_cell(const struct named *n) { return person_cell(n->code, n->ja, n->en); }

static void nothing_found(struct telling *t)
{
    if (t->rows == 0)
        doc_note(t->doc, M("nothing within your reach fits; dates count as of --at, which is today unless given"));
}

/* ---- the room ---- */

static enum err view_room(struct work *w, const struct args *in, struct doc *out)
{
    (void)in;
    struct counts c;
    enum err e = registry_counts(w, today(w), &c);
    if (e != OK) return e;
    doc_fact(out, "organisations", M("Organisations"), C_INT(c.orgs));
    doc_fact(out, "people", M("People"), C_INT(c.people));
    doc_fact(out, "posts", M("Posts"), C_INT(c.posts));
    doc_fact(out, "vacant", M("Vacant posts"), C_INT(c.vacant));
    doc_fact(out, "systems", M("Systems and devices"), C_INT(c.systems));
    doc_note(out, M("counted today, within your reach"));
    return OK;
}

/* ---- organisations ---- */

static const struct column org_columns[] = {
    {"org", CELL_ORG, N("Organisation"), 0, "registry organisation", "org"},
    {"code", CELL_TEXT, N("Code")},
    {"kind", CELL_ENUM, N("Kind")},
    {"parent", CELL_ORG, N("Parent"), COL_DETAIL, "registry organisation", "org"},
    {"since", CELL_DATE, N("From"), COL_DETAIL},
    {"until", CELL_DATE, N("Until"), COL_DETAIL},
};

static void tell_org(void *to, const struct org_row *r)
{
    struct telling *t = to;
    if (t->rows++ == 0) t->depth = r->depth;
    int64_t depth = r->depth > t->depth ? r->depth - t->depth : 0;
    DOC_ROW(t->doc, org_cell(&r->org, depth), C_TEXT(r->org.code), enum_cell(r->kind), org_cell(&r->parent, 0),
            day_cell(r->since), day_cell(r->until));
}

static enum err view_organisations(struct work *w, const struct args *in, struct doc *out)
{
    const struct org *under = arg_org(in, "under");
    int64_t top = under == NULL ? 0 : under->depth;
    int64_t deepest = arg_given(in, "depth") ? arg_int(in, "depth") + top : INT64_MAX;
    if (arg_given(in, "depth") && arg_int(in, "depth") < 0) {
        return fault_in(w, INVALID, ((struct where){.field = S("depth")}),
                        M("depth counts steps below the first organisation: give 0 or more"));
    }
    struct telling t = {.doc = out, .w = w};
    DOC_TABLE(out, "organisations", org_columns);
    enum err e = orgs_each(w, date_asked(w, in), span_asked(in, "under"), deepest, tell_org, &t);
    doc_table_end(out);
    if (e == OK) nothing_found(&t);
    return e;
}

static const struct column name_columns[] = {
    {"name_ja", CELL_TEXT, N("Name (Japanese)")},
    {"name_en", CELL_TEXT, N("Name (English)")},
    {"since", CELL_DATE, N("From")},
    {"until", CELL_DATE, N("Until")},
};

static void tell_name(void *to, const struct name_row *r)
{
    struct telling *t = to;
    DOC_ROW(t->doc, C_TEXT(r->ja), text_cell(r->en), day_cell(r->since), day_cell(r->until));
    t->since = r->until.date + 1;
    t->since_given = true;
}

static enum err tell_names(struct work *w, const struct org *org, const struct org_row *facts, struct doc *out)
{
    struct telling t = {.doc = out, .w = w};
    DOC_TABLE(out, "name_history", name_columns);
    enum err e = earlier_names_each(w, org->id, tell_name, &t);
    struct day since = t.since_given ? (struct day){true, t.since} : facts->since;
    DOC_ROW(out, C_TEXT(org->name_ja), text_cell(org->name_en), day_cell(since), day_cell(facts->until));
    doc_table_end(out);
    return e;
}

static const struct column link_columns[] = {
    {"kind", CELL_ENUM, N("Kind")},
    {"from", CELL_ORG, N("Organisation"), 0, "registry organisation", "org"},
    {"to", CELL_ORG, N("Linked to"), 0, "registry organisation", "org"},
    {"since", CELL_DATE, N("From"), COL_DETAIL},
    {"until", CELL_DATE, N("Until"), COL_DETAIL},
};

static void tell_link(void *to, const struct link_row *r)
{
    struct telling *t = to;
    t->rows++;
    DOC_ROW(t->doc, C_ENUM(r->kind), org_cell(&r->from, 0), org_cell(&r->to, 0), day_cell(r->since),
            day_cell(r->until));
}

static enum err tell_links(struct work *w, str kind, int64_t org, struct doc *out)
{
    struct telling t = {.doc = out, .w = w};
    DOC_TABLE(out, "links", link_columns);
    enum err e = links_each(w, kind, org, tell_link, &t);
    doc_table_end(out);
    return e;
}

static enum err view_links(struct work *w, const struct args *in, struct doc *out)
{
    const struct org *org = arg_org(in, "org");
    return tell_links(w, arg_text(in, "kind"), org == NULL ? 0 : org->id, out);
}

/* ---- posts ---- */

static const struct column post_columns[] = {
    {"post", CELL_TEXT, N("Post")},
    {"duty", CELL_TEXT, N("Duty")},
    {"org", CELL_ORG, N("Organisation"), 0, "registry organisation", "org"},
    {"system", CELL_TEXT, N("System")},
    {"person", CELL_PERSON, N("Person"), 0, "registry person", "person"},
    {"vacant", CELL_BOOL, N("Vacant")},
    {"deputy_of", CELL_TEXT, N("Deputy of"), COL_DETAIL},
    {"since", CELL_DATE, N("From"), COL_DETAIL},
    {"until", CELL_DATE, N("Until"), COL_DETAIL},
};

static void tell_post(void *to, const struct post_row *r)
{
    struct telling *t = to;
    t->rows++;
    bool vacant = r->person.code.n == 0;
    DOC_ROW(t->doc, C_TEXT(r->code), named_cell(&r->duty), org_cell(&r->org, 0), named_cell(&r->system),
            t->names ? who_cell(&r->person) : C_NONE, C_BOOL(vacant), text_cell(r->deputy_of), day_cell(r->since),
            day_cell(r->until));
}

static enum err tell_posts(struct telling *t, int64_t at, const struct post_filter *f)
{
    t->names = (t->w->actor->rights & MAY_READ_NAMES) != 0;
    if (t->names) tells_of_persons(t->doc);
    DOC_TABLE(t->doc, "posts", post_columns);
    enum err e = posts_each(t->w, at, f, tell_post, t);
    doc_table_end(t->doc);
    if (!t->names) doc_note(t->doc, M("who holds a post is shown to those who may see names"));
    return e;
}

static enum err view_posts(struct work *w, const struct args *in, struct doc *out)
{
    const struct post_filter f = {span_asked(in, "org"), arg_text(in, "duty"), arg_int(in, "vacant") != 0};
    struct telling t = {.doc = out, .w = w};
    enum err e = tell_posts(&t, date_asked(w, in), &f);
    if (e == OK) nothing_found(&t);
    return e;
}

static enum err view_organisation(struct work *w, const struct args *in, struct doc *out)
{
    const struct org *org = arg_org(in, "org");
    int64_t at = date_asked(w, in);
    struct org_row facts;
    enum err e = org_facts(w, org->id, at, &facts);
    if (e != OK) return e;
    doc_fact(out, "org", M("Organisation"), org_cell(&facts.org, 0));
    doc_fact(out, "code", M("Code"), C_TEXT(org->code));
    doc_fact(out, "name_ja", M("Name (Japanese)"), C_TEXT(facts.org.ja));
    doc_fact(out, "name_en", M("Name (English)"), text_cell(facts.org.en));
    doc_fact(out, "kind", M("Kind"), enum_cell(facts.kind));
    doc_fact(out, "parent", M("Parent"), org_cell(&facts.parent, 0));
    doc_fact(out, "since", M("From"), day_cell(facts.since));
    doc_fact(out, "until", M("Until"), day_cell(facts.until));
    e = tell_names(w, org, &facts, out);
    if (e == OK) e = tell_links(w, S(""), org->id, out);
    /* Its own posts: those of the organisations below stand on their own pages. */
    const struct post_filter own = {.span = {org->lo, org->lo + 1}, .duty = S("")};
    struct telling t = {.doc = out, .w = w};
    return e == OK ? tell_posts(&t, at, &own) : e;
}

/* ---- people ---- */

static const struct column person_columns[] = {
    {"person", CELL_PERSON, N("Person"), 0, "registry person", "person"},
    {"code", CELL_TEXT, N("Code")},
    {"org", CELL_ORG, N("Organisation"), 0, "registry organisation", "org"},
    {"mail", CELL_TEXT, N("Mail"), COL_DETAIL},
    {"since", CELL_DATE, N("From"), COL_DETAIL},
    {"until", CELL_DATE, N("Until"), COL_DETAIL},
};

static void tell_person(void *to, const struct person_row *r)
{
    struct telling *t = to;
    t->rows++;
    DOC_ROW(t->doc, who_cell(&r->person), C_TEXT(r->person.code), org_cell(&r->org, 0), text_cell(r->mail),
            day_cell(r->since), day_cell(r->until));
}

static enum err view_people(struct work *w, const struct args *in, struct doc *out)
{
    struct telling t = {.doc = out, .w = w};
    tells_of_persons(out);
    DOC_TABLE(out, "people", person_columns);
    enum err e = people_each(w, date_asked(w, in), span_asked(in, "org"), tell_person, &t);
    doc_table_end(out);
    if (e == OK) nothing_found(&t);
    return e;
}

static enum err view_person(struct work *w, const struct args *in, struct doc *out)
{
    bool found;
    struct person_row r;
    str code = arg_text(in, "person");
    enum err e = person_facts(w, code, &found, &r);
    if (e != OK) return e;
    if (!found) return fault(w, NOTFOUND, M("no person '%1': `meguri registry people` lists those you may see"), code);
    tells_of_persons(out);
    doc_fact(out, "person", M("Person"), who_cell(&r.person));
    doc_fact(out, "code", M("Code"), C_TEXT(r.person.code));
    doc_fact(out, "org", M("Organisation"), org_cell(&r.org, 0));
    doc_fact(out, "mail", M("Mail"), text_cell(r.mail));
    doc_fact(out, "language", M("Language of letters"), r.lang.n == 0 ? C_NONE : enum_cell(r.lang));
    doc_fact(out, "since", M("From"), day_cell(r.since));
    doc_fact(out, "until", M("Until"), day_cell(r.until));
    struct telling t = {.doc = out, .w = w, .names = true};
    DOC_TABLE(out, "posts", post_columns);
    e = posts_of_person(w, r.id, tell_post, &t);
    doc_table_end(out);
    return e;
}

/* ---- systems ---- */

static void tell_system(void *to, const struct system_row *r)
{
    struct telling *t = to;
    t->rows++;
    DOC_ROW(t->doc, C_TEXT(r->system.code), named_cell(&r->system), enum_cell(r->kind), org_cell(&r->org, 0),
            text_cell(r->tags), day_cell(r->since), day_cell(r->until));
}

/* ---- tags ---- */

static enum err add_tag(struct work *w, struct where at, str key, str value, struct tag_filter *to)
{
    if (to->n == TAG_FILTERS_MAX)
        return fault_in(w, INVALID, at, M("at most %1 tags can be asked for at once"), str_int(w->a, TAG_FILTERS_MAX));
    if (!code_good(key) || value.n == 0)
        return fault_in(w, INVALID, at, M("'%1' asks for no tag: give its name and a value, as in network=LAN"), key);
    to->tag[to->n].key = key;
    to->tag[to->n++].value = value;
    return OK;
}

/* --tag.network LAN, and from forms tagged=network=LAN. */
enum err tags_asked(struct work *w, const struct args *in, const char *param, struct tag_filter *out)
{
    const struct arg *all[TAG_FILTERS_MAX + 1];
    size_t n = arg_all(in, param, all, TAG_FILTERS_MAX + 1);
    enum err e = OK;
    *out = (struct tag_filter){0};
    for (size_t i = 0; e == OK && i < n; i++)
        e = add_tag(w, (struct where){.field = str_of(param)}, all[i]->key, all[i]->text, out);
    n = arg_all(in, "tagged", all, TAG_FILTERS_MAX + 1);
    for (size_t i = 0; e == OK && i < n; i++) {
        str rest = all[i]->text, key = S("");
        (void)str_cut(&rest, '=', &key);
        e = add_tag(w, (struct where){.field = S("tagged")}, str_trim(key), str_trim(rest), out);
    }
    return e;
}

static void tell_tag(void *to, str key, str value, int64_t n)
{
    static const struct column columns[] = {{"tag", CELL_TEXT, N("Tag"), 0, "registry systems", "tagged"},
                                            {"systems", CELL_INT, N("Systems and devices")}};
    struct telling *t = to;
    if (t->rows == 0) DOC_TABLE(t->doc, "tags", columns);
    struct arena_mark mark = arena_mark(t->w->a);
    str words = str_fmt(t->w->a, "%.*s=%.*s", STR_ARG(key), STR_ARG(value));
    if (t->rows++ < TAGS_LISTED) DOC_ROW(t->doc, C_TEXT(words), C_INT(n));
    arena_back(t->w->a, mark);
}

static enum err tell_tags(struct work *w, int64_t at, struct span span, struct doc *out)
{
    struct telling t = {.doc = out, .w = w};
    enum err e = tags_each(w, at, span, tell_tag, &t);
    if (t.rows != 0) doc_table_end(out);
    if (t.rows > TAGS_LISTED) doc_note(out, M("of %1 tags the %2 most frequent are listed"), str_int(w->a, t.rows),
                                       str_int(w->a, TAGS_LISTED));
    return e;
}

static enum err view_systems(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column columns[] = {
        {"code", CELL_TEXT, N("Code")},
        {"name", CELL_TEXT, N("Name")},
        {"kind", CELL_ENUM, N("Kind")},
        {"org", CELL_ORG, N("Organisation"), 0, "registry organisation", "org"},
        {"tags", CELL_TEXT, N("Tags")},
        {"since", CELL_DATE, N("From"), COL_DETAIL},
        {"until", CELL_DATE, N("Until"), COL_DETAIL},
    };
    struct telling t = {.doc = out, .w = w};
    struct tag_filter tags;
    enum err e = tags_asked(w, in, "tag", &tags);
    if (e != OK) return e;
    DOC_TABLE(out, "systems", columns);
    e = systems_each(w, date_asked(w, in), span_asked(in, "org"), &tags, tell_system, &t);
    doc_table_end(out);
    if (e == OK) nothing_found(&t);
    return e == OK ? tell_tags(w, date_asked(w, in), span_asked(in, "org"), out) : e;
}

/* ---- duties ---- */

/* In words, by the bits of enum right. */
static const str right_meaning[] = {
    N("answers their own sheets"),
    N("confirms the sheets of the unit, never their own"),
    N("sees who in the unit answered what"),
    N("sees counts and rates of the organisations below"),
    N("manages rounds, people and posts of the organisations below"),
    N("reads everything of the organisations below, changes nothing"),
    N("sees the figures of all and publishes them"),
    N("keeps accounts, duties and settings, sees no answers"),
};

static str meaning(struct arena *a, enum lang lang, unsigned rights)
{
    struct buf b = buf_in(a);
    for (unsigned i = 0; i < sizeof right_meaning / sizeof right_meaning[0]; i++) {
        if ((rights & 1U << i) == 0) continue;
        if (b.n != 0) buf_add(&b, lang == LANG_JA ? S("、") : S("; "));
        buf_add(&b, tr(lang, right_meaning[i]));
    }
    return buf_str(&b);
}

static void tell_duty(void *to, const struct duty_row *r)
{
    struct telling *t = to;
    struct arena *a = t->w->a;
    struct cell title = r->title_ja.n == 0 ? named_cell(&r->duty) : C_BOTH(r->title_ja, r->title_en);
    str codes = rights_text(a, r->rights);
    struct cell words = C_BOTH(meaning(a, LANG_JA, r->rights), meaning(a, LANG_EN, r->rights));
    DOC_ROW(t->doc, C_TEXT(r->duty.code), named_cell(&r->duty), title, text_cell(codes), codes.n == 0 ? C_NONE : words);
}

static enum err view_duties(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column columns[] = {
        {"code", CELL_TEXT, N("Code")},     {"name", CELL_TEXT, N("Duty")},
        {"title", CELL_TEXT, N("Title")},   {"rights", CELL_TEXT, N("Rights"), COL_DETAIL},
        {"meaning", CELL_TEXT, N("Meaning")},
    };
    struct telling t = {.doc = out, .w = w};
    DOC_TABLE(out, "duties", columns);
    enum err e = duties_each(w, arg_text(in, "edition"), tell_duty, &t);
    doc_table_end(out);
    doc_note(out, M("rights hold for the organisation of the post and all below it"));
    return e;
}

/* ---- days off ---- */

struct listing_days {
    struct telling t;
    int64_t year; /* 0: all */
};

static enum err tell_day_off(void *to, const struct record *r)
{
    static const str names[] = {N("Monday"), N("Tuesday"), N("Wednesday"), N("Thursday"), N("Friday"), N("Saturday"),
                                N("Sunday")};
    enum { WHEN, NAME_JA, NAME_EN };
    struct listing_days *l = to;
    int64_t day = r->d[WHEN].i;
    if (l->year != 0 && calendar_year(day) != l->year) return OK;
    l->t.rows++;
    str weekday = names[weekday_of(day)];
    DOC_ROW(l->t.doc, C_DATE(day), words_cell(weekday),
            C_BOTH(r->d[NAME_JA].text, r->d[NAME_EN].text));
    return OK;
}

static enum err view_days_off(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column columns[] = {
        {"day", CELL_DATE, N("Day")},
        {"weekday", CELL_TEXT, N("Weekday")},
        {"name", CELL_TEXT, N("Name")},
    };
    struct listing_days l = {.t = {.doc = out, .w = w}, .year = arg_int(in, "year")};
    DOC_TABLE(out, "days_off", columns);
    enum err e = export_each(w, K_DAY_OFF, tell_day_off, &l);
    doc_table_end(out);
    if (e != OK) return e;
    if (l.t.rows == 0)
        doc_note(out, M("No days off are recorded: working days are counted as Mondays to Fridays. They are recorded by "
                        "`registry import --what days-off`, by someone who reaches every organisation."));
    else doc_note(out, M("Saturdays and Sundays are off besides. What is due is counted in the other days."));
    return OK;
}

/* ---- conflicts ---- */

static void tell_conflict(void *to, const struct conflict_row *r)
{
    static const str audit = N("audits an organisation in which they answer for others themselves");
    struct telling *t = to;
    t->rows++;
    bool own = r->reason_ja.n == 0;
    struct cell reason = own ? words_cell(audit) : C_BOTH(r->reason_ja, r->reason_en);
    DOC_ROW(t->doc, who_cell(&r->person), r->within ? C_TEXT(r->post) : C_NONE, named_cell(&r->duty),
            r->within ? org_cell(&r->org, 0) : C_NONE, r->other_within ? C_TEXT(r->other_post) : C_NONE,
            named_cell(&r->other_duty), r->other_within ? org_cell(&r->other_org, 0) : C_NONE, reason);
}

static enum err view_conflicts(struct work *w, const struct args *in, struct doc *out)
{
    static const struct column columns[] = {
        {"person", CELL_PERSON, N("Person"), 0, "registry person", "person"},
        {"post", CELL_TEXT, N("Post")},
        {"duty", CELL_TEXT, N("Duty")},
        {"org", CELL_ORG, N("Organisation"), 0, "registry organisation", "org"},
        {"other_post", CELL_TEXT, N("Other post")},
        {"other_duty", CELL_TEXT, N("Other duty")},
        {"other_org", CELL_ORG, N("Other organisation"), 0, "registry organisation", "org"},
        {"reason", CELL_TEXT, N("Reason")},
    };
    struct telling t = {.doc = out, .w = w};
    tells_of_persons(out);
    DOC_TABLE(out, "conflicts", columns);
    enum err e = conflicts_each(w, date_asked(w, in), true, tell_conflict, &t);
    if (e == OK) e = conflicts_each(w, date_asked(w, in), false, tell_conflict, &t);
    doc_table_end(out);
    if (e == OK && t.rows == 0) doc_note(out, M("nobody within your reach holds duties that exclude each other"));
    return e;
}

/* ---- export ---- */

enum { EXPORT_CHUNK = 32 * 1024 };

struct exporting {
    struct bytes_out *out;
    const struct kind *k;
    struct buf text;
};

static enum err export_row(void *to, const struct record *r)
{
    struct exporting *x = to;
    struct arena_mark mark = arena_mark(x->text.a);
    struct buf line = buf_in(x->text.a);
    record_write(&line, x->k, r);
    enum err e = x->out->put(x->out, buf_str(&line));
    arena_back(x->text.a, mark);
    return e;
}

static enum err file_export(struct work *w, const struct args *in, struct bytes_out *out)
{
    const struct kind *k = kind_find(arg_text(in, "what"));
    if (k->read != MAY_ANYONE && (w->actor->rights & k->read) == 0) {
        return fault(w, DENIED, M("%1 are exported by posts that may see names; yours may not"), str_of(k->what));
    }
    struct exporting x = {out, k, buf_in(w->a)};
    header_write(&x.text, k);
    enum err e = out->put(out, buf_str(&x.text));
    return e == OK ? export_each(w, (enum kind_id)(k - registry_kinds), export_row, &x) : e;
}

/* ---- the table ---- */

#define KIND_WORDS                                                                                                     \
    "organisations organisation-names links duties duty-titles duty-forbidden people posts systems system-tags days-off councils"     \
    " meetings meeting-documents decisions calendar"
#define AT_PARAM {"at", P_DATE, 0, NULL, NULL, N("as of this date; today when left out")}

#define COUNCIL_PARAM {"council", P_CODE, REQUIRED, NULL, NULL, N("the council"), "registry councils"}
#define MEETING_PARAM {"meeting", P_CODE, REQUIRED, NULL, NULL, N("code of the meeting"), "registry meetings"}
#define REF_PARAM {"ref", P_TEXT, 0, NULL, NULL, N("what it is here, as kind:code (standard:baseline-2)")}
#define TITLE_PARAMS(flags)                                                                                            \
    {"title_ja", P_TEXT, flags, NULL, NULL, N("title in Japanese")},                                                   \
        {"title_en", P_TEXT, 0, NULL, NULL, N("title in English")}

static const struct entry entries[] = {
    VIEW("overview", N("Who and what exists, in numbers"), MAY_ANYONE, NULL, NULL, view_room),
    VIEW("organisations", N("Organisations in official order"), MAY_ANYONE, "under",
         PARAMS({"under", P_ORG, 0, NULL, NULL, N("this organisation and all below it")},
                {"depth", P_INT, 0, NULL, NULL, N("so many steps down")}, AT_PARAM),
         view_organisations),
    VIEW("organisation", N("An organisation: names, links, posts"), MAY_ANYONE, "org",
         PARAMS({"org", P_ORG, REQUIRED, NULL, NULL, N("code of the organisation")}, AT_PARAM), view_organisation),
    VIEW("people", N("People"), MAY_READ_NAMES, "org",
         PARAMS({"org", P_ORG, 0, NULL, NULL, N("this organisation and all below it")}, AT_PARAM), view_people),
    VIEW("person", N("A person and their posts"), MAY_READ_NAMES, NULL,
         PARAMS({"person", P_CODE, REQUIRED, NULL, NULL, N("code of the person")}), view_person),
    VIEW("posts", N("Posts, and who holds them"), MAY_ANYONE, "org",
         PARAMS({"org", P_ORG, 0, NULL, NULL, N("this organisation and all below it")},
                {"duty", P_CODE, 0, NULL, NULL, N("only this duty")}, AT_PARAM,
                {"vacant", P_FLAG, 0, NULL, NULL, N("only those that nobody holds")}),
         view_posts),
    VIEW("systems", N("Systems and devices"), MAY_ANYONE, "org",
         PARAMS({"org", P_ORG, 0, NULL, NULL, N("this organisation and all below it")}, AT_PARAM,
                {"tag", P_TEXT, MAP, NULL, NULL, N("only those with this tag: --tag.network LAN")},
                {"tagged", P_TEXT, MANY, NULL, NULL, N("only those with this tag, written network=LAN")}),
         view_systems),
    VIEW("duties", N("Duties, their titles and rights"), MAY_ANYONE, NULL,
         PARAMS({"edition", P_CODE, 0, NULL, NULL, N("official titles of this edition of a standard")}), view_duties),
    VIEW("days-off", N("Days off: public holidays and the turn of the year"), MAY_ANYONE, NULL,
         PARAMS({"year", P_INT, 0, NULL, NULL, N("only this year")}), view_days_off),
    VIEW("calendar", N("The calendar of the year"), MAY_ANYONE, NULL,
         PARAMS({"year", P_INT, 0, NULL, NULL, N("fiscal year; this one when left out")}), registry_view_calendar),
    VIEW("councils", N("Councils and committees"), MAY_ANYONE, NULL, NULL, registry_view_councils),
    VIEW("meetings", N("Meetings of councils"), MAY_ANYONE, NULL,
         PARAMS({"council", P_CODE, 0, NULL, NULL, N("only of this council"), "registry councils"},
                {"year", P_INT, 0, NULL, NULL, N("only of this fiscal year")}),
         registry_view_meetings),
    SUB_VIEW("meeting", N("One meeting: decisions, documents"), MAY_ANYONE, NULL, PARAMS(MEETING_PARAM),
             registry_view_meeting),
    VIEW("cited", N("A meeting as it is cited, beside the register"), MAY_ANYONE, NULL,
         PARAMS(COUNCIL_PARAM, {"number", P_INT, 0, NULL, NULL, N("its number")},
                {"date", P_DATE, 0, NULL, NULL, N("its day")}),
         registry_view_cited),
    VIEW("links", N("Sectors, ministries in charge and other links"), MAY_ANYONE, "org",
         PARAMS({"org", P_ORG, 0, NULL, NULL, N("only links of this organisation")},
                {"kind", P_CODE, 0, NULL, NULL, N("only links of this kind")}),
         view_links),
    VIEW("conflicts", N("Duties that one person may not hold at once"), MAY_READ_NAMES, NULL, PARAMS(AT_PARAM),
         view_conflicts),
    VIEW("audit", N("What protection is on, and what is weak"), MAY_AUDIT | MAY_ADMINISTER, NULL, NULL, registry_audit),
    PERSONAL_BYTES_OUT("export", N("A CSV file that can be imported again"), MAY_ANYONE, NULL,
                       PARAMS({"what", P_ENUM, REQUIRED, KIND_WORDS, NULL, N("what the file holds")}), file_export,
                       "text/csv; charset=utf-8"),
    FIRST_ACT("import", N("Import a CSV file, merged by code"),
             MAY_MANAGE | MAY_CENTRE | MAY_ADMINISTER, NULL,
             PARAMS({"what", P_ENUM, REQUIRED, KIND_WORDS, NULL, N("what the file holds")},
                    {"file", P_FILE, REQUIRED, NULL, NULL, N("the CSV file")}),
             act_import),
    ACT("enter-meeting", N("Enter a meeting of a council"), MAY_CENTRE | MAY_ADMINISTER, NULL,
        PARAMS(COUNCIL_PARAM, {"number", P_INT, 0, NULL, NULL, N("its number")},
               {"date", P_DATE, 0, NULL, NULL, N("its day")}, TITLE_PARAMS(0),
               {"note_ja", P_TEXT, 0, NULL, NULL, N("a remark in Japanese")},
               {"note_en", P_TEXT, 0, NULL, NULL, N("a remark in English")},
               {"code", P_CODE, 0, NULL, NULL, N("to mend one that is entered: its code; else it is made of council and "
                                                 "number")}),
        registry_act_meeting),
    ACT("enter-document", N("Enter a document of a meeting"), MAY_CENTRE | MAY_ADMINISTER, NULL,
        PARAMS(MEETING_PARAM,
               {"kind", P_ENUM, REQUIRED, "document reference agenda minutes", NULL, N("what it was there for")},
               {"no", P_CODE, REQUIRED, NULL, NULL, N("its number there")}, TITLE_PARAMS(REQUIRED), REF_PARAM),
        registry_act_document),
    ACT("enter-decision", N("Enter a decision of a meeting"), MAY_CENTRE | MAY_ADMINISTER, NULL,
        PARAMS(MEETING_PARAM, {"what", P_ENUM, REQUIRED, "decided accepted reported", NULL, N("how it was taken")},
               TITLE_PARAMS(REQUIRED), REF_PARAM,
               {"no", P_CODE, 0, NULL, NULL, N("to mend one that is entered: its number; else the next")}),
        registry_act_decision),
    ACT("strike", N("Strike a document or decision out"), MAY_CENTRE | MAY_ADMINISTER, NULL,
        PARAMS(MEETING_PARAM, {"decision", P_CODE, 0, NULL, NULL, N("number of the decision")},
               {"kind", P_ENUM, 0, "document reference agenda minutes", NULL, N("of the document")},
               {"no", P_CODE, 0, NULL, NULL, N("number of the document")}),
        registry_act_strike),
    ACT("enter-date", N("Enter a date of the calendar"), MAY_MANAGE | MAY_CENTRE | MAY_ADMINISTER, NULL,
        PARAMS({"code", P_CODE, REQUIRED, NULL, NULL, N("a code of one's own; one that exists is changed")},
               {"kind", P_ENUM, REQUIRED, "consult decide inspect progress evaluate meeting", NULL, N("what it is")},
               {"name_ja", P_TEXT, REQUIRED, NULL, NULL, N("what happens, in Japanese")},
               {"name_en", P_TEXT, 0, NULL, NULL, N("what happens, in English")},
               {"from", P_TEXT, REQUIRED, NULL, NULL, N("its first day: 06-30 in every year, 2007-06-30 once")},
               {"until", P_TEXT, 0, NULL, NULL, N("its last day, written alike")},
               {"year", P_INT, 0, NULL, NULL, N("only in this fiscal year")},
               {"org", P_ORG, 0, NULL, NULL, N("whom it concerns, with all below; everybody when left out")}, REF_PARAM),
        registry_act_date),
    {"staff", ENTRY_ACT, N("Take over a staff list"), MAY_MANAGE, "org",
             PARAMS({"org", P_ORG, REQUIRED, NULL, NULL, N("the organisation of the list, with all below it")},
                    {"file", P_FILE, REQUIRED, NULL, NULL, N("the list: person, name_ja, org, duty; also name_en, mail, "
                                                             "concurrent, system")},
                    {"on", P_DATE, REQUIRED, NULL, NULL, N("the day the list tells of")},
                    {"whole", P_FLAG, 0, NULL, NULL, N("the list is whole: who is missing has left the day before")},
                    {"many", P_FLAG, 0, NULL, NULL, N("more than half of the people leave, and that is right")}),
             registry_staff, NULL, NULL, LONG | TRY_FIRST},
};

static const struct topic topics[] = {
    {N("Organisations and people"), "overview organisations organisation people person posts duties conflicts links staff"},
    {N("Systems and devices"), "systems audit"},
    {N("The year and its meetings"),
     "calendar councils meetings meeting cited days-off enter-meeting enter-document enter-decision strike enter-date"},
    {N("Files"), "import export"},
    {{0}, NULL},
};

const struct room registry_room = {"registry", N("who and what exists?"), entries, sizeof entries / sizeof entries[0],
                                   SQL_SETS(&registry_sql_set, &audit_sql_set, &staff_sql_set, &council_sql_set), NULL, NULL, topics};
