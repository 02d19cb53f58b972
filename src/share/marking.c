#include "share/marking.h"

struct said {
    str word, label;
};
static const struct said tlps[TLPS] = {{S_INIT("clear"), S_INIT("TLP:CLEAR")},
                                       {S_INIT("green"), S_INIT("TLP:GREEN")},
                                       {S_INIT("amber"), S_INIT("TLP:AMBER")},
                                       {S_INIT("amber+strict"), S_INIT("TLP:AMBER+STRICT")},
                                       {S_INIT("red"), S_INIT("TLP:RED")}};
static const struct said paps[PAPS] = {{S_INIT("clear"), S_INIT("PAP:CLEAR")},
                                       {S_INIT("green"), S_INIT("PAP:GREEN")},
                                       {S_INIT("amber"), S_INIT("PAP:AMBER")},
                                       {S_INIT("red"), S_INIT("PAP:RED")}};

/* TLP 2.0 by the extension of STIX 2.1, then the four that STIX 2.1 itself prints for TLP 1.0. */
static const struct {
    str id;
    enum tlp tlp;
} stix_ids[] = {
    {S_INIT("marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487"), TLP_CLEAR},
    {S_INIT("marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb"), TLP_GREEN},
    {S_INIT("marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421"), TLP_AMBER},
    {S_INIT("marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003"), TLP_AMBER_STRICT},
    {S_INIT("marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1"), TLP_RED},
    {S_INIT("marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9"), TLP_CLEAR},
    {S_INIT("marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da"), TLP_GREEN},
    {S_INIT("marking-definition--f88d31f6-486f-44da-b317-01333bde0b82"), TLP_AMBER},
    {S_INIT("marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed"), TLP_RED},
};

/* ASCII of a letter, narrow or full-width; 0: neither. */
static char narrow(str *s)
{
    unsigned char c = (unsigned char)s->p[0];
    if (c < 0x80) {
        *s = str_sub(*s, 1, s->n);
    } else {
        if (s->n < 3 || c != 0xEF) return 0;
        unsigned point = (c & 0x0FU) << 12 | ((unsigned char)s->p[1] & 0x3FU) << 6 | ((unsigned char)s->p[2] & 0x3FU);
        if (point < 0xFF01 || point > 0xFF5E) return 0;
        c = (unsigned char)(point - 0xFEE0);
        *s = str_sub(*s, 3, s->n);
    }
    return (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

enum { WORD_MAX = 32 };

/* In small ASCII letters, without the prefix; false when it is longer than any word there is. */
static bool plain(str given, const char *prefix, char *to, str *out)
{
    size_t n = 0;
    for (str rest = str_trim(given); rest.n != 0;) {
        char c = narrow(&rest);
        if (c == 0 || n == WORD_MAX) return false;
        to[n++] = c;
    }
    *out = (str){to, n};
    if (str_starts(*out, str_of(prefix))) *out = str_trim(str_sub(*out, 4, n));
    return true;
}

static bool word_at(const struct said *words, size_t n, str word, size_t *out)
{
    if (str_eq(word, S("white"))) word = S("clear");
    for (size_t i = 0; i < n; i++) {
        if (!str_eq(words[i].word, word)) continue;
        *out = i;
        return true;
    }
    return false;
}

bool tlp_parse(str given, enum tlp *out)
{
    char space[WORD_MAX];
    str word;
    size_t i;
    if (!plain(given, "tlp:", space, &word) || !word_at(tlps, TLPS, word, &i)) return false;
    *out = (enum tlp)i;
    return true;
}

bool pap_parse(str given, enum pap *out)
{
    char space[WORD_MAX];
    str word;
    size_t i;
    if (!plain(given, "pap:", space, &word) || !word_at(paps, PAPS, word, &i)) return false;
    *out = (enum pap)i;
    return true;
}

str tlp_label(enum tlp t) { return tlps[t].label; }
str tlp_word(enum tlp t) { return tlps[t].word; }
str pap_label(enum pap p) { return paps[p].label; }
str pap_word(enum pap p) { return paps[p].word; }

bool marking_narrows(struct marking from, struct marking to) { return to.tlp >= from.tlp && to.pap >= from.pap; }

struct marking marking_both(struct marking a, struct marking b)
{
    return (struct marking){a.tlp > b.tlp ? a.tlp : b.tlp, a.pap > b.pap ? a.pap : b.pap};
}

str tlp_stix_id(enum tlp t) { return stix_ids[t].id; }

bool tlp_of_stix_id(str id, enum tlp *out)
{
    for (size_t i = 0; i < sizeof stix_ids / sizeof *stix_ids; i++) {
        if (!str_eq(stix_ids[i].id, id)) continue;
        *out = stix_ids[i].tlp;
        return true;
    }
    return false;
}
