package org.jmail.network.smtpd.access;

import java.time.Duration;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.Config;
import org.jmail.network.verify.AddressVerifier;

/// Whom reject_unverified_sender and reject_unverified_recipient ask, and what they say.
record VerifyUse(
    AddressVerifier verifier, long polls, Duration delay, Replies sender, Replies recipient) {

  /// For one of the two.
  ///
  /// @param reason instead of what a probe found; empty: that
  /// @param later whether what cannot be told defers only what nothing else refuses
  record Replies(int rejectCode, int deferCode, String reason, boolean later) {}

  static VerifyUse of(Config config, AddressVerifier verifier) throws BadValueException {
    return new VerifyUse(
        verifier,
        config.get(VerifyUseParameters.ADDRESS_VERIFY_POLL_COUNT),
        config.get(VerifyUseParameters.ADDRESS_VERIFY_POLL_DELAY),
        new Replies(
            ReplyCodes.code(config, VerifyUseParameters.UNVERIFIED_SENDER_REJECT_CODE),
            ReplyCodes.code(config, VerifyUseParameters.UNVERIFIED_SENDER_DEFER_CODE),
            config.get(VerifyUseParameters.UNVERIFIED_SENDER_REJECT_REASON),
            AccessSettings.defersLater(
                config, VerifyUseParameters.UNVERIFIED_SENDER_TEMPFAIL_ACTION)),
        new Replies(
            ReplyCodes.code(config, VerifyUseParameters.UNVERIFIED_RECIPIENT_REJECT_CODE),
            ReplyCodes.code(config, VerifyUseParameters.UNVERIFIED_RECIPIENT_DEFER_CODE),
            config.get(VerifyUseParameters.UNVERIFIED_RECIPIENT_REJECT_REASON),
            AccessSettings.defersLater(
                config, VerifyUseParameters.UNVERIFIED_RECIPIENT_TEMPFAIL_ACTION)));
  }
}
