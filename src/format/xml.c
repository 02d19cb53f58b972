#include "format/xml.h"

#include <expat.h>
#include <string.h>

/* Between a namespace and a name; a name has none in it, so the last one parts them. */
#define PARTING '\n'
enum { CHUNK = 64 * 1024 };

struct xml {
    struct work *w;
    str name;
    XML_Parser parser;
    const struct xml_events *on;
    void *to;
    const XML_Char **attributes;
    size_t depth;
    enum err err;   /* what ended the reading */
    bool ended;     /* told to stop; expat may still hand over an event */
};

struct where xml_where(const struct xml *x)
{
    return (struct where){.file = x->name, .row = (int64_t)XML_GetCurrentLineNumber(x->parser),
                          .column = (int64_t)XML_GetCurrentColumnNumber(x->parser) + 1};
}

size_t xml_depth(const struct xml *x) { return x->depth; }

str xml_attribute(const struct xml *x, const char *local)
{
    for (size_t i = 0; x->attributes != NULL && x->attributes[i] != NULL; i += 2)
        if (strcmp(x->attributes[i], local) == 0) return str_of(x->attributes[i + 1]);
    return (str){"", 0};
}

static void stop(struct xml *x, enum err err)
{
    if (x->ended) return;
    x->ended = true;
    x->err = err;
    XML_StopParser(x->parser, XML_FALSE);
}

static struct xml_name name_of(const XML_Char *name)
{
    const char *at = strrchr(name, PARTING);
    if (at == NULL) return (struct xml_name){{"", 0}, str_of(name)};
    return (struct xml_name){{name, (size_t)(at - name)}, str_of(at + 1)};
}

/* ---- events ---- */

static void XMLCALL on_start(void *to, const XML_Char *name, const XML_Char **attributes)
{
    struct xml *x = to;
    size_t n = 0;
    if (x->ended) return;
    while (attributes[n] != NULL) n++;
    x->depth++;
    if (x->depth > XML_DEPTH_MAX || n / 2 > XML_ATTRIBUTES_MAX) {
        stop(x, fault_in(x->w, INVALID, xml_where(x),
                         M("more than %1 elements inside each other, or %2 attributes of one: no such file is read"),
                         str_int(x->w->a, XML_DEPTH_MAX), str_int(x->w->a, XML_ATTRIBUTES_MAX)));
        return;
    }
    x->attributes = attributes;
    enum err e = x->on->start(x->to, x, name_of(name));
    x->attributes = NULL;
    if (e != OK) stop(x, e);
}

static void XMLCALL on_end(void *to, const XML_Char *name)
{
    struct xml *x = to;
    if (x->ended) return;
    enum err e = x->on->end(x->to, x, name_of(name));
    x->depth--;
    if (e != OK) stop(x, e);
}

static void XMLCALL on_text(void *to, const XML_Char *text, int n)
{
    struct xml *x = to;
    enum err e = x->ended ? OK : x->on->text(x->to, x, (str){text, (size_t)n});
    if (e != OK) stop(x, e);
}

static void XMLCALL on_doctype(void *to, const XML_Char *name, const XML_Char *system, const XML_Char *public, int inside)
{
    struct xml *x = to;
    (void)name, (void)system, (void)public, (void)inside;
    if (!x->ended)
        stop(x, fault_in(x->w, INVALID, xml_where(x),
                         M("a document type definition (DOCTYPE) stands here: such files are not read, since it can make "
                           "a small file large or fetch others")));
}

/* ---- reading ---- */

static void release(void *to) { XML_ParserFree(to); }

static XML_Parser parser_of(struct xml *x)
{
    XML_Parser p = XML_ParserCreateNS(NULL, PARTING);
    if (p == NULL) return NULL;
    arena_closer(x->w->a, release, p);
    XML_SetUserData(p, x);
    XML_SetElementHandler(p, on_start, on_end);
    if (x->on->text != NULL) XML_SetCharacterDataHandler(p, on_text);
    XML_SetStartDoctypeDeclHandler(p, on_doctype);
    XML_SetParamEntityParsing(p, XML_PARAM_ENTITY_PARSING_NEVER);
    return p;
}

static enum err not_well_formed(struct xml *x)
{
    enum XML_Error why = XML_GetErrorCode(x->parser);
    if (why == XML_ERROR_NO_MEMORY) return fault(x->w, BUSY, M("the machine is out of memory; nothing was changed"));
    if (why == XML_ERROR_UNKNOWN_ENCODING || why == XML_ERROR_INCORRECT_ENCODING)
        return fault_in(x->w, INVALID, xml_where(x), M("the file is not in the encoding it names: write it as UTF-8"));
    if (why == XML_ERROR_NO_ELEMENTS || why == XML_ERROR_UNCLOSED_TOKEN || why == XML_ERROR_UNCLOSED_CDATA_SECTION)
        return fault_in(x->w, INVALID, xml_where(x), M("the file ends too early: it was cut off, or is empty"));
    return fault_in(x->w, INVALID, xml_where(x), M("not well-formed XML (%1)"), str_of(XML_ErrorString(why)));
}

/* What expat holds back is a tag or comment that has not ended yet: it looks through it again with each piece, and keeps
 * it in memory. So its length has a limit. */
static enum err too_long(struct xml *x, size_t fed)
{
    XML_Index at = XML_GetCurrentByteIndex(x->parser);
    if (at < 0 || fed - (size_t)at <= XML_TOKEN_MAX) return OK;
    return fault_in(x->w, INVALID, xml_where(x), M("a tag or comment of more than %1 bytes begins here"),
                    str_int(x->w->a, XML_TOKEN_MAX));
}

static enum err feed(struct xml *x, str bytes)
{
    size_t at = 0;
    do {
        size_t n = bytes.n - at < CHUNK ? bytes.n - at : CHUNK;
        enum XML_Status status = XML_Parse(x->parser, bytes.p + at, (int)n, at + n == bytes.n);
        if (x->ended) return x->err;
        if (status != XML_STATUS_OK) return not_well_formed(x);
        at += n;
        enum err e = at < bytes.n ? too_long(x, at) : OK;
        if (e != OK) return e;
        work_progress(x->w, M("reading the file"), (int64_t)at, (int64_t)bytes.n);
    } while (at < bytes.n);
    return OK;
}

enum err xml_read(struct work *w, str name, str bytes, const struct xml_events *on, void *to)
{
    struct xml *x = arena_alloc(w->a, sizeof *x);
    *x = (struct xml){.w = w, .name = name, .on = on, .to = to};
    x->parser = parser_of(x);
    if (x->parser == NULL) return fault(w, BUSY, M("the machine is out of memory; nothing was changed"));
    if (bytes.n == 0) return fault_in(w, INVALID, ((struct where){.file = name, .row = 1, .column = 1}),
                                      M("the file ends too early: it was cut off, or is empty"));
    return feed(x, bytes);
}
