package org.jmail.network.qmgr;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jmail.base.dsn.DeliveryResult;
import org.jmail.base.dsn.Diagnosis;
import org.jmail.base.dsn.StatusClass;
import org.jmail.base.message.DsnOptions.Trace;
import org.jmail.base.message.Recipient;
import org.jmail.base.message.Recipient.Notify;
import org.jmail.network.queue.Outcome;
import org.jmail.network.queue.Standing;
import org.jmail.network.queue.StoredMessage;
import org.jmail.network.queue.Told;

/// What a result means for a recipient of a message: crossed off at once, or kept until its sender
/// has been told, or tried again (Postfix sent.c, bounce.c, defer.c).
///
/// @param relay who made the attempt; empty when nobody did
/// @param last whether the message is too old to be tried again
/// @param confirmsDelivery confirm_delay_cleared
record Conclusion(StoredMessage message, String relay, boolean last, boolean confirmsDelivery) {

  /// Whether the attempt only finds out what would happen.
  boolean isProbe() {
    return message.envelope().dsn().trace() == Trace.VERIFY;
  }

  /// The change for one recipient. [DeliveryResult.Expanded] stands for what has been forwarded.
  Outcome.Change of(RoutedRecipient routed, DeliveryResult result) {
    Recipient recipient = routed.recipient();
    List<Outcome.Part> parts = new ArrayList<>(parts(result));
    if (result instanceof DeliveryResult.Deferred(var why, var ignored) && !isProbe()) {
      // All members are tried again, and those that fail would be told of each time: once will do,
      // and at the end.
      boolean first = routed.stored().why().isEmpty();
      if (last) {
        parts.add(new Outcome.Part(recipient, Standing.FAILED, why));
      }
      return parts.isEmpty() || (!first && !last)
          ? new Outcome.Deferred(why)
          : new Outcome.Parts(parts, last ? Optional.empty() : Optional.of(why));
    }
    if (parts.isEmpty()) {
      return whole(recipient, result);
    }
    if (result instanceof DeliveryResult.Expanded
        && parts.stream().noneMatch(part -> wants(part.recipient(), Notify.SUCCESS))
        && whole(recipient, result) instanceof Outcome.Settled(var standing, var why)) {
      parts.add(new Outcome.Part(recipient, standing, why));
    }
    return new Outcome.Parts(parts, Optional.empty());
  }

  /// What the sender is to be told of the members that the recipient came to.
  private List<Outcome.Part> parts(DeliveryResult result) {
    List<Outcome.Part> parts = new ArrayList<>();
    for (DeliveryResult.Member member : result.members()) {
      StatusClass type = member.why().code().type();
      if (isProbe()) {
        boolean reached = type == StatusClass.SUCCESS;
        parts.add(
            new Outcome.Part(
                member.recipient(),
                reached ? Standing.DELIVERABLE : Standing.UNDELIVERABLE,
                traced(member.why())));
      } else if (member.failed()) {
        parts.add(
            new Outcome.Part(member.recipient(), Standing.FAILED, member.why(), member.reportTo()));
      } else if (wants(member.recipient(), Notify.SUCCESS)) {
        boolean list = member.recipient().original().isEmpty();
        parts.add(
            new Outcome.Part(
                member.recipient(),
                list ? Standing.DELIVERED : Standing.EXPANDED,
                traced(member.why())));
      } else if (isRecorded() && type == StatusClass.SUCCESS) {
        parts.add(new Outcome.Part(member.recipient(), Standing.DELIVERED, traced(member.why())));
      }
    }
    return parts;
  }

  private Outcome.Change whole(Recipient recipient, DeliveryResult result) {
    if (isProbe()) {
      boolean reached =
          result instanceof DeliveryResult.Delivered || result instanceof DeliveryResult.Expanded;
      return new Outcome.Settled(
          reached ? Standing.DELIVERABLE : Standing.UNDELIVERABLE, traced(result.why()));
    }
    return switch (result) {
      case DeliveryResult.Delivered delivered ->
          delivered(
              recipient,
              delivered.relayed() ? Standing.RELAYED : Standing.DELIVERED,
              traced(delivered.why()));
      case DeliveryResult.Expanded expanded -> expanded(recipient, expanded);
      case DeliveryResult.Bounced(var why, var ignored) -> new Outcome.Failed(why);
      case DeliveryResult.Deferred(var why, var ignored) ->
          last ? new Outcome.Failed(why) : new Outcome.Deferred(why);
    };
  }

  private Outcome.Change delivered(Recipient recipient, Standing standing, Diagnosis why) {
    boolean told =
        wants(recipient, Notify.SUCCESS)
            || isRecorded()
            || (confirmsDelivery
                && message.told().contains(Told.DELAY)
                && (recipient.notifyOn().isEmpty() || wants(recipient, Notify.DELAY)));
    return told ? new Outcome.Settled(standing, why) : new Outcome.CrossedOff();
  }

  /// RFC 3461 section 5.2.7: mail to a list is delivered; mail to an alias is expanded.
  private Outcome.Change expanded(Recipient recipient, DeliveryResult.Expanded expanded) {
    if (wants(recipient, Notify.SUCCESS)) {
      boolean alias = expanded.sender().equals(message.envelope().sender());
      return new Outcome.Settled(
          alias ? Standing.EXPANDED : Standing.DELIVERED,
          traced(Diagnosis.of("2.0.0", "alias expanded")));
    }
    return isRecorded()
        ? new Outcome.Settled(Standing.DELIVERED, traced(expanded.why()))
        : new Outcome.CrossedOff();
  }

  private boolean isRecorded() {
    return message.envelope().dsn().trace() == Trace.RECORD && !message.told().contains(Told.TRACE);
  }

  private static boolean wants(Recipient recipient, Notify event) {
    return recipient.notifyOn().contains(event);
  }

  private Diagnosis traced(Diagnosis why) {
    return relay.isEmpty()
        ? why
        : new Diagnosis(
            why.code(),
            "delivery via " + relay + ": " + why.text(),
            why.diagnosticType(),
            why.diagnosticText());
  }
}
