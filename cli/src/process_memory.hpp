#pragma once

namespace cli {

/// What the process holds in memory now [byte]; 0 where the system does not tell.
[[nodiscard]] double resident_bytes();

}  // namespace cli
