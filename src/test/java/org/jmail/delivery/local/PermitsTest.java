package org.jmail.delivery.local;

import org.junit.jupiter.api.Test;

final class PermitsTest {

  @Test
  void permitsAreKeptOnlyWhileTheyAreUsed() throws Exception {
    Permits permits = new Permits(1);
    permits.acquire("joe");
    permits.acquire("ann");
    permits.release("joe");
    permits.acquire("joe");
    permits.release("joe");
    permits.release("ann");
    permits.acquire("ann");
    permits.release("ann");
  }
}
