#include "share/ack.h"

#include "base/work.h"
#include "tally/rates.h"

struct said {
    str word, label;
};
static const struct said acks[ACKS] = {
    {S_INIT("waiting"), N("not passed on yet")}, {S_INIT("withheld"), N("not to be passed on")},
    {S_INIT("sent"), N("delivered, not opened")}, {S_INIT("opened"), N("opened, not confirmed")},
    {S_INIT("confirmed"), N("receipt confirmed")}, {S_INIT("acting"), N("measures under way")},
    {S_INIT("done"), N("measures taken")}, {S_INIT("not-applicable"), N("does not concern us")}};
static const struct said tiers[TIERS] = {{S_INIT("ministry"), N("Ministries and agencies")},
                                         {S_INIT("ceptoar"), N("CEPTOARs")},
                                         {S_INIT("operator"), N("Operators")},
                                         {S_INIT("other"), N("Other bodies")}};
static const struct said channels[CHANNELS] = {{S_INIT("browser"), N("signed in")},
                                               {S_INIT("link"), N("link in a letter")},
                                               {S_INIT("program"), N("another program")},
                                               {S_INIT("phone"), N("telephone")},
                                               {S_INIT("fax"), N("FAX")},
                                               {S_INIT("closed-network"), N("closed network (LGWAN)")},
                                               {S_INIT("office"), N("its CEPTOAR's office")},
                                               {S_INIT("mouth"), N("by word of mouth")}};
static const struct said causes[CAUSES] = {
    {S_INIT(""), S_INIT("")},
    {S_INIT("contact-changed"), N("the contact changed and the list was not kept up")},
    {S_INIT("absent"), N("nobody was there")},
    {S_INIT("not-delivered"), N("it did not arrive")},
    {S_INIT("overlooked"), N("it arrived and was overlooked")},
    {S_INIT("procedure"), N("the procedure was not known or not followed")},
    {S_INIT("system"), N("equipment or lines failed")},
    {S_INIT("not-passed"), N("a tier above did not pass it on")},
    {S_INIT("other"), N("another cause")}};

str ack_label(enum ack a) { return acks[a].label; }
str tier_label(enum tier t) { return tiers[t].label; }
str channel_label(enum channel c) { return channels[c].label; }
str cause_label(enum cause c) { return causes[c].label; }
str ack_word(enum ack a) { return acks[a].word; }
str tier_word(enum tier t) { return tiers[t].word; }
str channel_word(enum channel c) { return channels[c].word; }
str cause_word(enum cause c) { return causes[c].word; }

static bool word_of(const struct said *words, size_t n, str word, size_t *out)
{
    for (size_t i = 0; i < n; i++) {
        if (!str_eq(words[i].word, word)) continue;
        *out = i;
        return true;
    }
    return false;
}

#define PARSE(name, type, words, n)            \
    bool name(str word, enum type *out)        \
    {                                          \
        size_t i;                              \
        if (!word_of(words, n, word, &i)) return false; \
        *out = (enum type)i;                   \
        return true;                           \
    }
PARSE(ack_parse, ack, acks, ACKS)
PARSE(channel_parse, channel, channels, CHANNELS)
PARSE(cause_parse, cause, causes, CAUSES)

enum tier tier_of_kind(str kind)
{
    static const struct {
        str kind;
        enum tier tier;
    } of[] = {{S_INIT("ministry"), TIER_MINISTRY},
              {S_INIT("agency"), TIER_MINISTRY},
              {S_INIT("ceptoar"), TIER_CEPTOAR},
              {S_INIT("operator"), TIER_OPERATOR}};
    for (size_t i = 0; i < sizeof of / sizeof *of; i++)
        if (str_eq(of[i].kind, kind)) return of[i].tier;
    return TIER_OTHER;
}

bool ack_may_go(enum ack from, enum ack to)
{
    if (from == ACK_WAITING) return to == ACK_WITHHELD || to == ACK_SENT;
    if (from == ACK_WITHHELD) return to == ACK_SENT;
    if (to <= ACK_SENT) return false;
    return from < ACK_ACTING ? to > from : to >= ACK_ACTING && to != from;
}

bool ack_overdue(enum ack a, int64_t due, int64_t now)
{
    return (a == ACK_SENT || a == ACK_OPENED) && due != 0 && now > due;
}

bool ack_may_enter(enum entering who, enum channel by, bool signs_in)
{
    switch (who) {
    case ENTER_SELF: return by == BY_BROWSER || by == BY_LINK || by == BY_PROGRAM;
    case ENTER_ABOVE: return by >= BY_PHONE && (by != BY_OFFICE || !signs_in);
    case ENTER_ISSUER: return by >= BY_PHONE && by != BY_OFFICE;
    default: return false;
    }
}

int64_t reach_all(const struct reach *r)
{
    int64_t n = 0;
    for (int i = 0; i < ACKS; i++) n += r->n[i];
    return n;
}

int64_t reach_confirmed(const struct reach *r)
{
    int64_t n = 0;
    for (int i = ACK_CONFIRMED; i < ACKS; i++) n += r->n[i];
    return n;
}

struct rate reach_rate(const struct reach *r) { return rate_of_counts(reach_confirmed(r), reach_all(r), NULL); }
struct rate reach_in_time_rate(const struct reach *r)
{
    return rate_of_counts(reach_confirmed(r) - r->late, reach_all(r), NULL);
}
