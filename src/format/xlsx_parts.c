#include "format/xlsx_parts.h"

#include <expat.h>
#include <minizip/unzip.h>

enum { PIECE = 64 * 1024, LOCAL_HEADER = 30, STORED = 0, DEFLATED = 8 };

struct entry_of {
    str name;
    uint64_t from, until; /* of its header and data, in the file */
    uint64_t size;        /* unpacked, as the directory says */
    unz64_file_pos at;
};
struct parts {
    struct work *w;
    str name, bytes;
    uint64_t place; /* of the reader in bytes */
    unzFile zip;
    struct entry_of *entry;
    size_t n;
    uint64_t unpacked;
};

/* ---- the archive reads from memory ---- */

static voidpf mem_open(voidpf to, const void *path, int mode)
{
    (void)path, (void)mode;
    return to;
}

static uLong mem_read(voidpf to, voidpf stream, void *out, uLong size)
{
    struct parts *p = to;
    (void)stream;
    uint64_t left = p->place > p->bytes.n ? 0 : p->bytes.n - p->place;
    size_t n = size < left ? (size_t)size : (size_t)left;
    if (n != 0) memcpy(out, p->bytes.p + p->place, n);
    p->place += n;
    return (uLong)n;
}

static uLong mem_write(voidpf to, voidpf stream, const void *from, uLong size)
{
    (void)to, (void)stream, (void)from, (void)size;
    return 0;
}

static ZPOS64_T mem_tell(voidpf to, voidpf stream)
{
    (void)stream;
    return ((struct parts *)to)->place;
}

static long mem_seek(voidpf to, voidpf stream, ZPOS64_T offset, int origin)
{
    struct parts *p = to;
    (void)stream;
    uint64_t base = origin == ZLIB_FILEFUNC_SEEK_CUR ? p->place : origin == ZLIB_FILEFUNC_SEEK_END ? p->bytes.n : 0;
    if (offset > p->bytes.n || base + offset > p->bytes.n) return -1;
    p->place = base + offset;
    return 0;
}

static int mem_close(voidpf to, voidpf stream)
{
    (void)to, (void)stream;
    return 0;
}

static void close_zip(void *to)
{
    struct parts *p = to;
    if (p->zip != NULL) unzClose(p->zip);
}

/* ---- what is refused ---- */

#define told(p, err, ...) fault_in((p)->w, err, ((struct where){.file = (p)->name}), __VA_ARGS__)

static str folded(struct arena *a, str s)
{
    char *c = arena_array(a, s.n + 1, 1);
    for (size_t i = 0; i < s.n; i++) c[i] = (char)(s.p[i] >= 'A' && s.p[i] <= 'Z' ? s.p[i] + 32 : s.p[i]);
    return (str){c, s.n};
}

/* OPC part names (ECMA-376 Part 2 §6.2.2): no empty or dotted segments, nothing absolute; here no backslash either. */
static bool name_fits(str name)
{
    if (name.n == 0 || name.n > PART_NAME_MAX || name.p[0] == '/') return false;
    for (size_t i = 0; i < name.n; i++)
        if (name.p[i] == '\\' || name.p[i] == ':' || (unsigned char)name.p[i] < 0x20) return false;
    for (str rest = name, one; str_cut(&rest, '/', &one);)
        if (str_eq(one, S("..")) || str_eq(one, S("."))) return false;
    return true;
}

static enum err content_refused(struct parts *p, str name)
{
    static const struct {
        str part;
        str why;
    } refused[] = {
        {S_INIT("vbaproject"), S_INIT("the workbook holds macros: save it as .xlsx, without them")},
        {S_INIT("xl/macrosheets/"), S_INIT("the workbook holds macros: save it as .xlsx, without them")},
        {S_INIT("xl/externallinks/"),
         S_INIT("the workbook has links to other workbooks: break them and save it again")},
        {S_INIT("xl/embeddings/"), S_INIT("the workbook holds embedded objects: remove them and save it again")},
        {S_INIT("xl/activex/"), S_INIT("the workbook holds embedded objects: remove them and save it again")},
        {S_INIT("xl/workbook.bin"), S_INIT("a binary workbook (.xlsb): save it as .xlsx")},
    };
    str low = folded(p->w->a, name);
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        if (str_find(low, refused[i].part) >= 0) return told(p, INVALID, refused[i].why);
    return OK;
}

static enum err sizes_fit(struct parts *p, const unz_file_info64 *info, str name, uint64_t *claimed)
{
    uint64_t big = info->uncompressed_size, packed = info->compressed_size;
    if ((info->flag & 1) != 0) return told(p, INVALID, M("the workbook is encrypted: save it without a password"));
    if (info->compression_method != STORED && info->compression_method != DEFLATED)
        return told(p, INVALID, M("part '%1' is packed in a way that workbooks do not use"), name);
    if (big > PARTS_BYTES_MAX || (*claimed += big) > PARTS_BYTES_MAX)
        return told(p, BUSY, M("unpacked, the workbook is larger than %1 MB: split it"),
                    str_int(p->w->a, PARTS_BYTES_MAX >> 20));
    if (big > PART_SMALL && big / (packed + 1) > PART_RATIO_MAX)
        return told(p, INVALID,
                    M("part '%1' unpacks to more than %2 times its size: this is no spreadsheet that was filled in"),
                    name, str_int(p->w->a, PART_RATIO_MAX));
    return OK;
}

static enum err damaged(struct parts *p, str part)
{
    if (part.n == 0) return told(p, INVALID, M("the file is damaged, or is no workbook (.xlsx)"));
    return told(p, INVALID, M("part '%1' of the workbook is damaged"), part);
}

/* ---- the directory ---- */

static enum err add_entry(struct parts *p, uint64_t *claimed)
{
    char name[PART_NAME_MAX + 2] = "";
    unz_file_info64 info;
    struct entry_of *e = &p->entry[p->n];
    if (unzGetCurrentFileInfo64(p->zip, &info, name, sizeof name - 1, NULL, 0, NULL, 0) != UNZ_OK)
        return damaged(p, (str){0});
    str said = {name, info.size_filename > PART_NAME_MAX + 1 ? PART_NAME_MAX + 1 : info.size_filename};
    if (!name_fits(said) || memchr(name, 0, said.n) != NULL)
        return told(p, INVALID, M("the archive has an entry whose name no workbook has"));
    enum err err = content_refused(p, said);
    if (err == OK) err = sizes_fit(p, &info, said, claimed);
    if (err != OK) return err;
    e->name = str_dup(p->w->a, said);
    if (unzOpenCurrentFile(p->zip) != UNZ_OK) return damaged(p, e->name); /* compares its header with the directory */
    uint64_t data = unzGetCurrentFileZStreamPos64(p->zip);
    unzCloseCurrentFile(p->zip);
    if (data < LOCAL_HEADER + said.n || info.compressed_size > p->bytes.n || data > p->bytes.n - info.compressed_size)
        return damaged(p, e->name);
    e->size = info.uncompressed_size;
    e->from = data - LOCAL_HEADER - said.n;
    e->until = data + info.compressed_size;
    if (unzGetFilePos64(p->zip, &e->at) != UNZ_OK) return damaged(p, e->name);
    p->n++;
    return OK;
}

static int by_place(const void *a, const void *b)
{
    const struct entry_of *x = a, *y = b;
    return (x->from > y->from) - (x->from < y->from);
}

static int by_name(const void *a, const void *b) { return str_cmp(*(const str *)a, *(const str *)b); }

static enum err entries_apart(struct parts *p)
{
    qsort(p->entry, p->n, sizeof *p->entry, by_place);
    str *names = arena_array(p->w->a, p->n + 1, sizeof *names);
    for (size_t i = 0; i < p->n; i++) {
        names[i] = folded(p->w->a, p->entry[i].name);
        if (i > 0 && p->entry[i].from < p->entry[i - 1].until)
            return told(p, INVALID, M("entries of the archive overlap: no program that writes workbooks does this"));
    }
    qsort(names, p->n, sizeof *names, by_name);
    for (size_t i = 1; i < p->n; i++)
        if (str_eq(names[i], names[i - 1]))
            return told(p, INVALID, M("part '%1' stands in the archive twice"), names[i]);
    return OK;
}

static enum err read_directory(struct parts *p)
{
    unz_global_info64 all;
    uint64_t claimed = 0;
    if (unzGetGlobalInfo64(p->zip, &all) != UNZ_OK || all.number_entry == 0) return damaged(p, (str){0});
    if (all.number_entry > PARTS_MAX)
        return told(p, INVALID, M("the archive has more than %1 entries: this is no workbook"),
                    str_int(p->w->a, PARTS_MAX));
    p->entry = arena_array(p->w->a, all.number_entry, sizeof *p->entry);
    int rc = unzGoToFirstFile(p->zip);
    enum err e = OK;
    while (rc == UNZ_OK && e == OK && p->n < all.number_entry) {
        e = add_entry(p, &claimed);
        if (e == OK) rc = unzGoToNextFile(p->zip);
    }
    if (e == OK && (p->n != all.number_entry || rc != UNZ_END_OF_LIST_OF_FILE)) e = damaged(p, (str){0});
    return e == OK ? entries_apart(p) : e;
}

enum err parts_open(struct work *w, str name, str bytes, struct parts **out)
{
    struct parts *p = arena_alloc(w->a, sizeof *p);
    *p = (struct parts){.w = w, .name = name, .bytes = bytes};
    if (str_starts(bytes, S("\xD0\xCF\x11\xE0")))
        return told(p, INVALID,
                    M("an old workbook (.xls), or one with a password: save it as .xlsx, without a password"));
    if (!str_starts(bytes, S("PK\3\4"))) return damaged(p, (str){0});
    zlib_filefunc64_def io = {mem_open, mem_read, mem_write, mem_tell, mem_seek, mem_close, mem_close, p};
    p->zip = unzOpen2_64("", &io);
    arena_closer(w->a, close_zip, p);
    if (p->zip == NULL) return damaged(p, (str){0});
    enum err e = read_directory(p);
    if (e == OK) *out = p;
    return e;
}

static const struct entry_of *find_part(const struct parts *p, str path)
{
    for (size_t i = 0; i < p->n; i++)
        if (str_eq(p->entry[i].name, path)) return &p->entry[i];
    return NULL;
}

bool parts_has(const struct parts *p, str path) { return find_part(p, path) != NULL; }

/* ---- XML ---- */

struct part {
    struct parts *p;
    str path;
    XML_Parser xml;
    const struct part_hands *hands;
    void *to;
    int depth, skipped; /* skipped: depth of the element passed over, 0 none */
    size_t silent;      /* bytes given to the parser since it last said something */
    enum err err;
};

void part_stop(struct part *x, enum err err)
{
    if (x->err == OK) x->err = err;
    XML_StopParser(x->xml, XML_FALSE);
}

/* "namespace|local" → local; NULL for namespaces that are not ours to read. */
static const char *local_name(const char *name)
{
    static const char *const ours[] = {
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main", /* ISO 29500 strict */
        "http://schemas.openxmlformats.org/package/2006/relationships",
        "http://schemas.openxmlformats.org/package/2006/content-types",
    };
    const char *at = strrchr(name, '|');
    if (at == NULL) return NULL;
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
        if (strlen(ours[i]) == (size_t)(at - name) && memcmp(ours[i], name, (size_t)(at - name)) == 0) return at + 1;
    return NULL;
}

str part_attr(const char *const *attr, const char *local)
{
    for (; attr[0] != NULL; attr += 2) {
        const char *at = strrchr(attr[0], '|');
        if (strcmp(at == NULL ? attr[0] : at + 1, local) == 0) return str_of(attr[1]);
    }
    return (str){0};
}

static void on_open(void *to, const char *name, const char **attr)
{
    struct part *x = to;
    x->silent = 0;
    if (x->err != OK) return;
    if (++x->depth > PART_DEPTH_MAX) {
        part_stop(x, told(x->p, INVALID, M("part '%1' nests deeper than %2 elements"), x->path,
                          str_int(x->p->w->a, PART_DEPTH_MAX)));
        return;
    }
    const char *local = local_name(name);
    if (x->skipped == 0 && local == NULL) x->skipped = x->depth;
    if (x->skipped == 0) x->hands->open(x->to, x, local, (const char *const *)attr);
}

static void on_close(void *to, const char *name)
{
    struct part *x = to;
    x->silent = 0;
    if (x->err != OK) return;
    if (x->skipped == 0) x->hands->close(x->to, x, local_name(name));
    if (x->skipped == x->depth) x->skipped = 0;
    x->depth--;
}

static void on_text(void *to, const char *text, int n)
{
    struct part *x = to;
    x->silent = 0;
    if (x->err == OK && x->skipped == 0 && x->hands->text != NULL) x->hands->text(x->to, x, (str){text, (size_t)n});
}

static void on_doctype(void *to, const char *name, const char *system, const char *public, int inside)
{
    struct part *x = to;
    (void)name, (void)system, (void)public, (void)inside;
    part_stop(x, told(x->p, INVALID, M("part '%1' declares a document type, which no workbook has"), x->path));
}

/* libexpat's own allocator answers NULL when memory is out; ours ends the work instead (base/arena.h). */
static void *more_memory(void *old, size_t n)
{
    void *p = realloc(old, n);
    return p == NULL && n != 0 ? arena_malloc(n) : p;
}

static void free_parser(void *xml) { XML_ParserFree(xml); }

static enum err feed(struct part *x, const char *bytes, size_t n, bool last)
{
    x->silent += n;
    enum XML_Status status = XML_Parse(x->xml, bytes, (int)n, last);
    if (x->err != OK) return x->err;
    if (status == XML_STATUS_OK && x->silent > PART_WORD_MAX)
        return told(x->p, INVALID, M("part '%1' holds a word longer than %2 bytes"), x->path,
                    str_int(x->p->w->a, PART_WORD_MAX));
    if (status == XML_STATUS_OK) return OK;
    return told(x->p, INVALID, M("part '%1' is no good XML at its line %2: %3"), x->path,
                str_int(x->p->w->a, (int64_t)XML_GetCurrentLineNumber(x->xml)),
                str_of(XML_ErrorString(XML_GetErrorCode(x->xml))));
}

/* To the very end, also when the parser has seen enough: only then is the checksum known. */
static enum err unpack(struct part *x, uint64_t size)
{
    struct parts *p = x->p;
    uint64_t before = p->unpacked;
    char *piece = arena_malloc(PIECE);
    enum err e = OK;
    int n = 0;
    while (e == OK && (n = unzReadCurrentFile(p->zip, piece, PIECE)) > 0) {
        p->unpacked += (uint64_t)n;
        if (p->unpacked > PARTS_BYTES_MAX)
            e = told(p, BUSY, M("unpacked, the workbook is larger than %1 MB: split it"),
                     str_int(p->w->a, PARTS_BYTES_MAX >> 20));
        if (e == OK) e = feed(x, piece, (size_t)n, false);
    }
    free(piece);
    if (e == OK && n < 0) e = damaged(p, x->path);
    int rc = unzCloseCurrentFile(p->zip);
    if (e == OK && (rc != UNZ_OK || p->unpacked - before != size)) e = damaged(p, x->path);
    return e == OK ? feed(x, "", 0, true) : e;
}

enum err parts_parse(struct parts *p, str path, const struct part_hands *hands, void *to)
{
    static const XML_Memory_Handling_Suite memory = {arena_malloc, more_memory, free};
    const struct entry_of *entry = find_part(p, path);
    if (entry == NULL) return told(p, INVALID, M("part '%1' of the workbook is missing"), path);
    struct part x = {.p = p, .path = path, .hands = hands, .to = to};
    if (unzGoToFilePos64(p->zip, &entry->at) != UNZ_OK || unzOpenCurrentFile(p->zip) != UNZ_OK) return damaged(p, path);
    struct arena *a = arena_new(0); /* closes the parser, whatever happens */
    x.xml = XML_ParserCreate_MM(NULL, &memory, "|");
    arena_closer(a, free_parser, x.xml);
    XML_SetUserData(x.xml, &x);
    XML_SetElementHandler(x.xml, on_open, on_close);
    XML_SetCharacterDataHandler(x.xml, on_text);
    XML_SetStartDoctypeDeclHandler(x.xml, on_doctype);
    enum err e = unpack(&x, entry->size);
    arena_free(a);
    return e;
}
