package org.jmail.network.smtpd.access;

import java.util.Optional;
import org.jmail.network.verify.AddressVerifier;
import org.jmail.network.verify.AddressVerifier.Status;

/// reject_unverified_sender and reject_unverified_recipient: addresses that a probe could not
/// deliver to (Postfix reject_unverified_address).
///
/// @param party SENDER or RECIPIENT
record RejectUnverified(Party party) implements Restriction {

  private static final int REASON_LIMIT = 250;

  @Override
  public Outcome check(Evaluation evaluation) {
    Optional<String> address = party.value(evaluation.request());
    if (address.isEmpty()) {
      return Outcome.DUNNO;
    }
    VerifyUse use = evaluation.rules().verification();
    VerifyUse.Replies replies = party == Party.SENDER ? use.sender() : use.recipient();
    Subject subject = new Subject(address.get(), party.type());
    AddressVerifier.Verdict verdict = ask(use, address.get());
    return switch (verdict.status()) {
      case DELIVERABLE -> Outcome.DUNNO;
      case UNAVAILABLE -> {
        evaluation.warning("verify service failure");
        yield evaluation.deferIfPermit(
            replies.later(),
            new Deferral(
                ErrorClass.POLICY, 450, dsn(), subject.rejected("address verification problem")));
      }
      case PENDING, DEFERRED ->
          refuse(evaluation, replies, replies.deferCode(), verdict.why(), subject);
      case UNDELIVERABLE ->
          refuse(evaluation, replies, replies.rejectCode(), verdict.why(), subject);
    };
  }

  /// Waits a little for a probe.
  private static AddressVerifier.Verdict ask(VerifyUse use, String address) {
    AddressVerifier.Verdict verdict = use.verifier().ask(address);
    for (long polls = 1; polls < use.polls() && verdict.status() == Status.PENDING; polls++) {
      try {
        Thread.sleep(use.delay());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return verdict;
      }
      verdict = use.verifier().ask(address);
    }
    return verdict;
  }

  private String dsn() {
    return party == Party.SENDER ? "4.1.7" : "4.1.1";
  }

  private Outcome refuse(
      Evaluation evaluation, VerifyUse.Replies replies, int code, String found, Subject subject) {
    String why = replies.reason().isEmpty() || code < 400 ? found : replies.reason();
    return switch (code / 100) {
      case 2 -> Outcome.DUNNO;
      case 4 ->
          evaluation.deferIfPermit(
              replies.later(),
              new Deferral(
                  ErrorClass.POLICY,
                  code,
                  dsn(),
                  subject.rejected(
                      "unverified address: "
                          + why.substring(0, Math.min(why.length(), REASON_LIMIT)))));
      default ->
          evaluation.reject(
              ErrorClass.POLICY, code, dsn(), subject.rejected("undeliverable address: " + why));
    };
  }
}
