#include "planner/world_archive.hpp"

#include <bit>
#include <concepts>
#include <cstdint>
#include <type_traits>
#include <utility>
#include <vector>

namespace planner {
namespace {

/// Whether fields() below tells what an item of a list consists of.
template <class Item>
inline constexpr bool has_fields =
    std::is_class_v<Item> && !std::same_as<Item, sim::Histogram> && !std::same_as<Item, sim::TotalTime>;

/// Writes what it is called with.
class Writer {
 public:
  template <class... Values>
  void operator()(const Values&... values) {
    (put(values), ...);
  }
  [[nodiscard]] std::string take() { return std::move(bytes_); }

 private:
  void put(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7U) bytes_ += static_cast<char>(value | 0x80U);
    bytes_ += static_cast<char>(value);
  }
  void put(double value) { put(std::bit_cast<std::uint64_t>(value)); }
  void put(sim::Duration value) {
    const std::int64_t count = value.count();
    put(static_cast<std::uint64_t>(count) << 1U ^ static_cast<std::uint64_t>(count >> 63));
  }
  void put(sim::TotalTime value) {
    put(value.low());
    put(static_cast<std::uint64_t>(value.high()));
  }
  void put(models::WorldResult::Status value) { put(static_cast<std::uint64_t>(value)); }
  void put(sim::Fingerprint value) { put(value.value()); }
  void put(const sim::Histogram& value) { put(value.to_integers()); }
  void put(const sim::BreakdownHistogram<models::part_count>& value) { put(value.to_integers()); }
  template <class Item>
  void put(const std::vector<Item>& items) {
    put(static_cast<std::uint64_t>(items.size()));
    for (const Item& item : items) {
      if constexpr (has_fields<Item>) {
        fields(*this, item);
      } else {
        put(item);
      }
    }
  }

  std::string bytes_;
};

/// Reads into what it is called with; once something does not fit, it reads no more.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_{bytes} {}
  template <class... Values>
  void operator()(Values&... values) {
    (get(values), ...);
  }
  [[nodiscard]] bool complete() const { return good_ && bytes_.empty(); }

 private:
  void get(std::uint64_t& value) {
    value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (bytes_.empty()) break;
      const auto byte = static_cast<std::uint8_t>(bytes_.front());
      bytes_.remove_prefix(1);
      value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
      if (byte < 0x80) return;
    }
    good_ = false;
  }
  std::uint64_t number() {
    std::uint64_t value = 0;
    get(value);
    return value;
  }
  void get(double& value) { value = std::bit_cast<double>(number()); }
  void get(sim::Duration& value) {
    const std::uint64_t folded = number();
    value = sim::Duration{static_cast<std::int64_t>(folded >> 1U ^ (0 - (folded & 1U)))};
  }
  void get(sim::TotalTime& value) {
    const std::uint64_t low = number();
    value = sim::TotalTime::from_halves(static_cast<std::int64_t>(number()), low);
  }
  void get(models::WorldResult::Status& value) {
    const std::uint64_t read = number();
    good_ = good_ && read <= static_cast<std::uint64_t>(models::WorldResult::Status::event_limit);
    value = static_cast<models::WorldResult::Status>(read);
  }
  void get(sim::Fingerprint& value) { value = sim::Fingerprint::of(number()); }
  template <class Histogram>
  void get_histogram(Histogram& value) {
    std::vector<std::uint64_t> integers;
    get(integers);
    auto read = Histogram::from_integers(integers);
    good_ = good_ && read.has_value();
    if (read) value = std::move(*read);
  }
  void get(sim::Histogram& value) { get_histogram(value); }
  void get(sim::BreakdownHistogram<models::part_count>& value) { get_histogram(value); }
  template <class Item>
  void get(std::vector<Item>& items) {
    const std::uint64_t size = number();
    good_ = good_ && size <= bytes_.size();  // an item takes a byte at least
    items.clear();
    for (std::uint64_t i = 0; i < size && good_; ++i) {
      Item& item = items.emplace_back();
      if constexpr (has_fields<Item>) {
        fields(*this, item);
      } else {
        get(item);
      }
    }
  }

  std::string_view bytes_;
  bool good_ = true;
};

template <class Type, class Plain>
concept Maybe = std::same_as<std::remove_const_t<Type>, Plain>;

// All members of each struct, for reading and for writing: a member that is added does not compile here until
// it is listed, so that nothing can be forgotten.

template <class Archive, Maybe<models::ClassResult> Result>
void fields(Archive& archive, Result& result) {
  auto& [started, answered, failed, latency, breakdown] = result;
  archive(started, answered, failed, latency, breakdown);
}

template <class Archive, Maybe<models::ClassPiece> Result>
void fields(Archive& archive, Result& result) {
  auto& [failed, latency] = result;
  archive(failed, latency);
}

template <class Archive, Maybe<models::PoolResult> Result>
void fields(Archive& archive, Result& result) {
  auto& [requests, refused, throttled, shed, spilled, cold_starts, instances_started, peak_instances,
         peak_queue, batches, model_loads, slot_busy, instance_busy, instance_alive, starting, acquiring,
         pulling, restoring, provisioned, billed, provisioned_busy, provisioned_starting,
         provisioned_billed] = result;
  archive(requests, refused, throttled, shed, spilled, cold_starts, instances_started, peak_instances,
          peak_queue, batches, model_loads, slot_busy, instance_busy, instance_alive, starting, acquiring,
          pulling, restoring, provisioned, billed, provisioned_busy, provisioned_starting,
          provisioned_billed);
}

template <class Archive, Maybe<models::GuardResult> Result>
void fields(Archive& archive, Result& result) {
  auto& [attempts, failed, timed_out, retried, not_retried, hedged, turned_away] = result;
  archive(attempts, failed, timed_out, retried, not_retried, hedged, turned_away);
}

template <class Archive, Maybe<models::StationResult> Result>
void fields(Archive& archive, Result& result) {
  auto& [passed, bytes, busy] = result;
  archive(passed, bytes, busy);
}

template <class Archive, Maybe<models::WorldPiece> Result>
void fields(Archive& archive, Result& result) {
  auto& [length, started, classes, pools, awake, meters] = result;
  archive(length, started, classes, pools, awake, meters);
}

template <class Archive, Maybe<models::StoreResult> Result>
void fields(Archive& archive, Result& result) {
  auto& [requests, hits, waited, woken, stale, applied, awake] = result;
  archive(requests, hits, waited, woken, stale, applied, awake);
}

template <class Archive, Maybe<models::QueueResult> Result>
void fields(Archive& archive, Result& result) {
  auto& [accepted, dropped, refused, blocked, delivered, dead_letters, peak, occupied, blocked_time, delay] =
      result;
  archive(accepted, dropped, refused, blocked, delivered, dead_letters, peak, occupied, blocked_time, delay);
}

template <class Archive, Maybe<models::WorldResult> Result>
void fields(Archive& archive, Result& result) {
  auto& [status, simulated, classes, pools, stations, guards, stores, queues, started, meters, series,
         unfinished, events, requests, fingerprint] = result;
  archive(status, simulated, classes, pools, stations, guards, stores, queues, started, meters, series,
          unfinished, events, requests, fingerprint);
}

}  // namespace

std::string archive(const models::WorldResult& result) {
  Writer writer;
  fields(writer, result);
  return writer.take();
}

std::optional<models::WorldResult> restore(std::string_view bytes) {
  Reader reader{bytes};
  models::WorldResult result;
  fields(reader, result);
  return reader.complete() ? std::optional{std::move(result)} : std::nullopt;
}

}  // namespace planner
