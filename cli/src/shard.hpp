#pragma once
#include <cstdint>
#include <string>

namespace cli {

/// One of `count` parts of a sweep.
struct Shard {
  std::uint32_t index = 0;  ///< from 0
  std::uint32_t count = 1;
  std::string origin{};  ///< which variables it was read from and how they were understood; empty: none
};

/// `2/8` is the second of eight parts; `auto` reads the array variables of Slurm, AWS Batch and LSF, and
/// `auto/8` those of Kubernetes indexed jobs and PBS as well, which do not say how many there are. Empty:
/// all.
/// @throws UsageError
[[nodiscard]] Shard read_shard(const std::string& text);

}  // namespace cli
