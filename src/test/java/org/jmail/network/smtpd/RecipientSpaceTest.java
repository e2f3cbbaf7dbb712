package org.jmail.network.smtpd;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class RecipientSpaceTest {

  @Test
  void manyLongRecipientsAreBoundedAndFewAlwaysFindRoom() {
    RecipientSpace space = new RecipientSpace(10_000);
    long taken = 0;
    while (space.take(taken, 2_000)) {
      taken += 2_000;
    }
    assertTrue(taken == 10_000, "taken " + taken);
    assertTrue(space.take(0, 1_000), "another message's first");
    assertTrue(space.take(3_000, 1_000), "its dozenth");
    assertFalse(space.take(4_000, 1_000));
    space.leave(taken);
    assertTrue(space.take(4_000, 1_000), "there is room again");
  }
}
