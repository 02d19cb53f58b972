/* What a frozen edition is, as bytes: fields one after the other, each with its length before it ("12:abcdefghijkl,"), so
 * that no two documents have the same. First the head: code, edition, template, organisation, year, titles, handling, the
 * erratum, when it was approved, and the head of the journal then; after these each part in order: what, code, level, heading in both languages, why it was left out, and what is shown
 * of it: the texts, or the records of what its view said. */
#include "report/making.h"

#include "base/hash.h"

static void field(struct buf *b, str s)
{
    buf_int(b, (int64_t)s.n);
    buf_byte(b, ':');
    buf_add(b, s);
    buf_byte(b, ',');
}

static void number(struct buf *b, int64_t i) { field(b, str_int(b->a, i)); }

static void put_part(struct buf *b, const struct piece *p)
{
    const struct line *l = &p->is;
    bool text = l->what == PART_TEXT;
    field(b, str_of(report_part_words[l->what]));
    field(b, l->code);
    number(b, l->level);
    field(b, l->ja);
    field(b, l->en);
    field(b, p->left_out);
    field(b, text && p->revision != 0 ? p->text_ja : (str){"", 0});
    field(b, text && p->revision != 0 ? p->text_en : (str){"", 0});
    field(b, p->record_ja);
    field(b, p->record_en);
}

str report_digest(struct arena *a, const struct report *r, const struct piece *parts, size_t n)
{
    struct arena *own = arena_new(0);
    struct buf b = buf_in(own);
    const str head[] = {S("meguri report 1"), r->code, r->template, r->org_code, r->title_ja, r->title_en, r->handling,
                        r->wrong, r->correct, r->why, r->head};
    for (size_t i = 0; i < sizeof head / sizeof *head; i++) field(&b, head[i]);
    number(&b, r->no);
    number(&b, r->year);
    number(&b, r->approved);
    for (size_t i = 0; i < n; i++) put_part(&b, &parts[i]);
    str digest = sha256_hex(a, buf_str(&b));
    arena_free(own);
    return digest;
}
