package org.jmail.network.smtpd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jmail.network.smtpd.access.ErrorClass;
import org.junit.jupiter.api.Test;

final class TranscriptTest {

  private final Transcript transcript = new Transcript(Set.of(ErrorClass.PROTOCOL));

  private void exchange() {
    transcript.heard("NOOP");
    transcript.said(Reply.OK);
  }

  @Test
  void whatWasSaidIsToldInItsOrderWhenSomethingWasWrong() {
    exchange();
    transcript.trouble(ErrorClass.PROTOCOL);
    assertEquals(
        Optional.of(
            new Transcript.Excerpt(
                Set.of(ErrorClass.PROTOCOL), List.of("In:  NOOP", "Out: 250 2.0.0 Ok"))),
        transcript.cut(0));
  }

  @Test
  void whatPostmasterDoesNotWantToKnowIsNotTold() {
    exchange();
    transcript.trouble(ErrorClass.POLICY);
    assertEquals(Optional.empty(), transcript.cut(0));
  }

  @Test
  void aMessageThatWasTakenMakesUpForWhatWasWrongBefore() {
    exchange();
    transcript.trouble(ErrorClass.PROTOCOL);
    transcript.forgive();
    assertEquals(Optional.empty(), transcript.cut(0));
  }

  @Test
  void nothingIsCutBeforeItIsMoreThanTheThreshold() {
    exchange();
    transcript.trouble(ErrorClass.PROTOCOL);
    assertEquals(Optional.empty(), transcript.cut(2));
    exchange();
    assertEquals(4, transcript.cut(2).orElseThrow().lines().size());
    assertEquals(Optional.empty(), transcript.cut(0));
  }

  @Test
  void troublesAreForgottenWithTheLinesTheyBelongTo() {
    exchange();
    transcript.trouble(ErrorClass.PROTOCOL);
    transcript.cut(0);
    exchange();
    assertEquals(Optional.empty(), transcript.cut(0));
  }

  @Test
  void nothingIsKeptWhenNothingIsTold() {
    Transcript deaf = new Transcript(Set.of());
    deaf.heard("NOOP");
    deaf.said(Reply.OK);
    deaf.trouble(ErrorClass.PROTOCOL);
    assertEquals(Optional.empty(), deaf.cut(0));
  }
}
