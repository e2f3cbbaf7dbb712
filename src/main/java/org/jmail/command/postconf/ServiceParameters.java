package org.jmail.command.postconf;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// The parameters that exist because a service of master.cf does: `NAME_time_limit`,
/// `NAME_destination_concurrency_limit` and so on. Postfix counterpart: postconf_service.c.
final class ServiceParameters {
  private static final Set<String> TRANSPORTS =
      Set.of("local", "error", "virtual", "smtp", "lmtp", "pipe");

  /// Suffix, and the parameter that has the default.
  private static final Map<String, String> DELIVERY =
      Map.ofEntries(
          Map.entry("_recipient_limit", "default_recipient_limit"),
          Map.entry("_extra_recipient_limit", "default_extra_recipient_limit"),
          Map.entry("_recipient_refill_limit", "default_recipient_refill_limit"),
          Map.entry("_recipient_refill_delay", "default_recipient_refill_delay"),
          Map.entry("_delivery_slot_cost", "default_delivery_slot_cost"),
          Map.entry("_delivery_slot_loan", "default_delivery_slot_loan"),
          Map.entry("_delivery_slot_discount", "default_delivery_slot_discount"),
          Map.entry("_minimum_delivery_slots", "default_minimum_delivery_slots"),
          Map.entry("_initial_destination_concurrency", "initial_destination_concurrency"),
          Map.entry("_destination_concurrency_limit", "default_destination_concurrency_limit"),
          Map.entry("_destination_recipient_limit", "default_destination_recipient_limit"),
          Map.entry(
              "_destination_concurrency_positive_feedback",
              "default_destination_concurrency_positive_feedback"),
          Map.entry(
              "_destination_concurrency_negative_feedback",
              "default_destination_concurrency_negative_feedback"),
          Map.entry(
              "_destination_concurrency_failed_cohort_limit",
              "default_destination_concurrency_failed_cohort_limit"),
          Map.entry("_destination_rate_delay", "default_destination_rate_delay"),
          Map.entry("_transport_rate_delay", "default_transport_rate_delay"));

  private ServiceParameters() {}

  static void register(List<Service> services, KnownParameters known) {
    for (Service service : services) {
      String program = service.columns().get(7);
      if (program.equals("pipe") || program.equals("spawn")) {
        known.addService(service.name() + "_time_limit", "command_time_limit");
      }
      if (TRANSPORTS.contains(program)) {
        DELIVERY.forEach((suffix, fallback) -> known.addService(service.name() + suffix, fallback));
      }
    }
  }
}
