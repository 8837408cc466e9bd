#include <fmt/format.h>

#include "batch/job_commands.hpp"
#include "planner/job_files.hpp"

namespace planner {
namespace {

/// Every line of `text` with `width` spaces in front.
std::string indented(std::size_t width, std::string_view text) {
  std::string all;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    all += std::string(width, ' ') + std::string{text.substr(0, end)} + "\n";
    text = end == std::string_view::npos ? "" : text.substr(end + 1);
  }
  return all;
}

/// `text` as a double-quoted scalar, which YAML has in common with JSON.
std::string in_quotes(std::string_view text) {
  std::string all = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') all += '\\';
    all += c;
  }
  return all + "\"";
}

/// A pod's spec: one container that runs `script` in the volume; none: what the image starts by itself.
std::string pod(const JobSpec& job, const std::string& restart, const std::string& script) {
  std::string text = restart.empty() ? "" : fmt::format("restartPolicy: {}\n", restart);
  text += fmt::format("containers:\n  - name: isochrone\n    image: {}\n    workingDir: /data\n",
                      in_quotes(job.image));
  if (!script.empty())
    text += "    command: [\"/bin/sh\", \"-ec\"]\n    args:\n      - |\n" + indented(8, script);
  text += fmt::format("    resources:\n      requests:\n        cpu: \"{}\"\n", job.threads);
  text += "    volumeMounts:\n      - name: data\n        mountPath: /data\n";
  text += fmt::format("volumes:\n  - name: data\n    persistentVolumeClaim:\n      claimName: {}\n",
                      in_quotes(job.claim));
  return text;
}

std::string batch_job(const std::string& name, const std::string& extent, const std::string& pod_spec) {
  return fmt::format("apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: {}\nspec:\n", name) +
         indented(2, extent) + "  template:\n    spec:\n" + indented(6, pod_spec);
}

std::string indexed_job(const JobSpec& job) {
  // Each shard may fail a few times (a node that is drained); its store keeps what it had done.
  const std::string extent = fmt::format(
      "completionMode: Indexed\ncompletions: {0}\nparallelism: {0}\nbackoffLimit: {0}\n", job.size);
  return batch_job(job_name(job), extent, pod(job, "OnFailure", shard_command(job, "JOB_COMPLETION_INDEX")));
}

std::string merging_job(const JobSpec& job) {
  return batch_job(job_name(job) + "-merge", "backoffLimit: 2\n", pod(job, "OnFailure", merge_command(job)));
}

std::string mpi_job(const JobSpec& job) {
  const auto replicas = [](const std::string& kind, std::uint32_t count, const std::string& pod_spec) {
    return fmt::format("{}:\n  replicas: {}\n  template:\n    spec:\n", kind, count) + indented(6, pod_spec);
  };
  const std::string launch = fmt::format("exec mpirun -n {} {}\n", job.size, ranks_command(job));
  return fmt::format(
             "apiVersion: kubeflow.org/v2beta1\nkind: MPIJob\nmetadata:\n  name: {}\nspec:\n"
             "  slotsPerWorker: 1\n  runPolicy:\n    cleanPodPolicy: Running\n  mpiReplicaSpecs:\n",
             job_name(job)) +
         indented(4, replicas("Launcher", 1, pod(job, "", launch))) +
         indented(4, replicas("Worker", job.size, pod(job, "", "")));
}

}  // namespace

std::vector<JobFile> kubernetes_files(const JobSpec& job) {
  const std::string name = job_name(job);
  const std::string head = "#!/bin/bash\nset -euo pipefail\n";
  const std::string here = "\"$(dirname -- \"$0\")\"";
  if (job.shape == JobSpec::Shape::ranks) {
    return {{name + ".yaml", mpi_job(job)},
            {"submit.sh", fmt::format("{}kubectl apply -f {}/{}.yaml\n", head, here, name)}};
  }
  const std::string submit = fmt::format(
      "{0}kubectl apply -f {1}/{2}.yaml\n"
      "kubectl wait --for=condition=complete --timeout=-1s job/{2}\n"
      "kubectl apply -f {1}/{2}-merge.yaml\n",
      head, here, name);
  return {
      {name + ".yaml", indexed_job(job)}, {name + "-merge.yaml", merging_job(job)}, {"submit.sh", submit}};
}

}  // namespace planner
