#include "share/report_way.h"

bool report_may_report(str kind)
{
    static const char *const kinds[] = {"operator", "company", "ministry", "agency"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_eq(kind, str_of(kinds[i]))) return true;
    return false;
}

void report_columns_of(const struct report_said *s, size_t n, struct report_row *r)
{
    r->title = share_report_said_of(s, n, "title");
    r->service = share_report_said_of(s, n, "service");
    r->ground = share_report_said_of(s, n, "ground");
    r->event = share_report_said_of(s, n, "event");
    r->not_supervision = share_report_said_of(s, n, "not_supervision").n != 0;
    r->tlp = TLP_AMBER;
    (void)tlp_parse(share_report_said_of(s, n, "tlp"), &r->tlp); /* empty: AMBER stays */
    r->begun = 0;
    (void)report_moment(share_report_said_of(s, n, "begun"), &r->begun);
}

static int64_t id_at(const struct route_net *net, int32_t i) { return i < 0 ? 0 : net->org[i].id; }

void report_above_of(const struct route_net *net, int32_t org, struct report_above *out)
{
    *out = (struct report_above){0};
    if (org < 0) return;
    int32_t ministry = route_ministry(net, org);
    out->ministry = id_at(net, ministry);
    out->ceptoar = id_at(net, route_ceptoar(net, org));
    out->centre = id_at(net, route_centre(net, ministry >= 0 ? ministry : org));
    if (out->centre == 0) out->centre = id_at(net, route_centre(net, org));
}

struct report_goes report_goes_to(const struct report_row *r, const struct report_above *above, bool urgent)
{
    bool between = !r->government && above->ministry != 0;
    return (struct report_goes){.ministry = between,
                                .ceptoar = !r->government && above->ceptoar != 0 && r->tlp <= TLP_AMBER,
                                .centre =
                                    above->centre != 0 && (!between || urgent || str_eq(r->ground, S("exceptional")))};
}

enum err report_complete(struct work *w, const struct report_said *s, size_t n)
{
    int64_t before = w->faults.count;
    for (size_t i = 0; i < n_report_fields; i++) {
        const struct report_field *f = &report_fields[i];
        if (!f->needed || share_report_said_of(s, n, f->key).n != 0) continue;
        fault_in(w, INVALID, (struct where){.field = str_fmt(w->a, "field.%s", f->key)},
                 M("'%1' has to be filled in before it is sent"), str_of(f->key));
    }
    return w->faults.count == before ? OK : INVALID;
}
