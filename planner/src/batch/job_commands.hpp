#pragma once
#include <string>
#include <string_view>

#include "planner/job_files.hpp"

namespace planner {

/// `text` as one word of a POSIX shell.
[[nodiscard]] std::string shell_word(const std::string& text);

/// Name of the job: lower-case letters, digits and hyphens, as Kubernetes wants it; at most 50 bytes.
[[nodiscard]] std::string job_name(const JobSpec& job);

/// Shell commands of the task number $`index_variable` (from 0) of a sweep in shards.
[[nodiscard]] std::string shard_command(const JobSpec& job, std::string_view index_variable);
/// Shell commands that merge the shards' stores and make the answer of them, which simulates nothing.
[[nodiscard]] std::string merge_command(const JobSpec& job);
/// isochrone-mpi with its arguments, for all ranks.
[[nodiscard]] std::string ranks_command(const JobSpec& job);

}  // namespace planner
