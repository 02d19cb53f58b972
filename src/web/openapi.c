#include "web/openapi.h"

#include "format/json.h"
#include "surface/mount.h"

#define XLSX_MEDIA "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#define DOCX_MEDIA "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

struct writing {
    struct json_out j;
    struct buf b;
    struct arena *a;
    enum lang lang;
    const struct room *room;
    const struct entry *e;
};

/* ---- small words ---- */

static void member(struct writing *o, const char *key, str value)
{
    json_key(&o->j, str_of(key));
    json_put_str(&o->j, value);
}

static void object(struct writing *o, const char *key)
{
    json_key(&o->j, str_of(key));
    json_open(&o->j, '{');
}

static void shut(struct writing *o) { json_close(&o->j, '}'); }

/* JSON that is always the same, written with ' for ". */
static void fixed(struct writing *o, const char *json)
{
    str from = str_of(json);
    char *to = arena_alloc(o->a, from.n);
    for (size_t i = 0; i < from.n; i++) to[i] = from.p[i] == '\'' ? '"' : from.p[i];
    json_put_raw(&o->j, (str){to, from.n});
}

static void raw(struct writing *o, const char *key, const char *json)
{
    json_key(&o->j, str_of(key));
    fixed(o, json);
}

static str said(const struct writing *o, str id) { return tr(o->lang, id); }

static str join(struct writing *o, const char *between, const char *tail)
{
    bool plain = o->e->name[0] == '\0';
    return str_fmt(o->a, "%s%s%s%s", o->room->name, plain ? "" : between, o->e->name, tail);
}

/* ---- types ---- */

enum spot { IN_QUERY, IN_JSON, IN_FORM };

static void type_members(struct writing *o, const struct param *p, enum spot spot)
{
    static const char *const types[] = {
        [P_TEXT] = "{'type':'string','maxLength':65536}",
        [P_INT] = "{'type':'integer','format':'int64'}",
        [P_DATE] = "{'type':'string','format':'date'}",
        [P_CODE] = "{'type':'string','pattern':'^[A-Za-z0-9._/:-]{1,64}$'}",
        [P_ORG] = "{'$ref':'#/components/schemas/organisation'}",
    };
    if (p->type == P_FLAG) {
        fixed(o, spot == IN_JSON ? "{'type':'boolean'}" : "{'type':'string','enum':['1','0']}");
    } else if (p->type == P_FILE) {
        fixed(o, spot == IN_JSON ? "{'$ref':'#/components/schemas/file'}"
                                 : "{'type':'string','contentMediaType':'application/octet-stream'}");
    } else if (p->type != P_ENUM) {
        fixed(o, types[p->type]);
    } else {
        str rest = str_of(p->words), word;
        json_open(&o->j, '{');
        member(o, "type", S("string"));
        json_key(&o->j, S("enum"));
        json_open(&o->j, '[');
        while (str_cut(&rest, ' ', &word))
            if (word.n != 0) json_put_str(&o->j, word);
        json_close(&o->j, ']');
        shut(o);
    }
}

static void list_of_type(struct writing *o, const struct param *p, enum spot spot)
{
    if (!(p->flags & MANY)) {
        type_members(o, p, spot);
        return;
    }
    json_open(&o->j, '{');
    member(o, "type", S("array"));
    json_key(&o->j, S("items"));
    type_members(o, p, spot);
    shut(o);
}

static void map_of_type(struct writing *o, const struct param *p)
{
    json_open(&o->j, '{');
    member(o, "type", S("object"));
    json_key(&o->j, S("additionalProperties"));
    type_members(o, p, IN_JSON);
    shut(o);
}

/* ---- parameters of an address ---- */

static str param_words(struct writing *o, const struct param *p)
{
    struct buf b = buf_in(o->a);
    buf_add(&b, said(o, p->help));
    str fallback = str_of(p->fallback), choices = str_of(p->choices);
    if (fallback.n != 0) buf_add(&b, tr_fill(o->a, o->lang, M("; without it: %1"), &fallback, 1));
    if (choices.n != 0) buf_add(&b, tr_fill(o->a, o->lang, M("; listed by: %1"), &choices, 1));
    return buf_str(&b);
}

static void query_param(struct writing *o, const struct param *p)
{
    json_open(&o->j, '{');
    member(o, "name", p->flags & MAP ? str_fmt(o->a, "%s.KEY", p->name) : str_of(p->name));
    member(o, "in", S("query"));
    member(o, "description", param_words(o, p));
    if (p->flags & REQUIRED && !(p->flags & MAP)) raw(o, "required", "true");
    json_key(&o->j, S("schema"));
    list_of_type(o, p, IN_QUERY);
    shut(o);
}

static void query_params(struct writing *o)
{
    json_key(&o->j, S("parameters"));
    json_open(&o->j, '[');
    for (const struct param *p = o->e->params; p != NULL && p->name != NULL; p++)
        if (p->type != P_FILE) query_param(o, p); /* a file is given on the command line alone */
    json_close(&o->j, ']');
}

/* ---- bodies ---- */

static void required_names(struct writing *o)
{
    bool any = false;
    for (const struct param *p = o->e->params; p != NULL && p->name != NULL; p++)
        any = any || (p->flags & REQUIRED && !(p->flags & MAP));
    if (!any) return;
    json_key(&o->j, S("required"));
    json_open(&o->j, '[');
    for (const struct param *p = o->e->params; p != NULL && p->name != NULL; p++)
        if (p->flags & REQUIRED && !(p->flags & MAP)) json_put_str(&o->j, str_of(p->name));
    json_close(&o->j, ']');
}

/* JSON has a MAP as an object, a form as fields NAME.KEY. A description may stand beside a $ref in 3.1. */
static void body_schema(struct writing *o, enum spot spot)
{
    json_open(&o->j, '{');
    member(o, "type", S("object"));
    required_names(o);
    object(o, "properties");
    for (const struct param *p = o->e->params; p != NULL && p->name != NULL; p++) {
        if (p->flags & MAP && spot == IN_FORM) continue;
        json_key(&o->j, str_of(p->name));
        json_open(&o->j, '{');
        member(o, "description", param_words(o, p));
        json_key(&o->j, S("allOf"));
        json_open(&o->j, '[');
        p->flags &MAP ? map_of_type(o, p) : list_of_type(o, p, spot);
        json_close(&o->j, ']');
        if (p->flags & SECRET) raw(o, "writeOnly", "true");
        shut(o);
    }
    raw(o, "rehearse",
        spot == IN_JSON ? "{'$ref':'#/components/schemas/rehearse'}" : "{'type':'string','enum':['1','0']}");
    shut(o);
    object(o, "patternProperties");
    for (const struct param *p = o->e->params; p != NULL && p->name != NULL; p++) {
        if (!(p->flags & MAP)) continue;
        json_key(&o->j, str_fmt(o->a, "^%s\\.", p->name));
        type_members(o, p, spot);
    }
    shut(o);
    raw(o, "additionalProperties", "false");
    shut(o);
}

static bool takes_files(const struct entry *e)
{
    for (const struct param *p = e->params; p != NULL && p->name != NULL; p++)
        if (p->type == P_FILE) return true;
    return false;
}

static void body_of(struct writing *o, const char *media, enum spot spot)
{
    object(o, media);
    json_key(&o->j, S("schema"));
    body_schema(o, spot);
    shut(o);
}

static void request_body(struct writing *o)
{
    object(o, "requestBody");
    raw(o, "required", "true");
    object(o, "content");
    body_of(o, "application/json", IN_JSON);
    if (!takes_files(o->e)) body_of(o, "application/x-www-form-urlencoded", IN_FORM);
    body_of(o, "multipart/form-data", IN_FORM);
    shut(o);
    shut(o);
}

/* ---- operations ---- */

#define ANSWER(status, name) "'" status "':{'$ref':'#/components/responses/" name "'}"
#define REFUSALS                                                                                                       \
    "," ANSWER("400", "invalid") "," ANSWER("401", "unknown") "," ANSWER("403", "denied") "," ANSWER(                  \
        "404", "absent") "," ANSWER("503", "busy")
#define ACT_REFUSALS ANSWER("409", "conflict") "," ANSWER("413", "large")

/* Which rights open it: any one of them. */
static str rights_words(struct writing *o)
{
    struct buf b = buf_in(o->a);
    if (o->e->right == 0) return (str){0};
    buf_fmt(&b, "%s:", str_c(o->a, said(o, M("For posts that may"))));
    for (unsigned bit = 1, any = 0; bit <= MAY_LAST; bit <<= 1) {
        if (!(o->e->right & bit)) continue;
        buf_add(&b, any++ ? S(" / ") : S(" "));
        buf_add(&b, said(o, right_phrase(bit)));
    }
    return buf_str(&b);
}

static void operation(struct writing *o, const char *tail)
{
    str rights = rights_words(o);
    member(o, "operationId", join(o, "_", tail));
    member(o, "summary", said(o, o->e->title));
    if (rights.n != 0) member(o, "description", rights);
    json_key(&o->j, S("tags"));
    json_open(&o->j, '[');
    json_put_str(&o->j, str_of(o->room->name));
    json_close(&o->j, ']');
}

static void view_path(struct writing *o, const char *ext, const char *response)
{
    object(o, str_c(o->a, str_fmt(o->a, "/%s.%s", str_c(o->a, join(o, "/", "")), ext)));
    object(o, "get");
    operation(o, str_c(o->a, str_fmt(o->a, "_%s", ext)));
    query_params(o);
    raw(o, "responses", response);
    shut(o);
    shut(o);
}

static void view(struct writing *o)
{
    view_path(o, "json", "{" ANSWER("200", "doc") "," ANSWER("304", "same") REFUSALS "}");
    view_path(o, "csv", "{" ANSWER("200", "csv") "," ANSWER("304", "same") REFUSALS "}");
    view_path(o, "xlsx", "{" ANSWER("200", "xlsx") "," ANSWER("304", "same") REFUSALS "}");
    view_path(o, "docx", "{" ANSWER("200", "docx") "," ANSWER("304", "same") REFUSALS "}");
}

static void file(struct writing *o)
{
    object(o, str_c(o->a, str_fmt(o->a, "/%s", str_c(o->a, join(o, "/", "")))));
    object(o, "get");
    operation(o, "");
    query_params(o);
    str answer = str_fmt(o->a, "{'200':{'description':'OK','content':{'%s':{}}}" REFUSALS "}", o->e->media);
    raw(o, "responses", str_c(o->a, answer));
    shut(o);
    shut(o);
}

static void act(struct writing *o)
{
    object(o, str_c(o->a, str_fmt(o->a, "/%s", str_c(o->a, join(o, "/", "")))));
    object(o, "post");
    operation(o, "");
    raw(o, "parameters", "[{'$ref':'#/components/parameters/idempotency'}]");
    request_body(o);
    raw(o, "responses",
        o->e->flags & LONG ? "{" ANSWER("202", "begun") "," ACT_REFUSALS REFUSALS "}"
                           : "{" ANSWER("200", "doc") "," ANSWER("303", "onward") "," ACT_REFUSALS REFUSALS "}");
    shut(o);
    shut(o);
}

static void entry(struct writing *o)
{
    static void (*const write[])(struct writing *) = {[ENTRY_VIEW] = view, [ENTRY_ACT] = act, [ENTRY_FILE] = file};
    if (!(o->e->flags & LOCAL)) write[o->e->kind](o);
}

/* ---- what is common ---- */

static const char schemas[] =
    "{'organisation':{'type':'string','pattern':'^[A-Za-z0-9._/:-]{1,64}$'},"
    "'rehearse':{'type':'boolean','default':false},"
    "'file':{'type':'object','required':['name','base64'],'properties':{'name':{'type':'string'},"
    "'base64':{'type':'string','contentEncoding':'base64'}}},"
    "'doc':{'type':'object','required':['view','title','params','made','tables',"
    "'facts','texts','notes','provisional','handling'],'properties':{'view':{'type':'string'},"
    "'title':{'type':'string'},'params':{'type':'object'},'made':{'type':'string',"
    "'format':'date-time'},'tables':{'type':'array','items':{'$ref':'#/components/schemas/table'}},"
    "'facts':{'type':'object','additionalProperties':{'$ref':'#/components/schemas/cell'}},"
    "'texts':{'type':'array','items':{'type':'string'}},'notes':{'type':'array',"
    "'items':{'type':'string'}},'provisional':{'type':'boolean'},'handling':{'type':['string',"
    "'null']}}},"
    "'table':{'type':'object','required':['name','columns','rows'],'properties':{'name':{'type':'string'},"
    "'columns':{'type':'array','items':{'$ref':'#/components/schemas/column'}},"
    "'rows':{'type':'array','items':{'type':'object','additionalProperties':{'$ref':'#/components/schemas/cell'}}}}},"
    "'column':{'type':'object','required':['key','type','label'],'properties':{'key':{'type':'string'},"
    "'type':{'type':'string','enum':['text','int','rate','date','time','enum',"
    "'organisation','person','clause','bool']},'label':{'type':'string'}}},"
    "'task':{'type':'object','properties':{'task':{'type':'string'}}},"
    "'cell':{'type':['string','number','boolean','null']},"
    "'faults':{'type':'object','required':['faults','count'],'properties':{'count':{'type':['integer',"
    "'null']},'faults':{'type':'array','maxItems':20,'items':{'type':'object',"
    "'required':['id','args','message'],'properties':{'file':{'type':['string',"
    "'null']},'row':{'type':['integer','null']},'column':{'type':['integer',"
    "'null']},'field':{'type':['string','null']},'id':{'type':'string'},'args':{'type':'array',"
    "'items':{'type':'string'}},'message':{'type':'string'}}}}}}}";

/* An answer with content of a media type; schema NULL: bytes. */
static void response(struct writing *o, const char *name, str words, const char *media, const char *schema)
{
    object(o, name);
    member(o, "description", said(o, words));
    if (media != NULL) {
        object(o, "content");
        object(o, media);
        str ref = str_fmt(o->a, "{'$ref':'#/components/schemas/%s'}", schema == NULL ? "" : schema);
        if (schema != NULL) raw(o, "schema", str_c(o->a, ref));
        shut(o);
        shut(o);
    }
    shut(o);
}

static void responses(struct writing *o)
{
    static const struct {
        const char *name;
        str words;
        const char *media, *schema;
    } all[] = {
        {"doc", N("Done: what it tells"), "application/json", "doc"},
        {"csv", N("Its tables as CSV (UTF-8 with a byte order mark)"), "text/csv", NULL},
        {"xlsx", N("Its tables as a workbook"), XLSX_MEDIA, NULL},
        {"docx", N("All it tells as a text document"), DOCX_MEDIA, NULL},
        {"begun", N("A long act has begun: Location tells of its progress"), "application/json", "task"},
        {"onward", N("Done, for a form: go on at Location"), NULL, NULL},
        {"same", N("Nothing has changed since the ETag sent in If-None-Match"), NULL, NULL},
        {"invalid", N("What was sent is wrong: the faults say where"), "application/json", "faults"},
        {"unknown", N("Not signed in, or the token is not valid"), "application/json", "faults"},
        {"denied", N("The acting post may not do this here"), "application/json", "faults"},
        {"absent", N("There is no such thing, or not for this post"), "application/json", "faults"},
        {"conflict", N("It exists already, or was changed meanwhile"), "application/json", "faults"},
        {"large", N("The body is larger than is taken"), "application/json", "faults"},
        {"busy", N("Busy: nothing was changed; try again after Retry-After with the same Idempotency-Key"),
         "application/json", "faults"},
    };
    object(o, "responses");
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        response(o, all[i].name, all[i].words, all[i].media, all[i].schema);
    shut(o);
}

#define SCHEMES(cookie)                                                                                                \
    "{'token':{'type':'http','scheme':'bearer'},'session':{'type':'apiKey','in':'cookie','name':'" cookie "'}}"

static void components(struct writing *o, str url)
{
    object(o, "components");
    raw(o, "schemas", schemas);
    responses(o);
    object(o, "parameters");
    object(o, "idempotency");
    member(o, "name", S("Idempotency-Key"));
    member(o, "in", S("header"));
    member(o, "description", said(o, M("One key for one intent: an act sent twice under it is done once")));
    raw(o, "schema", "{'type':'string','minLength':1,'maxLength':255}");
    shut(o);
    shut(o);
    bool secure = str_starts(url, S("https:")); /* as web/signin.c names its cookie */
    raw(o, "securitySchemes", secure ? SCHEMES("__Host-meguri") : SCHEMES("meguri"));
    shut(o);
}

static void head(struct writing *o, str url)
{
    member(o, "openapi", S("3.1.0"));
    object(o, "info");
    member(o, "title", S("meguri"));
    member(o, "version", S(MEGURI_VERSION));
    member(o, "description",
           said(o, M("Every view and act, as the command line has them. Keys and codes are stable "
                     "English; labels and messages follow Accept-Language.")));
    shut(o);
    json_key(&o->j, S("servers"));
    json_open(&o->j, '[');
    json_open(&o->j, '{');
    member(o, "url", url.n == 0 ? S("/") : url);
    shut(o);
    json_close(&o->j, ']');
    raw(o, "security", "[{'token':[]},{'session':[]}]");
}

static void tags(struct writing *o)
{
    json_key(&o->j, S("tags"));
    json_open(&o->j, '[');
    for (const struct room *const *r = rooms; *r != NULL; r++) {
        json_open(&o->j, '{');
        member(o, "name", str_of((*r)->name));
        member(o, "description", said(o, (*r)->title));
        shut(o);
    }
    json_close(&o->j, ']');
}

/* Protocols with descriptions of their own: named here, no more. */
static void mounts(struct writing *o)
{
    json_key(&o->j, S("x-mounts"));
    json_open(&o->j, '[');
    for (const struct room *const *r = rooms; *r != NULL; r++)
        for (const struct mount *const *m = (*r)->mounts; m != NULL && *m != NULL; m++) {
            json_open(&o->j, '{');
            member(o, "path", str_of((*m)->path));
            member(o, "description", said(o, (*m)->title));
            shut(o);
        }
    json_close(&o->j, ']');
}

void openapi_write(struct out *out, struct arena *a, enum lang lang, str url)
{
    struct arena_mark mark = arena_mark(a);
    struct writing o = {.a = a, .lang = lang, .b = buf_in(a)};
    o.j = json_to(&o.b, 0);
    json_open(&o.j, '{');
    head(&o, url);
    tags(&o);
    object(&o, "paths");
    for (const struct room *const *r = rooms; *r != NULL; r++) {
        o.room = *r;
        for (size_t i = 0; i < o.room->n_entries; i++) {
            o.e = &o.room->entries[i];
            entry(&o);
        }
    }
    shut(&o);
    mounts(&o);
    components(&o, url);
    json_close(&o.j, '}');
    buf_byte(&o.b, '\n');
    out_put(out, buf_str(&o.b));
    arena_back(a, mark);
}
