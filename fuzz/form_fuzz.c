/* Forms both ways: what is read keeps what form.h promises, and pairs come back when they are written and read again.
 * The first line of the input is the content type; without "multipart" in it the rest is read as pairs and as heads. */
#include <stdlib.h>

#include "base/utf8.h"
#include "format/form.h"
#include "fuzz.h"

static void check(bool good)
{
    if (!good) abort();
}

static void check_fields(const struct form_fields *f, str bytes)
{
    check(f->n <= FORM_FIELDS_MAX);
    for (size_t i = 0; i < f->n; i++) {
        const struct form_field *one = &f->field[i];
        check(one->name.n > 0 && one->name.n <= FORM_NAME_MAX && utf8_bad(one->name) == one->name.n);
        if (!one->is_file)
            check(utf8_bad(one->value) == one->value.n && str_find(one->value, S("\r")) < 0);
        else
            check(one->value.n == 0 || (one->value.p >= bytes.p && one->value.p + one->value.n <= bytes.p + bytes.n));
        if (one->is_file) check(utf8_bad(one->file_name) == one->file_name.n && str_find(one->file_name, S("/")) < 0);
    }
}

static void read_again(struct work *w, const struct form_fields *before)
{
    struct buf b = buf_in(w->a);
    for (size_t i = 0; i < before->n; i++) {
        form_encode(&b, before->field[i].name);
        buf_byte(&b, '=');
        form_encode(&b, before->field[i].value);
        buf_byte(&b, '&');
    }
    struct form_fields after;
    check(form_fields(w, buf_str(&b), &after) == OK && after.n == before->n);
    for (size_t i = 0; i < after.n; i++)
        check(str_eq(after.field[i].name, before->field[i].name) &&
              str_eq(after.field[i].value, before->field[i].value));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct work w = {.a = arena_new(0)};
    str rest = {(const char *)bytes, n}, type = {0};
    str_cut(&rest, '\n', &type);
    type = str_trim(type);
    struct form_fields f = {0};
    bool parts = str_find(type, S("multipart")) >= 0;
    enum err err = parts ? multipart_fields(&w, type, rest, &f) : form_fields(&w, rest, &f);
    check((err == OK) == (w.faults.count == 0));
    if (err == OK) check_fields(&f, rest);
    if (err == OK && !parts) read_again(&w, &f);
    str session = cookie_value(rest, S("session"));
    check(session.p == NULL || session.n <= rest.n);
    (void)lang_wanted(type);
    arena_free(w.a);
    return 0;
}
