#include "world/recorder.hpp"

#include <algorithm>
#include <functional>
#include <numeric>
#include <utility>

#include "sim/prefetch.hpp"

namespace models {
namespace {

constexpr std::uint16_t answered_kind = 1;
constexpr std::uint16_t failed_kind = 2;

}  // namespace

Recorder::Recorder(const WorldSpec& spec, const Program& program)
    : program_{&program},
      answered_(spec.classes),
      failed_(spec.classes),
      started_(spec.sources.size()),
      meters_(spec.meters),
      series_(program.span.pieces()) {
  for (WorldPiece& piece : series_) {
    piece.started.resize(spec.sources.size());
    piece.classes.resize(spec.classes);
    piece.meters.resize(spec.meters);
  }
}

void Recorder::started(std::uint32_t source, std::uint64_t requests, std::uint64_t recorded,
                       const std::vector<std::uint64_t>& by_piece) {
  requests_ += requests;
  started_[source] += recorded;
  std::uint64_t before = 0;
  for (std::size_t i = 0; i < series_.size(); ++i) {
    const std::uint64_t until = i < by_piece.size() ? by_piece[i] : recorded;
    series_[i].started[source] += until - before;
    before = until;
  }
}

void Recorder::note_end(const Request& request, sim::Time end, std::uint16_t kind) {
  fingerprint_.add(sim::EntityId{request.source}, end, kind);
}

void Recorder::finished(const Request& request, std::uint32_t class_index, sim::Time end) {
  if (request.failed) return failed(request, class_index, end);
  note_end(request, end, answered_kind);
  if (!program_->span.contains(request.start)) return;
  ++ended_;
  const sim::Duration latency = end - request.start;
  sim::prefetch(&answered_[class_index], sizeof(Answered));
  Answer& slot = waiting_[answers_ % most_waiting];
  record(slot);  // the oldest makes room
  // One by one: put together and then copied, the processor waits for them.
  slot.latency = latency;
  slot.class_index = class_index;
  slot.parts = request.parts;
  if (!series_.empty()) slot.piece = static_cast<std::uint32_t>(program_->span.piece_of(request.start));
  prefetch(waiting_[(answers_ + most_waiting / 2) % most_waiting]);
  ++answers_;
}

void Recorder::prefetch(const Answer& answer) const {
  if (answer.class_index == none) return;
  answered_[answer.class_index].breakdown.prefetch(answer.latency);
  if (!series_.empty()) series_[answer.piece].classes[answer.class_index].latency.prefetch(answer.latency);
}

void Recorder::record(const Answer& answer) {
  if (answer.class_index == none) return;
  answered_[answer.class_index].breakdown.record(answer.latency, answer.parts);
  if (!series_.empty()) series_[answer.piece].classes[answer.class_index].latency.record(answer.latency);
}

void Recorder::failed(const Request& request, std::uint32_t class_index, sim::Time end) {
  note_end(request, end, failed_kind);
  if (!program_->span.contains(request.start)) return;
  ++ended_;
  const std::uint32_t counted_in = class_index == none ? program_->source_class[request.source] : class_index;
  if (counted_in == none) return;
  ++failed_[counted_in];
  if (!series_.empty()) ++series_[program_->span.piece_of(request.start)].classes[counted_in].failed;
}

void Recorder::record_waiting() {
  for (Answer& answer : waiting_) record(std::exchange(answer, Answer{}));
}

void Recorder::merge(Recorder& other) {
  const auto add = [](std::vector<std::uint64_t>& into, const std::vector<std::uint64_t>& more) {
    std::transform(into.begin(), into.end(), more.begin(), into.begin(), std::plus<>{});
  };
  other.record_waiting();
  for (std::size_t i = 0; i < answered_.size(); ++i)
    answered_[i].breakdown.merge(other.answered_[i].breakdown);
  for (std::size_t piece = 0; piece < series_.size(); ++piece) {
    for (std::size_t i = 0; i < answered_.size(); ++i) {
      series_[piece].classes[i].failed += other.series_[piece].classes[i].failed;
      series_[piece].classes[i].latency.merge(other.series_[piece].classes[i].latency);
    }
    add(series_[piece].started, other.series_[piece].started);
    add(series_[piece].meters, other.series_[piece].meters);
  }
  add(failed_, other.failed_);
  add(started_, other.started_);
  add(meters_, other.meters_);
  requests_ += other.requests_;
  ended_ += other.ended_;
  fingerprint_.merge(other.fingerprint_);
}

void Recorder::report(WorldResult& result) {
  record_waiting();
  result.classes.resize(answered_.size());
  for (std::size_t source = 0; source < started_.size(); ++source)
    if (const std::uint32_t index = program_->source_class[source]; index != none)
      result.classes[index].started += started_[source];
  for (std::size_t i = 0; i < answered_.size(); ++i) {
    ClassResult& each = result.classes[i];
    each.failed = failed_[i];
    each.breakdown = std::move(answered_[i].breakdown);
    each.latency = each.breakdown.latency();
    each.answered = each.latency.count();
  }
  result.unfinished = std::accumulate(started_.begin(), started_.end(), std::uint64_t{0}) - ended_;
  result.started = std::move(started_);
  result.meters = std::move(meters_);
  result.series = std::move(series_);
  result.requests = requests_;
  result.fingerprint = fingerprint_;
}

}  // namespace models
