#pragma once
#include <string>

#include "read/fields.hpp"

namespace planner {

/// Latency laws and rates of an access network that the scenario describes by its radio (`technology`).
///
/// `5g-sa` is another word for 5g-nr; `5g-nsa` has its defaults where it differs: an anchor of LTE, so a core
/// in the region and longer interruptions. Reports a missing carrier.
void read_radio(const Fields& fields, const std::string& owner, Access& access, ReadContext& context);

/// What a user who was silent for a while waits for (`idle`).
void read_idle(const Fields& fields, const std::string& owner, Access& access, ReadContext& context);

/// Reports a class of service (`qos`) that does not exist, and warns of a delay budget that the unloaded laws
/// do not keep.
void check_delay_budget(const Fields& fields, const std::string& owner, const Access& access,
                        ReadContext& context);

/// Reports the keys of a radio in an access that has no `technology`.
void refuse_radio_keys(const Fields& fields, ReadContext& context);

}  // namespace planner
