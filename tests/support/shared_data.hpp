#pragma once
#include <cstdlib>
#include <filesystem>
#include <string>

namespace test_support {

/// Folder of third-party validation data, which is not part of the project.
///
/// Taken from the environment variable ISOCHRONE_VALIDATION, else from a folder `shared` beside the
/// checkout. A test whose data is absent prints `skipped: no validation data` and passes.
/// @return the folder's path; it may not exist
inline std::filesystem::path shared_dir() {
  if (const char* set = std::getenv("ISOCHRONE_VALIDATION")) return set;
  return ISOCHRONE_SHARED_DIR;
}

inline std::filesystem::path source_dir() { return ISOCHRONE_SOURCE_DIR; }

}  // namespace test_support

/// Ends the current test with a notice when `path` (relative to the data folder) is absent.
#define REQUIRE_SHARED_DATA(path)                                        \
  do {                                                                   \
    if (!std::filesystem::exists(test_support::shared_dir() / (path))) { \
      WARN("skipped: no validation data (" << (path) << ")");            \
      return;                                                            \
    }                                                                    \
  } while (false)
