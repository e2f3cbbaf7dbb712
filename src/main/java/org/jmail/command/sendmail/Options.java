package org.jmail.command.sendmail;

import java.util.List;
import java.util.Set;
import org.jmail.base.message.BodyType;
import org.jmail.base.message.DsnOptions;
import org.jmail.base.message.Recipient;

/// The command line, checked. Texts are empty when not given, except where `given` says otherwise.
///
/// @param dotEnds whether a line with a single dot ends the message (no `-i`, `-oi`)
/// @param extract `-t`
/// @param senderGiven whether there was `-f` or `-r`; its text may be empty
/// @param fullNameGiven whether there was `-F`
/// @param flushId `-qI`
/// @param flushSite `-qR`
/// @param interval `-q15m`: a daemon that scans its queue, for the daemon mode only
/// @param aliasFile `-oA`
/// @param operands the words after the options
record Options(
    Mode mode,
    boolean dotEnds,
    boolean extract,
    boolean senderGiven,
    String sender,
    boolean fullNameGiven,
    String fullName,
    Set<Recipient.Notify> notifyOn,
    DsnOptions dsn,
    BodyType body,
    boolean smtpUtf8,
    boolean gateway,
    String flushId,
    String flushSite,
    boolean interval,
    String aliasFile,
    List<String> operands) {

  /// `-bv`: find out, deliver nothing.
  boolean verify() {
    return dsn.trace() == DsnOptions.Trace.VERIFY;
  }
}
