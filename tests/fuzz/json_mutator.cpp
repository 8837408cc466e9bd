#include <algorithm>
#include <array>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <vector>

/// Mutates scenarios as trees. Flipped bytes mostly end in the parser; exchanged values reach the readers and
/// checks behind it. Every other time libFuzzer's own mutation of bytes is used.
extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);

namespace {

using Json = nlohmann::ordered_json;

void collect(Json& value, std::vector<Json*>& out) {
  out.push_back(&value);
  if (!value.is_structured()) return;
  for (Json& child : value) collect(child, out);
}

Json interesting(std::minstd_rand& random) {
  static const std::array values{Json(nullptr),
                                 Json(0),
                                 Json(-1),
                                 Json(1),
                                 Json(0.5),
                                 Json(1e300),
                                 Json(1e-300),
                                 Json(UINT64_MAX),
                                 Json(true),
                                 Json(""),
                                 Json("0 ms"),
                                 Json("1e300 s"),
                                 Json("5 ms"),
                                 Json("85 %"),
                                 Json("diurnal"),
                                 Json("a"),
                                 Json("pops"),
                                 Json("edge"),
                                 Json("in"),
                                 Json::object(),
                                 Json::array(),
                                 Json("user-device"),
                                 Json("local"),
                                 Json("cloudflare:fra"),
                                 Json{{"dist", "normal"}, {"mean", "1 ms"}, {"sd", "1 h"}},
                                 Json{{"dist", "gamma"}, {"shape", 0.01}, {"scale", "1 s"}},
                                 Json{{"dist", "weibull"}, {"shape", 0.01}, {"scale", "1 ns"}}};
  return values[random() % values.size()];
}

void mutate(Json& document, std::minstd_rand& random) {
  std::vector<Json*> values;
  collect(document, values);
  Json& target = *values[random() % values.size()];
  const Json other = *values[random() % values.size()];
  switch (random() % 5) {
    case 0:
      target = interesting(random);
      break;
    case 1:
      target = other;
      break;
    case 2:
      if (target.is_structured() && !target.empty())
        target.erase(std::next(target.begin(), static_cast<std::ptrdiff_t>(random() % target.size())));
      break;
    case 3:
      if (target.is_object() && !target.empty()) {
        const auto from = std::next(target.begin(), static_cast<std::ptrdiff_t>(random() % target.size()));
        const std::string key = from.key() + "-2";
        const Json copy = from.value();
        target[key] = copy;
      }
      break;
    default:
      if (target.is_object() && other.is_object()) target.update(other);
  }
}

}  // namespace

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size,
                                               unsigned int seed) {
  std::minstd_rand random{seed};
  Json document = Json::parse(data, data + size, nullptr, false, true);
  if (random() % 2 == 0 || document.is_discarded()) return LLVMFuzzerMutate(data, size, max_size);
  for (auto rounds = 1 + random() % 3; rounds > 0; --rounds) mutate(document, random);
  const std::string text = document.dump(-1, ' ', false, Json::error_handler_t::replace);
  if (text.size() > max_size) return LLVMFuzzerMutate(data, size, max_size);
  std::copy(text.begin(), text.end(), data);
  return text.size();
}
