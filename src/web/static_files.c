#include "web/static_files.h"

#include "base/embed.h"
#include "base/hash.h"

static const str folder = S_INIT("src/web/static/");

static const char *media_of(str name)
{
    static const struct {
        str end;
        const char *media;
    } types[] = {
        {S_INIT(".css"), "text/css; charset=utf-8"},
        {S_INIT(".js"), "text/javascript; charset=utf-8"},
        {S_INIT(".svg"), "image/svg+xml"},
        {S_INIT(".png"), "image/png"},
        {S_INIT(".ico"), "image/x-icon"},
        {S_INIT(".woff2"), "font/woff2"},
        {S_INIT(".txt"), "text/plain; charset=utf-8"},
    };
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (str_ends(name, types[i].end)) return types[i].media;
    return "application/octet-stream";
}

struct static_files static_files_load(struct arena *a)
{
    struct static_files all = {NULL, 0};
    size_t n = 0;
    for (const struct embedded *e = embedded_files; e->path != NULL; e++) n += str_starts(str_of(e->path), folder);
    all.file = arena_array(a, n + 1, sizeof *all.file);
    for (const struct embedded *e = embedded_files; e->path != NULL; e++) {
        str path = str_of(e->path);
        if (!str_starts(path, folder)) continue;
        struct static_file *f = &all.file[all.n++];
        *f = (struct static_file){.name = str_sub(path, folder.n, path.n), .bytes = e->bytes};
        f->hash = sha256_hex(a, e->bytes);
        f->etag = str_fmt(a, "\"%.*s\"", STATIC_VERSION * 2, f->hash.p);
        f->media = media_of(f->name);
    }
    return all;
}

const struct static_file *static_file_find(const struct static_files *all, str name)
{
    for (size_t i = 0; i < all->n; i++)
        if (str_eq(all->file[i].name, name)) return &all->file[i];
    return NULL;
}

str static_version(struct arena *a, str name)
{
    str bytes, path = str_fmt(a, "%.*s%.*s", STR_ARG(folder), STR_ARG(name));
    if (!embedded_find(path, &bytes)) return S("");
    return str_sub(sha256_hex(a, bytes), 0, STATIC_VERSION);
}

bool static_is_version(const struct static_file *f, str query)
{
    if (!str_starts(query, S("v="))) return false;
    str given = str_sub(query, 2, query.n);
    return given.n >= STATIC_VERSION && str_starts(f->hash, given);
}
