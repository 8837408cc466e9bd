#include "worker.hpp"

#include <chrono>
#include <optional>

#include "fabric.hpp"
#include "planner/world_archive.hpp"

namespace mpi {

void Worker::serve() {
  Pause pause;
  for (;;) {
    const std::optional<Message> message = receive();
    if (!message) {
      drop_ended();
      pause.wait();
      continue;
    }
    pause.reset();
    if (message->tag == Tag::leave) return;
    accept(*message);
  }
}

void Worker::accept(const Message& message) {
  if (message.tag == Tag::stop) {
    if (const auto task = tasks_.find(message.ticket); task != tasks_.end()) task->second.stop = true;
    return;
  }
  if (message.tag == Tag::scenario) {
    const Order& order = tasks_.at(message.ticket).order;
    return begin_all(order.content, shelf_.add(order.content, message.bytes, order.strategy));
  }
  Task& task = tasks_[message.ticket];
  task.tag = message.tag;
  task.order = order_from(message.bytes);
  if (const auto compiled = shelf_.find(task.order.content); compiled.valid())
    return begin(message.ticket, task, compiled);
  for (const auto& [ticket, other] : tasks_)
    if (ticket != message.ticket && !other.done.valid() && other.order.content == task.order.content)
      return;  // it is on its way
  send(0, Tag::need, message.ticket);
}

void Worker::begin_all(const std::string& content, const WorldShelf::Compiled& compiled) {
  for (auto& [ticket, task] : tasks_)
    if (!task.done.valid() && task.order.content == content) begin(ticket, task, compiled);
}

void Worker::begin(std::uint64_t ticket, Task& task, const WorldShelf::Compiled& compiled) {
  task.done =
      std::async(std::launch::async, [this, ticket, &task, compiled] { simulate(ticket, task, compiled); });
}

void Worker::simulate(std::uint64_t ticket, const Task& task, const WorldShelf::Compiled& compiled) const {
  try {
    const std::shared_ptr<const planner::CompiledScenario> scenario = compiled.get();
    models::World::Options options = task.order.options;
    options.stop = &task.stop;
    std::optional<RankFabric> fabric;
    if (task.tag == Tag::join) {
      send(0, Tag::ready, ticket);
      options.fabric = &fabric.emplace();
    }
    send(0, Tag::result, ticket, planner::archive(models::World{scenario->world, options}.run()));
  } catch (const std::exception& error) {
    // The other ranks would wait for this one's share in vain.
    if (task.tag == Tag::join) abort_all(failure_text(session_.rank(), error));
    send(0, Tag::failure, ticket, failure_text(session_.rank(), error));
  }
}

void Worker::drop_ended() {
  std::erase_if(tasks_, [](const auto& entry) {
    const std::future<void>& done = entry.second.done;
    return done.valid() && done.wait_for(std::chrono::seconds{0}) == std::future_status::ready;
  });
}

}  // namespace mpi
