#include "report/template.h"

#include "base/clock.h"
#include "report/report.h"

const char *const report_part_words[] = {"template", "heading", "text", "view", "figure", NULL};

/* ---- rules: words parted by blanks, some with a value after '=' ---- */

enum rule { OWNER, HANDLING, BY, OPTIONAL, COMPARED, FACT, CELL, OF, RULES };
static const struct {
    const char *word;
    bool value;
    unsigned lines; /* bits 1 << enum part_what */
    const char *among; /* the values there are; NULL: a code */
} rules[RULES] = {
    [OWNER] = {"owner", true, 1 << PART_TEMPLATE, "centre organisation"},
    [HANDLING] = {"handling", true, 1 << PART_TEMPLATE, "public concerned"},
    [BY] = {"by", true, 1 << PART_TEXT, "adviser"},
    [OPTIONAL] = {"optional", false, 1 << PART_TEXT | 1 << PART_VIEW | 1 << PART_FIGURE, NULL},
    [COMPARED] = {"compared", false, 1 << PART_FIGURE, NULL},
    [FACT] = {"fact", true, 1 << PART_FIGURE, NULL},
    [CELL] = {"cell", true, 1 << PART_FIGURE, NULL},
    [OF] = {"of", true, 1 << PART_FIGURE, NULL},
};
struct rules_read {
    str value[RULES];
    bool given[RULES];
};

static enum err wrong(struct work *w, const struct line *l, str what)
{
    return fault_in(w, INVALID, l->where, M("'%1' is no rule of a line '%2'; its rules are in doc/recipes.md"), what,
                    str_of(report_part_words[l->what]));
}

static bool is_among(const char *words, str value)
{
    str rest = str_of(words), one;
    while (str_cut(&rest, ' ', &one))
        if (str_eq(one, value)) return true;
    return false;
}

static enum err read_rule(struct work *w, const struct line *l, str word, struct rules_read *out)
{
    str value = word, name;
    if (!str_cut(&value, '=', &name)) return wrong(w, l, word);
    bool has_value = name.n < word.n;
    for (size_t i = 0; i < RULES; i++) {
        if (!str_eq(name, str_of(rules[i].word)) || !(rules[i].lines & 1U << l->what)) continue;
        bool known = !has_value || rules[i].among == NULL || is_among(rules[i].among, value);
        if (has_value != rules[i].value || (has_value && value.n == 0) || !known || out->given[i]) return wrong(w, l, word);
        out->given[i] = true;
        out->value[i] = value;
        return OK;
    }
    return wrong(w, l, word);
}

static enum err read_rules(struct work *w, const struct line *l, struct rules_read *out)
{
    str rest = l->rules, word;
    enum err e = OK;
    *out = (struct rules_read){0};
    while (e == OK && str_cut(&rest, ' ', &word))
        if (word.n != 0) e = read_rule(w, l, word, out);
    return e;
}

enum err report_part_rules(struct work *w, const struct line *l, struct report_part_rules *out)
{
    struct rules_read r;
    enum err e = read_rules(w, l, &r);
    if (e != OK) return e;
    struct report_part_rules p = {.adviser = r.given[BY], .optional = r.given[OPTIONAL], .compared = r.given[COMPARED],
                           .fact = r.value[FACT], .of = r.value[OF]};
    str rest = r.value[CELL];
    if (r.given[CELL] && (!str_cut(&rest, '/', &p.table) || !str_cut(&rest, '/', &p.column))) return wrong(w, l, r.value[CELL]);
    p.row = rest;
    if (l->what == PART_FIGURE && r.given[FACT] == r.given[CELL])
        return fault_in(w, INVALID, l->where, M("a figure is a fact=KEY or a cell=TABLE/COLUMN of its view, one of the two"));
    *out = p;
    return OK;
}

/* ---- one line ---- */

static bool is_code(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c == '-' && i != 0))) return false;
    }
    return s.n != 0 && s.n <= 40;
}

static enum err check_argument(struct work *w, const struct line *l, str one)
{
    static const char known[] = "org year plan round report";
    str name, value = one;
    if (!str_cut(&value, '=', &name) || name.n == one.n || name.n == 0)
        return fault_in(w, INVALID, l->where, M("'%1' is no argument: write name=value, parted by blanks"), one);
    for (size_t i = 0; i < value.n; i++) {
        if (value.p[i] != '{') continue;
        str inside = str_sub(value, i + 1, value.n), hole;
        if (str_find(inside, S("}")) < 0 || !str_cut(&inside, '}', &hole) || !is_among(known, hole))
            return fault_in(w, INVALID, l->where, M("'%1' holds a placeholder there is none of: {org} {year} {plan} {round} {report}"),
                            one);
    }
    return OK;
}

/* Only that it is written as the name of an entry: a template may name a view of a program that is newer than this one. */
static enum err check_view(struct work *w, const struct line *l)
{
    bool shows = l->what == PART_VIEW || l->what == PART_FIGURE;
    str rest = l->view, room, one;
    if (!shows && l->view.n + l->arguments.n + l->tables.n != 0)
        return fault_in(w, INVALID, l->where, M("only a view and a figure have a view, arguments and tables"));
    if (!shows) return OK;
    if (!str_cut(&rest, ' ', &room) || !is_code(room) || !is_code(rest))
        return fault_in(w, INVALID, l->where, M("'%1' is no name of a view: write it as in 'inspect rates'"), l->view);
    rest = l->arguments;
    enum err e = OK;
    while (e == OK && str_cut(&rest, ' ', &one))
        if (one.n != 0) e = check_argument(w, l, one);
    return e;
}

static enum err check_line(struct work *w, const struct line *l, size_t i)
{
    struct report_part_rules p;
    if (!is_code(l->code))
        return fault_in(w, INVALID, l->where, M("'%1' is no code of a part: small letters, digits and -, at most 40"), l->code);
    if (l->ja.n == 0 || l->ja.n > REPORT_NAME_MAX || l->en.n > REPORT_NAME_MAX)
        return fault_in(w, INVALID, l->where, M("a name in Japanese is wanted, and none is longer than %1 bytes"),
                        str_int(w->a, REPORT_NAME_MAX));
    if ((i == 0) != (l->what == PART_TEMPLATE))
        return fault_in(w, INVALID, l->where, M("a file holds one template: its line is the first, and there is no other"));
    if (l->level < 0 || l->level > 3 || (l->what == PART_HEADING && l->level == 0))
        return fault_in(w, INVALID, l->where, M("the level of a heading is 1, 2 or 3; of a part without one 0"));
    if (l->rows < 0 || l->rows > 10000 || (l->rows != 0 && l->what != PART_VIEW))
        return fault_in(w, INVALID, l->where, M("how many rows are shown at most: 1 to 10000, of a view only"));
    enum err e = check_view(w, l);
    return e == OK ? report_part_rules(w, l, &p) : e;
}

enum err report_template_read(struct work *w, const struct line *lines, size_t n, struct template *out)
{
    struct rules_read r;
    if (n == 0) return fault(w, INVALID, M("the file defines nothing: it begins with a line of the template"));
    for (size_t i = 0; i < n; i++) {
        enum err e = check_line(w, &lines[i], i);
        for (size_t k = 1; e == OK && k < i; k++)
            if (str_eq(lines[k].code, lines[i].code))
                e = fault_in(w, INVALID, lines[i].where, M("two parts have the code '%1'"), lines[i].code);
        (void)e; /* noted: all lines are looked at */
    }
    if (n == 1) fault_in(w, INVALID, lines[0].where, M("the template has no parts"));
    enum err e = work_err(w);
    if (e == OK) e = read_rules(w, &lines[0], &r);
    if (e == OK && !r.given[OWNER])
        e = fault_in(w, INVALID, lines[0].where, M("say whose document it is: owner=centre or owner=organisation"));
    if (e != OK) return e;
    *out = (struct template){.code = lines[0].code, .ja = lines[0].ja, .en = lines[0].en, .title_ja = lines[0].text_ja,
                             .title_en = lines[0].text_en, .centre = str_eq(r.value[OWNER], S("centre")),
                             .handling = r.given[HANDLING] ? r.value[HANDLING] : S("public"), .parts = lines + 1, .n = n - 1};
    if (out->title_ja.n == 0) out->title_ja = out->ja;
    if (out->title_en.n == 0) out->title_en = out->en;
    return OK;
}

/* ---- filling ---- */

typedef bool hole_fn(const void *, str name, str *out);

static str fill(struct arena *a, str pattern, hole_fn *fn, const void *with, bool *empty)
{
    struct buf b = buf_in(a);
    str value;
    for (size_t i = 0; i < pattern.n;) {
        str rest = str_sub(pattern, i + 1, pattern.n);
        ptrdiff_t end = pattern.p[i] == '{' ? str_find(rest, S("}")) : -1;
        if (end < 0 || !fn(with, str_sub(rest, 0, (size_t)end), &value)) {
            buf_byte(&b, pattern.p[i++]);
            continue;
        }
        if (value.n == 0 && empty != NULL) *empty = true;
        buf_add(&b, value);
        i += (size_t)end + 2;
    }
    return buf_str(&b);
}

struct hole {
    const char *name;
    str value;
};
struct holes {
    struct hole hole[10];
};

static bool find_hole(const void *with, str name, str *out)
{
    const struct holes *h = with;
    for (size_t i = 0; h->hole[i].name != NULL; i++) {
        if (!str_eq(name, str_of(h->hole[i].name))) continue;
        *out = h->hole[i].value;
        return true;
    }
    return false;
}

/* 令和8年度: the year of the era in which the fiscal year begins. */
static str fiscal_words(struct arena *a, enum lang lang, int64_t year)
{
    int64_t day;
    if (lang == LANG_EN || !date_parse(str_fmt(a, "%lld-04-01", (long long)year), &day))
        return str_fmt(a, lang == LANG_JA ? "%lld年度" : "FY%lld", (long long)year);
    str era = date_era(a, day);
    ptrdiff_t at = str_find(era, S("年"));
    return str_fmt(a, "%.*s年度", (int)(at < 0 ? (ptrdiff_t)era.n : at), era.p);
}

struct cell fiscal_cell(struct arena *a, int64_t year)
{
    return (struct cell){.type = CELL_TEXT, .text = str_int(a, year), .ja = fiscal_words(a, LANG_JA, year), .en = fiscal_words(a, LANG_EN, year)};
}

str report_sentence_filled(struct arena *a, enum lang lang, str pattern, const struct filling *f, const struct said *s)
{
    struct holes h = {{{"org", lang_pick(lang, f->org_ja, f->org_en)},
                       {"year", str_int(a, f->year)},
                       {"fy", fiscal_words(a, lang, f->year)},
                       {"plan", f->plan},
                       {"round", f->round},
                       {"report", f->report},
                       {s == NULL ? NULL : "value", s == NULL ? (str){0} : s->value},
                       {"of", s == NULL ? (str){0} : s->of}}};
    return fill(a, pattern, find_hole, &h, NULL);
}

bool report_argument_next(struct arena *a, str *rest, const struct filling *f, struct argument *out)
{
    str one = {0};
    while (one.n == 0)
        if (!str_cut(rest, ' ', &one)) return false;
    struct holes h = {{{"org", f->org}, {"year", f->year == 0 ? (str){0} : str_int(a, f->year)}, {"plan", f->plan},
                       {"round", f->round}, {"report", f->report}}};
    bool empty = false;
    str name;
    str_cut(&one, '=', &name);
    *out = (struct argument){.name = name, .text = fill(a, one, find_hole, &h, &empty)};
    out->left_out = empty;
    return true;
}
