#include "batch/job_commands.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace planner {
namespace {

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view{"_-./:=,+%@"}.find(c) != std::string_view::npos;
}

/// Stem of the files that hold stores and answers.
std::string stem(const JobSpec& job) { return job.sweep.empty() ? "compare" : job.sweep; }

std::string simulation(const JobSpec& job) {
  std::string text = job.sweep.empty() ? "compare " : "sweep ";
  text += shell_word(job.scenario);
  if (!job.sweep.empty()) text += " " + shell_word(job.sweep);
  for (const std::string& argument : job.arguments) text += " " + shell_word(argument);
  return text + fmt::format(" --jobs {}", job.threads);
}

std::string answer_options(const JobSpec& job) {
  return fmt::format("--store {0}.isores --format json -o {0}.json", stem(job));
}

}  // namespace

std::string shell_word(const std::string& text) {
  if (!text.empty() && std::all_of(text.begin(), text.end(), is_plain)) return text;
  std::string word = "'";
  for (const char c : text) word += c == '\'' ? std::string{"'\\''"} : std::string{c};
  return word + "'";
}

std::string job_name(const JobSpec& job) {
  constexpr std::size_t longest = 50;  // Kubernetes adds to it, and ends at 63
  std::string name;
  for (const char c : job.name + "-" + stem(job)) {
    const char low = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    const bool fits = (low >= 'a' && low <= 'z') || (low >= '0' && low <= '9');
    if (fits) name += low;
    if (!fits && !name.empty() && name.back() != '-') name += '-';
    if (name.size() == longest) break;
  }
  return name.substr(0, name.find_last_not_of('-') + 1);
}

// Not `--shard auto`: a task that is submitted again alone must do the same part.
std::string shard_command(const JobSpec& job, std::string_view index_variable) {
  return fmt::format(
      "mkdir -p shards\n"
      "exec isochrone {} --shard \"$(({} + 1))/{}\" --store \"shards/{}-${}.isores\" --quiet\n",
      simulation(job), index_variable, job.size, stem(job), index_variable);
}

std::string merge_command(const JobSpec& job) {
  return fmt::format(
      "isochrone merge shards/{0}-*.isores --into {0}.isores\n"
      "exec isochrone {1} {2}\n",
      stem(job), simulation(job), answer_options(job));
}

std::string ranks_command(const JobSpec& job) {
  return fmt::format("isochrone-mpi {} {}", simulation(job), answer_options(job));
}

}  // namespace planner
