package org.jmail.base.message;

/// What the sender said the body is (RFC 6152, BODY=).
public enum BodyType {
  UNSPECIFIED,
  SEVEN_BIT,
  EIGHT_BIT_MIME
}
