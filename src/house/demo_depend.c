/* Interdependency in the demonstration: synthetic operators under the ten sectors, what they answered to the sheet of the elicitation, a model
 * built of that, the next sheet, which is left to be answered, the illustration that ships (data/depend), and two kept runs of it. Operators are invented and say so;
 * sectors of which fewer than five answered show that nothing is told of them. */
#include "house/demo.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))
#define SHOWN_ELICITATION "dependence-2026"
#define OPEN_ELICITATION "dependence-2027"
#define SHOWN_MODEL "ten-sectors"

/* ---- who is asked ---- */
#define REGISTRY(what_, file_) {"registry", "import", {{"what", what_}, {"file", "@data/demo/" file_ ".csv"}}}
static const struct demo_step operators[] = {
    REGISTRY("organisations", "elicitation-organisations"),
    REGISTRY("organisations", "operators"),
    REGISTRY("people", "elicitation-people"),
    REGISTRY("posts", "elicitation-posts"),
};

/* ---- what they answered ---- */
#define OF_SECTORS(room_, ...) {"centre-officer", "infrastructure", {room_, __VA_ARGS__}}
/* By the office that loads, since each operator answers for itself alone. */
#define ANSWERS(file_) \
    {"inspect", "survey-import", {{"survey", SHOWN_ELICITATION}, {"file", "@data/demo/" file_ ".csv"}, {"complete", "1"}}}

static enum err elicitation(struct work *w)
{
    static const struct demo_step answers[] = {ANSWERS("elicitation"), ANSWERS("operators-answers")};
    static const struct deed built[] = {
        OF_SECTORS("inspect", "survey-close", {{"survey", SHOWN_ELICITATION}, {"publish", "1"}}),
        OF_SECTORS("depend", "build",
            {{"survey", SHOWN_ELICITATION}, {"model", "answers-2026"}, {"ja", "聞き取りから作ったモデル" INVENTED},
             {"en", "Built of the answers (synthetic)"}}),
    };
    const struct deed asked[] = {
        OF_SECTORS("depend", "ask",
            {{"code", SHOWN_ELICITATION}, {"frame", "infrastructure"}, {"due", demo_on(w, 10)},
             {"title_ja", "相互依存性の聞き取り" INVENTED}, {"title_en", "Interdependency of the sectors (synthetic)"}}),
    };
    const struct deed again[] = {
        OF_SECTORS("depend", "ask",
            {{"code", OPEN_ELICITATION}, {"frame", "infrastructure"}, {"due", demo_on(w, 30)},
             {"title_ja", "相互依存性の聞き取り（次年度）" INVENTED}, {"title_en", "Interdependency of the sectors, next year (synthetic)"}}),
    };
    enum err e = demo_deeds(w, asked, COUNT(asked));
    for (size_t i = 0; e == OK && i < COUNT(answers); i++) e = demo_step(w, &answers[i]);
    if (e == OK) e = demo_deeds(w, built, COUNT(built));
    return e == OK ? demo_deeds(w, again, COUNT(again)) : e;
}

/* ---- the illustration, and runs of it that are kept ---- */
static const struct deed illustration[] = {
    OF_SECTORS("depend", "import", {{"model", SHOWN_MODEL}, {"example", SHOWN_MODEL}, {"org", "infrastructure"}, {"shared", "1"}}),
    OF_SECTORS("depend", "simulate",
        {{"code", "blackout"}, {"model", SHOWN_MODEL}, {"fail", "power-supply:24"}, {"begins", "9"}, {"runs", "200"},
         {"backup", "ci-telecom"}, {"backup_hours", "6"}}),
    OF_SECTORS("depend", "simulate", {{"code", "router"}, {"model", SHOWN_MODEL}, {"threat", "cy-router"}, {"begins", "9"}, {"runs", "200"}}),
};

enum err demo_depend(struct work *w)
{
    work_progress(w, M("what fails next"), 0, 0);
    enum err e = OK;
    for (size_t i = 0; e == OK && i < COUNT(operators); i++) e = demo_step(w, &operators[i]);
    if (e == OK) e = elicitation(w);
    return e == OK ? demo_deeds(w, illustration, COUNT(illustration)) : e;
}
