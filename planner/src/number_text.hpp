#pragma once
#include "planner/number_text.hpp"
