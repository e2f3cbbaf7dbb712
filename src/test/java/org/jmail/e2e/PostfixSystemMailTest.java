package org.jmail.e2e;

/// The judge keeps the contract.
final class PostfixSystemMailTest extends SystemMailContract {
  PostfixSystemMailTest() {
    super(SystemMail.postfix());
  }
}
