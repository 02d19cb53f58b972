#include "cli/cli.h"

#include <errno.h>
#include <pwd.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/hash.h"
#include "cli/help.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "face/told.h"
#include "surface/door.h"

struct command {
    struct work *w;
    struct options o;
    struct style style;
    struct actor actor;
    struct args in;
    struct progress progress;
    bool done; /* an act, and committed */
    bool marks; /* a view: that it was read is to be entered */
};

/* ---- the window ---- */

static bool shows_utf8(void)
{
    static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        const char *value = getenv(names[i]);
        if (value == NULL || value[0] == '\0') continue;
        return strcasestr(value, "utf-8") != NULL || strcasestr(value, "utf8") != NULL;
    }
    return false;
}

static int window_columns(int fd)
{
    struct winsize size;
    if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
    int64_t columns = 0;
    if (str_to_int(str_of(getenv("COLUMNS")), &columns) && columns >= 20 && columns <= 10000) return (int)columns;
    return 100;
}

static bool no_colour(void)
{
    const char *value = getenv("NO_COLOR");
    return value != NULL && value[0] != '\0';
}

/* A file or a pipe takes everything at its natural width, without decoration. */
static struct style style_of(const struct options *o)
{
    if (o->out.n != 0 || !isatty(STDOUT_FILENO)) return (struct style){.blocks = true};
    return (struct style){window_columns(STDOUT_FILENO), !no_colour(), shows_utf8()};
}

static void watch(struct command *c)
{
    if (!isatty(STDERR_FILENO)) return;
    c->progress = (struct progress){.to = stderr, .lang = c->o.lang, .columns = window_columns(STDERR_FILENO)};
    c->progress.blocks = !no_colour() && shows_utf8();
    c->w->progress = progress_tell;
    c->w->watcher = &c->progress;
}

/* ---- before the entry runs ---- */

static str system_user(struct arena *a)
{
    const struct passwd *who = getpwuid(getuid());
    return who == NULL ? str_int(a, (int64_t)getuid()) : str_dup(a, str_of(who->pw_name));
}

static enum err find_actor(struct command *c)
{
    str user = system_user(c->w->a);
    struct actor owner = actor_owner(user);
    c->actor = owner;
    c->w->actor = &c->actor;
    c->w->lo = owner.lo;
    c->w->hi = owner.hi;
    if (c->o.as.n == 0) return OK;
    enum err err = actor_find(c->w, c->o.as, user, &c->actor);
    c->w->lo = c->actor.lo;
    c->w->hi = c->actor.hi;
    return err;
}

static enum err open_store(struct command *c)
{
    c->actor = actor_owner(S(""));
    c->w->actor = &c->actor;
    if (entry_storeless(c->o.entry, c->o.given, c->o.n_given)) return OK;
    bool begins = (c->o.entry->flags & BEGINS) != 0;
    enum store_mode mode = c->o.entry->kind != ENTRY_ACT ? STORE_READ : begins && !c->o.dry_run ? STORE_WRITE : STORE_CHANGE;
    enum err err = store_open(c->w, c->w->a, c->o.db, mode, &c->w->store);
    if (err == NOTFOUND && begins) { /* rehearsed before there is a database: in memory, so that none is made */
        c->w->faults.count = 0;
        err = store_open(c->w, c->w->a, S(":memory:"), STORE_WRITE, &c->w->store);
    }
    return err == OK ? find_actor(c) : err;
}

/* ---- the entry ---- */

struct file_out {
    struct bytes_out bytes; /* first: the entry hands it back */
    struct out *out;
};

static enum err put_bytes(struct bytes_out *b, str bytes)
{
    struct out *out = ((struct file_out *)b)->out;
    out_put(out, bytes);
    return out->failed ? BUSY : OK;
}

static enum err run_file(struct command *c, struct out *out)
{
    struct file_out to = {{put_bytes, c->o.lang}, out};
    return door_file(c->w, c->o.room, c->o.entry, &c->in, &to.bytes);
}

static str new_act_id(struct arena *a)
{
    unsigned char bytes[16];
    random_bytes(bytes, sizeof bytes);
    return hex_of(a, (str){(const char *)bytes, sizeof bytes});
}

static enum err run_doc(struct command *c, struct out *out)
{
    const struct entry *e = c->o.entry;
    const struct page page = {entry_words(c->w->a, c->o.room, e), e->title, &c->in, c->o.lang, c->style};
    struct doc *d = c->o.format->begin(c->w, out, &page);
    enum err err = e->kind == ENTRY_VIEW
                       ? door_view(c->w, c->o.room, e, &c->in, d)
                       : door_act(c->w, c->o.room, e, &c->in, new_act_id(c->w->a), c->o.dry_run, d);
    if (err != OK) return err;
    c->done = e->kind == ENTRY_ACT && !c->o.dry_run;
    c->marks = d->marks;
    c->o.format->end(d);
    return OK;
}

static enum err run_into(struct command *c, struct out *out)
{
    enum err err = c->o.entry->kind == ENTRY_FILE ? run_file(c, out) : run_doc(c, out);
    progress_erase(&c->progress);
    return err;
}

static enum err not_written(struct command *c, const char *what, int why)
{
    return fault_in(c->w, BUSY, ((struct where){.file = str_of(what)}), M("cannot be written: %1"),
                    str_of(strerror(why)));
}

static enum err copy_out(struct command *c, FILE *from, struct out *to)
{
    static char piece[64 * 1024];
    rewind(from);
    for (size_t n; (n = fread(piece, 1, sizeof piece, from)) != 0;) out_put(to, (str){piece, n});
    if (ferror(from)) return not_written(c, "temporary file", errno);
    return out_flush(to) ? OK : not_written(c, "stdout", to->why);
}

/* What an act tells is held back until it is true: the commit may still fail. */
static enum err run_act_held(struct command *c, struct out *to)
{
    FILE *held = tmpfile();
    if (held == NULL) return not_written(c, "temporary file", errno);
    struct out out = {.to = held};
    enum err err = run_into(c, &out);
    if (err == OK) err = out_flush(&out) ? copy_out(c, held, to) : not_written(c, "temporary file", out.why);
    fclose(held);
    return err;
}

static enum err run_to_stdout(struct command *c)
{
    struct out out = {.to = stdout};
    if (c->o.entry->kind == ENTRY_ACT) return run_act_held(c, &out);
    enum err err = run_into(c, &out);
    if (!out_flush(&out) && c->w->faults.count == 0) return not_written(c, "stdout", out.why);
    return err;
}

static enum err run_to_file(struct command *c)
{
    struct out_file file;
    enum err err = out_file_open(c->w, c->o.out, &file);
    if (err != OK) return err;
    err = run_into(c, &file.out);
    if (err == OK) return out_file_keep(c->w, &file);
    out_file_drop(&file);
    return err;
}

/* That it was read, where the view wants it entered. Who may only read the file has read it all the same. */
static void leave_mark(struct command *c)
{
    const struct faults before = c->w->faults;
    if (store_open(c->w, c->w->a, c->o.db, STORE_CHANGE, &c->w->store) != OK || door_mark(c->w, c->o.entry, &c->in) != OK)
        c->w->faults = before;
}

/* Whoever reads "cannot be written" after an act must not do it again for that: no 75, which asks for a second try. */
static enum err run_entry(struct command *c)
{
    enum err err = c->o.out.n == 0 ? run_to_stdout(c) : run_to_file(c);
    if (err == OK || !c->done) return err;
    return fault(c->w, INVALID, M("the act itself is done and stays done; only what it tells was lost"));
}

/* ---- the command ---- */

static int exit_of(enum err err) { return err == OK ? EXIT_DONE : err == BUSY ? EXIT_BUSY : EXIT_REFUSED; }

static int refuse(struct command *c, enum err err, int code)
{
    progress_erase(&c->progress);
    fflush(stdout);
    struct out out = {.to = stderr};
    faults_tell(&out, c->w, c->o.lang, err, c->o.format == &format_json);
    return code;
}

static enum err check_use(struct command *c)
{
    const struct options *o = &c->o;
    if (o->dry_run && o->entry->kind != ENTRY_ACT)
        return fault(c->w, INVALID, M("--dry-run is for acts; this one changes nothing anyway"));
    if (o->format_given && o->entry->kind == ENTRY_FILE)
        return fault(c->w, INVALID, M("--format is not for this: it has a format of its own"));
    if (o->format == &format_xlsx && o->out.n == 0 && isatty(STDOUT_FILENO))
        return fault(c->w, INVALID, M("a workbook is nothing for a terminal: add --out FILE.xlsx, or redirect"));
    if (o->format == &format_docx && o->out.n == 0 && isatty(STDOUT_FILENO))
        return fault(c->w, INVALID, M("a text document is nothing for a terminal: add --out FILE.docx, or redirect"));
    return OK;
}

static int run_command(struct command *c)
{
    enum err err = check_use(c);
    if (err != OK) return refuse(c, err, EXIT_USAGE);
    watch(c);
    c->w->db = c->o.db;
    err = open_store(c);
    if (err != OK) return refuse(c, err, exit_of(err));
    err = args_parse(c->w, c->o.entry, c->o.given, c->o.n_given, &c->in);
    if (err != OK) return refuse(c, err, err == INVALID ? EXIT_USAGE : exit_of(err));
    err = run_entry(c);
    if (err == OK && c->marks) leave_mark(c);
    return err == OK ? EXIT_DONE : refuse(c, err, exit_of(err));
}

static int tell_help(struct command *c)
{
    struct out out = {.to = stdout};
    if (c->o.room == NULL) help_program(&out, c->w->a, c->o.lang, &c->style);
    else if (c->o.entry == NULL) help_room(&out, c->w->a, c->o.lang, &c->style, c->o.room);
    else help_entry(&out, c->w->a, c->o.lang, &c->style, c->o.room, c->o.entry);
    return out_flush(&out) ? EXIT_DONE : EXIT_BUSY;
}

static int run_parsed(struct command *c, enum err parsed)
{
    c->style = style_of(&c->o);
    if (clock_moved() == CLOCK_WRONG)
        return refuse(c, fault(c->w, INVALID, M("MEGURI_CLOCK moves the clock for rehearsals: give seconds as +864000, or "
                                                "the instant to begin at as 2026-05-07T00:00:00Z")), EXIT_USAGE);
    bool about_file = c->w->faults.first[0].where.file.n != 0;
    if (parsed != OK) return refuse(c, parsed, parsed == INVALID && !about_file ? EXIT_USAGE : exit_of(parsed));
    if (c->o.version) {
        printf("meguri %s\n", MEGURI_VERSION);
        return fflush(stdout) == 0 ? EXIT_DONE : EXIT_BUSY;
    }
    if (c->o.help || c->o.entry == NULL) return tell_help(c);
    return run_command(c);
}

int cli_run(int argc, char **argv)
{
    struct work w = {.a = arena_new(0), .now = clock_now()};
    random_bytes(&w.seed, sizeof w.seed);
    struct command c = {.w = &w};
    enum err parsed = options_parse(&w, argc, argv, &c.o);
    int code = run_parsed(&c, parsed);
    arena_free(w.a);
    return code;
}
