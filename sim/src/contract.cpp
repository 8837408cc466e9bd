#include "sim/contract.hpp"

#include <cinttypes>
#include <cstdio>
#include <cstdlib>

#include "running.hpp"

namespace sim::detail {

constinit thread_local const Event* Running::current = nullptr;

void contract_failed(const char* kind, const char* condition, const char* file, int line) noexcept {
  std::fprintf(stderr, "%s:%d: %s %s\n", file, line, kind, condition);
  if (const Event* const event = Running::current)
    std::fprintf(stderr, "  at simulated time %" PRId64 " ns, entity %" PRIu32 " handling kind %u\n",
                 event->time.time_since_epoch().count(), event->target.value(), unsigned{event->kind});
  std::abort();
}

}  // namespace sim::detail
