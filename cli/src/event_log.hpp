#pragma once
#include <fstream>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "planner/study.hpp"

namespace cli {

/// What happens in a study, a JSON object a line, for programs that watch: started, progress, finished.
class EventLog {
 public:
  /// @param path  empty: nothing is written
  /// @throws IoError where it cannot be opened
  explicit EventLog(const std::string& path);
  void started(const std::string& scenario, std::size_t strategies);
  void progress(const planner::Progress& progress);
  /// @throws IoError where not all could be written
  void finished(const planner::Study& study);

 private:
  void write(const nlohmann::ordered_json& event);

  std::string path_;
  std::ofstream file_;
};

}  // namespace cli
