/* Information sharing in the demonstration: an infrastructure of its own, synthetic from its sectors to its 212 operators, with three ministries of the
 * synthetic government in charge; what went through it, and reports of five years. The numbers of those reports are the published ones (FY2019 to FY2023);
 * everything else is invented and says so. */
#include "house/demo.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* ---- who takes part ---- */
#define REGISTRY(what_, file_) {"registry", "import", {{"what", what_}, {"file", "@data/demo/" file_ ".csv"}}}
static const struct demo_step infrastructure[] = {
    REGISTRY("organisations", "share-organisations"),
    REGISTRY("links", "share-links"),
    REGISTRY("people", "share-people"),
    REGISTRY("posts", "share-posts"),
};

enum err demo_share(struct work *w)
{
    work_progress(w, M("who must know, and do they"), 0, 0);
    enum err e = OK;
    for (size_t i = 0; e == OK && i < COUNT(infrastructure); i++) e = demo_step(w, &infrastructure[i]);
    return e;
}
