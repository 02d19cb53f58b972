#include "plan/life.h"

const char *const plan_life_moves[] = {"circulate", "consult", "decide", "revise", "keep", NULL};

static const struct {
    const char *state;
    struct {
        enum plan_life_fit fit;
        str what;
    } of[MOVES];
} rules[] = {
    {"draft",
     {[MOVE_CIRCULATE] = {FITS, S_INIT("")},
      [MOVE_CONSULT] = {FITS_EARLY, N("the ministries were not asked about edition %2 of '%1': circulate it first, or say why that is left out")},
      [MOVE_DECIDE] = {FITS_EARLY, N("neither ministries nor the public were asked about edition %2 of '%1': do so first, or say why that is left out")},
      [MOVE_REVISE] = {FITS_NOT, N("edition %2 of '%1' is a draft still: change it as it is, then circulate it")},
      [MOVE_KEEP] = {FITS_NOT, N("edition %2 of '%1' is a draft: decide that, instead of noting that no change is needed")}}},
    {"consultation",
     {[MOVE_CIRCULATE] = {FITS_NOT, N("edition %2 of '%1' is with the ministries already: the next steps are the public comment and the decision")},
      [MOVE_CONSULT] = {FITS, S_INIT("")},
      [MOVE_DECIDE] = {FITS_EARLY, N("the public was not asked about edition %2 of '%1': begin the public comment first, or say why that is left out")},
      [MOVE_REVISE] = {FITS_NOT, N("edition %2 of '%1' is not decided yet: change it as it is")},
      [MOVE_KEEP] = {FITS_NOT, N("edition %2 of '%1' is not decided yet: decide it first")}}},
    {"comment",
     {[MOVE_CIRCULATE] = {FITS_NOT, N("edition %2 of '%1' is with the public already: the next step is the decision")},
      [MOVE_CONSULT] = {FITS_NOT, N("edition %2 of '%1' is with the public already: the next step is the decision")},
      [MOVE_DECIDE] = {FITS, S_INIT("")},
      [MOVE_REVISE] = {FITS_NOT, N("edition %2 of '%1' is not decided yet: change it as it is")},
      [MOVE_KEEP] = {FITS_NOT, N("edition %2 of '%1' is not decided yet: decide it first")}}},
    {"decided",
     {[MOVE_CIRCULATE] = {FITS_NOT, N("edition %2 of '%1' is decided: begin a revision with a reason, and circulate that")},
      [MOVE_CONSULT] = {FITS_NOT, N("edition %2 of '%1' is decided: begin a revision with a reason, and put that to the public")},
      [MOVE_DECIDE] = {FITS_NOT, N("edition %2 of '%1' is decided: begin a revision with a reason, and decide that")},
      [MOVE_REVISE] = {FITS, S_INIT("")},
      [MOVE_KEEP] = {FITS, S_INIT("")}}},
};

enum plan_life_fit plan_life_judge(str state, enum plan_life_move move, str *what)
{
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        if (!str_eq(state, str_of(rules[i].state))) continue;
        *what = rules[i].of[move].what;
        return rules[i].of[move].fit;
    }
    *what = M("edition %2 of '%1' is in no state that is known");
    return FITS_NOT;
}

str plan_life_state_after(enum plan_life_move move)
{
    static const char *const after[MOVES] = {"consultation", "comment", "decided", NULL, NULL};
    return str_of(after[move]);
}
