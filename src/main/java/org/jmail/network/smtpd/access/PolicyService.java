package org.jmail.network.smtpd.access;

import org.jmail.network.policy.PolicyClient;

/// A policy service of a list.
///
/// @param word as it stands in the list
record PolicyService(String word, PolicyClient client) {}
