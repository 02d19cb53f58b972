/* What a run is asked, understood: what stops, for how long, in what order it is repaired, how many runs; and what would be otherwise
 * ("what if"). */
#ifndef MEGURI_DEPEND_SCENARIO_H
#define MEGURI_DEPEND_SCENARIO_H

#include "depend/stored.h"

/* Limits, stated where the data enters. */
enum {
    SCENARIO_HOURS = 72,           /* where nothing is said */
    SCENARIO_HOURS_MAX = 1000000,
    SCENARIO_RUNS_MAX = 100000,
    SCENARIO_THREADS_MAX = 64,
    SCENARIO_STRIKES_MAX = 200,    /* services, sectors and threats that strike */
    SCENARIO_NOTICES_MAX = 200,
    SCENARIO_CHANGES_MAX = 200,    /* what-ifs */
    SCENARIO_CREWS_MAX = 1000000,  /* repairs at a time */
    SCENARIO_BACKUP = 6,           /* hours more, where nothing is said */
};

/* The parameters of every entry that runs a model. */
#define SCENARIO_STRIKE_PARAMS                                                                                                      \
    {"fail", P_CODE, MANY, NULL, NULL,                                                                                              \
     N("what stops; a service or a sector, behind it for how many hours (power:24), or from when to when (power:1-9)"),              \
     "depend failable"},                                                                                                            \
        {"lasts", P_TEXT, 0, NULL, NULL, N("for how many hours; without it, until repaired, or for good where there is no repair")}
/* length: flags of those that say how long and how often. */
#define SCENARIO_MORE_PARAMS(length)                                                                                                \
    {"level", P_TEXT, RARE, NULL, "0", N("what is left of what stops, in per cent")},                                                \
        {"threat", P_CODE, MANY | RARE, NULL, NULL, N("a threat of the model that strikes"), "depend strikes"},                     \
        {"failures", P_FLAG, RARE, NULL, NULL, N("services also fail by themselves; as often as the model says")},                  \
        {"notice", P_CODE, MANY | RARE, NULL, NULL,                                                                                 \
         N("who is told of the trouble, and when; a service, behind it the hour (water:2) at which it detects its failure")},       \
        {"order", P_ENUM, RARE, "fifo priority weight", "fifo", N("who is repaired first")},                                        \
        {"hours", P_INT, length, NULL, "72", N("how many hours the run goes on")},                                                  \
        {"begins", P_INT, RARE, NULL, "0", N("at what hour of the day it begins, 0 to 23")},                                        \
        {"runs", P_INT, length, NULL, "1",                                                                                          \
         N("how many runs with times drawn by chance; one run takes the middle of each time")},                                     \
        {"seed", P_INT, RARE, NULL, "1", N("seed of the random numbers; the same seed gives the same runs")},                       \
        {"threads", P_INT, HIDDEN, NULL, "1", N("how many threads; the figures are the same")}
#define SCENARIO_PARAMS SCENARIO_STRIKE_PARAMS, SCENARIO_MORE_PARAMS(RARE)
/* backup: flags of what gets more of it. */
#define SCENARIO_CHANGE_PARAMS(backup)                                                                                              \
    {"backup", P_CODE, MANY | (backup), NULL, NULL,                                                                                 \
     N("what gets more backup; a service, one of its needs (SERVICE/NEED) or a sector, with hours more behind it (telecom:6)"),      \
     "depend buffered"},                                                                                                            \
        {"backup_hours", P_TEXT, backup, NULL, NULL, N("how many hours of backup more; without it, 6")},                            \
        {"crew", P_CODE, MANY | RARE, NULL, NULL,                                                                                   \
         N("what if there were more crews; a class of crews, behind it how many repairs at a time (CREW:3)")},                      \
        {"black_start", P_CODE, MANY | RARE, NULL, NULL,                                                                            \
         N("what if it restarted on its own; a service or a sector, without those that need it"), "depend failable"}

enum change_kind { CHANGE_BACKUP, CHANGE_CREWS, CHANGE_BLACK_START };
struct whatif {
    enum change_kind what;
    uint32_t service, sector, need, crew; /* of what; NET_NONE where it is not about one */
    tick more;                            /* BACKUP */
    uint32_t number;                      /* CREWS */
};
/* What a strike is: a threat of the model, or what `fail` names. */
struct struck {
    uint32_t service, sector, threat; /* one of them; the others NET_NONE */
    tick at, lasts;                   /* lasts TICK_NEVER: until repaired */
};
struct asked_run {
    struct scenario s;       /* strikes' causes are indices of struck */
    const struct struck *struck;
    size_t n_struck;
    const struct whatif *change;
    size_t n_changes;
    uint32_t runs;
    unsigned threads;
};
/* All that is wrong is told, with the parameter. Services that the actor does not see by name are not found; a sector takes them along. */
enum err scenario_asked(struct work *w, const struct args *, const struct stored *, struct asked_run *out) MUST_USE;
/* The same where something has to strike or fail: INVALID with a fault when nothing does. */
enum err scenario_required(struct work *w, const struct args *, const struct stored *, struct asked_run *out) MUST_USE;
/* Does anything strike or fail at all? */
bool scenario_does(const struct asked_run *);
/* The same model with what would be otherwise; arrays that do not change are shared. Pure. */
void scenario_changed(struct arena *, const struct stored *, const struct asked_run *, struct stored *out);
/* "electricity (24 hours)": what strikes, and what would be otherwise, for people. */
str scenario_struck_words(struct work *w, enum lang, const struct stored *, const struct struck *);
str scenario_change_words(struct work *w, enum lang, const struct stored *, const struct whatif *);

#endif
