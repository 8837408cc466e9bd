#include "process_memory.hpp"

#include <unistd.h>

#include <fstream>

namespace cli {

double resident_bytes() {
  // Second number of proc_pid_statm(5): resident pages.
  std::ifstream statm{"/proc/self/statm"};
  double total = 0, resident = 0;
  statm >> total >> resident;
  return statm ? resident * static_cast<double>(::sysconf(_SC_PAGESIZE)) : 0.0;
}

}  // namespace cli
