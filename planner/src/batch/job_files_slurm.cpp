#include <fmt/format.h>

#include "batch/job_commands.hpp"
#include "planner/job_files.hpp"

namespace planner {
namespace {

/// Head of a batch script. @param resources  its further #SBATCH lines
std::string head(const JobSpec& job, const std::string& suffix, const std::string& resources) {
  std::string text = fmt::format("#!/bin/bash\n#SBATCH --job-name={}{}\n", job_name(job), suffix) + resources;
  if (!job.time_limit.empty()) text += fmt::format("#SBATCH --time={}\n", job.time_limit);
  return text + "set -euo pipefail\ncd -- \"${SLURM_SUBMIT_DIR:-.}\"\n";
}

std::string array_script(const JobSpec& job) {
  const std::string resources = fmt::format(
      "#SBATCH --array=0-{}\n#SBATCH --ntasks=1\n#SBATCH --cpus-per-task={}\n#SBATCH --output=%x-%A_%a.log\n",
      job.size - 1, job.threads);
  return head(job, "", resources) + shard_command(job, "SLURM_ARRAY_TASK_ID");
}

std::string merge_script(const JobSpec& job) {
  return head(job, "-merge", "#SBATCH --ntasks=1\n#SBATCH --output=%x-%j.log\n") + merge_command(job);
}

std::string ranks_script(const JobSpec& job) {
  const std::string resources = fmt::format(
      "#SBATCH --ntasks={}\n#SBATCH --cpus-per-task={}\n#SBATCH --output=%x-%j.log\n", job.size, job.threads);
  return head(job, "", resources) + "# ISOCHRONE_LAUNCHER: what starts the ranks, such as mpirun.\n" +
         fmt::format("exec ${{ISOCHRONE_LAUNCHER:-srun --mpi=pmix}} {}\n", ranks_command(job));
}

constexpr std::string_view submit_head = "#!/bin/bash\nset -euo pipefail\n";

}  // namespace

std::vector<JobFile> slurm_files(const JobSpec& job) {
  const std::string name = job_name(job);
  // Jobs run in the folder that submit.sh is called from; their scripts lie beside it.
  const std::string here = "\"$(dirname -- \"$0\")\"";
  if (job.shape == JobSpec::Shape::ranks) {
    return {{name + ".sbatch", ranks_script(job)},
            {"submit.sh", fmt::format("{}sbatch {}/{}.sbatch\n", submit_head, here, name)}};
  }
  const std::string submit = fmt::format(
      "{0}array=$(sbatch --parsable {1}/{2}.sbatch)\n"
      "sbatch --dependency=afterok:\"${{array%%;*}}\" {1}/{2}-merge.sbatch\n",
      submit_head, here, name);
  return {{name + ".sbatch", array_script(job)},
          {name + "-merge.sbatch", merge_script(job)},
          {"submit.sh", submit}};
}

}  // namespace planner
