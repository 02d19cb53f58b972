/* MISP: an event that is taken makes a draft within the limits of a notice, or says what is wrong. */
#include <stdlib.h>

#include "fuzz.h"
#include "share/misp.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct work w = {.a = arena_new(0)};
    str text = {(const char *)bytes, n};
    struct misp_event *all;
    size_t count;
    (void)misp_looks_so(text);
    enum err e = misp_read(&w, S("fuzz"), text, &all, &count);
    if (e != OK && w.faults.count == 0) abort();
    for (size_t i = 0; e == OK && i < count; i++) {
        struct draft d;
        misp_draft(w.a, LANG_JA, &all[i], &d);
        if (d.title.n > NOTICE_TITLE_MAX || d.text.n > NOTICE_TEXT_MAX || d.measure.n > NOTICE_TEXT_MAX || d.n_references > REFERENCES_PER_NOTICE) abort();
        if (all[i].marking.tlp >= TLPS || all[i].marking.pap >= PAPS) abort();
    }
    arena_free(w.a);
    return 0;
}
