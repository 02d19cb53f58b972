#include "report/decide.h"

enum { OWNERS = MAY_MANAGE | MAY_CENTRE | MAY_APPROVE };

/* The duty that writes the adviser's part: 最高情報セキュリティアドバイザー. Codes of duties are data; this one ships. */
static bool is_adviser(const struct actor *a) { return str_eq(a->duty, S("ciso-adviser")); }

static bool is_owner(const struct actor *a) { return a->post == 0 && a->rights != 0; } /* of the database */

bool report_sees_drafts(const struct actor *a) { return (a->rights & OWNERS) != 0 || is_adviser(a); }
bool report_sees_before_time(const struct actor *a) { return (a->rights & MAY_AUDIT) != 0; }

bool report_may_write(const struct actor *a, const struct report *r) { return may(a, MAY_MANAGE | MAY_CENTRE, r->org_lo); }

bool report_may_advise(const struct actor *a, const struct report *r)
{
    return is_owner(a) || (is_adviser(a) && a->lo <= r->org_lo && r->org_lo < a->hi);
}

bool report_may_approve(const struct actor *a, const struct report *r) { return may(a, MAY_APPROVE | MAY_CENTRE, r->org_lo); }

/* The owner of the database is one person too. */
bool report_is_sender(const struct actor *a, const struct report *r) { return r->was_sent && r->sender == a->person; }

bool report_may_publish(const struct actor *a, const struct report *r)
{
    return may(a, r->centre ? MAY_CENTRE : MAY_APPROVE, r->org_lo);
}

bool report_may_comment(const struct actor *a, const struct report *r)
{
    return r->reviewer || report_may_write(a, r) || report_may_approve(a, r) || report_may_advise(a, r);
}

bool report_is_public(const struct report *r, int64_t now)
{
    return str_eq(r->state, S("published")) && (!r->has_embargo || r->embargo <= now);
}

str report_state_shown(const struct report *r, int64_t now)
{
    return str_eq(r->state, S("published")) && !report_is_public(r, now) ? S("embargo") : r->state;
}

bool report_part_done(const struct piece *p, const struct report_part_rules *rules)
{
    if (p->is.what == PART_HEADING || p->left_out.n != 0 || rules->optional) return true;
    return p->is.what == PART_TEXT ? p->revision != 0 : p->record_ja.n != 0;
}

str report_waits(const struct report *r, const struct actor *a, bool adviser_missing)
{
    if (str_eq(r->state, S("draft"))) {
        if (adviser_missing && is_adviser(a) && report_may_advise(a, r)) return S("adviser");
        bool theirs = r->opener == a->person || (r->was_sent && r->sender == a->person);
        return theirs && report_may_write(a, r) ? S("write") : (str){"", 0};
    }
    if (str_eq(r->state, S("review"))) {
        if (r->reviewer && !r->review_done) return S("review");
        return report_may_approve(a, r) && !report_is_sender(a, r) && r->open_comments == 0 ? S("approve")
               : report_may_write(a, r) && report_is_sender(a, r) && r->open_comments != 0  ? S("answer")
                                                                               : (str){"", 0};
    }
    return str_eq(r->state, S("frozen")) && report_may_publish(a, r) ? S("publish") : (str){"", 0};
}
