#include "cli/options.h"

#include "base/utf8.h"
#include "cli/files.h"

const struct global globals[] = {
    {"db", true, N("the database: a file, or postgresql://…; MEGURI_DB in the environment, else meguri.db")},
    {"as", true, N("act as PERSON or PERSON/POST; without it as the owner of the database")},
    {"lang", true, N("ja or en; without it as LANG says")},
    {"format", true, N("table, json, csv, xlsx or docx")},
    {"out", true, N("write to this file, whole or not at all; .json, .csv, .xlsx or .docx at its end says the format")},
    {"dry-run", false, N("do everything, show it, change nothing")},
    {"help", false, N("tell about this command")},
    {"version", false, N("tell the version")},
    {0},
};

/* ---- the nearest name ---- */

enum { NAME_MAX_COMPARED = 64 };

static size_t smaller(size_t a, size_t b) { return a < b ? a : b; }

/* Edit distance with one row kept (Wagner and Fischer 1974). */
static size_t distance(str a, str b)
{
    size_t row[NAME_MAX_COMPARED + 1];
    for (size_t k = 0; k <= b.n; k++) row[k] = k;
    for (size_t i = 1; i <= a.n; i++) {
        size_t corner = row[0];
        row[0] = i;
        for (size_t k = 1; k <= b.n; k++) {
            size_t change = corner + (a.p[i - 1] != b.p[k - 1]);
            corner = row[k];
            row[k] = smaller(change, smaller(row[k], row[k - 1]) + 1);
        }
    }
    return row[b.n];
}

void nearest_try(struct nearest *n, str name)
{
    if (name.n == 0 || name.n > NAME_MAX_COMPARED || n->typed.n > NAME_MAX_COMPARED) return;
    size_t d = distance(n->typed, name), most = n->typed.n < 4 ? 1 : 2 + n->typed.n / 8;
    bool begins = n->typed.n >= 3 && str_starts(name, n->typed);
    if (begins) d = 1;
    if (d > most || (n->best.n != 0 && d >= n->distance)) return;
    n->best = name;
    n->distance = d;
}

static enum err not_known(struct work *w, str plain, str with_hint, str typed, str other, str hint)
{
    return hint.n == 0 ? fault(w, INVALID, plain, typed, other) : fault(w, INVALID, with_hint, typed, other, hint);
}

/* ---- globals ---- */

static enum lang lang_of_environment(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        str value = str_of(getenv(names[i]));
        if (value.n != 0) return str_starts(value, S("ja")) ? LANG_JA : LANG_EN;
    }
    return LANG_EN;
}

static enum err take_lang(struct work *w, str value, struct options *o)
{
    if (!str_eq(value, S("ja")) && !str_eq(value, S("en")))
        return fault(w, INVALID, M("--lang is ja or en, not '%1'"), value);
    o->lang = str_eq(value, S("ja")) ? LANG_JA : LANG_EN;
    return OK;
}

static enum err take_format(struct work *w, str value, struct options *o)
{
    for (const struct format *const *f = formats; *f != NULL; f++) {
        if (!str_eq(value, str_of((*f)->name))) continue;
        o->format = *f;
        o->format_given = true;
        return OK;
    }
    return fault(w, INVALID, M("--format is table, json, csv, xlsx or docx, not '%1'"), value);
}

static enum err take_global(struct work *w, const struct global *g, str value, struct options *o)
{
    str name = str_of(g->name);
    if (value.n == 0 && g->takes_value) return fault(w, INVALID, M("--%1 is empty: is a variable of the script not set?"), name);
    if (str_eq(name, S("lang"))) return take_lang(w, value, o);
    if (str_eq(name, S("format"))) return take_format(w, value, o);
    if (str_eq(name, S("db"))) o->db = value;
    if (str_eq(name, S("as"))) o->as = value;
    if (str_eq(name, S("out"))) o->out = value;
    if (str_eq(name, S("dry-run"))) o->dry_run = true;
    if (str_eq(name, S("help"))) o->help = true;
    if (str_eq(name, S("version"))) o->version = true;
    return OK;
}

static const struct global *global_find(str name)
{
    for (const struct global *g = globals; g->name != NULL; g++)
        if (str_eq(str_of(g->name), name)) return g;
    return NULL;
}

/* ---- words ---- */

struct reading {
    struct work *w;
    int argc, at;
    char *const *argv;
    struct options *o;
};

static enum err take_room(struct reading *r, str word)
{
    if (str_eq(word, S("help"))) {
        r->o->help = true;
        return OK;
    }
    r->o->room = room_find(word);
    if (r->o->room != NULL) return OK;
    struct nearest near = {.typed = word};
    for (const struct room *const *room = rooms; *room != NULL; room++) nearest_try(&near, str_of((*room)->name));
    return not_known(r->w, M("there is no room '%1'; `meguri` alone lists them"),
                     M("there is no room '%1'; did you mean '%3'?"), word, S(""), near.best);
}

static enum err take_entry(struct reading *r, str word)
{
    const struct room *room = r->o->room;
    r->o->entry = entry_find(room, word);
    if (r->o->entry != NULL) return OK;
    struct nearest near = {.typed = word};
    for (size_t i = 0; i < room->n_entries; i++) nearest_try(&near, str_of(room->entries[i].name));
    return not_known(r->w, M("'%2' has no '%1'; `meguri %2` lists what it has"),
                     M("'%2' has no '%1'; did you mean '%3'?"), word, str_of(room->name), near.best);
}

static enum err take_word(struct reading *r, str word)
{
    if (r->o->room == NULL) return take_room(r, word);
    if (r->o->entry == NULL) return take_entry(r, word);
    return fault(r->w, INVALID, M("'%1' stands alone: a value follows its parameter, as in --NAME VALUE"), word);
}

/* `meguri rebuild --x`: a room that is its own entry. */
static const struct entry *entry_meant(const struct options *o)
{
    if (o->entry != NULL || o->room == NULL) return o->entry;
    return entry_find(o->room, S(""));
}

static enum err unknown_param(struct reading *r, str name)
{
    struct nearest near = {.typed = name};
    const struct entry *e = entry_meant(r->o);
    for (const struct param *p = e == NULL ? NULL : e->params; p != NULL && p->name != NULL; p++)
        nearest_try(&near, str_of(p->name));
    for (const struct global *g = globals; g->name != NULL; g++) nearest_try(&near, str_of(g->name));
    if (e == NULL && near.best.n == 0)
        return fault(r->w, INVALID, M("--%1: name the room and what to do before its parameters"), name);
    return not_known(r->w, M("there is no parameter --%1; --help lists them"),
                     M("there is no parameter --%1; did you mean --%3?"), name, S(""), near.best);
}

/* The value of --name: after its "=", or the next word. */
static enum err value_of(struct reading *r, str name, bool joined, str after, str *out)
{
    if (joined) {
        *out = after;
        return OK;
    }
    if (r->at + 1 >= r->argc) return fault(r->w, INVALID, M("--%1 wants a value"), name);
    *out = str_of(r->argv[++r->at]);
    return OK;
}

static enum err take_given(struct reading *r, const struct param *p, str name, str value)
{
    struct given *g = &r->o->given[r->o->n_given++];
    *g = (struct given){.name = name, .text = value};
    if (p->type != P_FILE || r->o->help) return OK;
    struct file *file = arena_alloc(r->w->a, sizeof *file);
    enum err err = file_take(r->w, value, file);
    g->file = file;
    return err;
}

static enum err take_option(struct reading *r, str arg)
{
    ptrdiff_t equals = str_find(arg, S("="));
    bool joined = equals >= 0;
    str name = joined ? str_sub(arg, 2, (size_t)equals) : str_sub(arg, 2, arg.n);
    str value = joined ? str_sub(arg, (size_t)equals + 1, arg.n) : (str){"", 0};
    const struct global *g = global_find(name);
    const struct entry *e = entry_meant(r->o);
    const struct param *p = e == NULL ? NULL : param_find(e, name);
    if (p != NULL && g != NULL && str_eq(name, S("version"))) g = NULL; /* the program's own is asked for alone */
    if (g != NULL) p = NULL;
    if (g == NULL && p == NULL) return unknown_param(r, name);
    bool flag = g != NULL ? !g->takes_value : p->type == P_FLAG;
    if (flag && joined && g != NULL) return fault(r->w, INVALID, M("--%1 takes no value"), name);
    if (flag && !joined) value = S("1");
    enum err err = flag ? OK : value_of(r, name, joined, value, &value);
    if (err != OK) return err;
    return g != NULL ? take_global(r->w, g, value, r->o) : take_given(r, p, name, value);
}

static enum err take(struct reading *r)
{
    str arg = str_of(r->argv[r->at]);
    if (utf8_bad(arg) != arg.n) return fault(r->w, INVALID, M("'%1' is not good UTF-8"), utf8_safe(r->w->a, arg));
    if (str_eq(arg, S("-h"))) arg = S("--help");
    if (str_starts(arg, S("--")) && arg.n > 2) return take_option(r, arg);
    if (arg.n > 1 && arg.p[0] == '-') return unknown_param(r, str_sub(arg, 1, arg.n));
    return take_word(r, arg);
}

/* What says how to complain comes first, wherever it stands in the line. */
static void look_ahead(int argc, char *const *argv, struct options *o)
{
    struct work *none = &(struct work){.a = arena_new(0)};
    for (int i = 1; i < argc; i++) {
        str arg = str_of(argv[i]), next = str_of(i + 1 < argc ? argv[i + 1] : NULL);
        if (str_starts(arg, S("--lang="))) next = str_sub(arg, 7, arg.n), arg = S("--lang");
        if (str_starts(arg, S("--format="))) next = str_sub(arg, 9, arg.n), arg = S("--format");
        if (str_eq(arg, S("--help")) || str_eq(arg, S("-h"))) o->help = true;
        if (str_eq(arg, S("--lang"))) (void)!take_lang(none, next, o);
        if (str_eq(arg, S("--format"))) (void)!take_format(none, next, o);
    }
    arena_free(none->a);
}

/* "--out rates.csv" means CSV; what has a format of its own (ENTRY_FILE) takes no other. */
static void format_by_ending(struct options *o)
{
    if (o->format_given || o->out.n == 0 || (o->entry != NULL && o->entry->kind == ENTRY_FILE)) return;
    for (const struct format *const *f = formats; *f != NULL; f++) {
        size_t n = strlen((*f)->name);
        if (*f != &format_table && o->out.n > n + 1 && o->out.p[o->out.n - n - 1] == '.' && str_ends(o->out, str_of((*f)->name))) o->format = *f;
    }
}

enum err options_parse(struct work *w, int argc, char *const *argv, struct options *out)
{
    str db = str_of(getenv("MEGURI_DB"));
    *out =
        (struct options){.db = db.n == 0 ? S("meguri.db") : db, .lang = lang_of_environment(), .format = &format_table};
    out->given = arena_array(w->a, (size_t)argc + 1, sizeof *out->given);
    look_ahead(argc, argv, out);
    struct reading r = {.w = w, .argc = argc, .at = 1, .argv = argv, .o = out};
    for (; r.at < argc; r.at++) {
        enum err err = take(&r);
        if (err != OK) return err;
    }
    if (out->entry == NULL) out->entry = entry_meant(out);
    format_by_ending(out);
    return OK;
}
