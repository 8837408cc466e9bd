#include <csignal>
#include <cstdlib>

#include "program.hpp"
#include "rank_executor.hpp"
#include "ranks.hpp"
#include "worker.hpp"

namespace {

// Who ends the run tells rank 0 as well, and it ends when its orders have ended.
void leave_signals_to_rank_0() {
  std::signal(SIGINT, SIG_IGN);
  std::signal(SIGTERM, SIG_IGN);
}

// What mpirun gives rank 0 looks like a terminal even where mpirun's own output is a file.
void do_without_colours() { ::setenv("NO_COLOR", "1", 0); }

}  // namespace

int main(int count, char** arguments) {
  const mpi::Session session{count, arguments};
  if (session.rank() != 0) {
    leave_signals_to_rank_0();
    mpi::Worker{session}.serve();
    return 0;
  }
  do_without_colours();
  const std::vector<std::string> own{arguments + 1, arguments + count};
  if (session.ranks() == 1) return cli::run_program(own);
  mpi::RankExecutor executor{session};
  return cli::run_program(own, &executor);
}
