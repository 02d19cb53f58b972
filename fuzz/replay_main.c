/* Runs a target over the files given: the corpus is replayed by every `make test`, without clang. Each file is put into
 * memory of its own length, so that a read past its end is seen by the sanitizers. */
#include <stdio.h>
#include <stdlib.h>

#include "fuzz.h"

static int replay(const char *path)
{
    FILE *in = fopen(path, "rb");
    if (in == NULL || fseek(in, 0, SEEK_END) != 0) {
        perror(path);
        return 1;
    }
    long n = ftell(in);
    rewind(in);
    uint8_t *bytes = malloc(n > 0 ? (size_t)n : 1);
    if (bytes == NULL || n < 0 || fread(bytes, 1, (size_t)n, in) != (size_t)n) {
        perror(path);
        return 1;
    }
    fclose(in);
    LLVMFuzzerTestOneInput(bytes, (size_t)n);
    free(bytes);
    return 0;
}

int main(int argc, char **argv)
{
    int failed = argc < 2;
    for (int i = 1; i < argc; i++) failed |= replay(argv[i]);
    return failed;
}
