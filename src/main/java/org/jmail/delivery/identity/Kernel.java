package org.jmail.delivery.identity;

import java.io.IOException;
import java.util.List;
import org.jmail.base.posix.Credentials;

/// The identity calls, for the calling thread alone; a test puts failures here.
interface Kernel {

  Credentials credentials() throws IOException;

  void setGroups(List<Integer> groups) throws IOException;

  void setGids(int real, int effective, int saved) throws IOException;

  void setUids(int real, int effective, int saved) throws IOException;

  /// The real one.
  Kernel LINUX =
      new Kernel() {
        @Override
        public Credentials credentials() throws IOException {
          return Credentials.ofThread();
        }

        @Override
        public void setGroups(List<Integer> groups) throws IOException {
          Credentials.threadSetGroups(groups);
        }

        @Override
        public void setGids(int real, int effective, int saved) throws IOException {
          Credentials.threadSetGids(real, effective, saved);
        }

        @Override
        public void setUids(int real, int effective, int saved) throws IOException {
          Credentials.threadSetUids(real, effective, saved);
        }
      };
}
