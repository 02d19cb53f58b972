/* What came from others as a draft that a person goes on with: nothing of it is believed, all of it is text. */
#include "base/clock.h"
#include "base/lang.h"
#include "base/utf8.h"
#include "format/json.h"
#include "share/misp.h"

enum { TEXT_ROOM = NOTICE_TEXT_MAX - 400, OBJECTS_LOOKED_AT = 2000, LINE_MAX_BYTES = 600 };

struct taking {
    struct arena *a;
    enum lang lang;
    struct buf text, measure;
    struct notice_reference *reference;
    size_t n_references, left_out;
};

static struct taking begin_taking(struct arena *a, enum lang lang)
{
    return (struct taking){.a = a, .lang = lang, .text = buf_in(a), .measure = buf_in(a),
                           .reference = arena_array(a, REFERENCES_PER_NOTICE, sizeof(struct notice_reference))};
}

/* Nobody is to follow an address by mistake, nor a letter to make a link of it. */
static str defanged(struct arena *a, str type, str value)
{
    static const char types[] =
        " url uri link domain hostname ip-src ip-dst domain|ip hostname|port ip-src|port ip-dst|port email email-src email-dst "
        "domain-name ipv4-addr ipv6-addr email-addr indicator ";
    struct buf b = buf_in(a);
    if (str_find(str_of(types), str_fmt(a, " %.*s ", STR_ARG(type))) < 0) return value;
    for (size_t i = 0; i < value.n; i++) {
        str rest = str_sub(value, i, value.n);
        if (value.p[i] == '.') buf_add(&b, S("[.]"));
        else if (value.p[i] == '@') buf_add(&b, S("[@]"));
        else if (str_starts(rest, S("http"))) buf_add(&b, S("hxxp")), i += 3;
        else buf_byte(&b, value.p[i]);
    }
    return buf_str(&b);
}

static str one_line(struct arena *a, str s)
{
    struct buf b = buf_in(a);
    s = utf8_head(utf8_safe(a, str_trim(s)), LINE_MAX_BYTES);
    for (size_t i = 0; i < s.n; i++) buf_byte(&b, s.p[i] == '\n' || s.p[i] == '\r' ? ' ' : s.p[i]);
    return buf_str(&b);
}

static void add_line(struct taking *t, str type, str value, str comment)
{
    str line = str_fmt(t->a, "・%.*s: %.*s", STR_ARG(type), STR_ARG(value));
    if (comment.n != 0) line = str_fmt(t->a, "%.*s（%.*s）", STR_ARG(line), STR_ARG(comment));
    if (t->text.n + line.n + 1 > TEXT_ROOM) {
        t->left_out++;
        return;
    }
    buf_add(&t->text, line);
    buf_byte(&t->text, '\n');
}

static void add_words(struct taking *t, str id, const str *args, size_t n)
{
    buf_add(&t->text, tr_fill(t->a, t->lang, id, args, n));
    buf_add(&t->text, S("\n\n"));
}

/* Only what a notice may refer to, each once. */
static void refer(struct taking *t, str value)
{
    struct work quiet = {.a = t->a};
    struct notice_reference r;
    if (t->n_references == REFERENCES_PER_NOTICE || reference_read(&quiet, value, &r) != OK) return;
    for (size_t i = 0; i < t->n_references; i++)
        if (str_eq(t->reference[i].kind, r.kind) && str_eq(t->reference[i].value, r.value)) return;
    t->reference[t->n_references++] = r;
}

static void finish(struct taking *t, str title, struct marking m, struct draft *out)
{
    str more = str_int(t->a, (int64_t)t->left_out);
    if (t->left_out != 0) buf_add(&t->text, tr_fill(t->a, t->lang, M("%1 more are in what was received."), &more, 1));
    *out = (struct draft){.kind = S("prevention"),
                          .urgency = S("ordinary"),
                          .title = str_trim(utf8_head(one_line(t->a, title), NOTICE_TITLE_MAX)),
                          .text = str_trim(buf_str(&t->text)),
                          .measure = str_trim(buf_str(&t->measure)),
                          .marking = m,
                          .reference = t->reference,
                          .n_references = t->n_references};
}

static str marking_words(struct arena *a, struct marking m)
{
    str tlp = tlp_label(m.tlp), pap = pap_label(m.pap);
    return m.pap == PAP_CLEAR ? tlp : str_fmt(a, "%.*s %.*s", STR_ARG(tlp), STR_ARG(pap));
}

/* ---- MISP ---- */

void misp_draft(struct arena *a, enum lang lang, const struct misp_event *e, struct draft *out)
{
    struct taking t = begin_taking(a, lang);
    str from = e->org.n == 0 ? tr(lang, M("(not said)")) : one_line(a, e->org);
    add_words(&t,
              M("Received as an event of MISP from %1 (%2, %3). Its marking then: %4. Check it before you pass it on."),
              (const str[]){from, e->uuid, e->date, marking_words(a, e->marking)}, 4);
    if (e->info.n > NOTICE_TITLE_MAX) add_line(&t, S("info"), utf8_head(e->info, 4000), S(""));
    for (size_t i = 0; i < e->n; i++) {
        const struct misp_attribute *x = &e->attribute[i];
        bool refers = str_eq(x->type, S("vulnerability")) || str_eq(x->type, S("link"));
        add_line(&t, x->type, one_line(a, defanged(a, x->type, x->value)), one_line(a, x->comment));
        if (refers) refer(&t, x->value);
    }
    finish(&t, e->info, e->marking, out);
    if (e->threat == 1) out->urgency = S("important");
}

/* ---- STIX ---- */

static void refer_all(struct taking *t, const struct jv *list)
{
    for (size_t i = 0; i < jv_size(list); i++) {
        const struct jv *x = jv_at(list, i);
        if (str_eq(jv_str(jv_get(x, "source_name")), S("cve"))) refer(t, jv_str(jv_get(x, "external_id")));
        if (jv_get(x, "url") != NULL) refer(t, jv_str(jv_get(x, "url")));
    }
}

static str name_of(const struct jv *v)
{
    static const char *const names[] = {"name", "pattern", "value", "description", "abstract"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (jv_str(jv_get(v, names[i])).n != 0) return jv_str(jv_get(v, names[i]));
    return S("");
}

/* A report says the title and begins the text; an action is a countermeasure; all others are lines. */
static void take_object(struct taking *t, const struct stix_object *o, const struct jv *v, str *title, bool *reported)
{
    str name = name_of(v), says = utf8_safe(t->a, jv_str(jv_get(v, "description")));
    bool report = str_eq(o->type, S("report")) || str_eq(o->type, S("grouping"));
    refer_all(t, jv_get(v, "external_references"));
    if (str_eq(o->type, S("vulnerability"))) refer(t, name);
    if (str_eq(o->type, S("marking-definition")) || str_eq(o->type, S("relationship")) || name.n == 0) return;
    if (title->n == 0 || (report && !*reported)) *title = str_dup(t->a, name);
    *reported = *reported || report;
    if (str_eq(o->type, S("course-of-action")) && says.n != 0 && t->measure.n + says.n < NOTICE_TEXT_MAX) {
        buf_add(&t->measure, says);
        buf_byte(&t->measure, '\n');
        return;
    }
    add_line(t, o->type, one_line(t->a, defanged(t->a, o->type, name)), report ? S("") : one_line(t->a, says));
    if (report && says.n != 0 && t->text.n + says.n < TEXT_ROOM) {
        buf_add(&t->text, says);
        buf_byte(&t->text, '\n');
    }
}

void stix_draft(struct work *w, enum lang lang, const struct stix_object *all, size_t n, struct draft *out)
{
    struct taking t = begin_taking(w->a, lang);
    struct marking m = {0};
    str title = S("");
    bool reported = false;
    for (size_t i = 0; i < n; i++) {
        bool definition = str_eq(all[i].type, S("marking-definition"));
        if (!definition) m = marking_both(m, all[i].marking);
    }
    add_words(&t, M("Received as objects of STIX (%1). Their marking then: %2. Check it before you pass it on."),
              (const str[]){str_int(w->a, (int64_t)n), marking_words(w->a, m)}, 2);
    for (size_t i = 0; i < n; i++) {
        struct work quiet = {.a = w->a};
        const struct jv *v;
        if (i >= OBJECTS_LOOKED_AT) t.left_out++;
        else if (jv_read(&quiet, S(""), all[i].bytes, &v) == OK) take_object(&t, &all[i], v, &title, &reported);
    }
    if (title.n == 0) title = tr(lang, M("What was received as STIX"));
    finish(&t, title, m, out);
}
