#pragma once
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <limits>
#include <string>
#include <string_view>

/// What the benchmarks share: a clock, repetition, and the name of the machine.
namespace bench {

/// How much a benchmark runs.
enum class Effort {
  full,  ///< what docs/performance.md shows
  tiny,  ///< argument `tiny`: everything once in the smallest size, so that the tests see that it works
};

inline Effort effort(int count, char** arguments) {
  return count > 1 && std::string_view{arguments[1]} == "tiny" ? Effort::tiny : Effort::full;
}

/// Processor time of this thread [s]; other load on the machine counts only through shared caches.
inline double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// Least processor time [s] of `repetitions` calls.
template <class Body>
double best_of(int repetitions, Body body) {
  double best = std::numeric_limits<double>::infinity();
  for (int i = 0; i < repetitions; ++i) {
    const double start = cpu_seconds();
    body();
    best = std::min(best, cpu_seconds() - start);
  }
  return best;
}

/// Value of a field of /proc/cpuinfo, `unknown` without it.
inline std::string processor(const std::string& field) {
  std::ifstream info{"/proc/cpuinfo"};
  for (std::string line; std::getline(info, line);)
    if (line.starts_with(field)) return line.substr(line.find(':') + 2);
  return "unknown";
}

/// One line that says where the figures come from.
inline void print_machine() {
  std::printf("%s, %s MHz, one core; compiler %s\n", processor("model name").c_str(),
              processor("cpu MHz").c_str(), __VERSION__);
}

}  // namespace bench
