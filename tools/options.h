/* The tables of commands and options: the parser, help, completion and man pages all come from them. */
#ifndef TOOLS_OPTIONS_H
#define TOOLS_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <zone.h>

/* Values of all options; NULL or 0 when not given. */
typedef struct {
    const char *area, *unit, *crs, *zones_crs, *at_crs, *to_crs, *to_encoding, *classes, *invalid, *encoding, *format,
        *output, *meta, *partial, *pieces, *language;
    const char *by, *by_new, *zones, *zone_by, *control, *scheme, *at, *plot, *to, *order, *without, *move, *resume;
    char *fields; /* every --field, joined by commas; owned */
    double within, narrow, tiny;
    double memory; /* bytes */
    int nearest, threads;
    int exact, explain, quiet, any_driver, no_coverage, all, help, man, completion;
} option_values;

typedef enum {
    OPTION_FLAG,
    OPTION_TEXT,
    OPTION_WORD,     /* one of `words` */
    OPTION_FILE,     /* text that completes to file names */
    OPTION_FIELD,    /* ROLE=NAME, may be repeated */
    OPTION_DISTANCE, /* a number from 0 */
    OPTION_SIZE,     /* a number above 0 */
    OPTION_COUNT,    /* a whole number from 1 */
    OPTION_BYTES     /* a number of bytes, with K, M or G */
} option_kind;

typedef struct {
    const char *name;
    option_kind kind;
    const char *argument; /* what stands for the value in help; NULL for a flag */
    const char *words;    /* values to choose from or to complete, separated by blanks; NULL: none */
    const char *english, *chinese;
    size_t offset; /* in option_values */
} option_row;

struct invocation;

typedef struct {
    const char *name;
    const char *operands;          /* as usage shows them */
    int least, most;               /* operands */
    const char *options;           /* names, separated by blanks, beside those that every command has */
    const char *example;           /* works as typed from the repository's root */
    const char *english, *chinese; /* what it does, in a line */
    int (*run)(struct invocation *run);
} command_row;

/* One call of a command. */
typedef struct invocation {
    zone_context *ctx;
    zone_language language;
    const command_row *command;
    option_values option;
    const char **operand; /* owned, the texts are not */
    int operand_count;
    const char *target; /* file that an operand names for what is made; NULL: none does */
    zone_format format;
    double started; /* seconds, of the clock that progress goes by */
    double shown;   /* when progress was put on the terminal; 0: none is there */
    bool cancelled; /* the question was stopped by a signal */
    char **remarks; /* lines that were shown: a layer is opened more than once, but nobody wants to hear of it twice */
    size_t remark_count;
} invocation;

extern const command_row commands[];   /* ended by a NULL name; the last is help */
extern const option_row option_rows[]; /* ended by a NULL name */

const command_row *command_find(const char *name);
bool command_reads(const command_row *command, const option_row *row);

/* Reads the arguments behind the command's name. Returns 0, or the exit code after a message. */
int options_parse(invocation *run, int count, char **arguments);

/* --lang among the arguments, else LC_ALL, LC_MESSAGES, LANG. Read before anything else, so that every message speaks
 * the language that was asked for. */
zone_language options_language(int count, char **arguments);

#endif
