#pragma once
#include "planner/study_view.hpp"
