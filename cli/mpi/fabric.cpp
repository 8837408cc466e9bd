#include "fabric.hpp"

#include <algorithm>
#include <climits>
#include <type_traits>

#include "sim/contract.hpp"

namespace mpi {

static_assert(std::is_trivially_copyable_v<sim::Mail>);

RankFabric::RankFabric() {
  MPI_Comm_dup(MPI_COMM_WORLD, &ranks_of_run_);
  MPI_Comm_rank(ranks_of_run_, &rank_);
  MPI_Comm_size(ranks_of_run_, &ranks_);
  told_.resize(members());
  heard_.resize(members());
}

RankFabric::~RankFabric() { MPI_Comm_free(&ranks_of_run_); }

sim::Fabric::Outlook RankFabric::meet(Outlook own, std::vector<std::vector<sim::Mail>>& outgoing,
                                      std::vector<sim::Mail>& incoming) {
  for (unsigned to = 0; to < members(); ++to)
    told_[to] = {own.next.time_since_epoch().count(), own.events, outgoing[to].size(), own.stop ? 1U : 0U};
  MPI_Alltoall(told_.data(), sizeof(Note), MPI_BYTE, heard_.data(), sizeof(Note), MPI_BYTE, ranks_of_run_);
  Outlook all;
  for (const Note& note : heard_) {
    all.next = std::min(all.next, sim::Time{sim::Duration{note.next}});
    all.events += note.events;
    all.stop = all.stop || note.stop != 0;
  }
  exchange_mail(outgoing, incoming);
  for (auto& letters : outgoing) letters.clear();
  return all;
}

void RankFabric::exchange_mail(const std::vector<std::vector<sim::Mail>>& outgoing,
                               std::vector<sim::Mail>& incoming) {
  constexpr std::size_t most_letters = INT_MAX / sizeof(sim::Mail);
  const auto bytes = [](std::size_t letters) {
    SIM_EXPECT(letters <= most_letters);
    return static_cast<int>(letters * sizeof(sim::Mail));
  };
  std::size_t all = 0;
  for (const Note& note : heard_) all += note.letters;
  incoming.resize(all);
  sim::Mail* place = incoming.data();
  for (int from = 0; from < ranks_; ++from) {
    const std::size_t letters = heard_[static_cast<std::size_t>(from)].letters;
    if (letters == 0) continue;
    MPI_Irecv(place, bytes(letters), MPI_BYTE, from, 0, ranks_of_run_, &under_way_.emplace_back());
    place += letters;
  }
  for (int to = 0; to < ranks_; ++to) {
    const auto& letters = outgoing[static_cast<std::size_t>(to)];
    if (letters.empty()) continue;
    MPI_Isend(letters.data(), bytes(letters.size()), MPI_BYTE, to, 0, ranks_of_run_,
              &under_way_.emplace_back());
  }
  MPI_Waitall(static_cast<int>(under_way_.size()), under_way_.data(), MPI_STATUSES_IGNORE);
  under_way_.clear();
}

}  // namespace mpi
