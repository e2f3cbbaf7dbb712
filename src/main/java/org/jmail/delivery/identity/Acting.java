package org.jmail.delivery.identity;

import java.io.IOException;
import org.jmail.base.posix.ChildProcess;
import org.jmail.base.posix.Spawn;

/// What code that runs on one of [Identities]' threads can do about whose rights it has. Confined
/// to that thread and to the one call it was handed to.
public interface Acting {

  /// From now on files are accessed with these rights, until the next such call or the end. Only
  /// the effective ids change: while the real and saved ones are root's the user can neither signal
  /// nor trace this process.
  ///
  /// @throws IOException when the kernel or, without root, this class refuses; the rights are then
  ///   those of before this whole action
  void become(Identity identity) throws IOException;

  /// Gives up the rights of [#become]: from now on they are root's, or the caller's.
  void comeHome();

  /// Starts a child that is this user for good: real, effective and saved ids. Afterwards the
  /// thread has the rights it had before.
  ///
  /// @throws IOException when it cannot be executed, or the identity is root's
  ChildProcess start(Spawn spawn, String searchPath, Identity identity) throws IOException;
}
