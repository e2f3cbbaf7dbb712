package org.jmail.network.qmgr;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jmail.base.address.AddressExtension;
import org.jmail.base.config.BadValueException;
import org.jmail.base.config.BaseParameters;
import org.jmail.base.config.Config;
import org.jmail.base.config.Configuration;
import org.jmail.base.config.MasterService;
import org.jmail.base.maillog.MaillogParameters;
import org.jmail.base.notice.NoticeParameters;
import org.jmail.network.bounce.BounceParameters;

/// What the queue manager takes from the configuration.
///
/// @param confirmsDelivery confirm_delay_cleared
/// @param doubleBounceSender without its domain
/// @param transports the limits of each transport by its name in master.cf; any other name gets
///   those of `fallback`
public record QmgrSettings(
    Backoff backoff,
    Duration runDelay,
    Duration transportRetry,
    int activeLimit,
    int recipientLimit,
    long contentLimit,
    AddressExtension extension,
    String myhostname,
    int delayResolution,
    Set<String> deferTransports,
    boolean softBounce,
    boolean confirmsDelivery,
    String doubleBounceSender,
    Map<String, TransportSettings> transports,
    TransportSettings fallback) {

  /// Programs that put all that waits for one mailbox in together.
  private static final Set<String> BATCHING = Set.of("local");

  public QmgrSettings {
    deferTransports = Set.copyOf(deferTransports);
    transports = Map.copyOf(transports);
  }

  /// As configured.
  public static QmgrSettings of(Configuration configuration) throws BadValueException {
    Config config = configuration.main();
    Map<String, TransportSettings> transports = new HashMap<>();
    for (MasterService service : configuration.master().services()) {
      if (service.type() == MasterService.Type.UNIX) {
        transports.put(
            service.name(),
            BATCHING.contains(service.program())
                ? TransportSettings.batching(config, service.name())
                : TransportSettings.of(config, service.name(), service.processLimit()));
      }
    }
    return new QmgrSettings(
        new Backoff(
            config.get(QmgrParameters.MINIMAL_BACKOFF_TIME),
            config.get(QmgrParameters.MAXIMAL_BACKOFF_TIME),
            config.get(NoticeParameters.MAXIMAL_QUEUE_LIFETIME),
            config.get(QmgrParameters.BOUNCE_QUEUE_LIFETIME)),
        config.get(QmgrParameters.QUEUE_RUN_DELAY),
        config.get(QmgrParameters.TRANSPORT_RETRY_TIME),
        (int) Math.min(Integer.MAX_VALUE, config.get(QmgrParameters.ACTIVE_LIMIT)),
        (int) Math.min(Integer.MAX_VALUE, config.get(QmgrParameters.ACTIVE_RECIPIENT_LIMIT)),
        config.get(QmgrParameters.CONTENT_LIMIT),
        new AddressExtension(
            config.get(BaseParameters.RECIPIENT_DELIMITER),
            true,
            config.get(BounceParameters.DOUBLE_BOUNCE_SENDER)),
        config.get(BaseParameters.MYHOSTNAME),
        config.get(MaillogParameters.DELAY_LOGGING_RESOLUTION_LIMIT).intValue(),
        Set.copyOf(config.get(QmgrParameters.DEFER_TRANSPORTS)),
        config.get(BaseParameters.SOFT_BOUNCE),
        config.get(BounceParameters.CONFIRM_DELAY_CLEARED),
        config.get(BounceParameters.DOUBLE_BOUNCE_SENDER),
        transports,
        TransportSettings.of(config, "default", java.util.OptionalInt.empty()));
  }

  /// The limits of a transport.
  Function<String, TransportSettings> limits() {
    return name -> {
      TransportSettings known = transports.get(name);
      return known != null ? known : fallback.named(name);
    };
  }
}
