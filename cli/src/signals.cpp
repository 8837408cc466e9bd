#include "signals.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string_view>

namespace cli {

namespace {

// Sanitizers report crashes better than we could.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool sanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif
#else
constexpr bool sanitized = false;
#endif

struct State {
  LastWords words;
  std::string report_path;
  std::atomic<bool> stop{false};
  std::atomic<int> signal{0};
  std::atomic<bool> graceful{false};
  std::atomic<bool> answering{false};
};

// Never destroyed: a signal may come while the program ends.
State& state() {
  static State& only = *new State;
  return only;
}

// Everything called from here on must be async-signal-safe.

void put(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno != EINTR) return;
    if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
  }
}

bool save_report(std::string_view what) {
  const int file = ::open(state().report_path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return false;
  put(file, state().words.report);
  put(file, what);
  put(file, "\n");
  ::close(file);
  return true;
}

void on_stop(int signal) {
  State& now = state();
  const int before = now.signal.exchange(signal);
  if ((now.graceful || now.answering) && before == 0) {
    now.stop = true;
    return;
  }
  const bool interrupt = signal == SIGINT;
  if (!now.answering) put(STDOUT_FILENO, interrupt ? now.words.sigint : now.words.sigterm);
  put(STDERR_FILENO, interrupt ? "\ninterrupted\nexit 130 SIGINT\n" : "\nterminated\nexit 143 SIGTERM\n");
  ::_exit(static_cast<int>(interrupt ? ExitCode::sigint : ExitCode::sigterm));
}

void on_crash(int signal) {
  State& now = state();
  const std::string_view what = signal == SIGABRT   ? "a check failed (SIGABRT)"
                                : signal == SIGSEGV ? "invalid memory access (SIGSEGV)"
                                : signal == SIGBUS  ? "invalid memory access (SIGBUS)"
                                : signal == SIGFPE  ? "arithmetic error (SIGFPE)"
                                                    : "illegal instruction (SIGILL)";
  if (!now.answering) put(STDOUT_FILENO, now.words.internal);
  put(STDERR_FILENO, "\ninternal error: ");
  put(STDERR_FILENO, what);
  put(STDERR_FILENO, "; this is a bug in isochrone\n");
  if (save_report(what)) {
    put(STDERR_FILENO, "report: ");
    put(STDERR_FILENO, now.report_path);
    put(STDERR_FILENO, "\n");
  }
  put(STDERR_FILENO, "exit 70 INTERNAL\n");
  ::_exit(static_cast<int>(ExitCode::internal));
}

void handle(int signal, void (*handler)(int), int flags) {
  struct sigaction action {};
  action.sa_handler = handler;
  action.sa_flags = flags;
  sigemptyset(&action.sa_mask);
  ::sigaction(signal, &action, nullptr);
}

// A crash may be a stack that ran over, so its handler needs a stack of its own.
void use_own_stack() {
  static std::array<char, 65536> stack;
  stack_t own{};
  own.ss_sp = stack.data();
  own.ss_size = stack.size();
  ::sigaltstack(&own, nullptr);
}

}  // namespace

void install_signal_handlers(LastWords words) {
  State& now = state();
  std::error_code error;
  std::filesystem::path folder = std::filesystem::temp_directory_path(error);
  if (error) folder = "/tmp";
  now.report_path = (folder / ("isochrone-crash-" + std::to_string(::getpid()) + ".txt")).string();
  now.words = std::move(words);
  handle(SIGPIPE, SIG_IGN, 0);
  handle(SIGINT, on_stop, SA_RESTART);
  handle(SIGTERM, on_stop, SA_RESTART);
  if (sanitized) return;
  use_own_stack();
  for (int signal : {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL}) handle(signal, on_crash, SA_ONSTACK);
}

void answer_begins() { state().answering = true; }
bool answer_has_begun() { return state().answering; }

std::optional<ExitCode> stop_signal() {
  switch (state().signal.load()) {
    case SIGINT:
      return ExitCode::sigint;
    case SIGTERM:
      return ExitCode::sigterm;
    default:
      return std::nullopt;
  }
}

GracefulStop::GracefulStop() { state().graceful = true; }
GracefulStop::~GracefulStop() { state().graceful = false; }
const std::atomic<bool>* GracefulStop::flag() const { return &state().stop; }
void GracefulStop::request() const { state().stop = true; }

std::string write_crash_report(const std::string& what) {
  return save_report(what) ? state().report_path : std::string{};
}

}  // namespace cli
