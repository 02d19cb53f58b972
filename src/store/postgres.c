/* PostgreSQL, through libpq. Parameters go as text (numbers) or bytes as they are (texts, byte strings), so that the
 * server may infer any width; results come in binary. Statements are prepared by name: a pooler in between has to keep
 * one server connection per client connection. */
#include <errno.h>
#include <inttypes.h>
#include <libpq-fe.h>

#include "store/engine.h"

/* Object ids of types never change (src/include/catalog/pg_type.dat of the server); libpq has no header for them. */
enum { T_BOOL = 16, T_BYTEA = 17, T_NAME = 19, T_INT8 = 20, T_INT2 = 21, T_INT4 = 23, T_TEXT = 25, T_UNKNOWN = 705,
       T_FLOAT4 = 700, T_FLOAT8 = 701, T_BPCHAR = 1042, T_VARCHAR = 1043 };

static PGconn *db_of(const struct store *s) { return s->db; }

/* During a commit nobody can know; its act id in the journal tells. */
#define LOST N("the connection to the database was lost (%1): `meguri journal show` tells what was written")

/* By the head of SQLSTATE, longer ones first (PostgreSQL manual, appendix A). */
static const struct {
    str state;
    enum err err;
    str id;
} refusals[] = {
    {S_INIT("23"), CONFLICT, N("the database refused this: %1")},
    {S_INIT("40"), BUSY, N("another program is writing to the database: try again in a moment")},
    {S_INIT("55P03"), BUSY, N("another program is writing to the database: try again in a moment")},
    {S_INIT("53100"), BUSY, N("no room on the disk; nothing was changed")},
    {S_INIT("53"), BUSY, N("the database server is out of room: %1")},
    {S_INIT("57P"), STORE, LOST},
    {S_INIT("08"), STORE, LOST},
};

static enum err refuse(struct work *w, struct store *s, const PGresult *r)
{
    const char *primary = r == NULL ? NULL : PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY);
    str state = str_of(r == NULL ? NULL : PQresultErrorField(r, PG_DIAG_SQLSTATE));
    str why = str_trim(str_of(primary == NULL ? PQerrorMessage(db_of(s)) : primary));
    if (PQstatus(db_of(s)) == CONNECTION_BAD) state = S("08");
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++)
        if (str_starts(state, refusals[i].state)) return fault(w, refusals[i].err, refusals[i].id, why);
    return fault(w, STORE, M("the database refused this: %1"), why);
}

static bool fine(const PGresult *r)
{
    ExecStatusType status = PQresultStatus(r);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

/* COMMIT of a failed transaction is answered with ROLLBACK and no error. */
static bool really_done(const char *text, PGresult *r)
{
    return !str_eq(str_of(text), S("COMMIT")) || str_eq(str_of(PQcmdStatus(r)), S("COMMIT"));
}

static enum err exec(struct work *w, struct store *s, const char *text)
{
    PGresult *r = PQexec(db_of(s), text);
    enum err e = OK;
    if (!fine(r)) e = refuse(w, s, r);
    else if (!really_done(text, r)) e = fault(w, STORE, M("the database refused this: %1"), S("COMMIT: ROLLBACK"));
    PQclear(r);
    return e;
}

static void rollback(struct store *s)
{
    PGTransactionStatusType status = PQtransactionStatus(db_of(s)); /* UNKNOWN without a connection */
    if (status == PQTRANS_INTRANS || status == PQTRANS_INERROR) PQclear(PQexec(db_of(s), "ROLLBACK"));
}

/* ---- open and close ---- */

static void close_db(struct store *s) { PQfinish(db_of(s)); }

static void patience(struct store *s, int milliseconds)
{
    char text[64];
    snprintf(text, sizeof text, "SET lock_timeout = %d", milliseconds);
    PQclear(PQexec(db_of(s), text));
}

static void hush(void *nobody, const PGresult *notice)
{
    (void)nobody;
    (void)notice;
}

/* Text has to sort by bytes, as in SQLite and in our own code. The comparisons catch what the name does not tell (an
 * ICU provider): upper case first, punctuation not skipped, and beyond the first plane by code point. */
static const char order_query[] =
    "SELECT datcollate,"
    " CASE WHEN 'B' < 'a' AND 'a-c' < 'ab' AND 'z' < U&'\\00E9' AND U&'\\FF5E' < U&'\\+020BB7'"
    " THEN 'bytes' ELSE 'words' END"
    " FROM pg_database WHERE datname = current_database()";

static bool order_good(const PGresult *r)
{
    static const char *const good[] = {"C", "POSIX", "C.UTF-8", "C.utf8"};
    if (PQntuples(r) != 1 || !str_eq(str_of(PQgetvalue(r, 0, 1)), S("bytes"))) return false;
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        if (str_eq(str_of(PQgetvalue(r, 0, 0)), str_of(good[i]))) return true;
    return false;
}

static enum err check_order(struct work *w, struct store *s)
{
    bool utf8 = str_eq(str_of(PQparameterStatus(db_of(s), "server_encoding")), S("UTF8"));
    PGresult *r = utf8 ? PQexec(db_of(s), order_query) : NULL; /* elsewhere its characters do not exist */
    enum err e = OK;
    if (utf8 && !fine(r)) e = refuse(w, s, r);
    else if (!utf8 || !order_good(r))
        e = fault(w, CONFLICT, M("this database does not keep UTF-8 text in byte order: make one with "
                                 "`createdb -T template0 -E UTF8 -l C.UTF-8 NAME`"));
    PQclear(r);
    return e;
}

/* Read-only unless a transaction says otherwise: a change outside store_begin is refused, as on SQLite. */
static enum err open_db(struct work *w, struct store *s, str url)
{
    const char *const keys[] = {"connect_timeout", "fallback_application_name", "dbname", "client_encoding", NULL};
    const char *const values[] = {"10", "meguri", str_c(s->own, url), "UTF8", NULL};
    s->db = PQconnectdbParams(keys, values, 1);
    if (s->db == NULL) return fault(w, BUSY, M("the machine is out of memory; nothing was changed"));
    if (PQstatus(db_of(s)) != CONNECTION_OK)
        return fault(w, STORE, M("cannot connect to the database: %1"), str_trim(str_of(PQerrorMessage(db_of(s)))));
    PQsetNoticeReceiver(db_of(s), hush, NULL);
    enum err e = exec(w, s, "SET client_min_messages = error; SET standard_conforming_strings = on;"
                            "SET default_transaction_read_only = on");
    return e == OK ? check_order(w, s) : e;
}

static bool connected(const struct store *s) { return PQstatus(db_of(s)) == CONNECTION_OK; }

/* ---- statements ---- */

static enum err prepare(struct work *w, struct store *s, struct stmt *st)
{
    snprintf(st->name, sizeof st->name, "s%" PRId64, s->names++);
    PGresult *r = PQprepare(db_of(s), st->name, st->sql->text, 0, NULL);
    enum err e = fine(r) ? OK : refuse(w, s, r);
    PQclear(r);
    return e;
}

/* Those of the cache go with the connection; only the check takes one back before. */
static void unprepare(struct store *s, struct stmt *st)
{
    char text[32];
    if (PQtransactionStatus(db_of(s)) == PQTRANS_INERROR || PQstatus(db_of(s)) != CONNECTION_OK) return;
    snprintf(text, sizeof text, "DEALLOCATE %s", st->name);
    PQclear(PQexec(db_of(s), text));
}

static bool is_int(Oid type) { return type == T_INT8 || type == T_INT4 || type == T_INT2 || type == T_BOOL; }
static bool is_real(Oid type) { return type == T_FLOAT8; }
static bool is_bytes(Oid type)
{
    return type == T_TEXT || type == T_BYTEA || type == T_VARCHAR || type == T_NAME || type == T_UNKNOWN;
}

static const char *trap_in(const PGresult *r, int n_params)
{
    if (PQnparams(r) != n_params) return "parameters with holes";
    for (int i = 0; i < PQnparams(r); i++) {
        Oid type = PQparamtype(r, i);
        if (type != T_INT8 && !is_real(type) && !is_bytes(type))
            return "a parameter that is narrower than ours or of a type we do not send: CAST($n AS BIGINT)";
    }
    for (int i = 0; i < PQnfields(r); i++) {
        Oid type = PQftype(r, i);
        if (!is_int(type) && !is_real(type) && !is_bytes(type))
            return "a column of a type we do not read (sum and avg are numeric): CAST(… AS BIGINT)";
    }
    return NULL;
}

static enum err check(struct work *w, struct store *s, struct stmt *st)
{
    PGresult *r = PQdescribePrepared(db_of(s), st->name);
    enum err e = OK;
    const char *trap = NULL;
    if (!fine(r)) e = refuse(w, s, r);
    else if ((trap = trap_in(r, st->n_params)) != NULL)
        e = fault(w, STORE, M("the database refused this: %1"), str_of(trap));
    PQclear(r);
    return e;
}

struct params {
    const char *value[ARGS_MAX];
    int length[ARGS_MAX], format[ARGS_MAX];
    char number[ARGS_MAX][32];
};

enum { FORMAT_TEXT, FORMAT_BINARY };

static void fill_params(struct params *p, const struct value *v, int n)
{
    for (int i = 0; i < n; i++) {
        bool bytes = v[i].type == VALUE_TEXT || v[i].type == VALUE_BYTES;
        p->format[i] = bytes ? FORMAT_BINARY : FORMAT_TEXT;
        p->length[i] = bytes ? (int)v[i].s.n : 0;
        p->value[i] = p->number[i];
        if (bytes) p->value[i] = v[i].s.n == 0 ? "" : v[i].s.p;
        else if (v[i].type == VALUE_INT) snprintf(p->number[i], sizeof p->number[i], "%" PRId64, v[i].i);
        else if (v[i].type == VALUE_REAL) snprintf(p->number[i], sizeof p->number[i], "%.17g", v[i].r);
        else p->value[i] = NULL;
    }
}

static PGresult *execute(struct store *s, const struct stmt *st, const struct value *v, int n)
{
    struct params p;
    fill_params(&p, v, n);
    return PQexecPrepared(db_of(s), st->name, n, p.value, p.length, p.format, FORMAT_BINARY);
}

static bool send(struct store *s, const struct stmt *st, const struct value *v, int n)
{
    struct params p;
    fill_params(&p, v, n);
    return PQsendQueryPrepared(db_of(s), st->name, n, p.value, p.length, p.format, FORMAT_BINARY) == 1;
}

static enum err run(struct work *w, struct store *s, struct stmt *st, const struct value *v, int n, int64_t *changed)
{
    PGresult *r = execute(s, st, v, n);
    enum err e = fine(r) ? OK : refuse(w, s, r);
    if (e == OK && !str_to_int(str_of(PQcmdTuples(r)), changed)) *changed = 0;
    PQclear(r);
    return e;
}

/* ---- rows ---- */

static PGresult *result(const struct rows *r) { return r->result; }

static void keep(struct rows *r, PGresult *fresh)
{
    PQclear(result(r));
    r->result = fresh;
    r->at = -1;
    r->count = PQntuples(fresh);
}

static void drain(struct store *s)
{
    for (PGresult *rest; (rest = PQgetResult(db_of(s))) != NULL;) PQclear(rest);
}

static enum err rows(struct rows *r, const struct value *v, int n)
{
    struct store *s = r->store;
    if (r->stmt->sql->stream) {
        if (send(s, r->stmt, v, n) && PQsetSingleRowMode(db_of(s)) == 1) return OK;
        enum err e = refuse(r->w, s, NULL);
        drain(s);
        return e;
    }
    PGresult *all = execute(s, r->stmt, v, n);
    if (!fine(all)) {
        enum err e = refuse(r->w, s, all);
        PQclear(all);
        return e;
    }
    keep(r, all);
    return OK;
}

/* A stream brings a result per row, then one without rows that ends it well or says what failed. */
static bool next_of_stream(struct rows *r)
{
    PGresult *one = PQgetResult(db_of(r->store));
    if (PQresultStatus(one) == PGRES_SINGLE_TUPLE) {
        keep(r, one);
        r->at = 0;
        return true;
    }
    if (!fine(one)) r->err = refuse(r->w, r->store, one);
    PQclear(one);
    drain(r->store);
    r->ended = true;
    return false;
}

static bool next(struct rows *r)
{
    if (r->stmt->sql->stream) return next_of_stream(r);
    if (++r->at < r->count) return true;
    r->ended = true;
    return false;
}

/* A stream left early is read to its end: cancelling it would break the transaction. */
static void end(struct rows *r)
{
    PQclear(result(r));
    r->result = NULL;
    if (r->stmt->sql->stream && !r->ended) drain(r->store);
    r->ended = true;
}

static bool is_null(struct rows *r, int column) { return PQgetisnull(result(r), r->at, column) == 1; }

/* Big-endian, as wide as the type, signed. */
static int64_t number_at(const struct rows *r, int column)
{
    const unsigned char *p = (const unsigned char *)PQgetvalue(result(r), r->at, column);
    int n = PQgetlength(result(r), r->at, column);
    uint64_t bits = p[0] >= 0x80 ? UINT64_MAX : 0;
    for (int i = 0; i < n; i++) bits = bits << 8 | p[i];
    return (int64_t)bits;
}

static bool get_int(struct rows *r, int column, int64_t *out)
{
    if (is_null(r, column)) return true;
    if (!is_int(PQftype(result(r), column))) return false;
    *out = number_at(r, column);
    return true;
}

static bool get_real(struct rows *r, int column, double *out)
{
    Oid type = PQftype(result(r), column);
    if (is_null(r, column)) return true;
    if (!is_real(type) && !is_int(type)) return false;
    int64_t bits = number_at(r, column);
    if (is_real(type)) memcpy(out, &bits, sizeof bits);
    else *out = (double)bits;
    return true;
}

static bool get_bytes(struct rows *r, int column, str *out)
{
    if (is_null(r, column)) return true;
    if (!is_bytes(PQftype(result(r), column))) return false;
    *out = (str){PQgetvalue(result(r), r->at, column), (size_t)PQgetlength(result(r), r->at, column)};
    return true;
}

/* ---- batches: a pipeline, drained every so often ---- */

static enum err pipe_begin(struct batch *b)
{
    return PQenterPipelineMode(db_of(b->store)) == 1 ? OK : refuse(b->w, b->store, NULL);
}

static enum err pipe_add(struct batch *b, const struct value *v, int n)
{
    if (!send(b->store, b->stmt, v, n)) return refuse(b->w, b->store, NULL);
    b->added++;
    return OK;
}

/* Up to the sync: each statement gives its result and then NULL; two NULLs one after the other mean that the connection
 * is gone. The first failure counts, the server skips the rest. */
static enum err read_to_sync(struct batch *b)
{
    enum err e = OK;
    for (int nothing = 0; nothing < 2;) {
        PGresult *r = PQgetResult(db_of(b->store));
        ExecStatusType status = PQresultStatus(r);
        nothing = r == NULL ? nothing + 1 : 0;
        if (e == OK && r != NULL && status == PGRES_FATAL_ERROR) e = refuse(b->w, b->store, r);
        PQclear(r);
        if (r != NULL && status == PGRES_PIPELINE_SYNC) return e;
    }
    return e != OK ? e : refuse(b->w, b->store, NULL);
}

static enum err pipe_flush(struct batch *b)
{
    b->added = 0;
    if (PQpipelineSync(db_of(b->store)) != 1) return refuse(b->w, b->store, NULL);
    return read_to_sync(b);
}

static enum err pipe_end(struct batch *b)
{
    enum err e = b->added == 0 ? OK : pipe_flush(b);
    if (PQexitPipelineMode(db_of(b->store)) == 1) return e;
    return e != OK ? e : refuse(b->w, b->store, NULL);
}

static const char *const words[] = {"BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY", "BIGINT", "DOUBLE PRECISION",
                                    "BYTEA", ""};

const struct engine postgres_engine = {
    .name = "postgresql",
    .words = words,
    .contents = ("SELECT CASE WHEN to_regclass('schema_step') IS NOT NULL THEN 1"
                 " WHEN EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                 " WHERE n.nspname = current_schema() AND c.relkind = 'r') THEN 2 ELSE 0 END"),
    /* The number is any, but ours: "meguri" in hex. */
    .begin_step = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; SELECT pg_advisory_xact_lock(120229146292841)",
    /* READ COMMITTED: what is read after the row of journal_head was got is what the writer before left. */
    .begin = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE",
    .snapshot = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    .open = open_db,
    .close = close_db,
    .connected = connected,
    .patience = patience,
    .exec = exec,
    .rollback = rollback,
    .prepare = prepare,
    .unprepare = unprepare,
    .check = check,
    .run = run,
    .rows = rows,
    .next = next,
    .end = end,
    .is_null = is_null,
    .get_int = get_int,
    .get_real = get_real,
    .get_bytes = get_bytes,
    .batch_begin = pipe_begin,
    .batch_add = pipe_add,
    .batch_flush = pipe_flush,
    .batch_end = pipe_end,
};
