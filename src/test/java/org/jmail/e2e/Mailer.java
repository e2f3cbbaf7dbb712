package org.jmail.e2e;

/// The two that a claim is put to. What Debian's real Postfix does not keep is a wrong claim.
enum Mailer {
  JMAIL,
  POSTFIX;

  /// A machine of its own with this one as its mail system, configured and not started.
  SystemMail open() {
    return open(Machine.Storage.MEMORY);
  }

  SystemMail open(Machine.Storage storage) {
    return switch (this) {
      case JMAIL -> SystemMail.jmail(storage);
      case POSTFIX -> SystemMail.postfix(storage);
    };
  }
}
