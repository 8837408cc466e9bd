#pragma once

namespace planner {

/// Memory that this process has now, and the most it has had since it began or since forget_peak() [byte]; 0
/// where the system does not tell (it does where there is Linux's /proc).
[[nodiscard]] double resident_bytes();
[[nodiscard]] double peak_bytes();

/// Lets peak_bytes() begin anew, for the whole process; does nothing where the system refuses.
void forget_peak();

/// Gives memory that is free within this process back to the system, so that what is measured next does not
/// hold what was measured before.
void return_free_memory();

}  // namespace planner
