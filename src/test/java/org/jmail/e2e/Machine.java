package org.jmail.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A private machine: namespaces of mounts, network and processes in which a mail system is the
/// system's. `/etc` is a copy with users of its own (joe, eric, paul, localuser, jmail); `/run`,
/// `/var/spool`, `/var/mail`, `/var/lib` and `/var/log` are empty; of the network there is only
/// loopback. When the machine is closed, or the test's JVM ends, the kernel ends every process in
/// it. Needs root.
final class Machine implements AutoCloseable {

  /// The users beside Debian's own; each has a home and no password.
  static final List<String> USERS = List.of("localuser", "joe", "eric", "paul");

  /// Where /var and /run of the machine lie.
  enum Storage {
    /// In memory: fast, and a sync costs nothing.
    MEMORY,
    /// In the temporary folder, so that a sync is one.
    DISK
  }

  private static final String SETUP =
      """
      set -eu
      mount --make-rprivate /
      ip link set lo up
      if [ -n "$OVERLAY" ]; then mount -t overlay overlay -o "lowerdir=$OVERLAY:/usr" /usr; fi
      cp -a /etc "$WORK/etc"
      mount --bind "$WORK/etc" /etc
      for d in /run /var/spool /var/mail /var/lib /var/log; do
        if [ -n "$DISK" ]; then
          mkdir -p "$WORK$d"
          mount --bind "$WORK$d" "$d"
        else
          mount -t tmpfs -o mode=0755 tmpfs "$d"
        fi
      done
      ln -s ../mail /var/spool/mail
      mkdir -p /run/lock /var/lib/homes /var/spool/cron/crontabs
      chmod 1777 /run/lock
      chown root:mail /var/mail
      chmod 2775 /var/mail
      chown root:crontab /var/spool/cron/crontabs
      chmod 1730 /var/spool/cron/crontabs
      [ ! -d /etc/postfix ] || mv /etc/postfix /etc/postfix.debian
      rm -rf /etc/aliases /etc/aliases.* /etc/cron.d/* /etc/cron.*ly/*
      : > /etc/crontab
      mkdir /etc/postfix
      printf '127.0.0.1 localhost\\n' > /etc/hosts
      echo localhost > /etc/hostname
      echo localhost > /etc/mailname
      rm -f /etc/resolv.conf
      : > /etc/resolv.conf
      sed -i 's/^\\(passwd\\|group\\|shadow\\|hosts\\):.*/\\1: files/' /etc/nsswitch.conf
      sed -i 's|^root:.*|root:x:0:0:root:/var/lib/homes/root:/bin/sh|' /etc/passwd
      mkdir -m 700 /var/lib/homes/root
      grep -q ^postdrop: /etc/group || echo postdrop:x:5900: >> /etc/group
      echo jmail:x:5901: >> /etc/group
      echo jmail:x:5901:5901::/var/spool/jmail:/usr/sbin/nologin >> /etc/passwd
      uid=5910
      for user in $USERS; do
        echo "$user:x:$uid:" >> /etc/group
        echo "$user:x:$uid:$uid:$user of the test,,,:/var/lib/homes/$user:/bin/sh" >> /etc/passwd
        echo "$user:*:19000:0:99999:7:::" >> /etc/shadow
        mkdir -m 755 "/var/lib/homes/$user"
        chown "$uid:$uid" "/var/lib/homes/$user"
        uid=$((uid + 1))
      done
      echo ready
      # Process 1 of a machine: takes orphans in, and ends with the test that holds its other end.
      while read -r line; do :; done
      """;

  private final Path work;
  private final Process outer;
  private final long init;

  private Machine(Path work, Process outer, long init) {
    this.work = work;
    this.outer = outer;
    this.init = init;
  }

  /// A machine with Debian's own programs only.
  static Machine bare(Storage storage) {
    return start(Optional.empty(), storage);
  }

  /// A machine over whose /usr the staged tree's lies, as after `make install`.
  static Machine with(Path stagedUsr, Storage storage) {
    return start(Optional.of(stagedUsr), storage);
  }

  private static Machine start(Optional<Path> overlay, Storage storage) {
    try {
      Path work = Files.createTempDirectory("jmail-machine");
      ProcessBuilder builder =
          new ProcessBuilder(
              "unshare", "-mnpf", "--kill-child", "--mount-proc", "bash", "-c", SETUP);
      builder.environment().clear();
      builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
      builder.environment().put("WORK", work.toString());
      builder.environment().put("USERS", String.join(" ", USERS));
      builder.environment().put("DISK", storage == Storage.DISK ? "yes" : "");
      builder.environment().put("OVERLAY", overlay.map(Path::toString).orElse(""));
      Process outer = builder.redirectErrorStream(true).start();
      BufferedReader reader =
          new BufferedReader(new InputStreamReader(outer.getInputStream(), ISO_8859_1));
      List<String> said = new ArrayList<>();
      for (String line = reader.readLine(); !"ready".equals(line); line = reader.readLine()) {
        if (line == null) {
          throw new AssertionError("no private machine: " + String.join("\n", said));
        }
        said.add(line);
      }
      long init = outer.children().findFirst().orElseThrow().pid();
      return new Machine(work, outer, init);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// Where a path of the machine is to be seen from outside.
  Path path(String inside) {
    return Path.of("/proc/" + init + "/root" + inside);
  }

  /// A call as root.
  Call call(String... command) {
    return new Call(enter(), environment("root", "/var/lib/homes/root"), List.of(command));
  }

  /// A call as one of the users.
  Call callAs(String user, String... command) {
    List<String> prefix = new ArrayList<>(enter());
    prefix.addAll(List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--init-groups", "--"));
    return new Call(prefix, environment(user, "/var/lib/homes/" + user), List.of(command));
  }

  /// A shell script as root, which must succeed; what it printed.
  String sh(String script) {
    return call("sh", "-euc", script).run().ok();
  }

  /// Writes a file of the machine as root, mode 0644, and dates it a minute back: Postfix waits for
  /// a file that has just been changed.
  void write(String inside, String octets) {
    try {
      Path file = path(inside);
      Files.write(file, octets.getBytes(ISO_8859_1));
      Files.setLastModifiedTime(
          file, java.nio.file.attribute.FileTime.from(java.time.Instant.now().minusSeconds(60)));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  String read(String inside) {
    try {
      return new String(Files.readAllBytes(path(inside)), ISO_8859_1);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// The messages of a user's mailbox once there are at least so many.
  List<MailMessage> mailbox(String user, int atLeast) {
    return messages("/var/mail/" + user, atLeast);
  }

  /// The messages of a mailbox file in an existing folder once there are at least so many.
  List<MailMessage> messages(String inside, int atLeast) {
    Path file = path(inside);
    return Await.until(
        file.getParent(),
        Duration.ofSeconds(30),
        () -> Optional.of(MailMessage.in(file)).filter(m -> m.size() >= atLeast),
        () -> atLeast + " messages in " + inside + ", there: " + MailMessage.in(file) + logs());
  }

  /// The processes of the machine whose program lies below one of the folders: how many there are,
  /// and their resident size in kilobytes, shared pages counted for each (rss) and once (pss).
  Footprint footprint(String... folders) {
    return footprintOf(outer.descendants().filter(p -> runs(p, folders)).toList());
  }

  /// The same of some processes.
  Footprint footprintOf(List<ProcessHandle> processes) {
    long rss = 0;
    long pss = 0;
    for (ProcessHandle process : processes) {
      try (Stream<String> lines =
          Files.lines(Path.of("/proc/" + process.pid() + "/smaps_rollup"))) {
        for (String line : (Iterable<String>) lines::iterator) {
          long kilobytes = line.endsWith(" kB") ? Long.parseLong(line.replaceAll("[^0-9]", "")) : 0;
          rss += line.startsWith("Rss:") ? kilobytes : 0;
          pss += line.startsWith("Pss:") ? kilobytes : 0;
        }
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
    return new Footprint(processes.size(), rss, pss);
  }

  /// The processor time of the processes whose program lies below one of the folders, and of their
  /// children that have ended.
  Duration processorTime(String... folders) {
    long ticks = 0;
    for (ProcessHandle process : outer.descendants().filter(p -> runs(p, folders)).toList()) {
      try {
        String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        for (int field = 11; field < 15; field++) { // utime, stime, cutime, cstime of proc(5)
          ticks += Long.parseLong(fields[field]);
        }
      } catch (IOException e) {
        // It has ended meanwhile, and its parent's time holds its own.
      }
    }
    return Duration.ofMillis(10 * ticks);
  }

  /// The processes of the machine whose command line holds the text.
  List<ProcessHandle> processes(String text) {
    return outer
        .descendants()
        .filter(p -> p.info().commandLine().orElse("").contains(text))
        .toList();
  }

  record Footprint(int processes, long rss, long pss) {

    Footprint plus(Footprint other) {
      return new Footprint(processes + other.processes, rss + other.rss, pss + other.pss);
    }
  }

  private static boolean runs(ProcessHandle process, String... folders) {
    try {
      String program =
          Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/exe")).toString();
      return Arrays.stream(folders).anyMatch(program::startsWith);
    } catch (IOException e) {
      return false; // It has ended meanwhile.
    }
  }

  private String logs() {
    return "\nlog:\n" + call("sh", "-c", "cat /var/log/*").run().out();
  }

  private List<String> enter() {
    return List.of("nsenter", "-t", Long.toString(init), "-m", "-n", "-p", "--wd=/", "--");
  }

  private static Map<String, String> environment(String user, String home) {
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    environment.put("HOME", home);
    environment.put("USER", user);
    environment.put("LOGNAME", user);
    environment.put("LC_ALL", "C");
    environment.put("TZ", "UTC");
    return environment;
  }

  @Override
  public void close() {
    try {
      outer.getOutputStream().close();
      if (!outer.waitFor(20, TimeUnit.SECONDS)) {
        outer.destroyForcibly().waitFor();
      }
      new ProcessBuilder("rm", "-rf", work.toString()).start().waitFor();
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
