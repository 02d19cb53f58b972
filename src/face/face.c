#include "face/face.h"

const struct format *const formats[] = {&format_table, &format_json, &format_csv, &format_xlsx, &format_docx, NULL};

static void free_arena(void *a) { arena_free(a); }

struct arena *arena_beside(struct work *w)
{
    struct arena *a = arena_new(0);
    arena_closer(w->a, free_arena, a);
    return a;
}

void closing_notes(struct doc *d)
{
    if (d->provisional) doc_note(d, M("provisional: some figures may still change"));
}
