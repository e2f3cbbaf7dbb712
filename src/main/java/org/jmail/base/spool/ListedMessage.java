package org.jmail.base.spool;

import java.time.Instant;

/// A message in a listing of the queue; its recipients follow it.
///
/// @param queueName as Postfix's folders: `maildrop`, `incoming`, `active`, `deferred`, `hold`,
///   `corrupt`
/// @param sender internal form; empty for the null sender
/// @param forcedExpire whether an operator ended its life
public record ListedMessage(
    String queueName, String id, Instant arrival, long size, boolean forcedExpire, String sender) {}
