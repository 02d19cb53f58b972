/* All SQL of the room. Scoped statements take the actor's interval of today's tree as $1, $2. */
#include "inspect/answer_store.h"

#include <string.h>

enum {
    ROUND_GET, ROUND_CODES, ROUND_ADD, ROUND_STATE, ROUND_FILED, DROP_TALLY, DROP_EXCEPTIONS, DROP_RESPONDENTS, DROP_BINDINGS,
    DROP_NODES, DROP_ROUND, NODES_ALL, NODES_SEEN, NODES_AT, NODE_LO, LAST_HI, NODE_ADD, NODE_EXCLUDE, FRAME_ORGS,
    ORGS_ABOVE, BINDINGS, BINDING_ADD, CODE_TWICE, POSTS_ADD, DEVICES_ADD,
    RESPONDENT_GET, RESPONDENT_BY_ID, RESPONDENTS, RESPONDENTS_IN, RESPONDENT_ORG, RESPONDENT_REASON,
    RESPONDENT_EXCEPTED,
    CHANGE_ADD, CHANGES, FRAME_COUNTS, REASON_COUNTS, MISSING_COUNTS, MISSING_NAMES,
    SHEET_GET, SHEETS, SHEETS_PLAIN, SHEET_ADD, SHEET_SET, SHEET_PAST, SHEETS_CONFIRM, SHEETS_TO_CONFIRM, SHEET_ORG,
    SHEET_COUNTS,
    NOTE_PUT, NOTE_DROP, NOTE_GET, NOTES, ANSWERS,
    AGGREGATES, AGGREGATES_OF, AGGREGATES_LIMITED, AGGREGATE_PUT, AGGREGATES_DROP, EXCEPTIONS, EXCEPTIONS_SEEN,
    EXCEPTION_PUT,
    TALLY_GET, TALLY_PUT, TALLY_DROP, TALLIES_ALL, TALLIES_SEEN, TALLIES_OF,
    FROZEN, FROZEN_ADD, FROZEN_VIEW_ADD, FROZEN_VIEW, FROZEN_ROW_ADD, FROZEN_ROWS, FRAME_NAME,
    STATEMENTS
};

#define WHOLE "an act keeps the sums of the whole frame; the door has asked for the right at its place"
#define NODE_COLUMNS \
    "ro.org, coalesce(ro.parent, 0), ro.lo, ro.hi, ro.depth, o.code, o.kind, ro.name_ja, ro.name_en, ro.adoption," \
    " ro.aggregated, ro.excluded, ro.excluded_why, o.lo, ro.stage"
#define RESPONDENT_COLUMNS \
    "r.id, r.org, r.binding, r.code, r.duty, r.kind, r.reason, r.excepted, coalesce(s.state, -1), coalesce(r.person, 0)"

/* The sheet of a system or device is nobody's own: it is theirs who filed it, or something of it that was corrected. */
#define FILED_BY(sheet, person) \
    "(" sheet ".by_whom = " person " OR EXISTS (SELECT 1 FROM sheet_past p WHERE p.respondent = " sheet ".respondent" \
    " AND p.by_whom = " person "))"
/* A post's sheet that somebody else brought in by a file: $n is empty for who may file it as confirmed outright. Handed in
 * anew by its respondent it is theirs. */
#define BROUGHT_IN(sheet, respondent, person) \
    respondent ".kind = 'post' AND " sheet ".by_whom = " person " AND " sheet ".by_whom <> ''"

static const struct sql inspect_sql[STATEMENTS] = {
    [ROUND_GET] = OPEN("the rules of a round are the same for all",
        ("SELECT r.id, r.code, r.title_ja, r.title_en, coalesce(r.edition, 0), r.frame, r.base, coalesce(r.due, 0),"
         " r.due IS NOT NULL, r.state, r.rate, r.thresholds, r.grades, r.exceptions, r.unknown_out, r.synthetic,"
         " r.source_ja, r.source_en, coalesce((SELECT max(f.no) FROM frozen f WHERE f.round = r.id), 0)"
         " FROM round r WHERE r.code = $1")),
    [ROUND_CODES] = OPEN("which rounds there are is known to all", ("SELECT code FROM round ORDER BY base DESC, code")),
    [ROUND_ADD] = OPEN(WHOLE,
        ("INSERT INTO round (code, title_ja, title_en, edition, frame, base, due, state, rate, thresholds, grades,"
         " exceptions,"
         " unknown_out, synthetic, source_ja, source_en)"
         " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) RETURNING id")),
    [ROUND_STATE] = OPEN(WHOLE, ("UPDATE round SET state = $2 WHERE id = $1")),
    [ROUND_FILED] = OPEN(WHOLE,
        ("SELECT (SELECT count(*) FROM sheet WHERE round = $1) + (SELECT count(*) FROM aggregate WHERE round = $1)"
         " + (SELECT count(*) FROM exception WHERE round = $1 AND granted = 0) + (SELECT count(*) FROM frame_change WHERE round = $1)"
         " + (SELECT count(*) FROM frozen WHERE round = $1) + (SELECT count(*) FROM sheet_question WHERE round = $1)"
         " + (SELECT count(*) FROM round_step WHERE round = $1) + (SELECT count(*) FROM extension WHERE round = $1)"
         " + (SELECT count(*) FROM rollup WHERE round = $1) + (SELECT count(*) FROM rollup_out WHERE round = $1)"
         " + (SELECT count(*) FROM unnamed_system WHERE round = $1)")),
    [DROP_TALLY] = OPEN(WHOLE, ("DELETE FROM tally WHERE round = $1")),
    [DROP_EXCEPTIONS] = OPEN(WHOLE, ("DELETE FROM exception WHERE round = $1")),
    [DROP_RESPONDENTS] = OPEN(WHOLE, ("DELETE FROM respondent WHERE round = $1")),
    [DROP_BINDINGS] = SQL(("DELETE FROM binding WHERE round = $1")),
    [DROP_NODES] = OPEN(WHOLE, ("DELETE FROM round_org WHERE round = $1")),
    [DROP_ROUND] = OPEN(WHOLE, ("DELETE FROM round WHERE id = $1")),
    [NODES_ALL] = OPEN(WHOLE,
        ("SELECT " NODE_COLUMNS " FROM round_org ro JOIN org o ON o.id = ro.org WHERE ro.round = $1 ORDER BY ro.lo")),
    [NODES_SEEN] = SCOPED(
        ("SELECT " NODE_COLUMNS " FROM round_org ro JOIN org o ON o.id = ro.org"
         " WHERE o.lo >= $1 AND o.lo < $2 AND ro.round = $3 ORDER BY ro.lo")),
    [NODES_AT] = SCOPED(
        ("SELECT " NODE_COLUMNS " FROM round_org ro JOIN org o ON o.id = ro.org"
         " WHERE o.lo >= $1 AND o.lo < $2 AND ro.round = $3 AND ro.depth = $4 AND ro.lo >= $5 AND ro.lo < $6"
         " ORDER BY ro.lo")),
    [NODE_LO] = SCOPED(
        ("SELECT ro.lo FROM round_org ro JOIN org o ON o.id = ro.org"
         " WHERE o.lo >= $1 AND o.lo < $2 AND ro.round = $3 AND ro.org = $4")),
    [LAST_HI] = OPEN("says nothing but whether the actor reaches all there is",
        ("SELECT coalesce(max(hi), 0) FROM org WHERE parent IS NULL")),
    [NODE_ADD] = OPEN(WHOLE,
        ("INSERT INTO round_org (round, org, parent, lo, hi, depth, name_ja, name_en, adoption, aggregated, excluded,"
         " excluded_why) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, '')")),
    [NODE_EXCLUDE] = OPEN(WHOLE,
        ("UPDATE round_org SET excluded = $3, excluded_why = $4 WHERE round = $1 AND org = $2")),
    /* The earliest name that ends on or after the base date is the one of that day; else today's. */
    [FRAME_ORGS] = OPEN(WHOLE,
        ("SELECT o.id, coalesce(o.parent, 0), o.lo, o.hi, o.depth, o.code, o.kind,"
         " coalesce(n.name_ja, o.name_ja), coalesce(n.name_en, o.name_en), 0, 0, 0, '', o.lo, 'open'"
         " FROM org o LEFT JOIN org_name n ON n.org = o.id AND n.until ="
         " (SELECT min(m.until) FROM org_name m WHERE m.org = o.id AND m.until >= $3)"
         " WHERE o.lo >= $1 AND o.lo < $2 AND coalesce(o.since, $3) <= $3 AND coalesce(o.until, $3) >= $3"
         " ORDER BY o.lo")),
    [ORGS_ABOVE] = OPEN("what is adopted above an organisation holds in it",
        ("SELECT up.id FROM org o JOIN org up ON up.lo < o.lo AND up.hi >= o.hi WHERE o.id = $1 ORDER BY up.lo")),
    [BINDINGS] = SQL(("SELECT id, adoption, duty, mask FROM binding WHERE round = $1 ORDER BY id")),
    [BINDING_ADD] = SQL(("INSERT INTO binding (round, adoption, duty, mask) VALUES ($1, $2, $3, $4)")),
    [CODE_TWICE] = OPEN(WHOLE,
        ("SELECT y.code FROM round_org ro JOIN system y ON y.org = ro.org"
         " JOIN binding b ON b.round = ro.round AND b.adoption = ro.adoption AND b.duty = y.kind"
         " JOIN post p ON p.code = y.code JOIN round_org rp ON rp.round = ro.round AND rp.org = p.org"
         " WHERE ro.round = $1 AND ro.aggregated = 0 ORDER BY y.code LIMIT 1")),
    /* In official order, so that the sheets of one unit stand together. */
    [POSTS_ADD] = OPEN(WHOLE,
        ("INSERT INTO respondent (round, code, kind, org, duty, person, binding)"
         " SELECT ro.round, p.code, 'post', p.org, p.duty, p.person, b.id FROM round_org ro"
         " JOIN post p ON p.org = ro.org JOIN binding b ON b.round = ro.round AND b.adoption = ro.adoption"
         " AND b.duty = p.duty"
         " WHERE ro.round = $1 AND ro.aggregated = 0 AND coalesce(p.since, $2) <= $2 AND coalesce(p.until, $2) >= $2"
         " AND p.deputy_of IS NULL ORDER BY ro.lo, p.code")),
    [DEVICES_ADD] = OPEN(WHOLE,
        ("INSERT INTO respondent (round, code, kind, org, duty, person, binding)"
         " SELECT ro.round, y.code, y.kind, y.org, y.kind, NULL, b.id FROM round_org ro"
         " JOIN system y ON y.org = ro.org JOIN binding b ON b.round = ro.round AND b.adoption = ro.adoption"
         " AND b.duty = y.kind"
         " WHERE ro.round = $1 AND ro.aggregated = 0 AND coalesce(y.since, $2) <= $2 AND coalesce(y.until, $2) >= $2"
         " ORDER BY ro.lo, y.code")),

    [RESPONDENT_GET] = OPEN(WHOLE,
        ("SELECT " RESPONDENT_COLUMNS " FROM respondent r LEFT JOIN sheet s ON s.respondent = r.id"
         " WHERE r.round = $1 AND r.code = $2")),
    [RESPONDENT_BY_ID] = OPEN(WHOLE,
        ("SELECT " RESPONDENT_COLUMNS " FROM respondent r LEFT JOIN sheet s ON s.respondent = r.id WHERE r.id = $1")),
    /* The + 0 keeps SQLite from an index whose order is another: to sort a million costs more than to pass over other
     * rounds. */
    [RESPONDENTS] = OPEN_STREAM(WHOLE,
        ("SELECT id, org, binding, code, reason, excepted, person FROM respondent WHERE round + 0 = $1 ORDER BY id")),
    [RESPONDENTS_IN] = OPEN(WHOLE,
        ("SELECT " RESPONDENT_COLUMNS " FROM round_org ro JOIN respondent r ON r.round = ro.round AND r.org = ro.org"
         " LEFT JOIN sheet s ON s.respondent = r.id WHERE ro.round = $1 AND ro.lo >= $2 AND ro.lo < $3")),
    [RESPONDENT_ORG] = OPEN(WHOLE, ("UPDATE respondent SET org = $2 WHERE id = $1")),
    [RESPONDENT_REASON] = OPEN(WHOLE, ("UPDATE respondent SET reason = $2 WHERE id = $1")),
    [RESPONDENT_EXCEPTED] = OPEN(WHOLE, ("UPDATE respondent SET excepted = $2 WHERE id = $1")),
    [CHANGE_ADD] = OPEN(WHOLE,
        ("INSERT INTO frame_change (round, respondent, kind, from_org, to_org, was, became, why, at, by_whom)"
         " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")),
    /* Of a move, who reaches one side alone sees that half; why, and by whom, belongs to the side that was left. */
    [CHANGES] = SCOPED(
        ("SELECT r.code, c.kind, CASE WHEN f.lo >= $1 AND f.lo < $2 THEN c.was ELSE '' END,"
         " CASE WHEN t.lo >= $1 AND t.lo < $2 THEN c.became ELSE '' END,"
         " CASE WHEN f.lo >= $1 AND f.lo < $2 THEN c.why ELSE '' END,"
         " CASE WHEN f.lo >= $1 AND f.lo < $2 THEN c.by_whom ELSE '' END, c.at"
         " FROM frame_change c JOIN respondent r ON r.id = c.respondent JOIN org f ON f.id = c.from_org"
         " JOIN org t ON t.id = c.to_org WHERE ((f.lo >= $1 AND f.lo < $2) OR (t.lo >= $1 AND t.lo < $2))"
         " AND c.round = $3"
         " ORDER BY c.id")),
    /* Counted here, not there: they stand in the order of the frame, which GROUP BY would sort anew. */
    [FRAME_COUNTS] = OPEN_STREAM(WHOLE, ("SELECT org, duty FROM respondent WHERE round + 0 = $1 ORDER BY id")),
    /* The + 0 leaves SQLite only the index of those with a reason, which are few. */
    [REASON_COUNTS] = OPEN(WHOLE,
        ("SELECT r.org, r.duty, r.reason, count(*) FROM respondent r WHERE r.round + 0 = $1 AND r.reason <> ''"
         " AND NOT EXISTS"
         " (SELECT 1 FROM sheet s WHERE s.respondent = r.id AND s.state > 0) GROUP BY r.org, r.duty, r.reason")),
    [MISSING_COUNTS] = SCOPED(
        ("SELECT r.org, r.duty, r.reason, count(*), sum(CASE WHEN s.respondent IS NULL THEN 1 ELSE 0 END)"
         " FROM org o JOIN respondent r ON r.org = o.id LEFT JOIN sheet s ON s.respondent = r.id AND s.state > 0"
         " WHERE o.lo >= $1 AND o.lo < $2 AND r.round = $3 GROUP BY r.org, r.duty, r.reason")),
    [MISSING_NAMES] = SCOPED(
        ("SELECT r.code, r.duty, o.code, ro.name_ja, ro.name_en, p.code, p.name_ja, r.reason,"
         " s.respondent IS NOT NULL OR q.respondent IS NOT NULL"
         " FROM round_org ro JOIN org o ON o.id = ro.org JOIN respondent r ON r.round = ro.round AND r.org = ro.org"
         " LEFT JOIN person p ON p.id = r.person LEFT JOIN sheet s ON s.respondent = r.id"
         " LEFT JOIN sheet_question q ON q.respondent = r.id"
         " WHERE o.lo >= $1 AND o.lo < $2 AND ro.round = $3 AND ro.lo >= $4 AND ro.lo < $5 AND coalesce(s.state, 0) = 0"
         " ORDER BY ro.lo, r.code")),

    [SHEET_GET] = OPEN(WHOLE,
        ("SELECT s.respondent, s.org, s.state, s.answers, r.binding, r.excepted, s.source FROM sheet s"
         " JOIN respondent r ON r.id = s.respondent WHERE s.respondent = $1")),
    [SHEETS] = OPEN_STREAM(WHOLE,
        ("SELECT s.respondent, s.org, s.state, s.answers, r.binding, r.excepted, '' FROM sheet s"
         " JOIN respondent r ON r.id = s.respondent WHERE s.round = $1 ORDER BY s.respondent")),
    [SHEETS_PLAIN] = OPEN_STREAM(WHOLE,
        ("SELECT respondent, org, state, answers FROM sheet WHERE round = $1 ORDER BY respondent")),
    /* Not one statement with ON CONFLICT: SQLite would keep a savepoint for every row of it, which costs more than the
     * row. */
    [SHEET_ADD] = OPEN(WHOLE,
        ("INSERT INTO sheet (respondent, round, org, state, answers, at, by_whom, source)"
         " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")),
    [SHEET_SET] = OPEN(WHOLE,
        ("UPDATE sheet SET org = $3, state = $4, answers = $5, at = $6, by_whom = $7, source = $8, confirmed_at = 0,"
         " confirmed_by = ''"
         " WHERE respondent = $1 AND round = $2")),
    [SHEET_PAST] = OPEN(WHOLE,
        ("INSERT INTO sheet_past (respondent, round, state, answers, at, by_whom, source, replaced)"
         " SELECT respondent, round, state, answers, at, by_whom, source, CAST($2 AS BIGINT) FROM sheet"
         " WHERE respondent = $1")),
    [SHEETS_CONFIRM] = OPEN(WHOLE,
        ("UPDATE sheet SET state = 2, confirmed_at = $5, confirmed_by = $6 WHERE round = $1 AND state = 1 AND org IN"
         " (SELECT org FROM round_org WHERE round = $1 AND lo >= $2 AND lo < $3)"
         " AND NOT EXISTS (SELECT 1 FROM respondent r WHERE r.id = sheet.respondent AND r.person = $4)"
         " AND NOT EXISTS (SELECT 1 FROM respondent r WHERE r.id = sheet.respondent AND r.kind <> 'post' AND"
         " " FILED_BY("sheet", "$7") ")"
         " AND NOT EXISTS (SELECT 1 FROM respondent r WHERE r.id = sheet.respondent AND " BROUGHT_IN("sheet", "r", "$8") ")"
         " AND NOT EXISTS (SELECT 1 FROM sheet_entry x WHERE x.respondent = sheet.respondent AND x.person = $4)")),
    [SHEETS_TO_CONFIRM] = OPEN_STREAM(WHOLE,
        ("SELECT s.respondent, s.org, s.state, s.answers, r.binding, r.excepted, '' FROM round_org ro"
         " JOIN respondent r ON r.round = ro.round AND r.org = ro.org JOIN sheet s ON s.respondent = r.id"
         " WHERE ro.round = $1 AND ro.lo >= $2 AND ro.lo < $3 AND s.state = 1"
         " AND (r.person IS NULL OR r.person <> $4) AND NOT (r.kind <> 'post' AND " FILED_BY("s", "$5") ")"
         " AND NOT (" BROUGHT_IN("s", "r", "$6") ")"
         " AND NOT EXISTS (SELECT 1 FROM sheet_entry x WHERE x.respondent = s.respondent AND x.person = $4)")),
    [SHEET_ORG] = OPEN(WHOLE, ("UPDATE sheet SET org = $2 WHERE respondent = $1")),
    [SHEET_COUNTS] = SCOPED(
        ("SELECT coalesce(sum(CASE WHEN coalesce(s.state, 0) = 0 AND (s.state = 0 OR q.respondent IS NOT NULL) THEN 1"
         " ELSE 0 END), 0), coalesce(sum(CASE WHEN s.state = 1 THEN"
         " 1 ELSE 0 END), 0),"
         " coalesce(sum(CASE WHEN s.state = 2 THEN 1 ELSE 0 END), 0), count(*)"
         " FROM org o JOIN respondent r ON r.org = o.id LEFT JOIN sheet s ON s.respondent = r.id"
         " LEFT JOIN sheet_question q ON q.respondent = r.id"
         " WHERE o.lo >= $1 AND o.lo < $2 AND r.round = $3")),
    [NOTE_PUT] = OPEN(WHOLE,
        ("INSERT INTO answer_note (respondent, clause, note) VALUES ($1, $2, $3)"
         " ON CONFLICT (respondent, clause) DO UPDATE SET note = excluded.note"
         " WHERE answer_note.note <> excluded.note")),
    [NOTE_DROP] = OPEN(WHOLE, ("DELETE FROM answer_note WHERE respondent = $1 AND clause = $2")),
    [NOTE_GET] = OPEN(WHOLE, ("SELECT note FROM answer_note WHERE respondent = $1 AND clause = $2")),
    [NOTES] = SCOPED(
        ("SELECT r.code, o.code, ro.name_ja, ro.name_en, n.clause, n.note FROM round_org ro JOIN org o ON o.id = ro.org"
         " JOIN respondent r ON r.round = ro.round AND r.org = ro.org JOIN answer_note n ON n.respondent = r.id"
         " WHERE o.lo >= $1 AND o.lo < $2 AND ro.round = $3 AND ro.lo >= $4 AND ro.lo < $5"
         " ORDER BY ro.lo, r.code, n.clause")),
    [ANSWERS] = {
        ("SELECT r.code, o.code, r.duty, r.id, r.binding, s.state, s.answers FROM round_org ro"
         " JOIN org o ON o.id = ro.org"
         " JOIN respondent r ON r.round = ro.round AND r.org = ro.org LEFT JOIN sheet s ON s.respondent = r.id"
         " WHERE o.lo >= $1 AND o.lo < $2 AND ro.round = $3 AND ro.lo >= $4 AND ro.lo < $5 ORDER BY ro.lo, r.code"),
        SQL_SCOPED, true, NULL},

    [AGGREGATES] = OPEN(WHOLE,
        ("SELECT org, duty, clause, reported, known, arisen, done, own, limited, note, excepted FROM aggregate WHERE round = $1"
         " ORDER BY org, duty, clause")),
    [AGGREGATES_OF] = OPEN(WHOLE,
        ("SELECT org, duty, clause, reported, known, arisen, done, own, limited, note, excepted FROM aggregate"
         " WHERE round = $1 AND org = $2"
         " ORDER BY duty, clause")),
    [AGGREGATES_LIMITED] = SCOPED(
        ("SELECT DISTINCT g.org FROM aggregate g JOIN org o ON o.id = g.org"
         " WHERE o.lo >= $1 AND o.lo < $2 AND g.round = $3 AND g.limited = 1")),
    [AGGREGATE_PUT] = OPEN(WHOLE,
        ("INSERT INTO aggregate (round, org, duty, clause, reported, known, arisen, done, own, limited, note, excepted)"
         " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)")),
    [AGGREGATES_DROP] = OPEN(WHOLE, ("DELETE FROM aggregate WHERE round = $1 AND org = $2")),
    [EXCEPTIONS] = OPEN(WHOLE,
        ("SELECT e.number, coalesce(e.respondent, 0), coalesce(e.org, 0), coalesce(r.code, ''), coalesce(o.code,"
         " ''), '', '',"
         " e.clause, e.since, e.until, e.reason, e.granted FROM exception e LEFT JOIN respondent r ON r.id = e.respondent"
         " LEFT JOIN org o ON o.id = e.org WHERE e.round = $1 ORDER BY e.number")),
    [EXCEPTIONS_SEEN] = SCOPED(
        ("SELECT e.number, coalesce(e.respondent, 0), coalesce(e.org, 0), coalesce(r.code, ''), o.code, o.name_ja,"
         " o.name_en,"
         " e.clause, e.since, e.until, e.reason, e.granted FROM exception e LEFT JOIN respondent r ON r.id = e.respondent"
         " JOIN org o ON o.id = coalesce(e.org, r.org) WHERE o.lo >= $1 AND o.lo < $2 AND e.round = $3"
         " ORDER BY o.lo, e.number")),
    [EXCEPTION_PUT] = OPEN(WHOLE,
        ("INSERT INTO exception (round, number, respondent, org, clause, since, until, reason)"
         " VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (round, number) DO UPDATE SET respondent ="
         " excluded.respondent,"
         " org = excluded.org, clause = excluded.clause, since = excluded.since, until = excluded.until, reason ="
         " excluded.reason")),

    [TALLY_GET] = OPEN(WHOLE, ("SELECT counts FROM tally WHERE round = $1 AND org = $2 AND state = $3")),
    [TALLY_PUT] = OPEN(WHOLE,
        ("INSERT INTO tally (round, org, state, counts) VALUES ($1, $2, $3, $4)"
         " ON CONFLICT (round, org, state) DO UPDATE SET counts = excluded.counts")),
    [TALLY_DROP] = OPEN(WHOLE, ("DELETE FROM tally WHERE round = $1")),
    [TALLIES_ALL] = OPEN_STREAM(WHOLE, ("SELECT org, state, counts FROM tally WHERE round = $1")),
    [TALLIES_OF] = SCOPED(
        ("SELECT t.org, t.state, t.counts FROM tally t JOIN org o ON o.id = t.org"
         " WHERE o.lo >= $1 AND o.lo < $2 AND t.round = $3 AND t.org = $4")),
    [TALLIES_SEEN] = {
        ("SELECT t.org, t.state, t.counts FROM tally t JOIN org o ON o.id = t.org"
         " WHERE o.lo >= $1 AND o.lo < $2 AND t.round = $3"),
        SQL_SCOPED, true, NULL},

    [FROZEN] = SQL(("SELECT no, at, by_whom, erratum, head FROM frozen WHERE round = $1 ORDER BY no")),
    [FROZEN_ADD] = SQL(
        ("INSERT INTO frozen (round, no, at, by_whom, erratum, head) VALUES ($1, $2, $3, $4, $5, $6)")),
    [FROZEN_VIEW_ADD] = SQL(
        ("INSERT INTO frozen_view (round, no, name, columns) VALUES ($1, $2, $3, $4)")),
    [FROZEN_VIEW] = SQL(("SELECT columns FROM frozen_view WHERE round = $1 AND no = $2 AND name = $3")),
    [FRAME_NAME] = OPEN("of a round that is in sight: whom it was asked of is no secret to those below",
        "SELECT code, name_ja, name_en FROM org WHERE id = $1"),
    [FROZEN_ROW_ADD] = OPEN(WHOLE,
        ("INSERT INTO frozen_row (round, no, name, pos, org, cells) VALUES ($1, $2, $3, $4, $5, $6)")),
    [FROZEN_ROWS] = SCOPED(
        ("SELECT f.pos, f.org, f.cells FROM frozen_row f JOIN org o ON o.id = f.org"
         " WHERE o.lo >= $1 AND o.lo < $2 AND f.round = $3 AND f.no = $4 AND f.name = $5 ORDER BY f.pos")),
};

const struct sql_set inspect_sql_set = {"inspect", inspect_sql, STATEMENTS};

/* ---- small helps ---- */

static enum err run(struct work *w, int statement, struct values v) { return store_run(w, &inspect_sql[statement], v); }

#define GATHER(w, statement, args, take, out, n) STORE_GATHER(w, &inspect_sql[statement], args, take, out, n)

/* Nobody confirms a sheet of their own. */
static int64_t own(const struct work *w) { return w->actor == NULL ? 0 : w->actor->person; }
str brings_in(const struct work *w)
{
    return w->actor == NULL || w->actor->rights & MAY_FILE ? (str){0} : w->actor->person_code;
}
static str own_code(const struct work *w) { return w->actor == NULL ? (str){0} : w->actor->person_code; }

/* ---- rounds ---- */
static void take_round(struct work *w, struct rows *r, struct round *out)
{
    out->id = rows_int(r, 0);
    out->code = rows_kept(w, r, 1);
    out->title_ja = rows_kept(w, r, 2);
    out->title_en = rows_kept(w, r, 3);
    out->frame = rows_int(r, 5);
    out->base = rows_int(r, 6);
    out->due = rows_int(r, 7);
    out->has_due = rows_int(r, 8) != 0;
    out->state = rows_kept(w, r, 9);
    out->rate_text = rows_kept(w, r, 10);
    out->thresholds = rows_kept(w, r, 11);
    out->grades_text = rows_kept(w, r, 12);
    out->exceptions_text = rows_kept(w, r, 13);
    out->unknown_out = rows_kept(w, r, 14);
    out->synthetic = rows_int(r, 15) != 0;
    out->source_ja = rows_kept(w, r, 16);
    out->source_en = rows_kept(w, r, 17);
    out->frozen = rows_int(r, 18);
}

enum err round_row(struct work *w, str code, struct round *out, int64_t *edition)
{
    struct rows *r;
    enum err e = store_rows(w, &inspect_sql[ROUND_GET], ARGS(TEXT(code)), &r);
    if (e != OK) return e;
    struct round found = {0};
    bool is = rows_next(r);
    int64_t its_edition = 0;
    if (is) {
        take_round(w, r, &found);
        its_edition = rows_int(r, 4);
    }
    if ((e = rows_done(r)) != OK) return e;
    if (!is) return NOTFOUND;
    *out = found;
    *edition = its_edition;
    return OK;
}

static void take_str(struct work *w, struct rows *r, void *to) { *(str *)to = rows_kept(w, r, 0); }

enum err round_codes(struct work *w, str **out, size_t *n) { return GATHER(w, ROUND_CODES, NOARGS, take_str, out, n); }

enum err round_insert(struct work *w, const struct round *r, int64_t edition, bool has_edition, int64_t *id)
{
    return store_int(w, &inspect_sql[ROUND_ADD],
                     ARGS(TEXT(r->code), TEXT(r->title_ja), TEXT(r->title_en), int_or_nil(edition, has_edition),
                          INT(r->frame), INT(r->base), int_or_nil(r->due, r->has_due), TEXT(r->state),
                          TEXT(r->rate_text), TEXT(r->thresholds), TEXT(r->grades_text), TEXT(r->exceptions_text),
                          TEXT(r->unknown_out), INT(r->synthetic), TEXT(r->source_ja), TEXT(r->source_en)),
                     id);
}

enum err round_set_state(struct work *w, int64_t round, str state)
{
    return run(w, ROUND_STATE, ARGS(INT(round), TEXT(state)));
}

enum err round_filed(struct work *w, int64_t round, int64_t *n)
{
    return store_int(w, &inspect_sql[ROUND_FILED], ARGS(INT(round)), n);
}

enum err round_drop(struct work *w, int64_t round)
{
    enum err e = sheet_plans_drop_round(w, round);
    for (int statement = DROP_TALLY; e == OK && statement <= DROP_ROUND; statement++)
        e = run(w, statement, ARGS(INT(round)));
    return e;
}

static void take_node(struct work *w, struct rows *r, void *to)
{
    enum stage stage = STAGE_OPEN;
    stage_parse(rows_text(r, 14), &stage);
    *(struct node *)to = (struct node){
        .org = rows_int(r, 0), .up = (ptrdiff_t)rows_int(r, 1), .lo = rows_int(r, 2), .hi = rows_int(r, 3),
        .depth = rows_int(r, 4), .code = rows_kept(w, r, 5), .kind = rows_kept(w, r, 6), .name_ja = rows_kept(w, r, 7),
        .name_en = rows_kept(w, r, 8), .adoption = rows_int(r, 9), .aggregated = rows_int(r, 10) != 0,
        .excluded = rows_int(r, 11) != 0, .excluded_why = rows_kept(w, r, 12),
        .here = rows_int(r, 13), .stage = stage};
}

enum err round_nodes(struct work *w, const struct round *r, enum round_reach reach, struct node **out, size_t *n)
{
    return GATHER(w, reach == ROUND_ALL ? NODES_ALL : NODES_SEEN, ARGS(INT(r->id)), take_node, out, n);
}

/* Whoever reaches the whole tree sees every node of every round: none can stand outside by a later move. */
static enum err reaches_all(struct work *w, bool *out)
{
    int64_t last;
    enum err e = store_int(w, &inspect_sql[LAST_HI], NOARGS, &last);
    if (e == OK) *out = w->lo <= 1 && w->hi >= last;
    return e;
}

struct near_nodes {
    struct node *all;
    size_t n, room;
};

static enum err add_level(struct work *w, int64_t round, int64_t depth, int64_t lo, int64_t hi, struct near_nodes *to)
{
    struct node *some;
    size_t n;
    enum err e = GATHER(w, NODES_AT, ARGS(INT(round), INT(depth), INT(lo), INT(hi)), take_node, &some, &n);
    if (e != OK) return e;
    if (to->n + n > to->room) {
        size_t room = (to->n + n) * 2;
        to->all = arena_grow(w->a, to->all, to->room * sizeof *some, room * sizeof *some);
        to->room = room;
    }
    if (n > 0) memcpy(to->all + to->n, some, n * sizeof *some);
    to->n += n;
    return OK;
}

static int by_lo(const void *p, const void *q)
{
    const struct node *a = p, *b = q;
    return (a->lo > b->lo) - (a->lo < b->lo);
}

/* Level by level: down to the one asked for among all siblings on the way, then below it. */
enum err round_nodes_near(struct work *w, struct round *r, int64_t org, int64_t depth)
{
    bool all = false;
    int64_t target = 0, lo = 0, hi = INT64_MAX;
    enum err e = reaches_all(w, &all);
    if (e == OK && all && org != 0) e = store_int(w, &inspect_sql[NODE_LO], ARGS(INT(r->id), INT(org)), &target);
    if (e == NOTFOUND || (e == OK && !all)) return round_nodes(w, r, ROUND_SEEN, &r->nodes, &r->n_nodes);
    struct near_nodes near = {0};
    for (int64_t level = 0, below = 0; e == OK && below <= depth; level++) {
        size_t from = near.n;
        e = add_level(w, r->id, level, lo, hi, &near);
        if (e != OK || near.n == from) break;
        bool found = org == 0 || below > 0;
        for (size_t i = from; !found && i < near.n; i++) {
            if (near.all[i].lo > target || near.all[i].hi <= target) continue;
            lo = near.all[i].lo;
            hi = near.all[i].hi;
            if (near.all[i].org == org) found = true;
        }
        below += found;
    }
    if (e != OK) return e;
    if (near.n > 0) qsort(near.all, near.n, sizeof *near.all, by_lo);
    r->nodes = near.all;
    r->n_nodes = near.n;
    r->near = true;
    return OK;
}

enum err frame_orgs(struct work *w, int64_t lo, int64_t hi, int64_t base, struct node **out, size_t *n)
{
    return GATHER(w, FRAME_ORGS, ARGS(INT(lo), INT(hi), INT(base)), take_node, out, n);
}

enum err round_bindings(struct work *w, struct round *r)
{
    struct rows *rows;
    enum err e = store_rows(w, &inspect_sql[BINDINGS], ARGS(INT(r->id)), &rows);
    if (e != OK) return e;
    size_t room = 0, n = 0, bytes = plane_bytes(r->edition.n_clauses);
    struct binding *all = NULL;
    while (rows_next(rows)) {
        if (n == room) {
            all = arena_grow(w->a, all, room * sizeof *all, (room * 2 + 16) * sizeof *all);
            room = room * 2 + 16;
        }
        uint8_t *mask = arena_alloc(w->a, bytes);
        str stored = rows_bytes(rows, 3);
        memcpy(mask, stored.p, stored.n < bytes ? stored.n : bytes);
        all[n++] =
            (struct binding){rows_int(rows, 0), rows_int(rows, 1), (size_t)round_duty(r, rows_text(rows, 2)), mask};
    }
    if ((e = rows_done(rows)) != OK) return e;
    r->bindings = all;
    r->n_bindings = n;
    return OK;
}

enum err round_insert_nodes(struct work *w, int64_t round, const struct node *nodes, size_t n)
{
    struct batch *b;
    enum err e = batch_begin(w, &inspect_sql[NODE_ADD], &b);
    for (size_t i = 0; e == OK && i < n; i++) {
        const struct node *o = &nodes[i];
        e = batch_add(b, ARGS(INT(round), INT(o->org), int_or_nil(o->up < 0 ? 0 : nodes[o->up].org, o->up >= 0),
                              INT(o->lo), INT(o->hi), INT(o->depth), TEXT(o->name_ja), TEXT(o->name_en),
                              INT(o->adoption), INT(o->aggregated)));
    }
    return e == OK ? batch_end(b) : e;
}

enum err round_insert_binding(struct work *w, int64_t round, int64_t adoption, str duty, str mask)
{
    return run(w, BINDING_ADD, ARGS(INT(round), INT(adoption), TEXT(duty), BYTES(mask)));
}

enum err round_code_twice(struct work *w, int64_t round, str *code)
{
    return store_text(w, &inspect_sql[CODE_TWICE], ARGS(INT(round)), code);
}

enum err round_insert_respondents(struct work *w, const struct round *r, int64_t *posts, int64_t *devices)
{
    enum err e = store_run_count(w, &inspect_sql[POSTS_ADD], ARGS(INT(r->id), INT(r->base)), posts);
    if (e != OK) return e;
    return store_run_count(w, &inspect_sql[DEVICES_ADD], ARGS(INT(r->id), INT(r->base)), devices);
}

static void take_id(struct work *w, struct rows *r, void *to)
{
    (void)w;
    *(int64_t *)to = rows_int(r, 0);
}

enum err orgs_above(struct work *w, int64_t org, int64_t **out, size_t *n)
{
    return GATHER(w, ORGS_ABOVE, ARGS(INT(org)), take_id, out, n);
}

enum err node_set_excluded(struct work *w, int64_t round, int64_t org, bool excluded, str why)
{
    return run(w, NODE_EXCLUDE, ARGS(INT(round), INT(org), INT(excluded), TEXT(why)));
}

/* ---- respondents ---- */
static struct respondent respondent_of(struct rows *r)
{
    return (struct respondent){.id = rows_int(r, 0), .org = rows_int(r, 1), .binding = rows_int(r, 2),
                               .code = rows_text(r, 3), .duty = rows_text(r, 4), .kind = rows_text(r, 5),
                               .reason = rows_text(r, 6), .excepted = rows_bytes(r, 7), .sheet = (int)rows_int(r, 8),
                               .person = rows_int(r, 9)};
}

static void take_respondent(struct work *w, struct rows *r, void *to)
{
    struct respondent x = respondent_of(r);
    x.code = str_dup(w->a, x.code);
    x.duty = str_dup(w->a, x.duty);
    x.kind = str_dup(w->a, x.kind);
    x.reason = str_dup(w->a, x.reason);
    x.excepted = x.excepted.n == 0 ? (str){0} : str_dup(w->a, x.excepted);
    *(struct respondent *)to = x;
}

static enum err one_respondent(struct work *w, int statement, struct values v, struct respondent *out)
{
    struct respondent *all;
    size_t n;
    enum err e = GATHER(w, statement, v, take_respondent, &all, &n);
    if (e != OK) return e;
    if (n == 0) return NOTFOUND;
    *out = all[0];
    return OK;
}

enum err respondent_find(struct work *w, int64_t round, str code, struct respondent *out)
{
    return one_respondent(w, RESPONDENT_GET, ARGS(INT(round), TEXT(code)), out);
}

enum err respondent_by_id(struct work *w, int64_t id, struct respondent *out)
{
    return one_respondent(w, RESPONDENT_BY_ID, ARGS(INT(id)), out);
}

enum err respondents_by(struct work *w, const struct sql *sql, int64_t round, respondent_fn *fn, void *to)
{
    struct rows *r;
    enum err e = store_rows(w, sql, ARGS(INT(round)), &r), told = OK;
    if (e != OK) return e;
    while (told == OK && rows_next(r)) {
        struct respondent x = {.id = rows_int(r, 0),
                               .org = rows_int(r, 1),
                               .binding = rows_int(r, 2),
                               .code = rows_text(r, 3),
                               .reason = rows_text(r, 4),
                               .excepted = rows_bytes(r, 5),
                               .person = rows_int(r, 6),
                               .sheet = -1};
        told = fn(to, &x);
    }
    e = rows_done(r);
    return told != OK ? told : e;
}

enum err respondents_each(struct work *w, int64_t round, respondent_fn *fn, void *to)
{
    return respondents_by(w, &inspect_sql[RESPONDENTS], round, fn, to);
}

enum err respondents_in(struct work *w, int64_t round, int64_t lo, int64_t hi, struct respondent **out, size_t *n)
{
    return GATHER(w, RESPONDENTS_IN, ARGS(INT(round), INT(lo), INT(hi)), take_respondent, out, n);
}

enum err respondent_set_org(struct work *w, int64_t id, int64_t org)
{
    return run(w, RESPONDENT_ORG, ARGS(INT(id), INT(org)));
}

enum err respondent_set_reason(struct work *w, int64_t id, str reason)
{
    return run(w, RESPONDENT_REASON, ARGS(INT(id), TEXT(reason)));
}

enum err respondent_set_excepted(struct work *w, int64_t id, str mask)
{
    return run(w, RESPONDENT_EXCEPTED, ARGS(INT(id), mask.n == 0 ? NIL : BYTES(mask)));
}

enum err frame_change_add(struct work *w, int64_t round, int64_t respondent, int64_t from, int64_t to,
                          const struct frame_change *c)
{
    return run(w, CHANGE_ADD,
               ARGS(INT(round), INT(respondent), TEXT(c->kind), INT(from), INT(to), TEXT(c->was), TEXT(c->became),
                    TEXT(c->why), INT(w->now), TEXT(acting_person(w))));
}

static void take_change(struct work *w, struct rows *r, void *to)
{
    *(struct frame_change *)to = (struct frame_change){rows_kept(w, r, 0), rows_kept(w, r, 1), rows_kept(w, r, 2),
                                                       rows_kept(w, r, 3), rows_kept(w, r, 4), rows_kept(w, r, 5),
                                                       rows_int(r, 6)};
}

enum err frame_changes(struct work *w, int64_t round, struct frame_change **out, size_t *n)
{
    return GATHER(w, CHANGES, ARGS(INT(round)), take_change, out, n);
}

enum err frame_counts(struct work *w, int64_t round, void (*each)(void *, int64_t, str, int64_t), void *to)
{
    struct rows *r;
    enum err e = store_rows(w, &inspect_sql[FRAME_COUNTS], ARGS(INT(round)), &r);
    if (e != OK) return e;
    int64_t org = 0, n = 0;
    str duty = {0};
    while (rows_next(r)) {
        str its = rows_text(r, 1);
        if (n > 0 && rows_int(r, 0) == org && str_eq(its, duty)) {
            n++;
            continue;
        }
        if (n > 0) each(to, org, duty, n);
        if (!str_eq(its, duty)) duty = str_dup(w->a, its);
        org = rows_int(r, 0);
        n = 1;
    }
    if (n > 0) each(to, org, duty, n);
    return rows_done(r);
}

enum err reason_counts(struct work *w, int64_t round, void (*each)(void *, int64_t, str, str, int64_t), void *to)
{
    struct rows *r;
    enum err e = store_rows(w, &inspect_sql[REASON_COUNTS], ARGS(INT(round)), &r);
    if (e != OK) return e;
    while (rows_next(r)) {
        str duty = rows_kept(w, r, 1);
        each(to, rows_int(r, 0), duty, rows_text(r, 2), rows_int(r, 3));
    }
    return rows_done(r);
}

enum err missing_counts(struct work *w, int64_t round, void (*each)(void *, int64_t, str, str, int64_t, int64_t),
                        void *to)
{
    struct rows *r;
    enum err e = store_rows(w, &inspect_sql[MISSING_COUNTS], ARGS(INT(round)), &r);
    if (e != OK) return e;
    while (rows_next(r)) {
        str duty = rows_kept(w, r, 1);
        each(to, rows_int(r, 0), duty, rows_text(r, 2), rows_int(r, 3), rows_int(r, 4));
    }
    return rows_done(r);
}

static void take_missing(struct work *w, struct rows *r, void *to)
{
    *(struct missing_name *)to =
        (struct missing_name){rows_kept(w, r, 0), rows_kept(w, r, 1), rows_kept(w, r, 2), rows_kept(w, r, 3),
                              rows_kept(w, r, 4), rows_kept(w, r, 5), rows_kept(w, r, 6), rows_kept(w, r, 7),
                              rows_int(r, 8) != 0};
}

enum err missing_names(struct work *w, int64_t round, int64_t lo, int64_t hi, struct missing_name **out, size_t *n)
{
    return GATHER(w, MISSING_NAMES, ARGS(INT(round), INT(lo), INT(hi)), take_missing, out, n);
}

/* ---- sheets ---- */
static struct sheet sheet_of(struct rows *r)
{
    return (struct sheet){.respondent = rows_int(r, 0), .org = rows_int(r, 1), .state = (int)rows_int(r, 2),
                          .answers = rows_bytes(r, 3), .duty_binding = rows_int(r, 4), .excepted = rows_bytes(r, 5),
                          .source = rows_text(r, 6)};
}

static void take_sheet(struct work *w, struct rows *r, void *to)
{
    struct sheet s = sheet_of(r);
    s.answers = str_dup(w->a, s.answers);
    s.excepted = s.excepted.n == 0 ? (str){0} : str_dup(w->a, s.excepted);
    s.source = str_dup(w->a, s.source);
    *(struct sheet *)to = s;
}

enum err sheet_find(struct work *w, int64_t respondent, struct sheet *out)
{
    struct sheet *all;
    size_t n;
    enum err e = GATHER(w, SHEET_GET, ARGS(INT(respondent)), take_sheet, &all, &n);
    if (e != OK) return e;
    if (n == 0) return NOTFOUND;
    *out = all[0];
    return OK;
}

static enum err each_sheet(struct work *w, int statement, struct values v, sheet_fn *fn, void *to)
{
    struct rows *r;
    enum err e = store_rows(w, &inspect_sql[statement], v, &r), told = OK;
    if (e != OK) return e;
    while (told == OK && rows_next(r)) {
        struct sheet s = sheet_of(r);
        told = fn(to, &s);
    }
    e = rows_done(r);
    return told != OK ? told : e;
}

enum err sheets_each(struct work *w, int64_t round, sheet_fn *fn, void *to)
{
    return each_sheet(w, SHEETS, ARGS(INT(round)), fn, to);
}

enum err sheets_by(struct work *w, const struct sql *sql, int64_t round, sheet_fn *fn, void *to)
{
    struct rows *r;
    enum err e = store_rows(w, sql, ARGS(INT(round)), &r), told = OK;
    if (e != OK) return e;
    while (told == OK && rows_next(r)) {
        struct sheet s = {.respondent = rows_int(r, 0), .org = rows_int(r, 1), .state = (int)rows_int(r, 2),
                          .answers = rows_bytes(r, 3)};
        told = fn(to, &s);
    }
    e = rows_done(r);
    return told != OK ? told : e;
}

enum err sheets_plain(struct work *w, int64_t round, sheet_fn *fn, void *to)
{
    return sheets_by(w, &inspect_sql[SHEETS_PLAIN], round, fn, to);
}

enum err sheets_to_confirm(struct work *w, int64_t round, int64_t lo, int64_t hi, sheet_fn *fn, void *to)
{
    return each_sheet(w, SHEETS_TO_CONFIRM, ARGS(INT(round), INT(lo), INT(hi), INT(own(w)), TEXT(own_code(w)),
                                               TEXT(brings_in(w))), fn, to);
}

enum err sheet_put_begin(struct work *w, bool standing, struct batch **out)
{
    return batch_begin(w, &inspect_sql[standing ? SHEET_SET : SHEET_ADD], out);
}

enum err sheet_put(struct work *w, struct batch *b, int64_t round, const struct sheet *s)
{
    return batch_add(b, ARGS(INT(s->respondent), INT(round), INT(s->org), INT(s->state), BYTES(s->answers), INT(w->now),
                             TEXT(acting_person(w)), TEXT(s->source)));
}

enum err sheet_keep_past(struct work *w, int64_t respondent)
{
    return run(w, SHEET_PAST, ARGS(INT(respondent), INT(w->now)));
}

enum err frame_name(struct work *w, int64_t org, str *code, str *ja, str *en)
{
    struct rows *r;
    enum err e = store_rows(w, &inspect_sql[FRAME_NAME], ARGS(INT(org)), &r);
    if (e != OK) return e;
    while (rows_next(r)) {
        *code = rows_kept(w, r, 0);
        *ja = rows_kept(w, r, 1);
        *en = rows_kept(w, r, 2);
    }
    return rows_done(r);
}

enum err sheets_confirm(struct work *w, int64_t round, int64_t lo, int64_t hi, int64_t *n)
{
    return store_run_count(w, &inspect_sql[SHEETS_CONFIRM],
                           ARGS(INT(round), INT(lo), INT(hi), INT(own(w)), INT(w->now), TEXT(acting_person(w)),
                                TEXT(own_code(w)), TEXT(brings_in(w))), n);
}

enum err sheet_set_org(struct work *w, int64_t respondent, int64_t org)
{
    return run(w, SHEET_ORG, ARGS(INT(respondent), INT(org)));
}

enum err sheets_counts(struct work *w, int64_t round, int64_t *draft, int64_t *submitted, int64_t *confirmed,
                       int64_t *respondents)
{
    struct rows *r;
    enum err e = store_rows(w, &inspect_sql[SHEET_COUNTS], ARGS(INT(round)), &r);
    if (e != OK) return e;
    int64_t n[4] = {0};
    if (rows_next(r))
        for (int i = 0; i < 4; i++) n[i] = rows_int(r, i);
    if ((e = rows_done(r)) != OK) return e;
    *draft = n[0];
    *submitted = n[1];
    *confirmed = n[2];
    *respondents = n[3];
    return OK;
}

enum err answer_note_put(struct work *w, int64_t respondent, int64_t clause, str note)
{
    if (note.n == 0) return run(w, NOTE_DROP, ARGS(INT(respondent), INT(clause)));
    return run(w, NOTE_PUT, ARGS(INT(respondent), INT(clause), TEXT(note)));
}

enum err answer_note_get(struct work *w, int64_t respondent, int64_t clause, str *out)
{
    str found = {0};
    enum err e = store_text(w, &inspect_sql[NOTE_GET], ARGS(INT(respondent), INT(clause)), &found);
    if (e != OK && e != NOTFOUND) return e;
    *out = found;
    return OK;
}

static void take_note(struct work *w, struct rows *r, void *to)
{
    *(struct note *)to =
        (struct note){rows_kept(w, r, 0), rows_kept(w, r, 1), rows_kept(w, r, 2), rows_kept(w, r, 3), rows_int(r, 4),
                      rows_kept(w, r, 5)};
}

enum err notes_seen(struct work *w, int64_t round, int64_t lo, int64_t hi, struct note **out, size_t *n)
{
    return GATHER(w, NOTES, ARGS(INT(round), INT(lo), INT(hi)), take_note, out, n);
}

enum err answers_each(struct work *w, int64_t round, int64_t lo, int64_t hi, answers_fn *fn, void *to)
{
    struct rows *r;
    enum err e = store_rows(w, &inspect_sql[ANSWERS], ARGS(INT(round), INT(lo), INT(hi)), &r), told = OK;
    if (e != OK) return e;
    while (told == OK && rows_next(r)) {
        struct answers_row x = {rows_text(r, 0), rows_text(r, 1), rows_text(r, 2), rows_int(r, 3), rows_int(r, 4),
                                rows_null(r, 5) ? -1 : (int)rows_int(r, 5), rows_bytes(r, 6)};
        told = fn(to, &x);
    }
    e = rows_done(r);
    return told != OK ? told : e;
}

/* ---- aggregates, exceptions ---- */
static void take_aggregate(struct work *w, struct rows *r, void *to)
{
    *(struct aggregate *)to = (struct aggregate){.org = rows_int(r, 0),
                                                 .duty = rows_kept(w, r, 1),
                                                 .clause = rows_int(r, 2),
                                                 .reported = rows_int(r, 3),
                                                 .known = rows_int(r, 4),
                                                 .arisen = rows_int(r, 5),
                                                 .done = rows_int(r, 6),
                                                 .own = rows_int(r, 7),
                                                 .limited = rows_int(r, 8) != 0,
                                                 .note = rows_kept(w, r, 9),
                                                 .excepted = rows_int(r, 10)};
}

enum err aggregates_all(struct work *w, int64_t round, struct aggregate **out, size_t *n)
{
    return GATHER(w, AGGREGATES, ARGS(INT(round)), take_aggregate, out, n);
}

enum err aggregates_of(struct work *w, int64_t round, int64_t org, struct aggregate **out, size_t *n)
{
    return GATHER(w, AGGREGATES_OF, ARGS(INT(round), INT(org)), take_aggregate, out, n);
}

enum err aggregates_limited(struct work *w, int64_t round, int64_t **orgs, size_t *n)
{
    return GATHER(w, AGGREGATES_LIMITED, ARGS(INT(round)), take_id, orgs, n);
}

enum err aggregate_put(struct work *w, int64_t round, const struct aggregate *g)
{
    return run(w, AGGREGATE_PUT,
               ARGS(INT(round), INT(g->org), TEXT(g->duty), INT(g->clause), INT(g->reported), INT(g->known),
                    INT(g->arisen), INT(g->done), INT(g->own), INT(g->limited), TEXT(g->note), INT(g->excepted)));
}

enum err aggregates_drop(struct work *w, int64_t round, int64_t org)
{
    return run(w, AGGREGATES_DROP, ARGS(INT(round), INT(org)));
}

static void take_exception(struct work *w, struct rows *r, void *to)
{
    *(struct exception *)to = (struct exception){
        .number = rows_kept(w, r, 0), .respondent = rows_int(r, 1), .org = rows_int(r, 2),
        .respondent_code = rows_kept(w, r, 3), .org_code = rows_kept(w, r, 4), .org_ja = rows_kept(w, r, 5),
        .org_en = rows_kept(w, r, 6), .clause = rows_int(r, 7), .since = rows_int(r, 8), .until = rows_int(r, 9),
        .reason = rows_kept(w, r, 10), .granted = rows_int(r, 11) != 0};
}

enum err exceptions_all(struct work *w, int64_t round, struct exception **out, size_t *n)
{
    return GATHER(w, EXCEPTIONS, ARGS(INT(round)), take_exception, out, n);
}

enum err exceptions_seen(struct work *w, int64_t round, struct exception **out, size_t *n)
{
    return GATHER(w, EXCEPTIONS_SEEN, ARGS(INT(round)), take_exception, out, n);
}

enum err exception_put(struct work *w, int64_t round, const struct exception *x)
{
    return run(w, EXCEPTION_PUT, ARGS(INT(round), TEXT(x->number), int_or_nil(x->respondent, x->respondent != 0),
                                      int_or_nil(x->org, x->org != 0), INT(x->clause), INT(x->since), INT(x->until),
                                      TEXT(x->reason)));
}

/* ---- tallies ---- */
enum err tally_get(struct work *w, int64_t round, int64_t org, int state, str *counts)
{
    struct rows *r;
    enum err e = store_rows(w, &inspect_sql[TALLY_GET], ARGS(INT(round), INT(org), INT(state)), &r);
    if (e != OK) return e;
    bool is = rows_next(r);
    str found = is ? str_dup(w->a, rows_bytes(r, 0)) : (str){0};
    if ((e = rows_done(r)) != OK) return e;
    if (!is) return NOTFOUND;
    *counts = found;
    return OK;
}

enum err tally_put(struct work *w, int64_t round, int64_t org, int state, str counts)
{
    return run(w, TALLY_PUT, ARGS(INT(round), INT(org), INT(state), BYTES(counts)));
}

enum err tally_drop(struct work *w, int64_t round) { return run(w, TALLY_DROP, ARGS(INT(round))); }

enum err tallies_each(struct work *w, int64_t round, enum round_reach reach, tally_fn *fn, void *to)
{
    struct rows *r;
    int statement = reach == ROUND_ALL ? TALLIES_ALL : TALLIES_SEEN;
    enum err e = store_rows(w, &inspect_sql[statement], ARGS(INT(round)), &r), told = OK;
    if (e != OK) return e;
    while (told == OK && rows_next(r)) told = fn(to, rows_int(r, 0), rows_int(r, 1), rows_bytes(r, 2));
    e = rows_done(r);
    return told != OK ? told : e;
}

enum err tallies_of(struct work *w, int64_t round, int64_t org, tally_fn *fn, void *to)
{
    struct rows *r;
    enum err e = store_rows(w, &inspect_sql[TALLIES_OF], ARGS(INT(round), INT(org)), &r), told = OK;
    if (e != OK) return e;
    while (told == OK && rows_next(r)) told = fn(to, rows_int(r, 0), rows_int(r, 1), rows_bytes(r, 2));
    e = rows_done(r);
    return told != OK ? told : e;
}

/* ---- frozen figures ---- */
static void take_frozen(struct work *w, struct rows *r, void *to)
{
    *(struct frozen *)to = (struct frozen){rows_int(r, 0), rows_int(r, 1), rows_kept(w, r, 2), rows_kept(w, r, 3),
                                           rows_kept(w, r, 4)};
}

enum err frozen_all(struct work *w, int64_t round, struct frozen **out, size_t *n)
{
    return GATHER(w, FROZEN, ARGS(INT(round)), take_frozen, out, n);
}

enum err frozen_insert(struct work *w, int64_t round, const struct frozen *f)
{
    return run(w, FROZEN_ADD,
               ARGS(INT(round), INT(f->no), INT(w->now), TEXT(acting_person(w)), TEXT(f->erratum), TEXT(f->head)));
}

enum err frozen_view_insert(struct work *w, int64_t round, int64_t no, str name, str columns)
{
    return run(w, FROZEN_VIEW_ADD, ARGS(INT(round), INT(no), TEXT(name), TEXT(columns)));
}

enum err frozen_view_get(struct work *w, int64_t round, int64_t no, str name, str *columns)
{
    return store_text(w, &inspect_sql[FROZEN_VIEW], ARGS(INT(round), INT(no), TEXT(name)), columns);
}

enum err frozen_rows_begin(struct work *w, struct batch **out)
{
    return batch_begin(w, &inspect_sql[FROZEN_ROW_ADD], out);
}

enum err frozen_row_put(struct batch *b, int64_t round, int64_t no, str name, int64_t pos, int64_t org, str cells)
{
    return batch_add(b, ARGS(INT(round), INT(no), TEXT(name), INT(pos), INT(org), TEXT(cells)));
}

static void take_frozen_row(struct work *w, struct rows *r, void *to)
{
    *(struct frozen_row *)to = (struct frozen_row){rows_int(r, 0), rows_int(r, 1), rows_kept(w, r, 2)};
}

enum err round_frozen_rows(struct work *w, int64_t round, int64_t no, str name, struct frozen_row **out, size_t *n)
{
    return GATHER(w, FROZEN_ROWS, ARGS(INT(round), INT(no), TEXT(name)), take_frozen_row, out, n);
}
