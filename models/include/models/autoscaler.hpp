#pragma once
#include <cstdint>
#include <deque>
#include <optional>
#include <variant>

#include "sim/time.hpp"

namespace models {

/// What an autoscaler has been told about a pool since its last tick.
struct ScalerSample {
  sim::Time now{};
  double in_flight = 0;   ///< mean number of requests in service or waiting
  double busy_slots = 0;  ///< mean number of slots in use
  /// Mean of the instances' use of their processors, each between 0 and 1, summed; nothing where requests do
  /// not share processors, as then nobody knows.
  std::optional<double> busy_processors{};
  std::uint32_t ready = 0;  ///< instances that can serve
  std::uint32_t slots = 1;  ///< of an instance
};

/// Knative's pod autoscaler: wants the mean of the requests in flight over a window to be `target` an
/// instance.
///
/// A short window notices bursts: when it asks for `panic_threshold` times the ready instances, only
/// increases are applied until the stable window has passed without another such burst. Source:
/// knative/serving pkg/autoscaler/scaling/autoscaler.go and config/core/configmaps/autoscaler.yaml. Neglects
/// the activator's share of the path and the burst capacity that keeps it there.
class KnativeScaler {
 public:
  struct Spec {
    sim::Duration tick{2'000'000'000};            ///< > 0
    sim::Duration stable_window{60'000'000'000};  ///< a multiple of tick
    sim::Duration panic_window{6'000'000'000};    ///< a multiple of tick
    double target = 70;  ///< requests in flight an instance: 100 at a utilisation of 70 %; > 0
    double panic_threshold = 2;
    double most_up = 1000, most_down = 2;      ///< factors a tick
    sim::Duration zero_grace{30'000'000'000};  ///< how long none must be wanted before the last one ends

    friend bool operator==(const Spec&, const Spec&) = default;
  };

  explicit KnativeScaler(const Spec& spec) : spec_{spec} {}

  /// Instances wanted from now on. O(window / tick)
  [[nodiscard]] std::uint32_t wanted(const ScalerSample& sample);
  [[nodiscard]] sim::Duration tick() const { return spec_.tick; }
  [[nodiscard]] bool panics() const { return panic_since_ != sim::time_never; }

 private:
  [[nodiscard]] double mean(sim::Duration window) const;

  Spec spec_;
  std::deque<double> samples_;  ///< newest first, as many as the stable window has ticks
  sim::Time panic_since_ = sim::time_never;
  std::uint32_t most_in_panic_ = 0;
  sim::Time none_since_ = sim::time_never;
};

/// Kubernetes' horizontal pod autoscaler, by utilisation or by requests in flight (as KEDA and Azure
/// Container Apps feed it).
///
/// wanted = ceil(ready * metric / target), unless metric / target is within `tolerance` of 1. It goes up by
/// at most a factor of two or four instances a `growth_period`, and down to no less than was wanted within
/// the last `down_window`. Source: Kubernetes documentation, "Horizontal Pod Autoscaling"; defaults of
/// kube-controller-manager and of autoscaling/v2 behaviors; KEDA scales between zero and one by its own
/// cool-down.
class PodAutoscaler {
 public:
  enum class Metric : std::uint8_t {
    utilisation,  ///< busy share of the processors, where it is not known of the ready slots; cannot exceed
                  ///< 1, whatever waits
    in_flight,    ///< requests in service or waiting, an instance
  };
  struct Spec {
    Metric metric = Metric::utilisation;
    double target = 0.7;  ///< of the metric; > 0
    double tolerance = 0.1;
    sim::Duration tick{15'000'000'000};          ///< > 0
    sim::Duration down_window{300'000'000'000};  ///< "stabilization"
    sim::Duration growth_period{15'000'000'000};
    sim::Duration zero_grace{300'000'000'000};  ///< KEDA's cool-down: how long none must be in flight

    friend bool operator==(const Spec&, const Spec&) = default;
  };

  explicit PodAutoscaler(const Spec& spec) : spec_{spec} {}

  /// Instances wanted from now on. O(window / tick)
  [[nodiscard]] std::uint32_t wanted(const ScalerSample& sample);
  [[nodiscard]] sim::Duration tick() const { return spec_.tick; }

  /// The rule without windows and limits. @param ready  > 0
  [[nodiscard]] static std::uint32_t desired(std::uint32_t ready, double metric, double target,
                                             double tolerance);

 private:
  struct Past {
    sim::Time time{};
    std::uint32_t instances = 0;
  };
  [[nodiscard]] std::uint32_t recommended(const ScalerSample& sample);
  [[nodiscard]] std::uint32_t limited(const ScalerSample& sample, std::uint32_t recommendation);

  Spec spec_;
  std::deque<Past> recommended_, ready_;  ///< newest last
  sim::Time none_since_ = sim::time_never;
};

/// Cloud Run's autoscaler, by requests in flight and by the use of processors.
///
/// Wants enough instances that over a window they are in use to no more than `utilisation` of their slots and
/// `processors` of their cores, and at once as many as the requests in flight fill. An instance that is not
/// wanted any more is kept for `idle`. Source: Google Cloud, "About instance autoscaling in Cloud Run
/// services" (60 % over one minute, idle at most 15 minutes). The tick is assumed. Neglects that targets may
/// be higher while there are few instances.
class CloudRunScaler {
 public:
  struct Spec {
    sim::Duration tick{5'000'000'000};     ///< > 0
    sim::Duration window{60'000'000'000};  ///< a multiple of tick
    double utilisation = 0.6;              ///< of the slots; > 0
    double processors = 0.6;               ///< use of them, where it is known; > 0
    sim::Duration idle{900'000'000'000};

    friend bool operator==(const Spec&, const Spec&) = default;
  };

  explicit CloudRunScaler(const Spec& spec) : spec_{spec} {}

  /// Instances wanted from now on. O(window / tick + idle / tick)
  [[nodiscard]] std::uint32_t wanted(const ScalerSample& sample);
  [[nodiscard]] sim::Duration tick() const { return spec_.tick; }

 private:
  struct Past {
    sim::Time time{};
    std::uint32_t instances = 0;
  };

  Spec spec_;
  struct Use {
    double in_flight = 0, processors = 0;
  };
  std::deque<Use> uses_;          ///< newest first, as many as the window has ticks
  std::deque<Past> recommended_;  ///< newest last, of the last `idle`
};

using ScalerSpec = std::variant<KnativeScaler::Spec, PodAutoscaler::Spec, CloudRunScaler::Spec>;
using Autoscaler = std::variant<KnativeScaler, PodAutoscaler, CloudRunScaler>;

[[nodiscard]] Autoscaler make_autoscaler(const ScalerSpec& spec);

}  // namespace models
