#include "recorder.hpp"

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
    : spec_{&spec},
      program_{&program},
      answered_(spec.classes),
      classes_(spec.classes),
      started_(spec.sources.size()),
      meters_(spec.meters) {}

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
  slot = {latency, class_index, request.parts};
  const Answer& halfway = waiting_[(answers_ + most_waiting / 2) % most_waiting];
  if (halfway.class_index != none) answered_[halfway.class_index].breakdown.prefetch(halfway.latency);
  ++answers_;
  if (spec_->series_step <= sim::Duration{0}) return;
  const auto piece = (request.start - program_->span.begin) / spec_->series_step;
  series_of(class_index)[static_cast<std::size_t>(piece)].record(latency);
}

void Recorder::record(const Answer& answer) {
  if (answer.class_index != none)
    answered_[answer.class_index].breakdown.record(answer.latency, answer.parts);
}

std::vector<sim::Histogram>& Recorder::series_of(std::uint32_t class_index) {
  std::vector<sim::Histogram>& series = classes_[class_index].series;
  if (series.empty()) {
    const auto whole = (spec_->duration + spec_->series_step - sim::Duration{1}) / spec_->series_step;
    series.resize(static_cast<std::size_t>(whole));
  }
  return series;
}

void Recorder::failed(const Request& request, std::uint32_t class_index, sim::Time end) {
  note_end(request, end, failed_kind);
  if (!program_->span.contains(request.start)) return;
  ++ended_;
  const std::uint32_t counted_in = class_index == none ? program_->source_class[request.source] : class_index;
  if (counted_in != none) ++classes_[counted_in].failed;
}

void Recorder::record_waiting() {
  for (Answer& answer : waiting_) record(std::exchange(answer, Answer{}));
}

void Recorder::merge(Recorder& other) {
  const auto add = [](std::vector<std::uint64_t>& into, const std::vector<std::uint64_t>& more) {
    std::transform(into.begin(), into.end(), more.begin(), into.begin(), std::plus<>{});
  };
  other.record_waiting();
  for (std::uint32_t i = 0; i < classes_.size(); ++i) {
    answered_[i].breakdown.merge(other.answered_[i].breakdown);
    classes_[i].failed += other.classes_[i].failed;
    if (other.classes_[i].series.empty()) continue;
    std::vector<sim::Histogram>& series = series_of(i);
    for (std::size_t piece = 0; piece < series.size(); ++piece)
      series[piece].merge(other.classes_[i].series[piece]);
  }
  add(started_, other.started_);
  add(meters_, other.meters_);
  requests_ += other.requests_;
  ended_ += other.ended_;
  fingerprint_.merge(other.fingerprint_);
}

void Recorder::report(WorldResult& result) {
  for (std::size_t source = 0; source < started_.size(); ++source)
    if (const std::uint32_t index = program_->source_class[source]; index != none)
      classes_[index].started += started_[source];
  record_waiting();
  for (std::size_t i = 0; i < classes_.size(); ++i) {
    ClassResult& each = classes_[i];
    each.breakdown = std::move(answered_[i].breakdown);
    each.latency = each.breakdown.latency();
    each.answered = each.latency.count();
  }
  result.classes = std::move(classes_);
  result.unfinished = std::accumulate(started_.begin(), started_.end(), std::uint64_t{0}) - ended_;
  result.started = std::move(started_);
  result.meters = std::move(meters_);
  result.requests = requests_;
  result.fingerprint = fingerprint_;
}

}  // namespace models
