package org.jmail.delivery.identity;

import java.util.ArrayList;
import java.util.List;
import org.jmail.base.posix.Credentials;
import org.jmail.base.posix.Errno;
import org.jmail.base.posix.PosixException;

/// Credentials as a value: calls named in `failures` fail, those in `ignored` do nothing.
final class ScriptedKernel implements Kernel {

  static final Credentials ROOT = new Credentials(0, 0, 0, 0, 0, 0, List.of(0));

  final List<String> failures = new ArrayList<>();
  final List<String> ignored = new ArrayList<>();
  volatile Credentials now = ROOT;

  @Override
  public Credentials credentials() {
    return now;
  }

  @Override
  public void setGroups(List<Integer> groups) throws PosixException {
    check("setGroups(" + groups + ")");
    if (!ignored.contains("setGroups")) {
      now =
          new Credentials(
              now.realUid(),
              now.effectiveUid(),
              now.savedUid(),
              now.realGid(),
              now.effectiveGid(),
              now.savedGid(),
              groups);
    }
  }

  @Override
  public void setGids(int real, int effective, int saved) throws PosixException {
    check("setGids(" + real + "," + effective + "," + saved + ")");
    now =
        new Credentials(
            now.realUid(),
            now.effectiveUid(),
            now.savedUid(),
            keep(real, now.realGid()),
            keep(effective, now.effectiveGid()),
            keep(saved, now.savedGid()),
            now.groups());
  }

  @Override
  public void setUids(int real, int effective, int saved) throws PosixException {
    check("setUids(" + real + "," + effective + "," + saved + ")");
    now =
        new Credentials(
            keep(real, now.realUid()),
            keep(effective, now.effectiveUid()),
            keep(saved, now.savedUid()),
            now.realGid(),
            now.effectiveGid(),
            now.savedGid(),
            now.groups());
  }

  private static int keep(int wanted, int old) {
    return wanted == Credentials.KEEP ? old : wanted;
  }

  private void check(String call) throws PosixException {
    if (failures.contains(call)) {
      throw new PosixException(call, Errno.EPERM);
    }
  }
}
