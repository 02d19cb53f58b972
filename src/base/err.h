/* The few words a function answers with. What exactly went wrong is noted as a fault where it is known
 * (base/work.h); only web/ and cli/ turn either into sentences. */
#ifndef MEGURI_BASE_ERR_H
#define MEGURI_BASE_ERR_H

enum err {
    OK,
    NOTFOUND, /* the thing named does not exist, or not for this actor */
    CONFLICT, /* it exists already, or has changed since it was read */
    INVALID,  /* the input is wrong: faults say where */
    DENIED,   /* this post may not do this here */
    BUSY,     /* locked, full, or over a limit: try again later */
    STORE,    /* the database failed; nothing was written */
};

#define MUST_USE __attribute__((warn_unused_result))
#define PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))

#endif
