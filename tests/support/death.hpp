#pragma once
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace test_support {

/// How a piece of code ended that ran in a process of its own.
struct Death {
  bool aborted = false;     ///< by abort()
  std::string diagnostics;  ///< what it wrote to the standard error
};

/// Runs `body` in a child process, to see it abort on a broken contract.
template <class Body>
[[nodiscard]] Death die(Body body) {
  int channel[2];
  if (pipe(channel) != 0) return {};
  const pid_t child = fork();
  if (child == 0) {
    std::signal(SIGABRT, SIG_DFL);  // not the test framework's handler
    dup2(channel[1], STDERR_FILENO);
    close(channel[0]);
    body();
    _exit(0);
  }
  close(channel[1]);
  Death death;
  char buffer[512];
  for (ssize_t size; (size = read(channel[0], buffer, sizeof buffer)) > 0;)
    death.diagnostics.append(buffer, static_cast<std::size_t>(size));
  close(channel[0]);
  int status = 0;
  waitpid(child, &status, 0);
  death.aborted = WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
  return death;
}

}  // namespace test_support
