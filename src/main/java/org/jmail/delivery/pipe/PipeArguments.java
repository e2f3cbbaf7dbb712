package org.jmail.delivery.pipe;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmail.base.address.AddressExtension;
import org.jmail.base.address.AddressParser;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.MacroExpander;
import org.jmail.base.ipc.DeliveryRequest;
import org.jmail.base.message.Origin;
import org.jmail.base.message.Recipient;
import org.jmail.base.table.Utf8;
import org.jmail.delivery.pipe.PipeAttributes.Flag;

/// The arguments of one command: `argv=` with its macros replaced. A word that names the recipient,
/// or a part of it, becomes one word for each recipient; what a macro stands for is never looked at
/// for macros again, and never split. Postfix counterpart: expand_argv in pipe.c.
final class PipeArguments {

  private static final Set<String> OF_RECIPIENT =
      Set.of("recipient", "original_recipient", "user", "extension", "mailbox", "domain");

  private final PipeAttributes attributes;
  private final AddressExtension extension;
  private final Map<String, String> ofRequest;

  /// @param sender the null sender replaced
  PipeArguments(
      PipeAttributes attributes,
      AddressExtension extension,
      DeliveryRequest request,
      String sender) {
    this.attributes = attributes;
    this.extension = extension;
    Origin origin = request.origin();
    boolean fold = attributes.has(Flag.FOLD_DOMAIN);
    this.ofRequest =
        Map.ofEntries(
            Map.entry("sender", quoted(sender)),
            Map.entry("nexthop", fold ? Utf8.fold(request.nexthop()) : request.nexthop()),
            Map.entry("size", Long.toString(request.content().size())),
            Map.entry("queue_id", request.queueId()),
            Map.entry("envid", request.envelope().dsn().envid()),
            Map.entry("client_address", origin.clientAddress()),
            Map.entry("client_hostname", origin.clientName()),
            Map.entry("client_port", origin.clientPort()),
            Map.entry("client_protocol", origin.protocol()),
            Map.entry("client_helo", origin.helo()),
            Map.entry("sasl_method", origin.saslMethod()),
            Map.entry("sasl_username", origin.saslUsername()),
            Map.entry("sasl_sender", origin.saslSender()));
  }

  /// @throws BadValueException naming a macro that there is not, or saying what else is wrong
  List<String> expand(List<Recipient> recipients) throws BadValueException {
    List<String> words = new ArrayList<>();
    for (String word : attributes.argv()) {
      if (names(word).stream().noneMatch(OF_RECIPIENT::contains)) {
        words.add(MacroExpander.once(this::value).expand(word));
        continue;
      }
      for (Recipient recipient : recipients) {
        words.add(MacroExpander.once(name -> value(name, recipient)).expand(word));
      }
    }
    return words;
  }

  private Set<String> names(String word) throws BadValueException {
    Set<String> names = new HashSet<>();
    List<String> unknown = new ArrayList<>();
    MacroExpander.scan(
        word,
        name -> {
          if (!OF_RECIPIENT.contains(name) && !ofRequest.containsKey(name)) {
            unknown.add(name);
          }
          names.add(name);
          return Optional.empty();
        });
    if (!unknown.isEmpty()) {
      throw new BadValueException("unknown macro name: \"" + unknown.getFirst() + "\"");
    }
    return names;
  }

  private Optional<String> value(String name) {
    return Optional.ofNullable(ofRequest.get(name));
  }

  private Optional<String> value(String name, Recipient recipient) {
    String address = recipient.address().toString();
    String folded = folded(address);
    int at = folded.lastIndexOf('@');
    String local = at < 0 ? folded : folded.substring(0, at);
    Optional<AddressExtension.Split> split = extension.split(local);
    return switch (name) {
      case "recipient" -> Optional.of(folded(quoted(address)));
      case "original_recipient" -> Optional.of(folded(quoted(recipient.original())));
      case "mailbox" -> Optional.of(local);
      case "domain" -> Optional.of(at < 0 ? "" : folded.substring(at + 1));
      case "user" -> Optional.of(split.map(AddressExtension.Split::user).orElse(local));
      case "extension" -> Optional.of(split.map(AddressExtension.Split::extension).orElse(""));
      default -> value(name);
    };
  }

  private String quoted(String address) {
    boolean quote = attributes.has(Flag.QUOTE_LOCAL) && !address.isEmpty();
    return quote ? AddressParser.quote(address) : address;
  }

  private String folded(String address) {
    int at = address.lastIndexOf('@');
    String local = at < 0 ? address : address.substring(0, at);
    String domain = at < 0 ? "" : address.substring(at);
    return (attributes.has(Flag.FOLD_USER) ? Utf8.fold(local) : local)
        + (attributes.has(Flag.FOLD_DOMAIN) ? Utf8.fold(domain) : domain);
  }
}
