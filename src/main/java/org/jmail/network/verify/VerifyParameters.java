package org.jmail.network.verify;

import java.time.Duration;
import java.util.List;
import org.jmail.base.config.Parameter;
import org.jmail.base.config.ParameterSet;

/// Which way address probes go, and how long their results count.
public final class VerifyParameters implements ParameterSet {

  public static final Parameter<String> ADDRESS_VERIFY_MAP =
      Parameter.text(
          "address_verify_map",
          "$default_cache_db_type:$data_directory/verify_cache",
          "Where the results of address probes are kept, as type:file; when empty, in memory alone."
              + " The type is not used: the results are text in a file of this name and .jmail.");

  public static final Parameter<Duration> ADDRESS_VERIFY_POSITIVE_EXPIRE_TIME =
      time("address_verify_positive_expire_time", "31d", "a successful address probe counts");

  public static final Parameter<Duration> ADDRESS_VERIFY_POSITIVE_REFRESH_TIME =
      time(
          "address_verify_positive_refresh_time",
          "7d",
          "a successful address probe is good before it is made again");

  public static final Parameter<Boolean> ADDRESS_VERIFY_NEGATIVE_CACHE =
      Parameter.bool("address_verify_negative_cache", true, "Remember failed address probes, too.");

  public static final Parameter<Duration> ADDRESS_VERIFY_NEGATIVE_EXPIRE_TIME =
      time("address_verify_negative_expire_time", "3d", "a failed address probe counts");

  public static final Parameter<Duration> ADDRESS_VERIFY_NEGATIVE_REFRESH_TIME =
      time(
          "address_verify_negative_refresh_time",
          "3h",
          "a failed address probe is good before it is made again");

  public static final Parameter<Long> ADDRESS_VERIFY_PENDING_REQUEST_LIMIT =
      Parameter.number(
          "address_verify_pending_request_limit",
          "5000",
          1,
          0,
          "How many address probes may be under way at once.");

  public static final Parameter<String> ADDRESS_VERIFY_TRANSPORT_MAPS = instead("transport_maps");

  public static final Parameter<String> ADDRESS_VERIFY_LOCAL_TRANSPORT = instead("local_transport");

  public static final Parameter<String> ADDRESS_VERIFY_VIRTUAL_TRANSPORT =
      instead("virtual_transport");

  public static final Parameter<String> ADDRESS_VERIFY_RELAY_TRANSPORT = instead("relay_transport");

  public static final Parameter<String> ADDRESS_VERIFY_DEFAULT_TRANSPORT =
      instead("default_transport");

  public static final Parameter<String> ADDRESS_VERIFY_RELAYHOST = instead("relayhost");

  public static final Parameter<String> ADDRESS_VERIFY_SENDER_DEPENDENT_RELAYHOST_MAPS =
      instead("sender_dependent_relayhost_maps");

  public static final Parameter<String> ADDRESS_VERIFY_SENDER_DEPENDENT_DEFAULT_TRANSPORT_MAPS =
      instead("sender_dependent_default_transport_maps");

  /// A parameter of ordinary mail that probes have their own of.
  private static Parameter<String> instead(String ordinary) {
    return Parameter.text(
        "address_verify_" + ordinary,
        "$" + ordinary,
        "What address probes have for " + ordinary + ".");
  }

  private static Parameter<Duration> time(String name, String value, String what) {
    return Parameter.time(
        name, value, Duration.ofSeconds(1), Duration.ZERO, "How long " + what + ".");
  }

  public static final Parameter<String> ADDRESS_VERIFY_SENDER =
      Parameter.text(
          "address_verify_sender",
          "$double_bounce_sender",
          "The sender of address probes; empty, or <>, for the null sender. Whoever mails to it is"
              + " not refused by restrictions.");

  public static final Parameter<Duration> ADDRESS_VERIFY_SENDER_TTL =
      Parameter.time(
          "address_verify_sender_ttl",
          "0s",
          Duration.ZERO,
          Duration.ZERO,
          "How often the sender of address probes changes: the time is put behind its local part."
              + " 0 is never. All machines that share the sender need the same value.");

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(
        ADDRESS_VERIFY_MAP,
        ADDRESS_VERIFY_POSITIVE_EXPIRE_TIME,
        ADDRESS_VERIFY_POSITIVE_REFRESH_TIME,
        ADDRESS_VERIFY_NEGATIVE_CACHE,
        ADDRESS_VERIFY_NEGATIVE_EXPIRE_TIME,
        ADDRESS_VERIFY_NEGATIVE_REFRESH_TIME,
        ADDRESS_VERIFY_PENDING_REQUEST_LIMIT,
        ADDRESS_VERIFY_SENDER,
        ADDRESS_VERIFY_SENDER_TTL,
        ADDRESS_VERIFY_TRANSPORT_MAPS,
        ADDRESS_VERIFY_LOCAL_TRANSPORT,
        ADDRESS_VERIFY_VIRTUAL_TRANSPORT,
        ADDRESS_VERIFY_RELAY_TRANSPORT,
        ADDRESS_VERIFY_DEFAULT_TRANSPORT,
        ADDRESS_VERIFY_RELAYHOST,
        ADDRESS_VERIFY_SENDER_DEPENDENT_RELAYHOST_MAPS,
        ADDRESS_VERIFY_SENDER_DEPENDENT_DEFAULT_TRANSPORT_MAPS);
  }
}
