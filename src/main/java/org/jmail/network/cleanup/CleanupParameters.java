package org.jmail.network.cleanup;

import java.util.List;
import java.util.Locale;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Parameter;
import org.jmail.base.config.ParameterSet;

/// What cleanup does to messages on their way into the queue.
public final class CleanupParameters implements ParameterSet {

  /// How a missing From: shows the sender's name.
  public enum HeaderFromFormat {
    STANDARD,
    OBSOLETE
  }

  public static final Parameter<Boolean> ALWAYS_ADD_MISSING_HEADERS =
      Parameter.bool(
          "always_add_missing_headers",
          false,
          "Add missing From:, To:, Date: and Message-ID: headers to mail from anywhere, not only to"
              + " mail of local clients.");

  public static final Parameter<String> UNDISCLOSED_RECIPIENTS_HEADER =
      Parameter.text(
          "undisclosed_recipients_header",
          "",
          "The header, with its name, that is added to messages without To: and Cc:; none when"
              + " empty.");

  public static final Parameter<List<String>> MESSAGE_DROP_HEADERS =
      Parameter.list(
          "message_drop_headers",
          "bcc, content-length, resent-bcc, return-path",
          "The headers that are removed from every message.");

  public static final Parameter<HeaderFromFormat> HEADER_FROM_FORMAT =
      Parameter.choice(
          "header_from_format",
          "standard",
          HeaderFromFormat.class,
          "The form of a From: header that is added: standard, name <address>, or obsolete, address"
              + " (name).");

  public static final Parameter<String> FULL_NAME_ENCODING_CHARSET =
      Parameter.required(
          "full_name_encoding_charset",
          "utf-8",
          "The character set that full names which are not ASCII are said to be in.");

  public static final Parameter<String> ALWAYS_BCC =
      Parameter.text("always_bcc", "", "One address that gets a copy of every message.");

  public static final Parameter<String> SENDER_BCC_MAPS =
      Parameter.text(
          "sender_bcc_maps", "", "Tables from sender address to an address that gets a copy.");

  public static final Parameter<String> RECIPIENT_BCC_MAPS =
      Parameter.text(
          "recipient_bcc_maps",
          "",
          "Tables from recipient address to an address that gets a copy.");

  public static final Parameter<Boolean> ENABLE_ORIGINAL_RECIPIENT =
      Parameter.bool(
          "enable_original_recipient",
          true,
          "Keep what a recipient was before rewriting, and deliver once for each that differs.");

  public static final Parameter<Long> DUPLICATE_FILTER_LIMIT =
      Parameter.number(
          "duplicate_filter_limit",
          "1000",
          0,
          0,
          "How many addresses are remembered to leave out repeated ones; 0 is no limit.");

  public static final Parameter<String> HEADER_CHECKS =
      Parameter.text(
          "header_checks", "", "Tables of patterns for the primary headers; see header_checks(5).");

  public static final Parameter<String> MIME_HEADER_CHECKS =
      Parameter.text(
          "mime_header_checks", "$header_checks", "Tables of patterns for MIME headers.");

  public static final Parameter<String> NESTED_HEADER_CHECKS =
      Parameter.text(
          "nested_header_checks",
          "$header_checks",
          "Tables of patterns for the headers of attached messages.");

  public static final Parameter<String> BODY_CHECKS =
      Parameter.text("body_checks", "", "Tables of patterns for the lines of the body.");

  public static final Parameter<Long> BODY_CHECKS_SIZE_LIMIT =
      Parameter.number(
          "body_checks_size_limit",
          "51200",
          0,
          0,
          "How many octets of each part of the body body_checks look at; 0 is no limit.");

  public static final Parameter<Long> HOPCOUNT_LIMIT =
      Parameter.number(
          "hopcount_limit",
          "50",
          1,
          0,
          "A message with this many Received: headers, ours included, is going round: refuse it.");

  public static final Parameter<Boolean> DISABLE_MIME_INPUT_PROCESSING =
      Parameter.bool(
          "disable_mime_input_processing",
          false,
          "Take everything after the primary headers as body.");

  public static final Parameter<Long> MIME_NESTING_LIMIT =
      Parameter.number(
          "mime_nesting_limit", "100", 1, 0, "How deep parts within parts are recognized.");

  public static final Parameter<Long> MIME_BOUNDARY_LENGTH_LIMIT =
      Parameter.number(
          "mime_boundary_length_limit",
          "2048",
          1,
          1 << 20,
          "How many octets of a MIME boundary are compared.");

  public static final Parameter<Boolean> STRICT_7BIT_HEADERS =
      Parameter.bool(
          "strict_7bit_headers",
          false,
          "Refuse mail with octets above 127 in a header. Mail whose headers are UTF-8 by right"
              + " (SMTPUTF8) is refused too.");

  public static final Parameter<Boolean> STRICT_8BITMIME =
      Parameter.bool(
          "strict_8bitmime", false, "Both strict_7bit_headers and strict_8bitmime_body.");

  public static final Parameter<Boolean> STRICT_8BITMIME_BODY =
      Parameter.bool(
          "strict_8bitmime_body",
          false,
          "Refuse mail with octets above 127 in a body whose Content-Transfer-Encoding does not"
              + " announce them. Much mail of poor software is refused.");

  public static final Parameter<Boolean> STRICT_MIME_ENCODING_DOMAIN =
      Parameter.bool(
          "strict_mime_encoding_domain",
          false,
          "Refuse mail in which a multipart or an attached message is itself encoded, as base64 or"
              + " quoted-printable (RFC 2045 section 6.4).");

  /// What happens to a message whose primary header ends without an empty line.
  public enum HeaderEnd {
    FIX_QUIETLY,
    ADD_HEADER,
    REJECT
  }

  public static final Parameter<HeaderEnd> NON_EMPTY_END_OF_HEADER_ACTION =
      new Parameter<>(
          "non_empty_end_of_header_action",
          "fix_quietly",
          "What is done when no empty line ends the header: fix_quietly puts one in, add_header puts"
              + " a MIME-Error: header before it too, reject refuses the message.",
          text ->
              switch (text.toLowerCase(Locale.ROOT)) {
                case "fix_quietly" -> HeaderEnd.FIX_QUIETLY;
                case "add_header" -> HeaderEnd.ADD_HEADER;
                case "reject" -> HeaderEnd.REJECT;
                default ->
                    throw new BadValueException(
                        "bad value (specify fix_quietly, add_header or reject)");
              });

  public static final Parameter<Boolean> DETECT_8BIT_ENCODING_HEADER =
      Parameter.bool(
          "detect_8bit_encoding_header",
          true,
          "Believe Content-Transfer-Encoding: 8bit when the sender did not say BODY=8BITMIME.");

  public static final Parameter<Boolean> CLEANUP_REPLACE_STRAY_CR_LF =
      Parameter.bool(
          "cleanup_replace_stray_cr_lf",
          true,
          "Replace each CR that does not end a line by a blank, so that no later mail system takes"
              + " it for a line end.");

  public static final Parameter<String> MESSAGE_STRIP_CHARACTERS =
      Parameter.text(
          "message_strip_characters",
          "",
          "Octets that are removed from messages, with C escapes such as \\0.");

  public static final Parameter<String> MESSAGE_REJECT_CHARACTERS =
      Parameter.text(
          "message_reject_characters",
          "",
          "Octets for which a message is refused, with C escapes such as \\0.");

  public static final Parameter<String> CONTENT_FILTER =
      Parameter.text(
          "content_filter", "", "The transport:nexthop that all mail goes to before delivery.");

  public static final Parameter<List<String>> RECEIVE_OVERRIDE_OPTIONS =
      Parameter.words(
          "receive_override_options",
          "",
          List.of(
              "no_unknown_recipient_checks",
              "no_address_mappings",
              "no_header_body_checks",
              "no_milters"),
          "What is not done with mail that this service takes: no_unknown_recipient_checks,"
              + " no_address_mappings, no_header_body_checks, no_milters.");

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(
        ALWAYS_ADD_MISSING_HEADERS,
        UNDISCLOSED_RECIPIENTS_HEADER,
        MESSAGE_DROP_HEADERS,
        HEADER_FROM_FORMAT,
        FULL_NAME_ENCODING_CHARSET,
        ALWAYS_BCC,
        SENDER_BCC_MAPS,
        RECIPIENT_BCC_MAPS,
        ENABLE_ORIGINAL_RECIPIENT,
        DUPLICATE_FILTER_LIMIT,
        HEADER_CHECKS,
        MIME_HEADER_CHECKS,
        NESTED_HEADER_CHECKS,
        BODY_CHECKS,
        BODY_CHECKS_SIZE_LIMIT,
        HOPCOUNT_LIMIT,
        DISABLE_MIME_INPUT_PROCESSING,
        MIME_NESTING_LIMIT,
        MIME_BOUNDARY_LENGTH_LIMIT,
        STRICT_7BIT_HEADERS,
        STRICT_8BITMIME,
        STRICT_8BITMIME_BODY,
        STRICT_MIME_ENCODING_DOMAIN,
        NON_EMPTY_END_OF_HEADER_ACTION,
        DETECT_8BIT_ENCODING_HEADER,
        CLEANUP_REPLACE_STRAY_CR_LF,
        MESSAGE_STRIP_CHARACTERS,
        MESSAGE_REJECT_CHARACTERS,
        CONTENT_FILTER,
        RECEIVE_OVERRIDE_OPTIONS);
  }
}
