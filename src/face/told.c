#include "face/told.h"

#include <inttypes.h>

#include "base/utf8.h"
#include "format/json.h"

static const str plain_words[] = {
    [NOTFOUND] = N("there is no such thing, or not for you"),
    [CONFLICT] = N("it exists already, or was changed meanwhile"),
    [INVALID] = N("the input is wrong"),
    [DENIED] = N("you may not do this here"),
    [BUSY] = N("busy, or out of room: try again later; nothing was changed"),
    [STORE] = N("the database failed; nothing was changed"),
};

str fault_sentence(struct arena *a, enum lang lang, const struct fault *f)
{
    return tr_fill(a, lang, f->id, f->arg, FAULT_ARGS);
}

str fault_line(struct arena *a, enum lang lang, const struct fault *f)
{
    struct buf b = buf_in(a);
    const struct where *at = &f->where;
    buf_add(&b, at->file);
    if (at->row != 0) buf_fmt(&b, "%s%" PRId64, b.n == 0 ? "" : ":", at->row);
    if (at->row != 0 && at->column != 0) buf_fmt(&b, ":%" PRId64, at->column);
    if (at->field.n != 0) buf_fmt(&b, b.n == 0 ? "--%.*s" : " (%.*s)", STR_ARG(at->field));
    if (b.n != 0) buf_add(&b, S(": "));
    buf_add(&b, fault_sentence(a, lang, f));
    return utf8_safe(a, buf_str(&b));
}

static void put_known(struct json_out *j, const char *key, str value)
{
    json_key(j, str_of(key));
    if (value.n == 0) json_put_null(j);
    else json_put_str(j, value);
}

static void put_count(struct json_out *j, const char *key, int64_t value)
{
    json_key(j, str_of(key));
    if (value == 0) json_put_null(j);
    else json_put_int(j, value);
}

static size_t args_used(const struct fault *f)
{
    size_t n = FAULT_ARGS;
    while (n != 0 && f->arg[n - 1].p == NULL) n--;
    return n;
}

static void put_fault(struct json_out *j, struct arena *a, enum lang lang, const struct fault *f)
{
    json_open(j, '{');
    put_known(j, "file", f->where.file);
    put_count(j, "row", f->where.row);
    put_count(j, "column", f->where.column);
    put_known(j, "field", f->where.field);
    json_key(j, S("id"));
    json_put_str(j, f->id);
    json_key(j, S("args"));
    json_open(j, '[');
    for (size_t i = 0; i < args_used(f); i++) json_put_str(j, f->arg[i]);
    json_close(j, ']');
    json_key(j, S("message"));
    json_put_str(j, fault_sentence(a, lang, f));
    json_close(j, '}');
}

static void tell_json(struct out *to, struct work *w, enum lang lang)
{
    struct buf b = buf_in(w->a);
    struct json_out j = json_to(&b, 1);
    json_open(&j, '{');
    json_key(&j, S("faults"));
    json_open(&j, '[');
    for (int64_t i = 0; i < w->faults.count && i < FAULTS_SHOWN; i++)
        put_fault(&j, w->a, lang, &w->faults.first[i]);
    json_close(&j, ']');
    json_key(&j, S("count"));
    json_put_int(&j, w->faults.count);
    json_close(&j, '}');
    buf_byte(&b, '\n');
    out_put(to, buf_str(&b));
}

static void tell_lines(struct out *to, struct work *w, enum lang lang)
{
    for (int64_t i = 0; i < w->faults.count && i < FAULTS_SHOWN; i++) {
        str line = fault_line(w->a, lang, &w->faults.first[i]);
        if (w->faults.first[i].where.file.n == 0) out_c(to, "meguri: ");
        out_put(to, line);
        out_c(to, "\n");
    }
    if (w->faults.count <= FAULTS_SHOWN) return;
    str more = str_int(w->a, w->faults.count - FAULTS_SHOWN);
    str line = tr_fill(w->a, lang, M("and %1 more"), &more, 1);
    out_put(to, line);
    out_c(to, "\n");
}

void faults_tell(struct out *to, struct work *w, enum lang lang, enum err err, bool json)
{
    if (w->faults.count == 0) fault_note(w, err, (struct where){0}, &plain_words[err], 1);
    if (json) tell_json(to, w, lang);
    else tell_lines(to, w, lang);
}
