#pragma once
#include <mpi.h>

#include "sim/fabric.hpp"

namespace mpi {

/// All ranks as members of one run. Each window costs one MPI_Alltoall of 32 bytes a pair, and a message
/// for each pair that has mail.
class RankFabric final : public sim::Fabric {
 public:
  /// To be made by all ranks together.
  RankFabric();
  ~RankFabric() override;
  RankFabric(const RankFabric&) = delete;
  RankFabric& operator=(const RankFabric&) = delete;

  [[nodiscard]] unsigned member() const override { return static_cast<unsigned>(rank_); }
  [[nodiscard]] unsigned members() const override { return static_cast<unsigned>(ranks_); }
  Outlook meet(Outlook own, std::vector<std::vector<sim::Mail>>& outgoing,
               std::vector<sim::Mail>& incoming) override;

 private:
  /// What each rank tells each other before the mail goes.
  struct Note {
    std::int64_t next = 0;
    std::uint64_t events = 0, letters = 0, stop = 0;
  };
  void exchange_mail(const std::vector<std::vector<sim::Mail>>& outgoing, std::vector<sim::Mail>& incoming);

  MPI_Comm ranks_of_run_ = MPI_COMM_NULL;  ///< apart from all other messages
  int rank_ = 0, ranks_ = 1;
  std::vector<Note> told_, heard_;  ///< by rank
  std::vector<MPI_Request> under_way_;
};

}  // namespace mpi
