/* Which way a report goes up, and what its row keeps of its words. Pure. */
#ifndef MEGURI_SHARE_REPORT_WAY_H
#define MEGURI_SHARE_REPORT_WAY_H

#include "share/report_store.h"
#include "share/route.h"

/* Who reports failures of its own: operators and companies, ministries and agencies. The others read. */
bool report_may_report(str org_kind);

/* title, service, ground, event, tlp (AMBER where nothing is said), not_supervision and begun, as lists and rights ask
 * for them. */
void report_columns_of(const struct report_said *, size_t n, struct report_row *out);

/* Row ids of those above the operator; 0: there is none. */
struct report_above {
    int64_t ministry, ceptoar, centre;
};
void report_above_of(const struct route_net *, int32_t org, struct report_above *out);

/* Who gets it when it is sent: its ministry in charge; its CEPTOAR where the marking is AMBER or wider; the centre when
 * somebody passes it on, at once where the ground is exceptional gravity, where it is said to be urgent, where there is
 * no ministry between, and from a ministry or agency, which reports to the centre alone. */
struct report_goes {
    bool ministry, ceptoar, centre;
};
struct report_goes report_goes_to(const struct report_row *, const struct report_above *, bool urgent);

/* What is missing to send it: a fault for each field. INVALID. */
enum err report_complete(struct work *, const struct report_said *, size_t n) MUST_USE;

#endif
