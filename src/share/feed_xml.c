/* Atom (RFC 4287) and RSS 2.0 of what everybody may read. */
#include "base/clock.h"
#include "base/uuid.h"
#include "format/xml_write.h"
#include "share/feed.h"

#define URL_NAMESPACE S("6ba7b811-9dad-11d1-80b4-00c04fd430c8") /* RFC 9562 §6.6 */
#define TITLE S("情報提供（公開）")

/* One text of all that a notice says, for readers that show no more. */
static str whole_text(struct arena *a, const struct feed_item *x)
{
    struct buf b = buf_in(a);
    buf_add(&b, x->notice.text);
    if (x->notice.measure.n != 0) buf_fmt(&b, "\n\n【対策】\n%.*s", STR_ARG(x->notice.measure));
    for (size_t i = 0; i < x->with.n_references; i++)
        buf_fmt(&b, "%s%.*s", i == 0 ? "\n\n【参照】\n" : "\n", STR_ARG(x->with.reference[i].value));
    return buf_str(&b);
}

static str urn(struct arena *a, str uuid) { return str_fmt(a, "urn:uuid:%.*s", STR_ARG(uuid)); }

static void entry(struct buf *b, const struct feed_item *x)
{
    const struct notice *n = &x->notice;
    buf_add(b, S("<entry>"));
    xml_put(b, "id", NULL, urn(b->a, x->first));
    xml_put(b, "title", NULL, n->title);
    xml_put(b, "published", NULL, time_text(b->a, x->published));
    xml_put(b, "updated", NULL, time_text(b->a, n->sent));
    buf_add(b, S("<author>"));
    xml_put(b, "name", NULL, lang_pick(LANG_JA, n->issuer_ja, n->issuer_en));
    buf_add(b, S("</author>"));
    const str terms[] = {n->kind, n->urgency, tlp_label(n->marking.tlp)};
    for (size_t i = 0; i < 3; i++) {
        buf_add(b, S("<category term=\""));
        xml_put_text(b, terms[i]);
        buf_add(b, S("\"/>"));
    }
    xml_put(b, "content", "type=\"text\"", whole_text(b->a, x));
    buf_add(b, S("</entry>\n"));
}

str feed_atom(struct arena *a, str url, const struct feed_item *x, size_t n)
{
    struct buf b = buf_in(a);
    int64_t updated = 0;
    for (size_t i = 0; i < n; i++) updated = x[i].notice.sent > updated ? x[i].notice.sent : updated;
    str self = str_fmt(a, "%.*s/feeds/notices.atom", STR_ARG(url));
    buf_add(
        &b,
        S("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"ja\">\n"));
    xml_put(&b, "id", NULL, urn(a, uuid5(a, URL_NAMESPACE, self)));
    xml_put(&b, "title", NULL, TITLE);
    xml_put(&b, "updated", NULL, time_text(a, updated));
    xml_put(&b, "rights", NULL, tlp_label(TLP_CLEAR));
    buf_add(&b, S("<link rel=\"self\" href=\""));
    xml_put_text(&b, self);
    buf_add(&b, S("\"/>\n"));
    for (size_t i = 0; i < n; i++) entry(&b, &x[i]);
    buf_add(&b, S("</feed>\n"));
    return buf_str(&b);
}

/* RFC 822 with a year of four digits, as RSS has its times: Thu, 16 Apr 2026 01:02:03 GMT. */
static str mail_time(struct arena *a, int64_t seconds)
{
    static const char days[] = "ThuFriSatSunMonTueWed", months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    str t = time_text(a, seconds);
    int64_t month = 1;
    (void)str_to_int(str_sub(t, 5, 7), &month);
    return str_fmt(a, "%.3s, %.2s %.3s %.4s %.8s GMT", days + 3 * (seconds / DAY % 7), t.p + 8,
                   months + 3 * (month - 1), t.p, t.p + 11);
}

/* What stands in a description is HTML to its readers (RSS 2.0): text has to be escaped for that first. */
static str as_html(struct arena *a, str text)
{
    struct buf b = buf_in(a);
    for (str rest = text, line; str_cut(&rest, '\n', &line);) {
        xml_put_text(&b, line);
        if (rest.n != 0) buf_add(&b, S("<br/>\n"));
    }
    return buf_str(&b);
}

static void item(struct buf *b, const struct feed_item *x)
{
    buf_add(b, S("<item>"));
    xml_put(b, "title", NULL, x->notice.title);
    xml_put(b, "description", NULL, as_html(b->a, whole_text(b->a, x)));
    xml_put(b, "category", NULL, x->notice.kind);
    xml_put(b, "guid", "isPermaLink=\"false\"", urn(b->a, x->first));
    xml_put(b, "pubDate", NULL, mail_time(b->a, x->notice.sent));
    buf_add(b, S("</item>\n"));
}

str feed_rss(struct arena *a, str url, const struct feed_item *x, size_t n)
{
    struct buf b = buf_in(a);
    buf_add(&b, S("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\"><channel>\n"));
    xml_put(&b, "title", NULL, TITLE);
    xml_put(&b, "link", NULL, str_fmt(a, "%.*s/", STR_ARG(url)));
    xml_put(&b, "description", NULL, str_fmt(a, "広く一般に公開された情報提供 (%.*s)", STR_ARG(tlp_label(TLP_CLEAR))));
    xml_put(&b, "language", NULL, S("ja"));
    for (size_t i = 0; i < n; i++) item(&b, &x[i]);
    buf_add(&b, S("</channel></rss>\n"));
    return buf_str(&b);
}
