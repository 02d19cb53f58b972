/* The first administrator, made on the machine itself: somebody has to let the others in. */
#include "base/hash.h"
#include "format/csv.h"

#include "account/entries.h"
#include "surface/door.h"

enum { HOUR = 3600 };
#define ADMINISTRATOR "administrator"

/* Through the registry's own act, which alone writes there and checks what it is given. */
static enum err import(struct work *w, const char *what, str csv)
{
    const struct entry *entry = entry_find(room_find(S("registry")), S("import"));
    struct file file = {str_fmt(w->a, "%s.csv", what), csv, sha256_hex(w->a, csv)};
    struct given given[] = {{.name = S("what"), .text = str_of(what)},
                            {.name = S("file"), .text = file.name, .file = &file}};
    struct noted *noted = w->noted; /* one line in the journal: of this act, not of its steps */
    struct doc silent = doc_silent(w);
    struct args args;
    enum err e = args_parse(w, entry, given, 2, &args);
    if (e == OK) e = entry->run(w, &args, &silent);
    w->noted = noted;
    return e;
}

static str csv_of(struct arena *a, str head, const str *cells, size_t n)
{
    struct buf b = buf_in(a);
    buf_add(&b, head);
    for (size_t i = 0; i < n; i++) csv_put(&b, cells[i], i == 0);
    csv_end_row(&b);
    return buf_str(&b);
}
#define CSV(a, head, ...)                                                                                              \
    csv_of(a, S(head "\r\n"), (const str[]){__VA_ARGS__}, sizeof((const str[]){__VA_ARGS__}) / sizeof(str))

static enum err add_duty(struct work *w)
{
    return import(w, "duties",
                  CSV(w->a, "code,name_ja,name_en,rights,order", S(ADMINISTRATOR), tr(LANG_JA, M("Administrator")),
                      M("Administrator"), S("administer"), S("170")));
}

static enum err add_person(struct work *w, const struct args *in)
{
    str name = arg_text(in, "name");
    if (name.n == 0)
        return fault_in(w, INVALID, ((struct where){.field = S("name")}),
                        M("the person is not in the registry yet: give a name"));
    return import(w, "people",
                  CSV(w->a, "code,org,name_ja,name_en,mail", arg_text(in, "person"), arg_text(in, "org"), name, name,
                      arg_text(in, "mail")));
}

static enum err add_post(struct work *w, const struct args *in, str post)
{
    return import(
        w, "posts",
        CSV(w->a, "code,duty,org,person", post, S(ADMINISTRATOR), arg_text(in, "org"), arg_text(in, "person")));
}

static enum err in_registry(struct work *w, const struct args *in, str post)
{
    bool duty, held, person;
    enum err e = registry_has(w, S(ADMINISTRATOR), post, &duty, &held);
    if (e == OK) e = person_known(w, arg_text(in, "person"), &person);
    if (e == OK && !duty) e = add_duty(w);
    if (e == OK && !person) e = add_person(w, in);
    if (e == OK && !held) e = add_post(w, in, post);
    return e;
}

enum err account_first_admin(struct work *w, const struct args *in, struct doc *out)
{
    int64_t already;
    struct known_person p;
    str post =
        str_fmt(w->a, "%.*s-" ADMINISTRATOR "-%.*s", STR_ARG(arg_text(in, "org")), STR_ARG(arg_text(in, "person")));
    enum err e = administrators(w, &already);
    if (e != OK) return e;
    if (already > 0 && !arg_given(in, "again"))
        return fault(w, CONFLICT,
                     M("there are administrators already (%1): one of them can use `account add`; with --again "
                       "this makes another all the same"),
                     str_int(w->a, already));
    e = in_registry(w, in, str_sub(post, 0, CODE_MAX));
    if (e == OK) e = person_to_act_on(w, arg_text(in, "person"), &p);
    if (e == OK) e = lock_put(w, p.id, false);
    if (e != OK) return e;
    doc_fact(out, "user", M("User"), C_TEXT(p.code));
    doc_fact(out, "post", M("Post"), C_TEXT(str_sub(post, 0, CODE_MAX)));
    return setup_give(w, p.id, HOUR, out);
}
