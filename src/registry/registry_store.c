/* The SQL of the registry. Columns of the file statements stand in the order of registry_csv.c's fields. */
#include "registry/registry_store.h"

#include "access/access.h"

/* ---- statements of the files ---- */

/* A column that the file does not have keeps what is stored: bit i of the mask is field i. */
#define KEEP(column, n, mask, bit)                                                                                     \
    column " = CASE WHEN (CAST(" mask " AS BIGINT) & " bit ") > 0 THEN " n " ELSE " column " END"
#define IN_SCOPE(o) o ".lo >= $1 AND " o ".lo < $2"
#define WHY_ALL "a code is taken wherever it stands; what is out of reach is refused, never shown"

#define ORG_SELECT                                                                                                     \
    "SELECT o.code, p.code, o.kind, o.ord, o.name_ja, o.name_en, o.since, o.until, o.id, o.lo"                         \
    " FROM org o LEFT JOIN org p ON p.id = o.parent "
#define ORG_NAME_SELECT                                                                                                \
    "SELECT o.code, n.name_ja, n.name_en, n.since, n.until, 0, o.lo FROM org_name n JOIN org o ON o.id = n.org "
#define LINK_SELECT                                                                                                    \
    "SELECT l.kind, o.code, t.code, l.since, l.until, 0, o.lo"                                                         \
    " FROM org_link l JOIN org o ON o.id = l.from_org JOIN org t ON t.id = l.to_org "
#define DUTY_SELECT "SELECT d.code, d.name_ja, d.name_en, d.rights, d.ord, 0, CAST(NULL AS BIGINT) FROM duty d "
#define DUTY_TITLE_SELECT                                                                                              \
    "SELECT t.duty, t.edition, t.title_ja, t.title_en, 0, CAST(NULL AS BIGINT)"                                        \
    " FROM duty_title t JOIN duty d ON d.code = t.duty "
#define DUTY_FORBIDDEN_SELECT                                                                                          \
    "SELECT f.duty, f.other, f.reason_ja, f.reason_en, 0, CAST(NULL AS BIGINT) FROM duty_forbidden f"                  \
    " JOIN duty d ON d.code = f.duty JOIN duty o ON o.code = f.other "
#define PERSON_SELECT                                                                                                  \
    "SELECT x.code, o.code, x.name_ja, x.name_en, x.mail, x.since, x.until, x.lang, x.id, o.lo"                                \
    " FROM person x JOIN org o ON o.id = x.org "
#define POST_SELECT                                                                                                    \
    "SELECT p.code, p.duty, o.code, s.code, x.code, q.code, p.since, p.until, p.id, o.lo"                              \
    " FROM post p JOIN org o ON o.id = p.org LEFT JOIN system s ON s.id = p.system"                                    \
    " LEFT JOIN person x ON x.id = p.person LEFT JOIN post q ON q.id = p.deputy_of "
#define DAY_OFF_SELECT "SELECT d.day, d.name_ja, d.name_en, 0, CAST(NULL AS BIGINT) FROM day_off d "
#define SYSTEM_SELECT                                                                                                  \
    "SELECT s.code, o.code, s.kind, s.name_ja, s.name_en, s.since, s.until, s.id, o.lo"                                \
    " FROM system s JOIN org o ON o.id = s.org "
#define SYSTEM_TAG_SELECT                                                                                              \
    "SELECT s.code, t.key, t.value, 0, o.lo FROM system_tag t JOIN system s ON s.id = t.system"                        \
    " JOIN org o ON o.id = s.org "

#define COUNCIL_SELECT                                                                                                 \
    "SELECT c.code, c.name_ja, c.name_en, c.ord, c.since, c.until, 0, CAST(NULL AS BIGINT) FROM council c "
#define MEETING_SELECT                                                                                                 \
    "SELECT m.code, m.council, m.number, m.day, m.title_ja, m.title_en, m.note_ja, m.note_en, 0,"                      \
    " CAST(NULL AS BIGINT) FROM meeting m "
#define MEETING_DOCUMENT_SELECT                                                                                        \
    "SELECT d.meeting, d.kind, d.place, d.title_ja, d.title_en, d.ref, 0, CAST(NULL AS BIGINT) FROM meeting_document d "
#define DECISION_SELECT                                                                                                \
    "SELECT d.meeting, d.place, d.what, d.title_ja, d.title_en, d.ref, 0, CAST(NULL AS BIGINT) FROM meeting_decision d "
#define CALENDAR_SELECT                                                                                                \
    "SELECT c.code, c.year, c.kind, o.code, c.name_ja, c.name_en, c.since, c.until, c.ref, 0, o.lo"                    \
    " FROM calendar c LEFT JOIN org o ON o.id = c.org "
/* What holds for everybody, for the actor's organisation or one above it, and for those below it. */
#define CONCERNS(o) "(" o ".id IS NULL OR (" IN_SCOPE(o) ") OR (" o ".lo <= $1 AND " o ".hi >= $2))"

enum file_sql { LOAD, ONE, EXPORT, ADD, CHANGE, LATE, FILE_SQL };
#define AT(kind, step) ((kind) * FILE_SQL + (step))

#define OVERLAP                                                                                                        \
    " (a.since IS NULL OR b.until IS NULL OR a.since <= b.until)"                                                      \
    " AND (b.since IS NULL OR a.until IS NULL OR b.since <= a.until)"
#define CURRENT(t) "(" t ".since IS NULL OR " t ".since <= $3) AND (" t ".until IS NULL OR " t ".until >= $3)"
#define SPAN "o.lo >= $4 AND o.lo < $5"

/* The name at a date is the earliest of those that ended on it or later, else today's. */
#define ORG_THEN                                                                                                       \
    "SELECT o.code, coalesce(n.name_ja, o.name_ja), coalesce(n.name_en, o.name_en), p.code, p.name_ja, p.name_en,"     \
    " o.kind, o.depth, o.ord, o.since, o.until FROM org o LEFT JOIN org p ON p.id = o.parent AND " IN_SCOPE("p")       \
    " LEFT JOIN org_name n ON n.org = o.id"                                                                            \
    " AND n.until = (SELECT min(m.until) FROM org_name m WHERE m.org = o.id AND m.until >= $3) WHERE " IN_SCOPE("o")

#define TAGGED(key, value)                                                                                             \
    " AND (CAST(" key " AS TEXT) = '' OR EXISTS (SELECT 1 FROM system_tag g WHERE g.system = s.id"                     \
    " AND g.key = " key " AND g.value = " value "))"

/* A person who has left holds nothing, also where the post was not ended. */
#define POSTS                                                                                                          \
    "SELECT p.code, q.code, d.code, d.name_ja, d.name_en, o.code, o.name_ja, o.name_en, s.code, s.name_ja, s.name_en," \
    " x.code, x.name_ja, x.name_en, p.since, p.until FROM org o JOIN post p ON p.org = o.id"                           \
    " JOIN duty d ON d.code = p.duty LEFT JOIN system s ON s.id = p.system LEFT JOIN post q ON q.id = p.deputy_of"

#define CONFLICT_COLUMNS                                                                                               \
    "SELECT x.code, x.name_ja, x.name_en, da.code, da.name_ja, da.name_en, oa.code, oa.name_ja, oa.name_en,"           \
    " db.code, db.name_ja, db.name_en, ob.code, ob.name_ja, ob.name_en, a.code, b.code, oa.lo, ob.lo"
#define CONFLICT_TABLES                                                                                                \
    " FROM post a JOIN post b ON b.person = a.person AND b.id <> a.id JOIN person x ON x.id = a.person"                \
    " JOIN duty da ON da.code = a.duty JOIN duty db ON db.code = b.duty"                                               \
    " JOIN org oa ON oa.id = a.org JOIN org ob ON ob.id = b.org"
#define CONFLICT_WHERE                                                                                                 \
    " WHERE ((" IN_SCOPE("oa") ") OR (" IN_SCOPE("ob") "))"                                                            \
    " AND " CURRENT("a") " AND " CURRENT("b") " AND " CURRENT("x")

enum {
    REFER_ORG = FILE_SQL * KINDS,
    REFER_DUTY,
    REFER_PERSON,
    REFER_SYSTEM,
    REFER_COUNCIL,
    REFER_MEETING,
    MEETINGS_TWICE,
    BEYOND,
    HOLD_BEYOND,
    SHARED_MAILS,
    FOLLOW,
    COLLISIONS,
    COUNTS,
    ORGS,
    ORG_FACTS,
    NAMES,
    LINKS,
    PEOPLE,
    PERSON,
    POSTS_AT,
    POSTS_HELD,
    SYSTEMS,
    TAGS,
    TAGS_MANY,
    DUTIES,
    FORBIDDEN,
    SELF_AUDIT,
    STATEMENTS,
};

static const struct sql statements[STATEMENTS] = {
    [AT(K_ORG, LOAD)] = OPEN_STREAM(WHY_ALL, ORG_SELECT "ORDER BY o.lo"),
    [AT(K_ORG, ONE)] = OPEN(WHY_ALL, ORG_SELECT "WHERE o.code = $1"),
    [AT(K_ORG, EXPORT)] = SCOPED_STREAM(ORG_SELECT "WHERE " IN_SCOPE("o") " ORDER BY o.lo"),
    [AT(K_ORG, ADD)] = OPEN(WHY_ALL, "INSERT INTO org (code, parent, kind, ord, name_ja, name_en, since, until)"
                                     " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"),
    [AT(K_ORG, CHANGE)] = OPEN(WHY_ALL, "UPDATE org SET parent = $2, kind = $3, name_ja = $5, "
                               KEEP("ord", "$4", "$9", "8") ", " KEEP("name_en", "$6", "$9", "32") ", "
                               KEEP("since", "$7", "$9", "64") ", " KEEP("until", "$8", "$9", "128")
                               " WHERE code = $1"),
    [AT(K_ORG, LATE)] = OPEN(WHY_ALL, "UPDATE org SET parent = (SELECT p.id FROM org p WHERE p.code = $2)"
                                      " WHERE code = $1"),

    [AT(K_ORG_NAME, LOAD)] = OPEN_STREAM(WHY_ALL, ORG_NAME_SELECT),
    [AT(K_ORG_NAME, ONE)] = OPEN(WHY_ALL, ORG_NAME_SELECT "WHERE o.code = $1 AND n.until = $2"),
    [AT(K_ORG_NAME, EXPORT)] = SCOPED_STREAM(ORG_NAME_SELECT "WHERE " IN_SCOPE("o") " ORDER BY o.lo, n.until"),
    [AT(K_ORG_NAME, ADD)] = OPEN(WHY_ALL, "INSERT INTO org_name (org, name_ja, name_en, since, until)"
                                          " VALUES ($1, $2, $3, $4, $5)"),
    [AT(K_ORG_NAME, CHANGE)] = OPEN(WHY_ALL, "UPDATE org_name SET name_ja = $2, " KEEP("name_en", "$3", "$6", "4") ", "
                                    KEEP("since", "$4", "$6", "8") " WHERE org = $1 AND until = $5"),

    [AT(K_LINK, LOAD)] = OPEN_STREAM(WHY_ALL, LINK_SELECT),
    [AT(K_LINK, ONE)] = OPEN(WHY_ALL, LINK_SELECT "WHERE l.kind = $1 AND o.code = $2 AND t.code = $3"),
    [AT(K_LINK, EXPORT)] = SCOPED_STREAM(LINK_SELECT "WHERE " IN_SCOPE("o") " ORDER BY l.kind, o.lo, t.lo"),
    [AT(K_LINK, ADD)] = OPEN(WHY_ALL, "INSERT INTO org_link (kind, from_org, to_org, since, until)"
                                      " VALUES ($1, $2, $3, $4, $5)"),
    [AT(K_LINK, CHANGE)] = OPEN(WHY_ALL, "UPDATE org_link SET " KEEP("since", "$4", "$6", "8") ", "
                                KEEP("until", "$5", "$6", "16") " WHERE kind = $1 AND from_org = $2 AND to_org = $3"),

    [AT(K_DUTY, LOAD)] = SQL_STREAM(DUTY_SELECT),
    [AT(K_DUTY, ONE)] = SQL(DUTY_SELECT "WHERE d.code = $1"),
    [AT(K_DUTY, EXPORT)] = SQL_STREAM(DUTY_SELECT "ORDER BY d.ord, d.code"),
    [AT(K_DUTY, ADD)] = SQL("INSERT INTO duty (code, name_ja, name_en, rights, ord) VALUES ($1, $2, $3, $4, $5)"),
    [AT(K_DUTY, CHANGE)] = SQL("UPDATE duty SET name_ja = $2, rights = $4, " KEEP("name_en", "$3", "$6", "4") ", "
                               KEEP("ord", "$5", "$6", "16") " WHERE code = $1"),

    [AT(K_DUTY_TITLE, LOAD)] = SQL_STREAM(DUTY_TITLE_SELECT),
    [AT(K_DUTY_TITLE, ONE)] = SQL(DUTY_TITLE_SELECT "WHERE t.duty = $1 AND t.edition = $2"),
    [AT(K_DUTY_TITLE, EXPORT)] = SQL_STREAM(DUTY_TITLE_SELECT "ORDER BY t.edition, d.ord, d.code"),
    [AT(K_DUTY_TITLE, ADD)] = SQL("INSERT INTO duty_title (duty, edition, title_ja, title_en) VALUES ($1, $2, $3, $4)"),
    [AT(K_DUTY_TITLE, CHANGE)] = SQL("UPDATE duty_title SET title_ja = $3, " KEEP("title_en", "$4", "$5", "8")
                                     " WHERE duty = $1 AND edition = $2"),

    [AT(K_DUTY_FORBIDDEN, LOAD)] = SQL_STREAM(DUTY_FORBIDDEN_SELECT),
    [AT(K_DUTY_FORBIDDEN, ONE)] = SQL(DUTY_FORBIDDEN_SELECT "WHERE f.duty = $1 AND f.other = $2"),
    [AT(K_DUTY_FORBIDDEN, EXPORT)] = SQL_STREAM(DUTY_FORBIDDEN_SELECT "ORDER BY d.ord, d.code, o.ord, o.code"),
    [AT(K_DUTY_FORBIDDEN, ADD)] = SQL("INSERT INTO duty_forbidden (duty, other, reason_ja, reason_en)"
                                      " VALUES ($1, $2, $3, $4)"),
    [AT(K_DUTY_FORBIDDEN, CHANGE)] = SQL("UPDATE duty_forbidden SET reason_ja = $3, "
                                         KEEP("reason_en", "$4", "$5", "8") " WHERE duty = $1 AND other = $2"),

    [AT(K_PERSON, LOAD)] = OPEN_STREAM(WHY_ALL, PERSON_SELECT),
    [AT(K_PERSON, ONE)] = OPEN(WHY_ALL, PERSON_SELECT "WHERE x.code = $1"),
    [AT(K_PERSON, EXPORT)] = SCOPED_STREAM(PERSON_SELECT "WHERE " IN_SCOPE("o") " ORDER BY o.lo, x.code"),
    [AT(K_PERSON, ADD)] = OPEN(WHY_ALL, "INSERT INTO person (code, org, name_ja, name_en, mail, since, until, lang)"
                                        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"),
    [AT(K_PERSON, CHANGE)] = OPEN(WHY_ALL, "UPDATE person SET org = $2, name_ja = $3, "
                                  KEEP("name_en", "$4", "$9", "8") ", " KEEP("mail", "$5", "$9", "16") ", "
                                  KEEP("since", "$6", "$9", "32") ", " KEEP("until", "$7", "$9", "64") ", "
                                  KEEP("lang", "$8", "$9", "128") " WHERE code = $1"),

    [AT(K_POST, LOAD)] = OPEN_STREAM(WHY_ALL, POST_SELECT),
    [AT(K_POST, ONE)] = OPEN(WHY_ALL, POST_SELECT "WHERE p.code = $1"),
    [AT(K_POST, EXPORT)] = SCOPED_STREAM(POST_SELECT "WHERE " IN_SCOPE("o") " ORDER BY o.lo, p.code"),
    [AT(K_POST, ADD)] = OPEN(WHY_ALL, "INSERT INTO post (code, duty, org, system, person, deputy_of, since, until)"
                                      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"),
    [AT(K_POST, CHANGE)] = OPEN(WHY_ALL, "UPDATE post SET duty = $2, org = $3, " KEEP("system", "$4", "$9", "8") ", "
                                KEEP("person", "$5", "$9", "16") ", " KEEP("deputy_of", "$6", "$9", "32") ", "
                                KEEP("since", "$7", "$9", "64") ", " KEEP("until", "$8", "$9", "128")
                                " WHERE code = $1"),
    [AT(K_POST, LATE)] = OPEN(WHY_ALL, "UPDATE post SET deputy_of = (SELECT q.id FROM post q WHERE q.code = $2)"
                                       " WHERE code = $1"),

    [AT(K_SYSTEM, LOAD)] = OPEN_STREAM(WHY_ALL, SYSTEM_SELECT),
    [AT(K_SYSTEM, ONE)] = OPEN(WHY_ALL, SYSTEM_SELECT "WHERE s.code = $1"),
    [AT(K_SYSTEM, EXPORT)] = SCOPED_STREAM(SYSTEM_SELECT "WHERE " IN_SCOPE("o") " ORDER BY o.lo, s.code"),
    [AT(K_SYSTEM, ADD)] = OPEN(WHY_ALL, "INSERT INTO system (code, org, kind, name_ja, name_en, since, until)"
                                        " VALUES ($1, $2, $3, $4, $5, $6, $7)"),
    [AT(K_SYSTEM, CHANGE)] = OPEN(WHY_ALL, "UPDATE system SET org = $2, kind = $3, name_ja = $4, "
                                  KEEP("name_en", "$5", "$8", "16") ", " KEEP("since", "$6", "$8", "32") ", "
                                  KEEP("until", "$7", "$8", "64") " WHERE code = $1"),

    [AT(K_DAY_OFF, LOAD)] = SQL_STREAM(DAY_OFF_SELECT),
    [AT(K_DAY_OFF, ONE)] = SQL(DAY_OFF_SELECT "WHERE d.day = $1"),
    [AT(K_DAY_OFF, EXPORT)] = SQL_STREAM(DAY_OFF_SELECT "ORDER BY d.day"),
    [AT(K_DAY_OFF, ADD)] = SQL("INSERT INTO day_off (day, name_ja, name_en) VALUES ($1, $2, $3)"),
    [AT(K_DAY_OFF, CHANGE)] = SQL("UPDATE day_off SET name_ja = $2, " KEEP("name_en", "$3", "$4", "4") " WHERE day = $1"),
    [AT(K_SYSTEM_TAG, LOAD)] = OPEN_STREAM(WHY_ALL, SYSTEM_TAG_SELECT),
    [AT(K_SYSTEM_TAG, ONE)] = OPEN(WHY_ALL, SYSTEM_TAG_SELECT "WHERE s.code = $1 AND t.key = $2"),
    [AT(K_SYSTEM_TAG, EXPORT)] =
        SCOPED_STREAM(SYSTEM_TAG_SELECT "WHERE " IN_SCOPE("o") " ORDER BY o.lo, s.code, t.key"),
    [AT(K_SYSTEM_TAG, ADD)] = OPEN(WHY_ALL, "INSERT INTO system_tag (system, key, value) VALUES ($1, $2, $3)"),
    [AT(K_SYSTEM_TAG, CHANGE)] = OPEN(WHY_ALL, "UPDATE system_tag SET " KEEP("value", "$3", "$4", "4")
                                               " WHERE system = $1 AND key = $2"),

    [AT(K_COUNCIL, LOAD)] = SQL_STREAM(COUNCIL_SELECT),
    [AT(K_COUNCIL, ONE)] = SQL(COUNCIL_SELECT "WHERE c.code = $1"),
    [AT(K_COUNCIL, EXPORT)] = SQL_STREAM(COUNCIL_SELECT "ORDER BY c.ord, c.code"),
    [AT(K_COUNCIL, ADD)] =
        SQL("INSERT INTO council (code, name_ja, name_en, ord, since, until) VALUES ($1, $2, $3, $4, $5, $6)"),
    [AT(K_COUNCIL, CHANGE)] =
        SQL("UPDATE council SET name_ja = $2, " KEEP("name_en", "$3", "$7", "4") ", " KEEP("ord", "$4", "$7", "8") ", "
            KEEP("since", "$5", "$7", "16") ", " KEEP("until", "$6", "$7", "32") " WHERE code = $1"),

    [AT(K_MEETING, LOAD)] = SQL_STREAM(MEETING_SELECT),
    [AT(K_MEETING, ONE)] = SQL(MEETING_SELECT "WHERE m.code = $1"),
    [AT(K_MEETING, EXPORT)] = SQL_STREAM(MEETING_SELECT "ORDER BY m.council, coalesce(m.day, 0), m.code"),
    [AT(K_MEETING, ADD)] = SQL("INSERT INTO meeting (code, council, number, day, title_ja, title_en, note_ja, note_en)"
                               " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"),
    [AT(K_MEETING, CHANGE)] =
        SQL("UPDATE meeting SET council = $2, number = $3, day = $4, " KEEP("title_ja", "$5", "$9", "16") ", "
            KEEP("title_en", "$6", "$9", "32") ", " KEEP("note_ja", "$7", "$9", "64") ", "
            KEEP("note_en", "$8", "$9", "128") " WHERE code = $1"),

    [AT(K_MEETING_DOCUMENT, LOAD)] = SQL_STREAM(MEETING_DOCUMENT_SELECT),
    [AT(K_MEETING_DOCUMENT, ONE)] =
        SQL(MEETING_DOCUMENT_SELECT "WHERE d.meeting = $1 AND d.kind = $2 AND d.place = $3"),
    [AT(K_MEETING_DOCUMENT, EXPORT)] =
        SQL_STREAM(MEETING_DOCUMENT_SELECT "ORDER BY d.meeting, d.kind, length(d.place), d.place"),
    [AT(K_MEETING_DOCUMENT, ADD)] = SQL("INSERT INTO meeting_document (meeting, kind, place, title_ja, title_en, ref)"
                                        " VALUES ($1, $2, $3, $4, $5, $6)"),
    [AT(K_MEETING_DOCUMENT, CHANGE)] =
        SQL("UPDATE meeting_document SET title_ja = $4, " KEEP("title_en", "$5", "$7", "16") ", "
            KEEP("ref", "$6", "$7", "32") " WHERE meeting = $1 AND kind = $2 AND place = $3"),

    [AT(K_DECISION, LOAD)] = SQL_STREAM(DECISION_SELECT),
    [AT(K_DECISION, ONE)] = SQL(DECISION_SELECT "WHERE d.meeting = $1 AND d.place = $2"),
    [AT(K_DECISION, EXPORT)] = SQL_STREAM(DECISION_SELECT "ORDER BY d.meeting, length(d.place), d.place"),
    [AT(K_DECISION, ADD)] = SQL("INSERT INTO meeting_decision (meeting, place, what, title_ja, title_en, ref)"
                                " VALUES ($1, $2, $3, $4, $5, $6)"),
    [AT(K_DECISION, CHANGE)] =
        SQL("UPDATE meeting_decision SET what = $3, title_ja = $4, " KEEP("title_en", "$5", "$7", "16") ", "
            KEEP("ref", "$6", "$7", "32") " WHERE meeting = $1 AND place = $2"),

    [AT(K_CALENDAR, LOAD)] = OPEN_STREAM(WHY_ALL, CALENDAR_SELECT),
    [AT(K_CALENDAR, ONE)] = OPEN(WHY_ALL, CALENDAR_SELECT "WHERE c.code = $1"),
    [AT(K_CALENDAR, EXPORT)] = SCOPED_STREAM(CALENDAR_SELECT "WHERE " CONCERNS("o") " ORDER BY c.code"),
    [AT(K_CALENDAR, ADD)] =
        OPEN(WHY_ALL, "INSERT INTO calendar (code, year, kind, org, name_ja, name_en, since, until, ref)"
                      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"),
    [AT(K_CALENDAR, CHANGE)] =
        OPEN(WHY_ALL, "UPDATE calendar SET kind = $3, name_ja = $5, since = $7, " KEEP("year", "$2", "$10", "2") ", "
                      KEEP("org", "$4", "$10", "8") ", " KEEP("name_en", "$6", "$10", "32") ", "
                      KEEP("until", "$8", "$10", "128") ", " KEEP("ref", "$9", "$10", "256") " WHERE code = $1"),

    [REFER_COUNCIL] = SQL_STREAM("SELECT code, 0, CAST(NULL AS BIGINT), 0, '' FROM council"),
    [REFER_MEETING] = SQL_STREAM("SELECT code, 0, CAST(NULL AS BIGINT), 0, '' FROM meeting"),
    [MEETINGS_TWICE] = SQL("SELECT a.code, b.code, c.name_ja, c.name_en, a.number FROM meeting a JOIN meeting b"
                           " ON b.council = a.council AND b.number = a.number AND b.code > a.code"
                           " JOIN council c ON c.code = a.council ORDER BY a.code, b.code"),

    [REFER_ORG] = OPEN_STREAM(WHY_ALL, "SELECT code, id, lo, 0, '' FROM org"),
    [REFER_DUTY] = SQL_STREAM("SELECT code, 0, CAST(NULL AS BIGINT), rights, '' FROM duty"),
    [REFER_PERSON] = OPEN_STREAM(WHY_ALL,
                                 "SELECT x.code, x.id, o.lo, 0, '' FROM person x JOIN org o ON o.id = x.org"),
    [REFER_SYSTEM] = OPEN_STREAM(WHY_ALL,
                                 "SELECT s.code, s.id, o.lo, 0, o.code FROM system s JOIN org o ON o.id = s.org"),
    [BEYOND] = OPEN("asks only whether there is any", "SELECT 1 FROM org WHERE lo < $1 OR lo >= $2 LIMIT 1"),
    [FOLLOW] = OPEN("a post stands where its system stands",
                    "UPDATE post SET org = (SELECT s.org FROM system s WHERE s.id = post.system)"
                    " WHERE system IS NOT NULL AND org <> (SELECT s.org FROM system s WHERE s.id = post.system)"),
    [HOLD_BEYOND] = OPEN_STREAM("asks whose name and address are not the actor's to change, and tells nothing else",
                                "SELECT x.code FROM post p JOIN person x ON x.id = p.person"
                                " JOIN duty d ON d.code = p.duty LEFT JOIN system s ON s.id = p.system"
                                " JOIN org o ON o.id = coalesce(s.org, p.org)"
                                " WHERE (p.until IS NULL OR p.until >= $1)"
                                " AND (o.lo < $2 OR o.lo >= $3 OR (d.rights & CAST($4 AS BIGINT)) <> 0)"),
    [SHARED_MAILS] = OPEN_STREAM("an address says who signs in, wherever they are",
                                 "SELECT a.code, b.code, a.mail, oa.lo, ob.lo"
                                 " FROM person a JOIN person b ON b.mail = a.mail AND b.id > a.id"
                                 " JOIN org oa ON oa.id = a.org JOIN org ob ON ob.id = b.org"
                                 " WHERE a.mail <> '' AND" OVERLAP " ORDER BY a.code, b.code"),
    [COLLISIONS] = OPEN_STREAM("a person's duties must not collide, wherever they are held",
                               "SELECT a.code, b.code, x.code, oa.lo, ob.lo"
                               " FROM post a JOIN post b ON b.person = a.person AND b.id <> a.id"
                               " JOIN duty_forbidden f ON f.duty = a.duty AND f.other = b.duty"
                               " JOIN person x ON x.id = a.person"
                               " JOIN org oa ON oa.id = a.org JOIN org ob ON ob.id = b.org WHERE" OVERLAP
                               " ORDER BY a.code, b.code"),

    [COUNTS] = SCOPED("SELECT (SELECT count(*) FROM org o WHERE " IN_SCOPE("o") " AND " CURRENT("o") "),"
                      " (SELECT count(*) FROM person x JOIN org o ON o.id = x.org WHERE " IN_SCOPE("o")
                      " AND " CURRENT("x") "),"
                      " (SELECT count(*) FROM post p JOIN org o ON o.id = p.org WHERE " IN_SCOPE("o")
                      " AND " CURRENT("p") "),"
                      " (SELECT count(*) FROM post p JOIN org o ON o.id = p.org WHERE " IN_SCOPE("o")
                      " AND " CURRENT("p") " AND NOT EXISTS (SELECT 1 FROM person x WHERE x.id = p.person AND "
                      CURRENT("x") ")),"
                      " (SELECT count(*) FROM system s JOIN org o ON o.id = s.org WHERE " IN_SCOPE("o")
                      " AND " CURRENT("s") ")"),
    [ORGS] = SCOPED_STREAM(ORG_THEN " AND " CURRENT("o") " AND " SPAN " AND o.depth <= $6 ORDER BY o.lo"),
    [ORG_FACTS] = SCOPED(ORG_THEN " AND o.id = $4"),
    [NAMES] = SCOPED("SELECT n.name_ja, n.name_en, n.since, n.until FROM org_name n JOIN org o ON o.id = n.org"
                     " WHERE " IN_SCOPE("o") " AND o.id = $3 ORDER BY n.until"),
    [LINKS] = SCOPED("SELECT l.kind, o.code, o.name_ja, o.name_en, t.code, t.name_ja, t.name_en, l.since, l.until,"
                     " t.lo FROM org_link l JOIN org o ON o.id = l.from_org JOIN org t ON t.id = l.to_org"
                     " WHERE " IN_SCOPE("o") " AND (CAST($3 AS TEXT) = '' OR l.kind = $3)"
                     " AND (CAST($4 AS BIGINT) = 0 OR l.from_org = $4 OR l.to_org = $4) ORDER BY l.kind, o.lo, t.lo"),
    [PEOPLE] = SCOPED_STREAM("SELECT x.id, x.code, x.name_ja, x.name_en, o.code, o.name_ja, o.name_en, x.mail,"
                             " x.since, x.until, x.lang FROM org o JOIN person x ON x.org = o.id WHERE " IN_SCOPE("o")
                             " AND " CURRENT("x") " AND " SPAN " ORDER BY o.lo, x.code"),
    [PERSON] = SCOPED("SELECT x.id, x.code, x.name_ja, x.name_en, o.code, o.name_ja, o.name_en, x.mail, x.since,"
                      " x.until, x.lang FROM person x JOIN org o ON o.id = x.org WHERE " IN_SCOPE("o") " AND x.code = $3"),
    [POSTS_AT] = SCOPED_STREAM(POSTS " LEFT JOIN person x ON x.id = p.person AND " CURRENT("x") " WHERE " IN_SCOPE("o")
                               " AND " CURRENT("p") " AND " SPAN " AND (CAST($6 AS TEXT) = '' OR p.duty = $6)"
                               " AND (CAST($7 AS BIGINT) = 0 OR x.id IS NULL) ORDER BY o.lo, d.ord, p.code"),
    [POSTS_HELD] = SCOPED(POSTS " JOIN person x ON x.id = p.person WHERE " IN_SCOPE("o")
                          " AND p.person = $3 ORDER BY o.lo, d.ord, p.code"),
    /* A row for each tag of a system, one without where it has none. */
    [SYSTEMS] = SCOPED_STREAM("SELECT s.code, s.name_ja, s.name_en, o.code, o.name_ja, o.name_en, s.kind, s.since,"
                              " s.until, t.key, t.value FROM org o JOIN system s ON s.org = o.id"
                              " LEFT JOIN system_tag t ON t.system = s.id AND t.value <> '' WHERE " IN_SCOPE("o")
                              " AND " CURRENT("s") " AND " SPAN TAGGED("$6", "$7") TAGGED("$8", "$9")
                              TAGGED("$10", "$11") TAGGED("$12", "$13") " ORDER BY o.lo, s.code, t.key"),
    [TAGS] = SCOPED("SELECT t.key, t.value, count(*) FROM org o JOIN system s ON s.org = o.id"
                    " JOIN system_tag t ON t.system = s.id AND t.value <> '' WHERE " IN_SCOPE("o") " AND " CURRENT("s")
                    " AND " SPAN " GROUP BY t.key, t.value ORDER BY count(*) DESC, t.key, t.value"),
    [TAGS_MANY] = OPEN_STREAM("asks of systems that the file just changed",
                              "SELECT s.code, count(*) FROM system_tag t JOIN system s ON s.id = t.system"
                              " WHERE t.value <> '' GROUP BY s.code HAVING count(*) > CAST($1 AS BIGINT)"),
    [DUTIES] = SQL("SELECT d.code, d.name_ja, d.name_en, t.title_ja, t.title_en, d.rights FROM duty d"
                   " LEFT JOIN duty_title t ON t.duty = d.code AND t.edition = $1 ORDER BY d.ord, d.code"),
    [FORBIDDEN] = SCOPED_STREAM(CONFLICT_COLUMNS ", f.reason_ja, f.reason_en" CONFLICT_TABLES
                                " JOIN duty_forbidden f ON f.duty = a.duty AND f.other = b.duty" CONFLICT_WHERE
                                " ORDER BY x.code, a.code, b.code"),
    /* 32 is audit, 64 centre, 30 confirm, names, rates or manage: duties that answer for others (access/access.h). */
    [SELF_AUDIT] = SCOPED_STREAM(CONFLICT_COLUMNS ", '', ''" CONFLICT_TABLES CONFLICT_WHERE
                                 " AND (da.rights & 32) > 0 AND (db.rights & 96) = 0"
                                 " AND ((db.rights & 30) > 0 OR b.system IS NOT NULL)"
                                 " AND ob.lo >= oa.lo AND ob.lo < oa.hi"
                                 " AND NOT EXISTS (SELECT 1 FROM duty_forbidden f WHERE (f.duty = a.duty AND"
                                 " f.other = b.duty) OR (f.duty = b.duty AND f.other = a.duty))"
                                 " ORDER BY x.code, a.code, b.code"),
};

const struct sql_set registry_sql_set = {"registry", statements, STATEMENTS};

/* ---- files ---- */

static struct datum datum_of(struct rows *r, int column, enum field_type type)
{
    struct datum d = {.nil = rows_null(r, column)};
    if (type == F_DATE || type == F_ORDER || type == F_RIGHTS || type == F_NUMBER) d.i = rows_int(r, column);
    else d.text = rows_text(r, column);
    return d;
}

static struct record record_of(struct rows *r, enum kind_id kind)
{
    const struct kind *k = &registry_kinds[kind];
    struct record record = {0};
    for (size_t i = 0; i < k->n; i++) record.d[i] = datum_of(r, (int)i, k->fields[i].type);
    return record;
}

static bool reaches(const struct work *w, struct rows *r, int column)
{
    int64_t lo = rows_int(r, column);
    return rows_null(r, column) || (lo >= w->lo && lo < w->hi);
}

enum err stored_each(struct work *w, enum kind_id kind, stored_fn *fn, void *to)
{
    int fields = (int)registry_kinds[kind].n;
    struct rows *r;
    enum err e = store_rows(w, &statements[AT(kind, LOAD)], NOARGS, &r);
    if (e != OK) return e;
    while (rows_next(r)) {
        struct stored stored = {rows_int(r, fields), reaches(w, r, fields + 1), record_of(r, kind)};
        fn(to, &stored);
    }
    return rows_done(r);
}

static size_t key_values(const struct kind *k, const struct record *record, struct value *out)
{
    size_t n = 0;
    for (size_t i = 0; i < k->n; i++) {
        if ((k->fields[i].flags & F_KEY) == 0) continue;
        out[n++] = k->fields[i].type == F_DATE ? INT(record->d[i].i) : TEXT(record->d[i].text);
    }
    return n;
}

enum err stored_one(struct work *w, enum kind_id kind, const struct record *key, bool *found, struct record *out)
{
    struct value values[FIELDS_MAX];
    size_t n = key_values(&registry_kinds[kind], key, values);
    struct rows *r;
    enum err e = store_rows(w, &statements[AT(kind, ONE)], (struct values){values, n}, &r);
    if (e != OK) return e;
    struct record record = {0};
    bool any = rows_next(r);
    if (any) record = record_of(r, kind);
    for (size_t i = 0; any && i < FIELDS_MAX; i++) record.d[i].text = str_dup(w->a, record.d[i].text);
    e = rows_done(r);
    if (e != OK) return e;
    *found = any;
    if (any) *out = record;
    return OK;
}

enum err referred_each(struct work *w, enum field_type type, referred_fn *fn, void *to)
{
    static const unsigned char statement[FIELD_TYPES] = {
        [F_ORG] = REFER_ORG, [F_DUTY] = REFER_DUTY, [F_PERSON] = REFER_PERSON, [F_SYSTEM] = REFER_SYSTEM,
        [F_COUNCIL] = REFER_COUNCIL, [F_MEETING] = REFER_MEETING};
    struct rows *r;
    enum err e = store_rows(w, &statements[statement[type]], NOARGS, &r);
    if (e != OK) return e;
    while (rows_next(r)) {
        struct referred referred = {rows_text(r, 0), rows_text(r, 4), rows_int(r, 1), (unsigned)rows_int(r, 3),
                                    reaches(w, r, 2)};
        fn(to, &referred);
    }
    return rows_done(r);
}

enum err put_begin(struct work *w, enum kind_id kind, enum put put, struct batch **out)
{
    static const enum file_sql step[] = {[PUT_ADD] = ADD, [PUT_CHANGE] = CHANGE, [PUT_LATE] = LATE};
    return batch_begin(w, &statements[AT(kind, step[put])], out);
}

static struct value value_of(const struct field *f, const struct datum *d)
{
    switch (f->type) {
    case F_DATE:
    case F_NUMBER: return int_or_nil(d->i, !d->nil);
    case F_ORDER:
    case F_RIGHTS: return INT(d->i);
    case F_ORG:
    case F_PERSON:
    case F_SYSTEM:
    case F_POST: return int_or_nil(d->i, d->i != 0);
    default: return TEXT(d->text);
    }
}

/* The code, and the code it refers to. */
static enum err put_late(struct batch *b, const struct kind *k, const struct record *record)
{
    size_t self = 0;
    for (size_t i = 0; i < k->n; i++)
        if (k->fields[i].type == k->self) self = i;
    return batch_add(b, ARGS(TEXT(record->d[0].text), TEXT(record->d[self].text)));
}

enum err put_row(struct batch *b, enum kind_id kind, enum put put, unsigned mask, const struct record *record)
{
    const struct kind *k = &registry_kinds[kind];
    if (put == PUT_LATE) return put_late(b, k, record);
    struct value values[FIELDS_MAX + 1];
    for (size_t i = 0; i < k->n; i++) values[i] = value_of(&k->fields[i], &record->d[i]);
    values[k->n] = INT(mask);
    return batch_add(b, (struct values){values, put == PUT_CHANGE ? k->n + 1 : k->n});
}

enum err reach_is_whole(struct work *w, bool *out)
{
    int64_t beyond;
    enum err e = store_int(w, &statements[BEYOND], ARGS(INT(w->lo), INT(w->hi)), &beyond);
    if (e != OK && e != NOTFOUND) return e;
    *out = e == NOTFOUND;
    return OK;
}

enum err posts_follow_systems(struct work *w, int64_t *moved)
{
    return store_run_count(w, &statements[FOLLOW], NOARGS, moved);
}

enum err beyond_each(struct work *w, beyond_fn *fn, void *to)
{
    unsigned lacking = (MAY_CENTRE | MAY_ADMINISTER | MAY_APPROVE) & ~w->actor->rights;
    struct rows *r;
    if (lacking == 0 && actor_unbounded(w->actor)) return OK;
    enum err e = store_rows(w, &statements[HOLD_BEYOND],
                            ARGS(INT(today(w)), INT(w->lo), INT(w->hi), INT((int64_t)lacking)), &r);
    if (e != OK) return e;
    while (rows_next(r)) fn(to, rows_text(r, 0));
    return rows_done(r);
}

static enum err pairs_each(struct work *w, const struct sql *sql, collision_fn *fn, void *to)
{
    struct rows *r;
    enum err e = store_rows(w, sql, NOARGS, &r);
    if (e != OK) return e;
    while (rows_next(r)) {
        struct collision c = {rows_text(r, 0), rows_text(r, 1), rows_text(r, 2), reaches(w, r, 3), reaches(w, r, 4)};
        fn(to, &c);
    }
    return rows_done(r);
}

enum err collisions_each(struct work *w, collision_fn *fn, void *to)
{
    return pairs_each(w, &statements[COLLISIONS], fn, to);
}

enum err shared_mails_each(struct work *w, collision_fn *fn, void *to)
{
    return pairs_each(w, &statements[SHARED_MAILS], fn, to);
}

enum err meetings_twice_each(struct work *w, twice_fn *fn, void *to)
{
    struct rows *r;
    enum err e = store_rows(w, &statements[MEETINGS_TWICE], NOARGS, &r);
    if (e != OK) return e;
    while (rows_next(r)) {
        struct twice twice = {rows_text(r, 0), rows_text(r, 1), rows_text(r, 2), rows_text(r, 3), rows_int(r, 4)};
        fn(to, &twice);
    }
    return rows_done(r);
}

enum err export_each(struct work *w, enum kind_id kind, export_fn *fn, void *to)
{
    struct rows *r;
    enum err e = store_rows(w, &statements[AT(kind, EXPORT)], NOARGS, &r);
    if (e != OK) return e;
    enum err put = OK;
    while (put == OK && rows_next(r)) {
        struct record record = record_of(r, kind);
        put = fn(to, &record);
    }
    e = rows_done(r);
    return put != OK ? put : e;
}

/* ---- views ---- */

static struct named named_of(struct rows *r, int column)
{
    return (struct named){rows_text(r, column), rows_text(r, column + 1), rows_text(r, column + 2)};
}

static struct day day_of(struct rows *r, int column)
{
    return (struct day){!rows_null(r, column), rows_int(r, column)};
}

enum err registry_counts(struct work *w, int64_t at, struct counts *out)
{
    struct rows *r;
    enum err e = store_rows(w, &statements[COUNTS], ARGS(INT(at)), &r);
    if (e != OK) return e;
    struct counts counts = {0};
    if (rows_next(r))
        counts = (struct counts){rows_int(r, 0), rows_int(r, 1), rows_int(r, 2), rows_int(r, 3), rows_int(r, 4)};
    e = rows_done(r);
    if (e == OK) *out = counts;
    return e;
}

static struct org_row org_of(struct rows *r)
{
    return (struct org_row){named_of(r, 0),  named_of(r, 3), rows_text(r, 6), rows_int(r, 7),
                            rows_int(r, 8), day_of(r, 9),   day_of(r, 10)};
}

enum err orgs_each(struct work *w, int64_t at, struct span span, int64_t deepest, org_fn *fn, void *to)
{
    struct rows *r;
    enum err e = store_rows(w, &statements[ORGS], ARGS(INT(at), INT(span.lo), INT(span.hi), INT(deepest)), &r);
    if (e != OK) return e;
    while (rows_next(r)) {
        struct org_row row = org_of(r);
        fn(to, &row);
    }
    return rows_done(r);
}

static struct named named_kept(struct arena *a, struct named n)
{
    return (struct named){str_dup(a, n.code), str_dup(a, n.ja), str_dup(a, n.en)};
}

enum err org_facts(struct work *w, int64_t org, int64_t at, struct org_row *out)
{
    struct rows *r;
    enum err e = store_rows(w, &statements[ORG_FACTS], ARGS(INT(at), INT(org)), &r);
    if (e != OK) return e;
    struct org_row row = {0};
    if (rows_next(r)) {
        row = org_of(r);
        row.org = named_kept(w->a, row.org);
        row.parent = named_kept(w->a, row.parent);
        row.kind = str_dup(w->a, row.kind);
    }
    e = rows_done(r);
    if (e == OK) *out = row;
    return e;
}

enum err earlier_names_each(struct work *w, int64_t org, name_fn *fn, void *to)
{
    struct rows *r;
    enum err e = store_rows(w, &statements[NAMES], ARGS(INT(org)), &r);
    if (e != OK) return e;
    while (rows_next(r)) {
        struct name_row row = {rows_text(r, 0), rows_text(r, 1), day_of(r, 2), day_of(r, 3)};
        fn(to, &row);
    }
    return rows_done(r);
}

enum err links_each(struct work *w, str kind, int64_t org, link_fn *fn, void *to)
{
    struct rows *r;
    enum err e = store_rows(w, &statements[LINKS], ARGS(TEXT(kind), INT(org)), &r);
    if (e != OK) return e;
    while (rows_next(r)) {
        struct link_row row = {rows_text(r, 0), named_of(r, 1), named_of(r, 4), day_of(r, 7), day_of(r, 8)};
        if (!reaches(w, r, 9)) row.to.ja = row.to.en = S("");
        fn(to, &row);
    }
    return rows_done(r);
}

static struct person_row person_of(struct rows *r)
{
    return (struct person_row){rows_int(r, 0),  named_of(r, 1), named_of(r, 4),
                               rows_text(r, 7), day_of(r, 8),   day_of(r, 9), rows_text(r, 10)};
}

enum err people_each(struct work *w, int64_t at, struct span span, person_fn *fn, void *to)
{
    struct rows *r;
    enum err e = store_rows(w, &statements[PEOPLE], ARGS(INT(at), INT(span.lo), INT(span.hi)), &r);
    if (e != OK) return e;
    while (rows_next(r)) {
        struct person_row row = person_of(r);
        fn(to, &row);
    }
    return rows_done(r);
}

enum err person_facts(struct work *w, str code, bool *found, struct person_row *out)
{
    struct rows *r;
    enum err e = store_rows(w, &statements[PERSON], ARGS(TEXT(code)), &r);
    if (e != OK) return e;
    struct person_row row = {0};
    bool any = rows_next(r);
    if (any) {
        row = person_of(r);
        row.person = named_kept(w->a, row.person);
        row.org = named_kept(w->a, row.org);
        row.mail = str_dup(w->a, row.mail);
        row.lang = str_dup(w->a, row.lang);
    }
    e = rows_done(r);
    if (e != OK) return e;
    *found = any;
    if (any) *out = row;
    return OK;
}

static enum err posts_rows(struct rows *r, post_fn *fn, void *to)
{
    while (rows_next(r)) {
        struct post_row row = {rows_text(r, 0), rows_text(r, 1), named_of(r, 2), named_of(r, 5),
                               named_of(r, 8),  named_of(r, 11), day_of(r, 14),  day_of(r, 15)};
        fn(to, &row);
    }
    return rows_done(r);
}

enum err posts_each(struct work *w, int64_t at, const struct post_filter *f, post_fn *fn, void *to)
{
    struct rows *r;
    enum err e = store_rows(w, &statements[POSTS_AT],
                            ARGS(INT(at), INT(f->span.lo), INT(f->span.hi), TEXT(f->duty), INT(f->vacant)), &r);
    return e == OK ? posts_rows(r, fn, to) : e;
}

enum err posts_of_person(struct work *w, int64_t person, post_fn *fn, void *to)
{
    struct rows *r;
    enum err e = store_rows(w, &statements[POSTS_HELD], ARGS(INT(person)), &r);
    return e == OK ? posts_rows(r, fn, to) : e;
}

static str joined_tag(struct arena *a, str before, str key, str value)
{
    return str_fmt(a, "%.*s%s%.*s=%.*s", STR_ARG(before), before.n == 0 ? "" : ", ", STR_ARG(key), STR_ARG(value));
}

static struct system_row system_of(struct arena *a, struct rows *r)
{
    struct system_row row = {named_kept(a, named_of(r, 0)), named_kept(a, named_of(r, 3)), str_dup(a, rows_text(r, 6)),
                             day_of(r, 7), day_of(r, 8), S("")};
    return row;
}

enum err systems_each(struct work *w, int64_t at, struct span span, const struct tag_filter *tags, system_fn *fn,
                      void *to)
{
    struct value v[3 + 2 * TAG_FILTERS_MAX] = {INT(at), INT(span.lo), INT(span.hi)};
    for (size_t i = 0; i < TAG_FILTERS_MAX; i++) {
        v[3 + 2 * i] = TEXT(i < tags->n ? tags->tag[i].key : S(""));
        v[4 + 2 * i] = TEXT(i < tags->n ? tags->tag[i].value : S(""));
    }
    struct rows *r;
    enum err e = store_rows(w, &statements[SYSTEMS], (struct values){v, sizeof v / sizeof *v}, &r);
    if (e != OK) return e;
    struct arena_mark mark = arena_mark(w->a);
    struct system_row row = {0};
    while (rows_next(r)) {
        if (!str_eq(row.system.code, rows_text(r, 0))) {
            if (row.system.code.n != 0) fn(to, &row);
            arena_back(w->a, mark);
            row = system_of(w->a, r);
        }
        if (!rows_null(r, 9)) row.tags = joined_tag(w->a, row.tags, rows_text(r, 9), rows_text(r, 10));
    }
    if (row.system.code.n != 0) fn(to, &row);
    return rows_done(r);
}

enum err tags_each(struct work *w, int64_t at, struct span span, tag_fn *fn, void *to)
{
    struct rows *r;
    enum err e = store_rows(w, &statements[TAGS], ARGS(INT(at), INT(span.lo), INT(span.hi)), &r);
    if (e != OK) return e;
    while (rows_next(r)) fn(to, rows_text(r, 0), rows_text(r, 1), rows_int(r, 2));
    return rows_done(r);
}

enum err tags_too_many(struct work *w, tags_fn *fn, void *to)
{
    struct rows *r;
    enum err e = store_rows(w, &statements[TAGS_MANY], ARGS(INT(SYSTEM_TAGS_MAX)), &r);
    if (e != OK) return e;
    while (rows_next(r)) fn(to, rows_text(r, 0), rows_int(r, 1));
    return rows_done(r);
}

enum err duties_each(struct work *w, str edition, duty_fn *fn, void *to)
{
    struct rows *r;
    enum err e = store_rows(w, &statements[DUTIES], ARGS(TEXT(edition)), &r);
    if (e != OK) return e;
    while (rows_next(r)) {
        struct duty_row row = {named_of(r, 0), rows_text(r, 3), rows_text(r, 4), (unsigned)rows_int(r, 5)};
        fn(to, &row);
    }
    return rows_done(r);
}

enum err conflicts_each(struct work *w, int64_t at, bool forbidden, conflict_fn *fn, void *to)
{
    struct rows *r;
    enum err e = store_rows(w, &statements[forbidden ? FORBIDDEN : SELF_AUDIT], ARGS(INT(at)), &r);
    if (e != OK) return e;
    while (rows_next(r)) {
        struct conflict_row row = {
            named_of(r, 0),   named_of(r, 3),   named_of(r, 6),   named_of(r, 9),    named_of(r, 12), rows_text(r, 15),
            rows_text(r, 16), rows_text(r, 19), rows_text(r, 20), reaches(w, r, 17), reaches(w, r, 18)};
        fn(to, &row);
    }
    return rows_done(r);
}
