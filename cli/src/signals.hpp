#pragma once
#include <atomic>
#include <optional>
#include <string>

#include "exit_code.hpp"

/// What happens on Ctrl-C, SIGTERM and crashes.
///
/// Signals are the process's, so this part alone keeps state outside of objects.
namespace cli {

/// What a handler prints, made in advance because a handler may not allocate.
struct LastWords {
  /// On standard output: the JSON document where one was asked for, else empty.
  std::string sigint, sigterm, internal;
  /// What a report of a crash holds besides the signal: version and command line.
  std::string report;
};

/// Takes charge of SIGINT, SIGTERM, SIGPIPE (ignored) and crashes. Call once, at the start.
///
/// Ctrl-C ends the program at once with its last words, unless a GracefulStop lives; a second Ctrl-C always
/// does. A crash (failed contract, invalid memory access) writes a report into the folder for temporary
/// files, names it and exits with 70.
void install_signal_handlers(LastWords words);

/// From here on standard output belongs to the answer: last words would make a second document, and the
/// first Ctrl-C lets the answer be written whole.
void answer_begins();
[[nodiscard]] bool answer_has_begun();

/// The signal that asked to stop, as the exit code it leads to.
[[nodiscard]] std::optional<ExitCode> stop_signal();

/// While it lives, the first Ctrl-C or SIGTERM only raises flag(), so that finished work is kept.
class GracefulStop {
 public:
  GracefulStop();
  GracefulStop(const GracefulStop&) = delete;
  GracefulStop& operator=(const GracefulStop&) = delete;
  ~GracefulStop();
  [[nodiscard]] const std::atomic<bool>* flag() const;
  /// Raises flag() for another reason than a signal: stop_signal() stays without one.
  void request() const;
};

/// Writes the report of a bug that was caught as an exception. @return its path, empty if that failed
std::string write_crash_report(const std::string& what);

}  // namespace cli
