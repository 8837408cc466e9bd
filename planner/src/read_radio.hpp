#pragma once
#include <string>

#include "fields.hpp"

namespace planner {

/// Latency laws and rates of an access network that the scenario describes by its radio (`technology`).
///
/// Reports a missing carrier, a class of service that does not exist, and warns of a delay budget that the
/// unloaded law does not keep.
void read_radio(const Fields& fields, const std::string& owner, Access& access, ReadContext& context);

/// Reports the keys of a radio in an access that has no `technology`.
void refuse_radio_keys(const Fields& fields, ReadContext& context);

}  // namespace planner
