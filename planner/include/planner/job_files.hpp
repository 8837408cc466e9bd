#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace planner {

/// Work for a cluster: a sweep in shards, or one run of isochrone-mpi.
struct JobSpec {
  enum class Shape : std::uint8_t {
    shards,  ///< `size` tasks that know nothing of each other, then one that merges what they stored
    ranks,   ///< `size` MPI ranks that share the work as it comes
  };
  std::string name;                    ///< of the scenario
  std::string scenario;                ///< file, as the tasks find it from their working folder
  std::string sweep;                   ///< empty: a comparison of the strategies; of Shape::ranks alone
  std::vector<std::string> arguments;  ///< further ones of the simulating command
  Shape shape = Shape::shards;
  std::uint32_t size = 1;     ///< tasks or ranks, > 0
  std::uint32_t threads = 1;  ///< processors of each, > 0
  std::string time_limit;     ///< of each task, as Slurm writes it (HH:MM:SS); empty: the cluster's
  std::string image;          ///< Kubernetes: container image that has the programs
  std::string claim;          ///< Kubernetes: PersistentVolumeClaim of the working folder, mounted at /data
};

struct JobFile {
  std::string name;  ///< without a folder
  std::string text;
};

/// Batch scripts and submit.sh, which hands them to sbatch in their order.
[[nodiscard]] std::vector<JobFile> slurm_files(const JobSpec& job);

/// Manifests (an Indexed Job and its merging Job; an MPIJob of kubeflow.org/v2beta1) and submit.sh, which
/// hands them to kubectl in their order.
[[nodiscard]] std::vector<JobFile> kubernetes_files(const JobSpec& job);

}  // namespace planner
