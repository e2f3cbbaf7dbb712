package org.jmail.base.mailbox;

/// What is written around and into a message on delivery. Postfix counterpart: the MAIL_COPY_ flags
/// of mail_copy.h.
///
/// @param fromLine an mbox `From ` line first
/// @param quoteFrom a `>` before lines of the message that begin with `From `
/// @param blankLine an empty line after the message
public record CopyFormat(boolean fromLine, boolean quoteFrom, boolean blankLine) {

  /// For mbox files.
  public static final CopyFormat MBOX = new CopyFormat(true, true, true);

  /// For files of their own.
  public static final CopyFormat MAILDIR = new CopyFormat(false, false, false);

  /// For the standard input of commands.
  public static final CopyFormat COMMAND = new CopyFormat(true, false, false);
}
