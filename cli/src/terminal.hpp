#pragma once
#include <string>

namespace cli {

enum class Stream { output, error };

/// Whether the stream is a terminal that a person may look at.
[[nodiscard]] bool is_terminal(Stream stream);
/// Columns to lay text out for: the terminal's where the stream is one, else 80; 80 to 200.
[[nodiscard]] int text_width(Stream stream = Stream::output);
/// `text` with lines broken at spaces where they are wider than the terminal. Lines of a file that are shown
/// stay whole, and so does everything where the stream is no terminal: who searches a log searches lines.
[[nodiscard]] std::string fitted(const std::string& text, Stream stream);

enum class ColorChoice { automatic, always, never };

/// Whether to colour a stream: as asked; by default only on a terminal, and not where NO_COLOR is set
/// (https://no-color.org) or TERM is `dumb`.
[[nodiscard]] bool use_color(ColorChoice choice, Stream stream);

}  // namespace cli
