/* Options of the program: one table from which parsing, help, completion and the man page come. */
#ifndef TOOLS_OPTIONS_H
#define TOOLS_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <zone.h>

/* Values of all options; NULL or 0 when not given. */
typedef struct {
    const char *area, *unit, *crs, *invalid, *encoding, *format, *output, *meta, *language;
    const char *by, *zones, *zone_by, *control, *scheme, *at, *plot, *within, *nearest, *narrow, *tiny, *to;
    char *fields; /* --field, joined by commas; freed by invocation_close */
    int exact, explain, quiet, any_driver, no_coverage, help;
} option_values;

struct invocation;

/* A command: its name, how it is called, what it does, an example, and the options it reads (letters of option_row). */
typedef struct {
    const char *name;
    const char *operands_en, *operands_zh;
    int least, most; /* operands */
    const char *summary_en, *summary_zh;
    const char *example; /* works as typed from the repository's root */
    const char *options; /* names, separated by blanks, beside those every command has */
    int (*run)(struct invocation *run);
} command_row;

/* One call of a command. */
typedef struct invocation {
    zone_context *ctx;
    const command_row *command;
    option_values option;
    const char *operand[64];
    int operand_count;
} invocation;

extern const command_row commands[]; /* ended by a NULL name */
const command_row *command_find(const char *name);

/* Reads the arguments behind the command's name. Returns 0, or the exit code after a message. */
int options_parse(invocation *run, int count, char **arguments);
void invocation_close(invocation *run);

/* Help in the language of the context: of the program, or of a command. */
void help_program(zone_language language);
void help_command(const command_row *command, zone_language language);
void help_man(void);
void help_completion(void);

/* The language of --lang, else of LC_ALL, LC_MESSAGES, LANG. */
zone_language language_of(const char *option);

/* Prints what was wrong with a call, with a remedy, and returns exit code 2. */
int usage_error(zone_language language, const char *english, const char *chinese, const char *what, const char *remedy);

/* The word nearest to `word` among `count` words, NULL when none is near. */
const char *nearest_word(const char *word, const char *const *words, size_t count);

#endif
