#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

/// What a store of results holds, and how it is made smaller.
namespace planner {

/// Replications of one strategy that are stored.
struct StoredRuns {
  std::string scenario;  ///< as it is named in what it was read from; empty: nothing tells
  std::string strategy;
  std::uint64_t seed = 0, replications = 0, bytes = 0;
  enum class Models : std::uint8_t {
    current,
    other
  } models = Models::current;  ///< that they were simulated by
};

struct StoreContent {
  std::vector<StoredRuns> runs;  ///< by scenario, strategy, seed
  std::uint64_t studies = 0;
  std::uint64_t bytes = 0;  ///< of the file, its write-ahead log included
};

/// @throws StoreError
[[nodiscard]] StoreContent content_of_store(const std::filesystem::path& path);

/// What was removed.
struct StoreCleaning {
  std::uint64_t replications = 0, sources = 0;
  std::uint64_t bytes_before = 0, bytes_after = 0;
};

/// Removes replications that no program with these models can find again, the scenarios that nothing refers
/// to any more, and gives their room back. Studies and their figures stay. One transaction: killed at any
/// moment, the store is as it was or as it will be.
/// @throws StoreError, also while another process writes
StoreCleaning clean_store(const std::filesystem::path& path);

}  // namespace planner
