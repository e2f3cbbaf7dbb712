package org.jmail.network.pickup;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jmail.base.maillog.MailLog;

/// Warnings about things that stay as they are: each is said once, until the thing changes. Holds a
/// bounded number; confined to one thread.
final class Complaints {

  private static final int MOST_REMEMBERED = 10_000;

  private final MailLog log;
  private final Map<String, Object> said =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Object> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  Complaints(MailLog log) {
    this.log = log;
  }

  /// @param what the thing
  /// @param state what a change of it changes
  void say(String what, Object state, String text) {
    if (!state.equals(said.put(what, state))) {
      log.warning(text);
    }
  }
}
