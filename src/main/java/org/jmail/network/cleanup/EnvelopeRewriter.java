package org.jmail.network.cleanup;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jmail.base.address.EmailAddress;
import org.jmail.base.address.ReversePath;
import org.jmail.base.message.Recipient;
import org.jmail.base.message.Recipient.Notify;
import org.jmail.base.routing.AddressRewriter;
import org.jmail.base.table.TableException;
import org.jmail.network.rewrite.AddressClass;
import org.jmail.network.rewrite.AddressMap;
import org.jmail.network.rewrite.AddressMapping;
import org.jmail.network.rewrite.ExpansionException;
import org.jmail.network.rewrite.VirtualAliases;

/// Sender and recipients of one message: completed, mapped, expanded, copied, each once (Postfix
/// cleanup_addr.c, cleanup_out_recipient.c). Used by one thread.
final class EnvelopeRewriter {

  /// What does the work; the same for all messages.
  ///
  /// @param rewriter of the local context: an envelope address is always completed
  record Tools(
      AddressRewriter rewriter,
      AddressMapping mapping,
      VirtualAliases aliases,
      AddressMap senderBcc,
      AddressMap recipientBcc) {}

  private final Tools tools;
  private final CleanupSettings.Copies settings;
  private final boolean mapsAddresses;
  private final boolean copies;
  private final Consumer<String> warnings;
  private final DuplicateFilter duplicates;
  private final List<Recipient> recipients = new ArrayList<>();
  private final List<Recipient> expanded = new ArrayList<>();
  private ReversePath sender = ReversePath.NULL;
  private String lastRecipient = "";

  EnvelopeRewriter(
      Tools tools,
      CleanupSettings.Copies settings,
      Set<ReceiveOverride> overrides,
      Consumer<String> warnings) {
    this.tools = tools;
    this.settings = settings;
    this.mapsAddresses = !overrides.contains(ReceiveOverride.NO_ADDRESS_MAPPINGS);
    this.copies = mapsAddresses && !overrides.contains(ReceiveOverride.NO_COPIES);
    this.warnings = warnings;
    this.duplicates = new DuplicateFilter(settings.duplicateFilterLimit());
  }

  ReversePath sender() {
    return sender;
  }

  List<Recipient> recipients() {
    return recipients;
  }

  /// Virtual aliases whose place others took and whose sender wants to be told of that.
  List<Recipient> expanded() {
    return expanded;
  }

  /// The last recipient as completed and mapped, before virtual aliases; empty when there is none.
  String lastRecipient() {
    return lastRecipient;
  }

  void sender(ReversePath given) throws TableException, ExpansionException {
    String address = tools.rewriter().internal(given.toString());
    if (address.regionMatches(true, 0, "MAILER-DAEMON@", 0, 14)
        && address.equalsIgnoreCase(tools.rewriter().internal("MAILER-DAEMON"))) {
      address = ""; // mail from ourselves must never be answered
    }
    sender = ReversePath.parse(mapped(address, AddressClass.ENVELOPE_SENDER));
    if (!sender.isNull()) {
      bcc(tools.senderBcc(), sender.toString());
    }
  }

  void recipient(Recipient given) throws TableException, ExpansionException {
    String text = given.address().toString();
    String address = tools.rewriter().internal(text.isEmpty() ? settings.emptyRecipient() : text);
    address = mapped(address, AddressClass.ENVELOPE_RECIPIENT);
    String orcpt =
        given.dsnOrcpt().isEmpty() && !address.isEmpty()
            ? (isAscii(address) ? "rfc822;" : "utf-8;") + address
            : given.dsnOrcpt();
    add(address, given.original(), orcpt, given.notifyOn());
    lastRecipient = address;
    bcc(tools.recipientBcc(), address);
  }

  /// A copy for this address, which does not ask for reports.
  void copy(String given) throws TableException, ExpansionException {
    String address = mapped(tools.rewriter().internal(given), AddressClass.ENVELOPE_RECIPIENT);
    add(address, address, "", Set.of());
  }

  /// always_bcc: a copy, unless an override forbids it.
  void automaticCopy(String given) throws TableException, ExpansionException {
    if (copies) {
      copy(given);
    }
  }

  /// Whether SMTPUTF8 is needed to send the envelope on (RFC 6531).
  boolean hasNonAsciiAddress() {
    return !isAscii(sender.toString())
        || recipients.stream().anyMatch(one -> !isAscii(one.address().toString()));
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }

  private String mapped(String address, AddressClass place) throws TableException {
    return mapsAddresses && !address.isEmpty()
        ? tools.mapping().internal(address, place, warnings)
        : address;
  }

  private void bcc(AddressMap maps, String address) throws TableException, ExpansionException {
    if (!copies) {
      return;
    }
    Optional<List<String>> found;
    try {
      found = maps.map(address);
    } catch (TableException e) {
      throw new TableException(
          maps.title() + " map lookup problem -- message not accepted, try again later", e);
    }
    if (found.isPresent()) {
      copy(found.get().getFirst());
    }
  }

  private void add(String address, String original, String orcpt, Set<Notify> notifyOn)
      throws TableException, ExpansionException {
    List<String> members = mapsAddresses ? tools.aliases().expand(address) : List.of(address);
    boolean told = notifyOn.contains(Notify.SUCCESS) && !members.equals(List.of(address));
    if (told) {
      expanded.add(new Recipient(EmailAddress.parse(address), original, orcpt, notifyOn));
    }
    Set<Notify> wishes = told ? withoutSuccess(notifyOn) : notifyOn;
    for (String one : members) {
      String key =
          settings.enableOriginalRecipient()
              ? String.join("\n", orcpt, wishes.toString(), original, one)
              : one;
      if (!one.isEmpty() && duplicates.isNew(key)) {
        recipients.add(new Recipient(EmailAddress.parse(one), original, orcpt, wishes));
      }
    }
  }

  /// Success was told of: the alias was expanded (RFC 3461 section 5.2.7.3).
  private static Set<Notify> withoutSuccess(Set<Notify> notifyOn) {
    Set<Notify> others = EnumSet.copyOf(notifyOn);
    others.remove(Notify.SUCCESS);
    return others.isEmpty() ? Set.of(Notify.NEVER) : others;
  }
}
