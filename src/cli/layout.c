#include "cli/layout.h"

static int larger(int a, int b) { return a > b ? a : b; }
static int smaller(int a, int b) { return a < b ? a : b; }

static int total(const struct fit *f, size_t n)
{
    int sum = -LAYOUT_GAP;
    for (size_t i = 0; i < n; i++)
        if (!f[i].left_out) sum += f[i].width + LAYOUT_GAP;
    return sum;
}

static void start(struct fit *f, size_t n)
{
    for (size_t i = 0; i < n; i++) f[i].width = larger(f[i].cells, f[i].least);
}

/* What gives way, one after the other: long texts, texts as far as they still read well, labels of figures, texts to
 * the last. */
enum giving_way { LONG_TEXTS, TEXTS, LABELS, TEXTS_TO_THE_LAST, WAYS };

static int least_text(const struct fit *f, enum giving_way way)
{
    int whole = larger(f->cells, f->least), good = smaller(larger(f->piece, f->least), LAYOUT_WORD);
    switch (way) {
    case LONG_TEXTS: return larger(good, LAYOUT_TEXT_EASY);
    case TEXTS: return larger(good, smaller(whole, LAYOUT_TEXT_GOOD));
    case TEXTS_TO_THE_LAST: return larger(smaller(larger(f->piece, f->last), LAYOUT_WORD_LAST), LAYOUT_TEXT_LEAST);
    default: return f->width;
    }
}

static int least_width(const struct fit *f, enum giving_way way)
{
    if (!f->figure) return least_text(f, way);
    return way == LABELS ? larger(f->cells, f->last) : f->width;
}

static double share(const struct fit *f)
{
    double weight = f->figure ? (double)f->label * f->label : (double)f->weight;
    return weight / ((double)f->width * f->width);
}

static bool shrink(struct fit *f, size_t n, int columns, enum giving_way way)
{
    while (total(f, n) > columns) {
        struct fit *giving = NULL;
        for (size_t i = 0; i < n; i++) {
            bool can = !f[i].left_out && f[i].width > least_width(&f[i], way);
            if (can && (giving == NULL || share(&f[i]) < share(giving))) giving = &f[i];
        }
        if (giving == NULL) return false;
        giving->width--;
    }
    return true;
}

static bool shrink_all(struct fit *f, size_t n, int columns)
{
    for (enum giving_way way = LONG_TEXTS; way < WAYS; way++)
        if (shrink(f, n, columns, way)) return true;
    return false;
}

static bool leave_out_last(struct fit *f, size_t n, bool details)
{
    for (size_t i = n; i-- > 1;) {
        if (f[i].left_out || (details && !f[i].detail)) continue;
        f[i].left_out = true;
        return true;
    }
    return false;
}

static bool fits_easily(struct fit *f, size_t n, int columns)
{
    start(f, n);
    return shrink(f, n, columns, LONG_TEXTS);
}

/* What went for a wide neighbour's sake comes back when that went too. */
static void leave_out_details(struct fit *f, size_t n, int columns)
{
    while (!fits_easily(f, n, columns))
        if (!leave_out_last(f, n, true)) return;
    for (size_t i = 1; i < n; i++) {
        if (!f[i].left_out || f[i].empty) continue;
        f[i].left_out = false;
        f[i].left_out = !fits_easily(f, n, columns);
    }
}

/* Every try starts anew, so that the room a column leaves goes to the others. */
static void fit_in(struct fit *f, size_t n, int columns)
{
    leave_out_details(f, n, columns);
    for (start(f, n); !shrink_all(f, n, columns); start(f, n))
        if (!leave_out_last(f, n, false)) return;
}

static void leave_out_empty(struct fit *f, size_t n)
{
    for (size_t i = 1; i < n; i++) f[i].left_out = f[i].detail && f[i].empty;
}

/* One line or nothing: a little wider would not help. */
static void give_labels(struct fit *f, size_t n, int columns)
{
    int spare = columns - total(f, n);
    for (size_t i = 0; i < n; i++) {
        int more = f[i].label - f[i].width;
        if (f[i].left_out || more <= 0 || more > spare) continue;
        f[i].width = f[i].label;
        spare -= more;
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
    if (columns == 0) {
        for (size_t i = 0; i < n; i++) {
            f[i].width = larger(f[i].cells, f[i].label);
            f[i].left_out = f[i].data;
        }
        return;
    }
    leave_out_empty(f, n);
    fit_in(f, n, columns);
    give_labels(f, n, columns);
    give_bars(f, n, columns);
}
