#pragma once
#include <mpi.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// isochrone-mpi: rank 0 is the program, the other ranks simulate for it.
///
/// Plain MPI of the C interface. An error of MPI itself, such as the loss of a rank, ends all ranks.
namespace mpi {

/// MPI from its beginning to its end: one of it, in main().
class Session {
 public:
  Session(int& count, char**& arguments);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  [[nodiscard]] int rank() const { return rank_; }
  [[nodiscard]] int ranks() const { return ranks_; }
  /// Threads that a rank uses unless told otherwise: its machine's processors, divided among the ranks there.
  [[nodiscard]] unsigned own_threads() const { return own_threads_; }

 private:
  int rank_ = 0, ranks_ = 1;
  unsigned own_threads_ = 1;
};

/// What a message is about.
enum class Tag : int {
  order = 1,  ///< to a worker: simulate this (Order)
  join,       ///< to a worker: simulate your share of this (Order), together with all ranks
  scenario,   ///< to a worker: the bundle that it asked for
  stop,       ///< to a worker: end this order early
  leave,      ///< to a worker: there is no more to do
  need,       ///< to rank 0: send the scenario of this order
  ready,      ///< to rank 0: about to begin its share
  result,     ///< to rank 0: an archived WorldResult
  failure,    ///< to rank 0: what went wrong
};

struct Message {
  int rank = 0;  ///< sender
  Tag tag{};
  std::uint64_t ticket = 0;  ///< number of the order that it belongs to
  std::string bytes{};
};

/// Sends; waits until the bytes are on their way. Safe from any thread.
/// @throws std::length_error beyond 2 GiB
void send(int to, Tag tag, std::uint64_t ticket, std::string_view bytes = {});

/// Ends all ranks at once with a message on standard error and exit 70: what cannot go on in good order.
[[noreturn]] void abort_all(const std::string& what);

/// A message that has come, if any. One thread of a rank at a time.
[[nodiscard]] std::optional<Message> receive();

/// Pauses between looks for messages: short ones at first, 1 ms after a while. A rank that waits leaves its
/// processor to others.
class Pause {
 public:
  void wait();
  void reset() { microseconds_ = shortest; }

 private:
  static constexpr int shortest = 16, longest = 1024;
  int microseconds_ = shortest;
};

}  // namespace mpi
