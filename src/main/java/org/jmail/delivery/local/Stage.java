package org.jmail.delivery.local;

/// What was expanded last, for allow_mail_to_commands and allow_mail_to_files. Postfix counterpart:
/// EXPAND_TYPE_ in local.h.
enum Stage {
  NONE,
  ALIAS,
  FORWARD,
  INCLUDE
}
