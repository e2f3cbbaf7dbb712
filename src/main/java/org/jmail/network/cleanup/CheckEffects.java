package org.jmail.network.cleanup;

import java.util.ArrayList;
import java.util.List;
import org.jmail.base.dsn.Diagnosis;
import org.jmail.base.maillog.MailLog;

/// What content checks have made of one message as a whole (Postfix cleanup_act). Used by one
/// thread.
final class CheckEffects {

  private final MailLog log;
  private final ActionLog actions;
  private final Verdict verdict;
  private final List<String> copies = new ArrayList<>();
  private boolean checking;
  private boolean held;
  private String filter = "";
  private String redirect = "";

  /// @param checking whether there are to be checks at all
  CheckEffects(MailLog log, ActionLog actions, Verdict verdict, boolean checking) {
    this.log = log;
    this.actions = actions;
    this.verdict = verdict;
    this.checking = checking;
  }

  /// Does it, but for what it does to the header or line itself.
  ///
  /// @param what `header`, `body` or `content`
  void act(CheckAction action, String what, String text) {
    switch (action) {
      case CheckAction.Reject(Diagnosis why, String warning) -> {
        if (!warning.isEmpty()) {
          log.warning(warning);
        }
        verdict.reject(why);
        checking = false;
        actions.write("reject", what, text, why.code() + " " + why.text());
      }
      case CheckAction.Log(String label, String words) -> actions.write(label, what, text, words);
      case CheckAction.Filter(String destination) -> {
        filter = destination;
        actions.write("filter", what, text, destination);
      }
      case CheckAction.Pass(String words) -> {
        checking = false;
        actions.write("pass", what, text, words);
      }
      case CheckAction.Discard(String words) -> {
        verdict.discard();
        checking = false;
        actions.write("discard", what, text, words);
      }
      case CheckAction.Hold(String words) -> {
        if (!held && !verdict.isDiscarded()) {
          held = true;
          actions.write("hold", what, text, words);
        }
      }
      case CheckAction.Prepend(String line) -> actions.write("prepend", what, text, line);
      case CheckAction.Replace(String line) -> actions.write("replace", what, text, line);
      case CheckAction.Redirect(String address) -> {
        redirect = address;
        checking = false;
        actions.write("redirect", what, text, address);
      }
      case CheckAction.Bcc(String address) -> {
        copies.add(address);
        actions.write("bcc", what, text, address);
      }
      case CheckAction.Strip(String words) -> actions.write("strip", what, text, words);
      case CheckAction.Mistake(String warning) -> log.warning(warning);
      case CheckAction.Ignore(), CheckAction.Dunno() -> {}
    }
  }

  /// What access rules have decided; they outrank the checks.
  void add(AccessActions actions) {
    held |= actions.hold();
    if (actions.discard()) {
      verdict.discard();
    }
    filter = actions.filter().isEmpty() ? filter : actions.filter();
    redirect = actions.redirect().isEmpty() ? redirect : actions.redirect();
    copies.addAll(actions.copies());
  }

  /// Whether checks go on: not after REJECT, PASS, DISCARD, REDIRECT.
  boolean checking() {
    return checking;
  }

  /// BCC's addresses.
  List<String> copies() {
    return copies;
  }

  boolean isHeld() {
    return held;
  }

  /// FILTER's destination; empty when none.
  String filter() {
    return filter;
  }

  /// REDIRECT's address; empty when none.
  String redirect() {
    return redirect;
  }
}
