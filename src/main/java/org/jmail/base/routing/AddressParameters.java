package org.jmail.base.routing;

import java.util.List;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Configuration;
import org.jmail.base.config.Parameter;
import org.jmail.base.config.ParameterSet;

/// How addresses are completed.
public final class AddressParameters implements ParameterSet {

  public static final Parameter<Boolean> APPEND_AT_MYORIGIN =
      Parameter.bool("append_at_myorigin", true, "Add @$myorigin to addresses without a domain.");

  public static final Parameter<Boolean> APPEND_DOT_MYDOMAIN =
      Parameter.bool(
          "append_dot_mydomain",
          "${{$compatibility_level} <level {1} ? {yes} : {no}}",
          "Add .$mydomain to addresses whose domain has no dot.");

  public static final Parameter<Boolean> SWAP_BANGPATH =
      Parameter.bool("swap_bangpath", true, "Turn host!user into user@host.");

  public static final Parameter<Boolean> ALLOW_PERCENT_HACK =
      Parameter.bool("allow_percent_hack", true, "Turn user%host into user@host.");

  public static final Parameter<String> REMOTE_HEADER_REWRITE_DOMAIN =
      Parameter.text(
          "remote_header_rewrite_domain",
          "",
          "The domain that completes addresses in headers of mail from elsewhere. When empty, such"
              + " headers are left as they are.");

  @Override
  public List<Parameter<?>> parameters() {
    return List.of(
        APPEND_AT_MYORIGIN,
        APPEND_DOT_MYDOMAIN,
        SWAP_BANGPATH,
        ALLOW_PERCENT_HACK,
        REMOTE_HEADER_REWRITE_DOMAIN);
  }

  @Override
  public void check(Configuration configuration) throws BadValueException {
    OwnAddresses.of(configuration.main());
  }
}
