package org.jmail.network.smtpd;

import java.util.EnumMap;
import java.util.Map;

/// How often a client sent each command, and how often with success: what `disconnect from …` ends
/// with (Postfix smtpd_format_cmd_stats). Used by one thread.
final class CommandCounts {

  private final Map<Verb, Integer> total = new EnumMap<>(Verb.class);
  private final Map<Verb, Integer> done = new EnumMap<>(Verb.class);

  void came(Verb verb) {
    total.merge(verb, 1, Integer::sum);
  }

  void succeeded(Verb verb) {
    done.merge(verb, 1, Integer::sum);
  }

  /// ` ehlo=1 mail=0/1 commands=1/2`.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    int allDone = 0;
    int all = 0;
    for (Map.Entry<Verb, Integer> each : total.entrySet()) {
      int came = each.getValue();
      int succeeded = done.getOrDefault(each.getKey(), 0);
      text.append(' ').append(each.getKey().counted()).append('=').append(succeeded);
      if (succeeded != came) {
        text.append('/').append(came);
      }
      allDone += succeeded;
      all += came;
    }
    text.append(" commands=").append(allDone);
    if (allDone != all || all == 0) {
      text.append('/').append(all);
    }
    return text.toString();
  }
}
