#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "models/world.hpp"
#include "request/program.hpp"

namespace models {

/// Counts what becomes of requests. Everything here is a sum of integers, so the order in which partitions
/// report does not matter; each thread has one, and they are added up at the end.
class alignas(64) Recorder {
 public:
  Recorder(const WorldSpec& spec, const Program& program);

  /// What a source has sent, in all and in the recorded span; to be told once, at the end.
  /// @param by_piece  of the recorded ones, those that began by the end of each piece but the last; short
  /// where
  ///                  none came later
  void started(std::uint32_t source, std::uint64_t requests, std::uint64_t recorded,
               const std::vector<std::uint64_t>& by_piece);
  /// A request passed the meter.
  void passed(const Request& request, std::uint32_t meter) {
    if (!program_->span.contains(request.start)) return;
    ++meters_[meter];
    if (!series_.empty()) ++series_[program_->span.piece_of(request.start)].meters[meter];
  }
  /// A request reached its end; answered unless it is marked as failed.
  void finished(const Request& request, std::uint32_t class_index, sim::Time end);
  /// A request was given up. @param class_index  none: that of its source
  void failed(const Request& request, std::uint32_t class_index, sim::Time end);

  /// Adds what another one has counted, which is of no use afterwards. @pre both are of one world
  void merge(Recorder& other);
  /// Moves everything counted so far into `result`; to be called once, last.
  void report(WorldResult& result);

 private:
  struct Answer {
    sim::Duration latency{};
    std::uint32_t class_index = none;
    std::uint32_t piece = 0;  ///< of the series, if there is one
    std::array<std::uint32_t, part_count> parts{};
  };
  void record(const Answer& answer);
  void prefetch(const Answer& answer) const;
  void record_waiting();
  void note_end(const Request& request, sim::Time end, std::uint16_t kind);

  const Program* program_;
  /// What each answer of a class touches: two cache lines.
  struct alignas(64) Answered {
    sim::BreakdownHistogram<part_count> breakdown;
  };
  std::vector<Answered> answered_;      ///< by class
  std::vector<std::uint64_t> failed_;   ///< by class
  std::vector<std::uint64_t> started_;  ///< by source
  std::vector<std::uint64_t> meters_;
  std::vector<WorldPiece> series_;  ///< all but pools and lengths
  std::uint64_t requests_ = 0;
  std::uint64_t ended_ = 0;  ///< recorded requests that were answered or failed
  sim::Fingerprint fingerprint_;

  // The histograms of thousands of classes are not in the cache. So an answer waits here while first its
  // class's histogram and then the bucket in it are fetched.
  static constexpr std::size_t most_waiting = 16;
  std::array<Answer, most_waiting> waiting_;
  std::size_t answers_ = 0;
};

}  // namespace models
