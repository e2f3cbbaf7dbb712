package org.jmail.network.pickup;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jmail.base.maillog.MailLog;

/// Warnings about what lies in maildrop. A thing that stays as it is is told of once, until it
/// changes; and each owner gets a few lines a minute, then one with the number of those left out,
/// for anybody may put there what he likes. Holds a bounded number of things: what is beyond is not
/// told of. Confined to one thread.
final class MaildropComplaints {

  /// Lines of one owner within [#PERIOD].
  static final int LINES = 10;

  private static final Duration PERIOD = Duration.ofMinutes(1);
  private final int most;
  private final MailLog log;
  private final InstantSource clock;
  private final Map<String, Object> said = new HashMap<>();
  private final Set<String> seen = new HashSet<>();
  private final Map<String, Budget> budgets = new HashMap<>();
  private boolean beyond;
  private boolean beyondSaid;

  private static final class Budget {
    private Instant since;
    private int lines;
    private long left;
    private boolean told;

    Budget(Instant since) {
      this.since = since;
    }

    boolean over(Instant now) {
      return !now.isBefore(since.plus(PERIOD));
    }

    void renew(Instant now) {
      since = now;
      lines = 0;
      told = false;
    }
  }

  MaildropComplaints(MailLog log, InstantSource clock) {
    this(log, clock, 10_000);
  }

  MaildropComplaints(MailLog log, InstantSource clock, int most) {
    this.log = log;
    this.clock = clock;
    this.most = most;
  }

  /// A scan begins.
  void begin() {
    seen.clear();
    beyond = false;
  }

  /// @param owner who is to blame, as the line begins; empty when nobody is known
  /// @param what the thing
  /// @param state what a change of it changes
  void say(String owner, String what, Object state, String text) {
    if (!said.containsKey(what) && said.size() >= most) {
      beyond = true;
      return;
    }
    seen.add(what);
    if (!state.equals(said.put(what, state))) {
      once(owner, text);
    }
  }

  /// Tells of what does not come again.
  void once(String owner, String text) {
    Instant now = clock.instant();
    Budget budget = budgets.computeIfAbsent(owner, _ -> new Budget(now));
    if (budget.over(now)) {
      budget.renew(now);
    }
    if (budget.lines < LINES) {
      budget.lines++;
      log.warning(text);
    } else {
      budget.left++;
    }
  }

  /// A scan is over: forgets what is no more, and gives the numbers of what was left out.
  void end() {
    said.keySet().retainAll(seen);
    if (beyond && !beyondSaid) {
      log.warning("more than " + most + " things in maildrop are no submissions; remove them");
    }
    beyondSaid = beyond;
    Instant now = clock.instant();
    budgets.forEach((owner, budget) -> {
      if (budget.left > 0 && (!budget.told || budget.over(now))) {
        log.warning(owner + budget.left + " more warnings about maildrop left out");
        if (budget.over(now)) {
          budget.renew(now);
        }
        budget.told = true;
        budget.left = 0;
      }
    });
    budgets.values().removeIf(budget -> budget.left == 0 && budget.over(now));
  }
}
