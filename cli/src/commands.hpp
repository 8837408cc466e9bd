#pragma once
#include "command_line.hpp"

namespace cli {

// One file each, <name>_command.cpp.
void add_new(CommandLine& line);
void add_samples(CommandLine& line);
void add_validate(CommandLine& line);
void add_fmt(CommandLine& line);
void add_resolve(CommandLine& line);
void add_diff(CommandLine& line);
void add_mv(CommandLine& line);
void add_migrate(CommandLine& line);
void add_import(CommandLine& line);
void add_export(CommandLine& line);
void add_attest(CommandLine& line);
void add_calibrate(CommandLine& line);
void add_run(CommandLine& line);
void add_series(CommandLine& line);
void add_places(CommandLine& line);
void add_compare(CommandLine& line);
void add_optimize(CommandLine& line);
void add_sizing(CommandLine& line);
void add_check(CommandLine& line);
void add_baseline(CommandLine& line);
void add_completion(CommandLine& line);
void add_config(CommandLine& line);
void add_doctor(CommandLine& line);
void add_report(CommandLine& line);
void add_coverage(CommandLine& line);
void add_why(CommandLine& line);
void add_trace(CommandLine& line);
void add_sensitivity(CommandLine& line);
void add_fail(CommandLine& line);
void add_sweep(CommandLine& line);
void add_submit(CommandLine& line);
void add_query(CommandLine& line);
void add_verify(CommandLine& line);
void add_merge(CommandLine& line);
void add_cache(CommandLine& line);
void add_catalog(CommandLine& line);
void add_schema(CommandLine& line);
void add_gui(CommandLine& line);
void add_explain(CommandLine& line);
void add_help(CommandLine& line);
void add_version(CommandLine& line);

/// All of them, in the order of the help.
void add_commands(CommandLine& line);

}  // namespace cli
