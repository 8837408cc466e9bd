#include "event_log.hpp"

#include <nlohmann/json.hpp>

#include "failure.hpp"

namespace cli {

EventLog::EventLog(const std::string& path) : path_{path} {
  if (path_.empty()) return;
  file_.open(path_, std::ios::trunc);
  if (!file_) throw IoError{path_ + ": cannot be written"};
}

void EventLog::started(const std::string& scenario, std::size_t strategies) {
  write({{"event", "started"}, {"scenario", scenario}, {"strategies", strategies}});
}

void EventLog::progress(const planner::Progress& progress) {
  write({{"event", "progress"},
         {"strategy", progress.strategy},
         {"replication", progress.replication},
         {"replications", progress.replications},
         {"fraction", progress.fraction},
         {"requests", progress.requests}});
}

void EventLog::finished(const planner::Study& study) {
  for (const planner::StrategyResult& result : study.strategies) {
    write({{"event", "strategy"}, {"strategy", result.strategy}, {"replications", result.replications}});
    for (const planner::Verdict& verdict : result.verdicts) {
      write({{"event", "verdict"},
             {"strategy", result.strategy},
             {"id", verdict.id},
             {"outcome", name(verdict.outcome)}});
    }
  }
  write({{"event", "finished"}, {"interrupted", study.interrupted}});
  if (!path_.empty() && !file_) throw IoError{path_ + ": cannot be written"};
}

void EventLog::write(const nlohmann::ordered_json& event) {
  if (path_.empty()) return;
  nlohmann::ordered_json line{{"schema", "event/1"}};
  line.update(event);
  file_ << line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << std::endl;
}

}  // namespace cli
