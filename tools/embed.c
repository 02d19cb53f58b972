/* Makes the table of embedded files (src/base/embed.h):  embed OUT.c SOURCE-ROOT FILE…
 * Files in src/ and data/ below the root are named from there; others (made by the build) by their last name. The table
 * is in order of name. */
#define _XOPEN_SOURCE 700 /* realpath */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct file {
    const char *path;
    char name[512];
    int size;
};

/* Ninja names files from its own directory, so both paths are resolved before they are compared. */
static int name_it(const char *root, struct file *f)
{
    char top[PATH_MAX], full[PATH_MAX];
    if (realpath(root, top) == NULL || realpath(f->path, full) == NULL) {
        perror(f->path);
        return -1;
    }
    size_t n = strlen(top);
    const char *name = strncmp(full, top, n) == 0 && full[n] == '/' ? full + n + 1 : "";
    if (strncmp(name, "src/", 4) != 0 && strncmp(name, "data/", 5) != 0) name = strrchr(full, '/') + 1;
    int wrote = snprintf(f->name, sizeof f->name, "%s", name);
    if (wrote >= 0 && (size_t)wrote < sizeof f->name) return 0;
    fprintf(stderr, "%s: name too long\n", f->path);
    return -1;
}

static int by_name(const void *a, const void *b)
{
    const struct file *x = a, *y = b;
    return strcmp(x->name, y->name);
}

static int embed(FILE *out, const char *path, int i)
{
    FILE *in = fopen(path, "rb");
    if (in == NULL) {
        perror(path);
        return -1;
    }
    int n = 0;
    fprintf(out, "static const unsigned char file_%d[] = {", i);
    for (int c; (c = getc(in)) != EOF; n++) fprintf(out, n % 32 == 0 ? "\n%d," : "%d,", c);
    fprintf(out, "0};\n");
    fclose(in);
    return n;
}

int main(int argc, char **argv)
{
    static struct file files[4096];
    int n = argc - 3;
    if (n < 0 || n > 4096) return 2;
    for (int i = 0; i < n; i++) {
        files[i].path = argv[i + 3];
        if (name_it(argv[2], &files[i]) != 0) return 1;
    }
    qsort(files, (size_t)n, sizeof *files, by_name);
    FILE *out = fopen(argv[1], "wb");
    if (out == NULL) {
        perror(argv[1]);
        return 1;
    }
    for (int i = 0; i < n; i++)
        if ((files[i].size = embed(out, files[i].path, i)) < 0) return 1;
    fprintf(out, "#include \"base/embed.h\"\nconst struct embedded embedded_files[] = {\n");
    for (int i = 0; i < n; i++)
        fprintf(out, "    {\"%s\", {(const char *)file_%d, %d}},\n", files[i].name, i, files[i].size);
    fprintf(out, "    {0},\n};\n");
    return fclose(out) == 0 ? 0 : 1;
}
