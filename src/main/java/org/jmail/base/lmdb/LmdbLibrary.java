package org.jmail.base.lmdb;

import java.io.IOException;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;

/// liblmdb's functions as method handles. Looked for in the folder named by the system property
/// `jmail.native`, in `native/` beside the jar, and then as the system's `liblmdb.so.0`; never
/// unpacked at run time, so a /tmp that others can write or that is mounted noexec does not matter.
final class LmdbLibrary {

  static final int KEYEXIST = -30799;
  static final int NOTFOUND = -30798;
  static final int PAGE_NOTFOUND = -30797;
  static final int CORRUPTED = -30796;
  static final int VERSION_MISMATCH = -30794;
  static final int INVALID = -30793;
  static final int MAP_FULL = -30792;
  static final int READERS_FULL = -30790;
  static final int MAP_RESIZED = -30785;
  static final int BAD_VALSIZE = -30781;

  private static final AddressLayout P = ValueLayout.ADDRESS;
  private static final ValueLayout.OfInt I = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong L = ValueLayout.JAVA_LONG;

  /// All of memory: where LMDB's pointers point.
  private static final MemorySegment MEMORY = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  private static final Linker LINKER = Linker.nativeLinker();
  private static final SymbolLookup SYMBOLS = load();

  static final MethodHandle ENV_CREATE = intCall("mdb_env_create", P);
  static final MethodHandle ENV_SET_MAPSIZE = intCall("mdb_env_set_mapsize", P, L);
  static final MethodHandle ENV_SET_MAXDBS = intCall("mdb_env_set_maxdbs", P, I);
  static final MethodHandle ENV_SET_MAXREADERS = intCall("mdb_env_set_maxreaders", P, I);
  static final MethodHandle ENV_OPEN = intCall("mdb_env_open", P, P, I, I);
  static final MethodHandle ENV_GET_FD = intCall("mdb_env_get_fd", P, P);
  static final MethodHandle ENV_SYNC = intCall("mdb_env_sync", P, I);
  static final MethodHandle ENV_INFO = intCall("mdb_env_info", P, P);
  static final MethodHandle ENV_CLOSE = voidCall("mdb_env_close", P);
  static final MethodHandle TXN_BEGIN = intCall("mdb_txn_begin", P, P, I, P);
  static final MethodHandle TXN_COMMIT = intCall("mdb_txn_commit", P);
  static final MethodHandle TXN_ABORT = voidCall("mdb_txn_abort", P);
  static final MethodHandle DBI_OPEN = intCall("mdb_dbi_open", P, P, I, P);
  static final MethodHandle STAT = intCall("mdb_stat", P, I, P);
  static final MethodHandle GET = intCall("mdb_get", P, I, P, P);
  static final MethodHandle PUT = intCall("mdb_put", P, I, P, P, I);
  static final MethodHandle DEL = intCall("mdb_del", P, I, P, P);
  static final MethodHandle DROP = intCall("mdb_drop", P, I, I);
  static final MethodHandle CURSOR_OPEN = intCall("mdb_cursor_open", P, I, P);
  static final MethodHandle CURSOR_CLOSE = voidCall("mdb_cursor_close", P);
  static final MethodHandle CURSOR_GET = intCall("mdb_cursor_get", P, P, P, I);
  static final MethodHandle CURSOR_DEL = intCall("mdb_cursor_del", P, I);

  private static final MethodHandle STRERROR =
      LINKER.downcallHandle(symbol("mdb_strerror"), FunctionDescriptor.of(P, I));

  private LmdbLibrary() {}

  /// LMDB's own text for a code.
  static String describe(int code) {
    try {
      MemorySegment text = (MemorySegment) STRERROR.invokeExact(code);
      return text.reinterpret(Long.MAX_VALUE).getString(0, StandardCharsets.ISO_8859_1);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /// A copy of what LMDB points to.
  static byte[] copy(long address, long size) {
    byte[] octets = new byte[Math.toIntExact(size)];
    MemorySegment.copy(MEMORY, ValueLayout.JAVA_BYTE, address, octets, 0, octets.length);
    return octets;
  }

  /// Method handles declare Throwable; a native call throws nothing but a bug of ours.
  static AssertionError unexpected(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    if (e instanceof RuntimeException bug) {
      throw bug;
    }
    return new AssertionError(e);
  }

  private static MethodHandle intCall(String name, MemoryLayout... arguments) {
    return LINKER.downcallHandle(symbol(name), FunctionDescriptor.of(I, arguments));
  }

  private static MethodHandle voidCall(String name, MemoryLayout... arguments) {
    return LINKER.downcallHandle(symbol(name), FunctionDescriptor.ofVoid(arguments));
  }

  private static MemorySegment symbol(String name) {
    return SYMBOLS.find(name).orElseThrow(() -> new UnsatisfiedLinkError("liblmdb lacks " + name));
  }

  private static SymbolLookup load() {
    List<String> tried = new ArrayList<>();
    for (Path folder : folders()) {
      Path library = folder.resolve(platform() + ".so");
      tried.add(library.toString());
      if (Files.isReadable(library)) {
        try {
          return SymbolLookup.libraryLookup(library, Arena.global());
        } catch (IllegalArgumentException e) {
          tried.add("(" + e.getMessage() + ")");
        }
      }
    }
    tried.add("liblmdb.so.0");
    try {
      return SymbolLookup.libraryLookup("liblmdb.so.0", Arena.global());
    } catch (IllegalArgumentException e) {
      UnsatisfiedLinkError error =
          new UnsatisfiedLinkError(
              "no LMDB library; tried " + String.join(", ", tried) + "; install lmdb (liblmdb0)");
      error.initCause(e);
      throw error;
    }
  }

  private static List<Path> folders() {
    List<Path> folders = new ArrayList<>();
    String named = System.getProperty("jmail.native", "");
    if (!named.isEmpty()) {
      folders.add(Path.of(named));
    }
    CodeSource source = LmdbLibrary.class.getProtectionDomain().getCodeSource();
    if (source != null && source.getLocation() != null) {
      try {
        folders.add(Path.of(source.getLocation().toURI()).resolveSibling("native"));
      } catch (URISyntaxException e) {
        throw new IllegalStateException(e);
      }
    }
    return folders;
  }

  /// `x86_64-linux-musl` and the like, as the Maven artifact names its files.
  private static String platform() {
    String machine = System.getProperty("os.arch", "");
    return (machine.equals("amd64") ? "x86_64" : machine) + "-linux-" + (musl() ? "musl" : "gnu");
  }

  private static boolean musl() {
    try {
      return Files.readString(Path.of("/proc/self/maps"), StandardCharsets.ISO_8859_1)
          .contains("/ld-musl-");
    } catch (IOException e) {
      return Files.exists(Path.of("/etc/alpine-release"));
    }
  }
}
