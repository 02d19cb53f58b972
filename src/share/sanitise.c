#include "share/sanitise.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

/* ---- a text as it is searched: folded, and where each letter came from ---- */

struct letters {
    uint32_t *c;
    size_t *from, *to; /* bytes of the text it came from */
    size_t n, room;
};

static bool blank(uint32_t c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0x3000 || c == 0xA0; }
/* Without width or sound: soft hyphen, zero-width marks, variation selectors. */
static bool nothing(uint32_t c)
{
    return c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF || c == 0x2060 ||
           (c >= 0xE0100 && c <= 0xE01EF);
}
/* Belongs to the letter before it: (semi-)voiced marks of kana, in either width, and combining accents. */
static bool joins(uint32_t c)
{
    return c == 0xFF9E || c == 0xFF9F || c == 0x3099 || c == 0x309A || (c >= 0x300 && c <= 0x36F);
}
static uint32_t plainer(uint32_t c)
{
    /* all that looks like one */
    if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xFF0D || c == 0x30FC || c == 0x2500) return '-';
    return c;
}

static void letter_add(struct arena *a, struct letters *l, uint32_t c, size_t from, size_t to)
{
    if (l->n == l->room) {
        size_t room = l->room * 2 + 64;
        l->c = arena_grow(a, l->c, l->n * sizeof *l->c, room * sizeof *l->c);
        l->from = arena_grow(a, l->from, l->n * sizeof *l->from, room * sizeof *l->from);
        l->to = arena_grow(a, l->to, l->n * sizeof *l->to, room * sizeof *l->to);
        l->room = room;
    }
    l->c[l->n] = plainer(c);
    l->from[l->n] = from;
    l->to[l->n++] = to;
}

static struct letters letters_of(struct arena *a, str s, bool with_blanks)
{
    struct letters l = {0};
    for (size_t at = 0; at < s.n;) {
        size_t from = at, next, k = 0;
        uint32_t c = utf8_next(s, &at);
        for (next = at; next < s.n; at = next)
            if (!joins(utf8_next(s, &next))) break;
        if (nothing(c)) continue;
        if (blank(c)) {
            if (with_blanks) letter_add(a, &l, ' ', from, at);
            continue;
        }
        /* one letter at a time, so that it is known where it came from */
        str folded = utf8_fold(a, str_sub(s, from, at));
        while (k < folded.n) letter_add(a, &l, utf8_next(folded, &k), from, at);
    }
    return l;
}

/* ---- names ---- */

struct name {
    uint32_t *c;
    size_t n;
    bool words; /* begins and ends with ASCII: only as a word of its own */
};
struct sanitise_names {
    struct arena *a;
    struct name *name;
    size_t n, room;
};

static bool ascii_letter(uint32_t c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

struct sanitise_names *sanitise_names_new(struct arena *a)
{
    struct sanitise_names *s = arena_alloc(a, sizeof *s);
    s->a = a;
    return s;
}

static void name_add(struct sanitise_names *s, str name)
{
    struct letters l = letters_of(s->a, name, false);
    bool latin = l.n != 0 && ascii_letter(l.c[0]) && ascii_letter(l.c[l.n - 1]);
    /* a single letter would strike everything */
    if (l.n < 2 || (latin && l.n < 3) || s->n == SANITISE_NAMES_MAX) return;
    s->name = arena_more(s->a, s->name, s->n, &s->room, sizeof *s->name);
    s->name[s->n++] = (struct name){l.c, l.n, latin};
}

/* The firm without what kind of firm it is. */
static void without_form(struct sanitise_names *s, str name)
{
    static const char *const forms[] = {"株式会社",
                                        "有限会社",
                                        "合同会社",
                                        "合資会社",
                                        "合名会社",
                                        "相互会社",
                                        "一般社団法人",
                                        "公益社団法人",
                                        "一般財団法人",
                                        "公益財団法人",
                                        "独立行政法人",
                                        "国立研究開発法人",
                                        "地方独立行政法人",
                                        "医療法人社団",
                                        "医療法人",
                                        "学校法人",
                                        "(株)",
                                        "（株）",
                                        "㈱",
                                        "(有)",
                                        "（有）",
                                        "㈲",
                                        "Co., Ltd.",
                                        "Inc.",
                                        "Ltd.",
                                        "Corporation",
                                        "Corp."};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        str form = str_of(forms[i]);
        if (name.n > form.n && str_starts(name, form)) name_add(s, str_trim(str_sub(name, form.n, name.n)));
        if (name.n > form.n && str_ends(name, form)) name_add(s, str_trim(str_sub(name, 0, name.n - form.n)));
    }
}

/* What stands in brackets behind a name nobody writes along: "Minato Power (East)" is Minato Power to who types in a
 * hurry. */
static void without_remark(struct sanitise_names *s, str name)
{
    static const struct {
        const char *open, *close;
    } brackets[] = {{"(", ")"}, {"（", "）"}};
    for (size_t i = 0; i < sizeof brackets / sizeof *brackets; i++) {
        ptrdiff_t at = str_find(name, str_of(brackets[i].open));
        if (at <= 0 || !str_ends(name, str_of(brackets[i].close))) continue;
        str bare = str_trim(str_sub(name, 0, (size_t)at));
        name_add(s, bare);
        without_form(s, bare);
    }
}

void sanitise_name(struct sanitise_names *s, str name, bool person)
{
    str rest = str_trim(name), piece;
    name_add(s, rest);
    if (!person) {
        without_form(s, rest);
        without_remark(s, rest);
        return;
    }
    for (size_t at = 0, from = 0; at <= rest.n;) { /* family name, given name */
        size_t next = at;
        uint32_t c = at < rest.n ? utf8_next(rest, &next) : ' ';
        if (at == rest.n) next++;
        if (blank(c)) {
            piece = str_sub(rest, from, at);
            if (piece.n != rest.n) name_add(s, piece);
            from = next;
        }
        at = next;
    }
}

/* ---- striking ---- */

struct striking {
    const struct letters *l;
    bool *struck; /* of each letter */
};

static void strike(struct striking *x, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) x->struck[i] = true;
}

static bool at_word(const struct letters *l, size_t from, size_t to)
{
    return (from == 0 || !ascii_letter(l->c[from - 1])) && (to == l->n || !ascii_letter(l->c[to]));
}

static void strike_name(struct striking *x, const struct name *name)
{
    const struct letters *l = x->l;
    for (size_t i = 0; i + name->n <= l->n; i++) {
        if (l->c[i] != name->c[0]) continue;
        size_t at = i, k = 0; /* blanks in the text may stand between any two letters */
        while (k < name->n && at < l->n) {
            if (l->c[at] == name->c[k]) k++;
            else if (l->c[at] != ' ') break;
            at++;
        }
        if (k == name->n && (!name->words || at_word(l, i, at))) strike(x, i, at);
    }
}

/* Signs of addresses, as one run: mail, pages, hosts, numbers. */
static bool of_address(uint32_t c)
{
    return ascii_letter(c) || (c > ' ' && c < 0x7F && strchr(".-_@:/\\[]()+%~?#&=,", (int)c) != NULL);
}

static str run_text(struct arena *a, const struct letters *l, size_t from, size_t to)
{
    struct buf b = buf_in(a);
    for (size_t i = from; i < to; i++) buf_byte(&b, (char)l->c[i]);
    return buf_str(&b);
}

/* "[.]" "(dot)" "[at]": as people write what is not to be clicked. */
static str refanged(struct arena *a, str s)
{
    static const struct {
        const char *from, *to;
    } ways[] = {{"[.]", "."}, {"(.)", "."},  {"[dot]", "."}, {"(dot)", "."},
                {"[@]", "@"}, {"[at]", "@"}, {"(at)", "@"},  {"[:]", ":"}};
    struct buf b = buf_in(a);
    for (size_t i = 0; i < s.n;) {
        size_t w = 0;
        while (w < sizeof ways / sizeof *ways && !str_starts(str_sub(s, i, s.n), str_of(ways[w].from))) w++;
        if (w == sizeof ways / sizeof *ways) buf_byte(&b, s.p[i++]);
        else {
            buf_add(&b, str_of(ways[w].to));
            i += strlen(ways[w].from);
        }
    }
    return buf_str(&b);
}

static bool digit(char c) { return c >= '0' && c <= '9'; }
static bool letter(char c) { return c >= 'a' && c <= 'z'; }

/* label.label, the last of two letters at least: a host name; also of mail, where @ stands before it. */
static bool has_host(str s)
{
    for (size_t i = 1; i + 2 < s.n; i++) {
        if (s.p[i] != '.' || !(letter(s.p[i - 1]) || digit(s.p[i - 1]))) continue;
        size_t k = i + 1;
        while (k < s.n && letter(s.p[k])) k++;
        if (k - i > 2 && (k == s.n || !digit(s.p[k]))) return true;
    }
    return false;
}

static bool has_ipv4(str s)
{
    size_t numbers = 0, digits = 0;
    for (size_t i = 0; i <= s.n; i++) {
        if (i < s.n && digit(s.p[i])) {
            digits++;
            continue;
        }
        numbers = digits >= 1 && digits <= 3 ? numbers + 1 : 0;
        if (numbers == 4) return true;
        if (i < s.n && s.p[i] != '.') numbers = 0;
        digits = 0;
    }
    return false;
}

/* IPv6 and MAC: colons between hexadecimal digits, three at least or two side by side; 12:30:45 is a time. */
static bool has_colons(str s)
{
    size_t colons = 0;
    bool pair = false;
    for (size_t i = 0; i < s.n; i++) {
        bool hex = digit(s.p[i]) || (s.p[i] >= 'a' && s.p[i] <= 'f');
        if (s.p[i] == ':') {
            colons++;
            pair = pair || (i + 1 < s.n && s.p[i + 1] == ':');
        } else if (!hex) {
            colons = 0;
        }
        if (colons >= 3 || (pair && colons >= 2 && s.n > 3)) return true;
    }
    return false;
}

/* Nine to fifteen digits that begin with 0 or +, with hyphens, brackets or nothing between. A date begins with neither. */
static bool has_phone(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        bool begins = (s.p[i] == '0' || s.p[i] == '+') &&
                      (i == 0 || (!digit(s.p[i - 1]) && s.p[i - 1] != '-' && s.p[i - 1] != '.'));
        if (!begins && !(s.p[i] == '(' && i + 1 < s.n && s.p[i + 1] == '0')) continue;
        size_t digits = 0, k = i;
        while (k < s.n && (digit(s.p[k]) || strchr("+-()", s.p[k]) != NULL)) digits += digit(s.p[k++]);
        if (digits >= 9 && digits <= 15) return true;
    }
    return false;
}

static bool telling(str s)
{
    return str_find(s, S("://")) >= 0 || str_find(s, S("\\\\")) >= 0 || (str_find(s, S("@")) > 0 && s.n > 3) ||
           has_host(s) || has_ipv4(s) || has_colons(s) || has_phone(s);
}

static void strike_addresses(struct arena *a, struct striking *x)
{
    const struct letters *l = x->l;
    for (size_t i = 0; i < l->n;) {
        size_t to = i;
        while (to < l->n && of_address(l->c[to])) to++;
        if (to > i && telling(refanged(a, run_text(a, l, i, to)))) strike(x, i, to);
        i = to == i ? i + 1 : to;
    }
}

/* Numbers with blanks in them: 03 1234 5678. */
static void strike_spaced_numbers(struct arena *a, struct striking *x)
{
    const struct letters *l = x->l;
    for (size_t i = 0; i < l->n; i++) {
        if (l->c[i] != '0' && l->c[i] != '+' && l->c[i] != '(') continue;
        if (i != 0 && ascii_letter(l->c[i - 1])) continue;
        size_t to = i;
        struct buf b = buf_in(a);
        while (to < l->n && ((l->c[to] >= '0' && l->c[to] <= '9') || l->c[to] == ' ' || l->c[to] == '-' ||
                             l->c[to] == '(' || l->c[to] == ')' || l->c[to] == '+')) {
            if (l->c[to] != ' ') buf_byte(&b, (char)l->c[to]);
            to++;
        }
        while (to > i && l->c[to - 1] == ' ') to--;
        if (to > i && has_phone(buf_str(&b))) strike(x, i, to);
    }
}

/* Bytes of struck letters go; what stands between two of them that were struck and is blank goes too. */
static str without(struct arena *a, const struct striking *x, str text, size_t *n)
{
    const struct letters *l = x->l;
    struct buf b = buf_in(a);
    size_t at = 0, runs = 0;
    for (size_t i = 0; i < l->n;) {
        if (!x->struck[i]) {
            i++;
            continue;
        }
        size_t to = i;
        while (to < l->n && x->struck[to]) to++;
        if (l->from[i] >= at) buf_add(&b, str_sub(text, at, l->from[i]));
        buf_add(&b, S("■■"));
        runs++;
        at = l->to[to - 1];
        i = to;
    }
    buf_add(&b, str_sub(text, at, text.n));
    if (n != NULL) *n = runs;
    return buf_str(&b);
}

str sanitise(struct arena *a, const struct sanitise_names *names, str text, size_t *n)
{
    struct letters l = letters_of(a, text, true);
    struct striking x = {&l, arena_array(a, l.n + 1, sizeof(bool))};
    for (size_t i = 0; i < names->n; i++) strike_name(&x, &names->name[i]);
    strike_addresses(a, &x);
    strike_spaced_numbers(a, &x);
    return without(a, &x, text, n);
}
