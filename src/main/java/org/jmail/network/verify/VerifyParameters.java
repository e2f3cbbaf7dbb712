package org.jmail.network.verify;

import java.time.Duration;
import java.util.List;
import org.jmail.base.config.Parameter;
import org.jmail.base.config.ParameterSet;

/// How long the results of address probes count.
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

  private static Parameter<Duration> time(String name, String value, String what) {
    return Parameter.time(
        name, value, Duration.ofSeconds(1), Duration.ZERO, "How long " + what + ".");
  }

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(
        ADDRESS_VERIFY_MAP,
        ADDRESS_VERIFY_POSITIVE_EXPIRE_TIME,
        ADDRESS_VERIFY_POSITIVE_REFRESH_TIME,
        ADDRESS_VERIFY_NEGATIVE_CACHE,
        ADDRESS_VERIFY_NEGATIVE_EXPIRE_TIME,
        ADDRESS_VERIFY_NEGATIVE_REFRESH_TIME,
        ADDRESS_VERIFY_PENDING_REQUEST_LIMIT);
  }
}
