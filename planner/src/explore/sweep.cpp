#include "planner/sweep.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <nlohmann/json.hpp>

#include "read/schema_model.hpp"
#include "sim/hash.hpp"
#include "study/skip_expression.hpp"

namespace planner {
namespace {

using Json = nlohmann::ordered_json;

/// Number in front of a text, and what comes behind it: "20 ms".
struct Leading {
  double number = 0;
  std::string rest;
};

std::optional<Leading> leading_number(const std::string& text) {
  Leading found;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), found.number);
  if (error != std::errc{}) return std::nullopt;
  found.rest = std::string{end, text.data() + text.size()};
  return found.rest.empty() || found.rest.front() == ' ' ? std::optional{found} : std::nullopt;
}

std::string number_of(double value) { return fmt::format("{}", value); }

/// Reads a sweep out of the effective document and says where it is wrong.
class Reader {
 public:
  Reader(const Document& document, const std::string& name)
      : document_{document},
        base_{document.resolve(document.baseline())},
        tree_(base_.json()),
        pointer_{"/sweeps/" + name} {
    sweep_.name = name;
  }

  Sweep read() {
    if (!tree_.contains("sweeps") || !tree_["sweeps"].contains(sweep_.name))
      refuse(Code::unknown_reference, "/sweeps", fmt::format("there is no sweep \"{}\"", sweep_.name));
    const Json& json = tree_["sweeps"][sweep_.name];
    read_strategies(json);
    if (json.value("combine", "cross") == "zip") sweep_.combine = Sweep::Combine::zip;
    for (const auto& [axis, value] : json["axes"].items()) {
      if (!is_remark(axis)) sweep_.axes.push_back(read_axis(axis, value));
    }
    if (sweep_.axes.empty()) refuse(Code::missing_key, pointer_ + "/axes", "a sweep needs an axis");
    expect_equal_lengths();
    if (json.contains("skip")) read_skips(json["skip"]);
    return std::move(sweep_);
  }

 private:
  [[noreturn]] void refuse(Code code, const std::string& pointer, const std::string& message) const {
    throw ScenarioError{{base_.diagnostic(code, pointer, message)}};
  }

  void read_strategies(const Json& json) {
    const auto& known = document_.strategies();
    std::vector<std::string> asked = known;
    if (json.contains("strategies")) asked = json["strategies"].get<std::vector<std::string>>();
    for (const std::string& one : asked) {
      if (std::ranges::find(known, one) == known.end())
        refuse(Code::unknown_strategy, pointer_ + "/strategies", fmt::format("unknown strategy \"{}\"", one));
    }
    for (const std::string& one : known) {
      if (std::ranges::find(asked, one) != asked.end()) sweep_.strategies.push_back(one);
    }
  }

  SweepAxis read_axis(const std::string& name, const Json& json) const {
    SweepAxis axis;
    axis.name = name;
    for (const Json& target : json["at"]) {
      if (target.is_string()) {
        axis.targets.push_back({target.get<std::string>()});
      } else {
        const bool skip = target.value("if_absent", "error") == "skip";
        axis.targets.push_back(
            {target["pointer"].get<std::string>(),
             skip ? SweepAxis::Target::IfAbsent::skip : SweepAxis::Target::IfAbsent::error});
      }
    }
    const std::string at = pointer_ + "/axes/" + name;
    const auto kinds = {"values", "scale", "range"};
    if (std::ranges::count_if(kinds, [&](const char* kind) { return json.contains(kind); }) != 1)
      refuse(Code::conflicting_keys, at, "an axis has one of values, scale and range");
    if (json.contains("range")) {
      read_range(axis, json["range"], at + "/range");
    } else {
      if (json.contains("scale")) axis.kind = SweepAxis::Kind::scale;
      for (const Json& value : json[json.contains("scale") ? "scale" : "values"]) add_value(axis, value);
    }
    return axis;
  }

  void read_range(SweepAxis& axis, const Json& json, const std::string& at) const {
    constexpr double most_values = 10'000;
    const double from = json["from"], to = json["to"], step = json.value("step", 1.0);
    if (!(step > 0) || to < from || (to - from) / step > most_values)
      refuse(Code::out_of_range, at, "a range goes up, in steps above zero, over at most 10,000 values");
    // Counted, not summed: steps of 0.1 must not lose the last value.
    const auto count = static_cast<std::size_t>((to - from) / step + 1e-9) + 1;
    for (std::size_t i = 0; i < count; ++i) add_value(axis, Json(from + static_cast<double>(i) * step));
  }

  static void add_value(SweepAxis& axis, const Json& value) {
    AxisValue entry;
    if (value.is_number()) {
      entry.number = value.get<double>();
      entry.label = number_of(entry.number);
      axis.texts.push_back(entry.label);
    } else {
      const std::string text = value.is_string() ? value.get<std::string>() : value.dump();
      const auto leading = leading_number(text);
      entry.number = leading ? leading->number : static_cast<double>(axis.values.size());
      entry.label = text;
      axis.texts.push_back(value.dump());
    }
    axis.values.push_back(std::move(entry));
  }

  void expect_equal_lengths() const {
    if (sweep_.combine == Sweep::Combine::cross) return;
    for (const SweepAxis& axis : sweep_.axes) {
      if (axis.values.size() == sweep_.axes.front().values.size()) continue;
      refuse(Code::wrong_count, pointer_ + "/axes/" + axis.name,
             fmt::format("zipped axes are equally long: \"{}\" has {} values, \"{}\" {}",
                         sweep_.axes.front().name, sweep_.axes.front().values.size(), axis.name,
                         axis.values.size()));
    }
  }

  void read_skips(const Json& json) {
    for (std::size_t i = 0; i < json.size(); ++i) {
      if (json[i].is_string()) {
        auto parsed = parse_skip(json[i].get<std::string>(), sweep_.axes);
        if (const auto* error = std::get_if<SkipError>(&parsed))
          refuse(Code::bad_expression, fmt::format("{}/skip/{}", pointer_, i), error->message);
        sweep_.skips.push_back(std::get<SkipRule>(std::move(parsed)));
        continue;
      }
      SkipRule rule;
      for (const auto& [name, condition] : json[i].items()) {
        const auto axis = std::ranges::find(sweep_.axes, name, &SweepAxis::name);
        if (axis == sweep_.axes.end())
          refuse(Code::unknown_reference, fmt::format("{}/skip/{}", pointer_, i),
                 fmt::format("no axis \"{}\"", name));
        constexpr double infinite = std::numeric_limits<double>::infinity();
        const bool exact = condition.is_number();
        rule.operands.push_back({.kind = SkipRule::Kind::range,
                                 .axis = static_cast<std::size_t>(axis - sweep_.axes.begin()),
                                 .least = exact ? condition.get<double>() : condition.value("min", -infinite),
                                 .most = exact ? condition.get<double>() : condition.value("max", infinite)});
      }
      sweep_.skips.push_back(std::move(rule));
    }
  }

  const Document& document_;
  Resolution base_;
  Json tree_;
  std::string pointer_;
  Sweep sweep_;
};

bool holds(const SkipRule& rule, const Sweep& sweep, const SweepPoint& point) {
  const auto operand = [&](const SkipRule& one) { return holds(one, sweep, point); };
  switch (rule.kind) {
    case SkipRule::Kind::all:
      return std::ranges::all_of(rule.operands, operand);
    case SkipRule::Kind::any:
      return std::ranges::any_of(rule.operands, operand);
    case SkipRule::Kind::none:
      return std::ranges::none_of(rule.operands, operand);
    case SkipRule::Kind::range:
    case SkipRule::Kind::text:
      break;
  }
  const AxisValue& value = sweep.axes[rule.axis].values[point[rule.axis]];
  if (rule.kind == SkipRule::Kind::text) return value.label == rule.label;
  return value.number >= rule.least && value.number <= rule.most;
}

bool skipped(const Sweep& sweep, const SweepPoint& point) {
  return std::ranges::any_of(sweep.skips, [&](const SkipRule& rule) { return holds(rule, sweep, point); });
}

/// The next point of a cross product. @return false after the last
bool advance(const Sweep& sweep, SweepPoint& point) {
  for (std::size_t axis = point.size(); axis-- > 0;) {
    if (++point[axis] < sweep.axes[axis].values.size()) return true;
    point[axis] = 0;
  }
  return false;
}

const Json* at_pointer(const Json& tree, const std::string& pointer) {
  try {
    const Json::json_pointer parsed{pointer};
    return tree.contains(parsed) ? &tree.at(parsed) : nullptr;
  } catch (const Json::exception&) {
    return nullptr;  // such as a word where an array has numbers
  }
}

}  // namespace

std::vector<std::string> sweep_names(const Document& document) {
  std::vector<std::string> names;
  const Json tree = document.resolve(document.baseline()).json();
  if (!tree.contains("sweeps")) return names;
  for (const auto& [name, sweep] : tree["sweeps"].items()) {
    if (!is_remark(name)) names.push_back(name);
  }
  return names;
}

Sweep read_sweep(const Document& document, const std::string& name) { return Reader{document, name}.read(); }

std::vector<SweepPoint> points_of(const Sweep& sweep) {
  std::vector<SweepPoint> points;
  if (sweep.combine == Sweep::Combine::zip) {
    for (std::size_t i = 0; i < sweep.axes.front().values.size(); ++i)
      points.push_back(SweepPoint(sweep.axes.size(), i));
  } else {
    SweepPoint point(sweep.axes.size(), 0);
    do {
      points.push_back(point);
    } while (advance(sweep, point));
  }
  std::erase_if(points, [&](const SweepPoint& point) { return skipped(sweep, point); });
  return points;
}

std::vector<std::pair<std::string, std::string>> coordinates(const Sweep& sweep, const SweepPoint& point) {
  std::vector<std::pair<std::string, std::string>> labels;
  for (std::size_t i = 0; i < point.size(); ++i)
    labels.emplace_back(sweep.axes[i].name, sweep.axes[i].values[point[i]].label);
  return labels;
}

std::vector<std::string> sets_at(const Sweep& sweep, const SweepPoint& point, const Resolution& strategy) {
  std::vector<std::string> sets;
  const Json tree = strategy.json();
  for (std::size_t i = 0; i < point.size(); ++i) {
    const SweepAxis& axis = sweep.axes[i];
    for (const SweepAxis::Target& target : axis.targets) {
      const Json* present = at_pointer(tree, target.pointer);
      if (present == nullptr) {
        if (target.if_absent == SweepAxis::Target::IfAbsent::skip) continue;
        throw ScenarioError{
            {strategy.diagnostic(Code::unknown_reference, "/sweeps/" + sweep.name + "/axes/" + axis.name,
                                 fmt::format("nothing is at {} under strategy \"{}\"", target.pointer,
                                             strategy.scenario().strategy))}};
      }
      if (axis.kind == SweepAxis::Kind::set) {
        sets.push_back(target.pointer + "=" + axis.texts[point[i]]);
        continue;
      }
      const auto value = scaled(*present, axis.values[point[i]].number);
      if (!value) {
        throw ScenarioError{{strategy.diagnostic(
            Code::wrong_type, target.pointer,
            fmt::format("axis \"{}\" of sweep \"{}\" cannot scale this", axis.name, sweep.name))}};
      }
      sets.push_back(target.pointer + "=" + value->dump());
    }
  }
  return sets;
}

std::uint32_t shard_of(const Sweep& sweep, const SweepPoint& point, std::uint32_t count) {
  std::string name;
  for (const auto& [axis, label] : coordinates(sweep, point)) name += axis + "=" + label + "\n";
  return static_cast<std::uint32_t>(sim::hash_name(name) % count);
}

std::optional<Json> scaled(const Json& value, double factor) {
  if (value.is_number()) {
    const double product = value.get<double>() * factor;
    // A whole number stays one where it can: counts of nodes are integers.
    const auto whole = static_cast<std::int64_t>(product);
    if (value.is_number_integer() && static_cast<double>(whole) == product) return Json(whole);
    return Json(product);
  }
  if (value.is_string()) {
    const auto leading = leading_number(value.get<std::string>());
    if (!leading) return std::nullopt;
    return Json(number_of(leading->number * factor) + leading->rest);
  }
  if (!value.is_object() || !value.contains("dist")) return std::nullopt;
  Json law = value;
  bool any = false;
  // Every parameter of a law that is a time stretches with it; shapes are bare numbers and stay.
  for (auto& [key, parameter] : law.items()) {
    if (!parameter.is_string() || key == "dist") continue;
    if (auto product = scaled(parameter, factor)) {
      parameter = std::move(*product);
      any = true;
    }
  }
  return any ? std::optional{law} : std::nullopt;
}

}  // namespace planner
