#include "format/zip_write.h"

#include <assert.h>
#include <zlib.h>

enum {
    NAME_ROOM = 64,
    PIECE = 64 * 1024,
    LEVEL = 3,                /* of zlib: sheets shrink to a twelfth; level 6 takes twice the time for a tenth less */
    DATE_1980 = 0x21,         /* 1980-01-01, the first there is */
    FLAGS = 1 << 3 | 1 << 11, /* lengths follow the data; names are UTF-8 */
    DEFLATED = 8,
    NEEDS = 20,
};

struct member {
    char name[NAME_ROOM];
    uint32_t crc;
    uint64_t packed, plain, at;
};
struct zip {
    struct arena *a;
    struct zip_sink sink;
    struct member *member;
    size_t n, room;
    uint64_t written;
    bool open;
    z_stream z;
    unsigned char piece[PIECE];
};

static void *z_alloc(void *unused, unsigned n, unsigned size)
{
    (void)unused;
    return arena_malloc((size_t)n * size);
}

static void z_free(void *unused, void *p)
{
    (void)unused;
    free(p);
}

static void z_end(void *z) { deflateEnd(z); }

struct zip *zip_begin(struct arena *a, struct zip_sink sink)
{
    struct zip *zip = arena_alloc(a, sizeof *zip);
    zip->a = a;
    zip->sink = sink;
    zip->z.zalloc = z_alloc;
    zip->z.zfree = z_free;
    int rc = deflateInit2(&zip->z, LEVEL, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
    assert(rc == Z_OK);
    (void)rc;
    arena_closer(a, z_end, &zip->z);
    return zip;
}

static void put(struct zip *zip, str bytes)
{
    zip->sink.put(zip->sink.to, bytes);
    zip->written += bytes.n;
}

/* Numbers are little-endian; widths in bytes: "2 4" is one of two and one of four. */
static void put_numbers(struct zip *zip, const char *widths, const uint64_t *numbers)
{
    char bytes[64];
    size_t n = 0;
    for (size_t i = 0; widths[i] != '\0'; i++)
        for (int k = 0; k < widths[i] - '0'; k++) bytes[n++] = (char)(numbers[i] >> (8 * k));
    put(zip, (str){bytes, n});
}

static void pump(struct zip *zip, int flush)
{
    struct member *m = &zip->member[zip->n - 1];
    do {
        zip->z.next_out = zip->piece;
        zip->z.avail_out = PIECE;
        int rc = deflate(&zip->z, flush);
        assert(rc == Z_OK || rc == Z_STREAM_END || rc == Z_BUF_ERROR);
        (void)rc;
        size_t n = PIECE - zip->z.avail_out;
        m->packed += n;
        if (n != 0) put(zip, (str){(const char *)zip->piece, n});
    } while (zip->z.avail_out == 0);
}

static void end_member(struct zip *zip)
{
    if (!zip->open) return;
    struct member *m = &zip->member[zip->n - 1];
    zip->z.avail_in = 0;
    pump(zip, Z_FINISH);
    deflateReset(&zip->z);
    put_numbers(zip, "4444", (const uint64_t[]){0x08074b50, m->crc, m->packed, m->plain});
    zip->open = false;
}

void zip_member(struct zip *zip, str name)
{
    end_member(zip);
    assert(name.n < NAME_ROOM);
    if (zip->n == zip->room) {
        size_t room = zip->room == 0 ? 16 : zip->room * 2;
        zip->member = arena_grow(zip->a, zip->member, zip->n * sizeof *zip->member, room * sizeof *zip->member);
        zip->room = room;
    }
    struct member *m = &zip->member[zip->n++];
    *m = (struct member){.at = zip->written, .crc = (uint32_t)crc32(0, NULL, 0)};
    memcpy(m->name, name.p, name.n);
    put_numbers(zip, "42222244422",
                (const uint64_t[]){0x04034b50, NEEDS, FLAGS, DEFLATED, 0, DATE_1980, 0, 0, 0, name.n, 0});
    put(zip, name);
    zip->open = true;
}

void zip_put(struct zip *zip, str bytes)
{
    struct member *m = &zip->member[zip->n - 1];
    assert(zip->open);
    for (size_t at = 0; at < bytes.n; at += PIECE) {
        str piece = str_sub(bytes, at, at + PIECE);
        m->crc = (uint32_t)crc32(m->crc, (const Bytef *)piece.p, (uInt)piece.n);
        m->plain += piece.n;
        zip->z.next_in = (Bytef *)(uintptr_t)piece.p; /* zlib does not write there */
        zip->z.avail_in = (uInt)piece.n;
        pump(zip, Z_NO_FLUSH);
    }
}

bool zip_end(struct zip *zip)
{
    end_member(zip);
    uint64_t begin = zip->written;
    bool fits = begin < UINT32_MAX && zip->n < UINT16_MAX;
    for (size_t i = 0; i < zip->n; i++) {
        const struct member *m = &zip->member[i];
        str name = str_of(m->name);
        fits = fits && m->plain < UINT32_MAX;
        put_numbers(zip, "42222224442222244",
                    (const uint64_t[]){0x02014b50, NEEDS, NEEDS, FLAGS, DEFLATED, 0, DATE_1980, m->crc, m->packed,
                                       m->plain, name.n, 0, 0, 0, 0, 0, m->at});
        put(zip, name);
    }
    put_numbers(zip, "42222442", (const uint64_t[]){0x06054b50, 0, 0, zip->n, zip->n, zip->written - begin, begin, 0});
    return fits;
}
