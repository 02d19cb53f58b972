#include "depend/stored.h"

#include <string.h>

#include "depend/depend_store.h"

#define HIDDEN_NEED "operator-"

/* ---- which ---- */

static bool files_given(const struct args *in)
{
    for (int i = 0; i < MODEL_PARTS; i++)
        if (arg_file(in, model_part_names[i]) != NULL) return true;
    return false;
}

static str files_options(struct work *w, const struct args *in)
{
    struct buf b = buf_in(w->a);
    for (int i = 0; i < MODEL_PARTS; i++) {
        const struct file *f = arg_file(in, model_part_names[i]);
        if (f != NULL) buf_fmt(&b, " --%s %.*s", model_part_names[i], STR_ARG(f->name));
    }
    return buf_str(&b);
}

static enum err not_there(struct work *w, str code, int64_t version)
{
    struct where at = {.field = S("model")};
    if (version == 0)
        return fault_in(w, NOTFOUND, at, M("there is no model '%1' that you may see: `meguri depend models` lists those"), code);
    return fault_in(w, NOTFOUND, at, M("there is no version %2 of a model '%1' that you may see: `meguri depend models` lists those"), code,
                    str_int(w->a, version));
}

/* ---- room ---- */

/* Bytes beside the files, at most, of one service, need and row: as it is read (model.h, net.h), and in a run (cascade/spread_work.h). */
struct bytes_each {
    int64_t service, need, row;
};
static const struct bytes_each read_room = {260, 80, 24}, run_room = {200, 200, 20};
enum { FILE_COPIES = 3, RUN_LOG_ROOM = 8 << 20 }; /* a text that grows to n bytes takes up to 3 n */

static int64_t room_for(const struct bytes_each *r, int64_t services, int64_t needs, int64_t rows)
{
    return r->service * services + r->need * needs + r->row * rows;
}

/* Without it the process that shows the page would be replaced, and the reader told nothing but to come again. */
static enum err fits(struct work *w, int64_t bytes, int64_t services, int64_t rows)
{
    if ((uint64_t)bytes <= arena_left(w->a)) return OK;
    return fault_in(w, INVALID, ((struct where){.field = S("model")}),
                    M("the model has %1 services and %2 rows of suppliers: too many for this page. The same command on the command line has no such limit, and 'depend simulate' runs it and keeps what it found"),
                    str_int(w->a, services), str_int(w->a, rows));
}

static enum err fits_read(struct work *w, const struct stored_row *r)
{
    int64_t bytes = 0;
    enum err e = depend_files_size(w, r->s.version, &bytes);
    if (e != OK) return e;
    return fits(w, FILE_COPIES * bytes + room_for(&read_room, r->services, r->needs, r->suppliers), r->services, r->suppliers);
}

enum err stored_fits(struct work *w, const struct stored *s, unsigned runs)
{
    const struct net *net = &s->model->net;
    int64_t one = room_for(&run_room, net->n_services, net->n_needs, net->n_suppliers);
    return fits(w, one * runs + RUN_LOG_ROOM, net->n_services, net->n_suppliers);
}

/* What stands in the store was read by the same reader before it was kept. */
static enum err read_kept(struct work *w, struct stored *s, str hash)
{
    str bytes[MODEL_PARTS];
    struct model_files files = {0};
    enum err e = depend_files_of(w, s->version, bytes);
    if (e != OK) return e;
    for (int i = 0; i < MODEL_PARTS; i++)
        if (bytes[i].n != 0) files.file[i] = (struct file){.name = str_fmt(w->a, "%s.csv", model_part_names[i]), .bytes = bytes[i]};
    e = model_read(w, &files, &s->model);
    if (e == OK) s->model->hash = hash;
    return e;
}

static bool among(const str *sorted, size_t n, str code)
{
    size_t low = 0;
    while (n != 0) {
        size_t half = n / 2;
        int c = str_cmp(sorted[low + half], code);
        if (c == 0) return true;
        if (c < 0) {
            low += half + 1;
            n -= half + 1;
        } else {
            n = half;
        }
    }
    return false;
}

/* A service of an organisation is named only where its tie was found within sight. */
static enum err see_names(struct work *w, struct stored *s)
{
    str *seen;
    size_t n;
    if (s->model->given == 0) return OK;
    enum err e = depend_ties_seen(w, s->version, &seen, &n);
    if (e != OK) return e;
    if ((int64_t)n == s->model->given) return OK;
    s->named = arena_array(w->a, s->model->net.n_services, sizeof *s->named);
    for (uint32_t i = 0; i < s->model->net.n_services; i++)
        s->named[i] = s->model->service[i].org.n == 0 || among(seen, n, s->model->code[i]);
    return OK;
}

/* Nobody said which: the first, so that a page has something to show. */
static enum err first_seen(struct work *w, str *code)
{
    struct stored_row *all;
    size_t n;
    enum err e = depend_models_all(w, &all, &n);
    if (e != OK) return e;
    if (n == 0)
        return fault_in(w, NOTFOUND, ((struct where){.field = S("model")}),
                        M("there is no model that you may see: `meguri depend import` takes one in, also the illustration that ships (--example ten-sectors)"));
    *code = all[0].s.code;
    return OK;
}

/* ---- what would tell names by the way ---- */

static bool hidden(const struct stored *s, str code)
{
    uint32_t i = model_find(s->model, code);
    return i != NET_NONE && !s->named[i];
}

/* A need that was given no code has its supplier's. It gets one by its place among the needs of its service. */
static void hide_in_needs(struct work *w, struct stored *s)
{
    const struct net *net = &s->model->net;
    struct model_need *need = arena_array(w->a, (size_t)net->n_needs + 1, sizeof *need);
    memcpy(need, s->model->need, net->n_needs * sizeof *need);
    for (uint32_t i = 0; i < net->n_services; i++)
        for (uint32_t g = net->need_at[i]; g < net->need_at[i + 1]; g++) {
            if (!hidden(s, need[g].code)) continue;
            need[g].code = str_fmt(w->a, HIDDEN_NEED "%u", g - net->need_at[i] + 1);
            need[g].ja = tr(LANG_JA, M("a service of an operator"));
            need[g].en = tr(LANG_EN, M("a service of an operator"));
        }
    s->model->need = need;
}

static str without_hidden(struct work *w, const struct stored *s, str hits)
{
    struct buf b = buf_in(w->a);
    for (str one; str_cut(&hits, ' ', &one);) {
        bool hide = str_starts(one, S("service:")) && hidden(s, str_sub(one, strlen("service:"), one.n));
        if (one.n != 0) buf_fmt(&b, "%s%.*s", b.n == 0 ? "" : " ", STR_ARG(hide ? S("service:operator") : one));
    }
    return buf_str(&b);
}

static void hide(struct work *w, struct stored *s)
{
    if (s->named == NULL) return;
    hide_in_needs(w, s);
    for (size_t i = 0; i < s->model->n_threats; i++) s->model->threat[i].hits = without_hidden(w, s, s->model->threat[i].hits);
}

enum err stored_asked(struct work *w, const struct args *in, struct stored *out)
{
    enum err e = stored_whole(w, in, out);
    if (e == OK) hide(w, out);
    return e;
}

enum err stored_whole(struct work *w, const struct args *in, struct stored *out)
{
    struct stored_row row;
    struct stored files = {0};
    str code = arg_text(in, "model");
    int64_t version = arg_int(in, "version");
    struct where at = {.field = S("model")};
    const bool files_too = files_given(in);
    if (files_too && code.n != 0) return fault_in(w, INVALID, at, M("give either a model, or the files of one (services and suppliers at least)"));
    if (arg_given(in, "version") && (version < 1 || files_too))
        return fault_in(w, INVALID, ((struct where){.field = S("version")}), M("versions of a model are counted from 1"));
    if (files_too) {
        enum err e = model_given(w, in, &files.model);
        files.files = files_options(w, in);
        if (e == OK) *out = files;
        return e;
    }
    enum err e = code.n == 0 ? first_seen(w, &code) : OK;
    if (e == OK) e = depend_version_find(w, code, version, &row);
    if (e == NOTFOUND) return not_there(w, code, version);
    if (e == OK) e = fits_read(w, &row);
    if (e == OK) e = read_kept(w, &row.s, row.hash);
    if (e == OK) e = see_names(w, &row.s);
    if (e == OK) *out = row.s;
    return e;
}

/* ---- what of it is told ---- */

bool stored_named(const struct stored *s, uint32_t service) { return s->named == NULL || s->named[service]; }

struct cell stored_service_cell(const struct stored *s, uint32_t service)
{
    if (stored_named(s, service)) return model_service_cell(s->model, service);
    return enum_words_cell(S("operator"), M("a service of an operator"));
}

struct cell stored_need_cell(const struct stored *s, uint32_t need)
{
    if (s->named != NULL && hidden(s, s->model->need[need].code)) return enum_words_cell(S("operator"), M("a service of an operator"));
    return model_need_cell(s->model, need);
}

uint32_t stored_need_find(const struct stored *s, uint32_t service, str code)
{
    const struct net *net = &s->model->net;
    int64_t place = 0;
    uint32_t g = model_need_find(s->model, service, code);
    if (s->named == NULL) return g;
    if (g != NET_NONE) return hidden(s, code) ? NET_NONE : g;
    if (!str_starts(code, S(HIDDEN_NEED)) || !str_to_int(str_sub(code, strlen(HIDDEN_NEED), code.n), &place)) return NET_NONE;
    if (place < 1 || place > net->need_at[service + 1] - net->need_at[service]) return NET_NONE;
    g = net->need_at[service] + (uint32_t)place - 1;
    return hidden(s, s->model->need[g].code) ? g : NET_NONE;
}

enum err stored_service(struct work *w, const struct stored *s, str code, uint32_t *out)
{
    uint32_t i = model_find(s->model, code);
    if (i == NET_NONE || !stored_named(s, i))
        return fault(w, NOTFOUND, M("there is no service '%1' in this model that you may see: `meguri depend show` lists those"), code);
    *out = i;
    return OK;
}

void stored_told(const struct stored *s, struct doc *d)
{
    if (s->version == 0) {
        doc_note(d, M("run on files: nothing is kept"));
        return;
    }
    struct cell name = enum_named_cell(s->code, s->ja, s->en);
    doc_fact(d, "model", M("Model"), name);
    doc_fact(d, "version", M("Version"), C_INT(s->number));
    str hash = d->paged ? str_fmt(d->w->a, "%.*s…", 16, s->model->hash.p) : s->model->hash; /* programs compare it, people recognise it */
    doc_fact(d, "hash", M("Hash of the model"), C_TEXT(hash));
    if (s->illustration) doc_note(d, M("an illustration, made up to try it on: not the figures of any organisation"));
    if (s->number < s->newest) doc_note(d, M("not the newest version of this model"));
    if (s->named != NULL) doc_note(d, M("services of organisations whose figures are not for your post stand without their names"));
}
