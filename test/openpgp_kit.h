/* Somebody with a key of OpenPGP, made by librnp itself when the test runs: what they give others, and what they can read. */
#ifndef MEGURI_TEST_OPENPGP_KIT_H
#define MEGURI_TEST_OPENPGP_KIT_H

#include <rnp/rnp.h>
#include <rnp/rnp_err.h>

#include "base/work.h"

#define RNP_OK(call) assert_int_equal(call, RNP_SUCCESS)

struct key_owner {
    rnp_ffi_t ring;
    rnp_key_handle_t key;
};
static void key_owner_gone(void *what)
{
    struct key_owner *o = what;
    rnp_key_handle_destroy(o->key);
    rnp_ffi_destroy(o->ring);
}

/* Made at `made`, primary and sub; the sub has these usages (NULL: there is none); each lasts so many seconds, 0 for ever. */
static inline struct key_owner *key_owner(struct arena *a, const char *name, int64_t made, const char *usage, uint32_t lasts, uint32_t sub_lasts)
{
    struct key_owner *o = arena_alloc(a, sizeof *o);
    rnp_op_generate_t op = NULL;
    rnp_key_handle_t sub = NULL;
    RNP_OK(rnp_ffi_create(&o->ring, "GPG", "GPG"));
    RNP_OK(rnp_set_timestamp(o->ring, (uint64_t)made));
    RNP_OK(rnp_op_generate_create(&op, o->ring, "EDDSA"));
    RNP_OK(rnp_op_generate_set_userid(op, name));
    RNP_OK(rnp_op_generate_set_expiration(op, lasts));
    RNP_OK(rnp_op_generate_execute(op));
    RNP_OK(rnp_op_generate_get_key(op, &o->key));
    RNP_OK(rnp_op_generate_destroy(op));
    if (usage != NULL) {
        RNP_OK(rnp_op_generate_subkey_create(&op, o->ring, o->key, strcmp(usage, "encrypt") == 0 ? "ECDH" : "EDDSA"));
        if (strcmp(usage, "encrypt") == 0) RNP_OK(rnp_op_generate_set_curve(op, "Curve25519"));
        RNP_OK(rnp_op_generate_add_usage(op, usage));
        RNP_OK(rnp_op_generate_set_expiration(op, sub_lasts));
        RNP_OK(rnp_op_generate_execute(op));
        RNP_OK(rnp_op_generate_get_key(op, &sub));
        RNP_OK(rnp_op_generate_destroy(op));
        rnp_key_handle_destroy(sub);
    }
    arena_closer(a, key_owner_gone, o);
    return o;
}

static inline str rnp_taken(struct arena *a, rnp_output_t out)
{
    uint8_t *bytes = NULL;
    size_t n = 0;
    RNP_OK(rnp_output_memory_get_buf(out, &bytes, &n, false));
    str kept = str_dup(a, (str){(const char *)bytes, n});
    rnp_output_destroy(out);
    return kept;
}

static inline str key_exported(struct arena *a, const struct key_owner *o, uint32_t what)
{
    rnp_output_t out = NULL;
    RNP_OK(rnp_output_to_memory(&out, 0));
    RNP_OK(rnp_key_export(o->key, out, what | RNP_KEY_EXPORT_SUBKEYS | RNP_KEY_EXPORT_ARMORED));
    return rnp_taken(a, out);
}
static inline str key_certificate(struct arena *a, const struct key_owner *o) { return key_exported(a, o, RNP_KEY_EXPORT_PUBLIC); }

/* False: it was not for them, or was changed on the way. */
static inline bool key_reads(struct arena *a, const struct key_owner *o, str armoured, str *plain)
{
    rnp_input_t in = NULL;
    rnp_output_t out = NULL;
    RNP_OK(rnp_input_from_memory(&in, (const uint8_t *)armoured.p, armoured.n, false));
    RNP_OK(rnp_output_to_memory(&out, 0));
    bool read = rnp_decrypt(o->ring, in, out) == RNP_SUCCESS;
    if (read)
        *plain = rnp_taken(a, out);
    else
        rnp_output_destroy(out);
    rnp_input_destroy(in);
    return read;
}

#endif
