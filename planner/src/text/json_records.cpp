#include "text/json_records.hpp"

#include <fmt/format.h>

namespace planner {
namespace {

using nlohmann::json;

std::vector<std::string> split(std::string_view path) {
  std::vector<std::string> keys;
  while (!path.empty()) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    keys.emplace_back(path.substr(0, slash));
    path.remove_prefix(std::min(slash + 1, path.size()));
  }
  return keys;
}

}  // namespace

/// Follows the events of the parser. Outside of wanted values it keeps only the path.
class JsonRecords::Walker final : public nlohmann::json_sax<json> {
 public:
  explicit Walker(const JsonRecords& owner) : owner_{owner} {}

  [[nodiscard]] const std::string& problem() const { return problem_; }

  bool null() override { return scalar(nullptr); }
  bool boolean(bool value) override { return scalar(value); }
  bool number_integer(number_integer_t value) override { return scalar(value); }
  bool number_unsigned(number_unsigned_t value) override { return scalar(value); }
  bool number_float(number_float_t value, const string_t& /*text*/) override { return scalar(value); }
  bool string(string_t& value) override { return scalar(std::move(value)); }
  bool binary(binary_t& /*value*/) override { return false; }
  bool key(string_t& name) override {
    key_ = name;
    return true;
  }
  bool start_object(std::size_t /*size*/) override { return open(json::object(), false); }
  bool start_array(std::size_t /*size*/) override { return open(json::array(), true); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool parse_error(std::size_t position, const std::string& /*token*/,
                   const nlohmann::detail::exception& error) override {
    // The library's text begins with its own id and position.
    const std::string_view text = error.what();
    const std::size_t colon = text.rfind(": ");
    problem_ = fmt::format("byte {}: not valid JSON: {}", position,
                           colon == std::string_view::npos ? text : text.substr(colon + 2));
    return false;
  }

 private:
  bool fail(std::string problem) {
    problem_ = std::move(problem);
    return false;
  }

  // Names the value that begins: a member by its key, an element by `*`; the document has no name.
  void enter() {
    if (!arrays_.empty()) path_.push_back(arrays_.back() ? "*" : key_);
  }
  void leave() {
    if (!path_.empty()) path_.pop_back();
  }

  const Wanted* wanted_here() const {
    for (const Wanted& wanted : owner_.wanted_) {
      if (wanted.path == path_) return &wanted;
    }
    return nullptr;
  }

  bool open(json empty, bool array) {
    if (arrays_.size() >= owner_.limits_.depth) {
      return fail(fmt::format("nested deeper than the limit of {}", owner_.limits_.depth));
    }
    enter();
    arrays_.push_back(array);
    if (!building_.empty()) return begin(std::move(empty));
    const Wanted* wanted = wanted_here();
    if (wanted == nullptr || !wanted->use) return true;
    values_ = 0;
    return begin(std::move(empty));
  }

  bool begin(json empty) {
    keys_.push_back(key_);
    building_.push_back(std::move(empty));
    return count_value();
  }

  bool count_value() {
    if (++values_ <= owner_.limits_.record_values) return true;
    return fail(fmt::format("one record has more than the limit of {} values", owner_.limits_.record_values));
  }

  void attach(json value, const std::string& key) {
    if (building_.back().is_array())
      building_.back().push_back(std::move(value));
    else
      building_.back()[key] = std::move(value);
  }

  bool scalar(json value) {
    if (!building_.empty()) {
      attach(std::move(value), key_);
      return count_value();
    }
    enter();
    const Wanted* wanted = wanted_here();
    if (wanted != nullptr && wanted->use) wanted->use(value);
    leave();
    return true;
  }

  bool close() {
    if (!building_.empty()) {
      json value = std::move(building_.back());
      const std::string key = std::move(keys_.back());
      building_.pop_back();
      keys_.pop_back();
      if (!building_.empty()) {
        attach(std::move(value), key);
      } else {
        wanted_here()->use(value);
      }
    }
    if (const Wanted* wanted = building_.empty() ? wanted_here() : nullptr; wanted != nullptr && wanted->end)
      wanted->end();
    arrays_.pop_back();
    leave();
    return true;
  }

  const JsonRecords& owner_;
  Path path_;
  std::vector<bool> arrays_;  // of the open objects and arrays
  std::string key_;
  std::vector<json> building_;  // the wanted value and what is open within it
  std::vector<std::string> keys_;
  std::size_t values_ = 0;
  std::string problem_;
};

void JsonRecords::on_value(std::string_view path, std::function<void(json&)> use) {
  wanted_.push_back({split(path), std::move(use), {}});
}

void JsonRecords::on_end(std::string_view path, std::function<void()> use) {
  wanted_.push_back({split(path), {}, std::move(use)});
}

std::string JsonRecords::read(std::istream& stream) {
  for (std::size_t document = 1; (stream >> std::ws).good() && !stream.eof(); ++document) {
    Walker walker{*this};
    if (json::sax_parse(stream, &walker, nlohmann::detail::input_format_t::json, false)) continue;
    return fmt::format("document {}, {}", document, walker.problem());
  }
  return {};
}

}  // namespace planner
