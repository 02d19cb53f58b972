#include "cli/layout.h"

static int larger(int a, int b) { return a > b ? a : b; }

static int total(const struct fit *f, size_t n)
{
    int sum = -LAYOUT_GAP;
    for (size_t i = 0; i < n; i++)
        if (!f[i].left_out) sum += f[i].width + LAYOUT_GAP;
    return sum;
}

static void leave_out_details(struct fit *f, size_t n, int columns)
{
    for (size_t i = n; i-- > 0 && total(f, n) > columns;)
        if (f[i].detail) f[i].left_out = true;
}

static int smaller(int a, int b) { return a < b ? a : b; }

/* What gives way, one after the other: texts as far as they still read well, labels of figures, texts to the last. */
enum giving_way { TEXTS, LABELS, TEXTS_TO_THE_LAST, WAYS };

static int least_width(const struct fit *f, enum giving_way way)
{
    if (f->figure) return way == LABELS ? larger(f->cells, LAYOUT_LABEL_LEAST) : f->width;
    if (way == TEXTS_TO_THE_LAST) return LAYOUT_TEXT_LEAST;
    int whole = larger(f->cells, f->least), good = smaller(larger(f->piece, f->least), LAYOUT_WORD);
    return way == LABELS ? f->width : larger(good, smaller(whole, LAYOUT_TEXT_GOOD));
}

static void shrink(struct fit *f, size_t n, int columns, enum giving_way way)
{
    while (total(f, n) > columns) {
        struct fit *widest = NULL;
        for (size_t i = 0; i < n; i++) {
            bool can = !f[i].left_out && f[i].width > least_width(&f[i], way);
            if (can && (widest == NULL || f[i].width > widest->width)) widest = &f[i];
        }
        if (widest == NULL) return;
        widest->width--;
    }
}

static void give_labels(struct fit *f, size_t n, int columns)
{
    for (size_t i = 0; i < n; i++) {
        int wants = f[i].label - f[i].width, spare = columns - total(f, n);
        if (f[i].left_out || wants <= 0 || spare <= 0) continue;
        f[i].width += wants < spare ? wants : spare;
    }
}

static void give_bars(struct fit *f, size_t n, int columns)
{
    int spare = columns - total(f, n);
    for (size_t i = 0; i < n; i++) {
        if (f[i].left_out || !f[i].bar || spare < LAYOUT_BAR + 1) continue;
        f[i].has_bar = true;
        spare -= LAYOUT_BAR + 1;
    }
}

void layout(struct fit *f, size_t n, int columns)
{
    for (size_t i = 0; i < n; i++) f[i].width = larger(f[i].cells, columns == 0 ? f[i].label : f[i].least);
    if (columns == 0) return;
    leave_out_details(f, n, columns);
    for (enum giving_way way = TEXTS; way < WAYS; way++) shrink(f, n, columns, way);
    give_labels(f, n, columns);
    give_bars(f, n, columns);
}
