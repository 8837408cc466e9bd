#include "planner/process_memory.hpp"

#include <malloc.h>

#include <fstream>
#include <limits>
#include <string>
#include <string_view>

// jemalloc(3), in programs that are linked with it.
extern "C" [[gnu::weak]] int mallctl(const char*, void*, std::size_t*, void*, std::size_t);

namespace planner {
namespace {

/// A line of proc_pid_status(5), which are in KiB.
double status_bytes(std::string_view key) {
  std::ifstream status{"/proc/self/status"};
  for (std::string word; status >> word;) {
    double kibibytes = 0;
    if (word == key) return status >> kibibytes ? 1024 * kibibytes : 0.0;
    status.ignore(std::numeric_limits<std::streamsize>::max(), '\n');
  }
  return 0;
}

}  // namespace

double resident_bytes() { return status_bytes("VmRSS:"); }

double peak_bytes() { return status_bytes("VmHWM:"); }

// proc_pid_clear_refs(5)
void forget_peak() { std::ofstream{"/proc/self/clear_refs"} << 5; }

void return_free_memory() {
  if (mallctl != nullptr)
    mallctl("arena.4096.purge", nullptr, nullptr, nullptr, 0);  // 4096: of all arenas
  else
    malloc_trim(0);
}

}  // namespace planner
