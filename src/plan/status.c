#include "plan/status.h"

#include "base/work.h"

const char *const status_sources[] = {"", "lead", "centre", "report", NULL};

enum status_source status_source_of(str word)
{
    for (int i = FROM_LEAD; i < STATUS_SOURCES; i++)
        if (str_eq(word, str_of(status_sources[i]))) return (enum status_source)i;
    return FROM_NOBODY;
}

struct standing status_published(const struct status_facts *f)
{
    struct standing lead = {f->lead.status, FROM_LEAD}, centre = {f->centre.status, FROM_CENTRE};
    struct standing report = {f->report, FROM_REPORT};
    bool lead_said = f->lead.id != 0, centre_said = f->centre.id != 0 && f->centre.status != STATUS_NONE;
    bool taken_back = f->centre.id > f->upto && f->centre.status == STATUS_NONE;

    if (centre_said && f->centre.id > f->upto) return centre;
    if (lead_said && (f->lead.id > f->upto || taken_back)) return lead;
    if (f->report != STATUS_NONE) return report;
    if (centre_said) return centre; /* said before a report that did not hold this measure */
    if (lead_said) return lead;
    return (struct standing){STATUS_NONE, FROM_NOBODY};
}

bool status_warns(int64_t published, int64_t worst) { return published != STATUS_NONE && worst > published; }

void status_count(struct status_counts *c, int64_t status)
{
    c->of[status >= STATUS_DONE && status <= STATUS_WORST ? status : STATUS_NONE]++;
}

void status_counts_add(struct status_counts *to, const struct status_counts *c)
{
    for (size_t i = 0; i <= STATUSES; i++) to->of[i] += c->of[i];
}

int64_t status_total(const struct status_counts *c)
{
    int64_t n = 0;
    for (size_t i = 0; i <= STATUSES; i++) n += c->of[i];
    return n;
}

static const struct {
    str mark, wide, word, legend;
} statuses[STATUSES + 1] = {
    {S_INIT(""), S_INIT(""), N("No report yet"), N("nobody has reported yet")},
    {S_INIT("①"), S_INIT("１"), N("① Done"), N("done already")},
    {S_INIT("②"), S_INIT("２"), N("② Under way"), N("under way: it will be done within the year, or by the time the plan says")},
    {S_INIT("③"), S_INIT("３"), N("③ To be begun"), N("still to be begun, but expected to be done within the year")},
    {S_INIT("④"), S_INIT("４"), N("④ Outlook unknown"), N("whether it can be done within the year is not known now")},
};

static size_t place(int64_t status)
{
    return status >= STATUS_DONE && status <= STATUS_WORST ? (size_t)status : STATUS_NONE;
}

str status_mark(int64_t status) { return statuses[place(status)].mark; }
str status_word(int64_t status) { return statuses[place(status)].word; }
str status_legend(int64_t status) { return statuses[place(status)].legend; }

int64_t status_read(str s)
{
    s = str_trim(s);
    for (int64_t i = STATUS_DONE; i <= STATUS_WORST; i++)
        if (str_eq(s, statuses[i].mark) || str_eq(s, statuses[i].wide) || (s.n == 1 && s.p[0] == '0' + (char)i)) return i;
    return STATUS_NONE;
}
