/* How a room shows itself: const tables of entries, which the edges walk for commands, pages, help and tests.
 * What a program tells is a view; a change made to it is an act, and every act passes the door (surface/door.h). */
#ifndef MEGURI_SURFACE_ENTRY_H
#define MEGURI_SURFACE_ENTRY_H

#include "access/access.h"
#include "surface/doc.h"

/* ---- parameters ---- */
enum param_type {
    P_TEXT,
    P_INT,
    P_DATE,
    P_ENUM, /* one of .words */
    P_FLAG, /* --name, no value; name=1 on the web */
    P_CODE, /* letters, digits, - _ . / : at most 64 bytes */
    P_ORG,  /* code of an organisation within the actor's scope; looked up before the entry runs */
    P_FILE, /* contents; a path only on the command line */
};
enum param_flag {
    REQUIRED = 1,
    MANY = 2,
    PERSONAL = 4, /* journaled outside the chain */
    MAP = 8,      /* name.KEY=value, any number of keys (CODE): answer.q11=done */
    SECRET = 16,  /* a password or code: never shown again, never journaled, never in an address */
    HIDDEN = 32,  /* for forms and links made by pages (a revision, what was shown): no field is drawn for it */
    LONG_TEXT = 64, /* several lines */
    RARE = 128,   /* a page folds its field away with others like it; data and command line know no difference */
};
enum { PARAM_BYTES_MAX = 64 * 1024, PARAM_VALUES_MAX = 10000, CODE_MAX = 64 };
struct param {
    const char *name;
    enum param_type type;
    unsigned flags;
    const char *words;   /* P_ENUM: "mean pooled" */
    const char *fallback; /* used when absent; NULL for none */
    str help;             /* a page has no other label where it knows no shorter word: up to the first semicolon; what is
                           * behind it stands below in small, unless a list to choose from makes it idle */
    const char *choices;  /* a view whose first table's first column lists what may be given ("inspect rounds"); where it
                           * is REQUIRED and absent, a page takes the first; NULL: anything of the type. Of a MAP: a view whose
                           * first table says what is asked for (SHOW_FIELDS), from the parameters it shares with the act */
};
#define PARAMS(...) (const struct param[]){__VA_ARGS__, {0}} /* ends with name NULL */

struct file {
    str name, bytes; /* the name as given, for faults; bytes are mapped, and never change while the work lasts */
    str sha256;      /* hex */
};
struct arg {
    const struct param *param;
    str text;
    str key;   /* MAP: what stood after the point */
    int64_t i; /* INT, DATE (days), FLAG (1; a flag given as 0 counts as not given) */
    struct org org;
    struct file file;
};
struct args {
    const struct arg *arg;
    size_t n;
};
/* A value given on an edge, before it is understood: name=text, or name and file. */
struct given {
    str name, text;
    const struct file *file;
};

bool arg_given(const struct args *, const char *name);
str arg_text(const struct args *, const char *name);        /* empty when absent */
int64_t arg_int(const struct args *, const char *name);     /* 0 when absent; also dates, flags */
const struct org *arg_org(const struct args *, const char *name);   /* NULL when absent */
const struct file *arg_file(const struct args *, const char *name); /* NULL when absent */
size_t arg_all(const struct args *, const char *name, const struct arg **out,
               size_t room); /* for MANY and MAP; returns how many */

/* ---- entries ---- */
enum entry_kind {
    ENTRY_VIEW,
    ENTRY_ACT,
    ENTRY_FILE, /* a typed byte stream */
};
struct bytes_out { /* where a file entry writes; BUSY when there is no room */
    enum err (*put)(struct bytes_out *, str bytes);
    enum lang lang; /* of the reader; set by the edge */
    str name, media; /* set by the entry where it is a file with a name of its own (an attachment); empty: made of the entry's */
};
typedef enum err entry_fn(struct work *w, const struct args *in, struct doc *out);
typedef enum err file_fn(struct work *w, const struct args *in, struct bytes_out *out);

enum entry_flag {
    STATELESS = 1, /* runs without a store */
    LONG = 2,      /* shows progress; on the web a task */
    QUIET = 16, /* an act that is not journaled: drafts, marks of what was read, sessions */
    LOCAL = 64,    /* on the command line only: it works on the machine, not for a person */
    UNLISTED = 32, /* reached from other pages only: not in menus (help and openapi have it) */
    BEGINS = 8, /* an act that may make a new database: what anyone does first */
    NO_DRY_RUN = 4, /* an act that cannot be rehearsed (it says why in help) */
    PERSONAL_FILE = 128, /* a file that tells of named persons: that it was read is written to the journal */
    TRY_FIRST = 1024, /* LONG: its form shows what it would change, and only then offers to do it */
    FILES_OR_STORE = 2048, /* given a file (P_FILE) on the command line it runs on that alone, and no store is opened */
    NO_TOKEN = 512, /* an act that opens or closes ways in: a person does it, never a program by its token */
};
struct entry {
    const char *name; /* "" for the room's own page */
    enum entry_kind kind;
    str title;        /* message id */
    unsigned right;   /* any of these bits of enum right; 0 for anyone */
    const char *place; /* the P_ORG parameter the right must hold at; NULL: anywhere in the actor's scope */
    const struct param *params;
    entry_fn *run;
    file_fn *stream;
    const char *media; /* ENTRY_FILE: media type */
    unsigned flags;
    entry_fn *before; /* of a LONG act: its computing, in a snapshot and before the transaction, so that nobody waits for it to write.
                       * What it makes stands in w->made when the act runs. NULL for most */
    enum err (*mark)(struct work *w, const struct args *in); /* of a view: enters that it was read, where it set doc->marks; a quiet change in a
                       * transaction of its own, after it was shown. That it fails is nobody's fault and hinders nobody */
};
#define VIEW(name, title, right, place, params, fn) {name, ENTRY_VIEW, title, right, place, params, fn, NULL, NULL, 0}
#define ACT(name, title, right, place, params, fn) {name, ENTRY_ACT, title, right, place, params, fn, NULL, NULL, 0}
#define LONG_ACT(name, title, right, place, params, fn) \
    {name, ENTRY_ACT, title, right, place, params, fn, NULL, NULL, LONG}
#define FIRST_ACT(name, title, right, place, params, fn) \
    {name, ENTRY_ACT, title, right, place, params, fn, NULL, NULL, LONG | BEGINS}
#define QUIET_ACT(name, title, right, place, params, fn) \
    {name, ENTRY_ACT, title, right, place, params, fn, NULL, NULL, QUIET | UNLISTED}
/* A view that belongs to a page of another: listed nowhere. */
#define SUB_VIEW(name, title, right, place, params, fn) \
    {name, ENTRY_VIEW, title, right, place, params, fn, NULL, NULL, UNLISTED}
#define BYTES_OUT(name, title, right, place, params, fn, media) \
    {name, ENTRY_FILE, title, right, place, params, NULL, fn, media, 0}
#define PERSONAL_BYTES_OUT(name, title, right, place, params, fn, media) \
    {name, ENTRY_FILE, title, right, place, params, NULL, fn, media, PERSONAL_FILE}

/* ---- rooms ---- */
/* Entries that belong together, in the order they are shown: a room of many says them, and then names each entry once. */
struct mount;
struct letter_link;
struct topic {
    str title;           /* message id */
    const char *entries; /* names parted by blanks */
};
struct room {
    const char *name;
    str title;
    const struct entry *entries;
    size_t n_entries;
    const struct sql_set *const *sql;     /* one for each of its *_store.c; ends with NULL. NULL: it has no statements */
    enum err (*rebuild)(struct work *w);  /* its derived tables, from the truth; NULL when it has none */
    /* Does what is due by the clock (w->now): called about once a minute by the process that sends mail, in a transaction,
     * as the owner of the database; quick when nothing is due. *more: it is called again in some seconds, since the
     * transaction keeps everybody else from writing and is to be short. NULL when nothing ever is due. */
    enum err (*tick)(struct work *w, bool *more);
    const struct topic *topics; /* ends with entries NULL; NULL for a room small enough for one list */
    const struct mount *const *mounts; /* protocols served beside the pages (surface/mount.h); ends with NULL. NULL: none */
    const struct letter_link *link; /* what a link in its letters opens (surface/letter_link.h); NULL: it has none */
};
#define MOUNTS(...) ((const struct mount *const[]){__VA_ARGS__, NULL})
#define SQL_SETS(...) ((const struct sql_set *const[]){__VA_ARGS__, NULL})
extern const struct room *const rooms[]; /* src/rooms.c; ends with NULL */

const struct param *param_find(const struct entry *, str name); /* also "answer.q11" for a MAP; NULL when unknown */
str right_phrase(unsigned bit);                                 /* message id of one right: "see figures" */

const struct room *room_find(str name);
const struct entry *entry_find(const struct room *, str name);
/* The next entry that a topic names; NULL at its end. `rest` begins as str_of(topic->entries). */
const struct entry *topic_next(const struct room *, str *rest);

/* "inspect import": as the journal and the data formats name an entry. */
str entry_words(struct arena *, const struct room *, const struct entry *);

/* Does it run without a store: one that is stateless, and one that may be, where a file was given. */
bool entry_storeless(const struct entry *, const struct given *, size_t n);

/* Understands what was given: types, limits, enums, required, unknown names, organisations in scope.
 * Every fault found is noted with its field, then INVALID (or NOTFOUND) is answered. */
enum err args_parse(struct work *w, const struct entry *, const struct given *, size_t n, struct args *out) MUST_USE;

#endif
