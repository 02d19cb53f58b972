/* A unit's workbook goes out and comes back: three states a cell, what is filed, kept, left alone, refused; by whom. */
#include "inspect_kit.h"
#include "xlsx_kit.h"

#include "inspect/sheet_form.h"

/* ---- three states, exhaustively ---- */

static void no_answer_is_ever_lost(void **state)
{
    (void)state;
    for (enum said issued = 0; issued < SAIDS; issued++) {
        for (enum said file = 0; file < SAIDS; file++) {
            for (enum said stands = 0; stands < SAIDS; stands++) {
                enum said out = SAIDS, again;
                enum merged m = merge_said(issued, file, stands, &out);
                assert_true(out == stands || (m == MERGED_TAKEN && out == file));
                assert_true(!is_answer(stands) || is_answer(out));
                if (m == MERGED_CONFLICT) assert_true(file != stands && file != issued && stands != issued);
                if (is_answer(file) && is_answer(stands) && file != stands && stands == issued)
                    assert_int_equal(m, MERGED_TAKEN);
                if (is_answer(file) && is_answer(stands) && file != stands && file == issued)
                    assert_int_equal(m, MERGED_KEPT);
                assert_int_not_equal(merge_said(issued, file, out, &again), MERGED_TAKEN);
                assert_int_equal(again, out);
            }
        }
    }
    str out;
    assert_int_equal(merge_note(S("a"), S(""), S("a"), &out), MERGED_NOT_TAKEN_AWAY);
    assert_str(out, "a");
    assert_int_equal(merge_note(S("a"), S("b"), S("a"), &out), MERGED_TAKEN);
    assert_str(out, "b");
    assert_int_equal(merge_note(S("a"), S("b"), S("c"), &out), MERGED_CONFLICT);
    assert_int_equal(merge_note(S("a"), S("a"), S("c"), &out), MERGED_KEPT);
    assert_int_equal(merge_note(S(""), S(""), S("c"), &out), MERGED_KEPT);
    assert_str(out, "c");
}

static void words_are_understood(void **state)
{
    static const struct {
        const char *text;
        int said; /* -1: no answer */
    } words[] = {{"", SAID_NOTHING},
                 {"　 ", SAID_NOTHING},
                 {"実施した", SAID_DONE},
                 {" 実施した　", SAID_DONE},
                 {"○", SAID_DONE},
                 {"１", SAID_DONE},
                 {"I did", SAID_DONE},
                 {"i DID", SAID_DONE},
                 {"ｄｏｎｅ", SAID_DONE},
                 {"×", SAID_NOT_DONE},
                 {"実施していない", SAID_NOT_DONE},
                 {"I did not", SAID_NOT_DONE},
                 {"－", SAID_NO_OCCASION},
                 {"該当する場面がなかった", SAID_NO_OCCASION},
                 {"No occasion arose", SAID_NO_OCCASION},
                 {"あとで答える", SAID_LATER},
                 {"Answer later", SAID_LATER},
                 {"later", SAID_LATER},
                 {"遵守事項により異なる", SAID_MIXED},
                 {"はい", -1},
                 {"TRUE", -1},
                 {"2", -1},
                 {"実施した。", -1}};
    struct arena *a = arena_new(0);
    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        enum said said = SAIDS;
        bool good = said_parse(a, str_of(words[i].text), &said);
        if (good != (words[i].said >= 0) || (good && (int)said != words[i].said))
            fail_msg("'%s' is %d", words[i].text, (int)said);
    }
    arena_free(a);
}

/* ---- the world ---- */

/* Q1 serves 2(a) and 3(a), Q2 and Q3 serve 2(b) by "any"; the head's 2(c) is asked itself. */
static void form_world(struct work *w)
{
    small_registry(w);
    small_standard(w, "e1", SMALL_CLAUSES);
    doing(w, "standard", "import", {"edition", "e1"}, {"what", "questions"},
          FILED("code,duty,rule,clauses,text_ja,text_en,example_ja,example_en,help_ja,help_en\n"
                "Q1,staff,all,2(a) 3(a),設問一,First?,例,Example,補足,Help\n"
                "Q2,staff,any,2(b),設問二,Second?,,,,\nQ3,staff,any,2(b),設問三,Third?,,,,\n"));
    doing(w, "standard", "decide", {"edition", "e1"});
    small_round(w, "r1");
}

static str issue(struct work *w, const char *org)
{
    return file_of_entry(w, "inspect", "template", ASK({"round", "r1"}, {"org", org}));
}

#define EDIT(w, bytes, ...)                                                                                            \
    edited(w, bytes, (const struct edit[]){__VA_ARGS__},                                                               \
           sizeof((const struct edit[]){__VA_ARGS__}) / sizeof(struct edit))
#define BOOK(bytes)                                                                                                    \
    {                                                                                                                  \
        .name = "file", .text = (bytes).p, .file = "unit.xlsx", .n = (bytes).n                                         \
    }

static struct kept *import(struct work *w, str bytes)
{
    return doing(w, "inspect", "import", {"round", "r1"}, BOOK(bytes));
}

static void figures_hold(struct work *w)
{
    assert_true(noted_has(doing(w, "inspect", "recount", {"round", "r1"}), "The tallies equal the sheets"));
}

static str outcome(const struct kept *k, const char *respondent)
{
    return cell_at(k, "sheets", respondent, NULL, "outcome")->text;
}

static const struct cell *merge_cell(const struct kept *k, const char *respondent, const char *question,
                                     const char *what)
{
    return cell_at(k, "merge", respondent, question, what);
}

static str sheet_line(struct work *w, const char *respondent)
{
    str file = file_of_entry(w, "inspect", "answers", ASK({"round", "r1"}));
    for (str line; str_cut(&file, '\n', &line);)
        if (str_starts(line, str_of(respondent))) return str_trim(line);
    return (str){0};
}

static str answer_at(struct work *w, const char *respondent, const char *question, const char *column)
{
    const struct kept *k = doing(w, "inspect", "sheet", {"round", "r1"}, {"respondent", respondent}, {"page", "0"});
    return cell_at(k, "questions", question, NULL, column)->text;
}

/* ---- what it holds ---- */

static void holds(struct work *w)
{
    form_world(w);
    struct work *head = as(w, "pha");
    str book = issue(head, "a1"), told;
    assert_ok(w, tell_sheet(w, book, 1, &told));
    assert_str(told,
               "A1=Code;B1=Section;C1=Question;D1=s1;F1=s2;C2=Answers of;D2=秘甲一;E2=Note;F2=秘甲二;G2=Note;"
               "C3=Organisation;D3=Bureau A1;F3=Bureau A1;A4=Q1;B4=Organisation;C4=First?\n(for example: Example);"
               "A5=Q2;B5=Organisation;C5=Second?;A6=Q3;B6=Organisation;C6=Third?;");
    assert_ok(w, tell_sheet(w, book, 2, &told));
    assert_true(str_find(told, S("D1=ha;")) >= 0 && str_find(told, S("A4=2(c);")) >= 0);
    assert_ok(w, tell_sheet(w, book, 0, &told));
    assert_true(str_find(told, S("1 devices of this unit")) >= 0);
    str again = issue(head, "a1");
    assert_true(str_eq(book, again)); /* the same calls, the same bytes */
    struct kept *k = import(as(w, "poa"), book);
    assert_int_equal(fact_int(k, "blank"), 3);
    assert_int_equal(rows_of(k, "merge"), 0);
    assert_true(k->doc.personal);
}

/* ---- filled in ---- */

static void filled(struct work *w)
{
    form_world(w);
    struct work *officer = as(w, "poa");
    str book = EDIT(w, issue(officer, "a1"), {"Staff", "D4", "○"}, {"Staff", "D5", " 該当する場面がなかった"},
                    {"Staff", "D6", "I did"}, {"Staff", "E4", "研修に出た"}, {"Staff", "F4", "×"},
                    {"Staff", "F5", "あとで答える"});
    struct kept *k = import(officer, book);
    assert_int_equal(fact_int(k, "added"), 1);
    assert_int_equal(fact_int(k, "drafts"), 1);
    assert_int_equal(fact_int(k, "blank"), 1);
    assert_str(outcome(k, "s1"), "new-sheet");
    assert_str(outcome(k, "s2"), "draft-sheet");
    assert_str(outcome(k, "ha"), "blank-sheet");
    assert_str(merge_cell(k, "s1", "Q1", "done")->text, "taken");
    assert_str(sheet_line(w, "s1"), "s1,a1,staff,submitted,done,done,,done,,");
    assert_str(sheet_line(w, "s2"), "s2,a1,staff,draft,,,,,,");
    struct work *me = as(w, "pa1"), *other = as(w, "pa2");
    assert_str(answer_at(me, "s1", "Q2", "answer"), "no_occasion");
    assert_str(answer_at(me, "s1", "Q1", "note"), "研修に出た");
    assert_str(answer_at(other, "s2", "Q1", "answer"), "not_done");
    assert_str(answer_at(other, "s2", "Q2", "answer"), "later");
    figures_hold(w);
    str before = state_of_store(w, false);
    k = import(officer, book);
    assert_int_equal(fact_int(k, "unchanged"), 2);
    assert_true(str_eq(before, state_of_store(w, false)));
    /* the draft goes on where the workbook left it */
    doing(other, "inspect", "submit", {"round", "r1"}, {"respondent", "s2"}, {"answer.Q2", "done"},
          {"answer.Q3", "done"});
    assert_str(sheet_line(w, "s2"), "s2,a1,staff,submitted,not_done,done,,not_done,,");
    figures_hold(w);
}

/* ---- changed on one side, and on both ---- */

static void merges(struct work *w)
{
    form_world(w);
    struct work *officer = as(w, "poa"), *me = as(w, "pa1");
    str early = issue(officer, "a1");
    doing(me, "inspect", "submit", {"round", "r1"}, {"respondent", "s1"}, {"answer.Q1", "done"}, {"answer.Q2", "done"},
          {"answer.Q3", "done"});
    str late = issue(officer, "a1");

    struct kept *k = import(officer, EDIT(w, early, {"Staff", "D4", "×"}, {"Staff", "F4", "○"}, {"Staff", "F5", "○"},
                                          {"Staff", "F6", "○"}));
    assert_str(outcome(k, "s1"), "conflicting-sheet");
    assert_str(outcome(k, "s2"), "new-sheet");
    assert_int_equal(fact_int(k, "conflicts"), 1);
    assert_str(merge_cell(k, "s1", "Q1", "done")->text, "conflict");
    assert_str(merge_cell(k, "s1", "Q1", "file")->en, "I did not");
    assert_str(merge_cell(k, "s1", "Q1", "stood")->en, "I did");
    assert_str(merge_cell(k, "s1", "Q2", "done")->text, "kept-here");
    assert_str(sheet_line(w, "s1"), "s1,a1,staff,submitted,done,done,,done,,");
    figures_hold(w);

    k = import(officer, EDIT(w, late, {"Staff", "D4", ""}, {"Staff", "D5", "Answer later"}));
    assert_str(outcome(k, "s1"), "unchanged-sheet");
    assert_str(merge_cell(k, "s1", "Q1", "done")->text, "not-taken-away");
    assert_str(merge_cell(k, "s1", "Q2", "done")->text, "not-taken-away");
    assert_str(sheet_line(w, "s1"), "s1,a1,staff,submitted,done,done,,done,,");

    k = import(officer, EDIT(w, late, {"Staff", "D4", "実施していない"}, {"Staff", "E4", "事情あり"}));
    assert_str(outcome(k, "s1"), "changed-sheet");
    assert_str(sheet_line(w, "s1"), "s1,a1,staff,submitted,not_done,done,,not_done,,");
    assert_str(answer_at(me, "s1", "Q1", "note"), "事情あり");
    figures_hold(w);
    k = import(officer, EDIT(w, late, {"Staff", "D4", "○"})); /* as issued: what changed here since is kept */
    assert_str(outcome(k, "s1"), "unchanged-sheet");
    assert_str(merge_cell(k, "s1", "Q1", "done")->text, "kept-here");
    assert_str(merge_cell(k, "s1", "Q1", "what")->text, "answer");
}

/* A draft is the respondent's own: neither overwritten, nor handed in by others, nor told. */
static void draft_of_another(struct work *w)
{
    form_world(w);
    struct work *officer = as(w, "poa"), *me = as(w, "pa1");
    str book = issue(officer, "a1");
    doing(me, "inspect", "save", {"round", "r1"}, {"respondent", "s1"}, {"answer.Q1", "not_done"});
    assert_true(str_eq(issue(officer, "a1"), book)); /* nothing of it goes out */
    struct kept *k = import(officer, EDIT(w, book, {"Staff", "D4", "○"}, {"Staff", "D5", "○"}, {"Staff", "D6", "○"}));
    assert_str(outcome(k, "s1"), "conflicting-sheet");
    assert_int_equal(merge_cell(k, "s1", "Q1", "stood")->type, CELL_NONE);
    assert_str(answer_at(me, "s1", "Q2", "answer"), "");
    k = import(officer, EDIT(w, book, {"Staff", "D5", "○"}, {"Staff", "D6", "○"}));
    assert_str(outcome(k, "s1"), "draft-sheet");
    assert_int_equal(rows_of(k, "merge"), 2);
    assert_str(answer_at(me, "s1", "Q1", "answer"), "not_done");
    assert_str(answer_at(me, "s1", "Q3", "answer"), "done");
    assert_str(sheet_line(w, "s1"), "s1,a1,staff,draft,,,,,,");
    figures_hold(w);
}

/* Clauses of one question that differ are shown so, and stay as they are unless answered anew. */
static void mixed_clauses(struct work *w)
{
    form_world(w);
    struct work *officer = as(w, "poa");
    doing(officer, "inspect", "import", {"round", "r1"}, FILED("respondent,2(a),2(b),3(a)\ns1,done,done,not_done\n"));
    str book = issue(officer, "a1"), told;
    assert_ok(w, tell_sheet(w, book, 1, &told));
    assert_true(str_find(told, S("D4=differs by clause;")) >= 0);
    struct kept *k = import(officer, EDIT(w, book, {"Staff", "D5", "×"}, {"Staff", "D6", "×"}));
    assert_str(outcome(k, "s1"), "changed-sheet");
    assert_str(sheet_line(w, "s1"), "s1,a1,staff,submitted,done,not_done,,not_done,,");
    figures_hold(w);
    book = issue(officer, "a1");
    k = import(officer, EDIT(w, book, {"Staff", "D4", "○"}));
    assert_str(merge_cell(k, "s1", "Q1", "issued")->en, "differs by clause");
    assert_str(sheet_line(w, "s1"), "s1,a1,staff,submitted,done,not_done,,done,,");
    figures_hold(w);
    refused(officer, INVALID, "is no answer", "inspect", "import", {"round", "r1"},
            BOOK(EDIT(w, book, {"Staff", "F4", "differs by clause"})));
}

/* ---- states and rights ---- */

static void states(struct work *w)
{
    form_world(w);
    struct work *officer = as(w, "poa"), *head = as(w, "pha");
    str book = EDIT(w, issue(head, "a1"), {"Staff", "D4", "○"}, {"Staff", "D5", "○"}, {"Staff", "D6", "○"},
                    {"Head", "D4", "○"});
    refused(head, DENIED, "does not also write it", "inspect", "import", {"round", "r1"}, BOOK(book),
            {"state", "confirmed"});
    refused(officer, DENIED, "does not confirm", "inspect", "import", {"round", "r1"}, BOOK(book),
            {"state", "confirmed"});
    struct kept *k = doing(head, "inspect", "import", {"round", "r1"}, BOOK(book), {"state", "draft"});
    assert_int_equal(fact_int(k, "drafts"), 2);
    k = import(head, book);
    assert_str(outcome(k, "s1"), "new-sheet");
    assert_str(outcome(k, "ha"), "new-sheet");
    figures_hold(w);
    refused(head, DENIED, "someone else has to confirm it", "inspect", "import", {"round", "r1"}, BOOK(book), {"state", "confirmed"});
    str staff = EDIT(w, issue(head, "a1"), {"Head", "D4", ""});
    refused(head, DENIED, "you brought in this sheet", "inspect", "import", {"round", "r1"}, BOOK(staff), {"state", "confirmed"});
    k = doing(w, "inspect", "import", {"round", "r1"}, BOOK(staff), {"state", "confirmed"});
    assert_str(outcome(k, "s1"), "changed-sheet");
    assert_str(sheet_line(w, "s1"), "s1,a1,staff,confirmed,done,done,,done,,");
    figures_hold(w);
    k = doing(officer, "inspect", "import", {"round", "r1"}, BOOK(EDIT(w, issue(head, "a1"), {"Staff", "D4", "×"})),
              {"state", "draft"});
    assert_str(outcome(k, "s1"), "refused-sheet");
    doing(w, "inspect", "close", {"round", "r1"});
    refused(officer, CONFLICT, "is closed", "inspect", "import", {"round", "r1"}, BOOK(book));
    struct given given[ASK_MAX];
    struct args args;
    struct gathering g = {{gather_put}, buf_in(w->a)};
    size_t n = asked(w, ASK({"round", "r1"}, {"org", "a1"}), given);
    assert_ok(head, args_parse(head, entry_of("inspect", "template"), given, n, &args));
    assert_err(head, door_file(head, room_find(S("inspect")), entry_of("inspect", "template"), &args, &g.out),
               CONFLICT);
}

static void may_not_issue(struct work *w, const char *who, const char *org)
{
    struct work *v = as(w, who);
    struct given given[ASK_MAX];
    struct args args;
    struct gathering g = {{gather_put}, buf_in(w->a)};
    size_t n = asked(v, ASK({"round", "r1"}, {"org", org}), given);
    enum err e = args_parse(v, entry_of("inspect", "template"), given, n, &args);
    if (e == OK) e = door_file(v, room_find(S("inspect")), entry_of("inspect", "template"), &args, &g.out);
    assert_true(e == DENIED || e == NOTFOUND);
    assert_int_equal(g.b.n, 0);
}

static void rights(struct work *w)
{
    form_world(w);
    may_not_issue(w, "pa1", "a1"); /* answers only */
    may_not_issue(w, "pob", "a1"); /* of another ministry */
    may_not_issue(w, "pc", "a1");  /* the centre sees figures, no names */
    may_not_issue(w, "pv", "a1");
    struct work *officer = as(w, "poa");
    str book = EDIT(w, issue(officer, "A"), {"Staff", "D4", "○"}, {"Staff", "D5", "○"}, {"Staff", "D6", "○"},
                    {"Staff", "F4", "○"});
    doing(w, "inspect", "move", {"round", "r1"}, {"respondent", "s1"}, {"to", "b1"}, {"why", "moved"});
    struct kept *k = import(officer, book);
    assert_str(outcome(k, "s1"), "refused-sheet");
    assert_str(outcome(k, "s2"), "draft-sheet");
    k = import(as(w, "pob"), EDIT(w, book, {"Staff", "F4", ""}));
    assert_str(outcome(k, "s1"), "new-sheet"); /* where the respondent stands now */
    assert_str(outcome(k, "s2"), "refused-sheet");
    figures_hold(w);
}

/* What was given back goes out as it was handed in, and comes back corrected; untouched it is not handed in again. */
static void given_back(struct work *w)
{
    form_world(w);
    struct work *officer = as(w, "poa"), *me = as(w, "pa1"), *head = as(w, "pha");
    doing(me, "inspect", "submit", {"round", "r1"}, {"respondent", "s1"}, {"answer.Q1", "done"}, {"answer.Q2", "done"}, {"answer.Q3", "done"});
    doing(head, "inspect", "return", {"round", "r1"}, {"respondent", "s1"}, {"reason", "見直し"});
    str book = issue(officer, "a1");
    struct kept *k = import(officer, book);
    assert_str(outcome(k, "s1"), "unchanged-sheet");
    assert_str(sheet_line(w, "s1"), "s1,a1,staff,draft,done,done,,done,,");
    k = import(officer, EDIT(w, book, {"Staff", "D4", "×"}));
    assert_str(outcome(k, "s1"), "changed-sheet");
    assert_str(sheet_line(w, "s1"), "s1,a1,staff,submitted,not_done,done,,not_done,,");
    figures_hold(w);
    doing(head, "inspect", "return", {"round", "r1"}, {"respondent", "s1"}, {"reason", "もう一度"});
    doing(me, "inspect", "save", {"round", "r1"}, {"respondent", "s1"}, {"answer.Q1", "later"});
    k = import(officer, EDIT(w, issue(officer, "a1"), {"Staff", "D4", "○"}));
    assert_str(outcome(k, "s1"), "draft-sheet"); /* begun again by the respondent: theirs to hand in */
    figures_hold(w);
}

static void closed_unit(struct work *w)
{
    form_world(w);
    struct work *officer = as(w, "poa");
    str book = EDIT(w, issue(officer, "A"), {"Staff", "D4", "○"}, {"Staff", "D5", "○"}, {"Staff", "D6", "○"}, {"Staff", "H4", "○"});
    doing(w, "inspect", "close-unit", {"round", "r1"}, {"org", "a1"});
    struct kept *k = import(officer, book);
    assert_str(outcome(k, "s1"), "refused-sheet");
    assert_str(outcome(k, "s2"), "blank-sheet");
    assert_str(outcome(k, "s3"), "draft-sheet"); /* of another unit */
    assert_str(sheet_line(w, "s1"), "s1,a1,staff,draft,,,,,,");
    figures_hold(w);
}

/* ---- what is not taken ---- */

struct proving {
    struct buf b;
    int64_t end;
    const char *cell, *text;
    struct arena *a;
};
static enum err prove_line(void *to, const struct xlsx_line *l)
{
    struct proving *p = to;
    str cell[12];
    if (str_eq(l->cell[0], S("end"))) {
        p->end = l->row;
        return OK;
    }
    for (size_t i = 0; i < l->n; i++)
        cell[i] = str_eq(xlsx_reference(p->a, l->row, i), str_of(p->cell)) ? str_of(p->text) : l->cell[i];
    form_digest_row(&p->b, cell, l->n);
    return OK;
}

/* A cell of the hidden sheet changed by someone who also knows how its digest is made. */
static str forged(struct work *w, str book, const char *cell, const char *text)
{
    struct proving p = {buf_in(w->a), 0, cell, text, w->a};
    struct xlsx_in *x;
    assert_ok(w, xlsx_open(w, S("t"), book, &x));
    assert_ok(w, xlsx_lines(x, xlsx_tabs(x) - 1, prove_line, &p));
    const char *at = str_c(w->a, xlsx_reference(w->a, p.end, 1)), *digest = str_c(w->a, form_digest(&p.b));
    return EDIT(w, book, {FORM_HIDDEN, cell, text}, {FORM_HIDDEN, at, digest});
}

static void refusals(struct work *w)
{
    form_world(w);
    struct work *officer = as(w, "poa");
    str book = issue(officer, "a1"), before = state_of_store(w, true);
    struct buf long_note = buf_in(w->a);
    for (int i = 0; i < 201; i++) buf_add(&long_note, S("長"));
    buf_byte(&long_note, '\0');
    const struct {
        struct edit edit;
        const char *part;
    } bad[] = {
        {{"Staff", "D4", "はい"}, "is no answer"},
        {{"Staff", "D4", "該当する場面がなかった"}, "is no answer to question Q1"},
        {{"Staff", "E4", long_note.p}, "longer than 200 letters"},
        {{"Staff", "D1", "s2"}, "issued for 's1'"},
        {{"Staff", "F1", ""}, "issued for 's2'"},
        {{"Staff", "D2", "後任 花子"}, "a sheet of their own"},
        {{"Staff", "A4", "Q2"}, "issued for question 'Q1'"},
        {{"Staff", "C5", "Sometimes?"}, "the wording of question 'Q2'"},
        {{"Staff", "H4", "x"}, "a column was added"},
        {{"Staff", "D9", "x"}, "a row was added"},
        {{"Staff", NULL, NULL}, "removed or renamed"},
        {{FORM_HIDDEN, NULL, NULL}, "hidden sheet was removed"},
        {{FORM_HIDDEN, "B2", "r2"}, "was changed"},
        {{FORM_HIDDEN, "B1", "2"}, "has form 2"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        refused(officer, INVALID, bad[i].part, "inspect", "import", {"round", "r1"},
                BOOK(edited(w, book, &bad[i].edit, 1)));
    refused(officer, INVALID, "has lost rows", "inspect", "import", {"round", "r1"},
            BOOK(EDIT(w, book, {"Staff", "A6", ""}, {"Staff", "B6", ""}, {"Staff", "C6", ""})));
    refused(officer, INVALID, "another installation", "inspect", "import", {"round", "r1"},
            BOOK(forged(w, book, "B5", "00ff")));
    refused(officer, INVALID, "is of round 'r0'", "inspect", "import", {"round", "r1"},
            BOOK(forged(w, book, "B2", "r0")));
    refused(officer, INVALID, "asks edition 'e0'", "inspect", "import", {"round", "r1"},
            BOOK(forged(w, book, "B3", "e0")));
    refused(officer, INVALID, "is as of 2006-03-31", "inspect", "import", {"round", "r1"},
            BOOK(forged(w, book, "B4", "2006-03-31")));
    refused(officer, INVALID, "does not ask what the round asks", "inspect", "import", {"round", "r1"},
            BOOK(forged(w, book, "B10", "Q9")));
    refused(officer, INVALID, "give 'aggregates' as a CSV", "inspect", "import", {"round", "r1"}, BOOK(book),
            {"what", "aggregates"});
    assert_true(str_eq(before, state_of_store(w, true)));
    struct kept *k = import(officer, EDIT(w, book, {"My sums", NULL, "=SUM(A1:A9)"}));
    assert_true(noted_has(k, "Sheet 'My sums' was added"));
    small_round(w, "r2");
    refused(officer, INVALID, "is of round 'r1', not of round 'r2'", "inspect", "import", {"round", "r2"}, BOOK(book));
}

static void out_and_back(void **state) { (void)state, each_store(holds); }
static void filled_in(void **state) { (void)state, each_store(filled); }
static void one_side_and_both(void **state) { (void)state, each_store(merges); }
static void drafts_are_their_own(void **state) { (void)state, each_store(draft_of_another); }
static void clauses_that_differ(void **state) { (void)state, each_store(mixed_clauses); }
static void states_and_confirming(void **state) { (void)state, each_store(states); }
static void who_may(void **state) { (void)state, each_store(rights); }
static void back_and_corrected(void **state) { (void)state, each_store(given_back); }
static void closed_stays_closed(void **state) { (void)state, each_store(closed_unit); }
static void what_is_refused(void **state) { (void)state, each_store(refusals); }

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_answer_is_ever_lost),
        cmocka_unit_test(words_are_understood),
        cmocka_unit_test(out_and_back),
        cmocka_unit_test(filled_in),
        cmocka_unit_test(one_side_and_both),
        cmocka_unit_test(drafts_are_their_own),
        cmocka_unit_test(clauses_that_differ),
        cmocka_unit_test(states_and_confirming),
        cmocka_unit_test(who_may),
        cmocka_unit_test(back_and_corrected),
        cmocka_unit_test(closed_stays_closed),
        cmocka_unit_test(what_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
