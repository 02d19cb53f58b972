#include "inspect/scan_xccdf.h"

#include <string.h>

#include "base/clock.h"
#include "base/utf8.h"

static const str result_words[SCAN_RESULTS] = {
    [SCAN_PASS] = S_INIT("pass"), [SCAN_FAIL] = S_INIT("fail"), [SCAN_ERROR] = S_INIT("error"),
    [SCAN_UNKNOWN] = S_INIT("unknown"), [SCAN_NOT_APPLICABLE] = S_INIT("notapplicable"),
    [SCAN_NOT_CHECKED] = S_INIT("notchecked"), [SCAN_NOT_SELECTED] = S_INIT("notselected"),
    [SCAN_INFORMATIONAL] = S_INIT("informational"), [SCAN_FIXED] = S_INIT("fixed"),
};
str scan_result_word(enum scan_result r) { return result_words[r]; }

struct reading {
    struct work *w;
    const struct xccdf_events *on;
    void *to;
    size_t result_at;  /* depth of the TestResult we are in, 0: in none */
    size_t rule_at;    /* of the rule-result */
    size_t facts_at;   /* of the target-facts */
    size_t taking_at;  /* of the element whose text is gathered */
    enum { TAKE_TARGET, TAKE_FACT, TAKE_RESULT } taking;
    char text[SCAN_TEXT_MAX];
    size_t n_text;
    char rule[SCAN_TEXT_MAX];
    size_t n_rule, n_results; /* results: of the rule-result, exactly one */
    struct where rule_where;
    struct scan_target target;
    str fact[SCAN_NAMES_MAX]; /* names by facts, which go first */
    size_t n_facts;
    int64_t n;
};

/* ---- time ---- */

static bool two_digits(const char *p, int most, int *out)
{
    if (p[0] < '0' || p[0] > '9' || p[1] < '0' || p[1] > '9') return false;
    *out = (p[0] - '0') * 10 + (p[1] - '0');
    return *out <= most;
}

/* Z, +09:00, or nothing: then it is taken for UTC. */
static bool zone(str s, int64_t *seconds)
{
    int h, m;
    *seconds = 0;
    if (s.n == 0 || (s.n == 1 && s.p[0] == 'Z')) return true;
    if (s.n != 6 || (s.p[0] != '+' && s.p[0] != '-') || s.p[3] != ':' || !two_digits(s.p + 1, 14, &h) ||
        !two_digits(s.p + 4, 59, &m))
        return false;
    *seconds = (h * 3600 + m * 60) * (s.p[0] == '-' ? -1 : 1);
    return true;
}

bool xccdf_time(str text, int64_t *seconds, int64_t *day)
{
    str s = str_trim(text);
    int64_t days, offset;
    int h, m, sec;
    if (s.n < 19 || !date_parse(str_sub(s, 0, DATE_TEXT), &days) || s.p[10] != 'T' || s.p[13] != ':' || s.p[16] != ':' ||
        !two_digits(s.p + 11, 24, &h) || !two_digits(s.p + 14, 59, &m) || !two_digits(s.p + 17, 60, &sec))
        return false;
    size_t at = 19;
    if (at < s.n && s.p[at] == '.')
        for (at++; at < s.n && s.p[at] >= '0' && s.p[at] <= '9';) at++;
    if (!zone(str_sub(s, at, s.n), &offset)) return false;
    *seconds = days * 86400 + h * 3600 + m * 60 + sec - offset;
    *day = days;
    return true;
}

/* ---- beginnings ---- */

static bool is_xccdf(str ns)
{
    return str_eq(ns, S("http://checklists.nist.gov/xccdf/1.2")) || str_eq(ns, S("http://checklists.nist.gov/xccdf/1.1"));
}

static enum err begin_result(struct reading *x, struct xml *xml)
{
    x->result_at = xml_depth(xml);
    x->n_facts = 0;
    x->target = (struct scan_target){.at = xml_where(xml)};
    str end = xml_attribute(xml, "end-time");
    if (end.n == 0) return OK;
    x->target.timed = xccdf_time(end, &x->target.end, &x->target.end_day);
    if (x->target.timed) return OK;
    return fault_in(x->w, INVALID, xml_where(xml), M("'%1' is no time such as 2026-03-31T17:00:00+09:00"),
                    utf8_head(end, 60));
}

static enum err begin_rule(struct reading *x, struct xml *xml)
{
    str id = xml_attribute(xml, "idref");
    if (id.n == 0 || id.n > sizeof x->rule)
        return fault_in(x->w, INVALID, xml_where(xml), M("a rule-result without the id of its rule, or with one too long"));
    x->rule_at = xml_depth(xml);
    x->rule_where = xml_where(xml);
    memcpy(x->rule, id.p, id.n);
    x->n_rule = id.n;
    x->n_results = 0;
    return OK;
}

static void take(struct reading *x, struct xml *xml, int what)
{
    x->taking_at = xml_depth(xml);
    x->taking = what;
    x->n_text = 0;
}

static bool names_asset(str fact)
{
    return str_eq(fact, S("urn:xccdf:fact:asset:identifier:host_name")) ||
           str_eq(fact, S("urn:xccdf:fact:asset:identifier:fqdn"));
}

static enum err begin_inside(struct reading *x, struct xml *xml, str name)
{
    size_t depth = xml_depth(xml), below = depth - x->result_at;
    if (below == 1 && str_eq(name, S("target"))) take(x, xml, TAKE_TARGET);
    if (below == 1 && str_eq(name, S("target-facts"))) x->facts_at = depth;
    if (below == 2 && x->facts_at != 0 && str_eq(name, S("fact")) && names_asset(xml_attribute(xml, "name")))
        take(x, xml, TAKE_FACT);
    if (below == 1 && str_eq(name, S("rule-result"))) return begin_rule(x, xml);
    if (below == 2 && x->rule_at != 0 && str_eq(name, S("result"))) take(x, xml, TAKE_RESULT);
    return OK;
}

static enum err on_start(void *to, struct xml *xml, struct xml_name name)
{
    struct reading *x = to;
    if (!is_xccdf(name.ns)) return OK;
    bool result = str_eq(name.local, S("TestResult"));
    if (result && x->result_at != 0)
        return fault_in(x->w, INVALID, xml_where(xml), M("a TestResult within another: no such file is read"));
    if (result) return begin_result(x, xml);
    return x->result_at == 0 ? OK : begin_inside(x, xml, name.local);
}

static enum err on_text(void *to, struct xml *xml, str piece)
{
    struct reading *x = to;
    if (x->taking_at == 0 || xml_depth(xml) != x->taking_at) return OK;
    if (x->n_text + piece.n > sizeof x->text)
        return fault_in(x->w, INVALID, xml_where(xml), M("a name or result of more than %1 bytes"),
                        str_int(x->w->a, SCAN_TEXT_MAX));
    memcpy(x->text + x->n_text, piece.p, piece.n);
    x->n_text += piece.n;
    return OK;
}

/* ---- ends ---- */

static enum err take_result(struct reading *x, struct xml *xml, str text)
{
    for (enum scan_result i = 0; i < SCAN_RESULTS; i++) {
        if (!str_eq(text, result_words[i])) continue;
        x->n_results++;
        return x->on->rule(x->to, (str){x->rule, x->n_rule}, i, x->rule_where);
    }
    return fault_in(x->w, INVALID, xml_where(xml), M("'%1' is no result of a rule: pass, fail, error, unknown, "
                    "notapplicable, notchecked, notselected, informational or fixed"), utf8_head(text, 60));
}

static enum err end_taking(struct reading *x, struct xml *xml)
{
    str text = str_trim((str){x->text, x->n_text});
    x->taking_at = 0;
    if (x->taking == TAKE_RESULT) return take_result(x, xml, text);
    if (text.n == 0) return OK;
    if (x->taking == TAKE_FACT && x->n_facts < SCAN_NAMES_MAX) x->fact[x->n_facts++] = str_dup(x->w->a, text);
    if (x->taking == TAKE_TARGET && x->target.n_names < SCAN_NAMES_MAX)
        x->target.name[x->target.n_names++] = str_dup(x->w->a, text);
    return OK;
}

static enum err end_result(struct reading *x)
{
    struct scan_target t = x->target;
    x->result_at = 0;
    x->n++;
    t.n_names = 0;
    for (size_t i = 0; i < x->n_facts; i++) t.name[t.n_names++] = x->fact[i];
    for (size_t i = 0; i < x->target.n_names && t.n_names < SCAN_NAMES_MAX; i++) t.name[t.n_names++] = x->target.name[i];
    return x->on->target(x->to, &t);
}

static enum err on_end(void *to, struct xml *xml, struct xml_name name)
{
    struct reading *x = to;
    size_t depth = xml_depth(xml);
    (void)name;
    if (x->taking_at == depth) return end_taking(x, xml);
    if (x->facts_at == depth) x->facts_at = 0;
    if (x->rule_at == depth) {
        x->rule_at = 0;
        if (x->n_results != 1)
            return fault_in(x->w, INVALID, x->rule_where, M("a rule-result has one result, this one has %1"),
                            str_int(x->w->a, (int64_t)x->n_results));
    }
    return x->result_at == depth ? end_result(x) : OK;
}

enum err xccdf_read(struct work *w, str name, str bytes, const struct xccdf_events *on, void *to)
{
    static const struct xml_events events = {on_start, on_end, on_text};
    if (bytes.n > SCAN_FILE_MAX)
        return fault_in(w, INVALID, ((struct where){.file = name}), M("the file is larger than 256 MB: split it"));
    struct reading *x = arena_alloc(w->a, sizeof *x);
    *x = (struct reading){.w = w, .on = on, .to = to};
    enum err e = xml_read(w, name, bytes, &events, x);
    if (e != OK || x->n != 0) return e;
    return fault_in(w, INVALID, ((struct where){.file = name, .row = 1}),
                    M("no TestResult stands in the file: it holds no results of XCCDF, nor of ARF with them"));
}
