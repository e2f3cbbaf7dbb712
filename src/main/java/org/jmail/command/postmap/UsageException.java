package org.jmail.command.postmap;

/// An option that does not exist or lacks its value.
final class UsageException extends FatalException {
  private static final long serialVersionUID = 1L;

  private final String option;

  /// @param problem in the words of getopt(3)
  UsageException(String problem, char letter, String usage) {
    super(usage);
    this.option = problem + " -- '" + letter + "'";
  }

  /// What getopt(3) says about it.
  String option() {
    return option;
  }
}
