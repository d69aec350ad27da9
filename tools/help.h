/* Help, manual page and completion: all of them from the tables of commands and options. */
#ifndef TOOLS_HELP_H
#define TOOLS_HELP_H

#include "options.h"

void help_program(const invocation *run);
void help_command(const invocation *run, const command_row *command);
void help_man(const invocation *run);
void help_completion(void);

#endif
