#include "ranks.hpp"

#include <algorithm>
#include <chrono>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <thread>

namespace mpi {
namespace {

constexpr std::size_t ticket_bytes = sizeof(std::uint64_t);

int ranks_on_this_machine() {
  MPI_Comm machine;
  MPI_Comm_split_type(MPI_COMM_WORLD, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &machine);
  int ranks = 1;
  MPI_Comm_size(machine, &ranks);
  MPI_Comm_free(&machine);
  return ranks;
}

}  // namespace

Session::Session(int& count, char**& arguments) {
  int provided = MPI_THREAD_SINGLE;
  MPI_Init_thread(&count, &arguments, MPI_THREAD_MULTIPLE, &provided);
  if (provided < MPI_THREAD_MULTIPLE)
    abort_all("this MPI does not let several threads communicate (MPI_THREAD_MULTIPLE)");
  MPI_Comm_rank(MPI_COMM_WORLD, &rank_);
  MPI_Comm_size(MPI_COMM_WORLD, &ranks_);
  const unsigned processors = std::max(std::thread::hardware_concurrency(), 1U);
  own_threads_ = std::max(processors / static_cast<unsigned>(ranks_on_this_machine()), 1U);
}

Session::~Session() { MPI_Finalize(); }

void send(int to, Tag tag, std::uint64_t ticket, std::string_view bytes) {
  if (bytes.size() > INT_MAX - ticket_bytes) throw std::length_error{"more than 2 GiB in one message"};
  std::string whole(ticket_bytes, '\0');
  std::memcpy(whole.data(), &ticket, ticket_bytes);
  whole += bytes;
  MPI_Send(whole.data(), static_cast<int>(whole.size()), MPI_BYTE, to, static_cast<int>(tag), MPI_COMM_WORLD);
}

void abort_all(const std::string& what) {
  std::fputs(("error: " + what + "\n").c_str(), stderr);
  MPI_Abort(MPI_COMM_WORLD, 70);
  std::abort();
}

std::optional<Message> receive() {
  int there = 0;
  MPI_Message handle;
  MPI_Status status;
  MPI_Improbe(MPI_ANY_SOURCE, MPI_ANY_TAG, MPI_COMM_WORLD, &there, &handle, &status);
  if (there == 0) return std::nullopt;
  int size = 0;
  MPI_Get_count(&status, MPI_BYTE, &size);
  std::string whole(static_cast<std::size_t>(size), '\0');
  MPI_Mrecv(whole.data(), size, MPI_BYTE, &handle, &status);
  Message message{
      .rank = status.MPI_SOURCE, .tag = static_cast<Tag>(status.MPI_TAG), .ticket = 0, .bytes = {}};
  std::memcpy(&message.ticket, whole.data(), ticket_bytes);
  message.bytes = whole.substr(ticket_bytes);
  return message;
}

void Pause::wait() {
  std::this_thread::sleep_for(std::chrono::microseconds{microseconds_});
  microseconds_ = std::min(2 * microseconds_, longest);
}

}  // namespace mpi
