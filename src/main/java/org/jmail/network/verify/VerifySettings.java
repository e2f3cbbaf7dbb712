package org.jmail.network.verify;

import java.time.Duration;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;

/// What [VerifyParameters] say.
record VerifySettings(
    Lifetime positive, Lifetime negative, boolean keepsNegative, int pendingLimit) {

  /// How long a result counts, and how long until it is looked at again.
  record Lifetime(Duration expire, Duration refresh) {}

  static VerifySettings of(Config config) throws BadValueException {
    return new VerifySettings(
        new Lifetime(
            config.get(VerifyParameters.ADDRESS_VERIFY_POSITIVE_EXPIRE_TIME),
            config.get(VerifyParameters.ADDRESS_VERIFY_POSITIVE_REFRESH_TIME)),
        new Lifetime(
            config.get(VerifyParameters.ADDRESS_VERIFY_NEGATIVE_EXPIRE_TIME),
            config.get(VerifyParameters.ADDRESS_VERIFY_NEGATIVE_REFRESH_TIME)),
        config.get(VerifyParameters.ADDRESS_VERIFY_NEGATIVE_CACHE),
        Math.toIntExact(config.get(VerifyParameters.ADDRESS_VERIFY_PENDING_REQUEST_LIMIT)));
  }
}
