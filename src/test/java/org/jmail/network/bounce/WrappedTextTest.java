package org.jmail.network.bounce;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WrappedTextTest {

  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    WrappedText.write(text, 79, lines::add);
    return lines;
  }

  @Test
  void aShortLineStaysAsItIs() {
    assertEquals(List.of("a b"), lines("a b  "));
    assertEquals(List.of(""), lines(""));
  }

  @Test
  void aLongLineIsFoldedAtTheLastBlankThatFits() {
    String word = "x".repeat(30);
    assertEquals(
        List.of(word + " " + word, "    " + word + " " + word, "    " + word),
        lines(String.join(" ", word, word, word, word, word)));
  }

  @Test
  void aLongWordStaysWhole() {
    String word = "x".repeat(100);
    assertEquals(List.of(word, "    " + word), lines(word + " " + word));
  }
}
