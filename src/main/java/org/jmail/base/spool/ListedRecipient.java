package org.jmail.base.spool;

/// A recipient in a listing of the queue.
///
/// @param address internal form
/// @param original before aliases and rewriting, internal form; may be empty
/// @param failed whether it is not to be tried again
/// @param reason of the last attempt; empty when there was none
public record ListedRecipient(String address, String original, boolean failed, String reason) {}
