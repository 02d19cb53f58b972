/* Shares: each row a bar of its own whole, parted by what its values count. The first is darkest, the last is hatched: what is
 * not known. */
#include "web/page_chart.h"

enum { SHARES = 5 };
static const char *const share_part[SHARES] = {"c1 seg", "c2 seg", "c3", "lackf seg", "cx"};
static const char *const share_legend[SHARES] = {"c1", "c2", "c3", "h3", "hx"};

static void share_row(struct page_doc *p, const size_t *column, size_t n, const struct cell *row)
{
    struct buf *b = &p->body;
    double v, all = 0, at = 0;
    for (size_t i = 0; i < n; i++) all += chart_value(&row[column[i]], &v) && v > 0 ? v : 0;
    RAW(b, "<li>");
    chart_lab(p, row);
    chart_svg(p, "", chart_words(p, row, column, n));
    RAW(b, "<rect class=\"c0\" x=\"0\" y=\"18%\" width=\"100%\" height=\"64%\"/>");
    for (size_t i = 0; i < n && all > 0; i++) {
        if (!chart_value(&row[column[i]], &v) || v <= 0) continue;
        buf_fmt(b, "<rect class=\"%s\" x=\"%.3f%%\" y=\"18%%\" width=\"%.3f%%\" height=\"64%%\"/>", share_part[i], 100 * at / all, 100 * v / all);
        at += v;
    }
    RAW(b, "</svg><span class=\"v\"><b>");
    put_number(b, (int64_t)all);
    RAW(b, "</b></span></li>\n");
}

void draw_shares(struct page_doc *p)
{
    struct buf *b = &p->body;
    size_t column[SHOW_VALUES], n = chart_values(&p->table, column);
    if (n == 0) return;
    if (n > SHARES) n = SHARES;
    RAW(b, "<figure class=\"chart bars shares\"><ul class=\"legend\">");
    for (size_t i = 0; i < n; i++) chart_legend_item(p, share_legend[i], tr(p->doc.lang, p->table.columns[column[i]].label));
    RAW(b, "</ul><ul class=\"plot\">");
    for (size_t r = 0; r < chart_rows(&p->table); r++) share_row(p, column, n, p->table.row[r]);
    RAW(b, "</ul></figure>\n");
}
