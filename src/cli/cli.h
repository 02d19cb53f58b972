/* The command line: one command, from its words to its exit code. */
#ifndef MEGURI_CLI_CLI_H
#define MEGURI_CLI_CLI_H

enum exit_code { EXIT_DONE = 0, EXIT_REFUSED = 1, EXIT_USAGE = 2, EXIT_BUSY = 75 };

int cli_run(int argc, char **argv);

#endif
