#include "terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <string_view>

namespace cli {

namespace {

int descriptor(Stream stream) { return stream == Stream::output ? STDOUT_FILENO : STDERR_FILENO; }

/// `12 | "a": 1`, `   | ^^^` and `  --> file:12:1` of a diagnostic, colours before them or not.
bool shows_a_file(std::string_view line) {
  while (line.starts_with('\x1b')) line.remove_prefix(std::min(line.find('m'), line.size() - 1) + 1);
  line.remove_prefix(std::min(line.find_first_not_of(" 0123456789"), line.size()));
  return line.starts_with("|") || line.starts_with("-->");
}

bool is_carets(std::string_view line) {
  return line.find('^') != std::string_view::npos && line.find_first_not_of(" ^") == std::string_view::npos;
}

/// The last space at which `line` can be broken so that `width` columns hold what is before it, colours and
/// the later bytes of a character taking none; else the first one behind them. npos: there is none.
std::size_t break_of(std::string_view line, std::size_t indent, std::size_t width) {
  std::size_t columns = 0, last = std::string_view::npos;
  bool in_colour = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == ' ' && i > indent) {
      if (columns > width) return last == std::string_view::npos ? i : last;
      last = i;
    }
    in_colour = in_colour || c == '\x1b';
    if (!in_colour && (static_cast<unsigned char>(c) & 0xC0U) != 0x80U) ++columns;
    if (c == 'm') in_colour = false;
  }
  return columns > width ? last : std::string_view::npos;
}

std::string broken(std::string line, std::size_t width) {
  const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
  const std::string hang(std::min(indent + 4, width / 2), ' ');
  std::string result;
  for (std::size_t skip = indent;;) {
    const std::size_t cut = break_of(line, skip, width);
    if (cut == std::string::npos) return result + line;
    result += line.substr(0, cut) + "\n";
    line = hang + line.substr(cut + 1);
    skip = hang.size();
  }
}

}  // namespace

bool is_terminal(Stream stream) { return isatty(descriptor(stream)) == 1; }

int text_width(Stream stream) {
  winsize size{};
  if (!is_terminal(stream) || ioctl(descriptor(stream), TIOCGWINSZ, &size) != 0 || size.ws_col == 0) {
    return 80;
  }
  return std::clamp<int>(size.ws_col, 80, 200);
}

std::string fitted(const std::string& text, Stream stream) {
  if (!is_terminal(stream)) return text;
  const auto width = static_cast<std::size_t>(text_width(stream));
  std::string result;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string line = text.substr(begin, end - begin);
    const std::size_t next = std::min(end + 1, text.size());
    const std::string_view below{text.data() + next, std::min(text.find('\n', next), text.size()) - next};
    result += shows_a_file(line) || is_carets(below) ? line : broken(line, width);
    if (end < text.size()) result += '\n';
    begin = next;
  }
  return result;
}

bool use_color(ColorChoice choice, Stream stream) {
  if (choice != ColorChoice::automatic) return choice == ColorChoice::always;
  const char* no_color = std::getenv("NO_COLOR");
  if (no_color != nullptr && *no_color != '\0') return false;
  const char* kind = std::getenv("TERM");
  if (kind == nullptr || std::string_view{kind} == "dumb") return false;
  return is_terminal(stream);
}

}  // namespace cli
