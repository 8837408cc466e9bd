#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <utility>

#include "commands.hpp"
#include "failure.hpp"
#include "files.hpp"
#include "planner/job_files.hpp"
#include "planner/sweep.hpp"
#include "scenario_options.hpp"

namespace cli {

namespace {

using planner::JobFile;
using planner::JobSpec;

enum class Cluster { slurm, kubernetes };

struct SubmitOptions {
  std::string scenario, sweep;
  std::vector<std::string> passed_on;
  Cluster cluster = Cluster::slurm;
  std::uint32_t tasks = 0, ranks = 0, threads = 1;
  std::string time_limit, folder = "jobs", image = "isochrone", claim = "isochrone";
  bool dry_run = false;
};

void expect_sweep(const planner::Document& document, const std::string& name) {
  const std::vector<std::string> names = planner::sweep_names(document);
  if (std::ranges::find(names, name) == names.end())
    throw UsageError{"unknown sweep \"" + name + "\"",
                     did_you_mean(name, names, "`isochrone submit FILE` alone is a comparison")};
  static_cast<void>(planner::read_sweep(document, name));
}

JobSpec job_of(SubmitOptions options) {
  // Without a sweep, the first of what stands behind -- takes its place.
  if (options.sweep.starts_with('-'))
    options.passed_on.insert(options.passed_on.begin(), std::exchange(options.sweep, {}));
  const planner::Document document = load_scenario({options.scenario, {}, {}});
  JobSpec job;
  job.name = document.resolve(document.baseline()).scenario().name;
  job.scenario = scenario_file(options.scenario);
  job.sweep = options.sweep;
  job.arguments = options.passed_on;
  if (!job.sweep.empty()) expect_sweep(document, job.sweep);
  job.shape = options.ranks > 0 ? JobSpec::Shape::ranks : JobSpec::Shape::shards;
  job.size = std::max(options.ranks, options.tasks);
  job.threads = options.threads;
  job.time_limit = options.time_limit;
  job.image = options.image;
  job.claim = options.claim;
  if (job.shape == JobSpec::Shape::shards && job.sweep.empty())
    throw UsageError{"--tasks: only a sweep has points to share",
                     "name a sweep of the scenario, or use --ranks"};
  return job;
}

void write_files(const std::filesystem::path& folder, const std::vector<JobFile>& files) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) throw IoError{folder.string() + ": " + error.message()};
  for (const JobFile& file : files) {
    write_file(folder / file.name, file.text);
    if (file.name.ends_with(".sh")) ::chmod((folder / file.name).c_str(), 0755);
  }
}

Answer submit(const SubmitOptions& options) {
  if ((options.tasks > 0) == (options.ranks > 0))
    throw UsageError{"either --tasks or --ranks is needed",
                     "--tasks: a sweep in shards that know nothing of each other; --ranks: MPI"};
  const JobSpec job = job_of(options);
  const std::vector<JobFile> files =
      options.cluster == Cluster::slurm ? planner::slurm_files(job) : planner::kubernetes_files(job);
  Answer answer{.schema = "submit/1"};
  answer.document["files"] = nlohmann::ordered_json::array();
  for (const JobFile& file : files) {
    const std::string path = (std::filesystem::path{options.folder} / file.name).string();
    answer.document["files"].push_back({{"path", path}, {"text", file.text}});
    answer.text += options.dry_run ? "==> " + path + "\n" + file.text + "\n" : path + "\n";
  }
  if (options.dry_run) return answer;
  write_files(options.folder, files);
  answer.message = "next: " + (std::filesystem::path{options.folder} / "submit.sh").string() +
                   ", from the folder that the tasks are to run in\n";
  return answer;
}

}  // namespace

void add_submit(CommandLine& line) {
  auto options = std::make_shared<SubmitOptions>();
  CLI::App& command = line.add("submit", "Simulate", "write the files that run it on a cluster",
                               [options](const Settings&) { return submit(*options); });
  const auto option = [&](const std::string& name, auto& target, const std::string& type,
                          const std::string& what) {
    return command.add_option(name, target, what)->type_name(type)->group("Cluster");
  };
  command.add_option("FILE", options->scenario, "scenario, or folder of one")->type_name("")->required();
  command.add_option("SWEEP", options->sweep, "which of its sweeps (none: compare)")->type_name("");
  command.add_option("ARGUMENT", options->passed_on, "after --: passed on to what simulates")->type_name("");
  const std::map<std::string, Cluster> known{{"slurm", Cluster::slurm}, {"k8s", Cluster::kubernetes}};
  option("--to", options->cluster, "slurm|k8s", "what runs it")
      ->transform(CLI::CheckedTransformer(known).description(""))
      ->required();
  const auto count = [&](const std::string& name, std::uint32_t& target, const std::string& what) {
    option(name, target, "N", what)->check(CLI::Range(1U, 100000U).description(""));
  };
  count("--tasks", options->tasks, "a sweep in so many shards, then a merge");
  count("--ranks", options->ranks, "so many MPI ranks of isochrone-mpi");
  count("--threads", options->threads, "processors of each (default: 1)");
  option("--time", options->time_limit, "HH:MM:SS", "of each task, for Slurm");
  option("--image", options->image, "IMAGE", "container image, for k8s");
  option("--claim", options->claim, "NAME", "volume claim of the working folder, for k8s");
  option("--into", options->folder, "DIR", "where to write the files (default: jobs)");
  command.add_flag("--dry-run", options->dry_run, "print the files, write nothing")->group("Cluster");
}

}  // namespace cli
