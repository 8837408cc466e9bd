#pragma once
#include <cstdint>

#include "models/request.hpp"
#include "sim/units.hpp"

/// The program of a request: steps that refer to the parts of a WorldSpec by index.
namespace models {

inline constexpr std::uint32_t none = UINT32_MAX;

/// What one step of a request's program does. Steps without state are summed by the compiled path; steps
/// that share something with other requests become events at their partition.
enum class StepKind : std::uint8_t {
  delay,    ///< clock += fixed + draw(law) * scale; charged to `part`
  branch,   ///< goes on with `probability`, else continues at `target`
  jump,     ///< continues at `target`
  doze,     ///< if more than `fixed` has passed since the user asked: clock += draw(law) * scale; charged to
            ///< `part`
  epoch,    ///< clock += draw(law) * scale, one draw for each span of length `fixed` > 0 of simulated time:
            ///< all requests that pass within it meet the same, whatever their source; charged to `part`
  station,  ///< passes station `index`: waits (network_queue), then `size` at its rate (transmission), at a
            ///< fair one as `tenant`; with `count` > 1 one of the `count` stations from `index` on, chosen
            ///< evenly by a draw of `purpose` (a population spread over equal cells; equal purposes choose
            ///< the same cell), or with `keys` the one where the request's user is. All in one partition
  carry,    ///< passes all stations of route `index` at once: `size` at the max-min fair rate along it; waits
            ///< (network_queue) for as much as that takes longer than alone (transmission)
  handover,  ///< waits while the user, one of keys `index`, changes cells: until `fixed` has passed since his
             ///< last move; charged to `part`
  serve,     ///< leaf call to pool `index`: waits (pool_queue, cold_start), fixed + draw(law) * scale, on a
             ///< fixed pool at least 1 ns; charged to `part`; nothing is held afterwards
  acquire,   ///< takes a slot of pool `index`; waits (pool_queue, cold_start) and holds it
  release,   ///< gives back the slot that the matching acquire took
  work,   ///< fixed + draw(law) * scale of a core's time on processors `index`, which whoever works there at
          ///< the same time slows down; on the processor of the instance held last. Charged to `part`
  batch,  ///< leaf call to pool `index`, which serves in batches: waits (pool_queue), then the batch's time,
          ///< in which fixed + draw(law) * scale of the first request is the time of a batch of one. Charged
          ///< to `part`; nothing is held afterwards
  split,  ///< starts branches: one at the next step, and one at each of targets[index .. index+count).
          ///< With `needed` > 0 it is a quorum, and decided as an attempt is
  join,   ///< ends a branch; the last one to arrive goes on, with the breakdown of the slowest branch; of a
          ///< quorum the one that decides it
  attempt,  ///< starts branches as split does. As soon as `needed` of them have reached an `answer` unmarked
            ///< it is won, and that one goes on; when more than `spare` have reached one marked, or one
            ///< reaches `expire`, it is lost: that one goes on, marked, and all the time since the attempt
            ///< began is charged to `retry`. The other branches run on to their ends, and nobody waits for
            ///< them
  answer,   ///< ends a branch of an attempt; `index` may name that step, to reckon with
  expire,   ///< ends a branch of an attempt that was its timer; counted by guard `index`, if not none
  enter,    ///< ends a branch of an attempt that is decided by now (the copy of a hedged request that is not
            ///< needed any more); counted by guard `index`, if not none, where it goes on
  admit,   ///< asks guard `index` for leave to call; without it the request is marked and goes on at `target`
  settle,  ///< tells guard `index` what became of a call. A marked request with a `target` that the guard
           ///< allows to retry is unmarked and goes on there
  if_failed,  ///< a marked request continues at `target`
  forgive,    ///< takes the mark off
  spawn,      ///< starts a branch at `target` that nobody waits for; it holds nothing, and ends at a `leave`
  leave,      ///< ends a branch that nobody waits for; holds nothing any more
  offer,  ///< puts a message into queue `index`: with a place a branch starts at `target` that nobody waits
          ///< for and that ends at a `consumed`. Without one, as the queue says: goes on and the message is
          ///< lost, or marked, or once there is a place (pool_queue)
  consumed,   ///< ends a message of queue `index`; marked it is a dead letter. Holds nothing any more
  pick,       ///< balancer `index` chooses where the request goes on: at targets[target + its choice]
  give_back,  ///< the request is back from where balancer `index` sent it, to its choice `count`
  lookup,     ///< asks cache `index` for the request's item; a miss goes on at `target`
  lock,     ///< waits (state) for the request's item of objects `index`, and for its waking up (cold_start),
            ///< and holds it
  unlock,   ///< gives back the object that the matching lock took
  note,     ///< reads the request's item of replica `index`
  apply,    ///< a write arrives at replica `index`; it was made when the branch was spawned that leads here
  by_item,  ///< as branch, but it is the request's item of keys `index` that chooses, by a draw of its own
  renew,    ///< in the partition of a closed source: the user thinks, and then asks again
  finish,   ///< answered: recorded in class `index`; holds nothing any more
  fail,  ///< given up: counted as failed in class `index`; with a `target` the request is marked instead and
         ///< goes on there (an error reply on its way back, which still meets its joins and releases), and
         ///< finish counts it as failed; a join passes the mark on
};

/// Which requests a serve or acquire step sends to its target.
enum class Divert : std::uint8_t {
  spilled_and_refused,  ///< those that find the pool busier than `spill_at`, and those it refuses
  refused,              ///< only those it refuses: the last site of a chain takes what the others spill
};

struct Step {
  StepKind kind = StepKind::delay;
  Part part = Part::compute;
  std::uint32_t partition = 0;  ///< where the step takes place, index into the partitions
  std::uint32_t index = none;   ///< station, route, pool, guard, class or first target, by kind; delay: meter
                                ///< in which the passage is counted, or none
  std::uint32_t target =
      none;                   ///< step index: alternative of branch, destination of jump; for serve,
                              ///< acquire, batch where one goes that spills over (`spill_at`) or is refused.
                              ///< Refused without one it fails on the spot, and must hold nothing then
  std::uint32_t law = none;   ///< index into laws
  std::uint32_t keys = none;  ///< station: index into keys, of users who are each in one cell, and go on to
                              ///< the next one with each of their moves; all keep their direction. None: any
                              ///< cell, drawn anew by each request
  std::uint32_t replay =
      none;                  ///< delay, serve: index into replays, whose durations take the place of the law;
                             ///< station: of the time on the wire, `size` is that of an average one then
  std::uint16_t count = 0;   ///< split, attempt: number of further branches; station: cells to choose from
  std::uint16_t needed = 0;  ///< attempt, split (0: all): branches that must succeed
  std::uint16_t spare = 0;   ///< attempt, split with `needed`: branches that may fail
  std::uint8_t priority = 0;  ///< serve, acquire: higher ones leave the pool's queue first; at most 127
  Divert divert = Divert::spilled_and_refused;  ///< serve, acquire, batch
  double probability = 1.0;                     ///< branch
  double scale = 1.0;                           ///< delay, serve, work, batch: factor on the law's draw
  std::uint16_t tenant = 0;                     ///< station: whose transfer it is, at a fair one
  sim::Duration fixed{};      ///< delay, serve, work, batch: constant part; epoch: its length
  sim::Bytes size{};          ///< station: what is carried
  std::uint64_t purpose = 0;  ///< hash naming the draw ("compute/frame/detect"); equal under every strategy
};

}  // namespace models
