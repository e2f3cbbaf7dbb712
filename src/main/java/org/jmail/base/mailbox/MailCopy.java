package org.jmail.base.mailbox;

import java.io.InputStream;

/// One message on its way to one mailbox, file or command.
///
/// @param sender internal form, empty for the null sender
/// @param originalRecipient for X-Original-To:, internal form; empty when not to be told
/// @param deliveredTo for Delivered-To:, internal form; empty when not to be told
/// @param content header, blank line, body; lines end with LF. Opened by whoever may open it: who
///   reads it may be acting as a user. Its owner closes it.
public record MailCopy(
    String sender, String originalRecipient, String deliveredTo, InputStream content) {}
