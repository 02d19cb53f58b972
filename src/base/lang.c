/* Reads the compiled catalogue itself (GNU gettext manual, "The Format of GNU MO Files"): libintl knows one language
 * per process, a server needs one per request. */
#include "base/lang.h"

#include "base/clock.h"
#include "base/embed.h"

enum { MO_MAGIC = (int)0x950412de, MO_HEAD = 20, MO_ENTRY = 8 };

static uint32_t number_at(str mo, size_t at)
{
    const unsigned char *p = (const unsigned char *)mo.p + at;
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

/* The catalogue is ours, made by the build; a damaged one is no catalogue. */
static bool sound(str mo)
{
    if (mo.n < MO_HEAD || number_at(mo, 0) != (uint32_t)MO_MAGIC) return false;
    size_t n = number_at(mo, 8), ids = number_at(mo, 12), texts = number_at(mo, 16);
    if (ids + n * MO_ENTRY > mo.n || texts + n * MO_ENTRY > mo.n) return false;
    for (size_t i = 0; i < n * MO_ENTRY; i += MO_ENTRY) {
        if ((size_t)number_at(mo, ids + i) + number_at(mo, ids + i + 4) > mo.n) return false;
        if ((size_t)number_at(mo, texts + i) + number_at(mo, texts + i + 4) > mo.n) return false;
    }
    return true;
}

/* Cache: found and checked at the first use, constant from then on. */
static str japanese(void)
{
    static bool looked;
    static str mo;
    if (looked) return mo;
    looked = true;
    if (!embedded_find(S("ja.mo"), &mo) || !sound(mo)) mo = S("");
    return mo;
}

static str entry_at(str mo, size_t table, size_t i)
{
    size_t at = table + i * MO_ENTRY;
    return (str){mo.p + number_at(mo, at + 4), number_at(mo, at)};
}

static str find(str mo, str id)
{
    size_t low = 0, high = number_at(mo, 8), ids = number_at(mo, 12), texts = number_at(mo, 16);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int c = str_cmp(id, entry_at(mo, ids, middle));
        if (c == 0) return entry_at(mo, texts, middle);
        if (c < 0) high = middle;
        else low = middle + 1;
    }
    return S("");
}

str tr(enum lang lang, str id)
{
    str mo = japanese();
    if (lang != LANG_JA || id.n == 0 || mo.n == 0) return id; /* the empty id is the catalogue's header */
    str text = find(mo, id);
    return text.n == 0 ? id : text;
}

str tr_fill(struct arena *a, enum lang lang, str id, const str *args, size_t n)
{
    str text = tr(lang, id);
    struct buf b = buf_in(a);
    for (size_t i = 0; i < text.n; i++) {
        bool hole = text.p[i] == '%' && i + 1 < text.n && text.p[i + 1] >= '1' && text.p[i + 1] <= '9';
        size_t which = hole ? (size_t)(text.p[i + 1] - '1') : n;
        if (which >= n) {
            buf_byte(&b, text.p[i]);
            continue;
        }
        buf_add(&b, args[which]);
        i++;
    }
    return buf_str(&b);
}

str lang_pick(enum lang lang, str ja, str en)
{
    str first = lang == LANG_JA ? ja : en, second = lang == LANG_JA ? en : ja;
    return first.n != 0 ? first : second;
}

str lang_date(struct arena *a, enum lang lang, int64_t days)
{
    return lang == LANG_JA ? date_era(a, days) : date_text(a, days);
}

str lang_day(struct arena *a, enum lang lang, int64_t at) { return lang_date(a, lang, (at + JAPAN) / DAY); }

/* Parts that are nothing are left out: 2日, not 2日0時間0分. */
str lang_minutes(struct arena *a, enum lang lang, int64_t minutes)
{
    static const struct {
        uint64_t minutes;
        const char *unit[2];
    } part[] = {{24 * 60, {[LANG_EN] = " d", [LANG_JA] = "日"}}, {60, {[LANG_EN] = " h", [LANG_JA] = "時間"}},
                {1, {[LANG_EN] = " min", [LANG_JA] = "分"}}};
    enum { PARTS = sizeof part / sizeof *part };
    uint64_t rest = minutes < 0 ? 0 - (uint64_t)minutes : (uint64_t)minutes;
    struct buf b = buf_in(a);
    if (minutes < 0) buf_byte(&b, '-');
    for (size_t i = 0, said = 0; i < PARTS; i++) {
        uint64_t n = rest / part[i].minutes;
        rest %= part[i].minutes;
        if (n == 0 && (said != 0 || i + 1 < PARTS)) continue;
        if (said++ != 0 && lang == LANG_EN) buf_byte(&b, ' ');
        buf_fmt(&b, "%llu%s", (unsigned long long)n, part[i].unit[lang]);
    }
    return buf_str(&b);
}
