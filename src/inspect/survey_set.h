/* A set of questions in a file: those of a survey that is asked again and again, made to fit the organisations of its frame.
 *
 *   what,code,type,ja,en
 *   survey,CODE,service own levels=2,TITLE,TITLE        rules: asked per `service`, `system` or `organisation`; `own`; levels=1 … 16
 *   why,,,WHAT IT IS ABOUT,…
 *   each,{code},levels(1/6/24/72),{name}が止まったとき,If {name} stops      one question for each organisation next below the frame
 *   question,power,hours,…,…
 */
#ifndef MEGURI_INSPECT_SURVEY_SET_H
#define MEGURI_INSPECT_SURVEY_SET_H

#include "inspect/survey.h"

enum { SURVEY_LEVELS_DEEP = 16, SURVEY_WHY_MAX = 1500 /* letters */ };
/* Fills title, why, per, kind, own, set and the questions; levels: how deep below the frame. Faults with file, row and column. */
enum err survey_set_read(struct work *w, str name, str bytes, const struct org *frame, struct survey *into, int64_t *levels) MUST_USE;

#endif
