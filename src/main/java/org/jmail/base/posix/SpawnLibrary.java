package org.jmail.base.posix;

import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/// The functions of posix_spawn(3) in libc, linked when a first command is run.
final class SpawnLibrary {

  static final MethodHandle SPAWN =
      Libc.link(
          "posix_spawn",
          ValueLayout.JAVA_INT,
          ValueLayout.ADDRESS,
          ValueLayout.ADDRESS,
          ValueLayout.ADDRESS,
          ValueLayout.ADDRESS,
          ValueLayout.ADDRESS,
          ValueLayout.ADDRESS);
  static final MethodHandle ACTIONS_INIT =
      Libc.link("posix_spawn_file_actions_init", ValueLayout.JAVA_INT, ValueLayout.ADDRESS);
  static final MethodHandle ACTIONS_DESTROY =
      Libc.link("posix_spawn_file_actions_destroy", ValueLayout.JAVA_INT, ValueLayout.ADDRESS);
  static final MethodHandle ADD_DUP2 =
      Libc.link(
          "posix_spawn_file_actions_adddup2",
          ValueLayout.JAVA_INT,
          ValueLayout.ADDRESS,
          ValueLayout.JAVA_INT,
          ValueLayout.JAVA_INT);
  static final MethodHandle ADD_FCHDIR =
      Libc.link(
          "posix_spawn_file_actions_addfchdir_np",
          ValueLayout.JAVA_INT,
          ValueLayout.ADDRESS,
          ValueLayout.JAVA_INT);
  static final MethodHandle ATTR_INIT =
      Libc.link("posix_spawnattr_init", ValueLayout.JAVA_INT, ValueLayout.ADDRESS);
  static final MethodHandle ATTR_FLAGS =
      Libc.link(
          "posix_spawnattr_setflags",
          ValueLayout.JAVA_INT,
          ValueLayout.ADDRESS,
          ValueLayout.JAVA_SHORT);
  static final MethodHandle ATTR_SIGMASK =
      Libc.link(
          "posix_spawnattr_setsigmask",
          ValueLayout.JAVA_INT,
          ValueLayout.ADDRESS,
          ValueLayout.ADDRESS);
  static final MethodHandle ATTR_SIGDEFAULT =
      Libc.link(
          "posix_spawnattr_setsigdefault",
          ValueLayout.JAVA_INT,
          ValueLayout.ADDRESS,
          ValueLayout.ADDRESS);

  private SpawnLibrary() {}

  /// glibc only.
  static final class CloseFrom {
    static final Optional<MethodHandle> HANDLE =
        Libc.find(
            "posix_spawn_file_actions_addclosefrom_np",
            ValueLayout.JAVA_INT,
            ValueLayout.ADDRESS,
            ValueLayout.JAVA_INT);

    private CloseFrom() {}
  }

  /// Where the one above is missing.
  static final class AddClose {
    static final MethodHandle HANDLE =
        Libc.link(
            "posix_spawn_file_actions_addclose",
            ValueLayout.JAVA_INT,
            ValueLayout.ADDRESS,
            ValueLayout.JAVA_INT);

    private AddClose() {}
  }
}
