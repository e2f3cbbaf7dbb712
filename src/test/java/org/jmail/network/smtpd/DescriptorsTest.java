package org.jmail.network.smtpd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class DescriptorsTest {

  @Test
  void theLimitIsTheOneInForce() {
    assertEquals(
        OptionalLong.of(1024),
        Descriptors.limit(
            List.of(
                "Limit                     Soft Limit           Hard Limit           Units     ",
                "Max open files            1024                 4096                 files     ")));
    assertEquals(
        OptionalLong.empty(),
        Descriptors.limit(List.of("Max open files            unlimited  unlimited  files")));
    assertTrue(Descriptors.limit().isPresent());
  }

  @Test
  void whoAllowsMoreSessionsThanDescriptorsIsTold() {
    assertEquals(Optional.empty(), Descriptors.warning(200, OptionalLong.of(1024)));
    assertEquals(Optional.empty(), Descriptors.warning(10_000, OptionalLong.empty()));
    String warning = Descriptors.warning(10_000, OptionalLong.of(4096)).orElseThrow();
    assertTrue(
        warning.startsWith(
            "master.cf allows 10000 SMTP sessions at once, but this process may open"
                + " only 4096 files: raise"),
        warning);
  }
}
