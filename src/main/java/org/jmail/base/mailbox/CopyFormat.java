package org.jmail.base.mailbox;

/// What is written around and into a message on delivery. X-Original-To: and Delivered-To: are the
/// [MailCopy]'s. Postfix counterpart: the MAIL_COPY_ flags of mail_copy.h.
///
/// @param fromLine an mbox `From ` line first
/// @param returnPath a Return-Path: header
/// @param quoteFrom a `>` before lines of the message that begin with `From `
/// @param doubleDots another `.` before lines of the message that begin with one
/// @param blankLine an empty line after the message
/// @param lineEnd what every line ends with
public record CopyFormat(
    boolean fromLine,
    boolean returnPath,
    boolean quoteFrom,
    boolean doubleDots,
    boolean blankLine,
    String lineEnd) {

  /// For mbox files.
  public static final CopyFormat MBOX = new CopyFormat(true, true, true, false, true, "\n");

  /// For files of their own.
  public static final CopyFormat MAILDIR = new CopyFormat(false, true, false, false, false, "\n");

  /// For the standard input of local(8)'s commands.
  public static final CopyFormat COMMAND = new CopyFormat(true, true, false, false, false, "\n");

  /// Whether lines go out as they are stored.
  boolean storedLines() {
    return !doubleDots && lineEnd.equals("\n");
  }
}
