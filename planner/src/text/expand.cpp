#include "text/expand.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "models/catalog.hpp"
#include "planner/quantity.hpp"
#include "read/schema_model.hpp"
#include "text/merge.hpp"
#include "text/text_form.hpp"

namespace planner {
namespace {

using models::catalog::Place;

/// Members of the sets of one kind: what a placement or workload that names a set is spread over.
struct SetMember {
  std::string id;
  double share = 0;  ///< of the set's users
};
using Sets = std::map<std::string, std::vector<SetMember>>;

Value text_at(Span span, std::string text) {
  Value value;
  value.kind = Value::Kind::string;
  value.text = std::move(text);
  value.span = span;
  return value;
}

Value number_at(Span span, double number) {
  Value value;
  value.kind = Value::Kind::number;
  value.number = number;
  value.text = fmt::format("{}", number);
  value.span = span;
  return value;
}

Value object_at(Span span) {
  Value value;
  value.kind = Value::Kind::object;
  value.span = span;
  return value;
}

void put(Value& object, std::string key, Value value) {
  const Span span = value.span;
  object.members.push_back({std::move(key), span, std::move(value)});
}

/// The section `key` of the scenario, made if it is missing.
Value& section(Value& scenario, const std::string& key) {
  if (Member* member = scenario.find_member(key)) return member->value;
  scenario.members.push_back({key, scenario.span, object_at(scenario.span)});
  return scenario.members.back().value;
}

bool lists(const Value* words, std::string_view text) {
  return words != nullptr &&
         std::ranges::any_of(words->items, [&](const Value& word) { return word.text == text; });
}

bool passes(const Value* where, const Place& place) {
  if (where == nullptr) return true;
  const auto allows = [&](std::string_view key, std::string_view text) {
    const Value* words = where->find(key);
    return words == nullptr || lists(words, text);
  };
  return allows("continent", place.continent) && allows("country", place.country) && allows("id", place.id) &&
         !lists(where->find("except"), place.id);
}

std::vector<const Place*> filtered(const std::vector<Place>& places, const Member& set, std::size_t top) {
  std::vector<const Place*> kept;
  const Value* where = set.value.find("where");
  for (const Place& place : places) {
    if (kept.size() < top && passes(where, place)) kept.push_back(&place);
  }
  return kept;
}

/// Ids in `where` that the list does not have: a misspelt one would silently change the set.
void check_filter_ids(const std::vector<Place>& places, const Member& set, Issues& issues) {
  const Value* where = set.value.find("where");
  if (where == nullptr) return;
  std::vector<std::string> known;
  for (const Place& place : places) known.push_back(place.id);
  for (const std::string_view key : {"id", "except"}) {
    const Value* words = where->find(key);
    if (words == nullptr) continue;
    for (const Value& word : words->items) {
      if (std::ranges::find(known, word.text) != known.end()) continue;
      Diagnostic& issue =
          issues.add(Code::unknown_place, word.span,
                     fmt::format("\"{}\" is not in the list of set \"{}\"", word.text, set.key));
      propose(issue, word.text, known);
    }
  }
}

class Expander {
 public:
  Expander(Value& scenario, Issues& issues) : scenario_{scenario}, issues_{issues} {}

  void expand() {
    expand_kind("site_sets", "sites", &Expander::site_members);
    expand_kind("population_sets", "populations", &Expander::population_members);
    spread_placements();
    spread_workloads();
    std::erase_if(scenario_.members, [](const Member& member) {
      return member.key == "site_sets" || member.key == "population_sets";
    });
  }

 private:
  using Maker = std::vector<Member> (Expander::*)(const Member& set, std::vector<SetMember>& made);

  void expand_kind(const std::string& sets_key, const std::string& section_key, Maker make) {
    const Member* found = scenario_.find_member(sets_key);
    if (found == nullptr) return;
    const Value all_sets = found->value;  // section() may move the members
    Value& target = section(scenario_, section_key);
    for (const Member& set : all_sets.members) {
      if (is_remark(set.key)) continue;
      if (const Member* clash = target.find_member(set.key)) {
        issues_
            .add(Code::conflicting_keys, set.key_span,
                 fmt::format("\"{}\" is in {} as well as in {}", set.key, sets_key, section_key))
            .related.push_back(
                {clash->key_span.file->name(), range_of(clash->key_span).start, "the other one"});
        continue;
      }
      add_members((this->*make)(set, sets_[set.key]), target);
      if (sets_[set.key].empty()) {
        issues_.add(Code::empty_set, set.key_span, fmt::format("set \"{}\" has no members", set.key));
      }
    }
  }

  /// Adds made entries beneath those that are written out.
  void add_members(std::vector<Member> made, Value& target) {
    std::map<std::string, Member*, std::less<>> written;
    for (Member& member : target.members) written.emplace(member.key, &member);
    std::vector<Member> fresh;
    for (Member& member : made) {
      const auto own = written.find(member.key);
      if (own == written.end()) {
        fresh.push_back(std::move(member));
        continue;
      }
      merge_patch(member.value, own->second->value);
      own->second->value = std::move(member.value);
    }
    target.members.insert(target.members.end(), std::make_move_iterator(fresh.begin()),
                          std::make_move_iterator(fresh.end()));
  }

  static void copy_keys(const Value& from, Value& to, std::initializer_list<std::string_view> keys) {
    for (const std::string_view key : keys) {
      if (const Member* member = from.find_member(key)) to.members.push_back(*member);
    }
  }

  std::string member_id(const Member& set, const Place& place) {
    std::string id = fmt::format("{}-{}", set.key, place.id);
    if (!is_id(id)) {
      issues_.add(
          Code::bad_id, set.key_span,
          fmt::format("set \"{}\" would make \"{}\", which is longer than 63 characters", set.key, id));
    }
    return id;
  }

  std::vector<Member> site_members(const Member& set, std::vector<SetMember>& made) {
    const Value& list = *set.value.find("from");
    const auto& places = models::catalog::sites(list.text);
    check_filter_ids(places, set, issues_);
    const bool cloud = list.text == "aws" || list.text == "gcp" || list.text == "azure";
    std::vector<Member> members;
    for (const Place* place : filtered(places, set, places.size())) {
      Value site = object_at(set.value.span);
      put(site, cloud ? "region" : "pop", text_at(list.span, fmt::format("{}:{}", list.text, place->id)));
      copy_keys(set.value, site, {"tier", "labels", "grid", "egress", "egress_tiers", "costs", "pools"});
      put(site, "x-set", text_at(set.key_span, set.key));
      made.push_back({member_id(set, *place)});
      members.push_back({made.back().id, set.key_span, std::move(site)});
    }
    return members;
  }

  std::vector<Member> population_members(const Member& set, std::vector<SetMember>& made) {
    const auto& cities = models::catalog::cities();
    check_filter_ids(cities, set, issues_);
    const Value* top = set.value.find("top");
    const auto chosen =
        filtered(cities, set, top == nullptr ? cities.size() : static_cast<std::size_t>(top->number));
    double inhabitants = 0;
    for (const Place* city : chosen) inhabitants += city->population;
    const Value& users = *set.value.find("users");
    std::vector<Member> members;
    for (const Place* city : chosen) {
      const double share = city->population / inhabitants;
      Value population = object_at(set.value.span);
      put(population, "at", coordinates(*city, set.key_span));
      put(population, "users", number_at(users.span, users.number * share));
      copy_keys(set.value, population, {"access", "device", "device_price"});
      put(population, "x-set", text_at(set.key_span, set.key));
      made.push_back({member_id(set, *city), share});
      members.push_back({made.back().id, set.key_span, std::move(population)});
    }
    return members;
  }

  static Value coordinates(const Place& place, Span span) {
    Value at = object_at(span);
    put(at, "lat", number_at(span, place.latitude));
    put(at, "lon", number_at(span, place.longitude));
    put(at, "country", text_at(span, place.country));
    return at;
  }

  void spread_placements() {
    Member* placement = scenario_.find_member("placement");
    if (placement == nullptr) return;
    for (Member& service : placement->value.members) {
      if (!is_remark(service.key)) spread_entry_members(service.value);
    }
  }

  /// Replaces each set among the keys by its members.
  void spread_entry_members(Value& by_site) {
    std::vector<Member> written, made;
    for (Member& entry : by_site.members) {
      const auto set = sets_.find(entry.key);
      if (is_remark(entry.key) || set == sets_.end()) {
        written.push_back(std::move(entry));
        continue;
      }
      for (const SetMember& member : set->second) made.push_back({member.id, entry.key_span, entry.value});
    }
    by_site.members = std::move(written);
    add_members(std::move(made), by_site);
  }

  void spread_workloads() {
    Member* workloads = scenario_.find_member("workloads");
    if (workloads == nullptr) return;
    std::vector<Member> spread;
    for (Member& workload : workloads->value.members) {
      const Value* population = is_remark(workload.key) ? nullptr : workload.value.find("population");
      const auto set = population == nullptr ? sets_.end() : sets_.find(population->text);
      if (set == sets_.end()) {
        spread.push_back(std::move(workload));
        continue;
      }
      for (const SetMember& member : set->second) spread.push_back(workload_of(workload, set->first, member));
    }
    workloads->value.members = std::move(spread);
  }

  Member workload_of(const Member& workload, const std::string& set, const SetMember& member) {
    Member part = workload;
    part.key = workload.key + member.id.substr(set.size());
    if (!is_id(part.key)) {
      issues_.add(Code::bad_id, workload.key_span,
                  fmt::format("workload \"{}\" would make \"{}\", which is longer than 63 characters",
                              workload.key, part.key));
    }
    part.value.find_member("population")->value.text = member.id;
    Value& arrivals = part.value.find_member("arrivals")->value;
    if (const Value* trace = arrivals.find("trace")) {
      issues_.add(Code::conflicting_keys, trace->span,
                  fmt::format("a trace is replayed by one population, \"{}\" is a set of them", set));
    }
    if (Member* rate = arrivals.find_member("rate")) scale_rate(rate->value, member.share);
    return part;
  }

  static void scale_rate(Value& rate, double share) {
    const auto parsed = parse_quantity(rate.text, Dimension::request_rate);
    if (const auto* quantity = std::get_if<ParsedQuantity>(&parsed)) {
      rate.text = fmt::format("{} req/s", quantity->value * share);
    }
  }

  Value& scenario_;
  Issues& issues_;
  Sets sets_;
};

}  // namespace

void expand_sets(Value& scenario, Issues& issues) { Expander{scenario, issues}.expand(); }

}  // namespace planner
