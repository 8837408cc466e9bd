#include "read/read_state.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

#include "models/catalog.hpp"
#include "read/read_law.hpp"

namespace planner {
namespace {

namespace catalog = models::catalog;

constexpr std::array<std::string_view, 11> cache_keys{"items_of",  "items",    "popularity", "by",
                                                      "hit_ratio", "capacity", "eviction",   "ttl",
                                                      "ttl_from",  "miss",     "stay"};
constexpr std::array<std::string_view, 3> common_keys{"kind", "price", "stored"};
constexpr std::array<std::string_view, 4> session_keys{"ttl", "ttl_from", "miss", "stay"};
constexpr std::array<std::string_view, 6> object_keys{"items_of", "items",           "popularity",
                                                      "by",       "hibernate_after", "wake_up"};
constexpr std::array<std::string_view, 7> replicated_keys{"items_of",    "items",  "popularity", "primary",
                                                          "replication", "quorum", "lag"};

std::span<const std::string_view> keys_of_kind(State::Kind kind) {
  switch (kind) {
    case State::Kind::cache:
      return cache_keys;
    case State::Kind::session:
      return session_keys;
    case State::Kind::objects:
      return object_keys;
    case State::Kind::replicated:
      break;
  }
  return replicated_keys;
}

State::Kind kind_of(const std::string& name) {
  if (name == "session") return State::Kind::session;
  if (name == "objects") return State::Kind::objects;
  return name == "replicated" ? State::Kind::replicated : State::Kind::cache;
}

class StateReader {
 public:
  StateReader(const Fields& fields, const std::string& id, ReadContext& context)
      : fields_{fields}, id_{id}, context_{context} {}

  State read() {
    const std::string kind = fields_.text("kind");
    state_.kind = kind_of(kind);
    refuse_foreign(kind);
    if (state_.kind == State::Kind::session || fields_.text("by") == "user") state_.key = State::Key::user;
    state_.items = fields_.count("items", 1);
    state_.popularity = fields_.number("popularity", 0);
    state_.items_of = fields_.text("items_of");
    state_.stay = fields_.duration("stay").value_or(sim::Duration{});
    if (state_.kind == State::Kind::replicated)
      read_replication();
    else if (state_.kind == State::Kind::objects)
      read_objects();
    else
      read_cache();
    check_items();
    read_price();
    return state_;
  }

 private:
  void read_price() {
    state_.stored = fields_.bytes("stored");
    if (!fields_.has("price")) return;
    const Fields fields = fields_.object("price");
    const std::string listed = fields.text("listed");
    const auto money = [&](std::string_view key, Dimension dimension) {
      return sim::Money{fields.quantity(key, dimension, listed_price(listed, key))};
    };
    if (!listed.empty() && !catalog::price(listed + "-read"))
      context_.issues.add(Code::unknown_catalogue_id, fields.get("listed")->span,
                          fmt::format("the catalogue lists no prices of a store \"{}\"", listed));
    StatePrice price;
    price.per_read = money("read", Dimension::price_per_request);
    price.per_write = money("write", Dimension::price_per_request);
    price.per_request = money("request", Dimension::price_per_request);
    price.awake_per_hour = money("awake", Dimension::price_per_time);
    price.per_gigabyte_second = money("storage", Dimension::price_per_data_time);
    read_allowances(fields, price);
    price.provenance = fields.provenance();
    refuse_unused(fields);
    context_.assume(fields.span(), "prices of the state of " + id_, price.provenance);
    state_.price = price;
  }

  static void read_allowances(const Fields& fields, StatePrice& price) {
    price.store = fields.text("listed");
    price.free_reads = fields.number("free_reads", 0);
    price.free_writes = fields.number("free_writes", 0);
    price.free_requests = fields.number("free_requests", 0);
    price.free_awake = fields.duration("free_awake").value_or(sim::Duration{});
    price.free_storage = fields.bytes("free_storage");
  }

  /// Of the catalogue in the units of StatePrice; 0 where it lists none.
  [[nodiscard]] double listed_price(const std::string& store, std::string_view key) const {
    const bool objects = state_.kind == State::Kind::objects;
    const bool of_objects = key == "request" || key == "awake";
    if (store.empty() || (key != "storage" && of_objects != objects)) return 0;
    const auto figure = catalog::price(store + "-" + std::string{key});
    if (!figure) return 0;
    constexpr double month = 730 * 3600.0;
    return figure->unit == "USD/GB/month" ? figure->value / month : figure->value;
  }

  void refuse_unused(const Fields& fields) {
    const bool objects = state_.kind == State::Kind::objects;
    constexpr std::array<std::string_view, 4> of_objects{"request", "awake", "free_requests", "free_awake"};
    constexpr std::array<std::string_view, 4> of_others{"read", "write", "free_reads", "free_writes"};
    for (const std::string_view key : objects ? of_others : of_objects) {
      if (!fields.has(key)) continue;
      context_.issues.add(
          Code::conflicting_keys, fields.get(key)->span,
          fmt::format("state of kind \"{}\" has no price \"{}\": objects are paid by \"request\" "
                      "and time \"awake\", others by \"read\" and \"write\"",
                      fields_.text("kind"), key));
    }
    if (!fields.has("storage") || fields_.has("stored")) return;
    context_.issues.add(Code::missing_key, fields.get("storage")->span,
                        "a price of storage needs \"stored\": how much is kept");
  }

  void refuse_foreign(const std::string& kind) {
    const auto own = keys_of_kind(state_.kind);
    for (const Member* member : fields_.entries()) {
      if (std::ranges::find(common_keys, member->key) != common_keys.end()) continue;
      if (std::ranges::find(own, member->key) != own.end()) continue;
      context_.issues.add(Code::conflicting_keys, member->key_span,
                          fmt::format("state of kind \"{}\" has no \"{}\"", kind, member->key));
    }
  }

  void conflict(std::string_view key, const std::string& text) {
    context_.issues.add(Code::conflicting_keys, fields_.get(key)->span, text);
  }

  void read_cache() {
    if (fields_.has("hit_ratio")) state_.hit_ratio = fields_.quantity("hit_ratio", Dimension::ratio, 0);
    state_.capacity = fields_.count("capacity", UINT32_MAX);
    const std::string eviction = fields_.text("eviction");
    if (eviction == "fifo") state_.eviction = models::Eviction::first_in;
    if (eviction == "random") state_.eviction = models::Eviction::random;
    state_.time_to_live = fields_.duration("ttl");
    const std::string from = state_.kind == State::Kind::session ? "request" : "fetch";
    if (fields_.text("ttl_from", from) == "request")
      state_.time_to_live_rule = models::TtlEntry::Rule::from_last_request;
    state_.miss = read_law(fields_, "miss", "miss of " + id_, context_);
    for (const std::string_view key : {"items", "items_of", "capacity", "ttl", "by"}) {
      if (state_.hit_ratio && fields_.has(key))
        conflict(key, fmt::format("\"hit_ratio\" is drawn, so \"{}\" has no effect", key));
    }
  }

  void read_objects() {
    state_.hibernate_after = fields_.duration("hibernate_after");
    state_.wake_up = read_law(fields_, "wake_up", "wake-up of " + id_, context_);
    if (state_.wake_up && !state_.hibernate_after)
      conflict("wake_up", "objects without \"hibernate_after\" are always awake, so nothing wakes up");
  }

  void read_replication() {
    state_.primary = fields_.text("primary");
    const std::string rule = fields_.text("replication", "async");
    if (rule == "sync") state_.replication = State::Replication::synchronous;
    if (rule == "quorum") state_.replication = State::Replication::quorum;
    state_.quorum = fields_.count("quorum", 0);
    state_.lag = read_law(fields_, "lag", "replication lag of " + id_, context_);
    if (!fields_.has("primary"))
      context_.issues.add(Code::missing_key, fields_.span(), "replicated state needs its \"primary\" site");
    if ((rule == "quorum") != fields_.has("quorum"))
      context_.issues.add(Code::conflicting_keys, fields_.span(),
                          "\"quorum\" belongs to the replication \"quorum\", and that to it");
  }

  void check_items() {
    const bool by_item = state_.key == State::Key::item && !state_.hit_ratio;
    if (by_item && !fields_.has("items") && !fields_.has("items_of") && state_.kind != State::Kind::session) {
      context_.issues.add(Code::missing_key, fields_.span(),
                          state_.kind == State::Kind::cache
                              ? "a cache needs a \"hit_ratio\", or its \"items\" and what fits"
                              : "needs \"items\", how many there are, or \"items_of\", whose they are");
    }
    for (const std::string_view key : {"items", "popularity"}) {
      if (fields_.has("items_of") && fields_.has(key))
        conflict(key, fmt::format("the items are those of \"{}\", whose \"{}\" holds", state_.items_of, key));
    }
    for (const std::string_view key : {"items", "items_of", "popularity"}) {
      if (state_.key == State::Key::user && fields_.has(key) && state_.kind != State::Kind::session)
        conflict(key, fmt::format("users ask for what is theirs, so \"{}\" has no effect", key));
    }
    if (state_.key == State::Key::item && fields_.has("stay"))
      conflict("stay", "only what belongs to a user moves with him");
  }

  const Fields& fields_;
  const std::string& id_;
  ReadContext& context_;
  State state_;
};

}  // namespace

std::optional<State> read_state(const Fields& service, const std::string& id, ReadContext& context) {
  if (!service.has("state")) return std::nullopt;
  return StateReader{service.object("state"), id, context}.read();
}

void share_items(const Fields& services, ReadContext& context) {
  for (const Member* member : services.entries()) {
    auto& state = context.scenario.services.at(member->key).state;
    if (!state || state->items_of.empty()) continue;
    const Value& named = *Fields{member->value}.object("state").get("items_of");
    const auto owner = context.scenario.services.find(state->items_of);
    if (owner == context.scenario.services.end()) {
      Diagnostic& issue = context.issues.add(Code::unknown_reference, named.span,
                                             fmt::format("there is no service \"{}\"", state->items_of));
      propose(issue, state->items_of, keys_of(context.scenario.services));
      continue;
    }
    const auto& shared = owner->second.state;
    if (!shared || shared->key != State::Key::item || shared->hit_ratio || !shared->items_of.empty()) {
      context.issues.add(
          Code::conflicting_keys, named.span,
          fmt::format("service \"{}\" has no items of its own that its requests ask for", state->items_of));
      continue;
    }
    state->items = shared->items;
    state->popularity = shared->popularity;
  }
}

std::optional<Residency> read_residency(const Fields& population) {
  if (!population.has("residency")) return std::nullopt;
  const Fields fields = population.object("residency");
  Residency residency;
  if (const Value* countries = fields.get("countries"))
    for (const Value& country : countries->items) residency.countries.push_back(country.text);
  for (const Member* label : fields.object("labels").entries())
    residency.labels.emplace(label->key, label->value.text);
  return residency;
}

}  // namespace planner
