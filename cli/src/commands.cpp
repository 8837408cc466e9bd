#include "commands.hpp"

namespace cli {

void add_commands(CommandLine& line) {
  for (const auto add : {
           add_new,      add_samples,    add_validate, add_fmt,         add_resolve, add_diff,
           add_mv,       add_migrate,    add_import,   add_run,         add_compare, add_series,
           add_places,   add_check,      add_baseline, add_report,      add_export,  add_attest,
           add_why,      add_trace,      add_fail,     add_sensitivity, add_sweep,   add_submit,
           add_optimize, add_sizing,     add_coverage, add_calibrate,   add_query,   add_verify,
           add_merge,    add_cache,      add_catalog,  add_schema,      add_explain, add_gui,
           add_help,     add_completion, add_config,   add_doctor,      add_version,
       }) {
    add(line);
  }
}

}  // namespace cli
