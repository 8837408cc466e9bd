#include "shard.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cstdlib>
#include <optional>

#include "failure.hpp"

namespace cli {

namespace {

std::optional<std::uint32_t> number(std::string_view text) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() ? std::optional{value} : std::nullopt;
}

std::optional<std::uint32_t> variable(const char* name) {
  const char* text = std::getenv(name);
  return text == nullptr ? std::nullopt : number(text);
}

/// Variables in which a batch system names a task of an array.
struct Scheduler {
  const char* name;
  const char* index;
  const char* first;  ///< variable of the lowest index; nullptr: `origin`
  std::uint32_t origin;
  const char* count;  ///< nullptr: it does not say
};

constexpr std::array schedulers{
    Scheduler{"Slurm", "SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_MIN", 0, "SLURM_ARRAY_TASK_COUNT"},
    Scheduler{"AWS Batch", "AWS_BATCH_JOB_ARRAY_INDEX", nullptr, 0, "AWS_BATCH_JOB_ARRAY_SIZE"},
    Scheduler{"LSF", "LSB_JOBINDEX", nullptr, 1, "LSB_JOBINDEX_END"},
    Scheduler{"Kubernetes", "JOB_COMPLETION_INDEX", nullptr, 0, nullptr},
    Scheduler{"PBS", "PBS_ARRAY_INDEX", nullptr, 0, nullptr},
};

Shard from_environment(std::optional<std::uint32_t> asked_count) {
  for (const Scheduler& scheduler : schedulers) {
    const auto index = variable(scheduler.index);
    if (!index) continue;
    const std::uint32_t first =
        scheduler.first == nullptr ? scheduler.origin : variable(scheduler.first).value_or(scheduler.origin);
    const auto told = scheduler.count == nullptr ? std::nullopt : variable(scheduler.count);
    const auto count = asked_count ? asked_count : told;
    if (!count) {
      throw UsageError{fmt::format("--shard auto: {} does not say how many tasks there are", scheduler.name),
                       "say it, such as --shard auto/8"};
    }
    if (*index < first || *index - first >= *count) {
      throw UsageError{fmt::format("--shard: {} is {}, which is none of {} tasks from {} on", scheduler.index,
                                   *index, *count, first)};
    }
    return {*index - first, *count,
            fmt::format("{}: {}={} is shard {}/{}", scheduler.name, scheduler.index, *index,
                        *index - first + 1, *count)};
  }
  throw UsageError{"--shard auto: no variable of a batch array is set"};
}

}  // namespace

Shard read_shard(const std::string& text) {
  if (text.empty()) return {};
  const std::size_t slash = text.find('/');
  const std::string part = text.substr(0, slash);
  const auto count = slash == std::string::npos ? std::nullopt : number(text.substr(slash + 1));
  const bool counted = count && *count > 0;
  if (part == "auto" && (counted || slash == std::string::npos)) return from_environment(count);
  const auto index = number(part);
  if (!index || !counted || *index < 1 || *index > *count)
    throw UsageError{"--shard: \"" + text + "\" is no part", "such as 2/8: the second of eight"};
  return {*index - 1, *count};
}

}  // namespace cli
