/* Severity (深刻度評価基準): levels and what they are called. The highest of the viewpoints is the report's, never their mean:
 * a failure that endangers people is not made milder by a service that went on. */
#include "share/report_fields.h"

int severity_overall(int continuity, int safety, int trust)
{
    int most = continuity > safety ? continuity : safety;
    return most > trust ? most : trust;
}

str severity_label(int level)
{
    static const str labels[SEVERITY_MAX + 1] = {N("0 no effect"), N("1 low"), N("2 medium"), N("3 high"),
                                                 N("4 crisis")};
    return level < 0 || level > SEVERITY_MAX ? (str){"", 0} : labels[level];
}
