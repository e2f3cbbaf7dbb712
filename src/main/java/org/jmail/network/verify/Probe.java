package org.jmail.network.verify;

import org.jmail.network.verify.AddressVerifier.Verdict;

/// Finds out about one address, now: DELIVERABLE, DEFERRED or UNDELIVERABLE.
@FunctionalInterface
interface Probe {
  Verdict probe(String address) throws InterruptedException;
}
