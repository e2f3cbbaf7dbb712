package org.jmail.network.rewrite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jmail.base.address.EmailAddress;
import org.jmail.base.address.ReversePath;
import org.junit.jupiter.api.Test;

final class RecentRoutesTest {

  private static final ReversePath SENDER = ReversePath.parse("a@example.org");
  private static final EmailAddress RECIPIENT = EmailAddress.parse("b@example.org");
  private static final Route ROUTE =
      new Route("local", "example.org", RECIPIENT, Route.DomainClass.LOCAL);

  private final AtomicLong now = new AtomicLong(-5_000_000_000L);
  private final RecentRoutes recent = new RecentRoutes(now::get);

  @Test
  void anAnswerIsGoodForATenthOfASecond() {
    recent.add(SENDER, RECIPIENT, ROUTE);
    now.addAndGet(99_999_999);
    assertEquals(Optional.of(ROUTE), recent.find(SENDER, RECIPIENT));
    now.addAndGet(1);
    assertEquals(Optional.empty(), recent.find(SENDER, RECIPIENT));
  }

  @Test
  void anotherSenderIsAnotherQuestion() {
    recent.add(SENDER, RECIPIENT, ROUTE);
    assertEquals(Optional.empty(), recent.find(ReversePath.parse(""), RECIPIENT));
  }
}
