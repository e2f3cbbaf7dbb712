package org.jmail.base.mailbox.mbox;

/// Which file, and what it must be.
///
/// @param path octets
/// @param newOwnerUid who a newly made file is given to; -1 leaves it to who makes it
/// @param newOwnerGid likewise
/// @param requiredOwner who must own it (strict_mailbox_ownership); -1 for anyone
/// @param userMailbox a mailbox that must be an ordinary file; otherwise a file of an alias or
///   .forward, which may be a device, must not be executable, and whose dotlock may fail
/// @param sizeLimit the biggest it may become (mailbox_size_limit); 0 for none
public record MboxTarget(
    String path,
    int newOwnerUid,
    int newOwnerGid,
    int requiredOwner,
    boolean userMailbox,
    long sizeLimit) {

  /// A `/file` destination.
  public static MboxTarget file(String path, long sizeLimit) {
    return new MboxTarget(path, -1, -1, -1, false, sizeLimit);
  }
}
