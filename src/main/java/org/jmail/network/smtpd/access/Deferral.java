package org.jmail.network.smtpd.access;

/// A temporary trouble that may have kept us from another decision (Postfix SMTPD_DEFER).
record Deferral(ErrorClass errorClass, int code, String dsn, String text) {}
