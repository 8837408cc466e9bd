#include "check/check_sharing.hpp"

#include <fmt/format.h>

namespace planner {
namespace {

class SharingChecker {
 public:
  SharingChecker(const Member& entry, const std::string& service_id, const PoolType& pool, const Fields& root,
                 ReadContext& context)
      : entry_{entry},
        id_{service_id},
        service_{context.scenario.services.at(service_id)},
        pool_{pool},
        root_{root},
        scenario_{context.scenario},
        issues_{context.issues} {}

  void check() {
    check_balance();
    check_priorities();
    if (service_.queue) check_queue();
    if (service_.batch) check_batch();
    if (pool_.processors == PoolType::Processors::shared) check_processors();
  }

 private:
  [[nodiscard]] bool elastic() const { return pool_.kind == PoolType::Kind::elastic; }

  /// A balancer that is asked for this service alone must have something to do at each of its sites.
  void check_balance() {
    const Value* balance = root_.object("routing").object("services").object(id_).get("balance");
    if (balance == nullptr || balance->text == "shared") return;
    if (elastic()) {
      issues_.add(Code::conflicting_keys, entry_.key_span,
                  fmt::format("\"balance\" of service \"{}\" has no effect on an elastic pool, whose "
                              "\"dispatch\" chooses the instance",
                              id_));
    } else if (service_.batch) {
      issues_.add(Code::conflicting_keys, balance->span,
                  fmt::format("\"{}\" serves in batches: free accelerators take from one queue, so there "
                              "is nothing to balance",
                              id_));
    }
  }

  /// Only a queue that is common to all replicas, and serves one by one, has an order to keep.
  void check_priorities() {
    const auto balance = root_.object("routing").get("balance");
    const bool one_queue = elastic() || ((balance == nullptr || balance->text == "shared") && !own_balance());
    if (one_queue && !service_.batch) return;
    for (const Member* flow : root_.object("flows").entries()) {
      for (const Member* call : Fields{flow->value}.object("calls").entries()) {
        const Fields fields{call->value};
        if (fields.text("service") != id_ || fields.count("priority", 0) == 0) continue;
        issues_.add(Code::conflicting_keys, fields.get("priority")->span,
                    fmt::format("\"priority\" has no effect: \"{}\" {}", id_,
                                service_.batch ? "serves in batches" : "has a queue at each replica"));
      }
    }
  }
  [[nodiscard]] bool own_balance() const {
    const Value* own = root_.object("routing").object("services").object(id_).get("balance");
    return own != nullptr && own->text != "shared";
  }

  void check_queue() {
    bool used = false;
    for (const auto& [name, flow] : scenario_.flows) {
      for (const auto& [call_name, call] : flow.calls)
        used = used || (call.service == id_ && call.asynchronous);
    }
    const Value* queue = root_.object("services").object(id_).get("queue");
    if (!used)
      issues_.add(Code::conflicting_keys, queue->span,
                  fmt::format("the \"queue\" of \"{}\" has no effect: no call to it is \"async\"", id_));
    if (service_.state)
      issues_.add(Code::conflicting_keys, queue->span,
                  fmt::format("\"{}\" keeps \"state\" and cannot have a \"queue\" as well", id_));
  }

  void check_batch() {
    if (elastic()) {
      issues_.add(Code::not_placeable, entry_.key_span,
                  fmt::format("\"{}\" serves in batches, which elastic pools do not", id_));
      return;
    }
    if (const Member* concurrency = entry_.value.find_member("concurrency")) {
      issues_.add(Code::conflicting_keys, concurrency->key_span,
                  fmt::format("\"{}\" serves in batches: their \"size\" says how many at a time", id_));
    }
    if (service_.batch->added || service_.batch->size == 1 || pool_.added.contains(service_.inference))
      return;
    Diagnostic& issue = issues_.add(Code::no_service_time, entry_.key_span,
                                    fmt::format("how long a batch of \"{}\" takes on {} is not known", id_,
                                                pool_.device.empty() ? "this pool" : pool_.device));
    issue.help = pool_.added.empty()
                     ? std::string{"give its \"batch\" the time that is \"added\" by each further request"}
                     : fmt::format("give its \"batch\" the \"added\" time; measured: {}",
                                   fmt::join(keys_of(pool_.added), ", "));
  }

  void check_processors() {
    if (service_.gpus > 0 || service_.batch || service_.cpu > 0) return;
    issues_.add(Code::missing_key, entry_.key_span,
                fmt::format("the requests on this pool share processors, but service \"{}\" does not say how "
                            "much \"cpu\" {} has",
                            id_, elastic() ? "an instance" : "a replica"));
  }

  const Member& entry_;
  const std::string& id_;
  const Service& service_;
  const PoolType& pool_;
  const Fields& root_;
  const Scenario& scenario_;
  Issues& issues_;
};

}  // namespace

void check_sharing(const Member& entry, const std::string& service_id, const PoolType& pool,
                   const Fields& root, ReadContext& context) {
  SharingChecker{entry, service_id, pool, root, context}.check();
}

}  // namespace planner
